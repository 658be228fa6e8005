//! Whom did you see? The person a new note is about.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::person::PersonLine;
use porchlight_practice::contact::Draft;
use porchlight_practice::id::{ContactId, PersonId, VisitId};

use crate::contact::draft::{CHILD, FormPage, OTHER_WORKER, Subject};
use crate::contact::form;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::site::{Web, Who};
use crate::visit::book::note_times;

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
    if let Ok(visit) = form.value("visit").parse() {
        return of_visit(page, &who, &web, visit).await;
    }
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

/// The note of a visit: who, when and how are there already, and the goal that the two of them meant.
async fn of_visit(page: Page, who: &Who, web: &Web, id: VisitId) -> Result<Response, Trouble> {
    let rules = who.rules()?;
    let view = web.app.visit(who.actor(), id).await?;
    if let porchlight_practice::visit::Visit::Done { note: Some(contact), .. } = view.visit {
        // It has one already, to be finished or to be read.
        let end = if web.app.draft(who.actor(), contact).await.is_ok() { "/edit" } else { "" };
        return Ok(Redirect::to(&format!("/contacts/{contact}{end}")).into_response());
    }
    let begin = web.app.begin_note(who.actor(), view.person).await?;
    let arranged = view.visit.arranged();
    let (started, ended) = note_times(&view, web.app.now());
    let here = |id: &str| rules.present.iter().any(|choice| choice.id == id).then(|| id.to_owned());
    let child = arranged.child.then(|| here(CHILD)).flatten();
    let along = (!arranged.is_alone()).then(|| here(OTHER_WORKER)).flatten();
    let draft = Draft {
        kind: arranged.kind.clone(),
        goal: arranged.goal.filter(|goal| begin.goals.iter().any(|(id, _)| id == goal)),
        started: Some(started),
        ended: Some(ended),
        present: child.into_iter().chain(along).collect(),
        ..Draft::default()
    };
    let subject = Subject {
        id: ContactId(web.app.command_id().0),
        person: view.person,
        person_name: begin.person_name,
        version: 0,
        goals: begin.goals,
        kept: begin.kept,
    };
    let form = form::fill(&draft, rules, &who.zone).with("visit", id.to_string());
    FormPage::of(page, web, rules, subject, &draft, form).show()
}
