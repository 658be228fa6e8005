//! Plans that somebody else holds, sealed under the person's key.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{PersonId, PlanId};

/// A reference to a plan.
#[derive(Debug, Clone)]
pub struct PlanRow {
    /// Its id.
    pub id: PlanId,
    /// Whose.
    pub person: PersonId,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When it was last changed.
    pub at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

fn plan(row: &Row<'_>) -> Result<PlanRow> {
    Ok(PlanRow {
        id: PlanId(row.get("id")?),
        person: PersonId(row.get("person")?),
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Adds a plan.
pub fn insert(tx: &mut Tx<'_>, new: &PlanRow) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO plan (id, person, body, at, version) VALUES ($1, $2, $3, $4, $5)"),
        params![new.id.0, new.person.0, new.body.clone(), new.at, new.version],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &PlanRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE plan SET body = $2, at = $3, version = version + 1 WHERE id = $1 AND version = $4"),
        params![new.id.0, new.body.clone(), new.at, new.version],
    )?;
    Ok(rows == 1)
}

/// One plan.
pub fn get(tx: &mut Tx<'_>, id: PlanId) -> Result<Option<PlanRow>> {
    tx.opt(sql!("SELECT id, person, body, at, version FROM plan WHERE id = $1"), params![id.0], plan)
}

/// The plans of a person, the last written first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PlanRow>> {
    tx.all(
        sql!("SELECT id, person, body, at, version FROM plan WHERE person = $1 ORDER BY at DESC, id DESC"),
        params![person.0],
        plan,
    )
}
