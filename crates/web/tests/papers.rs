//! What people write, through the site: who finds which words, and that nothing typed is lost.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use axum::http::Method;
use jiff::SignedDuration;
use porchlight_practice::Role;
use porchlight_practice::id::DocumentId;
use porchlight_practice::pack::{SourceFile, compile};
use std::collections::{BTreeMap, BTreeSet};
use world::filled::{Filled, everything, filled_world, marker};
use world::{Answer as Page, Client, World};

/// Whoever signs in, in whatever role, asks every page there is for: the words of a section stand on the pages of its
/// owner and of whom the owner let in, and nowhere else.
///
/// covers: WI-35
#[tokio::test]
async fn no_page_of_anybody_holds_a_word_that_was_not_shared_with_them() {
    let filled = filled_world().await;
    let Filled { world, plan, crisis, open, closed, codes, .. } = &filled;
    let (georgia, person) = (&world.georgia, world.georgia.person_id);
    let pages = filled.paths(&Method::GET);
    assert!(pages.len() > 80, "{}", pages.len());
    for (member, is_peer) in filled.others() {
        let (mut found, mut opened) = (BTreeSet::new(), 0);
        let client = world.client_of(member).await;
        for path in &pages {
            // A page such as the way out must not end it for the pages behind it.
            let page = client.clone().get(path).await;
            assert!(page.status < 500, "{} {path}: {}", member.name, page.status);
            opened += i32::from(page.status == 200);
            let text = everything(&page);
            for word in closed.iter().chain(codes) {
                assert!(!text.contains(word), "{} reads {word} at {path}", member.name);
            }
            if text.contains(open) {
                found.insert(path.clone());
            }
        }
        let expected: BTreeSet<String> = if is_peer {
            ["", "/paper", "/pdf"].map(|end| format!("/plans/{plan}{end}")).into()
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
        let text = everything(&stranger.get(&format!("/card/{}", codes[0])).await);
        assert!(text.contains(&on_card), "{text}");
        assert!(closed.iter().all(|word| *word == on_card || !text.contains(word)));
    }

    // The owner reads every word, and sees exactly the one that the peer specialist sees.
    let mut darnell = world.client_of(&georgia.person).await;
    let text = darnell.get(&format!("/plans/{plan}")).await.text
        + &darnell.get(&format!("/plans/{crisis}")).await.text;
    for word in closed.iter().chain([open]) {
        assert!(text.contains(word), "{word}");
    }
    let preview = darnell.get(&format!("/plans/{plan}/as/{}", georgia.peer.account)).await;
    assert!(preview.text.contains(open) && closed.iter().all(|word| !preview.text.contains(word)));
    assert_eq!(darnell.get(&format!("/plans/{plan}/as/{}", georgia.second_peer.account)).await.status, 404);

    // A week later it is closed again, at the addresses that were open.
    world.clock.advance(SignedDuration::from_hours(7 * 24));
    let mut peer = world.client_of(&georgia.peer).await;
    for path in ["", "/paper", "/pdf"].map(|end| format!("/plans/{plan}{end}")) {
        assert_eq!(peer.get(&path).await.status, 404);
    }
    let list = peer.get(&format!("/people/{person}/plans")).await;
    assert_eq!((list.status, list.text.contains(&plan.to_string())), (200, false));
}

/// A form on a page: where it leads, and what it would send as it stands.
type Filling = (String, Vec<(String, String)>);

/// Every name of a field in the forms of a page.
fn names(page: &Page) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in page.text.split(" name=\"").skip(1) {
        names.extend(part.split('"').next().map(str::to_owned));
    }
    names
}

/// The same for everything that can be sent: empty, with something typed in every field that any form has, and each form as
/// it stands on a page with its texts replaced. No answer, page of an error or redirect, to anybody but the owner holds a
/// word that was not shared with them, and none of it breaks.
///
/// covers: WI-35
#[tokio::test]
async fn no_answer_to_anything_sent_holds_a_word_that_was_not_shared() {
    let filled = filled_world().await;
    let (world, pages, sent) = (&filled.world, filled.paths(&Method::GET), filled.paths(&Method::POST));
    assert!(sent.len() > 120, "{}", sent.len());
    let secret = |text: &str, who: &str, path: &str| {
        for word in filled.closed.iter().chain(&filled.codes) {
            assert!(!text.contains(word.as_str()), "{who} is answered {word} at {path}");
        }
    };
    // What forms of every role ask for, so that each form is sent full to each path.
    let mut all_names: BTreeSet<String> = BTreeSet::new();
    let mut forms: BTreeMap<String, Vec<Filling>> = BTreeMap::new();
    for (member, _) in filled.others() {
        let client = world.client_of(member).await;
        for path in &pages {
            let page = client.clone().get(path).await;
            all_names.extend(names(&page));
            for action in sent.iter().filter(|action| page.text.contains(&format!(" action=\"{action}\""))) {
                forms.entry(member.name.clone()).or_default().push((action.clone(), page.form(action)));
            }
        }
    }
    assert!(all_names.len() > 60, "{all_names:?}");
    let typed: Vec<(&str, &str)> = all_names.iter().map(|name| (name.as_str(), "typed-by-hand")).collect();
    let mut put_right = 0;
    for (member, reads) in filled.others() {
        // Codes tried at random are answered slowly; here nobody tries, so a minute passes in between.
        world.clock.advance(SignedDuration::from_mins(1));
        let client = world.client_of(member).await;
        let check = |page: &Page, path: &str| {
            assert!(page.status < 500, "{} {path}: {}", member.name, page.status);
            let text = everything(page);
            secret(&text, &member.name, path);
            assert!(reads || !text.contains(&filled.open), "{} at {path}", member.name);
        };
        for path in &sent {
            for fields in [&[][..], &typed[..]] {
                // Signing out must not end it for what is sent afterwards.
                let page = client.clone().post(path, fields).await;
                put_right += i32::from(page.status == 422);
                check(&page, path);
            }
        }
        for (action, fields) in forms.get(&member.name).into_iter().flatten() {
            let text = |name: &str, value: &str| match name {
                "command" | "version" => value.to_owned(),
                _ if value.is_empty() => "typed-by-hand".to_owned(),
                _ => value.to_owned(),
            };
            let fields: Vec<(String, String)> =
                fields.iter().map(|(name, value)| (name.clone(), text(name, value))).collect();
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            // One that ends a role or a sign-in is tried on a browser of its own all the same.
            let page = client.clone().post(action, &fields).await;
            check(&page, action);
        }
    }
    assert!(put_right > 100, "only {put_right} pages ask to put something right");
    world.clock.advance(SignedDuration::from_mins(1));
    for path in &sent {
        for fields in [&[][..], &typed[..]] {
            let text = everything(&world.stranger().post(path, fields).await);
            assert!(!text.contains("zebra-"), "a stranger at {path}");
        }
    }
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

/// covers: WI-20
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
    // The state's own line, and, once there is one, what they wrote themself for a time like this.
    assert!(shown.says("Georgia Crisis and Access Line") && !shown.says("Open my crisis plan"));
    let crisis = begun(&mut client, "crisis_plan").await;
    let shown = client.get(&paper).await;
    assert!(shown.text.contains(&format!("href=\"{crisis}\"")) && shown.says("Open my crisis plan"));
    assert!(!client.get(&crisis).await.says("Open my crisis plan"));
    let mut peer = world.client_of(&world.georgia.peer).await;
    assert_eq!(peer.get(&paper).await.status, 404);
}

/// Writes words in one question, on the page.
async fn say(client: &mut Client, paper: &str, section: &str, question: &str, words: &str) {
    let action = format!("{paper}/write/{section}");
    let page = client.get(&action).await;
    let field = fields_of(&page, &action, question).pop().unwrap_or_else(|| question.to_owned());
    let saved = client.submit(&page, &action, &[(&field, words), ("do", "done")]).await;
    assert_eq!(saved.status, 303, "{}", saved.words());
}

/// A file has the words of the page it is made from, in the type that was asked for, and a name that tells nobody anything.
#[tokio::test]
async fn a_file_says_what_the_page_for_paper_says_and_its_name_says_nothing() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let paper = begun(&mut client, "crisis_plan").await;
    say(&mut client, &paper, "helps", "helps_do", "Speak softly.").await;
    let print = client.get(&format!("{paper}/paper")).await;
    let file = client.get(&format!("{paper}/pdf")).await;
    assert_eq!(file.headers["content-type"], "application/pdf");
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"paper.pdf\"");
    assert_eq!(file.headers["cache-control"], "no-store");
    for words in
        ["Speak softly.", "What helps me", "Printed on November 19, 2026. It may be out of date.", "Darnell"]
    {
        assert!(print.says(words) && file.text.contains(words), "{words}: {}", file.text);
    }
    assert!(!file.text.contains("Please do not call"), "a part with nothing in it is left out");
    assert!(file.text.contains("large: false"));
    assert!(client.get(&format!("{paper}/pdf?large=yes")).await.text.contains("large: true"));
    // Whoever chose larger type for every page has it on paper, too, and can still say otherwise.
    client.set_cookie("type", Some("large"));
    assert!(client.get(&format!("{paper}/pdf")).await.text.contains("large: true"));
    assert!(client.get(&format!("{paper}/pdf?large=no")).await.text.contains("large: false"));
    client.set_cookie("lang", Some("es"));
    let spanish = client.get(&format!("{paper}/pdf")).await;
    assert!(
        spanish.text.contains("lang: Es") && spanish.text.contains("Lo que me ayuda"),
        "{}",
        spanish.text
    );

    // A check that prints on nothing has no file.
    let mut marisol = world.client_of(&world.georgia.peer).await;
    assert_eq!(marisol.get(&format!("{paper}/pdf")).await.status, 404);
    assert_eq!(world.stranger().get(&format!("{paper}/pdf")).await.status, 303);
}

/// The card as a file has what the card has: no address, nobody who must not be called.
#[tokio::test]
async fn the_file_of_a_card_holds_no_more_than_the_card() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let paper = begun(&mut client, "crisis_plan").await;
    say(&mut client, &paper, "helps", "helps_do", "Speak softly.").await;
    say(&mut client, &paper, "harms", "harms_do", "Do not grab me.").await;
    say(&mut client, &paper, "not_called", "not_called_people", "My uncle Ray").await;
    let cards = format!("{paper}/cards");
    let page = client.get(&cards).await;
    let made = client.submit(&page, &cards, &[("sections", "helps")]).await;
    let wallet = made.location().unwrap();
    let file = client.get(&format!("{wallet}/pdf")).await;
    let own = world.actor(&world.georgia.person).await;
    let id: DocumentId = paper.rsplit('/').next().unwrap().parse().unwrap();
    let code = world.app.cards(&own, id).await.unwrap().remove(0).code.spaced();
    for words in ["Speak softly.", "<svg", &code] {
        assert!(file.text.contains(words), "{words}: {}", file.text);
    }
    for closed in ["grab", "uncle Ray"] {
        assert!(!file.text.contains(closed), "{closed}");
    }
    client.submit(&client.clone().get(&cards).await, &format!("{wallet}/off"), &[]).await;
    assert_eq!(client.get(&format!("{wallet}/pdf")).await.status, 404, "a card that is off prints nothing");
}

/// What the crisis plan said stands beside what happened; each change goes into it when the person says so, once.
#[tokio::test]
async fn after_a_crisis_the_plan_is_beside_and_changes_go_into_it_one_by_one() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let crisis = begun(&mut client, "crisis_plan").await;
    say(&mut client, &crisis, "signs", "signs_see", "I stop sleeping.").await;
    say(&mut client, &crisis, "helps", "helps_do", "Speak softly.").await;
    let back = begun(&mut client, "look_back").await;
    let page = client.get(&format!("{back}/write/plan")).await;
    assert!(page.says("I stop sleeping.") && page.says("Speak softly."), "{}", page.words());
    say(&mut client, &back, "plan", "plan_helped", "Speak softly.").await;
    say(&mut client, &back, "plan", "plan_helped", "The dog on my lap.").await;
    say(&mut client, &back, "plan", "plan_helped", "Not for the plan.").await;

    let shown = client.get(&back).await;
    let action = format!("{back}/carry");
    assert_eq!(
        shown.text.matches(&format!("action=\"{action}\"")).count(),
        2,
        "what stands there is not offered"
    );
    // The newest stands last; the first form is the dog's.
    let put = client.submit(&shown, &action, &[]).await;
    assert_eq!(put.status, 303, "{}", put.words());
    let again = client.submit(&shown, &action, &[]).await;
    assert_eq!(again.status, 303);
    let plan = client.get(&crisis).await;
    assert!(plan.says("Speak softly.") && plan.says("The dog on my lap."), "{}", plan.words());
    assert!(!plan.says("Not for the plan."));
    assert_eq!(plan.text.matches("The dog on my lap.").count(), 1, "twice is once");

    // Only where a tool says so, and only in one's own papers.
    let form: Vec<(String, String)> = shown.form(&action);
    let with = |name: &str, value: &str| -> Vec<(String, String)> {
        form.iter()
            .map(|(known, old)| (known.clone(), if known == name { value.into() } else { old.clone() }))
            .collect()
    };
    for (name, value) in [
        ("there", "not_called_people"),
        ("question", "plan_people"),
        ("to", back.rsplit('/').next().unwrap()),
    ] {
        let fields = with(name, value);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(client.post(&action, &fields).await.status, 404, "{name}");
    }
    let fields: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut marisol = world.client_of(&world.georgia.peer).await;
    assert_eq!(marisol.post(&action, &fields).await.status, 404);
}

/// The first part of the crisis plan is copied from the wellness plan on a tap, and what was typed beside it is kept.
#[tokio::test]
async fn a_crisis_plan_copies_from_the_wellness_plan_when_asked() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let crisis = begun(&mut client, "crisis_plan").await;
    let action = format!("{crisis}/write/well");
    assert!(!client.get(&action).await.text.contains("copy-well_like"), "there is nothing to copy yet");
    let wellness = begun(&mut client, "wellness_plan").await;
    say(&mut client, &wellness, "well", "good_day", "I sing in the kitchen.").await;
    let page = client.get(&action).await;
    assert!(page.says("I sing in the kitchen.") && page.field("well_like").is_empty());
    let copied = client.submit(&page, &action, &[("do", "copy-well_like")]).await;
    assert_eq!(copied.location(), Some(format!("{action}#well_like")));
    let page = client.get(&action).await;
    assert_eq!(page.field("well_like"), "I sing in the kitchen.");
    assert!(!page.text.contains("copy-well_like"), "what stands here is not copied again");

    // What is typed and sent with the tap is kept; words of one's own are never written over.
    say(&mut client, &wellness, "breaking_down", "bad_signs", "I hide from the mailman.").await;
    let signs = format!("{crisis}/write/signs");
    let page = client.get(&signs).await;
    let field = fields_of(&page, &signs, "signs_see").remove(0);
    client.submit(&page, &signs, &[(&field, "I stop eating."), ("do", "copy-signs_see")]).await;
    let shown = client.get(&crisis).await;
    assert!(shown.says("I stop eating.") && shown.says("I hide from the mailman."), "{}", shown.words());
    client
        .submit(
            &client.clone().get(&action).await,
            &action,
            &[("well_like", "My own words."), ("do", "done")],
        )
        .await;
    let page = client.get(&action).await;
    client.submit(&page, &action, &[("do", "copy-well_like")]).await;
    assert_eq!(client.get(&action).await.field("well_like"), "My own words.");
}

/// The path has a stone for each place, one of them theirs, and nothing that counts. Staff can't set it.
#[tokio::test]
async fn where_somebody_is_stands_on_a_path_that_only_they_walk() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let paper = begun(&mut client, "where_i_am").await;
    let action = format!("{paper}/write/now");
    let page = client.get(&action).await;
    assert_eq!(page.text.matches("class=\"stone\"").count(), 5);
    for (place, name) in [("willing", "I want to change things"), ("heavy", "It fills my whole life")] {
        // Both ways, as often as they like.
        let page = client.get(&action).await;
        assert_eq!(client.submit(&page, &action, &[("place", place), ("do", "done")]).await.status, 303);
        let shown = client.get(&paper).await;
        assert_eq!(shown.text.matches("class=\"here\"").count(), 1, "one stone and no path behind it");
        assert!(shown.says(name) && shown.says("my spot"), "{}", shown.words());
        assert!(!shown.says("Your number"));
    }
    let file = client.get(&format!("{paper}/pdf")).await.text;
    assert!(
        file.contains("It fills my whole life: my spot") && file.contains("I am doing things in a new way")
    );
    let mut marisol = world.client_of(&world.georgia.peer).await;
    let person = world.georgia.person_id;
    assert!(!marisol.get(&format!("/people/{person}/plans/start")).await.text.contains("where_i_am"));
}

/// Asked again and again, the short questions are a line with the person's own words; nobody else has a page with it.
#[tokio::test]
async fn short_questions_are_a_line_with_the_persons_words_and_nobody_elses() {
    let world = World::new().await;
    let mut client = darnell(&world).await;
    let paper = begun(&mut client, "short_questions").await;
    let action = format!("{paper}/write/five");
    for (heard, words) in [("2", "He talked over me."), ("9", "She let me finish.")] {
        let page = client.get(&action).await;
        let mut fields = vec![("heard", heard), ("in_my_words", words), ("do", "done")];
        fields.extend(["my_decision", "hopeful", "next_step", "supported"].map(|question| (question, "7")));
        assert_eq!(client.submit(&page, &action, &fields).await.status, 303);
        world.clock.advance(SignedDuration::from_hours(7 * 24));
        client = darnell(&world).await;
    }
    let shown = client.get(&paper).await;
    assert!(shown.text.contains("class=\"chart wide\""), "{}", shown.words());
    assert!(
        shown.says("6 · November 19, 2026") && shown.says("7.4 · November 26, 2026"),
        "{}",
        shown.words()
    );
    assert!(shown.says("He talked over me.") && shown.says("She let me finish."));

    // Even whoever it is shared with reads the answers, and no number and no line.
    let id: DocumentId = paper.rsplit('/').next().unwrap().parse().unwrap();
    let own = world.actor(&world.georgia.person).await;
    let five = vec!["five".to_owned()];
    let peer = world.georgia.peer.account;
    world.app.share(&own, world.app.command_id(), id, peer, five, 7, false).await.unwrap();
    let mut marisol = world.client_of(&world.georgia.peer).await;
    let read = marisol.get(&paper).await;
    assert!(
        read.says("She let me finish.") && !read.text.contains("chart wide") && !read.says("Your number")
    );
}

/// Another owner's questions are offered to nobody until an administrator records the owner's permission, and no longer than
/// it holds.
#[tokio::test]
async fn a_measure_of_another_owner_waits_for_a_permission_on_file() {
    let theirs = r#"
[default]
from = 2025-01-01
strength = "recommended"
confidence = "stated"
source = { document = "porchlight" }

[[tool]]
id = "their_measure"
version = 1
name = { en = "Their twelve questions", es = "Sus doce preguntas" }
purpose = { en = "See how it goes.", es = "Vea cómo va." }
icon = "sun"
shelf = "measure"
writes = "person"
licence = "ask"
terms = { en = "Theirs.", es = "Suyo." }
measure = "MEASURE"

[[tool.section]]
id = "all"
name = { en = "Questions", es = "Preguntas" }

[[tool.section.question]]
id = "one"
kind = "yes_no"
ask = { en = "Is it good?", es = "¿Está bien?" }
"#;
    let with = |measure: &str| {
        let mut files = world::packs();
        files.push(SourceFile {
            path: "us-ga-adult/theirs.toml".to_owned(),
            text: theirs.replace("MEASURE", measure),
        });
        compile(&files).unwrap()
    };
    let world = World::with(with("ras_ds")).await;
    let offered =
        async |world: &World| darnell(world).await.get("/plans/start").await.text.contains("their_measure");
    assert!(!offered(&world).await);
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let at = format!("/programmes/{}/measures", world.georgia.id);
    let page = admin.get(&at).await;
    assert!(page.says("Needs a permission") && page.says("Your pack has its questions."), "{}", page.words());
    let send = async |admin: &mut Client, measure: &str, fields: &[(&str, &str)]| {
        let named: Vec<(String, &str)> =
            fields.iter().map(|(name, value)| (format!("{name}-{measure}"), *value)).collect();
        let mut all: Vec<(&str, &str)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        all.extend([("measure", measure), ("do", "keep")]);
        admin.post(&at, &all).await
    };
    let missing =
        send(&mut admin, "ras_ds", &[("given_by", "University of Sydney"), ("on", "2026-11-01")]).await;
    assert_eq!(missing.status, 422);
    assert!(missing.says("Write where the paper is kept."), "{}", missing.words());
    assert!(missing.text.contains("University of Sydney"), "nothing typed is lost");
    let whole = [
        ("given_by", "University of Sydney"),
        ("on", "2026-11-01"),
        ("until", "2026-11-30"),
        ("kept", "Blue folder"),
    ];
    assert_eq!(send(&mut admin, "ras_ds", &whole).await.status, 303);
    assert!(admin.get(&at).await.says("University of Sydney gave permission on November 1, 2026."));
    assert!(offered(&world).await);
    assert!(begun(&mut darnell(&world).await, "their_measure").await.starts_with("/plans/"));
    // What looks for depression takes no permission, and nobody else records one.
    assert_eq!(send(&mut admin, "phq_9", &whole).await.status, 404);
    let mut peer = world.client_of(&world.georgia.peer).await;
    assert_eq!(peer.get(&at).await.status, 404);

    world.clock.advance(SignedDuration::from_hours(24 * 12));
    assert!(!offered(&world).await, "a permission that ended is none");

    let depression = World::with(with("phq_9")).await;
    assert!(!offered(&depression).await);
}
