//! Safety reports on the real site: sending, taking, closing, and that a report of abuse shows nowhere before its time.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use std::collections::BTreeMap;

use axum::http::Method;
use jiff::SignedDuration;
use porchlight_app::account::NewAccount;
use porchlight_app::safety::NewSafetyReport;
use porchlight_outbound::{Address, EmailAddress};
use porchlight_practice::id::SafetyReportId;
use porchlight_practice::safety::{Entry, Kind, Report};
use porchlight_practice::{Lang, Role};
use porchlight_web::site::table;
use world::{Answer, Client, Member, Programme, World};

/// Switches reports on, as an administrator does on the pages: keep the ladder, make a test call that is answered, switch on.
async fn switched_on(world: &World, programme: &Programme) {
    let mut admin = world.client(Role::ProgrammeAdmin, programme).await;
    let page = admin.get("/ladder/change").await;
    let early = admin.submit(&page, "/ladder/change", &[("is_on", "yes")]).await;
    assert_eq!(early.status, 422, "{}", early.words());
    assert!(early.says("Nobody on these steps has answered a test call"), "{}", early.words());
    let kept = admin.submit(&page, "/ladder/change", &[]).await;
    assert_eq!(kept.location().as_deref(), Some("/ladder"), "{}", kept.words());
    let page = admin.get("/ladder").await;
    let supervisor = programme.supervisor.account.to_string();
    admin.submit(&page, "/ladder/test", &[("whom", &supervisor)]).await;
    let mut called = world.client_of(&programme.supervisor).await;
    let tell = called.get("/tell-someone").await;
    let test = tell.text.split("href=\"/ladder/test/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let address = format!("/ladder/test/{test}");
    let page = called.get(&address).await;
    let came = page.field("came");
    called.submit(&page, &address, &[("came", &came)]).await;
    let page = admin.get("/ladder/change").await;
    let on = admin.submit(&page, "/ladder/change", &[("is_on", "yes")]).await;
    assert_eq!(on.location().as_deref(), Some("/ladder"), "{}", on.words());
}

async fn reported(world: &World, kind: Kind) -> SafetyReportId {
    let peer = world.actor(&world.georgia.peer).await;
    let id = SafetyReportId(world.app.command_id().0);
    let report = Report {
        kind,
        this_minute: false,
        who: "zebra-who".into(),
        words: "zebra-words".into(),
        place: "zebra-place".into(),
        with_them: Some(false),
        helped: "zebra-helped".into(),
        known_at: world.app.now(),
    };
    let person = Some(world.georgia.person_id);
    let new = NewSafetyReport { id, person, about_worker: None, report };
    world.app.report_safety(&peer, world.app.command_id(), new).await.unwrap()
}

/// What a page shows, without what differs each time it is made.
fn lasting(page: &Answer) -> String {
    let mut text = format!("{} ", page.status);
    // Ids and secrets: runs of hexadecimal digits and hyphens.
    let is_id =
        |word: &str| word.len() >= 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    for word in page.text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')) {
        if !is_id(word) {
            text.push_str(word);
            text.push(' ');
        }
    }
    text
}

/// Every page there is, with what the world has in each place of a path.
fn every_page(world: &World, report: SafetyReportId) -> Vec<String> {
    let georgia = &world.georgia;
    let place: BTreeMap<&str, String> = [
        ("report", report.to_string()),
        ("person", georgia.person_id.to_string()),
        ("worker", georgia.peer.account.to_string()),
        ("id", georgia.id.to_string()),
    ]
    .into();
    let other = "0198c0de-0000-7000-8000-000000000001".to_owned();
    // News without an end, and a page that offers another secret each time it is asked.
    let never_the_same = ["/live", "/account/second-step/new", "/account/passkeys/new"];
    table()
        .into_iter()
        .filter(|route| route.method == Method::GET && !never_the_same.contains(&route.path))
        .map(|route| {
            let part = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => place.get(name).unwrap_or(&other).clone(),
                None => part.to_owned(),
            };
            route.path.split('/').map(part).collect::<Vec<_>>().join("/")
        })
        .collect()
}

async fn walk(client: &Client, pages: &[String]) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    for path in pages {
        let page = client.clone().get(path).await;
        assert!(page.status < 500, "{path}: {}", page.status);
        seen.insert(path.clone(), lasting(&page));
    }
    seen
}

/// Whoever looks in an emergency finds nothing of a report on any page of it, and the person reads nothing of one there.
#[tokio::test]
async fn an_emergency_look_holds_nothing_of_a_report_kept_from_the_family() {
    let world = World::new().await;
    switched_on(&world, &world.georgia).await;
    let report = reported(&world, Kind::ChildAbuse).await;
    let person = world.georgia.person_id;
    let mut supervisor = world.client_of(&world.georgia.supervisor).await;
    let at = format!("/people/{person}/emergency");
    let page = supervisor.get(&at).await;
    let reason = [("reason", "He called and could not say where he was.")];
    let opened = supervisor.submit(&page, &at, &reason).await;
    assert_eq!(opened.status, 303, "{}", opened.words());
    let open = opened.location().unwrap();
    let mut own = world.client(Role::Person, &world.georgia).await;
    let pages =
        [page, supervisor.get(&open).await, supervisor.get("/emergencies").await, own.get("/me/looks").await];
    for page in pages {
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("zebra") && !page.text.contains(&report.to_string()), "{}", page.words());
    }
}

/// A report of abuse shows nowhere to the person it is about, on no page and in no count, while it is sent, climbs, is read,
/// taken and worked on: every page is the very same as before. Only when a human being has told them there is a sentence,
/// and it names nobody who reported.
///
/// covers: WI-32
#[tokio::test]
async fn a_report_of_abuse_shows_on_no_page_of_the_family_until_somebody_told_them() {
    let world = World::new().await;
    switched_on(&world, &world.georgia).await;
    // The id that the report will have is known to nobody; the walk asks for it all the same.
    let pages = every_page(&world, SafetyReportId("0198c0de-0000-7000-8000-000000000002".parse().unwrap()));
    assert!(pages.len() > 90, "{}", pages.len());
    let own = world.client(Role::Person, &world.georgia).await;
    let before = walk(&own, &pages).await;

    let report = reported(&world, Kind::ChildAbuse).await;
    let (app, georgia) = (&world.app, &world.georgia);
    app.climb().await.unwrap();
    let mut supervisor = world.client_of(&georgia.supervisor).await;
    let page = supervisor.get(&format!("/safety/{report}")).await;
    assert!(page.says("zebra-words") && !page.text.contains("/people/"), "{}", page.words());
    let taken = supervisor.submit(&page, &format!("/safety/{report}/take"), &[]).await;
    assert_eq!(taken.status, 303);
    let page = supervisor.get(&format!("/safety/{report}")).await;
    let step = format!("/safety/{report}/step");
    let ticked = supervisor.submit(&page, &step, &[("reference", "GA-4711")]).await;
    assert_eq!(ticked.status, 303, "{}", ticked.words());

    let after = walk(&own, &pages).await;
    for (path, text) in &before {
        assert_eq!(text, &after[path], "{path} tells of it");
    }
    let by_id = own.clone().get(&format!("/safety/{report}")).await;
    assert_eq!(by_id.status, 404);

    // Told by a human being: now, and not before.
    let actor = world.actor(&georgia.supervisor).await;
    let told = Entry::ToldPerson { words: "zebra-told".into() };
    app.add_to_safety(&actor, app.command_id(), report, told).await.unwrap();
    let mine = own.clone().get("/me/reports").await;
    assert!(mine.says("Lydia Pruitt told you about it"), "{}", mine.words());
    assert!(!mine.text.contains("zebra") && !mine.text.contains("Marisol"), "{}", mine.words());
    for (path, text) in walk(&own, &pages).await {
        assert!(!text.contains("zebra"), "{path}");
    }
    // Nobody else who is supported finds it.
    let mut other = world.client(Role::Person, &world.alabama).await;
    assert!(!other.get("/me/reports").await.says("told you"));
}

/// Those who stand up for a young person are family: a report of abuse shows on no page of theirs either, nothing goes out to
/// them, and the one who was told is the child, not the grown-up.
///
/// covers: WI-32
#[tokio::test]
async fn a_report_of_abuse_shows_on_no_page_of_a_guardian() {
    let world = World::new().await;
    switched_on(&world, &world.georgia).await;
    let (app, georgia) = (&world.app, &world.georgia);
    let peer = world.actor(&georgia.peer).await;
    app.say_birth(&peer, app.command_id(), georgia.person_id, jiff::civil::date(2016, 3, 1)).await.unwrap();
    let link = app.invite_guardian(&peer, app.command_id(), georgia.person_id, "Lena Tillman").await.unwrap();
    let new = NewAccount {
        name: "Lena Tillman".into(),
        sign_in_name: "lena.tillman".into(),
        password: world::PASSWORD.into(),
        lang: Lang::En,
    };
    let secret = app.accept_invitation(&link, new, false).await.unwrap();
    let guardian = app.session(&secret).await.unwrap().actor;
    let member = Member {
        account: guardian.account(),
        membership: guardian.membership(),
        name: "Lena Tillman".into(),
        sign_in_name: "lena.tillman".into(),
    };
    let client = world.client_of(&member).await;
    // Whatever can reach them could; the supervisor has a mailbox too, so that something goes out at all.
    let supervisor = world.actor(&georgia.supervisor).await;
    for (who, email) in [(&guardian, "lena@example.org"), (&supervisor, "lydia@example.org")] {
        app.set_email(who, app.command_id(), email).await.unwrap();
    }
    let pages = every_page(&world, SafetyReportId("0198c0de-0000-7000-8000-000000000002".parse().unwrap()));
    let before = walk(&client, &pages).await;
    assert!(before.values().filter(|text| text.starts_with("200")).count() > 5, "a guardian sees something");

    let report = reported(&world, Kind::ChildAbuse).await;
    app.climb().await.unwrap();
    app.make_calls().await.unwrap();
    for entry in [Entry::Taken, Entry::Added { words: "zebra-added".into() }] {
        app.add_to_safety(&supervisor, app.command_id(), report, entry).await.unwrap();
    }
    for (path, text) in walk(&client, &pages).await {
        assert_eq!(text, before[&path], "{path} tells of it");
    }
    assert_eq!(client.clone().get(&format!("/safety/{report}")).await.status, 404);
    let mailbox = |email: &str| Address::Email(EmailAddress::parse(email).unwrap());
    let went_to = |email: &str| world.sent.sent().iter().any(|sent| sent.to == mailbox(email));
    assert!(went_to("lydia@example.org"));
    assert!(!went_to("lena@example.org"), "something went out to the family");
    // Told to the child: that is not told to the grown-up.
    let told = Entry::ToldPerson { words: "zebra-told".into() };
    app.add_to_safety(&supervisor, app.command_id(), report, told).await.unwrap();
    for (path, text) in walk(&client, &pages).await {
        assert!(!text.contains("zebra"), "{path}");
        assert_eq!(text, before[&path], "{path} tells of it");
    }
}

/// From a phone without scripts: the first question, the form, the next number, somebody takes it, and the other who wanted
/// to is told who was first.
///
/// covers: WI-32, WI-37
#[tokio::test]
async fn a_report_is_sent_seen_and_taken_with_forms_alone() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut peer = world.client(Role::PeerSpecialist, georgia).await;
    assert!(peer.get("/safety/new").await.status == 303, "not before it is switched on");
    switched_on(&world, georgia).await;
    let tell = peer.get("/tell-someone").await;
    assert!(tell.says("Is someone hurt or about to be, this minute?"), "{}", tell.words());
    let calm = peer.get("/safety/new?now=no").await;
    let now = peer.get("/safety/new?now=yes").await;
    // 911 endangers many: it stands first only when somebody is hurt this minute.
    let first = |page: &Answer| page.text.find("tel:911").unwrap() < page.text.find("tel:988").unwrap();
    assert!(first(&now) && !first(&calm));

    let empty = peer.submit(&calm, "/safety/new", &[("place", "The steps")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Choose what you are worried about.") && empty.field("place") == "The steps");
    let person = georgia.person_id.to_string();
    let fields = [
        ("kind", "harm_to_self"),
        ("words", "I can't do another night."),
        ("person", &*person),
        ("with_them", "yes"),
    ];
    let sent = peer.submit(&empty, "/safety/new", &fields).await;
    let address = sent.location().unwrap();
    assert!(address.starts_with("/safety/"), "{}", sent.words());
    // A flaky phone sends the same form again: the same report.
    let again = peer.submit(&empty, "/safety/new", &fields).await;
    assert_eq!(again.location().as_deref(), Some(&*address));

    // Nothing that rings is set up, so the page never says that anybody is being called.
    let own = peer.get(&address).await;
    assert!(own.says("Call Lydia Pruitt now.") && !own.says("We are calling"), "{}", own.words());
    assert!(own.text.contains("data-ahead") && own.says("Owen Castillo"), "{}", own.words());
    world.clock.advance(SignedDuration::from_mins(6));
    world.app.climb().await.unwrap();
    let own = peer.get(&address).await;
    assert!(own.says("Call Owen Castillo now."), "{}", own.words());

    let mut supervisor = world.client_of(&georgia.supervisor).await;
    let mut deputy = world.client_of(&georgia.deputy).await;
    let (one, two) = (supervisor.get(&address).await, deputy.get(&address).await);
    assert!(one.says("No one has taken this yet") && one.says("I will take this"));
    assert!(peer.get(&address).await.says("Lydia Pruitt has seen it"));
    let take = format!("{address}/take");
    deputy.submit(&two, &take, &[]).await;
    let late = supervisor.submit(&one, &take, &[]).await;
    let late = supervisor.follow(late).await;
    assert!(
        late.says("Someone took it just before you.") && late.says("Owen Castillo has this"),
        "{}",
        late.words()
    );
    let own = peer.get(&address).await;
    assert!(own.says("Owen Castillo has this") && own.says("How are you after that?"), "{}", own.words());

    // Nobody else of the programme, and nobody of another.
    for member in [
        &georgia.second_peer,
        &georgia.team_member,
        &georgia.admin,
        &georgia.auditor,
        &world.alabama.supervisor,
    ] {
        assert_eq!(world.client_of(member).await.get(&address).await.status, 404, "{}", member.name);
    }

    // Closing asks for what is missing, and keeps what was typed.
    let close = format!("{address}/close");
    let page = deputy.get(&close).await;
    let reader = georgia.supervisor.account.to_string();
    let day = (world.app.now() + SignedDuration::from_hours(24 * 7))
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
        .to_string();
    let closing = [
        ("outcome", "He is at his sister's."),
        ("told", "Dr. Singh"),
        ("second_reader", &*reader),
        ("follow_up", &*day),
    ];
    let early = deputy.submit(&page, &close, &closing).await;
    assert_eq!(early.status, 422);
    assert_eq!(early.field("outcome"), "He is at his sister's.");
    for whom in ["reporter", "person"] {
        let page = deputy.get(&address).await;
        let back = deputy.submit(&page, &format!("{address}/back"), &[("whom", whom)]).await;
        assert_eq!(back.status, 303, "{}", back.words());
    }
    let page = deputy.get(&close).await;
    let closed = deputy.submit(&page, &close, &closing).await;
    assert_eq!(closed.location().as_deref(), Some(&*address), "{}", closed.words());
    assert!(supervisor.get(&address).await.says("This report is closed"));
    // A day was set on which somebody looks again; on that day it stands among what waits, and goes when they have looked.
    assert!(!deputy.get("/tell-someone").await.says("A report to look at again"));
    world.clock.advance(SignedDuration::from_hours(24 * 8));
    let mut deputy = world.client_of(&georgia.deputy).await;
    let waiting = deputy.get("/tell-someone").await;
    assert!(waiting.says("A report to look at again"), "{}", waiting.words());
    let page = deputy.get(&address).await;
    let again = format!("{address}/again");
    let past = [("again_words", "He has a room of his own."), ("next", "2020-01-01")];
    let wrong = deputy.submit(&page, &again, &past).await;
    assert_eq!((wrong.status, &*wrong.field("again_words")), (422, past[0].1), "{}", wrong.words());
    let looked = deputy.submit(&page, &again, &past[..1]).await;
    assert_eq!(looked.location().as_deref(), Some(&*address), "{}", looked.words());
    assert!(deputy.get(&address).await.says("He has a room of his own."));
    assert!(!deputy.get("/tell-someone").await.says("A report to look at again"));
    // The journal shows the calls and the acts, and nobody's words.
    let journal = world.client_of(&georgia.auditor).await.get("/journal").await;
    for words in ["Sent a safety report", "Called somebody on the ladder", "Took a safety report"] {
        assert!(journal.says(words), "{words}: {}", journal.words());
    }
    assert!(!journal.text.contains("another night"));
}

/// A gap in the rota is shown to whoever keeps it before it comes.
#[tokio::test]
async fn a_gap_in_the_rota_is_shown_before_it_matters() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    assert!(admin.get("/ladder").await.says("Nobody is on call"));
    let page = admin.get("/ladder/change").await;
    let lead = georgia.deputy.account.to_string();
    let shift = [("on-0", &*lead), ("from-0", "08:00"), ("until-0", "08:00"), ("days-0", "monday")];
    let kept = admin.submit(&page, "/ladder/change", &shift).await;
    assert_eq!(kept.status, 303, "{}", kept.words());
    let page = admin.get("/ladder").await;
    assert!(
        page.says("Nobody is on call") && page.says("Tuesday, November 24, 8:00 am until"),
        "{}",
        page.words()
    );
    let bad = admin
        .submit(&admin.clone().get("/ladder/change").await, "/ladder/change", &[("wait-0", "soon")])
        .await;
    assert_eq!(bad.status, 422);
    assert!(bad.says("Write a number of minutes") && bad.field("wait-0") == "soon");
}

#[tokio::test]
async fn a_question_goes_to_ones_supervisor_and_the_answer_comes_back() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut peer = world.client(Role::PeerSpecialist, georgia).await;
    let page = peer.get("/ask/new").await;
    assert!(page.says("Lydia Pruitt reads this"), "{}", page.words());
    let past = georgia.deputy.account.to_string();
    let fields = [("topic", "boundaries"), ("words", "May I lend money?"), ("past", &*past)];
    let no = peer.submit(&page, "/ask/new", &fields).await;
    assert_eq!(no.status, 422);
    assert!(no.field("words") == "May I lend money?", "nothing typed is lost");
    let asked = peer.submit(&page, "/ask/new", &fields[..2]).await;
    assert_eq!(asked.location().as_deref(), Some("/ask"));
    let mut supervisor = world.client_of(&georgia.supervisor).await;
    let list = supervisor.get("/ask").await;
    let id = list.text.split("href=\"/ask/").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let address = format!("/ask/{id}");
    let page = supervisor.get(&address).await;
    supervisor.submit(&page, &address, &[("answer", "Let's talk about it.")]).await;
    assert!(peer.get(&address).await.says("Let's talk about it."));
    assert_eq!(world.client_of(&georgia.second_peer).await.get(&address).await.status, 404);
}

/// An open page hears of a report when its reader works there. A page of the family, or of whoever it is about, hears
/// nothing, not even that something happened. A page that was made before it listened is told what it missed.
#[tokio::test]
async fn only_pages_of_those_who_work_there_hear_of_a_report() {
    let world = World::new().await;
    switched_on(&world, &world.georgia).await;
    let mark =
        |page: &Answer| page.text.split("data-live=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut supervisor = world.client_of(&world.georgia.supervisor).await;
    let mut person = world.client(Role::Person, &world.georgia).await;
    let (at, home) = (mark(&supervisor.get("/day").await), mark(&person.get("/me").await));
    let report = async {
        reported(&world, Kind::ChildAbuse).await;
        world.app.climb().await.unwrap();
        world.app.live().end();
    };
    let (heard, silent, ()) = tokio::join!(supervisor.get(&at), person.get(&home), report);
    assert!(heard.text.contains("event: changed\ndata: now\n\n"), "{}", heard.text);
    assert_eq!(silent.text, "");
    assert!(supervisor.get(&at).await.text.contains("event: changed\ndata: now\n\n"), "it missed something");
    assert_eq!(person.get(&home).await.text, "");
}
