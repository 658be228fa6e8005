//! The pages about plans that others hold, filled.

use jiff::civil::date;
use porchlight_app::plan::PlansView;
use porchlight_practice::Role;
use porchlight_practice::id::{GoalId, PersonId, PlanId};
use porchlight_practice::plan::{Gap, HeldPlan, Objective, PlanWords};
use uuid::Uuid;

use super::{Fill, page, write};
use crate::form::Form;
use crate::plan::Place;
use crate::plan::list::Plans;
use crate::plan::write::{WritePlan, filled};

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("plan/list.html", |lang| {
            write(Plans::of(page(lang, Some(Role::PeerSpecialist)), &place(None, false), &view()))
        }),
        ("plan/list.html", |lang| {
            let view = PlansView { plans: Vec::new(), gaps: vec![Gap::NoPlan], ..view() };
            write(Plans::of(page(lang, Some(Role::Person)), &place(None, true), &view))
        }),
        ("plan/write.html", |lang| {
            let page = page(lang, Some(Role::PeerSpecialist));
            let form = filled(&plan("Treatment plan", 2027));
            let known = place(Some(PlanId(Uuid::from_u128(8))), false);
            WritePlan::of(page, &known, &view(), form, true, String::new()).map(write).unwrap_or_default()
        }),
        ("plan/write.html", |lang| {
            let mut form = Form::new();
            form.wrong("name", "plan-error-name");
            form.wrong("until", "plan-error-until");
            let page = page(lang, Some(Role::Person));
            let own = place(None, true);
            WritePlan::of(page, &own, &view(), form, false, String::new()).map(write).unwrap_or_default()
        }),
    ]
}

fn place(plan: Option<PlanId>, own: bool) -> Place {
    Place { person: PersonId(Uuid::from_u128(1)), plan, own }
}

fn goal() -> GoalId {
    GoalId(Uuid::from_u128(7))
}

fn plan(name: &str, ends: i16) -> HeldPlan {
    let words = PlanWords {
        name: name.into(),
        holder: "Dr. Ruiz, Ozark Clinic".into(),
        from: date(ends - 1, 6, 1),
        until: Some(date(ends, 5, 31)),
        objectives: vec![Objective { words: "Use the bus to get to work.".into(), goals: vec![goal()] }],
    };
    HeldPlan::write(words).unwrap_or_else(|_| unreachable!("it has a name and a holder"))
}

fn view() -> PlansView {
    let [counts, ended] = [8, 9].map(|id| PlanId(Uuid::from_u128(id)));
    PlansView {
        person: PersonId(Uuid::from_u128(1)),
        called: "Darnell".into(),
        plans: vec![(counts, plan("Treatment plan", 2027), 1), (ended, plan("Plan of last year", 2025), 2)],
        goals: vec![(goal(), "Get around by myself.".into())],
        gaps: vec![
            Gap::Unlinked { goal: goal() },
            Gap::Ended { plan: ended, on: date(2025, 5, 31) },
            Gap::EndsSoon { plan: counts, on: date(2027, 5, 31) },
            Gap::NoPlan,
        ],
        today: date(2026, 11, 19),
        may_write: true,
    }
}
