//! Work that is not with a person, sealed under the worker's key.

use crate::db::{Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, ProgrammeId, WorkId};

/// One stretch of work.
#[derive(Debug, Clone)]
pub struct WorkRow {
    /// Its id.
    pub id: WorkId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub worker: AccountId,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// Sealed body.
    pub body: Vec<u8>,
}

/// Adds a stretch of work.
pub fn insert(tx: &mut Tx<'_>, new: &WorkRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO work (id, programme, worker, started, ended, body) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![new.id.0, new.programme.0, new.worker.0, new.started, new.ended, new.body.clone()],
    )?;
    Ok(())
}

/// A worker's own work since a time, the newest first.
pub fn of_worker(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    worker: AccountId,
    since: Timestamp,
) -> Result<Vec<WorkRow>> {
    tx.all(
        sql!("SELECT id, programme, worker, started, ended, body FROM work WHERE worker = $2 AND programme = $1 AND \
              started >= $3 ORDER BY started DESC, id DESC"),
        params![programme.0, worker.0, since],
        |row| {
            Ok(WorkRow {
                id: WorkId(row.get("id")?),
                programme: ProgrammeId(row.get("programme")?),
                worker: AccountId(row.get("worker")?),
                started: row.get("started")?,
                ended: row.get("ended")?,
                body: row.get("body")?,
            })
        },
    )
}
