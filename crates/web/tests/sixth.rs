//! A day in a state that no code has heard of: a folder of packs, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use porchlight_practice::pack::{SourceFile, compile};
use world::{World, packs};

/// A pack for a sixth state: the smallest there can be, with a place and an activity of its own.
fn sixth() -> Vec<SourceFile> {
    let file = |name: &str, text: &str| SourceFile {
        path: format!("us-nm-adult/{name}.toml"),
        text: text.to_owned(),
    };
    let head = "[default]\nfrom = 2025-01-01\nstrength = \"recommended\"\nconfidence = \"stated\"\n\
                source = { document = \"nm_description\" }\n";
    let mut files = packs();
    files.push(file(
        "pack",
        "[pack]\nversion = \"2026.11\"\nname = { en = \"New Mexico: adults\", es = \"Nuevo México: personas adultas\" }\n\
         family = false\norientation = \"recovery\"\n[[document]]\nid = \"nm_description\"\n\
         title = { en = \"A description\", es = \"Una descripción\" }\n[[document]]\nid = \"nm_rules\"\n\
         title = { en = \"Rules\", es = \"Reglas\" }\n",
    ));
    files.push(file(
        "contact",
        &format!(
            "{head}[[place]]\nid = \"acequia\"\nname = {{ en = \"By the acequia\", es = \"Junto a la acequia\" }}\nicon = \"leaf\"\n"
        ),
    ));
    files.extend(packs().into_iter().filter_map(|one| {
        let name = one.path.strip_prefix("us-wi-adult/")?;
        let wanted = ["titles.toml", "support.toml", "note.toml", "first-meeting.toml"].contains(&name);
        let text = one.text.replace("wisconsin_description", "nm_description");
        let text = ["wi_reporting", "wi_privacy", "wi_training"]
            .iter()
            .fold(text, |text, id| text.replace(id, "nm_rules"));
        wanted.then(|| SourceFile { path: format!("us-nm-adult/{name}"), text })
    }));
    files
}

/// covers: WI-01
#[tokio::test]
async fn a_state_that_no_code_has_heard_of_works_a_day() {
    let world = World::with(compile(&sixth()).unwrap_or_else(|faults| panic!("{faults:#?}"))).await;
    let here = world.also_of("us-nm-adult").await;
    let mut peer = world.client(Role::PeerSpecialist, &here).await;
    assert!(peer.get("/day").await.says("Gus"));
    let page = peer.get(&format!("/contacts/new?person={}", here.person_id)).await;
    assert!(page.says("By the acequia"), "the place of this state is a tile: {}", page.words());
    let start = page.text.find("action=\"/contacts/").unwrap() + "action=\"/contacts/".len();
    let contact = page.text[start..].split('/').next().unwrap().to_owned();
    let draft = format!("/contacts/{contact}/draft");
    let fields = [
        ("purpose", "work_on_goal"),
        ("kind", "in_person"),
        ("place", "acequia"),
        ("did", "goal_work"),
        ("did_words", "We cleared the ditch with his uncle."),
        ("own_words", "The water came through."),
        ("response", "He laughed."),
        ("next_step", "meet_again"),
        ("start", "11:00"),
        ("length", "45"),
        ("goal", "none"),
    ];
    let mut form = page.form(&draft);
    form.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    let typed: Vec<_> =
        form.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(fields).collect();
    let signed = peer.post(&format!("/contacts/{contact}/sign"), &typed).await;
    assert_eq!(signed.status, 303, "{}", signed.words());
    let mut supervisor = world.client(Role::Supervisor, &here).await;
    assert!(supervisor.get("/notes-to-read").await.says("Gus"));
    let note = supervisor.get(&format!("/contacts/{contact}")).await;
    assert!(note.says("By the acequia") && note.says("The water came through."), "{}", note.words());
    let mut person = world.client(Role::Person, &here).await;
    assert!(person.get("/me/visits").await.says("The water came through."));
    assert!(person.get("/me/looks").await.says("Alan Kowalke"), "and reads who looked");
}
