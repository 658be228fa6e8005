//! A card that opens a few words to whoever finds its bearer in the street: its code, to scan or to type.

use crate::code::Code;

pub use crate::code::NoCode;

/// The code of a card. It opens what the person chose for strangers, so it is never written to a log. Fifteen characters
/// carry the secret: 31 to the power of 15 is about 2 to the power of 74.
pub type CardCode = Code<15>;

/// Whether a way to reach somebody is a number and nothing else.
pub fn can_be_dialled(reach: &str) -> bool {
    let digits = reach.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits) && reach.chars().all(|c| c.is_ascii_digit() || " ()+-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::LETTERS;
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
