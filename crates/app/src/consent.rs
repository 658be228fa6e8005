//! A person's yes to somebody reading a part of their record.

use crate::door::{About, Actor};
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use porchlight_access::{Access, Facts, Relation};
use porchlight_practice::Role;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::id::{AccountId, CommandId, ConsentId, PersonId};
use porchlight_store::consent::ConsentRow;
use porchlight_store::{account, consent, person as people};

/// The longest a yes lasts before it is asked for again, in days.
pub const LONGEST_DAYS: i64 = 365;

/// A yes, with names.
#[derive(Debug, Clone)]
pub struct ConsentView {
    /// Its id.
    pub id: ConsentId,
    /// Who may read.
    pub reader: String,
    /// Which part.
    pub part: RecordPart,
    /// From when.
    pub from: Timestamp,
    /// Until when it was given.
    pub until: Timestamp,
    /// When it was stopped.
    pub stopped: Option<Timestamp>,
    /// Whether it is in force now.
    pub in_force: bool,
}

/// Somebody whom a person can let read: name and role, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonHere {
    /// The account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
}

/// Whether a yes changes what somebody in this role can read. Sharing with anybody else would promise something that
/// is true already, or never comes true.
fn needs_a_yes(access: &Access, role: Role) -> bool {
    [Action::PersonRead, Action::ContactRead].into_iter().any(|action| {
        let may = |consent| {
            access.decide(Facts { action, asker: role.into(), relation: Relation::Programme, consent })
        };
        may(true).is_allow() && !may(false).is_allow()
    })
}

impl App {
    /// Who works in the person's programme and can read nothing of theirs without a yes. Nobody, for somebody who works
    /// for the agency too: colleagues can't be let in.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn people_here(&self, actor: &Actor, person: PersonId) -> Result<Vec<PersonHere>> {
        let access = self.access.clone();
        self.prepare(actor, Action::ConsentRead, About::Person(person), move |desk| {
            let row = people::get(desk.tx, person)?.ok_or(Error::NotFound)?;
            let mut here: Vec<PersonHere> = Vec::new();
            if row.guarded {
                return Ok(here);
            }
            for member in account::members(desk.tx, row.programme)? {
                let known = here.iter().any(|known| known.account == member.account);
                if member.person.is_none() && needs_a_yes(&access, member.role) && !known {
                    let name = desk.name_of(member.account)?;
                    here.push(PersonHere { account: member.account, name, role: member.role });
                }
            }
            here.sort_by_key(|member| member.name.to_lowercase());
            Ok(here)
        })
        .await
    }

    /// Lets somebody of the programme read a part of the person's record for some days. It takes the place of an earlier
    /// yes to the same reader for the same part, so that one stop stops all of it.
    ///
    /// # Errors
    /// When the reader is none of [`App::people_here`], or the days are out of range.
    pub async fn give_consent(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        reader: AccountId,
        part: RecordPart,
        days: i64,
    ) -> Result<ConsentId> {
        if !(1..=LONGEST_DAYS).contains(&days) {
            return Err(Fault::Unknown("days").into());
        }
        let id = ConsentId(self.ids.next());
        let body = (person, reader, part, days);
        let access = self.access.clone();
        self.command(actor, command, Action::ConsentGive, About::Person(person), &body, move |desk| {
            desk.may_say_yes(person)?;
            let programme = desk.programme()?;
            let guarded = people::get(desk.tx, person)?.ok_or(Error::NotFound)?.guarded;
            let members = account::members(desk.tx, programme)?;
            let reads = members.iter().any(|member| {
                member.account == reader && member.person.is_none() && needs_a_yes(&access, member.role)
            });
            if guarded || !reads {
                return Err(Fault::Unknown("reader").into());
            }
            for earlier in consent::of_person(desk.tx, person)? {
                if earlier.reader == reader && earlier.part == part && earlier.stopped_at.is_none() {
                    consent::stop(desk.tx, earlier.id, person, desk.now)?;
                }
            }
            let row = ConsentRow {
                id,
                programme,
                person,
                reader,
                part,
                from_at: desk.now,
                until_at: desk.yes_until(person, days)?,
                stopped_at: None,
            };
            consent::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// Stops it, at once. Stopping twice changes nothing.
    ///
    /// # Errors
    /// When there is no such yes of this person.
    pub async fn stop_consent(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: ConsentId,
    ) -> Result<()> {
        self.command(actor, command, Action::ConsentStop, About::Person(person), &(person, id), move |desk| {
            if !consent::of_person(desk.tx, person)?.iter().any(|row| row.id == id) {
                return Err(Error::NotFound);
            }
            consent::stop(desk.tx, id, person, desk.now)?;
            Ok(())
        })
        .await
    }

    /// Every yes of a person, in force or not, the newest first.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn consents(&self, actor: &Actor, person: PersonId) -> Result<Vec<ConsentView>> {
        self.look(actor, Action::ConsentRead, About::Person(person), "choices", move |desk| {
            let mut views = Vec::new();
            for row in consent::of_person(desk.tx, person)? {
                views.push(ConsentView {
                    id: row.id,
                    reader: desk.name_of(row.reader)?,
                    part: row.part,
                    from: row.from_at,
                    until: row.until_at,
                    stopped: row.stopped_at,
                    in_force: row.stopped_at.is_none() && row.from_at <= desk.now && desk.now < row.until_at,
                });
            }
            Ok(views)
        })
        .await
    }
}
