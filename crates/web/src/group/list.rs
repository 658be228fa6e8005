//! The groups of the programme, and which of them one led.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::group::{GroupLine, Led};
use porchlight_practice::group::Group;

use super::words::{self, Row};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// The list.
#[derive(Template)]
#[template(path = "group/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub own: Vec<Row>,
    pub others: Vec<Row>,
    pub theirs: Vec<Row>,
    pub leads: bool,
    pub may_make: bool,
}

fn row(page: &Page, line: &GroupLine) -> Row {
    let (tag, tag_tone) = match (line.on, line.step) {
        (Some(_), Some(_)) => (page.t("group-on-now"), "ok"),
        _ => words::stage(page, &line.group),
    };
    let kind = words::kind(page, line.group.kind());
    let note = match words::where_and_when(&line.group) {
        text if text.is_empty() => kind,
        text => format!("{text} · {kind}"),
    };
    Row {
        href: format!("/groups/{}", line.id),
        icon: words::icon(line.group.kind()),
        tone: "pri",
        title: line.group.name().to_owned(),
        note,
        tag,
        tag_tone,
    }
}

impl ListPage {
    pub(crate) fn of(page: Page, lines: &[GroupLine], may_make: bool) -> ListPage {
        let page = page.titled("nav-groups");
        let rows = |fits: &dyn Fn(&GroupLine) -> bool| {
            lines.iter().filter(|line| fits(line)).map(|line| row(&page, line)).collect::<Vec<_>>()
        };
        let theirs = |line: &GroupLine| matches!(line.group, Group::Theirs(_));
        ListPage {
            own: rows(&|line| line.step.is_some()),
            others: rows(&|line| line.step.is_none() && !theirs(line)),
            theirs: rows(&theirs),
            leads: may_make,
            may_make,
            page,
        }
    }
}

pub(super) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let role = who.actor().role();
    let may_make = role.is_peer() || role == porchlight_practice::Role::Supervisor;
    ListPage::of(page, &web.app.groups(who.actor()).await?, may_make).show()
}

/// Which groups one led.
#[derive(Template)]
#[template(path = "group/led.html")]
pub(crate) struct LedPage {
    pub page: Page,
    pub rows: Vec<Row>,
}

impl LedPage {
    pub(crate) fn of(page: Page, led: &[Led]) -> LedPage {
        let page = page.titled("group-led-title").under(super::HOME);
        LedPage { rows: led.iter().map(|one| words::led(&page, one)).collect(), page }
    }
}

pub(super) async fn led(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    LedPage::of(page, &web.app.groups_led(who.actor()).await?).show()
}
