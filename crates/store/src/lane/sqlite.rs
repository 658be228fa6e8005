//! SQLite: one connection that writes in groups, and some that read.

use super::{Serve, Work, contained};
use crate::db::{Deadline, Link, Mode, Spoilt, Tx};
use crate::error::{Error, Result};
use crate::journal::Strand;
use rusqlite::config::DbConfig;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A group ends after this many closures, so that the first in it doesn't wait for ever.
const GROUP_SIZE: usize = 256;
/// … or after this long, for the same reason.
const GROUP_TIME: Duration = Duration::from_millis(20);
/// How long SQLite waits for another process that writes, such as the command line beside a server.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many prepared statements each SQLite connection keeps.
const STATEMENTS: usize = 512;

/// One SQLite connection.
pub(crate) struct SqliteConn {
    conn: rusqlite::Connection,
    deadline: Arc<Deadline>,
    pub(crate) strand: Strand,
    disk: Disk,
}

/// What the disk did last, as far as a writer knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disk {
    Sound,
    /// It had no room.
    Full,
    /// It failed to write or to flush: what it holds is not known until it was written anew.
    Doubted,
}

/// How a group of closures ended.
enum Group {
    /// On disk: answers may go out.
    Committed,
    /// The database undid the whole transaction while this closure ran.
    Broken { culprit: usize },
    /// Nothing was kept, and no single closure is known to be the cause.
    Undone(Error),
}

impl SqliteConn {
    /// Opens the file, which exists already.
    pub(crate) fn open(path: &PathBuf, mode: Mode, limit: Duration) -> Result<SqliteConn> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut conn = rusqlite::Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(PATIENCE)?;
        // FULL: a committed note must survive a power cut. secure_delete: a key that was thrown away is overwritten.
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864;
             PRAGMA cache_size = -16000;",
        )?;
        if mode == Mode::Read {
            // What several of them keep each, the system keeps once.
            conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -6000;")?;
        }
        // Without it SQLite plans a statement anew whenever a bound value may change what its statistics say.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS);
        let deadline = Deadline::new(limit);
        let asked = deadline.clone();
        conn.progress_handler(1000, Some(move || asked.is_over()))?;
        Ok(SqliteConn { conn, deadline, strand: Strand::none(), disk: Disk::Sound })
    }

    fn say(&self, command: &str) -> Result<()> {
        self.deadline.lift();
        self.conn.prepare_cached(command)?.execute([])?;
        Ok(())
    }

    fn tx(&mut self, mode: Mode) -> Tx<'_> {
        Tx {
            link: Link::Sqlite { conn: &self.conn, deadline: &self.deadline },
            strand: &mut self.strand,
            mode,
            spoilt: None,
            scrub: false,
        }
    }

    /// Ends whatever transaction is open, keeping nothing.
    fn undo(&mut self) {
        self.strand.forget();
        if !self.conn.is_autocommit()
            && let Err(error) = self.say("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }

    /// Takes note of what the disk did, and tells whoever looks after it, once for each trouble.
    fn disk_said(&mut self, spoilt: Option<Spoilt>) {
        let now = match spoilt {
            Some(Spoilt::Disk) => Disk::Doubted,
            Some(Spoilt::Full) if self.disk == Disk::Sound => Disk::Full,
            _ => return,
        };
        if now == self.disk {
            return;
        }
        self.disk = now;
        match now {
            Disk::Doubted => tracing::error!(
                "the disk failed to keep what was written. Nothing is answered as kept until it does again; look at the \
                 disk, and at the system's own log"
            ),
            _ => tracing::error!("the disk is full. Nothing more is kept until there is room; make room"),
        }
    }

    /// A commit is on disk.
    fn disk_kept(&mut self) {
        if self.disk != Disk::Sound {
            self.disk = Disk::Sound;
            tracing::warn!("the disk keeps what is written again");
        }
    }

    /// After a failed flush nobody knows what the disk holds: a system may forget the pages that it could not write, and say
    /// so only once. So everything that was ever answered is written from the log into the file, and flushed there, before
    /// anything else is taken.
    fn trust(&mut self) -> Result<()> {
        if self.disk != Disk::Doubted {
            return Ok(());
        }
        self.deadline.lift();
        let (busy, in_log, moved) = self.conn.query_row("PRAGMA wal_checkpoint(FULL)", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })?;
        if busy == 0 && in_log == moved { Ok(()) } else { Err(Error::Busy) }
    }

    /// Moves what an earlier run left in the write-ahead log into the file, before anything is written behind it: that run
    /// may have been killed in the middle of a disk's trouble, and what it could not flush looks like any other page here.
    /// Where another process reads, it stays for a later time.
    pub(crate) fn settle_log(&mut self) -> Result<()> {
        self.checkpoint().or_else(|error| if matches!(error, Error::Busy) { Ok(()) } else { Err(error) })
    }

    /// Runs `group`, and what `more` gives while it runs, each in a savepoint, and commits once.
    fn group(
        &mut self,
        group: &mut Vec<Box<dyn Work>>,
        mut more: impl FnMut() -> Option<Box<dyn Work>>,
    ) -> Group {
        // Another process may have written since: the strand's end is read again in each transaction.
        self.strand.forget();
        if let Err(error) = self.trust().and_then(|()| self.say("BEGIN IMMEDIATE")) {
            return Group::Undone(error);
        }
        let (begun, mut scrub, mut at) = (Instant::now(), false, 0);
        while let Some(work) = group.get_mut(at) {
            let head = self.strand.mark();
            if let Err(error) = self.say("SAVEPOINT one") {
                self.undo();
                return Group::Undone(error);
            }
            let mut tx = self.tx(Mode::Write);
            let kept = work.run(&mut tx);
            let (scrubs, spoilt) = (tx.scrub, tx.spoilt);
            self.disk_said(spoilt);
            if self.conn.is_autocommit() {
                // An interrupt, a full disk or the like inside a statement can take the whole transaction with it.
                self.undo();
                return Group::Broken { culprit: at };
            }
            let settled = if kept {
                scrub |= scrubs;
                self.say("RELEASE one")
            } else {
                self.strand.reset(head);
                self.say("ROLLBACK TO one").and_then(|()| self.say("RELEASE one"))
            };
            if settled.is_err() {
                self.undo();
                return Group::Broken { culprit: at };
            }
            at += 1;
            if at == group.len() && at < GROUP_SIZE && begun.elapsed() < GROUP_TIME {
                group.extend(more());
            }
        }
        match self.say("COMMIT") {
            Ok(()) => {
                self.disk_kept();
                if scrub {
                    self.scrub();
                }
                Group::Committed
            }
            Err(error) => {
                self.disk_said(Some(Spoilt::by(&error)));
                self.undo();
                Group::Undone(error)
            }
        }
    }

    /// Runs one closure in a transaction of its own.
    fn alone(&mut self, work: &mut Box<dyn Work>) {
        self.strand.forget();
        if let Err(error) = self.trust().and_then(|()| self.say("BEGIN IMMEDIATE")) {
            return work.fail(error);
        }
        let mut tx = self.tx(Mode::Write);
        let kept = work.run(&mut tx);
        let (scrub, spoilt, gone) = (tx.scrub, tx.spoilt, self.conn.is_autocommit());
        self.disk_said(spoilt);
        if !kept {
            return self.undo();
        }
        let done = if gone { Err(Error::Spoilt) } else { self.say("COMMIT") };
        match done {
            Ok(()) => {
                self.disk_kept();
                if scrub {
                    self.scrub();
                }
            }
            Err(error) => {
                self.disk_said(Some(Spoilt::by(&error)));
                self.undo();
                work.fail(error);
            }
        }
    }

    /// Moves everything from the write-ahead log into the file and empties it, so that overwritten keys are in
    /// neither. Readers may be in the way; then it happens with the next ordinary checkpoint.
    fn scrub(&mut self) {
        if self.checkpoint().is_err() {
            tracing::warn!("an old key may stay in the write-ahead log until the next checkpoint");
        }
    }

    fn checkpoint(&mut self) -> Result<()> {
        self.deadline.lift();
        self.conn.busy_timeout(Duration::from_millis(200))?;
        let busy = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        self.conn.busy_timeout(PATIENCE)?;
        if busy? == 0 { Ok(()) } else { Err(Error::Busy) }
    }

    /// Runs a closure that only reads, on the caller's thread.
    fn read<T, E: From<Error>>(&mut self, closure: &impl Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.say("BEGIN DEFERRED")?;
        let done = contained(closure, &mut self.tx(Mode::Read));
        self.undo();
        done
    }

    /// A closure of the store's own, such as a migration, before any lane runs.
    pub(crate) fn own<T>(&mut self, closure: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.say("BEGIN IMMEDIATE")?;
        let done = closure(&mut self.tx(Mode::Write)).and_then(|done| self.say("COMMIT").map(|()| done));
        if done.is_err() {
            self.undo();
        }
        done
    }
}

impl Serve for SqliteConn {
    fn serve(&mut self, first: Box<dyn Work>, waiting: &flume::Receiver<Box<dyn Work>>) {
        let mut group = vec![first];
        match self.group(&mut group, || waiting.try_recv().ok()) {
            Group::Committed => {}
            Group::Broken { culprit } => {
                let mut culprit = group.remove(culprit);
                // The others did nothing wrong. If they break again, each goes alone: no more than three runs each.
                if !group.is_empty() && !matches!(self.group(&mut group, || None), Group::Committed) {
                    group.iter_mut().for_each(|work| self.alone(work));
                }
                self.alone(&mut culprit);
                group.push(culprit);
            }
            // Another process holds the database: nobody would fare better alone.
            Group::Undone(Error::Busy) => group.iter_mut().for_each(|work| work.fail(Error::Busy)),
            // A disk that fails may take its time over it: one try for all of them.
            Group::Undone(Error::Disk { what }) => {
                group.iter_mut().for_each(|work| work.fail(Error::Disk { what: what.clone() }));
            }
            Group::Undone(_) => group.iter_mut().for_each(|work| self.alone(work)),
        }
        group.into_iter().for_each(|work| work.answer());
    }

    fn restart(&mut self) {
        self.undo();
        self.conn.flush_prepared_statement_cache();
    }
}

/// Readers of SQLite, lent to whoever reads, on their own thread.
pub(crate) struct Readers {
    free: flume::Receiver<SqliteConn>,
    back: flume::Sender<SqliteConn>,
    waiting: AtomicUsize,
    room: usize,
}

/// A reader on loan; it goes back when dropped.
pub(super) struct Seat<'a> {
    readers: &'a Readers,
    conn: Option<SqliteConn>,
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            drop(self.readers.back.send(conn));
        }
    }
}

/// Counts somebody who waits for a reader, also when they give up.
struct Waiting<'a>(&'a AtomicUsize);
impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Readers {
    pub(crate) fn open(count: usize, room: usize, open: impl Fn() -> Result<SqliteConn>) -> Result<Readers> {
        let (back, free) = flume::unbounded();
        for _ in 0..count {
            drop(back.send(open()?));
        }
        Ok(Readers { free, back, waiting: AtomicUsize::new(0), room })
    }

    fn queue(&self) -> Result<Waiting<'_>> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.room {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Error::Busy);
        }
        Ok(Waiting(&self.waiting))
    }

    fn seat(&self, conn: SqliteConn) -> Seat<'_> {
        Seat { readers: self, conn: Some(conn) }
    }

    pub(super) async fn take(&self) -> Result<Seat<'_>> {
        if let Ok(conn) = self.free.try_recv() {
            return Ok(self.seat(conn));
        }
        let _waiting = self.queue()?;
        self.free.recv_async().await.map(|conn| self.seat(conn)).map_err(|_| Error::Unavailable)
    }

    pub(super) fn take_blocking(&self) -> Result<Seat<'_>> {
        if let Ok(conn) = self.free.try_recv() {
            return Ok(self.seat(conn));
        }
        let _waiting = self.queue()?;
        self.free.recv().map(|conn| self.seat(conn)).map_err(|_| Error::Unavailable)
    }
}

impl Seat<'_> {
    pub(super) fn read<T, E: From<Error>>(
        &mut self,
        closure: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.conn.as_mut().ok_or(Error::Unavailable)?.read(closure)
    }
}
