//! Groups as a person sees them: those they come to, those they may come to, the one they keep; and the letter about when
//! they were there, which they alone ask for.

use super::session::{hash, keeps_names, line_place};
use super::{Leader, hand_over, leave, relist};
use crate::door::{About, Actor, Desk, open, seal};
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use porchlight_practice::card::CardCode;
use porchlight_practice::group::session::{How, Line, span};
use porchlight_practice::group::{Group, Kind, Listing, MutualHelpStage, Step};
use porchlight_practice::id::{CommandId, GroupId, GroupLetterId, PersonId};
use porchlight_store::group::session;
use porchlight_store::group::{self, GroupRow, LetterRow};
use porchlight_store::programme;
use porchlight_store::seal::{Owner, Place};
use serde::{Deserialize, Serialize};

/// How many sessions a person sees of a group.
const MOST_DAYS: i64 = 400;

/// A day on which somebody was there, with their line when there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDay {
    /// The day.
    pub day: Date,
    /// What stands in the line of their own, and who wrote it.
    pub line: Option<(Line, String)>,
}

/// A step on the way to leading.
pub type OwnStep = super::Led;

/// A group as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnGroup {
    /// Its id.
    pub id: GroupId,
    /// Where it stands, with everything it says.
    pub group: Group,
    /// Counts changes; its keeper's form sends it back.
    pub version: i64,
    /// Whether they come to it.
    pub comes: bool,
    /// Whether they keep it.
    pub keeps: bool,
    /// Whether they are asked to keep it.
    pub asked: bool,
    /// How far they are with leading it.
    pub step: Option<Step>,
    /// Who leads it or learns it.
    pub leaders: Vec<Leader>,
    /// The days on which they were there; only of a service group.
    pub days: Vec<OwnDay>,
}

/// Everything about groups that is a person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnGroups {
    /// The groups of the programme, those they come to first.
    pub groups: Vec<OwnGroup>,
    /// What they learned about leading.
    pub steps: Vec<OwnStep>,
}

/// What somebody asks a letter about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterAsked {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Whether it names the groups. A name may say more than somebody wants to.
    pub named: bool,
}

/// A day of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterDay {
    /// The day.
    pub day: Date,
    /// How long the session was, in minutes, when that is known.
    pub minutes: Option<u32>,
    /// What the group is called, when they want it named.
    pub group: Option<String>,
}

/// A letter that says when somebody was there, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The programme.
    pub programme: String,
    /// The person.
    pub name: String,
    /// What they asked.
    pub asked: LetterAsked,
    /// The day it was made.
    pub on: Date,
    /// The days, the first one first.
    pub days: Vec<LetterDay>,
}

/// The letters of somebody, the newest first.
pub type Letters = Vec<(GroupLetterId, Letter)>;

fn letter_place(id: GroupLetterId) -> Place {
    Place::new("group_letter", id.0, "body")
}

impl Desk<'_, '_> {
    fn own_group(&mut self, row: &GroupRow, person: PersonId) -> Result<OwnGroup> {
        let now = self.group(row)?;
        let comes = group::is_member(self.tx, row.id, person)?;
        let asked = matches!(
            &now,
            Group::MutualHelp(one) if matches!(one.stage, MutualHelpStage::Offered { to, .. } if to == person)
        );
        let circle = now.circle().cloned();
        let who = porchlight_practice::group::Who::Member(person);
        Ok(OwnGroup {
            id: row.id,
            version: row.version,
            comes,
            keeps: row.keeper == Some(person),
            asked,
            step: circle.as_ref().and_then(|circle| circle.step_of(who)),
            leaders: match &circle {
                Some(circle) => self.leaders(circle, comes)?,
                None => Vec::new(),
            },
            days: Vec::new(),
            group: now,
        })
    }

    fn own_days(&mut self, id: GroupId, person: PersonId) -> Result<Vec<OwnDay>> {
        let mut days = Vec::new();
        for row in session::of_person(self.tx, person, MOST_DAYS)? {
            if row.group != id {
                continue;
            }
            let line = match session::line_of(self.tx, row.id, person)? {
                Some(line) => {
                    let key = self.keys.get(self.tx, Owner::Person(person.0))?;
                    let by = self.name_of(line.by)?;
                    Some((open(&key, &line_place(row.id), &line.body)?, by))
                }
                None => None,
            };
            days.push(OwnDay { day: super::day(&row.day)?, line });
        }
        Ok(days)
    }

    fn letter(&mut self, person: PersonId, asked: LetterAsked) -> Result<Letter> {
        let here = self.person_row(person)?.programme;
        let profile = self.profile_of(person)?;
        let programme = programme::get(self.tx, here)?.ok_or(Error::NotFound)?.name;
        let mut days = Vec::new();
        for row in session::of_person(self.tx, person, MOST_DAYS)? {
            let day = super::day(&row.day)?;
            if day < asked.from || day > asked.until {
                continue;
            }
            let of = self.group_row(row.group)?;
            let group = self.group(&of)?;
            if !keeps_names(&group) {
                continue;
            }
            let minutes = row.ended.and_then(|ended| span(row.started, ended, ended).ok());
            days.push(LetterDay { day, minutes, group: asked.named.then(|| group.name().to_owned()) });
        }
        days.sort_by_key(|one| one.day);
        let name = format!("{} {}", profile.called, profile.family_name).trim().to_owned();
        Ok(Letter { programme, name, asked, on: self.day_here(here)?, days })
    }

    fn me(&self) -> Result<PersonId> {
        self.actor.person.ok_or(Error::NotFound)
    }
}

impl App {
    /// The groups of the programme as a person sees them: those they keep or come to first. Ideas and what is over are
    /// left out, unless they come.
    ///
    /// # Errors
    /// When the actor is not supported here.
    pub async fn own_groups(&self, actor: &Actor) -> Result<OwnGroups> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::GroupReadOwn, About::Own, "groups", move |desk| {
            let me = desk.me()?;
            let (mut groups, mut shown) = (Vec::new(), Vec::new());
            for row in group::of_programme(desk.tx, here, super::MOST)? {
                let one = desk.own_group(&row, me)?;
                if one.comes || one.keeps || matches!(&*row.stage, "running" | "offered" | "theirs") {
                    shown.push(row.id.0);
                    groups.push(one);
                }
            }
            groups.sort_by_key(|one| (!one.keeps, !one.comes, one.group.name().to_lowercase()));
            let rows = group::steps_of_person(desk.tx, me)?;
            Ok((OwnGroups { groups, steps: desk.led(rows)? }, shown))
        })
        .await
    }

    /// One group as a person sees it.
    ///
    /// # Errors
    /// When there is none in their programme.
    pub async fn own_group(&self, actor: &Actor, id: GroupId) -> Result<OwnGroup> {
        self.look(actor, Action::GroupReadOwn, About::Group(id), "group", move |desk| {
            let (me, row) = (desk.me()?, desk.group_row(id)?);
            let mut one = desk.own_group(&row, me)?;
            if row.stage == "idea" && !one.comes {
                return Err(Error::NotFound);
            }
            one.days = desk.own_days(id, me)?;
            Ok(one)
        })
        .await
    }

    /// Comes to a group, or comes no longer.
    ///
    /// # Errors
    /// When it does not meet.
    pub async fn come_to_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        comes: bool,
    ) -> Result<()> {
        let body = (id, comes);
        self.command(actor, command, Action::GroupJoin, About::Group(id), &body, move |desk| {
            let (me, row) = (desk.me()?, desk.group_row(id)?);
            if !comes {
                return leave(desk, id, me);
            }
            match desk.group(&row)?.meets() {
                true => Ok(group::join(desk.tx, id, me, desk.now)?),
                false => Err(Error::NotFound),
            }
        })
        .await
    }

    /// Says yes or no to keeping a group. With a yes it is its members', and `listed` says whether the programme may still
    /// know that it exists.
    ///
    /// # Errors
    /// When somebody else was asked, or nobody.
    pub async fn answer_keeping(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        yes: Option<bool>,
    ) -> Result<()> {
        let body = (id, yes);
        self.command(actor, command, Action::GroupKeep, About::Group(id), &body, move |desk| {
            let (me, row) = (desk.me()?, desk.group_row(id)?);
            match yes {
                Some(listed) => hand_over(desk, id, me, listed),
                None => {
                    if !desk.own_group(&row, me)?.asked {
                        return Err(porchlight_practice::group::GroupFault::NotNow.into());
                    }
                    desk.change_group(id, row.version, |group| Ok(group.not_now()?))?;
                    Ok(())
                }
            }
        })
        .await
    }

    /// Changes what is known here of a group that one keeps, or takes it away for good.
    ///
    /// # Errors
    /// When the actor does not keep it, or it was changed since `version`.
    pub async fn relist_group(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        listing: Option<Listing>,
        version: i64,
    ) -> Result<()> {
        let body = (id, listing.clone(), version);
        self.command(actor, command, Action::GroupKeep, About::Group(id), &body, move |desk| {
            let (me, row) = (desk.me()?, desk.group_row(id)?);
            if row.keeper != Some(me) {
                return Err(Error::NotFound);
            }
            match listing.clone() {
                Some(listing) => relist(desk, id, listing, version),
                None => {
                    let today = desk.day_here(row.programme)?;
                    Ok(group::forget(desk.tx, id, &today.to_string(), false)?)
                }
            }
        })
        .await
    }

    /// Where a code leads that somebody scanned: the group, and whether they signed in already.
    ///
    /// # Errors
    /// When the code holds no longer, or never did: the two look alike.
    pub async fn where_code_leads(&self, actor: &Actor, code: &str) -> Result<(String, Vec<String>, bool)> {
        let code: CardCode = code.parse().map_err(|_| Error::NotFound)?;
        let code = hash(&code);
        self.look(actor, Action::GroupHere, About::GroupCode(code), "group", move |desk| {
            let me = desk.me()?;
            let row = session::by_code(desk.tx, &code, desk.now)?.ok_or(Error::NotFound)?;
            let of = desk.group_row(row.group)?;
            let now = desk.group(&of)?;
            let agreements = now.circle().map(|circle| circle.frame.agreements.clone()).unwrap_or_default();
            Ok((now.name().to_owned(), agreements, session::was_there(desk.tx, row.id, me)?))
        })
        .await
    }

    /// Signs in oneself by the code that one scanned.
    ///
    /// # Errors
    /// When the code holds no longer.
    pub async fn sign_in_by_code(&self, actor: &Actor, command: CommandId, code: &str) -> Result<GroupId> {
        let code: CardCode = code.parse().map_err(|_| Error::NotFound)?;
        let code = hash(&code);
        let body = code;
        self.command(actor, command, Action::GroupSignInOwn, About::GroupCode(code), &body, move |desk| {
            let me = desk.me()?;
            let row = session::by_code(desk.tx, &code, desk.now)?.ok_or(Error::NotFound)?;
            if Kind::parse(&row.kind) != Some(Kind::Service) {
                return Err(Error::NotFound);
            }
            group::join(desk.tx, row.group, me, desk.now)?;
            session::sign_in(desk.tx, row.id, me, desk.now, How::Code.as_str())?;
            Ok(row.group)
        })
        .await
    }

    /// The letter as it would be, to be read before it is made.
    ///
    /// # Errors
    /// When the last day is before the first.
    pub async fn letter_to_read(&self, actor: &Actor, asked: LetterAsked) -> Result<Letter> {
        if asked.until < asked.from {
            return Err(Fault::Unknown("until").into());
        }
        self.look(actor, Action::GroupReadLetter, About::Own, "letter", move |desk| {
            let me = desk.me()?;
            desk.letter(me, asked)
        })
        .await
    }

    /// Makes the letter that somebody asked for and has read: exactly the one they read.
    ///
    /// # Errors
    /// [`Error::Stale`] when it would say something else by now.
    pub async fn make_letter(
        &self,
        actor: &Actor,
        command: CommandId,
        read: Letter,
    ) -> Result<GroupLetterId> {
        let me = actor.person.ok_or(Error::NotFound)?;
        let id = GroupLetterId(self.ids.next());
        let key = self.key(Owner::Person(me.0)).await?;
        let body = read.clone();
        self.command(actor, command, Action::GroupLetter, About::Own, &body, move |desk| {
            if desk.letter(me, read.asked)? != read {
                return Err(Error::Stale);
            }
            let row = LetterRow {
                id,
                programme: desk.programme()?,
                person: me,
                body: seal(&key, &letter_place(id), &read)?,
                at: desk.now,
            };
            group::insert_letter(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// One's letters, the newest first.
    ///
    /// # Errors
    /// When the actor is not supported here.
    pub async fn letters(&self, actor: &Actor) -> Result<Letters> {
        self.look(actor, Action::GroupReadLetter, About::Own, "letter", move |desk| {
            let me = desk.me()?;
            let key = desk.keys.get(desk.tx, Owner::Person(me.0))?;
            let rows = group::letters(desk.tx, me)?;
            rows.into_iter().map(|row| Ok((row.id, open(&key, &letter_place(row.id), &row.body)?))).collect()
        })
        .await
    }
}
