//! Asking one's supervisor: by topic, with an answer due, and past one's supervisor where it is about what is right.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::counsel::{CounselList, CounselView, WhomToAsk};
use porchlight_app::{Error, Fault};
use porchlight_practice::counsel::{Counsel, CounselFault, Topic};
use porchlight_practice::id::CounselId;

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// The pages of questions to a supervisor.
pub fn routes() -> Routes<Web> {
    let needs = Needs::Action;
    Routes::new()
        .page(Method::GET, "/ask", list, needs(Action::CounselList))
        .page(Method::GET, "/ask/new", ask, needs(Action::CounselAsk))
        .page(Method::POST, "/ask/new", send, needs(Action::CounselAsk))
        .page(Method::GET, "/ask/{id}", show, needs(Action::CounselRead))
        .page(Method::POST, "/ask/{id}", answer, needs(Action::CounselAnswer))
}

fn topic_name(page: &Page, topic: Topic) -> String {
    page.t(&format!("counsel-topic-{}", topic.as_str()))
}

/// One question in a list.
pub(crate) struct Line {
    href: String,
    title: String,
    note: String,
    tag: String,
    tag_tone: &'static str,
}

/// What one asked, and was asked.
#[derive(Template)]
#[template(path = "counsel/list.html")]
pub(crate) struct Questions {
    page: Page,
    asked: Vec<Line>,
    to_answer: Vec<Line>,
}

impl Questions {
    pub(crate) fn of(page: Page, list: &CounselList) -> Questions {
        let page = page.titled("counsel-title").under("/tell-someone");
        let line = |view: &CounselView| {
            let (tag, tag_tone) = match &view.counsel {
                Counsel::Answered { .. } => (page.t("counsel-answered"), "ok"),
                Counsel::Asked { .. } if view.overdue => (page.t("counsel-overdue"), "bad"),
                Counsel::Asked { .. } => (page.t1("counsel-due", "when", page.moment(view.due)), "sun"),
            };
            Line {
                href: format!("/ask/{}", view.id),
                title: topic_name(&page, view.topic),
                note: match view.own {
                    true => page.t1("counsel-to", "name", &view.asked_of),
                    false => page.t1("counsel-from", "name", &view.asked_by),
                },
                tag,
                tag_tone,
            }
        };
        let (asked, to_answer) =
            (list.asked.iter().map(line).collect(), list.to_answer.iter().map(line).collect());
        Questions { page, asked, to_answer }
    }
}

/// Asking.
#[derive(Template)]
#[template(path = "counsel/new.html")]
pub(crate) struct NewQuestion {
    page: Page,
    form: Form,
    topics: Vec<Choice>,
    lead: String,
    past: Vec<Choice>,
}

impl NewQuestion {
    pub(crate) fn of(page: Page, whom: &WhomToAsk, form: Form) -> NewQuestion {
        let page = page.titled("counsel-new").focused("/ask").under("/tell-someone");
        let hours = whom.hours.to_string();
        NewQuestion {
            topics: Topic::ALL
                .iter()
                .map(|topic| Choice::new(topic.as_str(), topic_name(&page, *topic)))
                .collect(),
            lead: match &whom.supervisor {
                Some(one) => page.t2("counsel-lead", "name", &one.name, "hours", hours),
                None => page.t("counsel-nobody"),
            },
            past: whom.past.iter().map(|one| Choice::new(one.account.to_string(), &one.name)).collect(),
            page: page.of_form(&form),
            form,
        }
    }
}

/// One question, with its answer.
#[derive(Template)]
#[template(path = "counsel/show.html")]
pub(crate) struct OneQuestion {
    page: Page,
    form: Form,
    address: String,
    words: String,
    by: String,
    due: String,
    overdue: bool,
    answer: String,
    answered_by: String,
    may_answer: bool,
    past: bool,
}

impl OneQuestion {
    pub(crate) fn of(page: Page, view: &CounselView, form: Form) -> OneQuestion {
        let page = page.titled("counsel-show").under("/tell-someone");
        let (answer, answered_by) = match &view.counsel {
            Counsel::Answered { answer, at, .. } => (
                answer.clone(),
                page.t2("counsel-answered-by", "name", &view.asked_of, "when", page.moment(*at)),
            ),
            Counsel::Asked { .. } => (String::new(), String::new()),
        };
        OneQuestion {
            address: format!("/ask/{}", view.id),
            words: view.counsel.words().to_owned(),
            by: page.t3(
                "counsel-asked-by",
                "name",
                &view.asked_by,
                "when",
                page.moment(view.asked),
                "topic",
                topic_name(&page, view.topic),
            ),
            due: page.t1("counsel-due", "when", page.moment(view.due)),
            overdue: view.overdue,
            may_answer: !view.own && answer.is_empty(),
            past: view.past_supervisor,
            answer,
            answered_by,
            page: page.of_form(&form),
            form,
        }
    }
}

async fn list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    Questions::of(page, &web.app.counsel_list(who.actor()).await?).show()
}

async fn new_page(web: &Web, who: &Who, page: Page, form: Form) -> Result<NewQuestion, Trouble> {
    Ok(NewQuestion::of(page, &web.app.whom_to_ask(who.actor()).await?, form))
}

async fn ask(page: Page, State(web): State<Web>, who: Who, asked: Form) -> Result<Response, Trouble> {
    let mut form =
        Form::new().with("command", web.app.command_id().to_string()).with("topic", asked.value("topic"));
    if asked.value("about") == "report" {
        form = form.with("words", page.t("counsel-about-report"));
    }
    new_page(&web, &who, page, form).await?.show()
}

async fn send(page: Page, State(web): State<Web>, who: Who, mut form: Form) -> Result<Response, Trouble> {
    let topic = form.choose("topic", "counsel-error-topic", Topic::parse);
    let words = form.need("words", "counsel-error-words");
    let past = form.read_if_there("past", "counsel-error-past");
    if let (Some(topic), Some(words), true) = (topic, words, form.is_right()) {
        match web.app.ask_counsel(who.actor(), command(&web, &form), topic, &words, past).await {
            Ok(_) => return Ok(done(&web.shell, "/ask", "flash-counsel-asked")),
            Err(Error::Fault(Fault::Counsel(CounselFault::Passes) | Fault::Unknown(_))) => {
                form.wrong("past", "counsel-error-past");
            }
            Err(Error::Fault(Fault::Counsel(_))) => form.wrong("words", "counsel-error-words"),
            Err(Error::Fault(Fault::NobodyToAsk)) => form.wrong("topic", "counsel-error-nobody"),
            Err(error) => return Err(error.into()),
        }
    }
    new_page(&web, &who, page, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<CounselId>,
) -> Result<Response, Trouble> {
    let form = Form::new().with("command", web.app.command_id().to_string());
    OneQuestion::of(page, &web.app.counsel(who.actor(), id).await?, form).show()
}

async fn answer(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<CounselId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(answer) = form.need("answer", "counsel-error-words") {
        match web.app.answer_counsel(who.actor(), command(&web, &form), id, &answer).await {
            Ok(()) => return Ok(done(&web.shell, "/ask", "flash-counsel-answered")),
            Err(Error::Fault(Fault::Counsel(CounselFault::Answered)) | Error::Stale) => {
                return Ok(done(&web.shell, &format!("/ask/{id}"), "flash-counsel-was-answered"));
            }
            Err(Error::Fault(Fault::Counsel(_))) => form.wrong("answer", "counsel-error-words"),
            Err(error) => return Err(error.into()),
        }
    }
    let view = web.app.counsel(who.actor(), id).await?;
    OneQuestion::of(page, &view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
