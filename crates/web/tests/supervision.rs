//! Supervision through the real site: what is brought and by whom, the signed record and who reads it, minutes in the
//! rules at once, a person's yes to somebody sitting in, and a circle that can't be closed.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_app::{Error, Fault};
use porchlight_practice::Role;
use porchlight_practice::counsel::Topic;
use porchlight_practice::id::AccountId;
use porchlight_practice::supervision::{Item, SupervisionFault};
use world::{Answer, Client, Member, World};

fn text(id: &AccountId) -> String {
    id.to_string()
}

/// The first address of a kind on a page.
fn address(page: &Answer, start: &str) -> String {
    let rest = page
        .text
        .split(&format!("href=\"{start}"))
        .nth(1)
        .unwrap_or_else(|| panic!("{start}: {}", page.words()));
    format!("{start}{}", rest.split('"').next().unwrap())
}

/// The page of a meeting that was just booked.
fn path_of(booked: &Answer) -> String {
    assert_eq!(booked.status, 303, "{}", booked.words());
    booked.location().unwrap().trim_end_matches("/record").to_owned()
}

/// Books a meeting and answers the address of its page.
async fn book(lead: &mut Client, kind: &str, with: &[&Member], day: &str) -> Answer {
    let page = lead.get("/supervision/new").await;
    assert_eq!(page.status, 200);
    let ids: Vec<String> = with.iter().map(|one| text(&one.account)).collect();
    let mut fields = vec![("kind", kind), ("day", day), ("time", "10:30")];
    fields.extend(ids.iter().map(|id| ("with", id.as_str())));
    lead.submit(&page, "/supervision/new", &fields).await
}

/// Records it with the form as it stands, with these answers.
async fn record(lead: &mut Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let page = lead.get(&format!("{path}/record")).await;
    assert_eq!(page.status, 200, "{path}");
    lead.submit(&page, &format!("{path}/record"), fields).await
}

const HELD: [(&str, &str); 3] =
    [("minutes", "60"), ("agreed", "Two visits a day at most."), ("next_day", "2026-12-04")];

/// From what a worker brings to the record both have signed.
///
/// covers: AL-26, CA-67, CA-68, CA-69, GA-55, WI-27
#[tokio::test]
async fn what_is_brought_is_read_by_one_and_never_gets_into_the_record() {
    let world = World::new().await;
    let place = &world.alabama;
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get("/supervision").await;
    assert!(page.says("Nothing is booked."), "{}", page.words());
    let lead_id = text(&place.supervisor.account);
    let silent = peer.submit(&page, "/supervision/agenda", &[("words", " "), ("to", &lead_id)]).await;
    assert_eq!(silent.status, 422);
    assert!(silent.says("Write a few words."));
    let brought =
        [("words", "A zebra word of mine."), ("topic", "feelings_between"), ("to", lead_id.as_str())];
    let answer = peer.submit(&page, "/supervision/agenda", &brought).await;
    assert!(peer.follow(answer).await.says("A zebra word of mine."));

    let mut lead = world.client_of(&place.supervisor).await;
    let answer = book(&mut lead, "individual", &[&place.peer], "2026-11-19").await;
    let path = path_of(&answer);
    let page = lead.follow(answer).await;
    assert!(page.says("A zebra word of mine."), "today's meeting is recorded at once: {}", page.words());

    assert!(peer.get(&path).await.says("A zebra word of mine."), "the worker sees their own");
    // Of those who see that there is a meeting, nobody else reads what is brought.
    let deputy = world.client_of(&place.deputy).await.get(&path).await;
    assert!(deputy.status == 200 && !deputy.says("zebra"), "{}", deputy.words());

    let item =
        page.text.split("name=\"talked\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let none = record(&mut lead, &path, &[("minutes", "60"), ("agreed", "Two visits a day at most.")]).await;
    assert_eq!(none.status, 422);
    assert!(none.says("Choose the next day, or say in a few words why not now."), "{}", none.words());
    assert!(none.text.contains("Two visits a day at most."), "nothing typed is lost");
    let mut fields = HELD.to_vec();
    fields.extend([("talked", item.as_str()), ("topic", "self_care"), ("topic", "feelings_between")]);
    let held = record(&mut lead, &path, &fields).await;
    let page = lead.follow(held).await;
    for said in
        ["Two visits a day at most.", "Taking care of yourself", "1 hour", "Nothing in it has changed"]
    {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    assert!(!page.says("zebra"), "what was talked about stays off the record");
    assert!(page.says("Wanda Pickett, ") && page.says("Friday, December 4"), "{}", page.words());

    // The next one is booked, what was talked about has left the list, and the worker may sign too.
    let own = peer.get("/supervision").await;
    assert!(own.says("Friday, December 4") && !own.says("zebra"), "{}", own.words());
    let page = peer.get(&path).await;
    let signed = peer.submit(&page, &format!("{path}/sign"), &[]).await;
    let page = peer.follow(signed).await;
    assert!(page.says("Denise Harper, ") && !page.says("Sign it too"), "{}", page.words());
    let again = lead.get(&format!("{path}/record")).await;
    assert_eq!(again.status, 303, "a record is not written twice");
}

/// Open questions, notes that came back and reports are offered and wait to be picked; only what is one's own can be.
#[tokio::test]
async fn what_could_be_brought_is_offered_and_picked() {
    let world = World::new().await;
    let (app, place) = (&world.app, &world.alabama);
    let actor = world.actor(&place.peer).await;
    let question = app
        .ask_counsel(&actor, app.command_id(), Topic::Boundaries, "May I lend money?", None)
        .await
        .unwrap();
    let mut peer = world.client_of(&place.peer).await;
    let page = peer.get("/supervision").await;
    assert!(page.says("You could bring") && page.says("Where my work ends"), "{}", page.words());
    let mut lead = world.client_of(&place.supervisor).await;
    let answer = book(&mut lead, "individual", &[&place.peer], "2026-11-19").await;
    let path = path_of(&answer);
    assert!(!lead.get(&path).await.says("Where my work ends"), "nothing gets there by itself");
    let item = format!("question:{question}");
    let picked = [("item", item.as_str()), ("to", &text(&place.supervisor.account))];
    let answer = peer.post("/supervision/agenda", &picked).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    assert!(!peer.get("/supervision").await.says("You could bring"));
    assert!(lead.get(&path).await.says("Where my work ends"));
    // Somebody else's question is nobody's to bring, nor is it brought to whom it was not put.
    let other = world.actor(&place.second_peer).await;
    let theirs = app
        .bring_to_supervision(
            &other,
            app.command_id(),
            place.supervisor.account,
            Item::Question { id: question },
        )
        .await;
    assert!(matches!(theirs, Err(Error::Fault(Fault::Unknown("item")))), "{theirs:?}");
    let deputy = app
        .bring_to_supervision(&actor, app.command_id(), place.deputy.account, Item::Question { id: question })
        .await;
    assert!(matches!(deputy, Err(Error::Fault(Fault::Unknown("to")))), "{deputy:?}");
}

/// Only the worker and whoever supervises them read a record; human resources sees that and when.
#[tokio::test]
async fn only_those_who_were_there_read_it_and_human_resources_sees_when() {
    let world = World::new().await;
    let place = &world.alabama;
    let mut lead = world.client_of(&place.supervisor).await;
    let answer = book(&mut lead, "individual", &[&place.peer], "2026-11-19").await;
    let path = path_of(&answer);

    let held = record(&mut lead, &path, &HELD).await;
    assert_eq!(held.status, 303, "{}", held.words());
    let mut admin = world.client_of(&place.admin).await;
    let times = admin.get("/supervision-times").await;
    assert!(times.says("Denise Harper") && times.says("November 19, 2026"), "{}", times.words());
    assert!(!times.says("Two visits a day"), "never what it was about");
    for member in [
        &place.second_peer,
        &place.admin,
        &place.team_member,
        &place.privacy_lead,
        &place.auditor,
        &place.person,
        &world.georgia.supervisor,
        &world.georgia.admin,
    ] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get(&path).await.status, 404, "{}", member.name);
        assert_eq!(other.get(&format!("{path}/record")).await.status, 404, "{}", member.name);
        assert_eq!(other.post(&format!("{path}/sign"), &[]).await.status, 404, "{}", member.name);
        assert_eq!(
            other.post(&format!("{path}/strike"), &[("why", "x")]).await.status,
            404,
            "{}",
            member.name
        );
    }
    for member in [&place.peer, &place.second_peer, &place.supervisor, &place.team_member] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.get("/supervision-times").await.status, 404, "{}", member.name);
    }
    let mut deputy = world.client_of(&place.deputy).await;
    assert_eq!(deputy.get(&path).await.status, 200, "who stands in reads it");
    assert_eq!(
        deputy.post(&format!("{path}/strike"), &[("why", "x")]).await.status,
        404,
        "and changes nothing"
    );
}

/// A group's whole time counts for each of its members, for every rule at once; what is struck counts no more.
///
/// covers: AL-05, AL-58, AL-59
#[tokio::test]
async fn minutes_count_in_full_for_everybody_at_once_and_not_when_struck() {
    let world = World::new().await;
    let (app, place) = (&world.app, &world.alabama);
    world.clock.set("2027-01-20T18:00:00Z");
    app.work_out_answers().await.unwrap();
    let mut lead = world.client_of(&place.supervisor).await;
    let day = lead.get("/day").await;
    assert!(day.says("Supervision to book") && day.says("Denise Harper"), "{}", day.words());
    let page = lead.get("/supervision").await;
    assert!(page.says("To book"), "{}", page.words());
    let mut peer = world.client_of(&place.peer).await;
    let asked = "/credentials?question=supervision_up_to_date";
    let page = peer.get(asked).await;
    assert!(page.says("Not yet") && !page.says("No."), "never the worker's no: {}", page.words());

    // The world's supervisor is the director; the pack asks for the clinical director in the group.
    let both = [&place.peer, &place.second_peer];
    let one = book(&mut lead, "group", &both[..1], "2027-01-20").await;
    assert!(one.status == 422 && one.says("A group has two or more."), "{}", one.words());
    let answer = book(&mut lead, "group", &both, "2027-01-20").await;
    let path = path_of(&answer);

    let fields = [("minutes", "90"), ("agreed", "We read the new code."), ("not_now", "The room is closed.")];
    let held = record(&mut lead, &path, &fields).await;
    let page = lead.follow(held).await;
    assert!(page.says("Not now: The room is closed.") && page.says("Jorge Salas"), "{}", page.words());
    for member in both {
        let facts = app.sessions_of(&world.actor(member).await).await.unwrap();
        let minutes: Vec<u32> = facts.iter().map(|session| session.minutes).collect();
        assert_eq!(minutes, [90], "{}", member.name);
        assert!(facts[0].by.contains(&"program_director".to_owned()) && facts[0].signed, "{facts:?}");
    }
    let page = lead.get(&path).await;
    let silent = lead.submit(&page, &format!("{path}/strike"), &[("why", " ")]).await;
    assert_eq!(silent.status, 422);
    let struck = lead.submit(&page, &format!("{path}/strike"), &[("why", "It was a day later.")]).await;
    let page = lead.follow(struck).await;
    assert!(page.says("This record was struck.") && page.says("We read the new code."), "{}", page.words());
    assert!(app.sessions_of(&world.actor(&place.peer).await).await.unwrap().is_empty());
}

/// Sitting in needs the person's yes to this time, said before, and theirs to take back.
#[tokio::test]
async fn nobody_sits_in_without_the_persons_yes() {
    let world = World::new().await;
    let place = &world.alabama;
    let mut lead = world.client_of(&place.supervisor).await;
    let mut peer = world.client_of(&place.peer).await;
    let answer = book(&mut lead, "observed", &[&place.peer], "2026-11-19").await;
    let path = path_of(&answer);
    let without = record(&mut lead, &path, &HELD).await;
    assert_eq!(without.status, 422);
    assert!(without.says("The person has to say yes to this day first."), "{}", without.words());

    let asks = format!("/people/{}/sitting-in", place.person_id);
    let page = peer.get(&asks).await;
    assert!(page.says("No is a good answer"), "{}", page.words());
    let who = text(&place.supervisor.account);
    let unsaid = peer.submit(&page, &asks, &[("supervisor", &who), ("day", "2026-11-19")]).await;
    assert!(unsaid.status == 422 && unsaid.says("Tick this when they have said yes."), "{}", unsaid.words());
    let late = [("supervisor", who.as_str()), ("day", "2026-11-18"), ("said_yes", "yes")];
    let late = peer.submit(&page, &asks, &late).await;
    assert!(late.says("Ask before the visit."), "{}", late.words());
    let yes = [("supervisor", who.as_str()), ("day", "2026-11-19"), ("said_yes", "yes")];
    let said = peer.submit(&page, &asks, &yes).await;
    assert!(peer.follow(said).await.says("may sit in with Denise Harper on November 19, 2026."));

    // The person reads it and takes it back; then it is no ground for a record.
    let mut person = world.client_of(&place.person).await;
    let page = person.get("/me/choices").await;
    assert!(page.says("Wanda Pickett may sit in"), "{}", page.words());
    let action =
        page.text.split("action=\"/me/choices/sitting-in/").nth(1).unwrap().split('"').next().unwrap();
    let action = format!("/me/choices/sitting-in/{action}");
    let back = person.submit(&page, &action, &[]).await;
    assert!(person.follow(back).await.says("Wanda Pickett will not sit in"));
    let without = record(&mut lead, &path, &HELD).await;
    assert!(without.says("There is no yes for this day."), "{}", without.words());

    let page = peer.get(&asks).await;
    peer.submit(&page, &asks, &yes).await;
    let held = record(&mut lead, &path, &HELD).await;
    assert_eq!(held.status, 303, "{}", held.words());
    assert!(person.get("/me/choices").await.says("Wanda Pickett sat in with Denise Harper"));
    // One yes, one time.
    let answer = book(&mut lead, "observed", &[&place.peer], "2026-11-19").await;
    let path = path_of(&answer);
    assert!(record(&mut lead, &path, &HELD).await.says("There is no yes for this day."));
    // Nobody says yes for somebody with whom they don't walk.
    let mut other = world.client_of(&place.second_peer).await;
    assert_eq!(other.get(&asks).await.status, 404);
    assert_eq!(lead.get(&asks).await.status, 404);
}

/// Nobody supervises themselves, not through others, and not in another programme; a host site's supervisor stands beside
/// the employer's.
#[tokio::test]
async fn a_circle_of_supervisors_can_t_be_closed_and_two_can_supervise_one() {
    let world = World::new().await;
    let (app, place) = (&world.app, &world.alabama);
    let admin = world.actor(&place.admin).await;
    let (peer, lead, deputy) = (place.peer.account, place.supervisor.account, place.deputy.account);
    app.name_other_supervisor(&admin, app.command_id(), place.id, peer, deputy).await.unwrap();
    let workers = app.workers(&admin, place.id).await.unwrap();
    let denise = workers.iter().find(|worker| worker.account == peer).unwrap();
    assert_eq!(denise.supervisor.as_ref().map(|(id, _)| *id), Some(lead), "the first one stays the first");
    assert_eq!(denise.also.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [deputy]);
    // Each of the two books and records on their own, and both count.
    for member in [&place.supervisor, &place.deputy] {
        let mut client = world.client_of(member).await;
        let answer = book(&mut client, "individual", &[&place.peer], "2026-11-19").await;
        let path = path_of(&answer);
        assert_eq!(record(&mut client, &path, &HELD).await.status, 303);
    }
    assert_eq!(app.sessions_of(&world.actor(&place.peer).await).await.unwrap().len(), 2);

    // The deputy is supervised by the supervisor: so the supervisor can't be by the deputy, nor by whoever is below.
    app.name_supervisor(&admin, app.command_id(), place.id, deputy, lead).await.unwrap();
    let circle = app.name_supervisor(&admin, app.command_id(), place.id, lead, deputy).await;
    assert!(matches!(circle, Err(Error::Fault(Fault::Supervision(SupervisionFault::Chain)))), "{circle:?}");
    assert!(app.name_supervisor(&admin, app.command_id(), place.id, lead, lead).await.is_err());
    app.end_supervisor(&admin, app.command_id(), place.id, peer, deputy).await.unwrap();
    let workers = app.workers(&admin, place.id).await.unwrap();
    assert!(workers.iter().find(|worker| worker.account == peer).unwrap().also.is_empty());
}

/// Nobody books whom they don't supervise, and whether a supervisor may is said as a reason.
///
/// covers: AL-58
#[tokio::test]
async fn whether_somebody_may_supervise_is_said_as_a_reason() {
    let world = World::new().await;
    let place = &world.georgia;
    let mut lead = world.client_of(&place.supervisor).await;
    let other = book(&mut lead, "individual", &[&world.alabama.peer], "2026-11-25").await;
    assert!(other.status == 422 && other.says("Pick who it is with."), "{}", other.words());
    // In Georgia's world the supervisor is no qualified mental health professional, and the pack does not ask for one.
    let page = lead.get("/supervision/new").await;
    assert!(!page.says("This may not count yet."), "{}", page.words());
    let moved = book(&mut lead, "individual", &[&place.peer], "2026-11-25").await;
    assert_eq!(moved.status, 303, "{}", moved.words());
    let page = lead.get("/supervision").await;
    let path = address(&page, "/supervision/0");
    let page = lead.get(&path).await;
    let answer = lead.submit(&page, &format!("{path}/move"), &[("day", "2026-11-26"), ("time", "")]).await;
    assert!(lead.follow(answer).await.says("Thursday, November 26"));
    let mut peer = world.client(Role::PeerSpecialist, place).await;
    assert!(peer.get("/supervision").await.says("Thursday, November 26"));
    assert_eq!(peer.post(&format!("{path}/call-off"), &[("version", "2")]).await.status, 404);
    let page = lead.get(&path).await;
    let answer = lead.submit(&page, &format!("{path}/call-off"), &[]).await;
    assert!(lead.follow(answer).await.says("Called off."));
    assert!(peer.get("/supervision").await.says("Nothing is booked."));
    world.clock.advance(SignedDuration::from_hours(1));
}

/// What the pack asks of a supervisor is on file before anybody is supervised: sent by themselves, checked by somebody else.
///
/// covers: MO-03
#[tokio::test]
async fn missouri_lets_nobody_be_named_who_is_not_a_qualified_professional() {
    let mut packs = world::packs();
    let titles = packs.iter_mut().find(|file| file.path == "us-mo-adult/titles.toml").unwrap();
    titles.text.push_str(
        "\n[[title]]\nid = \"team_lead\"\nname = { en = \"Team lead\", es = \"Jefatura\" }\nrole = \"supervisor\"\n\
         supervises = true\nsource = { requirements = [\"MO-03\"] }\n",
    );
    let world = World::with(porchlight_practice::pack::compile(&packs).unwrap()).await;
    let app = &world.app;
    let place = world.also("us-mo-adult").await;
    let mut lead = world.client_of(&place.supervisor).await;
    assert!(!lead.get("/supervision/new").await.says("This may not count yet."), "by their title");
    let newcomer = world.invited(&place, "Rosalind Page", "team_lead").await;
    let mut admin = world.client_of(&place.admin).await;
    let path = format!("/programmes/{}/workers/{}", place.id, place.second_peer.membership);
    let name = [("supervisor", text(&newcomer.account))];
    let name: Vec<(&str, &str)> = name.iter().map(|(field, id)| (*field, id.as_str())).collect();
    let page = admin.get(&path).await;
    let refused = admin.submit(&page, &format!("{path}/supervisor"), &name).await;
    assert!(refused.status == 422 && refused.says("with a paper on file"), "{}", refused.words());

    let mut other = world.client_of(&newcomer).await;
    let page = other.get("/credentials?question=supervise_worker").await;
    assert!(page.says("qualified mental health professional") && page.says("Not yet"), "{}", page.words());
    let form = other.get("/credentials/new?for=supervisor_is_qualified").await;
    let sent =
        other.upload(&form, "/credentials/new", &[("day", "2026-01-01")], Some(b"%PDF-1.4\n%%EOF")).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    let page = admin.get(&path).await;
    let unchecked = admin.submit(&page, &format!("{path}/supervisor"), &name).await;
    assert_eq!(unchecked.status, 422, "it counts when somebody has looked at it");
    let queue = admin.get("/papers-to-check").await;
    let paper = address(&queue, "/credentials/");
    let page = admin.get(&paper).await;
    assert_eq!(admin.submit(&page, &paper, &[("how", "take")]).await.status, 303);
    let page = admin.get(&path).await;
    let named = admin.submit(&page, &format!("{path}/supervisor"), &name).await;
    assert_eq!(named.status, 303, "{}", named.words());
    let office = world.actor(&place.admin).await;
    let workers = app.workers(&office, place.id).await.unwrap();
    let second = workers.iter().find(|one| one.account == place.second_peer.account).unwrap();
    assert_eq!(second.supervisor.as_ref().map(|(id, _)| *id), Some(newcomer.account));
}

/// Skills are looked at when both want to, in words; the record keeps how each of the two sees it, both read it, and
/// nobody else does. It is the look back at the work that the post asks for.
///
/// covers: AL-13, AL-46, GA-33, GA-59, GA-60, WI-24
#[tokio::test]
async fn after_a_visit_there_is_one_tap_for_oneself_and_skills_are_looked_at_together() {
    let world = World::new().await;
    let wisconsin = world.also("us-wi-adult").await;
    // What each state names stands in the form, with a question to talk about.
    for (place, skill, asks) in [
        (&world.alabama, "Setting bias and blame aside", "Where did blame come up"),
        (&world.georgia, "Knowing the job and its skills", "Which part of the job sits well?"),
        (&world.georgia, "Talking in a way that heals", "Which of your words helped"),
        (&world.georgia, "Staying with a conflict", "What did you try yourself first?"),
        (&wisconsin, "Listening", "When did somebody say more because you waited?"),
    ] {
        let mut lead = world.client_of(&place.supervisor).await;
        let path = path_of(&book(&mut lead, "individual", &[&place.peer], "2026-11-19").await);
        let form = lead.get(&format!("{path}/record")).await;
        assert!(form.says(skill) && form.says(asks), "{skill}: {}", form.words());
        let both = [&place.peer, &place.second_peer];
        let path = path_of(&book(&mut lead, "group", &both, "2026-11-19").await);
        let form = lead.get(&format!("{path}/record")).await;
        assert!(!form.says("Look at skills together"), "in a group nobody is held beside anybody");
    }

    // Sitting in rests on the parent's yes, and the skill is looked at after it.
    let place = &world.alabama;
    let mut lead = world.client_of(&place.supervisor).await;
    let mut peer = world.client_of(&place.peer).await;
    let asked = "/credentials?question=supervision_up_to_date";
    assert!(peer.get(asked).await.says("A look back at your work together"));
    let path = path_of(&book(&mut lead, "observed", &[&place.peer], "2026-11-19").await);
    let asks = format!("/people/{}/sitting-in", place.person_id);
    let who = text(&place.supervisor.account);
    let page = peer.get(&asks).await;
    let yes = [("supervisor", who.as_str()), ("day", "2026-11-19"), ("said_yes", "yes")];
    assert_eq!(peer.submit(&page, &asks, &yes).await.status, 303);
    let mut fields = HELD.to_vec();
    fields.extend([("own-respect", "there"), ("lead-respect", "shows"), ("lead-accepting", "learning")]);
    let held = record(&mut lead, &path, &fields).await;
    let page = lead.follow(held).await;
    for reader in [page, peer.get(&path).await] {
        assert!(
            reader.says("The worker: it is there. The supervisor: can show it to others."),
            "{}",
            reader.words()
        );
        assert!(reader.says("The supervisor: learning it."), "what was left open stays open");
        assert!(reader.says("Nothing in it has changed"), "{}", reader.words());
    }
    let mut admin = world.client_of(&place.admin).await;
    assert!(!admin.get("/supervision-times").await.says("Respect"));
    assert_eq!(admin.get(&path).await.status, 404);
    let made_up = [("own-charm", "shows")];
    let path = path_of(&book(&mut lead, "individual", &[&place.peer], "2026-11-19").await);
    let mut fields = HELD.to_vec();
    fields.extend(made_up);
    let held = record(&mut lead, &path, &fields).await;
    assert!(!lead.follow(held).await.says("charm"));

    // The programme says how often; then looking back puts it in place.
    let boss = world.actor(&place.admin).await;
    let view = world.app.programme(&boss, place.id).await.unwrap();
    let mut settings = view.settings.clone();
    settings.set(
        "performance_review_every",
        porchlight_practice::pack::SettingValue::Choice("once_a_year".into()),
    );
    world
        .app
        .change_programme(&boss, world.app.command_id(), place.id, place.name, settings, view.version)
        .await
        .unwrap();
    let page = peer.get(asked).await;
    assert!(page.says("Good until November 19, 2027"), "{}", page.words());

    // One tap after a visit, in one's own corner, which nobody reads.
    let page = peer.get("/mine").await;
    let fields = [
        ("new_passphrase", "copper kettle seven sparrows"),
        ("again_passphrase", "copper kettle seven sparrows"),
    ];
    assert_eq!(peer.submit(&page, "/mine/make", &fields).await.status, 200);
    let page = peer.get("/mine/start").await;
    let begun = peer.submit(&page, "/mine/start", &[("tool", "after_a_visit")]).await;
    let action = begun.location().unwrap();
    let page = peer.get(&action).await;
    assert!(page.says("Which of these was there today?"), "{action}: {}", page.words());
    let tapped = peer.submit(&page, &action, &[("was_there", "respect")]).await;
    assert_eq!(tapped.status, 303, "{}", tapped.words());
}

/// Wisconsin's hour for each thirty with people is counted from the notes themselves.
#[tokio::test]
async fn wisconsin_counts_hours_with_people_from_signed_notes() {
    use porchlight_practice::contact::Draft;
    use porchlight_practice::id::ContactId;
    let world = World::new().await;
    let place = world.also("us-wi-adult").await;
    let app = &world.app;
    let boss = world.actor(&place.admin).await;
    let view = app.programme(&boss, place.id).await.unwrap();
    let mut settings = view.settings.clone();
    settings.set("supervision_rule", porchlight_practice::pack::SettingValue::Choice("dhs_36".into()));
    app.change_programme(&boss, app.command_id(), place.id, place.name, settings, view.version)
        .await
        .unwrap();
    let peer = world.actor(&place.peer).await;
    // The first week and the one after it are open; then it is a matter of hours.
    world.clock.set("2026-12-09T18:00:00Z");
    let mut client = world.client_of(&place.peer).await;
    let asked = "/credentials?question=supervision_up_to_date";
    assert!(client.get(asked).await.says("Yes"), "no hours with people yet");
    let rules = view.rules.clone();
    let sign = async |day: i64| {
        let id = ContactId(app.command_id().0);
        let started = app.now() - SignedDuration::from_hours(24 * day + 8);
        let first = |choices: &[porchlight_practice::pack::Choice]| choices[0].id.clone();
        let draft = Draft {
            purpose: first(&rules.purposes),
            no_goal: true,
            kind: rules.contact_kinds.iter().find(|kind| kind.reached).unwrap().id.clone(),
            place: first(&rules.places),
            started: Some(started),
            ended: Some(started + SignedDuration::from_hours(8)),
            did: [rules.activities[0].id.clone()].into(),
            did_words: "We walked and talked.".into(),
            strengths: "Humor.".into(),
            own_words: "It helped.".into(),
            response: "Glad of it.".into(),
            next_step: first(&rules.next_steps),
            next_words: "Next week.".into(),
            ..Draft::default()
        };
        app.save_draft(&peer, app.command_id(), id, place.person_id, draft, 0).await.unwrap();
        app.sign_note(&peer, app.command_id(), id, 1).await.unwrap();
    };
    for day in 1..=3 {
        sign(day).await;
    }
    let page = client.get(asked).await;
    assert!(page.says("Yes"), "24 hours are not over 30: {}", page.words());
    sign(4).await;
    let page = client.get(asked).await;
    assert!(page.says("Not yet"), "32 hours are: {}", page.words());
    let mut lead = world.client_of(&place.supervisor).await;
    let path = path_of(&book(&mut lead, "individual", &[&place.peer], "2026-12-09").await);
    let fields = [("minutes", "60"), ("agreed", "Shorter days."), ("next_day", "2026-12-16")];
    assert_eq!(record(&mut lead, &path, &fields).await.status, 303);
    assert!(client.get(asked).await.says("Yes"), "an hour, signed");
}
