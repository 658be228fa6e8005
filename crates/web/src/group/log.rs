//! A whole session written down at once: from a phone without signal, or from paper after it.
//!
//! `POST /groups/{group}/log` is one command, done whole or not at all: its fields are `command` and `session` (ids that the
//! page made), `day`, `start` and `length` in the programme's zone, `person` (as often as there are names) and `unnamed`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::SignedDuration;
use porchlight_access::Action;
use porchlight_app::group::{GroupView, Log};
use porchlight_app::{Error, Fault};
use porchlight_practice::group::Kind;
use porchlight_practice::id::{GroupId, GroupSessionId, PersonId};
use std::collections::BTreeSet;

use super::{HOME, words};
use crate::contact::form::{Stretch, stretch, usual_start};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Lengths offered, in minutes.
const LENGTHS: [u32; 6] = [30, 45, 60, 90, 120, 180];
/// The one a form begins with.
const USUAL: u32 = 60;

/// The form.
#[derive(Template)]
#[template(path = "group/log.html")]
pub(crate) struct LogPage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub name: String,
    pub service: bool,
    pub today: String,
    pub lengths: Vec<Choice>,
    pub members: Vec<Choice>,
}

impl LogPage {
    pub(crate) fn of(page: Page, view: &GroupView, form: Form) -> LogPage {
        let page = page.titled("group-log-title").focused(format!("{HOME}/{}", view.id)).of_form(&form);
        let lengths = LENGTHS.map(|minutes| Choice::new(minutes.to_string(), page.length(minutes)));
        let members = view.members.iter().flatten();
        LogPage {
            here: format!("{HOME}/{}", view.id),
            name: view.group.name().to_owned(),
            service: view.group.kind() == Kind::Service,
            today: page.today().to_string(),
            lengths: lengths.into(),
            members: members.map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect(),
            page,
            form,
        }
    }
}

/// The group, for whoever can hold a session of it now.
async fn held(web: &Web, who: &Who, id: GroupId) -> Result<GroupView, Trouble> {
    let view = web.app.group(who.actor(), id).await?;
    if view.may(Action::GroupHold) && view.group.meets() { Ok(view) } else { Err(Trouble::NotFound) }
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
) -> Result<Response, Trouble> {
    let view = held(&web, &who, id).await?;
    let began = usual_start(page.now().timestamp(), USUAL).to_zoned(page.zone());
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("session", web.app.group_session_id().to_string())
        .with("day", began.date().to_string())
        .with("start", began.strftime("%H:%M").to_string())
        .with("length", USUAL.to_string());
    LogPage::of(page, &view, form).show()
}

/// What the form says, with what is wrong noted in it.
fn read(page: &Page, form: &mut Form) -> Option<Log> {
    let session = form.value("session").parse().ok().map(GroupSessionId);
    let Stretch { started, ended } = stretch(form, &page.zone());
    let began = |form: &mut Form| form.wrong("start", "group-error-time");
    if started.is_none() || ended.is_none() {
        began(form);
    }
    let people: Result<BTreeSet<PersonId>, _> = form.all("person").map(str::parse).collect();
    if people.is_err() {
        form.wrong("person", "group-error-person");
    }
    let unnamed: u32 = form.read_if_there("unnamed", "group-error-number").unwrap_or_default();
    let (Some(started), Some(ended), Ok(people)) = (started, ended, people) else { return None };
    if started > page.now().timestamp() + SignedDuration::from_mins(5) {
        began(form);
    }
    form.is_right().then_some(Log { session: session?, started, ended, people, unnamed })
}

pub(super) async fn write(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(log) = read(&page, &mut form) {
        match web.app.log_session(who.actor(), command(&web, &form), id, log).await {
            Ok(now) => {
                let to = format!("/sessions/{}", now.session);
                return Ok(done(&web.shell, &to, "flash-group-logged"));
            }
            Err(Error::Fault(Fault::Session(fault))) => form.wrong("unnamed", words::session_fault(fault)),
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("person", "group-error-person"),
            Err(error) => return Err(error.into()),
        }
    }
    let view = held(&web, &who, id).await?;
    LogPage::of(page, &view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
