//! The second step of signing in, and where one is signed in: what a browser carries from one step to the next, the page of
//! one's own sessions, and signing out elsewhere.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_access::Action;
use porchlight_app::account::Session;
use porchlight_app::session::{Entrance, SessionLine};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::CommandId;
use uuid::Uuid;

use crate::account::{Maybe, inside, wanted};
use crate::error::Trouble;
use crate::form::Form;
use crate::i18n::Argument;
use crate::page::{Page, Show, done, done_with};
use crate::prove::Proven;
use crate::routes::{Needs, Routes};
use crate::shell::cookie_of;
use crate::site::{Web, Who, command};

/// How long a device is known, in seconds: half a year.
const KNOWN: u32 = 180 * 24 * 60 * 60;
/// How long the way to the second step is open, in seconds.
const HALF_WAY: u32 = 10 * 60;

/// The routes of sessions.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .public(Method::GET, "/sign-in/code", ask)
        .public(Method::POST, "/sign-in/code", code)
        .page(Method::GET, "/account/devices", list, Needs::Action(Action::AccountRead))
        .page(Method::POST, "/account/devices", end, Needs::Action(Action::AccountSecure))
}

// ---- what a browser carries ----

/// From where a form comes that signs in.
pub(crate) fn entrance(web: &Web, headers: &HeaderMap, form: &Form) -> Entrance {
    let mark = cookie_of(headers, &web.shell.cookie_name("mark")).map(str::to_owned);
    Entrance { shared: form.has("shared", "yes"), browser: browser(headers), mark }
}

/// The kind of a browser, in as few words as tell its owner which of their devices it is.
pub(crate) fn browser(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| agent.contains(sign)).map_or("", |(_, name)| name)
    };
    // The order matters: most browsers also say that they are others.
    let browser = first(&[
        ("SamsungBrowser", "Samsung Internet"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Leaves a mark on the device, so that nobody's wrong tries elsewhere keep its owner out here. A device that others use too gets
/// none.
pub(crate) async fn marked(
    web: &Web,
    headers: &HeaderMap,
    session: &Session,
    mut response: Response,
) -> Result<Response, Trouble> {
    let name = web.shell.cookie_name("mark");
    if !session.shared_device
        && let Some(mark) = web.app.device_mark(&session.actor, cookie_of(headers, &name)).await?
    {
        set_cookie(&mut response, &web.shell.cookie(&name, &mark, KNOWN));
    }
    if cookie_of(headers, &web.shell.cookie_name("half")).is_some() {
        set_cookie(&mut response, &web.shell.cookie(&web.shell.cookie_name("half"), "", 0));
    }
    Ok(response)
}

pub(crate) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// On to the second step.
pub(crate) fn half_way(web: &Web, token: &str, then: Option<&str>) -> Response {
    let mut response = Redirect::to(&code_path(then)).into_response();
    set_cookie(&mut response, &web.shell.cookie(&web.shell.cookie_name("half"), token, HALF_WAY));
    response
}

fn code_path(then: Option<&str>) -> String {
    let then =
        then.map(|then| percent_encoding::utf8_percent_encode(then, percent_encoding::NON_ALPHANUMERIC));
    then.map_or_else(|| "/sign-in/code".to_owned(), |then| format!("/sign-in/code?then={then}"))
}

/// Full minutes of a wait.
pub(crate) fn minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60
}

/// Says to a program, too, how long to wait.
pub(crate) fn waits(mut response: Response, seconds: i64) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    response
}

// ---- the second step ----

/// Asking for the code.
#[derive(Template)]
#[template(path = "session/code.html")]
pub(crate) struct CodePage {
    pub page: Page,
    pub form: Form,
    /// The host that passkeys answer to; empty where there are none.
    pub at: String,
}

impl CodePage {
    fn of(web: &Web, page: Page, form: Form) -> CodePage {
        let at = web.app.passkeys_at().unwrap_or_default().to_owned();
        CodePage { page: page.titled("session-code-title").of_form(&form), form, at }
    }
}

async fn ask(
    State(web): State<Web>,
    page: Page,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Trouble> {
    match cookie_of(&headers, &web.shell.cookie_name("half")) {
        Some(_) => CodePage::of(&web, page, form).show(),
        None => Ok(Redirect::to("/sign-in").into_response()),
    }
}

async fn code(
    State(web): State<Web>,
    page: Page,
    who: Maybe,
    headers: HeaderMap,
    mut form: Form,
) -> Result<Response, Trouble> {
    let token = cookie_of(&headers, &web.shell.cookie_name("half")).unwrap_or_default();
    let typed = form.value("code").to_owned();
    match web.app.sign_in_code(token, &typed, entrance(&web, &headers, &form)).await {
        Ok((secret, left)) => {
            let response = inside(&web, &headers, who, &secret, wanted(&form)).await?;
            let Some(left) = left else { return Ok(response) };
            let said = done_with(&web.shell, "/", "flash-code-used", u32::try_from(left).unwrap_or_default());
            let mut response = response;
            for cookie in said.headers().get_all(header::SET_COOKIE) {
                response.headers_mut().append(header::SET_COOKIE, cookie.clone());
            }
            Ok(response)
        }
        Err(Error::SignedOut) => Ok(done(&web.shell, "/sign-in", "flash-code-late")),
        Err(Error::Fault(Fault::Wait(seconds))) => {
            form.wrong_with("code", "session-error-wait", &[("minutes", minutes(seconds).value())]);
            Ok(waits(CodePage::of(&web, page, form).show_as(StatusCode::TOO_MANY_REQUESTS)?, seconds))
        }
        Err(Error::Fault(Fault::Code)) => {
            form.wrong("code", "session-error-code");
            CodePage::of(&web, page, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

// ---- where one is signed in ----

/// One of one's sessions, in words.
pub(crate) struct Line {
    pub id: Uuid,
    pub browser: String,
    pub since: String,
    pub seen: String,
    pub shared: bool,
    pub this: bool,
    pub command: CommandId,
}

/// Where one is signed in.
#[derive(Template)]
#[template(path = "session/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub lines: Vec<Line>,
    pub command: CommandId,
}

impl ListPage {
    pub(crate) fn of(page: Page, sessions: Vec<SessionLine>, command: impl Fn() -> CommandId) -> ListPage {
        let page = page.titled("session-list").focused("/account").under("/account");
        // A day says enough: nobody needs to know when exactly somebody was awake.
        let near = |at: jiff::Timestamp| page.near(at.to_zoned(page.zone()).date());
        let line = |line: SessionLine| Line {
            id: line.id,
            browser: match line.browser.is_empty() {
                true => page.t("session-unknown"),
                false => line.browser,
            },
            since: page.t1("session-since", "day", near(line.started)),
            seen: page.t1("session-seen", "day", near(line.seen)),
            shared: line.shared,
            this: line.this,
            command: command(),
        };
        let lines = sessions.into_iter().map(line).collect();
        ListPage { lines, command: command(), page }
    }
}

async fn list(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let sessions = web.app.sessions(&who.session).await?;
    ListPage::of(page, sessions, || web.app.command_id()).show()
}

async fn end(State(web): State<Web>, who: Who, Proven(form): Proven) -> Result<Response, Trouble> {
    let which = match form.value("session") {
        "others" => None,
        id => Some(id.parse::<Uuid>().map_err(|_| Trouble::NotFound)?),
    };
    web.app.sign_out_elsewhere(&who.session, command(&web, &form), which).await?;
    Ok(done(&web.shell, "/account/devices", "flash-signed-out-there"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_in_two_words() {
        for (agent, said) in [
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge, Windows",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
            ("curl/8.0", ""),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, HeaderValue::from_static(agent));
            assert_eq!(browser(&headers), said);
        }
        assert_eq!(browser(&HeaderMap::new()), "");
    }
}
