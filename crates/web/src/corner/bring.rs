//! Bringing back a file that was taken along, from here or from another agency.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::{Error, Fault};

use super::lock::wrong_secret;
use super::{HOME, stays_open};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who};

/// Asking for the file and what opens it.
#[derive(Template)]
#[template(path = "corner/bring.html")]
pub(crate) struct Bring {
    pub page: Page,
    pub form: Form,
}

impl Bring {
    pub(crate) fn of(page: Page, form: Form) -> Bring {
        Bring { page: page.titled("corner-bring").focused(HOME).under(HOME).of_form(&form), form }
    }
}

pub(super) async fn ask(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    if web.app.has_corner(who.actor()).await? {
        return Ok(Redirect::to(HOME).into_response());
    }
    Bring::of(page, Form::new()).show()
}

pub(super) async fn bring(
    page: Page,
    who: Who,
    State(web): State<Web>,
    mut parts: Multipart,
) -> Result<Response, Trouble> {
    let (mut file, mut secret) = (Vec::new(), String::new());
    while let Some(part) = parts.next_field().await.map_err(|_| Trouble::CutOff)? {
        match part.name() {
            Some("file") => file = part.bytes().await.map_err(|_| Trouble::TooLarge)?.to_vec(),
            Some("secret") => secret = part.text().await.map_err(|_| Trouble::NotText)?,
            _ => {}
        }
    }
    let mut form = Form::new();
    let status = match web.app.bring_corner(&who.session, &file, &secret).await {
        Ok(open) => return stays_open(&web, &open, done(&web.shell, HOME, "flash-corner-brought")),
        Err(Error::Fault(Fault::HasCorner)) => return Ok(Redirect::to(HOME).into_response()),
        Err(Error::Fault(Fault::NoCorner)) => {
            form.wrong("file", "corner-error-file");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(error) => wrong_secret(&mut form, "secret", error)?,
    };
    Bring::of(page, form).show_as(status)
}
