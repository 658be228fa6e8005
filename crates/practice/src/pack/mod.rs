//! What a state or agency asks, as data.
