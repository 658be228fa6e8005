//! Passkeys: adding and removing one's own, signing in with one, and showing again that it is oneself.
//!
//! A passkey is something one has (a phone, a computer, a key) that opens only to a PIN, a face or a finger, and answers only to the
//! address in the settings, so a page that copies ours gets nothing. It stands alone: whoever signs in with one is asked for nothing
//! else. Each question to a device is kept here and taken once, so that no answer counts twice.

use crate::account::{Secret, Session, Step, account_entry};
use crate::door::{About, open, seal};
use crate::session::{By, Entrance};
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::id::{AccountId, CommandId};
use porchlight_practice::news::News;
use porchlight_store::journal::Outcome;
use porchlight_store::passkey::PasskeyRow;
use porchlight_store::seal::{Owner, Place};
use porchlight_store::{Tx, account, challenge, news, passkey, session};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;
use webauthn_rs::Webauthn;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, WebauthnBuilder,
};

/// How long a device may take to answer, in minutes.
const ANSWER_MINUTES: i64 = 10;
/// The most passkeys of one account.
const MOST: usize = 10;

/// The address that passkeys answer to, and what checks their answers.
#[derive(Clone)]
pub(crate) struct Door {
    checks: Arc<Webauthn>,
    host: Arc<str>,
}

impl Door {
    fn at(public_url: &str) -> Option<Door> {
        let origin = Url::parse(public_url).ok()?;
        let host: Arc<str> = origin.domain()?.into();
        let checks = WebauthnBuilder::new(&host, &origin).ok()?.rp_name("Porchlight").build().ok()?;
        Some(Door { checks: Arc::new(checks), host })
    }
}

/// A question to a device.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its id.
    pub id: Uuid,
    /// What the browser is asked.
    pub asked: serde_json::Value,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyLine {
    /// Its id.
    pub id: Uuid,
    /// With which kind of browser it was made; empty when that is not known.
    pub browser: String,
    /// Since when.
    pub added: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// What was asked, as it is kept.
#[derive(Serialize, Deserialize)]
enum Asked {
    /// For a new passkey of this account.
    New(AccountId, PasskeyRegistration),
    /// For any passkey.
    Any(DiscoverableAuthentication),
}

fn place(id: Uuid) -> Place {
    Place::new("passkey", id, "body")
}

fn hashed(credential: &[u8]) -> Vec<u8> {
    Sha256::digest(credential).to_vec()
}

/// Whether something stands beside the password of an account: the codes of an app, or, for whoever works here, a passkey. Somebody
/// who is supported keeps their password as a way of its own, so that a lost phone shuts nobody out.
pub(crate) fn stands_beside(tx: &mut Tx<'_>, id: AccountId) -> Result<bool> {
    let step = porchlight_store::second_step::get(tx, id)?;
    if step.is_some_and(|step| step.secret.is_some()) {
        return Ok(true);
    }
    let works = account::memberships(tx, id)?.iter().any(|role| role.person.is_none());
    Ok(works && !passkey::of_account(tx, id)?.is_empty())
}

impl App {
    /// With passkeys, for the address that people open. Without a name (such as with a bare number) there are none.
    #[must_use]
    pub fn with_passkeys(mut self, public_url: &str) -> App {
        std::sync::Arc::make_mut(&mut self.0).passkeys = Door::at(public_url);
        self
    }

    /// The host that passkeys answer to, when there are any.
    pub fn passkeys_at(&self) -> Option<&str> {
        self.passkeys.as_ref().map(|door| &*door.host)
    }

    fn door(&self) -> Result<&Webauthn> {
        self.passkeys.as_ref().map(|door| &*door.checks).ok_or(Error::NotFound)
    }

    async fn keep_asked(&self, asked: &Asked) -> Result<Uuid> {
        let (id, keys) = (self.ids.unguessable(), self.keys.clone());
        let bytes = serde_json::to_vec(asked).map_err(|_| Error::Damaged("passkey"))?;
        let until = self.now() + SignedDuration::from_mins(ANSWER_MINUTES);
        self.store
            .write(move |tx| Ok::<_, Error>(challenge::OF_DEVICES.ask(tx, &keys, id, &bytes, until)?))
            .await?;
        Ok(id)
    }

    async fn take_asked(&self, id: Uuid) -> Result<Asked> {
        let (keys, now) = (self.keys.clone(), self.now());
        let found = self
            .store
            .write(move |tx| Ok::<_, Error>(challenge::OF_DEVICES.take(tx, &keys, id, now)?))
            .await?;
        let bytes = found.ok_or(Fault::Passkey)?;
        serde_json::from_slice(&bytes).map_err(|_| Error::Damaged("passkey"))
    }

    /// One's own passkeys.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn passkeys(&self, session: &Session) -> Result<Vec<PasskeyLine>> {
        let owner = session.actor.account;
        self.look(&session.actor, Action::AccountRead, About::Own, "passkeys", move |desk| {
            let line = |row: PasskeyRow| PasskeyLine {
                id: row.id,
                browser: row.browser,
                added: row.added_at,
                used: row.used_at,
            };
            Ok(passkey::of_account(desk.tx, owner)?.into_iter().map(line).collect())
        })
        .await
    }

    /// Asks a device for a new passkey. It keeps two letters of its owner's name, and no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there are no passkeys.
    pub async fn offer_passkey(&self, session: &Session, initials: &str) -> Result<Question> {
        let (owner, keys) = (session.actor.account, self.keys.clone());
        let known = self
            .store
            .read(move |tx| {
                let key = keys.get(tx, Owner::Worker(owner.0))?;
                let rows = passkey::of_account(tx, owner)?;
                rows.iter()
                    .map(|row| open::<Passkey>(&key, &place(row.id), &row.body))
                    .collect::<Result<Vec<_>>>()
            })
            .await?;
        let known = known.iter().map(|known| known.cred_id().clone()).collect();
        let begun = self.door()?.start_passkey_registration(owner.0, initials, initials, Some(known));
        let (asked, state) = begun.map_err(|_| Error::Damaged("passkey"))?;
        let mut asked = serde_json::to_value(&asked).map_err(|_| Error::Damaged("passkey"))?;
        // It is found by the device itself, so that nobody types a name, and no page tells which names have one.
        asked["publicKey"]["authenticatorSelection"]["residentKey"] = "required".into();
        asked["publicKey"]["authenticatorSelection"]["requireResidentKey"] = true.into();
        let id = self.keep_asked(&Asked::New(owner, state)).await?;
        Ok(Question { id, asked: asked["publicKey"].take() })
    }

    /// Adds the passkey that a device made.
    ///
    /// # Errors
    /// [`Fault::Passkey`] when the answer is none to this question, or there are too many.
    pub async fn add_passkey(
        &self,
        session: &Session,
        command: CommandId,
        question: Uuid,
        answer: &str,
        browser: &str,
    ) -> Result<()> {
        let (owner, this) = (session.actor.account, session.id);
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| Fault::Passkey)?;
        let made = match self.take_asked(question).await? {
            Asked::New(of, state) if of == owner => self.door()?.finish_passkey_registration(&answer, &state),
            _ => return Err(Fault::Passkey.into()),
        };
        let made = made.map_err(|_| Fault::Passkey)?;
        let (id, news_id, key) = (self.ids.next(), self.ids.next(), self.key(Owner::Worker(owner.0)).await?);
        let row = PasskeyRow {
            id,
            account: owner,
            credential: hashed(made.cred_id()),
            body: seal(&key, &place(id), &made)?,
            browser: browser.to_owned(),
            added_at: self.now(),
            used_at: None,
        };
        let body = ("passkey", question);
        self.command(&session.actor, command, Action::AccountSecure, About::Own, &body, move |desk| {
            let full = passkey::of_account(desk.tx, owner)?.len() >= MOST;
            if full || !passkey::add(desk.tx, &row)? {
                return Err(Fault::Passkey.into());
            }
            session::second_step_is_set(desk.tx, owner)?;
            Ok(news::add(desk.tx, news_id, owner, News::PasskeyAdded, &row.browser, Some(this), desk.now)?)
        })
        .await
    }

    /// Removes one of one's own passkeys. The password still stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of theirs.
    pub async fn remove_passkey(&self, session: &Session, command: CommandId, id: Uuid) -> Result<()> {
        let (owner, this, news_id) = (session.actor.account, session.id, self.ids.next());
        let body = ("no passkey", id);
        self.command(&session.actor, command, Action::AccountSecure, About::Own, &body, move |desk| {
            if !passkey::remove(desk.tx, owner, id)? {
                return Err(Error::NotFound);
            }
            session::end_others(desk.tx, owner, this, desk.now)?;
            Ok(news::add(desk.tx, news_id, owner, News::PasskeyRemoved, "", Some(this), desk.now)?)
        })
        .await
    }

    /// Asks for any passkey, of whomever.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there are no passkeys.
    pub async fn ask_passkey(&self) -> Result<Question> {
        let begun = self.door()?.start_discoverable_authentication();
        let (asked, state) = begun.map_err(|_| Error::Damaged("passkey"))?;
        let asked = serde_json::to_value(&asked.public_key).map_err(|_| Error::Damaged("passkey"))?;
        let id = self.keep_asked(&Asked::Any(state)).await?;
        Ok(Question { id, asked })
    }

    /// Whose passkey answered, if it is the right answer to this question.
    async fn answered(&self, question: Uuid, answer: &str) -> Result<AccountId> {
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| Fault::Passkey)?;
        let Asked::Any(state) = self.take_asked(question).await? else { return Err(Fault::Passkey.into()) };
        let door = self.door()?;
        let (owner, credential) =
            door.identify_discoverable_authentication(&answer).map_err(|_| Fault::Passkey)?;
        let (owner, credential, keys) = (AccountId(owner), hashed(credential), self.keys.clone());
        let (row, mut known) = self
            .store
            .read(move |tx| {
                let row = passkey::by_credential(tx, &credential)?.filter(|row| row.account == owner);
                let row = row.ok_or(Fault::Passkey)?;
                let key = keys.get(tx, Owner::Worker(owner.0))?;
                let known: Passkey = open(&key, &place(row.id), &row.body)?;
                Ok::<_, Error>((row, known))
            })
            .await?;
        let right = door
            .finish_discoverable_authentication_v2(&answer, state, DiscoverableKey::from(&known))
            .map_err(|_| Fault::Passkey)?;
        known.update_credential(&right);
        let key = self.key(Owner::Worker(owner.0)).await?;
        let (body, now) = (seal(&key, &place(row.id), &known)?, self.now());
        self.store.write(move |tx| Ok::<_, Error>(passkey::used(tx, row.id, &body, now)?)).await?;
        Ok(owner)
    }

    /// Signs in with a passkey. It stands alone: nothing else is asked.
    ///
    /// # Errors
    /// [`Fault::Passkey`] when the answer is none to this question, or of a passkey that nobody has here.
    pub async fn sign_in_by_passkey(
        &self,
        question: Uuid,
        answer: &str,
        from: impl Into<Entrance>,
    ) -> Result<Secret> {
        let owner = self.answered(question, answer).await?;
        self.new_session(owner, None, &from.into(), By::Passkey).await
    }

    /// Shows again that it is oneself, with a passkey.
    ///
    /// # Errors
    /// [`Fault::Passkey`] when the answer is none to this question, or of somebody else's passkey.
    pub async fn prove_by_passkey(&self, session: &Session, question: Uuid, answer: &str) -> Result<()> {
        let (id, owner, now) = (session.id, session.actor.account, self.now());
        if self.answered(question, answer).await? != owner {
            return Err(Fault::Passkey.into());
        }
        self.store
            .write(move |tx| {
                session::prove(tx, id, now)?;
                tx.journal(&account_entry(now, Some(owner), Step::Prove, Outcome::Done))?;
                Ok::<_, Error>(())
            })
            .await
    }

    pub(crate) async fn clear_old_questions(&self) -> Result<()> {
        let now = self.now();
        self.store
            .write(move |tx| {
                challenge::OF_DEVICES.clear_old(tx, now)?;
                Ok::<_, Error>(challenge::OF_PROVIDER.clear_old(tx, now)?)
            })
            .await
    }
}
