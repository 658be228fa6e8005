//! Meetings of supervision, what workers bring to them, and people's yes to somebody sitting in.
//!
//! Who supervises whom is `programme.rs`; this is what they hold.

use std::collections::BTreeSet;

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, AgendaId, PersonId, ProgrammeId, SittingInId, SupervisionId};
use uuid::Uuid;

/// A meeting. What the rules and lists need stands beside the sealed body.
#[derive(Debug, Clone)]
pub struct MeetingRow {
    /// Its id.
    pub id: SupervisionId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Who holds it.
    pub supervisor: AccountId,
    /// How, by its name.
    pub kind: String,
    /// The day, as `2026-01-31`.
    pub day: String,
    /// Where it stands: `booked`, `held`, `called_off` or `struck`.
    pub state: String,
    /// How long it was, in minutes; 0 before it is held.
    pub minutes: i64,
    /// What the supervisor was on that day, parted by blanks.
    pub supervisor_was: String,
    /// Whether they looked back at the work together.
    pub looked_back: bool,
    /// Sealed.
    pub body: Vec<u8>,
    /// When it was last changed.
    pub at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

fn meeting(row: &Row<'_>) -> Result<MeetingRow> {
    Ok(MeetingRow {
        id: SupervisionId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        supervisor: AccountId(row.get("supervisor")?),
        kind: row.get("kind")?,
        day: row.get("day")?,
        state: row.get("state")?,
        minutes: row.get("minutes")?,
        supervisor_was: row.get("supervisor_was")?,
        looked_back: row.get("looked_back")?,
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Adds a meeting with those it is with.
pub fn insert(tx: &mut Tx<'_>, new: &MeetingRow, with: &BTreeSet<AccountId>) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO supervision_meeting (id, programme, supervisor, kind, day, state, minutes, supervisor_was, \
              looked_back, body, at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.supervisor.0,
            &*new.kind,
            &*new.day,
            &*new.state,
            new.minutes,
            &*new.supervisor_was,
            new.looked_back,
            new.body.clone(),
            new.at,
            new.version
        ],
    )?;
    parts(tx, new.id, with)
}

fn parts(tx: &mut Tx<'_>, id: SupervisionId, with: &BTreeSet<AccountId>) -> Result<()> {
    for worker in with {
        tx.exec(
            sql!("INSERT INTO supervision_part (meeting, worker, signed_at) VALUES ($1, $2, NULL)"),
            params![id.0, worker.0],
        )?;
    }
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &MeetingRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE supervision_meeting SET day = $2, state = $3, minutes = $4, supervisor_was = $5, looked_back = $6, body = $7, \
              at = $8, version = version + 1 WHERE id = $1 AND version = $9"
        ),
        params![
            new.id.0,
            &*new.day,
            &*new.state,
            new.minutes,
            &*new.supervisor_was,
            new.looked_back,
            new.body.clone(),
            new.at,
            new.version
        ],
    )?;
    Ok(rows == 1)
}

/// Keeps who was there, in the place of those who were asked.
pub fn took_part(tx: &mut Tx<'_>, id: SupervisionId, with: &BTreeSet<AccountId>) -> Result<()> {
    tx.exec(sql!("DELETE FROM supervision_part WHERE meeting = $1"), params![id.0])?;
    parts(tx, id, with)
}

/// One meeting.
pub fn get(tx: &mut Tx<'_>, id: SupervisionId) -> Result<Option<MeetingRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, supervisor, kind, day, state, minutes, supervisor_was, looked_back, body, at, version \
              FROM supervision_meeting WHERE id = $1"
        ),
        params![id.0],
        meeting,
    )
}

/// With whom it is, and when each put their name beside it.
pub fn with(tx: &mut Tx<'_>, id: SupervisionId) -> Result<Vec<(AccountId, Option<Timestamp>)>> {
    tx.all(
        sql!("SELECT worker, signed_at FROM supervision_part WHERE meeting = $1 ORDER BY worker"),
        params![id.0],
        |row| Ok((AccountId(row.get("worker")?), row.get("signed_at")?)),
    )
}

/// Puts a worker's name beside a record. `false` when it stands there already, or they did not take part.
pub fn sign(tx: &mut Tx<'_>, id: SupervisionId, worker: AccountId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE supervision_part SET signed_at = $3 WHERE meeting = $1 AND worker = $2 AND signed_at IS NULL"
        ),
        params![id.0, worker.0, at],
    )?;
    Ok(rows == 1)
}

/// A worker's meetings, wherever they were held, the newest day first.
pub fn of_worker(tx: &mut Tx<'_>, worker: AccountId, limit: i64) -> Result<Vec<MeetingRow>> {
    tx.all(
        sql!(
            "SELECT s.id, s.programme, s.supervisor, s.kind, s.day, s.state, s.minutes, s.supervisor_was, s.looked_back, s.body, s.at, \
              s.version FROM supervision_part p JOIN supervision_meeting s ON s.id = p.meeting \
              WHERE p.worker = $1 ORDER BY s.day DESC, s.id DESC LIMIT $2"
        ),
        params![worker.0, limit],
        meeting,
    )
}

/// A supervisor's meetings in a programme, the newest day first.
pub fn of_supervisor(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    supervisor: AccountId,
    limit: i64,
) -> Result<Vec<MeetingRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, supervisor, kind, day, state, minutes, supervisor_was, looked_back, body, at, version \
              FROM supervision_meeting WHERE supervisor = $2 AND programme = $1 ORDER BY day DESC, id DESC LIMIT $3"
        ),
        params![programme.0, supervisor.0, limit],
        meeting,
    )
}

/// What was held, as far as the rules ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// The day, as `2026-01-31`.
    pub day: String,
    /// How, by its name.
    pub kind: String,
    /// How long, in minutes.
    pub minutes: i64,
    /// What the supervisor was on that day, parted by blanks.
    pub supervisor_was: String,
    /// Whether they looked back at the work together.
    pub looked_back: bool,
}

/// What was held, for the rules. Nothing sealed is opened.
pub fn held_with(tx: &mut Tx<'_>, worker: AccountId) -> Result<Vec<HeldRow>> {
    tx.all(
        sql!(
            "SELECT s.day, s.kind, s.minutes, s.supervisor_was, s.looked_back FROM supervision_part p \
              JOIN supervision_meeting s ON s.id = p.meeting WHERE p.worker = $1 AND s.state = 'held' ORDER BY s.day"
        ),
        params![worker.0],
        |row| {
            Ok(HeldRow {
                day: row.get("day")?,
                kind: row.get("kind")?,
                minutes: row.get("minutes")?,
                supervisor_was: row.get("supervisor_was")?,
                looked_back: row.get("looked_back")?,
            })
        },
    )
}

/// What was held in a programme since a day: that, how, and when. Nothing of what it was about.
pub fn times(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    since: &str,
    limit: i64,
) -> Result<Vec<(AccountId, AccountId, String, String)>> {
    tx.all(
        sql!(
            "SELECT p.worker, s.supervisor, s.day, s.kind FROM supervision_meeting s JOIN supervision_part p \
              ON p.meeting = s.id WHERE s.programme = $1 AND s.state = 'held' AND s.day >= $2 \
              ORDER BY s.day DESC, s.id, p.worker LIMIT $3"
        ),
        params![programme.0, since, limit],
        |row| {
            Ok((
                AccountId(row.get("worker")?),
                AccountId(row.get("supervisor")?),
                row.get("day")?,
                row.get("kind")?,
            ))
        },
    )
}

/// Something a worker brings, sealed under their key.
#[derive(Debug, Clone)]
pub struct AgendaRow {
    /// Its id.
    pub id: AgendaId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Who brings it.
    pub worker: AccountId,
    /// To whom.
    pub supervisor: AccountId,
    /// The meeting where it was talked about; none while it waits.
    pub meeting: Option<SupervisionId>,
    /// Sealed.
    pub body: Vec<u8>,
    /// When it was put there.
    pub at: Timestamp,
}

fn item(row: &Row<'_>) -> Result<AgendaRow> {
    Ok(AgendaRow {
        id: AgendaId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        worker: AccountId(row.get("worker")?),
        supervisor: AccountId(row.get("supervisor")?),
        meeting: row.get::<Option<Uuid>>("meeting")?.map(SupervisionId),
        body: row.get("body")?,
        at: row.get("at")?,
    })
}

/// Puts something on the agenda.
pub fn bring(tx: &mut Tx<'_>, new: &AgendaRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO agenda_item (id, programme, worker, supervisor, meeting, body, at) VALUES ($1, $2, $3, $4, NULL, $5, $6)"
        ),
        params![new.id.0, new.programme.0, new.worker.0, new.supervisor.0, new.body.clone(), new.at],
    )?;
    Ok(())
}

/// Takes something of one's own off again, for good. `false` when it is not one's own or was talked about.
pub fn take_off(tx: &mut Tx<'_>, id: AgendaId, worker: AccountId) -> Result<bool> {
    let rows = tx.exec(
        sql!("DELETE FROM agenda_item WHERE id = $1 AND worker = $2 AND meeting IS NULL"),
        params![id.0, worker.0],
    )?;
    Ok(rows == 1)
}

/// It was talked about. Only what was brought to this supervisor can be.
pub fn talked_about(
    tx: &mut Tx<'_>,
    id: AgendaId,
    supervisor: AccountId,
    meeting: SupervisionId,
) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE agenda_item SET meeting = $3 WHERE id = $1 AND supervisor = $2 AND meeting IS NULL"),
        params![id.0, supervisor.0, meeting.0],
    )?;
    Ok(rows == 1)
}

/// What a worker has on their agendas in a programme, the oldest first.
pub fn agenda_of(tx: &mut Tx<'_>, programme: ProgrammeId, worker: AccountId) -> Result<Vec<AgendaRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, worker, supervisor, meeting, body, at FROM agenda_item \
              WHERE worker = $2 AND programme = $1 AND meeting IS NULL ORDER BY at, id LIMIT 200"
        ),
        params![programme.0, worker.0],
        item,
    )
}

/// What was brought to a supervisor in a programme and waits, the oldest first.
pub fn brought_to(tx: &mut Tx<'_>, programme: ProgrammeId, supervisor: AccountId) -> Result<Vec<AgendaRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, worker, supervisor, meeting, body, at FROM agenda_item \
              WHERE supervisor = $2 AND programme = $1 AND meeting IS NULL ORDER BY at, id LIMIT 500"
        ),
        params![programme.0, supervisor.0],
        item,
    )
}

/// A person's yes to somebody sitting in.
#[derive(Debug, Clone)]
pub struct SittingInRow {
    /// Its id.
    pub id: SittingInId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose yes.
    pub person: PersonId,
    /// Who walks with them.
    pub worker: AccountId,
    /// Who sits in.
    pub supervisor: AccountId,
    /// On which day, as `2026-01-31`.
    pub day: String,
    /// Who wrote it down: the person, or the worker to whom they said it.
    pub said_by: AccountId,
    /// When.
    pub at: Timestamp,
    /// When it was taken back.
    pub taken_back_at: Option<Timestamp>,
    /// The meeting that rests on it.
    pub meeting: Option<SupervisionId>,
}

fn sitting_in(row: &Row<'_>) -> Result<SittingInRow> {
    Ok(SittingInRow {
        id: SittingInId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        worker: AccountId(row.get("worker")?),
        supervisor: AccountId(row.get("supervisor")?),
        day: row.get("day")?,
        said_by: AccountId(row.get("said_by")?),
        at: row.get("at")?,
        taken_back_at: row.get("taken_back_at")?,
        meeting: row.get::<Option<Uuid>>("meeting")?.map(SupervisionId),
    })
}

/// Keeps a yes.
pub fn say_yes(tx: &mut Tx<'_>, new: &SittingInRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO sitting_in (id, programme, person, worker, supervisor, day, said_by, at, taken_back_at, meeting) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.worker.0,
            new.supervisor.0,
            &*new.day,
            new.said_by.0,
            new.at
        ],
    )?;
    Ok(())
}

/// The person takes it back. `false` when it is not theirs, was taken back before, or the meeting was held.
pub fn take_back(tx: &mut Tx<'_>, id: SittingInId, person: PersonId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE sitting_in SET taken_back_at = $3 WHERE id = $1 AND person = $2 AND taken_back_at IS NULL AND meeting IS NULL"
        ),
        params![id.0, person.0, at],
    )?;
    Ok(rows == 1)
}

/// A meeting rests on it. `false` when another one does, or it was taken back.
pub fn use_yes(tx: &mut Tx<'_>, id: SittingInId, meeting: SupervisionId) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE sitting_in SET meeting = $2 WHERE id = $1 AND meeting IS NULL AND taken_back_at IS NULL"
        ),
        params![id.0, meeting.0],
    )?;
    Ok(rows == 1)
}

/// One yes.
pub fn yes(tx: &mut Tx<'_>, id: SittingInId) -> Result<Option<SittingInRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, person, worker, supervisor, day, said_by, at, taken_back_at, meeting \
              FROM sitting_in WHERE id = $1"
        ),
        params![id.0],
        sitting_in,
    )
}

/// Every yes of a person, the newest day first.
pub fn said_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<SittingInRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, worker, supervisor, day, said_by, at, taken_back_at, meeting \
              FROM sitting_in WHERE person = $1 ORDER BY day DESC, id DESC LIMIT 50"
        ),
        params![person.0],
        sitting_in,
    )
}

/// The yeses that still let a supervisor sit in with a worker on a day, the oldest first.
pub fn yes_to(
    tx: &mut Tx<'_>,
    worker: AccountId,
    supervisor: AccountId,
    day: &str,
) -> Result<Vec<SittingInRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, worker, supervisor, day, said_by, at, taken_back_at, meeting FROM sitting_in \
              WHERE worker = $1 AND supervisor = $2 AND day = $3 AND taken_back_at IS NULL AND meeting IS NULL \
              ORDER BY at, id LIMIT 20"
        ),
        params![worker.0, supervisor.0, day],
        sitting_in,
    )
}
