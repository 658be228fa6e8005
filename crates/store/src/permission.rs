//! Permissions to use measures of other owners, sealed under the programme's key.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::ProgrammeId;

/// A permission.
#[derive(Debug, Clone)]
pub struct PermissionRow {
    /// In which programme.
    pub programme: ProgrammeId,
    /// For which measure, by its name in packs.
    pub measure: String,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When it was recorded.
    pub at: Timestamp,
}

fn permission(row: &Row<'_>) -> Result<PermissionRow> {
    Ok(PermissionRow {
        programme: ProgrammeId(row.get("programme")?),
        measure: row.get("measure")?,
        body: row.get("body")?,
        at: row.get("at")?,
    })
}

/// Records a permission, in the place of an earlier one for the same measure.
pub fn put(tx: &mut Tx<'_>, new: &PermissionRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO permission (programme, measure, body, at) VALUES ($1, $2, $3, $4) \
              ON CONFLICT (programme, measure) DO UPDATE SET body = excluded.body, at = excluded.at"
        ),
        params![new.programme.0, &*new.measure, new.body.clone(), new.at],
    )?;
    Ok(())
}

/// Takes a permission away.
pub fn remove(tx: &mut Tx<'_>, programme: ProgrammeId, measure: &str) -> Result<()> {
    tx.exec(
        sql!("DELETE FROM permission WHERE programme = $1 AND measure = $2"),
        params![programme.0, measure],
    )?;
    Ok(())
}

/// The permissions of a programme.
pub fn of_programme(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Vec<PermissionRow>> {
    tx.all(
        sql!("SELECT programme, measure, body, at FROM permission WHERE programme = $1 ORDER BY measure"),
        params![programme.0],
        permission,
    )
}
