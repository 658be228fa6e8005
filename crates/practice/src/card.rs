//! A card that opens a few words to whoever finds its bearer in the street: its code, to scan or to type.

use std::fmt;
use std::str::FromStr;

/// What codes are written with: no letter that looks like a digit or like another letter. A prime number of them, so that
/// the last character finds every single slip.
const LETTERS: &[u8; 31] = b"023456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters carry the secret; one more checks them. 31 to the power of 15 is about 2 to the power of 74.
const SECRET: usize = 15;

/// The code of a card. It opens what the person chose for strangers, so it is never written to a log.
#[derive(Clone, PartialEq, Eq)]
pub struct CardCode(String);

/// A text that is no code: a character too many or too few, or a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no code of a card")]
pub struct NoCode;

fn check(values: &[usize]) -> usize {
    values.iter().zip(1..).map(|(value, place)| value * place).sum::<usize>() % LETTERS.len()
}

impl CardCode {
    /// A code from random bytes. `None` when too few of them can be used fairly; try again with others.
    pub fn from_random(bytes: [u8; 32]) -> Option<CardCode> {
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
        Some(CardCode(all.map(|value| char::from(LETTERS[value])).collect()))
    }

    /// The sixteen characters without spaces.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// In groups of four, as it stands on the card.
    pub fn spaced(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Debug for CardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardCode(…)")
    }
}

impl FromStr for CardCode {
    type Err = NoCode;

    /// Reads a code as people type it: small letters, spaces, dashes, and O for zero.
    fn from_str(text: &str) -> Result<CardCode, NoCode> {
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
                Ok(CardCode(values.iter().map(|value| char::from(LETTERS[*value])).collect()))
            }
            _ => Err(NoCode),
        }
    }
}

/// Whether a way to reach somebody is a number and nothing else.
pub fn can_be_dialled(reach: &str) -> bool {
    let digits = reach.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits) && reach.chars().all(|c| c.is_ascii_digit() || " ()+-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_never_a_number_to_dial() {
        for (reach, dialled) in [
            ("555-0142", true),
            ("(404) 555 0142", true),
            ("988", true),
            ("14 Elm Street", false),
            ("", false),
            ("12", false),
        ] {
            assert_eq!(can_be_dialled(reach), dialled, "{reach}");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_read_as_people_type_it(bytes: [u8; 32]) {
            let Some(code) = CardCode::from_random(bytes) else { return Ok(()) };
            let typed = code.spaced().to_lowercase().replace('0', "o").replace(' ', " - ");
            prop_assert_eq!(typed.parse::<CardCode>(), Ok(code));
        }

        #[test]
        fn one_slip_is_found(bytes: [u8; 32], at in 0usize..16, other in 0usize..31) {
            let Some(code) = CardCode::from_random(bytes) else { return Ok(()) };
            let mut letters: Vec<u8> = code.expose().bytes().collect();
            prop_assume!(letters[at] != LETTERS[other]);
            letters[at] = LETTERS[other];
            prop_assert_eq!(String::from_utf8(letters).unwrap().parse::<CardCode>(), Err(NoCode));
        }

        #[test]
        fn anything_else_is_no_code(text in ".{0,40}") {
            prop_assert!(text.parse::<CardCode>().is_err() || text.chars().filter(|l| l.is_alphanumeric()).count() == 16);
        }
    }
}
