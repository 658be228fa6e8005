//! A way back in for somebody who lost theirs: a link for a new password, and taking off a second step that can't be taken any more.
//!
//! A link takes the place of the password alone: whoever has a second step is asked for it. It is handed over by whoever runs the
//! programme, who makes sure whom they have before them, or goes to a mailbox that its owner confirmed. Whoever walks with somebody
//! can't make one.

use crate::account::{LinkKind, Secret, Session, Step, account_entry, link_place};
use crate::door::{About, Actor, Desk, open, seal};
use crate::session::{By, Entered, Entrance};
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_outbound::{Address, EmailAddress, Kind, Notice, Outcome, Page};
use porchlight_practice::account::{Beside, check_password, sign_in_name};
use porchlight_practice::id::{AccountId, CommandId, LinkId, MembershipId, PersonId, ProgrammeId, ReachId};
use porchlight_practice::news::News;
use porchlight_practice::{Lang, Means, Role};
use porchlight_store::account::{AccountRow, LinkRow, MembershipRow};
use porchlight_store::journal::{Entry, Outcome as Kept};
use porchlight_store::seal::Owner;
use porchlight_store::{account, news, person, reach, second_step, session};
use uuid::Uuid;

/// How long a link for a new password can be used, in hours.
pub const LINK_HOURS: i64 = 24;
/// How long a mailbox can be confirmed, in days.
const MAILBOX_DAYS: i64 = 3;
/// How many such links go to one mailbox within a day.
const MAILED_A_DAY: i64 = 3;
/// How many wishes are worked off in one round.
const MOST: i64 = 200;

/// Somebody who is supported, or stands at somebody's side, and can't sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Their role here.
    pub membership: MembershipId,
    /// What their account is called.
    pub name: String,
    /// Since when they have it.
    pub since: Timestamp,
    /// Who walks with them, by name: whom to ask whether it is they.
    pub walks_with: Vec<String>,
    /// Whether a second step stands beside the password.
    pub second_step: bool,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailed {
    /// The mail server took it over.
    Sent,
    /// It did not go out.
    Failed,
    /// There is no mailbox that its owner confirmed, or e-mail is not set up.
    NoMailbox,
}

impl Mailed {
    fn of(outcome: &Outcome) -> Mailed {
        match outcome {
            Outcome::Accepted { .. } => Mailed::Sent,
            _ => Mailed::Failed,
        }
    }
}

/// A link for a new password, as it is shown once.
#[derive(Debug, Clone)]
pub struct WayIn {
    /// For whom, by the name of their account.
    pub name: String,
    /// The secret.
    pub secret: Secret,
    /// Whether it went to their mailbox too.
    pub mailed: Mailed,
}

/// The membership of somebody of this programme whom the actor may help: somebody who works here, or somebody who does not work in
/// this agency at all. Whoever works here and is supported too is found among those who work here, and nobody learns the rest.
fn theirs(desk: &mut Desk<'_, '_>, id: ProgrammeId, membership: MembershipId) -> Result<MembershipRow> {
    let row = account::get_membership(desk.tx, membership)?.ok_or(Error::NotFound)?;
    if row.programme != Some(id) || row.ended.is_some() || row.account == desk.actor.account {
        return Err(Error::NotFound);
    }
    if row.person.is_some() && works(desk, row.account)? {
        return Err(Error::NotFound);
    }
    Ok(row)
}

fn works(desk: &mut Desk<'_, '_>, id: AccountId) -> Result<bool> {
    Ok(account::memberships(desk.tx, id)?.iter().any(|role| role.person.is_none()))
}

impl App {
    /// Finds somebody who is supported here, or stands at somebody's side, and can't sign in: by the name they sign in with, or by
    /// their whole name. Nobody who works here comes up, and nothing else of them is shown.
    ///
    /// # Errors
    /// When there is no such programme for this actor.
    pub async fn find_lost(
        &self,
        actor: &Actor,
        id: ProgrammeId,
        sign_in: &str,
        called: &str,
        family: &str,
    ) -> Result<Vec<Lost>> {
        let blind = (!sign_in_name(sign_in).is_empty()).then(|| self.blind_name(sign_in));
        let whole = !called.trim().is_empty() && !family.trim().is_empty();
        let hashes = match whole {
            true => crate::person::search_hashes(&self.keys, id, called, family),
            false => Vec::new(),
        };
        self.list(actor, Action::WayInFind, About::Programme(id), "way in", move |desk| {
            let mut accounts = Vec::new();
            if let Some(blind) = &blind {
                accounts.extend(account::by_sign_in_name(desk.tx, blind)?.map(|row| row.id));
            }
            for row in person::like(desk.tx, id, &hashes, 5)? {
                accounts.extend(account::of_person(desk.tx, row.id)?);
            }
            let (mut found, mut shown): (Vec<Lost>, Vec<Uuid>) = (Vec::new(), Vec::new());
            for one in accounts {
                let roles = account::memberships(desk.tx, one)?;
                if one == desk.actor.account || roles.iter().any(|role| role.person.is_none()) {
                    continue;
                }
                let Some(role) = roles.iter().find(|role| role.programme == Some(id)) else { continue };
                if found.iter().any(|known| known.membership == role.id) {
                    continue;
                }
                let own: Option<PersonId> = role.person.filter(|_| role.role == Role::Person);
                found.push(Lost {
                    membership: role.id,
                    name: desk.name_of(one)?,
                    since: role.since,
                    walks_with: match own {
                        Some(person) => desk.walkers(person)?,
                        None => Vec::new(),
                    },
                    second_step: second_step::get(desk.tx, one)?.is_some_and(|step| step.secret.is_some()),
                });
                shown.extend(role.person.map(|person| person.0));
            }
            Ok((found, shown))
        })
        .await
    }

    /// Makes a link with which somebody of this programme sets a new password. It is shown once, and goes to their mailbox too when
    /// they confirmed one. Links that were made before end, and the owner is told.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such role here, or it is one's own; [`Fault::RunsElsewhere`] when the account has a role
    /// that the actor's programme does not give; [`Fault::LinkShown`] when the same command made a link before.
    pub async fn make_way_in(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        membership: MembershipId,
    ) -> Result<WayIn> {
        let secret = Secret::new(self.ids.secret());
        let (link, row) = self.password_link(&secret).await?;
        let (news_id, within) = (self.ids.next(), actor.programme);
        let body = ("link", id, membership);
        let (kept, of): (LinkId, AccountId) = self
            .command(actor, command, Action::WayInLink, About::Programme(id), &body, move |desk| {
                let of = theirs(desk, id, membership)?.account;
                let roles = account::memberships(desk.tx, of)?;
                if within.is_some() && roles.iter().any(|role| role.programme != within) {
                    return Err(Fault::RunsElsewhere.into());
                }
                account::end_links(desk.tx, of, LinkKind::NewPassword.as_str(), desk.now)?;
                account::insert_link(desk.tx, &LinkRow { account: Some(of), ..row.clone() }, desk.now)?;
                news::add(desk.tx, news_id, of, News::LinkMade, "", None, desk.now)?;
                Ok((link, of))
            })
            .await?;
        // A command that was done before answers with the link of then; the one made just now opens nothing.
        if kept != link {
            return Err(Fault::LinkShown.into());
        }
        let keys = self.keys.clone();
        let (name, mailbox, lang) = self
            .store
            .read(move |tx| {
                let lang = account::get(tx, of)?.and_then(|row| Lang::from_tag(&row.lang));
                let mailbox = crate::reach::confirmed(tx, &keys, of)?;
                Ok::<_, Error>((App::name_of(&keys, tx, of)?, mailbox, lang.unwrap_or_default()))
            })
            .await?;
        let mailed = match mailbox {
            Some(to) => Mailed::of(&self.mail(to, lang, Kind::NewPassword, "/way-in/", &secret).await),
            None => Mailed::NoMailbox,
        };
        Ok(WayIn { name, secret, mailed })
    }

    /// Makes such a link for whoever runs the machine, and who could read the key ring as well: for the only administrator, whom
    /// nobody else can let in.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody signs in with this name.
    pub async fn way_in_from_the_machine(&self, name: &str) -> Result<Secret> {
        let secret = Secret::new(self.ids.secret());
        let (_, row) = self.password_link(&secret).await?;
        let (blind, now, news_id) = (self.blind_name(name), self.now(), self.ids.next());
        self.store
            .write(move |tx| {
                let of = account::by_sign_in_name(tx, &blind)?.ok_or(Error::NotFound)?.id;
                account::end_links(tx, of, LinkKind::NewPassword.as_str(), now)?;
                account::insert_link(tx, &LinkRow { account: Some(of), ..row.clone() }, now)?;
                news::add(tx, news_id, of, News::LinkMade, "", None, now)?;
                let entry = account_entry(now, None, Step::WayIn, Kept::Done);
                tx.journal(&Entry { about: Some(of.0), purpose: "running", ..entry })?;
                Ok::<_, Error>(())
            })
            .await?;
        Ok(secret)
    }

    /// The row of a link for a new password, without the account that it is for.
    async fn password_link(&self, secret: &Secret) -> Result<(LinkId, LinkRow)> {
        let id = LinkId(self.ids.next());
        let key = self.key(Owner::Agency).await?;
        let row = LinkRow {
            id,
            secret: secret.hash(),
            kind: LinkKind::NewPassword.as_str().into(),
            account: None,
            body: seal(&key, &link_place(id), &())?,
            until: self.now() + SignedDuration::from_hours(LINK_HOURS),
            used_at: None,
        };
        Ok((id, row))
    }

    /// Sends a link to a mailbox.
    async fn mail(
        &self,
        to: EmailAddress,
        lang: Lang,
        kind: Kind,
        start: &'static str,
        secret: &Secret,
    ) -> Outcome {
        let page = Page::opened_by(start, secret.expose()).unwrap_or_else(|| Page::of_all("/"));
        let notice = Notice::new(self.ids.unguessable(), kind, lang, page);
        self.outbound.send(self.now(), &Address::Email(to), &notice).await
    }

    /// Whether links can go out by e-mail.
    pub fn mails(&self) -> bool {
        self.outbound.can(Means::Email)
    }

    /// Sends an invitation to a mailbox. Who invited whom to what stands on the page behind it.
    ///
    /// # Errors
    /// When that is no mailbox.
    pub async fn mail_invitation(&self, to: &str, lang: Lang, secret: &Secret) -> Result<Mailed> {
        let to = EmailAddress::parse(to)?;
        if !self.mails() {
            return Ok(Mailed::NoMailbox);
        }
        Ok(Mailed::of(&self.mail(to, lang, Kind::Invitation, "/welcome/", secret).await))
    }

    /// Whether this can be a mailbox.
    ///
    /// # Errors
    /// When it can't.
    pub fn check_mailbox(typed: &str) -> Result<()> {
        EmailAddress::parse(typed)?;
        Ok(())
    }

    /// Sets a new password with a link, and perhaps another name to sign in with. Every session and every other such link of the
    /// account ends. Whoever has a second step is asked for it now.
    ///
    /// # Errors
    /// [`Fault::LinkOld`]; when the name is taken, or the password can't be.
    pub async fn new_password(
        &self,
        secret: &Secret,
        new_name: &str,
        password: &str,
        from: impl Into<Entrance>,
    ) -> Result<Entered> {
        let link = self.live_link(secret).await?;
        let (Some(LinkKind::NewPassword), Some(owner)) = (LinkKind::of(&link), link.account) else {
            return Err(Fault::LinkOld.into());
        };
        let keys = self.keys.clone();
        let (name, step) = self
            .store
            .read(move |tx| Ok::<_, Error>((App::name_of(&keys, tx, owner)?, second_step::get(tx, owner)?)))
            .await?;
        let beside = match step.is_some_and(|step| step.secret.is_some()) {
            true => Beside::SecondStep,
            false => Beside::Nothing,
        };
        if new_name.chars().count() > crate::account::NAME_LIMIT {
            return Err(Fault::TooLong("sign_in_name").into());
        }
        check_password(password, &[&name, new_name], beside)?;
        let hash = self.passwords.hash(password).await?;
        let blind = (!sign_in_name(new_name).is_empty()).then(|| self.blind_name(new_name));
        let (now, news_id) = (self.now(), self.ids.next());
        self.store
            .write(move |tx| {
                if !account::use_link(tx, link.id, owner, now)? {
                    return Err(Fault::LinkOld.into());
                }
                let row = account::get(tx, owner)?.ok_or(Fault::LinkOld)?;
                let sign_in_name = match &blind {
                    Some(name)
                        if account::by_sign_in_name(tx, name)?.is_some_and(|other| other.id != owner) =>
                    {
                        return Err(Fault::NameTaken.into());
                    }
                    Some(name) => Some(name.clone()),
                    None => row.sign_in_name.clone(),
                };
                let row = AccountRow { password: Some(hash.clone()), sign_in_name, ..row };
                if !account::change(tx, &row)? {
                    return Err(Error::Stale);
                }
                account::end_links(tx, owner, LinkKind::NewPassword.as_str(), now)?;
                session::end_others(tx, owner, Uuid::nil(), now)?;
                news::add(tx, news_id, owner, News::PasswordByLink, "", None, now)?;
                tx.journal(&account_entry(now, Some(owner), Step::NewPassword, Kept::Done))?;
                Ok::<_, Error>(())
            })
            .await?;
        self.enter(owner, None, from.into(), By::Password).await
    }

    /// Takes the second step off somebody who does not work here and has lost both what shows it and their paper. All their
    /// sessions end, the owner is told, and the password still stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such role in this programme.
    pub async fn forget_step_of_lost(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        membership: MembershipId,
    ) -> Result<()> {
        let news_id = self.ids.next();
        let (about, body) = (About::Programme(id), ("second step", id, membership));
        self.command(actor, command, Action::WayInForgetStep, about, &body, move |desk| {
            let row = theirs(desk, id, membership)?;
            if row.person.is_none() {
                return Err(Error::NotFound);
            }
            crate::second_step::take_off(desk, row.account, news_id)
        })
        .await
    }

    // ---- by oneself ----

    /// Notes that whoever signs in with this name forgot their password. What is done does not depend on whether there is such a
    /// name: [`App::mail_forgotten`] finds that out later.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forgot_password(&self, name: &str) -> Result<()> {
        let blind = self.blind_name(name);
        match self.begin_try(&self.counter("forgotten passwords", &blind, None)).await {
            // Nobody learns anything from it, and nobody keeps the owner from signing in by it.
            Err(Error::Fault(Fault::Wait(_))) => return Ok(()),
            tried => tried?,
        }
        let now = self.now();
        self.store.write(move |tx| Ok::<_, Error>(account::forgot(tx, &blind, now)?)).await
    }

    /// Sends a link to everybody who forgot their password and has a mailbox that they confirmed. A reconciler: it takes no input,
    /// and may run any number of times. Answers how many went out.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mail_forgotten(&self) -> Result<usize> {
        let names = self.store.read(|tx| Ok::<_, Error>(account::forgotten(tx, MOST)?)).await?;
        let mut sent = 0;
        for name in names {
            let secret = Secret::new(self.ids.secret());
            let (_, row) = self.password_link(&secret).await?;
            let (keys, now, news_id, again) = (self.keys.clone(), self.now(), self.ids.next(), name.clone());
            let mails = self.mails();
            let found = self
                .store
                .write(move |tx| {
                    let taken = account::take_forgotten(tx, &name)?;
                    let Some(owner) = account::by_sign_in_name(tx, &name)?.filter(|_| taken && mails) else {
                        return Ok(None);
                    };
                    let Some(to) = crate::reach::confirmed(tx, &keys, owner.id)? else { return Ok(None) };
                    let kind = LinkKind::NewPassword.as_str();
                    let since = now - SignedDuration::from_hours(24);
                    if account::links_since(tx, owner.id, kind, since)? >= MAILED_A_DAY {
                        return Ok(None);
                    }
                    account::end_links(tx, owner.id, kind, now)?;
                    account::insert_link(tx, &LinkRow { account: Some(owner.id), ..row.clone() }, now)?;
                    news::add(tx, news_id, owner.id, News::LinkMade, "", None, now)?;
                    Ok::<_, Error>(Some((to, Lang::from_tag(&owner.lang).unwrap_or_default())))
                })
                .await?;
            let Some((to, lang)) = found else { continue };
            match self.mail(to, lang, Kind::NewPassword, "/way-in/", &secret).await {
                Outcome::Accepted { .. } => sent += 1,
                // At most a few times a day, as everything that goes to one mailbox.
                Outcome::TryAgain(_) => {
                    self.store.write(move |tx| Ok::<_, Error>(account::forgot(tx, &again, now)?)).await?;
                }
                Outcome::Refused(_) => {}
            }
        }
        Ok(sent)
    }

    // ---- a mailbox of one's own ----

    /// Sends a letter to the mailbox that one wrote down, with a link that confirms it. Only a confirmed one is ever sent a link for a
    /// new password.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ask_mailbox(&self, session: &Session) -> Result<Mailed> {
        let (owner, lang) = (session.actor.account, session.actor.lang);
        let (keys, now, secret) = (self.keys.clone(), self.now(), Secret::new(self.ids.secret()));
        let (id, agency) = (LinkId(self.ids.next()), self.key(Owner::Agency).await?);
        let hash = secret.hash();
        if !self.mails() {
            return Ok(Mailed::NoMailbox);
        }
        let to = self
            .store
            .write(move |tx| {
                let Some((row, to)) = crate::reach::mailbox(tx, &keys, owner)? else { return Ok(None) };
                if row.confirmed_at.is_some() {
                    return Ok(None);
                }
                let kind = LinkKind::Mailbox.as_str();
                account::end_links(tx, owner, kind, now)?;
                let link = LinkRow {
                    id,
                    secret: hash.clone(),
                    kind: kind.into(),
                    account: Some(owner),
                    body: seal(&agency, &link_place(id), &row.id)?,
                    until: now + SignedDuration::from_hours(24 * MAILBOX_DAYS),
                    used_at: None,
                };
                account::insert_link(tx, &link, now)?;
                Ok::<_, Error>(Some(to))
            })
            .await?;
        Ok(match to {
            Some(to) => Mailed::of(&self.mail(to, lang, Kind::Mailbox, "/mailbox/", &secret).await),
            None => Mailed::NoMailbox,
        })
    }

    /// Confirms a mailbox with the link that went there.
    ///
    /// # Errors
    /// [`Fault::LinkOld`], also when the mailbox was changed since.
    pub async fn confirm_mailbox(&self, secret: &Secret) -> Result<()> {
        let link = self.live_link(secret).await?;
        let (Some(LinkKind::Mailbox), Some(owner)) = (LinkKind::of(&link), link.account) else {
            return Err(Fault::LinkOld.into());
        };
        let key = self.key(Owner::Agency).await?;
        let mailbox: ReachId = open(&key, &link_place(link.id), &link.body)?;
        let now = self.now();
        self.store
            .write(move |tx| {
                if !account::use_link(tx, link.id, owner, now)? || !reach::confirm(tx, mailbox, owner, now)? {
                    return Err(Fault::LinkOld.into());
                }
                tx.journal(&account_entry(now, Some(owner), Step::Mailbox, Kept::Done))?;
                Ok::<_, Error>(())
            })
            .await
    }
}
