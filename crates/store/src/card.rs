//! Cards that open a few words to strangers: kept by the hash of their code.

use crate::db::{Row, Tx, params, sql};
use crate::error::Result;
use jiff::Timestamp;
use porchlight_practice::id::{CardId, DocumentId, PersonId, ProgrammeId};

/// A card.
#[derive(Debug, Clone)]
pub struct CardRow {
    /// Its id.
    pub id: CardId,
    /// In which programme it was made.
    pub programme: ProgrammeId,
    /// Whose.
    pub person: PersonId,
    /// Of which document.
    pub document: DocumentId,
    /// The hash of the code.
    pub code_hash: Vec<u8>,
    /// The sealed code, so that it can be printed again.
    pub code: Vec<u8>,
    /// The sections it opens, by name.
    pub sections: Vec<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was switched off.
    pub off_at: Option<Timestamp>,
}

fn card(row: &Row<'_>) -> Result<CardRow> {
    let sections: String = row.get("sections")?;
    Ok(CardRow {
        id: CardId(row.get("id")?),
        programme: ProgrammeId(row.get("programme")?),
        person: PersonId(row.get("person")?),
        document: DocumentId(row.get("document")?),
        code_hash: row.get("code_hash")?,
        code: row.get("code")?,
        sections: sections.split_whitespace().map(str::to_owned).collect(),
        made_at: row.get("made_at")?,
        off_at: row.get("off_at")?,
    })
}

/// Adds a card.
pub fn insert(tx: &mut Tx<'_>, new: &CardRow) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO card (id, programme, person, document, code_hash, code, sections, made_at, off_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            new.id.0,
            new.programme.0,
            new.person.0,
            new.document.0,
            new.code_hash.clone(),
            new.code.clone(),
            new.sections.join(" "),
            new.made_at,
            new.off_at
        ],
    )?;
    Ok(())
}

/// Switches a card of this person off. Twice changes nothing.
pub fn switch_off(tx: &mut Tx<'_>, id: CardId, person: PersonId, at: Timestamp) -> Result<()> {
    tx.exec(
        sql!("UPDATE card SET off_at = $3 WHERE id = $1 AND person = $2 AND off_at IS NULL"),
        params![id.0, person.0, at],
    )?;
    Ok(())
}

/// The card of a code, if it is on.
pub fn by_code(tx: &mut Tx<'_>, code_hash: &[u8]) -> Result<Option<CardRow>> {
    tx.opt(
        sql!(
            "SELECT id, programme, person, document, code_hash, code, sections, made_at, off_at FROM card \
              WHERE code_hash = $1 AND off_at IS NULL"
        ),
        params![code_hash.to_vec()],
        card,
    )
}

/// Every card of a document, the newest first.
pub fn of_document(tx: &mut Tx<'_>, document: DocumentId) -> Result<Vec<CardRow>> {
    tx.all(
        sql!(
            "SELECT id, programme, person, document, code_hash, code, sections, made_at, off_at FROM card \
              WHERE document = $1 ORDER BY made_at DESC, id DESC"
        ),
        params![document.0],
        card,
    )
}

/// Forgets every card of a document.
pub fn forget_of(tx: &mut Tx<'_>, document: DocumentId) -> Result<()> {
    tx.exec(sql!("DELETE FROM card WHERE document = $1"), params![document.0])?;
    Ok(())
}
