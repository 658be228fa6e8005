//! Plans that somebody else holds. The pages stand twice, with the same handlers: below `/me` for the person, and below
//! `/people` for whoever walks with them.

pub(crate) mod list;
pub(crate) mod write;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use porchlight_access::Action;
use porchlight_practice::id::{PersonId, PlanId};
use porchlight_practice::plan::Gap;
use serde::Deserialize;

use crate::error::Trouble;
use crate::page::Page;
use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages about plans.
pub fn routes() -> Routes<Web> {
    let (read, keep) = (Needs::Action(Action::PlanRead), Needs::Action(Action::PlanWrite));
    Routes::new()
        .page(Method::GET, "/people/{person}/held", list::list, read)
        .page(Method::GET, "/people/{person}/held/new", write::ask, read)
        .page(Method::POST, "/people/{person}/held/new", write::save, keep)
        .page(Method::GET, "/people/{person}/held/{plan}", write::ask, read)
        .page(Method::POST, "/people/{person}/held/{plan}", write::save, keep)
        .page(Method::GET, "/me/held", list::list, read)
        .page(Method::GET, "/me/held/new", write::ask, read)
        .page(Method::POST, "/me/held/new", write::save, keep)
        .page(Method::GET, "/me/held/{plan}", write::ask, read)
        .page(Method::POST, "/me/held/{plan}", write::save, keep)
}

/// Whose plans a page is about, on whose side it stands, and which plan it names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub person: PersonId,
    pub plan: Option<PlanId>,
    pub own: bool,
}

/// What else the path names; a new plan has no id.
#[derive(Deserialize)]
struct InPath {
    plan: Option<PlanId>,
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Place, Trouble> {
        let (person, own, InPath { plan }) = crate::me::place(parts, state).await?;
        Ok(Place { person, plan, own })
    }
}

impl Place {
    /// The list of plans.
    pub(crate) fn address(&self) -> String {
        if self.own { "/me/held".to_owned() } else { format!("/people/{}/held", self.person) }
    }

    /// Where the form of this place goes.
    fn form(&self) -> String {
        let list = self.address();
        self.plan.map_or_else(|| format!("{list}/new"), |plan| format!("{list}/{plan}"))
    }

    fn page(&self, page: Page) -> Page {
        page.under(if self.own { "/me" } else { "/people" })
    }
}

/// What is missing, in one sentence for the person's page, where no plan is named.
pub(crate) fn reminders(page: &Page, gaps: &[Gap], called: &str) -> Vec<String> {
    let goals = gaps.iter().filter(|gap| matches!(gap, Gap::Unlinked { .. })).count();
    let mut said: Vec<String> = gaps
        .iter()
        .filter_map(|gap| match gap {
            Gap::NoPlan => Some(page.t1("plan-gap-none", "name", called)),
            Gap::Ended { .. } => Some(page.t("plan-gap-old")),
            Gap::EndsSoon { on, .. } => Some(page.t1("plan-gap-ending", "day", page.date(on))),
            Gap::Unlinked { .. } => None,
        })
        .collect();
    if goals > 0 {
        said.push(page.t1("plan-gap-goals", "count", goals));
    }
    said
}
