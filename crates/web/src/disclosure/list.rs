//! Every yes to copies leaving, and what left.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::disclosure::{Disclosures, Says};
use porchlight_practice::id::PersonId;

use crate::disclosure::{home, place, sentence, to, what, why};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// A yes in the list.
pub(crate) struct Given {
    pub address: String,
    pub sentence: String,
}

/// A copy that left.
pub(crate) struct Left {
    pub when: String,
    pub sentence: String,
    pub by: String,
    pub under: String,
}

/// Copies that leave.
#[derive(Template)]
#[template(path = "disclosure/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub back: String,
    pub back_name: String,
    pub new: String,
    /// Whether a new one is signed on paper by two.
    pub on_paper: bool,
    /// Who says yes for somebody young; empty when nobody does.
    pub guarded: String,
    pub own: bool,
    pub called: String,
    pub given: Vec<Given>,
    pub over: Vec<Given>,
    pub left: Vec<Left>,
}

impl ListPage {
    pub(crate) fn of(page: Page, person: PersonId, all: &Disclosures) -> ListPage {
        let one = |view: &porchlight_app::disclosure::DisclosureView| Given {
            address: format!("{}/{}", home(person), view.id),
            sentence: sentence(&page, &view.disclosure.signed().terms),
        };
        let left = all.copies.iter().map(|copy| {
            let terms = &copy.under.disclosure.signed().terms;
            Left {
                when: page.date(copy.at.to_zoned(page.zone()).date()),
                sentence: page.t3(
                    "disclosure-left",
                    "what",
                    what(&page, terms.what()),
                    "to",
                    to(&page, terms.to()),
                    "why",
                    why(&page, terms.why()),
                ),
                by: if copy.own && all.own {
                    page.t("disclosure-left-by-you")
                } else {
                    page.t1("disclosure-left-by", "name", &copy.by)
                },
                under: format!("{}/{}", home(person), copy.under.id),
            }
        });
        let guarded = match (all.guarded_until, all.both_sign, all.own) {
            (None, ..) => String::new(),
            (Some(_), true, _) if matches!(all.says, Some(Says::BothOnPaper { .. })) => {
                page.t1("guardian-both-sign-keep", "name", &all.called)
            }
            (Some(_), true, _) => page.t1("guardian-both-sign", "name", &all.called),
            (Some(day), false, true) => page.t1("guardian-says-own", "day", page.date(day)),
            (Some(day), false, false) if all.guardian => {
                page.t2("guardian-says-you", "name", &all.called, "day", page.date(day))
            }
            (Some(day), false, false) => page.t2("guardian-says", "name", &all.called, "day", page.date(day)),
        };
        let (back, back_name) = if all.guardian {
            ("/young".to_owned(), all.called.clone())
        } else if all.own {
            ("/me/choices".to_owned(), page.t("nav-choices"))
        } else {
            (format!("/people/{person}"), all.called.clone())
        };
        ListPage {
            given: all.all.iter().filter(|view| view.in_force).map(one).collect(),
            over: all.all.iter().filter(|view| !view.in_force).map(one).collect(),
            left: left.collect(),
            new: if all.says.is_some() { format!("{}/new", home(person)) } else { String::new() },
            on_paper: matches!(all.says, Some(Says::BothOnPaper { .. })),
            guarded,
            own: all.own,
            called: all.called.clone(),
            back,
            back_name,
            page: page.titled("disclosure-title").under(place(all.own)),
        }
    }
}

pub(super) async fn list(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    let all = web.app.disclosures(who.actor(), person).await?;
    ListPage::of(page, person, &all).show()
}
