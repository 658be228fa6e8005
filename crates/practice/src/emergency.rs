//! Opening what helps somebody in an emergency without their yes: with a reason in writing, for a short while, and told.

/// For how long it stays open to whoever opened it, in minutes. Our own promise; the documents name none.
pub const EMERGENCY_MINUTES: i64 = 30;
/// The fewest letters of a reason. "Emergency" alone is none.
pub const SHORTEST_REASON: usize = 15;
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// Why a text is no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReasonFault {
    /// It says nothing, or next to nothing.
    #[error("the reason says too little")]
    TooShort,
    /// It is longer than [`LONGEST_REASON`].
    #[error("the reason is too long")]
    TooLong,
}

/// Takes a reason.
///
/// # Errors
/// When it says too little, or too much.
pub fn reason(text: &str) -> Result<String, ReasonFault> {
    let text = text.trim();
    let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
    if letters < SHORTEST_REASON {
        Err(ReasonFault::TooShort)
    } else if text.chars().count() > LONGEST_REASON {
        Err(ReasonFault::TooLong)
    } else {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A reason says something, fits, and is kept as it was typed but for the blanks around it.
        #[test]
        fn a_reason_says_something_and_fits(text in "[ a-zñ.!-]{0,60}", times in 1usize..20) {
            let typed = text.repeat(times);
            let letters = typed.chars().filter(|letter| letter.is_alphanumeric()).count();
            match reason(&typed) {
                Ok(kept) => {
                    prop_assert_eq!(kept.as_str(), typed.trim());
                    prop_assert!(letters >= SHORTEST_REASON && kept.chars().count() <= LONGEST_REASON);
                }
                Err(ReasonFault::TooShort) => prop_assert!(letters < SHORTEST_REASON),
                Err(ReasonFault::TooLong) => prop_assert!(typed.trim().chars().count() > LONGEST_REASON),
            }
        }
    }
}
