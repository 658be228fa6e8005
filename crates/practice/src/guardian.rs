//! Who decides about what is a young person's own: they alone, or a guardian too, by their age and the pack's numbers.
//!
//! Nothing is switched over when a birthday comes. Who decides is asked on each day anew, so the day changes it by itself.

use jiff::ToSpan;
use jiff::civil::Date;

/// The title of somebody who stands up for a young person, as memberships and policies name it.
pub const GUARDIAN: &str = "guardian";
/// The most years somebody can be old.
const MOST_YEARS: i16 = 120;

/// The ages that a pack names for the services of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeRules {
    /// From this age a young person says yes to this service, and to what leaves of it, alone. What they write is theirs
    /// alone from then on.
    pub decides: u32,
    /// From this age somebody is grown up.
    pub adult: u32,
    /// Whether a yes to a copy leaving needs both signatures while a guardian decides, as 42 CFR 2.14 asks for records of
    /// substance-use services.
    pub both_sign: bool,
}

/// Who decides, on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decides {
    /// A guardian, until the day before this one.
    Guardian {
        /// The birthday from which the young person decides alone.
        until: Date,
    },
    /// The young person alone, though they are not grown up yet.
    Young {
        /// The birthday on which they decided alone for the first time.
        since: Date,
        /// The birthday on which they are grown up.
        adult: Date,
    },
    /// Whoever is grown up, and whoever never said when they were born.
    Adult,
}

impl Decides {
    /// The day from which the young person decides alone, while a guardian does.
    pub fn guarded_until(self) -> Option<Date> {
        match self {
            Decides::Guardian { until } => Some(until),
            Decides::Young { .. } | Decides::Adult => None,
        }
    }
}

/// Why this can't be the day somebody was born.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody who is here was born on that day")]
pub struct BirthFault;

/// Takes a day of birth.
///
/// # Errors
/// When it is in the future, or too long ago.
pub fn born(on: Date, today: Date) -> Result<Date, BirthFault> {
    if on <= today && today.year() - on.year() <= MOST_YEARS { Ok(on) } else { Err(BirthFault) }
}

/// The day on which somebody reaches an age. Whoever was born on a leap day does on the last of February, so that nobody
/// waits a day longer for what is theirs.
pub fn birthday(born: Date, age: u32) -> Date {
    born.saturating_add(i64::from(age).years())
}

impl AgeRules {
    /// Who decides about what is somebody's own. `born` is empty for somebody who never said it: they are taken as grown
    /// up, since nobody may be kept from what is theirs for want of a paper.
    pub fn decides(self, born: Option<Date>, on: Date) -> Decides {
        let Some(born) = born else { return Decides::Adult };
        let adult = birthday(born, self.adult);
        let since = birthday(born, self.decides).min(adult);
        if on < since {
            Decides::Guardian { until: since }
        } else if on < adult {
            Decides::Young { since, adult }
        } else {
            Decides::Adult
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_leap_day_reaches_an_age_on_the_last_of_february() {
        assert_eq!(birthday(date(2012, 2, 29), 14), date(2026, 2, 28));
        assert_eq!(birthday(date(2012, 2, 29), 12), date(2024, 2, 29));
    }

    #[test]
    fn nobody_was_born_tomorrow_or_in_the_last_century_but_one() {
        let today = date(2026, 11, 19);
        assert_eq!(born(today, today), Ok(today));
        assert_eq!(born(date(2026, 11, 20), today), Err(BirthFault));
        assert_eq!(born(date(1890, 1, 1), today), Err(BirthFault));
    }

    proptest! {
        /// Whoever has no day of birth decides alone. For everybody else there is one day from which they do, it is a
        /// birthday, and after it no guardian ever decides again.
        #[test]
        fn it_changes_once_on_a_birthday(days in 0i64..9000, decides in 0u32..22, adult in 16u32..22, leap: bool) {
            let start = if leap { date(2008, 2, 29) } else { date(2005, 1, 1).saturating_add((days % 365).days()) };
            let rules = AgeRules { decides, adult, both_sign: false };
            prop_assert_eq!(rules.decides(None, start), Decides::Adult);
            let on = start.saturating_add(days.days());
            let change = birthday(start, decides.min(adult));
            let guarded = rules.decides(Some(start), on).guarded_until();
            prop_assert_eq!(guarded, (on < change).then_some(change));
            // The day before, and the day itself.
            if decides.min(adult) > 0 {
                let before = change.yesterday().unwrap();
                prop_assert_eq!(rules.decides(Some(start), before).guarded_until(), Some(change));
            }
            prop_assert_eq!(rules.decides(Some(start), change).guarded_until(), None);
            let grown = rules.decides(Some(start), on) == Decides::Adult;
            prop_assert_eq!(grown, on >= birthday(start, adult));
        }
    }
}
