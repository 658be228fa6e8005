//! How somebody comes to the programme: who sent them, in whose words, what they want themself, and by which day somebody
//! calls them. Until the first call somebody's turn it is stands on a page.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::AccountId;

/// The longest text of a field, in characters.
pub const TEXT_LIMIT: usize = 2_000;
/// How far ahead a first call is promised, in days.
pub const FARTHEST_DAYS: i32 = 60;

/// Who asked the programme to be there for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum SentBy {
    /// They came by themself.
    Themself,
    /// Somebody else: who, as they said it.
    Somebody {
        /// A name, an office, a clinic.
        who: String,
    },
}

/// What came with somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Who asked.
    pub by: SentBy,
    /// In which words. They are those of whoever asked, and no truth about the person.
    pub words: String,
    /// What the person wants, in their own words; may be empty until somebody has asked them.
    pub wants: String,
}

/// Why it can't be kept so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IntakeFault {
    /// Nobody is named who asked.
    #[error("nobody is named who asked")]
    Nobody,
    /// A text is longer than [`TEXT_LIMIT`].
    #[error("a text is too long")]
    TooLong,
    /// A promise for a day that is over.
    #[error("that day is over")]
    Over,
    /// A promise for a day that is too far away.
    #[error("that is too long to wait")]
    TooFar,
    /// The first call was made.
    #[error("the first call was made")]
    Called,
}

impl Referral {
    /// Takes what was typed.
    ///
    /// # Errors
    /// When nobody is named, or a text is too long.
    pub fn checked(mut self) -> Result<Referral, IntakeFault> {
        if let SentBy::Somebody { who } = &mut self.by {
            *who = who.trim().to_owned();
            if who.is_empty() {
                return Err(IntakeFault::Nobody);
            }
            if who.chars().count() > TEXT_LIMIT {
                return Err(IntakeFault::TooLong);
            }
        }
        for text in [&mut self.words, &mut self.wants] {
            *text = text.trim().to_owned();
            if text.chars().count() > TEXT_LIMIT {
                return Err(IntakeFault::TooLong);
            }
        }
        Ok(self)
    }
}

/// Somebody coming to the programme, up to the first call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Intake {
    /// They wait for the first call.
    Waiting {
        /// What came with them.
        referral: Referral,
        /// The day they came.
        came: Date,
        /// The day by which they are called, as they were promised.
        promised: Date,
        /// Days on which somebody called and reached nobody.
        tried: Vec<Date>,
    },
    /// Somebody reached them.
    Called {
        /// What came with them.
        referral: Referral,
        /// The day they came.
        came: Date,
        /// The day by which it was promised at last.
        promised: Date,
        /// The day of the call.
        on: Date,
        /// Who called.
        by: AccountId,
    },
}

fn promise(promised: Date, today: Date) -> Result<Date, IntakeFault> {
    if promised < today {
        return Err(IntakeFault::Over);
    }
    if promised > today.saturating_add(FARTHEST_DAYS.days()) {
        return Err(IntakeFault::TooFar);
    }
    Ok(promised)
}

impl Intake {
    /// Somebody comes today, and is promised a call by a day.
    ///
    /// # Errors
    /// When the referral or the promise can't be kept so.
    pub fn come(referral: Referral, promised: Date, today: Date) -> Result<Intake, IntakeFault> {
        let promised = promise(promised, today)?;
        Ok(Intake::Waiting { referral: referral.checked()?, came: today, promised, tried: Vec::new() })
    }

    /// What came with them.
    pub fn referral(&self) -> &Referral {
        match self {
            Intake::Waiting { referral, .. } | Intake::Called { referral, .. } => referral,
        }
    }

    /// The day they came.
    pub fn came(&self) -> Date {
        match self {
            Intake::Waiting { came, .. } | Intake::Called { came, .. } => *came,
        }
    }

    /// The day by which somebody calls; none once they have.
    pub fn promised(&self) -> Option<Date> {
        match self {
            Intake::Waiting { promised, .. } => Some(*promised),
            Intake::Called { .. } => None,
        }
    }

    /// Whether the promise is not kept: its day is over, and nobody has reached them.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.promised().is_some_and(|day| day < today)
    }

    /// What they want was said, or said better.
    ///
    /// # Errors
    /// When a text is too long.
    pub fn say_wants(mut self, wants: String) -> Result<Intake, IntakeFault> {
        match &mut self {
            Intake::Waiting { referral, .. } | Intake::Called { referral, .. } => {
                *referral = Referral { wants, ..referral.clone() }.checked()?;
            }
        }
        Ok(self)
    }

    /// Somebody called and reached nobody; a new day is promised.
    ///
    /// # Errors
    /// When they were reached already, or the promise can't be kept so.
    pub fn not_reached(self, promised: Date, today: Date) -> Result<Intake, IntakeFault> {
        match self {
            Intake::Waiting { referral, came, mut tried, .. } => {
                tried.push(today);
                Ok(Intake::Waiting { referral, came, promised: promise(promised, today)?, tried })
            }
            Intake::Called { .. } => Err(IntakeFault::Called),
        }
    }

    /// Somebody reached them. Twice keeps the first.
    #[must_use]
    pub fn called(self, today: Date, by: AccountId) -> Intake {
        match self {
            Intake::Waiting { referral, came, promised, .. } => {
                Intake::Called { referral, came, promised, on: today, by }
            }
            called @ Intake::Called { .. } => called,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 19);

    fn referral() -> Referral {
        Referral {
            by: SentBy::Somebody { who: "The clinic on Fifth".into() },
            words: "Needs someone to talk to.".into(),
            wants: String::new(),
        }
    }

    #[test]
    fn a_promise_is_for_a_day_that_can_be_kept() {
        let come = |day| Intake::come(referral(), day, TODAY);
        assert_eq!(come(date(2026, 11, 18)), Err(IntakeFault::Over));
        assert_eq!(come(date(2027, 1, 19)), Err(IntakeFault::TooFar));
        let nobody = Referral { by: SentBy::Somebody { who: " ".into() }, ..referral() };
        assert_eq!(Intake::come(nobody, TODAY, TODAY), Err(IntakeFault::Nobody));
        let long = Referral { wants: "x".repeat(TEXT_LIMIT + 1), ..referral() };
        assert_eq!(Intake::come(long, TODAY, TODAY), Err(IntakeFault::TooLong));
        let waits = come(TODAY).unwrap();
        assert!(!waits.is_overdue(TODAY), "the day itself is still in time");
        assert!(waits.is_overdue(date(2026, 11, 20)));
    }

    proptest! {
        /// Whatever is tried on whatever day: who was reached stays reached by whoever was first, nobody who waits is
        /// without a promised day, and the day they came and the words that came with them never change.
        #[test]
        fn nobody_waits_without_a_promise(steps in prop::collection::vec((0_u8..3, 0_i32..9, -2_i32..70), 0..12)) {
            let mut today = TODAY;
            let mut intake = Intake::come(referral(), TODAY, TODAY).unwrap();
            for (step, later, ahead) in steps {
                today = today.saturating_add(later.days());
                let before = intake.clone();
                intake = match step {
                    0 => {
                        let promised = today.saturating_add(ahead.days());
                        before.clone().not_reached(promised, today).unwrap_or(before.clone())
                    }
                    1 => before.clone().called(today, AccountId(Uuid::from_u128(ahead.unsigned_abs().into()))),
                    _ => before.clone().say_wants(format!("A ride, {later}")).unwrap(),
                };
                prop_assert_eq!(intake.came(), TODAY);
                prop_assert_eq!(&intake.referral().words, &referral().words);
                if let (Intake::Called { on, by, .. }, Intake::Called { on: o, by: b, .. }) = (&before, &intake) {
                    prop_assert_eq!((on, by), (o, b));
                }
                prop_assert!(before.promised().is_some() || intake.promised().is_none());
                prop_assert!(!intake.is_overdue(today) || intake.promised().unwrap() < today);
                let text = serde_json::to_string(&intake).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Intake>(&text).unwrap(), &intake);
            }
        }
    }
}
