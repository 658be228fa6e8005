//! Copies: everything comes back, on either database, and nothing of a damaged one.

use crate::db::Value;
use crate::dump::{self, Kind};
use crate::migrate::{self, MIGRATIONS};
use crate::testing::{self, Database, Gone, databases, noon, options};
use crate::tests::journal::entry;
use crate::{Address, Error, Store, journal};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Some entries of the journal, and a row in every other table: the same value of its kind in each column, so that
/// whatever points to another table finds its row.
fn live_in(store: &Store, from: usize) {
    store
        .blocking_write(move |tx| {
            for number in from..from + 12 {
                tx.journal(&entry(noon(), number))?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
}

fn fill(store: &Store) {
    live_in(store, 0);
    store
        .blocking_write(|tx| {
            for table in dump::tables(MIGRATIONS.len()) {
                if ["meta", "journal"].contains(&table.name.as_str()) {
                    continue;
                }
                let value = |kind: Kind| match kind {
                    Kind::Bool => Value::Bool(true),
                    Kind::Int => Value::Int(1),
                    Kind::Text => Value::Text("añejo".into()),
                    Kind::Bytes => Value::Bytes(vec![7; 32]),
                    Kind::Uuid => Value::Uuid(Uuid::from_u128(7)),
                    Kind::Time => Value::Time(noon()),
                };
                let values: Vec<Value> = table.columns.iter().map(|(_, kind)| value(*kind)).collect();
                tx.exec(table.insert(), &values)?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
}

fn copy(store: &Store) -> Vec<u8> {
    dump::write(store, noon(), Vec::new()).unwrap().0
}

/// Where nothing is yet, on each database there is.
fn empty_places() -> Vec<(&'static str, Address, Gone)> {
    let folder = tempfile::tempdir().unwrap();
    let address = Address::Sqlite(folder.path().join("porchlight.db"));
    let mut places = vec![("sqlite", address, Gone::Folder { _folder: folder })];
    if let Some((server, database)) = testing::empty_postgres() {
        let address = Address::Postgres(testing::on(&server, &database));
        places.push(("postgres", address, Gone::Postgres { server, database }));
    }
    places
}

/// The rows, each as its bytes, in no order.
fn rows(copy: &[u8]) -> BTreeSet<Vec<u8>> {
    let (mut found, mut at, mut table) = (BTreeSet::new(), 0, Vec::new());
    while at < copy.len() {
        let length = u32::from_le_bytes(copy[at..at + 4].try_into().unwrap()) as usize;
        let record = &copy[at + 4..at + 4 + length];
        match record[0] {
            1 => table = record.to_vec(),
            2 => {
                found.insert([table.as_slice(), record].concat());
            }
            _ => {}
        }
        at += 4 + length;
    }
    found
}

#[test]
fn every_table_and_column_is_in_it() {
    let database = Database::sqlite(options());
    let Address::Sqlite(path) = &database.address else { unreachable!() };
    let conn = rusqlite::Connection::open(path).unwrap();
    let list = |command: &str| -> BTreeSet<String> {
        let mut statement = conn.prepare(command).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let tables = dump::tables(crate::migrate::MIGRATIONS.len());
    let mut there = list("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    assert!(there.remove("migration"), "it is made anew");
    assert_eq!(tables.iter().map(|table| table.name.clone()).collect::<BTreeSet<_>>(), there);
    for table in tables {
        let columns = list(&format!("SELECT name FROM pragma_table_info('{}')", table.name));
        assert_eq!(
            table.columns.into_iter().map(|(name, _)| name).collect::<BTreeSet<_>>(),
            columns,
            "{}",
            table.name
        );
    }
}

/// From each database into each: the same rows, the same id, the same journal, and it can be written on.
#[test]
fn what_is_copied_comes_back_on_either_database() {
    for from in databases() {
        fill(&from.store);
        let whole = copy(&from.store);
        let contents = dump::check(&mut whole.as_slice()).unwrap();
        assert!(contents.rows as usize > MIGRATIONS.len() + 12, "{contents:?}");
        for (name, place, _gone) in empty_places() {
            let way = format!("{} to {name}", from.name());
            let found = dump::read(&place, &options(), &mut whole.as_slice()).unwrap();
            assert_eq!(found, contents, "{way}");
            let store = Store::open(&place, options()).unwrap();
            assert_eq!(store.database(), from.store.database(), "{way}");
            assert_eq!(rows(&copy(&store)), rows(&whole), "{way}");
            let verified = store.blocking_read(|tx| journal::verify(tx, None));
            assert_eq!(verified.map_err(|_| "not whole").unwrap().entries, 12, "{way}");
            live_in(&store, 12);
            drop(store);
            // A second time there is something to lose.
            let again = dump::read(&place, &options(), &mut whole.as_slice());
            assert!(matches!(again, Err(Error::Copy(_))), "{way}: {again:?}");
        }
    }
}

/// Others go on writing while it is made: it holds what stood when it began.
#[test]
fn it_is_one_moment_while_others_write() {
    let database = Database::sqlite(options());
    live_in(&database.store, 0);
    struct Slow(Store, Vec<u8>, usize);
    impl std::io::Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if self.2 < 5 {
                self.2 += 1;
                live_in(&self.0, 12 * self.2);
            }
            self.1.extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let (slow, contents) =
        dump::write(&database.store, noon(), Slow(database.store.clone(), Vec::new(), 0)).unwrap();
    assert_eq!(slow.2, 5, "others wrote meanwhile");
    assert_eq!(dump::check(&mut slow.1.as_slice()).unwrap(), contents);
    // The first entries, and the database's own id.
    assert!(contents.rows <= 12 + 2, "{contents:?}");
}

/// A copy made by an older program is brought up to date; one of a newer program is refused before anything is touched.
#[test]
fn older_copies_are_migrated_and_newer_ones_refused() {
    let folder = tempfile::tempdir().unwrap();
    let limit = options().statement_limit;
    let (mut old, _) =
        migrate::sqlite(&folder.path().join("old.db"), &MIGRATIONS[..9], noon(), limit).unwrap();
    let whole = RefCell::new(Vec::new());
    old.own(|tx| dump::all(tx, noon(), &mut *whole.borrow_mut())).unwrap();
    let mut whole = whole.into_inner();
    for (_, place, _gone) in empty_places() {
        let contents = dump::read(&place, &options(), &mut whole.as_slice()).unwrap();
        assert_eq!(contents.schema, 9);
        Store::open(&place, options()).unwrap();
    }
    // The head: its length, the record's kind, the format, the schema.
    assert_eq!(whole[4..7], [0, 1, 9]);
    whole[6] = 120;
    let place = Address::Sqlite(folder.path().join("new.db"));
    let refused = dump::read(&place, &options(), &mut whole.as_slice()).unwrap_err();
    assert!(refused.to_string().contains("newer program"), "{refused}");
    assert!(!folder.path().join("new.db").exists());
}

proptest! {
    /// Cut anywhere, or with any byte changed, nothing of it is kept.
    #[test]
    fn nothing_is_kept_of_a_damaged_copy(cut in any::<prop::sample::Index>(), flip in 1u8.., whole in any::<bool>()) {
        thread_local!(static COPY: Vec<u8> = {
            let database = Database::sqlite(options());
            live_in(&database.store, 0);
            copy(&database.store)
        });
        let mut damaged = COPY.with(Clone::clone);
        let at = cut.index(damaged.len());
        if whole { damaged[at] ^= flip } else { damaged.truncate(at) }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("porchlight.db");
        let done = dump::read(&Address::Sqlite(path), &options(), &mut damaged.as_slice());
        prop_assert!(done.is_err());
        prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "something was left");
    }
}
