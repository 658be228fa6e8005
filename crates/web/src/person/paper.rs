//! The page of one person on paper.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::person::PersonView;
use porchlight_practice::id::PersonId;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::person::WhoLooks;
use crate::person::show::OnePerson;
use crate::site::{Web, Who};

/// The person's page on paper, for somebody who has no account: to read, and to sign if they like.
#[derive(Template)]
#[template(path = "person/paper.html")]
pub struct Paper {
    page: Page,
    shown: OnePerson,
    programme: String,
    role_card: String,
    privacy: String,
    rights: Vec<String>,
}

impl Paper {
    pub(crate) fn of(page: Page, who_is: &WhoLooks<'_>, view: PersonView) -> Paper {
        let rules = who_is.rules;
        let text = |text: &porchlight_practice::Text| page.text(text);
        let programme = page.visitor.as_ref().map(|visitor| visitor.programme.clone()).unwrap_or_default();
        let (role_card, privacy) = (text(&rules.role_card), text(&rules.limits_of_privacy));
        let rights = rules.rights.iter().map(|right| text(&right.text)).collect();
        let shown = OnePerson::of(page.clone(), who_is, view);
        let page = page.titled_with("person-paper", "name", &shown.person.called);
        Paper { page, programme, role_card, privacy, rights, shown }
    }
}

pub(super) async fn paper(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    Paper::of(page, &WhoLooks::of(&who)?, view).show()
}
