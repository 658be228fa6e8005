//! Pages that stay current: the server says "something changed here", never what, and the page asks again through the
//! ordinary door. So nothing about a person travels a second way.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{RawQuery, State};
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

/// A browser passes on no event that has no data.
fn changed() -> Result<Event, Infallible> {
    Ok(Event::default().event("changed").data("now"))
}

/// One event for each change that may concern the reader's page, until the page closes. A page that falls behind gets
/// one event too many, never one too few: so does one that was made before it listens, or before this server began.
async fn listen(who: Who, State(web): State<Web>, RawQuery(mark): RawQuery) -> Response {
    let (account, programme) = (who.actor().account(), who.actor().programme());
    let works_here = !who.actor().role().is_supported();
    let changes = BroadcastStream::new(web.app.live().listen()).filter_map(move |signal| match signal {
        Ok(Signal::Account(id)) if id != account => None,
        Ok(Signal::Programme(id)) if Some(id) != programme => None,
        Ok(Signal::Staff(id)) if !works_here || Some(id) != programme => None,
        _ => Some(changed()),
    });
    let missed = mark.is_some_and(|mark| mark != web.app.live().mark(works_here)).then(changed);
    let changes = tokio_stream::iter(missed).chain(changes);
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    let mut response = Sse::new(changes).keep_alive(alive).into_response();
    // A proxy that collects an answer before passing it on would hold every event back.
    let name = HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(name, HeaderValue::from_static("no"));
    response
}
