//! What a person sees of reports about them: only those that a human being has told them of. It names nobody who reported.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::safety::OwnReport;

use super::kind_name;
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One report.
pub(crate) struct Line {
    kind: String,
    when: String,
    told: String,
    taken: String,
    read: String,
    closed: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "safety/mine.html")]
pub(crate) struct AboutMe {
    page: Page,
    reports: Vec<Line>,
}

impl AboutMe {
    pub(crate) fn of(page: Page, reports: &[OwnReport]) -> AboutMe {
        let page = page.titled("safety-mine-title");
        let line = |report: &OwnReport| Line {
            kind: kind_name(&page, report.kind),
            when: page.t1("safety-mine-when", "when", page.moment(report.sent)),
            told: match &report.told {
                Some((at, by)) => page.t2("safety-mine-told", "name", by, "when", page.moment(*at)),
                None => String::new(),
            },
            taken: match report.taken_by.as_str() {
                "" => String::new(),
                name => page.t1("safety-mine-taken", "name", name),
            },
            read: match report.read_by.is_empty() {
                true => String::new(),
                false => page.t1("safety-mine-read", "names", page.list(&report.read_by)),
            },
            closed: report.closed,
        };
        let reports = reports.iter().map(line).collect();
        AboutMe { reports, page }
    }
}

pub(super) async fn mine(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let reports = web.app.reports_about_me(who.actor()).await?;
    AboutMe::of(page, &reports).show()
}
