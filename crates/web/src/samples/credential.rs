//! Pages about what workers can show.

use std::sync::Arc;

use jiff::civil::date;
use porchlight_app::credential::{Ahead, Change, Hours, OwnCredentials, Shown, ToCheck};
use porchlight_practice::credential::{Credential, Entry};
use porchlight_practice::evidence::{About, FileKind};
use porchlight_practice::id::{AccountId, CredentialId};
use porchlight_practice::pack::Settings;
use porchlight_practice::rule::requirement::Kind;
use porchlight_practice::rule::{Facts, Word, ask, earned, fact};
use porchlight_practice::{Lang, Role, Text};
use uuid::Uuid;

use super::{Fill, page, set_up, write};
use crate::credential::{add, ahead, check, show, take};
use crate::form::Form;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("credential/show.html", shown),
        ("credential/add.html", added),
        ("credential/one.html", one),
        ("credential/queue.html", queue),
        ("credential/ahead.html", coming),
        ("credential/take.html", taken),
    ]
}

fn training(topic: &str) -> Credential {
    let entry = Entry::Training {
        ended: date(2026, 4, 9),
        topics: vec![topic.into()],
        minutes: 90,
        programme: None,
        approved_by: None,
        certificate: None,
    };
    let paper = About { kind: FileKind::Jpeg, bytes: 4, hash: [0; 32] };
    Credential::sent(entry, Some(paper), date(2026, 4, 10))
}

fn kept(number: u128, credential: Credential) -> Shown {
    Shown { id: CredentialId(Uuid::from_u128(number)), credential, version: 1 }
}

fn own(pack: &str) -> OwnCredentials {
    let (day, library) = (date(2026, 11, 19), set_up::library());
    let pack = library.get(&pack.into()).unwrap();
    let rules = Arc::new(pack.rulebook(&Settings::new()));
    let (one, other) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
    let shown = vec![
        kept(1, training("infection_control")),
        kept(2, training("tuberculosis").accept(one, other, day).unwrap()),
        kept(3, training("abuse_and_neglect").refuse(one, other, day, "A sharper photo, please.").unwrap()),
    ];
    let mut facts = Facts::default();
    porchlight_practice::credential::gather(shown.iter().map(|one| &one.credential), &mut facts);
    for year in [2023, 2024] {
        facts.exams.push(fact::Exam {
            day: date(year, 5, 1),
            kind: "cps_exam".into(),
            passed: true,
            score: None,
            check: fact::Check::Accepted,
        });
    }
    facts.papers.push(fact::Paper {
        from: date(2026, 1, 1),
        until: Some(date(2027, 12, 31)),
        kind: "certificate".into(),
        clear: true,
        check: fact::Check::Accepted,
    });
    let facts = facts.settle();
    let hours = rules.requirements(day).iter().filter_map(|one| match &one.requirement.kind {
        Kind::Continuing(hours) => Some(Hours {
            earned: earned(hours, &one.requirement.id, &facts, day)?,
            requirement: one.requirement.clone(),
        }),
        _ => None,
    });
    let hours = hours.collect();
    OwnCredentials { day, answers: ask(&rules, &facts, day), shown, hours, rules }
}

const PACKS: [&str; 5] = ["us-al-parent", "us-ca-parent", "us-ga-adult", "us-mo-adult", "us-wi-adult"];

fn shown(lang: Lang) -> String {
    let mut pages = String::new();
    for name in PACKS {
        let library = set_up::library();
        let rules = library.get(&name.into()).unwrap().rules(date(2026, 11, 19), &Settings::new());
        let own = own(name);
        for answer in &own.answers {
            let page = page(lang, Some(Role::ParentPeerSpecialist));
            pages += &write(show::ShowPage::of(page, &rules, &own, &answer.question.id).unwrap());
        }
    }
    pages
}

/// Every form that every pack asks for, empty and with everything wrong.
fn added(lang: Lang) -> String {
    let mut pages = String::new();
    for name in PACKS {
        let library = set_up::library();
        let rules = library.get(&name.into()).unwrap().rules(date(2026, 11, 19), &Settings::new());
        let own = own(name);
        for one in own.rules.requirements(own.day) {
            for way in ["", "work", "hand-in"] {
                let mut form = Form::new().with("way", way);
                form.wrong("day", "credential-error-day");
                let page = page(lang, Some(Role::ParentPeerSpecialist));
                let page = add::AddPage::of(page, &rules, &one.requirement, form, "c".into());
                pages += &page.map(write).unwrap_or_default();
            }
        }
    }
    pages
}

fn to_check(name: &str, mine: bool, credential: Credential) -> ToCheck {
    ToCheck { name: name.into(), own: mine, shown: kept(4, credential), rules: own("us-al-parent").rules }
}

fn one(lang: Lang) -> String {
    let mut wrong = Form::new();
    wrong.wrong("why", "credential-error-why");
    let day = date(2026, 4, 10);
    let paper = Entry::Paper { kind: "certificate".into(), from: day, until: None, clear: true };
    let born = Entry::Born { day };
    let admin = || page(lang, Some(Role::ProgrammeAdmin));
    let of = |one: &ToCheck, form| write(check::OnePage::of(admin(), one, true, form, "c".into()));
    [
        of(&to_check("Denise Harper", false, training("tuberculosis")), wrong),
        of(&to_check("Denise Harper", true, Credential::sent(paper, None, day)), Form::new()),
        of(&to_check("Denise Harper", false, Credential::sent(born, None, day)), Form::new()),
    ]
    .concat()
}

fn queue(lang: Lang) -> String {
    let some = [
        to_check("Denise Harper", false, training("tuberculosis")),
        to_check("Carl Simmons", true, training("tuberculosis")),
    ];
    let admin = || page(lang, Some(Role::ProgrammeAdmin));
    [&some[..], &[]].map(|waiting| write(check::QueuePage::of(admin(), waiting))).concat()
}

fn coming(lang: Lang) -> String {
    let ask = || Text {
        en: "May I work alone with youth?".into(),
        es: "¿Puedo trabajar a solas con jóvenes?".into(),
    };
    let change = |word, on| Change { name: "Denise Harper".into(), ask: ask(), word, on };
    let day = date(2026, 11, 19);
    let changes = vec![
        change(Word::Yes, date(2026, 11, 24)),
        change(Word::Yes, date(2026, 12, 3)),
        change(Word::NotYet, date(2026, 12, 9)),
    ];
    [changes, Vec::new()]
        .map(|changes| {
            write(ahead::AheadPage::of(page(lang, Some(Role::Supervisor)), &Ahead { day, changes }))
        })
        .concat()
}

fn taken(lang: Lang) -> String {
    let held = porchlight_app::credential::Held {
        day: date(2026, 11, 6),
        kind: fact::SessionKind::Group,
        minutes: 90,
        supervisor: "Wanda Pickett".into(),
        supervisor_was: vec!["program_manager".into()],
        programme: "Cahaba Family Circle".into(),
    };
    let full = porchlight_app::credential::Taken {
        name: "Denise Harper".into(),
        shown: own("us-al-parent").shown,
        supervision: vec![held],
        months: [("2026-10".to_owned(), 1230)].into(),
        parts: vec![vec![0, 1], vec![2]],
    };
    let none = porchlight_app::credential::Taken {
        name: "Denise Harper".into(),
        shown: Vec::new(),
        supervision: Vec::new(),
        months: Default::default(),
        parts: vec![Vec::new()],
    };
    let page = || page(lang, Some(Role::Former));
    [full, none].map(|taken| write(take::TakePage::of(page(), &taken))).concat()
}
