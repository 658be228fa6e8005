//! What can go wrong in the store, in words that name no person and hold no data.

/// Everything the store can refuse or fail at.
///
/// Messages never hold a value from a row: they end in logs.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too much is waiting, or another process holds the database. Nothing was kept; trying again is right (503).
    #[error("the store is busy; nothing was changed, please try again in a moment")]
    Busy,
    /// The database can't be reached. If this answers a write, it may or may not have been kept: send the
    /// same command again, its id makes that safe.
    #[error("the database can't be reached just now")]
    Unavailable,
    /// Somebody changed the record since it was read.
    #[error("this was changed by someone else in the meantime")]
    Stale,
    /// No such row.
    #[error("there is no such record")]
    NotFound,
    /// A statement ran longer than [`crate::Options::statement_limit`] and was stopped.
    #[error("the database needed too long for this and stopped")]
    TooSlow,
    /// No room on the disk. Nothing was kept.
    #[error("the disk is full; nothing was changed")]
    Full,
    /// The disk, or what stands for one, failed to write or to flush. Nothing was kept.
    #[error("the disk did not keep what was written ({what}); nothing was changed")]
    Disk {
        /// SQLite's extended code, or what the database says.
        what: String,
    },
    /// A row with this unique key exists already; `what` names the constraint.
    #[error("it is already there ({what})")]
    Taken {
        /// The constraint, or the columns, as the database names them.
        what: String,
    },
    /// A row broke another rule of the schema; `what` names it.
    #[error("the database refused a row ({what})")]
    Constraint {
        /// The constraint as the database names it.
        what: String,
    },
    /// The file or the server's storage is damaged.
    #[error("the database is damaged ({what}); stop the program, keep the file, and restore the last backup")]
    Corrupt {
        /// What was found.
        what: String,
    },
    /// The file or the server holds something that Porchlight did not make.
    #[error("this database belongs to another program; Porchlight leaves it alone")]
    NotOurs,
    /// Invented rows were to be put where somebody may be real.
    #[error("nobody is invented in a database that was not made for invented people")]
    NotInvented,
    /// A newer program has already worked with this database.
    #[error(
        "this database is at schema {found}, but this program only knows schemas up to {known}; \
         use the newer program, or restore a backup made before the upgrade"
    )]
    Newer {
        /// The newest migration in the database.
        found: i64,
        /// The newest migration this program has.
        known: i64,
    },
    /// A migration that was applied differs from the one in this program, or could not be applied.
    #[error("migration {number} {why}")]
    Migration {
        /// Which one.
        number: i64,
        /// What is wrong with it.
        why: String,
    },
    /// An address that can't be used; says what would be right.
    #[error("{0}")]
    Address(String),
    /// The database can't be opened.
    #[error("the database can't be opened: {0}")]
    Open(String),
    /// The PostgreSQL on another machine can't be spoken to in private.
    #[error(
        "PostgreSQL does not speak TLS, or no authority that is known here vouches for its name; set `ssl = on` there, and name \
         its authority in the address (`sslrootcert=/path/to/ca.pem`)"
    )]
    Unencrypted,
    /// The database is set up to lose what it answered; says what to set.
    #[error("{0}")]
    Careless(String),
    /// A copy that can't be written, read or restored; says why, and what to do.
    #[error("{0}")]
    Copy(String),
    /// A column is missing, empty or of another type than asked for.
    #[error("column `{column}` is not {wanted}")]
    Column {
        /// Its name.
        column: String,
        /// The type asked for.
        wanted: &'static str,
    },
    /// Sealed text that doesn't open: damaged, moved from its place, or sealed under another key.
    #[error("a sealed text does not open where it lies")]
    Sealed,
    /// The owner has no key.
    #[error("there is no key for this record")]
    NoKey,
    /// The owner's key was thrown away; what it sealed is gone for good.
    #[error("this record was forgotten, and can't be opened again")]
    Forgotten,
    /// The key ring lacks the key, or can't be read.
    #[error("key ring: {0}")]
    KeyRing(String),
    /// The file of signed heads can't be read or written.
    #[error("signed heads: {0}")]
    Heads(String),
    /// The closure panicked. Nothing was kept.
    #[error("something went wrong inside; nothing was changed")]
    Panicked,
    /// A write was tried where only reading is allowed.
    #[error("this part of the program may only read")]
    ReadOnly,
    /// A statement failed earlier in the transaction and the failure was swallowed. Nothing was kept.
    #[error("an earlier step failed, so nothing was changed")]
    Spoilt,
    /// Two transactions got in each other's way. The store tries again by itself; this is seen only inside.
    #[error("two changes got in each other's way")]
    Crossed,
    /// Anything else a database reports.
    #[error("database error {code} ({what})")]
    Database {
        /// SQLSTATE, or SQLite's extended code.
        code: String,
        /// The statement or schema part it names, never a value.
        what: String,
    },
}

/// The store's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode as Code;
        match error {
            rusqlite::Error::SqliteFailure(failure, message) => {
                let what = message.unwrap_or_default();
                match failure.code {
                    Code::DatabaseBusy | Code::DatabaseLocked => Error::Busy,
                    Code::OperationInterrupted => Error::TooSlow,
                    Code::DiskFull => Error::Full,
                    Code::SystemIoFailure => {
                        Error::Disk { what: format!("{what}, code {}", failure.extended_code) }
                    }
                    Code::DatabaseCorrupt => Error::Corrupt { what },
                    Code::NotADatabase => Error::Corrupt { what: "the file is not a database".into() },
                    Code::ReadOnly => Error::ReadOnly,
                    Code::CannotOpen => {
                        Error::Open("the file can't be opened for reading and writing".into())
                    }
                    Code::ConstraintViolation => match failure.extended_code {
                        rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
                        | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY => Error::Taken { what },
                        _ => Error::Constraint { what },
                    },
                    _ => Error::Database { code: failure.extended_code.to_string(), what },
                }
            }
            rusqlite::Error::InvalidColumnName(column) => Error::Column { column, wanted: "in the answer" },
            rusqlite::Error::SqlInputError { error, msg, .. } => {
                Error::Database { code: error.extended_code.to_string(), what: msg }
            }
            // The rest are mistakes in how the driver is called; their text may hold values.
            _ => Error::Database { code: "driver".into(), what: "the SQLite driver refused".into() },
        }
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Error {
        let Some(db) = error.as_db_error() else {
            // Without an answer from the server, either the connection is gone or a value did not fit a type.
            let text = error.to_string();
            return if text.starts_with("error serializing")
                || text.starts_with("error deserializing")
                || text.starts_with("invalid column")
                || text.contains("number of")
            {
                Error::Database { code: "driver".into(), what: text }
            } else {
                Error::Unavailable
            };
        };
        let code = db.code().code();
        let named = || {
            let parts: Vec<&str> = [db.table(), db.column(), db.constraint()].into_iter().flatten().collect();
            parts.join(", ")
        };
        match code {
            "40001" | "40P01" => Error::Crossed,
            "57014" => Error::TooSlow,
            "53100" => Error::Full,
            "23505" => Error::Taken { what: named() },
            "25006" => Error::ReadOnly,
            "25P02" => Error::Spoilt,
            "55P03" => Error::Busy,
            "58030" => Error::Disk { what: "the server reports an input or output error".into() },
            "22021" => Error::Constraint { what: "text with a zero byte".into() },
            "XX001" | "XX002" => Error::Corrupt { what: "the server reports damaged storage".into() },
            _ if code.starts_with("23") => Error::Constraint { what: named() },
            _ if code.starts_with("08") || code.starts_with("57P") || code.starts_with("53") => {
                Error::Unavailable
            }
            // Faults in a statement's text: the message quotes the statement, and statements hold no values.
            _ if code.starts_with("42") => Error::Database { code: code.into(), what: db.message().into() },
            _ => Error::Database { code: code.into(), what: named() },
        }
    }
}
