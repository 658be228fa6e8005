//! What the policies promise, and the committed table that shows it.

use porchlight_access::{Access, Action, Asker, Facts, Relation, matrix};
use porchlight_practice::Role;

fn may(access: &Access, action: Action, role: impl Into<Asker>, relation: Relation, consent: bool) -> bool {
    access.decide(Facts { action, asker: role.into(), relation, consent }).is_allow()
}

#[test]
fn the_committed_matrix_is_what_runs() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/policy-matrix.txt");
    let now = matrix(&Access::load().unwrap());
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed.starts_with(&now),
        "docs/policy-matrix.txt differs from the policies; read the change, then write it with \
         cargo xtask matrix"
    );
}

/// Nobody without a tie reaches anything, and a colleague never reaches the record of somebody who works here.
#[test]
fn strangers_and_colleagues_may_do_nothing() {
    let access = Access::load().unwrap();
    for &action in Action::ALL {
        for role in Role::ALL {
            for consent in [false, true] {
                for relation in [Relation::Stranger, Relation::Colleague] {
                    assert!(
                        !may(&access, action, role, relation, consent),
                        "{action:?} {role:?} {relation:?}"
                    );
                }
            }
        }
    }
}

/// Whoever is not signed in opens a card whose code they have, and can ask for nothing else.
#[test]
fn somebody_who_is_not_signed_in_opens_a_card_in_their_hand_and_nothing_else() {
    let access = Access::load().unwrap();
    for &action in Action::ALL {
        for relation in Relation::ALL {
            for consent in [false, true] {
                let opens = (action, relation) == (Action::CardOpen, Relation::Card);
                assert_eq!(may(&access, action, Asker::Stranger, relation, consent), opens, "{action:?}");
                for role in Role::ALL.into_iter().filter(|_| opens || relation == Relation::Card) {
                    assert!(!may(&access, action, role, relation, consent), "{action:?} {role:?}");
                }
            }
        }
    }
}

/// Nobody approves their own work: an author never countersigns, whatever their role.
#[test]
fn nobody_signs_their_own_note_as_supervisor() {
    let access = Access::load().unwrap();
    for role in Role::ALL {
        for action in [Action::ContactCountersign, Action::ContactAsk] {
            assert!(!may(&access, action, role, Relation::Author, true), "{role:?}");
            assert!(!may(&access, action, role, Relation::Own, true), "{role:?}");
        }
    }
}

/// Who walks with people has no access as anybody's supervisor, however they stand to the record.
/// covers: AL-06
#[test]
fn who_walks_with_people_supervises_nobody() {
    let access = Access::load().unwrap();
    let supervising = [
        Action::ContactQueue,
        Action::ContactAsk,
        Action::ContactCountersign,
        Action::SupportStart,
        Action::WorkerInvite,
        Action::WorkerEnd,
        Action::WorkerNameSupervisor,
        Action::WorkerList,
    ];
    for role in Role::ALL.into_iter().filter(|role| role.is_peer()) {
        for relation in Relation::ALL {
            for action in supervising {
                assert!(!may(&access, action, role, relation, true), "{action:?} {role:?} {relation:?}");
            }
        }
        for &action in Action::ALL {
            assert!(!may(&access, action, role, Relation::Supervises, true), "{action:?} {role:?}");
        }
    }
}

/// A supervisor can't write in a peer's note, and staff can't put words in the person's mouth unheard.
#[test]
fn only_the_writer_changes_a_note_and_only_the_person_adds_their_own_words() {
    let access = Access::load().unwrap();
    for role in Role::ALL {
        for relation in Relation::ALL {
            for consent in [false, true] {
                if may(&access, Action::ContactAdd, role, relation, consent) {
                    assert!(role.is_peer() && relation == Relation::Author);
                }
                if may(&access, Action::ContactSign, role, relation, consent) {
                    assert!(role.is_peer() && relation == Relation::Author);
                }
                if may(&access, Action::ContactOwnWords, role, relation, consent) {
                    assert!(role == Role::Person && relation == Relation::Own);
                }
            }
        }
    }
}

/// The treatment team reads nothing without the person's yes. Lists hold only what a yes opens.
#[test]
fn the_team_reads_only_with_consent() {
    let access = Access::load().unwrap();
    for &action in Action::ALL {
        let open = matches!(action, Action::PersonList | Action::DocumentList | Action::ProgrammeRead);
        // What they say themself, and what somebody calls them about, is no record that a person opens to them.
        let noun = action.as_str().split('.').next().unwrap_or_default();
        let called = matches!(noun, "safety" | "ladder" | "counsel");
        for relation in Relation::ALL {
            if open || called || relation == Relation::Own {
                continue;
            }
            assert!(!may(&access, action, Role::TeamMember, relation, false), "{action:?} {relation:?}");
        }
    }
    assert!(may(&access, Action::ContactRead, Role::TeamMember, Relation::Programme, true));
}

/// An administrator sets the programme up and reads nobody's record.
#[test]
fn an_administrator_reads_no_record() {
    let access = Access::load().unwrap();
    for action in
        [Action::PersonRead, Action::ContactRead, Action::PersonList, Action::ContactCopy, Action::LookRead]
    {
        for relation in Relation::ALL {
            assert!(!may(&access, action, Role::ProgrammeAdmin, relation, true));
        }
    }
}

/// Every action is allowed to somebody, or it is dead weight.
#[test]
fn every_action_has_somebody_who_may() {
    let access = Access::load().unwrap();
    for &action in Action::ALL {
        let anybody = Asker::all().any(|asker| {
            Relation::ALL.into_iter().any(|relation| may(&access, action, asker, relation, true))
        });
        assert!(anybody, "{}", action.as_str());
    }
}

/// What a person writes is read with their yes alone, and nobody but they, or whoever writes for them with their yes, opens
/// it to others or makes a card of it.
#[test]
fn papers_open_with_a_yes_and_to_nobody_who_only_runs_or_checks() {
    use Action::*;
    let access = Access::load().unwrap();
    for role in Role::ALL {
        for relation in Relation::ALL {
            if relation == Relation::Own && role == Role::Person {
                continue;
            }
            // Until the birthday that the pack names, a guardian reads and writes with the young person.
            if relation == Relation::Guardian && role == Role::Supporter {
                continue;
            }
            let (yes, no) = (
                |action| may(&access, action, role, relation, true),
                |action| may(&access, action, role, relation, false),
            );
            for action in [DocumentRead, DocumentWrite, ShareGive, CardMake, CardRead] {
                assert!(!no(action), "{action:?} {role:?} {relation:?}");
            }
            for action in [DocumentForget, DocumentBringBack] {
                assert!(!yes(action), "{action:?} {role:?} {relation:?}");
            }
            if matches!(role, Role::ProgrammeAdmin | Role::Auditor | Role::PrivacyLead | Role::Certifier) {
                for action in
                    [DocumentRead, DocumentList, DocumentWrite, DocumentStart, ShareGive, ShareRead, CardRead]
                {
                    assert!(!yes(action), "{action:?} {role:?} {relation:?}");
                }
            }
        }
    }
}

/// Nobody takes the report they made, only the ladder or one's place opens a report, and nobody who only runs or checks a
/// programme reads one. To the person it is about it is a stranger's until it may show.
#[test]
fn a_report_opens_to_whom_it_calls_and_to_nobody_who_only_runs_or_checks() {
    use Action::*;
    let access = Access::load().unwrap();
    for role in Role::ALL {
        for relation in Relation::ALL {
            let may = |action| may(&access, action, role, relation, true);
            for action in [SafetyTake, SafetyHandOn, SafetyClose, SafetyTell, SafetyWithhold] {
                assert!(!may(action) || relation != Relation::Author, "{action:?} {role:?}");
            }
            if may(SafetyRead) {
                let by_place = matches!(relation, Relation::Author | Relation::Called | Relation::Supervises);
                assert!(by_place || role == Role::PrivacyLead, "{role:?} {relation:?}");
            }
            if matches!(role, Role::Person | Role::Supporter | Role::Auditor | Role::Certifier) {
                for action in [SafetyReport, SafetyRead, SafetyList, SafetyTake, LadderRead, CounselRead] {
                    assert!(!may(action), "{action:?} {role:?} {relation:?}");
                }
            }
            assert!(!may(SafetyReadOwn) || (role == Role::Person && relation == Relation::Own));
            let asked = matches!(relation, Relation::Own | Relation::Called);
            assert!(!may(CounselRead) || asked, "{role:?} {relation:?}");
        }
    }
}

/// Whoever has no role here any more keeps their own account and takes along what they have shown, and nothing else.
#[test]
fn whoever_left_reaches_their_own_account_alone() {
    let access = Access::load().unwrap();
    for &action in Action::ALL {
        for relation in Relation::ALL {
            for consent in [false, true] {
                let own = relation == Relation::Own
                    && matches!(
                        action,
                        Action::AccountRead
                            | Action::AccountChange
                            | Action::AccountSecure
                            | Action::CredentialTake
                    );
                let allowed = may(&access, action, Role::Former, relation, consent);
                assert_eq!(allowed, own, "{action:?} {relation:?}");
            }
        }
    }
}

/// A guardian reads and writes what the young person writes and says yes for them, and reaches nothing else: no record, no
/// note, no goal, no report, no list of people, and nothing is theirs to throw away. The day the tie is a supporter's, a yes
/// of the young person opens sections to them, as to anybody.
#[test]
fn a_guardian_reaches_papers_and_choices_and_nothing_else() {
    use Action::*;
    let access = Access::load().unwrap();
    let while_deciding = [
        GuardianRead,
        DocumentStart,
        DocumentWrite,
        DocumentRead,
        DocumentList,
        ShareGive,
        ShareStop,
        ShareRead,
        ConsentGive,
        ConsentStop,
        ConsentRead,
        DisclosureAgree,
        DisclosureStop,
        DisclosureRead,
    ];
    for &action in Action::ALL {
        for relation in Relation::ALL {
            for consent in [false, true] {
                let expected = match relation {
                    Relation::Guardian => while_deciding.contains(&action),
                    Relation::Programme => match action {
                        GuardianRead | DocumentList => true,
                        DocumentRead | DocumentWrite => consent,
                        _ => false,
                    },
                    Relation::Own => continue,
                    _ => false,
                };
                let allowed = may(&access, action, Role::Supporter, relation, consent);
                assert_eq!(allowed, expected, "{action:?} {relation:?} {consent}");
            }
        }
    }
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Supporter) {
        for &action in Action::ALL {
            assert!(!may(&access, action, role, Relation::Guardian, true), "{action:?} {role:?}");
        }
    }
}

/// In an emergency a supervisor opens what helps, and by that nothing else. Nobody opens the record of a colleague so, and
/// whoever walks with the person asks their supervisor.
#[test]
fn an_emergency_opens_what_helps_to_a_supervisor_and_nothing_else() {
    use Action::*;
    let access = Access::load().unwrap();
    for role in Role::ALL {
        for &action in Action::ALL {
            let opens = may(&access, action, role, Relation::Emergency, true);
            assert_eq!(opens, (role, action) == (Role::Supervisor, LookEmergencyRead), "{action:?} {role:?}");
        }
        for relation in Relation::ALL {
            let begins = may(&access, LookEmergency, role, relation, true);
            let near = matches!(relation, Relation::Supervises | Relation::Programme);
            assert_eq!(begins, role == Role::Supervisor && near, "{role:?} {relation:?}");
            let lists = may(&access, LookEmergencyList, role, relation, true);
            let checks = matches!(role, Role::Supervisor | Role::PrivacyLead);
            assert_eq!(lists, checks && relation == Relation::Programme, "{role:?} {relation:?}");
        }
    }
}
