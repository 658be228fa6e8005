//! The two keys: another passphrase, another code, and beginning anew when both are lost.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::{Error, Fault};

use super::lock::{CodePage, at, new_passphrase, wrong_passphrase, wrong_secret};
use super::{AtTheDoor, HOME, Mine, closed, stays_open};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who};

/// Both keys.
#[derive(Template)]
#[template(path = "corner/keys.html")]
pub(crate) struct Keys {
    pub page: Page,
    /// Another passphrase.
    pub form: Form,
    /// Another code.
    pub code: Form,
}

impl Keys {
    pub(crate) fn of(page: Page, form: Form, code: Form) -> Keys {
        let mut page = at(page.titled("corner-keys").focused(HOME), "/mine/keys");
        page.wrong = !form.is_right() || !code.is_right();
        Keys { page, form, code }
    }
}

pub(super) async fn show(page: Page, mine: Mine, State(web): State<Web>) -> Result<Response, Trouble> {
    stays_open(&web, &mine.open, Keys::of(page, Form::new(), Form::new()).show()?)
}

pub(super) async fn change_passphrase(
    page: Page,
    AtTheDoor { open, .. }: AtTheDoor,
    State(web): State<Web>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let Some(open) = open else { return Ok(Redirect::to("/mine?then=%2Fmine%2Fkeys").into_response()) };
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(new) = new_passphrase(&mut form) {
        match web.app.change_passphrase(&open, form.value("secret"), &new).await {
            Ok(()) => return stays_open(&web, &open, done(&web.shell, HOME, "flash-corner-passphrase")),
            Err(Error::Fault(Fault::Password(fault))) => wrong_passphrase(&mut form, "new_passphrase", fault),
            Err(error) => status = wrong_secret(&mut form, "secret", error)?,
        }
    }
    stays_open(&web, &open, Keys::of(page, form, Form::new()).show_as(status)?)
}

pub(super) async fn new_code(
    page: Page,
    AtTheDoor { open, .. }: AtTheDoor,
    State(web): State<Web>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let Some(open) = open else { return Ok(Redirect::to("/mine?then=%2Fmine%2Fkeys").into_response()) };
    match web.app.new_corner_code(&open, form.value("code_secret")).await {
        Ok(code) => stays_open(&web, &open, CodePage::of(page, &code).show()?),
        Err(error) => {
            let status = wrong_secret(&mut form, "code_secret", error)?;
            stays_open(&web, &open, Keys::of(page, Form::new(), form).show_as(status)?)
        }
    }
}

/// Beginning anew.
#[derive(Template)]
#[template(path = "corner/lost.html")]
pub(crate) struct Lost {
    pub page: Page,
    pub form: Form,
}

impl Lost {
    pub(crate) fn of(page: Page, form: Form) -> Lost {
        Lost { page: page.titled("corner-lost").focused(HOME).under(HOME).of_form(&form), form }
    }
}

pub(super) async fn lost(page: Page, _: Who) -> Result<Response, Trouble> {
    Lost::of(page, Form::new()).show()
}

pub(super) async fn throw_away(
    page: Page,
    who: Who,
    State(web): State<Web>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if !form.has("sure", "yes") {
        form.wrong("sure", "corner-error-sure");
        return Lost::of(page, form).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    web.app.throw_corner_away(&who.session).await?;
    Ok(closed(&web.shell, done(&web.shell, HOME, "flash-corner-thrown")))
}
