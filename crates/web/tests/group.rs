//! Groups through the real site: from an idea to the day they belong to their members.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_app::person::NewPerson;
use porchlight_practice::group::{Frame, Kind, Step, Who};
use porchlight_practice::id::{CommandId, GroupId, PersonId};
use porchlight_practice::person::Profile;
use world::{Answer, Client, Member, Programme, World};

const NAME: &str = "Second Cup";

fn filled() -> [(&'static str, &'static str); 5] {
    [
        ("name", NAME),
        ("purpose", "A place to talk about nights."),
        ("when", "Tuesdays at 6 pm"),
        ("place", "Church hall"),
        ("agreements", "What is said here stays here.\nAnybody may pass."),
    ]
}

async fn group(world: &World, place: &Programme, kind: Kind) -> GroupId {
    let frame = Frame {
        name: NAME.into(),
        purpose: "A place to talk about nights.".into(),
        place: "Church hall".into(),
        when: "Tuesdays at 6 pm".into(),
        agreements: vec!["What is said here stays here.".into()],
    };
    let actor = world.actor(&place.peer).await;
    let id = world.app.make_group(&actor, world.app.command_id(), kind, frame).await.unwrap();
    world.app.begin_group(&actor, world.app.command_id(), id, 1).await.unwrap();
    id
}

/// Somebody more with whom the peer specialist walks, and who has no account.
async fn person(world: &World, place: &Programme, called: &str, family: &str) -> PersonId {
    let walker = world.actor(&place.peer).await;
    let id = PersonId(world.app.command_id().0);
    let profile = Profile { called: called.into(), family_name: family.into(), ..Profile::default() };
    let new = NewPerson { id, profile, works_here: false, first: None };
    world.app.add_person(&walker, world.app.command_id(), new).await.unwrap();
    id
}

async fn come(world: &World, member: &Member, id: GroupId) {
    let actor = world.actor(member).await;
    world.app.come_to_group(&actor, world.app.command_id(), id, true).await.unwrap();
}

async fn begun(leader: &mut Client, id: GroupId) -> String {
    let page = leader.get(&format!("/groups/{id}")).await;
    let begun = leader.submit(&page, &format!("/groups/{id}/sessions"), &[]).await;
    begun.location().unwrap_or_else(|| panic!("{}", begun.words()))
}

async fn signed_in(leader: &mut Client, session: &str, fields: &[(&str, &str)]) -> Answer {
    let page = leader.get(session).await;
    let sent = leader.submit(&page, &format!("{session}/sign-in"), fields).await;
    leader.follow(sent).await
}

/// covers: GA-32, MO-34
#[tokio::test]
async fn a_group_goes_from_an_idea_to_its_first_session() {
    let world = World::new().await;
    let place = &world.georgia;
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get("/groups").await;
    assert!(page.says("You do not lead a group yet."), "{}", page.words());
    let page = peer.get("/groups/new").await;
    let wrong = peer.submit(&page, "/groups/new", &[("name", " ")]).await;
    assert!(wrong.status == 422 && wrong.says("Give the group a name"), "{}", wrong.words());
    let made = peer.submit(&page, "/groups/new", &[("name", NAME), ("agreements", "")]).await;
    let here = made.location().unwrap();
    let page = peer.follow(made).await;
    assert!(page.says("still open") && !page.text.contains(&format!("action=\"{here}/begin\"")));
    // Begun by a form that nobody was shown, it says what is missing.
    let early = peer.post(&format!("{here}/begin"), &[("version", "1")]).await;
    assert!(peer.follow(early).await.says("Something is still open."));
    let change = peer.get(&format!("{here}/change")).await;
    let meanwhile = peer.get(&format!("{here}/change")).await;
    let changed = peer.submit(&change, &format!("{here}/change"), &filled()).await;
    let page = peer.follow(changed).await;
    let page = {
        let begun = peer.submit(&page, &format!("{here}/begin"), &[]).await;
        peer.follow(begun).await
    };
    assert!(page.says("Now you can hold sessions."), "{}", page.words());
    // What somebody else typed meanwhile is not written over unseen.
    let stale = peer.submit(&meanwhile, &format!("{here}/change"), &[("name", "Third Cup")]).await;
    assert!(stale.status == 422 && stale.says("Someone else changed this group."));
    assert!(stale.text.contains("value=\"Third Cup\""));

    let cards = peer.get(&format!("{here}/cards")).await;
    assert!(cards.says("You can come without giving your name.") && cards.says("Tuesdays at 6 pm"));
    // Colleagues see that it exists; those who are supported may come to it; other programmes see nothing.
    let mut colleague = world.client_of(&place.second_peer).await;
    assert!(colleague.get("/groups").await.says(NAME));
    assert!(!colleague.get(&here).await.text.contains(&format!("{here}/change")));
    assert_eq!(colleague.get(&format!("{here}/change")).await.status, 404);
    let mut darnell = world.client_of(&place.person).await;
    assert!(darnell.get("/me/groups").await.says(NAME));
    let mut elsewhere = world.client_of(&world.alabama.peer).await;
    assert!(!elsewhere.get("/groups").await.says(NAME));
    assert_eq!(elsewhere.get(&here).await.status, 404);
    for member in [&place.team_member, &place.auditor, &place.privacy_lead] {
        assert_eq!(world.client_of(member).await.get(&here).await.status, 404, "{}", member.name);
    }
}

/// covers: GA-12, WI-39
#[tokio::test]
async fn a_member_and_a_colleague_learn_to_lead_and_it_is_their_history() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    come(&world, &place.person, id).await;
    let here = format!("/groups/{id}");
    let mut peer = world.client_of(&place.peer).await;
    let colleague = format!("worker {}", place.second_peer.account);
    for who in [colleague.clone(), format!("member {}", place.person_id)] {
        let page = peer.get(&here).await;
        let fields = [("who", who.as_str()), ("step", "watch")];
        let added = peer.submit(&page, &format!("{here}/lead"), &fields).await;
        assert!(peer.follow(added).await.says("Watches since"), "{who}");
    }
    // Watching sees a session and changes nothing.
    let session = begun(&mut peer, id).await;
    let mut learns = world.client_of(&place.second_peer).await;
    assert_eq!(learns.get(&session).await.status, 200);
    let refused = learns.post(&format!("{session}/sign-in"), &[("unnamed", "3")]).await;
    assert_eq!(refused.status, 404);
    // One step at a time.
    world.clock.advance(jiff::SignedDuration::from_hours(24 * 7));
    let (mut peer, mut learns) =
        (world.client_of(&place.peer).await, world.client_of(&place.second_peer).await);
    let version = peer.get(&here).await.field("version");
    let skip = [("who", colleague.as_str()), ("to", "lead"), ("version", version.as_str())];
    let skipped = peer.post(&format!("{here}/lead/move"), &skip).await;
    assert!(peer.follow(skipped).await.says("That does not fit any more."));
    let one = [("who", colleague.as_str()), ("to", "co_lead"), ("version", version.as_str())];
    assert_eq!(peer.post(&format!("{here}/lead/move"), &one).await.status, 303);
    let led = learns.get("/groups/led").await;
    assert!(led.says(NAME) && led.says("Watches") && led.says("Leads together"), "{}", led.words());
    assert_eq!(learns.get(&session).await.text.matches("/sign-in").count(), 1, "now they lead together");
    let mut darnell = world.client_of(&place.person).await;
    assert!(darnell.get("/me/groups").await.says("How I learned to lead"));
    // The office reads no history of it.
    assert_eq!(world.client_of(&place.admin).await.get("/groups/led").await.status, 404);
}

/// covers: MO-25
///
/// By a tap, by paper, without a name; the same command again changes nothing, and another one under its id is refused.
#[tokio::test]
async fn whoever_came_is_signed_in_once_however_often_it_is_sent() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    come(&world, &place.person, id).await;
    let mut peer = world.client_of(&place.peer).await;
    let session = begun(&mut peer, id).await;
    let (darnell, command) = (place.person_id.to_string(), world.app.command_id().to_string());
    let sign_in = format!("{session}/sign-in");
    let fields = [("command", command.as_str()), ("person", darnell.as_str()), ("unnamed", "3")];
    for _ in 0..3 {
        assert_eq!(peer.post(&sign_in, &fields).await.location().as_deref(), Some(session.as_str()));
    }
    let page = peer.get(&session).await;
    assert!(page.says("4 people.") && page.says("3 of them without a name."), "{}", page.words());
    let other = [("command", command.as_str()), ("unnamed", "5")];
    assert!(peer.post(&sign_in, &other).await.status >= 400, "another body under one id");
    // A slip is taken back, and never below nobody.
    assert!(signed_in(&mut peer, &session, &[("unnamed", "-9")]).await.says("1 person."));
    // Nobody at all, and somebody of no group, are said in plain words and lose nothing.
    let page = peer.get(&session).await;
    let empty = peer.submit(&page, &sign_in, &[("unnamed", "")]).await;
    assert!(empty.status == 422 && empty.says("Pick who came, or write how many."));
    let stranger = world.alabama.person_id.to_string();
    let none = peer.post(&sign_in, &[("person", stranger.as_str())]).await;
    assert!(none.status == 422 && none.says("does not come to this group"), "{}", none.words());
    // From paper, after it is over, and somebody the leader walks with who came for the first time.
    let lou = person(&world, place, "Lou", "Bright").await.to_string();
    let ended = peer.post(&format!("{session}/end"), &[]).await;
    assert!(peer.follow(ended).await.says("The session is over."));
    let late = [("person", lou.as_str()), ("how", "paper"), ("at", "2026-11-19T20:00:00Z")];
    assert_eq!(peer.post(&sign_in, &late).await.status, 303);
    assert!(peer.get(&session).await.says("Lou B."));
    // Their own page says so, and nobody else's.
    let mut darnell = world.client_of(&place.person).await;
    let own = darnell.get(&format!("/me/groups/{id}")).await;
    assert!(own.says("November 19, 2026") && !own.says("Lou"), "{}", own.words());
}

/// A phone that had no signal sends a session and who came, days later and in its own order.
#[tokio::test]
async fn a_session_from_a_phone_comes_late_and_whoever_left_meanwhile_was_there() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    come(&world, &place.person, id).await;
    let (session, at) = (world.app.command_id().to_string(), "2026-11-19T19:30:00Z");
    world.clock.advance(jiff::SignedDuration::from_hours(50));
    let mut peer = world.client_of(&place.peer).await;
    let actor = world.actor(&place.person).await;
    world.app.come_to_group(&actor, world.app.command_id(), id, false).await.unwrap();
    let start = [("session", session.as_str()), ("started", at)];
    let sign_in = format!("/sessions/{session}/sign-in");
    let who = place.person_id.to_string();
    let fields = [("person", who.as_str()), ("at", "2026-11-19T19:35:00Z")];
    assert_eq!(peer.post(&sign_in, &fields).await.status, 404, "there is no such session yet");
    assert_eq!(peer.post(&format!("/groups/{id}/sessions"), &start).await.status, 303);
    assert_eq!(peer.post(&sign_in, &fields).await.status, 303);
    let page = peer.get(&format!("/sessions/{session}")).await;
    assert!(page.says("Darnell W."), "{}", page.words());
    let future = [("unnamed", "1"), ("at", "2027-01-01T00:00:00Z")];
    assert_eq!(peer.post(&sign_in, &future).await.status, 422);
    // One that nobody ended is over when it could not have gone on.
    assert_eq!(peer.post(&format!("/sessions/{session}/end"), &[]).await.status, 303);
}

/// Whoever photographed the code gets nothing: no name, no list, and after the session not even a page.
/// From a phone without signal, or from paper: all of it at once, and twice is once.
#[tokio::test]
async fn a_whole_session_is_written_down_at_once() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    come(&world, &place.person, id).await;
    let mut leader = world.client_of(&place.peer).await;
    let here = format!("/groups/{id}");
    let form = leader.get(&format!("{here}/log")).await;
    assert!(form.says("Darnell"), "{}", form.words());
    let who = place.person_id.to_string();
    let fields = [
        ("day", "2026-11-18"),
        ("start", "18:00"),
        ("length", "90"),
        ("person", who.as_str()),
        ("unnamed", "3"),
    ];
    for (field, wrong, said) in [
        ("unnamed", "many", "Write a number."),
        ("day", "2026-11-20", "Check the time."),
        ("person", "0190c1de-0000-7000-8000-000000000001", "does not come to this group"),
    ] {
        let mut fields = fields.to_vec();
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|pair| pair.1 = wrong);
        let sent = leader.submit(&form, &format!("{here}/log"), &fields).await;
        assert!(sent.status == 422 && sent.says(said), "{field}: {}", sent.words());
    }
    let nobody = leader
        .submit(&form, &format!("{here}/log"), &[("day", "2026-11-18"), ("start", "18:00"), ("length", "90")])
        .await;
    assert!(nobody.status == 422 && nobody.says("Pick who came"), "{}", nobody.words());
    let (sent, again) = (
        leader.submit(&form, &format!("{here}/log"), &fields).await,
        leader.submit(&form, &format!("{here}/log"), &fields).await,
    );
    assert_eq!((sent.status, sent.location()), (again.status, again.location()), "{}", again.words());
    let session = leader.follow(sent).await;
    for said in ["4 people", "3 of them without a name.", "6:00 pm to 7:30 pm", "Write a few words"] {
        assert!(session.says(said), "{said}: {}", session.words());
    }
    // One that has only begun goes on: its end is for later.
    let form = leader.get(&format!("{here}/log")).await;
    let now = [("day", "2026-11-19"), ("start", "14:50"), ("length", "60"), ("unnamed", "2")];
    let sent = leader.submit(&form, &format!("{here}/log"), &now).await;
    assert!(leader.follow(sent).await.says("End the session"));
    // Whoever does not lead it writes nothing down.
    let mut colleague = world.client_of(&place.second_peer).await;
    assert_eq!(colleague.get(&format!("{here}/log")).await.status, 404);
    assert_eq!(colleague.post(&format!("{here}/log"), &fields).await.status, 404);
}

#[tokio::test]
async fn a_code_signs_in_whoever_is_there_and_tells_a_stranger_nothing() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    let mut peer = world.client_of(&place.peer).await;
    let session = begun(&mut peer, id).await;
    let lou = person(&world, place, "Lou", "Bright").await.to_string();
    peer.post(&format!("{session}/sign-in"), &[("person", lou.as_str())]).await;
    let shown = peer.post(&format!("{session}/code"), &[]).await;
    assert_eq!(peer.follow(shown).await.status, 200);
    let leader = world.actor(&place.peer).await;
    let session_id = session.strip_prefix("/sessions/").unwrap().parse().unwrap();
    let view = world.app.group_session(&leader, session_id).await.unwrap();
    let code = view.code.unwrap().0.expose().to_owned();

    let mut stranger = world.stranger();
    let here = stranger.get(&format!("/here/{code}")).await;
    let nonsense = stranger.get("/here/0000000000000000").await;
    assert!(here.status == 200 && here.says("You scanned a code of a group."));
    for word in [NAME, "Lou", "Darnell", place.name] {
        assert!(!here.says(word), "{word}");
    }
    let without_code = |page: &Answer, code: &str| page.words().replace(code, "");
    assert_eq!(without_code(&here, &code), without_code(&nonsense, "0000000000000000"));
    let asked = stranger.get(&format!("/me/here/{code}")).await;
    assert!(asked.location().is_some_and(|to| to.starts_with("/sign-in")));
    // Somebody of another programme, and whoever works here, get nothing from it either.
    for member in [&world.alabama.person, &place.second_peer] {
        let answer = world.client_of(member).await.get(&format!("/me/here/{code}")).await;
        assert!(answer.status == 404 && !answer.says(NAME), "{}", member.name);
    }

    let mut darnell = world.client_of(&place.person).await;
    let page = darnell.get(&format!("/me/here/{code}")).await;
    assert!(page.says(NAME) && page.says("What is said here stays here.") && !page.says("Lou"));
    let signed = darnell.submit(&page, &format!("/me/here/{code}"), &[]).await;
    assert!(darnell.follow(signed).await.says("You are signed in."));
    assert!(peer.get(&session).await.says("Scanned the code"));
    world.clock.advance(jiff::SignedDuration::from_mins(16));
    assert_eq!(darnell.get(&format!("/me/here/{code}")).await.status, 404, "a quarter of an hour");
    peer.post(&format!("{session}/code"), &[]).await;
    let view = world.app.group_session(&leader, session_id).await.unwrap();
    let code = view.code.unwrap().0.expose().to_owned();
    assert_eq!(darnell.get(&format!("/me/here/{code}")).await.status, 200);
    peer.post(&format!("{session}/end"), &[]).await;
    assert_eq!(darnell.get(&format!("/me/here/{code}")).await.status, 404, "no longer than the session");
}

/// A group of 60 works, and the pack's number reminds without sending anybody home.
#[tokio::test]
async fn a_group_of_sixty_works() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    let mut peer = world.client_of(&place.peer).await;
    let session = begun(&mut peer, id).await;
    let mut people = Vec::new();
    for number in 0..56 {
        people.push(person(&world, place, &format!("Guest{number}"), "Sixty").await.to_string());
    }
    let mut fields: Vec<(&str, &str)> = people.iter().map(|id| ("person", id.as_str())).collect();
    fields.push(("unnamed", "4"));
    assert_eq!(peer.post(&format!("{session}/sign-in"), &fields).await.status, 303);
    let page = peer.get(&session).await;
    assert!(page.says("60 people."), "{}", page.words());
    assert!(page.says("4 should lead here together."), "15 for each one who leads: {}", page.words());
    assert!(page.says("Guest55 S."));
    // Where no document gives a number, nobody is reminded.
    let alabama = &world.alabama;
    let id = group(&world, alabama, Kind::Service).await;
    let mut peer = world.client_of(&alabama.peer).await;
    let session = begun(&mut peer, id).await;
    let page = signed_in(&mut peer, &session, &[("unnamed", "60")]).await;
    assert!(page.says("60 people.") && !page.says("should lead"), "{}", page.words());
}

async fn co_led(world: &World, place: &Programme) -> GroupId {
    let id = group(world, place, Kind::Service).await;
    let leader = world.actor(&place.peer).await;
    let who = Who::Worker(place.second_peer.account);
    world.app.add_leader(&leader, world.app.command_id(), id, who, Step::CoLead, 2).await.unwrap();
    id
}

/// Both leaders log the same evening: it shows, nothing is lost, and one counts the time.
#[tokio::test]
async fn the_same_session_logged_by_both_leaders_shows_a_clash_and_loses_neither() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = co_led(&world, place).await;
    let (mut one, mut other) =
        (world.client_of(&place.peer).await, world.client_of(&place.second_peer).await);
    let start = format!("/groups/{id}/sessions");
    let first = one.post(&start, &[]).await.location().unwrap();
    world.clock.advance(jiff::SignedDuration::from_mins(4));
    let second = other.post(&start, &[]).await.location().unwrap();
    come(&world, &place.person, id).await;
    let who = place.person_id.to_string();
    one.post(&format!("{first}/sign-in"), &[("person", who.as_str()), ("unnamed", "2")]).await;
    other.post(&format!("{second}/sign-in"), &[("unnamed", "5")]).await;
    for (client, session, themes) in
        [(&mut one, &first, "Sleep, and the hour before it."), (&mut other, &second, "Sleep. Also work.")]
    {
        let page = client.get(&format!("{session}/record")).await;
        let fields = [("themes", themes), ("minutes", "75")];
        let sent = client.submit(&page, &format!("{session}/record"), &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.words());
    }
    let page = other.get(&second).await;
    assert!(page.says("There is another session on this day.") && page.says("Marisol Vega began one"));
    let joined = other.submit(&page, &format!("{second}/same"), &[]).await;
    assert_eq!(joined.location().as_deref(), Some(first.as_str()));
    let page = other.follow(joined).await;
    for said in [
        "Two of you wrote about this session.",
        "the hour before it",
        "Also work.",
        "6 people.",
        "Darnell W.",
    ] {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    // The other address leads to the same one, so that what a phone sends late arrives.
    let late = one.post(&format!("{second}/sign-in"), &[("unnamed", "1")]).await;
    assert_eq!(late.location().as_deref(), Some(first.as_str()));
    // Two who put it right at once: neither is lost, and whoever reads both writes one.
    let (mine, theirs) =
        (one.get(&format!("{first}/record")).await, other.get(&format!("{first}/record")).await);
    assert!(mine.field("themes").contains("Also work."), "the form begins with both");
    let to = format!("{first}/record");
    one.submit(&mine, &to, &[("themes", "Sleep and work.")]).await;
    other.submit(&theirs, &to, &[("themes", "Work and sleep.")]).await;
    let page = one.get(&first).await;
    assert!(page.says("Sleep and work.") && page.says("Work and sleep.") && !page.says("Also work."));
    let form = one.get(&to).await;
    one.submit(&form, &to, &[("themes", "Sleep, work, and what helps.")]).await;
    let page = one.get(&first).await;
    assert!(!page.says("Two of you wrote") && page.says("what helps"), "{}", page.words());
    // Whoever counts the time led it.
    let form = one.get(&to).await;
    let lydia = place.supervisor.account.to_string();
    let wrong = one.submit(&form, &to, &[("biller", lydia.as_str())]).await;
    assert!(wrong.status == 422 && wrong.says("Pick one of those who led."), "{}", wrong.words());
}

/// A line of one's own is for whoever was there, names nobody else, and is read by them.
#[tokio::test]
async fn a_line_of_ones_own_names_nobody_else_and_who_was_not_there_has_none() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    come(&world, &place.person, id).await;
    let lou = person(&world, place, "Lou", "Bright").await.to_string();
    let mut peer = world.client_of(&place.peer).await;
    let session = begun(&mut peer, id).await;
    let who = place.person_id.to_string();
    let lines = format!("{session}/lines/{who}");
    assert_eq!(peer.get(&lines).await.status, 404, "absent means no note");
    let both = [("person", who.as_str()), ("person", lou.as_str())];
    peer.post(&format!("{session}/sign-in"), &both).await;
    world.clock.advance(jiff::SignedDuration::from_mins(60));
    let mut peer = world.client_of(&place.peer).await;
    peer.post(&format!("{session}/end"), &[]).await;
    let page = peer.get(&lines).await;
    assert_eq!(page.field("minutes"), "60");
    let named = [("words", "Walked home with lou.")];
    let warned = peer.submit(&page, &lines, &named).await;
    assert!(warned.status == 422 && warned.says("A member’s name may stand here."), "{}", warned.words());
    assert_eq!(warned.field("words"), "Walked home with lou.");
    let long = peer.submit(&warned, &lines, &[("words", "Spoke up."), ("minutes", "90")]).await;
    assert!(long.status == 422 && long.says("The session was shorter."));
    let kept =
        peer.submit(&long, &lines, &[("words", "Darnell asked to lead a round."), ("minutes", "40")]).await;
    assert_eq!(kept.status, 303, "their own name is theirs: {}", kept.words());
    // On two devices nothing is written over unseen.
    let stale = peer.submit(&page, &lines, &[("words", "Something else.")]).await;
    assert!(stale.status == 422 && stale.says("Darnell asked to lead a round."), "{}", stale.words());
    let mut darnell = world.client_of(&place.person).await;
    let own = darnell.get(&format!("/me/groups/{id}")).await;
    assert!(own.says("Darnell asked to lead a round.") && own.says("You were there for 40 minutes."));
    assert!(!own.says("Lou"));
    // The shared record is warned the same way, and a word that only looks like a name may stay.
    let record = peer.get(&format!("{session}/record")).await;
    let to = format!("{session}/record");
    let warned = peer.submit(&record, &to, &[("themes", "A bright evening."), ("minutes", "60")]).await;
    assert!(warned.status == 422 && warned.says("This word names nobody here."), "{}", warned.words());
    let anyway = peer.submit(&warned, &to, &[("names_nobody", "yes")]).await;
    assert_eq!(anyway.status, 303, "{}", anyway.words());
    // A supervisor reads the themes and no name; a colleague nothing.
    let mut lead = world.client_of(&place.supervisor).await;
    let page = lead.get(&session).await;
    assert!(page.says("A bright evening.") && page.says("Only those who lead see the names."));
    assert!(!page.says("Darnell") && !page.says("Lou B."));
    assert_eq!(lead.get(&lines).await.status, 404);
    assert_eq!(world.client_of(&place.second_peer).await.get(&session).await.status, 404);
}

async fn to_be_handed_over(world: &World, place: &Programme) -> GroupId {
    let id = group(world, place, Kind::MutualHelp).await;
    come(world, &place.person, id).await;
    let leader = world.actor(&place.peer).await;
    let who = Who::Member(place.person_id);
    world.app.add_leader(&leader, world.app.command_id(), id, who, Step::Lead, 2).await.unwrap();
    id
}

/// covers: GA-32, MO-34
///
/// Handing over: the member who leads is asked and says yes on their own page; then the programme knows that it exists, and
/// only if they say so.
#[tokio::test]
async fn a_group_becomes_its_members_and_nothing_else_is_left() {
    let world = World::new().await;
    let place = &world.georgia;
    for listed in ["yes", "no"] {
        let id = to_be_handed_over(&world, place).await;
        let here = format!("/groups/{id}");
        let mut peer = world.client_of(&place.peer).await;
        let session = begun(&mut peer, id).await;
        assert!(signed_in(&mut peer, &session, &[("unnamed", "9")]).await.says("9 people."));
        let who = place.person_id.to_string();
        let named = peer.post(&format!("{session}/sign-in"), &[("person", who.as_str())]).await;
        assert!(named.status == 422 && named.says("No names are kept here."), "{}", named.words());
        let code = peer.post(&format!("{session}/code"), &[]).await;
        assert_eq!(code.location().as_deref(), Some(session.as_str()));
        let page = peer.get(&format!("{here}/hand-over")).await;
        let asked = peer.submit(&page, &format!("{here}/hand-over"), &[("keeper", who.as_str())]).await;
        assert!(peer.follow(asked).await.says("Darnell W. is asked to keep this group."));
        // Only they answer: they have an account.
        let beside = [("keeper", who.as_str()), ("listed", "yes")];
        let mine = peer.post(&format!("{here}/hand-over/beside"), &beside).await;
        assert!(mine.status == 422 && mine.says("They can sign in and say it themself."));

        let mut darnell = world.client_of(&place.person).await;
        let own = format!("/me/groups/{id}");
        let page = darnell.get(&own).await;
        assert!(page.says("Would you like to keep this group?"), "{}", page.words());
        let wrong = darnell.submit(&page, &format!("{own}/keep"), &[]).await;
        assert!(wrong.status == 422 && wrong.says("Pick yes or no."));
        let yes = darnell.submit(&page, &format!("{own}/keep"), &[("listed", listed)]).await;
        assert!(darnell.follow(yes).await.says("It is yours now."));
        assert_eq!(peer.get(&session).await.status, 404, "no session is left");
        assert!(peer.get("/groups/led").await.says("A group that belongs to its members now"));
        let list = peer.get("/groups").await;
        if listed == "yes" {
            assert!(list.says("Groups of their own") && list.says(NAME));
            let page = peer.get(&here).await;
            assert!(page.says("This group belongs to its members.") && !page.says("Who comes"));
            assert_eq!(peer.get(&format!("{here}/hand-over")).await.status, 404);
            let own_page = darnell.get(&own).await;
            let fields = [("name", "Our Cup"), ("place", "The library")];
            let changed = darnell.submit(&own_page, &format!("{own}/known"), &fields).await;
            assert_eq!(changed.status, 303, "{}", changed.words());
            assert!(peer.get("/groups").await.says("Our Cup"));
            let page = darnell.get(&own).await;
            let gone = darnell.submit(&page, &format!("{own}/unknown"), &[]).await;
            assert!(darnell.follow(gone).await.says("Nothing of the group is left here."));
            assert_eq!(peer.get(&here).await.status, 404);
        } else {
            assert!(!list.says(NAME), "{}", list.words());
            assert_eq!(peer.get(&here).await.status, 404);
            assert_eq!(darnell.get(&own).await.status, 404);
        }
    }
}

/// A member may say no without a reason; one without an account says it beside whoever leads; and a service group is never
/// given away.
#[tokio::test]
async fn no_is_a_good_answer_and_a_service_group_stays_the_programmes() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = to_be_handed_over(&world, place).await;
    let leader = world.actor(&place.peer).await;
    let fresh = || -> CommandId { world.app.command_id() };
    world.app.offer_group(&leader, fresh(), id, place.person_id, 3).await.unwrap();
    let mut darnell = world.client_of(&place.person).await;
    let page = darnell.get(&format!("/me/groups/{id}")).await;
    let no = darnell.submit(&page, &format!("/me/groups/{id}/not-now"), &[]).await;
    assert!(darnell.follow(no).await.says("The group goes on as before."));
    let lou = person(&world, place, "Lou", "Bright").await;
    world.app.bring_to_group(&leader, fresh(), id, lou).await.unwrap();
    world.app.add_leader(&leader, fresh(), id, Who::Member(lou), Step::Lead, 5).await.unwrap();
    world.app.offer_group(&leader, fresh(), id, lou, 6).await.unwrap();
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get(&format!("/groups/{id}/hand-over")).await;
    let to = format!("/groups/{id}/hand-over/beside");
    let over = peer.submit(&page, &to, &[("listed", "yes")]).await;
    assert!(peer.follow(over).await.says("It is handed over."), "said beside whoever leads");

    let service = group(&world, place, Kind::Service).await;
    assert_eq!(peer.get(&format!("/groups/{service}/hand-over")).await.status, 404);
    let who = place.person_id.to_string();
    let offered = peer.post(&format!("/groups/{service}/hand-over"), &[("keeper", who.as_str())]).await;
    assert!(offered.status >= 400, "{}", offered.status);
}

/// When somebody was there leaves the programme only by the letter that they ask for and have read.
#[tokio::test]
async fn attendance_leaves_only_by_a_letter_somebody_asked_for_and_read() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    come(&world, &place.person, id).await;
    let mut peer = world.client_of(&place.peer).await;
    let session = begun(&mut peer, id).await;
    let lou = person(&world, place, "Lou", "Bright").await.to_string();
    let who = place.person_id.to_string();
    peer.post(&format!("{session}/sign-in"), &[("person", who.as_str()), ("person", lou.as_str())]).await;
    world.clock.advance(jiff::SignedDuration::from_mins(90));
    let mut peer = world.client_of(&place.peer).await;
    peer.post(&format!("{session}/end"), &[]).await;

    let mut darnell = world.client_of(&place.person).await;
    assert_eq!(darnell.get("/me/letters").await.status, 200);
    let wrong = darnell.get("/me/letters?from=2026-11-20&until=2026-11-01").await;
    assert!(wrong.status == 422 && wrong.says("The last day is before the first."));
    let page = darnell.get("/me/letters?from=2026-11-01&until=2026-11-30").await;
    assert!(page.says("Darnell Watts was at a peer support group") && page.says("November 19, 2026, 1 hour"));
    assert!(!page.says(NAME) && !page.says("Lou"), "unless they want it named: {}", page.words());
    let unread = darnell.submit(&page, "/me/letters/new", &[]).await;
    assert!(unread.status == 422 && unread.says("Read the letter, then tick here."));
    let named = darnell.get("/me/letters?from=2026-11-01&until=2026-11-30&named=yes").await;
    assert!(named.says(NAME));
    let made = darnell.submit(&page, "/me/letters/new", &[("read", "yes")]).await;
    let letter = made.location().unwrap();
    let text = darnell.follow(made).await;
    assert!(text.says("November 19, 2026") && text.says("This letter says nothing else"));
    // A letter that was made up, or is of another time, is not made.
    let read = page.field("letter").replace("2026-11-19", "2026-11-18");
    let forged = darnell.post("/me/letters/new", &[("letter", read.as_str()), ("read", "yes")]).await;
    assert!(forged.status == 422 && forged.says("Something has changed since."), "{}", forged.words());
    // Nobody else opens or makes it, and no journal page tells of it.
    for member in [&place.peer, &place.supervisor, &place.admin, &place.privacy_lead, &place.team_member] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get(&letter).await.status, 404, "{}", member.name);
        assert_eq!(other.get("/me/letters").await.status, 404, "{}", member.name);
    }
    let journal = world.client_of(&place.privacy_lead).await.get("/journal").await;
    assert!(journal.says("Began or ended a session of a group") && !journal.says("letter"));
}

/// covers: GA-12, GA-38, MO-35
///
/// A dialogue is led along a guide, round by round, with a time for whoever wants one.
#[tokio::test]
async fn a_dialogue_is_led_round_by_round() {
    let world = World::new().await;
    let place = &world.georgia;
    let id = group(&world, place, Kind::Service).await;
    let mut peer = world.client_of(&place.peer).await;
    let session = begun(&mut peer, id).await;
    let page = peer.get(&session).await;
    for guide in ["A dialogue on recovery", "The first evening", "One problem, many heads"] {
        assert!(page.says(guide), "{guide}");
    }
    let guide = format!("{session}/guide/recovery_dialogue");
    let page = peer.get(&guide).await;
    assert!(page.says("Round 1 of 7") && page.says("one word for how you come in"), "{}", page.words());
    assert!(!page.text.contains("data-ahead"), "no time runs unless somebody wants it");
    let page = peer.get(&format!("{guide}?round=4&time=yes")).await;
    assert!(page.says("One after the other") && page.says("It ends at 3:25"), "{}", page.words());
    assert!(page.text.contains(&format!("{guide}?round=5&#38;time=yes")));
    assert!(peer.get(&format!("{guide}?round=99")).await.says("Round 7 of 7"));
    assert_eq!(peer.get(&format!("{session}/guide/none")).await.status, 404);
    // Families have one in their own words, too.
    let alabama = group(&world, &world.alabama, Kind::MutualHelp).await;
    let mut parent_peer = world.client_of(&world.alabama.peer).await;
    let session = begun(&mut parent_peer, alabama).await;
    assert!(parent_peer.get(&session).await.says("A dialogue on getting stronger"));
}
