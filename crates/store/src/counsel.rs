//! What somebody asks their supervisor, and the answer.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, CounselId, ProgrammeId};

/// A question and where it stands.
#[derive(Debug, Clone)]
pub struct CounselRow {
    /// Its id.
    pub id: CounselId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Who asks.
    pub asked_by: AccountId,
    /// Who answers.
    pub asked_of: AccountId,
    /// The topic, by its name.
    pub topic: String,
    /// Whether it goes past one's own supervisor.
    pub past_supervisor: bool,
    /// Whether it waits for an answer.
    pub is_open: bool,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When an answer is due.
    pub due_at: Timestamp,
    /// Sealed: question and answer.
    pub body: Vec<u8>,
    /// Counts changes.
    pub version: i64,
}

fn counsel(row: &Row<'_>) -> Result<CounselRow> {
    Ok(CounselRow {
        id: CounselId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        asked_by: AccountId(row.get("asked_by")?),
        asked_of: AccountId(row.get("asked_of")?),
        topic: row.get("topic")?,
        past_supervisor: row.get("past_supervisor")?,
        is_open: row.get("is_open")?,
        asked_at: row.get("asked_at")?,
        due_at: row.get("due_at")?,
        body: row.get("body")?,
        version: row.get("version")?,
    })
}

/// Adds a question.
pub fn insert(tx: &mut Tx<'_>, new: &CounselRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO counsel (id, programme, asked_by, asked_of, topic, past_supervisor, is_open, asked_at, due_at, \
              body, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.asked_by.0,
            new.asked_of.0,
            new.topic.as_str(),
            new.past_supervisor,
            new.is_open,
            new.asked_at,
            new.due_at,
            new.body.clone(),
            new.version
        ],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &CounselRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE counsel SET is_open = $2, body = $3, version = version + 1 WHERE id = $1 AND version = $4"
        ),
        params![new.id.0, new.is_open, new.body.clone(), new.version],
    )?;
    Ok(rows == 1)
}

/// One question.
pub fn get(tx: &mut Tx<'_>, id: CounselId) -> Result<Option<CounselRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, asked_by, asked_of, topic, past_supervisor, is_open, asked_at, due_at, body, version \
              FROM counsel WHERE id = $1"
        ),
        params![id.0],
        counsel,
    )
}

/// What one asked, the newest first.
pub fn asked_by(tx: &mut Tx<'_>, programme: ProgrammeId, account: AccountId) -> Result<Vec<CounselRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, asked_by, asked_of, topic, past_supervisor, is_open, asked_at, due_at, body, version \
              FROM counsel WHERE asked_by = $2 AND programme = $1 ORDER BY asked_at DESC, id DESC LIMIT 100"
        ),
        params![programme.0, account.0],
        counsel,
    )
}

/// What one was asked, those that wait first, the soonest due before the others.
pub fn asked_of(tx: &mut Tx<'_>, programme: ProgrammeId, account: AccountId) -> Result<Vec<CounselRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, asked_by, asked_of, topic, past_supervisor, is_open, asked_at, due_at, body, version \
              FROM counsel WHERE asked_of = $2 AND programme = $1 \
              ORDER BY CASE WHEN is_open = $3 THEN 0 ELSE 1 END, due_at, id LIMIT 100"
        ),
        params![programme.0, account.0, true],
        counsel,
    )
}
