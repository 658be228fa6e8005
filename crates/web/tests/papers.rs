//! What people write, through the site: who finds which words, and that nothing typed is lost.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use axum::http::Method;
use jiff::SignedDuration;
use jiff::civil::date;
use porchlight_app::Actor;
use porchlight_app::disclosure::Chosen;
use porchlight_practice::Role;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::disclosure::{Ends, Reason, Recipient, Scope};
use porchlight_practice::document::{Answer, Document, Seen};
use porchlight_practice::id::{DocumentId, ItemId, PersonId};
use porchlight_practice::pack::{Question, QuestionKind};
use porchlight_web::site::table;
use std::collections::{BTreeMap, BTreeSet};
use world::{Answer as Page, Client, Member, World};

/// A word that stands in one section of one paper and nowhere else.
fn marker(tool: &str, section: &str) -> String {
    format!("zebra-{tool}-{section}-zebra")
}

/// An answer with the word in every place where words can be.
fn marked(question: &Question, word: &str) -> Option<Answer> {
    let word = word.to_owned();
    Some(match &question.kind {
        QuestionKind::Words | QuestionKind::List | QuestionKind::Strengths => Answer::Words { words: word },
        QuestionKind::People => Answer::Person { name: word.clone(), reach: word.clone(), asked: word },
        QuestionKind::Pairs => Answer::Pair { when: word.clone(), then: word },
        _ => return None,
    })
}

/// Begins a tool and writes a marker into every question of every section.
async fn filled(world: &World, who: &Actor, person: PersonId, tool: &str) -> (DocumentId, Vec<String>) {
    let app = &world.app;
    let id = app.start_document(who, app.command_id(), person, tool).await.unwrap();
    let view = app.document(who, id).await.unwrap();
    for section in &view.tool.sections {
        let given = section.questions.iter().filter_map(|question| {
            let answer = marked(question, &marker(tool, &section.id))?;
            let item = if question.kind.is_list() { ItemId(app.command_id().0) } else { Document::ONLY };
            Some((question.id.clone(), item, answer))
        });
        let given: Vec<_> = given.collect();
        app.write_document(who, app.command_id(), id, &section.id, Seen::default(), move |_| given.clone())
            .await
            .unwrap();
    }
    (id, view.tool.sections.iter().map(|section| section.id.clone()).collect())
}

/// Every path of a route, with each of its places filled in with each real id that fits there.
fn paths(route: &str, places: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
    let mut paths = vec![String::new()];
    for part in route.split('/').skip(1) {
        let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        let words = match name {
            Some(name) => {
                places.get(name).unwrap_or_else(|| panic!("nothing for {{{name}}} of {route}")).clone()
            }
            None => vec![part.to_owned()],
        };
        paths =
            paths.iter().flat_map(|path| words.iter().map(move |word| format!("{path}/{word}"))).collect();
    }
    paths
}

/// Everything that came back: the page, where it leads, what it keeps.
fn everything(page: &Page) -> String {
    format!("{} {:?}", page.text, page.headers)
}

/// Whoever signs in, in whatever role, asks every page there is for: the words of a section stand on the pages of its
/// owner and of whom the owner let in, and nowhere else.
///
/// covers: WI-35
#[tokio::test]
async fn no_page_of_anybody_holds_a_word_that_was_not_shared_with_them() {
    let world = World::new().await;
    let (app, georgia, alabama) = (&world.app, &world.georgia, &world.alabama);
    let (own, peer) = (world.actor(&georgia.person).await, world.actor(&georgia.peer).await);
    let person = georgia.person_id;
    let (plan, plan_sections) = filled(&world, &own, person, "wellness_plan").await;
    let (crisis, crisis_sections) = filled(&world, &own, person, "crisis_plan").await;
    let shared = vec!["each_day".to_owned()];
    app.share(&own, app.command_id(), plan, georgia.peer.account, shared, 7, false).await.unwrap();
    let card = app.make_card(&own, app.command_id(), crisis, vec!["call".into()]).await.unwrap();
    let code = app.cards(&own, crisis).await.unwrap()[0].code.clone();
    // A record with something in every corner, so that every page has something to show.
    let goal = app.say_goal(&peer, app.command_id(), person, "My own keys").await.unwrap();
    let consent = app
        .give_consent(&own, app.command_id(), person, georgia.team_member.account, RecordPart::Profile, 30)
        .await
        .unwrap();
    app.document(&peer, plan).await.unwrap();
    app.person(&world.actor(&georgia.supervisor).await, person).await.unwrap();
    let yes = Chosen {
        to: Recipient::Named { name: "The housing office".into(), place: String::new() },
        what: Scope { parts: RecordPart::ALL.into(), notes_since: None, substance_use: true },
        why: Reason::IAskForIt,
        ends: Ends { by: date(2026, 12, 19), event: String::new() },
    };
    let yes = app.agree_disclosure(&own, app.command_id(), person, yes, None).await.unwrap();
    let copy = app.disclose(&peer, app.command_id(), person, yes).await.unwrap();
    let question = app.ask_about_look(&own, app.command_id(), "A look.", "Why?").await.unwrap();
    let support = app.person(&peer, person).await.unwrap().supports[0].id;
    let draft = porchlight_practice::id::ContactId(app.command_id().0);
    app.save_draft(&peer, app.command_id(), draft, person, Default::default(), 0).await.unwrap();
    let at = app.document(&own, plan).await.unwrap().document.versions()[0].as_microsecond();

    let text = |id: &dyn ToString| id.to_string();
    let places: BTreeMap<&str, Vec<String>> = [
        ("document", vec![text(&plan), text(&crisis)]),
        (
            "section",
            plan_sections
                .iter()
                .chain(&crisis_sections)
                .cloned()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
        ),
        ("card", vec![text(&card)]),
        ("reader", vec![text(&georgia.peer.account), text(&georgia.second_peer.account)]),
        ("at", vec![text(&at)]),
        ("person", vec![text(&person)]),
        ("goal", vec![text(&goal)]),
        ("consent", vec![text(&consent)]),
        ("disclosure", vec![text(&yes)]),
        ("copy", vec![text(&copy)]),
        ("support", vec![text(&support)]),
        ("worker", vec![text(&georgia.peer.account)]),
        ("id", vec![text(&georgia.id), text(&draft), text(&question)]),
        ("secret", vec!["none".to_owned()]),
        ("code", vec!["none".to_owned()]),
    ]
    .into();
    // The stream of news has no end, and holds nothing but the word that there is some.
    let of = |method: Method| -> Vec<String> {
        let routes = table().into_iter().filter(|route| route.method == method && route.path != "/live");
        routes.flat_map(|route| paths(route.path, &places)).collect()
    };
    let pages = of(Method::GET);
    assert!(pages.len() > 80, "{}", pages.len());

    let all = |tool: &str, sections: &[String]| -> Vec<String> {
        sections.iter().map(|section| marker(tool, section)).collect()
    };
    let open = marker("wellness_plan", "each_day");
    let mut closed = all("wellness_plan", &plan_sections);
    closed.retain(|word| *word != open);
    closed.extend(all("crisis_plan", &crisis_sections));
    let codes = [code.expose().to_owned(), code.spaced()];

    let members: Vec<&Member> = vec![
        &georgia.peer,
        &georgia.second_peer,
        &georgia.supervisor,
        &georgia.deputy,
        &georgia.team_member,
        &georgia.privacy_lead,
        &georgia.admin,
        &georgia.auditor,
        &world.agency_admin,
        &alabama.peer,
        &alabama.supervisor,
        &alabama.privacy_lead,
        &alabama.person,
    ];
    for member in members {
        let is_peer = member.account == georgia.peer.account;
        let (mut found, mut opened) = (BTreeSet::new(), 0);
        let client = world.client_of(member).await;
        for path in &pages {
            // A page such as the way out must not end it for the pages behind it.
            let page = client.clone().get(path).await;
            assert!(page.status < 500, "{} {path}: {}", member.name, page.status);
            opened += i32::from(page.status == 200);
            let text = everything(&page);
            for word in closed.iter().chain(&codes) {
                assert!(!text.contains(word), "{} reads {word} at {path}", member.name);
            }
            if text.contains(&open) {
                found.insert(path.clone());
            }
        }
        let expected: BTreeSet<String> = if is_peer {
            [format!("/plans/{plan}"), format!("/plans/{plan}/paper")].into()
        } else {
            BTreeSet::new()
        };
        assert_eq!(found, expected, "{}", member.name);
        assert!(opened > if is_peer { 25 } else { 8 }, "{} opens only {opened} pages", member.name);
    }
    for path in &pages {
        let text = everything(&world.stranger().get(path).await);
        assert!(!text.contains("zebra-"), "a stranger at {path}");
    }

    // A stranger with the card reads what stands on it and nothing else, in either language.
    let on_card = marker("crisis_plan", "call");
    for lang in ["en", "es"] {
        let mut stranger = world.stranger();
        stranger.set_cookie("lang", Some(lang));
        let text = everything(&stranger.get(&format!("/card/{}", code.expose())).await);
        assert!(text.contains(&on_card), "{text}");
        assert!(closed.iter().all(|word| *word == on_card || !text.contains(word)));
    }

    // The owner reads every word, and sees exactly the one that the peer specialist sees.
    let mut darnell = world.client_of(&georgia.person).await;
    let text = darnell.get(&format!("/plans/{plan}")).await.text
        + &darnell.get(&format!("/plans/{crisis}")).await.text;
    for word in closed.iter().chain([&open]) {
        assert!(text.contains(word), "{word}");
    }
    let preview = darnell.get(&format!("/plans/{plan}/as/{}", georgia.peer.account)).await;
    assert!(preview.text.contains(&open) && closed.iter().all(|word| !preview.text.contains(word)));
    assert_eq!(darnell.get(&format!("/plans/{plan}/as/{}", georgia.second_peer.account)).await.status, 404);

    // A week later it is closed again, at the addresses that were open.
    world.clock.advance(SignedDuration::from_hours(7 * 24));
    let mut peer = world.client_of(&georgia.peer).await;
    for path in [format!("/plans/{plan}"), format!("/plans/{plan}/paper")] {
        assert_eq!(peer.get(&path).await.status, 404);
    }
    let list = peer.get(&format!("/people/{person}/plans")).await;
    assert_eq!((list.status, list.text.contains(&plan.to_string())), (200, false));
}

async fn darnell(world: &World) -> Client {
    world.client(Role::Person, &world.georgia).await
}

/// Begins a tool on the page and answers its address.
async fn begun(client: &mut Client, tool: &str) -> String {
    let page = client.get("/plans/start").await;
    let begun = client.submit(&page, "/plans/start", &[("tool", tool)]).await;
    assert_eq!(begun.status, 303, "{}", begun.words());
    let to = begun.location().unwrap();
    to.split("/write/").next().unwrap().to_owned()
}

/// The names of the fields of a question that has items, those that stand empty too.
fn fields_of(page: &Page, action: &str, question: &str) -> Vec<String> {
    let start = format!("{question}.");
    page.form(action).into_iter().map(|(name, _)| name).filter(|name| name.starts_with(&start)).collect()
}

/// Everything can be done with forms alone: nothing on the way needs a script.
///
/// covers: WI-19
#[tokio::test]
async fn a_paper_is_begun_written_shared_printed_carried_and_thrown_away_without_scripts() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    assert!(client.get("/plans").await.status == 200);
    let paper = begun(&mut client, "crisis_plan").await;
    let first = client.get(&format!("{paper}/write/well")).await;
    // Every part can be left empty: on to the next one.
    let next = client.submit(&first, &format!("{paper}/write/well"), &[("do", "next")]).await;
    assert_eq!(next.location(), Some(format!("{paper}/write/signs")));
    let action = format!("{paper}/write/helps");
    let page = client.get(&action).await;
    let fields = fields_of(&page, &action, "helps_do");
    assert_eq!(fields.len(), 2, "two empty lines wait");
    let more = client
        .submit(
            &page,
            &action,
            &[(&fields[0], "Speak softly."), (&fields[1], "Dim the lights."), ("do", "more-helps_do")],
        )
        .await;
    assert_eq!(more.location(), Some(format!("{action}#helps_do")));
    let page = client.get(&action).await;
    let fields = fields_of(&page, &action, "helps_do");
    assert_eq!(fields.len(), 4, "and two more after them");
    // One line emptied is taken back, the other changed.
    let change = [(fields[0].as_str(), ""), (&fields[1], "Turn the lights off."), ("do", "done")];
    let saved = client.submit(&page, &action, &change).await;
    assert_eq!(saved.location().as_deref(), Some(paper.as_str()));
    let shown = client.follow(saved).await;
    assert!(shown.says("Turn the lights off.") && !shown.says("Speak softly."), "{}", shown.words());
    assert!(client.get("/plans").await.says("Only you"), "{}", client.get("/plans").await.words());

    let print = client.get(&format!("{paper}/paper?large=yes")).await;
    assert!(print.status == 200 && print.says("Turn the lights off."));

    // Sharing: nothing is chosen beforehand, it is read back, and only then it counts.
    let share = format!("{paper}/share");
    let page = client.get(&share).await;
    assert!(page.form(&share).iter().all(|(_, value)| value.is_empty()), "{:?}", page.form(&share));
    let peer = world.georgia.peer.account;
    assert_eq!(client.get(&format!("{share}?reader={peer}&days=7")).await.status, 422);
    let agree = client.get(&format!("{share}?reader={peer}&sections=helps&days=7")).await;
    assert!(agree.says("Marisol Vega") && agree.says("November 26, 2026"), "{}", agree.words());
    let mut marisol = world.client_of(&world.georgia.peer).await;
    assert_eq!(marisol.get(&paper).await.status, 404);
    let done = client.submit(&agree, &share, &[]).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let read = marisol.get(&paper).await;
    assert!(read.says("Turn the lights off."), "{}", read.words());
    for closed in ["share", "cards", "versions", "write/helps", "write/well"] {
        let status = marisol.get(&format!("{paper}/{closed}")).await.status;
        assert!(matches!(status, 404 | 409 | 422 | 403), "{closed}: {status}");
    }
    let list = marisol.get(&format!("/people/{}/plans", world.georgia.person_id)).await;
    assert!(list.text.contains(&paper), "{}", list.words());
    let own = client.get(&paper).await;
    let stopped = client.submit(&own, &format!("{share}/stop"), &[]).await;
    assert_eq!(stopped.status, 303);
    assert_eq!(marisol.get(&paper).await.status, 404);

    // An earlier day can be read again and brought back.
    world.clock.advance(SignedDuration::from_hours(3));
    let mut client = darnell(&world).await;
    let page = client.get(&action).await;
    let fields = fields_of(&page, &action, "helps_do");
    client.submit(&page, &action, &[(&fields[0], "Call my sister.")]).await;
    let versions = client.get(&format!("{paper}/versions")).await;
    let earlier = versions.text.split(&format!("{paper}/versions/")).last().unwrap();
    let earlier = format!("{paper}/versions/{}", earlier.split('"').next().unwrap());
    let then = client.get(&earlier).await;
    assert!(then.says("Turn the lights off.") && !then.says("Call my sister."), "{}", then.words());
    let back = client.submit(&then, &earlier, &[]).await;
    let now = client.follow(back).await;
    assert!(now.says("Turn the lights off.") && !now.says("Call my sister."), "{}", now.words());

    let gone = client.submit(&now, &format!("{paper}/forget"), &[]).await;
    assert_eq!(gone.location().as_deref(), Some("/plans"));
    assert_eq!(client.get(&paper).await.status, 404);
    assert!(!client.get("/plans").await.text.contains(&paper));
}

/// What two windows write at once is both there, and a form sent twice is kept once.
#[tokio::test]
async fn a_stale_page_overwrites_nothing_and_a_form_sent_twice_is_one_item() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let paper = begun(&mut client, "wellness_plan").await;
    let (action, keep) = (format!("{paper}/write/well"), format!("{paper}/keep/well"));
    let old = client.get(&action).await;
    let saved = client.submit(&old, &action, &[("good_day", "I sing."), ("do", "done")]).await;
    assert_eq!(saved.status, 303);
    // The other window still has the old version in its form.
    let version = old.field("version");
    let stale = client.post(&keep, &[("version", &version), ("good_day", "I bake bread.")]).await;
    assert_eq!(stale.status, 200, "{}", stale.text);
    let shown = client.get(&paper).await;
    assert!(shown.says("I sing.") && shown.says("I bake bread."), "{}", shown.words());
    // The answer says what that form has seen now: its next save goes over its own words only.
    let seen = stale.text.split('"').nth(3).unwrap().to_owned();
    client.post(&keep, &[("version", &seen), ("good_day", "I bake rolls.")]).await;
    let shown = client.get(&paper).await;
    assert!(shown.says("I sing.") && shown.says("I bake rolls.") && !shown.says("I bake bread."));
    let both = client.get(&action).await;
    assert!(both.field("good_day").contains("I sing.") && both.field("good_day").contains("I bake rolls."));
    client.submit(&both, &action, &[("good_day", "I sing and bake.")]).await;
    let shown = client.get(&paper).await;
    assert!(shown.says("I sing and bake.") && !shown.says("I bake rolls."), "{}", shown.words());

    // The same form again, and once more after it was kept on the way.
    let page = client.get(&action).await;
    let field = fields_of(&page, &action, "strengths").remove(0);
    let mut all = page.form(&action);
    all.retain(|(name, _)| *name != field);
    all.push((field, "I keep my word.".into()));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(client.post(&keep, &all).await.status, 200);
    for _ in 0..2 {
        assert_eq!(client.post(&action, &all).await.status, 303);
    }
    let shown = client.get(&paper).await;
    assert_eq!(shown.text.matches("I keep my word.").count(), 1);
    assert!(shown.says("I sing and bake."));
}

#[tokio::test]
async fn a_card_shows_strangers_what_was_chosen_and_no_address_and_no_full_name() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let paper = begun(&mut client, "crisis_plan").await;
    for (section, question, texts) in [
        ("call", "call_people", vec![("name", "Tasha"), ("reach", "14 Elm Street, Macon")]),
        ("helps", "helps_do", vec![("", "Speak softly.")]),
        ("not_called", "not_called_people", vec![("", "My uncle Ray")]),
    ] {
        let action = format!("{paper}/write/{section}");
        let page = client.get(&action).await;
        let first = fields_of(&page, &action, question).remove(0);
        let item = first.split('.').nth(1).unwrap().to_owned();
        let named = |end: &str| {
            if end.is_empty() { format!("{question}.{item}") } else { format!("{question}.{item}.{end}") }
        };
        let fields: Vec<(String, &str)> = texts.iter().map(|(end, text)| (named(end), *text)).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        assert_eq!(client.submit(&page, &action, &fields).await.status, 303);
        // From a window with the old form, another way to reach her.
        if section == "call" {
            let other = [(named("name"), "Tasha"), (named("reach"), "404 555 0142, 9 Oak Lane")];
            let other: Vec<(&str, &str)> = other.iter().map(|(name, text)| (name.as_str(), *text)).collect();
            assert_eq!(
                client.submit(&page, &action, &[other, vec![("command", "")]].concat()).await.status,
                303
            );
        }
    }
    let cards = format!("{paper}/cards");
    let page = client.get(&cards).await;
    assert!(!page.says("Please do not call"), "{}", page.words());
    assert_eq!(client.submit(&page, &cards, &[]).await.status, 422);
    assert_eq!(client.submit(&page, &cards, &[("sections", "not_called")]).await.status, 422);
    let made = client.submit(&page, &cards, &[("sections", "call")]).await;
    let wallet = client.follow(made).await;
    assert!(wallet.says("Tasha"), "{}", wallet.words());
    let person = world.actor(&world.georgia.person).await;
    let id: DocumentId = paper.rsplit('/').next().unwrap().parse().unwrap();
    let card = world.app.cards(&person, id).await.unwrap().remove(0);
    assert!(wallet.says(&card.code.spaced()));

    let mut stranger = world.stranger();
    let ask = stranger.get("/card").await;
    let typed = format!(" {} ", card.code.spaced().to_lowercase());
    let open = stranger.submit(&ask, "/card", &[("code", &typed)]).await;
    let scanned = stranger.get(&format!("/card/{}", card.code.expose())).await;
    for page in [&open, &scanned] {
        assert!(page.status == 200 && page.says("Darnell") && page.says("Tasha"), "{}", page.words());
        assert_eq!(page.headers["cache-control"], "no-store");
        for hidden in ["softly", "uncle Ray", "Watts"] {
            assert!(!everything(page).contains(hidden), "{hidden}: {}", page.words());
        }
    }
    for page in [&open, &scanned, &wallet] {
        for hidden in ["Elm", "Macon", "Oak"] {
            assert!(!page.text.contains(hidden), "{hidden}: {}", page.words());
        }
    }
    let wrong = stranger.submit(&ask, "/card", &[("code", "ABCD EFGH")]).await;
    assert_eq!(wrong.status, 404);
    assert_eq!(wrong.field("code"), "ABCD EFGH");

    // Told at once, and closed at once.
    assert!(client.get("/me/looks").await.says("card"), "{}", client.get("/me/looks").await.words());
    let page = client.get(&cards).await;
    let off = client.submit(&page, &format!("{cards}/{}/off", card.id), &[]).await;
    assert_eq!(off.status, 303, "{}", off.words());
    assert_eq!(stranger.get(&format!("/card/{}", card.code.expose())).await.status, 404);
    assert_eq!(client.get(&format!("{cards}/{}", card.id)).await.status, 404);
}

#[tokio::test]
async fn the_page_of_somebody_in_danger_shows_whom_to_call_and_sends_nothing() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let paper = begun(&mut client, "week_check").await;
    let action = format!("{paper}/write/week");
    let page = client.get(&action).await;
    let own = world.actor(&world.georgia.person).await;
    let id: DocumentId = paper.rsplit('/').next().unwrap().parse().unwrap();
    let danger =
        world.app.document(&own, id).await.unwrap().tool.question("safe").unwrap().1.danger[0].clone();
    let saved = client.submit(&page, &action, &[("safe", &danger), ("do", "done")]).await;
    let shown = client.follow(saved).await;
    assert!(shown.text.contains("tel:988") && shown.text.contains("/help-now"), "{}", shown.words());
    let mut peer = world.client_of(&world.georgia.peer).await;
    assert_eq!(peer.get(&paper).await.status, 404);
}
