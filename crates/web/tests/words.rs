//! Help with words while somebody writes about somebody.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use world::World;

const NOTE: &str = "He refused to go, and I waited.";

/// Whoever writes about somebody is helped, in the box where they write, in their own words and place; whoever is
/// supported here is not asked, and nothing of it stands in the journal.
///
/// covers: AL-18, AL-32
#[tokio::test]
async fn a_word_is_pointed_out_to_the_writer_alone() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let before = peer.get("/work").await.status;
    let page = peer.post("/words", &[("text", NOTE), ("keep", "yes")]).await;
    assert_eq!((before, page.status), (200, 200), "{}", page.words());
    assert!(page.says("refused to") && page.text.contains("data-use=\"chose not to\""), "{}", page.text);
    assert!(page.text.contains("data-start=\"3\" data-end=\"13\""), "{}", page.text);
    assert!(peer.post("/words", &[("text", "He said \"I refused to go\".")]).await.words().trim().is_empty());

    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    assert_eq!(supervisor.post("/words", &[("text", NOTE)]).await.status, 200);
    let mut person = world.client(Role::Person, &world.georgia).await;
    assert_eq!(person.post("/words", &[("text", NOTE)]).await.status, 404);
    let mut auditor = world.client(Role::Auditor, &world.georgia).await;
    let journal = auditor.get("/journal").await;
    assert!(!journal.says("words.ask") && !journal.says("refused"), "{}", journal.words());
}

/// A state's own words count: California spares families the word recovery, and Georgia says it.
///
/// covers: CA-31, CA-32
#[tokio::test]
async fn each_programme_is_helped_in_its_own_words() {
    let world = World::new().await;
    let text = [("text", "Her son is in recovery.")];
    let mut georgia = world.client(Role::PeerSpecialist, &world.georgia).await;
    assert!(georgia.post("/words", &text).await.words().trim().is_empty());
}

/// In a family programme the parent is the one who is walked beside: a note of a visit that lost sight of them is asked about.
/// A report of abuse, and a programme for adults, never are.
///
/// covers: AL-08
#[tokio::test]
async fn a_note_that_is_all_about_the_child_is_asked_about_the_parent() {
    let world = World::new().await;
    let text = ("text", "The child has a new teacher. The child takes a new medicine. Her son sleeps badly.");
    let asks = "What did the parent want, do or feel?";
    let mut alabama = world.client(Role::ParentPeerSpecialist, &world.alabama).await;
    let form = alabama.get(&format!("/contacts/new?person={}", world.alabama.person_id)).await;
    assert!(form.text.contains("data-note=\"yes\""), "the form of a note does not say so");
    assert!(alabama.post("/words", &[text, ("note", "yes")]).await.says(asks));
    assert!(!alabama.post("/words", &[text]).await.says(asks));
    let mut georgia = world.client(Role::PeerSpecialist, &world.georgia).await;
    assert!(!georgia.post("/words", &[text, ("note", "yes")]).await.says(asks));
}

/// What is kept for a person is not brought up again in a note about them. A supervisor can't keep, nor see what was.
///
/// covers: AL-32
#[tokio::test]
async fn a_word_is_kept_for_the_person() {
    let world = World::new().await;
    let person = world.georgia.person_id.to_string();
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let note = |path: &str| format!("/contacts/new?person={path}");
    let page = peer.get(&note(&person)).await;
    assert!(page.text.contains("data-kept=\"\""), "{}", page.text);
    // The box of the person's own words is not among those that are helped.
    let boxes = page.text.split("data-words=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(boxes.contains("response") && !boxes.contains("own_words"), "{boxes}");

    let keep = format!("/people/{person}/words");
    assert_eq!(peer.post(&keep, &[("term", "alcoholic"), ("why", "says")]).await.status, 204);
    assert_eq!(peer.post(&keep, &[("term", "refused"), ("why", "keep")]).await.status, 204);
    assert!(peer.get(&note(&person)).await.text.contains("data-kept=\"alcoholic refused\""));
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    assert_eq!(supervisor.post(&keep, &[("term", "alcoholic"), ("why", "says")]).await.status, 404);
}

/// Switched off by somebody, it is off for them everywhere, and for nobody else.
#[tokio::test]
async fn help_is_switched_off_and_on() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let account = peer.get("/account").await;
    assert!(account.says("Help with words") && account.says("It is on."), "{}", account.words());
    let answer = peer.submit(&account, "/words/switch", &[("on", "no")]).await;
    assert_eq!(answer.status, 303);
    assert!(peer.get("/account").await.says("It is off."));
    assert_eq!(peer.post("/words", &[("text", NOTE)]).await.status, 204);
    assert!(!peer.get(&format!("/contacts/new?person={person}")).await.text.contains("data-words"));
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    assert_eq!(supervisor.post("/words", &[("text", NOTE)]).await.status, 200);
    assert_eq!(peer.post("/words/switch", &[("on", "yes")]).await.status, 303);
    assert_eq!(peer.post("/words", &[("text", NOTE)]).await.status, 200);
}

/// The person's own pages never have it.
#[tokio::test]
async fn the_persons_pages_have_none_of_it() {
    let world = World::new().await;
    let mut person = world.client(Role::Person, &world.georgia).await;
    for path in ["/me", "/me/about", "/me/goals/new", "/me/visits", "/account"] {
        let page = person.get(path).await;
        assert!(!page.text.contains("data-words") && !page.text.contains("words.js"), "{path}");
    }
    assert!(!person.get("/account").await.says("Help with words"));
}

/// Boxes that are not helped, each with its reason: the template, the field's name, why.
const NOT_HELPED: &[(&str, &str, &str)] = &[
    ("person/edit.html", "safe_hours", "when somebody may call, not how anybody is"),
    ("person/edit.html", "strengths", "in the person's words"),
    ("person/edit.html", "matters", "in the person's words"),
    ("advocacy/new.html", "words", "what the person needs, in their words"),
    ("goal/list.html", "words", "the goal in the person's words"),
    ("goal/show.html", "words", "only the person rates their own goal"),
    ("goal/plan.html", "row.what", "steps and ways in the person's words"),
    ("corner/shut.html", "*", "nothing is written there"),
    ("corner/energy.html", "words", "a worker's own page, about themselves"),
    ("document/write.html", "*", "the person's own papers"),
    ("ladder/edit.html", "holidays", "days, and nobody"),
    ("worker/invited.html", "*", "nothing is written there"),
    ("me/about.html", "*", "the person's own page"),
    ("me/visit.html", "*", "the person's own page"),
    ("me/goal.html", "*", "the person's own page"),
    ("look/ask.html", "question", "the person's own page"),
    ("kit.html", "said", "exact words, kept on the device"),
    ("safety/new.html", "words", "the exact words; advice waits until they are safe"),
    ("safety/new.html", "helped", "beside the exact words, before they are safe"),
    ("emergency/ask.html", "reason", "in an emergency nothing else asks for a look"),
    ("error.html", "*", "nothing is written there"),
    ("kept.html", "*", "nothing is written there"),
    ("contact/form.html", "own_words", "the person's own words"),
    ("contact/copy.html", "*", "nothing is written there"),
    ("contact/show.html", "read_back", "the person's own words"),
    ("pairing/card.html", "avoid", "for nobody's eyes"),
    ("group/edit.html", "purpose", "about a group, and nobody in it"),
    ("group/edit.html", "agreements", "about a group, and nobody in it"),
    ("group/own.html", "purpose", "the members' own page"),
    ("intake/show.html", "words", "whoever sent them, in their words"),
    ("intake/show.html", "wants", "what the person wants, in their words"),
    ("team_meeting/say.html", "*", "what the person wants said, in their words"),
    ("team_meeting/show.html", "words", "the person's own words afterwards"),
    ("team_meeting/edit.html", "about", "about a meeting, as it was announced"),
    ("tray/own.html", "*", "nothing is written there"),
    ("tray/team.html", "self.reason(line", "it says nothing about a person"),
    ("parts/form.html", "*", "the part that every box is made of"),
    ("parts/ask.html", "*", "a part of the note, whose form names its boxes"),
];

fn templates(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() { templates(&entry, found) } else { found.push(entry) }
    }
}

/// The name of each box that stands in a template, and the names that its form asks help for.
fn boxes(text: &str) -> Vec<(String, String)> {
    let (mut found, mut helped) = (Vec::new(), String::new());
    for (at, _) in text.match_indices(['<', '{']) {
        let rest = &text[at..];
        if rest.starts_with("<form") {
            // To the end of the form's tag: a fold of the template may hold one of its own.
            let tag = &rest[..rest.find("data-words=\"").map_or(0, |at| at + 12)];
            let is_mine = !tag[tag.len().min(5)..].contains("<form") && !tag.contains("fields::");
            helped =
                if is_mine { rest[tag.len()..].split('"').next().unwrap().to_owned() } else { String::new() };
        } else if rest.starts_with("</form") {
            helped.clear();
        } else if let Some(call) = rest.strip_prefix("{{ fields::textarea(page, form, ") {
            let name = call.split([',', ')']).next().unwrap().trim_matches('"');
            found.push((name.to_owned(), helped.clone()));
        } else if rest.starts_with("<textarea") {
            found.push(("*".to_owned(), helped.clone()));
        }
    }
    found
}

/// Every box of several lines that anybody writes in is helped, or stands in the list above with its reason; and the list
/// names nothing that is not there. Neither the exact words of a report nor the person's own words are ever helped.
///
/// covers: AL-18, AL-32
#[test]
fn every_box_is_helped_or_says_why_not() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut paths = Vec::new();
    templates(&root, &mut paths);
    let (mut wrong, mut used) = (Vec::new(), std::collections::BTreeSet::new());
    for path in paths {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        for (field, helped) in boxes(&std::fs::read_to_string(&path).unwrap()) {
            let spared =
                NOT_HELPED.iter().position(|(file, of, _)| *file == name && (*of == "*" || *of == field));
            used.extend(spared);
            let named = helped.split(' ').any(|word| word == field);
            let is_helped =
                named || helped.contains("self.helped()") || helped.contains(&format!("{{{{ {field} }}}}"));
            if spared.is_some() && named || spared.is_none() && !is_helped {
                wrong.push(format!("{name}: {field}"));
            }
        }
    }
    assert!(wrong.is_empty(), "neither helped nor spared with a reason, or both:\n{}", wrong.join("\n"));
    let unused = NOT_HELPED.iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, one)| one);
    assert_eq!(unused.collect::<Vec<_>>(), Vec::<&(&str, &str, &str)>::new());
}

/// What is added to a report is helped, once its exact words are safe; the form that takes the exact words is not.
#[tokio::test]
async fn the_exact_words_of_a_report_are_never_helped() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = peer.get("/safety/new").await;
    assert!(!page.text.contains("data-words"), "{}", page.text);
}
