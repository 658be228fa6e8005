//! The pages about what people ask for elsewhere, filled.

use jiff::civil::{Date, date};
use porchlight_app::advocacy::{AdvocaciesView, AdvocacyView, UnmetView};
use porchlight_practice::advocacy::{Advocacy, Ask, Came, Try};
use porchlight_practice::id::{AdvocacyId, PersonId};
use porchlight_practice::unmet::{Line, People, Quarter, Unmet};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{Fill, contact, page, write};
use crate::advocacy::Place;
use crate::advocacy::list::ListPage;
use crate::advocacy::new::NewPage;
use crate::advocacy::show::ShowPage;
use crate::advocacy::unmet::UnmetPage;
use crate::form::Form;

const TODAY: Date = date(2026, 11, 19);

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("advocacy/list.html", |lang| list(lang, false, view())),
        ("advocacy/list.html", |lang| list(lang, true, AdvocaciesView { all: Vec::new(), ..view() })),
        ("advocacy/new.html", |lang| new(lang, true, Form::new())),
        ("advocacy/new.html", |lang| {
            let mut form = Form::new().with("need", "home").with("place", "community");
            form.wrong("words", "advocacy-error-words");
            form.wrong("of", "advocacy-error-of");
            new(lang, false, form)
        }),
        ("advocacy/show.html", |lang| {
            let mut form = Form::new().with("came", "nothing");
            form.wrong("lacking", "advocacy-error-lacking");
            show(lang, false, one(None), form, true)
        }),
        ("advocacy/show.html", |lang| {
            let came = Came::Part { lacking: "waiting".into() };
            show(lang, true, one(Some(came)), Form::new(), false)
        }),
        ("advocacy/unmet.html", |lang| unmet(lang, counts())),
        ("advocacy/unmet.html", |lang| unmet(lang, Unmet { lines: Vec::new(), in_the_way: Vec::new() })),
    ]
}

fn one(came: Option<Came>) -> Advocacy {
    let ask = Ask {
        need: "ride".into(),
        place: "agency".into(),
        of: "The county transit office".into(),
        words: "A bus pass, so I get to work by myself".into(),
    };
    let tried = Try { on: TODAY, way: "letter".into(), words: "They answer within two weeks.".into() };
    let begun = Advocacy::begin(ask, date(2026, 9, 1)).and_then(|begun| begun.tried(tried, TODAY));
    let begun = begun.unwrap_or_else(|_| unreachable!("the sample says everything"));
    match came {
        Some(came) => begun.close(came, TODAY).unwrap_or_else(|_| unreachable!("it is open")),
        None => begun,
    }
}

fn id() -> AdvocacyId {
    AdvocacyId(Uuid::from_u128(7))
}

fn place(own: bool) -> Place {
    Place { person: PersonId(Uuid::from_u128(1)), advocacy: Some(id()), own }
}

fn side(own: bool) -> Option<Role> {
    Some(if own { Role::Person } else { Role::PeerSpecialist })
}

fn view() -> AdvocaciesView {
    let comes =
        [None, Some(Came::All), Some(Came::LetGo), Some(Came::Nothing { lacking: "no_answer".into() })];
    AdvocaciesView {
        person: PersonId(Uuid::from_u128(1)),
        called: "Darnell".into(),
        all: comes.into_iter().map(|came| (id(), one(came))).collect(),
        may_write: true,
    }
}

fn list(lang: Lang, own: bool, view: AdvocaciesView) -> String {
    write(ListPage::of(page(lang, side(own)), &place(own), contact::rules(), &view))
}

fn new(lang: Lang, own: bool, form: Form) -> String {
    write(NewPage::of(page(lang, side(own)), &place(own), contact::rules(), &view(), form, String::new()))
}

fn show(lang: Lang, own: bool, advocacy: Advocacy, form: Form, stale: bool) -> String {
    let view = AdvocacyView {
        id: id(),
        person: PersonId(Uuid::from_u128(1)),
        called: "Darnell".into(),
        may_write: advocacy.came().is_none(),
        advocacy,
        version: 2,
    };
    let page = page(lang, side(own));
    write(ShowPage::of(page, &place(own), contact::rules(), &view, form, stale, String::new))
}

fn counts() -> Unmet {
    let line = |need: &str, unmet, met| Line { need: need.into(), unmet, met };
    Unmet {
        lines: vec![
            line("home", People::Exactly(31), People::Exactly(12)),
            line("mind", People::Few, People::Exactly(0)),
            line("ride", People::Exactly(14), People::Few),
        ],
        in_the_way: vec!["waiting".into(), "cost".into()],
    }
}

fn unmet(lang: Lang, unmet: Unmet) -> String {
    let newest = Quarter::of(TODAY).before();
    let view = UnmetView {
        quarter: newest.before(),
        newest,
        unmet,
        fewest: 11,
        programme: "Sweetgum Peer Support".into(),
    };
    write(UnmetPage::of(page(lang, Some(Role::Supervisor)), contact::rules(), &view))
}
