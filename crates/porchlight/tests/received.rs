//! A safety report is received by the real server, which is killed at any moment meanwhile. Whoever sends it sends it again
//! until there is an answer, as a phone does.
//!
//! `cargo xtask torture ladder --rounds 500` runs this for long.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops, and says where")]

mod http;

use http::{Answer, PATIENCE, ask};
use std::collections::BTreeSet;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The demo's server, with its data in a folder that outlives it.
struct Server(Child);

impl Server {
    fn start(folder: &Path, at: SocketAddr) -> Server {
        let links = folder.join("links.json");
        let _ = std::fs::remove_file(&links);
        let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
        command.args(["demo", "--seed", "7", "--port", &at.port().to_string()]);
        command.arg("--data").arg(folder.join("data")).arg("--links").arg(&links);
        let process =
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let server = Server(process);
        until("the server starts", || links.exists());
        server
    }

    /// As the system does it when memory runs out.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that no connection of ours is given by chance while the server is gone: those come from 32768 on.
fn free_place() -> SocketAddr {
    let first = 20_000 + u16::try_from(std::process::id() % 10_000).unwrap();
    let bound = (first..32_000).find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok());
    bound.unwrap().local_addr().unwrap()
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "{what}: it did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> Option<String> {
    let start = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    Some(start.split('"').next()?.to_owned())
}

/// The cookie of somebody the demo knows.
fn signed_in(folder: &Path, at: SocketAddr, name: &str) -> String {
    let links: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("links.json")).unwrap()).unwrap();
    let link = links.as_array().unwrap().iter().find(|link| link["name"] == name).unwrap();
    let path = link["url"].as_str().unwrap().split_once("/open/").unwrap().1;
    let path = format!("/open/{path}");
    let entered = ask(at, "POST", &path, "", "").unwrap();
    assert_eq!(entered.status, 303, "{}", entered.body);
    entered.cookies()
}

#[expect(clippy::disallowed_methods, reason = "the rounds of a long run are told from outside")]
fn rounds() -> u64 {
    std::env::var("PORCHLIGHT_LADDER_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(4)
}

#[test]
fn a_report_that_was_answered_outlives_a_kill_and_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = free_place();
    let mut server = Server::start(folder.path(), at);
    let cookie = signed_in(folder.path(), at, "Marisol Vega");
    let waiting = |page: &Answer| page.body.matches("Nobody has taken it").count();
    let before = waiting(&ask(at, "GET", "/safety", &cookie, "").unwrap());

    let (over, answered) = (AtomicBool::new(false), Mutex::new(BTreeSet::new()));
    // The last server is given out, so that it runs until everybody was answered, and after.
    let _server = std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    let asked = ask(at, "GET", "/safety/new?now=no", &cookie, "").ok();
                    let Some(form) = asked.filter(|page| page.status == 200) else {
                        std::thread::sleep(Duration::from_millis(20));
                        continue;
                    };
                    let (command, id) = (hidden(&form, "command").unwrap(), hidden(&form, "id").unwrap());
                    let body =
                        format!("command={command}&id={id}&now=no&kind=other&who=A+neighbor&words=Smoke");
                    // Sent until it is answered, however often that takes.
                    until("the report is sent", || {
                        let sent = ask(at, "POST", "/safety/new", &cookie, &body).ok();
                        let Some(sent) = sent.filter(|answer| answer.status != 503) else { return false };
                        assert_eq!(sent.status, 303, "{}", sent.body);
                        true
                    });
                    answered.lock().unwrap().insert(id);
                    std::thread::sleep(Duration::from_millis(100));
                }
            });
        }
        // Moments that only look like chance.
        let mut wait: u64 = 17;
        for _ in 0..rounds() {
            wait = wait * 7919 % 701;
            std::thread::sleep(Duration::from_millis(wait));
            server.kill();
            server = Server::start(folder.path(), at);
        }
        over.store(true, Ordering::SeqCst);
        server
    });

    let answered = answered.into_inner().unwrap();
    assert!(!answered.is_empty());
    for id in &answered {
        let page = || ask(at, "GET", &format!("/safety/{id}"), &cookie, "").unwrap();
        assert_eq!(page().status, 200, "{id} was answered, and is lost");
        let calls = || page().body.matches("Denise Hall was called").count();
        until("the first of the ladder is called", || calls() > 0);
    }
    // The list shows so many and no more; of a longer run, each was opened above.
    if before + answered.len() < 500 {
        let list = ask(at, "GET", "/safety", &cookie, "").unwrap();
        assert_eq!(waiting(&list), before + answered.len(), "each is there once");
    }
    eprintln!("{} kills, {} reports answered, each there once and called", rounds(), answered.len());
}
