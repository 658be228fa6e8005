//! Visits that are arranged, through the real site: the worker books, the person sees and decides, what is known is said
//! and nothing holds anybody up, a note begins with what was arranged, and a calendar holds no name.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use porchlight_outbound::{Address, Kind, Outcome, Sent, Trouble};
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

    let today = world.app.visits_ahead(&actor).await.unwrap();
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
    let (page, other) = (peer.get(&path).await, peer.get(&path).await);
    let wrong = peer.submit(&page, &path, &[("day", "2026-11-18")]).await;
    assert!(wrong.status == 422 && wrong.says("That time is over."), "{}", wrong.words());
    assert!(wrong.text.contains("value=\"2026-11-18\""), "nothing typed is lost");
    let moved =
        peer.submit(&page, &path, &[("day", "2026-11-20"), ("start", "22:00"), ("length", "60")]).await;
    assert_eq!(moved.status, 303, "{}", moved.words());
    // The page from before it was moved: nothing of either is lost.
    let stale = peer.submit(&other, &path, &[("day", "2026-11-21")]).await;
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
    assert_eq!(world.app.visits_ahead(&actor).await.unwrap().len(), 1);
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

/// What was said to one mailbox: a notice is a kind and a page, and can't hold a name.
fn letters(world: &World, to: &str) -> Vec<(Kind, String)> {
    let is = |one: &Sent| matches!(&one.to, Address::Email(email) if email.expose().starts_with(to));
    let said = |one: Sent| (one.notice.kind(), one.notice.page().path().to_owned());
    world.sent.sent().into_iter().filter(is).map(said).collect()
}

/// covers: AL-48
///
/// A worker who goes alone and wants to be asked is asked at the end of the visit, by what they set up; one tap answers, and
/// then nobody is told.
#[tokio::test]
async fn a_worker_who_went_alone_is_asked_once_and_answers_in_one_tap() {
    let world = World::new().await;
    let (app, place) = (&world.app, &world.georgia);
    let actor = world.actor(&place.peer).await;
    let lead = world.actor(&place.supervisor).await;
    app.set_email(&actor, app.command_id(), "marisol@example.org").await.unwrap();
    app.set_email(&lead, app.command_id(), "lydia@example.org").await.unwrap();
    let mut peer = world.client_of(&place.peer).await;
    assert_eq!(book(&mut peer, place, &with(&TODAY, &[("ask_after", "yes")])).await.status, 303);
    let other = with(&TODAY, &[("start", "18:00")]);
    assert_eq!(book(&mut peer, place, &other).await.status, 303, "this one asks nobody");
    let id = app.visits_ahead(&actor).await.unwrap()[0].id;
    // Before it is asked, nothing is answered.
    assert_eq!(peer.post(&format!("/visits/{id}/all-right"), &[]).await.status, 303);
    world.clock.set("2026-11-19T22:14:00Z");
    assert_eq!(app.ask_after_visits().await.unwrap(), 0, "it has not ended");
    world.clock.set("2026-11-19T22:15:30Z");
    assert_eq!(app.ask_after_visits().await.unwrap(), 1);
    assert_eq!(app.ask_after_visits().await.unwrap(), 0, "once is enough");
    assert_eq!(letters(&world, "marisol"), [(Kind::AllRight, format!("/visits/{id}"))]);
    let mut peer = world.client_of(&place.peer).await;
    let day = peer.get("/day").await;
    assert!(day.says("Are you all right?"), "{}", day.words());
    let answered = peer.submit(&day, &format!("/visits/{id}/all-right"), &[]).await;
    assert!(!peer.follow(answered).await.says("Are you all right?"));
    world.clock.set("2026-11-20T00:30:00Z");
    assert_eq!(app.tell_of_no_answer().await.unwrap(), 0);
    assert!(letters(&world, "lydia").is_empty());
    assert_eq!(app.ask_after_visits().await.unwrap(), 0, "the other one did not ask for it");
}

/// No answer after the programme's minutes: whoever supervises is told with the number to call, and nobody else; they say
/// that the worker is looked after. Saying that a visit is over is an answer too.
#[tokio::test]
async fn no_answer_tells_whoever_supervises_with_the_number_to_call() {
    let world = World::new().await;
    let (app, place) = (&world.app, &world.georgia);
    let actor = world.actor(&place.peer).await;
    let lead = world.actor(&place.supervisor).await;
    let version = app.my_account(&actor).await.unwrap().version;
    let name = place.peer.name.as_str();
    let lang = porchlight_practice::Lang::En;
    app.change_account(&actor, app.command_id(), name, "555-0117", lang, version).await.unwrap();
    app.set_email(&lead, app.command_id(), "lydia@example.org").await.unwrap();
    let mut peer = world.client_of(&place.peer).await;
    assert_eq!(book(&mut peer, place, &with(&TODAY, &[("ask_after", "yes")])).await.status, 303);
    let id = only(&world, place).await.id;
    // Twenty minutes late to it: it is asked twenty minutes later.
    app.late_for_visit(&actor, app.command_id(), id, 20).await.unwrap();
    world.clock.set("2026-11-19T22:20:00Z");
    assert_eq!(app.ask_after_visits().await.unwrap(), 0);
    world.clock.set("2026-11-19T22:35:00Z");
    assert_eq!(app.ask_after_visits().await.unwrap(), 1, "asked on the page, though there is no address");
    world.clock.set("2026-11-19T22:54:00Z");
    assert_eq!(app.tell_of_no_answer().await.unwrap(), 0);
    world.clock.set("2026-11-19T22:55:30Z");
    assert_eq!(app.tell_of_no_answer().await.unwrap(), 1);
    assert_eq!(app.tell_of_no_answer().await.unwrap(), 0);
    assert_eq!(letters(&world, "lydia"), [(Kind::NoAnswer, "/no-answer".to_owned())]);
    let mut lydia = world.client_of(&place.supervisor).await;
    assert!(lydia.get("/day").await.says("1 worker has not answered. Please call."));
    let page = lydia.get("/no-answer").await;
    for said in ["Marisol Vega", "555-0117", "Coffee and a walk at the library"] {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    assert!(!page.says("Darnell"), "it says where they meant to meet, not whom");
    for member in [&place.peer, &place.admin, &place.privacy_lead, &place.team_member, &place.person] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get("/no-answer").await.status, 404, "{}", member.name);
        assert_eq!(other.post(&format!("/no-answer/{id}"), &[]).await.status, 404, "{}", member.name);
    }
    let mut elsewhere = world.client_of(&world.alabama.supervisor).await;
    assert_eq!(elsewhere.post(&format!("/no-answer/{id}"), &[]).await.status, 404);
    assert!(elsewhere.get("/no-answer").await.says("Everybody has answered"));
    let done = lydia.submit(&page, &format!("/no-answer/{id}"), &[]).await;
    assert!(lydia.follow(done).await.says("Everybody has answered"));
    assert!(!lydia.get("/day").await.says("has not answered"));
}

/// A sender that is down holds up neither the question nor the telling.
#[tokio::test]
async fn what_can_not_be_sent_is_tried_again_and_stands_on_the_pages() {
    let world = World::new().await;
    let (app, place) = (&world.app, &world.georgia);
    let actor = world.actor(&place.peer).await;
    let lead = world.actor(&place.supervisor).await;
    app.set_email(&actor, app.command_id(), "marisol@example.org").await.unwrap();
    app.set_email(&lead, app.command_id(), "lydia@example.org").await.unwrap();
    let mut peer = world.client_of(&place.peer).await;
    assert_eq!(book(&mut peer, place, &with(&TODAY, &[("ask_after", "yes")])).await.status, 303);
    let down = Outcome::TryAgain(Trouble::Unreachable);
    world.sent.answer(porchlight_practice::Means::Email, down);
    world.clock.set("2026-11-19T22:16:00Z");
    assert_eq!(app.ask_after_visits().await.unwrap(), 0, "tried again in a moment");
    world.clock.set("2026-11-19T22:21:00Z");
    assert_eq!(app.ask_after_visits().await.unwrap(), 1, "the page asks; the minutes run");
    world.clock.set("2026-11-19T22:41:30Z");
    assert_eq!(app.tell_of_no_answer().await.unwrap(), 0);
    let mut lydia = world.client_of(&place.supervisor).await;
    assert!(lydia.get("/day").await.says("1 worker has not answered."), "it stands there meanwhile");
    world.sent.answer(porchlight_practice::Means::Email, Outcome::Accepted { reference: None });
    assert_eq!(app.tell_of_no_answer().await.unwrap(), 1);
}

/// covers: AL-50
///
/// A person is reminded only when they asked for it, only in the hours they said are safe, and never of whom or what. The
/// worker is reminded an hour before.
#[tokio::test]
async fn reminders_come_only_when_asked_for_and_only_in_safe_hours() {
    let world = World::new().await;
    let (app, place) = (&world.app, &world.georgia);
    let darnell = world.actor(&place.person).await;
    let actor = world.actor(&place.peer).await;
    app.set_email(&darnell, app.command_id(), "darnell@example.org").await.unwrap();
    app.set_email(&actor, app.command_id(), "marisol@example.org").await.unwrap();
    let mut peer = world.client_of(&place.peer).await;
    // Saturday at eight in the morning.
    let booked = with(&TODAY, &[("day", "2026-11-21"), ("start", "08:00")]);
    assert_eq!(book(&mut peer, place, &booked).await.status, 303);
    world.clock.set("2026-11-21T12:30:00Z");
    assert_eq!(app.remind_of_visits().await.unwrap(), 1, "the worker alone: the person asked for nothing");
    assert_eq!((letters(&world, "marisol").len(), letters(&world, "darnell").len()), (1, 0));

    let booked = with(&TODAY, &[("day", "2026-11-22"), ("start", "08:00")]);
    let mut peer = world.client_of(&place.peer).await;
    assert_eq!(book(&mut peer, place, &booked).await.status, 303);
    let mut theirs = world.client_of(&place.person).await;
    assert!(theirs.get("/me/visits").await.text.contains("href=\"/reminders\""));
    let page = theirs.get("/reminders").await;
    let wrong = theirs.submit(&page, "/reminders", &[("wanted", "yes"), ("from", "10:00")]).await;
    assert!(wrong.status == 422 && wrong.says("Fill in both times"), "{}", wrong.words());
    let page = theirs.get("/reminders").await;
    let chosen = [("wanted", "yes"), ("from", "10:00"), ("to", "18:00")];
    assert_eq!(theirs.submit(&page, "/reminders", &chosen).await.status, 303);
    assert!(theirs.get("/reminders").await.text.contains("value=\"10:00\""));
    // Twenty hours before is noon on Saturday, which is safe. A minute before is too early.
    world.clock.set("2026-11-21T16:59:00Z");
    assert_eq!(app.remind_of_visits().await.unwrap(), 0);
    world.clock.set("2026-11-21T17:00:00Z");
    assert_eq!(app.remind_of_visits().await.unwrap(), 1);
    assert_eq!(app.remind_of_visits().await.unwrap(), 0, "once is enough");
    assert_eq!(letters(&world, "darnell"), [(Kind::Soon, "/me/visits".to_owned())]);
    // Moved to the evening: of another time they are reminded once more, and not at night.
    let all = app.visits_ahead(&actor).await.unwrap();
    let view = all.iter().find(|view| view.visit.when().starts() > world.app.now()).unwrap();
    let zone = TimeZone::get("America/New_York").unwrap();
    let starts: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
    let when = When::new(starts, starts + SignedDuration::from_mins(45), &zone, app.now()).unwrap();
    app.move_visit(&actor, app.command_id(), view.id, when, view.version).await.unwrap();
    world.clock.set("2026-11-22T05:00:00Z");
    assert_eq!(app.remind_of_visits().await.unwrap(), 0, "midnight is not safe");
    world.clock.set("2026-11-22T15:00:00Z");
    assert_eq!(app.remind_of_visits().await.unwrap(), 1);
    // No more of them, and a visit that was called off reminds nobody.
    let page = theirs.get("/reminders").await;
    assert_eq!(page.status, 303, "the session has ended meanwhile");
    let mut theirs = world.client_of(&place.person).await;
    let page = theirs.get("/reminders").await;
    assert_eq!(theirs.submit(&page, "/reminders", &[("wanted", "no")]).await.status, 303);
    app.call_off_visit(&darnell, app.command_id(), view.id).await.unwrap();
    world.clock.set("2026-11-22T23:30:00Z");
    assert_eq!(app.remind_of_visits().await.unwrap(), 0);
}

/// A phone keeps only so many pages: those of whoever is met today come first.
#[tokio::test]
async fn whoever_is_met_today_comes_first_on_the_phone() {
    let world = World::new().await;
    let place = &world.georgia;
    let walker = world.actor(&place.peer).await;
    // Lists without a reason of their own begin with the smallest id.
    let id = porchlight_practice::id::PersonId(uuid::Uuid::from_u128(1));
    let profile = porchlight_practice::person::Profile { called: "Ada".into(), ..Default::default() };
    let new = porchlight_app::person::NewPerson { id, profile, works_here: false, first: None };
    world.app.add_person(&walker, world.app.command_id(), new).await.unwrap();
    let mut peer = world.client_of(&place.peer).await;
    let first = async |peer: &mut Client| {
        let pages: serde_json::Value = serde_json::from_str(&peer.get("/device/pages").await.text).unwrap();
        let pages = pages["pages"].as_array().unwrap().iter().filter_map(|page| page.as_str());
        pages.filter_map(|page| page.strip_prefix("/contacts/new?person=")).next().unwrap().to_owned()
    };
    assert_eq!(first(&mut peer).await, id.to_string());
    assert_eq!(book(&mut peer, place, &TODAY).await.status, 303);
    assert_eq!(first(&mut peer).await, place.person_id.to_string());
}
