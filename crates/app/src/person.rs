//! People and parents: adding, keeping, finding; linked children; two records of one person.

use crate::account::{Invitation, Secret};
use crate::door::{About, Actor, Desk, seal};
use crate::reading::{child_owner, child_place, person_place, support_place};
use crate::support::SupportView;
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use porchlight_practice::Role;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::goal::Goal;
use porchlight_practice::id::{
    AccountId, ChildId, CommandId, GoalId, LinkId, PersonId, ProgrammeId, SupportId,
};
use porchlight_practice::person::{Child, Profile};
use porchlight_practice::plan::Gap;
use porchlight_store::person::{ChildRow, PersonRow};
use porchlight_store::seal::{Keys, Owner};
use porchlight_store::support::SupportRow;
use porchlight_store::{account, alike, consent, contact, goal, person, support};
use serde::{Deserialize, Serialize};

/// A person in a list.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The record.
    pub id: PersonId,
    /// How they are called, with one letter of the family name.
    pub name: String,
    /// Who walks with them now.
    pub walks_with: Vec<String>,
    /// The newest open goal, in their words.
    pub goal: Option<String>,
    /// When somebody last met them.
    pub last_contact: Option<Timestamp>,
    /// Who added the record is still waiting for somebody to walk with.
    pub waiting: bool,
    /// What the actor may open.
    pub opens: Opens,
}

/// What of somebody stands open to whoever sees them in a list. Without the record they see a name and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// The record itself.
    Record,
    /// The notes alone.
    Notes,
    /// Sections of their papers alone.
    Papers,
}

impl PersonLine {
    fn with_only(self, opens: Opens) -> PersonLine {
        PersonLine { goal: None, walks_with: Vec::new(), last_contact: None, waiting: false, opens, ..self }
    }
}

/// A record that may be of the same person. It shows no more than a name and whom to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The record.
    pub id: PersonId,
    /// How they are called, with one letter of the family name.
    pub name: String,
    /// Who walks with them now.
    pub walks_with: Vec<String>,
    /// Whether the actor may open it.
    pub open: bool,
}

/// What is typed when a person is added.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewPerson {
    /// The record's id, made by whoever makes the record.
    pub id: PersonId,
    /// What is known already; a name is enough.
    pub profile: Profile,
    /// Whether they work for the agency too.
    pub works_here: bool,
    /// Who walks with them from today. A peer specialist who adds somebody walks with them by themself.
    pub first: Option<FirstSupport>,
}

/// Who walks with a new person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FirstSupport {
    /// The peer specialist.
    pub peer: AccountId,
    /// The role, an id of the pack's support roles.
    pub part: String,
    /// Who is responsible.
    pub responsible: AccountId,
}

/// One person's record, as much of it as the actor may see.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// The record.
    pub id: PersonId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// What the record says.
    pub profile: Profile,
    /// Whether they work for the agency too.
    pub works_here: bool,
    /// Counts changes; a form sends it back.
    pub version: i64,
    /// Linked children.
    pub children: Vec<(ChildId, Child)>,
    /// Who walks and walked with them, the newest first.
    pub supports: Vec<SupportView>,
    /// Goals, open ones first.
    pub goals: Vec<(GoalId, Goal, i64)>,
    /// What is missing in the plans that others hold; nothing for an actor who may not see them.
    pub gaps: Vec<Gap>,
    /// Records linked as the same person.
    pub same_as: Vec<(PersonId, String)>,
    /// Whether they can sign in.
    pub has_account: bool,
    /// What the actor may do with this record.
    pub actions: Vec<Action>,
}

impl PersonView {
    /// Whether the actor may do this with the record.
    pub fn may(&self, action: Action) -> bool {
        self.actions.contains(&action)
    }
}

/// Small words of Spanish and other family names that tell nobody apart.
const PARTICLES: [&str; 8] = ["de", "del", "la", "las", "los", "y", "da", "van"];

/// A name as it is said in full and in part: "José Luis" is also José, "García López" also García, since one form has
/// both family names and the next has one.
fn ways_to_say(name: &str) -> Vec<String> {
    let whole = alike::phonetic(name);
    let words = name.split(|letter: char| letter.is_whitespace() || letter == '-');
    let parts = words.filter(|word| !PARTICLES.contains(&word.to_lowercase().as_str())).take(4);
    let mut ways: Vec<String> = std::iter::once(whole).chain(parts.map(alike::phonetic)).collect();
    ways.retain(|way| !way.is_empty());
    ways.sort();
    ways.dedup();
    ways
}

/// The keyed hashes by which a name is found again: exactly, by sound, and by a part of it.
pub(crate) fn name_hashes(keys: &Keys, programme: ProgrammeId, profile: &Profile) -> Vec<[u8; 16]> {
    let mut hashes = search_hashes(keys, programme, &profile.called, &profile.family_name);
    hashes.extend(search_hashes(keys, programme, &profile.called, ""));
    hashes
}

pub(crate) fn search_hashes(
    keys: &Keys,
    programme: ProgrammeId,
    called: &str,
    family: &str,
) -> Vec<[u8; 16]> {
    let blind = |kind: &str, text: String| keys.blind(&format!("person name {kind} {programme}"), &text);
    let called_ways = ways_to_say(called);
    if family.trim().is_empty() {
        return called_ways.into_iter().map(|way| blind("called", way)).collect();
    }
    let mut hashes =
        vec![blind("exact", format!("{} {}", called.trim().to_lowercase(), family.trim().to_lowercase()))];
    for family_way in ways_to_say(family) {
        hashes.extend(called_ways.iter().map(|way| blind("sound", format!("{way} {family_way}"))));
    }
    hashes
}

impl Desk<'_, '_> {
    /// Who walks with a person now, by name.
    pub(crate) fn walkers(&mut self, id: PersonId) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for row in support::of_person(self.tx, id)?.into_iter().filter(|row| row.walking) {
            names.push(self.name_of(row.peer)?);
        }
        Ok(names)
    }

    pub(crate) fn person_line(&mut self, row: &PersonRow) -> Result<PersonLine> {
        let profile = self.profile(row)?;
        let walks_with = self.walkers(row.id)?;
        let goal = match goal::of_person(self.tx, row.id)?.into_iter().find(|goal| goal.is_open) {
            Some(goal) => Some(self.goal(&goal)?.words().to_string()),
            None => None,
        };
        let last_contact = contact::last_with(self.tx, row.id)?;
        let name = profile.short_name();
        self.knows(row.id, &name);
        Ok(PersonLine {
            id: row.id,
            name,
            waiting: walks_with.is_empty(),
            walks_with,
            goal,
            last_contact,
            opens: Opens::Record,
        })
    }
}

impl App {
    /// Adds a person. Nothing but a name is needed.
    ///
    /// # Errors
    /// When the name is missing, or the pack does not allow the support that was chosen.
    pub async fn add_person(&self, actor: &Actor, command: CommandId, new: NewPerson) -> Result<PersonId> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let profile = new.profile.clone().checked()?;
        let (key, wrapped) = self.keys.make(Owner::Person(new.id.0))?;
        let row = PersonRow {
            id: new.id,
            programme,
            guarded: new.works_here,
            profile: seal(&key, &person_place(new.id), &profile)?,
            added_by: actor.account,
            added_at: self.now(),
            version: 1,
        };
        let hashes = name_hashes(&self.keys, programme, &profile);
        let (support_id, first) = (SupportId(self.ids.next()), new.first.clone());
        self.command(actor, command, Action::PersonAdd, About::Programme(programme), &new, move |desk| {
            desk.tx.put_key(&wrapped, desk.now)?;
            person::insert(desk.tx, &row, &hashes)?;
            let (rules, zone) = desk.rules(programme)?;
            let first = match &first {
                Some(first) => Some(first.clone()),
                None if desk.actor.role.is_peer() => {
                    let me = desk.actor.account;
                    let lead = porchlight_store::programme::supervisors_of(desk.tx, programme, me)?;
                    let part = rules.support.roles.first().map(|role| role.id.clone()).unwrap_or_default();
                    Some(FirstSupport { peer: me, part, responsible: lead.first().copied().unwrap_or(me) })
                }
                None => None,
            };
            // Nobody but who walks with them, and that one's supervisor, ever opens the record of a colleague: without
            // somebody to walk with it would be lost.
            if row.guarded && first.is_none() {
                return Err(Fault::Empty("peer").into());
            }
            if let Some(first) = first {
                let since = desk.now.to_zoned(zone).date();
                let state = crate::support::begin(desk, programme, &first, since)?;
                let body = seal(&key, &support_place(support_id), &state)?;
                support::insert(
                    desk.tx,
                    &SupportRow {
                        id: support_id,
                        programme,
                        person: row.id,
                        peer: first.peer,
                        responsible: first.responsible,
                        walking: true,
                        since: since.to_string(),
                        ended_on: None,
                        body,
                        version: 1,
                    },
                )?;
            }
            Ok(row.id)
        })
        .await
    }

    /// Keeps a changed profile.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was changed since `version`; the page shows both.
    pub async fn change_person(
        &self,
        actor: &Actor,
        command: CommandId,
        id: PersonId,
        profile: Profile,
        version: i64,
    ) -> Result<()> {
        let profile = profile.checked()?;
        let key = self.key(Owner::Person(id.0)).await?;
        let sealed = seal(&key, &person_place(id), &profile)?;
        let keys = self.keys.clone();
        let body = (id, profile.clone(), version);
        self.command(actor, command, Action::PersonChange, About::Person(id), &body, move |desk| {
            let mut row = desk.person_row(id)?;
            let hashes = name_hashes(&keys, row.programme, &profile);
            row.profile = sealed.clone();
            row.version = version;
            if person::change(desk.tx, &row, &hashes)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Links a child to a parent, as a minimal record of this parent alone.
    ///
    /// # Errors
    /// When the name is missing or the pack knows no such tie.
    pub async fn add_child(
        &self,
        actor: &Actor,
        command: CommandId,
        id: PersonId,
        child: Child,
    ) -> Result<ChildId> {
        let child = child.checked()?;
        let child_id = ChildId(self.ids.next());
        let (key, wrapped) = self.keys.make(child_owner(child_id))?;
        let row = ChildRow {
            id: child_id,
            person: id,
            body: seal(&key, &child_place(child_id), &child)?,
            version: 1,
        };
        let body = (id, child.clone());
        self.command(actor, command, Action::PersonAddChild, About::Person(id), &body, move |desk| {
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            if !rules.support.caregivers.iter().any(|tie| tie.id == child.tie) {
                return Err(Fault::Unknown("tie").into());
            }
            desk.tx.put_key(&wrapped, desk.now)?;
            person::insert_child(desk.tx, &row, desk.now)?;
            Ok(child_id)
        })
        .await
    }

    /// Says that two records are of one person. Nothing is merged; it can be undone.
    ///
    /// # Errors
    /// When the other record is not one the actor may open.
    pub async fn link_same(
        &self,
        actor: &Actor,
        command: CommandId,
        one: PersonId,
        other: PersonId,
    ) -> Result<()> {
        if one == other {
            return Err(Fault::Unknown("other").into());
        }
        // Both records must be the actor's to keep.
        self.prepare(actor, Action::PersonLinkSame, About::Person(other), |_| Ok(())).await?;
        let link = self.ids.next();
        self.command(actor, command, Action::PersonLinkSame, About::Person(one), &(one, other), move |desk| {
            let programme = desk.programme()?;
            if desk.person_row(other)?.programme != programme {
                return Err(Error::NotFound);
            }
            if !person::same_as(desk.tx, one)?.contains(&other) {
                person::link_same(desk.tx, link, programme, one, other, desk.now)?;
            }
            Ok(())
        })
        .await
    }

    /// Says that two records are not of one person. Saying it again changes nothing.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn unlink_same(
        &self,
        actor: &Actor,
        command: CommandId,
        one: PersonId,
        other: PersonId,
    ) -> Result<()> {
        self.command(
            actor,
            command,
            Action::PersonUnlinkSame,
            About::Person(one),
            &(one, other),
            move |desk| {
                person::unlink_same(desk.tx, one, other, desk.now)?;
                Ok(())
            },
        )
        .await
    }

    /// Gives a person a way to sign in. The link is shown once, on paper if they like.
    ///
    /// # Errors
    /// [`Fault::HasAccount`] when they can sign in already; [`Fault::LinkShown`] when the same command made a link before,
    /// which nobody can show again.
    pub async fn invite_person(&self, actor: &Actor, command: CommandId, id: PersonId) -> Result<Secret> {
        let name = self
            .prepare(actor, Action::PersonInvite, About::Person(id), move |desk| {
                Ok(desk.profile_of(id)?.called)
            })
            .await?;
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let invitation = Invitation {
            name,
            programme: Some(programme),
            role: Role::Person,
            title: String::new(),
            person: Some(id),
        };
        let (secret, row) = self.new_invitation(invitation).await?;
        let made = row.id;
        // Before the link's id was kept, nothing was: `None` is such an answer.
        let kept: Option<LinkId> = self
            .command(actor, command, Action::PersonInvite, About::Person(id), &id, move |desk| {
                if account::of_person(desk.tx, id)?.is_some() {
                    return Err(Fault::HasAccount.into());
                }
                account::insert_link(desk.tx, &row, desk.now)?;
                Ok(Some(row.id))
            })
            .await?;
        // A command that was done before answers with the link of then; the one made just now opens nothing.
        if kept == Some(made) { Ok(secret) } else { Err(Fault::LinkShown.into()) }
    }

    /// The people an actor has to do with: those they walk with, whose peers they supervise, or who share with them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn people(&self, actor: &Actor) -> Result<Vec<PersonLine>> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::PersonList, About::Programme(programme), "people", move |desk| {
            let me = desk.actor.account;
            let rows = match desk.actor.role {
                Role::Supervisor => person::supervised(desk.tx, programme, me)?,
                Role::TeamMember => person::shared_with(desk.tx, programme, me, desk.now)?,
                _ => person::walked_with(desk.tx, programme, me)?,
            };
            let mut lines = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut line = desk.person_line(row)?;
                if desk.actor.role == Role::TeamMember {
                    // A yes to the notes is no yes to the goal, nor to who walks with them.
                    if !consent::lets(desk.tx, row.id, me, RecordPart::Profile, desk.now)? {
                        line = line.with_only(Opens::Notes);
                    }
                }
                lines.push(line);
            }
            for row in person::papers_open_to(desk.tx, programme, me, desk.now)? {
                if !lines.iter().any(|line| line.id == row.id) {
                    lines.push(desk.person_line(&row)?.with_only(Opens::Papers));
                }
            }
            lines.sort_by_key(|line| line.name.to_lowercase());
            let shown = lines.iter().map(|line| line.id.0).collect();
            Ok((lines, shown))
        })
        .await
    }

    /// Records that may be of somebody with this name. Records of people who work here never come up.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find_same(&self, actor: &Actor, called: &str, family: &str) -> Result<Vec<Alike>> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        if called.trim().chars().count() < 2 {
            return Ok(Vec::new());
        }
        let hashes = search_hashes(&self.keys, programme, called, family);
        self.list(actor, Action::PersonFindSame, About::Programme(programme), "same name", move |desk| {
            let mut found = Vec::new();
            for row in person::like(desk.tx, programme, &hashes, 5)? {
                let me = desk.actor.account;
                let open = support::walks(desk.tx, row.id, me)?
                    || support::supervises(desk.tx, programme, row.id, me)?
                    || (desk.actor.role == Role::Supervisor && !support::anybody_walks(desk.tx, row.id)?);
                let profile = desk.profile(&row)?;
                let walks_with = desk.walkers(row.id)?;
                found.push(Alike { id: row.id, name: profile.short_name(), walks_with, open });
            }
            let shown = found.iter().map(|alike| alike.id.0).collect();
            Ok((found, shown))
        })
        .await
    }

    /// Opens one person's record.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such record for this actor.
    pub async fn person(&self, actor: &Actor, id: PersonId) -> Result<PersonView> {
        let access = self.access.clone();
        self.look(actor, Action::PersonRead, About::Person(id), "profile", move |desk| {
            let row = desk.person_row(id)?;
            let profile = desk.profile(&row)?;
            let mut children = Vec::new();
            for child in person::children(desk.tx, id)? {
                children.push((child.id, desk.child(&child)?));
            }
            let mut supports = Vec::new();
            for row in support::of_person(desk.tx, id)? {
                supports.push(desk.support_view(&row)?);
            }
            // What one peer specialist told the next stays with those who walk, who supervise, and the person.
            if desk.actor.role == Role::TeamMember {
                for support in &mut supports {
                    support.keep_words_back();
                }
            }
            let mut goals = Vec::new();
            for row in goal::of_person(desk.tx, id)? {
                goals.push((row.id, desk.goal(&row)?, row.version));
            }
            let actions = desk.actions(&access);
            let open: Vec<GoalId> =
                goals.iter().filter(|(_, goal, _)| goal.is_open()).map(|(id, ..)| *id).collect();
            let reads = actions.contains(&Action::PlanRead);
            let gaps = if reads { desk.plan_gaps(id, &open)? } else { Vec::new() };
            let mut same_as = Vec::new();
            if actions.contains(&Action::PersonLinkSame) {
                for other in person::same_as(desk.tx, id)? {
                    let name = desk.profile_of(other)?.short_name();
                    same_as.push((other, name));
                }
            }
            Ok(PersonView {
                id,
                programme: row.programme,
                profile,
                works_here: row.guarded,
                version: row.version,
                children,
                supports,
                goals,
                gaps,
                same_as,
                has_account: account::of_person(desk.tx, id)?.is_some(),
                actions,
            })
        })
        .await
    }
}
