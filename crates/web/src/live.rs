//! Pages that stay current: the server says "something changed here", never what, and the page asks again through the
//! ordinary door. So nothing about a person travels a second way.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::broadcast;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::BroadcastStream;

/// Tells open pages that something changed. A topic is a word such as `account:<id>` that only the server sees.
#[derive(Debug, Clone)]
pub struct Live {
    topics: broadcast::Sender<String>,
}

impl Default for Live {
    fn default() -> Live {
        // A page that is this far behind gets one "something changed", which is all it would have got anyway.
        Live { topics: broadcast::channel(256).0 }
    }
}

impl Live {
    /// Says that something changed under this topic. Nobody listening is no error.
    pub fn tell(&self, topic: &str) {
        let _ = self.topics.send(topic.to_owned());
    }

    /// Answers `live.js`: one event for each change under one of these topics, until the page closes.
    pub fn listen(&self, topics: Vec<String>) -> Response {
        let changes = BroadcastStream::new(self.topics.subscribe()).filter_map(move |change| match change {
            Ok(topic) if !topics.contains(&topic) => None,
            _ => Some(Ok::<_, Infallible>(Event::default().event("changed").data(""))),
        });
        let alive = KeepAlive::new().interval(Duration::from_secs(20));
        let mut response = Sse::new(changes).keep_alive(alive).into_response();
        // A proxy that collects an answer before passing it on would hold every event back.
        let name = HeaderName::from_static("x-accel-buffering");
        response.headers_mut().insert(name, HeaderValue::from_static("no"));
        response
    }
}
