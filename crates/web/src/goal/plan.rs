//! Writing the way to a goal: what the plan calls it, the steps still to do, what is in the way.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::goal::GoalView;
use porchlight_app::{Error, Fault};
use porchlight_practice::goal::{Barrier, BarrierKind, Goal, GoalFault, Plan, PlannedStep};
use porchlight_practice::pack::Rules;

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::goal::show::way_name;
use crate::goal::{Place, area};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// How many empty lines there are for new steps.
const NEW_STEPS: usize = 3;
/// The most steps a form can send.
const STEPS: usize = 60;

/// The fields of one step.
struct StepRow {
    title: String,
    number: String,
    what: String,
    by: String,
    helps: String,
}

impl StepRow {
    fn of(at: usize) -> StepRow {
        StepRow {
            title: String::new(),
            number: format!("number-{at}"),
            what: format!("what-{at}"),
            by: format!("by-{at}"),
            helps: format!("helps-{at}"),
        }
    }
}

/// The fields of one kind of thing in the way.
struct WayRow {
    ask: String,
    what: String,
    helps: String,
}

fn way_fields(kind: BarrierKind) -> (String, String) {
    (format!("way-{}", kind.as_str()), format!("way-{}-helps", kind.as_str()))
}

/// Writing the way to a goal.
#[derive(Template)]
#[template(path = "goal/plan.html")]
pub(crate) struct PlanPage {
    page: Page,
    form: Form,
    address: String,
    up_name: String,
    words: String,
    areas: Vec<Choice>,
    strengths: Vec<String>,
    strengths_title: String,
    /// Who is on their side already; may be empty.
    at_their_side: String,
    /// Whether the plan's own words are asked for: on the side of whoever walks with the person.
    plan_words: bool,
    plan_hint: String,
    steps: Vec<StepRow>,
    ways: Vec<WayRow>,
    /// What somebody else wrote meanwhile, where it is not what was typed.
    clash: Vec<(String, String)>,
    version: i64,
    command: String,
}

/// A form that says what stands.
pub(crate) fn filled(goal: &Goal) -> Form {
    let to_do = goal.steps().iter().filter(|step| step.done.is_none()).map(|step| PlannedStep {
        number: Some(step.number),
        what: step.what.clone(),
        by: step.by,
        helps: step.helps.clone(),
    });
    let mut form = with_steps(Form::new(), &to_do.collect::<Vec<_>>()).with("plan_words", goal.plan_words());
    for area in goal.areas() {
        form = form.with("areas", area);
    }
    for barrier in goal.in_the_way() {
        let (what, helps) = way_fields(barrier.kind);
        form = form.with(&what, &barrier.what).with(&helps, &barrier.helps);
    }
    form
}

fn with_steps(mut form: Form, steps: &[PlannedStep]) -> Form {
    for at in 1..=STEPS {
        let (row, step) = (StepRow::of(at), steps.get(at - 1).cloned().unwrap_or_default());
        let text = |value: Option<String>| value.unwrap_or_default();
        form = form
            .replaced(&row.number, &text(step.number.map(|number| number.to_string())))
            .replaced(&row.what, &step.what)
            .replaced(&row.by, &text(step.by.map(|day| day.to_string())))
            .replaced(&row.helps, &step.helps);
    }
    form
}

/// What was typed, read into a plan. What can't be read is noted in the form.
fn typed(form: &mut Form, own: bool) -> Plan {
    let mut steps = Vec::new();
    for row in (1..=STEPS).map(StepRow::of) {
        let number: Option<u32> = form.value(&row.number).parse().ok();
        let by = form.read_if_there(&row.by, "goal-error-by");
        let (what, helps) = (form.value(&row.what).to_owned(), form.value(&row.helps).to_owned());
        if number.is_none() && (by.is_some() || !helps.trim().is_empty()) {
            form.need(&row.what, "goal-error-what");
        }
        if number.is_some() || !what.trim().is_empty() {
            steps.push(PlannedStep { number, what, by, helps });
        }
    }
    let mut in_the_way = Vec::new();
    for kind in BarrierKind::ALL {
        let (what, helps) = way_fields(kind);
        if form.text(&helps).is_some() {
            form.need(&what, "goal-error-way");
        }
        in_the_way.push(Barrier {
            kind,
            what: form.value(&what).to_owned(),
            helps: form.value(&helps).to_owned(),
        });
    }
    let areas = form.all("areas").map(str::to_owned).collect();
    let plan_words = (!own).then(|| form.value("plan_words").to_owned());
    Plan { areas, plan_words, steps, in_the_way }
}

impl PlanPage {
    pub(crate) fn of(
        page: Page,
        place: &Place,
        rules: &Rules,
        view: &GoalView,
        form: Form,
        command: String,
    ) -> PlanPage {
        let page = place.page(page, "goal-plan-own", "goal-plan", view);
        let page = page.focused(place.address()).of_form(&form);
        let last = (1..=STEPS).rev().find(|at| {
            let row = StepRow::of(*at);
            [row.what, row.by, row.helps].iter().any(|field| form.text(field).is_some())
        });
        let count = (last.unwrap_or(0) + NEW_STEPS).min(STEPS);
        let row = |at: usize| StepRow {
            title: page.t1("goal-plan-step", "number", at.to_string()),
            ..StepRow::of(at)
        };
        let way = |kind| {
            let (what, helps) = way_fields(kind);
            WayRow { ask: way_name(&page, place, kind), what, helps }
        };
        PlanPage {
            address: place.address(),
            up_name: place.say(&page, "goal-page-own", "goal-page", view),
            words: view.goal.words().to_owned(),
            areas: area::choices(&page, rules),
            strengths: view.strengths.clone(),
            strengths_title: place.say(&page, "goal-strengths-own", "goal-strengths", view),
            at_their_side: match view.at_their_side.is_empty() {
                true => String::new(),
                false if place.own => page.t1("goal-at-my-side", "names", page.list(&view.at_their_side)),
                false => page.t1("goal-at-their-side", "names", page.list(&view.at_their_side)),
            },
            plan_words: !place.own,
            plan_hint: page.t1("goal-plan-words-hint", "name", &view.called),
            steps: (1..=count).map(row).collect(),
            ways: BarrierKind::ALL.into_iter().map(way).collect(),
            clash: Vec::new(),
            version: view.version,
            command,
            page,
            form,
        }
    }

    /// What was typed, beside what somebody else wrote meanwhile. Steps that are done by now are gone from the form, and
    /// steps that are new stand in it: saving again loses neither.
    pub(crate) fn clash(
        page: Page,
        place: &Place,
        rules: &Rules,
        view: &GoalView,
        mut form: Form,
        command: String,
    ) -> PlanPage {
        let mut steps = typed(&mut form, place.own).steps;
        let known = view.goal.steps();
        steps.retain(|step| !known.iter().any(|now| Some(now.number) == step.number && now.done.is_some()));
        for step in &mut steps {
            if !known.iter().any(|now| Some(now.number) == step.number) {
                step.number = None;
            }
        }
        for now in known.iter().filter(|now| now.done.is_none()) {
            if !steps.iter().any(|step| step.number == Some(now.number)) {
                steps.push(PlannedStep {
                    number: Some(now.number),
                    what: now.what.clone(),
                    by: now.by,
                    helps: now.helps.clone(),
                });
            }
        }
        let form = with_steps(form, &steps);
        let mut again = PlanPage::of(page, place, rules, view, form, command);
        let (page, saved) = (&again.page, filled(&view.goal));
        let differs = |field: &str| saved.value(field).trim() != again.form.value(field).trim();
        let mut clash = Vec::new();
        if !place.own && differs("plan_words") {
            clash.push((page.t("goal-plan-words"), saved.value("plan_words").to_owned()));
        }
        let areas =
            |of: &Form| area::names(page, rules, &of.all("areas").map(str::to_owned).collect::<Vec<_>>());
        if areas(&saved) != areas(&again.form) {
            clash.push((page.t("goal-areas"), areas(&saved)));
        }
        let lines = |of: &Form| -> Vec<String> {
            let rows = (1..=STEPS).map(StepRow::of);
            let line =
                |row: StepRow| [row.what, row.by, row.helps].map(|field| of.value(&field).trim().to_owned());
            let lines = rows.map(line).filter(|[what, ..]| !what.is_empty());
            lines
                .map(|parts| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
                .collect()
        };
        if lines(&saved) != lines(&again.form) {
            clash.push((place.say(page, "goal-steps-own", "goal-steps", view), lines(&saved).join("\n")));
        }
        for kind in BarrierKind::ALL {
            let (what, helps) = way_fields(kind);
            if differs(&what) || differs(&helps) {
                let now = [saved.value(&what), saved.value(&helps)].join("\n");
                clash.push((way_name(page, place, kind), now.trim().to_owned()));
            }
        }
        again.clash = clash;
        again
    }
}

async fn looked_up(web: &Web, who: &Who, place: &Place) -> Result<GoalView, Trouble> {
    Ok(web.app.goal(who.actor(), place.person, place.goal).await?)
}

pub(super) async fn plan(
    page: Page,
    State(web): State<Web>,
    who: Who,
    place: Place,
) -> Result<Response, Trouble> {
    let view = looked_up(&web, &who, &place).await?;
    if !view.may_plan {
        return Ok(done(&web.shell, &place.address(), "flash-goal-closed-before"));
    }
    let form = filled(&view.goal);
    PlanPage::of(page, &place, who.rules()?, &view, form, web.app.command_id().to_string()).show()
}

pub(super) async fn write(
    page: Page,
    State(web): State<Web>,
    who: Who,
    place: Place,
    mut form: Form,
) -> Result<Response, Trouble> {
    let plan = typed(&mut form, place.own);
    let command = command(&web, &form);
    let version = form.value("version").parse().unwrap_or_default();
    if !form.is_right() {
        let view = looked_up(&web, &who, &place).await?;
        let again = PlanPage::of(page, &place, who.rules()?, &view, form, command.to_string());
        return PlanPage { version, ..again }.show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    match web.app.plan_goal(who.actor(), command, place.person, place.goal, plan, version).await {
        Ok(()) => Ok(done(&web.shell, &place.address(), "flash-goal-planned")),
        Err(Error::Stale | Error::Fault(Fault::Goal(GoalFault::NoSuchStep))) => {
            let view = looked_up(&web, &who, &place).await?;
            let command = web.app.command_id().to_string();
            PlanPage::clash(page, &place, who.rules()?, &view, form, command).show_as(StatusCode::CONFLICT)
        }
        Err(error) => place.overtaken(&web, error),
    }
}
