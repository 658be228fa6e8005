//! What a pack's rules say about a worker, and what another pack would say.

mod words;

use anyhow::{Context, bail};
use jiff::civil::Date;
use porchlight_practice::Lang;
use porchlight_practice::pack::{COMMON, How, Pack, PackId, Settings, Source, SourceFile, compile};
use porchlight_practice::rule::{self, Answer, Given, Reason, Rulebook};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::packs;

fn pack(folder: Option<&Path>, name: &str) -> anyhow::Result<Arc<Pack>> {
    let library = packs::library(folder)?;
    library.get(&PackId::from(name)).with_context(|| {
        let names: Vec<&str> = library.iter().map(|pack| pack.id.as_str()).collect();
        format!("there is no pack `{name}`; there is {}", names.join(", "))
    })
}

/// Facts from a file. Every fault is named with file, line and column.
fn given(path: &Path, pack: &Pack, day: Date) -> anyhow::Result<Given> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    let shown = path.display().to_string();
    let given = rule::read(&SourceFile { path: shown.clone(), text }).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the facts can't be used:\n{}", lines.join("\n"))
    })?;
    if let Err(faults) = given.settings.check(pack, day) {
        let lines = faults.iter().map(|fault| {
            let (line, column) = given.places.get(fault.setting()).copied().unwrap_or((1, 1));
            format!("{shown}:{line}:{column}: {fault}")
        });
        bail!("the facts can't be used:\n{}", lines.collect::<Vec<_>>().join("\n"));
    }
    Ok(given)
}

/// `porchlight rules ask`
pub fn ask(
    folder: Option<&Path>,
    name: &str,
    facts: &Path,
    day: Date,
    question: Option<&str>,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let pack = pack(folder, name)?;
    let given = given(facts, &pack, day)?;
    let rules = pack.rulebook(&given.settings);
    let answers = match question {
        None => rule::ask(&rules, &given.facts, day),
        Some(question) => vec![rule::ask_one(&rules, &given.facts, day, question).with_context(|| {
            let known: Vec<&str> = rules.questions(day).map(|known| known.id.as_str()).collect();
            format!("{name} has no question `{question}` on {day}; it has {}", known.join(", "))
        })?],
    };
    if as_json {
        let answers: Vec<Value> = answers.iter().map(answer_json).collect();
        println!("{}", serde_json::to_string_pretty(&answers)?);
    } else {
        for answer in &answers {
            print_answer(answer);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn source_json(source: &Source) -> Value {
    json!({
        "document": source.document.title.en,
        "address": source.document.address,
        "requirements": source.requirements,
        "strength": source.strength.as_str(),
        "confidence": source.confidence.as_str(),
        "from": source.from.to_string(),
        "until": source.until.map(|day| day.to_string()),
    })
}

fn answer_json(answer: &Answer) -> Value {
    let reasons: Vec<Value> = answer
        .reasons
        .iter()
        .map(|reason| {
            json!({
                "requirement": reason.requirement.id,
                "met": reason.met,
                "gates": reason.gates,
                "source": source_json(&reason.requirement.source),
                "until": reason.until.map(|day| day.to_string()),
                "found": words::found(&reason.finding),
                "task": reason.task.map(rule::Task::as_str),
                "waiver": reason.adopted.then_some(reason.requirement.waivable.as_ref()).flatten().map(|waive| {
                    json!({ "by": waive.by, "days": waive.days })
                }),
            })
        })
        .collect();
    json!({
        "question": answer.question.id,
        "answer": answer.word.as_str(),
        "reasons": reasons,
        "meanwhile": answer.question.meanwhile.as_ref().map(|text| json!({ "en": text.en, "es": text.es })),
        "next_change": answer.next_change.map(|day| day.to_string()),
    })
}

fn print_answer(answer: &Answer) {
    println!("{} {}", answer.question.ask.in_(Lang::En), words::word(answer.word));
    for reason in &answer.reasons {
        println!("  {}", reason_line(reason));
    }
    if let (Some(meanwhile), true) = (&answer.question.meanwhile, answer.word != rule::Word::Yes) {
        println!("  Meanwhile: {}", meanwhile.in_(Lang::En));
    }
    match answer.next_change {
        Some(day) => println!("  This changes on {day}."),
        None => println!("  This does not change by itself."),
    }
    println!();
}

fn reason_line(reason: &Reason) -> String {
    let name = reason.requirement.name.in_(Lang::En);
    let mark = match (reason.met, reason.gates) {
        (true, _) => "met",
        (false, true) => "missing",
        (false, false) => "asked for",
    };
    let until = reason.until.map(|day| format!(", until {day}")).unwrap_or_default();
    let source = &reason.requirement.source;
    let from = if source.requirements.is_empty() {
        source.document.title.in_(Lang::En).to_owned()
    } else {
        source.requirements.join(", ")
    };
    format!(
        "{mark}: {name}{until}; {} [{from}, {}]",
        words::found(&reason.finding),
        source.confidence.as_str()
    )
}

/// `porchlight rules questions`
pub fn questions(folder: Option<&Path>, name: &str, as_json: bool) -> anyhow::Result<ExitCode> {
    let pack = pack(folder, name)?;
    let rules = pack.rulebook(&Settings::new());
    // Those of every day: the pack may ask something only from next month on.
    let listed = rules.all_questions();
    if as_json {
        let listed: Vec<Value> = listed
            .iter()
            .map(|question| {
                json!({ "question": question.id, "ask": { "en": question.ask.en, "es": question.ask.es } })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&listed)?);
    } else {
        for question in listed {
            println!("{:<24} {}", question.id, question.ask.in_(Lang::En));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A pack by its name, or the one in a folder, over the common pack beside it or the one inside the program.
fn named(folder: Option<&Path>, name: &str) -> anyhow::Result<Arc<Pack>> {
    let path = Path::new(name);
    if !path.join("pack.toml").exists() {
        return pack(folder, name);
    }
    let mut files = packs::in_folder(path)?;
    let own = files.first().and_then(|file| file.path.split('/').next()).unwrap_or_default().to_owned();
    if own != COMMON {
        let beside = path.canonicalize()?.parent().map(|parent| parent.join(COMMON)).filter(|it| it.is_dir());
        let common = match beside {
            Some(beside) => packs::in_folder(&beside)?,
            None => packs::embedded()?,
        };
        files.extend(common.into_iter().filter(|file| file.path.starts_with("common/")));
    }
    let library = compile(&files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{name} can't be used:\n{}", lines.join("\n"))
    })?;
    library.get(&PackId::from(own.as_str())).with_context(|| format!("{name} is no pack"))
}

/// `porchlight pack diff`
pub fn diff(
    folder: Option<&Path>,
    names: [&str; 2],
    facts: &[PathBuf],
    days: Option<(Date, Date)>,
) -> anyhow::Result<ExitCode> {
    let [before, after] = [named(folder, names[0])?, named(folder, names[1])?];
    println!("{} {} → {} {}", before.id, before.version, after.id, after.version);
    for line in words::differences(&before, &after) {
        println!("{line}");
    }
    if facts.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let (from, until) = days.context("with --facts say from and until which day: --from and --until")?;
    if until < from {
        bail!("--until is before --from");
    }
    println!("\nFrom {from} to {until}, of {} workers:", facts.len());
    let mut affected = 0;
    for path in facts {
        let given = given(path, &before, from)?;
        // What the new pack does not leave to the programme any more counts as not chosen.
        let rules: [Rulebook; 2] = [before.rulebook(&given.settings), after.rulebook(&given.settings)];
        let others = rule::replay(&rules[0], &rules[1], &given.facts, from, until);
        affected += usize::from(!others.is_empty());
        for other in others {
            println!("  {}: {}", path.display(), words::other(&other));
        }
    }
    match affected {
        0 => println!("  Nothing would have been answered otherwise."),
        some => println!("  {some} of {} would have had another answer.", facts.len()),
    }
    Ok(ExitCode::SUCCESS)
}

fn how(how: How) -> &'static str {
    match how {
        How::New => "new",
        How::Changed => "changed",
        How::Gone => "gone",
    }
}
