//! How much energy there is, from 0 to 10, as a line with one's own words. It is shown to nobody and adds up to nothing.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::corner::OpenCorner;
use porchlight_app::{Error, Fault};
use porchlight_practice::corner::{Corner, Energy};
use porchlight_practice::goal::Ten;
use porchlight_practice::id::EnergyId;

use super::lock::Shut;
use super::{AtTheDoor, HOME, Mine, stays_open};
use crate::chart;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::Web;

/// Where it lies.
pub(super) const ADDRESS: &str = "/mine/energy";
/// How many of the last looks are drawn and listed.
const SHOWN: usize = 60;

/// One look, in words.
pub(crate) struct EnergyLine {
    pub id: EnergyId,
    pub step: String,
    pub when: String,
    pub words: String,
}

/// The line, and one more look.
#[derive(Template)]
#[template(path = "corner/energy.html")]
pub(crate) struct EnergyPage {
    pub page: Page,
    pub form: Form,
    /// The id that this look will have.
    pub id: String,
    pub chart: Option<chart::Line>,
    pub chart_text: String,
    pub lines: Vec<EnergyLine>,
}

impl EnergyPage {
    pub(crate) fn of(page: Page, corner: &Corner, form: Form, id: String) -> EnergyPage {
        let page = page.titled("corner-energy").focused(HOME).under(HOME).of_form(&form);
        let energy = corner.energy();
        let shown = &energy[energy.len().saturating_sub(SHOWN)..];
        let day = |energy: &Energy| energy.at.to_zoned(page.zone()).date();
        let numbers: Vec<_> = shown.iter().map(|energy| (day(energy), energy.step.into())).collect();
        let of_ten = |energy: &Energy| page.t1("goal-of-ten", "number", u32::from(u8::from(energy.step)));
        let on = |energy: &Energy| {
            page.t2("goal-chart-on", "number", of_ten(energy), "day", page.date(day(energy)))
        };
        let chart_text = match (shown.first(), shown.last()) {
            (Some(first), Some(last)) => page.t2("goal-chart", "from", on(first), "to", on(last)),
            _ => String::new(),
        };
        let line = |energy: &Energy| EnergyLine {
            id: energy.id,
            step: of_ten(energy),
            when: page.moment(energy.at),
            words: energy.words.clone(),
        };
        EnergyPage {
            chart: chart::Line::of(&numbers, |day| page.short_day(day)),
            chart_text,
            lines: shown.iter().rev().map(line).collect(),
            id,
            form,
            page,
        }
    }
}

async fn page_of(page: Page, web: &Web, open: &OpenCorner, form: Form) -> Result<EnergyPage, Trouble> {
    let corner = web.app.corner(open).await?;
    let id = form.text("id").unwrap_or_else(|| web.app.command_id().to_string());
    Ok(EnergyPage::of(page, &corner, form, id))
}

pub(super) async fn show(page: Page, mine: Mine, State(web): State<Web>) -> Result<Response, Trouble> {
    let page = page_of(page, &web, &mine.open, Form::new()).await?;
    stays_open(&web, &mine.open, page.show()?)
}

pub(super) async fn feel(
    page: Page,
    AtTheDoor { open, .. }: AtTheDoor,
    State(web): State<Web>,
    form: Form,
) -> Result<Response, Trouble> {
    let Some(open) = open else { return Shut::with(page, ADDRESS, &form) };
    keep(page, &web, &open, form).await
}

/// Keeps a look, and shows the line.
pub(super) async fn keep(
    page: Page,
    web: &Web,
    open: &OpenCorner,
    mut form: Form,
) -> Result<Response, Trouble> {
    let step = form.read::<Ten>("step", "corner-error-step");
    if let (Some(step), true) = (step, form.is_right()) {
        let id = form.value("id").parse().unwrap_or_else(|_| EnergyId(web.app.command_id().0));
        match web.app.feel(open, id, step, form.value("words")).await {
            Ok(()) => return stays_open(web, open, done(&web.shell, ADDRESS, "flash-corner-kept")),
            Err(Error::Fault(Fault::Corner(_))) => form.wrong("words", "corner-error-full"),
            Err(error) => return Err(error.into()),
        }
    }
    let page = page_of(page, web, open, form).await?;
    stays_open(web, open, page.show_as(StatusCode::UNPROCESSABLE_ENTITY)?)
}

pub(super) async fn unfeel(
    page: Page,
    AtTheDoor { open, .. }: AtTheDoor,
    State(web): State<Web>,
    form: Form,
) -> Result<Response, Trouble> {
    let Some(open) = open else { return Shut::with(page, ADDRESS, &Form::new()) };
    let id = form.value("id").parse().map_err(|_| Trouble::NotFound)?;
    web.app.unfeel(&open, id).await?;
    stays_open(&web, &open, done(&web.shell, ADDRESS, "flash-corner-gone"))
}
