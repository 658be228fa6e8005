//! What workers can show, through the real site: one's own answers, adding a paper, the check by somebody else.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_practice::Role;
use world::{Answer, Client, World};

const ALONE: &str = "/credentials?question=work_alone_with_youth";
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 3, 4, 0xFF, 0xD9];

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// Sends the form of a requirement with a file, as a browser does.
async fn add(client: &mut Client, requirement: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> Answer {
    let path = format!("/credentials/new?for={requirement}");
    let page = client.get(&path).await;
    assert_eq!(page.status, 200, "{requirement}");
    client.upload(&page, "/credentials/new", fields, file).await
}

async fn added(client: &mut Client, requirement: &str, day: &str) {
    let answer = add(client, requirement, &[("day", day)], Some(JPEG)).await;
    assert_eq!(answer.status, 303, "{requirement}: {}", answer.words());
}

/// A new parent peer specialist in Alabama, from the first day to yes, to the warning, and to the closed gate.
/// covers: AL-62, AL-63, AL-64, AL-69, AL-70, AL-71
#[tokio::test]
async fn a_year_with_a_new_parent_peer_specialist() {
    let world = World::new().await;
    let mut peer = world.client_of(&world.alabama.peer).await;
    let page = peer.get(ALONE).await;
    for said in ["May I work alone with youth?", "Not yet", "4 of 4 things are left", "You can meet parents"]
    {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    assert!(!page.says("May this visit be billed?"), "that is asked of a visit");

    // From the first paper on it counts, though nobody has looked yet.
    for requirement in ["infection_control", "crisis_training", "abuse_and_neglect"] {
        added(&mut peer, requirement, "2026-11-10").await;
    }
    let page = peer.get(ALONE).await;
    assert!(page.says("One thing is left: Tuberculosis."), "{}", page.words());
    added(&mut peer, "tuberculosis", "2026-11-12").await;
    let page = peer.get(ALONE).await;
    assert!(page.says("Everything is in place."), "{}", page.words());
    assert!(page.says("This is yes until November 10, 2027"), "{}", page.words());

    // One simulated year on: nothing to warn about three months before, then the warning, then the closed gate.
    let mut supervisor = world.client_of(&world.alabama.supervisor).await;
    world.app.work_out_answers().await.unwrap();
    assert!(supervisor.get("/ahead").await.says("Nothing changes in 90 days"));
    world.clock.advance(days(300));
    assert_eq!(world.app.work_out_answers().await.unwrap(), 0, "nobody's day has come");
    let mut supervisor = world.client_of(&world.alabama.supervisor).await;
    let page = supervisor.get("/ahead").await;
    assert!(page.says("November 11, 2027") && page.says("Denise Harper"), "{}", page.words());
    world.clock.advance(days(57));
    assert_eq!(world.app.work_out_answers().await.unwrap(), 1, "only the one whose day has come");
    let mut peer = world.client_of(&world.alabama.peer).await;
    let page = peer.get(ALONE).await;
    assert!(page.says("Not yet") && page.says("Out of date"), "{}", page.words());
    assert!(page.says("Ended November 10, 2027"), "{}", page.words());
}

/// The document beside what was typed; taken or sent back with a reason, by somebody else.
#[tokio::test]
async fn somebody_else_looks_at_it_and_nobody_at_their_own() {
    let world = World::new().await;
    let mut peer = world.client_of(&world.alabama.peer).await;
    added(&mut peer, "tuberculosis", "2026-11-12").await;
    let mut admin = world.client_of(&world.alabama.admin).await;
    let queue = admin.get("/papers-to-check").await;
    assert!(queue.says("Tuberculosis") && queue.says("Denise Harper"), "{}", queue.words());
    let path = queue.text.split("href=\"/credentials/").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/credentials/{path}");

    let page = admin.get(&path).await;
    assert!(page.says("Does the paper say the same?") && page.text.contains("<img class=\"evidence\""));
    let document = admin.get(&format!("{path}/document")).await;
    assert_eq!(document.headers["content-type"], "image/jpeg");
    assert_eq!(document.headers["content-disposition"], "attachment; filename=\"paper.jpg\"");
    assert_eq!(document.headers["x-content-type-options"], "nosniff");

    let silent = admin.submit(&page, &path, &[("how", "back"), ("why", " ")]).await;
    assert_eq!(silent.status, 422);
    assert!(silent.says("Write what is missing"));
    let back = [("how", "back"), ("why", "The day can’t be read.")];
    let back = admin.submit(&page, &path, &back).await;
    assert!(admin.follow(back).await.says("Sent back with your words."));
    let page = peer.get(&path).await;
    assert!(page.says("Sent back") && page.says("The day can’t be read."), "{}", page.words());
    assert!(peer.get(ALONE).await.says("4 of 4 things are left"), "what was sent back does not count");

    // Nobody of the others: not a colleague, not the supervisor, nobody of another programme, nobody's own.
    for member in [&world.alabama.second_peer, &world.alabama.supervisor, &world.georgia.admin] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get(&path).await.status, 404, "{}", member.name);
        assert_eq!(other.get(&format!("{path}/document")).await.status, 404, "{}", member.name);
        assert_eq!(other.post(&path, &[("how", "take")]).await.status, 404, "{}", member.name);
    }
    assert_eq!(peer.post(&path, &[("how", "take")]).await.status, 404);
    let mut person = world.client(Role::Person, &world.alabama).await;
    assert_eq!(person.get("/credentials").await.status, 404);
}

/// A file that could act, or is something else, stays outside; nothing typed is lost.
#[tokio::test]
async fn a_file_that_could_act_stays_outside_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let mut peer = world.client_of(&world.alabama.peer).await;
    let script = b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (x) >> >>\n%%EOF";
    let large = [JPEG, &vec![0; 10 * 1024 * 1024]].concat();
    for (file, said) in [
        (&script[..], "There is something in this PDF that can run by itself"),
        (b"<svg><script>1</script></svg>", "This is not a photo or a PDF."),
        (&large[..], "This file is over 10 MB."),
    ] {
        let answer =
            add(&mut peer, "tuberculosis", &[("day", "2026-11-12"), ("hours", "1.5")], Some(file)).await;
        assert_eq!(answer.status, 422);
        assert!(answer.says(said), "{}", answer.words());
        assert!(answer.text.contains("value=\"2026-11-12\"") && answer.text.contains("value=\"1.5\""));
    }
    let future = add(&mut peer, "tuberculosis", &[("day", "2026-11-20")], None).await;
    assert!(future.says("This day has not come yet."), "{}", future.words());
    let none = peer.get("/credentials").await;
    assert!(none.says("Nothing yet. Start with your certificate"), "nothing was kept");
    assert_eq!(peer.get("/credentials/new?for=no_such").await.status, 404);
    // Taken back while nobody has looked.
    added(&mut peer, "tuberculosis", "2026-11-12").await;
    let page = peer.get("/credentials").await;
    let id = page.text.split("href=\"/credentials/0").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/credentials/0{id}");
    let page = peer.get(&path).await;
    let gone = peer.submit(&page, &format!("{path}/take-back"), &[]).await;
    assert!(peer.follow(gone).await.says("Taken back. It is gone."));
    assert_eq!(peer.get(&path).await.status, 404);
}

/// A note of what has happened is never held up: beside it stands a word on what is left.
#[tokio::test]
async fn with_a_child_there_the_note_says_what_is_left_and_is_not_held_up() {
    let world = World::new().await;
    let mut peer = world.client_of(&world.alabama.peer).await;
    let actor = world.actor(&world.alabama.peer).await;
    let said = "Not everything for that is in place yet.";
    let draft = |with_child: bool| {
        let mut draft = porchlight_practice::contact::Draft::default();
        if with_child {
            draft.present.insert("child".into());
        }
        draft
    };
    for with_child in [false, true] {
        let id = porchlight_practice::id::ContactId(world.app.command_id().0);
        let command = world.app.command_id();
        world
            .app
            .save_draft(&actor, command, id, world.alabama.person_id, draft(with_child), 0)
            .await
            .unwrap();
        let page = peer.get(&format!("/contacts/{id}/edit")).await;
        assert_eq!(page.says(said), with_child, "{}", page.words());
    }
    for requirement in ["infection_control", "crisis_training", "abuse_and_neglect", "tuberculosis"] {
        added(&mut peer, requirement, "2026-11-10").await;
    }
    let id = porchlight_practice::id::ContactId(world.app.command_id().0);
    let command = world.app.command_id();
    world.app.save_draft(&actor, command, id, world.alabama.person_id, draft(true), 0).await.unwrap();
    assert!(!peer.get(&format!("/contacts/{id}/edit")).await.says(said));
}

/// Whoever books asks one gate. Before "working with youth" without "alone" accompanied work stops too; a visit can't be
/// booked past the day it closes; the supervisor hears of it a week before; and they learn no reasons.
///
/// covers: AL-56, AL-63, AL-64, AL-70, AL-71
#[tokio::test]
async fn a_gate_closes_for_what_is_booked_and_the_supervisor_hears_a_week_before() {
    use jiff::civil::date;
    use porchlight_app::gate::Activity;
    use porchlight_practice::rule::Word;
    let world = World::new().await;
    let (app, place) = (&world.app, &world.alabama);
    let (peer, lead) = (world.actor(&place.peer).await, world.actor(&place.supervisor).await);
    let who = place.peer.account;
    let mut client = world.client_of(&place.peer).await;
    let gate = async |activity, day| app.gate(&peer, who, activity, day).await.unwrap();
    let soon = date(2026, 11, 20);
    assert!(!gate(Activity::WithYouth, soon).await.is_open());
    added(&mut client, "infection_control", "2026-11-12").await;
    assert!(gate(Activity::WithYouth, soon).await.is_open(), "together with somebody who is cleared");
    let alone = gate(Activity::AloneWithYouth, soon).await;
    assert_eq!(alone.closed_by().map(|answer| answer.question.id.as_str()), Some("work_alone_with_youth"));
    for requirement in ["crisis_training", "abuse_and_neglect", "tuberculosis"] {
        added(&mut client, requirement, "2026-11-15").await;
    }
    let open = gate(Activity::AloneWithYouth, soon).await;
    assert!(open.is_open());
    assert_eq!(open.last, Some(date(2027, 11, 12)), "no visit can be booked past this day");
    assert!(gate(Activity::AloneWithYouth, date(2027, 11, 12)).await.is_open());
    let with = gate(Activity::WithYouth, date(2027, 11, 13)).await;
    assert!(!with.is_open(), "infection control is asked of any work with youth");
    assert!(!gate(Activity::AloneWithYouth, date(2027, 11, 13)).await.is_open());
    assert!(!gate(Activity::DriveFamilies, soon).await.is_open(), "licence, record and insurance");

    // Whoever books for somebody else learns the word and the day.
    let theirs = app.gate(&lead, who, Activity::AloneWithYouth, soon).await.unwrap();
    assert_eq!((theirs.word, theirs.last), (Word::Yes, Some(date(2027, 11, 12))));
    assert!(theirs.answers.is_empty());
    let colleague = world.actor(&place.second_peer).await;
    assert!(app.gate(&colleague, who, Activity::WithYouth, soon).await.is_err());
    let elsewhere = world.actor(&world.georgia.supervisor).await;
    assert!(app.gate(&elsewhere, who, Activity::WithYouth, soon).await.is_err());
    // A pack without such a question has no such gate.
    let georgia = world.actor(&world.georgia.peer).await;
    let free = app.gate(&georgia, world.georgia.peer.account, Activity::AloneWithYouth, soon).await.unwrap();
    assert!(free.is_open() && free.last.is_none());

    // A week before, on the day of their supervisor and of nobody else's.
    app.work_out_answers().await.unwrap();
    let asked = "May I work alone with youth? Yes up to November 12, 2027.";
    for (now, said) in [("2027-11-05T15:00:00Z", false), ("2027-11-06T15:00:00Z", true)] {
        world.clock.set(now);
        app.work_out_answers().await.unwrap();
        let day = world.client_of(&place.supervisor).await.get("/day").await;
        assert_eq!(day.says(asked), said, "{now}: {}", day.words());
        assert_eq!(day.says("Within a week"), said, "{}", day.words());
        let ahead = world.client_of(&place.supervisor).await.get("/ahead").await;
        assert_eq!(ahead.says("Within a week"), said, "{}", ahead.words());
        assert!(!world.client_of(&world.georgia.supervisor).await.get("/day").await.says("Denise Harper"));
    }
}

/// What somebody has shown goes along in one file that opens anywhere: the same bytes, with the supervision they had; and
/// it is still there when they no longer work here.
#[tokio::test]
async fn it_is_taken_along_and_stays_reachable_after_leaving() {
    use std::io::Read;
    let world = World::new().await;
    let (app, place) = (&world.app, &world.alabama);
    let mut peer = world.client_of(&place.peer).await;
    added(&mut peer, "tuberculosis", "2026-11-12").await;
    let (lead, actor) = (world.actor(&place.supervisor).await, &place.peer);
    let with = std::collections::BTreeSet::from([actor.account]);
    let day = jiff::civil::date(2026, 11, 19);
    let booking = porchlight_practice::supervision::Booking {
        kind: porchlight_practice::rule::fact::SessionKind::Individual,
        day,
        time: None,
        supervisor: place.supervisor.account,
        with: with.clone(),
    };
    let id = app.book_supervision(&lead, app.command_id(), booking).await.unwrap();
    let account = porchlight_practice::supervision::Account {
        day,
        minutes: 75,
        took_part: with,
        topics: Default::default(),
        skills: Default::default(),
        agreed: "A zebra that stays in the record.".into(),
        next: porchlight_practice::supervision::Next::NotNow { why: "Leave.".into() },
    };
    let recorded =
        porchlight_app::supervision::Recorded { account, talked_about: Vec::new(), yes: None, version: 1 };
    app.record_supervision(&lead, app.command_id(), id, recorded).await.unwrap();

    let opened = |bytes: Vec<u8>| {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut files = std::collections::BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            files.insert(file.name().to_owned(), bytes);
        }
        files
    };
    let page = peer.get("/credentials/take").await;
    assert!(page.says("1 thing you have shown") && page.says("1 meeting of supervision"), "{}", page.words());
    let bytes = peer.bytes("/credentials/take/1").await;
    let files = opened(bytes);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["papers/001.jpg", "read-me.txt", "worker.json"]);
    assert_eq!(files["papers/001.jpg"], JPEG);
    let words = String::from_utf8(files["read-me.txt"].clone()).unwrap();
    assert!(words.contains("Denise Harper") && words.contains("1 hour and 15 minutes"), "{words}");
    let machine: serde_json::Value = serde_json::from_slice(&files["worker.json"]).unwrap();
    assert_eq!(machine["supervision"][0]["minutes"], 75);
    assert_eq!(machine["shown"][0]["entry"]["topics"][0], "tuberculosis");
    assert_eq!(peer.get("/credentials/take/2").await.status, 404);
    assert_eq!(peer.get("/credentials/take/0").await.status, 404);
    // It is the worker's alone.
    let mut admin = world.client_of(&place.admin).await;
    assert!(admin.get("/credentials/take").await.says("0 things you have shown"));

    let office = world.actor(&place.admin).await;
    app.end_worker(&office, app.command_id(), place.id, actor.membership).await.unwrap();
    let mut gone = world.stranger();
    let page = gone.get("/sign-in").await;
    let fields = [("sign_in_name", actor.sign_in_name.as_str()), ("password", world::PASSWORD)];
    assert_eq!(gone.submit(&page, "/sign-in", &fields).await.status, 303);
    assert!(gone.get("/credentials/take").await.says("1 thing you have shown"));
    let files = opened(gone.bytes("/credentials/take/1").await);
    assert_eq!(files["papers/001.jpg"], JPEG);
    assert_eq!(gone.get("/credentials").await.status, 404, "nothing else of the programme is open");
}

/// What somebody attended is kept with its certificate, counts towards the year, and the same certificate counts once.
///
/// covers: GA-27
#[tokio::test]
async fn georgia_keeps_what_was_attended_with_its_certificate_and_counts_it_once() {
    let world = World::new().await;
    let mut peer = world.client_of(&world.georgia.peer).await;
    let exam = add(&mut peer, "state_exam", &[("day", "2025-06-14"), ("passed", "yes")], Some(JPEG)).await;
    assert_eq!(exam.status, 303, "{}", exam.words());
    let event = [
        ("title", "Ethics in the hallway"),
        ("day", "2026-03-05"),
        ("hours", "3"),
        ("category", "peer_ethics"),
        ("sponsor", "gmhcn"),
        ("certificate", "GM-77"),
    ];
    for _ in 0..2 {
        assert_eq!(add(&mut peer, "yearly_hours", &event, Some(JPEG)).await.status, 303);
    }
    let meeting = [("title", "In-service: the county’s new line"), ("day", "2026-04-02"), ("hours", "1.5")];
    assert_eq!(add(&mut peer, "yearly_hours", &meeting, None).await.status, 303);
    let page = peer.get("/credentials").await;
    for said in ["Ethics in the hallway", "In-service: the county’s new line", "4.5 of 12 hours"] {
        assert!(page.text.contains(said) || page.says(said), "{said}: {}", page.words());
    }
    // In the file that goes along, with its paper.
    assert!(peer.get("/credentials/take").await.says("4 things you have shown"), "{}", page.words());
}

/// A topic that families need is chosen by name, counts, and has one's own corner beside it.
///
/// covers: CA-49
#[tokio::test]
async fn california_takes_hours_on_what_families_need_with_ones_own_corner_beside() {
    let world = World::new().await;
    let place = world.also("us-ca-parent").await;
    let mut peer = world.client_of(&place.peer).await;
    let certificate = add(&mut peer, "certificate", &[("day", "2026-01-10")], Some(JPEG)).await;
    assert_eq!(certificate.status, 303, "{}", certificate.words());
    let page = peer.get("/credentials/new?for=renewal_hours").await;
    assert!(page.says("Secondary trauma and compassion fatigue"), "{}", page.words());
    assert!(page.says("What you hear can stay with you.") && page.text.contains("href=\"/mine\""));
    let fields = [
        ("title", "Carrying what we hear"),
        ("day", "2026-05-05"),
        ("hours", "6"),
        ("topic", "secondary_trauma"),
    ];
    let added = peer.upload(&page, "/credentials/new", &fields, None).await;
    assert_eq!(added.status, 303, "{}", added.words());
    let page = peer.get("/credentials").await;
    assert!(page.text.contains("6 of 20 hours"), "{}", page.words());
    let path = page.text.split("Carrying what we hear").next().unwrap().rsplit("href=\"").next().unwrap();
    let path = path.split('"').next().unwrap().to_owned();
    assert!(peer.get(&path).await.says("Secondary trauma"), "the topic is kept");
    assert_eq!(peer.get("/mine").await.status, 200);
}

/// What the association's pages list stands with one's own credentials: each of its sections, with an address only where
/// one is known.
///
/// covers: WI-45
#[tokio::test]
async fn wisconsin_says_where_to_learn_more() {
    use porchlight_practice::pack::LearnFor;
    let world = World::new().await;
    let place = world.also("us-wi-adult").await;
    let page = world.client_of(&place.peer).await.get("/credentials").await;
    let view = world.app.programme(&world.actor(&place.admin).await, place.id).await.unwrap();
    for what in [
        LearnFor::Membership,
        LearnFor::News,
        LearnFor::Courses,
        LearnFor::StudyGuide,
        LearnFor::Codes,
        LearnFor::Jobs,
        LearnFor::Calendar,
    ] {
        let one = view.rules.learning.iter().find(|one| one.what == what).unwrap();
        assert!(page.says(&one.name.en) && page.says(&one.about.en), "{what:?}: {}", page.words());
        if let Some(address) = &one.address {
            assert!(page.text.contains(&format!("href=\"{address}\" rel=\"noreferrer\"")), "{address}");
        }
    }
    let other = world.client_of(&world.georgia.peer).await.get("/credentials").await;
    assert!(!other.says("Where to learn more"), "nothing is made up where nothing is known");
}

/// The level of supervision that was set is on file up to the day on which it is looked at again, and not a day longer.
///
/// covers: GA-06
#[tokio::test]
async fn georgias_level_of_supervision_is_looked_at_again_by_its_day() {
    let world = World::new().await;
    let asked = "/credentials?question=supervision_up_to_date";
    let mut peer = world.client_of(&world.georgia.peer).await;
    assert!(peer.get(asked).await.says("A level of supervision: close or general"));
    let level = [("which", "general_supervision"), ("day", "2026-11-01"), ("until", "2027-01-31")];
    let sent = add(&mut peer, "supervision_level", &level, None).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    let page = peer.get(asked).await;
    assert!(
        page.says("Everything is in place.") && page.says("yes until January 31, 2027"),
        "{}",
        page.words()
    );
    world.clock.set("2027-02-01T06:00:00Z");
    let mut peer = world.client_of(&world.georgia.peer).await;
    let page = peer.get(asked).await;
    assert!(page.says("Not yet") && page.says("Ended January 31, 2027"), "{}", page.words());
}
