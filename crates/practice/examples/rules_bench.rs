//! What `cargo xtask bench rules` runs: one worker against each full pack, on one core. A measurement, not a test.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use porchlight_practice::pack::{PackId, SourceFile, compile};
use porchlight_practice::rule::{self, Facts, fact};

/// The aim, in microseconds.
const AIM: f64 = 50.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(root.join("packs"))? {
        let folder = folder?.path();
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for file in std::fs::read_dir(&folder)? {
            let file = file?.path();
            let path = format!("{name}/{}", file.file_name().unwrap_or_default().to_string_lossy());
            files.push(SourceFile { path, text: std::fs::read_to_string(file)? });
        }
    }
    let library = compile(&files).map_err(|faults| format!("{faults:?}"))?;
    println!("| Pack | questions | reasons | facts | median µs | 95 % within µs |");
    println!("|---|--:|--:|--:|--:|--:|");
    let mut slowest: f64 = 0.0;
    for id in ["us-al-parent", "us-ca-parent", "us-ga-adult", "us-mo-adult", "us-wi-adult"] {
        let pack = library.get(&PackId::from(id)).ok_or("a pack is missing")?;
        let path = root.join(format!("docs/rules/{id}.toml"));
        let file = SourceFile { path: id.to_owned(), text: std::fs::read_to_string(path)? };
        let given = rule::read(&file).map_err(|faults| format!("{faults:?}"))?;
        let rules = pack.rulebook(&given.settings);
        for (years, facts) in [("", given.facts.clone()), (", 5 years on", five_years(given.facts))] {
            // Another day each time, so that no answer is the last one again.
            let first = date(2026, 1, 5);
            let mut times: Vec<f64> = Vec::new();
            for turn in 0..20_000_i64 {
                let day = first.saturating_add((turn % 700).days());
                let begun = Instant::now();
                black_box(rule::ask(black_box(&rules), black_box(&facts), black_box(day)));
                times.push(begun.elapsed().as_secs_f64() * 1e6);
            }
            times.sort_by(f64::total_cmp);
            let (median, most) = (times[times.len() / 2], times[times.len() * 95 / 100]);
            let answers = rule::ask(&rules, &facts, first);
            let reasons: usize = answers.iter().map(|answer| answer.reasons.len()).sum();
            println!(
                "| {id}{years} | {} | {reasons} | {} | {median:.1} | {most:.1} |",
                answers.len(),
                count(&facts)
            );
            slowest = slowest.max(median);
        }
    }
    println!("\nThe slowest median is {slowest:.1} µs; the aim is at most {AIM:.0} µs.");
    Ok(())
}

/// The same worker after five years of trainings each year, supervision twice a month and a visit each working day of
/// the last year.
fn five_years(mut facts: Facts) -> Facts {
    let first = date(2022, 1, 10);
    let topics = ["infection_control", "abuse_and_neglect", "tuberculosis", "crisis_and_aggression"];
    for year in 0..5_i64 {
        let ended = first.saturating_add(year.years());
        for topic in topics {
            facts.trainings.push(fact::Training {
                ended,
                topics: vec![topic.to_owned()],
                minutes: 60,
                programme: None,
                approved_by: None,
                certificate: None,
                check: fact::Check::Accepted,
            });
        }
        for month in 0..8_i64 {
            facts.credits.push(fact::Credit {
                ended: ended.saturating_add(month.months()),
                title: Some(format!("{year} {month}")),
                amount: 2000,
                unit: None,
                categories: vec!["peer_ethics".to_owned()],
                sponsor: Some("gmhcn".to_owned()),
                certificate: Some(format!("{year}-{month}")),
                used_for: None,
                check: fact::Check::Accepted,
            });
        }
    }
    for turn in 0..120_i64 {
        let day: Date = first.saturating_add((turn * 15).days());
        for (kind, by) in [
            (fact::SessionKind::Individual, "program_manager"),
            (fact::SessionKind::Group, "clinical_director"),
        ] {
            facts.sessions.push(fact::Session {
                day,
                kind,
                minutes: 60,
                by: vec![by.to_owned()],
                signed: true,
            });
        }
    }
    for turn in 0..250_i64 {
        let day = date(2026, 1, 5).saturating_add(turn.days());
        facts.services.push(fact::Service { day, minutes: 240 });
    }
    facts.settle()
}

fn count(facts: &Facts) -> usize {
    facts.papers.len()
        + facts.trainings.len()
        + facts.credits.len()
        + facts.sessions.len()
        + facts.services.len()
        + facts.attestations.len()
        + facts.education.len()
        + facts.experience.len()
        + facts.exams.len()
        + facts.acknowledgements.len()
}
