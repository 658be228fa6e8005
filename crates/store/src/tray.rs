//! What came from phones and could not be filed as it is, sealed under its writer's key.

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, CommandId, ProgrammeId};
use porchlight_practice::tray::Why;

/// One thing in the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayRow {
    /// The command that the phone gave it: coming twice, it lies here once.
    pub id: CommandId,
    /// Who wrote it.
    pub account: AccountId,
    /// In which programme.
    pub programme: Option<ProgrammeId>,
    /// Sealed: where the form was going, and the form.
    pub body: Vec<u8>,
    /// Why it is here.
    pub why: Why,
    /// When it was written, by the phone's clock.
    pub written_at: Timestamp,
    /// When it came.
    pub arrived_at: Timestamp,
    /// `waiting`, `filed` or `aside`.
    pub state: String,
}

fn row(row: &Row<'_>) -> Result<TrayRow> {
    let why: String = row.get("why")?;
    let unknown = || Error::Column { column: "why".into(), wanted: "a reason" };
    Ok(TrayRow {
        id: CommandId(row.get("id")?),
        account: AccountId(row.get("account")?),
        programme: row.get::<Option<uuid::Uuid>>("programme")?.map(ProgrammeId),
        body: row.get("body")?,
        why: Why::parse(&why).ok_or_else(unknown)?,
        written_at: row.get("written_at")?,
        arrived_at: row.get("arrived_at")?,
        state: row.get("state")?,
    })
}

/// Puts something in. `false` when it is in already.
pub fn put(tx: &mut Tx<'_>, new: &TrayRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "INSERT INTO tray (id, account, programme, body, why, written_at, arrived_at, state) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting') ON CONFLICT (id) DO NOTHING"
        ),
        params![
            new.id.0,
            new.account.0,
            new.programme.map(|id| id.0),
            new.body.clone(),
            new.why.as_str(),
            new.written_at,
            new.arrived_at
        ],
    )?;
    Ok(rows == 1)
}

/// One thing in it, in whatever state.
pub fn get(tx: &mut Tx<'_>, id: CommandId) -> Result<Option<TrayRow>> {
    tx.opt(
        sql!(
            "SELECT id, account, programme, body, why, written_at, arrived_at, state FROM tray \
              WHERE id = $1"
        ),
        params![id.0],
        row,
    )
}

/// What waits of one writer, the oldest first.
pub fn waiting_of(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<TrayRow>> {
    tx.all(
        sql!(
            "SELECT id, account, programme, body, why, written_at, arrived_at, state FROM tray \
              WHERE account = $1 AND state = 'waiting' ORDER BY arrived_at, id"
        ),
        params![account.0],
        row,
    )
}

/// What waits in a programme, the oldest first.
pub fn waiting_in(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Vec<TrayRow>> {
    tx.all(
        sql!(
            "SELECT id, account, programme, body, why, written_at, arrived_at, state FROM tray \
              WHERE programme = $1 AND state = 'waiting' ORDER BY arrived_at, id"
        ),
        params![programme.0],
        row,
    )
}

/// Settles it, once. `reason` is sealed. `false` when it was settled already.
pub fn settle(
    tx: &mut Tx<'_>,
    id: CommandId,
    state: &str,
    by: AccountId,
    reason: Option<Vec<u8>>,
    at: Timestamp,
) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE tray SET state = $2, settled_by = $3, settled_at = $4, reason = $5 \
              WHERE id = $1 AND state = 'waiting'"
        ),
        params![id.0, state, by.0, at, reason],
    )?;
    Ok(rows == 1)
}
