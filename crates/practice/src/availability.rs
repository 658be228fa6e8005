//! When a worker can work: times of the week, in the programme's zone, and days away. They write it themselves.
//!
//! It says when somebody *can* be asked, never when they were where. Hours of contract are the programme's and stand beside it.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

/// Minutes in a day.
const DAY: u32 = 24 * 60;
/// Minutes in a week.
const WEEK: u32 = 7 * DAY;
/// The most times of a week.
pub const MOST_TIMES: usize = 28;
/// The most stretches of days away.
pub const MOST_AWAY: usize = 60;
/// The most hours a week of a contract: a week has no more.
pub const MOST_HOURS: u32 = 168;

/// Why it can't be kept so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AvailabilityFault {
    /// A time that begins and ends at the same minute. Only a whole day from midnight to midnight does.
    #[error("it ends when it begins")]
    NoTime,
    /// Days away that end before they begin.
    #[error("the last day is before the first")]
    EndsBeforeStart,
    /// More times or days than anybody has.
    #[error("that is more than can be kept")]
    TooMany,
    /// More hours a week than a week has.
    #[error("a week has fewer hours")]
    TooMuch,
}

/// One time of the week. It may run past midnight, and from Sunday into Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WeekTime {
    /// The minute it begins, from Monday's midnight.
    start: u32,
    /// How long, in minutes; at most a day.
    minutes: u32,
}

fn minute_of(time: Time) -> u32 {
    u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs())
}

fn minute_of_week(at: DateTime) -> u32 {
    u32::from(at.weekday().to_monday_zero_offset().unsigned_abs()) * DAY + minute_of(at.time())
}

impl WeekTime {
    /// From a time on a weekday up to another; one that is not later is of the next day.
    ///
    /// # Errors
    /// When both are the same, unless they are midnight.
    pub fn new(day: Weekday, from: Time, to: Time) -> Result<WeekTime, AvailabilityFault> {
        let (begins, ends) = (minute_of(from), minute_of(to));
        let minutes = match (ends + DAY - begins) % DAY {
            0 if begins == 0 => DAY,
            0 => return Err(AvailabilityFault::NoTime),
            minutes => minutes,
        };
        let start = u32::from(day.to_monday_zero_offset().unsigned_abs()) * DAY + begins;
        Ok(WeekTime { start, minutes })
    }

    /// The weekday on which it begins.
    pub fn weekday(self) -> Weekday {
        let offset = i8::try_from(self.start / DAY % 7).unwrap_or_default();
        Weekday::from_monday_zero_offset(offset).unwrap_or(Weekday::Monday)
    }

    /// When it begins.
    pub fn from(self) -> Time {
        time_at(self.start)
    }

    /// When it ends, on that day or the next.
    pub fn to(self) -> Time {
        time_at(self.start + self.minutes)
    }

    /// Whether it runs past midnight.
    pub fn is_overnight(self) -> bool {
        self.start % DAY + self.minutes > DAY
    }

    /// How much of it is left at a minute of the week; none where it does not hold then.
    fn left_at(self, minute: u32) -> Option<u32> {
        let into = (minute + WEEK - self.start % WEEK) % WEEK;
        self.minutes.checked_sub(into).filter(|left| *left > 0)
    }
}

fn time_at(minute: u32) -> Time {
    let hour = i8::try_from(minute / 60 % 24).unwrap_or_default();
    Time::new(hour, i8::try_from(minute % 60).unwrap_or_default(), 0, 0).unwrap_or(Time::MIN)
}

/// Days on which somebody is not there at all, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Away {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// When somebody can work.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Availability {
    week: BTreeSet<WeekTime>,
    away: BTreeSet<Away>,
}

impl Availability {
    /// From times of the week and days away, in any order.
    ///
    /// # Errors
    /// When there are too many, or days away end before they begin.
    pub fn new(
        week: impl IntoIterator<Item = WeekTime>,
        away: impl IntoIterator<Item = Away>,
    ) -> Result<Availability, AvailabilityFault> {
        let made = Availability { week: week.into_iter().collect(), away: away.into_iter().collect() };
        if made.week.len() > MOST_TIMES || made.away.len() > MOST_AWAY {
            return Err(AvailabilityFault::TooMany);
        }
        if made.away.iter().any(|away| away.last < away.first) {
            return Err(AvailabilityFault::EndsBeforeStart);
        }
        Ok(made)
    }

    /// The times of the week, from Monday on.
    pub fn week(&self) -> impl Iterator<Item = WeekTime> + '_ {
        self.week.iter().copied()
    }

    /// The days away, the first ones first.
    pub fn away(&self) -> impl Iterator<Item = Away> + '_ {
        self.away.iter().copied()
    }

    /// The same without days away that are over.
    #[must_use]
    pub fn from_day(mut self, today: Date) -> Availability {
        self.away.retain(|away| away.last >= today);
        self
    }

    /// Whether they are away on a day.
    pub fn is_away(&self, day: Date) -> bool {
        self.away.iter().any(|away| away.first <= day && day <= away.last)
    }

    /// Whether they can work at a moment of the programme's zone.
    pub fn is_free_at(&self, at: DateTime) -> bool {
        let minute = minute_of_week(at);
        !self.is_away(at.date()) && self.week.iter().any(|time| time.left_at(minute).is_some())
    }

    /// Whether they can work the whole time from one moment of the programme's zone up to another. For a length of
    /// nothing, whether they can at that moment.
    pub fn is_free_for(&self, from: DateTime, to: DateTime) -> bool {
        let mut at = from;
        loop {
            if !self.is_free_at(at) {
                return false;
            }
            // As far as the times of the week reach from here, day by day, since every day may be one away.
            let minute = minute_of_week(at);
            let left = self.week.iter().filter_map(|time| time.left_at(minute)).max().unwrap_or(1);
            let left = left.min(DAY - minute % DAY);
            let whole = at.with().second(0).subsec_nanosecond(0).build().unwrap_or(at);
            match whole.checked_add(i64::from(left).minutes()) {
                Ok(next) if next < to => at = next,
                _ => return true,
            }
        }
    }

    /// Minutes in a week without days away. What overlaps counts once.
    pub fn minutes_a_week(&self) -> u32 {
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for time in &self.week {
            let end = time.start + time.minutes;
            spans.push((time.start, end.min(WEEK)));
            if end > WEEK {
                spans.push((0, end - WEEK));
            }
        }
        spans.sort_unstable();
        let (mut sum, mut reached) = (0, 0);
        for (start, end) in spans {
            sum += end.saturating_sub(start.max(reached));
            reached = reached.max(end);
        }
        sum
    }
}

/// Hours of a contract, from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    /// The first day.
    pub from: Date,
    /// Minutes a week.
    pub minutes: u32,
}

impl Contract {
    /// So many minutes a week, from a day on.
    ///
    /// # Errors
    /// When a week has fewer.
    pub fn new(from: Date, minutes: u32) -> Result<Contract, AvailabilityFault> {
        if minutes > MOST_HOURS * 60 {
            return Err(AvailabilityFault::TooMuch);
        }
        Ok(Contract { from, minutes })
    }

    /// The one that holds on a day.
    pub fn on(all: &[Contract], day: Date) -> Option<Contract> {
        all.iter().filter(|one| one.from <= day).max_by_key(|one| one.from).copied()
    }

    /// The next one that begins after a day.
    pub fn after(all: &[Contract], day: Date) -> Option<Contract> {
        all.iter().filter(|one| one.from > day).min_by_key(|one| one.from).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn at(hour: i8, minute: i8) -> Time {
        time(hour, minute, 0, 0)
    }

    fn on(day: Date, hour: i8, minute: i8) -> DateTime {
        day.to_datetime(at(hour, minute))
    }

    /// Monday, 16 November 2026.
    const MONDAY: Date = date(2026, 11, 16);

    #[test]
    fn a_night_runs_into_the_next_day_and_from_sunday_into_monday() {
        let night = WeekTime::new(Weekday::Sunday, at(22, 0), at(6, 0)).unwrap();
        assert!(night.is_overnight());
        assert_eq!((night.weekday(), night.from(), night.to()), (Weekday::Sunday, at(22, 0), at(6, 0)));
        let nights = Availability::new([night], []).unwrap();
        assert!(nights.is_free_at(on(MONDAY, 5, 59)) && !nights.is_free_at(on(MONDAY, 6, 0)));
        assert!(nights.is_free_at(on(date(2026, 11, 15), 22, 0)));
        assert!(!nights.is_free_at(on(date(2026, 11, 15), 21, 59)));
        assert!(nights.is_free_for(on(date(2026, 11, 15), 23, 0), on(MONDAY, 6, 0)));
        assert!(!nights.is_free_for(on(date(2026, 11, 15), 23, 0), on(MONDAY, 6, 1)));
        assert_eq!(nights.minutes_a_week(), 480);
        // Away on Monday: the part before midnight is still there.
        let away = Availability::new([night], [Away { first: MONDAY, last: MONDAY }]).unwrap();
        assert!(away.is_free_at(on(date(2026, 11, 15), 23, 0)) && !away.is_free_at(on(MONDAY, 1, 0)));
        assert!(!away.is_free_for(on(date(2026, 11, 15), 23, 0), on(MONDAY, 1, 0)));
    }

    #[test]
    fn a_whole_day_is_midnight_to_midnight_and_nothing_else_ends_when_it_begins() {
        let all: Vec<WeekTime> = [1, 2, 3, 4, 5, 6, 7]
            .map(|day| Weekday::from_monday_one_offset(day).unwrap())
            .map(|day| WeekTime::new(day, at(0, 0), at(0, 0)).unwrap())
            .into();
        let always = Availability::new(all, []).unwrap();
        assert_eq!(always.minutes_a_week(), MOST_HOURS * 60);
        assert!(always.is_free_for(on(MONDAY, 0, 0), on(date(2026, 12, 24), 23, 59)));
        assert_eq!(WeekTime::new(Weekday::Monday, at(9, 0), at(9, 0)), Err(AvailabilityFault::NoTime));
        let backwards = Away { first: MONDAY, last: date(2026, 11, 15) };
        assert_eq!(Availability::new([], [backwards]), Err(AvailabilityFault::EndsBeforeStart));
    }

    #[test]
    fn a_contract_holds_from_its_day_until_the_next() {
        let of = |day, hours: u32| Contract::new(day, hours * 60).unwrap();
        let all = [of(date(2026, 3, 1), 20), of(date(2026, 1, 1), 10)];
        assert_eq!(Contract::on(&all, date(2025, 12, 31)), None);
        assert_eq!(Contract::on(&all, date(2026, 2, 28)), Some(all[1]));
        assert_eq!(Contract::on(&all, date(2026, 3, 1)), Some(all[0]));
        assert_eq!(Contract::after(&all, date(2026, 2, 28)), Some(all[0]));
        assert_eq!(Contract::after(&all, date(2026, 3, 1)), None);
        assert_eq!(Contract::new(MONDAY, 169 * 60), Err(AvailabilityFault::TooMuch));
    }

    prop_compose! {
        fn a_time()(day in 1_i8..=7, from in 0_u32..DAY / 15, long in 1_u32..DAY / 15) -> WeekTime {
            let (from, to) = (from * 15, (from + long) * 15);
            WeekTime::new(Weekday::from_monday_one_offset(day).unwrap(), time_at(from), time_at(to)).unwrap()
        }
    }

    prop_compose! {
        fn some_days()(first in 0_i64..21, long in 0_i64..4) -> Away {
            let first = MONDAY.saturating_add(first.days());
            Away { first, last: first.saturating_add(long.days()) }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        /// Hours a week are what one finds by asking at every minute of a week without days away.
        #[test]
        fn hours_a_week_are_the_minutes_in_which_one_can(times in vec(a_time(), 0..6)) {
            let week = Availability::new(times, []).unwrap();
            let free = (0..i64::from(WEEK))
                .filter(|minute| week.is_free_at(on(MONDAY, 0, 0).saturating_add(minute.minutes())))
                .count();
            prop_assert_eq!(week.minutes_a_week() as usize, free);
        }

        /// Free for a visit is free at each of its minutes, away days and midnights in it.
        #[test]
        fn free_for_a_visit_is_free_at_every_minute_of_it(
            times in vec(a_time(), 0..6), away in vec(some_days(), 0..3), from in 0_i64..20_000, long in 1_i64..2_000,
        ) {
            let can = Availability::new(times, away).unwrap();
            let from = on(MONDAY, 0, 0).saturating_add(from.minutes());
            let each = (0..long).all(|minute| can.is_free_at(from.saturating_add(minute.minutes())));
            prop_assert_eq!(can.is_free_for(from, from.saturating_add(long.minutes())), each);
        }

        /// Another time never takes one away, and days away take exactly their days; the order changes nothing.
        #[test]
        fn more_times_take_nothing_away_and_days_away_take_their_days(
            times in vec(a_time(), 0..5), more in a_time(), away in some_days(), minute in 0_i64..40_000,
        ) {
            let at = on(MONDAY, 0, 0).saturating_add(minute.minutes());
            let before = Availability::new(times.clone(), []).unwrap();
            let turned = Availability::new(times.iter().rev().copied(), []).unwrap();
            prop_assert_eq!(&turned, &before);
            let after = Availability::new(times.iter().copied().chain([more]), []).unwrap();
            prop_assert!(after.is_free_at(at) || !before.is_free_at(at));
            prop_assert!(after.minutes_a_week() >= before.minutes_a_week());
            let gone = Availability::new(times, [away]).unwrap();
            let out = away.first <= at.date() && at.date() <= away.last;
            prop_assert_eq!(gone.is_free_at(at), before.is_free_at(at) && !out);
            prop_assert_eq!(gone.minutes_a_week(), before.minutes_a_week());
        }

        /// What is read back from the store is what was kept.
        #[test]
        fn it_comes_back_as_it_was_kept(times in vec(a_time(), 0..5), away in vec(some_days(), 0..3)) {
            let kept = Availability::new(times, away).unwrap();
            let text = serde_json::to_string(&kept).unwrap();
            prop_assert_eq!(serde_json::from_str::<Availability>(&text).unwrap(), kept);
        }
    }
}
