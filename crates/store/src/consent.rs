//! A person's yes to somebody reading a part of their record.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::id::{AccountId, ConsentId, PersonId, ProgrammeId};

/// A yes.
#[derive(Debug, Clone)]
pub struct ConsentRow {
    /// Its id.
    pub id: ConsentId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub person: PersonId,
    /// Who may read.
    pub reader: AccountId,
    /// Which part.
    pub part: RecordPart,
    /// From when.
    pub from_at: Timestamp,
    /// Until when.
    pub until_at: Timestamp,
    /// When it was stopped.
    pub stopped_at: Option<Timestamp>,
}

fn consent(row: &Row<'_>) -> Result<ConsentRow> {
    let part: String = row.get("part")?;
    Ok(ConsentRow {
        id: ConsentId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        reader: AccountId(row.get("reader")?),
        part: RecordPart::parse(&part)
            .ok_or(crate::Error::Column { column: "part".into(), wanted: "a part this program knows" })?,
        from_at: row.get("from_at")?,
        until_at: row.get("until_at")?,
        stopped_at: row.get("stopped_at")?,
    })
}

/// Adds a yes.
pub fn insert(tx: &mut Tx<'_>, new: &ConsentRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO consent (id, programme, person, reader, part, from_at, until_at, stopped_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.reader.0,
            new.part.as_str(),
            new.from_at,
            new.until_at,
            new.stopped_at
        ],
    )?;
    Ok(())
}

/// Stops a yes of this person. Stopping twice changes nothing.
pub fn stop(tx: &mut Tx<'_>, id: ConsentId, person: PersonId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE consent SET stopped_at = $3 WHERE id = $1 AND person = $2 AND stopped_at IS NULL"),
        params![id.0, person.0, at],
    )?;
    Ok(rows == 1)
}

/// Every yes of a person, in force or not, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ConsentRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, reader, part, from_at, until_at, stopped_at FROM consent \
              WHERE person = $1 ORDER BY from_at DESC, id DESC"
        ),
        params![person.0],
        consent,
    )
}

/// Whether a yes lets this reader read this part now.
pub fn lets(
    tx: &mut Tx<'_>,
    person: PersonId,
    reader: AccountId,
    part: RecordPart,
    now: Timestamp,
) -> Result<bool> {
    Ok(tx
        .opt(
            sql!("SELECT 1 AS yes FROM consent WHERE person = $1 AND reader = $2 AND part = $3 AND from_at <= $4 AND \
                  until_at > $4 AND stopped_at IS NULL LIMIT 1"),
            params![person.0, reader.0, part.as_str(), now],
            |_| Ok(()),
        )?
        .is_some())
}
