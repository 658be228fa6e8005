//! Taking in what was written on a phone.
//!
//! Each form is answered as if it came now, by the same handler and the same doors, under the session of whoever sends it. What
//! can't be filed goes into its writer's tray. Either way the server has it before the phone is told so.

use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use porchlight_app::account::Secret;
use porchlight_app::device::{Heard, Written};
use porchlight_practice::tray::Why;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use tokio::task::JoinSet;
use tower::ServiceExt;

use super::Arrived;
use crate::error::{Kept, Trouble};
use crate::routes::{Later, own_path};
use crate::site::{Web, Who};

/// Bytes of one sending: fifty forms of the longest that fit a form, sealed and in base64.
const LIMIT: usize = 16 * 1024 * 1024;
/// The most forms of one sending.
const MOST: usize = 50;
/// Records that are written side by side.
const AT_ONCE: usize = 8;

#[derive(Deserialize)]
struct Sent {
    secret: String,
    waiting: usize,
    /// Each sealed, in base64.
    items: Vec<String>,
}

/// What the phone is told.
#[derive(Serialize, Default)]
struct Told {
    /// What the server has, with where it is now.
    done: BTreeMap<String, String>,
    /// Whether the phone is used no more.
    ended: bool,
    /// Whether somebody has to sign in before it can be filed.
    signed_out: bool,
}

pub(super) async fn send(
    State(web): State<Web>,
    Extension(later): Extension<Later>,
    request: Request,
) -> Result<Response, Trouble> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LIMIT).await.map_err(|_| Trouble::TooLarge)?;
    let sent: Sent = serde_json::from_slice(&body).map_err(|_| Trouble::NotText)?;
    let phone = web.app.hear_device(&Secret::from_text(&sent.secret), sent.waiting).await?;
    let mut told = Told { ended: phone.ended, ..Told::default() };
    let opened = sent.items.iter().take(MOST).filter_map(|sealed| web.app.open_envelope(sealed));
    let mut records: HashMap<String, Vec<Written>> = HashMap::new();
    for written in opened {
        // One record after the other, several records side by side.
        let record = written.path.rsplit_once('/').map_or_else(String::new, |(record, _)| record.to_owned());
        records.entry(record).or_default().push(written);
    }
    let is_theirs = |who: &Who| {
        let actor = who.actor();
        actor.account() == phone.account && actor.membership() == phone.membership
    };
    if !phone.ended && !parts.extensions.get::<Who>().is_some_and(is_theirs) {
        told.signed_out = !records.is_empty();
        return Ok(axum::Json(told).into_response());
    }
    let (mut working, mut waiting) = (JoinSet::new(), records.into_values());
    loop {
        while working.len() < AT_ONCE
            && let Some(record) = waiting.next()
        {
            let (web, phone, later) = (web.clone(), phone.clone(), later.clone());
            let (headers, extensions) = (parts.headers.clone(), parts.extensions.clone());
            working.spawn(async move {
                let mut done = Vec::new();
                for written in record {
                    if let Some(to) = file(&web, &phone, &later, &headers, &extensions, &written).await {
                        done.push((written.id.to_string(), to));
                    }
                }
                done
            });
        }
        match working.join_next().await {
            Some(Ok(done)) => told.done.extend(done),
            Some(Err(error)) => tracing::error!(%error, "what a phone sent could not be taken in"),
            None => break,
        }
    }
    Ok(axum::Json(told).into_response())
}

/// Files one form, or puts it into the tray. Answers where it is; nothing when the phone must keep it for now.
async fn file(
    web: &Web,
    phone: &Heard,
    later: &Later,
    headers: &HeaderMap,
    extensions: &axum::http::Extensions,
    written: &Written,
) -> Option<String> {
    let answer = match phone.ended {
        true => Answer::Refused(Why::Ended),
        false => answer(later, headers, extensions, written).await,
    };
    let why = match answer {
        Answer::Filed(to) => return Some(to),
        Answer::NotNow => return None,
        Answer::Refused(why) => why,
    };
    match web.app.put_in_tray(phone, written, why).await {
        Ok(()) => Some("/tray".to_owned()),
        Err(error) => {
            tracing::warn!(%error, "what a phone sent could not be put into the tray");
            None
        }
    }
}

/// What became of a form.
enum Answer {
    /// It is on the server, there.
    Filed(String),
    /// It can't be filed as it is.
    Refused(Why),
    /// The server could not say; the phone keeps it and asks again.
    NotNow,
}

/// Asks the handler of the form, as the page it stood on would have done.
async fn answer(
    later: &Later,
    headers: &HeaderMap,
    extensions: &axum::http::Extensions,
    written: &Written,
) -> Answer {
    let Some(path) = own_path(&written.path) else { return Answer::Refused(Why::ToPutRight) };
    let Ok(mut request) = Request::post(path).body(Body::from(written.body.clone())) else {
        return Answer::Refused(Why::ToPutRight);
    };
    *request.headers_mut() = headers.clone();
    for (name, value) in
        [(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), (header::ACCEPT, "text/html")]
    {
        request.headers_mut().insert(name, axum::http::HeaderValue::from_static(value));
    }
    request.headers_mut().remove(header::CONTENT_LENGTH);
    *request.extensions_mut() = extensions.clone();
    request.extensions_mut().insert(Kept::default());
    let Ok(response) = later.0.clone().oneshot(request).await;
    if let Some(Arrived(to)) = response.extensions().get::<Arrived>() {
        return Answer::Filed(to.clone());
    }
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    match (response.status(), to) {
        (status, Some(to)) if status.is_redirection() && !to.starts_with("/sign-in") => {
            Answer::Filed(to.to_owned())
        }
        (StatusCode::NOT_FOUND, _) => Answer::Refused(Why::Closed),
        (StatusCode::CONFLICT, _) => Answer::Refused(Why::Clash),
        (StatusCode::UNAUTHORIZED, _) => Answer::NotNow,
        (status, _) if status.is_server_error() || status.is_redirection() => Answer::NotNow,
        _ => Answer::Refused(Why::ToPutRight),
    }
}
