//! What workers can show, sealed under their own key, and the answers that were worked out from it.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, CredentialId, ProgrammeId};
use uuid::Uuid;

/// One thing a worker can show. It belongs to the human: there is no programme in it.
#[derive(Debug, Clone)]
pub struct CredentialRow {
    /// Its id.
    pub id: CredentialId,
    /// Whose.
    pub account: AccountId,
    /// Whether somebody still has to look at it.
    pub waiting: bool,
    /// Sealed body.
    pub body: Vec<u8>,
    /// When it was sent.
    pub at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

fn credential(row: &Row<'_>) -> Result<CredentialRow> {
    Ok(CredentialRow {
        id: CredentialId(row.get("id")?),
        account: AccountId(row.get("account")?),
        waiting: row.get("waiting")?,
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Adds one.
pub fn insert(tx: &mut Tx<'_>, new: &CredentialRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO credential (id, account, waiting, body, at, version) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![new.id.0, new.account.0, new.waiting, new.body.clone(), new.at, new.version],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &CredentialRow) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE credential SET waiting = $2, body = $3, version = version + 1 WHERE id = $1 AND version = $4"),
        params![new.id.0, new.waiting, new.body.clone(), new.version],
    )?;
    Ok(rows == 1)
}

/// One.
pub fn get(tx: &mut Tx<'_>, id: CredentialId) -> Result<Option<CredentialRow>> {
    tx.opt(
        sql!("SELECT id, account, waiting, body, at, version FROM credential WHERE id = $1"),
        params![id.0],
        credential,
    )
}

/// Everything somebody can show, the newest first.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<CredentialRow>> {
    tx.all(
        sql!("SELECT id, account, waiting, body, at, version FROM credential WHERE account = $1 ORDER BY at DESC, id DESC"),
        params![account.0],
        credential,
    )
}

/// What waits to be looked at, of those who work in a programme now, the oldest first.
pub fn waiting(tx: &mut Tx<'_>, programme: ProgrammeId, most: i64) -> Result<Vec<CredentialRow>> {
    tx.all(
        sql!(
            "SELECT c.id, c.account, c.waiting, c.body, c.at, c.version FROM credential c WHERE c.waiting = $2 AND EXISTS \
              (SELECT 1 FROM membership m WHERE m.account = c.account AND m.programme = $1 AND m.person IS NULL AND \
               m.ended IS NULL) ORDER BY c.at, c.id LIMIT $3"
        ),
        params![programme.0, true, most],
        credential,
    )
}

/// Takes one away with its document, while nobody has looked at it. `false` when somebody has.
pub fn take_back(tx: &mut Tx<'_>, id: CredentialId) -> Result<bool> {
    let waits = get(tx, id)?.is_some_and(|row| row.waiting);
    if waits {
        tx.exec(sql!("DELETE FROM evidence_part WHERE credential = $1"), params![id.0])?;
        tx.exec(sql!("DELETE FROM credential WHERE id = $1"), params![id.0])?;
    }
    Ok(waits)
}

/// Whether somebody works in a programme now.
pub fn works_in(tx: &mut Tx<'_>, programme: ProgrammeId, account: AccountId) -> Result<bool> {
    Ok(tx
        .opt(
            sql!(
                "SELECT 1 AS yes FROM membership WHERE account = $2 AND programme = $1 AND person IS NULL AND \
                  ended IS NULL LIMIT 1"
            ),
            params![programme.0, account.0],
            |_| Ok(()),
        )?
        .is_some())
}

/// Adds one part of a document, sealed by itself.
pub fn insert_part(tx: &mut Tx<'_>, id: Uuid, of: CredentialId, number: i64, body: Vec<u8>) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO evidence_part (id, credential, number, body) VALUES ($1, $2, $3, $4)"),
        params![id, of.0, number, body],
    )?;
    Ok(())
}

/// The parts of a document, in order, each with the id it is sealed for.
pub fn parts(tx: &mut Tx<'_>, of: CredentialId) -> Result<Vec<(Uuid, Vec<u8>)>> {
    tx.all(
        sql!("SELECT id, body FROM evidence_part WHERE credential = $1 ORDER BY number"),
        params![of.0],
        |row| Ok((row.get("id")?, row.get("body")?)),
    )
}

/// An answer about a worker, as it was last worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// About whom.
    pub account: AccountId,
    /// The question's id in the pack.
    pub question: String,
    /// The word: `yes`, `not-yet` or `no`.
    pub word: String,
    /// The next day on which the word is another, as `2026-01-31`.
    pub changes_on: Option<String>,
}

/// Keeps the answers about a worker in the place of those before, and the day on which they have to be worked out again.
pub fn keep_answers(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    account: AccountId,
    answers: &[AnswerRow],
    due_on: &str,
) -> Result<()> {
    let before = answers_of(tx, programme, account)?;
    let mut now: Vec<&AnswerRow> = answers.iter().collect();
    now.sort_by(|one, other| one.question.cmp(&other.question));
    // Most of the time only the day has come, and little else is new.
    if !before.iter().eq(now) {
        if !before.is_empty() {
            tx.exec(
                sql!("DELETE FROM worker_answer WHERE programme = $1 AND account = $2"),
                params![programme.0, account.0],
            )?;
        }
        for answer in answers {
            tx.exec(
                sql!("INSERT INTO worker_answer (programme, account, question, word, changes_on) VALUES ($1, $2, $3, $4, $5)"),
                params![programme.0, account.0, &*answer.question, &*answer.word, answer.changes_on.clone()],
            )?;
        }
    }
    tx.exec(
        sql!(
            "INSERT INTO worker_due (programme, account, due_on) VALUES ($1, $2, $3) \
              ON CONFLICT (programme, account) DO UPDATE SET due_on = excluded.due_on"
        ),
        params![programme.0, account.0, due_on],
    )?;
    Ok(())
}

/// Those whose answers have to be worked out again by a day: their day has come, or they are new here. It reads an index,
/// and nothing of anybody else.
pub fn due(tx: &mut Tx<'_>, programme: ProgrammeId, day: &str, most: i64) -> Result<Vec<AccountId>> {
    tx.all(
        sql!(
            "SELECT account FROM worker_due WHERE programme = $1 AND due_on <= $2 ORDER BY due_on, account LIMIT $3"
        ),
        params![programme.0, day, most],
        |row| Ok(AccountId(row.get("account")?)),
    )
}

/// Somebody is new in a programme, or has another role there: they are due at once.
pub fn due_at_once(tx: &mut Tx<'_>, programme: ProgrammeId, account: AccountId) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO worker_due (programme, account, due_on) VALUES ($1, $2, '0001-01-01') \
              ON CONFLICT (programme, account) DO UPDATE SET due_on = excluded.due_on"
        ),
        params![programme.0, account.0],
    )?;
    Ok(())
}

/// The rules or the choices of a programme change on a day: everybody there has to be looked at again on it.
pub fn all_due(tx: &mut Tx<'_>, programme: ProgrammeId, day: &str) -> Result<()> {
    tx.exec(
        sql!("UPDATE worker_due SET due_on = $2 WHERE programme = $1 AND due_on > $2"),
        params![programme.0, day],
    )?;
    Ok(())
}

/// One worker has to be looked at again.
pub fn one_due(tx: &mut Tx<'_>, account: AccountId, day: &str) -> Result<()> {
    tx.exec(
        sql!("UPDATE worker_due SET due_on = $2 WHERE account = $1 AND due_on > $2"),
        params![account.0, day],
    )?;
    Ok(())
}

/// Takes away what was worked out about somebody who works in a programme no more.
pub fn forget_answers(tx: &mut Tx<'_>, programme: ProgrammeId, account: AccountId) -> Result<()> {
    tx.exec(
        sql!("DELETE FROM worker_answer WHERE programme = $1 AND account = $2"),
        params![programme.0, account.0],
    )?;
    tx.exec(
        sql!("DELETE FROM worker_due WHERE programme = $1 AND account = $2"),
        params![programme.0, account.0],
    )?;
    Ok(())
}

/// The answers about one worker in a programme.
pub fn answers_of(tx: &mut Tx<'_>, programme: ProgrammeId, account: AccountId) -> Result<Vec<AnswerRow>> {
    tx.all(
        sql!(
            "SELECT account, question, word, changes_on FROM worker_answer WHERE programme = $1 AND account = $2 \
              ORDER BY question"
        ),
        params![programme.0, account.0],
        answer,
    )
}

fn answer(row: &Row<'_>) -> Result<AnswerRow> {
    Ok(AnswerRow {
        account: AccountId(row.get("account")?),
        question: row.get("question")?,
        word: row.get("word")?,
        changes_on: row.get("changes_on")?,
    })
}

/// The answers in a programme that change up to and with a day, the nearest first.
pub fn changing(tx: &mut Tx<'_>, programme: ProgrammeId, until: &str, most: i64) -> Result<Vec<AnswerRow>> {
    tx.all(
        sql!(
            "SELECT account, question, word, changes_on FROM worker_answer WHERE programme = $1 AND changes_on <= $2 \
              ORDER BY changes_on, account, question LIMIT $3"
        ),
        params![programme.0, until, most],
        answer,
    )
}
