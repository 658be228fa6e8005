//! The worked cases of `tests/rules/<pack>.toml`, each derived by hand from the pack's documents. `docs/rules.md` tells
//! how a case is written.

use std::collections::BTreeMap;

use jiff::civil::Date;
use porchlight_practice::pack::SourceFile;
use porchlight_practice::rule::{self, Answer, Given};
use serde::Deserialize;
use toml::value::Datetime;

use crate::shipped::here;

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// Facts that several cases share, by their names.
    #[serde(default)]
    facts: BTreeMap<String, String>,
    #[serde(default)]
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Names of shared facts, joined in this order.
    #[serde(default)]
    facts: Vec<String>,
    /// Facts of this case alone.
    #[serde(default)]
    more: String,
    day: Datetime,
    question: String,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    answer: String,
    next_change: NextChange,
    /// The requirements that hold the answer up, in any order.
    because: Vec<String>,
    /// Those that are asked for and hold nothing up; not compared when left away.
    notices: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum NextChange {
    Day(Datetime),
    Never(Never),
}

#[derive(Deserialize)]
enum Never {
    #[serde(rename = "never")]
    Never,
}

fn date(day: &Datetime) -> Date {
    day.to_string().parse().unwrap_or_else(|_| panic!("{day} is no day"))
}

fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut ids: Vec<String> = ids.map(str::to_owned).collect();
    ids.sort();
    ids
}

fn told(answer: &Answer) -> String {
    let next = answer.next_change.map_or("never".to_owned(), |day| day.to_string());
    let because = sorted(answer.missing().map(|reason| reason.requirement.id.as_str()));
    format!("{} until {next} because {because:?}", answer.word.as_str())
}

/// What is wrong with a case, if something is.
fn wrong(pack: &str, cases: &Cases, case: &Case) -> Option<String> {
    let mut text = String::new();
    for name in &case.facts {
        let Some(shared) = cases.facts.get(name) else { return Some(format!("there are no facts `{name}`")) };
        text.push_str(shared);
        text.push('\n');
    }
    text.push_str(&case.more);
    let given = match rule::read(&SourceFile { path: "facts".to_owned(), text }) {
        Ok(given) => given,
        Err(faults) => return Some(format!("its facts have faults: {faults:#?}")),
    };
    let pack = crate::shipped::pack(pack);
    let day = date(&case.day);
    let Given { facts, settings, .. } = given;
    if let Err(faults) = settings.check(&pack, day) {
        return Some(format!("its choices have faults: {faults:?}"));
    }
    let rules = pack.rulebook(&settings);
    let Some(answer) = rule::ask_one(&rules, &facts, day, &case.question) else {
        return Some(format!("the pack has no question `{}` on this day", case.question));
    };
    let expect = &case.expect;
    let next = match &expect.next_change {
        NextChange::Day(day) => Some(date(day)),
        NextChange::Never(Never::Never) => None,
    };
    let because = sorted(expect.because.iter().map(String::as_str));
    let right = answer.word.as_str() == expect.answer
        && answer.next_change == next
        && sorted(answer.missing().map(|reason| reason.requirement.id.as_str())) == because;
    if !right {
        let next = next.map_or("never".to_owned(), |day| day.to_string());
        return Some(format!(
            "expected {} until {next} because {because:?}\n     found {}\n     {:?}",
            expect.answer,
            told(&answer),
            answer.reasons.iter().map(|one| (&one.requirement.id, one.met, &one.finding)).collect::<Vec<_>>()
        ));
    }
    let notices = sorted(answer.notices().map(|reason| reason.requirement.id.as_str()));
    let expected = expect.notices.as_ref().map(|notices| sorted(notices.iter().map(String::as_str)));
    match expected {
        Some(expected) if expected != notices => {
            Some(format!("expected notices {expected:?}, found {notices:?}"))
        }
        _ => None,
    }
}

/// Walks through the cases of one pack.
fn worked_cases_of(pack: &str) {
    let path = here(&format!("tests/rules/{pack}.toml"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Cases = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut names = std::collections::BTreeSet::new();
    let mut faults = Vec::new();
    for case in &cases.case {
        assert!(names.insert(&case.name), "{pack}: two cases are called “{}”", case.name);
        if let Some(fault) = wrong(pack, &cases, case) {
            faults.push(format!("{}\n  on {}, {}: {fault}", case.name, case.day, case.question));
        }
    }
    assert!(cases.case.len() >= 25, "{pack} has only {} cases", cases.case.len());
    assert!(faults.is_empty(), "{} of {} cases:\n{}", faults.len(), cases.case.len(), faults.join("\n"));
}

#[test]
fn worked_cases_of_alabama() {
    worked_cases_of("us-al-parent");
}

#[test]
fn worked_cases_of_california() {
    worked_cases_of("us-ca-parent");
}

#[test]
fn worked_cases_of_georgia() {
    worked_cases_of("us-ga-adult");
}

#[test]
fn worked_cases_of_missouri() {
    worked_cases_of("us-mo-adult");
}

#[test]
fn worked_cases_of_wisconsin() {
    worked_cases_of("us-wi-adult");
}
