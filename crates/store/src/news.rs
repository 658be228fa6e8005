//! What happened to how somebody signs in, which its owner is told.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::AccountId;
use porchlight_practice::news::News;
use uuid::Uuid;

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct NewsRow {
    /// Its id.
    pub id: Uuid,
    /// To whose account.
    pub account: AccountId,
    /// What; none when a later release knows what this does not.
    pub kind: Option<News>,
    /// With which kind of browser, by a name from a closed list; empty when that is not known.
    pub browser: String,
    /// In which session, if in one.
    pub session: Option<Uuid>,
    /// When.
    pub at: Timestamp,
}

fn news(row: &Row<'_>) -> Result<NewsRow> {
    let kind: String = row.get("kind")?;
    Ok(NewsRow {
        id: row.get("id")?,
        account: AccountId(row.get("account")?),
        kind: News::parse(&kind),
        browser: row.get("browser")?,
        session: row.get("session")?,
        at: row.get("at")?,
    })
}

/// Adds what happened; every session but the one it happened in shows that there is news.
pub fn add(
    tx: &mut Tx<'_>,
    id: Uuid,
    account: AccountId,
    kind: News,
    browser: &str,
    session: Option<Uuid>,
    at: Timestamp,
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO account_news (id, account, kind, browser, session, at) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![id, account.0, kind.as_str(), browser, session, at],
    )?;
    tx.exec(
        sql!("UPDATE session SET news = $3 WHERE account = $1 AND id <> $2 AND ended IS NULL"),
        params![account.0, session.unwrap_or(Uuid::nil()), true],
    )?;
    Ok(())
}

/// What happened to an account since a time, the newest first.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId, since: Timestamp) -> Result<Vec<NewsRow>> {
    tx.all(
        sql!(
            "SELECT id, account, kind, browser, session, at FROM account_news WHERE account = $1 AND at > $2 \
              ORDER BY at DESC, id DESC LIMIT 100"
        ),
        params![account.0, since],
        news,
    )
}

/// Whether something happened since a time that its owner has not seen.
pub fn is_unseen(tx: &mut Tx<'_>, account: AccountId, since: Timestamp) -> Result<bool> {
    let found: Option<i64> = tx.opt(
        sql!("SELECT 1 AS n FROM account_news WHERE account = $1 AND at > $2 AND seen_at IS NULL LIMIT 1"),
        params![account.0, since],
        |row| row.get("n"),
    )?;
    Ok(found.is_some())
}

/// Notes that the owner has seen what happened, but for what happened in this very session: whoever came in with somebody else's
/// password does not put out of sight that they did.
pub fn see(tx: &mut Tx<'_>, account: AccountId, session: Uuid, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE account_news SET seen_at = $3 WHERE account = $1 AND seen_at IS NULL \
              AND (session IS NULL OR session <> $2)"
        ),
        params![account.0, session, at],
    )?;
    tx.exec(sql!("UPDATE session SET news = $2 WHERE id = $1"), params![session, false])?;
    Ok(())
}

/// What nobody was told of yet outside of the pages, the first ones first.
pub fn untold(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<NewsRow>> {
    tx.all(
        sql!(
            "SELECT id, account, kind, browser, session, at FROM account_news WHERE told_at IS NULL \
              ORDER BY at LIMIT $1"
        ),
        params![limit],
        news,
    )
}

/// Notes that its owner was told, or has nothing to be told by.
pub fn told(tx: &mut Tx<'_>, id: Uuid, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE account_news SET told_at = $2 WHERE id = $1 AND told_at IS NULL"), params![id, at])?;
    Ok(())
}

/// Clears away what is older.
pub fn clear_old(tx: &mut Tx<'_>, before: Timestamp) -> Result<()> {
    tx.exec(sql!("DELETE FROM account_news WHERE at < $1"), params![before])?;
    Ok(())
}
