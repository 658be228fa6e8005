//! What the person wants, in their own words, and the way there.

use crate::door::{About, Actor, Desk, seal};
use crate::reading::goal_place;
use crate::share::theirs_to_say;
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use porchlight_practice::goal::{Closing, Goal, Plan, Rating, Ten};
use porchlight_practice::id::{CommandId, GoalId, PersonId};
use porchlight_practice::person::Profile;
use porchlight_store::goal::GoalRow;
use porchlight_store::seal::{DataKey, Owner};
use porchlight_store::{account, goal};

/// One goal, with everything on the way there.
#[derive(Debug, Clone)]
pub struct GoalView {
    /// Its id.
    pub id: GoalId,
    /// Whose.
    pub person: PersonId,
    /// How they are called.
    pub called: String,
    /// What they want.
    pub goal: Goal,
    /// What they have going for them, where the reader may see it.
    pub strengths: Vec<String>,
    /// Who is on their side, outside of any programme, where the reader may see it.
    pub at_their_side: Vec<String>,
    /// Counts changes; a form sends it back.
    pub version: i64,
    /// Whether the actor may write the way there.
    pub may_plan: bool,
    /// Whether it is the actor's to say that a step is done, how near it feels, and that it is reached: the person's own,
    /// and that of whoever walks with somebody who has no way to sign in.
    pub theirs: bool,
}

impl Desk<'_, '_> {
    pub(crate) fn today(&mut self) -> Result<Date> {
        let programme = self.programme()?;
        let (_, zone) = self.rules(programme)?;
        Ok(self.now.to_zoned(zone).date())
    }

    fn goal_of(&mut self, person: PersonId, id: GoalId) -> Result<GoalRow> {
        goal::get(self.tx, id)?.filter(|row| row.person == person).ok_or(Error::NotFound)
    }

    /// Keeps what a goal became, if it is still the one that `version` was.
    fn keep_goal(&mut self, key: &DataKey, row: GoalRow, goal: &Goal, version: i64) -> Result<()> {
        let body = seal(key, &goal_place(row.id), goal)?;
        let row = GoalRow { is_open: goal.is_open(), body, at: self.now, version, ..row };
        if goal::change(self.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
    }
}

impl App {
    /// Says a goal in the person's own words.
    ///
    /// # Errors
    /// When there are no words.
    pub async fn say_goal(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        words: &str,
    ) -> Result<GoalId> {
        if words.chars().count() > porchlight_practice::person::FIELD_LIMIT {
            return Err(Fault::TooLong("words").into());
        }
        let id = GoalId(self.ids.next());
        let key = self.key(Owner::Person(person.0)).await?;
        let words = words.to_string();
        let body = (person, words.clone());
        self.command(actor, command, Action::GoalSay, About::Person(person), &body, move |desk| {
            let state = Goal::say(&words, desk.today()?)?;
            let row = GoalRow {
                id,
                person,
                is_open: true,
                body: seal(&key, &goal_place(id), &state)?,
                at: desk.now,
                version: 1,
            };
            goal::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// One goal.
    ///
    /// # Errors
    /// When there is no such goal for this actor.
    pub async fn goal(&self, actor: &Actor, person: PersonId, id: GoalId) -> Result<GoalView> {
        let access = self.access.clone();
        self.look(actor, Action::GoalRead, About::Person(person), "goals", move |desk| {
            let row = desk.goal_of(person, id)?;
            let goal = desk.goal(&row)?;
            let own = desk.actor.person == Some(person);
            let theirs = own || account::of_person(desk.tx, person)?.is_none();
            let actions = desk.actions(&access);
            let mut profile = desk.profile_of(person)?;
            if !own && !actions.contains(&Action::PersonRead) {
                profile = Profile { called: profile.called, ..Profile::default() };
            }
            Ok(GoalView {
                id,
                person,
                called: profile.called,
                strengths: profile.strengths,
                at_their_side: profile.natural_supports.into_iter().map(|one| one.name).collect(),
                may_plan: goal.is_open() && actions.contains(&Action::GoalPlan),
                theirs: goal.is_open() && theirs && actions.contains(&Action::GoalStepDone),
                goal,
                version: row.version,
            })
        })
        .await
    }

    /// Writes the way to a goal. What the plan calls it is another voice than the person's: of somebody who writes about
    /// their own goal, it stays as it was.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was changed since `version`; when it is closed.
    pub async fn plan_goal(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: GoalId,
        plan: Plan,
        version: i64,
    ) -> Result<()> {
        let key = self.key(Owner::Person(person.0)).await?;
        let body = (person, id, plan.clone(), version);
        self.command(actor, command, Action::GoalPlan, About::Person(person), &body, move |desk| {
            let row = desk.goal_of(person, id)?;
            if row.version != version {
                return Err(Error::Stale);
            }
            let mut plan = plan.clone();
            if desk.actor.person == Some(person) {
                plan.plan_words = None;
            }
            let (rules, _) = desk.rules(desk.programme()?)?;
            let goal = desk.goal(&row)?;
            let known = |area: &String| rules.goal_areas.iter().any(|one| one.id == *area);
            if !plan.areas.iter().all(|area| known(area) || goal.areas().contains(area)) {
                return Err(Fault::Unknown("area").into());
            }
            // What the pack no longer names was not offered, and is not taken away.
            plan.areas.extend(goal.areas().iter().filter(|area| !known(area)).cloned());
            let goal = goal.plan(plan)?;
            desk.keep_goal(&key, row, &goal, version)
        })
        .await
    }

    /// Says that a step is done, or that it is not.
    ///
    /// # Errors
    /// [`Fault::TheirsToSay`] when the person can sign in and it is not them; [`Error::Stale`] when the goal was changed
    /// since `version`, since the step may say something else by now.
    #[allow(clippy::too_many_arguments)]
    pub async fn step_done(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: GoalId,
        step: u32,
        done: bool,
        version: i64,
    ) -> Result<()> {
        let key = self.key(Owner::Person(person.0)).await?;
        let body = (person, id, step, done, version);
        self.command(actor, command, Action::GoalStepDone, About::Person(person), &body, move |desk| {
            theirs_to_say(desk, person)?;
            let row = desk.goal_of(person, id)?;
            if row.version != version {
                return Err(Error::Stale);
            }
            let today = desk.today()?;
            let goal = desk.goal(&row)?.step_done(step, done.then_some(today))?;
            desk.keep_goal(&key, row, &goal, version)
        })
        .await
    }

    /// Adds how near a goal feels today, and how sure the person is about the next step. It stands beside whatever else
    /// changed, so it needs no version.
    ///
    /// # Errors
    /// [`Fault::TheirsToSay`] when the person can sign in and it is not them; when the goal is closed.
    #[allow(clippy::too_many_arguments)]
    pub async fn rate_goal(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: GoalId,
        near: Ten,
        sure: Option<Ten>,
        words: &str,
    ) -> Result<()> {
        let key = self.key(Owner::Person(person.0)).await?;
        let words = words.to_string();
        let body = (person, id, near, sure, words.clone());
        self.command(actor, command, Action::GoalRate, About::Person(person), &body, move |desk| {
            theirs_to_say(desk, person)?;
            let row = desk.goal_of(person, id)?;
            let rating = Rating { on: desk.today()?, near, sure, words: words.clone() };
            let goal = desk.goal(&row)?.rate(rating)?;
            let version = row.version;
            desk.keep_goal(&key, row, &goal, version)
        })
        .await
    }

    /// Closes a goal. That it is reached is the person's to say.
    ///
    /// # Errors
    /// When it is closed already; [`Fault::TheirsToSay`] when it should be reached, the person can sign in, and it is not
    /// them.
    pub async fn close_goal(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: GoalId,
        reached: bool,
        version: i64,
    ) -> Result<()> {
        let key = self.key(Owner::Person(person.0)).await?;
        let body = (person, id, reached, version);
        self.command(actor, command, Action::GoalClose, About::Person(person), &body, move |desk| {
            if reached {
                theirs_to_say(desk, person)?;
            }
            let row = desk.goal_of(person, id)?;
            let how = if reached { Closing::Reached } else { Closing::SetAside };
            let today = desk.today()?;
            let goal = desk.goal(&row)?.close(how, today)?;
            desk.keep_goal(&key, row, &goal, version)
        })
        .await
    }
}
