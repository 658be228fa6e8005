//! Sessions: signing in and out, on which devices one is signed in, and showing again that it is oneself.
//!
//! A try is counted before it is made, under the name that was typed, or under the mark of a device on which that name signed in
//! before. So many tries at once win nothing, and nobody's wrong tries keep the owner out at their own phone.

use crate::account::{
    IDLE_OWN_MINUTES, IDLE_SHARED_MINUTES, SESSION_HOURS, Secret, Session, Step, account_entry, actor_of,
    former_actor,
};
use crate::door::{About, Actor};
use crate::programme::Packs;
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::Role;
use porchlight_practice::account::{PASSWORD_LIMIT, PasswordFault, TRIES_HOURS, Tries};
use porchlight_practice::id::{AccountId, CommandId, MembershipId};
use porchlight_practice::news::News;
use porchlight_practice::pack::{COMMON, PackId, Settings};
use porchlight_practice::second_step::due;
use porchlight_store::account::MembershipRow;
use porchlight_store::journal::{Entry, Outcome};
use porchlight_store::session::{HalfWay, SessionRow};
use porchlight_store::{Tx, account, news, passkey, second_step, session};
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// How long after somebody showed that it is they this is believed for what leaves the house, in minutes.
pub const PROOF_MINUTES: i64 = 5;
/// How long there is for the second step after the first, in minutes.
const HALF_WAY_MINUTES: i64 = 10;

/// From where somebody signs in.
#[derive(Debug, Clone, Default)]
pub struct Entrance {
    /// Whether other people use the device too.
    pub shared: bool,
    /// Which kind of browser, by a name from a closed list.
    pub browser: String,
    /// What the device shows of having been signed in on before.
    pub mark: Option<String>,
}

impl From<bool> for Entrance {
    /// An unknown browser, on a device that others use or not.
    fn from(shared: bool) -> Entrance {
        Entrance { shared, ..Entrance::default() }
    }
}

/// How somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// With a password.
    Password,
    /// With a passkey.
    Passkey,
    /// By the agency's provider.
    #[cfg_attr(not(feature = "single-sign-on"), expect(dead_code, reason = "there is no provider"))]
    Provider,
    /// By the agency's provider, which asked for both factors and is believed.
    BothFactors,
    /// With a link, as in the demo.
    Link,
}

/// What a password that fits, or a link, opens.
#[derive(Debug, Clone)]
pub enum Entered {
    /// A session.
    In(Secret),
    /// The way to the second step: what a cookie carries there.
    HalfWay(String),
}

impl Entered {
    /// The session, where no second step is asked for.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when it is.
    pub fn secret(self) -> Result<Secret> {
        match self {
            Entered::In(secret) => Ok(secret),
            Entered::HalfWay(_) => Err(Fault::SignIn.into()),
        }
    }
}

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct SessionLine {
    /// Its id.
    pub id: Uuid,
    /// Which kind of browser, by a name from a closed list; empty when it is not known.
    pub browser: String,
    /// Since when.
    pub started: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// Whether others use the device too.
    pub shared: bool,
    /// Whether it is the one that looks.
    pub this: bool,
}

/// Under what a try is counted.
#[derive(Debug, Clone)]
pub(crate) struct Counter {
    key: Vec<u8>,
    tries: Tries,
}

fn ends(row: &SessionRow) -> Timestamp {
    let idle = if row.shared_device { IDLE_SHARED_MINUTES } else { IDLE_OWN_MINUTES };
    let idle = row.seen + SignedDuration::from_mins(idle);
    idle.min(row.started + SignedDuration::from_hours(SESSION_HOURS))
}

/// By when somebody with these roles has to have set up the second step.
fn second_due(
    tx: &mut Tx<'_>,
    packs: &Packs,
    account: AccountId,
    roles: &[MembershipRow],
    by: By,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let mut days: Option<u32> = None;
    let works = |role: &&MembershipRow| !matches!(role.role, Role::Person | Role::Supporter);
    for role in roles.iter().filter(works) {
        let asked = match role.programme {
            Some(programme) => packs.rules(tx, programme, now)?.0.second_step_days,
            None => packs.library().get(&PackId(COMMON.into())).and_then(|common| {
                common
                    .rules(now.to_zoned(jiff::tz::TimeZone::UTC).date(), &Settings::default())
                    .second_step_days
            }),
        };
        days = days.into_iter().chain(asked).min();
    }
    let Some(days) = days else { return Ok(None) };
    let row = second_step::get(tx, account)?;
    let set = row.as_ref().is_some_and(|row| row.secret.is_some());
    if set || by == By::BothFactors || !passkey::of_account(tx, account)?.is_empty() {
        return Ok(None);
    }
    // Links are the demo's: whoever looks around there is told of the second step and never stopped.
    if by == By::Link {
        return Ok(Some(due(now, days.max(1), |_| None)));
    }
    let asked = match row.and_then(|row| row.asked_at) {
        Some(asked) => asked,
        None => {
            second_step::ask(tx, account, now)?;
            now
        }
    };
    let day = due(asked, days, |_| None);
    let shift = session::last_before(tx, account, day)?;
    Ok(Some(due(asked, days, |_| shift)))
}

impl App {
    /// What a device carries on which this account signed in, both steps of it: it has a counter of its own for wrong tries. It
    /// tells nothing, and opens nothing. None when the device carries it already.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn device_mark(&self, actor: &Actor, carried: Option<&str>) -> Result<Option<String>> {
        let id = actor.account;
        let row = self.store.read(move |tx| Ok::<_, Error>(account::get(tx, id)?)).await?;
        let Some(name) = row.and_then(|row| row.sign_in_name) else { return Ok(None) };
        if self.counter("sign-in tries", &name, carried).tries == Tries::Known {
            return Ok(None);
        }
        let nonce = Secret::new(self.ids.secret());
        Ok(Some(format!("{}.{}", nonce.expose(), hex(&self.mark_of(&name, nonce.expose())))))
    }

    fn mark_of(&self, name: &[u8], nonce: &str) -> [u8; 16] {
        self.keys.blind("mark of a device", &format!("{} {nonce}", hex(name)))
    }

    pub(crate) fn counter(&self, kind: &str, name: &[u8], mark: Option<&str>) -> Counter {
        let known = mark.and_then(|mark| mark.split_once('.')).filter(|(nonce, seal)| {
            let right = hex(&self.mark_of(name, nonce));
            // Whoever guesses at it learns nothing from how long the answer takes.
            right.len() == seal.len()
                && right.bytes().zip(seal.bytes()).fold(0, |all, (one, other)| all | (one ^ other)) == 0
        });
        let (tries, text) = match known {
            Some((nonce, _)) => (Tries::Known, format!("{} {nonce}", hex(name))),
            None => (Tries::Unknown, hex(name)),
        };
        Counter { key: self.keys.blind(kind, &text).to_vec(), tries }
    }

    /// Counts a try before it is made.
    pub(crate) async fn begin_try(&self, counter: &Counter) -> Result<()> {
        let (counter, now) = (counter.clone(), self.now());
        self.store
            .write(move |tx| {
                let since = now - SignedDuration::from_hours(TRIES_HOURS);
                let (wrong, last) = session::tries(tx, &counter.key, since)?;
                let waits = last.map_or(now, |last| last + counter.tries.wait(wrong));
                if waits > now {
                    return Err(Fault::Wait(waits.duration_since(now).as_secs().max(1)).into());
                }
                Ok::<_, Error>(session::count_try(tx, &counter.key, now)?)
            })
            .await
    }

    pub(crate) async fn end_tries(&self, counter: &Counter) -> Result<()> {
        let key = counter.key.clone();
        self.store.write(move |tx| Ok::<_, Error>(session::forget_tries(tx, &key)?)).await
    }

    /// Notes a wrong try on the journal. After several, its owner is told what was tried.
    async fn refuse(
        &self,
        account: Option<AccountId>,
        step: Step,
        tried: Option<(&Counter, News)>,
    ) -> Result<()> {
        self.failures.0.fetch_add(1, Ordering::Relaxed);
        let Some(account) = account else { return Ok(()) };
        let (now, id) = (self.now(), self.ids.next());
        let tried = tried.map(|(counter, what)| (counter.key.clone(), what));
        self.store
            .write(move |tx| {
                if let Some((key, what)) = &tried {
                    let since = now - SignedDuration::from_hours(TRIES_HOURS);
                    let (wrong, _) = session::tries(tx, key, since)?;
                    let enough = what.after_tries().is_some_and(|many| wrong >= many);
                    if enough && !crate::news::was_said(tx, account, *what, "", now)? {
                        news::add(tx, id, account, *what, "", None, now)?;
                    }
                }
                tx.journal(&account_entry(now, Some(account), step, Outcome::Refused))?;
                Ok::<_, Error>(())
            })
            .await
    }

    /// Signs in with name and password.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when they don't fit, [`Fault::Wait`] after too many tries.
    pub async fn sign_in(&self, name: &str, password: &str, from: impl Into<Entrance>) -> Result<Entered> {
        let (from, blind) = (from.into(), self.blind_name(name));
        if password.len() > PASSWORD_LIMIT {
            return Err(PasswordFault::TooLong.into());
        }
        let counter = self.counter("sign-in tries", &blind, from.mark.as_deref());
        self.begin_try(&counter).await?;
        let row = self.store.read(move |tx| Ok::<_, Error>(account::by_sign_in_name(tx, &blind)?)).await?;
        let hash = row.as_ref().and_then(|row| row.password.clone());
        if !self.passwords.fits(password, hash.as_deref()).await? {
            self.refuse(row.map(|row| row.id), Step::SignIn, Some((&counter, News::WrongPasswords))).await?;
            return Err(Fault::SignIn.into());
        }
        let row = row.ok_or(Fault::SignIn)?;
        self.end_tries(&counter).await?;
        self.enter(row.id, None, from, By::Password).await
    }

    /// Lets somebody in who has shown the first thing, or sends them on to the second.
    pub(crate) async fn enter(
        &self,
        account: AccountId,
        membership: Option<MembershipId>,
        from: Entrance,
        by: By,
    ) -> Result<Entered> {
        if self.store.read(move |tx| crate::passkey::stands_beside(tx, account)).await? {
            let half = HalfWay { account, membership, shared_device: from.shared, at: self.now() };
            return Ok(Entered::HalfWay(half.to_token(&self.keys)?));
        }
        Ok(Entered::In(self.new_session(account, membership, &from, by).await?))
    }

    /// The second step of signing in: a code of the app, or one of those on paper. Answers the session, and how many codes are
    /// left on the paper when one of them was used.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when the first step was too long ago, [`Fault::Code`] when the code does not fit or was used before,
    /// [`Fault::Wait`] after too many tries.
    pub async fn sign_in_code(
        &self,
        half_way: &str,
        code: &str,
        from: impl Into<Entrance>,
    ) -> Result<(Secret, Option<i64>)> {
        let half = HalfWay::from_token(&self.keys, half_way).map_err(|_| Error::SignedOut)?;
        let too_late = half.at + SignedDuration::from_mins(HALF_WAY_MINUTES);
        if self.now() >= too_late {
            return Err(Error::SignedOut);
        }
        let from = Entrance { shared: half.shared_device, ..from.into() };
        let owner = half.account;
        let row = self.store.read(move |tx| Ok::<_, Error>(account::get(tx, owner)?)).await?;
        let name = row.and_then(|row| row.sign_in_name).unwrap_or_else(|| owner.0.as_bytes().to_vec());
        let counter = self.counter("second step tries", &name, from.mark.as_deref());
        self.begin_try(&counter).await?;
        match self.take_code(half.account, code).await? {
            None => {
                self.refuse(Some(half.account), Step::SignIn, Some((&counter, News::WrongCodes))).await?;
                Err(Fault::Code.into())
            }
            Some(left) => {
                self.end_tries(&counter).await?;
                let secret = self.new_session(half.account, half.membership, &from, By::Password).await?;
                Ok((secret, left))
            }
        }
    }

    pub(crate) async fn new_session(
        &self,
        account: AccountId,
        membership: Option<MembershipId>,
        from: &Entrance,
        by: By,
    ) -> Result<Secret> {
        let secret = Secret::new(self.ids.secret());
        let (id, hash, now, packs) = (self.ids.next(), secret.hash(), self.now(), self.packs.clone());
        let (shared_device, browser) = (from.shared, from.browser.clone());
        let (app, mark, news_id) = (self.clone(), from.mark.clone(), self.ids.next());
        self.store
            .write(move |tx| {
                let roles = account::memberships(tx, account)?;
                // None when every role has ended: then the session opens what belongs to the human.
                let chosen = membership
                    .filter(|id| roles.iter().any(|role| role.id == *id))
                    .or_else(|| roles.first().map(|role| role.id));
                let row = SessionRow {
                    id,
                    secret: hash.clone(),
                    account,
                    membership: chosen,
                    shared_device,
                    started: now,
                    seen: now,
                    proved_at: now,
                    second_due: second_due(tx, &packs, account, &roles, by, now)?,
                    browser: browser.clone(),
                    news: crate::news::waits(tx, account, now)?,
                };
                session::insert(tx, &row)?;
                let name = account::get(tx, account)?.and_then(|row| row.sign_in_name);
                let known = name.is_some_and(|name| {
                    app.counter("sign-in tries", &name, mark.as_deref()).tries == Tries::Known
                });
                // The first time, every device is new. Links that sign in are the demo's.
                let before = session::last_before(tx, account, now)?.is_some() && by != By::Link;
                if before && !known && !crate::news::was_said(tx, account, News::NewDevice, &browser, now)? {
                    news::add(tx, news_id, account, News::NewDevice, &browser, Some(id), now)?;
                }
                tx.journal(&account_entry(now, Some(account), Step::SignIn, Outcome::Done))?;
                Ok::<_, Error>(())
            })
            .await?;
        Ok(secret)
    }

    /// The session of a cookie.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when it has ended or never was.
    pub async fn session(&self, secret: &Secret) -> Result<Session> {
        let (hash, now, keys, packs) = (secret.hash(), self.now(), self.keys.clone(), self.packs.clone());
        let (row, session) = self
            .store
            .read(move |tx| {
                let row = session::by_secret(tx, &hash)?.ok_or(Error::SignedOut)?;
                let ends = ends(&row);
                if ends <= now {
                    return Err(Error::SignedOut);
                }
                let actor = match row.membership {
                    Some(id) => {
                        let membership = account::get_membership(tx, id)?.ok_or(Error::SignedOut)?;
                        if membership.ended.is_some() {
                            return Err(Error::SignedOut);
                        }
                        actor_of(&keys, tx, &membership)?
                    }
                    None => former_actor(&keys, tx, row.account)?,
                };
                let here = actor.programme.map(|id| packs.here(tx, id, now)).transpose()?;
                let session = Session {
                    id: row.id,
                    actor,
                    ends,
                    here,
                    started: row.started,
                    proved: row.proved_at,
                    second_due: row.second_due,
                    shared_device: row.shared_device,
                    news: row.news,
                };
                Ok((row, session))
            })
            .await?;
        if now.as_second() - row.seen.as_second() >= 60 {
            self.store.write(move |tx| Ok::<_, Error>(session::touch(tx, row.id, now)?)).await?;
        }
        Ok(session)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_out(&self, session: &Session) -> Result<()> {
        let (id, account, now) = (session.id, session.actor.account, self.now());
        self.store
            .write(move |tx| {
                session::end(tx, id, now)?;
                tx.journal(&account_entry(now, Some(account), Step::SignOut, Outcome::Done))?;
                Ok(())
            })
            .await
    }

    /// Acts in another of the account's roles from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not one of theirs.
    pub async fn switch_role(&self, session: &Session, to: MembershipId) -> Result<()> {
        let (id, owner, now) = (session.id, session.actor.account, self.now());
        self.store
            .write(move |tx| {
                let row = account::get_membership(tx, to)?.ok_or(Error::NotFound)?;
                if row.account != owner || row.ended.is_some() {
                    return Err(Error::NotFound);
                }
                session::switch(tx, id, to)?;
                // Without the programme: its journal must not tell that somebody who works here is supported here.
                let entry = account_entry(now, Some(owner), Step::SwitchRole, Outcome::Done);
                tx.journal(&Entry { about_kind: "membership", about: Some(to.0), ..entry })?;
                Ok(())
            })
            .await
    }

    // ---- showing again that it is oneself ----

    /// Whether its owner showed lately enough that it is they, for what leaves the house.
    pub fn is_proved(&self, session: &Session) -> bool {
        self.now() < session.proved + SignedDuration::from_mins(PROOF_MINUTES)
    }

    /// Shows again that it is oneself: by the password, or by a code of the second step.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when it is neither, [`Fault::Wait`] after too many tries.
    pub async fn prove(&self, session: &Session, typed: &str) -> Result<()> {
        self.shown(session, typed, true).await?;
        let (id, owner) = (session.id, session.actor.account);
        let now = self.now();
        self.store
            .write(move |tx| {
                session::prove(tx, id, now)?;
                tx.journal(&account_entry(now, Some(owner), Step::Prove, Outcome::Done))?;
                Ok::<_, Error>(())
            })
            .await
    }

    /// Whether this is the password of whoever is signed in.
    pub(crate) async fn own_password(&self, session: &Session, typed: &str) -> Result<()> {
        self.shown(session, typed, false).await
    }

    /// Whether what was typed is the password of whoever is signed in or, where codes count too, a code of theirs. Wrong tries of
    /// one session are counted together.
    async fn shown(&self, session: &Session, typed: &str, codes: bool) -> Result<()> {
        let owner = session.actor.account;
        if typed.len() > PASSWORD_LIMIT {
            return Err(Fault::SignIn.into());
        }
        let counter = self.counter("proof tries", session.id.as_bytes(), None);
        self.begin_try(&counter).await?;
        let row = self.store.read(move |tx| Ok::<_, Error>(account::get(tx, owner)?)).await?;
        let hash = row.and_then(|row| row.password);
        let right = (codes && self.take_code(owner, typed).await?.is_some())
            || self.passwords.fits(typed, hash.as_deref()).await?;
        if !right {
            self.refuse(Some(owner), Step::Prove, None).await?;
            return Err(Fault::SignIn.into());
        }
        self.end_tries(&counter).await
    }

    // ---- where one is signed in ----

    /// Where the account is signed in now. No address is kept, so none is shown.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sessions(&self, session: &Session) -> Result<Vec<SessionLine>> {
        let (id, owner) = (session.id, session.actor.account);
        self.look(&session.actor, Action::AccountRead, About::Own, "sessions", move |desk| {
            let since = desk.now - SignedDuration::from_hours(SESSION_HOURS);
            let now = desk.now;
            let rows = session::of_account(desk.tx, owner, since)?.into_iter().filter(|row| ends(row) > now);
            let line = |row: SessionRow| SessionLine {
                id: row.id,
                browser: row.browser,
                started: row.started,
                seen: row.seen,
                shared: row.shared_device,
                this: row.id == id,
            };
            Ok(rows.map(line).collect())
        })
        .await
    }

    /// Signs out elsewhere: one session, or every one but this.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of theirs.
    pub async fn sign_out_elsewhere(
        &self,
        session: &Session,
        command: CommandId,
        which: Option<Uuid>,
    ) -> Result<()> {
        let (this, body) = (session.id, ("sign out", which));
        self.command(&session.actor, command, Action::AccountSecure, About::Own, &body, move |desk| {
            let owner = desk.actor.account;
            match which {
                None => Ok(session::end_others(desk.tx, owner, this, desk.now)?),
                Some(id) if session::end_own(desk.tx, owner, id, desk.now)? => Ok(()),
                Some(_) => Err(Error::NotFound),
            }
        })
        .await
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
