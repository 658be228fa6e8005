//! One yes with each of its elements, and stopping it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::disclosure::DisclosureView;
use porchlight_practice::disclosure::Mark;
use porchlight_practice::id::{DisclosureId, PersonId};

use crate::disclosure::{Line, home, lines, place, sentence, to};
use crate::error::Trouble;
use crate::form::Form;
use crate::i18n::{self, Argument};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One yes.
#[derive(Template)]
#[template(path = "disclosure/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub back: String,
    pub address: String,
    pub to: String,
    pub sentence: String,
    pub lines: Vec<Line>,
    pub signature: String,
    /// What became of it; empty while it is in force.
    pub over: String,
    pub in_force: bool,
    pub commands: [String; 2],
}

/// Who signed and when.
pub(crate) fn signature(page: &Page, view: &DisclosureView) -> String {
    let signed = view.disclosure.signed();
    let day = page.date(signed.signature.at.to_zoned(page.zone()).date());
    match &signed.signature.mark {
        Mark::Typed { name } => page.t2("disclosure-signed-typed", "name", name, "day", day),
        Mark::Tapped => page.t2("disclosure-signed-tapped", "name", signed.terms.whose(), "day", day),
        Mark::Guardian { .. } => {
            let name = view.written_by.clone().unwrap_or_default();
            page.t3("disclosure-signed-guardian", "whose", signed.terms.whose(), "name", name, "day", day)
        }
        Mark::Paper { signed: paper, .. } => {
            let kept_by = view.written_by.clone().unwrap_or_default();
            let arguments = [
                ("whose", signed.terms.whose().value()),
                ("day", page.date(paper.young_on()).value()),
                ("guardian", paper.guardian().value()),
                ("other", page.date(paper.guardian_on()).value()),
                ("name", kept_by.value()),
            ];
            i18n::with(page.lang, "disclosure-signed-paper", &arguments)
        }
        Mark::Said { .. } => {
            let name = view.written_by.clone().unwrap_or_default();
            page.t3("disclosure-signed-said", "whose", signed.terms.whose(), "name", name, "day", day)
        }
    }
}

impl ShowPage {
    pub(crate) fn of(
        page: Page,
        person: PersonId,
        own: bool,
        view: &DisclosureView,
        command: impl Fn() -> String,
    ) -> ShowPage {
        let terms = &view.disclosure.signed().terms;
        let to = to(&page, terms.to());
        let over = match view.disclosure.stopped() {
            Some(at) => page.t1("disclosure-over-stopped", "day", page.date(at.to_zoned(page.zone()).date())),
            None if view.in_force => String::new(),
            None => page.t1("disclosure-over-ended", "day", page.date(terms.ends().by)),
        };
        let back = home(person);
        ShowPage {
            address: format!("{back}/{}", view.id),
            sentence: sentence(&page, terms),
            lines: lines(&page, terms),
            signature: signature(&page, view),
            over,
            in_force: view.in_force,
            commands: [command(), command()],
            page: page.titled_with("disclosure-one-title", "to", &to).under(place(own)),
            to,
            back,
        }
    }
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((person, id)): Path<(PersonId, DisclosureId)>,
) -> Result<Response, Trouble> {
    let view = web.app.disclosure(who.actor(), person, id).await?;
    let own = who.actor().person() == Some(person);
    ShowPage::of(page, person, own, &view, || web.app.command_id().to_string()).show()
}

pub(super) async fn stop(
    who: Who,
    State(web): State<Web>,
    Path((person, id)): Path<(PersonId, DisclosureId)>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.stop_disclosure(who.actor(), command(&web, &form), person, id).await?;
    Ok(done(&web.shell, &home(person), "flash-disclosure-stopped"))
}
