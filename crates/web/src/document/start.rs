//! Beginning something: every tool of the programme, by what it is good for.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::document::Offered;
use porchlight_practice::id::PersonId;
use porchlight_practice::pack::{Shelf, Tool};

use crate::error::Trouble;
use crate::form::Form;
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// A tool to begin.
pub(crate) struct Begin {
    pub id: String,
    pub icon: String,
    pub name: String,
    pub purpose: String,
    pub command: String,
}

/// A shelf with its tools.
pub(crate) struct OnShelf {
    pub name: String,
    pub tools: Vec<Begin>,
}

/// What can be begun. Plans and crisis plans stand open; the rest is one tap away.
#[derive(Template)]
#[template(path = "document/start.html")]
pub(crate) struct Start {
    pub page: Page,
    pub back: String,
    pub back_name: String,
    pub action: String,
    pub lead: String,
    pub open: Vec<OnShelf>,
    pub more: Vec<OnShelf>,
    pub tucked_away: Vec<OnShelf>,
    /// Who reads it too, said before the first word.
    pub read_too: String,
}

impl Start {
    /// For oneself, or, with a name, together with somebody.
    pub(crate) fn of(
        page: Page,
        offered: &Offered,
        with: Option<(PersonId, &str)>,
        mut command: impl FnMut() -> String,
    ) -> Start {
        let mut shelves = |tools: &[Tool]| -> Vec<(Shelf, Vec<Begin>)> {
            let mut found: Vec<(Shelf, Vec<Begin>)> = Vec::new();
            for shelf in Shelf::ALL {
                let mut begins = Vec::new();
                for tool in tools.iter().filter(|tool| tool.shelf == *shelf) {
                    begins.push(Begin {
                        id: tool.id.clone(),
                        icon: tool.icon.clone(),
                        name: page.text(&tool.name),
                        purpose: page.text(&tool.purpose),
                        command: command(),
                    });
                }
                if !begins.is_empty() {
                    found.push((*shelf, begins));
                }
            }
            found
        };
        let named = |(shelf, tools): (Shelf, Vec<Begin>)| OnShelf { name: page.t(shelf_key(shelf)), tools };
        let (open, more): (Vec<_>, Vec<_>) = shelves(&offered.tools)
            .into_iter()
            .partition(|(shelf, _)| matches!(shelf, Shelf::Plan | Shelf::Crisis));
        let tucked_away = shelves(&offered.tucked_away).into_iter().map(named).collect();
        let (back, back_name, action, lead, title) = match with {
            None => (
                "/plans".to_owned(),
                page.t("nav-plans"),
                "/plans/start".to_owned(),
                page.t("document-start-lead"),
                page.t("document-start-title"),
            ),
            Some((person, name)) => (
                format!("/people/{person}/plans"),
                page.t1("document-of", "name", name),
                format!("/people/{person}/plans/start"),
                page.t1("document-start-with-lead", "name", name),
                page.t1("document-start-with-title", "name", name),
            ),
        };
        let (open, more) = (open.into_iter().map(named).collect(), more.into_iter().map(named).collect());
        let mut page = page.focused(back.clone());
        page.title = title;
        let read_too = crate::guardian::read_too(&page, offered.read_too.as_ref());
        Start { read_too, page, back, back_name, action, lead, open, more, tucked_away }
    }
}

/// What a shelf is called.
pub(crate) fn shelf_key(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Plan => "document-shelf-plan",
        Shelf::Crisis => "document-shelf-crisis",
        Shelf::LookBack => "document-shelf-look-back",
        Shelf::Goal => "document-shelf-goal",
        Shelf::Thinking => "document-shelf-thinking",
        Shelf::Voice => "document-shelf-voice",
        Shelf::Story => "document-shelf-story",
        Shelf::Around => "document-shelf-around",
        Shelf::Agreement => "document-shelf-agreement",
        Shelf::Measure => "document-shelf-measure",
    }
}

pub(super) async fn start(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let offered = web.app.tools(who.actor(), own(&who)?).await?;
    Start::of(page, &offered, None, || web.app.command_id().to_string()).show()
}

pub(super) async fn begin(who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    let person = own(&who)?;
    begin_for(&web, &who, person, form).await
}

pub(super) async fn start_with(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    let offered = web.app.tools(who.actor(), person).await?;
    let with = Some((person, offered.called.as_str()));
    Start::of(page, &offered, with, || web.app.command_id().to_string()).show()
}

pub(super) async fn begin_with(
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
    form: Form,
) -> Result<Response, Trouble> {
    begin_for(&web, &who, person, form).await
}

async fn begin_for(web: &Web, who: &Who, person: PersonId, form: Form) -> Result<Response, Trouble> {
    let (command, tool) = (command(web, &form), form.value("tool").to_owned());
    let id = web.app.start_document(who.actor(), command, person, &tool).await?;
    let view = web.app.document(who.actor(), id).await?;
    let first = view.tool.sections.first().map(|section| section.id.clone()).unwrap_or_default();
    Ok(done(&web.shell, &format!("/plans/{id}/write/{first}"), "flash-plan-begun"))
}
