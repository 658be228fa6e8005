//! Who works in a programme: inviting, naming who supervises and who stands in, ending a role.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_access::Action;
use porchlight_app::programme::ProgrammeView;
use porchlight_app::way_in::Mailed;
use porchlight_app::worker::Worker;
use porchlight_app::{Error, Fault};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, CommandId, MembershipId, ProgrammeId};

use crate::account::{langs, letter};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::programme::manages;
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, address, command};

/// The routes of a programme's team.
pub fn routes() -> Routes<Web> {
    let list_of = || Needs::Action(Action::WorkerList);
    let invite_to = || Needs::Action(Action::WorkerInvite);
    let name_for = || Needs::Action(Action::WorkerNameSupervisor);
    let end_of = || Needs::Action(Action::WorkerEnd);
    Routes::new()
        .page(Method::GET, "/workers", own, list_of())
        .page(Method::GET, "/programmes/{id}/workers", list, list_of())
        .page(Method::GET, "/programmes/{id}/workers/invite", invite, invite_to())
        .page(Method::POST, "/programmes/{id}/workers/invite", send, invite_to())
        .page(Method::GET, "/programmes/{id}/workers/{worker}", show, list_of())
        .page(Method::POST, "/programmes/{id}/workers/{worker}/supervisor", name_supervisor, name_for())
        .page(Method::POST, "/programmes/{id}/workers/{worker}/deputy", name_deputy, name_for())
        .page(Method::GET, "/programmes/{id}/workers/{worker}/end", ask_end, end_of())
        .page(Method::POST, "/programmes/{id}/workers/{worker}/end", end, end_of())
}

fn team(id: ProgrammeId) -> String {
    format!("/programmes/{id}/workers")
}

/// The place of the list that the team of a programme belongs to for this visitor.
fn place(who: &Who) -> &'static str {
    if who.actor().programme().is_some() { "/workers" } else { "/programmes" }
}

fn only_who_manages(who: &Who) -> Result<(), Trouble> {
    if manages(who) { Ok(()) } else { Err(Trouble::NotFound) }
}

fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// What the pack calls somebody's title.
fn title(page: &Page, view: &ProgrammeView, worker: &Worker) -> String {
    let role = format!("role-{}", worker.role.as_str().replace('_', "-"));
    view.rules.title(&worker.title).map_or_else(|| page.t(&role), |title| page.text(&title.name))
}

// ---- the team ----

/// Somebody who works here, in words.
pub(crate) struct WorkerRow {
    pub href: String,
    pub initials: String,
    pub name: String,
    pub title: String,
    /// Who supervises them or stands in for them; empty when it does not matter.
    pub with: String,
    /// What is missing; empty when nothing is.
    pub missing: String,
}

/// The team of a programme.
#[derive(Template)]
#[template(path = "worker/list.html")]
pub(crate) struct ListPage {
    pub page: Page,
    pub programme: String,
    /// The way up; empty for those who only read.
    pub up: String,
    pub invite: String,
    /// Where somebody is helped who can't sign in.
    pub way_in: String,
    pub may: bool,
    pub workers: Vec<WorkerRow>,
    /// Whether there is exactly one supervisor, for whom nobody can stand in.
    pub alone: bool,
    /// The titles that may supervise, for whoever looks for a second one.
    pub titles: String,
}

impl ListPage {
    pub(crate) fn of(
        page: Page,
        view: &ProgrammeView,
        workers: &[Worker],
        may: bool,
        place: &'static str,
    ) -> ListPage {
        let page = page.titled("worker-list").under(place);
        let rows = workers
            .iter()
            .map(|worker| {
                let (with, missing) = match (&worker.supervisor, &worker.deputy) {
                    (Some((_, name)), _) if worker.role.is_peer() => {
                        (page.t1("worker-supervised-by", "name", name), String::new())
                    }
                    (None, _) if worker.role.is_peer() => (String::new(), page.t("worker-no-supervisor")),
                    (_, Some((_, name))) if worker.role == Role::Supervisor => {
                        (page.t1("worker-deputy-is", "name", name), String::new())
                    }
                    (_, None) if worker.role == Role::Supervisor => {
                        (String::new(), page.t("worker-no-deputy"))
                    }
                    _ => (String::new(), String::new()),
                };
                WorkerRow {
                    href: if may {
                        format!("{}/{}", team(view.id), worker.membership)
                    } else {
                        String::new()
                    },
                    initials: initials(&worker.name),
                    name: worker.name.clone(),
                    title: title(&page, view, worker),
                    with,
                    missing,
                }
            })
            .collect();
        let supervisors = workers.iter().filter(|worker| worker.role == Role::Supervisor).count();
        ListPage {
            programme: view.name.clone(),
            up: if may { format!("/programmes/{}", view.id) } else { String::new() },
            invite: format!("{}/invite", team(view.id)),
            way_in: format!("/programmes/{}/way-in", view.id),
            may,
            workers: rows,
            alone: supervisors == 1,
            titles: supervising_titles(&page, view),
            page,
        }
    }
}

fn supervising_titles(page: &Page, view: &ProgrammeView) -> String {
    let titles: Vec<String> = view
        .rules
        .titles
        .iter()
        .filter(|title| title.supervises)
        .map(|title| page.text(&title.name))
        .collect();
    page.list(&titles)
}

async fn own(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    match who.actor().programme() {
        Some(id) => list_it(page, &web, &who, id).await,
        None => Ok(Redirect::to("/programmes").into_response()),
    }
}

async fn list(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    list_it(page, &web, &who, id).await
}

async fn list_it(page: Page, web: &Web, who: &Who, id: ProgrammeId) -> Result<Response, Trouble> {
    let workers = web.app.workers(who.actor(), id).await?;
    let view = web.app.programme(who.actor(), id).await?;
    ListPage::of(page, &view, &workers, manages(who), place(who)).show()
}

// ---- inviting ----

/// Whom to invite, as what.
#[derive(Template)]
#[template(path = "worker/invite.html")]
pub(crate) struct InvitePage {
    pub page: Page,
    pub form: Form,
    pub team: String,
    pub titles: Vec<Choice>,
    pub command: String,
    /// The languages of a letter; empty when none can go out.
    pub langs: Vec<Choice>,
}

impl InvitePage {
    pub(crate) fn of(
        page: Page,
        form: Form,
        view: &ProgrammeView,
        command: CommandId,
        mails: bool,
        place: &'static str,
    ) -> InvitePage {
        let page = page.titled("worker-invite").focused(team(view.id)).under(place).of_form(&form);
        let titles = view
            .rules
            .titles
            .iter()
            .map(|title| {
                let about = format!("worker-does-{}", title.role.as_str().replace('_', "-"));
                Choice::new(title.id.clone(), page.text(&title.name)).note(page.t(&about))
            })
            .collect();
        let langs = if mails { langs(&page) } else { Vec::new() };
        let form = if form.text("lang").is_some() { form } else { form.with("lang", page.lang.tag()) };
        InvitePage { team: team(view.id), titles, command: command.to_string(), langs, page, form }
    }
}

/// The link, shown this once.
#[derive(Template)]
#[template(path = "worker/invited.html")]
pub(crate) struct InvitedPage {
    pub page: Page,
    pub team: String,
    pub programme: String,
    pub name: String,
    /// Empty when this page was asked for a second time, or the link went out by e-mail.
    pub link: String,
    pub days: i64,
    /// Whether the link went out by e-mail, and whether that failed.
    pub mailed: bool,
    pub failed: bool,
}

async fn invite(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    only_who_manages(&who)?;
    let view = web.app.programme(who.actor(), id).await?;
    InvitePage::of(page, Form::new(), &view, web.app.command_id(), web.app.mails(), place(&who)).show()
}

async fn send(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    only_who_manages(&who)?;
    let view = web.app.programme(who.actor(), id).await?;
    let command = command(&web, &form);
    let name = form.need("name", "worker-error-name");
    let title =
        form.choose("title", "worker-error-title", |title| view.rules.title(title).map(|t| t.id.clone()));
    let letter = letter(&mut form);
    if let (Some(name), Some(title), true) = (name, title, form.is_right()) {
        let mut mailed = Mailed::NoMailbox;
        let link = match web.app.invite_worker(who.actor(), command, id, &name, &title).await {
            Ok(secret) => {
                if let Some((to, lang)) = &letter {
                    mailed = web.app.mail_invitation(to, *lang, &secret).await?;
                }
                let link = address(&web, &format!("/welcome/{}", secret.expose()));
                // What lies in their mailbox need not stand on a screen too.
                Some(if mailed == Mailed::Sent { String::new() } else { link })
            }
            Err(Error::Fault(Fault::LinkShown)) => Some(String::new()),
            Err(Error::Fault(Fault::TooLong(_))) => {
                form.wrong("name", "worker-error-name-long");
                None
            }
            Err(Error::Fault(Fault::Unknown(_))) => {
                form.wrong("title", "worker-error-title");
                None
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(link) = link {
            let page = page.titled_with("worker-invited", "name", &name).under(place(&who));
            let days = porchlight_app::account::INVITATION_DAYS;
            let (mailed, failed) = (mailed == Mailed::Sent, mailed == Mailed::Failed);
            let (team, programme) = (team(id), view.name);
            return InvitedPage { team, programme, name, link, days, mailed, failed, page }.show();
        }
    }
    let asked = InvitePage::of(page, form, &view, command, web.app.mails(), place(&who));
    asked.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

// ---- one of them ----

/// Somebody who works here: who supervises them, or who stands in for them.
#[derive(Template)]
#[template(path = "worker/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub form: Form,
    pub team: String,
    pub here: String,
    pub invite: String,
    /// Where a link for a new password is made.
    pub way_in: String,
    pub way_in_command: String,
    pub title: String,
    pub is_peer: bool,
    pub is_supervisor: bool,
    /// Who supervises them too.
    pub also: Vec<(AccountId, String)>,
    /// Who could.
    pub others: Vec<Choice>,
    /// Whether this is the visitor, who can't end their own role.
    pub is_self: bool,
    pub choices: Vec<Choice>,
    pub titles: String,
    pub command: String,
}

impl ShowPage {
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn of(
        page: Page,
        mut form: Form,
        view: &ProgrammeView,
        workers: &[Worker],
        worker: &Worker,
        me: MembershipId,
        commands: [CommandId; 2],
        place: &'static str,
    ) -> ShowPage {
        let [command, way_in_command] = commands;
        let mut page = page.under(place).of_form(&form);
        page.title.clone_from(&worker.name);
        let choices: Vec<Choice> = workers
            .iter()
            .filter(|other| other.role == Role::Supervisor && other.account != worker.account)
            .map(|other| {
                let name =
                    page.t2("worker-with-title", "name", &other.name, "title", title(&page, view, other));
                Choice::new(other.account.to_string(), name)
            })
            .collect();
        let is_supervisor = worker.role == Role::Supervisor;
        let (field, now) =
            if is_supervisor { ("deputy", &worker.deputy) } else { ("supervisor", &worker.supervisor) };
        if form.text(field).is_none()
            && let Some((now, _)) = now
        {
            form = form.with(field, now.to_string());
        }
        let taken = |id: &AccountId| {
            let first = worker.supervisor.as_ref().is_some_and(|(one, _)| one == id);
            first || worker.also.iter().any(|(one, _)| one == id)
        };
        let others = choices.iter().filter(|one| one.value.parse().is_ok_and(|id| !taken(&id)));
        ShowPage {
            others: others.cloned().collect(),
            also: worker.also.clone(),
            team: team(view.id),
            here: format!("{}/{}", team(view.id), worker.membership),
            invite: format!("{}/invite", team(view.id)),
            way_in: format!("/programmes/{}/way-in/{}/link", view.id, worker.membership),
            way_in_command: way_in_command.to_string(),
            title: title(&page, view, worker),
            is_peer: worker.role.is_peer(),
            is_supervisor,
            is_self: worker.membership == me,
            choices,
            titles: supervising_titles(&page, view),
            command: command.to_string(),
            page,
            form,
        }
    }
}

/// One worker and all of them, as this actor sees them.
async fn found(
    web: &Web,
    who: &Who,
    id: ProgrammeId,
    worker: MembershipId,
) -> Result<(Worker, Vec<Worker>), Trouble> {
    only_who_manages(who)?;
    let workers = web.app.workers(who.actor(), id).await?;
    let found = workers.iter().find(|known| known.membership == worker).cloned();
    Ok((found.ok_or(Trouble::NotFound)?, workers))
}

async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, worker)): Path<(ProgrammeId, MembershipId)>,
) -> Result<Response, Trouble> {
    show_it(page, &web, &who, id, worker, Form::new(), web.app.command_id(), StatusCode::OK).await
}

#[allow(clippy::too_many_arguments)]
async fn show_it(
    page: Page,
    web: &Web,
    who: &Who,
    id: ProgrammeId,
    worker: MembershipId,
    form: Form,
    command: CommandId,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let (worker, workers) = found(web, who, id, worker).await?;
    let view = web.app.programme(who.actor(), id).await?;
    let me = who.actor().membership();
    let commands = [command, web.app.command_id()];
    ShowPage::of(page, form, &view, &workers, &worker, me, commands, place(who)).show_as(status)
}

async fn name_supervisor(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, worker)): Path<(ProgrammeId, MembershipId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let (peer, _) = found(&web, &who, id, worker).await?;
    let command = command(&web, &form);
    if let Some(gone) = form.text("gone").and_then(|id| id.parse().ok()) {
        web.app.end_supervisor(who.actor(), command, id, peer.account, gone).await?;
        return Ok(done(&web.shell, &format!("{}/{worker}", team(id)), "flash-worker-supervisor-ended"));
    }
    let field = if form.has("beside", "yes") { "other" } else { "supervisor" };
    if let Some(named) = form.read::<AccountId>(field, "worker-error-supervisor") {
        let named = match field {
            "other" => web.app.name_other_supervisor(who.actor(), command, id, peer.account, named).await,
            _ => web.app.name_supervisor(who.actor(), command, id, peer.account, named).await,
        };
        match named {
            Ok(()) => return Ok(done(&web.shell, &team(id), "flash-worker-supervisor")),
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong(field, "worker-error-supervisor"),
            Err(Error::Fault(Fault::Supervision(fault))) => {
                form.wrong(field, crate::supervision::words::fault(fault).1);
            }
            Err(error) => return Err(error.into()),
        }
    }
    show_it(page, &web, &who, id, worker, form, command, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn name_deputy(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, worker)): Path<(ProgrammeId, MembershipId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let (supervisor, _) = found(&web, &who, id, worker).await?;
    let command = command(&web, &form);
    if let Some(named) = form.read::<AccountId>("deputy", "worker-error-deputy") {
        match web.app.name_deputy(who.actor(), command, id, supervisor.account, named).await {
            Ok(()) => return Ok(done(&web.shell, &team(id), "flash-worker-deputy")),
            Err(Error::Fault(Fault::NoDeputy)) => form.wrong("deputy", "worker-error-same"),
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("deputy", "worker-error-deputy"),
            Err(error) => return Err(error.into()),
        }
    }
    show_it(page, &web, &who, id, worker, form, command, StatusCode::UNPROCESSABLE_ENTITY).await
}

// ---- ending a role ----

/// Are you sure?
#[derive(Template)]
#[template(path = "worker/end.html")]
pub(crate) struct EndPage {
    pub page: Page,
    pub here: String,
    pub name: String,
    /// Peer specialists whom nobody supervises afterwards.
    pub left: String,
    pub is_peer: bool,
    pub command: String,
}

async fn ask_end(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, worker)): Path<(ProgrammeId, MembershipId)>,
) -> Result<Response, Trouble> {
    let (worker, workers) = found(&web, &who, id, worker).await?;
    if worker.membership == who.actor().membership() {
        return Err(Trouble::NotFound);
    }
    let left: Vec<&str> = workers
        .iter()
        .filter(|other| other.supervisor.as_ref().is_some_and(|(account, _)| *account == worker.account))
        .map(|other| other.name.as_str())
        .collect();
    let here = format!("{}/{}", team(id), worker.membership);
    EndPage {
        left: if left.is_empty() { String::new() } else { page.list(&left) },
        page: page.titled_with("worker-end", "name", &worker.name).focused(here.clone()).under(place(&who)),
        is_peer: worker.role.is_peer(),
        name: worker.name,
        command: web.app.command_id().to_string(),
        here,
    }
    .show()
}

async fn end(
    State(web): State<Web>,
    who: Who,
    Path((id, worker)): Path<(ProgrammeId, MembershipId)>,
    form: Form,
) -> Result<Response, Trouble> {
    only_who_manages(&who)?;
    web.app.end_worker(who.actor(), command(&web, &form), id, worker).await?;
    Ok(done(&web.shell, &team(id), "flash-worker-ended"))
}
