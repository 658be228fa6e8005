//! A meeting of a person's team: what the person wants said there comes first, then what came of it, theirs to read.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::id::AccountId;

/// The longest text of a field, in characters.
pub const TEXT_LIMIT: usize = 4_000;
/// How far ahead one is written down, in days.
const FARTHEST_DAYS: i32 = 366;

/// Why it can't be kept so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TeamMeetingFault {
    /// A text is longer than [`TEXT_LIMIT`].
    #[error("a text is too long")]
    TooLong,
    /// It is more than a year away.
    #[error("that is too far away")]
    TooFar,
    /// It has not begun.
    #[error("it has not begun")]
    Early,
    /// It was held or called off.
    #[error("it is over")]
    Over,
    /// Nothing is said of what came of it.
    #[error("nothing is said of what came of it")]
    Empty,
}

/// When and where the team meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// When it begins.
    pub at: Timestamp,
    /// Where, or by which means.
    pub place: String,
    /// Who will be there.
    pub who: String,
    /// What it is about.
    pub about: String,
}

/// Whether the person comes themself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coming {
    /// They come.
    Yes,
    /// They don't.
    No,
    /// They don't know yet.
    NotSure,
}

impl Coming {
    /// Each, in the order asked.
    pub const ALL: [Coming; 3] = [Coming::Yes, Coming::NotSure, Coming::No];

    /// The name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Coming::Yes => "yes",
            Coming::No => "no",
            Coming::NotSure => "not_sure",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<Coming> {
        Coming::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What the person wants, in their own words. All of it can stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Say {
    /// What is to be said.
    pub said: String,
    /// What is to stay unsaid.
    pub unsaid: String,
    /// Whether they come.
    pub coming: Option<Coming>,
    /// Who is to be beside them.
    pub beside: String,
}

impl Say {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Say::default()
    }
}

/// How much of what the person wanted said was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// All of it.
    All,
    /// Some of it.
    Some,
    /// None of it.
    None,
}

impl Heard {
    /// Each, in the order asked.
    pub const ALL: [Heard; 3] = [Heard::All, Heard::Some, Heard::None];

    /// The name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Heard::All => "all",
            Heard::Some => "some",
            Heard::None => "none",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<Heard> {
        Heard::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What came of it, as whoever walks with the person wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether the person was there.
    pub person_came: bool,
    /// How much of what they wanted said was said.
    pub heard: Heard,
    /// What the peer specialist brought to it.
    pub brought: String,
    /// What was agreed.
    pub agreed: String,
    /// What happens next, and who does it.
    pub next: String,
    /// Who wrote this.
    pub by: AccountId,
    /// The day it was written.
    pub on: Date,
}

/// A meeting of a person's team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum TeamMeeting {
    /// It is to come, or nobody wrote yet what came of it.
    Planned {
        /// When and where.
        invitation: Invitation,
        /// What the person wants.
        say: Say,
    },
    /// It does not take place.
    CalledOff {
        /// When and where it would have been.
        invitation: Invitation,
        /// What the person wanted.
        say: Say,
    },
    /// It took place.
    Held {
        /// When and where.
        invitation: Invitation,
        /// What the person wanted.
        say: Say,
        /// What came of it.
        outcome: Outcome,
        /// What the person says about it since; empty until they do.
        since: String,
    },
}

fn fits(text: &mut String) -> Result<(), TeamMeetingFault> {
    *text = text.trim().to_owned();
    if text.chars().count() > TEXT_LIMIT { Err(TeamMeetingFault::TooLong) } else { Ok(()) }
}

impl Invitation {
    fn checked(mut self, now: Timestamp) -> Result<Invitation, TeamMeetingFault> {
        let farthest = now.to_zoned(TimeZone::UTC).saturating_add(FARTHEST_DAYS.days()).timestamp();
        if self.at > farthest {
            return Err(TeamMeetingFault::TooFar);
        }
        for text in [&mut self.place, &mut self.who, &mut self.about] {
            fits(text)?;
        }
        Ok(self)
    }
}

impl TeamMeeting {
    /// One to come. It may have been, too: somebody may only hear of it then.
    ///
    /// # Errors
    /// When it is too far away, or a text is too long.
    pub fn plan(invitation: Invitation, now: Timestamp) -> Result<TeamMeeting, TeamMeetingFault> {
        Ok(TeamMeeting::Planned { invitation: invitation.checked(now)?, say: Say::default() })
    }

    /// Another time, place or reason. What the person wants said stays.
    ///
    /// # Errors
    /// When it is over, or can't be so.
    pub fn change(self, invitation: Invitation, now: Timestamp) -> Result<TeamMeeting, TeamMeetingFault> {
        match self {
            TeamMeeting::Planned { say, .. } => {
                Ok(TeamMeeting::Planned { invitation: invitation.checked(now)?, say })
            }
            _ => Err(TeamMeetingFault::Over),
        }
    }

    /// It does not take place.
    ///
    /// # Errors
    /// When it was held or called off.
    pub fn call_off(self) -> Result<TeamMeeting, TeamMeetingFault> {
        match self {
            TeamMeeting::Planned { invitation, say } => Ok(TeamMeeting::CalledOff { invitation, say }),
            _ => Err(TeamMeetingFault::Over),
        }
    }

    /// What the person wants, while it is to come.
    ///
    /// # Errors
    /// When it is over, or a text is too long.
    pub fn say(self, mut new: Say) -> Result<TeamMeeting, TeamMeetingFault> {
        for text in [&mut new.said, &mut new.unsaid, &mut new.beside] {
            fits(text)?;
        }
        match self {
            TeamMeeting::Planned { invitation, .. } => Ok(TeamMeeting::Planned { invitation, say: new }),
            _ => Err(TeamMeetingFault::Over),
        }
    }

    /// What came of it.
    ///
    /// # Errors
    /// When it has not begun, is over, or nothing is said.
    pub fn held(self, mut outcome: Outcome, now: Timestamp) -> Result<TeamMeeting, TeamMeetingFault> {
        for text in [&mut outcome.brought, &mut outcome.agreed, &mut outcome.next] {
            fits(text)?;
        }
        match self {
            TeamMeeting::Planned { invitation, .. } if invitation.at > now => Err(TeamMeetingFault::Early),
            _ if outcome.brought.is_empty() && outcome.agreed.is_empty() && outcome.next.is_empty() => {
                Err(TeamMeetingFault::Empty)
            }
            TeamMeeting::Planned { invitation, say } => {
                Ok(TeamMeeting::Held { invitation, say, outcome, since: String::new() })
            }
            _ => Err(TeamMeetingFault::Over),
        }
    }

    /// What the person says about it afterwards. It takes the place of what they said of it before.
    ///
    /// # Errors
    /// When it was not held, or the text is too long.
    pub fn say_since(self, mut words: String) -> Result<TeamMeeting, TeamMeetingFault> {
        fits(&mut words)?;
        match self {
            TeamMeeting::Held { invitation, say, outcome, .. } => {
                Ok(TeamMeeting::Held { invitation, say, outcome, since: words })
            }
            _ => Err(TeamMeetingFault::Early),
        }
    }

    /// When and where.
    pub fn invitation(&self) -> &Invitation {
        match self {
            TeamMeeting::Planned { invitation, .. }
            | TeamMeeting::CalledOff { invitation, .. }
            | TeamMeeting::Held { invitation, .. } => invitation,
        }
    }

    /// What the person wants.
    pub fn wants(&self) -> &Say {
        match self {
            TeamMeeting::Planned { say, .. }
            | TeamMeeting::CalledOff { say, .. }
            | TeamMeeting::Held { say, .. } => say,
        }
    }

    /// Whether nobody wrote yet what came of it, and it was not called off.
    pub fn is_open(&self) -> bool {
        matches!(self, TeamMeeting::Planned { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        "2026-11-19T20:00:00Z".parse().unwrap()
    }

    fn at(hours: i64) -> Invitation {
        let at = now() + SignedDuration::from_hours(hours);
        Invitation { at, place: " The clinic ".into(), who: String::new(), about: String::new() }
    }

    fn outcome(agreed: &str) -> Outcome {
        Outcome {
            person_came: true,
            heard: Heard::All,
            brought: String::new(),
            agreed: agreed.into(),
            next: " ".into(),
            by: AccountId(uuid::Uuid::nil()),
            on: date(2026, 11, 19),
        }
    }

    #[test]
    fn what_came_of_it_waits_until_it_has_begun_and_says_something() {
        let meeting = TeamMeeting::plan(at(1), now()).unwrap();
        assert_eq!(meeting.invitation().place, "The clinic");
        assert_eq!(meeting.clone().held(outcome("Yes."), now()), Err(TeamMeetingFault::Early));
        let later = now() + SignedDuration::from_hours(2);
        assert_eq!(meeting.clone().held(outcome(" "), later), Err(TeamMeetingFault::Empty));
        let held = meeting.held(outcome("A new room."), later).unwrap();
        assert_eq!(held.clone().held(outcome("Another."), later), Err(TeamMeetingFault::Over));
        assert_eq!(held.clone().say(Say::default()), Err(TeamMeetingFault::Over));
        assert_eq!(held.clone().call_off(), Err(TeamMeetingFault::Over));
        let since = held.say_since("It felt fair.".into()).unwrap();
        assert!(matches!(since, TeamMeeting::Held { since, .. } if since == "It felt fair."));
    }

    #[test]
    fn it_is_at_most_a_year_away_and_one_that_has_been_can_be_written_down() {
        assert_eq!(TeamMeeting::plan(at(24 * 367), now()), Err(TeamMeetingFault::TooFar));
        assert!(TeamMeeting::plan(at(-24 * 40), now()).is_ok());
    }

    proptest! {
        /// Whatever is changed about the meeting, what the person wants said stays as they said it; and once it is over it stays.
        #[test]
        fn what_the_person_wants_said_outlives_every_change(
            said in "[a-z ]{0,30}", steps in proptest::collection::vec(0_u8..4, 0..12),
        ) {
            let words = Say { said: said.trim().to_owned(), coming: Some(Coming::No), ..Say::default() };
            let mut meeting = TeamMeeting::plan(at(1), now()).unwrap().say(words.clone()).unwrap();
            for step in steps {
                let later = now() + SignedDuration::from_hours(3);
                let next = match step {
                    0 => meeting.clone().change(at(2), now()),
                    1 => meeting.clone().call_off(),
                    2 => meeting.clone().held(outcome("Agreed."), later),
                    _ => meeting.clone().say_since("Since.".into()),
                };
                meeting = next.unwrap_or(meeting);
                prop_assert_eq!(meeting.wants(), &words);
            }
        }
    }
}
