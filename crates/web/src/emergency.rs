//! Looking in an emergency: a reason in writing, what helps for a short while, and the list of all of them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::emergency::{EmergencyLine, EmergencyView};
use porchlight_app::{Error, Fault};
use porchlight_practice::emergency::{EMERGENCY_MINUTES, ReasonFault};
use porchlight_practice::id::{EmergencyId, PersonId};

use crate::document::shown::{ShownSection, sections};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::person::fresh;
use crate::person::show::WayLine;
use crate::prove::Proven;
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// The pages of looks in an emergency.
pub fn routes() -> Routes<Web> {
    let open = Needs::Action(Action::LookEmergency);
    Routes::new()
        .page(Method::GET, "/people/{person}/emergency", ask, open)
        .page(Method::POST, "/people/{person}/emergency", begin, open)
        .page(Method::GET, "/emergencies", list, Needs::Action(Action::LookEmergencyList))
        .page(Method::GET, "/emergencies/{emergency}", show, Needs::Action(Action::LookEmergencyRead))
}

/// Asking for the reason.
#[derive(Template)]
#[template(path = "emergency/ask.html")]
pub(crate) struct Ask {
    pub page: Page,
    pub form: Form,
    pub id: PersonId,
    pub called: String,
    pub minutes: i64,
}

impl Ask {
    pub(crate) fn of(page: Page, id: PersonId, called: String, form: Form) -> Ask {
        let page = page
            .titled_with("emergency-title", "name", &called)
            .focused(format!("/people/{id}"))
            .under("/people")
            .of_form(&form);
        Ask { page, form, id, called, minutes: EMERGENCY_MINUTES }
    }
}

async fn ask(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let called = web.app.ask_emergency(who.actor(), id).await?;
    Ask::of(page, id, called, fresh(&web)).show()
}

async fn begin(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PersonId>,
    Proven(mut form): Proven,
) -> Result<Response, Trouble> {
    match web.app.open_emergency(who.actor(), command(&web, &form), id, form.value("reason")).await {
        Ok(emergency) => Ok(done(&web.shell, &format!("/emergencies/{emergency}"), "flash-emergency-open")),
        Err(Error::Fault(Fault::Reason(fault))) => {
            match fault {
                ReasonFault::TooShort => form.wrong("reason", "emergency-error-short"),
                ReasonFault::TooLong => form.wrong("reason", "emergency-error-long"),
            }
            let called = web.app.ask_emergency(who.actor(), id).await?;
            Ask::of(page, id, called, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

/// A crisis plan, whole.
pub(crate) struct Plan {
    pub name: String,
    pub sections: Vec<ShownSection>,
}

/// What helps.
#[derive(Template)]
#[template(path = "emergency/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub called: String,
    pub until: String,
    pub reason: String,
    pub ways: Vec<WayLine>,
    pub safe_hours: String,
    pub never: String,
    pub plans: Vec<Plan>,
}

impl ShowPage {
    pub(crate) fn of(page: Page, view: &EmergencyView) -> ShowPage {
        let plan = |plan: &porchlight_app::document::DocumentView| Plan {
            name: page.text(&plan.tool.name),
            sections: sections(&page, plan, &plan.document)
                .into_iter()
                .filter(|section| !section.answers.is_empty())
                .collect(),
        };
        let plans: Vec<Plan> = view.plans.iter().map(plan).filter(|plan| !plan.sections.is_empty()).collect();
        ShowPage {
            until: page.time(view.until),
            reason: view.reason.clone(),
            ways: view.ways.iter().map(|way| WayLine::of(&page, way)).collect(),
            safe_hours: view.safe_hours.clone(),
            never: view.never.clone(),
            plans,
            called: view.called.clone(),
            page: page
                .titled_with("emergency-open-title", "name", &view.called)
                .focused(format!("/people/{}", view.person))
                .under("/people"),
        }
    }
}

async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<EmergencyId>,
) -> Result<Response, Trouble> {
    ShowPage::of(page, &web.app.emergency(who.actor(), id).await?).show()
}

/// One of them in the list.
pub(crate) struct Line {
    pub sentence: String,
    pub reason: String,
}

/// Every look in an emergency.
#[derive(Template)]
#[template(path = "emergency/list.html")]
pub(crate) struct List {
    pub page: Page,
    pub lines: Vec<Line>,
}

impl List {
    pub(crate) fn of(page: Page, lines: &[EmergencyLine]) -> List {
        let line = |line: &EmergencyLine| Line {
            sentence: page.t3(
                "emergency-line",
                "name",
                &line.name,
                "person",
                &line.person,
                "moment",
                page.moment(line.from),
            ),
            reason: line.reason.clone(),
        };
        List { lines: lines.iter().map(line).collect(), page: page.titled("emergency-list-title") }
    }
}

async fn list(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    List::of(page, &web.app.emergencies(who.actor()).await?).show()
}
