//! What a machine that watches over this one asks, on an address of its own: whether it lives, whether it can serve, and figures
//! in the text format of OpenMetrics. Nothing here names a person, a programme or an address that somebody asked for: a route is
//! its pattern in the table.

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use porchlight_app::vitals::{Vitals, Watch};
use porchlight_app::{Action, App};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long the database may take to answer before this says that it can't serve.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Done {
    action: &'static str,
}

/// Half a millisecond up to about eight seconds.
fn timings() -> Histogram {
    Histogram::new(exponential_buckets(0.0005, 2.0, 15))
}

/// The figures.
pub struct Figures {
    registry: Registry,
    requests: Family<Asked, Histogram, fn() -> Histogram>,
    commands: Family<Done, Histogram, fn() -> Histogram>,
    waiting: Gauge,
    journal_entries: Gauge,
    ladder_lag: Gauge,
    ending: AtomicBool,
}

impl Watch for Figures {
    fn command(&self, action: Action, took: Duration) {
        self.commands.get_or_create(&Done { action: action.as_str() }).observe(took.as_secs_f64());
    }
}

impl Figures {
    /// With nothing counted yet.
    pub fn new() -> Figures {
        let mut registry = Registry::with_prefix("porchlight");
        let requests = Family::new_with_constructor(timings as fn() -> Histogram);
        let commands = Family::new_with_constructor(timings as fn() -> Histogram);
        let (waiting, journal_entries, ladder_lag) = (Gauge::default(), Gauge::default(), Gauge::default());
        registry.register_with_unit("request", "Answering a request", Unit::Seconds, requests.clone());
        registry.register_with_unit("command", "Doing a command", Unit::Seconds, commands.clone());
        registry.register("changes_waiting", "Changes that wait for their turn", waiting.clone());
        registry.register("journal_entries", "Entries of the journal", journal_entries.clone());
        registry.register_with_unit(
            "ladder_lag",
            "How long the oldest step or call of a ladder is late",
            Unit::Seconds,
            ladder_lag.clone(),
        );
        let ending = AtomicBool::new(false);
        Figures { registry, requests, commands, waiting, journal_entries, ladder_lag, ending }
    }

    /// From now on it says that it takes nobody new.
    pub fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }
}

/// Notes how long each answer of these pages takes.
pub fn observed(pages: Router, figures: Arc<Figures>) -> Router {
    pages.layer(middleware::from_fn_with_state(figures, observe))
}

async fn observe(State(figures): State<Arc<Figures>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    figures.requests.get_or_create(&Asked { method, route, status }).observe(begun.elapsed().as_secs_f64());
    response
}

#[derive(Clone)]
struct Watched {
    app: App,
    figures: Arc<Figures>,
}

impl Watched {
    async fn vitals(&self) -> Result<Vitals, &'static str> {
        if self.figures.ending.load(Ordering::Relaxed) {
            return Err("ending: what was begun is finished, and nobody new is taken\n");
        }
        match tokio::time::timeout(PATIENCE, self.app.vitals()).await {
            Ok(Ok(vitals)) => Ok(vitals),
            Ok(Err(_)) => Err("the database can't be read; the log says why\n"),
            Err(_) => Err("the database did not answer in two seconds\n"),
        }
    }
}

/// What is answered on the address of its own.
pub fn pages(app: App, figures: Arc<Figures>) -> Router {
    Router::new()
        .route("/health", get(async || "alive\n"))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .with_state(Watched { app, figures })
}

async fn ready(State(watched): State<Watched>) -> Response {
    match watched.vitals().await {
        Ok(_) => "ready\n".into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, why).into_response(),
    }
}

async fn metrics(State(watched): State<Watched>) -> Response {
    let figures = &watched.figures;
    if let Ok(vitals) = watched.vitals().await {
        figures.waiting.set(i64::try_from(vitals.waiting).unwrap_or(i64::MAX));
        figures.journal_entries.set(vitals.journal_entries);
        figures.ladder_lag.set(vitals.ladder_lag);
    }
    let mut text = String::new();
    match encode(&mut text, &figures.registry) {
        Ok(()) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
