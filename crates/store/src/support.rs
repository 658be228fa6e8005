//! Who walks with whom.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use porchlight_practice::id::{AccountId, PersonId, ProgrammeId, SupportId};

/// One peer specialist walking with one person. The body is sealed under the person's key.
#[derive(Debug, Clone)]
pub struct SupportRow {
    /// Its id.
    pub id: SupportId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// The person.
    pub person: PersonId,
    /// The peer specialist.
    pub peer: AccountId,
    /// Who is responsible.
    pub responsible: AccountId,
    /// Whether it is going on.
    pub walking: bool,
    /// Since which day (`2026-01-31`).
    pub since: String,
    /// The last day.
    pub ended_on: Option<String>,
    /// Sealed state.
    pub body: Vec<u8>,
    /// Counts changes.
    pub version: i64,
}

fn support(row: &Row<'_>) -> Result<SupportRow> {
    Ok(SupportRow {
        id: SupportId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        peer: AccountId(row.get("peer")?),
        responsible: AccountId(row.get("responsible")?),
        walking: row.get("walking")?,
        since: row.get("since")?,
        ended_on: row.get("ended_on")?,
        body: row.get("body")?,
        version: row.get("version")?,
    })
}

/// Adds support.
pub fn insert(tx: &mut Tx<'_>, new: &SupportRow) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO support (id, programme, person, peer, responsible, walking, since, ended_on, body, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.peer.0,
            new.responsible.0,
            new.walking,
            &*new.since,
            new.ended_on.clone(),
            new.body.clone(),
            new.version
        ],
    )?;
    crate::person::note_alone(tx, new.person)
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &SupportRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE support SET walking = $2, ended_on = $3, body = $4, version = version + 1 WHERE id = $1 AND version = $5"),
        params![new.id.0, new.walking, new.ended_on.clone(), new.body.clone(), new.version],
    )?;
    crate::person::note_alone(tx, new.person)?;
    Ok(rows == 1)
}

/// One.
pub fn get(tx: &mut Tx<'_>, id: SupportId) -> Result<Option<SupportRow>> {
    tx.opt(
        sql!("SELECT id, programme, person, peer, responsible, walking, since, ended_on, body, version FROM support WHERE id = $1"),
        params![id.0],
        support,
    )
}

/// All of one person, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<SupportRow>> {
    tx.all(
        sql!("SELECT id, programme, person, peer, responsible, walking, since, ended_on, body, version FROM support \
              WHERE person = $1 ORDER BY since DESC, id DESC"),
        params![person.0],
        support,
    )
}

/// Whether somebody walks with a person now.
pub fn walks(tx: &mut Tx<'_>, person: PersonId, peer: AccountId) -> Result<bool> {
    Ok(tx
        .opt(
            sql!("SELECT 1 AS yes FROM support WHERE person = $1 AND peer = $2 AND walking = $3 LIMIT 1"),
            params![person.0, peer.0, true],
            |_| Ok(()),
        )?
        .is_some())
}

/// Whether somebody is responsible for a person now, or supervises one who walks with them, or deputises for that
/// supervisor, or for the one who walks when that is a supervisor.
pub fn supervises(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    person: PersonId,
    actor: AccountId,
) -> Result<bool> {
    Ok(tx
        .opt(
            sql!("SELECT 1 AS yes FROM support s WHERE s.person = $2 AND s.walking = $4 AND (s.responsible = $3 OR EXISTS \
                  (SELECT 1 FROM supervision v WHERE v.programme = $1 AND v.peer = s.peer AND v.ended IS NULL AND \
                   (v.supervisor = $3 OR EXISTS (SELECT 1 FROM deputy d WHERE d.programme = $1 AND \
                    d.supervisor = v.supervisor AND d.deputy = $3 AND d.ended IS NULL))) OR EXISTS \
                  (SELECT 1 FROM deputy d WHERE d.programme = $1 AND d.supervisor = s.peer AND d.deputy = $3 AND d.ended IS NULL)) \
                  LIMIT 1"),
            params![programme.0, person.0, actor.0, true],
            |_| Ok(()),
        )?
        .is_some())
}

/// Whether anybody walks with a person now.
pub fn anybody_walks(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    Ok(tx
        .opt(
            sql!("SELECT 1 AS yes FROM support WHERE person = $1 AND walking = $2 LIMIT 1"),
            params![person.0, true],
            |_| Ok(()),
        )?
        .is_some())
}
