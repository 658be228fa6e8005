//! Pages about groups.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use porchlight_access::Action;
use porchlight_app::group::{
    GroupLine, GroupView, Leader, Led, Letter, LetterAsked, LetterDay, OtherLog, OwnDay, OwnGroup, OwnGroups,
    SessionLine, SessionView, Standing, There,
};
use porchlight_practice::card::CardCode;
use porchlight_practice::group::session::{Account, How, Line, Record, ServiceAccount};
use porchlight_practice::group::{Frame, Group, Kind, Listing, Size, Step, Who};
use porchlight_practice::id::{
    AccountId, CommandId, GroupId, GroupLetterId, GroupRecordId, GroupSessionId, PersonId,
};
use porchlight_practice::pack::{Guide, Round};
use porchlight_practice::{Lang, Role, Text};
use uuid::Uuid;

use super::contact::rules;
use super::{Fill, page, write};
use crate::form::Form;
use crate::group::{code, edit, guide, hand_over, letter, line, list, log, own, record, session, show};

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("group/list.html", lists),
        ("group/log.html", logs),
        ("group/led.html", led),
        ("group/edit.html", edits),
        ("group/show.html", shows),
        ("group/cards.html", cards),
        ("group/hand_over.html", hands_over),
        ("group/session.html", sessions),
        ("group/code.html", codes),
        ("group/scanned.html", |lang| write(code::ScannedPage::of(page(lang, None), "7F2K"))),
        ("group/here.html", heres),
        ("group/guide.html", guides),
        ("group/record.html", records),
        ("group/line.html", lines),
        ("group/own_list.html", own_list),
        ("group/own.html", owns),
        ("group/letter.html", letters),
        ("group/letter_show.html", |lang| {
            write(letter::LetterPage::of(page(lang, Some(Role::Person)), &a_letter(true)))
        }),
    ]
}

const DAY: Date = date(2026, 9, 1);

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn command() -> CommandId {
    CommandId(id(7))
}

fn account(number: u128) -> AccountId {
    AccountId(id(number))
}

fn person(number: u128) -> PersonId {
    PersonId(id(number))
}

fn at() -> Timestamp {
    "2026-11-19T20:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn group(kind: Kind, stage: &str) -> Group {
    let frame = Frame {
        name: "Second Cup".into(),
        purpose: "A place to talk about nights that are too long.".into(),
        place: "Church hall, side door".into(),
        when: "Tuesdays at 6 pm".into(),
        agreements: vec!["What is said here stays here.".into(), "Anybody may pass.".into()],
    };
    if stage == "theirs" {
        let Frame { name, purpose, place, when, .. } = frame;
        return Group::Theirs(Listing { name, purpose, place, when });
    }
    let frame = if stage == "bare" { Frame { name: "Second Cup".into(), ..Frame::default() } } else { frame };
    let made = Group::new(kind, frame, account(1), DAY)
        .and_then(|group| group.changed(|circle| circle.with(Who::Member(person(5)), Step::Lead, DAY)));
    let made = match stage {
        "idea" | "bare" => made,
        "offered" => made.and_then(|group| group.begin(DAY)).and_then(|group| group.offer(person(5))),
        "ended" => made.and_then(|group| group.begin(DAY)).and_then(|group| group.end(DAY)),
        _ => made.and_then(|group| group.begin(DAY)),
    };
    made.unwrap_or_else(|fault| panic!("a sample is right: {fault}"))
}

fn lists(lang: Lang) -> String {
    let line = |number, group, step, on: Option<u128>| GroupLine {
        id: GroupId(id(number)),
        group,
        step,
        on: on.map(|on| GroupSessionId(id(on))),
    };
    let full = [
        line(1, group(Kind::Service, "running"), Some(Step::Lead), Some(9)),
        line(2, group(Kind::MutualHelp, "bare"), Some(Step::Watch), None),
        line(3, group(Kind::Service, "ended"), None, None),
        line(4, group(Kind::MutualHelp, "theirs"), None, None),
    ];
    [
        list::ListPage::of(page(lang, Some(Role::PeerSpecialist)), &full, true),
        list::ListPage::of(page(lang, Some(Role::PeerSpecialist)), &[], true),
        list::ListPage::of(page(lang, Some(Role::TeamMember)), &[], false),
    ]
    .map(write)
    .concat()
}

fn steps() -> Vec<Led> {
    let led = |group, step, until| Led { group, kind: Kind::MutualHelp, step, since: DAY, until };
    vec![
        led(Some((GroupId(id(1)), "Second Cup".to_owned())), Step::Lead, None),
        led(None, Step::CoLead, Some(date(2026, 10, 1))),
    ]
}

fn led(lang: Lang) -> String {
    let page = || page(lang, Some(Role::PeerSpecialist));
    [list::LedPage::of(page(), &steps()), list::LedPage::of(page(), &[])].map(write).concat()
}

fn edits(lang: Lang) -> String {
    let page = || page(lang, Some(Role::PeerSpecialist));
    let mut wrong = Form::new().with("kind", "service").with("version", "3");
    wrong.wrong("name", "group-error-name");
    wrong.wrong("kind", "group-error-kind");
    [edit::EditPage::of(page(), Form::new(), None), edit::EditPage::of(page(), wrong, Some(GroupId(id(1))))]
        .map(write)
        .concat()
}

fn logs(lang: Lang) -> String {
    let mut wrong = Form::new().with("length", "60").with("unnamed", "many");
    wrong.wrong("unnamed", "group-error-number");
    let of = |kind, form| {
        log::LogPage::of(page(lang, Some(Role::PeerSpecialist)), &view(group(kind, "running"), true), form)
    };
    [(Kind::Service, Form::new()), (Kind::MutualHelp, wrong)]
        .map(|(kind, form)| write(of(kind, form)))
        .concat()
}

fn view(group: Group, leads: bool) -> GroupView {
    let leader = |who, name: &str, step, own| Leader { who, name: name.into(), step, since: DAY, own };
    let lead_actions = [
        Action::GroupChange,
        Action::GroupLead,
        Action::GroupHold,
        Action::GroupPeople,
        Action::GroupHandOver,
    ];
    let session = |number, ended: bool, written| SessionLine {
        id: GroupSessionId(id(number)),
        started: at(),
        ended: ended.then(at),
        people: 11,
        written,
    };
    GroupView {
        id: GroupId(id(1)),
        version: 3,
        leaders: match group.circle() {
            Some(_) => vec![
                leader(Who::Worker(account(1)), "Marisol Vega", Step::Lead, true),
                leader(Who::Member(person(5)), if leads { "Rosa T." } else { "" }, Step::Lead, false),
                leader(Who::Worker(account(2)), "Terrence Boyd", Step::Watch, false),
            ],
            None => Vec::new(),
        },
        members: leads.then(|| vec![(person(5), "Rosa T.".into()), (person(6), "Darnell W.".into())]),
        member_count: 2,
        sessions: if leads { vec![session(9, true, false), session(8, true, true)] } else { Vec::new() },
        could_come: vec![(person(8), "Lou B.".into())],
        could_lead: vec![(account(3), "Lydia Pruitt".into())],
        asked: (leads && group.stage() == "offered").then(|| "Rosa T.".to_owned()),
        actions: if leads { lead_actions.into() } else { vec![Action::GroupPeople] },
        today: DAY,
        group,
    }
}

fn shows(lang: Lang) -> String {
    let kinds = [
        (Kind::Service, "bare", true),
        (Kind::Service, "idea", true),
        (Kind::Service, "running", true),
        (Kind::Service, "running", false),
        (Kind::Service, "ended", true),
        (Kind::MutualHelp, "offered", true),
        (Kind::MutualHelp, "theirs", false),
    ];
    kinds
        .map(|(kind, stage, leads)| {
            let page = page(lang, Some(Role::PeerSpecialist));
            write(show::ShowPage::of(page, &view(group(kind, stage), leads), command))
        })
        .concat()
}

fn cards(lang: Lang) -> String {
    [Kind::Service, Kind::MutualHelp]
        .map(|kind| {
            let page = page(lang, Some(Role::PeerSpecialist));
            let site = "https://porchlight.test/me/groups";
            write(show::CardsPage::of(page, &view(group(kind, "running"), true), site))
        })
        .concat()
}

fn hands_over(lang: Lang) -> String {
    let mut wrong = Form::new();
    wrong.wrong("listed", "group-error-listed");
    let mut pick = Form::new();
    pick.wrong("keeper", "group-error-keeper");
    let nobody = GroupView { leaders: Vec::new(), ..view(group(Kind::MutualHelp, "running"), true) };
    [
        (view(group(Kind::MutualHelp, "running"), true), pick),
        (view(group(Kind::MutualHelp, "offered"), true), wrong),
        (nobody, Form::new()),
    ]
    .map(|(view, form)| {
        let page = page(lang, Some(Role::PeerSpecialist));
        write(hand_over::HandOverPage::of(page, &view, form, command))
    })
    .concat()
}

fn record_of(number: u128) -> Standing {
    let account_of = ServiceAccount {
        themes: "Sleep, and what to do at three in the morning.".into(),
        minutes: 75,
        leaders: [account(1), account(2)].into(),
        biller: account(1),
    };
    Standing {
        record: Record {
            id: GroupRecordId(id(number)),
            by: account(1),
            at: at(),
            replaces: Default::default(),
            account: Account::Service(account_of),
        },
        by: "Marisol Vega".into(),
    }
}

fn session_view(kind: Kind, ended: bool, records: usize, leads: bool) -> SessionView {
    let there = |number, name: &str, how, has_line| There {
        person: person(number),
        name: name.into(),
        how,
        has_line,
    };
    let service = kind == Kind::Service;
    let named = vec![
        there(5, "Rosa T.", How::Tap, true),
        there(6, "Darnell W.", How::Code, false),
        there(7, "Lou B.", How::Paper, false),
    ];
    SessionView {
        id: GroupSessionId(id(9)),
        group: GroupId(id(1)),
        name: "Second Cup".into(),
        kind,
        agreements: vec!["What is said here stays here.".into()],
        day: date(2026, 11, 19),
        started: at(),
        ended: ended.then(|| at() + jiff::SignedDuration::from_mins(75)),
        there: leads.then(|| if service { named } else { Vec::new() }),
        absent: if leads && service { vec![(person(10), "Ana G.".into())] } else { Vec::new() },
        unnamed: 4,
        people: if service { 7 } else { 4 },
        size: if service {
            vec![Size::TooMany { most: 5 }, Size::NeedsLeaders { leaders: 3 }]
        } else {
            Vec::new()
        },
        records: (0..records).map(|number| record_of(20 + number as u128)).collect(),
        leaders: vec![(account(1), "Marisol Vega".into()), (account(2), "Terrence Boyd".into())],
        others: if records > 1 {
            vec![OtherLog { id: GroupSessionId(id(8)), started: at(), by: "Terrence Boyd".into() }]
        } else {
            Vec::new()
        },
        code: None,
        actions: match leads {
            true => vec![Action::GroupSignIn, Action::GroupRecord, Action::GroupHold, Action::GroupLine],
            false => Vec::new(),
        },
    }
}

fn sessions(lang: Lang) -> String {
    let mut wrong = Form::new();
    wrong.wrong("person", "group-error-person");
    wrong.wrong("unnamed", "group-error-number");
    [
        (session_view(Kind::Service, false, 0, true), wrong),
        (session_view(Kind::Service, true, 2, true), Form::new()),
        (session_view(Kind::Service, true, 0, true), Form::new()),
        (session_view(Kind::Service, true, 1, false), Form::new()),
        (session_view(Kind::MutualHelp, false, 0, true), Form::new()),
    ]
    .map(|(view, form)| {
        let page = page(lang, Some(Role::PeerSpecialist));
        write(session::SessionPage::of(page, rules(), &view, form, command))
    })
    .concat()
}

fn codes(lang: Lang) -> String {
    let code = (0u8..=255).find_map(|seed| CardCode::from_random([seed; 32]));
    let shown = SessionView {
        code: code.map(|code| (code, at() + jiff::SignedDuration::from_mins(15))),
        ..session_view(Kind::Service, false, 0, true)
    };
    [shown, session_view(Kind::Service, false, 0, true)]
        .map(|view| {
            let page = page(lang, Some(Role::PeerSpecialist));
            write(code::CodePage::of(page, &view, "https://porchlight.test", command()))
        })
        .concat()
}

fn heres(lang: Lang) -> String {
    [("Second Cup", false), ("Second Cup", true), ("", false)]
        .map(|(name, there)| {
            write(code::HerePage {
                page: page(lang, Some(Role::Person)).titled("group-here-title"),
                name: name.into(),
                promise: vec!["What is said here stays here.".into()],
                there,
                to: "/me/here/x".into(),
                command: command(),
            })
        })
        .concat()
}

fn guides(lang: Lang) -> String {
    let text = |text: &str| Text { en: text.into(), es: text.into() };
    let round = |name: &str, minutes| Round { name: text(name), say: text("What helps at night?"), minutes };
    let source = rules().rights.first().map(|right| right.source.clone());
    let Some(source) = source else { return String::new() };
    let one = Guide {
        id: "x".into(),
        name: text("A dialogue"),
        purpose: text("To talk."),
        rounds: vec![round("Arrive", 5), round("One after the other", 25), round("Close", 5)],
        source,
    };
    let view = session_view(Kind::Service, false, 0, true);
    [(0, false), (1, true), (9, false)]
        .map(|(at, timed)| {
            let page = page(lang, Some(Role::PeerSpecialist));
            write(guide::GuidePage::of(page, &view, &one, at, timed))
        })
        .concat()
}

fn records(lang: Lang) -> String {
    let mut wrong = Form::new().with("named", "yes").with("themes", "Rosa spoke of sleep.");
    wrong.wrong("themes", "group-error-names");
    wrong.wrong("biller", "group-error-biller");
    wrong.wrong("minutes", "group-error-minutes-number");
    let first = session_view(Kind::Service, true, 0, true);
    let two = session_view(Kind::Service, true, 2, true);
    let mutual = session_view(Kind::MutualHelp, true, 0, true);
    [
        (record::begun(&first, account(1)), first),
        (record::begun(&two, account(1)), two.clone()),
        (wrong, two),
        (Form::new(), mutual),
    ]
    .map(|(form, view)| write(record::RecordPage::of(page(lang, Some(Role::PeerSpecialist)), &view, form)))
    .concat()
}

fn lines(lang: Lang) -> String {
    let mut wrong = Form::new().with("named", "yes").with("words", "Talked with Darnell.");
    wrong.wrong("words", "group-error-names");
    wrong.wrong("minutes", "group-error-minutes");
    [(Form::new(), ""), (wrong, "Left early, felt fine.")]
        .map(|(form, now)| {
            let ids = (GroupSessionId(id(9)), person(5));
            write(line::LinePage::of(page(lang, Some(Role::PeerSpecialist)), ids, "Rosa T.", form, now))
        })
        .concat()
}

fn own_group(kind: Kind, stage: &str, comes: bool) -> OwnGroup {
    let group = group(kind, stage);
    let leader = |name: &str, step, own| Leader {
        who: Who::Worker(account(1)),
        name: name.into(),
        step,
        since: DAY,
        own,
    };
    OwnGroup {
        id: GroupId(id(1)),
        version: 2,
        comes,
        keeps: stage == "theirs" && comes,
        asked: stage == "offered",
        step: (stage == "offered").then_some(Step::Lead),
        leaders: vec![leader("Marisol Vega", Step::Lead, false), leader("", Step::Watch, true)],
        days: match comes && kind == Kind::Service {
            true => vec![
                OwnDay {
                    day: date(2026, 11, 12),
                    line: Some((
                        Line { words: "Asked how to lead a round.".into(), minutes: 60 },
                        "Marisol Vega".into(),
                    )),
                },
                OwnDay { day: date(2026, 11, 5), line: None },
            ],
            false => Vec::new(),
        },
        group,
    }
}

fn own_list(lang: Lang) -> String {
    let full = OwnGroups {
        groups: vec![
            own_group(Kind::MutualHelp, "offered", true),
            own_group(Kind::Service, "running", true),
            own_group(Kind::MutualHelp, "theirs", true),
            own_group(Kind::Service, "running", false),
        ],
        steps: steps(),
    };
    let none = OwnGroups { groups: Vec::new(), steps: Vec::new() };
    [full, none].map(|all| write(own::OwnListPage::of(page(lang, Some(Role::Person)), &all))).concat()
}

fn owns(lang: Lang) -> String {
    let mut wrong = Form::new();
    wrong.wrong("listed", "group-error-listed");
    [
        (own_group(Kind::MutualHelp, "offered", true), wrong),
        (own_group(Kind::Service, "running", true), Form::new()),
        (own_group(Kind::Service, "running", false), Form::new()),
        (own_group(Kind::MutualHelp, "running", false), Form::new()),
        (own_group(Kind::MutualHelp, "theirs", true), Form::new()),
        (own_group(Kind::MutualHelp, "theirs", false), Form::new()),
    ]
    .map(|(one, form)| write(own::OwnPage::of(page(lang, Some(Role::Person)), &one, form, command())))
    .concat()
}

fn a_letter(full: bool) -> Letter {
    let day = |day, group: Option<&str>| LetterDay {
        day,
        minutes: group.map(|_| 75),
        group: group.map(str::to_owned),
    };
    Letter {
        programme: "Sweetgum Peer Support".into(),
        name: "Rosa Tillman".into(),
        asked: LetterAsked { from: DAY, until: date(2026, 11, 19), named: full },
        on: date(2026, 11, 19),
        days: match full {
            true => vec![day(date(2026, 11, 5), None), day(date(2026, 11, 12), Some("Second Cup"))],
            false => Vec::new(),
        },
    }
}

fn letters(lang: Lang) -> String {
    let mut wrong = Form::new().with("from", "2026-09-01").with("until", "2026-08-01");
    wrong.wrong("until", "group-error-letter-order");
    let mut unread = Form::new().with("from", "2026-09-01").with("until", "2026-11-19");
    unread.wrong("read", "group-error-letter-read");
    let earlier = vec![(GroupLetterId(id(3)), a_letter(true))];
    let (full, none) = (a_letter(true), a_letter(false));
    [(Form::new(), None), (wrong, None), (unread, Some(&full)), (Form::new(), Some(&none))]
        .map(|(form, letter)| {
            let page = page(lang, Some(Role::Person));
            write(letter::AskPage::of(page, form, letter, &earlier, "c".into()))
        })
        .concat()
}
