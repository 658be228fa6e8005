//! Bringing a database's schema up to this program's.
//!
//! To add a migration, add a file `migrations/NNNN_name.sql` and its name to the list below. One text serves both
//! databases; `{uuid} {time} {text} {bytes} {bool} {int} {strict}` become each one's types, `{find_bytes}` and
//! `{uuid_bytes}` each one's functions. A migration that has been
//! applied anywhere is never edited: its checksum is kept and compared.

use crate::db::{Mode, Sql, Tx, params, sql};
use crate::error::{Error, Result};
use crate::lane::{PostgresConn, SqliteConn};
use crate::server::Server;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

macro_rules! migrations { ($($name:literal),* $(,)?) => {
    &[$(($name, include_str!(concat!("../migrations/", $name, ".sql")))),*]
} }

/// Names and texts of migrations, oldest first.
type List = &'static [(&'static str, &'static str)];

/// Every migration, oldest first. The number is the place in the list; a test compares it with the name.
pub(crate) const MIGRATIONS: List = migrations![
    "0001_engine",
    "0002_programme",
    "0003_person",
    "0004_contact",
    "0005_document",
    "0006_journal",
    "0007_card",
    "0008_safety",
    "0009_plan",
    "0010_permission",
    "0011_corner",
    "0012_answer_head",
    "0013_disclosure",
    "0014_reach",
    "0015_credential",
    "0016_words",
    "0017_supervision",
    "0018_guardian",
    "0019_emergency",
    "0020_availability",
    "0021_due",
    "0022_visit",
    "0023_device",
    "0024_pairing",
    "0025_intake",
    "0026_group",
    "0027_team_meeting",
    "0028_second_step",
    "0029_found_by_index",
    "0030_way_in",
    "0031_passkey",
    "0032_uncovered",
    "0033_safety_again",
    "0034_growth",
    "0035_found_by_whose",
    "0036_visit_waiting",
    "0037_single_sign_on",
    "0038_advocacy"
];

/// Marks a SQLite file as Porchlight's ("PchL").
const APPLICATION: i64 = 0x5063_684c;
/// Up to this size a file is checked through and through at each start; above, that is for the command line.
const CHECKED_AT_START: u64 = 64 << 20;
/// The advisory lock that servers starting together take in turn. Any number, but always this one.
const LOCK: i64 = 0x5063_684c_0001;

/// Opens the file, making it when there is none, and migrates. Answers the connection and the database's own id.
pub(crate) fn sqlite(
    path: &PathBuf,
    list: List,
    now: Timestamp,
    limit: Duration,
) -> Result<(SqliteConn, Uuid)> {
    let fresh = prepare_file(path)?;
    // Before anything is set on it: is it a database, and ours?
    if !fresh {
        examine(path)?;
    }
    let mut conn = SqliteConn::open(path, Mode::Write, limit)?;
    conn.settle_log()?;
    let database = conn.own(|tx| {
        tx.script(&format!("PRAGMA application_id = {APPLICATION}"))?;
        apply(tx, list, now)
    })?;
    Ok((conn, database))
}

/// Makes an empty file that only its owner can read; the log files beside it inherit that. Answers whether the file
/// is empty.
fn prepare_file(path: &PathBuf) -> Result<bool> {
    use std::io::ErrorKind;
    let mut options = std::fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|error| {
        Error::Open(match error.kind() {
            ErrorKind::NotFound => format!("the folder of {} is not there; make it first", path.display()),
            ErrorKind::PermissionDenied => {
                format!("{} may not be read and written by this user", path.display())
            }
            ErrorKind::IsADirectory => format!("{} is a folder, not a file", path.display()),
            _ => format!("{}: {error}", path.display()),
        })
    })?;
    let size = file.metadata().map_err(|error| Error::Open(error.to_string()))?.len();
    Ok(size == 0)
}

fn examine(path: &PathBuf) -> Result<()> {
    let size = path.metadata().map_err(|error| Error::Open(error.to_string()))?.len();
    let conn = rusqlite::Connection::open(path)?;
    let number = |command: &str| -> Result<i64> { Ok(conn.query_row(command, [], |row| row.get(0))?) };
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let application = number("PRAGMA application_id")?;
    if application != APPLICATION && (application != 0 || tables > 0) {
        return Err(Error::NotOurs);
    }
    if size <= CHECKED_AT_START {
        let found: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if found != "ok" {
            return Err(Error::Corrupt { what: "its pages do not fit together".into() });
        }
    }
    Ok(())
}

/// Migrates a PostgreSQL database. Answers its own id.
pub(crate) fn postgres(server: &Server, list: List, now: Timestamp, limit: Duration) -> Result<Uuid> {
    // On a thread of its own, because the caller may be inside an async runtime, where this client must not run.
    std::thread::scope(|scope| {
        scope
            .spawn(|| {
                let mut conn = PostgresConn::open(server.clone(), Mode::Read, Uuid::nil(), limit)?;
                conn.own(|tx| {
                    tx.script(&format!("SELECT pg_advisory_xact_lock({LOCK})"))?;
                    apply(tx, list, now)
                })
            })
            .join()
            .unwrap_or(Err(Error::Panicked))
    })
}

/// Makes a SQLite file that is not there yet and fills it, all or nothing.
pub(crate) fn fresh_sqlite<T>(
    path: &PathBuf,
    limit: Duration,
    fill: impl Fn(&mut Tx<'_>) -> Result<T>,
) -> Result<T> {
    prepare_file(path)?;
    let mut conn = SqliteConn::open(path, Mode::Write, limit)?;
    conn.own(|tx| {
        tx.script(&format!("PRAGMA application_id = {APPLICATION}"))?;
        fill(tx)
    })
}

/// Fills a PostgreSQL database in which there is nothing yet, all or nothing.
pub(crate) fn fresh_postgres<T: Send>(
    server: &Server,
    limit: Duration,
    fill: impl Fn(&mut Tx<'_>) -> Result<T> + Send,
) -> Result<T> {
    std::thread::scope(|scope| {
        let filled = scope.spawn(move || {
            let mut conn = PostgresConn::open(server.clone(), Mode::Read, Uuid::nil(), limit)?;
            conn.own(|tx| {
                tx.script(&format!("SELECT pg_advisory_xact_lock({LOCK})"))?;
                // Of PostgreSQL's own, so it is not among the statements that both databases know.
                let count = "SELECT COUNT(*) AS tables FROM information_schema.tables
                             WHERE table_schema = current_schema()";
                let tables = tx.one(Sql::new(count), &[], |row| row.get::<i64>("tables"))?;
                if tables > 0 {
                    let what = "there is something in this database already; make an empty one and restore into that";
                    return Err(Error::Copy(what.into()));
                }
                fill(tx)
            })
        });
        filled.join().unwrap_or(Err(Error::Panicked))
    })
}

/// Applies what is missing, in order. Answers the database's own id.
pub(crate) fn apply(tx: &mut Tx<'_>, migrations: List, now: Timestamp) -> Result<Uuid> {
    tx.script(
        "CREATE TABLE IF NOT EXISTS migration (
            number {int} NOT NULL PRIMARY KEY, name {text} NOT NULL, checksum {bytes} NOT NULL, at {time} NOT NULL
        ) {strict}",
    )?;
    let applied: Vec<(i64, [u8; 32])> =
        tx.all(sql!("SELECT number, checksum FROM migration ORDER BY number"), &[], |row| {
            Ok((row.get("number")?, row.get("checksum")?))
        })?;
    let known = migrations.len() as i64;
    if let Some((found, _)) = applied.last()
        && *found > known
    {
        return Err(Error::Newer { found: *found, known });
    }
    for (number, (name, text)) in (1i64..).zip(migrations) {
        let checksum: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        match applied.iter().find(|(applied, _)| *applied == number) {
            Some((_, found)) if *found == checksum => {}
            Some(_) => {
                return Err(Error::Migration {
                    number,
                    why:
                        "was changed after it had been applied here; use the program that made this database"
                            .into(),
                });
            }
            None => {
                tx.script(text).map_err(|error| match error {
                    Error::Full | Error::Disk { .. } | Error::Busy | Error::Unavailable => error,
                    error => {
                        Error::Migration { number, why: format!("({name}) could not be applied: {error}") }
                    }
                })?;
                tx.exec(
                    sql!("INSERT INTO migration (number, name, checksum, at) VALUES ($1, $2, $3, $4)"),
                    params![number, *name, checksum, now],
                )?;
            }
        }
    }
    let id = tx.opt(sql!("SELECT value FROM meta WHERE name = 'database'"), &[], |row| {
        row.get::<[u8; 16]>("value")
    })?;
    if let Some(id) = id {
        return Ok(Uuid::from_bytes(id));
    }
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| Error::Open("the system gives no random bytes".into()))?;
    let id = uuid::Builder::from_random_bytes(random).into_uuid();
    tx.exec(
        sql!("INSERT INTO meta (name, value) VALUES ('database', $1)"),
        params![id.as_bytes().as_slice()],
    )?;
    Ok(id)
}
