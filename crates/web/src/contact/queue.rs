//! What waits for a supervisor.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::contact::Queue;
use porchlight_practice::pack::Rules;

use crate::contact::row::{Row, waiting_rows};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// What waits for a supervisor.
#[derive(Template)]
#[template(path = "contact/queue.html")]
pub(crate) struct QueuePage {
    pub page: Page,
    pub waiting: Vec<Row>,
    pub asked: Vec<Row>,
    pub overdue: Vec<Row>,
    /// How much of the team came from phones and can't be filed by its writers alone.
    pub in_trays: usize,
}

impl QueuePage {
    pub fn of(page: Page, rules: &Rules, queue: &Queue) -> QueuePage {
        QueuePage {
            waiting: waiting_rows(&page, rules, &queue.waiting),
            asked: waiting_rows(&page, rules, &queue.asked),
            overdue: queue.overdue.iter().map(|line| Row::overdue(&page, line)).collect(),
            in_trays: 0,
            page: page.titled("contact-queue"),
        }
    }
}

pub(super) async fn to_read(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let queue = web.app.queue(who.actor()).await?;
    let in_trays = web.app.team_tray(who.actor()).await?.len();
    QueuePage { in_trays, ..QueuePage::of(page, who.rules()?, &queue) }.show()
}
