//! Sessions, what lies between a password and its second step, and wrong tries.

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use crate::seal::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, MembershipId};
use uuid::Uuid;

/// A session.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Its id.
    pub id: Uuid,
    /// Hash of the cookie's secret.
    pub secret: Vec<u8>,
    /// Whose.
    pub account: AccountId,
    /// In which role.
    pub membership: Option<MembershipId>,
    /// Whether other people use the device too.
    pub shared_device: bool,
    /// Since when.
    pub started: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When its owner last showed that it is they.
    pub proved_at: Timestamp,
    /// By when its owner has to have set up the second step; none when nobody asks for it, or it is set up.
    pub second_due: Option<Timestamp>,
    /// Which kind of browser, by a name from a closed list.
    pub browser: String,
    /// Whether something happened to how its owner signs in that they have not seen here.
    pub news: bool,
}

fn row_of(row: &Row<'_>) -> Result<SessionRow> {
    let started: Timestamp = row.get("started")?;
    Ok(SessionRow {
        id: row.get("id")?,
        secret: row.get("secret")?,
        account: AccountId(row.get("account")?),
        membership: row.get::<Option<Uuid>>("membership")?.map(MembershipId),
        shared_device: row.get("shared_device")?,
        started,
        seen: row.get("seen")?,
        proved_at: row.get::<Option<Timestamp>>("proved_at")?.unwrap_or(started),
        second_due: row.get("second_due")?,
        browser: row.get::<Option<String>>("browser")?.unwrap_or_default(),
        news: row.get::<Option<bool>>("news")?.unwrap_or_default(),
    })
}

/// Adds a session.
pub fn insert(tx: &mut Tx<'_>, new: &SessionRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO session (id, secret, account, membership, shared_device, started, seen, proved_at, \
              second_due, browser, news) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            new.id,
            new.secret.clone(),
            new.account.0,
            new.membership.map(|m| m.0),
            new.shared_device,
            new.started,
            new.seen,
            new.proved_at,
            new.second_due,
            &*new.browser,
            new.news
        ],
    )?;
    Ok(())
}

/// The session with this secret, unless it was ended.
pub fn by_secret(tx: &mut Tx<'_>, secret: &[u8]) -> Result<Option<SessionRow>> {
    tx.opt(
        sql!(
            "SELECT id, secret, account, membership, shared_device, started, seen, proved_at, second_due, browser, \
              news FROM session WHERE secret = $1 AND ended IS NULL"
        ),
        params![secret.to_vec()],
        row_of,
    )
}

/// The sessions of an account that began since a time and were not ended, the one that was used last first.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId, since: Timestamp) -> Result<Vec<SessionRow>> {
    tx.all(
        sql!(
            "SELECT id, secret, account, membership, shared_device, started, seen, proved_at, second_due, browser, \
              news FROM session WHERE account = $1 AND started > $2 AND ended IS NULL ORDER BY seen DESC, id"
        ),
        params![account.0, since],
        row_of,
    )
}

/// When the last session of an account before a time began.
pub fn last_before(tx: &mut Tx<'_>, account: AccountId, before: Timestamp) -> Result<Option<Timestamp>> {
    tx.opt(
        sql!("SELECT started FROM session WHERE account = $1 AND started < $2 ORDER BY started DESC LIMIT 1"),
        params![account.0, before],
        |row| row.get("started"),
    )
}

/// Notes that a session is in use.
pub fn touch(tx: &mut Tx<'_>, id: Uuid, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE session SET seen = $2 WHERE id = $1 AND seen < $2"), params![id, at])?;
    Ok(())
}

/// Notes that its owner has just shown that it is they.
pub fn prove(tx: &mut Tx<'_>, id: Uuid, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE session SET proved_at = $2 WHERE id = $1"), params![id, at])?;
    Ok(())
}

/// Asks no session of an account any more for the second step: it is set up.
pub fn second_step_is_set(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.exec(
        sql!("UPDATE session SET second_due = NULL WHERE account = $1 AND ended IS NULL"),
        params![account.0],
    )?;
    Ok(())
}

/// Changes the role a session acts in.
pub fn switch(tx: &mut Tx<'_>, id: Uuid, membership: MembershipId) -> Result<()> {
    tx.exec(sql!("UPDATE session SET membership = $2 WHERE id = $1"), params![id, membership.0])?;
    Ok(())
}

/// Ends one session.
pub fn end(tx: &mut Tx<'_>, id: Uuid, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE session SET ended = $2 WHERE id = $1 AND ended IS NULL"), params![id, at])?;
    Ok(())
}

/// Ends one session of this account. `false` when it has none like it.
pub fn end_own(tx: &mut Tx<'_>, account: AccountId, id: Uuid, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE session SET ended = $3 WHERE account = $1 AND id = $2 AND ended IS NULL"),
        params![account.0, id, at],
    )?;
    Ok(rows == 1)
}

/// Ends every session of an account but one.
pub fn end_others(tx: &mut Tx<'_>, account: AccountId, but: Uuid, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("UPDATE session SET ended = $3 WHERE account = $1 AND id <> $2 AND ended IS NULL"),
        params![account.0, but, at],
    )?;
    Ok(())
}

// ---- wrong tries ----

/// Counts a try under a (keyed, hashed) name, before it is made.
pub fn count_try(tx: &mut Tx<'_>, name: &[u8], at: Timestamp) -> Result<()> {
    tx.exec(sql!("INSERT INTO sign_in_failure (name, at) VALUES ($1, $2)"), params![name.to_vec(), at])?;
    Ok(())
}

/// How many tries under a name since a time were wrong, and when the last of them was.
pub fn tries(tx: &mut Tx<'_>, name: &[u8], since: Timestamp) -> Result<(u32, Option<Timestamp>)> {
    let all: Vec<Timestamp> = tx.all(
        sql!("SELECT at FROM sign_in_failure WHERE name = $1 AND at >= $2 ORDER BY at DESC"),
        params![name.to_vec(), since],
        |row| row.get("at"),
    )?;
    Ok((u32::try_from(all.len()).unwrap_or(u32::MAX), all.first().copied()))
}

/// Forgets the tries under a name: one was right.
pub fn forget_tries(tx: &mut Tx<'_>, name: &[u8]) -> Result<()> {
    tx.exec(sql!("DELETE FROM sign_in_failure WHERE name = $1"), params![name.to_vec()])?;
    Ok(())
}

// ---- between the password and the second step ----

/// Somebody whose password fitted and whose second step is still to come. It lies sealed in a cookie, and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfWay {
    /// Whose account.
    pub account: AccountId,
    /// In which role they will act, when a link named it.
    pub membership: Option<MembershipId>,
    /// Whether other people use the device too.
    pub shared_device: bool,
    /// When the password fitted.
    pub at: Timestamp,
}

const HALF_WAY: &[u8] = b"porchlight half way";

impl HalfWay {
    /// As it stands in the cookie.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn to_token(&self, keys: &Keys) -> Result<String> {
        let mut open = Vec::with_capacity(41);
        open.extend_from_slice(self.account.0.as_bytes());
        open.extend_from_slice(self.membership.map_or(Uuid::nil(), |id| id.0).as_bytes());
        open.extend_from_slice(&self.at.as_microsecond().to_be_bytes());
        open.push(self.shared_device.into());
        Ok(URL_SAFE_NO_PAD.encode(keys.seal_token(&[HALF_WAY], &open)?))
    }

    /// Reads [`HalfWay::to_token`].
    ///
    /// # Errors
    /// [`Error::Sealed`] when it is none.
    pub fn from_token(keys: &Keys, text: &str) -> Result<HalfWay> {
        let sealed = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::Sealed)?;
        let open = keys.open_token(&[HALF_WAY], &sealed)?;
        let bytes: &[u8; 41] = open.as_slice().try_into().map_err(|_| Error::Sealed)?;
        let id = |from: usize| Uuid::from_slice(&bytes[from..from + 16]).map_err(|_| Error::Sealed);
        let membership = id(16)?;
        let at = i64::from_be_bytes(bytes[32..40].try_into().map_err(|_| Error::Sealed)?);
        Ok(HalfWay {
            account: AccountId(id(0)?),
            membership: (!membership.is_nil()).then_some(MembershipId(membership)),
            shared_device: bytes[40] != 0,
            at: Timestamp::from_microsecond(at).map_err(|_| Error::Sealed)?,
        })
    }
}
