//! What people write in tools: their papers, one section at a time. The same pages serve the person and whoever they let
//! in; the door decides how much of a paper there is to see.

pub(crate) mod card;
mod carry;
pub(crate) mod fields;
pub(crate) mod list;
pub(crate) mod paper;
pub(crate) mod share;
pub(crate) mod shared;
pub(crate) mod sheet;
pub(crate) mod show;
pub(crate) mod shown;
pub(crate) mod start;
pub(crate) mod versions;
pub(crate) mod write;

use axum::http::Method;
use porchlight_app::Action;
use porchlight_app::document::{DocumentView, Kept};

use crate::routes::{Needs, Routes};
use crate::site::Web;

/// Where a paper's own pages lie.
pub(crate) fn address(view: &DocumentView) -> String {
    match view.kept {
        Kept::WithThePerson => format!("/plans/{}", view.id),
        Kept::InACorner => crate::corner::paper_address(view.id),
    }
}

/// The place of the list that a paper belongs to.
pub(crate) fn place(view: &DocumentView) -> &'static str {
    match view.kept {
        Kept::InACorner => crate::corner::HOME,
        Kept::WithThePerson if view.own => "/plans",
        Kept::WithThePerson => "/people",
    }
}

/// The pages of papers.
pub fn routes() -> Routes<Web> {
    let read = Needs::Action(Action::DocumentRead);
    let write = Needs::Action(Action::DocumentWrite);
    Routes::new()
        .page(Method::GET, "/plans", list::list, Needs::Action(Action::DocumentList))
        .page(Method::GET, "/plans/start", start::start, Needs::Action(Action::DocumentStart))
        .page(Method::POST, "/plans/start", start::begin, Needs::Action(Action::DocumentStart))
        .page(Method::GET, "/plans/{document}", show::show, read)
        .page(Method::GET, "/plans/{document}/paper", paper::paper, read)
        .page(Method::GET, "/plans/{document}/pdf", paper::pdf, read)
        .page(Method::GET, "/plans/{document}/write/{section}", write::ask, write)
        .page_later("/plans/{document}/write/{section}", write::save, write)
        .page(Method::POST, "/plans/{document}/keep/{section}", write::autosave, write)
        .page(Method::POST, "/plans/{document}/carry", carry::carry, write)
        .page(Method::GET, "/plans/{document}/versions", versions::list, read)
        .page(Method::GET, "/plans/{document}/versions/{at}", versions::show, read)
        .page(
            Method::POST,
            "/plans/{document}/versions/{at}",
            versions::bring_back,
            Needs::Action(Action::DocumentBringBack),
        )
        .page(
            Method::POST,
            "/plans/{document}/together",
            shared::open_together,
            Needs::Action(Action::DocumentOpenTogether),
        )
        .page(Method::POST, "/plans/{document}/forget", show::forget, Needs::Action(Action::DocumentForget))
        .page(Method::GET, "/plans/{document}/cards", card::list, Needs::Action(Action::CardRead))
        .page(Method::POST, "/plans/{document}/cards", card::make, Needs::Action(Action::CardMake))
        .page(Method::GET, "/plans/{document}/cards/{card}", card::wallet, Needs::Action(Action::CardRead))
        .page(Method::GET, "/plans/{document}/cards/{card}/pdf", card::pdf, Needs::Action(Action::CardRead))
        .page(
            Method::POST,
            "/plans/{document}/cards/{card}/off",
            card::switch_off,
            Needs::Action(Action::CardSwitchOff),
        )
        .page(Method::GET, "/plans/{document}/share", share::choose, Needs::Action(Action::ShareRead))
        .page(Method::POST, "/plans/{document}/share", share::agree, Needs::Action(Action::ShareGive))
        .page(Method::POST, "/plans/{document}/share/stop", share::stop, Needs::Action(Action::ShareStop))
        .page(Method::GET, "/plans/{document}/as/{reader}", show::preview, read)
        .page(Method::GET, "/people/{person}/plans", shared::list, Needs::Action(Action::DocumentList))
        .page(
            Method::GET,
            "/people/{person}/plans/start",
            start::start_with,
            Needs::Action(Action::DocumentStart),
        )
        .page(
            Method::POST,
            "/people/{person}/plans/start",
            start::begin_with,
            Needs::Action(Action::DocumentStart),
        )
}
