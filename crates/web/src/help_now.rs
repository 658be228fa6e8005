//! Help now: whom to call, signed in or not. It is also the example of how a page is written.

use askama::Template;
use axum::response::Response;
use porchlight_practice::{Lang, pack};

use crate::error::Trouble;
use crate::page::{Page, Show};

/// One line to call or write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpLine {
    /// Its name, in the reader's language.
    pub name: String,
    /// What to dial.
    pub call: String,
    /// Where to write a text message to, when one can.
    pub text: Option<String>,
    /// How to get another language, or what to expect.
    pub hint: Option<String>,
}

/// The page. The first line is the one that is shown largest.
#[derive(Template)]
#[template(path = "help_now.html")]
pub struct HelpNow {
    /// Who looks, in which language.
    pub page: Page,
    /// The pack's help lines, the most important first.
    pub lines: Vec<HelpLine>,
}

impl HelpLine {
    /// A pack's line in the reader's language.
    pub fn of(line: &pack::HelpLine, lang: Lang) -> HelpLine {
        HelpLine {
            name: line.name.in_(lang).to_owned(),
            call: line.call.clone(),
            text: line.text.clone(),
            hint: line.hint.as_ref().map(|hint| hint.in_(lang).to_owned()),
        }
    }
}

impl HelpNow {
    /// The page with these lines.
    pub fn answer(page: Page, lines: Vec<HelpLine>) -> Result<Response, Trouble> {
        HelpNow { page: page.titled("help-now-title"), lines }.show()
    }
}
