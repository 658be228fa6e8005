//! Writing what came of a meeting.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::team_meeting::NewOutcome;
use porchlight_practice::id::{PersonId, TeamMeetingId};
use porchlight_practice::team_meeting::Heard;

use super::{here, version, wrong};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The form.
#[derive(Template)]
#[template(path = "team_meeting/outcome.html")]
pub(crate) struct OutcomePage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    /// What the person wanted said; may be empty.
    pub said: String,
    pub called: String,
    pub came: Vec<Choice>,
    pub heard: Vec<Choice>,
}

impl OutcomePage {
    pub(crate) fn of(page: Page, here: String, called: &str, said: &str, form: Form) -> OutcomePage {
        let page = page.titled("team-meeting-outcome").focused(here.clone()).of_form(&form);
        let heard = Heard::ALL.map(|heard| {
            let key = match heard {
                Heard::All => "team-meeting-heard-all",
                Heard::Some => "team-meeting-heard-some",
                Heard::None => "team-meeting-heard-none",
            };
            Choice::new(heard.as_str(), page.t(key))
        });
        let came = [("yes", "team-meeting-came"), ("no", "team-meeting-came-not")];
        OutcomePage {
            came: came.map(|(value, key)| Choice::new(value, page.t(key))).into(),
            heard: heard.into(),
            called: called.to_owned(),
            said: said.to_owned(),
            here,
            page,
            form,
        }
    }
}

async fn again(
    page: Page,
    web: &Web,
    who: &Who,
    (person, id): (PersonId, TeamMeetingId),
    form: Form,
) -> Result<Response, Trouble> {
    let view = web.app.team_meeting(who.actor(), person, id).await?;
    if !view.keeps {
        return Err(Trouble::NotFound);
    }
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = form.replaced("version", &view.version.to_string());
    let said = &view.meeting.wants().said;
    OutcomePage::of(page, here(false, person, id), &view.called, said, form).show_as(status)
}

pub(crate) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(which): Path<(PersonId, TeamMeetingId)>,
) -> Result<Response, Trouble> {
    let form = Form::new().with("command", web.app.command_id().to_string());
    again(page, &web, &who, which, form).await
}

pub(crate) async fn write(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((person, id)): Path<(PersonId, TeamMeetingId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let came = form.choose("came", "team-meeting-error-pick", |text| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    let heard = form.choose("heard", "team-meeting-error-pick", Heard::parse);
    if let (Some(person_came), Some(heard)) = (came, heard) {
        let [brought, agreed, next] = ["brought", "agreed", "next"].map(|field| form.value(field).to_owned());
        let new = NewOutcome { person_came, heard, brought, agreed, next };
        let which = (person, id, version(&form));
        match web.app.write_team_meeting(who.actor(), command(&web, &form), which, new).await {
            Ok(()) => return Ok(done(&web.shell, &here(false, person, id), "flash-team-meeting-written")),
            Err(error) => wrong(&mut form, "agreed", error)?,
        }
    }
    again(page, &web, &who, (person, id), form).await
}
