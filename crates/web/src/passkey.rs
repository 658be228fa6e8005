//! Passkeys: one's own, and signing in with one.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use porchlight_access::Action;
use porchlight_app::passkey::{PasskeyLine, Question};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::CommandId;
use serde_json::json;
use uuid::Uuid;

use crate::account::{Maybe, inside, wanted};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::prove::Proven;
use crate::routes::{Needs, Routes};
use crate::session::{browser, entrance};
use crate::site::{Web, Who, command};

/// Where one's own are.
const HOME: &str = "/account/passkeys";

/// The routes of passkeys.
pub fn routes() -> Routes<Web> {
    let (read, secure) = (Needs::Action(Action::AccountRead), Needs::Action(Action::AccountSecure));
    Routes::new()
        .public(Method::POST, "/sign-in/passkey", sign_in)
        .public(Method::POST, "/sign-in/passkey/question", question)
        .page(Method::GET, HOME, list, read)
        .page(Method::GET, "/account/passkeys/new", offer, read)
        .page(Method::POST, "/account/passkeys/new", add, secure)
        .page(Method::POST, "/account/passkeys/remove", remove, secure)
}

// ---- signing in ----

/// What a device is asked, for a script. Nobody learns from it who has a passkey.
async fn question(State(web): State<Web>) -> Result<Response, Trouble> {
    let Question { id, asked } = web.app.ask_passkey().await?;
    Ok(Json(json!([id, asked.to_string()])).into_response())
}

/// The question that a form answers.
pub(crate) fn asked(form: &Form) -> Uuid {
    form.value("question").parse().unwrap_or_default()
}

async fn sign_in(
    State(web): State<Web>,
    who: Maybe,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Trouble> {
    let (question, answer) = (asked(&form), form.value("passkey").to_owned());
    let then = wanted(&form).map(str::to_owned);
    match web.app.sign_in_by_passkey(question, &answer, entrance(&web, &headers, &form)).await {
        Ok(secret) => inside(&web, &headers, who, &secret, then.as_deref()).await,
        Err(Error::Fault(Fault::Passkey)) => Ok(done(&web.shell, "/sign-in", "flash-passkey-wrong")),
        Err(error) => Err(error.into()),
    }
}

// ---- one's own ----

/// One of one's passkeys, in words.
pub(crate) struct Line {
    pub id: Uuid,
    pub browser: String,
    pub since: String,
    pub used: String,
    pub command: CommandId,
}

/// One's own passkeys.
#[derive(Template)]
#[template(path = "passkey/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub lines: Vec<Line>,
}

impl ListPage {
    pub(crate) fn of(page: Page, passkeys: Vec<PasskeyLine>, command: impl Fn() -> CommandId) -> ListPage {
        let page = page.titled("passkey-title").focused("/account").under("/account");
        let near = |at: jiff::Timestamp| page.near(at.to_zoned(page.zone()).date());
        let line = |line: PasskeyLine| Line {
            id: line.id,
            browser: match line.browser.is_empty() {
                true => page.t("session-unknown"),
                false => line.browser,
            },
            since: page.t1("passkey-since", "day", near(line.added)),
            used: match line.used {
                Some(at) => page.t1("session-seen", "day", near(at)),
                None => page.t("passkey-unused"),
            },
            command: command(),
        };
        let lines = passkeys.into_iter().map(line).collect();
        ListPage { page, lines }
    }
}

async fn list(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let passkeys = web.app.passkeys(&who.session).await?;
    ListPage::of(page, passkeys, || web.app.command_id()).show()
}

/// Making a new one.
#[derive(Template)]
#[template(path = "passkey/new.html")]
pub(crate) struct NewPage {
    pub page: Page,
    pub form: Form,
    /// The host that passkeys answer to.
    pub at: String,
    pub question: Uuid,
    /// What the browser is asked.
    pub asked: String,
    pub command: CommandId,
}

impl NewPage {
    pub(crate) fn of(page: Page, form: Form, at: &str, question: Question, command: CommandId) -> NewPage {
        let page = page.titled("passkey-new").focused(HOME).under("/account").of_form(&form);
        NewPage {
            page,
            form,
            at: at.to_owned(),
            question: question.id,
            asked: question.asked.to_string(),
            command,
        }
    }

    async fn answer(web: &Web, page: Page, who: &Who, form: Form) -> Result<Response, Trouble> {
        let initials = page.visitor.as_ref().map(|visitor| visitor.initials()).unwrap_or_default();
        let question = web.app.offer_passkey(&who.session, &initials).await?;
        let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let at = web.app.passkeys_at().unwrap_or_default();
        NewPage::of(page, form, at, question, web.app.command_id()).show_as(status)
    }
}

async fn offer(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    NewPage::answer(&web, page, &who, Form::new()).await
}

async fn add(
    State(web): State<Web>,
    page: Page,
    who: Who,
    headers: HeaderMap,
    Proven(mut form): Proven,
) -> Result<Response, Trouble> {
    let (question, answer, command) = (asked(&form), form.value("passkey").to_owned(), command(&web, &form));
    match web.app.add_passkey(&who.session, command, question, &answer, &browser(&headers)).await {
        Ok(()) => return Ok(done(&web.shell, HOME, "flash-passkey-added")),
        Err(Error::Fault(Fault::Passkey)) => form.wrong("passkey-make", "passkey-error"),
        Err(error) => return Err(error.into()),
    }
    NewPage::answer(&web, page, &who, form).await
}

async fn remove(State(web): State<Web>, who: Who, Proven(form): Proven) -> Result<Response, Trouble> {
    let id = form.value("passkey").parse().map_err(|_| Trouble::NotFound)?;
    web.app.remove_passkey(&who.session, command(&web, &form), id).await?;
    Ok(done(&web.shell, HOME, "flash-passkey-removed"))
}
