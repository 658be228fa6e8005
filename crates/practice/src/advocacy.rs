//! Standing up together: what somebody needs from elsewhere, of whom it was asked, what was tried, and what came of it.
//!
//! The person says what they need and whether they got it; whoever walks with them writes it down. Nothing here judges a need,
//! and there is no limit to how often something is tried.

use crate::person::FIELD_LIMIT;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The most tries of one.
pub const TRIES: usize = 100;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// What kind of thing it is, by the pack's name.
    pub need: String,
    /// Where it is asked, by the pack's name; empty where nobody said.
    pub place: String,
    /// Of whom.
    pub of: String,
    /// What the person needs, in their words.
    pub words: String,
}

/// One try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// On which day.
    pub on: Date,
    /// In which way, by the pack's name.
    pub way: String,
    /// What was said or done; may be empty.
    pub words: String,
}

/// What came of it, as the person says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Came {
    /// They got what they asked for.
    All,
    /// They got a part of it.
    Part {
        /// What is missing, by the pack's name.
        lacking: String,
    },
    /// They got nothing.
    Nothing {
        /// Why, by the pack's name.
        lacking: String,
    },
    /// They need it no more, or would not go on asking.
    LetGo,
}

impl Came {
    /// What is missing, by the pack's name, where something is.
    pub fn lacking(&self) -> Option<&str> {
        match self {
            Came::Part { lacking } | Came::Nothing { lacking } => Some(lacking),
            Came::All | Came::LetGo => None,
        }
    }
}

/// What was asked, and everything that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    ask: Ask,
    since: Date,
    tries: Vec<Try>,
}

impl Asked {
    /// What is asked for.
    pub fn ask(&self) -> &Ask {
        &self.ask
    }

    /// Since which day.
    pub fn since(&self) -> Date {
        self.since
    }

    /// What was tried, in the order it was written down.
    pub fn tries(&self) -> &[Try] {
        &self.tries
    }
}

/// Standing up for one thing, from the first word to what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Advocacy {
    /// Being asked for.
    Open {
        /// What, and what was tried.
        asked: Asked,
    },
    /// The person said what came of it.
    Closed {
        /// As it was.
        asked: Asked,
        /// What came of it.
        came: Came,
        /// On which day they said so.
        on: Date,
    },
}

/// Why it can't be written down so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AdvocacyFault {
    /// Nobody knows what is needed.
    #[error("it needs the person's words")]
    NoWords,
    /// Nobody knows of whom it is asked.
    #[error("it does not say of whom it is asked")]
    NobodyAsked,
    /// Nothing was tried on that day: it is to come, or before anybody asked.
    #[error("nothing was tried on that day")]
    TriedOn,
    /// It is over.
    #[error("it is over already")]
    Closed,
    /// A text is longer than [`FIELD_LIMIT`], or there are more than [`TRIES`] tries.
    #[error("it is too long")]
    TooLong,
}

fn text(typed: &str) -> Result<String, AdvocacyFault> {
    let text = typed.trim();
    if text.chars().count() > FIELD_LIMIT { Err(AdvocacyFault::TooLong) } else { Ok(text.to_owned()) }
}

impl Advocacy {
    /// Begins to stand up for something.
    ///
    /// # Errors
    /// When it does not say what or of whom, or is too long.
    pub fn begin(ask: Ask, today: Date) -> Result<Advocacy, AdvocacyFault> {
        let (of, words) = (text(&ask.of)?, text(&ask.words)?);
        if words.is_empty() {
            return Err(AdvocacyFault::NoWords);
        }
        if of.is_empty() {
            return Err(AdvocacyFault::NobodyAsked);
        }
        let asked = Asked { ask: Ask { of, words, ..ask }, since: today, tries: Vec::new() };
        Ok(Advocacy::Open { asked })
    }

    /// What was asked, whether it is over or not.
    pub fn asked(&self) -> &Asked {
        match self {
            Advocacy::Open { asked } | Advocacy::Closed { asked, .. } => asked,
        }
    }

    /// What came of it, and on which day the person said so.
    pub fn came(&self) -> Option<(&Came, Date)> {
        match self {
            Advocacy::Open { .. } => None,
            Advocacy::Closed { came, on, .. } => Some((came, *on)),
        }
    }

    /// Adds something that was tried. It may have been before it was written down here.
    ///
    /// # Errors
    /// When it is over, the day is to come or more than a year before the asking, or it is too long.
    pub fn tried(self, one: Try, today: Date) -> Result<Advocacy, AdvocacyFault> {
        let Advocacy::Open { mut asked } = self else { return Err(AdvocacyFault::Closed) };
        let words = text(&one.words)?;
        if one.on > today || one.on < asked.since.saturating_sub(jiff::Span::new().years(1)) {
            return Err(AdvocacyFault::TriedOn);
        }
        if asked.tries.len() >= TRIES {
            return Err(AdvocacyFault::TooLong);
        }
        asked.tries.push(Try { words, ..one });
        Ok(Advocacy::Open { asked })
    }

    /// Says what came of it.
    ///
    /// # Errors
    /// When it is over already.
    pub fn close(self, came: Came, today: Date) -> Result<Advocacy, AdvocacyFault> {
        let Advocacy::Open { asked } = self else { return Err(AdvocacyFault::Closed) };
        Ok(Advocacy::Closed { asked, came, on: today })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 27);

    fn ask() -> Ask {
        Ask {
            need: "ride".into(),
            place: "agency".into(),
            of: " The county ".into(),
            words: " A bus pass ".into(),
        }
    }

    fn one(on: Date) -> Try {
        Try { on, way: "letter".into(), words: String::new() }
    }

    #[test]
    fn it_says_what_is_asked_and_of_whom() {
        let begun = Advocacy::begin(ask(), TODAY).unwrap();
        assert_eq!((&*begun.asked().ask().of, &*begun.asked().ask().words), ("The county", "A bus pass"));
        let long = "x".repeat(FIELD_LIMIT + 1);
        for (wrong, fault) in [
            (Ask { words: "  ".into(), ..ask() }, AdvocacyFault::NoWords),
            (Ask { of: String::new(), ..ask() }, AdvocacyFault::NobodyAsked),
            (Ask { words: long.clone(), ..ask() }, AdvocacyFault::TooLong),
            (Ask { of: long, ..ask() }, AdvocacyFault::TooLong),
        ] {
            assert_eq!(Advocacy::begin(wrong, TODAY), Err(fault));
        }
    }

    #[test]
    fn a_try_was_made_on_a_day_that_was() {
        let begun = || Advocacy::begin(ask(), TODAY).unwrap();
        assert!(begun().tried(one(date(2025, 11, 27)), TODAY).is_ok());
        for day in [date(2026, 11, 28), date(2025, 11, 26)] {
            assert_eq!(begun().tried(one(day), TODAY), Err(AdvocacyFault::TriedOn));
        }
    }

    proptest! {
        /// Whatever happens in whatever order: what the person asked for stays as they said it, nothing that was tried is
        /// lost, and nothing changes once it is over.
        #[test]
        fn nothing_is_lost_and_what_is_over_stays(
            steps in prop::collection::vec(prop_oneof![
                (0..40i64).prop_map(|days| Ok(one(TODAY - jiff::Span::new().days(days)))),
                prop_oneof![
                    Just(Came::All),
                    Just(Came::LetGo),
                    Just(Came::Part { lacking: "waiting".into() }),
                    Just(Came::Nothing { lacking: "cost".into() }),
                ].prop_map(Err),
            ], 0..12),
        ) {
            let mut now = Advocacy::begin(ask(), TODAY).unwrap();
            let (mut tried, mut ended) = (Vec::new(), None);
            for step in steps {
                let before = now.clone();
                let next = match step.clone() {
                    Ok(one) => now.tried(one, TODAY),
                    Err(came) => now.close(came, TODAY),
                };
                prop_assert_eq!(next.is_ok(), ended.is_none());
                now = next.unwrap_or(before);
                match step {
                    Ok(one) if ended.is_none() => tried.push(one),
                    Err(came) if ended.is_none() => ended = Some(came),
                    _ => {}
                }
                prop_assert_eq!(now.asked().tries(), &tried[..]);
                prop_assert_eq!(now.came(), ended.as_ref().map(|came| (came, TODAY)));
                prop_assert_eq!(&*now.asked().ask().words, "A bus pass");
                let kept: Advocacy = serde_json::from_str(&serde_json::to_string(&now).unwrap()).unwrap();
                prop_assert_eq!(&kept, &now);
            }
        }
    }
}
