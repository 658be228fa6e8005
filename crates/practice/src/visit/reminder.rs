//! When somebody wants to be reminded of a visit: only in hours that they said are safe.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// The hours in which a reminder may come, by the clock on the wall. They may run past midnight; the same time twice is
/// the whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafeHours {
    /// From then on.
    pub from: Time,
    /// Up to then.
    pub to: Time,
}

impl SafeHours {
    /// The whole day.
    pub const ANY: SafeHours = SafeHours { from: Time::MIN, to: Time::MIN };

    /// Whether a reminder may come at a moment of the clock on the wall.
    pub fn lets(&self, at: DateTime) -> bool {
        let time = at.time();
        match self.from.cmp(&self.to) {
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Less => self.from <= time && time < self.to,
            std::cmp::Ordering::Greater => self.from <= time || time < self.to,
        }
    }

    /// The moment from which a visit is reminded of: so long before it, or the last safe minute before that.
    pub fn moment(&self, starts: Timestamp, lead: SignedDuration, zone: &TimeZone) -> Timestamp {
        let wanted = starts.saturating_sub(lead).unwrap_or(Timestamp::MIN);
        let local = zone.to_datetime(wanted);
        if self.lets(local) {
            return wanted;
        }
        let today = local.date();
        let day = if self.to <= local.time() { today } else { today.yesterday().unwrap_or(today) };
        let last = day.to_datetime(self.to).saturating_sub(1.minute());
        zone.to_ambiguous_timestamp(last).compatible().map_or(wanted, |at| at.min(wanted))
    }

    /// Whether now is the time: it is near enough, it has not begun, and the hour is safe.
    pub fn is_due(&self, starts: Timestamp, lead: SignedDuration, zone: &TimeZone, now: Timestamp) -> bool {
        self.moment(starts, lead, zone) <= now && now < starts && self.lets(zone.to_datetime(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// covers: AL-50
    #[test]
    fn a_reminder_waits_for_a_safe_hour_and_comes_before_the_visit() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let hours = SafeHours { from: time(10, 0, 0, 0), to: time(18, 0, 0, 0) };
        // Nine in the morning: a day before is not safe, so it comes the evening before that.
        let (starts, day) = (at("2026-11-20T14:00:00Z"), SignedDuration::from_hours(24));
        assert_eq!(hours.moment(starts, day, &zone), at("2026-11-18T22:59:00Z"));
        // Two hours before is at night, so it comes in the evening, and not in the morning.
        let two = SignedDuration::from_hours(2);
        assert_eq!(hours.moment(starts, two, &zone), at("2026-11-19T22:59:00Z"));
        assert!(hours.is_due(starts, two, &zone, at("2026-11-19T22:59:30Z")));
        assert!(!hours.is_due(starts, two, &zone, at("2026-11-20T03:00:00Z")), "at night it is not safe");
        assert!(!hours.is_due(starts, two, &zone, starts), "it has begun");
        // Booked at noon for five: now is safe, and it is near enough.
        assert!(hours.is_due(at("2026-11-19T22:00:00Z"), day, &zone, at("2026-11-19T17:00:00Z")));
        // Hours that run past midnight.
        let night = SafeHours { from: time(21, 0, 0, 0), to: time(1, 0, 0, 0) };
        assert_eq!(night.moment(starts, two, &zone), at("2026-11-20T05:59:00Z"));
    }

    proptest! {
        /// Whatever the hours and the day, change of clocks or not: no reminder in an hour that is not safe, none after the
        /// visit has begun, and where an hour is safe within a day before it is wanted, there is one.
        #[test]
        fn no_reminder_comes_in_an_hour_that_is_not_safe(
            from in 0_i8..24, to in 0_i8..24, day in 0_i64..400, minute in 0_i64..1440, lead in 1_i64..72,
        ) {
            let zone = TimeZone::get("America/Chicago").unwrap();
            let hours = SafeHours { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) };
            let starts = at("2026-10-01T00:00:00Z") + SignedDuration::from_mins(day * 1440 + minute);
            let lead = SignedDuration::from_hours(lead);
            let from = hours.moment(starts, lead, &zone);
            prop_assert!(from <= starts - lead);
            prop_assert!(from >= starts - lead - SignedDuration::from_hours(26));
            let mut once = false;
            for step in 0..(28 * 12 + lead.as_hours() * 12) {
                let now = starts - lead - SignedDuration::from_hours(27) + SignedDuration::from_mins(step * 5);
                let due = hours.is_due(starts, lead, &zone, now);
                prop_assert!(!due || (hours.lets(zone.to_datetime(now)) && now < starts));
                once |= due;
            }
            // The last safe minute before lies between two looks; looked at then, it is due.
            prop_assert!(once || hours.is_due(starts, lead, &zone, from + SignedDuration::from_secs(30)));
        }
    }
}
