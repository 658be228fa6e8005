//! Safety reports: what somebody heard or saw, and everything that happened with it.
//!
//! Whoever reports says what they heard; they never judge how bad it is. What happened afterwards is only ever added to,
//! so how a report stands is worked out from what was added, in its order.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::AccountId;
use crate::person::FIELD_LIMIT;

/// What may happen, or has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody may hurt themself.
    HarmToSelf,
    /// Somebody may hurt somebody else.
    HarmToOthers,
    /// A child is hurt, or not looked after.
    ChildAbuse,
    /// An adult who can't protect themself is hurt, or not looked after.
    AdultAbuse,
    /// Any other danger.
    Other,
}

impl Kind {
    /// Every kind, in the order asked.
    pub const ALL: [Kind; 5] =
        [Kind::HarmToSelf, Kind::HarmToOthers, Kind::ChildAbuse, Kind::AdultAbuse, Kind::Other];
    pub(crate) const NAMES: &'static [(&'static str, Kind)] = &[
        ("harm_to_self", Kind::HarmToSelf),
        ("harm_to_others", Kind::HarmToOthers),
        ("child_abuse", Kind::ChildAbuse),
        ("adult_abuse", Kind::AdultAbuse),
        ("other", Kind::Other),
    ];

    /// The name in packs, rows and forms.
    pub fn as_str(self) -> &'static str {
        Kind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("other", |(name, _)| name)
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::NAMES.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind)
    }

    /// Whether somebody near the person may be the one who hurts them. A word too early can cost a child dearly.
    pub fn is_abuse(self) -> bool {
        matches!(self, Kind::ChildAbuse | Kind::AdultAbuse)
    }
}

/// What is reported, as whoever reports it said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What may happen.
    pub kind: Kind,
    /// Whether somebody was hurt or about to be at that minute.
    pub this_minute: bool,
    /// Who it is about, in words; beside the record when there is one.
    pub who: String,
    /// What was said or seen, in the exact words.
    pub words: String,
    /// Where.
    pub place: String,
    /// Whether whoever reports is with them; none when not said.
    pub with_them: Option<bool>,
    /// What has helped so far.
    pub helped: String,
    /// Since when whoever reports knows of it: the law's clocks run from here.
    pub known_at: Timestamp,
}

impl Report {
    /// Whether it can be sent: exact words are the one thing it can't do without.
    ///
    /// # Errors
    /// What is missing or too long.
    pub fn check(&self) -> Result<(), SafetyFault> {
        if self.words.trim().is_empty() {
            return Err(SafetyFault::Empty("words"));
        }
        let fields =
            [("who", &self.who), ("words", &self.words), ("place", &self.place), ("helped", &self.helped)];
        for (name, text) in fields {
            if text.chars().count() > FIELD_LIMIT {
                return Err(SafetyFault::TooLong(name));
            }
        }
        Ok(())
    }
}

/// To whom somebody went back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Back {
    /// The person the report is about.
    Person,
    /// Whoever made it.
    Reporter,
}

impl Back {
    /// Reads the name in forms.
    pub fn parse(text: &str) -> Option<Back> {
        match text {
            "person" => Some(Back::Person),
            "reporter" => Some(Back::Reporter),
            _ => None,
        }
    }
}

/// How a report was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// What came of it.
    pub outcome: String,
    /// Who was told, inside and outside.
    pub told: String,
    /// The day on which somebody looks at it again.
    pub follow_up: Option<Date>,
    /// Who reads it as well.
    pub second_reader: AccountId,
    /// Whether the person it is about, and their family, may see from now on that there was a report.
    pub shows: bool,
}

/// Something that was done about a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// "I will take this."
    Taken,
    /// Handed on to somebody, who has to take it.
    HandedOn {
        /// To whom.
        to: AccountId,
    },
    /// Something added.
    Added {
        /// What.
        words: String,
    },
    /// A step that the law or the programme asks for was done.
    StepDone {
        /// Which, by its name in the pack.
        step: String,
        /// The reference that was given; may be empty.
        reference: String,
    },
    /// A human being told the person it is about, in plain words.
    ToldPerson {
        /// What was said.
        words: String,
    },
    /// The person is not told for now.
    Withheld {
        /// Why.
        reason: String,
        /// When that is looked at again.
        look_again: Date,
    },
    /// Somebody went back to ask how they are.
    WentBack {
        /// To whom.
        to: Back,
        /// What was said; may be empty.
        words: String,
    },
    /// Read by the second reader.
    SecondRead,
    /// Closed.
    Closed(Closing),
    /// Looked at again, on the day that somebody had set for it.
    LookedAgain {
        /// What was found and done.
        words: String,
        /// When it is looked at once more, if it is.
        next: Option<Date>,
    },
}

impl Entry {
    /// The name in rows and the journal's columns: what kind of thing was done, and nothing of what.
    pub fn as_str(&self) -> &'static str {
        match self {
            Entry::Taken => "taken",
            Entry::HandedOn { .. } => "handed_on",
            Entry::Added { .. } => "added",
            Entry::StepDone { .. } => "step_done",
            Entry::ToldPerson { .. } => "told_person",
            Entry::Withheld { .. } => "withheld",
            Entry::WentBack { .. } => "went_back",
            Entry::SecondRead => "second_read",
            Entry::Closed(_) => "closed",
            Entry::LookedAgain { .. } => "looked_again",
        }
    }

    fn texts(&self) -> Vec<(&'static str, &str, bool)> {
        match self {
            Entry::Taken | Entry::HandedOn { .. } | Entry::SecondRead => vec![],
            Entry::Added { words } | Entry::ToldPerson { words } => vec![("words", words, true)],
            Entry::LookedAgain { words, .. } => vec![("again_words", words, true)],
            Entry::StepDone { reference, .. } => vec![("reference", reference, false)],
            Entry::Withheld { reason, .. } => vec![("reason", reason, true)],
            Entry::WentBack { words, .. } => vec![("words", words, false)],
            Entry::Closed(closing) => {
                vec![("outcome", &closing.outcome, true), ("told", &closing.told, true)]
            }
        }
    }
}

/// An entry with its hand and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
    /// What.
    pub entry: Entry,
}

/// How a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has taken it: the ladder is climbed.
    Waiting,
    /// Somebody has.
    Taken {
        /// Who.
        by: AccountId,
        /// Since when.
        at: Timestamp,
    },
    /// It was handed on, and whoever it was handed to has not taken it: the ladder is climbed again.
    HandedOn {
        /// Who had it.
        by: AccountId,
        /// Who should take it.
        to: AccountId,
        /// Since when.
        at: Timestamp,
    },
    /// It is closed. Things can still be added.
    Closed {
        /// Who closed it.
        by: AccountId,
        /// When.
        at: Timestamp,
    },
}

impl Standing {
    /// Whether somebody has to be called.
    pub fn is_open_to_take(self) -> bool {
        matches!(self, Standing::Waiting | Standing::HandedOn { .. })
    }

    /// The name in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Taken { .. } => "taken",
            Standing::HandedOn { .. } => "handed_on",
            Standing::Closed { .. } => "closed",
        }
    }
}

/// Why something can't be done with a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SafetyFault {
    /// Somebody was first.
    #[error("somebody has taken this report already")]
    Taken {
        /// Who.
        by: AccountId,
    },
    /// Only whoever has taken it can do this.
    #[error("only whoever took this report can do that")]
    NotYours,
    /// It is closed.
    #[error("this report is closed")]
    Closed,
    /// A text is missing. Names the field.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// A text is too long. Names the field.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// Nobody hands on to, or is second reader for, themself.
    #[error("this must be somebody else")]
    Oneself,
    /// Before it is closed somebody goes back to both.
    #[error("somebody goes back to them before a report is closed")]
    NotBack(Back),
    /// A day that is past.
    #[error("this day is past")]
    Past(&'static str),
    /// Only the second reader reads as such.
    #[error("somebody else is the second reader")]
    NotSecondReader,
    /// No day was set on which it is looked at again.
    #[error("no day is set for this report")]
    NothingToLookAt,
}

/// A report with everything that happened with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// What was reported.
    pub report: Report,
    /// Who reported it.
    pub by: AccountId,
    /// When it was sent.
    pub sent: Timestamp,
    /// What happened, the oldest first.
    pub log: Vec<Logged>,
    standing: Standing,
}

impl Story {
    /// A report that was just sent.
    pub fn begin(report: Report, by: AccountId, sent: Timestamp) -> Story {
        Story { report, by, sent, log: Vec::new(), standing: Standing::Waiting }
    }

    /// A report as it was kept. What was kept was allowed when it was added.
    pub fn kept(report: Report, by: AccountId, sent: Timestamp, log: Vec<Logged>) -> Story {
        let mut story = Story::begin(report, by, sent);
        for logged in log {
            story.push(logged);
        }
        story
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    fn push(&mut self, logged: Logged) {
        self.standing = match (&logged.entry, self.standing) {
            (Entry::Taken, _) => Standing::Taken { by: logged.by, at: logged.at },
            (Entry::HandedOn { to }, _) => Standing::HandedOn { by: logged.by, to: *to, at: logged.at },
            (Entry::Closed(_), _) => Standing::Closed { by: logged.by, at: logged.at },
            (_, standing) => standing,
        };
        self.log.push(logged);
    }

    /// Adds something that was done, on this day of the programme.
    ///
    /// # Errors
    /// When it can't be done as the report stands.
    pub fn add(mut self, logged: Logged, today: Date) -> Result<Story, SafetyFault> {
        for (name, text, must) in logged.entry.texts() {
            if must && text.trim().is_empty() {
                return Err(SafetyFault::Empty(name));
            }
            if text.chars().count() > FIELD_LIMIT {
                return Err(SafetyFault::TooLong(name));
            }
        }
        let theirs = |standing| match standing {
            Standing::Taken { by, .. } if by == logged.by => Ok(()),
            Standing::Closed { .. } => Err(SafetyFault::Closed),
            _ => Err(SafetyFault::NotYours),
        };
        match &logged.entry {
            Entry::Taken => match self.standing {
                Standing::Waiting | Standing::HandedOn { .. } => {}
                Standing::Taken { by, .. } => return Err(SafetyFault::Taken { by }),
                Standing::Closed { .. } => return Err(SafetyFault::Closed),
            },
            Entry::HandedOn { to } => {
                theirs(self.standing)?;
                if *to == logged.by {
                    return Err(SafetyFault::Oneself);
                }
            }
            Entry::Closed(closing) => {
                theirs(self.standing)?;
                if closing.second_reader == logged.by {
                    return Err(SafetyFault::Oneself);
                }
                if closing.follow_up.is_some_and(|day| day < today) {
                    return Err(SafetyFault::Past("follow_up"));
                }
                if logged.by != self.by && !self.went_back(Back::Reporter) {
                    return Err(SafetyFault::NotBack(Back::Reporter));
                }
                if !self.went_back(Back::Person) && !self.is_told() && self.withheld().is_none() {
                    return Err(SafetyFault::NotBack(Back::Person));
                }
            }
            Entry::Withheld { look_again, .. } if *look_again < today => {
                return Err(SafetyFault::Past("look_again"));
            }
            Entry::LookedAgain { next, .. } => {
                if self.look_again().is_none() {
                    return Err(SafetyFault::NothingToLookAt);
                }
                if next.is_some_and(|day| day <= today) {
                    return Err(SafetyFault::Past("next"));
                }
            }
            Entry::SecondRead => {
                if self.closing().map(|closing| closing.second_reader) != Some(logged.by) {
                    return Err(SafetyFault::NotSecondReader);
                }
            }
            Entry::Withheld { .. }
            | Entry::Added { .. }
            | Entry::StepDone { .. }
            | Entry::ToldPerson { .. }
            | Entry::WentBack { .. } => {}
        }
        self.push(logged);
        Ok(self)
    }

    /// Whether somebody went back to them.
    pub fn went_back(&self, whom: Back) -> bool {
        self.log.iter().any(|logged| matches!(logged.entry, Entry::WentBack { to, .. } if to == whom))
    }

    /// Whether a human being told the person it is about.
    pub fn is_told(&self) -> bool {
        self.log.iter().any(|logged| matches!(logged.entry, Entry::ToldPerson { .. }))
    }

    /// The newest decision that the person is not told for now, while they were not told.
    pub fn withheld(&self) -> Option<&Logged> {
        let newest = self.log.iter().rev().find(|logged| matches!(logged.entry, Entry::Withheld { .. }));
        newest.filter(|_| !self.is_told())
    }

    /// The day on which somebody looks at it again: the one set when it was closed, or the one on which it is asked whether the
    /// person can be told by now, whichever comes first; after a look, the one that was set then.
    pub fn look_again(&self) -> Option<Date> {
        let (mut day, mut until_told) = (None, None);
        for logged in &self.log {
            match &logged.entry {
                Entry::Withheld { look_again, .. } => until_told = Some(*look_again),
                Entry::ToldPerson { .. } => until_told = None,
                Entry::Closed(closing) => {
                    day = closing.follow_up;
                    if closing.shows {
                        until_told = None;
                    }
                }
                Entry::LookedAgain { next, .. } => (day, until_told) = (*next, None),
                _ => {}
            }
        }
        day.into_iter().chain(until_told).min()
    }

    /// How it was closed.
    pub fn closing(&self) -> Option<&Closing> {
        self.log.iter().rev().find_map(|logged| match &logged.entry {
            Entry::Closed(closing) => Some(closing),
            _ => None,
        })
    }

    /// Whether anything of it may show to the person it is about and to their family: not before a human being told them,
    /// or it was closed so.
    pub fn shows(&self) -> bool {
        self.is_told() || self.closing().is_some_and(|closing| closing.shows)
    }

    /// When it was first taken.
    pub fn first_taken(&self) -> Option<&Logged> {
        self.log.iter().find(|logged| logged.entry == Entry::Taken)
    }

    /// When a step was done first, by whom, and with which reference.
    pub fn step_done(&self, id: &str) -> Option<(&Logged, &str)> {
        self.log.iter().find_map(|logged| match &logged.entry {
            Entry::StepDone { step, reference } if step == id => Some((logged, reference.as_str())),
            _ => None,
        })
    }
}

/// When something that is asked for within hours of a moment is due. Such clocks run through nights and Sundays.
pub fn due(from: Timestamp, within_hours: u32) -> Timestamp {
    from.saturating_add(SignedDuration::from_hours(i64::from(within_hours))).unwrap_or(Timestamp::MAX)
}

/// The middle of some numbers; of an even count, the lower of the two in the middle.
pub fn median(numbers: &[i64]) -> Option<i64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn one(number: u8) -> AccountId {
        AccountId(Uuid::from_u128(u128::from(number)))
    }

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + minutes * 60).unwrap()
    }

    fn today() -> Date {
        jiff::civil::date(2026, 11, 18)
    }

    fn story() -> Story {
        let report = Report {
            kind: Kind::HarmToSelf,
            this_minute: false,
            who: "Darnell".into(),
            words: "I can't do another night.".into(),
            place: "The library".into(),
            with_them: Some(true),
            helped: String::new(),
            known_at: at(-5),
        };
        Story::begin(report, one(1), at(0))
    }

    fn add(story: Story, minutes: i64, by: u8, entry: Entry) -> Result<Story, SafetyFault> {
        story.add(Logged { at: at(minutes), by: one(by), entry }, today())
    }

    fn closing() -> Entry {
        Entry::Closed(Closing {
            outcome: "He is at his sister's.".into(),
            told: "Dr. Patel".into(),
            follow_up: Some(today()),
            second_reader: one(3),
            shows: false,
        })
    }

    #[test]
    fn the_first_who_takes_it_has_it_and_the_second_is_told_who() {
        let taken = add(story(), 1, 2, Entry::Taken).unwrap();
        assert_eq!(add(taken.clone(), 1, 3, Entry::Taken), Err(SafetyFault::Taken { by: one(2) }));
        let handed = add(taken, 2, 2, Entry::HandedOn { to: one(3) }).unwrap();
        assert!(handed.standing().is_open_to_take(), "nobody has it until somebody takes it");
        assert_eq!(add(handed.clone(), 3, 2, closing()), Err(SafetyFault::NotYours));
        let taken = add(handed, 3, 4, Entry::Taken).unwrap();
        assert_eq!(taken.standing(), Standing::Taken { by: one(4), at: at(3) });
        assert_eq!(taken.first_taken().map(|first| first.by), Some(one(2)));
    }

    /// covers: WI-37
    #[test]
    fn nobody_closes_a_report_before_somebody_went_back_to_both() {
        let mut story = add(story(), 1, 2, Entry::Taken).unwrap();
        assert_eq!(add(story.clone(), 2, 2, closing()), Err(SafetyFault::NotBack(Back::Reporter)));
        story = add(story, 3, 2, Entry::WentBack { to: Back::Reporter, words: String::new() }).unwrap();
        assert_eq!(add(story.clone(), 4, 2, closing()), Err(SafetyFault::NotBack(Back::Person)));
        story = add(story, 5, 2, Entry::ToldPerson { words: "We talked.".into() }).unwrap();
        let oneself = Entry::Closed(Closing { second_reader: one(2), ..story_closing() });
        assert_eq!(add(story.clone(), 6, 2, oneself), Err(SafetyFault::Oneself));
        story = add(story, 6, 2, closing()).unwrap();
        // Nothing is taken away afterwards; corrections are added.
        assert_eq!(add(story.clone(), 7, 2, Entry::Taken), Err(SafetyFault::Closed));
        story = add(story, 7, 1, Entry::Added { words: "It was Tuesday.".into() }).unwrap();
        assert_eq!(add(story.clone(), 8, 4, Entry::SecondRead), Err(SafetyFault::NotSecondReader));
        story = add(story, 8, 3, Entry::SecondRead).unwrap();
        assert!(matches!(story.standing(), Standing::Closed { .. }));
        assert_eq!(story.log.len(), 6);
    }

    fn story_closing() -> Closing {
        let Entry::Closed(closing) = closing() else { unreachable!() };
        closing
    }

    #[test]
    fn nothing_shows_before_a_human_being_said_so() {
        let taken = add(story(), 1, 2, Entry::Taken).unwrap();
        let past = Entry::Withheld { reason: "x".into(), look_again: today().yesterday().unwrap() };
        assert_eq!(add(taken.clone(), 2, 2, past), Err(SafetyFault::Past("look_again")));
        let withheld = Entry::Withheld { reason: "He is in the room.".into(), look_again: today() };
        let story = add(taken, 2, 2, withheld).unwrap();
        assert!(!story.shows() && story.withheld().is_some());
        let told = add(story.clone(), 3, 2, Entry::ToldPerson { words: "We spoke.".into() }).unwrap();
        assert!(told.shows() && told.withheld().is_none());
        let back = add(story, 3, 2, Entry::WentBack { to: Back::Reporter, words: String::new() }).unwrap();
        let silent = add(back.clone(), 4, 2, closing()).unwrap();
        assert!(!silent.shows(), "closing alone tells nobody");
        let open = Entry::Closed(Closing { shows: true, ..story_closing() });
        assert!(add(back, 4, 2, open).unwrap().shows());
    }

    #[test]
    fn what_is_put_off_has_a_day_until_somebody_looked_again() {
        let day = |days: i8| today().checked_add(jiff::Span::new().days(days)).unwrap();
        let looked = |next| Entry::LookedAgain { words: "He sleeps there now.".into(), next };
        let taken = add(story(), 1, 2, Entry::Taken).unwrap();
        assert_eq!(taken.look_again(), None);
        assert_eq!(add(taken.clone(), 2, 2, looked(None)), Err(SafetyFault::NothingToLookAt));
        let withheld = Entry::Withheld { reason: "He is in the room.".into(), look_again: day(3) };
        let withheld = add(taken, 2, 2, withheld).unwrap();
        assert_eq!(withheld.look_again(), Some(day(3)));
        let told = add(withheld.clone(), 3, 2, Entry::ToldPerson { words: "We spoke.".into() }).unwrap();
        assert_eq!(told.look_again(), None, "there is nothing left to decide");
        let back = add(withheld, 3, 2, Entry::WentBack { to: Back::Reporter, words: String::new() }).unwrap();
        let until = |follow_up, shows| Entry::Closed(Closing { follow_up, shows, ..story_closing() });
        let both = add(back.clone(), 4, 2, until(Some(day(9)), false)).unwrap();
        assert_eq!(both.look_again(), Some(day(3)), "closing does not forget who was not told");
        assert_eq!(add(back.clone(), 4, 2, until(None, true)).unwrap().look_again(), None);
        assert_eq!(add(both.clone(), 5, 3, looked(Some(today()))), Err(SafetyFault::Past("next")));
        let nothing = Entry::LookedAgain { words: " ".into(), next: None };
        assert_eq!(add(both.clone(), 5, 3, nothing), Err(SafetyFault::Empty("again_words")));
        let once_more = add(both, 5, 3, looked(Some(day(30)))).unwrap();
        assert_eq!(once_more.look_again(), Some(day(30)));
        assert_eq!(add(once_more, 6, 3, looked(None)).unwrap().look_again(), None);
    }

    #[test]
    fn a_clock_runs_through_the_night_and_a_sunday() {
        let saturday = "2026-10-31T22:00:00-04:00".parse::<Timestamp>().unwrap();
        // The clocks go back that night: 36 hours later it is an hour earlier by the wall.
        assert_eq!(due(saturday, 36), "2026-11-02T09:00:00-05:00".parse().unwrap());
        assert_eq!(due(saturday, 0), saturday);
    }

    #[test]
    fn the_median_is_one_of_the_numbers() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[9]), Some(9));
        assert_eq!(median(&[9, 1, 5]), Some(5));
        assert_eq!(median(&[9, 1, 5, 7]), Some(5));
    }

    fn entry() -> impl Strategy<Value = Entry> {
        prop_oneof![
            Just(Entry::Taken),
            (0u8..5).prop_map(|to| Entry::HandedOn { to: one(to) }),
            Just(Entry::Added { words: "more".into() }),
            Just(Entry::ToldPerson { words: "told".into() }),
            Just(Entry::WentBack { to: Back::Reporter, words: String::new() }),
            Just(Entry::WentBack { to: Back::Person, words: String::new() }),
            Just(Entry::SecondRead),
            Just(closing()),
        ]
    }

    proptest! {
        /// Whatever anybody tries: what was added stays, a report that is not taken is open to take or closed, and what
        /// was kept reads back the same.
        #[test]
        fn nothing_added_is_ever_lost(tries in proptest::collection::vec((0u8..5, entry()), 0..30)) {
            let mut story = story();
            for (minute, (by, entry)) in (1i64..).zip(tries) {
                let before = story.clone();
                match add(story.clone(), minute, by, entry) {
                    Ok(after) => {
                        prop_assert_eq!(&after.log[..before.log.len()], &before.log[..]);
                        prop_assert_eq!(after.log.len(), before.log.len() + 1);
                        story = after;
                    }
                    Err(_) => prop_assert_eq!(&story, &before),
                }
                let kept = Story::kept(story.report.clone(), story.by, story.sent, story.log.clone());
                prop_assert_eq!(&kept, &story);
                prop_assert_eq!(
                    story.standing().is_open_to_take(),
                    matches!(story.standing().as_str(), "waiting" | "handed_on")
                );
            }
        }
    }
}
