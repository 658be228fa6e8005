//! The journal as auditors and the privacy lead read it: who did or looked at what, when, and by which rule. It names no
//! supported person and shows no text that anybody wrote.

use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::look::JournalView;

use crate::error::Trouble;
use crate::form::Form;
use crate::i18n;
use crate::page::{Page, Show};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The routes of the journal.
pub fn routes() -> Routes<Web> {
    Routes::new().page(Method::GET, "/journal", show, Needs::Action(Action::JournalRead))
}

/// One entry, in words.
pub(crate) struct Line {
    pub at: String,
    pub when: String,
    pub by: String,
    pub role: String,
    pub what: String,
    pub outcome: String,
    pub tone: &'static str,
    /// The policy that allowed it.
    pub policy: String,
}

/// The newest entries.
#[derive(Template)]
#[template(path = "journal/show.html")]
pub(crate) struct JournalPage {
    pub page: Page,
    pub lines: Vec<Line>,
    /// Whether this is the newest page.
    pub newest: bool,
    /// The address of older entries; empty when there are none.
    pub older: String,
}

impl JournalPage {
    pub(crate) fn of(page: Page, view: &JournalView, newest: bool) -> JournalPage {
        let page = page.titled("journal-title");
        let older = view.older.as_ref().map(|place| format!("/journal?before={place}")).unwrap_or_default();
        let lines = view
            .lines
            .iter()
            .map(|line| {
                let (outcome, tone) = match line.outcome {
                    "done" => ("journal-done", "ok"),
                    "refused" => ("journal-stopped", "warn"),
                    _ => ("journal-looked", "info"),
                };
                let role = format!("role-{}", line.role.replace('_', "-"));
                Line {
                    at: page.machine(line.at),
                    when: page.moment(line.at),
                    by: line.by.clone(),
                    role: if i18n::is_key(&role) { page.t(&role) } else { page.t("journal-system") },
                    what: page.t(&what(&line.action)),
                    outcome: page.t(outcome),
                    tone,
                    policy: line.policy.clone(),
                }
            })
            .collect();
        JournalPage { page, lines, newest, older }
    }
}

/// The key of what an action is called. One that a later version of this program wrote is "something else".
fn what(action: &str) -> String {
    let key = format!("journal-did-{}", action.replace(['.', '_'], "-"));
    if i18n::is_key(&key) { key } else { "journal-something".to_owned() }
}

async fn show(page: Page, State(web): State<Web>, who: Who, form: Form) -> Result<Response, Trouble> {
    let programme = who.actor().programme().ok_or(Trouble::NotFound)?;
    let before = form.text("before");
    let view = web.app.journal_lines(who.actor(), programme, before.as_deref()).await?;
    JournalPage::of(page, &view, before.is_none()).show()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_its_words() {
        for action in Action::ALL {
            assert_ne!(what(action.as_str()), "journal-something", "{}", action.as_str());
        }
        for step in porchlight_app::account::Step::ALL {
            assert_ne!(what(step.as_str()), "journal-something", "{}", step.as_str());
        }
        assert_eq!(what("later.thing"), "journal-something");
    }
}
