//! Making a group, and changing what it says of itself.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::{Error, Fault};
use porchlight_practice::group::Kind;
use porchlight_practice::id::GroupId;

use super::{HOME, words};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The form.
#[derive(Template)]
#[template(path = "group/edit.html")]
pub(crate) struct EditPage {
    pub page: Page,
    pub form: Form,
    /// Where it is sent.
    pub to: String,
    /// Where the way up leads.
    pub up: String,
    /// Both kinds, for a new one.
    pub kinds: Vec<Choice>,
}

impl EditPage {
    pub(crate) fn of(page: Page, form: Form, id: Option<GroupId>) -> EditPage {
        let page = page.under(HOME).of_form(&form);
        let kinds = match id {
            None => vec![
                Choice::new(Kind::Service.as_str(), page.t("group-kind-service"))
                    .icon("people")
                    .note(page.t("group-kind-service-note")),
                Choice::new(Kind::MutualHelp.as_str(), page.t("group-kind-mutual"))
                    .icon("heart")
                    .note(page.t("group-kind-mutual-note")),
            ],
            Some(_) => Vec::new(),
        };
        let (to, up, title) = match id {
            Some(id) => (format!("{HOME}/{id}/change"), format!("{HOME}/{id}"), "group-change-title"),
            None => (format!("{HOME}/new"), HOME.to_owned(), "group-new-title"),
        };
        EditPage { page: page.titled(title).focused(up.clone()), form, to, up, kinds }
    }
}

/// Notes in the form what is wrong; answers whether it was something of the form.
fn tell(form: &mut Form, error: Error) -> Result<(), Trouble> {
    match error {
        Error::Fault(Fault::Group(fault)) => {
            form.wrong("name", words::fault(fault));
            Ok(())
        }
        Error::Stale => {
            form.wrong("name", "group-error-stale");
            Ok(())
        }
        other => Err(other.into()),
    }
}

pub(super) async fn ask_new(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    web.app.may_make_group(who.actor()).await?;
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("kind", Kind::Service.as_str())
        .with("agreements", page.t("group-agreements-start"));
    EditPage::of(page, form, None).show()
}

pub(super) async fn make(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let kind = form.choose("kind", "group-error-kind", Kind::parse);
    form.need("name", "group-error-name");
    if let (Some(kind), true) = (kind, form.is_right()) {
        match web.app.make_group(who.actor(), command(&web, &form), kind, words::frame(&form)).await {
            Ok(id) => return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-group-made")),
            Err(error) => tell(&mut form, error)?,
        }
    }
    EditPage::of(page, form, None).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
) -> Result<Response, Trouble> {
    let view = web.app.group(who.actor(), id).await?;
    let circle = view.group.circle().filter(|_| view.may(porchlight_access::Action::GroupChange));
    let frame = &circle.ok_or(Trouble::NotFound)?.frame;
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("version", view.version.to_string())
        .with("name", &*frame.name)
        .with("purpose", &*frame.purpose)
        .with("place", &*frame.place)
        .with("when", &*frame.when)
        .with("agreements", frame.agreements.join("\n"));
    EditPage::of(page, form, Some(id)).show()
}

pub(super) async fn change(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    form.need("name", "group-error-name");
    if form.is_right() {
        let version = form.value("version").parse().unwrap_or_default();
        let frame = words::frame(&form);
        match web.app.change_group(who.actor(), command(&web, &form), id, frame, version).await {
            Ok(()) => return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-saved")),
            Err(error) => {
                let stale = matches!(error, Error::Stale);
                tell(&mut form, error)?;
                if stale {
                    // What they typed stays; saving once more keeps it.
                    let now = web.app.group(who.actor(), id).await?.version;
                    form = form
                        .replaced("version", &now.to_string())
                        .replaced("command", &web.app.command_id().to_string());
                }
            }
        }
    }
    EditPage::of(page, form, Some(id)).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
