//! Porchlight.
