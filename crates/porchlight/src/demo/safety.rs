//! What the demo shows of safety: a ladder that is on in each programme, and in one of them a report that waits and one that
//! was closed.

use super::{Demo, people};
use anyhow::Context;
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::safety::NewSafetyReport;
use porchlight_app::{Actor, Ids, RealIds};
use porchlight_practice::counsel::Topic;
use porchlight_practice::id::{PersonId, ProgrammeId, SafetyReportId};
use porchlight_practice::ladder::{Plan, Rota, RotaDay, Shift};
use porchlight_practice::safety::{Back, Closing, Entry, Kind, Report};
use std::collections::{BTreeMap, BTreeSet};

impl Demo {
    /// Keeps the ladder of the pack with a rota of those who supervise, tries it out and switches it on.
    pub(super) async fn ladder(
        &self,
        director: &Actor,
        id: ProgrammeId,
        plan: &people::Programme,
        staff: &BTreeMap<&str, Actor>,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let app = &self.app;
        self.clock.set(Some(now - SignedDuration::from_hours(24 * 26)));
        let lead = staff.get(plan.lead).context("somebody is missing")?;
        let deputy = plan.deputies.first().and_then(|(_, deputy)| staff.get(deputy)).unwrap_or(lead);
        let (rules, _, _) = app.rules_of(lead).await?;
        let shift = |days: BTreeSet<RotaDay>, from, until, who: &Actor, deputy: Option<&Actor>| Shift {
            days,
            from,
            until,
            who: who.account(),
            deputy: deputy.filter(|one| one.account() != who.account()).map(Actor::account),
        };
        let (morning, evening) = (Time::constant(8, 0, 0, 0), Time::constant(18, 0, 0, 0));
        let weekdays: BTreeSet<RotaDay> = RotaDay::ALL.into_iter().take(5).collect();
        let other: BTreeSet<RotaDay> = RotaDay::ALL.into_iter().skip(5).take(2).collect();
        let chosen = Plan {
            rota: Rota {
                shifts: vec![
                    shift(weekdays.clone(), morning, evening, lead, Some(deputy)),
                    shift(weekdays, evening, morning, deputy, Some(lead)),
                    shift(other, morning, morning, deputy, Some(lead)),
                ],
                ..Rota::default()
            },
            numbers: [
                (Plan::CRISIS_TEAM.to_owned(), "555-0166".to_owned()),
                (Plan::WARMLINE.to_owned(), "555-0167".to_owned()),
            ]
            .into(),
            ..Plan::offered(&rules.safety)
        };
        app.keep_ladder(director, self.command(), id, chosen.clone(), false, 0).await?;
        let run = app.test_call(director, self.command(), id, lead.account()).await?;
        let test = app.test_call_to_me(lead, run).await?;
        let came = test.calls.iter().filter(|call| call.sent.is_some()).map(|call| call.id).collect();
        app.answer_test(lead, self.command(), run, came).await?;
        app.keep_ladder(director, self.command(), id, chosen, true, 1).await?;
        Ok(())
    }

    /// One report that was closed and one that waits, from the first who walks with somebody.
    pub(super) async fn reports(
        &self,
        staff: &BTreeMap<&str, Actor>,
        plan: &people::Programme,
        person: PersonId,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let app = &self.app;
        let who = |name: &str| staff.get(name).context("somebody is missing");
        let supported = plan.people.first().context("nobody is supported")?;
        let (peer, lead) = (who(supported.peer)?, who(plan.lead)?);
        let deputy = plan.deputies.first().map_or(Ok(lead), |(_, deputy)| who(deputy))?;
        let new = |kind, person, words: &str, place: &str, known_at| NewSafetyReport {
            id: SafetyReportId(RealIds.next()),
            person,
            about_worker: None,
            report: Report {
                kind,
                this_minute: false,
                who: "A neighbor".into(),
                words: words.into(),
                place: place.into(),
                with_them: Some(true),
                helped: "Sitting outside. Water. Not too many questions.".into(),
                known_at,
            },
        };
        let begun = now - SignedDuration::from_hours(24 * 6);
        self.clock.set(Some(begun));
        let words = "He said: I can't do another night like this. I don't want to be here.";
        let report = new(Kind::HarmToSelf, Some(person), words, "The library steps", begun);
        let id = app.report_safety(peer, self.command(), report).await?;
        let later = |minutes| self.clock.set(Some(begun + SignedDuration::from_mins(minutes)));
        later(3);
        app.see_safety(lead, self.command(), id).await?;
        later(4);
        let add = |who: &Actor, entry: Entry| {
            let (app, command, who) = (app.clone(), self.command(), who.clone());
            async move { app.add_to_safety(&who, command, id, entry).await }
        };
        add(lead, Entry::Taken).await?;
        later(25);
        let words = "We called his sister together. He wants to stay with her tonight.".to_owned();
        add(peer, Entry::Added { words }).await?;
        later(40);
        let words = "We said that we told the team, and why. He nodded.".to_owned();
        add(lead, Entry::ToldPerson { words }).await?;
        later(60 * 20);
        for to in [Back::Person, Back::Reporter] {
            add(lead, Entry::WentBack { to, words: "We talked a while.".into() }).await?;
        }
        let closing = Closing {
            outcome: "He is at his sister's, and has a visit with Dr. Patel on Thursday.".into(),
            told: "Dr. Patel, and his sister, as he asked".into(),
            follow_up: Some(now.to_zoned(jiff::tz::TimeZone::UTC).date()),
            second_reader: deputy.account(),
            shows: true,
        };
        if deputy.account() != lead.account() {
            add(lead, Entry::Closed(closing)).await?;
        }
        self.clock.set(Some(now - SignedDuration::from_hours(40)));
        let words = "Someone I walk with wants to pay for my lunch every week. Where is the line?";
        app.ask_counsel(peer, self.command(), Topic::Boundaries, words, None).await?;
        // The one that waits was sent just now, so that its ladder can be watched.
        self.clock.set(Some(now - SignedDuration::from_secs(90)));
        let words = "The girl next door cried for an hour. Her arm was blue. She said: don't tell.";
        let at = now - SignedDuration::from_mins(20);
        app.report_safety(peer, self.command(), new(Kind::ChildAbuse, None, words, "Pine Street 12", at))
            .await?;
        Ok(())
    }
}
