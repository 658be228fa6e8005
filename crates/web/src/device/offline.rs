//! The page of what is on a phone, which the phone itself keeps, and the script that answers with it when the server can't be
//! reached. Neither holds anything of anybody.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::assets;
use crate::error::Trouble;
use crate::page::{Page, Show};

/// What is on this phone.
#[derive(Template)]
#[template(path = "device/offline.html")]
pub(crate) struct Offline {
    pub page: Page,
}

pub(super) async fn show(mut page: Page) -> Result<Response, Trouble> {
    // The phone keeps this page as it is: with nobody's name in it.
    page.visitor = None;
    page.flash = None;
    Offline { page: page.titled("device-offline") }.show()
}

pub(super) async fn worker() -> Response {
    let headers = [
        ("content-type", "text/javascript; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("service-worker-allowed", "/"),
    ];
    (headers, assets::text("device-worker.js")).into_response()
}
