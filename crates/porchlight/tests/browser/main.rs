//! Porchlight as people meet it: the real program, in a real browser.
//!
//! `cargo xtask test browser` runs these; `harness.rs` says how they are written.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops, and says where")]

mod aloud;
mod corner;
mod credential;
mod everywhere;
mod first_note;
mod group;
#[allow(dead_code, reason = "it offers more than today's tests use")]
mod harness;
mod harness_test;
mod ladder;
mod main_job;
mod offline;
mod paint;
mod pairing;
mod passkey;
mod plan;
mod second_step;
mod shots;
mod taps;
mod tool;
mod typed;
mod way_in;
mod words;
