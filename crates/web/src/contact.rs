//! Contacts and their notes: writing, signing, reading, putting something beside, and the supervisor's queue.

use std::fmt::Write as _;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use porchlight_app::contact::{DraftView, NoteLine, NoteView, OwnNotes, Queue, Saved};
use porchlight_app::person::PersonLine;
use porchlight_app::{Action, Error, Fault};
use porchlight_practice::contact::{AdditionKind, Draft, Review};
use porchlight_practice::id::{CommandId, ContactId, GoalId, PersonId};
use porchlight_practice::pack::{NoteField, Rules};
use porchlight_practice::{Lang, Role};

use crate::contact_form::{self, Ask, Choices};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The pages of contacts and their notes.
pub fn routes() -> Routes<Web> {
    let get = Method::GET;
    let post = Method::POST;
    Routes::new()
        .page(get.clone(), "/contacts", mine, Needs::Action(Action::ContactListOwn))
        .page(get.clone(), "/contacts/new", begin, Needs::Action(Action::ContactDraft))
        .page(get.clone(), "/contacts/{id}", show, Needs::Action(Action::ContactRead))
        .page(get.clone(), "/contacts/{id}/edit", edit, Needs::Action(Action::ContactReadDraft))
        .page(get.clone(), "/contacts/{id}/copy", copy, Needs::Action(Action::ContactCopy))
        .page(post.clone(), "/contacts/{id}/draft", save, Needs::Action(Action::ContactDraft))
        .page(post.clone(), "/contacts/{id}/autosave", autosave, Needs::Action(Action::ContactDraft))
        .page(post.clone(), "/contacts/{id}/sign", sign, Needs::Action(Action::ContactSign))
        .page(post.clone(), "/contacts/{id}/discard", discard, Needs::Action(Action::ContactDiscard))
        .page(post.clone(), "/contacts/{id}/addendum", addendum, Needs::Action(Action::ContactAdd))
        .page(post.clone(), "/contacts/{id}/reply", reply, Needs::Action(Action::ContactAdd))
        .page(post.clone(), "/contacts/{id}/read-back", read_back, Needs::Action(Action::ContactReadBack))
        .page(post.clone(), "/contacts/{id}/ask", ask, Needs::Action(Action::ContactAsk))
        .page(post, "/contacts/{id}/countersign", countersign, Needs::Action(Action::ContactCountersign))
        .page(get, "/notes-to-read", to_read, Needs::Action(Action::ContactQueue))
}

/// The command id that a form carries. A missing or unreadable one is replaced: it names nothing that was done.
pub(crate) fn command_of(form: &Form, field: &str, web: &Web) -> CommandId {
    form.value(field).parse().unwrap_or_else(|_| web.app.command_id())
}

// ---- saying when and what, for every list of notes ----

/// When a note is due, in words.
pub(crate) fn due_words(page: &Page, due: Timestamp) -> String {
    let day = due.to_zoned(page.zone()).date();
    let time = page.time(due);
    if due < page.now().timestamp() {
        page.t1("contact-due-past", "when", page.moment(due))
    } else if day == page.today() {
        page.t1("contact-due-today", "time", time)
    } else if page.today().tomorrow().ok() == Some(day) {
        page.t1("contact-due-tomorrow", "time", time)
    } else {
        page.t2("contact-due-day", "day", page.day(day), "time", time)
    }
}

/// How long ago something was, in hours and later in days.
pub(crate) fn ago_words(page: &Page, at: Timestamp) -> String {
    let hours = (page.now().timestamp().as_second() - at.as_second()).max(0) / 3600;
    match hours {
        0 => page.t("contact-ago-now"),
        1..48 => page.t1("contact-ago-hours", "hours", hours),
        _ => page.t1("contact-ago-days", "days", hours / 24),
    }
}

/// What the pack calls a way of meeting; nothing for one it no longer has.
pub(crate) fn kind_name(rules: &Rules, id: &str, lang: Lang) -> String {
    rules.contact_kind(id).map(|kind| kind.name.in_(lang).to_owned()).unwrap_or_default()
}

fn kind_icon(rules: &Rules, id: &str) -> String {
    rules.contact_kind(id).map_or_else(|| "note".to_owned(), |kind| kind.icon.clone())
}

/// A row of a list: everything already in words.
pub(crate) struct Row {
    pub href: String,
    pub icon: String,
    pub tone: &'static str,
    pub title: String,
    pub note: String,
    pub tag: String,
    pub tag_tone: &'static str,
}

impl Row {
    /// A draft to finish.
    pub fn draft(page: &Page, rules: &Rules, line: &NoteLine) -> Row {
        let when = line.started.map(|at| page.moment(at)).unwrap_or_default();
        let kind = kind_name(rules, &line.kind, page.lang);
        Row {
            href: format!("/contacts/{}/edit", line.id),
            icon: "pencil".to_owned(),
            tone: "sun",
            title: page.t1("contact-note-for", "name", &line.person_name),
            note: line.due.map(|due| due_words(page, due)).unwrap_or_else(|| both(&when, &kind)),
            tag: if line.late { page.t("contact-past-due") } else { String::new() },
            tag_tone: "warn",
        }
    }

    /// A signed note of one's own.
    pub fn own(page: &Page, rules: &Rules, line: &NoteLine) -> Row {
        let when = line.started.map(|at| page.moment(at)).unwrap_or_default();
        let asked = line.review == Some(Review::Asked);
        let (tag, tag_tone) = match (line.review, line.late) {
            (Some(Review::Asked), _) => (page.t("contact-has-question"), "info"),
            (_, true) => (page.t("contact-late"), "warn"),
            (Some(Review::Countersigned), _) => (page.t("contact-read"), "ok"),
            _ => (String::new(), ""),
        };
        Row {
            href: format!("/contacts/{}", line.id),
            icon: if asked { "speech".to_owned() } else { kind_icon(rules, &line.kind) },
            tone: if asked { "sky" } else { "pri" },
            title: line.person_name.clone(),
            note: both(&when, &kind_name(rules, &line.kind, page.lang)),
            tag,
            tag_tone,
        }
    }

    /// A note for its supervisor to read.
    pub fn waiting(page: &Page, rules: &Rules, line: &NoteLine, oldest: bool) -> Row {
        let kind = kind_name(rules, &line.kind, page.lang);
        let with = page.t1("contact-with", "name", &line.person_name);
        let age = line.ended.map(|at| ago_words(page, at)).unwrap_or_default();
        let (tag, tag_tone) = if line.review == Some(Review::Asked) {
            (page.t("contact-asked"), "info")
        } else if oldest {
            (page.t("contact-oldest"), "warn")
        } else {
            (String::new(), "")
        };
        Row {
            href: format!("/contacts/{}", line.id),
            icon: kind_icon(rules, &line.kind),
            tone: "pri",
            title: line.writer_name.clone(),
            note: both(&both(&kind, &with), &age),
            tag,
            tag_tone,
        }
    }

    /// A note that somebody else has not finished in time: who and when, never what.
    pub fn overdue(page: &Page, line: &NoteLine) -> Row {
        Row {
            href: String::new(),
            icon: "clock".to_owned(),
            tone: "sun",
            title: line.writer_name.clone(),
            note: both(
                &page.t1("contact-with", "name", &line.person_name),
                &line.due.map(|due| due_words(page, due)).unwrap_or_default(),
            ),
            tag: String::new(),
            tag_tone: "",
        }
    }
}

/// Two parts of a line, with a dot between them when both say something.
fn both(one: &str, other: &str) -> String {
    if one.is_empty() || other.is_empty() { format!("{one}{other}") } else { format!("{one} · {other}") }
}

pub(crate) fn waiting_rows(page: &Page, rules: &Rules, lines: &[NoteLine]) -> Vec<Row> {
    let rows = lines.iter().enumerate();
    rows.map(|(at, line)| Row::waiting(page, rules, line, at == 0 && lines.len() > 1)).collect()
}

// ---- my notes ----

/// My notes: what to finish, what to answer, what is signed, and my own figures.
#[derive(Template)]
#[template(path = "contact/mine.html")]
pub(crate) struct Mine {
    pub page: Page,
    pub drafts: Vec<Row>,
    pub asked: Vec<Row>,
    pub signed: Vec<Row>,
    pub in_time: usize,
    pub all: usize,
    pub with_people: String,
}

async fn mine(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let notes = web.app.own_notes(who.actor()).await?;
    Mine::of(page, who.rules()?, notes).show()
}

impl Mine {
    pub fn of(page: Page, rules: &Rules, notes: OwnNotes) -> Mine {
        let own = |lines: &[NoteLine]| lines.iter().map(|line| Row::own(&page, rules, line)).collect();
        Mine {
            drafts: notes.drafts.iter().map(|line| Row::draft(&page, rules, line)).collect(),
            asked: own(&notes.asked),
            in_time: notes.in_time,
            all: notes.asked.len() + notes.signed.len(),
            signed: own(&notes.signed),
            with_people: page.length(notes.minutes_this_week),
            page: page.titled("contact-mine"),
        }
    }
}

// ---- whom did you see? ----

/// Picks the person a note is about.
#[derive(Template)]
#[template(path = "contact/pick.html")]
pub(crate) struct Pick {
    pub page: Page,
    pub people: Vec<PersonLine>,
    pub check_in: bool,
}

async fn begin(page: Page, who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    let rules = who.rules()?;
    let check_in = form.has("check_in", "yes") && rules.note.check_in_minutes > 0;
    let Ok(person) = form.value("person").parse::<PersonId>() else {
        let people = web.app.people(who.actor()).await?;
        return Pick { page: page.titled("contact-who").focused("/day"), people, check_in }.show();
    };
    let begin = web.app.begin_note(who.actor(), person).await?;
    let draft = contact_form::fresh(check_in, rules, web.app.now());
    let subject = Subject {
        id: ContactId(web.app.command_id().0),
        person,
        person_name: begin.person_name,
        version: 0,
        goals: begin.goals,
    };
    let form = contact_form::fill(&draft, rules, &who.zone);
    FormPage::of(page, &web, rules, subject, &draft, form).show()
}

// ---- the form ----

/// Whose note, and which.
pub(crate) struct Subject {
    pub id: ContactId,
    pub person: PersonId,
    pub person_name: String,
    pub version: i64,
    pub goals: Vec<(GoalId, String)>,
}

impl From<DraftView> for Subject {
    fn from(view: DraftView) -> Subject {
        Subject {
            id: view.id,
            person: view.person,
            person_name: view.person_name,
            version: view.version,
            goals: view.goals,
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
        let asks = contact_form::asks(short, rules, page.lang);
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
            unseen: contact_form::unseen(&form, &asks),
            short,
            other_length: rules.note.check_in_minutes > 0,
            reminders,
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

async fn edit(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    let rules = who.rules()?;
    let view = web.app.draft(who.actor(), id).await?;
    let draft = view.draft.clone();
    let form = contact_form::fill(&draft, rules, &who.zone);
    FormPage::of(page, &web, rules, view.into(), &draft, form).show()
}

/// What came with a form of a note.
struct Sent {
    person: PersonId,
    version: i64,
    draft: Draft,
}

fn sent(form: &mut Form, who: &Who) -> Result<Sent, Trouble> {
    let person = form.value("person").parse().map_err(|_| Trouble::NotFound)?;
    let version = form.value("version").parse().unwrap_or(0);
    let draft = contact_form::read(form, who.rules()?, &who.zone);
    Ok(Sent { person, version, draft })
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
    let command = command_of(form, "command", web);
    let actor = who.actor();
    let saved = web.app.save_draft(actor, command, id, sent.person, sent.draft.clone(), sent.version).await;
    let other = match saved {
        Ok(Saved::Done(version)) => return Ok(Kept::Saved(version)),
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
        Subject { id, person: sent.person, person_name: begin.person_name, version: 0, goals: begin.goals }
    };
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    FormPage::of(page, web, who.rules()?, subject, &sent.draft, form).show_as(status)
}

async fn save(
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
async fn autosave(
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
        Saved::Done(version) => version,
        Saved::Clash(clash) if clash.saved.draft == clash.typed => clash.saved.version,
        Saved::Clash(_) => return Err(Trouble::Stale),
    };
    let body = format!("{{\"version\":{version}}}");
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

async fn sign(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let sent = sent(&mut form, &who)?;
    let command = command_of(&form, "sign_command", &web);
    let version = match keep(&page, &web, &who, id, &mut form, &sent).await? {
        Kept::Page(page) => return Ok(page),
        Kept::NotYet => return again(page, &web, &who, id, form, sent, false).await,
        Kept::Saved(version) => version,
    };
    if !form.is_right() {
        return again(page, &web, &who, id, form, sent, true).await;
    }
    match web.app.sign_note(who.actor(), command, id, version).await {
        Ok(()) => Ok(done(&web.shell, &format!("/contacts/{id}"), "flash-note-signed")),
        Err(Error::Fault(Fault::Missing(missing))) => {
            contact_form::say_missing(&mut form, &missing);
            again(page, &web, &who, id, form, sent, true).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn discard(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.discard_draft(who.actor(), command_of(&form, "command", &web), id).await?;
    Ok(done(&web.shell, "/day", "flash-draft-discarded"))
}

// ---- two texts of one draft ----

/// One thing in which two texts differ.
pub(crate) struct Difference {
    pub name: String,
    pub here: String,
    pub there: String,
}

/// One way to go on: a button, and everything it saves.
pub(crate) struct Way {
    pub label: &'static str,
    pub fields: Vec<(String, String)>,
}

/// Both texts side by side. Each button keeps one, or both.
#[derive(Template)]
#[template(path = "contact/clash.html")]
pub(crate) struct ClashPage {
    pub page: Page,
    pub id: ContactId,
    pub person: PersonId,
    pub version: i64,
    pub saved_at: Timestamp,
    pub command: CommandId,
    pub differences: Vec<Difference>,
    pub ways: Vec<Way>,
}

impl ClashPage {
    fn of(
        page: Page,
        command: CommandId,
        who: &Who,
        saved: DraftView,
        here: &Draft,
    ) -> Result<ClashPage, Trouble> {
        let rules = who.rules()?;
        Ok(ClashPage::with(page, command, rules, &who.zone, saved, here))
    }

    pub fn with(
        page: Page,
        command: CommandId,
        rules: &Rules,
        zone: &jiff::tz::TimeZone,
        saved: DraftView,
        here: &Draft,
    ) -> ClashPage {
        let goal = |id: Option<GoalId>| {
            saved.goals.iter().find(|(known, _)| Some(*known) == id).map(|(_, words)| words.clone())
        };
        let told = |draft: &Draft| lines(&page, rules, draft, goal(draft.goal));
        let (ours, theirs) = (told(here), told(&saved.draft));
        let mut differences = Vec::new();
        for field in NoteField::ALL {
            let find =
                |lines: &[Line]| lines.iter().find(|line| line.field == *field).map(|l| l.text.clone());
            let (here, there) = (find(&ours), find(&theirs));
            if here != there {
                let name = ours.iter().chain(&theirs).find(|line| line.field == *field);
                differences.push(Difference {
                    name: name.map(|line| line.name.clone()).unwrap_or_default(),
                    here: here.unwrap_or_default(),
                    there: there.unwrap_or_default(),
                });
            }
        }
        let way = |label, draft: &Draft| Way {
            label,
            fields: contact_form::fill(draft, rules, zone)
                .values()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        };
        ClashPage {
            id: saved.id,
            person: saved.person,
            version: saved.version,
            saved_at: saved.saved_at,
            command,
            differences,
            ways: vec![
                way("contact-clash-both", &contact_form::joined(here, &saved.draft)),
                way("contact-clash-here", here),
                way("contact-clash-there", &saved.draft),
            ],
            page: page.titled("contact-clash").focused("/day"),
        }
    }
}

// ---- a note in words ----

/// One thing a note says, under the pack's name for it.
pub(crate) struct Line {
    pub field: NoteField,
    pub name: String,
    pub text: String,
}

/// Everything a note says, in the order of the form.
pub(crate) fn lines(page: &Page, rules: &Rules, note: &Draft, goal: Option<String>) -> Vec<Line> {
    let lang = page.lang;
    let choice = |choices: &[porchlight_practice::pack::Choice], id: &str| {
        choices.iter().find(|choice| choice.id == id).map(|choice| choice.name.in_(lang).to_owned())
    };
    let named = |field: NoteField, id: &str| match field {
        NoteField::Purpose => choice(&rules.purposes, id),
        NoteField::Place => choice(&rules.places, id),
        NoteField::Present => choice(&rules.present, id),
        NoteField::NextStep => choice(&rules.next_steps, id),
        NoteField::Kind => rules.contact_kind(id).map(|kind| kind.name.in_(lang).to_owned()),
        NoteField::Did => rules.activity(id).map(|activity| activity.name.in_(lang).to_owned()),
        _ => None,
    };
    let moment = |at: Timestamp| {
        page.t2("contact-at", "day", page.date(at.to_zoned(page.zone()).date()), "time", page.time(at))
    };
    let mut lines = Vec::new();
    for &field in NoteField::ALL {
        let text = match field {
            NoteField::Goal => goal.clone().unwrap_or_default(),
            NoteField::Start => note.started.map(moment).unwrap_or_default(),
            NoteField::End => note.ended.map(moment).unwrap_or_default(),
            _ => {
                let mut parts: Vec<String> = note
                    .chosen(field)
                    .into_iter()
                    .map(|id| named(field, id).unwrap_or_else(|| id.to_owned()))
                    .collect();
                parts.extend(
                    note.words(field).map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned),
                );
                parts.join("\n")
            }
        };
        if !text.is_empty() {
            let element = rules.note.element(field);
            lines.push(Line {
                field,
                name: element
                    .map_or_else(|| page.t("contact-also"), |element| element.name.in_(lang).to_owned()),
                text,
            });
        }
    }
    lines
}

fn short(hash: &[u8]) -> String {
    hash.iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The whole note as plain text, for the agency's other record system, so that nobody writes twice.
fn plain(page: &Page, rules: &Rules, view: &NoteView) -> String {
    let signed = &view.signed;
    let mut text = page.t1("contact-visit-with", "name", &view.person_name);
    let _ = write!(text, "\n{}\n", page.length(signed.minutes));
    for line in lines(page, rules, &signed.note, view.goal.clone()) {
        let _ = write!(text, "\n{}\n{}\n", line.name, line.text);
    }
    for line in signature(page, rules, view) {
        let _ = write!(text, "\n{line}");
    }
    for addition in view.additions.iter().filter(|addition| addition.kind.for_the_person()) {
        let _ = write!(
            text,
            "\n\n{}\n{}",
            page.t2(
                "contact-by-when",
                "name",
                signer(&addition.by.name, &addition.by.title),
                "when",
                date_time(page, addition.at)
            ),
            page.t(addition_key(addition.kind)),
        );
        if !addition.words.is_empty() {
            let _ = write!(text, "\n{}", addition.words);
        }
    }
    text.push('\n');
    text
}

fn signer(name: &str, title: &str) -> String {
    if title.is_empty() { name.to_owned() } else { format!("{name}, {title}") }
}

fn date_time(page: &Page, at: Timestamp) -> String {
    page.t2("contact-at", "day", page.date(at.to_zoned(page.zone()).date()), "time", page.time(at))
}

/// Who signed, when, whether late, and under which rules.
fn signature(page: &Page, rules: &Rules, view: &NoteView) -> Vec<String> {
    let signed = &view.signed;
    let mut lines = vec![page.t2(
        "contact-signed-by",
        "name",
        signer(&signed.by.name, &signed.by.title),
        "when",
        date_time(page, signed.at),
    )];
    if signed.late {
        lines.push(page.t1("contact-late-entry", "when", date_time(page, signed.due)));
    }
    lines.push(page.t1("contact-units", "units", signed.units));
    let pack = if signed.pack == rules.hash {
        format!("{} {} ({})", rules.pack, rules.version, short(&signed.pack.0))
    } else {
        short(&signed.pack.0)
    };
    lines.push(page.t2("contact-rules", "pack", pack, "hash", short(&signed.hash)));
    lines
}

fn addition_key(kind: AdditionKind) -> &'static str {
    match kind {
        AdditionKind::Addendum => "contact-added-addendum",
        AdditionKind::OwnWords => "contact-added-own-words",
        AdditionKind::Differently => "contact-added-differently",
        AdditionKind::ReadBack => "contact-added-read-back",
        AdditionKind::WentWell => "contact-added-went-well",
        AdditionKind::Question => "contact-added-question",
        AdditionKind::Reply => "contact-added-reply",
        AdditionKind::Countersignature => "contact-added-countersignature",
    }
}

fn addition_look(kind: AdditionKind) -> (&'static str, &'static str) {
    match kind {
        AdditionKind::Addendum => ("pri", "pencil"),
        AdditionKind::OwnWords | AdditionKind::ReadBack => ("sun", "speech"),
        AdditionKind::Differently => ("clay", "speech"),
        AdditionKind::WentWell => ("ok", "heart"),
        AdditionKind::Question => ("sky", "question"),
        AdditionKind::Reply => ("sky", "speech"),
        AdditionKind::Countersignature => ("ok", "check"),
    }
}

// ---- one signed note ----

/// Something beside a note, in words.
pub(crate) struct Beside {
    pub tone: &'static str,
    pub icon: &'static str,
    pub when: String,
    pub title: String,
    pub words: String,
    /// Whether the person said it.
    pub voice: bool,
}

/// One signed note.
#[derive(Template)]
#[template(path = "contact/show.html")]
pub(crate) struct NotePage {
    pub page: Page,
    pub form: Form,
    pub id: ContactId,
    pub person: PersonId,
    pub person_name: String,
    pub writer: String,
    pub when: String,
    pub tags: Vec<(String, String)>,
    pub late: bool,
    pub whole: bool,
    pub own_words: String,
    pub goal: String,
    pub did: Vec<(String, String)>,
    pub did_name: String,
    pub lines: Vec<Line>,
    pub signature: Vec<String>,
    pub beside: Vec<Beside>,
    pub can_add: bool,
    pub can_reply: bool,
    pub can_read_back: bool,
    pub can_review: bool,
    pub can_copy: bool,
    pub can_see_person: bool,
    pub typed: bool,
    pub left_out: Vec<String>,
    pub commands: [CommandId; 3],
    pub up: (&'static str, String),
}

impl NotePage {
    pub fn of(page: Page, web: &Web, rules: &Rules, view: NoteView) -> NotePage {
        NotePage::with(page, [(); 3].map(|()| web.app.command_id()), rules, view)
    }

    pub fn with(page: Page, commands: [CommandId; 3], rules: &Rules, view: NoteView) -> NotePage {
        let signed = &view.signed;
        let note = &signed.note;
        let lang = page.lang;
        let day = signed.started.to_zoned(page.zone()).date();
        let mut tags = Vec::new();
        if let Some(kind) = rules.contact_kind(&note.kind) {
            tags.push((kind.icon.clone(), kind.name.in_(lang).to_owned()));
        }
        if let Some(place) = rules.places.iter().find(|place| place.id == note.place) {
            tags.push((place.icon.clone(), place.name.in_(lang).to_owned()));
        }
        tags.push(("clock".to_owned(), page.length(signed.minutes)));
        let did = note.did.iter().map(|id| {
            rules.activity(id).map_or_else(
                || ("other".to_owned(), id.clone()),
                |activity| (activity.icon.clone(), activity.name.in_(lang).to_owned()),
            )
        });
        let elsewhere = [
            NoteField::OwnWords,
            NoteField::Goal,
            NoteField::Start,
            NoteField::End,
            NoteField::Kind,
            NoteField::Place,
        ];
        let mut rest = lines(&page, rules, note, view.goal.clone());
        rest.retain(|line| !elsewhere.contains(&line.field));
        // What they did stands as chips; only words about it stand with the rest.
        for line in rest.iter_mut().filter(|line| line.field == NoteField::Did) {
            line.text = note.did_words.trim().to_owned();
        }
        rest.retain(|line| !line.text.is_empty());
        let beside = view.additions.iter().map(|addition| {
            let (tone, icon) = addition_look(addition.kind);
            let by = signer(&addition.by.name, &addition.by.title);
            Beside {
                tone,
                icon,
                when: page.t2("contact-by-when", "name", by, "when", date_time(&page, addition.at)),
                title: page.t(addition_key(addition.kind)),
                words: addition.words.clone(),
                voice: matches!(
                    addition.kind,
                    AdditionKind::OwnWords | AdditionKind::Differently | AdditionKind::ReadBack
                ),
            }
        });
        let role = page.visitor.as_ref().map(|visitor| visitor.role);
        let up = match role {
            Some(Role::Supervisor) => ("/notes-to-read", page.t("contact-queue")),
            Some(role) if role.is_peer() => ("/contacts", page.t("contact-mine")),
            _ => ("/people", page.heading("people")),
        };
        let open = matches!(signed.review, Review::Waiting | Review::Asked);
        let left_out = if view.own {
            note.reminders(rules).map(|element| element.name.in_(lang).to_owned()).collect()
        } else {
            Vec::new()
        };
        NotePage {
            form: Form::new(),
            id: view.id,
            person: view.person,
            writer: signed.by.name.clone(),
            when: both(&page.near(day), &page.span(signed.started, signed.ended)),
            tags,
            late: signed.late,
            whole: view.whole,
            own_words: note.own_words.trim().to_owned(),
            goal: view.goal.clone().unwrap_or_default(),
            did: did.collect(),
            did_name: rules
                .note
                .element(NoteField::Did)
                .map(|element| element.name.in_(lang).to_owned())
                .unwrap_or_default(),
            lines: rest,
            signature: signature(&page, rules, &view),
            beside: beside.collect(),
            can_add: view.own && view.may(Action::ContactAdd),
            can_reply: view.own && view.may(Action::ContactAdd) && signed.review == Review::Asked,
            can_read_back: view.may(Action::ContactReadBack),
            can_review: open && !view.own && view.may(Action::ContactCountersign),
            can_copy: view.may(Action::ContactCopy),
            // A yes to the notes is no yes to the record.
            can_see_person: role != Some(Role::TeamMember) && view.may(Action::ContactListOfPerson),
            typed: false,
            left_out,
            commands,
            up,
            page: page.titled_with("contact-visit-with", "name", &view.person_name),
            person_name: view.person_name,
        }
    }

    /// With words that came too late for the note itself, ready to stand beside it.
    fn with_typed(mut self, typed: String) -> NotePage {
        self.typed = !typed.is_empty();
        self.form = Form::new().with("addendum", typed);
        self
    }

    /// With what is to be put right.
    fn with_form(mut self, form: Form) -> NotePage {
        self.page = self.page.of_form(&form);
        self.form = form;
        self
    }

    /// Where a form of this page leads.
    pub fn path(&self, what: &str) -> String {
        format!("/contacts/{}/{what}", self.id)
    }
}

async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    if who.actor().role() == Role::Person {
        // The same note, as the person reads it.
        return Ok(Redirect::to(&format!("/me/visits/{id}")).into_response());
    }
    let note = web.app.note(who.actor(), id).await?;
    NotePage::of(page, &web, who.rules()?, note).show()
}

/// The note as plain text.
#[derive(Template)]
#[template(path = "contact/copy.html")]
pub(crate) struct Copy {
    pub page: Page,
    pub id: ContactId,
    pub text: String,
    pub rows: usize,
}

impl Copy {
    pub fn of(page: Page, rules: &Rules, view: &NoteView) -> Copy {
        let text = plain(&page, rules, view);
        let back = format!("/contacts/{}", view.id);
        Copy {
            rows: text.lines().count() + 2,
            text,
            id: view.id,
            page: page.titled("contact-copy").focused(back),
        }
    }
}

async fn copy(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    let note = web.app.note_to_copy(who.actor(), id).await?;
    Copy::of(page, who.rules()?, &note).show()
}

// ---- beside a note ----

/// The field's words go beside the note; without words, or too late, the note is shown again and says so.
async fn add(
    page: Page,
    web: Web,
    who: Who,
    id: ContactId,
    mut form: Form,
    field: &'static str,
    kind: AdditionKind,
) -> Result<Response, Trouble> {
    let command = command_of(&form, "command", &web);
    let added = web.app.add_to_note(who.actor(), command, id, kind, form.value(field)).await;
    let key = match added {
        Ok(()) => return Ok(done(&web.shell, &format!("/contacts/{id}"), "flash-note-added")),
        Err(Error::Fault(Fault::Empty(_))) => "contact-need-words",
        Err(Error::Fault(Fault::TooLong(_))) => "contact-words-long",
        Err(Error::Fault(Fault::Review(_))) => "contact-review-done",
        Err(error) => return Err(error.into()),
    };
    form.wrong(field, key);
    let note = web.app.note(who.actor(), id).await?;
    NotePage::of(page, &web, who.rules()?, note).with_form(form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn addendum(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, web, who, id, form, "addendum", AdditionKind::Addendum).await
}

async fn reply(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, web, who, id, form, "reply", AdditionKind::Reply).await
}

async fn read_back(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, web, who, id, form, "read_back", AdditionKind::ReadBack).await
}

/// What went well, if the supervisor wrote something there, and the command that says it.
fn praise(web: &Web, form: &Form) -> Option<(CommandId, String)> {
    form.text("went_well").map(|words| (command_of(form, "praise_command", web), words))
}

async fn ask(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    if form.text("question").is_some()
        && form.is_right()
        && let Some((command, words)) = praise(&web, &form)
    {
        web.app.add_to_note(who.actor(), command, id, AdditionKind::WentWell, &words).await?;
    }
    add(page, web, who, id, form, "question", AdditionKind::Question).await
}

/// Signs as supervisor, and goes on to the note that now waits longest.
async fn countersign(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let command = command_of(&form, "command", &web);
    let mut wrong = (!form.is_right()).then_some(("went_well", "contact-words-long"));
    if wrong.is_none() && form.text("question").is_some() {
        // A question that was typed is not thrown away by the other button.
        wrong = Some(("question", "contact-question-left"));
    }
    if wrong.is_none() {
        if let Some((command, words)) = praise(&web, &form) {
            web.app.add_to_note(who.actor(), command, id, AdditionKind::WentWell, &words).await?;
        }
        let kind = AdditionKind::Countersignature;
        match web.app.add_to_note(who.actor(), command, id, kind, "").await {
            Ok(()) => {}
            Err(Error::Fault(Fault::Review(_))) => wrong = Some(("went_well", "contact-review-done")),
            Err(error) => return Err(error.into()),
        }
    }
    if let Some((field, key)) = wrong {
        form.wrong(field, key);
        let note = web.app.note(who.actor(), id).await?;
        let note = NotePage::of(page, &web, who.rules()?, note).with_form(form);
        return note.show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let queue = web.app.queue(who.actor()).await?;
    let next = queue.waiting.first().map(|line| format!("/contacts/{}", line.id));
    let to = next.unwrap_or_else(|| "/notes-to-read".to_owned());
    Ok(done(&web.shell, &to, "flash-note-read"))
}

// ---- the supervisor's queue ----

/// What waits for a supervisor.
#[derive(Template)]
#[template(path = "contact/queue.html")]
pub(crate) struct QueuePage {
    pub page: Page,
    pub waiting: Vec<Row>,
    pub asked: Vec<Row>,
    pub overdue: Vec<Row>,
}

impl QueuePage {
    pub fn of(page: Page, rules: &Rules, queue: &Queue) -> QueuePage {
        QueuePage {
            waiting: waiting_rows(&page, rules, &queue.waiting),
            asked: waiting_rows(&page, rules, &queue.asked),
            overdue: queue.overdue.iter().map(|line| Row::overdue(&page, line)).collect(),
            page: page.titled("contact-queue"),
        }
    }
}

async fn to_read(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let queue = web.app.queue(who.actor()).await?;
    QueuePage::of(page, who.rules()?, &queue).show()
}
