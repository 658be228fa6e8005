//! Writing when one can work oneself.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::Error;
use porchlight_app::availability::WorkTimes;
use porchlight_practice::availability::{Availability, AvailabilityFault, Away, WeekTime};

use super::{contract, sum, weekday, weekdays};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

const HERE: &str = "/work/times";
/// How many times a day the form has.
const TIMES: usize = 2;
/// How many free lines for days away it has.
const FREE: usize = 2;
/// How many lines for days away it has at most.
const MOST_LINES: usize = 20;

/// One weekday with the names of its fields.
pub(crate) struct DayFields {
    pub name: String,
    /// First and second time: the fields of start and end.
    pub times: Vec<(String, String)>,
    /// Whether the second time has something in it.
    pub more: bool,
}

/// The form.
#[derive(Template)]
#[template(path = "availability/own.html")]
pub(crate) struct OwnPage {
    pub page: Page,
    pub form: Form,
    pub contract: Vec<String>,
    pub sum: String,
    pub days: Vec<DayFields>,
    /// The fields of days away: first and last.
    pub away: Vec<(String, String)>,
}

fn of_day(number: i8, at: usize) -> (String, String) {
    (format!("from-{number}-{at}"), format!("to-{number}-{at}"))
}

fn of_away(at: usize) -> (String, String) {
    (format!("away-{at}"), format!("back-{at}"))
}

/// What stands in the form before anything is typed.
pub(crate) fn begun(times: &WorkTimes) -> Form {
    let mut form = Form::new().with("version", times.version.to_string());
    let Some(can) = &times.can else { return form };
    let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    for (number, day) in weekdays() {
        for (at, time) in can.week().filter(|time| time.weekday() == day).enumerate() {
            let (from, to) = of_day(number, at);
            form = form.with(&from, clock(time.from())).with(&to, clock(time.to()));
        }
    }
    for (at, away) in can.away().enumerate() {
        let (first, last) = of_away(at);
        form = form.with(&first, away.first.to_string()).with(&last, away.last.to_string());
    }
    form
}

impl OwnPage {
    pub(crate) fn of(page: Page, times: &WorkTimes, form: Form) -> OwnPage {
        let page = page.titled("availability-title").under("/work");
        let days = weekdays().map(|(number, _)| {
            let times: Vec<(String, String)> = (0..TIMES).map(|at| of_day(number, at)).collect();
            let more = times.iter().skip(1).any(|(from, to)| {
                [from, to].iter().any(|field| form.text(field).is_some() || form.is_wrong(field))
            });
            DayFields { name: weekday(&page, number), times, more }
        });
        let used = |at: &usize| {
            let (first, last) = of_away(*at);
            [first, last].iter().any(|field| form.text(field).is_some())
        };
        let lines = (0..MOST_LINES).filter(used).count() + FREE;
        OwnPage {
            contract: contract(&page, times.contract, times.coming),
            sum: sum(&page, times),
            days: days.collect(),
            away: (0..lines.min(MOST_LINES)).map(of_away).collect(),
            page: page.of_form(&form),
            form,
        }
    }
}

pub(crate) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let times = web.app.own_work_times(who.actor()).await?;
    let form = begun(&times).with("command", web.app.command_id().to_string());
    OwnPage::of(page, &times, form).show()
}

/// Both fields of a line, or neither.
fn both<T: std::str::FromStr>(form: &mut Form, (one, other): &(String, String)) -> Option<(T, T)> {
    match (form.text(one).is_some(), form.text(other).is_some()) {
        (false, false) => None,
        (true, true) => {
            let first = form.read(one, "availability-error-line");
            let last = form.read(other, "availability-error-line");
            Some((first?, last?))
        }
        (there, _) => {
            form.wrong(if there { other } else { one }, "availability-error-line");
            None
        }
    }
}

/// What the form says, with what is wrong noted in it.
fn read(form: &mut Form) -> Option<Availability> {
    let mut week = Vec::new();
    for (number, day) in weekdays() {
        for at in 0..TIMES {
            let fields = of_day(number, at);
            let Some((from, to)) = both(form, &fields) else { continue };
            match WeekTime::new(day, from, to) {
                Ok(time) => week.push(time),
                Err(_) => form.wrong(&fields.1, "availability-error-same"),
            }
        }
    }
    let mut away = Vec::new();
    for at in 0..MOST_LINES {
        let fields = of_away(at);
        let Some((first, last)) = both(form, &fields) else { continue };
        if last < first {
            form.wrong(&fields.1, "availability-error-order");
        }
        away.push(Away { first, last });
    }
    match Availability::new(week, away) {
        Ok(can) => Some(can),
        Err(AvailabilityFault::EndsBeforeStart) => None,
        Err(_) => {
            form.wrong("from-1-0", "availability-error-many");
            None
        }
    }
}

pub(crate) async fn write(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let read = read(&mut form);
    if let (Some(can), true) = (read, form.is_right()) {
        let version = form.value("version").parse().unwrap_or_default();
        match web.app.write_availability(who.actor(), command(&web, &form), can, version).await {
            Ok(()) => return Ok(done(&web.shell, HERE, "flash-availability-saved")),
            // What they typed stays; saving once more keeps it.
            Err(Error::Stale) => form.wrong("from-1-0", "availability-error-stale"),
            Err(error) => return Err(error.into()),
        }
    }
    let times = web.app.own_work_times(who.actor()).await?;
    let form = form
        .replaced("version", &times.version.to_string())
        .replaced("command", &web.app.command_id().to_string());
    OwnPage::of(page, &times, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
