//! Who decides for a young person, until which birthday, and who stands up for them here.

use crate::account::{Invitation, Secret};
use crate::door::{About, Actor, Desk, House, open, seal};
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use porchlight_access::Relation;
use porchlight_practice::Role;
use porchlight_practice::guardian::{AgeRules, Decides, GUARDIAN, born};
use porchlight_practice::id::{CommandId, LinkId, MembershipId, PersonId};
use porchlight_store::person::PersonRow;
use porchlight_store::seal::{Owner, Place};
use porchlight_store::{Tx, account, guardian};

/// Somebody who stands up for a young person.
#[derive(Debug, Clone)]
pub struct GuardianLine {
    /// Their role here.
    pub membership: MembershipId,
    /// Their name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
}

/// Who decides for somebody, as whoever keeps the record, the young person or a guardian sees it.
#[derive(Debug, Clone)]
pub struct GuardiansView {
    /// Whose.
    pub person: PersonId,
    /// What they are called.
    pub called: String,
    /// When they were born; for those who keep it alone.
    pub born: Option<Date>,
    /// Who decides today.
    pub decides: Decides,
    /// The ages that hold here.
    pub ages: AgeRules,
    /// Who stands up for them now.
    pub guardians: Vec<GuardianLine>,
    /// What the actor may do.
    pub actions: Vec<Action>,
}

/// What a young person must know before the first word: who reads it, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadToo {
    /// The names of those who read it.
    pub names: Vec<String>,
    /// The birthday from which they don't.
    pub until: Date,
}

fn birth_place(id: PersonId) -> Place {
    Place { table: "birth", row: id.0, column: "body" }
}

impl House<'_> {
    /// When somebody was born, if it was written down.
    fn born(self, tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Date>> {
        let Some(sealed) = guardian::birth(tx, id)? else { return Ok(None) };
        let key = self.keys.get(tx, Owner::Person(id.0))?;
        open(&key, &birth_place(id), &sealed).map(Some)
    }

    /// Who decides for somebody at this moment, where their programme is.
    pub(crate) fn decides(self, tx: &mut Tx<'_>, row: &PersonRow, now: Timestamp) -> Result<Decides> {
        let Some(born) = self.born(tx, row.id)? else { return Ok(Decides::Adult) };
        let (rules, zone) = self.packs.rules(tx, row.programme, now)?;
        Ok(rules.ages.decides(Some(born), now.to_zoned(zone).date()))
    }
}

impl Desk<'_, '_> {
    /// Who decides for a person now.
    pub(crate) fn decides(&mut self, person: PersonId) -> Result<Decides> {
        let row = self.person_row(person)?;
        self.house().decides(self.tx, &row, self.now)
    }

    /// Whether what is asked is asked by the person, or by the guardian who decides for them today.
    pub(crate) fn is_theirs(&self, person: PersonId) -> bool {
        self.actor.person == Some(person) || self.standing.relation == Relation::Guardian
    }

    /// Nobody but a guardian says yes to what is a guardian's to say. Stopping is never hindered.
    pub(crate) fn may_say_yes(&mut self, person: PersonId) -> Result<()> {
        if self.standing.relation == Relation::Guardian {
            return Ok(());
        }
        match self.decides(person)? {
            Decides::Guardian { .. } => Err(Fault::GuardianSays.into()),
            Decides::Young { .. } | Decides::Adult => Ok(()),
        }
    }

    /// When a yes that is given now for some days ends. A guardian's ends with the last day on which it is theirs to say.
    pub(crate) fn yes_until(&mut self, person: PersonId, days: i64) -> Result<Timestamp> {
        let until = self.now + SignedDuration::from_hours(24 * days);
        if self.standing.relation != Relation::Guardian {
            return Ok(until);
        }
        let Some(day) = self.decides(person)?.guarded_until() else { return Ok(until) };
        let programme = self.programme()?;
        let (_, zone) = self.rules(programme)?;
        let midnight = day.to_zoned(zone).map_err(|_| Error::Damaged("birth"))?;
        Ok(until.min(midnight.timestamp()))
    }

    /// Who reads what the person writes, beside those they let in.
    pub(crate) fn read_too(&mut self, person: PersonId) -> Result<Option<ReadToo>> {
        let Some(until) = self.decides(person)?.guarded_until() else { return Ok(None) };
        let names: Vec<String> = self.guardians(person)?.into_iter().map(|guardian| guardian.name).collect();
        Ok((!names.is_empty()).then_some(ReadToo { names, until }))
    }

    fn guardians(&mut self, person: PersonId) -> Result<Vec<GuardianLine>> {
        let mut lines = Vec::new();
        for row in account::guardians(self.tx, person)?.into_iter().filter(|row| row.title == GUARDIAN) {
            let name = self.name_of(row.account)?;
            lines.push(GuardianLine { membership: row.id, name, since: row.since });
        }
        Ok(lines)
    }
}

impl App {
    /// Who decides for a person, and who stands up for them.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn guardians(&self, actor: &Actor, person: PersonId) -> Result<GuardiansView> {
        let access = self.access.clone();
        self.look(actor, Action::GuardianRead, About::Person(person), "guardians", move |desk| {
            let actions = desk.actions(&access);
            let keeps = actions.contains(&Action::GuardianSayBirth);
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            let decides = desk.decides(person)?;
            Ok(GuardiansView {
                person,
                called: desk.profile_of(person)?.called,
                born: if keeps { desk.house().born(desk.tx, person)? } else { None },
                decides,
                ages: rules.ages,
                // Two caregivers of one child learn nothing of each other here.
                guardians: if desk.actor.ward.is_some() { Vec::new() } else { desk.guardians(person)? },
                actions,
            })
        })
        .await
    }

    /// Writes down when a young person was born. What they write is a guardian's to read until they are old enough, and
    /// theirs alone from that birthday on.
    ///
    /// # Errors
    /// When nobody who is here can have been born then.
    pub async fn say_birth(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        on: Date,
    ) -> Result<()> {
        let key = self.key(Owner::Person(person.0)).await?;
        let sealed = seal(&key, &birth_place(person), &on)?;
        self.command(
            actor,
            command,
            Action::GuardianSayBirth,
            About::Person(person),
            &(person, on),
            move |desk| {
                let today = desk.today()?;
                born(on, today).map_err(|_| Fault::Unknown("born"))?;
                guardian::say_birth(desk.tx, person, &sealed, desk.now)?;
                Ok(())
            },
        )
        .await
    }

    /// Gives a guardian a way to sign in. The link is shown once.
    ///
    /// # Errors
    /// When the name is missing or the young person decides alone; [`Fault::LinkShown`] when the same command made a link
    /// before.
    pub async fn invite_guardian(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        name: &str,
    ) -> Result<Secret> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Fault::Empty("name").into());
        }
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let invitation = Invitation {
            name: name.clone(),
            programme: Some(programme),
            role: Role::Supporter,
            title: GUARDIAN.to_owned(),
            person: Some(person),
        };
        let (secret, row) = self.new_invitation(invitation).await?;
        let made = row.id;
        let body = (person, name);
        let kept: LinkId = self
            .command(actor, command, Action::GuardianInvite, About::Person(person), &body, move |desk| {
                if desk.decides(person)?.guarded_until().is_none() {
                    return Err(Fault::DecidesAlone.into());
                }
                account::insert_link(desk.tx, &row, desk.now)?;
                Ok(row.id)
            })
            .await?;
        if kept == made { Ok(secret) } else { Err(Fault::LinkShown.into()) }
    }

    /// Ends that somebody stands up for a young person here, at once, with every session in which they did. A young person
    /// does it themself once they decide alone.
    ///
    /// # Errors
    /// When there is no such guardian for this actor.
    pub async fn end_guardian(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        membership: MembershipId,
    ) -> Result<()> {
        let body = (person, membership);
        self.command(actor, command, Action::GuardianEnd, About::Person(person), &body, move |desk| {
            let own = desk.actor.person == Some(person);
            if own && desk.decides(person)?.guarded_until().is_some() {
                return Err(Error::NotFound);
            }
            if !desk.guardians(person)?.iter().any(|guardian| guardian.membership == membership) {
                return Err(Error::NotFound);
            }
            account::end_membership(desk.tx, membership, desk.now)?;
            Ok(())
        })
        .await
    }
}
