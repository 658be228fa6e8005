//! What was typed when the session had ended already: kept sealed for whoever typed it, given back to nobody else.
//!
//! A form that comes too late meets the gate of [`crate::routes`], which reads and refuses it. [`around`] sees the
//! refusal, keeps the form for the account whose session it was, and sends the visitor to sign in. After signing in to
//! the same account, `/kept` shows what was typed, and a button sends it to where it was going. It is thrown away when
//! it arrived there, when nobody needs it, or after a day.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use porchlight_access::Action;
use uuid::Uuid;

use crate::error::{self, Trouble};
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes, own_path, wants_page};
use crate::site::{Ended, Web, Who};

/// The field that says which kept form is sent again.
const FIELD: &str = "kept_form";

/// The field that says what of a tray is sent again.
const TRAY: &str = "from_tray";

/// The page that gives back what was typed.
pub fn routes() -> Routes<Web> {
    Routes::new().page(Method::GET, "/kept", show, Needs::Action(Action::AccountRead)).page(
        Method::POST,
        "/kept/drop",
        drop_it,
        Needs::Action(Action::AccountChange),
    )
}

/// Lets a request pass, and keeps the form of one that came too late.
pub(crate) async fn around(web: &Web, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let typed = request.extensions().get::<error::Kept>().cloned().unwrap_or_default();
    let ended = request.extensions().get::<Ended>().cloned();
    let who = request.extensions().get::<Who>().cloned();
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    // What is typed in somebody's own corner is sealed under its key or not at all; the page of the refusal holds it.
    let private = crate::corner::is_inside(request.uri().path());
    // A draft that saves itself stays in its page, which goes on trying.
    let is_page = wants_page(request.headers());
    let response = next.run(request).await;

    let trouble = response.extensions().get::<Trouble>().copied();
    if let (Some(Ended(secret)), Some(Trouble::SignedOut), true) = (ended, trouble, is_page && !private) {
        let body = encode(&typed.typed());
        return match web.app.keep_form(&secret, &path, body.as_bytes()).await {
            Ok(()) => Redirect::to("/sign-in?kept=yes").into_response(),
            Err(error) => {
                // The page of the refusal holds what was typed.
                tracing::warn!(%error, "a form that came too late could not be kept");
                response
            }
        };
    }
    // What was sent again from the tray and went on to the next page is filed.
    if let (Some(who), true) = (&who, response.status().is_redirection())
        && let Some(item) =
            typed.typed().iter().find(|(name, _)| name == TRAY).and_then(|(_, id)| id.parse().ok())
        && let Err(error) = web.app.settle_own(who.actor(), web.app.command_id(), item, true).await
    {
        tracing::warn!(%error, "what was filed from a tray could not be taken out of it");
    }
    // It arrived: the answer is the next page, or the same page with the text still in it. Whoever has to show first that it is
    // they has not sent it yet.
    let waits = response.status().is_server_error() || response.status() == StatusCode::UNAUTHORIZED;
    if let (Some(who), None, false) = (who, trouble, waits)
        && let Some(id) =
            typed.typed().iter().find(|(name, _)| name == FIELD).and_then(|(_, id)| id.parse().ok())
        && let Err(error) = web.app.drop_kept_form(who.actor(), id).await
    {
        tracing::warn!(%error, "a kept form that was sent could not be thrown away");
    }
    response
}

pub(crate) fn encode(pairs: &[(String, String)]) -> String {
    let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    pairs
        .iter()
        .filter(|(name, _)| name != FIELD)
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// What was typed, given back.
#[derive(Template)]
#[template(path = "kept.html")]
pub(crate) struct KeptPage {
    pub page: Page,
    pub id: Uuid,
    /// Where it was going.
    pub path: String,
    /// Everything that is sent again.
    pub typed: Vec<(String, String)>,
    /// What of it a human wrote.
    pub words: Vec<String>,
}

async fn show(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let Some(kept) = web.app.kept_form(who.actor()).await? else {
        return Ok(Redirect::to(who.home()).into_response());
    };
    let path = own_path(&kept.path).ok_or(Trouble::NotFound)?.to_owned();
    let form = Form::parse(&kept.body)?;
    let typed: Vec<_> = form.values().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let words = typed.iter().map(|(_, value)| value.trim()).filter(|value| is_words(value));
    let words = words.map(str::to_owned).collect();
    KeptPage { page: page.titled("kept-title"), id: kept.id, path, typed, words }.show()
}

/// What somebody wrote, apart from what they chose or what went along unseen.
fn is_words(value: &str) -> bool {
    let written = value.contains(char::is_whitespace) || value.chars().count() > 20;
    written && value.parse::<Uuid>().is_err()
}

async fn drop_it(State(web): State<Web>, who: Who, form: Form) -> Result<Response, Trouble> {
    let id = form.value(FIELD).parse().map_err(|_| Trouble::NotFound)?;
    match web.app.drop_kept_form(who.actor(), id).await {
        // Gone already is what was asked for.
        Ok(()) | Err(porchlight_app::Error::NotFound) => Ok(done(&web.shell, "/kept", "flash-kept-dropped")),
        Err(error) => Err(error.into()),
    }
}
