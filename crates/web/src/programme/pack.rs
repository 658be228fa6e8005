//! The versions of the pack that a programme adopted, and adopting another.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::programme::ProgrammeView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, ProgrammeId};
use porchlight_practice::pack::{Difference, How, Part};

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::programme::{home, manages, place};
use crate::site::{Web, Who, command};

/// One adoption, in words.
pub(crate) struct AdoptionLine {
    pub version: String,
    pub when: String,
    pub by: String,
    /// Whether it is the one in force today.
    pub now: bool,
    /// Whether its day is yet to come.
    pub ahead: bool,
}

/// One kind of entry that the newer version changes: its heading, and each entry with how it differs.
pub(crate) struct Changes {
    pub heading: String,
    /// What became of it, the tone of that label, and its name.
    pub entries: Vec<(String, &'static str, String)>,
}

impl Changes {
    fn all(page: &Page, differences: &[Difference]) -> Vec<Changes> {
        let of = |part: Part| {
            let entries: Vec<_> = differences
                .iter()
                .filter(|difference| difference.part == part)
                .map(|difference| {
                    let (key, tone) = match difference.how {
                        How::New => ("programme-change-new", "ok"),
                        How::Changed => ("programme-change-changed", "info"),
                        How::Gone => ("programme-change-gone", "warn"),
                    };
                    (page.t(key), tone, page.text(&difference.name))
                })
                .collect();
            let heading = page.t(&format!("programme-part-{}", part.as_str()));
            (!entries.is_empty()).then_some(Changes { heading, entries })
        };
        Part::ALL.into_iter().filter_map(of).collect()
    }
}

/// The versions a programme adopted, and the one it could.
#[derive(Template)]
#[template(path = "programme/pack.html")]
pub(crate) struct PackPage {
    pub page: Page,
    pub form: Form,
    pub home: String,
    pub name: String,
    pub version: String,
    pub newer: String,
    /// What the newer one changes, kind by kind.
    pub changes: Vec<Changes>,
    pub adoptions: Vec<AdoptionLine>,
    pub command: String,
}

impl PackPage {
    pub(crate) fn of(
        page: Page,
        form: Form,
        view: &ProgrammeView,
        command: CommandId,
        place: &'static str,
    ) -> PackPage {
        let page = page.titled("programme-pack").under(place).of_form(&form);
        let today = view.rules.on;
        let now = view.adoptions.iter().position(|adoption| adoption.from <= today);
        let adoptions = view
            .adoptions
            .iter()
            .enumerate()
            .map(|(at, adoption)| AdoptionLine {
                version: adoption.version.clone(),
                when: page.date(adoption.from),
                by: adoption.by.clone(),
                now: Some(at) == now,
                ahead: adoption.from > today,
            })
            .collect();
        PackPage {
            home: home(view.id),
            name: view.name.clone(),
            version: view.rules.version.clone(),
            newer: view.newer.as_ref().map(|newer| newer.version.clone()).unwrap_or_default(),
            changes: view
                .newer
                .as_ref()
                .map(|newer| Changes::all(&page, &newer.differences))
                .unwrap_or_default(),
            adoptions,
            command: command.to_string(),
            page,
            form,
        }
    }
}

pub(super) async fn pack(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let view = web.app.programme(who.actor(), id).await?;
    let form = Form::new().with("from", view.rules.on.to_string());
    PackPage::of(page, form, &view, web.app.command_id(), place(&who)).show()
}

pub(super) async fn adopt_pack(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let command = command(&web, &form);
    if let Some(from) = form.date("from", "programme-error-from") {
        match web.app.adopt_pack(who.actor(), command, id, from).await {
            Ok(()) => return Ok(done(&web.shell, &format!("{}/pack", home(id)), "flash-programme-adopted")),
            Err(Error::Fault(Fault::Unknown("from"))) => form.wrong("from", "programme-error-from"),
            Err(error) => return Err(error.into()),
        }
    }
    let view = web.app.programme(who.actor(), id).await?;
    PackPage::of(page, form, &view, command, place(&who)).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
