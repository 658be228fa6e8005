//! What else goes wrong around a server: another program holds its file, a key is missing, the database goes away, a migration is
//! cut short, a second server is started. Each has plain words for whoever runs it.

use crate::house::{House, entries, finish};
use crate::http::{PATIENCE, ask};
use crate::kills::all_there;
use crate::porch::{Porch, Sent};
use crate::postgres::Cluster;
use crate::strace::under;
use porchlight_store::testing::older;
use std::fs;
use std::time::{Duration, Instant};

#[test]
fn a_file_that_another_program_holds_is_waited_for_and_named() {
    let porch = Porch::on_sqlite();
    let server = porch.serve();
    let other = porch.house.database();
    let (by, who) = porch.writers().next().unwrap();
    let sent = Sent::next(by, who).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let answer = sent.send(server.at, who).unwrap();
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(
        answer.head.to_lowercase().contains("retry-after: ") && answer.body.contains("Nothing was changed")
    );
    other.execute_batch("ROLLBACK").unwrap();
    // Nobody has to start anything anew.
    assert_eq!(sent.send(server.at, who).unwrap().status, 303);
    server.end();
    all_there(&porch, &[sent]);
    drop(other);

    let other = porch.house.database();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE").unwrap();
    porch.house.run(&["serve"]).ended_with(1).says("another program holds").says("porchlight.sqlite");
    drop(other);
    porch.serve().end();
}

#[test]
fn one_file_has_one_server() {
    let porch = Porch::on_sqlite();
    let server = porch.serve();
    porch.house.run(&["serve"]).ended_with(1).says("another server works on").says("PostgreSQL");
    assert_eq!(server.get("/help-now", "").status, 200);
    // The file is free again however the server ends.
    server.kill();
    porch.serve().end();
}

#[test]
fn a_key_ring_that_lacks_the_key_is_refused_before_anybody_is_served() {
    let porch = Porch::on_sqlite();
    let ring = porch.house.at("keys/key-ring");
    let right = fs::read_to_string(&ring).unwrap();
    fs::remove_file(&ring).unwrap();
    porch.house.run(&["serve"]).ended_with(1).says("key-ring").says("porchlight init");
    porchlight_store::seal::KeyRing::generate().unwrap().write_new(&ring).unwrap();
    // The file of heads alone would not know: it may have been put away.
    fs::rename(porch.house.at("journal-heads"), porch.house.at("away")).unwrap();
    porch
        .house
        .run(&["serve"])
        .ended_with(1)
        .says("keys.file")
        .says("it lacks the key")
        .says("Put the right key ring there");
    // The right name, and another key.
    let (id, _) = right.lines().last().unwrap().split_once(' ').unwrap();
    fs::write(&ring, format!("{id} {}\n", "ab".repeat(32))).unwrap();
    porch.house.run(&["serve"]).ended_with(1).says("is another key");
    fs::write(&ring, right).unwrap();
    fs::rename(porch.house.at("away"), porch.house.at("journal-heads")).unwrap();
    porch.serve().end();
}

/// The program is killed in the middle of bringing an older database up to its schema, at one write after the other. What it
/// left is the older database, or the newer: it is brought up by the next start.
#[test]
fn a_migration_that_is_killed_is_begun_again() {
    for schema in [0, 6, 20] {
        let mut killed = 0;
        for write in [1, 2, 7, 20, 45, 90, 150, 250] {
            let house = House::new();
            let address = house.address().parse().unwrap();
            if schema > 0 {
                older(&address, schema).unwrap();
            }
            killed += usize::from(migrated_after_kill(&house, &["pwrite64", "fdatasync"], write));
            let found = schema_of(&house);
            let fresh = House::new();
            fresh.run(&["init"]).ended_with(0);
            assert_eq!(found, schema_of(&fresh), "from {schema}, killed at {write}");
        }
        assert!(killed >= 3, "from {schema}: killed only {killed} times");
    }
    // On PostgreSQL at one word to the server after the other.
    let Some(cluster) = Cluster::started() else { return };
    let mut killed = 0;
    for word in [3, 6, 9, 14, 20, 30, 45, 60] {
        let house = House::on(tempfile::tempdir().unwrap(), cluster.empty(&format!("killed_at_{word}")));
        older(&house.address().parse().unwrap(), 6).unwrap();
        killed += usize::from(migrated_after_kill(&house, &["sendto"], word));
    }
    assert!(killed >= 4, "killed only {killed} times");
}

/// Kills `init` at such a call, and lets it run again. Whether it was killed.
fn migrated_after_kill(house: &House, calls: &[&str], number: usize) -> bool {
    let calls = calls.join(",");
    let fault = format!("inject={calls}:signal=KILL:when={number}");
    let trace = format!("trace={calls}");
    let said = finish(&mut under(&["-e", &trace, "-e", &fault], &house.command(&["init"])));
    // The key ring is made before the database.
    let killed = said.code.is_none() || said.code == Some(128 + 9);
    house.run(&["init"]).ended_with(0);
    entries(house.verify());
    killed
}

/// Every table and index, and what was applied.
fn schema_of(house: &House) -> Vec<(String, String)> {
    let database = house.database();
    let mut schema = database
        .prepare("SELECT name, coalesce(sql, '') FROM sqlite_schema UNION ALL SELECT name, hex(checksum) FROM migration ORDER BY 1")
        .unwrap();
    let rows = schema.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// PostgreSQL goes away and comes back. Meanwhile everybody is told at once that nothing was changed and when to come again,
/// and what needs no database is there; afterwards the same server goes on by itself.
#[test]
fn a_postgres_that_goes_away_comes_back_by_itself() {
    let Some(mut porch) = Porch::on_postgres() else { return };
    let server = porch.serve();
    let mut done = Vec::new();
    for (by, who) in porch.writers() {
        let sent = Sent::next(by, who).unwrap();
        assert_eq!(sent.send(server.at, who).unwrap().status, 303);
        done.push(sent);
    }
    porch.cluster.as_mut().unwrap().crash();
    let mut waiting = Vec::new();
    for _ in 0..6 {
        for (by, who) in porch.writers() {
            let (sent, began) = (Sent::next(by, who).unwrap(), Instant::now());
            let answer = sent.send(server.at, who).unwrap();
            assert_eq!(answer.status, 503, "{}", answer.body);
            assert!(
                answer.head.to_lowercase().contains("retry-after: ")
                    && answer.body.contains("Nothing was changed")
            );
            assert!(began.elapsed() < Duration::from_secs(5), "nobody waits for what is not there");
            waiting.push(sent);
        }
        assert_eq!(server.get("/help-now", "").status, 200);
        // So that some of the calls that the server makes by itself fall into this time too.
        std::thread::sleep(Duration::from_millis(500));
    }
    // A server that is started meanwhile says what is missing.
    porch.house.run(&["serve"]).ended_with(1).says("store.address").says("can't be reached");
    porch.cluster.as_mut().unwrap().start(&[]);
    for sent in waiting {
        let began = Instant::now();
        loop {
            let answer = sent.send(server.at, &porch.people[sent.by]).unwrap();
            match answer.status {
                303 => break,
                503 => assert!(began.elapsed() < PATIENCE, "it does not come back"),
                other => panic!("{other}: {}", answer.body),
            }
        }
        done.push(sent);
    }
    assert_eq!(ask(server.at, "GET", "/account", &porch.looker().cookie, "").unwrap().status, 200);
    server.end();
    all_there(&porch, &done);
    entries(porch.house.verify_with_heads());
}
