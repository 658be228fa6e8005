//! Asking one's supervisor, by topic, with a day by which there is an answer.

use crate::door::{About, Actor, Desk, seal};
use crate::ladder::Callee;
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::Role;
use porchlight_practice::counsel::{Counsel, Topic};
use porchlight_practice::id::{AccountId, CommandId, CounselId, ProgrammeId};
use porchlight_store::counsel::CounselRow;
use porchlight_store::seal::{Owner, Place};
use porchlight_store::{account, counsel, programme};

/// A question as those two see it who may.
#[derive(Debug, Clone)]
pub struct CounselView {
    /// Its id.
    pub id: CounselId,
    /// The topic.
    pub topic: Topic,
    /// Question and answer.
    pub counsel: Counsel,
    /// Who asked, by name.
    pub asked_by: String,
    /// Who answers, by name.
    pub asked_of: String,
    /// Whether the reader asked it.
    pub own: bool,
    /// Whether it went past somebody's own supervisor.
    pub past_supervisor: bool,
    /// When.
    pub asked: Timestamp,
    /// When an answer is due.
    pub due: Timestamp,
    /// Whether that is over and there is none.
    pub overdue: bool,
}

/// Whom one can ask.
#[derive(Debug, Clone)]
pub struct WhomToAsk {
    /// One's own supervisor, or who stands in for them.
    pub supervisor: Option<Callee>,
    /// Those past them.
    pub past: Vec<Callee>,
    /// In how many hours there is an answer.
    pub hours: u32,
}

/// What one asked, and was asked.
#[derive(Debug, Clone)]
pub struct CounselList {
    /// By oneself, the newest first.
    pub asked: Vec<CounselView>,
    /// Of oneself, the soonest due first.
    pub to_answer: Vec<CounselView>,
}

fn place(id: CounselId) -> Place {
    Place { table: "counsel", row: id.0, column: "body" }
}

impl Desk<'_, '_> {
    fn counsel(&mut self, row: &CounselRow) -> Result<CounselView> {
        let body: Counsel = self.open(Owner::Programme(row.programme.0), place(row.id), &row.body)?;
        Ok(CounselView {
            id: row.id,
            topic: Topic::parse(&row.topic).ok_or(Error::Damaged("counsel"))?,
            asked_by: self.name_of(row.asked_by)?,
            asked_of: self.name_of(row.asked_of)?,
            own: row.asked_by == self.actor.account,
            past_supervisor: row.past_supervisor,
            asked: row.asked_at,
            due: row.due_at,
            overdue: row.is_open && row.due_at < self.now,
            counsel: body,
        })
    }

    /// The order of supervision: one's supervisor, else who deputises, else any supervisor of the programme.
    fn asks(&mut self, here: ProgrammeId) -> Result<(Option<AccountId>, Vec<AccountId>)> {
        let me = self.actor.account;
        let supervisors = programme::supervisors_of(self.tx, here, me)?;
        let mut order = supervisors.clone();
        for one in supervisors.iter().copied().chain([me]) {
            order.extend(programme::deputies_of(self.tx, here, one)?);
        }
        let members: Vec<_> =
            account::members(self.tx, here)?.into_iter().filter(|member| member.person.is_none()).collect();
        let of_role = |role: Role| members.iter().filter(move |member| member.role == role);
        order.extend(of_role(Role::Supervisor).map(|member| member.account));
        let first =
            order.into_iter().find(|one| *one != me && members.iter().any(|member| member.account == *one));
        let mut past: Vec<AccountId> = Vec::new();
        for role in [Role::Supervisor, Role::ProgrammeAdmin, Role::PrivacyLead] {
            for member in of_role(role) {
                let one = member.account;
                if one != me && !supervisors.contains(&one) && !past.contains(&one) {
                    past.push(one);
                }
            }
        }
        Ok((first, past))
    }
}

impl App {
    /// Whom the actor can ask.
    ///
    /// # Errors
    /// When the actor does not work here.
    pub async fn whom_to_ask(&self, actor: &Actor) -> Result<WhomToAsk> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::CounselAsk, About::Programme(here), move |desk| {
            let (rules, _) = desk.rules(here)?;
            let (first, others) = desk.asks(here)?;
            let supervisor = first.map(|one| desk.callee(one)).transpose()?;
            let past = others.into_iter().map(|one| desk.callee(one)).collect::<Result<_>>()?;
            Ok(WhomToAsk { supervisor, past, hours: rules.safety.counsel_hours })
        })
        .await
    }

    /// Asks one's supervisor, or somebody past them where the topic allows it.
    ///
    /// # Errors
    /// When there are no words, nobody to ask, or `past` names somebody who can't be asked so.
    pub async fn ask_counsel(
        &self,
        actor: &Actor,
        command: CommandId,
        topic: Topic,
        words: &str,
        past: Option<AccountId>,
    ) -> Result<CounselId> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let state = Counsel::ask(topic, words, past.is_some())?;
        let id = CounselId(self.ids.unguessable());
        let key = self.key(Owner::Programme(here.0)).await?;
        let body = seal(&key, &place(id), &state)?;
        let sent = (topic, words, past);
        self.command(actor, command, Action::CounselAsk, About::Programme(here), &sent, move |desk| {
            let (rules, _) = desk.rules(here)?;
            let (first, others) = desk.asks(here)?;
            let asked_of = match past {
                Some(one) if others.contains(&one) => one,
                Some(_) => return Err(Fault::Unknown("past").into()),
                None => first.ok_or(Fault::NobodyToAsk)?,
            };
            let due = SignedDuration::from_hours(i64::from(rules.safety.counsel_hours));
            counsel::insert(
                desk.tx,
                &CounselRow {
                    id,
                    programme: here,
                    asked_by: desk.actor.account,
                    asked_of,
                    topic: topic.as_str().into(),
                    past_supervisor: past.is_some(),
                    is_open: true,
                    asked_at: desk.now,
                    due_at: desk.now + due,
                    body: body.clone(),
                    version: 1,
                },
            )?;
            Ok(id)
        })
        .await
    }

    /// What the actor asked, and was asked.
    ///
    /// # Errors
    /// When the actor does not work here.
    pub async fn counsel_list(&self, actor: &Actor) -> Result<CounselList> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::CounselList, About::Programme(here), "questions", move |desk| {
            let me = desk.actor.account;
            let (mut asked, mut to_answer) = (Vec::new(), Vec::new());
            for row in counsel::asked_by(desk.tx, here, me)? {
                asked.push(desk.counsel(&row)?);
            }
            for row in counsel::asked_of(desk.tx, here, me)? {
                to_answer.push(desk.counsel(&row)?);
            }
            let shown = asked.iter().chain(&to_answer).map(|one| one.id.0).collect();
            Ok((CounselList { asked, to_answer }, shown))
        })
        .await
    }

    /// One question.
    ///
    /// # Errors
    /// When the actor neither asked it nor was asked.
    pub async fn counsel(&self, actor: &Actor, id: CounselId) -> Result<CounselView> {
        self.look(actor, Action::CounselRead, About::Counsel(id), "question", move |desk| {
            let row = counsel::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            desk.counsel(&row)
        })
        .await
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When it was not asked of the actor, there are no words, or it has an answer.
    pub async fn answer_counsel(
        &self,
        actor: &Actor,
        command: CommandId,
        id: CounselId,
        answer: &str,
    ) -> Result<()> {
        let sent = (id, answer.to_string());
        let answer = answer.to_string();
        self.command(actor, command, Action::CounselAnswer, About::Counsel(id), &sent, move |desk| {
            let mut row = counsel::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let state = desk.counsel(&row)?.counsel.answer(desk.actor.account, desk.now, &answer)?;
            let key = desk.keys.get(desk.tx, Owner::Programme(row.programme.0))?;
            row.body = seal(&key, &place(id), &state)?;
            row.is_open = false;
            if counsel::change(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }
}
