//! A person's own way to sign in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::person::PersonView;
use porchlight_app::way_in::Mailed;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::PersonId;

use crate::account::{langs, letter};
use crate::error::Trouble;
use crate::form::{Choice, Form};
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
    /// The languages of a letter; empty when none can go out.
    langs: Vec<Choice>,
    /// Whether the link went out by e-mail, and whether that failed.
    mailed: bool,
    failed: bool,
}

impl Invite {
    pub(crate) fn of(page: Page, view: &PersonView, form: Form, link: String, path: String) -> Invite {
        let person = Named::of(view);
        let page = about(page, "person-invite-title", view).of_form(&form);
        let form = if form.text("lang").is_some() { form } else { form.with("lang", page.lang.tag()) };
        Invite {
            page,
            form,
            person,
            link,
            path,
            shown: false,
            has_account: view.has_account,
            langs: Vec::new(),
            mailed: false,
            failed: false,
        }
    }

    /// Asks for a mailbox too, when letters can go out.
    pub(crate) fn by_mail(self, mails: bool) -> Invite {
        let langs = if mails { langs(&self.page) } else { Vec::new() };
        Invite { langs, ..self }
    }

    /// What became of the letter. What lies in their mailbox need not stand on a screen too.
    pub(crate) fn mailed(self, mailed: Mailed) -> Invite {
        let sent = mailed == Mailed::Sent;
        let link = if sent { String::new() } else { self.link };
        Invite { link, mailed: sent, failed: mailed == Mailed::Failed, ..self }
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
    Invite::of(page, &view, fresh(&web), String::new(), String::new()).by_mail(web.app.mails()).show()
}

pub(super) async fn give_link(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let letter = letter(&mut form);
    if !form.is_right() {
        let view = web.app.person(who.actor(), id).await?;
        let asked = Invite::of(page, &view, form, String::new(), String::new()).by_mail(web.app.mails());
        return asked.show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut mailed = Mailed::NoMailbox;
    let (link, path) = match web.app.invite_person(who.actor(), command(&web, &form), id).await {
        Ok(secret) => {
            if let Some((to, lang)) = &letter {
                mailed = web.app.mail_invitation(to, *lang, &secret).await?;
            }
            let path = format!("/welcome/{}", secret.expose());
            (address(&web, &path), path)
        }
        // The page says that they can sign in already.
        Err(Error::Fault(Fault::HasAccount)) => (String::new(), String::new()),
        Err(Error::Fault(Fault::LinkShown)) => {
            let view = web.app.person(who.actor(), id).await?;
            let shown = Invite::of(page, &view, fresh(&web), String::new(), String::new()).shown_before();
            return shown.by_mail(web.app.mails()).show();
        }
        Err(error) => return Err(error.into()),
    };
    let view = web.app.person(who.actor(), id).await?;
    Invite::of(page, &view, form, link, path).mailed(mailed).show()
}
