//! How fast text is read for words that respect, with the terms of every pack, and beside it other programs that read
//! text for its words, where they are installed.

use anyhow::Context;
use jiff::civil::date;
use porchlight_practice::pack::{SourceFile, compile};
use porchlight_practice::words::{Checker, Reading, Terms};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Five megabytes of notes.
const BYTES: usize = 5_000_000;
/// What other programs are given: they would need minutes for all of it.
const OTHERS_BYTES: usize = 200_000;
const NOTE_BYTES: usize = 2_000;
const ROUNDS: usize = 9;

/// Sentences as they stand in notes; about one in eight holds a fault, which is more than in most.
const SENTENCES: &[&str] = &[
    "We met at the library and filled in the form for the bus pass.",
    "She talked about her son's new school and what she wants to ask the teacher on Friday.",
    "He said \"I slept three good nights this week, and the walk helps.\"",
    "We made a list of people to call, and he put his sister first.",
    "She refused the ride to the clinic and we walked instead.",
    "I shared some of my own story about the first month without work.",
    "His case manager will call the housing office before noon.",
    "The kitchen is clean now, and the landlord has the receipt.",
    "Hablamos de su trabajo nuevo y de lo que quiere hacer el lunes.",
    "Decidió llamar a su hermana y contarle cómo está.",
    "He is an addict, his mother told me at the door, and he laughed about it.",
    "We practiced what to say if the judge asks about the apartment.",
    "Next week we look at the class for computer skills; I bring the address.",
    "She would like to see the doctor alone, and I wait outside.",
    "He was non-compliant with the plan last month.",
    "They cooked together and he ate two plates, which made him smile.",
];

fn notes(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 200);
    let mut at = 0_usize;
    while text.len() < bytes {
        // Every sentence in another company, without a clock or chance.
        at = (at * 5 + 7) % (SENTENCES.len() * 4 + 3);
        text.push_str(SENTENCES[at % SENTENCES.len()]);
        text.push(if text.len().is_multiple_of(11) { '\n' } else { ' ' });
        if text.len().is_multiple_of(13) {
            text.push_str("\n\n");
        }
    }
    text
}

/// This part alone.
pub fn bench() -> anyhow::Result<()> {
    println!("{}", crate::machine());
    println!("Load before: {}", crate::load_average());
    measured()?;
    println!("\nLoad after: {}", crate::load_average());
    Ok(())
}

/// Measures and prints.
pub fn measured() -> anyhow::Result<()> {
    let started = Instant::now();
    let checker = Checker::new(&every_pack()?);
    let made = started.elapsed();
    let text = notes(BYTES);
    let found = checker.check(&text, Reading::default()).len();
    let best = best(|| checker.check(&text, Reading::default()).len());
    let rate = megabytes(text.len()) / best.as_secs_f64();
    let note = notes(NOTE_BYTES);
    let note_time = best_of_many(|| checker.check(&note, Reading::default()).len());
    println!(
        "Words that respect, {} terms of every pack, on one core, context rules included:",
        checker.terms().len()
    );
    println!("  {:.1} MB of notes with {found} findings: {rate:.0} MB/s", megabytes(text.len()));
    println!("  a note of {} bytes: {:.1} µs", note.len(), note_time.as_secs_f64() * 1e6);
    println!(
        "  memory: {:.1} MB; made ready in {:.0} ms",
        megabytes(checker.memory()),
        made.as_secs_f64() * 1e3
    );
    others(rate)
}

#[allow(clippy::cast_precision_loss, reason = "sizes of texts")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn best(mut run: impl FnMut() -> usize) -> Duration {
    let time = |_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    };
    (0..ROUNDS).map(time).min().unwrap_or_default()
}

/// The middle of many short runs.
fn best_of_many(mut run: impl FnMut() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..2_000)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

/// The terms of every pack together; a state's entry stands beside the common one.
fn every_pack() -> anyhow::Result<Terms> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&root)?.map(|entry| entry.map(|entry| entry.path())) {
        let folder = folder?;
        if !folder.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&folder)? {
            let path = file?.path();
            let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
            files.push(SourceFile { path: name, text: std::fs::read_to_string(&path)? });
        }
    }
    let library =
        compile(&files).map_err(|faults| anyhow::anyhow!("{} faults in the packs", faults.len()))?;
    let mut all = Terms::default();
    for pack in library.iter() {
        let terms = pack.terms(date(2026, 11, 26));
        for term in terms.terms {
            if !all.terms.contains(&term) {
                all.terms.push(term);
            }
        }
        for fine in terms.fine {
            if !all.fine.contains(&fine) {
                all.fine.push(fine);
            }
        }
    }
    Ok(all)
}

/// Where a program of this name lies: in the folder that `PORCHLIGHT_BENCH_TOOLS` names, or on the path.
fn installed(name: &str) -> Option<PathBuf> {
    #[allow(clippy::disallowed_methods, reason = "a benchmark that a developer runs")]
    let folders = [std::env::var_os("PORCHLIGHT_BENCH_TOOLS"), std::env::var_os("PATH")];
    let folders: Vec<PathBuf> = folders.iter().flatten().flat_map(std::env::split_paths).collect();
    folders.into_iter().map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn others(ours: f64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let (text, nothing) = (folder.path().join("notes.txt"), folder.path().join("nothing.txt"));
    std::fs::write(&text, notes(OTHERS_BYTES))?;
    std::fs::write(&nothing, "Yes.\n")?;
    for (name, arguments) in [("alex", &["--text"][..]), ("write-good", &[]), ("proselint", &["check"])] {
        let Some(program) = installed(name) else {
            println!("  {name}: not installed");
            continue;
        };
        let time = |file: &Path| -> anyhow::Result<Duration> {
            let start = Instant::now();
            // They end with 1 when they find something.
            Command::new(&program)
                .args(arguments)
                .arg(file)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .with_context(|| format!("{name} can't be started"))?;
            Ok(start.elapsed())
        };
        // What it takes to start is not held against it.
        let took = time(&text)?.saturating_sub(time(&nothing)?).max(Duration::from_millis(1));
        let rate = megabytes(OTHERS_BYTES) / took.as_secs_f64();
        println!("  {name}: {rate:.3} MB/s without its start; ours is {:.0} times that", ours / rate);
    }
    Ok(())
}
