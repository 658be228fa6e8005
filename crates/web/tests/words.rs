//! Help with words while somebody writes about somebody.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use world::World;

const NOTE: &str = "He refused to go, and I waited.";

/// Whoever writes about somebody is helped, in the box where they write, in their own words and place; whoever is
/// supported here is not asked, and nothing of it stands in the journal.
///
/// covers: AL-18, AL-32
#[tokio::test]
async fn a_word_is_pointed_out_to_the_writer_alone() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let before = peer.get("/work").await.status;
    let page = peer.post("/words", &[("text", NOTE), ("keep", "yes")]).await;
    assert_eq!((before, page.status), (200, 200), "{}", page.words());
    assert!(page.says("refused to") && page.text.contains("data-use=\"chose not to\""), "{}", page.text);
    assert!(page.text.contains("data-start=\"3\" data-end=\"13\""), "{}", page.text);
    assert!(peer.post("/words", &[("text", "He said \"I refused to go\".")]).await.words().trim().is_empty());

    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    assert_eq!(supervisor.post("/words", &[("text", NOTE)]).await.status, 200);
    let mut person = world.client(Role::Person, &world.georgia).await;
    assert_eq!(person.post("/words", &[("text", NOTE)]).await.status, 404);
    let mut auditor = world.client(Role::Auditor, &world.georgia).await;
    let journal = auditor.get("/journal").await;
    assert!(!journal.says("words.ask") && !journal.says("refused"), "{}", journal.words());
}

/// A state's own words count: California spares families the word recovery, and Georgia says it.
///
/// covers: CA-31, CA-32
#[tokio::test]
async fn each_programme_is_helped_in_its_own_words() {
    let world = World::new().await;
    let text = [("text", "Her son is in recovery.")];
    let mut georgia = world.client(Role::PeerSpecialist, &world.georgia).await;
    assert!(georgia.post("/words", &text).await.words().trim().is_empty());
}

/// What is kept for a person is not brought up again in a note about them. A supervisor can't keep, nor see what was.
///
/// covers: AL-32
#[tokio::test]
async fn a_word_is_kept_for_the_person() {
    let world = World::new().await;
    let person = world.georgia.person_id.to_string();
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let note = |path: &str| format!("/contacts/new?person={path}");
    let page = peer.get(&note(&person)).await;
    assert!(page.text.contains("data-kept=\"\""), "{}", page.text);
    // The box of the person's own words is not among those that are helped.
    let boxes = page.text.split("data-words=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(boxes.contains("response") && !boxes.contains("own_words"), "{boxes}");

    let keep = format!("/people/{person}/words");
    assert_eq!(peer.post(&keep, &[("term", "alcoholic"), ("why", "says")]).await.status, 204);
    assert_eq!(peer.post(&keep, &[("term", "refused"), ("why", "keep")]).await.status, 204);
    assert!(peer.get(&note(&person)).await.text.contains("data-kept=\"alcoholic refused\""));
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    assert_eq!(supervisor.post(&keep, &[("term", "alcoholic"), ("why", "says")]).await.status, 404);
}

/// Switched off by somebody, it is off for them everywhere, and for nobody else.
#[tokio::test]
async fn help_is_switched_off_and_on() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let account = peer.get("/account").await;
    assert!(account.says("Help with words") && account.says("It is on."), "{}", account.words());
    let answer = peer.submit(&account, "/words/switch", &[("on", "no")]).await;
    assert_eq!(answer.status, 303);
    assert!(peer.get("/account").await.says("It is off."));
    assert_eq!(peer.post("/words", &[("text", NOTE)]).await.status, 204);
    assert!(!peer.get(&format!("/contacts/new?person={person}")).await.text.contains("data-words"));
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    assert_eq!(supervisor.post("/words", &[("text", NOTE)]).await.status, 200);
    assert_eq!(peer.post("/words/switch", &[("on", "yes")]).await.status, 303);
    assert_eq!(peer.post("/words", &[("text", NOTE)]).await.status, 200);
}

/// The person's own pages never have it.
#[tokio::test]
async fn the_persons_pages_have_none_of_it() {
    let world = World::new().await;
    let mut person = world.client(Role::Person, &world.georgia).await;
    for path in ["/me", "/me/about", "/me/goals/new", "/me/visits", "/account"] {
        let page = person.get(path).await;
        assert!(!page.text.contains("data-words") && !page.text.contains("words.js"), "{path}");
    }
    assert!(!person.get("/account").await.says("Help with words"));
}
