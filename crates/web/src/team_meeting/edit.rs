//! Writing down when a team meets, and changing that.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::{Date, Time};
use porchlight_practice::id::{PersonId, TeamMeetingId};
use porchlight_practice::team_meeting::Invitation;

use super::{here, home, version, wrong};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The form.
#[derive(Template)]
#[template(path = "team_meeting/edit.html")]
pub(crate) struct EditPage {
    pub page: Page,
    pub form: Form,
    pub up: String,
    pub action: String,
}

impl EditPage {
    pub(crate) fn of(page: Page, up: String, action: String, title: &'static str, form: Form) -> EditPage {
        let page = page.titled(title).focused(up.clone()).of_form(&form);
        EditPage { page, form, up, action }
    }
}

/// What the form says, with what is wrong noted in it.
fn read(page: &Page, form: &mut Form) -> Option<Invitation> {
    let day: Option<Date> = form.date("day", "team-meeting-error-day");
    let start: Option<Time> = form.time("start", "team-meeting-error-time");
    // An hour that daylight time skips or repeats is taken as a clock on the wall would have gone.
    let at = day?.to_datetime(start?).to_zoned(page.zone()).ok()?.timestamp();
    let text = |field| form.value(field).to_owned();
    Some(Invitation { at, place: text("place"), who: text("who"), about: text("about") })
}

fn again(page: Page, person: PersonId, id: Option<TeamMeetingId>, form: Form) -> Result<Response, Trouble> {
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (up, action, title) = match id {
        Some(id) => {
            let here = here(false, person, id);
            (here.clone(), format!("{here}/change"), "team-meeting-change")
        }
        None => (home(false, person), format!("{}/new", home(false, person)), "team-meeting-new"),
    };
    EditPage::of(page, up, action, title, form).show_as(status)
}

pub(crate) async fn ask_new(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    let (_, _, keeps) = web.app.team_meetings(who.actor(), person).await?;
    if !keeps {
        return Err(Trouble::NotFound);
    }
    again(page, person, None, Form::new().with("command", web.app.command_id().to_string()))
}

pub(crate) async fn plan(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(invitation) = read(&page, &mut form) {
        match web.app.plan_team_meeting(who.actor(), command(&web, &form), person, invitation).await {
            Ok(id) => return Ok(done(&web.shell, &here(false, person, id), "flash-team-meeting-kept")),
            Err(error) => wrong(&mut form, "day", error)?,
        }
    }
    again(page, person, None, form)
}

pub(crate) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((person, id)): Path<(PersonId, TeamMeetingId)>,
) -> Result<Response, Trouble> {
    let view = web.app.team_meeting(who.actor(), person, id).await?;
    if !view.keeps || !view.meeting.is_open() {
        return Err(Trouble::NotFound);
    }
    let invitation = view.meeting.invitation();
    let at = invitation.at.to_zoned(page.zone());
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("version", view.version.to_string())
        .with("day", at.date().to_string())
        .with("start", at.strftime("%H:%M").to_string())
        .with("place", invitation.place.clone())
        .with("who", invitation.who.clone())
        .with("about", invitation.about.clone());
    again(page, person, Some(id), form)
}

pub(crate) async fn change(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((person, id)): Path<(PersonId, TeamMeetingId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(invitation) = read(&page, &mut form) {
        let which = (person, id, version(&form));
        match web.app.change_team_meeting(who.actor(), command(&web, &form), which, invitation).await {
            Ok(()) => return Ok(done(&web.shell, &here(false, person, id), "flash-team-meeting-kept")),
            Err(error) => wrong(&mut form, "day", error)?,
        }
    }
    let now = web.app.team_meeting(who.actor(), person, id).await?.version;
    again(page, person, Some(id), form.replaced("version", &now.to_string()))
}
