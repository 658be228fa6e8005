//! The second step of signing in: a code that an app on one's phone shows (RFC 6238), or one of ten codes on paper.

use jiff::{SignedDuration, Timestamp};
use totp_rs::{Algorithm, TOTP};

use crate::code::Code;

/// How long one code of the app is shown, in seconds.
const SECONDS: i64 = 30;
/// The digits of a code.
const DIGITS: usize = 6;
/// Bytes of a secret: as many as RFC 4226 recommends.
pub const SECRET: usize = 20;
/// How many codes stand on the paper.
pub const ON_PAPER: usize = 10;
/// How long somebody who is at work may go on after the day by which the second step had to be set up, in hours: as long as the
/// longest session.
pub const SHIFT_HOURS: i64 = 12;

/// A code on paper: three groups of four, of which the last character checks the others.
pub type RecoveryCode = Code<11>;

/// What app and server both know. It makes codes, and is shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; SECRET]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// From random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Secret {
        let mut secret = [0; SECRET];
        secret.copy_from_slice(&bytes[..SECRET]);
        Secret(secret)
    }

    /// From the bytes it is kept as.
    pub fn from_bytes(bytes: &[u8]) -> Option<Secret> {
        bytes.try_into().ok().map(Secret)
    }

    /// The bytes, to be sealed.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    fn totp(&self) -> Option<TOTP> {
        TOTP::new(Algorithm::SHA1, DIGITS, 0, SECONDS as u64, self.0.to_vec()).ok()
    }

    /// As it is typed into an app that can't scan, in groups of four.
    pub fn spaced(&self) -> String {
        let text = self.totp().map(|totp| totp.get_secret_base32()).unwrap_or_default();
        let letters: Vec<char> = text.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// The step to which a code belongs, when it is one of now, of the one before or of the one after, and later than `last`:
    /// no code is taken twice.
    pub fn step_of(&self, typed: &str, now: Timestamp, last: i64) -> Option<i64> {
        let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        let (totp, step) = (self.totp()?, now.as_second().div_euclid(SECONDS));
        [step, step - 1, step + 1]
            .into_iter()
            .filter(|step| *step > last)
            .find(|step| u64::try_from(step * SECONDS).is_ok_and(|at| totp.check(&typed, at)))
    }

    /// The code that an app shows at this moment.
    pub fn code_at(&self, now: Timestamp) -> String {
        let at = u64::try_from(now.as_second()).unwrap_or_default();
        self.totp().map(|totp| totp.generate(at)).unwrap_or_default()
    }
}

/// By when somebody who works here has set up the second step.
///
/// `asked` is when they first signed in, `days` what the programme gives them, `shift` when their last session before that day
/// began. Nobody is stopped in the middle of a shift.
pub fn due(asked: Timestamp, days: u32, shift: impl FnOnce(Timestamp) -> Option<Timestamp>) -> Timestamp {
    let due = asked + SignedDuration::from_hours(24 * i64::from(days));
    let shift = shift(due).map(|began| began + SignedDuration::from_hours(SHIFT_HOURS));
    shift.map_or(due, |ends| ends.max(due))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// The secret and the moments of RFC 6238, appendix B; its codes have eight digits, of which ours are the last six.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::from_bytes(b"12345678901234567890").unwrap();
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret.code_at(at(second)), code);
            assert_eq!(secret.step_of(code, at(second), 0), Some(second / 30));
        }
        assert_eq!(secret.step_of("287 082", at(59), 0), Some(1), "as apps show it");
        for odd in ["", "28708", "2870822", "abcdef", "２８７０８２"] {
            assert_eq!(secret.step_of(odd, at(59), 0), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn a_code_holds_one_step_early_and_late_and_no_more_and_once(
            bytes in any::<[u8; 32]>(),
            second in 1_000_000i64..4_000_000_000,
            off in -4i64..=4,
        ) {
            let secret = Secret::from_random(bytes);
            let (shown, step) = (secret.code_at(at(second)), second / 30);
            let taken = secret.step_of(&shown, at(second + off * 30), 0);
            // Two steps may show the same six digits by chance, one time in a million.
            if off.abs() <= 1 {
                prop_assert!(taken.is_some());
                prop_assert_ne!(secret.step_of(&shown, at(second), step), Some(step), "twice");
            } else if let Some(other) = taken {
                prop_assert_eq!(secret.code_at(at(other * 30)), shown);
            }
        }

        #[test]
        fn nobody_is_stopped_in_the_middle_of_a_shift(days in 0u32..90, before in 0i64..48) {
            let asked = at(1_800_000_000);
            let plain = due(asked, days, |_| None);
            prop_assert_eq!(plain, asked + SignedDuration::from_hours(24 * i64::from(days)));
            let began = plain - SignedDuration::from_hours(before);
            let late = due(asked, days, |_| Some(began));
            prop_assert!(late >= plain);
            prop_assert!(late >= began + SignedDuration::from_hours(SHIFT_HOURS));
            prop_assert!(late <= plain + SignedDuration::from_hours(SHIFT_HOURS));
        }
    }
}
