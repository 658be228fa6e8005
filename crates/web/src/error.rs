//! What a page says when something does not work: what happened, what to do, and that what was typed is safe.
//!
//! A handler returns [`Trouble`]; it carries no words. The outermost layer ([`dress`]) turns it, and every other bare
//! refusal (an unknown path, a forged form), into a page in the reader's language.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use tower_http::csrf::ProtectionError;

use crate::form::Form;
use crate::page::{Page, Visitor};
use crate::shell::{Shell, cookie_of};

/// What can go wrong with a request. It names no person and no value, so it may be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// There is no such page, or it is not for this reader; both look alike everywhere.
    #[error("not found, or not for this reader")]
    NotFound,
    /// The form came from another site, or from a browser that does not say where it came from.
    #[error("a form that another site sent")]
    Forged,
    /// The session has ended.
    #[error("signed out")]
    SignedOut,
    /// Bytes that are no text.
    #[error("bytes that are no text")]
    NotText,
    /// The connection broke in the middle of the form.
    #[error("the form was cut off")]
    CutOff,
    /// More than a body may hold.
    #[error("too much at once")]
    TooLarge,
    /// Somebody else changed the same thing meanwhile, and the page has no better way to show both.
    #[error("changed by somebody else meanwhile")]
    Stale,
    /// The same command was sent before with other content.
    #[error("sent before with other content")]
    Repeated,
    /// Too many tries from one address; after a while it works again.
    #[error("too many tries")]
    TooMany,
    /// Too many at once; in a moment it works again.
    #[error("busy")]
    Busy,
    /// The disk is full or failed; in some minutes it may work again.
    #[error("not kept")]
    NotKept,
    /// Our fault.
    #[error("broken")]
    Broken,
}

impl Trouble {
    /// Every trouble, for tests.
    pub const ALL: [Trouble; 12] = [
        Trouble::NotFound,
        Trouble::Forged,
        Trouble::SignedOut,
        Trouble::NotText,
        Trouble::CutOff,
        Trouble::TooLarge,
        Trouble::Stale,
        Trouble::Repeated,
        Trouble::TooMany,
        Trouble::Busy,
        Trouble::NotKept,
        Trouble::Broken,
    ];

    /// The status it is answered with.
    pub fn status(self) -> StatusCode {
        match self {
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::Forged => StatusCode::FORBIDDEN,
            Trouble::SignedOut => StatusCode::UNAUTHORIZED,
            Trouble::NotText | Trouble::CutOff => StatusCode::BAD_REQUEST,
            Trouble::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::Stale | Trouble::Repeated => StatusCode::CONFLICT,
            Trouble::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Trouble::Busy | Trouble::NotKept => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The keys of what happened and what to do.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Trouble::NotFound => ("error-not-found", "error-not-found-do"),
            Trouble::Forged => ("error-forged", "error-forged-do"),
            Trouble::SignedOut => ("error-signed-out", "error-signed-out-do"),
            Trouble::NotText => ("error-not-text", "error-not-text-do"),
            Trouble::CutOff => ("error-cut-off", "error-cut-off-do"),
            Trouble::TooLarge => ("error-too-large", "error-too-large-do"),
            Trouble::Stale => ("error-stale", "error-stale-do"),
            Trouble::Repeated => ("error-repeated", "error-repeated-do"),
            Trouble::TooMany => ("error-too-many", "error-too-many-do"),
            Trouble::Busy => ("error-busy", "error-busy-do"),
            Trouble::NotKept => ("error-not-kept", "error-not-kept-do"),
            Trouble::Broken => ("error-broken", "error-broken-do"),
        }
    }

    /// Whether sending the very same again makes sense.
    fn may_pass(self) -> bool {
        use Trouble::{Broken, Busy, CutOff, NotKept, SignedOut, TooMany};
        matches!(self, Busy | TooMany | NotKept | Broken | CutOff | SignedOut)
    }

    /// In how many seconds it is worth while to try again.
    fn again_in(self) -> Option<HeaderValue> {
        match self {
            Trouble::Busy => Some(HeaderValue::from_static("5")),
            Trouble::NotKept => Some(HeaderValue::from_static("60")),
            _ => None,
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What the layers inside learned about this request, so that an error page can give back what was typed and keep the
/// frame of the visitor's role.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    form: Arc<Mutex<Option<Form>>>,
    visitor: Arc<OnceLock<Arc<Visitor>>>,
}

impl Kept {
    pub(crate) fn keep(&self, form: &Form) {
        *self.form.lock().unwrap_or_else(PoisonError::into_inner) = Some(form.clone());
    }

    pub(crate) fn seen(&self, visitor: Arc<Visitor>) {
        // Nobody signs in twice in one request; the first is who it is.
        let _ = self.visitor.set(visitor);
    }

    /// What was typed, without what nobody should read again.
    pub(crate) fn typed(&self) -> Vec<(String, String)> {
        let form = self.form.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs = form.iter().flat_map(Form::values);
        // A password is typed again, never written into a page.
        let open =
            pairs.filter(|(name, _)| !["pass", "code", "secret"].iter().any(|part| name.contains(part)));
        open.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

/// Whether a value is an id that a form carried unseen: nobody typed it, and nobody wants it back.
pub(crate) fn is_id(value: &str) -> bool {
    value.parse::<uuid::Uuid>().is_ok()
}

/// The error page.
#[derive(Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorPage {
    pub page: Page,
    pub then: &'static str,
    pub again: bool,
    pub typed: Vec<(String, String)>,
}

impl ErrorPage {
    pub(crate) fn of(trouble: Trouble, page: Page, typed: Vec<(String, String)>) -> ErrorPage {
        let (what, then) = trouble.words();
        ErrorPage { page: page.titled(what), then, again: trouble.may_pass() && !typed.is_empty(), typed }
    }
}

/// Dresses bare refusals as pages, and clears a flash that was said.
pub(crate) async fn dress(State(shell): State<Shell>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let kept = Kept::default();
    parts.extensions.insert(kept.clone());
    let wants_page = parts.headers.get(header::ACCEPT).is_none_or(|accept| {
        accept.to_str().is_ok_and(|accept| accept.contains("text/html") || accept.contains("*/*"))
    });
    let had_flash = cookie_of(&parts.headers, "flash").is_some();
    let changes = parts.method != Method::GET && parts.method != Method::HEAD;
    let mut shown = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;

    if let Some(trouble) = trouble_of(&response) {
        if trouble == Trouble::Broken {
            tracing::error!(status = response.status().as_u16(), "a page did not work");
        }
        // How long to wait may be known where it was refused.
        let wait = response.headers().get(header::RETRY_AFTER).cloned().or_else(|| trouble.again_in());
        if let Some(visitor) = kept.visitor.get() {
            shown.extensions.insert(visitor.clone());
        }
        if wants_page {
            let page = Page::of_parts(&shown, (shell.clock)());
            let typed = if changes { kept.typed() } else { Vec::new() };
            let text = ErrorPage::of(trouble, page, typed).render().unwrap_or_default();
            let cookies: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
            response = (trouble.status(), Html(text)).into_response();
            for cookie in cookies {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
        } else {
            *response.body_mut() = Body::empty();
        }
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
    }

    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if had_flash
        && is_page
        && let Ok(cookie) = HeaderValue::from_str(&shell.cookie("flash", "", 0))
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A page that a handler wrote itself stays as it is; everything else that failed is a trouble.
fn trouble_of(response: &Response) -> Option<Trouble> {
    if let Some(trouble) = response.extensions().get::<Trouble>() {
        return Some(*trouble);
    }
    if response.extensions().get::<ProtectionError>().is_some() {
        return Some(Trouble::Forged);
    }
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        return None;
    }
    match response.status() {
        // What you may not see is not there; a wrong method is a path that does not exist that way.
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED => {
            Some(Trouble::NotFound)
        }
        StatusCode::PAYLOAD_TOO_LARGE => Some(Trouble::TooLarge),
        StatusCode::SERVICE_UNAVAILABLE => Some(Trouble::Busy),
        status if status.is_server_error() => Some(Trouble::Broken),
        // axum refuses an unreadable path or query in plain English of its own.
        status if status.is_client_error() => Some(Trouble::NotFound),
        _ => None,
    }
}
