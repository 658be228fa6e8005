//! The signed visits of one person.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_practice::Role;
use porchlight_practice::id::PersonId;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::person::first_big;
use crate::site::{Web, Who};

/// A visit, in words.
pub struct VisitRow {
    href: String,
    icon: String,
    when: String,
    title: String,
    own_words: String,
    late: bool,
}

/// The signed visits of one person, the newest first.
#[derive(Template)]
#[template(path = "person/visits.html")]
pub struct Visits {
    page: Page,
    back: String,
    visits: Vec<VisitRow>,
}

impl Visits {
    pub(crate) fn of(
        page: Page,
        rules: &porchlight_practice::pack::Rules,
        back: String,
        lines: Vec<porchlight_app::contact::VisitLine>,
    ) -> Visits {
        let title = first_big(&page.w("contacts"));
        let mut page = page;
        page.title = title;
        let visits = lines.into_iter().map(|line| {
            let kind = rules.contact_kinds.iter().find(|kind| kind.id == line.kind);
            let name = kind.map_or_else(|| page.w("contact"), |kind| page.text(&kind.name));
            VisitRow {
                href: format!("/contacts/{}", line.id),
                icon: kind.map_or_else(|| "speech".to_owned(), |kind| kind.icon.clone()),
                when: page.moment(line.started),
                title: page.t2("person-visit", "kind", name, "name", &line.writer_name),
                own_words: line.own_words,
                late: line.late,
            }
        });
        Visits { visits: visits.collect(), back, page }
    }
}

pub(super) async fn visits(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let lines = web.app.visits(who.actor(), id).await?;
    // A team member may have a yes to the visits alone; the record itself is then no way back.
    let back =
        if who.actor().role() == Role::TeamMember { "/people".to_owned() } else { format!("/people/{id}") };
    Visits::of(page, who.rules()?, back, lines).show()
}
