//! How people come, on each database.

use crate::intake::{self, IntakeRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::{Error, person};
use porchlight_practice::id::{AccountId, PersonId, ProgrammeId};
use uuid::Uuid;

#[test]
fn what_two_write_at_once_is_not_lost_and_a_made_call_leaves_no_promise() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                house_of(tx, [10])?;
                let (here, who) = (ProgrammeId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(20)));
                let row = person::PersonRow {
                    id: who,
                    programme: here,
                    guarded: false,
                    profile: vec![1],
                    added_by: AccountId(Uuid::from_u128(10)),
                    added_at: noon(),
                    version: 1,
                };
                person::insert(tx, &row, &[])?;
                let row = |body: u8, promised: Option<&str>, version| IntakeRow {
                    person: who,
                    programme: here,
                    promised: promised.map(str::to_owned),
                    body: vec![body],
                    at: noon(),
                    version,
                };
                assert!(intake::get(tx, who)?.is_none());
                assert!(intake::keep(tx, &row(1, Some("2026-04-20"), 0))?);
                assert!(!intake::keep(tx, &row(2, Some("2026-04-21"), 0))?, "it was written since");
                assert!(intake::keep(tx, &row(3, None, 1))?);
                assert!(!intake::keep(tx, &row(4, None, 1))?, "it was written since");
                let now = intake::get(tx, who)?.unwrap();
                assert_eq!((now.body, now.promised, now.version), (vec![3], None, 2));
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
