//! The first page: the first visit, the door, or what is in it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_practice::corner::Corner;
use porchlight_practice::pack::Shelf;

use super::lock::{Make, Shut};
use super::{AtTheDoor, closed, paper_address, stays_open};
use crate::document::list::Line;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::site::Web;

/// What is in it.
#[derive(Template)]
#[template(path = "corner/home.html")]
pub(crate) struct Home {
    pub page: Page,
    pub papers: Vec<Line>,
    /// The last look at one's energy, in words; empty before the first.
    pub energy: String,
}

impl Home {
    pub(crate) fn of(page: Page, corner: &Corner) -> Home {
        let energy = corner.energy().last().map(|last| {
            let (step, when) = (u32::from(u8::from(last.step)), page.moment(last.at));
            page.t2("corner-energy-last", "step", step, "when", when)
        });
        let papers = lines(&page, corner, |shelf| shelf != Shelf::Story);
        Home { papers, energy: energy.unwrap_or_default(), page: page.titled("corner-title") }
    }
}

/// The papers on some shelves, as a list shows them.
pub(super) fn lines(page: &Page, corner: &Corner, on: impl Fn(Shelf) -> bool) -> Vec<Line> {
    let papers = corner.papers();
    let papers = papers.into_iter().filter(|paper| on(paper.tool.shelf));
    let line = |paper: &porchlight_practice::corner::Paper| Line {
        address: paper_address(paper.id),
        icon: paper.tool.icon.clone(),
        name: page.text(&paper.tool.name),
        note: page.t1("document-changed", "day", page.near(paper.changed().to_zoned(page.zone()).date())),
        tag: String::new(),
    };
    papers.map(line).collect()
}

pub(super) async fn show(
    page: Page,
    AtTheDoor { who, open }: AtTheDoor,
    State(web): State<Web>,
    form: Form,
) -> Result<Response, Trouble> {
    if !web.app.has_corner(who.actor()).await? {
        return Make::of(page, Form::new()).show();
    }
    let Some(open) = open else {
        return Shut::of(page, Form::new(), form.value("then")).show();
    };
    match web.app.corner(&open).await {
        Ok(corner) => stays_open(&web, &open, Home::of(page, &corner).show()?),
        // Thrown away and made anew on another device: the key in this browser opens nothing.
        Err(porchlight_app::Error::NotFound) => {
            Ok(closed(&web.shell, Shut::of(page, Form::new(), "").show()?))
        }
        Err(error) => Err(error.into()),
    }
}
