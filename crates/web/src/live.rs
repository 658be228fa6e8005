//! Pages that stay current: the server says "something changed here", never what, and the page asks again through the
//! ordinary door. So nothing about a person travels a second way.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Method};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use porchlight_app::Action;
use porchlight_app::live::Signal;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::BroadcastStream;

use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// Where `live.js` listens.
pub fn routes() -> Routes<Web> {
    Routes::new().page(Method::GET, "/live", listen, Needs::Action(Action::DayRead))
}

/// One event for each change that may concern the reader's page, until the page closes. A page that falls behind gets
/// one event too many, never one too few.
async fn listen(who: Who, State(web): State<Web>) -> Response {
    let (account, programme) = (who.actor().account(), who.actor().programme());
    let changes = BroadcastStream::new(web.app.live().listen()).filter_map(move |signal| match signal {
        Ok(Signal::Account(id)) if id != account => None,
        Ok(Signal::Programme(id)) if Some(id) != programme => None,
        _ => Some(Ok::<_, Infallible>(Event::default().event("changed").data(""))),
    });
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    let mut response = Sse::new(changes).keep_alive(alive).into_response();
    // A proxy that collects an answer before passing it on would hold every event back.
    let name = HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(name, HeaderValue::from_static("no"));
    response
}
