//! What a person wants, in their own words: saying a goal, reached, set aside.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::person::PersonView;
use porchlight_practice::goal::Goal;
use porchlight_practice::id::{GoalId, PersonId};

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::person::{Named, about, beside, command, fresh};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The pages about goals.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/people/{person}/goals", list, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/goals", say, Needs::Action(Action::GoalSay))
        .page(Method::POST, "/people/{person}/goals/{goal}", close, Needs::Action(Action::GoalClose))
}

/// A goal that is being worked on.
pub struct OpenGoal {
    id: GoalId,
    words: String,
    since: String,
    version: i64,
    command: String,
}

/// A goal that was reached or set aside.
pub struct ClosedGoal {
    words: String,
    reached: bool,
    when: String,
}

/// A person's goals.
#[derive(Template)]
#[template(path = "goal/list.html")]
pub struct Goals {
    page: Page,
    form: Form,
    person: Named,
    may_say: bool,
    may_close: bool,
    open: Vec<OpenGoal>,
    closed: Vec<ClosedGoal>,
}

impl Goals {
    pub(crate) fn of(page: Page, view: &PersonView, form: Form, command: impl Fn() -> String) -> Goals {
        let page = about(page, "goal-title", view);
        let (mut open, mut closed) = (Vec::new(), Vec::new());
        for (id, goal, version) in &view.goals {
            match goal {
                Goal::Open { words, since } => open.push(OpenGoal {
                    id: *id,
                    words: words.clone(),
                    since: page.t1("goal-since", "day", page.date(since)),
                    version: *version,
                    command: command(),
                }),
                Goal::Reached { words, on, .. } | Goal::SetAside { words, on, .. } => {
                    let reached = matches!(goal, Goal::Reached { .. });
                    let key = if reached { "goal-reached-on" } else { "goal-set-aside-on" };
                    closed.push(ClosedGoal {
                        words: words.clone(),
                        reached,
                        when: page.t1(key, "day", page.date(on)),
                    });
                }
            }
        }
        Goals {
            person: Named::of(view),
            may_say: view.may(Action::GoalSay),
            may_close: view.may(Action::GoalClose),
            page: page.of_form(&form),
            form,
            open,
            closed,
        }
    }
}

async fn goals_page(web: &Web, who: &Who, page: Page, id: PersonId, form: Form) -> Result<Goals, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    Ok(Goals::of(page, &view, form, || web.app.command_id().to_string()))
}

async fn list(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let form = fresh(&web);
    goals_page(&web, &who, page, id, form).await?.show()
}

async fn say(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(words) = form.need("words", "goal-error-words")
        && form.is_right()
    {
        match web.app.say_goal(who.actor(), command(&web, &form), id, &words).await {
            Ok(_) => return Ok(done(&web.shell, &format!("/people/{id}"), "flash-goal-written")),
            Err(error) => beside(&mut form, error)?,
        }
    }
    goals_page(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn close(
    State(web): State<Web>,
    who: Who,
    Path((id, goal)): Path<(PersonId, GoalId)>,
    form: Form,
) -> Result<Response, Trouble> {
    let reached = match form.value("how") {
        "reached" => true,
        "set_aside" => false,
        _ => return Err(Trouble::NotFound),
    };
    let version = form.value("version").parse().unwrap_or(0);
    let closed = web.app.close_goal(who.actor(), command(&web, &form), id, goal, reached, version).await;
    match closed {
        Ok(()) => {
            let flash = if reached { "flash-goal-they-reached" } else { "flash-goal-they-set-aside" };
            Ok(done(&web.shell, &format!("/people/{id}/goals"), flash))
        }
        // Somebody closed it first: the page shows how it stands.
        Err(porchlight_app::Error::Stale | porchlight_app::Error::Fault(_)) => {
            Ok(done(&web.shell, &format!("/people/{id}/goals"), "flash-goal-closed-before"))
        }
        Err(error) => Err(error.into()),
    }
}
