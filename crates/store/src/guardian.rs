//! When young people were born, sealed under their keys. Who stands up for them is a membership ([`crate::account`]).

use crate::db::{Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::PersonId;

/// Keeps when somebody was born, in place of what was kept before.
pub fn say_birth(tx: &mut Tx<'_>, person: PersonId, body: &[u8], at: Timestamp) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO birth (person, body, at) VALUES ($1, $2, $3) \
              ON CONFLICT (person) DO UPDATE SET body = excluded.body, at = excluded.at"
        ),
        params![person.0, body.to_vec(), at],
    )?;
    Ok(())
}

/// When somebody was born, as it was sealed, if it was ever written down.
pub fn birth(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Vec<u8>>> {
    tx.opt(sql!("SELECT body FROM birth WHERE person = $1"), params![person.0], |row| row.get("body"))
}
