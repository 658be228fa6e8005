//! Passkeys: added, used, removed, and what is no answer. The device is a key in the test that answers as the standard says.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use porchlight_practice::Role;
use porchlight_practice::id::AccountId;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use world::{Answer, Client, PASSWORD, World};

const NEW: &str = "/account/passkeys/new";

fn said(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A device that holds one passkey and was unlocked by its owner.
struct Device {
    key: SigningKey,
    id: Vec<u8>,
    owner: AccountId,
    counter: u32,
    origin: String,
}

impl Device {
    fn new(number: u8, owner: AccountId) -> Device {
        let key = SigningKey::from_slice(&[number; 32]).unwrap();
        Device { key, id: vec![number; 16], owner, counter: 0, origin: "https://porchlight.test".into() }
    }

    fn data(&self, kind: &str, challenge: &str) -> Vec<u8> {
        let data =
            json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false });
        data.to_string().into_bytes()
    }

    fn head(&mut self, flags: u8) -> Vec<u8> {
        self.counter += 1;
        let mut head = Sha256::digest(b"porchlight.test").to_vec();
        head.push(flags);
        head.extend(self.counter.to_be_bytes());
        head
    }

    /// What it answers to a page that asks for a new passkey.
    fn make(&mut self, asked: &Value) -> String {
        let data = self.data("webauthn.create", asked["challenge"].as_str().unwrap());
        // Present, unlocked, with a key.
        let mut head = self.head(0x45);
        head.extend([0; 16]);
        head.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        head.extend(&self.id);
        let point = self.key.verifying_key().to_encoded_point(false);
        head.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        head.extend(point.x().unwrap());
        head.extend([0x22, 0x58, 0x20]);
        head.extend(point.y().unwrap());
        let mut whole = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        whole.push(u8::try_from(head.len()).unwrap());
        whole.extend(head);
        self.answer(json!({ "attestationObject": said(&whole), "clientDataJSON": said(&data) }))
    }

    /// What it answers to a page that asks for a passkey. `flags` 5: present and unlocked.
    fn show(&mut self, asked: &Value, flags: u8) -> String {
        let data = self.data("webauthn.get", asked["challenge"].as_str().unwrap());
        let head = self.head(flags);
        let signed = [head.clone(), Sha256::digest(&data).to_vec()].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(json!({
            "authenticatorData": said(&head), "clientDataJSON": said(&data),
            "signature": said(signature.to_der().as_bytes()), "userHandle": said(self.owner.0.as_bytes()),
        }))
    }

    fn answer(&self, response: Value) -> String {
        let id = said(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "extensions": {} })
            .to_string()
    }
}

/// What a page asks of the device.
fn asked(page: &Answer) -> Value {
    let json = page.text.split("data-asked=\"").nth(1).unwrap().split('"').next().unwrap();
    serde_json::from_str(&json.replace("&#34;", "\"").replace("&quot;", "\"")).unwrap()
}

async fn add(client: &mut Client, device: &mut Device) -> Answer {
    let page = client.get(NEW).await;
    let answer = device.make(&asked(&page));
    client.submit(&page, NEW, &[("passkey", &answer)]).await
}

/// A question of the page that signs in.
async fn question(client: &mut Client) -> (String, Value) {
    let answer = client.post("/sign-in/passkey/question", &[]).await;
    let value: Value = serde_json::from_str(&answer.text).unwrap();
    (value[0].as_str().unwrap().to_owned(), serde_json::from_str(value[1].as_str().unwrap()).unwrap())
}

async fn shown(client: &mut Client, question: &str, answer: &str) -> Answer {
    client.post("/sign-in/passkey", &[("question", question), ("passkey", answer), ("then", "/people")]).await
}

async fn sign_in(client: &mut Client, device: &mut Device) -> Answer {
    let (id, asked) = question(client).await;
    shown(client, &id, &device.show(&asked, 5)).await
}

fn is_refused(answer: &Answer) -> bool {
    answer.location().as_deref() == Some("/sign-in")
}

#[tokio::test]
async fn a_passkey_is_added_signs_in_alone_and_is_removed() {
    let world = World::new().await;
    let peer = &world.georgia.peer;
    let mut own = world.client_of(peer).await;
    let mut elsewhere = world.client_of(peer).await;
    let mut device = Device::new(7, peer.account);
    let page = own.get(NEW).await;
    let options = asked(&page);
    assert_eq!(options["rp"]["id"], "porchlight.test");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["user"]["name"], "MV", "two letters, and no name");
    let added = add(&mut own, &mut device).await;
    assert_eq!(added.location().as_deref(), Some("/account/passkeys"), "{}", added.words());
    let list = own.get("/account/passkeys").await;
    assert!(list.says("Made: Today.") && list.says("Not used yet."), "{}", list.words());
    assert!(elsewhere.get("/account/news").await.says("A passkey was added"));
    // The same one again is none more.
    let again = add(&mut own, &mut device).await;
    assert_eq!(again.status, 422, "{}", again.words());

    let mut phone = world.stranger();
    let inside = sign_in(&mut phone, &mut device).await;
    assert_eq!(inside.location().as_deref(), Some("/people"), "{}", inside.words());
    assert_eq!(phone.get("/people").await.status, 200, "nothing else is asked");
    assert!(own.get("/account/passkeys").await.says("Last used: Today."));

    let page = own.get("/account/passkeys").await;
    let id =
        page.text.split("name=\"passkey\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut other = world.client_of(&world.georgia.second_peer).await;
    assert_eq!(other.post("/account/passkeys/remove", &[("passkey", &id)]).await.status, 404);
    assert_eq!(own.post("/account/passkeys/remove", &[("passkey", &id)]).await.status, 303);
    assert_eq!(phone.get("/people").await.status, 303, "what it opened is shut");
    assert!(is_refused(&sign_in(&mut world.stranger(), &mut device).await));
    assert!(own.get("/account/passkeys").await.says("You have none yet."));
}

/// Nothing is played back, nothing counts of another page, another account, or a device that nobody unlocked.
#[tokio::test]
async fn what_is_no_answer_to_the_question_opens_nothing() {
    let world = World::new().await;
    let peer = &world.georgia.peer;
    let mut own = world.client_of(peer).await;
    let mut device = Device::new(7, peer.account);
    assert_eq!(add(&mut own, &mut device).await.status, 303);

    let mut thief = world.stranger();
    let (id, asked) = question(&mut thief).await;
    let answer = device.show(&asked, 5);
    assert_eq!(shown(&mut world.stranger(), &id, &answer).await.location().as_deref(), Some("/people"));
    assert!(is_refused(&shown(&mut thief, &id, &answer).await), "once");
    let (other, _) = question(&mut thief).await;
    assert!(is_refused(&shown(&mut thief, &other, &answer).await), "not to another question");
    for (id, answer) in [("", ""), ("x", "{}"), (&*other, "not even json")] {
        assert!(is_refused(&shown(&mut thief, id, answer).await));
    }
    // Too late.
    let (id, asked) = question(&mut thief).await;
    let answer = device.show(&asked, 5);
    world.clock.advance(SignedDuration::from_mins(10));
    assert!(is_refused(&shown(&mut thief, &id, &answer).await));
    // Present, but not unlocked.
    let (id, asked) = question(&mut thief).await;
    assert!(is_refused(&shown(&mut thief, &id, &device.show(&asked, 1)).await));
    // A page that copies ours.
    device.origin = "https://porchlight.test.evil.example".into();
    assert!(is_refused(&sign_in(&mut thief, &mut device).await));
    device.origin = "https://porchlight.test".into();
    // Somebody else's account.
    device.owner = world.georgia.supervisor.account;
    assert!(is_refused(&sign_in(&mut thief, &mut device).await));
    device.owner = peer.account;
    // Another key under the same name.
    let mut forged = Device { counter: 100, ..Device::new(8, peer.account) };
    forged.id.clone_from(&device.id);
    assert!(is_refused(&sign_in(&mut thief, &mut forged).await));
    // A counter that went back: somebody copied it.
    device.counter = 0;
    assert!(is_refused(&sign_in(&mut thief, &mut device).await));
    assert_eq!(thief.get("/people").await.status, 303);
    // Nobody adds one with another's question.
    let mut second = world.client_of(&world.georgia.second_peer).await;
    let (mine, theirs) = (own.get(NEW).await, second.get(NEW).await);
    let answer = Device::new(9, peer.account).make(&self::asked(&mine));
    let fields = [("question", &*mine.field("question")), ("passkey", &*answer)];
    assert_eq!(second.submit(&theirs, NEW, &fields).await.status, 422);
}

/// For whoever works here a passkey stands beside the password; for somebody who is supported the password stays a way of its own.
#[tokio::test]
async fn beside_the_password_of_whoever_works_here_and_never_in_the_way_of_the_supported() {
    let world = World::new().await;
    let (peer, person) = (&world.georgia.peer, &world.georgia.person);
    let mut own = world.client_of(peer).await;
    let mut device = Device::new(7, peer.account);
    add(&mut own, &mut device).await;
    let mut client = world.stranger();
    let half = client.post("/sign-in", &[("sign_in_name", "marisol.vega"), ("password", PASSWORD)]).await;
    assert_eq!(half.location().as_deref(), Some("/sign-in/code"));
    assert!(client.get("/sign-in/code").await.text.contains("data-passkey=\"porchlight.test\""));
    assert_eq!(sign_in(&mut client, &mut device).await.location().as_deref(), Some("/people"));
    // It is a second step: nobody is asked for another one, however long they wait.
    world.clock.advance(SignedDuration::from_hours(24 * 30));
    let mut late = world.stranger();
    sign_in(&mut late, &mut device).await;
    assert_eq!(late.get("/people").await.status, 200);
    assert!(!late.get("/day").await.says("set up a second step"));
    // Who lost the device gets in by the password alone, once the programme took it off.
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let path = format!("/programmes/{}/workers/{}/second-step", world.georgia.id, peer.membership);
    assert_eq!(admin.post(&path, &[]).await.status, 303);
    assert!(is_refused(&sign_in(&mut world.stranger(), &mut device).await));
    let mut again = world.stranger();
    let inside = again.post("/sign-in", &[("sign_in_name", "marisol.vega"), ("password", PASSWORD)]).await;
    assert_eq!(inside.location().as_deref(), Some("/day"));

    let mut own = world.client_of(person).await;
    let mut device = Device::new(9, person.account);
    assert_eq!(add(&mut own, &mut device).await.status, 303);
    let mut client = world.stranger();
    let inside = client.post("/sign-in", &[("sign_in_name", "darnell.watts"), ("password", PASSWORD)]).await;
    assert_eq!(inside.location().as_deref(), Some("/me"));
}

#[tokio::test]
async fn a_passkey_shows_again_that_it_is_oneself_and_loses_no_word() {
    let world = World::new().await;
    let supervisor = &world.georgia.supervisor;
    let mut own = world.client_of(supervisor).await;
    let mut device = Device::new(7, supervisor.account);
    add(&mut own, &mut device).await;
    let path = format!("/people/{}/emergency", world.georgia.person_id);
    let reason = "She called and said she is not safe where she is.";
    let page = own.get(&path).await;
    world.clock.advance(SignedDuration::from_mins(5));
    let prove = own.submit(&page, &path, &[("reason", reason)]).await;
    assert_eq!(prove.status, 401);
    assert!(prove.text.contains("data-passkey=\"porchlight.test\""));
    // Of somebody else it shows nothing.
    let second = &world.georgia.second_peer;
    let mut theirs = Device::new(8, second.account);
    add(&mut world.client_of(second).await, &mut theirs).await;
    for (which, right) in [(&mut theirs, false), (&mut device, true)] {
        let (id, asked) = question(&mut own).await;
        let answer = which.show(&asked, 5);
        let mut fields: Vec<(String, String)> = prove.form(&path);
        fields.retain(|(name, _)| !name.starts_with("proof_"));
        fields.extend([("proof_question".into(), id), ("proof_passkey".into(), answer)]);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let sent = own.post(&path, &fields).await;
        match right {
            true => assert!(sent.location().unwrap().starts_with("/emergencies/"), "{}", sent.words()),
            false => {
                assert!(sent.says("This passkey did not fit."), "{}", sent.words());
                assert_eq!((sent.status, sent.field("reason")), (401, reason.to_owned()));
            }
        }
    }
}
