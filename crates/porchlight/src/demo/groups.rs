//! Groups in the demo: one that the programme holds, and one on the way to belonging to its members.

use super::Demo;
use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::Actor;
use porchlight_app::group::NewRecord;
use porchlight_practice::group::session::{Account, How, MutualHelpAccount, ServiceAccount};
use porchlight_practice::group::{Frame, Kind, Step, Who};
use porchlight_practice::id::{GroupId, GroupSessionId, PersonId};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who comes, with their own hands when they can sign in.
pub(super) struct Comes {
    pub person: PersonId,
    pub peer: Actor,
    pub own: Option<Actor>,
}

fn frame(name: &str, purpose: &str, when: &str, place: &str, agreements: &[&str]) -> Frame {
    Frame {
        name: name.into(),
        purpose: purpose.into(),
        place: place.into(),
        when: when.into(),
        agreements: agreements.iter().map(|line| (*line).to_owned()).collect(),
    }
}

impl Demo {
    /// A service group with two who lead and two evenings, and a mutual-help group that a member leads.
    pub(super) async fn groups(
        &self,
        staff: &BTreeMap<&str, Actor>,
        people: &[Comes],
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let named = |name: &str| staff.get(name).context("somebody is missing");
        let (marisol, joe) = (named("Marisol Vega")?, named("Joe Kimball")?);
        let days = |days: i64| now - SignedDuration::from_hours(24 * days);
        self.clock.set(Some(days(20)));
        let held = frame(
            "Second Cup",
            "For anyone who knows long nights. Come as you are, speak or just sit.",
            "Tuesdays at 6 pm",
            "Grace Chapel, the room behind the kitchen",
            &["What is said here stays here.", "Anybody may pass.", "No advice unless somebody asks."],
        );
        let service = self.app.make_group(marisol, self.command(), Kind::Service, held).await?;
        self.app.begin_group(marisol, self.command(), service, 1).await?;
        let joins = Who::Worker(joe.account());
        self.app.add_leader(marisol, self.command(), service, joins, Step::CoLead, 2).await?;
        self.come(service, people).await?;
        for (ago, unnamed, themes) in [
            (12, 2, "The hour before sleep, and what the phone does to it. Walking before dark."),
            (5, 3, "Being tired of being strong. Whom to call at three in the morning."),
        ] {
            self.clock.set(Some(days(ago)));
            let session = self.session(marisol, service).await?;
            let there: BTreeSet<PersonId> = people.iter().map(|one| one.person).collect();
            self.app
                .sign_in_to_session(marisol, self.command(), session, there, unnamed, How::Tap, None)
                .await?;
            self.clock.set(Some(days(ago) + SignedDuration::from_mins(75)));
            self.app.end_session(marisol, self.command(), session, None).await?;
            let account = Account::Service(ServiceAccount {
                themes: themes.into(),
                minutes: 75,
                leaders: BTreeSet::from([marisol.account(), joe.account()]),
                biller: marisol.account(),
            });
            let new = NewRecord { account, replaces: BTreeSet::new(), names_nobody: true };
            self.app.record_session(marisol, self.command(), session, new).await?;
        }

        self.clock.set(Some(days(18)));
        let own = frame(
            "Night Owls",
            "We are awake anyway. So we are awake together.",
            "First Friday of the month, 9 pm",
            "Eastside library, the big table",
            &["What is said here stays here.", "Whoever can, brings something to eat."],
        );
        let mutual = self.app.make_group(marisol, self.command(), Kind::MutualHelp, own).await?;
        self.app.begin_group(marisol, self.command(), mutual, 1).await?;
        self.come(mutual, people).await?;
        let leads = people.iter().find(|one| one.own.is_some()).context("somebody signs in")?;
        let who = Who::Member(leads.person);
        self.app.add_leader(marisol, self.command(), mutual, who, Step::CoLead, 2).await?;
        self.clock.set(Some(days(10)));
        let session = self.session(marisol, mutual).await?;
        let nobody = BTreeSet::new();
        self.app.sign_in_to_session(marisol, self.command(), session, nobody, 7, How::Tap, None).await?;
        self.clock.set(Some(days(10) + SignedDuration::from_mins(90)));
        self.app.end_session(marisol, self.command(), session, None).await?;
        let account = Account::MutualHelp(MutualHelpAccount { themes: "Who keeps the key.".into() });
        let new = NewRecord { account, replaces: BTreeSet::new(), names_nobody: true };
        self.app.record_session(marisol, self.command(), session, new).await?;
        self.clock.set(Some(days(3)));
        self.app.move_leader(marisol, self.command(), mutual, who, Some(Step::Lead), 3).await?;
        Ok(())
    }

    async fn come(&self, id: GroupId, people: &[Comes]) -> anyhow::Result<()> {
        for one in people {
            match &one.own {
                Some(own) => self.app.come_to_group(own, self.command(), id, true).await?,
                None => self.app.bring_to_group(&one.peer, self.command(), id, one.person).await?,
            }
        }
        Ok(())
    }

    async fn session(&self, leader: &Actor, id: GroupId) -> anyhow::Result<GroupSessionId> {
        let session = GroupSessionId(self.command().0);
        Ok(self.app.begin_session(leader, self.command(), id, session, None).await?)
    }
}
