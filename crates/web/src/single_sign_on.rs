//! Single sign-on: signing in by the agency's provider, and linking one's account with it.
//!
//! The way there is a page of ours with a link, which the browser follows by itself: a form that was answered with the provider's
//! address would need a policy (`form-action`) that lets forms leave the house.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::single_sign_on::{Answer, LinkedLine, Onward, Opened, SecondFactor};
use porchlight_app::{Error, Fault, SignOnFault};
use porchlight_practice::id::CommandId;

use crate::account::{Maybe, entered, wanted};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::prove::Proven;
use crate::routes::{Needs, Routes};
use crate::session::{entrance, set_cookie};
use crate::shell::cookie_of;
use crate::site::{Web, Who, command};

/// Where one's own link is.
const HOME: &str = "/account/single-sign-on";
/// How long the way there and back is open, in seconds.
const AWAY: u32 = 10 * 60;
/// The cookie of the browser that went.
const COOKIE: &str = "away";

/// The routes of single sign-on.
pub fn routes() -> Routes<Web> {
    let (read, secure) = (Needs::Action(Action::AccountRead), Needs::Action(Action::AccountSecure));
    Routes::new()
        .public(Method::POST, "/sign-in/single-sign-on", sign_in)
        .public(Method::GET, porchlight_app::single_sign_on::BACK, answer)
        .page(Method::GET, HOME, show, read)
        .page(Method::POST, HOME, link, secure)
        .page(Method::POST, "/account/single-sign-on/remove", unlink, secure)
}

// ---- there and back ----

/// On to the provider.
#[derive(Template)]
#[template(path = "single_sign_on/onward.html")]
pub(crate) struct OnwardPage {
    pub page: Page,
    pub name: String,
    pub address: String,
    /// The way back for whoever does not want to go.
    pub back: &'static str,
}

impl OnwardPage {
    pub(crate) fn of(page: Page, name: &str, address: String, back: &'static str) -> OnwardPage {
        let page = page.titled_with("single-sign-on-onward-title", "name", name);
        OnwardPage { page, name: name.to_owned(), address, back }
    }

    fn answer(web: &Web, page: Page, onward: Onward, back: &'static str) -> Result<Response, Trouble> {
        let name = web.app.single_sign_on().unwrap_or_default();
        let on = HeaderValue::from_str(&format!("0; url={}", onward.address));
        let mut response = OnwardPage::of(page, name, onward.address, back).show()?;
        // Without a tap; where the browser does not, there is the link.
        if let Ok(on) = on {
            response.headers_mut().insert(header::REFRESH, on);
        }
        let name = web.shell.cookie_name(COOKIE);
        set_cookie(&mut response, &web.shell.cookie(&name, onward.browser.expose(), AWAY));
        Ok(response)
    }
}

/// What is said where nothing opens.
fn said(fault: SignOnFault) -> &'static str {
    match fault {
        SignOnFault::Down => "flash-single-sign-on-down",
        SignOnFault::Answer => "flash-single-sign-on-wrong",
        SignOnFault::Unlinked => "flash-single-sign-on-unlinked",
        SignOnFault::Taken => "flash-single-sign-on-taken",
    }
}

async fn sign_in(State(web): State<Web>, page: Page, form: Form) -> Result<Response, Trouble> {
    match web.app.begin_single_sign_on(form.has("shared", "yes"), wanted(&form)).await {
        Ok(onward) => OnwardPage::answer(&web, page, onward, "/sign-in"),
        Err(Error::Fault(Fault::SingleSignOn(fault))) => Ok(done(&web.shell, "/sign-in", said(fault))),
        Err(error) => Err(error.into()),
    }
}

async fn answer(
    State(web): State<Web>,
    who: Maybe,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Trouble> {
    let name = web.shell.cookie_name(COOKIE);
    let answer = Answer {
        state: form.value("state").to_owned(),
        code: form.value("code").to_owned(),
        issuer: form.value("iss").to_owned(),
        browser: cookie_of(&headers, &name).unwrap_or_default().to_owned(),
    };
    let session = who.as_ref().map(|Extension(who)| &who.session);
    let ended = web.app.end_single_sign_on(session, answer, entrance(&web, &headers, &form)).await;
    let mut response = match ended {
        Ok(Opened::Entered(entry, then)) => entered(&web, &headers, who, entry, then.as_deref()).await?,
        Ok(Opened::Linked) => done(&web.shell, HOME, "flash-single-sign-on-added"),
        Err(Error::Fault(Fault::SingleSignOn(fault))) => {
            let back = if who.is_some() { HOME } else { "/sign-in" };
            done(&web.shell, back, said(fault))
        }
        Err(error) => return Err(error.into()),
    };
    set_cookie(&mut response, &web.shell.cookie(&name, "", 0));
    Ok(response)
}

// ---- one's own ----

/// One's own link.
#[derive(Template)]
#[template(path = "single_sign_on/show.html")]
pub(crate) struct LinkPage {
    pub page: Page,
    pub name: String,
    /// Whether one's own second step is always asked.
    pub own: bool,
    /// Since when, and when it was last used.
    pub linked: Option<(String, String)>,
    pub command: CommandId,
}

impl LinkPage {
    pub(crate) fn of(
        page: Page,
        name: &str,
        second_factor: SecondFactor,
        linked: Option<LinkedLine>,
        command: CommandId,
    ) -> LinkPage {
        let page =
            page.titled_with("single-sign-on-title", "name", name).focused("/account").under("/account");
        let near = |at: jiff::Timestamp| page.near(at.to_zoned(page.zone()).date());
        let linked = linked.map(|line| {
            let used = match line.used {
                Some(at) => page.t1("session-seen", "day", near(at)),
                None => page.t("single-sign-on-unused"),
            };
            (page.t1("single-sign-on-since", "day", near(line.since)), used)
        });
        LinkPage { page, name: name.to_owned(), own: second_factor == SecondFactor::Own, linked, command }
    }
}

async fn show(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let linked = web.app.linked(&who.session).await?;
    let (name, second) = (web.app.single_sign_on().unwrap_or_default(), web.app.second_factor()?);
    LinkPage::of(page, name, second, linked, web.app.command_id()).show()
}

async fn link(
    State(web): State<Web>,
    page: Page,
    who: Who,
    Proven(form): Proven,
) -> Result<Response, Trouble> {
    match web.app.begin_link(&who.session, command(&web, &form)).await {
        Ok(onward) => OnwardPage::answer(&web, page, onward, HOME),
        Err(Error::Fault(Fault::SingleSignOn(fault))) => Ok(done(&web.shell, HOME, said(fault))),
        Err(error) => Err(error.into()),
    }
}

async fn unlink(State(web): State<Web>, who: Who, Proven(form): Proven) -> Result<Response, Trouble> {
    web.app.unlink(&who.session, command(&web, &form)).await?;
    Ok(done(&web.shell, HOME, "flash-single-sign-on-removed"))
}
