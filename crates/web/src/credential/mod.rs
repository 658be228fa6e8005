//! What workers can show, and what they may do with it: one's own answers, adding a paper, looking at those of others,
//! and what changes in the next days.

pub(crate) mod add;
pub(crate) mod ahead;
pub(crate) mod check;
pub(crate) mod show;
pub(crate) mod take;
pub(crate) mod words;

use axum::http::Method;
use porchlight_access::Action;

use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages about credentials.
pub fn routes() -> Routes<Web> {
    let own = Needs::Action(Action::CredentialRead);
    let add = Needs::Action(Action::CredentialAdd);
    let open = Needs::Action(Action::CredentialOpen);
    Routes::new()
        .page(Method::GET, "/credentials", show::show, own)
        .page(Method::GET, "/credentials/new", add::ask, own)
        .page(Method::POST, "/credentials/new", add::add, add)
        .page(Method::GET, "/credentials/take", take::show, Needs::Action(Action::CredentialTake))
        .page(Method::GET, "/credentials/take/{part}", take::file, Needs::Action(Action::CredentialTake))
        .page(Method::GET, "/credentials/{credential}", check::show, open)
        .page(Method::POST, "/credentials/{credential}", check::check, Needs::Action(Action::CredentialCheck))
        .page(Method::GET, "/credentials/{credential}/document", check::document, open)
        .page(
            Method::POST,
            "/credentials/{credential}/take-back",
            check::take_back,
            Needs::Action(Action::CredentialTakeBack),
        )
        .page(Method::GET, "/papers-to-check", check::queue, Needs::Action(Action::CredentialQueue))
        .page(Method::GET, "/ahead", ahead::show, Needs::Action(Action::CredentialAhead))
}
