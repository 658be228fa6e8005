//! Single sign-on: whoever works here signs in by the agency's own provider (OpenID Connect), if they linked their account with it.
//!
//! Nobody is found by a name or an e-mail address that the provider tells: an account is linked by its owner, signed in and having
//! shown again that it is they, with who they are there. Each question to the provider is kept here, belongs to one browser, and is
//! taken by the first answer. A provider is run by an employer, so it never opens an account that is also somebody's own support.

use crate::account::{Secret, Session, only_works};
use crate::door::About;
use crate::error::SignOnFault;
use crate::session::{By, Entered, Entrance};
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_outbound::single_sign_on::{Provider, ProviderFault, Said};
use porchlight_practice::id::{AccountId, CommandId};
use porchlight_practice::news::News;
use porchlight_store::single_sign_on::LinkedRow;
use porchlight_store::{Tx, account, challenge, news, session, single_sign_on};
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// Where the provider sends people back to.
pub const BACK: &str = "/sign-in/single-sign-on/answer";
/// How long somebody may take at the provider, in minutes.
const ANSWER_MINUTES: i64 = 10;
/// The longest of what the provider sends along that is looked at, in bytes.
const LONGEST: usize = 4096;

/// Whose second step counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactor {
    /// The account's own alone: whoever comes from the provider is asked for it as after a password.
    Own,
    /// The provider's too, when it says that it asked for two factors.
    Provider,
}

/// The agency's provider.
#[derive(Clone)]
pub struct SingleSignOn {
    /// What people call it; stands on the button.
    pub name: String,
    /// Whose second step counts.
    pub second_factor: SecondFactor,
    /// Who is asked.
    pub provider: Provider,
}

/// The way to the provider.
#[derive(Debug, Clone)]
pub struct Onward {
    /// Where it leads.
    pub address: String,
    /// What this browser, and no other, brings back with the answer.
    pub browser: Secret,
}

/// What somebody brings back from the provider.
#[derive(Clone, Default)]
pub struct Answer {
    /// Which question it answers.
    pub state: String,
    /// What the provider tells more about; empty when it said no.
    pub code: String,
    /// What the provider calls itself, if it says so (RFC 9207).
    pub issuer: String,
    /// What the browser was given when it went.
    pub browser: String,
}

/// What an answer of the provider opens.
#[derive(Debug, Clone)]
pub enum Opened {
    /// The house, or the way to the second step; and where somebody wanted to go.
    Entered(Entered, Option<String>),
    /// Nothing new: the account is linked from now on.
    Linked,
}

/// The link of one's account, as its owner sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedLine {
    /// Since when.
    pub since: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// What was asked, as it is kept.
#[derive(Serialize, Deserialize)]
struct Asked {
    browser: Vec<u8>,
    nonce: String,
    verifier: String,
    goal: Goal,
}

/// What somebody went for.
#[derive(Clone, Serialize, Deserialize)]
enum Goal {
    SignIn { shared: bool, then: Option<String> },
    Link { account: AccountId, session: Uuid, command: CommandId },
}

/// Whether an account may be opened by the agency's provider.
fn may(tx: &mut Tx<'_>, owner: AccountId) -> Result<bool> {
    Ok(only_works(&account::memberships(tx, owner)?))
}

fn fault(fault: SignOnFault) -> Error {
    Fault::SingleSignOn(fault).into()
}

impl From<ProviderFault> for Error {
    fn from(error: ProviderFault) -> Error {
        match error {
            ProviderFault::Down(why) => {
                tracing::warn!(%why, "the provider of single sign-on can't be asked");
                fault(SignOnFault::Down)
            }
            ProviderFault::Wrong(why) => {
                tracing::warn!(why, "an answer of the provider of single sign-on was not taken");
                fault(SignOnFault::Answer)
            }
        }
    }
}

impl App {
    /// With the agency's provider.
    #[must_use]
    pub fn with_single_sign_on(mut self, provider: SingleSignOn) -> App {
        std::sync::Arc::make_mut(&mut self.0).single_sign_on = Some(provider);
        self
    }

    /// What people call the agency's provider, when there is one.
    pub fn single_sign_on(&self) -> Option<&str> {
        self.single_sign_on.as_ref().map(|provider| &*provider.name)
    }

    fn provider(&self) -> Result<&SingleSignOn> {
        self.single_sign_on.as_ref().ok_or(Error::NotFound)
    }

    /// Whose second step counts.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no provider.
    pub fn second_factor(&self) -> Result<SecondFactor> {
        Ok(self.provider()?.second_factor)
    }

    /// Keyed hashes of the provider's name, and of who somebody is there.
    fn blind_subject(&self, issuer: &str, subject: &str) -> (Vec<u8>, Vec<u8>) {
        let both = serde_json::json!([issuer, subject]).to_string();
        let blind = |context, text: &str| self.keys.blind(context, text).to_vec();
        (blind("single sign-on issuer", issuer), blind("single sign-on subject", &both))
    }

    async fn go_on(&self, goal: Goal) -> Result<Onward> {
        let provider = &self.provider()?.provider;
        let [browser, nonce, verifier] = std::array::from_fn(|_| Secret::new(self.ids.secret()));
        let (nonce, verifier) = (nonce.expose().to_owned(), verifier.expose().to_owned());
        let (id, keys) = (self.ids.unguessable(), self.keys.clone());
        let onward =
            provider.onward(self.now(), id.simple().to_string(), nonce.clone(), verifier.clone()).await?;
        let asked = Asked { browser: browser.hash(), nonce, verifier, goal };
        let bytes = serde_json::to_vec(&asked).map_err(|_| Error::Damaged("single sign-on"))?;
        let until = self.now() + SignedDuration::from_mins(ANSWER_MINUTES);
        self.store
            .write(move |tx| Ok::<_, Error>(challenge::OF_PROVIDER.ask(tx, &keys, id, &bytes, until)?))
            .await?;
        Ok(Onward { address: onward.0, browser })
    }

    /// The way to sign in at the provider.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none, [`SignOnFault::Down`] when it does not answer.
    pub async fn begin_single_sign_on(&self, shared: bool, then: Option<&str>) -> Result<Onward> {
        self.go_on(Goal::SignIn { shared, then: then.map(str::to_owned) }).await
    }

    /// The way to link one's account with who one is at the provider.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none, or for an account that it must not open; [`SignOnFault::Down`].
    pub async fn begin_link(&self, session: &Session, command: CommandId) -> Result<Onward> {
        let owner = session.actor.account;
        if !self.store.read(move |tx| may(tx, owner)).await? {
            return Err(Error::NotFound);
        }
        self.go_on(Goal::Link { account: owner, session: session.id, command }).await
    }

    async fn take_question(&self, answer: &Answer) -> Result<Asked> {
        let wrong = || fault(SignOnFault::Answer);
        let id: Uuid = answer.state.parse().map_err(|_| wrong())?;
        let (keys, now) = (self.keys.clone(), self.now());
        let found =
            self.store.write(move |tx| Ok::<_, Error>(challenge::OF_PROVIDER.take(tx, &keys, id, now)?));
        let bytes = found.await?.ok_or_else(wrong)?;
        let asked: Asked = serde_json::from_slice(&bytes).map_err(|_| Error::Damaged("single sign-on"))?;
        // Of another browser: somebody was sent an answer that is not theirs. Hashes are compared, so nothing is learnt from the time.
        if Secret::from_text(&answer.browser).hash() != asked.browser {
            return Err(wrong());
        }
        Ok(asked)
    }

    /// Takes what somebody brings back from the provider.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none; [`SignOnFault`] says why nothing opens.
    pub async fn end_single_sign_on(
        &self,
        session: Option<&Session>,
        answer: Answer,
        from: impl Into<Entrance>,
    ) -> Result<Opened> {
        let provider = self.provider()?;
        let asked = self.take_question(&answer).await?;
        let (issuer, now) = (provider.provider.issuer().to_owned(), self.now());
        let other = !answer.issuer.is_empty() && answer.issuer != issuer;
        if answer.code.is_empty() || answer.code.len() > LONGEST || other {
            return Err(fault(SignOnFault::Answer));
        }
        let Said { subject, both_factors } =
            provider.provider.who(now, answer.code, asked.nonce, asked.verifier).await?;
        let (issuer, subject) = self.blind_subject(&issuer, &subject);
        match asked.goal {
            Goal::SignIn { shared, then } => {
                let from = Entrance { shared, ..from.into() };
                let counts = both_factors && provider.second_factor == SecondFactor::Provider;
                Ok(Opened::Entered(self.enter_by(subject, from, counts).await?, then))
            }
            Goal::Link { account, session: of, command } => {
                // Signed out meanwhile, or as somebody else: then it is nobody's to link.
                let same = |session: &&Session| session.id == of && session.actor.account == account;
                let session = session.filter(same).ok_or_else(|| fault(SignOnFault::Answer))?;
                let row = LinkedRow { account, issuer, subject, added_at: now, used_at: None };
                self.keep_link(session, command, row).await?;
                Ok(Opened::Linked)
            }
        }
    }

    async fn enter_by(&self, subject: Vec<u8>, from: Entrance, counts: bool) -> Result<Entered> {
        let now = self.now();
        let owner = self
            .store
            .write(move |tx| {
                let Some(row) = single_sign_on::by_subject(tx, &subject)? else { return Ok(None) };
                if !may(tx, row.account)? {
                    return Ok(None);
                }
                single_sign_on::used(tx, row.account, now)?;
                Ok::<_, Error>(Some(row.account))
            })
            .await?;
        let Some(owner) = owner else {
            self.failures.0.fetch_add(1, Ordering::Relaxed);
            return Err(fault(SignOnFault::Unlinked));
        };
        match counts {
            true => Ok(Entered::In(self.new_session(owner, None, &from, By::BothFactors).await?)),
            false => self.enter(owner, None, from, By::Provider).await,
        }
    }

    async fn keep_link(&self, session: &Session, command: CommandId, row: LinkedRow) -> Result<()> {
        let (this, news_id, body) = (session.id, self.ids.next(), ("single sign-on", row.subject.clone()));
        self.command(&session.actor, command, Action::AccountSecure, About::Own, &body, move |desk| {
            if !may(desk.tx, row.account)? {
                return Err(Error::NotFound);
            }
            if !single_sign_on::link(desk.tx, &row)? {
                return Err(fault(SignOnFault::Taken));
            }
            let news = News::SingleSignOnAdded;
            Ok(news::add(desk.tx, news_id, row.account, news, "", Some(this), desk.now)?)
        })
        .await
    }

    /// How one's account is linked with the provider; none when it is not.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no provider, or for an account that it must not open.
    pub async fn linked(&self, session: &Session) -> Result<Option<LinkedLine>> {
        let (issuer, _) = self.blind_subject(self.provider()?.provider.issuer(), "");
        let owner = session.actor.account;
        self.look(&session.actor, Action::AccountRead, About::Own, "single sign-on", move |desk| {
            if !may(desk.tx, owner)? {
                return Err(Error::NotFound);
            }
            // One with a provider of before opens nothing.
            let row = single_sign_on::of_account(desk.tx, owner)?.filter(|row| row.issuer == issuer);
            Ok(row.map(|row| LinkedLine { since: row.added_at, used: row.used_at }))
        })
        .await
    }

    /// Takes the link off. Every other session of the account ends; the password still stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no link.
    pub async fn unlink(&self, session: &Session, command: CommandId) -> Result<()> {
        self.provider()?;
        let (owner, this, news_id) = (session.actor.account, session.id, self.ids.next());
        let body = "no single sign-on";
        self.command(&session.actor, command, Action::AccountSecure, About::Own, body, move |desk| {
            if !single_sign_on::unlink(desk.tx, owner)? {
                return Err(Error::NotFound);
            }
            session::end_others(desk.tx, owner, this, desk.now)?;
            Ok(news::add(desk.tx, news_id, owner, News::SingleSignOnRemoved, "", Some(this), desk.now)?)
        })
        .await
    }
}
