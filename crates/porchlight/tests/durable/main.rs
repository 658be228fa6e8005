//! Durable means durable: the real server is killed, its disk fails, its database goes away, and what it answered is there
//! all the same.
//!
//! On SQLite always; on PostgreSQL where `PORCHLIGHT_TEST_POSTGRES_BIN` names the folder of its programs, as
//! `cargo xtask test` does. `cargo xtask torture kills --rounds 500` runs the killing for long.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops, and says where")]

mod disk;
mod failover;
mod faults;
mod flushes;
#[path = "../house/mod.rs"]
mod house;
#[path = "../http/mod.rs"]
mod http;
mod kills;
mod porch;
mod postgres;
mod private;
mod rolling;
mod strace;

/// What a long run, or `cargo xtask`, says from outside.
#[expect(clippy::disallowed_methods, reason = "a test asks what it was told; there is nobody to pass it in")]
fn told(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|text| !text.is_empty())
}
