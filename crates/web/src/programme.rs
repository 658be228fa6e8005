//! Setting a programme up: opening it from a pack, what is still missing, its rules in plain words, its choices, and
//! the versions of the pack it adopted.
//!
//! An administrator of the agency does all of this in every programme, one of a programme in theirs: the door decides,
//! the pages only leave out what would be refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use fluent_templates::fluent_bundle::FluentValue;
use porchlight_access::Action;
use porchlight_app::day::AdminDay;
use porchlight_app::programme::{NewProgramme, ProgrammeView};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CommandId, ProgrammeId};
use porchlight_practice::pack::{
    COMMON, Confidence, Orientation, Pack, PackId, Rules, Setting, SettingFault, SettingKind, SettingValue,
    Settings, Source, Strength, Stricter,
};
use porchlight_practice::{Role, Text};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::i18n::Argument;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The routes of a programme's set-up.
pub fn routes() -> Routes<Web> {
    let read = || Needs::Action(Action::ProgrammeRead);
    let open = || Needs::Action(Action::ProgrammeOpen);
    let change = || Needs::Action(Action::ProgrammeChange);
    let adopt = || Needs::Action(Action::ProgrammeAdoptPack);
    Routes::new()
        .page(Method::GET, "/programme", own, read())
        .page(Method::GET, "/programmes", list, read())
        .page(Method::GET, "/programmes/new", new, open())
        .page(Method::POST, "/programmes/new", open_it, open())
        .page(Method::GET, "/programmes/{id}", show, read())
        .page(Method::GET, "/programmes/{id}/rules", rules, read())
        .page(Method::GET, "/programmes/{id}/settings", settings, change())
        .page(Method::POST, "/programmes/{id}/settings", change_settings, change())
        .page(Method::GET, "/programmes/{id}/pack", pack, adopt())
        .page(Method::POST, "/programmes/{id}/pack", adopt_pack, adopt())
}

/// The zones one can choose when a programme is opened: its IANA name and the key of what people call it.
const ZONES: [(&str, &str); 9] = [
    ("America/New_York", "programme-zone-eastern"),
    ("America/Chicago", "programme-zone-central"),
    ("America/Denver", "programme-zone-mountain"),
    ("America/Phoenix", "programme-zone-arizona"),
    ("America/Los_Angeles", "programme-zone-pacific"),
    ("America/Anchorage", "programme-zone-alaska"),
    ("Pacific/Honolulu", "programme-zone-hawaii"),
    ("America/Puerto_Rico", "programme-zone-atlantic"),
    ("Pacific/Guam", "programme-zone-guam"),
];

/// The command a form stands for: as the page gave it, or a new one when that can't be read.
pub(crate) fn command(web: &Web, form: &Form) -> CommandId {
    form.value("command").parse().unwrap_or_else(|_| web.app.command_id())
}

/// Whether this visitor sets programmes up.
pub(crate) fn manages(who: &Who) -> bool {
    who.actor().role() == Role::ProgrammeAdmin
}

/// The place of the list under which a programme's set-up stands for this visitor.
fn place(who: &Who) -> &'static str {
    if who.actor().programme().is_some() { "/programme" } else { "/programmes" }
}

/// Where the set-up of a programme lies.
fn home(id: ProgrammeId) -> String {
    format!("/programmes/{id}")
}

// ---- sources ----

/// Where something comes from, in words.
#[derive(Debug, Clone, Default)]
pub(crate) struct SourceLine {
    /// The document.
    pub document: String,
    /// Where it can be read.
    pub address: String,
    /// The ids of the requirements it answers.
    pub requirements: String,
    /// How strongly it asks.
    pub strength: String,
    /// The tone of that.
    pub tone: &'static str,
    /// Whether nobody has confirmed it.
    pub needs_checking: bool,
}

impl SourceLine {
    pub(crate) fn of(page: &Page, source: &Source) -> SourceLine {
        SourceLine {
            document: page.text(&source.document.title),
            address: source.document.address.clone().unwrap_or_default(),
            requirements: source.requirements.join(", "),
            strength: strength(page, source.strength),
            tone: tone(source.strength),
            needs_checking: source.confidence == Confidence::NeedsChecking,
        }
    }
}

fn strength(page: &Page, strength: Strength) -> String {
    page.t(match strength {
        Strength::Must => "programme-strength-must",
        Strength::Should => "programme-strength-should",
        Strength::Recommended => "programme-strength-recommended",
        Strength::Preferred => "programme-strength-preferred",
    })
}

fn tone(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "pri",
        Strength::Should => "info",
        Strength::Recommended | Strength::Preferred => "",
    }
}

// ---- a pack to pick ----

/// A pack one can open a programme from.
#[derive(Debug, Clone)]
pub(crate) struct PackCard {
    pub id: String,
    pub name: String,
    pub version: String,
    /// For whom it is, in one sentence.
    pub about: String,
    pub icon: &'static str,
    /// The documents it stems from, with an address where there is one.
    pub documents: Vec<(String, String)>,
    /// How many of its values nobody has confirmed.
    pub to_check: usize,
}

impl PackCard {
    fn of(page: &Page, pack: &Pack) -> PackCard {
        let rules = pack.rules(page.today(), &Settings::new());
        let about = match (pack.family, pack.orientation) {
            (true, _) => "programme-about-family",
            (false, Orientation::Recovery) => "programme-about-recovery",
            (false, Orientation::Resilience) => "programme-about-resilience",
        };
        PackCard {
            id: pack.id.to_string(),
            name: page.text(&pack.name),
            version: pack.version.clone(),
            about: page.t(about),
            icon: if pack.family { "home" } else { "leaf" },
            documents: documents(page, &rules),
            to_check: to_check(&rules),
        }
    }
}

/// The settings nobody has confirmed, neither a source nor the programme.
fn to_check(rules: &Rules) -> usize {
    rules.open_settings.iter().filter(|setting| open_question(setting)).count()
}

fn open_question(setting: &Setting) -> bool {
    asks_to_check(setting) && setting.chosen.is_none()
}

/// Every document that these rules name, but for what is our own advice.
fn documents(page: &Page, rules: &Rules) -> Vec<(String, String)> {
    let sources = (rules.note.elements.iter().map(|element| &element.source))
        .chain(rules.titles.iter().map(|title| &title.source))
        .chain(rules.first_meeting.iter().map(|item| &item.source))
        .chain(rules.rights.iter().map(|right| &right.source))
        .chain(rules.help_lines.iter().map(|line| &line.source))
        .chain(rules.open_settings.iter().map(|setting| &setting.source));
    let found: BTreeMap<&str, (String, String)> = sources
        .filter(|source| source.document.id != "porchlight")
        .map(|source| {
            let document = &source.document;
            let address = document.address.clone().unwrap_or_default();
            (document.id.as_str(), (page.text(&document.title), address))
        })
        .collect();
    found.into_values().collect()
}

// ---- settings as fields ----

/// One choice that the pack leaves to the programme.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub field: String,
    pub name: String,
    pub why: String,
    /// "number", "choice" or "tick".
    pub kind: &'static str,
    pub choices: Vec<Choice>,
    /// What the pack says, in words.
    pub default: String,
    /// The field that says "we checked this"; empty where somebody confirmed it already.
    pub checked: String,
    pub source: SourceLine,
}

/// Choices that belong together, under one heading.
#[derive(Debug, Clone)]
pub(crate) struct AskedGroup {
    pub id: &'static str,
    pub title: String,
    pub hint: String,
    pub asked: Vec<Asked>,
}

/// Whether this is the programme's own must for something the pack only asks for.
fn is_must(setting: &Setting) -> bool {
    setting.id.starts_with("note_") && setting.id.ends_with("_must")
}

/// Whether the programme is asked to find out about this.
fn asks_to_check(setting: &Setting) -> bool {
    setting.needs_checking && !is_must(setting)
}

fn checked_of(setting: &str) -> String {
    format!("checked-{setting}")
}

fn field_of(setting: &str) -> String {
    format!("set-{setting}")
}

/// A value in words: "24 hours", "Yes", "Any supervisor of the program".
fn said(page: &Page, setting: &Setting, value: &SettingValue) -> String {
    match (value, &setting.kind) {
        (SettingValue::YesNo(true), _) => page.t("programme-yes"),
        (SettingValue::YesNo(false), _) => page.t("programme-no"),
        (SettingValue::Number(number), SettingKind::Hours { .. }) => page.t1("when-hours", "hours", *number),
        (SettingValue::Number(number), SettingKind::Days { .. }) => {
            page.t1("programme-days", "days", *number)
        }
        (SettingValue::Number(number), _) => page.t1("when-minutes", "minutes", *number),
        (SettingValue::Choice(id), SettingKind::OneOf(choices)) => choices
            .iter()
            .find(|choice| &choice.id == id)
            .map_or_else(|| id.clone(), |choice| page.text(&choice.name)),
        (SettingValue::Choice(id), _) => id.clone(),
    }
}

fn raw(value: &SettingValue) -> String {
    match value {
        SettingValue::YesNo(true) => "yes".to_owned(),
        SettingValue::YesNo(false) => "no".to_owned(),
        SettingValue::Number(number) => number.to_string(),
        SettingValue::Choice(id) => id.clone(),
    }
}

impl Asked {
    fn of(page: &Page, setting: &Setting) -> Asked {
        let (kind, choices) = match &setting.kind {
            SettingKind::YesNo if is_must(setting) => ("tick", vec![]),
            SettingKind::YesNo => (
                "choice",
                vec![Choice::new("yes", page.t("programme-yes")), Choice::new("no", page.t("programme-no"))],
            ),
            SettingKind::OneOf(choices) => (
                "choice",
                choices
                    .iter()
                    .map(|choice| Choice::new(choice.id.clone(), page.text(&choice.name)))
                    .collect(),
            ),
            SettingKind::Minutes { .. } | SettingKind::Hours { .. } | SettingKind::Days { .. } => {
                ("number", vec![])
            }
        };
        Asked {
            field: field_of(&setting.id),
            name: page.text(&setting.name),
            why: page.text(&setting.why),
            kind,
            choices,
            default: said(page, setting, &setting.default),
            checked: if asks_to_check(setting) { checked_of(&setting.id) } else { String::new() },
            source: SourceLine {
                needs_checking: open_question(setting),
                ..SourceLine::of(page, &setting.source)
            },
        }
    }
}

/// Every open choice, in groups.
fn asked(page: &Page, rules: &Rules) -> Vec<AskedGroup> {
    let group = |id: &'static str, title: &str, hint: &str, of: &dyn Fn(&Setting) -> bool| AskedGroup {
        id,
        title: page.t(title),
        hint: page.t(hint),
        asked: rules
            .open_settings
            .iter()
            .filter(|setting| of(setting))
            .map(|setting| Asked::of(page, setting))
            .collect(),
    };
    let starts =
        |start: &'static str| move |setting: &Setting| setting.id.starts_with(start) && !is_must(setting);
    [
        group("notes", "programme-group-notes", "programme-group-notes-hint", &starts("note_")),
        group("service", "programme-group-service", "programme-group-service-hint", &starts("service_")),
        group("support", "programme-group-support", "programme-group-support-hint", &starts("support_")),
        group("musts", "programme-group-musts", "programme-group-musts-hint", &is_must),
    ]
    .into_iter()
    .filter(|group| !group.asked.is_empty())
    .collect()
}

/// A form that starts from what holds now.
fn holding(mut form: Form, rules: &Rules) -> Form {
    for setting in &rules.open_settings {
        form = form.with(&field_of(&setting.id), raw(setting.value()));
        if asks_to_check(setting) && setting.chosen.is_some() {
            form = form.with(&checked_of(&setting.id), "yes");
        }
    }
    form
}

/// Reads the choices from a form; what is not allowed is said beside its field. What the pack says anyway is kept only
/// where the programme checked it, so that a newer version of the pack can say better.
fn chosen(page: &Page, form: &mut Form, rules: &Rules) -> Settings {
    let mut settings = Settings::new();
    for setting in &rules.open_settings {
        let field = field_of(&setting.id);
        let typed = form.text(&field);
        let value = match (&setting.kind, typed) {
            (SettingKind::YesNo, typed) => Some(SettingValue::YesNo(match typed.as_deref() {
                Some(typed) => typed == "yes",
                // A tick that is not set sends nothing.
                None => !is_must(setting) && setting.default == SettingValue::YesNo(true),
            })),
            (SettingKind::OneOf(_), typed) => typed.map(SettingValue::Choice),
            (
                SettingKind::Minutes { min, max }
                | SettingKind::Hours { min, max }
                | SettingKind::Days { min, max },
                typed,
            ) => {
                let number = typed.and_then(|typed| typed.parse().ok()).map(SettingValue::Number);
                if number.is_none() {
                    let fault = SettingFault::Range { setting: setting.id.clone(), min: *min, max: *max };
                    tell(page, form, rules, &fault);
                }
                number
            }
        };
        let checked = asks_to_check(setting) && form.has(&checked_of(&setting.id), "yes");
        let Some(value) = value.filter(|value| checked || value != &setting.default) else { continue };
        match setting.allows(&value) {
            Ok(()) => settings.set(setting.id.clone(), value),
            Err(fault) => tell(page, form, rules, &fault),
        }
    }
    settings
}

/// Says beside its field why a choice can't be kept, and what can.
fn tell(page: &Page, form: &mut Form, rules: &Rules, fault: &SettingFault) {
    let setting = rules.open_settings.iter().find(|setting| setting.id == fault.setting());
    let name = setting.map_or_else(|| fault.setting().to_owned(), |setting| page.text(&setting.name));
    let mut arguments: Vec<(&'static str, FluentValue<'static>)> = vec![("name", name.value())];
    let key = match fault {
        SettingFault::Range { min, max, .. } => {
            arguments.extend([("min", min.value()), ("max", max.value())]);
            "programme-fault-range"
        }
        SettingFault::Choice { .. } | SettingFault::YesNo { .. } => "programme-fault-choice",
        SettingFault::Unknown { .. } | SettingFault::Closed { .. } => "programme-fault-closed",
        SettingFault::LateBeforeDue => {
            arguments = vec![("days", rules.note.due_hours.div_ceil(24).value())];
            let typed = form.text(&field_of("note_due_hours")).and_then(|typed| typed.parse::<u32>().ok());
            if let Some(hours) = typed {
                arguments = vec![("days", hours.div_ceil(24).value())];
            }
            "programme-fault-late"
        }
        SettingFault::Looser { default, .. } => {
            let default = setting.map_or_else(|| default.to_string(), |setting| said(page, setting, default));
            arguments.push(("default", default.value()));
            match setting.map(|setting| setting.stricter) {
                Some(Stricter::Lower) => "programme-fault-looser-lower",
                Some(Stricter::Higher) => "programme-fault-looser-higher",
                _ => "programme-fault-looser",
            }
        }
    };
    form.wrong_with(&field_of(fault.setting()), key, &arguments);
}

// ---- every programme of the agency ----

/// A programme in the list.
pub(crate) struct ProgrammeRow {
    pub href: String,
    pub name: String,
    pub pack: String,
}

/// The programmes of the agency.
#[derive(Template)]
#[template(path = "programme/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub programmes: Vec<ProgrammeRow>,
}

async fn list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    if who.actor().programme().is_some() {
        return Ok(Redirect::to("/programme").into_response());
    }
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let lines = web.app.programmes(who.actor()).await?;
    let programmes = lines
        .into_iter()
        .map(|line| ProgrammeRow {
            href: home(line.id),
            name: line.name,
            pack: pack_name(&page, &web, &PackId(line.pack)),
        })
        .collect();
    ListPage { page: page.titled("programme-list"), programmes }.show()
}

fn pack_name(page: &Page, web: &Web, id: &PackId) -> String {
    web.app.library().get(id).map_or_else(|| id.to_string(), |pack| page.text(&pack.name))
}

// ---- opening one ----

/// Which pack?
#[derive(Template)]
#[template(path = "programme/pick.html")]
pub(crate) struct PickPage {
    pub page: Page,
    pub packs: Vec<PackCard>,
}

/// A new programme's name, zone and choices.
#[derive(Template)]
#[template(path = "programme/new.html")]
pub(crate) struct NewPage {
    pub page: Page,
    pub form: Form,
    pub pack: PackCard,
    pub zones: Vec<Choice>,
    pub groups: Vec<AskedGroup>,
    pub command: String,
}

impl NewPage {
    pub(crate) fn of(page: Page, form: Form, pack: &Pack, command: CommandId) -> NewPage {
        let page =
            page.titled("programme-new").focused("/programmes/new").under("/programmes").of_form(&form);
        let rules = pack.rules(page.today(), &Settings::new());
        NewPage {
            pack: PackCard::of(&page, pack),
            zones: ZONES.iter().map(|(zone, key)| Choice::new(*zone, page.t(key))).collect(),
            groups: asked(&page, &rules),
            command: command.to_string(),
            page,
            form,
        }
    }
}

impl PickPage {
    pub(crate) fn of<'p>(page: Page, packs: impl Iterator<Item = &'p Arc<Pack>>) -> PickPage {
        let page = page.titled("programme-pick").under("/programmes");
        let packs =
            packs.filter(|pack| pack.id.as_str() != COMMON).map(|pack| PackCard::of(&page, pack)).collect();
        PickPage { page, packs }
    }
}

/// Only somebody who runs the whole agency opens programmes.
fn opens(who: &Who) -> Result<(), Trouble> {
    if manages(who) && who.actor().programme().is_none() { Ok(()) } else { Err(Trouble::NotFound) }
}

fn pack_of(web: &Web, form: &Form) -> Option<Arc<Pack>> {
    let id = PackId(form.text("pack")?);
    if id.as_str() == COMMON { None } else { web.app.library().get(&id) }
}

async fn new(page: Page, State(web): State<Web>, who: Who, form: Form) -> Result<Response, Trouble> {
    opens(&who)?;
    let Some(pack) = pack_of(&web, &form) else {
        return PickPage::of(page, web.app.library().iter()).show();
    };
    let rules = pack.rules(page.today(), &Settings::new());
    NewPage::of(page, holding(Form::new(), &rules), &pack, web.app.command_id()).show()
}

async fn open_it(page: Page, State(web): State<Web>, who: Who, mut form: Form) -> Result<Response, Trouble> {
    opens(&who)?;
    let Some(pack) = pack_of(&web, &form) else {
        return PickPage::of(page, web.app.library().iter()).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    let rules = pack.rules(page.today(), &Settings::new());
    let command = command(&web, &form);
    let name = form.need("name", "programme-error-name");
    let zone = form.choose("zone", "programme-error-zone", |zone| {
        ZONES.iter().find(|(known, _)| *known == zone).map(|(known, _)| (*known).to_owned())
    });
    let settings = chosen(&page, &mut form, &rules);
    if let (Some(name), Some(zone), true) = (name, zone, form.is_right()) {
        let new = NewProgramme { name, pack: pack.id.to_string(), zone, settings };
        match web.app.open_programme(who.actor(), command, new).await {
            Ok(id) => return Ok(done(&web.shell, &home(id), "flash-programme-opened")),
            Err(Error::Fault(fault)) => tell_fault(&page, &mut form, &rules, fault)?,
            Err(error) => return Err(error.into()),
        }
    }
    NewPage::of(page, form, &pack, command).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Says beside its field what the door found wrong.
fn tell_fault(page: &Page, form: &mut Form, rules: &Rules, fault: Fault) -> Result<(), Trouble> {
    match fault {
        Fault::Settings(faults) => faults.iter().for_each(|fault| tell(page, form, rules, fault)),
        Fault::Empty(_) => form.wrong("name", "programme-error-name"),
        Fault::TooLong(_) => form.wrong("name", "programme-error-name-long"),
        Fault::Unknown("zone") => form.wrong("zone", "programme-error-zone"),
        other => return Err(Error::Fault(other).into()),
    }
    Ok(())
}

// ---- what is in place ----

/// One step of setting up.
pub(crate) struct Step {
    pub icon: &'static str,
    pub title: String,
    pub note: String,
    /// Where one does it; empty where only others can.
    pub href: String,
    pub done: bool,
}

/// A programme's set-up.
#[derive(Template)]
#[template(path = "programme/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub home: String,
    /// For an administrator of the agency: the way to the other programmes.
    pub agency: bool,
    pub pack: String,
    pub about: String,
    pub steps: Vec<Step>,
    pub left: usize,
    /// The version one could adopt; empty when there is none.
    pub newer: String,
    pub alone: bool,
}

/// The steps, with who is missing named.
fn steps(page: &Page, id: ProgrammeId, day: &AdminDay, to_check: usize) -> Vec<Step> {
    let home = home(id);
    let step = |icon, key: &str, done: bool, note: String, to: String| Step {
        icon,
        title: page.t(&format!("programme-step-{key}")),
        note,
        href: to,
        done,
    };
    let why = |key: &str| page.t(&format!("programme-why-{key}"));
    let names = |names: &[String], key: &str| {
        if names.is_empty() { why(key) } else { page.t1("programme-for", "names", page.list(names)) }
    };
    let (invite, team) = (format!("{home}/workers/invite"), format!("{home}/workers"));
    vec![
        step("people", "peers", day.has_peers, why("peers"), invite.clone()),
        step("badge", "supervisor", day.supervisors > 0, why("supervisor"), invite.clone()),
        step(
            "hand",
            "supervised",
            day.has_peers && day.unsupervised.is_empty(),
            names(&day.unsupervised, "supervised"),
            team.clone(),
        ),
        step(
            "group",
            "deputies",
            day.supervisors > 0 && day.without_deputy.is_empty(),
            names(&day.without_deputy, "deputies"),
            if day.supervisors == 1 { invite.clone() } else { team },
        ),
        step("lock", "privacy", day.has_privacy_lead, why("privacy"), invite),
        step(
            "settings",
            "choices",
            to_check == 0,
            if to_check == 0 { why("choices") } else { page.t1("programme-to-check", "count", to_check) },
            format!("{home}/settings"),
        ),
        step("heart", "person", day.has_person, why("person"), String::new()),
    ]
}

impl ShowPage {
    /// Where a part of the set-up lies.
    fn part(&self, path: &str) -> String {
        format!("{}{path}", self.home)
    }

    pub(crate) fn of(page: Page, view: &ProgrammeView, day: &AdminDay, pack: Text, agency: bool) -> ShowPage {
        let mut page = page.under(if agency { "/programmes" } else { "/programme" });
        page.title.clone_from(&view.name);
        let to_check = to_check(&view.rules);
        let steps = steps(&page, view.id, day, to_check);
        let about = match (view.rules.family, view.rules.orientation) {
            (true, _) => "programme-about-family",
            (false, Orientation::Recovery) => "programme-about-recovery",
            (false, Orientation::Resilience) => "programme-about-resilience",
        };
        ShowPage {
            home: home(view.id),
            agency,
            pack: page.t2("programme-pack-version", "pack", page.text(&pack), "version", &view.rules.version),
            about: page.t(about),
            left: steps.iter().filter(|step| !step.done).count(),
            steps,
            newer: view.newer.as_ref().map(|(version, _)| version.clone()).unwrap_or_default(),
            alone: day.supervisors == 1,
            page,
        }
    }
}

async fn own(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    match who.actor().programme() {
        None => Ok(Redirect::to("/programmes").into_response()),
        Some(id) if manages(&who) => show_it(page, &web, &who, id).await,
        Some(id) => rules_of(page, &web, &who, id).await,
    }
}

async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    if manages(&who) { show_it(page, &web, &who, id).await } else { rules_of(page, &web, &who, id).await }
}

async fn show_it(page: Page, web: &Web, who: &Who, id: ProgrammeId) -> Result<Response, Trouble> {
    let view = web.app.programme(who.actor(), id).await?;
    let day = web.app.set_up(who.actor(), id).await?;
    let pack = web.app.library().get(&view.rules.pack).map(|pack| pack.name.clone()).unwrap_or_default();
    ShowPage::of(page, &view, &day, pack, who.actor().programme().is_none()).show()
}

// ---- an administrator's day ----

/// What needs an administrator today.
#[derive(Template)]
#[template(path = "day/admin.html")]
pub(crate) struct AdminDayPage {
    pub page: Page,
    pub steps: Vec<Step>,
    pub alone: bool,
    pub home: String,
}

impl AdminDayPage {
    pub(crate) fn of(page: Page, id: ProgrammeId, day: &AdminDay, to_check: usize) -> AdminDayPage {
        let page = page.titled("nav-day");
        let mut steps = steps(&page, id, day, to_check);
        steps.retain(|step| !step.done);
        AdminDayPage { steps, alone: day.supervisors == 1, home: home(id), page }
    }
}

/// The day of somebody who runs a programme: only what waits for them. `/day` asks for it.
///
/// # Errors
/// [`Trouble::NotFound`] for a role in no programme.
pub fn day_admin(page: Page, who: &Who, day: AdminDay) -> Result<Response, Trouble> {
    let id = who.actor().programme().ok_or(Trouble::NotFound)?;
    let to_check = to_check(who.rules()?);
    AdminDayPage::of(page, id, &day, to_check).show()
}

// ---- the rules in plain words ----

/// One rule.
pub(crate) struct RuleLine {
    pub name: String,
    /// What it is, or why; empty when the name says it all.
    pub text: String,
    /// Whether the text is for saying aloud.
    pub spoken: bool,
    /// What holds, for a value.
    pub value: String,
    /// Whether the programme chose it.
    pub own: bool,
    pub source: SourceLine,
}

/// Rules under one heading.
pub(crate) struct RuleGroup {
    pub id: &'static str,
    pub title: String,
    pub lead: String,
    pub rules: Vec<RuleLine>,
}

/// The rules of a programme.
#[derive(Template)]
#[template(path = "programme/rules.html")]
pub(crate) struct RulesPage {
    pub page: Page,
    /// The way up; empty for those who only read the rules.
    pub up: String,
    pub name: String,
    pub version: String,
    pub groups: Vec<RuleGroup>,
}

impl RulesPage {
    pub(crate) fn of(page: Page, name: &str, rules: &Rules, up: String, place: &'static str) -> RulesPage {
        let page = page.titled("programme-rules").under(place);
        let line = |name: &Text, text: String, source: &Source| RuleLine {
            name: page.text(name),
            text,
            spoken: false,
            value: String::new(),
            own: false,
            source: SourceLine::of(&page, source),
        };
        let note = rules
            .note
            .elements
            .iter()
            .map(|element| {
                let mut line = line(&element.name, page.text(&element.why), &element.source);
                line.own = element.adopted;
                line.source.strength = strength(&page, element.strength);
                line.source.tone = tone(element.strength);
                line
            })
            .collect();
        let values = rules
            .open_settings
            .iter()
            .filter(|setting| !is_must(setting))
            .map(|setting| RuleLine {
                value: said(&page, setting, setting.value()),
                own: setting.chosen.is_some(),
                ..line(&setting.name, page.text(&setting.why), &setting.source)
            })
            .collect();
        let meeting = rules
            .first_meeting
            .iter()
            .map(|item| RuleLine { spoken: true, ..line(&item.name, page.text(&item.script), &item.source) })
            .collect();
        let titles = rules
            .titles
            .iter()
            .map(|title| {
                let role = format!("role-{}", title.role.as_str().replace('_', "-"));
                line(&title.name, page.t(&role), &title.source)
            })
            .collect();
        let group =
            |id, title: &str, lead: String, rules| RuleGroup { id, title: page.t(title), lead, rules };
        let groups = vec![
            group("note", "programme-rules-note", page.t("programme-rules-note-lead"), note),
            group("values", "programme-rules-values", page.text(&rules.support.explanation), values),
            group("meeting", "programme-rules-meeting", page.t("programme-rules-meeting-lead"), meeting),
            group("titles", "programme-rules-titles", page.t("programme-rules-titles-lead"), titles),
        ];
        RulesPage { name: name.to_owned(), version: rules.version.clone(), groups, up, page }
    }
}

async fn rules(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    rules_of(page, &web, &who, id).await
}

async fn rules_of(page: Page, web: &Web, who: &Who, id: ProgrammeId) -> Result<Response, Trouble> {
    let view = web.app.programme(who.actor(), id).await?;
    let up = if manages(who) { home(id) } else { String::new() };
    RulesPage::of(page, &view.name, &view.rules, up, place(who)).show()
}

// ---- choices ----

/// A choice that somebody else changed while this form was open.
pub(crate) struct Clash {
    pub name: String,
    pub now: String,
    pub yours: String,
}

/// The programme's name and choices.
#[derive(Template)]
#[template(path = "programme/settings.html")]
pub(crate) struct SettingsPage {
    pub page: Page,
    pub form: Form,
    pub home: String,
    pub name: String,
    pub groups: Vec<AskedGroup>,
    pub clashes: Vec<Clash>,
    pub version: i64,
    pub command: String,
}

impl SettingsPage {
    pub(crate) fn of(
        page: Page,
        form: Form,
        view: &ProgrammeView,
        command: CommandId,
        place: &'static str,
    ) -> SettingsPage {
        let page = page.titled("programme-settings").focused(home(view.id)).under(place).of_form(&form);
        SettingsPage {
            groups: asked(&page, &view.rules),
            home: home(view.id),
            name: view.name.clone(),
            clashes: Vec::new(),
            version: view.version,
            command: command.to_string(),
            page,
            form,
        }
    }
}

async fn settings(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let view = web.app.programme(who.actor(), id).await?;
    let form = holding(Form::new().with("name", view.name.clone()), &view.rules);
    SettingsPage::of(page, form, &view, web.app.command_id(), place(&who)).show()
}

async fn change_settings(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let view = web.app.programme(who.actor(), id).await?;
    let command = command(&web, &form);
    let name = form.need("name", "programme-error-name");
    let settings = chosen(&page, &mut form, &view.rules);
    let version = form.value("version").parse().unwrap_or(0);
    if let (Some(name), true) = (name, form.is_right()) {
        let answer =
            web.app.change_programme(who.actor(), command, id, &name, settings.clone(), version).await;
        match answer {
            Ok(()) => return Ok(done(&web.shell, &home(id), "flash-saved")),
            Err(Error::Fault(fault)) => tell_fault(&page, &mut form, &view.rules, fault)?,
            Err(Error::Stale) => {
                let clashes = clashes(&page, &view, &name, &settings);
                let place = place(&who);
                let page = SettingsPage { clashes, ..SettingsPage::of(page, form, &view, command, place) };
                return page.show_as(StatusCode::CONFLICT);
            }
            Err(error) => return Err(error.into()),
        }
    }
    SettingsPage::of(page, form, &view, command, place(&who)).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Where what is saved now and what was typed here differ.
fn clashes(page: &Page, view: &ProgrammeView, name: &str, typed: &Settings) -> Vec<Clash> {
    let mut clashes = Vec::new();
    if view.name != name {
        let (now, yours) = (view.name.clone(), name.to_owned());
        clashes.push(Clash { name: page.t("programme-name"), now, yours });
    }
    for setting in &view.rules.open_settings {
        let yours = typed.get(&setting.id).unwrap_or(&setting.default);
        if yours != setting.value() {
            clashes.push(Clash {
                name: page.text(&setting.name),
                now: said(page, setting, setting.value()),
                yours: said(page, setting, yours),
            });
        }
    }
    clashes
}

// ---- versions of the pack ----

/// One adoption, in words.
pub(crate) struct AdoptionLine {
    pub version: String,
    pub when: String,
    pub by: String,
    /// Whether it is the one in force today.
    pub now: bool,
    /// Whether its day is yet to come.
    pub ahead: bool,
}

/// The versions a programme adopted, and the one it could.
#[derive(Template)]
#[template(path = "programme/pack.html")]
pub(crate) struct PackPage {
    pub page: Page,
    pub form: Form,
    pub home: String,
    pub name: String,
    pub version: String,
    pub newer: String,
    pub adoptions: Vec<AdoptionLine>,
    pub command: String,
}

impl PackPage {
    pub(crate) fn of(
        page: Page,
        form: Form,
        view: &ProgrammeView,
        command: CommandId,
        place: &'static str,
    ) -> PackPage {
        let page = page.titled("programme-pack").under(place).of_form(&form);
        let today = view.rules.on;
        let now = view.adoptions.iter().position(|adoption| adoption.from <= today);
        let adoptions = view
            .adoptions
            .iter()
            .enumerate()
            .map(|(at, adoption)| AdoptionLine {
                version: adoption.version.clone(),
                when: page.date(adoption.from),
                by: adoption.by.clone(),
                now: Some(at) == now,
                ahead: adoption.from > today,
            })
            .collect();
        PackPage {
            home: home(view.id),
            name: view.name.clone(),
            version: view.rules.version.clone(),
            newer: view.newer.as_ref().map(|(version, _)| version.clone()).unwrap_or_default(),
            adoptions,
            command: command.to_string(),
            page,
            form,
        }
    }
}

async fn pack(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let view = web.app.programme(who.actor(), id).await?;
    let form = Form::new().with("from", view.rules.on.to_string());
    PackPage::of(page, form, &view, web.app.command_id(), place(&who)).show()
}

async fn adopt_pack(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    let command = command(&web, &form);
    if let Some(from) = form.date("from", "programme-error-from") {
        match web.app.adopt_pack(who.actor(), command, id, from).await {
            Ok(()) => return Ok(done(&web.shell, &format!("{}/pack", home(id)), "flash-programme-adopted")),
            Err(Error::Fault(Fault::Unknown("from"))) => form.wrong("from", "programme-error-from"),
            Err(error) => return Err(error.into()),
        }
    }
    let view = web.app.programme(who.actor(), id).await?;
    PackPage::of(page, form, &view, command, place(&who)).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
