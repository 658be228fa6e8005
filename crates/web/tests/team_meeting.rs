//! Meetings of a person's team: their words first, brought by whoever walks with them, and what came of it theirs to read.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_app::person::NewPerson;
use porchlight_practice::Role;
use porchlight_practice::id::PersonId;
use porchlight_practice::person::Profile;
use world::{Answer, Client, World};

const TIME: [(&str, &str); 5] = [
    ("day", "2026-11-20"),
    ("start", "10:30"),
    ("place", "The clinic, second floor"),
    ("who", "Dr. Ruiz"),
    ("about", "The new room"),
];

/// Writes a meeting down and answers its page and address.
async fn planned(client: &mut Client, person: PersonId) -> (Answer, String) {
    let form = client.get(&format!("/people/{person}/team-meetings/new")).await;
    let sent = client.submit(&form, &format!("/people/{person}/team-meetings/new"), &TIME).await;
    let here = sent.location().unwrap_or_else(|| panic!("{}", sent.words()));
    (client.follow(sent).await, here)
}

/// covers: AL-34, GA-20, MO-04, WI-28
#[tokio::test]
async fn their_words_come_first_and_what_came_of_it_is_theirs_to_read() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let mut marisol = world.client(Role::PeerSpecialist, &world.georgia).await;
    let form = marisol.get(&format!("/people/{person}/team-meetings/new")).await;
    for (field, typed, said) in [
        ("day", "soon", "Pick a day."),
        ("start", "", "Write a time."),
        ("day", "2028-11-20", "more than a year away"),
    ] {
        let mut fields = TIME.to_vec();
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|pair| pair.1 = typed);
        let wrong = marisol.submit(&form, &format!("/people/{person}/team-meetings/new"), &fields).await;
        assert!(wrong.status == 422 && wrong.says(said), "{field}: {}", wrong.words());
        assert!(wrong.text.contains("The clinic, second floor"), "what was typed stays");
    }
    let (page, here) = planned(&mut marisol, person).await;
    assert!(page.says("They have not said yet. Ask them before you go."), "{}", page.words());
    assert!(!page.text.contains(&format!("{here}/outcome")), "it has not begun");
    // It is Darnell's to say: he can sign in.
    assert_eq!(marisol.get(&format!("{here}/say")).await.status, 404);

    let mut darnell = world.client(Role::Person, &world.georgia).await;
    let home = darnell.get("/me").await;
    assert!(home.text.contains("/me/team-meetings/") && home.says("Tomorrow, 10:30"), "{}", home.words());
    let own = format!("/me/team-meetings/{}", here.rsplit('/').next().unwrap());
    let form = darnell.get(&format!("{own}/say")).await;
    let older = darnell.get(&format!("{own}/say")).await;
    let words = [
        ("said", "I want a room with a door that locks."),
        ("unsaid", "Nothing about my brother."),
        ("coming", "yes"),
        ("beside", "Marisol"),
    ];
    let sent = darnell.submit(&form, &format!("{own}/say"), &words).await;
    let page = darnell.follow(sent).await;
    assert!(page.says("I want a room with a door that locks.") && page.says("I come"), "{}", page.words());
    // On another device he had it open before: nothing is written over unseen, and his words stay.
    let stale = darnell.submit(&older, &format!("{own}/say"), &[("said", "From the old phone.")]).await;
    assert!(stale.status == 422 && stale.text.contains("From the old phone."), "{}", stale.words());
    assert!(
        stale.text.contains("href=\"#said\"") && stale.text.contains("id=\"said\""),
        "it leads to the box"
    );

    // The brief: his words, then his goals, then what he opened to her; nothing that he did not.
    let (paper, other) = {
        let actor = world.actor(&world.georgia.person).await;
        let app = &world.app;
        let paper = app.start_document(&actor, app.command_id(), person, "wellness_plan").await.unwrap();
        let other = app.start_document(&actor, app.command_id(), person, "crisis_plan").await.unwrap();
        let peer = world.georgia.peer.account;
        app.share(&actor, app.command_id(), paper, peer, vec!["each_day".into()], 7, false).await.unwrap();
        (paper, other)
    };
    let brief = marisol.get(&here).await;
    for said in
        ["I want a room with a door that locks.", "Nothing about my brother.", "What Darnell opened to you"]
    {
        assert!(brief.says(said), "{said}: {}", brief.words());
    }
    let (first, goals) = (brief.text.find("a door that locks"), brief.text.find("id=\"goals\""));
    assert!(goals.is_none_or(|goals| first.unwrap() < goals));
    assert!(brief.text.contains(&format!("/plans/{paper}")) && !brief.text.contains(&other.to_string()));
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    let seen = supervisor.get(&here).await;
    assert!(seen.status == 200 && !seen.text.contains(&paper.to_string()), "{}", seen.words());

    // Afterwards.
    world.clock.set("2026-11-20T18:00:00Z");
    let mut marisol = world.client(Role::PeerSpecialist, &world.georgia).await;
    assert!(marisol.get("/team-meetings").await.says("To write down"));
    let form = marisol.get(&format!("{here}/outcome")).await;
    assert!(form.says("I want a room with a door that locks."), "his words stand beside the form");
    let action = format!("{here}/outcome");
    let empty = marisol.submit(&form, &action, &[("came", "yes"), ("heard", "some")]).await;
    assert!(empty.status == 422 && empty.says("Write what was agreed"), "{}", empty.words());
    let outcome = [
        ("came", "yes"),
        ("heard", "some"),
        ("brought", "I read his words aloud."),
        ("agreed", "He sees two rooms."),
        ("next", "Dr. Ruiz calls him."),
    ];
    let sent = marisol.submit(&form, &action, &outcome).await;
    let page = marisol.follow(sent).await;
    assert!(page.says("I read his words aloud.") && page.says("Some of it"), "{}", page.words());
    assert!(marisol.get("/team-meetings").await.says("No team meeting yet"), "nothing waits any more");

    let mut darnell = world.client(Role::Person, &world.georgia).await;
    assert!(!darnell.get("/me").await.text.contains("/me/team-meetings/"));
    let page = darnell.get(&own).await;
    assert!(page.says("He sees two rooms.") && page.says("Dr. Ruiz calls him."), "{}", page.words());
    let sent = darnell.submit(&page, &format!("{own}/since"), &[("words", "They listened this time.")]).await;
    assert!(darnell.follow(sent).await.says("They listened this time."));
    assert!(marisol.get(&here).await.says("They listened this time."));
    assert!(darnell.get("/me/looks").await.says("meetings of your team"), "who read it is on his page");
}

#[tokio::test]
async fn whoever_does_not_walk_with_them_finds_no_meeting() {
    let world = World::new().await;
    let place = &world.georgia;
    let mut marisol = world.client(Role::PeerSpecialist, place).await;
    let (_, here) = planned(&mut marisol, place.person_id).await;
    let list = format!("/people/{}/team-meetings", place.person_id);
    for member in [&place.second_peer, &place.team_member, &place.auditor, &place.admin, &world.alabama.peer]
    {
        let mut client = world.client_of(member).await;
        for path in
            [&here, &list, &format!("{list}/new"), &format!("{here}/change"), &format!("{here}/outcome")]
        {
            assert_eq!(client.get(path).await.status, 404, "{path}: {}", member.name);
        }
        assert_eq!(client.post(&format!("{here}/off"), &[("version", "1")]).await.status, 404);
        assert_eq!(client.post(&format!("{here}/say"), &[("said", "Not mine.")]).await.status, 404);
    }
    // The meeting of one person is not found under another's record.
    let walker = world.actor(&place.peer).await;
    let id = PersonId(world.app.command_id().0);
    let profile = Profile { called: "Ada".into(), ..Profile::default() };
    let new = NewPerson { id, profile, works_here: false, first: None };
    world.app.add_person(&walker, world.app.command_id(), new).await.unwrap();
    let elsewhere = here.replace(&place.person_id.to_string(), &id.to_string());
    assert_eq!(marisol.get(&elsewhere).await.status, 404);

    // Ada has no way to sign in: her words are written down for her, and read back.
    let (_, hers) = planned(&mut marisol, id).await;
    let form = marisol.get(&format!("{hers}/say")).await;
    assert!(form.says("In Ada\u{2019}s own words"), "{}", form.words());
    let sent = marisol.submit(&form, &format!("{hers}/say"), &[("said", "I am tired of forms.")]).await;
    assert!(marisol.follow(sent).await.says("I am tired of forms."));
    let page = marisol.get(&hers).await;
    let off = marisol.submit(&page, &format!("{hers}/off"), &[]).await;
    let page = marisol.follow(off).await;
    assert!(page.says("Called off") && page.says("I am tired of forms."), "{}", page.words());
    assert_eq!(marisol.get(&format!("{hers}/change")).await.status, 404);
}
