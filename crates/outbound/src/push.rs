//! Web push: what a browser or a phone shows even when no page is open (RFC 8030, 8188, 8291, 8292).
//!
//! What is sent is encrypted for the browser; the service in between sees how long it is and to whom, and nothing else.

use crate::Notice;
use crate::address::Subscription;
use crate::http::{self, Client};
use crate::outcome::{Outcome, Refusal};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use reqwest::{StatusCode, Url};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

/// How long the service keeps what it can't deliver. A call that comes later than this wakes somebody for nothing.
const KEPT_SECONDS: u32 = 15 * 60;
/// How long one of our own signatures is good for; the services refuse more than a day.
const SIGNED_FOR: SignedDuration = SignedDuration::from_hours(12);

/// What push needs.
#[derive(Clone)]
pub struct Push {
    /// What our private key is made from. Browsers bind their subscription to it: with another one they all have to
    /// subscribe again.
    pub seed: Zeroizing<[u8; 32]>,
    /// How the services reach whoever runs this server: `mailto:…` or `https://…`.
    pub contact: String,
    /// Whose subscriptions are taken.
    pub services: PushServices,
}

impl std::fmt::Debug for Push {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Push").field("contact", &self.contact).field("services", &self.services).finish()
    }
}

/// The push services that may be sent to. A browser says itself where it is to be reached; without such a list it could
/// have the server call any address it likes.
#[derive(Debug, Clone)]
pub struct PushServices(Vec<String>);

impl PushServices {
    /// Reads host names between commas; `*.` at the beginning stands for every host below. A port can be given.
    pub fn parse(text: &str) -> Option<PushServices> {
        let hosts: Vec<String> = text
            .split(',')
            .map(|host| host.trim().to_ascii_lowercase())
            .filter(|host| !host.is_empty())
            .collect();
        let fits = |host: &String| {
            let bare = host.strip_prefix("*.").unwrap_or(host);
            !bare.is_empty()
                && bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'))
        };
        (!hosts.is_empty() && hosts.iter().all(fits)).then_some(PushServices(hosts))
    }

    fn has(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let with_port = url.port().map_or(host.to_string(), |port| format!("{host}:{port}"));
        http::is_protected(url)
            && self.0.iter().any(|known| match known.strip_prefix('*') {
                Some(below) => with_port.ends_with(below) && with_port.len() > below.len(),
                None => *known == with_port,
            })
    }
}

pub(crate) struct Sender {
    key: SigningKey,
    contact: String,
    services: PushServices,
    client: Client,
}

/// One in four thousand million numbers is no key; then the next that follows from it is taken.
fn key(mut seed: [u8; 32]) -> SigningKey {
    loop {
        if let Ok(key) = SigningKey::from_slice(&seed) {
            seed.zeroize();
            return key;
        }
        seed = Sha256::digest(seed).into();
    }
}

#[derive(Serialize)]
struct Shown<'a> {
    id: Uuid,
    kind: &'static str,
    urgent: bool,
    lang: &'static str,
    title: String,
    body: String,
    link: &'a str,
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: String,
    exp: i64,
    sub: &'a str,
}

impl Sender {
    pub(crate) fn new(settings: Push, client: Client) -> Sender {
        let Push { seed, contact, services } = settings;
        Sender { key: key(*seed), contact, services, client }
    }

    /// The public key, as a browser wants it.
    pub(crate) fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.verifying_key().to_encoded_point(false).as_bytes())
    }

    pub(crate) fn takes(&self, subscription: &Subscription) -> bool {
        self.services.has(&subscription.endpoint)
    }

    /// Shows a push service that it is us (RFC 8292).
    fn authorization(&self, now: Timestamp, service: &Url) -> Option<String> {
        let claims = Claims {
            aud: service.origin().ascii_serialization(),
            exp: now.saturating_add(SIGNED_FOR).ok()?.as_second(),
            sub: &self.contact,
        };
        let head = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let claims = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims).ok()?);
        let signed = format!("{head}.{claims}");
        let signature: Signature = self.key.sign(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        Some(format!("vapid t={signed}.{signature}, k={}", self.public_key()))
    }

    pub(crate) async fn send(
        &self,
        now: Timestamp,
        to: &Subscription,
        notice: &Notice,
        link: &str,
    ) -> Outcome {
        // It was kept when another list was in force.
        if !self.takes(to) {
            return Outcome::Refused(Refusal::Setup);
        }
        let shown = Shown {
            id: notice.id(),
            kind: notice.kind().as_str(),
            urgent: notice.kind().is_urgent(),
            lang: notice.lang().tag(),
            title: notice.title(),
            body: notice.body(),
            link,
        };
        let sealed = serde_json::to_vec(&shown)
            .ok()
            .and_then(|shown| web_push_native::encrypt(shown, &to.public, &to.auth.into()).ok());
        let (Some(sealed), Some(authorization)) = (sealed, self.authorization(now, &to.endpoint)) else {
            return Outcome::Refused(Refusal::Setup);
        };
        let request = self
            .client
            .post(to.endpoint.clone())
            .header("Authorization", authorization)
            .header("Content-Encoding", "aes128gcm")
            .header("Content-Type", "application/octet-stream")
            .header("TTL", KEPT_SECONDS)
            .header("Urgency", if notice.kind().is_urgent() { "high" } else { "normal" })
            // Of two that wait with the same topic only the newer is shown; 32 letters are the most there may be.
            .header("Topic", notice.id().simple().to_string())
            .body(sealed);
        match http::ask(request).await {
            Ok(answer) => match answer.status {
                StatusCode::CREATED | StatusCode::ACCEPTED | StatusCode::OK | StatusCode::NO_CONTENT => {
                    Outcome::Accepted { reference: None }
                }
                StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Refused(Refusal::Gone),
                StatusCode::BAD_REQUEST
                | StatusCode::UNAUTHORIZED
                | StatusCode::FORBIDDEN
                | StatusCode::PAYLOAD_TOO_LARGE => Outcome::Refused(Refusal::Setup),
                status => Outcome::TryAgain(http::trouble(status)),
            },
            Err(trouble) => Outcome::TryAgain(trouble),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_gives_a_key_and_always_the_same() {
        for seed in [[0; 32], [0xff; 32], [3; 32]] {
            assert_eq!(key(seed), key(seed));
        }
        assert_ne!(key([0; 32]), key([3; 32]));
    }

    #[test]
    fn only_the_services_of_the_settings_are_called() {
        let services = PushServices::parse("push.example.org, *.windows.example, 127.0.0.1:9000").unwrap();
        for (url, wanted) in [
            ("https://push.example.org/send/1", true),
            ("https://a.windows.example/1", true),
            ("http://127.0.0.1:9000/1", true),
            ("http://push.example.org/send/1", false),
            ("https://push.example.org:8443/", false),
            ("https://windows.example/1", false),
            ("https://evilwindows.example/1", false),
            ("https://push.example.org.evil.example/", false),
            ("http://127.0.0.1:8080/admin", false),
            ("http://169.254.169.254/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(services.has(&url.parse().unwrap()), wanted, "{url}");
        }
        for wrong in ["", " , ", "https://x/", "*."] {
            assert!(PushServices::parse(wrong).is_none(), "{wrong}");
        }
    }
}
