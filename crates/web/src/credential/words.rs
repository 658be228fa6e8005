//! How requirements, findings and entries are said.

use std::collections::BTreeMap;

use jiff::civil::Date;
use porchlight_practice::credential::{Credential, Entry, Standing};
use porchlight_practice::rule::fact::Level;
use porchlight_practice::rule::{Finding, Reason, Rulebook, Unit, Word};

use crate::page::Page;

/// What the ids in facts are called.
type Names = BTreeMap<String, porchlight_practice::Text>;

/// A state in one or two words, with its mark.
pub(crate) struct State {
    pub tone: &'static str,
    pub icon: &'static str,
    pub text: String,
}

/// "Yes", "Not yet", "No".
pub(crate) fn word(page: &Page, word: Word) -> String {
    page.t(match word {
        Word::Yes => "credential-yes",
        Word::NotYet => "credential-not-yet",
        Word::No => "credential-no",
    })
}

/// The mark and the colour of a word. Red is for somebody in danger, never for a worker.
pub(crate) fn mark(word: Word) -> (&'static str, &'static str) {
    match word {
        Word::Yes => ("ok", "check"),
        Word::NotYet => ("sun", "clock"),
        Word::No => ("sun", "close"),
    }
}

/// An amount of something, with its unit only where it is needed.
fn amount(number: u32, unit: Unit) -> String {
    if unit == Unit::Minutes { hours(number) } else { number.to_string() }
}

/// Minutes as hours: "13.5".
pub(crate) fn hours(minutes: u32) -> String {
    let tenths = (minutes * 10 + 30) / 60;
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// How a requirement stands, in a word or two, and the line beside it.
pub(crate) fn state(page: &Page, names: &Names, reason: &Reason) -> (State, String) {
    let tag = |key: &str| -> String { page.t(key) };
    let on = |key: &str, day: Date| page.t1(key, "day", page.date(day));
    let done = |text: String| State { tone: "ok", icon: "check", text };
    let open = |text: String| State { tone: "warn", icon: "clock", text };
    let good = match reason.until {
        Some(day) => on("credential-good-until", day),
        None => page.t("credential-no-end"),
    };
    match &reason.finding {
        Finding::Fine => (done(tag("credential-done")), good),
        Finding::NothingDue => (done(tag("credential-nothing-due")), String::new()),
        Finding::HandedIn => (done(tag("credential-handed-in")), good),
        Finding::Due { by } => (done(tag("credential-done")), on("credential-due-by", *by)),
        Finding::Waived { until } => (done(tag("credential-lifted")), on("credential-good-until", *until)),
        Finding::Missing => (open(tag("credential-missing")), page.t("credential-not-on-file")),
        Finding::Ended { last } => (open(tag("credential-out-of-date")), on("credential-ended", *last)),
        Finding::From { day } => (open(tag("credential-later")), on("credential-from", *day)),
        Finding::Less { have, need, unit } => {
            let (have, need) = (amount(*have, *unit), amount(*need, *unit));
            (open(tag("credential-less")), page.t2("credential-of", "have", have, "need", need))
        }
        Finding::Topics { missing } => {
            let names: Vec<String> = missing.iter().map(|id| called(page, names, id)).collect();
            (open(tag("credential-less")), page.t1("credential-topics", "topics", page.list(&names)))
        }
        Finding::NotPassed => (open(tag("credential-not-passed")), String::new()),
        Finding::NotClear => (open(tag("credential-not-clear")), String::new()),
        Finding::OldVersion { version } => {
            (open(tag("credential-new-version")), page.t1("credential-version-is", "version", version))
        }
        Finding::HandIn { by, .. } => (open(tag("credential-hand-in")), on("credential-hand-in-by", *by)),
        Finding::Inactive { since } => (open(tag("credential-inactive")), on("credential-since", *since)),
        Finding::Void { since } => (open(tag("credential-void")), on("credential-since", *since)),
        Finding::Overdue { due } => {
            let when = due.map_or_else(String::new, |day| on("credential-was-due", day));
            (open(tag("credential-overdue")), when)
        }
        Finding::Chain => (open(tag("credential-chain")), String::new()),
        Finding::NotASupervisor => (open(tag("credential-missing")), String::new()),
        Finding::Parts { have, need } => (
            if reason.met { done(tag("credential-done")) } else { open(tag("credential-less")) },
            page.t2("credential-of", "have", have.to_string(), "need", need.to_string()),
        ),
        Finding::Choose { .. } => (open(tag("credential-choose")), String::new()),
    }
}

/// What the pack calls something in facts; its id in plain letters where there is no name for it.
pub(crate) fn called(page: &Page, names: &Names, id: &str) -> String {
    names.get(id).map_or_else(|| plain(id), |name| page.text(name))
}

/// A pack's id where it has no name for it: `drivers_licence` as "drivers licence".
pub(crate) fn plain(id: &str) -> String {
    id.replace('_', " ")
}

/// What an entry is called: as the requirement it bears on, or as its kind.
pub(crate) fn name(page: &Page, entry: &Entry, rules: &Rulebook, on: Date) -> String {
    let asked = rules.requirements(on).iter().find(|one| entry.bears_on(&one.requirement));
    match (asked, entry) {
        (_, Entry::Credit { title: Some(title), .. }) => title.clone(),
        (Some(asked), _) => page.text(&asked.requirement.name),
        (None, entry) => page.t(&format!("credential-kind-{}", entry.as_str())),
    }
}

/// The key of how far somebody went to school.
pub(crate) fn level(level: Level) -> &'static str {
    match level {
        Level::HighSchool => "credential-level-high-school",
        Level::Associate => "credential-level-associate",
        Level::Bachelor => "credential-level-bachelor",
        Level::Master => "credential-level-master",
        Level::Doctorate => "credential-level-doctorate",
    }
}

/// What was typed, line by line: what it is, and what stands there.
pub(crate) fn lines(page: &Page, names: &Names, entry: &Entry) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut say = |key: &str, value: String| lines.push((page.t(key), value));
    match entry {
        Entry::Born { day } => say("credential-born", page.date(day)),
        Entry::Education { day, level: how_far, field } => {
            say("credential-level", page.t(level(*how_far)));
            if let Some(field) = field {
                say("credential-field", called(page, names, field));
            }
            say("credential-day-on-it", page.date(day));
        }
        Entry::Experience { from, until, kind } => {
            say("credential-work-kind", called(page, names, kind));
            say("credential-first-day", page.date(from));
            if let Some(until) = until {
                say("credential-last-day", page.date(until));
            }
        }
        Entry::Attestation { day, count, .. } => {
            if *count > 1 {
                say("credential-how-many", count.to_string());
            }
            say("credential-said-on", page.date(day));
        }
        Entry::Paper { kind, from, until, .. } => {
            say("credential-which", called(page, names, kind));
            say("credential-first-day", page.date(from));
            match until {
                Some(until) => say("credential-last-day", page.date(until)),
                None => say("credential-last-day", page.t("credential-no-end")),
            }
        }
        Entry::Training { ended, minutes, .. } => {
            say("credential-training-ended", page.date(ended));
            if *minutes > 0 {
                say("credential-hours", hours(*minutes));
            }
        }
        Entry::Exam { day, passed, score, .. } => {
            say("credential-exam-day", page.date(day));
            let key = if *passed { "credential-passed" } else { "credential-not-passed" };
            say("credential-exam-result", page.t(key));
            if let Some(score) = score {
                say("credential-score", score.to_string());
            }
        }
        Entry::Credit { ended, minutes, categories, sponsor, certificate, .. } => {
            say("credential-training-ended", page.date(ended));
            say("credential-hours", hours(*minutes));
            if !categories.is_empty() {
                let names: Vec<String> = categories.iter().map(|id| called(page, names, id)).collect();
                say("credential-categories", page.list(&names));
            }
            if let Some(sponsor) = sponsor {
                say("credential-sponsor", called(page, names, sponsor));
            }
            if let Some(certificate) = certificate {
                say("credential-number", certificate.clone());
            }
        }
        Entry::Acknowledgement { day, version, .. } => {
            say("credential-read-on", page.date(day));
            say("credential-version", version.clone());
        }
        Entry::Submission { day, .. } | Entry::Reactivation { day, .. } => {
            say("credential-handed-in-on", page.date(day));
        }
        Entry::Attribute { from, attribute, .. } => {
            say("credential-which", called(page, names, attribute));
            say("credential-first-day", page.date(from));
        }
    }
    lines
}

/// Where an entry stands, in a tag, and the line beside it.
pub(crate) fn standing(page: &Page, credential: &Credential) -> (State, String) {
    match credential.standing() {
        Standing::Waiting => (
            State { tone: "info", icon: "clock", text: page.t("credential-waiting") },
            page.t("credential-waiting-counts"),
        ),
        Standing::Accepted { on, .. } => (
            State { tone: "ok", icon: "check", text: page.t("credential-accepted") },
            page.t1("credential-accepted-on", "day", page.date(on)),
        ),
        Standing::Refused { why, .. } => {
            (State { tone: "warn", icon: "back", text: page.t("credential-sent-back") }, why.clone())
        }
    }
}
