//! What people asked for and did not get: counts of one quarter of a year, and nobody in them.
//!
//! A programme shows this to those who pay for services, so a count must never point at somebody. Only quarters that are over are
//! counted, so that two reports of the same quarter don't differ by one person. Small counts are not said, and since no total is
//! said either, none can be worked out from the others. People are counted, not asks; nobody's work is.

use crate::advocacy::{Advocacy, Came};
use crate::id::PersonId;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// Up to how many people a count is not said where no programme chose: below eleven, as the federal programmes of health care
/// publish theirs.
pub const FEWEST: u32 = 11;
/// For how many days something is asked for before it counts as not met.
pub const WAITING_DAYS: i32 = 30;

/// A quarter of a year, written `2026-4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    /// From 1 to 4.
    number: i8,
}

/// Not a quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a quarter of a year")]
pub struct NoQuarter;

impl Quarter {
    /// The one that a day is in.
    pub fn of(day: Date) -> Quarter {
        Quarter { year: day.year(), number: (day.month() + 2) / 3 }
    }

    /// Its first day.
    pub fn first(self) -> Date {
        date(self.year, self.number * 3 - 2, 1)
    }

    /// Its last day.
    pub fn last(self) -> Date {
        date(self.year, self.number * 3, 1).last_of_month()
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Quarter {
        Quarter::of(self.first().saturating_sub(1.day()))
    }

    /// The one after.
    #[must_use]
    pub fn after(self) -> Quarter {
        Quarter::of(self.last().saturating_add(1.day()))
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = NoQuarter;

    fn from_str(text: &str) -> Result<Quarter, NoQuarter> {
        let (year, number) = text.split_once('-').ok_or(NoQuarter)?;
        let (year, number) = (year.parse().map_err(|_| NoQuarter)?, number.parse().map_err(|_| NoQuarter)?);
        let known = (2000..=9000).contains(&year) && (1..=4).contains(&number);
        known.then_some(Quarter { year, number }).ok_or(NoQuarter)
    }
}

/// How many people, as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// So many; none, or enough that nobody stands out.
    Exactly(u32),
    /// Somebody, but too few to say how many.
    Few,
}

impl People {
    fn of(people: &BTreeSet<PersonId>, fewest: u32) -> People {
        let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
        if (1..fewest).contains(&count) { People::Few } else { People::Exactly(count) }
    }
}

/// One kind of thing that people asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which kind, by the pack's name.
    pub need: String,
    /// How many did not get it, or not all of it, or asked for it for [`WAITING_DAYS`] and more by the end of the quarter.
    pub unmet: People,
    /// How many got it.
    pub met: People,
}

/// What people of a programme asked for in a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Every kind that anybody asked for, by the pack's name.
    pub lines: Vec<Line>,
    /// What stood in the way of enough people to say so, by the pack's names. How many is not said: that would be a second count
    /// of the same people.
    pub in_the_way: Vec<String>,
}

/// Counts what people asked for. A count of fewer people than `fewest` is not said; every pack asks for at least [`FEWEST`].
pub fn unmet<'a>(
    asks: impl IntoIterator<Item = (PersonId, &'a Advocacy)>,
    quarter: Quarter,
    fewest: u32,
) -> Unmet {
    #[derive(Default)]
    struct Found {
        unmet: BTreeSet<PersonId>,
        met: BTreeSet<PersonId>,
    }
    let mut needs: BTreeMap<&str, Found> = BTreeMap::new();
    let mut in_the_way: BTreeMap<&str, BTreeSet<PersonId>> = BTreeMap::new();
    let waits_since = quarter.last().saturating_sub(WAITING_DAYS.days());
    for (person, advocacy) in asks {
        let asked = advocacy.asked();
        let need = || asked.ask().need.as_str();
        match advocacy.came() {
            Some((came, on)) if (quarter.first()..=quarter.last()).contains(&on) => match came {
                Came::All => _ = needs.entry(need()).or_default().met.insert(person),
                Came::Part { lacking } | Came::Nothing { lacking } => {
                    needs.entry(need()).or_default().unmet.insert(person);
                    in_the_way.entry(lacking).or_default().insert(person);
                }
                Came::LetGo => {}
            },
            // Over before the quarter began; whatever ended after it was still being asked for at its end.
            Some((_, on)) if on < quarter.first() => {}
            _ if asked.since() <= waits_since => {
                needs.entry(need()).or_default().unmet.insert(person);
            }
            _ => {}
        }
    }
    let lines = needs.into_iter().map(|(need, found)| Line {
        need: need.to_owned(),
        unmet: People::of(&found.unmet, fewest),
        met: People::of(&found.met, fewest),
    });
    let enough = |people: &BTreeSet<PersonId>| matches!(People::of(people, fewest), People::Exactly(_));
    let in_the_way = in_the_way.into_iter().filter(|(_, people)| enough(people));
    Unmet { lines: lines.collect(), in_the_way: in_the_way.map(|(lacking, _)| lacking.to_owned()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advocacy::Ask;
    use proptest::prelude::*;
    use uuid::Uuid;

    const QUARTER: Quarter = Quarter { year: 2026, number: 3 };

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn begun(need: &str, since: Date) -> Advocacy {
        let ask = Ask { need: need.into(), place: String::new(), of: "The county".into(), words: "x".into() };
        Advocacy::begin(ask, since).unwrap()
    }

    fn lacking(what: &str) -> Came {
        Came::Nothing { lacking: what.into() }
    }

    #[test]
    fn a_quarter_has_its_days_and_comes_back_as_it_was_written() {
        assert_eq!((QUARTER.first(), QUARTER.last()), (date(2026, 7, 1), date(2026, 9, 30)));
        assert_eq!(Quarter::of(date(2026, 1, 1)).before().to_string(), "2025-4");
        assert_eq!(Quarter::of(date(2026, 12, 31)).after().to_string(), "2027-1");
        for wrong in ["", "2026", "2026-0", "2026-5", "26-1", "2026-1-1", "2026-x", "99999-1"] {
            assert_eq!(wrong.parse::<Quarter>(), Err(NoQuarter), "{wrong}");
        }
        for month in 1..=12 {
            let quarter = Quarter::of(date(2026, month, 28));
            assert_eq!(quarter.to_string().parse(), Ok(quarter));
            assert!(quarter.first() <= date(2026, month, 1) && date(2026, month, 28) <= quarter.last());
        }
    }

    /// What counts in July to September: what ended then without all of it, and what was asked for since August and before.
    #[test]
    fn what_counts_is_what_was_asked_for_and_did_not_come() {
        let (may, august, september) = (date(2026, 5, 4), date(2026, 8, 31), date(2026, 9, 1));
        let closed = |since, came, on| begun("ride", since).close(came, on).unwrap();
        let cases = [
            (begun("ride", may), Some((1, 0))),
            (begun("ride", august), Some((1, 0))),
            (begun("ride", september), None),
            (closed(may, lacking("cost"), september), Some((1, 0))),
            (closed(may, Came::Part { lacking: "cost".into() }, september), Some((1, 0))),
            (closed(may, Came::All, september), Some((0, 1))),
            (closed(may, Came::LetGo, september), None),
            (closed(may, lacking("cost"), date(2026, 6, 30)), None),
            // What came in October was still being asked for at the end of September.
            (closed(may, Came::All, date(2026, 10, 1)), Some((1, 0))),
            (closed(september, lacking("cost"), september), Some((1, 0))),
        ];
        for (at, (advocacy, counts)) in cases.iter().enumerate() {
            let many: Vec<_> = (0..20).map(|number| (person(number), advocacy)).collect();
            let found = unmet(many, QUARTER, FEWEST).lines;
            let expected: Vec<Line> = counts
                .iter()
                .map(|(unmet, met)| Line {
                    need: "ride".into(),
                    unmet: People::Exactly(unmet * 20),
                    met: People::Exactly(met * 20),
                })
                .collect();
            assert_eq!(found, expected, "case {at}");
        }
    }

    /// What one person asked for: which kind, since how many days before the end of the quarter, and how it ended, if it did.
    fn one() -> impl Strategy<Value = Advocacy> {
        let kinds = prop::sample::select(vec!["home", "ride", "school"]);
        let ways = prop::sample::select(vec!["cost", "waiting"]);
        (kinds, 0..200i32, prop::option::of((0..150i32, 0..4u8, ways))).prop_map(|(need, since, end)| {
            let open = begun(need, QUARTER.last() - since.days());
            let Some((days, came, way)) = end else { return open };
            let came = match came {
                0 => Came::All,
                1 => Came::Part { lacking: way.into() },
                2 => lacking(way),
                _ => Came::LetGo,
            };
            open.close(came, QUARTER.last() + 30.days() - days.days()).unwrap()
        })
    }

    proptest! {
        /// Whoever reads the counts can't tell one person by them: no number from one to the fewest is said, and what is said
        /// is right. With one person less, a number that was kept back stays kept back, unless they were the only one, and a
        /// number that was said goes down by one at most, or is kept back.
        ///
        /// covers: GA-28
        #[test]
        fn nobody_stands_out(
            asks in prop::collection::vec((0..14u128, one()), 0..40),
            fewest in 3..9u32,
            gone in 0..14u128,
        ) {
            let report = |left_out: Option<u128>, fewest| {
                let asks = asks.iter().filter(|(who, _)| Some(*who) != left_out);
                unmet(asks.map(|(who, advocacy)| (person(*who), advocacy)), QUARTER, fewest)
            };
            // The same with nothing kept back.
            let (whole, open) = (report(None, fewest), report(None, 0));
            prop_assert_eq!(whole.lines.len(), open.lines.len());
            for (said, known) in whole.lines.iter().zip(&open.lines) {
                prop_assert_eq!(&said.need, &known.need);
                for (said, known) in [(said.unmet, known.unmet), (said.met, known.met)] {
                    let People::Exactly(known) = known else { panic!("something is kept back") };
                    let few = (1..fewest).contains(&known);
                    prop_assert_eq!(said, if few { People::Few } else { People::Exactly(known) });
                }
            }
            let without = report(Some(gone), fewest);
            for before in &whole.lines {
                let after = without.lines.iter().find(|one| one.need == before.need);
                let nobody = People::Exactly(0);
                for (before, after) in [
                    (before.unmet, after.map_or(nobody, |line| line.unmet)),
                    (before.met, after.map_or(nobody, |line| line.met)),
                ] {
                    let stays = match (before, after) {
                        (People::Few, after) => after == People::Few || after == nobody,
                        (People::Exactly(before), People::Few) => before == fewest,
                        (People::Exactly(before), People::Exactly(after)) => before - after <= 1,
                    };
                    prop_assert!(stays, "{before:?} became {after:?}");
                }
            }
            prop_assert!(without.in_the_way.iter().all(|way| whole.in_the_way.contains(way)));
        }
    }
}
