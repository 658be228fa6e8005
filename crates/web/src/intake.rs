//! How somebody came to the programme: who sent them, what they want, and by which day somebody calls them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use jiff::ToSpan;
use porchlight_app::intake::{IntakeView, Turn};
use porchlight_app::{Action, Error, Fault};
use porchlight_practice::id::{CommandId, PersonId};
use porchlight_practice::intake::{Intake, IntakeFault, Referral, SentBy};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// In how many days a first call is promised, as the form begins.
const USUAL_DAYS: i32 = 2;

/// The pages of how people come.
pub fn routes() -> Routes<Web> {
    let (read, write) = (Needs::Action(Action::IntakeRead), Needs::Action(Action::IntakeWrite));
    Routes::new()
        .page(Method::GET, "/people/{person}/intake", show, read)
        .page(Method::POST, "/people/{person}/intake", take, write)
        .page(Method::POST, "/people/{person}/intake/not-reached", not_reached, write)
        .page(Method::POST, "/people/{person}/intake/called", called, write)
        .page(Method::GET, "/me/intake", own_intake, read)
}

/// The page.
#[derive(Template)]
#[template(path = "intake/show.html")]
pub(crate) struct IntakePage {
    pub page: Page,
    pub form: Form,
    pub up: String,
    pub path: String,
    pub called: String,
    /// Whether nobody wrote it down yet.
    pub new: bool,
    /// Whether they wait for the first call.
    pub waits: bool,
    pub overdue: bool,
    /// Where it stands, in sentences.
    pub lines: Vec<String>,
    /// Who asked, in a sentence.
    pub by: String,
    pub words: String,
    pub wants: String,
    pub may_write: bool,
    /// Where somebody says who begins to walk with them; empty where nobody has to.
    pub begin: String,
    pub sent: Vec<Choice>,
    pub commands: [CommandId; 2],
}

impl IntakePage {
    pub(crate) fn of(page: Page, view: &IntakeView, form: Form, commands: [CommandId; 2]) -> IntakePage {
        let is_own = page.visitor.as_ref().is_some_and(|visitor| visitor.is_supported());
        let path = format!("/people/{}", view.person);
        let up = if is_own { "/me".to_owned() } else { path.clone() };
        let page = match is_own {
            true => page.titled("intake-own").under("/me"),
            false => page.titled_with("intake-title", "name", &view.called).under("/people"),
        };
        let day = |day| page.near(day);
        let (mut lines, mut waits, mut overdue, mut begin) = (Vec::new(), false, false, String::new());
        if let Some(intake) = &view.intake {
            lines.push(page.t1("intake-came", "day", page.date(intake.came())));
            overdue = intake.is_overdue(view.today);
            match intake {
                Intake::Waiting { promised, tried, .. } => {
                    waits = true;
                    let key = if overdue { "intake-was-promised" } else { "intake-promised" };
                    lines.push(page.t1(key, "day", day(*promised)));
                    lines.extend(tried.iter().map(|on| page.t1("intake-tried", "day", day(*on))));
                }
                Intake::Called { on, .. } => {
                    lines.push(page.t2("intake-called-by", "day", day(*on), "name", &view.called_by));
                    if !view.walks && view.actions.contains(&Action::SupportStart) {
                        begin = format!("{path}/supports/new");
                    }
                }
            }
        }
        let referral = view.intake.as_ref().map(Intake::referral);
        IntakePage {
            up,
            called: view.called.clone(),
            new: view.intake.is_none(),
            waits,
            overdue,
            lines,
            by: match referral.map(|referral| &referral.by) {
                Some(SentBy::Themself) => page.t("intake-by-themself"),
                Some(SentBy::Somebody { who }) => page.t1("intake-by-somebody", "who", who),
                None => String::new(),
            },
            words: referral.map(|referral| referral.words.clone()).unwrap_or_default(),
            wants: referral.map(|referral| referral.wants.clone()).unwrap_or_default(),
            may_write: view.actions.contains(&Action::IntakeWrite),
            begin,
            sent: vec![
                Choice::new("themself", page.t("intake-sent-themself")),
                Choice::new("somebody", page.t("intake-sent-somebody")),
            ],
            commands,
            path: format!("{path}/intake"),
            page: page.of_form(&form),
            form,
        }
    }
}

/// Where somebody stands who waits, for a supervisor's day: words and a tone.
pub(crate) fn turn(page: &Page, turn: Turn) -> (String, &'static str) {
    match turn {
        Turn::NoPromise => (page.t("intake-no-promise"), ""),
        Turn::By(day) => (page.t1("intake-call-by", "day", page.near(day)), "info"),
        Turn::Overdue(day) => (page.t1("intake-overdue", "day", page.near(day)), "warn"),
        Turn::Called(day) => (page.t1("intake-was-called", "day", page.near(day)), "ok"),
    }
}

async fn again(page: Page, web: &Web, who: &Who, person: PersonId, form: Form) -> Result<Response, Trouble> {
    let view = web.app.intake(who.actor(), person).await?;
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = form.replaced("version", &view.version.to_string());
    let commands = [web.app.command_id(), web.app.command_id()];
    IntakePage::of(page, &view, form, commands).show_as(status)
}

pub(crate) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    let soon = page.today().saturating_add(USUAL_DAYS.days());
    let form = Form::new().with("promised", soon.to_string()).with("sent", "somebody");
    again(page, &web, &who, person, form).await
}

pub(crate) async fn own_intake(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let view = web.app.intake(who.actor(), person).await?;
    if view.intake.is_none() {
        return Err(Trouble::NotFound);
    }
    let commands = [web.app.command_id(), web.app.command_id()];
    IntakePage::of(page, &view, Form::new(), commands).show()
}

fn fault(fault: IntakeFault) -> (&'static str, &'static str) {
    match fault {
        IntakeFault::Nobody => ("who", "intake-error-who"),
        IntakeFault::TooLong => ("words", "intake-error-long"),
        IntakeFault::Over => ("promised", "intake-error-over"),
        IntakeFault::TooFar => ("promised", "intake-error-far"),
        IntakeFault::Called => ("promised", "intake-error-called"),
    }
}

/// Where a step leads, or the page again with why it could not be taken.
async fn stepped(
    page: Page,
    web: &Web,
    who: &Who,
    person: PersonId,
    mut form: Form,
    step: Result<(), Error>,
    flash: &'static str,
) -> Result<Response, Trouble> {
    match step {
        Ok(()) => return Ok(done(&web.shell, &format!("/people/{person}/intake"), flash)),
        Err(Error::Fault(Fault::Intake(one))) => {
            let (field, key) = fault(one);
            form.wrong(field, key);
        }
        Err(Error::Stale) => form.wrong("promised", "intake-error-stale"),
        Err(error) => return Err(error.into()),
    }
    again(page, web, who, person, form).await
}

fn version(form: &Form) -> i64 {
    form.value("version").parse().unwrap_or_default()
}

pub(crate) async fn take(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let by = form.choose("sent", "intake-error-sent", |text| match text {
        "themself" => Some(true),
        "somebody" => Some(false),
        _ => None,
    });
    let promised = form.date("promised", "intake-error-promised");
    let (Some(themself), Some(promised), true) = (by, promised, form.is_right()) else {
        return again(page, &web, &who, person, form).await;
    };
    let by = match themself {
        true => SentBy::Themself,
        false => SentBy::Somebody { who: form.value("who").to_owned() },
    };
    let referral =
        Referral { by, words: form.value("words").to_owned(), wants: form.value("wants").to_owned() };
    let at = (person, version(&form));
    let step = web.app.take_referral(who.actor(), command(&web, &form), at, referral, promised).await;
    stepped(page, &web, &who, person, form, step, "flash-intake-kept").await
}

pub(crate) async fn not_reached(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let Some(promised) = form.date("promised", "intake-error-promised") else {
        return again(page, &web, &who, person, form).await;
    };
    let at = (person, version(&form));
    let step = web.app.not_reached(who.actor(), command(&web, &form), at, promised).await;
    stepped(page, &web, &who, person, form, step, "flash-intake-again").await
}

pub(crate) async fn called(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(person): Path<PersonId>,
    form: Form,
) -> Result<Response, Trouble> {
    let (at, wants) = ((person, version(&form)), form.value("wants").to_owned());
    let step = web.app.first_call(who.actor(), command(&web, &form), at, wants).await;
    stepped(page, &web, &who, person, form, step, "flash-intake-called").await
}
