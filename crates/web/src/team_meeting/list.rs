//! Lists of team meetings: of one person, and of everybody with whom one walks.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::team_meeting::TeamMeetingLine;
use porchlight_practice::id::PersonId;

use super::{here, home, tag};
use crate::error::Trouble;
use crate::group::words::Row;
use crate::me::own;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// A list.
#[derive(Template)]
#[template(path = "team_meeting/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    /// Where the way up leads, and what it is called; empty on a page that is the first of its kind.
    pub up: (String, String),
    pub lead: String,
    pub rows: Vec<Row>,
    /// Where another one is written down; empty for whoever can't.
    pub new: String,
}

fn row(page: &Page, own: bool, line: &TeamMeetingLine, named: bool) -> Row {
    let (tag, tag_tone) = tag(page, &line.meeting);
    let invitation = line.meeting.invitation();
    let when = page.moment(invitation.at);
    let (title, note) = match named {
        true => (line.name.clone(), format!("{when} · {}", invitation.place)),
        false => (when, invitation.place.clone()),
    };
    Row {
        href: here(own, line.person, line.id),
        icon: "people",
        tone: if line.meeting.wants().said.is_empty() { "" } else { "pri" },
        title,
        note: note.trim_end_matches(" · ").to_owned(),
        tag,
        tag_tone,
    }
}

impl ListPage {
    pub(crate) fn ahead_of(page: Page, lines: &[TeamMeetingLine]) -> ListPage {
        let page = page.titled("team-meeting-title").under("/day");
        ListPage {
            up: (String::new(), String::new()),
            lead: page.t("team-meeting-ahead-lead"),
            rows: lines.iter().map(|line| row(&page, false, line, true)).collect(),
            new: String::new(),
            page,
        }
    }

    pub(crate) fn of(
        page: Page,
        own: bool,
        person: PersonId,
        (called, lines, keeps): (String, Vec<TeamMeetingLine>, bool),
    ) -> ListPage {
        let (up, page) = match own {
            true => (("/me".to_owned(), page.t("layout-back")), page.titled("team-meeting-own").under("/me")),
            false => (
                (format!("/people/{person}"), called.clone()),
                page.titled_with("team-meeting-of", "name", &called).focused(format!("/people/{person}")),
            ),
        };
        ListPage {
            up,
            lead: page.t(if own { "team-meeting-own-lead" } else { "team-meeting-lead" }),
            rows: lines.iter().map(|line| row(&page, own, line, false)).collect(),
            new: if keeps && !own { format!("{}/new", home(own, person)) } else { String::new() },
            page,
        }
    }
}

pub(crate) async fn ahead(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let lines = web.app.own_team_meetings(who.actor()).await?;
    ListPage::ahead_of(page, &lines).show()
}

pub(crate) async fn of_person(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    ListPage::of(page, false, person, web.app.team_meetings(who.actor(), person).await?).show()
}

pub(crate) async fn own_list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let person = own(&who)?;
    ListPage::of(page, true, person, web.app.team_meetings(who.actor(), person).await?).show()
}
