//! Tell someone now: whom somebody who works here calls when something can't wait. Opening it leaves no trace, so that
//! nobody thinks twice; the app reads names and numbers without an entry in the journal.

use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_access::Action;
use porchlight_practice::Role;

use crate::error::Trouble;
use crate::help_now::{HelpLine, Reach};
use crate::page::{Page, Show};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The page of whom to call.
pub fn routes() -> Routes<Web> {
    Routes::new().page(Method::GET, "/tell-someone", show, Needs::Action(Action::DayRead))
}

/// The page.
#[derive(Template)]
#[template(path = "tell_someone.html")]
pub(crate) struct TellSomeone {
    pub page: Page,
    /// Supervisor first, then deputies.
    pub call: Vec<Reach>,
    pub lines: Vec<HelpLine>,
    /// What can't stay private, in the pack's words.
    pub privacy: String,
    /// Whether a report can be sent from here.
    pub is_on: bool,
    /// Whether the reader can ask a supervisor.
    pub works_here: bool,
}

/// The page with what waits for the reader, who may be called.
pub(crate) async fn called(web: &Web, who: &Who, mut page: Page) -> Result<Page, Trouble> {
    let waiting = web.app.waiting_for(who.actor()).await?;
    for id in waiting.reports {
        page.calls.push((format!("/safety/{id}"), page.t("tell-someone-waits")));
    }
    for id in waiting.tests {
        page.calls.push((format!("/ladder/test/{id}"), page.t("safety-test-waits")));
    }
    for id in waiting.again {
        page.again.push((format!("/safety/{id}"), page.t("tell-someone-again")));
    }
    Ok(page)
}

async fn show(State(web): State<Web>, mut page: Page, who: Who) -> Result<Response, Trouble> {
    // What is meant for somebody who is supported here is on another page.
    if who.actor().role().is_supported() {
        return Ok(Redirect::to("/help-now").into_response());
    }
    // Nothing of the programme is open to somebody who left; their own page for a hard day has the lines.
    if who.actor().role() == Role::Former {
        return Err(Trouble::NotFound);
    }
    let (mut call, mut is_on) = (Vec::new(), false);
    let works_here = who.actor().programme().is_some() && web.app.may_report(who.actor());
    if works_here {
        let before = web.app.before_report(who.actor()).await?;
        is_on = before.is_on;
        call = before.call.into_iter().map(|one| (one.name, one.phone)).collect();
        page = called(&web, &who, page).await?;
    }
    let rules = web.rules_for(Some(&who), page.today()).ok_or(Trouble::NotFound)?;
    TellSomeone {
        call: Reach::all(call),
        lines: HelpLine::all(&rules, page.lang),
        privacy: page.text(&rules.limits_of_privacy),
        is_on,
        works_here,
        page: page.titled("tell-someone-title"),
    }
    .show()
}
