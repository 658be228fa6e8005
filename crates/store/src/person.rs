//! People, their linked children, and records that are of the same person.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use crate::programme::team;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, ChildId, PersonId, ProgrammeId};
use uuid::Uuid;

/// A person's record. The profile is sealed under the person's key.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Its id.
    pub id: PersonId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whether the person works for the agency too: then colleagues never see the record.
    pub guarded: bool,
    /// Sealed profile.
    pub profile: Vec<u8>,
    /// Who added it.
    pub added_by: AccountId,
    /// When.
    pub added_at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

fn person(row: &Row<'_>) -> Result<PersonRow> {
    Ok(PersonRow {
        id: PersonId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        guarded: row.get("guarded")?,
        profile: row.get("profile")?,
        added_by: AccountId(row.get("added_by")?),
        added_at: row.get("added_at")?,
        version: row.get("version")?,
    })
}

/// Adds a record, with the keyed hashes by which its name is found.
pub fn insert(tx: &mut Tx<'_>, new: &PersonRow, names: &[[u8; 16]]) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO person (id, programme, guarded, profile, added_by, added_at, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.guarded,
            new.profile.clone(),
            new.added_by.0,
            new.added_at,
            new.version
        ],
    )?;
    put_names(tx, new.id, new.programme, names)
}

fn put_names(tx: &mut Tx<'_>, id: PersonId, programme: ProgrammeId, names: &[[u8; 16]]) -> Result<()> {
    tx.exec(sql!("DELETE FROM person_name WHERE person = $1"), params![id.0])?;
    for name in names {
        tx.exec(
            sql!("INSERT INTO person_name (person, programme, blind) VALUES ($1, $2, $3) ON CONFLICT (person, blind) DO NOTHING"),
            params![id.0, programme.0, name.to_vec()],
        )?;
    }
    Ok(())
}

/// One record.
pub fn get(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<PersonRow>> {
    tx.opt(
        sql!("SELECT id, programme, guarded, profile, added_by, added_at, version FROM person WHERE id = $1"),
        params![id.0],
        person,
    )
}

/// Keeps a changed profile. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &PersonRow, names: &[[u8; 16]]) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE person SET profile = $2, guarded = $3, version = version + 1 WHERE id = $1 AND version = $4"),
        params![new.id.0, new.profile.clone(), new.guarded, new.version],
    )?;
    if rows == 1 {
        put_names(tx, new.id, new.programme, names)?;
    }
    Ok(rows == 1)
}

/// Whether anybody is supported in a programme yet.
pub fn any(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<bool> {
    Ok(tx
        .opt(sql!("SELECT 1 AS yes FROM person WHERE programme = $1 LIMIT 1"), params![programme.0], |_| {
            Ok(())
        })?
        .is_some())
}

/// The people somebody walks with now.
pub fn walked_with(tx: &mut Tx<'_>, programme: ProgrammeId, peer: AccountId) -> Result<Vec<PersonRow>> {
    tx.all(
        sql!("SELECT p.id, p.programme, p.guarded, p.profile, p.added_by, p.added_at, p.version FROM person p \
              WHERE p.id IN (SELECT s.person FROM support s WHERE s.peer = $2 AND s.programme = $1 AND s.walking) ORDER BY p.id"),
        params![programme.0, peer.0],
        person,
    )
}

/// The people whom a supervisor may see: those walked with by peers they supervise or deputise for, those they are
/// responsible for, and unguarded ones with whom nobody walks.
pub fn supervised(tx: &mut Tx<'_>, programme: ProgrammeId, supervisor: AccountId) -> Result<Vec<PersonRow>> {
    let mut rows = tx.all(
        sql!(concat!(
            "SELECT p.id, p.programme, p.guarded, p.profile, p.added_by, p.added_at, p.version FROM person p WHERE p.id IN (\
              SELECT s.person FROM support s WHERE s.responsible = $2 AND s.programme = $1 AND s.walking UNION ALL \
              SELECT s.person FROM support s WHERE s.programme = $1 AND s.walking AND s.peer IN (",
            team!(),
            "))"
        )),
        params![programme.0, supervisor.0],
        person,
    )?;
    rows.extend(alone(tx, programme, false)?);
    rows.sort_unstable_by_key(|row| row.id);
    Ok(rows)
}

/// The people with whom nobody walks, the longest waiting first: those who work here too, or the others.
pub fn alone(tx: &mut Tx<'_>, programme: ProgrammeId, guarded: bool) -> Result<Vec<PersonRow>> {
    tx.all(
        sql!("SELECT p.id, p.programme, p.guarded, p.profile, p.added_by, p.added_at, p.version FROM person p \
              WHERE p.programme = $1 AND p.alone AND p.guarded = $2 AND \
               NOT EXISTS (SELECT 1 FROM support s WHERE s.person = p.id AND s.walking) ORDER BY p.added_at, p.id"),
        params![programme.0, guarded],
        person,
    )
}

/// Notes whether anybody walks with a person.
pub(crate) fn note_alone(tx: &mut Tx<'_>, id: PersonId) -> Result<()> {
    tx.exec(
        sql!("UPDATE person SET alone = NOT EXISTS (SELECT 1 FROM support s WHERE s.person = $1 AND s.walking) WHERE id = $1"),
        params![id.0],
    )?;
    Ok(())
}

/// Notes with whom nobody walks since a day (`2026-01-31`) or later, where an older program beside this one did not.
pub fn note_left(tx: &mut Tx<'_>, since: &str) -> Result<u64> {
    tx.exec(
        sql!(
            "UPDATE person SET alone = TRUE WHERE id IN (SELECT s.person FROM support s WHERE s.ended_on >= $1) AND NOT alone \
              AND NOT EXISTS (SELECT 1 FROM support s WHERE s.person = person.id AND s.walking)"
        ),
        params![since],
    )
}

/// Hides a record from colleagues from now on: the person works here too.
pub fn guard(tx: &mut Tx<'_>, id: PersonId) -> Result<()> {
    tx.exec(sql!("UPDATE person SET guarded = $2 WHERE id = $1"), params![id.0, true])?;
    Ok(())
}

/// The people who share a part of their record with a reader now.
pub fn shared_with(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    reader: AccountId,
    now: Timestamp,
) -> Result<Vec<PersonRow>> {
    let rows = tx.all(
        sql!(
            "SELECT p.id, p.programme, p.guarded, p.profile, p.added_by, p.added_at, p.version FROM person p \
              WHERE p.guarded = $3 AND p.id IN (SELECT c.person FROM consent c WHERE c.reader = $1 AND \
                c.from_at <= $2 AND c.until_at > $2 AND c.stopped_at IS NULL) ORDER BY p.id"
        ),
        params![reader.0, now, false],
        person,
    )?;
    Ok(rows.into_iter().filter(|row| row.programme == programme).collect())
}

/// The people who share sections of their papers with a reader now.
pub fn papers_open_to(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    reader: AccountId,
    now: Timestamp,
) -> Result<Vec<PersonRow>> {
    let rows = tx.all(
        sql!(
            "SELECT p.id, p.programme, p.guarded, p.profile, p.added_by, p.added_at, p.version FROM person p \
              WHERE p.id IN (SELECT s.person FROM share s WHERE s.reader = $1 AND \
                s.from_at <= $2 AND s.until_at > $2 AND s.stopped_at IS NULL) ORDER BY p.id"
        ),
        params![reader.0, now],
        person,
    )?;
    Ok(rows.into_iter().filter(|row| row.programme == programme).collect())
}

/// Unguarded records whose name has one of these keyed hashes, with how many of them fit: the best first.
pub fn like(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    names: &[[u8; 16]],
    limit: usize,
) -> Result<Vec<PersonRow>> {
    let mut hits: Vec<(PersonRow, usize)> = Vec::new();
    for name in names {
        let found = tx.all(
            sql!("SELECT p.id, p.programme, p.guarded, p.profile, p.added_by, p.added_at, p.version FROM person p \
                  JOIN person_name n ON n.person = p.id WHERE n.programme = $1 AND n.blind = $2 AND p.guarded = $3 \
                  ORDER BY p.id LIMIT 50"),
            params![programme.0, name.to_vec(), false],
            person,
        )?;
        for row in found {
            match hits.iter_mut().find(|(hit, _)| hit.id == row.id) {
                Some((_, count)) => *count += 1,
                None => hits.push((row, 1)),
            }
        }
    }
    hits.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(hits.into_iter().take(limit).map(|(row, _)| row).collect())
}

/// Says that two records are of one person.
pub fn link_same(
    tx: &mut Tx<'_>,
    id: Uuid,
    programme: ProgrammeId,
    one: PersonId,
    other: PersonId,
    at: Timestamp,
) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO person_same (id, programme, one, other, linked_at) VALUES ($1, $2, $3, $4, $5)"),
        params![id, programme.0, one.0, other.0, at],
    )?;
    Ok(())
}

/// Says that they are not. `false` when they were not linked.
pub fn unlink_same(tx: &mut Tx<'_>, one: PersonId, other: PersonId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE person_same SET unlinked_at = $3 WHERE unlinked_at IS NULL AND \
              ((one = $1 AND other = $2) OR (one = $2 AND other = $1))"
        ),
        params![one.0, other.0, at],
    )?;
    Ok(rows > 0)
}

/// The records linked to this one as the same person.
pub fn same_as(tx: &mut Tx<'_>, id: PersonId) -> Result<Vec<PersonId>> {
    tx.all(
        sql!(
            "SELECT CASE WHEN one = $1 THEN other ELSE one END AS id FROM person_same \
              WHERE unlinked_at IS NULL AND (one = $1 OR other = $1)"
        ),
        params![id.0],
        |row| Ok(PersonId(row.get("id")?)),
    )
}

/// A child's minimal record, sealed under its own key.
#[derive(Debug, Clone)]
pub struct ChildRow {
    /// Its id.
    pub id: ChildId,
    /// The parent.
    pub person: PersonId,
    /// Sealed body.
    pub body: Vec<u8>,
    /// Counts changes.
    pub version: i64,
}

/// Links a child to a parent.
pub fn insert_child(tx: &mut Tx<'_>, new: &ChildRow, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO child (id, person, body, added_at, version) VALUES ($1, $2, $3, $4, $5)"),
        params![new.id.0, new.person.0, new.body.clone(), at, new.version],
    )?;
    Ok(())
}

/// The children linked to a parent.
pub fn children(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ChildRow>> {
    tx.all(
        sql!("SELECT id, person, body, version FROM child WHERE person = $1 ORDER BY added_at, id"),
        params![person.0],
        |row| {
            Ok(ChildRow {
                id: ChildId(row.get("id")?),
                person: PersonId(row.get("person")?),
                body: row.get("body")?,
                version: row.get("version")?,
            })
        },
    )
}
