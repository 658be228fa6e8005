//! Throw-away databases for tests: SQLite always, PostgreSQL when a server is given.
//!
//! `PORCHLIGHT_TEST_POSTGRES` is the URL of a server where databases may be made. Each test gets a fresh one, copied
//! from a migrated template, and dropped at the end.

use crate::{Address, Options, Store};
use jiff::Timestamp;
use std::sync::Arc;

/// The variable that names the server.
pub const POSTGRES: &str = "PORCHLIGHT_TEST_POSTGRES";

/// A database of its own for one test, gone when dropped.
pub struct Database {
    /// The open store.
    pub store: Store,
    /// Where it is, to open it a second time.
    pub address: Address,
    name: &'static str,
    _gone: Gone,
}

pub(crate) enum Gone {
    Folder { _folder: tempfile::TempDir },
    Postgres { server: String, database: String },
}

impl Drop for Gone {
    fn drop(&mut self) {
        if let Gone::Postgres { server, database } = self {
            command(server, &format!("DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)"));
        }
    }
}

impl Database {
    /// `sqlite` or `postgres`, for messages.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Leaves no room on the disk of a SQLite database: it can be read, and soon nothing more can be written.
    ///
    /// # Panics
    /// On PostgreSQL.
    pub fn fill(&self) {
        let limit = |tx: &mut crate::Tx<'_>| {
            let crate::db::Link::Sqlite { conn, .. } = &tx.link else { panic!("only a file has an end") };
            let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            tx.script(&format!("PRAGMA max_page_count = {pages}"))
        };
        self.store.blocking_write(limit).expect("the limit is set");
    }

    /// Room again.
    ///
    /// # Panics
    /// When the database is closed.
    pub fn make_room(&self) {
        self.store
            .blocking_write(|tx| tx.script("PRAGMA max_page_count = 1000000"))
            .expect("the limit is set");
    }

    /// A fresh SQLite file.
    ///
    /// # Panics
    /// When there is no room for it.
    pub fn sqlite(options: Options) -> Database {
        let folder = tempfile::tempdir().expect("a folder for a test's database");
        let address = Address::Sqlite(folder.path().join("porchlight.db"));
        let store = Store::open(&address, options).expect("a fresh SQLite database");
        Database { store, address, name: "sqlite", _gone: Gone::Folder { _folder: folder } }
    }

    /// A fresh PostgreSQL database, or none when no server is given.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn postgres(options: Options) -> Option<Database> {
        let (server, database) = fresh_postgres()?;
        let address = Address::Postgres(on(&server, &database));
        let store = Store::open(&address, options).expect("a fresh PostgreSQL database");
        Some(Database { store, address, name: "postgres", _gone: Gone::Postgres { server, database } })
    }
}

/// Makes an empty database as an older program left it, after so many migrations.
///
/// # Errors
/// The database's.
pub fn older(address: &Address, migrations: usize) -> crate::Result<()> {
    let limit = Options::new(Arc::new(noon)).statement_limit;
    let list = &crate::migrate::MIGRATIONS[..migrations];
    match address {
        Address::Sqlite(path) => crate::migrate::sqlite(path, list, noon(), limit).map(drop),
        Address::Postgres(url) => {
            crate::migrate::postgres(&crate::server::Server::at(url)?, list, noon(), limit).map(drop)
        }
    }
}

/// Noon on a Tuesday in spring, in UTC: what the clock of [`options`] says.
///
/// # Panics
/// Never.
pub fn noon() -> Timestamp {
    "2026-04-14T12:00:00Z".parse().expect("a time")
}

/// Small and exact: the clock stands at [`noon`].
pub fn options() -> Options {
    Options { readers: 2, writers: 3, ..Options::new(Arc::new(noon)) }
}

/// A fresh database of each kind there is.
pub fn databases() -> Vec<Database> {
    let mut all = vec![Database::sqlite(options())];
    all.extend(Database::postgres(options()));
    all
}

/// Runs a test on a fresh database of each kind there is.
pub fn each_database(test: impl Fn(&Store)) {
    for database in databases() {
        eprintln!("on {}", database.name());
        test(&database.store);
    }
}

/// The server given for tests, if any.
pub fn server() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test asks where its server is; there is nobody to pass it in"
    )]
    std::env::var(POSTGRES).ok().filter(|url| !url.is_empty())
}

/// Makes an empty database and answers the server and its name.
#[cfg(test)]
pub(crate) fn empty_postgres() -> Option<(String, String)> {
    let server = server()?;
    let database = name("test");
    command(&server, &format!("CREATE DATABASE \"{database}\""));
    Some((server, database))
}

/// Copies a migrated template: several times faster than migrating for each test. The template is named by its
/// migrations and shared by all test programs on the server.
fn fresh_postgres() -> Option<(String, String)> {
    use sha2::{Digest, Sha256};
    let server = server()?;
    let mut hash = Sha256::new();
    for (name, text) in crate::migrate::MIGRATIONS {
        hash.update(name.as_bytes());
        hash.update(text.as_bytes());
    }
    let template = format!("porchlight_template_{}", crate::journal::hex(&hash.finalize()[..8]));
    let database = name("test");
    on_server(&server, |client| {
        // One at a time: a template can be copied only while nobody is connected to it.
        client.batch_execute("SELECT pg_advisory_lock(5063684)")?;
        if client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&template])?.is_none() {
            let new = name("new");
            client.batch_execute(&format!("CREATE DATABASE \"{new}\""))?;
            drop(Store::open(&Address::Postgres(on(&server, &new)), options()).expect("a template"));
            client.batch_execute(&format!("ALTER DATABASE \"{new}\" RENAME TO \"{template}\""))?;
        }
        client.batch_execute(&format!("CREATE DATABASE \"{database}\" TEMPLATE \"{template}\""))
    });
    Some((server, database))
}

fn name(what: &str) -> String {
    let number = getrandom::u64().expect("random bytes");
    format!("porchlight_{what}_{number:016x}")
}

/// The same server's URL with another database.
pub(crate) fn on(server: &str, database: &str) -> String {
    let (url, query) = server.split_once('?').map_or((server, None), |(url, query)| (url, Some(query)));
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url[after_scheme..].find('/').map_or(url.len(), |at| after_scheme + at);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{database}{query}", &url[..end])
}

/// Says something to the server.
fn command(server: &str, text: &str) {
    on_server(server, |client| client.batch_execute(text));
}

/// Talks to the server on a thread of its own, since the caller may be async.
fn on_server(server: &str, talk: impl FnOnce(&mut postgres::Client) -> Result<(), postgres::Error> + Send) {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut client =
                postgres::Client::connect(server, postgres::NoTls).expect("the server for tests");
            talk(&mut client).expect("the server for tests does as it is told");
        });
    });
}
