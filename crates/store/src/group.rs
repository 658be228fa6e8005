//! Groups, who leads them and who comes. Sealed under the group's own key, which is thrown away when it is handed over.

pub mod session;

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, GroupId, GroupLetterId, PersonId, ProgrammeId};
use uuid::Uuid;

/// A group.
#[derive(Debug, Clone)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Which kind, by its name.
    pub kind: String,
    /// Where it stands, by its name.
    pub stage: String,
    /// The member who keeps it, once it was handed over.
    pub keeper: Option<PersonId>,
    /// Sealed: under the group's key, or, once it was handed over, the programme's.
    pub body: Vec<u8>,
    /// When it was last changed.
    pub at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

fn group(row: &Row<'_>) -> Result<GroupRow> {
    Ok(GroupRow {
        id: GroupId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        kind: row.get("kind")?,
        stage: row.get("stage")?,
        keeper: row.get::<Option<Uuid>>("keeper")?.map(PersonId),
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Adds a group.
pub fn insert(tx: &mut Tx<'_>, new: &GroupRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO peer_group (id, programme, kind, stage, keeper, body, at, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            new.id.0,
            new.programme.0,
            &*new.kind,
            &*new.stage,
            new.keeper.map(|id| id.0),
            new.body.clone(),
            new.at,
            new.version
        ],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &GroupRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE peer_group SET stage = $2, keeper = $3, body = $4, at = $5, version = version + 1 \
              WHERE id = $1 AND version = $6"
        ),
        params![new.id.0, &*new.stage, new.keeper.map(|id| id.0), new.body.clone(), new.at, new.version],
    )?;
    Ok(rows == 1)
}

/// One group.
pub fn get(tx: &mut Tx<'_>, id: GroupId) -> Result<Option<GroupRow>> {
    tx.opt(
        sql!("SELECT id, programme, kind, stage, keeper, body, at, version FROM peer_group WHERE id = $1"),
        params![id.0],
        group,
    )
}

/// The groups of a programme, the last changed first.
pub fn of_programme(tx: &mut Tx<'_>, programme: ProgrammeId, limit: i64) -> Result<Vec<GroupRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, kind, stage, keeper, body, at, version FROM peer_group \
              WHERE programme = $1 ORDER BY at DESC, id LIMIT $2"
        ),
        params![programme.0, limit],
        group,
    )
}

/// Whose step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Of somebody who works here.
    Account(AccountId),
    /// Of a member.
    Person(PersonId),
}

/// One step of somebody on the way to leading, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Its id.
    pub id: Uuid,
    /// In which group; none once that belongs to its members.
    pub group: Option<GroupId>,
    /// Which kind of group, by its name.
    pub kind: String,
    /// Which step, by its name.
    pub step: String,
    /// Since which day (`2026-01-31`).
    pub since: String,
    /// Until which day.
    pub until: Option<String>,
}

fn step(row: &Row<'_>) -> Result<StepRow> {
    Ok(StepRow {
        id: row.get("id")?,
        group: row.get::<Option<Uuid>>("peer_group")?.map(GroupId),
        kind: row.get("kind")?,
        step: row.get("step")?,
        since: row.get("since")?,
        until: row.get("until")?,
    })
}

/// Begins a step; the one before it ends that day. A step begun and left on one day leaves nothing behind.
pub fn begin_step(tx: &mut Tx<'_>, whose: Whose, new: &StepRow) -> Result<()> {
    if let Some(group) = new.group {
        end_step(tx, group, whose, &new.since)?;
    }
    let (account, person) = match whose {
        Whose::Account(id) => (Some(id.0), None),
        Whose::Person(id) => (None, Some(id.0)),
    };
    tx.exec(
        sql!(
            "INSERT INTO group_step (id, peer_group, kind, account, person, step, since, until) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            new.id,
            new.group.map(|id| id.0),
            &*new.kind,
            account,
            person,
            &*new.step,
            &*new.since,
            new.until.clone()
        ],
    )?;
    Ok(())
}

/// Ends the step that somebody is at in a group.
pub fn end_step(tx: &mut Tx<'_>, group: GroupId, whose: Whose, on: &str) -> Result<()> {
    match whose {
        Whose::Account(id) => {
            tx.exec(
                sql!("DELETE FROM group_step WHERE peer_group = $1 AND account = $2 AND since = $3 AND until IS NULL"),
                params![group.0, id.0, on],
            )?;
            tx.exec(
                sql!("UPDATE group_step SET until = $3 WHERE peer_group = $1 AND account = $2 AND until IS NULL"),
                params![group.0, id.0, on],
            )?;
        }
        Whose::Person(id) => {
            tx.exec(
                sql!("DELETE FROM group_step WHERE peer_group = $1 AND person = $2 AND since = $3 AND until IS NULL"),
                params![group.0, id.0, on],
            )?;
            tx.exec(
                sql!(
                    "UPDATE group_step SET until = $3 WHERE peer_group = $1 AND person = $2 AND until IS NULL"
                ),
                params![group.0, id.0, on],
            )?;
        }
    }
    Ok(())
}

/// Ends every step in a group that is over.
pub fn end_steps(tx: &mut Tx<'_>, group: GroupId, on: &str) -> Result<()> {
    tx.exec(
        sql!("UPDATE group_step SET until = $2 WHERE peer_group = $1 AND until IS NULL"),
        params![group.0, on],
    )?;
    Ok(())
}

/// Where somebody who works here is now in a group.
pub fn step_of(tx: &mut Tx<'_>, group: GroupId, account: AccountId) -> Result<Option<String>> {
    tx.opt(
        sql!("SELECT step FROM group_step WHERE peer_group = $1 AND account = $2 AND until IS NULL"),
        params![group.0, account.0],
        |row| row.get("step"),
    )
}

/// Who works here and leads a group or learns it now.
pub fn workers_of(tx: &mut Tx<'_>, group: GroupId) -> Result<Vec<AccountId>> {
    tx.all(
        sql!(
            "SELECT account FROM group_step WHERE peer_group = $1 AND account IS NOT NULL AND until IS NULL \
              ORDER BY account"
        ),
        params![group.0],
        |row| Ok(AccountId(row.get("account")?)),
    )
}

/// Every step of somebody who works here, the newest first.
pub fn steps_of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<StepRow>> {
    tx.all(
        sql!(
            "SELECT id, peer_group, kind, step, since, until FROM group_step WHERE account = $1 \
              ORDER BY since DESC, id DESC LIMIT 200"
        ),
        params![account.0],
        step,
    )
}

/// Every step of a member, the newest first.
pub fn steps_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<StepRow>> {
    tx.all(
        sql!(
            "SELECT id, peer_group, kind, step, since, until FROM group_step WHERE person = $1 \
              ORDER BY since DESC, id DESC LIMIT 200"
        ),
        params![person.0],
        step,
    )
}

/// Somebody comes to a group. Twice changes nothing.
pub fn join(tx: &mut Tx<'_>, group: GroupId, person: PersonId, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO group_member (peer_group, person, at, left_at) VALUES ($1, $2, $3, NULL) \
              ON CONFLICT (peer_group, person) DO UPDATE SET left_at = NULL"
        ),
        params![group.0, person.0, at],
    )?;
    Ok(())
}

/// Somebody comes no longer.
pub fn leave(tx: &mut Tx<'_>, group: GroupId, person: PersonId, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE group_member SET left_at = $3 WHERE peer_group = $1 AND person = $2 AND left_at IS NULL"
        ),
        params![group.0, person.0, at],
    )?;
    Ok(())
}

/// Whether somebody comes to a group.
pub fn is_member(tx: &mut Tx<'_>, group: GroupId, person: PersonId) -> Result<bool> {
    Ok(tx
        .opt(
            sql!(
                "SELECT 1 AS yes FROM group_member WHERE peer_group = $1 AND person = $2 AND left_at IS NULL"
            ),
            params![group.0, person.0],
            |_| Ok(()),
        )?
        .is_some())
}

/// Whether somebody came to a group at a moment, or had not left it yet.
pub fn was_member(tx: &mut Tx<'_>, group: GroupId, person: PersonId, at: Timestamp) -> Result<bool> {
    Ok(tx
        .opt(
            sql!(
                "SELECT 1 AS yes FROM group_member WHERE peer_group = $1 AND person = $2 \
                  AND (left_at IS NULL OR left_at > $3)"
            ),
            params![group.0, person.0, at],
            |_| Ok(()),
        )?
        .is_some())
}

/// The groups that somebody comes to.
pub fn of_member(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<GroupId>> {
    tx.all(
        sql!("SELECT peer_group FROM group_member WHERE person = $1 AND left_at IS NULL ORDER BY peer_group"),
        params![person.0],
        |row| Ok(GroupId(row.get("peer_group")?)),
    )
}

/// Who comes to a group.
pub fn members(tx: &mut Tx<'_>, group: GroupId) -> Result<Vec<PersonId>> {
    tx.all(
        sql!("SELECT person FROM group_member WHERE peer_group = $1 AND left_at IS NULL ORDER BY person LIMIT 1000"),
        params![group.0],
        |row| Ok(PersonId(row.get("person")?)),
    )
}

/// Forgets everything about a group but that those who work here led one; the row itself stays when something of it does.
pub fn forget(tx: &mut Tx<'_>, group: GroupId, on: &str, row_stays: bool) -> Result<()> {
    session::forget(tx, group)?;
    tx.exec(sql!("DELETE FROM group_member WHERE peer_group = $1"), params![group.0])?;
    tx.exec(sql!("DELETE FROM group_step WHERE peer_group = $1 AND person IS NOT NULL"), params![group.0])?;
    end_steps(tx, group, on)?;
    tx.exec(sql!("UPDATE group_step SET peer_group = NULL WHERE peer_group = $1"), params![group.0])?;
    if !row_stays {
        tx.exec(sql!("DELETE FROM peer_group WHERE id = $1"), params![group.0])?;
    }
    Ok(())
}

/// A letter that says when somebody was there, as they read it.
#[derive(Debug, Clone)]
pub struct LetterRow {
    /// Its id.
    pub id: GroupLetterId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub person: PersonId,
    /// Sealed under the person's key.
    pub body: Vec<u8>,
    /// When they asked for it.
    pub at: Timestamp,
}

fn letter(row: &Row<'_>) -> Result<LetterRow> {
    Ok(LetterRow {
        id: GroupLetterId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        body: row.get("body")?,
        at: row.get("at")?,
    })
}

/// Keeps a letter.
pub fn insert_letter(tx: &mut Tx<'_>, new: &LetterRow) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO group_letter (id, programme, person, body, at) VALUES ($1, $2, $3, $4, $5)"),
        params![new.id.0, new.programme.0, new.person.0, new.body.clone(), new.at],
    )?;
    Ok(())
}

/// The letters of somebody, the newest first.
pub fn letters(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<LetterRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, body, at FROM group_letter WHERE person = $1 ORDER BY at DESC LIMIT 50"
        ),
        params![person.0],
        letter,
    )
}
