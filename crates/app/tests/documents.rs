//! What people write is theirs: papers through the two doors, on every database there is.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::civil::date;
use porchlight_app::document::DocumentView;
use porchlight_app::person::FirstSupport;
use porchlight_app::person::Opens;
use porchlight_app::programme::NewProgramme;
use porchlight_app::{Actor, App, Clock, Error, Fault, Ids, RealIds};
use porchlight_practice::card::CardCode;
use porchlight_practice::document::{Answer, AnswerFault, Document, LIST_LIMIT, Seen};
use porchlight_practice::id::{DocumentId, ItemId, PersonId};
use porchlight_practice::pack::{
    Question, QuestionKind, Section, Settings, SourceFile, Tool, Writes, compile,
};
use porchlight_store::seal::Owner;
use porchlight_store::{card, document, share};
use std::collections::BTreeSet;
use world::{World, accept, not_found, on_each, packs};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

fn words(words: &str) -> Answer {
    Answer::Words { words: words.into() }
}

fn new_item() -> ItemId {
    ItemId(RealIds.next())
}

/// One answer to a question that has one.
fn only(question: &str, text: &str) -> Vec<(String, ItemId, Answer)> {
    vec![(question.into(), Document::ONLY, words(text))]
}

/// A form that answers this, whatever it asks.
fn same(given: &[(String, ItemId, Answer)]) -> impl Fn(&Section) -> Vec<(String, ItemId, Answer)> + use<> {
    let given = given.to_vec();
    move |_| given.clone()
}

/// One more item of a list.
fn item(question: &str, text: &str) -> Vec<(String, ItemId, Answer)> {
    vec![(question.into(), new_item(), words(text))]
}

async fn begin(app: &App, who: &Actor, person: PersonId, tool: &str) -> DocumentId {
    app.start_document(who, app.command_id(), person, tool).await.unwrap()
}

async fn write(
    app: &App,
    who: &Actor,
    id: DocumentId,
    section: &str,
    seen: &Seen,
    given: Vec<(String, ItemId, Answer)>,
) -> Result<Seen, Error> {
    app.write_document(who, app.command_id(), id, section, seen.clone(), same(&given))
        .await
        .map(|written| written.seen)
}

async fn give(
    app: &App,
    who: &Actor,
    id: DocumentId,
    reader: &Actor,
    sections: &[&str],
    days: i64,
    writes: bool,
) -> Result<(), Error> {
    let sections = sections.iter().map(|section| (*section).to_owned()).collect();
    app.share(who, app.command_id(), id, reader.account(), sections, days, writes).await
}

/// Every text in a view, in the order kept.
fn texts(view: &DocumentView) -> Vec<String> {
    let fields = view.document.revisions().iter().flat_map(|revision| revision.answer.fields());
    fields.map(|(_, text)| text).filter(|text| !text.is_empty()).collect()
}

/// A person with an account and a wellness plan with words in three sections.
async fn a_plan(world: &World) -> (PersonId, Actor, DocumentId) {
    let app = &world.app;
    let (person, own) = world.person_with_account("Darnell", "Darnell W").await;
    let id = begin(app, &own, person, "wellness_plan").await;
    let seen = Seen::default();
    write(app, &own, id, "well", &seen, only("good_day", "I sing in the kitchen.")).await.unwrap();
    write(app, &own, id, "each_day", &seen, item("every_day", "Coffee with Xolani.")).await.unwrap();
    write(app, &own, id, "early_signs", &seen, item("signs", "I hide from the mailman.")).await.unwrap();
    (person, own, id)
}

/// That somebody finds no paper at all, whatever they try with its id.
async fn finds_nothing(world: &World, who: &Actor, own: &Actor, person: PersonId, id: DocumentId) {
    let app = &world.app;
    assert!(not_found(app.document(who, id).await));
    assert!(not_found(app.document_as(who, id, own.account()).await));
    match app.documents(who, person).await {
        Ok(listed) => assert!(listed.lines.is_empty()),
        Err(error) => assert!(matches!(error, Error::NotFound), "{error}"),
    }
    for section in ["well", "each_day", "early_signs", "nowhere"] {
        let given = only("good_day", "not mine to say");
        assert!(not_found(write(app, who, id, section, &Seen::up_to(99), given).await));
    }
    assert!(not_found(app.bring_back(who, app.command_id(), id, world.clock.now()).await));
    assert!(not_found(app.forget_document(who, app.command_id(), id).await));
    assert!(not_found(give(app, who, id, who, &["well"], 7, true).await));
    assert!(not_found(app.shares(who, person).await));
    assert!(not_found(app.cards(who, id).await));
    assert!(not_found(app.make_card(who, app.command_id(), id, vec!["well".into()]).await));
}

/// The same for somebody who does not even walk with the person.
async fn is_nobody_here(world: &World, who: &Actor, own: &Actor, person: PersonId, id: DocumentId) {
    let app = &world.app;
    finds_nothing(world, who, own, person, id).await;
    assert!(not_found(app.tools(who, person).await));
    assert!(not_found(app.start_document(who, app.command_id(), person, "crisis_plan").await));
    assert!(not_found(app.stop_share(who, app.command_id(), id, world.peer.account()).await));
    assert!(not_found(app.share_readers(who, person).await));
    let card = porchlight_practice::id::CardId(RealIds.next());
    assert!(not_found(app.switch_off_card(who, app.command_id(), id, card).await));
}

/// Everybody who is not the person and not their peer: of the same programme, of the agency, and of another programme.
async fn everybody_else(world: &World) -> Vec<Actor> {
    let app = &world.app;
    let mut all: Vec<Actor> = [&world.second, &world.supervisor, &world.deputy, &world.team, &world.admin]
        .map(Actor::clone)
        .to_vec();
    for (name, title) in [
        ("Paul Keane", "auditor"),
        ("Ines Ortega", "privacy_lead"),
        ("Ruth Delgado", "program_administrator"),
    ] {
        all.push(world.invited(name, title).await);
    }
    all.push(world.person_with_account("Lou", "Lou T").await.1);
    let elsewhere = NewProgramme {
        name: "Cahaba".into(),
        pack: "us-al-parent".into(),
        zone: "America/Chicago".into(),
        settings: Settings::default(),
    };
    let there = app.open_programme(&world.admin, app.command_id(), elsewhere).await.unwrap();
    let link = app.invite_worker(&world.admin, app.command_id(), there, "Jorge Salas", "peer").await.unwrap();
    all.push(accept(app, &link, "Jorge Salas").await);
    all
}

/// covers: WI-35, WI-15
#[test]
fn one_section_is_open_to_one_reader_until_it_ends() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let (person, own, id) = a_plan(&world).await;
        let others = everybody_else(&world).await;
        finds_nothing(&world, peer, &own, person, id).await;

        give(app, &own, id, peer, &["each_day"], 7, false).await.unwrap();
        let read = app.document(peer, id).await.unwrap();
        assert_eq!(read.open, ["each_day"]);
        assert!(read.writes.is_empty() && !read.own);
        assert_eq!(texts(&read), ["Coffee with Xolani."]);
        assert_eq!(read.sections().map(|section| section.id.as_str()).collect::<Vec<_>>(), ["each_day"]);
        let listed = app.documents(peer, person).await.unwrap().lines;
        assert_eq!(listed.iter().map(|line| line.id).collect::<Vec<_>>(), [id]);
        // The preview is what the reader sees, and nobody else has one.
        let preview = app.document_as(&own, id, peer.account()).await.unwrap();
        assert_eq!((preview.open, preview.document), (read.open, read.document));
        assert!(not_found(app.document_as(peer, id, peer.account()).await));

        // To read is not to write, to share, to throw away or to put on a card.
        for section in ["well", "each_day"] {
            let written =
                write(app, peer, id, section, &read.seen, item("every_day", "Run five miles.")).await;
            assert!(not_found(written), "{section}");
        }
        assert!(app.bring_back(peer, app.command_id(), id, world.clock.now()).await.is_err());
        assert!(not_found(app.forget_document(peer, app.command_id(), id).await));
        for refused in [
            give(app, peer, id, &world.second, &["each_day"], 7, false).await.unwrap_err(),
            app.make_card(peer, app.command_id(), id, vec!["well".into()]).await.unwrap_err(),
            app.cards(peer, id).await.unwrap_err(),
        ] {
            assert!(matches!(refused, Error::Fault(Fault::TheirsToSay)), "{refused}");
        }
        for who in &others {
            is_nobody_here(&world, who, &own, person, id).await;
        }

        world.clock.advance(7 * DAY - 1);
        assert!(app.document(peer, id).await.is_ok());
        world.clock.advance(1);
        finds_nothing(&world, peer, &own, person, id).await;
        assert_eq!(app.documents(&own, person).await.unwrap().lines[0].readers, 0);
    });
}

/// covers: WI-35
#[test]
fn stopping_works_at_once_also_for_a_page_that_is_open_already() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let (person, own, id) = a_plan(&world).await;
        give(app, &own, id, peer, &["each_day", "well"], 30, true).await.unwrap();
        let page = app.document(peer, id).await.unwrap().seen;
        let page =
            write(app, peer, id, "each_day", &page, item("every_day", "A walk, he said.")).await.unwrap();
        let elsewhere = write(app, peer, id, "early_signs", &page, item("signs", "Not shared.")).await;
        assert!(not_found(elsewhere));
        app.stop_share(&own, app.command_id(), id, peer.account()).await.unwrap();
        app.stop_share(&own, app.command_id(), id, peer.account()).await.unwrap();
        let late = write(app, peer, id, "each_day", &page, item("every_day", "Too late.")).await;
        assert!(not_found(late));
        finds_nothing(&world, peer, &own, person, id).await;
        let kept = texts(&app.document(&own, id).await.unwrap());
        assert!(kept.contains(&"A walk, he said.".to_owned()) && !kept.contains(&"Too late.".to_owned()));

        // Sharing again takes the place of all that was shared before.
        give(app, &own, id, peer, &["each_day", "well"], 30, true).await.unwrap();
        give(app, &own, id, peer, &["early_signs"], 1, false).await.unwrap();
        let read = app.document(peer, id).await.unwrap();
        assert_eq!((read.open, read.writes.len()), (vec!["early_signs".to_owned()], 0));
        let shares = app.shares(&own, person).await.unwrap();
        let now: Vec<_> = shares.iter().filter(|share| share.in_force).collect();
        assert_eq!(now.len(), 1);
        assert_eq!(
            (now[0].sections.as_slice(), now[0].writes),
            (["early_signs".to_owned()].as_slice(), false)
        );
    });
}

/// A choice that means nothing is no choice.
#[test]
fn what_can_not_be_shared_is_said() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let (_, own, id) = a_plan(&world).await;
        let refused = |answer: Result<(), Error>| match answer {
            Err(Error::Fault(fault)) => fault,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(give(app, &own, id, peer, &[], 7, false).await), Fault::Empty("sections"));
        assert_eq!(refused(give(app, &own, id, peer, &["moon"], 7, false).await), Fault::Unknown("sections"));
        for days in [0, -1, 100_000] {
            assert_eq!(
                refused(give(app, &own, id, peer, &["well"], days, false).await),
                Fault::Unknown("days")
            );
        }
        for nobody in [&own, &world.admin] {
            assert_eq!(
                refused(give(app, &own, id, nobody, &["well"], 7, false).await),
                Fault::Unknown("reader")
            );
        }
        assert!(app.document(peer, id).await.is_err());
    });
}

/// Nobody's colleague is even offered as a reader of what they write.
#[test]
fn colleagues_of_somebody_who_works_here_are_no_readers() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let person = world.person("Joe", false).await;
        let link = app.invite_person(peer, app.command_id(), person).await.unwrap();
        let own = world.joins("Joe Kimball", &link).await;
        let here = app.share_readers(&own, person).await.unwrap();
        assert_eq!(here.iter().map(|reader| reader.account).collect::<Vec<_>>(), [peer.account()]);
        let id = begin(app, &own, person, "crisis_plan").await;
        for colleague in [&world.team, &world.supervisor, &world.deputy, &world.second] {
            let given = give(app, &own, id, colleague, &["call"], 7, false).await;
            assert!(matches!(given, Err(Error::Fault(Fault::Unknown("reader")))), "{given:?}");
            assert!(not_found(app.document(colleague, id).await));
        }
        give(app, &own, id, peer, &["call"], 7, false).await.unwrap();
        assert!(app.document(peer, id).await.is_ok());
    });
}

/// covers: GA-08
#[test]
fn a_paper_begun_together_is_open_for_the_visit_and_never_once_the_person_can_say_it_themself() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let person = world.person("Darnell", false).await;
        let profile = app.person(peer, person).await.unwrap().profile;
        assert!(profile.ways.is_empty(), "nobody needs a number or an address for it");
        let id = begin(app, peer, person, "crisis_plan").await;
        let page = app.document(peer, id).await.unwrap();
        assert_eq!(page.writes.len(), page.tool.sections.len());
        let seen = write(app, peer, id, "helps", &page.seen, item("helps_do", "Turn the lights down."))
            .await
            .unwrap();
        for other in [&world.second, &world.supervisor, &world.team, &world.admin] {
            assert!(not_found(app.document(other, id).await));
            assert!(not_found(app.start_document(other, app.command_id(), person, "crisis_plan").await));
        }
        // As the person says: read by the supervisor for a week. But nobody lets themself in for longer.
        give(app, peer, id, &world.supervisor, &["helps"], 7, false).await.unwrap();
        let here = app.share_readers(peer, person).await.unwrap();
        assert!(here.iter().all(|reader| reader.account != peer.account()));
        let oneself = give(app, peer, id, peer, &["helps"], 30, true).await;
        assert!(matches!(oneself, Err(Error::Fault(Fault::Unknown("reader")))), "{oneself:?}");

        // Somebody who begins to walk with them later has no part in what was written before.
        let first = FirstSupport {
            peer: world.second.account(),
            part: "second".into(),
            responsible: world.supervisor.account(),
        };
        let today = date(2026, 4, 14);
        app.start_support(&world.supervisor, app.command_id(), person, first, today).await.unwrap();
        assert!(app.person(&world.second, person).await.is_ok());
        finds_nothing(&world, &world.second, peer, person, id).await;

        world.clock.advance(12 * HOUR - 1);
        let seen =
            write(app, peer, id, "helps", &seen, item("helps_do", "Put the kettle on.")).await.unwrap();
        world.clock.advance(1);
        assert!(not_found(write(app, peer, id, "helps", &seen, item("helps_do", "Later.")).await));
        finds_nothing(&world, peer, &world.second, person, id).await;
        assert_eq!(texts(&app.document(&world.supervisor, id).await.unwrap()).len(), 2);

        // From the day they can sign in, it is theirs to say.
        let id = begin(app, peer, person, "wellness_plan").await;
        let link = app.invite_person(peer, app.command_id(), person).await.unwrap();
        let own = accept(app, &link, "Darnell W").await;
        for refused in [
            app.start_document(peer, app.command_id(), person, "crisis_plan").await.unwrap_err(),
            app.tools(peer, person).await.unwrap_err(),
            app.share_readers(peer, person).await.unwrap_err(),
            give(app, peer, id, &world.supervisor, &["well"], 7, false).await.unwrap_err(),
            app.make_card(peer, app.command_id(), id, vec!["well".into()]).await.unwrap_err(),
        ] {
            assert!(matches!(refused, Error::Fault(Fault::TheirsToSay)), "{refused}");
        }
        assert_eq!(app.documents(&own, person).await.unwrap().lines.len(), 2);
        app.stop_share(&own, app.command_id(), id, peer.account()).await.unwrap();
        assert!(not_found(app.document(peer, id).await));
    });
}

/// covers: WI-06
#[test]
fn two_who_write_at_once_lose_nothing_and_a_paper_can_say_again_what_it_said() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let (_, own, id) = a_plan(&world).await;
        give(app, &own, id, peer, &["well"], 7, true).await.unwrap();
        let (mine, theirs) =
            (app.document(&own, id).await.unwrap().seen, app.document(peer, id).await.unwrap().seen);
        let before = world.clock.now();
        world.clock.advance(2 * HOUR);
        write(app, &own, id, "well", &mine, only("good_day", "I whistle.")).await.unwrap();
        write(app, peer, id, "well", &theirs, only("good_day", "He dances.")).await.unwrap();
        let view = app.document(&own, id).await.unwrap();
        let items = view.document.items("good_day");
        let both: BTreeSet<_> = items[0].texts.iter().map(|text| text.answer.fields()[0].1.clone()).collect();
        assert!(items[0].is_clash());
        assert_eq!(both, ["He dances.".to_owned(), "I whistle.".to_owned()].into());
        assert_eq!(view.writers.len(), 2);

        // Whoever sees both settles it, and nothing of it is gone.
        write(app, &own, id, "well", &view.seen, only("good_day", "I whistle and dance.")).await.unwrap();
        let view = app.document(&own, id).await.unwrap();
        assert!(!view.document.items("good_day")[0].is_clash());
        // A page reads what stands; everything it ever said is there for earlier versions.
        assert_eq!(texts(&view).len(), 3);
        let ever = app.document_versions(&own, id).await.unwrap();
        assert_eq!(texts(&ever).len(), 6);
        assert_eq!(ever.document.versions().len(), 2);
        assert!(view.earlier && not_found(app.document_versions(peer, id).await));

        // A page that was open before all that sends what it showed: nothing of it is new, so nothing is kept.
        let stale = only("good_day", "I sing in the kitchen.");
        assert_eq!(write(app, &own, id, "well", &mine, stale).await.unwrap(), mine);
        assert_eq!(app.document(&own, id).await.unwrap().document, view.document);

        // Sent twice is written once, and an unchanged form writes nothing.
        let command = app.command_id();
        let given = item("strengths", "I keep my word.");
        for _ in 0..2 {
            app.write_document(&own, command, id, "well", view.seen.clone(), same(&given)).await.unwrap();
        }
        write(app, &own, id, "well", &view.seen, given).await.unwrap();
        let view = app.document(&own, id).await.unwrap();
        assert_eq!(view.document.items("strengths").len(), 1);

        world.clock.advance(2 * HOUR);
        app.bring_back(&own, app.command_id(), id, before).await.unwrap();
        let view = app.document(&own, id).await.unwrap();
        let now = |question: &str| -> Vec<Answer> {
            view.document.items(question).iter().map(|item| item.answer().clone()).collect()
        };
        assert_eq!(now("good_day"), [words("I sing in the kitchen.")]);
        assert!(now("strengths").is_empty(), "there were none then");
        let ever = app.document_versions(&own, id).await.unwrap();
        assert_eq!(ever.document.versions().len(), 3, "what was written since is a version too");
        assert!(texts(&ever).contains(&"I whistle and dance.".to_owned()));
    });
}

/// Their own papers stand in clear in no file, and once thrown away nothing of them is left.
#[test]
fn a_forgotten_paper_is_gone_with_all_that_hung_on_it() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let (person, own, id) = a_plan(&world).await;
        give(app, &own, id, peer, &["well"], 7, true).await.unwrap();
        app.make_card(&own, app.command_id(), id, vec!["well".into()]).await.unwrap();
        let code = app.cards(&own, id).await.unwrap().remove(0).code;
        assert_eq!(texts_of_card(app, code.expose()).await, ["I sing in the kitchen."]);
        let clear = ["sing in the kitchen", "Xolani", "mailman", code.expose(), &code.spaced(), "Darnell"];
        world.holds_none_of(&clear);

        let command = app.command_id();
        app.forget_document(&own, command, id).await.unwrap();
        app.forget_document(&own, command, id).await.unwrap();
        for who in [&own, peer] {
            assert!(not_found(app.document(who, id).await));
            assert!(app.documents(who, person).await.unwrap().lines.is_empty());
        }
        assert!(not_found(app.open_card(code.expose()).await));
        assert!(app.shares(&own, person).await.unwrap().is_empty());
        let left = world.database.store.read(move |tx| {
            let left = document::answers(tx, id)?.len()
                + share::of_person(tx, person)?.len()
                + card::of_document(tx, id)?.len();
            Ok::<_, porchlight_store::Error>(left)
        });
        assert_eq!(left.await.unwrap(), 0);
        assert!(world.key_is_gone(Owner::Document(id.0)).await, "what a backup still holds can't be opened");
        world.holds_none_of(&clear);
    });
}

async fn texts_of_card(app: &App, code: &str) -> Vec<String> {
    let card = app.open_card(code).await.unwrap();
    let fields = card.document.revisions().iter().flat_map(|revision| revision.answer.fields());
    fields.map(|(_, text)| text).filter(|text| !text.is_empty()).collect()
}

/// What somebody does with what is theirs is not the programme's to read. Who looked at it is theirs to know.
#[test]
fn ones_own_papers_are_no_news_for_the_programme_and_every_look_is_told() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let auditor = world.invited("Paul Keane", "auditor").await;
        let here = peer.programme().unwrap();
        let (person, own, id) = a_plan(&world).await;
        app.documents(&own, person).await.unwrap();
        give(app, &own, id, peer, &["well"], 7, false).await.unwrap();
        app.document_as(&own, id, peer.account()).await.unwrap();
        app.make_card(&own, app.command_id(), id, vec!["well".into()]).await.unwrap();
        let card = app.cards(&own, id).await.unwrap().remove(0);
        app.open_card(card.code.expose()).await.unwrap();
        app.document(peer, id).await.unwrap();
        world.clock.advance(2 * HOUR);
        app.bring_back(&own, app.command_id(), id, world.clock.now()).await.unwrap();
        app.switch_off_card(&own, app.command_id(), id, card.id).await.unwrap();
        app.stop_share(&own, app.command_id(), id, peer.account()).await.unwrap();
        app.shares(&own, person).await.unwrap();

        let looked = app.who_looked(&own).await.unwrap().looks;
        let paper: Vec<_> = looked.iter().filter(|(merged, _)| merged.look.part == "plan").collect();
        assert_eq!(paper.len(), 1);
        assert_eq!((paper[0].1.as_str(), paper[0].0.look.role.as_str()), ("Marisol Vega", "peer_specialist"));
        let stranger: Vec<_> = looked.iter().filter(|(merged, _)| merged.look.part == "card").collect();
        assert_eq!(stranger.len(), 1);
        assert_eq!((stranger[0].1.as_str(), stranger[0].0.look.role.as_str()), ("", "stranger"));

        app.forget_document(&own, app.command_id(), id).await.unwrap();
        let mut lines = Vec::new();
        let mut from = None;
        loop {
            let page = app.journal_lines(&auditor, here, from.as_deref()).await.unwrap();
            lines.extend(page.lines);
            from = page.older;
            if from.is_none() {
                break;
            }
        }
        let noun = |action: &str| action.split('.').next().unwrap().to_owned();
        let papers: Vec<_> = lines
            .iter()
            .filter(|line| matches!(noun(&line.action).as_str(), "document" | "share" | "card"))
            .map(|line| (line.action.as_str(), line.role.as_str(), line.by.as_str()))
            .collect();
        assert_eq!(papers, [("document.read", "peer_specialist", "Marisol Vega")]);
    });
}

#[test]
fn a_list_ends_at_its_limit_whatever_the_form_had_seen() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let (_, own, id) = a_plan(&world).await;
        let many = |count: usize| -> Vec<(String, ItemId, Answer)> {
            (0..count).map(|at| ("bad_signs".into(), new_item(), words(&at.to_string()))).collect()
        };
        let too_many = |answer: Result<Seen, Error>| {
            assert!(
                matches!(answer, Err(Error::Fault(Fault::Answer(AnswerFault::TooMany(_))))),
                "{answer:?}"
            );
        };
        too_many(write(app, &own, id, "breaking_down", &Seen::default(), many(LIST_LIMIT + 1)).await);
        let full = many(LIST_LIMIT);
        let seen = write(app, &own, id, "breaking_down", &Seen::default(), full.clone()).await.unwrap();
        too_many(write(app, &own, id, "breaking_down", &seen, many(1)).await);
        too_many(write(app, &own, id, "breaking_down", &Seen::default(), many(1)).await);
        // What is there can still be changed, and one more fits when one goes.
        let (question, at, _) = full[0].clone();
        write(app, &own, id, "breaking_down", &seen, vec![(question.clone(), at, words("I stop eating."))])
            .await
            .unwrap();
        let mut instead = many(1);
        instead.push((question, full[1].1, Answer::Nothing));
        write(app, &own, id, "breaking_down", &seen, instead).await.unwrap();
        let view = app.document(&own, id).await.unwrap();
        assert_eq!(view.document.items("bad_signs").len(), LIST_LIMIT);
    });
}

/// An answer that is none to its question is kept nowhere.
#[test]
fn only_answers_to_what_is_asked_are_kept() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let (person, own, id) = a_plan(&world).await;
        let check = begin(app, &own, person, "week_check").await;
        for (paper, section, given) in [
            (id, "well", ("moon", Document::ONLY, words("x"))),
            (id, "well", ("every_day", new_item(), words("another section's"))),
            (id, "well", ("good_day", new_item(), words("an item where there is one answer"))),
            (id, "well", ("good_day", Document::ONLY, Answer::Scale { step: 3 })),
            (id, "well", ("good_day", Document::ONLY, words(&"x".repeat(100_000)))),
            (check, "week", ("rest", Document::ONLY, Answer::Scale { step: 99 })),
            (check, "week", ("rest", Document::ONLY, words("fine"))),
            (check, "week", ("safe", Document::ONLY, Answer::Choice { option: "moon".into() })),
        ] {
            let (question, at, answer) = given;
            let before = app.document(&own, paper).await.unwrap().document;
            let kept =
                write(app, &own, paper, section, &Seen::up_to(9), vec![(question.into(), at, answer)]).await;
            assert!(matches!(kept, Err(Error::Fault(Fault::Answer(_)))), "{question}: {kept:?}");
            assert_eq!(app.document(&own, paper).await.unwrap().document, before);
        }
    });
}

/// covers: WI-44
#[test]
fn a_newer_form_of_a_tool_leaves_what_was_begun_as_it_was() {
    on_each(|world| async move {
        let (person, own, id) = a_plan(&world).await;
        let before = world.app.document(&own, id).await.unwrap();
        assert!(!before.newer);
        let change = |file: SourceFile| {
            let text = file
                .text
                .replace("id = \"wellness_plan\"\nversion = 1", "id = \"wellness_plan\"\nversion = 2");
            let text = text.replace("What are you like on a good day?", "Who are you on a sunny day?");
            SourceFile { text, ..file }
        };
        let app = world.updated(compile(&packs().into_iter().map(change).collect::<Vec<_>>()).unwrap());
        let here = world.peer.programme().unwrap();
        let today = date(2026, 4, 14);
        app.adopt_pack(&world.admin, app.command_id(), here, today).await.unwrap();
        let after = app.document(&own, id).await.unwrap();
        assert_eq!(after.tool, before.tool);
        assert_eq!(after.document, before.document);
        assert!(after.newer, "the page can say that there is a newer form");
        write(&app, &own, id, "well", &after.seen, only("good_day", "I hum.")).await.unwrap();
        let new = begin(&app, &own, person, "wellness_plan").await;
        let new = app.document(&own, new).await.unwrap();
        assert_eq!((new.tool.version, new.newer), (2, false));
        assert_eq!(new.tool.question("good_day").unwrap().1.ask.en, "Who are you on a sunny day?");
    });
}

#[test]
fn a_card_opens_what_was_chosen_for_it_and_nothing_once_it_is_off() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let (person, own) = world.person_with_account("Darnell", "Darnell W").await;
        let id = begin(app, &own, person, "crisis_plan").await;
        let call = |name: &str, reach: &str| {
            let person =
                Answer::Person { name: name.into(), reach: reach.into(), asked: "Sit with me".into() };
            ("call_people".to_owned(), new_item(), person)
        };
        let first = call("Tasha", "404 555 0142");
        let given = vec![first.clone(), call("Aunt Bea", "14 Elm Street")];
        write(app, &own, id, "call", &Seen::default(), given).await.unwrap();
        // Two texts at once: the other one is no way around.
        let other = Answer::Person { name: "Tasha".into(), reach: "9 Oak Lane".into(), asked: String::new() };
        write(app, &own, id, "call", &Seen::default(), vec![(first.0, first.1, other)]).await.unwrap();
        write(app, &own, id, "helps", &Seen::default(), item("helps_do", "Speak softly.")).await.unwrap();
        write(app, &own, id, "not_called", &Seen::default(), item("not_called_people", "My ex."))
            .await
            .unwrap();

        for sections in [vec![], vec!["not_called"], vec!["call", "not_called"], vec!["care"], vec!["moon"]] {
            let sections: Vec<String> = sections.into_iter().map(str::to_owned).collect();
            let made = app.make_card(&own, app.command_id(), id, sections.clone()).await;
            assert!(matches!(made, Err(Error::Fault(_))), "{sections:?} {made:?}");
        }
        app.make_card(&own, app.command_id(), id, vec!["call".into()]).await.unwrap();
        let made = app.cards(&own, id).await.unwrap().remove(0);
        let open = app.open_card(&made.code.spaced().to_lowercase()).await.unwrap();
        assert_eq!(
            (open.called.as_str(), open.sections.as_slice()),
            ("Darnell", ["call".to_owned()].as_slice())
        );
        let shown = texts_of_card(app, made.code.expose()).await.join("|");
        assert!(shown.contains("404 555 0142") && shown.contains("Aunt Bea"), "{shown}");
        for hidden in ["Elm", "Oak", "softly", "ex."] {
            assert!(!shown.contains(hidden), "{shown}");
        }

        app.switch_off_card(&own, app.command_id(), id, made.id).await.unwrap();
        app.switch_off_card(&own, app.command_id(), id, made.id).await.unwrap();
        assert!(not_found(app.open_card(made.code.expose()).await));
        assert!(app.cards(&own, id).await.unwrap()[0].off.is_some());
        // Ten at once are enough.
        for at in 0..11 {
            let made = app.make_card(&own, app.command_id(), id, vec!["call".into()]).await;
            assert_eq!(made.is_ok(), at < 10, "{at}: {made:?}");
        }
    });
}

#[test]
fn guessing_codes_tires_and_a_right_code_still_opens() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let (_, own, id) = a_plan(&world).await;
        app.make_card(&own, app.command_id(), id, vec!["well".into()]).await.unwrap();
        let right = app.cards(&own, id).await.unwrap().remove(0).code;
        let wrong = |at: u8| CardCode::from_random([at; 32]).unwrap();
        for at in 0..60 {
            let text = if at % 2 == 0 { wrong(at).expose().to_owned() } else { format!("no code {at}") };
            assert!(not_found(app.open_card(&text).await), "{at}");
        }
        assert!(matches!(app.open_card(wrong(61).expose()).await, Err(Error::Busy)));
        assert!(matches!(app.open_card("x").await, Err(Error::Busy)));
        assert!(app.open_card(right.expose()).await.is_ok());
        world.clock.advance(1);
        assert!(not_found(app.open_card("x").await));
    });
}

/// An answer of the kind that a question asks for, other for each question.
fn answer_to(question: &Question, at: usize) -> Answer {
    let text = format!("{} {at}", question.id);
    match &question.kind {
        QuestionKind::Words | QuestionKind::List | QuestionKind::Strengths => words(&text),
        QuestionKind::Choice { options } | QuestionKind::Path { options } => {
            Answer::Choice { option: options[at % options.len()].id.clone() }
        }
        QuestionKind::Scale { low, high, .. } => Answer::Scale { step: if at == 0 { *low } else { *high } },
        QuestionKind::YesNo => Answer::YesNo { yes: at == 0 },
        QuestionKind::Date => Answer::Date { date: date(2026, 5, 1) },
        QuestionKind::People => Answer::Person {
            name: text.clone(),
            reach: "404 555 0142".into(),
            asked: format!("{text} asked"),
        },
        QuestionKind::Pairs => Answer::Pair { when: text.clone(), then: format!("{text} then") },
    }
}

/// Begins a tool, answers everything it asks, and reads it back in the order in which it asks.
async fn is_of_use(app: &App, who: &Actor, person: PersonId, tool: &Tool) {
    let id = begin(app, who, person, &tool.id).await;
    let mut expected = Vec::new();
    for section in &tool.sections {
        let mut given = Vec::new();
        for question in &section.questions {
            let many = if question.kind.is_list() { 2 } else { 1 };
            for at in 0..many {
                let item = if question.kind.is_list() { new_item() } else { Document::ONLY };
                given.push((question.id.clone(), item, answer_to(question, at)));
            }
        }
        expected.push((section.id.clone(), given.clone()));
        write(app, who, id, &section.id, &Seen::default(), given).await.unwrap();
    }
    let view = app.document(who, id).await.unwrap();
    assert_eq!(view.tool.as_ref(), tool);
    let read: Vec<_> = view
        .sections()
        .map(|section| {
            let answers = section.questions.iter().flat_map(|question| {
                let items = view.document.items(&question.id);
                let items = items.iter().map(|item| (question.id.clone(), item.id, item.answer().clone()));
                items.collect::<Vec<_>>()
            });
            (section.id.clone(), answers.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(read, expected, "{}", tool.id);
    let scales = tool
        .sections
        .iter()
        .flat_map(|section| &section.questions)
        .filter(|question| matches!(question.kind, QuestionKind::Scale { .. }));
    assert_eq!(
        view.document.score(tool).is_some(),
        tool.score.is_some() && scales.count() > 0,
        "{}",
        tool.id
    );
    let changed: Vec<_> = expected[0].1[..1]
        .iter()
        .map(|(question, item, _)| (question.clone(), *item, Answer::Nothing))
        .collect();
    write(app, who, id, &expected[0].0, &view.seen, changed).await.unwrap();
    let view = app.document(who, id).await.unwrap();
    let first = &expected[0].1[0];
    assert!(
        view.document.items(&first.0).iter().all(|item| item.id != first.1),
        "an answer can be taken back"
    );
}

/// Every tool that ships can be begun by whoever it is for, written in from end to end, and read back.
#[test]
fn every_shipped_tool_is_begun_written_and_read_back() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let family = NewProgramme {
            name: "Cahaba".into(),
            pack: "us-al-parent".into(),
            zone: "America/Chicago".into(),
            settings: Settings::default(),
        };
        let there = app.open_programme(&world.admin, app.command_id(), family).await.unwrap();
        let link =
            app.invite_worker(&world.admin, app.command_id(), there, "Jorge Salas", "peer").await.unwrap();
        let parent_peer = accept(app, &link, "Jorge Salas").await;
        let mut begun = BTreeSet::new();
        for (peer, name) in [(&world.peer, "Darnell W"), (&parent_peer, "Rosa T")] {
            // Somebody who writes themself, and somebody with whom it is written.
            let mut people = Vec::new();
            for called in ["Own", "Helped"] {
                let new = porchlight_app::person::NewPerson {
                    id: PersonId(RealIds.next()),
                    profile: porchlight_practice::person::Profile {
                        called: called.into(),
                        ..Default::default()
                    },
                    works_here: false,
                    first: None,
                };
                people.push(app.add_person(peer, app.command_id(), new).await.unwrap());
            }
            let [own_person, helped] = [people[0], people[1]];
            let link = app.invite_person(peer, app.command_id(), own_person).await.unwrap();
            let own = accept(app, &link, name).await;
            for (who, person) in [(&own, own_person), (peer, helped)] {
                let offered = app.tools(who, person).await.unwrap();
                for tool in offered.tools.iter().chain(&offered.tucked_away) {
                    let fits = match tool.writes {
                        Writes::Person => who == &own,
                        Writes::Both => true,
                        Writes::Helper | Writes::Staff => who == peer,
                        Writes::Worker => false,
                    };
                    assert!(fits, "{} is offered to the wrong one", tool.id);
                    is_of_use(app, who, person, tool).await;
                    begun.insert(tool.id.clone());
                }
            }
        }
        let shipped: BTreeSet<String> = packs()
            .iter()
            .flat_map(|file| file.text.split("\n[[tool]]\n").skip(1).map(str::to_owned).collect::<Vec<_>>())
            // What is made for those who work here is begun in their own corner and nowhere else.
            .filter(|text| !text.contains("\nwrites = \"worker\"\n"))
            .map(|text| text.split('"').nth(1).unwrap().to_owned())
            .collect();
        let missing: Vec<_> = shipped.difference(&begun).collect();
        assert!(missing.is_empty(), "{missing:?} ships and is offered to nobody");
    });
}

#[test]
fn whoever_is_let_in_to_a_paper_finds_its_person() {
    on_each(|world| async move {
        let World { app, team, .. } = &world;
        let (person, own, id) = a_plan(&world).await;
        assert!(app.people(team).await.unwrap().is_empty());
        assert_eq!(app.documents(team, person).await.unwrap().called, "", "a stranger learns a name");

        give(app, &own, id, team, &["early_signs"], 7, false).await.unwrap();
        let listed = app.people(team).await.unwrap();
        assert_eq!(
            listed.iter().map(|line| (line.id, line.opens)).collect::<Vec<_>>(),
            [(person, Opens::Papers)]
        );
        assert!(
            listed[0].goal.is_none() && listed[0].walks_with.is_empty() && listed[0].last_contact.is_none()
        );
        let papers = app.documents(team, person).await.unwrap();
        assert!(!papers.called.is_empty() && !papers.opens_record && !papers.may_begin);

        app.stop_share(&own, app.command_id(), id, team.account()).await.unwrap();
        assert!(app.people(team).await.unwrap().is_empty());
    });
}

#[test]
fn what_was_written_together_is_opened_again_at_the_next_visit() {
    on_each(|world| async move {
        let World { app, peer, second, clock, .. } = &world;
        let person = world.person("Walt", false).await;
        let id = begin(app, peer, person, "wellness_plan").await;
        clock.advance(60 * 13);
        assert!(not_found(app.document(peer, id).await));
        let papers = app.documents(peer, person).await.unwrap();
        assert_eq!(papers.closed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id]);

        app.open_together(peer, app.command_id(), id).await.unwrap();
        assert_eq!(app.document(peer, id).await.unwrap().writes.len(), 5);
        assert!(not_found(app.open_together(second, app.command_id(), id).await), "somebody else opened it");

        // From the day the person can sign in, it is theirs to open.
        clock.advance(60 * 13);
        let link = app.invite_person(peer, app.command_id(), person).await.unwrap();
        accept(app, &link, "Walt G").await;
        assert!(not_found(app.open_together(peer, app.command_id(), id).await));
        assert!(app.documents(peer, person).await.unwrap().closed.is_empty());
    });
}
