//! Booking a visit, and moving one. What somebody should know first is said once and holds nobody up.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::person::PersonLine;
use porchlight_app::visit::{Booking, Outlook, VisitView};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{PersonId, VisitId};
use porchlight_practice::pack::Rules;
use porchlight_practice::visit::{Arranged, Company, When};

use super::{HOME, words};
use crate::contact::form::{LENGTHS, length_tiles, stretch, with_stretch};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// What a pack calls a child among those who were there.
const CHILD: &str = "child";
/// The length a new visit starts with, in minutes.
const USUAL: i64 = 45;

/// With whom?
#[derive(Template)]
#[template(path = "visit/pick.html")]
pub(crate) struct PickPage {
    pub page: Page,
    pub people: Vec<PersonLine>,
}

/// What is said before it is booked.
pub(crate) struct Beware {
    /// Sentences.
    pub lines: Vec<String>,
    /// What is missing before they are with a young person so.
    pub missing: Vec<String>,
    /// What is allowed meanwhile.
    pub meanwhile: Vec<String>,
    /// Where they read why; empty where no gate is closed.
    pub why: String,
}

impl Beware {
    fn of(page: &Page, outlook: &Outlook) -> Beware {
        let mut lines = Vec::new();
        if outlook.outside_hours {
            lines.push(page.t("visit-outside-hours"));
        }
        if let Some((name, when)) = &outlook.other {
            lines.push(page.t2("visit-at-that-time", "name", name, "when", words::span(page, when)));
        }
        let (mut missing, mut meanwhile, mut why) = (Vec::new(), Vec::new(), String::new());
        if let Some(answer) = outlook.gate.as_ref().and_then(|gate| gate.closed_by()) {
            lines.push(page.t1("visit-gate", "ask", page.text(&answer.question.ask)));
            missing = answer.missing().map(|reason| page.text(&reason.requirement.name)).collect();
            meanwhile.extend(answer.question.meanwhile.as_ref().map(|text| page.text(text)));
            if outlook.together {
                meanwhile.push(page.t("visit-gate-together"));
            }
            why = format!("/credentials?question={}", answer.question.id);
        }
        Beware { lines, missing, meanwhile, why }
    }
}

/// The form of a booking.
#[derive(Template)]
#[template(path = "visit/book.html")]
pub(crate) struct BookPage {
    pub page: Page,
    pub form: Form,
    pub person: PersonId,
    pub called: String,
    /// When and how to be in touch, in their words.
    pub safe: Vec<(String, String)>,
    pub kinds: Vec<Choice>,
    pub lengths: Vec<Choice>,
    pub goals: Vec<Choice>,
    pub company: Vec<Choice>,
    /// Whether the pack knows of children who are there.
    pub asks_child: bool,
    pub beware: Option<Beware>,
    /// The time that the words before are about.
    pub seen: String,
}

impl BookPage {
    pub(crate) fn of(page: Page, rules: &Rules, booking: Booking, form: Form) -> BookPage {
        let page = page.titled_with("visit-book-with", "name", &booking.called).focused(HOME);
        let kinds = rules
            .contact_kinds
            .iter()
            .filter(|kind| kind.reached)
            .map(|kind| Choice::new(&kind.id, kind.name.in_(page.lang)).icon(&kind.icon));
        let none = Choice::new("", page.t("contact-no-goal"));
        let goals = booking.goals.iter().map(|(id, words)| Choice::new(id.to_string(), words));
        let safe = [("visit-safe-hours", booking.safe_hours), ("visit-never", booking.never)];
        BookPage {
            kinds: kinds.collect(),
            lengths: length_tiles(&page, LENGTHS),
            goals: goals.chain([none]).collect(),
            company: vec![
                Choice::new("alone", page.t("visit-company-alone")),
                Choice::new("with", page.t("visit-company-with")),
            ],
            asks_child: rules.present.iter().any(|choice| choice.id == CHILD),
            safe: safe
                .into_iter()
                .filter(|(_, words)| !words.is_empty())
                .map(|(key, words)| (page.t(key), words))
                .collect(),
            person: booking.person,
            called: booking.called,
            beware: None,
            seen: String::new(),
            page: page.of_form(&form),
            form,
        }
    }
}

/// The form of another time.
#[derive(Template)]
#[template(path = "visit/move.html")]
pub(crate) struct MovePage {
    pub page: Page,
    pub form: Form,
    pub id: VisitId,
    pub now: String,
    pub lengths: Vec<Choice>,
    pub beware: Option<Beware>,
    pub seen: String,
}

impl MovePage {
    pub(crate) fn of(page: Page, view: &VisitView, form: Form) -> MovePage {
        let page =
            page.titled_with("visit-move-with", "name", &view.name).focused(format!("{HOME}/{}", view.id));
        let when = view.visit.when();
        MovePage {
            id: view.id,
            now: format!("{}, {}", words::day(&page, when), words::span(&page, when)),
            lengths: length_tiles(&page, LENGTHS),
            beware: None,
            seen: String::new(),
            page: page.of_form(&form),
            form,
        }
    }
}

/// The time on the form, with what is wrong noted beside its field.
fn when(form: &mut Form, who: &Who, now: Timestamp) -> Option<When> {
    let read = stretch(form, &who.zone);
    for (field, key) in [("day", "visit-error-day"), ("start", "visit-error-start")] {
        if form.text(field).is_none() {
            form.wrong(field, key);
        }
    }
    let started = read.started?;
    let Some(ended) = read.ended else {
        form.wrong("length", "visit-error-length");
        return None;
    };
    match When::new(started, ended, &who.zone, now) {
        Ok(when) => Some(when),
        Err(fault) => {
            let (field, key) = words::fault(fault);
            form.wrong(field, key);
            None
        }
    }
}

/// What the form says, with what is wrong noted in it.
fn read(form: &mut Form, who: &Who, rules: &Rules, now: Timestamp) -> Option<Arranged> {
    let when = when(form, who, now);
    let company = form.choose("company", "visit-error-company", |text| match text {
        "alone" => Some(true),
        "with" => Some(false),
        _ => None,
    });
    let company = company.map(|alone| match alone {
        true => Company::Alone { ask_after: form.has("ask_after", "yes") },
        false => Company::With { who: form.value("who").to_owned() },
    });
    let goal = form.read_if_there("goal", "contact-wrong-choice");
    let arranged = Arranged {
        when: when?,
        kind: form.value("kind").to_owned(),
        place: form.value("place").to_owned(),
        company: company?,
        child: form.has("child", "yes"),
        goal,
    };
    match arranged.checked(rules) {
        Ok(arranged) => Some(arranged),
        Err(fault) => {
            let (field, key) = words::fault(fault);
            form.wrong(field, key);
            None
        }
    }
}

/// What the words before a booking are about: said once for it, and again when it changes.
fn about(arranged: &Arranged) -> String {
    let when = &arranged.when;
    let who = if arranged.is_alone() { "alone" } else { "with" };
    let child = if arranged.child { "child" } else { "" };
    format!("{} {} {who} {child}", when.starts(), when.ends())
}

pub(crate) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    asked: Form,
) -> Result<Response, Trouble> {
    let Ok(person) = asked.value("person").parse::<PersonId>() else {
        let people = web.app.people(who.actor()).await?;
        return PickPage { page: page.titled("visit-book").focused(HOME), people }.show();
    };
    let booking = web.app.begin_visit_booking(who.actor(), person).await?;
    let rules = who.rules()?;
    let kind = rules.contact_kinds.first().map(|kind| kind.id.clone()).unwrap_or_default();
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("kind", kind)
        .with("length", USUAL.to_string())
        .with("company", "alone");
    BookPage::of(page, rules, booking, form).show()
}

pub(crate) async fn book(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let person: PersonId = form.value("person").parse().map_err(|_| Trouble::NotFound)?;
    let rules = who.rules()?;
    let actor = who.actor();
    let (mut beware, mut seen) = (None, String::new());
    if let (Some(arranged), true) = (read(&mut form, &who, rules, web.app.now()), form.is_right()) {
        seen = about(&arranged);
        let outlook = match form.has("seen", &seen) {
            true => Outlook::default(),
            false => web.app.visit_outlook(actor, person, &arranged, None).await?,
        };
        if outlook.is_clear() {
            match web.app.book_visit(actor, command(&web, &form), person, arranged).await {
                Ok(_) => return Ok(done(&web.shell, HOME, "flash-visit-booked")),
                Err(Error::Fault(Fault::Visit(fault))) => {
                    let (field, key) = words::fault(fault);
                    form.wrong(field, key);
                }
                Err(Error::Fault(Fault::Unknown("goal"))) => form.wrong("goal", "contact-wrong-choice"),
                Err(error) => return Err(error.into()),
            }
        } else {
            beware = Some(Beware::of(&page, &outlook));
        }
    }
    let booking = web.app.begin_visit_booking(actor, person).await?;
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = BookPage::of(page, rules, booking, form);
    BookPage { beware, seen, ..shown }.show_as(status)
}

pub(crate) async fn ask_move(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
) -> Result<Response, Trouble> {
    let view = web.app.visit(who.actor(), id).await?;
    let form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("version", view.version.to_string());
    let when = view.visit.when();
    let form = with_stretch(form, Some(when.starts()), Some(when.ends()), LENGTHS, &who.zone);
    MovePage::of(page, &view, form).show()
}

pub(crate) async fn put_off(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<VisitId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let actor = who.actor();
    let view = web.app.visit(actor, id).await?;
    let (mut beware, mut seen) = (None, String::new());
    if let (Some(when), true) = (when(&mut form, &who, web.app.now()), form.is_right()) {
        let arranged = Arranged { when: when.clone(), ..view.visit.arranged().clone() };
        seen = about(&arranged);
        let outlook = match form.has("seen", &seen) {
            true => Outlook::default(),
            false => web.app.visit_outlook(actor, view.person, &arranged, Some(id)).await?,
        };
        if outlook.is_clear() {
            let version = form.value("version").parse().unwrap_or_default();
            match web.app.move_visit(actor, command(&web, &form), id, when, version).await {
                Ok(()) => return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-visit-moved")),
                Err(Error::Fault(Fault::Visit(fault))) => form.wrong("day", words::fault(fault).1),
                Err(Error::Stale) => form.wrong("day", "visit-error-stale"),
                Err(error) => return Err(error.into()),
            }
        } else {
            beware = Some(Beware::of(&page, &outlook));
        }
    }
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    // What they typed stays; sending once more keeps it.
    let form = match form.is_right() {
        true => form,
        false => form
            .replaced("version", &view.version.to_string())
            .replaced("command", &web.app.command_id().to_string()),
    };
    let shown = MovePage::of(page, &view, form);
    MovePage { beware, seen, ..shown }.show_as(status)
}

/// The times with which the note of a visit begins, on whole minutes.
pub(crate) fn note_times(view: &VisitView, now: Timestamp) -> (Timestamp, Timestamp) {
    let whole =
        |at: Timestamp| Timestamp::from_second(at.as_second() - at.as_second().rem_euclid(60)).unwrap_or(at);
    let (from, to) = view.visit.times(now);
    let (from, to) = (whole(from), whole(to));
    (from, if to > from { to } else { from + SignedDuration::from_mins(1) })
}
