//! A person's yes to a supervisor sitting in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use porchlight_app::supervision::YesView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{AccountId, CommandId, PersonId, SittingInId};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// A yes that stands.
pub(crate) struct Yes {
    pub id: SittingInId,
    pub sentence: String,
    pub may_take_back: bool,
    pub command: CommandId,
}

/// The yeses as they are read, those that can be taken back first.
pub(crate) fn yeses(
    page: &Page,
    all: &[YesView],
    today: Date,
    mut fresh: impl FnMut() -> CommandId,
) -> Vec<Yes> {
    let key = |yes: &YesView| match (yes.taken_back, yes.used) {
        (true, _) => "supervision-yes-taken-back",
        (false, true) => "supervision-yes-used",
        (false, false) => "supervision-yes-stands",
    };
    let mut lines: Vec<Yes> = all
        .iter()
        .map(|yes| Yes {
            id: yes.id,
            sentence: page.t3(
                key(yes),
                "supervisor",
                &yes.supervisor,
                "worker",
                &yes.worker,
                "day",
                page.date(yes.day),
            ),
            may_take_back: !yes.taken_back && !yes.used && yes.day >= today,
            command: fresh(),
        })
        .collect();
    lines.sort_by_key(|line| !line.may_take_back);
    lines
}

/// The page of whoever walks with the person.
#[derive(Template)]
#[template(path = "supervision/sitting_in.html")]
pub(crate) struct SittingInPage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub up: String,
    pub called: String,
    pub supervisors: Vec<Choice>,
    pub yeses: Vec<Yes>,
}

impl SittingInPage {
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn of(
        page: Page,
        person: PersonId,
        called: &str,
        all: &[YesView],
        supervisors: &[(AccountId, String)],
        today: Date,
        form: Form,
        fresh: impl FnMut() -> CommandId,
    ) -> SittingInPage {
        let up = format!("/people/{person}");
        let page = page.titled("supervision-sitting-in").focused(up.clone()).under("/people");
        SittingInPage {
            yeses: yeses(&page, all, today, fresh),
            here: format!("{up}/sitting-in"),
            up,
            called: called.to_owned(),
            supervisors: supervisors.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
            page: page.of_form(&form),
            form,
        }
    }
}

async fn show_with(
    page: Page,
    web: &Web,
    who: &Who,
    person: PersonId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let (called, all, supervisors, today) = web.app.sitting_in(who.actor(), person).await?;
    let fresh = || web.app.command_id();
    SittingInPage::of(page, person, &called, &all, &supervisors, today, form, fresh).show_as(status)
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    let form = Form::new().with("command", web.app.command_id().to_string());
    show_with(page, &web, &who, person, form, StatusCode::OK).await
}

pub(super) async fn say_yes(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let supervisor = form.read::<AccountId>("supervisor", "supervision-error-who");
    let day = form.date("day", "supervision-error-day");
    if !form.has("said_yes", "yes") {
        form.wrong("said_yes", "supervision-error-said-yes");
    }
    if let (Some(supervisor), Some(day), true) = (supervisor, day, form.is_right()) {
        let command = command(&web, &form);
        match web.app.say_yes_to_sitting_in(who.actor(), command, person, supervisor, day).await {
            Ok(_) => {
                let to = format!("/people/{person}/sitting-in");
                return Ok(done(&web.shell, &to, "flash-supervision-yes"));
            }
            Err(Error::Fault(Fault::Unknown("day"))) => form.wrong("day", "supervision-error-asked-first"),
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("supervisor", "supervision-error-who"),
            Err(error) => return Err(error.into()),
        }
    }
    show_with(page, &web, &who, person, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn back(
    web: &Web,
    who: &Who,
    person: PersonId,
    id: SittingInId,
    command: CommandId,
    to: &str,
) -> Result<Response, Trouble> {
    match web.app.take_back_sitting_in(who.actor(), command, person, id).await {
        Ok(()) => Ok(done(&web.shell, to, "flash-supervision-no")),
        Err(Error::Stale) => Ok(done(&web.shell, to, "flash-supervision-yes-over")),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn take_back(
    State(web): State<Web>,
    who: Who,
    Path((person, id)): Path<(PersonId, SittingInId)>,
    form: Form,
) -> Result<Response, Trouble> {
    back(&web, &who, person, id, command(&web, &form), &format!("/people/{person}/sitting-in")).await
}

pub(super) async fn take_back_own(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SittingInId>,
    form: Form,
) -> Result<Response, Trouble> {
    back(&web, &who, crate::me::own(&who)?, id, command(&web, &form), "/me/choices").await
}
