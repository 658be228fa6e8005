//! Looks in an emergency, through the site: a reason in writing, what helps and nothing else, for a short while, and told.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_practice::Role;
use porchlight_practice::document::{Answer, Document, Seen};
use porchlight_practice::person::{Profile, Way, WayKind};
use world::{Client, Programme, World};

const REASON: &str = "He called from a bridge and did not say where he is.";

/// Writes words into the first place for words of a tool.
async fn write(world: &World, here: &Programme, tool: &str, words: &str) {
    let (app, own) = (&world.app, world.actor(&here.person).await);
    let id = app.start_document(&own, app.command_id(), here.person_id, tool).await.unwrap();
    let section = app.document(&own, id).await.unwrap().tool.sections[0].id.clone();
    let words = words.to_owned();
    let item = app.command_id().0;
    app.write_document(&own, app.command_id(), id, &section, Seen::default(), move |section| {
        let question = &section.questions[0];
        let item = if question.kind.is_list() { item } else { Document::ONLY.0 };
        let answer = Answer::Words { words: words.clone() };
        vec![(question.id.clone(), porchlight_practice::id::ItemId(item), answer)]
    })
    .await
    .unwrap();
}

async fn opened(client: &mut Client, here: &Programme, reason: &str) -> String {
    let at = format!("/people/{}/emergency", here.person_id);
    let page = client.get(&at).await;
    let answer = client.submit(&page, &at, &[("reason", reason)]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.location().unwrap()
}

/// With a reason a supervisor opens the crisis plan that nobody shared and the ways to reach somebody. It is told to the
/// person in words that say nothing, stands on top with its reason and a way to ask why, is read by supervisors and the
/// privacy lead, and ends by itself.
#[tokio::test]
async fn an_emergency_opens_what_helps_for_half_an_hour_and_the_person_reads_why() {
    let world = World::new().await;
    let here = &world.georgia;
    let (app, own) = (&world.app, world.actor(&here.person).await);
    write(&world, here, "crisis_plan", "I hum when I am well.").await;
    write(&world, here, "wellness_plan", "Nobody reads about my brother.").await;
    let view = app.person(&own, here.person_id).await.unwrap();
    let ways = vec![Way { kind: WayKind::Phone, value: "404 555 0100".into(), shared: true }];
    let profile = Profile {
        ways,
        never: "Never leave a message.".into(),
        matters: "My brother.".into(),
        ..view.profile
    };
    app.change_person(&own, app.command_id(), here.person_id, profile, view.version).await.unwrap();
    app.set_email(&own, app.command_id(), "darnell@example.org").await.unwrap();

    let mut lydia = world.client(Role::Supervisor, here).await;
    let record = lydia.get(&format!("/people/{}", here.person_id)).await;
    let at = format!("/people/{}/emergency", here.person_id);
    assert!(record.text.contains(&at));
    let page = lydia.get(&at).await;
    assert!(page.says("Darnell is told, and reads your name and your reason."), "{}", page.words());
    for (reason, says) in [("", "Write in a few words"), ("Emergency!", "Write in a few words")] {
        let refused = lydia.submit(&page, &at, &[("reason", reason)]).await;
        assert!(refused.status == 422 && refused.says(says), "{}", refused.words());
    }
    let long = "x".repeat(501);
    let refused = lydia.submit(&page, &at, &[("reason", &long)]).await;
    assert!(refused.status == 422 && refused.field("reason") == long, "nothing typed is lost");
    assert!(!world.client_of(&here.person).await.get("/me/looks").await.says("Opened in an emergency"));

    let open = opened(&mut lydia, here, REASON).await;
    let shown = lydia.get(&open).await;
    for words in ["I hum when I am well.", "404 555 0100", "Never leave a message.", REASON] {
        assert!(shown.says(words), "{words}: {}", shown.words());
    }
    assert!(!shown.says("brother"), "nothing but crisis plans and ways to reach");

    // The person is told that something waits, once, and reads the rest where they are signed in.
    assert_eq!(app.tell_of_emergencies().await.unwrap(), 1);
    assert_eq!(app.tell_of_emergencies().await.unwrap(), 0, "once is enough");
    let sent = format!("{:?}", world.sent.sent());
    for word in ["Lydia", "bridge", "emergency", "Darnell Watts", "crisis"] {
        assert!(!sent.contains(word), "{word}: {sent}");
    }
    let mut darnell = world.client_of(&here.person).await;
    let looks = darnell.get("/me/looks").await;
    assert!(looks.says("Opened in an emergency") && looks.says(REASON), "{}", looks.words());
    let words = looks.words();
    let on_top = words.find("Opened in an emergency").unwrap() < words.find("your crisis plans and").unwrap();
    assert!(on_top && words.contains("Why: an emergency."), "{words}");
    let ask = looks.text.split("href=\"/me/looks/ask?").nth(1).unwrap().split('"').next().unwrap();
    let ask = format!("/me/looks/ask?{}", ask.replace("&amp;", "&").replace("&#38;", "&"));
    let page = darnell.get(&ask).await;
    assert!(page.says("Lydia Pruitt opened your crisis plans"), "{}", page.words());
    let asked = darnell.submit(&page, "/me/looks/ask", &[("question", "Why did you not call me?")]).await;
    assert_eq!(asked.status, 303);
    assert!(darnell.get("/me/looks").await.says("You get an answer here by"));

    // Supervisors and the privacy lead read all of them; nobody else knows the list.
    for member in [&here.supervisor, &here.deputy, &here.privacy_lead] {
        let mut client = world.client_of(member).await;
        let list = client.get("/emergencies").await;
        if member.account != here.deputy.account || list.status == 200 {
            assert!(list.says(REASON) && list.says("Darnell W."), "{}: {}", member.name, list.words());
        }
    }
    for member in [&here.peer, &here.team_member, &here.admin, &here.auditor, &here.person] {
        assert_eq!(world.client_of(member).await.get("/emergencies").await.status, 404, "{}", member.name);
    }
    assert!(!world.client(Role::Supervisor, &world.alabama).await.get("/emergencies").await.says("Darnell"));

    // It is theirs alone who opened it, and over after half an hour.
    for member in [&here.privacy_lead, &here.peer, &world.alabama.supervisor] {
        assert_eq!(world.client_of(member).await.get(&open).await.status, 404, "{}", member.name);
    }
    world.clock.advance(SignedDuration::from_mins(29));
    assert_eq!(lydia.get(&open).await.status, 200);
    world.clock.advance(SignedDuration::from_mins(1));
    let over = lydia.get(&open).await;
    assert!(over.status == 404 && !over.text.contains("hum"));
}

/// Only a supervisor of the programme may. Whoever walks with the person, the team, the privacy lead, an administrator and
/// another programme find nothing, and a record of somebody who works here stays closed to colleagues.
#[tokio::test]
async fn nobody_else_opens_anything_by_an_emergency() {
    let world = World::new().await;
    let here = &world.georgia;
    let at = format!("/people/{}/emergency", here.person_id);
    let others = [
        &here.peer,
        &here.second_peer,
        &here.team_member,
        &here.privacy_lead,
        &here.admin,
        &here.auditor,
        &here.person,
        &world.agency_admin,
        &world.alabama.supervisor,
    ];
    for member in others {
        let mut client = world.client_of(member).await;
        assert_eq!(client.get(&at).await.status, 404, "{}", member.name);
        assert_eq!(client.post(&at, &[("reason", REASON)]).await.status, 404, "{}", member.name);
    }
    assert_eq!(world.stranger().get(&at).await.status, 303);
    // A worker's own corner is no person's record: there is no address under which an emergency could open it.
    let routes = porchlight_web::site::table();
    assert!(routes.iter().all(|route| !(route.path.contains("emergency") && route.path.contains("mine"))));
}
