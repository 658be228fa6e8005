//! The plans that a record refers to, and what is missing.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::plan::PlansView;
use porchlight_practice::id::{GoalId, PlanId};
use porchlight_practice::plan::Gap;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::plan::Place;
use crate::site::{Web, Who};

/// One plan, in words.
pub(crate) struct PlanLine {
    name: String,
    held: String,
    span: String,
    standing: String,
    counts: bool,
    /// What it aims at, with the goals that each aim is about.
    aims: Vec<(String, Vec<String>)>,
    change: String,
}

/// The plans others hold.
#[derive(Template)]
#[template(path = "plan/list.html")]
pub(crate) struct Plans {
    page: Page,
    lead: String,
    back: String,
    back_name: String,
    address: String,
    may_write: bool,
    gaps: Vec<String>,
    plans: Vec<PlanLine>,
}

impl Plans {
    pub(crate) fn of(page: Page, place: &Place, view: &PlansView) -> Plans {
        let page = match place.own {
            true => page.titled("plan-title"),
            false => page.titled_with("plan-title-of", "name", &view.called),
        };
        let page = place.page(page);
        let goal = |id: &GoalId| {
            let known = view.goals.iter().find(|(goal, _)| goal == id);
            known.map(|(_, words)| words.clone()).unwrap_or_default()
        };
        let name = |id: &PlanId| {
            let known = view.plans.iter().find(|(plan, ..)| plan == id);
            known.map(|(_, plan, _)| plan.name().to_owned()).unwrap_or_default()
        };
        let gap = |gap: &Gap| match gap {
            Gap::NoPlan if place.own => page.t("plan-gap-none-own"),
            Gap::NoPlan => page.t1("plan-gap-none", "name", &view.called),
            Gap::Ended { plan, on } => page.t2("plan-gap-ended", "plan", name(plan), "day", page.date(on)),
            Gap::EndsSoon { plan, on } => page.t2("plan-gap-soon", "plan", name(plan), "day", page.date(on)),
            Gap::Unlinked { goal: id } => page.t1("plan-gap-goal", "goal", goal(id)),
        };
        let plans = view.plans.iter().map(|(id, plan, _)| {
            let counts = plan.in_force(view.today);
            let from = page.date(plan.from());
            let aims = plan.objectives().iter().map(|aim| {
                let about = aim.goals.iter().map(goal).filter(|words| !words.is_empty());
                (aim.words.clone(), about.map(|words| page.t1("plan-about", "goal", words)).collect())
            });
            PlanLine {
                name: plan.name().to_owned(),
                held: page.t1("plan-held", "name", plan.holder()),
                span: match plan.until() {
                    Some(until) => page.t2("plan-span", "from", from, "until", page.date(until)),
                    None => page.t1("plan-from", "from", from),
                },
                standing: page.t(match counts {
                    true => "plan-counts",
                    false if plan.from() > view.today => "plan-later",
                    false => "plan-over",
                }),
                counts,
                aims: aims.collect(),
                change: if view.may_write { format!("{}/{id}", place.address()) } else { String::new() },
            }
        });
        Plans {
            lead: match place.own {
                true => page.t("plan-lead"),
                false => page.t1("plan-lead-of", "name", &view.called),
            },
            back: if place.own { "/me".into() } else { format!("/people/{}", view.person) },
            back_name: if place.own { page.t("nav-home") } else { view.called.clone() },
            address: place.address(),
            may_write: view.may_write,
            gaps: view.gaps.iter().map(gap).collect(),
            plans: plans.collect(),
            page,
        }
    }
}

pub(super) async fn list(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
) -> Result<Response, Trouble> {
    let view = web.app.plans(who.actor(), place.person).await?;
    Plans::of(page, &place, &view).show()
}
