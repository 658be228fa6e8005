//! When workers can work, sealed under their own key, and the hours of their contracts.

use crate::db::{Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, ProgrammeId};

/// When a worker can work.
#[derive(Debug, Clone)]
pub struct AvailabilityRow {
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub worker: AccountId,
    /// Sealed body.
    pub body: Vec<u8>,
    /// When it was written.
    pub at: Timestamp,
    /// Counts changes; 0 for a first one.
    pub version: i64,
}

/// Keeps it. `false` when it was written since `version`.
pub fn keep(tx: &mut Tx<'_>, new: &AvailabilityRow) -> Result<bool> {
    if new.version == 0 {
        let rows = tx.exec(
            sql!(
                "INSERT INTO availability (programme, worker, body, at, version) VALUES ($1, $2, $3, $4, 1) \
                  ON CONFLICT (programme, worker) DO NOTHING"
            ),
            params![new.programme.0, new.worker.0, new.body.clone(), new.at],
        )?;
        return Ok(rows == 1);
    }
    let rows = tx.exec(
        sql!(
            "UPDATE availability SET body = $3, at = $4, version = version + 1 \
              WHERE programme = $1 AND worker = $2 AND version = $5"
        ),
        params![new.programme.0, new.worker.0, new.body.clone(), new.at, new.version],
    )?;
    Ok(rows == 1)
}

/// When a worker can work in a programme; none while they have not said.
pub fn get(tx: &mut Tx<'_>, programme: ProgrammeId, worker: AccountId) -> Result<Option<AvailabilityRow>> {
    tx.opt(
        sql!("SELECT programme, worker, body, at, version FROM availability WHERE programme = $1 AND worker = $2"),
        params![programme.0, worker.0],
        |row| {
            Ok(AvailabilityRow {
                programme: ProgrammeId(row.get("programme")?),
                worker: AccountId(row.get("worker")?),
                body: row.get("body")?,
                at: row.get("at")?,
                version: row.get("version")?,
            })
        },
    )
}

/// Sets the minutes a week of a contract from a day on; a later word about the same day counts.
pub fn set_contract(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    worker: AccountId,
    (from_day, minutes): (&str, i64),
    by: AccountId,
    at: Timestamp,
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO contract (programme, worker, from_day, minutes, set_by, at) VALUES ($1, $2, $3, $4, $5, $6) \
              ON CONFLICT (programme, worker, from_day) DO UPDATE SET minutes = excluded.minutes, \
              set_by = excluded.set_by, at = excluded.at"
        ),
        params![programme.0, worker.0, from_day, minutes, by.0, at],
    )?;
    Ok(())
}

/// What was set for a worker, the first day first: day and minutes a week.
pub fn contracts(tx: &mut Tx<'_>, programme: ProgrammeId, worker: AccountId) -> Result<Vec<(String, i64)>> {
    tx.all(
        sql!("SELECT from_day, minutes FROM contract WHERE programme = $1 AND worker = $2 ORDER BY from_day"),
        params![programme.0, worker.0],
        |row| Ok((row.get("from_day")?, row.get("minutes")?)),
    )
}
