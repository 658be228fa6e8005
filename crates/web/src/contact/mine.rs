//! My notes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::contact::{NoteLine, OwnNotes};
use porchlight_practice::pack::Rules;

use crate::contact::row::Row;
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// My notes: what to finish, what to answer, what is signed, and my own figures.
#[derive(Template)]
#[template(path = "contact/mine.html")]
pub(crate) struct Mine {
    pub page: Page,
    pub drafts: Vec<Row>,
    pub asked: Vec<Row>,
    pub signed: Vec<Row>,
    pub in_time: usize,
    pub all: usize,
    pub with_people: String,
    /// How much came from one's phone and could not be filed as it is.
    pub in_tray: usize,
}

pub(super) async fn mine(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let notes = web.app.own_notes(who.actor()).await?;
    let in_tray = web.app.own_tray(who.actor()).await?.len();
    Mine { in_tray, ..Mine::of(page, who.rules()?, notes) }.show()
}

impl Mine {
    pub fn of(page: Page, rules: &Rules, notes: OwnNotes) -> Mine {
        let own = |lines: &[NoteLine]| lines.iter().map(|line| Row::own(&page, rules, line)).collect();
        Mine {
            drafts: notes.drafts.iter().map(|line| Row::draft(&page, rules, line)).collect(),
            asked: own(&notes.asked),
            in_time: notes.in_time,
            all: notes.asked.len() + notes.signed.len(),
            signed: own(&notes.signed),
            with_people: page.length(notes.minutes_this_week),
            in_tray: 0,
            page: page.titled("contact-mine"),
        }
    }
}
