//! People who meet, on each database.

use crate::pairing::{self, OfferRow, PairingRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::{Error, Tx, person};
use porchlight_practice::id::{PairingId, PersonId, ProgrammeId};
use uuid::Uuid;

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));

fn person_of(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn set_up(tx: &mut Tx<'_>) -> Result<(), Error> {
    house_of(tx, [10])?;
    for n in 20..23 {
        let row = person::PersonRow {
            id: person_of(n),
            programme: HERE,
            guarded: false,
            profile: vec![1],
            added_by: porchlight_practice::id::AccountId(Uuid::from_u128(10)),
            added_at: noon(),
            version: 1,
        };
        person::insert(tx, &row, &[])?;
    }
    Ok(())
}

fn row(id: u128, asker: u128, other: u128, due: Option<&str>) -> PairingRow {
    PairingRow {
        id: PairingId(Uuid::from_u128(id)),
        programme: HERE,
        asker: person_of(asker),
        other: person_of(other),
        is_open: true,
        wished: true,
        due: due.map(str::to_owned),
        told: None,
        body: vec![7],
        at: noon(),
        version: 1,
    }
}

#[test]
fn two_who_change_one_at_once_lose_nothing_and_each_day_is_told_once() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let offer = |body: u8, version| OfferRow {
                    programme: HERE,
                    whose: person_of(20).0,
                    works: false,
                    body: vec![body],
                    at: noon(),
                    version,
                };
                assert!(pairing::keep_offer(tx, &offer(1, 0))?);
                assert!(!pairing::keep_offer(tx, &offer(2, 0))?, "it was written since");
                assert!(pairing::keep_offer(tx, &offer(3, 1))?);
                assert_eq!(pairing::offers(tx, HERE, false)?.len(), 1);
                assert!(pairing::offers(tx, HERE, true)?.is_empty());
                assert!(pairing::keep_mentor(tx, HERE, person_of(21), &[1], noon(), 0)?);
                assert!(!pairing::keep_mentor(tx, HERE, person_of(21), &[2], noon(), 0)?);
                assert_eq!(pairing::mentor(tx, person_of(21))?, Some((vec![1], 1)));

                pairing::insert(tx, &row(30, 20, 21, Some("2026-12-01")))?;
                pairing::insert(tx, &row(31, 22, 20, None))?;
                assert_eq!(pairing::of_person(tx, person_of(20))?.len(), 2, "from either side");
                assert!(pairing::untold(tx, "2026-11-30")?.is_empty());
                let mut due = pairing::untold(tx, "2026-12-01")?;
                assert_eq!(due.len(), 1);
                pairing::told(tx, due[0].id, "2026-12-01")?;
                assert!(pairing::untold(tx, "2026-12-02")?.is_empty());
                let mut next = due.remove(0);
                next.due = Some("2026-12-29".to_owned());
                next.told = Some("2026-12-01".to_owned());
                assert!(pairing::change(tx, &next)?);
                assert!(!pairing::change(tx, &next)?, "it was changed since");
                assert_eq!(pairing::untold(tx, "2026-12-29")?.len(), 1, "another day is told anew");
                next.version = 2;
                next.is_open = false;
                assert!(pairing::change(tx, &next)?);
                assert!(pairing::untold(tx, "2026-12-29")?.is_empty(), "of what is over nobody is told");
                assert_eq!(pairing::open_in(tx, HERE)?.len(), 1);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
