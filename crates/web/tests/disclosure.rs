//! Copies that leave the programme, through the site: asked one thing at a time, signed, made, written down and stopped.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_practice::Role;
use world::{Answer as Page, Client, World};

/// The answers of somebody who lets the housing office read their visits for a month.
const HOUSING: &[(&str, &str)] = &[
    ("to", "named"),
    ("to_name", "Oak Street housing office"),
    ("to_place", "fax 555-0117"),
    ("part", "notes"),
    ("back", "all"),
    ("substance_use", "yes"),
    ("why", "words"),
    ("why_words", "To show that I look for a home"),
    ("days", "30"),
    ("event", "when I have the apartment"),
];

async fn asked(client: &mut Client, home: &str, answers: &[(&str, &str)], step: &str) -> Page {
    let mut address = format!("{home}/new?step={step}");
    for (name, value) in answers {
        address += &format!("&{name}={}", value.replace(' ', "+"));
    }
    client.get(&address).await
}

async fn signed(world: &World, client: &mut Client, home: &str) -> String {
    let page = asked(client, home, HOUSING, "until").await;
    let action = format!("{home}/new");
    let signed = client.submit(&page, &action, &[("how", "type"), ("typed", "Darnell Watts")]).await;
    assert_eq!(signed.status, 303, "{}", signed.words());
    assert!(world.app.now() > jiff::Timestamp::UNIX_EPOCH);
    signed.location().unwrap()
}

/// Each thing is asked on a page of its own, nothing is chosen beforehand, all of it is read back with each element that
/// 42 CFR 2.31 names, and nothing counts before the signature.
///
/// covers: WI-35
#[tokio::test]
async fn a_yes_is_asked_one_thing_at_a_time_read_back_and_signed() {
    let world = World::new().await;
    let mut client = world.client(Role::Person, &world.georgia).await;
    let home = format!("/outside/{}", world.georgia.person_id);
    let choices = client.get("/me/choices").await;
    assert!(choices.text.contains(&home), "My choices leads there");
    let first = client.get(&format!("{home}/new")).await;
    assert!(
        first.form(&format!("{home}/new")).iter().all(|(name, value)| name == "step" || value.is_empty())
    );
    for (step, upto, next) in [("to", 3, "part"), ("what", 6, "why"), ("why", 8, "days")] {
        let page = asked(&mut client, &home, &HOUSING[..upto], step).await;
        assert_eq!(page.status, 200, "{step}: {}", page.words());
        assert!(page.text.contains(&format!("name=\"{next}\"")), "{step}: {}", page.words());
        let missing = asked(&mut client, &home, &[], step).await;
        assert_eq!(missing.status, 422, "{step}");
    }
    let read_back = asked(&mut client, &home, HOUSING, "until").await;
    for element in [
        "Darnell",
        "Sweetgum Peer Support",
        "all notes of visits",
        "They may be in the copy.",
        "Oak Street housing office (fax 555-0117)",
        "To show that I look for a home",
        "You can take it back any time.",
        "December 19, 2026",
        "Sooner if: when I have the apartment.",
        "You get the same support.",
        "Whoever gets the copy may pass it on",
    ] {
        assert!(read_back.says(element), "{element}: {}", read_back.words());
    }
    assert!(client.get(&home).await.says("Nobody outside may get a copy right now."));

    // Records of alcohol or drug services are off unless they are named.
    let unnamed: Vec<_> = HOUSING.iter().copied().filter(|(name, _)| *name != "substance_use").collect();
    let stopped = asked(&mut client, &home, &unnamed, "until").await;
    assert_eq!(stopped.status, 422);
    assert!(stopped.says("can't tell such records from others"), "{}", stopped.words());

    // A general name is for care alone.
    let general = [
        ("to", "care"),
        ("part", "notes"),
        ("back", "all"),
        ("substance_use", "yes"),
        ("why", "ask"),
        ("days", "30"),
    ];
    assert_eq!(asked(&mut client, &home, &general, "until").await.status, 422);

    // The signature is typed or tapped; an empty name is none.
    let action = format!("{home}/new");
    let unsigned = client.submit(&read_back, &action, &[("how", "type"), ("typed", " ")]).await;
    assert_eq!(unsigned.status, 422);
    assert!(unsigned.says("Type your name, or sign with a tap."));
    assert!(client.get(&home).await.says("Nobody outside may get a copy right now."));
    let done = client.submit(&unsigned, &action, &[("how", "tap")]).await;
    let shown = client.follow(done).await;
    assert!(shown.says("Signed with a tap by Darnell"), "{}", shown.words());
}

/// The copy carries its notice and scope, is entered in what the person reads, and none is made after a stop.
#[tokio::test]
async fn a_copy_carries_its_notice_is_written_down_and_stops_at_once() {
    let world = World::new().await;
    let mut own = world.client(Role::Person, &world.georgia).await;
    let mut peer = world.client_of(&world.georgia.peer).await;
    let home = format!("/outside/{}", world.georgia.person_id);
    assert!(peer.get(&home).await.says("Nothing was ever sent."));
    let yes = signed(&world, &mut own, &home).await;

    let page = peer.get(&yes).await;
    let made = peer.submit(&page, &format!("{yes}/copy"), &[]).await;
    let address = made.location().unwrap();
    let copy = peer.follow(made).await;
    for words in [
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
        "Please read first",
        "Do not use it for anything else",
        "Oak Street housing office",
        "Signed by",
    ] {
        assert!(copy.says(words), "{words}: {}", copy.words());
    }
    // As a file too, with the same notice, for whoever may open the page.
    let file = peer.get(&format!("{address}/pdf")).await;
    assert_eq!(file.headers["content-type"], "application/pdf");
    for words in ["prohibits unauthorized use", "Oak Street housing office", "Signed by"] {
        assert!(file.text.contains(words), "{words}: {}", file.text);
    }
    // Whoever did not make it can't open it, and nobody else can make one.
    for who in [&world.georgia.second_peer, &world.georgia.supervisor, &world.georgia.team_member] {
        let mut other = world.client_of(who).await;
        assert_eq!(other.get(&address).await.status, 404, "{}", who.name);
    }
    for who in [&world.georgia.second_peer, &world.georgia.team_member, &world.georgia.privacy_lead] {
        let mut other = world.client_of(who).await;
        assert_eq!(other.get(&yes).await.status, 404, "{}", who.name);
        assert_eq!(other.post(&format!("{yes}/copy"), &[]).await.status, 404, "{}", who.name);
    }

    let left = own.get(&home).await;
    for words in [
        "November 19, 2026",
        "Oak Street housing office",
        "To show that I look for a home",
        "Made by Marisol Vega.",
    ] {
        assert!(left.says(words), "{words}: {}", left.words());
    }

    let page = own.get(&yes).await;
    assert!(page.says("can't be pulled back"));
    let stopped = own.submit(&page, &format!("{yes}/stop"), &[]).await;
    assert_eq!(stopped.status, 303);
    assert_eq!(peer.get(&address).await.status, 404, "an open copy closes at the next click");
    assert_eq!(peer.get(&format!("{address}/pdf")).await.status, 404);
    assert_eq!(peer.post(&format!("{yes}/copy"), &[]).await.status, 404);
    let left = own.get(&home).await;
    assert!(left.says("Made by Marisol Vega."), "what left stays written down");
}

/// A yes ends by itself.
#[tokio::test]
async fn nothing_is_copied_after_the_last_day() {
    let world = World::new().await;
    let home = format!("/outside/{}", world.georgia.person_id);
    let yes = signed(&world, &mut world.client(Role::Person, &world.georgia).await, &home).await;
    world.clock.advance(SignedDuration::from_hours(24 * 31));
    let mut peer = world.client_of(&world.georgia.peer).await;
    let page = peer.get(&yes).await;
    assert!(page.says("Ended on December 19, 2026"), "{}", page.words());
    assert_eq!(peer.post(&format!("{yes}/copy"), &[]).await.status, 404);
}

/// Somebody who can sign in signs themself: nobody writes a yes down for them.
#[tokio::test]
async fn nobody_signs_for_somebody_who_can_sign_in() {
    let world = World::new().await;
    let home = format!("/outside/{}", world.georgia.person_id);
    for who in [&world.georgia.peer, &world.georgia.second_peer, &world.georgia.supervisor] {
        let mut client = world.client_of(who).await;
        assert!(matches!(client.get(&format!("{home}/new")).await.status, 404 | 409 | 422));
        let sent = client.post(&format!("{home}/new"), HOUSING).await;
        assert!(matches!(sent.status, 404 | 409 | 422), "{}: {}", who.name, sent.status);
    }
    let mut own = world.client(Role::Person, &world.georgia).await;
    assert!(own.get(&home).await.says("Nobody outside may get a copy right now."));
}
