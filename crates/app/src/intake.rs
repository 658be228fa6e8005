//! How people come to the programme: who sent them, what they want, and by which day somebody calls them.

use crate::door::{About, Actor, Desk, seal};
use crate::reading::intake_place;
use crate::{Action, App, Error, Result};
use jiff::civil::Date;
use porchlight_practice::id::{CommandId, PersonId};
use porchlight_practice::intake::{Intake, IntakeFault, Referral};
use porchlight_store::intake::{self, IntakeRow};
use porchlight_store::seal::Owner;
use porchlight_store::{account, support};

/// How somebody came, as those who look after them see it.
#[derive(Debug, Clone)]
pub struct IntakeView {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub called: String,
    /// How they came; none when nobody wrote it down.
    pub intake: Option<Intake>,
    /// Who made the first call; empty before it.
    pub called_by: String,
    /// Whether somebody walks with them now.
    pub walks: bool,
    /// Today in the programme.
    pub today: Date,
    /// What the actor may do.
    pub actions: Vec<Action>,
    /// Counts changes; 0 before the first.
    pub version: i64,
}

/// Where somebody stands who waits, for a supervisor's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Nobody promised them anything yet.
    NoPromise,
    /// Somebody calls them by a day.
    By(Date),
    /// That day is over.
    Overdue(Date),
    /// They were called; somebody has to begin to walk with them.
    Called(Date),
}

impl Desk<'_, '_> {
    fn intake_of(&mut self, person: PersonId) -> Result<Option<(Intake, IntakeRow)>> {
        let Some(row) = intake::get(self.tx, person)? else { return Ok(None) };
        let body = self.open(Owner::Person(person.0), intake_place(person), &row.body)?;
        Ok(Some((body, row)))
    }

    /// Whose turn it is with somebody who waits.
    pub(crate) fn turn(&mut self, person: PersonId, today: Date) -> Result<Turn> {
        Ok(match self.intake_of(person)?.map(|(intake, _)| intake) {
            None => Turn::NoPromise,
            Some(Intake::Called { on, .. }) => Turn::Called(on),
            Some(Intake::Waiting { promised, .. }) if promised < today => Turn::Overdue(promised),
            Some(Intake::Waiting { promised, .. }) => Turn::By(promised),
        })
    }
}

impl App {
    /// How somebody came, and by which day they are called.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn intake(&self, actor: &Actor, person: PersonId) -> Result<IntakeView> {
        let access = self.access.clone();
        self.look(actor, Action::IntakeRead, About::Person(person), "intake", move |desk| {
            let programme = desk.programme()?;
            let today = desk.day_here(programme)?;
            let found = desk.intake_of(person)?;
            let by = match &found {
                Some((Intake::Called { by, .. }, _)) => desk.name_of(*by)?,
                _ => String::new(),
            };
            Ok(IntakeView {
                person,
                called: desk.profile_of(person)?.called,
                called_by: by,
                walks: support::anybody_walks(desk.tx, person)?,
                today,
                actions: desk.actions(&access),
                version: found.as_ref().map_or(0, |(_, row)| row.version),
                intake: found.map(|(intake, _)| intake),
            })
        })
        .await
    }

    async fn step_intake<B: serde::Serialize + Sync>(
        &self,
        actor: &Actor,
        command: CommandId,
        (person, version): (PersonId, i64),
        body: &B,
        step: impl Fn(Option<Intake>, Date, &Actor) -> Result<Intake> + Send + Sync + 'static,
    ) -> Result<()> {
        self.command(
            actor,
            command,
            Action::IntakeWrite,
            About::Person(person),
            &(person, body),
            move |desk| {
                let programme = desk.programme()?;
                let today = desk.day_here(programme)?;
                let found = desk.intake_of(person)?;
                if found.as_ref().map_or(0, |(_, row)| row.version) != version {
                    return Err(Error::Stale);
                }
                // Nobody makes their own first call, though they may work where they are supported.
                if account::of_person(desk.tx, person)? == Some(desk.actor.account) {
                    return Err(Error::NotFound);
                }
                let next = step(found.map(|(intake, _)| intake), today, desk.actor)?;
                let key = desk.keys.get(desk.tx, Owner::Person(person.0))?;
                let row = IntakeRow {
                    person,
                    programme,
                    promised: next.promised().map(|day| day.to_string()),
                    body: seal(&key, &intake_place(person), &next)?,
                    at: desk.now,
                    version,
                };
                if intake::keep(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
            },
        )
        .await
    }

    /// Writes down how somebody came, with the day by which they are called.
    ///
    /// # Errors
    /// When it can't be kept so; [`Error::Stale`] when somebody wrote it since `version`.
    pub async fn take_referral(
        &self,
        actor: &Actor,
        command: CommandId,
        (person, version): (PersonId, i64),
        referral: Referral,
        promised: Date,
    ) -> Result<()> {
        let body = (referral.clone(), promised, version);
        self.step_intake(actor, command, (person, version), &body, move |before, today, _| match before {
            None => Ok(Intake::come(referral.clone(), promised, today)?),
            Some(_) => Err(Error::Stale),
        })
        .await
    }

    /// Says that somebody called and reached nobody, with the next day that is promised.
    ///
    /// # Errors
    /// When they were reached already, or the promise can't be kept so.
    pub async fn not_reached(
        &self,
        actor: &Actor,
        command: CommandId,
        (person, version): (PersonId, i64),
        promised: Date,
    ) -> Result<()> {
        let body = ("not reached", promised, version);
        self.step_intake(actor, command, (person, version), &body, move |before, today, _| {
            Ok(before.ok_or(Error::NotFound)?.not_reached(promised, today)?)
        })
        .await
    }

    /// Says that the first call was made, with what the person wants as they said it.
    ///
    /// # Errors
    /// When nobody wrote down how they came, or the text is too long.
    pub async fn first_call(
        &self,
        actor: &Actor,
        command: CommandId,
        (person, version): (PersonId, i64),
        wants: String,
    ) -> Result<()> {
        let body = ("called", wants.clone(), version);
        self.step_intake(actor, command, (person, version), &body, move |before, today, by| {
            let before: Intake = before.ok_or(Error::NotFound)?;
            let wants = if wants.trim().is_empty() { before.referral().wants.clone() } else { wants.clone() };
            let said: Result<Intake, IntakeFault> = before.say_wants(wants);
            Ok(said?.called(today, by.account))
        })
        .await
    }
}
