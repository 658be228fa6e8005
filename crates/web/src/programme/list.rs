//! Every programme of the agency.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_practice::pack::PackId;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::programme::{home, manages};
use crate::site::{Web, Who};

/// A programme in the list.
pub(crate) struct ProgrammeRow {
    pub href: String,
    pub name: String,
    pub pack: String,
}

/// The programmes of the agency.
#[derive(Template)]
#[template(path = "programme/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub programmes: Vec<ProgrammeRow>,
}

pub(super) async fn list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    if who.actor().programme().is_some() {
        return Ok(Redirect::to("/programme").into_response());
    }
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let lines = web.app.programmes(who.actor()).await?;
    let programmes = lines
        .into_iter()
        .map(|line| ProgrammeRow {
            href: home(line.id),
            name: line.name,
            pack: pack_name(&page, &web, &PackId(line.pack)),
        })
        .collect();
    ListPage { page: page.titled("programme-list"), programmes }.show()
}

fn pack_name(page: &Page, web: &Web, id: &PackId) -> String {
    web.app.library().get(id).map_or_else(|| id.to_string(), |pack| page.text(&pack.name))
}
