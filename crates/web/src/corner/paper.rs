//! One paper in it: reading, writing, printing, throwing away.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::corner::{OpenCorner, paper_view};
use porchlight_app::document::DocumentView;
use porchlight_app::{Error, Fault};
use porchlight_practice::document::Seen;
use porchlight_practice::id::{DocumentId, ItemId};
use porchlight_practice::pack::Prints;

use super::lock::Shut;
use super::{AtTheDoor, HOME, Mine, paper_address, stays_open};
use crate::document::fields::{given, key_of};
use crate::document::paper::Paper;
use crate::document::show::lead;
use crate::document::shown::{ShownSection, sections};
use crate::document::write::{Write, onward, seen_now};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::Web;

/// One paper to read.
#[derive(Template)]
#[template(path = "corner/paper.html")]
pub(crate) struct OnePaper {
    pub page: Page,
    pub address: String,
    pub lead: String,
    pub sections: Vec<ShownSection>,
    /// The first section nobody wrote in yet, to go on with.
    pub next: String,
    pub prints: bool,
    pub danger: bool,
    /// Whether the reader is supervised, and so may pick something to bring there.
    pub brings: bool,
}

impl OnePaper {
    pub(crate) fn of(page: Page, view: &DocumentView) -> OnePaper {
        let mut page = page.under(HOME);
        page.title = page.text(&view.tool.name);
        let sections = sections(&page, view, &view.document);
        let next = sections.iter().find(|section| section.answers.is_empty()).or(sections.first());
        OnePaper {
            address: paper_address(view.id),
            lead: lead(&page, view),
            next: next.map(|section| section.write.clone()).unwrap_or_default(),
            prints: view.tool.prints != Prints::No,
            danger: view.tool.sections.iter().any(|section| view.document.shows_danger(section)),
            brings: page.visitor.as_ref().is_some_and(|visitor| visitor.role.is_peer()),
            sections,
            page,
        }
    }
}

async fn view_of(web: &Web, open: &OpenCorner, id: DocumentId) -> Result<DocumentView, Trouble> {
    let corner = web.app.corner(open).await?;
    Ok(paper_view(corner.paper(id).ok_or(Trouble::NotFound)?))
}

pub(super) async fn show(
    page: Page,
    mine: Mine,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
) -> Result<Response, Trouble> {
    let view = view_of(&web, &mine.open, id).await?;
    stays_open(&web, &mine.open, OnePaper::of(page, &view).show()?)
}

pub(super) async fn print(
    page: Page,
    mine: Mine,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    form: Form,
) -> Result<Response, Trouble> {
    let mut view = view_of(&web, &mine.open, id).await?;
    if view.tool.prints == Prints::No {
        return Err(Trouble::NotFound);
    }
    stays_open(&web, &mine.open, Paper::of(page, &mut view, form.has("large", "yes"), false).show()?)
}

fn write(
    page: Page,
    web: &Web,
    view: &DocumentView,
    section: &str,
    form: Option<Form>,
) -> Result<Write, Trouble> {
    let fresh = || ItemId(web.app.command_id().0);
    Write::of(page, view, section, form, String::new(), fresh)
}

pub(super) async fn ask(
    page: Page,
    mine: Mine,
    State(web): State<Web>,
    Path((id, section)): Path<(DocumentId, String)>,
) -> Result<Response, Trouble> {
    let view = view_of(&web, &mine.open, id).await?;
    stays_open(&web, &mine.open, write(page, &web, &view, &section, None)?.show()?)
}

/// The paper and section of a path such as `/mine/papers/0193…/write/well`.
pub(super) fn written_in(path: &str) -> Option<(DocumentId, &str)> {
    let (id, section) = path.strip_prefix("/mine/papers/")?.split_once("/write/")?;
    Some((id.parse().ok()?, section))
}

pub(super) async fn save(
    page: Page,
    AtTheDoor { open, .. }: AtTheDoor,
    State(web): State<Web>,
    Path((id, section)): Path<(DocumentId, String)>,
    form: Form,
) -> Result<Response, Trouble> {
    let Some(open) = open else {
        let then = format!("{}/write/{section}", paper_address(id));
        return Shut::with(page, &then, &form);
    };
    keep(page, &web, &open, id, &section, form).await
}

/// Keeps a form of a section, and leads on.
pub(super) async fn keep(
    page: Page,
    web: &Web,
    open: &OpenCorner,
    id: DocumentId,
    section: &str,
    mut form: Form,
) -> Result<Response, Trouble> {
    let view = view_of(web, open, id).await?;
    let asked = view.tool.section(section).ok_or(Trouble::NotFound)?;
    let answers = given(asked, &mut form);
    // What is right is kept even when something beside it is not.
    let seen = Seen::parse(form.value("version"));
    let seen = match web.app.write_in_corner(open, id, section, seen, answers).await {
        Ok(seen) => seen,
        Err(Error::Fault(Fault::Answer(fault))) => {
            form.wrong("summary", key_of(&fault));
            Seen::parse(form.value("version"))
        }
        Err(Error::Fault(Fault::Corner(_))) => {
            form.wrong("summary", "corner-error-full");
            Seen::parse(form.value("version"))
        }
        Err(error) => return Err(error.into()),
    };
    if !form.is_right() {
        let form = form.replaced("version", &seen.to_string());
        let view = view_of(web, open, id).await?;
        let page = write(page, web, &view, section, Some(form))?;
        return stays_open(web, open, page.show_as(StatusCode::UNPROCESSABLE_ENTITY)?);
    }
    let at = view.writes.iter().position(|open| open == section);
    let next = at.and_then(|at| view.writes.get(at + 1)).map(String::as_str);
    let to = onward(&paper_address(id), section, next, &form);
    stays_open(web, open, done(&web.shell, &to, "flash-plan-kept"))
}

pub(super) async fn autosave(
    AtTheDoor { open, .. }: AtTheDoor,
    State(web): State<Web>,
    Path((id, section)): Path<(DocumentId, String)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    // Closed meanwhile: the page says that it is not saved yet, and the button leads to the door with the words.
    let open = open.ok_or(Trouble::SignedOut)?;
    let view = view_of(&web, &open, id).await?;
    let asked = view.tool.section(&section).ok_or(Trouble::NotFound)?;
    let answers = given(asked, &mut form);
    let seen = Seen::parse(form.value("version"));
    let seen = web.app.write_in_corner(&open, id, &section, seen, answers).await?;
    if !form.is_right() {
        return Err(Trouble::NotText);
    }
    stays_open(&web, &open, seen_now(&seen))
}

pub(super) async fn forget(
    page: Page,
    AtTheDoor { open, .. }: AtTheDoor,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
) -> Result<Response, Trouble> {
    let Some(open) = open else { return Shut::with(page, &paper_address(id), &Form::new()) };
    web.app.forget_in_corner(&open, id).await?;
    stays_open(&web, &open, done(&web.shell, HOME, "flash-plan-forgotten"))
}
