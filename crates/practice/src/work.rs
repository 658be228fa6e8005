//! Work that is not with a person: outreach, travel, meetings, teaching staff. All of it is paid time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One stretch of work without a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The kind, an id of the pack's work kinds.
    pub kind: String,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// A line about it, if the worker likes. Never about a person.
    pub words: String,
}

/// Why a stretch of time can't be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeFault {
    /// It ends before it starts.
    #[error("the end is before the start")]
    EndsBeforeStart,
    /// It lies in the future.
    #[error("it has not happened yet")]
    InFuture,
    /// Longer than a day.
    #[error("it is longer than a day")]
    TooLong,
    /// The kind is not in the pack.
    #[error("this programme has no such kind")]
    UnknownKind,
}

/// How far a phone's clock may run ahead before a time counts as the future, in minutes.
const CLOCK_SLACK_MINUTES: i64 = 10;

/// Checks that a stretch of time can have happened.
///
/// # Errors
/// When it ends before it starts, is longer than 24 hours or lies in the future.
pub fn happened(started: Timestamp, ended: Timestamp, now: Timestamp) -> Result<(), TimeFault> {
    let seconds = ended.as_second() - started.as_second();
    if seconds < 0 {
        Err(TimeFault::EndsBeforeStart)
    } else if seconds > 24 * 3600 {
        Err(TimeFault::TooLong)
    } else if ended.as_second() > now.as_second() + CLOCK_SLACK_MINUTES * 60 {
        Err(TimeFault::InFuture)
    } else {
        Ok(())
    }
}

impl Work {
    /// Checks what was typed. `known` says whether the pack has the kind.
    ///
    /// # Errors
    /// When the time can't have happened, or the kind is unknown.
    pub fn checked(self, known: bool, now: Timestamp) -> Result<Work, TimeFault> {
        if !known {
            return Err(TimeFault::UnknownKind);
        }
        happened(self.started, self.ended, now)?;
        Ok(self)
    }

    /// How long, in whole minutes.
    pub fn minutes(&self) -> u32 {
        minutes(self.started, self.ended)
    }
}

/// Whole minutes from start to end; 0 if it ends before it starts.
pub fn minutes(started: Timestamp, ended: Timestamp) -> u32 {
    u32::try_from((ended.as_second() - started.as_second()) / 60).unwrap_or(0)
}

/// What somebody's time with people went into. Never beside anybody else's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mix {
    /// Minutes with people in all.
    pub minutes: u32,
    /// Activities, with how many in a hundred of those minutes; the largest first.
    pub did: Vec<(String, u32)>,
    /// How many in a hundred served a goal of the person's.
    pub goals: u32,
}

impl Mix {
    /// From contacts: how long each was, what was done, and whether it served a goal. Where several things were done the
    /// time is parted evenly between them.
    pub fn of<'a>(
        contacts: impl IntoIterator<Item = (u32, &'a std::collections::BTreeSet<String>, bool)>,
    ) -> Mix {
        let (mut all, mut goals) = (0_u64, 0_u64);
        let mut did: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
        for (minutes, activities, goal) in contacts {
            all += u64::from(minutes);
            goals += if goal { u64::from(minutes) } else { 0 };
            for activity in activities {
                // Thousandths of a minute, so that parting loses nothing to speak of.
                *did.entry(activity).or_default() += u64::from(minutes) * 1000 / activities.len() as u64;
            }
        }
        let share =
            |part: u64| u32::try_from((part * 100 + all / 2).checked_div(all).unwrap_or(0)).unwrap_or(100);
        let mut did: Vec<(String, u32)> =
            did.into_iter().map(|(id, part)| (id.to_owned(), share(part / 1000))).collect();
        did.sort_by_key(|(_, share)| std::cmp::Reverse(*share));
        Mix { minutes: u32::try_from(all).unwrap_or(u32::MAX), did, goals: share(goals) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    /// covers: WI-08
    ///
    /// "Rides 40 % of the time, goals 5 %" is said from what was noted, and parts the time of one visit evenly.
    #[test]
    fn a_mix_parts_time_evenly_and_says_how_much_served_a_goal() {
        let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let (ride, both, none) = (set(&["ride"]), set(&["ride", "listened"]), set(&[]));
        let mix = Mix::of([(60, &ride, false), (60, &both, true), (80, &none, false)]);
        assert_eq!((mix.minutes, mix.goals), (200, 30));
        assert_eq!(mix.did, [("ride".to_owned(), 45), ("listened".to_owned(), 15)]);
        assert_eq!(Mix::of([]), Mix::default());
    }

    proptest! {
        #[test]
        fn a_share_is_never_more_than_all(times in proptest::collection::vec((0u32..2000, 0usize..4, any::<bool>()), 0..20)) {
            let sets: Vec<std::collections::BTreeSet<String>> =
                times.iter().map(|(_, count, _)| (0..*count).map(|id| id.to_string()).collect()).collect();
            let mix = Mix::of(times.iter().zip(&sets).map(|((minutes, _, goal), set)| (*minutes, set, *goal)));
            prop_assert!(mix.goals <= 100);
            prop_assert!(mix.did.iter().all(|(_, share)| *share <= 100));
            prop_assert!(mix.did.iter().map(|(_, share)| *share).sum::<u32>() <= 104);
        }

        #[test]
        fn only_what_can_have_happened_is_kept(start in 0i64..200_000, length in -4_000i64..100_000, now in 0i64..200_000) {
            let answer = happened(at(start), at(start + length), at(now));
            let can = (0..=86_400).contains(&length) && start + length <= now + CLOCK_SLACK_MINUTES * 60;
            prop_assert_eq!(answer.is_ok(), can);
        }
    }
}
