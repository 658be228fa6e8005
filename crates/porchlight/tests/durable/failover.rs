//! Two servers of ours, a PostgreSQL that leads and one that follows it and flushes with it. The one that leads is killed under
//! load: nothing that was answered is lost, and both servers go on by themselves.

use crate::house::entries;
use crate::kills::all_there;
use crate::porch::{Porch, Sent};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// So long may nobody be served.
const PROMISED: Duration = Duration::from_secs(45);

#[test]
fn a_leading_database_that_is_killed_loses_nothing() {
    let rounds = crate::told("PORCHLIGHT_FAILOVER_ROUNDS").and_then(|text| text.parse().ok()).unwrap_or(1);
    let (mut forms, mut longest) = (0, Duration::ZERO);
    for _ in 0..rounds {
        let Some((some, took)) = one_round() else { return };
        (forms, longest) = (forms + some, longest.max(took));
        println!("{some} forms answered, served again after {} ms", took.as_millis());
    }
    println!(
        "the leading database killed {rounds} times under two servers: {forms} forms answered, none lost, none doubled; served \
         again after at most {} ms",
        longest.as_millis()
    );
}

fn one_round() -> Option<(usize, Duration)> {
    let (mut porch, follows) = Porch::on_two()?;
    let mut leads = porch.cluster.take()?;
    let servers = [porch.serve(), porch.serve_beside()];
    let (answered, unsure, over) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()), AtomicBool::new(false));
    let (gone, back) = (Mutex::new(None), Mutex::new(None));
    std::thread::scope(|scope| {
        for (by, who) in porch.writers() {
            let (answered, unsure, over, gone, back) = (&answered, &unsure, &over, &gone, &back);
            let at = servers[by % 2].at;
            scope.spawn(move || {
                let mut waiting: Option<Sent> = None;
                while !over.load(Ordering::SeqCst) {
                    let sent = waiting.take().or_else(|| Sent::next(by, who)).unwrap();
                    let began = Instant::now();
                    match sent.send(at, who).map(|answer| answer.status) {
                        Ok(303) => {
                            answered.lock().unwrap().push(sent);
                            // Asked after the leader was gone: served by the other.
                            let since: Option<Instant> = *gone.lock().unwrap();
                            if since.is_some_and(|since| began > since) {
                                back.lock().unwrap().get_or_insert_with(Instant::now);
                            }
                        }
                        Ok(503) => {
                            std::thread::sleep(Duration::from_millis(50));
                            waiting = Some(sent);
                        }
                        other => panic!("{other:?}"),
                    }
                }
                unsure.lock().unwrap().extend(waiting);
            });
        }
        std::thread::sleep(Duration::from_secs(2));
        leads.crash();
        let since = Instant::now();
        *gone.lock().unwrap() = Some(since);
        follows.promote();
        while back.lock().unwrap().is_none() && since.elapsed() < PROMISED {
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_secs(2));
        over.store(true, Ordering::SeqCst);
    });
    let back: Option<Instant> = back.into_inner().unwrap();
    let took = back.expect("served again within 45 seconds") - gone.into_inner().unwrap().unwrap();
    assert!(took < PROMISED, "served again after {took:?}");
    let mut answered = answered.into_inner().unwrap();
    for sent in unsure.into_inner().unwrap() {
        let answer = sent.send(servers[0].at, &porch.people[sent.by]).unwrap();
        assert_eq!(answer.status, 303, "{}", answer.body);
        answered.push(sent);
    }
    for server in servers {
        server.end();
    }
    all_there(&porch, &answered);
    entries(porch.house.verify_with_heads());
    let other = porch.house.at("other-heads");
    entries(porch.house.run(&["journal", "verify", "--heads", other.to_str().unwrap()]));
    Some((answered.len(), took))
}
