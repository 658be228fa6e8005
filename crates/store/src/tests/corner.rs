//! Somebody's own corner: either secret opens it, nothing else does, and its row names nobody.

use crate::corner::{self, CornerKey, CornerRow, Opener, SALT, Stretched, Vault};
use crate::seal::{KeyRing, Keys};
use crate::testing::{each_database, noon};
use jiff::SignedDuration;
use porchlight_practice::id::AccountId;
use proptest::prelude::*;
use uuid::Uuid;
use zeroize::Zeroizing;

const DANA: AccountId = AccountId(Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0001));

fn stretched(salt: u8, key: u8) -> Stretched {
    Stretched { salt: [salt; SALT], key: Zeroizing::new([key; 32]) }
}

fn keys() -> Keys {
    Keys::new(KeyRing::generate().unwrap())
}

fn opens(vault: &Vault, opener: Opener, key: u8) -> Option<Vec<u8>> {
    let key = vault.key(opener, &[key; 32])?;
    Some(vault.open(&key).unwrap().to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Either secret opens the words; neither of them opens nothing; one in the other's place opens nothing; and another
    /// passphrase keeps the words.
    #[test]
    fn either_secret_opens_and_neither_opens_nothing(
        words in prop::collection::vec(any::<u8>(), 0..40_000),
        passphrase: u8,
        code: u8,
        other: u8,
    ) {
        prop_assume!(passphrase != code && other != passphrase && other != code);
        let key = CornerKey::generate().unwrap();
        let mut vault = Vault::new(&key, &stretched(1, passphrase), &stretched(2, code), &words).unwrap();
        prop_assert_eq!(opens(&vault, Opener::Passphrase, passphrase), Some(words.clone()));
        prop_assert_eq!(opens(&vault, Opener::Code, code), Some(words.clone()));
        for opener in [Opener::Passphrase, Opener::Code] {
            prop_assert_eq!(opens(&vault, opener, other), None);
        }
        prop_assert_eq!(opens(&vault, Opener::Passphrase, code), None);
        prop_assert_eq!(opens(&vault, Opener::Code, passphrase), None);
        prop_assert!(vault.open(&CornerKey::generate().unwrap()).is_err());

        let file = vault.to_bytes();
        prop_assert_eq!(Vault::from_bytes(&file).unwrap(), vault.clone());
        vault.change(&key, Opener::Passphrase, &stretched(3, other)).unwrap();
        prop_assert_eq!(opens(&vault, Opener::Passphrase, passphrase), None);
        prop_assert_eq!(opens(&vault, Opener::Passphrase, other), Some(words.clone()));
        prop_assert_eq!(opens(&vault, Opener::Code, code), Some(words.clone()));
        prop_assert_eq!(vault.salt(Opener::Passphrase), [3; SALT]);
        vault.close(&key, b"other words").unwrap();
        prop_assert_eq!(opens(&vault, Opener::Code, code), Some(b"other words".to_vec()));
    }

    #[test]
    fn any_bytes_are_a_vault_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Vault::from_bytes(&bytes);
    }
}

/// Ten words and four thousand letters look alike; a longer text is not told from one a little shorter.
#[test]
fn the_size_tells_little() {
    let key = CornerKey::generate().unwrap();
    let size = |length: usize| {
        Vault::new(&key, &stretched(1, 1), &stretched(2, 2), &vec![b'x'; length]).unwrap().to_bytes().len()
    };
    assert_eq!(size(0), size(16_000));
    assert_eq!(size(17_000), size(30_000));
    assert_ne!(size(0), size(30_000));
}

#[test]
fn a_row_names_nobody_and_goes_for_good() {
    let keys = keys();
    let row = CornerRow::of(&keys, DANA);
    assert_ne!(row, CornerRow::of(&keys, AccountId(Uuid::from_u128(2))));
    assert_ne!(row, CornerRow::of(&self::keys(), DANA), "without the key ring nobody can work it out");
    let shown = format!("{row:?}");
    assert!(DANA.0.as_bytes().windows(4).all(|part| !shown.contains(&format!("{part:?}"))), "{shown}");
    each_database(|store| {
        let key = CornerKey::generate().unwrap();
        let vault = Vault::new(&key, &stretched(1, 1), &stretched(2, 2), b"my sister Ana").unwrap();
        let kept = vault.clone();
        store.blocking_write(move |tx| corner::put(tx, row, &kept, false)).unwrap();
        let found = store.blocking_read(move |tx| corner::get(tx, row)).unwrap().unwrap();
        assert_eq!(found, vault);
        assert_eq!(*found.open(&key).unwrap(), b"my sister Ana");
        let (mut changed, with) = (found, key.clone());
        changed.close(&with, b"my sister Ana, and Bo").unwrap();
        store.blocking_write(move |tx| corner::put(tx, row, &changed, true)).unwrap();
        let found = store.blocking_read(move |tx| corner::get(tx, row)).unwrap().unwrap();
        assert_eq!(*found.open(&key).unwrap(), b"my sister Ana, and Bo");
        store.blocking_write(move |tx| corner::remove(tx, row)).unwrap();
        assert!(!store.blocking_read(move |tx| corner::exists(tx, row)).unwrap());
    });
}

/// The cookie of one session opens nothing in another, on another server, or when a letter of it is changed.
#[test]
fn a_cookie_is_good_for_its_session_alone() {
    let (keys, key) = (keys(), CornerKey::generate().unwrap());
    let (session, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let cookie = key.to_cookie(&keys, session, noon()).unwrap();
    let (found, used) = CornerKey::from_cookie(&keys, session, &cookie).unwrap();
    assert_eq!(used, noon());
    let vault = Vault::new(&key, &stretched(1, 1), &stretched(2, 2), b"words").unwrap();
    assert_eq!(*vault.open(&found).unwrap(), b"words");
    assert!(CornerKey::from_cookie(&keys, other, &cookie).is_err());
    assert!(CornerKey::from_cookie(&self::keys(), session, &cookie).is_err());
    let slip: String = cookie.chars().rev().collect();
    assert!(CornerKey::from_cookie(&keys, session, &slip).is_err());
    assert_ne!(cookie, key.to_cookie(&keys, session, noon() + SignedDuration::from_mins(1)).unwrap());
}
