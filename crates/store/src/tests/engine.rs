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

#[test]
fn a_value_too_many_or_too_few_or_of_another_type_is_refused() {
    each_database(|store| {
        let try_it = |params: Vec<db::Value>| {
            store.blocking_write(move |tx| {
                tx.exec(sql!("INSERT INTO meta (name, value) VALUES ($1, $2)"), &params)
            })
        };
        assert!(try_it(params!["a"].to_vec()).is_err());
        assert!(try_it(params!["a", vec![1u8], 3i64].to_vec()).is_err());
        assert!(try_it(params!["a", 3i64].to_vec()).is_err());
        assert!(try_it(params!["a", "text"].to_vec()).is_err());
        assert!(try_it(params!["a", None::<i64>].to_vec()).is_err());
        let zero = try_it(params!["a\0b", vec![1u8]].to_vec());
        assert!(matches!(zero, Err(Error::Constraint { .. })), "{zero:?}");
        assert_eq!(try_it(params!["a", vec![1u8]].to_vec()).unwrap(), 1);
    });
}

#[test]
fn messages_hold_no_values() {
    each_database(|store| {
        let secret = "Maria's secret";
        let twice = store.blocking_write(move |tx| {
            put(tx, secret, b"x")?;
            put(tx, secret, b"x")
        });
        let wrong = store.blocking_write(move |tx| {
            tx.exec(sql!("INSERT INTO meta (name, value) VALUES ($1, $2)"), params![secret, secret])
        });
        for error in [twice.unwrap_err(), wrong.unwrap_err()] {
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("Maria"), "{shown}");
        }
        assert!(!format!("{:?}", params![secret, 5i64]).contains("Maria"));
    });
}

#[test]
fn what_a_closure_says_about_a_row_does_not_spoil_the_transaction() {
    each_database(|store| {
        let done = store.blocking_write(|tx| {
            put(tx, "a", b"1")?;
            let own = tx.one(sql!("SELECT value FROM meta WHERE name = $1"), params!["a"], |row| {
                row.get::<i64>("value")
            });
            assert!(matches!(own, Err(Error::Column { .. })));
            let none = tx.one(sql!("SELECT value FROM meta WHERE name = $1"), params!["b"], |_| Ok(()));
            assert!(matches!(none, Err(Error::NotFound)));
            put(tx, "b", b"2")
        });
        done.unwrap();
        assert_eq!(get(store, "b"), Some(b"2".to_vec()));
    });
}

#[test]
fn a_changing_statement_runs_to_its_end_even_when_one_row_is_read() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                for name in ["a", "b", "c"] {
                    put(tx, name, b"1")?;
                }
                tx.opt(
                    sql!("UPDATE meta SET value = $1 WHERE name <> 'database' RETURNING name"),
                    params![b"2".as_slice()],
                    |row| row.get::<String>("name"),
                )
            })
            .unwrap();
        for name in ["a", "b", "c"] {
            assert_eq!(get(store, name), Some(b"2".to_vec()));
        }
    });
}

#[test]
fn no_statement_changes_or_removes_the_journal() {
    for (sql, at) in db::statements() {
        let text = sql.text().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        for forbidden in ["update journal", "delete from journal", "drop table journal", "truncate"] {
            assert!(!text.contains(forbidden), "{at}");
        }
    }
}
