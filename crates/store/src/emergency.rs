//! What was opened in an emergency, with the reason sealed under the person's key.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, EmergencyId, PersonId, ProgrammeId};
use uuid::Uuid;

/// One opening.
#[derive(Debug, Clone)]
pub struct EmergencyRow {
    /// Its id.
    pub id: EmergencyId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub person: PersonId,
    /// Who opened it.
    pub by: AccountId,
    /// Sealed reason.
    pub body: Vec<u8>,
    /// From when.
    pub from_at: Timestamp,
    /// Until when.
    pub until_at: Timestamp,
}

fn row(row: &Row<'_>) -> Result<EmergencyRow> {
    Ok(EmergencyRow {
        id: EmergencyId(row.get("id")?),
        programme: ProgrammeId(row.get::<Uuid>("programme")?),
        person: PersonId(row.get("person")?),
        by: AccountId(row.get("opened_by")?),
        body: row.get("body")?,
        from_at: row.get("from_at")?,
        until_at: row.get("until_at")?,
    })
}

/// Keeps one. Nothing but that the person was told is ever added.
pub fn insert(tx: &mut Tx<'_>, new: &EmergencyRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO emergency (id, programme, person, opened_by, body, from_at, until_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.by.0,
            new.body.clone(),
            new.from_at,
            new.until_at
        ],
    )?;
    Ok(())
}

/// One opening.
pub fn get(tx: &mut Tx<'_>, id: EmergencyId) -> Result<Option<EmergencyRow>> {
    tx.opt(
        sql!("SELECT id, programme, person, opened_by, body, from_at, until_at FROM emergency WHERE id = $1"),
        params![id.0],
        row,
    )
}

/// Those whose person was not told yet, the oldest first.
pub fn untold(tx: &mut Tx<'_>) -> Result<Vec<EmergencyRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, opened_by, body, from_at, until_at FROM emergency \
              WHERE told_at IS NULL ORDER BY from_at, id LIMIT 100"
        ),
        params![],
        row,
    )
}

/// Keeps that the person was told, or has no way to be told but the page.
pub fn told(tx: &mut Tx<'_>, id: EmergencyId, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE emergency SET told_at = $2 WHERE id = $1 AND told_at IS NULL"), params![id.0, at])?;
    Ok(())
}

/// Those of a person, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<EmergencyRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, opened_by, body, from_at, until_at FROM emergency \
              WHERE person = $1 ORDER BY from_at DESC, id DESC"
        ),
        params![person.0],
        row,
    )
}

/// The newest of a programme, the newest first.
pub fn of_programme(tx: &mut Tx<'_>, programme: ProgrammeId, most: i64) -> Result<Vec<EmergencyRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, opened_by, body, from_at, until_at FROM emergency \
              WHERE programme = $1 ORDER BY from_at DESC, id DESC LIMIT $2"
        ),
        params![programme.0, most],
        row,
    )
}
