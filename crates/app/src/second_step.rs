//! The second step of signing in: setting it up, new codes for paper, taking it off.

use crate::account::Session;
use crate::door::{About, Actor, Desk};
use crate::{Action, App, Error, Fault, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use porchlight_practice::account::{Beside, PasswordFault, password_text};
use porchlight_practice::id::{AccountId, CommandId, MembershipId, ProgrammeId};
use porchlight_practice::news::News;
use porchlight_practice::second_step::{ON_PAPER, RecoveryCode, Secret};
use porchlight_store::seal::{Owner, Place};
use porchlight_store::{account, news, passkey, second_step, session};
use uuid::Uuid;

/// The second step as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondStepView {
    /// Since when it is set up.
    pub since: Option<Timestamp>,
    /// How many codes on paper are not used yet.
    pub codes_left: i64,
}

/// A secret that somebody may take into their app. Nothing is kept of it until a code shows that it is there.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The secret.
    pub secret: Secret,
    /// The same, sealed for its owner, for the form.
    pub sealed: String,
}

fn secret_place(id: AccountId) -> Place {
    Place::new("second_step", id.0, "secret")
}

impl App {
    fn code_hash(&self, account: AccountId, code: &RecoveryCode) -> [u8; 16] {
        self.keys.blind("code on paper", &format!("{} {}", account.0, code.expose()))
    }

    /// Ten codes for paper, and what is kept of them.
    fn fresh_codes(&self, account: AccountId) -> (Vec<RecoveryCode>, Vec<[u8; 16]>) {
        let codes: Vec<RecoveryCode> =
            std::iter::from_fn(|| Some(RecoveryCode::from_random(self.ids.secret())))
                .flatten()
                .take(ON_PAPER)
                .collect();
        let hashes = codes.iter().map(|code| self.code_hash(account, code)).collect();
        (codes, hashes)
    }

    /// Takes a code of the app, or one on paper: each once. Answers none when it is neither; else how many are left on the paper
    /// when it was one of those.
    pub(crate) async fn take_code(&self, account: AccountId, typed: &str) -> Result<Option<Option<i64>>> {
        let (app, now, typed) = (self.clone(), self.now(), typed.to_owned());
        self.store
            .write(move |tx| {
                let Some(sealed) =
                    second_step::get(tx, account)?.and_then(|row| Some((row.secret?, row.last_step)))
                else {
                    return Ok::<_, Error>(None);
                };
                let (sealed, last) = sealed;
                let key = app.keys.get(tx, Owner::Worker(account.0))?;
                let secret = Secret::from_bytes(&key.open(&secret_place(account), &sealed)?)
                    .ok_or(Error::Damaged("second step"))?;
                if let Some(step) = secret.step_of(&typed, now, last) {
                    return Ok(second_step::take_step(tx, account, step)?.then_some(None));
                }
                let Ok(code) = typed.parse::<RecoveryCode>() else { return Ok(None) };
                if !second_step::take_code(tx, account, &app.code_hash(account, &code), now)? {
                    return Ok(None);
                }
                Ok(Some(Some(second_step::codes_left(tx, account)?)))
            })
            .await
    }

    /// The second step of whoever asks.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn second_step(&self, actor: &Actor) -> Result<SecondStepView> {
        let id = actor.account;
        self.look(actor, Action::AccountRead, About::Own, "second step", move |desk| {
            let row = second_step::get(desk.tx, id)?;
            let since = row.and_then(|row| row.set_at.filter(|_| row.secret.is_some()));
            Ok(SecondStepView { since, codes_left: second_step::codes_left(desk.tx, id)? })
        })
        .await
    }

    /// A secret to take into an app.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn offer_second_step(&self, actor: &Actor) -> Result<Offer> {
        let secret = Secret::from_random(self.ids.secret());
        let key = self.key(Owner::Worker(actor.account.0)).await?;
        let sealed = key.seal(&secret_place(actor.account), secret.expose())?;
        Ok(Offer { secret, sealed: URL_SAFE_NO_PAD.encode(sealed) })
    }

    /// The same again, from the form it stood in.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was not made for the actor.
    pub async fn offered_second_step(&self, actor: &Actor, sealed: &str) -> Result<Offer> {
        let key = self.key(Owner::Worker(actor.account.0)).await?;
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| Error::NotFound)?;
        let open = key.open(&secret_place(actor.account), &bytes).map_err(|_| Error::NotFound)?;
        let secret = Secret::from_bytes(&open).ok_or(Error::NotFound)?;
        Ok(Offer { secret, sealed: sealed.to_owned() })
    }

    /// Sets the second step up, when the code shows that the secret is in the app. Answers the codes for paper, which are kept
    /// nowhere. Every other session ends.
    ///
    /// # Errors
    /// [`Fault::Code`] when it is not the code of now, [`Fault::CodesShown`] when this was done already.
    pub async fn set_second_step(
        &self,
        session: &Session,
        command: CommandId,
        sealed: &str,
        code: &str,
    ) -> Result<Vec<RecoveryCode>> {
        let (actor, this) = (&session.actor, session.id);
        let offer = self.offered_second_step(actor, sealed).await?;
        let counter = self.counter("proof tries", this.as_bytes(), None);
        self.begin_try(&counter).await?;
        let step = offer.secret.step_of(code, self.now(), 0).ok_or(Fault::Code)?;
        self.end_tries(&counter).await?;
        let (id, made, news_id) = (actor.account, self.ids.next(), self.ids.next());
        let (codes, hashes) = self.fresh_codes(id);
        let body = ("set up", sealed);
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| Error::NotFound)?;
        let kept: Uuid = self
            .command(actor, command, Action::AccountSecure, About::Own, &body, move |desk| {
                second_step::set(desk.tx, id, &sealed, step, desk.now)?;
                second_step::set_codes(desk.tx, id, &hashes)?;
                session::end_others(desk.tx, id, this, desk.now)?;
                session::second_step_is_set(desk.tx, id)?;
                news::add(desk.tx, news_id, id, News::SecondStepSet, "", Some(this), desk.now)?;
                Ok(made)
            })
            .await?;
        // A command that was done before answers with what was made then; the codes of just now open nothing.
        if kept == made { Ok(codes) } else { Err(Fault::CodesShown.into()) }
    }

    /// Makes new codes for paper. Those before open nothing any more.
    ///
    /// # Errors
    /// [`Fault::CodesShown`] when this was done already; [`Error::NotFound`] when there is no second step.
    pub async fn new_codes(&self, session: &Session, command: CommandId) -> Result<Vec<RecoveryCode>> {
        let (id, made, news_id) = (session.actor.account, self.ids.next(), self.ids.next());
        let this = session.id;
        let (codes, hashes) = self.fresh_codes(id);
        let kept: Uuid = self
            .command(&session.actor, command, Action::AccountSecure, About::Own, "codes", move |desk| {
                if second_step::get(desk.tx, id)?.and_then(|row| row.secret).is_none() {
                    return Err(Error::NotFound);
                }
                second_step::set_codes(desk.tx, id, &hashes)?;
                news::add(desk.tx, news_id, id, News::NewCodes, "", Some(this), desk.now)?;
                Ok(made)
            })
            .await?;
        if kept == made { Ok(codes) } else { Err(Fault::CodesShown.into()) }
    }

    /// Takes one's own second step off. The password then stands alone, so it must be long enough for that.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when the password does not fit, [`Fault::Password`] when it is too short to stand alone.
    pub async fn drop_second_step(
        &self,
        session: &Session,
        command: CommandId,
        password: &str,
    ) -> Result<()> {
        self.own_password(session, password).await?;
        let alone = Beside::Nothing.length();
        if password_text(password).chars().count() < alone {
            return Err(PasswordFault::TooShort(alone).into());
        }
        let (id, this, news_id) = (session.actor.account, session.id, self.ids.next());
        self.command(&session.actor, command, Action::AccountSecure, About::Own, "take off", move |desk| {
            second_step::switch_off(desk.tx, id)?;
            Ok(news::add(desk.tx, news_id, id, News::SecondStepOff, "", Some(this), desk.now)?)
        })
        .await
    }

    /// Takes the second step off somebody who works here and has lost both their phone and their paper. All their sessions end;
    /// their password still stands, and they are told.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such role in this programme, or it is one's own.
    pub async fn forget_second_step(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        membership: MembershipId,
    ) -> Result<()> {
        let news_id = self.ids.next();
        let (about, body) = (About::Programme(id), ("second step", id, membership));
        self.command(actor, command, Action::WorkerForgetStep, about, &body, move |desk| {
            let row = account::get_membership(desk.tx, membership)?.ok_or(Error::NotFound)?;
            let theirs = row.programme == Some(id) && row.person.is_none() && row.ended.is_none();
            if !theirs || row.account == desk.actor.account {
                return Err(Error::NotFound);
            }
            take_off(desk, row.account, news_id)
        })
        .await
    }
}

/// Takes every second step off an account whose owner has lost what shows it. All their sessions end, and they are told.
pub(crate) fn take_off(desk: &mut Desk<'_, '_>, account: AccountId, news_id: Uuid) -> Result<()> {
    second_step::take_off(desk.tx, account)?;
    passkey::remove_all(desk.tx, account)?;
    session::end_others(desk.tx, account, Uuid::nil(), desk.now)?;
    Ok(news::add(desk.tx, news_id, account, News::SecondStepTakenOff, "", None, desk.now)?)
}
