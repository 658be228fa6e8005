//! Sharing, section by section: who, which parts, for how long, read back in one sentence before it counts.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::SignedDuration;
use porchlight_app::consent::PersonHere;
use porchlight_app::document::DocumentView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{AccountId, DocumentId};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// How long something can be shared, in days, with the key of how one says it.
const LENGTHS: [(i64, &str); 5] = [
    (1, "document-days-1"),
    (7, "document-days-7"),
    (30, "document-days-30"),
    (90, "document-days-90"),
    (365, "document-days-365"),
];

/// Choosing whom, what and how long. Nothing is chosen beforehand.
#[derive(Template)]
#[template(path = "document/share.html")]
pub(crate) struct SharePage {
    pub page: Page,
    pub form: Form,
    pub id: DocumentId,
    pub tool: String,
    pub people: Vec<Choice>,
    pub sections: Vec<Choice>,
    pub lengths: Vec<Choice>,
}

impl SharePage {
    pub(crate) fn of(page: Page, form: Form, view: &DocumentView, here: &[PersonHere]) -> SharePage {
        let tool = page.text(&view.tool.name);
        let people = here
            .iter()
            .map(|person| {
                let role = page.t(&format!("role-{}", person.role.as_str().replace('_', "-")));
                Choice::new(person.account.to_string(), &person.name).icon("people").note(role)
            })
            .collect();
        let sections = view.tool.sections.iter();
        let sections = sections.map(|section| Choice::new(&section.id, page.text(&section.name))).collect();
        let lengths = LENGTHS.iter().map(|(days, key)| Choice::new(days.to_string(), page.t(key))).collect();
        let page = page
            .titled_with("document-share-title", "tool", &tool)
            .focused(format!("/plans/{}", view.id))
            .under(if view.own { "/plans" } else { "/people" })
            .of_form(&form);
        SharePage { id: view.id, people, sections, lengths, tool, page, form }
    }
}

/// What was chosen, in one sentence.
#[derive(Template)]
#[template(path = "document/agree.html")]
pub(crate) struct Agree {
    pub page: Page,
    pub id: DocumentId,
    pub sentence: String,
    pub name: String,
    pub reader: AccountId,
    pub sections: Vec<String>,
    pub days: i64,
    pub writes: bool,
    pub command: String,
}

struct Chosen {
    reader: PersonHere,
    sections: Vec<String>,
    days: i64,
    writes: bool,
}

impl Agree {
    fn of(page: Page, web: &Web, view: &DocumentView, chosen: Chosen) -> Agree {
        let until =
            (web.app.now() + SignedDuration::from_hours(24 * chosen.days)).to_zoned(page.zone()).date();
        let tool = page.text(&view.tool.name);
        let named = view.tool.sections.iter().filter(|section| chosen.sections.contains(&section.id));
        let names: Vec<String> = named.map(|section| format!("“{}”", page.text(&section.name))).collect();
        let what = page.t2("document-parts-of", "list", page.list(&names), "tool", tool);
        let key = if chosen.writes { "document-may-write" } else { "document-may-read" };
        let sentence = page.t3(key, "name", &chosen.reader.name, "what", what, "day", page.date(until));
        Agree {
            id: view.id,
            sentence,
            name: chosen.reader.name,
            reader: chosen.reader.account,
            sections: chosen.sections,
            days: chosen.days,
            writes: chosen.writes,
            command: web.app.command_id().to_string(),
            page: page
                .titled("document-agree-title")
                .focused(format!("/plans/{}/share", view.id))
                .under("/plans"),
        }
    }
}

fn chosen(form: &mut Form, view: &DocumentView, here: &[PersonHere]) -> Option<Chosen> {
    let reader = form.choose("reader", "document-error-reader", |text| {
        let id: AccountId = text.parse().ok()?;
        here.iter().find(|person| person.account == id).cloned()
    });
    let sections: Vec<String> = form
        .all("sections")
        .filter(|section| view.tool.section(section).is_some())
        .map(str::to_owned)
        .collect();
    if sections.is_empty() {
        form.wrong("sections", "document-error-sections");
    }
    let days = form.choose("days", "document-error-days", |text| {
        LENGTHS.iter().map(|(days, _)| *days).find(|days| days.to_string() == text)
    });
    let writes = form.has("writes", "yes");
    Some(Chosen { reader: reader?, sections, days: days?, writes })
        .filter(|chosen| !chosen.sections.is_empty())
}

async fn read(web: &Web, who: &Who, id: DocumentId) -> Result<(DocumentView, Vec<PersonHere>), Trouble> {
    let view = web.app.document(who.actor(), id).await?;
    let here = web.app.share_readers(who.actor(), view.person).await?;
    Ok((view, here))
}

pub(super) async fn choose(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let (view, here) = read(&web, &who, id).await?;
    if form.values().next().is_none() || form.has("change", "yes") {
        return SharePage::of(page, form, &view, &here).show();
    }
    match chosen(&mut form, &view, &here) {
        Some(chosen) => Agree::of(page, &web, &view, chosen).show(),
        None => SharePage::of(page, form, &view, &here).show_as(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

pub(super) async fn agree(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let (view, here) = read(&web, &who, id).await?;
    let Some(Chosen { reader, sections, days, writes }) = chosen(&mut form, &view, &here) else {
        return SharePage::of(page, form, &view, &here).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    let command = command(&web, &form);
    match web.app.share(who.actor(), command, id, reader.account, sections, days, writes).await {
        Ok(()) => Ok(done(&web.shell, &format!("/plans/{id}"), "flash-plan-shared")),
        Err(Error::Fault(Fault::Unknown(_))) => {
            // Whoever was chosen stopped working here between the two pages.
            form.wrong("reader", "document-error-reader");
            SharePage::of(page, form, &view, &here).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn stop(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let reader = form.read("reader", "document-error-reader").ok_or(Trouble::NotFound)?;
    web.app.stop_share(who.actor(), command(&web, &form), id, reader).await?;
    let to = if form.value("back") == "choices" { "/me/choices".to_owned() } else { format!("/plans/{id}") };
    Ok(done(&web.shell, &to, "flash-plan-stopped"))
}
