//! When workers can work, as they write it themselves, and the hours of their contracts.

use crate::door::{About, Actor, Desk, open, seal};
use crate::programme::walks_here;
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use porchlight_practice::availability::{Availability, Contract};
use porchlight_practice::id::{AccountId, CommandId, ProgrammeId};
use porchlight_store::availability::{self, AvailabilityRow};
use porchlight_store::seal::{Owner, Place};

/// When one worker can work, and their contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkTimes {
    /// Today in the programme.
    pub today: Date,
    /// What they wrote; none while they have not said.
    pub can: Option<Availability>,
    /// Counts changes; 0 before the first.
    pub version: i64,
    /// The contract that holds today.
    pub contract: Option<Contract>,
    /// The next one, and from when.
    pub coming: Option<Contract>,
}

/// One of those whom somebody supervises. By name: nobody is put before anybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamTimes {
    /// Their name.
    pub name: String,
    /// When they can work.
    pub times: WorkTimes,
}

fn place(worker: AccountId) -> Place {
    Place::new("availability", worker.0, "body")
}

impl Desk<'_, '_> {
    /// When a worker can work in a programme, as they wrote it; none while they have not said.
    pub(crate) fn availability(
        &mut self,
        here: ProgrammeId,
        worker: AccountId,
    ) -> Result<Option<(Availability, i64)>> {
        let Some(row) = availability::get(self.tx, here, worker)? else { return Ok(None) };
        let key = self.keys.get(self.tx, Owner::Worker(worker.0))?;
        Ok(Some((open(&key, &place(worker), &row.body)?, row.version)))
    }

    fn contracts(&mut self, here: ProgrammeId, worker: AccountId) -> Result<Vec<Contract>> {
        let read = |(day, minutes): (String, i64)| {
            let damaged = || Error::Damaged("contract");
            let from = day.parse().map_err(|_| damaged())?;
            Contract::new(from, u32::try_from(minutes).map_err(|_| damaged())?).map_err(|_| damaged())
        };
        availability::contracts(self.tx, here, worker)?.into_iter().map(read).collect()
    }

    pub(crate) fn work_times(&mut self, here: ProgrammeId, worker: AccountId) -> Result<WorkTimes> {
        let today = self.day_here(here)?;
        let contracts = self.contracts(here, worker)?;
        let (can, version) = match self.availability(here, worker)? {
            Some((can, version)) => (Some(can), version),
            None => (None, 0),
        };
        let (contract, coming) = (Contract::on(&contracts, today), Contract::after(&contracts, today));
        Ok(WorkTimes { today, can, version, contract, coming })
    }
}

impl App {
    /// When one can work oneself, and the hours of one's contract.
    ///
    /// # Errors
    /// When the actor walks with nobody here.
    pub async fn own_work_times(&self, actor: &Actor) -> Result<WorkTimes> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.look(actor, Action::AvailabilityRead, About::Own, "times", move |desk| {
            desk.work_times(here, desk.actor.account)
        })
        .await
    }

    /// Writes when one can work. Days away that are over are left out.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was written on another device since `version`.
    pub async fn write_availability(
        &self,
        actor: &Actor,
        command: CommandId,
        can: Availability,
        version: i64,
    ) -> Result<()> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let key = self.key(Owner::Worker(actor.account.0)).await?;
        let body = (can.clone(), version);
        self.command(actor, command, Action::AvailabilityWrite, About::Own, &body, move |desk| {
            let today = desk.day_here(here)?;
            let can = can.clone().from_day(today);
            let who = desk.actor.account;
            let body = seal(&key, &place(who), &can)?;
            let row = AvailabilityRow { programme: here, worker: who, body, at: desk.now, version };
            match availability::keep(desk.tx, &row)? {
                true => Ok(()),
                false => Err(Error::Stale),
            }
        })
        .await
    }

    /// When those can work whom the actor supervises, by name.
    ///
    /// # Errors
    /// When the actor supervises nobody here.
    pub async fn team_work_times(&self, actor: &Actor) -> Result<Vec<TeamTimes>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let about = About::Programme(here);
        self.list(actor, Action::AvailabilityTeam, about, "times", move |desk| {
            let (mut team, mut shown) = (Vec::new(), Vec::new());
            for who in desk.own_team(here)? {
                shown.push(who.0);
                let name = desk.name_of(who)?;
                team.push(TeamTimes { name, times: desk.work_times(here, who)? });
            }
            team.sort_by_key(|one| one.name.to_lowercase());
            Ok((team, shown))
        })
        .await
    }

    /// The contract of a worker: the one that holds today, and the next.
    ///
    /// # Errors
    /// When there is no such worker in a programme of this actor.
    pub async fn contract_of(
        &self,
        actor: &Actor,
        here: ProgrammeId,
        worker: AccountId,
    ) -> Result<(Option<Contract>, Option<Contract>)> {
        self.prepare(actor, Action::AvailabilityContract, About::Programme(here), move |desk| {
            let (today, all) = (desk.day_here(here)?, desk.contracts(here, worker)?);
            Ok((Contract::on(&all, today), Contract::after(&all, today)))
        })
        .await
    }

    /// Sets the hours of a contract from a day on.
    ///
    /// # Errors
    /// When they walk with nobody here.
    pub async fn set_contract(
        &self,
        actor: &Actor,
        command: CommandId,
        here: ProgrammeId,
        worker: AccountId,
        new: Contract,
    ) -> Result<()> {
        let body = (here, worker, new.from, new.minutes);
        let about = About::Programme(here);
        self.command(actor, command, Action::AvailabilityContract, about, &body, move |desk| {
            if !walks_here(desk, here, worker)? {
                return Err(Fault::Unknown("worker").into());
            }
            let (by, now) = (desk.actor.account, desk.now);
            let kept = (&*new.from.to_string(), i64::from(new.minutes));
            Ok(availability::set_contract(desk.tx, here, worker, kept, by, now)?)
        })
        .await
    }
}
