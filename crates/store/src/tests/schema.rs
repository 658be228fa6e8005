//! Migrations, and what is refused at the door.

use crate::server::Server;
use crate::testing::{self, Database, databases, noon, options};
use crate::{Address, Error, Store, migrate};
use std::collections::BTreeMap;
use std::path::Path;

/// What a table looks like, in words that both databases can give.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// Name, SQLite type, may be empty.
    columns: Vec<(String, String, bool)>,
    primary_key: Vec<String>,
    /// Columns, is unique, is partial. Without names: SQLite makes up its own for `UNIQUE`.
    indexes: Vec<(Vec<String>, bool, bool)>,
    /// Columns, table, columns there, on delete.
    foreign_keys: Vec<(Vec<String>, String, Vec<String>, String)>,
}

fn sqlite_schema(path: &Path) -> BTreeMap<String, Table> {
    let conn = rusqlite::Connection::open(path).unwrap();
    let list = |command: &str| -> Vec<Vec<String>> {
        let mut statement = conn.prepare(command).unwrap();
        let count = statement.column_count();
        let rows = statement
            .query_map([], |row| {
                (0..count)
                    .map(|at| {
                        Ok(match row.get_ref(at)? {
                            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
                            _ => String::new(),
                        })
                    })
                    .collect()
            })
            .unwrap();
        rows.map(Result::unwrap).collect()
    };
    let mut tables = BTreeMap::new();
    for name in list("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'") {
        let (name, strict) = (name[0].clone(), name[1].clone());
        if name.starts_with("sqlite_") {
            continue;
        }
        assert_eq!(strict, "1", "{name} must be {{strict}}");
        let mut table = Table::default();
        let mut key: BTreeMap<i64, String> = BTreeMap::new();
        for column in list(&format!("SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')")) {
            table.columns.push((column[0].clone(), column[1].clone(), column[2] == "0"));
            if column[3] != "0" {
                key.insert(column[3].parse().unwrap(), column[0].clone());
            }
        }
        table.primary_key = key.into_values().collect();
        for index in list(&format!(
            "SELECT name, \"unique\", partial FROM pragma_index_list('{name}') WHERE origin <> 'pk'"
        )) {
            let columns = list(&format!("SELECT name FROM pragma_index_info('{}') ORDER BY seqno", index[0]));
            let columns = columns.into_iter().map(|column| column[0].clone()).collect();
            table.indexes.push((columns, index[1] == "1", index[2] == "1"));
        }
        table.indexes.sort();
        let mut keys: BTreeMap<String, (Vec<String>, String, Vec<String>, String)> = BTreeMap::new();
        for part in list(&format!(
            "SELECT id, \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list('{name}') ORDER BY id, seq"
        )) {
            let key = keys.entry(part[0].clone()).or_default();
            key.0.push(part[1].clone());
            key.1 = part[2].clone();
            key.2.push(part[3].clone());
            key.3 = part[4].clone();
        }
        table.foreign_keys = keys.into_values().collect();
        table.foreign_keys.sort();
        tables.insert(name, table);
    }
    tables
}

fn postgres_schema(url: &str) -> BTreeMap<String, Table> {
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in client
        .query(
            "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
             FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
            &[],
        )
        .unwrap()
    {
        let kind = match row.get::<_, String>(2).as_str() {
            "uuid" | "bytea" => "BLOB",
            "bigint" | "boolean" | "timestamp with time zone" => "INTEGER",
            "text" => "TEXT",
            other => panic!("{other} is none of the types that both databases have"),
        };
        tables.entry(row.get(0)).or_default().columns.push((row.get(1), kind.into(), row.get(3)));
    }
    for row in client
        .query(
            "SELECT t.relname::text,
                    ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnkeyatts) k),
                    i.indisunique, i.indisprimary, i.indpred IS NOT NULL
             FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
             JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public'",
            &[],
        )
        .unwrap()
    {
        let table = tables.entry(row.get(0)).or_default();
        if row.get(3) {
            table.primary_key = row.get(1);
        } else {
            table.indexes.push((row.get(1), row.get(2), row.get(4)));
        }
    }
    for row in client
        .query(
            "SELECT t.relname::text,
                    ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(num, at)
                          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY k.at),
                    r.relname::text,
                    ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(num, at)
                          JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY k.at),
                    CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'r' THEN 'RESTRICT'
                         ELSE 'NO ACTION' END
             FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
             WHERE c.contype = 'f'",
            &[],
        )
        .unwrap()
    {
        let table = tables.entry(row.get(0)).or_default();
        table.foreign_keys.push((row.get(1), row.get(2), row.get(3), row.get(4)));
    }
    for table in tables.values_mut() {
        table.indexes.sort();
        table.foreign_keys.sort();
    }
    tables
}

#[test]
fn both_databases_get_the_same_schema() {
    let [sqlite, postgres] = &databases()[..] else { return };
    let (Address::Sqlite(path), Address::Postgres(url)) = (&sqlite.address, &postgres.address) else {
        panic!("one of each")
    };
    let (left, right) = (sqlite_schema(path), postgres_schema(url));
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (name, table) in &left {
        assert_eq!(Some(table), right.get(name), "{name}");
    }
}

#[test]
fn every_migration_file_is_in_the_list_at_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let listed: Vec<&str> = migrate::MIGRATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(files, listed);
    for (number, name) in (1..).zip(listed) {
        assert!(name.starts_with(&format!("{number:04}_")), "{name} is number {number}");
    }
}

const ONE: &str = "CREATE TABLE one (id {uuid} NOT NULL PRIMARY KEY, at {time}) {strict};";
const TWO: &str = "CREATE TABLE two (id {int} NOT NULL PRIMARY KEY) {strict};";
const META: &str = "CREATE TABLE meta (name {text} NOT NULL PRIMARY KEY, value {bytes} NOT NULL) {strict};";

/// Applies a list of migrations to an address, as opening would.
fn apply(address: &Address, list: &'static [(&'static str, &'static str)]) -> Result<(), Error> {
    let limit = options().statement_limit;
    match address {
        Address::Sqlite(path) => migrate::sqlite(path, list, noon(), limit).map(|_| ()),
        Address::Postgres(url) => {
            migrate::postgres(&Server::at(url).unwrap(), list, noon(), limit).map(|_| ())
        }
    }
}

/// Runs a test on an empty database of each kind, before any migration.
fn each_empty(test: impl Fn(&Address)) {
    let folder = tempfile::tempdir().unwrap();
    test(&Address::Sqlite(folder.path().join("empty.db")));
    if let Some((server, database)) = testing::empty_postgres() {
        let _gone = testing::Gone::Postgres { server: server.clone(), database: database.clone() };
        test(&Address::Postgres(testing::on(&server, &database)));
    }
}

#[test]
fn migrations_apply_once_and_new_ones_follow() {
    each_empty(|address| {
        apply(address, &[("0001_meta", META)]).unwrap();
        apply(address, &[("0001_meta", META)]).unwrap();
        apply(address, &[("0001_meta", META), ("0002_one", ONE), ("0003_two", TWO)]).unwrap();
    });
}

#[test]
fn a_newer_schema_is_refused_and_says_so() {
    each_empty(|address| {
        apply(address, &[("0001_meta", META), ("0002_one", ONE)]).unwrap();
        let error = apply(address, &[("0001_meta", META)]).unwrap_err();
        assert!(matches!(error, Error::Newer { found: 2, known: 1 }), "{error}");
        assert!(error.to_string().contains("newer program"));
    });
}

#[test]
fn an_edited_migration_is_refused() {
    each_empty(|address| {
        apply(address, &[("0001_meta", META), ("0002_one", ONE)]).unwrap();
        let error = apply(address, &[("0001_meta", META), ("0002_one", TWO)]).unwrap_err();
        assert!(matches!(error, Error::Migration { number: 2, .. }), "{error}");
    });
}

#[test]
fn a_failing_migration_leaves_everything_as_it_was() {
    each_empty(|address| {
        apply(address, &[("0001_meta", META)]).unwrap();
        let broken = apply(
            address,
            &[("0001_meta", META), ("0002_one", ONE), ("0003_broken", "CREATE TABLE three (oops {no});")],
        );
        assert!(matches!(broken, Err(Error::Migration { number: 3, .. })), "{broken:?}");
        // Had table `one` stayed, it could not be made again.
        apply(address, &[("0001_meta", META), ("0002_one", ONE)]).unwrap();
    });
}

#[test]
fn several_programs_may_start_at_once() {
    each_empty(|address| {
        if matches!(address, Address::Sqlite(_)) {
            // The file must be there before two open it at once; `init` makes it.
            apply(address, &[("0001_meta", META)]).unwrap();
        }
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| apply(address, &[("0001_meta", META), ("0002_one", ONE)])))
                .collect();
            for one in all {
                one.join().unwrap().unwrap();
            }
        });
    });
}

fn refused(bytes: &[u8]) -> Error {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    std::fs::write(&path, bytes).unwrap();
    let error = Store::open(&Address::Sqlite(path.clone()), options()).unwrap_err();
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "a refused file is left as it is");
    error
}

#[test]
fn a_file_that_is_no_database_gives_a_plain_message() {
    let error = refused(&b"these are my holiday letters, not a database. ".repeat(100));
    assert!(matches!(error, Error::Corrupt { .. }), "{error}");
    assert!(error.to_string().contains("restore the last backup"), "{error}");
}

#[test]
fn a_damaged_file_gives_a_plain_message() {
    let database = Database::sqlite(options());
    database
        .store
        .blocking_write(|tx| {
            tx.script("CREATE TABLE t (a TEXT) STRICT; CREATE INDEX i ON t (a)")?;
            tx.script("INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT 'some text ' || i FROM n")
        })
        .unwrap();
    let Address::Sqlite(path) = database.address.clone() else { unreachable!() };
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    rusqlite::Connection::open(&path).unwrap().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    let whole = std::fs::read(&copy).unwrap();
    assert!(whole.len() > 16 * 4096);

    let cut = refused(&whole[..whole.len() / 2]);
    assert!(matches!(cut, Error::Corrupt { .. }), "{cut}");

    let mut scribbled = whole.clone();
    for byte in &mut scribbled[whole.len() - 3 * 4096..whole.len() - 4096] {
        *byte ^= 0x5a;
    }
    let scribbled = refused(&scribbled);
    assert!(matches!(scribbled, Error::Corrupt { .. }), "{scribbled}");
}

#[test]
fn another_programs_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    let error = refused(&std::fs::read(&path).unwrap());
    assert!(matches!(error, Error::NotOurs), "{error}");
}

#[test]
fn a_missing_folder_and_a_folder_as_file_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Store::open(&Address::Sqlite(folder.path().join("no/such/x.db")), options()).unwrap_err();
    assert!(missing.to_string().contains("folder"), "{missing}");
    let itself = Store::open(&Address::Sqlite(folder.path().into()), options()).unwrap_err();
    assert!(matches!(itself, Error::Open(_)), "{itself}");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let database = Database::sqlite(options());
    let Address::Sqlite(path) = &database.address else { unreachable!() };
    for file in [path.clone(), path.with_extension("db-wal")] {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", file.display());
    }
}

#[test]
fn addresses_say_what_would_be_right_and_hide_passwords() {
    let parse = |text: &str| text.parse::<Address>();
    assert_eq!(parse("sqlite:a/b.db").unwrap(), Address::Sqlite("a/b.db".into()));
    assert_eq!(parse("sqlite:///a/b.db").unwrap(), Address::Sqlite("/a/b.db".into()));
    for wrong in ["sqlite:", "sqlite::memory:", "sqlite:x?mode=ro", "mysql://x", "", "secret"] {
        let error = parse(wrong).unwrap_err();
        assert!(matches!(&error, Error::Address(text) if text.contains("sqlite")), "{wrong}: {error}");
    }
    let address = parse("postgres://kim:open-sesame@example.org/db").unwrap();
    for shown in [format!("{address}"), format!("{address:?}")] {
        assert!(!shown.contains("sesame") && !shown.contains("kim"), "{shown}");
    }
    let open = parse("postgres://kim:open-sesame@example.org/db?sslmode=disable").unwrap();
    let refused = Store::open(&open, options()).unwrap_err();
    assert!(matches!(&refused, Error::Address(text) if text.contains("must be encrypted")), "{refused}");
    assert!(!format!("{refused} {refused:?}").contains("sesame"));
}

#[test]
fn a_server_that_is_not_there_gives_a_plain_message() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("postgres://kim@localhost/db?host={}", folder.path().display());
    let error = Store::open(&Address::Postgres(url), options()).unwrap_err();
    assert!(matches!(error, Error::Unavailable), "{error}");
}
