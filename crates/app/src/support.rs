//! Who walks with whom: beginning, the first meeting, handing over, goodbye.

use crate::door::{About, Actor, Desk, seal};
use crate::person::FirstSupport;
use crate::programme::{walks_here, works_here};
use crate::reading::support_place;
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use porchlight_practice::id::{AccountId, CommandId, PersonId, ProgrammeId, SupportId};
use porchlight_practice::support::Support;
use porchlight_store::seal::Owner;
use porchlight_store::support::SupportRow;
use porchlight_store::{Tx, account, person, support};

/// Somebody walking with a person, with names.
#[derive(Debug, Clone)]
pub struct SupportView {
    /// Its id.
    pub id: SupportId,
    /// The state.
    pub state: Support,
    /// Who walks.
    pub peer: String,
    /// Who is responsible.
    pub responsible: String,
    /// To whom it was handed over.
    pub to: Option<String>,
    /// Counts changes; a form sends it back.
    pub version: i64,
}

impl SupportView {
    /// For a reader whom the words of a hand-over or a goodbye are not for.
    pub(crate) fn keep_words_back(&mut self) {
        match &mut self.state {
            Support::HandedOver { to_know: words, .. } | Support::Ended { goodbye: words, .. } => {
                words.clear()
            }
            Support::Walking(_) => {}
        }
    }
}

/// Somebody who works here too and has nobody to walk with. A name, and nothing else of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unaccompanied {
    /// The record.
    pub id: PersonId,
    /// How they are called, with one letter of the family name.
    pub name: String,
}

/// Begins support under the pack's rules.
pub(crate) fn begin(
    desk: &mut Desk<'_, '_>,
    id: ProgrammeId,
    first: &FirstSupport,
    since: Date,
) -> Result<Support> {
    let (rules, _) = desk.rules(id)?;
    if !rules.support.roles.iter().any(|role| role.id == first.part) {
        return Err(Fault::Unknown("part").into());
    }
    if !walks_here(desk, id, first.peer)? {
        return Err(Fault::Unknown("peer").into());
    }
    if !works_here(desk, id, first.responsible)? {
        return Err(Fault::Unknown("responsible").into());
    }
    let needs_lead = rules.support.needs_team_lead || !rules.support.independent;
    Ok(Support::begin(first.peer, first.part.clone(), first.responsible, since, needs_lead)?)
}

fn save(tx: &mut Tx<'_>, mut row: SupportRow, state: &Support, body: Vec<u8>, version: i64) -> Result<()> {
    row.walking = state.is_walking();
    row.ended_on = state.ended_on().map(|day| day.to_string());
    row.body = body;
    row.version = version;
    if support::change(tx, &row)? { Ok(()) } else { Err(Error::Stale) }
}

impl Desk<'_, '_> {
    pub(crate) fn support_view(&mut self, row: &SupportRow) -> Result<SupportView> {
        let state = self.support(row)?;
        let to = match &state {
            Support::HandedOver { to, .. } => Some(self.name_of(*to)?),
            _ => None,
        };
        Ok(SupportView {
            id: row.id,
            peer: self.name_of(row.peer)?,
            responsible: self.name_of(row.responsible)?,
            to,
            state,
            version: row.version,
        })
    }

    /// Nobody walks with themself, or is responsible for themself, though they may work where they are supported.
    fn not_oneself(&mut self, person: PersonId, who: AccountId, field: &'static str) -> Result<()> {
        if account::of_person(self.tx, person)? == Some(who) {
            return Err(Fault::Unknown(field).into());
        }
        Ok(())
    }

    fn support_row(&mut self, id: SupportId, person: PersonId) -> Result<SupportRow> {
        support::get(self.tx, id)?.filter(|row| row.person == person).ok_or(Error::NotFound)
    }
}

impl App {
    /// Begins to walk with a person.
    ///
    /// # Errors
    /// When the pack does not allow it so.
    pub async fn start_support(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        first: FirstSupport,
        since: Date,
    ) -> Result<SupportId> {
        self.begin_support(actor, command, Action::SupportStart, person, first, since).await
    }

    /// Who works here too and has nobody to walk with, the longest waiting first.
    ///
    /// # Errors
    /// When the actor does not keep the rules of privacy here.
    pub async fn unaccompanied(&self, actor: &Actor) -> Result<Vec<Unaccompanied>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(
            actor,
            Action::SupportUnaccompanied,
            About::Programme(here),
            "nobody walks with them",
            move |desk| {
                let mut waiting = Vec::new();
                for row in person::alone(desk.tx, here, true)? {
                    waiting.push(Unaccompanied { id: row.id, name: desk.profile(&row)?.short_name() });
                }
                let shown = waiting.iter().map(|one| one.id.0).collect();
                Ok((waiting, shown))
            },
        )
        .await
    }

    /// Says who begins to walk with somebody who works here too and has nobody: their record opens to that one, and to
    /// whoever supervises them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when somebody walks with them already, or they do not work here; else as
    /// [`App::start_support`].
    pub async fn accompany(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        first: FirstSupport,
        since: Date,
    ) -> Result<SupportId> {
        self.begin_support(actor, command, Action::SupportAccompany, person, first, since).await
    }

    async fn begin_support(
        &self,
        actor: &Actor,
        command: CommandId,
        action: Action,
        person: PersonId,
        first: FirstSupport,
        since: Date,
    ) -> Result<SupportId> {
        let key = self.key(Owner::Person(person.0)).await?;
        let id = SupportId(self.ids.next());
        let body = (person, first.clone(), since);
        self.command(actor, command, action, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            if action == Action::SupportAccompany
                && (!desk.person_row(person)?.guarded || support::anybody_walks(desk.tx, person)?)
            {
                return Err(Error::NotFound);
            }
            desk.not_oneself(person, first.peer, "peer")?;
            desk.not_oneself(person, first.responsible, "responsible")?;
            if support::walks(desk.tx, person, first.peer)? {
                return Err(Fault::Support(porchlight_practice::support::SupportFault::SamePeer).into());
            }
            let state = begin(desk, programme, &first, since)?;
            let row = SupportRow {
                id,
                programme,
                person,
                peer: first.peer,
                responsible: first.responsible,
                walking: true,
                since: since.to_string(),
                ended_on: None,
                body: seal(&key, &support_place(id), &state)?,
                version: 1,
            };
            support::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// Ticks what was said at the first meeting.
    ///
    /// # Errors
    /// When support has ended, or the pack has no such item.
    pub async fn say_first_meeting(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: SupportId,
        items: Vec<String>,
        version: i64,
    ) -> Result<()> {
        let key = self.key(Owner::Person(person.0)).await?;
        let body = (person, id, items.clone(), version);
        self.command(actor, command, Action::SupportFirstMeeting, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            if !items.iter().all(|item| rules.first_meeting.iter().any(|known| known.id == *item)) {
                return Err(Fault::Unknown("items").into());
            }
            let row = desk.support_row(id, person)?;
            let state = desk.support(&row)?.say(items.clone())?;
            let body = seal(&key, &support_place(id), &state)?;
            save(desk.tx, row, &state, body, version)
        })
        .await
    }

    /// Hands a person over to another peer specialist. The history stays, the person sees it on their Home, and the next
    /// one reads what they should know.
    ///
    /// # Errors
    /// When support has ended, or the next one does not work here.
    #[expect(clippy::too_many_arguments, reason = "each is a field of one short form")]
    pub async fn hand_over(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: SupportId,
        to: AccountId,
        on: Date,
        to_know: &str,
        version: i64,
    ) -> Result<()> {
        let to_know = to_know.trim().to_string();
        if to_know.chars().count() > porchlight_practice::person::FIELD_LIMIT {
            return Err(Fault::TooLong("to_know").into());
        }
        let key = self.key(Owner::Person(person.0)).await?;
        let next_id = SupportId(self.ids.next());
        let body = (person, id, to, on, to_know.clone(), version);
        self.command(actor, command, Action::SupportHandOver, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let row = desk.support_row(id, person)?;
            desk.not_oneself(person, to, "to")?;
            if !walks_here(desk, programme, to)? {
                return Err(Fault::Unknown("to").into());
            }
            let before = desk.support(&row)?;
            let was = before.walking().clone();
            let next = FirstSupport { peer: to, part: was.part.clone(), responsible: was.responsible };
            let state = before.hand_over(to, on, to_know.clone())?;
            let sealed = seal(&key, &support_place(id), &state)?;
            let from = row.peer;
            save(desk.tx, row, &state, sealed, version)?;
            desk.part_visits(person, from, Some(to))?;
            if !support::walks(desk.tx, person, to)? {
                let next_state = begin(desk, programme, &next, on)?;
                let new = SupportRow {
                    id: next_id,
                    programme,
                    person,
                    peer: to,
                    responsible: next.responsible,
                    walking: true,
                    since: on.to_string(),
                    ended_on: None,
                    body: seal(&key, &support_place(next_id), &next_state)?,
                    version: 1,
                };
                support::insert(desk.tx, &new)?;
            }
            Ok(())
        })
        .await
    }

    /// Ends support, with a reason and a goodbye.
    ///
    /// # Errors
    /// When it has ended already, or the pack has no such reason.
    #[expect(clippy::too_many_arguments, reason = "each is a field of one short form")]
    pub async fn end_support(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: SupportId,
        on: Date,
        reason: &str,
        goodbye: &str,
        version: i64,
    ) -> Result<()> {
        let (reason, goodbye) = (reason.to_string(), goodbye.trim().to_string());
        if goodbye.chars().count() > porchlight_practice::person::FIELD_LIMIT {
            return Err(Fault::TooLong("goodbye").into());
        }
        let key = self.key(Owner::Person(person.0)).await?;
        let body = (person, id, on, reason.clone(), goodbye.clone(), version);
        self.command(actor, command, Action::SupportEnd, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            if !rules.support.endings.iter().any(|ending| ending.id == reason) {
                return Err(Fault::Unknown("reason").into());
            }
            let row = desk.support_row(id, person)?;
            let state = desk.support(&row)?.end(on, reason.clone(), goodbye.clone())?;
            let sealed = seal(&key, &support_place(id), &state)?;
            let peer = row.peer;
            save(desk.tx, row, &state, sealed, version)?;
            // Nobody waits at a door: what was booked does not take place, and says so.
            desk.part_visits(person, peer, None)
        })
        .await
    }
}
