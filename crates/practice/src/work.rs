//! Work that is not with a person: outreach, travel, meetings, teaching staff. All of it is paid time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One stretch of work without a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The kind, an id of the pack's work kinds.
    pub kind: String,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// A line about it, if the worker likes. Never about a person.
    pub words: String,
}

/// Why a stretch of time can't be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeFault {
    /// It ends before it starts.
    #[error("the end is before the start")]
    EndsBeforeStart,
    /// It lies in the future.
    #[error("it has not happened yet")]
    InFuture,
    /// Longer than a day.
    #[error("it is longer than a day")]
    TooLong,
    /// The kind is not in the pack.
    #[error("this programme has no such kind")]
    UnknownKind,
}

/// How far a phone's clock may run ahead before a time counts as the future, in minutes.
const CLOCK_SLACK_MINUTES: i64 = 10;

/// Checks that a stretch of time can have happened.
///
/// # Errors
/// When it ends before it starts, is longer than 24 hours or lies in the future.
pub fn happened(started: Timestamp, ended: Timestamp, now: Timestamp) -> Result<(), TimeFault> {
    let seconds = ended.as_second() - started.as_second();
    if seconds < 0 {
        Err(TimeFault::EndsBeforeStart)
    } else if seconds > 24 * 3600 {
        Err(TimeFault::TooLong)
    } else if ended.as_second() > now.as_second() + CLOCK_SLACK_MINUTES * 60 {
        Err(TimeFault::InFuture)
    } else {
        Ok(())
    }
}

impl Work {
    /// Checks what was typed. `known` says whether the pack has the kind.
    ///
    /// # Errors
    /// When the time can't have happened, or the kind is unknown.
    pub fn checked(self, known: bool, now: Timestamp) -> Result<Work, TimeFault> {
        if !known {
            return Err(TimeFault::UnknownKind);
        }
        happened(self.started, self.ended, now)?;
        Ok(self)
    }

    /// How long, in whole minutes.
    pub fn minutes(&self) -> u32 {
        minutes(self.started, self.ended)
    }
}

/// Whole minutes from start to end; 0 if it ends before it starts.
pub fn minutes(started: Timestamp, ended: Timestamp) -> u32 {
    u32::try_from((ended.as_second() - started.as_second()) / 60).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    proptest! {
        #[test]
        fn only_what_can_have_happened_is_kept(start in 0i64..200_000, length in -4_000i64..100_000, now in 0i64..200_000) {
            let answer = happened(at(start), at(start + length), at(now));
            let can = (0..=86_400).contains(&length) && start + length <= now + CLOCK_SLACK_MINUTES * 60;
            prop_assert_eq!(answer.is_ok(), can);
        }
    }
}
