//! People who meet, through the site: what each shares, being asked without a name, and what is between two.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_app::account::NewAccount;
use porchlight_app::person::NewPerson;
use porchlight_practice::Lang;
use porchlight_practice::id::PersonId;
use porchlight_practice::person::{Child, Profile, Way, WayKind};
use world::{Answer as Page, Client, Member, PASSWORD, Programme, World};

/// A parent with an account, and who walks with them.
struct Parent {
    member: Member,
    id: PersonId,
}

fn child(called: &str) -> Child {
    Child { called: called.into(), born: Some(2012), tie: "parent".into(), ..Child::default() }
}

async fn parent(world: &World, walker: &Member, name: &str, phone: &str) -> Parent {
    let app = &world.app;
    let walker = world.actor(walker).await;
    let id = PersonId(app.command_id().0);
    let (called, family) = name.split_once(' ').unwrap();
    let ways = vec![Way { kind: WayKind::Phone, value: phone.into(), shared: false }];
    let profile = Profile { called: called.into(), family_name: family.into(), ways, ..Profile::default() };
    let new = NewPerson { id, profile, works_here: false, first: None };
    app.add_person(&walker, app.command_id(), new).await.unwrap();
    app.add_child(&walker, app.command_id(), id, child(&format!("Zebulon {called}"))).await.unwrap();
    let link = app.invite_person(&walker, app.command_id(), id).await.unwrap();
    let sign_in_name = name.to_lowercase().replace(' ', ".");
    let new = NewAccount {
        name: name.into(),
        sign_in_name: sign_in_name.clone(),
        password: PASSWORD.into(),
        lang: Lang::En,
    };
    let secret = app.accept_invitation(&link, new, false).await.unwrap();
    let actor = app.session(&secret).await.unwrap().actor;
    let (account, membership) = (actor.account(), actor.membership());
    Parent { member: Member { account, membership, name: name.into(), sign_in_name }, id }
}

/// What is filled in on a form.
type Fields = &'static [(&'static str, &'static str)];

const GLORIA: Fields = &[
    ("language", "english"),
    ("language", "spanish"),
    ("way", "phone"),
    ("hour", "weekday_evening"),
    ("child_age", "teenager"),
    ("system", "school_meetings"),
];

const KEISHA: Fields = &[
    ("language", "english"),
    ("way", "phone"),
    ("way", "walk"),
    ("hour", "weekday_evening"),
    ("child_age", "teenager"),
    ("system", "school_meetings"),
    ("faith", "catholic"),
    ("places", "1"),
];

async fn writes(client: &mut Client, fields: &[(&str, &str)]) {
    let page = client.get("/meet/card").await;
    let sent = client.submit(&page, "/meet/card", fields).await;
    assert_eq!(sent.location().as_deref(), Some("/meet/matters"), "{}", sent.words());
}

/// Whoever walks with somebody goes through everything with them that the pack asks for.
async fn goes_through(world: &World, walker: &Member, person: PersonId) {
    let mut client = world.client_of(walker).await;
    let address = format!("/people/{person}/mentor");
    let page = client.get(&address).await;
    let steps = ["talk", "own_wellness", "rules", "privacy", "who_is_there"];
    let mut fields: Vec<(&str, &str)> = steps.iter().map(|step| ("done", *step)).collect();
    fields.push(("next", "2026-12-03"));
    let sent = client.submit(&page, &address, &fields).await;
    assert_eq!(sent.location().as_deref(), Some("/pairings"), "{}", sent.words());
}

/// Two parents in California, with what they share, of whom one would be there for the other.
struct Two {
    world: World,
    here: Programme,
    gloria: Parent,
    keisha: Parent,
}

impl Two {
    async fn new() -> Two {
        let world = World::new().await;
        let here = world.also("us-ca-parent").await;
        let gloria = parent(&world, &here.peer, "Gloria Quintero", "555 010 0001").await;
        let keisha = parent(&world, &here.second_peer, "Keisha Bloom", "555 010 0002").await;
        writes(&mut world.client_of(&gloria.member).await, GLORIA).await;
        writes(&mut world.client_of(&keisha.member).await, KEISHA).await;
        goes_through(&world, &here.second_peer, keisha.id).await;
        Two { world, here, gloria, keisha }
    }

    /// What stands in an answer to one of the two, its headers and addresses among it, says nothing of the other.
    fn says_nothing_of(&self, page: &Page, other: &Parent) {
        let all = format!("{} {:?}", page.text, page.headers).to_lowercase();
        for word in other.member.name.split(' ').chain(["zebulon", "2012", "555 010"]) {
            assert!(!all.contains(&word.to_lowercase()), "{word}: {}", page.words());
        }
        for id in [other.id.0, other.member.account.0, other.member.membership.0] {
            assert!(!all.contains(&id.to_string()) && !all.contains(&id.simple().to_string()), "an id");
        }
    }
}

/// The address that the first row of the page with these words leads to.
fn leads(page: &Page, start: &str) -> String {
    let at = page.text.find(&format!("href=\"{start}")).unwrap_or_else(|| panic!("{}", page.words()));
    page.text[at + 6..].split('"').next().unwrap().to_owned()
}

async fn says(client: &mut Client, address: &str, say: &str) -> Page {
    let page = client.get(address).await;
    assert_eq!(page.status, 200, "{address}: {}", page.words());
    let sent = client.submit(&page, address, &[("say", say)]).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    sent
}

async fn answers_first(client: &mut Client, answer: &str) -> Page {
    let page = client.get("/meet").await;
    client.submit(&page, "/meet/suggested", &[("answer", answer)]).await
}

/// A matcher decides that the other is asked.
async fn decides(two: &Two, ask: &str) {
    let mut matcher = two.world.client_of(&two.here.peer).await;
    let list = matcher.get("/pairings").await;
    assert!(list.says("Gloria Q. and Keisha B."), "{}", list.words());
    let address = leads(&list, "/pairings/");
    let page = matcher.get(&address).await;
    assert!(page.says("They both know school meetings."), "{}", page.words());
    let sent = matcher.submit(&page, &format!("{address}/ask"), &[("ask", ask)]).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
}

/// Each writes what they share; the mentor is screened; the asker reads sentences and no name; whoever walks with them
/// decides; the other is asked without a name; the first names stand there once both said yes, and nothing else of them.
/// Both agree before a talk is planned; after two weeks both are asked; either ends it without a reason.
///
/// covers: AL-35, CA-13, CA-14, MO-25
#[tokio::test]
async fn two_parents_meet_by_first_name_once_both_said_yes() {
    let two = Two::new().await;
    let (world, here) = (&two.world, &two.here);
    let mut gloria = world.client_of(&two.gloria.member).await;
    let mut keisha = world.client_of(&two.keisha.member).await;
    for (parent, mail) in [(&two.gloria, "g@example.org"), (&two.keisha, "k@example.org")] {
        let actor = world.actor(&parent.member).await;
        world.app.set_email(&actor, world.app.command_id(), mail).await.unwrap();
    }

    let page = gloria.get("/meet").await;
    two.says_nothing_of(&page, &two.keisha);
    for reason in [
        "You both know life with a teenager.",
        "You both know school meetings.",
        "You both speak English.",
        "You can both talk by phone.",
        "You both have time on weekday evenings.",
    ] {
        assert!(page.says(reason), "{reason}: {}", page.words());
    }
    assert!(!page.says("Catholic"), "only what both share is said");
    let sent = answers_first(&mut gloria, "yes").await;
    two.says_nothing_of(&sent, &two.keisha);
    let gloria_at = leads(&gloria.get("/meet").await, "/meet/");

    // Nobody was asked: for the other there is nothing, at the same address either.
    for path in ["/meet", gloria_at.as_str()] {
        let page = keisha.get(path).await;
        two.says_nothing_of(&page, &two.gloria);
        assert!(!page.says("would like to meet you"), "{}", page.words());
    }
    assert_eq!(keisha.get(&gloria_at).await.status, 404);
    // Only whoever walks with the one who asks, or supervises that, brings them together.
    for other in [&here.second_peer, &here.team_member, &here.admin, &here.privacy_lead] {
        let mut client = world.client_of(other).await;
        assert!(!client.get("/pairings").await.says("Gloria"), "{}", other.name);
        let address = gloria_at.replace("/meet/", "/pairings/");
        assert_eq!(client.get(&address).await.status, 404, "{}", other.name);
    }
    decides(&two, "yes").await;

    assert_eq!(world.app.tell_of_pairings().await.unwrap(), 1, "she who is asked hears that something waits");
    assert_eq!(world.app.tell_of_pairings().await.unwrap(), 0, "and once");
    let page = keisha.get("/meet").await;
    assert!(page.says("Somebody would like to meet you"), "{}", page.words());
    two.says_nothing_of(&page, &two.gloria);
    let keisha_at = leads(&page, "/meet/");
    let page = keisha.get(&keisha_at).await;
    two.says_nothing_of(&page, &two.gloria);
    let waiting = gloria.get(&gloria_at).await;
    two.says_nothing_of(&waiting, &two.keisha);
    two.says_nothing_of(&says(&mut keisha, &keisha_at, "yes").await, &two.gloria);

    let (hers, theirs) = (gloria.get(&gloria_at).await, keisha.get(&keisha_at).await);
    assert!(hers.says("You and Keisha") && !hers.text.contains("Bloom"), "{}", hers.words());
    assert!(theirs.says("You and Gloria") && !theirs.text.contains("Quintero"), "{}", theirs.words());
    assert!(theirs.says("Either of you can stop at any time.") && theirs.says("What can't stay private"));
    for page in [&hers, &theirs] {
        assert!(!page.text.contains("Zebulon") && !page.text.contains("555 010"));
    }

    // One yes to the rules is not enough to plan a talk.
    says(&mut gloria, &gloria_at, "agree").await;
    let mut matcher = world.client_of(&here.peer).await;
    let address = gloria_at.replace("/meet/", "/pairings/");
    let early = matcher.get(&address).await;
    assert!(!early.text.contains(&format!("{address}/plan")));
    let version = early_version(&world.app, &world.actor(&here.peer).await, &gloria_at).await;
    let plan = [("version", version.as_str()), ("day", "2026-11-23"), ("time", "10:00"), ("how", "By phone")];
    assert_eq!(
        matcher.post(&format!("{address}/plan"), &plan).await.location().as_deref(),
        Some("/pairings")
    );
    assert!(matcher.get(&address).await.says("They read the ground rules."));
    says(&mut keisha, &keisha_at, "agree").await;
    let page = matcher.get(&address).await;
    let past = matcher
        .submit(
            &page,
            &format!("{address}/plan"),
            &[("day", "2026-11-01"), ("time", "10:00"), ("how", "By phone")],
        )
        .await;
    assert_eq!(past.status, 422);
    assert!(past.says("This day is over.") && past.field("how") == "By phone");
    let sent = matcher.submit(&page, &format!("{address}/plan"), &plan[1..]).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    for client in [&mut gloria, &mut keisha] {
        let page = client.get(&gloria_at).await;
        assert!(page.says("Monday, November 23, 10:00 am") && page.says("By phone"), "{}", page.words());
        assert!(page.says("Lupe Arroyo is there with you"), "{}", page.words());
    }

    // The day of the talk, then two weeks, then six.
    world.clock.set("2026-11-23T20:00:00Z");
    let mut matcher = world.client_of(&here.peer).await;
    let page = matcher.get(&address).await;
    matcher.submit(&page, &format!("{address}/talked"), &[]).await;
    world.app.tell_of_pairings().await.unwrap();
    world.clock.set("2026-12-06T20:00:00Z");
    assert_eq!(world.app.tell_of_pairings().await.unwrap(), 0);
    world.clock.set("2026-12-07T20:00:00Z");
    assert_eq!(world.app.tell_of_pairings().await.unwrap(), 1);
    let notices = format!("{:?}", world.sent.sent());
    for word in ["Gloria", "Keisha", "Quintero", "Bloom"] {
        assert!(!notices.contains(word), "{notices}");
    }
    let (mut gloria, mut keisha) =
        (world.client_of(&two.gloria.member).await, world.client_of(&two.keisha.member).await);
    assert!(gloria.get("/meet").await.says("How is it going?"));
    says(&mut gloria, &gloria_at, "talk").await;
    let mut matcher = world.client_of(&here.peer).await;
    assert!(matcher.get("/pairings").await.says("Talk with Gloria Q."));
    assert!(!keisha.get(&keisha_at).await.says("talk with you about it"), "it is not the other's to read");
    says(&mut keisha, &keisha_at, "good").await;
    world.clock.set("2027-01-04T20:00:00Z");
    assert_eq!(world.app.tell_of_pairings().await.unwrap(), 1, "after six weeks");

    // Either stops it. Neither page, nor the matcher's, says who; they are not suggested to each other again.
    let mut keisha = world.client_of(&two.keisha.member).await;
    says(&mut keisha, &keisha_at, "end").await;
    let mut gloria = world.client_of(&two.gloria.member).await;
    assert_eq!(gloria.get(&gloria_at).await.status, 404);
    let page = gloria.get("/meet").await;
    two.says_nothing_of(&page, &two.keisha);
    assert!(page.says("Nobody fits just now"), "{}", page.words());
    let mut matcher = world.client_of(&here.peer).await;
    assert!(!matcher.get("/pairings").await.says("Keisha"));
    assert_eq!(matcher.get(&address).await.status, 404);
}

/// The version of a pairing, as whoever brings the two together sees it.
async fn early_version(app: &porchlight_app::App, by: &porchlight_app::Actor, at: &str) -> String {
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    app.pairing_to_bring_together(by, id).await.unwrap().1.to_string()
}

/// Pages that would differ only in what a reader can't see.
fn as_read(page: &Page) -> String {
    page.words()
}

/// Whether the other said no, said "not now", or was never asked: what the asker reads is the same, word for word.
#[tokio::test]
async fn a_no_looks_like_every_other_end() {
    let mut read = Vec::new();
    for (ask, answer) in [("no", ""), ("yes", "somebody_else"), ("yes", "not_now")] {
        let two = Two::new().await;
        let mut gloria = two.world.client_of(&two.gloria.member).await;
        answers_first(&mut gloria, "yes").await;
        // What the flash of the wish says is read once, before.
        let at = leads(&gloria.get("/meet").await, "/meet/");
        decides(&two, ask).await;
        if !answer.is_empty() {
            let mut keisha = two.world.client_of(&two.keisha.member).await;
            says(&mut keisha, &at, answer).await;
            let page = keisha.get("/meet").await;
            assert!(page.says("Done. Nobody is told."));
            two.says_nothing_of(&page, &two.gloria);
        }
        assert_eq!(gloria.get(&at).await.status, 404);
        let page = gloria.get("/meet").await;
        two.says_nothing_of(&page, &two.keisha);
        assert!(page.says("Your last wish has come to an end."), "{}", page.words());
        read.push(as_read(&page));
    }
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0], read[2]);
}

/// Whoever must not meet is not suggested, and the page is the one of somebody for whom nobody is there: the same phone,
/// the same workplace, a name that was given, a part of town, a pause, no time left, not gone through.
///
/// covers: AL-35
#[tokio::test]
async fn nothing_tells_who_was_left_out_or_why() {
    let two = Two::new().await;
    let world = &two.world;
    let mut gloria = world.client_of(&two.gloria.member).await;
    let mut keisha = world.client_of(&two.keisha.member).await;
    let nobody = {
        // As it is for somebody who knows a language that nobody here speaks.
        writes(&mut gloria, &[("language", "korean"), ("way", "phone"), ("hour", "weekday_evening")]).await;
        gloria.get("/meet").await;
        as_read(&gloria.get("/meet").await)
    };
    assert!(nobody.contains("Nobody fits just now"));
    let same = |fields: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
        GLORIA.iter().copied().chain(fields.iter().copied()).collect()
    };
    let theirs = |fields: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
        let kept = KEISHA.iter().copied().filter(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        kept.chain(fields.iter().copied()).collect()
    };
    writes(&mut gloria, GLORIA).await;
    gloria.get("/meet").await;
    assert!(gloria.get("/meet").await.says("Somebody who would be there for you"));
    let apart: [(Fields, Fields); 6] = [
        (&[("workplace", "Mercy  Hospital")], &[("workplace", "mercy hospital")]),
        (&[("avoid", "Someone Else\nkeesha BLOOM")], &[]),
        (&[], &[("avoid", "Gloria Quintéro")]),
        (&[("area", "94601"), ("near", "elsewhere")], &[("area", "94 601")]),
        (&[], &[("near", "elsewhere")]),
        (&[], &[("places", "0")]),
    ];
    for (of_gloria, of_keisha) in apart {
        let area = if of_gloria.contains(&("near", "elsewhere")) { vec![("area", "94601")] } else { vec![] };
        let of_keisha: Vec<_> =
            of_keisha.iter().copied().filter(|(name, _)| *name != "area").chain(area).collect();
        writes(&mut gloria, &same(of_gloria)).await;
        writes(&mut keisha, &theirs(&of_keisha)).await;
        gloria.get("/meet").await;
        let page = gloria.get("/meet").await;
        assert_eq!(as_read(&page), nobody, "{of_gloria:?} {of_keisha:?}");
        // What was written stands on the page of whoever wrote it alone.
        for other in [&two.here.peer, &two.here.supervisor, &two.here.admin] {
            let mut client = world.client_of(other).await;
            for path in [
                "/pairings".to_owned(),
                format!("/people/{}/mentor", two.keisha.id),
                format!("/people/{}", two.gloria.id),
            ] {
                let text = client.get(&path).await.text.to_lowercase();
                for word in ["mercy", "keesha", "quintéro", "94601"] {
                    assert!(!text.contains(word), "{word} at {path}");
                }
            }
        }
        writes(&mut gloria, &same(&[("workplace", ""), ("avoid", ""), ("area", ""), ("near", "anywhere")]))
            .await;
        writes(&mut keisha, &theirs(&[("workplace", ""), ("avoid", ""), ("area", ""), ("near", "anywhere")]))
            .await;
        gloria.get("/meet").await;
        assert!(gloria.get("/meet").await.says("Somebody who would be there for you"));
    }
    let page = keisha.get("/meet").await;
    keisha.submit(&page, "/meet/pause", &[("pause", "yes")]).await;
    assert_eq!(as_read(&gloria.get("/meet").await), nobody, "paused");
    keisha.post("/meet/pause", &[("pause", "no")]).await;
    assert!(gloria.get("/meet").await.says("Somebody who would be there for you"));
    // Two who care for one child: neither learns of the other here.
    for (parent, walker) in [(&two.gloria, &two.here.peer), (&two.keisha, &two.here.second_peer)] {
        let walker = world.actor(walker).await;
        world.app.add_child(&walker, world.app.command_id(), parent.id, child("Mateo")).await.unwrap();
    }
    assert_eq!(as_read(&gloria.get("/meet").await), nobody, "one child");
}

/// Nobody is suggested who was not gone through with by whoever walks with them; who offered stands on their page, and on
/// nobody else's.
///
/// covers: CA-14
#[tokio::test]
async fn a_mentor_is_gone_through_with_first_and_looked_after() {
    let world = World::new().await;
    let here = world.also("us-ca-parent").await;
    let gloria = parent(&world, &here.peer, "Gloria Quintero", "555 010 0001").await;
    let keisha = parent(&world, &here.second_peer, "Keisha Bloom", "555 010 0002").await;
    let mut reader = world.client_of(&gloria.member).await;
    writes(&mut reader, GLORIA).await;
    writes(&mut world.client_of(&keisha.member).await, KEISHA).await;
    assert!(reader.get("/meet").await.says("Saved."));
    assert!(reader.get("/meet").await.says("Nobody fits just now"));
    let mut walker = world.client_of(&here.second_peer).await;
    let list = walker.get("/pairings").await;
    assert!(list.says("Keisha B.") && list.says("Go through it together"), "{}", list.words());
    assert!(!world.client_of(&here.peer).await.get("/pairings").await.says("Keisha"));
    let address = format!("/people/{}/mentor", keisha.id);
    for other in [&here.peer, &here.team_member, &here.admin] {
        assert_eq!(world.client_of(other).await.get(&address).await.status, 404, "{}", other.name);
    }
    // All but one step is not enough.
    let page = walker.get(&address).await;
    let some: Vec<_> = ["talk", "own_wellness", "rules", "privacy"].map(|step| ("done", step)).into();
    walker.submit(&page, &address, &some).await;
    assert!(reader.get("/meet").await.says("Nobody fits just now"));
    goes_through(&world, &here.second_peer, keisha.id).await;
    assert!(reader.get("/meet").await.says("Somebody who would be there for you"));
    // They are asked how it is, when that day has come.
    assert!(!walker.get("/pairings").await.says("Ask how it is"));
    world.clock.advance(SignedDuration::from_hours(14 * 24));
    assert!(world.client_of(&here.second_peer).await.get("/pairings").await.says("Ask how it is"));
}

/// A card without a language, a way or an hour is not kept; what was typed stays; the fault leads to its field.
#[tokio::test]
async fn a_card_asks_for_what_two_need_to_talk_and_loses_nothing() {
    let world = World::new().await;
    let here = world.also("us-ca-parent").await;
    let gloria = parent(&world, &here.peer, "Gloria Quintero", "555 010 0001").await;
    let mut client = world.client_of(&gloria.member).await;
    let page = client.get("/meet/card").await;
    let fields = [("way", "phone"), ("hour", "weekend_day"), ("avoid", "Sam Lee"), ("area", "Fruitvale")];
    let sent = client.submit(&page, "/meet/card", &fields).await;
    assert_eq!(sent.status, 422);
    assert!(sent.says("Tick at least one language you speak.") && sent.text.contains("href=\"#language\""));
    assert_eq!((sent.field("avoid"), sent.field("area")), ("Sam Lee".to_owned(), "Fruitvale".to_owned()));
    let long = "x".repeat(121);
    let sent = client.submit(&sent, "/meet/card", &[("language", "english"), ("avoid", &long)]).await;
    assert_eq!(sent.status, 422);
    assert!(sent.says("A line is too long"));
    let unknown = client.submit(&sent, "/meet/card", &[("language", "klingon"), ("avoid", "")]).await;
    assert_eq!(unknown.status, 422);
    writes(&mut client, &[("language", "english"), ("way", "phone"), ("hour", "weekend_day")]).await;
    // What matters is kept beside it, and the card keeps it when it is written again.
    let page = client.get("/meet/matters").await;
    client.submit(&page, "/meet/matters", &[("child_age", "grown")]).await;
    writes(&mut client, GLORIA).await;
    assert!(
        client
            .get("/meet/matters")
            .await
            .form("/meet/matters")
            .contains(&("child_age".into(), "grown".into()))
    );
    // Taken away, it is gone.
    let page = client.get("/meet").await;
    client.submit(&page, "/meet/forget", &[]).await;
    assert_eq!(client.get("/meet/matters").await.status, 404);
    let page = client.get("/meet").await;
    assert!(page.says("Would you like to meet somebody?"), "{}", page.words());
}

/// The same engine says who could walk with somebody: of those who wrote what they share, by what both share, who have room
/// and nothing against it. Only whoever says who begins reads it.
///
/// covers: CA-11
#[tokio::test]
async fn who_could_walk_with_somebody_stands_with_reasons_where_it_is_decided() {
    let world = World::new().await;
    let here = world.also("us-ca-parent").await;
    let gloria = parent(&world, &here.peer, "Gloria Quintero", "555 010 0001").await;
    writes(&mut world.client_of(&gloria.member).await, GLORIA).await;
    let new = world.invited(&here, "Marta Salcedo", "peer").await;
    let boss = world.actor(&here.admin).await;
    world
        .app
        .name_supervisor(&boss, world.app.command_id(), here.id, new.account, here.supervisor.account)
        .await
        .unwrap();
    let card = [
        ("language", "spanish"),
        ("way", "phone"),
        ("hour", "weekday_evening"),
        ("system", "school_meetings"),
        ("faith", "catholic"),
    ];
    let mut marta = world.client_of(&new).await;
    let page = marta.get("/my-card").await;
    assert_eq!(marta.submit(&page, "/my-card", &card).await.location().as_deref(), Some("/my-card"));
    let address = format!("/people/{}/supports/new", gloria.id);
    let mut supervisor = world.client_of(&here.supervisor).await;
    let page = supervisor.get(&address).await;
    for sentence in [
        "Marta Salcedo",
        "They both speak Spanish.",
        "They both know school meetings.",
        "Walks with nobody now.",
    ] {
        assert!(page.says(sentence), "{sentence}: {}", page.words());
    }
    assert!(!page.says("Catholic"), "only what both share is said");
    // Whom the worker should not walk with, in their own words that nobody else reads; and whom the person rather would not.
    for (client, action) in [(&mut marta, "/my-card")] {
        let page = client.get(action).await;
        client.submit(&page, action, &[("avoid", "Gloria Quintero")]).await;
    }
    let page = supervisor.get(&address).await;
    assert!(!page.says("Who could walk with them") && !page.says("They both speak"), "{}", page.words());
    let page = marta.get("/my-card").await;
    marta.submit(&page, "/my-card", &[("avoid", "")]).await;
    // No room: one hour a week of contract is taken by one person already.
    let contract =
        porchlight_practice::availability::Contract::new(jiff::civil::date(2026, 1, 1), 30).unwrap();
    world.app.set_contract(&boss, world.app.command_id(), here.id, new.account, contract).await.unwrap();
    assert!(!supervisor.get(&address).await.says("They both speak Spanish."));
    // Nobody else reads what Marta shares.
    for other in [&here.peer, &here.admin, &here.team_member] {
        assert!(
            !world.client_of(other).await.get(&address).await.text.contains("They both speak"),
            "{}",
            other.name
        );
    }
}
