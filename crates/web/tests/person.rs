//! People: adding, finding, changing, sharing; and who never sees what.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use axum::http::Method;
use jiff::SignedDuration;
use porchlight_app::Error;
use porchlight_app::contact::Saved;
use porchlight_app::person::{FirstSupport, NewPerson};
use porchlight_practice::Role;
use porchlight_practice::contact::Draft;
use porchlight_practice::id::{ContactId, PersonId, SupportId};
use porchlight_practice::person::{Child, Profile};
use world::{Answer, Client, Member, World};

/// A name nobody else has, so that finding it anywhere means that it leaked.
const RARE: &str = "Quillonda";

impl World {
    /// Adds somebody with whom `peer` walks.
    async fn add(&self, peer: &Member, called: &str, family: &str, works_here: bool) -> PersonId {
        let id = PersonId(self.app.command_id().0);
        let profile = Profile { called: called.into(), family_name: family.into(), ..Profile::default() };
        let new = NewPerson { id, profile, works_here, first: None };
        self.app.add_person(&self.actor(peer).await, self.app.command_id(), new).await.unwrap();
        id
    }

    /// A signed note about somebody, with these words of theirs.
    async fn note(&self, peer: &Member, person: PersonId, own_words: &str) -> ContactId {
        let actor = self.actor(peer).await;
        let (rules, _, _) = self.app.rules_of(&actor).await.unwrap();
        let kind = rules.contact_kinds.iter().find(|kind| kind.reached).unwrap();
        let goal =
            self.app.say_goal(&actor, self.app.command_id(), person, "A door of my own.").await.unwrap();
        let now = self.app.now();
        let draft = Draft {
            purpose: rules.purposes[0].id.clone(),
            goal: Some(goal),
            kind: kind.id.clone(),
            place: rules.places[0].id.clone(),
            started: Some(now - SignedDuration::from_mins(50)),
            ended: Some(now - SignedDuration::from_mins(5)),
            present: rules.present.first().map(|present| present.id.clone()).into_iter().collect(),
            did: [rules.activities[0].id.clone()].into(),
            strengths: "Keeps going.".into(),
            own_words: own_words.into(),
            response: "Calmer.".into(),
            next_step: rules.next_steps[0].id.clone(),
            next_words: "Walk again.".into(),
            ..Draft::default()
        };
        let id = ContactId(self.app.command_id().0);
        let saved = self.app.save_draft(&actor, self.app.command_id(), id, person, draft, 0).await.unwrap();
        assert!(!matches!(saved, Saved::Clash(_)));
        self.app.sign_note(&actor, self.app.command_id(), id, 1).await.unwrap();
        id
    }
}

/// Every page of the site, opened with the ids of one person's record.
fn every_page(person: PersonId, support: Option<SupportId>, note: Option<ContactId>) -> Vec<String> {
    let mut paths = Vec::new();
    for route in porchlight_web::site::routes().table() {
        // Streams never end, and the way out leads elsewhere.
        if route.method != Method::GET || route.path.contains("live") || route.path == "/leave" {
            continue;
        }
        let of_a_note = route.path.contains("/contacts/") || route.path.contains("visits/");
        let path = route
            .path
            .split('/')
            .map(|part| match (part, support, note) {
                ("{support}", Some(support), _) => support.to_string(),
                (part, _, Some(note)) if of_a_note && part.starts_with('{') => note.to_string(),
                (part, _, _) if part.starts_with('{') => person.to_string(),
                (part, _, _) => part.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("/");
        paths.push(format!("{path}?person={person}&called={RARE}"));
        paths.push(path);
    }
    paths
}

async fn support_of(world: &World, peer: &Member, person: PersonId) -> SupportId {
    world.app.person(&world.actor(peer).await, person).await.unwrap().supports[0].id
}

fn new_person<'f>(called: &'f str, more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    [("called", called)].into_iter().chain(more.iter().copied()).collect()
}

async fn add_by_form(client: &mut Client, called: &str, more: &[(&str, &str)]) -> Answer {
    let form = client.get("/people/new").await;
    assert_eq!(form.status, 200);
    client.submit(&form, "/people/new", &new_person(called, more)).await
}

fn person_in(answer: &Answer) -> PersonId {
    let to = answer.location().unwrap_or_else(|| panic!("{} {}", answer.status, answer.words()));
    to.split('/').nth(2).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_name_is_enough_and_the_peer_who_adds_walks_with_them() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let answer = add_by_form(&mut peer, "Tamika", &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    let page = peer.follow(answer).await;
    assert!(page.says("Tamika") && page.says("Marisol Vega") && page.says("Added."));
    let list = peer.get("/people").await;
    assert!(list.says("Tamika") && list.says("Darnell W."), "{}", list.words());

    let empty = add_by_form(&mut peer, " ", &[("matters", "My garden")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Tell us what to call them"));
    assert_eq!(empty.field("matters"), "My garden");
}

/// covers: AL-29, GA-61, MO-31
#[tokio::test]
async fn everything_they_say_about_themselves_is_kept_and_shown() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let more = [
        ("family_name", "Okoye"),
        ("described", "a dad of three"),
        ("language", "Igbo"),
        ("interpreter", "yes"),
        ("never", "Never leave a voicemail"),
        ("safe_hours", "Weekdays after five"),
        ("way-1", "404 555 0117"),
        ("way-kind-1", "message"),
        ("way-shared-1", "yes"),
        ("strengths", "Funny\n\n  Shows up \n"),
        ("matters", "Church on Sunday"),
        ("needs", "A ride to work"),
        ("culture", "Sunday is for my mother"),
        ("supports", "My sister Ada: picks up at night"),
    ];
    let answer = add_by_form(&mut peer, "Emeka", &more).await;
    let id = person_in(&answer);
    for place in ["", "/print"] {
        let page = peer.get(&format!("/people/{id}{place}")).await;
        for said in [
            "Likes to speak Igbo, with an interpreter",
            "Never leave a voicemail",
            "Weekdays after five",
            "404 555 0117",
            "Funny",
            "Shows up",
            "Church on Sunday",
            "A ride to work",
            "Sunday is for my mother",
            "picks up at night",
        ] {
            assert!(page.says(said), "{said} on {place}: {}", page.words());
        }
    }
    let form = peer.get(&format!("/people/{id}/edit")).await;
    let as_it_stands = form.form(&format!("/people/{id}/edit"));
    for (field, value) in [("strengths", "Funny\nShows up"), ("supports", "My sister Ada: picks up at night")]
    {
        assert!(as_it_stands.iter().any(|(name, kept)| name == field && kept == value), "{as_it_stands:?}");
    }
}

#[tokio::test]
async fn likely_duplicates_are_shown_by_sound_and_never_block() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut other = world.client_of(&world.georgia.second_peer).await;
    for (called, family) in [("José Luis", "García López"), ("Stephen", "Gonzalez"), ("Catherine", "Brown")]
    {
        world.add(&world.georgia.peer, called, family, false).await;
    }
    for (called, family, finds) in [
        ("Jose", "Garcia", "José Luis G."),
        ("José", "García-López", "José Luis G."),
        ("Esteban", "Gonsales", "Stephen G."),
        ("Katrin", "Brown", "Catherine B."),
    ] {
        let piece = other.post("/people/same", &[("called", called), ("family_name", family)]).await;
        assert_eq!(piece.status, 200);
        assert!(piece.text.contains(finds), "{called} {family}: {}", piece.text);
        assert!(piece.text.contains("Ask Marisol Vega"), "{}", piece.text);
        assert!(!piece.text.contains("href"), "a record that is not theirs has no way in: {}", piece.text);
    }
    let nobody = other.post("/people/same", &[("called", "Zebulon"), ("family_name", "Quick")]).await;
    assert!(!nobody.text.contains("Ask "), "{}", nobody.text);

    // Without a script the names come after saving, and the record is there already.
    let answer = add_by_form(&mut other, "Jose", &[("family_name", "Garcia")]).await;
    assert_eq!(answer.status, 303);
    let id = person_in(&answer);
    let page = other.follow(answer).await;
    assert!(page.says("Is it the same person?") && page.says("José Luis G."), "{}", page.words());
    assert_eq!(other.get(&format!("/people/{id}")).await.status, 200);
    // Another programme's names are nobody's to find.
    let mut alabama = world.client(Role::ParentPeerSpecialist, &world.alabama).await;
    let piece = alabama.post("/people/same", &[("called", "Jose"), ("family_name", "Garcia")]).await;
    assert!(!piece.text.contains("José"), "{}", piece.text);
    let answer = add_by_form(&mut peer, "Stephen", &[("family_name", "Gonzalez")]).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn a_colleague_who_is_supported_here_is_invisible_at_every_exit() {
    let world = World::new().await;
    let of = &world.georgia;
    let mut peer = world.client_of(&of.peer).await;
    let answer = add_by_form(&mut peer, RARE, &[("family_name", "Vashti"), ("works_here", "yes")]).await;
    assert_eq!(answer.status, 303);
    let id = person_in(&answer);
    let note = world.note(&of.peer, id, &format!("{RARE} said so")).await;
    let support = support_of(&world, &of.peer, id).await;
    assert!(peer.get(&format!("/people/{id}")).await.says(RARE));
    assert!(world.client_of(&of.supervisor).await.get(&format!("/people/{id}")).await.says(RARE));

    // A yes changes nothing for a colleague, whatever was ticked.
    let given = peer
        .post(
            &format!("/people/{id}/choices"),
            &[("reader", &of.team_member.account.to_string()), ("part", "profile"), ("days", "30")],
        )
        .await;
    assert!(given.status < 500);

    let colleagues = [
        &of.second_peer,
        &of.team_member,
        &of.privacy_lead,
        &of.admin,
        &of.auditor,
        &of.person,
        &world.agency_admin,
    ];
    // The deputy supervises in the supervisor's place; another supervisor without a tie is in the other programme.
    for colleague in colleagues.into_iter().chain([&world.alabama.supervisor, &world.alabama.peer]) {
        let mut client = world.client_of(colleague).await;
        for path in every_page(id, Some(support), Some(note)) {
            let page = client.get(&path).await;
            assert!(page.status < 500, "{path}");
            assert!(!page.text.contains("Vashti"), "{} sees the name on {path}", colleague.name);
            // What they typed themselves may come back in the page; the record's name may not.
            let own = path.contains("called=") && page.text.contains(&format!("value=\"{RARE}\""));
            assert!(own || !page.text.contains(RARE), "{} sees the name on {path}", colleague.name);
            if path.contains(&format!("people/{id}")) {
                assert_eq!(page.status, 404, "{} opens {path}", colleague.name);
            }
        }
        let found = client.post("/people/same", &[("called", RARE), ("family_name", "Vashti")]).await;
        assert!(!found.text.contains(RARE) && !found.text.contains("Marisol"), "{}", found.text);
        let same =
            client.post(&format!("/people/{}/same", of.person_id), &[("other", &id.to_string())]).await;
        assert!(!same.text.contains(RARE));
    }
}

#[tokio::test]
async fn a_supervisor_without_a_tie_does_not_meet_a_colleague_either() {
    let world = World::new().await;
    let of = &world.georgia;
    // The second peer is now the deputy's alone, so the first supervisor has no tie left.
    let boss = world.actor(&of.admin).await;
    let command = || world.app.command_id();
    world
        .app
        .name_supervisor(&boss, command(), of.id, of.second_peer.account, of.deputy.account)
        .await
        .unwrap();
    let walker = world.actor(&of.second_peer).await;
    let id = PersonId(command().0);
    let first =
        FirstSupport { peer: of.second_peer.account, part: "main".into(), responsible: of.deputy.account };
    let profile = Profile { called: RARE.into(), family_name: "Vashti".into(), ..Profile::default() };
    let new = NewPerson { id, profile, works_here: true, first: Some(first) };
    world.app.add_person(&walker, command(), new).await.unwrap();
    let note = world.note(&of.second_peer, id, &format!("{RARE} said so")).await;
    assert!(world.client_of(&of.deputy).await.get(&format!("/people/{id}")).await.says(RARE));
    let mut supervisor = world.client_of(&of.supervisor).await;
    for path in every_page(id, None, Some(note)) {
        let page = supervisor.get(&path).await;
        let own = path.contains("called=") && page.text.contains(&format!("value=\"{RARE}\""));
        assert!(own || !page.text.contains(RARE), "{path}");
    }
    assert_eq!(supervisor.get(&format!("/people/{id}")).await.status, 404);
}

#[tokio::test]
async fn a_colleagues_record_needs_somebody_who_walks_with_them() {
    let world = World::new().await;
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    let answer = add_by_form(&mut supervisor, RARE, &[("works_here", "yes"), ("peer", "")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says("Choose who walks with them. Nobody else will ever see this record."));
    let peer = world.georgia.peer.account.to_string();
    let answer = add_by_form(&mut supervisor, RARE, &[("works_here", "yes"), ("peer", &peer)]).await;
    assert_eq!(answer.location().as_deref(), Some("/people"), "{}", answer.words());
    assert!(world.client_of(&world.georgia.peer).await.get("/people").await.says(RARE));
}

/// covers: AL-04
#[tokio::test]
async fn another_programmes_person_is_not_there_on_any_page() {
    let world = World::new().await;
    let id = world.add(&world.georgia.peer, RARE, "Vashti", false).await;
    let note = world.note(&world.georgia.peer, id, RARE).await;
    let support = support_of(&world, &world.georgia.peer, id).await;
    let of = &world.alabama;
    for stranger in
        [&of.peer, &of.supervisor, &of.deputy, &of.team_member, &of.admin, &of.auditor, &of.person]
    {
        let mut client = world.client_of(stranger).await;
        for path in every_page(id, Some(support), Some(note)) {
            let page = client.get(&path).await;
            assert!(!page.text.contains("Vashti"), "{} sees {path}", stranger.name);
            if path.contains(&id.to_string())
                && path.starts_with("/people/")
                && !path.starts_with("/people/new")
            {
                let its_own = path.contains(&format!("people/{id}"));
                assert!(!its_own || page.status == 404, "{} opens {path}: {}", stranger.name, page.status);
            }
        }
    }
}

/// covers: AL-07, CA-61
#[tokio::test]
async fn of_two_parents_of_one_child_neither_record_reveals_the_other() {
    let world = World::new().await;
    let of = &world.alabama;
    let mut one = world.client_of(&of.peer).await;
    let mut two = world.client_of(&of.second_peer).await;
    let mother = world.add(&of.peer, "Graciela", "Montoya", false).await;
    let father = world.add(&of.second_peer, "Augustin", "Pettway", false).await;
    for (client, parent, loves) in [(&mut one, mother, "Dinosaurs"), (&mut two, father, "Drawing trains")] {
        let form = client.get(&format!("/people/{parent}/children")).await;
        let child = [("called", "Maribel"), ("born", "2019"), ("tie", "parent"), ("loves", loves)];
        let answer = client.submit(&form, &format!("/people/{parent}/children"), &child).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        let page = client.follow(answer).await;
        assert!(page.says("Maribel") && page.says(loves) && page.says("Born 2019"), "{}", page.words());
        assert!(page.says("Each child goes at their own pace"), "{}", page.words());
    }
    for (client, own, other) in [
        (&mut one, mother, ["Augustin", "Pettway", "Drawing trains"]),
        (&mut two, father, ["Graciela", "Montoya", "Dinosaurs"]),
    ] {
        for path in every_page(own, None, None) {
            let page = client.get(&path).await;
            for word in other {
                assert!(!page.text.contains(word), "{path} says {word}");
            }
        }
        // A child's name finds no record: children are not in the search at all.
        let found = client.post("/people/same", &[("called", "Maribel"), ("family_name", "")]).await;
        assert!(!found.text.contains("Maribel") && !found.text.contains("Ask "), "{}", found.text);
    }
    // Nothing about custody is asked, and a tie has to be one of the pack's.
    let form = one.get(&format!("/people/{mother}/children")).await;
    let fields = form.form(&format!("/people/{mother}/children"));
    assert!(fields.iter().all(|(name, _)| ["command", "called", "born", "loves"].contains(&name.as_str())));
    let wrong = [("called", ""), ("born", "soon"), ("tie", "guardian")];
    let answer = one.submit(&form, &format!("/people/{mother}/children"), &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says("Tell us what to call the child") && answer.says("Give a year with four digits"));
}

/// covers: CA-01
/// Whoever writes in a tool for families finds what children of each age are still learning, marked as not checked yet; whoever writes
/// about themself alone does not.
///
/// covers: CA-33
#[tokio::test]
async fn the_tools_for_families_say_what_children_of_each_age_still_learn() {
    let world = World::new().await;
    let (app, of) = (&world.app, &world.alabama);
    let own = world.actor(&of.person).await;
    let mut parent = world.client_of(&of.person).await;
    for (tool, told) in [("school_meeting", true), ("systems_map", true), ("advocacy_letter", false)] {
        let id = app.start_document(&own, app.command_id(), of.person_id, tool).await.unwrap();
        let section = app.document(&own, id).await.unwrap().writes[0].clone();
        let page = parent.get(&format!("/plans/{id}/write/{section}")).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.says("What children of each age are still learning"), told, "{tool}");
        assert_eq!(page.says("three to five") && page.says("Needs checking"), told, "{}", page.words());
    }
}

#[tokio::test]
async fn an_adult_programme_has_no_page_for_children() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let id = world.georgia.person_id;
    assert_eq!(peer.get(&format!("/people/{id}/children")).await.status, 404);
    assert!(!peer.get(&format!("/people/{id}")).await.says("Add a child"));
    let child = Child { called: "Maya".into(), tie: "parent".into(), ..Child::default() };
    let actor = world.actor(&world.georgia.peer).await;
    let added = world.app.add_child(&actor, world.app.command_id(), id, child).await;
    assert!(matches!(added, Err(Error::Fault(_))), "{added:?}");
}

#[tokio::test]
async fn a_stale_edit_shows_both_texts_and_loses_neither() {
    let world = World::new().await;
    let id = world.georgia.person_id;
    let path = format!("/people/{id}/edit");
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    let (mine, theirs) = (peer.get(&path).await, supervisor.get(&path).await);
    let saved = supervisor.submit(&theirs, &path, &[("matters", "His mother’s garden")]).await;
    assert_eq!(saved.status, 303);
    let both = peer.submit(&mine, &path, &[("matters", "The church choir"), ("needs", "A bus pass")]).await;
    assert_eq!(both.status, 409);
    assert!(both.says("His mother’s garden") && both.says("The church choir"), "{}", both.words());
    assert_eq!(both.field("matters"), "The church choir");
    assert_eq!(both.field("needs"), "A bus pass");
    assert!(peer.get(&format!("/people/{id}")).await.says("His mother’s garden"));
    let again = peer.submit(&both, &path, &[("matters", "The garden and the choir")]).await;
    assert_eq!(again.status, 303, "{}", again.words());
    let page = peer.follow(again).await;
    assert!(page.says("The garden and the choir") && page.says("A bus pass"));
}

#[tokio::test]
async fn two_records_are_linked_and_unlinked_and_nothing_is_merged() {
    let world = World::new().await;
    let of = &world.georgia;
    let mut peer = world.client_of(&of.peer).await;
    let one = world.add(&of.peer, "Shanice", "Hall", false).await;
    let two = world.add(&of.peer, "Shaniece", "Hall", false).await;
    let foreign = world.add(&of.second_peer, "Shanise", "Hall", false).await;
    let path = format!("/people/{one}/same");
    let page = peer.get(&path).await;
    assert!(page.says("Shaniece H.") && page.says("Ask Terrence Boyd"), "{}", page.words());
    let refused = peer.post(&path, &[("other", &foreign.to_string())]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("These two could not be linked"));
    let linked = peer.post(&path, &[("other", &two.to_string())]).await;
    assert_eq!(linked.status, 303);
    assert!(peer.get(&path).await.says("Linked as the same person"));
    assert!(peer.get(&format!("/people/{two}")).await.says("Linked with 1 other record"));
    let apart = peer.post(&format!("/people/{one}/unlink"), &[("other", &two.to_string())]).await;
    assert_eq!(apart.status, 303);
    assert!(!peer.get(&path).await.says("Linked as the same person"));
    for id in [one, two] {
        assert_eq!(peer.get(&format!("/people/{id}")).await.status, 200);
    }
}

/// covers: AL-10
#[tokio::test]
async fn a_goal_is_in_their_words_and_closed_as_they_say() {
    let world = World::new().await;
    let id = world.alabama.person_id;
    let path = format!("/people/{id}/goals");
    let mut peer = world.client_of(&world.alabama.peer).await;
    let page = peer.get(&path).await;
    let empty = peer.submit(&page, &path, &[("words", "  ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Write the goal in their words first."));
    let said = peer.submit(&page, &path, &[("words", "I want dinners without shouting.")]).await;
    let person = peer.follow(said).await;
    assert!(person.text.contains("words larger\">I want dinners without shouting."), "{}", person.words());
    assert!(peer.get("/people").await.says("I want dinners without shouting."));

    let page = peer.get(&path).await;
    let goal = page.text.split(&format!("{path}/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let close = format!("{path}/{goal}/close");
    // They can sign in, so that it is reached is theirs to say.
    assert!(!page.says("says: I got there"), "{}", page.words());
    let refused = peer.submit(&page, &close, &[("how", "reached")]).await;
    assert!(peer.follow(refused).await.says("That is theirs to say."));
    let aside = peer.submit(&page, &close, &[("how", "set_aside"), ("command", "")]).await;
    let after = peer.follow(aside).await;
    assert!(after.says("Set aside on November 19, 2026"), "{}", after.words());
    let again = peer.submit(&page, &close, &[("how", "set_aside"), ("command", "")]).await;
    assert!(peer.follow(again).await.says("That goal was closed before."));
    // A supervisor reads goals, but they are not the supervisor's to write.
    let mut supervisor = world.client_of(&world.alabama.supervisor).await;
    assert!(supervisor.get(&path).await.says("I want dinners without shouting."));
    assert_eq!(supervisor.post(&path, &[("words", "Mine")]).await.status, 404);
}

/// covers: WI-35
#[tokio::test]
async fn the_team_reads_what_is_shared_while_it_is_shared_and_nothing_else() {
    let world = World::new().await;
    let of = &world.georgia;
    let id = world.add(&of.peer, RARE, "Vashti", false).await;
    let note = world.note(&of.peer, id, "The river helps.").await;
    let support = support_of(&world, &of.peer, id).await;
    let mut peer = world.client_of(&of.peer).await;
    let mut team = world.client_of(&of.team_member).await;
    let (visits, person) = (format!("/people/{id}/visits"), format!("/people/{id}"));
    let nothing = async |team: &mut Client| {
        for path in every_page(id, Some(support), Some(note)) {
            let page = team.get(&path).await;
            assert!(!page.text.contains("Vashti") && !page.text.contains("The river helps."), "{path}");
        }
        assert_eq!(team.get(&visits).await.status, 404);
        assert!(team.get("/people").await.says("Nobody shares with you right now"));
    };
    nothing(&mut team).await;

    let choices = format!("/people/{id}/choices");
    let page = peer.get(&choices).await;
    let empty = peer.submit(&page, &choices, &[]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Choose who may read it."));
    let yes = [("reader", of.team_member.account.to_string()), ("part", "notes".to_owned())];
    let yes: Vec<(&str, &str)> = yes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let given = peer.submit(&page, &choices, &yes).await;
    assert_eq!(given.status, 303, "{}", given.words());
    assert!(team.get(&visits).await.says("The river helps."));
    assert_eq!(team.get(&person).await.status, 404, "the first page was not shared");
    let list = team.get("/people").await;
    assert!(list.says("Quillonda V.") && !list.says("A door of my own."), "{}", list.words());

    let page = peer.get(&choices).await;
    let stop = page.text.split("/stop\"").next().unwrap().rsplit('"').next().unwrap().to_owned() + "/stop";
    let stopped = peer.submit(&page, &stop, &[]).await;
    assert_eq!(stopped.status, 303);
    nothing(&mut team).await;

    // A yes also ends by itself.
    let page = peer.get(&choices).await;
    peer.submit(&page, &choices, &[yes[0], yes[1], ("days", "30")]).await;
    assert_eq!(team.get(&visits).await.status, 200);
    world.clock.advance(SignedDuration::from_hours(24 * 31));
    let mut team = world.client_of(&of.team_member).await;
    nothing(&mut team).await;
}

#[tokio::test]
async fn a_supervisor_sees_who_waits_and_finds_somebody_for_them() {
    let world = World::new().await;
    let of = &world.georgia;
    let mut supervisor = world.client_of(&of.supervisor).await;
    let answer = add_by_form(&mut supervisor, "Imani", &[("peer", "")]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    let id = person_in(&answer);
    let list = supervisor.get("/people").await;
    assert!(list.says("Waiting for somebody") && list.says("Imani"), "{}", list.words());
    assert_eq!(world.client_of(&of.second_peer).await.get(&format!("/people/{id}")).await.status, 404);
    let path = format!("/people/{id}/supports/new");
    let form = supervisor.get(&path).await;
    let chosen = [("peer", of.second_peer.account.to_string())];
    let begun = supervisor.submit(&form, &path, &[("peer", &chosen[0].1)]).await;
    assert_eq!(begun.status, 303, "{}", begun.words());
    assert!(world.client_of(&of.second_peer).await.get("/people").await.says("Imani"));
    assert!(!supervisor.get("/people").await.says("Waiting for somebody"));
}

#[tokio::test]
async fn a_way_to_sign_in_is_shown_once() {
    let world = World::new().await;
    let of = &world.georgia;
    let id = world.add(&of.peer, "Leroy", "Banks", false).await;
    let mut peer = world.client_of(&of.peer).await;
    let path = format!("/people/{id}/invite");
    let page = peer.get(&path).await;
    let made = peer.submit(&page, &path, &[]).await;
    assert_eq!(made.status, 200);
    let link =
        made.text.split("href=\"/welcome/").nth(1).expect("a link").split('"').next().unwrap().to_owned();
    assert!(made.text.contains(&format!("https://porchlight.test/welcome/{link}")), "{}", made.words());
    assert!(!peer.get(&path).await.text.contains("/welcome/"));
    // The same form again makes no second link, and shows none that is dead.
    let again = peer.submit(&page, &path, &[]).await;
    assert!(
        again.says("This link was shown before.") && !again.text.contains("/welcome/"),
        "{}",
        again.words()
    );
    let another = peer.submit(&again, &path, &[]).await;
    assert!(another.text.contains("href=\"/welcome/"), "{}", another.words());
    let of_another = peer.get(&format!("/people/{}/invite", of.person_id)).await;
    assert!(of_another.says("Darnell can sign in already."), "{}", of_another.words());
    assert_eq!(world.client_of(&of.second_peer).await.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_form_sent_twice_adds_one_person() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let form = peer.get("/people/new").await;
    for _ in 0..2 {
        let answer = peer.submit(&form, "/people/new", &[("called", "Odessa")]).await;
        assert_eq!(answer.status, 303);
    }
    assert_eq!(peer.get("/people").await.text.matches("<b>Odessa</b>").count(), 1);
    let other = peer.submit(&form, "/people/new", &[("called", "Someone else")]).await;
    assert_eq!(other.status, 409);
}
