//! A paper on paper: letter size, with the day it was printed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::document::DocumentView;
use porchlight_practice::id::{AccountId, DocumentId};
use porchlight_practice::pack::Prints;
use uuid::Uuid;

use crate::document::sheet::file;
use crate::document::show::lead;
use crate::document::shown::{ShownSection, sections};
use crate::document::{address, place};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// The sections on letter-size paper, in large type when asked.
#[derive(Template)]
#[template(path = "document/paper.html")]
pub(crate) struct Paper {
    pub page: Page,
    pub back: String,
    pub called: String,
    pub lead: String,
    pub printed: String,
    pub notice: String,
    pub large: bool,
    /// Whether it can be had as a file too.
    pub file: bool,
    pub sections: Vec<ShownSection>,
}

impl Paper {
    pub(crate) fn of(page: Page, view: &mut DocumentView, large: bool, file: bool) -> Paper {
        view.writes.clear();
        // On paper nobody is "you".
        view.reader = AccountId(Uuid::nil());
        let mut page = page.under(place(view));
        page.title = page.text(&view.tool.name);
        Paper {
            back: address(view),
            called: view.called.clone(),
            lead: lead(&page, view),
            printed: page.t1("document-printed", "day", page.date(page.today())),
            notice: if view.own { String::new() } else { page.t1("document-notice", "name", &view.called) },
            large,
            file,
            sections: sections(&page, view, &view.document)
                .into_iter()
                .filter(|section| !section.answers.is_empty())
                .collect(),
            page,
        }
    }
}

pub(super) async fn paper(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    form: Form,
) -> Result<Response, Trouble> {
    let chosen = chosen(&form);
    read(page, &who, &web, id, chosen).await?.show()
}

pub(super) async fn pdf(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    form: Form,
) -> Result<Response, Trouble> {
    let chosen = chosen(&form);
    file(&web, read(page, &who, &web, id, chosen).await?.sheet()).await
}

/// Large type or not, as chosen for this sheet; none where all pages decide.
fn chosen(form: &Form) -> Option<bool> {
    match form.value("large") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

async fn read(
    page: Page,
    who: &Who,
    web: &Web,
    id: DocumentId,
    chosen: Option<bool>,
) -> Result<Paper, Trouble> {
    let mut view = web.app.document(who.actor(), id).await?;
    if view.tool.prints == Prints::No {
        return Err(Trouble::NotFound);
    }
    let large = chosen.unwrap_or(page.large);
    Ok(Paper::of(page, &mut view, large, web.press.is_some()))
}
