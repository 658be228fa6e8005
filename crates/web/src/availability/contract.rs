//! The hours of somebody's contract, which the programme sets.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::worker::Worker;
use porchlight_practice::availability::Contract;
use porchlight_practice::id::{MembershipId, ProgrammeId};

use super::contract;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The form.
#[derive(Template)]
#[template(path = "availability/contract.html")]
pub(crate) struct ContractPage {
    pub page: Page,
    pub form: Form,
    pub back: String,
    pub name: String,
    pub now: Vec<String>,
}

impl ContractPage {
    pub(crate) fn of(
        page: Page,
        back: String,
        name: &str,
        (now, coming): (Option<Contract>, Option<Contract>),
        form: Form,
    ) -> ContractPage {
        let page = page.titled("availability-contract").focused(back.clone());
        ContractPage {
            now: contract(&page, now, coming),
            name: name.to_owned(),
            page: page.of_form(&form),
            back,
            form,
        }
    }
}

async fn found(web: &Web, who: &Who, id: ProgrammeId, worker: MembershipId) -> Result<Worker, Trouble> {
    let workers = web.app.workers(who.actor(), id).await?;
    let one = workers.into_iter().find(|one| one.membership == worker && one.role.is_peer());
    one.ok_or(Trouble::NotFound)
}

fn back(id: ProgrammeId, worker: MembershipId) -> String {
    format!("/programmes/{id}/workers/{worker}")
}

pub(crate) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, worker)): Path<(ProgrammeId, MembershipId)>,
) -> Result<Response, Trouble> {
    let one = found(&web, &who, id, worker).await?;
    let both = web.app.contract_of(who.actor(), id, one.account).await?;
    let form =
        Form::new().with("command", web.app.command_id().to_string()).with("day", page.today().to_string());
    ContractPage::of(page, back(id, worker), &one.name, both, form).show()
}

pub(crate) async fn set(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, worker)): Path<(ProgrammeId, MembershipId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let one = found(&web, &who, id, worker).await?;
    let day = form.date("day", "availability-error-day");
    let hours = form.text("hours").and_then(|text| text.replace(',', ".").parse::<f64>().ok());
    let minutes =
        hours.filter(|hours| (0.0..=168.0).contains(hours)).map(|hours| (hours * 60.0).round() as u32);
    if minutes.is_none() {
        form.wrong("hours", "availability-error-hours");
    }
    if let (Some(from), Some(minutes)) = (day, minutes)
        && let Ok(new) = Contract::new(from, minutes)
    {
        web.app.set_contract(who.actor(), command(&web, &form), id, one.account, new).await?;
        return Ok(done(&web.shell, &back(id, worker), "flash-saved"));
    }
    let both = web.app.contract_of(who.actor(), id, one.account).await?;
    ContractPage::of(page, back(id, worker), &one.name, both, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
