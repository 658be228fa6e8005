//! Handing a mutual-help group over to its members.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::group::GroupView;
use porchlight_app::{Error, Fault};
use porchlight_practice::group::{Kind, Step, Who as Whom};
use porchlight_practice::id::{CommandId, GroupId, PersonId};

use super::{HOME, words};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The page.
#[derive(Template)]
#[template(path = "group/hand_over.html")]
pub(crate) struct HandOverPage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub name: String,
    /// Members who lead.
    pub keepers: Vec<Choice>,
    /// Who was asked; empty when nobody.
    pub asked: String,
    pub asked_id: String,
    pub version: i64,
    pub commands: Vec<CommandId>,
}

impl HandOverPage {
    pub(crate) fn of(
        page: Page,
        view: &GroupView,
        form: Form,
        mut fresh: impl FnMut() -> CommandId,
    ) -> HandOverPage {
        let here = format!("{HOME}/{}", view.id);
        let page = page.titled("group-over-title").under(HOME).focused(here.clone()).of_form(&form);
        let keepers = view.leaders.iter().filter_map(|one| match (one.who, one.step) {
            (Whom::Member(id), Step::Lead) => Some(Choice::new(id.to_string(), one.name.clone())),
            _ => None,
        });
        let asked_id = match &view.group {
            porchlight_practice::group::Group::MutualHelp(group) => match group.stage {
                porchlight_practice::group::MutualHelpStage::Offered { to, .. } => to.to_string(),
                _ => String::new(),
            },
            _ => String::new(),
        };
        HandOverPage {
            here,
            name: view.group.name().to_owned(),
            keepers: keepers.collect(),
            asked: view.asked.clone().unwrap_or_default(),
            asked_id,
            version: view.version,
            commands: (0..3).map(|_| fresh()).collect(),
            page,
            form,
        }
    }
}

async fn show_with(
    page: Page,
    web: &Web,
    who: &Who,
    id: GroupId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let view = web.app.group(who.actor(), id).await?;
    if !view.may(Action::GroupHandOver) || view.group.kind() != Kind::MutualHelp || !view.group.meets() {
        return Err(Trouble::NotFound);
    }
    HandOverPage::of(page, &view, form, || web.app.command_id()).show_as(status)
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
) -> Result<Response, Trouble> {
    show_with(page, &web, &who, id, Form::new(), StatusCode::OK).await
}

fn version(form: &Form) -> i64 {
    form.value("version").parse().unwrap_or_default()
}

pub(super) async fn offer(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(to) = form.read::<PersonId>("keeper", "group-error-keeper") {
        let command = command(&web, &form);
        match web.app.offer_group(who.actor(), command, id, to, version(&form)).await {
            Ok(()) => {
                return Ok(done(&web.shell, &format!("{HOME}/{id}/hand-over"), "flash-group-offered"));
            }
            Err(Error::Fault(Fault::Group(fault))) => form.wrong("keeper", words::fault(fault)),
            Err(Error::Stale) => form.wrong("keeper", "flash-group-stale"),
            Err(error) => return Err(error.into()),
        }
    }
    show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(super) async fn back(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.withdraw_group(who.actor(), command(&web, &form), id, version(&form)).await {
        Ok(()) => Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-group-not-offered")),
        Err(Error::Fault(Fault::Group(_)) | Error::Stale) => {
            Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-group-stale"))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn beside(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let keeper = form.read::<PersonId>("keeper", "group-error-keeper");
    let listed = form.choose("listed", "group-error-listed", |text| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    if let (Some(keeper), Some(listed)) = (keeper, listed) {
        match web.app.hand_over_beside(who.actor(), command(&web, &form), id, keeper, listed).await {
            Ok(()) => return Ok(done(&web.shell, HOME, "flash-group-handed-over")),
            Err(Error::Fault(Fault::TheirsToSay)) => form.wrong("listed", "group-error-theirs"),
            Err(Error::Fault(Fault::Group(fault))) => form.wrong("listed", words::fault(fault)),
            Err(error) => return Err(error.into()),
        }
    }
    show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}
