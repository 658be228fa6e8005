//! That supervision was held, and when: what human resources sees, and no more.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::supervision::HeldOn;

use super::words;
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One time it was held.
pub(crate) struct Line {
    name: String,
    note: String,
    icon: &'static str,
}

/// One day.
pub(crate) struct Day {
    when: String,
    lines: Vec<Line>,
}

/// The page.
#[derive(Template)]
#[template(path = "supervision/times.html")]
pub(crate) struct TimesPage {
    page: Page,
    days: Vec<Day>,
}

impl TimesPage {
    pub(crate) fn of(page: Page, held: &[HeldOn]) -> TimesPage {
        let page = page.titled("supervision-times");
        let mut days: Vec<Day> = Vec::new();
        for one in held {
            let when = page.date(one.day);
            if days.last().is_none_or(|day| day.when != when) {
                days.push(Day { when, lines: Vec::new() });
            }
            let with = page.t1("supervision-with", "name", &one.supervisor);
            let line = Line {
                name: one.worker.clone(),
                note: format!("{} · {with}", words::kind(&page, one.kind)),
                icon: words::kind_icon(one.kind),
            };
            if let Some(day) = days.last_mut() {
                day.lines.push(line);
            }
        }
        TimesPage { page, days }
    }
}

pub(super) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    TimesPage::of(page, &web.app.supervision_times(who.actor()).await?).show()
}
