//! When workers can work: their own page, the page of whoever supervises them, and the hours of a contract.

pub(crate) mod contract;
pub(crate) mod own;
pub(crate) mod team;

use axum::http::Method;
use jiff::civil::Weekday;
use porchlight_access::Action;
use porchlight_app::availability::WorkTimes;
use porchlight_practice::availability::{Availability, Contract, WeekTime};

use crate::page::Page;
use crate::routes::{Needs, Routes};
use crate::site::Web;
use crate::when;

/// The pages of work times.
pub fn routes() -> Routes<Web> {
    let needs = Needs::Action;
    Routes::new()
        .page(Method::GET, "/work/times", own::show, needs(Action::AvailabilityRead))
        .page(Method::POST, "/work/times", own::write, needs(Action::AvailabilityWrite))
        .page(Method::GET, "/work/team", team::show, needs(Action::AvailabilityTeam))
        .page(
            Method::GET,
            "/programmes/{id}/workers/{worker}/contract",
            contract::ask,
            needs(Action::AvailabilityContract),
        )
        .page(
            Method::POST,
            "/programmes/{id}/workers/{worker}/contract",
            contract::set,
            needs(Action::AvailabilityContract),
        )
}

/// The weekdays, Monday first, each with its number in forms.
pub(crate) fn weekdays() -> impl Iterator<Item = (i8, Weekday)> {
    (1..=7).filter_map(|number| Some((number, Weekday::from_monday_one_offset(number).ok()?)))
}

/// "Monday".
pub(crate) fn weekday(page: &Page, number: i8) -> String {
    page.t(&format!("availability-day-{number}"))
}

/// "9:00 am to 1:00 pm", "10:00 pm to 6:00 am, the next day".
fn span(page: &Page, time: WeekTime) -> String {
    let (from, to) = (when::time(page.lang, time.from()), when::time(page.lang, time.to()));
    let key = if time.is_overnight() { "availability-overnight" } else { "when-span" };
    page.t2(key, "from", from, "to", to)
}

/// The week, a line a day on which they can: "Monday: 9:00 am to 1:00 pm and 5:00 pm to 8:00 pm".
pub(crate) fn week(page: &Page, can: &Availability) -> Vec<(String, String)> {
    weekdays()
        .filter_map(|(number, day)| {
            let spans: Vec<String> =
                can.week().filter(|time| time.weekday() == day).map(|time| span(page, time)).collect();
            (!spans.is_empty()).then(|| (weekday(page, number), page.list(&spans)))
        })
        .collect()
}

/// The days away, each as a line.
pub(crate) fn away(page: &Page, can: &Availability) -> Vec<String> {
    can.away()
        .map(|away| match away.first == away.last {
            true => page.day(away.first),
            false => page.t2("when-span", "from", page.day(away.first), "to", page.day(away.last)),
        })
        .collect()
}

/// "Your contract: 20 hours a week"; the next one after it.
pub(crate) fn contract(page: &Page, now: Option<Contract>, coming: Option<Contract>) -> Vec<String> {
    let said = |one: Contract| page.length(one.minutes);
    let now = match now {
        Some(one) => page.t1("availability-contract-is", "length", said(one)),
        None => page.t("availability-contract-none"),
    };
    let coming = coming
        .map(|one| page.t2("availability-contract-from", "length", said(one), "day", page.day(one.from)));
    [now].into_iter().chain(coming).collect()
}

/// How much of a week that is; empty when they have not said.
pub(crate) fn sum(page: &Page, times: &WorkTimes) -> String {
    let minutes = times.can.as_ref().map_or(0, Availability::minutes_a_week);
    if minutes == 0 { String::new() } else { page.t1("availability-sum", "length", page.length(minutes)) }
}
