//! What a person asks for elsewhere. The pages stand twice, with the same handlers: below `/me` for the person, and below `/people`
//! for whoever walks with them. What was not met, as counts with nobody in them, is for whoever speaks for the programme.

pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod show;
pub(crate) mod unmet;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use porchlight_access::Action;
use porchlight_practice::id::{AdvocacyId, PersonId};
use porchlight_practice::pack::Choice as PackChoice;
use serde::Deserialize;

use crate::error::Trouble;
use crate::form::Choice;
use crate::page::Page;
use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages about what people ask for elsewhere.
pub fn routes() -> Routes<Web> {
    let read = Needs::Action(Action::AdvocacyRead);
    let ask = Needs::Action(Action::AdvocacyAsk);
    let tried = Needs::Action(Action::AdvocacyTry);
    let close = Needs::Action(Action::AdvocacyClose);
    Routes::new()
        .page(Method::GET, "/people/{person}/asked", list::list, read)
        .page(Method::GET, "/people/{person}/asked/new", new::ask, read)
        .page(Method::POST, "/people/{person}/asked/new", new::save, ask)
        .page(Method::GET, "/people/{person}/asked/{advocacy}", show::show, read)
        .page(Method::POST, "/people/{person}/asked/{advocacy}/tried", show::tried, tried)
        .page(Method::POST, "/people/{person}/asked/{advocacy}/close", show::close, close)
        .page(Method::GET, "/me/asked", list::list, read)
        .page(Method::GET, "/me/asked/new", new::ask, read)
        .page(Method::POST, "/me/asked/new", new::save, ask)
        .page(Method::GET, "/me/asked/{advocacy}", show::show, read)
        .page(Method::POST, "/me/asked/{advocacy}/tried", show::tried, tried)
        .page(Method::POST, "/me/asked/{advocacy}/close", show::close, close)
        .page(Method::GET, "/unmet", unmet::show, Needs::Action(Action::AdvocacyCount))
}

/// Whose it is, on whose side a page stands, and which one it names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub person: PersonId,
    pub advocacy: Option<AdvocacyId>,
    pub own: bool,
}

/// What else the path names.
#[derive(Deserialize)]
struct InPath {
    advocacy: Option<AdvocacyId>,
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Place, Trouble> {
        let (person, own, InPath { advocacy }) = crate::me::place(parts, state).await?;
        Ok(Place { person, advocacy, own })
    }
}

impl Place {
    /// The list of all.
    pub(crate) fn list(&self) -> String {
        if self.own { "/me/asked".to_owned() } else { format!("/people/{}/asked", self.person) }
    }

    /// The page of one.
    fn one(&self, id: AdvocacyId) -> String {
        format!("{}/{id}", self.list())
    }

    /// What the list is called.
    fn title(&self, page: &Page, called: &str) -> String {
        if self.own { page.t("advocacy-title") } else { page.t1("advocacy-title-of", "name", called) }
    }

    fn named(&self) -> Result<AdvocacyId, Trouble> {
        self.advocacy.ok_or(Trouble::NotFound)
    }

    fn page(&self, page: Page) -> Page {
        page.under(if self.own { "/me" } else { "/people" })
    }
}

/// What the pack lets one choose, as tiles.
fn choices(page: &Page, list: &[PackChoice]) -> Vec<Choice> {
    list.iter().map(|one| Choice::new(&one.id, page.text(&one.name)).icon(&one.icon)).collect()
}

/// What the pack calls something; its name in records where the pack knows it no more.
fn name(page: &Page, list: &[PackChoice], id: &str) -> String {
    list.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| page.text(&one.name))
}
