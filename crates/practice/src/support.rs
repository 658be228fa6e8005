//! Who walks with whom, since when, with whom responsible; handing over; saying goodbye.

use crate::id::AccountId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One peer specialist walking with one person. Each state owns what belongs to it; what ended stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Support {
    /// Walking now.
    Walking(Walking),
    /// Handed over to another peer specialist.
    HandedOver {
        /// As it was.
        was: Walking,
        /// To whom.
        to: AccountId,
        /// On which day.
        on: Date,
        /// What the next one should know, in words the person agreed to.
        to_know: String,
    },
    /// Ended, with a goodbye.
    Ended {
        /// As it was.
        was: Walking,
        /// On which day.
        on: Date,
        /// Why, an id of the pack's endings.
        reason: String,
        /// The goodbye: what was said, and how to come back.
        goodbye: String,
    },
}

/// Support that is going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walking {
    /// The peer specialist.
    pub peer: AccountId,
    /// In which role they walk with the person, an id of the pack's support roles.
    pub part: String,
    /// The team's named lead for this person, who is responsible. Never the peer specialist alone where the pack
    /// says that a peer specialist carries nobody alone.
    pub responsible: AccountId,
    /// Since which day.
    pub since: Date,
    /// Which items of the pack's first-meeting checklist were said, by id.
    #[serde(default)]
    pub said: BTreeSet<String>,
}

/// Why a change of support is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SupportFault {
    /// Support has ended or was handed over already.
    #[error("support is no longer going on")]
    NotWalking,
    /// The day lies before the first day.
    #[error("the day is before support began")]
    BeforeStart,
    /// Handed over to the same peer specialist.
    #[error("that is who walks with the person now")]
    SamePeer,
    /// The peer specialist would be responsible alone, and the pack asks for a named lead.
    #[error("somebody else than the peer specialist must be responsible")]
    NeedsLead,
}

impl Support {
    /// Begins support. `needs_lead` is the pack's rule that a peer specialist carries nobody alone.
    ///
    /// # Errors
    /// When the pack needs a lead and the peer specialist is named as responsible.
    pub fn begin(
        peer: AccountId,
        part: String,
        responsible: AccountId,
        since: Date,
        needs_lead: bool,
    ) -> Result<Support, SupportFault> {
        if needs_lead && peer == responsible {
            return Err(SupportFault::NeedsLead);
        }
        Ok(Support::Walking(Walking { peer, part, responsible, since, said: BTreeSet::new() }))
    }

    /// As it is, or was.
    pub fn walking(&self) -> &Walking {
        match self {
            Support::Walking(was) | Support::HandedOver { was, .. } | Support::Ended { was, .. } => was,
        }
    }

    /// Whether it is going on.
    pub fn is_walking(&self) -> bool {
        matches!(self, Support::Walking(_))
    }

    /// The last day, when it has one.
    pub fn ended_on(&self) -> Option<Date> {
        match self {
            Support::Walking(_) => None,
            Support::HandedOver { on, .. } | Support::Ended { on, .. } => Some(*on),
        }
    }

    fn into_walking(self, on: Date) -> Result<Walking, SupportFault> {
        match self {
            Support::Walking(was) if on < was.since => Err(SupportFault::BeforeStart),
            Support::Walking(was) => Ok(was),
            Support::HandedOver { .. } | Support::Ended { .. } => Err(SupportFault::NotWalking),
        }
    }

    /// Records which items of the first meeting were said. Items already said stay said.
    ///
    /// # Errors
    /// When support is no longer going on.
    pub fn say(self, items: impl IntoIterator<Item = String>) -> Result<Support, SupportFault> {
        match self {
            Support::Walking(mut was) => {
                was.said.extend(items);
                Ok(Support::Walking(was))
            }
            _ => Err(SupportFault::NotWalking),
        }
    }

    /// Hands the person over; the history stays.
    ///
    /// # Errors
    /// When support is no longer going on, the day lies before it began, or nobody new is named.
    pub fn hand_over(self, to: AccountId, on: Date, to_know: String) -> Result<Support, SupportFault> {
        let was = self.into_walking(on)?;
        if was.peer == to {
            return Err(SupportFault::SamePeer);
        }
        Ok(Support::HandedOver { was, to, on, to_know })
    }

    /// Ends support, with a reason and a goodbye.
    ///
    /// # Errors
    /// When support is no longer going on, or the day lies before it began.
    pub fn end(self, on: Date, reason: String, goodbye: String) -> Result<Support, SupportFault> {
        let was = self.into_walking(on)?;
        Ok(Support::Ended { was, on, reason, goodbye })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn account(n: u128) -> AccountId {
        AccountId(Uuid::from_u128(n))
    }

    /// covers: MO-05
    #[test]
    fn where_the_pack_asks_for_a_lead_nobody_is_carried_alone() {
        let alone = Support::begin(account(1), "main".to_string(), account(1), date(2026, 1, 5), true);
        assert_eq!(alone, Err(SupportFault::NeedsLead));
        assert!(Support::begin(account(1), "main".to_string(), account(2), date(2026, 1, 5), true).is_ok());
        assert!(Support::begin(account(1), "main".to_string(), account(1), date(2026, 1, 5), false).is_ok());
    }

    proptest! {
        /// Whatever is asked for in whatever order: who walked and since when is never lost, and what ended stays ended.
        #[test]
        fn history_is_kept(steps in prop::collection::vec((0u8..3, 1u128..5, 0i32..20), 0..12)) {
            let start = date(2026, 3, 2);
            let mut support = Support::begin(account(1), "main".to_string(), account(9), start, true).unwrap();
            for (step, who, days) in steps {
                let on = start.checked_add(jiff::Span::new().days(days - 5)).unwrap();
                let before = support.clone();
                let next = match step {
                    0 => support.clone().hand_over(account(who), on, "likes mornings".into()),
                    1 => support.clone().end(on, "got_there".to_string(), "come back any time".into()),
                    _ => support.clone().say(["role".to_string()]),
                };
                match next {
                    Ok(next) => {
                        prop_assert!(before.is_walking());
                        prop_assert_eq!(next.walking().peer, before.walking().peer);
                        prop_assert_eq!(next.walking().since, before.walking().since);
                        prop_assert!(next.ended_on().is_none_or(|on| on >= start));
                        support = next;
                    }
                    Err(SupportFault::NotWalking) => prop_assert!(!before.is_walking()),
                    Err(SupportFault::BeforeStart) => prop_assert!(on < start),
                    Err(SupportFault::SamePeer) => prop_assert_eq!(account(who), before.walking().peer),
                    Err(SupportFault::NeedsLead) => prop_assert!(false),
                }
            }
        }
    }
}
