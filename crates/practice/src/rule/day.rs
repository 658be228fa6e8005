//! Counting days as people do. Every day is a calendar day in the programme's zone.

use jiff::ToSpan;
use jiff::civil::Date;

/// The day of the same number so many months on, or that month's last day when it has no such number.
pub fn months_on(day: Date, months: u32) -> Date {
    day.saturating_add(i64::from(months).months())
}

/// So many days on.
pub fn days_on(day: Date, days: u32) -> Date {
    day.saturating_add(i64::from(days).days())
}

/// So many days back.
pub fn days_back(day: Date, days: u32) -> Date {
    day.saturating_sub(i64::from(days).days())
}

/// The next day. The calendar's last day is followed by itself.
pub fn after(day: Date) -> Date {
    days_on(day, 1)
}

/// The Monday of the week.
pub fn week_of(day: Date) -> Date {
    days_back(day, day.weekday().to_monday_zero_offset().unsigned_abs().into())
}

/// The earliest of the days that come after a given one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next {
    after: Date,
    found: Option<Date>,
}

impl Next {
    pub(super) fn after(day: Date) -> Next {
        Next { after: day, found: None }
    }

    /// Something may change on this day.
    pub(super) fn on(&mut self, day: Date) {
        if day > self.after && self.found.is_none_or(|found| day < found) {
            self.found = Some(day);
        }
    }

    pub(super) fn maybe(&mut self, day: Option<Date>) {
        if let Some(day) = day {
            self.on(day);
        }
    }

    /// Something holds up to and with this day.
    pub(super) fn ends(&mut self, last: Date) {
        // What lasts to the end of the calendar does not end.
        if last < Date::MAX {
            self.on(after(last));
        }
    }

    pub(super) fn day(self) -> Option<Date> {
        self.found
    }
}
