//! What people ask for elsewhere, through the site: in their words, tried and tried again, theirs alone to read; and the counts of
//! what they did not get, in which nobody can be found.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use porchlight_practice::advocacy::{Ask, Came};
use porchlight_practice::id::PersonId;
use porchlight_practice::person::Profile;
use porchlight_practice::unmet::FEWEST;
use world::World;

/// What a person needs is written down in their words, with whom it is asked of and where; each try says in which way, so that it
/// shows that ways together come first; and the person says what came of it. Whatever is missing is said, and nothing is lost.
///
/// covers: AL-33, CA-63, GA-28
#[tokio::test]
async fn what_is_asked_for_is_kept_from_the_first_word_to_what_came_of_it() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let mut marisol = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (record, list) = (format!("/people/{person}"), format!("/people/{person}/asked"));
    assert!(marisol.get(&record).await.text.contains(&format!("href=\"{list}\"")));
    let new = format!("{list}/new");
    let form = marisol.get(&new).await;
    let words = ("words", "A bus pass, so I get to work by myself.");
    let refused = marisol.submit(&form, &new, &[words, ("need", "ride")]).await;
    assert!(refused.status == 422 && refused.says("Write who is asked for it."), "{}", refused.words());
    assert!(refused.text.contains(words.1), "what was typed is gone");
    let unknown = [words, ("need", "yacht"), ("of", "The county")];
    assert_eq!(marisol.submit(&form, &new, &unknown).await.status, 422);
    let whole = [words, ("need", "ride"), ("of", "The county transit office"), ("place", "agency")];
    let begun = marisol.submit(&form, &new, &whole).await;
    let one = marisol.follow(begun).await;
    assert!(one.says("Asked of The county transit office") && one.says("At an office or a clinic"));
    let address = marisol.get(&list).await.text.split(&format!("{list}/")).nth(1).unwrap().to_owned();
    let id = address.split('"').next().unwrap().to_owned();
    let (tried, close) = (format!("{list}/{id}/tried"), format!("{list}/{id}/close"));

    // A day to come is no try; a meeting is, with what was said.
    let one = marisol.get(&format!("{list}/{id}")).await;
    let before = marisol.get(&format!("{list}/{id}")).await;
    let did = ("did", "They hear us out.\nAn answer comes in two weeks.");
    let wrong = marisol.submit(&one, &tried, &[("way", "meeting"), ("on", "2031-01-01"), did]).await;
    assert!(wrong.status == 422 && wrong.says("Write the day it was done."), "{}", wrong.words());
    assert!(wrong.text.contains("They hear us out."), "what was typed is gone");
    assert_eq!(
        marisol.submit(&one, &tried, &[("way", "meeting"), ("on", "2026-11-18"), did]).await.status,
        303
    );
    // The page from before the try is old: it says so, with what was typed, and goes on from what stands now.
    let old = marisol.submit(&before, &tried, &[("way", "letter"), ("on", "2026-11-19")]).await;
    assert!(old.status == 409 && old.says("Somebody wrote here meanwhile."), "{}", old.words());
    assert_eq!(marisol.submit(&old, &tried, &[("way", "letter"), ("on", "2026-11-19")]).await.status, 303);

    // The person reads all of it, says what came, and sees who looked.
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    assert!(darnell.get("/me").await.text.contains("href=\"/me/asked\""));
    let own = format!("/me/asked/{id}");
    let page = darnell.get(&own).await;
    for said in ["A bus pass", "Met, and looked for a way together", "They hear us out.", "Wrote to them"] {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    let end = format!("{own}/close");
    let wrong = darnell.submit(&page, &end, &[("came", "part")]).await;
    assert!(wrong.status == 422 && wrong.says("Choose what stood in the way."), "{}", wrong.words());
    assert_eq!(darnell.submit(&page, &end, &[("came", "part"), ("lacking", "waiting")]).await.status, 303);
    let page = darnell.get(&own).await;
    assert!(page.says("Some of it came") && page.says("There is a waiting list"), "{}", page.words());
    assert!(!page.text.contains("/tried\""), "it is over");
    let late = marisol.submit(&old, &tried, &[("way", "appeal"), ("on", "2026-11-19")]).await;
    assert_eq!(late.status, 409);
    assert_eq!(marisol.submit(&old, &close, &[("came", "all")]).await.status, 409);
    assert!(darnell.get("/me/looks").await.says("what you ask for elsewhere"));

    // Nobody else finds it.
    for role in [Role::Supervisor, Role::TeamMember, Role::PrivacyLead, Role::ProgrammeAdmin, Role::Auditor] {
        let mut other = world.client(role, &world.georgia).await;
        for at in [list.clone(), format!("{list}/{id}"), new.clone()] {
            assert_eq!(other.get(&at).await.status, 404, "{}: {at}", role.as_str());
        }
        assert_eq!(other.post(&tried, &[("way", "letter"), ("on", "2026-11-19")]).await.status, 404);
    }
    let mut second = world.client_of(&world.georgia.second_peer).await;
    assert_eq!(second.get(&format!("{list}/{id}")).await.status, 404);
}

async fn counts(world: &World, role: Role, at: &str) -> world::Answer {
    world.client(role, &world.georgia).await.get(at).await
}

/// The report says how many people did not get what they asked for, kind by kind, for three months that are over. One person less
/// than enough is no number, names and words stand nowhere, and no worker does.
///
/// covers: GA-28
#[tokio::test]
async fn what_was_not_met_is_counted_and_points_at_nobody() {
    let world = World::new().await;
    let app = &world.app;
    let peer = world.actor(&world.georgia.peer).await;
    let ask = |need: &str, of: &str| Ask {
        need: need.into(),
        place: String::new(),
        of: of.into(),
        words: "Zebra words that nobody counts".into(),
    };
    for number in 0..FEWEST {
        let id = PersonId(app.command_id().0);
        let profile = Profile { called: format!("Quill{number}"), ..Profile::default() };
        let new = porchlight_app::person::NewPerson { id, profile, works_here: false, first: None };
        app.add_person(&peer, app.command_id(), new).await.unwrap();
        let asked =
            app.ask_elsewhere(&peer, app.command_id(), id, ask("home", "Zebra office")).await.unwrap();
        let came = Came::Nothing { lacking: "waiting".into() };
        app.close_elsewhere(&peer, app.command_id(), id, asked, came, 1).await.unwrap();
        // The same person twice is one; and one less than enough need a ride.
        app.ask_elsewhere(&peer, app.command_id(), id, ask("home", "Another")).await.unwrap();
        if number > 0 {
            app.ask_elsewhere(&peer, app.command_id(), id, ask("ride", "The county")).await.unwrap();
        }
    }
    // These three months are not over: nothing of them is counted, though the address asks for them.
    for at in ["/unmet", "/unmet?quarter=2026-4", "/unmet?quarter=2030-1", "/unmet?quarter=nonsense"] {
        let page = counts(&world, Role::Supervisor, at).await;
        assert!(page.says("July 1, 2026 to September 30, 2026"), "{at}: {}", page.words());
        assert!(page.says("Nothing is counted in these three months."), "{at}");
    }
    world.clock.set("2027-01-04T15:00:00Z");
    for role in [Role::Supervisor, Role::ProgrammeAdmin] {
        let page = counts(&world, role, "/unmet").await;
        assert!(page.says("October 1, 2026 to December 31, 2026"), "{}", page.words());
        let row = |need: &str| {
            let row = page.text.split(&format!("<th scope=\"row\">{need}</th>")).nth(1).unwrap();
            row.split("</tr>").next().unwrap().to_owned()
        };
        assert!(
            row("A place to live").contains(&format!("<td>{FEWEST}</td><td>Nobody</td>")),
            "{}",
            page.text
        );
        assert!(row("A way to get there").contains("<td>Fewer than 11</td>"), "{}", page.text);
        assert!(page.says("There is a waiting list"), "{}", page.words());
        for nobody in ["Quill", "Zebra", "Darnell", "Marisol"] {
            assert!(!page.text.contains(nobody), "{nobody}: {}", page.words());
        }
        assert!(page.text.contains("/unmet?quarter=2026-3") && !page.text.contains("/unmet?quarter=2027-1"));
    }
    for role in [Role::PeerSpecialist, Role::TeamMember, Role::Person, Role::PrivacyLead, Role::Auditor] {
        assert_eq!(counts(&world, role, "/unmet").await.status, 404, "{}", role.as_str());
    }
}
