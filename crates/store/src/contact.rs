//! Contacts, their notes, and what is put beside a signed note.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use crate::programme::team;
use jiff::Timestamp;
use porchlight_practice::contact::{AdditionKind, Review};
use porchlight_practice::id::{AccountId, AdditionId, ContactId, PersonId, ProgrammeId};

/// A contact. The note is sealed under the person's key; what lists and clocks need stands beside it.
#[derive(Debug, Clone)]
pub struct ContactRow {
    /// Its id.
    pub id: ContactId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// With whom.
    pub person: PersonId,
    /// Who writes the note.
    pub writer: AccountId,
    /// Where it stands with the supervisor; none while it is a draft.
    pub review: Option<Review>,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// When the note is due.
    pub due: Option<Timestamp>,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
    /// Whether it was signed after it was due.
    pub late: bool,
    /// Sealed: the draft, or the signed note.
    pub body: Vec<u8>,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

fn review(row: &Row<'_>) -> Result<Option<Review>> {
    let Some(text) = row.get::<Option<String>>("review")? else { return Ok(None) };
    let wanted = "a state this program knows";
    Review::parse(&text).map(Some).ok_or(crate::Error::Column { column: "review".into(), wanted })
}

fn contact(row: &Row<'_>) -> Result<ContactRow> {
    Ok(ContactRow {
        id: ContactId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        writer: AccountId(row.get("writer")?),
        review: review(row)?,
        started: row.get("started")?,
        ended: row.get("ended")?,
        due: row.get("due")?,
        signed_at: row.get("signed_at")?,
        late: row.get("late")?,
        body: row.get("body")?,
        saved_at: row.get("saved_at")?,
        version: row.get("version")?,
    })
}

/// Adds a contact.
pub fn insert(tx: &mut Tx<'_>, new: &ContactRow) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO contact (id, programme, person, writer, review, started, ended, due, signed_at, late, body, saved_at, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.writer.0,
            new.review.map(|review| review.as_str().to_string()),
            new.started,
            new.ended,
            new.due,
            new.signed_at,
            new.late,
            new.body.clone(),
            new.saved_at,
            new.version
        ],
    )?;
    Ok(())
}

/// Keeps a changed contact. `false` when it was changed since `version`.
pub fn change(tx: &mut Tx<'_>, new: &ContactRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE contact SET review = $2, started = $3, ended = $4, due = $5, signed_at = $6, late = $7, body = $8, \
              saved_at = $9, version = version + 1 WHERE id = $1 AND version = $10"),
        params![
            new.id.0,
            new.review.map(|review| review.as_str().to_string()),
            new.started,
            new.ended,
            new.due,
            new.signed_at,
            new.late,
            new.body.clone(),
            new.saved_at,
            new.version
        ],
    )?;
    Ok(rows == 1)
}

/// Throws away a draft. A signed note can't be thrown away: no statement does it.
pub fn discard_draft(tx: &mut Tx<'_>, id: ContactId) -> Result<bool> {
    let rows = tx.exec(sql!("DELETE FROM contact WHERE id = $1 AND signed_at IS NULL"), params![id.0])?;
    Ok(rows == 1)
}

/// One contact.
pub fn get(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<ContactRow>> {
    tx.opt(
        sql!("SELECT id, programme, person, writer, review, started, ended, due, signed_at, late, body, saved_at, version \
              FROM contact WHERE id = $1"),
        params![id.0],
        contact,
    )
}

/// The signed contacts with a person, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, limit: i64) -> Result<Vec<ContactRow>> {
    tx.all(
        sql!("SELECT id, programme, person, writer, review, started, ended, due, signed_at, late, body, saved_at, version \
              FROM contact WHERE person = $1 AND signed_at IS NOT NULL ORDER BY started DESC, id DESC LIMIT $2"),
        params![person.0, limit],
        contact,
    )
}

/// A writer's drafts, the longest waiting first.
pub fn drafts(tx: &mut Tx<'_>, programme: ProgrammeId, writer: AccountId) -> Result<Vec<ContactRow>> {
    tx.all(
        sql!("SELECT id, programme, person, writer, review, started, ended, due, signed_at, late, body, saved_at, version \
              FROM contact WHERE writer = $2 AND programme = $1 AND signed_at IS NULL ORDER BY due, saved_at, id"),
        params![programme.0, writer.0],
        contact,
    )
}

/// A writer's signed notes since a time, the newest first.
pub fn signed_by(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    writer: AccountId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<ContactRow>> {
    tx.all(
        sql!("SELECT id, programme, person, writer, review, started, ended, due, signed_at, late, body, saved_at, version \
              FROM contact WHERE writer = $2 AND programme = $1 AND signed_at >= $3 ORDER BY started DESC, id DESC LIMIT $4"),
        params![programme.0, writer.0, since, limit],
        contact,
    )
}

/// A signed note without its body: when the contact began, and where its reading stands.
#[derive(Debug, Clone)]
pub struct SignedLately {
    /// Its id.
    pub id: ContactId,
    /// When the contact began.
    pub started: Option<Timestamp>,
    /// Where it stands with the supervisor.
    pub review: Option<Review>,
}

/// A writer's signed notes since a time, the newest first.
pub fn lately_signed_by(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    writer: AccountId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<SignedLately>> {
    tx.all(
        sql!("SELECT id, started, review FROM contact WHERE writer = $2 AND programme = $1 AND signed_at >= $3 \
              ORDER BY started DESC, id DESC LIMIT $4"),
        params![programme.0, writer.0, since, limit],
        |row| {
            Ok(SignedLately {
                id: ContactId(row.get("id")?),
                started: row.get("started")?,
                review: review(row)?,
            })
        },
    )
}

/// When the last signed contact with a person began.
pub fn last_with(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Timestamp>> {
    let last = tx.opt(
        sql!(
            "SELECT started FROM contact WHERE person = $1 AND signed_at IS NOT NULL ORDER BY started DESC, id DESC LIMIT 1"
        ),
        params![person.0],
        |row| row.get::<Option<Timestamp>>("started"),
    )?;
    Ok(last.flatten())
}

/// When a worker's signed contacts with people began and ended, wherever they were, in order.
pub fn with_people(tx: &mut Tx<'_>, writer: AccountId) -> Result<Vec<(Timestamp, Timestamp)>> {
    tx.all(
        sql!(
            "SELECT started, ended FROM contact WHERE writer = $1 AND signed_at IS NOT NULL AND started IS NOT NULL AND \
              ended IS NOT NULL ORDER BY started"
        ),
        params![writer.0],
        |row| Ok((row.get("started")?, row.get("ended")?)),
    )
}

/// The notes that wait for this supervisor, the oldest first: written by those they supervise, by those whose supervisor
/// they deputise for, and by that supervisor; never by themself. Only where each stands: they may be many.
pub fn queue(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    supervisor: AccountId,
) -> Result<Vec<(ContactId, Option<Review>)>> {
    tx.all(
        sql!(concat!(
            "SELECT c.id, c.review FROM contact c WHERE c.programme = $1 AND c.review IN ('waiting', 'asked') \
              AND c.writer <> $2 AND c.writer IN (",
            team!(),
            ") ORDER BY c.ended, c.id"
        )),
        params![programme.0, supervisor.0],
        |row| Ok((ContactId(row.get("id")?), review(row)?)),
    )
}

/// Drafts of those a supervisor supervises that are past their time: who and when, never what.
pub fn overdue(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    supervisor: AccountId,
    now: Timestamp,
) -> Result<Vec<ContactRow>> {
    tx.all(
        sql!(concat!(
            "SELECT c.id, c.programme, c.person, c.writer, c.review, c.started, c.ended, c.due, c.signed_at, c.late, c.body, \
              c.saved_at, c.version FROM contact c WHERE c.programme = $1 AND c.signed_at IS NULL AND c.due < $3 \
              AND c.writer <> $2 AND c.writer IN (",
            team!(),
            ") ORDER BY c.due, c.id"
        )),
        params![programme.0, supervisor.0, now],
        contact,
    )
}

/// Something put beside a signed note, sealed under the person's key.
#[derive(Debug, Clone)]
pub struct AdditionRow {
    /// Its id.
    pub id: AdditionId,
    /// Beside which note.
    pub contact: ContactId,
    /// What it is.
    pub kind: AdditionKind,
    /// Who added it.
    pub added_by: AccountId,
    /// When.
    pub at: Timestamp,
    /// Sealed addition.
    pub body: Vec<u8>,
    /// Its hash.
    pub hash: [u8; 32],
}

/// Puts something beside a signed note. There is no statement that changes or removes it.
pub fn add(tx: &mut Tx<'_>, new: &AdditionRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO addition (id, contact, kind, added_by, at, body, hash, writer) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT writer FROM contact WHERE id = $2))"
        ),
        params![
            new.id.0,
            new.contact.0,
            new.kind.as_str(),
            new.added_by.0,
            new.at,
            new.body.clone(),
            new.hash.to_vec()
        ],
    )?;
    Ok(())
}

/// What stands beside a note, the oldest first.
pub fn additions(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<AdditionRow>> {
    tx.all(
        sql!("SELECT id, contact, kind, added_by, at, body, hash FROM addition WHERE contact = $1 ORDER BY at, id"),
        params![contact.0],
        |row| {
            let kind: String = row.get("kind")?;
            let hash: Vec<u8> = row.get("hash")?;
            Ok(AdditionRow {
                id: AdditionId(row.get("id")?),
                contact: ContactId(row.get("contact")?),
                kind: AdditionKind::parse(&kind)
                    .ok_or(crate::Error::Column { column: "kind".into(), wanted: "a kind this program knows" })?,
                added_by: AccountId(row.get("added_by")?),
                at: row.get("at")?,
                body: row.get("body")?,
                hash: hash
                    .try_into()
                    .map_err(|_| crate::Error::Column { column: "hash".into(), wanted: "32 bytes" })?,
            })
        },
    )
}

/// At most so many answers of others are listed.
const ANSWERS: usize = 20;

/// What others put beside this writer's notes since a time, the newest first, with the note each stands beside.
pub fn answers(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    writer: AccountId,
    since: Timestamp,
) -> Result<Vec<(AdditionRow, ContactRow)>> {
    let found = |row: &Row<'_>| {
        Ok((row.get::<Timestamp>("at")?, AdditionId(row.get("id")?), ContactId(row.get("contact")?)))
    };
    let mut ids = tx.all(
        sql!("SELECT at, id, contact FROM addition WHERE writer = $1 AND at >= $2 AND added_by <> $1"),
        params![writer.0, since],
        found,
    )?;
    // Those of an older program do not say beside whose note they stand. The join keeps its order: few have no writer.
    ids.extend(tx.all(
        sql!(
            "SELECT a.at, a.id, a.contact FROM addition a CROSS JOIN contact c \
              WHERE a.writer IS NULL AND a.at >= $2 AND a.added_by <> $1 AND c.id = a.contact AND c.writer = $1"
        ),
        params![writer.0, since],
        found,
    )?);
    ids.sort_unstable_by(|one, other| other.cmp(one));
    let mut answers = Vec::new();
    for (_, addition, note) in ids {
        if answers.len() == ANSWERS {
            break;
        }
        let Some(note) = get(tx, note)?.filter(|note| note.programme == programme) else { continue };
        if let Some(beside) = additions(tx, note.id)?.into_iter().find(|row| row.id == addition) {
            answers.push((beside, note));
        }
    }
    Ok(answers)
}
