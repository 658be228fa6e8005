//! One's own answers: one big word, why, what is allowed meanwhile, and one button for each thing that is missing.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::credential::OwnCredentials;
use porchlight_practice::pack::Rules;
use porchlight_practice::rule::requirement::{Kind, Task};
use porchlight_practice::rule::{Answer, Reason, Word};

use super::words::{self, State as Standing};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::programme::source::SourceLine;
use crate::site::{Web, Who};

/// One requirement of the question.
pub(crate) struct Row {
    name: String,
    why: String,
    source: SourceLine,
    state: Standing,
    note: String,
    add: String,
}

/// A thing to do next.
pub(crate) struct Step {
    href: String,
    text: String,
}

/// Another question, in one line.
pub(crate) struct Other {
    href: String,
    tone: &'static str,
    icon: &'static str,
    ask: String,
    word: String,
    until: String,
}

/// Hours of a cycle.
pub(crate) struct Meter {
    title: String,
    have: String,
    need: String,
    percent: u32,
    label: String,
    until: String,
    shares: Vec<String>,
    add: String,
}

/// Something that was shown.
pub(crate) struct Sent {
    href: String,
    name: String,
    when: String,
    state: Standing,
}

/// A place to learn from.
pub(crate) struct Learn {
    name: String,
    about: String,
    /// Empty where none is known.
    address: String,
}

/// The page.
#[derive(Template)]
#[template(path = "credential/show.html")]
pub(crate) struct ShowPage {
    page: Page,
    tone: &'static str,
    icon: &'static str,
    ask: String,
    word: String,
    because: String,
    meanwhile: String,
    changes: String,
    steps: Vec<Step>,
    count: String,
    rows: Vec<Row>,
    others: Vec<Other>,
    meters: Vec<Meter>,
    sent: Vec<Sent>,
    learning: Vec<Learn>,
}

/// The question that is shown large: the one asked for, else the first that is not a yes, else the first.
fn chosen<'a>(own: &'a OwnCredentials, asked: &str) -> Option<&'a Answer> {
    let by_id = own.answers.iter().find(|answer| answer.question.id == asked);
    by_id.or_else(|| own.answers.iter().find(|one| one.word != Word::Yes)).or_else(|| own.answers.first())
}

/// Where something for a requirement is added; empty where the worker can't.
pub(crate) fn add_href(reason: &Reason) -> String {
    let by_worker = match reason.task {
        Some(Task::Wait | Task::Supervise | Task::Choose) => false,
        Some(_) => true,
        // What is met may be added to before it ends.
        None => reason.until.is_some(),
    };
    let has_form = match &reason.requirement.kind {
        Kind::Supervision(_) | Kind::Parts { .. } => false,
        Kind::Supervisor { any_of } => !any_of.is_empty(),
        _ => true,
    };
    match by_worker && has_form {
        true => format!("/credentials/new?for={}", reason.requirement.id),
        false => String::new(),
    }
}

impl ShowPage {
    pub(crate) fn of(page: Page, rules: &Rules, own: &OwnCredentials, asked: &str) -> Option<ShowPage> {
        let answer = chosen(own, asked)?;
        let (tone, icon) = words::mark(answer.word);
        let row = |reason: &Reason| {
            let (state, note) = words::state(&page, own.rules.names(), reason);
            Row {
                name: page.text(&reason.requirement.name),
                why: page.text(&reason.requirement.why),
                source: SourceLine::of(&page, &reason.requirement.source),
                state,
                note,
                add: add_href(reason),
            }
        };
        let missing: Vec<&Reason> = answer.missing().collect();
        let all = answer.reasons.iter().filter(|reason| reason.gates).count();
        let because = match answer.word {
            Word::Yes => page.t("credential-all-there"),
            _ if missing.len() == 1 => {
                page.t1("credential-one-left", "name", page.text(&missing[0].requirement.name))
            }
            _ => page.t2("credential-left", "count", missing.len() as u32, "all", all as u32),
        };
        let to_choose = missing.iter().any(|reason| reason.task == Some(Task::Choose));
        let to_supervise = missing.iter().any(|reason| reason.task == Some(Task::Supervise));
        let because = match (to_choose, to_supervise) {
            (true, _) => format!("{because} {}", page.t("credential-must-choose")),
            (_, true) => format!("{because} {}", page.t("credential-supervisor-books")),
            _ => because,
        };
        let meanwhile = match (&answer.question.meanwhile, answer.word) {
            (_, Word::Yes) | (None, _) => String::new(),
            (Some(text), _) => page.text(text),
        };
        let changes = match (answer.next_change, answer.word) {
            (Some(day), Word::Yes) => {
                page.t1("credential-yes-until", "day", page.date(day.yesterday().unwrap_or(day)))
            }
            (Some(day), _) => page.t1("credential-changes-on", "day", page.date(day)),
            (None, _) => String::new(),
        };
        let step = |reason: &&Reason| {
            let href = add_href(reason);
            let text = page.t1("credential-add-for", "name", page.text(&reason.requirement.name));
            (!href.is_empty()).then_some(Step { href, text })
        };
        let other = |one: &Answer| {
            let (tone, icon) = words::mark(one.word);
            Other {
                href: format!("/credentials?question={}", one.question.id),
                tone,
                icon,
                ask: page.text(&one.question.ask),
                word: words::word(&page, one.word),
                until: one
                    .next_change
                    .map_or_else(String::new, |day| page.t1("credential-until-short", "day", page.date(day))),
            }
        };
        let sent = own.shown.iter().map(|one| Sent {
            href: format!("/credentials/{}", one.id),
            name: words::name(&page, &one.credential.entry, &own.rules, own.day),
            when: page.date(one.credential.entry.day()),
            state: words::standing(&page, &one.credential).0,
        });
        Some(ShowPage {
            tone,
            icon,
            ask: page.text(&answer.question.ask),
            word: words::word(&page, answer.word),
            because,
            meanwhile,
            changes,
            steps: missing.iter().filter_map(step).collect(),
            count: page.t2("credential-count", "done", (all - missing.len()) as u32, "all", all as u32),
            rows: answer.reasons.iter().map(row).collect(),
            others: own
                .answers
                .iter()
                .filter(|one| one.question.id != answer.question.id)
                .map(other)
                .collect(),
            meters: own.hours.iter().filter_map(|hours| Meter::of(&page, rules, hours)).collect(),
            sent: sent.collect(),
            learning: rules
                .learning
                .iter()
                .map(|one| Learn {
                    name: page.text(&one.name),
                    about: page.text(&one.about),
                    address: one.address.clone().unwrap_or_default(),
                })
                .collect(),
            page: page.titled("nav-credentials"),
        })
    }
}

impl Meter {
    fn of(page: &Page, rules: &Rules, hours: &porchlight_app::credential::Hours) -> Option<Meter> {
        let Kind::Continuing(asked) = &hours.requirement.kind else { return None };
        let earned = &hours.earned;
        let (have, need) = (words::hours(earned.minutes), words::hours(asked.minutes));
        let topic = |id: &str| words::called(page, &rules.fact_names, id);
        let share =
            |(share, (minutes, events)): (&porchlight_practice::rule::requirement::Share, &(u32, u32))| {
                let what =
                    share.category.as_deref().or(share.sponsor.as_deref()).map_or_else(String::new, topic);
                let (need, have) = match share.minutes {
                    0 => (share.events.to_string(), events.to_string()),
                    _ => (words::hours(share.minutes), words::hours(*minutes)),
                };
                page.t3("credential-share", "what", what, "need", need, "have", have)
            };
        Some(Meter {
            title: page.text(&hours.requirement.name),
            percent: (earned.minutes * 100).checked_div(asked.minutes).unwrap_or(100).min(100),
            label: page.t2("credential-hours-of", "have", &have, "need", &need),
            until: page.t1("credential-cycle-until", "day", page.date(earned.last)),
            shares: asked.shares.iter().zip(&earned.shares).map(share).collect(),
            add: format!("/credentials/new?for={}", hours.requirement.id),
            have,
            need,
        })
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    form: Form,
) -> Result<Response, Trouble> {
    let own = web.app.own_credentials(who.actor()).await?;
    ShowPage::of(page, who.rules()?, &own, form.value("question")).ok_or(Trouble::NotFound)?.show()
}
