//! The side of somebody who is supported: their home, their goals, the visits they read, and what their record says.
//!
//! Every handler begins with [`own`]: these pages are about the reader and nobody else, so no address names a person.

pub(crate) mod about;
pub(crate) mod goal;
pub(crate) mod home;
pub(crate) mod paper;
pub(crate) mod visit;
pub(crate) mod visits;

use axum::extract::{FromRequestParts, Path};
use axum::http::Method;
use axum::http::request::Parts;
use porchlight_app::Action;
use porchlight_practice::id::PersonId;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::Trouble;
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The person's pages.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/me", home::home, Needs::Action(Action::DayRead))
        .page(Method::GET, "/me/goals/new", goal::new_goal, Needs::Action(Action::GoalSay))
        .page(Method::POST, "/me/goals/new", goal::say_goal, Needs::Action(Action::GoalSay))
        .page(Method::GET, "/me/visits", visits::visits, Needs::Action(Action::ContactListOfPerson))
        .page(Method::GET, "/me/visits/{id}", visit::visit, Needs::Action(Action::ContactRead))
        .page(Method::GET, "/me/visits/{id}/paper", paper::paper, Needs::Action(Action::ContactRead))
        .page(Method::POST, "/me/visits/{id}/words", visit::add_words, Needs::Action(Action::ContactOwnWords))
        .page(
            Method::POST,
            "/me/visits/{id}/differently",
            visit::differ,
            Needs::Action(Action::ContactOwnWords),
        )
        .page(Method::GET, "/me/about", about::about, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/me/about", about::change_about, Needs::Action(Action::PersonChange))
}

/// The record of whoever is signed in.
///
/// # Errors
/// [`Trouble::NotFound`] for somebody who works here: they have no such page.
pub(crate) fn own(who: &Who) -> Result<PersonId, Trouble> {
    who.actor().person().ok_or(Trouble::NotFound)
}

/// Whose record a page is about that stands on both sides, whether it is the reader's own, and what else the path names. Below `/me` it
/// names no person.
///
/// # Errors
/// [`Trouble::NotFound`] when the path names something that can't be, or nobody.
pub(crate) async fn place<T, S>(parts: &mut Parts, state: &S) -> Result<(PersonId, bool, T), Trouble>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    #[derive(Deserialize)]
    struct Named {
        person: Option<PersonId>,
    }
    let who = Who::from_request_parts(parts, state).await?;
    let named = Path::<Named>::from_request_parts(parts, state).await;
    let rest = Path::<T>::from_request_parts(parts, state).await;
    let (Path(Named { person }), Path(rest)) =
        (named.map_err(|_| Trouble::NotFound)?, rest.map_err(|_| Trouble::NotFound)?);
    match person {
        Some(person) => Ok((person, false, rest)),
        None => Ok((own(&who)?, true, rest)),
    }
}

/// What somebody is called when everybody knows who is meant.
fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// The fewer words, the larger they can stand.
pub(crate) fn size_of(words: &str) -> &'static str {
    match words.chars().count() {
        0..=70 => "largest",
        71..=220 => "larger",
        _ => "big",
    }
}
