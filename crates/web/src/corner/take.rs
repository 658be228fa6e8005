//! Taking it along as one sealed file.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::{HOME, Mine, stays_open};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::Web;

/// What the file is, and how it opens.
#[derive(Template)]
#[template(path = "corner/take.html")]
pub(crate) struct Take {
    pub page: Page,
}

impl Take {
    pub(crate) fn of(page: Page) -> Take {
        Take { page: page.titled("corner-take").focused(HOME).under(HOME) }
    }
}

pub(super) async fn show(page: Page, mine: Mine, State(web): State<Web>) -> Result<Response, Trouble> {
    stays_open(&web, &mine.open, Take::of(page).show()?)
}

pub(super) async fn file(mine: Mine, State(web): State<Web>) -> Result<Response, Trouble> {
    let file = web.app.corner_file(&mine.open).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mine.sealed\""),
    ];
    stays_open(&web, &mine.open, (headers, file).into_response())
}
