//! When workers can work, and their contracts, on each database.

use crate::availability::{self, AvailabilityRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::{Error, Tx};
use porchlight_practice::id::{AccountId, ProgrammeId};
use uuid::Uuid;

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
const WORKER: AccountId = AccountId(Uuid::from_u128(10));

fn set_up(tx: &mut Tx<'_>) -> Result<(), Error> {
    house_of(tx, [10])
}

#[test]
fn two_who_write_at_once_lose_nothing_and_a_later_word_about_a_day_counts() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                assert!(availability::get(tx, HERE, WORKER)?.is_none());
                let row = |body: u8, version| AvailabilityRow {
                    programme: HERE,
                    worker: WORKER,
                    body: vec![body],
                    at: noon(),
                    version,
                };
                assert!(availability::keep(tx, &row(1, 0))?);
                assert!(!availability::keep(tx, &row(2, 0))?, "it was written since");
                assert!(availability::keep(tx, &row(3, 1))?);
                assert!(!availability::keep(tx, &row(4, 1))?, "it was written since");
                let now = availability::get(tx, HERE, WORKER)?.unwrap();
                assert_eq!((now.body, now.version), (vec![3], 2));
                for contract in [("2026-03-01", 600), ("2026-01-01", 1200), ("2026-03-01", 900)] {
                    availability::set_contract(tx, HERE, WORKER, contract, WORKER, noon())?;
                }
                let all = availability::contracts(tx, HERE, WORKER)?;
                assert_eq!(all, [("2026-01-01".to_owned(), 1200), ("2026-03-01".to_owned(), 900)]);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
