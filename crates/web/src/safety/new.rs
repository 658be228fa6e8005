//! Sending a report: whom to call first, then a few fields.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::safety::{BeforeReport, NewSafetyReport};
use porchlight_app::{Error, Fault};
use porchlight_practice::ladder::Plan;
use porchlight_practice::safety::{Kind, Report, SafetyFault};

use super::{kind_name, reach};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::help_now::{HelpLine, Reach};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The page.
#[derive(Template)]
#[template(path = "safety/new.html")]
pub(crate) struct NewReport {
    page: Page,
    form: Form,
    /// Whether somebody is hurt, or about to be, this minute.
    now: bool,
    /// Crisis plans that are shared with the reader: whose, and where.
    plans: Vec<(String, String)>,
    /// A team that comes, and somebody to talk to; where the programme knows a number.
    near: Vec<Reach>,
    lines: Vec<HelpLine>,
    kinds: Vec<Choice>,
    people: Vec<Choice>,
    colleagues: Vec<Choice>,
    yes_no: Vec<Choice>,
    /// Whom to call when the report does not go out.
    first: Option<Reach>,
    privacy: String,
}

impl NewReport {
    pub(crate) fn of(
        page: Page,
        before: &BeforeReport,
        lines: Vec<HelpLine>,
        privacy: String,
        form: Form,
    ) -> NewReport {
        let now = form.value("now") == "yes";
        let page = page.titled("safety-new-title").focused("/tell-someone").under("/tell-someone");
        let icons = BTreeMap::from([
            (Kind::HarmToSelf, "heart"),
            (Kind::HarmToOthers, "people"),
            (Kind::ChildAbuse, "child"),
            (Kind::AdultAbuse, "home"),
            (Kind::Other, "alert"),
        ]);
        let kinds = Kind::ALL
            .iter()
            .map(|kind| Choice::new(kind.as_str(), kind_name(&page, *kind)).icon(icons[kind]))
            .collect();
        let numbers =
            [(Plan::CRISIS_TEAM, page.t("safety-crisis-team")), (Plan::WARMLINE, page.t("safety-warmline"))];
        let near = numbers
            .into_iter()
            .filter_map(|(key, name)| Some(Reach::new(name, before.numbers.get(key)?.clone())))
            .collect();
        NewReport {
            now,
            plans: before
                .crisis_plans
                .iter()
                .map(|plan| {
                    (page.t1("safety-crisis-plan", "name", &plan.called), format!("/plans/{}", plan.document))
                })
                .collect(),
            near,
            lines,
            kinds,
            people: before.people.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
            colleagues: before
                .colleagues
                .iter()
                .map(|one| Choice::new(one.account.to_string(), &one.name))
                .collect(),
            yes_no: vec![
                Choice::new("yes", page.t("safety-with-yes")).icon("check"),
                Choice::new("no", page.t("safety-with-no")).icon("phone"),
            ],
            first: before.call.first().map(reach),
            privacy,
            page: page.of_form(&form),
            form,
        }
    }
}

async fn page_of(web: &Web, who: &Who, page: Page, form: Form) -> Result<NewReport, Trouble> {
    let before = web.app.before_report(who.actor()).await?;
    let rules = who.rules()?;
    let lines = HelpLine::all(rules, page.lang);
    let privacy = page.text(&rules.limits_of_privacy);
    Ok(NewReport::of(page, &before, lines, privacy, form))
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    asked: Form,
) -> Result<Response, Trouble> {
    let before = web.app.before_report(who.actor()).await?;
    if !before.is_on {
        return Ok(done(&web.shell, "/tell-someone", "flash-safety-off"));
    }
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("id", web.app.command_id().to_string())
        .with("now", asked.value("now"))
        .with("person", asked.value("person"));
    page_of(&web, &who, page, form).await?.show()
}

/// As long as a phone may be without signal, in seconds: 30 days.
const LONGEST_WAIT: i64 = 30 * 24 * 3600;

/// When whoever reports came to know of it: what they said, or the moment of sending.
fn known_at(form: &mut Form, page: &Page) -> Option<Timestamp> {
    let now = page.now().timestamp();
    if form.text("known_day").is_none() {
        // A phone without signal kept it for a while: its clock may be wrong, but not by how long it waited.
        let waited: i64 = form.value("waited").parse().unwrap_or(0);
        return Some(now - SignedDuration::from_secs(waited.clamp(0, LONGEST_WAIT)));
    }
    let day = form.date("known_day", "safety-error-known")?;
    let time = form
        .text("known_time")
        .and_then(|_| form.time("known_time", "safety-error-known"))
        .unwrap_or_else(jiff::civil::Time::midnight);
    let at = day.to_datetime(time).to_zoned(page.zone()).ok()?.timestamp();
    if at > now {
        form.wrong("known_day", "safety-error-known");
        return None;
    }
    Some(at)
}

pub(super) async fn send(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let kind = form.choose("kind", "safety-error-kind", Kind::parse);
    let words = form.need("words", "safety-error-words");
    let id = form.read("id", "safety-error-words");
    let person = form.read_if_there("person", "safety-error-person");
    let about_worker = form.read_if_there("about_worker", "safety-error-worker");
    let known_at = known_at(&mut form, &page);
    if let (Some(kind), Some(words), Some(id), Some(known_at), true) =
        (kind, words, id, known_at, form.is_right())
    {
        let report = Report {
            kind,
            this_minute: form.value("now") == "yes",
            who: form.value("who").to_owned(),
            words,
            place: form.value("place").to_owned(),
            with_them: match form.value("with_them") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            helped: form.value("helped").to_owned(),
            known_at,
        };
        let new = NewSafetyReport { id, person, about_worker, report };
        match web.app.report_safety(who.actor(), command(&web, &form), new).await {
            Ok(id) => return Ok(done(&web.shell, &format!("/safety/{id}"), "flash-safety-sent")),
            // The form that was sent before and came back: it is there.
            Err(Error::CommandReused) => {
                return Ok(done(&web.shell, &format!("/safety/{id}"), "flash-safety-sent-before"));
            }
            Err(Error::Fault(Fault::LadderOff)) => {
                return Ok(done(&web.shell, "/tell-someone", "flash-safety-off"));
            }
            Err(Error::Fault(Fault::Unknown("person"))) => form.wrong("person", "safety-error-person"),
            Err(Error::Fault(Fault::Unknown("about_worker"))) => {
                form.wrong("about_worker", "safety-error-worker");
            }
            Err(Error::Fault(Fault::Safety(SafetyFault::TooLong(field)))) => {
                form.wrong(field, "safety-error-long");
            }
            Err(error) => return Err(error.into()),
        }
    }
    page_of(&web, &who, page, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
