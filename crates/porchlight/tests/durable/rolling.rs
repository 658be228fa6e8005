//! An update while people work: of two servers, first one ends and a new one begins, then the other. Nobody is told of a failure,
//! nothing is lost, and each form is there once.

use crate::house::{Server, entries};
use crate::kills::all_there;
use crate::porch::{Porch, Sent};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often each of the two is exchanged.
const ROUNDS: usize = 3;
/// So long may one form wait for its answer, sent again to whichever server takes it.
const PATIENT: Duration = Duration::from_secs(10);
/// How many forms are answered between two exchanges.
const BETWEEN: usize = 25;

#[test]
fn servers_are_exchanged_one_after_the_other_while_people_write() {
    let Some(porch) = Porch::on_postgres() else { return };
    let (answered, longest) = (Mutex::new(Vec::<Sent>::new()), Mutex::new(Duration::ZERO));
    let over = AtomicBool::new(false);
    let mut servers = [Some(porch.serve()), Some(porch.serve_beside())];
    // Where a proxy would send people: it leaves out whoever takes no connection.
    let places: Mutex<[Option<SocketAddr>; 2]> =
        Mutex::new([0, 1].map(|at| servers[at].as_ref().map(|one| one.at)));
    std::thread::scope(|scope| {
        for (by, who) in porch.writers() {
            let (answered, longest, over, places) = (&answered, &longest, &over, &places);
            scope.spawn(move || {
                let mut turn = by;
                while !over.load(Ordering::SeqCst) {
                    let (sent, began) = (Sent::next(by, who).unwrap(), Instant::now());
                    loop {
                        assert!(began.elapsed() < PATIENT, "{sent:?} found nobody");
                        turn += 1;
                        let place = places.lock().unwrap()[turn % 2];
                        let Some(at) = place else { continue };
                        match sent.send(at, who).map(|answer| answer.status) {
                            Ok(303) => break,
                            // In words, with the form still there; or the connection was not taken any more.
                            Ok(503) | Err(_) => std::thread::sleep(Duration::from_millis(10)),
                            Ok(status) => panic!("{sent:?} was answered with {status}"),
                        }
                    }
                    let mut longest = longest.lock().unwrap();
                    *longest = longest.max(began.elapsed());
                    answered.lock().unwrap().push(sent);
                }
            });
        }
        let more = || {
            let (before, began) = (answered.lock().unwrap().len(), Instant::now());
            while answered.lock().unwrap().len() < before + BETWEEN {
                assert!(began.elapsed() < Duration::from_secs(60), "nobody is answered any more");
                std::thread::sleep(Duration::from_millis(5));
            }
        };
        for round in 0..ROUNDS * 2 {
            more();
            let which = round % 2;
            let log = servers[which].take().unwrap().end();
            assert!(!log.contains("ERROR"), "{log}");
            places.lock().unwrap()[which] = None;
            more();
            let new: Server = if which == 0 { porch.serve() } else { porch.serve_beside() };
            places.lock().unwrap()[which] = Some(new.at);
            servers[which] = Some(new);
        }
        more();
        over.store(true, Ordering::SeqCst);
    });
    for server in servers.into_iter().flatten() {
        server.end();
    }
    let answered = answered.into_inner().unwrap();
    all_there(&porch, &answered);
    entries(porch.house.verify_with_heads());
    let other = porch.house.at("other-heads");
    entries(porch.house.run(&["journal", "verify", "--heads", other.to_str().unwrap()]));
    println!(
        "two servers, each exchanged {ROUNDS} times: {} forms answered, none lost; one waited {} ms at most",
        answered.len(),
        longest.into_inner().unwrap().as_millis()
    );
}
