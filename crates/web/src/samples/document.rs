//! The pages of papers, filled.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use porchlight_app::again::Again;
use porchlight_app::card::{CardView, OpenCard};
use porchlight_app::carry::{Beside, Way};
use porchlight_app::consent::PersonHere;
use porchlight_app::document::{DocumentLine, DocumentView, Kept, Offered, Papers};
use porchlight_app::guardian::ReadToo;
use porchlight_app::share::ShareView;
use porchlight_practice::card::CardCode;
use porchlight_practice::document::{Answer, Document, Revision, Seen};
use porchlight_practice::id::{AccountId, AnswerId, CardId, DocumentId, ItemId, PersonId};
use porchlight_practice::pack::{
    Licence, Prints, Question, QuestionKind, Score, Section, Shelf, Suits, Theme, Tool, ToolChoice, Writes,
};
use porchlight_practice::{Lang, Role, Text};
use uuid::Uuid;

use super::{Fill, contact, now, page as seen_by, write};
use crate::card::{Ask, Open};
use crate::document::card::{Cards, Wallet};
use crate::document::list::List;
use crate::document::paper::Paper;
use crate::document::share::{Agree, SharePage};
use crate::document::shared::Shared;
use crate::document::show::{Reader, ShowPage};
use crate::document::start::Start;
use crate::document::versions::{OneVersion, Versions};
use crate::document::write::Write;
use crate::form::Form;
use crate::page::Page;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("document/list.html", |lang| write(List::of(page(lang), &papers(&[], None)))),
        ("document/list.html", |lang| write(List::of(page(lang), &papers(&lines(), Some(read_too()))))),
        ("document/start.html", |lang| write(Start::of(page(lang), &offered(), None, command))),
        ("document/start.html", |lang| {
            let with = Some((PersonId(id(1)), "Sam"));
            write(Start::of(seen_by(lang, Some(Role::PeerSpecialist)), &offered(), with, command))
        }),
        ("document/show.html", |lang| write(shown(page(lang), &view(true)))),
        ("document/show.html", |lang| write(shown(seen_by(lang, Some(Role::PeerSpecialist)), &view(false)))),
        ("document/write.html", for_families),
        ("document/write.html", |lang| writing(lang, None)),
        ("document/write.html", |lang| {
            let mut form = Form::new().with("hope", "12").with("version", "7");
            form.wrong("hope", "document-error-choice");
            writing(lang, Some(form))
        }),
        ("document/versions.html", |lang| write(Versions::of(page(lang), &view(true)))),
        ("document/version.html", |lang| {
            write(OneVersion::of(page(lang), &mut view(true), now(), command()))
        }),
        ("document/paper.html", |lang| write(Paper::of(page(lang), &mut view(true), false, true))),
        ("document/paper.html", |lang| {
            write(Paper::of(seen_by(lang, Some(Role::TeamMember)), &mut view(false), true, false))
        }),
        ("document/share.html", |lang| write(SharePage::of(page(lang), Form::new(), &view(true), &[]))),
        ("document/share.html", |lang| {
            let mut form = Form::new();
            form.wrong("sections", "document-error-sections");
            write(SharePage::of(page(lang), form, &view(true), &here()))
        }),
        ("document/agree.html", |lang| {
            write(Agree {
                page: page(lang).titled("document-agree-title"),
                id: DocumentId(id(2)),
                sentence: "Marisol Vega can read “When I am well” until November 29, 2026.".into(),
                name: "Marisol Vega".into(),
                reader: AccountId(id(9)),
                sections: vec!["well".into()],
                days: 7,
                writes: true,
                command: command(),
            })
        }),
        ("document/cards.html", |lang| write(Cards::of(page(lang), Form::new(), &view(true), &[], command))),
        ("document/cards.html", |lang| {
            let mut form = Form::new();
            form.wrong("sections", "document-error-cards");
            write(Cards::of(page(lang), form, &view(true), &[card(true), card(false)], command))
        }),
        ("document/wallet.html", |lang| {
            let address = "https://porch.example.org/card/0000";
            let site = "https://porch.example.org/card";
            write(Wallet::of(page(lang), &mut view(true), &card(true), address, site, true))
        }),
        ("card/ask.html", |lang| {
            let mut form = Form::new().with("code", "0000");
            form.wrong("code", "card-error-code");
            write(Ask::of(seen_by(lang, None), form))
        }),
        ("card/open.html", |lang| {
            let view = view(true);
            let open = OpenCard {
                called: view.called,
                tool: view.tool,
                document: view.document,
                sections: vec!["well".into()],
            };
            write(Open::of(seen_by(lang, None), &open))
        }),
        ("document/shared.html", |lang| shared(lang, &[], true)),
        ("document/shared.html", |lang| shared(lang, &[line()], false)),
    ]
}

fn page(lang: Lang) -> Page {
    seen_by(lang, Some(Role::Person))
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn command() -> String {
    id(77).to_string()
}

fn text(words: &str) -> Text {
    Text { en: words.into(), es: words.into() }
}

fn question(name: &str, kind: QuestionKind) -> Question {
    Question {
        id: name.into(),
        ask: text("What helps on a good day?"),
        help: Some(text("A few words are enough.")),
        example: Some(text("I cook.")),
        skip: true,
        kind,
        danger: vec!["yes".into()],
        beside: None,
        into: None,
        again: false,
    }
}

pub(super) fn tool() -> Tool {
    let options = vec![
        ToolChoice { id: "bus".into(), name: text("By bus"), more: None },
        ToolChoice { id: "foot".into(), name: text("On foot"), more: Some(text("Take an umbrella.")) },
    ];
    let scale =
        QuestionKind::Scale { low: 0, high: 10, low_name: text("Not at all"), high_name: text("Fully") };
    let questions = vec![
        question("good_day", QuestionKind::Words),
        question("every_day", QuestionKind::List),
        question("spot", QuestionKind::Path { options: options.clone() }),
        question("way", QuestionKind::Choice { options }),
        question("hope", scale),
        question("safe", QuestionKind::YesNo),
        question("review", QuestionKind::Date),
        question("who", QuestionKind::People),
        question("when_then", QuestionKind::Pairs),
        question("strengths", QuestionKind::Strengths),
    ];
    let section = |name: &str, questions| Section {
        id: name.into(),
        name: text("When I am well"),
        help: Some(text("Start here.")),
        card: false,
        questions,
    };
    Tool {
        id: "sample".into(),
        version: 1,
        name: text("My wellness plan"),
        purpose: text("What keeps you well."),
        icon: "sun".into(),
        shelf: Shelf::Plan,
        writes: Writes::Both,
        suits: Suits::Everyone,
        theme: Theme::Recovery,
        prints: Prints::Letter,
        score: Some(Score::Mean),
        licence: Licence::Own,
        terms: None,
        measure: None,
        sections: vec![
            section("well", questions),
            section("later", vec![question("later", QuestionKind::Words)]),
        ],
    }
}

fn read_too() -> ReadToo {
    ReadToo { names: vec!["Rosa Tillman".into()], until: date(2028, 3, 4) }
}

fn papers(lines: &[DocumentLine], read_too: Option<ReadToo>) -> Papers {
    Papers {
        called: "Sam".into(),
        lines: lines.to_vec(),
        closed: Vec::new(),
        may_begin: false,
        opens_record: false,
        read_too,
    }
}

fn offered() -> Offered {
    let other = Tool { id: "other".into(), shelf: Shelf::Story, ..tool() };
    let job = Tool { id: "job".into(), shelf: Shelf::Thinking, theme: Theme::Job, ..tool() };
    Offered {
        called: "Sam".into(),
        read_too: Some(read_too()),
        tools: vec![tool(), other],
        tucked_away: vec![job],
    }
}

fn line() -> DocumentLine {
    DocumentLine {
        id: DocumentId(id(2)),
        tool: Arc::new(tool()),
        changed: now(),
        readers: 2,
        may_write: true,
        again: None,
    }
}

pub(super) fn lines() -> [DocumentLine; 2] {
    [line(), DocumentLine { again: Some(again()), ..line() }]
}

/// A paper whose day to be looked at again has come.
pub(super) fn again() -> Again {
    let tool = Arc::new(tool());
    let section = tool.sections[0].id.clone();
    Again { document: DocumentId(id(2)), tool, section, day: jiff::civil::date(2026, 11, 2) }
}

/// Every kind of answer, and two people who wrote at once.
/// A paper as somebody else reads it.
pub(super) fn crisis() -> DocumentView {
    view(false)
}

fn view(own: bool) -> DocumentView {
    let words = |words: &str| Answer::Words { words: words.into() };
    let given = [
        ("good_day", Document::ONLY, 1, words("I joke around.")),
        ("good_day", Document::ONLY, 2, words("I call my sister.")),
        ("every_day", ItemId(id(31)), 1, words("Coffee on the steps.")),
        ("way", Document::ONLY, 1, Answer::Choice { option: "bus".into() }),
        ("spot", Document::ONLY, 1, Answer::Choice { option: "foot".into() }),
        ("hope", Document::ONLY, 1, Answer::Scale { step: 7 }),
        ("safe", Document::ONLY, 1, Answer::YesNo { yes: true }),
        ("review", Document::ONLY, 1, Answer::Date { date: date(2026, 12, 24) }),
        (
            "who",
            ItemId(id(32)),
            1,
            Answer::Person { name: "Ana".into(), reach: "555-0117".into(), asked: "Sit with me.".into() },
        ),
        (
            "when_then",
            ItemId(id(33)),
            1,
            Answer::Pair { when: "A bill comes".into(), then: "Open it with Ana".into() },
        ),
        ("strengths", ItemId(id(34)), 1, words("Patient")),
        ("strengths", ItemId(id(35)), 1, words("Funny")),
    ];
    let revisions = given.into_iter().zip(1..).map(|((question, item, by, answer), number)| Revision {
        id: AnswerId(Uuid::from_u128(900 + u128::from(number as u32))),
        number,
        question: question.into(),
        item,
        over: Vec::new(),
        first: number,
        by: AccountId(id(by)),
        at: now() - jiff::SignedDuration::from_hours(24 - number),
        answer,
    });
    let sections = vec!["well".to_owned(), "later".to_owned()];
    DocumentView {
        read_too: own.then(read_too),
        crisis_plan: own.then(|| DocumentId(id(7))),
        decides: own,
        kept: Kept::WithThePerson,
        id: DocumentId(id(2)),
        person: PersonId(id(1)),
        called: "Sam".into(),
        tool: Arc::new(tool()),
        document: Document::new(revisions.collect()),
        writers: BTreeMap::from([
            (AccountId(id(1)), "Sam".into()),
            (AccountId(id(2)), "Marisol Vega".into()),
        ]),
        reader: AccountId(id(1)),
        open: sections.clone(),
        writes: sections,
        seen: Seen::up_to(11),
        changed: now(),
        own,
        newer: own,
        beside: if own { beside() } else { Vec::new() },
        strengths: if own { vec!["Shows up".into()] } else { Vec::new() },
        earlier: own,
        readers: Vec::new(),
    }
}

/// Another paper that says something to a question, and one that an answer may be put into.
fn beside() -> Vec<Beside> {
    let one = |question: &str, way, said: &str| Beside {
        question: question.into(),
        document: DocumentId(id(5)),
        tool: Arc::new(tool()),
        there: question.into(),
        said: vec![Answer::Words { words: said.into() }],
        way,
    };
    vec![one("every_day", Way::Here, "A walk to the river."), one("every_day", Way::There, "Nothing yet.")]
}

fn shown(page: Page, view: &DocumentView) -> ShowPage {
    let mut shown = ShowPage::of(page, view, command);
    if view.own {
        shown.readers.push(Reader {
            id: AccountId(id(9)),
            name: "Marisol Vega".into(),
            initials: "MV".into(),
            what: "When I am well".into(),
            until: "Until November 29, 2026".into(),
            command: command(),
        });
    } else {
        shown.seen_by = "This is what Marisol Vega sees.".into();
    }
    shown
}

fn writing(lang: Lang, form: Option<Form>) -> String {
    let mut next = 50;
    let fresh = || {
        next += 1;
        ItemId(id(next))
    };
    let written = Write::of(page(lang), &view(true), "well", form, command(), fresh);
    written.map(write).unwrap_or_default()
}

/// A tool for families, with what children of each age are still learning.
fn for_families(lang: Lang) -> String {
    let mut view = view(true);
    let mut tool = (*view.tool).clone();
    tool.suits = Suits::Families;
    view.tool = tool.into();
    let mut next = 50;
    let fresh = || {
        next += 1;
        ItemId(id(next))
    };
    let written = Write::of(page(lang), &view, "well", None, command(), fresh);
    written.map(|written| write(written.for_families(&view, &contact::rules().growing))).unwrap_or_default()
}

/// Shared now, and shared before.
pub(super) fn shares() -> Vec<ShareView> {
    [true, false]
        .map(|in_force| ShareView {
            document: DocumentId(id(2)),
            tool: Arc::new(tool()),
            reader: AccountId(id(9)),
            name: "Marisol Vega".into(),
            sections: vec!["well".into()],
            writes: in_force,
            from: now(),
            until: now(),
            stopped: (!in_force).then(now),
            in_force,
        })
        .into()
}

fn card(on: bool) -> CardView {
    let code = (0..=u8::MAX).find_map(|byte| CardCode::from_random([byte; 32]));
    CardView {
        id: CardId(id(3)),
        code: code.unwrap_or_else(|| unreachable!("some bytes make a code")),
        sections: vec!["well".into()],
        made: now(),
        off: (!on).then(now),
    }
}

fn here() -> Vec<PersonHere> {
    vec![PersonHere { account: AccountId(id(9)), name: "Marisol Vega".into(), role: Role::PeerSpecialist }]
}

fn shared(lang: Lang, lines: &[DocumentLine], may_begin: bool) -> String {
    let page = seen_by(lang, Some(Role::PeerSpecialist));
    let closed = vec![(DocumentId(id(4)), Arc::new(tool()))];
    let papers = Papers { closed, may_begin, opens_record: may_begin, ..papers(lines, None) };
    write(Shared::of(page, PersonId(id(1)), papers, command))
}
