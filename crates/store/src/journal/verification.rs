//! Whether a journal is as it was written.

use super::heads::{SignedHead, SignedHeads, strands};
use super::{Hash, Head, Mark, database, decode, first};
use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

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
