//! What whatever watches over the machine is told, on an address of its own, and what it is not told.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops, and says where")]

mod house;
mod http;

use house::{House, Server};
use http::{PATIENCE, ask};
use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::time::Instant;

/// A server that is watched, and where that is asked.
fn watched() -> (House, Server, SocketAddr) {
    let (house, _) = House::founded();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let settings = [
        ("behind_proxy", "true".to_owned()),
        ("public_url", "\"https://porch.example.org\"".to_owned()),
        ("watch", format!("\"{free}\"")),
    ];
    let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
    house.configure("server", &settings);
    let server = house.serve();
    (house, server, free)
}

#[test]
fn it_says_how_it_goes_and_names_nobody() {
    let (_house, server, watch) = watched();
    let said = |path: &str| ask(watch, "GET", path, "", "").unwrap();
    assert_eq!((said("/health").status, said("/health").body.as_str()), (200, "alive\n"));
    assert_eq!((said("/ready").status, said("/ready").body.as_str()), (200, "ready\n"));
    assert_eq!(server.get("/sign-in", "").status, 200);
    assert_eq!(server.get("/people/Darnell-Washington?words=secret", "").status, 303);
    assert_eq!(
        ask(server.at, "POST", "/sign-in", "", "name=Darnell+Washington&password=secret").unwrap().status,
        422
    );
    let figures = said("/metrics");
    assert!(figures.head.contains("application/openmetrics-text"), "{}", figures.head);
    let line = |start: &str| {
        let found =
            figures.body.lines().find(|line| line.starts_with(start) && line.contains("\"/sign-in\""));
        found.unwrap_or_else(|| panic!("no {start}:\n{}", figures.body)).to_owned()
    };
    let asked = line("porchlight_request_seconds_count{method=\"GET\"");
    assert!(asked.contains("status=\"200\"") && asked.ends_with(" 1"), "{asked}");
    let whole = |name: &str| {
        let found = figures.body.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<i64>().ok());
        found.unwrap_or_else(|| panic!("no {name}:\n{}", figures.body))
    };
    assert!(whole("porchlight_journal_entries ") > 0, "{}", figures.body);
    assert_eq!(whole("porchlight_changes_waiting "), 0);
    assert_eq!(whole("porchlight_ladder_lag_seconds "), 0);
    for planted in ["Darnell", "Washington", "secret", "words"] {
        assert!(!figures.body.contains(planted), "{planted} is in the figures");
    }
    // On the address that people reach, there is nothing of it.
    for path in ["/metrics", "/ready", "/health"] {
        assert_eq!(server.get(path, "").status, 404, "{path}");
    }
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
}

#[test]
fn one_that_ends_takes_nobody_new_and_finishes_what_was_begun() {
    let (_house, server, watch) = watched();
    // A form of which the second half is still on its way.
    let mut form = TcpStream::connect(server.at).unwrap();
    let words = "name=Ruth+Calloway&password=nothing";
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nHost: porch.example.org\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        words.len()
    );
    form.write_all((head + &words[..10]).as_bytes()).unwrap();
    // Taken by the time that another one, which came after it, was answered.
    assert_eq!(server.get("/sign-in", "").status, 200);
    let id = server.id().to_string();
    assert!(Command::new("sh").args(["-c", "kill -TERM \"$1\"", "kill", &id]).status().unwrap().success());
    let begun = Instant::now();
    loop {
        let said = ask(watch, "GET", "/ready", "", "").unwrap();
        if said.status == 503 {
            assert!(said.body.contains("ending"), "{}", said.body);
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "it still says that it is ready");
    }
    form.write_all(&words.as_bytes()[10..]).unwrap();
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut form, &mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    server.end();
}
