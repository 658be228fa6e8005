//! The goals of one person: saying one, closing one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::person::PersonView;
use porchlight_practice::goal::Standing;
use porchlight_practice::id::{GoalId, PersonId};

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::person::{Named, about, beside, fresh};
use crate::site::{Web, Who, command};

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
    id: GoalId,
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
    may_open: bool,
    may_close: bool,
    may_reach: bool,
    open: Vec<OpenGoal>,
    closed: Vec<ClosedGoal>,
}

impl Goals {
    pub(crate) fn of(page: Page, view: &PersonView, form: Form, command: impl Fn() -> String) -> Goals {
        let page = about(page, "goal-title", view);
        let (mut open, mut closed) = (Vec::new(), Vec::new());
        for (id, goal, version) in &view.goals {
            let (key, on) = match goal.standing() {
                Standing::Open => {
                    open.push(OpenGoal {
                        id: *id,
                        words: goal.words().to_owned(),
                        since: page.t1("goal-since", "day", page.date(goal.since())),
                        version: *version,
                        command: command(),
                    });
                    continue;
                }
                Standing::Reached { on } => ("goal-reached-on", on),
                Standing::SetAside { on } => ("goal-set-aside-on", on),
            };
            closed.push(ClosedGoal {
                id: *id,
                words: goal.words().to_owned(),
                reached: matches!(goal.standing(), Standing::Reached { .. }),
                when: page.t1(key, "day", page.date(on)),
            });
        }
        Goals {
            person: Named::of(view),
            may_say: view.may(Action::GoalSay),
            may_open: view.may(Action::GoalRead),
            may_close: view.may(Action::GoalClose),
            may_reach: view.may(Action::GoalClose) && !view.has_account,
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

pub(super) async fn list(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let form = fresh(&web);
    goals_page(&web, &who, page, id, form).await?.show()
}

pub(super) async fn say(
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
