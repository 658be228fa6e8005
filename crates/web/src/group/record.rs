//! What a session was about: themes without names, and one who counts the time.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::group::{NewRecord, SessionView, Standing};
use porchlight_app::{Error, Fault};
use porchlight_practice::group::Kind;
use porchlight_practice::group::session::{Account, MutualHelpAccount, ServiceAccount, SessionFault};
use porchlight_practice::id::{AccountId, GroupRecordId, GroupSessionId};
use std::collections::BTreeSet;

use super::{HOME, words};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// A record as it is read.
pub(crate) struct Shown {
    pub themes: String,
    pub by: String,
    pub lines: Vec<(String, String)>,
}

/// A record in words.
pub(crate) fn shown(page: &Page, view: &SessionView, one: &Standing) -> Shown {
    let name = |id: &AccountId| {
        view.leaders.iter().find(|(known, _)| known == id).map_or_else(String::new, |(_, name)| name.clone())
    };
    let lines = match &one.record.account {
        Account::Service(account) => {
            let led: Vec<String> = account.leaders.iter().map(name).filter(|name| !name.is_empty()).collect();
            vec![
                (page.t("group-minutes"), page.length(account.minutes)),
                (page.t("group-led-by"), page.list(&led)),
                (page.t("group-biller"), name(&account.biller)),
            ]
        }
        Account::MutualHelp(_) => Vec::new(),
    };
    Shown {
        themes: one.record.account.themes().to_owned(),
        by: page.t2("group-written-by", "name", &one.by, "when", page.moment(one.record.at)),
        lines,
    }
}

/// The form.
#[derive(Template)]
#[template(path = "group/record.html")]
pub(crate) struct RecordPage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub service: bool,
    /// What stands already, when it is more than what the form begins with.
    pub clash: Vec<Shown>,
    pub leaders: Vec<Choice>,
    pub names: bool,
}

/// What stands in the form before anything is typed.
pub(crate) fn begun(view: &SessionView, me: AccountId) -> Form {
    let mut form = Form::new();
    for one in &view.records {
        form = form.with("replaces", one.record.id.to_string());
    }
    let themes: Vec<&str> = view.records.iter().map(|one| one.record.account.themes()).collect();
    form = form.with("themes", themes.join("\n\n"));
    match view.records.first().map(|one| &one.record.account) {
        Some(Account::Service(account)) => {
            form = form.with("minutes", account.minutes.to_string());
            for leader in &account.leaders {
                form = form.with("leader", leader.to_string());
            }
            form.with("biller", account.biller.to_string())
        }
        _ => {
            let minutes = view.minutes().map(|minutes| minutes.max(1).to_string()).unwrap_or_default();
            form.with("minutes", minutes).with("leader", me.to_string()).with("biller", me.to_string())
        }
    }
}

impl RecordPage {
    pub(crate) fn of(page: Page, view: &SessionView, form: Form) -> RecordPage {
        let here = format!("/sessions/{}", view.id);
        let page = page.titled("group-record-title").under(HOME).focused(here.clone()).of_form(&form);
        let unread = |one: &&Standing| !form.has("replaces", &one.record.id.to_string());
        let several = view.records.len() > 1;
        let clash = view.records.iter().filter(|one| several || unread(one));
        RecordPage {
            here,
            service: view.kind == Kind::Service,
            clash: clash.map(|one| shown(&page, view, one)).collect(),
            leaders: view
                .leaders
                .iter()
                .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
                .collect(),
            names: form.is_wrong("themes") && form.has("named", "yes"),
            page,
            form,
        }
    }
}

async fn view_of(web: &Web, who: &Who, id: GroupSessionId) -> Result<SessionView, Trouble> {
    let view = web.app.group_session(who.actor(), id).await?;
    if view.may(Action::GroupRecord) { Ok(view) } else { Err(Trouble::NotFound) }
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
) -> Result<Response, Trouble> {
    let view = view_of(&web, &who, id).await?;
    let form = begun(&view, who.actor().account()).with("command", web.app.command_id().to_string());
    RecordPage::of(page, &view, form).show()
}

/// What the form says, with what is wrong noted in it.
fn read(form: &mut Form, kind: Kind) -> Option<Account> {
    let themes = form.need("themes", "group-error-empty");
    if kind == Kind::MutualHelp {
        return Some(Account::MutualHelp(MutualHelpAccount { themes: themes? }));
    }
    let minutes = form.read("minutes", "group-error-minutes-number");
    let leaders: BTreeSet<AccountId> = form.all("leader").filter_map(|id| id.parse().ok()).collect();
    let biller = form.read("biller", "group-error-biller");
    Some(Account::Service(ServiceAccount { themes: themes?, minutes: minutes?, leaders, biller: biller? }))
}

pub(super) async fn write(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupSessionId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let view = view_of(&web, &who, id).await?;
    let account = read(&mut form, view.kind);
    let replaces: BTreeSet<GroupRecordId> = form.all("replaces").filter_map(|id| id.parse().ok()).collect();
    if let (Some(account), true) = (account, form.is_right()) {
        let new = NewRecord { account, replaces, names_nobody: form.has("names_nobody", "yes") };
        match web.app.record_session(who.actor(), command(&web, &form), id, new).await {
            Ok(()) => return Ok(done(&web.shell, &format!("/sessions/{id}"), "flash-group-recorded")),
            Err(Error::Fault(Fault::NamesAnother)) => {
                form.wrong("themes", "group-error-names");
                form = form.with("named", "yes");
            }
            Err(Error::Fault(Fault::Session(fault))) => {
                let field = match fault {
                    SessionFault::Biller => "biller",
                    SessionFault::Time => "minutes",
                    _ => "themes",
                };
                let key = if fault == SessionFault::Time {
                    "group-error-minutes-number"
                } else {
                    words::session_fault(fault)
                };
                form.wrong(field, key);
            }
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("leader", "group-error-leaders"),
            Err(error) => return Err(error.into()),
        }
    }
    // Whatever was wrong is put right under a command of its own.
    let form = form.replaced("command", &web.app.command_id().to_string());
    RecordPage::of(page, &view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
