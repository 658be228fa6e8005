//! A visit that two people arrange: who, when, where, alone or with whom. What came of it is a contact and its note.
//!
//! It says where they mean to meet and nothing of where anybody is.

pub mod reminder;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::id::{ContactId, GoalId};
use crate::pack::Rules;
use crate::work::minutes;

/// The longest text of a field, in characters.
pub const TEXT_LIMIT: usize = 300;
/// The longest a visit is booked for, in hours.
const LONGEST_HOURS: i64 = 24;
/// How far ahead one is booked, in days.
const FARTHEST_DAYS: i32 = 366;
/// How long before its time a visit can begin, in minutes.
pub const EARLY_MINUTES: i64 = 60;
/// The most minutes that somebody says they are late. More is another time.
pub const MOST_LATE: u32 = 120;

/// Why a visit can't be kept or changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VisitFault {
    /// It ends before it starts, or with it.
    #[error("the end is not after the start")]
    EndsBeforeStart,
    /// It is longer than a day.
    #[error("it is longer than a day")]
    TooLong,
    /// It is over already.
    #[error("it is over already")]
    Over,
    /// It is more than a year ahead.
    #[error("it is more than a year ahead")]
    TooFar,
    /// A text is longer than [`TEXT_LIMIT`].
    #[error("a text is too long")]
    Text,
    /// The programme has no such way of meeting.
    #[error("this programme has no such way of meeting")]
    Kind,
    /// Nobody is named who comes along.
    #[error("nobody is named who comes along")]
    Nobody,
    /// It begins later than in an hour.
    #[error("it is not time yet")]
    Early,
    /// It has begun, is done, or was called off.
    #[error("it can't be changed any more")]
    Closed,
    /// Nobody is that late.
    #[error("that is another time")]
    TooLate,
}

/// When: two moments, and the zone of the place, in which the clock on its wall is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    starts: Timestamp,
    ends: Timestamp,
    zone: String,
}

impl When {
    /// From a moment to a moment, seen from now.
    ///
    /// # Errors
    /// When it can't be: over, too long, too far ahead, or the wrong way round.
    pub fn new(
        starts: Timestamp,
        ends: Timestamp,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<When, VisitFault> {
        let long = ends.duration_since(starts);
        if long <= SignedDuration::ZERO {
            return Err(VisitFault::EndsBeforeStart);
        }
        if long > SignedDuration::from_hours(LONGEST_HOURS) {
            return Err(VisitFault::TooLong);
        }
        if ends <= now {
            return Err(VisitFault::Over);
        }
        let farthest = now.to_zoned(TimeZone::UTC).saturating_add(FARTHEST_DAYS.days()).timestamp();
        if starts > farthest {
            return Err(VisitFault::TooFar);
        }
        Ok(When { starts, ends, zone: zone.iana_name().unwrap_or("UTC").to_owned() })
    }

    /// The moment it starts.
    pub fn starts(&self) -> Timestamp {
        self.starts
    }

    /// The moment it ends.
    pub fn ends(&self) -> Timestamp {
        self.ends
    }

    /// The zone of the place.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// What the clock on the wall of the place shows at both.
    pub fn local(&self) -> (DateTime, DateTime) {
        let zone = self.zone();
        let at = |moment: Timestamp| zone.to_datetime(moment);
        (at(self.starts), at(self.ends))
    }

    /// How long it is, in minutes that pass, whatever a clock on the wall does meanwhile.
    pub fn minutes(&self) -> u32 {
        minutes(self.starts, self.ends)
    }

    /// Whether two have a moment in common.
    pub fn overlaps(&self, other: &When) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }
}

/// Who of those who work here goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Company {
    /// The worker goes alone.
    Alone {
        /// Whether they want to be asked afterwards whether all is well.
        ask_after: bool,
    },
    /// Somebody comes along.
    With {
        /// Who, in the worker's words.
        who: String,
    },
}

/// What was arranged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arranged {
    /// When.
    pub when: When,
    /// How they meet, an id of the pack's contact kinds.
    pub kind: String,
    /// Where, in the words of whoever wrote it; may be empty.
    pub place: String,
    /// Alone or with whom.
    pub company: Company,
    /// Whether a child will be there.
    pub child: bool,
    /// The goal it serves.
    pub goal: Option<GoalId>,
}

impl Arranged {
    /// Takes what was typed.
    ///
    /// # Errors
    /// When a text is too long, nobody is named who comes along, or the pack has no such way of meeting.
    pub fn checked(mut self, rules: &Rules) -> Result<Arranged, VisitFault> {
        let reached = rules.contact_kind(&self.kind).is_some_and(|kind| kind.reached);
        if !reached {
            return Err(VisitFault::Kind);
        }
        self.place = self.place.trim().to_owned();
        if let Company::With { who } = &mut self.company {
            *who = who.trim().to_owned();
            if who.is_empty() {
                return Err(VisitFault::Nobody);
            }
            if who.chars().count() > TEXT_LIMIT {
                return Err(VisitFault::Text);
            }
        }
        if self.place.chars().count() > TEXT_LIMIT {
            return Err(VisitFault::Text);
        }
        Ok(self)
    }

    /// Whether the worker goes alone.
    pub fn is_alone(&self) -> bool {
        matches!(self.company, Company::Alone { .. })
    }

    /// When the worker is asked whether all is well: at its end, if they go alone and want to be asked.
    pub fn ask_at(&self) -> Option<Timestamp> {
        match self.company {
            Company::Alone { ask_after: true } => Some(self.when.ends),
            Company::Alone { ask_after: false } | Company::With { .. } => None,
        }
    }
}

/// Who called a visit off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalledOffBy {
    /// The person. Nobody asks why.
    Person,
    /// The worker.
    Worker,
    /// They do not walk together any more.
    Ending,
}

/// A visit that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// What was arranged.
    pub arranged: Arranged,
    /// The start before it was moved.
    pub moved_from: Option<Timestamp>,
    /// How many minutes later the worker comes, as they said.
    pub late: Option<u32>,
    /// The person would like another time.
    pub wish: bool,
}

/// A visit, from booking to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Visit {
    /// It stands.
    Booked(Booked),
    /// They are together now.
    UnderWay {
        /// As it stood.
        was: Booked,
        /// Since when.
        since: Timestamp,
    },
    /// It is over.
    Done {
        /// As it stood.
        was: Booked,
        /// When it began.
        from: Timestamp,
        /// When it ended.
        to: Timestamp,
        /// The contact whose note tells of it.
        note: Option<ContactId>,
    },
    /// It does not take place.
    CalledOff {
        /// As it stood.
        was: Booked,
        /// By whom.
        by: CalledOffBy,
        /// When.
        at: Timestamp,
    },
}

impl Visit {
    /// Every name of a state, as rows have it.
    pub const STATES: [&'static str; 4] = ["booked", "under_way", "done", "called_off"];

    /// Books it.
    pub fn book(arranged: Arranged) -> Visit {
        Visit::Booked(Booked { arranged, moved_from: None, late: None, wish: false })
    }

    /// As it stands or stood.
    pub fn booked(&self) -> &Booked {
        match self {
            Visit::Booked(booked) => booked,
            Visit::UnderWay { was, .. } | Visit::Done { was, .. } | Visit::CalledOff { was, .. } => was,
        }
    }

    /// What was arranged.
    pub fn arranged(&self) -> &Arranged {
        &self.booked().arranged
    }

    /// When it is or was to be.
    pub fn when(&self) -> &When {
        &self.arranged().when
    }

    /// The name of the state.
    pub fn state(&self) -> &'static str {
        match self {
            Visit::Booked(_) => "booked",
            Visit::UnderWay { .. } => "under_way",
            Visit::Done { .. } => "done",
            Visit::CalledOff { .. } => "called_off",
        }
    }

    /// Whether it is still to be, or going on.
    pub fn is_open(&self) -> bool {
        matches!(self, Visit::Booked(_) | Visit::UnderWay { .. })
    }

    /// When the worker is asked whether all is well; never for one that does not take place.
    pub fn ask_at(&self) -> Option<Timestamp> {
        match self {
            Visit::Booked(booked) | Visit::UnderWay { was: booked, .. } => {
                let late = SignedDuration::from_mins(i64::from(booked.late.unwrap_or_default()));
                booked.arranged.ask_at().and_then(|at| at.checked_add(late).ok())
            }
            Visit::Done { .. } | Visit::CalledOff { .. } => None,
        }
    }

    fn standing(self) -> Result<Booked, VisitFault> {
        match self {
            Visit::Booked(booked) => Ok(booked),
            Visit::UnderWay { .. } | Visit::Done { .. } | Visit::CalledOff { .. } => Err(VisitFault::Closed),
        }
    }

    /// Another time. What was said about the old one, that somebody comes late or would like another, is over with it.
    ///
    /// # Errors
    /// When it has begun, is done, or was called off.
    pub fn move_to(self, when: When) -> Result<Visit, VisitFault> {
        let mut booked = self.standing()?;
        booked.moved_from = Some(booked.arranged.when.starts);
        booked.arranged.when = when;
        (booked.late, booked.wish) = (None, false);
        Ok(Visit::Booked(booked))
    }

    /// The worker comes later.
    ///
    /// # Errors
    /// When it has begun, is done, or was called off; when nobody is that late.
    pub fn say_late(self, minutes: u32) -> Result<Visit, VisitFault> {
        let mut booked = self.standing()?;
        if !(1..=MOST_LATE).contains(&minutes) {
            return Err(VisitFault::TooLate);
        }
        booked.late = Some(minutes);
        Ok(Visit::Booked(booked))
    }

    /// The person would like another time.
    ///
    /// # Errors
    /// When it has begun, is done, or was called off.
    pub fn wish_other_time(self) -> Result<Visit, VisitFault> {
        let mut booked = self.standing()?;
        booked.wish = true;
        Ok(Visit::Booked(booked))
    }

    /// It does not take place. Twice changes nothing, and keeps who was first.
    ///
    /// # Errors
    /// When it has begun, or is done.
    pub fn call_off(self, by: CalledOffBy, at: Timestamp) -> Result<Visit, VisitFault> {
        match self {
            off @ Visit::CalledOff { .. } => Ok(off),
            other => Ok(Visit::CalledOff { was: other.standing()?, by, at }),
        }
    }

    /// They are together now. Twice changes nothing.
    ///
    /// # Errors
    /// When it is done or was called off, or is to be later than in [`EARLY_MINUTES`].
    pub fn begin(self, at: Timestamp) -> Result<Visit, VisitFault> {
        match self {
            now @ Visit::UnderWay { .. } => Ok(now),
            other => {
                let was = other.standing()?;
                if at + SignedDuration::from_mins(EARLY_MINUTES) < was.arranged.when.starts {
                    return Err(VisitFault::Early);
                }
                Ok(Visit::UnderWay { was, since: at })
            }
        }
    }

    /// It is over. One of which nobody said that it began, began at its time. Twice changes nothing.
    ///
    /// # Errors
    /// When it was called off, or has not begun by its time.
    pub fn end(self, at: Timestamp) -> Result<Visit, VisitFault> {
        match self {
            done @ Visit::Done { .. } => Ok(done),
            Visit::UnderWay { was, since } => {
                Ok(Visit::Done { was, from: since, to: at.max(since), note: None })
            }
            Visit::Booked(was) => {
                let from = was.arrives();
                if at < from {
                    return Err(VisitFault::Early);
                }
                let to = at.min(was.arranged.when.ends.max(from));
                Ok(Visit::Done { was, from, to, note: None })
            }
            Visit::CalledOff { .. } => Err(VisitFault::Closed),
        }
    }

    /// Somebody writes its note. Then it is over, whatever was said of it; the first note counts.
    ///
    /// # Errors
    /// When it was called off.
    pub fn noted(self, contact: ContactId, at: Timestamp) -> Result<Visit, VisitFault> {
        let done = match self {
            Visit::Booked(was) if at < was.arrives() => Visit::Done { from: at, to: at, was, note: None },
            other => other.end(at)?,
        };
        Ok(match done {
            Visit::Done { was, from, to, note } => {
                Visit::Done { was, from, to, note: note.or(Some(contact)) }
            }
            other => other,
        })
    }

    /// Start and end as a note begins with them: what was, else what was arranged.
    pub fn times(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        match self {
            Visit::UnderWay { since, .. } => (*since, now.max(*since)),
            Visit::Done { from, to, .. } => (*from, *to),
            Visit::Booked(was) | Visit::CalledOff { was, .. } => {
                let from = was.arrives();
                (from, was.arranged.when.ends.max(from))
            }
        }
    }
}

impl Booked {
    /// When the worker comes: at the start, or as much later as they said.
    pub fn arrives(&self) -> Timestamp {
        let late = SignedDuration::from_mins(i64::from(self.late.unwrap_or_default()));
        self.arranged.when.starts.saturating_add(late).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn chicago() -> TimeZone {
        TimeZone::get("America/Chicago").unwrap()
    }

    fn arranged(when: When) -> Arranged {
        Arranged {
            when,
            kind: "in_person".into(),
            place: "The library".into(),
            company: Company::Alone { ask_after: true },
            child: false,
            goal: None,
        }
    }

    fn usual() -> When {
        let now = at("2026-11-19T12:00:00Z");
        When::new(at("2026-11-19T20:30:00Z"), at("2026-11-19T21:20:00Z"), &chicago(), now).unwrap()
    }

    #[test]
    fn a_visit_over_midnight_and_over_the_change_of_clocks_is_as_long_as_it_is() {
        // The night in which clocks go back: 11:30 pm to 2:30 am is four hours.
        let now = at("2026-10-31T12:00:00Z");
        let when =
            When::new(at("2026-11-01T04:30:00Z"), at("2026-11-01T08:30:00Z"), &chicago(), now).unwrap();
        assert_eq!(when.minutes(), 240);
        let (from, to) = when.local();
        assert_eq!(
            (from.to_string(), to.to_string()),
            ("2026-10-31T23:30:00".into(), "2026-11-01T02:30:00".into())
        );
        // The night in which an hour is left out: the same clock times are two hours.
        let now = at("2027-03-13T12:00:00Z");
        let when =
            When::new(at("2027-03-14T05:30:00Z"), at("2027-03-14T07:30:00Z"), &chicago(), now).unwrap();
        assert_eq!(when.minutes(), 120);
        assert_eq!(when.local().0.to_string(), "2027-03-13T23:30:00");
    }

    #[test]
    fn what_can_not_be_is_not_booked() {
        let now = at("2026-11-19T12:00:00Z");
        let new = |from: &str, to: &str| When::new(at(from), at(to), &chicago(), now);
        let same = "2026-11-19T20:00:00Z";
        assert_eq!(new(same, same), Err(VisitFault::EndsBeforeStart));
        assert_eq!(new("2026-11-19T20:00:00Z", "2026-11-20T20:01:00Z"), Err(VisitFault::TooLong));
        assert_eq!(new("2026-11-19T10:00:00Z", "2026-11-19T12:00:00Z"), Err(VisitFault::Over));
        assert_eq!(new("2027-11-21T10:00:00Z", "2027-11-21T11:00:00Z"), Err(VisitFault::TooFar));
        assert!(new("2026-11-19T11:50:00Z", "2026-11-19T12:30:00Z").is_ok(), "it may have begun");
    }

    #[test]
    fn one_who_comes_late_or_forgot_to_say_that_it_began_has_a_note_with_the_right_times() {
        let booked = Visit::book(arranged(usual()));
        let (starts, ends) = (usual().starts(), usual().ends());
        assert_eq!(booked.times(ends), (starts, ends));
        let late = booked.clone().say_late(15).unwrap();
        assert_eq!(late.times(ends).0, starts + SignedDuration::from_mins(15));
        assert_eq!(late.clone().end(starts), Err(VisitFault::Early));
        let here = late.clone().begin(starts + SignedDuration::from_mins(12)).unwrap();
        let done = here.end(ends + SignedDuration::from_mins(9)).unwrap();
        let (began, ended) = done.times(ends);
        assert_eq!(began, starts + SignedDuration::from_mins(12));
        assert_eq!(ended, ends + SignedDuration::from_mins(9));
        // The next morning: it ended at its end.
        let forgotten = booked.clone().end(ends + SignedDuration::from_hours(12)).unwrap();
        assert_eq!(forgotten.times(ends), (starts, ends));
        assert_eq!(late.move_to(usual()).unwrap().booked().late, None, "another time is in time");
        assert_eq!(booked.say_late(MOST_LATE + 1), Err(VisitFault::TooLate));
    }

    #[derive(Debug, Clone)]
    enum Step {
        Move(i64),
        Late(u32),
        Wish,
        Off(bool),
        Begin,
        End,
        Note(u128),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0_i64..2000).prop_map(Step::Move),
            (0_u32..200).prop_map(Step::Late),
            Just(Step::Wish),
            any::<bool>().prop_map(Step::Off),
            Just(Step::Begin),
            Just(Step::End),
            (1_u128..4).prop_map(Step::Note),
        ]
    }

    proptest! {
        /// Whatever is said in whatever order: what was called off stays so and keeps who was first, what is over stays
        /// over with its first note, a refused step changes nothing, nobody is asked about what is over, no visit ends
        /// before it began, and all of it comes back from the store as it was.
        #[test]
        fn a_visit_goes_one_way(steps in prop::collection::vec((step(), 0_i64..600), 0..14)) {
            let mut visit = Visit::book(arranged(usual()));
            let mut now = at("2026-11-19T12:00:00Z");
            for (step, later) in steps {
                now += SignedDuration::from_mins(later);
                let before = visit.clone();
                let next = match step {
                    Step::Move(minutes) => {
                        let starts = now + SignedDuration::from_mins(minutes);
                        let ends = starts + SignedDuration::from_mins(50);
                        before.clone().move_to(When::new(starts, ends, &chicago(), now).unwrap())
                    }
                    Step::Late(minutes) => before.clone().say_late(minutes),
                    Step::Wish => before.clone().wish_other_time(),
                    Step::Off(person) => {
                        let by = if person { CalledOffBy::Person } else { CalledOffBy::Worker };
                        before.clone().call_off(by, now)
                    }
                    Step::Begin => before.clone().begin(now),
                    Step::End => before.clone().end(now),
                    Step::Note(number) => before.clone().noted(ContactId(Uuid::from_u128(number)), now),
                };
                let Ok(next) = next else { continue };
                let order = |visit: &Visit| Visit::STATES.iter().position(|state| *state == visit.state());
                prop_assert!(order(&next) >= order(&before));
                match (&before, &next) {
                    (Visit::CalledOff { .. }, _) => prop_assert_eq!(&before, &next),
                    (Visit::Done { from, to, note, .. }, Visit::Done { from: f, to: t, note: n, .. }) => {
                        prop_assert_eq!((from, to), (f, t));
                        prop_assert!(note.is_none() || note == n);
                    }
                    (Visit::Done { .. }, _) => prop_assert!(false),
                    _ => {}
                }
                let (from, to) = next.times(now);
                prop_assert!(from <= to);
                prop_assert!(next.is_open() || next.ask_at().is_none());
                let text = serde_json::to_string(&next).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Visit>(&text).unwrap(), &next);
                visit = next;
            }
        }
    }
}
