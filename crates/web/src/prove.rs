//! Showing again that it is oneself, before something leaves the house, is shared or is opened in an emergency.
//!
//! A handler that takes [`Proven`] in place of [`Form`] is reached only by somebody who typed their password, or a code of their
//! second step, a few minutes ago. Whoever did not is asked, on a page that holds everything they typed and sends it on.

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use porchlight_app::session::PROOF_MINUTES;
use porchlight_app::{Error, Fault};

use crate::error::Trouble;
use crate::form::Form;
use crate::i18n::Argument;
use crate::page::{Page, Show};
use crate::session::{minutes, waits};
use crate::site::{Web, Who};

/// The field with the password. Nothing that is kept or given back holds a field with such a name.
const FIELD: &str = "proof_pass";
/// The fields of a passkey that was shown in its place.
const PASSKEY: [&str; 2] = ["proof_question", "proof_passkey"];

/// A form of somebody who has just shown that it is they.
pub(crate) struct Proven(pub Form);

/// Asking for the password again.
#[derive(Template)]
#[template(path = "session/prove.html")]
pub(crate) struct ProvePage {
    pub page: Page,
    pub form: Form,
    /// Where the form was going.
    pub path: String,
    /// Everything that goes along.
    pub typed: Vec<(String, String)>,
    pub minutes: i64,
    /// The host that passkeys answer to; empty where there are none.
    pub at: String,
}

impl ProvePage {
    pub(crate) fn of(page: Page, form: Form, path: String, at: &str) -> ProvePage {
        let typed = form.values().filter(|(name, _)| *name != FIELD && !PASSKEY.contains(name));
        let typed = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let page = page.titled("session-prove-title").of_form(&form);
        ProvePage { page, form, path, typed, minutes: PROOF_MINUTES, at: at.to_owned() }
    }
}

impl FromRequest<Web> for Proven {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Proven, Response> {
        let (mut parts, body) = request.into_parts();
        let who = Who::from_request_parts(&mut parts, web).await.map_err(IntoResponse::into_response)?;
        let page = Page::of_parts(&parts, (web.shell.clock)());
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let form = Form::from_request(Request::from_parts(parts, body), web).await;
        let mut form = form.map_err(IntoResponse::into_response)?;
        if web.app.is_proved(&who.session) {
            return Ok(Proven(form));
        }
        let typed = form.value(FIELD).to_owned();
        let [question, shown] = PASSKEY.map(|name| form.value(name).to_owned());
        let mut wait = None;
        if !shown.is_empty() {
            let question = question.parse().unwrap_or_default();
            match web.app.prove_by_passkey(&who.session, question, &shown).await {
                Ok(()) => return Ok(Proven(form)),
                Err(Error::Fault(Fault::Passkey)) => form.wrong(FIELD, "passkey-error"),
                Err(error) => return Err(Trouble::from(error).into_response()),
            }
        } else if !typed.is_empty() {
            match web.app.prove(&who.session, &typed).await {
                Ok(()) => return Ok(Proven(form)),
                Err(Error::Fault(Fault::SignIn)) => form.wrong(FIELD, "session-error-prove"),
                Err(Error::Fault(Fault::Wait(seconds))) => {
                    form.wrong_with(FIELD, "session-error-wait", &[("minutes", minutes(seconds).value())]);
                    wait = Some(seconds);
                }
                Err(error) => return Err(Trouble::from(error).into_response()),
            }
        }
        let status = if wait.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNAUTHORIZED };
        let answer =
            ProvePage::of(page, form, path, web.app.passkeys_at().unwrap_or_default()).show_as(status);
        let answer = answer.unwrap_or_else(IntoResponse::into_response);
        Err(match wait {
            Some(seconds) => waits(answer, seconds),
            None => answer,
        })
    }
}
