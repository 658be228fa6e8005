//! Opening, reading, writing, statements, schemas.

use crate::db::{self, params, sql};
use crate::testing::{Database, each_database, noon, options};
use crate::{Error, Result, Store, Tx};
use uuid::Uuid;

/// Puts a fact into `meta`, the simplest table there is.
fn put(tx: &mut Tx<'_>, name: &str, value: &[u8]) -> Result<()> {
    tx.exec(sql!("INSERT INTO meta (name, value) VALUES ($1, $2)"), params![name, value])?;
    Ok(())
}

fn get(store: &Store, name: &'static str) -> Option<Vec<u8>> {
    store
        .blocking_read(move |tx| {
            tx.opt(sql!("SELECT value FROM meta WHERE name = $1"), params![name], |row| row.get("value"))
        })
        .unwrap()
}

#[test]
fn what_was_written_is_read_back_after_closing() {
    for database in crate::testing::databases() {
        database.store.blocking_write(|tx| put(tx, "a", b"one")).unwrap();
        assert_eq!(get(&database.store, "a"), Some(b"one".to_vec()));
        let id = database.store.database();
        let Database { address, .. } = &database;
        let again = Store::open(address, options()).unwrap();
        assert_eq!(get(&again, "a"), Some(b"one".to_vec()));
        assert_eq!(again.database(), id);
    }
}

#[test]
fn every_value_comes_back_as_it_went_in() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                let id = Uuid::from_u128(7);
                let at = noon().checked_add(jiff::SignedDuration::from_nanos(1_234_567)).unwrap();
                tx.exec(
                    sql!("INSERT INTO job (id, kind, payload, run_at, attempts, unique_key) VALUES ($1, $2, $3, $4, $5, $6)"),
                    params![id, "ñandú", b"\0\xff".as_slice(), at, i64::MAX, None::<String>],
                )?;
                tx.one(sql!("SELECT * FROM job WHERE id = $1"), params![id], |row| {
                    assert_eq!(row.get::<Uuid>("id")?, id);
                    assert_eq!(row.get::<String>("kind")?, "ñandú");
                    assert_eq!(row.get::<Vec<u8>>("payload")?, b"\0\xff");
                    assert_eq!(row.get::<jiff::Timestamp>("run_at")?, db::cut(at));
                    assert_eq!(row.get::<i64>("attempts")?, i64::MAX);
                    assert_eq!(row.get::<Option<String>>("unique_key")?, None);
                    assert!(matches!(row.get::<String>("unique_key"), Err(Error::Column { .. })));
                    assert!(matches!(row.get::<String>("no_such"), Err(Error::Column { .. })));
                    assert!(matches!(row.get::<bool>("kind"), Err(Error::Column { .. })));
                    Ok(())
                })
            })
            .unwrap();
    });
}

#[test]
fn parameters_out_of_order_are_bound_by_their_digit() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                tx.exec(
                    sql!("INSERT INTO meta (value, name) VALUES ($2, $1)"),
                    params!["n", b"v".as_slice()],
                )?;
                let changed = tx.exec(
                    sql!("UPDATE meta SET value = $3 WHERE value = $2 AND name = $1"),
                    params!["n", b"v".as_slice(), b"w".as_slice()],
                )?;
                assert_eq!(changed, 1);
                Ok::<_, Error>(())
            })
            .unwrap();
        assert_eq!(get(store, "n"), Some(b"w".to_vec()));
    });
}

#[test]
fn every_statement_prepares() {
    assert!(db::statements().count() > 20);
    each_database(|store| {
        store
            .blocking_write(|tx| {
                for (sql, at) in db::statements() {
                    tx.prepares(sql).unwrap_or_else(|error| panic!("{at}: {error}"));
                }
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
