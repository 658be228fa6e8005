//! What was written on a phone without signal, as the server takes it in: once, judged as of now, and never to the bin.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use axum::body::Body;
use axum::http::{Method, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use porchlight_app::App;
use porchlight_practice::Role;
use porchlight_store::envelope::Envelopes;
use serde_json::{Value, json};
use world::{Answer, Client, Programme, World, request};

/// A phone that was made ready.
struct Phone {
    secret: String,
    key: Vec<u8>,
}

impl Phone {
    async fn ready(client: &mut Client) -> Phone {
        let made: Value = serde_json::from_str(&client.post("/device", &[]).await.text).unwrap();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        Phone { secret: text("secret"), key: STANDARD.decode(text("key")).unwrap() }
    }

    fn sealed(&self, id: &str, path: &str, body: &str) -> String {
        let text = json!({ "id": id, "path": path, "body": body, "at": 1_795_000_000_000_i64 }).to_string();
        STANDARD.encode(Envelopes::seal(&self.key, text.as_bytes()).unwrap())
    }

    async fn send(&self, client: &mut Client, items: &[String]) -> Value {
        let answer = self.answer(client, items).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        serde_json::from_str(&answer.text).unwrap()
    }

    async fn answer(&self, client: &mut Client, items: &[String]) -> Answer {
        let body = json!({ "secret": self.secret, "waiting": items.len(), "items": items }).to_string();
        let asked = request(Method::POST, "/device/send").header("sec-fetch-site", "same-origin");
        let asked = asked.header(header::CONTENT_TYPE, "application/json").body(Body::from(body));
        client.send(asked.unwrap()).await
    }
}

fn fresh(app: &App) -> String {
    app.command_id().to_string()
}

/// A note about the programme's person, as the form would send it: its address, its command, and the whole form.
fn note(app: &App, of: &Programme, words: &str) -> (String, String, String) {
    let (contact, command) = (fresh(app), fresh(app));
    let body = format!(
        "person={}&version=0&command={command}&sign_command={}&kind=in_person&own_words={}",
        of.person_id,
        fresh(app),
        words.replace(' ', "+")
    );
    (format!("/contacts/{contact}/draft"), command, body)
}

#[tokio::test]
async fn twice_is_once_and_every_word_arrives() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let phone = Phone::ready(&mut peer).await;
    let notes: Vec<_> =
        (0..50).map(|n| note(&world.app, &world.georgia, &format!("word {n} of mine"))).collect();
    let items: Vec<_> = notes.iter().map(|(path, id, body)| phone.sealed(id, path, body)).collect();
    for _ in 0..2 {
        let told = phone.send(&mut peer, &items).await;
        assert_eq!(told["done"].as_object().unwrap().len(), 50);
        assert_eq!((told["ended"].as_bool(), told["signed_out"].as_bool()), (Some(false), Some(false)));
    }
    for (n, (path, _, _)) in notes.iter().enumerate() {
        let page = peer.get(&path.replace("/draft", "/edit")).await;
        assert_eq!(page.field("own_words"), format!("word {n} of mine"));
    }
    let mine = peer.get("/contacts").await;
    assert_eq!(mine.text.matches("/edit\"").count(), 50, "each note once");
    assert!(!mine.says("from a phone"), "nothing waits in the tray");
}

#[tokio::test]
async fn a_clash_is_kept_with_both_texts_and_leaves_the_tray_when_it_is_settled() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let phone = Phone::ready(&mut peer).await;
    let (path, first, body) = note(&world.app, &world.georgia, "what stands there");
    phone.send(&mut peer, &[phone.sealed(&first, &path, &body)]).await;
    let second = fresh(&world.app);
    let other = body.replace(&first, &second).replace("what+stands+there", "what+the+other+phone+says");
    let item = phone.sealed(&second, &path, &other);
    for _ in 0..2 {
        let told = phone.send(&mut peer, std::slice::from_ref(&item)).await;
        assert_eq!(told["done"][&second], "/tray", "the server has it");
    }
    let tray = peer.get("/tray").await;
    assert_eq!(tray.text.matches("what the other phone says</p>").count(), 1);
    let again = tray.form(&path);
    let again: Vec<_> = again.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let both = peer.post(&path, &again).await;
    assert_eq!(both.status, 409);
    assert!(both.says("what stands there") && both.says("what the other phone says"), "{}", both.words());
    assert!(peer.get("/tray").await.says("what the other phone says"), "looking settles nothing");
    let settled = peer.submit(&tray, &format!("/tray/{second}/settle"), &[]).await;
    assert_eq!(settled.status, 303);
    assert!(!peer.get("/tray").await.says("what the other phone says"));
    phone.send(&mut peer, &[item]).await;
    assert!(!peer.get("/tray").await.says("what the other phone says"), "settled stays settled");
}

#[tokio::test]
async fn what_may_no_longer_be_filed_waits_for_somebody_by_name() {
    let world = World::new().await;
    let mut peer = world.client_of(&world.georgia.second_peer).await;
    let phone = Phone::ready(&mut peer).await;
    // They do not walk with this person.
    let (path, id, body) = note(&world.app, &world.georgia, "she told me about the shelter");
    let told = phone.send(&mut peer, &[phone.sealed(&id, &path, &body)]).await;
    assert_eq!(told["done"][&id], "/tray");
    assert!(peer.get("/tray").await.says("she told me about the shelter"), "its writer reads every word");
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    assert!(supervisor.get("/notes-to-read").await.says("One thing from a phone waits"));
    let trays = supervisor.get("/trays").await;
    assert!(
        trays.says(&world.georgia.second_peer.name) && !trays.text.contains("shelter"),
        "{}",
        trays.words()
    );
    let mut elsewhere = world.client(Role::Supervisor, &world.alabama).await;
    assert!(!elsewhere.get("/trays").await.says(&world.georgia.second_peer.name));
    let aside = format!("/trays/{id}/aside");
    let empty = supervisor.submit(&trays, &aside, &[]).await;
    assert_eq!(empty.status, 422, "a reason is asked for");
    let reason = format!("reason-{id}");
    assert_eq!(elsewhere.post(&aside, &[(&reason, "no")]).await.status, 404, "it is not theirs to settle");
    let fields = [(reason.as_str(), "The other worker writes it")];
    assert_eq!(supervisor.submit(&trays, &aside, &fields).await.status, 303);
    assert!(!peer.get("/tray").await.says("shelter"));
}

#[tokio::test]
async fn a_tie_that_is_mended_files_it_and_takes_it_out_of_the_tray() {
    let world = World::new().await;
    let mut peer = world.client_of(&world.georgia.second_peer).await;
    let phone = Phone::ready(&mut peer).await;
    let (path, id, body) = note(&world.app, &world.georgia, "we went to the lake");
    phone.send(&mut peer, &[phone.sealed(&id, &path, &body)]).await;
    let tray = peer.get("/tray").await;
    let again = tray.form(&path);
    let again: Vec<_> = again.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(peer.post(&path, &again).await.status, 404);
    assert!(peer.get("/tray").await.says("we went to the lake"), "nothing is lost by trying");
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    let start = format!("/people/{}/supports/new", world.georgia.person_id);
    let page = supervisor.get(&start).await;
    let worker = world.georgia.second_peer.account.to_string();
    let begun = supervisor.submit(&page, &start, &[("peer", &worker)]).await;
    assert_eq!(begun.status, 303, "{}", begun.words());
    assert_eq!(peer.post(&path, &again).await.status, 303);
    assert!(!peer.get("/tray").await.says("we went to the lake"));
    assert_eq!(peer.get(&path.replace("/draft", "/edit")).await.field("own_words"), "we went to the lake");
}

#[tokio::test]
async fn a_phone_without_its_owners_session_keeps_what_it_has() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let phone = Phone::ready(&mut peer).await;
    let (path, id, body) = note(&world.app, &world.georgia, "three good nights");
    let item = phone.sealed(&id, &path, &body);
    let mut other = world.client_of(&world.georgia.second_peer).await;
    for client in [&mut world.stranger(), &mut other] {
        let told = phone.send(client, std::slice::from_ref(&item)).await;
        assert_eq!((told["done"].as_object().unwrap().len(), told["signed_out"].as_bool()), (0, Some(true)));
    }
    world.clock.advance(SignedDuration::from_hours(13));
    let told = phone.send(&mut peer, std::slice::from_ref(&item)).await;
    assert_eq!(told["signed_out"], true, "the session has ended");
    let mut back = world.client(Role::PeerSpecialist, &world.georgia).await;
    let told = phone.send(&mut back, &[item]).await;
    assert_eq!(told["done"].as_object().unwrap().len(), 1, "and it is filed when they are back");
    let nobody = Phone { secret: "0".repeat(64), key: phone.key.clone() };
    assert_eq!(nobody.answer(&mut back, &[]).await.status, 404);
}

#[tokio::test]
async fn a_lost_phone_throws_its_pages_away_and_what_was_written_on_it_still_comes_in() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let phone = Phone::ready(&mut peer).await;
    let page = peer.get("/device").await;
    let start = page.text.find("/end\"").unwrap();
    let path = page.text[..start].rsplit('"').next().unwrap().to_owned() + "/end";
    assert_eq!(peer.post(&path, &[]).await.status, 303);
    let (draft, id, body) = note(&world.app, &world.georgia, "he laughed a lot today");
    let told = phone.send(&mut world.stranger(), &[phone.sealed(&id, &draft, &body)]).await;
    assert_eq!((told["ended"].as_bool(), told["done"][&id].as_str()), (Some(true), Some("/tray")));
    assert!(peer.get("/tray").await.says("he laughed a lot today"));
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    assert!(supervisor.get("/trays").await.says(&world.georgia.peer.name));
}

#[tokio::test]
async fn a_phone_of_an_ended_account_closes_and_what_was_written_on_it_still_comes_in() {
    let world = World::new().await;
    let of = &world.georgia;
    let mut peer = world.client_of(&of.second_peer).await;
    let phone = Phone::ready(&mut peer).await;
    let (draft, id, body) = note(&world.app, of, "said on my last day");
    let mut admin = world.client(Role::ProgrammeAdmin, of).await;
    let end = format!("/programmes/{}/workers/{}/end", of.id, of.second_peer.membership);
    let page = admin.get(&end).await;
    assert_eq!(admin.submit(&page, &end, &[]).await.status, 303);
    let told = phone.send(&mut peer, &[phone.sealed(&id, &draft, &body)]).await;
    assert_eq!((told["ended"].as_bool(), told["done"][&id].as_str()), (Some(true), Some("/tray")));
    let mut supervisor = world.client(Role::Supervisor, of).await;
    let trays = supervisor.get("/trays").await;
    assert!(trays.says(&of.second_peer.name) && !trays.text.contains("last day"), "{}", trays.words());
}

#[tokio::test]
async fn what_the_server_no_longer_understands_or_takes_is_kept_whole() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let phone = Phone::ready(&mut peer).await;
    let (path, id, body) = note(&world.app, &world.georgia, "from an older form");
    // A form that is gone, one that needs a choice put right, and one that was never a form.
    let cases =
        [("/contacts/old/form", body.clone()), (path.as_str(), format!("{body}&goal={}", fresh(&world.app)))];
    for (n, (path, body)) in cases.iter().enumerate() {
        let id = if n == 0 { fresh(&world.app) } else { id.clone() };
        let told = phone.send(&mut peer, &[phone.sealed(&id, path, body)]).await;
        assert_eq!(told["done"][&id], "/tray", "{path}");
    }
    let tray = peer.get("/tray").await;
    assert_eq!(tray.text.matches("from an older form</p>").count(), 2, "{}", tray.words());
    let told = phone.send(&mut peer, &["bm8=".to_owned()]).await;
    assert!(told["done"].as_object().unwrap().is_empty(), "what does not open stays on the phone");
    // What is saved, though not yet fit to be signed, is in its place and nowhere else.
    let (draft, id, body) = note(&world.app, &world.georgia, "signed too early");
    let told = phone.send(&mut peer, &[phone.sealed(&id, &draft.replace("/draft", "/sign"), &body)]).await;
    assert_eq!(told["done"][&id].as_str(), Some(draft.replace("/draft", "/edit").as_str()));
    assert!(!peer.get("/tray").await.says("signed too early"));
    assert_eq!(peer.get(&draft.replace("/draft", "/edit")).await.field("own_words"), "signed too early");
}

#[tokio::test]
async fn the_page_that_a_phone_keeps_names_nobody() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (mine, stranger) = (peer.get("/offline").await, world.stranger().get("/offline").await);
    assert_eq!(mine.text, stranger.text);
    let pages = peer.get("/device/pages").await;
    let pages: Value = serde_json::from_str(&pages.text).unwrap();
    let pages: Vec<_> =
        pages["pages"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert_eq!(pages[0], "/day");
    assert!(
        pages.contains(&format!("/contacts/new?person={}", world.georgia.person_id).as_str()),
        "{pages:?}"
    );
    for path in pages {
        assert_eq!(peer.get(path).await.status, 200, "{path}");
    }
}
