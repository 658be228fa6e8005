//! Groups and their sessions, on each database.

use crate::group::session::{self, CodeRow, LineRow, SessionRow};
use crate::group::{self, GroupRow, StepRow, Whose};
use crate::person::{self, PersonRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::{Error, Tx};
use jiff::SignedDuration;
use porchlight_practice::id::{AccountId, GroupId, GroupRecordId, GroupSessionId, PersonId, ProgrammeId};
use uuid::Uuid;

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
const LEADER: AccountId = AccountId(Uuid::from_u128(10));
const GROUP: GroupId = GroupId(Uuid::from_u128(20));

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn meeting(number: u128) -> SessionRow {
    SessionRow {
        id: GroupSessionId(Uuid::from_u128(number)),
        group: GROUP,
        programme: HERE,
        kind: "service".into(),
        day: "2026-04-14".into(),
        started: noon(),
        ended: None,
        started_by: LEADER,
        unnamed: 2,
        same_as: None,
    }
}

fn step(number: u128, name: &str, since: &str) -> StepRow {
    StepRow {
        id: Uuid::from_u128(number),
        group: Some(GROUP),
        kind: "service".into(),
        step: name.into(),
        since: since.into(),
        until: None,
    }
}

fn set_up(tx: &mut Tx<'_>) -> Result<(), Error> {
    house_of(tx, [10])?;
    for number in [30, 31] {
        let row = PersonRow {
            id: person(number),
            programme: HERE,
            guarded: false,
            profile: vec![1],
            added_by: LEADER,
            added_at: noon(),
            version: 1,
        };
        person::insert(tx, &row, &[])?;
    }
    let row = GroupRow {
        id: GROUP,
        programme: HERE,
        kind: "service".into(),
        stage: "idea".into(),
        keeper: None,
        body: vec![1],
        at: noon(),
        version: 1,
    };
    group::insert(tx, &row)?;
    group::begin_step(tx, Whose::Account(LEADER), &step(40, "lead", "2026-04-01"))
}

#[test]
fn steps_follow_each_other_and_a_change_on_the_same_day_leaves_one() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let rosa = Whose::Person(person(30));
                group::begin_step(tx, rosa, &step(41, "watch", "2026-04-01"))?;
                group::begin_step(tx, rosa, &step(42, "co_lead", "2026-04-08"))?;
                group::begin_step(tx, rosa, &step(43, "lead", "2026-04-08"))?;
                let steps = group::steps_of_person(tx, person(30))?;
                let said: Vec<_> = steps.iter().map(|one| (&*one.step, one.until.as_deref())).collect();
                assert_eq!(said, [("lead", None), ("watch", Some("2026-04-08"))]);
                assert_eq!(group::step_of(tx, GROUP, LEADER)?.as_deref(), Some("lead"));
                let row = group::get(tx, GROUP)?.unwrap();
                assert!(group::change(tx, &GroupRow { stage: "running".into(), ..row.clone() })?);
                assert!(!group::change(tx, &row)?, "it was changed since");
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn two_logs_of_one_session_become_one_and_lose_nothing() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let (one, other) = (meeting(50), SessionRow { unnamed: 5, ..meeting(51) });
                for row in [&one, &other] {
                    session::insert(tx, row)?;
                    session::sign_in(tx, row.id, person(30), noon(), "tap")?;
                    let record = GroupRecordId(Uuid::from_u128(row.id.0.as_u128() + 100));
                    session::add_record(tx, record, row.id, &[7], noon())?;
                }
                session::sign_in(tx, other.id, person(31), noon(), "paper")?;
                session::sign_in(tx, other.id, person(31), noon(), "tap")?;
                let line = |session, who, body: u8, version| LineRow {
                    session,
                    person: who,
                    by: LEADER,
                    body: vec![body],
                    at: noon(),
                    version,
                };
                assert!(session::keep_line(tx, &line(other.id, person(31), 1, 0))?);
                assert!(!session::keep_line(tx, &line(other.id, person(31), 2, 0))?, "written since");
                assert!(session::keep_line(tx, &line(other.id, person(31), 3, 1))?);
                session::join(tx, &other, &one)?;
                assert_eq!(session::there_count(tx, one.id)?, 2);
                assert_eq!(session::there_count(tx, other.id)?, 0);
                assert_eq!(session::records(tx, one.id)?.len(), 2);
                assert_eq!(session::line_of(tx, one.id, person(31))?.unwrap().body, [3]);
                assert_eq!(session::get(tx, one.id)?.unwrap().unnamed, 5);
                assert_eq!(session::of_group(tx, GROUP, 9)?.len(), 1);
                assert_eq!(session::of_person(tx, person(31), 9)?.len(), 1);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn a_code_holds_until_its_time_or_the_end_of_the_session() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                session::insert(tx, &meeting(50))?;
                let code = |byte: u8| CodeRow {
                    code_hash: vec![byte; 32],
                    session: meeting(50).id,
                    code: vec![byte],
                    until: noon() + SignedDuration::from_mins(15),
                };
                session::set_code(tx, &code(1))?;
                session::set_code(tx, &code(2))?;
                assert!(session::by_code(tx, &[1; 32], noon())?.is_none(), "a newer one takes its place");
                assert!(session::by_code(tx, &[2; 32], noon())?.is_some());
                let later = noon() + SignedDuration::from_mins(15);
                assert!(session::by_code(tx, &[2; 32], later)?.is_none());
                assert!(session::end(tx, meeting(50).id, noon())?);
                assert!(session::by_code(tx, &[2; 32], noon())?.is_none());
                assert!(!session::end(tx, meeting(50).id, noon())?);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

/// covers: GA-32
#[test]
fn of_a_group_handed_over_nothing_stays_but_what_its_members_allow() {
    each_database(|store| {
        for row_stays in [true, false] {
            let kept = store.blocking_write(move |tx| {
                if group::get(tx, GROUP)?.is_none() && person::get(tx, person(30))?.is_none() {
                    set_up(tx)?;
                }
                session::insert(tx, &meeting(50))?;
                session::insert(tx, &SessionRow { same_as: Some(meeting(50).id), ..meeting(51) })?;
                session::sign_in(tx, meeting(50).id, person(30), noon(), "tap")?;
                session::add_record(tx, GroupRecordId(Uuid::from_u128(60)), meeting(50).id, &[7], noon())?;
                group::join(tx, GROUP, person(30), noon())?;
                group::begin_step(tx, Whose::Person(person(30)), &step(41, "lead", "2026-04-01"))?;
                group::forget(tx, GROUP, "2026-04-14", row_stays)?;
                assert!(session::of_person(tx, person(30), 9)?.is_empty());
                assert!(session::get(tx, meeting(51).id)?.is_none());
                assert!(group::members(tx, GROUP)?.is_empty());
                assert!(group::steps_of_person(tx, person(30))?.is_empty());
                let steps = group::steps_of_account(tx, LEADER)?;
                assert_eq!((steps.len(), steps[0].group), (1, None), "that somebody led is theirs");
                Ok::<_, Error>(group::get(tx, GROUP)?.is_some())
            });
            assert_eq!(kept.unwrap(), row_stays);
        }
    });
}
