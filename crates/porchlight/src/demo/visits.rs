//! Visits to come in the demo: one later today for the first person of a programme, others on the next days.

use super::Demo;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::Actor;
use porchlight_practice::id::{GoalId, PersonId};
use porchlight_practice::visit::{Arranged, Company, When};

/// Minutes from now, how they meet, where, and whether the worker goes alone and wants to be asked.
const VISITS: [(i64, &str, &str, bool); 3] = [
    (75, "in_person", "Coffee and a walk at Lincoln Library", true),
    (26 * 60, "in_person", "The park by the river, at the north gate", true),
    (50 * 60, "phone", "", false),
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
        let Some((minutes, kind, place, ask_after)) = VISITS.get(number).copied() else { return Ok(()) };
        let booked = now - SignedDuration::from_hours(20);
        self.clock.set(Some(booked));
        let wanted = now.as_second() + minutes * 60;
        let starts = Timestamp::from_second(wanted - wanted.rem_euclid(HALF_HOUR) + HALF_HOUR)?;
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
