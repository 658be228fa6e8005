//! The ladder survives: the process that climbs is killed at any moment, runs twice on one database, has a pager that fails, and
//! every rung that was due is called.
//!
//! `cargo xtask torture ladder --rounds 500` runs the first of these for long.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops, and says where")]

mod house;
mod pager;

use house::{House, PATIENCE, WAIT};
use pager::{Manner, Message, now};
use porchlight_practice::Means;
use porchlight_practice::id::SafetyReportId;
use porchlight_store::ladder::{self, CallRow};
use porchlight_store::testing::Database;
use porchlight_store::{Address, Options};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Numbers that only look like chance, so that a run can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// What `cargo xtask torture`, or the test that starts this program anew, wants of it.
#[expect(clippy::disallowed_methods, reason = "this is a program of its own, and it is told so")]
fn told(variable: &str) -> Option<String> {
    std::env::var(variable).ok()
}

fn number(variable: &str, otherwise: u64) -> u64 {
    told(variable).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// A report that somebody sends, again and again until it is on disk.
#[derive(Clone)]
struct Report {
    id: Uuid,
    command: Uuid,
}

#[expect(clippy::disallowed_methods, reason = "it stands for a phone, which makes its own ids")]
fn fresh() -> Report {
    Report { id: Uuid::new_v4(), command: Uuid::now_v7() }
}

/// Waits until something holds, for as long as patience lasts.
fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "{what} did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What the database has about a report, once no server runs.
fn kept(house: &House, report: &Report) -> Vec<CallRow> {
    let id = SafetyReportId(report.id);
    house
        .store()
        .blocking_read(move |tx| {
            let runs = ladder::of_report(tx, id)?;
            let mut calls = Vec::new();
            for run in runs {
                calls.extend(ladder::calls(tx, run.id)?);
            }
            Ok::<_, porchlight_store::Error>(calls)
        })
        .unwrap()
}

fn of<'a>(messages: &'a [Message], report: &Report) -> impl Iterator<Item = &'a Message> {
    let end = report.id.to_string();
    messages.iter().filter(move |message| message.link.ends_with(&end))
}

/// Whether everybody on the ladder was called about this report.
fn all_called(house: &House, messages: &[Message], report: &Report) -> bool {
    let called: BTreeSet<Uuid> = of(messages, report).map(|message| message.account).collect();
    house.rungs.iter().all(|who| called.contains(&who.0))
}

/// Checks one report: every rung called, in its order and not before its time, and a call made twice only where somebody could
/// not know that it had been made.
fn check(house: &House, messages: &[Message], report: &Report, crashes: bool) -> usize {
    let rows = kept(house, report);
    let mut twice = 0;
    let mut before: Option<&CallRow> = None;
    for (number, who) in house.rungs.iter().enumerate() {
        let row = rows.iter().find(|row| row.account == *who && row.means == Some(Means::Webhook));
        let row = row.unwrap_or_else(|| panic!("rung {number} of {} was skipped: {rows:#?}", report.id));
        assert_eq!(row.step as usize, number, "{rows:#?}");
        let came: Vec<&Message> = messages.iter().filter(|message| message.id == row.id.0).collect();
        assert!(!came.is_empty(), "rung {number} of {} was never called: {row:#?}", report.id);
        assert!(came.iter().all(|message| message.account == who.0 && !message.practice));
        // Both databases keep microseconds, and so does every clock here.
        assert!(came.iter().all(|message| message.at >= row.due_at), "called before its time: {row:#?}");
        if came.len() > 1 {
            assert!(crashes, "called {} times: {row:#?}", came.len());
            assert!(row.attempts as usize >= came.len(), "called more often than it was claimed: {row:#?}");
            twice += came.len() - 1;
        }
        if let Some(before) = before {
            let waited = row.due_at.duration_since(before.due_at).as_secs();
            assert_eq!(waited, i64::from(WAIT), "rungs are a second apart, whatever happened in between");
        }
        before = Some(row);
    }
    let webhooks = rows.iter().filter(|row| row.means.is_some()).count();
    assert_eq!(webhooks, house.rungs.len(), "a rung is there twice: {rows:#?}");
    twice
}

#[test]
fn every_rung_is_called_however_often_the_server_is_killed() {
    killed_again_and_again(House::founded(None));
}

#[test]
fn on_postgres_too_every_rung_is_called_however_often_the_server_is_killed() {
    let Some(database) = Database::postgres(Options::new(std::sync::Arc::new(now))) else { return };
    let Address::Postgres(url) = &database.address else { unreachable!() };
    killed_again_and_again(House::founded(Some(url.clone())));
}

fn killed_again_and_again(house: House) {
    let rounds = number("PORCHLIGHT_LADDER_ROUNDS", 4);
    let seed = number("PORCHLIGHT_LADDER_SEED", now().as_microsecond() as u64 | 1);
    println!("{rounds} rounds, PORCHLIGHT_LADDER_SEED={seed}");
    let mut chance = Chance(seed);
    let mut reports: Vec<Report> = Vec::new();
    for round in 1..=rounds {
        let server = house.serve();
        // At any moment from the first, in which what is overdue is called, to well into the next rungs.
        let life = Duration::from_millis(chance.below(1_000));
        let sent: Vec<Report> = (0..1 + chance.below(3)).map(|_| fresh()).collect();
        std::thread::scope(|scope| {
            for report in &sent {
                let house = &house;
                scope.spawn(move || until("a report on disk", || house.send(report.id, report.command)));
            }
            std::thread::sleep(life);
            server.kill_now();
        });
        reports.extend(sent);
        if round % 50 == 0 {
            println!("{round} rounds, {} reports", reports.len());
        }
    }
    let server = house.serve();
    until("every rung of every report", || {
        let messages = house.pager.taken();
        reports.iter().all(|report| all_called(&house, &messages, report))
    });
    // What became of the last calls is on disk too.
    std::thread::sleep(Duration::from_secs(1));
    server.kill();
    let messages = house.pager.taken();
    let twice: usize = reports.iter().map(|report| check(&house, &messages, report, true)).sum();
    assert_eq!(house.pager.unsigned(), 0);
    println!(
        "{rounds} kills, {} reports, {} calls: none lost, {twice} made twice where nobody could know that they had been made",
        reports.len(),
        reports.len() * house.rungs.len()
    );
}

#[test]
fn two_servers_on_one_database_call_nobody_twice() {
    let Some(database) = Database::postgres(Options::new(std::sync::Arc::new(now))) else { return };
    let Address::Postgres(url) = &database.address else { unreachable!() };
    let house = House::founded(Some(url.clone()));
    let servers = [house.serve(), house.serve()];
    let reports: Vec<Report> = (0..24).map(|_| fresh()).collect();
    std::thread::scope(|scope| {
        for report in &reports {
            let house = &house;
            // Two servers and this one at once: some are asked to try again, as people are.
            scope.spawn(move || until("a report on disk", || house.send(report.id, report.command)));
        }
    });
    until("every rung of every report", || {
        let messages = house.pager.taken();
        reports.iter().all(|report| all_called(&house, &messages, report))
    });
    std::thread::sleep(Duration::from_secs(1));
    drop(servers);
    let messages = house.pager.taken();
    for report in &reports {
        assert_eq!(check(&house, &messages, report, false), 0);
    }
}

#[test]
fn a_pager_that_fails_or_says_nothing_delays_no_rung_and_is_tried_again() {
    for manner in [Manner::Fails, Manner::Silent] {
        let mut house = House::founded(None);
        house.timeout = 30;
        house.pager.now(manner);
        let server = house.serve();
        let report = fresh();
        assert!(house.send(report.id, report.command));
        // One call for each rung was tried, though none of them went out.
        until("a try for every rung", || house.pager.missed() >= house.rungs.len());
        house.pager.now(Manner::Takes);
        until("a call for every rung", || all_called(&house, &house.pager.taken(), &report));
        server.kill();
        let rows = kept(&house, &report);
        for row in rows.iter().filter(|row| row.means.is_some()) {
            // The row is there when the rung is due, not when the pager of the rung before was done.
            let late = row.made_at.duration_since(row.due_at);
            assert!(late.as_secs() < 10, "{manner:?}: a rung was {late:#} late");
            assert!(row.attempts > 1, "{manner:?}: {row:#?}");
        }
    }
}

/// Not a test: the process that is killed.
#[test]
fn clockwork_until_killed() {
    if let Some(wanted) = told("PORCHLIGHT_CLOCKWORK") {
        house::clockwork(&wanted, number("PORCHLIGHT_CLOCKWORK_TIMEOUT", 2));
    }
}
