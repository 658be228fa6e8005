//! The journal: it can't be altered without `verify` noticing.

use crate::journal::{self, BadEntry, Cursor, Entry, Fault, HeadsFile, Mark, Outcome, SignedHeads};
use crate::seal::KeyRing;
use crate::testing::{Database, databases, each_database, noon, options};
use crate::{Address, Error, Options, Store, Tx};
use jiff::SignedDuration;
use proptest::prelude::*;
use std::path::Path;
use uuid::Uuid;

const PERSON: Uuid = Uuid::from_u128(0xaaaa);
const ACTOR: Uuid = Uuid::from_u128(0xbbbb);

pub(crate) fn entry(at: jiff::Timestamp, number: usize) -> Entry<'static> {
    Entry {
        at: at + SignedDuration::from_secs(number as i64),
        actor: (number % 3 != 2).then_some(ACTOR),
        actor_role: "peer_specialist",
        action: "contact.open",
        outcome: Outcome::ALL[number % 4],
        about_kind: "contact",
        about: Some(Uuid::from_u128(number as u128)),
        person: (number % 5 != 4).then_some(PERSON),
        programme: Some(Uuid::from_u128(3)),
        part: "note",
        purpose: "walking together",
        policy: "contact.read.own",
        command: None,
        detail: b"sealed",
    }
}

fn write(store: &Store, numbers: std::ops::Range<usize>) {
    store
        .blocking_write(move |tx| {
            for number in numbers.clone() {
                tx.journal(&entry(noon(), number))?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
}

fn check(store: &Store, heads: Option<SignedHeads>) -> Result<journal::Report, BadEntry> {
    match store.blocking_read(move |tx| journal::verify(tx, heads.as_ref())) {
        Ok(report) => Ok(report),
        Err(Fault::Entry(bad)) => Err(bad),
        Err(Fault::Store(error)) => panic!("{error}"),
    }
}

/// Tampers with the journal as somebody with the database in their hands would.
fn tamper(database: &Database, text: &str) {
    match &database.address {
        Address::Sqlite(path) => {
            let conn = rusqlite::Connection::open(path).unwrap();
            conn.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
            conn.execute_batch(text).unwrap();
        }
        Address::Postgres(url) => {
            postgres::Client::connect(url, postgres::NoTls).unwrap().batch_execute(text).unwrap();
        }
    }
}

#[test]
fn what_was_written_is_found_whole_and_read_back() {
    each_database(|store| {
        assert_eq!(check(store, None).unwrap().entries, 0);
        write(store, 0..12);
        let report = check(store, None).unwrap();
        assert_eq!(report.entries, 12);
        let mark = Mark { strand: report.heads[0].strand, seq: 8 };
        let found = store.blocking_read(move |tx| journal::entry(tx, mark)).unwrap();
        let asked = entry(noon(), 7);
        assert_eq!(found.mark, mark);
        assert_eq!(found.mark.to_string().parse::<Mark>().unwrap(), mark);
        assert_eq!((found.at, found.actor, found.outcome), (asked.at, asked.actor, asked.outcome));
        assert_eq!(
            (found.about, found.person, found.programme),
            (asked.about, asked.person, asked.programme)
        );
        assert_eq!(
            [&found.actor_role, &found.action, &found.about_kind, &found.part, &found.purpose, &found.policy],
            [asked.actor_role, asked.action, asked.about_kind, asked.part, asked.purpose, asked.policy]
        );
        assert_eq!((found.command, &found.detail[..]), (None, asked.detail));
        let none = store.blocking_read(|tx| journal::entry(tx, Mark { strand: 99, seq: 1 }));
        assert!(matches!(none, Err(Error::NotFound)));
    });
}

#[test]
fn what_was_undone_leaves_no_gap() {
    each_database(|store| {
        write(store, 0..2);
        let refused = store.blocking_write(|tx| {
            tx.journal(&entry(noon(), 2))?;
            tx.journal(&entry(noon(), 3))?;
            Err::<(), _>(Error::Stale)
        });
        assert!(matches!(refused, Err(Error::Stale)));
        let panicked = store.blocking_write(|tx| -> Result<(), Error> {
            tx.journal(&entry(noon(), 2))?;
            panic!("a fault made on purpose")
        });
        assert!(matches!(panicked, Err(Error::Panicked)));
        write(store, 2..5);
        assert_eq!(check(store, None).unwrap().entries, 5);
        let read = store.blocking_read(|tx| tx.journal(&entry(noon(), 9)));
        assert!(matches!(read, Err(Error::ReadOnly)));
    });
}

#[test]
fn writers_beside_each_other_each_keep_a_whole_strand() {
    let many = Options { writers: 4, ..options() };
    let mut all = vec![Database::sqlite(many.clone())];
    all.extend(Database::postgres(many));
    for database in all {
        let store = &database.store;
        std::thread::scope(|scope| {
            for writer in 0..8 {
                scope.spawn(move || {
                    for number in 0..10 {
                        write(store, number..number + 1 + writer % 2);
                    }
                });
            }
        });
        let report = check(store, None).unwrap();
        assert_eq!(report.entries, 120, "{}", database.name());
        if database.name() == "postgres" {
            // Strands are taken again, not made anew, by the next start.
            let strands = report.heads.len();
            let Database { address, .. } = &database;
            let again = Store::open(address, Options { writers: 1, ..options() }).unwrap();
            write(&again, 0..3);
            let report = check(&again, None).unwrap();
            assert!(report.heads.len() <= strands + 1);
            assert_eq!(report.entries, 123);
        }
    }
}

#[test]
fn looks_and_pages_come_newest_first_without_gaps() {
    each_database(|store| {
        write(store, 0..40);
        store
            .blocking_read(|tx| {
                let all = journal::recent(tx, Cursor::NEWEST, 100)?;
                assert_eq!(all.len(), 40);
                assert!(all.windows(2).all(|pair| pair[0].at > pair[1].at));
                let (mut paged, mut from) = (Vec::new(), Cursor::NEWEST);
                loop {
                    let page = journal::recent(tx, from, 7)?;
                    let Some(last) = page.last() else { break };
                    from = last.cursor();
                    paged.extend(page);
                }
                assert_eq!(paged, all);
                let looks = journal::looks_of(tx, PERSON, Cursor::NEWEST, 100)?;
                assert!(!looks.is_empty());
                assert!(
                    looks.iter().all(|look| look.outcome == Outcome::Looked && look.person == Some(PERSON))
                );
                let wanted =
                    all.iter().filter(|one| one.outcome == Outcome::Looked && one.person == Some(PERSON));
                assert_eq!(looks.len(), wanted.count());
                let person = journal::of_person(tx, PERSON, Cursor::NEWEST, 100)?;
                assert_eq!(person.len(), all.iter().filter(|one| one.person == Some(PERSON)).count());
                let actor = journal::of_actor(tx, ACTOR, Cursor::NEWEST, 100)?;
                assert_eq!(actor.len(), all.iter().filter(|one| one.actor == Some(ACTOR)).count());
                assert!(journal::looks_of(tx, Uuid::from_u128(1), Cursor::NEWEST, 9)?.is_empty());
                let programme = all[0].programme.unwrap();
                assert_eq!(journal::of_programme(tx, programme, Cursor::NEWEST, 100)?, all);
                let after: Cursor = all[4].cursor().to_string().parse()?;
                assert_eq!(journal::of_programme(tx, programme, after, 3)?, all[5..8]);
                assert!(journal::of_programme(tx, PERSON, Cursor::NEWEST, 9)?.is_empty());
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn a_place_in_an_address_reads_back_or_is_nowhere() {
    for text in ["", "1", "1.2", "x.1.2", "1.x.2", "1.2.x", "99999999999999999999.1.2"] {
        assert!(matches!(text.parse::<Cursor>(), Err(Error::NotFound)), "{text}");
    }
}

// ------------------------------------------------------------------------------------------------------- Tampering

/// A journal of ten entries on one strand, its signed heads of entries 4 and 10, and a store on it.
struct Signed {
    database: Database,
    strand: i64,
    ring: KeyRing,
    heads: String,
}

fn signed(database: Database) -> Signed {
    let ring = KeyRing::generate().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heads");
    let mut file = HeadsFile::open(&path, &ring, database.store.database()).unwrap();
    write(&database.store, 0..4);
    let heads = database.store.blocking_read(journal::heads).unwrap();
    assert!(file.append(noon(), &heads).unwrap());
    assert!(!file.append(noon(), &heads).unwrap(), "nothing moved");
    write(&database.store, 4..10);
    let heads = database.store.blocking_read(journal::heads).unwrap();
    assert!(file.append(noon(), &heads).unwrap());
    let text = std::fs::read_to_string(&path).unwrap();
    let strand = heads.heads[0].strand;
    Signed { database, strand, ring, heads: text }
}

impl Signed {
    fn proven(&self) -> SignedHeads {
        SignedHeads::parse(&self.heads, &self.ring).unwrap()
    }
    /// Checks with and without heads.
    fn both(&self) -> [Result<journal::Report, BadEntry>; 2] {
        [check(&self.database.store, None), check(&self.database.store, Some(self.proven()))]
    }
}

/// One database with one writer of each kind, signed.
fn each_signed(test: impl Fn(&Signed)) {
    let one = Options { writers: 1, ..options() };
    let mut all = vec![Database::sqlite(one.clone())];
    all.extend(Database::postgres(one));
    for database in all {
        test(&signed(database));
    }
}

#[test]
fn an_untouched_journal_agrees_with_its_signed_heads() {
    each_signed(|signed| {
        let [plain, with] = signed.both();
        assert_eq!(plain.unwrap().entries, 10);
        assert_eq!(with.unwrap().signed, 2);
        write(&signed.database.store, 10..15);
        assert!(signed.both().iter().all(Result::is_ok), "what came after the last signing is no fault");
    });
}

#[test]
fn each_kind_of_tampering_is_found_and_named() {
    let cases: &[(&str, i64)] = &[
        ("UPDATE journal SET action = 'other' WHERE seq = 3", 3),
        ("UPDATE journal SET actor = NULL WHERE seq = 5", 5),
        ("UPDATE journal SET part = '' WHERE seq = 10", 10),
        ("UPDATE journal SET hash = bytes WHERE seq = 6", 6),
        ("UPDATE journal SET bytes = hash WHERE seq = 10", 10),
        ("DELETE FROM journal WHERE seq = 1", 1),
        ("DELETE FROM journal WHERE seq = 7", 7),
        ("DELETE FROM journal WHERE seq BETWEEN 3 AND 5", 3),
        ("UPDATE journal SET seq = 100 WHERE seq = 2", 2),
        // Two entries change places.
        (
            "UPDATE journal SET seq = 99 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5;
             UPDATE journal SET seq = 5 WHERE seq = 99",
            4,
        ),
    ];
    for (text, first) in cases {
        each_signed(|signed| {
            tamper(&signed.database, text);
            for found in signed.both() {
                let bad = found.expect_err(text);
                assert_eq!((bad.strand, bad.seq), (signed.strand, *first), "{text}: {bad}");
            }
        });
    }
}

#[test]
fn a_cut_tail_is_found_with_the_signed_heads() {
    each_signed(|signed| {
        tamper(&signed.database, "DELETE FROM journal WHERE seq > 8");
        let [plain, with] = signed.both();
        assert_eq!(plain.unwrap().entries, 8, "the chain alone can't tell");
        assert_eq!(with.unwrap_err().seq, 9);
        tamper(&signed.database, "DELETE FROM journal");
        let [plain, with] = signed.both();
        assert_eq!(plain.unwrap().entries, 0);
        assert_eq!(with.unwrap_err().seq, 1);
    });
}

#[test]
fn a_chain_hashed_anew_is_found_with_the_signed_heads() {
    each_signed(|signed| {
        // The whole journal is cut back and written again with one entry left out: every hash fits.
        tamper(&signed.database, "DELETE FROM journal WHERE seq > 4");
        let Database { address, .. } = &signed.database;
        let forger = Store::open(address, Options { writers: 1, ..options() }).unwrap();
        let strand = signed.strand;
        forger
            .blocking_write(move |tx| {
                journal::put_on(tx, strand);
                for number in [5, 6, 7, 8, 9, 4] {
                    tx.journal(&entry(noon(), number))?;
                }
                Ok::<_, Error>(())
            })
            .unwrap();
        let [plain, with] = signed.both();
        assert_eq!(plain.unwrap().entries, 10, "the chain alone can't tell");
        let bad = with.unwrap_err();
        assert_eq!(bad.seq, 5, "{bad}");
    });
}

#[test]
fn another_databases_chain_does_not_fit() {
    let [left, right] = [Database::sqlite(options()), Database::sqlite(options())];
    write(&left.store, 0..3);
    let Address::Sqlite(path) = &left.address else { unreachable!() };
    tamper(
        &right,
        &format!("ATTACH '{}' AS theirs; INSERT INTO journal SELECT * FROM theirs.journal", path.display()),
    );
    assert_eq!(check(&right.store, None).unwrap_err().seq, 1);
}

#[test]
fn another_databases_heads_are_refused() {
    let ours = signed(Database::sqlite(options()));
    let theirs = Database::sqlite(options());
    let heads = ours.proven();
    let found = theirs.store.blocking_read(move |tx| journal::verify(tx, Some(&heads)));
    assert!(matches!(found, Err(Fault::Store(Error::Heads(_)))));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heads");
    std::fs::write(&path, &ours.heads).unwrap();
    assert!(matches!(HeadsFile::open(&path, &ours.ring, theirs.store.database()), Err(Error::Heads(_))));
    assert!(HeadsFile::open(&path, &ours.ring, ours.database.store.database()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any one byte, in any column of any entry, changed in any way.
    #[test]
    fn any_changed_byte_is_found(seq in 1i64..=10, column in 0usize..10, at in any::<prop::sample::Index>(), flip in 1u8..=255) {
        let column = ["at", "actor", "person", "programme", "outcome", "action", "part", "purpose", "bytes", "hash"][column];
        let signed = signed(Database::sqlite(Options { readers: 1, ..options() }));
        let Address::Sqlite(path) = &signed.database.address else { unreachable!() };
        let conn = rusqlite::Connection::open(path).unwrap();
        use rusqlite::types::Value;
        let before: Value = conn
            .query_row(&format!("SELECT {column} FROM journal WHERE seq = ?1"), [seq], |row| row.get(0))
            .unwrap();
        let change = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            bytes
        };
        let after = match before {
            Value::Null => Value::Blob(vec![flip; 16]),
            Value::Integer(number) => Value::Integer(number ^ i64::from(flip)),
            Value::Text(text) => Value::Text(String::from_utf8_lossy(&change(text.as_bytes())).into()),
            Value::Blob(bytes) => Value::Blob(change(&bytes)),
            Value::Real(_) => unreachable!(),
        };
        conn.execute(&format!("UPDATE journal SET {column} = ?2 WHERE seq = ?1"), rusqlite::params![seq, after]).unwrap();
        for found in signed.both() {
            prop_assert_eq!(found.unwrap_err().seq, seq);
        }
    }

    /// Any entries removed, any two exchanged, anything cut off the end.
    #[test]
    fn any_removal_and_reordering_is_found(gone in prop::collection::btree_set(1i64..=10, 0..4), swap in (1i64..=10, 1i64..=10), cut in 0i64..10) {
        let signed = signed(Database::sqlite(Options { readers: 1, ..options() }));
        let (left, right) = swap;
        let mut text = String::new();
        for seq in &gone {
            text += &format!("DELETE FROM journal WHERE seq = {seq};");
        }
        if left != right {
            text += &format!(
                "UPDATE journal SET seq = 99 WHERE seq = {left}; UPDATE journal SET seq = {left} WHERE seq = {right};
                 UPDATE journal SET seq = {right} WHERE seq = 99;"
            );
        }
        text += &format!("DELETE FROM journal WHERE seq > {};", 10 - cut);
        tamper(&signed.database, &text);
        let [_, with] = signed.both();
        // What is left at each place afterwards.
        let mut places: Vec<Option<i64>> = (1..=10).map(|seq| (!gone.contains(&seq)).then_some(seq)).collect();
        places.swap(left as usize - 1, right as usize - 1);
        places.truncate((10 - cut) as usize);
        let first = (1..=10).find(|seq| places.get(*seq as usize - 1).copied().flatten() != Some(*seq));
        match first {
            None => prop_assert!(with.is_ok()),
            Some(first) => prop_assert_eq!(with.unwrap_err().seq, first),
        }
    }

    /// Any one letter of the heads file.
    #[test]
    fn a_changed_heads_file_is_found(at in any::<prop::sample::Index>(), with in "[ -~]") {
        let signed = SIGNED.with(Clone::clone);
        let mut text = signed.0.clone();
        let at = at.index(text.len());
        prop_assume!(text[at..=at] != with && &text[at..=at] != "\n");
        text.replace_range(at..=at, &with);
        let read = SignedHeads::parse(&text, &signed.1);
        // A line made unreadable counts as torn, unless another follows that names it.
        let untouched = SignedHeads::parse(&signed.0, &signed.1).unwrap();
        match read {
            Err(_) => {}
            Ok(heads) => {
                prop_assert_eq!(heads.torn, 1);
                prop_assert!(heads.heads.len() < untouched.heads.len());
                prop_assert!(at > signed.0.find('\n').unwrap(), "only the last line may be lost");
            }
        }
    }
}

thread_local! {
    static SIGNED: (String, KeyRing) = {
        let signed = signed(Database::sqlite(options()));
        (signed.heads.clone(), signed.ring.clone())
    };
}

#[test]
fn a_line_taken_out_of_the_heads_file_is_found() {
    let signed = signed(Database::sqlite(options()));
    let second = signed.heads.lines().nth(1).unwrap();
    assert!(SignedHeads::parse(second, &signed.ring).is_err());
    let swapped: Vec<&str> = signed.heads.lines().rev().collect();
    assert!(SignedHeads::parse(&swapped.join("\n"), &signed.ring).is_err());
    let other = KeyRing::generate().unwrap();
    assert!(matches!(SignedHeads::parse(&signed.heads, &other), Err(Error::Heads(_))));
    assert!(SignedHeads::parse("", &signed.ring).unwrap().heads.is_empty());
}

#[test]
fn half_a_line_left_by_a_crash_does_no_harm() {
    let signed = signed(Database::sqlite(options()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heads");
    let half = &signed.heads.lines().nth(1).unwrap()[..100];
    std::fs::write(&path, format!("{}{half}", signed.heads)).unwrap();
    let mut file = HeadsFile::open(&path, &signed.ring, signed.database.store.database()).unwrap();
    write(&signed.database.store, 10..12);
    let heads = signed.database.store.blocking_read(journal::heads).unwrap();
    assert!(file.append(noon(), &heads).unwrap());
    let read = SignedHeads::read(&path, &signed.ring).unwrap();
    assert_eq!((read.torn, read.heads.len()), (1, 3));
    assert_eq!(check(&signed.database.store, Some(read)).unwrap().signed, 3);
}

/// A flush that failed leaves the line in the file, half of it, or nothing. Whatever it is, the next line follows what stands
/// there, and nothing looks as if somebody had taken a line out.
#[test]
fn a_line_that_the_disk_would_not_confirm_does_no_harm() {
    let signed = signed(Database::sqlite(options()));
    let store = &signed.database.store;
    write(store, 10..12);
    let then = store.blocking_read(journal::heads).unwrap();
    let whole = {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heads");
        std::fs::write(&path, &signed.heads).unwrap();
        HeadsFile::open(&path, &signed.ring, store.database()).unwrap().append(noon(), &then).unwrap();
        std::fs::read_to_string(&path).unwrap()
    };
    let line = whole.lines().last().unwrap();
    write(store, 12..14);
    let now = store.blocking_read(journal::heads).unwrap();
    for kept in [whole.len(), whole.len() - 1, whole.len() - 40, signed.heads.len()] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heads");
        std::fs::write(&path, &signed.heads).unwrap();
        let mut file = HeadsFile::open(&path, &signed.ring, store.database()).unwrap();
        std::fs::write(&path, &whole[..kept]).unwrap();
        file.was_not_told(line, &then, signed.heads.len() as u64);
        assert!(file.append(noon(), &now).unwrap());
        let read = SignedHeads::read(&path, &signed.ring).unwrap();
        let stands = usize::from(kept + 1 >= whole.len());
        assert_eq!(read.heads.len(), 3 + stands, "{kept} of {} bytes", whole.len());
        check(store, Some(read)).unwrap();
        HeadsFile::open(&path, &signed.ring, store.database()).unwrap();
    }
}

#[test]
fn a_journal_that_became_shorter_is_not_signed_over() {
    let signed = signed(Database::sqlite(options()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heads");
    std::fs::write(&path, &signed.heads).unwrap();
    let mut file = HeadsFile::open(&path, &signed.ring, signed.database.store.database()).unwrap();
    for cut in ["seq > 8", "seq > 0"] {
        tamper(&signed.database, &format!("DELETE FROM journal WHERE {cut}"));
        let heads = signed.database.store.blocking_read(journal::heads).unwrap();
        let error = file.append(noon(), &heads).unwrap_err();
        assert!(error.to_string().contains("shorter"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), signed.heads);
    }
}

#[test]
fn a_turned_key_ring_still_proves_old_heads() {
    let mut signed = signed(Database::sqlite(options()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heads");
    std::fs::write(&path, &signed.heads).unwrap();
    signed.ring.turn().unwrap();
    let mut file = HeadsFile::open(&path, &signed.ring, signed.database.store.database()).unwrap();
    write(&signed.database.store, 10..11);
    let heads = signed.database.store.blocking_read(journal::heads).unwrap();
    file.append(noon(), &heads).unwrap();
    let read = SignedHeads::read(&path, &signed.ring).unwrap();
    assert_eq!(check(&signed.database.store, Some(read)).unwrap().signed, 3);
}

#[test]
fn a_heads_file_that_is_not_there_is_named() {
    let ring = KeyRing::generate().unwrap();
    let missing = SignedHeads::read(Path::new("/no/such/heads"), &ring).unwrap_err();
    assert!(missing.to_string().contains("/no/such/heads"), "{missing}");
}

#[test]
fn long_and_odd_words_are_kept_as_they_are() {
    for database in databases() {
        let odd = "a|b\u{0}\u{7f}ñ".replace('\0', "~") + &"x".repeat(70_000);
        let text = odd.clone();
        database
            .store
            .blocking_write(move |tx: &mut Tx<'_>| {
                tx.journal(&Entry { policy: &text, detail: b"\0\xff\0", ..entry(noon(), 1) })
            })
            .unwrap();
        let found = database.store.blocking_read(|tx| journal::recent(tx, Cursor::NEWEST, 1)).unwrap();
        assert_eq!((found[0].policy.as_str(), &found[0].detail[..]), (odd.as_str(), &b"\0\xff\0"[..]));
        assert!(check(&database.store, None).is_ok());
    }
}
