//! Adding what one can show: a form that asks only what the rule needs, with a photo or file.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use porchlight_app::credential::OwnCredentials;
use porchlight_app::{Error, Fault};
use porchlight_practice::credential::{Entry, EntryFault};
use porchlight_practice::evidence::FileFault;
use porchlight_practice::pack::Rules;
use porchlight_practice::rule::Requirement;
use porchlight_practice::rule::fact::Level;
use porchlight_practice::rule::requirement::{Continuing, Kind};

use super::words;
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};
use crate::upload::{File, Upload};

/// The way of asking for an education requirement: by what was learned, or by what was done.
const WORK: &str = "work";

/// What is asked, as the template shows it. What is empty is not asked.
#[derive(Default)]
pub(crate) struct Asked {
    /// Papers to choose from, or kinds of work.
    which: Vec<Choice>,
    levels: Vec<Choice>,
    fields: Vec<Choice>,
    categories: Vec<Choice>,
    /// Topics that families need; they count too.
    topics: Vec<Choice>,
    sponsors: Vec<Choice>,
    /// The labels of the first and the last day.
    day: &'static str,
    until: &'static str,
    hours: bool,
    /// Whether hours must be there.
    title: bool,
    passed: bool,
    score: bool,
    count: bool,
    version: bool,
    /// Whether a photo or file belongs to it.
    paper: bool,
    /// The other way to fulfil the same, with its label.
    instead: Option<(String, &'static str)>,
    /// What to know before writing.
    lead: &'static str,
}

fn choices<'a>(page: &Page, rules: &Rules, ids: impl IntoIterator<Item = &'a String>) -> Vec<Choice> {
    let mut found: Vec<Choice> = Vec::new();
    for id in ids {
        if !found.iter().any(|choice| choice.value == *id) {
            found.push(Choice::new(id.clone(), words::called(page, &rules.fact_names, id)));
        }
    }
    found
}

/// What to ask for a requirement; none where nothing can be added for it.
fn asked(page: &Page, rules: &Rules, requirement: &Requirement, way: &str) -> Option<Asked> {
    let here = format!("/credentials/new?for={}", requirement.id);
    let paper = Asked { paper: true, ..Asked::default() };
    Some(match &requirement.kind {
        Kind::Age { .. } => Asked { day: "credential-born", ..paper },
        Kind::Education { branches } if way == WORK => Asked {
            which: choices(
                page,
                rules,
                branches.iter().filter_map(|branch| branch.years.as_ref().map(|years| &years.1)),
            ),
            day: "credential-first-day",
            until: "credential-last-day-open",
            instead: Some((here, "credential-add-diploma")),
            ..paper
        },
        Kind::Education { branches } => Asked {
            levels: Level::ALL.map(|one| Choice::new(level_name(one), page.t(words::level(one)))).into(),
            fields: choices(page, rules, branches.iter().flat_map(|branch| &branch.fields)),
            day: "credential-day-on-it",
            instead: branches
                .iter()
                .any(|branch| branch.years.is_some())
                .then(|| (format!("{here}&way={WORK}"), "credential-add-work")),
            ..paper
        },
        Kind::Attested { count, .. } => {
            Asked { count: *count > 1, lead: "credential-own-life", ..Asked::default() }
        }
        Kind::Paper { papers, .. } => Asked {
            which: if papers.len() > 1 { choices(page, rules, papers) } else { Vec::new() },
            day: "credential-first-day",
            until: "credential-last-day",
            ..paper
        },
        Kind::Training { .. } | Kind::Programme { .. } => {
            Asked { day: "credential-training-ended", hours: true, ..paper }
        }
        Kind::Exam { score, .. } => {
            Asked { day: "credential-exam-day", passed: true, score: score.is_some(), ..paper }
        }
        Kind::Continuing(hours) => continuing(page, rules, hours, here, way),
        Kind::Acknowledged { .. } => Asked { version: true, ..Asked::default() },
        Kind::Supervisor { any_of } if !any_of.is_empty() => Asked {
            which: if any_of.len() > 1 { choices(page, rules, any_of) } else { Vec::new() },
            day: "credential-first-day",
            until: "credential-last-day",
            ..paper
        },
        Kind::Supervision(_) | Kind::Supervisor { .. } | Kind::Parts { .. } => return None,
    })
}

fn continuing(page: &Page, rules: &Rules, hours: &Continuing, here: String, way: &str) -> Asked {
    let named = |id: &String| Choice::new(id.clone(), words::called(page, &rules.fact_names, id));
    if way == "hand-in" {
        let instead = Some((here, "credential-add-hours"));
        return Asked { day: "credential-handed-in-on", paper: true, instead, ..Asked::default() };
    }
    Asked {
        title: true,
        hours: true,
        day: "credential-training-ended",
        categories: hours.shares.iter().filter_map(|share| share.category.as_ref()).map(named).collect(),
        topics: rules
            .topics
            .iter()
            .filter(|topic| topic.specialty)
            .map(|topic| Choice::new(&topic.id, page.text(&topic.name)))
            .collect(),
        sponsors: choices(page, rules, hours.shares.iter().filter_map(|share| share.sponsor.as_ref())),
        paper: true,
        instead: Some((format!("{here}&way=hand-in"), "credential-add-hand-in")),
        ..Asked::default()
    }
}

fn level_name(level: Level) -> &'static str {
    words::level(level).trim_start_matches("credential-level-")
}

/// The form.
#[derive(Template)]
#[template(path = "credential/add.html")]
pub(crate) struct AddPage {
    page: Page,
    form: Form,
    asked: Asked,
    called: String,
    why: String,
    requirement: String,
    way: String,
    command: String,
}

impl AddPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        requirement: &Requirement,
        form: Form,
        command: String,
    ) -> Option<AddPage> {
        let way = form.value("way").to_owned();
        let titled = page.clone().titled_with("credential-add-title", "name", page.text(&requirement.name));
        Some(AddPage {
            asked: asked(&page, rules, requirement, &way)?,
            called: page.text(&requirement.name),
            why: page.text(&requirement.why),
            requirement: requirement.id.clone(),
            way,
            command,
            page: titled.focused("/credentials").under("/credentials").of_form(&form),
            form,
        })
    }
}

fn requirement<'o>(own: &'o OwnCredentials, form: &Form) -> Result<&'o Requirement, Trouble> {
    let id = form.value("for");
    let found = own.rules.requirements(own.day).iter().find(|one| one.requirement.id == id);
    found.map(|one| &*one.requirement).ok_or(Trouble::NotFound)
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    form: Form,
) -> Result<Response, Trouble> {
    let own = web.app.own_credentials(who.actor()).await?;
    let requirement = requirement(&own, &form)?;
    let command = web.app.command_id().to_string();
    AddPage::of(page, who.rules()?, requirement, form, command).ok_or(Trouble::NotFound)?.show()
}

/// Minutes from hours as typed: "1.5", "1,5".
fn minutes(form: &mut Form, needed: bool) -> Option<u32> {
    let text = form.text("hours");
    let read = text.as_ref().and_then(|text| text.replace(',', ".").parse::<f64>().ok());
    match (text, read) {
        (None, _) if !needed => Some(0),
        // At most a thousand hours, to the minute.
        (_, Some(hours)) if (0.0..=1000.0).contains(&hours) && !(needed && hours == 0.0) => {
            Some((hours * 60.0).round() as u32)
        }
        _ => {
            form.wrong("hours", "credential-error-hours");
            None
        }
    }
}

fn day(form: &mut Form) -> Option<Date> {
    form.date("day", "credential-error-day")
}

fn until(form: &mut Form) -> Option<Option<Date>> {
    let day = form.read_if_there::<Date>("until", "credential-error-until");
    (!form.is_wrong("until")).then_some(day)
}

fn one_of(form: &mut Form, choices: &[&String]) -> Option<String> {
    if let [only] = choices {
        return Some((*only).clone());
    }
    let known = |text: &str| choices.iter().find(|id| id.as_str() == text).map(|id| (*id).clone());
    form.choose("which", "credential-error-which", known)
}

/// What the form says, with what is wrong noted in it.
fn entry(form: &mut Form, rules: &Rules, requirement: &Requirement, today: Date) -> Option<Entry> {
    let certificate = form.text("certificate");
    match &requirement.kind {
        Kind::Age { .. } => Some(Entry::Born { day: day(form)? }),
        Kind::Education { branches } if form.value("way") == WORK => {
            let kinds: Vec<&String> =
                branches.iter().filter_map(|branch| branch.years.as_ref().map(|years| &years.1)).collect();
            let mut kinds = kinds;
            kinds.dedup();
            let (kind, from, until) = (one_of(form, &kinds), day(form), until(form));
            Some(Entry::Experience { from: from?, until: until?, kind: kind? })
        }
        Kind::Education { branches } => {
            let by_name = |text: &str| Level::ALL.into_iter().find(|one| level_name(*one) == text);
            let level = form.choose("level", "credential-error-level", by_name);
            let field = form.text("field");
            let field = field.filter(|id| branches.iter().any(|branch| branch.fields.contains(id)));
            Some(Entry::Education { day: day(form)?, level: level?, field })
        }
        Kind::Attested { what, count } => {
            if !form.has("true", "yes") {
                form.wrong("true", "credential-error-true");
            }
            let said = if *count > 1 { form.read("count", "credential-error-count") } else { Some(1) };
            Some(Entry::Attestation { day: today, what: what.clone(), count: said? })
        }
        Kind::Paper { papers, .. } => {
            let papers: Vec<&String> = papers.iter().collect();
            let (kind, from, until) = (one_of(form, &papers), day(form), until(form));
            Some(Entry::Paper { kind: kind?, from: from?, until: until?, clear: true })
        }
        Kind::Training { topic, .. } => {
            let (ended, minutes) = (day(form), minutes(form, false));
            Some(Entry::Training {
                ended: ended?,
                topics: vec![topic.clone()],
                minutes: minutes?,
                programme: None,
                approved_by: None,
                certificate,
            })
        }
        Kind::Programme { programme, approved_by, hours, topics } => {
            let (ended, minutes) = (day(form), minutes(form, hours.is_some()));
            Some(Entry::Training {
                ended: ended?,
                topics: topics.clone(),
                minutes: minutes?,
                programme: programme.clone(),
                approved_by: approved_by.clone(),
                certificate,
            })
        }
        Kind::Exam { exam, .. } => {
            let yes_no = |text: &str| match text {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            let passed = form.choose("passed", "credential-error-passed", yes_no);
            let score = form.read_if_there("score", "credential-error-score");
            Some(Entry::Exam { day: day(form)?, kind: exam.clone(), passed: passed?, score })
        }
        Kind::Continuing(_) if form.value("way") == "hand-in" => {
            Some(Entry::Submission { day: day(form)?, requirement: requirement.id.clone() })
        }
        Kind::Continuing(hours) => {
            let known = |id: &str| {
                hours.shares.iter().any(|share| share.category.as_deref() == Some(id))
                    || rules.topics.iter().any(|topic| topic.specialty && topic.id == id)
            };
            let categories = form
                .all("category")
                .chain(form.all("topic"))
                .filter(|id| known(id))
                .map(str::to_owned)
                .collect();
            let gives = |id: &String| hours.shares.iter().any(|share| share.sponsor.as_ref() == Some(id));
            let sponsor = form.text("sponsor").filter(gives);
            let title = form.need("title", "credential-error-title");
            let (ended, minutes) = (day(form), minutes(form, true));
            Some(Entry::Credit {
                ended: ended?,
                title: Some(title?),
                minutes: minutes?,
                categories,
                sponsor,
                certificate,
            })
        }
        Kind::Acknowledged { what, .. } => {
            if !form.has("true", "yes") {
                form.wrong("true", "credential-error-read");
            }
            let version = form.need("version", "credential-error-version");
            Some(Entry::Acknowledgement { day: today, what: what.clone(), version: version? })
        }
        Kind::Supervisor { any_of } if !any_of.is_empty() => {
            let any_of: Vec<&String> = any_of.iter().collect();
            let (attribute, from, until) = (one_of(form, &any_of), day(form), until(form));
            Some(Entry::Attribute { from: from?, until: until?, attribute: attribute? })
        }
        Kind::Supervision(_) | Kind::Supervisor { .. } | Kind::Parts { .. } => None,
    }
}

pub(super) async fn add(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Upload { mut form, file }: Upload,
) -> Result<Response, Trouble> {
    let own = web.app.own_credentials(who.actor()).await?;
    let requirement = requirement(&own, &form)?;
    let entry = entry(&mut form, who.rules()?, requirement, own.day);
    if file == File::TooLarge {
        form.wrong("file", "credential-error-large");
    }
    if let (Some(entry), true) = (entry, form.is_right()) {
        let bytes = match file {
            File::Bytes(bytes) => Some(bytes),
            File::None | File::TooLarge => None,
        };
        let (field, key) = match web.app.add_credential(who.actor(), command(&web, &form), entry, bytes).await
        {
            Ok(_) => return Ok(done(&web.shell, "/credentials", "flash-credential-added")),
            Err(Error::Fault(Fault::Entry(fault))) => match fault {
                EntryFault::InFuture => ("day", "credential-error-future"),
                EntryFault::EndsBeforeStart => ("until", "credential-error-order"),
                EntryFault::NoTime => ("hours", "credential-error-hours"),
                EntryFault::TooMuch => ("hours", "credential-error-hours"),
            },
            Err(Error::Fault(Fault::File(fault))) => match fault {
                FileFault::TooLarge => ("file", "credential-error-large"),
                FileFault::Unknown => ("file", "credential-error-kind"),
                FileFault::Active => ("file", "credential-error-active"),
                FileFault::Locked => ("file", "credential-error-locked"),
            },
            Err(error) => return Err(error.into()),
        };
        form.wrong(field, key);
    }
    let command = form.value("command").to_owned();
    AddPage::of(page, who.rules()?, requirement, form, command)
        .ok_or(Trouble::NotFound)?
        .show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
