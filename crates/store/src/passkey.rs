//! Passkeys.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::AccountId;
use uuid::Uuid;

/// A passkey of an account.
#[derive(Debug, Clone)]
pub struct PasskeyRow {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub account: AccountId,
    /// Hash of what its device calls it.
    pub credential: Vec<u8>,
    /// The sealed public key, with what its device said of it.
    pub body: Vec<u8>,
    /// With which kind of browser it was made, by a name from a closed list.
    pub browser: String,
    /// Since when.
    pub added_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

fn passkey(row: &Row<'_>) -> Result<PasskeyRow> {
    Ok(PasskeyRow {
        id: row.get("id")?,
        account: AccountId(row.get("account")?),
        credential: row.get("credential")?,
        body: row.get("body")?,
        browser: row.get("browser")?,
        added_at: row.get("added_at")?,
        used_at: row.get("used_at")?,
    })
}

/// Adds a passkey. `false` when there is one like it, of whomever.
pub fn add(tx: &mut Tx<'_>, new: &PasskeyRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "INSERT INTO passkey (id, account, credential, body, browser, added_at) \
              VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential) DO NOTHING"
        ),
        params![new.id, new.account.0, new.credential.clone(), new.body.clone(), &*new.browser, new.added_at],
    )?;
    Ok(rows == 1)
}

/// The passkeys of an account, the newest first.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<PasskeyRow>> {
    tx.all(
        sql!(
            "SELECT id, account, credential, body, browser, added_at, used_at FROM passkey WHERE account = $1 \
              ORDER BY added_at DESC, id DESC"
        ),
        params![account.0],
        passkey,
    )
}

/// The passkey with this (hashed) name.
pub fn by_credential(tx: &mut Tx<'_>, credential: &[u8]) -> Result<Option<PasskeyRow>> {
    tx.opt(
        sql!(
            "SELECT id, account, credential, body, browser, added_at, used_at FROM passkey WHERE credential = $1"
        ),
        params![credential.to_vec()],
        passkey,
    )
}

/// Notes that a passkey was used, with what its device said of it now.
pub fn used(tx: &mut Tx<'_>, id: Uuid, body: &[u8], at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("UPDATE passkey SET body = $2, used_at = $3 WHERE id = $1"),
        params![id, body.to_vec(), at],
    )?;
    Ok(())
}

/// Removes a passkey of this account. `false` when it has none like it.
pub fn remove(tx: &mut Tx<'_>, account: AccountId, id: Uuid) -> Result<bool> {
    let rows = tx.exec(sql!("DELETE FROM passkey WHERE account = $1 AND id = $2"), params![account.0, id])?;
    Ok(rows == 1)
}

/// Removes every passkey of an account.
pub fn remove_all(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.exec(sql!("DELETE FROM passkey WHERE account = $1"), params![account.0])?;
    Ok(())
}
