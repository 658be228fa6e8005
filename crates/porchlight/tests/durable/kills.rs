//! The server is killed at any moment while people write and look. What it answered is there once, whole; what it did not
//! answer is there whole or not at all, and is there once after it was sent again.

use crate::house::entries;
use crate::http::{PATIENCE, ask};
use crate::porch::{Porch, Sent, Somebody, What};
use jiff::Timestamp;
use porchlight_app::{Clock, SystemClock};
use porchlight_practice::id::{AccountId, DocumentId};
use porchlight_store::command::{self, Before, Command};
use porchlight_store::journal::{self, Cursor, Outcome};
use porchlight_store::{Error, Store, Tx, contact, document};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// A server is killed after fewer answers than this, and then within so many milliseconds more.
const ANSWERS: u64 = 30;
const MORE: u64 = 150;
/// … or after this long, when it is slow.
const LIFE: Duration = Duration::from_secs(15);
/// A long run walks the whole journal only now and then: it grows.
const VERIFIED_EVERY: u64 = 25;

#[test]
fn what_was_answered_outlives_a_kill_on_sqlite() {
    killed_again_and_again(Porch::on_sqlite(), "SQLite");
}

/// Here the database's own server crashes too, every fifth time.
#[test]
fn what_was_answered_outlives_a_kill_on_postgres() {
    let Some(porch) = Porch::on_postgres() else { return };
    killed_again_and_again(porch, "PostgreSQL");
}

/// Numbers that only look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// What came of the forms of one round.
#[derive(Default)]
struct Round {
    answered: Mutex<Vec<Sent>>,
    unsure: Mutex<Vec<Sent>>,
    looks_asked: AtomicUsize,
    looks_answered: AtomicUsize,
}

impl Round {
    /// One writer, until the server is gone: first what was not answered before, then more.
    fn write(&self, at: std::net::SocketAddr, by: usize, who: &Somebody, mut again: Vec<Sent>) {
        loop {
            let sent = again.pop().or_else(|| Sent::next(by, who)).expect("a writer");
            let came = sent.send(at, who);
            match came.as_ref().map(|answer| answer.status) {
                Ok(303) => self.answered.lock().unwrap().push(sent),
                // Refused in words; it is sent again.
                Ok(503) => self.unsure.lock().unwrap().push(sent),
                Ok(status) => panic!("{sent:?} was answered with {status}: {}", came.unwrap().body),
                Err(_) => {
                    again.push(sent);
                    return self.unsure.lock().unwrap().append(&mut again);
                }
            }
        }
    }

    fn look(&self, at: std::net::SocketAddr, who: &Somebody) {
        loop {
            self.looks_asked.fetch_add(1, Ordering::SeqCst);
            let Ok(page) = ask(at, "GET", "/account", &who.cookie, "") else { return };
            assert!([200, 503].contains(&page.status), "{}", page.body);
            if page.status == 200 {
                self.looks_answered.fetch_add(1, Ordering::SeqCst);
            }
        }
    }
}

fn killed_again_and_again(mut porch: Porch, database: &str) {
    let number = |name, otherwise| crate::told(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let rounds = number("PORCHLIGHT_KILL_ROUNDS", 5);
    let seed = number("PORCHLIGHT_KILL_SEED", SystemClock.now().as_microsecond() as u64 | 1);
    println!("{database}: {rounds} rounds, PORCHLIGHT_KILL_SEED={seed}");
    let (mut chance, began) = (Chance(seed), Instant::now());
    let (mut all, mut unsure): (Vec<Sent>, Vec<Sent>) = (Vec::new(), Vec::new());
    let (mut looks, mut crashes, mut sent_again) = (0, 0, 0);
    let mut server = porch.serve();
    for round in 1..=rounds {
        let now = Round::default();
        let (at, since) = (server.at, SystemClock.now());
        let mut again: BTreeMap<usize, Vec<Sent>> = BTreeMap::new();
        sent_again += unsure.len();
        for sent in unsure.drain(..) {
            again.entry(sent.by).or_default().push(sent);
        }
        let (wanted, more) = (chance.below(ANSWERS) as usize, Duration::from_millis(chance.below(MORE)));
        let crash = porch.cluster.is_some() && round % 5 == 0;
        let mut cluster = porch.cluster.take();
        std::thread::scope(|scope| {
            for (by, who) in porch.writers() {
                let (again, now) = (again.remove(&by).unwrap_or_default(), &now);
                scope.spawn(move || now.write(at, by, who, again));
            }
            for _ in 0..2 {
                scope.spawn(|| now.look(at, porch.looker()));
            }
            let begun = Instant::now();
            while now.answered.lock().unwrap().len() < wanted && begun.elapsed() < LIFE {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(more);
            if crash {
                cluster.as_mut().unwrap().crash();
            }
            server.kill();
        });
        if crash {
            cluster.as_mut().unwrap().start(&[]);
            crashes += 1;
        }
        porch.cluster = cluster;
        let answered = now.answered.into_inner().unwrap();
        unsure = now.unsure.into_inner().unwrap();
        // The next server brings the files in order, as it would anywhere; it is looked at beside it.
        server = porch.serve();
        let store = porch.store();
        for (by, who) in porch.writers() {
            let of = |list: &[Sent]| list.iter().filter(|sent| sent.by == by).cloned().collect::<Vec<_>>();
            let (answered, unsure) = (of(&answered), of(&unsure));
            let newest = (answered.len() + unsure.len()) * 8 + 40;
            let journal = commands_of(&store, who.account, newest);
            answered.iter().for_each(|sent| {
                assert!(is_there(&store, &journal, sent), "{sent:?} was answered and is lost")
            });
            for sent in &unsure {
                // Either will do; half is a failure.
                is_there(&store, &journal, sent);
            }
        }
        let (asked, told) = (now.looks_asked.into_inner(), now.looks_answered.into_inner());
        let kept = looks_of(&store, porch.looker().account, since, asked + 40);
        assert!(
            (told..=asked).contains(&kept),
            "{told} of {asked} looks were answered, {kept} are on the journal"
        );
        drop(store);
        looks += told;
        all.extend(answered);
        if rounds <= VERIFIED_EVERY || round % VERIFIED_EVERY == 0 {
            entries(porch.house.verify_with_heads());
            eprintln!("{database}: {round} kills, {} forms answered", all.len());
        }
    }
    // What was never answered is sent until it is.
    for sent in unsure {
        until("a form is answered", || {
            let answer = sent.send(server.at, &porch.people[sent.by]).unwrap();
            assert!([303, 503].contains(&answer.status), "{}", answer.body);
            answer.status == 303
        });
        all.push(sent);
    }
    let log = server.end();
    assert!(!log.contains("ERROR"), "{log}");
    let count = entries(porch.house.verify_with_heads());
    let store = porch.store();
    let mut words: HashMap<DocumentId, usize> = HashMap::new();
    for (by, who) in porch.writers() {
        let journal = commands_of(&store, who.account, usize::MAX);
        for sent in all.iter().filter(|sent| sent.by == by) {
            assert!(is_there(&store, &journal, sent), "{sent:?} was answered and is lost");
            if let What::Words { paper, .. } = sent.what {
                *words.entry(paper).or_default() += 1;
            }
        }
    }
    for (paper, wanted) in words {
        let rows = read(&store, move |tx| Ok(document::answers(tx, paper)?.len()));
        assert_eq!(rows, wanted, "answers in {paper}: each form once");
    }
    println!(
        "{database}: {rounds} kills of the server, {crashes} crashes of the database, seed {seed}: {} forms and {looks} looks answered, \
         {sent_again} forms sent again; none lost, none doubled, none torn; {count} journal entries whole, in {} seconds",
        all.len(),
        began.elapsed().as_secs()
    );
    assert!(!all.is_empty() && looks > 0, "nothing was tried");
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "{what}: it did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn read<T: Send + 'static>(
    store: &Store,
    closure: impl Fn(&mut Tx<'_>) -> Result<T, Error> + Send + Sync + 'static,
) -> T {
    store.blocking_read(closure).unwrap()
}

/// How often each command stands on the journal, among the newest entries of an account.
fn commands_of(store: &Store, account: AccountId, newest: usize) -> HashMap<Uuid, usize> {
    let (mut found, mut from, mut seen) = (HashMap::new(), Cursor::NEWEST, 0);
    while seen < newest {
        let limit = (newest - seen).min(1000) as i64;
        let page = read(store, move |tx| journal::of_actor(tx, account.0, from, limit));
        let Some(last) = page.last() else { break };
        (from, seen) = (last.cursor(), seen + page.len());
        for command in
            page.iter().filter(|entry| entry.outcome == Outcome::Done).filter_map(|entry| entry.command)
        {
            *found.entry(command).or_default() += 1;
        }
    }
    found
}

fn looks_of(store: &Store, account: AccountId, since: Timestamp, newest: usize) -> usize {
    let page = read(store, move |tx| journal::of_actor(tx, account.0, Cursor::NEWEST, newest as i64));
    page.iter().filter(|entry| entry.at >= since && entry.action == "account.read").count()
}

/// Whether a form was done, all of it. Half of it is a failure: a command is kept with its entry and with what it changed, or
/// none of the three is.
pub fn is_there(store: &Store, journal: &HashMap<Uuid, usize>, sent: &Sent) -> bool {
    let kept = |id: Uuid| {
        let asked = Command { id, actor: None, action: String::new(), body_hash: [0; 32] };
        let kept = read(store, move |tx| Ok(command::find(tx, &asked)? != Before::New));
        let entries = journal.get(&id).copied().unwrap_or(0);
        assert_eq!(entries, usize::from(kept), "{sent:?}: command kept: {kept}, entries: {entries}");
        kept
    };
    match sent.what {
        What::Note { id, draft, sign } => {
            let row = read(store, move |tx| contact::get(tx, id));
            assert_eq!(kept(draft), row.is_some(), "{sent:?}: half a draft");
            let signed = row.is_some_and(|row| row.signed_at.is_some());
            assert_eq!(kept(sign), signed, "{sent:?}: half a signature");
            signed
        }
        What::Words { command, .. } => kept(command),
    }
}

/// Every form there, once and whole.
pub fn all_there(porch: &Porch, sent: &[Sent]) {
    let store = porch.store();
    for (by, who) in porch.writers() {
        let journal = commands_of(&store, who.account, usize::MAX);
        for sent in sent.iter().filter(|sent| sent.by == by) {
            assert!(is_there(&store, &journal, sent), "{sent:?} was answered and is lost");
        }
    }
}
