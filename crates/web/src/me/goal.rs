//! My goals: saying one. What comes after is in `goal/`.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_practice::id::CommandId;

use crate::error::Trouble;
use crate::form::Form;
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Saying a goal.
#[derive(Template)]
#[template(path = "me/goal.html")]
pub(crate) struct NewGoal {
    pub page: Page,
    pub form: Form,
    pub command: CommandId,
}

impl NewGoal {
    pub(crate) fn of(page: Page, form: Form, command: CommandId) -> NewGoal {
        NewGoal { page: page.titled("me-goal-title").focused("/me").of_form(&form), form, command }
    }
}

pub(super) async fn new_goal(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    own(&who)?;
    NewGoal::of(page, Form::new(), web.app.command_id()).show()
}

pub(super) async fn say_goal(
    page: Page,
    who: Who,
    State(web): State<Web>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let command = command(&web, &form);
    let words = form.need("words", "me-goal-error");
    let (Some(words), true) = (words, form.is_right()) else {
        return NewGoal::of(page, form, command).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    web.app.say_goal(who.actor(), command, person, &words).await?;
    Ok(done(&web.shell, "/me", "flash-goal-said"))
}
