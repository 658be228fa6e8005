//! My plans: everything that is one's own, and who can see it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::document::{DocumentLine, Papers};

use crate::error::Trouble;
use crate::me::own;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One of the papers.
pub(crate) struct Line {
    pub address: String,
    pub icon: String,
    pub name: String,
    pub note: String,
    pub tag: String,
}

impl Line {
    pub(crate) fn of(page: &Page, line: &DocumentLine) -> Line {
        let day = page.near(line.changed.to_zoned(page.zone()).date());
        let tag = match line.readers {
            0 => page.t("document-only-you"),
            readers => page.t1("document-readers", "count", readers),
        };
        Line {
            address: format!("/plans/{}", line.id),
            icon: line.tool.icon.clone(),
            name: page.text(&line.tool.name),
            note: match &line.again {
                Some(again) => page.t1("document-again", "day", page.date(again.day)),
                None => page.t1("document-changed", "day", day),
            },
            tag,
        }
    }
}

/// My plans.
#[derive(Template)]
#[template(path = "document/list.html")]
pub(crate) struct List {
    pub page: Page,
    pub papers: Vec<Line>,
    /// Who reads them too.
    pub read_too: String,
}

impl List {
    pub(crate) fn of(page: Page, all: &Papers) -> List {
        let read_too = crate::guardian::read_too(&page, all.read_too.as_ref());
        let papers = all.lines.iter().map(|line| Line::of(&page, line)).collect();
        List { page: page.titled("document-title"), papers, read_too }
    }
}

pub(super) async fn list(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let papers = web.app.documents(who.actor(), own(&who)?).await?;
    List::of(page, &papers).show()
}
