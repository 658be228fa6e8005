//! The second step of signing in: the sealed secret of somebody's app, and their codes on paper.

use crate::db::{Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::AccountId;

/// The second step of an account.
#[derive(Debug, Clone)]
pub struct SecondStepRow {
    /// When its owner was first asked to set it up.
    pub asked_at: Option<Timestamp>,
    /// The secret, sealed under the account's own key; none while it is not set up.
    pub secret: Option<Vec<u8>>,
    /// The step of the last code that was taken.
    pub last_step: i64,
    /// Since when it is set up.
    pub set_at: Option<Timestamp>,
}

/// The second step of an account; none when it was never asked for nor set up.
pub fn get(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<SecondStepRow>> {
    tx.opt(
        sql!("SELECT asked_at, secret, last_step, set_at FROM second_step WHERE account = $1"),
        params![account.0],
        |row| {
            Ok(SecondStepRow {
                asked_at: row.get("asked_at")?,
                secret: row.get("secret")?,
                last_step: row.get("last_step")?,
                set_at: row.get("set_at")?,
            })
        },
    )
}

/// Notes when somebody was first asked. What was noted before stays.
pub fn ask(tx: &mut Tx<'_>, account: AccountId, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO second_step (account, asked_at, last_step) VALUES ($1, $2, 0) ON CONFLICT (account) DO NOTHING"),
        params![account.0, at],
    )?;
    Ok(())
}

/// Keeps a secret. The step is that of the code that was shown to be of it.
pub fn set(tx: &mut Tx<'_>, account: AccountId, secret: &[u8], step: i64, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO second_step (account, asked_at, secret, last_step, set_at) VALUES ($1, $4, $2, $3, $4) \
              ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step, \
              set_at = excluded.set_at"
        ),
        params![account.0, secret.to_vec(), step, at],
    )?;
    Ok(())
}

/// Switches the second step of an account off, with its codes on paper. When it was first asked for stays.
pub fn switch_off(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.exec(
        sql!("UPDATE second_step SET secret = NULL, set_at = NULL WHERE account = $1"),
        params![account.0],
    )?;
    tx.exec(sql!("DELETE FROM recovery_code WHERE account = $1"), params![account.0])?;
    Ok(())
}

/// Takes the second step off an account, with its codes on paper. The time to set it up again begins anew.
pub fn take_off(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.exec(sql!("DELETE FROM second_step WHERE account = $1"), params![account.0])?;
    tx.exec(sql!("DELETE FROM recovery_code WHERE account = $1"), params![account.0])?;
    Ok(())
}

/// Takes a step of the app. `false` when it, or a later one, was taken before.
pub fn take_step(tx: &mut Tx<'_>, account: AccountId, step: i64) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE second_step SET last_step = $2 WHERE account = $1 AND last_step < $2"),
        params![account.0, step],
    )?;
    Ok(rows == 1)
}

/// Keeps new codes on paper, hashed. Those before open nothing any more.
pub fn set_codes(tx: &mut Tx<'_>, account: AccountId, codes: &[[u8; 16]]) -> Result<()> {
    tx.exec(sql!("DELETE FROM recovery_code WHERE account = $1"), params![account.0])?;
    for code in codes {
        tx.exec(
            sql!("INSERT INTO recovery_code (account, code) VALUES ($1, $2)"),
            params![account.0, code.to_vec()],
        )?;
    }
    Ok(())
}

/// Takes a code from the paper. `false` when there is no such code, or it was taken before.
pub fn take_code(tx: &mut Tx<'_>, account: AccountId, code: &[u8; 16], at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE recovery_code SET used_at = $3 WHERE account = $1 AND code = $2 AND used_at IS NULL"),
        params![account.0, code.to_vec(), at],
    )?;
    Ok(rows == 1)
}

/// How many codes on the paper are not used yet.
pub fn codes_left(tx: &mut Tx<'_>, account: AccountId) -> Result<i64> {
    let count = tx.opt(
        sql!("SELECT COUNT(*) AS n FROM recovery_code WHERE account = $1 AND used_at IS NULL"),
        params![account.0],
        |row| row.get("n"),
    )?;
    Ok(count.unwrap_or(0))
}
