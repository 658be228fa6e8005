//! Meetings of a person's team, on each database.

use crate::team_meeting::{self, TeamMeetingRow};
use crate::testing::{each_database, noon};
use crate::tests::house_of;
use crate::{Error, person, support};
use jiff::SignedDuration;
use porchlight_practice::id::{AccountId, PersonId, ProgrammeId, SupportId, TeamMeetingId};
use uuid::Uuid;

#[test]
fn whoever_walks_with_somebody_finds_what_is_open_and_two_who_write_at_once_do_not_write_over() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                house_of(tx, [10, 11])?;
                let (here, who) = (ProgrammeId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(20)));
                let peer = AccountId(Uuid::from_u128(10));
                let row = person::PersonRow {
                    id: who,
                    programme: here,
                    guarded: false,
                    profile: vec![1],
                    added_by: peer,
                    added_at: noon(),
                    version: 1,
                };
                person::insert(tx, &row, &[])?;
                let walks = support::SupportRow {
                    id: SupportId(Uuid::from_u128(30)),
                    programme: here,
                    person: who,
                    peer,
                    responsible: peer,
                    walking: true,
                    since: "2026-04-09".into(),
                    ended_on: None,
                    body: vec![1],
                    version: 1,
                };
                support::insert(tx, &walks)?;
                let row = |id: u128, hours: i64, open| TeamMeetingRow {
                    id: TeamMeetingId(Uuid::from_u128(id)),
                    programme: here,
                    person: who,
                    at: noon() + SignedDuration::from_hours(hours),
                    open,
                    body: vec![1],
                    version: 1,
                };
                for new in [row(1, 30, true), row(2, 10, true), row(3, -50, false)] {
                    team_meeting::insert(tx, &new)?;
                }
                let ids =
                    |rows: Vec<TeamMeetingRow>| rows.iter().map(|row| row.id.0.as_u128()).collect::<Vec<_>>();
                assert_eq!(ids(team_meeting::of_person(tx, who, 9)?), [1, 2, 3]);
                assert_eq!(ids(team_meeting::of_person(tx, who, 1)?), [1]);
                assert_eq!(ids(team_meeting::open_of_peer(tx, here, peer, 9)?), [2, 1]);
                assert!(team_meeting::open_of_peer(tx, here, AccountId(Uuid::from_u128(11)), 9)?.is_empty());
                assert!(team_meeting::change(
                    tx,
                    &TeamMeetingRow { body: vec![2], open: false, ..row(2, 10, true) }
                )?);
                assert!(!team_meeting::change(tx, &TeamMeetingRow { body: vec![3], ..row(2, 10, true) })?);
                let now = team_meeting::get(tx, TeamMeetingId(Uuid::from_u128(2)))?.unwrap();
                assert_eq!((now.body, now.open, now.version), (vec![2], false, 2));
                assert_eq!(ids(team_meeting::open_of_peer(tx, here, peer, 9)?), [1]);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
