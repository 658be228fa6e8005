//! What people ask for elsewhere, sealed under their keys.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use porchlight_practice::id::{AdvocacyId, PersonId, ProgrammeId};

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct AdvocacyRow {
    /// Its id.
    pub id: AdvocacyId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub person: PersonId,
    /// Since which day (`2026-01-31`).
    pub since: String,
    /// On which day they said what came of it.
    pub closed_on: Option<String>,
    /// Sealed state.
    pub body: Vec<u8>,
    /// Counts changes.
    pub version: i64,
}

fn advocacy(row: &Row<'_>) -> Result<AdvocacyRow> {
    Ok(AdvocacyRow {
        id: AdvocacyId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        since: row.get("since")?,
        closed_on: row.get("closed_on")?,
        body: row.get("body")?,
        version: row.get("version")?,
    })
}

/// Adds one.
pub fn insert(tx: &mut Tx<'_>, new: &AdvocacyRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO advocacy (id, programme, person, since, closed_on, body, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            &*new.since,
            new.closed_on.clone(),
            new.body.clone(),
            new.version
        ],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &AdvocacyRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE advocacy SET closed_on = $2, body = $3, version = version + 1 WHERE id = $1 AND version = $4"),
        params![new.id.0, new.closed_on.clone(), new.body.clone(), new.version],
    )?;
    Ok(rows == 1)
}

/// One.
pub fn get(tx: &mut Tx<'_>, id: AdvocacyId) -> Result<Option<AdvocacyRow>> {
    tx.opt(
        sql!("SELECT id, programme, person, since, closed_on, body, version FROM advocacy WHERE id = $1"),
        params![id.0],
        advocacy,
    )
}

/// All of a person, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<AdvocacyRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, since, closed_on, body, version FROM advocacy \
              WHERE person = $1 ORDER BY since DESC, id DESC"
        ),
        params![person.0],
        advocacy,
    )
}

/// All of a programme that were begun by `last` and were not over before `first`.
pub fn between(tx: &mut Tx<'_>, programme: ProgrammeId, first: &str, last: &str) -> Result<Vec<AdvocacyRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, since, closed_on, body, version FROM advocacy \
              WHERE programme = $1 AND since <= $3 AND (closed_on IS NULL OR closed_on >= $2)"
        ),
        params![programme.0, first, last],
        advocacy,
    )
}
