//! Visits to come in the demo: one later today for the first person of a programme, others on the next days.

use super::Demo;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use porchlight_app::Actor;
use porchlight_practice::id::{GoalId, PersonId};
use porchlight_practice::visit::{Arranged, Company, When};

/// In how many days and at which hour (today: minutes from now), how they meet, where, and whether the worker goes alone and
/// wants to be asked.
const VISITS: [(i32, i8, &str, &str, bool); 3] = [
    (0, 75, "in_person", "Coffee and a walk at Lincoln Library", true),
    (1, 16, "in_person", "The park by the river, at the north gate", true),
    (2, 10, "phone", "", false),
];
/// Visits begin on the half hour.
const HALF_HOUR: i64 = 30 * 60;

impl Demo {
    /// What somebody and whoever walks with them arranged yesterday.
    pub(super) async fn visits(
        &self,
        peer: &Actor,
        person: PersonId,
        goal: Option<GoalId>,
        number: usize,
        now: Timestamp,
        zone: &TimeZone,
    ) -> anyhow::Result<()> {
        let Some((days, at, kind, place, ask_after)) = VISITS.get(number).copied() else { return Ok(()) };
        let booked = now - SignedDuration::from_hours(20);
        self.clock.set(Some(booked));
        let starts = match days {
            0 => {
                let wanted = now.as_second() + i64::from(at) * 60;
                Timestamp::from_second(wanted - wanted.rem_euclid(HALF_HOUR) + HALF_HOUR)?
            }
            days => {
                let day = now.to_zoned(zone.clone()).date().saturating_add(days.days());
                day.at(at, 30, 0, 0).to_zoned(zone.clone())?.timestamp()
            }
        };
        let arranged = Arranged {
            when: When::new(starts, starts + SignedDuration::from_mins(45), zone, booked)?,
            kind: kind.to_owned(),
            place: place.to_owned(),
            company: Company::Alone { ask_after },
            child: false,
            goal,
        };
        self.app.book_visit(peer, self.command(), person, arranged).await?;
        Ok(())
    }
}
