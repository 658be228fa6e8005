//! A person's yes to somebody reading, or helping to write, one section of what is theirs.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, DocumentId, PersonId, ProgrammeId, ShareId};

/// A yes for one section.
#[derive(Debug, Clone)]
pub struct ShareRow {
    /// Its id.
    pub id: ShareId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub person: PersonId,
    /// Of which document.
    pub document: DocumentId,
    /// Which section, by its name in the tool.
    pub section: String,
    /// Who may read.
    pub reader: AccountId,
    /// Whether they may write, too.
    pub writes: bool,
    /// From when.
    pub from_at: Timestamp,
    /// Until when.
    pub until_at: Timestamp,
    /// When it was stopped.
    pub stopped_at: Option<Timestamp>,
}

impl ShareRow {
    /// Whether it is in force.
    pub fn in_force(&self, now: Timestamp) -> bool {
        self.stopped_at.is_none() && self.from_at <= now && now < self.until_at
    }
}

fn share(row: &Row<'_>) -> Result<ShareRow> {
    Ok(ShareRow {
        id: ShareId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        document: DocumentId(row.get("document")?),
        section: row.get("section")?,
        reader: AccountId(row.get("reader")?),
        writes: row.get("writes")?,
        from_at: row.get("from_at")?,
        until_at: row.get("until_at")?,
        stopped_at: row.get("stopped_at")?,
    })
}

/// Adds a yes.
pub fn insert(tx: &mut Tx<'_>, new: &ShareRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO share (id, programme, person, document, section, reader, writes, from_at, until_at, stopped_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.document.0,
            new.section.as_str(),
            new.reader.0,
            new.writes,
            new.from_at,
            new.until_at,
            new.stopped_at
        ],
    )?;
    Ok(())
}

/// Stops every yes of this person to this reader for this document. Stopping twice changes nothing.
pub fn stop(
    tx: &mut Tx<'_>,
    document: DocumentId,
    person: PersonId,
    reader: AccountId,
    at: Timestamp,
) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE share SET stopped_at = $4 WHERE document = $1 AND person = $2 AND reader = $3 AND stopped_at IS NULL"
        ),
        params![document.0, person.0, reader.0, at],
    )?;
    Ok(())
}

/// Every yes of a person, in force or not, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ShareRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, document, section, reader, writes, from_at, until_at, stopped_at FROM share \
              WHERE person = $1 ORDER BY from_at DESC, id DESC"
        ),
        params![person.0],
        share,
    )
}

/// Every yes for a document that is in force, the newest first.
pub fn in_force(tx: &mut Tx<'_>, document: DocumentId, now: Timestamp) -> Result<Vec<ShareRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, document, section, reader, writes, from_at, until_at, stopped_at FROM share \
              WHERE document = $1 AND from_at <= $2 AND until_at > $2 AND stopped_at IS NULL ORDER BY from_at DESC, id DESC"
        ),
        params![document.0, now],
        share,
    )
}

/// What a reader may see of a document now.
pub fn open_to(
    tx: &mut Tx<'_>,
    document: DocumentId,
    reader: AccountId,
    now: Timestamp,
) -> Result<Vec<ShareRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, document, section, reader, writes, from_at, until_at, stopped_at FROM share \
              WHERE document = $1 AND reader = $2 AND from_at <= $3 AND until_at > $3 AND stopped_at IS NULL ORDER BY id"
        ),
        params![document.0, reader.0, now],
        share,
    )
}

/// What a reader may see of a person's documents now.
pub fn open_of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    reader: AccountId,
    now: Timestamp,
) -> Result<Vec<ShareRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, document, section, reader, writes, from_at, until_at, stopped_at FROM share \
              WHERE person = $1 AND reader = $2 AND from_at <= $3 AND until_at > $3 AND stopped_at IS NULL ORDER BY id"
        ),
        params![person.0, reader.0, now],
        share,
    )
}
