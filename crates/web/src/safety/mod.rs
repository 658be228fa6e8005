//! Safety: somebody may be in danger. Sending a report, seeing it climb, taking it, what is done, closing it.

pub(crate) mod act;
pub(crate) mod close;
pub(crate) mod list;
pub(crate) mod mine;
pub(crate) mod new;
pub(crate) mod show;

use axum::http::Method;
use porchlight_access::Action;
use porchlight_app::ladder::Callee;
use porchlight_practice::safety::Kind;

use crate::help_now::Reach;
use crate::page::Page;
use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages of safety reports.
pub fn routes() -> Routes<Web> {
    let needs = Needs::Action;
    Routes::new()
        .page(Method::GET, "/safety", list::list, needs(Action::SafetyList))
        .page(Method::GET, "/safety/new", new::ask, needs(Action::SafetyReport))
        .page(Method::POST, "/safety/new", new::send, needs(Action::SafetyReport))
        .page(Method::GET, "/safety/{report}", show::show, needs(Action::SafetyRead))
        .page(Method::POST, "/safety/{report}/take", act::take, needs(Action::SafetyTake))
        .page(Method::POST, "/safety/{report}/hand-on", act::hand_on, needs(Action::SafetyHandOn))
        .page(Method::POST, "/safety/{report}/add", act::add, needs(Action::SafetyAdd))
        .page(Method::POST, "/safety/{report}/step", act::step, needs(Action::SafetyStep))
        .page(Method::POST, "/safety/{report}/tell", act::tell, needs(Action::SafetyTell))
        .page(Method::POST, "/safety/{report}/withhold", act::withhold, needs(Action::SafetyWithhold))
        .page(Method::POST, "/safety/{report}/back", act::go_back, needs(Action::SafetyGoBack))
        .page(Method::GET, "/safety/{report}/close", close::ask, needs(Action::SafetyRead))
        .page(Method::POST, "/safety/{report}/close", close::close, needs(Action::SafetyClose))
        .page(Method::POST, "/safety/{report}/second", act::second, needs(Action::SafetySecondRead))
        .page(Method::POST, "/safety/{report}/again", act::again, needs(Action::SafetyLookAgain))
        .page(Method::GET, "/me/reports", mine::mine, needs(Action::SafetyReadOwn))
}

/// What a kind of danger is called.
pub(crate) fn kind_name(page: &Page, kind: Kind) -> String {
    page.t(&format!("safety-kind-{}", kind.as_str().replace('_', "-")))
}

/// Somebody to call, as a line with a button.
pub(crate) fn reach(one: &Callee) -> Reach {
    Reach::new(one.name.clone(), one.phone.clone())
}
