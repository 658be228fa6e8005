//! Answering on a socket: bounded in how many come at once, how long each may take to say what they want, and how long the end
//! waits for those who are still being answered.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// How it bounds whoever connects.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// So many connections at once; more wait outside.
    pub connections: usize,
    /// So long for the head of a request, and for an idle connection.
    pub head: Duration,
    /// So long without another piece of a form.
    pub body: Duration,
    /// So long for those who are still being answered when it ends.
    pub drain: Duration,
}

impl Limits {
    /// What suits a small server: 4,096 connections, half a minute for each pause, 20 seconds at the end.
    pub const USUAL: Limits = Limits {
        connections: 4096,
        head: Duration::from_secs(30),
        body: Duration::from_secs(30),
        drain: Duration::from_secs(20),
    };
}

/// How often it says that it is full, at most.
const SAID_AGAIN: Duration = Duration::from_secs(60);
/// How long it pauses when the system has no more room for a connection.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers until `ended`; then nobody new is let in, what was begun is finished, and `closing` is called first.
pub async fn serve(
    listener: TcpListener,
    pages: Router,
    limits: Limits,
    ended: impl Future<Output = ()>,
    closing: impl FnOnce(),
) {
    let pages = ServiceBuilder::new()
        .layer(RequestBodyTimeoutLayer::new(limits.body))
        .map_request(|request: Request<_>| request.map(Body::new))
        .service(pages);
    // A proxy speaks HTTP/1.1 to what is behind it; to find out which version somebody speaks would wait for ever.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head);
    let (graceful, room) = (GracefulShutdown::new(), Arc::new(Semaphore::new(limits.connections)));
    let mut ended = std::pin::pin!(ended);
    let mut said: Option<Instant> = None;
    loop {
        if room.available_permits() == 0 && said.is_none_or(|at| at.elapsed() > SAID_AGAIN) {
            said = Some(Instant::now());
            tracing::warn!(
                connections = limits.connections,
                "every connection is taken; whoever comes now waits until one is free. If this stays so, look at the proxy in \
                 front for an address that opens far too many"
            );
        }
        let place = tokio::select! {
            place = room.clone().acquire_owned() => place,
            () = &mut ended => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut ended => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(pages.clone());
        let answering = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let answering = graceful.watch(answering);
        tokio::spawn(async move {
            // Whoever breaks off has nobody to be told.
            let _ = answering.await;
            drop(place);
        });
    }
    drop(listener);
    closing();
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(limits.drain) => {
            tracing::warn!("some connections were still open at the end; they were closed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::{get, post};
    use std::net::SocketAddr;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::{Notify, oneshot};

    const SHORT: Limits = Limits {
        connections: 3,
        head: Duration::from_millis(300),
        body: Duration::from_millis(300),
        drain: Duration::from_millis(300),
    };

    struct Site {
        at: SocketAddr,
        end: oneshot::Sender<()>,
        done: tokio::task::JoinHandle<()>,
        go_on: Arc<Notify>,
    }

    async fn site(limits: Limits) -> Site {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let at = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel();
        let go_on = Arc::new(Notify::new());
        let wait = go_on.clone();
        let pages = Router::new()
            .route("/", get(async || "here"))
            .route("/form", post(async |body: String| body))
            .route(
                "/slow",
                get(async move || {
                    wait.notified().await;
                    "at last"
                }),
            );
        let ended = async move { drop(ended.await) };
        let done = tokio::spawn(serve(listener, pages, limits, ended, || ()));
        Site { at, end, done, go_on }
    }

    async fn say(at: SocketAddr, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(at).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    /// What comes until the other end closes, or five seconds have passed.
    async fn heard(stream: &mut TcpStream) -> String {
        let mut all = Vec::new();
        let read = stream.read_to_end(&mut all);
        tokio::time::timeout(Duration::from_secs(5), read).await.expect("it was never closed").ok();
        String::from_utf8_lossy(&all).into_owned()
    }

    const ASK: &str = "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";

    #[tokio::test]
    async fn whoever_never_finishes_is_let_go_and_others_are_answered() {
        let site = site(SHORT).await;
        // A head that never ends, a form that never ends, and a connection that says nothing.
        let mut head = say(site.at, "GET / HTTP/1.1\r\nHost: he").await;
        let form = "POST /form HTTP/1.1\r\nHost: here\r\nContent-Length: 900\r\n\r\nwords=I+was";
        let mut form = say(site.at, form).await;
        let mut silent = say(site.at, "").await;
        // They fill every place; whoever comes now is answered when one of them is let go.
        let mut another = say(site.at, ASK).await;
        assert!(heard(&mut another).await.ends_with("here"));
        assert!(!heard(&mut head).await.contains("200 OK"));
        assert!(!heard(&mut form).await.contains("200 OK"), "half a form is no form");
        assert_eq!(heard(&mut silent).await, "");
    }

    /// Ten thousand who say nothing, all at once: none of them is held for long, and whoever asks for a page gets it.
    #[tokio::test]
    async fn ten_thousand_silent_connections_keep_nobody_out() {
        use rustix::process::{Resource, getrlimit, setrlimit};
        const MANY: usize = 10_000;
        let mut files = getrlimit(Resource::Nofile);
        files.current = files.maximum;
        setrlimit(Resource::Nofile, files).unwrap();
        // As many as the system lets one program open, which is less than ten thousand where nobody raised it.
        let most = files.maximum.map_or(MANY, |most| usize::try_from(most).unwrap_or(MANY));
        let many = MANY.min(most - 1_000) / 500 * 500;
        assert!(many > 256 * 2, "the system lets one program open {most} files: too few to try this");
        let limits = Limits { connections: 256, head: Duration::from_millis(20), ..SHORT };
        let site = site(limits).await;
        let mut held = Vec::with_capacity(many);
        while held.len() < many {
            let together: Vec<_> = (0..500).map(|_| tokio::spawn(TcpStream::connect(site.at))).collect();
            for one in together {
                held.push(one.await.unwrap().unwrap());
            }
        }
        let mut asking = say(site.at, ASK).await;
        assert!(heard(&mut asking).await.ends_with("here"));
        assert_eq!(heard(&mut held[0]).await, "", "the first of them was let go");
    }

    #[tokio::test]
    async fn the_end_finishes_what_was_begun_and_waits_for_nobody_for_ever() {
        let site = site(Limits { drain: Duration::from_secs(20), ..SHORT }).await;
        let mut slow = say(site.at, "GET /slow HTTP/1.1\r\nHost: here\r\n\r\n").await;
        // It has been taken once another one behind it is answered.
        let mut another = say(site.at, ASK).await;
        assert!(heard(&mut another).await.ends_with("here"));
        site.end.send(()).unwrap();
        while TcpStream::connect(site.at).await.is_ok() {
            tokio::task::yield_now().await;
        }
        site.go_on.notify_one();
        assert!(heard(&mut slow).await.ends_with("at last"));
        site.done.await.unwrap();

        let stuck = self::site(SHORT).await;
        let slow = say(stuck.at, "GET /slow HTTP/1.1\r\nHost: here\r\n\r\n").await;
        let mut another = say(stuck.at, ASK).await;
        assert!(heard(&mut another).await.ends_with("here"));
        stuck.end.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(5), stuck.done).await.expect("it waits for ever").unwrap();
        drop(stuck.go_on);
        drop(slow);
    }
}
