//! A look is a read of somebody's record by somebody else. The journal keeps each; people read sentences.

use crate::id::AccountId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One look, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who looked.
    pub by: AccountId,
    /// In which role.
    pub role: String,
    /// At which part of the record.
    pub part: String,
    /// For what.
    pub purpose: String,
    /// When.
    pub at: Timestamp,
}

/// Looks of one human at one part for one purpose within one hour, as one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedLook {
    /// The newest of them.
    pub look: Look,
    /// The oldest.
    pub first_at: Timestamp,
    /// How many.
    pub times: u32,
}

/// Merges looks by the hour, newest first.
///
/// Looks belong together when the same human looked at the same part in the same role and for the same purpose, and
/// less than an hour lies between the newest and the oldest.
pub fn merge(looks: impl IntoIterator<Item = Look>) -> Vec<MergedLook> {
    let mut all: Vec<Look> = looks.into_iter().collect();
    all.sort_by_key(|look| std::cmp::Reverse(look.at));
    let mut merged: Vec<MergedLook> = Vec::new();
    for look in all {
        let same = merged.iter_mut().rev().find(|m| {
            m.look.by == look.by
                && m.look.part == look.part
                && m.look.role == look.role
                && m.look.purpose == look.purpose
                && m.look.at.as_second() - look.at.as_second() < 3600
        });
        match same {
            Some(m) => {
                m.first_at = look.at;
                m.times += 1;
            }
            None => merged.push(MergedLook { first_at: look.at, look, times: 1 }),
        }
    }
    merged
}

/// A question about a look, from the person to the privacy lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum LookQuestion {
    /// Waiting for an answer.
    Open(Asked),
    /// Answered.
    Answered {
        /// The question.
        asked: Asked,
        /// By whom.
        by: AccountId,
        /// When.
        at: Timestamp,
        /// What the person was told.
        answer: String,
    },
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The look, as the sentence the person saw.
    pub about: String,
    /// The person's question.
    pub question: String,
    /// When.
    pub at: Timestamp,
    /// When an answer is due.
    pub due: Timestamp,
}

/// How long the privacy lead has to answer, in days. Our own promise; the documents name none.
pub const ANSWER_DAYS: i64 = 7;

/// It has been answered already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this question has an answer already")]
pub struct AlreadyAnswered;

impl LookQuestion {
    /// Asks.
    pub fn ask(about: String, question: String, at: Timestamp) -> LookQuestion {
        let due = at + jiff::SignedDuration::from_hours(24 * ANSWER_DAYS);
        LookQuestion::Open(Asked { about, question, at, due })
    }

    /// Answers.
    ///
    /// # Errors
    /// When it has an answer already.
    pub fn answer(
        self,
        by: AccountId,
        at: Timestamp,
        answer: String,
    ) -> Result<LookQuestion, AlreadyAnswered> {
        match self {
            LookQuestion::Open(asked) => Ok(LookQuestion::Answered { asked, by, at, answer }),
            LookQuestion::Answered { .. } => Err(AlreadyAnswered),
        }
    }

    /// What was asked.
    pub fn asked(&self) -> &Asked {
        match self {
            LookQuestion::Open(asked) | LookQuestion::Answered { asked, .. } => asked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    proptest! {
        /// No look is lost in merging, none is counted twice, and no sentence covers more than an hour.
        #[test]
        fn merging_loses_nothing(looks in prop::collection::vec((0u128..3, 0u8..2, 0i64..20_000), 0..40)) {
            let count = looks.len() as u32;
            let merged = merge(looks.into_iter().map(|(by, part, at)| Look {
                by: AccountId(Uuid::from_u128(by)),
                role: "peer_specialist".into(),
                part: if part == 0 { "profile".into() } else { "notes".into() },
                purpose: "support".into(),
                at: Timestamp::from_second(at).unwrap(),
            }));
            prop_assert_eq!(merged.iter().map(|m| m.times).sum::<u32>(), count);
            for m in &merged {
                prop_assert!(m.look.at.as_second() - m.first_at.as_second() < 3600);
            }
            prop_assert!(merged.is_sorted_by(|a, b| a.look.at >= b.look.at));
        }
    }
}
