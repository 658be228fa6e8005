//! Sessions of groups: signing in, the shared record, lines of one's own.

use super::{MOST_SESSIONS, both_names, leads};
use crate::door::{About, Actor, Desk, open, seal};
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use porchlight_access::Relation;
use porchlight_practice::card::CardCode;
use porchlight_practice::group::session::{
    Account, CODE_MINUTES, How, Line, Record, SessionFault, SignIn, counted, span, standing,
};
use porchlight_practice::group::{Group, Kind, Size, Step, Who, named_in};
use porchlight_practice::id::{AccountId, CommandId, GroupId, GroupRecordId, GroupSessionId, PersonId};
use porchlight_store::group::session::{self, CodeRow, LineRow, SessionRow};
use porchlight_store::group::{self};
use porchlight_store::seal::{Owner, Place};
use porchlight_store::support;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How far back a session may have begun when it is first sent: a phone may be without signal for days.
const LATEST_DAYS: i64 = 31;

/// Somebody who was there, as those who lead see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct There {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// How they signed in.
    pub how: How,
    /// Whether they have a line of their own.
    pub has_line: bool,
}

/// A record that stands, with the name of whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The record.
    pub record: Record,
    /// Who wrote it.
    pub by: String,
}

/// Another log of the same day, which may be of the same session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherLog {
    /// Its id.
    pub id: GroupSessionId,
    /// When it began.
    pub started: Timestamp,
    /// Who began it.
    pub by: String,
}

/// A session as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Its id: of the session this is the same as, when two logged it.
    pub id: GroupSessionId,
    /// Its group.
    pub group: GroupId,
    /// What that is called.
    pub name: String,
    /// Which kind.
    pub kind: Kind,
    /// What its people promise each other.
    pub agreements: Vec<String>,
    /// The day in the programme's zone.
    pub day: Date,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Who was there; none for a reader who sees no names.
    pub there: Option<Vec<There>>,
    /// Who comes to the group and was not there; empty for a reader who sees no names.
    pub absent: Vec<(PersonId, String)>,
    /// How many came without a name.
    pub unnamed: u32,
    /// How many were there in all.
    pub people: u32,
    /// What does not fit in the pack's sizes.
    pub size: Vec<Size>,
    /// What was written of it. More than one is a clash.
    pub records: Vec<Standing>,
    /// Who could have led it.
    pub leaders: Vec<(AccountId, String)>,
    /// Other logs of that day.
    pub others: Vec<OtherLog>,
    /// The code to scan, while it holds, and until when.
    pub code: Option<(CardCode, Timestamp)>,
    /// What the reader may do.
    pub actions: Vec<Action>,
}

impl SessionView {
    /// Whether the reader may do this with it.
    pub fn may(&self, action: Action) -> bool {
        self.actions.contains(&action)
    }

    /// How long it was, in minutes; while it goes on, none.
    pub fn minutes(&self) -> Option<u32> {
        span(self.started, self.ended?, self.ended?).ok()
    }
}

/// What came of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SignedIn {
    /// The session, where it is now.
    pub session: GroupSessionId,
    /// How many with a name are there now.
    pub named: u32,
    /// How many without one.
    pub unnamed: u32,
}

/// What somebody writes of a session.
#[derive(Debug, Clone, serde::Serialize)]
pub struct NewRecord {
    /// What was.
    pub account: Account,
    /// The records its writer read.
    pub replaces: BTreeSet<GroupRecordId>,
    /// Whether a name in the themes is no member's here.
    pub names_nobody: bool,
}

pub(super) fn hash(code: &CardCode) -> [u8; 32] {
    Sha256::digest(code.expose().as_bytes()).into()
}

fn code_place(id: GroupSessionId) -> Place {
    Place::new("group_code", id.0, "code")
}

fn record_place(id: GroupRecordId) -> Place {
    Place::new("group_record", id.0, "body")
}

pub(super) fn line_place(session: GroupSessionId) -> Place {
    Place::new("group_line", session.0, "body")
}

fn kind_of(row: &SessionRow) -> Result<Kind> {
    Kind::parse(&row.kind).ok_or(Error::Damaged("group session"))
}

impl Desk<'_, '_> {
    /// The session of an id, or the one that it is the same as.
    pub(super) fn session(&mut self, id: GroupSessionId) -> Result<SessionRow> {
        let row = session::get(self.tx, id)?.ok_or(Error::NotFound)?;
        match row.same_as {
            Some(kept) => self.session(kept),
            None => Ok(row),
        }
    }

    fn records(&mut self, row: &SessionRow) -> Result<Vec<Record>> {
        let key = self.keys.get(self.tx, Owner::Group(row.group.0))?;
        let rows = session::records(self.tx, row.id)?;
        rows.into_iter().map(|(id, body)| open(&key, &record_place(id), &body)).collect()
    }

    /// Whether another name of the group stands in a text: of whoever was there or comes.
    fn names_another(&mut self, row: &SessionRow, about: Option<PersonId>, text: &str) -> Result<bool> {
        let mut others: BTreeSet<PersonId> = group::members(self.tx, row.group)?.into_iter().collect();
        others.extend(session::there(self.tx, row.id)?.into_iter().map(|(person, _)| person));
        let own = match about {
            Some(person) => {
                others.remove(&person);
                Some(both_names(&self.profile_of(person)?))
            }
            None => None,
        };
        let mut names = Vec::new();
        for person in others {
            names.push(both_names(&self.profile_of(person)?));
        }
        // A name that both have is one's own.
        let shares = |one: &(String, String)| match &own {
            Some((called, family)) => {
                let all = format!("{called} {family}");
                let words = [one.0.as_str(), one.1.as_str()];
                words.iter().all(|word| word.is_empty() || named_in(&all, &[(word, "")]) == [true])
            }
            None => false,
        };
        names.retain(|one| !shares(one));
        let pairs: Vec<(&str, &str)> = names.iter().map(|(one, two)| (one.as_str(), two.as_str())).collect();
        Ok(named_in(text, &pairs).contains(&true))
    }

    /// Signs people in to a service group's session: those who come, who had not left yet, or with whom the actor walks.
    fn sign_people_in(
        &mut self,
        row: &SessionRow,
        people: &BTreeSet<PersonId>,
        at: Timestamp,
        how: How,
    ) -> Result<()> {
        for person in people {
            if !group::was_member(self.tx, row.group, *person, at)? {
                if !support::walks(self.tx, *person, self.actor.account)? {
                    return Err(Fault::Unknown("person").into());
                }
                group::join(self.tx, row.group, *person, self.now)?;
            }
            session::sign_in(self.tx, row.id, *person, at, how.as_str())?;
        }
        Ok(())
    }

    /// Begins a session of a group.
    pub(super) fn begin_session(
        &mut self,
        id: GroupId,
        session_id: GroupSessionId,
        started: Option<Timestamp>,
    ) -> Result<SessionRow> {
        let row = self.group_row(id)?;
        if !self.group(&row)?.meets() {
            return Err(porchlight_practice::group::GroupFault::NotNow.into());
        }
        let started = started.unwrap_or(self.now);
        let early = self.now - SignedDuration::from_hours(24 * LATEST_DAYS);
        if started > self.now + SignedDuration::from_mins(5) || started < early {
            return Err(SessionFault::Time.into());
        }
        let (_, zone) = self.rules(row.programme)?;
        let new = SessionRow {
            id: session_id,
            group: id,
            programme: row.programme,
            kind: row.kind,
            day: started.to_zoned(zone).date().to_string(),
            started,
            ended: None,
            started_by: self.actor.account,
            unnamed: 0,
            same_as: None,
        };
        if session::get(self.tx, session_id)?.is_some() {
            return Err(Error::CommandReused);
        }
        session::insert(self.tx, &new)?;
        Ok(new)
    }

    /// Enters who came.
    pub(super) fn sign_in(
        &mut self,
        row: &SessionRow,
        people: &BTreeSet<PersonId>,
        unnamed: i32,
        how: How,
        at: Timestamp,
    ) -> Result<SignedIn> {
        if at > self.now + SignedDuration::from_mins(5) {
            return Err(SessionFault::Time.into());
        }
        let sign_in = SignIn::read(kind_of(row)?, people.clone(), unnamed, how)?;
        let before = u32::try_from(row.unnamed).unwrap_or_default();
        session::count(self.tx, row.id, counted(before, sign_in.unnamed()).into())?;
        if let SignIn::Service { people, how, .. } = &sign_in {
            self.sign_people_in(row, people, at, *how)?;
        }
        self.signed_in(row.id)
    }

    /// Ends a session.
    pub(super) fn end_session(&mut self, row: &SessionRow, ended: Timestamp) -> Result<()> {
        span(row.started, ended, self.now)?;
        match session::end(self.tx, row.id, ended)? {
            true => Ok(()),
            false => Err(SessionFault::Over.into()),
        }
    }

    fn signed_in(&mut self, id: GroupSessionId) -> Result<SignedIn> {
        let row = self.session(id)?;
        let number = |count: i64| u32::try_from(count).unwrap_or_default();
        let named = number(session::there_count(self.tx, row.id)?);
        Ok(SignedIn { session: row.id, named, unnamed: number(row.unnamed) })
    }
}

impl App {
    /// Begins a session. Its id is made by whoever begins it, a phone without signal included.
    ///
    /// # Errors
    /// When the group does not meet, or it can't have begun then.
    pub async fn begin_session(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        session_id: GroupSessionId,
        started: Option<Timestamp>,
    ) -> Result<GroupSessionId> {
        let body = (id, session_id, started);
        self.command(actor, command, Action::GroupHold, About::Group(id), &body, move |desk| {
            desk.begin_session(id, session_id, started)?;
            Ok(session_id)
        })
        .await
    }

    /// Opens a session.
    ///
    /// # Errors
    /// When the actor neither leads nor watches its group, nor supervises who does.
    pub async fn group_session(&self, actor: &Actor, id: GroupSessionId) -> Result<SessionView> {
        let access = self.access.clone();
        self.look(actor, Action::GroupSession, About::GroupSession(id), "group", move |desk| {
            let row = desk.session(id)?;
            let of = desk.group_row(row.group)?;
            let now = desk.group(&of)?;
            let kind = kind_of(&row)?;
            let circle = now.circle().cloned();
            let signed = session::there(desk.tx, row.id)?;
            let (mut there, mut absent) = (None, Vec::new());
            if leads(desk.standing.relation) {
                let lines = session::with_lines(desk.tx, row.id)?;
                let mut all = Vec::new();
                for (person, how) in &signed {
                    all.push(There {
                        person: *person,
                        name: desk.member_name(*person)?,
                        how: How::parse(how).ok_or(Error::Damaged("group session"))?,
                        has_line: lines.contains(person),
                    });
                }
                there = Some(all);
                if kind == Kind::Service {
                    let members = group::members(desk.tx, row.group)?;
                    let gone = |id: &PersonId| !signed.iter().any(|(person, _)| person == id);
                    absent = desk.names_of(members.into_iter().filter(gone))?;
                }
            }
            let mut leaders = Vec::new();
            for one in circle.iter().flat_map(|circle| &circle.facilitators) {
                if let (Who::Worker(account), true) = (one.who, one.step.leads()) {
                    leaders.push((account, desk.name_of(account)?));
                }
            }
            let all = desk.records(&row)?;
            let mut records = Vec::new();
            for record in standing(&all) {
                let by = desk.name_of(record.by)?;
                records.push(Standing { record: record.clone(), by });
            }
            let mut others = Vec::new();
            for other in session::of_group(desk.tx, row.group, MOST_SESSIONS)? {
                if other.id != row.id && other.day == row.day {
                    let by = desk.name_of(other.started_by)?;
                    others.push(OtherLog { id: other.id, started: other.started, by });
                }
            }
            let code = match session::code_of(desk.tx, row.id)? {
                Some(code) if code.until > desk.now && row.ended.is_none() => {
                    let key = desk.keys.get(desk.tx, Owner::Group(row.group.0))?;
                    let text: String = open(&key, &code_place(row.id), &code.code)?;
                    Some((text.parse().map_err(|_| Error::Damaged("group code"))?, code.until))
                }
                _ => None,
            };
            let unnamed = u32::try_from(row.unnamed).unwrap_or_default();
            let people = unnamed + u32::try_from(signed.len()).unwrap_or_default();
            let (rules, _) = desk.rules(row.programme)?;
            let leading =
                circle.iter().flat_map(|circle| &circle.facilitators).filter(|one| one.step.leads()).count();
            Ok(SessionView {
                id: row.id,
                group: row.group,
                name: now.name().to_owned(),
                kind,
                agreements: circle.map(|circle| circle.frame.agreements).unwrap_or_default(),
                day: super::day(&row.day)?,
                started: row.started,
                ended: row.ended,
                there,
                absent,
                unnamed,
                people,
                size: match kind {
                    Kind::Service => {
                        rules.group_size.check(people, u32::try_from(leading).unwrap_or(u32::MAX))
                    }
                    Kind::MutualHelp => Vec::new(),
                },
                records,
                leaders,
                others,
                code,
                actions: desk.actions(&access),
            })
        })
        .await
    }

    /// Enters who came: one command, which done twice is done once, and which may come late from a phone. `at` is when they
    /// came, where it is not now.
    ///
    /// # Errors
    /// When names come for a mutual-help group, somebody is none of the group's, or nobody came at all.
    #[expect(clippy::too_many_arguments, reason = "what a form sends")]
    pub async fn sign_in_to_session(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupSessionId,
        people: BTreeSet<PersonId>,
        unnamed: i32,
        how: How,
        at: Option<Timestamp>,
    ) -> Result<SignedIn> {
        let body = (id, people.clone(), unnamed, how, at);
        self.command(actor, command, Action::GroupSignIn, About::GroupSession(id), &body, move |desk| {
            let row = desk.session(id)?;
            let at = at.unwrap_or(desk.now);
            desk.sign_in(&row, &people, unnamed, how, at)
        })
        .await
    }

    /// Takes somebody off who was not there. Their line, when there is one, keeps them there.
    ///
    /// # Errors
    /// When they have a line of their own.
    pub async fn take_off_session(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupSessionId,
        who: PersonId,
    ) -> Result<()> {
        let body = (id, who);
        self.command(actor, command, Action::GroupSignIn, About::GroupSession(id), &body, move |desk| {
            let row = desk.session(id)?;
            if session::line_of(desk.tx, row.id, who)?.is_some() {
                return Err(Fault::Unknown("person").into());
            }
            Ok(session::take_off(desk.tx, row.id, who)?)
        })
        .await
    }

    /// Makes a code to scan, in place of the one before. It holds for a quarter of an hour, and no longer than the session.
    ///
    /// # Errors
    /// When the session is over, or is a mutual-help group's, where nobody signs in by name.
    pub async fn show_session_code(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupSessionId,
    ) -> Result<()> {
        let code = loop {
            if let Some(code) = CardCode::from_random(self.ids.secret()) {
                break code;
            }
        };
        let body = (id, "code");
        self.command(actor, command, Action::GroupSignIn, About::GroupSession(id), &body, move |desk| {
            let row = desk.session(id)?;
            if row.ended.is_some() {
                return Err(SessionFault::Over.into());
            }
            if kind_of(&row)? == Kind::MutualHelp {
                return Err(SessionFault::NoNamesHere.into());
            }
            let key = desk.keys.get(desk.tx, Owner::Group(row.group.0))?;
            let new = CodeRow {
                code_hash: hash(&code).to_vec(),
                session: row.id,
                code: seal(&key, &code_place(row.id), &code.expose())?,
                until: desk.now + SignedDuration::from_mins(CODE_MINUTES),
            };
            Ok(session::set_code(desk.tx, &new)?)
        })
        .await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When it is over already, or can't have ended then.
    pub async fn end_session(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupSessionId,
        ended: Option<Timestamp>,
    ) -> Result<()> {
        let body = (id, ended);
        self.command(actor, command, Action::GroupHold, About::GroupSession(id), &body, move |desk| {
            let row = desk.session(id)?;
            let latest =
                row.started + SignedDuration::from_mins(porchlight_practice::group::session::LONGEST.into());
            // One that nobody ended is over at the latest when it could not go on.
            let ended = ended.unwrap_or(desk.now.min(latest));
            desk.end_session(&row, ended)
        })
        .await
    }

    /// Writes down what a session was about. What others wrote meanwhile stands beside it.
    ///
    /// # Errors
    /// When it says nothing, names a member, or whoever counts the time did not lead.
    pub async fn record_session(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupSessionId,
        new: NewRecord,
    ) -> Result<()> {
        let record_id = GroupRecordId(self.ids.next());
        let body = (id, new.clone());
        self.command(actor, command, Action::GroupRecord, About::GroupSession(id), &body, move |desk| {
            let row = desk.session(id)?;
            let account = new.account.clone().checked()?;
            let fits = match (&account, kind_of(&row)?) {
                (Account::Service(account), Kind::Service) => {
                    let of = desk.group_row(row.group)?;
                    let circle = desk.group(&of)?.circle().cloned();
                    let led = |who: &AccountId| {
                        let step = circle.as_ref().and_then(|circle| circle.step_of(Who::Worker(*who)));
                        step.is_some_and(Step::leads)
                    };
                    account.leaders.iter().all(led)
                }
                (Account::MutualHelp(_), Kind::MutualHelp) => true,
                _ => false,
            };
            if !fits {
                return Err(Fault::Unknown("leaders").into());
            }
            if !new.names_nobody && desk.names_another(&row, None, account.themes())? {
                return Err(Fault::NamesAnother.into());
            }
            let record = Record {
                id: record_id,
                by: desk.actor.account,
                at: desk.now,
                replaces: new.replaces.clone(),
                account,
            };
            let key = desk.keys.get(desk.tx, Owner::Group(row.group.0))?;
            let body = seal(&key, &record_place(record_id), &record)?;
            Ok(session::add_record(desk.tx, record_id, row.id, &body, desk.now)?)
        })
        .await
    }

    /// Says that two logs of one day are of the same session. The one that began first stays, with everything of both.
    ///
    /// # Errors
    /// When they are not of one group and day.
    pub async fn same_session(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupSessionId,
        other: GroupSessionId,
    ) -> Result<GroupSessionId> {
        let body = (id, other);
        self.command(actor, command, Action::GroupRecord, About::GroupSession(id), &body, move |desk| {
            let (one, two) = (desk.session(id)?, desk.session(other)?);
            if one.id == two.id || one.group != two.group || one.day != two.day {
                return Err(SessionFault::NotTheSame.into());
            }
            let (kept, same) =
                if (one.started, one.id) <= (two.started, two.id) { (one, two) } else { (two, one) };
            session::join(desk.tx, &same, &kept)?;
            if let (None, Some(ended)) = (kept.ended, same.ended) {
                session::end(desk.tx, kept.id, ended)?;
            }
            Ok(kept.id)
        })
        .await
    }

    /// The line of one member at a session, for whoever leads: its words, its minutes, its version.
    ///
    /// # Errors
    /// When they were not there.
    pub async fn group_line(
        &self,
        actor: &Actor,
        id: GroupSessionId,
        who: PersonId,
    ) -> Result<(String, Option<Line>, i64)> {
        self.prepare(actor, Action::GroupLine, About::GroupSession(id), move |desk| {
            let row = desk.session(id)?;
            if !session::was_there(desk.tx, row.id, who)? {
                return Err(Error::NotFound);
            }
            let name = desk.member_name(who)?;
            let Some(line) = session::line_of(desk.tx, row.id, who)? else { return Ok((name, None, 0)) };
            let key = desk.keys.get(desk.tx, Owner::Person(who.0))?;
            Ok((name, Some(open(&key, &line_place(row.id), &line.body)?), line.version))
        })
        .await
    }

    /// Writes a line of one's own for a member who was there and needs one. They read it.
    ///
    /// # Errors
    /// When they were not there, another member is named in it, or it was written since `version`.
    #[expect(clippy::too_many_arguments, reason = "what a form sends")]
    pub async fn write_group_line(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupSessionId,
        who: PersonId,
        words: &str,
        minutes: u32,
        names_nobody: bool,
        version: i64,
    ) -> Result<()> {
        let words = words.to_owned();
        let body = (id, who, words.clone(), minutes, names_nobody, version);
        self.command(actor, command, Action::GroupLine, About::GroupSession(id), &body, move |desk| {
            let row = desk.session(id)?;
            if kind_of(&row)? == Kind::MutualHelp || desk.standing.relation != Relation::Author {
                return Err(SessionFault::NoNamesHere.into());
            }
            let there = session::was_there(desk.tx, row.id, who)?;
            let end = row.ended.unwrap_or(desk.now);
            let all =
                span(row.started, end, desk.now).unwrap_or(porchlight_practice::group::session::LONGEST);
            let line = Line::new(there, &words, minutes, all.max(1))?;
            if !names_nobody && desk.names_another(&row, Some(who), &line.words)? {
                return Err(Fault::NamesAnother.into());
            }
            let key = desk.keys.get(desk.tx, Owner::Person(who.0))?;
            let new = LineRow {
                session: row.id,
                person: who,
                by: desk.actor.account,
                body: seal(&key, &line_place(row.id), &line)?,
                at: desk.now,
                version,
            };
            match session::keep_line(desk.tx, &new)? {
                true => Ok(()),
                false => Err(Error::Stale),
            }
        })
        .await
    }

    /// A fresh id for a session, for the form that begins one.
    pub fn group_session_id(&self) -> Uuid {
        self.ids.next()
    }
}

/// Where a group's kind says that a name may be kept.
pub(super) fn keeps_names(group: &Group) -> bool {
    matches!(group, Group::Service(_))
}
