//! How long somebody has worked.
//!
//! Times that overlap count once. A time of work counts in whole months from its first day, a month being complete on
//! the day of the same number; the days left over of several times are added, thirty-one to a month, so that
//! one time alone is whole by the calendar only and a gap that is filled never takes a month away.

use jiff::civil::Date;

use super::day::{after, months_on};
use super::fact::Facts;

/// Whole months of work of this kind that were complete at the beginning of a day.
pub(super) fn months(kind: &str, facts: &Facts, day: Date) -> u32 {
    let (mut months, mut days) = (0, 0);
    let mut add = |from: Date, end: Date| {
        let (whole, left) = between(from, end);
        months += whole;
        days += left;
    };
    // The times are in the order of their first days. `end` is the day after the last one.
    let mut current: Option<(Date, Date)> = None;
    for one in facts.experience.iter().filter(|one| one.kind == kind && one.from <= day) {
        let end = one.until.map_or(day, |last| after(last).min(day));
        current = match current {
            Some((from, last)) if one.from <= last => Some((from, last.max(end))),
            Some((from, last)) => {
                add(from, last);
                Some((one.from, end))
            }
            None => Some((one.from, end)),
        };
    }
    if let Some((from, end)) = current {
        add(from, end);
    }
    months + days / 31
}

/// The day after a given one on which so many months are reached, if that comes with what is known.
pub(super) fn reached(kind: &str, need: u32, facts: &Facts, day: Date) -> Option<Date> {
    if months(kind, facts, day) >= need {
        return None;
    }
    // It only grows, so the first day is found by halving. After so many months more it is reached or never.
    let newest = facts.experience.iter().filter(|one| one.kind == kind).map(|one| one.from).max()?;
    let (mut before, mut enough) = (day, months_on(newest.max(day), need + 1));
    if months(kind, facts, enough) < need {
        return None;
    }
    while after(before) < enough {
        let days = before.until(enough).map_or(0, |span| span.get_days());
        let middle = before.saturating_add(jiff::Span::new().days(days / 2));
        if months(kind, facts, middle) >= need {
            enough = middle;
        } else {
            before = middle;
        }
    }
    Some(enough)
}

/// Whole months and the days left over.
fn between(from: Date, end: Date) -> (u32, u32) {
    if end <= from {
        return (0, 0);
    }
    let guess = (i32::from(end.year()) - i32::from(from.year())) * 12 + i32::from(end.month())
        - i32::from(from.month());
    let mut months = u32::try_from(guess).unwrap_or(0);
    if months_on(from, months) > end {
        months = months.saturating_sub(1);
    }
    let left = months_on(from, months).until(end).map_or(0, |span| span.get_days());
    (months, u32::try_from(left).unwrap_or(0))
}
