//! A programme of any size, full of invented people: for the demo and the benchmark, and for nothing else.
//!
//! Every row is a function of the seed, of where it grows ([`Ground`]) and of its own number, so any of them can be made
//! alone. What a contact brings is what the doors would have brought: the form opened, the draft kept, the note signed and
//! read, and the second signature where the pack asks for one, each with its command and its entry in the journal, by the
//! policy that allows it. But it is not written through the doors, and so the store lets it only where nobody is real.

mod words;

use crate::door::{Actor, account_place};
use crate::person::name_hashes;
use crate::reading::{addition_place, contact_place, goal_place, person_place, support_place, visit_place};
use crate::{Action, App, Error, Result};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use porchlight_access::{Access, Relation};
use porchlight_practice::contact::{Addition, AdditionKind, Draft, Review, ReviewStep, Signed, Signer};
use porchlight_practice::goal::Goal;
use porchlight_practice::id::{
    AccountId, AdditionId, ContactId, GoalId, MembershipId, PersonId, ProgrammeId, SupportId, VisitId,
};
use porchlight_practice::pack::Rules;
use porchlight_practice::person::{NaturalSupport, Profile, Way, WayKind};
use porchlight_practice::support::{Support, Walking};
use porchlight_practice::visit::{Arranged, Company, Visit, When};
use porchlight_practice::{Lang, Role};
use porchlight_store::account::{AccountRow, MembershipRow};
use porchlight_store::command::Command;
use porchlight_store::contact::{AdditionRow, ContactRow};
use porchlight_store::goal::GoalRow;
use porchlight_store::growth::{Invented, Part, ROWS, Table};
use porchlight_store::journal::{Entry, Outcome};
use porchlight_store::person::PersonRow;
use porchlight_store::seal::{DataKey, Keys, Owner, Place, WrappedKey};
use porchlight_store::support::SupportRow;
use porchlight_store::visit::{AskingRow, VisitRow};
use porchlight_store::{Tx, account, command, contact, goal, person, programme, support, visit};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// So many contacts with each person: nearly one a week for two years.
pub const CONTACTS_EACH: u64 = 100;
/// So many people walk with one peer specialist.
const PEOPLE_EACH: u64 = 15;
/// So many peer specialists have one supervisor.
const PEERS_EACH: u64 = 7;
/// Two years of days on which people meet.
const DAYS: i64 = 520;
/// Contacts of the last days were not read yet.
const UNREAD_DAYS: i64 = 2;
/// So many visits each peer specialist has today.
const VISITS_EACH: u64 = 3;
/// So many contacts have no more rows together than one entry of the journal stands for.
const CONTACTS_AT_ONCE: u64 = ROWS as u64 / 5;
/// And so many people.
const PEOPLE_AT_ONCE: u64 = ROWS as u64 / 4;

/// Kinds of ids.
mod kind {
    pub const ACCOUNT: u8 = 1;
    pub const MEMBERSHIP: u8 = 2;
    pub const PERSON: u8 = 3;
    pub const SUPPORT: u8 = 4;
    pub const GOAL: u8 = 5;
    pub const ADDING: u8 = 6;
    pub const CONTACT: u8 = 7;
    pub const DRAFT: u8 = 8;
    pub const SIGN: u8 = 9;
    pub const COUNTERSIGN: u8 = 10;
    pub const ADDITION: u8 = 11;
    pub const VISIT: u8 = 12;
}

/// Where a programme grows: what each row is a function of, beside its number.
#[derive(Clone)]
pub struct Ground {
    invented: Invented,
    keys: Keys,
    access: Arc<Access>,
    rules: Arc<Rules>,
    zone: TimeZone,
    programme: ProgrammeId,
    today: Date,
    people: u64,
}

/// A command that was done, with its answer, and when.
type Done = (Command, Vec<u8>, Timestamp);

/// Everything that one worker brings.
pub struct WorkerRows {
    /// As whom they act.
    pub actor: Actor,
    account: AccountRow,
    membership: MembershipRow,
    key: WrappedKey,
    supervisor: Option<AccountId>,
}

/// Everything that one person brings before anybody meets them.
pub struct PersonRows {
    /// The record.
    pub person: PersonRow,
    /// Who walks with them.
    pub support: SupportRow,
    /// What they want.
    pub goal: GoalRow,
    names: Vec<[u8; 16]>,
    key: WrappedKey,
    added: Done,
    entry: Entry<'static>,
}

/// Everything that one contact brings.
pub struct ContactRows {
    /// The contact with its signed note.
    pub contact: ContactRow,
    /// The second signature, where the pack asks for one and it was given.
    pub countersigned: Option<AdditionRow>,
    /// The commands, in order.
    pub commands: Vec<Done>,
    /// The entries, in order. Their places in the chain are the journal's.
    pub entries: Vec<Entry<'static>>,
}

/// What grew.
pub struct Grown {
    /// Some who work there, to sign in as.
    pub somebody: Vec<Actor>,
    /// How many contacts there are.
    pub contacts: u64,
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|_| Error::Damaged("growth"))
}

/// Days on which people meet, counted from a Monday long ago.
fn day_number(date: Date) -> i64 {
    let days = i64::from(Date::constant(2001, 1, 1).until(date).map_or(0, |span| span.get_days()));
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(4)
}

fn day_of(number: i64) -> Date {
    let days = number.div_euclid(5) * 7 + number.rem_euclid(5);
    Date::constant(2001, 1, 1).saturating_add(days.days())
}

impl Ground {
    fn peers(&self) -> u64 {
        self.people.div_ceil(PEOPLE_EACH).max(1)
    }

    fn supervisors(&self) -> u64 {
        self.peers().div_ceil(PEERS_EACH).max(1)
    }

    /// How many contacts there are.
    pub fn contacts(&self) -> u64 {
        self.people * CONTACTS_EACH
    }

    /// The first of the days.
    fn first(&self) -> i64 {
        // Yesterday, or the Friday before it.
        day_number(self.today.saturating_sub(1.day())) - DAYS + 1
    }

    fn at(&self, day: i64, hour: i8, minute: i8) -> Result<Timestamp> {
        let noon = day_of(day).at(hour, minute, 0, 0).to_zoned(self.zone.clone());
        noon.map(|zoned| zoned.timestamp()).map_err(|_| Error::Damaged("growth"))
    }

    fn seal<T: Serialize>(&self, key: &DataKey, place: &Place, value: &T) -> Result<Vec<u8>> {
        Ok(self.invented.seal(key, place, &json(value)?)?)
    }

    fn key(&self, owner: Owner) -> Result<(DataKey, WrappedKey)> {
        Ok(self.invented.key(&self.keys, owner)?)
    }

    fn command(
        &self,
        what: (u8, Timestamp, u64),
        by: &Actor,
        action: Action,
        body: &impl Serialize,
    ) -> Result<Command> {
        Ok(Command {
            id: self.invented.id(what.0, what.1, what.2),
            actor: Some(by.account().0),
            action: action.as_str().into(),
            body_hash: Sha256::digest(json(&(action.as_str(), body))?).into(),
        })
    }

    /// Somebody who works there: first those who supervise, then those who walk with people.
    fn actor(&self, number: u64) -> Result<Actor> {
        let since = self.at(self.first() - 20, 9, 0)?;
        let role = match number < self.supervisors() {
            true => Role::Supervisor,
            false if self.rules.family => Role::ParentPeerSpecialist,
            false => Role::PeerSpecialist,
        };
        let fits = |title: &&porchlight_practice::pack::Title| title.role == role;
        let title = self.rules.titles.iter().find(fits).ok_or(Error::Damaged("growth"))?;
        let mut draw = self.invented.draw("worker", number);
        let (first, family) = (draw.of(words::FIRST), draw.of(words::FAMILY));
        Ok(Actor {
            account: AccountId(self.invented.id(kind::ACCOUNT, since, number)),
            membership: MembershipId(self.invented.id(kind::MEMBERSHIP, since, number)),
            role,
            programme: Some(self.programme),
            person: None,
            ward: None,
            title: title.id.clone(),
            name: format!("{} {}", first.unwrap_or(&""), family.unwrap_or(&"")),
            lang: Lang::En,
        })
    }

    /// Everything that one worker brings.
    ///
    /// # Errors
    /// When the pack has no title for them.
    pub fn worker(&self, number: u64) -> Result<WorkerRows> {
        let actor = self.actor(number)?;
        let (key, wrapped) = self.key(Owner::Worker(actor.account.0))?;
        let phone = format!("555-0{:03}", number % 1000);
        let account = AccountRow {
            id: actor.account,
            sign_in_name: None,
            name: self.seal(&key, &account_place(actor.account, "name"), &actor.name)?,
            phone: Some(self.seal(&key, &account_place(actor.account, "phone"), &phone)?),
            password: None,
            lang: "en".into(),
            version: 1,
        };
        let membership = MembershipRow {
            id: actor.membership,
            account: actor.account,
            programme: actor.programme,
            role: actor.role,
            title: actor.title.clone(),
            person: None,
            since: self.at(self.first() - 20, 9, 0)?,
            ended: None,
        };
        let supervisor = match number < self.supervisors() {
            true => None,
            false => Some(self.supervisor_of(number)?.account),
        };
        Ok(WorkerRows { actor, account, membership, key: wrapped, supervisor })
    }

    fn supervisor_of(&self, worker: u64) -> Result<Actor> {
        self.actor(worker % self.supervisors())
    }

    /// The number of the worker who walks with a person.
    fn walker_of(&self, person: u64) -> u64 {
        self.supervisors() + person % self.peers()
    }

    fn added_at(&self, person: u64) -> Result<Timestamp> {
        // Each in a millisecond of its own, so that ids go up with numbers.
        let after = i64::try_from(person).map_err(|_| Error::Damaged("growth"))?;
        Ok(self.at(self.first() - 5, 10, 0)? + SignedDuration::from_millis(after))
    }

    fn person_id(&self, number: u64) -> Result<PersonId> {
        Ok(PersonId(self.invented.id(kind::PERSON, self.added_at(number)?, number)))
    }

    fn goal_id(&self, person: u64) -> Result<GoalId> {
        Ok(GoalId(self.invented.id(kind::GOAL, self.added_at(person)?, person)))
    }

    /// Everything that one person brings before anybody meets them.
    ///
    /// # Errors
    /// When the pack has no way to support somebody.
    pub fn person(&self, number: u64) -> Result<PersonRows> {
        let (at, id) = (self.added_at(number)?, self.person_id(number)?);
        let walker = self.actor(self.walker_of(number))?;
        let responsible = self.supervisor_of(self.walker_of(number))?;
        let (key, wrapped) = self.key(Owner::Person(id.0))?;
        let mut draw = self.invented.draw("person", number);
        let mut say = |list: &[&str]| draw.of(list).copied().unwrap_or_default().to_owned();
        let profile = Profile {
            called: say(words::FIRST),
            family_name: say(words::FAMILY),
            language: "en".into(),
            ways: vec![Way {
                kind: WayKind::Phone,
                value: format!("555-1{:03}", number % 1000),
                shared: false,
            }],
            safe_hours: say(words::HOURS),
            strengths: vec![say(words::STRENGTHS)],
            matters: say(words::MATTERS),
            natural_supports: vec![NaturalSupport { name: say(words::SIDE), how: say(words::HOW) }],
            ..Profile::default()
        };
        let part = self.rules.support.roles.first().ok_or(Error::Damaged("growth"))?.id.clone();
        let since = at.to_zoned(self.zone.clone()).date();
        let said = self.rules.first_meeting.iter().map(|item| item.id.clone()).collect();
        let walking = Walking { peer: walker.account, part, responsible: responsible.account, since, said };
        let support_id = SupportId(self.invented.id(kind::SUPPORT, at, number));
        let goal_id = self.goal_id(number)?;
        let wanted = Goal::say(&say(words::GOALS), since).map_err(|_| Error::Damaged("growth"))?;
        let command = self.command((kind::ADDING, at, number), &walker, Action::PersonAdd, &profile)?;
        let about = ("programme", self.programme.0);
        let mut entry =
            self.entry(&walker, Action::PersonAdd, Outcome::Done, Relation::Programme, about, None, at)?;
        entry.command = Some(command.id);
        Ok(PersonRows {
            person: PersonRow {
                id,
                programme: self.programme,
                guarded: false,
                profile: self.seal(&key, &person_place(id), &profile)?,
                added_by: walker.account,
                added_at: at,
                version: 1,
            },
            support: SupportRow {
                id: support_id,
                programme: self.programme,
                person: id,
                peer: walker.account,
                responsible: responsible.account,
                walking: true,
                since: since.to_string(),
                ended_on: None,
                body: self.seal(&key, &support_place(support_id), &Support::Walking(walking))?,
                version: 1,
            },
            goal: GoalRow {
                id: goal_id,
                person: id,
                is_open: true,
                body: self.seal(&key, &goal_place(goal_id), &wanted)?,
                at,
                version: 1,
            },
            names: name_hashes(&self.keys, self.programme, &profile),
            key: wrapped,
            added: (command, json(&id)?, at),
            entry,
        })
    }

    /// The day of a contact, and the moment on it: each in a millisecond of its own, so that ids go up with numbers.
    fn moment(&self, contact: u64) -> Result<(i64, Timestamp)> {
        let spread = u128::from(contact) * DAYS as u128;
        let (day, rest) = (spread / u128::from(self.contacts()), spread % u128::from(self.contacts()));
        let day = self.first() + i64::try_from(day).map_err(|_| Error::Damaged("growth"))?;
        // From half past eight, eight hours.
        let into = rest * (8 * 3_600_000) / u128::from(self.contacts());
        let into = i64::try_from(into).map_err(|_| Error::Damaged("growth"))?;
        Ok((day, self.at(day, 8, 30)? + SignedDuration::from_millis(into)))
    }

    fn written(&self, contact: u64, started: Timestamp) -> Result<Draft> {
        let rules = &*self.rules;
        let mut draw = self.invented.draw("contact", contact);
        let minutes = 20 + 5 * draw.below(6) as i64;
        let kinds: Vec<_> = rules.contact_kinds.iter().filter(|kind| kind.reached).collect();
        let kind = draw.of(&kinds).map(|kind| kind.id.clone()).unwrap_or_default();
        let did = [draw.of(&rules.activities), draw.of(&rules.activities)];
        let mut say = |list: &[&str]| draw.of(list).copied().unwrap_or_default().to_owned();
        let (strengths, own_words) = (say(words::SAW), say(words::SAID));
        let (response, next_words, did_words) = (say(words::FOUND), say(words::NEXT), say(words::DID));
        let mut chosen = |list: &[porchlight_practice::pack::Choice]| {
            draw.of(list).map(|choice| choice.id.clone()).unwrap_or_default()
        };
        Ok(Draft {
            purpose: chosen(&rules.purposes),
            goal: Some(self.goal_id(contact % self.people)?),
            kind,
            place: chosen(&rules.places),
            started: Some(started),
            ended: Some(started + SignedDuration::from_mins(minutes)),
            did: did.into_iter().flatten().map(|activity| activity.id.clone()).collect(),
            did_words,
            strengths,
            own_words,
            response,
            next_step: chosen(&rules.next_steps),
            next_words,
            ..Draft::default()
        })
    }

    fn signer(&self, actor: &Actor) -> Signer {
        let title = self.rules.title(&actor.title).map_or_else(String::new, |title| {
            let name = title.name.in_(actor.lang);
            title.letters.as_ref().map_or_else(|| name.to_string(), |letters| format!("{name}, {letters}"))
        });
        Signer { account: actor.account, name: actor.name.clone(), title }
    }

    /// Everything that one contact brings.
    ///
    /// # Errors
    /// When the pack would not let such a note be signed.
    pub fn contact(&self, number: u64) -> Result<ContactRows> {
        let (day, moment) = self.moment(number)?;
        // A form has whole minutes.
        let started = Timestamp::from_second(moment.as_second().div_euclid(300) * 300)
            .map_err(|_| Error::Damaged("growth"))?;
        let of = number % self.people;
        let (person, writer) = (self.person_id(of)?, self.actor(self.walker_of(of))?);
        let (key, _) = self.key(Owner::Person(person.0))?;
        let id = ContactId(self.invented.id(kind::CONTACT, moment, number));
        let draft = self.written(number, started)?;
        let ended = draft.ended.ok_or(Error::Damaged("growth"))?;
        let mins = |minutes| ended + SignedDuration::from_mins(minutes);
        let (opened, kept, signed_at) = (mins(4), mins(9), mins(10));

        let body = (id, person, draft.clone(), 0i64);
        let drafting = self.command((kind::DRAFT, moment, number), &writer, Action::ContactDraft, &body)?;
        let signing =
            self.command((kind::SIGN, moment, number), &writer, Action::ContactSign, &(id, 1i64))?;
        let signed = draft
            .sign(self.signer(&writer), person, &self.rules, signed_at)
            .map_err(|_| Error::Damaged("growth"))?;
        let (of_person, of_contact) = (("person", person.0), ("contact", id.0));
        let whose = Some(person);
        let (walks, wrote) = (Relation::Walks, Relation::Author);
        let mut entries = vec![
            self.entry(&writer, Action::ContactDraft, Outcome::Looked, walks, of_person, whose, opened)?,
            self.entry(&writer, Action::ContactDraft, Outcome::Done, walks, of_person, whose, kept)?,
            self.entry(&writer, Action::ContactSign, Outcome::Done, wrote, of_contact, whose, signed_at)?,
        ];
        entries[0].part = "goals";
        entries[1].command = Some(drafting.id);
        entries[2].command = Some(signing.id);
        let mut commands = vec![(drafting, json(&1i64)?, kept), (signing, json(&())?, signed_at)];
        let (mut review, mut version, mut countersigned) = (signed.review, 2, None);
        if day < self.first() + DAYS - UNREAD_DAYS {
            let reader = self.supervisor_of(self.walker_of(of))?;
            let read = signed_at + SignedDuration::from_hours(18);
            let over = Relation::Supervises;
            let mut look =
                self.entry(&reader, Action::ContactRead, Outcome::Looked, over, of_contact, whose, read)?;
            look.part = "notes";
            entries.push(look);
            if review == Review::Waiting {
                let at = read + SignedDuration::from_mins(2);
                review = review.step(ReviewStep::Countersign, false).map_err(|_| Error::Damaged("growth"))?;
                version += 1;
                let body = (id, AdditionKind::Countersignature, "");
                let this = (kind::COUNTERSIGN, moment, number);
                let signing = self.command(this, &reader, Action::ContactCountersign, &body)?;
                let action = Action::ContactCountersign;
                let mut entry = self.entry(&reader, action, Outcome::Done, over, of_contact, whose, at)?;
                entry.command = Some(signing.id);
                entries.push(entry);
                commands.push((signing, json(&())?, at));
                countersigned = Some(self.countersigned(number, moment, &signed, id, &reader, &key, at)?);
            }
        }
        let contact = ContactRow {
            id,
            programme: self.programme,
            person,
            writer: writer.account,
            review: Some(review),
            started: Some(signed.started),
            ended: Some(signed.ended),
            due: Some(signed.due),
            signed_at: Some(signed.at),
            late: signed.late,
            body: self.seal(&key, &contact_place(id), &signed)?,
            saved_at: kept,
            version,
        };
        Ok(ContactRows { contact, countersigned, commands, entries })
    }

    #[expect(clippy::too_many_arguments, reason = "the surroundings of one signature")]
    fn countersigned(
        &self,
        number: u64,
        moment: Timestamp,
        signed: &Signed,
        contact: ContactId,
        by: &Actor,
        key: &DataKey,
        at: Timestamp,
    ) -> Result<AdditionRow> {
        let id = AdditionId(self.invented.id(kind::ADDITION, moment, number));
        let kind = AdditionKind::Countersignature;
        let addition = Addition { kind, by: self.signer(by), at, words: String::new() };
        Ok(AdditionRow {
            id,
            contact,
            kind,
            added_by: by.account,
            at,
            body: self.seal(key, &addition_place(id), &addition)?,
            hash: addition.hash(&signed.hash),
        })
    }

    /// A visit that one of the peer specialists has today.
    ///
    /// # Errors
    /// When the pack has no way to meet.
    pub fn visit(&self, number: u64) -> Result<VisitRow> {
        let turn = number / self.peers();
        let of = (number % self.peers() + turn * self.peers()) % self.people;
        let (person, peer) = (self.person_id(of)?, self.actor(self.walker_of(of))?);
        let hours = [9, 11, 14];
        let today = self.today.at(hours[turn as usize % hours.len()], 0, 0, 0).to_zoned(self.zone.clone());
        let starts = today.map_err(|_| Error::Damaged("growth"))?.timestamp();
        let (booked, ends) =
            (starts - SignedDuration::from_hours(48), starts + SignedDuration::from_mins(45));
        let kind = self.rules.contact_kinds.iter().find(|kind| kind.reached);
        let arranged = Arranged {
            when: When::new(starts, ends, &self.zone, booked).map_err(|_| Error::Damaged("growth"))?,
            kind: kind.ok_or(Error::Damaged("growth"))?.id.clone(),
            place: self.invented.draw("visit", number).of(words::PLACES).copied().unwrap_or_default().into(),
            company: Company::Alone { ask_after: false },
            child: false,
            goal: Some(self.goal_id(of)?),
        };
        let id = VisitId(self.invented.id(kind::VISIT, booked, number));
        let (key, _) = self.key(Owner::Person(person.0))?;
        let state = Visit::book(arranged);
        Ok(VisitRow {
            id,
            programme: self.programme,
            person,
            peer: peer.account,
            state: state.state().into(),
            starts,
            ends,
            asking: AskingRow::default(),
            person_reminded_at: None,
            peer_reminded_at: None,
            body: self.seal(&key, &visit_place(id), &state)?,
            at: booked,
            version: 1,
        })
    }

    #[expect(clippy::too_many_arguments, reason = "each is a column of the journal")]
    fn entry(
        &self,
        by: &Actor,
        action: Action,
        outcome: Outcome,
        relation: Relation,
        about: (&'static str, uuid::Uuid),
        person: Option<PersonId>,
        at: Timestamp,
    ) -> Result<Entry<'static>> {
        App::entry_as_if(&self.access, by, action, outcome, (relation, about), (self.programme, person), at)
    }
}

// ---------------------------------------------------------------------------------------------------- In bulk

fn put_workers(tx: &mut Tx<'_>, ground: &Ground, rows: &[WorkerRows], at: Timestamp) -> Result<()> {
    for row in rows {
        tx.put_key(&row.key, row.membership.since)?;
        account::insert(tx, &row.account, row.membership.since)?;
        account::insert_membership(tx, &row.membership)?;
    }
    for row in rows {
        if let Some(supervisor) = row.supervisor {
            let since = row.membership.since;
            programme::set_supervisor(tx, ground.programme, row.account.id, supervisor, since)?;
        }
    }
    let ids = rows.iter().map(|row| row.membership.id.0);
    let parts: Vec<Part> = Part::of(Table::Membership, ids).into_iter().collect();
    ground.invented.put_root(tx, &parts, ground.programme.0, at)?;
    Ok(())
}

fn put_people(tx: &mut Tx<'_>, ground: &Ground, rows: &[PersonRows], at: Timestamp) -> Result<()> {
    for row in rows {
        tx.put_key(&row.key, row.person.added_at)?;
        person::insert(tx, &row.person, &row.names)?;
        support::insert(tx, &row.support)?;
        goal::insert(tx, &row.goal)?;
        tx.journal(&row.entry)?;
        command::put(tx, &row.added.0, &row.added.1, row.added.2)?;
    }
    let parts: Vec<Part> = [
        Part::of(Table::Person, rows.iter().map(|row| row.person.id.0)),
        Part::of(Table::Support, rows.iter().map(|row| row.support.id.0)),
        Part::of(Table::Goal, rows.iter().map(|row| row.goal.id.0)),
        Part::of(Table::Command, rows.iter().map(|row| row.added.0.id)),
    ]
    .into_iter()
    .flatten()
    .collect();
    ground.invented.put_root(tx, &parts, ground.programme.0, at)?;
    Ok(())
}

fn put_contacts(tx: &mut Tx<'_>, ground: &Ground, rows: &[ContactRows], at: Timestamp) -> Result<()> {
    for row in rows {
        contact::insert(tx, &row.contact)?;
        for (done, answer, at) in &row.commands {
            command::put(tx, done, answer, *at)?;
        }
        if let Some(addition) = &row.countersigned {
            contact::add(tx, addition)?;
        }
        for entry in &row.entries {
            tx.journal(entry)?;
        }
    }
    let parts: Vec<Part> = [
        Part::of(Table::Contact, rows.iter().map(|row| row.contact.id.0)),
        Part::of(Table::Addition, rows.iter().filter_map(|row| Some(row.countersigned.as_ref()?.id.0))),
        Part::of(Table::Command, rows.iter().flat_map(|row| row.commands.iter().map(|(done, ..)| done.id))),
    ]
    .into_iter()
    .flatten()
    .collect();
    ground.invented.put_root(tx, &parts, ground.programme.0, at)?;
    Ok(())
}

impl App {
    /// Where a programme of a marked database would grow to so many people, from a seed.
    ///
    /// # Errors
    /// [`porchlight_store::Error::NotInvented`] where somebody may be real.
    pub async fn ground(&self, programme: ProgrammeId, seed: u64, people: u64) -> Result<Ground> {
        let (app, now) = (self.clone(), self.now());
        self.store
            .read(move |tx| {
                let invented = Invented::here(tx, seed)?;
                let (rules, zone) = app.packs.rules(tx, programme, now)?;
                let today = now.to_zoned(zone.clone()).date();
                let (keys, access) = (app.keys.clone(), app.access.clone());
                Ok(Ground { invented, keys, access, rules, zone, programme, today, people: people.max(1) })
            })
            .await
    }

    /// Fills an invented programme with people and two years of contacts, [`CONTACTS_EACH`] with each. `told` hears how many
    /// contacts are there, now and then.
    ///
    /// # Errors
    /// As [`App::ground`], and when the store fails.
    pub async fn grow(&self, ground: Ground, mut told: impl FnMut(u64)) -> Result<Grown> {
        let ground = Arc::new(ground);
        let invented = ground.invented.clone();
        self.store.write(move |tx| Ok::<_, Error>(invented.lift_indexes(tx)?)).await?;
        let workers = ground.supervisors() + ground.peers();
        self.bulk(&ground, workers, ROWS as u64, Ground::worker, put_workers, |_| {}).await?;
        self.bulk(&ground, ground.people, PEOPLE_AT_ONCE, Ground::person, put_people, |_| {}).await?;
        let visits = ground.peers() * VISITS_EACH;
        self.bulk(
            &ground,
            visits,
            ROWS as u64,
            Ground::visit,
            |tx, _, rows, _| {
                for row in rows {
                    visit::insert(tx, row)?;
                }
                Ok(())
            },
            |_| {},
        )
        .await?;
        let contacts = ground.contacts();
        self.bulk(&ground, contacts, CONTACTS_AT_ONCE, Ground::contact, put_contacts, &mut told).await?;
        let invented = ground.invented.clone();
        self.store.write(move |tx| Ok::<_, Error>(invented.lay_indexes(tx)?)).await?;
        let peers = ground.supervisors()..ground.supervisors() + ground.peers().min(8);
        let somebody = std::iter::once(0).chain(peers).map(|number| ground.actor(number));
        Ok(Grown { somebody: somebody.collect::<Result<_>>()?, contacts })
    }

    /// Makes rows and writes them, so many in one transaction; the next are made while these are written.
    async fn bulk<R: Send + Sync + 'static>(
        &self,
        ground: &Arc<Ground>,
        count: u64,
        at_once: u64,
        make: fn(&Ground, u64) -> Result<R>,
        put: fn(&mut Tx<'_>, &Ground, &[R], Timestamp) -> Result<()>,
        mut told: impl FnMut(u64),
    ) -> Result<()> {
        let rows = |from: u64| {
            let ground = ground.clone();
            let to = (from + at_once).min(count);
            tokio::task::spawn_blocking(move || {
                (from..to).map(|number| make(&ground, number)).collect::<Result<Vec<R>>>()
            })
        };
        let (mut from, mut next) = (0, rows(0));
        while from < count {
            let these = Arc::new(next.await.map_err(|_| Error::Busy)??);
            from = (from + at_once).min(count);
            next = rows(from);
            let (ground, now) = (ground.clone(), self.now());
            self.store.write(move |tx| put(tx, &ground, &these, now)).await?;
            told(from);
        }
        Ok(())
    }
}
