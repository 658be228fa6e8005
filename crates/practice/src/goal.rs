//! What the person wants, in their own words. Here a goal is one sentence.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A goal. Only the person says that it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Goal {
    /// Being worked on.
    Open {
        /// The person's own words.
        words: String,
        /// Since which day.
        since: Date,
    },
    /// Reached, as the person says.
    Reached {
        /// The person's own words.
        words: String,
        /// Since which day it was worked on.
        since: Date,
        /// On which day.
        on: Date,
    },
    /// Set aside; it can be taken up again as a new goal.
    SetAside {
        /// The person's own words.
        words: String,
        /// Since which day it was worked on.
        since: Date,
        /// On which day.
        on: Date,
    },
}

/// How a goal was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The person says they got there.
    Reached,
    /// The person sets it aside.
    SetAside,
}

/// Why a goal can't be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GoalFault {
    /// No words.
    #[error("a goal needs the person's words")]
    NoWords,
    /// It is closed already.
    #[error("the goal is closed already")]
    Closed,
}

impl Goal {
    /// Says a goal.
    ///
    /// # Errors
    /// When there are no words.
    pub fn say(words: &str, since: Date) -> Result<Goal, GoalFault> {
        let words = words.trim();
        if words.is_empty() { Err(GoalFault::NoWords) } else { Ok(Goal::Open { words: words.into(), since }) }
    }

    /// The person's words.
    pub fn words(&self) -> &str {
        match self {
            Goal::Open { words, .. } | Goal::Reached { words, .. } | Goal::SetAside { words, .. } => words,
        }
    }

    /// Whether it is being worked on.
    pub fn is_open(&self) -> bool {
        matches!(self, Goal::Open { .. })
    }

    /// Closes it, as the person says.
    ///
    /// # Errors
    /// When it is closed already.
    pub fn close(self, how: Closing, on: Date) -> Result<Goal, GoalFault> {
        match (self, how) {
            (Goal::Open { words, since }, Closing::Reached) => Ok(Goal::Reached { words, since, on }),
            (Goal::Open { words, since }, Closing::SetAside) => Ok(Goal::SetAside { words, since, on }),
            _ => Err(GoalFault::Closed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_words_stay_the_persons_through_every_state() {
        let goal = Goal::say("  I want my own keys. ", date(2026, 2, 1)).unwrap();
        assert_eq!(goal.words(), "I want my own keys.");
        let reached = goal.close(Closing::Reached, date(2026, 5, 1)).unwrap();
        assert_eq!(reached.words(), "I want my own keys.");
        assert_eq!(reached.close(Closing::SetAside, date(2026, 5, 2)), Err(GoalFault::Closed));
        assert_eq!(Goal::say(" \n", date(2026, 2, 1)), Err(GoalFault::NoWords));
    }
}
