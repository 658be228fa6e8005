//! Words that respect, on the command line.

use crate::{WordsCommand, packs};
use anyhow::{Context, bail};
use jiff::tz::TimeZone;
use porchlight_app::{Clock, SystemClock};
use porchlight_practice::Lang;
use porchlight_practice::pack::PackId;
use porchlight_practice::words::{Checker, Finding, Reading, plain};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// How it ends when it can't read what it was given: neither with findings nor without.
const CANT_READ: u8 = 2;

/// Runs `porchlight words …`.
pub fn run(command: WordsCommand, folder: Option<&Path>) -> ExitCode {
    let done = match command {
        WordsCommand::Check { file, pack, lang, json } => {
            check(&file, &pack, lang.as_deref().and_then(Lang::from_tag), json, folder)
        }
        WordsCommand::Plain { file, pack, lang, json } => {
            measure(&file, &pack, Lang::from_tag(&lang).unwrap_or_default(), json, folder)
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("porchlight: {error:#}");
        ExitCode::from(CANT_READ)
    })
}

fn check(
    file: &Path,
    pack: &str,
    lang: Option<Lang>,
    json: bool,
    folder: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let text = text_of(file)?;
    let checker = checker(pack, folder)?;
    let found = checker.check(&text, Reading { lang, ..Reading::default() });
    let said = if json { serde_json::to_string_pretty(&found)? + "\n" } else { lines(file, &found) };
    print(&said)?;
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn measure(
    file: &Path,
    pack: &str,
    lang: Lang,
    json: bool,
    folder: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let text = text_of(file)?;
    let checker = checker(pack, folder)?;
    let hard: Vec<Finding<'_>> = checker.check_plain(&text, lang);
    let (grade, counted) = (plain::grade(&text, lang), plain::count(&text, lang));
    let said = if json {
        let all = serde_json::json!({
            "grade": grade,
            "aim": plain::AIM,
            "sentences": counted.sentences,
            "words": counted.words,
            "syllables": counted.syllables,
            "hard": hard,
        });
        serde_json::to_string_pretty(&all)? + "\n"
    } else {
        let grade = grade.map_or_else(
            || format!("fewer than {} words, so there is no grade to tell", plain::FEWEST_WORDS),
            |grade| format!("about grade {grade:.1} (the aim is {:.0} or below)", plain::AIM),
        );
        format!("{} words in {} sentences: {grade}\n{}", counted.words, counted.sentences, lines(file, &hard))
    };
    print(&said)?;
    Ok(if grade.is_none_or(|grade| grade <= plain::AIM) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn lines(file: &Path, found: &[Finding<'_>]) -> String {
    let line = |one: &Finding<'_>| {
        let tries = one.tries.join("; ");
        let text = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}:{}:{}: {text}: try {tries}. {}\n", file.display(), one.line, one.column, one.why)
    };
    found.iter().map(line).collect()
}

/// Somebody who reads only the first lines closes the pipe, and that is no fault.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn checker(pack: &str, folder: Option<&Path>) -> anyhow::Result<Checker> {
    let library = packs::library(folder)?;
    let Some(found) = library.get(&PackId::from(pack)) else {
        let known: Vec<&str> = library.iter().map(|pack| pack.id.as_str()).collect();
        bail!("there is no pack `{pack}`; there are {}", known.join(", "));
    };
    let today = SystemClock.now().to_zoned(TimeZone::UTC).date();
    Ok(Checker::new(&found.terms(today)))
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    let (name, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("what comes in can't be read")?;
        ("-".to_owned(), bytes)
    } else {
        let name = file.display().to_string();
        let bytes = std::fs::read(file).with_context(|| format!("{name} can't be read"))?;
        (name, bytes)
    };
    String::from_utf8(bytes).map_err(|error| packs::no_text(&name, &error))
}
