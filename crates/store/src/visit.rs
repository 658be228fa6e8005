//! Visits that two people arrange, the addresses of calendars that read them, and who wants to be reminded.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, MembershipId, PersonId, ProgrammeId, VisitId};

/// A visit. The body is sealed under the person's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// Its id.
    pub id: VisitId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// With whom.
    pub person: PersonId,
    /// Who of those who work here goes.
    pub peer: AccountId,
    /// Where it stands: `booked`, `under_way`, `done` or `called_off`.
    pub state: String,
    /// When it starts.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// What is asked of a worker who went alone.
    pub asking: AskingRow,
    /// When the person was reminded.
    pub person_reminded_at: Option<Timestamp>,
    /// When the worker was.
    pub peer_reminded_at: Option<Timestamp>,
    /// Sealed.
    pub body: Vec<u8>,
    /// When it was last changed.
    pub at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

/// Asking a worker who went alone whether all is well: each moment that was or is to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AskingRow {
    /// When they are asked; none where nobody asks.
    pub ask_at: Option<Timestamp>,
    /// When they were.
    pub asked_at: Option<Timestamp>,
    /// When somebody is told unless they answer.
    pub tell_at: Option<Timestamp>,
    /// When they answered.
    pub answered_at: Option<Timestamp>,
    /// When somebody was told.
    pub told_at: Option<Timestamp>,
}

fn visit(row: &Row<'_>) -> Result<VisitRow> {
    Ok(VisitRow {
        id: VisitId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        peer: AccountId(row.get("peer")?),
        state: row.get("state")?,
        starts: row.get("starts")?,
        ends: row.get("ends")?,
        asking: AskingRow {
            ask_at: row.get("ask_at")?,
            asked_at: row.get("asked_at")?,
            tell_at: row.get("tell_at")?,
            answered_at: row.get("answered_at")?,
            told_at: row.get("told_at")?,
        },
        person_reminded_at: row.get("person_reminded_at")?,
        peer_reminded_at: row.get("peer_reminded_at")?,
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Adds a visit.
pub fn insert(tx: &mut Tx<'_>, new: &VisitRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO visit (id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, \
              told_at, person_reminded_at, peer_reminded_at, body, at, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, NULL, NULL, NULL, NULL, $9, $10, $11)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.peer.0,
            &*new.state,
            new.starts,
            new.ends,
            new.asking.ask_at,
            new.body.clone(),
            new.at,
            new.version
        ],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &VisitRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE visit SET peer = $2, state = $3, starts = $4, ends = $5, ask_at = $6, asked_at = $7, tell_at = $8, \
              answered_at = $9, told_at = $10, person_reminded_at = $11, peer_reminded_at = $12, body = $13, at = $14, \
              version = version + 1 WHERE id = $1 AND version = $15"
        ),
        params![
            new.id.0,
            new.peer.0,
            &*new.state,
            new.starts,
            new.ends,
            new.asking.ask_at,
            new.asking.asked_at,
            new.asking.tell_at,
            new.asking.answered_at,
            new.asking.told_at,
            new.person_reminded_at,
            new.peer_reminded_at,
            new.body.clone(),
            new.at,
            new.version
        ],
    )?;
    Ok(rows == 1)
}

/// One visit.
pub fn get(tx: &mut Tx<'_>, id: VisitId) -> Result<Option<VisitRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, told_at, \
              person_reminded_at, peer_reminded_at, body, at, version FROM visit WHERE id = $1"
        ),
        params![id.0],
        visit,
    )
}

/// A worker's visits that reach into a stretch of time, with the people they walk with now, the earliest first.
pub fn of_peer(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    peer: AccountId,
    (from, to): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<VisitRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, told_at, \
              person_reminded_at, peer_reminded_at, body, at, version FROM visit \
              WHERE peer = $2 AND programme = $1 AND ends > $3 AND starts < $4 AND EXISTS (SELECT 1 FROM support s \
              WHERE s.person = visit.person AND s.peer = $2 AND s.walking = $5) ORDER BY starts, id LIMIT $6"
        ),
        params![programme.0, peer.0, from, to, true, limit],
        visit,
    )
}

/// A person's visits that end after a moment, the earliest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, after: Timestamp, limit: i64) -> Result<Vec<VisitRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, told_at, \
              person_reminded_at, peer_reminded_at, body, at, version FROM visit \
              WHERE person = $1 AND ends > $2 ORDER BY starts, id LIMIT $3"
        ),
        params![person.0, after, limit],
        visit,
    )
}

/// The visits of a worker with a person that are booked and not over.
pub fn booked_between(
    tx: &mut Tx<'_>,
    person: PersonId,
    peer: AccountId,
    now: Timestamp,
) -> Result<Vec<VisitRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, told_at, \
              person_reminded_at, peer_reminded_at, body, at, version FROM visit \
              WHERE person = $1 AND peer = $2 AND ends > $3 AND state = 'booked' ORDER BY starts, id"
        ),
        params![person.0, peer.0, now],
        visit,
    )
}

/// The address of somebody's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// Whose, in which role.
    pub membership: MembershipId,
    /// The hash of the code in its address.
    pub code_hash: Vec<u8>,
    /// The sealed code, so that it can be shown again.
    pub code: Vec<u8>,
    /// Since when.
    pub made_at: Timestamp,
}

fn calendar(row: &Row<'_>) -> Result<CalendarRow> {
    Ok(CalendarRow {
        membership: MembershipId(row.get("membership")?),
        code_hash: row.get("code_hash")?,
        code: row.get("code")?,
        made_at: row.get("made_at")?,
    })
}

/// Keeps the address of a calendar; the one before it opens nothing any more.
pub fn put_calendar(tx: &mut Tx<'_>, new: &CalendarRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO visit_calendar (membership, code_hash, code, made_at) VALUES ($1, $2, $3, $4) \
              ON CONFLICT (membership) DO UPDATE SET code_hash = excluded.code_hash, code = excluded.code, \
              made_at = excluded.made_at"
        ),
        params![new.membership.0, new.code_hash.clone(), new.code.clone(), new.made_at],
    )?;
    Ok(())
}

/// Takes the address away. Twice changes nothing.
pub fn stop_calendar(tx: &mut Tx<'_>, membership: MembershipId) -> Result<()> {
    tx.exec(sql!("DELETE FROM visit_calendar WHERE membership = $1"), params![membership.0])?;
    Ok(())
}

/// The address of a role's calendar.
pub fn calendar_of(tx: &mut Tx<'_>, membership: MembershipId) -> Result<Option<CalendarRow>> {
    tx.opt(
        sql!("SELECT membership, code_hash, code, made_at FROM visit_calendar WHERE membership = $1"),
        params![membership.0],
        calendar,
    )
}

/// Whose calendar has a code with this hash, while they work here.
pub fn calendar_by_code(tx: &mut Tx<'_>, code_hash: &[u8]) -> Result<Option<CalendarRow>> {
    tx.opt(
        sql!(
            "SELECT c.membership, c.code_hash, c.code, c.made_at FROM visit_calendar c \
              JOIN membership m ON m.id = c.membership WHERE c.code_hash = $1 AND m.ended IS NULL"
        ),
        params![code_hash.to_vec()],
        calendar,
    )
}
