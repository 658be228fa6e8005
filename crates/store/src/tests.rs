//! Tests of the whole engine, each on every database there is.

mod engine;
