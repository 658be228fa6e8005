//! Visits, calendars and what they are asked for, on each database.

use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::visit::{self, AskingRow, CalendarRow, VisitRow};
use crate::{Error, Tx, account, person, support};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, MembershipId, PersonId, ProgrammeId, SupportId, VisitId};
use uuid::Uuid;

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
const PEER: AccountId = AccountId(Uuid::from_u128(10));
const NEXT: AccountId = AccountId(Uuid::from_u128(11));
const PERSON: PersonId = PersonId(Uuid::from_u128(20));

fn hours(hours: i64) -> Timestamp {
    noon() + SignedDuration::from_hours(hours)
}

fn set_up(tx: &mut Tx<'_>) -> Result<(), Error> {
    house_of(tx, [10, 11])?;
    let row = person::PersonRow {
        id: PERSON,
        programme: HERE,
        guarded: false,
        profile: vec![1],
        added_by: PEER,
        added_at: noon(),
        version: 1,
    };
    person::insert(tx, &row, &[])?;
    support::insert(tx, &walks(PEER, 30))
}

fn walks(peer: AccountId, number: u128) -> support::SupportRow {
    support::SupportRow {
        id: SupportId(Uuid::from_u128(number)),
        programme: HERE,
        person: PERSON,
        peer,
        responsible: peer,
        walking: true,
        since: "2026-01-05".into(),
        ended_on: None,
        body: vec![1],
        version: 1,
    }
}

fn row(number: u128, starts: Timestamp) -> VisitRow {
    let ends = starts + SignedDuration::from_mins(50);
    VisitRow {
        id: VisitId(Uuid::from_u128(number)),
        programme: HERE,
        person: PERSON,
        peer: PEER,
        state: "booked".into(),
        starts,
        ends,
        asking: AskingRow { ask_at: Some(ends), ..AskingRow::default() },
        person_reminded_at: None,
        peer_reminded_at: None,
        body: vec![7],
        at: noon(),
        version: 1,
    }
}

#[test]
fn two_who_change_a_visit_at_once_lose_nothing_and_a_list_has_what_reaches_into_it() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                for (number, starts) in [(1, hours(1)), (2, hours(30)), (3, hours(-1))] {
                    visit::insert(tx, &row(number, starts))?;
                }
                let of = |rows: Vec<VisitRow>| rows.iter().map(|row| row.id.0.as_u128()).collect::<Vec<_>>();
                // The one that ended ten minutes ago is over; the one that starts as the list ends is not in it.
                let list = |tx: &mut Tx<'_>, from, to| visit::of_peer(tx, HERE, PEER, (from, to), 9);
                assert_eq!(of(list(tx, noon(), hours(30))?), [1]);
                assert_eq!(of(list(tx, hours(-1), hours(31))?), [3, 1, 2]);
                assert_eq!(of(visit::of_person(tx, PERSON, noon(), 9)?), [1, 2]);

                let mut moved = visit::get(tx, VisitId(Uuid::from_u128(1)))?.unwrap();
                assert_eq!(moved, row(1, hours(1)));
                moved.starts = hours(2);
                moved.asking =
                    AskingRow { asked_at: Some(hours(3)), tell_at: Some(hours(4)), ..moved.asking };
                moved.person_reminded_at = Some(hours(1));
                assert!(visit::change(tx, &moved)?);
                assert!(!visit::change(tx, &moved)?, "it was changed since");
                let now = visit::get(tx, moved.id)?.unwrap();
                assert_eq!((now.version, now.starts, now.asking), (2, moved.starts, moved.asking));
                assert_eq!(now.person_reminded_at, Some(hours(1)));

                // Between these two; what was called off is not among it.
                let off = VisitRow { state: "called_off".into(), ..row(2, hours(30)) };
                assert!(visit::change(tx, &off)?);
                assert_eq!(of(visit::booked_between(tx, PERSON, PEER, noon())?), [1]);
                assert_eq!(of(visit::booked_between(tx, PERSON, NEXT, noon())?), [0_u128; 0]);

                // Who does not walk with somebody any more has no visit with them.
                let ended = support::SupportRow { walking: false, ..walks(PEER, 30) };
                assert!(support::change(tx, &ended)?);
                assert_eq!(of(list(tx, hours(-1), hours(31))?), [0_u128; 0]);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn a_calendar_has_one_address_and_a_new_one_takes_its_place() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let membership = account::MembershipRow {
                    id: MembershipId(Uuid::from_u128(40)),
                    account: PEER,
                    programme: Some(HERE),
                    role: Role::PeerSpecialist,
                    title: "peer".into(),
                    person: None,
                    since: noon(),
                    ended: None,
                };
                account::insert_membership(tx, &membership)?;
                let address = |code: u8| CalendarRow {
                    membership: membership.id,
                    code_hash: vec![code; 32],
                    code: vec![code],
                    made_at: noon(),
                };
                visit::put_calendar(tx, &address(1))?;
                visit::put_calendar(tx, &address(2))?;
                assert!(visit::calendar_by_code(tx, &[1; 32])?.is_none());
                assert_eq!(visit::calendar_by_code(tx, &[2; 32])?, Some(address(2)));
                assert_eq!(visit::calendar_of(tx, membership.id)?, Some(address(2)));
                visit::stop_calendar(tx, membership.id)?;
                visit::stop_calendar(tx, membership.id)?;
                assert!(visit::calendar_by_code(tx, &[2; 32])?.is_none());
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn asking_telling_and_reminding_happen_once_each_and_a_choice_is_not_written_over() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let id = VisitId(Uuid::from_u128(1));
                visit::insert(tx, &row(1, hours(1)))?;
                assert!(visit::to_ask(tx, hours(1), 9)?.is_empty());
                assert_eq!(visit::to_ask(tx, hours(2), 9)?.len(), 1);
                visit::answered(tx, id, hours(1))?;
                visit::asked(tx, id, hours(2), hours(3))?;
                visit::asked(tx, id, hours(4), hours(5))?;
                assert!(visit::to_ask(tx, hours(9), 9)?.is_empty());
                assert!(visit::to_tell(tx, hours(2), 9)?.is_empty());
                assert_eq!(visit::to_tell(tx, hours(3), 9)?.len(), 1);
                assert_eq!(visit::unanswered(tx, HERE, hours(3), 9)?.len(), 1);
                visit::told(tx, id, hours(3))?;
                assert!(visit::to_tell(tx, hours(9), 9)?.is_empty());
                assert_eq!(visit::unanswered(tx, HERE, hours(3), 9)?.len(), 1, "nobody has answered yet");
                visit::answered(tx, id, hours(4))?;
                visit::answered(tx, id, hours(6))?;
                assert!(visit::unanswered(tx, HERE, hours(9), 9)?.is_empty());
                assert_eq!(visit::get(tx, id)?.unwrap().asking.answered_at, Some(hours(4)));

                assert_eq!(visit::to_remind(tx, noon(), hours(2), 9)?.len(), 1);
                assert!(visit::to_remind(tx, hours(1), hours(2), 9)?.is_empty(), "it has begun");
                visit::reminded(tx, id, true, hours(0))?;
                assert_eq!(visit::to_remind(tx, noon(), hours(2), 9)?.len(), 1);
                visit::reminded(tx, id, false, hours(0))?;
                assert!(visit::to_remind(tx, noon(), hours(2), 9)?.is_empty());

                let choice = |body: u8, version| visit::ReminderRow {
                    account: PEER,
                    body: vec![body],
                    at: noon(),
                    version,
                };
                assert!(visit::keep_reminder(tx, &choice(1, 0))?);
                assert!(!visit::keep_reminder(tx, &choice(2, 0))?, "it was chosen since");
                assert!(visit::keep_reminder(tx, &choice(3, 1))?);
                assert!(!visit::keep_reminder(tx, &choice(4, 1))?, "it was chosen since");
                let now = visit::reminder_of(tx, PEER)?.unwrap();
                assert_eq!((now.body, now.version), (vec![3], 2));
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
