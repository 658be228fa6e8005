//! Goals, sealed under the person's key.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{GoalId, PersonId};

/// A goal.
#[derive(Debug, Clone)]
pub struct GoalRow {
    /// Its id.
    pub id: GoalId,
    /// Whose.
    pub person: PersonId,
    /// Whether it is being worked on.
    pub is_open: bool,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When it was last changed.
    pub at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

fn goal(row: &Row<'_>) -> Result<GoalRow> {
    Ok(GoalRow {
        id: GoalId(row.get("id")?),
        person: PersonId(row.get("person")?),
        is_open: row.get("is_open")?,
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Adds a goal.
pub fn insert(tx: &mut Tx<'_>, new: &GoalRow) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO goal (id, person, is_open, body, at, version) VALUES ($1, $2, $3, $4, $5, $6)"),
        params![new.id.0, new.person.0, new.is_open, new.body.clone(), new.at, new.version],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &GoalRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE goal SET is_open = $2, body = $3, at = $4, version = version + 1 WHERE id = $1 AND version = $5"),
        params![new.id.0, new.is_open, new.body.clone(), new.at, new.version],
    )?;
    Ok(rows == 1)
}

/// One goal.
pub fn get(tx: &mut Tx<'_>, id: GoalId) -> Result<Option<GoalRow>> {
    tx.opt(sql!("SELECT id, person, is_open, body, at, version FROM goal WHERE id = $1"), params![id.0], goal)
}

/// The goals of a person, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<GoalRow>> {
    tx.all(
        sql!("SELECT id, person, is_open, body, at, version FROM goal WHERE person = $1 ORDER BY is_open DESC, at DESC, id DESC"),
        params![person.0],
        goal,
    )
}
