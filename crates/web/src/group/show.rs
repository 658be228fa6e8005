//! A group's page: what it says of itself, who leads it, who comes, its sessions; and cards to invite people with.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::group::{GroupView, SessionLine};
use porchlight_app::{Error, Fault};
use porchlight_practice::group::{Group, Kind, Step, Who as Whom};
use porchlight_practice::id::{CommandId, GroupId, PersonId};

use super::HOME;
use super::words::{self, Row};
use crate::document::card::drawn;
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, address, command};

/// Somebody who leads, with the steps they can take.
pub(crate) struct LeaderRow {
    pub name: String,
    pub note: String,
    /// As the form names them.
    pub value: String,
    /// Steps to go, as the form names them, with what the button says.
    pub moves: Vec<(String, String)>,
}

/// Something that has to be there before it begins.
pub(crate) struct Wanted {
    pub text: String,
    pub done: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "group/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub here: String,
    pub kind: String,
    pub mutual: bool,
    pub tag: String,
    pub tag_tone: &'static str,
    pub meets: String,
    pub purpose: String,
    pub agreements: Vec<String>,
    pub wanted: Vec<Wanted>,
    pub idea: bool,
    pub ready: bool,
    pub running: bool,
    pub theirs: bool,
    pub ended: bool,
    pub leaders: Vec<LeaderRow>,
    pub members: Vec<(PersonId, String)>,
    pub names: bool,
    pub come: String,
    pub sessions: Vec<Row>,
    pub on: String,
    pub could_come: Vec<Choice>,
    pub could_lead: Vec<Choice>,
    pub steps: Vec<Choice>,
    pub asked: String,
    pub may_change: bool,
    pub may_lead: bool,
    pub may_hold: bool,
    pub may_bring: bool,
    pub may_hand_over: bool,
    pub version: i64,
    pub form: Form,
    /// A command for each of the forms.
    pub commands: Vec<CommandId>,
    pub session: String,
}

fn value(who: Whom) -> String {
    match who {
        Whom::Worker(id) => format!("worker {id}"),
        Whom::Member(id) => format!("member {id}"),
    }
}

fn whom(text: &str) -> Option<Whom> {
    let (kind, id) = text.split_once(' ')?;
    match kind {
        "worker" => id.parse().ok().map(Whom::Worker),
        "member" => id.parse().ok().map(Whom::Member),
        _ => None,
    }
}

fn session_row(page: &Page, line: &SessionLine) -> Row {
    let people = page.t1("group-people", "count", line.people);
    let (tag, tag_tone) = match (line.ended, line.written) {
        (None, _) => (page.t("group-on-now"), "ok"),
        (Some(_), false) => (page.t("group-unwritten"), "sun"),
        (Some(_), true) => (String::new(), ""),
    };
    Row {
        href: format!("/sessions/{}", line.id),
        icon: "calendar",
        tone: "",
        title: page.moment(line.started),
        note: people,
        tag,
        tag_tone,
    }
}

impl ShowPage {
    pub(crate) fn of(page: Page, view: &GroupView, mut fresh: impl FnMut() -> CommandId) -> ShowPage {
        let mut page = page.under(HOME);
        page.title = view.group.name().to_owned();
        let circle = view.group.circle();
        let needs = circle.map(porchlight_practice::group::Circle::needs).unwrap_or_default();
        let idea = view.group.stage() == "idea";
        let wanted = porchlight_practice::group::Need::ALL
            .iter()
            .map(|need| Wanted { text: words::need(&page, *need), done: !needs.contains(need) });
        let may_lead = view.may(Action::GroupLead) && view.group.stage() != "ended";
        let leaders = view.leaders.iter().map(|one| {
            let to = |step: Step, key: &str| {
                (step.as_str().to_owned(), page.t1(key, "step", words::step(&page, step)))
            };
            let mut moves = Vec::new();
            if may_lead {
                moves.extend(one.step.next().map(|step| to(step, "group-step-on")));
                moves.extend(one.step.previous().map(|step| to(step, "group-step-back")));
            }
            LeaderRow {
                name: words::leader(&page, one),
                note: page.t2(
                    "group-step-since",
                    "step",
                    words::step(&page, one.step),
                    "day",
                    page.date(one.since),
                ),
                value: value(one.who),
                moves,
            }
        });
        let mut could_lead: Vec<Choice> = view
            .could_lead
            .iter()
            .map(|(id, name)| Choice::new(value(Whom::Worker(*id)), name.clone()))
            .collect();
        for (id, name) in view.members.iter().flatten() {
            let leads = circle.is_some_and(|circle| circle.step_of(Whom::Member(*id)).is_some());
            if may_lead && !leads {
                let name = page.t1("group-member-named", "name", name);
                could_lead.push(Choice::new(value(Whom::Member(*id)), name));
            }
        }
        let (tag, tag_tone) = words::stage(&page, &view.group);
        let on = view.sessions.iter().find(|one| one.ended.is_none());
        let open = circle.is_some() && view.group.stage() != "ended";
        ShowPage {
            here: format!("{HOME}/{}", view.id),
            kind: words::kind(&page, view.group.kind()),
            mutual: view.group.kind() == Kind::MutualHelp,
            tag,
            tag_tone,
            meets: words::where_and_when(&view.group),
            purpose: words::purpose(&view.group),
            agreements: circle.map(|circle| circle.frame.agreements.clone()).unwrap_or_default(),
            wanted: if idea { wanted.collect() } else { Vec::new() },
            idea,
            ready: idea && needs.is_empty(),
            running: view.group.meets(),
            theirs: matches!(view.group, Group::Theirs(_)),
            ended: view.group.stage() == "ended",
            leaders: leaders.collect(),
            names: view.members.is_some(),
            members: view.members.clone().unwrap_or_default(),
            come: page.t1("group-come", "count", view.member_count),
            sessions: view.sessions.iter().map(|line| session_row(&page, line)).collect(),
            on: on.map(|one| format!("/sessions/{}", one.id)).unwrap_or_default(),
            could_come: view
                .could_come
                .iter()
                .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
                .collect(),
            could_lead,
            steps: words::steps(&page),
            asked: view.asked.clone().unwrap_or_default(),
            may_change: view.may(Action::GroupChange) && open,
            may_lead,
            may_hold: view.may(Action::GroupHold) && view.group.meets(),
            may_bring: view.may(Action::GroupPeople) && open,
            may_hand_over: view.may(Action::GroupHandOver)
                && view.group.kind() == Kind::MutualHelp
                && view.group.meets(),
            version: view.version,
            form: Form::new().with("step", Step::Watch.as_str()),
            commands: (0..6).map(|_| fresh()).collect(),
            session: fresh().to_string(),
            page,
        }
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
) -> Result<Response, Trouble> {
    let view = web.app.group(who.actor(), id).await?;
    ShowPage::of(page, &view, || web.app.command_id()).show()
}

fn version(form: &Form) -> i64 {
    form.value("version").parse().unwrap_or_default()
}

/// Back to the group's page, which says what was done, or why not.
fn back(web: &Web, id: GroupId, done_: Result<(), Error>, said: &'static str) -> Result<Response, Trouble> {
    let said = match done_ {
        Ok(()) => said,
        Err(Error::Fault(Fault::Group(fault))) => words::fault(fault),
        Err(Error::Fault(Fault::Unknown(_))) => "flash-group-not-now",
        Err(Error::Stale) => "flash-group-stale",
        Err(error) => return Err(error.into()),
    };
    Ok(done(&web.shell, &format!("{HOME}/{id}"), said))
}

pub(super) async fn begin(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    let done = web.app.begin_group(who.actor(), command(&web, &form), id, version(&form)).await;
    back(&web, id, done, "flash-group-begun")
}

pub(super) async fn end(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    let done = web.app.end_group(who.actor(), command(&web, &form), id, version(&form)).await;
    back(&web, id, done, "flash-group-ended")
}

pub(super) async fn add_leader(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    let (Some(whom), Some(step)) = (whom(form.value("who")), Step::parse(form.value("step"))) else {
        return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-group-pick"));
    };
    let command = command(&web, &form);
    let done = web.app.add_leader(who.actor(), command, id, whom, step, version(&form)).await;
    back(&web, id, done, "flash-group-leads")
}

pub(super) async fn move_leader(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    let whom = whom(form.value("who")).ok_or(Trouble::NotFound)?;
    let to = Step::parse(form.value("to"));
    let command = command(&web, &form);
    let done = web.app.move_leader(who.actor(), command, id, whom, to, version(&form)).await;
    back(&web, id, done, "flash-group-leads")
}

pub(super) async fn bring(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    let Ok(person) = form.value("person").parse::<PersonId>() else {
        return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-group-pick"));
    };
    let done = web.app.bring_to_group(who.actor(), command(&web, &form), id, person).await;
    back(&web, id, done, "flash-group-comes")
}

pub(super) async fn take_off(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    let person = form.value("person").parse::<PersonId>().map_err(|_| Trouble::NotFound)?;
    let done = web.app.take_off_group(who.actor(), command(&web, &form), id, person).await;
    back(&web, id, done, "flash-group-off")
}

/// Cards to invite people with.
#[derive(Template)]
#[template(path = "group/cards.html")]
pub(crate) struct CardsPage {
    pub page: Page,
    pub here: String,
    pub name: String,
    pub meets: String,
    pub purpose: String,
    pub kind: String,
    pub address: String,
    pub squares: String,
    pub width: usize,
    /// How many stand on a sheet.
    pub cards: Vec<()>,
}

impl CardsPage {
    pub(crate) fn of(page: Page, view: &GroupView, site: &str) -> CardsPage {
        let page = page.titled("group-cards-title").under(HOME);
        let (squares, width) = drawn(site);
        CardsPage {
            here: format!("{HOME}/{}", view.id),
            name: view.group.name().to_owned(),
            meets: words::where_and_when(&view.group),
            purpose: words::purpose(&view.group),
            kind: page.t(match view.group.kind() {
                Kind::Service => "group-card-service",
                Kind::MutualHelp => "group-card-mutual",
            }),
            address: site.trim_start_matches("https://").trim_start_matches("http://").to_owned(),
            squares,
            width,
            cards: vec![(); 8],
            page,
        }
    }
}

pub(super) async fn cards(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
) -> Result<Response, Trouble> {
    let view = web.app.group(who.actor(), id).await?;
    // A person finds it there once they are signed in; the address names no group.
    CardsPage::of(page, &view, &address(&web, super::OWN)).show()
}
