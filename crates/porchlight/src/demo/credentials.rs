//! What the demo's peer specialists in Alabama can show: one for whom everything is in place, one who has a way to go.

use super::Demo;
use anyhow::Context;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use porchlight_app::Actor;
use porchlight_practice::credential::Entry;
use std::collections::BTreeMap;

/// A small picture that stands for the photo of a certificate.
const PICTURE: &[u8] = include_bytes!("certificate.png");

fn training(topic: &str, ended: Date) -> Entry {
    Entry::Training {
        ended,
        topics: vec![topic.to_owned()],
        minutes: 120,
        programme: None,
        approved_by: None,
        certificate: None,
    }
}

fn paper(kind: &str, from: Date, until: Date) -> Entry {
    Entry::Paper { kind: kind.to_owned(), from, until: Some(until), clear: true }
}

impl Demo {
    /// Trainings and papers of the two peer specialists, some of them looked at.
    pub(super) async fn credentials(
        &self,
        staff: &BTreeMap<&str, Actor>,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let ago = |days: i32| today.saturating_sub(days.days());
        let on = |days: i32| today.saturating_add(days.days());
        let named = |name: &str| staff.get(name).context("somebody is missing");
        let (keisha, tasha) = (named("Keisha Monroe")?, named("Tasha Birdsong")?);
        let admin = named("Hank Weller")?;
        self.clock.set(Some(now - SignedDuration::from_hours(24 * 20)));
        let programme = Entry::Training {
            ended: ago(200),
            topics: Vec::new(),
            minutes: 40 * 60,
            programme: None,
            approved_by: Some("al_dmh".to_owned()),
            certificate: None,
        };
        let all = [
            training("infection_control", ago(320)),
            training("crisis_and_aggression", ago(300)),
            training("abuse_and_neglect", ago(60)),
            training("tuberculosis", ago(58)),
            programme,
            paper("drivers_licence", ago(700), on(400)),
            paper("driving_record", ago(100), on(265)),
            paper("auto_insurance", ago(150), on(30)),
            paper("certificate", ago(210), on(520)),
        ];
        for entry in all {
            let id = self.app.add_credential(keisha, self.command(), entry, Some(PICTURE.to_vec())).await?;
            self.app.check_credential(admin, self.command(), id, None).await?;
        }
        self.clock.set(Some(now - SignedDuration::from_hours(30)));
        for (entry, back) in [
            (training("infection_control", ago(40)), None),
            (training("abuse_and_neglect", ago(39)), None),
            (
                paper("drivers_licence", ago(300), on(900)),
                Some("The photo is dark. Please take it by a window."),
            ),
        ] {
            let id = self.app.add_credential(tasha, self.command(), entry, Some(PICTURE.to_vec())).await?;
            if let Some(why) = back {
                self.app.check_credential(admin, self.command(), id, Some(why.to_owned())).await?;
            }
        }
        Ok(())
    }
}
