//! People and parents: the list, adding, the page of one person, changing, children, same names, a way to sign in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::person::{Alike, FirstSupport, NewPerson, PersonLine, PersonView};
use porchlight_app::{About, Error, Fault};
use porchlight_practice::Role;
use porchlight_practice::id::{CommandId, PersonId};
use porchlight_practice::person::{Child, NaturalSupport, Profile, ProfileFault, Way, WayKind, initials};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};
use crate::support::{First, Past, Walk};

/// The pages about people.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/people", list, Needs::Action(Action::PersonList))
        .page(Method::GET, "/people/new", new, Needs::Action(Action::PersonAdd))
        .page(Method::POST, "/people/new", add, Needs::Action(Action::PersonAdd))
        .page(Method::POST, "/people/same", same_names, Needs::Action(Action::PersonFindSame))
        .page(Method::GET, "/people/{person}", show, Needs::Action(Action::PersonRead))
        .page(Method::GET, "/people/{person}/print", paper, Needs::Action(Action::PersonRead))
        .page(Method::GET, "/people/{person}/edit", edit, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/edit", keep, Needs::Action(Action::PersonChange))
        .page(Method::GET, "/people/{person}/children", children, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/children", add_child, Needs::Action(Action::PersonAddChild))
        .page(Method::GET, "/people/{person}/same", same, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/same", link, Needs::Action(Action::PersonLinkSame))
        .page(Method::POST, "/people/{person}/unlink", unlink, Needs::Action(Action::PersonUnlinkSame))
        .page(Method::GET, "/people/{person}/invite", invite, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/invite", give_link, Needs::Action(Action::PersonInvite))
        .page(Method::GET, "/people/{person}/visits", visits, Needs::Action(Action::ContactListOfPerson))
}

/// The id of the command a form carries, so that sending it twice does it once; a new one when it carries none.
pub(crate) fn command(web: &Web, form: &Form) -> CommandId {
    form.value("command").parse().unwrap_or_else(|_| web.app.command_id())
}

/// A form that can be sent once.
pub(crate) fn fresh(web: &Web) -> Form {
    Form::new().with("command", web.app.command_id().to_string())
}

/// Whom a page is about, for its head and the way back.
pub struct Named {
    /// The record.
    pub id: PersonId,
    /// How they want to be called.
    pub called: String,
    /// The name in full, for those who may open the record.
    pub full: String,
}

impl Named {
    pub(crate) fn of(view: &PersonView) -> Named {
        let full = format!("{} {}", view.profile.called, view.profile.family_name);
        Named { id: view.id, called: view.profile.called.clone(), full: full.trim().to_owned() }
    }

    /// Two letters for the round mark.
    pub fn initials(&self) -> String {
        initials(&self.full)
    }
}

/// What is wrong, beside the field it is about. `false` when this page has no such field.
pub(crate) fn say_fault(form: &mut Form, fault: &Fault) -> bool {
    use porchlight_practice::support::SupportFault;
    let (field, key) = match fault {
        Fault::Profile(ProfileFault::NoName) => ("called", "person-error-name"),
        Fault::Profile(ProfileFault::TooLong) => ("called", "person-error-long"),
        Fault::Empty("peer") => ("peer", "person-error-works-here"),
        Fault::Unknown("peer") => ("peer", "support-error-peer"),
        Fault::Unknown("to") => ("to", "support-error-peer"),
        Fault::Unknown("responsible") => ("responsible", "support-error-responsible"),
        Fault::Unknown("part") => ("part", "support-error-part"),
        Fault::Unknown("reason") => ("reason", "support-error-reason"),
        Fault::Unknown("tie") => ("tie", "person-error-tie"),
        Fault::Unknown("reader") => ("reader", "share-error-reader"),
        Fault::Unknown("days") => ("days", "share-error-days"),
        Fault::Support(SupportFault::NeedsLead) => ("responsible", "support-error-lead"),
        Fault::Support(SupportFault::SamePeer) if form.text("to").is_some() => {
            ("to", "support-error-same-peer")
        }
        Fault::Support(SupportFault::SamePeer) => ("peer", "support-error-same-peer"),
        Fault::Support(SupportFault::BeforeStart) => ("on", "support-error-before"),
        Fault::Support(SupportFault::NotWalking) => ("on", "support-error-over"),
        Fault::Goal(_) => ("words", "goal-error-words"),
        _ => return false,
    };
    form.wrong(field, key);
    true
}

/// The answer to something that did not work: `None` when the form can say what, beside a field.
pub(crate) fn beside(form: &mut Form, error: Error) -> Result<(), Trouble> {
    match error {
        Error::Fault(fault) if say_fault(form, &fault) => Ok(()),
        other => Err(other.into()),
    }
}

// ---- the list ----

/// A person in the list, in words.
pub struct Row {
    href: String,
    name: String,
    initials: String,
    goal: String,
    note: String,
}

/// The list of people.
#[derive(Template)]
#[template(path = "person/list.html")]
pub struct List {
    page: Page,
    may_add: bool,
    shared_only: bool,
    waiting: Vec<Row>,
    rows: Vec<Row>,
}

impl List {
    pub(crate) fn of(page: Page, role: Role, lines: Vec<PersonLine>) -> List {
        let (mut waiting, mut rows) = (Vec::new(), Vec::new());
        for line in lines {
            let row = Row {
                href: format!("/people/{}{}", line.id, if line.open { "" } else { "/visits" }),
                initials: initials(&line.name),
                goal: line.goal.clone().unwrap_or_default(),
                note: note_of(&page, role, &line),
                name: line.name,
            };
            if line.waiting && line.open { waiting.push(row) } else { rows.push(row) }
        }
        let mut page = page;
        page.title = first_big(&page.w("people"));
        let shared_only = role == Role::TeamMember;
        if shared_only {
            rows.append(&mut waiting);
        }
        List { page, may_add: role.is_peer() || role == Role::Supervisor, shared_only, waiting, rows }
    }
}

fn note_of(page: &Page, role: Role, line: &PersonLine) -> String {
    if !line.open {
        return page.t("person-notes-only");
    }
    let met = match line.last_contact {
        Some(at) => page.t1("person-last-met", "day", page.near(at.to_zoned(page.zone()).date())),
        None => page.t("person-not-met"),
    };
    // Whoever walks alone with somebody need not be told so.
    if line.walks_with.is_empty() || role.is_peer() && line.walks_with.len() == 1 {
        return met;
    }
    page.t2("person-walked-and-met", "names", page.list(&line.walks_with), "met", met)
}

/// A word at the beginning of a heading.
pub(crate) fn first_big(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

async fn list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let lines = web.app.people(who.actor()).await?;
    List::of(page, who.actor().role(), lines).show()
}

// ---- adding ----

/// Adding a person, or changing what the record says.
#[derive(Template)]
#[template(path = "person/edit.html")]
pub struct Edit {
    page: Page,
    form: Form,
    action: String,
    is_new: bool,
    family: bool,
    ways: Vec<usize>,
    kinds: Vec<Choice>,
    first: Option<First>,
    same: SameNames,
    clash: Vec<Clash>,
}

/// One field that somebody else changed meanwhile: both texts.
pub struct Clash {
    label: String,
    theirs: String,
    yours: String,
}

impl Edit {
    pub(crate) fn new(page: Page, form: Form, action: String, first: Option<First>) -> Edit {
        let kinds = WayKind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind.as_str(), page.t(&format!("person-way-{}", kind.as_str()))))
            .collect();
        let filled = (1..=WAYS).rev().find(|row| form.text(&format!("way-{row}")).is_some()).unwrap_or(0);
        Edit {
            ways: (1..=(filled + 1).clamp(3, WAYS)).collect(),
            kinds,
            is_new: action == "/people/new",
            family: false,
            first,
            same: SameNames { page: page.clone(), alike: Vec::new() },
            clash: Vec::new(),
            page: page.of_form(&form),
            action,
            form,
        }
    }

    /// With records whose name is like the one typed.
    pub(crate) fn with_alike(mut self, alike: Vec<Alike>) -> Edit {
        self.same.alike = alike;
        self
    }

    /// With both texts, where somebody else changed the record meanwhile.
    pub(crate) fn with_clash(mut self, theirs: &Profile, yours: &Profile) -> Edit {
        self.clash = clashes(&self.page, theirs, yours);
        self
    }

    /// Whether a section is open from the start: it has something in it, or nothing else to show.
    fn open(&self, fields: &[&str]) -> bool {
        !self.form.is_right() || fields.iter().any(|field| self.form.text(field).is_some())
    }

    fn field(&self, start: &str, row: &usize) -> String {
        format!("{start}-{row}")
    }

    fn typed(&self, start: &str, row: &usize) -> &str {
        self.form.value(&self.field(start, row))
    }

    fn chosen(&self, start: &str, row: &usize, value: &str) -> bool {
        self.form.has(&self.field(start, row), value)
    }
}

/// How many ways to reach somebody a form can hold.
const WAYS: usize = 12;

/// What was typed about a person.
fn profile_of(form: &Form) -> Profile {
    let text = |field: &str| form.value(field).to_owned();
    let lines = |field: &str| form.value(field).lines().map(str::to_owned).collect::<Vec<_>>();
    let ways = (1..=WAYS).map(|row| Way {
        kind: WayKind::parse(form.value(&format!("way-kind-{row}"))).unwrap_or_default(),
        value: text(&format!("way-{row}")),
        shared: form.has(&format!("way-shared-{row}"), "yes"),
    });
    let natural_supports = form.value("supports").lines().map(|line| {
        let (name, how) = line.split_once(": ").unwrap_or((line, ""));
        NaturalSupport { name: name.to_owned(), how: how.to_owned() }
    });
    Profile {
        called: text("called"),
        family_name: text("family_name"),
        pronouns: text("pronouns"),
        described: text("described"),
        language: text("language"),
        interpreter: form.has("interpreter", "yes"),
        ways: ways.filter(|way| !way.value.trim().is_empty()).collect(),
        safe_hours: text("safe_hours"),
        never: text("never"),
        strengths: lines("strengths"),
        matters: text("matters"),
        needs: lines("needs"),
        culture: text("culture"),
        natural_supports: natural_supports.collect(),
    }
}

/// A form that starts from a record.
fn form_of(profile: &Profile) -> Form {
    let supports: Vec<String> = profile.natural_supports.iter().map(said_support).collect();
    let mut form = Form::new()
        .with("called", &profile.called)
        .with("family_name", &profile.family_name)
        .with("pronouns", &profile.pronouns)
        .with("described", &profile.described)
        .with("language", &profile.language)
        .with("safe_hours", &profile.safe_hours)
        .with("never", &profile.never)
        .with("strengths", profile.strengths.join("\n"))
        .with("matters", &profile.matters)
        .with("needs", profile.needs.join("\n"))
        .with("culture", &profile.culture)
        .with("supports", supports.join("\n"));
    if profile.interpreter {
        form = form.with("interpreter", "yes");
    }
    for (row, way) in profile.ways.iter().enumerate() {
        let row = row + 1;
        form =
            form.with(&format!("way-{row}"), &way.value).with(&format!("way-kind-{row}"), way.kind.as_str());
        if way.shared {
            form = form.with(&format!("way-shared-{row}"), "yes");
        }
    }
    form
}

fn said_support(support: &NaturalSupport) -> String {
    if support.how.is_empty() { support.name.clone() } else { format!("{}: {}", support.name, support.how) }
}

/// What a supervisor chooses for a new person; a peer specialist walks with whom they add.
async fn first_for(web: &Web, page: &Page, who: &Who) -> Result<Option<First>, Trouble> {
    if who.actor().role() != Role::Supervisor {
        return Ok(None);
    }
    let programme = who.actor().programme().ok_or(Trouble::NotFound)?;
    let colleagues = web.app.colleagues(who.actor(), Action::PersonAdd, About::Programme(programme)).await?;
    Ok(Some(First::of(page, who.rules()?, &colleagues)))
}

fn new_page(page: Page) -> Page {
    let person = page.w("person");
    page.titled_with("person-add", "person", person).focused("/people")
}

async fn new(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    may_add(&who)?;
    let first = first_for(&web, &page, &who).await?;
    let mut form = fresh(&web);
    if first.is_some() {
        form = form.with("responsible", who.actor().account().to_string());
        if let Some(role) = who.rules()?.support.roles.first() {
            form = form.with("part", &role.id);
        }
    }
    edit_page(&who, new_page(page), form, "/people/new".to_owned(), first)?.show()
}

fn may_add(who: &Who) -> Result<(), Trouble> {
    let role = who.actor().role();
    if role.is_peer() || role == Role::Supervisor { Ok(()) } else { Err(Trouble::NotFound) }
}

fn edit_page(
    who: &Who,
    page: Page,
    form: Form,
    action: String,
    first: Option<First>,
) -> Result<Edit, Trouble> {
    let mut edit = Edit::new(page, form, action, first);
    edit.family = who.rules()?.family;
    Ok(edit)
}

async fn add(page: Page, State(web): State<Web>, who: Who, mut form: Form) -> Result<Response, Trouble> {
    let profile = profile_of(&form);
    form.need("called", "person-error-name");
    let works_here = form.has("works_here", "yes");
    let first = match form.text("peer") {
        Some(_) => match (
            form.read("peer", "support-error-peer"),
            form.need("part", "support-error-part"),
            form.read("responsible", "support-error-responsible"),
        ) {
            (Some(peer), Some(part), Some(responsible)) => Some(FirstSupport { peer, part, responsible }),
            _ => None,
        },
        None => None,
    };
    let command = command(&web, &form);
    if form.is_right() {
        let (called, family) = (profile.called.clone(), profile.family_name.clone());
        let new = NewPerson { id: PersonId(command.0), profile, works_here, first };
        match web.app.add_person(who.actor(), command, new).await {
            Ok(id) => return added(&web, &who, id, works_here, &called, &family).await,
            Err(error) => beside(&mut form, error)?,
        }
    }
    let first = first_for(&web, &page, &who).await?;
    let alike = web.app.find_same(who.actor(), form.value("called"), form.value("family_name")).await?;
    let edit = edit_page(&who, new_page(page), form, "/people/new".to_owned(), first)?;
    edit.with_alike(alike).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// On to the new record; by way of the names that are like it, when there are some. Nobody is held up.
async fn added(
    web: &Web,
    who: &Who,
    id: PersonId,
    works_here: bool,
    called: &str,
    family: &str,
) -> Result<Response, Trouble> {
    if works_here && !who.actor().role().is_peer() {
        return Ok(done(&web.shell, "/people", "flash-person-added"));
    }
    let others = web.app.find_same(who.actor(), called, family).await?;
    let place = if others.iter().any(|alike| alike.id != id) { "/same" } else { "" };
    Ok(done(&web.shell, &format!("/people/{id}{place}"), "flash-person-added"))
}

/// Records whose name is like what is typed: a part of the page, for a script that asks while somebody types.
#[derive(Template)]
#[template(path = "parts/same.html")]
pub struct SameNames {
    page: Page,
    alike: Vec<Alike>,
}

async fn same_names(page: Page, State(web): State<Web>, who: Who, form: Form) -> Result<Response, Trouble> {
    let alike = web.app.find_same(who.actor(), form.value("called"), form.value("family_name")).await?;
    SameNames { page, alike }.show()
}

// ---- one person ----

/// What the reader may do with the record.
#[derive(Default)]
pub struct May {
    log: bool,
    change: bool,
    children: bool,
    goals: bool,
    start: bool,
    part_ways: bool,
    first_meeting: bool,
    same: bool,
    invite: bool,
    choices: bool,
    visits: bool,
}

impl May {
    fn of(view: &PersonView, role: Role) -> May {
        May {
            log: view.may(Action::ContactDraft),
            change: view.may(Action::PersonChange),
            children: view.may(Action::PersonAddChild),
            goals: view.may(Action::GoalSay),
            start: view.may(Action::SupportStart),
            part_ways: view.may(Action::SupportHandOver),
            first_meeting: view.may(Action::SupportFirstMeeting),
            same: view.may(Action::PersonLinkSame),
            invite: view.may(Action::PersonInvite),
            choices: view.may(Action::ConsentRead),
            // A team member may read visits when they are shared too; whether they are is asked when they look.
            visits: view.may(Action::ContactListOfPerson) && role != Role::TeamMember,
        }
    }
}

/// A goal, in the person's words.
pub struct GoalLine {
    words: String,
    since: String,
}

/// A way to reach the person, in words.
pub struct WayLine {
    kind: String,
    icon: &'static str,
    value: String,
    href: String,
    shared: bool,
}

impl WayLine {
    fn of(page: &Page, way: &Way) -> WayLine {
        let dialled: String = way.value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let (icon, href) = match way.kind {
            WayKind::Phone => ("phone", format!("tel:{dialled}")),
            WayKind::Message => ("message", format!("sms:{dialled}")),
            WayKind::Email if way.value.contains('@') && !way.value.contains(char::is_whitespace) => {
                ("message", format!("mailto:{}", way.value))
            }
            WayKind::Email => ("message", String::new()),
            WayKind::Letter => ("home", String::new()),
        };
        let is_number = dialled.len() >= 3 || !matches!(way.kind, WayKind::Phone | WayKind::Message);
        WayLine {
            kind: page.t(&format!("person-way-{}", way.kind.as_str())),
            icon,
            value: way.value.clone(),
            href: if is_number { href } else { String::new() },
            shared: way.shared,
        }
    }
}

/// A child, in words.
pub struct ChildLine {
    called: String,
    note: String,
    loves: String,
}

/// The page of one person.
#[derive(Template)]
#[template(path = "person/show.html")]
pub struct OnePerson {
    page: Page,
    person: Named,
    view: PersonView,
    may: May,
    family: bool,
    goals: Vec<GoalLine>,
    ways: Vec<WayLine>,
    children: Vec<ChildLine>,
    walks: Vec<Walk>,
    past: Vec<Past>,
}

impl OnePerson {
    pub(crate) fn of(page: Page, who_is: &WhoLooks<'_>, view: PersonView) -> OnePerson {
        let person = Named::of(&view);
        let mut page = page;
        page.title = person.full.clone();
        let rules = who_is.rules;
        let goals = view.goals.iter().filter(|(_, goal, _)| goal.is_open()).map(|(_, goal, _)| match goal {
            porchlight_practice::goal::Goal::Open { words, since }
            | porchlight_practice::goal::Goal::Reached { words, since, .. }
            | porchlight_practice::goal::Goal::SetAside { words, since, .. } => {
                GoalLine { words: words.clone(), since: page.t1("goal-since", "day", page.date(since)) }
            }
        });
        let tie = |child: &Child| {
            let known = rules.support.caregivers.iter().find(|tie| tie.id == child.tie);
            known.map(|tie| page.text(&tie.name)).unwrap_or_default()
        };
        let children = view.children.iter().map(|(_, child)| ChildLine {
            called: child.called.clone(),
            note: match child.born {
                Some(year) => page.t2("person-child-note", "year", year.to_string(), "tie", tie(child)),
                None => tie(child),
            },
            loves: child.loves.clone(),
        });
        OnePerson {
            goals: goals.collect(),
            children: children.collect(),
            ways: view.profile.ways.iter().map(|way| WayLine::of(&page, way)).collect(),
            walks: Walk::all(&page, rules, &view, who_is.account),
            past: Past::all(&page, rules, &view),
            may: May::of(&view, who_is.role),
            family: rules.family,
            person,
            view,
            page,
        }
    }

    fn interpreter_note(&self) -> String {
        match (self.view.profile.language.is_empty(), self.view.profile.interpreter) {
            (false, true) => {
                self.page.t1("person-speaks-interpreter", "language", &self.view.profile.language)
            }
            (false, false) => self.page.t1("person-speaks", "language", &self.view.profile.language),
            (true, true) => self.page.t("person-interpreter"),
            (true, false) => String::new(),
        }
    }

    fn visits_title(&self) -> String {
        first_big(&self.page.w("contacts"))
    }

    fn account_note(&self) -> String {
        self.page.t(if self.view.has_account { "person-has-account" } else { "person-no-account" })
    }

    fn same_note(&self) -> String {
        match self.view.same_as.len() {
            0 => self.page.t("person-same-note"),
            count => self.page.t1("person-same-count", "count", count),
        }
    }

    fn has_contact_facts(&self) -> bool {
        let profile = &self.view.profile;
        !(profile.never.is_empty() && profile.safe_hours.is_empty() && profile.ways.is_empty())
    }
}

/// Who reads a page about a person, and under which rules.
pub(crate) struct WhoLooks<'w> {
    pub rules: &'w porchlight_practice::pack::Rules,
    pub account: porchlight_practice::id::AccountId,
    pub role: Role,
}

impl<'w> WhoLooks<'w> {
    pub(crate) fn of(who: &'w Who) -> Result<WhoLooks<'w>, Trouble> {
        Ok(WhoLooks { rules: who.rules()?, account: who.actor().account(), role: who.actor().role() })
    }
}

async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    OnePerson::of(page, &WhoLooks::of(&who)?, view).show()
}

/// The person's page on paper, for somebody who has no account: to read, and to sign if they like.
#[derive(Template)]
#[template(path = "person/paper.html")]
pub struct Paper {
    page: Page,
    shown: OnePerson,
    programme: String,
    role_card: String,
    privacy: String,
    rights: Vec<String>,
}

impl Paper {
    pub(crate) fn of(page: Page, who_is: &WhoLooks<'_>, view: PersonView) -> Paper {
        let rules = who_is.rules;
        let text = |text: &porchlight_practice::Text| page.text(text);
        let programme = page.visitor.as_ref().map(|visitor| visitor.programme.clone()).unwrap_or_default();
        let (role_card, privacy) = (text(&rules.role_card), text(&rules.limits_of_privacy));
        let rights = rules.rights.iter().map(|right| text(&right.text)).collect();
        let shown = OnePerson::of(page.clone(), who_is, view);
        let page = page.titled_with("person-paper", "name", &shown.person.called);
        Paper { page, programme, role_card, privacy, rights, shown }
    }
}

async fn paper(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    Paper::of(page, &WhoLooks::of(&who)?, view).show()
}

// ---- changing ----

fn change_page(page: Page, view: &PersonView) -> Page {
    page.titled_with("person-change", "name", &view.profile.called).focused(format!("/people/{}", view.id))
}

async fn edit(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    if !view.may(Action::PersonChange) {
        return Err(Trouble::NotFound);
    }
    let form = form_of(&view.profile)
        .with("version", view.version.to_string())
        .with("command", web.app.command_id().to_string());
    edit_page(&who, change_page(page, &view), form, format!("/people/{id}/edit"), None)?.show()
}

async fn keep(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    form.need("called", "person-error-name");
    let profile = profile_of(&form);
    // A form without its version is an old one; the page then shows both texts.
    let version = form.value("version").parse().unwrap_or(0);
    let mut stale = false;
    if form.is_right() {
        let kept =
            web.app.change_person(who.actor(), command(&web, &form), id, profile.clone(), version).await;
        match kept {
            Ok(()) => return Ok(done(&web.shell, &format!("/people/{id}"), "flash-saved")),
            Err(Error::Stale) => stale = true,
            Err(error) => beside(&mut form, error)?,
        }
    }
    let view = web.app.person(who.actor(), id).await?;
    if stale {
        form = replace(form, "version", &view.version.to_string());
    }
    let edit = edit_page(&who, change_page(page, &view), form, format!("/people/{id}/edit"), None)?;
    if stale {
        return edit.with_clash(&view.profile, &profile).show_as(StatusCode::CONFLICT);
    }
    edit.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// The same form with one value put in place of another.
fn replace(form: Form, field: &str, value: &str) -> Form {
    let mut new = Form::new();
    for (name, old) in form.values().filter(|(name, _)| *name != field) {
        new = new.with(name, old);
    }
    new.with(field, value)
}

/// The fields that differ between the record as it is now and what was typed.
fn clashes(page: &Page, theirs: &Profile, yours: &Profile) -> Vec<Clash> {
    let (theirs, yours) =
        (form_of(theirs), form_of(&yours.clone().checked().unwrap_or_else(|_| yours.clone())));
    let said = |form: &Form, field: &str| form.value(field).to_owned();
    let mut found: Vec<Clash> = FIELDS
        .iter()
        .filter(|(field, _)| theirs.value(field) != yours.value(field))
        .map(|(field, key)| Clash {
            label: page.t(key),
            theirs: said(&theirs, field),
            yours: said(&yours, field),
        })
        .collect();
    let ways = |form: &Form| {
        let all = (1..=WAYS).map(|row| form.value(&format!("way-{row}")).to_owned());
        all.filter(|way| !way.is_empty()).collect::<Vec<_>>().join("\n")
    };
    if ways(&theirs) != ways(&yours) {
        found.push(Clash { label: page.t("person-ways"), theirs: ways(&theirs), yours: ways(&yours) });
    }
    found
}

/// The fields of the form with the keys of their labels.
const FIELDS: [(&str, &str); 13] = [
    ("called", "person-called"),
    ("family_name", "person-family-name"),
    ("pronouns", "person-pronouns"),
    ("described", "person-described"),
    ("language", "person-language"),
    ("interpreter", "person-interpreter"),
    ("safe_hours", "person-safe-hours"),
    ("never", "person-never"),
    ("strengths", "person-strengths"),
    ("matters", "person-matters"),
    ("needs", "person-needs"),
    ("culture", "person-culture"),
    ("supports", "person-supports"),
];

// ---- children ----

/// A parent's children, and adding one.
#[derive(Template)]
#[template(path = "person/children.html")]
pub struct Children {
    page: Page,
    form: Form,
    person: Named,
    children: Vec<ChildLine>,
    ties: Vec<Choice>,
}

impl Children {
    pub(crate) fn of(page: Page, who_is: &WhoLooks<'_>, view: PersonView, form: Form) -> Children {
        let ties = who_is.rules.support.caregivers.iter();
        let ties = ties.map(|tie| Choice::new(&tie.id, page.text(&tie.name)).icon(&tie.icon)).collect();
        let shown = OnePerson::of(page.clone(), who_is, view);
        let back = format!("/people/{}", shown.person.id);
        let page = page.titled_with("person-children-of", "name", &shown.person.called).focused(back);
        Children { page: page.of_form(&form), form, ties, person: shown.person, children: shown.children }
    }
}

async fn children(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    if !view.may(Action::PersonAddChild) || !who.rules()?.family {
        return Err(Trouble::NotFound);
    }
    Children::of(page, &WhoLooks::of(&who)?, view, fresh(&web)).show()
}

async fn add_child(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let called = form.need("called", "person-error-child-name");
    let this_year = page.today().year();
    let born = form.text("born").and_then(|text| {
        let year = text.parse::<i16>().ok().filter(|year| (this_year - 120..=this_year).contains(year));
        if year.is_none() {
            form.wrong("born", "person-error-born");
        }
        year
    });
    let tie = form.need("tie", "person-error-tie");
    if let (Some(called), Some(tie), true) = (called, tie, form.is_right()) {
        let child = Child { called, born, tie, loves: form.value("loves").to_owned() };
        match web.app.add_child(who.actor(), command(&web, &form), id, child).await {
            Ok(_) => return Ok(done(&web.shell, &format!("/people/{id}"), "flash-saved")),
            Err(error) => beside(&mut form, error)?,
        }
    }
    let view = web.app.person(who.actor(), id).await?;
    Children::of(page, &WhoLooks::of(&who)?, view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

// ---- two records of one person ----

/// Records with a name like this one, and those already linked as the same person.
#[derive(Template)]
#[template(path = "person/same.html")]
pub struct Same {
    page: Page,
    form: Form,
    person: Named,
    may_link: bool,
    linked: Vec<(PersonId, String)>,
    alike: Vec<Alike>,
}

impl Same {
    pub(crate) fn of(page: Page, view: PersonView, alike: Vec<Alike>, form: Form) -> Same {
        let person = Named::of(&view);
        let page = page.titled("person-same-title").focused(format!("/people/{}", view.id));
        let is_other = |alike: &Alike| {
            alike.id != view.id && !view.same_as.iter().any(|(linked, _)| *linked == alike.id)
        };
        Same {
            alike: alike.into_iter().filter(is_other).collect(),
            may_link: view.may(Action::PersonLinkSame),
            page: page.of_form(&form),
            form,
            person,
            linked: view.same_as,
        }
    }
}

async fn same_page(web: &Web, who: &Who, page: Page, id: PersonId, form: Form) -> Result<Same, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    let alike = web.app.find_same(who.actor(), &view.profile.called, &view.profile.family_name).await?;
    Ok(Same::of(page, view, alike, form))
}

async fn same(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let form = fresh(&web);
    same_page(&web, &who, page, id, form).await?.show()
}

async fn link(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(other) = form.read("other", "person-error-same")
        && form.is_right()
    {
        match web.app.link_same(who.actor(), command(&web, &form), id, other).await {
            Ok(()) => return Ok(done(&web.shell, &format!("/people/{id}/same"), "flash-person-linked")),
            // One's own record is there, or the page below says that it is not.
            Err(Error::NotFound | Error::Fault(_)) => form.wrong("other", "person-error-same"),
            Err(error) => return Err(error.into()),
        }
    }
    same_page(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn unlink(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let other = form.read("other", "person-error-same").ok_or(Trouble::NotFound)?;
    web.app.unlink_same(who.actor(), command(&web, &form), id, other).await?;
    Ok(done(&web.shell, &format!("/people/{id}/same"), "flash-person-unlinked"))
}

// ---- a way to sign in ----

/// Giving the person a link of their own. The link is on the page once, and can be printed.
#[derive(Template)]
#[template(path = "person/invite.html")]
pub struct Invite {
    page: Page,
    form: Form,
    person: Named,
    link: String,
    path: String,
    has_account: bool,
}

impl Invite {
    pub(crate) fn of(page: Page, view: &PersonView, form: Form, link: String, path: String) -> Invite {
        let person = Named::of(view);
        let page = page
            .titled_with("person-invite-title", "name", &person.called)
            .focused(format!("/people/{}", view.id));
        Invite { page, form, person, link, path, has_account: view.has_account }
    }
}

async fn invite(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    if !view.may(Action::PersonInvite) {
        return Err(Trouble::NotFound);
    }
    Invite::of(page, &view, fresh(&web), String::new(), String::new()).show()
}

async fn give_link(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    headers: axum::http::HeaderMap,
    form: Form,
) -> Result<Response, Trouble> {
    let (link, path) = match web.app.invite_person(who.actor(), command(&web, &form), id).await {
        Ok(secret) => {
            let path = format!("/welcome/{}", secret.expose());
            let host = headers.get(axum::http::header::HOST).and_then(|host| host.to_str().ok());
            let scheme = if web.shell.secure_cookies { "https" } else { "http" };
            (host.map_or_else(|| path.clone(), |host| format!("{scheme}://{host}{path}")), path)
        }
        // The page says that they can sign in already.
        Err(Error::Fault(Fault::HasAccount)) => (String::new(), String::new()),
        Err(error) => return Err(error.into()),
    };
    let view = web.app.person(who.actor(), id).await?;
    Invite::of(page, &view, form, link, path).show()
}

// ---- visits ----

/// A visit, in words.
pub struct VisitRow {
    href: String,
    icon: String,
    when: String,
    title: String,
    own_words: String,
    late: bool,
}

/// The signed visits of one person, the newest first.
#[derive(Template)]
#[template(path = "person/visits.html")]
pub struct Visits {
    page: Page,
    back: String,
    visits: Vec<VisitRow>,
}

impl Visits {
    pub(crate) fn of(
        page: Page,
        rules: &porchlight_practice::pack::Rules,
        back: String,
        lines: Vec<porchlight_app::contact::VisitLine>,
    ) -> Visits {
        let title = first_big(&page.w("contacts"));
        let mut page = page;
        page.title = title;
        let visits = lines.into_iter().map(|line| {
            let kind = rules.contact_kinds.iter().find(|kind| kind.id == line.kind);
            let name = kind.map_or_else(|| page.w("contact"), |kind| page.text(&kind.name));
            VisitRow {
                href: format!("/contacts/{}", line.id),
                icon: kind.map_or_else(|| "speech".to_owned(), |kind| kind.icon.clone()),
                when: page.moment(line.started),
                title: page.t2("person-visit", "kind", name, "name", &line.writer_name),
                own_words: line.own_words,
                late: line.late,
            }
        });
        Visits { visits: visits.collect(), back, page }
    }
}

async fn visits(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let lines = web.app.visits(who.actor(), id).await?;
    // A team member may have a yes to the visits alone; the record itself is then no way back.
    let back =
        if who.actor().role() == Role::TeamMember { "/people".to_owned() } else { format!("/people/{id}") };
    Visits::of(page, who.rules()?, back, lines).show()
}
