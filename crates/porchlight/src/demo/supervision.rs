//! Supervision in the demo: one meeting that was held and signed, one that is booked, and what somebody brings to it.

use super::Demo;
use anyhow::Context;
use jiff::civil::time;
use jiff::{SignedDuration, Timestamp, ToSpan};
use porchlight_app::Actor;
use porchlight_app::supervision::Recorded;
use porchlight_practice::rule::fact::SessionKind;
use porchlight_practice::supervision::{Account, Booking, Item, LookedAt, Next, Step};
use std::collections::{BTreeMap, BTreeSet};

impl Demo {
    /// One meeting held, the next booked, two things on its agenda.
    pub(super) async fn supervision(
        &self,
        staff: &BTreeMap<&str, Actor>,
        zone: &jiff::tz::TimeZone,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let named = |name: &str| staff.get(name).context("somebody is missing");
        let (keisha, yolanda) = (named("Keisha Monroe")?, named("Yolanda Price")?);
        let held = now - SignedDuration::from_hours(24 * 12);
        self.clock.set(Some(held));
        let day = held.to_zoned(zone.clone()).date();
        let with = BTreeSet::from([keisha.account()]);
        let booking = Booking {
            kind: SessionKind::Individual,
            day,
            time: Some(time(10, 0, 0, 0)),
            supervisor: yolanda.account(),
            with: with.clone(),
        };
        let id = self.app.book_supervision(yolanda, self.command(), booking).await?;
        let account = Account {
            day,
            minutes: 60,
            took_part: with,
            topics: BTreeSet::from(["self_care".to_owned(), "boundaries".to_owned()]),
            skills: BTreeMap::from([(
                "listening".to_owned(),
                LookedAt { own: Some(Step::There), lead: Some(Step::Shows) },
            )]),
            agreed: "Two home visits a day at most until the new year. Yolanda asks about a second car."
                .to_owned(),
            next: Next::Booked { day: day.saturating_add(16.days()), time: Some(time(10, 0, 0, 0)) },
        };
        let recorded = Recorded { account, talked_about: Vec::new(), yes: None, version: 1 };
        self.app.record_supervision(yolanda, self.command(), id, recorded).await?;
        self.clock.set(Some(held + SignedDuration::from_hours(3)));
        self.app.sign_supervision(keisha, self.command(), id).await?;
        self.clock.set(Some(now - SignedDuration::from_hours(20)));
        for (words, topic) in [
            ("I said yes to a third visit and had no time to eat.", "self_care"),
            ("A mother asked for my own number. I did not know how to say no.", "boundaries"),
        ] {
            let item = Item::Words { words: words.to_owned(), topic: topic.to_owned() };
            self.app.bring_to_supervision(keisha, self.command(), yolanda.account(), item).await?;
        }
        Ok(())
    }
}
