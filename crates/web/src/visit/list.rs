//! A worker's visits of the coming days.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use porchlight_app::visit::VisitView;
use porchlight_practice::pack::Rules;

use super::words;
use crate::contact::row::Row;
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// The visits of one day.
pub(crate) struct DayRows {
    pub title: String,
    pub rows: Vec<Row>,
}

/// The page.
#[derive(Template)]
#[template(path = "visit/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub days: Vec<DayRows>,
}

impl ListPage {
    pub(crate) fn of(page: Page, rules: &Rules, visits: &[VisitView]) -> ListPage {
        let page = page.titled("visit-title").under("/day");
        let mut days: Vec<(Date, DayRows)> = Vec::new();
        for view in visits {
            // One that began before midnight stands with today.
            let date = view.visit.when().local().0.date().max(page.today());
            let row = words::row(&page, rules, view);
            match days.last_mut() {
                Some((day, rows)) if *day == date => rows.rows.push(row),
                _ => days.push((date, DayRows { title: page.near(date), rows: vec![row] })),
            }
        }
        ListPage { days: days.into_iter().map(|(_, rows)| rows).collect(), page }
    }
}

pub(crate) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let visits = web.app.visits_ahead(who.actor()).await?;
    ListPage::of(page, who.rules()?, &visits).show()
}
