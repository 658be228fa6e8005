//! The store: every statement of SQL in the system, on SQLite or PostgreSQL.
//!
//! [`Store::read`] and [`Store::write`] take a closure that gets a transaction. Inside, everything is plain sync Rust;
//! outside, it is one `await`. A write is answered when it is on disk. Sealing ([`seal`]), the journal ([`journal`]),
//! jobs ([`job`]) and commands already done ([`command`]) live here, because they commit with the change they belong to.
#![forbid(unsafe_code)]

pub mod account;
pub mod advocacy;
pub mod alike;
pub mod availability;
pub mod card;
pub mod challenge;
pub mod command;
pub mod consent;
pub mod contact;
pub mod corner;
pub mod counsel;
pub mod credential;
pub mod db;
pub mod device;
pub mod disclosure;
pub mod document;
pub mod dump;
pub mod emergency;
pub mod envelope;
mod error;
pub mod goal;
pub mod group;
pub mod growth;
pub mod guardian;
pub mod intake;
pub mod job;
pub mod journal;
pub mod ladder;
mod lane;
pub mod look;
mod migrate;
pub mod news;
pub mod pairing;
pub mod passkey;
pub mod permission;
pub mod person;
pub mod plan;
pub mod programme;
pub mod reach;
pub mod safety;
pub mod seal;
pub mod second_step;
mod server;
pub mod session;
pub mod share;
pub mod single_sign_on;
pub mod supervision;
pub mod support;
pub mod team_meeting;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod tray;
pub mod visit;
pub mod words;
pub mod work;

pub use db::{Row, Tx, Value};
pub use error::{Error, Result};

use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A file on this machine.
    Sqlite(PathBuf),
    /// A PostgreSQL server, as a `postgres://` URL.
    Postgres(String),
}

impl std::fmt::Display for Address {
    /// Without the user, the password and the host: this ends in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Address::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl std::str::FromStr for Address {
    type Err = Error;

    /// Reads `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// [`Error::Address`] says what would be right, and repeats nothing of what may be a password.
    fn from_str(text: &str) -> Result<Address> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.contains('?') || path.starts_with(':') {
                return Err(Error::Address("after `sqlite:` comes the path of a file".into()));
            }
            return Ok(Address::Sqlite(path.into()));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Address::Postgres(text.into()));
        }
        Err(Error::Address("a database is `sqlite:PATH` or `postgres://USER@HOST/NAME`".into()))
    }
}

/// Gives the time; tests set it.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How a store is run.
#[derive(Clone)]
pub struct Options {
    /// Connections that read.
    pub readers: usize,
    /// Connections that write, on PostgreSQL; SQLite always has one.
    pub writers: usize,
    /// How many closures may wait before the answer is [`Error::Busy`].
    pub queue: usize,
    /// The time, for noting when a migration was applied. Rows get their times from whoever writes them.
    pub clock: Clock,
    /// A statement that runs longer is stopped with [`Error::TooSlow`].
    pub statement_limit: Duration,
}

impl Options {
    /// What suits a small server: 4 readers, 4 writers, 1024 waiting, 10 seconds a statement.
    pub fn new(clock: Clock) -> Options {
        Options { readers: 4, writers: 4, queue: 1024, clock, statement_limit: Duration::from_secs(10) }
    }
}

/// An open database. Clones share it; it closes with the last one, after finishing what waits.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    lanes: lane::Lanes,
    database: Uuid,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.inner.database)
    }
}

impl Store {
    /// Opens the database, making it when there is none, and brings its schema up to this program's.
    ///
    /// Blocks; call it before the server starts, or from a blocking thread.
    ///
    /// # Errors
    /// In plain words: a damaged file ([`Error::Corrupt`]), another program's file ([`Error::NotOurs`]), a newer
    /// schema ([`Error::Newer`]), a migration that was edited ([`Error::Migration`]), a folder that isn't there
    /// ([`Error::Open`]), an address that can't be used ([`Error::Address`]).
    pub fn open(address: &Address, options: Options) -> Result<Store> {
        let Options { readers, writers, queue, clock, statement_limit } = options;
        let (readers, writers, queue) = (readers.max(1), writers.max(1), queue.max(1));
        let now = clock();
        let (lanes, database) = match address {
            Address::Sqlite(path) => {
                let (conn, database) = migrate::sqlite(path, migrate::MIGRATIONS, now, statement_limit)?;
                (lane::Lanes::sqlite(conn, path, readers, queue, statement_limit)?, database)
            }
            Address::Postgres(url) => {
                let server = server::Server::at(url)?;
                let database = migrate::postgres(&server, migrate::MIGRATIONS, now, statement_limit)?;
                let lanes =
                    lane::Lanes::postgres(&server, database, (readers, writers), queue, statement_limit)?;
                (lanes, database)
            }
        };
        Ok(Store { inner: Arc::new(Inner { lanes, database }) })
    }

    /// The database's own id, made with it; signed heads name it.
    pub fn database(&self) -> Uuid {
        self.inner.database
    }

    /// Whether the database flushes what it answers: to be asked before anybody is served. Blocks.
    ///
    /// # Errors
    /// [`Error::Careless`] when it would lose what was answered if the machine stopped; the database's own.
    pub fn vouch(&self) -> Result<()> {
        self.blocking_write(db::flushes)
    }

    /// How many changes wait for their turn now.
    pub fn waiting(&self) -> usize {
        self.inner.lanes.waiting()
    }

    /// Runs a closure that only reads, on one snapshot.
    ///
    /// On SQLite it runs here and now, on the caller's thread: keep it short and indexed.
    ///
    /// # Errors
    /// The closure's own, or the store's: [`Error::Busy`] when too many wait, [`Error::Panicked`] when it panicked.
    pub async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    {
        self.inner.lanes.read(closure).await
    }

    /// Runs a closure that may change things, and answers when its changes are on disk.
    ///
    /// The closure may run more than once and beside others; it must touch nothing outside of the transaction. When it
    /// returns an error, or panics, nothing of it is kept. Dropping the future does not stop it.
    ///
    /// # Errors
    /// The closure's own, or the store's: [`Error::Busy`] when the queue is full or it keeps crossing with others,
    /// [`Error::Full`] when the disk is, [`Error::Spoilt`] when the closure swallowed a failed statement.
    pub async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    {
        self.inner.lanes.write(closure).await
    }

    /// [`Store::read`] for the command line and tests. Must not be called from async code.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn blocking_read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    {
        self.inner.lanes.read_blocking(closure)
    }

    /// [`Store::write`] for the command line and tests. Must not be called from async code.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn blocking_write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    {
        self.inner.lanes.write_blocking(closure)
    }
}

#[cfg(test)]
mod tests;
