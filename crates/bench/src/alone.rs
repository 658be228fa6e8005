//! The parts alone: the rows of a recorded contact without the doors before them, and commits without the store.

use crate::load::{Cell, measure};
use anyhow::Context;
use jiff::Timestamp;
use porchlight_access::{Access, Action, Facts, Relation};
use porchlight_app::{Clock, Ids, RealIds, SystemClock};
use porchlight_practice::Role;
use porchlight_practice::contact::Review;
use porchlight_practice::id::{
    AccountId, AnswerId, ContactId, DocumentId, ItemId, PersonId, ProgrammeId, ShareId,
};
use porchlight_store::contact::ContactRow;
use porchlight_store::document::{AnswerRow, DocumentRow};
use porchlight_store::journal::{Entry, Outcome};
use porchlight_store::share::ShareRow;
use porchlight_store::{Address, Error, Options, Store, Tx, command, contact, document, share};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// A signed contact of the demo, whose like is written again and again.
#[derive(Clone)]
struct Like {
    programme: Uuid,
    person: Uuid,
    writer: Uuid,
    body: Vec<u8>,
}

impl Like {
    fn read(database: &Path) -> anyhow::Result<Like> {
        let conn = rusqlite::Connection::open(database)?;
        // The longest text, so that the comparison flatters nobody.
        let sql = "SELECT programme, person, writer, body FROM contact WHERE signed_at IS NOT NULL \
                   ORDER BY length(body) DESC LIMIT 1";
        let id = |bytes: Vec<u8>| Uuid::from_slice(&bytes);
        let (programme, person, writer, body) = conn
            .query_row(sql, [], |row| {
                Ok((
                    row.get::<_, Vec<u8>>(0)?,
                    row.get::<_, Vec<u8>>(1)?,
                    row.get::<_, Vec<u8>>(2)?,
                    row.get(3)?,
                ))
            })
            .context("the demo has no signed contact")?;
        Ok(Like { programme: id(programme)?, person: id(person)?, writer: id(writer)?, body })
    }

    fn row(&self, now: Timestamp) -> ContactRow {
        ContactRow {
            id: ContactId(RealIds.next()),
            programme: ProgrammeId(self.programme),
            person: PersonId(self.person),
            writer: AccountId(self.writer),
            review: None,
            started: Some(now),
            ended: Some(now),
            due: Some(now),
            signed_at: None,
            late: false,
            body: self.body.clone(),
            saved_at: now,
            version: 1,
        }
    }

    /// What stands beside every change: its entry in the journal, and the command with its answer.
    fn beside(&self, tx: &mut Tx<'_>, about: Uuid, action: &str, now: Timestamp) -> Result<(), Error> {
        let this = command::Command {
            id: RealIds.next(),
            actor: Some(self.writer),
            action: action.into(),
            body_hash: [7; 32],
        };
        command::find(tx, &this)?;
        tx.journal(&Entry {
            at: now,
            actor: Some(self.writer),
            actor_role: "peer_specialist",
            action,
            outcome: Outcome::Done,
            about_kind: "contact",
            about: Some(about),
            person: Some(self.person),
            programme: Some(self.programme),
            part: "",
            purpose: "support",
            policy: "contact.write-own",
            command: Some(this.id),
            detail: &[],
        })?;
        command::put(tx, &this, b"1", now)
    }
}

/// A recorded contact is two commands: the draft, then the signature. The same rows in the same two transactions.
pub async fn grouped(database: &Path, at_once: usize, most: usize) -> anyhow::Result<Cell> {
    let like = Arc::new(Like::read(database)?);
    let options = Options::new(Arc::new(|| SystemClock.now()));
    let store = Store::open(&Address::Sqlite(database.into()), options)?;
    let write = move |_| {
        let (like, store) = (like.clone(), store.clone());
        async move {
            let now = SystemClock.now();
            let row = like.row(now);
            let (draft, by) = (row.clone(), like.clone());
            store
                .write(move |tx| {
                    contact::insert(tx, &draft)?;
                    by.beside(tx, draft.id.0, "contact.draft", now)
                })
                .await?;
            let signed = ContactRow { review: Some(Review::Waiting), signed_at: Some(now), ..row };
            store
                .write(move |tx| {
                    contact::get(tx, signed.id)?;
                    if !contact::change(tx, &signed)? {
                        return Err(Error::Stale);
                    }
                    like.beside(tx, signed.id.0, "contact.sign", now)
                })
                .await?;
            Ok(())
        }
    };
    measure(at_once, most, write).await
}

/// A saved answer is one command: its row, and its document's number. The same rows in the same transaction, without
/// sealing, page or decision.
pub async fn answers(database: &Path, at_once: usize, most: usize) -> anyhow::Result<Cell> {
    let like = Arc::new(Like::read(database)?);
    let options = Options::new(Arc::new(|| SystemClock.now()));
    let store = Store::open(&Address::Sqlite(database.into()), options)?;
    let person = PersonId(like.person);
    let mut papers = Vec::new();
    for _ in 0..300 {
        let id = DocumentId(RealIds.next());
        let row = DocumentRow {
            id,
            programme: ProgrammeId(like.programme),
            person,
            tool: "wellness_plan".into(),
            definition: vec![7; 32],
            started_by: AccountId(like.writer),
            started_at: SystemClock.now(),
            changed_at: SystemClock.now(),
            newest: 0,
        };
        store
            .write(move |tx| {
                document::put_definition(tx, &row.definition, "{}")?;
                document::insert(tx, &row)
            })
            .await?;
        papers.push(id);
    }
    let write = move |turn: usize| {
        let (like, store, paper) = (like.clone(), store.clone(), papers[turn % papers.len()]);
        async move {
            let now = SystemClock.now();
            let answer = AnswerId(RealIds.next());
            store
                .write(move |tx| {
                    document::get(tx, paper)?;
                    let number = document::take_numbers(tx, paper, 1, now)?.ok_or(Error::Stale)?;
                    let row = AnswerRow {
                        id: answer,
                        number,
                        section: "well".into(),
                        question: "good_day".into(),
                        item: ItemId(Uuid::nil()),
                        over: vec![answer],
                        first: number,
                        by: AccountId(like.writer),
                        at: now,
                        body: vec![7; 90],
                    };
                    document::answer_insert(tx, paper, &row)?;
                    like.beside(tx, paper.0, "document.write", now)
                })
                .await?;
            Ok(())
        }
    };
    measure(at_once, most, write).await
}

/// Whether somebody may read a paper, as the door decides it: what is open to them now, and the table's answer. The time
/// of each decision, inside of one transaction; nothing is read of the paper.
pub async fn share_decisions(database: &Path, most: usize) -> anyhow::Result<Cell> {
    let like = Like::read(database)?;
    let options = Options::new(Arc::new(|| SystemClock.now()));
    let store = Store::open(&Address::Sqlite(database.into()), options)?;
    let (paper, reader, now) = (DocumentId(RealIds.next()), AccountId(like.writer), SystemClock.now());
    let (programme, person) = (ProgrammeId(like.programme), PersonId(like.person));
    store
        .write(move |tx| {
            document::put_definition(tx, &[7; 32], "{}")?;
            let row = DocumentRow {
                id: paper,
                programme,
                person,
                tool: "wellness_plan".into(),
                definition: vec![7; 32],
                started_by: reader,
                started_at: now,
                changed_at: now,
                newest: 0,
            };
            document::insert(tx, &row)?;
            for section in ["well", "each_day", "signs", "worse", "after"] {
                let row = ShareRow {
                    id: ShareId(RealIds.next()),
                    programme,
                    person,
                    document: paper,
                    section: section.into(),
                    reader,
                    writes: false,
                    from_at: now,
                    until_at: now + jiff::SignedDuration::from_hours(24),
                    stopped_at: None,
                };
                share::insert(tx, &row)?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    let access = Arc::new(Access::load()?);
    let (times, all) = store
        .read(move |tx| {
            let (mut times, start) = (Vec::new(), Instant::now());
            while times.len() < most {
                let begun = Instant::now();
                let consent = !share::open_to(tx, paper, reader, now)?.is_empty();
                let facts = Facts {
                    action: Action::DocumentRead,
                    asker: Role::PeerSpecialist.into(),
                    relation: Relation::Walks,
                    consent,
                };
                if !access.decide(facts).is_allow() {
                    return Err(Error::Stale);
                }
                times.push(begun.elapsed());
            }
            Ok((times, start.elapsed()))
        })
        .await?;
    Ok(Cell::of(1, times, all))
}

/// One row in one transaction, one after the other, each on disk before the next begins.
pub fn raw_commits(database: &Path, most: usize) -> anyhow::Result<Cell> {
    const LONGEST: Duration = Duration::from_secs(8);
    let like = Like::read(database)?;
    let conn = rusqlite::Connection::open(database)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "full")?;
    let mut insert = conn.prepare(
        "INSERT INTO contact (id, programme, person, writer, late, body, saved_at, version) \
         VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, 1)",
    )?;
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.len() < most && start.elapsed() < LONGEST {
        let begun = Instant::now();
        insert.execute((
            &RealIds.next().as_bytes()[..],
            &like.programme.as_bytes()[..],
            &like.person.as_bytes()[..],
            &like.writer.as_bytes()[..],
            &like.body,
            SystemClock.now().as_microsecond(),
        ))?;
        times.push(begun.elapsed());
    }
    Ok(Cell::of(1, times, start.elapsed()))
}
