//! What somebody opens to oneself: a closed door until they do, whether there is something behind it or not.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::document::Papers;
use porchlight_practice::Role;
use porchlight_practice::id::{DocumentId, PersonId};

use crate::document::list::Line;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// What is open to the reader.
#[derive(Template)]
#[template(path = "document/shared.html")]
pub(crate) struct Shared {
    pub page: Page,
    pub id: PersonId,
    pub called: String,
    /// Where the way up leads, and what it is called.
    pub up: (String, String),
    pub papers: Vec<Line>,
    /// What was written together before, and is closed until they meet again.
    pub closed: Vec<Closed>,
    /// Whether one can begin something together: only with somebody who has no way to sign in.
    pub may_begin: bool,
}

/// A paper that can be opened again at the person's side.
pub(crate) struct Closed {
    pub id: DocumentId,
    pub name: String,
    pub command: String,
}

impl Shared {
    pub(crate) fn of(page: Page, id: PersonId, papers: Papers, command: impl Fn() -> String) -> Shared {
        let guardian = page.visitor.as_ref().is_some_and(|visitor| visitor.role == Role::Supporter);
        let up = if guardian {
            ("/young".to_owned(), papers.called.clone())
        } else if papers.opens_record {
            (format!("/people/{id}"), papers.called.clone())
        } else {
            ("/people".to_owned(), page.heading("people"))
        };
        let page = page.titled_with("document-of", "name", &papers.called).focused(up.0.clone());
        let lines = papers.lines.iter().map(|line| {
            let tag = page.t(if line.may_write { "document-tag-write" } else { "document-tag-read" });
            Line { tag, ..Line::of(&page, line) }
        });
        let closed = papers.closed.iter().map(|(id, tool)| Closed {
            id: *id,
            name: page.text(&tool.name),
            command: command(),
        });
        let closed = closed.collect();
        Shared {
            papers: lines.collect(),
            closed,
            called: papers.called,
            may_begin: papers.may_begin,
            id,
            up,
            page,
        }
    }
}

pub(super) async fn list(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    let papers = web.app.documents(who.actor(), person).await?;
    // Whoever may not even know of this person finds nothing.
    if papers.called.is_empty() {
        return Err(Trouble::NotFound);
    }
    Shared::of(page, person, papers, || web.app.command_id().to_string()).show()
}

pub(super) async fn open_together(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.open_together(who.actor(), command(&web, &form), id).await?;
    Ok(done(&web.shell, &format!("/plans/{id}"), "flash-plan-together"))
}
