//! Setting a programme up: opening it from a pack, what is still missing, its rules in plain words, its choices, and
//! the versions of the pack it adopted.
//!
//! An administrator of the agency does all of this in every programme, one of a programme in theirs: the door decides,
//! the pages only leave out what would be refused.

pub(crate) mod day;
pub(crate) mod list;
pub(crate) mod measures;
pub(crate) mod new;
pub(crate) mod pack;
pub(crate) mod rules;
pub(crate) mod setting;
pub(crate) mod settings;
pub(crate) mod show;
pub(crate) mod source;

use axum::http::Method;
use porchlight_access::Action;
use porchlight_practice::Role;
use porchlight_practice::id::ProgrammeId;

use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The routes of a programme's set-up.
pub fn routes() -> Routes<Web> {
    let read = || Needs::Action(Action::ProgrammeRead);
    let open = || Needs::Action(Action::ProgrammeOpen);
    let change = || Needs::Action(Action::ProgrammeChange);
    let adopt = || Needs::Action(Action::ProgrammeAdoptPack);
    Routes::new()
        .page(Method::GET, "/programme", show::own, read())
        .page(Method::GET, "/programmes", list::list, read())
        .page(Method::GET, "/programmes/new", new::new, open())
        .page(Method::POST, "/programmes/new", new::open_it, open())
        .page(Method::GET, "/programmes/{id}", show::show, read())
        .page(Method::GET, "/programmes/{id}/rules", rules::rules, read())
        .page(Method::GET, "/programmes/{id}/settings", settings::settings, change())
        .page(Method::POST, "/programmes/{id}/settings", settings::change_settings, change())
        .page(Method::GET, "/programmes/{id}/measures", measures::measures, change())
        .page(Method::POST, "/programmes/{id}/measures", measures::record, change())
        .page(Method::GET, "/programmes/{id}/pack", pack::pack, adopt())
        .page(Method::POST, "/programmes/{id}/pack", pack::adopt_pack, adopt())
}

/// Whether this visitor sets programmes up.
pub(crate) fn manages(who: &Who) -> bool {
    who.actor().role() == Role::ProgrammeAdmin
}

/// The place of the list under which a programme's set-up stands for this visitor.
fn place(who: &Who) -> &'static str {
    if who.actor().programme().is_some() { "/programme" } else { "/programmes" }
}

/// Where the set-up of a programme lies.
fn home(id: ProgrammeId) -> String {
    format!("/programmes/{id}")
}
