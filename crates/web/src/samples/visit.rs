//! Pages of visits that are arranged.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::account::Secret;
use porchlight_app::visit::calendar::CalendarAddress;
use porchlight_app::visit::check::{Asking, Unanswered};
use porchlight_app::visit::remind::ReminderView;
use porchlight_app::visit::{Booking, ComingView, VisitView};
use porchlight_practice::id::{CommandId, ContactId, GoalId, PersonId, VisitId};
use porchlight_practice::visit::reminder::SafeHours;
use porchlight_practice::visit::{Arranged, CalledOffBy, Company, Visit, When};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::contact::rules;
use super::{Fill, now, page, write};
use crate::form::Form;
use crate::page::Page;
use crate::visit::book::{Beware, BookPage, MovePage, PickPage};
use crate::visit::calendar::CalendarPage;
use crate::visit::coming::Coming;
use crate::visit::list::ListPage;
use crate::visit::no_answer::NoAnswerPage;
use crate::visit::remind::{RemindPage, begun};
use crate::visit::show::ShowPage;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("visit/list.html", list),
        ("visit/show.html", show),
        ("visit/book.html", book),
        ("visit/move.html", put_off),
        ("visit/pick.html", pick),
        ("visit/calendar.html", calendar),
        ("visit/no_answer.html", no_answer),
        ("visit/remind.html", remind),
    ]
}

fn command() -> CommandId {
    CommandId(Uuid::nil())
}

fn after(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

fn arranged(minutes: i64, company: Company) -> Arranged {
    let zone = TimeZone::get("America/New_York").unwrap();
    Arranged {
        when: When::new(after(minutes), after(minutes + 50), &zone, now()).unwrap(),
        kind: if minutes > 500 { "phone" } else { "in_person" }.into(),
        place: if minutes > 500 { "" } else { "Coffee and a walk at Lincoln Library" }.into(),
        company,
        child: false,
        goal: Some(GoalId(Uuid::from_u128(7))),
    }
}

fn all_states() -> Vec<Visit> {
    let alone = |minutes| Visit::book(arranged(minutes, Company::Alone { ask_after: true }));
    let with = |minutes| Visit::book(arranged(minutes, Company::With { who: "Joe Ellery".into() }));
    let when = arranged(400, Company::Alone { ask_after: false }).when;
    vec![
        alone(30),
        with(60).say_late(10).unwrap(),
        with(90).wish_other_time().unwrap(),
        alone(120).move_to(when).unwrap(),
        alone(20).begin(now()).unwrap(),
        alone(-10).end(after(40)).unwrap(),
        alone(-10).noted(ContactId(Uuid::nil()), after(40)).unwrap(),
        with(200).call_off(CalledOffBy::Person, now()).unwrap(),
        with(200).call_off(CalledOffBy::Worker, now()).unwrap(),
        with(200).call_off(CalledOffBy::Ending, now()).unwrap(),
        // Over midnight.
        Visit::book(arranged(525, Company::Alone { ask_after: false })),
        Visit::book(arranged(3000, Company::Alone { ask_after: false })),
    ]
}

pub(super) fn views() -> Vec<VisitView> {
    let view = |(number, visit): (usize, Visit)| VisitView {
        id: VisitId(Uuid::from_u128(number as u128)),
        person: PersonId(Uuid::from_u128(2)),
        name: "Darnell W.".into(),
        visit,
        goal: number.is_multiple_of(2).then(|| "I want to sleep through the night.".into()),
        crisis_plan: None,
        asking: match number {
            4 => Asking::Told,
            5 => Asking::Answered,
            _ => Asking::Not,
        },
        version: 1,
    };
    all_states().into_iter().enumerate().map(view).collect()
}

pub(super) fn to_come() -> Vec<ComingView> {
    let view = |view: VisitView| ComingView {
        id: view.id,
        with: "Marisol Vega".into(),
        visit: view.visit,
        goal: view.goal,
        version: 1,
    };
    views().into_iter().map(view).collect()
}

pub(super) fn coming(page: &Page) -> Vec<Coming> {
    to_come().iter().map(|view| Coming::of(page, rules(), view, command)).collect()
}

fn peer(lang: Lang) -> Page {
    page(lang, Some(Role::PeerSpecialist))
}

fn list(lang: Lang) -> String {
    [views(), Vec::new()].map(|visits| write(ListPage::of(peer(lang), rules(), &visits))).concat()
}

fn show(lang: Lang) -> String {
    let mut wrong = Form::new();
    wrong.wrong("minutes", "visit-error-minutes");
    wrong.wrong("visit", "visit-error-closed");
    let all = views().into_iter().map(|view| (view, Form::new()));
    let again = views().into_iter().take(1).map(|view| (view, wrong.clone()));
    all.chain(again)
        .map(|(view, form)| write(ShowPage::of(peer(lang), rules(), view, form, [command(); 4])))
        .collect()
}

fn beware(page: &Page) -> Beware {
    Beware {
        lines: vec![
            page.t("visit-outside-hours"),
            page.t2("visit-at-that-time", "name", "Rosa T.", "when", "4:30 pm"),
            page.t1("visit-gate", "ask", "May I work alone with youth?"),
        ],
        missing: vec!["TB training".into()],
        meanwhile: vec![page.t("visit-gate-together")],
        why: "/credentials".into(),
    }
}

fn book(lang: Lang) -> String {
    let booking = |full: bool| Booking {
        person: PersonId(Uuid::from_u128(2)),
        called: "Darnell".into(),
        safe_hours: if full { "Mornings before ten." } else { "" }.into(),
        never: if full { "No voicemail." } else { "" }.into(),
        goals: match full {
            true => vec![(GoalId(Uuid::from_u128(7)), "I want to sleep through the night.".into())],
            false => Vec::new(),
        },
    };
    let mut wrong = Form::new().with("length", "other").with("company", "with");
    for (field, key) in [
        ("day", "visit-error-day"),
        ("start", "visit-error-start"),
        ("length", "visit-error-length"),
        ("kind", "visit-error-kind"),
        ("who", "visit-error-nobody"),
        ("place", "visit-error-text"),
        ("company", "visit-error-company"),
    ] {
        wrong.wrong(field, key);
    }
    let told = BookPage::of(peer(lang), rules(), booking(true), Form::new().with("length", "45"));
    let beware = beware(&told.page);
    [
        write(BookPage { beware: Some(beware), seen: "x".into(), ..told }),
        write(BookPage::of(peer(lang), rules(), booking(false), wrong)),
    ]
    .concat()
}

fn put_off(lang: Lang) -> String {
    let view = views().remove(0);
    let mut wrong = Form::new().with("version", "1");
    wrong.wrong("day", "visit-error-stale");
    let told = MovePage::of(peer(lang), &view, Form::new().with("length", "30"));
    let beware = beware(&told.page);
    [
        write(MovePage { beware: Some(beware), seen: "x".into(), ..told }),
        write(MovePage::of(peer(lang), &view, wrong)),
    ]
    .concat()
}

fn pick(lang: Lang) -> String {
    let of = |people| write(PickPage { page: peer(lang).titled("visit-book").focused("/visits"), people });
    [super::contact::people(), Vec::new()].map(of).concat()
}

fn calendar(lang: Lang) -> String {
    let found = CalendarAddress { secret: Secret::from_text(&"0af9".repeat(16)), made_at: now() };
    let whole = |path: &str| format!("https://porchlight.test{path}");
    [Some(&found), None]
        .map(|found| write(CalendarPage::of(peer(lang), found, whole, [command(); 2])))
        .concat()
}

fn no_answer(lang: Lang) -> String {
    let one = |phone: &str, place: &str| Unanswered {
        id: VisitId(Uuid::nil()),
        worker: "Marisol Vega".into(),
        phone: phone.into(),
        ended: after(-40),
        kind: "in_person".into(),
        place: place.into(),
    };
    [vec![one("555-0117", "The library"), one("", "")], Vec::new()]
        .map(|all| write(NoAnswerPage::of(page(lang, Some(Role::Supervisor)), rules(), &all, command)))
        .concat()
}

fn remind(lang: Lang) -> String {
    let hours = SafeHours { from: jiff::civil::time(10, 0, 0, 0), to: jiff::civil::time(18, 0, 0, 0) };
    let view = |hours, reaches| ReminderView { hours, minutes: 1200, reaches, version: 1 };
    let mut wrong = Form::new().with("wanted", "yes").with("from", "10:00");
    wrong.wrong("to", "visit-error-hours");
    wrong.wrong("wanted", "visit-error-wanted");
    let (some, none) = (view(Some(hours), true), view(None, false));
    [
        write(RemindPage::of(page(lang, Some(Role::Person)), &some, begun(&some))),
        write(RemindPage::of(page(lang, Some(Role::Person)), &none, begun(&none))),
        write(RemindPage::of(peer(lang), &some, wrong)),
    ]
    .concat()
}
