//! Who signs in by the agency's provider.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::AccountId;

/// An account that signs in by a provider. Nobody can read from it who that is there.
#[derive(Debug, Clone)]
pub struct LinkedRow {
    /// Whose.
    pub account: AccountId,
    /// Keyed hash of the provider's name.
    pub issuer: Vec<u8>,
    /// Keyed hash of the provider's name and of who they are there.
    pub subject: Vec<u8>,
    /// Since when.
    pub added_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

fn linked(row: &Row<'_>) -> Result<LinkedRow> {
    Ok(LinkedRow {
        account: AccountId(row.get("account")?),
        issuer: row.get("issuer")?,
        subject: row.get("subject")?,
        added_at: row.get("added_at")?,
        used_at: row.get("used_at")?,
    })
}

/// Links an account, in place of a link that it has. `false` when another account is linked with the same.
pub fn link(tx: &mut Tx<'_>, new: &LinkedRow) -> Result<bool> {
    unlink(tx, new.account)?;
    let rows = tx.exec(
        sql!(
            "INSERT INTO single_sign_on (account, issuer, subject, added_at) VALUES ($1, $2, $3, $4) \
              ON CONFLICT (subject) DO NOTHING"
        ),
        params![new.account.0, new.issuer.clone(), new.subject.clone(), new.added_at],
    )?;
    Ok(rows == 1)
}

/// The link of an account.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<LinkedRow>> {
    tx.opt(
        sql!("SELECT account, issuer, subject, added_at, used_at FROM single_sign_on WHERE account = $1"),
        params![account.0],
        linked,
    )
}

/// The link with this (hashed) name.
pub fn by_subject(tx: &mut Tx<'_>, subject: &[u8]) -> Result<Option<LinkedRow>> {
    tx.opt(
        sql!("SELECT account, issuer, subject, added_at, used_at FROM single_sign_on WHERE subject = $1"),
        params![subject.to_vec()],
        linked,
    )
}

/// Notes that a link was used.
pub fn used(tx: &mut Tx<'_>, account: AccountId, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE single_sign_on SET used_at = $2 WHERE account = $1"), params![account.0, at])?;
    Ok(())
}

/// Takes the link off an account. `false` when it has none.
pub fn unlink(tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    let rows = tx.exec(sql!("DELETE FROM single_sign_on WHERE account = $1"), params![account.0])?;
    Ok(rows == 1)
}
