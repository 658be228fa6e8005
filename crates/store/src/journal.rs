//! The journal: append-only, each entry chained to the one before by its hash.
//!
//! Every writer has a strand of its own, so that writers don't wait for each other. An entry is a fixed sequence of
//! length-prefixed fields, kept as bytes, which hold the hash of the entry before; the columns beside are copies for
//! reading. [`verify`] finds any change, removal or reordering. A cut tail, or a chain that somebody hashed anew, is
//! found with the signed heads that [`HeadsFile`] keeps outside of the database.
//!
//! There is no code that changes or removes an entry.

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use crate::seal::KeyRing;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
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

// --------------------------------------------------------------------------------------------------------- Heads

/// The ends of all strands of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    /// The database's own id.
    pub database: Uuid,
    /// One for each strand, by number.
    pub heads: Vec<Head>,
}

/// Reads the ends of all strands, from one snapshot.
///
/// # Errors
/// The database's.
pub fn heads(tx: &mut Tx<'_>) -> Result<Heads> {
    let database = database(tx)?;
    let mut heads = Vec::new();
    for strand in strands(tx)? {
        if let Some((seq, hash)) = end_of(tx, strand)? {
            heads.push(Head { strand, seq, hash });
        }
    }
    Ok(Heads { database, heads })
}

/// Steps from strand to strand through the index; a plain `DISTINCT` would read the whole of it.
fn strands(tx: &mut Tx<'_>) -> Result<Vec<i64>> {
    let mut strands: Vec<i64> = Vec::new();
    loop {
        let after = strands.last().copied().unwrap_or(i64::MIN);
        let next: Option<i64> = tx.one(
            sql!("SELECT MIN(strand) AS strand FROM journal WHERE strand > $1"),
            params![after],
            |row| row.get("strand"),
        )?;
        match next {
            Some(strand) => strands.push(strand),
            None => return Ok(strands),
        }
    }
}

/// A head that was signed and kept outside of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedHead {
    /// When it was signed.
    pub at: Timestamp,
    /// What was signed.
    pub head: Head,
}

/// All signed heads of a file, proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHeads {
    /// The database they belong to.
    pub database: Uuid,
    /// In the order in which they were signed.
    pub heads: Vec<SignedHead>,
    /// Lines that a crash left unfinished.
    pub torn: usize,
}

/// The first word of each line of a heads file.
const WORD: &str = "porchlight-heads-1";

/// A file of signed heads: one line of text for each signing, each naming the hash of the line before, so that no line
/// can be changed or taken out of the middle. Keep it on another disk, or where it can only be appended to.
pub struct HeadsFile {
    path: PathBuf,
    key: SigningKey,
    key_id: String,
    database: Uuid,
    line: Hash,
    known: BTreeMap<i64, i64>,
    whole: bool,
    unsure: Option<Unsure>,
}

/// A line that the disk would not confirm: it may be in the file in whole, in part or not at all.
struct Unsure {
    line: String,
    moved: Vec<(i64, i64)>,
    /// How long the file was before.
    after: u64,
}

impl HeadsFile {
    /// Opens the file, making it when there is none, and proves what it holds.
    ///
    /// # Errors
    /// [`Error::Heads`] when it can't be read or written, belongs to another database, or was tampered with.
    pub fn open(path: &Path, ring: &KeyRing, database: Uuid) -> Result<HeadsFile> {
        let trouble = |error: std::io::Error| Error::Heads(format!("{}: {error}", path.display()));
        let mut options = std::fs::OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(trouble)?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(trouble)?;
        let lines = Lines::read(&text, ring)?;
        if lines.signed.database != database && !lines.signed.heads.is_empty() {
            return Err(Error::Heads(format!("{} belongs to another database", path.display())));
        }
        let (key_id, key) = ring.signing();
        Ok(HeadsFile {
            path: path.into(),
            key,
            key_id,
            database,
            line: lines.last,
            known: lines.signed.heads.iter().map(|signed| (signed.head.strand, signed.head.seq)).collect(),
            whole: text.is_empty() || text.ends_with('\n'),
            unsure: None,
        })
    }

    /// Looks what became of a line that the disk would not confirm. One that stands there in whole is the last line, and the
    /// next must name it; else it would look as if somebody had taken lines out.
    fn look_again(&mut self, file: &mut std::fs::File) -> std::io::Result<()> {
        let Some(unsure) = &self.unsure else { return Ok(()) };
        let mut text = String::new();
        file.seek(SeekFrom::Start(unsure.after))?;
        file.read_to_string(&mut text)?;
        if text.lines().any(|line| line == unsure.line) {
            self.line = Sha256::digest(unsure.line.as_bytes()).into();
            self.known.extend(unsure.moved.iter().copied());
        }
        self.whole = text.ends_with('\n') || (text.is_empty() && self.whole);
        self.unsure = None;
        Ok(())
    }

    /// Signs the heads that moved since the last time and puts them on disk. Answers false when none had moved.
    ///
    /// # Errors
    /// [`Error::Heads`] when the heads are another database's, a strand has become shorter than it was signed, or the
    /// file can't be written.
    pub fn append(&mut self, at: Timestamp, heads: &Heads) -> Result<bool> {
        if heads.database != self.database {
            return Err(Error::Heads("these heads belong to another database".into()));
        }
        let trouble = {
            let path = self.path.clone();
            move |error: std::io::Error| Error::Heads(format!("{}: {error}", path.display()))
        };
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.read(true).append(true).open(&self.path).map_err(&trouble)?;
        self.look_again(&mut file).map_err(&trouble)?;
        let shorter = self.known.iter().find(|(strand, seq)| {
            heads.heads.iter().find(|head| head.strand == **strand).is_none_or(|head| head.seq < **seq)
        });
        if let Some((strand, seq)) = shorter {
            return Err(Error::Heads(format!(
                "strand {strand} of the journal is shorter than the {seq} entries that were signed; if a backup was \
                 restored, put {} away and a new file is begun",
                self.path.display()
            )));
        }
        let moved: Vec<&Head> =
            heads.heads.iter().filter(|head| self.known.get(&head.strand) != Some(&head.seq)).collect();
        if moved.is_empty() {
            return Ok(false);
        }
        let list: Vec<String> =
            moved.iter().map(|head| format!("{}:{}:{}", head.strand, head.seq, hex(&head.hash))).collect();
        let body = format!(
            "{WORD} {at:.6} {} {} {} {}",
            self.database,
            self.key_id,
            hex(&self.line),
            list.join(",")
        );
        let line = format!("{body} {}", hex(&self.key.sign(body.as_bytes()).to_bytes()));
        let moved: Vec<(i64, i64)> = moved.iter().map(|head| (head.strand, head.seq)).collect();
        // A crash may have left half a line; the next one begins on its own.
        let start = if self.whole { "" } else { "\n" };
        let after = file.metadata().map_err(&trouble)?.len();
        let written = file.write_all(format!("{start}{line}\n").as_bytes()).and_then(|()| file.sync_data());
        if let Err(error) = written {
            self.unsure = Some(Unsure { line, moved, after });
            return Err(trouble(error));
        }
        self.whole = true;
        self.line = Sha256::digest(line.as_bytes()).into();
        self.known.extend(moved);
        Ok(true)
    }
}

impl SignedHeads {
    /// Reads a file and proves every signature in it.
    ///
    /// # Errors
    /// [`Error::Heads`] names the first line that is not as it was signed.
    pub fn read(path: &Path, ring: &KeyRing) -> Result<SignedHeads> {
        let mut text = String::new();
        std::fs::File::open(path)
            .and_then(|mut file| {
                file.seek(SeekFrom::Start(0))?;
                file.read_to_string(&mut text)
            })
            .map_err(|error| Error::Heads(format!("{}: {error}", path.display())))?;
        SignedHeads::parse(&text, ring)
    }

    /// [`SignedHeads::read`] of a text.
    ///
    /// # Errors
    /// As [`SignedHeads::read`].
    pub fn parse(text: &str, ring: &KeyRing) -> Result<SignedHeads> {
        Lines::read(text, ring).map(|lines| lines.signed)
    }
}

struct Lines {
    signed: SignedHeads,
    /// The hash of the last whole line.
    last: Hash,
}

impl Lines {
    fn read(text: &str, ring: &KeyRing) -> Result<Lines> {
        let mut signed = SignedHeads { database: Uuid::nil(), heads: Vec::new(), torn: 0 };
        let mut last = [0; 32];
        let mut keys: BTreeMap<String, VerifyingKey> = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            let bad = |why: &str| Error::Heads(format!("line {number} {why}"));
            let Some(parts) = parts(line) else {
                // What a crash leaves. If it was a whole line once, the next whole one names it, and doesn't fit.
                signed.torn += 1;
                continue;
            };
            let key = match keys.get(parts.key) {
                Some(key) => *key,
                None => {
                    let key = ring
                        .verifying(parts.key)
                        .ok_or_else(|| bad("was signed with a key that the key ring doesn't hold"))?;
                    keys.insert(parts.key.into(), key);
                    key
                }
            };
            if key.verify_strict(parts.body.as_bytes(), &parts.signature).is_err() {
                return Err(bad("has been changed: its signature doesn't fit"));
            }
            if parts.before != last {
                return Err(bad("doesn't follow the line before: lines are missing or were moved"));
            }
            if !signed.heads.is_empty() && parts.database != signed.database {
                return Err(bad("belongs to another database"));
            }
            signed.database = parts.database;
            signed.heads.extend(parts.heads.iter().map(|head| SignedHead { at: parts.at, head: *head }));
            last = Sha256::digest(line.as_bytes()).into();
        }
        Ok(Lines { signed, last })
    }
}

struct Parts<'a> {
    body: &'a str,
    at: Timestamp,
    database: Uuid,
    key: &'a str,
    before: Hash,
    heads: Vec<Head>,
    signature: Signature,
}

fn parts(line: &str) -> Option<Parts<'_>> {
    let (body, signature) = line.rsplit_once(' ')?;
    let signature = Signature::from_bytes(&unhex(signature)?);
    let fields: Vec<&str> = body.split(' ').collect();
    let [WORD, at, database, key, before, list] = fields[..] else { return None };
    let mut heads = Vec::new();
    for head in list.split(',') {
        let (strand, rest) = head.split_once(':')?;
        let (seq, hash) = rest.split_once(':')?;
        heads.push(Head { strand: strand.parse().ok()?, seq: seq.parse().ok()?, hash: unhex(hash)? });
    }
    Some(Parts {
        body,
        at: at.parse().ok()?,
        database: database.parse().ok()?,
        key,
        before: unhex(before)?,
        heads,
        signature,
    })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

// --------------------------------------------------------------------------------------------------- Verification

/// What a whole journal amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many entries were checked.
    pub entries: u64,
    /// The ends of all strands.
    pub heads: Vec<Head>,
    /// How many signed heads were found in place.
    pub signed: u64,
    /// How many invented rows were found as the entries that stand for them say ([`crate::growth`]).
    pub rows: u64,
}

/// The first entry that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq} of strand {strand}: {why}")]
pub struct BadEntry {
    /// The strand.
    pub strand: i64,
    /// The place on it.
    pub seq: i64,
    /// What is wrong, in plain words.
    pub why: String,
}

/// Why a journal was not found whole.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It has been tampered with, or damaged.
    #[error(transparent)]
    Entry(#[from] BadEntry),
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Walks every strand from its first entry, and compares with the signed heads when there are some.
///
/// # Errors
/// [`Fault::Entry`] names the first bad entry.
pub fn verify(tx: &mut Tx<'_>, signed: Option<&SignedHeads>) -> Result<Report, Fault> {
    /// Small enough for the statement limit and for memory.
    const PAGE: i64 = 1000;
    let database = database(tx)?;
    if let Some(signed) = signed
        && signed.database != database
        && !signed.heads.is_empty()
    {
        return Err(Error::Heads("the signed heads belong to another database".into()).into());
    }
    let mut expected: BTreeMap<i64, Vec<SignedHead>> = BTreeMap::new();
    for head in signed.iter().flat_map(|signed| &signed.heads) {
        expected.entry(head.head.strand).or_default().push(*head);
    }
    let mut report = Report { entries: 0, heads: Vec::new(), signed: 0, rows: 0 };
    for strand in strands(tx)? {
        let mut heads = expected.remove(&strand).unwrap_or_default();
        heads.sort_by_key(|signed| signed.head.seq);
        let mut heads = heads.into_iter().peekable();
        let mut end = Head { strand, seq: 0, hash: first(database, strand) };
        let mut proven = 0;
        loop {
            let page = tx.all(
                sql!(
                    "SELECT seq, at, actor, person, programme, outcome, action, part, purpose, bytes, hash
                     FROM journal WHERE strand = $1 AND seq > $2 ORDER BY seq LIMIT $3"
                ),
                params![strand, if end.seq == 0 { i64::MIN } else { end.seq }, PAGE],
                |row| Ok(check(row, strand)),
            )?;
            if page.is_empty() {
                break;
            }
            for checked in page {
                let bad = |seq: i64, why: &str| Err(BadEntry { strand, seq, why: why.into() });
                // What is missing comes before what is wrong with the next.
                let place = checked.as_ref().map_or_else(|bad| bad.seq, |checked| checked.seq);
                if place != end.seq + 1 {
                    return Ok(bad(end.seq + 1, "it is missing")?);
                }
                let Checked { seq, prev, hash, stands_for } = checked?;
                if prev != end.hash {
                    return Ok(bad(seq, "it does not follow the entry before it")?);
                }
                end = Head { strand, seq, hash };
                report.entries += 1;
                if let Some(detail) = stands_for {
                    match crate::growth::check(tx, &detail)? {
                        Ok(rows) => report.rows += rows,
                        Err(why) => return Ok(bad(seq, &why)?),
                    }
                }
                while let Some(signed) = heads.next_if(|signed| signed.head.seq <= seq) {
                    if signed.head != end {
                        let why = format!(
                            "what was signed on {} is not what stands here: entries {} to {seq} were written anew",
                            signed.at,
                            proven + 1
                        );
                        return Ok(bad(proven + 1, &why)?);
                    }
                    proven = seq;
                    report.signed += 1;
                }
            }
        }
        if let Some(signed) = heads.next() {
            return Err(cut(strand, end.seq, &signed).into());
        }
        report.heads.push(end);
    }
    match expected.into_iter().next() {
        Some((strand, heads)) => match heads.first() {
            Some(signed) => Err(cut(strand, 0, signed).into()),
            None => Ok(report),
        },
        None => Ok(report),
    }
}

fn cut(strand: i64, last: i64, signed: &SignedHead) -> BadEntry {
    let why = format!("it is missing: on {} the strand went on to entry {}", signed.at, signed.head.seq);
    BadEntry { strand, seq: last + 1, why }
}

/// An entry that is right by itself.
struct Checked {
    seq: i64,
    prev: Hash,
    hash: Hash,
    /// The rows that it stands for.
    stands_for: Option<Vec<u8>>,
}

/// Checks one row by itself: its hash, its bytes, and the copies beside them.
fn check(row: &Row<'_>, strand: i64) -> Result<Checked, BadEntry> {
    let seq: i64 =
        row.get("seq").map_err(|_| BadEntry { strand, seq: 0, why: "its place can't be read".into() })?;
    let bad = |why: &str| BadEntry { strand, seq, why: why.into() };
    let unreadable = |_| bad("a column of it can't be read");
    let bytes: Vec<u8> = row.get("bytes").map_err(unreadable)?;
    let hash: Vec<u8> = row.get("hash").map_err(unreadable)?;
    let right: Hash = Sha256::digest(&bytes).into();
    if hash != right {
        return Err(bad("its hash does not fit what it says"));
    }
    let (record, prev) = decode(&bytes).ok_or_else(|| bad("its bytes are not an entry"))?;
    if record.mark != (Mark { strand, seq }) {
        return Err(bad("it was written for another place"));
    }
    let same = row.get::<Timestamp>("at").map_err(unreadable)? == record.at
        && row.get::<Option<Uuid>>("actor").map_err(unreadable)? == record.actor
        && row.get::<Option<Uuid>>("person").map_err(unreadable)? == record.person
        && row.get::<Option<Uuid>>("programme").map_err(unreadable)? == record.programme
        && row.get::<String>("outcome").map_err(unreadable)? == record.outcome.as_str()
        && row.get::<String>("action").map_err(unreadable)? == record.action
        && row.get::<String>("part").map_err(unreadable)? == record.part
        && row.get::<String>("purpose").map_err(unreadable)? == record.purpose;
    if !same {
        return Err(bad("a column was changed and differs from its bytes"));
    }
    let stands_for = (record.action == crate::growth::ACTION).then_some(record.detail);
    Ok(Checked { seq, prev, hash: right, stands_for })
}

#[cfg(test)]
impl HeadsFile {
    /// As after a flush that failed: the line may stand behind the first so many bytes.
    pub(crate) fn was_not_told(&mut self, line: &str, heads: &Heads, after: u64) {
        let moved = heads.heads.iter().map(|head| (head.strand, head.seq)).collect();
        self.unsure = Some(Unsure { line: line.into(), moved, after });
    }
}

/// Puts a writer on another strand, as a forger would.
#[cfg(test)]
pub(crate) fn put_on(tx: &mut Tx<'_>, strand: i64) {
    tx.strand.number = strand;
    tx.strand.forget();
}
