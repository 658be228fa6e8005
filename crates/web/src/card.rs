//! What a stranger sees who has somebody's card in their hand. Nobody has to sign in, and nothing else can be reached.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_app::Error;
use porchlight_app::card::OpenCard;
use std::collections::BTreeMap;

use crate::document::shown::{ShownSection, answers};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::routes::Routes;
use crate::site::Web;

/// The pages of a card in somebody's hand.
pub fn routes() -> Routes<Web> {
    Routes::new().public(Method::GET, "/card", ask).public(Method::POST, "/card", typed).public(
        Method::GET,
        "/card/{code}",
        scanned,
    )
}

/// Asking for the code.
#[derive(Template)]
#[template(path = "card/ask.html")]
pub(crate) struct Ask {
    pub page: Page,
    pub form: Form,
}

impl Ask {
    pub(crate) fn of(page: Page, form: Form) -> Ask {
        Ask { page: page.titled("card-ask-title").of_form(&form), form }
    }
}

/// An open card.
#[derive(Template)]
#[template(path = "card/open.html")]
pub(crate) struct Open {
    pub page: Page,
    pub called: String,
    pub sections: Vec<ShownSection>,
}

impl Open {
    pub(crate) fn of(page: Page, card: &OpenCard) -> Open {
        let named = |name: &String| card.tool.section(name);
        let sections = card.sections.iter().filter_map(named).map(|section| ShownSection {
            id: section.id.clone(),
            name: page.text(&section.name),
            write: String::new(),
            answers: answers(&page, section, &card.document, &BTreeMap::new()),
        });
        Open {
            called: card.called.clone(),
            sections: sections.collect(),
            page: page.titled_with("card-title", "name", &card.called),
        }
    }
}

async fn ask(page: Page) -> Result<Response, Trouble> {
    Ask::of(page, Form::new()).show()
}

async fn typed(page: Page, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    let code = form.value("code").to_owned();
    open(page, &web, &code, form).await
}

async fn scanned(page: Page, State(web): State<Web>, Path(code): Path<String>) -> Result<Response, Trouble> {
    open(page, &web, &code, Form::new()).await
}

async fn open(page: Page, web: &Web, code: &str, mut form: Form) -> Result<Response, Trouble> {
    match web.app.open_card(code).await {
        Ok(card) => Open::of(page, &card).show(),
        Err(Error::NotFound) => {
            form.wrong("code", "card-error-code");
            Ask::of(page, form).show_as(StatusCode::NOT_FOUND)
        }
        Err(error) => Err(error.into()),
    }
}
