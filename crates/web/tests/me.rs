//! The pages of people who are supported: home, goals, visits, who looked, choices, and what the record says.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_app::account::NewAccount;
use porchlight_app::contact::Saved;
use porchlight_app::person::NewPerson;
use porchlight_app::{Actor, Error};
use porchlight_practice::contact::{AdditionKind, Draft};
use porchlight_practice::id::{ContactId, PersonId, SupportId};
use porchlight_practice::person::{NaturalSupport, Profile, Way, WayKind};
use porchlight_practice::{Lang, Role};
use world::{Answer, Client, Member, PASSWORD, Programme, World};

const OWN_WORDS: &str = "Three good nights this week. The walk helps.";
const GOAL: &str = "I want to sleep through the night.";

/// A draft of a visit that ended just now.
async fn draft(world: &World, peer: &Actor) -> Draft {
    let (rules, ..) = world.app.rules_of(peer).await.unwrap();
    let now = world.app.now();
    Draft {
        purpose: rules.purposes[0].id.clone(),
        kind: rules.contact_kinds[0].id.clone(),
        place: rules.places[0].id.clone(),
        started: Some(now - SignedDuration::from_mins(50)),
        ended: Some(now - SignedDuration::from_mins(5)),
        did: [rules.activities[0].id.clone()].into(),
        did_words: "We walked to the library.".into(),
        strengths: "Keeps going.".into(),
        own_words: OWN_WORDS.into(),
        response: "Easier than last week.".into(),
        next_step: rules.next_steps[0].id.clone(),
        next_words: "Saturday at ten.".into(),
        ..Draft::default()
    }
}

/// A goal and a signed note of the person of a programme, by the peer specialist who walks with them.
async fn visit(world: &World, programme: &Programme) -> ContactId {
    let peer = world.actor(&programme.peer).await;
    let person = programme.person_id;
    let goal = world.app.say_goal(&peer, world.app.command_id(), person, GOAL).await.unwrap();
    let draft = Draft { goal: Some(goal), ..draft(world, &peer).await };
    let id = unsigned(world, &peer, person, draft).await;
    world.app.sign_note(&peer, world.app.command_id(), id, 1).await.unwrap();
    id
}

async fn unsigned(world: &World, peer: &Actor, person: PersonId, draft: Draft) -> ContactId {
    let id = ContactId(world.app.command_id().0);
    let saved = world.app.save_draft(peer, world.app.command_id(), id, person, draft, 0).await.unwrap();
    assert!(matches!(saved, Saved::Done(1)));
    id
}

async fn darnell(world: &World) -> Client {
    world.client(Role::Person, &world.georgia).await
}

fn walking_support(home: &[porchlight_app::support::SupportView]) -> SupportId {
    home.iter().find(|support| support.state.is_walking()).unwrap().id
}

#[tokio::test]
async fn home_greets_by_the_name_they_chose_and_shows_their_words_and_people() {
    let world = World::new().await;
    visit(&world, &world.georgia).await;
    let mut darnell = darnell(&world).await;
    let home = darnell.get("/me").await;
    assert_eq!(home.status, 200);
    for said in
        ["Hello, Darnell.", GOAL, "Marisol Vega", "Lydia Pruitt is responsible for your support", "Help now"]
    {
        assert!(home.says(said), "{said}: {}", home.words());
    }
    assert!(home.says("Read and add my words"));
    assert!(home.text.contains("data-live=\"/live?"));
    assert!(home.text.contains("data-leave"), "leave fast is on every page of theirs");
}

/// covers: AL-10, GA-41, MO-32
#[tokio::test]
async fn a_goal_is_said_reached_and_set_aside_by_the_person_in_their_words() {
    let world = World::new().await;
    let mut darnell = darnell(&world).await;
    let page = darnell.get("/me/goals/new").await;
    let empty = darnell.submit(&page, "/me/goals/new", &[("words", "  ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Write what you want, even a few words."));

    let typed = "I want my own keys,\nand a door <that> locks.";
    let sent = darnell.submit(&page, "/me/goals/new", &[("words", typed)]).await;
    let again = darnell.submit(&page, "/me/goals/new", &[("words", typed)]).await;
    assert_eq!((sent.status, again.status), (303, 303));
    let home = darnell.follow(sent).await;
    assert_eq!(home.words().matches("I want my own keys, and a door <that> locks.").count(), 1, "said once");

    let goals = world.app.person(&world.actor(&world.georgia.person).await, world.georgia.person_id).await;
    let id = goals.unwrap().goals[0].0;
    let action = format!("/me/goals/{id}/close");
    let reached = darnell.submit(&home, &action, &[("how", "reached")]).await;
    let home = darnell.follow(reached).await;
    assert!(home.says("You got there. It stays on your page."));
    assert!(home.says("You got there on November 19, 2026"));
    // A page that was open before still shows the button.
    let late = darnell.post(&action, &[("how", "set_aside"), ("version", "1")]).await;
    assert!(darnell.follow(late).await.says("That goal was closed before."));
}

#[tokio::test]
async fn a_hand_over_and_a_goodbye_are_told_kindly() {
    let world = World::new().await;
    let app = &world.app;
    let (peer, id) = (world.actor(&world.georgia.peer).await, world.georgia.person_id);
    let supervisor = world.actor(&world.georgia.supervisor).await;
    let today = jiff::civil::date(2026, 11, 19);
    let support = walking_support(&app.person(&peer, id).await.unwrap().supports);
    let to = world.georgia.second_peer.account;
    let told = "Mornings are best.";
    app.hand_over(&supervisor, app.command_id(), id, support, to, today, told, 1).await.unwrap();
    let mut darnell = darnell(&world).await;
    let home = darnell.get("/me").await;
    for said in ["Marisol is handing over to Terrence.", "Ask Marisol anything", told, "Terrence Boyd"] {
        assert!(home.says(said), "{said}: {}", home.words());
    }

    let next = world.actor(&world.georgia.second_peer).await;
    let view = app.person(&next, id).await.unwrap();
    let support = walking_support(&view.supports);
    let goodbye = "Come by whenever you like.";
    app.end_support(&supervisor, app.command_id(), id, support, today, "moved", goodbye, 1).await.unwrap();
    let home = darnell.get("/me").await;
    for said in ["Terrence says goodbye.", goodbye, "Nobody walks with you right now.", "The door is open."] {
        assert!(home.says(said), "{said}: {}", home.words());
    }
}

/// covers: WI-06
#[tokio::test]
async fn the_person_reads_their_note_and_adds_words_once_even_when_sent_twice() {
    let world = World::new().await;
    let id = visit(&world, &world.georgia).await;
    let mut darnell = darnell(&world).await;
    let visits = darnell.get("/me/visits").await;
    assert!(visits.says(OWN_WORDS) && visits.says("With Marisol Vega"));
    let address = format!("/me/visits/{id}");
    let page = darnell.get(&address).await;
    for said in ["Your visit with Marisol", OWN_WORDS, GOAL, "We walked to the library.", "Saturday at ten."]
    {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    let at = |said: &str| page.text.find(said).unwrap();
    assert!(at(OWN_WORDS) < at("We walked to the library."), "their own words come first");
    assert!(page.text.contains("class=\"words largest mt2\">Three good nights"), "and are the largest");

    let action = format!("{address}/words");
    let empty = darnell.submit(&page, &action, &[("words", " \n ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Write the words you want to add."));
    let first = darnell.submit(&page, &action, &[("words", "It rained & we laughed.")]).await;
    let second = darnell.submit(&page, &action, &[("words", "It rained & we laughed.")]).await;
    assert_eq!((first.status, second.status), (303, 303));
    let page = darnell.follow(second).await;
    assert_eq!(page.words().matches("It rained & we laughed.").count(), 1);
    assert!(darnell.get("/me").await.says("Your words are in"));

    let paper = darnell.get(&format!("{address}/paper")).await;
    for said in [OWN_WORDS, "It rained & we laughed.", "Darnell, and the day"] {
        assert!(paper.says(said), "{said}");
    }
}

#[tokio::test]
async fn seeing_it_differently_stays_for_good_and_reaches_writer_and_supervisor() {
    let world = World::new().await;
    let id = visit(&world, &world.georgia).await;
    let mut darnell = darnell(&world).await;
    let address = format!("/me/visits/{id}");
    let page = darnell.get(&address).await;
    assert!(page.says("Nobody can remove it."), "it says so before");
    let action = format!("{address}/differently");
    let line = "It was two nights, not three.";
    let sent = darnell.submit(&page, &action, &[("differently", line)]).await;
    let page = darnell.follow(sent).await;
    assert!(page.says("You see it differently") && page.says(line), "{}", page.words());

    for reader in [&world.georgia.peer, &world.georgia.supervisor] {
        let note = world.app.note(&world.actor(reader).await, id).await.unwrap();
        let found = note.additions.iter().find(|addition| addition.kind == AdditionKind::Differently);
        assert_eq!(found.map(|addition| addition.words.as_str()), Some(line), "{}", reader.name);
    }
    // Whatever comes later, it is still there; and nobody else can say it for them.
    let peer = world.actor(&world.georgia.peer).await;
    let app = &world.app;
    app.add_to_note(&peer, app.command_id(), id, AdditionKind::Addendum, "I read it.").await.unwrap();
    let forged = app.add_to_note(&peer, app.command_id(), id, AdditionKind::Differently, "No.").await;
    assert!(matches!(forged, Err(Error::NotFound)));
    let page = darnell.get(&address).await;
    assert!(page.says(line) && page.says("Marisol added") && page.says("I read it."));
}

#[tokio::test]
async fn what_peer_and_supervisor_say_to_each_other_about_the_work_is_theirs() {
    let world = World::new().await;
    let id = visit(&world, &world.georgia).await;
    let supervisor = world.actor(&world.georgia.supervisor).await;
    let app = &world.app;
    let ask = "Could you say more about the walk?";
    app.add_to_note(&supervisor, app.command_id(), id, AdditionKind::Question, ask).await.unwrap();
    app.add_to_note(&supervisor, app.command_id(), id, AdditionKind::Countersignature, "").await.unwrap();
    let page = darnell(&world).await.get(&format!("/me/visits/{id}")).await;
    assert!(!page.says(ask));
    assert!(page.says("Lydia Pruitt read this note and signed it"), "{}", page.words());
}

/// covers: WI-35
#[tokio::test]
async fn a_person_sees_only_their_own() {
    let world = World::new().await;
    let georgia = visit(&world, &world.georgia).await;
    let alabama = visit(&world, &world.alabama).await;
    let peer = world.actor(&world.georgia.peer).await;
    let other = PersonId(world.app.command_id().0);
    let profile = Profile { called: "Ngozi".into(), ..Profile::default() };
    let new = NewPerson { id: other, profile, works_here: false, first: None };
    world.app.add_person(&peer, world.app.command_id(), new).await.unwrap();
    let theirs = unsigned(&world, &peer, other, draft(&world, &peer).await).await;
    world.app.sign_note(&peer, world.app.command_id(), theirs, 1).await.unwrap();
    let own_draft = unsigned(&world, &peer, world.georgia.person_id, draft(&world, &peer).await).await;

    let mut darnell = darnell(&world).await;
    assert_eq!(darnell.get(&format!("/me/visits/{georgia}")).await.status, 200);
    for hidden in [alabama, theirs, own_draft] {
        assert_eq!(darnell.get(&format!("/me/visits/{hidden}")).await.status, 404);
        assert_eq!(darnell.get(&format!("/me/visits/{hidden}/paper")).await.status, 404);
        let words = darnell.post(&format!("/me/visits/{hidden}/words"), &[("words", "mine")]).await;
        assert_eq!(words.status, 404);
    }
    assert_eq!(darnell.get("/me/visits/no-such-id").await.status, 404);
    // Nobody who works here has these pages.
    let mut worker = world.client_of(&world.georgia.peer).await;
    for path in
        ["/me", "/me/visits", "/me/looks", "/me/choices", "/me/choices/new", "/me/about", "/me/goals/new"]
    {
        assert_eq!(worker.get(path).await.status, 404, "{path}");
    }
    assert_eq!(worker.get(&format!("/me/visits/{georgia}")).await.status, 404);
    // Signed out, they lead to the door.
    let mut stranger = world.stranger();
    assert_eq!(stranger.get("/me").await.location().as_deref(), Some("/sign-in?then=%2Fme"));
}

/// What stands in the list of looks, without the links under it.
fn sentences(page: &Answer) -> Vec<String> {
    let page = scraper::Html::parse_document(&page.text);
    let lines = scraper::Selector::parse(".looks p").unwrap();
    page.select(&lines)
        .map(|line| line.text().collect::<String>().replace(['\u{a0}', '\u{202f}'], " "))
        .collect()
}

#[tokio::test]
async fn who_looked_is_said_in_sentences_merged_by_the_hour() {
    let world = World::new().await;
    let id = visit(&world, &world.georgia).await;
    let (app, person) = (&world.app, world.georgia.person_id);
    let peer = world.actor(&world.georgia.peer).await;
    let supervisor = world.actor(&world.georgia.supervisor).await;
    let before = sentences(&darnell(&world).await.get("/me/looks").await);

    world.clock.advance(SignedDuration::from_hours(2));
    app.note(&peer, id).await.unwrap();
    world.clock.advance(SignedDuration::from_mins(20));
    app.note(&peer, id).await.unwrap();
    app.people(&peer).await.unwrap();
    app.queue(&supervisor).await.unwrap();
    world.clock.advance(SignedDuration::from_mins(40));
    app.note(&supervisor, id).await.unwrap();
    // An attempt that was turned away is not a look.
    let stranger = world.actor(&world.georgia.second_peer).await;
    assert!(app.person(&stranger, person).await.is_err());
    // Nor is what the person opens themself.
    let mut darnell = darnell(&world).await;
    darnell.get("/me/about").await;
    darnell.get(&format!("/me/visits/{id}")).await;

    let after = sentences(&darnell.get("/me/looks").await);
    let new: Vec<_> = after.iter().take(after.len() - before.len()).map(String::as_str).collect();
    assert_eq!(
        new,
        [
            "Lydia Pruitt, a supervisor in your program, read your notes on Thursday, November 19 at 6:00 pm. \
             Why: supervision.",
            "Marisol Vega, your certified peer specialist, read your notes on Thursday, November 19 between 5:00 pm and \
             5:20 pm. Why: walking with you.",
        ]
    );
}

#[tokio::test]
async fn a_question_about_a_look_reaches_the_privacy_lead_and_the_answer_comes_back() {
    let world = World::new().await;
    let id = visit(&world, &world.georgia).await;
    let supervisor = world.actor(&world.georgia.supervisor).await;
    world.app.note(&supervisor, id).await.unwrap();
    let mut darnell = darnell(&world).await;
    let looks = darnell.get("/me/looks").await;
    let address = {
        let page = scraper::Html::parse_document(&looks.text);
        let link = scraper::Selector::parse(".looks a").unwrap();
        page.select(&link).next().unwrap().attr("href").unwrap().to_owned()
    };
    let ask = darnell.get(&address).await;
    assert!(ask.says("Lydia Pruitt, a supervisor in your program, read your notes"));
    assert!(ask.says("You get an answer here by Thursday, November 26."));
    let empty = darnell.submit(&ask, "/me/looks/ask", &[("question", "")]).await;
    assert_eq!(empty.status, 422);
    let question = "Why did she read it?";
    let sent = darnell.submit(&ask, "/me/looks/ask", &[("question", question)]).await;
    let looks = darnell.follow(sent).await;
    assert!(looks.says(question) && looks.says("You get an answer here by Thursday, November 26."));

    let lead = world.actor(&world.georgia.privacy_lead).await;
    let waiting = world.app.look_questions(&lead).await.unwrap();
    assert_eq!(waiting.len(), 1);
    let asked = waiting[0].question.asked();
    assert_eq!(asked.question, question);
    assert!(asked.about.starts_with("Lydia Pruitt, a supervisor in your program, read your notes on "));
    let answer = "She signs the notes of Marisol, and read this one to sign it.";
    world.app.answer_look_question(&lead, world.app.command_id(), waiting[0].id, answer).await.unwrap();
    let looks = darnell.get("/me/looks").await;
    assert!(looks.says(answer) && looks.says("Grace Holloway"), "{}", looks.words());
    // Only a look that is in one's own list can be asked about.
    assert_eq!(darnell.get(&address.replace("part=notes", "part=secrets")).await.status, 404);
}

#[tokio::test]
async fn a_person_without_e_mail_has_an_account_under_any_word_they_like() {
    let world = World::new().await;
    let (app, peer) = (&world.app, world.actor(&world.georgia.peer).await);
    let id = PersonId(app.command_id().0);
    let profile = Profile { called: "Ngozi".into(), ..Profile::default() };
    app.add_person(&peer, app.command_id(), NewPerson { id, profile, works_here: false, first: None })
        .await
        .unwrap();
    let invitation = app.invite_person(&peer, app.command_id(), id).await.unwrap();
    let new = NewAccount {
        name: "Ngozi".into(),
        sign_in_name: "bluebird".into(),
        password: PASSWORD.into(),
        lang: Lang::En,
    };
    let secret = app.accept_invitation(&invitation, new, true).await.unwrap();
    let session = app.session(&secret).await.unwrap();
    let member = Member {
        account: session.actor.account(),
        membership: session.actor.membership(),
        name: "Ngozi".into(),
        sign_in_name: "bluebird".into(),
    };
    let home = world.client_of(&member).await.get("/me").await;
    assert!(home.says("Hello, Ngozi."));
}

/// Chooses, reads the sentence, and agrees.
async fn share(darnell: &mut Client, reader: &Member, part: &str) -> Answer {
    let address = format!("/me/choices/new?reader={}&part={part}&days=30", reader.account);
    let agree = darnell.get(&address).await;
    assert_eq!(agree.status, 200, "{}", agree.words());
    let sent = darnell.submit(&agree, "/me/choices/new", &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    darnell.follow(sent).await
}

/// covers: WI-35, WI-15
#[tokio::test]
async fn a_choice_is_read_back_before_it_counts_and_stopping_works_at_the_readers_next_click() {
    let world = World::new().await;
    let id = visit(&world, &world.georgia).await;
    let reader = world.actor(&world.georgia.team_member).await;
    let mut darnell = darnell(&world).await;
    let choices = darnell.get("/me/choices").await;
    assert!(choices.says("You share nothing right now."));
    assert!(world.app.note(&reader, id).await.is_err());

    let new = darnell.get("/me/choices/new").await;
    assert!(new.says("Amara Singh"), "{}", new.words());
    for known in
        [&world.georgia.admin, &world.georgia.supervisor, &world.georgia.auditor, &world.alabama.team_member]
    {
        assert!(!new.says(&known.name), "a yes to {} would change nothing", known.name);
    }
    let missing = darnell.get("/me/choices/new?part=notes").await;
    assert_eq!(missing.status, 422);
    assert!(missing.says("Choose who may read.") && missing.says("Choose for how long."));

    let account = world.georgia.team_member.account;
    let agree = darnell.get(&format!("/me/choices/new?reader={account}&part=notes&days=30")).await;
    assert!(agree.says("Amara Singh may read the notes about your visits until December 19, 2026."));
    assert!(world.app.note(&reader, id).await.is_err(), "reading it back is not yet a yes");
    let choices = share(&mut darnell, &world.georgia.team_member, "notes").await;
    assert!(choices.says("Amara Singh may read the notes about your visits until December 19, 2026."));
    assert!(world.app.note(&reader, id).await.is_ok());
    assert!(world.app.person(&reader, world.georgia.person_id).await.is_err(), "only what was shared");
    // Saying yes again for longer takes the place of the first yes, so that one stop is enough.
    share(&mut darnell, &world.georgia.team_member, "notes").await;
    let choices = darnell.get("/me/choices").await;
    assert_eq!(choices.text.matches("/stop\"").count(), 1);

    let shared = world.app.consents(&world.actor(&world.georgia.person).await, world.georgia.person_id).await;
    let now = shared.unwrap().into_iter().find(|consent| consent.in_force).unwrap();
    assert!(choices.says("What Amara Singh read before can't be pulled back."));
    let stopped = darnell.submit(&choices, &format!("/me/choices/{}/stop", now.id), &[]).await;
    assert!(world.app.note(&reader, id).await.is_err(), "at the next click");
    let choices = darnell.follow(stopped).await;
    assert!(choices.says("You share nothing right now.") && choices.says("What I shared before"));

    // Somebody else's choice is not there to be stopped.
    let mut rosa = world.client(Role::Person, &world.alabama).await;
    let stop = format!("/me/choices/{}/stop", now.id);
    assert_eq!(rosa.post(&stop, &[]).await.status, 404);
    let forged = [("reader", world.georgia.supervisor.account.to_string())];
    let forged = [("reader", forged[0].1.as_str()), ("part", "notes"), ("days", "30")];
    assert_eq!(darnell.post("/me/choices/new", &forged).await.status, 422);
}

#[tokio::test]
async fn somebody_who_works_here_too_can_let_no_colleague_in() {
    let world = World::new().await;
    let (app, peer) = (&world.app, world.actor(&world.georgia.peer).await);
    let id = PersonId(app.command_id().0);
    let profile = Profile { called: "Lee".into(), ..Profile::default() };
    app.add_person(&peer, app.command_id(), NewPerson { id, profile, works_here: true, first: None })
        .await
        .unwrap();
    assert_eq!(app.people_here(&peer, id).await.unwrap(), []);
    let team = world.georgia.team_member.account;
    let part = porchlight_practice::consent::RecordPart::Profile;
    assert!(app.give_consent(&peer, app.command_id(), id, team, part, 30).await.is_err());
}

/// covers: WI-15
#[tokio::test]
async fn their_record_is_theirs_to_change_and_two_changes_lose_nothing() {
    let world = World::new().await;
    let (app, id) = (&world.app, world.georgia.person_id);
    let peer = world.actor(&world.georgia.peer).await;
    let mut darnell = darnell(&world).await;
    let page = darnell.get("/me/about").await;
    assert_eq!(page.field("called"), "Darnell");
    let typed = [
        ("strengths", "Good with my hands\r\n\r\nI show up"),
        ("never", "No voicemail"),
        ("supporter-1", "Renee, my sister"),
        ("supporter-1-how", "Picks up at night"),
    ];
    let saved = darnell.submit(&page, "/me/about", &typed).await;
    assert_eq!(saved.status, 303);
    assert_eq!(darnell.submit(&page, "/me/about", &typed).await.status, 303, "sent twice, done once");
    let now = app.person(&peer, id).await.unwrap();
    assert_eq!(now.version, 2);
    assert_eq!(now.profile.family_name, "Watts", "what the page does not show stays");
    assert_eq!(now.profile.strengths, ["Good with my hands", "I show up"]);
    let sister = NaturalSupport { name: "Renee, my sister".into(), how: "Picks up at night".into() };
    assert_eq!(now.profile.natural_supports, [sister]);
    assert!(darnell.get("/me").await.says("Renee, my sister"));

    // Everything the record can say about them is here to change.
    let page = darnell.get("/me/about").await;
    let more = [
        ("interpreter", "yes"),
        ("needs", "A ride to work\r\n"),
        ("culture", "Sunday is for my mother"),
        ("way-kind-1", "message"),
        ("way-1", "404 555 0117"),
        ("way-shared-1", "yes"),
    ];
    assert_eq!(darnell.submit(&page, "/me/about", &more).await.status, 303);
    let now = app.person(&peer, id).await.unwrap();
    assert!(now.profile.interpreter);
    assert_eq!(now.profile.needs, ["A ride to work"]);
    assert_eq!(now.profile.culture, "Sunday is for my mother");
    let way = Way { kind: WayKind::Message, value: "404 555 0117".into(), shared: true };
    assert_eq!(now.profile.ways.first(), Some(&way));
    let page = darnell.get("/me/about").await;
    assert_eq!(page.field("way-1"), "404 555 0117");
    assert_eq!(darnell.submit(&page, "/me/about", &[("matters", "Rest")]).await.status, 303);
    let again = app.person(&peer, id).await.unwrap();
    assert_eq!(
        Profile { matters: "Rest".into(), ..now.profile },
        again.profile,
        "saving again changes no more"
    );
    let now = again;

    // The peer specialist saves something while Darnell still types.
    let page = darnell.get("/me/about").await;
    let theirs = Profile { matters: "Sundays with Renee".into(), ..now.profile };
    app.change_person(&peer, app.command_id(), id, theirs, now.version).await.unwrap();
    let clash = darnell.submit(&page, "/me/about", &[("matters", "My own place")]).await;
    assert_eq!(clash.status, 409);
    assert!(clash.says("Somebody changed this while you were writing."));
    assert!(clash.says("Sundays with Renee"), "{}", clash.words());
    assert_eq!(clash.field("matters"), "My own place");
    assert_eq!(darnell.submit(&clash, "/me/about", &[]).await.status, 303);
    assert_eq!(app.person(&peer, id).await.unwrap().profile.matters, "My own place");

    let nameless = darnell.get("/me/about").await;
    let nameless = darnell.submit(&nameless, "/me/about", &[("called", " "), ("matters", "Kept")]).await;
    assert_eq!((nameless.status, nameless.field("matters").as_str()), (422, "Kept"));
    assert!(nameless.says("Write what we should call you."));
}

/// covers: CA-01
#[tokio::test]
async fn a_parent_programme_speaks_its_own_words() {
    let world = World::new().await;
    let id = visit(&world, &world.alabama).await;
    world.app.note(&world.actor(&world.alabama.peer).await, id).await.unwrap();
    let mut rosa = world.client(Role::Person, &world.alabama).await;
    let home = rosa.get("/me").await;
    assert!(
        home.says("Hello, Rosa.") && home.says("Parent peer specialist. With you since"),
        "{}",
        home.words()
    );
    let looks = sentences(&rosa.get("/me/looks").await).join("\n");
    assert!(looks.contains("Denise Harper, your parent peer specialist, read "), "{looks}");
    assert!(rosa.get("/me/choices/new").await.says("From your family's team"));
    // The same pages in Spanish, in the programme's words.
    rosa.set_cookie("lang", Some("es"));
    let home = rosa.get("/me").await;
    assert!(
        home.says("Hola, Rosa.") && home.says("Especialista de apoyo entre madres y padres"),
        "{}",
        home.words()
    );
}
