//! How a paper read earlier, and bringing that back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use porchlight_app::document::DocumentView;
use porchlight_practice::id::DocumentId;

use crate::document::shown::{ShownSection, sections};
use crate::error::Trouble;
use crate::form::Form;
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// An earlier version in the list.
pub(crate) struct Version {
    pub address: String,
    pub when: String,
    pub who: String,
}

/// Every version.
#[derive(Template)]
#[template(path = "document/versions.html")]
pub(crate) struct Versions {
    pub page: Page,
    pub id: DocumentId,
    pub tool: String,
    pub versions: Vec<Version>,
}

impl Versions {
    pub(crate) fn of(page: Page, view: &DocumentView) -> Versions {
        let tool = page.text(&view.tool.name);
        let page = page
            .titled_with("document-versions-title", "tool", &tool)
            .focused(format!("/plans/{}", view.id))
            .under("/plans");
        let versions = view.document.versions().into_iter().map(|at| {
            let then = view.document.as_of(at);
            let last = then.revisions().last().and_then(|last| view.writers.get(&last.by));
            Version {
                address: format!("/plans/{}/versions/{}", view.id, at.as_microsecond()),
                when: page.moment(at),
                who: last.cloned().unwrap_or_default(),
            }
        });
        Versions { id: view.id, tool, versions: versions.collect(), page }
    }
}

/// One earlier version.
#[derive(Template)]
#[template(path = "document/version.html")]
pub(crate) struct OneVersion {
    pub page: Page,
    pub address: String,
    pub back: String,
    pub sections: Vec<ShownSection>,
    pub command: String,
}

impl OneVersion {
    pub(crate) fn of(page: Page, view: &mut DocumentView, at: Timestamp, command: String) -> OneVersion {
        view.writes.clear();
        let back = format!("/plans/{}/versions", view.id);
        let moment = page.moment(at);
        let page = page
            .titled_with("document-version-title", "moment", moment)
            .focused(back.clone())
            .under("/plans");
        OneVersion {
            sections: sections(&page, view, &view.document.as_of(at)),
            address: format!("/plans/{}/versions/{}", view.id, at.as_microsecond()),
            back,
            command,
            page,
        }
    }
}

pub(super) async fn list(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
) -> Result<Response, Trouble> {
    own(&who)?;
    let view = web.app.document_versions(who.actor(), id).await?;
    Versions::of(page, &view).show()
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((id, at)): Path<(DocumentId, i64)>,
) -> Result<Response, Trouble> {
    own(&who)?;
    let at = Timestamp::from_microsecond(at).map_err(|_| Trouble::NotFound)?;
    let mut view = web.app.document_versions(who.actor(), id).await?;
    OneVersion::of(page, &mut view, at, web.app.command_id().to_string()).show()
}

pub(super) async fn bring_back(
    who: Who,
    State(web): State<Web>,
    Path((id, at)): Path<(DocumentId, i64)>,
    form: Form,
) -> Result<Response, Trouble> {
    let at = Timestamp::from_microsecond(at).map_err(|_| Trouble::NotFound)?;
    web.app.bring_back(who.actor(), command(&web, &form), id, at).await?;
    Ok(done(&web.shell, &format!("/plans/{id}"), "flash-plan-back"))
}
