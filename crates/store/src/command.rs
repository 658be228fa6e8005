//! Commands already done. A command carries the id its maker gave it, so sending it twice does it once.

use crate::db::{Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use uuid::Uuid;

/// A command on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The id its maker gave it.
    pub id: Uuid,
    /// Whose it is; none before anybody is signed in.
    pub actor: Option<Uuid>,
    /// What it does. Empty for a person's own corner, which leaves no such trace.
    pub action: String,
    /// SHA-256 of what was sent.
    pub body_hash: [u8; 32],
}

/// What the store knows of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// Never seen: do it.
    New,
    /// Done already: give this answer again.
    Same(Vec<u8>),
    /// The id was used by somebody else or for something else: refuse, without saying which.
    Other,
}

/// Looks whether a command was done already.
///
/// # Errors
/// The database's.
pub fn find(tx: &mut Tx<'_>, command: &Command) -> Result<Before> {
    let found = tx.opt(
        sql!("SELECT actor, action, body_hash, answer FROM command WHERE id = $1"),
        params![command.id],
        |row| {
            let same = row.get::<Option<Uuid>>("actor")? == command.actor
                && row.get::<String>("action")? == command.action
                && row.get::<Vec<u8>>("body_hash")? == command.body_hash;
            Ok(if same { Before::Same(row.get("answer")?) } else { Before::Other })
        },
    )?;
    Ok(found.unwrap_or(Before::New))
}

/// Keeps a command with its answer, in the transaction that does it. Kept for ever.
///
/// # Errors
/// [`crate::Error::Taken`] when the id is there already; ask [`find`] first.
pub fn put(tx: &mut Tx<'_>, command: &Command, answer: &[u8], at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO command (id, actor, action, body_hash, answer, at) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![command.id, command.actor, &command.action, command.body_hash, answer, at],
    )?;
    Ok(())
}
