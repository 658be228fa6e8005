//! A web server on this machine that keeps what it was asked, and answers as it is told.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What the server does when it is asked.
#[derive(Clone)]
pub enum Does {
    Answer(u16, &'static str),
    NeverAnswers,
    /// Sends the asker to another server.
    Redirects(String),
}

#[derive(Clone)]
pub struct Asked {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Asked {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The fields of a form.
    pub fn form(&self) -> Vec<(String, String)> {
        read_form(&self.body)
    }
}

fn read_form(body: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(body).unwrap().replace('+', " ");
    let open = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8().unwrap().into_owned();
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (open(name), open(value)))
        .collect()
}

#[derive(Clone)]
pub struct Server {
    pub url: String,
    does: Arc<Mutex<Does>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub async fn start(does: Does) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Server { url, does: Arc::new(Mutex::new(does)), asked: Arc::default() };
        let router = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    pub fn host(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    pub fn now_does(&self, does: Does) {
        *self.does.lock().unwrap() = does;
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer(State(server): State<Server>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    server.asked.lock().unwrap().push(Asked { path: uri.to_string(), headers, body });
    let does = server.does.lock().unwrap().clone();
    match does {
        Does::Answer(status, body) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        Does::NeverAnswers => std::future::pending().await,
        Does::Redirects(to) => Redirect::temporary(&to).into_response(),
    }
}

/// A server that speaks no HTTP, and hangs up after it said something.
pub async fn babbling() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream.write_all(b"\x16\x03\x01 what do you want? \xff\xfe\n\n").await;
        }
    });
    url
}

/// An address at which nobody listens.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
