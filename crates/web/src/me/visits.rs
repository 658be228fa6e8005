//! Every visit: those to come, and those that were.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::error::Trouble;
use crate::me::own;
use crate::page::{Page, Show};
use crate::site::{Web, Who};
use crate::visit::coming::Coming;

/// A visit in the list, with the person's words.
pub(crate) struct VisitCard {
    pub address: String,
    pub title: String,
    pub note: String,
    pub words: String,
    pub answered: bool,
}

/// Every visit.
#[derive(Template)]
#[template(path = "me/visits.html")]
pub(crate) struct Visits {
    pub page: Page,
    pub coming: Vec<Coming>,
    pub visits: Vec<VisitCard>,
}

pub(super) async fn visits(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let rules = who.rules()?;
    let kind = |id: &str| rules.contact_kinds.iter().find(|kind| kind.id == id).map(|kind| kind.name.clone());
    let to_come = web.app.visits_to_come(who.actor()).await?;
    let coming = to_come.iter().map(|view| Coming::of(&page, rules, view, || web.app.command_id())).collect();
    let lines = web.app.visits(who.actor(), person).await?;
    let visits = lines
        .into_iter()
        .map(|line| VisitCard {
            address: format!("/me/visits/{}", line.id),
            title: page.moment(line.started),
            note: match kind(&line.kind) {
                Some(kind) => {
                    page.t2("me-visit-with-how", "name", &line.writer_name, "how", page.text(&kind))
                }
                None => page.t1("me-visit-with", "name", &line.writer_name),
            },
            words: line.own_words,
            answered: line.answered,
        })
        .collect();
    Visits { page: page.titled("me-visits-title"), coming, visits }.show()
}
