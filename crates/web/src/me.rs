//! The side of somebody who is supported: their home, their goals, the visits they read, and what their record says.
//!
//! Every handler begins with [`own`]: these pages are about the reader and nobody else, so no address names a person.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use jiff::ToSpan;
use porchlight_app::contact::NoteView;
use porchlight_app::day::{Day, PersonHome};
use porchlight_app::person::PersonView;
use porchlight_app::support::SupportView;
use porchlight_app::{Action, Error, Fault};
use porchlight_practice::contact::AdditionKind;
use porchlight_practice::goal::{Goal, GoalFault};
use porchlight_practice::id::{CommandId, ContactId, GoalId, PersonId};
use porchlight_practice::pack::{NoteField, Rules};
use porchlight_practice::person::{NaturalSupport, Profile, ProfileFault, initials};
use porchlight_practice::support::Support;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The person's pages.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/me", home, Needs::Action(Action::DayRead))
        .page(Method::GET, "/me/goals/new", new_goal, Needs::Action(Action::GoalSay))
        .page(Method::POST, "/me/goals/new", say_goal, Needs::Action(Action::GoalSay))
        .page(Method::POST, "/me/goals/{id}/close", close_goal, Needs::Action(Action::GoalClose))
        .page(Method::GET, "/me/visits", visits, Needs::Action(Action::ContactListOfPerson))
        .page(Method::GET, "/me/visits/{id}", visit, Needs::Action(Action::ContactRead))
        .page(Method::GET, "/me/visits/{id}/paper", paper, Needs::Action(Action::ContactRead))
        .page(Method::POST, "/me/visits/{id}/words", add_words, Needs::Action(Action::ContactOwnWords))
        .page(Method::POST, "/me/visits/{id}/differently", differ, Needs::Action(Action::ContactOwnWords))
        .page(Method::GET, "/me/about", about, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/me/about", change_about, Needs::Action(Action::PersonChange))
}

/// The record of whoever is signed in.
///
/// # Errors
/// [`Trouble::NotFound`] for somebody who works here: they have no such page.
pub(crate) fn own(who: &Who) -> Result<PersonId, Trouble> {
    who.actor().person().ok_or(Trouble::NotFound)
}

/// The command a form names, or a new one when it names none that can be read.
pub(crate) fn command_of(web: &Web, form: &Form) -> CommandId {
    form.value("command").parse().unwrap_or_else(|_| web.app.command_id())
}

/// What somebody is called when everybody knows who is meant.
fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

// ---- home ----

/// How long a hand-over is news, in days.
const HAND_OVER_DAYS: i32 = 30;
/// How long a goodbye is news, in days.
const GOODBYE_DAYS: i32 = 60;

/// Something about who walks with the person that they should not have to look for.
pub(crate) struct News {
    pub icon: &'static str,
    pub title: String,
    pub text: String,
    pub words: String,
    pub by: String,
}

/// A goal being worked on.
pub(crate) struct GoalLine {
    pub id: GoalId,
    pub words: String,
    pub size: &'static str,
    pub since: String,
    pub version: i64,
    pub command: CommandId,
}

/// Somebody who walks with the person now.
pub(crate) struct Walker {
    pub initials: String,
    pub name: String,
    pub since: String,
    pub responsible: String,
}

/// A visit as one row.
pub(crate) struct VisitRow {
    pub address: String,
    pub title: String,
    pub note: String,
    pub tag: String,
}

/// Home.
#[derive(Template)]
#[template(path = "me/home.html")]
pub(crate) struct Home {
    pub page: Page,
    pub news: Vec<News>,
    pub goals: Vec<GoalLine>,
    pub closed: Vec<(String, String)>,
    pub visits: Vec<VisitRow>,
    pub walkers: Vec<Walker>,
    pub before: Vec<String>,
    pub people: Vec<(String, String)>,
}

impl Home {
    pub(crate) fn of(page: Page, home: PersonHome, mut command: impl FnMut() -> CommandId) -> Home {
        let mut news = Vec::new();
        let mut walkers = Vec::new();
        let mut before = Vec::new();
        for support in &home.supports {
            match &support.state {
                Support::Walking(_) => walkers.push(walker(&page, support)),
                _ => match told(&page, support) {
                    Some(told) => news.push(told),
                    None => before.push(walked(&page, support)),
                },
            }
        }
        if walkers.is_empty() && !home.supports.is_empty() {
            news.push(News {
                icon: "heart",
                title: page.t("me-alone"),
                text: page.t("me-alone-do"),
                words: String::new(),
                by: String::new(),
            });
        }
        let (mut goals, mut closed) = (Vec::new(), Vec::new());
        for (id, goal, version) in home.goals {
            let how = match &goal {
                Goal::Open { since, .. } => {
                    goals.push(GoalLine {
                        id,
                        words: goal.words().to_owned(),
                        size: size_of(goal.words()),
                        since: page.t1("me-goal-since", "day", page.date(since)),
                        version,
                        command: command(),
                    });
                    continue;
                }
                Goal::Reached { on, .. } => page.t1("me-goal-reached-on", "day", page.date(on)),
                Goal::SetAside { on, .. } => page.t1("me-goal-set-aside-on", "day", page.date(on)),
            };
            closed.push((goal.words().to_owned(), how));
        }
        let visits = home
            .visits
            .into_iter()
            .map(|(id, with, at, answered)| VisitRow {
                address: format!("/me/visits/{id}"),
                title: page.moment(at),
                note: page.t1("me-visit-with", "name", &with),
                tag: if answered { page.t("me-visit-answered") } else { page.t("me-visit-add") },
            })
            .collect();
        Home {
            page: page.titled_with("me-home-title", "name", &home.called),
            news,
            goals,
            closed,
            visits,
            walkers,
            before,
            people: home.people,
        }
    }
}

/// The fewer words, the larger they can stand.
fn size_of(words: &str) -> &'static str {
    match words.chars().count() {
        0..=70 => "largest",
        71..=220 => "larger",
        _ => "big",
    }
}

fn walker(page: &Page, support: &SupportView) -> Walker {
    let was = support.state.walking();
    let alone = was.peer == was.responsible;
    Walker {
        initials: initials(&support.peer),
        name: support.peer.clone(),
        since: page.t2("me-walks-since", "peer", page.heading("peer"), "day", page.date(was.since)),
        responsible: if alone {
            String::new()
        } else {
            page.t1("me-responsible", "name", &support.responsible)
        },
    }
}

/// A hand-over or a goodbye that is recent enough to be told.
fn told(page: &Page, support: &SupportView) -> Option<News> {
    let peer = first(&support.peer);
    let lately = |on: jiff::civil::Date, days: i32| on.saturating_add(days.days()) >= page.today();
    match &support.state {
        Support::HandedOver { on, to_know, .. } if lately(*on, HAND_OVER_DAYS) => {
            let to = support.to.clone().unwrap_or_default();
            let to = first(&to);
            Some(News {
                icon: "walk",
                title: page.t2("me-hand-over", "peer", peer, "to", to),
                text: page.t3("me-hand-over-from", "day", page.day(on), "to", to, "peer", peer),
                words: to_know.clone(),
                by: page.t2("me-hand-over-said", "peer", peer, "to", to),
            })
        }
        Support::Ended { on, goodbye, .. } if lately(*on, GOODBYE_DAYS) => Some(News {
            icon: "sun",
            title: page.t1("me-goodbye", "peer", peer),
            text: page.t1("me-goodbye-on", "day", page.day(on)),
            words: goodbye.clone(),
            by: peer.to_owned(),
        }),
        _ => None,
    }
}

fn walked(page: &Page, support: &SupportView) -> String {
    let since = support.state.walking().since;
    let until = support.state.ended_on().unwrap_or(since);
    page.t3("me-walked", "name", &support.peer, "from", page.date(since), "to", page.date(until))
}

async fn home(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    own(&who)?;
    let Day::Person(home) = web.app.day(who.actor()).await? else { return Err(Trouble::NotFound) };
    Home::of(page, home, || web.app.command_id()).show()
}

// ---- goals ----

/// Saying a goal.
#[derive(Template)]
#[template(path = "me/goal.html")]
pub(crate) struct NewGoal {
    pub page: Page,
    pub form: Form,
    pub command: CommandId,
}

impl NewGoal {
    pub(crate) fn of(page: Page, form: Form, command: CommandId) -> NewGoal {
        NewGoal { page: page.titled("me-goal-title").focused("/me").of_form(&form), form, command }
    }
}

async fn new_goal(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    own(&who)?;
    NewGoal::of(page, Form::new(), web.app.command_id()).show()
}

async fn say_goal(page: Page, who: Who, State(web): State<Web>, mut form: Form) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let command = command_of(&web, &form);
    let words = form.need("words", "me-goal-error");
    let (Some(words), true) = (words, form.is_right()) else {
        return NewGoal::of(page, form, command).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    web.app.say_goal(who.actor(), command, person, &words).await?;
    Ok(done(&web.shell, "/me", "flash-goal-said"))
}

async fn close_goal(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<GoalId>,
    form: Form,
) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let (reached, flash) = match form.value("how") {
        "reached" => (true, "flash-goal-reached"),
        "set_aside" => (false, "flash-goal-set-aside"),
        _ => return Err(Trouble::NotFound),
    };
    let version = form.value("version").parse().unwrap_or_default();
    match web.app.close_goal(who.actor(), command_of(&web, &form), person, id, reached, version).await {
        Ok(()) => Ok(done(&web.shell, "/me", flash)),
        Err(Error::Stale | Error::Fault(Fault::Goal(GoalFault::Closed))) => {
            Ok(done(&web.shell, "/me", "flash-goal-closed-before"))
        }
        Err(error) => Err(error.into()),
    }
}

// ---- visits ----

/// A visit in the list, with the person's words.
pub(crate) struct VisitCard {
    pub address: String,
    pub title: String,
    pub note: String,
    pub words: String,
    pub answered: bool,
}

/// Every visit.
#[derive(Template)]
#[template(path = "me/visits.html")]
pub(crate) struct Visits {
    pub page: Page,
    pub visits: Vec<VisitCard>,
}

async fn visits(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let rules = who.rules()?;
    let kind = |id: &str| rules.contact_kinds.iter().find(|kind| kind.id == id).map(|kind| kind.name.clone());
    let lines = web.app.visits(who.actor(), person).await?;
    let visits = lines
        .into_iter()
        .map(|line| VisitCard {
            address: format!("/me/visits/{}", line.id),
            title: page.moment(line.started),
            note: match kind(&line.kind) {
                Some(kind) => {
                    page.t2("me-visit-with-how", "name", &line.writer_name, "how", page.text(&kind))
                }
                None => page.t1("me-visit-with", "name", &line.writer_name),
            },
            words: line.own_words,
            answered: line.answered,
        })
        .collect();
    Visits { page: page.titled("me-visits-title"), visits }.show()
}

/// Something that stands beside a note.
pub(crate) struct Beside {
    pub title: String,
    pub words: String,
    pub by: String,
    /// Whether these are the person's own words.
    pub own: bool,
    /// Whether they see it differently.
    pub differs: bool,
}

/// A signed note as the person reads it.
pub(crate) struct NoteRead {
    pub id: ContactId,
    pub with: String,
    pub when: String,
    pub words: String,
    pub size: &'static str,
    pub goal: Option<String>,
    /// Question and answer, in the order of the note.
    pub told: Vec<(String, String)>,
    pub signed: String,
    pub late: bool,
    pub whole: bool,
    pub beside: Vec<Beside>,
}

impl NoteRead {
    /// Where it is read on a screen.
    pub(crate) fn address(&self) -> String {
        format!("/me/visits/{}", self.id)
    }

    pub(crate) fn of(page: &Page, rules: &Rules, view: NoteView) -> NoteRead {
        let signed = &view.signed;
        let name = first(&signed.by.name);
        let mut told = Vec::new();
        for (field, key) in [
            (NoteField::Kind, "me-told-kind"),
            (NoteField::Place, "me-told-place"),
            (NoteField::Present, "me-told-present"),
            (NoteField::Purpose, "me-told-purpose"),
            (NoteField::Did, "me-told-did"),
            (NoteField::Strengths, "me-told-strengths"),
            (NoteField::Response, "me-told-response"),
            (NoteField::NextStep, "me-told-next"),
        ] {
            let mut lines: Vec<String> =
                signed.note.chosen(field).iter().filter_map(|id| name_in(page, rules, field, id)).collect();
            lines.extend(
                signed.note.words(field).map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned),
            );
            if !lines.is_empty() {
                told.push((page.t1(key, "name", name), lines.join("\n")));
            }
        }
        let beside = view
            .additions
            .iter()
            .filter_map(|addition| {
                let by = first(&addition.by.name);
                let title = match addition.kind {
                    AdditionKind::OwnWords => page.t("me-beside-own"),
                    AdditionKind::Differently => page.t("me-beside-differently"),
                    AdditionKind::ReadBack => page.t1("me-beside-read-back", "name", by),
                    AdditionKind::Addendum => page.t1("me-beside-added", "name", by),
                    AdditionKind::Countersignature => page.t1("me-beside-signed", "name", &addition.by.name),
                    // What passes between the writer and their supervisor about the work is theirs.
                    AdditionKind::WentWell | AdditionKind::Question | AdditionKind::Reply => return None,
                };
                let own = matches!(
                    addition.kind,
                    AdditionKind::OwnWords | AdditionKind::Differently | AdditionKind::ReadBack
                );
                Some(Beside {
                    title,
                    words: addition.words.clone(),
                    by: page.moment(addition.at),
                    own,
                    differs: addition.kind == AdditionKind::Differently,
                })
            })
            .collect();
        let day = page.day(signed.started.to_zoned(page.zone()).date());
        NoteRead {
            id: view.id,
            with: signed.by.name.clone(),
            when: page.t2("when-moment", "day", day, "time", page.span(signed.started, signed.ended)),
            size: size_of(&signed.note.own_words),
            words: signed.note.own_words.trim().to_owned(),
            told,
            signed: page.t3(
                "me-visit-signed",
                "name",
                &signed.by.name,
                "title",
                &signed.by.title,
                "moment",
                page.moment(signed.at),
            ),
            late: signed.late,
            whole: view.whole,
            goal: view.goal,
            beside,
        }
    }
}

/// What the programme calls a choice of the note. A choice that is no longer in the pack says nothing.
fn name_in(page: &Page, rules: &Rules, field: NoteField, id: &str) -> Option<String> {
    let choices = match field {
        NoteField::Purpose => &rules.purposes,
        NoteField::Place => &rules.places,
        NoteField::Present => &rules.present,
        NoteField::NextStep => &rules.next_steps,
        NoteField::Kind => {
            return rules.contact_kinds.iter().find(|kind| kind.id == id).map(|kind| page.text(&kind.name));
        }
        NoteField::Did => {
            return rules.activities.iter().find(|done| done.id == id).map(|done| page.text(&done.name));
        }
        _ => return None,
    };
    choices.iter().find(|choice| choice.id == id).map(|choice| page.text(&choice.name))
}

/// One visit, with the two ways to answer it.
#[derive(Template)]
#[template(path = "me/visit.html")]
pub(crate) struct Visit {
    pub page: Page,
    pub note: NoteRead,
    pub form: Form,
    pub words_command: CommandId,
    pub differently_command: CommandId,
}

impl Visit {
    pub(crate) fn of(page: Page, note: NoteRead, form: Form, commands: [CommandId; 2]) -> Visit {
        let [words_command, differently_command] = commands;
        let mut page = page.titled_with("me-visit-title", "name", first(&note.with)).of_form(&form);
        // A form that comes back with something to put right has an address of its own, where nothing can be opened.
        page.path = note.address();
        Visit { page, note, form, words_command, differently_command }
    }
}

/// One visit on paper, with room to write.
#[derive(Template)]
#[template(path = "me/paper.html")]
pub(crate) struct Paper {
    pub page: Page,
    pub note: NoteRead,
    pub called: String,
}

async fn visit(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    own(&who)?;
    let note = NoteRead::of(&page, who.rules()?, web.app.note(who.actor(), id).await?);
    Visit::of(page, note, Form::new(), [web.app.command_id(), web.app.command_id()]).show()
}

async fn paper(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    own(&who)?;
    let view = web.app.note(who.actor(), id).await?;
    let called = view.person_name.clone();
    let note = NoteRead::of(&page, who.rules()?, view);
    Paper { page: page.titled_with("me-visit-title", "name", first(&note.with)), note, called }.show()
}

async fn add_words(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, who, web, id, form, AdditionKind::OwnWords).await
}

async fn differ(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, who, web, id, form, AdditionKind::Differently).await
}

async fn add(
    page: Page,
    who: Who,
    web: Web,
    id: ContactId,
    mut form: Form,
    kind: AdditionKind,
) -> Result<Response, Trouble> {
    own(&who)?;
    let command = command_of(&web, &form);
    let differs = kind == AdditionKind::Differently;
    let (field, key, flash) = if differs {
        ("differently", "me-differently-error", "flash-words-differently")
    } else {
        ("words", "me-words-error", "flash-words-added")
    };
    let words = form.need(field, key);
    let (Some(words), true) = (words, form.is_right()) else {
        let note = NoteRead::of(&page, who.rules()?, web.app.note(who.actor(), id).await?);
        let other = web.app.command_id();
        let commands = if differs { [other, command] } else { [command, other] };
        return Visit::of(page, note, form, commands).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    web.app.add_to_note(who.actor(), command, id, kind, &words).await?;
    Ok(done(&web.shell, &format!("/me/visits/{id}"), flash))
}

// ---- what the record says ----

/// The fields of the form, each with the key of its question.
const FIELDS: [(&str, &str); 8] = [
    ("called", "me-about-called"),
    ("pronouns", "me-about-pronouns"),
    ("described", "me-about-described"),
    ("language", "me-about-language"),
    ("matters", "me-about-matters"),
    ("strengths", "me-about-strengths"),
    ("safe_hours", "me-about-safe-hours"),
    ("never", "me-about-never"),
];
/// How many supporters the form has room for at most.
const SUPPORTERS: usize = 20;

/// What the record says about the person, as they can change it.
#[derive(Template)]
#[template(path = "me/about.html")]
pub(crate) struct AboutMe {
    pub page: Page,
    pub form: Form,
    pub version: i64,
    pub command: CommandId,
    /// Which rows of supporters are shown: their fields for name and for what they are good for.
    pub rows: Vec<(String, String)>,
    /// What somebody else saved meanwhile, each with its question.
    pub saved: Vec<(String, String)>,
}

impl AboutMe {
    pub(crate) fn of(page: Page, form: Form, version: i64, command: CommandId) -> AboutMe {
        let rows = (1..=SUPPORTERS).map(row);
        let used = rows.clone().filter(|(name, how)| form.text(name).or(form.text(how)).is_some()).count();
        let rows = rows.take((used + 1).clamp(2, SUPPORTERS)).collect();
        let page = page.titled("me-about-title").focused("/me").of_form(&form);
        AboutMe { page, form, version, command, rows, saved: Vec::new() }
    }
}

fn row(number: usize) -> (String, String) {
    (format!("supporter-{number}"), format!("supporter-{number}-how"))
}

/// The form as the record has it.
pub(crate) fn filled(profile: &Profile) -> Form {
    let mut form = Form::new()
        .with("called", &profile.called)
        .with("pronouns", &profile.pronouns)
        .with("described", &profile.described)
        .with("language", &profile.language)
        .with("matters", &profile.matters)
        .with("strengths", profile.strengths.join("\n"))
        .with("safe_hours", &profile.safe_hours)
        .with("never", &profile.never);
    for (number, support) in profile.natural_supports.iter().enumerate() {
        let (name, how) = row(number + 1);
        form = form.with(&name, &support.name).with(&how, &support.how);
    }
    form
}

/// The record with what was typed. What the form does not show stays as it is.
fn typed(form: &Form, profile: Profile) -> Profile {
    let value = |field: &str| form.value(field).to_owned();
    Profile {
        called: value("called"),
        pronouns: value("pronouns"),
        described: value("described"),
        language: value("language"),
        matters: value("matters"),
        strengths: form.value("strengths").lines().map(str::to_owned).collect(),
        safe_hours: value("safe_hours"),
        never: value("never"),
        natural_supports: (1..=SUPPORTERS)
            .map(row)
            .map(|(name, how)| NaturalSupport { name: value(&name), how: value(&how) })
            .chain(profile.natural_supports.iter().skip(SUPPORTERS).cloned())
            .collect(),
        ..profile
    }
}

async fn about(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), own(&who)?).await?;
    AboutMe::of(page, filled(&view.profile), view.version, web.app.command_id()).show()
}

async fn change_about(
    page: Page,
    who: Who,
    State(web): State<Web>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let command = command_of(&web, &form);
    let version = form.value("version").parse().unwrap_or_default();
    form.need("called", "me-about-error-called");
    let view = web.app.person(who.actor(), person).await?;
    if !form.is_right() {
        return AboutMe::of(page, form, version, command).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let profile = typed(&form, view.profile);
    match web.app.change_person(who.actor(), command, person, profile, version).await {
        Ok(()) => Ok(done(&web.shell, "/me/about", "flash-saved")),
        Err(Error::Stale) => {
            let now = web.app.person(who.actor(), person).await?;
            clash(page, form, now, web.app.command_id()).show_as(StatusCode::CONFLICT)
        }
        Err(Error::Fault(Fault::Profile(ProfileFault::NoName))) => {
            form.wrong("called", "me-about-error-called");
            AboutMe::of(page, form, version, command).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

/// The form as typed, beside what somebody else saved meanwhile. Saving again keeps what was typed.
pub(crate) fn clash(page: Page, form: Form, now: PersonView, command: CommandId) -> AboutMe {
    let saved = filled(&now.profile);
    let mut differs: Vec<(String, String)> = FIELDS
        .iter()
        .filter(|(field, _)| saved.value(field).trim() != form.value(field).trim())
        .map(|(field, key)| (page.t(key), saved.value(field).to_owned()))
        .collect();
    let supporters = |form: &Form| -> Vec<String> {
        (1..=SUPPORTERS)
            .map(row)
            .filter_map(|(name, how)| Some((form.text(&name)?, form.text(&how))))
            .map(|(name, how)| how.map_or(name.clone(), |how| format!("{name}: {how}")))
            .collect()
    };
    let (theirs, ours) = (supporters(&saved), supporters(&form));
    if theirs != ours {
        differs.push((page.t("me-about-people"), theirs.join("\n")));
    }
    AboutMe { saved: differs, ..AboutMe::of(page, form, now.version, command) }
}
