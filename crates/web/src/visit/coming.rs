//! What the person sees and decides of the visits to come. They say no, or ask for another time, without a reason.

use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::visit::ComingView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, VisitId};
use porchlight_practice::pack::Rules;
use porchlight_practice::visit::{CalledOffBy, Visit};

use super::words;
use crate::error::Trouble;
use crate::form::Form;
use crate::me::own;
use crate::page::{Page, done};
use crate::site::{Web, Who, command};

/// A visit to come.
pub(crate) struct Coming {
    pub id: VisitId,
    pub when: String,
    pub with: String,
    pub how: String,
    pub goal: String,
    /// Something that changed, in a sentence.
    pub news: String,
    /// Whether it stands and can be changed.
    pub stands: bool,
    /// Whether they asked for another time.
    pub asked: bool,
    pub commands: [CommandId; 2],
}

impl Coming {
    pub(crate) fn of(
        page: &Page,
        rules: &Rules,
        view: &ComingView,
        mut command: impl FnMut() -> CommandId,
    ) -> Coming {
        let arranged = view.visit.arranged();
        let (news, stands, asked) = match &view.visit {
            Visit::Booked(booked) => {
                let news = match (booked.late, booked.moved_from) {
                    (Some(minutes), _) => {
                        page.t2("visit-comes-late", "name", &view.with, "length", page.length(minutes))
                    }
                    (None, Some(from)) => page.t1("visit-was", "when", page.moment(from)),
                    (None, None) => String::new(),
                };
                (news, true, booked.wish)
            }
            Visit::UnderWay { .. } | Visit::Done { .. } => (page.t("visit-now"), false, false),
            Visit::CalledOff { by: CalledOffBy::Person, .. } => {
                (page.t("visit-you-called-off"), false, false)
            }
            Visit::CalledOff { by: CalledOffBy::Worker, .. } => {
                (page.t1("visit-called-off-by", "name", &view.with), false, false)
            }
            Visit::CalledOff { by: CalledOffBy::Ending, .. } => (page.t("visit-off"), false, false),
        };
        Coming {
            id: view.id,
            when: format!("{}, {}", words::day(page, &arranged.when), words::span(page, &arranged.when)),
            with: page.t1("me-visit-with", "name", &view.with),
            how: words::how(page, rules, arranged),
            goal: view.goal.clone().unwrap_or_default(),
            news,
            stands,
            asked,
            commands: [command(), command()],
        }
    }
}

/// Where it leads; what has begun or is over is left as it is.
fn taken(web: &Web, step: Result<(), Error>, flash: &'static str) -> Result<Response, Trouble> {
    match step {
        Ok(()) => Ok(done(&web.shell, "/me/visits", flash)),
        Err(Error::Fault(Fault::Visit(_))) => Ok(done(&web.shell, "/me/visits", "flash-visit-closed")),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn other_time(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    form: Form,
) -> Result<Response, Trouble> {
    own(&who)?;
    let step = web.app.ask_other_time(who.actor(), command(&web, &form), id).await;
    taken(&web, step, "flash-visit-asked")
}

pub(crate) async fn call_off(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    form: Form,
) -> Result<Response, Trouble> {
    own(&who)?;
    let step = web.app.call_off_visit(who.actor(), command(&web, &form), id).await;
    taken(&web, step, "flash-visit-you-off")
}
