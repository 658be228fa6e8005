//! One meeting: before it, its agenda; after it, the signed record.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::supervision::{MeetingView, There};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, SupervisionId};
use porchlight_practice::pack::Rules;
use porchlight_practice::rule::fact::SessionKind;
use porchlight_practice::supervision::{Meeting, Next, Record};

use super::HOME;
use super::book::about_supervising;
use super::words::{self, Said};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// What one of them brings.
pub(crate) struct Brings {
    pub by: String,
    pub said: Said,
}

/// The signed record in words.
pub(crate) struct Signed {
    pub lines: Vec<(String, String)>,
    pub agreed: String,
    pub topics: Vec<String>,
    /// Skills they looked at: the name, and how each sees it.
    pub skills: Vec<(String, String)>,
    pub names: Vec<String>,
    pub whole: bool,
    /// Why it was struck; empty when it stands.
    pub struck: String,
}

/// The page.
#[derive(Template)]
#[template(path = "supervision/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub lead: String,
    pub version: i64,
    pub command: CommandId,
    pub booked: bool,
    pub off: bool,
    pub leads: bool,
    pub observed: bool,
    /// Whether its day has come.
    pub due: bool,
    pub agenda: Vec<Brings>,
    pub about: Vec<String>,
    /// What the worker's time went into lately; empty when there is nothing to say.
    pub mix: String,
    pub signed: Option<Signed>,
    pub may_sign: bool,
    pub may_strike: bool,
}

fn signed(page: &Page, rules: &Rules, view: &MeetingView, record: &Record) -> Signed {
    let account = &record.account;
    let mut lines = vec![
        (page.t("supervision-day"), page.date(account.day)),
        (page.t("supervision-how"), words::kind(page, record.kind)),
        (page.t("supervision-how-long"), page.length(account.minutes)),
        (page.t("supervision-there"), page.list(&view.there.iter().map(|one| &one.name).collect::<Vec<_>>())),
    ];
    if record.sat_in.is_some() {
        lines.push((page.t("supervision-yes"), page.t("supervision-yes-given")));
    }
    lines.push((
        page.t("supervision-next"),
        match &account.next {
            Next::Booked { day, time } => words::moment(page, *day, *time),
            Next::NotNow { why } => page.t1("supervision-not-now-because", "why", why),
        },
    ));
    let by = |name: &str, at| page.t2("supervision-signed-by", "name", name, "when", page.moment(at));
    let mut names = vec![by(&format!("{}, {}", record.by.name, record.by.title), record.at)];
    names.extend(view.there.iter().filter_map(|one| one.signed.map(|at| by(&one.name, at))));
    Signed {
        lines,
        agreed: account.agreed.clone(),
        topics: account.topics.iter().map(|id| words::topic(page, rules, id)).collect(),
        skills: account.skills.iter().map(|(id, one)| words::skill(page, rules, id, *one)).collect(),
        names,
        whole: view.whole,
        struck: String::new(),
    }
}

impl ShowPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        view: &MeetingView,
        form: Form,
        command: CommandId,
    ) -> ShowPage {
        let mut page = page.under(HOME).of_form(&form);
        let kind = words::kind(&page, view.meeting.kind());
        let (day, time) = match &view.meeting {
            Meeting::Booked(booking) | Meeting::CalledOff { booking } => (booking.day, booking.time),
            other => (other.day(), None),
        };
        page.title = kind;
        let names: Vec<&str> = view.there.iter().map(|one| one.name.as_str()).collect();
        let with = match view.leads {
            true => page.list(&names),
            false => page.t1("supervision-with", "name", &view.supervisor),
        };
        let record = match &view.meeting {
            Meeting::Held(record) => Some(signed(&page, rules, view, record)),
            Meeting::Struck { record, why, .. } => {
                Some(Signed { struck: why.clone(), ..signed(&page, rules, view, record) })
            }
            _ => None,
        };
        let agenda = view.agenda.iter().map(|item| Brings {
            by: if item.own { String::new() } else { item.by.clone() },
            said: words::brought(&page, rules, &item.brought),
        });
        let about = |one: &There| about_supervising(&page, one.may.as_ref());
        ShowPage {
            here: format!("{HOME}/{}", view.id),
            lead: format!("{} · {with}", words::moment(&page, day, time)),
            version: view.version,
            command,
            booked: matches!(view.meeting, Meeting::Booked(_)),
            off: matches!(view.meeting, Meeting::CalledOff { .. }),
            leads: view.leads,
            observed: view.meeting.kind() == SessionKind::Observed,
            due: day <= view.today,
            agenda: agenda.collect(),
            about: view.there.first().map(about).unwrap_or_default(),
            mix: view.mix.as_ref().map_or_else(String::new, |mix| crate::work::mix(&page, rules, mix)),
            signed: record,
            may_sign: view.may_sign,
            may_strike: view.leads && matches!(view.meeting, Meeting::Held(_)),
            page,
            form,
        }
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SupervisionId>,
) -> Result<Response, Trouble> {
    show_with(page, &web, &who, id, Form::new(), StatusCode::OK).await
}

async fn show_with(
    page: Page,
    web: &Web,
    who: &Who,
    id: SupervisionId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let view = web.app.supervision_meeting(who.actor(), id).await?;
    ShowPage::of(page, who.rules()?, &view, form, web.app.command_id()).show_as(status)
}

fn version(form: &Form) -> i64 {
    form.value("version").parse().unwrap_or_default()
}

pub(super) async fn put_off(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SupervisionId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let day = form.date("day", "supervision-error-day");
    let time = form.read_if_there("time", "supervision-error-time");
    if let (Some(day), true) = (day, form.is_right()) {
        let command = command(&web, &form);
        match web.app.move_supervision(who.actor(), command, id, day, time, version(&form)).await {
            Ok(()) => return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-supervision-moved")),
            Err(Error::Fault(Fault::Supervision(_))) => form.wrong("day", "supervision-error-over"),
            Err(error) => return Err(error.into()),
        }
    }
    show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(super) async fn call_off(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SupervisionId>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.call_off_supervision(who.actor(), command(&web, &form), id, version(&form)).await {
        Ok(()) => Ok(done(&web.shell, HOME, "flash-supervision-off")),
        Err(Error::Fault(Fault::Supervision(_))) => Ok(done(&web.shell, HOME, "flash-supervision-over")),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn sign(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SupervisionId>,
    form: Form,
) -> Result<Response, Trouble> {
    let to = format!("{HOME}/{id}");
    match web.app.sign_supervision(who.actor(), command(&web, &form), id).await {
        Ok(()) => Ok(done(&web.shell, &to, "flash-supervision-signed")),
        Err(Error::Fault(Fault::Supervision(_))) => {
            Ok(done(&web.shell, &to, "flash-supervision-signed-before"))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn strike(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SupervisionId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(why) = form.need("why", "supervision-error-why") {
        let command = command(&web, &form);
        match web.app.strike_supervision(who.actor(), command, id, &why, version(&form)).await {
            Ok(()) => return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-supervision-struck")),
            Err(Error::Fault(Fault::Supervision(fault))) => {
                let key = match fault {
                    porchlight_practice::supervision::SupervisionFault::TooLong(_) => {
                        "supervision-error-short"
                    }
                    other => words::fault(other).1,
                };
                form.wrong("why", key);
            }
            Err(error) => return Err(error.into()),
        }
    }
    show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}
