//! Meetings of a person's team: what the person wants said, and what came of it.

use crate::door::{About, Actor, Desk, seal};
use crate::reading::team_meeting_place;
use crate::share::theirs_to_say;
use crate::{Action, App, Error, Result};
use jiff::Timestamp;
use porchlight_practice::id::{CommandId, PersonId, TeamMeetingId};
use porchlight_practice::team_meeting::{Heard, Invitation, Outcome, Say, TeamMeeting};
use porchlight_store::seal::Owner;
use porchlight_store::team_meeting::{self, TeamMeetingRow};

/// How many are listed.
const MOST: i64 = 60;

/// One of them in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMeetingLine {
    /// Its id.
    pub id: TeamMeetingId,
    /// About whom.
    pub person: PersonId,
    /// Their name, short.
    pub name: String,
    /// What it is.
    pub meeting: TeamMeeting,
}

/// One of them, whole.
#[derive(Debug, Clone)]
pub struct TeamMeetingView {
    /// Its id.
    pub id: TeamMeetingId,
    /// About whom.
    pub person: PersonId,
    /// What they are called.
    pub called: String,
    /// What it is.
    pub meeting: TeamMeeting,
    /// Who wrote what came of it; empty before.
    pub written_by: String,
    /// The person's goals that are open, in their words, for whoever may read those.
    pub goals: Vec<String>,
    /// Whether the reader says what is to be said: the person, or whoever writes it down for them.
    pub says: bool,
    /// Whether the reader keeps it: plans it, and writes what came of it.
    pub keeps: bool,
    /// Now.
    pub now: Timestamp,
    /// Counts changes.
    pub version: i64,
}

/// What came of a meeting, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NewOutcome {
    /// Whether the person was there.
    pub person_came: bool,
    /// How much of what they wanted said was said.
    pub heard: Heard,
    /// What the peer specialist brought to it.
    pub brought: String,
    /// What was agreed.
    pub agreed: String,
    /// What happens next.
    pub next: String,
}

impl Desk<'_, '_> {
    fn team_meeting_row(&mut self, id: TeamMeetingId, person: PersonId) -> Result<TeamMeetingRow> {
        team_meeting::get(self.tx, id)?.filter(|row| row.person == person).ok_or(Error::NotFound)
    }

    fn team_meeting(&mut self, row: &TeamMeetingRow) -> Result<TeamMeeting> {
        self.open(Owner::Person(row.person.0), team_meeting_place(row.id), &row.body)
    }

    fn team_meeting_line(&mut self, row: &TeamMeetingRow) -> Result<TeamMeetingLine> {
        Ok(TeamMeetingLine {
            id: row.id,
            person: row.person,
            name: self.profile_of(row.person)?.short_name(),
            meeting: self.team_meeting(row)?,
        })
    }

    /// The next one of a person that is to come.
    pub(crate) fn next_team_meeting(&mut self, person: PersonId) -> Result<Option<TeamMeetingLine>> {
        let rows = team_meeting::of_person(self.tx, person, MOST)?;
        let next = rows.into_iter().filter(|row| row.open && row.at >= self.now).min_by_key(|row| row.at);
        next.map(|row| self.team_meeting_line(&row)).transpose()
    }
}

impl App {
    /// Writes down that a person's team meets.
    ///
    /// # Errors
    /// When it can't be so.
    pub async fn plan_team_meeting(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        invitation: Invitation,
    ) -> Result<TeamMeetingId> {
        let id = TeamMeetingId(self.ids.next());
        let body = (person, invitation.clone());
        self.command(actor, command, Action::TeamMeetingKeep, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let meeting = TeamMeeting::plan(invitation.clone(), desk.now)?;
            let key = desk.keys.get(desk.tx, Owner::Person(person.0))?;
            let row = TeamMeetingRow {
                id,
                programme,
                person,
                at: meeting.invitation().at,
                open: true,
                body: seal(&key, &team_meeting_place(id), &meeting)?,
                version: 1,
            };
            team_meeting::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    async fn step_team_meeting<B: serde::Serialize + Sync>(
        &self,
        actor: &Actor,
        command: CommandId,
        action: Action,
        (person, id, version): (PersonId, TeamMeetingId, i64),
        body: &B,
        step: impl Fn(&mut Desk<'_, '_>, TeamMeeting) -> Result<TeamMeeting> + Send + Sync + 'static,
    ) -> Result<()> {
        let body = (person, id, version, body);
        self.command(actor, command, action, About::Person(person), &body, move |desk| {
            let row = desk.team_meeting_row(id, person)?;
            if action == Action::TeamMeetingSay {
                theirs_to_say(desk, person)?;
            }
            let before = desk.team_meeting(&row)?;
            let meeting = step(desk, before)?;
            let key = desk.keys.get(desk.tx, Owner::Person(person.0))?;
            let row = TeamMeetingRow {
                at: meeting.invitation().at,
                open: meeting.is_open(),
                body: seal(&key, &team_meeting_place(id), &meeting)?,
                version,
                ..row
            };
            if team_meeting::change(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Changes when and where a team meets.
    ///
    /// # Errors
    /// When it is over, or somebody changed it since `version`.
    pub async fn change_team_meeting(
        &self,
        actor: &Actor,
        command: CommandId,
        which: (PersonId, TeamMeetingId, i64),
        invitation: Invitation,
    ) -> Result<()> {
        let action = Action::TeamMeetingKeep;
        let body = ("change", invitation.clone());
        self.step_team_meeting(actor, command, action, which, &body, move |desk, before| {
            Ok(before.change(invitation.clone(), desk.now)?)
        })
        .await
    }

    /// Says that it does not take place.
    ///
    /// # Errors
    /// When it is over, or somebody changed it since `version`.
    pub async fn call_off_team_meeting(
        &self,
        actor: &Actor,
        command: CommandId,
        which: (PersonId, TeamMeetingId, i64),
    ) -> Result<()> {
        let action = Action::TeamMeetingKeep;
        self.step_team_meeting(actor, command, action, which, &"off", |_, before| Ok(before.call_off()?))
            .await
    }

    /// Writes what came of it.
    ///
    /// # Errors
    /// When it has not begun, is over, or somebody changed it since `version`.
    pub async fn write_team_meeting(
        &self,
        actor: &Actor,
        command: CommandId,
        which: (PersonId, TeamMeetingId, i64),
        new: NewOutcome,
    ) -> Result<()> {
        let action = Action::TeamMeetingKeep;
        let body = ("held", new.clone());
        self.step_team_meeting(actor, command, action, which, &body, move |desk, before| {
            let here = desk.programme()?;
            let NewOutcome { person_came, heard, brought, agreed, next } = new.clone();
            let (by, on) = (desk.actor.account, desk.day_here(here)?);
            let outcome = Outcome { person_came, heard, brought, agreed, next, by, on };
            Ok(before.held(outcome, desk.now)?)
        })
        .await
    }

    /// Says what is to be said there, in the person's words.
    ///
    /// # Errors
    /// When it is over, somebody changed it since `version`, or it is the person's own to say.
    pub async fn say_for_team_meeting(
        &self,
        actor: &Actor,
        command: CommandId,
        which: (PersonId, TeamMeetingId, i64),
        say: Say,
    ) -> Result<()> {
        let action = Action::TeamMeetingSay;
        let body = ("say", say.clone());
        self.step_team_meeting(actor, command, action, which, &body, move |_, before| {
            Ok(before.say(say.clone())?)
        })
        .await
    }

    /// Says what the person thinks of it afterwards.
    ///
    /// # Errors
    /// When it was not held, or somebody changed it since `version`.
    pub async fn say_since_team_meeting(
        &self,
        actor: &Actor,
        command: CommandId,
        which: (PersonId, TeamMeetingId, i64),
        words: String,
    ) -> Result<()> {
        let action = Action::TeamMeetingSay;
        let body = ("since", words.clone());
        self.step_team_meeting(actor, command, action, which, &body, move |_, before| {
            Ok(before.say_since(words.clone())?)
        })
        .await
    }

    /// One meeting, with what the person wants said.
    ///
    /// # Errors
    /// When there is none for this actor.
    pub async fn team_meeting(
        &self,
        actor: &Actor,
        person: PersonId,
        id: TeamMeetingId,
    ) -> Result<TeamMeetingView> {
        let access = self.access.clone();
        self.look(actor, Action::TeamMeetingRead, About::Person(person), "team_meetings", move |desk| {
            let row = desk.team_meeting_row(id, person)?;
            let meeting = desk.team_meeting(&row)?;
            let written_by = match &meeting {
                TeamMeeting::Held { outcome, .. } => desk.name_of(outcome.by)?,
                _ => String::new(),
            };
            let actions = desk.actions(&access);
            let goals = match actions.contains(&Action::GoalRead) {
                true => desk.open_goals(person)?.into_iter().map(|(_, words)| words).collect(),
                false => Vec::new(),
            };
            Ok(TeamMeetingView {
                id,
                person,
                called: desk.profile_of(person)?.called,
                meeting,
                written_by,
                goals,
                says: actions.contains(&Action::TeamMeetingSay) && theirs_to_say(desk, person).is_ok(),
                keeps: actions.contains(&Action::TeamMeetingKeep),
                now: desk.now,
                version: row.version,
            })
        })
        .await
    }

    /// The meetings about a person, the newest first, and whether the reader can write another one down.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn team_meetings(
        &self,
        actor: &Actor,
        person: PersonId,
    ) -> Result<(String, Vec<TeamMeetingLine>, bool)> {
        let access = self.access.clone();
        self.look(actor, Action::TeamMeetingRead, About::Person(person), "team_meetings", move |desk| {
            let mut lines = Vec::new();
            for row in team_meeting::of_person(desk.tx, person, MOST)? {
                lines.push(desk.team_meeting_line(&row)?);
            }
            let keeps = desk.actions(&access).contains(&Action::TeamMeetingKeep);
            Ok((desk.profile_of(person)?.called, lines, keeps))
        })
        .await
    }

    /// Meetings about those with whom the actor walks: those to come, and those of which nobody wrote yet what came of them.
    ///
    /// # Errors
    /// When the actor walks with nobody here.
    pub async fn own_team_meetings(&self, actor: &Actor) -> Result<Vec<TeamMeetingLine>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::TeamMeetingListOwn, About::Own, "team_meetings", move |desk| {
            let (mut lines, mut shown) = (Vec::new(), Vec::new());
            for row in team_meeting::open_of_peer(desk.tx, here, desk.actor.account, MOST)? {
                shown.push(row.person.0);
                lines.push(desk.team_meeting_line(&row)?);
            }
            Ok((lines, shown))
        })
        .await
    }
}
