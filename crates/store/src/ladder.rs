//! Ladders being climbed, and every call. The timers are the rows themselves: whichever server wakes finds what is due, and
//! keeps what it did in the same transaction, so that no other does it again.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::id::{AccountId, CallId, ProgrammeId, RunId, SafetyReportId};
use porchlight_practice::ladder::{Run, Went};
use porchlight_practice::means::Means;
use uuid::Uuid;

/// What a programme chose.
#[derive(Debug, Clone)]
pub struct LadderRow {
    /// Whose.
    pub programme: ProgrammeId,
    /// The choices, as JSON: ids and times, no names.
    pub body: String,
    /// Whether reports can be sent.
    pub is_on: bool,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

/// What a programme chose, if it chose anything.
pub fn get(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Option<LadderRow>> {
    tx.opt(
        sql!("SELECT programme, body, is_on, changed_at, version FROM ladder WHERE programme = $1"),
        params![programme.0],
        |row| {
            Ok(LadderRow {
                programme: ProgrammeId(row.get("programme")?),
                body: row.get("body")?,
                is_on: row.get("is_on")?,
                changed_at: row.get("changed_at")?,
                version: row.get("version")?,
            })
        },
    )
}

/// Keeps what a programme chose, for the first time (version 0) or over what was there at that version. `false` when
/// somebody changed it since.
pub fn put(tx: &mut Tx<'_>, new: &LadderRow) -> Result<bool> {
    let rows = if new.version == 0 {
        tx.exec(
            sql!(
                "INSERT INTO ladder (programme, body, is_on, changed_at, version) VALUES ($1, $2, $3, $4, 1) \
                  ON CONFLICT (programme) DO NOTHING"
            ),
            params![new.programme.0, new.body.as_str(), new.is_on, new.changed_at],
        )?
    } else {
        tx.exec(
            sql!(
                "UPDATE ladder SET body = $2, is_on = $3, changed_at = $4, version = version + 1 \
                  WHERE programme = $1 AND version = $5"
            ),
            params![new.programme.0, new.body.as_str(), new.is_on, new.changed_at, new.version],
        )?
    };
    Ok(rows == 1)
}

/// A ladder being climbed.
#[derive(Debug, Clone)]
pub struct RunRow {
    /// Its id.
    pub id: RunId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// For which report; none for a test call.
    pub report: Option<SafetyReportId>,
    /// Whether nobody is in danger: a drill or a test call.
    pub practice: bool,
    /// Who began it.
    pub started_by: AccountId,
    /// How far it has come.
    pub run: Run,
    /// When it ended, because somebody took it or it was called off.
    pub stopped_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i64,
}

fn run(row: &Row<'_>) -> Result<RunRow> {
    let step: i64 = row.get("step")?;
    Ok(RunRow {
        id: RunId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        report: row.get::<Option<Uuid>>("report")?.map(SafetyReportId),
        practice: row.get("practice")?,
        started_by: AccountId(row.get("started_by")?),
        run: Run {
            started: row.get("started_at")?,
            first: row.get::<Option<Uuid>>("first_account")?.map(AccountId),
            step: u32::try_from(step).unwrap_or(u32::MAX),
            due: row.get("due_at")?,
        },
        stopped_at: row.get("stopped_at")?,
        version: row.get("version")?,
    })
}

/// Begins one.
pub fn begin(tx: &mut Tx<'_>, new: &RunRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO ladder_run (id, programme, report, practice, started_by, started_at, first_account, step, due_at, \
              stopped_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.report.map(|id| id.0),
            new.practice,
            new.started_by.0,
            new.run.started,
            new.run.first.map(|id| id.0),
            i64::from(new.run.step),
            new.run.due,
            new.stopped_at,
            new.version
        ],
    )?;
    Ok(())
}

/// The ladders with a step that is due, the longest waiting first.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<RunRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, report, practice, started_by, started_at, first_account, step, due_at, stopped_at, \
              version FROM ladder_run WHERE stopped_at IS NULL AND due_at IS NOT NULL AND due_at <= $1 \
              ORDER BY due_at, id LIMIT $2"
        ),
        params![now, limit],
        run,
    )
}

/// Keeps how far a ladder has come. `false` when somebody else climbed or stopped it since `version`: what they did counts.
pub fn climbed(tx: &mut Tx<'_>, id: RunId, to: &Run, version: i64) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE ladder_run SET step = $2, due_at = $3, version = version + 1 \
              WHERE id = $1 AND version = $4 AND stopped_at IS NULL"
        ),
        params![id.0, i64::from(to.step), to.due, version],
    )?;
    Ok(rows == 1)
}

/// Stops the ladders of a report: nobody is called any more, by no means. Answers how many were stopped.
pub fn stop(tx: &mut Tx<'_>, report: SafetyReportId, at: Timestamp) -> Result<u64> {
    tx.exec(
        sql!(
            "UPDATE ladder_run SET stopped_at = $2, version = version + 1 WHERE report = $1 AND stopped_at IS NULL"
        ),
        params![report.0, at],
    )
}

/// Stops one ladder.
pub fn stop_run(tx: &mut Tx<'_>, id: RunId, at: Timestamp) -> Result<u64> {
    tx.exec(
        sql!(
            "UPDATE ladder_run SET stopped_at = $2, version = version + 1 WHERE id = $1 AND stopped_at IS NULL"
        ),
        params![id.0, at],
    )
}

/// The ladders of a report, the oldest first.
pub fn of_report(tx: &mut Tx<'_>, report: SafetyReportId) -> Result<Vec<RunRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, report, practice, started_by, started_at, first_account, step, due_at, stopped_at, \
              version FROM ladder_run WHERE report = $1 ORDER BY started_at, id"
        ),
        params![report.0],
        run,
    )
}

/// One ladder.
pub fn get_run(tx: &mut Tx<'_>, id: RunId) -> Result<Option<RunRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, report, practice, started_by, started_at, first_account, step, due_at, stopped_at, \
              version FROM ladder_run WHERE id = $1"
        ),
        params![id.0],
        run,
    )
}

/// The newest test calls of a programme.
pub fn tests(tx: &mut Tx<'_>, programme: ProgrammeId, limit: i64) -> Result<Vec<RunRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, report, practice, started_by, started_at, first_account, step, due_at, stopped_at, \
              version FROM ladder_run WHERE programme = $1 AND report IS NULL ORDER BY started_at DESC, id DESC LIMIT $2"
        ),
        params![programme.0, limit],
        run,
    )
}

/// One call to one account by one means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// Its id.
    pub id: CallId,
    /// Of which ladder.
    pub run: RunId,
    /// In which step.
    pub step: u32,
    /// To whom.
    pub account: AccountId,
    /// By which means; none for the page in the app.
    pub means: Option<Means>,
    /// When it was due.
    pub due_at: Timestamp,
    /// When a server came to it.
    pub made_at: Timestamp,
    /// What became of it.
    pub went: Went,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried, or tried again.
    pub try_at: Option<Timestamp>,
    /// When it went out.
    pub sent_at: Option<Timestamp>,
    /// When they opened the page.
    pub seen_at: Option<Timestamp>,
    /// When they said that this one reached them (in a test call).
    pub answered_at: Option<Timestamp>,
    /// Why it did not go out, in the program's own words.
    pub trouble: Option<String>,
    /// What the phone did since it went out, as the provider tells it.
    pub progress: Option<String>,
}

const PAGE: &str = "page";

fn call(row: &Row<'_>) -> Result<CallRow> {
    let (step, means, state): (i64, String, String) =
        (row.get("step")?, row.get("means")?, row.get("state")?);
    Ok(CallRow {
        id: CallId(row.get("id")?),
        run: RunId(row.get("run")?),
        step: u32::try_from(step).unwrap_or(u32::MAX),
        account: AccountId(row.get("account")?),
        means: Means::parse(&means),
        due_at: row.get("due_at")?,
        made_at: row.get("made_at")?,
        went: match state.as_str() {
            "out" => Went::Out,
            "no_way" => Went::NoWay,
            _ => Went::Waiting,
        },
        attempts: row.get("attempts")?,
        try_at: row.get("try_at")?,
        sent_at: row.get("sent_at")?,
        seen_at: row.get("seen_at")?,
        answered_at: row.get("answered_at")?,
        trouble: row.get("trouble")?,
        progress: row.get("progress")?,
    })
}

fn state(went: Went) -> &'static str {
    match went {
        Went::Waiting => "waiting",
        Went::Out => "out",
        Went::NoWay => "no_way",
    }
}

/// Keeps a call that is to be made. Answers false when this very call is there already.
pub fn add_call(tx: &mut Tx<'_>, new: &CallRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "INSERT INTO ladder_call (id, run, step, account, means, due_at, made_at, state, attempts, try_at, sent_at, \
              seen_at, answered_at, trouble) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
              ON CONFLICT (run, step, account, means) DO NOTHING"
        ),
        params![
            new.id.0,
            new.run.0,
            i64::from(new.step),
            new.account.0,
            new.means.map_or(PAGE, Means::as_str),
            new.due_at,
            new.made_at,
            state(new.went),
            new.attempts,
            new.try_at,
            new.sent_at,
            new.seen_at,
            new.answered_at,
            new.trouble.clone()
        ],
    )?;
    Ok(rows == 1)
}

/// The means by which calls wait to be made now.
pub fn waiting(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Means>> {
    let found = tx.all(
        sql!(
            "SELECT DISTINCT c.means FROM ladder_call c JOIN ladder_run r ON r.id = c.run \
              WHERE c.state = 'waiting' AND c.try_at <= $1 AND r.stopped_at IS NULL ORDER BY c.means"
        ),
        params![now],
        |row| row.get::<String>("means"),
    )?;
    Ok(found.iter().filter_map(|means| Means::parse(means)).collect())
}

/// The calls that wait to be made now, the longest waiting first.
pub fn waiting_calls(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<CallRow>> {
    tx.all(
        sql!(
            "SELECT c.id, c.run, c.step, c.account, c.means, c.due_at, c.made_at, c.state, c.attempts, c.try_at, c.sent_at, \
              c.seen_at, c.answered_at, c.trouble, c.progress FROM ladder_call c JOIN ladder_run r ON r.id = c.run \
              WHERE c.state = 'waiting' AND c.try_at <= $1 AND r.stopped_at IS NULL ORDER BY c.try_at, c.id LIMIT $2"
        ),
        params![now, limit],
        call,
    )
}

/// One call.
pub fn get_call(tx: &mut Tx<'_>, id: CallId) -> Result<Option<CallRow>> {
    tx.opt(
        sql!(
            "SELECT id, run, step, account, means, due_at, made_at, state, attempts, try_at, sent_at, seen_at, answered_at, \
              trouble, progress FROM ladder_call WHERE id = $1"
        ),
        params![id.0],
        call,
    )
}

/// Keeps what the phone of a call did, and what that makes of the call.
pub fn told(tx: &mut Tx<'_>, row: &CallRow) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE ladder_call SET progress = $2, state = $3, trouble = $4, sent_at = $5, try_at = $6 WHERE id = $1"
        ),
        params![row.id.0, row.progress.clone(), state(row.went), row.trouble.clone(), row.sent_at, row.try_at],
    )?;
    Ok(())
}

/// Claims the call of a means that has waited longest, of a ladder that nobody has stopped, for as long as `lease`. When whoever
/// claimed it never says what became of it, it is made again: twice rather than never.
pub fn claim_call(
    tx: &mut Tx<'_>,
    means: Means,
    now: Timestamp,
    lease: SignedDuration,
) -> Result<Option<CallRow>> {
    tx.opt(
        sql!(
            "UPDATE ladder_call SET attempts = attempts + 1, try_at = $2 WHERE id = ( \
              SELECT c.id FROM ladder_call c JOIN ladder_run r ON r.id = c.run \
              WHERE c.state = 'waiting' AND c.means = $3 AND c.try_at <= $1 AND r.stopped_at IS NULL \
              ORDER BY c.try_at, c.id LIMIT 1) AND state = 'waiting' AND try_at <= $1 \
              RETURNING id, run, step, account, means, due_at, made_at, state, attempts, try_at, sent_at, seen_at, \
              answered_at, trouble, progress"
        ),
        params![now, now.saturating_add(lease).unwrap_or(Timestamp::MAX), means.as_str()],
        call,
    )
}

/// Notes what became of a claimed call. `false` when somebody claimed it since, whose word counts.
pub fn called(tx: &mut Tx<'_>, done: &CallRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE ladder_call SET state = $3, try_at = $4, sent_at = $5, trouble = $6 \
              WHERE id = $1 AND attempts = $2 AND state = 'waiting'"
        ),
        params![done.id.0, done.attempts, state(done.went), done.try_at, done.sent_at, done.trouble.clone()],
    )?;
    Ok(rows == 1)
}

/// When the clockwork has something to do next: a step that is due, or a call to make.
pub fn next_at(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    let step = tx.opt(
        sql!(
            "SELECT due_at AS next FROM ladder_run WHERE stopped_at IS NULL AND due_at IS NOT NULL ORDER BY due_at LIMIT 1"
        ),
        &[],
        |row| row.get::<Timestamp>("next"),
    )?;
    let call = tx.opt(
        sql!(
            "SELECT c.try_at AS next FROM ladder_call c JOIN ladder_run r ON r.id = c.run \
              WHERE c.state = 'waiting' AND c.try_at IS NOT NULL AND r.stopped_at IS NULL ORDER BY c.try_at LIMIT 1"
        ),
        &[],
        |row| row.get::<Timestamp>("next"),
    )?;
    Ok(step.into_iter().chain(call).min())
}

/// Every call of a ladder, in the order made.
pub fn calls(tx: &mut Tx<'_>, run: RunId) -> Result<Vec<CallRow>> {
    tx.all(
        sql!(
            "SELECT id, run, step, account, means, due_at, made_at, state, attempts, try_at, sent_at, seen_at, answered_at, \
              trouble, progress FROM ladder_call WHERE run = $1 ORDER BY step, account, means LIMIT 2000"
        ),
        params![run.0],
        call,
    )
}

/// Whether somebody was called about a report.
pub fn was_called(tx: &mut Tx<'_>, report: SafetyReportId, account: AccountId) -> Result<bool> {
    Ok(tx
        .opt(
            sql!(
                "SELECT 1 AS yes FROM ladder_call c JOIN ladder_run r ON r.id = c.run \
                  WHERE r.report = $1 AND c.account = $2 LIMIT 1"
            ),
            params![report.0, account.0],
            |_| Ok(()),
        )?
        .is_some())
}

/// Notes that somebody opened the page of what they were called about.
pub fn seen(tx: &mut Tx<'_>, run: RunId, account: AccountId, at: Timestamp) -> Result<u64> {
    tx.exec(
        sql!("UPDATE ladder_call SET seen_at = $3 WHERE run = $1 AND account = $2 AND seen_at IS NULL"),
        params![run.0, account.0, at],
    )
}

/// Notes that a call of a test reached them. `false` when it is none of theirs that went out.
pub fn answer(tx: &mut Tx<'_>, id: CallId, account: AccountId, at: Timestamp) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE ladder_call SET answered_at = $3, seen_at = CASE WHEN seen_at IS NULL THEN $3 ELSE seen_at END \
              WHERE id = $1 AND account = $2 AND state = 'out'"
        ),
        params![id.0, account.0, at],
    )?;
    Ok(rows == 1)
}

/// Keeps by which means somebody answered a test call.
pub fn prove(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    account: AccountId,
    means: Option<Means>,
    at: Timestamp,
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO ladder_proof (programme, account, means, answered_at) VALUES ($1, $2, $3, $4) \
              ON CONFLICT (programme, account, means) DO UPDATE SET answered_at = excluded.answered_at"
        ),
        params![programme.0, account.0, means.map_or(PAGE, Means::as_str), at],
    )?;
    Ok(())
}

/// Who answered test calls in a programme, by which means, and when last. No means is the page.
pub fn proofs(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Vec<(AccountId, Option<Means>, Timestamp)>> {
    tx.all(
        sql!(
            "SELECT account, means, answered_at FROM ladder_proof WHERE programme = $1 ORDER BY account, means"
        ),
        params![programme.0],
        |row| {
            let means: String = row.get("means")?;
            Ok((AccountId(row.get("account")?), Means::parse(&means), row.get("answered_at")?))
        },
    )
}

/// The ladders that have called somebody and that nobody has stopped.
pub fn waiting_for(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<RunRow>> {
    tx.all(
        sql!(
            "SELECT r.id, r.programme, r.report, r.practice, r.started_by, r.started_at, r.first_account, r.step, r.due_at, \
              r.stopped_at, r.version FROM ladder_run r WHERE r.stopped_at IS NULL AND EXISTS \
              (SELECT 1 FROM ladder_call c WHERE c.run = r.id AND c.account = $1) ORDER BY r.started_at, r.id LIMIT 100"
        ),
        params![account.0],
        run,
    )
}
