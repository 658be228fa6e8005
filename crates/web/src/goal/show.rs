//! The page of one goal: the person's words first, then the plan's, the steps, what is in the way, and how near it feels.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::Error;
use porchlight_app::goal::GoalView;
use porchlight_practice::goal::{Standing, Ten};
use porchlight_practice::pack::Rules;
use serde::Deserialize;

use crate::chart::Line;
use crate::document::start::OnShelf;
use crate::error::Trouble;
use crate::form::Form;
use crate::goal::area::AreaLine;
use crate::goal::{Place, area};
use crate::me::size_of;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One step, in words.
pub(crate) struct StepLine {
    number: u32,
    what: String,
    note: Vec<String>,
    done: String,
    command: String,
}

/// Something in the way, in words.
pub(crate) struct WayLine {
    kind: String,
    what: String,
    helps: String,
}

/// How near it felt on a day, in words.
pub(crate) struct RatingLine {
    when: String,
    near: String,
    sure: String,
    words: String,
}

/// The page of one goal.
#[derive(Template)]
#[template(path = "goal/show.html")]
pub(crate) struct OneGoal {
    page: Page,
    form: Form,
    address: String,
    up: String,
    up_name: String,
    words: String,
    size: &'static str,
    by: String,
    areas: Vec<AreaLine>,
    helps: OnShelf,
    /// Where a tool is begun; empty where it is not the reader's to begin one.
    begin: String,
    plan_words: String,
    closed: String,
    steps_title: String,
    steps: Vec<StepLine>,
    next: String,
    ways: Vec<WayLine>,
    chart: Option<Line>,
    chart_text: String,
    ratings: Vec<RatingLine>,
    near_ask: String,
    sure_ask: String,
    words_ask: String,
    /// The person can sign in and says it there; empty where it is the reader's to say.
    theirs_to_say: String,
    may_plan: bool,
    theirs: bool,
    reached: String,
    set_aside: String,
    version: i64,
    command: String,
    close_command: String,
}

impl OneGoal {
    pub(crate) fn of(
        page: Page,
        place: &Place,
        rules: &Rules,
        view: GoalView,
        form: Form,
        command: impl Fn() -> String,
    ) -> OneGoal {
        let page = place.page(page, "goal-page-own", "goal-page", &view).focused(place.up()).of_form(&form);
        let goal = &view.goal;
        let since = page.date(goal.since());
        let step = |step: &porchlight_practice::goal::Step| StepLine {
            number: step.number,
            what: step.what.clone(),
            note: [
                step.by.map(|day| page.t1("goal-step-by", "day", page.day(day))),
                (!step.helps.is_empty()).then(|| page.t1("goal-helps", "who", &step.helps)),
            ]
            .into_iter()
            .flatten()
            .collect(),
            done: step
                .done
                .map_or_else(String::new, |day| page.t1("goal-step-done-on", "day", page.date(day))),
            command: command(),
        };
        let way = |barrier: &porchlight_practice::goal::Barrier| WayLine {
            kind: way_name(&page, place, barrier.kind),
            what: barrier.what.clone(),
            helps: match barrier.helps.as_str() {
                "" => String::new(),
                who => page.t1("goal-helps", "who", who),
            },
        };
        let of_ten = |ten: Ten| page.t1("goal-of-ten", "number", u8::from(ten).to_string());
        let rating = |rating: &porchlight_practice::goal::Rating| RatingLine {
            when: page.date(rating.on),
            near: of_ten(rating.near),
            sure: rating
                .sure
                .map_or_else(String::new, |sure| page.t1("goal-sure-was", "number", of_ten(sure))),
            words: rating.words.clone(),
        };
        let numbers: Vec<_> = goal.ratings().iter().map(|rating| (rating.on, rating.near.into())).collect();
        let chart = Line::of(&numbers, |day| page.short_day(day));
        let chart_text = match (goal.ratings().first(), goal.ratings().last()) {
            (Some(first), Some(last)) => {
                let (from, to) = (page.date(first.on), page.date(last.on));
                let from = page.t2("goal-chart-on", "number", of_ten(first.near), "day", from);
                let to = page.t2("goal-chart-on", "number", of_ten(last.near), "day", to);
                page.t2("goal-chart", "from", from, "to", to)
            }
            _ => String::new(),
        };
        let say = |own, theirs| place.say(&page, own, theirs, &view);
        OneGoal {
            address: place.address(),
            up: place.up(),
            up_name: say("nav-home", "goal-title"),
            words: goal.words().to_owned(),
            size: match size_of(goal.words()) {
                "big" => "larger",
                size => size,
            },
            by: match place.own {
                true => page.t1("goal-by-own", "day", since),
                false => page.t2("goal-by", "name", &view.called, "day", since),
            },
            areas: area::lines(&page, rules, &view),
            helps: area::helps(&page, rules, &view, &command),
            begin: if goal.is_open() { area::begin_at(place, &view) } else { String::new() },
            plan_words: goal.plan_words().to_owned(),
            closed: match goal.standing() {
                Standing::Open => String::new(),
                Standing::Reached { on } => page.t1("goal-reached-on", "day", page.date(on)),
                Standing::SetAside { on } => page.t1("goal-set-aside-on", "day", page.date(on)),
            },
            steps_title: say("goal-steps-own", "goal-steps"),
            steps: goal.steps().iter().map(step).collect(),
            next: goal.next_step().map(|step| step.what.clone()).unwrap_or_default(),
            ways: goal.in_the_way().iter().map(way).collect(),
            chart,
            chart_text,
            ratings: goal.ratings().iter().rev().map(rating).collect(),
            near_ask: say("goal-near-own", "goal-near"),
            sure_ask: say("goal-sure-own", "goal-sure"),
            words_ask: say("goal-rate-words", "goal-words"),
            theirs_to_say: match goal.is_open() && !view.theirs {
                true => page.t1("goal-theirs", "name", &view.called),
                false => String::new(),
            },
            may_plan: view.may_plan,
            theirs: view.theirs,
            reached: say("me-goal-reached", "goal-reached"),
            set_aside: if place.own { page.t("me-goal-set-aside") } else { page.t("goal-set-aside") },
            version: view.version,
            command: command(),
            close_command: command(),
            page,
            form,
        }
    }
}

/// What a kind of barrier is called on this side.
pub(super) fn way_name(page: &Page, place: &Place, kind: porchlight_practice::goal::BarrierKind) -> String {
    let kind = kind.as_str();
    page.t(&if place.own { format!("goal-way-own-{kind}") } else { format!("goal-way-{kind}") })
}

async fn shown(web: &Web, who: &Who, page: Page, place: &Place, form: Form) -> Result<OneGoal, Trouble> {
    let view = web.app.goal(who.actor(), place.person, place.goal).await?;
    Ok(OneGoal::of(page, place, who.rules()?, view, form, || web.app.command_id().to_string()))
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    place: Place,
) -> Result<Response, Trouble> {
    shown(&web, &who, page, &place, Form::new()).await?.show()
}

/// Which step the path names.
#[derive(Deserialize)]
pub(super) struct InPath {
    step: u32,
}

pub(super) async fn step(
    State(web): State<Web>,
    who: Who,
    place: Place,
    Path(InPath { step }): Path<InPath>,
    form: Form,
) -> Result<Response, Trouble> {
    let (is_done, flash) = match form.value("done") {
        "yes" => (true, "flash-goal-step-done"),
        "no" => (false, "flash-goal-step-undone"),
        _ => return Err(Trouble::NotFound),
    };
    let version = form.value("version").parse().unwrap_or_default();
    let (actor, command) = (who.actor(), command(&web, &form));
    match web.app.step_done(actor, command, place.person, place.goal, step, is_done, version).await {
        Ok(()) => Ok(done(&web.shell, &place.address(), flash)),
        Err(error) => place.overtaken(&web, error),
    }
}

pub(super) async fn rate(
    page: Page,
    State(web): State<Web>,
    who: Who,
    place: Place,
    mut form: Form,
) -> Result<Response, Trouble> {
    let near: Option<Ten> = form.read("near", "goal-error-near");
    let sure: Option<Ten> = form.read_if_there("sure", "goal-error-near");
    let (Some(near), true) = (near, form.is_right()) else {
        let again = shown(&web, &who, page, &place, form).await?;
        return again.show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    let (actor, command) = (who.actor(), command(&web, &form));
    let words = form.value("words").to_owned();
    match web.app.rate_goal(actor, command, place.person, place.goal, near, sure, &words).await {
        Ok(()) => {
            let flash = if place.own { "flash-goal-rated" } else { "flash-goal-they-rated" };
            Ok(done(&web.shell, &place.address(), flash))
        }
        // Two at the same moment: what was typed is still there to be sent.
        Err(Error::Stale) => shown(&web, &who, page, &place, form).await?.show_as(StatusCode::CONFLICT),
        Err(error) => place.overtaken(&web, error),
    }
}
