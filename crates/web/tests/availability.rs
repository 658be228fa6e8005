//! When workers can work, through the real site: they write it, whoever supervises them reads it, the programme sets the
//! hours of the contract, and nobody else sees any of it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use world::World;

const TIMES: [(&str, &str); 8] = [
    ("from-1-0", "09:00"),
    ("to-1-0", "13:00"),
    ("from-1-1", "17:00"),
    ("to-1-1", "20:00"),
    ("from-6-0", "22:00"),
    ("to-6-0", "06:00"),
    ("away-0", "2026-12-24"),
    ("back-0", "2026-12-31"),
];

/// covers: AL-03
///
/// Nights and weekends are times like any other; the contract is set by the programme, from a day on.
#[tokio::test]
async fn a_worker_says_when_they_can_and_whoever_supervises_them_reads_it() {
    let world = World::new().await;
    let place = &world.alabama;
    let mut peer = world.client_of(&place.peer).await;
    assert!(peer.get("/work").await.text.contains("href=\"/work/times\""));
    let page = peer.get("/work/times").await;
    assert!(page.says("no hours are set yet"), "{}", page.words());
    let saved = peer.submit(&page, "/work/times", &TIMES).await;
    let page = peer.follow(saved).await;
    assert!(page.says("In all 15 hours in a usual week."), "{}", page.words());
    assert!(page.text.contains("value=\"22:00\"") && page.text.contains("value=\"2026-12-31\""));

    let path = format!("/programmes/{}/workers/{}", place.id, place.peer.membership);
    let mut admin = world.client_of(&place.admin).await;
    assert!(admin.get(&path).await.text.contains(&format!("{path}/contract")));
    let page = admin.get(&format!("{path}/contract")).await;
    let silly = [("hours", "200"), ("day", "2026-11-01")];
    let refused = admin.submit(&page, &format!("{path}/contract"), &silly).await;
    assert!(refused.status == 422 && refused.says("Write the hours as a number up to 168"));
    for (hours, day) in [("20", "2026-11-01"), ("12,5", "2027-01-01")] {
        let page = admin.get(&format!("{path}/contract")).await;
        let set = admin.submit(&page, &format!("{path}/contract"), &[("hours", hours), ("day", day)]).await;
        assert_eq!(set.status, 303, "{}", set.words());
    }

    let mut lead = world.client_of(&place.supervisor).await;
    assert!(lead.get("/supervision").await.text.contains("href=\"/work/team\""));
    let page = lead.get("/work/team").await;
    for said in [
        "Denise Harper",
        "Contract: 20 hours a week.",
        "12 hours and 30 minutes",
        "9:00 am to 1:00 pm and 5:00 pm to 8:00 pm",
        "10:00 pm to 6:00 am, the next day",
        "December 24",
        "Jorge Salas",
        "Nothing written yet. Ask them.",
    ] {
        let plain = page.words().replace('\u{202f}', " ");
        assert!(plain.contains(said), "{said}: {plain}");
    }
    assert!(peer.get("/work/times").await.says("Contract: 20 hours a week."));
    // By name, never by a number.
    let (denise, jorge) = (page.text.find("Denise Harper").unwrap(), page.text.find("Jorge Salas").unwrap());
    assert!(denise < jorge);
}

/// What is typed wrong is kept and said in plain words; two devices lose nothing.
#[tokio::test]
async fn what_does_not_fit_is_said_and_two_devices_lose_nothing() {
    let world = World::new().await;
    let place = &world.alabama;
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get("/work/times").await;
    for (fields, said) in [
        (&[("from-2-0", "09:00")][..], "Fill in both, or leave both empty."),
        (&[("from-2-0", "09:00"), ("to-2-0", "09:00")][..], "Start and end are the same."),
        (&[("away-0", "2026-12-24"), ("back-0", "2026-12-23")][..], "The last day is before the first."),
        (&[("away-1", "2026-12-24")][..], "Fill in both, or leave both empty."),
        (&[("from-3-0", "soon"), ("to-3-0", "10:00")][..], "Fill in both, or leave both empty."),
    ] {
        let wrong = peer.submit(&page, "/work/times", fields).await;
        assert!(wrong.status == 422 && wrong.says(said), "{said}: {}", wrong.words());
        assert!(wrong.text.contains(&format!("value=\"{}\"", fields[0].1)), "nothing typed is lost");
    }
    let (one, other) = (peer.get("/work/times").await, peer.get("/work/times").await);
    assert_eq!(peer.submit(&one, "/work/times", &TIMES).await.status, 303);
    let late = [("from-5-0", "10:00"), ("to-5-0", "12:00")];
    let stale = peer.submit(&other, "/work/times", &late).await;
    assert!(stale.status == 422 && stale.says("You changed this on another device."), "{}", stale.words());
    assert!(stale.text.contains("value=\"10:00\""));
    let saved = peer.submit(&stale, "/work/times", &[]).await;
    assert_eq!(saved.status, 303, "saved once more it is kept: {}", saved.words());
    // Days away that are over are gone.
    world.clock.set("2027-01-05T18:00:00Z");
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get("/work/times").await;
    let saved = peer.submit(&page, "/work/times", &TIMES).await;
    assert!(!peer.follow(saved).await.text.contains("value=\"2026-12-31\""));
}

/// Colleagues, the team, people who are supported and other programmes see nothing of it, and nobody writes it for them.
#[tokio::test]
async fn nobody_else_sees_when_somebody_can_work() {
    let world = World::new().await;
    let place = &world.alabama;
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get("/work/times").await;
    assert_eq!(peer.submit(&page, "/work/times", &TIMES).await.status, 303);
    let mut colleague = world.client_of(&place.second_peer).await;
    assert!(!colleague.get("/work/times").await.text.contains("22:00"));
    let contract = format!("/programmes/{}/workers/{}/contract", place.id, place.peer.membership);
    for member in [
        &place.peer,
        &place.second_peer,
        &place.team_member,
        &place.privacy_lead,
        &place.auditor,
        &place.person,
    ] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get("/work/team").await.status, 404, "{}", member.name);
        assert_eq!(other.get(&contract).await.status, 404, "{}", member.name);
        assert_eq!(other.post(&contract, &[("hours", "1"), ("day", "2026-11-01")]).await.status, 404);
    }
    for member in [&place.supervisor, &place.admin, &place.person, &world.georgia.supervisor] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.post("/work/times", &TIMES).await.status, 404, "{}", member.name);
    }
    let mut elsewhere = world.client_of(&world.georgia.supervisor).await;
    assert!(!elsewhere.get("/work/team").await.says("Denise Harper"));
    let mut office = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    assert_eq!(office.get(&contract).await.status, 404);
}
