//! The ladder on bad days: a means that hangs, a disk without room, clocks that change, a phone that tells what it did.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use porchlight_app::safety::NewSafetyReport;
use porchlight_app::{App, Clock, Ids, RealIds};
use porchlight_outbound::{Address, Outbound, Phone, PhoneNumber, Recorder, Roots, Secret, Settings};
use porchlight_practice::Means;
use porchlight_practice::id::SafetyReportId;
use porchlight_practice::ladder::{Called, Ladder, Plan, Rota, RotaDay, Rung, Shift};
use porchlight_practice::safety::{Kind, Report};
use porchlight_store::testing::{Database, noon};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use world::{World, not_found, on_each};

/// Minutes on each rung.
const WAIT: i64 = 5;

/// Supervisor, then deputy, then whoever is on call, each by call, e-mail and the pager; ready to be climbed.
async fn ready(world: &World, rota: Rota) -> (App, Recorder) {
    let (outbound, sent) = Outbound::recording();
    let app = world.app.clone().with_outbound(outbound);
    let here = world.peer.programme().unwrap();
    for (who, phone) in [(&world.supervisor, "404-555-0150"), (&world.deputy, "404-555-0151")] {
        let version = app.my_account(who).await.unwrap().version;
        app.change_account(who, app.command_id(), who.name(), phone, who.lang(), version).await.unwrap();
        app.set_email(who, app.command_id(), "someone@example.org").await.unwrap();
    }
    let rung =
        |who| Rung { who, means: [Means::Call, Means::Email, Means::Webhook].into(), wait: 60 * WAIT as u32 };
    let plan = Plan {
        ladder: Ladder {
            rungs: vec![rung(Called::Supervisor), rung(Called::Deputy), rung(Called::OnCall)],
            again: 60 * WAIT as u32,
            hours: None,
        },
        rota,
        numbers: BTreeMap::new(),
    };
    app.keep_ladder(&world.admin, app.command_id(), here, plan.clone(), false, 0).await.unwrap();
    for who in [&world.supervisor, &world.team, &world.second] {
        let run = app.test_call(&world.admin, app.command_id(), here, who.account()).await.unwrap();
        app.make_calls().await.unwrap();
        let test = app.test_call_to_me(who, run).await.unwrap();
        let came = test.calls.iter().filter(|call| call.sent.is_some()).map(|call| call.id).collect();
        app.answer_test(who, app.command_id(), run, came).await.unwrap();
    }
    app.keep_ladder(&world.admin, app.command_id(), here, plan, true, 1).await.unwrap();
    (app, sent)
}

async fn report(world: &World, app: &App) -> SafetyReportId {
    let new = NewSafetyReport {
        id: SafetyReportId(RealIds.next()),
        person: None,
        about_worker: None,
        report: Report {
            kind: Kind::Other,
            this_minute: false,
            who: String::new(),
            words: "Smoke on the second floor.".into(),
            place: String::new(),
            with_them: None,
            helped: String::new(),
            known_at: world.clock.now(),
        },
    };
    app.report_safety(&world.peer, app.command_id(), new).await.unwrap()
}

/// How often each means went out so far, to whom by the pager.
fn paged(sent: &Recorder) -> Vec<(Timestamp, uuid::Uuid)> {
    let pages = sent.sent().into_iter().filter_map(|sent| match sent.to {
        Address::Webhook(who) => Some((sent.at, who)),
        _ => None,
    });
    pages.collect()
}

/// Waits until something holds.
async fn until(what: &str, holds: impl Fn() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(30), async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what} did not happen");
}

/// A mail server that never answers holds up neither the phones of its own rung nor the next rung.
#[test]
fn a_means_that_hangs_holds_up_nobody() {
    on_each(|world| async move {
        let (app, sent) = ready(&world, Rota::default()).await;
        sent.never_answer(Means::Email);
        sent.wait_at_most(Duration::from_secs(3600));
        let before = paged(&sent).len();
        let (stop, stopped) = watch::channel(false);
        let clockwork = tokio::spawn({
            let app = app.clone();
            async move { app.ladders(stopped).await }
        });
        // As many as there are lines, and more.
        for _ in 0..40 {
            report(&world, &app).await;
        }
        until("the first rung of each", || paged(&sent).len() == before + 40).await;
        world.clock.advance(WAIT);
        until("the second rung of each", || paged(&sent).len() == before + 80).await;
        let rang = sent.sent().iter().filter(|sent| matches!(sent.to, Address::Call(_))).count();
        assert!(rang >= 80, "phones ring all the while: {rang}");
        clockwork.abort();
        drop(stop);
    });
}

/// A disk without room: it is called first and kept later.
#[test]
fn without_room_to_write_everybody_is_called_all_the_same() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = porchlight_store::Options::new(Arc::new(noon));
        let world = World::new(Database::sqlite(options)).await;
        let (app, sent) = ready(&world, Rota::default()).await;
        let id = report(&world, &app).await;
        app.make_calls().await.unwrap();
        // The test itself must not wait on a thread that drives others.
        std::thread::scope(|scope| scope.spawn(|| world.database.fill()).join().unwrap());
        let rounds = 40;
        for round in 1..=rounds {
            let before = paged(&sent).len();
            world.clock.advance(WAIT);
            // What can't be kept is no reason to stop; a test has nobody to tell.
            let _ = app.climb().await;
            let _ = app.make_calls().await;
            // The second rung calls one; the third is nobody's, so from then on both are called again and again.
            let wanted = if round == 1 { 1 } else { 2 };
            until("a call for everybody of this round", || paged(&sent).len() >= before + wanted).await;
        }
        let full = app.safety(&world.peer, id).await.map_or(0, |view| view.calls.len());
        std::thread::scope(|scope| scope.spawn(|| world.database.make_room()).join().unwrap());
        world.clock.advance(WAIT);
        app.climb().await.unwrap();
        app.make_calls().await.unwrap();
        let then = app.safety(&world.peer, id).await.unwrap().calls.len();
        assert!(then > full, "kept again: {full}, then {then}");
        let all = paged(&sent).len();
        assert!(full < all, "the disk was full: {full} kept, {all} called");
    });
}

/// In the night in which an hour comes twice, rungs wait as long as in any other, and the shift that begins in that hour is on
/// call from its beginning.
#[test]
fn rungs_wait_as_long_when_the_clocks_change() {
    for (night, change) in
        [("2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z"), ("2027-03-14T06:30:00Z", "2027-03-14T07:00:00Z")]
    {
        on_each(|world| async move {
            let shift = |from, until, who| Shift {
                days: RotaDay::ALL.into_iter().take(7).collect(),
                from: jiff::civil::time(from, 0, 0, 0),
                until: jiff::civil::time(until, 0, 0, 0),
                who,
                deputy: None,
            };
            // Until 3 in the morning one, from 3 on another.
            let (early, late) = (world.team.account(), world.second.account());
            let rota = Rota { shifts: vec![shift(12, 3, early), shift(3, 12, late)], ..Rota::default() };
            let (app, sent) = ready(&world, rota).await;
            let (night, change): (Timestamp, Timestamp) = (night.parse().unwrap(), change.parse().unwrap());
            world.clock.advance(night.duration_since(world.clock.now()).as_mins());
            let before = paged(&sent).len();
            report(&world, &app).await;
            let mut called = Vec::new();
            for _ in 0..240 {
                app.climb().await.unwrap();
                app.make_calls().await.unwrap();
                called = paged(&sent).split_off(before);
                world.clock.advance(1);
            }
            let mut moments: Vec<Timestamp> = called.iter().map(|(at, _)| *at).collect();
            moments.dedup();
            assert!(moments.first() < Some(&change) && moments.last() > Some(&change));
            for pair in moments.windows(2) {
                assert_eq!(pair[1].duration_since(pair[0]), SignedDuration::from_mins(WAIT), "{moments:?}");
            }
            // 3 in the morning is two hours after the change in autumn and none in spring.
            let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
            for (at, who) in called.into_iter().filter(|(_, who)| [early.0, late.0].contains(who)) {
                let on_call = if at.to_zoned(zone.clone()).hour() < 3 { early } else { late };
                assert_eq!(who, on_call.0, "at {at}");
            }
        });
    }
}

/// What the provider tells: a pressed key in a test call proves the phone; a busy line is said.
#[test]
fn a_phone_tells_what_it_did_and_only_the_provider_is_believed() {
    on_each(|world| async move {
        let (app, _) = ready(&world, Rota::default()).await;
        let phone = Phone {
            // Nobody listens there; what matters is who signs.
            url: "http://127.0.0.1:9".into(),
            account: "AC1".into(),
            token: Secret::new("token"),
            from: PhoneNumber::parse("404 555 0199").unwrap(),
        };
        let outbound = Outbound::new(Settings {
            public_url: "https://porch.example.org".into(),
            patience: Duration::from_secs(1),
            roots: Roots::default(),
            email: None,
            push: None,
            phone: Some(phone),
            webhook: None,
        })
        .unwrap();
        let told = app.clone().with_outbound(outbound);
        let here = world.peer.programme().unwrap();
        let run = app.test_call(&world.admin, app.command_id(), here, world.deputy.account()).await.unwrap();
        app.make_calls().await.unwrap();
        let calls = app.test_call_to_me(&world.deputy, run).await.unwrap().calls;
        let call = calls.iter().find(|call| call.means == Some(Means::Call)).unwrap().id;
        let proven = || async {
            let proofs = app.ladder(&world.admin, here).await.unwrap().proofs;
            proofs.iter().any(|(who, means, _)| *who == world.deputy.account() && *means == Some(Means::Call))
        };
        let sign = |query: &str, fields: &[(&str, &str)]| {
            let mut text = format!("https://porch.example.org/notices/phone/{call}{query}");
            for (name, value) in fields {
                text += name;
                text += value;
            }
            let mut mac = Hmac::<sha1::Sha1>::new_from_slice(b"token").unwrap();
            mac.update(text.as_bytes());
            STANDARD.encode(mac.finalize().into_bytes())
        };
        let form = |fields: &[(&str, &str)]| {
            fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect::<Vec<_>>()
        };
        let pressed = [("CallSid", "CA1"), ("Digits", "1")];
        let forged = told.phone_told(call, Some("key=en"), &form(&pressed), &sign("", &pressed)).await;
        assert!(not_found(forged));
        // A mailbox picks up: that proves nothing.
        let ended = [("CallSid", "CA1"), ("CallStatus", "completed")];
        told.phone_told(call, None, &form(&ended), &sign("", &ended)).await.unwrap();
        assert!(!proven().await);
        let reply =
            told.phone_told(call, Some("key=en"), &form(&pressed), &sign("?key=en", &pressed)).await.unwrap();
        assert!(reply.contains("Thank you"), "{reply}");
        assert!(proven().await);
        // Told twice, or about a call that is not there, nothing breaks.
        told.phone_told(call, Some("key=en"), &form(&pressed), &sign("?key=en", &pressed)).await.unwrap();
    });
}

/// Where only whoever is on call is called, the hours without anybody are found; where a rung has somebody at any hour, none is.
#[test]
fn hours_in_which_nobody_would_be_called_are_found() {
    on_each(|world| async move {
        // All of it stays until the end, its database too, and not only the fields named below.
        let world = &world;
        let shift = Shift {
            days: RotaDay::ALL.into_iter().take(7).collect(),
            from: jiff::civil::time(8, 0, 0, 0),
            until: jiff::civil::time(20, 0, 0, 0),
            who: world.team.account(),
            deputy: None,
        };
        let rota = Rota { shifts: vec![shift], ..Rota::default() };
        let here = world.peer.programme().unwrap();
        let keep = async |who: Called, version| {
            let rung = Rung { who, means: [Means::Call].into(), wait: 300 };
            let ladder = Ladder { rungs: vec![rung], again: 300, hours: None };
            let plan = Plan { ladder, rota: rota.clone(), numbers: BTreeMap::new() };
            let command = world.app.command_id();
            world.app.keep_ladder(&world.admin, command, here, plan, false, version).await.unwrap();
            world.app.ladder_gaps(14).await.unwrap().remove(0).gaps
        };
        let nights = keep(Called::OnCall, 0).await;
        // A night each; where the 14 days begin or end at night, that one too.
        assert!((14..=15).contains(&nights.len()), "{nights:?}");
        assert_eq!(keep(Called::Named(world.supervisor.account()), 1).await, []);
        assert_eq!(keep(Called::Supervisor, 2).await, []);
        // Nobody who reports has anybody on such a ladder, and the rota's hours are all there is.
        assert_eq!(keep(Called::Named(porchlight_practice::id::AccountId(RealIds.next())), 3).await, nights);
    });
}
