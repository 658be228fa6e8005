//! How somebody is reached outside of the pages: mailboxes and browsers. Where that is stays sealed.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::Means;
use porchlight_practice::id::{AccountId, ReachId};

/// One way to reach somebody.
#[derive(Debug, Clone)]
pub struct ReachRow {
    /// Its id.
    pub id: ReachId,
    /// Whom.
    pub account: AccountId,
    /// By which means; none when a later release knows one that this does not.
    pub means: Option<Means>,
    /// The sealed address.
    pub body: Vec<u8>,
    /// Since when.
    pub added_at: Timestamp,
    /// When its owner showed that it is theirs.
    pub confirmed_at: Option<Timestamp>,
}

fn reach(row: &Row<'_>) -> Result<ReachRow> {
    let means: String = row.get("means")?;
    Ok(ReachRow {
        id: ReachId(row.get("id")?),
        account: AccountId(row.get("account")?),
        means: Means::parse(&means),
        body: row.get("body")?,
        added_at: row.get("added_at")?,
        confirmed_at: row.get("confirmed_at")?,
    })
}

/// Adds a way.
///
/// # Errors
/// The database's.
pub fn insert(
    tx: &mut Tx<'_>,
    id: ReachId,
    account: AccountId,
    means: Means,
    body: &[u8],
    at: Timestamp,
) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO reach (id, account, means, body, added_at) VALUES ($1, $2, $3, $4, $5)"),
        params![id.0, account.0, means.as_str(), body, at],
    )?;
    Ok(())
}

/// Every way to reach somebody, the newest first.
///
/// # Errors
/// The database's.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<ReachRow>> {
    tx.all(
        sql!(
            "SELECT id, account, means, body, added_at, confirmed_at FROM reach WHERE account = $1 AND ended_at IS NULL
             ORDER BY added_at DESC, id DESC"
        ),
        params![account.0],
        reach,
    )
}

/// Notes that a way of this account is really its owner's. `false` when it has none like it any more.
///
/// # Errors
/// The database's.
pub fn confirm(tx: &mut Tx<'_>, id: ReachId, account: AccountId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE reach SET confirmed_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL"),
        params![id.0, account.0, at],
    )?;
    Ok(rows == 1)
}

/// Ends a way of this account. Twice changes nothing.
///
/// # Errors
/// The database's.
pub fn end(tx: &mut Tx<'_>, id: ReachId, account: AccountId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE reach SET ended_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL"),
        params![id.0, account.0, at],
    )?;
    Ok(rows == 1)
}
