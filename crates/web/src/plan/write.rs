//! Writing down a plan that somebody else holds, and which goals it speaks of.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::plan::PlansView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::GoalId;
use porchlight_practice::plan::{HeldPlan, OBJECTIVES, Objective, PlanFault, PlanWords};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::plan::Place;
use crate::site::{Web, Who, command};

/// How many empty lines there are for new aims.
const NEW_AIMS: usize = 2;

/// The fields of one aim.
pub(crate) struct AimRow {
    title: String,
    words: String,
    goals: String,
}

fn aim_fields(at: usize) -> (String, String) {
    (format!("aim-{at}"), format!("goals-{at}"))
}

/// Writing a plan down.
#[derive(Template)]
#[template(path = "plan/write.html")]
pub(crate) struct WritePlan {
    page: Page,
    form: Form,
    address: String,
    back: String,
    back_name: String,
    aims: Vec<AimRow>,
    goals: Vec<Choice>,
    stale: bool,
    version: i64,
    command: String,
}

/// A form that says what stands.
pub(crate) fn filled(plan: &HeldPlan) -> Form {
    let until = plan.until().map(|day| day.to_string()).unwrap_or_default();
    let mut form = Form::new()
        .with("name", plan.name())
        .with("holder", plan.holder())
        .with("from", plan.from().to_string())
        .with("until", until);
    for (at, aim) in (1..).zip(plan.objectives()) {
        let (words, goals) = aim_fields(at);
        form = form.with(&words, &aim.words);
        for goal in &aim.goals {
            form = form.with(&goals, goal.to_string());
        }
    }
    form
}

/// What was typed. What can't be read is noted in the form.
fn typed(form: &mut Form) -> Option<PlanWords> {
    let name = form.need("name", "plan-error-name");
    let holder = form.need("holder", "plan-error-holder");
    let from = form.date("from", "plan-error-from");
    let until = form.read_if_there("until", "plan-error-until");
    let aim = |at: usize| {
        let (words, goals) = aim_fields(at);
        let goals: Vec<GoalId> = form.all(&goals).filter_map(|goal| goal.parse().ok()).collect();
        Objective { words: form.value(&words).to_owned(), goals }
    };
    let objectives = (1..=OBJECTIVES).map(aim).collect();
    let right = form.is_right();
    let words = PlanWords { name: name?, holder: holder?, from: from?, until, objectives };
    right.then_some(words)
}

impl WritePlan {
    pub(crate) fn of(
        page: Page,
        place: &Place,
        view: &PlansView,
        form: Form,
        stale: bool,
        command: String,
    ) -> Result<WritePlan, Trouble> {
        let known = |id| view.plans.iter().find(|(plan, ..)| *plan == id).ok_or(Trouble::NotFound);
        let version = place.plan.map(known).transpose()?.map_or(0, |(_, _, version)| *version);
        let key = if place.plan.is_some() { "plan-edit-title" } else { "plan-new-title" };
        let page = place.page(page.titled(key).focused(place.address())).of_form(&form);
        let last = (1..=OBJECTIVES).rev().find(|at| form.text(&aim_fields(*at).0).is_some());
        let row = |at: usize| {
            let (words, goals) = aim_fields(at);
            AimRow { title: page.t1("plan-aim", "number", at.to_string()), words, goals }
        };
        Ok(WritePlan {
            address: place.form(),
            back: place.address(),
            back_name: page.t("plan-title"),
            aims: (1..=(last.unwrap_or(0) + NEW_AIMS).min(OBJECTIVES)).map(row).collect(),
            goals: view.goals.iter().map(|(id, words)| Choice::new(id.to_string(), words)).collect(),
            stale,
            version,
            command,
            page,
            form,
        })
    }
}

pub(super) async fn ask(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
) -> Result<Response, Trouble> {
    let view = web.app.plans(who.actor(), place.person).await?;
    let known = place.plan.and_then(|id| view.plans.iter().find(|(plan, ..)| *plan == id));
    let form = known.map_or_else(Form::new, |(_, plan, _)| filled(plan));
    WritePlan::of(page, &place, &view, form, false, web.app.command_id().to_string())?.show()
}

pub(super) async fn save(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
    mut form: Form,
) -> Result<Response, Trouble> {
    let command = command(&web, &form);
    let version: i64 = form.value("version").parse().unwrap_or_default();
    let mut stale = false;
    if let Some(words) = typed(&mut form) {
        let known = place.plan.map(|plan| (plan, version));
        match web.app.write_plan(who.actor(), command, place.person, known, words).await {
            Ok(_) => return Ok(done(&web.shell, &place.address(), "flash-plan-written")),
            Err(Error::Stale) => stale = true,
            Err(Error::Fault(Fault::Plan(PlanFault::EndsFirst))) => form.wrong("until", "plan-error-until"),
            Err(Error::Fault(Fault::Plan(PlanFault::NoName))) => form.wrong("name", "plan-error-name"),
            Err(Error::Fault(Fault::Plan(PlanFault::NoHolder))) => form.wrong("holder", "plan-error-holder"),
            Err(Error::Fault(Fault::Plan(PlanFault::TooLong))) => form.wrong("summary", "plan-error-long"),
            Err(error) => return Err(error.into()),
        }
    }
    let view = web.app.plans(who.actor(), place.person).await?;
    // After a clash the form goes on from what stands now, so that saving again is meant.
    let shown = WritePlan::of(page, &place, &view, form, stale, web.app.command_id().to_string())?;
    let shown = if stale { shown } else { WritePlan { version, ..shown } };
    shown.show_as(if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY })
}
