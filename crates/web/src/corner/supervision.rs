//! Picking words of a paper in one's own corner for one's supervision. What is not picked stays where it is, and nothing
//! tells that this page was open.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::corner::paper_view;
use porchlight_app::document::DocumentView;
use porchlight_app::{Error, Fault};
use porchlight_practice::document::Answer;
use porchlight_practice::id::{AccountId, DocumentId};
use porchlight_practice::supervision::Item;

use super::lock::Shut;
use super::{AtTheDoor, HOME, Mine, paper_address, stays_open};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, command_in};

/// The words of a paper, to tick.
#[derive(Template)]
#[template(path = "corner/supervision.html")]
pub(crate) struct Pick {
    pub page: Page,
    pub form: Form,
    pub address: String,
    pub title: String,
    pub words: Vec<Choice>,
    /// One for each of them, so that sending twice brings each once.
    pub commands: Vec<(String, String)>,
    pub supervisors: Vec<Choice>,
    pub only: String,
}

/// Everything in a paper that is words, each under the name the form has for it.
fn words(page: &Page, view: &DocumentView) -> Vec<Choice> {
    let mut words = Vec::new();
    for question in view.tool.sections.iter().flat_map(|section| &section.questions) {
        for item in view.document.items(&question.id) {
            if let Answer::Words { words: said } = item.answer() {
                let value = format!("{}.{}", question.id, item.id);
                words.push(Choice::new(value, said.clone()).note(page.text(&question.ask)));
            }
        }
    }
    words
}

impl Pick {
    pub(crate) fn of(
        page: Page,
        view: &DocumentView,
        supervisors: &[(AccountId, String)],
        form: Form,
        mut fresh: impl FnMut() -> String,
    ) -> Pick {
        let address = paper_address(view.id);
        let page = page.titled("supervision-mine").focused(address.clone()).under(HOME);
        let words = words(&page, view);
        let commands = words.iter().map(|one| {
            let field = format!("command-{}", one.value);
            let kept = form.text(&field).unwrap_or_else(&mut fresh);
            (field, kept)
        });
        Pick {
            commands: commands.collect(),
            title: page.text(&view.tool.name),
            supervisors: supervisors.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
            only: match supervisors {
                [(id, _)] => id.to_string(),
                _ => String::new(),
            },
            words,
            address,
            page: page.of_form(&form),
            form,
        }
    }
}

async fn view_of(
    web: &Web,
    open: &porchlight_app::corner::OpenCorner,
    id: DocumentId,
) -> Result<DocumentView, Trouble> {
    let corner = web.app.corner(open).await?;
    Ok(paper_view(corner.paper(id).ok_or(Trouble::NotFound)?))
}

pub(super) async fn ask(
    page: Page,
    mine: Mine,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
) -> Result<Response, Trouble> {
    let view = view_of(&web, &mine.open, id).await?;
    let supervisors = web.app.own_supervisors(mine.who.actor()).await?;
    let fresh = || web.app.command_id().to_string();
    stays_open(&web, &mine.open, Pick::of(page, &view, &supervisors, Form::new(), fresh).show()?)
}

pub(super) async fn bring(
    page: Page,
    AtTheDoor { who, open }: AtTheDoor,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let Some(open) = open else {
        return Shut::with(page, &format!("{}/supervision", paper_address(id)), &form);
    };
    let view = view_of(&web, &open, id).await?;
    let supervisors = web.app.own_supervisors(who.actor()).await?;
    let picked: Vec<Choice> =
        words(&page, &view).into_iter().filter(|one| form.has("pick", &one.value)).collect();
    if picked.is_empty() {
        form.wrong("pick", "supervision-error-tick");
    }
    let to = form.read::<AccountId>("to", "supervision-error-to");
    if let (Some(to), true) = (to, form.is_right()) {
        for one in &picked {
            let command = command_in(&web, &form, &format!("command-{}", one.value));
            let item = Item::Words { words: one.name.clone(), topic: String::new() };
            match web.app.bring_to_supervision(who.actor(), command, to, item).await {
                Ok(_) => {}
                Err(Error::Fault(Fault::Unknown("to"))) => form.wrong("to", "supervision-error-to"),
                Err(error) => return Err(error.into()),
            }
        }
        if form.is_right() {
            return stays_open(
                &web,
                &open,
                done(&web.shell, &paper_address(id), "flash-supervision-brought"),
            );
        }
    }
    let fresh = || web.app.command_id().to_string();
    let page = Pick::of(page, &view, &supervisors, form, fresh);
    stays_open(&web, &open, page.show_as(StatusCode::UNPROCESSABLE_ENTITY)?)
}
