//! A parent's children.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::person::PersonView;
use porchlight_practice::id::PersonId;
use porchlight_practice::person::Child;

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::person::show::{ChildLine, OnePerson};
use crate::person::{Named, WhoLooks, beside, fresh};
use crate::site::{Web, Who, command};

/// A parent's children, and adding one.
#[derive(Template)]
#[template(path = "person/children.html")]
pub struct Children {
    page: Page,
    form: Form,
    person: Named,
    children: Vec<ChildLine>,
    ties: Vec<Choice>,
}

impl Children {
    pub(crate) fn of(page: Page, who_is: &WhoLooks<'_>, view: PersonView, form: Form) -> Children {
        let ties = who_is.rules.support.caregivers.iter();
        let ties = ties.map(|tie| Choice::new(&tie.id, page.text(&tie.name)).icon(&tie.icon)).collect();
        let shown = OnePerson::of(page.clone(), who_is, view);
        let back = format!("/people/{}", shown.person.id);
        let page = page.titled_with("person-children-of", "name", &shown.person.called).focused(back);
        Children { page: page.of_form(&form), form, ties, person: shown.person, children: shown.children }
    }
}

pub(super) async fn children(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    if !view.may(Action::PersonAddChild) || !who.rules()?.family {
        return Err(Trouble::NotFound);
    }
    Children::of(page, &WhoLooks::of(&who)?, view, fresh(&web)).show()
}

pub(super) async fn add_child(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let called = form.need("called", "person-error-child-name");
    let this_year = page.today().year();
    let born = form.text("born").and_then(|text| {
        let year = text.parse::<i16>().ok().filter(|year| (this_year - 120..=this_year).contains(year));
        if year.is_none() {
            form.wrong("born", "person-error-born");
        }
        year
    });
    let tie = form.need("tie", "person-error-tie");
    if let (Some(called), Some(tie), true) = (called, tie, form.is_right()) {
        let child = Child { called, born, tie, loves: form.value("loves").to_owned() };
        match web.app.add_child(who.actor(), command(&web, &form), id, child).await {
            Ok(_) => return Ok(done(&web.shell, &format!("/people/{id}"), "flash-saved")),
            Err(error) => beside(&mut form, error)?,
        }
    }
    let view = web.app.person(who.actor(), id).await?;
    Children::of(page, &WhoLooks::of(&who)?, view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
