//! Pages of how people come.

use jiff::civil::date;
use porchlight_app::Action;
use porchlight_app::intake::IntakeView;
use porchlight_practice::id::{AccountId, CommandId, PersonId};
use porchlight_practice::intake::{Intake, Referral, SentBy};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{Fill, page, write};
use crate::form::Form;
use crate::intake::IntakePage;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![("intake/show.html", show)]
}

fn show(lang: Lang) -> String {
    let today = date(2026, 11, 19);
    let by = SentBy::Somebody { who: "The clinic on Fifth".into() };
    let referral =
        Referral { by, words: "Needs someone to talk to.".into(), wants: "A ride to work.".into() };
    let alone = Referral { by: SentBy::Themself, words: String::new(), wants: String::new() };
    let late = Intake::come(referral.clone(), date(2026, 11, 16), date(2026, 11, 14)).unwrap();
    let waits = Intake::come(alone, date(2026, 11, 21), today).unwrap();
    let tried = waits.clone().not_reached(date(2026, 11, 22), today).unwrap();
    let called = late.clone().called(today, AccountId(Uuid::nil()));
    let view = |intake: Option<Intake>| IntakeView {
        person: PersonId(Uuid::nil()),
        called: "Wren".into(),
        called_by: "Denise Hall".into(),
        walks: false,
        today,
        actions: vec![Action::IntakeWrite, Action::SupportStart],
        version: i64::from(intake.is_some()),
        intake,
    };
    let mut wrong = Form::new().with("sent", "somebody");
    for (field, key) in [
        ("sent", "intake-error-sent"),
        ("who", "intake-error-who"),
        ("words", "intake-error-long"),
        ("promised", "intake-error-promised"),
    ] {
        wrong.wrong(field, key);
    }
    let fill = |role, view: IntakeView, form| {
        write(IntakePage::of(page(lang, Some(role)), &view, form, [CommandId(Uuid::nil()); 2]))
    };
    let lead = Role::Supervisor;
    [
        fill(lead, view(None), Form::new()),
        fill(lead, view(None), wrong),
        fill(lead, view(Some(late)), Form::new()),
        fill(lead, view(Some(tried)), Form::new()),
        fill(lead, view(Some(called.clone())), Form::new()),
        fill(Role::Person, IntakeView { actions: Vec::new(), ..view(Some(called)) }, Form::new()),
        fill(Role::PeerSpecialist, IntakeView { actions: Vec::new(), ..view(None) }, Form::new()),
    ]
    .concat()
}
