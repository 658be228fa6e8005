//! What was asked of somebody elsewhere and waits for its answer: sealed, for some minutes, and taken by the first who answers.

use crate::db::{Sql, Tx, params, sql};
use crate::error::{Error, Result};
use crate::seal::Keys;
use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Challenges of one kind.
#[derive(Debug, Clone, Copy)]
pub struct Challenges {
    /// What one is sealed as: it opens as nothing else.
    what: &'static [u8],
    keep: Sql,
    find: Sql,
    remove: Sql,
    clear: Sql,
}

/// Those of a device that shows a passkey.
pub const OF_DEVICES: Challenges = Challenges {
    what: b"passkey challenge",
    keep: sql!("INSERT INTO passkey_challenge (id, body, until) VALUES ($1, $2, $3)"),
    find: sql!("SELECT body, until FROM passkey_challenge WHERE id = $1"),
    remove: sql!("DELETE FROM passkey_challenge WHERE id = $1"),
    clear: sql!("DELETE FROM passkey_challenge WHERE until <= $1"),
};

/// Those of the agency's provider.
pub const OF_PROVIDER: Challenges = Challenges {
    what: b"single sign-on question",
    keep: sql!("INSERT INTO single_sign_on_question (id, body, until) VALUES ($1, $2, $3)"),
    find: sql!("SELECT body, until FROM single_sign_on_question WHERE id = $1"),
    remove: sql!("DELETE FROM single_sign_on_question WHERE id = $1"),
    clear: sql!("DELETE FROM single_sign_on_question WHERE until <= $1"),
};

impl Challenges {
    /// Keeps what was asked, sealed.
    pub fn ask(&self, tx: &mut Tx<'_>, keys: &Keys, id: Uuid, asked: &[u8], until: Timestamp) -> Result<()> {
        let sealed = keys.seal_token(&[self.what, id.as_bytes()], asked)?;
        tx.exec(self.keep, params![id, sealed, until])?;
        Ok(())
    }

    /// Takes what was asked, once. None when it was taken before, has run out or never was.
    pub fn take(
        &self,
        tx: &mut Tx<'_>,
        keys: &Keys,
        id: Uuid,
        now: Timestamp,
    ) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let found: Option<(Vec<u8>, Timestamp)> =
            tx.opt(self.find, params![id], |row| Ok((row.get("body")?, row.get("until")?)))?;
        let Some((sealed, until)) = found else { return Ok(None) };
        let rows = tx.exec(self.remove, params![id])?;
        if rows != 1 || until <= now {
            return Ok(None);
        }
        match keys.open_token(&[self.what, id.as_bytes()], &sealed) {
            Ok(asked) => Ok(Some(asked)),
            // From before the ring was turned.
            Err(Error::Sealed) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Clears away what nobody answered.
    pub fn clear_old(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<()> {
        tx.exec(self.clear, params![now])?;
        Ok(())
    }
}
