//! What became of a notice.

use serde::{Deserialize, Serialize};

/// What became of one sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side has taken it over. Nobody has seen it yet for all we know.
    Accepted {
        /// Their name for it, if they gave one.
        reference: Option<Reference>,
    },
    /// Sending it again can't help; something has to be set right first.
    Refused(Refusal),
    /// It did not go out, or nobody knows; sending it again may help.
    TryAgain(Trouble),
}

impl Outcome {
    /// A short reason in the program's own words, for rows and the journal; never data.
    pub fn as_str(&self) -> &'static str {
        match self {
            Outcome::Accepted { .. } => "accepted",
            Outcome::Refused(Refusal::NotSetUp) => "refused.not_set_up",
            Outcome::Refused(Refusal::Address) => "refused.address",
            Outcome::Refused(Refusal::Gone) => "refused.gone",
            Outcome::Refused(Refusal::Setup) => "refused.setup",
            Outcome::TryAgain(Trouble::NoAnswer) => "again.no_answer",
            Outcome::TryAgain(Trouble::Unreachable) => "again.unreachable",
            Outcome::TryAgain(Trouble::Failing) => "again.failing",
            Outcome::TryAgain(Trouble::Strange) => "again.strange",
        }
    }
}

/// Why sending again can't help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// This means is not set up here.
    NotSetUp,
    /// There is nobody at this address or number.
    Address,
    /// The browser has given its subscription up; forget it.
    Gone,
    /// Our own sign-in, sender or form is not accepted: somebody has to look at the settings.
    Setup,
}

/// Why sending again may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nobody answered in time. It may have gone out.
    #[error("nobody answered in time")]
    NoAnswer,
    /// There was no connection.
    #[error("there was no connection")]
    Unreachable,
    /// The other side says that it can't just now.
    #[error("the other side can't just now")]
    Failing,
    /// The answer was not one that this kind of server gives.
    #[error("the answer was strange")]
    Strange,
}

/// The other side's name for what they took over.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference(String);

impl Reference {
    /// Takes what they sent, if it looks like a name for something: short, letters and digits.
    pub(crate) fn read(text: &str) -> Option<Reference> {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        (!text.is_empty() && text.len() <= 64 && text.chars().all(fits)).then(|| Reference(text.to_string()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a phone has done since the provider took a text message or a call over.
///
/// The order is the order of certainty: what comes later in a day may not come later here, since callbacks overtake
/// each other. [`Progress::and`] keeps the most that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// On its way.
    Underway,
    /// The phone rings.
    Ringing,
    /// It came back: busy, nobody there, no such number, not delivered.
    NotReached,
    /// The message is on the phone.
    Delivered,
    /// Somebody or something picked up; a mailbox does so too.
    Answered,
    /// A human pressed a key when asked to. Not the same as taking it on: that is done on the page.
    Confirmed,
}

impl Progress {
    /// Every progress, least certain first.
    pub const ALL: [Progress; 6] = [
        Progress::Underway,
        Progress::Ringing,
        Progress::NotReached,
        Progress::Delivered,
        Progress::Answered,
        Progress::Confirmed,
    ];

    /// The name in rows and the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Progress::Underway => "underway",
            Progress::Ringing => "ringing",
            Progress::NotReached => "not_reached",
            Progress::Delivered => "delivered",
            Progress::Answered => "answered",
            Progress::Confirmed => "confirmed",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Progress> {
        Progress::ALL.into_iter().find(|progress| progress.as_str() == text)
    }

    /// The most that is known from two callbacks, in whichever order they came.
    #[must_use]
    pub fn and(self, other: Progress) -> Progress {
        self.max(other)
    }

    /// Whether a human is known to have heard it.
    pub fn reached_a_human(self) -> bool {
        self == Progress::Confirmed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callbacks_in_any_order_leave_the_most_that_is_known() {
        for a in Progress::ALL {
            assert_eq!(Progress::parse(a.as_str()), Some(a));
            for b in Progress::ALL {
                assert_eq!(a.and(b), b.and(a));
                // A call that a human confirmed ends like every call; that takes nothing back.
                assert_eq!(Progress::Confirmed.and(a), Progress::Confirmed);
            }
        }
        // Only a pressed key is a human: a mailbox answers too.
        assert_eq!(Progress::ALL.into_iter().filter(|p| p.reached_a_human()).count(), 1);
    }

    #[test]
    fn a_reference_is_short_and_plain() {
        assert!(Reference::read("CA0123456789abcdef0123456789abcdef").is_some());
        for wrong in ["", "a b", "<script>", &"a".repeat(65)] {
            assert_eq!(Reference::read(wrong), None);
        }
    }
}
