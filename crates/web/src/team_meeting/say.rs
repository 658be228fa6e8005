//! What the person wants said at a meeting, and what they say about it afterwards: on their own page, or written down by whoever
//! walks with somebody who has no way to sign in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_practice::id::{PersonId, TeamMeetingId};
use porchlight_practice::team_meeting::{Coming, Say};

use super::{here, version, wrong};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::me;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The form.
#[derive(Template)]
#[template(path = "team_meeting/say.html")]
pub(crate) struct SayPage {
    pub page: Page,
    pub form: Form,
    pub own: bool,
    pub here: String,
    pub called: String,
    pub coming: Vec<Choice>,
}

impl SayPage {
    pub(crate) fn of(page: Page, own: bool, here: String, called: &str, form: Form) -> SayPage {
        let page = match own {
            true => page.titled("team-meeting-i-say"),
            false => page.titled_with("team-meeting-they-say", "name", called),
        };
        let page = page.under(if own { "/me" } else { "/people" }).focused(here.clone()).of_form(&form);
        let coming = Coming::ALL.map(|coming| {
            let key = match coming {
                Coming::Yes => "team-meeting-comes",
                Coming::NotSure => "team-meeting-comes-maybe",
                Coming::No => "team-meeting-comes-not",
            };
            Choice::new(coming.as_str(), page.t(key))
        });
        SayPage { coming: coming.into(), called: called.to_owned(), own, here, page, form }
    }
}

async fn asked(
    page: Page,
    web: &Web,
    who: &Who,
    own: bool,
    (person, id): (PersonId, TeamMeetingId),
) -> Result<Response, Trouble> {
    let view = web.app.team_meeting(who.actor(), person, id).await?;
    if !view.says || !view.meeting.is_open() {
        return Err(Trouble::NotFound);
    }
    let wants = view.meeting.wants();
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("version", view.version.to_string())
        .with("said", wants.said.clone())
        .with("unsaid", wants.unsaid.clone())
        .with("coming", wants.coming.map(Coming::as_str).unwrap_or_default())
        .with("beside", wants.beside.clone());
    SayPage::of(page, own, here(own, person, id), &view.called, form).show()
}

fn read(form: &Form) -> Say {
    let text = |field| form.value(field).to_owned();
    Say {
        said: text("said"),
        unsaid: text("unsaid"),
        coming: Coming::parse(form.value("coming")),
        beside: text("beside"),
    }
}

async fn said(
    page: Page,
    web: &Web,
    who: &Who,
    own: bool,
    (person, id): (PersonId, TeamMeetingId),
    mut form: Form,
) -> Result<Response, Trouble> {
    let say = read(&form);
    let which = (person, id, version(&form));
    match web.app.say_for_team_meeting(who.actor(), command(web, &form), which, say).await {
        Ok(()) => return Ok(done(&web.shell, &here(own, person, id), "flash-team-meeting-said")),
        Err(error) => wrong(&mut form, "said", error)?,
    }
    let view = web.app.team_meeting(who.actor(), person, id).await?;
    let form = form.replaced("version", &view.version.to_string());
    SayPage::of(page, own, here(own, person, id), &view.called, form)
        .show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn said_since(
    web: &Web,
    who: &Who,
    own: bool,
    (person, id): (PersonId, TeamMeetingId),
    mut form: Form,
) -> Result<Response, Trouble> {
    let (which, words) = ((person, id, version(&form)), form.value("words").to_owned());
    let flash = match web.app.say_since_team_meeting(who.actor(), command(web, &form), which, words).await {
        Ok(()) => "flash-team-meeting-said",
        Err(error) => {
            wrong(&mut form, "words", error)?;
            "flash-team-meeting-stale"
        }
    };
    Ok(done(&web.shell, &here(own, person, id), flash))
}

pub(crate) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(which): Path<(PersonId, TeamMeetingId)>,
) -> Result<Response, Trouble> {
    asked(page, &web, &who, false, which).await
}

pub(crate) async fn say(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(which): Path<(PersonId, TeamMeetingId)>,
    form: Form,
) -> Result<Response, Trouble> {
    said(page, &web, &who, false, which, form).await
}

pub(crate) async fn since(
    State(web): State<Web>,
    who: Who,
    Path(which): Path<(PersonId, TeamMeetingId)>,
    form: Form,
) -> Result<Response, Trouble> {
    said_since(&web, &who, false, which, form).await
}

pub(crate) async fn own_ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<TeamMeetingId>,
) -> Result<Response, Trouble> {
    let person = me::own(&who)?;
    asked(page, &web, &who, true, (person, id)).await
}

pub(crate) async fn own_say(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<TeamMeetingId>,
    form: Form,
) -> Result<Response, Trouble> {
    let person = me::own(&who)?;
    said(page, &web, &who, true, (person, id), form).await
}

pub(crate) async fn own_since(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<TeamMeetingId>,
    form: Form,
) -> Result<Response, Trouble> {
    let person = me::own(&who)?;
    said_since(&web, &who, true, (person, id), form).await
}
