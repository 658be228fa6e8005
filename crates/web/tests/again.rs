//! Papers that somebody wanted to look at again: their day comes, and only who can read it learns that.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use world::{Client, World};

/// Answers one question on the page.
async fn say(client: &mut Client, paper: &str, section: &str, answers: &[(&str, &str)]) {
    let action = format!("{paper}/write/{section}");
    let page = client.get(&action).await;
    let fields: Vec<_> = answers.iter().copied().chain([("do", "done")]).collect();
    let saved = client.submit(&page, &action, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.words());
}

async fn share(client: &mut Client, world: &World, paper: &str, section: &str) {
    let (share, peer) = (format!("{paper}/share"), world.georgia.peer.account);
    let agree = client.get(&format!("{share}?reader={peer}&sections={section}&days=90")).await;
    let done = client.submit(&agree, &share, &[]).await;
    assert_eq!(done.status, 303, "{}", done.words());
}

#[tokio::test]
async fn a_menu_of_support_is_picked_and_asks_later_whether_it_fits() {
    let world = World::new().await;
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let start = darnell.get("/plans/start").await;
    assert!(start.says("The support I want"), "{}", start.words());
    let begun = darnell.submit(&start, "/plans/start", &[("tool", "support_menu")]).await;
    let paper = begun.location().unwrap().split("/write/").next().unwrap().to_owned();
    say(&mut darnell, &paper, "kind", &[("listen", "yes"), ("say", "no")]).await;
    say(&mut darnell, &paper, "amount", &[("often", "weekly"), ("between", "i_call")]).await;
    say(&mut darnell, &paper, "until", &[("look_again", "2026-12-30")]).await;
    let read = darnell.get(&paper).await;
    assert!(read.says("Once a week") && read.says("I call when I want to"), "{}", read.words());

    // The day before: nothing on Home, nothing in the list.
    world.clock.set("2026-12-30T02:00:00Z");
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    assert!(!darnell.get("/me").await.says("To look at again"));
    assert!(darnell.get("/plans").await.says("Last changed"));

    // It is that day where the programme is: the way leads to the very part, and the other parts are beside it.
    world.clock.set("2026-12-30T15:00:00Z");
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let home = darnell.get("/me").await;
    assert!(home.says("To look at again") && home.says("The support I want"), "{}", home.words());
    assert!(home.text.contains(&format!("href=\"{paper}/write/until\"")));
    assert!(darnell.get("/plans").await.says("Day to look at it again: December 30, 2026"));

    // Whoever walks with them is told only where they read that part.
    let mut marisol = world.client(Role::PeerSpecialist, &world.georgia).await;
    let papers = format!("/people/{}/plans", world.georgia.person_id);
    assert!(!marisol.get(&papers).await.says("look at it again"));
    share(&mut darnell, &world, &paper, "kind").await;
    let listed = marisol.get(&papers).await;
    assert!(listed.says("The support I want") && !listed.says("look at it again"), "{}", listed.words());
    share(&mut darnell, &world, &paper, "until").await;
    assert!(marisol.get(&papers).await.says("Day to look at it again: December 30, 2026"));

    // Looked at: it does not fit, and there is another day.
    say(&mut darnell, &paper, "fit", &[("kind_fits", "partly"), ("amount_fits", "too_little")]).await;
    say(&mut darnell, &paper, "amount", &[("often", "more_than_weekly")]).await;
    say(&mut darnell, &paper, "until", &[("look_again", "2027-02-10")]).await;
    assert!(!darnell.get("/me").await.says("To look at again"));
    let read = darnell.get(&paper).await;
    assert!(read.says("I would like more") && read.says("More than once a week"), "{}", read.words());
    assert!(!marisol.get(&paper).await.says("I would like more"), "what was not shared stays theirs");
}

/// Ending has a last look at what was and what stays, and the day to look at it stays theirs when nobody walks with them.
#[tokio::test]
async fn the_last_look_together_outlives_the_support() {
    let world = World::new().await;
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let start = darnell.get("/plans/start").await;
    let begun = darnell.submit(&start, "/plans/start", &[("tool", "last_look")]).await;
    let paper = begun.location().unwrap().split("/write/").next().unwrap().to_owned();
    say(&mut darnell, &paper, "back", &[("way_back", "I call Lydia."), ("look_again", "2026-12-24")]).await;

    let mut marisol = world.client(Role::PeerSpecialist, &world.georgia).await;
    let person = format!("/people/{}", world.georgia.person_id);
    let record = marisol.get(&person).await;
    let end = record.text.split("href=\"").map(|rest| rest.split('"').next().unwrap());
    let end = end.filter(|path| path.ends_with("/end")).map(str::to_owned).next().unwrap();
    let page = marisol.get(&end).await;
    assert!(
        page.says("look back together") && page.text.contains(&format!("{person}/plans")),
        "{}",
        page.words()
    );
    let reason =
        page.text.split("name=\"reason\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ended = marisol.submit(&page, &end, &[("reason", &reason), ("goodbye", "Go well.")]).await;
    assert_eq!(ended.status, 303, "{}", ended.words());

    world.clock.set("2026-12-24T18:00:00Z");
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let home = darnell.get("/me").await;
    assert!(home.says("Go well.") && home.says("To look at again"), "{}", home.words());
    assert!(darnell.get(&paper).await.says("I call Lydia."));
}
