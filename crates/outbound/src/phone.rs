//! Text messages and calls, over the HTTP interface of Twilio, which several providers speak.
//!
//! A call says what there is and asks for a key to be pressed: only that shows that a human heard it, since a mailbox
//! picks up too. What the phone did is told to the address [`PHONE_CALLBACK`], signed by the provider.

use crate::address::PhoneNumber;
use crate::http::{self, Client};
use crate::notice::say;
use crate::outcome::{Outcome, Progress, Reference, Refusal, Trouble};
use crate::{Notice, Secret, SetupFault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use porchlight_practice::{Lang, Means};
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use sha1::Sha1;
use uuid::Uuid;

/// Where the provider tells what a phone did: this, and the notice's id.
pub const PHONE_CALLBACK: &str = "/notices/phone/";

/// Errors of the provider that are about the number: not a number, can't be reached by this means, not allowed to be
/// called, unsubscribed.
const ABOUT_THE_NUMBER: [i64; 10] = [21211, 21214, 21217, 21219, 21265, 21407, 21408, 21610, 21612, 21614];

/// The provider of text messages and calls.
#[derive(Debug, Clone)]
pub struct Phone {
    /// The beginning of its addresses.
    pub url: String,
    /// The account there.
    pub account: String,
    /// The account's token; it signs callbacks too.
    pub token: Secret,
    /// The number that calls.
    pub from: PhoneNumber,
}

pub(crate) struct Sender {
    accounts: Url,
    account: String,
    token: Secret,
    from: PhoneNumber,
    /// Our own address, for callbacks.
    public_url: String,
    client: Client,
}

/// What the provider told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// What the phone did, if it is something we know.
    pub progress: Option<Progress>,
    /// The provider's name for the call or the message.
    pub reference: Option<Reference>,
    /// What to answer: what a voice says next. Empty when nobody listens.
    pub reply: String,
}

/// A callback that is not the provider's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit")]
pub struct NotTheirs;

#[derive(Deserialize)]
struct Taken {
    sid: String,
}

#[derive(Deserialize)]
struct Failed {
    code: i64,
}

impl Sender {
    pub(crate) fn new(settings: Phone, public_url: &str, client: Client) -> Result<Sender, SetupFault> {
        let Phone { url, account, token, from } = settings;
        let fault = SetupFault::Url(Means::Call);
        let mut accounts = http::server(&url).ok_or(fault.clone())?;
        accounts.path_segments_mut().map_err(|()| fault)?.pop_if_empty().extend([
            "2010-04-01",
            "Accounts",
            &account,
        ]);
        Ok(Sender { accounts, account, token, from, public_url: public_url.to_string(), client })
    }

    pub(crate) async fn text(&self, to: &PhoneNumber, notice: &Notice, link: &str) -> Outcome {
        let body = notice.text(link);
        let callback = self.callback_url(notice.id(), None);
        self.ask(
            "Messages.json",
            &[
                ("To", to.expose()),
                ("From", self.from.expose()),
                ("Body", &body),
                ("StatusCallback", &callback),
            ],
        )
        .await
    }

    pub(crate) async fn call(&self, to: &PhoneNumber, notice: &Notice) -> Outcome {
        let callback = self.callback_url(notice.id(), None);
        let key = self.callback_url(notice.id(), Some(notice.lang().tag()));
        let spoken = tag("Say", &[("language", voice(notice.lang()))], &escape(&notice.spoken()));
        // Twice, since whoever was asleep misses the first time.
        let gather = [("numDigits", "1"), ("timeout", "8"), ("method", "POST"), ("action", key.as_str())];
        let asked = tag("Gather", &gather, &format!("{spoken}<Pause length=\"2\"/>{spoken}"));
        let instructions = tag("Response", &[], &asked);
        self.ask(
            "Calls.json",
            &[
                ("To", to.expose()),
                ("From", self.from.expose()),
                ("Twiml", &instructions),
                ("Timeout", "30"),
                ("StatusCallback", &callback),
                ("StatusCallbackEvent", "ringing"),
                ("StatusCallbackEvent", "answered"),
                ("StatusCallbackEvent", "completed"),
            ],
        )
        .await
    }

    async fn ask(&self, what: &str, form: &[(&str, &str)]) -> Outcome {
        let mut url = self.accounts.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.push(what);
        }
        let request = self.client.post(url).basic_auth(&self.account, Some(self.token.expose())).form(form);
        let answer = match http::ask(request).await {
            Ok(answer) => answer,
            Err(trouble) => return Outcome::TryAgain(trouble),
        };
        match answer.status {
            // A page of a network that wants a sign-in says 200 too; only a name for the call is a yes.
            status if status.is_success() => match serde_json::from_slice::<Taken>(&answer.body) {
                Ok(Taken { sid }) => Outcome::Accepted { reference: Reference::read(&sid) },
                Err(_) => Outcome::TryAgain(Trouble::Strange),
            },
            StatusCode::BAD_REQUEST => match serde_json::from_slice::<Failed>(&answer.body) {
                Ok(Failed { code }) if ABOUT_THE_NUMBER.contains(&code) => Outcome::Refused(Refusal::Address),
                Ok(_) => Outcome::Refused(Refusal::Setup),
                Err(_) => Outcome::TryAgain(Trouble::Strange),
            },
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => {
                Outcome::Refused(Refusal::Setup)
            }
            status => Outcome::TryAgain(http::trouble(status)),
        }
    }

    /// Where the provider tells about a notice. The query says in which language to answer a pressed key.
    fn callback_url(&self, notice: Uuid, key: Option<&str>) -> String {
        let query = key.map(|lang| format!("?key={lang}")).unwrap_or_default();
        format!("{}{PHONE_CALLBACK}{notice}{query}", self.public_url)
    }

    pub(crate) fn callback(
        &self,
        notice: Uuid,
        query: Option<&str>,
        form: &[(String, String)],
        signature: &str,
    ) -> Result<Callback, NotTheirs> {
        let mut url = format!("{}{PHONE_CALLBACK}{notice}", self.public_url);
        if let Some(query) = query.filter(|query| !query.is_empty()) {
            url = format!("{url}?{query}");
        }
        let signature = STANDARD.decode(signature).map_err(|_| NotTheirs)?;
        // In constant time.
        mac(&self.token, &url, form).ok_or(NotTheirs)?.verify_slice(&signature).map_err(|_| NotTheirs)?;
        let field =
            |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let key = query.and_then(|query| query.strip_prefix("key=")).and_then(Lang::from_tag);
        let pressed = field("Digits").is_some_and(|digits| !digits.is_empty());
        let (progress, reply) = match key {
            Some(lang) if pressed => {
                let thanks =
                    tag("Say", &[("language", voice(lang))], &escape(&say(lang, "notice-key-pressed")));
                (Some(Progress::Confirmed), tag("Response", &[], &thanks))
            }
            Some(_) => (None, tag("Response", &[], "")),
            None => {
                (field("CallStatus").or_else(|| field("MessageStatus")).and_then(progress), String::new())
            }
        };
        let reference = field("CallSid").or_else(|| field("MessageSid")).and_then(Reference::read);
        Ok(Callback { progress, reference, reply })
    }
}

fn progress(status: &str) -> Option<Progress> {
    Some(match status {
        "queued" | "initiated" | "accepted" | "scheduled" | "sending" | "sent" => Progress::Underway,
        "ringing" => Progress::Ringing,
        "in-progress" | "answered" | "completed" => Progress::Answered,
        "delivered" | "read" => Progress::Delivered,
        "busy" | "no-answer" | "failed" | "canceled" | "undelivered" => Progress::NotReached,
        _ => return None,
    })
}

/// The provider signs the address, followed by every field's name and value in the order of the names.
fn mac(token: &Secret, url: &str, form: &[(String, String)]) -> Option<Hmac<Sha1>> {
    let mut fields: Vec<_> = form.iter().collect();
    fields.sort();
    let mut mac = Hmac::<Sha1>::new_from_slice(token.expose().as_bytes()).ok()?;
    mac.update(url.as_bytes());
    for (name, value) in fields {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    Some(mac)
}

fn voice(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en-US",
        Lang::Es => "es-US",
    }
}

fn tag(name: &str, attributes: &[(&str, &str)], inside: &str) -> String {
    let attributes: String =
        attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
    format!("<{name}{attributes}>{inside}</{name}>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_we_do_not_know_is_no_progress() {
        assert_eq!(progress("completed"), Some(Progress::Answered));
        assert_eq!(progress("no-answer"), Some(Progress::NotReached));
        assert_eq!(progress("teleported"), None);
    }

    #[test]
    fn the_signature_is_made_as_the_provider_makes_it() {
        // printf 'https://porch.example.org/notices/phone/1CallSidCA1CallStatusringing' |
        //     openssl dgst -sha1 -hmac token -binary | base64
        let form =
            [("CallStatus", "ringing"), ("CallSid", "CA1")].map(|(n, v)| (n.to_string(), v.to_string()));
        let url = "https://porch.example.org/notices/phone/1";
        let made = mac(&Secret::new("token"), url, &form).unwrap().finalize().into_bytes();
        assert_eq!(STANDARD.encode(made), "16GHNXxG8HQaMfhfJSuAXm+/9aw=");
    }
}
