//! Who may do what.
//!
//! The policies are Cedar text in `policies/`, one file a noun, written to be read by a privacy officer. A question
//! is made of few facts ([`Facts`]): the action, who asks ([`Asker`]), how they stand to the record ([`Relation`]) and
//! whether the person said yes. Since every fact is a small closed set, every question that can ever be asked is
//! asked once when the program starts, and [`Access::decide`] looks the answer up. The same table is printed as
//! `docs/policy-matrix.txt`, so what a reviewer reads is what runs.
#![forbid(unsafe_code)]

mod action;
mod matrix;
mod table;

pub use action::{Action, Door};
pub use matrix::matrix;
pub use table::{Access, Asker, Decision, Facts, PolicyError, Relation};
