//! A person's yes to a supervisor sitting in on a visit: to one time, by one supervisor, and theirs to take back.

use crate::door::{About, Actor, Desk};
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use porchlight_practice::id::{AccountId, CommandId, PersonId, SittingInId};
use porchlight_practice::supervision::{Booking, SittingIn};
use porchlight_store::programme;
use porchlight_store::supervision::{self, SittingInRow};

/// A yes as somebody reads it.
#[derive(Debug, Clone)]
pub struct YesView {
    /// Its id.
    pub id: SittingInId,
    /// Whose.
    pub person: String,
    /// Who walks with them.
    pub worker: String,
    /// Who sits in.
    pub supervisor: String,
    /// The day.
    pub day: Date,
    /// Whether it was taken back.
    pub taken_back: bool,
    /// Whether it was used.
    pub used: bool,
}

fn day_of(row: &SittingInRow) -> Result<Date> {
    row.day.parse().map_err(|_| Error::Damaged("sitting_in"))
}

impl Desk<'_, '_> {
    pub(super) fn sitting_in(&mut self, id: SittingInId) -> Result<SittingIn> {
        let row = supervision::yes(self.tx, id)?.ok_or(Fault::Unknown("yes"))?;
        Ok(SittingIn {
            id,
            worker: row.worker,
            supervisor: row.supervisor,
            day: day_of(&row)?,
            taken_back: row.taken_back_at.is_some(),
            used: row.meeting.is_some(),
        })
    }

    fn yes_view(&mut self, row: &SittingInRow) -> Result<YesView> {
        Ok(YesView {
            id: row.id,
            person: self.profile_of(row.person)?.short_name(),
            worker: self.name_of(row.worker)?,
            supervisor: self.name_of(row.supervisor)?,
            day: day_of(row)?,
            taken_back: row.taken_back_at.is_some(),
            used: row.meeting.is_some(),
        })
    }

    /// The yeses on which the record of a meeting can rest.
    pub(super) fn yeses_for(&mut self, booking: &Booking) -> Result<Vec<YesView>> {
        let mut views = Vec::new();
        for worker in &booking.with {
            let day = booking.day.to_string();
            for row in supervision::yes_to(self.tx, *worker, booking.supervisor, &day)? {
                views.push(self.yes_view(&row)?);
            }
        }
        Ok(views)
    }

    pub(crate) fn yeses_of(&mut self, person: PersonId) -> Result<Vec<YesView>> {
        let mut views = Vec::new();
        for row in supervision::said_by(self.tx, person)? {
            views.push(self.yes_view(&row)?);
        }
        Ok(views)
    }
}

impl App {
    /// What a person said yes to, as they and whoever walks with them read it, and who could sit in.
    ///
    /// # Errors
    /// When the actor does not walk with this person.
    #[allow(clippy::type_complexity, reason = "two lists for one page")]
    pub async fn sitting_in(
        &self,
        actor: &Actor,
        person: PersonId,
    ) -> Result<(String, Vec<YesView>, Vec<(AccountId, String)>, Date)> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::SupervisionSitIn, About::Person(person), move |desk| {
            let mut supervisors = Vec::new();
            for id in programme::supervisors_of(desk.tx, here, desk.actor.account)? {
                supervisors.push((id, desk.name_of(id)?));
            }
            let called = desk.profile_of(person)?.called;
            Ok((called, desk.yeses_of(person)?, supervisors, desk.day_here(here)?))
        })
        .await
    }

    /// Writes down that a person said yes to one of the actor's supervisors sitting in on a day.
    ///
    /// # Errors
    /// When the actor does not walk with them, that somebody does not supervise the actor, or the day is over.
    pub async fn say_yes_to_sitting_in(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        supervisor: AccountId,
        day: Date,
    ) -> Result<SittingInId> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let id = SittingInId(self.ids.next());
        let (about, body) = (About::Person(person), (person, supervisor, day));
        self.command(actor, command, Action::SupervisionSitIn, about, &body, move |desk| {
            let me = desk.actor.account;
            if !programme::supervisors_of(desk.tx, here, me)?.contains(&supervisor) {
                return Err(Fault::Unknown("supervisor").into());
            }
            // Asking comes first: nobody writes down afterwards that somebody would have said yes.
            if day < desk.day_here(here)? {
                return Err(Fault::Unknown("day").into());
            }
            let row = SittingInRow {
                id,
                programme: here,
                person,
                worker: me,
                supervisor,
                day: day.to_string(),
                said_by: me,
                at: desk.now,
                taken_back_at: None,
                meeting: None,
            };
            supervision::say_yes(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// A person takes their yes back, or says so to whoever walks with them.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was taken back before, or the visit is over.
    pub async fn take_back_sitting_in(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: SittingInId,
    ) -> Result<()> {
        let (about, body) = (About::Person(person), (person, id));
        self.command(actor, command, Action::SupervisionSitOut, about, &body, move |desk| {
            match supervision::take_back(desk.tx, id, person, desk.now)? {
                true => Ok(()),
                false => Err(Error::Stale),
            }
        })
        .await
    }

    /// What the actor said yes to.
    ///
    /// # Errors
    /// When the actor has no record of their own here.
    pub async fn own_sitting_in(&self, actor: &Actor) -> Result<Vec<YesView>> {
        let person = actor.person.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::SupervisionSitOut, About::Person(person), move |desk| {
            desk.yeses_of(person)
        })
        .await
    }
}
