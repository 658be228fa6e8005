//! Sessions of groups: who was there, what was written of them, and lines of one's own.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, GroupId, GroupRecordId, GroupSessionId, PersonId, ProgrammeId};
use uuid::Uuid;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id.
    pub id: GroupSessionId,
    /// Of which group.
    pub group: GroupId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// The group's kind, by its name.
    pub kind: String,
    /// The day in the programme's zone (`2026-01-31`).
    pub day: String,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Who began it.
    pub started_by: AccountId,
    /// How many came without a name.
    pub unnamed: i64,
    /// The session that it is the same as, when two who led both logged it.
    pub same_as: Option<GroupSessionId>,
}

fn session(row: &Row<'_>) -> Result<SessionRow> {
    Ok(SessionRow {
        id: GroupSessionId(row.get("id")?),
        group: GroupId(row.get("peer_group")?),
        programme: ProgrammeId(row.get("programme")?),
        kind: row.get("kind")?,
        day: row.get("day")?,
        started: row.get("started")?,
        ended: row.get("ended")?,
        started_by: AccountId(row.get("started_by")?),
        unnamed: row.get("unnamed")?,
        same_as: row.get::<Option<Uuid>>("same_as")?.map(GroupSessionId),
    })
}

/// Adds a session.
pub fn insert(tx: &mut Tx<'_>, new: &SessionRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO group_session (id, peer_group, programme, kind, day, started, ended, started_by, unnamed, same_as) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            new.id.0,
            new.group.0,
            new.programme.0,
            &*new.kind,
            &*new.day,
            new.started,
            new.ended,
            new.started_by.0,
            new.unnamed,
            new.same_as.map(|id| id.0)
        ],
    )?;
    Ok(())
}

/// One session.
pub fn get(tx: &mut Tx<'_>, id: GroupSessionId) -> Result<Option<SessionRow>> {
    tx.opt(
        sql!(
            "SELECT id, peer_group, programme, kind, day, started, ended, started_by, unnamed, same_as \
              FROM group_session WHERE id = $1"
        ),
        params![id.0],
        session,
    )
}

/// The sessions of a group, the newest first, those that are the same as another left out.
pub fn of_group(tx: &mut Tx<'_>, group: GroupId, limit: i64) -> Result<Vec<SessionRow>> {
    tx.all(
        sql!(
            "SELECT id, peer_group, programme, kind, day, started, ended, started_by, unnamed, same_as \
              FROM group_session WHERE peer_group = $1 AND same_as IS NULL ORDER BY started DESC, id DESC LIMIT $2"
        ),
        params![group.0, limit],
        session,
    )
}

/// Ends a session. `false` when it was over already.
pub fn end(tx: &mut Tx<'_>, id: GroupSessionId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE group_session SET ended = $2 WHERE id = $1 AND ended IS NULL"),
        params![id.0, at],
    )?;
    tx.exec(sql!("DELETE FROM group_code WHERE session = $1"), params![id.0])?;
    Ok(rows == 1)
}

/// Keeps how many came without a name.
pub fn count(tx: &mut Tx<'_>, id: GroupSessionId, unnamed: i64) -> Result<()> {
    tx.exec(sql!("UPDATE group_session SET unnamed = $2 WHERE id = $1"), params![id.0, unnamed])?;
    Ok(())
}

/// Whether somebody was there.
pub fn was_there(tx: &mut Tx<'_>, id: GroupSessionId, person: PersonId) -> Result<bool> {
    Ok(tx
        .opt(
            sql!("SELECT 1 AS yes FROM group_sign_in WHERE session = $1 AND person = $2"),
            params![id.0, person.0],
            |_| Ok(()),
        )?
        .is_some())
}

/// Somebody was there. Twice changes nothing.
pub fn sign_in(
    tx: &mut Tx<'_>,
    id: GroupSessionId,
    person: PersonId,
    at: Timestamp,
    how: &str,
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO group_sign_in (session, person, at, how) VALUES ($1, $2, $3, $4) \
              ON CONFLICT (session, person) DO NOTHING"
        ),
        params![id.0, person.0, at, how],
    )?;
    Ok(())
}

/// A slip: they were not there.
pub fn take_off(tx: &mut Tx<'_>, id: GroupSessionId, person: PersonId) -> Result<()> {
    tx.exec(sql!("DELETE FROM group_sign_in WHERE session = $1 AND person = $2"), params![id.0, person.0])?;
    Ok(())
}

/// Who was there, in the order they came.
pub fn there(tx: &mut Tx<'_>, id: GroupSessionId) -> Result<Vec<(PersonId, String)>> {
    tx.all(
        sql!("SELECT person, how FROM group_sign_in WHERE session = $1 ORDER BY at, person LIMIT 1000"),
        params![id.0],
        |row| Ok((PersonId(row.get("person")?), row.get("how")?)),
    )
}

/// How many with a name were there.
pub fn there_count(tx: &mut Tx<'_>, id: GroupSessionId) -> Result<i64> {
    tx.one(sql!("SELECT COUNT(*) AS people FROM group_sign_in WHERE session = $1"), params![id.0], |row| {
        row.get("people")
    })
}

/// The sessions that somebody was at, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, limit: i64) -> Result<Vec<SessionRow>> {
    tx.all(
        sql!(
            "SELECT s.id, s.peer_group, s.programme, s.kind, s.day, s.started, s.ended, s.started_by, s.unnamed, s.same_as \
              FROM group_sign_in i JOIN group_session s ON s.id = i.session WHERE i.person = $1 \
              ORDER BY s.started DESC, s.id DESC LIMIT $2"
        ),
        params![person.0, limit],
        session,
    )
}

/// Says that a session is the same as another: whoever signed in to it was there. Its records and lines go to the other, and
/// nothing is thrown away but a line that is there twice, of which the one that stands there stays.
pub fn join(tx: &mut Tx<'_>, same: &SessionRow, kept: &SessionRow) -> Result<()> {
    for (person, how) in there(tx, same.id)? {
        sign_in(tx, kept.id, person, same.started, &how)?;
    }
    tx.exec(sql!("DELETE FROM group_sign_in WHERE session = $1"), params![same.id.0])?;
    count(tx, kept.id, kept.unnamed.max(same.unnamed))?;
    tx.exec(sql!("UPDATE group_record SET session = $2 WHERE session = $1"), params![same.id.0, kept.id.0])?;
    tx.exec(
        sql!(
            "UPDATE group_line SET session = $2 WHERE session = $1 AND person NOT IN \
              (SELECT person FROM group_line WHERE session = $2)"
        ),
        params![same.id.0, kept.id.0],
    )?;
    tx.exec(sql!("DELETE FROM group_code WHERE session = $1"), params![same.id.0])?;
    tx.exec(sql!("UPDATE group_session SET same_as = $2 WHERE id = $1"), params![same.id.0, kept.id.0])?;
    Ok(())
}

/// A code to scan.
#[derive(Debug, Clone)]
pub struct CodeRow {
    /// The hash of the code.
    pub code_hash: Vec<u8>,
    /// To which session.
    pub session: GroupSessionId,
    /// The sealed code.
    pub code: Vec<u8>,
    /// Until when it holds.
    pub until: Timestamp,
}

fn code(row: &Row<'_>) -> Result<CodeRow> {
    Ok(CodeRow {
        code_hash: row.get("code_hash")?,
        session: GroupSessionId(row.get("session")?),
        code: row.get("code")?,
        until: row.get("until_at")?,
    })
}

/// Makes a code the only one of its session.
pub fn set_code(tx: &mut Tx<'_>, new: &CodeRow) -> Result<()> {
    tx.exec(sql!("DELETE FROM group_code WHERE session = $1"), params![new.session.0])?;
    tx.exec(
        sql!("INSERT INTO group_code (code_hash, session, code, until_at) VALUES ($1, $2, $3, $4)"),
        params![new.code_hash.clone(), new.session.0, new.code.clone(), new.until],
    )?;
    Ok(())
}

/// The code of a session.
pub fn code_of(tx: &mut Tx<'_>, id: GroupSessionId) -> Result<Option<CodeRow>> {
    tx.opt(
        sql!("SELECT code_hash, session, code, until_at FROM group_code WHERE session = $1"),
        params![id.0],
        code,
    )
}

/// The session that a code opens at a moment: one that is not over.
pub fn by_code(tx: &mut Tx<'_>, code_hash: &[u8], now: Timestamp) -> Result<Option<SessionRow>> {
    tx.opt(
        sql!(
            "SELECT s.id, s.peer_group, s.programme, s.kind, s.day, s.started, s.ended, s.started_by, s.unnamed, s.same_as \
              FROM group_code c JOIN group_session s ON s.id = c.session \
              WHERE c.code_hash = $1 AND c.until_at > $2 AND s.ended IS NULL AND s.same_as IS NULL"
        ),
        params![code_hash, now],
        session,
    )
}

/// Adds a record of a session.
pub fn add_record(
    tx: &mut Tx<'_>,
    id: GroupRecordId,
    session: GroupSessionId,
    body: &[u8],
    at: Timestamp,
) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO group_record (id, session, body, at) VALUES ($1, $2, $3, $4)"),
        params![id.0, session.0, body, at],
    )?;
    Ok(())
}

/// The records of a session, the oldest first.
pub fn records(tx: &mut Tx<'_>, session: GroupSessionId) -> Result<Vec<(GroupRecordId, Vec<u8>)>> {
    tx.all(
        sql!("SELECT id, body FROM group_record WHERE session = $1 ORDER BY at, id LIMIT 200"),
        params![session.0],
        |row| Ok((GroupRecordId(row.get("id")?), row.get("body")?)),
    )
}

/// A line of one's own, sealed under the person's key.
#[derive(Debug, Clone)]
pub struct LineRow {
    /// Of which session.
    pub session: GroupSessionId,
    /// Whose.
    pub person: PersonId,
    /// Who wrote it.
    pub by: AccountId,
    /// Sealed.
    pub body: Vec<u8>,
    /// When.
    pub at: Timestamp,
    /// Counts changes; 0 for a first one.
    pub version: i64,
}

fn line(row: &Row<'_>) -> Result<LineRow> {
    Ok(LineRow {
        session: GroupSessionId(row.get("session")?),
        person: PersonId(row.get("person")?),
        by: AccountId(row.get("written_by")?),
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Keeps a line. `false` when it was written since `version`.
pub fn keep_line(tx: &mut Tx<'_>, new: &LineRow) -> Result<bool> {
    if new.version == 0 {
        let rows = tx.exec(
            sql!(
                "INSERT INTO group_line (session, person, written_by, body, at, version) VALUES ($1, $2, $3, $4, $5, 1) \
                  ON CONFLICT (session, person) DO NOTHING"
            ),
            params![new.session.0, new.person.0, new.by.0, new.body.clone(), new.at],
        )?;
        return Ok(rows == 1);
    }
    let rows = tx.exec(
        sql!(
            "UPDATE group_line SET written_by = $3, body = $4, at = $5, version = version + 1 \
              WHERE session = $1 AND person = $2 AND version = $6"
        ),
        params![new.session.0, new.person.0, new.by.0, new.body.clone(), new.at, new.version],
    )?;
    Ok(rows == 1)
}

/// The line of somebody at a session.
pub fn line_of(tx: &mut Tx<'_>, session: GroupSessionId, person: PersonId) -> Result<Option<LineRow>> {
    tx.opt(
        sql!(
            "SELECT session, person, written_by, body, at, version FROM group_line WHERE session = $1 AND person = $2"
        ),
        params![session.0, person.0],
        line,
    )
}

/// Who has a line at a session.
pub fn with_lines(tx: &mut Tx<'_>, session: GroupSessionId) -> Result<Vec<PersonId>> {
    tx.all(
        sql!("SELECT person FROM group_line WHERE session = $1 ORDER BY person"),
        params![session.0],
        |row| Ok(PersonId(row.get("person")?)),
    )
}

/// Forgets every session of a group.
pub(super) fn forget(tx: &mut Tx<'_>, group: GroupId) -> Result<()> {
    tx.exec(
        sql!("DELETE FROM group_line WHERE session IN (SELECT id FROM group_session WHERE peer_group = $1)"),
        params![group.0],
    )?;
    tx.exec(
        sql!(
            "DELETE FROM group_record WHERE session IN (SELECT id FROM group_session WHERE peer_group = $1)"
        ),
        params![group.0],
    )?;
    tx.exec(
        sql!("DELETE FROM group_code WHERE session IN (SELECT id FROM group_session WHERE peer_group = $1)"),
        params![group.0],
    )?;
    tx.exec(
        sql!(
            "DELETE FROM group_sign_in WHERE session IN (SELECT id FROM group_session WHERE peer_group = $1)"
        ),
        params![group.0],
    )?;
    tx.exec(sql!("UPDATE group_session SET same_as = NULL WHERE peer_group = $1"), params![group.0])?;
    tx.exec(sql!("DELETE FROM group_session WHERE peer_group = $1"), params![group.0])?;
    Ok(())
}
