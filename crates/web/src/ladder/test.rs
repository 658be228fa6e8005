//! A test call, as whoever it reached answers it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::ladder::TestCall;
use porchlight_practice::id::RunId;

use super::show::means_name;
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The page.
#[derive(Template)]
#[template(path = "ladder/test.html")]
pub(crate) struct AnswerTest {
    page: Page,
    form: Form,
    address: String,
    when: String,
    calls: Vec<Choice>,
    answered: bool,
}

impl AnswerTest {
    pub(crate) fn of(page: Page, test: &TestCall, form: Form) -> AnswerTest {
        let page = page.titled("ladder-test-title").under("/tell-someone");
        let out = test.calls.iter().filter(|call| call.sent.is_some());
        let choice = |call: &porchlight_app::ladder::CallLine| {
            Choice::new(call.id.to_string(), means_name(&page, call.means))
        };
        AnswerTest {
            address: format!("/ladder/test/{}", test.id),
            when: page.moment(test.at),
            calls: out.map(choice).collect(),
            answered: test.calls.iter().any(|call| call.answered.is_some()),
            page,
            form,
        }
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<RunId>,
) -> Result<Response, Trouble> {
    let test = web.app.test_call_to_me(who.actor(), id).await?;
    let form = Form::new().with("command", web.app.command_id().to_string());
    AnswerTest::of(page, &test, form).show()
}

pub(super) async fn answer(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<RunId>,
    form: Form,
) -> Result<Response, Trouble> {
    let came = form.all("came").filter_map(|call| call.parse().ok()).collect();
    web.app.answer_test(who.actor(), command(&web, &form), id, came).await?;
    Ok(done(&web.shell, "/tell-someone", "flash-ladder-answered"))
}
