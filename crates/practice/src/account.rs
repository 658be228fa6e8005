//! A human who can sign in, and what is asked of a password.
//!
//! Length is what counts (NIST SP 800-63B-4): 15 characters where the password stands alone, 8 beside a second step. Any
//! character may be in it. No kind of character has to be. What everybody guesses first is refused.

use jiff::SignedDuration;
use unicode_normalization::UnicodeNormalization;

/// The longest password that is hashed, in bytes, so that a huge one can't keep the machine busy.
pub const PASSWORD_LIMIT: usize = 1024;

/// How many guesses a password must withstand: fewer, and whoever guesses patiently over the network gets there.
const GUESSES: u64 = 100_000_000;

/// What stands beside a password when somebody signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Nothing: it is all there is.
    Nothing,
    /// A second step.
    SecondStep,
}

impl Beside {
    /// The shortest password, in characters.
    pub fn length(self) -> usize {
        match self {
            Beside::Nothing => 15,
            Beside::SecondStep => 8,
        }
    }
}

/// Why a password can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Shorter than [`Beside::length`].
    #[error("a password needs at least {0} characters here")]
    TooShort(usize),
    /// Longer than [`PASSWORD_LIMIT`].
    #[error("a password may have at most {PASSWORD_LIMIT} bytes")]
    TooLong,
    /// Much used, a pattern, or made of the names that are known about its owner.
    #[error("this password is easy to guess")]
    Guessable,
}

/// Checks a new password. `names` is what others know about its owner, such as the name to sign in with.
///
/// # Errors
/// When it is too short, too long or easy to guess.
pub fn check_password(password: &str, names: &[&str], beside: Beside) -> Result<(), PasswordFault> {
    if password.len() > PASSWORD_LIMIT {
        return Err(PasswordFault::TooLong);
    }
    let password = password_text(password);
    if password.chars().count() < beside.length() {
        return Err(PasswordFault::TooShort(beside.length()));
    }
    let small = password.to_lowercase();
    let known: Vec<String> = names.iter().chain(&["porchlight"]).map(|name| sign_in_name(name)).collect();
    // The letters of a name tell whoever knows the name nothing new.
    let named = known.iter().any(|name| name.chars().count() > 3 && small.contains(name.as_str()));
    let rest =
        known.iter().filter(|name| name.chars().count() > 3).fold(small, |rest, name| rest.replace(name, ""));
    if named && rest.chars().count() < beside.length() {
        return Err(PasswordFault::Guessable);
    }
    let parts =
        |name: &'_ String| name.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect();
    let words: Vec<String> = known.iter().flat_map::<Vec<String>, _>(parts).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match zxcvbn::zxcvbn(&password, &words).guesses() < GUESSES {
        true => Err(PasswordFault::Guessable),
        false => Ok(()),
    }
}

/// A password as it is hashed: the same letters are the same bytes, whichever keyboard wrote them (NFKC).
pub fn password_text(typed: &str) -> String {
    typed.nfkc().collect()
}

/// A sign-in name as it is compared: trimmed and in small letters. It may be an e-mail address and need not be.
pub fn sign_in_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Who tries: a device on which this account signed in before has a counter of its own, so that a stranger's wrong tries keep
/// nobody out who is at their own phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tries {
    /// From a device that is known for this account.
    Known,
    /// From anywhere else.
    Unknown,
}

/// Wrong tries that cost no wait.
const FREE_TRIES: u32 = 5;
/// The wait after the first wrong try that costs one, in seconds. Each further one doubles it.
const FIRST_WAIT: i64 = 30;
/// Wrong tries count for this long.
pub const TRIES_HOURS: i64 = 24;

impl Tries {
    fn longest(self) -> i64 {
        match self {
            Tries::Known => 15 * 60,
            Tries::Unknown => 60 * 60,
        }
    }

    /// How long to wait after so many wrong tries of the last [`TRIES_HOURS`], before there may be another.
    pub fn wait(self, wrong: u32) -> SignedDuration {
        let Some(doubled) = wrong.checked_sub(FREE_TRIES) else { return SignedDuration::ZERO };
        let seconds = FIRST_WAIT.checked_shl(doubled.min(30)).unwrap_or(i64::MAX).min(self.longest());
        SignedDuration::from_secs(seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn length_counts_and_what_everybody_guesses_first_is_refused() {
        use PasswordFault::{Guessable, TooShort};
        for (password, name, alone, beside) in [
            ("short", "dana", Err(TooShort(15)), Err(TooShort(8))),
            ("aaaaaaaaaaaaaaaa", "dana", Err(Guessable), Err(Guessable)),
            ("passwordpassword", "dana", Err(Guessable), Err(Guessable)),
            ("123456789012345678", "dana", Err(Guessable), Err(Guessable)),
            ("qwertyuiopasdfghjkl", "dana", Err(Guessable), Err(Guessable)),
            ("Password1", "dana", Err(TooShort(15)), Err(Guessable)),
            ("marisol.vega-2026", "Marisol.Vega", Err(Guessable), Err(Guessable)),
            ("porchlight porchlight", "dana", Err(Guessable), Err(Guessable)),
            ("the porch is lit", "marisol", Ok(()), Ok(())),
            ("tres garzas y un lago", "", Ok(()), Ok(())),
            ("ñandú azul 7 años", "", Ok(()), Ok(())),
            ("gr8 h3ron", "", Err(TooShort(15)), Ok(())),
        ] {
            assert_eq!(check_password(password, &[name], Beside::Nothing), alone, "{password} alone");
            assert_eq!(check_password(password, &[name], Beside::SecondStep), beside, "{password} beside");
        }
        assert_eq!(check_password(&"ab cd".repeat(300), &[], Beside::Nothing), Err(PasswordFault::TooLong));
    }

    #[test]
    fn the_same_letters_are_the_same_password_however_they_are_written() {
        assert_ne!("café", "cafe\u{301}");
        assert_eq!(password_text("café"), password_text("cafe\u{301}"));
        assert_eq!(password_text("  spaces stay  "), "  spaces stay  ");
    }

    #[test]
    fn waits_grow_and_end() {
        let seconds = |tries: Tries, wrong| tries.wait(wrong).as_secs();
        assert_eq!([0, 4, 5, 6, 7].map(|wrong| seconds(Tries::Unknown, wrong)), [0, 0, 30, 60, 120]);
        assert_eq!(seconds(Tries::Known, 1000), 15 * 60);
        assert_eq!(seconds(Tries::Unknown, 1000), 60 * 60);
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_be_judged(password in any::<String>(), name in any::<String>()) {
            let _ = check_password(&password, &[&name], Beside::Nothing);
            let _ = check_password(&password, &[&name], Beside::SecondStep);
        }

        #[test]
        fn a_wait_is_never_shorter_after_one_more_wrong_try(wrong in 0u32..200) {
            for tries in [Tries::Known, Tries::Unknown] {
                prop_assert!(tries.wait(wrong) <= tries.wait(wrong + 1));
            }
        }
    }
}
