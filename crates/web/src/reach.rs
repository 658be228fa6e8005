//! How notices reach somebody outside of the pages; and where the phone provider tells what a phone did.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use porchlight_access::Action;
use porchlight_app::way_in::Mailed;
use porchlight_app::{Error, Fault};
use porchlight_practice::Means;
use porchlight_practice::id::{CallId, ReachId};

use crate::assets;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::prove::Proven;
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// How one is reached.
pub fn routes() -> Routes<Web> {
    let read = Needs::Action(Action::AccountRead);
    let change = Needs::Action(Action::AccountChange);
    Routes::new()
        .page(Method::GET, "/account/reach", show, read)
        .page(Method::POST, "/account/reach/email", set_email, change)
        .page(Method::POST, "/account/reach/email/again", ask_again, change)
        .page(Method::POST, "/account/reach/device", add_device, change)
        .page(Method::POST, "/account/reach/device/forget", forget_device, change)
        // A browser runs it for notices alone, and only under an address that never changes.
        .public(Method::GET, "/account/push-worker.js", worker)
        // The provider signs what it tells; without its signature nothing is read.
        .public(Method::POST, "/notices/phone/{call}", phone_told)
}

/// A device that shows notices.
pub(crate) struct DeviceLine {
    pub id: ReachId,
    pub since: Timestamp,
    pub command: String,
}

/// How one is reached.
#[derive(Template)]
#[template(path = "reach/show.html")]
pub(crate) struct ReachPage {
    pub page: Page,
    pub form: Form,
    pub command: String,
    pub device_command: String,
    pub phone: String,
    pub phone_dials: bool,
    pub devices: Vec<DeviceLine>,
    pub push_key: Option<String>,
    /// Whether the server can send e-mail, and make phones ring.
    pub mails: bool,
    pub rings: bool,
    /// Whether the mailbox still has to be confirmed, or is.
    pub email_waits: bool,
    pub email_confirmed: bool,
}

impl ReachPage {
    async fn answer(web: &Web, page: Page, who: &Who, form: Option<Form>) -> Result<Response, Trouble> {
        let view = web.app.my_reach(who.actor()).await?;
        let status = if form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let form = form.unwrap_or_else(|| Form::new().with("email", &view.email));
        let fresh = || web.app.command_id().to_string();
        let written = !view.email.is_empty();
        let devices = view.devices.into_iter().map(|(id, since)| DeviceLine { id, since, command: fresh() });
        ReachPage {
            page: page.titled("reach-title").of_form(&form),
            form,
            command: fresh(),
            device_command: fresh(),
            phone: view.phone,
            phone_dials: view.phone_dials,
            devices: devices.collect(),
            push_key: view.push_key,
            mails: view.means.contains(&Means::Email),
            rings: view.means.iter().any(|means| means.rings()),
            email_waits: written && !view.email_confirmed,
            email_confirmed: written && view.email_confirmed,
        }
        .show_as(status)
    }
}

async fn show(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    ReachPage::answer(&web, page, &who, None).await
}

async fn set_email(
    State(web): State<Web>,
    page: Page,
    who: Who,
    Proven(mut form): Proven,
) -> Result<Response, Trouble> {
    match web.app.set_email(who.actor(), command(&web, &form), form.value("email")).await {
        Ok(()) => asked(&web, &who).await,
        Err(Error::Fault(Fault::Address(_))) => {
            form.wrong("email", "reach-error-email");
            ReachPage::answer(&web, page, &who, Some(form)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends the letter that confirms a mailbox, if there is one to confirm, and says what became of it.
async fn asked(web: &Web, who: &Who) -> Result<Response, Trouble> {
    let said = match web.app.ask_mailbox(&who.session).await? {
        Mailed::Sent => "flash-mailbox-asked",
        Mailed::Failed => "flash-mailbox-not-asked",
        Mailed::NoMailbox => "flash-saved",
    };
    Ok(done(&web.shell, "/account/reach", said))
}

async fn ask_again(State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    asked(&web, &who).await
}

async fn add_device(
    State(web): State<Web>,
    page: Page,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    match web.app.add_device(who.actor(), command(&web, &form), form.value("subscription")).await {
        Ok(()) => Ok(done(&web.shell, "/account/reach", "flash-device-added")),
        Err(Error::Fault(Fault::Address(_))) => {
            form.wrong("device", "reach-error-device");
            ReachPage::answer(&web, page, &who, Some(form)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn forget_device(State(web): State<Web>, who: Who, mut form: Form) -> Result<Response, Trouble> {
    let device = form.read::<ReachId>("device", "reach-error-device").ok_or(Trouble::NotFound)?;
    web.app.forget_device(who.actor(), command(&web, &form), device).await?;
    Ok(done(&web.shell, "/account/reach", "flash-device-forgotten"))
}

async fn phone_told(
    State(web): State<Web>,
    Path(call): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    axum::Form(told): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let call: CallId = call.parse().map_err(|_| Trouble::NotFound)?;
    let signature =
        headers.get("x-twilio-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let next = web.app.phone_told(call, query.as_deref(), &told, signature).await?;
    if next.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(([("content-type", "text/xml; charset=utf-8")], next).into_response())
}

async fn worker() -> Response {
    let headers = [("content-type", "text/javascript; charset=utf-8"), ("cache-control", "no-cache")];
    (headers, assets::text("push-worker.js")).into_response()
}
