//! Facts about a worker from a file. `docs/rules.md` has every table and key.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fact::{
    Acknowledgement, Attestation, Attribute, Check, Credit, Education, Exam, Experience, Facts, Filing,
    Given, Level, Line, Paper, Publication, Service, Session, SessionKind, Training, Waiver, Worker,
};
use crate::pack::read::{Entry, Faults, Parsed};
use crate::pack::{Fault, SettingValue, Settings, SourceFile};

/// Reads facts.
///
/// # Errors
/// Every fault that was found, at its line and column; an unknown table or key is one.
pub fn read(file: &SourceFile) -> Result<Given, Vec<Fault>> {
    let faults = Faults::default();
    let parsed = Parsed::new(file, &faults);
    parsed.only(TABLES, &faults);
    let mut facts = Facts::default();
    if let Some(entry) = parsed.table("worker", &faults) {
        facts.worker = worker(&entry);
        entry.finish();
    }
    let all = Tables { parsed: &parsed, faults: &faults };
    facts.education = all.read("education", education);
    facts.experience = all.read("experience", experience);
    facts.attestations = all.read("attestation", attestation);
    facts.papers = all.read("paper", paper);
    facts.trainings = all.read("training", training);
    facts.exams = all.read("exam", exam);
    facts.credits = all.read("credit", credit);
    facts.submissions = all.read("submission", filing);
    facts.reactivations = all.read("reactivation", filing);
    facts.sessions = all.read("session", session);
    facts.services = all.read("service", service);
    facts.acknowledgements = all.read("acknowledgement", acknowledgement);
    facts.publications = all.read("publication", publication);
    facts.attributes = all.read("attribute", attribute);
    facts.lines = all.read("line", line);
    facts.waivers = all.read("waiver", waiver);
    let mut settings = Settings::new();
    let mut places = BTreeMap::new();
    for (setting, value, place) in all.read("choice", choice) {
        places.insert(setting.clone(), place);
        settings.set(setting, value);
    }
    let faults = faults.into_sorted();
    if faults.is_empty() { Ok(Given { facts: facts.settle(), settings, places }) } else { Err(faults) }
}

const TABLES: &[&str] = &[
    "worker",
    "education",
    "experience",
    "attestation",
    "paper",
    "training",
    "exam",
    "credit",
    "submission",
    "reactivation",
    "session",
    "service",
    "acknowledgement",
    "publication",
    "attribute",
    "line",
    "waiver",
    "choice",
];

struct Tables<'p> {
    parsed: &'p Parsed<'p>,
    faults: &'p Faults,
}

impl Tables<'_> {
    fn read<T>(&self, table: &'static str, one: impl Fn(&Entry<'_>) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        for entry in self.parsed.tables(table, self.faults) {
            found.extend(one(&entry));
            entry.finish();
        }
        found
    }
}

fn date(entry: &Entry<'_>, key: &'static str) -> Option<Date> {
    if !entry.has(key) {
        entry.fault(format!("this {} needs `{key} = 2026-01-31`", entry.what));
    }
    entry.maybe_date(key)
}

/// The first and the last day.
fn span(entry: &Entry<'_>) -> Option<(Date, Option<Date>)> {
    let from = date(entry, "from");
    let until = entry.maybe_date("until");
    let (from, until) = (from?, until);
    if until.is_some_and(|until| until < from) {
        entry.fault_at("until", "`until` is before `from`");
    }
    Some((from, until))
}

fn check(entry: &Entry<'_>) -> Check {
    entry.maybe_one_of("check", Check::NAMES).unwrap_or_default()
}

fn worker(entry: &Entry<'_>) -> Worker {
    let id = entry.maybe_text("id");
    let born = entry.maybe_date("born");
    let started = entry.maybe_date("started");
    let ended = entry.maybe_date("ended");
    let supervises = entry.maybe_text("supervises");
    if let (Some(started), Some(ended)) = (started, ended)
        && ended < started
    {
        entry.fault_at("ended", "`ended` is before `started`");
    }
    if supervises.is_some() && id.is_none() {
        entry.fault_at(
            "supervises",
            "with `supervises` give `id` too, so that the lines of supervision can be followed",
        );
    }
    Worker { id, born, started, ended, supervises }
}

fn education(entry: &Entry<'_>) -> Option<Education> {
    let day = date(entry, "day");
    let level = entry.one_of("level", Level::NAMES);
    let field = entry.maybe_name("field");
    let check = check(entry);
    Some(Education { day: day?, level: level?, field, check })
}

fn experience(entry: &Entry<'_>) -> Option<Experience> {
    let span = span(entry);
    let kind = entry.name("kind");
    let check = check(entry);
    let (from, until) = span?;
    Some(Experience { from, until, kind: kind?, check })
}

fn attestation(entry: &Entry<'_>) -> Option<Attestation> {
    let day = date(entry, "day");
    let what = entry.name("what");
    let count = entry.maybe_number("count").unwrap_or(1);
    let check = check(entry);
    Some(Attestation { day: day?, what: what?, count, check })
}

fn paper(entry: &Entry<'_>) -> Option<Paper> {
    let span = span(entry);
    let kind = entry.name("kind");
    let clear = entry.maybe_one_of("result", &[("clear", true), ("not_clear", false)]).unwrap_or(true);
    let check = check(entry);
    let (from, until) = span?;
    Some(Paper { from, until, kind: kind?, clear, check })
}

fn training(entry: &Entry<'_>) -> Option<Training> {
    let ended = date(entry, "ended");
    let topics = entry.names("topics");
    let minutes = entry.maybe_hours("hours").unwrap_or(0);
    let programme = entry.maybe_name("programme");
    let approved_by = entry.maybe_name("approved_by");
    let certificate = entry.maybe_text("certificate");
    let check = check(entry);
    if topics.is_empty() && programme.is_none() && approved_by.is_none() {
        entry.fault("this training needs `topics = [\"…\"]` or `programme = \"…\"`");
    }
    Some(Training { ended: ended?, topics, minutes, programme, approved_by, certificate, check })
}

fn exam(entry: &Entry<'_>) -> Option<Exam> {
    let day = date(entry, "day");
    let kind = entry.name("kind");
    let passed = entry.flag("passed");
    let score = entry.maybe_number("score");
    let check = check(entry);
    if score.is_some_and(|score| score > 100) {
        entry.fault_at("score", "`score` is in points of 100");
    }
    Some(Exam { day: day?, kind: kind?, passed: passed?, score, check })
}

fn credit(entry: &Entry<'_>) -> Option<Credit> {
    let ended = date(entry, "ended");
    let title = entry.maybe_text("title");
    let hours = entry.maybe_thousandths("hours");
    let amount = entry.maybe_thousandths("amount");
    let unit = entry.maybe_name("unit");
    let categories = entry.names("categories");
    let sponsor = entry.maybe_name("sponsor");
    let certificate = entry.maybe_text("certificate");
    let used_for = entry.maybe_name("used_for");
    let check = check(entry);
    let right = matches!((hours, amount, &unit), (Some(_), None, None) | (None, Some(_), Some(_)));
    if !right && (hours.is_some() || amount.is_some() || unit.is_some() || !entry.has("hours")) {
        entry.fault("this credit needs `hours = 1.5`, or `amount` and `unit` together");
    }
    let amount = hours.or(amount)?;
    let ended = ended?;
    Some(Credit { ended, title, amount, unit, categories, sponsor, certificate, used_for, check })
}

fn filing(entry: &Entry<'_>) -> Option<Filing> {
    let day = date(entry, "day");
    let requirement = entry.name("requirement");
    Some(Filing { day: day?, requirement: requirement? })
}

fn session(entry: &Entry<'_>) -> Option<Session> {
    let day = date(entry, "day");
    let kind = entry.one_of("kind", SessionKind::NAMES);
    let minutes = entry.number("minutes");
    let by = entry.names("by");
    let signed = entry.maybe_flag("signed").unwrap_or(false);
    Some(Session { day: day?, kind: kind?, minutes: minutes?, by, signed })
}

fn service(entry: &Entry<'_>) -> Option<Service> {
    let day = date(entry, "day");
    let minutes = entry.maybe_hours("hours");
    if !entry.has("hours") {
        entry.fault("this service needs `hours = 1.5`");
    }
    Some(Service { day: day?, minutes: minutes? })
}

fn acknowledgement(entry: &Entry<'_>) -> Option<Acknowledgement> {
    let day = date(entry, "day");
    let what = entry.name("what");
    let version = entry.text("version");
    Some(Acknowledgement { day: day?, what: what?, version: version? })
}

fn publication(entry: &Entry<'_>) -> Option<Publication> {
    let from = date(entry, "from");
    let what = entry.name("what");
    let version = entry.text("version");
    Some(Publication { from: from?, what: what?, version: version? })
}

fn attribute(entry: &Entry<'_>) -> Option<Attribute> {
    let span = span(entry);
    let attribute = entry.name("attribute");
    let (from, until) = span?;
    Some(Attribute { from, until, attribute: attribute? })
}

fn line(entry: &Entry<'_>) -> Option<Line> {
    let span = span(entry);
    let of = entry.text("of");
    let by = entry.text("by");
    let (from, until) = span?;
    Some(Line { from, until, of: of?, by: by? })
}

fn waiver(entry: &Entry<'_>) -> Option<Waiver> {
    let from = date(entry, "from");
    let until = date(entry, "until");
    let requirement = entry.name("requirement");
    Some(Waiver { from: from?, until: until?, requirement: requirement? })
}

fn choice(entry: &Entry<'_>) -> Option<(String, SettingValue, (usize, usize))> {
    let setting = entry.name("setting");
    let value = entry.value("value");
    let (_, line, column) = entry.position();
    Some((setting?, value?, (line, column)))
}
