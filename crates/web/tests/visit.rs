//! Visits that are arranged, through the real site: the worker books, the person sees and decides, what is known is said
//! and nothing holds anybody up, a note begins with what was arranged, and a calendar holds no name.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::visit::{Arranged, CalledOffBy, Company, Visit, When};
use world::{Answer, Client, Programme, World};

/// Half past four in the afternoon of the world's first day, in Georgia.
const TODAY: [(&str, &str); 6] = [
    ("day", "2026-11-19"),
    ("start", "16:30"),
    ("length", "45"),
    ("kind", "in_person"),
    ("place", "Coffee and a walk at the library"),
    ("company", "alone"),
];

fn plain(page: &Answer) -> String {
    page.words().replace('\u{202f}', " ")
}

fn with<'f>(fields: &[(&'f str, &'f str)], more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let kept = fields.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more).copied().collect()
}

async fn book(peer: &mut Client, place: &Programme, fields: &[(&str, &str)]) -> Answer {
    let page = peer.get(&format!("/visits/new?person={}", place.person_id)).await;
    assert_eq!(page.status, 200, "{}", page.words());
    peer.submit(&page, "/visits/new", fields).await
}

/// The only visit of a programme's peer specialist.
async fn only(world: &World, place: &Programme) -> porchlight_app::visit::VisitView {
    let peer = world.actor(&place.peer).await;
    let mut all = world.app.visits_ahead(&peer).await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// covers: AL-53
///
/// The day of whoever goes shows first name and initial, time, place and the goal in the person's words; the person sees
/// the same visit and asks for another time without a reason.
#[tokio::test]
async fn a_visit_is_booked_moved_and_late_and_both_see_each_of_it() {
    let world = World::new().await;
    let place = &world.georgia;
    let actor = world.actor(&place.peer).await;
    let words = "I want to sleep through the night.";
    let goal = world.app.say_goal(&actor, world.app.command_id(), place.person_id, words).await.unwrap();
    let mut peer = world.client_of(&place.peer).await;
    let mut darnell = world.client_of(&place.person).await;
    assert!(darnell.get("/me/visits").await.says("No visit is booked."));
    let page = peer.get("/visits/new").await;
    assert!(page.text.contains(&format!("/visits/new?person={}", place.person_id)));
    let goal = goal.to_string();
    let booked = book(&mut peer, place, &with(&TODAY, &[("goal", &goal)])).await;
    assert_eq!(booked.status, 303, "{}", booked.words());

    let today = world.app.visits_today(&actor).await.unwrap();
    let view = &today[0];
    let id = view.id;
    assert_eq!((view.name.as_str(), view.goal.as_deref()), ("Darnell W.", Some(words)));
    assert_eq!(view.crisis_plan, None);
    for path in ["/day", "/visits"] {
        let page = plain(&peer.get(path).await);
        for said in ["Darnell W.", "4:30 pm", "Coffee and a walk at the library"] {
            assert!(page.contains(said), "{path} {said}: {page}");
        }
        assert!(!page.contains("Watts"), "one letter of the family name");
    }
    assert!(plain(&peer.get("/day").await).contains(words));
    for path in ["/me", "/me/visits"] {
        let page = plain(&darnell.get(path).await);
        assert!(page.contains("4:30 pm") && page.contains("Marisol Vega"), "{path}: {page}");
    }

    // Another time, and nobody asks why.
    let page = darnell.get("/me/visits").await;
    let asked = darnell.submit(&page, &format!("/me/coming/{id}/other-time"), &[]).await;
    assert!(darnell.follow(asked).await.says("You asked for another time."));
    assert!(peer.get("/day").await.says("Asks for another time"));
    assert!(peer.get(&format!("/visits/{id}")).await.says("They do not have to say why."));
    let path = format!("/visits/{id}/move");
    let page = peer.get(&path).await;
    let wrong = peer.submit(&page, &path, &[("day", "2026-11-18")]).await;
    assert!(wrong.status == 422 && wrong.says("That time is over."), "{}", wrong.words());
    assert!(wrong.text.contains("value=\"2026-11-18\""), "nothing typed is lost");
    let moved =
        peer.submit(&page, &path, &[("day", "2026-11-20"), ("start", "22:00"), ("length", "60")]).await;
    assert_eq!(moved.status, 303, "{}", moved.words());
    // The page from before it was moved: nothing of either is lost.
    let stale = peer.submit(&page, &path, &[("day", "2026-11-21")]).await;
    assert!(stale.status == 422 && stale.says("changed on another device"), "{}", stale.words());
    let page = plain(&darnell.get("/me/visits").await);
    assert!(
        page.contains("10:00 pm to 11:00 pm") && page.contains("It was planned for Today, 4:30 pm"),
        "{page}"
    );
    assert!(page.contains("Ask for another time"), "the wish is over with the old time");

    let page = peer.get(&format!("/visits/{id}")).await;
    let silly = peer.submit(&page, &format!("/visits/{id}/late"), &[("minutes", "500")]).await;
    assert!(silly.status == 422 && silly.says("Please move the visit."), "{}", silly.words());
    let late = peer.submit(&page, &format!("/visits/{id}/late"), &[("minutes", "20")]).await;
    assert_eq!(late.status, 303);
    assert!(darnell.get("/me/visits").await.says("Marisol Vega comes 20 minutes later."));

    // Called off by the person: nobody has to agree, and the worker sees it at once.
    let page = darnell.get("/me/visits").await;
    let off = darnell.submit(&page, &format!("/me/coming/{id}/call-off"), &[]).await;
    assert!(darnell.follow(off).await.says("You called it off."));
    assert!(peer.get("/visits").await.says("They called it off"));
    let begun = peer.post(&format!("/visits/{id}/begin"), &[]).await;
    assert!(begun.status == 422 && begun.says("was called off"), "{}", begun.words());
}

/// covers: AL-48
///
/// Nights and weekends are hours like any other: what somebody wrote about their own hours is said once, and then it is
/// booked all the same.
#[tokio::test]
async fn what_is_known_is_said_once_and_holds_nobody_up() {
    let world = World::new().await;
    let place = &world.georgia;
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get("/work/times").await;
    // Saturdays at night, into Sunday.
    let hours = [("from-6-0", "20:00"), ("to-6-0", "02:00")];
    assert_eq!(peer.submit(&page, "/work/times", &hours).await.status, 303);
    let night = with(&TODAY, &[("day", "2026-11-21"), ("start", "23:30"), ("length", "60")]);
    assert_eq!(book(&mut peer, place, &night).await.status, 303, "a night over midnight in their hours");

    let told = book(&mut peer, place, &TODAY).await;
    assert!(told.status == 200 && told.says("not in the hours you wrote"), "{}", told.words());
    let again = peer.submit(&told, "/visits/new", &[]).await;
    assert_eq!(again.status, 303, "{}", again.words());
    // Another time is told of again.
    let other = peer.submit(&told, "/visits/new", &[("start", "17:00")]).await;
    assert!(other.status == 200 && other.says("another visit then, with Darnell W."), "{}", other.words());
    assert_eq!(world.app.visits_ahead(&world.actor(&place.peer).await).await.unwrap().len(), 2);

    for (more, said) in [
        (&[("start", "")][..], "Write when it starts."),
        (&[("day", "2026-11-18")][..], "That time is over."),
        (&[("day", "2028-11-18")][..], "more than a year ahead"),
        (&[("length", "")][..], "Say how long it is."),
        (&[("company", "with")][..], "Write who comes along."),
        (&[("kind", "outreach")][..], "Pick how you meet."),
    ] {
        let wrong = book(&mut peer, place, &with(&TODAY, more)).await;
        assert!(wrong.status == 422 && wrong.says(said), "{said}: {}", wrong.words());
        assert!(wrong.text.contains("Coffee and a walk at the library"), "nothing typed is lost");
    }
}

/// Whoever may not be alone with young people yet is told what is missing and what they can do meanwhile, and books it.
#[tokio::test]
async fn a_closed_gate_says_what_is_missing_and_what_is_allowed() {
    let world = World::new().await;
    let place = &world.alabama;
    let mut peer = world.client_of(&place.peer).await;
    assert_eq!(book(&mut peer, place, &TODAY).await.status, 303, "no child is there");
    let child = with(&TODAY, &[("child", "yes"), ("day", "2026-11-23")]);
    let told = book(&mut peer, place, &child).await;
    assert_eq!(told.status, 200, "{}", told.words());
    for said in ["the answer is not yes for that day", "What is missing", "See why"] {
        assert!(told.says(said), "{said}: {}", told.words());
    }
    assert_eq!(peer.submit(&told, "/visits/new", &[]).await.status, 303);
}

/// covers: AL-50
///
/// A note that begins from a visit has who, how, the goal, and the times at which it truly began and ended; then the visit
/// is told of once.
#[tokio::test]
async fn a_note_begins_with_what_was_arranged_and_how_long_it_truly_was() {
    let world = World::new().await;
    let place = &world.georgia;
    let actor = world.actor(&place.peer).await;
    let goal =
        world.app.say_goal(&actor, world.app.command_id(), place.person_id, "My own keys").await.unwrap();
    let mut peer = world.client_of(&place.peer).await;
    let goal = goal.to_string();
    assert_eq!(book(&mut peer, place, &with(&TODAY, &[("goal", &goal)])).await.status, 303);
    let id = only(&world, place).await.id;
    let early = peer.post(&format!("/visits/{id}/begin"), &[]).await;
    assert!(early.status == 422 && early.says("It is not time yet."), "{}", early.words());
    world.clock.set("2026-11-19T21:41:00Z");
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get(&format!("/visits/{id}")).await;
    assert_eq!(peer.submit(&page, &format!("/visits/{id}/begin"), &[]).await.status, 303);
    assert!(peer.get("/day").await.says("You are together now"));
    world.clock.set("2026-11-19T22:20:00Z");
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get(&format!("/visits/{id}")).await;
    let ended = peer.submit(&page, &format!("/visits/{id}/end"), &[]).await;
    let note = peer.follow(ended).await;
    assert!(note.text.contains("value=\"16:41\"") && note.text.contains("value=\"17:20\""), "{}", note.text);
    assert!(peer.get("/day").await.says("Write about your visit with Darnell W."));
    let action = note.text.split("action=\"/contacts/").nth(1).unwrap().split('"').next().unwrap();
    let form = note.form(&format!("/contacts/{action}"));
    for (name, value) in [("kind", "in_person"), ("goal", goal.as_str()), ("day", "2026-11-19")] {
        assert!(form.iter().any(|(field, is)| field == name && is == value), "{name}: {form:?}");
    }
    let saved = peer.submit(&note, &format!("/contacts/{action}"), &[]).await;
    assert_eq!(saved.status, 303, "{}", saved.words());
    let day = peer.get("/day").await;
    assert!(!day.says("Write about your visit") && day.says("Note for Darnell W."), "{}", day.words());
    // Once more from the visit leads to the same note.
    let again = peer.get(&format!("/contacts/new?visit={id}")).await;
    assert_eq!(again.location(), Some(format!("/contacts/{}", action.replace("draft", "edit"))));
    let view = only(&world, place).await;
    assert!(matches!(view.visit, Visit::Done { note: Some(_), .. }));
}

/// The night in which the clocks go forward: half past eleven to half past three is three hours.
#[tokio::test]
async fn midnight_and_daylight_time_inside_a_visit_leave_it_as_long_as_it_is() {
    let world = World::new().await;
    let place = &world.georgia;
    world.clock.set("2027-03-12T18:00:00Z");
    let mut peer = world.client_of(&place.peer).await;
    let night = [
        ("day", "2027-03-13"),
        ("start", "23:30"),
        ("length", "other"),
        ("end", "03:30"),
        ("midnight", "yes"),
    ];
    let booked = book(&mut peer, place, &with(&TODAY, &night)).await;
    assert_eq!(booked.status, 303, "{}", booked.words());
    let view = only(&world, place).await;
    assert_eq!(view.visit.when().minutes(), 180);
    let page = plain(&peer.get("/visits").await);
    assert!(page.contains("11:30 pm to 3:30 am, the next day"), "{page}");
    // After midnight it still stands on the day, and begins and ends where it was booked.
    world.clock.set("2027-03-14T06:30:00Z");
    let actor = world.actor(&place.peer).await;
    assert_eq!(world.app.visits_today(&actor).await.unwrap().len(), 1);
    let secret = calendar_of(&world, place).await;
    let feed = world.stranger().get(&format!("/calendar/{secret}.ics")).await.text;
    assert!(feed.contains("DTSTART:20270314T043000Z") && feed.contains("DTEND:20270314T073000Z"), "{feed}");
}

async fn calendar_of(world: &World, place: &Programme) -> String {
    let actor = world.actor(&place.peer).await;
    world.app.make_calendar(&actor, world.app.command_id()).await.unwrap();
    let address = world.app.calendar_address(&actor).await.unwrap().unwrap();
    address.secret.expose().to_owned()
}

/// Somebody who left the programme while a visit was booked is not waited for, and nobody waits for them; whoever takes a
/// person on takes their visits on.
#[tokio::test]
async fn when_two_part_their_visits_end_or_go_to_whoever_comes_next() {
    let world = World::new().await;
    for ends in [true, false] {
        let place = if ends { &world.georgia } else { &world.alabama };
        let mut peer = world.client_of(&place.peer).await;
        assert_eq!(book(&mut peer, place, &TODAY).await.status, 303);
        let id = only(&world, place).await.id;
        let lead = world.actor(&place.supervisor).await;
        let app = &world.app;
        let person = app.person(&lead, place.person_id).await.unwrap();
        let support = person.supports[0].id;
        let (command, on) = (app.command_id(), date(2026, 11, 19));
        let whose = place.person_id;
        if ends {
            app.end_support(&lead, command, whose, support, on, "moved", "Good luck.", 1).await.unwrap();
        } else {
            let next = place.second_peer.account;
            app.hand_over(&lead, command, whose, support, next, on, "", 1).await.unwrap();
        }
        for path in ["", "/move"].map(|end| format!("/visits/{id}{end}")) {
            assert_eq!(peer.get(&path).await.status, 404, "{path}");
        }
        assert!(peer.get("/visits").await.says("No visits are booked"));
        assert!(!peer.get("/day").await.says("4:30 pm"));
        let person = world.actor(&place.person).await;
        let coming = app.visits_to_come(&person).await.unwrap();
        if ends {
            let by = matches!(coming[0].visit, Visit::CalledOff { by: CalledOffBy::Ending, .. });
            assert!(by, "{:?}", coming[0].visit);
            let mut theirs = world.client_of(&place.person).await;
            assert!(theirs.get("/me/visits").await.says("Called off"));
        } else {
            assert_eq!(coming[0].with, place.second_peer.name);
            let mut next = world.client_of(&place.second_peer).await;
            assert_eq!(next.get(&format!("/visits/{id}")).await.status, 200);
        }
    }
}

/// A calendar subscribes by an address that nobody can guess. It reads that there is a visit, how and when, and never a
/// name, a place or a word; a new address ends the old one, and the end of a role ends it too.
#[tokio::test]
async fn a_calendar_holds_no_name_and_its_address_can_be_renewed_and_stopped() {
    let world = World::new().await;
    let place = &world.georgia;
    let mut peer = world.client_of(&place.peer).await;
    let far = with(&TODAY, &[("company", "with"), ("who", "Terrence; and, his \"car\"")]);
    assert_eq!(book(&mut peer, place, &far).await.status, 303);
    let page = peer.get("/visits/calendar").await;
    let made = peer.submit(&page, "/visits/calendar", &[]).await;
    let page = peer.follow(made).await;
    let address = |page: &Answer| {
        let at = page.text.split("https://porchlight.test/calendar/").nth(1).unwrap();
        format!("/calendar/{}", at.split('"').next().unwrap())
    };
    let first = address(&page);
    assert!(first.len() > 64, "{first}");
    let read = world.stranger().get(&first).await;
    assert_eq!(
        (read.status, read.headers["content-type"].to_str().unwrap()),
        (200, "text/calendar; charset=utf-8")
    );
    let feed = &read.text;
    assert!(feed.starts_with("BEGIN:VCALENDAR\r\n") && feed.ends_with("END:VCALENDAR\r\n"), "{feed}");
    for said in
        ["SUMMARY:Visit: In person", "DTSTART:20261119T213000Z", "DTEND:20261119T221500Z", "STATUS:CONFIRMED"]
    {
        assert!(feed.contains(said), "{said}: {feed}");
    }
    for word in ["Darnell", "Watts", "Marisol", "Terrence", "library", "Coffee"] {
        assert!(!feed.contains(word), "{word}: {feed}");
    }
    assert!(feed.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{feed}");

    let id = only(&world, place).await.id;
    let shown = peer.get(&format!("/visits/{id}")).await;
    assert_eq!(peer.submit(&shown, &format!("/visits/{id}/call-off"), &[]).await.status, 303);
    assert!(world.stranger().get(&first).await.text.contains("STATUS:CANCELLED"));

    let renewed = peer.submit(&page, "/visits/calendar", &[]).await;
    let page = peer.follow(renewed).await;
    let second = address(&page);
    assert_ne!(first, second);
    assert_eq!(world.stranger().get(&first).await.status, 404);
    assert_eq!(world.stranger().get(&second).await.status, 200);
    for wrong in [second.trim_end_matches(".ics").to_owned(), format!("{}.ics", &second[..second.len() - 5])]
    {
        assert_eq!(world.stranger().get(&wrong).await.status, 404, "{wrong}");
    }
    let stopped = peer.submit(&page, "/visits/calendar/stop", &[]).await;
    assert_eq!(stopped.status, 303);
    assert_eq!(world.stranger().get(&second).await.status, 404);

    let third = format!("/calendar/{}.ics", calendar_of(&world, place).await);
    assert_eq!(world.stranger().get(&third).await.status, 200);
    let boss = world.actor(&place.admin).await;
    world.app.end_worker(&boss, world.app.command_id(), place.id, place.peer.membership).await.unwrap();
    assert_eq!(world.stranger().get(&third).await.status, 404, "nobody reads it for whoever has left");
}

/// Nobody but whoever goes and the person finds a visit.
#[tokio::test]
async fn nobody_else_finds_a_visit() {
    let world = World::new().await;
    let place = &world.georgia;
    let actor = world.actor(&place.peer).await;
    let soon = world.app.now() + SignedDuration::from_hours(20);
    let id = world
        .app
        .book_visit(&actor, world.app.command_id(), place.person_id, arranged(soon, &world))
        .await
        .unwrap();
    let paths = ["begin", "end", "late", "move", "call-off"].map(|end| format!("/visits/{id}/{end}"));
    for member in [
        &place.second_peer,
        &place.supervisor,
        &place.deputy,
        &place.team_member,
        &place.privacy_lead,
        &place.admin,
        &place.auditor,
        &world.alabama.peer,
        &world.alabama.person,
    ] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get(&format!("/visits/{id}")).await.status, 404, "{}", member.name);
        for path in &paths {
            assert_eq!(other.post(path, &[("minutes", "5")]).await.status, 404, "{} {path}", member.name);
        }
        for step in ["other-time", "call-off"] {
            let path = format!("/me/coming/{id}/{step}");
            assert_eq!(other.post(&path, &[]).await.status, 404, "{} {path}", member.name);
        }
        let booked = other.post("/visits/new", &[("person", &place.person_id.to_string())]).await;
        assert_eq!(booked.status, 404, "{}", member.name);
    }
    // The person sees it on their own page, and that it was opened under who looked.
    let mut peer = world.client_of(&place.peer).await;
    assert_eq!(peer.get(&format!("/visits/{id}")).await.status, 200);
    let mut darnell = world.client_of(&place.person).await;
    assert_eq!(darnell.get(&format!("/visits/{id}")).await.status, 404, "that is the worker's page");
    assert!(darnell.get("/me/looks").await.says("the visits you arranged"));
    assert_eq!(only(&world, place).await.id, id);
}

fn arranged(starts: Timestamp, world: &World) -> Arranged {
    let zone = TimeZone::get("America/New_York").unwrap();
    let ends = starts + SignedDuration::from_mins(45);
    Arranged {
        when: When::new(starts, ends, &zone, world.app.now()).unwrap(),
        kind: "in_person".into(),
        place: "The library".into(),
        company: Company::Alone { ask_after: false },
        child: false,
        goal: None,
    }
}
