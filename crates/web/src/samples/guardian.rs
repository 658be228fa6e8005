//! The pages about guardians and about looks in an emergency, filled.

use jiff::civil::date;
use porchlight_access::Action;
use porchlight_app::emergency::{EmergencyLine, EmergencyView};
use porchlight_app::guardian::{GuardianLine, GuardiansView};
use porchlight_practice::Role;
use porchlight_practice::guardian::{AgeRules, Decides};
use porchlight_practice::id::{AccountId, EmergencyId, MembershipId, PersonId};
use porchlight_practice::person::{Way, WayKind};
use uuid::Uuid;

use super::{Fill, now, page, write};
use crate::emergency::{Ask, List, ShowPage};
use crate::form::Form;
use crate::guardian::{Home, Keep, Mine};

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("guardian/keep.html", |lang| {
            let page = page(lang, Some(Role::PeerSpecialist));
            let kept = Keep::of(page, &view(guarded()), Form::new(), String::new);
            write(kept.with_link("https://porchlight.example/welcome/0af9".into(), "/welcome/0af9".into()))
        }),
        ("guardian/keep.html", |lang| {
            let mut form = Form::new().with("born", "someday");
            form.wrong("born", "guardian-error-born");
            write(Keep::of(page(lang, Some(Role::Supervisor)), &view(young()), form, String::new))
        }),
        ("guardian/mine.html", |lang| {
            write(Mine::of(page(lang, Some(Role::Person)), &view(guarded()), String::new))
        }),
        ("guardian/mine.html", |lang| {
            write(Mine::of(page(lang, Some(Role::Person)), &view(young()), String::new))
        }),
        ("guardian/home.html", |lang| write(Home::of(page(lang, Some(Role::Supporter)), &view(guarded())))),
        ("guardian/home.html", |lang| write(Home::of(page(lang, Some(Role::Supporter)), &view(young())))),
        ("emergency/ask.html", |lang| {
            let mut form = Form::new().with("reason", "Help");
            form.wrong("reason", "emergency-error-short");
            write(Ask::of(page(lang, Some(Role::Supervisor)), PersonId(Uuid::nil()), "Sam".into(), form))
        }),
        ("emergency/show.html", |lang| write(ShowPage::of(page(lang, Some(Role::Supervisor)), &open()))),
        ("emergency/list.html", |lang| write(List::of(page(lang, Some(Role::PrivacyLead)), &[emergency()]))),
        ("emergency/list.html", |lang| write(List::of(page(lang, Some(Role::Supervisor)), &[]))),
    ]
}

fn guarded() -> Decides {
    Decides::Guardian { until: date(2028, 3, 4) }
}

fn young() -> Decides {
    Decides::Young { since: date(2026, 3, 4), adult: date(2030, 3, 4) }
}

fn view(decides: Decides) -> GuardiansView {
    let guardian =
        GuardianLine { membership: MembershipId(Uuid::nil()), name: "Rosa Tillman".into(), since: now() };
    GuardiansView {
        person: PersonId(Uuid::nil()),
        called: "Sam".into(),
        born: Some(date(2012, 3, 4)),
        decides,
        ages: AgeRules { decides: 14, adult: 18, both_sign: true },
        guardians: vec![guardian],
        actions: vec![Action::GuardianRead, Action::GuardianSayBirth],
    }
}

/// One look in an emergency.
pub(super) fn emergency() -> EmergencyLine {
    EmergencyLine {
        id: EmergencyId(Uuid::nil()),
        person: "Sam W.".into(),
        by: AccountId(Uuid::nil()),
        name: "Lydia Pruitt".into(),
        reason: "He called from a bridge and did not say where.".into(),
        from: now(),
        until: now() + jiff::SignedDuration::from_mins(30),
    }
}

fn open() -> EmergencyView {
    EmergencyView {
        person: PersonId(Uuid::nil()),
        called: "Sam".into(),
        reason: emergency().reason,
        until: emergency().until,
        ways: vec![Way { kind: WayKind::Phone, value: "404 555 0100".into(), shared: true }],
        safe_hours: "After six.".into(),
        never: "Never leave a message.".into(),
        plans: vec![super::document::crisis()],
    }
}
