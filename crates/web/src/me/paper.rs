//! One visit on paper, with room to write.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_practice::id::ContactId;

use crate::error::Trouble;
use crate::me::visit::NoteRead;
use crate::me::{first, own};
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One visit on paper, with room to write.
#[derive(Template)]
#[template(path = "me/paper.html")]
pub(crate) struct Paper {
    pub page: Page,
    pub note: NoteRead,
    pub called: String,
}

pub(super) async fn paper(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    own(&who)?;
    let view = web.app.note(who.actor(), id).await?;
    let called = view.person_name.clone();
    let note = NoteRead::of(&page, who.rules()?, view);
    Paper { page: page.titled_with("me-visit-title", "name", first(&note.with)), note, called }.show()
}
