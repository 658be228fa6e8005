//! What must never be printed.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A password, a token or a key. It is shown nowhere and wiped when it goes.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// How many bytes it has.
    #[allow(clippy::len_without_is_empty, reason = "an empty one is judged by its length too")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// For the one place that needs it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}
