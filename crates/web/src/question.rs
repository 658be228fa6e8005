//! Questions about looks: a supported person asks why somebody read their record, the privacy lead answers.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::look::WaitingQuestion;
use porchlight_app::support::Unaccompanied;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, LookQuestionId};
use porchlight_practice::look::LookQuestion;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// The routes of questions about looks.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/questions", list, Needs::Action(Action::LookQueue))
        .page(Method::GET, "/questions/{id}", show, Needs::Action(Action::LookQueue))
        .page(Method::POST, "/questions/{id}", answer, Needs::Action(Action::LookAnswer))
}

/// A question that waits, in words.
pub(crate) struct Waiting {
    pub href: String,
    pub name: String,
    /// The look, as the person read it.
    pub about: String,
    pub question: String,
    pub asked: String,
    pub due: String,
    pub overdue: bool,
}

impl Waiting {
    pub(crate) fn of(page: &Page, waiting: &WaitingQuestion) -> Waiting {
        let asked = match &waiting.question {
            LookQuestion::Open(asked) | LookQuestion::Answered { asked, .. } => asked,
        };
        Waiting {
            href: format!("/questions/{}", waiting.id),
            name: waiting.person_name.clone(),
            about: asked.about.clone(),
            question: asked.question.clone(),
            asked: page.moment(asked.at),
            due: page.near(asked.due.to_zoned(page.zone()).date()),
            overdue: waiting.overdue,
        }
    }
}

/// The questions that wait.
#[derive(Template)]
#[template(path = "question/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub questions: Vec<Waiting>,
    /// Who works here too and has nobody to walk with.
    pub unaccompanied: Vec<Unaccompanied>,
}

async fn list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let waiting = web.app.look_questions(who.actor()).await?;
    let page = page.titled("question-list");
    let questions = waiting.iter().map(|waiting| Waiting::of(&page, waiting)).collect();
    let unaccompanied = web.app.unaccompanied(who.actor()).await?;
    ListPage { page, questions, unaccompanied }.show()
}

/// One question and its answer.
#[derive(Template)]
#[template(path = "question/answer.html")]
pub(crate) struct AnswerPage {
    pub page: Page,
    pub form: Form,
    pub question: Waiting,
    pub command: String,
}

async fn show_it(
    page: Page,
    web: &Web,
    who: &Who,
    id: LookQuestionId,
    form: Form,
    command: CommandId,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let waiting = web.app.look_questions(who.actor()).await?;
    let found = waiting.iter().find(|waiting| waiting.id == id).ok_or(Trouble::NotFound)?;
    let question = Waiting::of(&page, found);
    let page = page.titled_with("question-of", "name", &question.name).focused("/questions").of_form(&form);
    AnswerPage { page, form, question, command: command.to_string() }.show_as(status)
}

async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<LookQuestionId>,
) -> Result<Response, Trouble> {
    show_it(page, &web, &who, id, Form::new(), web.app.command_id(), StatusCode::OK).await
}

async fn answer(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<LookQuestionId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let command = command(&web, &form);
    if let Some(text) = form.need("answer", "question-error-answer") {
        match web.app.answer_look_question(who.actor(), command, id, &text).await {
            Ok(()) => return Ok(done(&web.shell, "/questions", "flash-question-answered")),
            Err(Error::Fault(Fault::Answered(_))) => {
                return Ok(done(&web.shell, "/questions", "flash-question-before"));
            }
            Err(Error::Fault(Fault::TooLong(_))) => form.wrong("answer", "question-error-long"),
            Err(error) => return Err(error.into()),
        }
    }
    show_it(page, &web, &who, id, form, command, StatusCode::UNPROCESSABLE_ENTITY).await
}
