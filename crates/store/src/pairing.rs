//! People who meet: what each shares, what was gone through with those who are there for others, and the two.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{PairingId, PersonId, ProgrammeId};
use uuid::Uuid;

/// What somebody shares.
#[derive(Debug, Clone)]
pub struct OfferRow {
    /// In which programme.
    pub programme: ProgrammeId,
    /// Whose: a person's record, or the account of somebody who works there.
    pub whose: Uuid,
    /// Whether they work there.
    pub works: bool,
    /// Sealed under their own key.
    pub body: Vec<u8>,
    /// When it was written.
    pub at: Timestamp,
    /// Counts changes; 0 for a first one.
    pub version: i64,
}

fn offer_row(row: &Row<'_>) -> Result<OfferRow> {
    Ok(OfferRow {
        programme: ProgrammeId(row.get("programme")?),
        whose: row.get("whose")?,
        works: row.get("works")?,
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Keeps what somebody shares. `false` when it was written since `version`.
pub fn keep_offer(tx: &mut Tx<'_>, new: &OfferRow) -> Result<bool> {
    let rows = if new.version == 0 {
        tx.exec(
            sql!(
                "INSERT INTO offer (programme, whose, works, body, at, version) VALUES ($1, $2, $3, $4, $5, 1) \
                  ON CONFLICT (programme, whose) DO NOTHING"
            ),
            params![new.programme.0, new.whose, new.works, new.body.clone(), new.at],
        )?
    } else {
        tx.exec(
            sql!(
                "UPDATE offer SET body = $3, at = $4, version = version + 1 \
                  WHERE programme = $1 AND whose = $2 AND version = $5"
            ),
            params![new.programme.0, new.whose, new.body.clone(), new.at, new.version],
        )?
    };
    Ok(rows == 1)
}

/// Takes it away.
pub fn forget_offer(tx: &mut Tx<'_>, programme: ProgrammeId, whose: Uuid) -> Result<()> {
    tx.exec(sql!("DELETE FROM offer WHERE programme = $1 AND whose = $2"), params![programme.0, whose])?;
    Ok(())
}

/// What somebody shares.
pub fn offer(tx: &mut Tx<'_>, programme: ProgrammeId, whose: Uuid) -> Result<Option<OfferRow>> {
    tx.opt(
        sql!(
            "SELECT programme, whose, works, body, at, version FROM offer WHERE programme = $1 AND whose = $2"
        ),
        params![programme.0, whose],
        offer_row,
    )
}

/// What everybody shares, of the people or of those who work there.
pub fn offers(tx: &mut Tx<'_>, programme: ProgrammeId, works: bool) -> Result<Vec<OfferRow>> {
    tx.all(
        sql!(
            "SELECT programme, whose, works, body, at, version FROM offer WHERE programme = $1 AND works = $2 \
              ORDER BY whose"
        ),
        params![programme.0, works],
        offer_row,
    )
}

/// What was gone through with somebody: sealed, and how often it changed.
pub fn mentor(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<(Vec<u8>, i64)>> {
    tx.opt(sql!("SELECT body, version FROM mentor WHERE person = $1"), params![person.0], |row| {
        Ok((row.get("body")?, row.get("version")?))
    })
}

/// Keeps what was gone through with somebody. `false` when it was written since `version`, which is 0 for a first one.
pub fn keep_mentor(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    person: PersonId,
    body: &[u8],
    at: Timestamp,
    version: i64,
) -> Result<bool> {
    let rows = if version == 0 {
        tx.exec(
            sql!(
                "INSERT INTO mentor (person, programme, body, at, version) VALUES ($1, $2, $3, $4, 1) \
                  ON CONFLICT (person) DO NOTHING"
            ),
            params![person.0, programme.0, body.to_vec(), at],
        )?
    } else {
        tx.exec(
            sql!("UPDATE mentor SET body = $2, at = $3, version = version + 1 WHERE person = $1 AND version = $4"),
            params![person.0, body.to_vec(), at, version],
        )?
    };
    Ok(rows == 1)
}

/// Two people.
#[derive(Debug, Clone)]
pub struct PairingRow {
    /// Its id.
    pub id: PairingId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Who was looking for somebody.
    pub asker: PersonId,
    /// Who is there for somebody.
    pub other: PersonId,
    /// Whether it goes on.
    pub is_open: bool,
    /// Whether it began with a wish, and was not turned down at once.
    pub wished: bool,
    /// From which day on one of them has something to say (`2026-01-31`).
    pub due: Option<String>,
    /// For which of those days they were told.
    pub told: Option<String>,
    /// Sealed state.
    pub body: Vec<u8>,
    /// When it last changed.
    pub at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

fn pairing_row(row: &Row<'_>) -> Result<PairingRow> {
    Ok(PairingRow {
        id: PairingId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        asker: PersonId(row.get("asker")?),
        other: PersonId(row.get("other")?),
        is_open: row.get("is_open")?,
        wished: row.get("wished")?,
        due: row.get("due")?,
        told: row.get("told")?,
        body: row.get("body")?,
        at: row.get("at")?,
        version: row.get("version")?,
    })
}

/// Adds one.
pub fn insert(tx: &mut Tx<'_>, new: &PairingRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO pairing (id, programme, asker, other, is_open, wished, due, told, body, at, version) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.asker.0,
            new.other.0,
            new.is_open,
            new.wished,
            new.due.clone(),
            new.told.clone(),
            new.body.clone(),
            new.at
        ],
    )?;
    Ok(())
}

/// Keeps a changed state. `false` when somebody else changed it since `version`.
pub fn change(tx: &mut Tx<'_>, new: &PairingRow) -> Result<bool> {
    let rows = tx.exec(
        sql!(
            "UPDATE pairing SET is_open = $2, due = $3, told = $4, body = $5, at = $6, version = version + 1 \
              WHERE id = $1 AND version = $7"
        ),
        params![
            new.id.0,
            new.is_open,
            new.due.clone(),
            new.told.clone(),
            new.body.clone(),
            new.at,
            new.version
        ],
    )?;
    Ok(rows == 1)
}

/// One.
pub fn get(tx: &mut Tx<'_>, id: PairingId) -> Result<Option<PairingRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, asker, other, is_open, wished, due, told, body, at, version FROM pairing WHERE id = $1"
        ),
        params![id.0],
        pairing_row,
    )
}

/// All in which a person is one of the two, the newest first, those that are over among them.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PairingRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, asker, other, is_open, wished, due, told, body, at, version FROM pairing \
              WHERE asker = $1 OR other = $1 ORDER BY at DESC, id DESC"
        ),
        params![person.0],
        pairing_row,
    )
}

/// All of a programme that go on, the oldest first.
pub fn open_in(tx: &mut Tx<'_>, programme: ProgrammeId) -> Result<Vec<PairingRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, asker, other, is_open, wished, due, told, body, at, version FROM pairing \
              WHERE programme = $1 AND is_open = $2 ORDER BY at, id"
        ),
        params![programme.0, true],
        pairing_row,
    )
}

/// Those whose day came, of which nobody was told.
pub fn untold(tx: &mut Tx<'_>, day: &str) -> Result<Vec<PairingRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, asker, other, is_open, wished, due, told, body, at, version FROM pairing \
              WHERE is_open = $1 AND due <= $2 AND (told IS NULL OR told <> due) ORDER BY due, id LIMIT 100"
        ),
        params![true, day],
        pairing_row,
    )
}

/// Notes that they were told for this day.
pub fn told(tx: &mut Tx<'_>, id: PairingId, due: &str) -> Result<()> {
    tx.exec(sql!("UPDATE pairing SET told = $2 WHERE id = $1 AND due = $2"), params![id.0, due])?;
    Ok(())
}
