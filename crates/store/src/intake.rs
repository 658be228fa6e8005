//! How people come to the programme, up to the first call.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{PersonId, ProgrammeId};

/// Somebody coming to the programme. The body is sealed under the person's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeRow {
    /// Who.
    pub person: PersonId,
    /// To which programme.
    pub programme: ProgrammeId,
    /// The day by which they are called, as `2026-01-31`; none once they were.
    pub promised: Option<String>,
    /// Sealed.
    pub body: Vec<u8>,
    /// When it was last changed.
    pub at: Timestamp,
    /// Counts changes; 0 for a first one.
    pub version: i64,
}

fn intake(row: &Row<'_>) -> Result<IntakeRow> {
    Ok(IntakeRow {
        person: PersonId(row.get("person")?),
        programme: ProgrammeId(row.get("programme")?),
        promised: row.get("promised")?,
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Keeps it. `false` when somebody else wrote it since `version`.
pub fn keep(tx: &mut Tx<'_>, new: &IntakeRow) -> Result<bool> {
    let rows = match new.version {
        0 => tx.exec(
            sql!(
                "INSERT INTO intake (person, programme, promised, body, at, version) VALUES ($1, $2, $3, $4, $5, 1) \
                  ON CONFLICT (person) DO NOTHING"
            ),
            params![new.person.0, new.programme.0, new.promised.clone(), new.body.clone(), new.at],
        )?,
        version => tx.exec(
            sql!(
                "UPDATE intake SET promised = $2, body = $3, at = $4, version = version + 1 \
                  WHERE person = $1 AND version = $5"
            ),
            params![new.person.0, new.promised.clone(), new.body.clone(), new.at, version],
        )?,
    };
    Ok(rows == 1)
}

/// How somebody came; none when nobody wrote it down.
pub fn get(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<IntakeRow>> {
    tx.opt(
        sql!("SELECT person, programme, promised, body, at, version FROM intake WHERE person = $1"),
        params![person.0],
        intake,
    )
}
