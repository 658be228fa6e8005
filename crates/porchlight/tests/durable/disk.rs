//! The disk fails: it can't flush, can't write, is full, gives no file. Each is refused in plain words, nothing is answered that
//! is not kept, and when the disk is well again everything goes on.

use crate::house::{Server, entries, finish};
use crate::http::ask;
use crate::kills::all_there;
use crate::porch::{Porch, Sent};
use crate::strace::{Strace, traced, under};
use std::fs;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Everybody sends one form at once, while somebody looks. Those that were answered and those that were refused; a refusal is a
/// page that says so and when to come again.
fn all_at_once(porch: &Porch, server: &Server, forms: Vec<Sent>) -> (Vec<Sent>, Vec<Sent>) {
    let (answered, refused) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for sent in forms {
            let (answered, refused) = (&answered, &refused);
            scope.spawn(move || {
                let answer = sent.send(server.at, &porch.people[sent.by]).unwrap();
                match answer.status {
                    303 => answered.lock().unwrap().push(sent),
                    503 => {
                        assert!(answer.head.to_lowercase().contains("retry-after: "), "{}", answer.head);
                        assert!(answer.body.contains("Nothing was changed"), "{}", answer.body);
                        assert!(answer.body.contains("What you typed is safe"), "{}", answer.body);
                        refused.lock().unwrap().push(sent);
                    }
                    other => panic!("{other}: {}", answer.body),
                }
            });
        }
    });
    (answered.into_inner().unwrap(), refused.into_inner().unwrap())
}

fn one_of_each(porch: &Porch) -> Vec<Sent> {
    porch.writers().filter_map(|(by, who)| Sent::next(by, who)).collect()
}

#[test]
fn a_disk_that_fails_is_never_answered_as_kept() {
    for (what, calls, error) in [
        ("no flush", "fsync,fdatasync", "EIO"),
        ("no write", "pwrite64", "EIO"),
        ("no room", "pwrite64", "ENOSPC"),
    ] {
        let porch = Porch::on_sqlite();
        let server = porch.serve();
        let (mut answered, refused) = all_at_once(&porch, &server, one_of_each(&porch));
        assert!(refused.is_empty(), "{what}: the disk is well");

        // Once, in the middle of others: who is refused sends again, and is heard.
        let files = [porch.wal(), porch.file()];
        let faults = |when: &str| format!("inject={calls}:error={error}:when={when}");
        let attach = |when: &str| {
            let (wal, file, fault) = (files[0].as_str(), files[1].as_str(), faults(when));
            let arguments = ["-P", wal, "-P", file, "-e", "trace=fsync,fdatasync,pwrite64", "-e", &fault];
            Strace::attach(server.id(), &porch.house.at(""), &arguments)
        };
        let once = attach("2");
        let (mut done, mut again) = (Vec::new(), one_of_each(&porch));
        let began = Instant::now();
        while !again.is_empty() {
            let (some, rest) = all_at_once(&porch, &server, again);
            done.extend(some);
            again = rest;
            assert!(began.elapsed() < Duration::from_secs(60), "{what}: it fails for ever");
        }
        answered.extend(done);
        let seen = once.detach();
        assert!(seen.contains("INJECTED"), "{what}: nothing failed\n{seen}");

        // For good: nobody is told that anything is kept, not even that they looked; what needs no disk is there.
        let for_good = attach("1+");
        let (kept, refused) = all_at_once(&porch, &server, one_of_each(&porch));
        assert!(kept.is_empty(), "{what}: answered as kept: {kept:?}");
        let look = ask(server.at, "GET", "/account", &porch.looker().cookie, "").unwrap();
        assert_eq!(look.status, 503, "{what}: {}", look.body);
        assert_eq!(ask(server.at, "GET", "/help-now", "", "").unwrap().status, 200, "{what}");
        assert!(for_good.detach().contains("INJECTED"), "{what}: nothing failed");

        // The same server, when the disk is well again.
        let (done, refused) = all_at_once(&porch, &server, refused);
        assert!(refused.is_empty(), "{what}: still refused: {refused:?}");
        answered.extend(done);
        let log = server.kill();
        let told = if what == "no room" { "the disk is full" } else { "the disk failed" };
        assert!(log.contains(told) && log.contains("keeps what is written again"), "{what}: {log}");

        // Whoever opens it next writes into the file what the log holds, and flushes it there, before anything is written
        // behind it: of what lies there nobody knows whether it is on the disk.
        assert!(fs::metadata(porch.wal()).unwrap().len() > 0, "{what}: there is something in the log");
        let seen = porch.house.at("seen");
        let calls = ["-e", "trace=pwrite64,fsync,fdatasync"];
        finish(&mut traced(&seen, &calls, &porch.house.command(&["journal", "verify"]))).ended_with(0);
        let seen = fs::read_to_string(seen).unwrap();
        let first =
            |call: &str, file: &str| seen.lines().position(|line| line.contains(call) && line.contains(file));
        let flushed = first("sync(", &format!("<{}>", porch.file())).expect("the file is flushed");
        let written = first("pwrite64(", &format!("<{}>", porch.wal()));
        assert!(
            written.is_none_or(|written| flushed < written),
            "{what}: written behind what is not known\n{seen}"
        );

        let server = porch.serve();
        all_there(&porch, &answered);
        server.end();
        entries(porch.house.verify_with_heads());
    }
}

/// The heads are signed into a file of their own. A flush of it that fails must not look like a line that somebody took out.
#[test]
fn a_heads_file_that_can_not_be_flushed_once_goes_on() {
    let porch = Porch::on_sqlite();
    let heads = porch.house.at("journal-heads");
    let before = fs::read_to_string(&heads).unwrap().lines().count();
    let fault = [
        "-P",
        heads.to_str().unwrap(),
        "-e",
        "trace=fsync,fdatasync",
        "-e",
        "inject=fsync,fdatasync:error=EIO:when=1",
    ];
    let server = porch.serve();
    // Signed when it began; looks make the journal longer, and the next signing is when it ends.
    let strace = Strace::attach(server.id(), &porch.house.at(""), &fault);
    for sent in one_of_each(&porch) {
        assert_eq!(sent.send(server.at, &porch.people[sent.by]).unwrap().status, 303);
    }
    let log = server.end();
    assert!(log.contains("could not be signed"), "{log}");
    drop(strace);
    // What was written there all the same is believed, and the next server signs behind it.
    let server = porch.serve();
    assert_eq!(ask(server.at, "GET", "/account", &porch.looker().cookie, "").unwrap().status, 200);
    server.end();
    assert!(fs::read_to_string(&heads).unwrap().lines().count() > before);
    entries(porch.house.verify_with_heads());
}

/// Files that can't be opened are named, and the program ends without having changed anything.
#[test]
fn a_file_that_can_not_be_opened_is_named() {
    let porch = Porch::on_sqlite();
    let path = |name: &str| porch.house.at(name).to_str().unwrap().to_owned();
    for (file, says) in [
        (porch.file(), "porchlight.sqlite"),
        (porch.wal(), "the database"),
        (path("keys/key-ring"), "key-ring"),
        (path("journal-heads"), "journal-heads"),
        (path("porchlight.toml"), "porchlight.toml"),
    ] {
        let serve = porch.house.command(&["serve"]);
        let fault = ["-P", &file, "-e", "trace=openat", "-e", "inject=openat:error=EIO"];
        let said = finish(&mut under(&fault, &serve)).ended_with(1);
        assert!(said.err.contains(says), "{file}: {}", said.err);
    }
    let server = porch.serve();
    server.end();
    entries(porch.house.verify_with_heads());
}

/// A disk that is full, or fails, while a backup is written: no half backup is left, and nothing else is touched.
#[test]
fn a_backup_that_does_not_fit_leaves_nothing() {
    let porch = Porch::on_sqlite();
    let key = porch.house.at("backup-key");
    let said = porch.house.run(&["backup-key", key.to_str().unwrap()]).ended_with(0);
    let recipient = said.out.split('"').nth(1).expect("the recipient, to be copied").to_owned();
    porch.house.configure("backup", &[("recipients", &format!("{recipient:?}"))]);
    let (all, part) = (porch.house.at("all.backup"), porch.house.at("all.backup.part"));
    let backup = porch.house.command(&["backup", all.to_str().unwrap()]);
    for (calls, error, when, says) in [
        ("write", "ENOSPC", "2+", "the disk is full"),
        ("write", "EIO", "1", "all.backup"),
        ("fsync", "EIO", "1", "all.backup"),
    ] {
        let (trace, fault) = (format!("trace={calls}"), format!("inject={calls}:error={error}:when={when}"));
        let fault = ["-P", part.to_str().unwrap(), "-e", &trace, "-e", &fault];
        let said = finish(&mut under(&fault, &backup)).ended_with(1);
        assert!(said.err.contains(says), "{calls} {error}: {}", said.err);
        assert!(!all.exists() && !part.exists(), "{calls} {error}: a half backup is left");
    }
    porch.house.run(&["backup", all.to_str().unwrap()]).ended_with(0);
}
