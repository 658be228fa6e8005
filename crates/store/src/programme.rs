//! Programmes, the packs they adopted, and who supervises whom in them.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, ProgrammeId};
use uuid::Uuid;

/// A programme.
#[derive(Debug, Clone)]
pub struct ProgrammeRow {
    /// Its id.
    pub id: ProgrammeId,
    /// Its name.
    pub name: String,
    /// The pack's id.
    pub pack: String,
    /// The time zone of the place (IANA name).
    pub zone: String,
    /// The programme's choices, as JSON.
    pub settings: String,
    /// Counts changes.
    pub version: i64,
}

fn programme(row: &Row<'_>) -> Result<ProgrammeRow> {
    Ok(ProgrammeRow {
        id: ProgrammeId(row.get("id")?),
        name: row.get("name")?,
        pack: row.get("pack")?,
        zone: row.get("zone")?,
        settings: row.get("settings")?,
        version: row.get("version")?,
    })
}

/// Adds a programme.
pub fn insert(tx: &mut Tx<'_>, new: &ProgrammeRow, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO programme (id, name, pack, zone, settings, opened_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        params![new.id.0, &*new.name, &*new.pack, &*new.zone, &*new.settings, at, new.version],
    )?;
    Ok(())
}

/// One programme.
pub fn get(tx: &mut Tx<'_>, id: ProgrammeId) -> Result<Option<ProgrammeRow>> {
    tx.opt(
        sql!("SELECT id, name, pack, zone, settings, version FROM programme WHERE id = $1"),
        params![id.0],
        programme,
    )
}

/// Every programme, by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<ProgrammeRow>> {
    tx.all(
        sql!("SELECT id, name, pack, zone, settings, version FROM programme ORDER BY name, id"),
        params![],
        programme,
    )
}

/// Keeps new choices. `false` when somebody else changed them since `version`.
pub fn change(tx: &mut Tx<'_>, id: ProgrammeId, name: &str, settings: &str, version: i64) -> Result<bool> {
    let rows = tx.exec(
        sql!("UPDATE programme SET name = $2, settings = $3, version = version + 1 WHERE id = $1 AND version = $4"),
        params![id.0, name, settings, version],
    )?;
    Ok(rows == 1)
}

/// Keeps a pack's exact text by its hash.
pub fn keep_pack(tx: &mut Tx<'_>, hash: &[u8; 32], pack: &str, bundle: &str, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO pack_text (hash, pack, bundle, stored_at) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING"),
        params![hash.to_vec(), pack, bundle, at],
    )?;
    Ok(())
}

/// The kept text of a pack.
pub fn pack_bundle(tx: &mut Tx<'_>, hash: &[u8]) -> Result<Option<String>> {
    tx.opt(sql!("SELECT bundle FROM pack_text WHERE hash = $1"), params![hash.to_vec()], |row| {
        row.get("bundle")
    })
}

/// A pack taken into use from a day.
#[derive(Debug, Clone)]
pub struct AdoptionRow {
    /// From which day (`2026-01-31`).
    pub from_day: String,
    /// Which text.
    pub pack_hash: Vec<u8>,
    /// Who adopted it.
    pub by: AccountId,
}

/// Adopts a pack from a day; a later word about the same day counts.
pub fn adopt(tx: &mut Tx<'_>, programme: ProgrammeId, new: &AdoptionRow, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("INSERT INTO adoption (programme, from_day, pack_hash, adopted_by, adopted_at) VALUES ($1, $2, $3, $4, $5) \
              ON CONFLICT (programme, from_day) DO UPDATE SET pack_hash = excluded.pack_hash, \
              adopted_by = excluded.adopted_by, adopted_at = excluded.adopted_at"),
        params![programme.0, &*new.from_day, new.pack_hash.clone(), new.by.0, at],
    )?;
    Ok(())
}

/// What a programme adopted, the newest day first.
pub fn adoptions(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Vec<AdoptionRow>> {
    tx.all(
        sql!(
            "SELECT from_day, pack_hash, adopted_by FROM adoption WHERE programme = $1 ORDER BY from_day DESC"
        ),
        params![programme.0],
        |row| {
            Ok(AdoptionRow {
                from_day: row.get("from_day")?,
                pack_hash: row.get("pack_hash")?,
                by: AccountId(row.get("adopted_by")?),
            })
        },
    )
}

/// Who supervises a peer specialist now, the one first named before those who supervise beside them.
pub fn supervisors_of(tx: &mut Tx<'_>, programme: ProgrammeId, peer: AccountId) -> Result<Vec<AccountId>> {
    tx.all(
        sql!("SELECT supervisor FROM supervision WHERE programme = $1 AND peer = $2 AND ended IS NULL ORDER BY beside, since"),
        params![programme.0, peer.0],
        |row| Ok(AccountId(row.get::<Uuid>("supervisor")?)),
    )
}

/// Who supervises somebody now, in whichever programme.
pub fn supervisors_anywhere(tx: &mut Tx<'_>, peer: AccountId) -> Result<Vec<AccountId>> {
    tx.all(
        sql!("SELECT DISTINCT supervisor FROM supervision WHERE peer = $1 AND ended IS NULL ORDER BY supervisor"),
        params![peer.0],
        |row| Ok(AccountId(row.get::<Uuid>("supervisor")?)),
    )
}

/// Who deputises for a supervisor now.
pub fn deputies_of(tx: &mut Tx<'_>, programme: ProgrammeId, supervisor: AccountId) -> Result<Vec<AccountId>> {
    tx.all(
        sql!("SELECT deputy FROM deputy WHERE programme = $1 AND supervisor = $2 AND ended IS NULL ORDER BY since"),
        params![programme.0, supervisor.0],
        |row| Ok(AccountId(row.get::<Uuid>("deputy")?)),
    )
}

/// Names the one who supervises a peer specialist from now on.
pub fn set_supervisor(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    peer: AccountId,
    supervisor: AccountId,
    at: Timestamp,
) -> Result<()> {
    let named = tx.opt(
        sql!(
            "SELECT supervisor FROM supervision WHERE programme = $1 AND peer = $2 AND ended IS NULL AND beside = $3"
        ),
        params![programme.0, peer.0, false],
        |row| Ok(AccountId(row.get::<Uuid>("supervisor")?)),
    )?;
    if named == Some(supervisor) {
        return Ok(());
    }
    for one in named.into_iter().chain([supervisor]) {
        end_one(tx, programme, peer, one, at)?;
    }
    name(tx, programme, peer, supervisor, at, false)
}

/// Keeps beside the roles of somebody here whether they lack who should stand behind them: whoever walks with people a
/// supervisor or a deputy, since what a supervisor writes themself goes to their deputy; whoever supervises a deputy.
pub(crate) fn note_cover(tx: &mut Tx<'_>, programme: ProgrammeId, account: AccountId) -> Result<()> {
    let deputised = !deputies_of(tx, programme, account)?.is_empty();
    let supervised = !supervisors_of(tx, programme, account)?.is_empty();
    for role in crate::account::memberships(tx, account)? {
        if role.programme == Some(programme) {
            let uncovered =
                !deputised && (role.role == Role::Supervisor || role.role.is_peer() && !supervised);
            crate::account::set_uncovered(tx, role.id, uncovered)?;
        }
    }
    Ok(())
}

fn name(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    peer: AccountId,
    supervisor: AccountId,
    at: Timestamp,
    beside: bool,
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO supervision (programme, peer, supervisor, since, beside) VALUES ($1, $2, $3, $4, $5)"
        ),
        params![programme.0, peer.0, supervisor.0, at, beside],
    )?;
    note_cover(tx, programme, peer)
}

/// Somebody supervises a peer specialist no more. Ending what has ended changes nothing.
pub fn end_one(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    peer: AccountId,
    supervisor: AccountId,
    at: Timestamp,
) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE supervision SET ended = $4 WHERE programme = $1 AND peer = $2 AND supervisor = $3 AND ended IS NULL"
        ),
        params![programme.0, peer.0, supervisor.0, at],
    )?;
    note_cover(tx, programme, peer)
}

/// Names somebody who supervises a peer specialist beside whoever does already, such as one at a host site.
pub fn add_supervisor(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    peer: AccountId,
    supervisor: AccountId,
    at: Timestamp,
) -> Result<()> {
    if !supervisors_of(tx, programme, peer)?.contains(&supervisor) {
        name(tx, programme, peer, supervisor, at, true)?;
    }
    Ok(())
}

/// Names the one who deputises for a supervisor from now on.
pub fn set_deputy(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    supervisor: AccountId,
    deputy: AccountId,
    at: Timestamp,
) -> Result<()> {
    if deputies_of(tx, programme, supervisor)? == [deputy] {
        return Ok(());
    }
    tx.exec(
        sql!("UPDATE deputy SET ended = $3 WHERE programme = $1 AND supervisor = $2 AND ended IS NULL"),
        params![programme.0, supervisor.0, at],
    )?;
    tx.exec(
        sql!("INSERT INTO deputy (programme, supervisor, deputy, since) VALUES ($1, $2, $3, $4)"),
        params![programme.0, supervisor.0, deputy.0, at],
    )?;
    note_cover(tx, programme, supervisor)
}

/// Somebody who left supervises nobody any more, stands in for nobody, and has no deputy.
pub fn end_supervising(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    supervisor: AccountId,
    at: Timestamp,
) -> Result<()> {
    let touched = left_by(tx, programme, supervisor)?;
    tx.exec(
        sql!("UPDATE supervision SET ended = $3 WHERE programme = $1 AND supervisor = $2 AND ended IS NULL"),
        params![programme.0, supervisor.0, at],
    )?;
    tx.exec(
        sql!("UPDATE deputy SET ended = $3 WHERE programme = $1 AND (supervisor = $2 OR deputy = $2) AND ended IS NULL"),
        params![programme.0, supervisor.0, at],
    )?;
    for one in touched.into_iter().chain([supervisor]) {
        note_cover(tx, programme, one)?;
    }
    Ok(())
}

/// Whom somebody supervises here, and for whom they stand in.
fn left_by(tx: &mut Tx<'_>, programme: ProgrammeId, supervisor: AccountId) -> Result<Vec<AccountId>> {
    tx.all(
        sql!(
            "SELECT peer AS left_by FROM supervision WHERE supervisor = $2 AND programme = $1 AND ended IS NULL \
              UNION SELECT supervisor AS left_by FROM deputy WHERE deputy = $2 AND programme = $1 AND ended IS NULL"
        ),
        params![programme.0, supervisor.0],
        |row| Ok(AccountId(row.get::<Uuid>("left_by")?)),
    )
}

/// Somebody who left is supervised by nobody any more.
pub fn end_supervised(tx: &mut Tx<'_>, programme: ProgrammeId, peer: AccountId, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("UPDATE supervision SET ended = $3 WHERE programme = $1 AND peer = $2 AND ended IS NULL"),
        params![programme.0, peer.0, at],
    )?;
    note_cover(tx, programme, peer)
}

/// In a statement, the peers of whom [`supervises`] is true: `$1` is the programme, `$2` the supervisor. Each part is found by an
/// index of theirs.
macro_rules! team {
    () => {
        "SELECT v.peer FROM supervision v WHERE v.supervisor = $2 AND v.programme = $1 AND v.ended IS NULL UNION ALL \
          SELECT v.peer FROM deputy d JOIN supervision v ON v.supervisor = d.supervisor WHERE d.deputy = $2 AND \
           d.programme = $1 AND d.ended IS NULL AND v.programme = $1 AND v.ended IS NULL UNION ALL \
          SELECT d.supervisor FROM deputy d WHERE d.deputy = $2 AND d.programme = $1 AND d.ended IS NULL"
    };
}
pub(crate) use team;

/// Whether `actor` supervises `peer` here, or deputises for whoever does, or for `peer`: what a supervisor writes themself
/// goes to their deputy.
pub fn supervises(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    actor: AccountId,
    peer: AccountId,
) -> Result<bool> {
    if actor == peer {
        return Ok(false);
    }
    Ok(tx
        .opt(
            sql!("SELECT 1 AS yes FROM supervision s WHERE s.programme = $1 AND s.peer = $3 AND s.ended IS NULL AND \
                  (s.supervisor = $2 OR EXISTS (SELECT 1 FROM deputy d WHERE d.programme = $1 AND \
                   d.supervisor = s.supervisor AND d.deputy = $2 AND d.ended IS NULL)) \
                  UNION SELECT 1 AS yes FROM deputy d WHERE d.programme = $1 AND d.supervisor = $3 AND d.deputy = $2 \
                   AND d.ended IS NULL LIMIT 1"),
            params![programme.0, actor.0, peer.0],
            |_| Ok(()),
        )?
        .is_some())
}

/// Those whom somebody supervises here, or as a deputy; and whom they deputise for.
pub fn supervised_by(tx: &mut Tx<'_>, programme: ProgrammeId, actor: AccountId) -> Result<Vec<AccountId>> {
    let mut found =
        tx.all(sql!(team!()), params![programme.0, actor.0], |row| Ok(AccountId(row.get::<Uuid>("peer")?)))?;
    found.retain(|one| *one != actor);
    found.sort();
    found.dedup();
    Ok(found)
}
