//! Those who went alone and have not answered, for whoever supervises them; and the one tap by which somebody answers.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::visit::check::Unanswered;
use porchlight_practice::id::{CommandId, VisitId};
use porchlight_practice::pack::Rules;

use crate::contact::row::kind_name;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One who has not answered.
pub(crate) struct Line {
    pub id: VisitId,
    pub worker: String,
    pub phone: String,
    pub ended: String,
    pub place: String,
    pub command: CommandId,
}

/// The page.
#[derive(Template)]
#[template(path = "visit/no_answer.html")]
pub(crate) struct NoAnswerPage {
    pub page: Page,
    pub lines: Vec<Line>,
}

impl NoAnswerPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        all: &[Unanswered],
        mut command: impl FnMut() -> CommandId,
    ) -> NoAnswerPage {
        let page = page.titled("visit-no-answer").under("/day");
        let line = |one: &Unanswered| {
            let kind = kind_name(rules, &one.kind, page.lang);
            Line {
                id: one.id,
                worker: one.worker.clone(),
                phone: one.phone.clone(),
                ended: page.t1("visit-no-answer-ended", "when", page.moment(one.ended)),
                place: if one.place.is_empty() { kind } else { format!("{kind} · {}", one.place) },
                command: command(),
            }
        };
        NoAnswerPage { lines: all.iter().map(line).collect(), page }
    }
}

pub(crate) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let all = web.app.no_answers(who.actor()).await?;
    NoAnswerPage::of(page, who.rules()?, &all, || web.app.command_id()).show()
}

pub(crate) async fn look_after(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.look_after(who.actor(), command(&web, &form), id).await?;
    Ok(done(&web.shell, "/no-answer", "flash-visit-looked-after"))
}

pub(crate) async fn all_right(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.answer_all_right(who.actor(), command(&web, &form), id).await?;
    Ok(done(&web.shell, "/day", "flash-visit-all-right"))
}
