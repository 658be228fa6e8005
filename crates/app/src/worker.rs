//! Who works here, in which role; who supervises whom, and who deputises.

use crate::account::{Invitation, Secret};
use crate::credential::may_supervise;
use crate::door::{About, Actor};
use crate::programme::{has_role, works_here};
use crate::{Action, App, Error, Fault, Result};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, CommandId, LinkId, MembershipId, ProgrammeId};
use porchlight_practice::rule::{Answer, Finding};
use porchlight_practice::supervision::SupervisionFault;
use porchlight_store::{Tx, account, credential, programme};

/// Somebody who works in a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// The account.
    pub account: AccountId,
    /// The role here.
    pub membership: MembershipId,
    /// Their name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The id of their title in the pack.
    pub title: String,
    /// Who supervises them, the one named first before the others.
    pub supervisor: Option<(AccountId, String)>,
    /// Who supervises them too, such as somebody at a host site.
    pub also: Vec<(AccountId, String)>,
    /// Who deputises for them, when they supervise.
    pub deputy: Option<(AccountId, String)>,
}

/// Somebody who works here, to be chosen in a form. Names of workers are no secret inside the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The id of their title in the pack.
    pub title: String,
}

impl App {
    /// Those who work in the actor's programme, by name, for a form in which one of them is chosen: who walks with a
    /// person, who is responsible, to whom a person is handed over, who may read. `action` is what the form asks for
    /// and `about` what it is about; only somebody who may do that gets the list.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the actor may not do it.
    pub async fn colleagues(&self, actor: &Actor, action: Action, about: About) -> Result<Vec<Colleague>> {
        self.prepare(actor, action, about, move |desk| {
            let programme = desk.programme()?;
            let mut colleagues = Vec::new();
            for row in account::members(desk.tx, programme)? {
                if row.person.is_none() {
                    let name = desk.name_of(row.account)?;
                    colleagues.push(Colleague {
                        account: row.account,
                        name,
                        role: row.role,
                        title: row.title,
                    });
                }
            }
            colleagues.sort_by_key(|colleague| colleague.name.to_lowercase());
            Ok(colleagues)
        })
        .await
    }

    /// Invites somebody to work here. The link is shown once and is not kept in clear.
    ///
    /// # Errors
    /// When the name is missing or the pack has no such title; [`Fault::LinkShown`] when the same command made a link
    /// before, which nobody can show again.
    pub async fn invite_worker(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        name: &str,
        title: &str,
    ) -> Result<Secret> {
        if name.trim().is_empty() {
            return Err(Fault::Empty("name").into());
        }
        if name.trim().chars().count() > 200 {
            return Err(Fault::TooLong("name").into());
        }
        let title_id = title.to_string();
        let role = self
            .prepare(actor, Action::WorkerInvite, About::Programme(id), move |desk| {
                let (rules, _) = desk.rules(id)?;
                Ok(rules.title(&title_id).ok_or(Fault::Unknown("title"))?.role)
            })
            .await?;
        let invitation = Invitation {
            name: name.trim().into(),
            programme: Some(id),
            role,
            title: title.into(),
            person: None,
        };
        let (secret, row) = self.new_invitation(invitation).await?;
        let made = row.id;
        let kept: LinkId = self
            .command(
                actor,
                command,
                Action::WorkerInvite,
                About::Programme(id),
                &(id, name, title),
                move |desk| {
                    account::insert_link(desk.tx, &row, desk.now)?;
                    Ok(row.id)
                },
            )
            .await?;
        // A command that was done before answers with the link of then; the one made just now opens nothing.
        if kept == made { Ok(secret) } else { Err(Fault::LinkShown.into()) }
    }

    /// Ends somebody's role here. What they wrote stays; their account stays theirs. Whoever they supervised or stood in
    /// for has nobody from now on, and the programme's set-up says so.
    ///
    /// # Errors
    /// When there is no such role in this programme, or it is one's own: nobody locks themself out.
    pub async fn end_worker(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        membership: MembershipId,
    ) -> Result<()> {
        if membership == actor.membership() {
            return Err(Fault::Unknown("worker").into());
        }
        self.command(
            actor,
            command,
            Action::WorkerEnd,
            About::Programme(id),
            &(id, membership),
            move |desk| {
                let row = account::get_membership(desk.tx, membership)?.ok_or(Error::NotFound)?;
                if row.programme != Some(id) || row.person.is_some() {
                    return Err(Error::NotFound);
                }
                account::end_membership(desk.tx, membership, desk.now)?;
                credential::forget_answers(desk.tx, id, row.account)?;
                if !has_role(desk.tx, id, row.account, |role| role == Role::Supervisor)? {
                    programme::end_supervising(desk.tx, id, row.account, desk.now)?;
                }
                if !has_role(desk.tx, id, row.account, Role::is_peer)? {
                    programme::end_supervised(desk.tx, id, row.account, desk.now)?;
                }
                Ok(())
            },
        )
        .await
    }

    /// Names who supervises a peer specialist. Nobody supervises themself, nor through others.
    ///
    /// # Errors
    /// When one of them does not work here, the one named does not supervise, they are the same, it would close a circle,
    /// or what the pack asks of a supervisor is not on file.
    pub async fn name_supervisor(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        peer: AccountId,
        supervisor: AccountId,
    ) -> Result<()> {
        self.supervised_by(actor, command, id, peer, supervisor, false).await
    }

    /// Names somebody who supervises a peer specialist beside whoever does already: at a host site, or a group.
    ///
    /// # Errors
    /// As for naming the one.
    pub async fn name_other_supervisor(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        peer: AccountId,
        supervisor: AccountId,
    ) -> Result<()> {
        self.supervised_by(actor, command, id, peer, supervisor, true).await
    }

    /// Somebody supervises a peer specialist no more.
    ///
    /// # Errors
    /// When there is no such programme for this actor.
    pub async fn end_supervisor(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        peer: AccountId,
        supervisor: AccountId,
    ) -> Result<()> {
        let (about, body) = (About::Programme(id), ("no supervisor", id, peer, supervisor));
        self.command(actor, command, Action::WorkerNameSupervisor, about, &body, move |desk| {
            Ok(programme::end_one(desk.tx, id, peer, supervisor, desk.now)?)
        })
        .await
    }

    async fn supervised_by(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        peer: AccountId,
        supervisor: AccountId,
        beside: bool,
    ) -> Result<()> {
        if peer == supervisor {
            return Err(Fault::Unknown("supervisor").into());
        }
        self.command(
            actor,
            command,
            Action::WorkerNameSupervisor,
            About::Programme(id),
            &("supervisor", id, peer, supervisor, beside),
            move |desk| {
                if !works_here(desk, id, peer)?
                    || !has_role(desk.tx, id, supervisor, |role| role == Role::Supervisor)?
                {
                    return Err(Fault::Unknown("supervisor").into());
                }
                if is_above(desk.tx, peer, supervisor)? {
                    return Err(SupervisionFault::Chain.into());
                }
                let today = desk.day_here(id)?;
                let may = may_supervise(desk, id, supervisor, peer, today)?;
                let lacks =
                    |answer: &Answer| answer.missing().any(|one| one.finding == Finding::NotASupervisor);
                // What makes one a supervisor by the pack's must is on file before anybody is supervised.
                if may.as_ref().is_some_and(lacks) {
                    return Err(SupervisionFault::NotQualified.into());
                }
                if beside {
                    programme::add_supervisor(desk.tx, id, peer, supervisor, desk.now)?;
                } else {
                    programme::set_supervisor(desk.tx, id, peer, supervisor, desk.now)?;
                }
                Ok(())
            },
        )
        .await
    }

    /// Names who deputises for a supervisor. The supervisor's own notes go to the deputy, so it is always somebody else,
    /// and somebody who may sign.
    ///
    /// # Errors
    /// When one of them does not supervise here, or they are the same.
    pub async fn name_deputy(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        supervisor: AccountId,
        deputy: AccountId,
    ) -> Result<()> {
        if supervisor == deputy {
            return Err(Fault::NoDeputy.into());
        }
        self.command(
            actor,
            command,
            Action::WorkerNameSupervisor,
            About::Programme(id),
            &("deputy", id, supervisor, deputy),
            move |desk| {
                for who in [supervisor, deputy] {
                    if !has_role(desk.tx, id, who, |role| role == Role::Supervisor)? {
                        return Err(Fault::Unknown("deputy").into());
                    }
                }
                Ok(programme::set_deputy(desk.tx, id, supervisor, deputy, desk.now)?)
            },
        )
        .await
    }

    /// Who works in a programme, by name.
    ///
    /// # Errors
    /// When there is no such programme for this actor.
    pub async fn workers(&self, actor: &Actor, id: ProgrammeId) -> Result<Vec<Worker>> {
        self.list(actor, Action::WorkerList, About::Programme(id), "workers", move |desk| {
            let mut workers = Vec::new();
            for row in account::members(desk.tx, id)? {
                if row.person.is_some() {
                    continue;
                }
                let named = |tx: &mut _, ids: Vec<AccountId>| -> Result<Option<(AccountId, String)>> {
                    match ids.first() {
                        Some(first) => Ok(Some((*first, App::name_of(desk.keys, tx, *first)?))),
                        None => Ok(None),
                    }
                };
                let supervisors = programme::supervisors_of(desk.tx, id, row.account)?;
                let deputies = programme::deputies_of(desk.tx, id, row.account)?;
                let mut also = Vec::new();
                for one in supervisors.iter().skip(1) {
                    also.push((*one, desk.name_of(*one)?));
                }
                workers.push(Worker {
                    account: row.account,
                    membership: row.id,
                    name: desk.name_of(row.account)?,
                    role: row.role,
                    title: row.title,
                    supervisor: named(desk.tx, supervisors.clone())?,
                    also,
                    deputy: named(desk.tx, deputies)?,
                });
            }
            workers.sort_by_key(|worker| worker.name.to_lowercase());
            let shown = workers.iter().map(|worker| worker.account.0).collect();
            Ok((workers, shown))
        })
        .await
    }
}

/// Whether going up the lines of supervision from `from` one meets `who`, in whichever programme.
fn is_above(tx: &mut Tx<'_>, who: AccountId, from: AccountId) -> Result<bool> {
    let mut above = vec![from];
    let mut at = 0;
    while let Some(here) = above.get(at).copied() {
        for by in programme::supervisors_anywhere(tx, here)? {
            if by == who {
                return Ok(true);
            }
            if !above.contains(&by) {
                above.push(by);
            }
        }
        at += 1;
    }
    Ok(false)
}
