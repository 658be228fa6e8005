//! One's own phones, and setting this one up.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use porchlight_app::device::DeviceLine;
use porchlight_practice::id::DeviceId;
use serde::Serialize;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One's own phones.
#[derive(Template)]
#[template(path = "device/show.html")]
pub(crate) struct Devices {
    pub page: Page,
    /// Names the account and the programme, for which a phone is set up.
    pub seat: String,
    /// For how many days a phone keeps what can be read.
    pub days: u32,
    pub devices: Vec<DeviceLine>,
    pub command: String,
}

/// The days for whoever works in no programme.
const USUAL_DAYS: u32 = 7;

fn days(who: &Who) -> u32 {
    who.rules.as_ref().map_or(USUAL_DAYS, |rules| rules.phone_copy_days)
}

pub(super) async fn show(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let devices = web.app.devices(who.actor()).await?;
    let seat = page.visitor.as_ref().map(|visitor| visitor.seat.clone()).unwrap_or_default();
    let command = web.app.command_id().to_string();
    Devices { page: page.titled("device-title"), seat, days: days(&who), devices, command }.show()
}

/// What a phone keeps of itself.
#[derive(Serialize)]
struct Made {
    id: DeviceId,
    seat: String,
    secret: String,
    /// The server's public half, in base64.
    key: String,
    days: u32,
}

pub(super) async fn make(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let new = web.app.make_device(who.actor(), web.app.command_id()).await?;
    let made = Made {
        id: new.id,
        seat: page.visitor.as_ref().map(|visitor| visitor.seat.clone()).unwrap_or_default(),
        secret: new.secret.expose().to_owned(),
        key: new.key,
        days: days(&who),
    };
    Ok(axum::Json(made).into_response())
}

/// The pages to keep.
#[derive(Serialize)]
struct Pages {
    pages: Vec<String>,
}

pub(super) async fn pages(State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let pages = web.app.pages_to_carry(who.actor()).await?;
    Ok(axum::Json(Pages { pages }).into_response())
}

pub(super) async fn end(
    State(web): State<Web>,
    who: Who,
    Path(device): Path<DeviceId>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.end_device(who.actor(), command(&web, &form), device).await {
        // Ended already is what was asked for.
        Ok(()) | Err(porchlight_app::Error::NotFound) => {
            Ok(done(&web.shell, "/device", "flash-device-ended"))
        }
        Err(error) => Err(error.into()),
    }
}
