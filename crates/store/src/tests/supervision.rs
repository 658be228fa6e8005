//! Meetings of supervision, agendas and yeses, on each database.

use crate::supervision::{self, AgendaRow, MeetingRow, SittingInRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::{Error, Tx, person, programme};
use porchlight_practice::id::{AccountId, AgendaId, PersonId, ProgrammeId, SittingInId, SupervisionId};
use std::collections::BTreeSet;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
const LEAD: AccountId = AccountId(Uuid::from_u128(10));

fn worker(number: u128) -> AccountId {
    AccountId(id(number))
}

fn set_up(tx: &mut Tx<'_>) -> Result<(), Error> {
    house_of(tx, 10..14)
}

fn meeting(number: u128, day: &str, state: &str) -> MeetingRow {
    MeetingRow {
        id: SupervisionId(id(number)),
        programme: HERE,
        supervisor: LEAD,
        kind: "group".into(),
        day: day.into(),
        state: state.into(),
        minutes: 60,
        supervisor_was: "program_manager qmhp".into(),
        looked_back: state == "held",
        body: vec![1],
        at: noon(),
        version: 1,
    }
}

#[test]
fn what_was_held_is_there_for_everybody_who_was_there_and_a_stale_change_is_refused() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let both = BTreeSet::from([worker(11), worker(12)]);
                supervision::insert(tx, &meeting(30, "2026-11-20", "booked"), &both)?;
                supervision::insert(tx, &meeting(31, "2026-10-01", "held"), &both)?;
                assert!(supervision::change(tx, &meeting(30, "2026-11-20", "held"))?);
                assert!(
                    !supervision::change(tx, &meeting(30, "2026-11-20", "booked"))?,
                    "somebody changed it"
                );
                supervision::took_part(tx, SupervisionId(id(30)), &BTreeSet::from([worker(11)]))?;
                let days =
                    |held: Vec<supervision::HeldRow>| held.into_iter().map(|one| one.day).collect::<Vec<_>>();
                assert!(supervision::held_with(tx, worker(11))?.iter().all(|one| one.looked_back));
                assert_eq!(days(supervision::held_with(tx, worker(11))?), ["2026-10-01", "2026-11-20"]);
                assert_eq!(days(supervision::held_with(tx, worker(12))?), ["2026-10-01"], "was not there");
                let newest = supervision::of_worker(tx, worker(11), 1)?;
                assert_eq!(newest.iter().map(|row| row.id.0).collect::<Vec<_>>(), [id(30)]);
                assert!(supervision::sign(tx, SupervisionId(id(30)), worker(11), noon())?);
                assert!(!supervision::sign(tx, SupervisionId(id(30)), worker(11), noon())?, "signed before");
                assert!(!supervision::sign(tx, SupervisionId(id(30)), worker(12), noon())?, "was not there");
                let times = supervision::times(tx, HERE, "2026-10-02", 10)?;
                assert_eq!(times.len(), 1, "since a day, one row for each who was there");
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn what_is_brought_is_taken_off_by_whoever_brought_it_until_it_was_talked_about() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                supervision::insert(tx, &meeting(30, "2026-11-20", "held"), &BTreeSet::from([worker(11)]))?;
                for number in [40, 41] {
                    let row = AgendaRow {
                        id: AgendaId(id(number)),
                        programme: HERE,
                        worker: worker(11),
                        supervisor: LEAD,
                        meeting: None,
                        body: vec![1],
                        at: noon(),
                    };
                    supervision::bring(tx, &row)?;
                }
                let (one, other) = (AgendaId(id(40)), AgendaId(id(41)));
                assert!(!supervision::take_off(tx, one, LEAD)?, "not theirs");
                assert!(supervision::take_off(tx, one, worker(11))?);
                let held = SupervisionId(id(30));
                assert!(!supervision::talked_about(tx, other, worker(13), held)?, "brought to somebody else");
                assert!(supervision::talked_about(tx, other, LEAD, held)?);
                assert!(!supervision::take_off(tx, other, worker(11))?, "it was talked about");
                assert!(supervision::agenda_of(tx, HERE, worker(11))?.is_empty());
                assert!(supervision::brought_to(tx, HERE, LEAD)?.is_empty());
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn a_yes_is_used_once_and_not_after_it_was_taken_back() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let person = PersonId(id(50));
                let record = person::PersonRow {
                    id: person,
                    programme: HERE,
                    guarded: false,
                    profile: vec![1],
                    added_by: LEAD,
                    added_at: noon(),
                    version: 1,
                };
                person::insert(tx, &record, &[])?;
                supervision::insert(tx, &meeting(30, "2026-11-20", "held"), &BTreeSet::from([worker(11)]))?;
                let yes = |number: u128| SittingInRow {
                    id: SittingInId(id(number)),
                    programme: HERE,
                    person,
                    worker: worker(11),
                    supervisor: LEAD,
                    day: "2026-11-20".into(),
                    said_by: worker(11),
                    at: noon(),
                    taken_back_at: None,
                    meeting: None,
                };
                for number in [60, 61] {
                    supervision::say_yes(tx, &yes(number))?;
                }
                let (one, other, held) = (SittingInId(id(60)), SittingInId(id(61)), SupervisionId(id(30)));
                assert!(!supervision::take_back(tx, one, PersonId(id(51)), noon())?, "somebody else's");
                assert!(supervision::take_back(tx, one, person, noon())?);
                assert!(!supervision::use_yes(tx, one, held)?, "taken back");
                let open = supervision::yes_to(tx, worker(11), LEAD, "2026-11-20")?;
                assert_eq!(open.iter().map(|row| row.id).collect::<Vec<_>>(), [other]);
                assert!(supervision::yes_to(tx, worker(11), LEAD, "2026-11-21")?.is_empty());
                assert!(supervision::use_yes(tx, other, held)?);
                assert!(!supervision::use_yes(tx, other, held)?, "one yes, one time");
                assert!(!supervision::take_back(tx, other, person, noon())?, "it is over");
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn one_supervisor_is_named_first_and_others_stand_beside() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let peer = worker(11);
                let now = |tx: &mut Tx<'_>| programme::supervisors_of(tx, HERE, peer);
                let later = |minutes| noon() + jiff::SignedDuration::from_mins(minutes);
                programme::set_supervisor(tx, HERE, peer, LEAD, noon())?;
                programme::add_supervisor(tx, HERE, peer, worker(12), later(1))?;
                assert_eq!(now(tx)?, [LEAD, worker(12)]);
                programme::set_supervisor(tx, HERE, peer, worker(13), later(2))?;
                assert_eq!(now(tx)?, [worker(13), worker(12)], "the one beside stays");
                programme::set_supervisor(tx, HERE, peer, worker(12), later(3))?;
                assert_eq!(now(tx)?, [worker(12)], "nobody stands there twice");
                programme::end_one(tx, HERE, peer, worker(12), later(4))?;
                assert!(now(tx)?.is_empty());
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

/// Whom somebody supervises is found from their side by the same rule by which it is asked of one worker.
#[test]
fn a_team_is_everybody_of_whom_it_is_true_that_they_are_supervised() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let (lead, deputy, peer, other) = (worker(10), worker(11), worker(12), worker(13));
                let agrees = |tx: &mut Tx<'_>, expected: &[(AccountId, &[AccountId])]| {
                    for (actor, team) in expected {
                        assert_eq!(programme::supervised_by(tx, HERE, *actor)?, *team, "{actor}");
                        for one in [lead, deputy, peer, other] {
                            let asked = programme::supervises(tx, HERE, *actor, one)?;
                            assert_eq!(asked, team.contains(&one), "{actor} and {one}");
                        }
                    }
                    Ok::<_, Error>(())
                };
                programme::set_supervisor(tx, HERE, peer, lead, noon())?;
                programme::add_supervisor(tx, HERE, peer, other, noon())?;
                programme::set_deputy(tx, HERE, lead, deputy, noon())?;
                agrees(tx, &[(lead, &[peer]), (other, &[peer]), (deputy, &[lead, peer]), (peer, &[])])?;
                programme::end_one(tx, HERE, peer, lead, noon())?;
                agrees(tx, &[(lead, &[]), (other, &[peer]), (deputy, &[lead])])?;
                programme::end_supervising(tx, HERE, lead, noon())?;
                agrees(tx, &[(deputy, &[])])?;
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
