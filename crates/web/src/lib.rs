//! The pages: the route table, templates, forms and what every answer tells the browser.
//!
//! Everything works without a script; small scripts add saving while typing, pages that stay current, and a quicker
//! way out. [`page`] says how a page is written.
#![forbid(unsafe_code)]

pub mod account;
mod advocacy;
pub mod assets;
mod availability;
pub mod card;
pub mod chart;
mod consent;
pub mod contact;
mod corner;
pub mod counsel;
pub mod credential;
pub mod day;
mod device;
mod disclosure;
mod document;
mod emergency;
pub mod error;
pub mod form;
pub mod goal;
mod group;
mod guardian;
pub mod headers;
pub mod help_now;
pub mod i18n;
pub mod icon;
pub mod intake;
pub mod journal;
pub mod kept;
pub mod kit;
pub mod ladder;
mod limit;
pub mod live;
pub mod look;
pub mod me;
pub mod nav;
mod news;
pub mod page;
mod pairing;
mod passkey;
pub mod person;
mod plan;
mod preference;
pub mod programme;
mod prove;
pub mod question;
pub mod reach;
pub mod rights;
pub mod routes;
pub mod safety;
#[cfg(test)]
mod samples;
mod second_step;
mod session;
pub mod share;
pub mod shell;
#[cfg(feature = "single-sign-on")]
mod single_sign_on;
pub mod site;
pub mod supervision;
pub mod support;
pub mod team_meeting;
pub mod tell_someone;
mod tray;
pub mod upload;
pub mod visit;
mod way_in;
pub mod when;
pub(crate) mod words;
pub mod work;
pub mod worker;

pub use error::Trouble;
pub use form::Form;
pub use page::{Page, Show, Visitor};
pub use routes::{Needs, RouteInfo, Routes};
pub use shell::Shell;
pub use site::{Web, Who, site};
