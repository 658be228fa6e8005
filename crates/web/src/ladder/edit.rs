//! Changing the ladder and the rota: plain fields, a few rows more than there are.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use porchlight_app::ladder::LadderView;
use porchlight_app::{Error, Fault};
use porchlight_practice::Means;
use porchlight_practice::ladder::{
    Called, Cover, Ladder, LadderFault, Plan, Rota, RotaDay, RotaFault, Rung, Shift,
};
use porchlight_practice::pack::Rules;

use super::show::{called_name, means_name};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// How many rows a form can hold.
const ROWS: usize = 12;

/// The page.
#[derive(Template)]
#[template(path = "ladder/edit.html")]
pub(crate) struct EditLadder {
    page: Page,
    form: Form,
    rungs: Vec<usize>,
    shifts: Vec<usize>,
    covers: Vec<usize>,
    who: Vec<Choice>,
    staff: Vec<Choice>,
    means: Vec<Choice>,
    days: Vec<Choice>,
    /// Numbers the programme can give: field and name.
    numbers: Vec<(String, String)>,
    version: String,
}

fn number_names(page: &Page, rules: &Rules) -> Vec<(String, String)> {
    let mut names = vec![
        (Plan::CRISIS_TEAM.to_owned(), page.t("safety-crisis-team")),
        (Plan::WARMLINE.to_owned(), page.t("safety-warmline")),
    ];
    let calls = rules.safety.steps.iter().filter(|step| step.asks_reference && step.call.is_none());
    names.extend(calls.map(|step| (step.id.clone(), page.text(&step.name))));
    names
}

/// The form that a plan fills.
pub(crate) fn filled(plan: &Plan, is_on: bool, version: i64) -> Form {
    let mut form = Form::new().with("version", version.to_string());
    if is_on {
        form = form.with("is_on", "yes");
    }
    for (at, rung) in plan.ladder.rungs.iter().enumerate() {
        let who = match rung.who {
            Called::Named(one) => one.to_string(),
            other => other.as_str().to_owned(),
        };
        form = form.with(&format!("rung-{at}"), who).with(&format!("wait-{at}"), minutes(rung.wait));
        for means in &rung.means {
            form = form.with(&format!("means-{at}"), means.as_str());
        }
    }
    form = form.with("again", minutes(plan.ladder.again));
    form = form.with("hours", plan.ladder.hours.map(|hours| hours.to_string()).unwrap_or_default());
    for (at, shift) in plan.rota.shifts.iter().enumerate() {
        for day in &shift.days {
            form = form.with(&format!("days-{at}"), day.as_str());
        }
        form = form
            .with(&format!("from-{at}"), shift.from.strftime("%H:%M").to_string())
            .with(&format!("until-{at}"), shift.until.strftime("%H:%M").to_string())
            .with(&format!("on-{at}"), shift.who.to_string())
            .with(&format!("deputy-{at}"), shift.deputy.map(|one| one.to_string()).unwrap_or_default());
    }
    let holidays: Vec<String> = plan.rota.holidays.iter().map(Date::to_string).collect();
    form = form.with("holidays", holidays.join("\n"));
    for (at, cover) in plan.rota.covers.iter().enumerate() {
        form = form
            .with(&format!("away-{at}"), cover.away.to_string())
            .with(&format!("cover-{at}"), cover.who.to_string())
            .with(&format!("away-from-{at}"), cover.from.to_string())
            .with(&format!("away-until-{at}"), cover.until.to_string());
    }
    for (key, number) in &plan.numbers {
        form = form.with(&format!("number-{key}"), number);
    }
    form
}

/// Minutes, with a part where they are none: `0.5` is half a minute.
fn minutes(seconds: u32) -> String {
    if seconds.is_multiple_of(60) {
        (seconds / 60).to_string()
    } else {
        format!("{:.3}", f64::from(seconds) / 60.0)
    }
}

/// Reads minutes as typed, into seconds.
fn seconds(form: &mut Form, field: &str) -> Option<u32> {
    let minutes: f64 = form.read(field, "ladder-error-minutes")?;
    let fits = (1.0 / 60.0..=1440.0).contains(&minutes);
    if !fits {
        form.wrong(field, "ladder-error-minutes");
        return None;
    }
    Some((minutes * 60.0).round() as u32)
}

/// The plan that a form describes; what is wrong is noted in the form.
fn read(form: &mut Form, rules: &Rules) -> Plan {
    let mut rungs = Vec::new();
    let (mut shifts, mut covers) = (Vec::new(), Vec::new());
    for at in 0..ROWS {
        let (rung, wait, means) = (format!("rung-{at}"), format!("wait-{at}"), format!("means-{at}"));
        if let Some(who) = form.text(&rung).and_then(|text| Called::parse(&text))
            && let Some(wait) = seconds(form, &wait)
        {
            rungs.push(Rung { who, means: form.all(&means).filter_map(Means::parse).collect(), wait });
        }
        let on = format!("on-{at}");
        if form.text(&on).is_some() {
            let days = form.all(&format!("days-{at}")).filter_map(RotaDay::parse).collect();
            let who = form.read(&on, "ladder-error-whom");
            let from = form.time(&format!("from-{at}"), "ladder-error-time");
            let until = form.time(&format!("until-{at}"), "ladder-error-time");
            let deputy = form.read_if_there(&format!("deputy-{at}"), "ladder-error-whom");
            if let (Some(who), Some(from), Some(until)) = (who, from, until) {
                shifts.push(Shift { days, from, until, who, deputy });
            }
        }
        let away = format!("away-{at}");
        if form.text(&away).is_some() {
            let who = form.read(&format!("cover-{at}"), "ladder-error-whom");
            let from = form.date(&format!("away-from-{at}"), "ladder-error-day");
            let until = form.date(&format!("away-until-{at}"), "ladder-error-day");
            if let (Some(away), Some(who), Some(from), Some(until)) =
                (form.read(&away, "ladder-error-whom"), who, from, until)
            {
                covers.push(Cover { from, until, away, who });
            }
        }
    }
    let mut holidays = std::collections::BTreeSet::new();
    for line in form.value("holidays").to_owned().split_whitespace() {
        match line.parse() {
            Ok(day) => drop(holidays.insert(day)),
            Err(_) => form.wrong("holidays", "ladder-error-holidays"),
        }
    }
    let again = seconds(form, "again").unwrap_or(300);
    let hours = form.read_if_there("hours", "ladder-error-hours");
    let mut numbers = std::collections::BTreeMap::new();
    let keys = [Plan::CRISIS_TEAM.to_owned(), Plan::WARMLINE.to_owned()];
    for key in keys.into_iter().chain(rules.safety.steps.iter().map(|step| step.id.clone())) {
        if let Some(number) = form.text(&format!("number-{key}")) {
            numbers.insert(key, number);
        }
    }
    Plan { ladder: Ladder { rungs, again, hours }, rota: Rota { shifts, holidays, covers }, numbers }
}

impl EditLadder {
    pub(crate) fn of(page: Page, view: &LadderView, form: Form) -> EditLadder {
        let page = page.titled("ladder-change-title").focused("/ladder").under("/ladder");
        let rows = |field: &str, more: usize| {
            let used = (0..ROWS).filter(|at| form.text(&format!("{field}-{at}")).is_some()).max();
            (0..(used.map_or(0, |at| at + 1) + more).min(ROWS)).collect::<Vec<_>>()
        };
        let staff: Vec<Choice> =
            view.staff.iter().map(|one| Choice::new(one.account.to_string(), &one.name)).collect();
        let known = [Called::Supervisor, Called::Deputy, Called::OnCall, Called::Supervisors];
        let mut who: Vec<Choice> = known
            .into_iter()
            .map(|called| Choice::new(called.as_str(), called_name(&page, called, |_| String::new())))
            .collect();
        who.extend(staff.iter().cloned());
        let day = |day: RotaDay| Choice::new(day.as_str(), page.t(&format!("ladder-day-{}", day.as_str())));
        EditLadder {
            rungs: rows("rung", 1),
            shifts: rows("on", 2),
            covers: rows("away", 1),
            who,
            staff,
            means: Means::ALL
                .into_iter()
                .map(|means| Choice::new(means.as_str(), means_name(&page, Some(means))))
                .collect(),
            days: RotaDay::ALL.into_iter().map(day).collect(),
            numbers: number_names(&page, &view.rules)
                .into_iter()
                .map(|(key, name)| (format!("number-{key}"), name))
                .collect(),
            version: form.value("version").to_owned(),
            page: page.of_form(&form),
            form,
        }
    }
}

pub(super) async fn ask(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let programme = who.actor().programme().ok_or(Trouble::NotFound)?;
    let view = web.app.ladder(who.actor(), programme).await?;
    if !view.may_change {
        return Err(Trouble::NotFound);
    }
    let form = filled(&view.plan, view.is_on, view.version).with("command", web.app.command_id().to_string());
    EditLadder::of(page, &view, form).show()
}

pub(super) async fn keep(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let programme = who.actor().programme().ok_or(Trouble::NotFound)?;
    let plan = read(&mut form, who.rules()?);
    let version = form.value("version").parse().unwrap_or_default();
    let is_on = form.value("is_on") == "yes";
    if form.is_right() {
        match web.app.keep_ladder(who.actor(), command(&web, &form), programme, plan, is_on, version).await {
            Ok(()) => return Ok(done(&web.shell, "/ladder", "flash-ladder-kept")),
            Err(Error::Fault(Fault::NotTested)) => form.wrong("is_on", "ladder-error-not-tested"),
            Err(Error::Fault(Fault::Ladder(faults))) => {
                for fault in faults {
                    match fault {
                        LadderFault::NoRung => form.wrong("rung-0", "ladder-error-no-rung"),
                        LadderFault::Wait(rung) => {
                            form.wrong(&format!("wait-{}", rung - 1), "ladder-error-minutes")
                        }
                        LadderFault::Again => form.wrong("again", "ladder-error-minutes"),
                    }
                }
            }
            Err(Error::Fault(Fault::Rota(fault))) => match fault {
                RotaFault::NoDay(shift) => form.wrong(&format!("days-{}", shift - 1), "ladder-error-no-day"),
                RotaFault::Backwards => form.wrong("away-from-0", "ladder-error-day"),
                RotaFault::Oneself => form.wrong("cover-0", "ladder-error-whom"),
            },
            Err(error) => return Err(error.into()),
        }
    }
    let view = web.app.ladder(who.actor(), programme).await?;
    EditLadder::of(page, &view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
