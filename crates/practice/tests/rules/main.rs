//! Rules about workers, tried with the packs as they ship: worked cases, laws, bad input, and what each document asks.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod cases;
mod examples;
mod faults;
mod laws;
mod packs;
mod shipped;
