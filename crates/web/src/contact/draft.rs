//! A note while it is written: the page of its form, saving, signing, throwing away.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::contact::{DraftView, Saved};
use porchlight_app::gate::Activity;
use porchlight_app::{Error, Fault};
use porchlight_practice::Lang;
use porchlight_practice::contact::Draft;
use porchlight_practice::id::{CommandId, ContactId, GoalId, PersonId, VisitId};
use porchlight_practice::pack::{NoteField, Rules};

use crate::contact::clash::ClashPage;
use crate::contact::form;
use crate::contact::form::{Ask, Choices};
use crate::contact::show::NotePage;
use crate::device::arrived;
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command, command_in};
use crate::words::{self, Hint};

/// The boxes in which the writer speaks, by what the pack asks there. The person's own words are not among them.
const HELPED: [(NoteField, &str); 6] = [
    (NoteField::Purpose, "purpose_words"),
    (NoteField::Present, "present_words"),
    (NoteField::Did, "did_words"),
    (NoteField::Strengths, "strengths"),
    (NoteField::Response, "response"),
    (NoteField::NextStep, "next_words"),
];

/// What could be kinder in the boxes of a note.
fn to_look_at(web: &Web, rules: &Rules, lang: Lang, subject: &Subject, form: &Form) -> Vec<(String, Hint)> {
    let Some(kept) = &subject.kept else { return Vec::new() };
    let of_box = |(field, name): (NoteField, &str)| {
        let asked =
            rules.note.element(field).map_or_else(String::new, |asked| asked.name.in_(lang).to_owned());
        let hints = words::hints(&web.app, rules, form.value(name), kept, false);
        hints.into_iter().map(move |hint| (asked.clone(), hint))
    };
    HELPED.into_iter().flat_map(of_box).collect()
}

/// Whose note, and which.
pub(crate) struct Subject {
    pub id: ContactId,
    pub person: PersonId,
    pub person_name: String,
    pub version: i64,
    pub goals: Vec<(GoalId, String)>,
    /// The terms that stay as they are for this person; none when the writer wants no help with words.
    pub kept: Option<BTreeSet<String>>,
}

impl From<DraftView> for Subject {
    fn from(view: DraftView) -> Subject {
        Subject {
            id: view.id,
            person: view.person,
            person_name: view.person_name,
            version: view.version,
            goals: view.goals,
            kept: view.kept,
        }
    }
}

/// The form of a note.
#[derive(Template)]
#[template(path = "contact/form.html")]
pub(crate) struct FormPage {
    pub page: Page,
    pub form: Form,
    pub subject: Subject,
    pub command: CommandId,
    pub sign_command: CommandId,
    pub discard_command: CommandId,
    pub asks: Vec<Ask>,
    pub choices: Choices,
    pub goals: Vec<Choice>,
    pub short: bool,
    /// Whether the other length of form can be had.
    pub other_length: bool,
    pub unseen: Vec<(String, String)>,
    pub reminders: Vec<String>,
    /// What is left before the writer works with a child so; empty when nothing is.
    pub gate: String,
    /// Words to look at before signing, each with the name of its box; for whoever has no script.
    pub look: Vec<(String, Hint)>,
}

impl FormPage {
    pub fn of(page: Page, web: &Web, rules: &Rules, subject: Subject, draft: &Draft, form: Form) -> FormPage {
        let commands = [(); 3].map(|()| web.app.command_id());
        FormPage::with(page, commands, rules, subject, draft, form)
    }

    pub fn with(
        page: Page,
        [command, sign_command, discard_command]: [CommandId; 3],
        rules: &Rules,
        subject: Subject,
        draft: &Draft,
        form: Form,
    ) -> FormPage {
        let short = draft.is_check_in(rules) && rules.note.check_in_minutes > 0;
        let asks = form::asks(short, rules, page.lang);
        let reminders = if subject.version > 0 {
            draft.reminders(rules).map(|element| element.name.in_(page.lang).to_owned()).collect()
        } else {
            Vec::new()
        };
        let goals = subject.goals.iter().map(|(id, words)| Choice::new(id.to_string(), words));
        let none = Choice::new("none", page.t("contact-no-goal"));
        FormPage {
            goals: goals.chain([none]).collect(),
            choices: Choices::of(&page, rules, short),
            unseen: form::unseen(&form, &asks),
            short,
            other_length: rules.note.check_in_minutes > 0,
            reminders,
            gate: String::new(),
            look: Vec::new(),
            command,
            sign_command,
            discard_command,
            asks,
            page: page
                .titled_with("contact-your-time", "name", &subject.person_name)
                .focused("/day")
                .of_form(&form),
            subject,
            form,
        }
    }

    /// The boxes in which the writer speaks, and not the person: there words are helped with.
    pub fn helped(&self) -> String {
        HELPED.map(|(_, box_name)| box_name).join(" ")
    }

    /// The terms that are not brought up.
    pub fn kept(&self) -> String {
        self.subject.kept.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Where the form leads.
    pub fn path(&self, what: &str) -> String {
        format!("/contacts/{}/{what}", self.subject.id)
    }

    /// Whether something was typed there, so that it must not lie folded away.
    pub fn has(&self, field: &str) -> bool {
        !self.form.value(field).is_empty() || self.form.is_wrong(field)
    }

    /// Whether one of these is chosen.
    pub fn has_any(&self, field: &str, choices: &[Choice]) -> bool {
        choices.iter().any(|choice| self.form.has(field, &choice.value))
    }
}

/// What a pack calls a child among those who were there, and another worker beside the writer.
pub(crate) const CHILD: &str = "child";
pub(crate) const OTHER_WORKER: &str = "other_peer";

/// A word to a writer who was with a child before everything for that was in place. It holds nothing up: what has
/// happened can always be written down.
async fn gate(page: &Page, web: &Web, who: &Who, draft: &Draft) -> Result<Option<String>, Trouble> {
    if !draft.present.contains(CHILD) {
        return Ok(None);
    }
    let activity = match draft.present.contains(OTHER_WORKER) {
        true => Activity::WithYouth,
        false => Activity::AloneWithYouth,
    };
    let day = draft.started.unwrap_or_else(|| web.app.now()).to_zoned(who.zone.clone()).date();
    let gate = web.app.gate(who.actor(), who.actor().account(), activity, day).await?;
    Ok(gate.closed_by().map(|answer| page.t1("credential-gate", "ask", page.text(&answer.question.ask))))
}

pub(super) async fn edit(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    let rules = who.rules()?;
    let view = web.app.draft(who.actor(), id).await?;
    let draft = view.draft.clone();
    let form = form::fill(&draft, rules, &who.zone);
    let gate = gate(&page, &web, &who, &draft).await?;
    let mut form = FormPage::of(page, &web, rules, view.into(), &draft, form);
    form.gate = gate.unwrap_or_default();
    form.show()
}

/// What came with a form of a note.
struct Sent {
    person: PersonId,
    version: i64,
    draft: Draft,
    /// The visit that it was begun from.
    visit: Option<VisitId>,
}

fn sent(form: &mut Form, who: &Who) -> Result<Sent, Trouble> {
    let person = form.value("person").parse().map_err(|_| Trouble::NotFound)?;
    let version = form.value("version").parse().unwrap_or(0);
    let draft = form::read(form, who.rules()?, &who.zone);
    let visit = form.value("visit").parse().ok();
    Ok(Sent { person, version, draft, visit })
}

/// What keeping what was typed led to.
enum Kept {
    /// It is saved under this version.
    Saved(i64),
    /// It is not, and the page says why beside the field.
    NotYet,
    /// The answer is another page.
    Page(Response),
}

/// Saves what was typed, whatever is still missing from it.
async fn keep(
    page: &Page,
    web: &Web,
    who: &Who,
    id: ContactId,
    form: &mut Form,
    sent: &Sent,
) -> Result<Kept, Trouble> {
    let command = command(web, form);
    let actor = who.actor();
    let saved = web.app.save_draft(actor, command, id, sent.person, sent.draft.clone(), sent.version).await;
    let other = match saved {
        Ok(Saved::Done(version)) => {
            tells_of_visit(web, who, id, sent).await?;
            return Ok(Kept::Saved(version));
        }
        // The same words from elsewhere are no clash.
        Ok(Saved::Clash(clash)) if clash.saved.draft == clash.typed => {
            return Ok(Kept::Saved(clash.saved.version));
        }
        Ok(Saved::Clash(clash)) => clash.saved,
        Err(Error::Fault(Fault::TooLong(_))) => return Ok(Kept::NotYet),
        Err(Error::Fault(Fault::Unknown("goal"))) => {
            form.wrong("goal", "contact-wrong-choice");
            return Ok(Kept::NotYet);
        }
        // Back to a form that was sent already, and sent again with other words: the draft is there, with what was
        // saved then.
        Err(Error::CommandReused) => match web.app.draft(actor, id).await {
            Ok(saved) => saved,
            Err(_) => return Err(Trouble::Repeated),
        },
        // Signed meanwhile, perhaps on another device. What was typed here can stand beside the note.
        Err(Error::NotFound) => {
            let note = web.app.note(actor, id).await.map_err(|_| Trouble::NotFound)?;
            if !note.own {
                return Err(Trouble::NotFound);
            }
            let typed = texts(&sent.draft, who.rules()?, page.lang);
            let note_page = NotePage::of(page.clone(), web, who.rules()?, note);
            return Ok(Kept::Page(note_page.with_typed(typed).show_as(StatusCode::CONFLICT)?));
        }
        Err(error) => return Err(error.into()),
    };
    let clash = ClashPage::of(page.clone(), web.app.command_id(), who, other, &sent.draft)?;
    Ok(Kept::Page(clash.show_as(StatusCode::CONFLICT)?))
}

/// A note that was begun from a visit: now the visit has its note. A visit that was called off meanwhile stays so.
async fn tells_of_visit(web: &Web, who: &Who, id: ContactId, sent: &Sent) -> Result<(), Trouble> {
    let Some(visit) = sent.visit.filter(|_| sent.version == 0) else { return Ok(()) };
    match web.app.note_visit(who.actor(), web.app.command_id(), visit, id).await {
        Ok(()) | Err(Error::NotFound | Error::Stale | Error::Fault(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Every text of a draft under its name, for somebody who must not lose it.
fn texts(draft: &Draft, rules: &Rules, lang: Lang) -> String {
    let mut all = String::new();
    for element in &rules.note.elements {
        let words = draft.words(element.field).unwrap_or_default().trim();
        if !words.is_empty() {
            let _ = write!(all, "{}\n{words}\n\n", element.name.in_(lang));
        }
    }
    all.trim_end().to_owned()
}

/// The form again, with what is to be put right. What could be saved is saved.
async fn again(
    page: Page,
    web: &Web,
    who: &Who,
    id: ContactId,
    form: Form,
    sent: Sent,
    saved: bool,
) -> Result<Response, Trouble> {
    let subject = if saved || sent.version > 0 {
        let view = web.app.draft(who.actor(), id).await?;
        Subject { version: if saved { view.version } else { sent.version }, ..view.into() }
    } else {
        let begin = web.app.begin_note(who.actor(), sent.person).await?;
        Subject {
            id,
            person: sent.person,
            person_name: begin.person_name,
            version: 0,
            goals: begin.goals,
            kept: begin.kept,
        }
    };
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let to = format!("/contacts/{id}/edit");
    let response = FormPage::of(page, web, who.rules()?, subject, &sent.draft, form).show_as(status)?;
    Ok(if saved { arrived(response, to) } else { response })
}

pub(super) async fn save(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let mut sent = sent(&mut form, &who)?;
    let turn = match form.value("do") {
        "short" => Some(true),
        "full" => Some(false),
        _ => None,
    };
    if let Some(short) = turn {
        sent.draft.check_in = short;
        if sent.version == 0 && sent.draft.is_blank() {
            // Nothing was typed yet, so nothing is written yet.
            let suffix = if short { "&check_in=yes" } else { "" };
            return Ok(Redirect::to(&format!("/contacts/new?person={}{suffix}", sent.person)).into_response());
        }
    }
    let saved = match keep(&page, &web, &who, id, &mut form, &sent).await? {
        Kept::Page(page) => return Ok(page),
        Kept::NotYet => false,
        Kept::Saved(_) => true,
    };
    if !form.is_right() || !saved {
        return again(page, &web, &who, id, form, sent, saved).await;
    }
    let (to, flash) = match form.value("do") {
        "short" | "full" | "edit" => (format!("/contacts/{id}/edit"), "flash-draft-saved"),
        _ => ("/day".to_owned(), "flash-draft-saved"),
    };
    Ok(done(&web.shell, &to, flash))
}

/// Saves while somebody types. The answer is the draft's new version, or 409 when it was changed elsewhere.
pub(super) async fn autosave(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let sent = sent(&mut form, &who)?;
    // The command id in the form belongs to the button; what is saved on the way has one of its own.
    let command = web.app.command_id();
    let saved =
        web.app.save_draft(who.actor(), command, id, sent.person, sent.draft.clone(), sent.version).await;
    let version = match saved? {
        Saved::Done(version) => {
            tells_of_visit(&web, &who, id, &sent).await?;
            version
        }
        Saved::Clash(clash) if clash.saved.draft == clash.typed => clash.saved.version,
        Saved::Clash(_) => return Err(Trouble::Stale),
    };
    let body = format!("{{\"version\":{version}}}");
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

pub(super) async fn sign(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let sent = sent(&mut form, &who)?;
    let command = command_in(&web, &form, "sign_command");
    let version = match keep(&page, &web, &who, id, &mut form, &sent).await? {
        Kept::Page(page) => return Ok(page),
        Kept::NotYet => return again(page, &web, &who, id, form, sent, false).await,
        Kept::Saved(version) => version,
    };
    if !form.is_right() {
        return again(page, &web, &who, id, form, sent, true).await;
    }
    // Without a script nothing was said while they wrote: it is said once, before the note is signed, and holds nobody up.
    if form.has("look", "yes") && !form.has("looked", "yes") {
        let view = web.app.draft(who.actor(), id).await?;
        let subject: Subject = view.into();
        let look = to_look_at(&web, who.rules()?, page.lang, &subject, &form);
        if !look.is_empty() {
            let mut shown = FormPage::of(page, &web, who.rules()?, subject, &sent.draft, form);
            shown.look = look;
            return shown.show();
        }
    }
    match web.app.sign_note(who.actor(), command, id, version).await {
        Ok(()) => Ok(done(&web.shell, &format!("/contacts/{id}"), "flash-note-signed")),
        Err(Error::Fault(Fault::Missing(missing))) => {
            form::say_missing(&mut form, &missing);
            again(page, &web, &who, id, form, sent, true).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn discard(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.discard_draft(who.actor(), command(&web, &form), id).await?;
    Ok(done(&web.shell, "/day", "flash-draft-discarded"))
}
