//! Accounts: founding, invitations and links, and what their owner changes.

use crate::door::{About, Actor, account_place, open, seal};
use crate::programme::Here;
use crate::session::{By, Entered, Entrance};
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::account::{Beside, check_password, sign_in_name};
use porchlight_practice::guardian::GUARDIAN;
use porchlight_practice::id::{AccountId, CommandId, LinkId, MembershipId, PersonId, ProgrammeId};
use porchlight_practice::news::News;
use porchlight_practice::{Lang, Role};
use porchlight_store::account::{AccountRow, LinkRow, MembershipRow};
use porchlight_store::journal::{Entry, Outcome};
use porchlight_store::seal::{DataKey, Keys, Owner, Place};
use porchlight_store::{Tx, account, news, person, programme, second_step, session};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// Idle time after which a session on a device that others use too ends, in minutes.
pub const IDLE_SHARED_MINUTES: i64 = 15;
/// Idle time after which a session on one's own device ends, in minutes.
pub const IDLE_OWN_MINUTES: i64 = 30;
/// Longest session, in hours.
pub const SESSION_HOURS: i64 = 12;
/// How long an invitation can be used, in days.
pub const INVITATION_DAYS: i64 = 14;
/// The longest name, in characters.
pub(crate) const NAME_LIMIT: usize = 200;
/// The longest phone number, in characters.
const PHONE_LIMIT: usize = 100;

/// Counts refusals of strangers: people who are not signed in leave no entry, only a number.
#[derive(Debug, Default)]
pub struct Failures(pub(crate) AtomicU64);

impl Failures {
    /// How many since the program started.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What an account does outside of the two doors, as the journal names it: before there is a role, or while it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The agency was founded.
    Found,
    /// An account was made from an invitation.
    Create,
    /// An invitation was taken with the account one has.
    Join,
    /// Somebody signed in, or could not.
    SignIn,
    /// Somebody signed out.
    SignOut,
    /// Somebody went on in another of their roles.
    SwitchRole,
    /// Somebody showed again that it is they, or could not.
    Prove,
    /// A new password was set with a link.
    NewPassword,
    /// A mailbox was confirmed.
    Mailbox,
    /// A link for a new password was made at the machine.
    WayIn,
}

impl Step {
    /// Every step.
    pub const ALL: [Step; 10] = [
        Step::Found,
        Step::Create,
        Step::Join,
        Step::SignIn,
        Step::SignOut,
        Step::SwitchRole,
        Step::Prove,
        Step::NewPassword,
        Step::Mailbox,
        Step::WayIn,
    ];

    /// The name in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Found => "agency.found",
            Step::Create => "account.create",
            Step::Join => "account.join",
            Step::SignIn => "account.sign_in",
            Step::SignOut => "account.sign_out",
            Step::SwitchRole => "account.switch_role",
            Step::Prove => "account.prove",
            Step::NewPassword => "account.new_password",
            Step::Mailbox => "account.mailbox",
            Step::WayIn => "account.way_in",
        }
    }
}

/// The secret of a session or link, as it stands in a cookie or an address. Never in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes what came in a cookie or an address.
    pub fn from_text(text: &str) -> Secret {
        Secret(text.to_string())
    }

    /// For the cookie or the address.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub(crate) fn new(bytes: [u8; 32]) -> Secret {
        Secret(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A session that is going on.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// Who acts.
    pub actor: Actor,
    /// When it ends if nothing happens.
    pub ends: Timestamp,
    /// The programme they act in; none for a role in the whole agency.
    pub here: Option<Here>,
    /// When it began.
    pub started: Timestamp,
    /// When its owner last showed that it is they.
    pub proved: Timestamp,
    /// By when they have to have set up the second step; none when nobody asks for it, or it is set up.
    pub second_due: Option<Timestamp>,
    /// Whether other people use the device too.
    pub shared_device: bool,
    /// Whether something happened to how they sign in that they have not seen here.
    pub news: bool,
}

impl Session {
    /// Whether setting up the second step comes before everything else. It is decided when somebody signs in: nobody is stopped
    /// in the middle of something.
    pub fn must_set_up(&self) -> bool {
        self.actor.works_here() && self.second_due.is_some_and(|due| due <= self.started)
    }
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkKind {
    /// To make an account, or to take one more role.
    Invitation,
    /// To sign in, as in the demo.
    SignIn,
    /// To set a new password.
    NewPassword,
    /// To show that a mailbox is one's own.
    Mailbox,
}

impl LinkKind {
    /// The name in rows.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            LinkKind::Invitation => "invitation",
            LinkKind::SignIn => "sign_in",
            LinkKind::NewPassword => "new_password",
            LinkKind::Mailbox => "mailbox",
        }
    }

    /// What a row is for; none for a kind that this program does not know.
    pub(crate) fn of(row: &LinkRow) -> Option<LinkKind> {
        let all = [LinkKind::Invitation, LinkKind::SignIn, LinkKind::NewPassword, LinkKind::Mailbox];
        all.into_iter().find(|kind| kind.as_str() == row.kind)
    }
}

/// What an invitation gives.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Invitation {
    pub name: String,
    pub programme: Option<ProgrammeId>,
    pub role: Role,
    pub title: String,
    pub person: Option<PersonId>,
}

/// What somebody sees who opens a link.
#[derive(Debug, Clone)]
pub enum LinkView {
    /// They are invited.
    Invitation {
        /// What they were called by whoever invited them.
        name: String,
        /// The programme's name, if it is one.
        programme: Option<String>,
        /// In which role.
        role: Role,
    },
    /// They can sign in with one press.
    SignIn {
        /// Their name.
        name: String,
    },
    /// They can set a new password.
    NewPassword {
        /// Whether a second step stands beside it.
        second_step: bool,
    },
    /// They can show that a mailbox is their own.
    Mailbox,
}

/// What somebody chooses who was invited.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Their name, as others see it.
    pub name: String,
    /// The name to sign in with; an e-mail address or any word they can remember.
    pub sign_in_name: String,
    /// The password.
    pub password: String,
    /// The language they read.
    pub lang: Lang,
}

/// An account as its owner sees it.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// Their name.
    pub name: String,
    /// Their phone number, for colleagues; may be empty.
    pub phone: String,
    /// The language they read.
    pub lang: Lang,
    /// Counts changes.
    pub version: i64,
    /// Whether a second step stands beside the password.
    pub second_step: bool,
    /// What they are: membership, role, title, programme's name.
    pub roles: Vec<(MembershipId, Role, String, Option<String>)>,
    /// Whether they work here, and nothing here is their own support.
    pub only_works: bool,
}

/// Whether somebody with these roles works here, and nothing here is their own support: what their employer runs may open that.
pub(crate) fn only_works(roles: &[MembershipRow]) -> bool {
    !roles.is_empty() && roles.iter().all(|row| row.person.is_none() && !row.role.is_supported())
}

pub(crate) fn link_place(id: LinkId) -> Place {
    Place { table: "link", row: id.0, column: "body" }
}

pub(crate) fn lang(row: &AccountRow) -> Lang {
    Lang::from_tag(&row.lang).unwrap_or_default()
}

pub(crate) fn actor_of(keys: &Keys, tx: &mut Tx<'_>, row: &MembershipRow) -> Result<Actor> {
    let owner = account::get(tx, row.account)?.ok_or(Error::SignedOut)?;
    let key = keys.get(tx, Owner::Worker(row.account.0))?;
    Ok(Actor {
        account: row.account,
        membership: row.id,
        role: row.role,
        programme: row.programme,
        person: row.person.filter(|_| row.role == Role::Person),
        ward: row.person.filter(|_| row.role == Role::Supporter && row.title == GUARDIAN),
        title: row.title.clone(),
        name: open(&key, &account_place(row.account, "name"), &owner.name)?,
        lang: lang(&owner),
    })
}

/// Somebody whose roles have all ended: their account and what is theirs alone stay open to them.
pub(crate) fn former_actor(keys: &Keys, tx: &mut Tx<'_>, id: AccountId) -> Result<Actor> {
    let owner = account::get(tx, id)?.ok_or(Error::SignedOut)?;
    let key = keys.get(tx, Owner::Worker(id.0))?;
    Ok(Actor {
        account: id,
        membership: MembershipId(Uuid::nil()),
        role: Role::Former,
        programme: None,
        person: None,
        ward: None,
        title: String::new(),
        name: open(&key, &account_place(id, "name"), &owner.name)?,
        lang: lang(&owner),
    })
}

pub(crate) fn account_entry(
    at: Timestamp,
    account: Option<AccountId>,
    step: Step,
    outcome: Outcome,
) -> Entry<'static> {
    Entry {
        at,
        actor: account.map(|id| id.0),
        actor_role: "",
        action: step.as_str(),
        outcome,
        about_kind: "account",
        about: account.map(|id| id.0),
        person: None,
        programme: None,
        part: "",
        purpose: "own",
        policy: "",
        command: None,
        detail: &[],
    }
}

impl App {
    pub(crate) fn blind_name(&self, name: &str) -> Vec<u8> {
        self.keys.blind("sign-in name", &sign_in_name(name)).to_vec()
    }

    /// Founds the agency: its key, and an invitation for the first administrator. Does nothing twice.
    ///
    /// # Errors
    /// [`Error::Fault`] with [`Fault::NameTaken`] when the agency has been founded already.
    pub async fn found_agency(&self, admin_name: &str) -> Result<Secret> {
        let (data_key, key) = self.keys.make(Owner::Agency)?;
        let now = self.now();
        let keys = self.keys.clone();
        let invitation = Invitation {
            name: admin_name.trim().into(),
            programme: None,
            role: Role::ProgrammeAdmin,
            title: String::new(),
            person: None,
        };
        let (secret, row) = self.sealed_invitation(&data_key, &invitation)?;
        // All at once: an agency that is founded has a first link.
        self.store
            .write(move |tx| {
                if keys.get(tx, Owner::Agency).is_ok() {
                    return Err(Fault::NameTaken.into());
                }
                tx.put_key(&key, now)?;
                account::insert_link(tx, &row, now)?;
                let entry = account_entry(now, None, Step::Found, Outcome::Done);
                tx.journal(&Entry { about_kind: "agency", purpose: "running", ..entry })?;
                Ok::<_, Error>(())
            })
            .await?;
        Ok(secret)
    }

    /// Whether the agency has been founded.
    pub async fn is_founded(&self) -> bool {
        self.key(Owner::Agency).await.is_ok()
    }

    /// Prepares an invitation; the caller keeps the row in its own transaction.
    pub(crate) async fn new_invitation(&self, invitation: Invitation) -> Result<(Secret, LinkRow)> {
        let key = self.key(Owner::Agency).await?;
        self.sealed_invitation(&key, &invitation)
    }

    fn sealed_invitation(&self, key: &DataKey, invitation: &Invitation) -> Result<(Secret, LinkRow)> {
        let secret = Secret::new(self.ids.secret());
        let id = LinkId(self.ids.next());
        let row = LinkRow {
            id,
            secret: secret.hash(),
            kind: LinkKind::Invitation.as_str().into(),
            account: None,
            body: seal(key, &link_place(id), invitation)?,
            until: self.now() + SignedDuration::from_hours(24 * INVITATION_DAYS),
            used_at: None,
        };
        Ok((secret, row))
    }

    /// A link that signs an account in, as often as it is opened, until a time. For the demo only.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_in_link(&self, membership: MembershipId, until: Timestamp) -> Result<Secret> {
        let secret = Secret::new(self.ids.secret());
        let (id, hash) = (LinkId(self.ids.next()), secret.hash());
        let key = self.key(Owner::Agency).await?;
        let body = seal(&key, &link_place(id), &membership)?;
        let now = self.now();
        self.store
            .write(move |tx| {
                let row = account::get_membership(tx, membership)?.ok_or(Error::NotFound)?;
                let link = LinkRow {
                    id,
                    secret: hash.clone(),
                    kind: LinkKind::SignIn.as_str().into(),
                    account: Some(row.account),
                    body: body.clone(),
                    until,
                    used_at: None,
                };
                Ok::<_, Error>(account::insert_link(tx, &link, now)?)
            })
            .await?;
        Ok(secret)
    }

    pub(crate) async fn live_link(&self, secret: &Secret) -> Result<LinkRow> {
        let (hash, now) = (secret.hash(), self.now());
        let found = self.store.read(move |tx| Ok::<_, Error>(account::link(tx, &hash)?)).await?;
        match found {
            Some(row) if row.used_at.is_none() && row.until > now => Ok(row),
            _ => {
                self.failures.0.fetch_add(1, Ordering::Relaxed);
                Err(Fault::LinkOld.into())
            }
        }
    }

    /// What a link gives; opening it changes nothing.
    ///
    /// # Errors
    /// [`Fault::LinkOld`] when it was used, has run out or never was.
    pub async fn link(&self, secret: &Secret) -> Result<LinkView> {
        let row = self.live_link(secret).await?;
        let key = self.key(Owner::Agency).await?;
        match LinkKind::of(&row).ok_or(Fault::LinkOld)? {
            LinkKind::SignIn => {
                let (account, keys) = (row.account.ok_or(Fault::LinkOld)?, self.keys.clone());
                let name = self.store.read(move |tx| App::name_of(&keys, tx, account)).await?;
                return Ok(LinkView::SignIn { name });
            }
            LinkKind::NewPassword => {
                let account = row.account.ok_or(Fault::LinkOld)?;
                let step = self.store.read(move |tx| Ok::<_, Error>(second_step::get(tx, account)?)).await?;
                return Ok(LinkView::NewPassword {
                    second_step: step.is_some_and(|step| step.secret.is_some()),
                });
            }
            LinkKind::Mailbox => return Ok(LinkView::Mailbox),
            LinkKind::Invitation => {}
        }
        let invitation: Invitation = open(&key, &link_place(row.id), &row.body)?;
        let programme = match invitation.programme {
            Some(id) => {
                self.store.read(move |tx| Ok::<_, Error>(programme::get(tx, id)?)).await?.map(|row| row.name)
            }
            None => None,
        };
        Ok(LinkView::Invitation { name: invitation.name, programme, role: invitation.role })
    }

    /// Signs in with a link. It takes the place of the password alone: whoever has a second step is asked for it.
    ///
    /// # Errors
    /// [`Fault::LinkOld`].
    pub async fn sign_in_by_link(&self, secret: &Secret, from: impl Into<Entrance>) -> Result<Entered> {
        let row = self.live_link(secret).await?;
        if LinkKind::of(&row) != Some(LinkKind::SignIn) {
            return Err(Fault::LinkOld.into());
        }
        let key = self.key(Owner::Agency).await?;
        let membership: MembershipId = open(&key, &link_place(row.id), &row.body)?;
        let account = row.account.ok_or(Fault::LinkOld)?;
        self.enter(account, Some(membership), from.into(), By::Link).await
    }

    /// Makes an account from an invitation and signs it in.
    ///
    /// # Errors
    /// When the link is old, the name is taken or missing, or the password can't be taken.
    pub async fn accept_invitation(
        &self,
        secret: &Secret,
        new: NewAccount,
        from: impl Into<Entrance>,
    ) -> Result<Secret> {
        let link = self.live_link(secret).await?;
        if LinkKind::of(&link) != Some(LinkKind::Invitation) {
            return Err(Fault::LinkOld.into());
        }
        let agency = self.key(Owner::Agency).await?;
        let invitation: Invitation = open(&agency, &link_place(link.id), &link.body)?;
        if new.name.trim().is_empty() {
            return Err(Fault::Empty("name").into());
        }
        if sign_in_name(&new.sign_in_name).is_empty() {
            return Err(Fault::Empty("sign_in_name").into());
        }
        for (field, text) in [("name", &new.name), ("sign_in_name", &new.sign_in_name)] {
            if text.chars().count() > NAME_LIMIT {
                return Err(Fault::TooLong(field).into());
            }
        }
        check_password(&new.password, &[&new.sign_in_name, &new.name], Beside::Nothing)?;
        let password = self.passwords.hash(&new.password).await?;
        let (account, membership) = self.prepare_account(
            new.name.trim(),
            Some(&new.sign_in_name),
            Some(password),
            new.lang,
            &invitation,
        )?;
        let now = self.now();
        let (id, link_id, session_of) = (account.row.id, link.id, membership.id);
        self.store
            .write(move |tx| {
                if let Some(name) = &account.row.sign_in_name
                    && account::by_sign_in_name(tx, name)?.is_some()
                {
                    return Err(Fault::NameTaken.into());
                }
                account.insert(tx, now)?;
                account::insert_membership(tx, &membership)?;
                if !account::use_link(tx, link_id, id, now)? {
                    return Err(Fault::LinkOld.into());
                }
                tx.journal(&account_entry(now, Some(id), Step::Create, Outcome::Done))?;
                Ok::<_, Error>(())
            })
            .await?;
        self.new_session(id, Some(session_of), &from.into(), By::Password).await
    }

    /// Takes an invitation with the account one has: one more role, to switch to and from. The session acts in it now.
    /// Whoever is supported by the agency they work for has their record hidden from their colleagues from here on.
    ///
    /// # Errors
    /// [`Fault::LinkOld`].
    pub async fn join(&self, session: &Session, secret: &Secret) -> Result<()> {
        let link = self.live_link(secret).await?;
        if LinkKind::of(&link) != Some(LinkKind::Invitation) {
            return Err(Fault::LinkOld.into());
        }
        let agency = self.key(Owner::Agency).await?;
        let invitation: Invitation = open(&agency, &link_place(link.id), &link.body)?;
        let (now, owner, this) = (self.now(), session.actor.account, session.id);
        let membership = MembershipRow {
            id: MembershipId(self.ids.next()),
            account: owner,
            programme: invitation.programme,
            role: invitation.role,
            title: invitation.title,
            person: invitation.person,
            since: now,
            ended: None,
        };
        self.store
            .write(move |tx| {
                account::insert_membership(tx, &membership)?;
                if !account::use_link(tx, link.id, owner, now)? {
                    return Err(Fault::LinkOld.into());
                }
                session::switch(tx, this, membership.id)?;
                let roles = account::memberships(tx, owner)?;
                if roles.iter().any(|role| role.person.is_none()) {
                    let own = roles.iter().filter(|role| role.role == Role::Person);
                    for person in own.filter_map(|role| role.person) {
                        person::guard(tx, person)?;
                    }
                }
                tx.journal(&account_entry(now, Some(owner), Step::Join, Outcome::Done))?;
                Ok::<_, Error>(())
            })
            .await
    }

    /// Makes the rows of a new account in a role.
    pub(crate) fn prepare_account(
        &self,
        name: &str,
        sign_in: Option<&str>,
        password: Option<String>,
        lang: Lang,
        invitation: &Invitation,
    ) -> Result<(PreparedAccount, MembershipRow)> {
        let id = AccountId(self.ids.next());
        let (key, wrapped) = self.keys.make(Owner::Worker(id.0))?;
        let row = AccountRow {
            id,
            sign_in_name: sign_in.map(|name| self.blind_name(name)),
            name: seal(&key, &account_place(id, "name"), &name)?,
            phone: None,
            password,
            lang: lang.tag().into(),
            version: 1,
        };
        let membership = MembershipRow {
            id: MembershipId(self.ids.next()),
            account: id,
            programme: invitation.programme,
            role: invitation.role,
            title: invitation.title.clone(),
            person: invitation.person,
            since: self.now(),
            ended: None,
        };
        Ok((PreparedAccount { row, wrapped }, membership))
    }

    /// An actor for a membership, without a session: for the operator's commands and the demo.
    ///
    /// # Errors
    /// When there is no such membership.
    pub async fn actor(&self, membership: MembershipId) -> Result<Actor> {
        let keys = self.keys.clone();
        self.store
            .read(move |tx| {
                let row = account::get_membership(tx, membership)?.ok_or(Error::NotFound)?;
                actor_of(&keys, tx, &row)
            })
            .await
    }

    /// One's own account.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn my_account(&self, actor: &Actor) -> Result<AccountView> {
        let id = actor.account;
        self.look(actor, Action::AccountRead, About::Own, "account", move |desk| {
            let row = account::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let owner = Owner::Worker(id.0);
            let name = desk.open(owner, account_place(id, "name"), &row.name)?;
            let phone = match &row.phone {
                Some(sealed) => desk.open(owner, account_place(id, "phone"), sealed)?,
                None => String::new(),
            };
            let mut roles = Vec::new();
            let memberships = account::memberships(desk.tx, id)?;
            let only_works = only_works(&memberships);
            for role in memberships {
                let programme = match role.programme {
                    Some(programme) => programme::get(desk.tx, programme)?.map(|row| row.name),
                    None => None,
                };
                roles.push((role.id, role.role, role.title, programme));
            }
            let second_step = second_step::get(desk.tx, id)?.is_some_and(|step| step.secret.is_some());
            Ok(AccountView {
                name,
                phone,
                lang: lang(&row),
                version: row.version,
                second_step,
                roles,
                only_works,
            })
        })
        .await
    }

    /// Changes name, phone and language of one's own account.
    ///
    /// # Errors
    /// When the name is missing, or it was changed since `version`.
    pub async fn change_account(
        &self,
        actor: &Actor,
        command: CommandId,
        name: &str,
        phone: &str,
        new_lang: Lang,
        version: i64,
    ) -> Result<()> {
        let (name, phone) = (name.trim().to_string(), phone.trim().to_string());
        if name.is_empty() {
            return Err(Fault::Empty("name").into());
        }
        if name.chars().count() > NAME_LIMIT {
            return Err(Fault::TooLong("name").into());
        }
        if phone.chars().count() > PHONE_LIMIT {
            return Err(Fault::TooLong("phone").into());
        }
        let id = actor.account;
        let key = self.key(Owner::Worker(id.0)).await?;
        let sealed_name = seal(&key, &account_place(id, "name"), &name)?;
        let sealed_phone = seal(&key, &account_place(id, "phone"), &phone)?;
        let body = (name, phone, new_lang, version);
        self.command(actor, command, Action::AccountChange, About::Own, &body, move |desk| {
            let mut row = account::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            row.name = sealed_name.clone();
            row.phone = Some(sealed_phone.clone());
            row.lang = new_lang.tag().into();
            row.version = version;
            if account::change(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Changes the password; every other session of the account ends.
    ///
    /// # Errors
    /// When the old password doesn't fit, or the new one can't be taken.
    pub async fn change_password(
        &self,
        session: &Session,
        command: CommandId,
        old: &str,
        new: &str,
    ) -> Result<()> {
        let (id, this) = (session.actor.account, session.id);
        let (row, step) = self
            .store
            .read(move |tx| Ok::<_, Error>((account::get(tx, id)?, second_step::get(tx, id)?)))
            .await?;
        let row = row.ok_or(Error::NotFound)?;
        let beside = match step.is_some_and(|step| step.secret.is_some()) {
            true => Beside::SecondStep,
            false => Beside::Nothing,
        };
        check_password(new, &[&session.actor.name], beside)?;
        self.own_password(session, old).await?;
        let hash = self.passwords.hash(new).await?;
        let news_id = self.ids.next();
        self.command(&session.actor, command, Action::AccountChange, About::Own, "password", move |desk| {
            let row = AccountRow { password: Some(hash.clone()), ..row.clone() };
            session::end_others(desk.tx, id, this, desk.now)?;
            account::end_links(desk.tx, id, LinkKind::NewPassword.as_str(), desk.now)?;
            news::add(desk.tx, news_id, id, News::PasswordChanged, "", Some(this), desk.now)?;
            if account::change(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }
}

/// The rows of an account that is about to be.
pub(crate) struct PreparedAccount {
    pub row: AccountRow,
    wrapped: porchlight_store::seal::WrappedKey,
}

impl PreparedAccount {
    pub fn insert(&self, tx: &mut Tx<'_>, at: Timestamp) -> Result<()> {
        tx.put_key(&self.wrapped, at)?;
        account::insert(tx, &self.row, at)?;
        Ok(())
    }
}
