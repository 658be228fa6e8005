//! When those can work whom somebody supervises. By name, and nobody beside a number of anybody else's.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::availability::TeamTimes;

use super::{away, contract, sum, week};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One of them.
pub(crate) struct Card {
    pub name: String,
    pub contract: Vec<String>,
    pub sum: String,
    pub week: Vec<(String, String)>,
    pub away: Vec<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "availability/team.html")]
pub(crate) struct TeamPage {
    pub page: Page,
    pub cards: Vec<Card>,
}

impl TeamPage {
    pub(crate) fn of(page: Page, team: &[TeamTimes]) -> TeamPage {
        let page = page.titled("availability-team").under("/supervision");
        let card = |one: &TeamTimes| {
            let can = one.times.can.as_ref();
            Card {
                name: one.name.clone(),
                contract: contract(&page, one.times.contract, one.times.coming),
                sum: sum(&page, &one.times),
                week: can.map_or_else(Vec::new, |can| week(&page, can)),
                away: can.map_or_else(Vec::new, |can| away(&page, can)),
            }
        };
        TeamPage { cards: team.iter().map(card).collect(), page }
    }
}

pub(crate) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let team = web.app.team_work_times(who.actor()).await?;
    TeamPage::of(page, &team).show()
}
