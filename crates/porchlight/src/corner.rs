//! `porchlight corner open`: what somebody took along of their own corner, read without any server.

use anyhow::{Context, bail};
use porchlight_app::corner::{FILE_LIMIT, open_file};
use porchlight_app::{Error, Fault};
use porchlight_practice::corner::Corner;
use porchlight_practice::document::{Answer, Revision};
use porchlight_practice::pack::{Question, QuestionKind};
use porchlight_practice::{Lang, Text};
use std::fmt::Write;
use std::io::{BufRead, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// Asks for the passphrase or the code on the standard input, and prints every word.
pub fn open(file: &Path, lang: &str) -> anyhow::Result<ExitCode> {
    let lang = Lang::from_tag(lang).context("the language is en or es")?;
    let size = std::fs::metadata(file).with_context(|| format!("{} can't be read", file.display()))?.len();
    if size > FILE_LIMIT as u64 {
        bail!("{} is no corner: it is too large", file.display());
    }
    let sealed = std::fs::read(file).with_context(|| format!("{} can't be read", file.display()))?;
    eprint!("Passphrase or printed code (it shows while you type): ");
    std::io::stderr().flush()?;
    let mut secret = String::new();
    std::io::stdin().lock().read_line(&mut secret)?;
    match open_file(&sealed, secret.trim_end_matches(['\r', '\n'])) {
        Ok(corner) => {
            print!("{}", said(&corner, lang));
            Ok(ExitCode::SUCCESS)
        }
        Err(Error::Fault(Fault::NoCorner)) => bail!("{} is no corner", file.display()),
        Err(Error::Fault(Fault::CornerShut)) => {
            bail!("this does not open it; look for a typo, or use the printed code")
        }
        Err(error) => Err(error.into()),
    }
}

/// Everything in it as plain text.
fn said(corner: &Corner, lang: Lang) -> String {
    let mut out = String::new();
    for paper in corner.papers() {
        let _ = writeln!(out, "# {}\n", paper.tool.name.in_(lang));
        let document = paper.document();
        for section in paper.tool.sections.iter().filter(|section| document.has_words_in(section)) {
            let _ = writeln!(out, "## {}\n", section.name.in_(lang));
            for question in &section.questions {
                let items = document.items(&question.id);
                if items.is_empty() {
                    continue;
                }
                let _ = writeln!(out, "{}", question.ask.in_(lang));
                for text in items.iter().flat_map(|item| &item.texts) {
                    let _ = writeln!(out, "- {}", line(question, text, lang));
                }
                out.push('\n');
            }
        }
    }
    for energy in corner.energy() {
        let day = energy.at.strftime("%Y-%m-%d %H:%M UTC");
        let _ = writeln!(out, "{day}  {}/10  {}", u8::from(energy.step), energy.words);
    }
    out
}

fn line(question: &Question, text: &Revision, lang: Lang) -> String {
    let named = |text: &Text| text.in_(lang).to_owned();
    match (&text.answer, &question.kind) {
        (Answer::Choice { option }, QuestionKind::Choice { options }) => options
            .iter()
            .find(|known| known.id == *option)
            .map_or_else(|| option.clone(), |known| named(&known.name)),
        (answer, _) => {
            let fields =
                answer.fields().into_iter().map(|(_, value)| value).filter(|value| !value.is_empty());
            fields.collect::<Vec<_>>().join(" · ")
        }
    }
}
