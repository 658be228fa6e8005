//! PostgreSQL: connections that each run one closure at a time, again when it crossed with others.

use super::{Serve, Work};
use crate::db::{Link, Mode, Spoilt, Sql, Tx};
use crate::error::{Error, Result};
use crate::journal::Strand;
use crate::server::Server;
use std::collections::HashMap;
use std::time::Duration;
use uuid::Uuid;

/// How often PostgreSQL runs a closure that crosses with others before the answer is "busy".
const ATTEMPTS: u32 = 12;

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
