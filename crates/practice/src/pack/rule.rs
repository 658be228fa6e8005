//! Reading requirements, questions and the settings they are made of; and finding what nobody can meet.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::entry::{Dated, Entries, Noun, days, layered};
use super::read::{Entry, Faults, meant};
use super::{Confidence, Setting, SettingChoice, SettingKind, SettingValue, Source, Stricter};
use crate::rule::fact::{Level, SessionKind};
use crate::rule::requirement::{
    Amount, Branch, Cadence, Clause, Continuing, Cycle, Kind, MonthDay, Place, Question, Requirement, Share,
    Supervision, TrainingTopic, Waivable, Window,
};

/// What a setting is while the programme has not chosen and the pack has no default.
pub const NOT_CHOSEN: &str = "not_chosen";

/// A setting that rules are made of: a few options, each with the number it stands for and its own source.
#[derive(Debug, Clone)]
pub(crate) struct RuleSetting {
    pub(crate) setting: Setting,
    /// By the options' ids.
    pub(crate) numbers: BTreeMap<String, u32>,
}

impl Noun for RuleSetting {
    const TABLE: &'static str = "rule_setting";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let taken = ["note_", "service_", "support_", "rule_"];
        if taken.iter().any(|start| id.starts_with(start)) {
            entry.fault_at(
                "id",
                "the names of rule settings don't begin with note_, service_, support_ or rule_",
            );
        }
        let name = entry.words("name");
        let why = entry.words("why");
        let mut choices = Vec::new();
        let mut numbers = BTreeMap::new();
        for option in entry.inners("option") {
            let id = option.name("id");
            let name = option.words("name");
            if let (Some(id), Some(number)) = (&id, option.maybe_number("number")) {
                numbers.insert(id.clone(), number);
            }
            if id.as_deref() == Some(NOT_CHOSEN) {
                option.fault_at(
                    "id",
                    "an option can't be called `not_chosen`; that is what stands before a choice",
                );
            }
            if choices.iter().any(|other: &SettingChoice| Some(&other.id) == id.as_ref()) {
                option.fault_at("id", "there is already an option with this id");
            }
            option.finish();
            if let (Some(id), Some(name)) = (id, name) {
                choices.push(SettingChoice { id, name });
            }
        }
        if choices.len() < 2 {
            entry.fault("this rule setting needs at least two options under [[rule_setting.option]]");
        }
        let default = entry.maybe_name("default");
        if let Some(default) = &default
            && !choices.iter().any(|choice| &choice.id == default)
        {
            entry.fault_at("default", "`default` must be the id of one of the options");
        }
        let open = default.is_none();
        if open {
            choices.insert(
                0,
                SettingChoice {
                    id: NOT_CHOSEN.to_owned(),
                    name: crate::Text { en: "Not chosen yet".into(), es: "Todavía sin elegir".into() },
                },
            );
        }
        let setting = Setting {
            id: id.to_owned(),
            name: name?,
            why: why?,
            kind: SettingKind::OneOf(choices),
            default: SettingValue::Choice(default.unwrap_or_else(|| NOT_CHOSEN.to_owned())),
            chosen: None,
            stricter: Stricter::Either,
            open: true,
            needs_checking: open || source.confidence == Confidence::NeedsChecking,
            source: source.clone(),
        };
        Some(RuleSetting { setting, numbers })
    }
}

impl Noun for Question {
    const TABLE: &'static str = "question";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let ask = entry.words("ask");
        let meanwhile = entry.maybe_words("meanwhile");
        Some(Question {
            id: id.to_owned(),
            ask: ask?,
            meanwhile,
            source: source.clone(),
            place: Place::of(entry),
        })
    }
}

impl Noun for TrainingTopic {
    const TABLE: &'static str = "topic";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let specialty = entry.maybe_flag("specialty").unwrap_or(false);
        Some(TrainingTopic { id: id.to_owned(), name: name?, specialty, source: source.clone() })
    }
}

impl Noun for Requirement {
    const TABLE: &'static str = "requirement";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let why = entry.words("why");
        let questions = entry.names("for");
        let ready = entry.names("ready_for");
        let only_if = entry.inner("only_if").and_then(|condition| {
            let setting = condition.name("setting");
            let is = condition.name("is");
            condition.finish();
            Some((setting?, is?))
        });
        let waivable = entry.inner("waive").and_then(|waive| {
            let by = waive.name("by");
            let days = waive.number("days");
            waive.finish();
            Some(Waivable { by: by?, days: days? })
        });
        if waivable.is_some() && source.strength == super::Strength::Must {
            entry.fault_at(
                "waive",
                "nobody may lift what the pack calls a must; a program lifts only its own rules",
            );
        }
        let kind = kind(entry);
        if !ready.is_empty() && !matches!(kind, Some(Kind::Continuing(_)) | None) {
            entry.fault_at("ready_for", "`ready_for` belongs to continuing education only");
        }
        Some(Requirement {
            id: id.to_owned(),
            name: name?,
            why: why?,
            kind: kind?,
            questions,
            ready,
            only_if,
            waivable,
            source: source.clone(),
            place: Place::of(entry),
        })
    }
}

/// The kinds by their names in packs.
#[derive(Clone, Copy)]
enum Named {
    Age,
    Education,
    Lived,
    Paper,
    Training,
    Programme,
    Exam,
    Continuing,
    Supervision,
    Supervisor,
    Acknowledgement,
    All,
    Any,
    AtLeast,
}

const KINDS: &[(&str, Named)] = &[
    ("age", Named::Age),
    ("education", Named::Education),
    ("lived_experience", Named::Lived),
    ("paper", Named::Paper),
    ("training", Named::Training),
    ("programme", Named::Programme),
    ("exam", Named::Exam),
    ("continuing_education", Named::Continuing),
    ("supervision", Named::Supervision),
    ("supervisor", Named::Supervisor),
    ("acknowledgement", Named::Acknowledgement),
    ("all", Named::All),
    ("any", Named::Any),
    ("at_least", Named::AtLeast),
];

fn maybe_amount(entry: &Entry<'_>, key: &'static str) -> Option<Amount> {
    let amount = match entry.maybe_number_or_name(key)? {
        Ok(0) => {
            entry.fault_at(key, format!("`{key}` must be at least 1"));
            return None;
        }
        Ok(number) => Amount::Fixed(number),
        Err(setting) => Amount::Setting(setting),
    };
    Some(amount)
}

fn amount(entry: &Entry<'_>, key: &'static str) -> Option<Amount> {
    if !entry.has(key) {
        entry.fault(format!("this requirement needs `{key} = 1`, or the name of a rule setting"));
    }
    maybe_amount(entry, key)
}

fn kind(entry: &Entry<'_>) -> Option<Kind> {
    match entry.one_of("kind", KINDS)? {
        Named::Age => {
            let years = amount(entry, "years");
            if let Some(Amount::Fixed(years)) = years
                && years > 100
            {
                entry.fault_at("years", "nobody can meet this: nobody begins at more than 100 years");
            }
            Some(Kind::Age { years: years? })
        }
        Named::Education => branches(entry),
        Named::Lived => {
            let what = entry.name("what");
            let count = entry.maybe_number("count").unwrap_or(1).max(1);
            Some(Kind::Attested { what: what?, count })
        }
        Named::Paper => {
            let papers = some(entry, "papers")?;
            let months = maybe_amount(entry, "valid_months");
            let void_after = maybe_amount(entry, "void_after_months");
            Some(Kind::Paper { papers, months, void_after })
        }
        Named::Training => {
            let topic = entry.name("topic");
            let months = maybe_amount(entry, "valid_months");
            Some(Kind::Training { topic: topic?, months })
        }
        Named::Programme => {
            let programme = entry.maybe_name("programme");
            let approved_by = entry.maybe_name("approved_by");
            let hours = maybe_amount(entry, "hours");
            let topics = entry.names("topics");
            if programme.is_none() && topics.is_empty() && approved_by.is_none() {
                entry.fault("say which programme counts: `programme`, `approved_by` or `topics`");
            }
            Some(Kind::Programme { programme, approved_by, hours, topics })
        }
        Named::Exam => {
            let exam = entry.name("exam");
            let score = maybe_amount(entry, "score");
            if let Some(Amount::Fixed(score)) = score
                && score > 100
            {
                entry.fault_at("score", "nobody can meet this: `score` is in points of 100");
            }
            Some(Kind::Exam { exam: exam?, score })
        }
        Named::Continuing => continuing(entry).map(Kind::Continuing),
        Named::Supervision => supervision(entry).map(Kind::Supervision),
        Named::Supervisor => Some(Kind::Supervisor { any_of: entry.names("any_of") }),
        Named::Acknowledgement => {
            let what = entry.name("what");
            let again = entry.inner("again").and_then(|again| {
                let paper = again.name("paper");
                let months = amount(&again, "months");
                again.finish();
                Some((paper?, months?))
            });
            Some(Kind::Acknowledged { what: what?, again })
        }
        Named::All => Some(Kind::Parts { of: some(entry, "of")?, at_least: None }),
        Named::Any => Some(Kind::Parts { of: some(entry, "of")?, at_least: Some(1) }),
        Named::AtLeast => {
            let of = some(entry, "of");
            let number = entry.number("number");
            let (of, number) = (of?, number?);
            let parts = of.iter().collect::<BTreeSet<_>>().len();
            if number == 0 || number as usize > parts {
                entry.fault_at(
                    "number",
                    format!(
                        "nobody can meet this: at least {number} of {parts}; `number` is from 1 to {parts}"
                    ),
                );
            }
            Some(Kind::Parts { of, at_least: Some(number) })
        }
    }
}

/// A list of names that has at least one.
fn some(entry: &Entry<'_>, key: &'static str) -> Option<Vec<String>> {
    let names = entry.names(key);
    if names.is_empty() {
        entry.fault_at(key, format!("nobody can meet this without `{key} = [\"…\"]`, at least one"));
        return None;
    }
    Some(names)
}

fn branches(entry: &Entry<'_>) -> Option<Kind> {
    let branches: Vec<Branch> = entry
        .inners("branch")
        .iter()
        .map(|branch| {
            let level = branch.maybe_one_of("level", Level::NAMES);
            let fields = branch.names("fields");
            let years = maybe_amount(branch, "years");
            let with = branch.maybe_name("experience");
            if years.is_some() != with.is_some() {
                branch.fault("`years` and `experience` go together: how long, and with whom or as what");
            }
            if let Some(Amount::Fixed(years)) = years
                && years > 60
            {
                branch.fault_at("years", "nobody can meet this: more than 60 years of work");
            }
            if level.is_none() && years.is_none() {
                branch.fault("this branch asks nothing; give `level`, or `years` and `experience`");
            }
            branch.finish();
            Branch { level, fields, years: years.zip(with) }
        })
        .collect();
    if branches.is_empty() {
        entry.fault("nobody can meet this without a branch; write [[requirement.branch]]");
        return None;
    }
    Some(Kind::Education { branches })
}

#[derive(Clone, Copy)]
enum CycleName {
    CalendarYear,
    Certificate,
}

fn continuing(entry: &Entry<'_>) -> Option<Continuing> {
    let cycle = entry.one_of(
        "cycle",
        &[("calendar_year", CycleName::CalendarYear), ("certificate", CycleName::Certificate)],
    );
    let minutes = entry.maybe_hours("hours");
    if minutes.is_none_or(|minutes| minutes == 0) {
        entry.fault_at("hours", "continuing education needs `hours`, more than 0");
    }
    let cycle = match cycle? {
        CycleName::CalendarYear => Cycle::CalendarYear { exam: entry.name("first_year_after_exam")? },
        CycleName::Certificate => {
            let paper = entry.name("paper");
            let months = amount(entry, "months");
            if !entry.names("for").is_empty() {
                entry.fault_at(
                    "for",
                    "with cycle = \"certificate\" the paper itself says whether it stands; use `ready_for`",
                );
            }
            Cycle::Certificate { paper: paper?, months: months? }
        }
    };
    let never = entry.names("never");
    let shares: Vec<Share> = entry
        .inners("share")
        .iter()
        .map(|share| {
            let category = share.maybe_name("category");
            let sponsor = share.maybe_name("sponsor");
            let minutes = share.maybe_hours("hours").unwrap_or(0);
            let events = share.maybe_number("events").unwrap_or(0);
            if minutes == 0 && events == 0 {
                share.fault("this share asks nothing; give `hours` or `events`");
            }
            if let Some(category) = &category
                && never.contains(category)
            {
                share.fault_at("category", format!("nobody can meet this: `{category}` never counts"));
            }
            share.finish();
            Share { category, sponsor, minutes, events }
        })
        .collect();
    let carry_over = entry.maybe_hours("carry_over_hours").unwrap_or(0);
    let units = entry
        .inners("unit")
        .iter()
        .filter_map(|unit| {
            let name = unit.name("name");
            let minutes = unit.maybe_hours("hours");
            unit.finish();
            Some((name?, minutes?))
        })
        .collect();
    let (window, windows) = windows(entry, &cycle);
    let longest = match &cycle {
        Cycle::CalendarYear { .. } => 365,
        Cycle::Certificate { months: Amount::Fixed(months), .. } => u64::from(*months) * 30,
        Cycle::Certificate { .. } => u64::MAX / 24,
    };
    let needed = shares.iter().map(|share| share.minutes).chain(minutes).max().unwrap_or(0);
    if u64::from(needed) > longest.saturating_mul(24 * 60) {
        entry.fault_at("hours", "nobody can meet this: more hours than the cycle has");
    }
    Some(Continuing { cycle, minutes: minutes?, shares, never, carry_over, units, window, windows })
}

type Windows = (Option<Window>, Option<(String, Vec<(String, Window)>)>);

/// One window, or one for each option of a setting.
fn windows(entry: &Entry<'_>, cycle: &Cycle) -> Windows {
    let Some(setting) = entry.maybe_name("windows") else {
        let read = entry.inner("window").and_then(|one| {
            let read = window(&one, cycle);
            one.finish();
            read
        });
        return (read, None);
    };
    let options = entry
        .inners("window")
        .iter()
        .filter_map(|one| {
            let option = one.name("option");
            let read = window(one, cycle);
            one.finish();
            Some((option?, read?))
        })
        .collect();
    (None, Some((setting, options)))
}

fn window(window: &Entry<'_>, cycle: &Cycle) -> Option<Window> {
    match cycle {
        Cycle::CalendarYear { .. } => {
            let day = |key: &'static str| {
                let text = window.text(key)?;
                let found = month_day(&text);
                if found.is_none() {
                    window.fault_at(key, format!("`{key}` is a day of the year such as \"12-01\""));
                }
                found
            };
            let (opens, free_until, late_until) = (day("opens"), day("free_until"), day("late_until"));
            let (opens, free_until, late_until) = (opens?, free_until?, late_until?);
            // The year is only a stand-in, with a 29 February.
            let of = |day: MonthDay| day.in_year(2024);
            if of(free_until) > of(late_until) {
                window.fault_at("late_until", "nobody can meet this: it closes before the free days end");
            }
            if opens.month < 7 && of(opens) > of(late_until) {
                window.fault_at("opens", "nobody can meet this: it opens after it closes");
            }
            Some(Window::Year { opens, free_until, late_until })
        }
        Cycle::Certificate { .. } => window.number("days_before").map(|days| Window::Before { days }),
    }
}

fn month_day(text: &str) -> Option<MonthDay> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    Date::new(2024, month, day).ok()?;
    Some(MonthDay { month, day })
}

#[derive(Clone, Copy)]
enum Every {
    Week,
    Month,
}

fn supervision(entry: &Entry<'_>) -> Option<Supervision> {
    let names = entry.names("kinds");
    let kinds = names
        .iter()
        .filter_map(|name| {
            let kind = super::read::one_of(name, SessionKind::NAMES);
            if kind.is_none() {
                entry.fault_at("kinds", super::read::no_such("kind of session", name, SessionKind::NAMES));
            }
            kind
        })
        .collect();
    let by = entry.names("by");
    let signed = entry.maybe_flag("signed").unwrap_or(false);
    let session_minutes = entry.maybe_number("session_minutes").unwrap_or(0);
    let both = entry.maybe_flag("both").unwrap_or(false);
    let clauses: Vec<Clause> = entry
        .inners("clause")
        .iter()
        .filter_map(|clause| {
            let days = maybe_amount(clause, "days");
            let each = clause.maybe_one_of("each", &[("week", Every::Week), ("month", Every::Month)]);
            let hours = maybe_amount(clause, "service_hours");
            let sessions = clause.maybe_number("sessions").unwrap_or(1).max(1);
            let minutes = clause.maybe_number("minutes").unwrap_or(0);
            let (cadence, longest) = match (days, each, hours) {
                (Some(Amount::Fixed(days)), None, None) => {
                    (Cadence::Days(Amount::Fixed(days)), u64::from(days) + 1)
                }
                (Some(days), None, None) => (Cadence::Days(days), 10_000),
                (None, Some(Every::Week), None) => (Cadence::Week, 7),
                (None, Some(Every::Month), None) => (Cadence::Month, 28),
                (None, None, Some(hours)) => (Cadence::ServiceHours(hours), 10_000),
                _ => {
                    clause
                        .fault("a clause has one of `days`, `each = \"week\" or \"month\"`, `service_hours`");
                    clause.finish();
                    return None;
                }
            };
            if u64::from(minutes) > longest * 24 * 60 {
                clause.fault_at("minutes", "nobody can meet this: more minutes than the time has");
            }
            clause.finish();
            Some(Clause { cadence, sessions, minutes })
        })
        .collect();
    if clauses.is_empty() {
        entry.fault("supervision needs at least one [[requirement.clause]]");
        return None;
    }
    if clauses.len() > 1 && !entry.has("both") {
        entry.fault(
            "with more than one clause, say `both = true` (every one) or `both = false` (one is enough)",
        );
    }
    Some(Supervision { kinds, by, signed, session_minutes, clauses, both })
}

impl Kind {
    /// The settings that this is made of.
    pub(crate) fn amounts(&mut self) -> Vec<&mut Amount> {
        match self {
            Kind::Age { years } => vec![years],
            Kind::Education { branches } => {
                branches.iter_mut().filter_map(|branch| Some(&mut branch.years.as_mut()?.0)).collect()
            }
            Kind::Paper { months, void_after, .. } => months.iter_mut().chain(void_after).collect(),
            Kind::Training { months, .. } => months.iter_mut().collect(),
            Kind::Programme { hours, .. } => hours.iter_mut().collect(),
            Kind::Exam { score, .. } => score.iter_mut().collect(),
            Kind::Continuing(Continuing { cycle: Cycle::Certificate { months, .. }, .. }) => vec![months],
            Kind::Acknowledged { again, .. } => again.iter_mut().map(|(_, months)| months).collect(),
            Kind::Supervision(supervision) => supervision
                .clauses
                .iter_mut()
                .filter_map(|clause| match &mut clause.cadence {
                    Cadence::Days(amount) | Cadence::ServiceHours(amount) => Some(amount),
                    Cadence::Week | Cadence::Month => None,
                })
                .collect(),
            Kind::Continuing(_) | Kind::Attested { .. } | Kind::Supervisor { .. } | Kind::Parts { .. } => {
                Vec::new()
            }
        }
    }
}

/// Faults for what points to nothing, and for what nobody can meet, on any day of a folder's entries.
pub(super) fn check(common: &Entries, own: &Entries, faults: &Faults) {
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for day in days(common, own) {
        let requirements = layered(&common.requirements, &own.requirements, day);
        let questions = layered(&common.questions, &own.questions, day);
        let settings = layered(&common.rule_settings, &own.rule_settings, day);
        let titles = layered(&common.titles, &own.titles, day);
        let topics = layered(&common.topics, &own.topics, day);
        let topic_ids: Vec<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
        let attributes: Vec<&str> = titles.iter().filter_map(|title| title.attribute.as_deref()).collect();
        let question_ids: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
        let setting_ids: Vec<&str> = settings.iter().map(|one| one.setting.id.as_str()).collect();
        let ids: Vec<&str> = requirements.iter().map(|one| one.id.as_str()).collect();
        for one in &requirements {
            let fault = |message: String| {
                faults.at(
                    &one.place.file,
                    one.place.line,
                    one.place.column,
                    format!("`{}`: {message}", one.id),
                );
            };
            let unknown = |what: &str, name: &str, known: &[&str]| {
                let hint = meant(name, known).unwrap_or_default();
                fault(format!("on {day} there is no {what} `{name}`{hint}"));
            };
            for name in one.questions.iter().chain(&one.ready) {
                asked.insert(name.clone());
                if !question_ids.contains(&name.as_str()) {
                    unknown("question", name, &question_ids);
                }
            }
            if let Some((setting, is)) = &one.only_if {
                match settings.iter().find(|one| &one.setting.id == setting) {
                    None => unknown("rule setting", setting, &setting_ids),
                    Some(found) => {
                        if let SettingKind::OneOf(choices) = &found.setting.kind
                            && !choices.iter().any(|choice| &choice.id == is)
                        {
                            fault(format!(
                                "nobody can meet this: the setting `{setting}` has no option `{is}`"
                            ));
                        }
                    }
                }
            }
            if let Kind::Continuing(Continuing { windows: Some((setting, windows)), .. }) = &one.kind {
                match settings.iter().find(|one| &one.setting.id == setting) {
                    None => unknown("rule setting", setting, &setting_ids),
                    Some(found) => {
                        let given =
                            |id: &str| id == NOT_CHOSEN || windows.iter().any(|(option, _)| option == id);
                        if let SettingKind::OneOf(choices) = &found.setting.kind
                            && let Some(bare) = choices.iter().find(|choice| !given(&choice.id))
                        {
                            fault(format!(
                                "the option `{}` of the setting `{setting}` has no window",
                                bare.id
                            ));
                        }
                    }
                }
            }
            for topic in topics_of(&one.kind) {
                if !topic_ids.contains(&topic.as_str()) {
                    unknown("topic", topic, &topic_ids);
                }
            }
            let mut kind = one.kind.clone();
            for amount in kind.amounts() {
                let Amount::Setting(setting) = amount else { continue };
                match settings.iter().find(|one| &one.setting.id == setting) {
                    None => unknown("rule setting", setting, &setting_ids),
                    Some(found) => {
                        if let SettingKind::OneOf(choices) = &found.setting.kind {
                            let bare = choices.iter().find(|choice| {
                                choice.id != NOT_CHOSEN
                                    && found.numbers.get(&choice.id).is_none_or(|n| *n == 0)
                            });
                            if let Some(bare) = bare {
                                fault(format!(
                                    "the option `{}` of the setting `{setting}` needs `number`, at least 1",
                                    bare.id
                                ));
                            }
                        }
                    }
                }
            }
            let wanted = match &one.kind {
                Kind::Supervision(supervision) => supervision.by.as_slice(),
                Kind::Supervisor { any_of } => any_of.as_slice(),
                _ => &[],
            };
            if !wanted.is_empty() && !wanted.iter().any(|name| attributes.contains(&name.as_str())) {
                fault(format!(
                    "nobody can meet this: on {day} no title has the attribute {}",
                    super::read::listed(&wanted.iter().map(String::as_str).collect::<Vec<_>>())
                ));
            }
            if let Kind::Parts { of, .. } = &one.kind {
                for part in of.iter().filter(|part| !ids.contains(&part.as_str())) {
                    unknown("requirement", part, &ids);
                }
                if reaches(&requirements, &one.id, &one.id, &mut BTreeSet::new()) {
                    fault("nobody can meet this: it is a part of itself".to_owned());
                }
            }
            if one.questions.is_empty() && one.ready.is_empty() && !is_part(&requirements, &one.id) {
                fault(
                    "no question asks this; give `for = [\"…\"]`, or name it in the `of` of another"
                        .to_owned(),
                );
            }
        }
    }
    for question in own.questions.iter().filter_map(Dated::value) {
        if !asked.contains(&question.id) {
            let Place { file, line, column } = &question.place;
            let message = format!("no requirement answers the question `{}`", question.id);
            faults.at(file, *line, *column, message);
        }
    }
}

/// The topics that a requirement names.
fn topics_of(kind: &Kind) -> Vec<&String> {
    match kind {
        Kind::Training { topic, .. } => vec![topic],
        Kind::Programme { topics, .. } => topics.iter().collect(),
        Kind::Continuing(hours) => {
            hours.shares.iter().filter_map(|share| share.category.as_ref()).chain(&hours.never).collect()
        }
        _ => Vec::new(),
    }
}

fn is_part(requirements: &[Requirement], id: &str) -> bool {
    requirements
        .iter()
        .any(|one| matches!(&one.kind, Kind::Parts { of, .. } if of.iter().any(|part| part == id)))
}

/// Whether one requirement is made of another, through others as well.
fn reaches(requirements: &[Requirement], from: &str, to: &str, seen: &mut BTreeSet<String>) -> bool {
    let Some(Kind::Parts { of, .. }) = requirements.iter().find(|one| one.id == from).map(|one| &one.kind)
    else {
        return false;
    };
    of.iter().any(|part| part == to || (seen.insert(part.clone()) && reaches(requirements, part, to, seen)))
}
