//! How the ladder stands: rungs, gaps, tests, the last drill, how fast reports were taken.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::ladder::LadderView;
use porchlight_practice::Means;
use porchlight_practice::id::AccountId;
use porchlight_practice::ladder::Called;
use porchlight_practice::safety::median;

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One rung, in words.
pub(crate) struct RungLine {
    number: usize,
    who: String,
    now: String,
    means: String,
    wait: String,
}

/// A report as a dot: how far to the right, and its words.
pub(crate) struct Dot {
    x: f64,
    words: String,
    open: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "ladder/show.html")]
pub(crate) struct ShowLadder {
    page: Page,
    is_on: bool,
    may_change: bool,
    rungs: Vec<RungLine>,
    on_call: String,
    gaps: Vec<String>,
    set_up: String,
    /// Who answered which means, and when.
    proofs: Vec<String>,
    tests: Vec<String>,
    staff: Vec<Choice>,
    form: Form,
    drill: Vec<String>,
    dots: Vec<Dot>,
    aim_x: f64,
    aim: String,
    figure: String,
    command: String,
    drill_command: String,
}

/// What a rung calls, in words.
pub(super) fn called_name(page: &Page, who: Called, name: impl Fn(AccountId) -> String) -> String {
    match who {
        Called::Named(one) => name(one),
        other => page.t(&format!("ladder-who-{}", other.as_str().replace('_', "-"))),
    }
}

pub(super) fn means_name(page: &Page, means: Option<Means>) -> String {
    page.t(&format!("safety-means-{}", means.map_or("page", Means::as_str)))
}

impl ShowLadder {
    pub(crate) fn of(page: Page, view: &LadderView, form: Form, command: impl Fn() -> String) -> ShowLadder {
        let page = page.titled("ladder-title").of_form(&form);
        let name = |id: AccountId| {
            view.staff.iter().find(|one| one.account == id).map_or_else(String::new, |one| one.name.clone())
        };
        let names = |ids: &[AccountId]| page.list(&ids.iter().map(|id| name(*id)).collect::<Vec<_>>());
        let rung = |(at, rung): (usize, &porchlight_practice::ladder::Rung)| {
            let now = view.rungs.get(at).map(Vec::as_slice).unwrap_or_default();
            let means: Vec<_> = rung.means.iter().map(|means| means_name(&page, Some(*means))).collect();
            RungLine {
                number: at + 1,
                who: called_name(&page, rung.who, name),
                now: match (now.is_empty(), rung.who) {
                    (true, Called::Supervisor | Called::Deputy) => page.t("ladder-depends"),
                    (true, _) => page.t("ladder-nobody"),
                    (false, _) => page.t1("ladder-now", "names", names(now)),
                },
                means: match means.is_empty() {
                    true => page.t("ladder-page-only"),
                    false => page.list(&means),
                },
                wait: page.t1("ladder-wait", "time", seconds(&page, rung.wait)),
            }
        };
        let gap = |gap: &porchlight_practice::ladder::Gap| {
            page.t2("ladder-gap", "from", page.moment(gap.from), "until", page.moment(gap.until))
        };
        let proof = |(who, means, at): &(AccountId, Option<Means>, jiff::Timestamp)| {
            page.t3(
                "ladder-proof",
                "name",
                name(*who),
                "means",
                means_name(&page, *means),
                "when",
                page.moment(*at),
            )
        };
        let tests = view.tests.iter().map(|test| {
            let who = test.calls.first().map(|call| call.name.clone()).unwrap_or_default();
            let answered = test.calls.iter().any(|call| call.answered.is_some());
            let key = if answered { "ladder-test-answered" } else { "ladder-test-open" };
            page.t2(key, "name", who, "when", page.moment(test.at))
        });
        let drill = view.drill.as_ref().map_or_else(Vec::new, |drill| {
            let mut lines = vec![match drill.taken {
                Some(at) => {
                    let took = at.duration_since(drill.sent).as_secs();
                    page.t2(
                        "ladder-drill-taken",
                        "when",
                        page.moment(drill.sent),
                        "time",
                        seconds(&page, u32::try_from(took).unwrap_or(0)),
                    )
                }
                None => page.t1("ladder-drill-open", "when", page.moment(drill.sent)),
            }];
            if let Some((rung, who, took)) = &drill.slowest {
                let who = page.list(who);
                lines.push(match took {
                    Some(took) => page.t3(
                        "ladder-drill-slowest",
                        "number",
                        rung.to_string(),
                        "names",
                        who,
                        "time",
                        seconds(&page, u32::try_from(*took).unwrap_or(0)),
                    ),
                    None => page.t2("ladder-drill-unseen", "number", rung.to_string(), "names", who),
                });
            }
            lines
        });
        let aim = view.rules.safety.aim_minutes;
        let taken: Vec<i64> = view.times.iter().filter_map(|(_, took)| *took).collect();
        // The line of the aim stands in the middle; what took longer than twice the aim stands at the end.
        let span = f64::from(aim.max(1)) * 60.0 * 2.0;
        let dot = |(at, took): &(jiff::Timestamp, Option<i64>)| Dot {
            x: took.map_or(560.0, |took| 20.0 + (took as f64 / span).min(1.0) * 540.0),
            open: took.is_none(),
            words: match took {
                Some(took) => page.t2(
                    "ladder-dot",
                    "when",
                    page.moment(*at),
                    "time",
                    seconds(&page, u32::try_from(*took).unwrap_or(0)),
                ),
                None => page.t1("ladder-dot-open", "when", page.moment(*at)),
            },
        };
        ShowLadder {
            is_on: view.is_on,
            may_change: view.may_change,
            rungs: view.plan.ladder.rungs.iter().enumerate().map(rung).collect(),
            on_call: match view.on_call.is_empty() {
                true => String::new(),
                false => page.t1("ladder-on-call", "names", names(&view.on_call)),
            },
            gaps: view.gaps.iter().map(gap).collect(),
            set_up: match view.set_up.is_empty() {
                true => page.t("ladder-set-up-none"),
                false => {
                    let means: Vec<_> = view.set_up.iter().map(|one| means_name(&page, Some(*one))).collect();
                    page.t1("ladder-set-up", "means", page.list(&means))
                }
            },
            proofs: view.proofs.iter().map(proof).collect(),
            tests: tests.collect(),
            staff: view.staff.iter().map(|one| Choice::new(one.account.to_string(), &one.name)).collect(),
            drill,
            dots: view.times.iter().map(dot).collect(),
            aim_x: 290.0,
            aim: page.t1("ladder-aim", "minutes", aim.to_string()),
            figure: match (median(&taken), taken.iter().max()) {
                (Some(middle), Some(worst)) => page.t2(
                    "ladder-figure",
                    "median",
                    seconds(&page, u32::try_from(middle).unwrap_or(0)),
                    "worst",
                    seconds(&page, u32::try_from(*worst).unwrap_or(0)),
                ),
                _ => page.t("ladder-figure-none"),
            },
            command: command(),
            drill_command: command(),
            page,
            form,
        }
    }
}

/// "4 minutes and 10 seconds", as short as it can be said.
pub(super) fn seconds(page: &Page, seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, rest) => page.t1("ladder-seconds", "count", rest),
        (minutes, 0) => page.length(minutes),
        (minutes, rest) if minutes < 10 => page.t2(
            "ladder-minutes-seconds",
            "minutes",
            page.length(minutes),
            "seconds",
            page.t1("ladder-seconds", "count", rest),
        ),
        (minutes, _) => page.length(minutes),
    }
}

async fn page_of(web: &Web, who: &Who, page: Page, form: Form) -> Result<ShowLadder, Trouble> {
    let programme = who.actor().programme().ok_or(Trouble::NotFound)?;
    let view = web.app.ladder(who.actor(), programme).await?;
    Ok(ShowLadder::of(page, &view, form, || web.app.command_id().to_string()))
}

pub(super) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    page_of(&web, &who, page, Form::new()).await?.show()
}

pub(super) async fn test(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let programme = who.actor().programme().ok_or(Trouble::NotFound)?;
    if let Some(whom) = form.read("whom", "ladder-error-whom") {
        let command = command(&web, &form);
        match web.app.test_call(who.actor(), command, programme, whom).await {
            Ok(_) => return Ok(done(&web.shell, "/ladder", "flash-ladder-tested")),
            Err(porchlight_app::Error::Fault(_)) => form.wrong("whom", "ladder-error-whom"),
            Err(error) => return Err(error.into()),
        }
    }
    page_of(&web, &who, page, form).await?.show_as(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
}

pub(super) async fn drill(State(web): State<Web>, who: Who, form: Form) -> Result<Response, Trouble> {
    let id = web.app.drill(who.actor(), command(&web, &form)).await?;
    Ok(done(&web.shell, &format!("/safety/{id}"), "flash-ladder-drill"))
}
