//! A human who can sign in.

/// The shortest password, in characters. Length is what counts; nothing else is asked of it.
pub const PASSWORD_LENGTH: usize = 10;

/// The longest password that is hashed, in bytes, so that a huge one can't keep the machine busy.
pub const PASSWORD_LIMIT: usize = 1024;

/// Why a password can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Shorter than [`PASSWORD_LENGTH`].
    #[error("a password needs at least {PASSWORD_LENGTH} characters")]
    TooShort,
    /// Longer than [`PASSWORD_LIMIT`].
    #[error("a password may have at most {PASSWORD_LIMIT} bytes")]
    TooLong,
    /// One letter again and again, or the name to sign in with.
    #[error("this password is easy to guess")]
    Guessable,
}

/// Checks a new password.
///
/// # Errors
/// When it is too short, too long or plainly guessable.
pub fn check_password(password: &str, sign_in_name: &str) -> Result<(), PasswordFault> {
    if password.len() > PASSWORD_LIMIT {
        return Err(PasswordFault::TooLong);
    }
    if password.chars().count() < PASSWORD_LENGTH {
        return Err(PasswordFault::TooShort);
    }
    let mut letters: Vec<char> = password.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let name = sign_in_name.trim().to_lowercase();
    if letters.len() < 4 || (!name.is_empty() && password.to_lowercase().contains(&name) && name.len() > 3) {
        return Err(PasswordFault::Guessable);
    }
    Ok(())
}

/// A sign-in name as it is compared: trimmed and in small letters. It may be an e-mail address and need not be.
pub fn sign_in_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_guessing_is_not_made_easy() {
        for (password, name, expected) in [
            ("short", "dana", Err(PasswordFault::TooShort)),
            ("aaaaaaaaaaaaa", "dana", Err(PasswordFault::Guessable)),
            ("marisol-1234", "Marisol", Err(PasswordFault::Guessable)),
            ("the porch is lit", "marisol", Ok(())),
            ("ñandú azul 7", "", Ok(())),
        ] {
            assert_eq!(check_password(password, name), expected, "{password}");
        }
        assert_eq!(check_password(&"ab cd".repeat(300), ""), Err(PasswordFault::TooLong));
    }
}
