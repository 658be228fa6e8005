//! The ends of all strands, signed into a file outside of the database.

use super::{Hash, Head, database, end_of};
use crate::db::{Tx, params, sql};
use crate::error::{Error, Result};
use crate::seal::KeyRing;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;

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

/// The numbers of all strands. Steps from strand to strand through the index; a plain `DISTINCT` would read the whole of it.
pub(super) fn strands(tx: &mut Tx<'_>) -> Result<Vec<i64>> {
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

#[cfg(test)]
impl HeadsFile {
    /// As after a flush that failed: the line may stand behind the first so many bytes.
    pub(crate) fn was_not_told(&mut self, line: &str, heads: &Heads, after: u64) {
        let moved = heads.heads.iter().map(|head| (head.strand, head.seq)).collect();
        self.unsure = Some(Unsure { line: line.into(), moved, after });
    }
}
