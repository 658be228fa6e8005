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

/// Visits whose worker is to be asked whether all is well, the longest waiting first.
pub fn to_ask(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<VisitRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, told_at, \
              person_reminded_at, peer_reminded_at, body, at, version FROM visit \
              WHERE state IN ('booked', 'under_way') AND ask_at <= $1 AND asked_at IS NULL ORDER BY ask_at, id LIMIT $2"
        ),
        params![now, limit],
        visit,
    )
}

/// Visits whose worker has not answered, and of whom nobody was told yet.
pub fn to_tell(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<VisitRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, told_at, \
              person_reminded_at, peer_reminded_at, body, at, version FROM visit \
              WHERE state IN ('booked', 'under_way') AND tell_at <= $1 AND answered_at IS NULL AND told_at IS NULL \
              ORDER BY tell_at, id LIMIT $2"
        ),
        params![now, limit],
        visit,
    )
}

/// Visits of a programme whose worker has not answered in time, the longest waiting first.
pub fn unanswered(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<VisitRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, told_at, \
              person_reminded_at, peer_reminded_at, body, at, version FROM visit \
              WHERE programme = $1 AND state IN ('booked', 'under_way') AND tell_at <= $2 AND answered_at IS NULL \
              ORDER BY tell_at, id LIMIT $3"
        ),
        params![programme.0, now, limit],
        visit,
    )
}

/// Visits that start before a moment and of which somebody may have to be reminded, the soonest first.
pub fn to_remind(tx: &mut Tx<'_>, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<VisitRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, peer, state, starts, ends, ask_at, asked_at, tell_at, answered_at, told_at, \
              person_reminded_at, peer_reminded_at, body, at, version FROM visit \
              WHERE state = 'booked' AND starts > $1 AND starts < $2 \
              AND (person_reminded_at IS NULL OR peer_reminded_at IS NULL) ORDER BY starts, id LIMIT $3"
        ),
        params![now, until, limit],
        visit,
    )
}

/// Notes that a worker was asked, and when somebody is told unless they answer. Twice keeps the first.
pub fn asked(tx: &mut Tx<'_>, id: VisitId, at: Timestamp, tell_at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("UPDATE visit SET asked_at = $2, tell_at = $3 WHERE id = $1 AND asked_at IS NULL"),
        params![id.0, at, tell_at],
    )?;
    Ok(())
}

/// Notes that a worker answered, or is looked after. Twice keeps the first.
pub fn answered(tx: &mut Tx<'_>, id: VisitId, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE visit SET answered_at = $2 WHERE id = $1 AND asked_at IS NOT NULL AND answered_at IS NULL"
        ),
        params![id.0, at],
    )?;
    Ok(())
}

/// Notes that somebody was told that a worker has not answered.
pub fn told(tx: &mut Tx<'_>, id: VisitId, at: Timestamp) -> Result<()> {
    tx.exec(sql!("UPDATE visit SET told_at = $2 WHERE id = $1 AND told_at IS NULL"), params![id.0, at])?;
    Ok(())
}

/// Notes that the person, or the worker, was reminded.
pub fn reminded(tx: &mut Tx<'_>, id: VisitId, person: bool, at: Timestamp) -> Result<()> {
    let sql = match person {
        true => sql!("UPDATE visit SET person_reminded_at = $2 WHERE id = $1 AND person_reminded_at IS NULL"),
        false => sql!("UPDATE visit SET peer_reminded_at = $2 WHERE id = $1 AND peer_reminded_at IS NULL"),
    };
    tx.exec(sql, params![id.0, at])?;
    Ok(())
}

/// What somebody chose about reminders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderRow {
    /// Who.
    pub account: AccountId,
    /// Sealed.
    pub body: Vec<u8>,
    /// When.
    pub at: Timestamp,
    /// Counts changes; 0 for a first one.
    pub version: i64,
}

/// Keeps it. `false` when it was chosen since `version`.
pub fn keep_reminder(tx: &mut Tx<'_>, new: &ReminderRow) -> Result<bool> {
    let rows = match new.version {
        0 => tx.exec(
            sql!(
                "INSERT INTO visit_reminder (account, body, at, version) VALUES ($1, $2, $3, 1) \
                  ON CONFLICT (account) DO NOTHING"
            ),
            params![new.account.0, new.body.clone(), new.at],
        )?,
        version => tx.exec(
            sql!(
                "UPDATE visit_reminder SET body = $2, at = $3, version = version + 1 WHERE account = $1 AND version = $4"
            ),
            params![new.account.0, new.body.clone(), new.at, version],
        )?,
    };
    Ok(rows == 1)
}

/// What somebody chose about reminders; none while they have not.
pub fn reminder_of(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<ReminderRow>> {
    tx.opt(
        sql!("SELECT account, body, at, version FROM visit_reminder WHERE account = $1"),
        params![account.0],
        |row| {
            Ok(ReminderRow {
                account: AccountId(row.get("account")?),
                body: row.get("body")?,
                at: row.get("at")?,
                version: row.get("version")?,
            })
        },
    )
}
