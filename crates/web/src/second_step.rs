//! The second step of signing in: setting it up, the codes for paper, taking it off; and what comes first for whoever has put it
//! off for as long as the programme lets them.

use askama::Template;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use porchlight_access::Action;
use porchlight_app::account::Secret;
use porchlight_app::second_step::{Offer, SecondStepView};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, MembershipId, ProgrammeId};
use porchlight_practice::second_step::RecoveryCode;

use crate::account::wrong_password;
use crate::document::card::drawn;
use crate::error::{Kept, Trouble};
use crate::form::Form;
use crate::i18n::Argument;
use crate::page::{Page, Show, done};
use crate::prove::Proven;
use crate::routes::{Needs, Routes, wants_page};
use crate::session::minutes;
use crate::site::{Web, Who, command};

/// Where it is.
const HOME: &str = "/account/second-step";

/// The routes of the second step.
pub fn routes() -> Routes<Web> {
    let secure = || Needs::Action(Action::AccountSecure);
    Routes::new()
        .page(Method::GET, HOME, show, Needs::Action(Action::AccountRead))
        .page(Method::GET, "/account/second-step/new", offer, Needs::Action(Action::AccountRead))
        .page(Method::POST, "/account/second-step/new", set_up, secure())
        .page(Method::POST, "/account/second-step/codes", codes, secure())
        .page(Method::POST, "/account/second-step/off", off, secure())
        .page(
            Method::POST,
            "/programmes/{id}/workers/{worker}/second-step",
            forget,
            Needs::Action(Action::WorkerForgetStep),
        )
}

// ---- what comes first ----

/// Whether a path is open to somebody who has to set the second step up first: what concerns somebody's safety, what is theirs
/// alone, and what has no door.
fn is_open(path: &str) -> bool {
    let below =
        |start: &str| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let open = [
        "/account",
        "/device",
        "/help-now",
        "/kept",
        "/language",
        "/leave",
        "/live",
        "/mine",
        "/notices",
        "/offline",
        "/rights",
        "/safety",
        "/sign-out",
        "/tell-someone",
        "/theme",
        "/type",
    ];
    open.iter().any(|start| below(start))
        || path.starts_with("/account/push-worker.js")
        || path.starts_with("/device-worker.js")
        || path.starts_with("/ladder/test/")
        || (path.starts_with("/visits/") && path.ends_with("/all-right"))
}

/// Whether this has to wait until the second step is set up.
pub(crate) fn waits(who: &Who, path: &str) -> bool {
    who.session.must_set_up() && !is_open(path)
}

/// Leads to the page on which it is set up. What was typed is kept.
pub(crate) async fn first(web: &Web, secret: &Secret, request: Request) -> Response {
    let page = wants_page(request.headers());
    if request.method() == Method::POST {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let typed = request.extensions().get::<Kept>().cloned().unwrap_or_default();
        if let Err(trouble) = Form::from_request(request, &()).await {
            return trouble.into_response();
        }
        let body = crate::kept::encode(&typed.typed());
        if !page || web.app.keep_form(secret, &path, body.as_bytes()).await.is_err() {
            return Trouble::Busy.into_response();
        }
    }
    Redirect::to(HOME).into_response()
}

// ---- one's own ----

/// The second step as it stands.
#[derive(Template)]
#[template(path = "second_step/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub form: Form,
    /// Since which day it is set up; empty when it is not.
    pub since: String,
    pub left: i64,
    /// By when the programme asks for it; empty when nobody does.
    pub by: String,
    /// Whether it comes before everything else.
    pub must: bool,
    pub home: &'static str,
    pub command: CommandId,
    pub off: CommandId,
}

impl ShowPage {
    pub(crate) fn of(
        page: Page,
        form: Form,
        view: &SecondStepView,
        due: Option<(Timestamp, bool)>,
        home: &'static str,
        command: impl Fn() -> CommandId,
    ) -> ShowPage {
        let page = page.titled("second-step-title").focused("/account").under("/account").of_form(&form);
        let day = |at: Timestamp| page.day(at.to_zoned(page.zone()).date());
        ShowPage {
            since: view.since.map(day).unwrap_or_default(),
            left: view.codes_left,
            by: due.map(|(due, _)| day(due)).unwrap_or_default(),
            must: due.is_some_and(|(_, must)| must),
            home,
            command: command(),
            off: command(),
            form,
            page,
        }
    }
}

fn due(who: &Who) -> Option<(Timestamp, bool)> {
    let due = who.session.second_due.filter(|_| !who.actor().role().is_supported())?;
    Some((due, who.session.must_set_up()))
}

async fn answer(web: &Web, page: Page, who: &Who, form: Form) -> Result<Response, Trouble> {
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = web.app.second_step(who.actor()).await?;
    ShowPage::of(page, form, &view, due(who), who.home(), || web.app.command_id()).show_as(status)
}

async fn show(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    answer(&web, page, &who, Form::new()).await
}

/// Taking the secret into an app.
#[derive(Template)]
#[template(path = "second_step/new.html")]
pub(crate) struct NewPage {
    pub page: Page,
    pub form: Form,
    /// The dark squares of what is scanned, and how many squares it is wide.
    pub squares: String,
    pub width: usize,
    /// The same to type.
    pub text: String,
    pub sealed: String,
    pub command: CommandId,
}

impl NewPage {
    pub(crate) fn of(page: Page, form: Form, offer: &Offer, command: CommandId) -> NewPage {
        let page = page.titled("second-step-new").focused(HOME).under("/account").of_form(&form);
        let text = offer.secret.spaced();
        // Whoever looks at the phone reads two letters and no name.
        let initials = page.visitor.as_ref().map(|visitor| visitor.initials()).unwrap_or_default();
        let label = utf8_percent_encode(&initials, NON_ALPHANUMERIC);
        let bare: String = text.split(' ').collect();
        let address = format!("otpauth://totp/Porchlight:{label}?secret={bare}&issuer=Porchlight");
        let (squares, width) = drawn(&address);
        NewPage { squares, width, text, sealed: offer.sealed.clone(), command, form, page }
    }
}

async fn offer(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let offer = web.app.offer_second_step(who.actor()).await?;
    NewPage::of(page, Form::new(), &offer, web.app.command_id()).show()
}

/// The codes for paper, once.
#[derive(Template)]
#[template(path = "second_step/codes.html")]
pub(crate) struct CodesPage {
    pub page: Page,
    /// Empty when they were shown before.
    pub codes: Vec<String>,
    pub next: &'static str,
}

impl CodesPage {
    pub(crate) fn of(page: Page, codes: &[RecoveryCode], next: &'static str) -> CodesPage {
        let page = page.titled("second-step-codes").under("/account");
        CodesPage { page, codes: codes.iter().map(RecoveryCode::spaced).collect(), next }
    }

    async fn answer(
        web: &Web,
        page: Page,
        who: &Who,
        made: porchlight_app::Result<Vec<RecoveryCode>>,
    ) -> Result<Response, Trouble> {
        let next = match web.app.kept_form(who.actor()).await? {
            Some(_) => "/kept",
            None => who.home(),
        };
        match made {
            Ok(codes) => CodesPage::of(page, &codes, next).show(),
            Err(Error::Fault(Fault::CodesShown)) => CodesPage::of(page, &[], next).show(),
            Err(error) => Err(error.into()),
        }
    }
}

async fn set_up(
    State(web): State<Web>,
    page: Page,
    who: Who,
    Proven(mut form): Proven,
) -> Result<Response, Trouble> {
    let (sealed, command) = (form.value("offer").to_owned(), command(&web, &form));
    let made = web.app.set_second_step(&who.session, command, &sealed, form.value("code")).await;
    match made {
        Err(Error::Fault(Fault::Code)) => form.wrong("code", "second-step-error-code"),
        Err(Error::Fault(Fault::Wait(seconds))) => {
            form.wrong_with("code", "session-error-wait", &[("minutes", minutes(seconds).value())]);
        }
        made => return CodesPage::answer(&web, page, &who, made).await,
    }
    let offer = web.app.offered_second_step(who.actor(), &sealed).await?;
    NewPage::of(page, form, &offer, command).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn codes(
    State(web): State<Web>,
    page: Page,
    who: Who,
    Proven(form): Proven,
) -> Result<Response, Trouble> {
    let made = web.app.new_codes(&who.session, command(&web, &form)).await;
    CodesPage::answer(&web, page, &who, made).await
}

async fn off(State(web): State<Web>, page: Page, who: Who, mut form: Form) -> Result<Response, Trouble> {
    let command = command(&web, &form);
    match web.app.drop_second_step(&who.session, command, form.value("password")).await {
        Ok(()) => return Ok(done(&web.shell, HOME, "flash-second-step-off")),
        Err(Error::Fault(Fault::SignIn)) => form.wrong("password", "account-error-password-now"),
        Err(Error::Fault(Fault::Wait(seconds))) => {
            form.wrong_with("password", "session-error-wait", &[("minutes", minutes(seconds).value())]);
        }
        Err(Error::Fault(Fault::Password(fault))) => wrong_password(&mut form, "password", fault),
        Err(error) => return Err(error.into()),
    }
    answer(&web, page, &who, form).await
}

/// For somebody who works here and lost phone and paper.
async fn forget(
    State(web): State<Web>,
    who: Who,
    Path((id, worker)): Path<(ProgrammeId, MembershipId)>,
    Proven(form): Proven,
) -> Result<Response, Trouble> {
    web.app.forget_second_step(who.actor(), command(&web, &form), id, worker).await?;
    Ok(done(&web.shell, &format!("/programmes/{id}/workers/{worker}"), "flash-second-step-forgotten"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_concerns_somebodys_safety_waits_for_nothing() {
        for open in [
            "/safety/new",
            "/safety",
            "/tell-someone",
            "/help-now",
            "/mine/open",
            "/account/second-step/new",
            "/sign-out",
            "/visits/x/all-right",
            "/ladder/test/x",
            "/device/send",
            "/leave",
        ] {
            assert!(is_open(open), "{open}");
        }
        for shut in ["/", "/day", "/people", "/safetyx", "/visits/x", "/outside/x", "/ladder", "/accounts"] {
            assert!(!is_open(shut), "{shut}");
        }
    }
}
