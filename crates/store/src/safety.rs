//! Safety reports, and what happened with each. Entries are only added; what a report says is sealed.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, PersonId, ProgrammeId, SafetyEntryId, SafetyReportId};
use uuid::Uuid;

/// A report and how it stands.
#[derive(Debug, Clone)]
pub struct SafetyRow {
    /// Its id.
    pub id: SafetyReportId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// What kind of danger, by its name.
    pub kind: String,
    /// Whether it is a drill.
    pub practice: bool,
    /// The record of the person it is about, when there is one.
    pub person: Option<PersonId>,
    /// Somebody who works here whom it is about.
    pub about_worker: Option<AccountId>,
    /// Who made it.
    pub reporter: AccountId,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// How it stands, by its name.
    pub standing: String,
    /// Who has it, or to whom it was handed and who has not taken it.
    pub holder: Option<AccountId>,
    /// When it was first taken.
    pub taken_at: Option<Timestamp>,
    /// Whether anything of it may show to the person and their family.
    pub shows: bool,
    /// Who reads it as well.
    pub second_reader: Option<AccountId>,
    /// The day on which it is looked at again.
    pub look_again: Option<String>,
    /// Sealed: what was reported.
    pub body: Vec<u8>,
    /// Counts changes.
    pub version: i64,
}

fn safety(row: &Row<'_>) -> Result<SafetyRow> {
    Ok(SafetyRow {
        id: SafetyReportId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        kind: row.get("kind")?,
        practice: row.get("practice")?,
        person: row.get::<Option<Uuid>>("person")?.map(PersonId),
        about_worker: row.get::<Option<Uuid>>("about_worker")?.map(AccountId),
        reporter: AccountId(row.get("reporter")?),
        sent_at: row.get("sent_at")?,
        standing: row.get("standing")?,
        holder: row.get::<Option<Uuid>>("holder")?.map(AccountId),
        taken_at: row.get("taken_at")?,
        shows: row.get("shows")?,
        second_reader: row.get::<Option<Uuid>>("second_reader")?.map(AccountId),
        look_again: row.get("look_again")?,
        body: row.get("body")?,
        version: row.get("version")?,
    })
}

/// Adds a report.
pub fn insert(tx: &mut Tx<'_>, new: &SafetyRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO safety (id, programme, kind, practice, person, about_worker, reporter, sent_at, standing, \
              holder, taken_at, shows, second_reader, body, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.kind.as_str(),
            new.practice,
            new.person.map(|id| id.0),
            new.about_worker.map(|id| id.0),
            new.reporter.0,
            new.sent_at,
            new.standing.as_str(),
            new.holder.map(|id| id.0),
            new.taken_at,
            new.shows,
            new.second_reader.map(|id| id.0),
            new.body.clone(),
            new.version
        ],
    )?;
    Ok(())
}

/// Keeps how a report stands. `false` when something was added since `version`: of two who take it at the same second, one
/// has it.
pub fn change(tx: &mut Tx<'_>, new: &SafetyRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE safety SET standing = $2, holder = $3, taken_at = $4, shows = $5, second_reader = $6, \
              look_again = $7, version = version + 1 WHERE id = $1 AND version = $8"
        ),
        params![
            new.id.0,
            new.standing.as_str(),
            new.holder.map(|id| id.0),
            new.taken_at,
            new.shows,
            new.second_reader.map(|id| id.0),
            new.look_again.as_deref(),
            new.version
        ],
    )?;
    Ok(rows == 1)
}

/// One report.
pub fn get(tx: &mut Tx<'_>, id: SafetyReportId) -> Result<Option<SafetyRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, kind, practice, person, about_worker, reporter, sent_at, standing, holder, taken_at, \
              shows, second_reader, look_again, body, version FROM safety WHERE id = $1"
        ),
        params![id.0],
        safety,
    )
}

/// The reports of a programme that are open, or closed after a time; the newest first.
pub fn of_programme(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<SafetyRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, kind, practice, person, about_worker, reporter, sent_at, standing, holder, taken_at, \
              shows, second_reader, look_again, body, version FROM safety \
              WHERE programme = $1 AND (standing <> 'closed' OR sent_at >= $2) \
              ORDER BY CASE WHEN standing = 'closed' THEN 1 ELSE 0 END, sent_at DESC, id DESC LIMIT $3"
        ),
        params![programme.0, since, limit],
        safety,
    )
}

/// The reports that somebody has, or reads too once they are closed, whose day to look again has come; the longest ago first.
pub fn to_look_at(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    account: AccountId,
    today: &str,
) -> Result<Vec<SafetyReportId>> {
    tx.all(
        sql!(
            "SELECT id FROM safety WHERE look_again <= $3 AND programme = $1 AND (holder = $2 OR second_reader = $2) \
              ORDER BY look_again, id LIMIT 50"
        ),
        params![programme.0, account.0, today],
        |row| Ok(SafetyReportId(row.get("id")?)),
    )
}

/// The reports about a person that may show to them, the newest first.
pub fn shown_to(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<SafetyRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, kind, practice, person, about_worker, reporter, sent_at, standing, holder, taken_at, \
              shows, second_reader, look_again, body, version FROM safety \
              WHERE person = $1 AND shows = $2 AND practice <> $2 ORDER BY sent_at DESC, id DESC LIMIT 50"
        ),
        params![person.0, true],
        safety,
    )
}

/// When each report of a programme was sent and first taken, since a time, drills or not; the oldest first.
pub fn times(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    practice: bool,
    since: Timestamp,
) -> Result<Vec<(Timestamp, Option<Timestamp>)>> {
    tx.all(
        sql!(
            "SELECT sent_at, taken_at FROM safety WHERE programme = $1 AND practice = $2 AND sent_at >= $3 \
              ORDER BY sent_at, id LIMIT 500"
        ),
        params![programme.0, practice, since],
        |row| Ok((row.get("sent_at")?, row.get("taken_at")?)),
    )
}

/// Something that happened with a report.
#[derive(Debug, Clone)]
pub struct EntryRow {
    /// Its id.
    pub id: SafetyEntryId,
    /// With which report.
    pub report: SafetyReportId,
    /// Its place in the report's order, from 1.
    pub number: i64,
    /// What kind of thing, by its name.
    pub kind: &'static str,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// Sealed: what was done.
    pub body: Vec<u8>,
}

/// Adds what happened. Two with one number can't be kept.
pub fn add_entry(tx: &mut Tx<'_>, new: &EntryRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO safety_entry (id, report, number, kind, by_account, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![new.id.0, new.report.0, new.number, new.kind, new.by.0, new.at, new.body.clone()],
    )?;
    Ok(())
}

/// An entry as it was kept.
#[derive(Debug, Clone)]
pub struct KeptEntry {
    /// Its id.
    pub id: SafetyEntryId,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// Sealed: what was done.
    pub body: Vec<u8>,
}

/// What happened with a report, the oldest first.
pub fn entries(tx: &mut Tx<'_>, report: SafetyReportId) -> Result<Vec<KeptEntry>> {
    tx.all(
        sql!("SELECT id, by_account, at, body FROM safety_entry WHERE report = $1 ORDER BY number"),
        params![report.0],
        |row| {
            Ok(KeptEntry {
                id: SafetyEntryId(row.get("id")?),
                by: AccountId(row.get("by_account")?),
                at: row.get("at")?,
                body: row.get("body")?,
            })
        },
    )
}
