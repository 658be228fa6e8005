//! A person's yes to a copy of their record leaving the programme, and each copy that left.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, DisclosedId, DisclosureId, PersonId, ProgrammeId};

/// A signed yes.
#[derive(Debug, Clone)]
pub struct DisclosureRow {
    /// Its id.
    pub id: DisclosureId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub person: PersonId,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// When it was taken back.
    pub stopped_at: Option<Timestamp>,
    /// The sealed consent.
    pub body: Vec<u8>,
    /// Counts changes.
    pub version: i64,
}

/// A copy that left.
#[derive(Debug, Clone)]
pub struct DisclosedRow {
    /// Its id.
    pub id: DisclosedId,
    /// From which programme.
    pub programme: ProgrammeId,
    /// Whose record.
    pub person: PersonId,
    /// Under which yes.
    pub disclosure: DisclosureId,
    /// Who made it.
    pub made_by: AccountId,
    /// When.
    pub at: Timestamp,
}

fn disclosure(row: &Row<'_>) -> Result<DisclosureRow> {
    Ok(DisclosureRow {
        id: DisclosureId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        signed_at: row.get("signed_at")?,
        stopped_at: row.get("stopped_at")?,
        body: row.get("body")?,
        version: row.get("version")?,
    })
}

fn disclosed(row: &Row<'_>) -> Result<DisclosedRow> {
    Ok(DisclosedRow {
        id: DisclosedId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        disclosure: DisclosureId(row.get("disclosure")?),
        made_by: AccountId(row.get("made_by")?),
        at: row.get("at")?,
    })
}

/// Keeps a signed yes.
pub fn insert(tx: &mut Tx<'_>, new: &DisclosureRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO disclosure (id, programme, person, signed_at, stopped_at, body, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.signed_at,
            new.stopped_at,
            new.body.clone(),
            new.version
        ],
    )?;
    Ok(())
}

/// Keeps a yes that was taken back, if nobody changed it since. Answers whether it was kept.
pub fn change(tx: &mut Tx<'_>, new: &DisclosureRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE disclosure SET stopped_at = $3, body = $4, version = $2 + 1 WHERE id = $1 AND version = $2"),
        params![new.id.0, new.version, new.stopped_at, new.body.clone()],
    )?;
    Ok(rows == 1)
}

/// One yes.
pub fn get(tx: &mut Tx<'_>, id: DisclosureId) -> Result<Option<DisclosureRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, person, signed_at, stopped_at, body, version FROM disclosure WHERE id = $1"
        ),
        params![id.0],
        disclosure,
    )
}

/// Every yes of a person, in force or not, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<DisclosureRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, signed_at, stopped_at, body, version FROM disclosure \
              WHERE person = $1 ORDER BY signed_at DESC, id DESC"
        ),
        params![person.0],
        disclosure,
    )
}

/// Keeps that a copy left. There is no statement that would change or remove it.
pub fn add_disclosed(tx: &mut Tx<'_>, new: &DisclosedRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO disclosed (id, programme, person, disclosure, made_by, at) \
              VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![new.id.0, new.programme.0, new.person.0, new.disclosure.0, new.made_by.0, new.at],
    )?;
    Ok(())
}

/// One copy that left.
pub fn get_disclosed(tx: &mut Tx<'_>, id: DisclosedId) -> Result<Option<DisclosedRow>> {
    tx.opt(
        sql!("SELECT id, programme, person, disclosure, made_by, at FROM disclosed WHERE id = $1"),
        params![id.0],
        disclosed,
    )
}

/// Every copy of a person's record that left, the newest first.
pub fn all_disclosed(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<DisclosedRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, disclosure, made_by, at FROM disclosed \
              WHERE person = $1 ORDER BY at DESC, id DESC"
        ),
        params![person.0],
        disclosed,
    )
}
