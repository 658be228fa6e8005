//! Booking a meeting.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::supervision::There;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::AccountId;
use porchlight_practice::rule::fact::SessionKind;
use porchlight_practice::rule::{Answer, Word};
use porchlight_practice::supervision::Booking;
use std::collections::BTreeSet;

use super::{HOME, words};
use crate::credential::show::add_href;
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The ways a meeting is held here.
const KINDS: [SessionKind; 3] = [SessionKind::Individual, SessionKind::Group, SessionKind::Observed];

/// The ways to choose from.
fn kinds(page: &Page) -> Vec<Choice> {
    KINDS
        .iter()
        .map(|kind| {
            Choice::new(kind.as_str(), words::kind(page, *kind))
                .icon(words::kind_icon(*kind))
                .note(page.t(&format!("supervision-kind-{}-note", kind.as_str())))
        })
        .collect()
}

/// What the rules say about whoever holds it, when it is not a plain yes.
pub(crate) fn about_supervising(page: &Page, may: Option<&Answer>) -> Vec<String> {
    let Some(answer) = may else { return Vec::new() };
    let name = |reason: &porchlight_practice::rule::Reason| page.text(&reason.requirement.name);
    let missing: Vec<String> = answer.missing().map(name).collect();
    let notices: Vec<String> = answer.notices().map(name).collect();
    let mut lines = Vec::new();
    if answer.word != Word::Yes {
        lines.push(page.t1("supervision-may-not-yet", "list", page.list(&missing)));
    }
    if !notices.is_empty() {
        lines.push(page.t1("supervision-may-should", "list", page.list(&notices)));
    }
    lines
}

/// Where whoever books adds what the rules ask of a supervisor.
fn steps(page: &Page, may: &Answer) -> Vec<(String, String)> {
    let step = |reason: &porchlight_practice::rule::Reason| {
        let href = add_href(reason);
        let text = page.t1("credential-add-for", "name", page.text(&reason.requirement.name));
        (!href.is_empty()).then_some((href, text))
    };
    may.missing().chain(may.notices()).filter_map(step).collect()
}

/// The form.
#[derive(Template)]
#[template(path = "supervision/book.html")]
pub(crate) struct BookPage {
    pub page: Page,
    pub form: Form,
    pub kinds: Vec<Choice>,
    pub team: Vec<Choice>,
    /// What the rules say about the one who books.
    pub about: Vec<String>,
    /// Where they add what is missing.
    pub steps: Vec<(String, String)>,
}

impl BookPage {
    pub(crate) fn of(page: Page, team: &[There], form: Form) -> BookPage {
        let page = page.titled("supervision-book").focused(HOME);
        BookPage {
            kinds: kinds(&page),
            team: team.iter().map(|one| Choice::new(one.account.to_string(), &one.name)).collect(),
            about: team.first().map(|one| about_supervising(&page, one.may.as_ref())).unwrap_or_default(),
            steps: team
                .first()
                .and_then(|one| one.may.as_ref())
                .map_or_else(Vec::new, |may| steps(&page, may)),
            page: page.of_form(&form),
            form,
        }
    }
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    asked: Form,
) -> Result<Response, Trouble> {
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("kind", SessionKind::Individual.as_str())
        .with("with", asked.value("with"));
    BookPage::of(page, &web.app.whom_to_book(who.actor()).await?, form).show()
}

pub(super) async fn book(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let kind = form.choose("kind", "supervision-error-kind", |text| {
        SessionKind::parse(text).filter(|kind| KINDS.contains(kind))
    });
    let day = form.date("day", "supervision-error-day");
    let time = form.read_if_there("time", "supervision-error-time");
    let with: BTreeSet<AccountId> = form.all("with").filter_map(|id| id.parse().ok()).collect();
    if let (Some(kind), Some(day), true) = (kind, day, form.is_right()) {
        let booking = Booking { kind, day, time, supervisor: who.actor().account(), with };
        match web.app.book_supervision(who.actor(), command(&web, &form), booking).await {
            Ok(id) if day <= page.today() => {
                let to = format!("{HOME}/{id}/record");
                return Ok(done(&web.shell, &to, "flash-supervision-record-now"));
            }
            Ok(_) => return Ok(done(&web.shell, HOME, "flash-supervision-booked")),
            Err(Error::Fault(Fault::Supervision(fault))) => {
                let (field, key) = words::fault(fault);
                form.wrong(field, key);
            }
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("with", "supervision-error-nobody"),
            Err(error) => return Err(error.into()),
        }
    }
    BookPage::of(page, &web.app.whom_to_book(who.actor()).await?, form)
        .show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
