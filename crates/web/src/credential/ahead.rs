//! The next 90 days for everybody here: by day, never by person.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan;
use porchlight_app::credential::{Ahead, CLOSING_DAYS};
use porchlight_practice::rule::Word;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One change, in words.
pub(crate) struct Line {
    name: String,
    ask: String,
    what: String,
    tone: &'static str,
    icon: &'static str,
}

/// One day with its changes.
pub(crate) struct Day {
    when: String,
    /// Whether it comes within a week: then it stands on the day of whoever supervises, too.
    soon: bool,
    lines: Vec<Line>,
}

/// The page.
#[derive(Template)]
#[template(path = "credential/ahead.html")]
pub(crate) struct AheadPage {
    page: Page,
    days: Vec<Day>,
}

impl AheadPage {
    pub(crate) fn of(page: Page, ahead: &Ahead) -> AheadPage {
        let mut days: Vec<Day> = Vec::new();
        for change in &ahead.changes {
            let ends = change.word == Word::Yes;
            let when = page.date(change.on);
            if days.last().is_none_or(|day| day.when != when) {
                let soon = change.on <= ahead.day.saturating_add(CLOSING_DAYS.days());
                days.push(Day { when, soon, lines: Vec::new() });
            }
            let line = Line {
                name: change.name.clone(),
                ask: page.text(&change.ask),
                what: page.t(if ends { "credential-ahead-ends" } else { "credential-ahead-changes" }),
                tone: if ends { "sun" } else { "ok" },
                icon: if ends { "clock" } else { "check" },
            };
            if let Some(day) = days.last_mut() {
                day.lines.push(line);
            }
        }
        AheadPage { days, page: page.titled("nav-ahead") }
    }
}

pub(super) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    AheadPage::of(page, &web.app.ahead(who.actor()).await?).show()
}
