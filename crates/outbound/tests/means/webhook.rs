use crate::server::{Does, Server, babbling, nobody};
use crate::{ID, LINK, PATIENCE, notice, now, outbound};
use porchlight_outbound::{
    Address, Kind, Outbound, Outcome, Refusal, SIGNATURE_HEADER, Secret, Trouble, Webhook, verify,
};
use porchlight_practice::Lang;
use std::time::{Duration, Instant};
use uuid::Uuid;

fn to(url: &str) -> Outbound {
    outbound(|settings| {
        settings.webhook = Some(Webhook { url: format!("{url}/in?x=1"), secret: Secret::new("between us") });
    })
}

const TO: Address = Address::Webhook(Uuid::from_u128(9));

async fn send(outbound: &Outbound) -> Outcome {
    outbound.send(now(), &TO, &notice(Kind::Report, Lang::Es)).await
}

#[tokio::test]
async fn the_message_is_signed_and_says_whom_to_reach_by_an_id_alone() {
    let server = Server::start(Does::Answer(204, "")).await;
    assert_eq!(send(&to(&server.url)).await, Outcome::Accepted { reference: None });
    let asked = server.asked();
    let [asked] = asked.as_slice() else { panic!("asked once") };
    assert_eq!(asked.path, "/in?x=1");
    let header = asked.header(SIGNATURE_HEADER);
    assert_eq!(verify(&Secret::new("between us"), header, &asked.body, now()), Ok(now()));
    assert!(verify(&Secret::new("someone else"), header, &asked.body, now()).is_err());
    assert_eq!(asked.header("idempotency-key"), ID.to_string());
    let said: serde_json::Value = serde_json::from_slice(&asked.body).unwrap();
    assert_eq!(said["account"], Uuid::from_u128(9).to_string());
    assert_eq!(said["link"], LINK);
    assert_eq!((said["kind"].as_str(), said["practice"].as_bool()), (Some("report"), Some(false)));
    assert_eq!((said["language"].as_str(), said["urgent"].as_bool()), (Some("es"), Some(true)));
}

#[tokio::test]
async fn every_bad_day_ends_in_time_and_says_whether_to_try_again() {
    let elsewhere = Server::start(Does::Answer(200, "")).await;
    let server = Server::start(Does::Answer(500, "")).await;
    let outbound = to(&server.url);
    for (does, wanted) in [
        (Does::Answer(500, "<h1>oops</h1>"), Outcome::TryAgain(Trouble::Failing)),
        (Does::Answer(503, ""), Outcome::TryAgain(Trouble::Failing)),
        (Does::Answer(429, ""), Outcome::TryAgain(Trouble::Failing)),
        (Does::Answer(401, ""), Outcome::Refused(Refusal::Setup)),
        (Does::Answer(404, ""), Outcome::Refused(Refusal::Setup)),
        (Does::Redirects(format!("{}/taken", elsewhere.url)), Outcome::TryAgain(Trouble::Strange)),
    ] {
        server.now_does(does);
        assert_eq!(send(&outbound).await, wanted);
    }
    assert!(elsewhere.asked().is_empty(), "a redirect was followed");

    server.now_does(Does::NeverAnswers);
    let began = Instant::now();
    assert_eq!(send(&outbound).await, Outcome::TryAgain(Trouble::NoAnswer));
    assert!(began.elapsed() < PATIENCE + Duration::from_secs(2));

    assert_eq!(send(&to(&babbling().await)).await, Outcome::TryAgain(Trouble::Strange));
    assert_eq!(send(&to(&nobody().await)).await, Outcome::TryAgain(Trouble::Unreachable));
}
