//! Supervision: what comes next, what a worker brings, the signed record, and a person's yes to somebody sitting in.

pub(crate) mod agenda;
pub(crate) mod book;
pub(crate) mod list;
pub(crate) mod meeting;
pub(crate) mod record;
pub(crate) mod sitting_in;
pub(crate) mod times;
pub(crate) mod words;

use axum::http::Method;
use porchlight_access::Action;

use crate::routes::{Needs, Routes};
use crate::site::Web;

/// Where it begins.
pub(crate) const HOME: &str = "/supervision";

/// The pages of supervision.
pub fn routes() -> Routes<Web> {
    let needs = Needs::Action;
    let open = needs(Action::SupervisionOpen);
    let change = needs(Action::SupervisionChange);
    let sit_in = needs(Action::SupervisionSitIn);
    let sit_out = needs(Action::SupervisionSitOut);
    Routes::new()
        .page(Method::GET, "/supervision", list::show, needs(Action::SupervisionRead))
        .page(Method::POST, "/supervision/agenda", agenda::bring, needs(Action::SupervisionBring))
        .page(
            Method::POST,
            "/supervision/agenda/{item}/take-off",
            agenda::take_off,
            needs(Action::SupervisionTakeOff),
        )
        .page(Method::GET, "/supervision/new", book::ask, needs(Action::SupervisionBook))
        .page(Method::POST, "/supervision/new", book::book, needs(Action::SupervisionBook))
        .page(Method::GET, "/supervision/{meeting}", meeting::show, open)
        .page(Method::POST, "/supervision/{meeting}/move", meeting::put_off, change)
        .page(Method::POST, "/supervision/{meeting}/call-off", meeting::call_off, change)
        .page(Method::POST, "/supervision/{meeting}/sign", meeting::sign, needs(Action::SupervisionSign))
        .page(
            Method::POST,
            "/supervision/{meeting}/strike",
            meeting::strike,
            needs(Action::SupervisionStrike),
        )
        .page(Method::GET, "/supervision/{meeting}/record", record::ask, open)
        .page(Method::POST, "/supervision/{meeting}/record", record::record, needs(Action::SupervisionRecord))
        .page(Method::GET, "/supervision-times", times::show, needs(Action::SupervisionTimes))
        .page(Method::GET, "/people/{person}/sitting-in", sitting_in::ask, sit_in)
        .page(Method::POST, "/people/{person}/sitting-in", sitting_in::say_yes, sit_in)
        .page(Method::POST, "/people/{person}/sitting-in/{yes}/take-back", sitting_in::take_back, sit_out)
        .page(Method::POST, "/me/choices/sitting-in/{yes}/take-back", sitting_in::take_back_own, sit_out)
}
