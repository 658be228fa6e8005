//! The on-call rota: nights, weekends, holidays, deputies, and who stands in when somebody is away.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::id::AccountId;

/// A kind of day in a rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotaDay {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
    /// A day on the rota's list of holidays, whichever day of the week it is.
    Holiday,
}

impl RotaDay {
    /// Every one, Monday first.
    pub const ALL: [RotaDay; 8] = [
        RotaDay::Monday,
        RotaDay::Tuesday,
        RotaDay::Wednesday,
        RotaDay::Thursday,
        RotaDay::Friday,
        RotaDay::Saturday,
        RotaDay::Sunday,
        RotaDay::Holiday,
    ];

    /// The name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            RotaDay::Monday => "monday",
            RotaDay::Tuesday => "tuesday",
            RotaDay::Wednesday => "wednesday",
            RotaDay::Thursday => "thursday",
            RotaDay::Friday => "friday",
            RotaDay::Saturday => "saturday",
            RotaDay::Sunday => "sunday",
            RotaDay::Holiday => "holiday",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<RotaDay> {
        RotaDay::ALL.into_iter().find(|day| day.as_str() == text)
    }

    fn of(date: Date) -> RotaDay {
        match date.weekday() {
            Weekday::Monday => RotaDay::Monday,
            Weekday::Tuesday => RotaDay::Tuesday,
            Weekday::Wednesday => RotaDay::Wednesday,
            Weekday::Thursday => RotaDay::Thursday,
            Weekday::Friday => RotaDay::Friday,
            Weekday::Saturday => RotaDay::Saturday,
            Weekday::Sunday => RotaDay::Sunday,
        }
    }
}

/// Somebody on call on some days, from one time of day until another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The days on which it begins.
    pub days: BTreeSet<RotaDay>,
    /// When it begins.
    pub from: Time,
    /// When it ends: on the next day when that is not after its beginning, so that the same time twice is a whole day.
    pub until: Time,
    /// Who is on call.
    pub who: AccountId,
    /// Who stands in for them, and is called with them.
    pub deputy: Option<AccountId>,
}

/// Somebody away for some days, and who stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Who is away.
    pub away: AccountId,
    /// Who stands in.
    pub who: AccountId,
}

/// Who is on call when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rota {
    /// The shifts of any week.
    pub shifts: Vec<Shift>,
    /// Days with shifts of their own. While no shift is for holidays, a holiday is a day like any other.
    pub holidays: BTreeSet<Date>,
    /// Who stands in for whom.
    pub covers: Vec<Cover>,
}

/// What is wrong with a rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RotaFault {
    /// A shift is on no day. Counted from 1.
    #[error("shift {0} has no day")]
    NoDay(usize),
    /// Somebody is away until before they are away.
    #[error("the last day away is before the first")]
    Backwards,
    /// Somebody would stand in for themself.
    #[error("nobody stands in for themself")]
    Oneself,
}

/// A stretch of time in which the rota names nobody who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// From when.
    pub from: Timestamp,
    /// Until when, or until the end of what was looked at.
    pub until: Timestamp,
}

fn instant(day: Date, time: Time, zone: &TimeZone) -> Timestamp {
    // In the hour that a day skips, the shift changes when the clocks do; in the hour it has twice, at its first.
    day.to_datetime(time).to_zoned(zone.clone()).map_or(Timestamp::MAX, |at| at.timestamp())
}

impl Shift {
    fn span(&self, day: Date, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let last = if self.until <= self.from { day.saturating_add(1.day()) } else { day };
        (instant(day, self.from, zone), instant(last, self.until, zone))
    }
}

impl Rota {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self) -> Result<(), RotaFault> {
        if let Some(at) = self.shifts.iter().position(|shift| shift.days.is_empty()) {
            return Err(RotaFault::NoDay(at + 1));
        }
        for cover in &self.covers {
            if cover.until < cover.from {
                return Err(RotaFault::Backwards);
            }
            if cover.who == cover.away {
                return Err(RotaFault::Oneself);
            }
        }
        Ok(())
    }

    fn day(&self, date: Date) -> RotaDay {
        let has_own = self.shifts.iter().any(|shift| shift.days.contains(&RotaDay::Holiday));
        if has_own && self.holidays.contains(&date) { RotaDay::Holiday } else { RotaDay::of(date) }
    }

    fn instead(&self, who: AccountId, on: Date) -> AccountId {
        let stands_in =
            self.covers.iter().rev().find(|cover| cover.away == who && cover.from <= on && on <= cover.until);
        stands_in.map_or(who, |cover| cover.who)
    }

    /// Who is on call at a moment: those of the shifts, then their deputies.
    pub fn on_call(&self, at: Timestamp, zone: &TimeZone) -> Vec<AccountId> {
        let today = at.to_zoned(zone.clone()).date();
        let (mut first, mut then) = (Vec::new(), Vec::new());
        for shift in &self.shifts {
            for day in [today.saturating_sub(1.day()), today] {
                let (from, until) = shift.span(day, zone);
                if shift.days.contains(&self.day(day)) && from <= at && at < until {
                    first.push(self.instead(shift.who, today));
                    then.extend(shift.deputy.map(|deputy| self.instead(deputy, today)));
                }
            }
        }
        let mut all: Vec<AccountId> = Vec::new();
        for one in first.into_iter().chain(then) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }

    /// The stretches from a moment on in which nobody of the rota who is `here` is on call.
    pub fn gaps(
        &self,
        from: Timestamp,
        days: u32,
        zone: &TimeZone,
        here: impl Fn(AccountId) -> bool,
    ) -> Vec<Gap> {
        let until =
            from.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
        // Who is on call changes only where a shift begins or ends, and at midnight, when somebody is away.
        let first = from.to_zoned(zone.clone()).date();
        let mut changes = BTreeSet::from([from]);
        for ahead in -1..=i64::from(days) + 1 {
            let day = first.saturating_add(ahead.days());
            changes.insert(instant(day, Time::midnight(), zone));
            for shift in &self.shifts {
                let (begins, ends) = shift.span(day, zone);
                changes.extend([begins, ends]);
            }
        }
        let changes: Vec<Timestamp> =
            changes.into_iter().filter(|at| from <= *at && *at < until).chain([until]).collect();
        let mut gaps: Vec<Gap> = Vec::new();
        for pair in changes.windows(2) {
            if self.on_call(pair[0], zone).into_iter().any(&here) {
                continue;
            }
            match gaps.last_mut() {
                Some(last) if last.until == pair[0] => last.until = pair[1],
                _ => gaps.push(Gap { from: pair[0], until: pair[1] }),
            }
        }
        gaps
    }
}
