//! The pages of people who are supported, filled.

use jiff::civil::{Date, date};
use porchlight_app::consent::{ConsentView, PersonHere};
use porchlight_app::day::PersonHome;
use porchlight_app::look::{AskedQuestion, WhoLooked};
use porchlight_app::person::PersonView;
use porchlight_app::support::SupportView;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::goal::{Closing, Goal};
use porchlight_practice::id::{
    AccountId, CommandId, ConsentId, ContactId, GoalId, LookQuestionId, PersonId, ProgrammeId, SupportId,
};
use porchlight_practice::look::{Look, LookQuestion, MergedLook};
use porchlight_practice::person::{NaturalSupport, Profile};
use porchlight_practice::support::{Support, Walking};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{Fill, now, page as seen_by, write};
use crate::consent::{Agree, Choices, NewChoice};
use crate::form::Form;
use crate::look::{AskAbout, Looks};
use crate::me::about::{AboutMe, clash, filled};
use crate::me::goal::NewGoal;
use crate::me::home::Home;
use crate::me::paper::Paper;
use crate::me::visit::{Beside, NoteRead, Visit};
use crate::me::visits::{VisitCard, Visits};
use crate::page::Page;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("me/home.html", |lang| write(Home::of(page(lang), home(), command))),
        ("me/home.html", |lang| write(Home::of(page(lang), alone(), command))),
        ("me/goal.html", |lang| write(NewGoal::of(page(lang), Form::new(), command()))),
        ("me/goal.html", |lang| {
            let mut form = Form::new();
            form.wrong("words", "me-goal-error");
            write(NewGoal::of(page(lang), form, command()))
        }),
        ("me/visits.html", |lang| {
            write(Visits {
                page: page(lang).titled("me-visits-title"),
                coming: Vec::new(),
                visits: Vec::new(),
            })
        }),
        ("me/visits.html", |lang| {
            let page = page(lang).titled("me-visits-title");
            let visits = [true, false].map(|answered| VisitCard {
                address: "/me/visits/1".into(),
                title: page.moment(now()),
                note: page.t1("me-visit-with", "name", "Marisol Vega"),
                words: if answered { String::new() } else { "I slept through the night.".into() },
                answered,
            });
            let coming = super::visit::coming(&page);
            write(Visits { page, coming, visits: visits.into() })
        }),
        ("me/visit.html", |lang| {
            let page = page(lang);
            let note = note(&page, true);
            write(Visit::of(page, note, Form::new(), [command(), command()]))
        }),
        ("me/visit.html", |lang| {
            let page = page(lang);
            let note = note(&page, false);
            let mut form = Form::new();
            form.wrong("differently", "me-differently-error");
            write(Visit::of(page, note, form, [command(), command()]))
        }),
        ("me/paper.html", |lang| {
            let page = page(lang).titled_with("me-visit-title", "name", "Marisol");
            let note = note(&page, true);
            write(Paper { page, note, called: "Darnell".into() })
        }),
        ("me/about.html", |lang| write(AboutMe::of(page(lang), filled(&profile()), 3, command()))),
        ("me/about.html", |lang| {
            let form = Form::new().with("called", "D").with("supporter-1", "My brother");
            write(clash(page(lang), form, person(), command()))
        }),
        ("look/list.html", |lang| write(Looks::of(page(lang), looked()))),
        ("look/list.html", |lang| {
            write(Looks::of(
                page(lang),
                WhoLooked { emergencies: Vec::new(), looks: Vec::new(), questions: Vec::new() },
            ))
        }),
        ("look/ask.html", |lang| {
            let mut form = Form::new();
            form.wrong("question", "look-ask-error");
            let sentence =
                crate::look::sentence(&page(lang), &look("supervisor", "notes", 1), "Lydia Pruitt");
            write(AskAbout::of(page(lang), form, sentence, now(), command()))
        }),
        ("consent/list.html", |lang| {
            write(Choices::of(page(lang), PersonId(Uuid::nil()), Vec::new(), &[], &[], command))
        }),
        ("consent/list.html", |lang| {
            write(Choices::of(
                page(lang),
                PersonId(Uuid::nil()),
                vec![consent(true), consent(false)],
                &super::document::shares(),
                &super::supervision::yeses(),
                command,
            ))
        }),
        ("consent/new.html", |lang| write(NewChoice::of(page(lang), Form::new(), &[]))),
        ("consent/new.html", |lang| {
            let mut form = Form::new();
            form.wrong("reader", "consent-error-reader");
            form.wrong("days", "consent-error-days");
            let here = PersonHere { account: account(4), name: "Amara Singh".into(), role: Role::TeamMember };
            write(NewChoice::of(page(lang), form, &[here]))
        }),
        ("consent/agree.html", |lang| {
            write(Agree {
                page: page(lang).titled("consent-agree-title").focused("/me/choices"),
                sentence: "Amara Singh may read the notes about your visits until December 19, 2026.".into(),
                name: "Amara Singh".into(),
                reader: account(4),
                part: "notes",
                days: 30,
                command: command(),
            })
        }),
    ]
}

fn page(lang: Lang) -> Page {
    seen_by(lang, Some(Role::Person))
}

fn command() -> CommandId {
    CommandId(Uuid::from_u128(7))
}

fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn support(state: impl FnOnce(Walking) -> Support, peer: &str, since: Date, to: Option<&str>) -> SupportView {
    let was = Walking {
        peer: account(1),
        part: "main".into(),
        responsible: account(2),
        since,
        said: Default::default(),
    };
    SupportView {
        id: SupportId(Uuid::from_u128(1)),
        state: state(was),
        peer: peer.into(),
        responsible: "Lydia Pruitt".into(),
        to: to.map(str::to_owned),
        version: 1,
    }
}

fn wants(words: &str, since: jiff::civil::Date) -> Goal {
    Goal::say(words, since).unwrap()
}

fn home() -> PersonHome {
    let hand_over = |was| Support::HandedOver {
        was,
        to: account(3),
        on: date(2026, 11, 16),
        to_know: "Mornings are best. He likes to walk while we talk.".into(),
    };
    let ended = |was| Support::Ended {
        was,
        on: date(2025, 2, 3),
        reason: "moved".into(),
        goodbye: "It was good to walk with you.".into(),
    };
    PersonHome {
        called: "Darnell".into(),
        supports: vec![
            support(Support::Walking, "Joe Ellery", date(2026, 11, 16), None),
            support(hand_over, "Marisol Vega", date(2026, 4, 2), Some("Joe Ellery")),
            support(ended, "Sam Ortiz", date(2024, 5, 20), None),
        ],
        goals: vec![
            (GoalId(Uuid::from_u128(1)), wants("I want to sleep through the night.", date(2026, 4, 9)), 1),
            (
                GoalId(Uuid::from_u128(2)),
                wants("Get my own keys.", date(2026, 1, 9))
                    .close(Closing::Reached, date(2026, 6, 1))
                    .unwrap(),
                2,
            ),
            (
                GoalId(Uuid::from_u128(3)),
                wants("A car.", date(2026, 1, 9)).close(Closing::SetAside, date(2026, 6, 1)).unwrap(),
                2,
            ),
        ],
        again: vec![super::document::again()],
        came: true,
        coming: super::visit::to_come(),
        team_meeting: Some(Box::new(super::team_meeting::line())),
        visits: vec![
            (ContactId(Uuid::from_u128(1)), "Joe Ellery".into(), now(), false),
            (ContactId(Uuid::from_u128(2)), "Marisol Vega".into(), now(), true),
        ],
        people: vec![("Renee, my sister".into(), "Picks up at night".into()), ("Duke".into(), String::new())],
    }
}

fn alone() -> PersonHome {
    let ended = |was| Support::Ended {
        was,
        on: date(2026, 11, 12),
        reason: "moved".into(),
        goodbye: "It was good to walk with you. Come by any time.".into(),
    };
    PersonHome {
        called: "Rosa".into(),
        supports: vec![support(ended, "Sam Ortiz", date(2024, 5, 20), None)],
        goals: Vec::new(),
        again: Vec::new(),
        came: false,
        coming: Vec::new(),
        team_meeting: None,
        visits: Vec::new(),
        people: Vec::new(),
    }
}

fn note(page: &Page, full: bool) -> NoteRead {
    let told = vec![
        (page.t1("me-told-kind", "name", "Marisol"), "In person".into()),
        (
            page.t1("me-told-did", "name", "Marisol"),
            "Talked about what helps\nWe walked to the library.".into(),
        ),
    ];
    let beside = |title: &str, words: &str, own, differs| Beside {
        title: page.t1(title, "name", "Marisol"),
        words: words.into(),
        by: page.moment(now()),
        own,
        differs,
    };
    NoteRead {
        id: ContactId(Uuid::from_u128(1)),
        with: "Marisol Vega".into(),
        when: page.moment(now()),
        words: if full { "Three good nights this week. The walk helps.".into() } else { String::new() },
        size: "largest",
        goal: full.then(|| "I want to sleep through the night.".into()),
        told,
        signed: page.t3(
            "me-visit-signed",
            "name",
            "Marisol Vega",
            "title",
            "Certified peer specialist",
            "moment",
            page.moment(now()),
        ),
        late: !full,
        whole: full,
        beside: if full {
            vec![
                beside("me-beside-own", "It was a good walk.", true, false),
                beside("me-beside-differently", "It was two nights, not three.", true, true),
                beside("me-beside-signed", "", false, false),
                beside("me-beside-added", "We also called his sister.", false, false),
            ]
        } else {
            Vec::new()
        },
    }
}

fn profile() -> Profile {
    Profile {
        called: "Darnell".into(),
        strengths: vec!["Good with my hands".into(), "I show up".into()],
        natural_supports: vec![NaturalSupport {
            name: "Renee, my sister".into(),
            how: "Picks up at night".into(),
        }],
        ..Profile::default()
    }
}

fn person() -> PersonView {
    PersonView {
        id: PersonId(Uuid::from_u128(1)),
        programme: ProgrammeId(Uuid::from_u128(1)),
        profile: profile(),
        works_here: false,
        version: 4,
        children: Vec::new(),
        supports: Vec::new(),
        goals: Vec::new(),
        gaps: Vec::new(),
        same_as: Vec::new(),
        has_account: true,
        actions: Vec::new(),
    }
}

fn look(role: &str, part: &str, times: u32) -> MergedLook {
    let earlier = now() - jiff::SignedDuration::from_mins(i64::from(times - 1) * 10);
    let purpose = if role == "supervisor" { "supervision" } else { "support" };
    MergedLook {
        look: Look {
            by: account(1),
            role: role.into(),
            part: part.into(),
            purpose: purpose.into(),
            at: now(),
        },
        first_at: earlier,
        times,
    }
}

fn looked() -> WhoLooked {
    let roles = ["peer_specialist", "supervisor", "team_member", "privacy_lead"];
    let parts = ["profile", "notes", "goals", "draft", "choices", "something new"];
    let looks = roles
        .iter()
        .flat_map(|role| parts.map(|part| (look(role, part, 3), "Marisol Vega".to_owned())))
        .chain([(look("supervisor", "notes", 1), "Lydia Pruitt".to_owned())])
        .collect();
    let asked =
        || LookQuestion::ask("Lydia Pruitt read your notes.".into(), "Why on a Sunday?".into(), now());
    let answered =
        asked().answer(account(5), now(), "She was catching up. Sorry.".into()).expect("it is open");
    let questions = [(asked(), ""), (answered, "Grace Holloway")]
        .into_iter()
        .map(|(question, by)| AskedQuestion {
            id: LookQuestionId(Uuid::from_u128(1)),
            question,
            answered_by: by.into(),
        })
        .collect();
    WhoLooked { emergencies: vec![super::guardian::emergency()], looks, questions }
}

fn consent(in_force: bool) -> ConsentView {
    ConsentView {
        id: ConsentId(Uuid::from_u128(1)),
        reader: "Amara Singh".into(),
        part: if in_force { RecordPart::Notes } else { RecordPart::Profile },
        from: now(),
        until: now(),
        stopped: (!in_force).then(now),
        in_force,
    }
}
