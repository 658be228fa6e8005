//! Accounts, their roles, and links that let somebody in.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, LinkId, MembershipId, PersonId, ProgrammeId};
use uuid::Uuid;

/// An account. Name and phone are sealed under the account's own key.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// Keyed hash of the name to sign in with; none for somebody who never signs in with a password.
    pub sign_in_name: Option<Vec<u8>>,
    /// Sealed display name.
    pub name: Vec<u8>,
    /// Sealed phone number.
    pub phone: Option<Vec<u8>>,
    /// Password hash in the PHC text form.
    pub password: Option<String>,
    /// Language tag.
    pub lang: String,
    /// Counts changes.
    pub version: i64,
}

fn account(row: &Row<'_>) -> Result<AccountRow> {
    Ok(AccountRow {
        id: AccountId(row.get("id")?),
        sign_in_name: row.get("sign_in_name")?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        password: row.get("password")?,
        lang: row.get("lang")?,
        version: row.get("version")?,
    })
}

/// Adds an account.
pub fn insert(tx: &mut Tx<'_>, new: &AccountRow, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO account (id, sign_in_name, name, phone, password, lang, created_at, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            new.id.0,
            new.sign_in_name.clone(),
            new.name.clone(),
            new.phone.clone(),
            new.password.clone(),
            &*new.lang,
            at,
            new.version
        ],
    )?;
    Ok(())
}

/// One account.
pub fn get(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<AccountRow>> {
    tx.opt(
        sql!("SELECT id, sign_in_name, name, phone, password, lang, version FROM account WHERE id = $1"),
        params![id.0],
        account,
    )
}

/// The account with this (keyed, hashed) sign-in name.
pub fn by_sign_in_name(tx: &mut Tx<'_>, name: &[u8]) -> Result<Option<AccountRow>> {
    tx.opt(
        sql!("SELECT id, sign_in_name, name, phone, password, lang, version FROM account WHERE sign_in_name = $1"),
        params![name.to_vec()],
        account,
    )
}

/// Keeps a changed account. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &AccountRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE account SET sign_in_name = $2, name = $3, phone = $4, password = $5, lang = $6, \
              version = version + 1 WHERE id = $1 AND version = $7"
        ),
        params![
            new.id.0,
            new.sign_in_name.clone(),
            new.name.clone(),
            new.phone.clone(),
            new.password.clone(),
            &*new.lang,
            new.version
        ],
    )?;
    Ok(rows == 1)
}

/// An account in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipRow {
    /// Its id.
    pub id: MembershipId,
    /// Whose.
    pub account: AccountId,
    /// Where; none for the whole agency.
    pub programme: Option<ProgrammeId>,
    /// In which role.
    pub role: Role,
    /// Under which title of the pack.
    pub title: String,
    /// The person's record, when the role is to be supported.
    pub person: Option<PersonId>,
    /// Since when.
    pub since: Timestamp,
    /// Until when, if it ended.
    pub ended: Option<Timestamp>,
}

fn membership(row: &Row<'_>) -> Result<MembershipRow> {
    let role: String = row.get("role")?;
    Ok(MembershipRow {
        id: MembershipId(row.get("id")?),
        account: AccountId(row.get("account")?),
        programme: row.get::<Option<Uuid>>("programme")?.map(ProgrammeId),
        role: Role::parse(&role)
            .ok_or(crate::Error::Column { column: "role".into(), wanted: "a role this program knows" })?,
        title: row.get("title")?,
        person: row.get::<Option<Uuid>>("person")?.map(PersonId),
        since: row.get("since")?,
        ended: row.get("ended")?,
    })
}

/// Adds a membership. What the rules say about somebody who works there is worked out at the next tick.
pub fn insert_membership(tx: &mut Tx<'_>, new: &MembershipRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO membership (id, account, programme, role, title, person, since, ended) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            new.id.0,
            new.account.0,
            new.programme.map(|p| p.0),
            new.role.as_str(),
            &*new.title,
            new.person.map(|p| p.0),
            new.since,
            new.ended
        ],
    )?;
    match new.programme {
        Some(programme) if new.person.is_none() => {
            crate::programme::note_cover(tx, programme, new.account)?;
            crate::credential::due_at_once(tx, programme, new.account)
        }
        _ => Ok(()),
    }
}

/// Keeps whether somebody in this role lacks who should stand behind them.
pub(crate) fn set_uncovered(tx: &mut Tx<'_>, id: MembershipId, uncovered: bool) -> Result<()> {
    tx.exec(sql!("UPDATE membership SET uncovered = $2 WHERE id = $1"), params![id.0, uncovered])?;
    Ok(())
}

/// Who walks with people here and is supervised by nobody, and who supervises and has no deputy.
pub fn uncovered(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Vec<MembershipRow>> {
    tx.all(
        sql!(
            "SELECT id, account, programme, role, title, person, since, ended FROM membership \
              WHERE programme = $1 AND uncovered AND ended IS NULL ORDER BY since, id"
        ),
        params![programme.0],
        membership,
    )
}

/// How many have a role here now, counted no further than `enough`.
pub fn with_role(tx: &mut Tx<'_>, programme: ProgrammeId, role: Role, enough: usize) -> Result<usize> {
    let found = tx.all(
        sql!("SELECT id FROM membership WHERE programme = $1 AND role = $2 AND ended IS NULL LIMIT $3"),
        params![programme.0, role.as_str(), i64::try_from(enough).unwrap_or(i64::MAX)],
        |_| Ok(()),
    )?;
    Ok(found.len())
}

/// One membership.
pub fn get_membership(tx: &mut Tx<'_>, id: MembershipId) -> Result<Option<MembershipRow>> {
    tx.opt(
        sql!(
            "SELECT id, account, programme, role, title, person, since, ended FROM membership WHERE id = $1"
        ),
        params![id.0],
        membership,
    )
}

/// What an account is now.
pub fn memberships(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<MembershipRow>> {
    tx.all(
        sql!(
            "SELECT id, account, programme, role, title, person, since, ended FROM membership \
              WHERE account = $1 AND ended IS NULL ORDER BY since, id"
        ),
        params![account.0],
        membership,
    )
}

/// Everybody with a role in a programme now.
pub fn members(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Vec<MembershipRow>> {
    tx.all(
        sql!(
            "SELECT id, account, programme, role, title, person, since, ended FROM membership \
              WHERE programme = $1 AND ended IS NULL ORDER BY since, id"
        ),
        params![programme.0],
        membership,
    )
}

/// The account of a person, if they have one.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<AccountId>> {
    tx.opt(
        sql!("SELECT account FROM membership WHERE person = $1 AND role = 'person' AND ended IS NULL ORDER BY since LIMIT 1"),
        params![person.0],
        |row| Ok(AccountId(row.get("account")?)),
    )
}

/// Those who stand up for a young person now.
pub fn guardians(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<MembershipRow>> {
    tx.all(
        sql!(
            "SELECT id, account, programme, role, title, person, since, ended FROM membership \
              WHERE person = $1 AND role = 'supporter' AND ended IS NULL ORDER BY since, id"
        ),
        params![person.0],
        membership,
    )
}

/// Ends a membership and every session in it.
pub fn end_membership(tx: &mut Tx<'_>, id: MembershipId, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE membership SET ended = $2 WHERE id = $1 AND ended IS NULL"), params![id.0, at])?;
    tx.exec(
        sql!("UPDATE session SET ended = $2 WHERE membership = $1 AND ended IS NULL"),
        params![id.0, at],
    )?;
    Ok(())
}

/// A link that lets somebody in: an invitation, or a sign-in link.
#[derive(Debug, Clone)]
pub struct LinkRow {
    /// Its id.
    pub id: LinkId,
    /// Hash of its secret.
    pub secret: Vec<u8>,
    /// `invitation`, `new_password`, `mailbox`, or `sign_in` (opens many times until it ends).
    pub kind: String,
    /// For which account, when there is one already.
    pub account: Option<AccountId>,
    /// Sealed: what it gives.
    pub body: Vec<u8>,
    /// Until when.
    pub until: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

/// Adds a link.
pub fn insert_link(tx: &mut Tx<'_>, new: &LinkRow, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO link (id, secret, kind, account, body, until, used_at, made_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            new.id.0,
            new.secret.clone(),
            &*new.kind,
            new.account.map(|a| a.0),
            new.body.clone(),
            new.until,
            new.used_at,
            at
        ],
    )?;
    Ok(())
}

/// The link with this secret.
pub fn link(tx: &mut Tx<'_>, secret: &[u8]) -> Result<Option<LinkRow>> {
    tx.opt(
        sql!("SELECT id, secret, kind, account, body, until, used_at FROM link WHERE secret = $1"),
        params![secret.to_vec()],
        |row| {
            Ok(LinkRow {
                id: LinkId(row.get("id")?),
                secret: row.get("secret")?,
                kind: row.get("kind")?,
                account: row.get::<Option<Uuid>>("account")?.map(AccountId),
                body: row.get("body")?,
                until: row.get("until")?,
                used_at: row.get("used_at")?,
            })
        },
    )
}

/// How many links of a kind that an account still had, or had used, were made since a time.
pub fn links_since(tx: &mut Tx<'_>, account: AccountId, kind: &str, since: Timestamp) -> Result<i64> {
    let count = tx.opt(
        sql!("SELECT COUNT(*) AS n FROM link WHERE account = $1 AND kind = $2 AND made_at > $3"),
        params![account.0, kind, since],
        |row| row.get("n"),
    )?;
    Ok(count.unwrap_or(0))
}

/// Ends every link of a kind that an account has.
pub fn end_links(tx: &mut Tx<'_>, account: AccountId, kind: &str, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("UPDATE link SET used_at = $3 WHERE account = $1 AND kind = $2 AND used_at IS NULL"),
        params![account.0, kind, at],
    )?;
    Ok(())
}

/// Marks a link as used. `false` when it was used before.
pub fn use_link(tx: &mut Tx<'_>, id: LinkId, account: AccountId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE link SET used_at = $2, account = $3 WHERE id = $1 AND used_at IS NULL"),
        params![id.0, at, account.0],
    )?;
    Ok(rows == 1)
}

/// A form that came in after its session had ended, kept sealed for its account.
#[derive(Debug, Clone)]
pub struct KeptForm {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub account: AccountId,
    /// Where it was sent to.
    pub path: String,
    /// Sealed body.
    pub body: Vec<u8>,
    /// Until when it is kept.
    pub until: Timestamp,
}

/// Keeps a form.
pub fn keep_form(tx: &mut Tx<'_>, new: &KeptForm) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO kept_form (id, account, path, body, until) VALUES ($1, $2, $3, $4, $5)"),
        params![new.id, new.account.0, &*new.path, new.body.clone(), new.until],
    )?;
    Ok(())
}

/// The kept forms of an account that have not run out.
pub fn kept_forms(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<Vec<KeptForm>> {
    tx.all(
        sql!("SELECT id, account, path, body, until FROM kept_form WHERE account = $1 AND until > $2 ORDER BY until"),
        params![account.0, now],
        |row| {
            Ok(KeptForm {
                id: row.get("id")?,
                account: AccountId(row.get("account")?),
                path: row.get("path")?,
                body: row.get("body")?,
                until: row.get("until")?,
            })
        },
    )
}

/// Throws a kept form away, once it is given back; and every one that has run out.
pub fn drop_form(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<()> {
    tx.exec(sql!("DELETE FROM kept_form WHERE id = $1 OR until <= $2"), params![id, now])?;
    Ok(())
}

/// The account a session belonged to, even when it has ended: so that a form sent too late finds its owner.
pub fn owner_of_ended_session(tx: &mut Tx<'_>, secret: &[u8]) -> Result<Option<AccountId>> {
    tx.opt(sql!("SELECT account FROM session WHERE secret = $1"), params![secret.to_vec()], |row| {
        Ok(AccountId(row.get("account")?))
    })
}

/// Notes that whoever has this (keyed, hashed) name forgot their password. Whether there is such a name nobody asks yet.
pub fn forgot(tx: &mut Tx<'_>, name: &[u8], at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO forgotten_password (name, at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"),
        params![name.to_vec(), at],
    )?;
    Ok(())
}

/// The names that were typed by somebody who forgot their password, the first ones first.
pub fn forgotten(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Vec<u8>>> {
    tx.all(sql!("SELECT name FROM forgotten_password ORDER BY at LIMIT $1"), params![limit], |row| {
        row.get("name")
    })
}

/// Takes such a name. `false` when it was taken before.
pub fn take_forgotten(tx: &mut Tx<'_>, name: &[u8]) -> Result<bool> {
    let rows = tx.exec(sql!("DELETE FROM forgotten_password WHERE name = $1"), params![name.to_vec()])?;
    Ok(rows == 1)
}

/// Clears away what has run out: kept forms, and failed sign-ins that count no more.
pub fn clear_old(tx: &mut Tx<'_>, now: Timestamp, failures_before: Timestamp) -> Result<()> {
    tx.exec(sql!("DELETE FROM kept_form WHERE until <= $1"), params![now])?;
    tx.exec(sql!("DELETE FROM sign_in_failure WHERE at < $1"), params![failures_before])?;
    Ok(())
}
