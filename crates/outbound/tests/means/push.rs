use crate::server::{Does, Server};
use crate::{ID, LINK, notice, now, outbound};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use porchlight_outbound::{
    Address, Kind, Outbound, Outcome, Push, PushServices, Refusal, Subscription, Trouble,
};
use porchlight_practice::Lang;

const AUTH: [u8; 16] = *b"sixteen letters.";

/// A browser's private key.
fn browser() -> p256::SecretKey {
    p256::SecretKey::from_slice(&[7; 32]).unwrap()
}

fn subscription(endpoint: &str) -> Subscription {
    let public = URL_SAFE_NO_PAD.encode(browser().public_key().to_sec1_bytes());
    let auth = URL_SAFE_NO_PAD.encode(AUTH);
    Subscription::parse(&format!(
        r#"{{"endpoint":"{endpoint}","expirationTime":null,"keys":{{"p256dh":"{public}","auth":"{auth}"}}}}"#
    ))
    .unwrap()
}

fn through(services: &str) -> Outbound {
    outbound(|settings| {
        settings.push = Some(Push {
            seed: zeroize::Zeroizing::new([3; 32]),
            contact: "mailto:office@example.org".into(),
            services: PushServices::parse(services).unwrap(),
        });
    })
}

#[tokio::test]
async fn only_the_browser_can_read_it_and_the_service_can_tell_that_it_is_us() {
    let server = Server::start(Does::Answer(201, "")).await;
    let outbound = through(server.host());
    let to = subscription(&format!("{}/send/abc", server.url));
    assert!(outbound.takes(&to));
    let outcome = outbound.send(now(), &Address::Push(to), &notice(Kind::Report, Lang::En)).await;
    assert_eq!(outcome, Outcome::Accepted { reference: None });
    let asked = &server.asked()[0];
    assert_eq!(asked.path, "/send/abc");
    assert_eq!(asked.header("content-encoding"), "aes128gcm");
    assert_eq!(asked.header("urgency"), "high");
    assert_eq!(asked.header("topic"), ID.simple().to_string());
    assert!(asked.header("ttl").parse::<u32>().unwrap() > 0);
    assert!(!String::from_utf8_lossy(&asked.body).contains("porch"), "readable on its way");

    let open = web_push_native::decrypt(asked.body.to_vec(), &browser(), &AUTH.into()).unwrap();
    let shown: serde_json::Value = serde_json::from_slice(&open).unwrap();
    assert_eq!((shown["link"].as_str(), shown["kind"].as_str()), (Some(LINK), Some("report")));

    let (token, key) =
        asked.header("authorization").strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(Some(key.to_string()), outbound.push_key());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let key = VerifyingKey::from_sec1_bytes(&URL_SAFE_NO_PAD.decode(key).unwrap()).unwrap();
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
    key.verify(signed.as_bytes(), &signature).unwrap();
    let claims = URL_SAFE_NO_PAD.decode(signed.split_once('.').unwrap().1).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["aud"], server.url);
    assert_eq!(claims["sub"], "mailto:office@example.org");
    assert_eq!(claims["exp"], now().as_second() + 12 * 3600);
}

#[tokio::test]
async fn a_browser_that_gave_up_is_forgotten_and_a_failing_service_is_not() {
    let server = Server::start(Does::Answer(201, "")).await;
    let outbound = through(server.host());
    for (does, wanted) in [
        (Does::Answer(410, ""), Outcome::Refused(Refusal::Gone)),
        (Does::Answer(404, ""), Outcome::Refused(Refusal::Gone)),
        (Does::Answer(403, ""), Outcome::Refused(Refusal::Setup)),
        (Does::Answer(429, ""), Outcome::TryAgain(Trouble::Failing)),
        (Does::Answer(502, ""), Outcome::TryAgain(Trouble::Failing)),
        (Does::Redirects("http://127.0.0.1:9/".into()), Outcome::TryAgain(Trouble::Strange)),
        (Does::NeverAnswers, Outcome::TryAgain(Trouble::NoAnswer)),
    ] {
        server.now_does(does);
        let to = Address::Push(subscription(&server.url));
        assert_eq!(outbound.send(now(), &to, &notice(Kind::Report, Lang::En)).await, wanted);
    }
}

#[tokio::test]
async fn a_browser_can_t_make_the_server_call_another_address() {
    let inside = Server::start(Does::Answer(201, "")).await;
    let outbound = through("push.example.org");
    let to = subscription(&inside.url);
    assert!(!outbound.takes(&to));
    let outcome = outbound.send(now(), &Address::Push(to), &notice(Kind::Report, Lang::En)).await;
    assert_eq!(outcome, Outcome::Refused(Refusal::Setup));
    assert!(inside.asked().is_empty());
}

#[test]
fn a_subscription_reads_back_and_nonsense_is_none() {
    let given = subscription("https://push.example.org/1");
    assert!(Subscription::parse(&given.expose()).unwrap() == given);
    let long = "x".repeat(2_000);
    for wrong in [
        "",
        "{}",
        "[]",
        r#"{"endpoint":"https://x/","keys":{"p256dh":"AA","auth":"AA"}}"#,
        &given.expose().replace("https://push.example.org/1", "nowhere"),
        &given.expose().replace("/1", &format!("/{long}")),
    ] {
        assert!(Subscription::parse(wrong).is_err(), "{wrong}");
    }
}
