//! What peer support is, what can't stay private, and the person's rights, in the words of the programme's pack.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::Method;
use axum::response::Response;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::routes::Routes;
use crate::site::{Web, Who};

/// The page of rights, which anybody may read.
pub fn routes() -> Routes<Web> {
    Routes::new().public(Method::GET, "/rights", show)
}

/// The page.
#[derive(Template)]
#[template(path = "rights.html")]
pub(crate) struct RightsPage {
    pub page: Page,
    pub role_card: String,
    pub privacy: String,
    pub rights: Vec<String>,
}

async fn show(State(web): State<Web>, page: Page, who: Option<Extension<Who>>) -> Result<Response, Trouble> {
    let who = who.map(|Extension(who)| who);
    let rules = web.rules_for(who.as_ref(), page.today()).ok_or(Trouble::NotFound)?;
    RightsPage {
        role_card: page.text(&rules.role_card),
        privacy: page.text(&rules.limits_of_privacy),
        rights: rules.rights.iter().map(|right| page.text(&right.text)).collect(),
        page: page.titled("rights-title"),
    }
    .show()
}
