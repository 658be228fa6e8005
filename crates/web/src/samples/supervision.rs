//! Pages about supervision.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{date, time};
use porchlight_app::supervision::{
    Brought, HeldOn, ItemView, Leading, MeetingLine, MeetingView, Offer, Supervised, TeamLine, There, YesView,
};
use porchlight_practice::contact::Signer;
use porchlight_practice::counsel::Topic;
use porchlight_practice::id::{
    AccountId, AgendaId, CommandId, ContactId, CounselId, PersonId, SafetyReportId, SittingInId,
    SupervisionId,
};
use porchlight_practice::pack::{PackHash, Rules, Settings};
use porchlight_practice::rule::fact::SessionKind;
use porchlight_practice::rule::{Facts, Word, ask_one};
use porchlight_practice::supervision::{Account, Booking, LookedAt, Meeting, Next, Record, Step};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{Fill, now, page, set_up, write};
use crate::form::Form;
use crate::supervision::{book, list, meeting, record, sitting_in, times};

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("supervision/own.html", own),
        ("supervision/lead.html", lead),
        ("supervision/book.html", booking),
        ("supervision/show.html", shown),
        ("supervision/record.html", recorded),
        ("supervision/times.html", held_on),
        ("supervision/sitting_in.html", sits_in),
    ]
}

fn rules() -> Rules {
    let library = set_up::library();
    library.get(&"us-al-parent".into()).unwrap().rules(date(2026, 11, 19), &Settings::new())
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn command() -> CommandId {
    CommandId(id(1))
}

fn booked(kind: SessionKind, day: jiff::civil::Date) -> Meeting {
    Meeting::Booked(Booking {
        kind,
        day,
        time: Some(time(10, 30, 0, 0)),
        supervisor: AccountId(id(9)),
        with: BTreeSet::from([AccountId(id(1))]),
    })
}

fn signed(next: Next) -> Record {
    Record {
        kind: SessionKind::Individual,
        account: Account {
            day: date(2026, 11, 6),
            minutes: 65,
            took_part: BTreeSet::from([AccountId(id(1))]),
            topics: BTreeSet::from(["boundaries".into(), "self_care".into()]),
            skills: BTreeMap::from([
                ("listening".into(), LookedAt { own: Some(Step::There), lead: Some(Step::Shows) }),
                ("gone".into(), LookedAt { own: None, lead: Some(Step::Learning) }),
            ]),
            agreed: "Two visits a day at most until March. Wanda asks for a second car.".into(),
            next,
        },
        sat_in: Some(SittingInId(id(3))),
        by: Signer {
            account: AccountId(id(9)),
            name: "Wanda Pickett".into(),
            title: "Program Manager".into(),
        },
        was: BTreeSet::from(["program_manager".into()]),
        at: now(),
        pack: PackHash([7; 32]),
        hash: [0; 32],
    }
}

fn held() -> Meeting {
    Meeting::Held(signed(Next::Booked { day: date(2026, 12, 4), time: None }))
}

fn struck() -> Meeting {
    let record = signed(Next::NotNow { why: "She is on leave.".into() });
    Meeting::Struck { record, why: "It was the day after.".into(), at: now() }
}

fn line(meeting: Meeting, leads: bool, signed: bool) -> MeetingLine {
    MeetingLine {
        id: SupervisionId(id(5)),
        meeting,
        supervisor: "Wanda Pickett".into(),
        with: vec!["Denise Harper".into(), "Jorge Salas".into()],
        leads,
        signed,
    }
}

fn lines(leads: bool) -> (Vec<MeetingLine>, Vec<MeetingLine>) {
    let soon = booked(SessionKind::Individual, date(2026, 12, 4));
    let over = booked(SessionKind::Group, date(2026, 11, 17));
    let booked = vec![line(over, leads, false), line(soon, leads, false)];
    let past = vec![line(held(), leads, false), line(held(), leads, true), line(struck(), leads, false)];
    (booked, past)
}

fn everything() -> Vec<Brought> {
    vec![
        Brought::Words {
            words: "I said yes to a third visit and had no time to eat.".into(),
            topic: "self_care".into(),
        },
        Brought::Words { words: "May I give out my own number?".into(), topic: String::new() },
        Brought::Question { id: CounselId(id(6)), topic: Topic::Boundaries, asked: now() },
        Brought::Note { id: ContactId(id(7)), person: "Rosa T.".into(), started: Some(now()) },
        Brought::Safety { id: SafetyReportId(id(8)), sent: now() },
    ]
}

fn agenda(own: bool) -> Vec<ItemView> {
    let item = |brought| ItemView {
        id: AgendaId(id(4)),
        by: "Denise Harper".into(),
        to: "Wanda Pickett".into(),
        own,
        brought,
    };
    everything().into_iter().map(item).collect()
}

fn supervisors(count: usize) -> Vec<(AccountId, String)> {
    let all = [(AccountId(id(9)), "Wanda Pickett".to_owned()), (AccountId(id(10)), "Nathan Cole".to_owned())];
    all.into_iter().take(count).collect()
}

fn own(lang: Lang) -> String {
    let page = || page(lang, Some(Role::ParentPeerSpecialist));
    let (booked, past) = lines(false);
    let offers = |to: &AccountId| {
        let offer = |brought| Offer { to: *to, name: "Wanda Pickett".into(), brought };
        everything().into_iter().skip(2).map(offer).collect::<Vec<_>>()
    };
    let mut wrong = Form::new();
    wrong.wrong("words", "supervision-error-words");
    wrong.wrong("to", "supervision-error-to");
    let of = |supervisors: Vec<(AccountId, String)>, full: bool, form: Form| {
        let some = if full { agenda(true) } else { Vec::new() };
        let own = Supervised {
            today: date(2026, 11, 19),
            agenda: some,
            offers: if full { offers(&AccountId(id(9))) } else { Vec::new() },
            supervisors,
            booked: if full { booked.clone() } else { Vec::new() },
            past: if full { past.clone() } else { Vec::new() },
        };
        write(list::OwnPage::of(page(), &rules(), &own, form, command))
    };
    [
        of(supervisors(1), true, Form::new()),
        of(supervisors(2), true, wrong),
        of(Vec::new(), false, Form::new()),
    ]
    .concat()
}

pub(super) fn team() -> Vec<TeamLine> {
    let line = |name: &str, word, changes, next: Option<(u128, i8)>, waiting| TeamLine {
        account: AccountId(id(1)),
        name: name.into(),
        word,
        changes,
        next: next.map(|(number, day)| (SupervisionId(id(number)), date(2026, 12, day), None)),
        waiting,
    };
    vec![
        line("Jorge Salas", Some(Word::NotYet), None, None, 0),
        line("Ana Ruiz", Some(Word::NotYet), None, Some((5, 3)), 2),
        line("Denise Harper", Some(Word::Yes), Some(date(2026, 12, 20)), Some((5, 4)), 1),
        line("Bo Lane", None, None, None, 0),
    ]
}

fn lead(lang: Lang) -> String {
    let page = || page(lang, Some(Role::Supervisor));
    let (booked, past) = lines(true);
    let today = date(2026, 11, 19);
    let full = Leading { today, team: team(), booked, past };
    let empty = Leading { today, team: Vec::new(), booked: Vec::new(), past: Vec::new() };
    [full, empty].map(|own| write(list::LeadPage::of(page(), &own))).concat()
}

fn there(signed: bool, may: bool) -> Vec<There> {
    let library = set_up::library();
    let rules = library.get(&"us-al-parent".into()).unwrap().rulebook(&Settings::new());
    let asked = ask_one(&rules, &Facts::default().settle(), date(2026, 11, 19), "supervise_worker");
    let one = |number: u128, name: &str| There {
        account: AccountId(id(number)),
        name: name.into(),
        signed: signed.then(now),
        may: asked.clone().filter(|_| may),
    };
    vec![one(1, "Denise Harper"), one(2, "Jorge Salas")]
}

fn booking(lang: Lang) -> String {
    let page = || page(lang, Some(Role::Supervisor));
    let mut wrong = Form::new().with("kind", "group");
    wrong.wrong("with", "supervision-error-group");
    wrong.wrong("day", "supervision-error-day");
    let of = |team: &[There], form| write(book::BookPage::of(page(), team, form));
    [of(&there(false, true), Form::new()), of(&there(false, false), wrong), of(&[], Form::new())].concat()
}

fn view(meeting: Meeting, leads: bool) -> MeetingView {
    let open = matches!(meeting, Meeting::Booked(_));
    MeetingView {
        id: SupervisionId(id(5)),
        version: 1,
        today: date(2026, 11, 19),
        supervisor: "Wanda Pickett".into(),
        there: there(!open && leads, open && leads),
        leads,
        may_sign: !open && !leads,
        whole: leads,
        agenda: if open { agenda(!leads) } else { Vec::new() },
        yeses: Vec::new(),
        mix: open.then(|| porchlight_practice::work::Mix {
            minutes: 600,
            did: vec![("ride".into(), 40), ("listened".into(), 20)],
            goals: 5,
        }),
        meeting,
    }
}

fn yes(taken_back: bool, used: bool) -> YesView {
    YesView {
        id: SittingInId(id(3)),
        person: "Rosa T.".into(),
        worker: "Denise Harper".into(),
        supervisor: "Wanda Pickett".into(),
        day: date(2026, 11, 20),
        taken_back,
        used,
    }
}

fn shown(lang: Lang) -> String {
    let rules = rules();
    let day = date(2026, 11, 19);
    let mut pages = String::new();
    for leads in [true, false] {
        let role = if leads { Role::Supervisor } else { Role::ParentPeerSpecialist };
        let off = match booked(SessionKind::Group, day) {
            Meeting::Booked(booking) => Meeting::CalledOff { booking },
            other => other,
        };
        for meeting in [booked(SessionKind::Observed, day), held(), struck(), off] {
            let mut form = Form::new();
            form.wrong("why", "supervision-error-why");
            let view = view(meeting, leads);
            pages += &write(meeting::ShowPage::of(page(lang, Some(role)), &rules, &view, form, command()));
        }
        let empty = MeetingView {
            agenda: Vec::new(),
            ..view(booked(SessionKind::Individual, date(2026, 12, 4)), leads)
        };
        pages +=
            &write(meeting::ShowPage::of(page(lang, Some(role)), &rules, &empty, Form::new(), command()));
    }
    pages
}

fn recorded(lang: Lang) -> String {
    let rules = rules();
    let page = || page(lang, Some(Role::Supervisor));
    let mut wrong = Form::new();
    for (field, key) in [
        ("with", "supervision-error-group"),
        ("minutes", "supervision-error-minutes"),
        ("agreed", "supervision-error-agreed"),
        ("next_day", "supervision-error-next"),
        ("yes", "supervision-error-yes"),
    ] {
        wrong.wrong(field, key);
    }
    let wrong = wrong.with("own-listening", "there");
    let day = date(2026, 11, 19);
    let mut pages = String::new();
    for kind in [SessionKind::Individual, SessionKind::Group, SessionKind::Observed] {
        for form in [Form::new(), wrong.clone()] {
            let view = view(booked(kind, day), true);
            pages += &write(record::RecordPage::of(page(), &rules, &view, form));
        }
    }
    let said =
        MeetingView { yeses: vec![yes(false, false)], ..view(booked(SessionKind::Observed, day), true) };
    pages + &write(record::RecordPage::of(page(), &rules, &said, Form::new()))
}

fn held_on(lang: Lang) -> String {
    let page = || page(lang, Some(Role::ProgrammeAdmin));
    let one =
        |day, kind| HeldOn { worker: "Denise Harper".into(), supervisor: "Wanda Pickett".into(), day, kind };
    let some = [
        one(date(2026, 11, 6), SessionKind::Individual),
        one(date(2026, 11, 6), SessionKind::Group),
        one(date(2026, 10, 2), SessionKind::Observed),
    ];
    [&some[..], &[]].map(|held| write(times::TimesPage::of(page(), held))).concat()
}

fn sits_in(lang: Lang) -> String {
    let page = || page(lang, Some(Role::ParentPeerSpecialist));
    let all = [yes(false, false), yes(true, false), yes(false, true)];
    let mut wrong = Form::new();
    wrong.wrong("said_yes", "supervision-error-said-yes");
    wrong.wrong("day", "supervision-error-asked-first");
    let today = date(2026, 11, 19);
    let of = |all: &[YesView], supervisors: &[(AccountId, String)], form| {
        let person = PersonId(id(2));
        write(sitting_in::SittingInPage::of(page(), person, "Rosa", all, supervisors, today, form, command))
    };
    [of(&all, &supervisors(2), wrong), of(&[], &[], Form::new())].concat()
}

/// What somebody said to one who would sit in, for their own page of choices.
pub(super) fn yeses() -> Vec<YesView> {
    vec![yes(false, false), yes(true, false)]
}
