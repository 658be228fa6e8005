//! Groups: from the idea to the day they belong to their members.

mod log;
mod own;
mod session;

use crate::door::{About, Actor, Desk, open, seal};
use crate::programme::has_role;
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use porchlight_practice::Role;
use porchlight_practice::group::{Circle, Frame, Group, Kind, Listing, Step, Who};
use porchlight_practice::id::{AccountId, CommandId, GroupId, GroupSessionId, PersonId};
use porchlight_practice::person::Profile;
use porchlight_store::group::{self, GroupRow, StepRow, Whose};
use porchlight_store::seal::{DataKey, Owner, Place};
use porchlight_store::{account, person, support};

pub use log::Log;
pub use own::{Letter, LetterAsked, LetterDay, Letters, OwnDay, OwnGroup, OwnGroups, OwnStep};
pub use session::{NewRecord, OtherLog, SessionView, SignedIn, Standing, There};

/// How many groups a page shows.
const MOST: i64 = 200;
/// How many sessions a group's page shows.
const MOST_SESSIONS: i64 = 30;

/// A group in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// Its id.
    pub id: GroupId,
    /// Where it stands, with everything it says.
    pub group: Group,
    /// How far the reader is with leading it; none when they do not.
    pub step: Option<Step>,
    /// Whether a session of it goes on now.
    pub on: Option<GroupSessionId>,
}

/// Somebody who leads a group or learns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    /// Who.
    pub who: Who,
    /// Their name, as the reader may see it.
    pub name: String,
    /// How far.
    pub step: Step,
    /// Since which day.
    pub since: Date,
    /// Whether it is the reader.
    pub own: bool,
}

/// A session in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLine {
    /// Its id.
    pub id: GroupSessionId,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// How many were there.
    pub people: u32,
    /// Whether anything was written of it.
    pub written: bool,
}

/// A group as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupView {
    /// Its id.
    pub id: GroupId,
    /// Where it stands, with everything it says.
    pub group: Group,
    /// Counts changes; a form sends it back.
    pub version: i64,
    /// Who leads it or learns it.
    pub leaders: Vec<Leader>,
    /// Who comes, by name; none for a reader who does not lead it or learn it.
    pub members: Option<Vec<(PersonId, String)>>,
    /// How many come.
    pub member_count: u32,
    /// Its sessions, the newest first; none for a reader who may not open them.
    pub sessions: Vec<SessionLine>,
    /// With whom the reader walks and who does not come yet.
    pub could_come: Vec<(PersonId, String)>,
    /// Who works here and could lead it.
    pub could_lead: Vec<(AccountId, String)>,
    /// Who is asked to keep it.
    pub asked: Option<String>,
    /// What the reader may do.
    pub actions: Vec<Action>,
    /// Today in the programme.
    pub today: Date,
}

impl GroupView {
    /// Whether the reader may do this with it.
    pub fn may(&self, action: Action) -> bool {
        self.actions.contains(&action)
    }
}

/// A step of somebody on the way to leading groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Led {
    /// The group's name; none once it belongs to its members.
    pub group: Option<(GroupId, String)>,
    /// Which kind.
    pub kind: Kind,
    /// Which step.
    pub step: Step,
    /// Since which day.
    pub since: Date,
    /// Until which day; none while it goes on.
    pub until: Option<Date>,
}

fn place(id: GroupId) -> Place {
    Place::new("peer_group", id.0, "body")
}

fn day(text: &str) -> Result<Date> {
    text.parse().map_err(|_| Error::Damaged("group"))
}

impl Desk<'_, '_> {
    /// The key of a group: its own, or the programme's once it belongs to its members.
    fn group_key(&mut self, row: &GroupRow) -> Result<DataKey> {
        let owner = match row.keeper {
            Some(_) => Owner::Programme(row.programme.0),
            None => Owner::Group(row.id.0),
        };
        Ok(self.keys.get(self.tx, owner)?)
    }

    pub(crate) fn group(&mut self, row: &GroupRow) -> Result<Group> {
        let key = self.group_key(row)?;
        open(&key, &place(row.id), &row.body)
    }

    pub(crate) fn group_row(&mut self, id: GroupId) -> Result<GroupRow> {
        group::get(self.tx, id)?.ok_or(Error::NotFound)
    }

    /// Takes one step with a group and keeps it.
    fn change_group(
        &mut self,
        id: GroupId,
        version: i64,
        step: impl FnOnce(Group) -> Result<Group>,
    ) -> Result<Group> {
        let row = self.group_row(id)?;
        let next = step(self.group(&row)?)?;
        let key = self.group_key(&row)?;
        let body = seal(&key, &place(id), &next)?;
        let changed = GroupRow { stage: next.stage().into(), body, at: self.now, version, ..row };
        if !group::change(self.tx, &changed)? {
            return Err(Error::Stale);
        }
        Ok(next)
    }

    /// The name of somebody who comes to a group, as its leaders see it.
    fn member_name(&mut self, id: PersonId) -> Result<String> {
        Ok(self.profile_of(id)?.short_name())
    }

    fn names_of(&mut self, people: impl IntoIterator<Item = PersonId>) -> Result<Vec<(PersonId, String)>> {
        let mut names = Vec::new();
        for id in people {
            names.push((id, self.member_name(id)?));
        }
        names.sort_by_key(|(_, name)| name.to_lowercase());
        Ok(names)
    }

    /// Who leads a group. A member's name is shown to those who lead it or learn it, and to members; others read that it is one.
    fn leaders(&mut self, circle: &Circle, members_shown: bool) -> Result<Vec<Leader>> {
        let mut leaders = Vec::new();
        for one in &circle.facilitators {
            let (name, own) = match one.who {
                Who::Worker(id) => (self.name_of(id)?, id == self.actor.account),
                Who::Member(id) if members_shown || self.actor.person == Some(id) => {
                    (self.member_name(id)?, self.actor.person == Some(id))
                }
                Who::Member(_) => (String::new(), false),
            };
            leaders.push(Leader { who: one.who, name, step: one.step, since: one.since, own });
        }
        leaders.sort_by_key(|one| (std::cmp::Reverse(one.step), one.name.to_lowercase()));
        Ok(leaders)
    }

    fn session_lines(&mut self, id: GroupId) -> Result<Vec<SessionLine>> {
        let mut lines = Vec::new();
        for row in group::session::of_group(self.tx, id, MOST_SESSIONS)? {
            let named = group::session::there_count(self.tx, row.id)?;
            lines.push(SessionLine {
                id: row.id,
                started: row.started,
                ended: row.ended,
                people: u32::try_from(named + row.unnamed).unwrap_or_default(),
                written: !group::session::records(self.tx, row.id)?.is_empty(),
            });
        }
        Ok(lines)
    }

    fn led(&mut self, rows: Vec<StepRow>) -> Result<Vec<Led>> {
        let mut all = Vec::new();
        for row in rows {
            let group = match row.group {
                Some(id) => {
                    let row = self.group_row(id)?;
                    Some((id, self.group(&row)?.name().to_owned()))
                }
                None => None,
            };
            all.push(Led {
                group,
                kind: Kind::parse(&row.kind).ok_or(Error::Damaged("group"))?,
                step: Step::parse(&row.step).ok_or(Error::Damaged("group"))?,
                since: day(&row.since)?,
                until: row.until.as_deref().map(day).transpose()?,
            });
        }
        Ok(all)
    }

    fn begin_step(
        &mut self,
        (id, kind): (GroupId, Kind),
        who: Who,
        step: Step,
        new: uuid::Uuid,
        on: Date,
    ) -> Result<()> {
        let row = StepRow {
            id: new,
            group: Some(id),
            kind: kind.as_str().into(),
            step: step.as_str().into(),
            since: on.to_string(),
            until: None,
        };
        Ok(group::begin_step(self.tx, whose(who), &row)?)
    }
}

fn whose(who: Who) -> Whose {
    match who {
        Who::Worker(id) => Whose::Account(id),
        Who::Member(id) => Whose::Person(id),
    }
}

fn leads(relation: porchlight_access::Relation) -> bool {
    use porchlight_access::Relation::{Author, Called};
    matches!(relation, Author | Called)
}

impl App {
    /// The groups of the programme: those the reader leads or learns first, then the others.
    ///
    /// # Errors
    /// When the actor does not work in a programme.
    pub async fn groups(&self, actor: &Actor) -> Result<Vec<GroupLine>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::GroupList, About::Programme(here), "groups", move |desk| {
            let (mut lines, mut shown) = (Vec::new(), Vec::new());
            for row in group::of_programme(desk.tx, here, MOST)? {
                let step = group::step_of(desk.tx, row.id, desk.actor.account)?;
                let open = group::session::of_group(desk.tx, row.id, 1)?.into_iter().next();
                shown.push(row.id.0);
                lines.push(GroupLine {
                    id: row.id,
                    group: desk.group(&row)?,
                    step: step.as_deref().and_then(Step::parse),
                    on: open.filter(|one| one.ended.is_none()).map(|one| one.id),
                });
            }
            lines.sort_by_key(|line| (line.step.is_none(), line.group.name().to_lowercase()));
            Ok((lines, shown))
        })
        .await
    }

    /// Whether the actor may begin a group here, for the page that asks what it is to be.
    ///
    /// # Errors
    /// [`Error::NotFound`] when not.
    pub async fn may_make_group(&self, actor: &Actor) -> Result<()> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::GroupMake, About::Programme(here), |_| Ok(())).await
    }

    /// Begins a group as an idea, led by the actor.
    ///
    /// # Errors
    /// When it has no name, or something is too long.
    pub async fn make_group(
        &self,
        actor: &Actor,
        command: CommandId,
        kind: Kind,
        frame: Frame,
    ) -> Result<GroupId> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let id = GroupId(self.ids.next());
        let step_id = self.ids.next();
        let (key, wrapped) = self.keys.make(Owner::Group(id.0))?;
        let body = (kind, frame.clone());
        self.command(actor, command, Action::GroupMake, About::Programme(here), &body, move |desk| {
            let (today, me) = (desk.day_here(here)?, desk.actor.account);
            let new = Group::new(kind, frame.clone(), me, today)?;
            desk.tx.put_key(&wrapped, desk.now)?;
            let row = GroupRow {
                id,
                programme: here,
                kind: kind.as_str().into(),
                stage: new.stage().into(),
                keeper: None,
                body: seal(&key, &place(id), &new)?,
                at: desk.now,
                version: 1,
            };
            group::insert(desk.tx, &row)?;
            desk.begin_step((id, kind), Who::Worker(me), Step::Lead, step_id, today)?;
            Ok(id)
        })
        .await
    }

    /// Opens a group.
    ///
    /// # Errors
    /// When there is none in a programme of this actor.
    pub async fn group(&self, actor: &Actor, id: GroupId) -> Result<GroupView> {
        let access = self.access.clone();
        self.look(actor, Action::GroupRead, About::Group(id), "group", move |desk| {
            let row = desk.group_row(id)?;
            let now = desk.group(&row)?;
            let names = leads(desk.standing.relation);
            let people = group::members(desk.tx, id)?;
            let member_count = u32::try_from(people.len()).unwrap_or(u32::MAX);
            let (me, here) = (desk.actor.account, row.programme);
            let mut could_come = Vec::new();
            if desk.actor.role.is_peer() {
                for one in person::walked_with(desk.tx, here, me)? {
                    if !people.contains(&one.id) {
                        could_come.push((one.id, desk.profile(&one)?.short_name()));
                    }
                }
            }
            let actions = desk.actions(&access);
            let sessions = match actions.contains(&Action::GroupSession) {
                true => desk.session_lines(id)?,
                false => Vec::new(),
            };
            let mut could_lead = Vec::new();
            if let Some(circle) = now.circle().filter(|_| actions.contains(&Action::GroupLead)) {
                for one in account::members(desk.tx, here)? {
                    let leads = one.role.is_peer() || one.role == Role::Supervisor;
                    let known = could_lead.iter().any(|(known, _)| *known == one.account);
                    if leads && !known && circle.step_of(Who::Worker(one.account)).is_none() {
                        could_lead.push((one.account, desk.name_of(one.account)?));
                    }
                }
                could_lead.sort_by_key(|(_, name)| name.to_lowercase());
            }
            let asked = match &now {
                Group::MutualHelp(one) => match one.stage {
                    porchlight_practice::group::MutualHelpStage::Offered { to, .. } if names => {
                        Some(desk.member_name(to)?)
                    }
                    _ => None,
                },
                _ => None,
            };
            let leaders = match now.circle() {
                Some(circle) => desk.leaders(&circle.clone(), names)?,
                None => Vec::new(),
            };
            Ok(GroupView {
                id,
                version: row.version,
                leaders,
                members: if names { Some(desk.names_of(people)?) } else { None },
                member_count,
                sessions,
                could_come,
                could_lead,
                asked,
                actions,
                today: desk.day_here(here)?,
                group: now,
            })
        })
        .await
    }

    async fn group_step(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        version: i64,
        (action, what): (Action, &'static str),
        step: impl Fn(Group, Date) -> Result<Group> + Send + Sync + 'static,
    ) -> Result<()> {
        let body = (id, version, what);
        self.command(actor, command, action, About::Group(id), &body, move |desk| {
            let row = desk.group_row(id)?;
            let today = desk.day_here(row.programme)?;
            let next = desk.change_group(id, version, |group| step(group, today))?;
            if next.stage() == "ended" {
                group::end_steps(desk.tx, id, &today.to_string())?;
            }
            Ok(())
        })
        .await
    }

    /// Changes what a group says of itself.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was changed since `version`; when it has no name.
    pub async fn change_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        frame: Frame,
        version: i64,
    ) -> Result<()> {
        let body = (id, frame.clone(), version);
        self.command(actor, command, Action::GroupChange, About::Group(id), &body, move |desk| {
            let frame = frame.clone().checked()?;
            desk.change_group(id, version, |group| {
                Ok(group.changed(|circle| Ok(Circle { frame, ..circle }))?)
            })?;
            Ok(())
        })
        .await
    }

    /// Lets a group begin to meet.
    ///
    /// # Errors
    /// When something is missing.
    pub async fn begin_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        version: i64,
    ) -> Result<()> {
        self.group_step(actor, command, id, version, (Action::GroupChange, "begin"), |group, today| {
            Ok(group.begin(today)?)
        })
        .await
    }

    /// Ends a service group.
    ///
    /// # Errors
    /// When it is none, or does not meet.
    pub async fn end_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        version: i64,
    ) -> Result<()> {
        self.group_step(actor, command, id, version, (Action::GroupChange, "end"), |group, today| {
            Ok(group.end(today)?)
        })
        .await
    }

    /// Adds somebody who leads a group or learns it: who works here, or a member.
    ///
    /// # Errors
    /// When they are no such person, or among them already.
    pub async fn add_leader(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        who: Who,
        step: Step,
        version: i64,
    ) -> Result<()> {
        let step_id = self.ids.next();
        let body = (id, who, step, version);
        self.command(actor, command, Action::GroupLead, About::Group(id), &body, move |desk| {
            let row = desk.group_row(id)?;
            let known = match who {
                Who::Worker(account) => {
                    let fits = |role: Role| role.is_peer() || role == Role::Supervisor;
                    has_role(desk.tx, row.programme, account, fits)?
                }
                Who::Member(person) => group::is_member(desk.tx, id, person)?,
            };
            if !known {
                return Err(Fault::Unknown("who").into());
            }
            let today = desk.day_here(row.programme)?;
            let next = desk.change_group(id, version, |group| {
                Ok(group.changed(|circle| circle.with(who, step, today))?)
            })?;
            desk.begin_step((id, next.kind()), who, step, step_id, today)
        })
        .await
    }

    /// Moves somebody one step on or back, or lets them stop.
    ///
    /// # Errors
    /// When it is more than one step, or nobody would lead the group.
    pub async fn move_leader(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        who: Who,
        to: Option<Step>,
        version: i64,
    ) -> Result<()> {
        let step_id = self.ids.next();
        let body = (id, who, to, version);
        self.command(actor, command, Action::GroupLead, About::Group(id), &body, move |desk| {
            let row = desk.group_row(id)?;
            let today = desk.day_here(row.programme)?;
            let next = desk.change_group(id, version, |group| {
                Ok(group.changed(|circle| match to {
                    Some(step) => circle.moved(who, step, today),
                    None => circle.without(who),
                })?)
            })?;
            match to {
                Some(step) => desk.begin_step((id, next.kind()), who, step, step_id, today),
                None => Ok(group::end_step(desk.tx, id, whose(who), &today.to_string())?),
            }
        })
        .await
    }

    /// Adds somebody who comes to a group, with whom the actor walks, and who said so.
    ///
    /// # Errors
    /// When the actor does not walk with them, or the group is over.
    pub async fn bring_to_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        who: PersonId,
    ) -> Result<()> {
        let body = (id, who, "bring");
        self.command(actor, command, Action::GroupPeople, About::Group(id), &body, move |desk| {
            let row = desk.group_row(id)?;
            desk.group(&row)?.circle().filter(|_| row.stage != "ended").ok_or(Error::NotFound)?;
            if !support::walks(desk.tx, who, desk.actor.account)? {
                return Err(Fault::Unknown("person").into());
            }
            Ok(group::join(desk.tx, id, who, desk.now)?)
        })
        .await
    }

    /// Takes somebody off who comes no longer: whoever leads the group, or walks with them.
    ///
    /// # Errors
    /// When the actor does neither.
    pub async fn take_off_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        who: PersonId,
    ) -> Result<()> {
        let body = (id, who, "take off");
        self.command(actor, command, Action::GroupPeople, About::Group(id), &body, move |desk| {
            let leads = desk.standing.relation == porchlight_access::Relation::Author;
            if !leads && !support::walks(desk.tx, who, desk.actor.account)? {
                return Err(Error::NotFound);
            }
            leave(desk, id, who)
        })
        .await
    }

    /// Asks a member who leads a mutual-help group to keep it.
    ///
    /// # Errors
    /// When they do not lead it, or it is no such group.
    pub async fn offer_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        to: PersonId,
        version: i64,
    ) -> Result<()> {
        let body = (id, to, version);
        self.command(actor, command, Action::GroupHandOver, About::Group(id), &body, move |desk| {
            desk.change_group(id, version, |group| Ok(group.offer(to)?))?;
            Ok(())
        })
        .await
    }

    /// Takes that back.
    ///
    /// # Errors
    /// When nobody was asked.
    pub async fn withdraw_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        version: i64,
    ) -> Result<()> {
        self.group_step(actor, command, id, version, (Action::GroupHandOver, "back"), |group, _| {
            Ok(group.not_now()?)
        })
        .await
    }

    /// Hands a group over to a member who has no way to sign in, and who said so at the actor's side.
    ///
    /// # Errors
    /// When they can sign in, and so say it themself; or were not asked.
    pub async fn hand_over_beside(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        keeper: PersonId,
        listed: bool,
    ) -> Result<()> {
        let body = (id, keeper, listed);
        self.command(actor, command, Action::GroupHandOver, About::Group(id), &body, move |desk| {
            if account::of_person(desk.tx, keeper)?.is_some() {
                return Err(Fault::TheirsToSay.into());
            }
            hand_over(desk, id, keeper, listed)
        })
        .await
    }

    /// Which groups the actor led or learned to lead, and when.
    ///
    /// # Errors
    /// When the actor leads none by their role.
    pub async fn groups_led(&self, actor: &Actor) -> Result<Vec<Led>> {
        self.look(actor, Action::GroupLed, About::Own, "groups", |desk| {
            let rows = group::steps_of_account(desk.tx, desk.actor.account)?;
            desk.led(rows)
        })
        .await
    }
}

/// Somebody comes to a group no longer, and leads it no longer.
fn leave(desk: &mut Desk<'_, '_>, id: GroupId, who: PersonId) -> Result<()> {
    let row = desk.group_row(id)?;
    let today = desk.day_here(row.programme)?;
    let member = Who::Member(who);
    if desk.group(&row)?.circle().is_some_and(|circle| circle.step_of(member).is_some()) {
        desk.change_group(id, row.version, |group| Ok(group.changed(|circle| circle.without(member))?))?;
        group::end_step(desk.tx, id, Whose::Person(who), &today.to_string())?;
    }
    Ok(group::leave(desk.tx, id, who, desk.now)?)
}

/// The group is its members'. Everything the programme knew of it is forgotten, its key thrown away.
fn hand_over(desk: &mut Desk<'_, '_>, id: GroupId, keeper: PersonId, listed: bool) -> Result<()> {
    let row = desk.group_row(id)?;
    let today = desk.day_here(row.programme)?;
    let over = desk.group(&row)?.take(keeper, listed)?;
    let stays = over.listing.is_some();
    if let Some(listing) = over.listing {
        let theirs = Group::Theirs(listing);
        let key = desk.keys.get(desk.tx, Owner::Programme(row.programme.0))?;
        let kept = GroupRow {
            stage: theirs.stage().into(),
            keeper: Some(over.keeper),
            body: seal(&key, &place(id), &theirs)?,
            at: desk.now,
            ..row
        };
        if !group::change(desk.tx, &kept)? {
            return Err(Error::Stale);
        }
    }
    group::forget(desk.tx, id, &today.to_string(), stays)?;
    Ok(desk.keys.forget(desk.tx, Owner::Group(id.0), desk.now)?)
}

/// Changes what is known here of a group that belongs to its members.
fn relist(desk: &mut Desk<'_, '_>, id: GroupId, listing: Listing, version: i64) -> Result<()> {
    let theirs = Group::Theirs(listing.checked()?);
    desk.change_group(id, version, |group| match group {
        Group::Theirs(_) => Ok(theirs),
        _ => Err(Error::NotFound),
    })?;
    Ok(())
}

/// Names of people as they stand in a text: called and family name.
fn both_names(profile: &Profile) -> (String, String) {
    (profile.called.clone(), profile.family_name.clone())
}
