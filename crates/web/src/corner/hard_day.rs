//! A hard day of one's own: whom to call, and what one wrote for such a day. Nothing of it reaches anybody at work.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_practice::corner::Corner;
use porchlight_practice::document::Answer;
use porchlight_practice::pack::{Rules, Shelf};

use super::home::lines;
use super::{HOME, Mine, stays_open};
use crate::document::list::Line;
use crate::error::Trouble;
use crate::help_now::{HelpLine, Reach};
use crate::page::{Page, Show};
use crate::site::Web;

/// The page.
#[derive(Template)]
#[template(path = "corner/hard_day.html")]
pub(crate) struct HardDay {
    pub page: Page,
    pub lines: Vec<HelpLine>,
    pub people: Vec<Reach>,
    pub papers: Vec<Line>,
}

impl HardDay {
    pub(crate) fn of(page: Page, rules: &Rules, corner: &Corner) -> HardDay {
        let papers =
            lines(&page, corner, |shelf| matches!(shelf, Shelf::Crisis | Shelf::Plan | Shelf::LookBack));
        HardDay {
            lines: HelpLine::all(rules, page.lang),
            people: Reach::all(people(corner)),
            papers,
            page: page.titled("corner-hard-day").focused(HOME).under(HOME),
        }
    }
}

/// Whom one wrote down to be called. A section that may stand on a card never holds who must not be.
fn people(corner: &Corner) -> Vec<(String, String)> {
    let mut people = Vec::new();
    for paper in corner.papers() {
        let document = paper.document();
        let sections = paper.tool.sections.iter().filter(|section| section.card);
        for item in
            sections.flat_map(|section| &section.questions).flat_map(|asked| document.items(&asked.id))
        {
            if let Answer::Person { name, reach, .. } = item.answer() {
                people.push((name.clone(), reach.clone()));
            }
        }
    }
    people
}

pub(super) async fn show(page: Page, mine: Mine, State(web): State<Web>) -> Result<Response, Trouble> {
    let rules = web.rules_for(Some(&mine.who), page.today()).ok_or(Trouble::NotFound)?;
    let corner = web.app.corner(&mine.open).await?;
    stays_open(&web, &mine.open, HardDay::of(page, &rules, &corner).show()?)
}
