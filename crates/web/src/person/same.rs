//! Records of one name: a hint while somebody types, and two records of one person.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::Error;
use porchlight_app::person::{Alike, PersonView};
use porchlight_practice::id::PersonId;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::person::{Named, fresh};
use crate::site::{Web, Who, command};

/// Records whose name is like what is typed: a part of the page, for a script that asks while somebody types.
#[derive(Template)]
#[template(path = "parts/same.html")]
pub struct SameNames {
    pub(super) page: Page,
    pub(super) alike: Vec<Alike>,
}

pub(super) async fn same_names(
    page: Page,
    State(web): State<Web>,
    who: Who,
    form: Form,
) -> Result<Response, Trouble> {
    let alike = web.app.find_same(who.actor(), form.value("called"), form.value("family_name")).await?;
    SameNames { page, alike }.show()
}

/// Records with a name like this one, and those already linked as the same person.
#[derive(Template)]
#[template(path = "person/same.html")]
pub struct Same {
    page: Page,
    form: Form,
    person: Named,
    may_link: bool,
    linked: Vec<(PersonId, String)>,
    alike: Vec<Alike>,
}

impl Same {
    pub(crate) fn of(page: Page, view: PersonView, alike: Vec<Alike>, form: Form) -> Same {
        let person = Named::of(&view);
        let page = page.titled("person-same-title").focused(format!("/people/{}", view.id));
        let is_other = |alike: &Alike| {
            alike.id != view.id && !view.same_as.iter().any(|(linked, _)| *linked == alike.id)
        };
        Same {
            alike: alike.into_iter().filter(is_other).collect(),
            may_link: view.may(Action::PersonLinkSame),
            page: page.of_form(&form),
            form,
            person,
            linked: view.same_as,
        }
    }
}

async fn same_page(web: &Web, who: &Who, page: Page, id: PersonId, form: Form) -> Result<Same, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    let alike = web.app.find_same(who.actor(), &view.profile.called, &view.profile.family_name).await?;
    Ok(Same::of(page, view, alike, form))
}

pub(super) async fn same(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let form = fresh(&web);
    same_page(&web, &who, page, id, form).await?.show()
}

pub(super) async fn link(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(other) = form.read("other", "person-error-same")
        && form.is_right()
    {
        match web.app.link_same(who.actor(), command(&web, &form), id, other).await {
            Ok(()) => return Ok(done(&web.shell, &format!("/people/{id}/same"), "flash-person-linked")),
            // One's own record is there, or the page below says that it is not.
            Err(Error::NotFound | Error::Fault(_)) => form.wrong("other", "person-error-same"),
            Err(error) => return Err(error.into()),
        }
    }
    same_page(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

pub(super) async fn unlink(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let other = form.read("other", "person-error-same").ok_or(Trouble::NotFound)?;
    web.app.unlink_same(who.actor(), command(&web, &form), id, other).await?;
    Ok(done(&web.shell, &format!("/people/{id}/same"), "flash-person-unlinked"))
}
