//! The switches on every page, language, type and theme, and the way out in a hurry. All work without a script.

use axum::extract::{FromRef, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_practice::Lang;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, Theme};
use crate::routes::{Routes, own_path};
use crate::shell::Shell;

const YEAR: u32 = 365 * 24 * 60 * 60;

/// Where "Leave fast" leads: a page anybody may have open.
const AWAY: &str = "https://www.weather.gov/";

pub(crate) fn routes<S>() -> Routes<S>
where
    S: Clone + Send + Sync + 'static,
    Shell: FromRef<S>,
{
    Routes::new()
        .public(Method::POST, "/language", choose_language)
        .public(Method::POST, "/theme", choose_theme)
        .public(Method::POST, "/type", choose_type)
        .public(Method::GET, "/leave", leave)
        .public(Method::GET, "/more", more)
}

fn back(form: &Form, cookie: String) -> Response {
    let to = own_path(form.value("back")).unwrap_or("/");
    ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}

async fn choose_language(State(shell): State<Shell>, form: Form) -> Response {
    let lang = Lang::from_tag(form.value("lang")).unwrap_or_default();
    back(&form, shell.cookie("lang", lang.tag(), YEAR))
}

async fn choose_theme(State(shell): State<Shell>, form: Form) -> Response {
    let theme = Theme::parse(form.value("theme"));
    let age = if theme == Theme::Device { 0 } else { YEAR };
    back(&form, shell.cookie("theme", theme.as_str(), age))
}

async fn choose_type(State(shell): State<Shell>, form: Form) -> Response {
    let large = form.has("type", "large");
    back(&form, shell.cookie("type", if large { "large" } else { "" }, if large { YEAR } else { 0 }))
}

/// Off to the weather. What the browser kept of us is dropped; its history is not ours to clear, and Help now says so. A
/// corner that was open closes.
async fn leave(State(shell): State<Shell>) -> Response {
    let response = ([("clear-site-data", "\"cache\"")], Redirect::to(AWAY)).into_response();
    crate::corner::closed(&shell, response)
}

/// Every place of the role, for phones, whose tab bar holds five.
#[derive(askama::Template)]
#[template(path = "more.html")]
pub(crate) struct More {
    pub page: Page,
}

async fn more(page: Page) -> Result<Response, Trouble> {
    More { page: page.titled("nav-more") }.show()
}
