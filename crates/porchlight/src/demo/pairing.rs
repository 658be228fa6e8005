//! People who meet in the demo: one would be there for another and was gone through it with, one is looking for somebody, and
//! a worker shares what they know.

use super::Demo;
use anyhow::Context;
use jiff::ToSpan;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::Actor;
use porchlight_practice::id::PersonId;
use porchlight_practice::pairing::{Mentor, Offer};
use std::collections::{BTreeMap, BTreeSet};

fn ids(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

impl Demo {
    /// What Carmen and Jolene share, what was gone through with Jolene, and what Lupe shares.
    pub(super) async fn pairing(
        &self,
        staff: &BTreeMap<&str, Actor>,
        people: &BTreeMap<&str, (PersonId, Actor)>,
        zone: &jiff::tz::TimeZone,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let of = |name: &str| people.get(name).context("somebody is missing");
        let ((_, carmen), (jolene_id, jolene)) = (of("Carmen")?, of("Jolene")?);
        let lupe = staff.get("Lupe Arroyo").context("somebody is missing")?;
        let at = now - SignedDuration::from_hours(24 * 6);
        self.clock.set(Some(at));
        let theirs = Offer {
            shares: ids(&[
                "english",
                "spanish",
                "phone",
                "in_person",
                "weekday_morning",
                "weekday_afternoon",
                "school_meetings",
                "juvenile_court",
                "young_child",
                "caring_for_parents",
            ]),
            places: 2,
            ..Offer::default()
        };
        self.app.write_offer(jolene, self.command(), theirs, 0).await?;
        let steps = ids(&["talk", "own_wellness", "rules", "privacy", "who_is_there"]);
        let next = at.to_zoned(zone.clone()).date().saturating_add(14.days());
        let mentor = Mentor { done: steps, next: Some(next) };
        self.app.screen_mentor(lupe, self.command(), *jolene_id, mentor, 0).await?;
        let hers = Offer {
            shares: ids(&[
                "spanish",
                "phone",
                "walk",
                "weekday_afternoon",
                "juvenile_court",
                "school_meetings",
                "teenager",
                "catholic",
            ]),
            matters: ids(&["juvenile_court"]),
            ..Offer::default()
        };
        self.app.write_offer(carmen, self.command(), hers, 0).await?;
        let worker = Offer {
            shares: ids(&["english", "spanish", "phone", "in_person", "weekday_morning", "juvenile_court"]),
            ..Offer::default()
        };
        self.app.write_offer(lupe, self.command(), worker, 0).await?;
        Ok(())
    }
}
