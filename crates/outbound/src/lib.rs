//! What leaves the house: e-mail, push, text messages, calls and signed messages to a system of the agency.
//!
//! Whoever sends has a [`Notice`], which can carry no name and no free text, and an [`Address`]. [`Outbound::send`]
//! answers within a set time with an [`Outcome`]: taken over by the other side, refused for good, or to be tried again.
//! "Taken over" is not "somebody knows": what a phone did is told later, by a [`callback`](Outbound::phone_callback).
//!
//! Nothing here is retried and nothing is kept; that is the clockwork's work, which has a store.
#![forbid(unsafe_code)]

mod address;
mod email;
mod http;
mod notice;
mod outcome;
mod phone;
mod push;
mod recording;
mod secret;
#[cfg(feature = "single-sign-on")]
pub mod single_sign_on;
mod tls;
mod webhook;

pub use address::{Address, AddressFault, EmailAddress, PhoneNumber, Subscription};
pub use email::{Email, Protection};
pub use notice::{Kind, Notice, Page};
pub use outcome::{Outcome, Progress, Reference, Refusal, Trouble};
pub use phone::{Callback, NotTheirs, PHONE_CALLBACK, Phone};
pub use push::{Push, PushServices};
pub use recording::{Recorder, Sent};
pub use secret::Secret;
pub use tls::Roots;
pub use webhook::{SIGNATURE_HEADER, Webhook, WebhookFault, verify};

use jiff::Timestamp;
use porchlight_practice::Means;
use std::sync::Arc;
use std::time::Duration;

/// How everything that leaves is sent.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How people reach the site, without a slash at the end; every link begins with it.
    pub public_url: String,
    /// The longest that one sending may take, from the first byte to the answer.
    pub patience: Duration,
    /// Whom to believe that a server is who it says.
    pub roots: Roots,
    /// The mail server, if there is one.
    pub email: Option<Email>,
    /// What push needs, if it is used.
    pub push: Option<Push>,
    /// The provider of text messages and calls, if there is one.
    pub phone: Option<Phone>,
    /// The agency's own system, if it has one.
    pub webhook: Option<Webhook>,
}

/// Why the means can't be used as they are set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupFault {
    /// No certificate authority is known, so no server can be believed.
    #[error(
        "this machine knows no certificate authorities, so no mail server or provider can be believed; install the \
         ca-certificates of the system or name a file of them"
    )]
    NoRoots,
    /// A file of certificate authorities does not read.
    #[error("the file of certificate authorities holds none that can be read")]
    Roots,
    /// The mail server's name can't be one.
    #[error("this can't be the name of a mail server")]
    MailServer,
    /// The sender can't be one.
    #[error("the sender must be like Porchlight <porch@example.org>")]
    Sender,
    /// Without protection only to this machine.
    #[error("a mail server without TLS may only be on this machine")]
    Unprotected,
    /// The name of a provider of single sign-on is not right.
    #[error("this must be an address that begins with https://; http:// is for this machine alone")]
    Issuer,
    /// An address of a server is not right.
    #[error("this must be an address that begins with https://; http:// is for this machine alone")]
    Url(Means),
}

/// The means that are set up. Cheap to clone.
#[derive(Clone)]
pub struct Outbound(Arc<Inner>);

enum Inner {
    Real(Box<Real>),
    Recording(Recorder),
}

struct Real {
    public_url: String,
    patience: Duration,
    email: Option<email::Sender>,
    push: Option<push::Sender>,
    phone: Option<phone::Sender>,
    webhook: Option<webhook::Sender>,
}

impl std::fmt::Debug for Outbound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.means()).finish()
    }
}

impl Outbound {
    /// Sets the means up. Nothing is sent, and no connection is made.
    ///
    /// # Errors
    /// When one of them can't work as it is set.
    pub fn new(settings: Settings) -> Result<Outbound, SetupFault> {
        let Settings { public_url, patience, roots, email, push, phone, webhook } = settings;
        let client = if push.is_some() || phone.is_some() || webhook.is_some() {
            Some(http::Client::new(&roots, patience)?)
        } else {
            None
        };
        let with = |client: &Option<http::Client>| client.clone().ok_or(SetupFault::NoRoots);
        Ok(Outbound(Arc::new(Inner::Real(Box::new(Real {
            email: email.map(|email| email::Sender::new(email, &roots, patience)).transpose()?,
            push: push.map(|push| Ok(push::Sender::new(push, with(&client)?))).transpose()?,
            phone: phone.map(|phone| phone::Sender::new(phone, &public_url, with(&client)?)).transpose()?,
            webhook: webhook.map(|webhook| webhook::Sender::new(webhook, with(&client)?)).transpose()?,
            public_url,
            patience,
        })))))
    }

    /// With no means at all, as an agency starts.
    pub fn none() -> Outbound {
        Outbound(Arc::new(Inner::Real(Box::new(Real {
            public_url: String::new(),
            patience: Duration::ZERO,
            email: None,
            push: None,
            phone: None,
            webhook: None,
        }))))
    }

    /// Sends nothing and keeps what would have been sent, for tests.
    pub fn recording() -> (Outbound, Recorder) {
        let recorder = Recorder::default();
        (Outbound(Arc::new(Inner::Recording(recorder.clone()))), recorder)
    }

    /// The longest that one sending takes.
    pub fn patience(&self) -> Duration {
        match &*self.0 {
            Inner::Recording(recorder) => recorder.patience(),
            Inner::Real(real) => real.patience,
        }
    }

    /// Whether this means is set up.
    pub fn can(&self, means: Means) -> bool {
        match &*self.0 {
            Inner::Recording(recorder) => recorder.can(means),
            Inner::Real(real) => match means {
                Means::Email => real.email.is_some(),
                Means::Push => real.push.is_some(),
                Means::Text | Means::Call => real.phone.is_some(),
                Means::Webhook => real.webhook.is_some(),
            },
        }
    }

    /// The means that are set up.
    pub fn means(&self) -> impl Iterator<Item = Means> {
        Means::ALL.into_iter().filter(|means| self.can(*means))
    }

    /// What a browser needs to subscribe to push, if push is set up: the public key, in base64 for addresses.
    pub fn push_key(&self) -> Option<String> {
        match &*self.0 {
            Inner::Recording(recorder) => recorder.can(Means::Push).then(|| "recording".to_string()),
            Inner::Real(real) => real.push.as_ref().map(push::Sender::public_key),
        }
    }

    /// Whether a subscription that a browser gave is one that can be sent to: its service is among those in the
    /// settings, so that nobody can make the server call some other address.
    pub fn takes(&self, subscription: &Subscription) -> bool {
        match &*self.0 {
            Inner::Recording(recorder) => recorder.can(Means::Push),
            Inner::Real(real) => real.push.as_ref().is_some_and(|push| push.takes(subscription)),
        }
    }

    /// Sends a notice. Answers within the time that is set, whatever the other side does. Drop the future to give up
    /// earlier; the notice may then have gone out or not.
    pub async fn send(&self, now: Timestamp, to: &Address, notice: &Notice) -> Outcome {
        let sending = async {
            let real = match &*self.0 {
                Inner::Recording(recorder) => return recorder.record(now, to, notice).await,
                Inner::Real(real) => real,
            };
            let link = notice.page().link(&real.public_url);
            match (to, &real.email, &real.push, &real.phone, &real.webhook) {
                (Address::Email(to), Some(email), ..) => email.send(to, notice, &link).await,
                (Address::Push(to), _, Some(push), ..) => push.send(now, to, notice, &link).await,
                (Address::Text(to), _, _, Some(phone), _) => phone.text(to, notice, &link).await,
                (Address::Call(to), _, _, Some(phone), _) => phone.call(to, notice).await,
                (Address::Webhook(to), .., Some(webhook)) => webhook.send(now, *to, notice, &link).await,
                _ => Outcome::Refused(Refusal::NotSetUp),
            }
        };
        match tokio::time::timeout(self.patience(), sending).await {
            Ok(outcome) => outcome,
            Err(_) => Outcome::TryAgain(Trouble::NoAnswer),
        }
    }

    /// Reads what the phone provider tells about a text message or a call, if it is really theirs: the signature
    /// covers the address, so `call` and `query` are those of the address that was called.
    ///
    /// # Errors
    /// [`NotTheirs`] when the signature does not fit, or nothing is set up that could have been called.
    pub fn phone_callback(
        &self,
        call: uuid::Uuid,
        query: Option<&str>,
        form: &[(String, String)],
        signature: &str,
    ) -> Result<Callback, NotTheirs> {
        match &*self.0 {
            Inner::Recording(_) => Err(NotTheirs),
            Inner::Real(real) => real.phone.as_ref().ok_or(NotTheirs)?.callback(call, query, form, signature),
        }
    }
}
