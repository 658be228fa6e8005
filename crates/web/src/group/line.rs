//! A line of one's own for a member who needs one. They read it; no other member stands in it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::{Error, Fault};
use porchlight_practice::group::session::{Line, SessionFault};
use porchlight_practice::id::{GroupSessionId, PersonId};

use super::{HOME, words};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The form.
#[derive(Template)]
#[template(path = "group/line.html")]
pub(crate) struct LinePage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub up: String,
    /// What stands there now, when somebody wrote it meanwhile.
    pub now: String,
    pub names: bool,
}

impl LinePage {
    pub(crate) fn of(
        page: Page,
        (id, who): (GroupSessionId, PersonId),
        name: &str,
        form: Form,
        now: &str,
    ) -> LinePage {
        let up = format!("/sessions/{id}");
        let page =
            page.titled_with("group-line-title", "name", name).under(HOME).focused(up.clone()).of_form(&form);
        let names = form.is_wrong("words") && form.has("named", "yes");
        LinePage { here: format!("{up}/lines/{who}"), up, now: now.to_owned(), names, page, form }
    }
}

fn begun(line: Option<&Line>, version: i64) -> Form {
    let form = Form::new().with("version", version.to_string());
    match line {
        Some(line) => form.with("words", &*line.words).with("minutes", line.minutes.to_string()),
        None => form,
    }
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, person)): Path<(GroupSessionId, PersonId)>,
) -> Result<Response, Trouble> {
    let (name, line, version) = web.app.group_line(who.actor(), id, person).await?;
    let mut form = begun(line.as_ref(), version).with("command", web.app.command_id().to_string());
    if line.is_none() {
        let minutes = web.app.group_session(who.actor(), id).await?.minutes().unwrap_or_default();
        form = form.with("minutes", minutes.max(1).to_string());
    }
    LinePage::of(page, (id, person), &name, form, "").show()
}

pub(super) async fn write(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, person)): Path<(GroupSessionId, PersonId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let text = form.need("words", "group-error-empty");
    let minutes = form.read("minutes", "group-error-minutes-number");
    let mut stale = false;
    if let (Some(text), Some(minutes), true) = (text, minutes, form.is_right()) {
        let version = form.value("version").parse().unwrap_or_default();
        let nobody = form.has("names_nobody", "yes");
        let command = command(&web, &form);
        let written =
            web.app.write_group_line(who.actor(), command, id, person, &text, minutes, nobody, version);
        match written.await {
            Ok(()) => return Ok(done(&web.shell, &format!("/sessions/{id}"), "flash-group-line")),
            Err(Error::Fault(Fault::NamesAnother)) => {
                form.wrong("words", "group-error-names");
                form = form.with("named", "yes");
            }
            Err(Error::Fault(Fault::Session(fault))) => {
                let field = if fault == SessionFault::Minutes { "minutes" } else { "words" };
                form.wrong(field, words::session_fault(fault));
            }
            Err(Error::Stale) => {
                form.wrong("words", "group-error-line-stale");
                stale = true;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let (name, line, version) = web.app.group_line(who.actor(), id, person).await?;
    let mut form = form.replaced("command", &web.app.command_id().to_string());
    let mut now = String::new();
    if stale {
        form = form.replaced("version", &version.to_string());
        now = line.map(|line| line.words).unwrap_or_default();
    }
    LinePage::of(page, (id, person), &name, form, &now).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
