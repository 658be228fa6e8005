//! Pages about when workers can work.

use jiff::civil::{Weekday, date, time};
use porchlight_app::availability::{TeamTimes, WorkTimes};
use porchlight_practice::availability::{Availability, Away, Contract, WeekTime};
use porchlight_practice::{Lang, Role};

use super::{Fill, page, write};
use crate::availability::{contract, own, team};
use crate::form::Form;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("availability/own.html", own_times),
        ("availability/team.html", team_times),
        ("availability/contract.html", contracts),
    ]
}

fn times(said: bool) -> WorkTimes {
    let of = |day, from, to| WeekTime::new(day, time(from, 0, 0, 0), time(to, 0, 0, 0)).unwrap();
    let week = [
        of(Weekday::Monday, 9, 13),
        of(Weekday::Monday, 17, 20),
        of(Weekday::Thursday, 9, 17),
        of(Weekday::Saturday, 22, 6),
    ];
    let away = [
        Away { first: date(2026, 12, 24), last: date(2026, 12, 31) },
        Away { first: date(2027, 1, 18), last: date(2027, 1, 18) },
    ];
    WorkTimes {
        today: date(2026, 11, 19),
        can: said.then(|| Availability::new(week, away).unwrap()),
        version: i64::from(said),
        contract: said.then(|| Contract::new(date(2026, 9, 1), 20 * 60).unwrap()),
        coming: said.then(|| Contract::new(date(2027, 1, 1), 750).unwrap()),
    }
}

fn own_times(lang: Lang) -> String {
    let page = || page(lang, Some(Role::ParentPeerSpecialist));
    let mut wrong = Form::new().with("from-1-0", "09:00").with("from-2-1", "09:00").with("to-2-1", "09:00");
    wrong.wrong("to-1-0", "availability-error-line");
    wrong.wrong("to-2-1", "availability-error-same");
    wrong.wrong("back-0", "availability-error-order");
    [(true, own::begun(&times(true))), (false, Form::new()), (true, wrong)]
        .map(|(said, form)| write(own::OwnPage::of(page(), &times(said), form)))
        .concat()
}

fn team_times(lang: Lang) -> String {
    let page = || page(lang, Some(Role::Supervisor));
    let one = |name: &str, said| TeamTimes { name: name.into(), times: times(said) };
    [vec![one("Denise Harper", true), one("Jorge Salas", false)], Vec::new()]
        .map(|team| write(team::TeamPage::of(page(), &team)))
        .concat()
}

fn contracts(lang: Lang) -> String {
    let page = || page(lang, Some(Role::ProgrammeAdmin));
    let mut wrong = Form::new().with("hours", "lots");
    wrong.wrong("hours", "availability-error-hours");
    wrong.wrong("day", "availability-error-day");
    [(true, Form::new()), (false, wrong)]
        .map(|(said, form)| {
            let both = (times(said).contract, times(said).coming);
            write(contract::ContractPage::of(page(), "/x".into(), "Denise Harper", both, form))
        })
        .concat()
}
