//! Adding a person.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::About;
use porchlight_app::person::{FirstSupport, NewPerson};
use porchlight_practice::Role;
use porchlight_practice::id::PersonId;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::person::edit::edit_page;
use crate::person::form::profile_of;
use crate::person::{beside, fresh};
use crate::site::{Web, Who, command};
use crate::support::First;

/// What a supervisor chooses for a new person; a peer specialist walks with whom they add.
async fn first_for(web: &Web, page: &Page, who: &Who) -> Result<Option<First>, Trouble> {
    if who.actor().role() != Role::Supervisor {
        return Ok(None);
    }
    let programme = who.actor().programme().ok_or(Trouble::NotFound)?;
    let colleagues = web.app.colleagues(who.actor(), Action::PersonAdd, About::Programme(programme)).await?;
    Ok(Some(First::of(page, who.rules()?, &colleagues)))
}

fn new_page(page: Page) -> Page {
    let person = page.w("person");
    page.titled_with("person-add", "person", person).focused("/people")
}

pub(super) async fn new(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    may_add(&who)?;
    let first = first_for(&web, &page, &who).await?;
    let mut form = fresh(&web);
    if first.is_some() {
        form = form.with("responsible", who.actor().account().to_string());
        if let Some(role) = who.rules()?.support.roles.first() {
            form = form.with("part", &role.id);
        }
    }
    edit_page(&who, new_page(page), form, "/people/new".to_owned(), first)?.show()
}

fn may_add(who: &Who) -> Result<(), Trouble> {
    let role = who.actor().role();
    if role.is_peer() || role == Role::Supervisor { Ok(()) } else { Err(Trouble::NotFound) }
}

pub(super) async fn add(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let profile = profile_of(&form);
    form.need("called", "person-error-name");
    let works_here = form.has("works_here", "yes");
    let first = match form.text("peer") {
        Some(_) => match (
            form.read("peer", "support-error-peer"),
            form.need("part", "support-error-part"),
            form.read("responsible", "support-error-responsible"),
        ) {
            (Some(peer), Some(part), Some(responsible)) => Some(FirstSupport { peer, part, responsible }),
            _ => None,
        },
        None => None,
    };
    let command = command(&web, &form);
    if form.is_right() {
        let (called, family) = (profile.called.clone(), profile.family_name.clone());
        let new = NewPerson { id: PersonId(command.0), profile, works_here, first };
        match web.app.add_person(who.actor(), command, new).await {
            Ok(id) => return added(&web, &who, id, works_here, &called, &family).await,
            Err(error) => beside(&mut form, error)?,
        }
    }
    let first = first_for(&web, &page, &who).await?;
    let alike = web.app.find_same(who.actor(), form.value("called"), form.value("family_name")).await?;
    let edit = edit_page(&who, new_page(page), form, "/people/new".to_owned(), first)?;
    edit.with_alike(alike).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// On to the new record; by way of the names that are like it, when there are some. Nobody is held up.
async fn added(
    web: &Web,
    who: &Who,
    id: PersonId,
    works_here: bool,
    called: &str,
    family: &str,
) -> Result<Response, Trouble> {
    if works_here && !who.actor().role().is_peer() {
        return Ok(done(&web.shell, "/people", "flash-person-added"));
    }
    let others = web.app.find_same(who.actor(), called, family).await?;
    let place = if others.iter().any(|alike| alike.id != id) { "/same" } else { "" };
    Ok(done(&web.shell, &format!("/people/{id}{place}"), "flash-person-added"))
}
