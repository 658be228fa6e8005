//! What is done about a report, each a small form on its page.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::safety::who_was_first;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::SafetyReportId;
use porchlight_practice::safety::{Back, Entry, SafetyFault};

use super::show::page_of;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Adds an entry and goes back to the report; what can't be kept stays on the form, with what would be right.
async fn keep(
    web: &Web,
    who: &Who,
    page: Page,
    id: SafetyReportId,
    mut form: Form,
    entry: Entry,
    flash: &'static str,
) -> Result<Response, Trouble> {
    let to = format!("/safety/{id}");
    let command = command(web, &form);
    let error = match web.app.add_to_safety(who.actor(), command, id, entry).await {
        Ok(()) => return Ok(done(&web.shell, &to, flash)),
        Err(error) => error,
    };
    if who_was_first(&error).is_some() {
        // The page then shows who has it.
        return Ok(done(&web.shell, &to, "flash-safety-was-taken"));
    }
    match error {
        Error::Stale => return Ok(done(&web.shell, &to, "flash-safety-changed")),
        Error::Fault(Fault::Safety(SafetyFault::Closed | SafetyFault::NotYours)) => {
            return Ok(done(&web.shell, &to, "flash-safety-changed"));
        }
        Error::Fault(Fault::Safety(SafetyFault::Empty(field))) => form.wrong(field, "safety-error-empty"),
        Error::Fault(Fault::Safety(SafetyFault::TooLong(field))) => form.wrong(field, "safety-error-long"),
        Error::Fault(Fault::Safety(SafetyFault::NothingToLookAt)) => {
            return Ok(done(&web.shell, &to, "flash-safety-changed"));
        }
        Error::Fault(Fault::Safety(SafetyFault::Past("next"))) => form.wrong("next", "safety-error-next"),
        Error::Fault(Fault::Safety(SafetyFault::Past(field))) => form.wrong(field, "safety-error-past"),
        Error::Fault(Fault::Safety(SafetyFault::Oneself)) => form.wrong("to", "safety-error-to"),
        Error::Fault(Fault::Unknown("to")) => form.wrong("to", "safety-error-to"),
        error => return Err(error.into()),
    }
    page_of(web, who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

pub(super) async fn take(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    form: Form,
) -> Result<Response, Trouble> {
    keep(&web, &who, page, id, form, Entry::Taken, "flash-safety-taken").await
}

pub(super) async fn hand_on(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    match form.read("to", "safety-error-to") {
        Some(to) => keep(&web, &who, page, id, form, Entry::HandedOn { to }, "flash-safety-handed-on").await,
        None => page_of(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

pub(super) async fn add(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    form: Form,
) -> Result<Response, Trouble> {
    let entry = Entry::Added { words: form.value("words").to_owned() };
    keep(&web, &who, page, id, form, entry, "flash-safety-added").await
}

pub(super) async fn step(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    form: Form,
) -> Result<Response, Trouble> {
    let entry = Entry::StepDone {
        step: form.value("step").to_owned(),
        reference: form.value("reference").to_owned(),
    };
    keep(&web, &who, page, id, form, entry, "flash-safety-step").await
}

pub(super) async fn tell(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    form: Form,
) -> Result<Response, Trouble> {
    let entry = Entry::ToldPerson { words: form.value("told_words").to_owned() };
    let form = form.clone().replaced("words", "");
    keep(&web, &who, page, id, form, entry, "flash-safety-told").await
}

pub(super) async fn withhold(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    match form.date("look_again", "safety-error-past") {
        Some(look_again) => {
            let entry = Entry::Withheld { reason: form.value("reason").to_owned(), look_again };
            keep(&web, &who, page, id, form, entry, "flash-safety-withheld").await
        }
        None => page_of(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

pub(super) async fn go_back(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    form: Form,
) -> Result<Response, Trouble> {
    let to = Back::parse(form.value("whom")).ok_or(Trouble::NotFound)?;
    let entry = Entry::WentBack { to, words: form.value("back_words").to_owned() };
    keep(&web, &who, page, id, form, entry, "flash-safety-back").await
}

pub(super) async fn second(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    form: Form,
) -> Result<Response, Trouble> {
    keep(&web, &who, page, id, form, Entry::SecondRead, "flash-safety-second").await
}

pub(super) async fn again(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let next = form.text("next").and_then(|_| form.date("next", "safety-error-next"));
    if !form.is_right() {
        return page_of(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let words = form.value("again_words").to_owned();
    keep(&web, &who, page, id, form, Entry::LookedAgain { words, next }, "flash-safety-again").await
}
