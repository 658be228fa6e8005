//! A programme's name and choices, and changing them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::Error;
use porchlight_app::programme::ProgrammeView;
use porchlight_practice::id::{CommandId, ProgrammeId};
use porchlight_practice::pack::Settings;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::programme::setting::{AskedGroup, asked, chosen, holding, said, tell_fault};
use crate::programme::{home, manages, place};
use crate::site::{Web, Who, command};

/// A choice that somebody else changed while this form was open.
pub(crate) struct Clash {
    pub name: String,
    pub now: String,
    pub yours: String,
}

/// The programme's name and choices.
#[derive(Template)]
#[template(path = "programme/settings.html")]
pub(crate) struct SettingsPage {
    pub page: Page,
    pub form: Form,
    pub home: String,
    pub name: String,
    pub groups: Vec<AskedGroup>,
    pub clashes: Vec<Clash>,
    pub version: i64,
    pub command: String,
}

impl SettingsPage {
    pub(crate) fn of(
        page: Page,
        form: Form,
        view: &ProgrammeView,
        command: CommandId,
        place: &'static str,
    ) -> SettingsPage {
        let page = page.titled("programme-settings").focused(home(view.id)).under(place).of_form(&form);
        SettingsPage {
            groups: asked(&page, &view.rules),
            home: home(view.id),
            name: view.name.clone(),
            clashes: Vec::new(),
            version: view.version,
            command: command.to_string(),
            page,
            form,
        }
    }
}

pub(super) async fn settings(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let view = web.app.programme(who.actor(), id).await?;
    let form = holding(Form::new().with("name", view.name.clone()), &view.rules);
    SettingsPage::of(page, form, &view, web.app.command_id(), place(&who)).show()
}

pub(super) async fn change_settings(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let view = web.app.programme(who.actor(), id).await?;
    let command = command(&web, &form);
    let name = form.need("name", "programme-error-name");
    let settings = chosen(&page, &mut form, &view.rules);
    let version = form.value("version").parse().unwrap_or(0);
    if let (Some(name), true) = (name, form.is_right()) {
        let answer =
            web.app.change_programme(who.actor(), command, id, &name, settings.clone(), version).await;
        match answer {
            Ok(()) => return Ok(done(&web.shell, &home(id), "flash-saved")),
            Err(Error::Fault(fault)) => tell_fault(&page, &mut form, &view.rules, fault)?,
            Err(Error::Stale) => {
                let clashes = clashes(&page, &view, &name, &settings);
                let place = place(&who);
                let page = SettingsPage { clashes, ..SettingsPage::of(page, form, &view, command, place) };
                return page.show_as(StatusCode::CONFLICT);
            }
            Err(error) => return Err(error.into()),
        }
    }
    SettingsPage::of(page, form, &view, command, place(&who)).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Where what is saved now and what was typed here differ.
fn clashes(page: &Page, view: &ProgrammeView, name: &str, typed: &Settings) -> Vec<Clash> {
    let mut clashes = Vec::new();
    if view.name != name {
        let (now, yours) = (view.name.clone(), name.to_owned());
        clashes.push(Clash { name: page.t("programme-name"), now, yours });
    }
    for setting in &view.rules.open_settings {
        let yours = typed.get(&setting.id).unwrap_or(&setting.default);
        if yours != setting.value() {
            clashes.push(Clash {
                name: page.text(&setting.name),
                now: said(page, setting, setting.value()),
                yours: said(page, setting, yours),
            });
        }
    }
    clashes
}
