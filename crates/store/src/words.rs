//! Words that were kept for a person, sealed under the person's key, and who switched the help with words off.

use crate::db::{Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, PersonId};

/// What was kept for a person.
#[derive(Debug, Clone)]
pub struct KeptRow {
    /// Whose.
    pub person: PersonId,
    /// The sealed list.
    pub body: Vec<u8>,
    /// When it was last changed.
    pub at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

/// What was kept for a person, if anything was.
pub fn kept(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<KeptRow>> {
    tx.opt(
        sql!("SELECT person, body, at, version FROM words_kept WHERE person = $1"),
        params![person.0],
        |row| {
            Ok(KeptRow {
                person: PersonId(row.get("person")?),
                body: row.get("body")?,
                at: row.get("at")?,
                version: row.get("version")?,
            })
        },
    )
}

/// Keeps a list for a person who has none yet.
pub fn insert(tx: &mut Tx<'_>, new: &KeptRow) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO words_kept (person, body, at, version) VALUES ($1, $2, $3, $4)"),
        params![new.person.0, new.body.clone(), new.at, new.version],
    )?;
    Ok(())
}

/// Keeps a changed list. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &KeptRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE words_kept SET body = $2, at = $3, version = version + 1 WHERE person = $1 AND version = $4"),
        params![new.person.0, new.body.clone(), new.at, new.version],
    )?;
    Ok(rows == 1)
}

/// Whether this account switched the help with words off.
pub fn is_off(tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    let found =
        tx.opt(sql!("SELECT account FROM words_off WHERE account = $1"), params![account.0], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Switches it off, if it is on.
pub fn switch_off(tx: &mut Tx<'_>, account: AccountId, since: Timestamp) -> Result<()> {
    if !is_off(tx, account)? {
        tx.exec(sql!("INSERT INTO words_off (account, since) VALUES ($1, $2)"), params![account.0, since])?;
    }
    Ok(())
}

/// Switches it on again.
pub fn switch_on(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.exec(sql!("DELETE FROM words_off WHERE account = $1"), params![account.0])?;
    Ok(())
}
