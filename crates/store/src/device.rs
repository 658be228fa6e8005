//! Phones on which somebody can read and write without signal.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, DeviceId, MembershipId};

/// One phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its id.
    pub id: DeviceId,
    /// Whose.
    pub account: AccountId,
    /// In which of their roles it was set up.
    pub membership: MembershipId,
    /// When it was set up.
    pub made_at: Timestamp,
    /// When it was last heard of.
    pub heard_at: Timestamp,
    /// How much waited on it then.
    pub waiting: i64,
    /// Since when it is no longer used.
    pub ended_at: Option<Timestamp>,
}

fn row(row: &Row<'_>) -> Result<DeviceRow> {
    Ok(DeviceRow {
        id: DeviceId(row.get("id")?),
        account: AccountId(row.get("account")?),
        membership: MembershipId(row.get("membership")?),
        made_at: row.get("made_at")?,
        heard_at: row.get("heard_at")?,
        waiting: row.get("waiting")?,
        ended_at: row.get("ended_at")?,
    })
}

/// Keeps a new one, under the hash of the secret that it shows.
pub fn insert(tx: &mut Tx<'_>, new: &DeviceRow, secret_hash: &[u8]) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO device (id, account, membership, secret_hash, made_at, heard_at, waiting) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            new.id.0,
            new.account.0,
            new.membership.0,
            secret_hash.to_vec(),
            new.made_at,
            new.heard_at,
            new.waiting
        ],
    )?;
    Ok(())
}

/// The one that shows this secret, also when it has ended.
pub fn by_secret(tx: &mut Tx<'_>, secret_hash: &[u8]) -> Result<Option<DeviceRow>> {
    tx.opt(
        sql!(
            "SELECT id, account, membership, made_at, heard_at, waiting, ended_at FROM device \
              WHERE secret_hash = $1"
        ),
        params![secret_hash.to_vec()],
        row,
    )
}

/// Those of an account that are used, the newest first.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<DeviceRow>> {
    tx.all(
        sql!(
            "SELECT id, account, membership, made_at, heard_at, waiting, ended_at FROM device \
              WHERE account = $1 AND ended_at IS NULL ORDER BY made_at DESC, id"
        ),
        params![account.0],
        row,
    )
}

/// It was heard of, and this much waits on it.
pub fn heard(tx: &mut Tx<'_>, id: DeviceId, waiting: i64, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE device SET heard_at = $2, waiting = $3 WHERE id = $1"), params![id.0, at, waiting])?;
    Ok(())
}

/// It is used no more. `false` when it is none of this account's, or has ended already.
pub fn end(tx: &mut Tx<'_>, id: DeviceId, account: AccountId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE device SET ended_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL"),
        params![id.0, account.0, at],
    )?;
    Ok(rows == 1)
}
