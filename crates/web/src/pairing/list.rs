//! What waits for whoever brings people together.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::pairing::{MentorLine, PairingLine, Waiting};
use porchlight_practice::pairing::{Pairing, Side};

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One row.
pub(crate) struct Row {
    pub address: String,
    pub title: String,
    pub note: String,
    pub tag: String,
}

/// What waits.
#[derive(Template)]
#[template(path = "pairing/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub to_do: Vec<Row>,
    pub on_the_way: Vec<Row>,
    pub mentors: Vec<Row>,
    /// Whether the reader walks with people, and may share something about themself.
    pub walks: bool,
}

/// What has to be done about two people; empty when they only need time.
pub(crate) fn to_do(page: &Page, line: &PairingLine) -> String {
    match &line.pairing {
        Pairing::Wished { .. } => page.t("pairing-do-decide"),
        Pairing::Met { agreed, .. } if agreed.len() == 2 => page.t("pairing-do-plan"),
        Pairing::Planned { talk, .. } if talk.day <= line.today => page.t("pairing-do-talked"),
        pairing @ Pairing::Together { .. } if !pairing.wants_to_talk().is_empty() => {
            let name = |side: &Side| if *side == Side::Asker { &line.asker } else { &line.other };
            let names: Vec<&String> = pairing.wants_to_talk().iter().map(name).collect();
            page.t1("pairing-do-hear", "names", page.list(&names))
        }
        _ => String::new(),
    }
}

/// How far two people have come.
pub(crate) fn standing(page: &Page, pairing: &Pairing) -> String {
    match pairing {
        Pairing::Wished { .. } => page.t("pairing-is-wished"),
        Pairing::Asked { .. } => page.t("pairing-is-asked"),
        Pairing::Met { .. } => page.t("pairing-is-met"),
        Pairing::Planned { talk, .. } => page.t1("pairing-is-planned", "day", page.date(talk.day)),
        Pairing::Together { since, .. } => page.t1("pairing-is-together", "day", page.date(*since)),
        Pairing::LetGo { .. } | Pairing::Over { .. } => page.t("pairing-is-over"),
    }
}

impl ListPage {
    pub(crate) fn of(page: Page, waiting: &Waiting) -> ListPage {
        let row = |line: &PairingLine| Row {
            address: format!("/pairings/{}", line.id),
            title: page.t2("pairing-two", "asker", &line.asker, "other", &line.other),
            note: standing(&page, &line.pairing),
            tag: to_do(&page, line),
        };
        let mentor = |line: &MentorLine| Row {
            address: format!("/people/{}/mentor", line.person),
            title: line.name.clone(),
            note: page.t(if line.ready { "pairing-mentor-ready" } else { "pairing-mentor-waits" }),
            tag: match (line.ready, line.due) {
                (false, _) => page.t("pairing-do-screen"),
                (true, true) => page.t("pairing-do-look-after"),
                (true, false) => String::new(),
            },
        };
        let (to_do, on_the_way) = waiting.pairings.iter().map(row).partition(|row: &Row| !row.tag.is_empty());
        ListPage {
            to_do,
            on_the_way,
            mentors: waiting.mentors.iter().map(mentor).collect(),
            walks: page.visitor.as_ref().is_some_and(|visitor| visitor.role.is_peer()),
            page: page.titled("pairing-list"),
        }
    }
}

pub(super) async fn list(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    ListPage::of(page, &web.app.pairings(who.actor()).await?).show()
}
