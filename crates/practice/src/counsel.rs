//! What somebody asks their supervisor, and the answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::AccountId;
use crate::person::FIELD_LIMIT;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What is right to do.
    Ethics,
    /// Where the work ends.
    Boundaries,
    /// What may be said to whom.
    Confidentiality,
    /// A worry about somebody who works here.
    Colleague,
    /// Anything else.
    Other,
}

impl Topic {
    /// Every topic, in the order asked.
    pub const ALL: [Topic; 5] =
        [Topic::Ethics, Topic::Boundaries, Topic::Confidentiality, Topic::Colleague, Topic::Other];

    /// The name in rows and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::Ethics => "ethics",
            Topic::Boundaries => "boundaries",
            Topic::Confidentiality => "confidentiality",
            Topic::Colleague => "colleague",
            Topic::Other => "other",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.as_str() == text)
    }

    /// Whether it can go past one's own supervisor.
    pub fn can_pass(self) -> bool {
        matches!(self, Topic::Ethics | Topic::Colleague)
    }
}

/// A question, and its answer when there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counsel {
    /// It waits.
    Asked {
        /// What was asked.
        words: String,
    },
    /// It was answered.
    Answered {
        /// What was asked.
        words: String,
        /// The answer.
        answer: String,
        /// By whom.
        by: AccountId,
        /// When.
        at: Timestamp,
    },
}

/// Why a question or an answer can't be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CounselFault {
    /// A text is missing. Names the field.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// A text is too long. Names the field.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// It has an answer.
    #[error("this question was answered already")]
    Answered,
    /// Only some topics go past one's own supervisor.
    #[error("only a question of ethics or about a colleague can go past your supervisor")]
    Passes,
}

fn checked(name: &'static str, text: &str) -> Result<String, CounselFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CounselFault::Empty(name));
    }
    if text.chars().count() > FIELD_LIMIT {
        return Err(CounselFault::TooLong(name));
    }
    Ok(text.to_owned())
}

impl Counsel {
    /// Asks.
    ///
    /// # Errors
    /// When there are no words, or the topic can't go past one's own supervisor and should.
    pub fn ask(topic: Topic, words: &str, past_supervisor: bool) -> Result<Counsel, CounselFault> {
        if past_supervisor && !topic.can_pass() {
            return Err(CounselFault::Passes);
        }
        Ok(Counsel::Asked { words: checked("words", words)? })
    }

    /// Answers.
    ///
    /// # Errors
    /// When there are no words, or there is an answer.
    pub fn answer(self, by: AccountId, at: Timestamp, answer: &str) -> Result<Counsel, CounselFault> {
        match self {
            Counsel::Asked { words } => {
                Ok(Counsel::Answered { words, answer: checked("answer", answer)?, by, at })
            }
            Counsel::Answered { .. } => Err(CounselFault::Answered),
        }
    }

    /// What was asked.
    pub fn words(&self) -> &str {
        match self {
            Counsel::Asked { words } | Counsel::Answered { words, .. } => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_worry_about_ethics_or_a_colleague_goes_past_ones_supervisor() {
        for topic in Topic::ALL {
            let passes = Counsel::ask(topic, "May I?", true).is_ok();
            assert_eq!(passes, matches!(topic, Topic::Ethics | Topic::Colleague), "{topic:?}");
            assert_eq!(Topic::parse(topic.as_str()), Some(topic));
        }
        assert_eq!(Counsel::ask(Topic::Other, " ", false), Err(CounselFault::Empty("words")));
    }

    #[test]
    fn a_question_is_answered_once() {
        let by = AccountId(uuid::Uuid::nil());
        let asked = Counsel::ask(Topic::Boundaries, "May I lend money?", false);
        let answered = asked.and_then(|asked| asked.answer(by, Timestamp::UNIX_EPOCH, "Let's talk."));
        let again = answered.clone().and_then(|answered| answered.answer(by, Timestamp::UNIX_EPOCH, "No."));
        assert_eq!(again, Err(CounselFault::Answered));
        assert_eq!(answered.map(|answered| answered.words().to_owned()), Ok("May I lend money?".into()));
    }
}
