//! Whom did you see? The person a new note is about.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::person::PersonLine;
use porchlight_practice::id::{ContactId, PersonId};

use crate::contact::draft::{FormPage, Subject};
use crate::contact::form;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// Picks the person a note is about.
#[derive(Template)]
#[template(path = "contact/pick.html")]
pub(crate) struct Pick {
    pub page: Page,
    pub people: Vec<PersonLine>,
    pub check_in: bool,
}

pub(super) async fn begin(
    page: Page,
    who: Who,
    State(web): State<Web>,
    form: Form,
) -> Result<Response, Trouble> {
    let rules = who.rules()?;
    let check_in = form.has("check_in", "yes") && rules.note.check_in_minutes > 0;
    let Ok(person) = form.value("person").parse::<PersonId>() else {
        let people = web.app.people(who.actor()).await?;
        return Pick { page: page.titled("contact-who").focused("/day"), people, check_in }.show();
    };
    let begin = web.app.begin_note(who.actor(), person).await?;
    let draft = form::fresh(check_in, rules, web.app.now());
    let subject = Subject {
        id: ContactId(web.app.command_id().0),
        person,
        person_name: begin.person_name,
        version: 0,
        goals: begin.goals,
        kept: begin.kept,
    };
    let form = form::fill(&draft, rules, &who.zone);
    FormPage::of(page, &web, rules, subject, &draft, form).show()
}
