//! Serving the site.

use crate::config::Config;
use crate::figures::{self, Figures};
use crate::listen::{self, Limits};
use crate::{packs, runtime};
use anyhow::{Context, bail};
use axum::Router;
use porchlight_app::live::Live;
use porchlight_app::{App, Clock, RealIds, SystemClock};
use porchlight_practice::sheet::Press;
use porchlight_store::seal::{KeyRing, Keys};
use porchlight_store::{Address, Error as StoreError, Options, Store};
use porchlight_web::{Shell, Web, site};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

fn ring(config: &Config) -> anyhow::Result<KeyRing> {
    KeyRing::read(&config.key_ring())
        .with_context(|| format!("{} (run `porchlight init` first?)", config.key_ring().display()))
}

/// Opens what the settings name.
pub fn open(config: &Config, folder: Option<&Path>) -> anyhow::Result<App> {
    let ring = ring(config)?;
    let mut options = Options::new(Arc::new(|| SystemClock.now()));
    options.readers = config.readers()?;
    options.queue = config.queue()?;
    let address = config.address()?;
    let store = Store::open(&address, options).map_err(|error| match error {
        StoreError::Busy => anyhow::anyhow!(
            "store.address: another program holds {address} for itself. Nothing was changed. End that program, then try again"
        ),
        error => anyhow::Error::from(error).context(format!("store.address: {address}")),
    })?;
    let keys = Keys::new(ring.clone());
    let fit = keys.clone();
    store.blocking_read(move |tx| fit.fit(tx)).with_context(|| {
        format!(
            "keys.file: {} does not belong to this database. Put the right key ring there; without it nobody can read \
             anything",
            config.key_ring().display()
        )
    })?;
    let library = packs::library(folder)?;
    let outbound = config.outbound(&ring)?;
    let app = App::new(store, keys, library, Arc::new(SystemClock), Arc::new(RealIds))?;
    config.with_single_sign_on(app.with_outbound(outbound).with_passkeys(&config.public_url()?))
}

/// What is in memory never lands in a file: a crash leaves no picture of it behind.
pub fn no_core_dumps() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    if let Err(error) = setrlimit(Resource::Core, none) {
        tracing::warn!(%error, "core dumps could not be switched off");
    }
}

/// Logs to standard error, without anything about people: nothing that is logged has any.
pub fn log(level: tracing::Level) {
    let _ = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).try_init();
}

/// `porchlight serve`
pub fn serve(config: &Config, folder: Option<&Path>) -> anyhow::Result<ExitCode> {
    log(config.log_level()?);
    no_core_dumps();
    if !config.behind_proxy()? || !config.public_url()?.starts_with("https://") {
        bail!(
            "this would send people's words over the network unprotected. Put a proxy that speaks TLS in front, then \
             set server.behind_proxy = true and server.public_url to its https:// address. To try things out on this \
             machine alone, use `porchlight demo`."
        );
    }
    ring(config)?;
    let address = config.address()?;
    let _held = alone(&address)?;
    let app = open(config, folder)?;
    app.vouch().with_context(|| format!("store.address: {address}"))?;
    let heads = app.heads_file(&config.heads()).context("journal.heads")?;
    runtime()?.block_on(async move {
        let listener = TcpListener::bind(config.listen()?).await.with_context(|| {
            format!(
                "server.listen: {} is not free",
                config.listen().map_or(String::new(), |at| at.to_string())
            )
        })?;
        let ended = asked_to_end()?;
        if let Some(behind) = app.clock_behind().await? {
            tracing::error!(
                "this machine's clock is {behind:#} behind the newest entry of the journal. Set it right, and start the server \
                 again: until then calls about reports, and whatever else waits for a time, come so much later"
            );
        }
        let means = app.outbound().means().map(|means| means.as_str()).collect::<Vec<_>>().join(", ");
        tracing::info!(
            "people can be reached by: {}",
            if means.is_empty() { "the pages alone" } else { &means }
        );
        let counted = Arc::new(Figures::new());
        let app = app.with_watch(counted.clone());
        if let Some(at) = config.watch()? {
            let watch =
                TcpListener::bind(at).await.with_context(|| format!("server.watch: {at} is not free"))?;
            tracing::info!("health, readiness and figures on {}", watch.local_addr()?);
            let pages = figures::pages(app.clone(), counted.clone());
            tokio::spawn(async move { axum::serve(watch, pages).await });
        }
        tracing::info!("serving {} on {}", config.public_url()?, listener.local_addr()?);
        let (stop, stopped) = watch::channel(false);
        let clockwork = tokio::spawn({
            let app = app.clone();
            async move { app.clockwork(heads, stopped).await }
        });
        let live = app.live().clone();
        let pages = figures::observed(pages(app, config.public_url()?), counted.clone());
        let ended = async move {
            ended.await;
            counted.end();
        };
        run(pages, live, listener, ended).await;
        let _ = stop.send(true);
        let _ = clockwork.await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Holds a SQLite file for one server alone, for as long as what is answered lives: a second one would be told nothing of
/// what the first one changes. The system lets go of it however the server ends.
fn alone(address: &Address) -> anyhow::Result<Option<File>> {
    let Address::Sqlite(path) = address else { return Ok(None) };
    let mut beside = path.clone().into_os_string();
    beside.push(".lock");
    let beside = PathBuf::from(beside);
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
        .open(&beside)
        .with_context(|| format!("store.address: {} can't be made", beside.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => bail!(
            "store.address: another server works on {} already. One SQLite file has one server; for several, use \
             PostgreSQL",
            path.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("store.address: {} can't be locked", beside.display()))
        }
    }
}

/// Every page, ready to serve at this address. Cookies say `Secure` wherever it is https.
pub fn pages(app: App, public_url: String) -> Router {
    let clock = app.clone();
    let secure_cookies = public_url.starts_with("https://");
    // `serve` runs only behind a proxy and under https; the demo has neither.
    let shell = Shell {
        secure_cookies,
        behind_proxy: secure_cookies,
        public_url,
        clock: Arc::new(move || clock.now()),
    };
    site(Web { app, shell, press: press() })
}

/// What prints PDF.
fn press() -> Option<Arc<dyn Press>> {
    Some(Arc::new(porchlight_paper::TypstPress))
}

/// Serves until `ended`; what was begun is finished, and pages that listen for changes are let go.
pub async fn run(pages: Router, live: Live, listener: TcpListener, ended: impl Future<Output = ()>) {
    listen::serve(listener, pages, Limits::USUAL, ended, || live.end()).await;
}

/// Listens from now on for being asked to end, so that it is heard however early it comes.
pub fn asked_to_end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}
