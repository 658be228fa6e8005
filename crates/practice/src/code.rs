//! Codes that somebody carries on paper: to scan, or to type.

use std::fmt;
use std::str::FromStr;

/// What codes are written with: no letter that looks like a digit or like another letter. A prime number of them, so that
/// the last character finds every single slip.
pub(crate) const LETTERS: &[u8; 31] = b"023456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code in which this many characters carry the secret; one more checks them. It is a key, so it is never written to a
/// log.
#[derive(Clone, PartialEq, Eq)]
pub struct Code<const SECRET: usize>(String);

/// A text that is no code: a character too many or too few, or a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no such code")]
pub struct NoCode;

fn check(values: &[usize]) -> usize {
    values.iter().zip(1..).map(|(value, place)| value * place).sum::<usize>() % LETTERS.len()
}

impl<const SECRET: usize> Code<SECRET> {
    /// A code from random bytes. `None` when too few of them can be used fairly; try again with others.
    pub fn from_random(bytes: [u8; 32]) -> Option<Self> {
        let fair = |byte: &u8| usize::from(*byte) < 256 / LETTERS.len() * LETTERS.len();
        let values: Vec<usize> = bytes
            .iter()
            .filter(|byte| fair(byte))
            .map(|byte| usize::from(*byte) % LETTERS.len())
            .take(SECRET)
            .collect();
        if values.len() < SECRET {
            return None;
        }
        let all = values.iter().copied().chain([check(&values)]);
        Some(Code(all.map(|value| char::from(LETTERS[value])).collect()))
    }

    /// Its characters without spaces.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// In groups of four, as it stands on paper.
    pub fn spaced(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

impl<const SECRET: usize> fmt::Debug for Code<SECRET> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl<const SECRET: usize> FromStr for Code<SECRET> {
    type Err = NoCode;

    /// Reads a code as people type it: small letters, spaces, dashes, and O for zero.
    fn from_str(text: &str) -> Result<Self, NoCode> {
        let mut values = Vec::new();
        for letter in text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
            let letter = if matches!(letter, 'o' | 'O') { '0' } else { letter.to_ascii_uppercase() };
            let value = LETTERS.iter().position(|known| char::from(*known) == letter).ok_or(NoCode)?;
            values.push(value);
            if values.len() > SECRET + 1 {
                return Err(NoCode);
            }
        }
        match values.split_last() {
            Some((last, secret)) if secret.len() == SECRET && *last == check(secret) => {
                Ok(Code(values.iter().map(|value| char::from(LETTERS[*value])).collect()))
            }
            _ => Err(NoCode),
        }
    }
}
