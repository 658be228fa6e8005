//! Samples of the pages of contacts, days and work.

use std::path::Path;
use std::sync::OnceLock;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::Action;
use porchlight_app::contact::{DraftView, NoteLine, NoteView, OwnNotes, Queue};
use porchlight_app::day::{Answer, PeerDay, SupervisorDay};
use porchlight_app::intake::Turn;
use porchlight_app::person::PersonLine;
use porchlight_app::work::OwnTime;
use porchlight_practice::contact::{Addition, AdditionKind, Draft, Review, Signed, Signer};
use porchlight_practice::id::{AccountId, CommandId, ContactId, GoalId, PersonId, WorkId};
use porchlight_practice::pack::{Rules, Settings, SourceFile, compile};
use porchlight_practice::work::Work;
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{now, page, write};
use crate::contact::clash::ClashPage;
use crate::contact::copy::Copy;
use crate::contact::draft::{FormPage, Subject};
use crate::contact::form;
use crate::contact::mine::Mine;
use crate::contact::pick::Pick;
use crate::contact::queue::QueuePage;
use crate::contact::show::NotePage;
use crate::day::{PeerPage, SupervisorPage};
use crate::form::Form;
use crate::words::{Hint, WordsPart};
use crate::work::WorkPage;
use std::collections::BTreeSet;

pub(super) fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
        let mut files = Vec::new();
        for folder in ["common", "us-ga-adult"] {
            for entry in root.join(folder).read_dir().unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                files.push(SourceFile { path: format!("{folder}/{name}"), text });
            }
        }
        let library = compile(&files).unwrap();
        let pack = library.get(&"us-ga-adult".into()).unwrap();
        pack.rules(jiff::civil::date(2026, 11, 19), &Settings::default())
    })
}

fn zone() -> TimeZone {
    TimeZone::get("America/New_York").unwrap()
}

fn ago(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn commands<const N: usize>() -> [CommandId; N] {
    std::array::from_fn(|at| CommandId(id(at as u128)))
}

fn goals() -> Vec<(GoalId, String)> {
    vec![
        (GoalId(id(7)), "I want to sleep through the night.".into()),
        (GoalId(id(8)), "I want my own keys.".into()),
    ]
}

fn draft() -> Draft {
    Draft {
        purpose: "work_on_goal".into(),
        goal: Some(GoalId(id(7))),
        kind: "in_person".into(),
        place: "out_and_about".into(),
        started: Some(ago(110)),
        ended: Some(ago(58)),
        did: ["goal_work".to_owned(), "share_story".to_owned(), "self_advocacy".to_owned()].into(),
        own_words: "Three good nights this week.\nThe walk helps.".into(),
        next_step: "meet_again".into(),
        next_words: "Darnell walks Saturday. I text him Friday.".into(),
        ..Draft::default()
    }
}

fn subject(version: i64) -> Subject {
    Subject {
        id: ContactId(id(1)),
        person: PersonId(id(2)),
        person_name: "Darnell".into(),
        version,
        goals: goals(),
        kept: Some(BTreeSet::from(["alcoholic".to_owned()])),
    }
}

fn line(number: u128, review: Option<Review>, late: bool) -> NoteLine {
    NoteLine {
        id: ContactId(id(number)),
        person: PersonId(id(2)),
        person_name: "Darnell W.".into(),
        writer: AccountId(id(3)),
        writer_name: "Marisol Vega".into(),
        kind: "in_person".into(),
        started: Some(ago(1700)),
        ended: Some(ago(1650)),
        due: Some(ago(if late { 60 } else { -180 })),
        signed_at: review.map(|_| ago(30)),
        late,
        review,
    }
}

fn person(number: u128, name: &str, goal: Option<&str>) -> PersonLine {
    PersonLine {
        id: PersonId(id(number)),
        name: name.into(),
        walks_with: vec!["Marisol Vega".into()],
        goal: goal.map(Into::into),
        last_contact: None,
        waiting: false,
        opens: porchlight_app::person::Opens::Record,
    }
}

pub(crate) fn people() -> Vec<PersonLine> {
    let goal = Some("I want to sleep through the night.");
    ["Darnell W.", "Rosa T.", "Sam R.", "Anh L.", "Tasha B."]
        .into_iter()
        .zip(10..)
        .map(|(name, number)| person(number, name, goal.filter(|_| number % 2 == 0)))
        .collect()
}

fn marisol() -> Signer {
    Signer {
        account: AccountId(id(3)),
        name: "Marisol Vega".into(),
        title: "Certified peer specialist, CPS".into(),
    }
}

pub(super) fn note(late: bool, actions: &[Action]) -> NoteView {
    let signed: Signed =
        draft().sign(marisol(), PersonId(id(2)), rules(), now()).expect("the sample can be signed");
    let added = |kind, words: &str| Addition { kind, by: marisol(), at: now(), words: words.into() };
    NoteView {
        id: ContactId(id(1)),
        person: PersonId(id(2)),
        person_name: "Darnell".into(),
        whole: !late,
        signed: Signed { late, ..signed },
        goal: Some("I want to sleep through the night.".into()),
        additions: AdditionKind::ALL
            .iter()
            .map(|kind| added(*kind, "He called the library himself."))
            .collect(),
        own: actions.contains(&Action::ContactAdd),
        actions: actions.to_vec(),
    }
}

pub(crate) fn pick(lang: Lang) -> String {
    let fill = |people, check_in| {
        let page = page(lang, Some(Role::PeerSpecialist)).titled("contact-who").focused("/day");
        write(Pick { page, people, check_in })
    };
    [fill(people(), true), fill(Vec::new(), false)].concat()
}

pub(crate) fn form(lang: Lang) -> String {
    let fill = |draft: &Draft, version, missing: bool| {
        let mut form = form::fill(draft, rules(), &zone());
        if missing {
            form::say_missing(&mut form, &Draft::default().missing(rules(), now()));
        }
        let page = page(lang, Some(Role::PeerSpecialist));
        let mut shown = FormPage::with(page, commands(), rules(), subject(version), draft, form);
        if version == 3 {
            shown.look = vec![("Next".into(), hint())];
        }
        write(shown)
    };
    let fresh = |short| form::fresh(short, rules(), now());
    [
        fill(&fresh(false), 0, false),
        fill(&fresh(true), 0, false),
        fill(&draft(), 3, false),
        fill(&Draft::default(), 1, true),
    ]
    .concat()
}

pub(crate) fn hint() -> Hint {
    Hint {
        text: "refused to".into(),
        tries: vec!["chose not to".into(), "said no to".into()],
        why: "It makes a free choice sound like a wrong one.".into(),
        term: "refused".into(),
        start: 3,
        end: 13,
    }
}

pub(crate) fn words(lang: Lang) -> String {
    let page = page(lang, Some(Role::PeerSpecialist));
    write(WordsPart {
        page,
        hints: vec![hint()],
        can_keep: true,
        grade: Some("9".into()),
        on_the_child: true,
    })
}

pub(crate) fn clash(lang: Lang) -> String {
    let saved = DraftView {
        id: ContactId(id(1)),
        person: PersonId(id(2)),
        person_name: "Darnell".into(),
        draft: Draft { own_words: "Two good nights.".into(), ..draft() },
        version: 4,
        saved_at: ago(12),
        due: None,
        goals: goals(),
        kept: None,
    };
    let page = page(lang, Some(Role::PeerSpecialist));
    let [command] = commands();
    write(ClashPage::with(page, command, rules(), &zone(), saved, &draft()))
}

pub(crate) fn mine(lang: Lang) -> String {
    let fill = |notes| write(Mine::of(page(lang, Some(Role::PeerSpecialist)), rules(), notes));
    let full = OwnNotes {
        drafts: vec![line(20, None, true), line(21, None, false)],
        asked: vec![line(22, Some(Review::Asked), false)],
        signed: vec![line(23, Some(Review::Countersigned), false), line(24, Some(Review::Waiting), true)],
        in_time: 2,
        minutes_this_week: 425,
    };
    let none = OwnNotes {
        drafts: Vec::new(),
        asked: Vec::new(),
        signed: Vec::new(),
        in_time: 0,
        minutes_this_week: 0,
    };
    [fill(full), fill(none)].concat()
}

pub(crate) fn show(lang: Lang) -> String {
    let fill = |role, late, actions: &[Action]| {
        write(NotePage::with(page(lang, Some(role)), commands(), rules(), note(late, actions)))
    };
    let own = [Action::ContactAdd, Action::ContactReadBack, Action::ContactCopy, Action::ContactListOfPerson];
    let supervisor =
        [Action::ContactAsk, Action::ContactCountersign, Action::ContactCopy, Action::ContactListOfPerson];
    [
        fill(Role::PeerSpecialist, true, &own),
        fill(Role::Supervisor, false, &supervisor),
        fill(Role::TeamMember, false, &[]),
    ]
    .concat()
}

pub(crate) fn copy(lang: Lang) -> String {
    write(Copy::of(page(lang, Some(Role::PeerSpecialist)), rules(), &note(true, &[])))
}

pub(crate) fn queue(lang: Lang) -> String {
    let fill = |queue| write(QueuePage::of(page(lang, Some(Role::Supervisor)), rules(), &queue));
    let waiting = (30..33).map(|number| line(number, Some(Review::Waiting), false)).collect();
    let full = Queue {
        waiting,
        asked: vec![line(34, Some(Review::Asked), false)],
        overdue: vec![line(35, None, true)],
    };
    [fill(full), fill(Queue { waiting: Vec::new(), asked: Vec::new(), overdue: Vec::new() })].concat()
}

pub(crate) fn peer_day(lang: Lang) -> String {
    let fill = |day| write(PeerPage::of(page(lang, Some(Role::PeerSpecialist)), rules(), day));
    let answers = AdditionKind::ALL.iter().map(|kind| Answer {
        contact: ContactId(id(40)),
        person_name: "Rosa T.".into(),
        by: "Denise Hall".into(),
        kind: *kind,
        at: ago(300),
    });
    let full = PeerDay {
        drafts: vec![line(20, None, true), line(21, None, false)],
        asked: vec![line(22, Some(Review::Asked), false)],
        answers: answers.collect(),
        today: vec![line(23, Some(Review::Waiting), false)],
        visits: super::visit::views(),
        to_note: super::visit::views().into_iter().take(1).collect(),
        people: people(),
        call: vec![("Denise Hall".into(), "555-0150".into()), ("Paul Keane".into(), String::new())],
    };
    let none = PeerDay {
        drafts: Vec::new(),
        asked: Vec::new(),
        answers: Vec::new(),
        today: Vec::new(),
        visits: Vec::new(),
        to_note: Vec::new(),
        people: Vec::new(),
        call: Vec::new(),
    };
    [fill(full), fill(none)].concat()
}

fn turns() -> [Turn; 4] {
    let day = |day| jiff::civil::date(2026, 11, day);
    [Turn::NoPromise, Turn::By(day(20)), Turn::Overdue(day(18)), Turn::Called(day(19))]
}

pub(crate) fn supervisor_day(lang: Lang) -> String {
    let fill = |day| write(SupervisorPage::of(page(lang, Some(Role::Supervisor)), rules(), day));
    let full = SupervisorDay {
        waiting: (30..35).map(|number| line(number, Some(Review::Waiting), false)).collect(),
        all_waiting: 7,
        overdue: vec![line(35, None, true)],
        without: people().into_iter().zip(turns()).collect(),
        team: vec![(AccountId(id(3)), "Marisol Vega".into())],
        overdue_supervision: super::supervision::team().into_iter().take(2).collect(),
        unanswered: 1,
        closing: vec![porchlight_app::credential::Change {
            name: "Marisol Vega".into(),
            ask: porchlight_practice::Text { en: "May I drive?".into(), es: "¿Puedo manejar?".into() },
            word: porchlight_practice::rule::Word::Yes,
            on: jiff::civil::date(2026, 11, 24),
        }],
    };
    let none = SupervisorDay {
        waiting: Vec::new(),
        all_waiting: 0,
        overdue: Vec::new(),
        without: Vec::new(),
        team: Vec::new(),
        overdue_supervision: Vec::new(),
        unanswered: 0,
        closing: Vec::new(),
    };
    [fill(full), fill(none)].concat()
}

pub(crate) fn work(lang: Lang) -> String {
    let stint = Work {
        kind: "travel".into(),
        started: ago(200),
        ended: ago(170),
        words: "To the clinic and back.".into(),
    };
    let fill = |work, mut form: Form, wrong| {
        if wrong {
            form.wrong("kind", "work-need-kind");
            form.wrong("length", "contact-need-end");
            form.wrong("end", "contact-wrong-order");
        }
        let mix = porchlight_practice::work::Mix {
            minutes: if wrong { 0 } else { 425 },
            did: vec![("ride".into(), 40)],
            goals: 5,
        };
        let time = OwnTime { since: ago(60 * 24 * 14), with_people: 425, other: 30, work, mix };
        let [command] = commands();
        write(WorkPage::of(page(lang, Some(Role::PeerSpecialist)), command, rules(), time, form))
    };
    [fill(vec![(WorkId(id(50)), stint)], Form::new(), false), fill(Vec::new(), Form::new(), true)].concat()
}
