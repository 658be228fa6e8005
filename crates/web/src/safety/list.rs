//! The reports that are open to the reader.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::safety::{SafetyLine, SafetyList};

use super::kind_name;
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One report.
pub(crate) struct Line {
    href: String,
    tone: &'static str,
    title: String,
    note: String,
    tag: String,
    tag_tone: &'static str,
}

/// The page.
#[derive(Template)]
#[template(path = "safety/list.html")]
pub(crate) struct Reports {
    page: Page,
    open: Vec<Line>,
    closed: Vec<Line>,
    is_on: bool,
    /// Test calls that wait for the reader.
    tests: Vec<String>,
}

impl Reports {
    pub(crate) fn of(page: Page, list: &SafetyList, tests: Vec<String>) -> Reports {
        let page = page.titled("safety-list-title").under("/tell-someone");
        let line = |line: &SafetyLine| {
            let (tag, tag_tone) = match line.standing.as_str() {
                "closed" => (page.t("safety-tag-closed"), ""),
                "taken" => (page.t1("safety-tag-taken", "name", &line.holder), "ok"),
                _ => (page.t("safety-tag-waiting"), "bad"),
            };
            let kind = kind_name(&page, line.kind);
            Line {
                href: format!("/safety/{}", line.id),
                tone: if line.standing == "waiting" || line.standing == "handed_on" { "clay" } else { "" },
                title: if line.practice { page.t("safety-practice") } else { kind },
                note: match line.own {
                    true => page.t1("safety-by-you", "when", page.moment(line.sent)),
                    false => page.t2("safety-by", "name", &line.reporter, "when", page.moment(line.sent)),
                },
                tag,
                tag_tone,
            }
        };
        Reports {
            open: list.open.iter().map(line).collect(),
            closed: list.closed.iter().map(line).collect(),
            is_on: list.is_on,
            tests,
            page,
        }
    }
}

pub(super) async fn list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let list = web.app.safety_list(who.actor()).await?;
    let waiting = web.app.waiting_for(who.actor()).await?;
    let tests = waiting.tests.into_iter().map(|run| format!("/ladder/test/{run}")).collect();
    Reports::of(page, &list, tests).show()
}
