//! Who lacks a supervisor or a deputy is kept beside their role, and is what one finds by asking about everybody.

use crate::account::{self, MembershipRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::{Error, Tx, programme};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, MembershipId, ProgrammeId};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
/// The roles of those who work here, by their place; the third both walks with people and supervises.
const ROLES: [(usize, Role); 6] = [
    (0, Role::PeerSpecialist),
    (1, Role::Trainee),
    (2, Role::ParentPeerSpecialist),
    (2, Role::Supervisor),
    (3, Role::Supervisor),
    (4, Role::ProgrammeAdmin),
];

/// What happens to those who stand behind somebody.
#[derive(Debug, Clone)]
enum Step {
    Named(usize, usize),
    Beside(usize, usize),
    NoMore(usize, usize),
    Deputy(usize, usize),
    Left(usize),
    Unsupervised(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let one = || 0..5_usize;
    prop_oneof![
        (one(), one()).prop_map(|(peer, by)| Step::Named(peer, by)),
        (one(), one()).prop_map(|(peer, by)| Step::Beside(peer, by)),
        (one(), one()).prop_map(|(peer, by)| Step::NoMore(peer, by)),
        (one(), one()).prop_map(|(lead, by)| Step::Deputy(lead, by)),
        one().prop_map(Step::Left),
        one().prop_map(Step::Unsupervised),
    ]
}

fn worker(place: usize) -> AccountId {
    AccountId(Uuid::from_u128(10 + place as u128))
}

fn take(tx: &mut Tx<'_>, step: &Step, at: Timestamp) -> Result<(), Error> {
    match *step {
        Step::Named(peer, by) => programme::set_supervisor(tx, HERE, worker(peer), worker(by), at),
        Step::Beside(peer, by) => programme::add_supervisor(tx, HERE, worker(peer), worker(by), at),
        Step::NoMore(peer, by) => programme::end_one(tx, HERE, worker(peer), worker(by), at),
        Step::Deputy(lead, by) => programme::set_deputy(tx, HERE, worker(lead), worker(by), at),
        Step::Left(one) => programme::end_supervising(tx, HERE, worker(one), at),
        Step::Unsupervised(one) => programme::end_supervised(tx, HERE, worker(one), at),
    }
}

/// By asking about everybody.
fn lacking(tx: &mut Tx<'_>) -> Result<BTreeSet<MembershipId>, Error> {
    let mut found = BTreeSet::new();
    for one in account::members(tx, HERE)? {
        let deputised = !programme::deputies_of(tx, HERE, one.account)?.is_empty();
        let supervised = !programme::supervisors_of(tx, HERE, one.account)?.is_empty();
        let lacks = match one.role {
            Role::Supervisor => !deputised,
            role => role.is_peer() && !supervised && !deputised,
        };
        if lacks {
            found.insert(one.id);
        }
    }
    Ok(found)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn who_lacks_somebody_behind_them_is_kept_whatever_happens(steps in prop::collection::vec(step(), 1..24)) {
        each_database(|store| {
            let steps = steps.clone();
            store
                .blocking_write(move |tx| {
                    house_of(tx, 10..15)?;
                    for (number, (place, role)) in ROLES.into_iter().enumerate() {
                        account::insert_membership(tx, &MembershipRow {
                            id: MembershipId(Uuid::from_u128(100 + number as u128)),
                            account: worker(place),
                            programme: Some(HERE),
                            role,
                            title: String::new(),
                            person: None,
                            since: noon(),
                            ended: None,
                        })?;
                    }
                    for (minutes, step) in (1..).zip(&steps) {
                        take(tx, step, noon() + SignedDuration::from_mins(minutes))?;
                        let kept = account::uncovered(tx, HERE)?.into_iter().map(|one| one.id);
                        assert_eq!(kept.collect::<BTreeSet<_>>(), lacking(tx)?, "after {step:?}");
                    }
                    account::end_membership(tx, MembershipId(Uuid::from_u128(100)), noon())?;
                    let kept = account::uncovered(tx, HERE)?.into_iter().map(|one| one.id);
                    assert_eq!(kept.collect::<BTreeSet<_>>(), lacking(tx)?);
                    Ok::<_, Error>(())
                })
                .unwrap();
        });
    }
}
