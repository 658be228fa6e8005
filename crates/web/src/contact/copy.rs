//! A note as plain text.

use std::fmt::Write as _;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::contact::NoteView;
use porchlight_practice::id::ContactId;
use porchlight_practice::pack::Rules;

use crate::contact::words::{addition_key, date_time, lines, signature, signer};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// The whole note as plain text, for the agency's other record system, so that nobody writes twice.
pub(crate) fn plain(page: &Page, rules: &Rules, view: &NoteView) -> String {
    let signed = &view.signed;
    let mut text = page.t1("contact-visit-with", "name", &view.person_name);
    let _ = write!(text, "\n{}\n", page.length(signed.minutes));
    for line in lines(page, rules, &signed.note, view.goal.clone()) {
        let _ = write!(text, "\n{}\n{}\n", line.name, line.text);
    }
    for line in signature(page, rules, view) {
        let _ = write!(text, "\n{line}");
    }
    for addition in view.additions.iter().filter(|addition| addition.kind.for_the_person()) {
        let _ = write!(
            text,
            "\n\n{}\n{}",
            page.t2(
                "contact-by-when",
                "name",
                signer(&addition.by.name, &addition.by.title),
                "when",
                date_time(page, addition.at)
            ),
            page.t(addition_key(addition.kind)),
        );
        if !addition.words.is_empty() {
            let _ = write!(text, "\n{}", addition.words);
        }
    }
    text.push('\n');
    text
}

/// The note as plain text.
#[derive(Template)]
#[template(path = "contact/copy.html")]
pub(crate) struct Copy {
    pub page: Page,
    pub id: ContactId,
    pub text: String,
    pub rows: usize,
}

impl Copy {
    pub fn of(page: Page, rules: &Rules, view: &NoteView) -> Copy {
        let text = plain(&page, rules, view);
        let back = format!("/contacts/{}", view.id);
        Copy {
            rows: text.lines().count() + 2,
            text,
            id: view.id,
            page: page.titled("contact-copy").focused(back),
        }
    }
}

pub(super) async fn copy(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    let note = web.app.note_to_copy(who.actor(), id).await?;
    Copy::of(page, who.rules()?, &note).show()
}
