//! The threads that own the connections, and how closures reach them.
//!
//! Writes wait in a bounded queue. On SQLite one thread takes everything that waits, runs each closure in its own
//! savepoint of one transaction, commits once, and answers only then: one write to the disk serves many people. On
//! PostgreSQL several threads run one closure each as ordinary serializable transactions, again when they cross.
//!
//! Closures may run more than once, so they are `Fn` and touch nothing outside.

mod postgres;
mod sqlite;

pub(crate) use postgres::PostgresConn;
pub(crate) use sqlite::{Readers, SqliteConn};

use crate::db::{Mode, Tx};
use crate::error::{Error, Result};
use crate::server::Server;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;
use uuid::Uuid;

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
