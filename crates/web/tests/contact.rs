//! Contacts and their notes, as a browser meets them: writing, signing, reading, putting something beside.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_app::contact::NoteView;
use porchlight_practice::contact::{AdditionKind, Review};
use porchlight_practice::id::{CommandId, ContactId, GoalId};
use porchlight_practice::{Lang, Role};
use world::{Answer, Client, Programme, World};

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// The form of a new note about the programme's person.
async fn new_note(client: &mut Client, of: &Programme) -> (Answer, String) {
    let page = client.get(&format!("/contacts/new?person={}", of.person_id)).await;
    assert_eq!(page.status, 200, "{}", page.words());
    (page.clone(), contact_of(&page))
}

/// The id of the contact that a form on the page is about.
fn contact_of(page: &Answer) -> String {
    let start =
        page.text.find("action=\"/contacts/").expect("a form of a note") + "action=\"/contacts/".len();
    page.text[start..].split('/').next().unwrap().to_owned()
}

fn draft(id: &str) -> String {
    format!("/contacts/{id}/draft")
}

/// What the form on the page would send, with these fields in place of what stands there.
fn filled(page: &Answer, id: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all = page.form(&draft(id));
    all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}

async fn send(client: &mut Client, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Fields<'_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &fields).await
}

/// Presses "Sign" on the form of the page.
async fn sign(client: &mut Client, page: &Answer, id: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, &format!("/contacts/{id}/sign"), &filled(page, id, fields)).await
}

const WHOLE: &[(&str, &str)] = &[
    ("purpose", "work_on_goal"),
    ("kind", "in_person"),
    ("place", "out_and_about"),
    ("did", "goal_work"),
    ("did", "self_advocacy"),
    ("did_words", "We practised the phone call."),
    ("present", "supporter"),
    ("present_words", "His sister June"),
    ("strengths", "He asked for what he needs."),
    ("own_words", "Three good nights this week."),
    ("response", "He was proud of it."),
    ("next_step", "meet_again"),
    ("next_words", "Saturday, at the library"),
];

/// A whole note, signed by the programme's peer specialist.
async fn signed(world: &World, of: &Programme) -> ContactId {
    let mut peer = world.client_of(&of.peer).await;
    let (page, id) = new_note(&mut peer, of).await;
    let answer = sign(&mut peer, &page, &id, WHOLE).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    id.parse().unwrap()
}

async fn note(world: &World, of: &Programme, id: ContactId) -> NoteView {
    let actor = world.actor(&of.peer).await;
    world.app.note(&actor, id).await.unwrap()
}

// ---- the day and the form ----

/// covers: GA-03
#[tokio::test]
async fn a_whole_note_is_written_signed_and_read() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    assert!(page.says("Your time with Darnell"));
    let answer = sign(&mut peer, &page, &id, WHOLE).await;
    assert_eq!(answer.location(), Some(format!("/contacts/{id}")));
    let shown = peer.follow(answer).await;
    for words in [
        "Three good nights this week.",
        "We practised the phone call.",
        "Marisol Vega",
        "Out and about",
        "30 minutes",
    ] {
        assert!(shown.says(words), "{words}: {}", shown.words());
    }
    assert!(peer.get("/contacts").await.says("1 of 1"));
    assert!(peer.get("/day").await.says("Darnell W."));
}

/// One quick button, one thing they did, and Sign: three taps, and nothing typed.
#[tokio::test]
async fn a_check_in_takes_few_taps_and_no_typing() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let day = peer.get("/day").await;
    let quick = format!("/contacts/new?person={}&amp;check_in=yes", world.georgia.person_id);
    assert!(day.text.contains(&quick), "{}", day.text);
    let page = peer.get(&quick.replace("&amp;", "&")).await;
    let id = contact_of(&page);
    assert_eq!(page.field("check_in"), "yes");
    assert!(!page.text.contains("name=\"response\""), "a check-in asks less");
    let answer = sign(&mut peer, &page, &id, &[("did", "listen")]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    assert!(note(&world, &world.georgia, id.parse().unwrap()).await.signed.minutes <= 15);
}

#[tokio::test]
async fn a_check_in_that_took_long_asks_what_a_whole_note_asks() {
    let world = World::new().await;
    let mut peer = world.client(Role::ParentPeerSpecialist, &world.alabama).await;
    let path = format!("/contacts/new?person={}&check_in=yes", world.alabama.person_id);
    let page = peer.get(&path).await;
    let id = contact_of(&page);
    let long = [("did", "listen"), ("start", "09:00"), ("length", "other"), ("end", "11:00")];
    let answer = sign(&mut peer, &page, &id, &long).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says("Say what it was for."));
    assert!(answer.text.contains("name=\"response\""), "the form became the whole one");
}

#[tokio::test]
async fn the_form_asks_only_what_the_pack_asks_and_why() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, _) = new_note(&mut peer, &world.georgia).await;
    let actor = world.actor(&world.georgia.peer).await;
    let (rules, ..) = world.app.rules_of(&actor).await.unwrap();
    let mut last = 0;
    for element in &rules.note.elements {
        let name = element.name.in_(Lang::En);
        if matches!(element.field.as_str(), "start" | "end") {
            continue;
        }
        let at = page.words()[last..].find(name).unwrap_or_else(|| panic!("{name} in its order"));
        last += at;
        assert!(page.says(element.why.in_(Lang::En)), "{name} is explained");
    }
    let words = page.words().to_lowercase();
    assert!(!words.contains("worried") && !words.contains("worrying"), "nobody is asked to look for worries");
    assert!(page.text.contains("href=\"/tell-someone\""));
    assert!(page.says("Never name another person we support."));
}

#[tokio::test]
async fn opening_the_form_writes_nothing() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    new_note(&mut peer, &world.georgia).await;
    let actor = world.actor(&world.georgia.peer).await;
    assert!(world.app.own_notes(&actor).await.unwrap().drafts.is_empty());
}

#[tokio::test]
async fn without_a_person_one_is_chosen_among_those_one_walks_with() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = peer.get("/contacts/new").await;
    assert!(page.says("Darnell W."));
    assert!(!page.says("Rosa"), "nobody of another programme");
    let mut other = world.client_of(&world.georgia.second_peer).await;
    assert!(!other.get("/contacts/new").await.says("Darnell"));
}

#[tokio::test]
async fn another_programmes_person_is_not_there() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = peer.get(&format!("/contacts/new?person={}", world.alabama.person_id)).await;
    assert_eq!(page.status, 404);
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let person = world.alabama.person_id.to_string();
    let fields = [WHOLE, &[("person", person.as_str())][..]].concat();
    let answer = sign(&mut peer, &page, &id, &fields).await;
    assert_eq!(answer.status, 404);
    assert!(answer.text.contains("Three good nights this week."), "what was typed is given back");
}

// ---- what can't be signed ----

/// Signs with these fields and says what came back; nothing typed may be lost.
async fn refused(fields: &[(&str, &str)]) -> Answer {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let mut all: Fields<'_> = WHOLE.to_vec();
    all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    all.extend(fields.iter().filter(|(_, value)| !value.is_empty()));
    let mut sent = filled(&page, &id, &all);
    sent.retain(|(name, _)| !fields.iter().any(|(other, value)| other == name && value.is_empty()));
    let answer = send(&mut peer, &format!("/contacts/{id}/sign"), &sent).await;
    assert_eq!(answer.status, 422, "{}", answer.words());
    assert!(answer.text.contains("Error:"), "the title says so first");
    let kept = answer.form(&draft(&id));
    // A choice that is no choice has no tile to be ticked.
    for (name, value) in all.iter().filter(|(_, value)| *value != "dancing_on_tables") {
        assert!(kept.iter().any(|(n, v)| n == name && v == value), "{name} is kept");
    }
    let actor = world.actor(&world.georgia.peer).await;
    assert!(world.app.note(&actor, id.parse().unwrap()).await.is_err(), "it is not signed");
    answer
}

#[tokio::test]
async fn an_end_before_the_start_is_said_in_plain_words() {
    let answer = refused(&[("start", "14:00"), ("length", "other"), ("end", "13:30")]).await;
    assert!(answer.says("The end is before the start."));
    assert!(answer.text.contains("href=\"#end\""));
}

#[tokio::test]
async fn a_visit_in_the_future_is_said_in_plain_words() {
    let answer = refused(&[("day", "2026-11-25")]).await;
    assert!(answer.says("This time has not come yet."));
}

#[tokio::test]
async fn a_choice_the_pack_does_not_have_is_not_signed() {
    let answer = refused(&[("did", "dancing_on_tables")]).await;
    assert!(answer.says("This program does not have that choice."));
}

/// covers: GA-39
#[tokio::test]
async fn what_is_missing_is_said_with_a_link() {
    let answer = refused(&[("did", ""), ("did_words", "")]).await;
    assert!(answer.says("Pick what you did together."));
    assert!(answer.text.contains("href=\"#did\""));
}

#[tokio::test]
async fn a_length_and_another_end_are_never_guessed_between() {
    let answer = refused(&[("start", "09:00"), ("length", "30"), ("end", "11:00")]).await;
    assert!(answer.says("You picked a length and typed an end time too."));
}

#[tokio::test]
async fn a_day_that_is_no_day_is_said_in_plain_words() {
    assert!(refused(&[("day", "last Tuesday")]).await.says("Tell us the day"));
}

#[tokio::test]
async fn past_midnight_is_a_tick() {
    let world = World::new().await;
    world.clock.set("2026-11-20T15:00:00Z");
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let late = [
        ("did", "listen"),
        ("day", "2026-11-19"),
        ("start", "23:30"),
        ("length", "other"),
        ("end", "00:15"),
        ("midnight", "yes"),
    ];
    let answer = sign(&mut peer, &page, &id, &late).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    assert_eq!(note(&world, &world.georgia, id.parse().unwrap()).await.signed.minutes, 45);
}

#[tokio::test]
async fn a_field_that_is_too_long_comes_back_whole() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let long = "word ".repeat(4_001);
    let answer = sign(&mut peer, &page, &id, &[("did", "listen"), ("own_words", &long)]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says("This is too long."), "{}", answer.words());
    assert_eq!(answer.field("own_words"), long);
}

#[tokio::test]
async fn a_goal_of_somebody_else_is_not_taken() {
    let world = World::new().await;
    let walker = world.actor(&world.alabama.peer).await;
    let goal: GoalId = world
        .app
        .say_goal(&walker, world.app.command_id(), world.alabama.person_id, "My own secret goal")
        .await
        .unwrap();
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let answer = sign(&mut peer, &page, &id, &[("did", "listen"), ("goal", &goal.to_string())]).await;
    assert_eq!(answer.status, 422);
    assert!(!answer.text.contains("secret goal"));
}

// ---- drafts ----

/// "No goal this time" comes back with the draft and stands in the signed note and its copy.
#[tokio::test]
async fn no_goal_this_time_is_said() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let fields = filled(&page, &id, &[WHOLE, &[("goal", "none")]].concat());
    let kept = send(&mut peer, &draft(&id), &fields).await;
    assert_eq!(kept.status, 303, "{}", kept.words());
    let again = peer.get(&format!("/contacts/{id}/edit")).await;
    assert!(again.form(&draft(&id)).contains(&("goal".to_owned(), "none".to_owned())), "{}", again.words());
    let signed = sign(&mut peer, &again, &id, &[]).await;
    assert_eq!(signed.status, 303, "{}", signed.words());
    for page in ["", "/copy"] {
        let page = peer.get(&format!("/contacts/{id}{page}")).await;
        assert!(page.says("No goal this time"), "{}", page.words());
    }
}

#[tokio::test]
async fn a_draft_follows_its_writer_to_another_device() {
    let world = World::new().await;
    let mut phone = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut phone, &world.georgia).await;
    let answer = phone.submit(&page, &draft(&id), &[("own_words", "I slept."), ("did", "listen")]).await;
    assert_eq!(answer.status, 303);
    let mut desk = world.client(Role::PeerSpecialist, &world.georgia).await;
    assert!(desk.get("/day").await.says("Note for Darnell W."));
    let page = desk.get(&format!("/contacts/{id}/edit")).await;
    assert_eq!(page.field("own_words"), "I slept.");
    assert!(page.form(&draft(&id)).contains(&("did".to_owned(), "listen".to_owned())));
    let answer = sign(&mut desk, &page, &id, &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
}

#[tokio::test]
async fn a_draft_saves_itself_and_says_when_it_was_changed_elsewhere() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let path = format!("/contacts/{id}/autosave");
    let first = filled(&page, &id, &[("own_words", "I sl")]);
    let answer = send(&mut peer, &path, &first).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "{\"version\":1}"));
    // The answer was lost on the way, and the same words are sent again.
    let answer = send(&mut peer, &path, &first).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "{\"version\":1}"));
    let answer = send(&mut peer, &path, &filled(&page, &id, &[("own_words", "Other words")])).await;
    assert_eq!(answer.status, 409);
    let next = filled(&page, &id, &[("own_words", "I slept."), ("version", "1"), ("did", "listen")]);
    assert_eq!(send(&mut peer, &path, &next).await.text, "{\"version\":2}");
    let answer = send(
        &mut peer,
        &format!("/contacts/{id}/sign"),
        &filled(&page, &id, &[("own_words", "I slept well."), ("version", "2"), ("did", "listen")]),
    )
    .await;
    assert_eq!(answer.status, 303, "{}", answer.words());
}

#[tokio::test]
async fn two_edits_of_one_draft_lose_no_word() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    peer.submit(&page, &draft(&id), &[("did", "listen")]).await;
    let here = peer.get(&format!("/contacts/{id}/edit")).await;
    let there = peer.get(&format!("/contacts/{id}/edit")).await;
    let saved = peer.submit(&there, &draft(&id), &[("own_words", "Said on the bus.")]).await;
    assert_eq!(saved.status, 303);
    let clash = peer.submit(&here, &draft(&id), &[("own_words", "Said at the desk.")]).await;
    assert_eq!(clash.status, 409);
    assert!(clash.says("Said on the bus.") && clash.says("Said at the desk."), "{}", clash.words());
    // The first button keeps both, one after the other.
    let both = peer.submit(&clash, &draft(&id), &[("do", "edit")]).await;
    let page = peer.follow(both).await;
    let words = page.field("own_words");
    assert!(words.contains("Said on the bus.") && words.contains("Said at the desk."), "{words}");
}

#[tokio::test]
async fn going_back_and_sending_other_words_shows_both() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    peer.submit(&page, &draft(&id), &[("own_words", "First words.")]).await;
    let clash = peer.submit(&page, &draft(&id), &[("own_words", "Second words.")]).await;
    assert_eq!(clash.status, 409);
    assert!(clash.says("First words.") && clash.says("Second words."), "{}", clash.words());
}

#[tokio::test]
async fn the_short_form_loses_nothing_of_the_long_one() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let fields = [("own_words", "I slept."), ("length", "15"), ("do", "short")];
    let answer = peer.submit(&page, &draft(&id), &fields).await;
    let short = peer.follow(answer).await;
    assert!(!short.text.contains("<textarea id=\"own_words\""));
    let answer = peer.submit(&short, &draft(&id), &[("do", "full")]).await;
    assert_eq!(peer.follow(answer).await.field("own_words"), "I slept.");
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_note() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let one = sign(&mut peer, &page, &id, WHOLE).await;
    let two = sign(&mut peer, &page, &id, WHOLE).await;
    assert_eq!((one.status, two.status), (303, 303), "{}", two.words());
    assert_eq!(one.location(), two.location());
    let actor = world.actor(&world.georgia.peer).await;
    assert_eq!(world.app.own_notes(&actor).await.unwrap().signed.len(), 1);
}

#[tokio::test]
async fn a_command_id_of_somebody_else_is_refused_and_the_words_given_back() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    peer.submit(&page, &draft(&id), &[("own_words", "What Darnell said to me.")]).await;
    let forged = page.field("command");
    let mut other = world.client(Role::ParentPeerSpecialist, &world.alabama).await;
    let (page, id) = new_note(&mut other, &world.alabama).await;
    let answer = other
        .submit(&page, &draft(&id), &[("own_words", "What Rosa said to me."), ("command", &forged)])
        .await;
    assert_eq!(answer.status, 409);
    assert!(
        answer.text.contains("What Rosa said to me."),
        "what was typed is given back: {}",
        answer.words()
    );
    assert!(!answer.text.contains("Darnell") && !answer.text.contains("Marisol"), "{}", answer.words());
    let actor = world.actor(&world.alabama.peer).await;
    assert!(world.app.own_notes(&actor).await.unwrap().drafts.is_empty());
}

#[tokio::test]
async fn a_draft_is_its_writers_alone() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut peer = world.client(Role::PeerSpecialist, georgia).await;
    let (page, id) = new_note(&mut peer, georgia).await;
    peer.submit(&page, &draft(&id), &[("own_words", "Not yet for anybody.")]).await;
    for member in
        [&georgia.person, &georgia.supervisor, &georgia.deputy, &georgia.second_peer, &georgia.admin]
    {
        let mut client = world.client_of(member).await;
        for path in ["edit", "copy", ""] {
            let path = format!("/contacts/{id}/{path}");
            let answer = client.get(path.trim_end_matches('/')).await;
            let gone = answer.status == 404 || answer.location().is_some_and(|to| to.starts_with("/me/"));
            assert!(gone, "{} {path}: {}", member.name, answer.status);
            assert!(!answer.text.contains("Not yet"));
        }
        let command = world.app.command_id().to_string();
        let stolen = [("own_words", "Changed."), ("version", "1"), ("command", &command)];
        let stolen = filled(&page, &id, &stolen);
        assert_eq!(send(&mut client, &draft(&id), &stolen).await.status, 404, "{}", member.name);
    }
    assert_eq!(peer.get(&format!("/contacts/{id}/edit")).await.field("own_words"), "Not yet for anybody.");
}

#[tokio::test]
async fn a_draft_can_be_thrown_away_and_a_signed_note_not() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    peer.submit(&page, &draft(&id), &[("did", "listen")]).await;
    let page = peer.get(&format!("/contacts/{id}/edit")).await;
    let answer = peer.submit(&page, &format!("/contacts/{id}/discard"), &[]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(peer.get(&format!("/contacts/{id}/edit")).await.status, 404);

    let id = signed(&world, &world.georgia).await;
    let answer = peer.post(&format!("/contacts/{id}/discard"), &[]).await;
    assert!(matches!(answer.status, 404 | 409), "{}", answer.status);
    assert!(note(&world, &world.georgia, id).await.whole);
}

// ---- a signed note ----

/// covers: WI-30
#[tokio::test]
async fn no_route_changes_a_signed_note() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let answer = sign(&mut peer, &page, &id, WHOLE).await;
    assert_eq!(answer.status, 303);
    let contact: ContactId = id.parse().unwrap();
    let before = note(&world, &world.georgia, contact).await;
    for version in ["0", "1", "2", "3"] {
        for path in ["draft", "sign", "autosave"] {
            let command = world.app.command_id().to_string();
            let fields = [("own_words", "Changed later."), ("version", version), ("command", &command)];
            let answer =
                send(&mut peer, &format!("/contacts/{id}/{path}"), &filled(&page, &id, &fields)).await;
            assert!(answer.status >= 400, "{path}: {}", answer.status);
            if path == "draft" {
                assert!(answer.text.contains("Changed later."), "what was typed is not lost");
                assert!(answer.says("This note was signed in the meantime."), "{}", answer.words());
            }
        }
    }
    assert_eq!(peer.get(&format!("/contacts/{id}/edit")).await.status, 404);
    let after = note(&world, &world.georgia, contact).await;
    assert_eq!(before.signed, after.signed);
    assert!(after.whole && after.additions.is_empty());
}

#[tokio::test]
async fn a_late_entry_says_so() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    peer.submit(&page, &draft(&id), &[("did", "listen")]).await;
    world.clock.advance(SignedDuration::from_hours(24 * 9));
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    assert!(peer.get("/day").await.says("Past due"));
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    let queue = supervisor.get("/notes-to-read").await;
    assert!(queue.says("Marisol Vega") && queue.says("with Darnell W."), "{}", queue.words());
    assert!(!queue.text.contains(&id), "who and when, never what");

    let page = peer.get(&format!("/contacts/{id}/edit")).await;
    let answer = sign(&mut peer, &page, &id, &[]).await;
    let shown = peer.follow(answer).await;
    assert!(shown.says("Late entry: it was due on"), "{}", shown.words());
    assert!(peer.get(&format!("/contacts/{id}/copy")).await.says("Late entry"));
    assert!(peer.get("/contacts").await.says("0 of 1"));
}

#[tokio::test]
async fn the_copy_holds_everything_the_note_says() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let id = signed(&world, georgia).await;
    let supervisor = world.actor(&georgia.supervisor).await;
    for (kind, words) in [(AdditionKind::WentWell, "Between us two."), (AdditionKind::Countersignature, "")] {
        world.app.add_to_note(&supervisor, world.app.command_id(), id, kind, words).await.unwrap();
    }
    let mut peer = world.client(Role::PeerSpecialist, georgia).await;
    let page = peer.get(&format!("/contacts/{id}/copy")).await;
    let actor = world.actor(&georgia.peer).await;
    let (rules, ..) = world.app.rules_of(&actor).await.unwrap();
    for element in rules.note.elements.iter().filter(|element| element.field.as_str() != "goal") {
        assert!(page.says(element.name.in_(Lang::En)), "{}", element.name.en);
    }
    let hash: String =
        note(&world, georgia, id).await.signed.hash[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    let text = page.text.as_str();
    for (name, words) in WHOLE.iter().filter(|(name, _)| name.ends_with("words") || *name == "strengths") {
        assert!(text.contains(words), "{name}");
    }
    for words in [
        "Worked on a recovery goal",
        "Practiced speaking up",
        "In person",
        "Out and about",
        "Marisol Vega",
        "Lydia Pruitt",
        "November 19, 2026",
        &hash,
    ] {
        assert!(text.contains(words), "{words}: {}", page.words());
    }
    assert!(!text.contains("Between us two."), "what is between two people at work is not copied");
}

#[tokio::test]
async fn what_is_put_beside_a_note_stands_in_order() {
    let world = World::new().await;
    let id = signed(&world, &world.georgia).await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    for (path, field, words) in
        [("addendum", "addendum", "He called on Friday."), ("read-back", "read_back", "That is how it was.")]
    {
        world.clock.advance(SignedDuration::from_mins(1));
        let page = peer.get(&format!("/contacts/{id}")).await;
        let path = format!("/contacts/{id}/{path}");
        let empty = peer.submit(&page, &path, &[]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.says("Write something first."));
        let twice = [&page, &page];
        for page in twice {
            assert_eq!(peer.submit(page, &path, &[(field, words)]).await.status, 303);
        }
    }
    let kinds: Vec<_> =
        note(&world, &world.georgia, id).await.additions.iter().map(|addition| addition.kind).collect();
    assert_eq!(kinds, [AdditionKind::Addendum, AdditionKind::ReadBack], "each once, in order");
    let shown = peer.get(&format!("/contacts/{id}")).await.words();
    assert!(shown.find("He called on Friday.") < shown.find("That is how it was."));
}

// ---- supervision ----

#[tokio::test]
async fn a_question_goes_to_the_writer_and_back_and_then_the_note_is_signed() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let id = signed(&world, georgia).await;
    let mut supervisor = world.client(Role::Supervisor, georgia).await;
    assert!(supervisor.get("/day").await.says("Marisol Vega"));
    let page = supervisor.get(&format!("/contacts/{id}")).await;
    let sign_path = format!("/contacts/{id}/countersign");
    let mut fields = page.form(&sign_path);
    fields.retain(|(name, _)| name != "question" && name != "went_well");
    fields.push(("question".into(), "What made the call easier?".into()));
    fields.push(("went_well".into(), "You let him dial.".into()));
    // The other button does not throw the question away.
    let kept = send(&mut supervisor, &sign_path, &fields).await;
    assert_eq!(kept.status, 422);
    assert_eq!(kept.field("question"), "What made the call easier?");
    assert_eq!(send(&mut supervisor, &format!("/contacts/{id}/ask"), &fields).await.status, 303);

    let mut peer = world.client(Role::PeerSpecialist, georgia).await;
    let day = peer.get("/day").await;
    assert!(day.says("A question about Darnell W."), "{}", day.words());
    assert!(day.says("Lydia Pruitt saw what went well"));
    let page = peer.get(&format!("/contacts/{id}")).await;
    assert!(page.says("What made the call easier?") && page.says("You let him dial."));
    let answer =
        peer.submit(&page, &format!("/contacts/{id}/reply"), &[("reply", "We wrote it down first.")]).await;
    assert_eq!(answer.status, 303);

    let page = supervisor.get(&format!("/contacts/{id}")).await;
    assert!(page.says("We wrote it down first."));
    let answer = supervisor.submit(&page, &sign_path, &[]).await;
    assert_eq!(answer.location().as_deref(), Some("/notes-to-read"), "{}", answer.words());
    assert_eq!(note(&world, georgia, id).await.signed.review, Review::Countersigned);
    assert!(peer.get("/day").await.says("read and signed it"));
}

#[tokio::test]
async fn signing_leads_to_the_note_that_waits_longest() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(signed(&world, georgia).await);
        world.clock.advance(SignedDuration::from_hours(1));
    }
    let mut supervisor = world.client(Role::Supervisor, georgia).await;
    let queue = supervisor.get("/notes-to-read").await.text;
    let at: Vec<_> = ids.iter().map(|id| queue.rfind(&id.to_string()).expect("in the queue")).collect();
    assert!(at[0] < at[1] && at[1] < at[2], "oldest first");
    let page = supervisor.get(&format!("/contacts/{}", ids[0])).await;
    let answer = supervisor.submit(&page, &format!("/contacts/{}/countersign", ids[0]), &[]).await;
    assert_eq!(answer.location(), Some(format!("/contacts/{}", ids[1])));
    // A deputy covers; whoever comes second is told that it is done.
    let mut deputy = world.client_of(&georgia.deputy).await;
    let again = deputy.post(&format!("/contacts/{}/countersign", ids[0]), &[]).await;
    assert_eq!(again.status, 422);
    assert!(again.says("This note has moved on"));
    let page = deputy.get(&format!("/contacts/{}", ids[1])).await;
    let answer = deputy.submit(&page, &format!("/contacts/{}/countersign", ids[1]), &[]).await;
    assert_eq!(answer.location(), Some(format!("/contacts/{}", ids[2])));
}

#[tokio::test]
async fn nobody_signs_their_own_note_as_supervisor() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let id = signed(&world, georgia).await;
    for member in [&georgia.peer, &georgia.second_peer, &georgia.person, &georgia.admin] {
        let mut client = world.client_of(member).await;
        for path in ["countersign", "ask"] {
            let fields = [("question", "Why?")];
            let fields = if path == "ask" { &fields[..] } else { &[] };
            let answer = client.post(&format!("/contacts/{id}/{path}"), fields).await;
            assert_eq!(answer.status, 404, "{} {path}", member.name);
        }
    }
    let mut peer = world.client(Role::PeerSpecialist, georgia).await;
    assert!(!peer.get(&format!("/contacts/{id}")).await.text.contains("countersign"));
    assert_eq!(note(&world, georgia, id).await.signed.review, Review::Waiting);
}

#[tokio::test]
async fn what_passes_between_peer_and_supervisor_is_not_for_the_person() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let id = signed(&world, georgia).await;
    let supervisor = world.actor(&georgia.supervisor).await;
    for (kind, words) in
        [(AdditionKind::WentWell, "A private praise."), (AdditionKind::Question, "A private question.")]
    {
        world
            .app
            .add_to_note(&supervisor, CommandId(world.app.command_id().0), id, kind, words)
            .await
            .unwrap();
    }
    let person = world.actor(&georgia.person).await;
    assert!(world.app.note(&person, id).await.unwrap().additions.is_empty());
    let mut client = world.client(Role::Person, georgia).await;
    let answer = client.get(&format!("/contacts/{id}")).await;
    assert_eq!(answer.location(), Some(format!("/me/visits/{id}")));
    assert!(!answer.text.contains("private"));
}

#[tokio::test]
async fn the_day_of_a_peer_is_theirs_alone() {
    let world = World::new().await;
    signed(&world, &world.georgia).await;
    let mut other = world.client_of(&world.georgia.second_peer).await;
    let day = other.get("/day").await;
    assert_eq!(day.status, 200);
    assert!(!day.says("Darnell"));
    assert!(day.text.contains("data-live=\"/live?"));
    assert!(day.says("Lydia Pruitt"), "whom to call: {}", day.words());
}

/// Without a script nothing was pointed out while the note was written, so it is once before it is signed, and the next
/// press signs it as it is. With a script the note is signed at once.
///
/// covers: AL-18
#[tokio::test]
async fn words_are_looked_at_before_signing_without_a_script() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (page, id) = new_note(&mut peer, &world.georgia).await;
    let mut fields = WHOLE.to_vec();
    fields.retain(|(name, _)| *name != "response");
    fields.extend([("response", "He refused to go."), ("look", "yes")]);
    let looked = sign(&mut peer, &page, &id, &fields).await;
    assert_eq!(looked.status, 200, "{}", looked.words());
    assert!(looked.says("A few words to look at") && looked.says("chose not to"), "{}", looked.words());
    assert_eq!(looked.field("response"), "He refused to go.");
    fields.push(("looked", "yes"));
    let done = sign(&mut peer, &looked, &id, &fields).await;
    assert_eq!(done.status, 303, "{}", done.words());
}
