//! Questions people ask about looks. The looks themselves are in the journal.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{LookQuestionId, PersonId, ProgrammeId};

/// A question, sealed under the person's key.
#[derive(Debug, Clone)]
pub struct LookQuestionRow {
    /// Its id.
    pub id: LookQuestionId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Who asks.
    pub person: PersonId,
    /// Whether it waits for an answer.
    pub is_open: bool,
    /// When the answer is due.
    pub due: Timestamp,
    /// Sealed state.
    pub body: Vec<u8>,
    /// Counts changes.
    pub version: i64,
}

fn question(row: &Row<'_>) -> Result<LookQuestionRow> {
    Ok(LookQuestionRow {
        id: LookQuestionId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        is_open: row.get("is_open")?,
        due: row.get("due")?,
        body: row.get("body")?,
        version: row.get("version")?,
    })
}

/// Adds a question.
pub fn insert(tx: &mut Tx<'_>, new: &LookQuestionRow) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO look_question (id, programme, person, is_open, due, body, version) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        params![new.id.0, new.programme.0, new.person.0, new.is_open, new.due, new.body.clone(), new.version],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &LookQuestionRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE look_question SET is_open = $2, body = $3, version = version + 1 WHERE id = $1 AND version = $4"),
        params![new.id.0, new.is_open, new.body.clone(), new.version],
    )?;
    Ok(rows == 1)
}

/// One question.
pub fn get(tx: &mut Tx<'_>, id: LookQuestionId) -> Result<Option<LookQuestionRow>> {
    tx.opt(
        sql!("SELECT id, programme, person, is_open, due, body, version FROM look_question WHERE id = $1"),
        params![id.0],
        question,
    )
}

/// The questions of a person, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<LookQuestionRow>> {
    tx.all(
        sql!("SELECT id, programme, person, is_open, due, body, version FROM look_question WHERE person = $1 ORDER BY due DESC, id DESC"),
        params![person.0],
        question,
    )
}

/// The questions that wait in a programme, the longest waiting first.
pub fn waiting(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Vec<LookQuestionRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, is_open, due, body, version FROM look_question \
              WHERE programme = $1 AND is_open = $2 ORDER BY due, id"
        ),
        params![programme.0, true],
        question,
    )
}
