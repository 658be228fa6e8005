//! Phones and what came from them and waits, on each database.

use crate::device::{self, DeviceRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::tray::{self, TrayRow};
use crate::{Error, account};
use jiff::SignedDuration;
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, CommandId, DeviceId, MembershipId, ProgrammeId};
use porchlight_practice::tray::Why;
use uuid::Uuid;

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
const WRITER: AccountId = AccountId(Uuid::from_u128(10));
const OTHER: AccountId = AccountId(Uuid::from_u128(11));
const PHONE: DeviceId = DeviceId(Uuid::from_u128(20));

#[test]
fn a_phone_is_known_by_its_secret_until_its_owner_ends_it() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                house_of(tx, [10, 11])?;
                let membership = account::MembershipRow {
                    id: MembershipId(Uuid::from_u128(30)),
                    account: WRITER,
                    programme: Some(HERE),
                    role: Role::PeerSpecialist,
                    title: String::new(),
                    person: None,
                    since: noon(),
                    ended: None,
                };
                account::insert_membership(tx, &membership)?;
                let new = DeviceRow {
                    id: PHONE,
                    account: WRITER,
                    membership: membership.id,
                    made_at: noon(),
                    heard_at: noon(),
                    waiting: 0,
                    ended_at: None,
                };
                device::insert(tx, &new, b"hash")?;
                assert_eq!(device::by_secret(tx, b"hash")?, Some(new));
                assert_eq!(device::by_secret(tx, b"other")?, None);
                let later = noon() + SignedDuration::from_hours(1);
                device::heard(tx, PHONE, 3, later)?;
                let known = device::of_account(tx, WRITER)?;
                assert_eq!((known[0].waiting, known[0].heard_at), (3, later));
                assert!(!device::end(tx, PHONE, OTHER, later)?, "it is not theirs");
                assert!(device::end(tx, PHONE, WRITER, later)?);
                assert!(!device::end(tx, PHONE, WRITER, later)?, "it has ended already");
                assert!(device::of_account(tx, WRITER)?.is_empty());
                let ended = device::by_secret(tx, b"hash")?.unwrap();
                assert_eq!(ended.ended_at, Some(later), "what it still has can come in");
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn what_comes_twice_lies_in_the_tray_once_and_is_settled_once() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                house_of(tx, [10, 11])?;
                let item = |id, body: u8| TrayRow {
                    id: CommandId(Uuid::from_u128(id)),
                    account: WRITER,
                    programme: Some(HERE),
                    body: vec![body],
                    why: Why::Closed,
                    written_at: noon(),
                    arrived_at: noon(),
                    state: "waiting".into(),
                };
                assert!(tray::put(tx, &item(1, 1))?);
                assert!(!tray::put(tx, &item(1, 2))?, "it is there");
                assert!(tray::put(tx, &item(2, 3))?);
                assert_eq!(tray::waiting_of(tx, WRITER)?, [item(1, 1), item(2, 3)]);
                assert_eq!(tray::waiting_in(tx, HERE)?.len(), 2);
                assert!(tray::waiting_of(tx, OTHER)?.is_empty());
                let first = CommandId(Uuid::from_u128(1));
                assert!(tray::settle(tx, first, "aside", OTHER, Some(vec![9]), noon())?);
                assert!(!tray::settle(tx, first, "filed", WRITER, None, noon())?, "it is settled");
                assert_eq!(tray::get(tx, first)?.unwrap().state, "aside", "and stays");
                assert!(!tray::put(tx, &item(1, 1))?, "what was settled does not come back");
                assert_eq!(tray::waiting_of(tx, WRITER)?, [item(2, 3)]);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
