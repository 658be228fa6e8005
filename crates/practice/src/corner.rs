//! Somebody's own corner: what a peer specialist writes for themself alone. It belongs to the human and not to the job.
//!
//! It is one value. Whoever keeps it seals the whole of it, so that nothing shows how many papers are in it, which tools
//! they are, or when one was written in.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::account::{PASSWORD_LIMIT, PasswordFault};
use crate::code::Code;
use crate::document::{Answer, AnswerFault, Document, Revision, Seen};
use crate::goal::Ten;
use crate::id::{AccountId, AnswerId, DocumentId, EnergyId, ItemId};
use crate::pack::Tool;
use crate::person::FIELD_LIMIT;

/// The code that opens a corner when the passphrase is lost. Nineteen characters carry the secret: about 2 to the power of
/// 94.
pub type CornerCode = Code<19>;

/// The shortest passphrase, in characters.
pub const PASSPHRASE_LENGTH: usize = 10;
/// The most papers in a corner.
pub const PAPERS_LIMIT: usize = 200;
/// The most looks at one's energy that are kept; the oldest go first. Three a day for two years.
pub const ENERGY_LIMIT: usize = 2_000;
/// The largest a corner may be, in bytes before it is sealed.
pub const SIZE_LIMIT: usize = 3 * 1024 * 1024;
/// How long words that were written over can still be found in a form that is open elsewhere, in hours. Then they are gone.
const WRITTEN_OVER_HOURS: i64 = 24;

/// A passphrase as it is compared: letters in one form whatever the keyboard, no blanks at its ends.
pub fn passphrase(typed: &str) -> String {
    typed.trim().nfkc().collect()
}

/// Checks a new passphrase. There is no name to compare it with: whoever keeps it knows none.
///
/// # Errors
/// When it is too short, too long or plainly guessable.
pub fn check_passphrase(typed: &str) -> Result<(), PasswordFault> {
    if typed.len() > PASSWORD_LIMIT {
        return Err(PasswordFault::TooLong);
    }
    let said = passphrase(typed);
    if said.chars().count() < PASSPHRASE_LENGTH {
        return Err(PasswordFault::TooShort(PASSPHRASE_LENGTH));
    }
    let mut letters: Vec<char> = said.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 4 { Err(PasswordFault::Guessable) } else { Ok(()) }
}

/// Why something can't be kept in a corner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CornerFault {
    /// There is no such paper in it.
    #[error("there is no such paper")]
    NoPaper,
    /// There is no more room in it.
    #[error("the corner is full")]
    Full,
    /// An answer does not fit its question.
    #[error(transparent)]
    Answer(#[from] AnswerFault),
}

/// One paper in it, with the tool as it was when it was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its id.
    pub id: DocumentId,
    /// The tool.
    pub tool: Tool,
    /// When it was begun.
    pub started: Timestamp,
    newest: i64,
    answers: Vec<Revision>,
}

impl Paper {
    /// What is written in it.
    pub fn document(&self) -> Document {
        Document::new(self.answers.clone())
    }

    /// What a form that is opened now has seen.
    pub fn seen(&self) -> Seen {
        Seen::up_to(self.newest)
    }

    /// When its owner last wrote in it.
    pub fn changed(&self) -> Timestamp {
        self.answers.last().map_or(self.started, |last| last.at)
    }
}

/// How much energy there was at a moment, in one's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Energy {
    /// Its id.
    pub id: EnergyId,
    /// When.
    pub at: Timestamp,
    /// From 0, empty, to 10, full.
    pub step: Ten,
    /// One's own words; may be empty.
    pub words: String,
}

/// Everything in somebody's corner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corner {
    papers: Vec<Paper>,
    energy: Vec<Energy>,
}

impl Corner {
    /// Who writes in a corner. It names nobody: what is taken along tells no account.
    pub const OWNER: AccountId = AccountId(Uuid::nil());

    /// The papers, the last changed first.
    pub fn papers(&self) -> Vec<&Paper> {
        let mut papers: Vec<&Paper> = self.papers.iter().collect();
        papers.sort_by_key(|paper| std::cmp::Reverse((paper.changed(), paper.id)));
        papers
    }

    /// One paper.
    pub fn paper(&self, id: DocumentId) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.id == id)
    }

    /// Every look at one's energy, the oldest first.
    pub fn energy(&self) -> &[Energy] {
        &self.energy
    }

    /// Begins a paper. Beginning the same again changes nothing.
    ///
    /// # Errors
    /// When there are [`PAPERS_LIMIT`] already.
    pub fn begin(&mut self, id: DocumentId, tool: Tool, at: Timestamp) -> Result<(), CornerFault> {
        if self.paper(id).is_some() {
            return Ok(());
        }
        if self.papers.len() >= PAPERS_LIMIT {
            return Err(CornerFault::Full);
        }
        self.papers.push(Paper { id, tool, started: at, newest: 0, answers: Vec::new() });
        Ok(())
    }

    /// Writes answers in one section of a paper, under these ids, over nothing but what the form has `seen`. Answers what
    /// it has seen now.
    ///
    /// # Errors
    /// When there is no such paper, or an answer does not belong into the section.
    pub fn write(
        &mut self,
        id: DocumentId,
        section: &str,
        seen: Seen,
        given: Vec<(String, ItemId, Answer)>,
        ids: &[AnswerId],
        at: Timestamp,
    ) -> Result<Seen, CornerFault> {
        let paper = self.papers.iter_mut().find(|paper| paper.id == id).ok_or(CornerFault::NoPaper)?;
        let section = paper.tool.section(section).ok_or(CornerFault::NoPaper)?;
        let document = paper.document();
        document.takes(section, &given)?;
        let changes = document.as_seen(&seen).changes(given);
        let mut numbers = Vec::new();
        for (change, id) in changes.into_iter().zip(ids) {
            paper.newest += 1;
            numbers.push(paper.newest);
            paper.answers.push(Revision {
                id: *id,
                number: paper.newest,
                question: change.question,
                item: change.item,
                over: change.over,
                by: Corner::OWNER,
                at,
                first: change.first.unwrap_or(paper.newest),
                answer: change.answer,
            });
        }
        Ok(seen.with(numbers))
    }

    /// Throws a paper away, with everything in it.
    pub fn forget(&mut self, id: DocumentId) {
        self.papers.retain(|paper| paper.id != id);
    }

    /// Keeps a look at one's energy. The same again changes nothing.
    ///
    /// # Errors
    /// When the words are too long.
    pub fn feel(&mut self, energy: Energy) -> Result<(), CornerFault> {
        if energy.words.chars().count() > FIELD_LIMIT {
            return Err(AnswerFault::TooLong("words".into()).into());
        }
        if !self.energy.iter().any(|known| known.id == energy.id) {
            self.energy.push(energy);
            let over = self.energy.len().saturating_sub(ENERGY_LIMIT);
            self.energy.drain(..over);
        }
        Ok(())
    }

    /// Throws a look at one's energy away.
    pub fn unfeel(&mut self, id: EnergyId) {
        self.energy.retain(|energy| energy.id != id);
    }

    /// Lets go of what was written over a day ago: a corner keeps no history of what somebody crossed out.
    pub fn tidy(&mut self, now: Timestamp) {
        let before = now - SignedDuration::from_hours(WRITTEN_OVER_HOURS);
        for paper in &mut self.papers {
            let mut document = paper.document();
            document.let_go(before);
            paper.answers = document.revisions().to_vec();
        }
    }
}

#[cfg(test)]
mod tests;
