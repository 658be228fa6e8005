//! Tests of the whole engine, each on every database there is.

mod availability;
mod concurrent;
mod corner;
mod credential;
mod dump;
mod engine;
mod journal;
mod schema;
mod seal;
mod supervision;
mod work;
