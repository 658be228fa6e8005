//! Minutes into units, as the three regimes define it.

use std::num::NonZeroU32;

use proptest::prelude::*;

use super::*;

const QUARTER: NonZeroU32 = NonZeroU32::new(15).unwrap();

#[test]
fn the_three_ways_of_rounding_a_quarter_hour() {
    for (minutes, full, eight, up_to) in [
        (0, 0, 0, 0),
        (1, 0, 0, 1),
        (7, 0, 0, 1),
        (8, 0, 1, 1),
        (14, 0, 1, 1),
        (15, 1, 1, 1),
        (16, 1, 1, 2),
        (22, 1, 1, 2),
        (23, 1, 2, 2),
        (29, 1, 2, 2),
        (30, 2, 2, 2),
        (37, 2, 2, 3),
        (38, 2, 3, 3),
        (50, 3, 3, 4),
    ] {
        assert_eq!(Rounding::Full.units(minutes, QUARTER), full, "full, {minutes}");
        assert_eq!(Rounding::Eight.units(minutes, QUARTER), eight, "eight, {minutes}");
        assert_eq!(Rounding::UpTo.units(minutes, QUARTER), up_to, "up to, {minutes}");
    }
}

fn any_way() -> impl Strategy<Value = Rounding> {
    prop_oneof![Just(Rounding::Full), Just(Rounding::Eight), Just(Rounding::UpTo)]
}

proptest! {
    #[test]
    fn a_quarter_hour_follows_the_published_formulas(minutes in 0_u32..100_000) {
        prop_assert_eq!(Rounding::Full.units(minutes, QUARTER), minutes / 15);
        prop_assert_eq!(Rounding::Eight.units(minutes, QUARTER), (minutes + 7) / 15);
        prop_assert_eq!(Rounding::UpTo.units(minutes, QUARTER), minutes.div_ceil(15));
    }

    #[test]
    fn units_are_sound(way in any_way(), minutes in any::<u32>(), unit in 1_u32..=240) {
        let unit = NonZeroU32::new(unit).unwrap();
        let units = way.units(minutes, unit);
        // No way counts less than the full units, nor more than one unit beyond them.
        let full = Rounding::Full.units(minutes, unit);
        let up_to = Rounding::UpTo.units(minutes, unit);
        prop_assert!(full <= units && units <= up_to && up_to - full <= 1);
        // Another minute never takes a unit away, and a whole unit of minutes is always one unit more.
        prop_assert!(way.units(minutes.saturating_add(1), unit) >= units);
        if let Some(more) = minutes.checked_add(unit.get()) {
            prop_assert_eq!(way.units(more, unit), units + 1);
        }
        prop_assert_eq!(way.units(0, unit), 0);
        // Half a unit is not more than half.
        if unit.get().is_multiple_of(2) {
            prop_assert_eq!(Rounding::Eight.units(unit.get() / 2, unit), 0);
            prop_assert_eq!(Rounding::Eight.units(unit.get() / 2 + 1, unit), 1);
        }
    }
}
