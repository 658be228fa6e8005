//! Copies of a record that leave the programme: asking the person, their signed yes, the copy, and what left. The same
//! pages serve the person and whoever writes it down for somebody who has no way to sign in.

pub(crate) mod ask;
pub(crate) mod copy;
pub(crate) mod list;
pub(crate) mod show;

use axum::http::Method;
use porchlight_app::Action;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::disclosure::{Reason, Recipient, Scope, Terms};
use porchlight_practice::id::PersonId;

use crate::i18n::{self, Argument};
use crate::page::Page;
use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages of copies that leave.
pub fn routes() -> Routes<Web> {
    let read = Needs::Action(Action::DisclosureRead);
    Routes::new()
        .page(Method::GET, "/outside/{person}", list::list, read)
        .page(Method::GET, "/outside/{person}/new", ask::ask, read)
        .page(Method::POST, "/outside/{person}/new", ask::sign, Needs::Action(Action::DisclosureAgree))
        .page(Method::GET, "/outside/{person}/{disclosure}", show::show, read)
        .page(
            Method::POST,
            "/outside/{person}/{disclosure}/stop",
            show::stop,
            Needs::Action(Action::DisclosureStop),
        )
        .page(
            Method::POST,
            "/outside/{person}/{disclosure}/copy",
            copy::make,
            Needs::Action(Action::DisclosureCopy),
        )
        .page(
            Method::GET,
            "/outside/{person}/copies/{copy}",
            copy::show,
            Needs::Action(Action::DisclosureReadCopy),
        )
        .page(
            Method::GET,
            "/outside/{person}/copies/{copy}/pdf",
            copy::pdf,
            Needs::Action(Action::DisclosureReadCopy),
        )
}

/// Under which place of the list a page stands.
fn place(own: bool) -> &'static str {
    if own { "/me/choices" } else { "/people" }
}

pub(crate) fn home(person: PersonId) -> String {
    format!("/outside/{person}")
}

/// One element of a consent: what it is called, and what was said.
pub(crate) struct Line {
    pub name: String,
    pub text: String,
}

pub(crate) fn to(page: &Page, recipient: &Recipient) -> String {
    match recipient {
        Recipient::Named { name, place } if place.trim().is_empty() => name.clone(),
        Recipient::Named { name, place } => format!("{name} ({place})"),
        Recipient::EverybodyInMyCare => page.t("disclosure-to-care"),
    }
}

pub(crate) fn what(page: &Page, scope: &Scope) -> String {
    let mut what: Vec<String> = Vec::new();
    for part in &scope.parts {
        what.push(match (part, scope.notes_since) {
            (RecordPart::Profile, _) => page.t("disclosure-part-profile"),
            (RecordPart::Notes, None) => page.t("disclosure-part-notes"),
            (RecordPart::Notes, Some(day)) => page.t1("disclosure-part-notes-since", "day", page.date(day)),
        });
    }
    page.list(&what)
}

pub(crate) fn why(page: &Page, reason: &Reason) -> String {
    match reason {
        Reason::IAskForIt => page.t("disclosure-why-ask"),
        Reason::Care => page.t("disclosure-why-care"),
        Reason::Words { words } => words.clone(),
    }
}

/// A consent in a few short sentences, to be read aloud.
pub(crate) fn sentence(page: &Page, terms: &Terms) -> String {
    let arguments = [
        ("from", terms.from().value()),
        ("to", to(page, terms.to()).value()),
        ("what", what(page, terms.what()).value()),
        ("whose", terms.whose().value()),
        ("why", why(page, terms.why()).value()),
        ("day", page.date(terms.ends().by).value()),
    ];
    i18n::with(page.lang, "disclosure-sentence", &arguments)
}

/// Every element of a consent, in the order of 42 CFR 2.31.
pub(crate) fn lines(page: &Page, terms: &Terms) -> Vec<Line> {
    let line = |name: &str, text: String| Line { name: page.t(name), text };
    let substance_use = if terms.what().substance_use {
        page.t("disclosure-substance-use-named")
    } else {
        page.t("disclosure-substance-use-left-out")
    };
    let mut ends = page.t1("disclosure-ends-day", "day", page.date(terms.ends().by));
    if !terms.ends().event.trim().is_empty() {
        ends = format!("{ends} {}", page.t1("disclosure-ends-event", "event", &terms.ends().event));
    }
    vec![
        line("disclosure-name-whose", terms.whose().to_owned()),
        line("disclosure-name-from", terms.from().to_owned()),
        line("disclosure-name-what", what(page, terms.what())),
        line("disclosure-name-substance-use", substance_use),
        line("disclosure-name-to", to(page, terms.to())),
        line("disclosure-name-why", why(page, terms.why())),
        line("disclosure-name-stop", page.t("disclosure-stop-how")),
        line("disclosure-name-ends", ends),
        line("disclosure-name-no", page.t("disclosure-no-means")),
        line("disclosure-name-on", page.t("disclosure-passed-on")),
    ]
}
