//! One goal on its own page: the person's words and the plan's, steps, what is in the way, and how near it feels.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use porchlight_practice::id::{GoalId, PersonId};
use porchlight_practice::person::Profile;
use world::{Answer, Client, World};

const WORDS: &str = "I want my own keys.";

async fn goal(world: &World, person: PersonId) -> GoalId {
    let peer = world.actor(&world.georgia.peer).await;
    world.app.say_goal(&peer, world.app.command_id(), person, WORDS).await.unwrap()
}

/// Somebody without a way to sign in.
async fn without_sign_in(world: &World) -> PersonId {
    let id = PersonId(world.app.command_id().0);
    let profile = Profile { called: "Rosa".into(), ..Profile::default() };
    let new = porchlight_app::person::NewPerson { id, profile, works_here: false, first: None };
    let peer = world.actor(&world.georgia.peer).await;
    world.app.add_person(&peer, world.app.command_id(), new).await.unwrap()
}

async fn send(client: &mut Client, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let page = client.get(page).await;
    let answer = client.submit(&page, action, fields).await;
    client.follow(answer).await
}

/// covers: AL-10, GA-04, GA-11, GA-41, MO-32
#[tokio::test]
async fn the_person_writes_steps_says_what_is_done_and_how_near_it_feels() {
    let world = World::new().await;
    let id = goal(&world, world.georgia.person_id).await;
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let path = format!("/me/goals/{id}");
    assert!(darnell.get("/me").await.text.contains(&format!("href=\"{path}\"")), "home leads there");

    let plan = format!("{path}/plan");
    let refused = {
        let page = darnell.get(&plan).await;
        darnell.submit(&page, &plan, &[("helps-1", "Tanya"), ("way-lack-helps", "Coach Bell")]).await
    };
    assert_eq!(refused.status, 422);
    assert!(refused.says("Write what the step is.") && refused.says("Write what is in the way."));
    let fields = [
        ("what-1", "Ask what the deposit is"),
        ("by-1", "2026-11-30"),
        ("helps-1", "Tanya"),
        ("what-2", "See the room"),
        ("way-lack", "A ride on Saturday"),
        ("plan_words", "Not mine to write"),
    ];
    let page = send(&mut darnell, &plan, &plan, &fields).await;
    for said in [
        WORDS,
        "Ask what the deposit is",
        "By Monday, November 30",
        "Who helps: Tanya",
        "Things I lack: money, a ride, a place",
        "A ride on Saturday",
    ] {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    assert!(!page.says("Not mine to write"), "the plan's words are another voice");
    assert!(darnell.get("/me").await.says("Next step: Ask what the deposit is"));

    let page = send(&mut darnell, &path, &format!("{path}/steps/1"), &[("done", "yes")]).await;
    assert!(page.says("Done on November 19, 2026"), "{}", page.words());
    assert!(darnell.get("/me").await.says("Next step: See the room"));

    let rate = format!("{path}/rate");
    let page = darnell.get(&path).await;
    assert!(!page.text.contains("<svg class=\"chart"), "a line needs two points");
    let empty = darnell.submit(&page, &rate, &[("words", "I called.")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Choose a number from 0 to 10.") && empty.text.contains("I called."));
    send(&mut darnell, &path, &rate, &[("near", "2"), ("words", "It is far.")]).await;
    world.clock.advance(jiff::SignedDuration::from_hours(48));
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let page =
        send(&mut darnell, &path, &rate, &[("near", "6"), ("sure", "7"), ("words", "I saw it.")]).await;
    assert!(page.text.contains("<svg class=\"chart"));
    for said in [
        "A line from 2 of 10 on November 19, 2026 to 6 of 10 on November 21, 2026.",
        "It is far.",
        "I saw it.",
        "Sure about the next step: 7 of 10",
    ] {
        assert!(page.says(said), "{said}: {}", page.words());
    }

    let page = send(&mut darnell, &path, &format!("{path}/close"), &[("how", "reached")]).await;
    assert!(page.says("You got there on November 21, 2026"), "{}", page.words());
    let page = darnell.get(&path).await;
    assert!(
        page.says("Reached on")
            && page.says("It is far.")
            && !page.text.contains("method=\"post\" action=\"/me/goals")
    );
}

/// covers: AL-10, MO-08
#[tokio::test]
async fn the_plans_words_stand_beside_the_persons_and_never_in_their_place() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let id = goal(&world, person).await;
    let mut peer = world.client_of(&world.georgia.peer).await;
    let path = format!("/people/{person}/goals/{id}");
    assert!(peer.get(&format!("/people/{person}")).await.text.contains(&format!("href=\"{path}\"")));
    let plan = format!("{path}/plan");
    let fields = [("plan_words", "Secure housing."), ("what-1", "Call the office")];
    let page = send(&mut peer, &plan, &plan, &fields).await;
    assert!(page.text.contains(&format!("words largest\">{WORDS}")), "{}", page.words());
    assert!(page.says("In the plan’s words") && page.says("Secure housing."));
    // Darnell can sign in: what is done, how near it feels and that it is reached are his to say.
    assert!(page.says("Only Darnell says what is done"));
    for (below, field) in
        [("steps/1", ("done", "yes")), ("rate", ("near", "9")), ("close", ("how", "reached"))]
    {
        assert!(!page.text.contains(&format!("action=\"{path}/{below}\"")) || below == "close");
        let refused = peer.post(&format!("{path}/{below}"), &[field, ("version", "2")]).await;
        assert!(peer.follow(refused).await.says("That is theirs to say."), "{below}");
    }
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let page = darnell.get(&format!("/me/goals/{id}")).await;
    assert!(page.says(WORDS) && page.says("Secure housing.") && !page.says("Done on"));
    // Whoever does not walk with him has no such page.
    for member in [&world.georgia.second_peer, &world.georgia.supervisor, &world.georgia.team_member] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get(&path).await.status, 404);
        assert_eq!(other.post(&plan, &[("what-1", "Mine")]).await.status, 404);
    }
}

#[tokio::test]
async fn for_somebody_without_a_sign_in_whoever_walks_with_them_writes_it_down() {
    let world = World::new().await;
    let person = without_sign_in(&world).await;
    let id = goal(&world, person).await;
    let mut peer = world.client_of(&world.georgia.peer).await;
    let path = format!("/people/{person}/goals/{id}");
    let plan = format!("{path}/plan");
    send(&mut peer, &plan, &plan, &[("what-1", "Call the office")]).await;
    let page = send(&mut peer, &path, &format!("{path}/steps/1"), &[("done", "yes")]).await;
    assert!(page.says("Done on November 19, 2026"), "{}", page.words());
    let page = send(&mut peer, &path, &format!("{path}/rate"), &[("near", "4")]).await;
    assert!(page.says("4 of 10"));
    let page = send(&mut peer, &path, &format!("{path}/close"), &[("how", "reached")]).await;
    assert!(page.says("Reached on November 19, 2026"), "{}", page.words());
    assert_eq!(peer.get(&format!("/people/{}/goals/{id}", world.georgia.person_id)).await.status, 404);
}

/// Two write at once: the second sees both texts, and saving again loses neither the other's new step nor what was typed.
#[tokio::test]
async fn a_stale_plan_shows_both_texts() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let id = goal(&world, person).await;
    let mut peer = world.client_of(&world.georgia.peer).await;
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let (mine, theirs) = (format!("/me/goals/{id}/plan"), format!("/people/{person}/goals/{id}/plan"));
    send(&mut darnell, &mine, &mine, &[("what-1", "Call the office")]).await;
    let open = peer.get(&theirs).await;
    let fields =
        [("what-1", "Write to the office"), ("what-2", "See the room"), ("way-others", "Nobody rents")];
    send(&mut darnell, &mine, &mine, &fields).await;
    let clash = peer.submit(&open, &theirs, &[("what-1", "Go to the office"), ("what-2", "Ask Ana")]).await;
    assert_eq!(clash.status, 409);
    assert!(clash.says("Somebody changed this goal while you wrote."));
    for said in ["Write to the office", "See the room", "Nobody rents", "Go to the office", "Ask Ana"] {
        assert!(clash.text.contains(said), "{said}: {}", clash.words());
    }
    let saved = peer.submit(&clash, &theirs, &[("way-others", "Nobody rents")]).await;
    let page = peer.follow(saved).await;
    for said in ["Go to the office", "Ask Ana", "See the room", "Nobody rents"] {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    assert!(!page.says("Write to the office"));
    // A step that was reworded meanwhile is not marked by a page that shows its old words.
    let late = darnell.post(&format!("/me/goals/{id}/steps/1"), &[("done", "yes"), ("version", "3")]).await;
    assert!(darnell.follow(late).await.says("This goal was changed meanwhile."));
}

/// What a goal is about is the person's to tick. It brings a question and tools that may help, never a score.
///
/// covers: AL-11, AL-37, GA-17, GA-22, GA-40, MO-20, WI-23
#[tokio::test]
async fn a_goal_says_what_it_is_about_and_leads_to_what_may_help() {
    let world = World::new().await;
    let id = goal(&world, world.georgia.person_id).await;
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let about = "Keeps going\nMakes people laugh";
    send(&mut darnell, "/me/about", "/me/about", &[("strengths", about)]).await;
    let (path, plan) = (format!("/me/goals/{id}"), format!("/me/goals/{id}/plan"));
    assert!(!darnell.get(&path).await.says("Something that may help"), "nothing was asked for");

    let page = darnell.get(&plan).await;
    for said in
        ["A home of my choice", "Work", "People and belonging", "A part I want to play", "Makes people laugh"]
    {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    let unknown = darnell.submit(&page, &plan, &[("areas", "fame")]).await;
    assert_ne!(unknown.status, 303, "what no form offers is kept by nobody");

    let fields =
        [("areas", "work"), ("way-thoughts", "They will laugh at me."), ("what-1", "Ask at the shelter")];
    let page = send(&mut darnell, &plan, &plan, &fields).await;
    let offered =
        ["What worries you about it?", "Worries about work", "Catch a hard thought", "Facing a fear"];
    for said in offered {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    assert!(!page.says("A home of my choice"));
    let begun = darnell.submit(&page, "/plans/start", &[("tool", "job_worries")]).await;
    assert!(begun.location().unwrap().starts_with("/plans/"));

    // What they have going for them stands where a tool asks for strengths.
    let start = darnell.get("/plans/start").await;
    let begun = darnell.submit(&start, "/plans/start", &[("tool", "problem_group")]).await;
    let page = darnell.follow(begun).await;
    assert!(page.says("You said before:") && page.says("Makes people laugh"), "{}", page.words());

    // Whoever walks with somebody who signs in sees what it is about, and begins nothing in their place.
    let mut tanya = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = tanya.get(&format!("/people/{}/goals/{id}", world.georgia.person_id)).await;
    assert!(page.says("Work") && !page.text.contains("plans/start"));
}
