//! How people come, through the real site: nobody waits without a promised day, a promise that is not kept stands on the
//! supervisor's day, and the person reads what was said about them.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_app::person::{FirstSupport, NewPerson};
use porchlight_practice::id::PersonId;
use porchlight_practice::person::Profile;
use world::World;

#[tokio::test]
async fn nobody_waits_without_a_promise_and_a_late_call_stands_on_the_day() {
    let world = World::new().await;
    let (app, place) = (&world.app, &world.georgia);
    let lead = world.actor(&place.supervisor).await;
    let person = PersonId(app.command_id().0);
    let profile = Profile { called: "Wren".into(), family_name: "Ashby".into(), ..Profile::default() };
    let new = NewPerson { id: person, profile, works_here: false, first: None };
    app.add_person(&lead, app.command_id(), new).await.unwrap();
    let path = format!("/people/{person}/intake");

    let mut lydia = world.client_of(&place.supervisor).await;
    let day = lydia.get("/day").await;
    assert!(day.says("No first call is promised yet") && day.text.contains(&path), "{}", day.words());
    let page = lydia.get(&path).await;
    for (fields, said) in [
        (&[("promised", "2026-11-18")][..], "That day is over."),
        (&[("promised", "2027-11-18")][..], "That is too long to wait."),
        (&[("promised", "")][..], "Pick the day by which you call."),
        (&[("who", " ")][..], "Write who asked."),
    ] {
        let typed = [("words", "Needs someone to talk to."), ("who", "The clinic on Fifth")];
        let all: Vec<_> =
            typed.iter().filter(|(name, _)| fields[0].0 != *name).chain(fields).copied().collect();
        let wrong = lydia.submit(&page, &path, &all).await;
        assert!(wrong.status == 422 && wrong.says(said), "{said}: {}", wrong.words());
        assert!(wrong.text.contains("Needs someone to talk to."), "nothing typed is lost");
    }
    let other = lydia.get(&path).await;
    let typed =
        [("who", "The clinic on Fifth"), ("words", "Needs someone to talk to."), ("promised", "2026-11-20")];
    assert_eq!(lydia.submit(&page, &path, &typed).await.status, 303);
    let stale = lydia.submit(&other, &path, &typed).await;
    assert!(stale.status == 422 && stale.says("Somebody else changed this meanwhile."), "{}", stale.words());
    assert!(lydia.get("/day").await.says("Call by: Tomorrow"));

    // The day itself is in time; the next is not.
    world.clock.set("2026-11-20T20:00:00Z");
    let mut lydia = world.client_of(&place.supervisor).await;
    assert!(lydia.get("/day").await.says("Call by: Today"));
    world.clock.set("2026-11-21T20:00:00Z");
    let mut lydia = world.client_of(&place.supervisor).await;
    let day = lydia.get("/day").await;
    assert!(day.says("The first call is late. It was promised by: Yesterday"), "{}", day.words());
    // Called, and nobody picked up: a new day is promised, and what was tried stays.
    let page = lydia.get(&path).await;
    let again = format!("{path}/not-reached");
    assert_eq!(lydia.submit(&page, &again, &[("promised", "2026-11-22")]).await.status, 303);
    let page = lydia.get(&path).await;
    assert!(page.says("nobody picked up: Today") && page.says("First call by: Tomorrow"), "{}", page.words());
    let reached = [("wants", "A ride to work, and quiet.")];
    assert_eq!(lydia.submit(&page, &format!("{path}/called"), &reached).await.status, 303);
    assert!(lydia.get("/day").await.says("Called: Today. Who walks with them?"));
    let page = lydia.get(&path).await;
    for said in
        ["A ride to work, and quiet.", "The clinic on Fifth asked", "by Lydia Pruitt", "Say who walks"]
    {
        assert!(page.says(said), "{said}: {}", page.words());
    }

    // Whoever walks with them reads it, others find nothing, and the person reads every word.
    let first =
        FirstSupport { peer: place.peer.account, part: "main".into(), responsible: place.supervisor.account };
    let since = jiff::civil::date(2026, 11, 21);
    app.start_support(&lead, app.command_id(), person, first, since).await.unwrap();
    let mut marisol = world.client_of(&place.peer).await;
    assert!(marisol.get(&path).await.says("A ride to work, and quiet."));
    for member in [&place.second_peer, &place.team_member, &place.privacy_lead, &place.admin, &place.person] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get(&path).await.status, 404, "{}", member.name);
        assert_eq!(other.post(&path, &typed).await.status, 404, "{}", member.name);
    }
    let mut elsewhere = world.client_of(&world.alabama.supervisor).await;
    assert_eq!(elsewhere.get(&path).await.status, 404);
    let mut darnell = world.client_of(&place.person).await;
    assert_eq!(darnell.get("/me/intake").await.status, 404, "nobody wrote down how he came");
    let of_his = format!("/people/{}/intake", place.person_id);
    let page = marisol.get(&of_his).await;
    assert_eq!(marisol.submit(&page, &of_his, &typed_later()).await.status, 303);
    let page = darnell.get("/me/intake").await;
    assert!(page.says("Needs someone to talk to.") && page.says("How I came here"), "{}", page.words());
    assert!(!page.text.contains("<textarea"), "it is theirs to read");
}

fn typed_later() -> [(&'static str, &'static str); 3] {
    [("who", "The clinic on Fifth"), ("words", "Needs someone to talk to."), ("promised", "2026-11-25")]
}
