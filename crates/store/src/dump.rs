//! Everything a database holds, from one snapshot, as one stream: what a backup keeps, what is restored from it, and the
//! way from SQLite to PostgreSQL. What was sealed stays sealed; the key ring is not in it.
//!
//! The stream is records of the `postcard` format, each after its length as four bytes, the lowest first: a head, then for
//! each table its columns and its rows, and an end with the number of rows and the SHA-256 of everything before it.

use crate::db::{Row, Sql, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::{Address, Options, Store, migrate};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Counts the formats of the stream.
const FORMAT: u32 = 1;
/// No record of a stream is longer, in bytes: more is damage.
const LONGEST: u32 = 256 << 20;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Record {
    Head { format: u32, schema: u32, made_at: i64 },
    Table { name: String, columns: Vec<(String, Kind)> },
    Row(Vec<Cell>),
    End { rows: u64, sha256: [u8; 32] },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid([u8; 16]),
    Time(i64),
}

/// What a column holds, as migrations write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Bool,
    Int,
    Text,
    Bytes,
    Uuid,
    Time,
}

impl Kind {
    fn read(token: &str) -> Option<Kind> {
        Some(match token {
            "{bool}" => Kind::Bool,
            "{int}" => Kind::Int,
            "{text}" => Kind::Text,
            "{bytes}" => Kind::Bytes,
            "{uuid}" => Kind::Uuid,
            "{time}" => Kind::Time,
            _ => return None,
        })
    }

    fn cell(self, row: &Row<'_>, column: &str) -> Result<Cell> {
        let of = |cell: Option<Cell>| cell.unwrap_or(Cell::Null);
        Ok(of(match self {
            Kind::Bool => row.get::<Option<bool>>(column)?.map(Cell::Bool),
            Kind::Int => row.get::<Option<i64>>(column)?.map(Cell::Int),
            Kind::Text => row.get::<Option<String>>(column)?.map(Cell::Text),
            Kind::Bytes => row.get::<Option<Vec<u8>>>(column)?.map(Cell::Bytes),
            Kind::Uuid => row.get::<Option<Uuid>>(column)?.map(|id| Cell::Uuid(*id.as_bytes())),
            Kind::Time => row.get::<Option<Timestamp>>(column)?.map(|at| Cell::Time(at.as_microsecond())),
        }))
    }
}

impl Cell {
    fn value(self) -> Result<Value> {
        Ok(match self {
            Cell::Null => Value::Null,
            Cell::Bool(yes) => Value::Bool(yes),
            Cell::Int(number) => Value::Int(number),
            Cell::Text(text) => Value::Text(text),
            Cell::Bytes(bytes) => Value::Bytes(bytes),
            Cell::Uuid(bytes) => Value::Uuid(Uuid::from_bytes(bytes)),
            Cell::Time(at) => {
                Value::Time(Timestamp::from_microsecond(at).map_err(|_| damaged("a time is none"))?)
            }
        })
    }
}

/// A table, as the first so many migrations make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, Kind)>,
}

impl Table {
    fn select(&self) -> Sql {
        let columns: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        kept(format!("SELECT {} FROM {}", columns.join(", "), self.name))
    }

    pub(crate) fn insert(&self) -> Sql {
        let columns: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        let places: Vec<String> = (1..=columns.len()).map(|at| format!("${at}")).collect();
        kept(format!("INSERT INTO {} ({}) VALUES ({})", self.name, columns.join(", "), places.join(", ")))
    }
}

/// A statement that is made from the schema: one for each table, for as long as the program runs.
fn kept(text: String) -> Sql {
    Sql::new(Box::leak(text.into_boxed_str()))
}

/// The tables after so many migrations, in an order in which no row points to one that comes later.
pub(crate) fn tables(schema: usize) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for (_, text) in migrate::MIGRATIONS.iter().take(schema) {
        let mut inside = false;
        for line in text.lines().map(str::trim) {
            let mut words = line.split_whitespace();
            if let Some(name) = line.strip_prefix("CREATE TABLE ").and_then(|rest| rest.strip_suffix(" (")) {
                tables.push(Table { name: name.to_owned(), columns: Vec::new() });
                inside = true;
            } else if let Some(rest) = line.strip_prefix("ALTER TABLE ") {
                let parts: Vec<&str> = rest.split_whitespace().collect();
                if let [name, "ADD", "COLUMN", column, kind, ..] = parts[..]
                    && let Some(kind) = Kind::read(kind.trim_end_matches(';'))
                    && let Some(table) = tables.iter_mut().find(|table| table.name == name)
                {
                    table.columns.push((column.to_owned(), kind));
                }
            } else if line.starts_with(')') {
                inside = false;
            } else if inside
                && let (Some(column), Some(kind)) = (words.next(), words.next())
                && let Some(kind) = Kind::read(kind.trim_end_matches(','))
                && let Some(table) = tables.last_mut()
            {
                table.columns.push((column.to_owned(), kind));
            }
        }
    }
    tables
}

/// What a stream was found to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// After how many migrations it was made.
    pub schema: u32,
    /// When.
    pub made_at: Timestamp,
    /// How many rows.
    pub rows: u64,
}

fn damaged(what: &str) -> Error {
    Error::Copy(format!("the copy is damaged: {what}"))
}

fn unwritten(error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::Full,
        kind => Error::Copy(format!("the copy can't be written: {kind}")),
    }
}

struct Out<'w> {
    to: &'w mut (dyn Write + Send),
    sum: Sha256,
}

impl Out<'_> {
    fn put(&mut self, record: &Record) -> Result<()> {
        let bytes = postcard::to_stdvec(record).map_err(|_| damaged("a record can't be written"))?;
        let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| damaged("a row is too long"))?.to_le_bytes();
        for part in [length.as_slice(), &bytes] {
            self.sum.update(part);
            self.to.write_all(part).map_err(|error| unwritten(&error))?;
        }
        Ok(())
    }
}

struct In<'r> {
    from: &'r mut (dyn Read + Send),
    sum: Sha256,
}

impl In<'_> {
    /// The next record, and the sum of everything before it.
    fn take(&mut self) -> Result<(Record, [u8; 32])> {
        let before: [u8; 32] = self.sum.clone().finalize().into();
        let mut length = [0; 4];
        let short = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => damaged("it ends too early"),
            std::io::ErrorKind::InvalidData => damaged("it does not open"),
            kind => Error::Copy(format!("the copy can't be read: {kind}")),
        };
        self.from.read_exact(&mut length).map_err(short)?;
        let count = u32::from_le_bytes(length);
        if count > LONGEST {
            return Err(damaged("a row is too long"));
        }
        // Not all at once: a wrong length would ask for memory that nothing fills.
        let mut bytes = Vec::new();
        let read = self.from.take(count.into()).read_to_end(&mut bytes).map_err(short)?;
        if read != count as usize {
            return Err(damaged("it ends too early"));
        }
        self.sum.update(length);
        self.sum.update(&bytes);
        let record = postcard::from_bytes(&bytes).map_err(|_| damaged("a record can't be read"))?;
        Ok((record, before))
    }

    fn head(&mut self) -> Result<(u32, Timestamp)> {
        let (record, _) = self.take()?;
        let Record::Head { format, schema, made_at } = record else {
            return Err(damaged("it does not begin with its head"));
        };
        let known = migrate::MIGRATIONS.len();
        if format != FORMAT || schema as usize > known {
            return Err(Error::Copy(format!(
                "the copy was made by a newer program (schema {schema}; this one knows {known}); use that program, or a \
                 newer one"
            )));
        }
        let made_at = Timestamp::from_microsecond(made_at).map_err(|_| damaged("a time is none"))?;
        Ok((schema, made_at))
    }

    /// Reads to the end; `row` is given each row of each table.
    fn rows(&mut self, mut row: impl FnMut(&Table, Vec<Cell>) -> Result<()>) -> Result<u64> {
        let (mut table, mut rows) = (None, 0);
        loop {
            match self.take()? {
                (Record::Table { name, columns }, _) => table = Some(Table { name, columns }),
                (Record::Row(cells), _) => {
                    let table = table.as_ref().ok_or_else(|| damaged("a row stands in no table"))?;
                    if cells.len() != table.columns.len() {
                        return Err(damaged("a row does not fit its table"));
                    }
                    row(table, cells)?;
                    rows += 1;
                }
                (Record::End { rows: said, sha256 }, before) => {
                    let whole = said == rows && sha256 == before;
                    return if whole { Ok(rows) } else { Err(damaged("its sum does not fit")) };
                }
                (Record::Head { .. }, _) => return Err(damaged("it begins a second time")),
            }
        }
    }
}

/// Writes everything that is in the database, from one snapshot, while others go on reading and writing.
///
/// # Errors
/// [`Error::Full`] and [`Error::Copy`] from writing, and the database's own.
pub fn write<W: Write + Send + 'static>(store: &Store, made_at: Timestamp, to: W) -> Result<(W, Contents)> {
    let to = Arc::new(Mutex::new(Some(to)));
    let shared = to.clone();
    let contents = store.blocking_read(move |tx| {
        let mut held = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let to = held.as_mut().ok_or(Error::Panicked)?;
        all(tx, made_at, to)
    })?;
    let to = to.lock().unwrap_or_else(PoisonError::into_inner).take();
    Ok((to.ok_or(Error::Panicked)?, contents))
}

pub(crate) fn all(tx: &mut Tx<'_>, made_at: Timestamp, to: &mut (dyn Write + Send)) -> Result<Contents> {
    let schema =
        tx.one(sql!("SELECT MAX(number) AS newest FROM migration"), &[], |row| row.get::<i64>("newest"))?;
    let schema = u32::try_from(schema).map_err(|_| damaged("its schema is none"))?;
    let mut out = Out { to, sum: Sha256::new() };
    let head = Record::Head { format: FORMAT, schema, made_at: made_at.as_microsecond() };
    out.put(&head)?;
    let mut rows = 0;
    for table in tables(schema as usize) {
        out.put(&Record::Table { name: table.name.clone(), columns: table.columns.clone() })?;
        tx.rows(table.select(), &[], |row| {
            let cells: Result<Vec<Cell>> =
                table.columns.iter().map(|(name, kind)| kind.cell(row, name)).collect();
            out.put(&Record::Row(cells?))?;
            rows += 1;
            Ok(true)
        })?;
    }
    let sha256 = out.sum.clone().finalize().into();
    out.put(&Record::End { rows, sha256 })?;
    Ok(Contents { schema, made_at, rows })
}

/// Reads a stream to its end without keeping anything: is it whole, and does this program know it?
///
/// # Errors
/// [`Error::Copy`] says what is wrong with it.
pub fn check(from: &mut (dyn Read + Send)) -> Result<Contents> {
    let mut input = In { from, sum: Sha256::new() };
    let (schema, made_at) = input.head()?;
    let rows = input.rows(|_, _| Ok(()))?;
    Ok(Contents { schema, made_at, rows })
}

/// Fills an empty database from a stream, as it was when it was written. [`Store::open`] then brings it up to this
/// program's schema. All of it is kept, or nothing.
///
/// # Errors
/// [`Error::Copy`] when something is there already, or the stream is damaged or newer than this program.
pub fn read(address: &Address, options: &Options, from: &mut (dyn Read + Send)) -> Result<Contents> {
    let now = (options.clock)();
    let input = RefCell::new(In { from, sum: Sha256::new() });
    let (schema, made_at) = input.borrow_mut().head()?;
    let list = migrate::MIGRATIONS.get(..schema as usize).ok_or(Error::Panicked)?;
    let fill = move |tx: &mut Tx<'_>| {
        migrate::apply(tx, list, now)?;
        // Its own id comes with the copy.
        tx.exec(sql!("DELETE FROM meta"), &[])?;
        let known = tables(schema as usize);
        let mut statement: Option<(String, Sql)> = None;
        let rows = input.borrow_mut().rows(|table, cells| {
            if !known.contains(table) {
                return Err(damaged("a table is not as it should be"));
            }
            let insert = match &statement {
                Some((name, insert)) if *name == table.name => *insert,
                _ => statement.insert((table.name.clone(), table.insert())).1,
            };
            let values: Result<Vec<Value>> = cells.into_iter().map(Cell::value).collect();
            tx.exec(insert, &values?).map(drop)
        })?;
        Ok(Contents { schema, made_at, rows })
    };
    match address {
        Address::Sqlite(path) => {
            if path.exists() {
                return Err(Error::Copy(format!(
                    "there is a database already at {}; move it away first, with the files beside it that begin with its \
                     name",
                    path.display()
                )));
            }
            // Under another name until it is whole, so that nothing half filled is ever taken for the database.
            let mut beside = path.clone().into_os_string();
            beside.push(".restoring");
            let beside = std::path::PathBuf::from(beside);
            let gone = || {
                for end in ["", "-wal", "-shm"] {
                    let mut name = beside.clone().into_os_string();
                    name.push(end);
                    drop(std::fs::remove_file(name));
                }
            };
            gone();
            let done = migrate::fresh_sqlite(&beside, options.statement_limit, fill);
            let done = done.and_then(|contents| {
                std::fs::rename(&beside, path).map_err(|error| unwritten(&error))?;
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = std::fs::File::open(folder.unwrap_or(std::path::Path::new(".")));
                folder.and_then(|folder| folder.sync_all()).map_err(|error| unwritten(&error))?;
                Ok(contents)
            });
            if done.is_err() {
                gone();
            }
            done
        }
        Address::Postgres(url) => {
            migrate::fresh_postgres(&crate::server::Server::at(url)?, options.statement_limit, fill)
        }
    }
}
