//! Who walks with a person: beginning, the first meeting, handing over, goodbye.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use jiff::civil::Date;
use porchlight_access::Action;
use porchlight_app::pairing::Proposed;
use porchlight_app::person::{FirstSupport, PersonView};
use porchlight_app::support::{SupportView, Unaccompanied};
use porchlight_app::worker::Colleague;
use porchlight_app::{About, Error};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, PersonId, SupportId};
use porchlight_practice::pack::Rules;
use porchlight_practice::support::Support;

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::person::{Named, about, beside, fresh};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// The pages about who walks with whom. What may be done is asked at the door; a form is shown to whoever may send it.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/people/{person}/supports/new", new, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/supports/new", start, Needs::Action(Action::SupportStart))
        .page(
            Method::GET,
            "/unaccompanied/{person}",
            accompanying,
            Needs::Action(Action::SupportUnaccompanied),
        )
        .page(Method::POST, "/unaccompanied/{person}", accompany, Needs::Action(Action::SupportAccompany))
        .page(
            Method::GET,
            "/people/{person}/supports/{support}/first-meeting",
            first_meeting,
            Needs::Action(Action::PersonRead),
        )
        .page(
            Method::POST,
            "/people/{person}/supports/{support}/first-meeting",
            say_first_meeting,
            Needs::Action(Action::SupportFirstMeeting),
        )
        .page(
            Method::GET,
            "/people/{person}/supports/{support}/hand-over",
            handing_over,
            Needs::Action(Action::PersonRead),
        )
        .page(
            Method::POST,
            "/people/{person}/supports/{support}/hand-over",
            hand_over,
            Needs::Action(Action::SupportHandOver),
        )
        .page(
            Method::GET,
            "/people/{person}/supports/{support}/end",
            ending,
            Needs::Action(Action::PersonRead),
        )
        .page(Method::POST, "/people/{person}/supports/{support}/end", end, Needs::Action(Action::SupportEnd))
}

/// Somebody who walks with a person now, in words.
pub struct Walk {
    /// The support.
    pub id: SupportId,
    /// Who walks.
    pub peer: String,
    /// In which role, and since when.
    pub note: String,
    /// Who is responsible, when it is somebody else.
    pub responsible: String,
    /// What the one before said they should know.
    pub to_know: String,
    /// Whether something of the first meeting is still to be said.
    pub is_new: bool,
    /// Whether it is the reader who walks.
    pub mine: bool,
}

impl Walk {
    pub(crate) fn all(page: &Page, rules: &Rules, view: &PersonView, reader: AccountId) -> Vec<Walk> {
        let to_know = |walking: &SupportView| {
            let peer = walking.state.walking().peer;
            let told = view.supports.iter().find_map(|support| match &support.state {
                Support::HandedOver { to, to_know, on, .. }
                    if *to == peer && *on >= walking.state.walking().since =>
                {
                    Some(to_know.clone())
                }
                _ => None,
            });
            told.unwrap_or_default()
        };
        let walking = view.supports.iter().filter(|support| support.state.is_walking());
        walking
            .map(|support| {
                let was = support.state.walking();
                let part = part_name(page, rules, &was.part);
                Walk {
                    id: support.id,
                    peer: support.peer.clone(),
                    note: page.t2("support-since", "part", part, "day", page.date(was.since)),
                    responsible: if was.responsible == was.peer {
                        String::new()
                    } else {
                        support.responsible.clone()
                    },
                    to_know: to_know(support),
                    is_new: rules.first_meeting.iter().any(|item| !was.said.contains(&item.id)),
                    mine: was.peer == reader,
                }
            })
            .collect()
    }
}

fn part_name(page: &Page, rules: &Rules, part: &str) -> String {
    let known = rules.support.roles.iter().find(|role| role.id == part);
    known.map(|role| page.text(&role.name)).unwrap_or_default()
}

/// Somebody who walked with a person before, in words.
pub struct Past {
    /// From when until when.
    pub when: String,
    /// What happened.
    pub title: String,
    /// What was said at the end.
    pub words: String,
}

impl Past {
    pub(crate) fn all(page: &Page, rules: &Rules, view: &PersonView) -> Vec<Past> {
        view.supports.iter().filter_map(|support| Past::of(page, rules, support)).collect()
    }

    fn of(page: &Page, rules: &Rules, support: &SupportView) -> Option<Past> {
        let when = |on: &Date| {
            page.t2("support-from-to", "from", page.date(support.state.walking().since), "to", page.date(on))
        };
        match &support.state {
            Support::Walking(_) => None,
            Support::HandedOver { on, to_know, .. } => Some(Past {
                when: when(on),
                title: page.t2(
                    "support-handed-over",
                    "from",
                    &support.peer,
                    "to",
                    support.to.clone().unwrap_or_default(),
                ),
                words: to_know.clone(),
            }),
            Support::Ended { on, reason, goodbye, .. } => {
                let known = rules.support.endings.iter().find(|ending| ending.id == *reason);
                let reason = known.map(|ending| page.text(&ending.name)).unwrap_or_default();
                Some(Past {
                    when: when(on),
                    title: page.t2("support-ended", "name", &support.peer, "reason", reason),
                    words: goodbye.clone(),
                })
            }
        }
    }
}

/// What is chosen when somebody begins to walk with a person.
pub struct First {
    pub(crate) peers: Vec<Choice>,
    pub(crate) leads: Vec<Choice>,
    pub(crate) parts: Vec<Choice>,
    pub(crate) explanation: String,
    pub(crate) needs_lead: bool,
}

impl First {
    pub(crate) fn of(page: &Page, rules: &Rules, colleagues: &[Colleague]) -> First {
        let peers = colleagues.iter().filter(|colleague| colleague.role.is_peer());
        let leads = colleagues.iter().filter(|colleague| {
            matches!(colleague.role, Role::Supervisor | Role::TeamMember) || colleague.role.is_peer()
        });
        let named = |colleague: &Colleague| {
            let title = rules.title(&colleague.title).map(|title| page.text(&title.name)).unwrap_or_default();
            let name = if title.is_empty() {
                colleague.name.clone()
            } else {
                page.t2("support-named", "name", &colleague.name, "title", title)
            };
            Choice::new(colleague.account.to_string(), name)
        };
        First {
            peers: peers.map(named).collect(),
            leads: leads.map(named).collect(),
            parts: rules
                .support
                .roles
                .iter()
                .map(|role| Choice::new(&role.id, page.text(&role.name)).icon(&role.icon))
                .collect(),
            explanation: page.text(&rules.support.explanation),
            needs_lead: rules.support.needs_team_lead || !rules.support.independent,
        }
    }
}

/// Finds a support that is going on, on a page of somebody who may do `action`.
fn going_on(view: &PersonView, id: SupportId, action: Action) -> Result<&SupportView, Trouble> {
    let found = view.supports.iter().find(|support| support.id == id && support.state.is_walking());
    found.filter(|_| view.may(action)).ok_or(Trouble::NotFound)
}

/// A day that has come already.
fn past_day(page: &Page, form: &mut Form, field: &str) -> Option<Date> {
    let on = form.date(field, "support-error-day")?;
    if on > page.today() {
        form.wrong(field, "support-error-future");
        return None;
    }
    Some(on)
}

// ---- beginning ----

/// Somebody begins to walk with a person.
#[derive(Template)]
#[template(path = "support/new.html")]
pub struct Start {
    page: Page,
    form: Form,
    person: Named,
    first: Option<First>,
    today: String,
    could: Vec<Could>,
}

/// A worker who could walk with somebody: their name, and what speaks for it.
pub(crate) struct Could {
    pub name: String,
    pub why: Vec<String>,
}

impl Could {
    pub(crate) fn of(page: &Page, rules: &Rules, proposed: &Proposed) -> Could {
        let mut why = crate::pairing::sentences(page, rules, &proposed.why, crate::pairing::To::Another);
        why.push(page.t1("pairing-walks-with", "count", proposed.walking));
        if let Some(minutes) = proposed.minutes {
            why.push(page.t1("pairing-hours-a-week", "hours", minutes / 60));
        }
        Could { name: proposed.name.clone(), why }
    }
}

impl Start {
    pub(crate) fn of(page: Page, view: &PersonView, form: Form, first: First, could: Vec<Could>) -> Start {
        let page = about(page, "support-start-title", view);
        let today = page.today().to_string();
        Start { page: page.of_form(&form), form, person: Named::of(view), first: Some(first), today, could }
    }
}

/// Who begins, and from which day, when all of it was said.
fn begun(page: &Page, form: &mut Form) -> Option<(FirstSupport, Date)> {
    let peer = form.read("peer", "support-error-peer");
    let part = form.need("part", "support-error-part");
    let responsible = form.read("responsible", "support-error-responsible");
    let on = past_day(page, form, "on");
    Some((FirstSupport { peer: peer?, part: part?, responsible: responsible? }, on?))
}

async fn start_page(web: &Web, who: &Who, page: Page, id: PersonId, form: Form) -> Result<Start, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    if !view.may(Action::SupportStart) {
        return Err(Trouble::NotFound);
    }
    let colleagues = web.app.colleagues(who.actor(), Action::SupportStart, About::Person(id)).await?;
    let rules = who.rules()?;
    let first = First::of(&page, rules, &colleagues);
    let proposed = web.app.could_walk(who.actor(), id).await?;
    let could = proposed.iter().map(|one| Could::of(&page, rules, one)).collect();
    Ok(Start::of(page, &view, form, first, could))
}

async fn new(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let part = who.rules()?.support.roles.first().map(|role| role.id.clone()).unwrap_or_default();
    let form = fresh(&web)
        .with("on", page.today().to_string())
        .with("part", part)
        .with("responsible", who.actor().account().to_string());
    start_page(&web, &who, page, id, form).await?.show()
}

async fn start(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some((first, on)) = begun(&page, &mut form) {
        match web.app.start_support(who.actor(), command(&web, &form), id, first, on).await {
            Ok(_) => return Ok(done(&web.shell, &format!("/people/{id}"), "flash-support-started")),
            Err(error) => beside(&mut form, error)?,
        }
    }
    start_page(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

// ---- somebody who works here too, and has nobody ----

/// Saying who begins to walk with somebody who works here too. It shows their name, and nothing else of the record.
#[derive(Template)]
#[template(path = "support/accompany.html")]
pub struct Accompany {
    page: Page,
    form: Form,
    id: PersonId,
    first: Option<First>,
    today: String,
}

impl Accompany {
    pub(crate) fn of(page: Page, waiting: &Unaccompanied, form: Form, first: First) -> Accompany {
        let page = page.titled_with("support-start-title", "name", &waiting.name).focused("/questions");
        let today = page.today().to_string();
        Accompany { page: page.of_form(&form), form, id: waiting.id, first: Some(first), today }
    }
}

async fn accompany_page(
    web: &Web,
    who: &Who,
    page: Page,
    id: PersonId,
    form: Form,
) -> Result<Accompany, Trouble> {
    let waiting = web.app.unaccompanied(who.actor()).await?;
    let found = waiting.iter().find(|waiting| waiting.id == id).ok_or(Trouble::NotFound)?;
    let colleagues = web.app.colleagues(who.actor(), Action::SupportAccompany, About::Person(id)).await?;
    let first = First::of(&page, who.rules()?, &colleagues);
    Ok(Accompany::of(page, found, form, first))
}

async fn accompanying(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let part = who.rules()?.support.roles.first().map(|role| role.id.clone()).unwrap_or_default();
    let form = fresh(&web).with("on", page.today().to_string()).with("part", part);
    accompany_page(&web, &who, page, id, form).await?.show()
}

async fn accompany(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some((first, on)) = begun(&page, &mut form) {
        match web.app.accompany(who.actor(), command(&web, &form), id, first, on).await {
            Ok(_) => return Ok(done(&web.shell, "/questions", "flash-support-started")),
            Err(error) => beside(&mut form, error)?,
        }
    }
    accompany_page(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

// ---- the first meeting ----

/// One thing to say.
pub struct Item {
    id: String,
    name: String,
    script: String,
    said: bool,
    /// Ticked in this form, and not kept yet.
    ticked: bool,
}

/// What to say at the first meeting, with words that one may use, and the card for the person to keep.
#[derive(Template)]
#[template(path = "support/first_meeting.html")]
pub struct FirstMeeting {
    page: Page,
    form: Form,
    person: Named,
    /// Whether somebody else saved while this form was open.
    meanwhile: bool,
    items: Vec<Item>,
    role_card: String,
    privacy: String,
    rights: Vec<String>,
}

impl FirstMeeting {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        view: &PersonView,
        said: &BTreeSet<String>,
        form: Form,
    ) -> FirstMeeting {
        let text = |text: &porchlight_practice::Text| page.text(text);
        let items = rules.first_meeting.iter().map(|item| Item {
            id: item.id.clone(),
            name: text(&item.name),
            script: text(&item.script),
            said: said.contains(&item.id),
            ticked: form.has("said", &item.id) && !said.contains(&item.id),
        });
        FirstMeeting {
            items: items.collect(),
            meanwhile: false,
            role_card: text(&rules.role_card),
            privacy: text(&rules.limits_of_privacy),
            rights: rules.rights.iter().map(|right| text(&right.text)).collect(),
            person: Named::of(view),
            page: about(page, "support-first-title", view),
            form,
        }
    }

    /// What others kept meanwhile stands beside what was ticked here; saving again keeps both.
    pub(crate) fn meanwhile(self) -> FirstMeeting {
        FirstMeeting { meanwhile: true, ..self }
    }
}

async fn first_meeting(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, support)): Path<(PersonId, SupportId)>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    let found = going_on(&view, support, Action::SupportFirstMeeting)?;
    let form = fresh(&web).with("version", found.version.to_string());
    let said = &found.state.walking().said;
    FirstMeeting::of(page, who.rules()?, &view, said, form).show()
}

async fn say_first_meeting(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, support)): Path<(PersonId, SupportId)>,
    form: Form,
) -> Result<Response, Trouble> {
    let items: Vec<String> = form.all("said").map(str::to_owned).collect();
    let version = form.value("version").parse().unwrap_or(0);
    let command = command(&web, &form);
    match web.app.say_first_meeting(who.actor(), command, id, support, items, version).await {
        Ok(()) => Ok(done(&web.shell, &format!("/people/{id}"), "flash-saved")),
        Err(Error::Stale) => {
            let view = web.app.person(who.actor(), id).await?;
            let found = going_on(&view, support, Action::SupportFirstMeeting)?;
            let form = form
                .replaced("version", &found.version.to_string())
                .replaced("command", &web.app.command_id().to_string());
            let said = &found.state.walking().said;
            let again = FirstMeeting::of(page, who.rules()?, &view, said, form).meanwhile();
            again.show_as(StatusCode::CONFLICT)
        }
        Err(error) => Err(error.into()),
    }
}

// ---- handing over ----

/// Handing a person over to another peer specialist.
#[derive(Template)]
#[template(path = "support/hand_over.html")]
pub struct HandOver {
    page: Page,
    form: Form,
    person: Named,
    peer: String,
    peers: Vec<Choice>,
    today: String,
}

impl HandOver {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        view: &PersonView,
        support: &SupportView,
        colleagues: &[Colleague],
        form: Form,
    ) -> HandOver {
        let others: Vec<Colleague> = colleagues
            .iter()
            .filter(|colleague| colleague.account != support.state.walking().peer)
            .cloned()
            .collect();
        let peers = First::of(&page, rules, &others).peers;
        let page = about(page, "support-hand-over-title", view);
        let today = page.today().to_string();
        let person = Named::of(view);
        HandOver { page: page.of_form(&form), form, person, peer: support.peer.clone(), peers, today }
    }
}

async fn hand_over_page(
    web: &Web,
    who: &Who,
    page: Page,
    id: PersonId,
    support: SupportId,
    form: Option<Form>,
) -> Result<HandOver, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    let found = going_on(&view, support, Action::SupportHandOver)?;
    let colleagues = web.app.colleagues(who.actor(), Action::SupportHandOver, About::Person(id)).await?;
    let form = form.unwrap_or_else(|| dated(web, &page, found.version));
    Ok(HandOver::of(page, who.rules()?, &view, found, &colleagues, form))
}

/// A form that starts with today.
fn dated(web: &Web, page: &Page, version: i64) -> Form {
    fresh(web).with("version", version.to_string()).with("on", page.today().to_string())
}

async fn handing_over(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, support)): Path<(PersonId, SupportId)>,
) -> Result<Response, Trouble> {
    hand_over_page(&web, &who, page, id, support, None).await?.show()
}

async fn hand_over(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, support)): Path<(PersonId, SupportId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let to = form.read("to", "support-error-peer");
    let on = past_day(&page, &mut form, "on");
    let told = form.need("told", "support-error-told");
    if let (Some(to), Some(on), Some(_), true) = (to, on, told, form.is_right()) {
        let version = form.value("version").parse().unwrap_or(0);
        let to_know = form.value("to_know").to_owned();
        let command = command(&web, &form);
        match web.app.hand_over(who.actor(), command, id, support, to, on, &to_know, version).await {
            // The record may be closed to whoever has just handed it over.
            Ok(()) => return Ok(done(&web.shell, "/people", "flash-support-handed-over")),
            Err(error) => beside(&mut form, error)?,
        }
    }
    let page = hand_over_page(&web, &who, page, id, support, Some(form)).await?;
    page.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

// ---- goodbye ----

/// Ending support, with a reason and a goodbye.
#[derive(Template)]
#[template(path = "support/end.html")]
pub struct End {
    page: Page,
    form: Form,
    person: Named,
    peer: String,
    reasons: Vec<Choice>,
    today: String,
}

impl End {
    pub(crate) fn of(page: Page, rules: &Rules, view: &PersonView, support: &SupportView, form: Form) -> End {
        let reasons = rules.support.endings.iter();
        let reasons = reasons
            .map(|ending| Choice::new(&ending.id, page.text(&ending.name)).icon(&ending.icon))
            .collect();
        let page = about(page, "support-end-title", view);
        let today = page.today().to_string();
        let person = Named::of(view);
        End { page: page.of_form(&form), form, person, peer: support.peer.clone(), reasons, today }
    }
}

async fn end_page(
    web: &Web,
    who: &Who,
    page: Page,
    id: PersonId,
    support: SupportId,
    form: Option<Form>,
) -> Result<End, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    let found = going_on(&view, support, Action::SupportEnd)?;
    let form = form.unwrap_or_else(|| dated(web, &page, found.version));
    Ok(End::of(page, who.rules()?, &view, found, form))
}

async fn ending(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, support)): Path<(PersonId, SupportId)>,
) -> Result<Response, Trouble> {
    end_page(&web, &who, page, id, support, None).await?.show()
}

async fn end(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, support)): Path<(PersonId, SupportId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let reason = form.need("reason", "support-error-reason");
    let on = past_day(&page, &mut form, "on");
    if let (Some(reason), Some(on), true) = (reason, on, form.is_right()) {
        let version = form.value("version").parse().unwrap_or(0);
        let goodbye = form.value("goodbye").to_owned();
        let command = command(&web, &form);
        match web.app.end_support(who.actor(), command, id, support, on, &reason, &goodbye, version).await {
            Ok(()) => return Ok(done(&web.shell, "/people", "flash-support-ended")),
            Err(error) => beside(&mut form, error)?,
        }
    }
    let page = end_page(&web, &who, page, id, support, Some(form)).await?;
    page.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
