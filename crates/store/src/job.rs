//! Work for later, kept in the transaction of the change that causes it.
//!
//! A job is claimed by one worker for a while. Who claims it again counts up `attempts`, and only the worker with the
//! newest count may finish it: a worker that slept through its time can't undo the work of the next.

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// A job to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob<'a> {
    /// Its id.
    pub id: Uuid,
    /// What is to be done, such as `ladder.call`.
    pub kind: &'a str,
    /// What the doer needs; nothing personal in the clear.
    pub payload: &'a [u8],
    /// Not before this.
    pub run_at: Timestamp,
    /// A second job with the same key is the same job, even after it is done.
    pub unique_key: Option<&'a str>,
}

/// A claimed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// What the doer needs.
    pub payload: Vec<u8>,
    /// When it was due.
    pub run_at: Timestamp,
    /// How often it has been claimed, this time included.
    pub attempts: i64,
}

/// A job that keeps failing, for whoever looks after the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What was to be done.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// The last reason given.
    pub why: String,
    /// When it is tried again.
    pub run_at: Timestamp,
}

/// Keeps a job. Answers false when one with its unique key is there already.
///
/// # Errors
/// The database's.
pub fn enqueue(tx: &mut Tx<'_>, job: &NewJob<'_>) -> Result<bool> {
    let kept = tx.exec(
        sql!(
            "INSERT INTO job (id, kind, payload, run_at, attempts, unique_key) VALUES ($1, $2, $3, $4, 0, $5)
             ON CONFLICT (unique_key) DO NOTHING"
        ),
        params![job.id, job.kind, job.payload, job.run_at, job.unique_key],
    )?;
    Ok(kept == 1)
}

/// Claims the job that has been due for longest, if any, for `lease`. Nobody else gets it until then.
///
/// # Errors
/// The database's.
pub fn claim(tx: &mut Tx<'_>, now: Timestamp, worker: &str, lease: SignedDuration) -> Result<Option<Job>> {
    tx.opt(
        sql!(
            "UPDATE job SET claimed_by = $2, claimed_until = $3, attempts = attempts + 1
             WHERE id = (
                 SELECT id FROM job
                 WHERE done_at IS NULL AND run_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
                 ORDER BY run_at, id LIMIT 1
             )
             RETURNING id, kind, payload, run_at, attempts"
        ),
        params![now, worker, now.saturating_add(lease).unwrap_or(Timestamp::MAX)],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Job> {
    Ok(Job {
        id: row.get("id")?,
        kind: row.get("kind")?,
        payload: row.get("payload")?,
        run_at: row.get("run_at")?,
        attempts: row.get("attempts")?,
    })
}

/// Notes that a claimed job is done.
///
/// # Errors
/// [`Error::Stale`] when somebody else has claimed it since.
pub fn finish(tx: &mut Tx<'_>, job: &Job, now: Timestamp) -> Result<()> {
    let changed = tx.exec(
        sql!(
            "UPDATE job SET done_at = $3, claimed_by = NULL, claimed_until = NULL, trouble = NULL
             WHERE id = $1 AND attempts = $2 AND done_at IS NULL"
        ),
        params![job.id, job.attempts, now],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Notes that a claimed job failed; it is tried again after [`wait`]. It is never given up: somebody may depend on it.
/// `why` is a short reason in the program's own words, never data.
///
/// # Errors
/// [`Error::Stale`] when somebody else has claimed it since.
pub fn fail(tx: &mut Tx<'_>, job: &Job, now: Timestamp, why: &str) -> Result<()> {
    let again = now.saturating_add(wait(job.attempts)).unwrap_or(Timestamp::MAX);
    let changed = tx.exec(
        sql!(
            "UPDATE job SET run_at = $3, claimed_by = NULL, claimed_until = NULL, trouble = $4
             WHERE id = $1 AND attempts = $2 AND done_at IS NULL"
        ),
        params![job.id, job.attempts, again, why],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// How long to wait after so many attempts: 10 seconds, doubling, never more than an hour.
pub fn wait(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 10) - 1).unwrap_or(0);
    SignedDuration::from_secs((10i64 << doublings).min(3600))
}

/// When the next job can be claimed, so that the clockwork can sleep until then.
///
/// # Errors
/// The database's.
pub fn next_at(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    tx.opt(
        sql!(
            "SELECT CASE WHEN claimed_until > run_at THEN claimed_until ELSE run_at END AS next FROM job
             WHERE done_at IS NULL
             ORDER BY CASE WHEN claimed_until > run_at THEN claimed_until ELSE run_at END LIMIT 1"
        ),
        &[],
        |row| row.get("next"),
    )
}

/// The jobs that have been tried at least so often without success, longest first.
///
/// # Errors
/// The database's.
pub fn troubled(tx: &mut Tx<'_>, attempts: i64, limit: i64) -> Result<Vec<Trouble>> {
    tx.all(
        sql!(
            "SELECT kind, attempts, trouble, run_at FROM job
             WHERE done_at IS NULL AND attempts >= $1 AND trouble IS NOT NULL
             ORDER BY attempts DESC, id LIMIT $2"
        ),
        params![attempts, limit],
        |row| {
            Ok(Trouble {
                kind: row.get("kind")?,
                attempts: row.get("attempts")?,
                why: row.get("trouble")?,
                run_at: row.get("run_at")?,
            })
        },
    )
}

/// Clears away jobs done before a time. Their unique keys can be used again after that.
///
/// # Errors
/// The database's.
pub fn clear(tx: &mut Tx<'_>, done_before: Timestamp) -> Result<u64> {
    tx.exec(sql!("DELETE FROM job WHERE done_at < $1"), params![done_before])
}
