//! The pages of somebody's own corner, filled.

use porchlight_app::corner::paper_view;
use porchlight_practice::corner::{Corner, CornerCode, Energy};
use porchlight_practice::document::{Answer, Document, Seen};
use porchlight_practice::goal::Ten;
use porchlight_practice::id::{AccountId, AnswerId, DocumentId, EnergyId};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::document::tool;
use super::{Fill, lines, now, page as seen_by, write};
use crate::corner::bring::Bring;
use crate::corner::energy::EnergyPage;
use crate::corner::hard_day::HardDay;
use crate::corner::home::Home;
use crate::corner::keys::{Keys, Lost};
use crate::corner::lock::{CodePage, Make, Shut};
use crate::corner::paper::OnePaper;
use crate::corner::start::Story;
use crate::corner::supervision::Pick;
use crate::corner::take::Take;
use crate::document::list::Line;
use crate::document::start::Begin;
use crate::form::Form;
use crate::help_now::Reach;
use crate::page::Page;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("corner/make.html", |lang| write(Make::of(page(lang), Form::new()))),
        ("corner/make.html", |lang| {
            let mut form = Form::new();
            form.wrong("again_passphrase", "corner-error-again");
            write(Make::of(page(lang), form))
        }),
        ("corner/code.html", |lang| {
            let code = CornerCode::from_random([7; 32]).expect("bytes that can be used");
            write(CodePage::of(page(lang), &code))
        }),
        ("corner/shut.html", |lang| write(Shut::of(page(lang), Form::new(), ""))),
        ("corner/shut.html", |lang| {
            let mut form = Form::new().with("typed.good_day", "I sing.\nI cook.");
            form.wrong("secret", "corner-error-shut");
            write(Shut::of(page(lang), form, "/mine/energy"))
        }),
        ("corner/home.html", |lang| write(Home::of(page(lang), &Corner::default()))),
        ("corner/home.html", |lang| write(Home::of(page(lang), &corner()))),
        ("corner/story.html", |lang| {
            let begin = Begin {
                id: "story".into(),
                icon: "book".into(),
                name: "My story".into(),
                purpose: "In pieces.".into(),
                command: id(77).to_string(),
            };
            let page = page(lang).titled("corner-story");
            write(Story { page, papers: vec![line()], tools: vec![begin] })
        }),
        ("corner/paper.html", |lang| {
            let corner = corner();
            let view = paper_view(corner.papers()[0]);
            write(OnePaper::of(page(lang), &view))
        }),
        ("corner/supervision.html", |lang| {
            let corner = corner();
            let view = paper_view(corner.papers()[0]);
            let two = [(AccountId(id(8)), "Lydia Pruitt".into()), (AccountId(id(9)), "Owen Castillo".into())];
            let mut wrong = Form::new();
            wrong.wrong("pick", "supervision-error-tick");
            let of = |to: &[(AccountId, String)], form| {
                write(Pick::of(page(lang), &view, to, form, || id(1).to_string()))
            };
            [of(&two[..1], Form::new()), of(&two, wrong), of(&[], Form::new())].concat()
        }),
        ("corner/energy.html", |lang| {
            write(EnergyPage::of(page(lang), &Corner::default(), Form::new(), id(1).to_string()))
        }),
        ("corner/energy.html", |lang| {
            let mut form = Form::new().with("words", "Long week.");
            form.wrong("step", "corner-error-step");
            write(EnergyPage::of(page(lang), &corner(), form, id(1).to_string()))
        }),
        ("corner/hard_day.html", |lang| {
            let people = Reach::all(vec![("My sister Ana".into(), "555-0150".into())]);
            let page = page(lang).titled("corner-hard-day");
            write(HardDay { page, lines: lines(), people, papers: vec![line()] })
        }),
        ("corner/keys.html", |lang| write(Keys::of(page(lang), Form::new(), Form::new()))),
        ("corner/keys.html", |lang| {
            let mut code = Form::new();
            code.wrong("code_secret", "corner-error-tries");
            write(Keys::of(page(lang), Form::new(), code))
        }),
        ("corner/lost.html", |lang| {
            let mut form = Form::new();
            form.wrong("sure", "corner-error-sure");
            write(Lost::of(page(lang), form))
        }),
        ("corner/take.html", |lang| write(Take::of(page(lang)))),
        ("corner/bring.html", |lang| {
            let mut form = Form::new();
            form.wrong("file", "corner-error-file");
            write(Bring::of(page(lang), form))
        }),
    ]
}

fn page(lang: Lang) -> Page {
    let mut page = seen_by(lang, Some(Role::PeerSpecialist));
    page.path = "/mine".to_owned();
    page
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn line() -> Line {
    Line {
        address: "/mine/papers/1".into(),
        icon: "book".into(),
        name: "My story".into(),
        note: "Last changed: Today".into(),
        tag: String::new(),
    }
}

fn corner() -> Corner {
    let mut corner = Corner::default();
    let paper = DocumentId(id(2));
    let kept = corner.begin(paper, tool(), now());
    let given = vec![("good_day".into(), Document::ONLY, Answer::Words { words: "I sing.".into() })];
    let written = corner.write(paper, "well", Seen::default(), given, &[AnswerId(id(3))], now());
    debug_assert!(kept.is_ok() && written.is_ok());
    for (number, step) in [(4, 2), (5, 7)] {
        let step = Ten::try_from(step).expect("a number from 0 to 10");
        let words = "Long week.".to_owned();
        let kept = corner.feel(Energy { id: EnergyId(id(number)), at: now(), step, words });
        debug_assert!(kept.is_ok());
    }
    corner
}
