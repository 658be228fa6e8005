//! The pages of one goal, filled.

use jiff::civil::date;
use porchlight_app::goal::GoalView;
use porchlight_practice::Role;
use porchlight_practice::goal::{Barrier, BarrierKind, Closing, Goal, Plan, PlannedStep, Rating};
use porchlight_practice::id::{GoalId, PersonId};
use uuid::Uuid;

use super::contact::rules;
use super::{Fill, page, write};
use crate::form::Form;
use crate::goal::Place;
use crate::goal::plan::{PlanPage, filled};
use crate::goal::show::OneGoal;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("goal/show.html", |lang| {
            let page = page(lang, Some(Role::Person));
            write(OneGoal::of(page, &MINE, rules(), view(whole(), true), Form::new(), String::new))
        }),
        ("goal/show.html", |lang| {
            let page = page(lang, Some(Role::PeerSpecialist));
            write(OneGoal::of(page, &THEIRS, rules(), view(whole(), false), Form::new(), String::new))
        }),
        ("goal/show.html", |lang| {
            let mut form = Form::new();
            form.wrong("near", "goal-error-near");
            let page = page(lang, Some(Role::PeerSpecialist));
            write(OneGoal::of(page, &THEIRS, rules(), view(bare(), true), form, String::new))
        }),
        ("goal/show.html", |lang| {
            let goal = whole().close(Closing::Reached, date(2026, 11, 18)).unwrap();
            let view = GoalView { may_plan: false, ..view(goal, false) };
            let page = page(lang, Some(Role::Person));
            write(OneGoal::of(page, &MINE, rules(), view, Form::new(), String::new))
        }),
        ("goal/plan.html", |lang| {
            let page = page(lang, Some(Role::Person));
            let view = view(bare(), true);
            write(PlanPage::of(page, &MINE, rules(), &view, filled(&view.goal), String::new()))
        }),
        ("goal/plan.html", |lang| {
            let view = view(whole(), false);
            let mut form = filled(&view.goal);
            form.wrong("what-2", "goal-error-what");
            form.wrong("by-2", "goal-error-by");
            form.wrong("way-lack", "goal-error-way");
            write(PlanPage::of(
                page(lang, Some(Role::PeerSpecialist)),
                &THEIRS,
                rules(),
                &view,
                form,
                String::new(),
            ))
        }),
        ("goal/plan.html", |lang| {
            let form = filled(&bare()).with("way-others", "That I will lose it again.");
            let page = page(lang, Some(Role::PeerSpecialist));
            write(PlanPage::clash(page, &THEIRS, rules(), &view(whole(), false), form, String::new()))
        }),
    ]
}

const MINE: Place =
    Place { person: PersonId(Uuid::from_u128(1)), goal: GoalId(Uuid::from_u128(7)), own: true };
const THEIRS: Place = Place { own: false, ..MINE };

fn view(goal: Goal, theirs: bool) -> GoalView {
    let (id, person) = (MINE.goal, MINE.person);
    GoalView {
        id,
        person,
        called: "Darnell".into(),
        strengths: vec!["Shows up".into(), "Makes people laugh".into()],
        at_their_side: vec!["Ana".into()],
        goal,
        version: 4,
        may_plan: true,
        theirs,
    }
}

fn bare() -> Goal {
    Goal::say("I want my own keys.", date(2026, 9, 9)).unwrap()
}

fn whole() -> Goal {
    let step = |what: &str, helps: &str| PlannedStep {
        what: what.into(),
        by: (!helps.is_empty()).then_some(date(2026, 11, 30)),
        helps: helps.into(),
        ..PlannedStep::default()
    };
    let way = |kind, what: &str, helps: &str| Barrier { kind, what: what.into(), helps: helps.into() };
    let plan = Plan {
        areas: vec!["home".into(), "work".into()],
        plan_words: Some("Find and keep stable housing.".into()),
        steps: vec![step("Ask what the deposit is", ""), step("See the room on Pine Street", "Tanya")],
        in_the_way: vec![
            way(BarrierKind::Lack, "The deposit.\nA ride on Saturday.", "Coach Bell"),
            way(BarrierKind::Thoughts, "Nobody rents to me.", ""),
        ],
    };
    let rating = |on, near: u8, sure: Option<u8>, words: &str| Rating {
        on,
        near: near.try_into().unwrap(),
        sure: sure.map(|sure| sure.try_into().unwrap()),
        words: words.into(),
    };
    let goal = bare().plan(plan).unwrap().step_done(1, Some(date(2026, 11, 2))).unwrap();
    let goal = goal.rate(rating(date(2026, 10, 1), 2, None, "It is far.")).unwrap();
    goal.rate(rating(date(2026, 11, 12), 5, Some(7), "I stood in the room.")).unwrap()
}
