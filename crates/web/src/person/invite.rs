//! A person's own way to sign in.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::person::PersonView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::PersonId;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::person::{Named, about, fresh};
use crate::site::{Web, Who, address, command};

/// Giving the person a link of their own. The link is on the page once, and can be printed.
#[derive(Template)]
#[template(path = "person/invite.html")]
pub struct Invite {
    page: Page,
    form: Form,
    person: Named,
    link: String,
    path: String,
    /// Whether this form made a link before, which nobody can show again.
    shown: bool,
    has_account: bool,
}

impl Invite {
    pub(crate) fn of(page: Page, view: &PersonView, form: Form, link: String, path: String) -> Invite {
        let person = Named::of(view);
        let page = about(page, "person-invite-title", view);
        Invite { page, form, person, link, path, shown: false, has_account: view.has_account }
    }

    /// For a form that was sent twice.
    pub(crate) fn shown_before(self) -> Invite {
        Invite { shown: true, ..self }
    }
}

pub(super) async fn invite(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    if !view.may(Action::PersonInvite) {
        return Err(Trouble::NotFound);
    }
    Invite::of(page, &view, fresh(&web), String::new(), String::new()).show()
}

pub(super) async fn give_link(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    form: Form,
) -> Result<Response, Trouble> {
    let (link, path) = match web.app.invite_person(who.actor(), command(&web, &form), id).await {
        Ok(secret) => {
            let path = format!("/welcome/{}", secret.expose());
            (address(&web, &path), path)
        }
        // The page says that they can sign in already.
        Err(Error::Fault(Fault::HasAccount)) => (String::new(), String::new()),
        Err(Error::Fault(Fault::LinkShown)) => {
            let view = web.app.person(who.actor(), id).await?;
            return Invite::of(page, &view, fresh(&web), String::new(), String::new()).shown_before().show();
        }
        Err(error) => return Err(error.into()),
    };
    let view = web.app.person(who.actor(), id).await?;
    Invite::of(page, &view, form, link, path).show()
}
