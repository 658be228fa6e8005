//! What workers can show, and the answers that are kept about them, on each database.

use crate::credential::{self, AnswerRow, CredentialRow};
use crate::testing::{each_database, noon};
use crate::tests::{account_of, house_of};
use crate::{Error, Tx, account};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, CredentialId, MembershipId, ProgrammeId};
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn set_up(tx: &mut Tx<'_>) -> Result<(), Error> {
    house_of(tx, [10, 11])?;
    account::insert_membership(
        tx,
        &account::MembershipRow {
            id: MembershipId(id(20)),
            account: AccountId(id(10)),
            programme: Some(ProgrammeId(id(1))),
            role: Role::ParentPeerSpecialist,
            title: "peer".into(),
            person: None,
            since: noon(),
            ended: None,
        },
    )
}

fn row(number: u128, account: u128) -> CredentialRow {
    CredentialRow {
        id: CredentialId(id(number)),
        account: AccountId(id(account)),
        waiting: true,
        body: vec![7],
        at: noon(),
        version: 1,
    }
}

#[test]
fn what_waits_is_that_of_those_who_work_here_and_can_be_taken_back_until_it_is_looked_at() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                credential::insert(tx, &row(30, 10))?;
                credential::insert(tx, &row(31, 11))?;
                credential::insert_part(tx, id(41), CredentialId(id(30)), 1, vec![2])?;
                credential::insert_part(tx, id(40), CredentialId(id(30)), 0, vec![1])?;
                let parts = credential::parts(tx, CredentialId(id(30)))?;
                assert_eq!(parts, [(id(40), vec![1]), (id(41), vec![2])], "in the order of their numbers");
                let waiting = credential::waiting(tx, ProgrammeId(id(1)), 10)?;
                assert_eq!(waiting.iter().map(|row| row.id.0).collect::<Vec<_>>(), [id(30)]);

                let looked_at = CredentialRow { waiting: false, ..row(31, 11) };
                assert!(credential::change(tx, &looked_at)?);
                assert!(!credential::change(tx, &looked_at)?, "somebody changed it since");
                assert!(!credential::take_back(tx, CredentialId(id(31)))?);
                assert!(credential::take_back(tx, CredentialId(id(30)))?);
                assert!(credential::get(tx, CredentialId(id(30)))?.is_none());
                assert!(credential::parts(tx, CredentialId(id(30)))?.is_empty());
                assert_eq!(credential::of_account(tx, AccountId(id(11)))?.len(), 1);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

#[test]
fn only_those_are_due_whose_day_has_come_or_who_are_new() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let (here, who) = (ProgrammeId(id(1)), AccountId(id(10)));
                assert_eq!(credential::due(tx, here, "2026-01-01", 10)?, [who], "new here");
                let answer = |word: &str, on: Option<&str>| AnswerRow {
                    account: who,
                    question: format!("q-{word}"),
                    word: word.into(),
                    changes_on: on.map(str::to_owned),
                };
                let answers = [answer("yes", Some("2026-03-01")), answer("not-yet", None)];
                for _ in 0..2 {
                    credential::keep_answers(tx, here, who, &answers, "2026-03-01")?;
                }
                assert!(credential::due(tx, here, "2026-02-28", 10)?.is_empty());
                assert_eq!(credential::due(tx, here, "2026-03-01", 10)?, [who]);
                assert_eq!(credential::changing(tx, here, "2026-03-01", 10)?, answers[..1]);
                assert!(credential::changing(tx, here, "2026-02-28", 10)?.is_empty());
                credential::all_due(tx, here, "2026-02-01")?;
                assert_eq!(credential::due(tx, here, "2026-02-01", 10)?, [who], "the rules changed");
                credential::all_due(tx, here, "2026-05-01")?;
                assert_eq!(credential::due(tx, here, "2026-02-01", 10)?, [who], "never later");
                account::end_membership(tx, MembershipId(id(20)), noon())?;
                credential::forget_answers(tx, here, who)?;
                assert!(credential::due(tx, here, "2027-01-01", 10)?.is_empty());
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}

/// Of a thousand workers the pass of a night finds those whose day has come, and nobody else.
#[test]
fn a_pass_touches_only_those_whose_day_has_come() {
    each_database(|store| {
        store
            .blocking_write(|tx| {
                set_up(tx)?;
                let here = ProgrammeId(id(1));
                for number in 0..1_000_u128 {
                    let who = AccountId(id(1_000 + number));
                    account_of(tx, 1_000 + number)?;
                    let member = account::MembershipRow {
                        id: MembershipId(id(5_000 + number)),
                        account: who,
                        programme: Some(here),
                        role: Role::ParentPeerSpecialist,
                        title: "peer".into(),
                        person: None,
                        since: noon(),
                        ended: None,
                    };
                    account::insert_membership(tx, &member)?;
                }
                let count =
                    |tx: &mut Tx<'_>, day: &str| Ok::<_, Error>(credential::due(tx, here, day, 5_000)?.len());
                assert_eq!(count(tx, "2026-01-01")?, 1_001, "everybody is new");
                credential::keep_answers(tx, here, AccountId(id(10)), &[], "9999-12-31")?;
                for number in 0..1_000_u128 {
                    let due = format!("2026-{:02}-01", number % 10 + 1);
                    credential::keep_answers(tx, here, AccountId(id(1_000 + number)), &[], &due)?;
                }
                assert_eq!(count(tx, "2025-12-31")?, 0, "a quiet day");
                assert_eq!(count(tx, "2026-01-01")?, 100);
                assert_eq!(count(tx, "2026-01-31")?, 100, "and nobody twice for it");
                assert_eq!(count(tx, "2026-02-01")?, 200);
                Ok::<_, Error>(())
            })
            .unwrap();
    });
}
