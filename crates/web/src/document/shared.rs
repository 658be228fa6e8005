//! What somebody opens to oneself: a closed door until they do, whether there is something behind it or not.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::document::DocumentLine;
use porchlight_app::person::PersonView;
use porchlight_app::{Action, Error, Fault};
use porchlight_practice::id::PersonId;

use crate::document::list::Line;
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::person::Named;
use crate::site::{Web, Who};

/// What is open to the reader.
#[derive(Template)]
#[template(path = "document/shared.html")]
pub(crate) struct Shared {
    pub page: Page,
    pub person: Named,
    pub papers: Vec<Line>,
    /// Whether one can begin something together: only with somebody who has no way to sign in.
    pub may_begin: bool,
}

impl Shared {
    pub(crate) fn of(page: Page, view: &PersonView, lines: &[DocumentLine], may_begin: bool) -> Shared {
        let page = page
            .titled_with("document-of", "name", &view.profile.called)
            .focused(format!("/people/{}", view.id));
        let papers = lines.iter().map(|line| {
            let tag = page.t(if line.may_write { "document-tag-write" } else { "document-tag-read" });
            Line { tag, ..Line::of(&page, line) }
        });
        Shared { papers: papers.collect(), person: Named::of(view), may_begin, page }
    }
}

pub(super) async fn list(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), person).await?;
    let lines = web.app.documents(who.actor(), person).await?;
    let may_begin = view.may(Action::DocumentStart)
        && match web.app.tools(who.actor(), person).await {
            Ok(_) => true,
            Err(Error::Fault(Fault::TheirsToSay)) => false,
            Err(error) => return Err(error.into()),
        };
    Shared::of(page, &view, &lines, may_begin).show()
}
