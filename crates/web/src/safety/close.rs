//! Closing a report: outcome, who was told, when somebody looks again, who reads it as well.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::safety::SafetyView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::SafetyReportId;
use porchlight_practice::safety::{Back, Closing, Entry, SafetyFault};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The page.
#[derive(Template)]
#[template(path = "safety/close.html")]
pub(crate) struct CloseReport {
    page: Page,
    form: Form,
    address: String,
    readers: Vec<Choice>,
    /// What still has to be done first, in words.
    missing: Vec<String>,
    abuse: bool,
}

impl CloseReport {
    pub(crate) fn of(page: Page, view: &SafetyView, form: Form) -> CloseReport {
        let address = format!("/safety/{}", view.id);
        let page = page.titled("safety-close-title").focused(address.clone()).under("/tell-someone");
        let story = &view.story;
        let mut missing = Vec::new();
        if !story.went_back(Back::Reporter) && !view.own {
            missing.push(page.t1("safety-close-missing-reporter", "name", &view.reporter.name));
        }
        if !story.went_back(Back::Person) && !story.is_told() && story.withheld().is_none() {
            missing.push(page.t("safety-close-missing-person"));
        }
        CloseReport {
            readers: view.staff.iter().map(|one| Choice::new(one.account.to_string(), &one.name)).collect(),
            abuse: story.report.kind.is_abuse(),
            missing,
            address,
            page: page.of_form(&form),
            form,
        }
    }
}

async fn page_of(
    web: &Web,
    who: &Who,
    page: Page,
    id: SafetyReportId,
    form: Form,
) -> Result<CloseReport, Trouble> {
    let view = web.app.safety(who.actor(), id).await?;
    if !view.mine {
        return Err(Trouble::NotFound);
    }
    Ok(CloseReport::of(page, &view, form))
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
) -> Result<Response, Trouble> {
    let form = Form::new().with("command", web.app.command_id().to_string());
    page_of(&web, &who, page, id, form).await?.show()
}

pub(super) async fn close(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let outcome = form.need("outcome", "safety-error-empty");
    let told = form.need("told", "safety-error-empty");
    let follow_up = form.text("follow_up").and_then(|_| form.date("follow_up", "safety-error-past"));
    let second_reader = form.read("second_reader", "safety-error-reader");
    if let (Some(outcome), Some(told), Some(second_reader), true) =
        (outcome, told, second_reader, form.is_right())
    {
        let shows = form.value("shows") == "yes";
        let closing = Closing { outcome, told, follow_up, second_reader, shows };
        match web.app.add_to_safety(who.actor(), command(&web, &form), id, Entry::Closed(closing)).await {
            Ok(()) => return Ok(done(&web.shell, &format!("/safety/{id}"), "flash-safety-closed")),
            Err(Error::Fault(Fault::Safety(SafetyFault::Past(_)))) => {
                form.wrong("follow_up", "safety-error-past");
            }
            Err(Error::Fault(Fault::Safety(SafetyFault::NotBack(_)))) => {
                form.wrong("outcome", "safety-error-back");
            }
            Err(Error::Fault(Fault::Safety(SafetyFault::TooLong(_)))) => {
                form.wrong("outcome", "safety-error-long");
            }
            Err(Error::Fault(Fault::Safety(SafetyFault::Oneself) | Fault::Unknown(_))) => {
                form.wrong("second_reader", "safety-error-reader");
            }
            Err(Error::Stale | Error::Fault(Fault::Safety(_))) => {
                return Ok(done(&web.shell, &format!("/safety/{id}"), "flash-safety-changed"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    page_of(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
