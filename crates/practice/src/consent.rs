//! A person's yes to somebody reading a part of their record. Without it, the answer is no.

use crate::id::AccountId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A part of the record that can be shared by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordPart {
    /// Who the person is: the first page of the record.
    Profile,
    /// Signed notes of contacts.
    Notes,
}

impl RecordPart {
    /// Every part, in the order shown to people.
    pub const ALL: [RecordPart; 2] = [RecordPart::Profile, RecordPart::Notes];

    /// The name in forms, the store and the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            RecordPart::Profile => "profile",
            RecordPart::Notes => "notes",
        }
    }

    /// Reads the name in forms, the store and the journal.
    pub fn parse(text: &str) -> Option<RecordPart> {
        RecordPart::ALL.into_iter().find(|part| part.as_str() == text)
    }
}

/// A yes, from when until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Consent {
    /// In force until its end.
    Given(Given),
    /// Stopped by the person.
    Stopped {
        /// As it was.
        was: Given,
        /// When it was stopped.
        at: Timestamp,
    },
}

/// What was said yes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Who may read.
    pub to: AccountId,
    /// Which part.
    pub part: RecordPart,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Consent {
    /// Whether this yes lets `who` read `part` at `now`.
    pub fn lets(&self, who: AccountId, part: RecordPart, now: Timestamp) -> bool {
        match self {
            Consent::Given(given) => {
                given.to == who && given.part == part && given.from <= now && now < given.until
            }
            Consent::Stopped { .. } => false,
        }
    }

    /// Stops it. Stopping twice changes nothing.
    pub fn stop(self, at: Timestamp) -> Consent {
        match self {
            Consent::Given(was) => Consent::Stopped { was, at },
            stopped @ Consent::Stopped { .. } => stopped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    proptest! {
        /// covers: WI-35
        #[test]
        fn a_yes_reaches_no_further_than_it_was_given(from in 0i64..100, length in 0i64..100, now in 0i64..250, who in 0u128..3, notes: bool, stopped: bool) {
            let at = |s| Timestamp::from_second(s).unwrap();
            let given = Given { to: AccountId(Uuid::from_u128(1)), part: RecordPart::Notes, from: at(from), until: at(from + length) };
            let mut consent = Consent::Given(given);
            if stopped { consent = consent.stop(at(0)).stop(at(5)); }
            let part = if notes { RecordPart::Notes } else { RecordPart::Profile };
            let lets = consent.lets(AccountId(Uuid::from_u128(who)), part, at(now));
            prop_assert_eq!(lets, !stopped && who == 1 && notes && now >= from && now < from + length);
        }
    }
}
