//! Phones that work without signal: setting one up, the page of what is on it, and taking in what was written there.

pub(crate) mod offline;
mod send;
pub(crate) mod show;

use axum::http::Method;
use axum::response::Response;
use porchlight_app::Action;

use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages of phones.
pub fn routes() -> Routes<Web> {
    let read = Needs::Action(Action::DeviceRead);
    Routes::new()
        .page(Method::GET, "/device", show::show, read)
        .page(Method::POST, "/device", show::make, Needs::Action(Action::DeviceMake))
        .page(Method::GET, "/device/pages", show::pages, read)
        .page(Method::POST, "/device/{device}/end", show::end, Needs::Action(Action::DeviceEnd))
        // The phone shows its own secret: what was written on it comes in even when its owner can't sign in any more.
        .public(Method::POST, "/device/send", send::send)
        .public(Method::GET, "/offline", offline::show)
        // It stands before every page of the site, so it lies at the top, under an address that never changes.
        .public(Method::GET, "/device-worker.js", offline::worker)
}

/// Where a form went that is saved, though something in it is still to be put right.
#[derive(Clone)]
struct Arrived(String);

/// Marks the answer to a form that is saved on the server, although its page comes back: nothing of it is kept twice. `to` is
/// where it can be put right.
pub(crate) fn arrived(mut response: Response, to: String) -> Response {
    response.extensions_mut().insert(Arrived(to));
    response
}
