//! Bringing two people together: deciding whether the other is asked, planning the first talk, looking after both.

use super::finding::mentor_place;
use super::{Proposed, change};
use crate::door::{About, Actor, Desk, seal, standing_of};
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use porchlight_access::Relation;
use porchlight_practice::id::{CommandId, PairingId, PersonId, ProgrammeId};
use porchlight_practice::pairing::{LINE_LIMIT, Mentor, Pairing, Side, Talk, Why};
use porchlight_store::pairing::{self, PairingRow};
use porchlight_store::seal::Owner;

/// Two people as whoever brings them together sees them: first names with one letter, and what speaks for it.
#[derive(Debug, Clone)]
pub struct PairingLine {
    /// Its id.
    pub id: PairingId,
    /// Who was looking for somebody.
    pub asker: String,
    /// Who is there for somebody.
    pub other: String,
    /// Where it stands.
    pub pairing: Pairing,
    /// Today in the programme.
    pub today: Date,
}

/// Somebody who would like to be there for others, or is.
#[derive(Debug, Clone)]
pub struct MentorLine {
    /// Whose record.
    pub person: PersonId,
    /// Their name, as lists show it.
    pub name: String,
    /// Whether everything was gone through with them.
    pub ready: bool,
    /// Whether they should be asked how it is for them.
    pub due: bool,
}

/// What waits for whoever brings people together.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    /// Two by two, the oldest first.
    pub pairings: Vec<PairingLine>,
    /// Those who are there for others, or would like to be, by name.
    pub mentors: Vec<MentorLine>,
}

/// What was gone through with somebody.
#[derive(Debug, Clone)]
pub struct MentorView {
    /// Their name, as lists show it.
    pub name: String,
    /// What was gone through, and when they are asked next.
    pub mentor: Mentor,
    /// Counts changes; 0 before the first.
    pub version: i64,
    /// For how many others they would like to be there.
    pub places: u32,
    /// Today in the programme.
    pub today: Date,
}

/// What is planned, or happened.
#[derive(Debug, Clone, serde::Serialize)]
pub enum Step {
    /// The first talk is on that day.
    Plan(Talk),
    /// It was held.
    Talked(Date),
    /// Somebody talked with one of them.
    Heard(Side),
}

impl Desk<'_, '_> {
    /// Whether the actor brings together whom this person would like to meet.
    fn brings_together(&mut self, person: PersonId) -> Result<bool> {
        let house = self.house();
        let standing = standing_of(self.tx, house, self.actor, About::Person(person), None, self.now)?;
        Ok(matches!(standing.relation, Relation::Walks | Relation::Supervises))
    }

    fn short(&mut self, person: PersonId) -> Result<String> {
        Ok(self.profile_of(person)?.short_name())
    }

    fn line(&mut self, row: &PairingRow, today: Date) -> Result<PairingLine> {
        Ok(PairingLine {
            id: row.id,
            asker: self.short(row.asker)?,
            other: self.short(row.other)?,
            pairing: self.pairing(row)?,
            today,
        })
    }
}

impl App {
    /// What waits for whoever brings people together: wishes, talks to plan, those who would like to talk, and mentors.
    ///
    /// # Errors
    /// When the actor brings nobody together.
    pub async fn pairings(&self, actor: &Actor) -> Result<Waiting> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::PairingQueue, About::Programme(here), "pairing", move |desk| {
            let today = desk.day_here(here)?;
            let (rules, _) = desk.rules(here)?;
            let mut waiting = Waiting::default();
            let mut shown = Vec::new();
            for row in pairing::open_in(desk.tx, here)? {
                if desk.brings_together(row.asker)? {
                    shown.push(row.id.0);
                    waiting.pairings.push(desk.line(&row, today)?);
                }
            }
            for row in pairing::offers(desk.tx, here, false)? {
                let person = PersonId(row.whose);
                if !desk.brings_together(person)? {
                    continue;
                }
                let Some((offer, _)) = desk.offer_of(here, person)? else { continue };
                if offer.places == 0 {
                    continue;
                }
                shown.push(person.0);
                let (mentor, _) = desk.mentor_of(person)?;
                waiting.mentors.push(MentorLine {
                    person,
                    name: desk.short(person)?,
                    ready: mentor.is_ready(rules.mentor_steps.iter().map(|step| step.id.as_str())),
                    due: mentor.is_due(today),
                });
            }
            waiting.mentors.sort_by_key(|line| line.name.to_lowercase());
            Ok((waiting, shown))
        })
        .await
    }

    /// Two people, for whoever brings them together.
    ///
    /// # Errors
    /// When there is no such thing for this actor.
    pub async fn pairing_to_bring_together(
        &self,
        actor: &Actor,
        id: PairingId,
    ) -> Result<(PairingLine, i64)> {
        self.look(actor, Action::PairingMeet, About::Pairing(id), "pairing", move |desk| {
            let row = pairing::get(desk.tx, id)?.filter(|row| row.is_open).ok_or(Error::NotFound)?;
            let today = desk.day_here(row.programme)?;
            Ok((desk.line(&row, today)?, row.version))
        })
        .await
    }

    /// Decides: the other is asked without a name, or the wish is let go, which looks to whoever wished it like any other end.
    ///
    /// # Errors
    /// [`Error::Stale`] when it changed since the page was opened.
    pub async fn decide_pairing(
        &self,
        actor: &Actor,
        command: CommandId,
        id: PairingId,
        ask: bool,
        version: i64,
    ) -> Result<()> {
        let body = (id, ask, version);
        self.command(actor, command, Action::PairingAsk, About::Pairing(id), &body, move |desk| {
            let by = desk.actor.account;
            change(desk, id, version, |pairing, _, _| if ask { pairing.ask(by) } else { pairing.leave() })
        })
        .await
    }

    /// Plans the first talk, says that it was held, or that one of the two was heard.
    ///
    /// # Errors
    /// When it is not at the point for that; [`Error::Stale`] when it changed since the page was opened.
    pub async fn plan_pairing(
        &self,
        actor: &Actor,
        command: CommandId,
        id: PairingId,
        step: Step,
        version: i64,
    ) -> Result<()> {
        if let Step::Plan(talk) = &step {
            if talk.how.trim().is_empty() {
                return Err(Fault::Empty("how").into());
            }
            if talk.how.chars().count() > LINE_LIMIT {
                return Err(Fault::TooLong("how").into());
            }
        }
        let body = (id, step.clone(), version);
        self.command(actor, command, Action::PairingPlan, About::Pairing(id), &body, move |desk| {
            let by = desk.actor.account;
            let step = step.clone();
            change(desk, id, version, move |pairing, _, today| match step {
                Step::Plan(talk) if talk.day < today => Err(porchlight_practice::pairing::PairingFault::Day),
                Step::Plan(talk) => pairing.plan(by, talk),
                Step::Talked(day) if day > today => Err(porchlight_practice::pairing::PairingFault::Day),
                Step::Talked(day) => pairing.talked(day),
                Step::Heard(side) => pairing.heard(side),
            })
        })
        .await
    }

    /// What was gone through with somebody who would like to be there for others.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn mentor(&self, actor: &Actor, person: PersonId) -> Result<MentorView> {
        self.look(actor, Action::PairingReadMentor, About::Person(person), "pairing", move |desk| {
            let here = desk.programme()?;
            let (mentor, version) = desk.mentor_of(person)?;
            let offer = desk.offer_of(here, person)?;
            Ok(MentorView {
                name: desk.short(person)?,
                mentor,
                version,
                places: offer.map_or(0, |(offer, _)| offer.places),
                today: desk.day_here(here)?,
            })
        })
        .await
    }

    /// Writes down what was gone through with somebody, and when they are asked next how it is for them.
    ///
    /// # Errors
    /// When the pack has no such step; [`Error::Stale`] when it was written since `version`.
    pub async fn screen_mentor(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        mentor: Mentor,
        version: i64,
    ) -> Result<()> {
        let key = self.key(Owner::Person(person.0)).await?;
        let sealed = seal(&key, &mentor_place(person), &mentor)?;
        let body = (person, mentor.clone(), version);
        self.command(actor, command, Action::PairingScreen, About::Person(person), &body, move |desk| {
            let here = desk.programme()?;
            let (rules, _) = desk.rules(here)?;
            if !mentor.done.iter().all(|done| rules.mentor_steps.iter().any(|step| step.id == *done)) {
                return Err(Fault::Unknown("done").into());
            }
            let kept = pairing::keep_mentor(desk.tx, here, person, &sealed, desk.now, version)?;
            if kept { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Who could walk with a person, and what they have in common: a suggestion to whoever says who begins, in no order of
    /// merit.
    ///
    /// # Errors
    /// When the actor does not say who walks with this person.
    pub async fn could_walk(&self, actor: &Actor, person: PersonId) -> Result<Vec<Proposed>> {
        self.look(actor, Action::PairingPropose, About::Person(person), "pairing", move |desk| {
            let here: ProgrammeId = desk.programme()?;
            let (rules, _) = desk.rules(here)?;
            let mut all = Vec::new();
            for (account, why) in desk.walkers_for(here, &rules, person)? {
                let why: Vec<Why> = why;
                let (walking, can, contract) = desk.load(here, account)?;
                all.push(Proposed {
                    account,
                    name: desk.name_of(account)?,
                    why,
                    walking,
                    minutes: contract.or_else(|| can.map(|can| can.minutes_a_week())),
                });
            }
            Ok(all)
        })
        .await
    }
}
