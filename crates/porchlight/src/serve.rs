//! Serving the site.

use crate::config::Config;
use crate::{packs, runtime};
use anyhow::{Context, bail};
use axum::Router;
use porchlight_app::live::Live;
use porchlight_app::{App, Clock, RealIds, SystemClock};
use porchlight_practice::sheet::Press;
use porchlight_store::seal::{KeyRing, Keys};
use porchlight_store::{Options, Store};
use porchlight_web::{Shell, Web, site};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Opens what the settings name.
pub fn open(config: &Config, folder: Option<&Path>) -> anyhow::Result<App> {
    let ring = KeyRing::read(&config.key_ring())
        .with_context(|| format!("{} (run `porchlight init` first?)", config.key_ring().display()))?;
    let mut options = Options::new(Arc::new(|| SystemClock.now()));
    options.readers = config.readers()?;
    options.queue = config.queue()?;
    let store = Store::open(&config.address()?, options)?;
    let library = packs::library(folder)?;
    let outbound = config.outbound(&ring)?;
    let app = App::new(store, Keys::new(ring), library, Arc::new(SystemClock), Arc::new(RealIds))?;
    Ok(app.with_outbound(outbound))
}

/// Logs to standard error, without anything about people: nothing that is logged has any.
pub fn log(level: tracing::Level) {
    let _ = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).try_init();
}

/// `porchlight serve`
pub fn serve(config: &Config, folder: Option<&Path>) -> anyhow::Result<ExitCode> {
    log(config.log_level()?);
    if !config.behind_proxy()? || !config.public_url()?.starts_with("https://") {
        bail!(
            "this would send people's words over the network unprotected. Put a proxy that speaks TLS in front, then \
             set server.behind_proxy = true and server.public_url to its https:// address. To try things out on this \
             machine alone, use `porchlight demo`."
        );
    }
    let app = open(config, folder)?;
    let heads = app.heads_file(&config.heads())?;
    runtime()?.block_on(async move {
        let listener = TcpListener::bind(config.listen()?).await.with_context(|| {
            format!(
                "server.listen: {} is not free",
                config.listen().map_or(String::new(), |at| at.to_string())
            )
        })?;
        let ended = asked_to_end()?;
        let means = app.outbound().means().map(|means| means.as_str()).collect::<Vec<_>>().join(", ");
        tracing::info!(
            "people can be reached by: {}",
            if means.is_empty() { "the pages alone" } else { &means }
        );
        tracing::info!("serving {} on {}", config.public_url()?, listener.local_addr()?);
        let (stop, stopped) = watch::channel(false);
        let clockwork = tokio::spawn({
            let app = app.clone();
            async move { app.clockwork(heads, stopped).await }
        });
        let live = app.live().clone();
        run(pages(app, config.public_url()?), live, listener, ended).await?;
        let _ = stop.send(true);
        let _ = clockwork.await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Every page, ready to serve at this address. Cookies say `Secure` wherever it is https.
pub fn pages(app: App, public_url: String) -> Router {
    let clock = app.clone();
    let secure_cookies = public_url.starts_with("https://");
    let shell = Shell { secure_cookies, public_url, clock: Arc::new(move || clock.now()) };
    site(Web { app, shell, press: press() })
}

/// What prints PDF.
fn press() -> Option<Arc<dyn Press>> {
    Some(Arc::new(porchlight_paper::TypstPress))
}

/// Serves until `ended`; what was begun is finished, and pages that listen for changes are let go.
pub async fn run(
    pages: Router,
    live: Live,
    listener: TcpListener,
    ended: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let ended = async move {
        ended.await;
        live.end();
    };
    axum::serve(listener, pages).with_graceful_shutdown(ended).await?;
    Ok(())
}

/// Listens from now on for being asked to end, so that it is heard however early it comes.
pub fn asked_to_end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}
