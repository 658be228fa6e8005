//! How somebody is reached outside of the pages, as they choose it themself.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Means;
use world::{Answer, Client, World};

const PAGE: &str = "/account/reach";

/// What a browser gives.
fn subscription(end: &str) -> String {
    format!(
        r#"{{"endpoint":"https://push.example.org/{end}","expirationTime":null,"keys":{{"p256dh":"BLn9b-VR0ca83knDNZ32dCHGyjJp-1riX9ZTN40MqV8K_LpQmLqxC_DoHvqvFXO_nGdAB4W9dogZb_sM-uV4JbY","auth":"_ordMnz7uTCmrpBTeUV4Bw"}}}}"#
    )
}

async fn add(client: &mut Client, given: &str) -> Answer {
    let page = client.get(PAGE).await;
    let answer = client.submit(&page, "/account/reach/device", &[("subscription", given)]).await;
    client.follow(answer).await
}

/// The devices on the page.
fn devices(page: &Answer) -> Vec<String> {
    let start = "name=\"device\" value=\"";
    page.text.match_indices(start).map(|(at, _)| page.text[at + start.len()..][..36].to_owned()).collect()
}

#[tokio::test]
async fn a_mailbox_is_kept_changed_and_taken_back_and_lies_sealed() {
    let world = World::new().await;
    let mut client = world.client_of(&world.georgia.supervisor).await;
    let page = client.get(PAGE).await;
    let wrong = client.submit(&page, "/account/reach/email", &[("email", "terrence at home")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("This is not an e-mail address"));
    assert_eq!(wrong.field("email"), "terrence at home", "what was typed is still there");

    for email in ["terrence@example.org", "t.boyd@example.org"] {
        let page = client.get(PAGE).await;
        let saved = client.submit(&page, "/account/reach/email", &[("email", email)]).await;
        assert_eq!(client.follow(saved).await.field("email"), email);
    }
    for name in ["agency.db", "agency.db-wal"] {
        let bytes = std::fs::read(world.folder.path().join(name)).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("t.boyd@"), "{name} holds it in the clear");
    }
    let page = client.get(PAGE).await;
    let saved = client.submit(&page, "/account/reach/email", &[("email", " ")]).await;
    assert_eq!(client.follow(saved).await.field("email"), "");
}

#[tokio::test]
async fn a_device_is_added_once_and_only_its_owner_takes_it_away() {
    let world = World::new().await;
    let mut client = world.client_of(&world.georgia.supervisor).await;
    for given in ["", "{}", "undefined"] {
        let page = add(&mut client, given).await;
        assert!(page.status == 422 && page.says("This device could not be added"), "{given}");
    }
    add(&mut client, &subscription("a")).await;
    let page = add(&mut client, &subscription("a")).await;
    assert_eq!(devices(&page).len(), 1, "the same browser once more");
    let page = add(&mut client, &subscription("b")).await;
    let [newest, first] = devices(&page).try_into().unwrap();

    let mut stranger = world.client_of(&world.georgia.deputy).await;
    let refused = stranger.post("/account/reach/device/forget", &[("device", &first)]).await;
    assert_eq!(refused.status, 404);
    let answer = client.post("/account/reach/device/forget", &[("device", &first)]).await;
    assert_eq!(devices(&client.follow(answer).await), [newest]);
}

#[tokio::test]
async fn more_devices_than_anybody_has_push_out_the_oldest() {
    let world = World::new().await;
    let mut client = world.client_of(&world.georgia.supervisor).await;
    let first = devices(&add(&mut client, &subscription("0")).await);
    for number in 1..=10 {
        add(&mut client, &subscription(&number.to_string())).await;
    }
    let kept = devices(&client.get(PAGE).await);
    assert_eq!(kept.len(), 10);
    assert!(!kept.contains(&first[0]));
}

#[tokio::test]
async fn the_page_says_what_this_server_can_t_do() {
    let world = World::new().await;
    let mut client = world.client_of(&world.georgia.supervisor).await;
    assert!(client.get(PAGE).await.text.contains("data-push=\""));
    for means in Means::ALL {
        world.sent.without(means);
    }
    let page = client.get(PAGE).await;
    assert!(!page.text.contains("data-push=\""));
    for words in ["has not set up calls", "has not set up e-mail", "has not set this up"] {
        assert!(page.says(words), "{words}");
    }
}

#[tokio::test]
async fn the_script_that_shows_notices_stands_before_no_page() {
    let world = World::new().await;
    let script = world.stranger().get("/account/push-worker.js").await;
    assert_eq!(script.status, 200);
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(script.headers["cache-control"], "no-cache");
    assert!(script.text.contains("\"push\"") && !script.text.contains("fetch"), "{}", script.text);
}

/// The provider is no browser of ours, and is answered; whoever else says so is not.
#[tokio::test]
async fn nobody_but_the_provider_tells_what_a_phone_did() {
    let world = World::new().await;
    for path in ["/notices/phone/6b1d5a57-0c0e-4b5e-9d50-77f02f0c0001?key=en", "/notices/phone/nothing"] {
        let told = world::request(axum::http::Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-twilio-signature", "AAAA")
            .body(axum::body::Body::from("CallSid=CA1&Digits=1"))
            .unwrap();
        assert_eq!(world.stranger().send(told).await.status, 404, "{path}");
    }
}
