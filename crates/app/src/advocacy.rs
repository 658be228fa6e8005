//! What a person asks for elsewhere: the words, what was tried, what came of it; and how many of a programme did not get it.

use crate::door::{About, Actor, Desk, seal};
use crate::reading::advocacy_place;
use crate::{Action, App, Error, Fault, Result};
use porchlight_practice::advocacy::{Advocacy, Ask, Came, Try};
use porchlight_practice::id::{AdvocacyId, CommandId, PersonId};
use porchlight_practice::pack::Choice;
use porchlight_practice::unmet::{Quarter, Unmet, unmet};
use porchlight_store::advocacy;
use porchlight_store::advocacy::AdvocacyRow;
use porchlight_store::seal::Owner;

/// What a person asks for elsewhere.
#[derive(Debug, Clone)]
pub struct AdvocaciesView {
    /// Whose.
    pub person: PersonId,
    /// What they are called.
    pub called: String,
    /// Each, those that are open first.
    pub all: Vec<(AdvocacyId, Advocacy)>,
    /// Whether the actor may write, and the pack in force has what can be chosen.
    pub may_write: bool,
}

/// One thing that a person asks for.
#[derive(Debug, Clone)]
pub struct AdvocacyView {
    /// Its id.
    pub id: AdvocacyId,
    /// Whose.
    pub person: PersonId,
    /// What they are called.
    pub called: String,
    /// What it is, and what was tried.
    pub advocacy: Advocacy,
    /// Counts changes; a form sends it back.
    pub version: i64,
    /// Whether the actor may write.
    pub may_write: bool,
}

/// What people of a programme did not get in a quarter.
#[derive(Debug, Clone)]
pub struct UnmetView {
    /// Which quarter.
    pub quarter: Quarter,
    /// The newest that can be counted: the last that is over.
    pub newest: Quarter,
    /// The counts.
    pub unmet: Unmet,
    /// Counts of fewer people are not said.
    pub fewest: u32,
    /// The programme's name.
    pub programme: String,
}

fn knows(list: &[Choice], id: &str, field: &'static str) -> Result<()> {
    if list.iter().any(|one| one.id == id) { Ok(()) } else { Err(Fault::Unknown(field).into()) }
}

impl Desk<'_, '_> {
    fn advocacy_of(&mut self, person: PersonId, id: AdvocacyId) -> Result<(AdvocacyRow, Advocacy)> {
        let row = advocacy::get(self.tx, id)?.filter(|row| row.person == person).ok_or(Error::NotFound)?;
        let advocacy = self.advocacy(&row)?;
        Ok((row, advocacy))
    }

    /// Keeps what it became, if it is still what `version` was.
    fn keep_advocacy(&mut self, row: AdvocacyRow, advocacy: &Advocacy, version: i64) -> Result<()> {
        let key = self.keys.get(self.tx, Owner::Person(row.person.0))?;
        let body = seal(&key, &advocacy_place(row.id), advocacy)?;
        let closed_on = advocacy.came().map(|(_, on)| on.to_string());
        let row = AdvocacyRow { closed_on, body, version, ..row };
        if advocacy::change(self.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
    }
}

impl App {
    /// What a person asks for elsewhere.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn advocacies(&self, actor: &Actor, person: PersonId) -> Result<AdvocaciesView> {
        let access = self.access.clone();
        self.look(actor, Action::AdvocacyRead, About::Person(person), "advocacy", move |desk| {
            let mut all = Vec::new();
            for row in advocacy::of_person(desk.tx, person)? {
                all.push((row.id, desk.advocacy(&row)?));
            }
            all.sort_by_key(|(_, advocacy)| advocacy.came().is_some());
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            // A programme whose pack is older than this has nothing to choose from until it adopts a newer one.
            let knows = !rules.advocacy.needs.is_empty();
            let may_write = knows && desk.actions(&access).contains(&Action::AdvocacyAsk);
            Ok(AdvocaciesView { person, called: desk.profile_of(person)?.called, all, may_write })
        })
        .await
    }

    /// One thing that a person asks for.
    ///
    /// # Errors
    /// When there is no such thing for this actor.
    pub async fn advocacy(&self, actor: &Actor, person: PersonId, id: AdvocacyId) -> Result<AdvocacyView> {
        let access = self.access.clone();
        self.look(actor, Action::AdvocacyRead, About::Person(person), "advocacy", move |desk| {
            let (row, advocacy) = desk.advocacy_of(person, id)?;
            let may_write = advocacy.came().is_none() && desk.actions(&access).contains(&Action::AdvocacyTry);
            let called = desk.profile_of(person)?.called;
            Ok(AdvocacyView { id, person, called, advocacy, version: row.version, may_write })
        })
        .await
    }

    /// Writes down what a person asks for.
    ///
    /// # Errors
    /// When it does not say what or of whom, or names a kind or a place that the pack does not know.
    pub async fn ask_elsewhere(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        ask: Ask,
    ) -> Result<AdvocacyId> {
        let id = AdvocacyId(self.ids.next());
        let key = self.key(Owner::Person(person.0)).await?;
        let body = (person, ask.clone());
        self.command(actor, command, Action::AdvocacyAsk, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            knows(&rules.advocacy.needs, &ask.need, "need")?;
            if !ask.place.is_empty() {
                knows(&rules.advocacy.places, &ask.place, "place")?;
            }
            let begun = Advocacy::begin(ask.clone(), rules.on)?;
            let row = AdvocacyRow {
                id,
                programme,
                person,
                since: rules.on.to_string(),
                closed_on: None,
                body: seal(&key, &advocacy_place(id), &begun)?,
                version: 1,
            };
            advocacy::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// Writes down what was tried, to what it was at `version`.
    ///
    /// # Errors
    /// [`Error::Stale`] when somebody wrote meanwhile; when it is over, or the day is to come.
    pub async fn tried_elsewhere(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: AdvocacyId,
        one: Try,
        version: i64,
    ) -> Result<()> {
        let body = (person, id, one.clone(), version);
        self.command(actor, command, Action::AdvocacyTry, About::Person(person), &body, move |desk| {
            let (row, advocacy) = desk.advocacy_of(person, id)?;
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            knows(&rules.advocacy.ways, &one.way, "way")?;
            let advocacy = advocacy.tried(one.clone(), rules.on)?;
            desk.keep_advocacy(row, &advocacy, version)
        })
        .await
    }

    /// Says what came of it, as it was at `version`.
    ///
    /// # Errors
    /// [`Error::Stale`] when somebody wrote meanwhile; when it is over already.
    pub async fn close_elsewhere(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: AdvocacyId,
        came: Came,
        version: i64,
    ) -> Result<()> {
        let body = (person, id, came.clone(), version);
        self.command(actor, command, Action::AdvocacyClose, About::Person(person), &body, move |desk| {
            let (row, advocacy) = desk.advocacy_of(person, id)?;
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            if let Some(lacking) = came.lacking() {
                knows(&rules.advocacy.lacking, lacking, "lacking")?;
            }
            let advocacy = advocacy.close(came.clone(), rules.on)?;
            desk.keep_advocacy(row, &advocacy, version)
        })
        .await
    }

    /// How many people of the actor's programme did not get what they asked for, in a quarter that is over; the last one where
    /// none is named, or one that is not over.
    ///
    /// # Errors
    /// When this is not the actor's to see.
    pub async fn unmet(&self, actor: &Actor, quarter: Option<Quarter>) -> Result<UnmetView> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.look(actor, Action::AdvocacyCount, About::Programme(programme), "unmet", move |desk| {
            let (rules, _) = desk.rules(programme)?;
            let newest = Quarter::of(rules.on).before();
            let quarter = quarter.map_or(newest, |named| named.min(newest));
            let (first, last) = (quarter.first().to_string(), quarter.last().to_string());
            let mut asks = Vec::new();
            for row in advocacy::between(desk.tx, programme, &first, &last)? {
                asks.push((row.person, desk.advocacy(&row)?));
            }
            let fewest = rules.advocacy.fewest;
            let counted = asks.iter().map(|(person, advocacy)| (*person, advocacy));
            Ok(UnmetView {
                quarter,
                newest,
                unmet: unmet(counted, quarter, fewest),
                fewest,
                programme: porchlight_store::programme::get(desk.tx, programme)?.ok_or(Error::NotFound)?.name,
            })
        })
        .await
    }
}
