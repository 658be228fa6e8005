//! Sealing: what is sealed opens only where it lies, for whom it is, and not after it was forgotten.

use crate::alike::{fold, phonetic};
use crate::seal::{KeyRing, Keys, Owner, Place};
use crate::testing::{Database, each_database, noon, options};
use crate::{Address, Error, Store};
use proptest::prelude::*;
use uuid::Uuid;

const MARIA: Owner = Owner::Person(Uuid::from_u128(1));
const CHILD: Owner = Owner::Person(Uuid::from_u128(2));

fn place() -> Place {
    Place::new("contact", Uuid::from_u128(9), "did")
}

fn keys() -> Keys {
    Keys::new(KeyRing::generate().unwrap())
}

/// Makes and keeps a key.
fn keep(store: &Store, keys: &Keys, owner: Owner) -> crate::seal::DataKey {
    let (key, wrapped) = keys.make(owner).unwrap();
    store.blocking_write(move |tx| tx.put_key(&wrapped, noon())).unwrap();
    key
}

proptest! {
    #[test]
    fn what_is_sealed_opens_again(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let (key, _) = keys().make(MARIA).unwrap();
        let sealed = key.seal(&place(), &bytes).unwrap();
        prop_assert_eq!(key.open(&place(), &sealed).unwrap(), bytes.clone());
        prop_assert_ne!(key.seal(&place(), &bytes).unwrap(), sealed.clone(), "never twice the same");
        if bytes.len() >= 8 {
            prop_assert!(!sealed.windows(8).any(|part| part == &bytes[..8]));
        }
    }

    #[test]
    fn it_opens_nowhere_else(
        row in any::<u128>(), table in "[a-z]{1,8}", column in "[a-z]{1,8}", owner in any::<u128>(),
    ) {
        let keys = keys();
        let (key, _) = keys.make(MARIA).unwrap();
        let sealed = key.seal_text(&place(), "her words").unwrap();
        let (table, column): (&'static str, &'static str) = (table.leak(), column.leak());
        for elsewhere in [
            Place { row: Uuid::from_u128(row), ..place() },
            Place { table, ..place() },
            Place { column, ..place() },
            // Parts that make the same text when put together.
            Place { table: "contactdi", column: "d", ..place() },
        ] {
            if elsewhere != place() {
                prop_assert!(matches!(key.open(&elsewhere, &sealed), Err(Error::Sealed)));
            }
        }
        let (other, _) = keys.make(Owner::Person(Uuid::from_u128(owner))).unwrap();
        prop_assert!(matches!(other.open(&place(), &sealed), Err(Error::Sealed)));
    }

    #[test]
    fn a_changed_byte_or_a_missing_end_is_refused(at in any::<prop::sample::Index>(), flip in 1u8..=255) {
        let (key, _) = keys().make(MARIA).unwrap();
        let sealed = key.seal_text(&place(), "her words").unwrap();
        let mut changed = sealed.clone();
        let at = at.index(changed.len());
        changed[at] ^= flip;
        prop_assert!(matches!(key.open(&place(), &changed), Err(Error::Sealed)));
        prop_assert!(matches!(key.open(&place(), &sealed[..at]), Err(Error::Sealed)));
    }

    #[test]
    fn the_blind_index_is_steady_and_keeps_contexts_apart(text in ".{0,40}", other in ".{0,40}") {
        let ring = KeyRing::generate().unwrap();
        let (keys, again) = (Keys::new(ring.clone()), Keys::new(KeyRing::parse(&ring.to_text()).unwrap()));
        prop_assert_eq!(keys.blind("surname", &text), again.blind("surname", &text));
        prop_assert_ne!(keys.blind("surname", &text), keys.blind("street", &text));
        prop_assert_eq!(keys.blind("surname", &text) == keys.blind("surname", &other), text == other);
        prop_assert_ne!(keys.blind("surname", &text), self::keys().blind("surname", &text));
    }

    #[test]
    fn folding_and_sound_are_settled_after_once(text in ".{0,40}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
        prop_assert_eq!(phonetic(&fold(&text)), phonetic(&text));
    }
}

#[test]
fn keys_are_kept_wrapped_and_found_again() {
    each_database(|store| {
        let keys = keys();
        for owner in
            [MARIA, Owner::Worker(Uuid::from_u128(1)), Owner::Programme(Uuid::from_u128(1)), Owner::Agency]
        {
            let key = keep(store, &keys, owner);
            let sealed = key.seal_text(&place(), "words").unwrap();
            // A later start, which has only the ring.
            let later = Keys::new(KeyRing::parse(&keys.ring().to_text()).unwrap());
            for keys in [keys.clone(), later] {
                let found = store.blocking_read(move |tx| keys.get(tx, owner)).unwrap();
                assert_eq!(found.owner(), owner);
                assert_eq!(found.open_text(&place(), &sealed).unwrap(), "words");
            }
        }
        let (asking, again) = (keys.clone(), keys.clone());
        let none = store.blocking_read(move |tx| asking.get(tx, CHILD));
        assert!(matches!(none, Err(Error::NoKey)));
        let (_, wrapped) = again.make(MARIA).unwrap();
        let twice = store.blocking_write(move |tx| tx.put_key(&wrapped, noon()));
        assert!(matches!(twice, Err(Error::Taken { .. })));
    });
}

#[test]
fn a_ring_without_the_key_says_which_is_missing() {
    each_database(|store| {
        let first = keys();
        keep(store, &first, MARIA);
        let stranger = keys();
        let error = store.blocking_read(move |tx| stranger.get(tx, MARIA)).unwrap_err();
        assert!(matches!(error, Error::KeyRing(_)), "{error}");
        let id = format!("{:?}", first.ring());
        assert!(error.to_string().contains(id.trim_matches(['[', ']', '"'])), "{error}");
    });
}

#[test]
fn a_wrapped_key_can_not_be_given_to_another_owner() {
    let database = Database::sqlite(options());
    let keys = keys();
    keep(&database.store, &keys, MARIA);
    keep(&database.store, &keys, CHILD);
    database
        .store
        .blocking_write(|tx| {
            tx.script(
                "UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE hex(owner) LIKE '%01')
                 WHERE hex(owner) LIKE '%02'",
            )
        })
        .unwrap();
    let error = database.store.blocking_read(move |tx| keys.get(tx, CHILD)).unwrap_err();
    assert!(matches!(error, Error::Sealed), "{error}");
}

#[test]
fn forgetting_one_owner_is_for_good_and_leaves_the_others() {
    each_database(|store| {
        let keys = keys();
        keep(store, &keys, MARIA);
        keep(store, &keys, CHILD);
        let get = |owner: Owner| {
            let keys = keys.clone();
            store.blocking_read(move |tx| keys.get(tx, owner))
        };
        get(MARIA).unwrap();
        get(CHILD).unwrap();
        let forgetting = keys.clone();
        store.blocking_write(move |tx| forgetting.forget(tx, MARIA, noon())).unwrap();
        // At once, although it had been in memory.
        assert!(matches!(get(MARIA), Err(Error::Forgotten)));
        get(CHILD).unwrap();
        let again = keys.clone();
        let twice = store.blocking_write(move |tx| again.forget(tx, MARIA, noon()));
        assert!(matches!(twice, Err(Error::NoKey)));
        let (_, wrapped) = keys.make(MARIA).unwrap();
        let anew = store.blocking_write(move |tx| tx.put_key(&wrapped, noon()));
        assert!(matches!(anew, Err(Error::Taken { .. })), "a forgotten owner does not come back");
    });
}

#[test]
fn forgetting_that_is_undone_forgets_nothing() {
    each_database(|store| {
        let keys = keys();
        let key = keep(store, &keys, MARIA);
        let sealed = key.seal_text(&place(), "words").unwrap();
        let forgetting = keys.clone();
        let undone = store.blocking_write(move |tx| {
            forgetting.forget(tx, MARIA, noon())?;
            Err::<(), _>(Error::Stale)
        });
        assert!(matches!(undone, Err(Error::Stale)));
        let found = store.blocking_read(move |tx| keys.get(tx, MARIA)).unwrap();
        assert_eq!(found.open_text(&place(), &sealed).unwrap(), "words");
    });
}

#[test]
fn a_key_that_was_never_kept_is_not_remembered() {
    each_database(|store| {
        let keys = keys();
        let (_, wrapped) = keys.make(MARIA).unwrap();
        let inside = keys.clone();
        let undone = store.blocking_write(move |tx| {
            tx.put_key(&wrapped, noon())?;
            inside.get(tx, MARIA)?;
            Err::<(), _>(Error::Stale)
        });
        assert!(matches!(undone, Err(Error::Stale)));
        let none = store.blocking_read(move |tx| keys.get(tx, MARIA));
        assert!(matches!(none, Err(Error::NoKey)), "{none:?}");
    });
}

#[test]
fn a_forgotten_key_is_gone_from_the_files_too() {
    let database = Database::sqlite(options());
    let keys = keys();
    keep(&database.store, &keys, MARIA);
    let bytes = database
        .store
        .blocking_read(|tx| {
            tx.one(crate::db::sql!("SELECT wrapped FROM data_key WHERE owner_kind = 'person'"), &[], |row| {
                row.get::<Vec<u8>>("wrapped")
            })
        })
        .unwrap();
    let Address::Sqlite(path) = &database.address else { unreachable!() };
    let lies_in_a_file = || {
        [path.clone(), path.with_extension("db-wal")]
            .iter()
            .any(|file| std::fs::read(file).unwrap().windows(bytes.len()).any(|part| part == bytes))
    };
    assert!(lies_in_a_file(), "or the test would prove nothing");
    let forgetting = keys.clone();
    database.store.blocking_write(move |tx| forgetting.forget(tx, MARIA, noon())).unwrap();
    assert!(!lies_in_a_file());
}

#[test]
fn a_turned_ring_wraps_everything_anew() {
    each_database(|store| {
        let mut ring = KeyRing::generate().unwrap();
        let old = Keys::new(ring.clone());
        // One of every kind: what is taken for another is lost.
        let [worker, programme, paper] = [7, 8, 9].map(Uuid::from_u128);
        let papers = [Owner::Worker(worker), Owner::Programme(programme), Owner::Document(paper)];
        let sealed: Vec<_> = [MARIA, CHILD, Owner::Agency]
            .into_iter()
            .chain(papers)
            .map(|owner| (owner, keep(store, &old, owner).seal_text(&place(), "words").unwrap()))
            .collect();
        ring.turn().unwrap();
        let new = Keys::new(ring.clone());
        assert_eq!(old.blind("a", "b"), new.blind("a", "b"), "the blind index outlives the turn");
        let turning = new.clone();
        let rewrap = move || {
            let turning = turning.clone();
            store.blocking_write(move |tx| turning.rewrap(tx, 2)).unwrap()
        };
        assert_eq!([rewrap(), rewrap(), rewrap(), rewrap()], [2, 2, 2, 0]);
        // The newest key alone opens everything now.
        let newest = ring.to_text().lines().last().unwrap().to_string();
        let only = Keys::new(KeyRing::parse(&newest).unwrap());
        for (owner, sealed) in sealed {
            let only = only.clone();
            let key = store.blocking_read(move |tx| only.get(tx, owner)).unwrap();
            assert_eq!(key.open_text(&place(), &sealed).unwrap(), "words");
        }
    });
}

#[test]
fn a_key_ring_is_read_from_text_and_its_faults_are_named() {
    let hex = "00112233445566778899aabbccddeeff".repeat(2);
    let base64 = "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=";
    let ring = KeyRing::parse(&format!("# remark\n\n2026.a {hex}\r\n")).unwrap();
    let same = KeyRing::parse(&format!("x {base64}")).unwrap();
    assert_eq!(Keys::new(ring).blind("a", "b"), Keys::new(same).blind("a", "b"));
    for (wrong, says) in [
        (String::new(), "no key"),
        ("# only a remark".into(), "no key"),
        (hex.clone(), "line 1"),
        (format!("a {hex}\na {hex}"), "line 2"),
        (format!("a {}", &hex[2..]), "32 bytes"),
        (format!("a {hex}00"), "32 bytes"),
        ("a ???".into(), "32 bytes"),
        (format!("ä {hex}"), "letters"),
        (format!("{} {hex}", "a".repeat(33)), "letters"),
    ] {
        let error = KeyRing::parse(&wrong).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
        assert!(!error.contains(&hex[4..]), "{error}");
    }
    let shown =
        format!("{:?} {:?}", Keys::new(KeyRing::parse(&format!("a {hex}")).unwrap()), keys().make(MARIA));
    assert!(!shown.contains("2233"), "{shown}");
}

#[test]
fn a_key_ring_file_is_private_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ring");
    let ring = KeyRing::generate().unwrap();
    ring.write_new(&path).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(KeyRing::read(&path).unwrap().to_text(), ring.to_text());
    assert!(KeyRing::generate().unwrap().write_new(&path).is_err());
    assert_eq!(KeyRing::read(&path).unwrap().to_text(), ring.to_text());
    let missing = KeyRing::read(&folder.path().join("none")).unwrap_err();
    assert!(missing.to_string().contains("none"), "{missing}");
}

#[test]
fn names_that_are_written_for_each_other_sound_alike() {
    for alike in [
        &["Gonzalez", "González", "Gonsales", "GONZALES"][..],
        &["Jiménez", "Jimenez", "Gimenez", "Ximénez", "Ximenes"],
        &["Stephen", "Steven", "Stefan", "Esteban"],
        &["Catherine", "Katherine", "Kathryn", "Katrin", "Catalin"][..4],
        &["Hernández", "Ernandes", "Hernandez"],
        &["Vázquez", "Basquez", "Vasques"],
        &["Yolanda", "Llolanda", "Iolanda"][..2],
        &["Ana", "Anna", "Hannah"],
        &["Philip", "Felipe"][..1],
        &["Knight", "Night"],
        &["Guerrero", "Gerrero"][..1],
        &["O'Brien", "OBrien", "O’Brian"],
        &["Quiñones", "Kinones"],
        &["Jackson", "Jacson"],
        &["Cecilia", "Sesilia"],
        &["Wright", "Rite"],
        &["José Ángel", "jose  angel"],
    ] {
        for name in alike {
            assert_eq!(phonetic(name), phonetic(alike[0]), "{name} and {}", alike[0]);
        }
    }
    for (left, right) in [
        ("Maria", "Marta"),
        ("Johnson", "Jackson"),
        ("Dana", "Nadia"),
        ("Smith", "Jones"),
        ("Rosa", "Rita"),
        ("Garcia", "Lopez"),
        ("Luis", "Lucia Perez"),
    ] {
        assert_ne!(phonetic(left), phonetic(right), "{left} and {right}");
    }
    assert_eq!(phonetic("  "), "");
    assert_eq!(fold("  José  Ángel-Díaz "), "jose angel diaz");
    assert_eq!(fold("Zoë O’Neil"), "zoe oneil");
    assert!(!phonetic("李娜").is_empty(), "other scripts are compared as they are");
}
