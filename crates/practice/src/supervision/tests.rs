use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

const HERE: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
const LEAD: AccountId = AccountId(Uuid::from_u128(10));

fn worker(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(100 + number))
}

fn workers(count: u128) -> BTreeSet<AccountId> {
    (0..count).map(worker).collect()
}

fn booking(kind: SessionKind, count: u128) -> Booking {
    Booking { kind, day: date(2026, 11, 20), time: None, supervisor: LEAD, with: workers(count) }
}

fn account(count: u128) -> Account {
    Account {
        day: date(2026, 11, 20),
        minutes: 60,
        took_part: workers(count),
        topics: BTreeSet::from(["self_care".to_owned()]),
        skills: Default::default(),
        agreed: " Two visits a day at most, until March. ".into(),
        next: Next::Booked { day: date(2026, 12, 4), time: None },
    }
}

fn signing(yes: Option<&SittingIn>) -> Signing<'_> {
    Signing {
        programme: HERE,
        by: Signer { account: LEAD, name: "Wanda Pickett".into(), title: "Program Manager".into() },
        was: BTreeSet::from(["program_manager".to_owned()]),
        yes,
        pack: PackHash([7; 32]),
        today: date(2026, 11, 20),
        at: Timestamp::UNIX_EPOCH,
    }
}

fn record(meeting: Meeting) -> Record {
    match meeting {
        Meeting::Held(record) => record,
        other => panic!("{other:?}"),
    }
}

fn held(count: u128) -> Record {
    let kind = if count == 1 { SessionKind::Individual } else { SessionKind::Group };
    let booked = Meeting::book(booking(kind, count)).unwrap();
    record(booked.held(account(count), signing(None)).unwrap())
}

#[test]
fn the_number_of_those_there_fits_how_it_was_held() {
    use SupervisionFault as F;
    for (kind, count, fault) in [
        (SessionKind::Individual, 0, Some(F::Nobody)),
        (SessionKind::Individual, 1, None),
        (SessionKind::Individual, 2, Some(F::OnlyOne)),
        (SessionKind::Observed, 2, Some(F::OnlyOne)),
        (SessionKind::Group, 1, Some(F::NoGroup)),
        (SessionKind::Group, 4, None),
    ] {
        assert_eq!(booking(kind, count).checked().err(), fault, "{kind:?} with {count}");
    }
    let mut own = booking(SessionKind::Group, 2);
    own.with.insert(LEAD);
    assert_eq!(own.checked().err(), Some(F::Oneself));
}

/// What can't have been so is refused, each with its own reason.

#[test]
fn a_record_says_what_was_and_what_comes_next() {
    use SupervisionFault as F;
    let with = |change: fn(&mut Account)| {
        let mut account = account(1);
        change(&mut account);
        Meeting::book(booking(SessionKind::Individual, 1)).unwrap().held(account, signing(None)).err()
    };
    assert_eq!(with(|_| ()), None);
    assert_eq!(with(|one| one.day = date(2026, 11, 21)), Some(F::InFuture));
    assert_eq!(with(|one| one.minutes = 0), Some(F::Minutes));
    assert_eq!(with(|one| one.minutes = LONGEST + 1), Some(F::Minutes));
    assert_eq!(with(|one| one.agreed = " ".into()), Some(F::NothingAgreed));
    assert_eq!(with(|one| one.took_part = BTreeSet::from([worker(5)])), Some(F::Uninvited));
    assert_eq!(with(|one| one.took_part = BTreeSet::from([LEAD])), Some(F::Oneself));
    assert_eq!(with(|one| one.next = Next::NotNow { why: " ".into() }), Some(F::NoNext));
    assert_eq!(with(|one| one.next = Next::NotNow { why: "She is on leave.".into() }), None);
    let long = |one: &mut Account| one.next = Next::NotNow { why: "a".repeat(REASON_LIMIT + 1) };
    assert_eq!(with(long), Some(F::TooLong("why")));
    let same_day = |one: &mut Account| one.next = Next::Booked { day: one.day, time: None };
    assert_eq!(with(same_day), Some(F::NextTooEarly));
}

#[test]
fn sitting_in_rests_on_one_yes_to_this_time() {
    let yes = SittingIn {
        id: SittingInId(Uuid::from_u128(5)),
        worker: worker(0),
        supervisor: LEAD,
        day: date(2026, 11, 20),
        taken_back: false,
        used: false,
    };
    let sit = |yes: Option<&SittingIn>| {
        Meeting::book(booking(SessionKind::Observed, 1)).unwrap().held(account(1), signing(yes))
    };
    assert_eq!(record(sit(Some(&yes)).unwrap()).sat_in, Some(yes.id));
    for wrong in [
        SittingIn { taken_back: true, ..yes },
        SittingIn { used: true, ..yes },
        SittingIn { day: date(2026, 11, 19), ..yes },
        SittingIn { supervisor: worker(9), ..yes },
        SittingIn { worker: worker(9), ..yes },
    ] {
        assert_eq!(sit(Some(&wrong)).err(), Some(SupervisionFault::NoYes), "{wrong:?}");
    }
    assert_eq!(sit(None).err(), Some(SupervisionFault::NoYes));
}

#[test]
fn what_is_over_is_over_and_a_wrong_record_is_struck_and_stays() {
    let booked = || Meeting::book(booking(SessionKind::Individual, 1)).unwrap();
    let off = booked().called_off().unwrap();
    assert_eq!(off.clone().held(account(1), signing(None)).err(), Some(SupervisionFault::Over));
    assert_eq!(off.moved(date(2026, 12, 1), None).err(), Some(SupervisionFault::Over));
    let held = booked().held(account(1), signing(None)).unwrap();
    assert_eq!(held.clone().called_off().err(), Some(SupervisionFault::Over));
    assert_eq!(held.clone().held(account(1), signing(None)).err(), Some(SupervisionFault::Over));
    assert!(held.signable(worker(0)).is_ok());
    assert_eq!(held.signable(worker(1)).err(), Some(SupervisionFault::NotThere));
    assert_eq!(held.clone().struck(" ", Timestamp::UNIX_EPOCH).err(), Some(SupervisionFault::NoReason));
    let struck = held.struck("It was the day after.", Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(struck.signable(worker(0)).err(), Some(SupervisionFault::NotHeld));
    assert_eq!(struck.day(), date(2026, 11, 20));
}

#[test]
fn every_one_of_a_group_gets_the_whole_time() {
    let fact = held(3).fact();
    assert_eq!((fact.minutes, fact.kind, fact.signed), (60, SessionKind::Group, true));
    assert_eq!(fact.by, ["program_manager"]);
}

#[test]
fn a_state_comes_back_from_the_store_as_it_was() {
    let record = held(2);
    for meeting in [
        Meeting::book(booking(SessionKind::Group, 2)).unwrap(),
        Meeting::CalledOff { booking: booking(SessionKind::Group, 2) },
        Meeting::Held(record.clone()),
        Meeting::Struck { record, why: "No.".into(), at: Timestamp::UNIX_EPOCH },
    ] {
        let text = serde_json::to_string(&meeting).unwrap();
        assert_eq!(serde_json::from_str::<Meeting>(&text).unwrap(), meeting);
    }
}

proptest! {
    /// Whatever is changed in a signed record shows.
    #[test]
    fn nothing_in_a_signed_record_can_change(which in 0usize..9, by in 1u32..400) {
        let mut record = held(2);
        prop_assert!(record.is_whole(HERE));
        prop_assert!(!record.is_whole(ProgrammeId(Uuid::from_u128(2))));
        match which {
            0 => record.account.minutes += by,
            1 => record.account.day = record.account.day.tomorrow().unwrap(),
            2 => { record.account.took_part.insert(worker(u128::from(by) + 7)); }
            3 => record.account.agreed.push('x'),
            4 => { record.account.topics.insert("ethics".into()); }
            5 => record.account.next = Next::NotNow { why: "x".into() },
            6 => record.was.clear(),
            7 => record.by.title.push('x'),
            _ => record.sat_in = Some(SittingInId(Uuid::from_u128(u128::from(by)))),
        }
        prop_assert!(!record.is_whole(HERE));
    }
}
