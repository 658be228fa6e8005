use crate::server::{Does, Server, babbling};
use crate::{ID, LINK, notice, now, outbound};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use porchlight_outbound::{
    Address, Kind, Outbound, Outcome, PhoneNumber, Progress, Refusal, Secret, Trouble,
};
use porchlight_practice::Lang;
use sha1::Sha1;
use uuid::Uuid;

fn at(url: &str) -> Outbound {
    outbound(|settings| {
        settings.phone = Some(porchlight_outbound::Phone {
            url: url.into(),
            account: "AC1".into(),
            token: Secret::new("token"),
            from: PhoneNumber::parse("608 555 0199").unwrap(),
        });
    })
}

fn denise() -> PhoneNumber {
    PhoneNumber::parse("(608) 555-0100").unwrap()
}

const TAKEN: Does = Does::Answer(201, r#"{"sid":"CA123","status":"queued"}"#);

#[tokio::test]
async fn a_text_message_goes_out_as_the_provider_wants_it() {
    let server = Server::start(TAKEN).await;
    let outcome =
        at(&server.url).send(now(), &Address::Text(denise()), &notice(Kind::Report, Lang::En)).await;
    let Outcome::Accepted { reference: Some(reference) } = outcome else { panic!("{outcome:?}") };
    assert_eq!(reference.as_str(), "CA123");
    let asked = &server.asked()[0];
    assert_eq!(asked.path, "/2010-04-01/Accounts/AC1/Messages.json");
    assert_eq!(asked.header("authorization"), format!("Basic {}", STANDARD.encode("AC1:token")));
    let form = asked.form();
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!((field("To"), field("From")), (Some("+16085550100"), Some("+16085550199")));
    assert!(field("Body").unwrap().ends_with(LINK));
    assert_eq!(field("StatusCallback").unwrap(), format!("https://porch.example.org/notices/phone/{ID}"));
}

#[tokio::test]
async fn a_call_asks_in_the_language_of_whoever_hears_it_for_a_key() {
    let server = Server::start(TAKEN).await;
    at(&server.url).send(now(), &Address::Call(denise()), &notice(Kind::Practice, Lang::Es)).await;
    let asked = &server.asked()[0];
    assert_eq!(asked.path, "/2010-04-01/Accounts/AC1/Calls.json");
    let form = asked.form();
    let instructions = &form.iter().find(|(name, _)| name == "Twiml").unwrap().1;
    for part in [
        "<Gather",
        "language=\"es-US\"",
        "Esto es una práctica",
        "Marque 1",
        &format!("/notices/phone/{ID}?key=es"),
    ] {
        assert!(instructions.contains(part), "{instructions} has no {part}");
    }
    let events: Vec<_> = form
        .iter()
        .filter(|(name, _)| name == "StatusCallbackEvent")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(events, ["ringing", "answered", "completed"]);
}

#[tokio::test]
async fn a_refusal_says_whether_the_number_or_the_settings_are_wrong() {
    let elsewhere = Server::start(TAKEN).await;
    let server = Server::start(TAKEN).await;
    let outbound = at(&server.url);
    for (does, wanted) in [
        (Does::Answer(400, r#"{"code":21211,"message":"x"}"#), Outcome::Refused(Refusal::Address)),
        (Does::Answer(400, r#"{"code":21606}"#), Outcome::Refused(Refusal::Setup)),
        (Does::Answer(401, r#"{"code":20003}"#), Outcome::Refused(Refusal::Setup)),
        (Does::Answer(429, r#"{"code":20429}"#), Outcome::TryAgain(Trouble::Failing)),
        (Does::Answer(500, ""), Outcome::TryAgain(Trouble::Failing)),
        // The sign-in page of a network in between: that was no call.
        (Does::Answer(200, "<html>Welcome to our wireless</html>"), Outcome::TryAgain(Trouble::Strange)),
        (Does::Answer(400, "<html>"), Outcome::TryAgain(Trouble::Strange)),
        (Does::Redirects(elsewhere.url.clone()), Outcome::TryAgain(Trouble::Strange)),
        (Does::NeverAnswers, Outcome::TryAgain(Trouble::NoAnswer)),
    ] {
        server.now_does(does);
        let outcome = outbound.send(now(), &Address::Call(denise()), &notice(Kind::Report, Lang::En)).await;
        assert_eq!(outcome, wanted);
    }
    assert!(elsewhere.asked().is_empty(), "the token was taken elsewhere");
    let outcome =
        at(&babbling().await).send(now(), &Address::Call(denise()), &notice(Kind::Report, Lang::En)).await;
    assert_eq!(outcome, Outcome::TryAgain(Trouble::Strange));
}

/// What the provider does, written here once more.
fn sign(url: &str, form: &[(String, String)]) -> String {
    let mut text = url.to_string();
    let mut form = form.to_vec();
    form.sort();
    for (name, value) in form {
        text += &name;
        text += &value;
    }
    let mut mac = Hmac::<Sha1>::new_from_slice(b"token").unwrap();
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

fn form(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

#[tokio::test]
async fn only_the_provider_can_say_what_a_phone_did() {
    let outbound = at("http://127.0.0.1:9");
    let url = format!("https://porch.example.org/notices/phone/{ID}");
    let ringing = form(&[("CallSid", "CA123"), ("CallStatus", "ringing"), ("To", "+16085550100")]);
    let signature = sign(&url, &ringing);
    let told = outbound.phone_callback(ID, None, &ringing, &signature).unwrap();
    assert_eq!(told.progress, Some(Progress::Ringing));
    assert_eq!(told.reference.unwrap().as_str(), "CA123");
    assert_eq!(told.reply, "");

    let answered = form(&[("CallSid", "CA123"), ("CallStatus", "in-progress"), ("To", "+16085550100")]);
    assert!(outbound.phone_callback(ID, None, &answered, &signature).is_err(), "other fields");
    assert!(outbound.phone_callback(Uuid::nil(), None, &ringing, &signature).is_err(), "another call");
    assert!(outbound.phone_callback(ID, Some("key=en"), &ringing, &signature).is_err(), "another query");
    for wrong in ["", "AAAA", "not base64 \u{1f}", &signature[1..]] {
        assert!(outbound.phone_callback(ID, None, &ringing, wrong).is_err(), "{wrong}");
    }
    let without = crate::outbound(|_| {});
    assert!(without.phone_callback(ID, None, &ringing, &signature).is_err());
}

#[tokio::test]
async fn a_pressed_key_is_a_human_and_a_mailbox_is_not() {
    let outbound = at("http://127.0.0.1:9");
    let url = format!("https://porch.example.org/notices/phone/{ID}");
    let told = |query: Option<&str>, fields: &[(&str, &str)]| {
        let whole = query.map_or(url.clone(), |query| format!("{url}?{query}"));
        let form = form(fields);
        outbound.phone_callback(ID, query, &form, &sign(&whole, &form)).unwrap()
    };
    let pressed = told(Some("key=es"), &[("Digits", "1"), ("CallStatus", "in-progress")]);
    assert_eq!(pressed.progress, Some(Progress::Confirmed));
    assert!(
        pressed.reply.contains("abra Porchlight") && pressed.reply.contains("es-US"),
        "{}",
        pressed.reply
    );
    assert_eq!(told(Some("key=en"), &[("CallStatus", "in-progress")]).progress, None);
    // A mailbox lets the call end by itself.
    let ended = told(None, &[("CallStatus", "completed")]).progress.unwrap();
    assert!(!ended.reached_a_human());
    assert!(pressed.progress.unwrap().and(ended).reached_a_human());
    assert_eq!(told(None, &[("MessageStatus", "delivered")]).progress, Some(Progress::Delivered));
    assert_eq!(told(None, &[("CallStatus", "no-answer")]).progress, Some(Progress::NotReached));
    assert_eq!(told(None, &[("CallStatus", "dreaming")]).progress, None);
}
