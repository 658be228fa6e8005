//! Two people, for whoever brings them together: deciding to ask, planning the first talk, hearing one of them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use porchlight_app::pairing::{PairingLine, Step};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, PairingId};
use porchlight_practice::pack::Rules;
use porchlight_practice::pairing::{Pairing, PairingFault, Side, Talk};

use super::list::standing;
use super::{To, sentences};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One of the two who would like to talk with whoever brought them together.
pub(crate) struct Waits {
    pub side: &'static str,
    pub sentence: String,
    pub command: CommandId,
}

/// Two people.
#[derive(Template)]
#[template(path = "pairing/together.html")]
pub(crate) struct TogetherPage {
    pub page: Page,
    pub form: Form,
    pub address: String,
    pub version: i64,
    pub standing: String,
    pub why: Vec<String>,
    pub decides: bool,
    pub asker: String,
    pub other: String,
    pub plans: bool,
    pub planned: String,
    pub planned_how: String,
    pub held: bool,
    pub waits: Vec<Waits>,
    pub today: String,
    pub commands: [CommandId; 2],
}

impl TogetherPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        line: &PairingLine,
        version: i64,
        form: Form,
        mut fresh: impl FnMut() -> CommandId,
    ) -> TogetherPage {
        let pairing = &line.pairing;
        let mut waits = Vec::new();
        for side in pairing.wants_to_talk() {
            let (name, side) =
                if side == Side::Asker { (&line.asker, "asker") } else { (&line.other, "other") };
            waits.push(Waits {
                side,
                sentence: page.t1("pairing-wants-to-talk", "name", name),
                command: fresh(),
            });
        }
        let (planned, planned_how) = match pairing {
            Pairing::Planned { talk, .. } => {
                let time = crate::when::time(page.lang, talk.time);
                (page.t2("pairing-talk-when", "day", page.day(talk.day), "time", time), talk.how.clone())
            }
            _ => (String::new(), String::new()),
        };
        let both = matches!(pairing, Pairing::Met { agreed, .. } if agreed.len() == 2);
        TogetherPage {
            address: format!("/pairings/{}", line.id),
            version,
            standing: standing(&page, pairing),
            why: sentences(&page, rules, pairing.why(), To::Another),
            decides: matches!(pairing, Pairing::Wished { .. }),
            plans: both || !planned.is_empty(),
            held: matches!(pairing, Pairing::Planned { talk, .. } if talk.day <= line.today),
            planned,
            planned_how,
            waits,
            today: line.today.to_string(),
            commands: [fresh(), fresh()],
            page: {
                let title = page.t2("pairing-two", "asker", &line.asker, "other", &line.other);
                let mut page = page.under("/pairings").of_form(&form);
                page.title = title;
                page
            },
            asker: line.asker.clone(),
            other: line.other.clone(),
            form,
        }
    }
}

async fn show_with(
    page: Page,
    web: &Web,
    who: &Who,
    id: PairingId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let (line, version) = web.app.pairing_to_bring_together(who.actor(), id).await?;
    TogetherPage::of(page, who.rules()?, &line, version, form, || web.app.command_id()).show_as(status)
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PairingId>,
) -> Result<Response, Trouble> {
    show_with(page, &web, &who, id, Form::new(), StatusCode::OK).await
}

fn version(form: &Form) -> Result<i64, Trouble> {
    form.value("version").parse().map_err(|_| Trouble::NotFound)
}

/// Where one goes after a step, whether it was still possible or not.
fn after(web: &Web, done_: Result<(), Error>, to: &str, flash: &'static str) -> Result<Response, Trouble> {
    match done_ {
        Ok(()) => Ok(done(&web.shell, to, flash)),
        Err(Error::Stale | Error::NotFound | Error::Fault(Fault::Pairing(_))) => {
            Ok(done(&web.shell, "/pairings", "flash-pairing-changed"))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn decide(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PairingId>,
    form: Form,
) -> Result<Response, Trouble> {
    let ask = form.value("ask") == "yes";
    let flash = if ask { "flash-pairing-asked" } else { "flash-pairing-not-asked" };
    let done = web.app.decide_pairing(who.actor(), command(&web, &form), id, ask, version(&form)?).await;
    after(&web, done, "/pairings", flash)
}

pub(super) async fn plan(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PairingId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let day = form.date("day", "pairing-error-day");
    let time = form.time("time", "pairing-error-time");
    let how = form.need("how", "pairing-error-how");
    if let (Some(day), Some(time), Some(how), true) = (day, time, how, form.is_right()) {
        let step = Step::Plan(Talk { day, time, how });
        let command = command(&web, &form);
        match web.app.plan_pairing(who.actor(), command, id, step, version(&form)?).await {
            Err(Error::Fault(Fault::Pairing(PairingFault::Day))) => form.wrong("day", "pairing-error-past"),
            Err(Error::Fault(Fault::TooLong(_))) => form.wrong("how", "pairing-error-how-long"),
            done => return after(&web, done, &format!("/pairings/{id}"), "flash-pairing-planned"),
        }
    }
    show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(super) async fn talked(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PairingId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let on: Option<Date> = form.date("on", "pairing-error-day");
    if let Some(on) = on {
        let command = command(&web, &form);
        match web.app.plan_pairing(who.actor(), command, id, Step::Talked(on), version(&form)?).await {
            Err(Error::Fault(Fault::Pairing(PairingFault::Day))) => form.wrong("on", "pairing-error-future"),
            done => return after(&web, done, "/pairings", "flash-pairing-talked"),
        }
    }
    show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(super) async fn heard(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PairingId>,
    form: Form,
) -> Result<Response, Trouble> {
    let side = if form.value("side") == "other" { Side::Other } else { Side::Asker };
    let done =
        web.app.plan_pairing(who.actor(), command(&web, &form), id, Step::Heard(side), version(&form)?).await;
    after(&web, done, "/pairings", "flash-pairing-heard")
}
