//! Measures: whose they are, what their licence lets a programme do, and the permission on file.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::permission::MeasureView;
use porchlight_app::programme::ProgrammeView;
use porchlight_app::{Error, Fault};
use porchlight_practice::Role;
use porchlight_practice::id::ProgrammeId;
use porchlight_practice::pack::{Licence, Permission};

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::programme::{home, place};
use crate::site::{Web, Who, command};

/// One measure, in words.
pub(crate) struct MeasureLine {
    id: String,
    name: String,
    terms: String,
    standing: String,
    tone: &'static str,
    note: String,
    /// What is on file, in sentences.
    on_file: Vec<String>,
    asks: bool,
    command: String,
}

/// The measures of a programme.
#[derive(Template)]
#[template(path = "programme/measures.html")]
pub(crate) struct Measures {
    page: Page,
    form: Form,
    home: String,
    name: String,
    lines: Vec<MeasureLine>,
}

impl Measures {
    pub(crate) fn of(
        page: Page,
        form: Form,
        view: &ProgrammeView,
        measures: &[MeasureView],
        place: &'static str,
        command: impl Fn() -> String,
    ) -> Measures {
        let page = page.titled("programme-measures").under(place).of_form(&form);
        let line = |known: &MeasureView| {
            let (measure, asks) = (&known.measure, known.measure.licence == Licence::Ask);
            let (key, tone) = match (measure.clinical, asks, &known.permission, known.in_force) {
                (true, ..) => ("programme-measure-never", ""),
                (_, false, ..) => ("programme-measure-free", "ok"),
                (_, _, Some(_), true) => ("programme-measure-permitted", "ok"),
                (_, _, Some(_), false) => ("programme-measure-lapsed", "warn"),
                _ => ("programme-measure-asks", "warn"),
            };
            let note = match (measure.clinical, known.has_questions) {
                (true, _) => String::new(),
                (_, true) => page.t("programme-measure-here"),
                (_, false) => page.t("programme-measure-absent"),
            };
            let on_file = known.permission.iter().flat_map(|given| {
                let on = page.date(given.on);
                let until =
                    given.until.map(|until| page.t1("programme-measure-until", "day", page.date(until)));
                [
                    Some(page.t2("programme-measure-given", "name", &given.given_by, "day", on)),
                    until,
                    Some(page.t1("programme-measure-kept", "place", &given.kept)),
                ]
            });
            MeasureLine {
                id: measure.id.clone(),
                name: page.text(&measure.name),
                terms: page.text(&measure.terms),
                standing: page.t(key),
                tone,
                note,
                on_file: on_file.flatten().collect(),
                asks: asks && !measure.clinical,
                command: command(),
            }
        };
        Measures {
            home: home(view.id),
            name: view.name.clone(),
            lines: measures.iter().map(line).collect(),
            page,
            form,
        }
    }
}

async fn shown(page: Page, web: &Web, who: &Who, id: ProgrammeId, form: Form) -> Result<Measures, Trouble> {
    // The page is a form, for whoever can send it.
    if who.actor().role() != Role::ProgrammeAdmin {
        return Err(Trouble::NotFound);
    }
    let view = web.app.programme(who.actor(), id).await?;
    let measures = web.app.measures(who.actor(), id).await?;
    Ok(Measures::of(page, form, &view, &measures, place(who), || web.app.command_id().to_string()))
}

pub(super) async fn measures(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    shown(page, &web, &who, id, Form::new()).await?.show()
}

pub(super) async fn record(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ProgrammeId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let (command, measure) = (command(&web, &form), form.value("measure").to_owned());
    let given = match form.value("do") {
        "remove" => None,
        _ => {
            let given_by = form.need(&format!("given_by-{measure}"), "programme-measure-error-by");
            let on = form.date(&format!("on-{measure}"), "programme-measure-error-on");
            let until = form.read_if_there(&format!("until-{measure}"), "programme-measure-error-until");
            let kept = form.need(&format!("kept-{measure}"), "programme-measure-error-kept");
            let (Some(given_by), Some(on), Some(kept), true) = (given_by, on, kept, form.is_right()) else {
                return shown(page, &web, &who, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY);
            };
            Some(Permission { given_by, on, until, kept })
        }
    };
    let flash = if given.is_some() { "flash-permission-kept" } else { "flash-permission-gone" };
    match web.app.record_permission(who.actor(), command, id, &measure, given).await {
        Ok(()) => Ok(done(&web.shell, &format!("{}/measures", home(id)), flash)),
        Err(Error::Fault(fault @ (Fault::Unknown("until") | Fault::TooLong(_)))) => {
            let long = matches!(fault, Fault::TooLong(_));
            let (field, key) = match long {
                true => ("kept", "programme-measure-error-long"),
                false => ("until", "programme-measure-error-until"),
            };
            form.wrong(&format!("{field}-{measure}"), key);
            shown(page, &web, &who, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}
