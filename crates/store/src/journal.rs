//! The journal: append-only, each entry chained to the one before by its hash.
//!
//! Every writer has a strand of its own, so that writers don't wait for each other. An entry is a fixed sequence of
//! length-prefixed fields, kept as bytes, which hold the hash of the entry before; the columns beside are copies for
//! reading. [`verify`] finds any change, removal or reordering. A cut tail, or a chain that somebody hashed anew, is
//! found with the signed heads that [`HeadsFile`] keeps outside of the database.
//!
//! There is no code that changes or removes an entry.

mod heads;
mod verification;

#[cfg(any(test, feature = "testing"))]
pub(crate) use heads::hex;
pub use heads::{Heads, HeadsFile, SignedHead, SignedHeads, heads};
pub use verification::{BadEntry, Fault, Report, verify};

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A command was done.
    Done,
    /// Somebody opened a part of a record.
    Looked,
    /// Somebody saw a list.
    Listed,
    /// It was refused.
    Refused,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 4] = [Outcome::Done, Outcome::Looked, Outcome::Listed, Outcome::Refused];

    /// As kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Looked => "looked",
            Outcome::Listed => "listed",
            Outcome::Refused => "refused",
        }
    }

    fn read(text: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// An entry to be written: who, in which role, what, when, about whose record, for what purpose, by which policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// When, cut to microseconds.
    pub at: Timestamp,
    /// Whose account; none for the system itself and for strangers.
    pub actor: Option<Uuid>,
    /// In which role.
    pub actor_role: &'a str,
    /// Which command or look. Empty for a person's own corner.
    pub action: &'a str,
    /// What came of it.
    pub outcome: Outcome,
    /// What kind of record it is about.
    pub about_kind: &'a str,
    /// Which record.
    pub about: Option<Uuid>,
    /// The person whose record it belongs to.
    pub person: Option<Uuid>,
    /// The programme it happened in.
    pub programme: Option<Uuid>,
    /// Which part of the record.
    pub part: &'a str,
    /// For what purpose.
    pub purpose: &'a str,
    /// By which policy it was allowed or refused.
    pub policy: &'a str,
    /// The command, when it was one.
    pub command: Option<Uuid>,
    /// More, sealed by the caller; may be empty.
    pub detail: &'a [u8],
}

/// An entry as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub mark: Mark,
    /// When.
    pub at: Timestamp,
    /// Whose account.
    pub actor: Option<Uuid>,
    /// In which role.
    pub actor_role: String,
    /// Which command or look.
    pub action: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What kind of record it is about.
    pub about_kind: String,
    /// Which record.
    pub about: Option<Uuid>,
    /// The person whose record it belongs to.
    pub person: Option<Uuid>,
    /// The programme it happened in.
    pub programme: Option<Uuid>,
    /// Which part of the record.
    pub part: String,
    /// For what purpose.
    pub purpose: String,
    /// By which policy.
    pub policy: String,
    /// The command, when it was one.
    pub command: Option<Uuid>,
    /// More, sealed.
    pub detail: Vec<u8>,
}

/// Where an entry stands: the strand and the place on it, counted from 1. Shown as `strand.place`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// The strand.
    pub strand: i64,
    /// The place on it.
    pub seq: i64,
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.strand, self.seq)
    }
}

impl std::str::FromStr for Mark {
    type Err = Error;
    /// Reads `strand.place`; anything else is [`Error::NotFound`], as it names no entry.
    fn from_str(text: &str) -> Result<Mark> {
        let (strand, seq) = text.split_once('.').ok_or(Error::NotFound)?;
        match (strand.parse(), seq.parse()) {
            (Ok(strand), Ok(seq)) => Ok(Mark { strand, seq }),
            _ => Err(Error::NotFound),
        }
    }
}

// ------------------------------------------------------------------------------------------------------- Writing

/// The end of a strand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The strand.
    pub strand: i64,
    /// The last place on it.
    pub seq: i64,
    /// The hash of the entry there.
    pub hash: Hash,
}

/// The strand a writer appends to, and its end as far as the writer knows.
pub(crate) struct Strand {
    number: i64,
    database: Option<Uuid>,
    end: Option<(i64, Hash)>,
}

impl Strand {
    /// For connections that don't append, and for SQLite, whose one strand is read anew in each transaction.
    pub(crate) fn none() -> Strand {
        Strand { number: 0, database: None, end: None }
    }

    /// Takes a free strand of a PostgreSQL database for as long as the connection lives, and finds its end.
    ///
    /// The end is kept in memory from then on: reading it in each transaction would make writers cross that have
    /// nothing to do with each other.
    pub(crate) fn claim(client: &mut postgres::Client, database: Uuid) -> Result<Strand> {
        for number in 0i32..10_000 {
            let free: bool =
                client.query_one("SELECT pg_try_advisory_lock($1, $2)", &[&0x5063_684ci32, &number])?.get(0);
            if free {
                let number = i64::from(number);
                let row = client.query_opt(
                    "SELECT seq, hash FROM journal WHERE strand = $1 ORDER BY seq DESC LIMIT 1",
                    &[&number],
                )?;
                let end = match row {
                    None => (0, first(database, number)),
                    Some(row) => {
                        let hash: &[u8] = row.get("hash");
                        let hash = hash
                            .try_into()
                            .map_err(|_| Error::Column { column: "hash".into(), wanted: "32 bytes" })?;
                        (row.get("seq"), hash)
                    }
                };
                return Ok(Strand { number, database: Some(database), end: Some(end) });
            }
        }
        Err(Error::Busy)
    }

    /// The end before a closure runs, for [`Strand::reset`] if it is undone.
    pub(crate) fn mark(&self) -> Option<(i64, Hash)> {
        self.end
    }

    pub(crate) fn reset(&mut self, mark: Option<(i64, Hash)>) {
        self.end = mark;
    }

    /// The end must be read again.
    pub(crate) fn forget(&mut self) {
        self.end = None;
    }
}

/// What the first entry of a strand is chained to: another database's chain doesn't fit here.
fn first(database: Uuid, strand: i64) -> Hash {
    Sha256::new()
        .chain_update(b"porchlight journal 1")
        .chain_update(database.as_bytes())
        .chain_update(strand.to_be_bytes())
        .finalize()
        .into()
}

fn database(tx: &mut Tx<'_>) -> Result<Uuid> {
    tx.one(sql!("SELECT value FROM meta WHERE name = 'database'"), &[], |row| {
        row.get::<[u8; 16]>("value").map(Uuid::from_bytes)
    })
}

fn end_of(tx: &mut Tx<'_>, strand: i64) -> Result<Option<(i64, Hash)>> {
    tx.opt(
        sql!("SELECT seq, hash FROM journal WHERE strand = $1 ORDER BY seq DESC LIMIT 1"),
        params![strand],
        |row| Ok((row.get("seq")?, row.get("hash")?)),
    )
}

impl Tx<'_> {
    /// Appends an entry to this writer's strand, in this transaction.
    ///
    /// # Errors
    /// [`Error::ReadOnly`] inside [`crate::Store::read`]; the database's.
    pub fn journal(&mut self, entry: &Entry<'_>) -> Result<Mark> {
        if self.is_read() {
            return Err(Error::ReadOnly);
        }
        let strand = self.strand.number;
        let (seq, prev) = match self.strand.end {
            Some(end) => end,
            None => match end_of(self, strand)? {
                Some(end) => end,
                None => {
                    let database = match self.strand.database {
                        Some(known) => known,
                        None => database(self)?,
                    };
                    self.strand.database = Some(database);
                    (0, first(database, strand))
                }
            },
        };
        let mark = Mark { strand, seq: seq + 1 };
        let bytes = encode(mark, &prev, entry);
        let hash: Hash = Sha256::digest(&bytes).into();
        self.exec(
            sql!(
                "INSERT INTO journal (strand, seq, at, actor, person, programme, outcome, action, part, purpose,
                                      bytes, hash)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
            ),
            params![
                mark.strand,
                mark.seq,
                entry.at,
                entry.actor,
                entry.person,
                entry.programme,
                entry.outcome.as_str(),
                entry.action,
                entry.part,
                entry.purpose,
                bytes,
                hash,
            ],
        )?;
        self.strand.end = Some((mark.seq, hash));
        Ok(mark)
    }
}

// ------------------------------------------------------------------------------------------------ An entry's bytes

/// The form of the bytes; another number would be another form.
const FORM: u8 = 1;

fn encode(mark: Mark, prev: &Hash, entry: &Entry<'_>) -> Vec<u8> {
    fn put(bytes: &mut Vec<u8>, field: &[u8]) {
        // A field can't be 4 GB: a whole request is at most 4 MB.
        let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(field);
    }
    fn id(id: &Option<Uuid>) -> &[u8] {
        id.as_ref().map_or(&[], |id| id.as_bytes())
    }
    let mut bytes = Vec::with_capacity(320 + entry.detail.len());
    bytes.push(FORM);
    put(&mut bytes, &mark.strand.to_be_bytes());
    put(&mut bytes, &mark.seq.to_be_bytes());
    put(&mut bytes, prev);
    put(&mut bytes, &entry.at.as_microsecond().to_be_bytes());
    put(&mut bytes, id(&entry.actor));
    put(&mut bytes, entry.actor_role.as_bytes());
    put(&mut bytes, entry.action.as_bytes());
    put(&mut bytes, entry.outcome.as_str().as_bytes());
    put(&mut bytes, entry.about_kind.as_bytes());
    put(&mut bytes, id(&entry.about));
    put(&mut bytes, id(&entry.person));
    put(&mut bytes, id(&entry.programme));
    put(&mut bytes, entry.part.as_bytes());
    put(&mut bytes, entry.purpose.as_bytes());
    put(&mut bytes, entry.policy.as_bytes());
    put(&mut bytes, id(&entry.command));
    put(&mut bytes, entry.detail);
    bytes
}

/// Reads an entry back; `None` when the bytes are not exactly one entry.
fn decode(bytes: &[u8]) -> Option<(Record, Hash)> {
    struct Fields<'a>(&'a [u8]);
    impl<'a> Fields<'a> {
        fn next(&mut self) -> Option<&'a [u8]> {
            let (length, rest) = self.0.split_first_chunk::<4>()?;
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            let (field, rest) = rest.split_at_checked(length)?;
            self.0 = rest;
            Some(field)
        }
        fn number(&mut self) -> Option<i64> {
            Some(i64::from_be_bytes(self.next()?.try_into().ok()?))
        }
        fn text(&mut self) -> Option<String> {
            String::from_utf8(self.next()?.to_vec()).ok()
        }
        fn id(&mut self) -> Option<Option<Uuid>> {
            match self.next()? {
                [] => Some(None),
                id => Some(Some(Uuid::from_slice(id).ok()?)),
            }
        }
    }
    let (form, rest) = bytes.split_first()?;
    if *form != FORM {
        return None;
    }
    let mut fields = Fields(rest);
    let mark = Mark { strand: fields.number()?, seq: fields.number()? };
    let prev: Hash = fields.next()?.try_into().ok()?;
    let record = Record {
        mark,
        at: Timestamp::from_microsecond(fields.number()?).ok()?,
        actor: fields.id()?,
        actor_role: fields.text()?,
        action: fields.text()?,
        outcome: Outcome::read(&fields.text()?)?,
        about_kind: fields.text()?,
        about: fields.id()?,
        person: fields.id()?,
        programme: fields.id()?,
        part: fields.text()?,
        purpose: fields.text()?,
        policy: fields.text()?,
        command: fields.id()?,
        detail: fields.next()?.to_vec(),
    };
    fields.0.is_empty().then_some((record, prev))
}

// ------------------------------------------------------------------------------------------------------- Reading

/// Where a page of entries ended; the next page begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    at: Timestamp,
    mark: Mark,
}

impl Cursor {
    /// Before everything: the first page.
    pub const NEWEST: Cursor = Cursor { at: Timestamp::MAX, mark: Mark { strand: i64::MAX, seq: i64::MAX } };
}

/// As it stands in an address: microseconds and mark. It tells no more than the page it came from.
impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.as_microsecond(), self.mark)
    }
}

impl std::str::FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Cursor> {
        let read = || {
            let (at, mark) = text.split_once('.')?;
            let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
            Some(Cursor { at, mark: mark.parse().ok()? })
        };
        read().ok_or(Error::NotFound)
    }
}

impl Record {
    /// The place after this entry.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.at, mark: self.mark }
    }
}

fn record(row: &Row<'_>) -> Result<Record> {
    let bytes: Vec<u8> = row.get("bytes")?;
    let (record, _) =
        decode(&bytes).ok_or(Error::Column { column: "bytes".into(), wanted: "a journal entry" })?;
    Ok(record)
}

/// The opened looks at a person's record (lists are not looks), newest first, from after `from`.
///
/// # Errors
/// The database's.
pub fn looks_of(tx: &mut Tx<'_>, person: Uuid, from: Cursor, limit: i64) -> Result<Vec<Record>> {
    tx.all(
        sql!(
            "SELECT bytes FROM journal
             WHERE person = $1 AND outcome = 'looked' AND (at, strand, seq) < ($2, $3, $4)
             ORDER BY at DESC, strand DESC, seq DESC LIMIT $5"
        ),
        params![person, from.at, from.mark.strand, from.mark.seq, limit],
        record,
    )
}

/// Everything about a person's record, newest first, from after `from`.
///
/// # Errors
/// The database's.
pub fn of_person(tx: &mut Tx<'_>, person: Uuid, from: Cursor, limit: i64) -> Result<Vec<Record>> {
    tx.all(
        sql!(
            "SELECT bytes FROM journal WHERE person = $1 AND (at, strand, seq) < ($2, $3, $4)
             ORDER BY at DESC, strand DESC, seq DESC LIMIT $5"
        ),
        params![person, from.at, from.mark.strand, from.mark.seq, limit],
        record,
    )
}

/// Everything one account did, newest first, from after `from`.
///
/// # Errors
/// The database's.
pub fn of_actor(tx: &mut Tx<'_>, actor: Uuid, from: Cursor, limit: i64) -> Result<Vec<Record>> {
    tx.all(
        sql!(
            "SELECT bytes FROM journal WHERE actor = $1 AND (at, strand, seq) < ($2, $3, $4)
             ORDER BY at DESC, strand DESC, seq DESC LIMIT $5"
        ),
        params![actor, from.at, from.mark.strand, from.mark.seq, limit],
        record,
    )
}

/// Everything in one programme, newest first, from after `from`.
///
/// # Errors
/// The database's.
pub fn of_programme(tx: &mut Tx<'_>, programme: Uuid, from: Cursor, limit: i64) -> Result<Vec<Record>> {
    tx.all(
        sql!(
            "SELECT bytes FROM journal WHERE programme = $1 AND (at, strand, seq) < ($2, $3, $4)
             ORDER BY at DESC, strand DESC, seq DESC LIMIT $5"
        ),
        params![programme, from.at, from.mark.strand, from.mark.seq, limit],
        record,
    )
}

/// Everything, newest first, from after `from`.
///
/// # Errors
/// The database's.
pub fn recent(tx: &mut Tx<'_>, from: Cursor, limit: i64) -> Result<Vec<Record>> {
    tx.all(
        sql!(
            "SELECT bytes FROM journal WHERE (at, strand, seq) < ($1, $2, $3)
             ORDER BY at DESC, strand DESC, seq DESC LIMIT $4"
        ),
        params![from.at, from.mark.strand, from.mark.seq, limit],
        record,
    )
}

/// One entry.
///
/// # Errors
/// [`Error::NotFound`]; the database's.
pub fn entry(tx: &mut Tx<'_>, mark: Mark) -> Result<Record> {
    tx.one(
        sql!("SELECT bytes FROM journal WHERE strand = $1 AND seq = $2"),
        params![mark.strand, mark.seq],
        record,
    )
}

/// Puts a writer on another strand, as a forger would.
#[cfg(test)]
pub(crate) fn put_on(tx: &mut Tx<'_>, strand: i64) {
    tx.strand.number = strand;
    tx.strand.forget();
}
