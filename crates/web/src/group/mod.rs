//! Groups: those the programme holds, and those that become their members'. Sessions, signing in, handing over.

pub(crate) mod code;
pub(crate) mod edit;
pub(crate) mod guide;
pub(crate) mod hand_over;
pub(crate) mod letter;
pub(crate) mod line;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod own;
pub(crate) mod record;
pub(crate) mod session;
pub(crate) mod show;
pub(crate) mod words;

use axum::http::Method;
use porchlight_access::Action;

use crate::routes::{Needs, Routes};
use crate::site::Web;

/// Where it begins for whoever works here.
pub(crate) const HOME: &str = "/groups";
/// Where it begins for a person.
pub(crate) const OWN: &str = "/me/groups";

/// The pages of groups.
pub fn routes() -> Routes<Web> {
    let needs = Needs::Action;
    let change = needs(Action::GroupChange);
    let lead = needs(Action::GroupLead);
    let people = needs(Action::GroupPeople);
    let hold = needs(Action::GroupHold);
    let sign_in = needs(Action::GroupSignIn);
    let session = needs(Action::GroupSession);
    let record = needs(Action::GroupRecord);
    let line = needs(Action::GroupLine);
    let over = needs(Action::GroupHandOver);
    let own = needs(Action::GroupReadOwn);
    let join = needs(Action::GroupJoin);
    let keep = needs(Action::GroupKeep);
    let read = needs(Action::GroupRead);
    Routes::new()
        .page(Method::GET, "/groups", list::show, needs(Action::GroupList))
        .page(Method::GET, "/groups/new", edit::ask_new, needs(Action::GroupMake))
        .page(Method::POST, "/groups/new", edit::make, needs(Action::GroupMake))
        .page(Method::GET, "/groups/led", list::led, needs(Action::GroupLed))
        .page(Method::GET, "/groups/{group}", show::show, read)
        .page(Method::GET, "/groups/{group}/cards", show::cards, read)
        .page(Method::GET, "/groups/{group}/change", edit::ask, read)
        .page(Method::POST, "/groups/{group}/change", edit::change, change)
        .page(Method::POST, "/groups/{group}/begin", show::begin, change)
        .page(Method::POST, "/groups/{group}/end", show::end, change)
        .page(Method::POST, "/groups/{group}/lead", show::add_leader, lead)
        .page(Method::POST, "/groups/{group}/lead/move", show::move_leader, lead)
        .page(Method::POST, "/groups/{group}/people", show::bring, people)
        .page(Method::POST, "/groups/{group}/people/off", show::take_off, people)
        .page(Method::GET, "/groups/{group}/hand-over", hand_over::ask, read)
        .page(Method::POST, "/groups/{group}/hand-over", hand_over::offer, over)
        .page(Method::POST, "/groups/{group}/hand-over/back", hand_over::back, over)
        .page(Method::POST, "/groups/{group}/hand-over/beside", hand_over::beside, over)
        .page(Method::POST, "/groups/{group}/sessions", session::begin, hold)
        .page(Method::GET, "/groups/{group}/log", log::ask, read)
        .page_later("/groups/{group}/log", log::write, hold)
        .page(Method::GET, "/sessions/{session}", session::show, session)
        .page_later("/sessions/{session}/sign-in", session::sign_in, sign_in)
        .page(Method::POST, "/sessions/{session}/take-off", session::take_off, sign_in)
        .page(Method::POST, "/sessions/{session}/end", session::end, hold)
        .page(Method::POST, "/sessions/{session}/same", session::same, record)
        .page(Method::GET, "/sessions/{session}/code", code::show, session)
        .page(Method::POST, "/sessions/{session}/code", code::make, sign_in)
        .page(Method::GET, "/sessions/{session}/guide/{guide}", guide::show, session)
        .page(Method::GET, "/sessions/{session}/record", record::ask, session)
        .page(Method::POST, "/sessions/{session}/record", record::write, record)
        .page(Method::GET, "/sessions/{session}/lines/{person}", line::ask, line)
        .page(Method::POST, "/sessions/{session}/lines/{person}", line::write, line)
        .page(Method::GET, "/me/groups", own::list, own)
        .page(Method::GET, "/me/groups/{group}", own::show, own)
        .page(Method::POST, "/me/groups/{group}/come", own::come, join)
        .page(Method::POST, "/me/groups/{group}/leave", own::leave, join)
        .page(Method::POST, "/me/groups/{group}/keep", own::keep, keep)
        .page(Method::POST, "/me/groups/{group}/not-now", own::not_now, keep)
        .page(Method::POST, "/me/groups/{group}/known", own::relist, keep)
        .page(Method::POST, "/me/groups/{group}/unknown", own::unlist, keep)
        .page(Method::GET, "/me/here/{code}", code::here, needs(Action::GroupHere))
        .page(Method::POST, "/me/here/{code}", code::sign_in, needs(Action::GroupSignInOwn))
        .page(Method::GET, "/me/letters", letter::ask, needs(Action::GroupReadLetter))
        .page(Method::POST, "/me/letters/new", letter::make, needs(Action::GroupLetter))
        .page(Method::GET, "/me/letters/{letter}", letter::show, needs(Action::GroupReadLetter))
        .public(Method::GET, "/here/{code}", code::scanned)
}
