//! Everything that a person asks for elsewhere, and what came of it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::advocacy::AdvocaciesView;
use porchlight_practice::advocacy::{Advocacy, Came};
use porchlight_practice::pack::Rules;

use crate::advocacy::{Place, name};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// One, in words.
pub(crate) struct Line {
    address: String,
    words: String,
    note: String,
    standing: String,
    tone: &'static str,
}

/// What a person asks for elsewhere.
#[derive(Template)]
#[template(path = "advocacy/list.html")]
pub(crate) struct ListPage {
    page: Page,
    lead: String,
    back: String,
    back_name: String,
    new: String,
    lines: Vec<Line>,
}

/// How it stands, in a word or two, and the tone of that.
pub(super) fn standing(page: &Page, advocacy: &Advocacy) -> (String, &'static str) {
    let Some((came, _)) = advocacy.came() else { return (page.t("advocacy-open"), "sun") };
    match came {
        Came::All => (page.t("advocacy-came-all"), "ok"),
        Came::Part { .. } => (page.t("advocacy-came-part"), ""),
        Came::Nothing { .. } => (page.t("advocacy-came-nothing"), ""),
        Came::LetGo => (page.t("advocacy-came-let-go"), ""),
    }
}

impl ListPage {
    pub(crate) fn of(page: Page, place: &Place, rules: &Rules, view: &AdvocaciesView) -> ListPage {
        let page = match place.own {
            true => page.titled("advocacy-title"),
            false => page.titled_with("advocacy-title-of", "name", &view.called),
        };
        let page = place.page(page);
        let lines = view.all.iter().map(|(id, advocacy)| {
            let asked = advocacy.asked();
            let (standing, tone) = standing(&page, advocacy);
            let need = name(&page, &rules.advocacy.needs, &asked.ask().need);
            Line {
                address: place.one(*id),
                words: asked.ask().words.clone(),
                note: page.t3(
                    "advocacy-note",
                    "need",
                    need,
                    "of",
                    &asked.ask().of,
                    "day",
                    page.date(asked.since()),
                ),
                standing,
                tone,
            }
        });
        ListPage {
            lead: match place.own {
                true => page.t("advocacy-lead"),
                false => page.t1("advocacy-lead-of", "name", &view.called),
            },
            back: if place.own { "/me".into() } else { format!("/people/{}", view.person) },
            back_name: if place.own { page.t("nav-home") } else { view.called.clone() },
            new: if view.may_write { format!("{}/new", place.list()) } else { String::new() },
            lines: lines.collect(),
            page,
        }
    }
}

pub(super) async fn list(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
) -> Result<Response, Trouble> {
    let view = web.app.advocacies(who.actor(), place.person).await?;
    ListPage::of(page, &place, who.rules()?, &view).show()
}
