//! What people write in tools: answers that are only ever added to, sealed under the person's own key.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, AnswerId, DocumentId, ItemId, PersonId, ProgrammeId};
use uuid::Uuid;

/// A document.
#[derive(Debug, Clone)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// In which programme it was begun.
    pub programme: ProgrammeId,
    /// Whose.
    pub person: PersonId,
    /// The tool's name in packs.
    pub tool: String,
    /// The hash of the tool as it was when this was begun.
    pub definition: Vec<u8>,
    /// Who began it.
    pub started_by: AccountId,
    /// When.
    pub started_at: Timestamp,
    /// When somebody last wrote in it.
    pub changed_at: Timestamp,
    /// The number of its newest answer.
    pub newest: i64,
}

/// One answer as it was given once.
#[derive(Debug, Clone)]
pub struct AnswerRow {
    /// Its id.
    pub id: AnswerId,
    /// Counts the answers of the document.
    pub number: i64,
    /// Which section.
    pub section: String,
    /// Which question.
    pub question: String,
    /// Which item of a list.
    pub item: ItemId,
    /// What it was written over.
    pub over: Vec<AnswerId>,
    /// The number of the first answer to the same question and item.
    pub first: i64,
    /// Who wrote it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// The sealed answer.
    pub body: Vec<u8>,
}

fn document(row: &Row<'_>) -> Result<DocumentRow> {
    Ok(DocumentRow {
        id: DocumentId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        tool: row.get("tool")?,
        definition: row.get("definition")?,
        started_by: AccountId(row.get("started_by")?),
        started_at: row.get("started_at")?,
        changed_at: row.get("changed_at")?,
        newest: row.get("newest")?,
    })
}

fn answer(row: &Row<'_>) -> Result<AnswerRow> {
    let over: Vec<u8> = row.get("over")?;
    Ok(AnswerRow {
        id: AnswerId(row.get("id")?),
        number: row.get("number")?,
        section: row.get("section")?,
        question: row.get("question")?,
        item: ItemId(row.get("item")?),
        over: over.chunks_exact(16).filter_map(|id| Uuid::from_slice(id).ok()).map(AnswerId).collect(),
        first: row.get("first")?,
        by: AccountId(row.get("written_by")?),
        at: row.get("at")?,
        body: row.get("body")?,
    })
}

/// Keeps the definition of a tool under its hash. Keeping it twice changes nothing.
pub fn put_definition(tx: &mut Tx<'_>, hash: &[u8], body: &str) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO definition (hash, body) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING"),
        params![hash.to_vec(), body],
    )?;
    Ok(())
}

/// The definition of a tool by its hash.
pub fn definition(tx: &mut Tx<'_>, hash: &[u8]) -> Result<Option<String>> {
    tx.opt(sql!("SELECT body FROM definition WHERE hash = $1"), params![hash.to_vec()], |row| row.get("body"))
}

/// Begins a document.
pub fn insert(tx: &mut Tx<'_>, new: &DocumentRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO document (id, programme, person, tool, definition, started_by, started_at, changed_at, newest) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.tool.as_str(),
            new.definition.clone(),
            new.started_by.0,
            new.started_at,
            new.changed_at,
            new.newest
        ],
    )?;
    Ok(())
}

/// One document.
pub fn get(tx: &mut Tx<'_>, id: DocumentId) -> Result<Option<DocumentRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, person, tool, definition, started_by, started_at, changed_at, newest FROM document \
              WHERE id = $1"
        ),
        params![id.0],
        document,
    )
}

/// The documents of a person, the last changed first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<DocumentRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, tool, definition, started_by, started_at, changed_at, newest FROM document \
              WHERE person = $1 ORDER BY changed_at DESC, id DESC"
        ),
        params![person.0],
        document,
    )
}

/// Takes numbers for this many new answers and answers the first of them. Whoever else writes in the document waits
/// until this transaction ends.
pub fn take_numbers(tx: &mut Tx<'_>, id: DocumentId, count: i64, at: Timestamp) -> Result<Option<i64>> {
    tx.opt(
        sql!("UPDATE document SET newest = newest + $2, changed_at = $3 WHERE id = $1 RETURNING newest"),
        params![id.0, count, at],
        |row| Ok(row.get::<i64>("newest")? - count + 1),
    )
}

/// Adds an answer. What it is written over is said no longer; those answers themselves stay as they are.
pub fn answer_insert(tx: &mut Tx<'_>, document: DocumentId, new: &AnswerRow) -> Result<()> {
    let over: Vec<u8> = new.over.iter().flat_map(|id| *id.0.as_bytes()).collect();
    for covered in &new.over {
        tx.exec(
            sql!("UPDATE answer SET head = FALSE WHERE id = $1 AND document = $2 AND head"),
            params![covered.0, document.0],
        )?;
    }
    tx.exec(
        sql!(
            "INSERT INTO answer (id, document, number, section, question, item, over, first, head, written_by, at, body) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, TRUE, $9, $10, $11)"
        ),
        params![
            new.id.0,
            document.0,
            new.number,
            new.section.as_str(),
            new.question.as_str(),
            new.item.0,
            over,
            new.first,
            new.by.0,
            new.at,
            new.body.clone()
        ],
    )?;
    Ok(())
}

/// Every answer of a document there ever was, in the order kept.
pub fn answers(tx: &mut Tx<'_>, document: DocumentId) -> Result<Vec<AnswerRow>> {
    tx.all(
        sql!(
            "SELECT id, number, section, question, item, over, first, written_by, at, body FROM answer \
              WHERE document = $1 ORDER BY number"
        ),
        params![document.0],
        answer,
    )
}

/// Every answer of one section there ever was, in the order kept.
pub fn answers_of_section(tx: &mut Tx<'_>, document: DocumentId, section: &str) -> Result<Vec<AnswerRow>> {
    tx.all(
        sql!(
            "SELECT id, number, section, question, item, over, first, written_by, at, body FROM answer \
              WHERE document = $1 AND section = $2 ORDER BY number"
        ),
        params![document.0, section],
        answer,
    )
}

/// What a document says now: the answers that nobody wrote over.
pub fn heads(tx: &mut Tx<'_>, document: DocumentId) -> Result<Vec<AnswerRow>> {
    tx.all(
        sql!(
            "SELECT id, number, section, question, item, over, first, written_by, at, body FROM answer \
              WHERE document = $1 AND head ORDER BY number"
        ),
        params![document.0],
        answer,
    )
}

/// What one section says now. What a reader may not see never leaves the database.
pub fn heads_of_section(tx: &mut Tx<'_>, document: DocumentId, section: &str) -> Result<Vec<AnswerRow>> {
    tx.all(
        sql!(
            "SELECT id, number, section, question, item, over, first, written_by, at, body FROM answer \
              WHERE document = $1 AND section = $2 AND head ORDER BY number"
        ),
        params![document.0, section],
        answer,
    )
}

/// When somebody last wrote in a section; none when nobody did.
pub fn section_changed(tx: &mut Tx<'_>, document: DocumentId, section: &str) -> Result<Option<Timestamp>> {
    tx.opt(
        sql!(
            "SELECT at FROM answer WHERE document = $1 AND section = $2 AND head ORDER BY number DESC LIMIT 1"
        ),
        params![document.0, section],
        |row| row.get("at"),
    )
}

/// When somebody first wrote in a document; none when nobody did.
pub fn first_written(tx: &mut Tx<'_>, document: DocumentId) -> Result<Option<Timestamp>> {
    tx.opt(sql!("SELECT at FROM answer WHERE document = $1 AND number = 1"), params![document.0], |row| {
        row.get("at")
    })
}

/// Forgets a document with everything in it. What the person owns goes when they say so.
pub fn forget(tx: &mut Tx<'_>, id: DocumentId) -> Result<()> {
    crate::card::forget_of(tx, id)?;
    tx.exec(sql!("DELETE FROM share WHERE document = $1"), params![id.0])?;
    tx.exec(sql!("DELETE FROM answer WHERE document = $1"), params![id.0])?;
    tx.exec(sql!("DELETE FROM document WHERE id = $1"), params![id.0])?;
    Ok(())
}
