//! Contacts and their notes: writing, signing, reading, putting something beside, and the supervisor's queue.

mod beside;
pub(crate) mod clash;
pub(crate) mod copy;
pub(crate) mod draft;
pub(crate) mod form;
pub(crate) mod mine;
pub(crate) mod pick;
pub(crate) mod queue;
pub(crate) mod row;
pub(crate) mod show;
mod words;

use axum::http::Method;
use porchlight_app::Action;

use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages of contacts and their notes.
pub fn routes() -> Routes<Web> {
    let get = Method::GET;
    let post = Method::POST;
    Routes::new()
        .page(get.clone(), "/contacts", mine::mine, Needs::Action(Action::ContactListOwn))
        .page(get.clone(), "/contacts/new", pick::begin, Needs::Action(Action::ContactDraft))
        .page(get.clone(), "/contacts/{id}", show::show, Needs::Action(Action::ContactRead))
        .page(get.clone(), "/contacts/{id}/edit", draft::edit, Needs::Action(Action::ContactReadDraft))
        .page(get.clone(), "/contacts/{id}/copy", copy::copy, Needs::Action(Action::ContactCopy))
        .page_later("/contacts/{id}/draft", draft::save, Needs::Action(Action::ContactDraft))
        .page(post.clone(), "/contacts/{id}/autosave", draft::autosave, Needs::Action(Action::ContactDraft))
        .page_later("/contacts/{id}/sign", draft::sign, Needs::Action(Action::ContactSign))
        .page(post.clone(), "/contacts/{id}/discard", draft::discard, Needs::Action(Action::ContactDiscard))
        .page(post.clone(), "/contacts/{id}/addendum", beside::addendum, Needs::Action(Action::ContactAdd))
        .page(post.clone(), "/contacts/{id}/reply", beside::reply, Needs::Action(Action::ContactAdd))
        .page(
            post.clone(),
            "/contacts/{id}/read-back",
            beside::read_back,
            Needs::Action(Action::ContactReadBack),
        )
        .page(post.clone(), "/contacts/{id}/ask", beside::ask, Needs::Action(Action::ContactAsk))
        .page(
            post,
            "/contacts/{id}/countersign",
            beside::countersign,
            Needs::Action(Action::ContactCountersign),
        )
        .page(get, "/notes-to-read", queue::to_read, Needs::Action(Action::ContactQueue))
}
