#![allow(clippy::unwrap_used, reason = "a test may fail")]

use super::*;
use jiff::civil::{date, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

fn one(number: u8) -> AccountId {
    AccountId(Uuid::from_u128(u128::from(number) + 1))
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + seconds).unwrap()
}

fn ladder(waits: &[u32], again: u32) -> Ladder {
    let rungs = waits
        .iter()
        .enumerate()
        .map(|(number, wait)| Rung {
            who: Called::Named(one(number as u8)),
            means: [Means::Call, Means::Email].into(),
            wait: *wait,
        })
        .collect();
    Ladder { rungs, again, hours: None }
}

fn of(who: impl Iterator<Item = AccountId> + Clone) -> Roster {
    Roster { here: who.clone().collect(), everybody: who.collect(), ..Roster::default() }
}

fn everybody(count: u8) -> Roster {
    of((0..count).map(one))
}

/// Wakes at each of these moments, as servers do that come and go, and answers every step made.
fn woken(ladder: &Ladder, roster: &Roster, mut run: Run, wakes: &[i64]) -> Vec<Step> {
    let mut made = Vec::new();
    for wake in wakes {
        let (steps, next) = ladder.climb(run, roster, at(*wake));
        made.extend(steps);
        run = next;
    }
    made
}

#[test]
fn the_rungs_are_called_in_their_time_and_then_everybody_again() {
    let ladder = ladder(&[300, 600, 300], 300);
    let roster = everybody(5);
    let wakes: Vec<i64> = (0..40).map(|minute| minute * 60).collect();
    let steps = woken(&ladder, &roster, Run::begin(at(0), None), &wakes);
    let first: Vec<(Place, i64)> =
        steps.iter().take(5).map(|step| (step.place, step.due.as_second() - at(0).as_second())).collect();
    assert_eq!(
        first,
        [
            (Place::Rung(0), 0),
            (Place::Rung(1), 300),
            (Place::Rung(2), 900),
            (Place::Again(1), 1200),
            (Place::Again(2), 1500)
        ]
    );
    assert_eq!(steps[3].who, [one(0), one(1), one(2)]);
}

/// Whoever the report is about is never called, and nobody waits for their rung.
#[test]
fn a_rung_the_report_is_about_costs_no_time() {
    let ladder = ladder(&[300, 600], 300);
    let roster = Roster { not: [one(0)].into(), ..everybody(3) };
    let steps = woken(&ladder, &roster, Run::begin(at(0), None), &[0, 600, 900]);
    assert_eq!((steps[0].place, steps[0].due, steps[0].who.clone()), (Place::Rung(1), at(0), vec![one(1)]));
    assert!(steps.iter().all(|step| !step.who.contains(&one(0))));
}

#[test]
fn when_nobody_of_the_ladder_is_left_everybody_is_called() {
    let ladder = ladder(&[300, 600], 300);
    let roster = of([one(7), one(8)].into_iter());
    let steps = woken(&ladder, &roster, Run::begin(at(0), None), &[0]);
    assert_eq!((steps[0].due, steps[0].who.clone()), (at(0), vec![one(7), one(8)]));
    let nobody = Roster::default();
    let (steps, run) = ladder.climb(Run::begin(at(0), None), &nobody, at(0));
    assert!(steps.is_empty() && run.due == Some(at(300)), "it goes on, for somebody may come back");
    assert!(ladder.ahead(Run::begin(at(0), None), &nobody, 3).is_empty());
}

#[test]
fn whoever_it_was_handed_to_is_called_first_and_then_the_ladder_starts_again() {
    let ladder = ladder(&[300, 600], 300);
    let run = Run::begin(at(0), Some(one(4)));
    let steps = woken(&ladder, &everybody(5), run, &[0, 300, 600]);
    let places: Vec<Place> = steps.iter().map(|step| step.place).collect();
    assert_eq!(places, [Place::HandedTo, Place::Rung(0), Place::Rung(1)]);
    assert_eq!(steps[0].who, [one(4)]);
    // Whoever it was handed to has left meanwhile: the first rung does not wait for them.
    let steps = woken(&ladder, &everybody(3), run, &[0]);
    assert_eq!((steps[0].place, steps[0].due), (Place::Rung(0), at(0)));
}

#[test]
fn repeated_calls_end_when_the_programme_says_so_and_not_before() {
    let ladder = Ladder { hours: Some(1), ..ladder(&[300], 600) };
    let wakes: Vec<i64> = (0..300).map(|minute| minute * 60).collect();
    let steps = woken(&ladder, &everybody(2), Run::begin(at(0), None), &wakes);
    assert_eq!(steps.last().unwrap().due, at(3300));
    let (none, run) = ladder.climb(
        Run { step: 9, due: Some(at(3900)), ..Run::begin(at(0), None) },
        &everybody(2),
        at(3900),
    );
    assert!(none.is_empty() && run.due.is_none());
}

#[test]
fn only_a_phone_that_rang_in_a_test_call_lets_a_page_say_so() {
    let call = |who, means, went, proven| Made { step: 1, who: one(who), means, went, proven };
    assert_eq!(saying(&[]), Saying::Nobody);
    let mail = call(1, Some(Means::Email), Went::Out, true);
    assert_eq!(saying(&[call(1, None, Went::Out, true), mail]), Saying::CallThem(vec![one(1)]));
    for (went, proven) in [(Went::Out, false), (Went::Waiting, true), (Went::NoWay, true)] {
        let made = [mail, call(1, Some(Means::Call), went, proven)];
        assert_eq!(saying(&made), Saying::CallThem(vec![one(1)]), "{went:?} {proven}");
    }
    let rang = call(2, Some(Means::Call), Went::Out, true);
    assert_eq!(saying(&[mail, rang]), Saying::Ringing(vec![one(2)]));
    // What rang an hour ago says nothing of now.
    let newer = Made { step: 2, ..mail };
    assert_eq!(saying(&[rang, newer]), Saying::CallThem(vec![one(1)]));
}

#[test]
fn a_ladder_that_can_t_be_used_says_why() {
    assert_eq!(ladder(&[1, 86_400], 1).check(), Ok(()));
    let bad = Ladder { again: 0, ..ladder(&[0, 5, 86_401], 1) };
    assert_eq!(bad.check(), Err(vec![LadderFault::Wait(1), LadderFault::Wait(3), LadderFault::Again]));
    assert_eq!(Ladder { rungs: vec![], ..ladder(&[], 1) }.check(), Err(vec![LadderFault::NoRung]));
}

fn new_york() -> TimeZone {
    TimeZone::get("America/New_York").unwrap()
}

fn weekdays() -> BTreeSet<RotaDay> {
    RotaDay::ALL.into_iter().take(5).collect()
}

fn clock(day: jiff::civil::Date, hour: i8, minute: i8) -> Timestamp {
    day.at(hour, minute, 0, 0).to_zoned(new_york()).unwrap().timestamp()
}

fn rota() -> Rota {
    let shift = |days: BTreeSet<RotaDay>, from: i8, until: i8, who, deputy| Shift {
        days,
        from: time(from, 0, 0, 0),
        until: time(until, 0, 0, 0),
        who: one(who),
        deputy,
    };
    let weekend = [RotaDay::Saturday, RotaDay::Sunday].into();
    Rota {
        shifts: vec![
            shift(weekdays(), 8, 18, 1, Some(one(2))),
            shift(weekdays(), 18, 8, 3, None),
            shift(weekend, 8, 8, 4, None),
            shift([RotaDay::Holiday].into(), 8, 8, 5, None),
        ],
        holidays: [date(2026, 11, 26)].into(),
        covers: vec![Cover { from: date(2026, 12, 7), until: date(2026, 12, 9), away: one(1), who: one(6) }],
    }
}

#[test]
fn nights_weekends_holidays_deputies_and_stand_ins_are_on_call() {
    let rota = rota();
    let on = |day, hour, minute| rota.on_call(clock(day, hour, minute), &new_york());
    let (monday, saturday) = (date(2026, 11, 30), date(2026, 11, 28));
    assert_eq!(on(monday, 9, 0), [one(1), one(2)]);
    assert_eq!(on(monday, 7, 59), [one(4)], "Sunday's shift ends on Monday morning");
    assert_eq!(on(monday, 23, 0), [one(3)]);
    assert_eq!(on(date(2026, 12, 1), 3, 0), [one(3)]);
    assert_eq!(on(saturday, 12, 0), [one(4)]);
    let thanksgiving = date(2026, 11, 26);
    assert_eq!(on(thanksgiving, 12, 0), [one(5)]);
    assert_eq!(on(date(2026, 11, 27), 7, 0), [one(5)]);
    assert_eq!(on(date(2026, 12, 8), 12, 0), [one(6), one(2)]);
    assert_eq!(on(date(2026, 12, 10), 12, 0), [one(1), one(2)]);
}

#[test]
fn a_gap_is_seen_before_it_comes() {
    let mut rota = rota();
    let monday = clock(date(2026, 11, 30), 0, 0);
    assert_eq!(rota.gaps(monday, 14, &new_york(), |_| true), []);
    // Whoever has left leaves gaps, and so does a night nobody took.
    let gaps = rota.gaps(monday, 7, &new_york(), |who| who != one(4));
    assert_eq!(gaps.len(), 2, "{gaps:?}");
    assert_eq!(gaps[0], Gap { from: monday, until: clock(date(2026, 11, 30), 8, 0) });
    // Saturday and Sunday, until the seven days are over.
    let week = Gap { from: clock(date(2026, 12, 5), 8, 0), until: clock(date(2026, 12, 7), 0, 0) };
    assert_eq!(gaps[1], week);
    rota.shifts.clear();
    assert_eq!(rota.gaps(monday, 1, &new_york(), |_| true).len(), 1);
}

/// The night the clocks go back has an hour twice, and the night they go forward has one less: shifts meet all the same.
#[test]
fn a_change_of_daylight_time_leaves_no_gap_and_calls_nobody_twice() {
    let shift = |from: i8, until: i8, who| Shift {
        days: RotaDay::ALL.into_iter().take(7).collect(),
        from: time(from, 30, 0, 0),
        until: time(until, 30, 0, 0),
        who: one(who),
        deputy: None,
    };
    // They change at half past one and at half past two, in the middle of what is skipped or comes twice.
    let rota = Rota { shifts: vec![shift(2, 1, 1), shift(1, 2, 2)], ..Rota::default() };
    for day in [date(2026, 3, 8), date(2026, 11, 1)] {
        let from = clock(day, 0, 0);
        assert_eq!(rota.gaps(from, 2, &new_york(), |_| true), [], "{day}");
        for minute in 0..6 * 60 {
            let now = from + SignedDuration::from_mins(minute);
            assert_eq!(rota.on_call(now, &new_york()).len(), 1, "{day} {minute}");
        }
    }
    // The ladder itself counts seconds, not the hands of a clock.
    let night = clock(date(2026, 11, 1), 1, 50);
    let ladder = ladder(&[600, 600], 600);
    let (_, run) = ladder.climb(Run::begin(night, None), &everybody(3), night);
    assert_eq!(run.due.unwrap().duration_since(night).as_secs(), 600);
}

proptest! {
    /// However often and whenever servers wake: every rung that was due is called once, in order, at its time, none twice.
    #[test]
    fn every_due_rung_is_called_once(
        waits in proptest::collection::vec(1u32..900, 1..6),
        again in 1u32..900,
        naps in proptest::collection::vec(0i64..4000, 1..40),
    ) {
        let ladder = ladder(&waits, again);
        let roster = everybody(waits.len() as u8);
        let mut wakes = vec![];
        let mut now = 0;
        for nap in naps { now += nap; wakes.push(now); }
        let steps = woken(&ladder, &roster, Run::begin(at(0), None), &wakes);
        let mut due = 0;
        for (number, wait) in waits.iter().enumerate() {
            let called: Vec<&Step> = steps.iter().filter(|step| step.place == Place::Rung(number)).collect();
            if due <= now {
                prop_assert_eq!(called.len(), 1);
                prop_assert_eq!(called[0].due, at(due));
                prop_assert_eq!(&called[0].who, &vec![one(number as u8)]);
            } else {
                prop_assert!(called.is_empty());
            }
            due += i64::from(*wait);
        }
        // Steps are numbered on, and never go back in time.
        for pair in steps.windows(2) {
            prop_assert_eq!(pair[0].number + 1, pair[1].number);
            prop_assert!(pair[0].due < pair[1].due);
        }
        // After the last rung somebody is called at least once in each stretch between two wakes that holds a repeat.
        let mut asleep = due;
        for wake in &wakes {
            if *wake >= due && (wake - due) / i64::from(again) > (asleep - due) / i64::from(again) {
                let in_stretch = |step: &&Step| step.due > at(asleep) && step.due <= at(*wake);
                prop_assert!(steps.iter().any(|step| in_stretch(&step)));
            }
            asleep = asleep.max(*wake);
        }
    }

    /// Nobody who left, and nobody the report is about, is ever called; and somebody is called at once while anybody is left.
    #[test]
    fn somebody_is_called_at_once_and_never_the_wrong_one(
        waits in proptest::collection::vec(1u32..900, 1..6),
        here in proptest::collection::btree_set(0u8..8, 0..8),
        about in proptest::collection::btree_set(0u8..8, 0..4),
        until in 0i64..10_000,
    ) {
        let ladder = ladder(&waits, 60);
        let roster = Roster {
            not: about.iter().copied().map(one).collect(),
            ..of(here.iter().copied().map(one))
        };
        let steps = woken(&ladder, &roster, Run::begin(at(0), None), &[0, until]);
        let left: BTreeSet<u8> = here.difference(&about).copied().collect();
        prop_assert_eq!(steps.is_empty(), left.is_empty());
        if let Some(first) = steps.first() { prop_assert_eq!(first.due, at(0)); }
        for step in &steps {
            prop_assert!(!step.who.is_empty());
            prop_assert!(step.who.iter().all(|who| left.iter().any(|number| one(*number) == *who)));
        }
    }

    /// What a page shows of the steps to come is what then happens.
    #[test]
    fn what_is_shown_ahead_comes_true(
        waits in proptest::collection::vec(1u32..900, 1..6),
        here in proptest::collection::btree_set(0u8..8, 1..8),
    ) {
        let ladder = ladder(&waits, 60);
        let roster = of(here.iter().copied().map(one));
        let ahead = ladder.ahead(Run::begin(at(0), None), &roster, 8);
        prop_assert!(!ahead.is_empty());
        let wakes: Vec<i64> = ahead.iter().map(|step| step.due.as_second() - at(0).as_second()).collect();
        prop_assert_eq!(woken(&ladder, &roster, Run::begin(at(0), None), &wakes), ahead);
    }

    /// Whatever a rota says, at each moment outside of its gaps somebody is on call, and nobody inside of them.
    #[test]
    fn gaps_are_exactly_where_nobody_is_on_call(
        shifts in proptest::collection::vec((0usize..8, 0i8..24, 0i8..24, 0u8..4), 0..6),
        minutes in proptest::collection::vec(0i64..10 * 24 * 60, 20),
    ) {
        let rota = Rota {
            shifts: shifts.into_iter().map(|(day, from, until, who)| Shift {
                days: [RotaDay::ALL[day], RotaDay::ALL[(day + 3) % 8]].into(),
                from: time(from, 15, 0, 0),
                until: time(until, 15, 0, 0),
                who: one(who),
                deputy: None,
            }).collect(),
            holidays: [date(2026, 11, 3)].into(),
            covers: vec![Cover { from: date(2026, 10, 30), until: date(2026, 11, 2), away: one(0), who: one(3) }],
        };
        // Over the night in which the clocks go back.
        let from = clock(date(2026, 10, 28), 5, 7);
        let here = |who| who != one(3);
        let gaps = rota.gaps(from, 10, &new_york(), here);
        for minute in minutes {
            let now = from + SignedDuration::from_mins(minute);
            let inside = gaps.iter().any(|gap| gap.from <= now && now < gap.until);
            prop_assert_eq!(inside, !rota.on_call(now, &new_york()).into_iter().any(here), "{}", now);
        }
    }
}
