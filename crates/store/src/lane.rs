//! The threads that own the connections, and how closures reach them.
//!
//! Writes wait in a bounded queue. On SQLite one thread takes everything that waits, runs each closure in its own
//! savepoint of one transaction, commits once, and answers only then: one write to the disk serves many people. On
//! PostgreSQL several threads run one closure each as ordinary serializable transactions, again when they cross.
//!
//! Closures may run more than once, so they are `Fn` and touch nothing outside.

use crate::db::{Deadline, Link, Mode, Spoilt, Sql, Tx};
use crate::error::{Error, Result};
use crate::journal::Strand;
use crate::server::Server;
use rusqlite::config::DbConfig;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use uuid::Uuid;

/// A group ends after this many closures, so that the first in it doesn't wait for ever.
const GROUP_SIZE: usize = 256;
/// … or after this long, for the same reason.
const GROUP_TIME: Duration = Duration::from_millis(20);
/// How long SQLite waits for another process that writes, such as the command line beside a server.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often PostgreSQL runs a closure that crosses with others before the answer is "busy".
const ATTEMPTS: u32 = 12;
/// How many prepared statements each SQLite connection keeps.
const STATEMENTS: usize = 512;

/// One closure on its way through a lane, with the place for its answer.
pub(crate) trait Work: Send {
    fn mode(&self) -> Mode;
    /// Runs the closure, keeps its answer, and says whether its changes are to be kept. A panic is an answer too.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Replaces the answer: the lane could not keep what the closure did.
    fn fail(&mut self, error: Error);
    /// Sends the answer to whoever waits.
    fn answer(self: Box<Self>);
}

struct Task<T, E, F> {
    closure: F,
    mode: Mode,
    done: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Task<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn mode(&self) -> Mode {
        self.mode
    }
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let done = contained(&self.closure, tx);
        let kept = done.is_ok();
        self.done = Some(done);
        kept
    }
    fn fail(&mut self, error: Error) {
        self.done = Some(Err(error.into()));
    }
    fn answer(self: Box<Self>) {
        let done = self.done.unwrap_or_else(|| Err(Error::Unavailable.into()));
        // Nobody waits any more when a browser has gone away; what was done stays done.
        let _ = self.reply.send(done);
    }
}

/// Runs a closure; a panic inside becomes an error, and so does a failure that the closure swallowed.
fn contained<T, E: From<Error>>(
    closure: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
    tx: &mut Tx<'_>,
) -> Result<T, E> {
    match catch_unwind(AssertUnwindSafe(|| closure(tx))) {
        Ok(Ok(_)) if tx.spoilt.is_some() => Err(Error::Spoilt.into()),
        Ok(done) => done,
        Err(_) => {
            tracing::error!("a database closure panicked; its changes were undone");
            Err(Error::Panicked.into())
        }
    }
}

/// A bounded queue with threads behind it.
pub(crate) struct Lane {
    queue: Option<flume::Sender<Box<dyn Work>>>,
    threads: Vec<JoinHandle<()>>,
}

impl Lane {
    /// Starts `count` threads. Each makes its connection first; the first failure is the answer.
    fn start<C: Serve + 'static>(
        name: &str,
        count: usize,
        room: usize,
        open: impl Fn() -> Result<C> + Send + Sync + 'static,
    ) -> Result<Lane> {
        let (queue, waiting) = flume::bounded::<Box<dyn Work>>(room);
        let mut lane = Lane { queue: Some(queue), threads: Vec::new() };
        let open = Arc::new(open);
        for number in 0..count {
            let (waiting, open) = (waiting.clone(), open.clone());
            let (up, ready) = flume::bounded(1);
            let thread = std::thread::Builder::new()
                .name(format!("store-{name}-{number}"))
                .spawn(move || {
                    let mut conn = match open() {
                        Ok(conn) => conn,
                        Err(error) => return drop(up.send(Err(error))),
                    };
                    drop(up.send(Ok(())));
                    while let Ok(work) = waiting.recv() {
                        // Closures are contained already; this keeps the lane alive if the lane itself fails.
                        let served = catch_unwind(AssertUnwindSafe(|| conn.serve(work, &waiting)));
                        if served.is_err() {
                            tracing::error!("a database lane failed and starts again");
                            conn.restart();
                        }
                    }
                })
                .map_err(|_| Error::Open("no thread could be started".into()))?;
            lane.threads.push(thread);
            ready.recv().map_err(|_| Error::Unavailable)??;
        }
        Ok(lane)
    }

    fn send(&self, work: Box<dyn Work>) -> Result<()> {
        let queue = self.queue.as_ref().ok_or(Error::Unavailable)?;
        queue.try_send(work).map_err(|refused| match refused {
            flume::TrySendError::Full(_) => Error::Busy,
            flume::TrySendError::Disconnected(_) => Error::Unavailable,
        })
    }

    /// Puts a closure into the queue; its answer comes later.
    pub(crate) fn task<T, E, F>(&self, mode: Mode, closure: F) -> Result<oneshot::Receiver<Result<T, E>>>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send(Box::new(Task { closure, mode, done: None, reply }))?;
        Ok(answer)
    }
}

impl Drop for Lane {
    /// Lets the threads finish what waits and close their connections.
    fn drop(&mut self) {
        self.queue = None;
        let own = std::thread::current().id();
        for thread in self.threads.drain(..) {
            // The last handle may be dropped by a closure, on the lane itself.
            if thread.thread().id() != own {
                drop(thread.join());
            }
        }
    }
}

/// A connection that serves a lane.
trait Serve {
    /// Settles `first`, and what waits behind it if it likes, and answers.
    fn serve(&mut self, first: Box<dyn Work>, waiting: &flume::Receiver<Box<dyn Work>>);
    /// Comes back to a clean connection after the lane itself has failed.
    fn restart(&mut self);
}

// ---------------------------------------------------------------------------------------------------------- SQLite

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
struct Seat<'a> {
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

    async fn take(&self) -> Result<Seat<'_>> {
        if let Ok(conn) = self.free.try_recv() {
            return Ok(self.seat(conn));
        }
        let _waiting = self.queue()?;
        self.free.recv_async().await.map(|conn| self.seat(conn)).map_err(|_| Error::Unavailable)
    }

    fn take_blocking(&self) -> Result<Seat<'_>> {
        if let Ok(conn) = self.free.try_recv() {
            return Ok(self.seat(conn));
        }
        let _waiting = self.queue()?;
        self.free.recv().map(|conn| self.seat(conn)).map_err(|_| Error::Unavailable)
    }
}

impl Seat<'_> {
    fn read<T, E: From<Error>>(&mut self, closure: &impl Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.conn.as_mut().ok_or(Error::Unavailable)?.read(closure)
    }
}

// ------------------------------------------------------------------------------------------------------ PostgreSQL

/// One PostgreSQL connection, made again when it is lost.
pub(crate) struct PostgresConn {
    server: Server,
    limit: Duration,
    mode: Mode,
    database: Uuid,
    live: Option<Live>,
}

struct Live {
    client: postgres::Client,
    prepared: HashMap<Sql, postgres::Statement>,
    strand: Strand,
}

/// How one run of a closure on PostgreSQL ended.
enum Run {
    /// The answer stands, be it good or bad.
    Settled,
    /// Nothing was kept; running it again may help.
    Again(Spoilt),
    /// The connection went while committing: nobody knows.
    Unknown,
}

impl PostgresConn {
    /// `database` is the database's own id, nil before it has one.
    pub(crate) fn open(server: Server, mode: Mode, database: Uuid, limit: Duration) -> Result<PostgresConn> {
        let mut conn = PostgresConn { server, limit, mode, database, live: None };
        conn.connect()?;
        Ok(conn)
    }

    fn connect(&mut self) -> Result<&mut Live> {
        if self.live.as_ref().is_some_and(|live| live.client.is_closed()) {
            self.live = None;
        }
        let live = match self.live.take() {
            Some(live) => live,
            None => {
                let mut client = self.server.connect()?;
                // synchronous_commit: what was answered is on disk, whatever the server's default is.
                client.batch_execute(&format!(
                    "SET statement_timeout = {}; SET synchronous_commit = on; SET TIME ZONE 'UTC';
                     SET client_min_messages = warning; SET idle_in_transaction_session_timeout = '60s'",
                    self.limit.as_millis().max(1)
                ))?;
                let strand = match self.mode {
                    Mode::Read => Strand::none(),
                    Mode::Write => Strand::claim(&mut client, self.database)?,
                };
                Live { client, prepared: HashMap::new(), strand }
            }
        };
        Ok(self.live.insert(live))
    }

    fn run(&mut self, work: &mut Box<dyn Work>) -> Run {
        let mode = work.mode();
        let live = match self.connect() {
            Ok(live) => live,
            Err(error) => {
                work.fail(error);
                return Run::Settled;
            }
        };
        let begin = match mode {
            // One snapshot for the whole look.
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Mode::Write => "BEGIN ISOLATION LEVEL SERIALIZABLE",
        };
        if let Err(error) = live.client.batch_execute(begin) {
            let error = Error::from(error);
            let spoilt = Spoilt::by(&error);
            work.fail(error);
            self.live = None;
            return Run::Again(spoilt);
        }
        let head = live.strand.mark();
        let mut tx = Tx {
            link: Link::Postgres { client: &mut live.client, prepared: &mut live.prepared },
            strand: &mut live.strand,
            mode,
            spoilt: None,
            scrub: false,
        };
        let kept = work.run(&mut tx);
        let (spoilt, scrub) = (tx.spoilt, tx.scrub);
        if !kept || mode == Mode::Read {
            live.strand.reset(head);
            let undone = live.client.batch_execute("ROLLBACK");
            if undone.is_err() || spoilt == Some(Spoilt::Lost) {
                self.live = None;
            }
            return match spoilt {
                None | Some(Spoilt::Failed) => Run::Settled,
                Some(spoilt) => Run::Again(spoilt),
            };
        }
        match live.client.batch_execute("COMMIT").map_err(Error::from) {
            Ok(()) => {
                if scrub && live.client.batch_execute("VACUUM data_key, corner").is_err() {
                    tracing::warn!("an old key may stay on the server's disk until its next vacuum");
                }
                Run::Settled
            }
            Err(error) => {
                live.strand.reset(head);
                let spoilt = Spoilt::by(&error);
                if spoilt == Spoilt::Lost {
                    self.live = None;
                    return Run::Unknown;
                }
                drop(live.client.batch_execute("ROLLBACK"));
                work.fail(error);
                if spoilt == Spoilt::Failed { Run::Settled } else { Run::Again(spoilt) }
            }
        }
    }

    fn settle(&mut self, work: &mut Box<dyn Work>) {
        let (mut taken, mut lost) = (false, false);
        for attempt in 0..ATTEMPTS {
            match self.run(work) {
                Run::Settled => return,
                Run::Unknown => return work.fail(Error::Unavailable),
                Run::Again(Spoilt::Crossed) => std::thread::sleep(pause(attempt)),
                // Another transaction may have put the same key there since this one began. A fresh look decides.
                Run::Again(Spoilt::Taken) if !taken => taken = true,
                // The server restarted while the lane was idle, most often: nothing of this closure was kept.
                Run::Again(Spoilt::Lost) if !lost => lost = true,
                Run::Again(_) => return,
            }
        }
        work.fail(Error::Busy);
    }

    /// A closure of the store's own, such as a migration, before any lane runs.
    pub(crate) fn own<T>(&mut self, closure: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let live = self.connect()?;
        live.client.batch_execute("BEGIN; SET LOCAL statement_timeout = 0")?;
        let mut tx = Tx {
            link: Link::Postgres { client: &mut live.client, prepared: &mut live.prepared },
            strand: &mut live.strand,
            mode: Mode::Write,
            spoilt: None,
            scrub: false,
        };
        let done = closure(&mut tx);
        match done {
            Ok(done) => live.client.batch_execute("COMMIT").map(|()| done).map_err(Error::from),
            Err(error) => {
                drop(live.client.batch_execute("ROLLBACK"));
                Err(error)
            }
        }
    }
}

/// Waits longer each time, and not as long as the one it crossed with.
fn pause(attempt: u32) -> Duration {
    let most = 1u64 << attempt.min(6);
    let chance = getrandom::u64().unwrap_or(0);
    Duration::from_micros(500 + chance % (most * 1000))
}

impl Serve for PostgresConn {
    fn serve(&mut self, mut first: Box<dyn Work>, _: &flume::Receiver<Box<dyn Work>>) {
        self.settle(&mut first);
        first.answer();
    }
    fn restart(&mut self) {
        self.live = None;
    }
}

// ------------------------------------------------------------------------------------------------------- Both

/// How reads and writes reach the database.
pub(crate) enum Lanes {
    /// One writer; readers on the caller's thread, since handing a short read over costs ten times the read.
    Sqlite { write: Lane, readers: Readers },
    /// The client must not run on an async thread, so reads have threads as well.
    Postgres { write: Lane, read: Lane },
}

impl Lanes {
    pub(crate) fn sqlite(
        writer: SqliteConn,
        path: &PathBuf,
        readers: usize,
        room: usize,
        limit: Duration,
    ) -> Result<Lanes> {
        let readers = Readers::open(readers, room, || SqliteConn::open(path, Mode::Read, limit))?;
        let writer = std::sync::Mutex::new(Some(writer));
        let write = Lane::start("write", 1, room, move || {
            writer.lock().ok().and_then(|mut writer| writer.take()).ok_or(Error::Unavailable)
        })?;
        Ok(Lanes::Sqlite { write, readers })
    }

    pub(crate) fn postgres(
        server: &Server,
        database: Uuid,
        (readers, writers): (usize, usize),
        room: usize,
        limit: Duration,
    ) -> Result<Lanes> {
        let lane = |name: &str, count: usize, mode: Mode| {
            let server = server.clone();
            Lane::start(name, count, room, move || PostgresConn::open(server.clone(), mode, database, limit))
        };
        Ok(Lanes::Postgres {
            write: lane("write", writers, Mode::Write)?,
            read: lane("read", readers, Mode::Read)?,
        })
    }

    /// How many changes wait for their turn.
    pub(crate) fn waiting(&self) -> usize {
        self.writer().queue.as_ref().map_or(0, flume::Sender::len)
    }

    pub(crate) fn writer(&self) -> &Lane {
        match self {
            Lanes::Sqlite { write, .. } | Lanes::Postgres { write, .. } => write,
        }
    }

    pub(crate) async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        match self {
            Lanes::Sqlite { readers, .. } => readers.take().await?.read(&closure),
            Lanes::Postgres { read, .. } => {
                read.task(Mode::Read, closure)?.await.map_err(|_| Error::Unavailable)?
            }
        }
    }

    pub(crate) fn read_blocking<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        match self {
            Lanes::Sqlite { readers, .. } => readers.take_blocking()?.read(&closure),
            Lanes::Postgres { read, .. } => {
                read.task(Mode::Read, closure)?.blocking_recv().map_err(|_| Error::Unavailable)?
            }
        }
    }

    pub(crate) async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer().task(Mode::Write, closure)?.await.map_err(|_| Error::Unavailable)?
    }

    pub(crate) fn write_blocking<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer().task(Mode::Write, closure)?.blocking_recv().map_err(|_| Error::Unavailable)?
    }
}
