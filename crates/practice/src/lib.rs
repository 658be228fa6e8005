//! What peer support is: the records as state machines, the rules of a pack, and the decisions.
//!
//! This crate has no clock, no database, no network and no threads. Time, ids and text come in as arguments,
//! answers go out as values, so every rule can be tried on any day with any facts.
#![forbid(unsafe_code)]

pub mod account;
pub mod advocacy;
pub mod availability;
pub mod card;
mod code;
pub mod consent;
pub mod contact;
pub mod corner;
pub mod counsel;
pub mod credential;
pub mod disclosure;
pub mod document;
pub mod emergency;
pub mod evidence;
pub mod goal;
pub mod group;
pub mod guardian;
pub mod id;
pub mod intake;
pub mod ladder;
pub mod lang;
pub mod look;
pub mod means;
pub mod news;
pub mod pack;
pub mod pairing;
pub mod person;
pub mod plan;
pub mod role;
pub mod rule;
pub mod safety;
pub mod second_step;
pub mod sheet;
pub mod supervision;
pub mod support;
pub mod team_meeting;
pub mod tray;
pub mod unmet;
pub mod visit;
pub mod words;
pub mod work;

pub use lang::{Lang, Text};
pub use means::Means;
pub use role::Role;
