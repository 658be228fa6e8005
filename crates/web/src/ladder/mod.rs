//! The ladder of a programme: who is called, who is on call when, trying it out.

pub(crate) mod edit;
pub(crate) mod show;
pub(crate) mod test;

use axum::http::Method;
use porchlight_access::Action;

use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages of the ladder.
pub fn routes() -> Routes<Web> {
    let needs = Needs::Action;
    Routes::new()
        .page(Method::GET, "/ladder", show::show, needs(Action::LadderRead))
        .page(Method::POST, "/ladder/drill", show::drill, needs(Action::LadderDrill))
        .page(Method::POST, "/ladder/test", show::test, needs(Action::LadderTest))
        .page(Method::GET, "/ladder/change", edit::ask, needs(Action::LadderRead))
        .page(Method::POST, "/ladder/change", edit::keep, needs(Action::LadderChange))
        .page(Method::GET, "/ladder/test/{run}", test::show, needs(Action::LadderSee))
        .page(Method::POST, "/ladder/test/{run}", test::answer, needs(Action::LadderAnswer))
}
