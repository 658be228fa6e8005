//! Invented rows in bulk, for the demo and the benchmark, and the roots that stand in the journal for them.
//!
//! Everything else in the house is written through a door. This is not, and so it works only where nobody real is: in a
//! database that was marked as one of invented people while it was empty ([`mark`]). Only [`Invented`] makes keys and
//! seals that come from a seed, and only such a database gives one out.

use crate::db::{Row, Tx, params, sql};
use crate::error::{Error, Result};
use crate::journal::{Entry, Hash, Mark};
use crate::migrate::MIGRATIONS;
use crate::seal::{DataKey, Keys, Owner, Place, WrappedKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The action of an entry that stands for rows.
pub const ACTION: &str = "growth.rows";
/// At most so many rows stand behind one entry of the journal.
pub const ROWS: usize = 10_000;
/// Tables whose indexes are laid last.
const FILLED: [&str; 3] = ["contact", "addition", "journal"];

// ---------------------------------------------------------------------------------------------------- Where it may

/// Says that nobody in this database is real, for as long as it is there.
///
/// # Errors
/// [`Error::NotInvented`] when there is somebody in it already.
pub fn mark(tx: &mut Tx<'_>) -> Result<()> {
    // The agency's key is the first thing that is kept when it is founded.
    let founded =
        tx.opt(sql!("SELECT 1 AS yes FROM data_key WHERE owner_kind = 'agency' LIMIT 1"), &[], |_| Ok(()))?;
    if founded.is_some() || !crate::programme::all(tx)?.is_empty() {
        return Err(Error::NotInvented);
    }
    tx.exec(
        sql!("INSERT INTO meta (name, value) VALUES ('invented', $1) ON CONFLICT (name) DO NOTHING"),
        params![b"1".as_slice()],
    )?;
    Ok(())
}

/// Proof that nobody in a database is real, with the seed that everything invented comes from.
#[derive(Clone)]
pub struct Invented {
    seed: [u8; 32],
}

impl std::fmt::Debug for Invented {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Invented")
    }
}

impl Invented {
    /// In this database.
    ///
    /// # Errors
    /// [`Error::NotInvented`] when it was not marked: real people may be in it.
    pub fn here(tx: &mut Tx<'_>, seed: u64) -> Result<Invented> {
        let marked = tx.opt(sql!("SELECT 1 AS yes FROM meta WHERE name = 'invented'"), &[], |_| Ok(()))?;
        if marked.is_none() {
            return Err(Error::NotInvented);
        }
        let seed = Sha256::new().chain_update(b"porchlight growth 1").chain_update(seed.to_be_bytes());
        Ok(Invented { seed: seed.finalize().into() })
    }

    fn bytes(&self, what: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut sum = Sha256::new().chain_update(self.seed);
        for part in [what.as_bytes()].iter().chain(parts) {
            sum.update((part.len() as u64).to_be_bytes());
            sum.update(part);
        }
        sum.finalize().into()
    }

    /// The choices that one row of a kind is made with.
    pub fn draw(&self, what: &str, number: u64) -> Draw {
        Draw(self.bytes(what, &[&number.to_be_bytes()]), 0)
    }

    /// The id of one row: version 8, where ids of life are version 7. It begins with its moment like those, so that rows made
    /// together lie together.
    pub fn id(&self, kind: u8, at: Timestamp, number: u64) -> Uuid {
        let at = u128::try_from(at.as_millisecond()).unwrap_or_default() & 0xffff_ffff_ffff;
        let seed = u128::from(u32::from_be_bytes([0, self.seed[0], self.seed[1], self.seed[2]])) & 0x3f_ffff;
        let number = u128::from(number) & 0xff_ffff_ffff;
        Uuid::from_u128(at << 80 | 8 << 76 | u128::from(kind) << 64 | 2 << 62 | number << 22 | seed)
    }

    /// An owner's key, which anybody with the seed could make: it keeps nothing secret, and nothing secret lies under it.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the cipher refuses.
    pub fn key(&self, keys: &Keys, owner: Owner) -> Result<(DataKey, WrappedKey)> {
        let of = |what| self.bytes(what, &[owner.kind().as_bytes(), owner.id().as_bytes()]);
        keys.make_from(owner, of("key"), of("wrapping"))
    }

    /// Seals a row as life does, with a nonce that comes from the seed.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the cipher refuses.
    pub fn seal(&self, key: &DataKey, place: &Place, open: &[u8]) -> Result<Vec<u8>> {
        let parts = [place.table.as_bytes(), place.row.as_bytes(), place.column.as_bytes()];
        key.seal_from(place, open, self.bytes("nonce", &parts))
    }
}

/// Choices, one after the other, always the same for the same row.
pub struct Draw([u8; 32], usize);

impl Draw {
    /// A number below `count`; 0 when there is none.
    pub fn below(&mut self, count: usize) -> usize {
        if self.1 + 4 > self.0.len() {
            *self = Draw(Sha256::digest(self.0).into(), 0);
        }
        let four: [u8; 4] = self.0[self.1..self.1 + 4].try_into().unwrap_or_default();
        self.1 += 4;
        (u32::from_be_bytes(four) as usize).checked_rem(count).unwrap_or_default()
    }

    /// One of these.
    pub fn of<'a, T>(&mut self, these: &'a [T]) -> Option<&'a T> {
        these.get(self.below(these.len()))
    }
}

// ------------------------------------------------------------------------------------------------------- Indexes

/// Names and statements of the indexes of some tables, as the migrations leave them.
pub(crate) fn indexes(tables: &[&str]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (_, text) in MIGRATIONS {
        let plain: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        for statement in plain.join("\n").split(';').map(str::trim) {
            let words: Vec<&str> = statement.split_whitespace().collect();
            match words[..] {
                ["CREATE", "INDEX", name, "ON", table, ..] if tables.contains(&table) => {
                    found.push((name.to_owned(), statement.to_owned()));
                }
                ["DROP", "INDEX", name] => found.retain(|(known, _)| known != name),
                _ => {}
            }
        }
    }
    found
}

impl Invented {
    /// Takes the indexes away that a bulk of rows would only slow down. [`Invented::lay_indexes`] brings them back.
    ///
    /// # Errors
    /// The database's.
    pub fn lift_indexes(&self, tx: &mut Tx<'_>) -> Result<()> {
        for (name, _) in indexes(&FILLED) {
            tx.script(&format!("DROP INDEX {name}"))?;
        }
        Ok(())
    }

    /// Lays the indexes again, sorted in one go each.
    ///
    /// # Errors
    /// The database's.
    pub fn lay_indexes(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.at_leisure()?;
        for (_, statement) in indexes(&FILLED) {
            tx.script(&statement)?;
        }
        tx.in_haste()
    }
}

// --------------------------------------------------------------------------------------------------------- Roots

/// A table whose rows stand behind a root: only what no door ever changes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Table {
    /// Who works where.
    Membership,
    /// People.
    Person,
    /// Who walks with whom.
    Support,
    /// Goals.
    Goal,
    /// Contacts with their sealed, signed notes.
    Contact,
    /// What was put beside them.
    Addition,
    /// Commands with their answers.
    Command,
}

impl Table {
    fn as_str(self) -> &'static str {
        match self {
            Table::Membership => "membership",
            Table::Person => "person",
            Table::Support => "support",
            Table::Goal => "goal",
            Table::Contact => "contact",
            Table::Addition => "addition",
            Table::Command => "command",
        }
    }
}

/// The invented rows of one table from one id to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    table: Table,
    first: [u8; 16],
    last: [u8; 16],
    rows: u64,
}

impl Part {
    /// The rows with these ids; none when there is no id.
    pub fn of(table: Table, ids: impl IntoIterator<Item = Uuid>) -> Option<Part> {
        let (mut rows, mut ends) = (0, None);
        for id in ids {
            let (first, last) = ends.unwrap_or((id, id));
            ends = Some((first.min(id), last.max(id)));
            rows += 1;
        }
        ends.map(|(first, last)| Part { table, first: *first.as_bytes(), last: *last.as_bytes(), rows })
    }
}

#[derive(Serialize, Deserialize)]
struct Rows {
    root: Hash,
    parts: Vec<Part>,
}

/// The hash of one row: its table and columns, each with its length.
struct Leaf(Sha256);

impl Leaf {
    fn new(table: Table) -> Leaf {
        let mut leaf = Leaf(Sha256::new().chain_update([0]));
        leaf.put(table.as_str().as_bytes());
        leaf
    }

    fn put(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    fn id(&mut self, row: &Row<'_>, column: &str) -> Result<Uuid> {
        let id: Option<Uuid> = row.get(column)?;
        self.put(id.as_ref().map_or(&[], |id| id.as_bytes()));
        Ok(id.unwrap_or_default())
    }

    fn time(&mut self, row: &Row<'_>, column: &str) -> Result<()> {
        let at: Option<Timestamp> = row.get(column)?;
        self.put(&at.map(|at| at.as_microsecond().to_be_bytes()).unwrap_or_default());
        Ok(())
    }

    fn text(&mut self, row: &Row<'_>, column: &str) -> Result<()> {
        self.put(row.get::<String>(column)?.as_bytes());
        Ok(())
    }

    fn bytes(&mut self, row: &Row<'_>, column: &str) -> Result<()> {
        self.put(&row.get::<Vec<u8>>(column)?);
        Ok(())
    }
}

/// The hash over hashes, two by two; one that is left over goes up as it is.
fn root(mut hashes: Vec<Hash>) -> Hash {
    while hashes.len() > 1 {
        hashes = hashes
            .chunks(2)
            .map(|two| match two {
                [one, other] => {
                    Sha256::new().chain_update([1]).chain_update(one).chain_update(other).finalize().into()
                }
                _ => two[0],
            })
            .collect();
    }
    hashes.pop().unwrap_or_default()
}

fn leaves(tx: &mut Tx<'_>, part: &Part, hashes: &mut Vec<Hash>) -> Result<u64> {
    let (first, last) = (Uuid::from_bytes(part.first), Uuid::from_bytes(part.last));
    let between = params![first, last];
    let mut count = 0;
    let mut each = |row: &Row<'_>, columns: &dyn Fn(&mut Leaf, &Row<'_>) -> Result<()>| {
        let mut leaf = Leaf::new(part.table);
        // Rows of life in the same time have ids of another version.
        if leaf.id(row, "id")?.get_version_num() == 8 {
            columns(&mut leaf, row)?;
            hashes.push(leaf.0.finalize().into());
            count += 1;
        }
        Ok(true)
    };
    match part.table {
        Table::Membership => tx.rows(
            sql!("SELECT id, account, programme, role, since FROM membership WHERE id BETWEEN $1 AND $2 ORDER BY id"),
            between,
            |row| {
                each(row, &|leaf, row| {
                    leaf.id(row, "account")?;
                    leaf.id(row, "programme")?;
                    leaf.text(row, "role")?;
                    leaf.time(row, "since")
                })
            },
        ),
        Table::Person => tx.rows(
            sql!("SELECT id, programme, added_by, added_at FROM person WHERE id BETWEEN $1 AND $2 ORDER BY id"),
            between,
            |row| {
                each(row, &|leaf, row| {
                    leaf.id(row, "programme")?;
                    leaf.id(row, "added_by")?;
                    leaf.time(row, "added_at")
                })
            },
        ),
        Table::Support => tx.rows(
            sql!("SELECT id, person, peer, responsible, since FROM support WHERE id BETWEEN $1 AND $2 ORDER BY id"),
            between,
            |row| {
                each(row, &|leaf, row| {
                    leaf.id(row, "person")?;
                    leaf.id(row, "peer")?;
                    leaf.id(row, "responsible")?;
                    leaf.text(row, "since")
                })
            },
        ),
        Table::Goal => tx.rows(
            sql!("SELECT id, person FROM goal WHERE id BETWEEN $1 AND $2 ORDER BY id"),
            between,
            |row| each(row, &|leaf, row| leaf.id(row, "person").map(drop)),
        ),
        Table::Contact => tx.rows(
            sql!(
                "SELECT id, programme, person, writer, started, ended, due, signed_at, body FROM contact
                 WHERE id BETWEEN $1 AND $2 ORDER BY id"
            ),
            between,
            |row| {
                each(row, &|leaf, row| {
                    for column in ["programme", "person", "writer"] {
                        leaf.id(row, column)?;
                    }
                    for column in ["started", "ended", "due", "signed_at"] {
                        leaf.time(row, column)?;
                    }
                    leaf.bytes(row, "body")
                })
            },
        ),
        Table::Addition => tx.rows(
            sql!("SELECT id, contact, kind, added_by, at, body, hash FROM addition WHERE id BETWEEN $1 AND $2 ORDER BY id"),
            between,
            |row| {
                each(row, &|leaf, row| {
                    leaf.id(row, "contact")?;
                    leaf.id(row, "added_by")?;
                    leaf.text(row, "kind")?;
                    leaf.time(row, "at")?;
                    leaf.bytes(row, "body")?;
                    leaf.bytes(row, "hash")
                })
            },
        ),
        Table::Command => tx.rows(
            sql!("SELECT id, actor, action, body_hash, answer, at FROM command WHERE id BETWEEN $1 AND $2 ORDER BY id"),
            between,
            |row| {
                each(row, &|leaf, row| {
                    leaf.id(row, "actor")?;
                    leaf.text(row, "action")?;
                    leaf.bytes(row, "body_hash")?;
                    leaf.bytes(row, "answer")?;
                    leaf.time(row, "at")
                })
            },
        ),
    }?;
    Ok(count)
}

impl Invented {
    /// Writes the entry that stands for rows as they lie in the tables now.
    ///
    /// # Errors
    /// The database's.
    pub fn put_root(&self, tx: &mut Tx<'_>, parts: &[Part], programme: Uuid, at: Timestamp) -> Result<Mark> {
        let mut hashes = Vec::new();
        for part in parts {
            let found = leaves(tx, part, &mut hashes)?;
            debug_assert_eq!(found, part.rows, "{}", part.table.as_str());
        }
        let rows = Rows { root: root(hashes), parts: parts.to_vec() };
        let detail = postcard::to_stdvec(&rows)
            .map_err(|_| Error::Column { column: "detail".into(), wanted: "a root" })?;
        tx.journal(&Entry {
            at,
            actor: None,
            actor_role: "",
            action: ACTION,
            outcome: crate::journal::Outcome::Done,
            about_kind: "programme",
            about: Some(programme),
            person: None,
            programme: Some(programme),
            part: "",
            purpose: "running",
            policy: "",
            command: None,
            detail: &detail,
        })
    }
}

/// Counts the rows that an entry stands for; what is wrong with them, in plain words, when they are not as they were written.
pub(crate) fn check(tx: &mut Tx<'_>, detail: &[u8]) -> Result<std::result::Result<u64, String>> {
    let Ok(rows) = postcard::from_bytes::<Rows>(detail) else {
        return Ok(Err("it does not say which rows it stands for".into()));
    };
    let (mut hashes, mut all) = (Vec::new(), 0);
    for part in &rows.parts {
        let found = match leaves(tx, part, &mut hashes) {
            Ok(found) => found,
            Err(Error::Column { .. }) => {
                return Ok(Err(format!("a row of {} that it stands for can't be read", part.table.as_str())));
            }
            Err(error) => return Err(error),
        };
        if found != part.rows {
            let table = part.table.as_str();
            return Ok(Err(format!("it stands for {} rows of {table}, and {found} are there", part.rows)));
        }
        all += found;
    }
    if root(hashes) != rows.root {
        return Ok(Err("a row that it stands for was changed".into()));
    }
    Ok(Ok(all))
}
