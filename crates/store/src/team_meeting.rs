//! Meetings of a person's team, sealed under the person's key.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, PersonId, ProgrammeId, TeamMeetingId};

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMeetingRow {
    /// Its id.
    pub id: TeamMeetingId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// About whom.
    pub person: PersonId,
    /// When it begins.
    pub at: Timestamp,
    /// Whether nobody wrote yet what came of it, and it was not called off.
    pub open: bool,
    /// Sealed.
    pub body: Vec<u8>,
    /// Counts changes, from 1.
    pub version: i64,
}

fn meeting(row: &Row<'_>) -> Result<TeamMeetingRow> {
    Ok(TeamMeetingRow {
        id: TeamMeetingId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        at: row.get("at")?,
        open: row.get("open")?,
        body: row.get("body")?,
        version: row.get("version")?,
    })
}

/// Adds one.
pub fn insert(tx: &mut Tx<'_>, new: &TeamMeetingRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO team_meeting (id, programme, person, at, open, body, version) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.at,
            new.open,
            new.body.clone(),
            new.version
        ],
    )?;
    Ok(())
}

/// Writes one over. `false` when somebody else did since its version.
pub fn change(tx: &mut Tx<'_>, new: &TeamMeetingRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE team_meeting SET at = $2, open = $3, body = $4, version = version + 1 WHERE id = $1 AND version = $5"
        ),
        params![new.id.0, new.at, new.open, new.body.clone(), new.version],
    )?;
    Ok(rows == 1)
}

/// One meeting.
pub fn get(tx: &mut Tx<'_>, id: TeamMeetingId) -> Result<Option<TeamMeetingRow>> {
    tx.opt(
        sql!("SELECT id, programme, person, at, open, body, version FROM team_meeting WHERE id = $1"),
        params![id.0],
        meeting,
    )
}

/// The last ones of a person, the newest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, most: i64) -> Result<Vec<TeamMeetingRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, at, open, body, version FROM team_meeting \
              WHERE person = $1 ORDER BY at DESC, id DESC LIMIT $2"
        ),
        params![person.0, most],
        meeting,
    )
}

/// The open ones of everybody with whom somebody walks, the soonest first.
pub fn open_of_peer(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    peer: AccountId,
    most: i64,
) -> Result<Vec<TeamMeetingRow>> {
    tx.all(
        sql!(
            "SELECT m.id, m.programme, m.person, m.at, m.open, m.body, m.version FROM support s \
              JOIN team_meeting m ON m.person = s.person \
              WHERE s.peer = $1 AND s.walking = $2 AND m.programme = $3 AND m.open = $2 ORDER BY m.at, m.id LIMIT $4"
        ),
        params![peer.0, true, programme.0, most],
        meeting,
    )
}
