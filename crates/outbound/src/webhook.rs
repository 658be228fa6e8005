//! A signed message to a system of the agency, such as its own pager.
//!
//! The message is JSON. The header [`SIGNATURE_HEADER`] holds `t=SECONDS,v1=HEX`: the time in seconds of the Unix era, and
//! the HMAC-SHA256 over that number, a dot, and the body's bytes, under the secret both sides know. Whoever receives it
//! makes the same and compares, and refuses what is more than five minutes off: [`verify`] is that check.

use crate::http::{self, Client};
use crate::outcome::{Outcome, Refusal};
use crate::{Notice, Secret, SetupFault};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::Means;
use reqwest::{StatusCode, Url};
use serde::Serialize;
use sha2::Sha256;
use uuid::Uuid;

/// The header with time and signature.
pub const SIGNATURE_HEADER: &str = "Porchlight-Signature";

/// How far the time of a message may be off, in both directions.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// Where messages go.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The address; https, unless it is this machine.
    pub url: String,
    /// What both sides know.
    pub secret: Secret,
}

pub(crate) struct Sender {
    url: Url,
    secret: Secret,
    client: Client,
}

#[derive(Serialize)]
struct Body<'a> {
    id: Uuid,
    kind: &'static str,
    urgent: bool,
    practice: bool,
    account: Uuid,
    language: &'static str,
    title: String,
    text: String,
    link: &'a str,
}

impl Sender {
    pub(crate) fn new(settings: Webhook, client: Client) -> Result<Sender, SetupFault> {
        let url = http::server(&settings.url).ok_or(SetupFault::Url(Means::Webhook))?;
        Ok(Sender { url, secret: settings.secret, client })
    }

    pub(crate) async fn send(&self, now: Timestamp, to: Uuid, notice: &Notice, link: &str) -> Outcome {
        let body = Body {
            id: notice.id(),
            kind: notice.kind().as_str(),
            urgent: notice.kind().is_urgent(),
            practice: notice.kind() == crate::Kind::Practice,
            account: to,
            language: notice.lang().tag(),
            title: notice.title(),
            text: notice.body(),
            link,
        };
        let Ok(body) = serde_json::to_vec(&body) else { return Outcome::Refused(Refusal::Setup) };
        let request = self
            .client
            .post(self.url.clone())
            .header(SIGNATURE_HEADER, sign(&self.secret, now, &body))
            .header("Idempotency-Key", notice.id().to_string())
            .header("Content-Type", "application/json")
            .body(body);
        match http::ask(request).await {
            Ok(answer) if answer.status.is_success() => Outcome::Accepted { reference: None },
            Ok(answer) => match answer.status {
                StatusCode::BAD_REQUEST
                | StatusCode::UNAUTHORIZED
                | StatusCode::FORBIDDEN
                | StatusCode::NOT_FOUND
                | StatusCode::METHOD_NOT_ALLOWED
                | StatusCode::GONE
                | StatusCode::UNPROCESSABLE_ENTITY => Outcome::Refused(Refusal::Setup),
                status => Outcome::TryAgain(http::trouble(status)),
            },
            Err(trouble) => Outcome::TryAgain(trouble),
        }
    }
}

fn mac(secret: &Secret, seconds: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

fn sign(secret: &Secret, now: Timestamp, body: &[u8]) -> String {
    let seconds = now.as_second();
    let code = mac(secret, seconds, body).map(|mac| hex(&mac.finalize().into_bytes())).unwrap_or_default();
    format!("t={seconds},v1={code}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Why a received message is not to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookFault {
    /// The header does not read, or the signature does not fit.
    #[error("the signature does not fit")]
    Signature,
    /// It is too old or from the future: somebody may be playing it back.
    #[error("the message is more than five minutes off")]
    Time,
}

/// Checks a message as whoever receives it must, and gives the time it was signed at.
///
/// # Errors
/// When it is not ours, or more than five minutes off.
pub fn verify(secret: &Secret, header: &str, body: &[u8], now: Timestamp) -> Result<Timestamp, WebhookFault> {
    let (mut seconds, mut code) = (None, None);
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) => seconds = value.parse::<i64>().ok(),
            Some(("v1", value)) => code = read_hex(value),
            _ => {}
        }
    }
    let (Some(seconds), Some(code)) = (seconds, code) else { return Err(WebhookFault::Signature) };
    // In constant time, so that nobody can find the code byte by byte.
    let mac = mac(secret, seconds, body).ok_or(WebhookFault::Signature)?;
    mac.verify_slice(&code).map_err(|_| WebhookFault::Signature)?;
    let at = Timestamp::from_second(seconds).map_err(|_| WebhookFault::Time)?;
    if at.duration_since(now).abs() > WINDOW { Err(WebhookFault::Time) } else { Ok(at) }
}

fn read_hex(text: &str) -> Option<Vec<u8>> {
    let bytes = text.as_bytes();
    if bytes.len() != 64 || !bytes.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    (0..64).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn a_message_is_believed_for_five_minutes_and_only_as_it_was() {
        let secret = Secret::new("between us");
        let header = sign(&secret, at(1_000_000), b"{}");
        assert_eq!(verify(&secret, &header, b"{}", at(1_000_300)), Ok(at(1_000_000)));
        assert_eq!(verify(&secret, &header, b"{}", at(1_000_301)), Err(WebhookFault::Time));
        assert_eq!(verify(&secret, &header, b"{}", at(999_699)), Err(WebhookFault::Time));
        assert_eq!(verify(&secret, &header, b"{ }", at(1_000_000)), Err(WebhookFault::Signature));
        assert_eq!(
            verify(&Secret::new("other"), &header, b"{}", at(1_000_000)),
            Err(WebhookFault::Signature)
        );
        let moved = header.replace("t=1000000", "t=1000200");
        assert_eq!(verify(&secret, &moved, b"{}", at(1_000_300)), Err(WebhookFault::Signature));
    }

    #[test]
    fn the_signature_is_the_one_in_the_guide() {
        // printf '1700000000.{"id":1}' | openssl dgst -sha256 -hmac 'between us'
        let header = sign(&Secret::new("between us"), at(1_700_000_000), br#"{"id":1}"#);
        assert_eq!(
            header,
            "t=1700000000,v1=b2125f28ec577f563c39894290cf73852d9fdd3427165f7a2d59e29037f95205"
        );
    }

    proptest! {
        #[test]
        fn no_header_that_we_did_not_make_is_believed(header in "\\PC{0,120}", seconds in 0i64..4_000_000_000) {
            let believed = verify(&Secret::new("between us"), &header, b"{}", at(seconds));
            prop_assert!(believed.is_err());
        }
    }
}
