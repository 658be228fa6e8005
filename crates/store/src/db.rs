//! One SQL text, one Rust body, two databases: values, rows, statements and the transaction.
//!
//! Rules that every statement keeps, learned by measuring:
//! - Statements are written as `sql!("…")`, which registers them; one test prepares all of them on both databases.
//! - Parameters are `$1`, `$2`, … and are bound by that digit on both databases.
//! - Portable SQL only: `ON CONFLICT`, `RETURNING`, CTEs, window functions, row values, partial indexes. No arrays,
//!   `ILIKE`, `now()`, `INTERVAL` or sequences. `SUM` and `COUNT` of an `{int}`: write `CAST(… AS BIGINT)` around `SUM`.
//! - Time comes in as a parameter, never from the database.
//! - A statement that fails spoils its transaction, on SQLite too, where the database alone would go on. Where a row
//!   may be there already, say `ON CONFLICT` instead of catching the error.

use crate::error::{Error, Result};
use crate::journal::Strand;
use jiff::Timestamp;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// A value on its way into a statement.
///
/// SQLite keeps UUIDs as 16 bytes and times as integer microseconds since 1970; PostgreSQL uses its own types.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Yes or no; `{bool}`.
    Bool(bool),
    /// A whole number; `{int}`.
    Int(i64),
    /// Text; `{text}`.
    Text(String),
    /// Bytes; `{bytes}`.
    Bytes(Vec<u8>),
    /// An id; `{uuid}`.
    Uuid(Uuid),
    /// An instant, cut to microseconds so that both databases keep the same; `{time}`.
    Time(Timestamp),
}

impl std::fmt::Debug for Value {
    /// Says the kind only: values end in panic messages and logs, and these are people's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Value::Null => "Null",
            Value::Bool(_) => "Bool(…)",
            Value::Int(_) => "Int(…)",
            Value::Text(_) => "Text(…)",
            Value::Bytes(_) => "Bytes(…)",
            Value::Uuid(_) => "Uuid(…)",
            Value::Time(_) => "Time(…)",
        })
    }
}

macro_rules! into_value { ($($from:ty => $kind:ident),* $(,)?) => { $(
    impl From<$from> for Value {
        fn from(value: $from) -> Value {
            Value::$kind(value.into())
        }
    }
)* } }
into_value!(
    bool => Bool, i64 => Int, i32 => Int, u32 => Int, u16 => Int, u8 => Int, &str => Text, String => Text,
    Vec<u8> => Bytes, &[u8] => Bytes, [u8; 16] => Bytes, [u8; 32] => Bytes, Uuid => Uuid, Timestamp => Time,
);
impl From<&String> for Value {
    fn from(value: &String) -> Value {
        Value::Text(value.clone())
    }
}
impl From<&Vec<u8>> for Value {
    fn from(value: &Vec<u8>) -> Value {
        Value::Bytes(value.clone())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// The values of a statement, in the order of its `$1`, `$2`, ….
macro_rules! params { ($($value:expr),* $(,)?) => { &[$($crate::db::Value::from($value)),*][..] } }
pub(crate) use params;

/// A statement's text. Only `sql!` makes one, so every statement is known to the test that prepares them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sql(&'static str);

impl Sql {
    #[doc(hidden)]
    pub(crate) const fn new(text: &'static str) -> Sql {
        Sql(text)
    }
    #[cfg(test)]
    pub(crate) fn text(self) -> &'static str {
        self.0
    }
}

/// A registered statement and where it stands.
#[cfg(test)]
pub(crate) struct Statement {
    pub(crate) sql: Sql,
    pub(crate) at: &'static str,
}
#[cfg(test)]
inventory::collect!(Statement);

/// Every statement written in this crate.
#[cfg(test)]
pub(crate) fn statements() -> impl Iterator<Item = (Sql, &'static str)> {
    inventory::iter::<Statement>().map(|s| (s.sql, s.at))
}

/// A statement, registered so that a test can prepare it on both databases.
macro_rules! sql {
    ($text:expr) => {{
        const TEXT: $crate::db::Sql = $crate::db::Sql::new($text);
        #[cfg(test)]
        ::inventory::submit! { $crate::db::Statement { sql: TEXT, at: concat!(file!(), ":", line!()) } }
        TEXT
    }};
}
pub(crate) use sql;

/// SQLite stores a time as microseconds since 1970.
fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// Cuts a time to the microseconds both databases keep.
pub fn cut(time: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(time.as_microsecond()).unwrap_or(time)
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput as Out, Value as Own, ValueRef as Ref};
        Ok(match self {
            Value::Null => Out::Owned(Own::Null),
            Value::Bool(yes) => Out::Owned(Own::Integer(i64::from(*yes))),
            Value::Int(number) => Out::Owned(Own::Integer(*number)),
            Value::Text(text) => Out::Borrowed(Ref::Text(text.as_bytes())),
            Value::Bytes(bytes) => Out::Borrowed(Ref::Blob(bytes)),
            Value::Uuid(id) => Out::Borrowed(Ref::Blob(id.as_bytes())),
            Value::Time(time) => Out::Owned(Own::Integer(micros(*time))),
        })
    }
}

impl postgres::types::ToSql for Value {
    fn to_sql(
        &self,
        kind: &postgres::types::Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> std::result::Result<postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        use postgres::types::{IsNull, ToSql, Type};
        fn put<T: ToSql>(
            value: T,
            kind: &Type,
            out: &mut postgres::types::private::BytesMut,
        ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
            // Without this check the bytes of one type would be read as another.
            if !T::accepts(kind) {
                return Err(format!("the statement wants {kind} here").into());
            }
            value.to_sql(kind, out)
        }
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(yes) => put(*yes, kind, out),
            Value::Int(number) if *kind == Type::INT4 => put(i32::try_from(*number)?, kind, out),
            Value::Int(number) => put(*number, kind, out),
            Value::Text(text) => put(text.as_str(), kind, out),
            Value::Bytes(bytes) => put(bytes.as_slice(), kind, out),
            Value::Uuid(id) => put(*id, kind, out),
            Value::Time(time) => put(cut(*time), kind, out),
        }
    }
    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }
    postgres::types::to_sql_checked!();
}

/// One row of an answer.
pub struct Row<'a> {
    kind: RowKind<'a>,
    /// The column after the one that was read last. Columns are read in the order in which they were asked for, so this is the
    /// next one nearly always, and no name has to be looked for among all the others.
    next: Cell<usize>,
}

impl<'a> Row<'a> {
    fn new(kind: RowKind<'a>) -> Row<'a> {
        Row { kind, next: Cell::new(0) }
    }
}

enum RowKind<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

/// A type that a column can be read as. `Option` of it reads an empty column as `None`.
pub trait Get: Sized {
    #[doc(hidden)]
    fn sqlite(cell: rusqlite::types::ValueRef<'_>) -> Option<Self>;
    #[doc(hidden)]
    fn postgres(row: &postgres::Row, column: &str) -> std::result::Result<Option<Self>, postgres::Error>;
}

macro_rules! get { ($($kind:ty: $cell:pat => $value:expr);* $(;)?) => { $(
    impl Get for $kind {
        fn sqlite(cell: rusqlite::types::ValueRef<'_>) -> Option<Self> {
            use rusqlite::types::ValueRef::*;
            match cell { $cell => $value, _ => None }
        }
        fn postgres(row: &postgres::Row, column: &str) -> std::result::Result<Option<Self>, postgres::Error> {
            row.try_get(column)
        }
    }
)* } }
get! {
    bool: Integer(number) => Some(number != 0);
    i64: Integer(number) => Some(number);
    String: Text(text) => String::from_utf8(text.to_vec()).ok();
    Vec<u8>: Blob(bytes) => Some(bytes.to_vec());
    Uuid: Blob(bytes) => Uuid::from_slice(bytes).ok();
    Timestamp: Integer(number) => Timestamp::from_microsecond(number).ok();
}

impl<T: Get> Get for Option<T> {
    fn sqlite(cell: rusqlite::types::ValueRef<'_>) -> Option<Self> {
        if cell == rusqlite::types::ValueRef::Null { Some(None) } else { T::sqlite(cell).map(Some) }
    }
    fn postgres(row: &postgres::Row, column: &str) -> std::result::Result<Option<Self>, postgres::Error> {
        T::postgres(row, column).map(Some)
    }
}

/// Fixed-length bytes, such as a hash; another length is refused.
impl<const N: usize> Get for [u8; N] {
    fn sqlite(cell: rusqlite::types::ValueRef<'_>) -> Option<Self> {
        match cell {
            rusqlite::types::ValueRef::Blob(bytes) => bytes.try_into().ok(),
            _ => None,
        }
    }
    fn postgres(row: &postgres::Row, column: &str) -> std::result::Result<Option<Self>, postgres::Error> {
        Ok(row.try_get::<_, Option<&[u8]>>(column)?.and_then(|bytes| bytes.try_into().ok()))
    }
}

impl Row<'_> {
    /// Reads a column by its name.
    ///
    /// # Errors
    /// [`Error::Column`] when the answer has no such column, or it holds another type, or it is empty and `T` is not
    /// an `Option`.
    pub fn get<T: Get>(&self, column: &str) -> Result<T> {
        let wrong = || Error::Column { column: column.into(), wanted: std::any::type_name::<T>() };
        match self.kind {
            RowKind::Sqlite(row) => {
                let next = self.next.get();
                let at = match row.as_ref().column_name(next) {
                    Ok(name) if name == column => next,
                    _ => row.as_ref().column_index(column)?,
                };
                self.next.set(at + 1);
                T::sqlite(row.get_ref(at)?).ok_or_else(wrong)
            }
            RowKind::Postgres(row) => T::postgres(row, column).map_err(|_| wrong())?.ok_or_else(wrong),
        }
    }
}

/// When the running statement must stop; SQLite asks it every thousand steps.
pub(crate) struct Deadline {
    since: Instant,
    /// Microseconds after `since`; 0 is no limit.
    micros: AtomicU64,
    limit: Duration,
}

impl Deadline {
    pub(crate) fn new(limit: Duration) -> Arc<Deadline> {
        Arc::new(Deadline { since: Instant::now(), micros: AtomicU64::new(0), limit })
    }
    fn start(&self) {
        let at = self.since.elapsed() + self.limit;
        self.micros.store(u64::try_from(at.as_micros()).unwrap_or(u64::MAX).max(1), Ordering::Relaxed);
    }
    /// Takes the limit away, for the store's own work such as a commit.
    pub(crate) fn lift(&self) {
        self.micros.store(0, Ordering::Relaxed);
    }
    pub(crate) fn is_over(&self) -> bool {
        let at = self.micros.load(Ordering::Relaxed);
        at != 0 && self.since.elapsed().as_micros() > u128::from(at)
    }
}

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    Write,
}

/// How a failed statement left the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoilt {
    /// PostgreSQL asks to run it again.
    Crossed,
    /// A unique key was there; on PostgreSQL perhaps only since a moment.
    Taken,
    /// The connection is gone, or what it prepared no longer fits.
    Lost,
    /// There is no room on the disk.
    Full,
    /// The disk failed.
    Disk,
    /// Something else.
    Failed,
}

impl Spoilt {
    pub(crate) fn by(error: &Error) -> Spoilt {
        match error {
            Error::Crossed => Spoilt::Crossed,
            Error::Taken { .. } => Spoilt::Taken,
            Error::Unavailable => Spoilt::Lost,
            Error::Full => Spoilt::Full,
            Error::Disk { .. } => Spoilt::Disk,
            // "Cached plan must not change result type": another server has migrated meanwhile.
            Error::Database { code, .. } if code == "0A000" => Spoilt::Lost,
            _ => Spoilt::Failed,
        }
    }
}

pub(crate) enum Link<'a> {
    Sqlite { conn: &'a rusqlite::Connection, deadline: &'a Deadline },
    Postgres { client: &'a mut postgres::Client, prepared: &'a mut HashMap<Sql, postgres::Statement> },
}

/// A transaction. The closure given to [`crate::Store::read`] or [`crate::Store::write`] gets one; it begins and ends
/// outside of the closure, so nothing can be half kept.
pub struct Tx<'a> {
    pub(crate) link: Link<'a>,
    pub(crate) strand: &'a mut Strand,
    pub(crate) mode: Mode,
    pub(crate) spoilt: Option<Spoilt>,
    /// A key was thrown away: after the commit its old bytes must go from the disk too.
    pub(crate) scrub: bool,
}

impl Tx<'_> {
    /// Runs a statement; answers how many rows it changed.
    pub(crate) fn exec(&mut self, sql: Sql, params: &[Value]) -> Result<u64> {
        self.sound()?;
        let done = match &mut self.link {
            Link::Sqlite { conn, deadline } => (|| {
                deadline.start();
                let mut statement = conn.prepare_cached(sql.0)?;
                bind(&mut statement, params)?;
                // A statement with RETURNING gives rows even when nobody reads them.
                if statement.column_count() > 0 {
                    let mut rows = statement.raw_query();
                    let mut count = 0;
                    while rows.next()?.is_some() {
                        count += 1;
                    }
                    return Ok(count);
                }
                Ok(statement.raw_execute()? as u64)
            })(),
            Link::Postgres { client, prepared } => (|| {
                let statement = prepare(client, prepared, sql)?;
                Ok(client.execute(&statement, &refs(params))?)
            })(),
        };
        self.noted(done)
    }

    /// Every row, in the statement's order.
    pub(crate) fn all<T>(
        &mut self,
        sql: Sql,
        params: &[Value],
        mut row: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.rows(sql, params, |found| {
            all.push(row(found)?);
            Ok(true)
        })?;
        Ok(all)
    }

    /// The first row, if there is one.
    pub(crate) fn opt<T>(
        &mut self,
        sql: Sql,
        params: &[Value],
        mut row: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut first = None;
        self.rows(sql, params, |found| {
            first = Some(row(found)?);
            Ok(false)
        })?;
        Ok(first)
    }

    /// The first row; [`Error::NotFound`] when there is none.
    pub(crate) fn one<T>(
        &mut self,
        sql: Sql,
        params: &[Value],
        row: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.opt(sql, params, row)?.ok_or(Error::NotFound)
    }

    /// Each row in turn, until `more` says that it wants no other.
    pub(crate) fn rows(
        &mut self,
        sql: Sql,
        params: &[Value],
        mut more: impl FnMut(&Row<'_>) -> Result<bool>,
    ) -> Result<()> {
        self.sound()?;
        // What the caller's closure says about a row is its own affair and leaves the transaction sound.
        let mut own = Ok(());
        let done = match &mut self.link {
            Link::Sqlite { conn, deadline } => (|| {
                deadline.start();
                let mut statement = conn.prepare_cached(sql.0)?;
                bind(&mut statement, params)?;
                // A changing statement must run to its end even when only the first row is wanted.
                let to_end = !statement.readonly();
                let mut rows = statement.raw_query();
                let mut wanted = true;
                while let Some(row) = rows.next()? {
                    if wanted {
                        match more(&Row::new(RowKind::Sqlite(row))) {
                            Ok(again) => wanted = again,
                            Err(error) => {
                                own = Err(error);
                                wanted = false;
                            }
                        }
                    }
                    if !wanted && !to_end {
                        break;
                    }
                }
                Ok(())
            })(),
            Link::Postgres { client, prepared } => (|| {
                use postgres::fallible_iterator::FallibleIterator;
                let statement = prepare(client, prepared, sql)?;
                let mut rows = client.query_raw(&statement, refs(params))?;
                let mut wanted = true;
                while let Some(row) = rows.next()? {
                    if wanted {
                        match more(&Row::new(RowKind::Postgres(&row))) {
                            Ok(again) => wanted = again,
                            Err(error) => {
                                own = Err(error);
                                wanted = false;
                            }
                        }
                    }
                }
                Ok(())
            })(),
        };
        self.noted(done)?;
        own
    }

    /// Checks a statement against the live schema without running it.
    #[cfg(test)]
    pub(crate) fn prepares(&mut self, sql: Sql) -> Result<()> {
        match &mut self.link {
            Link::Sqlite { conn, .. } => {
                conn.prepare(sql.0)?;
            }
            Link::Postgres { client, .. } => {
                client.prepare(sql.0)?;
            }
        }
        Ok(())
    }

    /// Runs a text of many statements with its type tokens (`{uuid}` and friends) replaced. For migrations.
    pub(crate) fn script(&mut self, text: &str) -> Result<()> {
        self.sound()?;
        let postgres = matches!(self.link, Link::Postgres { .. });
        let mut text = text.to_string();
        for (token, sqlite_type, postgres_type) in [
            ("{uuid}", "BLOB", "uuid"),
            ("{time}", "INTEGER", "timestamptz"),
            ("{text}", "TEXT", "text"),
            ("{bytes}", "BLOB", "bytea"),
            ("{bool}", "INTEGER", "boolean"),
            ("{int}", "INTEGER", "bigint"),
            ("{strict}", "STRICT", ""),
            ("{uuid_bytes}", "", "uuid_send"),
            ("{find_bytes}", "instr", "pg_catalog.position"),
        ] {
            text = text.replace(token, if postgres { postgres_type } else { sqlite_type });
        }
        let done = match &mut self.link {
            Link::Sqlite { conn, deadline } => {
                deadline.lift();
                conn.execute_batch(&text).map_err(Error::from)
            }
            Link::Postgres { client, .. } => client.batch_execute(&text).map_err(Error::from),
        };
        self.noted(done)
    }

    /// For work that takes its time, in a house that nobody waits in: no limit for a statement, and room to sort.
    pub(crate) fn at_leisure(&mut self) -> Result<()> {
        match self.link {
            Link::Sqlite { .. } => self.script("PRAGMA cache_size = -262144;"),
            Link::Postgres { .. } => self.script("SET LOCAL statement_timeout = 0"),
        }
    }

    /// After [`Tx::at_leisure`].
    pub(crate) fn in_haste(&mut self) -> Result<()> {
        match self.link {
            Link::Sqlite { .. } => self.script("PRAGMA cache_size = -16000; PRAGMA shrink_memory;"),
            Link::Postgres { .. } => Ok(()),
        }
    }

    /// Is this transaction one that may only read?
    pub(crate) fn is_read(&self) -> bool {
        self.mode == Mode::Read
    }

    fn sound(&self) -> Result<()> {
        if self.spoilt.is_some() { Err(Error::Spoilt) } else { Ok(()) }
    }

    fn noted<T>(&mut self, done: Result<T>) -> Result<T> {
        if let Err(error) = &done {
            self.spoilt.get_or_insert(Spoilt::by(error));
        }
        done
    }
}

/// Whether a commit of this connection is on disk when it is answered.
pub(crate) fn flushes(tx: &mut Tx<'_>) -> Result<()> {
    if let Link::Sqlite { conn, .. } = &tx.link {
        let level: i64 = conn.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
        return if level >= 2 { Ok(()) } else { Err(Error::Careless("SQLite does not flush".into())) };
    }
    // Of PostgreSQL's own, so it is not among the statements that both databases know.
    let settings = "SELECT current_setting('fsync') AS flush, current_setting('full_page_writes') AS pages,
                           current_setting('synchronous_commit') AS commits";
    let (flush, pages, commits) = tx.one(Sql::new(settings), &[], |row| {
        Ok((row.get::<String>("flush")?, row.get::<String>("pages")?, row.get::<String>("commits")?))
    })?;
    if flush != "on" {
        return Err(Error::Careless(
            "PostgreSQL runs with fsync = off: when its machine stops, it loses what was answered. Set fsync = on in its \
             postgresql.conf, and start it again"
                .into(),
        ));
    }
    if commits != "on" && commits != "remote_apply" {
        return Err(Error::Careless(format!(
            "PostgreSQL answers before it has flushed (synchronous_commit = {commits}), though it was asked not to"
        )));
    }
    if pages != "on" {
        tracing::warn!(
            "PostgreSQL runs with full_page_writes = off. That is safe only on a disk that never writes half a page"
        );
    }
    Ok(())
}

fn refs(params: &[Value]) -> Vec<&(dyn postgres::types::ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn postgres::types::ToSql + Sync)).collect()
}

fn prepare(
    client: &mut postgres::Client,
    prepared: &mut HashMap<Sql, postgres::Statement>,
    sql: Sql,
) -> Result<postgres::Statement> {
    if let Some(statement) = prepared.get(&sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(sql.0)?;
    prepared.insert(sql, statement.clone());
    Ok(statement)
}

/// The names of parameters: no statement has more.
const PARAMETERS: [&str; 32] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16",
    "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28", "$29", "$30", "$31",
    "$32",
];

/// SQLite numbers `$2` by where it first appears, PostgreSQL by its digit: bind by name, so that both agree. A value
/// too many or too few is refused, as PostgreSQL does by itself; SQLite would read a missing one as empty.
fn bind(statement: &mut rusqlite::Statement<'_>, params: &[Value]) -> Result<()> {
    let count = statement.parameter_count();
    for (at, value) in params.iter().enumerate() {
        let name = PARAMETERS.get(at).copied().unwrap_or_default();
        let Some(index) = statement.parameter_index(name)? else {
            return Err(miscounted(count, params.len()));
        };
        // PostgreSQL keeps no zero bytes in text; what one database refuses, the other does too.
        if matches!(value, Value::Text(text) if text.contains('\0')) {
            return Err(Error::Constraint { what: "text with a zero byte".into() });
        }
        statement.raw_bind_parameter(index, value)?;
    }
    if count == params.len() { Ok(()) } else { Err(miscounted(count, params.len())) }
}

fn miscounted(wanted: usize, given: usize) -> Error {
    Error::Database {
        code: "driver".into(),
        what: format!("the statement has {wanted} parameters, {given} values were given"),
    }
}
