//! The pages of people who meet, filled.

use std::collections::BTreeSet;

use jiff::civil::{date, time};
use porchlight_app::pairing::{Between, Meeting, MentorLine, MentorView, PairingLine, Suggested, Waiting};
use porchlight_practice::id::{AccountId, CommandId, PairingId, PersonId};
use porchlight_practice::pack::{Rules, Settings};
use porchlight_practice::pairing::{
    Because, CheckIn, Feels, GroundKind, Mentor, Offer, Pairing, Side, Talk, Week, Why,
};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{Fill, page as seen_by, set_up, write};
use crate::form::Form;
use crate::page::Page;
use crate::pairing::card::{CardPage, MattersPage, form_of};
use crate::pairing::list::ListPage;
use crate::pairing::mentor::MentorPage;
use crate::pairing::own::OwnPage;
use crate::pairing::show::ShowPage;
use crate::pairing::together::TogetherPage;

const BY: AccountId = AccountId(Uuid::from_u128(2));

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("pairing/own.html", |lang| own(lang, &Meeting { offer: None, ..meeting() })),
        ("pairing/own.html", |lang| own(lang, &meeting())),
        ("pairing/own.html", |lang| {
            own(
                lang,
                &Meeting { suggested: Vec::new(), between: Vec::new(), came_to_nothing: true, ..meeting() },
            )
        }),
        ("pairing/own.html", |lang| {
            let offer = Offer { paused: true, places: 1, ..offer() };
            let between = [wished(), asked(), met(&[]), met(&[Side::Other]), planned(), together()];
            let between = between.map(|pairing| between_of(pairing, Side::Other)).into();
            own(lang, &Meeting { offer: Some(offer), between, ..meeting() })
        }),
        ("pairing/own.html", |lang| {
            own(lang, &Meeting { guarded_until: Some(date(2027, 5, 4)), ..meeting() })
        }),
        ("pairing/card.html", |lang| card(lang, false, |_| ())),
        ("pairing/card.html", |lang| card(lang, true, |_| ())),
        ("pairing/card.html", |lang| {
            card(lang, false, |form| {
                form.wrong("language", "pairing-error-language");
                form.wrong("avoid", "pairing-error-long");
            })
        }),
        ("pairing/matters.html", |lang| {
            write(MattersPage::of(person(lang), &rules(), &offer(), Form::new().with("own", "teenager")))
        }),
        ("pairing/show.html", |lang| show(lang, between_of(wished(), Side::Asker))),
        ("pairing/show.html", |lang| show(lang, between_of(asked(), Side::Other))),
        ("pairing/show.html", |lang| show(lang, between_of(met(&[]), Side::Asker))),
        ("pairing/show.html", |lang| show(lang, between_of(met(&[Side::Asker]), Side::Asker))),
        ("pairing/show.html", |lang| show(lang, between_of(planned(), Side::Asker))),
        ("pairing/show.html", |lang| show(lang, between_of(together(), Side::Asker))),
        ("pairing/list.html", |lang| write(ListPage::of(worker(lang), &Waiting::default()))),
        ("pairing/list.html", |lang| write(ListPage::of(worker(lang), &waiting()))),
        ("pairing/together.html", |lang| bring_together(lang, wished(), |_| ())),
        ("pairing/together.html", |lang| bring_together(lang, met(&[Side::Asker, Side::Other]), |_| ())),
        ("pairing/together.html", |lang| {
            bring_together(lang, planned(), |form| form.wrong("day", "pairing-error-past"))
        }),
        ("pairing/together.html", |lang| bring_together(lang, together(), |_| ())),
        ("pairing/mentor.html", |lang| mentor(lang, Mentor::default(), 2)),
        ("pairing/mentor.html", |lang| {
            let done = rules().mentor_steps.iter().map(|step| step.id.clone()).collect();
            mentor(lang, Mentor { done, next: Some(date(2026, 12, 3)) }, 0)
        }),
    ]
}

fn person(lang: Lang) -> Page {
    seen_by(lang, Some(Role::Person))
}

fn worker(lang: Lang) -> Page {
    seen_by(lang, Some(Role::ParentPeerSpecialist))
}

fn rules() -> Rules {
    let pack = set_up::library().get(&"us-ca-parent".into()).unwrap();
    pack.rules(date(2026, 11, 19), &Settings::new())
}

fn command() -> CommandId {
    CommandId(Uuid::from_u128(9))
}

fn why() -> Vec<Why> {
    let kind = |kind, what: &[&str]| Why {
        kind: Because::Kind(kind),
        what: what.iter().map(|id| (*id).to_owned()).collect(),
    };
    vec![
        kind(GroundKind::ChildAge, &["teenager"]),
        kind(GroundKind::System, &["school_meetings", "special_education"]),
        kind(GroundKind::Experience, &["on_my_own"]),
        kind(GroundKind::Faith, &["catholic"]),
        kind(GroundKind::Military, &["military_family"]),
        kind(GroundKind::Language, &["english", "spanish"]),
        kind(GroundKind::Way, &["phone", "walk"]),
        kind(GroundKind::Hour, &["weekday_evening"]),
        Why { kind: Because::SameArea, what: Vec::new() },
        Why { kind: Because::OtherArea, what: Vec::new() },
    ]
}

fn offer() -> Offer {
    let shares = ["english", "phone", "weekday_evening", "teenager", "school_meetings"];
    Offer { shares: shares.map(str::to_owned).into(), avoid: vec!["Sam Lee".into()], ..Offer::default() }
}

fn wished() -> Pairing {
    Pairing::wish(why())
}

fn asked() -> Pairing {
    Pairing::Asked { why: why(), by: BY }
}

fn met(agreed: &[Side]) -> Pairing {
    Pairing::Met { why: why(), by: BY, agreed: agreed.iter().copied().collect::<BTreeSet<_>>() }
}

fn planned() -> Pairing {
    let talk = Talk { day: date(2026, 11, 19), time: time(10, 0, 0, 0), how: "By phone".into() };
    Pairing::Planned { why: why(), by: BY, talk }
}

fn together() -> Pairing {
    let told = [Side::Asker, Side::Other].map(|side| CheckIn {
        side,
        week: Week::Two,
        feels: Feels::Talk,
        heard: false,
    });
    Pairing::Together { why: why(), by: BY, since: date(2026, 11, 1), told: told.into() }
}

fn between_of(pairing: Pairing, side: Side) -> Between {
    Between {
        id: PairingId(Uuid::from_u128(5)),
        side,
        name: pairing.names_are_known().then(|| "Keisha".to_owned()),
        by: pairing.by().map(|_| "Lupe Arroyo".to_owned()),
        asks: matches!(pairing, Pairing::Together { .. }).then_some(Week::Two),
        pairing,
        version: 1,
    }
}

fn meeting() -> Meeting {
    Meeting {
        offer: Some(offer()),
        version: 1,
        guarded_until: None,
        ready: false,
        suggested: vec![
            Suggested { token: "a1".into(), why: why() },
            Suggested { token: "b2".into(), why: why()[..3].to_vec() },
        ],
        between: Vec::new(),
        came_to_nothing: false,
    }
}

fn own(lang: Lang, meeting: &Meeting) -> String {
    write(OwnPage::of(person(lang), &rules(), meeting, command))
}

fn card(lang: Lang, works: bool, wrong: impl Fn(&mut Form)) -> String {
    let mut form = form_of(&rules(), Some(&offer()), 1, command().to_string());
    wrong(&mut form);
    let page = if works { worker(lang) } else { person(lang) };
    write(CardPage::of(page, &rules(), form, works))
}

fn show(lang: Lang, between: Between) -> String {
    write(ShowPage::of(person(lang), &rules(), &between, command))
}

fn line(pairing: Pairing) -> PairingLine {
    PairingLine {
        id: PairingId(Uuid::from_u128(5)),
        asker: "Rosa T.".into(),
        other: "Keisha B.".into(),
        pairing,
        today: date(2026, 11, 19),
    }
}

fn waiting() -> Waiting {
    let all = [wished(), asked(), met(&[]), met(&[Side::Asker, Side::Other]), planned(), together()];
    let mentor = |n, ready, due| MentorLine {
        person: PersonId(Uuid::from_u128(n)),
        name: "Keisha B.".into(),
        ready,
        due,
    };
    Waiting {
        pairings: all.map(line).into(),
        mentors: vec![mentor(6, false, false), mentor(7, true, true), mentor(8, true, false)],
    }
}

fn bring_together(lang: Lang, pairing: Pairing, wrong: impl Fn(&mut Form)) -> String {
    let mut form = Form::new();
    wrong(&mut form);
    write(TogetherPage::of(worker(lang), &rules(), &line(pairing), 1, form, command))
}

fn mentor(lang: Lang, mentor: Mentor, places: u32) -> String {
    let view = MentorView { name: "Keisha B.".into(), mentor, version: 1, places, today: date(2026, 11, 19) };
    write(MentorPage::of(worker(lang), &rules(), PersonId(Uuid::from_u128(6)), &view, Form::new()))
}
