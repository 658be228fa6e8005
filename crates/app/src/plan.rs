//! Plans that somebody else holds: references to them, and what is missing in them.

use crate::door::{About, Actor, Desk, seal};
use crate::reading::plan_place;
use crate::{Action, App, Error, Result};
use jiff::civil::Date;
use porchlight_practice::id::{CommandId, GoalId, PersonId, PlanId};
use porchlight_practice::plan::{Gap, HeldPlan, PlanWords, gaps};
use porchlight_store::plan::PlanRow;
use porchlight_store::seal::Owner;
use porchlight_store::{goal, plan};

/// The plans somebody's record refers to.
#[derive(Debug, Clone)]
pub struct PlansView {
    /// Whose.
    pub person: PersonId,
    /// What they are called.
    pub called: String,
    /// Each with the number of its changes, those in force first.
    pub plans: Vec<(PlanId, HeldPlan, i64)>,
    /// The goals being worked on, in the person's words.
    pub goals: Vec<(GoalId, String)>,
    /// What is missing today.
    pub gaps: Vec<Gap>,
    /// Today, where the programme is.
    pub today: Date,
    /// Whether the actor may write one down.
    pub may_write: bool,
}

impl Desk<'_, '_> {
    /// What is missing in the plans of a person today.
    pub(crate) fn plan_gaps(&mut self, person: PersonId, open_goals: &[GoalId]) -> Result<Vec<Gap>> {
        let mut plans = Vec::new();
        for row in plan::of_person(self.tx, person)? {
            plans.push((row.id, self.held_plan(&row)?));
        }
        let programme = self.programme()?;
        let (rules, _) = self.rules(programme)?;
        Ok(gaps(&plans, open_goals, rules.links_goals, rules.on))
    }
}

impl App {
    /// The plans a person's record refers to.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn plans(&self, actor: &Actor, person: PersonId) -> Result<PlansView> {
        let access = self.access.clone();
        self.look(actor, Action::PlanRead, About::Person(person), "plans", move |desk| {
            let mut goals = Vec::new();
            for row in goal::of_person(desk.tx, person)?.iter().filter(|row| row.is_open) {
                goals.push((row.id, desk.goal(row)?.words().to_owned()));
            }
            let mut plans = Vec::new();
            for row in plan::of_person(desk.tx, person)? {
                plans.push((row.id, desk.held_plan(&row)?, row.version));
            }
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            let today = rules.on;
            plans.sort_by_key(|(_, plan, _)| (!plan.in_force(today), std::cmp::Reverse(plan.from())));
            let ids: Vec<GoalId> = goals.iter().map(|(id, _)| *id).collect();
            Ok(PlansView {
                person,
                called: desk.profile_of(person)?.called,
                gaps: desk.plan_gaps(person, &ids)?,
                may_write: desk.actions(&access).contains(&Action::PlanWrite),
                plans,
                goals,
                today,
            })
        })
        .await
    }

    /// Writes down a plan that somebody else holds: a new one, or one that is known, as it was at `version`.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was changed since `version`; when something is missing in it.
    pub async fn write_plan(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        known: Option<(PlanId, i64)>,
        words: PlanWords,
    ) -> Result<PlanId> {
        let key = self.key(Owner::Person(person.0)).await?;
        let fresh = PlanId(self.ids.next());
        let body = (person, known, words.clone());
        self.command(actor, command, Action::PlanWrite, About::Person(person), &body, move |desk| {
            let own: Vec<GoalId> = goal::of_person(desk.tx, person)?.iter().map(|row| row.id).collect();
            let mut words = words.clone();
            for objective in &mut words.objectives {
                objective.goals.retain(|goal| own.contains(goal));
            }
            let held = HeldPlan::write(words)?;
            let (id, version) = known.unwrap_or((fresh, 1));
            let row =
                PlanRow { id, person, body: seal(&key, &plan_place(id), &held)?, at: desk.now, version };
            if known.is_none() {
                plan::insert(desk.tx, &row)?;
                return Ok(id);
            }
            plan::get(desk.tx, id)?.filter(|row| row.person == person).ok_or(Error::NotFound)?;
            if plan::change(desk.tx, &row)? { Ok(id) } else { Err(Error::Stale) }
        })
        .await
    }
}
