//! How minutes become units of service. Three ways are in use, so each programme chooses.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

/// How the last, unfinished unit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Only a full unit counts: with 15 minutes, 29 minutes are 1 unit.
    Full,
    /// A unit counts when more than half of it was given: with 15 minutes, 8 minutes are 1 unit.
    Eight,
    /// A unit counts as soon as it has begun: with 15 minutes, 16 minutes are 2 units.
    UpTo,
}

impl Rounding {
    pub(super) const NAMES: &[(&'static str, Rounding)] =
        &[("full", Rounding::Full), ("eight", Rounding::Eight), ("up_to", Rounding::UpTo)];

    /// How many units these minutes are. Nothing is nought units in every way.
    pub fn units(self, minutes: u32, unit_minutes: NonZeroU32) -> u32 {
        let unit = unit_minutes.get();
        let spare = match self {
            Rounding::Full => 0,
            // One less than the least that counts is left over: 7 for 15, so that 8 minutes reach the next unit.
            Rounding::Eight => (unit - 1) / 2,
            Rounding::UpTo => unit - 1,
        };
        let units = (u64::from(minutes) + u64::from(spare)) / u64::from(unit);
        u32::try_from(units).unwrap_or(u32::MAX)
    }
}
