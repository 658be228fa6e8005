//! Jobs and commands.

use crate::command::{self, Before, Command};
use crate::job::{self, Job, NewJob};
use crate::testing::{Database, databases, each_database, noon, options};
use crate::{Error, Options, Tx};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Mutex;
use uuid::Uuid;

const LEASE: SignedDuration = SignedDuration::from_mins(5);

fn after(minutes: i64) -> Timestamp {
    noon() + SignedDuration::from_mins(minutes)
}

fn add(tx: &mut Tx<'_>, number: u128, run_at: Timestamp, key: Option<&str>) -> Result<bool, Error> {
    let job = NewJob { id: Uuid::from_u128(number), kind: "test", payload: b"p", run_at, unique_key: key };
    job::enqueue(tx, &job)
}

fn claim(tx: &mut Tx<'_>, now: Timestamp) -> Result<Option<Job>, Error> {
    job::claim(tx, now, "w", LEASE)
}

#[test]
fn jobs_come_when_they_are_due_and_in_that_order() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                add(tx, 1, after(10), None)?;
                add(tx, 2, after(5), None)?;
                assert_eq!(claim(tx, after(4))?, None);
                assert_eq!(job::next_at(tx)?, Some(after(5)));
                let second = claim(tx, after(10))?.unwrap();
                assert_eq!((second.id, second.attempts, second.run_at), (Uuid::from_u128(2), 1, after(5)));
                assert_eq!(second.payload, b"p");
                let first = claim(tx, after(10))?.unwrap();
                assert_eq!(first.id, Uuid::from_u128(1));
                assert_eq!(claim(tx, after(10))?, None);
                assert_eq!(job::next_at(tx)?, Some(after(15)), "when the leases end");
                job::finish(tx, &first, after(11))?;
                job::finish(tx, &second, after(11))?;
                assert_eq!(claim(tx, after(1000))?, None);
                assert_eq!(job::next_at(tx)?, None);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn one_key_is_one_job_even_when_it_is_done() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                assert!(add(tx, 1, noon(), Some("k"))?);
                assert!(!add(tx, 2, noon(), Some("k"))?);
                let job = claim(tx, noon())?.unwrap();
                job::finish(tx, &job, noon())?;
                assert!(!add(tx, 3, noon(), Some("k"))?);
                assert!(add(tx, 4, noon(), None)? && add(tx, 5, noon(), None)?);
                assert_eq!(job::clear(tx, after(1))?, 1);
                assert!(add(tx, 6, noon(), Some("k"))?);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn a_worker_that_slept_through_its_lease_may_not_finish() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                add(tx, 1, noon(), None)?;
                let slept = claim(tx, noon())?.unwrap();
                assert_eq!(claim(tx, after(4))?, None);
                let next = claim(tx, after(5))?.unwrap();
                assert_eq!(next.attempts, 2);
                assert!(matches!(job::finish(tx, &slept, after(6)), Err(Error::Stale)));
                assert!(matches!(job::fail(tx, &slept, after(6), "late"), Err(Error::Stale)));
                job::finish(tx, &next, after(6))?;
                assert!(matches!(job::finish(tx, &next, after(6)), Err(Error::Stale)));
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn a_failed_job_is_tried_again_later_and_never_given_up() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                add(tx, 1, noon(), None)?;
                let mut now = noon();
                for attempt in 1..=20 {
                    let job = claim(tx, now)?.unwrap();
                    assert_eq!(job.attempts, attempt);
                    job::fail(tx, &job, now, "the mail server did not answer")?;
                    let again = now + job::wait(attempt);
                    assert_eq!(claim(tx, again - SignedDuration::from_micros(1))?, None);
                    now = again;
                }
                let troubled = job::troubled(tx, 20, 10)?;
                assert_eq!(troubled.len(), 1);
                assert_eq!(troubled[0].why, "the mail server did not answer");
                assert!(job::troubled(tx, 21, 10)?.is_empty());
                Ok::<_, Error>(())
            })
            .unwrap();
    });
    let waits: Vec<i64> = (1..=12).map(|attempt| job::wait(attempt).as_secs()).collect();
    assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]);
    assert_eq!(job::wait(i64::MAX).as_secs(), 3600);
    assert_eq!(job::wait(i64::MIN).as_secs(), 10);
}

#[test]
fn each_job_is_claimed_exactly_once() {
    const JOBS: u128 = 40;
    let many = Options { writers: 4, ..options() };
    let mut all = vec![Database::sqlite(many.clone())];
    all.extend(Database::postgres(many));
    for database in all {
        let store = &database.store;
        store
            .blocking_write(|tx| {
                for number in 0..JOBS {
                    add(tx, number, noon(), None)?;
                }
                Ok::<_, Error>(())
            })
            .unwrap();
        let claimed: Mutex<BTreeMap<Uuid, usize>> = Mutex::default();
        std::thread::scope(|scope| {
            for worker in 0..4 {
                let claimed = &claimed;
                scope.spawn(move || {
                    loop {
                        let name = format!("w{worker}");
                        match store.blocking_write(move |tx| job::claim(tx, noon(), &name, LEASE)) {
                            Ok(Some(job)) => *claimed.lock().unwrap().entry(job.id).or_default() += 1,
                            Ok(None) => break,
                            Err(Error::Busy) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                });
            }
        });
        let claimed = claimed.into_inner().unwrap();
        assert_eq!(claimed.len() as u128, JOBS, "{}", database.name());
        assert!(claimed.values().all(|times| *times == 1), "{}", database.name());
    }
}

fn command(id: u128) -> Command {
    Command {
        id: Uuid::from_u128(id),
        actor: Some(Uuid::from_u128(1)),
        action: "contact.sign".into(),
        body_hash: [7; 32],
    }
}

#[test]
fn the_same_command_gets_the_same_answer_and_another_is_refused() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                assert_eq!(command::find(tx, &command(1))?, Before::New);
                command::put(tx, &command(1), b"answer", noon())?;
                assert_eq!(command::find(tx, &command(1))?, Before::Same(b"answer".to_vec()));
                for other in [
                    Command { actor: Some(Uuid::from_u128(2)), ..command(1) },
                    Command { actor: None, ..command(1) },
                    Command { action: "contact.draft".into(), ..command(1) },
                    Command { body_hash: [8; 32], ..command(1) },
                ] {
                    assert_eq!(command::find(tx, &other)?, Before::Other);
                }
                assert_eq!(command::find(tx, &command(2))?, Before::New);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn a_command_sent_many_times_at_once_is_done_once() {
    for database in databases() {
        let store = &database.store;
        let done = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for number in 0..6u128 {
                let done = &done;
                scope.spawn(move || {
                    let answer = loop {
                        let answer = store.blocking_write(move |tx| match command::find(tx, &command(9))? {
                            Before::New => {
                                add(tx, 100 + number, noon(), None)?;
                                command::put(tx, &command(9), &[number as u8], noon())?;
                                Ok(vec![number as u8])
                            }
                            Before::Same(answer) => Ok(answer),
                            Before::Other => Err(Error::NotFound),
                        });
                        match answer {
                            Err(Error::Busy) => {}
                            answer => break answer.unwrap(),
                        }
                    };
                    done.lock().unwrap().push(answer);
                });
            }
        });
        let done = done.into_inner().unwrap();
        assert!(done.iter().all(|answer| *answer == done[0]), "{}: {done:?}", database.name());
        let jobs = store
            .blocking_write(|tx| {
                let mut jobs = 0;
                while claim(tx, noon())?.is_some() {
                    jobs += 1;
                }
                Ok::<_, Error>(jobs)
            })
            .unwrap();
        assert_eq!(jobs, 1, "{}", database.name());
    }
}
