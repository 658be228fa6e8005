//! One visit: when, where, what for, and what can be said about it in one tap.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::SignedDuration;
use porchlight_app::visit::VisitView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, VisitId};
use porchlight_practice::pack::Rules;
use porchlight_practice::visit::{EARLY_MINUTES, Visit};

use super::{HOME, words};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Minutes that take one tap.
const LATE: [u32; 4] = [5, 10, 20, 30];

/// The page.
#[derive(Template)]
#[template(path = "visit/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub form: Form,
    pub view: VisitView,
    pub when: String,
    pub how: String,
    pub company: String,
    pub tag: (String, &'static str),
    pub was: String,
    pub late: Vec<Choice>,
    /// Whether it stands and has not begun.
    pub booked: bool,
    /// Whether it can begin now.
    pub can_begin: bool,
    pub under_way: bool,
    /// Whether its note can be written.
    pub can_note: bool,
    pub wish: bool,
    /// Whether they are asked if all is well.
    pub asked: bool,
    pub commands: [CommandId; 4],
}

impl ShowPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        view: VisitView,
        form: Form,
        commands: [CommandId; 4],
    ) -> ShowPage {
        let mut page = page.under("/day").of_form(&form);
        page.title.clone_from(&view.name);
        let arranged = view.visit.arranged();
        let now = page.now().timestamp();
        let (booked, wish, was) = match &view.visit {
            Visit::Booked(booked) => {
                let was = booked.moved_from.map(|at| page.t1("visit-was", "when", page.moment(at)));
                (true, booked.wish, was.unwrap_or_default())
            }
            _ => (false, false, String::new()),
        };
        let early = now + SignedDuration::from_mins(EARLY_MINUTES);
        let started = arranged.when.starts() <= early;
        ShowPage {
            when: format!("{}, {}", words::day(&page, &arranged.when), words::span(&page, &arranged.when)),
            how: words::how(&page, rules, arranged),
            company: words::company(&page, &arranged.company),
            tag: words::tag(&page, &view.visit),
            late: LATE.iter().map(|minutes| Choice::new(minutes.to_string(), page.length(minutes))).collect(),
            can_begin: booked && started,
            under_way: matches!(view.visit, Visit::UnderWay { .. }),
            can_note: (booked && started)
                || matches!(view.visit, Visit::UnderWay { .. } | Visit::Done { note: None, .. }),
            asked: view.asking.waits(),
            booked,
            wish,
            was,
            commands,
            page,
            form,
            view,
        }
    }
}

fn commands(web: &Web) -> [CommandId; 4] {
    std::array::from_fn(|_| web.app.command_id())
}

async fn again(page: Page, web: &Web, who: &Who, id: VisitId, form: Form) -> Result<Response, Trouble> {
    let view = web.app.visit(who.actor(), id).await?;
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    ShowPage::of(page, who.rules()?, view, form, commands(web)).show_as(status)
}

pub(crate) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
) -> Result<Response, Trouble> {
    again(page, &web, &who, id, Form::new()).await
}

/// Where a step leads, or the page again with why it could not be taken.
async fn stepped(
    page: Page,
    web: &Web,
    who: &Who,
    id: VisitId,
    form: Form,
    step: Result<(), Error>,
    (to, flash): (String, &'static str),
) -> Result<Response, Trouble> {
    match step {
        Ok(()) => Ok(done(&web.shell, &to, flash)),
        Err(Error::Fault(Fault::Visit(fault))) => {
            let mut form = form;
            form.wrong("visit", words::fault(fault).1);
            again(page, web, who, id, form).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn late(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let Some(minutes) = form.read("minutes", "visit-error-minutes") else {
        return again(page, &web, &who, id, form).await;
    };
    let step = web.app.late_for_visit(who.actor(), command(&web, &form), id, minutes).await;
    stepped(page, &web, &who, id, form, step, (format!("{HOME}/{id}"), "flash-visit-late")).await
}

pub(crate) async fn begin(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    form: Form,
) -> Result<Response, Trouble> {
    let step = web.app.begin_visit(who.actor(), command(&web, &form), id).await;
    stepped(page, &web, &who, id, form, step, (format!("{HOME}/{id}"), "flash-visit-begun")).await
}

pub(crate) async fn end(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    form: Form,
) -> Result<Response, Trouble> {
    let step = web.app.end_visit(who.actor(), command(&web, &form), id).await;
    let to = format!("/contacts/new?visit={id}");
    stepped(page, &web, &who, id, form, step, (to, "flash-visit-ended")).await
}

pub(crate) async fn call_off(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    form: Form,
) -> Result<Response, Trouble> {
    let step = web.app.call_off_visit(who.actor(), command(&web, &form), id).await;
    stepped(page, &web, &who, id, form, step, (HOME.to_owned(), "flash-visit-off")).await
}
