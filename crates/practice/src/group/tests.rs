use super::session::{
    Account, How, Line, Record, ServiceAccount, SessionFault, SignIn, counted, span, standing,
};
use super::*;
use crate::id::GroupRecordId;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

const DAY: Date = date(2026, 11, 19);
const MAKER: AccountId = AccountId(Uuid::from_u128(1));
const ROSA: PersonId = PersonId(Uuid::from_u128(2));

fn frame() -> Frame {
    Frame {
        name: "Second Cup".into(),
        purpose: "A place to talk about nights.".into(),
        place: "Church hall".into(),
        when: "Tuesdays at 6 pm".into(),
        agreements: vec!["What is said here stays here.".into()],
    }
}

fn group(kind: Kind) -> Group {
    Group::new(kind, frame(), MAKER, DAY).unwrap()
}

fn led_by_rosa() -> Group {
    let group = group(Kind::MutualHelp).begin(DAY).unwrap();
    group.changed(|circle| circle.with(Who::Member(ROSA), Step::Lead, DAY)).unwrap()
}

/// covers: GA-32, MO-34
///
/// A group begins when it has all it needs, and says what is missing.
#[test]
fn a_group_begins_when_nothing_is_missing() {
    let bare = Frame { name: " Second Cup ".into(), ..Frame::default() };
    let idea = Group::new(Kind::Service, bare, MAKER, DAY).unwrap();
    assert_eq!(idea.name(), "Second Cup");
    let missing = idea.circle().unwrap().needs();
    assert_eq!(
        missing.into_iter().collect::<Vec<_>>(),
        [Need::Purpose, Need::Place, Need::When, Need::Agreements]
    );
    assert_eq!(idea.clone().begin(DAY), Err(GroupFault::NotReady(Need::Purpose)));
    let ready = idea.changed(|circle| Ok(Circle { frame: frame(), ..circle })).unwrap();
    let running = ready.begin(DAY).unwrap();
    assert!(running.meets());
    assert_eq!(running.clone().begin(DAY), Err(GroupFault::NotNow));
    let nobody = running.changed(|circle| circle.without(Who::Worker(MAKER)));
    assert_eq!(nobody, Err(GroupFault::NobodyLeads));
    assert_eq!(Group::new(Kind::Service, Frame::default(), MAKER, DAY), Err(GroupFault::NoName));
}

/// covers: GA-12, WI-39
///
/// Watching comes before leading together, and that before leading; one may go back.
#[test]
fn leading_is_learned_step_by_step() {
    let who = Who::Member(ROSA);
    let circle = group(Kind::Service).circle().unwrap().clone().with(who, Step::Watch, DAY).unwrap();
    assert_eq!(circle.clone().moved(who, Step::Lead, DAY), Err(GroupFault::NoSuchStep));
    let together = circle.moved(who, Step::CoLead, DAY).unwrap();
    let leads = together.clone().moved(who, Step::Lead, DAY).unwrap();
    assert_eq!(leads.step_of(who), Some(Step::Lead));
    assert_eq!(leads.moved(who, Step::CoLead, DAY), Ok(together.clone()));
    assert_eq!(together.with(who, Step::Watch, DAY), Err(GroupFault::ThereAlready));
}

/// covers: GA-32
///
/// Handing over: only a member who leads is asked, only they say yes, and what is kept is what they allow.
#[test]
fn a_group_becomes_its_members_and_a_service_group_never_does() {
    let group = led_by_rosa();
    let somebody = PersonId(Uuid::from_u128(3));
    assert_eq!(group.clone().offer(somebody), Err(GroupFault::KeeperMustLead));
    let offered = group.offer(ROSA).unwrap();
    assert!(offered.meets(), "it goes on meeting meanwhile");
    assert_eq!(offered.clone().take(somebody, true), Err(GroupFault::NotNow));
    assert_eq!(offered.clone().not_now().unwrap().stage(), "running");
    let kept = offered.clone().take(ROSA, true).unwrap();
    assert_eq!(kept.listing.unwrap().place, "Church hall");
    assert_eq!(offered.clone().take(ROSA, false).unwrap().listing, None);
    // Whoever steps back is asked no longer.
    let back = offered.changed(|circle| circle.moved(Who::Member(ROSA), Step::CoLead, DAY)).unwrap();
    assert_eq!(back.stage(), "running");

    let service = super::Group::new(Kind::Service, frame(), MAKER, DAY).unwrap().begin(DAY).unwrap();
    let service = service.changed(|circle| circle.with(Who::Member(ROSA), Step::Lead, DAY)).unwrap();
    assert_eq!(service.clone().offer(ROSA), Err(GroupFault::NotNow));
    assert_eq!(service.end(DAY).unwrap().stage(), "ended");
    assert_eq!(led_by_rosa().end(DAY), Err(GroupFault::NotNow), "not the programme's to end");
}

/// A mutual-help group counts heads; no name ever gets into it.
#[test]
fn names_never_get_into_a_mutual_help_group() {
    let people = BTreeSet::from([ROSA]);
    let named = SignIn::read(Kind::MutualHelp, people.clone(), 0, How::Tap);
    assert_eq!(named, Err(SessionFault::NoNamesHere));
    let heads = SignIn::read(Kind::MutualHelp, BTreeSet::new(), 7, How::Tap).unwrap();
    assert_eq!(heads, SignIn::MutualHelp { came: 7 });
    assert!(SignIn::read(Kind::Service, people, 2, How::Paper).is_ok());
    assert_eq!(SignIn::read(Kind::Service, BTreeSet::new(), 0, How::Tap), Err(SessionFault::Nobody));
    assert_eq!((counted(2, -5), counted(2, 3)), (0, 5));
}

fn record(id: u128, replaces: &[u128]) -> Record {
    let of = |id: &u128| GroupRecordId(Uuid::from_u128(*id));
    let account = ServiceAccount {
        themes: "Sleep".into(),
        minutes: 60,
        leaders: BTreeSet::from([MAKER]),
        biller: MAKER,
    };
    Record {
        id: of(&id),
        by: MAKER,
        at: Timestamp::UNIX_EPOCH,
        replaces: replaces.iter().map(of).collect(),
        account: Account::Service(account),
    }
}

use jiff::Timestamp;

/// Two who write at once both stand, until somebody who read both writes one.
#[test]
fn two_records_at_once_both_stand() {
    let ids = |records: &[Record]| standing(records).iter().map(|one| one.id.0.as_u128()).collect::<Vec<_>>();
    let both = vec![record(1, &[]), record(2, &[])];
    assert_eq!(ids(&both), [1, 2]);
    let later = [both.clone(), vec![record(3, &[1])]].concat();
    assert_eq!(ids(&later), [2, 3], "what was not read is not replaced");
    let one = [later, vec![record(4, &[2, 3])]].concat();
    assert_eq!(ids(&one), [4]);
}

#[test]
fn one_of_those_who_led_counts_the_time() {
    let Account::Service(account) = record(1, &[]).account else { panic!("a service group's") };
    let other = AccountId(Uuid::from_u128(9));
    let wrong = Account::Service(ServiceAccount { biller: other, ..account.clone() });
    assert_eq!(wrong.checked(), Err(SessionFault::Biller));
    let empty = Account::Service(ServiceAccount { themes: "  ".into(), ..account.clone() });
    assert_eq!(empty.checked(), Err(SessionFault::Empty));
    assert!(Account::Service(account).checked().is_ok());
}

/// The night the clocks go back has an hour more; midnight is a minute like any other.
#[test]
fn minutes_are_those_that_passed() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let now = at("2026-12-01T00:00:00Z");
    // 12:30 am to 2:30 am in Chicago on the night daylight time ends.
    assert_eq!(span(at("2026-11-01T05:30:00Z"), at("2026-11-01T08:30:00Z"), now), Ok(180));
    assert_eq!(span(at("2026-11-20T05:30:00Z"), at("2026-11-20T06:30:00Z"), now), Ok(60));
    assert_eq!(span(at("2026-11-20T06:30:00Z"), at("2026-11-20T05:30:00Z"), now), Err(SessionFault::Time));
    assert_eq!(span(now, at("2026-12-01T01:00:00Z"), now), Err(SessionFault::Time));
}

#[test]
fn who_was_not_there_has_no_line() {
    assert_eq!(Line::new(false, "Spoke of sleep.", 60, 60), Err(SessionFault::Absent));
    assert_eq!(Line::new(true, " ", 60, 60), Err(SessionFault::Empty));
    assert_eq!(Line::new(true, "Left early.", 61, 60), Err(SessionFault::Minutes));
    assert_eq!(Line::new(true, " Left early. ", 20, 60).unwrap().words, "Left early.");
}

#[test]
fn names_are_found_however_they_are_written() {
    let names = [("José", "García López"), ("Al", "Yu"), ("Darnell", "Washington")];
    let found = |text| named_in(text, &names);
    assert_eq!(found("JOSE left early."), [true, false, false]);
    assert_eq!(found("Mr. Washington's bus was late"), [false, false, true]);
    assert_eq!(found("All of us talked; you too."), [false, false, false]);
    assert_eq!(found("garcia"), [true, false, false]);
}

#[test]
fn size_reminds_only_where_somebody_says_a_number() {
    assert_eq!(SizeRules::default().check(60, 1), []);
    let rules = SizeRules { most_people: Some(30), people_for_each: Some(15) };
    assert_eq!(rules.check(15, 1), []);
    assert_eq!(rules.check(16, 1), [Size::NeedsLeaders { leaders: 2 }]);
    assert_eq!(rules.check(60, 2), [Size::TooMany { most: 30 }, Size::NeedsLeaders { leaders: 4 }]);
}

proptest! {
    /// Whatever is tried in whatever order, a group that meets is led, and a service group is never given away.
    #[test]
    fn a_group_that_meets_is_always_led(service: bool, tries in proptest::collection::vec(0u8..9, 0..40)) {
        let mut group = group(if service { Kind::Service } else { Kind::MutualHelp });
        for one in tries {
            let before = group.clone();
            let rosa = Who::Member(ROSA);
            let next = match one {
                0 => group.begin(DAY),
                1 => group.changed(|circle| circle.with(rosa, Step::Watch, DAY)),
                2 => group.changed(|circle| circle.moved(rosa, Step::CoLead, DAY)),
                3 => group.changed(|circle| circle.moved(rosa, Step::Lead, DAY)),
                4 => group.changed(|circle| circle.without(Who::Worker(MAKER))),
                5 => group.offer(ROSA),
                6 => group.not_now(),
                7 => group.end(DAY),
                _ => group.changed(|circle| circle.without(rosa)),
            };
            group = next.unwrap_or(before);
            if let Some(circle) = group.circle().filter(|_| group.meets()) {
                prop_assert!(circle.is_led() && circle.needs().is_empty());
            }
            prop_assert!(!service || group.stage() != "offered");
            let kept: Group = serde_json::from_str(&serde_json::to_string(&group).unwrap()).unwrap();
            prop_assert_eq!(kept, group.clone());
        }
    }
}
