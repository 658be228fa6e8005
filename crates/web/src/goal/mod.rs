//! What a person wants, in their own words, and the way there. A goal's pages stand twice, with the same handlers: below
//! `/me` for the person, and below `/people` for whoever walks with them.

pub(crate) mod area;
pub(crate) mod list;
pub(crate) mod plan;
pub(crate) mod show;

use axum::extract::{FromRequestParts, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::goal::GoalView;
use porchlight_app::{Error, Fault};
use porchlight_practice::goal::GoalFault;
use porchlight_practice::id::{GoalId, PersonId};
use serde::Deserialize;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// The pages about goals.
pub fn routes() -> Routes<Web> {
    let (read, plan, close) =
        (Needs::Action(Action::GoalRead), Needs::Action(Action::GoalPlan), Needs::Action(Action::GoalClose));
    let (step, rate) = (Needs::Action(Action::GoalStepDone), Needs::Action(Action::GoalRate));
    Routes::new()
        .page(Method::GET, "/people/{person}/goals", list::list, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/goals", list::say, Needs::Action(Action::GoalSay))
        .page(Method::GET, "/people/{person}/goals/{goal}", show::show, read)
        .page(Method::POST, "/people/{person}/goals/{goal}/close", close_goal, close)
        .page(Method::GET, "/people/{person}/goals/{goal}/plan", plan::plan, read)
        .page(Method::POST, "/people/{person}/goals/{goal}/plan", plan::write, plan)
        .page(Method::POST, "/people/{person}/goals/{goal}/rate", show::rate, rate)
        .page(Method::POST, "/people/{person}/goals/{goal}/steps/{step}", show::step, step)
        .page(Method::GET, "/me/goals/{goal}", show::show, read)
        .page(Method::POST, "/me/goals/{goal}/close", close_goal, close)
        .page(Method::GET, "/me/goals/{goal}/plan", plan::plan, read)
        .page(Method::POST, "/me/goals/{goal}/plan", plan::write, plan)
        .page(Method::POST, "/me/goals/{goal}/rate", show::rate, rate)
        .page(Method::POST, "/me/goals/{goal}/steps/{step}", show::step, step)
}

/// Which goal a page is about, and on whose side it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub person: PersonId,
    pub goal: GoalId,
    pub own: bool,
}

/// What else the path names.
#[derive(Deserialize)]
struct InPath {
    goal: GoalId,
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Place, Trouble> {
        let (person, own, InPath { goal }) = crate::me::place(parts, state).await?;
        Ok(Place { person, goal, own })
    }
}

impl Place {
    /// The goal's page; what is done with it is sent to addresses below.
    fn address(&self) -> String {
        match self.own {
            true => format!("/me/goals/{}", self.goal),
            false => format!("/people/{}/goals/{}", self.person, self.goal),
        }
    }

    /// Where the way up leads.
    fn up(&self) -> String {
        if self.own { "/me".to_owned() } else { format!("/people/{}/goals", self.person) }
    }

    /// A page below the goal's, with its title in the words of its side.
    fn page(&self, page: Page, own: &'static str, theirs: &'static str, view: &GoalView) -> Page {
        match self.own {
            true => page.titled(own),
            false => page.titled_with(theirs, "name", &view.called),
        }
    }

    /// A sentence in the words of its side.
    fn say(&self, page: &Page, own: &'static str, theirs: &'static str, view: &GoalView) -> String {
        if self.own { page.t(own) } else { page.t1(theirs, "name", &view.called) }
    }

    /// What to say instead when somebody else was first: the goal's page then shows how it stands.
    fn overtaken(&self, web: &Web, error: Error) -> Result<Response, Trouble> {
        let flash = match error {
            Error::Fault(Fault::Goal(GoalFault::Closed)) => "flash-goal-closed-before",
            Error::Stale | Error::Fault(Fault::Goal(GoalFault::NoSuchStep)) => "flash-goal-changed",
            Error::Fault(Fault::TheirsToSay) => "flash-goal-theirs",
            error => return Err(error.into()),
        };
        Ok(done(&web.shell, &self.address(), flash))
    }
}

async fn close_goal(State(web): State<Web>, who: Who, place: Place, form: Form) -> Result<Response, Trouble> {
    let (reached, flash) = match (form.value("how"), place.own) {
        ("reached", true) => (true, "flash-goal-reached"),
        ("reached", false) => (true, "flash-goal-they-reached"),
        ("set_aside", true) => (false, "flash-goal-set-aside"),
        ("set_aside", false) => (false, "flash-goal-they-set-aside"),
        _ => return Err(Trouble::NotFound),
    };
    let version = form.value("version").parse().unwrap_or_default();
    let (actor, command) = (who.actor(), command(&web, &form));
    match web.app.close_goal(actor, command, place.person, place.goal, reached, version).await {
        Ok(()) => Ok(done(&web.shell, &place.up(), flash)),
        Err(error) => place.overtaken(&web, error),
    }
}
