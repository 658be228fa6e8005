//! Help now: whom to call, signed in or not. It is also the example of how a page is written.

use askama::Template;
use axum::response::Response;

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

impl HelpNow {
    /// The page with these lines.
    pub fn answer(page: Page, lines: Vec<HelpLine>) -> Result<Response, Trouble> {
        HelpNow { page: page.titled("help-now-title"), lines }.show()
    }
}
