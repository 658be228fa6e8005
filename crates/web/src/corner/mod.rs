//! Somebody's own corner: pages that are theirs alone, behind a passphrase of their own.
//!
//! The address is neutral, and so is every title. Nothing here asks a door of the programme, is entered in the journal, or
//! is kept with the forms that came too late. The opened key is in a cookie that only `/mine` gets to see; each page that is
//! shown renews it, and without one for fifteen minutes the corner is closed.

pub(crate) mod bring;
pub(crate) mod energy;
pub(crate) mod hard_day;
pub(crate) mod home;
pub(crate) mod keys;
pub(crate) mod lock;
pub(crate) mod paper;
pub(crate) mod start;
pub(crate) mod supervision;
pub(crate) mod take;

use axum::extract::{DefaultBodyLimit, FromRequestParts};
use axum::handler::Handler;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use porchlight_app::corner::{CORNER_IDLE_MINUTES, FILE_LIMIT, OpenCorner};
use porchlight_practice::id::DocumentId;

use crate::error::Trouble;
use crate::routes::{Needs, Routes, own_path};
use crate::shell::{Shell, cookie_of};
use crate::site::{Web, Who};

/// Where it begins.
pub(crate) const HOME: &str = "/mine";

/// The pages.
pub fn routes() -> Routes<Web> {
    let own = Needs::SignedIn;
    let bring = bring::bring.layer(DefaultBodyLimit::max(FILE_LIMIT));
    Routes::new()
        .page(Method::GET, "/mine", home::show, own)
        .page(Method::POST, "/mine/make", lock::make, own)
        .page(Method::POST, "/mine/open", lock::open, own)
        .page(Method::POST, "/mine/close", lock::close, own)
        .page(Method::GET, "/mine/bring", bring::ask, own)
        .page(Method::POST, "/mine/bring", bring, own)
        .page(Method::GET, "/mine/lost", keys::lost, own)
        .page(Method::POST, "/mine/lost", keys::throw_away, own)
        .page(Method::GET, "/mine/start", start::start, own)
        .page(Method::POST, "/mine/start", start::begin, own)
        .page(Method::GET, "/mine/story", start::story, own)
        .page(Method::GET, "/mine/papers/{document}", paper::show, own)
        .page(Method::GET, "/mine/papers/{document}/paper", paper::print, own)
        .page(Method::GET, "/mine/papers/{document}/write/{section}", paper::ask, own)
        .page(Method::POST, "/mine/papers/{document}/write/{section}", paper::save, own)
        .page(Method::POST, "/mine/papers/{document}/keep/{section}", paper::autosave, own)
        .page(Method::POST, "/mine/papers/{document}/forget", paper::forget, own)
        .page(Method::GET, "/mine/papers/{document}/supervision", supervision::ask, own)
        .page(Method::POST, "/mine/papers/{document}/supervision", supervision::bring, own)
        .page(Method::GET, "/mine/energy", energy::show, own)
        .page(Method::POST, "/mine/energy", energy::feel, own)
        .page(Method::POST, "/mine/energy/forget", energy::unfeel, own)
        .page(Method::GET, "/mine/hard-day", hard_day::show, own)
        .page(Method::GET, "/mine/keys", keys::show, own)
        .page(Method::POST, "/mine/keys/passphrase", keys::change_passphrase, own)
        .page(Method::POST, "/mine/keys/code", keys::new_code, own)
        .page(Method::GET, "/mine/take", take::show, own)
        .page(Method::GET, "/mine/file", take::file, own)
}

/// Where a paper in it lies.
pub(crate) fn paper_address(id: DocumentId) -> String {
    format!("/mine/papers/{id}")
}

/// Whether a path lies in somebody's own corner.
pub(crate) fn is_inside(path: &str) -> bool {
    path.strip_prefix(HOME).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// A path in the corner that a form names; its first page when it names another.
fn inside(path: &str) -> &str {
    own_path(path).filter(|path| is_inside(path)).unwrap_or(HOME)
}

fn cookie_name(shell: &Shell) -> &'static str {
    if shell.secure_cookies { "__Secure-mine" } else { "mine" }
}

fn set(shell: &Shell, value: &str, age: i64, mut response: Response) -> Response {
    let secure = if shell.secure_cookies { "; Secure" } else { "" };
    let name = cookie_name(shell);
    let cookie = format!("{name}={value}; Path={HOME}; Max-Age={age}; HttpOnly; SameSite=Strict{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// An answer that leaves it closed in this browser.
pub(crate) fn closed(shell: &Shell, response: Response) -> Response {
    set(shell, "", 0, response)
}

/// An answer that leaves it open for another quarter of an hour.
fn stays_open(web: &Web, open: &OpenCorner, response: Response) -> Result<Response, Trouble> {
    let cookie = web.app.corner_cookie(open)?;
    Ok(set(&web.shell, &cookie, CORNER_IDLE_MINUTES * 60, response))
}

fn find(web: &Web, who: &Who, headers: &HeaderMap) -> Option<OpenCorner> {
    let cookie = cookie_of(headers, cookie_name(&web.shell))?;
    web.app.corner_of_cookie(&who.session, cookie)
}

/// Somebody in their own corner, which is open. A page asked for while it is closed leads to its door and back.
pub(crate) struct Mine {
    pub who: Who,
    pub open: OpenCorner,
}

impl FromRequestParts<Web> for Mine {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Mine, Response> {
        let who = Who::from_request_parts(parts, web).await.map_err(IntoResponse::into_response)?;
        match find(web, &who, &parts.headers) {
            Some(open) => Ok(Mine { who, open }),
            None => {
                let asked = parts.uri.path_and_query().map_or(HOME, |asked| asked.as_str());
                let then = utf8_percent_encode(asked, NON_ALPHANUMERIC);
                Err(Redirect::to(&format!("{HOME}?then={then}")).into_response())
            }
        }
    }
}

/// Somebody at the door of their own corner, open or not: for what was typed while it closed.
pub(crate) struct AtTheDoor {
    pub who: Who,
    pub open: Option<OpenCorner>,
}

impl FromRequestParts<Web> for AtTheDoor {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<AtTheDoor, Trouble> {
        let who = Who::from_request_parts(parts, web).await?;
        let open = find(web, &who, &parts.headers);
        Ok(AtTheDoor { who, open })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_pages_lie_in_it() {
        for (path, inside) in [
            ("/mine", true),
            ("/mine/story", true),
            ("/mine?then=x", true),
            ("/miner", false),
            ("/", false),
            ("/me", false),
        ] {
            assert_eq!(is_inside(path), inside, "{path}");
        }
        assert_eq!(inside("/people"), HOME);
        assert_eq!(inside("//mine.example"), HOME);
        assert_eq!(inside("/mine/story"), "/mine/story");
    }
}
