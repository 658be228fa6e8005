//! How many people did not get what they asked for, by quarter, to show to whoever pays for services. Nobody is in it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::advocacy::UnmetView;
use porchlight_practice::pack::Rules;
use porchlight_practice::unmet::{People, Quarter, WAITING_DAYS};

use crate::advocacy::name;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One kind of thing, in words.
pub(crate) struct Row {
    need: String,
    unmet: String,
    met: String,
}

/// What was asked for and did not come.
#[derive(Template)]
#[template(path = "advocacy/unmet.html")]
pub(crate) struct UnmetPage {
    page: Page,
    programme: String,
    span: String,
    rows: Vec<Row>,
    in_the_way: Vec<String>,
    few: String,
    counted: String,
    newer: String,
    older: String,
}

impl UnmetPage {
    pub(crate) fn of(page: Page, rules: &Rules, view: &UnmetView) -> UnmetPage {
        let quarter = view.quarter;
        let people = |people: People| match people {
            People::Exactly(0) => page.t("advocacy-unmet-nobody"),
            People::Exactly(count) => count.to_string(),
            People::Few => page.t1("advocacy-unmet-few", "fewest", view.fewest.to_string()),
        };
        let known = rules.advocacy.needs.iter().map(|need| need.id.as_str());
        let place = |id: &str| known.clone().position(|need| need == id).unwrap_or(usize::MAX);
        let mut lines: Vec<_> = view.unmet.lines.iter().collect();
        // In the order of the pack, so that the order says nothing.
        lines.sort_by_key(|line| place(&line.need));
        let row = |line: &&porchlight_practice::unmet::Line| Row {
            need: name(&page, &rules.advocacy.needs, &line.need),
            unmet: people(line.unmet),
            met: people(line.met),
        };
        let ways = rules.advocacy.lacking.iter().filter(|way| view.unmet.in_the_way.contains(&way.id));
        let at = |quarter: Quarter| format!("/unmet?quarter={quarter}");
        UnmetPage {
            span: page.t2(
                "advocacy-unmet-span",
                "first",
                page.date(quarter.first()),
                "last",
                page.date(quarter.last()),
            ),
            rows: lines.iter().map(row).collect(),
            in_the_way: ways.map(|way| page.text(&way.name)).collect(),
            few: page.t1("advocacy-unmet-few-why", "fewest", view.fewest.to_string()),
            counted: page.t1("advocacy-unmet-counted", "days", WAITING_DAYS.to_string()),
            newer: if quarter < view.newest { at(quarter.after()) } else { String::new() },
            older: at(quarter.before()),
            programme: view.programme.clone(),
            page: page.titled("advocacy-unmet-title").under("/unmet"),
        }
    }
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    form: Form,
) -> Result<Response, Trouble> {
    let view = web.app.unmet(who.actor(), form.value("quarter").parse().ok()).await?;
    UnmetPage::of(page, who.rules()?, &view).show()
}
