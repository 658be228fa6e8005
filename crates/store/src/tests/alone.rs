//! With whom nobody walks is kept beside their record, and is what one finds by asking about everybody.

use crate::db::{params, sql};
use crate::person::{self, PersonRow};
use crate::support::{self, SupportRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::{Error, Tx};
use porchlight_practice::id::{AccountId, PersonId, ProgrammeId, SupportId};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
const PEER: AccountId = AccountId(Uuid::from_u128(10));
const PEOPLE: u128 = 3;

/// What happens between people and those who walk with them.
#[derive(Debug, Clone)]
enum Step {
    Begins(u128),
    /// An older program begins it.
    BeginsElsewhere(u128),
    Ends(usize),
    /// An older program ends it, and leaves beside the record what it does not know of.
    EndsElsewhere(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..PEOPLE).prop_map(Step::Begins),
        (0..PEOPLE).prop_map(Step::BeginsElsewhere),
        (0..8_usize).prop_map(Step::Ends),
        (0..8_usize).prop_map(Step::EndsElsewhere),
    ]
}

fn someone(place: u128) -> PersonId {
    PersonId(Uuid::from_u128(100 + place))
}

fn begun(number: u128, place: u128) -> SupportRow {
    SupportRow {
        id: SupportId(Uuid::from_u128(1000 + number)),
        programme: HERE,
        person: someone(place),
        peer: PEER,
        responsible: PEER,
        walking: true,
        since: "2026-01-31".into(),
        ended_on: None,
        body: Vec::new(),
        version: 1,
    }
}

fn take(tx: &mut Tx<'_>, rows: &mut Vec<SupportRow>, number: u128, step: &Step) -> Result<(), Error> {
    let (at, elsewhere) = match *step {
        Step::Begins(place) | Step::BeginsElsewhere(place) => {
            rows.push(begun(number, place));
            support::insert(tx, &rows[rows.len() - 1])?;
            if matches!(step, Step::BeginsElsewhere(_)) {
                tx.exec(sql!("UPDATE person SET alone = TRUE WHERE id = $1"), params![someone(place).0])?;
            }
            return Ok(());
        }
        Step::Ends(at) => (at, false),
        Step::EndsElsewhere(at) => (at, true),
    };
    let Some(row) = rows.get_mut(at).filter(|row| row.walking) else { return Ok(()) };
    row.walking = false;
    row.ended_on = Some("2026-03-01".into());
    assert!(support::change(tx, row)?);
    if elsewhere {
        tx.exec(sql!("UPDATE person SET alone = FALSE WHERE id = $1"), params![row.person.0])?;
        person::note_left(tx, "2026-02-01")?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn with_whom_nobody_walks_is_kept_whatever_happens(steps in prop::collection::vec(step(), 1..16)) {
        each_database(|store| {
            let steps = steps.clone();
            store
                .blocking_write(move |tx| {
                    house_of(tx, 10..11)?;
                    for place in 0..PEOPLE {
                        let new = PersonRow {
                            id: someone(place),
                            programme: HERE,
                            guarded: place == 2,
                            profile: Vec::new(),
                            added_by: PEER,
                            added_at: noon(),
                            version: 1,
                        };
                        person::insert(tx, &new, &[])?;
                    }
                    let mut rows = Vec::new();
                    for (number, step) in (0..).zip(&steps) {
                        take(tx, &mut rows, number, step)?;
                        for guarded in [false, true] {
                            let kept: BTreeSet<_> =
                                person::alone(tx, HERE, guarded)?.into_iter().map(|row| row.id).collect();
                            let walks = |id| rows.iter().any(|row| row.walking && row.person == id);
                            let alone = (0..PEOPLE).filter(|place| (*place == 2) == guarded).map(someone);
                            assert_eq!(kept, alone.filter(|id| !walks(*id)).collect(), "after {step:?}");
                        }
                    }
                    Ok::<_, Error>(())
                })
                .unwrap();
        });
    }
}
