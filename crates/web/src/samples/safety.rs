//! The pages of safety reports, the ladder and questions to a supervisor, filled.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use porchlight_app::Action;
use porchlight_app::counsel::{CounselList, CounselView, WhomToAsk};
use porchlight_app::ladder::{Ahead, CallLine, Callee, Drill, LadderView, TestCall};
use porchlight_app::safety::{
    BeforeReport, LogLine, OwnReport, SafetyLine, SafetyList, SafetyView, SharedCrisisPlan,
};
use porchlight_practice::counsel::{Counsel, Topic};
use porchlight_practice::id::{AccountId, CallId, CounselId, DocumentId, PersonId, RunId, SafetyReportId};
use porchlight_practice::ladder::{Gap, Plan, RotaDay, Saying, Shift, Went};
use porchlight_practice::pack::Rules;
use porchlight_practice::safety::{Back, Closing, Entry, Kind, Logged, Report, Story};
use porchlight_practice::{Lang, Means, Role};
use uuid::Uuid;

use super::{Fill, lines, page, write};
use crate::counsel::{NewQuestion, OneQuestion, Questions};
use crate::form::Form;
use crate::ladder::edit::{EditLadder, filled};
use crate::ladder::show::ShowLadder;
use crate::ladder::test::AnswerTest;
use crate::safety::close::CloseReport;
use crate::safety::list::Reports;
use crate::safety::mine::AboutMe;
use crate::safety::new::NewReport;
use crate::safety::show::ShowReport;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("safety/new.html", |lang| new(lang, Form::new().with("now", "yes"))),
        ("safety/new.html", |lang| {
            let mut form = Form::new().with("now", "no").with("words", "I can't do another night.");
            form.wrong("kind", "safety-error-kind");
            form.wrong("known_day", "safety-error-known");
            new(lang, form)
        }),
        ("safety/list.html", |lang| {
            let list = SafetyList { open: vec![], closed: vec![], is_on: false };
            write(Reports::of(page(lang, Some(Role::PeerSpecialist)), &list, vec![]))
        }),
        ("safety/list.html", |lang| {
            let line = |standing: &str, own| SafetyLine {
                id: SafetyReportId(id(1)),
                kind: Kind::HarmToSelf,
                practice: standing == "closed",
                sent: at(0),
                reporter: "Marisol Vega".into(),
                own,
                standing: standing.into(),
                holder: "Denise Hall".into(),
                called: true,
            };
            let list = SafetyList {
                open: vec![line("waiting", false), line("taken", true)],
                closed: vec![line("closed", false)],
                is_on: true,
            };
            write(Reports::of(page(lang, Some(Role::Supervisor)), &list, vec!["/ladder/test/x".into()]))
        }),
        ("safety/mine.html", |lang| write(AboutMe::of(page(lang, Some(Role::Person)), &[]))),
        ("safety/mine.html", |lang| {
            let report = OwnReport {
                kind: Kind::HarmToSelf,
                sent: at(0),
                told: Some((at(90), "Denise Hall".into())),
                taken_by: "Denise Hall".into(),
                read_by: vec!["Denise Hall".into(), "Leena Patel".into()],
                closed: true,
            };
            write(AboutMe::of(page(lang, Some(Role::Person)), &[report]))
        }),
        ("safety/show.html", |lang| show(lang, Role::PeerSpecialist, &waiting(Kind::HarmToSelf, true))),
        ("safety/show.html", |lang| {
            let saying = Saying::Ringing(vec![account(2)]);
            show(lang, Role::PeerSpecialist, &SafetyView { saying, ..waiting(Kind::HarmToOthers, true) })
        }),
        ("safety/show.html", |lang| show(lang, Role::Supervisor, &waiting(Kind::ChildAbuse, false))),
        ("safety/show.html", |lang| show(lang, Role::Supervisor, &taken(false))),
        ("safety/show.html", |lang| show(lang, Role::Supervisor, &taken(true))),
        ("safety/show.html", |lang| {
            let view = SafetyView { practice: true, ..waiting(Kind::Other, false) };
            show(lang, Role::Supervisor, &view)
        }),
        ("safety/close.html", |lang| {
            write(CloseReport::of(page(lang, Some(Role::Supervisor)), &taken(false), Form::new()))
        }),
        ("safety/close.html", |lang| {
            let mut form = Form::new();
            form.wrong("outcome", "safety-error-back");
            let view = SafetyView {
                story: story(Kind::ChildAbuse, vec![(2, 5, Entry::Taken)]),
                ..waiting(Kind::ChildAbuse, false)
            };
            write(CloseReport::of(page(lang, Some(Role::Supervisor)), &view, form))
        }),
        ("ladder/show.html", |lang| {
            write(ShowLadder::of(page(lang, Some(Role::ProgrammeAdmin)), &bare(), Form::new(), String::new))
        }),
        ("ladder/show.html", |lang| {
            write(ShowLadder::of(page(lang, Some(Role::ProgrammeAdmin)), &full(), Form::new(), String::new))
        }),
        ("ladder/edit.html", |lang| {
            let mut form = filled(&full().plan, true, 3);
            form.wrong("wait-0", "ladder-error-minutes");
            form.wrong("is_on", "ladder-error-not-tested");
            write(EditLadder::of(page(lang, Some(Role::ProgrammeAdmin)), &full(), form))
        }),
        ("ladder/test.html", |lang| {
            let test = TestCall { id: RunId(id(1)), at: at(0), calls: calls() };
            write(AnswerTest::of(page(lang, Some(Role::Supervisor)), &test, Form::new()))
        }),
        ("counsel/list.html", |lang| {
            let list = CounselList {
                asked: vec![question(true, true), question(true, false)],
                to_answer: vec![CounselView { overdue: true, ..question(false, false) }],
            };
            write(Questions::of(page(lang, Some(Role::PeerSpecialist)), &list))
        }),
        ("counsel/list.html", |lang| {
            let list = CounselList { asked: vec![], to_answer: vec![] };
            write(Questions::of(page(lang, Some(Role::PeerSpecialist)), &list))
        }),
        ("counsel/new.html", |lang| {
            let mut form = Form::new();
            form.wrong("past", "counsel-error-past");
            let whom = WhomToAsk { supervisor: Some(denise()), past: vec![leena()], hours: 48 };
            write(NewQuestion::of(page(lang, Some(Role::PeerSpecialist)), &whom, form))
        }),
        ("counsel/new.html", |lang| {
            let whom = WhomToAsk { supervisor: None, past: vec![], hours: 48 };
            write(NewQuestion::of(page(lang, Some(Role::PeerSpecialist)), &whom, Form::new()))
        }),
        ("counsel/show.html", |lang| {
            write(OneQuestion::of(page(lang, Some(Role::Supervisor)), &question(false, false), Form::new()))
        }),
        ("counsel/show.html", |lang| {
            let view = CounselView { past_supervisor: true, ..question(true, true) };
            write(OneQuestion::of(page(lang, Some(Role::PeerSpecialist)), &view, Form::new()))
        }),
    ]
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn account(number: u128) -> AccountId {
    AccountId(id(number))
}

fn at(minutes: i64) -> Timestamp {
    "2026-11-19T21:52:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn callee(number: u128, name: &str, phone: &str) -> Callee {
    Callee { account: account(number), name: name.into(), phone: phone.into() }
}

fn marisol() -> Callee {
    callee(1, "Marisol Vega", "555-0120")
}

fn denise() -> Callee {
    callee(2, "Denise Hall", "555-0150")
}

fn leena() -> Callee {
    callee(3, "Leena Patel", "")
}

fn rules() -> Arc<Rules> {
    Arc::new(super::people::rules("us-ca-parent"))
}

fn new(lang: Lang, form: Form) -> String {
    let before = BeforeReport {
        is_on: true,
        call: vec![denise(), leena()],
        people: vec![(PersonId(id(7)), "Darnell W.".into())],
        crisis_plans: vec![SharedCrisisPlan {
            document: DocumentId(id(8)),
            person: PersonId(id(7)),
            called: "Darnell".into(),
        }],
        colleagues: vec![denise()],
        numbers: [(Plan::CRISIS_TEAM.into(), "555-0160".into())].into(),
    };
    let page = page(lang, Some(Role::PeerSpecialist));
    write(NewReport::of(page, &before, lines(), "Some things can't stay private.".into(), form))
}

fn story(kind: Kind, log: Vec<(u128, i64, Entry)>) -> Story {
    let report = Report {
        kind,
        this_minute: true,
        who: "Darnell".into(),
        words: "I do not think I can do another night like this.".into(),
        place: "Lincoln Library, front steps".into(),
        with_them: Some(kind != Kind::HarmToOthers),
        helped: "Walking outside.".into(),
        known_at: at(-2000),
    };
    let log = log.into_iter().map(|(by, minute, entry)| Logged { at: at(minute), by: account(by), entry });
    Story::kept(report, account(1), at(0), log.collect())
}

fn calls() -> Vec<CallLine> {
    let call = |number: u128, who: Callee, means, went, seen: Option<i64>| CallLine {
        id: CallId(id(number)),
        step: if who == denise() { 0 } else { 1 },
        account: who.account,
        name: who.name,
        means,
        made: at(0),
        went,
        sent: (went == Went::Out).then(|| at(0)),
        attempts: 1,
        seen: seen.map(at),
        answered: None,
    };
    vec![
        call(1, denise(), None, Went::Out, Some(2)),
        call(2, denise(), Some(Means::Call), Went::Out, Some(2)),
        call(3, denise(), Some(Means::Text), Went::Waiting, Some(2)),
        call(4, leena(), None, Went::Out, None),
        call(5, leena(), Some(Means::Email), Went::NoWay, None),
    ]
}

fn waiting(kind: Kind, own: bool) -> SafetyView {
    let story = story(kind, vec![]);
    SafetyView {
        id: SafetyReportId(id(1)),
        practice: false,
        log: vec![],
        reporter: marisol(),
        own,
        person: Some((PersonId(id(7)), "Darnell W.".into())),
        may_open_person: !kind.is_abuse(),
        about_worker: own.then(|| "Joe Kimball".to_owned()),
        crisis_plans: if kind.is_abuse() { vec![] } else { vec![DocumentId(id(8))] },
        holder: None,
        calls: calls(),
        saying: Saying::CallThem(vec![account(2)]),
        spoken_of: vec![denise()],
        ahead: vec![
            Ahead { due: at(10), who: vec![leena()] },
            Ahead { due: at(15), who: vec![denise(), leena()] },
        ],
        may: match own {
            true => vec![Action::SafetyRead, Action::SafetyAdd, Action::SafetyStep],
            false => vec![Action::SafetyTake, Action::SafetyAdd, Action::SafetyTell, Action::SafetyStep],
        },
        mine: false,
        staff: vec![denise(), leena()],
        numbers: [(Plan::WARMLINE.into(), "555-0170".into())].into(),
        version: 1,
        story,
    }
}

fn taken(closed: bool) -> SafetyView {
    let closing = Closing {
        outcome: "They are at an aunt's house.".into(),
        told: "The county".into(),
        follow_up: Some(jiff::civil::date(2026, 11, 26)),
        second_reader: account(3),
        shows: false,
    };
    let mut log = vec![
        (2, 4, Entry::Taken),
        (2, 5, Entry::HandedOn { to: account(3) }),
        (2, 6, Entry::Taken),
        (1, 7, Entry::Added { words: "He is calm now.".into() }),
        (1, 8, Entry::StepDone { step: "child_phone".into(), reference: "4711".into() }),
        (
            3,
            9,
            Entry::Withheld {
                reason: "They live together.".into(),
                look_again: jiff::civil::date(2026, 11, 21),
            },
        ),
        (2, 10, Entry::WentBack { to: Back::Reporter, words: "How are you after that?".into() }),
    ];
    if closed {
        log.push((2, 11, Entry::ToldPerson { words: "We sat down together.".into() }));
        log.push((2, 12, Entry::WentBack { to: Back::Person, words: String::new() }));
        log.push((2, 13, Entry::Closed(closing)));
        log.push((3, 14, Entry::SecondRead));
    }
    let lines = log.iter().map(|(by, minute, entry)| LogLine {
        at: at(*minute),
        by: if *by == 1 { "Marisol Vega" } else { "Denise Hall" }.into(),
        entry: entry.clone(),
        other: "Leena Patel".into(),
    });
    let (log, lines) = (log.clone(), lines.collect());
    SafetyView {
        log: lines,
        story: story(Kind::ChildAbuse, log),
        holder: Some(denise()),
        ahead: vec![],
        mine: !closed,
        may: vec![
            Action::SafetyTake,
            Action::SafetyAdd,
            Action::SafetyTell,
            Action::SafetyWithhold,
            Action::SafetyGoBack,
            Action::SafetyStep,
            Action::SafetySecondRead,
        ],
        ..waiting(Kind::ChildAbuse, closed)
    }
}

fn show(lang: Lang, role: Role, view: &SafetyView) -> String {
    let mut form = Form::new();
    if view.mine {
        form.wrong("to", "safety-error-to");
    }
    write(ShowReport::of(page(lang, Some(role)), &rules(), view, form, String::new))
}

fn bare() -> LadderView {
    let rules = rules();
    LadderView {
        plan: Plan::offered(&rules.safety),
        is_on: false,
        version: 0,
        staff: vec![],
        gaps: vec![Gap { from: at(0), until: at(600) }],
        on_call: vec![],
        rungs: vec![vec![]; 4],
        proofs: vec![],
        tests: vec![],
        drill: None,
        times: vec![],
        set_up: vec![],
        may_change: false,
        rules,
    }
}

fn full() -> LadderView {
    let mut view = bare();
    view.plan.rota.shifts.push(Shift {
        days: [RotaDay::Saturday, RotaDay::Holiday].into(),
        from: jiff::civil::time(8, 0, 0, 0),
        until: jiff::civil::time(8, 0, 0, 0),
        who: account(2),
        deputy: Some(account(3)),
    });
    view.plan.rota.holidays.insert(jiff::civil::date(2026, 12, 25));
    LadderView {
        is_on: true,
        staff: vec![denise(), leena()],
        on_call: vec![account(2)],
        rungs: vec![vec![account(2)]; 4],
        proofs: vec![(account(2), Some(Means::Call), at(0)), (account(3), None, at(1))],
        tests: vec![TestCall { id: RunId(id(1)), at: at(0), calls: calls() }],
        drill: Some(Drill {
            report: SafetyReportId(id(2)),
            sent: at(-60),
            taken: Some(at(-52)),
            slowest: Some((2, vec!["Leena Patel".into()], None)),
        }),
        times: vec![(at(-9000), Some(130)), (at(-8000), Some(2000)), (at(-10), None)],
        set_up: vec![Means::Call, Means::Email],
        may_change: true,
        ..view
    }
}

fn question(own: bool, answered: bool) -> CounselView {
    let words = "May I lend her ten dollars?".to_owned();
    CounselView {
        id: CounselId(id(1)),
        topic: Topic::Boundaries,
        counsel: match answered {
            true => Counsel::Answered {
                words,
                answer: "Let's talk on Monday.".into(),
                by: account(2),
                at: at(60),
            },
            false => Counsel::Asked { words },
        },
        asked_by: "Marisol Vega".into(),
        asked_of: "Denise Hall".into(),
        own,
        past_supervisor: false,
        asked: at(0),
        due: at(2880),
        overdue: false,
    }
}
