//! What was written on a phone and can't be filed as it is: it waits here, for its writer or for somebody by name, and is
//! never thrown away unseen.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::AccountId;

/// Why something that was written without signal was not filed when it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The writer may no longer write there: a yes was taken back, or somebody else walks with the person now.
    Closed,
    /// It was changed elsewhere meanwhile, and both texts are there.
    Clash,
    /// Something in it is to be put right, such as a choice that the form no longer has.
    ToPutRight,
    /// The writer's account, or the phone, ended before it came.
    Ended,
}

impl Why {
    /// Every reason.
    pub const ALL: [Why; 4] = [Why::Closed, Why::Clash, Why::ToPutRight, Why::Ended];

    /// Its name in the store and in sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Closed => "closed",
            Why::Clash => "clash",
            Why::ToPutRight => "to_put_right",
            Why::Ended => "ended",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.as_str() == text)
    }

    /// Whether the writer alone can't put it right, so that whoever supervises them is told.
    pub fn needs_somebody(self) -> bool {
        matches!(self, Why::Closed | Why::Ended)
    }
}

/// The longest reason for setting something aside, in characters.
pub const REASON_LIMIT: usize = 500;

/// Why something can't be settled so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrayFault {
    /// It was settled already.
    #[error("it is settled already")]
    Settled,
    /// Whoever sets aside what somebody else wrote says why.
    #[error("setting aside what somebody else wrote needs a reason")]
    NoReason,
    /// The reason is too long.
    #[error("the reason is longer than {REASON_LIMIT} characters")]
    ReasonTooLong,
    /// The writer can put it right alone: nobody else sets it aside.
    #[error("only its writer settles this")]
    OnlyWriter,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits.
    Waiting,
    /// It was filed after all.
    Filed {
        /// When.
        at: Timestamp,
    },
    /// It stays out of the record, and is kept here.
    SetAside {
        /// Who decided.
        by: AccountId,
        /// When.
        at: Timestamp,
        /// Why, in their words; may be empty when the writer dealt with it.
        reason: String,
    },
}

/// Something in the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Who wrote it.
    pub writer: AccountId,
    /// Why it is here.
    pub why: Why,
    /// What became of it.
    pub state: State,
}

impl Item {
    /// It was filed after all.
    ///
    /// # Errors
    /// [`TrayFault::Settled`].
    pub fn filed(self, at: Timestamp) -> Result<Item, TrayFault> {
        match self.state {
            State::Waiting => Ok(Item { state: State::Filed { at }, ..self }),
            _ => Err(TrayFault::Settled),
        }
    }

    /// It stays out of the record. Its writer may say so of anything; somebody else only of what its writer can't put
    /// right, and with a reason.
    ///
    /// # Errors
    /// With what keeps it from being set aside.
    pub fn set_aside(self, by: AccountId, reason: &str, at: Timestamp) -> Result<Item, TrayFault> {
        let reason = reason.trim();
        if self.state != State::Waiting {
            return Err(TrayFault::Settled);
        }
        if reason.chars().count() > REASON_LIMIT {
            return Err(TrayFault::ReasonTooLong);
        }
        if by != self.writer {
            if !self.why.needs_somebody() {
                return Err(TrayFault::OnlyWriter);
            }
            if reason.is_empty() {
                return Err(TrayFault::NoReason);
            }
        }
        let state = State::SetAside { by, at, reason: reason.to_owned() };
        Ok(Item { state, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const WRITER: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));

    fn item(why: Why) -> Item {
        Item { writer: WRITER, why, state: State::Waiting }
    }

    #[test]
    fn nobody_sets_aside_what_its_writer_can_put_right_or_without_a_reason() {
        let at = Timestamp::UNIX_EPOCH;
        for why in Why::ALL {
            assert_eq!(Why::parse(why.as_str()), Some(why));
            assert!(item(why).set_aside(WRITER, "", at).is_ok());
            let other = item(why).set_aside(OTHER, " ", at);
            let expected = if why.needs_somebody() { TrayFault::NoReason } else { TrayFault::OnlyWriter };
            assert_eq!(other, Err(expected));
            assert_eq!(item(why).set_aside(OTHER, "She wrote it again", at).is_ok(), why.needs_somebody());
        }
        let long = "a".repeat(REASON_LIMIT + 1);
        assert_eq!(item(Why::Closed).set_aside(OTHER, &long, at), Err(TrayFault::ReasonTooLong));
    }

    #[test]
    fn what_is_settled_stays_settled() {
        let at = Timestamp::UNIX_EPOCH;
        let filed = item(Why::Clash).filed(at).unwrap();
        assert_eq!(filed.clone().filed(at), Err(TrayFault::Settled));
        assert_eq!(filed.set_aside(WRITER, "", at), Err(TrayFault::Settled));
        let aside = item(Why::Ended).set_aside(OTHER, "Told them on the phone", at).unwrap();
        assert_eq!(aside.filed(at), Err(TrayFault::Settled));
    }
}
