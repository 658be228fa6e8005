//! The list of people.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::person::{Opens, PersonLine};
use porchlight_practice::Role;
use porchlight_practice::person::initials;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::person::first_big;
use crate::site::{Web, Who};

/// A person in the list, in words.
pub struct Row {
    href: String,
    name: String,
    initials: String,
    goal: String,
    note: String,
}

/// The list of people.
#[derive(Template)]
#[template(path = "person/list.html")]
pub struct List {
    page: Page,
    may_add: bool,
    shared_only: bool,
    waiting: Vec<Row>,
    rows: Vec<Row>,
}

impl List {
    pub(crate) fn of(page: Page, role: Role, lines: Vec<PersonLine>) -> List {
        let (mut waiting, mut rows) = (Vec::new(), Vec::new());
        for line in lines {
            let row = Row {
                href: format!("/people/{}{}", line.id, below(line.opens)),
                initials: initials(&line.name),
                goal: line.goal.clone().unwrap_or_default(),
                note: note_of(&page, role, &line),
                name: line.name,
            };
            if line.waiting && line.opens == Opens::Record { waiting.push(row) } else { rows.push(row) }
        }
        let mut page = page;
        page.title = first_big(&page.w("people"));
        let shared_only = role == Role::TeamMember;
        if shared_only {
            rows.append(&mut waiting);
        }
        List { page, may_add: role.is_peer() || role == Role::Supervisor, shared_only, waiting, rows }
    }
}

/// Where their page lies below their own.
fn below(opens: Opens) -> &'static str {
    match opens {
        Opens::Record => "",
        Opens::Notes => "/visits",
        Opens::Papers => "/plans",
    }
}

fn note_of(page: &Page, role: Role, line: &PersonLine) -> String {
    match line.opens {
        Opens::Record => {}
        Opens::Notes => return page.t("person-notes-only"),
        Opens::Papers => return page.t("person-papers-only"),
    }
    let met = match line.last_contact {
        Some(at) => page.t1("person-last-met", "day", page.near(at.to_zoned(page.zone()).date())),
        None => page.t("person-not-met"),
    };
    // Whoever walks alone with somebody need not be told so.
    if line.walks_with.is_empty() || role.is_peer() && line.walks_with.len() == 1 {
        return met;
    }
    page.t2("person-walked-and-met", "names", page.list(&line.walks_with), "met", met)
}

pub(super) async fn list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let lines = web.app.people(who.actor()).await?;
    List::of(page, who.actor().role(), lines).show()
}
