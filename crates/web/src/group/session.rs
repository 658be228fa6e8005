//! A session: signing in while it goes on, and what is left to do after it.
//!
//! `POST /sessions/{session}/sign-in` is one command: its fields are `command` (made by the page), `person` (as often as there
//! are names), `unnamed` (how many more came without one), `how` (`tap` or `paper`) and `at` (an instant, when it was not
//! now). Sent again it is done once, and it may come late. A phone begins a session by an id of its own: `command`,
//! `session` and `started` to `POST /groups/{group}/sessions`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use porchlight_access::Action;
use porchlight_app::group::SessionView;
use porchlight_app::{Error, Fault};
use porchlight_practice::group::Kind;
use porchlight_practice::group::session::How;
use porchlight_practice::id::{CommandId, GroupId, GroupSessionId, PersonId};
use porchlight_practice::pack::Rules;
use std::collections::BTreeSet;

use super::HOME;
use super::record::{Shown, shown};
use super::words::{self, Row};
use crate::document::card::drawn;
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Somebody who was there.
pub(crate) struct ThereRow {
    pub id: String,
    pub name: String,
    pub how: String,
    pub line: String,
    pub has_line: bool,
}

/// Another log of that day.
pub(crate) struct OtherRow {
    pub id: String,
    pub sentence: String,
}

/// The page.
#[derive(Template)]
#[template(path = "group/session.html")]
pub(crate) struct SessionPage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub group: String,
    pub name: String,
    pub lead: String,
    pub service: bool,
    pub on: bool,
    /// Whether the reader signs people in.
    pub may_sign: bool,
    pub may_record: bool,
    pub names: bool,
    pub promise: Vec<String>,
    pub absent: Vec<Choice>,
    pub there: Vec<ThereRow>,
    pub unnamed: String,
    pub people: String,
    pub size: Vec<String>,
    pub records: Vec<Shown>,
    pub clash: bool,
    pub others: Vec<OtherRow>,
    pub guides: Vec<Row>,
    pub commands: Vec<CommandId>,
}

/// The page of the code.
pub(crate) fn code_of(
    page: &Page,
    view: &SessionView,
    site: &str,
) -> Option<(String, usize, String, String)> {
    let (code, until) = view.code.as_ref()?;
    let (squares, width) = drawn(&format!("{site}/here/{}", code.expose()));
    Some((squares, width, code.spaced(), page.time(*until)))
}

impl SessionPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        view: &SessionView,
        form: Form,
        mut fresh: impl FnMut() -> CommandId,
    ) -> SessionPage {
        let mut page = page.under(HOME).of_form(&form);
        page.title = view.name.clone();
        let here = format!("/sessions/{}", view.id);
        let there = view.there.iter().flatten().map(|one| ThereRow {
            id: one.person.to_string(),
            name: one.name.clone(),
            how: page.t(match one.how {
                How::Tap => "group-how-tap",
                How::Code => "group-how-code",
                How::Paper => "group-how-paper",
            }),
            line: format!("{here}/lines/{}", one.person),
            has_line: one.has_line,
        });
        let when = match view.ended {
            Some(ended) => {
                let day = page.near(view.day);
                page.t2("when-moment", "day", day, "time", page.span(view.started, ended))
            }
            None => page.moment(view.started),
        };
        let guides = rules.group_guides.iter().map(|guide| Row {
            href: format!("{here}/guide/{}", guide.id),
            icon: "speech",
            tone: "pri",
            title: page.text(&guide.name),
            note: page.text(&guide.purpose),
            tag: page.length(guide.minutes()),
            tag_tone: "",
        });
        let records: Vec<Shown> = view.records.iter().map(|one| shown(&page, view, one)).collect();
        let others = view.others.iter().map(|other| OtherRow {
            id: other.id.to_string(),
            sentence: page.t2("group-other-log", "name", &other.by, "time", page.time(other.started)),
        });
        SessionPage {
            group: format!("{HOME}/{}", view.group),
            name: view.name.clone(),
            lead: format!("{when} · {}", page.t1("group-people", "count", view.people)),
            service: view.kind == Kind::Service,
            on: view.ended.is_none(),
            may_sign: view.may(Action::GroupSignIn),
            may_record: view.may(Action::GroupRecord),
            names: view.there.is_some(),
            promise: view.agreements.clone(),
            absent: view.absent.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect(),
            there: there.collect(),
            unnamed: match (view.kind, view.unnamed) {
                (Kind::MutualHelp, _) | (_, 0) => String::new(),
                (Kind::Service, count) => page.t1("group-unnamed", "count", count),
            },
            people: page.t1("group-people", "count", view.people),
            size: view.size.iter().map(|one| words::size(&page, one)).collect(),
            clash: records.len() > 1,
            records,
            others: others.collect(),
            guides: guides.collect(),
            commands: (0..5).map(|_| fresh()).collect(),
            here,
            page,
            form,
        }
    }
}

async fn show_with(
    page: Page,
    web: &Web,
    who: &Who,
    id: GroupSessionId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let view = web.app.group_session(who.actor(), id).await?;
    SessionPage::of(page, who.rules()?, &view, form, || web.app.command_id()).show_as(status)
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
) -> Result<Response, Trouble> {
    show_with(page, &web, &who, id, Form::new(), StatusCode::OK).await
}

pub(super) async fn begin(
    State(web): State<Web>,
    who: Who,
    Path(group): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    let id = form.value("session").parse().unwrap_or_else(|_| GroupSessionId(web.app.group_session_id()));
    let started: Option<Timestamp> = form.text("started").and_then(|text| text.parse().ok());
    match web.app.begin_session(who.actor(), command(&web, &form), group, id, started).await {
        Ok(id) => Ok(done(&web.shell, &format!("/sessions/{id}"), "flash-group-session-begun")),
        Err(Error::Fault(Fault::Group(_))) => {
            Ok(done(&web.shell, &format!("{HOME}/{group}"), "flash-group-not-now"))
        }
        Err(Error::Fault(Fault::Session(_))) => {
            Ok(done(&web.shell, &format!("{HOME}/{group}"), "flash-group-time"))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn sign_in(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let read: Result<BTreeSet<PersonId>, _> = form.all("person").map(str::parse).collect();
    if read.is_err() {
        form.wrong("person", "group-error-person");
    }
    let unnamed: i32 = form.read_if_there("unnamed", "group-error-number").unwrap_or_default();
    let how = How::parse(form.value("how")).filter(|how| *how != How::Code).unwrap_or(How::Tap);
    let at: Option<Timestamp> = form.read_if_there("at", "group-error-time");
    if let (Ok(people), true) = (read, form.is_right()) {
        let command = command(&web, &form);
        match web.app.sign_in_to_session(who.actor(), command, id, people, unnamed, how, at).await {
            Ok(now) => {
                let to = format!("/sessions/{}", now.session);
                return Ok(done(&web.shell, &to, "flash-group-signed-in"));
            }
            Err(Error::Fault(Fault::Session(fault))) => form.wrong("person", words::session_fault(fault)),
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("person", "group-error-person"),
            Err(error) => return Err(error.into()),
        }
    }
    show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(super) async fn take_off(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
    form: Form,
) -> Result<Response, Trouble> {
    let person = form.value("person").parse::<PersonId>().map_err(|_| Trouble::NotFound)?;
    let said = match web.app.take_off_session(who.actor(), command(&web, &form), id, person).await {
        Ok(()) => "flash-group-taken-off",
        Err(Error::Fault(Fault::Unknown(_))) => "flash-group-has-line",
        Err(error) => return Err(error.into()),
    };
    Ok(done(&web.shell, &format!("/sessions/{id}"), said))
}

pub(super) async fn end(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
    form: Form,
) -> Result<Response, Trouble> {
    let ended: Option<Timestamp> = form.text("ended").and_then(|text| text.parse().ok());
    let said = match web.app.end_session(who.actor(), command(&web, &form), id, ended).await {
        Ok(()) => "flash-group-session-ended",
        Err(Error::Fault(Fault::Session(_))) => "flash-group-session-over",
        Err(error) => return Err(error.into()),
    };
    Ok(done(&web.shell, &format!("/sessions/{id}"), said))
}

pub(super) async fn same(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
    form: Form,
) -> Result<Response, Trouble> {
    let other = form.value("other").parse().map_err(|_| Trouble::NotFound)?;
    match web.app.same_session(who.actor(), command(&web, &form), id, other).await {
        Ok(kept) => Ok(done(&web.shell, &format!("/sessions/{kept}"), "flash-group-same")),
        Err(Error::Fault(Fault::Session(_))) => {
            Ok(done(&web.shell, &format!("/sessions/{id}"), "flash-group-not-now"))
        }
        Err(error) => Err(error.into()),
    }
}
