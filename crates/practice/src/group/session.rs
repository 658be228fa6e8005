//! One meeting of a group: who was there, what it was about, and a line of one's own for those who need one.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::id::{AccountId, GroupRecordId, PersonId};
use crate::person::FIELD_LIMIT;

/// The longest session, in minutes.
pub const LONGEST: u32 = 12 * 60;
/// The most people in one session, named and unnamed.
pub const MOST_PEOPLE: u32 = 500;
/// How long the code to scan holds, in minutes. A new one is a tap away.
pub const CODE_MINUTES: i64 = 15;

/// Why a session can't be kept so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionFault {
    /// A mutual-help group counts heads and no names.
    #[error("a mutual-help group keeps no names")]
    NoNamesHere,
    /// Nobody and nothing to count.
    #[error("nobody was named or counted")]
    Nobody,
    /// More people than fit into a session.
    #[error("these are too many")]
    TooMany,
    /// It is over already.
    #[error("this session is over")]
    Over,
    /// It lies in the future, ends before it began, or is longer than a day's half.
    #[error("it can't have been then")]
    Time,
    /// It says nothing.
    #[error("it is empty")]
    Empty,
    /// A text is too long.
    #[error("the text is too long")]
    TooLong,
    /// Whoever counts the time has to be one of those who led.
    #[error("whoever counts the time has to be one of those who led")]
    Biller,
    /// Somebody who was not there has no line.
    #[error("they were not there")]
    Absent,
    /// More minutes than the session had.
    #[error("the session was shorter")]
    Minutes,
    /// A session can't be the same as itself, or as one of another group or day.
    #[error("these are not the same session")]
    NotTheSame,
}

/// How somebody signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Whoever leads tapped their name.
    Tap,
    /// They scanned the code.
    Code,
    /// Their name stood on paper and was typed in later.
    Paper,
}

impl How {
    /// The name in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            How::Tap => "tap",
            How::Code => "code",
            How::Paper => "paper",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<How> {
        [How::Tap, How::Code, How::Paper].into_iter().find(|how| how.as_str() == text)
    }
}

/// What whoever leads sends about who came. Only a service group's can carry names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum SignIn {
    /// Of a service group: names, and others who came without one.
    Service {
        /// Who.
        people: BTreeSet<PersonId>,
        /// How many more came without a name; less than nothing takes back a slip.
        unnamed: i32,
        /// How.
        how: How,
    },
    /// Of a mutual-help group: how many more came.
    MutualHelp {
        /// How many more; less than nothing takes back a slip.
        came: i32,
    },
}

impl SignIn {
    /// Reads what was sent for a group of this kind.
    ///
    /// # Errors
    /// When names come for a mutual-help group, nobody comes at all, or too many.
    pub fn read(
        kind: Kind,
        people: BTreeSet<PersonId>,
        unnamed: i32,
        how: How,
    ) -> Result<SignIn, SessionFault> {
        if people.is_empty() && unnamed == 0 {
            return Err(SessionFault::Nobody);
        }
        if unnamed.unsigned_abs() > MOST_PEOPLE || people.len() > MOST_PEOPLE as usize {
            return Err(SessionFault::TooMany);
        }
        match kind {
            Kind::Service => Ok(SignIn::Service { people, unnamed, how }),
            Kind::MutualHelp if people.is_empty() => Ok(SignIn::MutualHelp { came: unnamed }),
            Kind::MutualHelp => Err(SessionFault::NoNamesHere),
        }
    }

    /// How many more came without a name.
    pub fn unnamed(&self) -> i32 {
        match self {
            SignIn::Service { unnamed, .. } => *unnamed,
            SignIn::MutualHelp { came } => *came,
        }
    }
}

/// The number without a name after some more came or a slip was taken back.
pub fn counted(before: u32, more: i32) -> u32 {
    before.saturating_add_signed(more).min(MOST_PEOPLE)
}

/// From when to when a session was. Midnight and daylight time are inside of it like any other minute.
///
/// # Errors
/// When it lies in the future or can't be that long.
pub fn span(started: Timestamp, ended: Timestamp, now: Timestamp) -> Result<u32, SessionFault> {
    let length = ended.duration_since(started);
    let longest = SignedDuration::from_mins(i64::from(LONGEST));
    if length < SignedDuration::ZERO || length > longest || ended > now + SignedDuration::from_mins(5) {
        return Err(SessionFault::Time);
    }
    u32::try_from(length.as_mins()).map_err(|_| SessionFault::Time)
}

/// What a service group's session was: its themes, never who said what, and the one who counts the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAccount {
    /// What it was about.
    pub themes: String,
    /// How long it was, in minutes.
    pub minutes: u32,
    /// Who led it.
    pub leaders: BTreeSet<AccountId>,
    /// Which of them counts the time: one, so that nothing is counted twice.
    pub biller: AccountId,
}

/// What a mutual-help group wants to remember of a meeting, while the programme helps it. No time is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MutualHelpAccount {
    /// What it was about.
    pub themes: String,
}

/// What is written of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Account {
    /// Of a service group.
    Service(ServiceAccount),
    /// Of a mutual-help group.
    MutualHelp(MutualHelpAccount),
}

impl Account {
    /// Takes what was typed.
    ///
    /// # Errors
    /// When there are no themes, something is too long, or whoever counts the time did not lead.
    pub fn checked(self) -> Result<Account, SessionFault> {
        let text = |themes: String| {
            let themes = themes.trim().to_owned();
            match themes.chars().count() {
                0 => Err(SessionFault::Empty),
                count if count > FIELD_LIMIT => Err(SessionFault::TooLong),
                _ => Ok(themes),
            }
        };
        match self {
            Account::Service(account) => {
                if account.minutes == 0 || account.minutes > LONGEST {
                    return Err(SessionFault::Time);
                }
                if !account.leaders.contains(&account.biller) {
                    return Err(SessionFault::Biller);
                }
                Ok(Account::Service(ServiceAccount { themes: text(account.themes)?, ..account }))
            }
            Account::MutualHelp(MutualHelpAccount { themes }) => {
                Ok(Account::MutualHelp(MutualHelpAccount { themes: text(themes)? }))
            }
        }
    }

    /// What it was about.
    pub fn themes(&self) -> &str {
        match self {
            Account::Service(account) => &account.themes,
            Account::MutualHelp(account) => &account.themes,
        }
    }
}

/// A record of a session as somebody wrote it. It is never changed: a later one names those in whose place it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its id.
    pub id: GroupRecordId,
    /// Who wrote it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// In whose place it stands: what its writer had read.
    pub replaces: BTreeSet<GroupRecordId>,
    /// What it says.
    pub account: Account,
}

/// The records that stand: those in whose place no other does. More than one is a clash, and both are shown.
pub fn standing(records: &[Record]) -> Vec<&Record> {
    let replaced: BTreeSet<GroupRecordId> =
        records.iter().flat_map(|record| record.replaces.iter().copied()).collect();
    records.iter().filter(|record| !replaced.contains(&record.id)).collect()
}

/// A line of one's own: for a member who needs one, with their own minutes. They read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it says. No other member stands in it.
    pub words: String,
    /// How long they were there, in minutes.
    pub minutes: u32,
}

impl Line {
    /// A line for somebody who was there. Whoever was not has none.
    ///
    /// # Errors
    /// When they were not there, it says nothing or too much, or they were there for longer than the session.
    pub fn new(was_there: bool, words: &str, minutes: u32, of: u32) -> Result<Line, SessionFault> {
        let words = words.trim();
        if !was_there {
            return Err(SessionFault::Absent);
        }
        if words.is_empty() {
            return Err(SessionFault::Empty);
        }
        if words.chars().count() > FIELD_LIMIT {
            return Err(SessionFault::TooLong);
        }
        if minutes == 0 || minutes > of {
            return Err(SessionFault::Minutes);
        }
        Ok(Line { words: words.to_owned(), minutes })
    }
}
