//! Writing in one section. Every answer is kept as it is given; nothing has to be answered.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use porchlight_app::carry::{Beside, Carried, Way};
use porchlight_app::document::{DocumentView, Written};
use porchlight_app::{Error, Fault};
use porchlight_practice::document::Seen;
use porchlight_practice::id::{CommandId, DocumentId, ItemId};
use porchlight_practice::pack::{Confidence, Growing, QuestionKind, Section, Suits};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::document::fields::{Asked, BesideShown, asked, filled, given, key_of};
use crate::document::{address, place, shown};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One section to write in.
#[derive(Template)]
#[template(path = "document/write.html")]
pub(crate) struct Write {
    pub page: Page,
    pub form: Form,
    /// Where the paper lies.
    pub address: String,
    pub section: String,
    pub tool: String,
    pub help: String,
    pub whose: String,
    /// Who reads it too, said before the first word.
    pub read_too: String,
    pub place: String,
    pub last: bool,
    pub asked: Vec<Asked>,
    pub seen: String,
    pub command: String,
    /// What children of each age are still learning, in a tool for families.
    pub ages: Vec<(String, String)>,
    /// Whether that still needs checking.
    pub ages_unsure: bool,
}

impl Write {
    /// The section with this form, or with what is written when there is none.
    pub(crate) fn of(
        page: Page,
        view: &DocumentView,
        name: &str,
        form: Option<Form>,
        command: String,
        fresh: impl FnMut() -> ItemId,
    ) -> Result<Write, Trouble> {
        let open: Vec<&str> = view.writes.iter().map(String::as_str).collect();
        let at = open.iter().position(|open| *open == name).ok_or(Trouble::NotFound)?;
        let section = view.tool.section(name).ok_or(Trouble::NotFound)?;
        let seen =
            form.as_ref().map_or_else(|| view.seen.to_string(), |form| form.value("version").to_owned());
        let form = form.unwrap_or_else(|| filled(section, &view.document));
        let mut page = page.focused(address(view)).under(place(view));
        page.title = page.text(&section.name);
        let page = page.of_form(&form);
        let clashes = |question: &porchlight_practice::pack::Question| {
            let items = view.document.items(&question.id);
            let clash = items.iter().filter(|item| item.is_clash()).flat_map(|item| &item.texts);
            let say = |text: &&porchlight_practice::document::Revision| {
                let by = view.writers.get(&text.by).cloned().unwrap_or_default();
                (shown::line(&page, question, text), by)
            };
            clash.map(say).collect()
        };
        let mut asked = asked(&page, section, &form, clashes, fresh);
        for question in &mut asked {
            question.beside =
                view.beside.iter().find_map(|beside| shown_beside(&page, view, beside, &question.id));
            let asked = section.questions.iter().find(|one| one.id == question.id);
            if asked.is_some_and(|asked| asked.kind == QuestionKind::Strengths) {
                question.known.clone_from(&view.strengths);
            }
        }
        Ok(Write {
            asked,
            address: address(view),
            section: section.id.clone(),
            tool: page.text(&view.tool.name),
            help: section.help.as_ref().map(|help| page.text(help)).unwrap_or_default(),
            whose: if view.own { String::new() } else { page.t1("document-helping", "name", &view.called) },
            read_too: crate::guardian::read_too(&page, view.read_too.as_ref()),
            place: page.t2("document-part", "number", at + 1, "count", open.len()),
            last: at + 1 == open.len(),
            seen,
            command,
            ages: Vec::new(),
            ages_unsure: false,
            form,
            page,
        })
    }

    /// With what children of each age are still learning, where the tool was made for families.
    pub(crate) fn for_families(mut self, view: &DocumentView, growing: &[Growing]) -> Write {
        if view.tool.suits == Suits::Families {
            let age = |one: &Growing| (self.page.text(&one.name), self.page.text(&one.text));
            self.ages = growing.iter().map(age).collect();
            self.ages_unsure = growing.iter().any(|one| one.source.confidence == Confidence::NeedsChecking);
        }
        self
    }
}

/// What another paper says to this question, when it says anything.
fn shown_beside(page: &Page, view: &DocumentView, beside: &Beside, question: &str) -> Option<BesideShown> {
    if beside.question != question || beside.way != Way::Here || beside.said.is_empty() {
        return None;
    }
    let ((_, here), (_, there)) = (view.tool.question(question)?, beside.tool.question(&beside.there)?);
    let known = view.document.items(question);
    let missing = beside.said.iter().any(|said| known.iter().all(|item| item.answer() != said));
    let room = here.kind.is_list() || known.is_empty();
    Some(BesideShown {
        tool: page.text(&beside.tool.name),
        lines: shown::said(page, beside),
        copies: here.kind.takes(&there.kind) && missing && room,
    })
}

/// Copies what another paper says to a question, once the page's own words are kept.
async fn copy(web: &Web, who: &Who, view: &DocumentView, question: &str) -> Result<(), Trouble> {
    let found = |beside: &&Beside| beside.question == question && beside.way == Way::Here;
    let beside = view.beside.iter().find(found).ok_or(Trouble::NotFound)?;
    let carried = Carried {
        from: beside.document,
        question: beside.there.clone(),
        item: None,
        to: view.id,
        there: question.to_owned(),
    };
    Ok(web.app.carry(who.actor(), web.app.command_id(), carried).await?)
}

async fn page_of(
    page: Page,
    web: &Web,
    who: &Who,
    id: DocumentId,
    section: &str,
    form: Option<Form>,
) -> Result<Write, Trouble> {
    let view = web.app.document(who.actor(), id).await?;
    let fresh = || ItemId(web.app.command_id().0);
    let form = form.map(|mut form| {
        // What is wrong is said beside its field.
        if let Some(section) = view.tool.section(section) {
            given(section, &mut form);
        }
        form
    });
    let write = Write::of(page, &view, section, form, web.app.command_id().to_string(), fresh)?;
    // Whoever is in no programme any more writes on without it.
    let growing = who.rules().map(|rules| rules.growing.as_slice()).unwrap_or_default();
    Ok(write.for_families(&view, growing))
}

/// What a form says, apart from what is wrong with it.
fn typed(form: &Form) -> Vec<(String, String)> {
    form.values().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Keeps what is right in a form, even when something beside it is not. Answers what it has seen now, and whether all of
/// it was right.
#[allow(clippy::too_many_arguments)]
async fn keep(
    web: &Web,
    who: &Who,
    command: CommandId,
    id: DocumentId,
    section: &str,
    seen: Seen,
    typed: Vec<(String, String)>,
) -> Result<(Written, bool), Error> {
    let right = Arc::new(AtomicBool::new(true));
    let told = right.clone();
    let read = move |section: &Section| {
        let mut form: Form = typed.iter().cloned().collect();
        let given = given(section, &mut form);
        told.store(form.is_right(), Ordering::Relaxed);
        given
    };
    let written = web.app.write_document(who.actor(), command, id, section, seen, read).await?;
    Ok((written, right.load(Ordering::Relaxed)))
}

pub(super) async fn ask(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((id, section)): Path<(DocumentId, String)>,
) -> Result<Response, Trouble> {
    page_of(page, &web, &who, id, &section, None).await?.show()
}

pub(super) async fn save(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((id, section)): Path<(DocumentId, String)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let command = command(&web, &form);
    let seen = Seen::parse(form.value("version"));
    let (seen, next, right) = match keep(&web, &who, command, id, &section, seen, typed(&form)).await {
        Ok((Written { seen, next }, right)) => (seen, next, right),
        Err(Error::Fault(Fault::Answer(fault))) => {
            form.wrong("summary", key_of(&fault));
            (Seen::parse(form.value("version")), None, false)
        }
        Err(error) => return Err(error.into()),
    };
    if !right {
        let form = form.replaced("version", &seen.to_string());
        let page = page_of(page, &web, &who, id, &section, Some(form)).await?;
        return page.show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    if let Some(question) = form.value("do").strip_prefix("copy-") {
        let view = web.app.document(who.actor(), id).await?;
        copy(&web, &who, &view, question).await?;
        let to = format!("/plans/{id}/write/{section}#{question}");
        return Ok(done(&web.shell, &to, "flash-plan-copied"));
    }
    let to = onward(&format!("/plans/{id}"), &section, next.as_deref(), &form);
    Ok(done(&web.shell, &to, "flash-plan-kept"))
}

/// Where the button that was pressed leads after a section of a paper was kept.
pub(crate) fn onward(paper: &str, section: &str, next: Option<&str>, form: &Form) -> String {
    match (form.value("do"), next) {
        (more, _) if more.starts_with("more-") => {
            format!("{paper}/write/{section}#{}", more.trim_start_matches("more-"))
        }
        ("next", Some(next)) => format!("{paper}/write/{next}"),
        _ => paper.to_owned(),
    }
}

/// What a form that saves itself has seen now, as the script reads it.
pub(crate) fn seen_now(seen: &Seen) -> Response {
    let body = format!("{{\"version\":\"{seen}\"}}");
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Keeps answers while somebody writes. The answer is what the form has seen now.
pub(super) async fn autosave(
    who: Who,
    State(web): State<Web>,
    Path((id, section)): Path<(DocumentId, String)>,
    form: Form,
) -> Result<Response, Trouble> {
    // The command id in the form belongs to the button; what is saved on the way has one of its own.
    let command = web.app.command_id();
    let (seen, typed) = (Seen::parse(form.value("version")), typed(&form));
    drop(form);
    let (Written { seen, .. }, right) = keep(&web, &who, command, id, &section, seen, typed).await?;
    if !right {
        return Err(Trouble::NotText);
    }
    Ok(seen_now(&seen))
}
