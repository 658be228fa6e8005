//! Signing in by a code that whoever leads shows. Whoever only photographed it gets nothing: no name, no list, and after a
//! quarter of an hour not even a page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::group::SessionView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, GroupSessionId};

use super::{HOME, OWN};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The code, large, for a room to scan.
#[derive(Template)]
#[template(path = "group/code.html")]
pub(crate) struct CodePage {
    pub page: Page,
    pub here: String,
    pub name: String,
    pub squares: String,
    pub width: usize,
    pub code: String,
    pub until: String,
    pub on: bool,
    pub command: CommandId,
}

impl CodePage {
    pub(crate) fn of(page: Page, view: &SessionView, site: &str, command: CommandId) -> CodePage {
        let here = format!("/sessions/{}", view.id);
        let page = page.titled("group-code-title").under(HOME).focused(here.clone());
        let (squares, width, code, until) = super::session::code_of(&page, view, site)
            .unwrap_or_else(|| (String::new(), 1, String::new(), String::new()));
        CodePage {
            here,
            name: view.name.clone(),
            squares,
            width,
            code,
            until,
            on: view.ended.is_none(),
            command,
            page,
        }
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
) -> Result<Response, Trouble> {
    let view = web.app.group_session(who.actor(), id).await?;
    if !view.may(Action::GroupSignIn) {
        return Err(Trouble::NotFound);
    }
    CodePage::of(page, &view, &web.shell.public_url, web.app.command_id()).show()
}

pub(super) async fn make(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
    form: Form,
) -> Result<Response, Trouble> {
    let (to, said) = match web.app.show_session_code(who.actor(), command(&web, &form), id).await {
        Ok(()) => (format!("/sessions/{id}/code"), "flash-group-code"),
        Err(Error::Fault(Fault::Session(_))) => (format!("/sessions/{id}"), "flash-group-session-over"),
        Err(error) => return Err(error.into()),
    };
    Ok(done(&web.shell, &to, said))
}

/// What anybody sees who scans: nothing about the group, and the way on.
#[derive(Template)]
#[template(path = "group/scanned.html")]
pub(crate) struct ScannedPage {
    pub page: Page,
    pub to: String,
}

impl ScannedPage {
    pub(crate) fn of(page: Page, code: &str) -> ScannedPage {
        // Only what a code is made of gets into the address.
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
        ScannedPage { page: page.titled("group-scanned-title"), to: format!("/me/here/{code}") }
    }
}

pub(super) async fn scanned(page: Page, Path(code): Path<String>) -> Result<Response, Trouble> {
    ScannedPage::of(page, &code).show()
}

/// Where the code leads somebody who is signed in.
#[derive(Template)]
#[template(path = "group/here.html")]
pub(crate) struct HerePage {
    pub page: Page,
    pub name: String,
    pub promise: Vec<String>,
    pub there: bool,
    pub to: String,
    pub command: CommandId,
}

pub(super) async fn here(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(code): Path<String>,
) -> Result<Response, Trouble> {
    match web.app.where_code_leads(who.actor(), &code).await {
        Ok((name, promise, there)) => HerePage {
            page: page.titled("group-here-title").under(OWN),
            name,
            promise,
            there,
            to: format!("/me/here/{code}"),
            command: web.app.command_id(),
        }
        .show(),
        // Too old or never there: the two look alike.
        Err(Error::NotFound) => {
            let page = page.titled("group-here-title").under(OWN);
            let command = web.app.command_id();
            HerePage {
                page,
                name: String::new(),
                promise: Vec::new(),
                there: false,
                to: String::new(),
                command,
            }
            .show_as(StatusCode::NOT_FOUND)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn sign_in(
    State(web): State<Web>,
    who: Who,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let group = web.app.sign_in_by_code(who.actor(), command(&web, &form), &code).await?;
    Ok(done(&web.shell, &format!("{OWN}/{group}"), "flash-group-here"))
}
