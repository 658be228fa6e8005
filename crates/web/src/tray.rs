//! What came from phones and could not be filed as it is: one's own, with every word of it, and that something of those one
//! supervises waits.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_app::tray::{TeamTrayLine, TrayLine};
use porchlight_app::{Action, Error, Fault};
use porchlight_practice::id::CommandId;
use porchlight_practice::tray::{TrayFault, Why};

use crate::error::{Trouble, is_id};
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes, own_path};
use crate::site::{Web, Who, command};

/// The pages of trays.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/tray", own, Needs::Action(Action::TrayRead))
        .page(Method::POST, "/tray/{item}/settle", settle, Needs::Action(Action::TraySettle))
        .page(Method::GET, "/trays", team, Needs::Action(Action::TrayTeam))
        .page(Method::POST, "/trays/{item}/aside", aside, Needs::Action(Action::TraySetAside))
}

/// Something in one's tray, as its page shows it.
pub(crate) struct Shown {
    pub line: TrayLine,
    /// What happened.
    pub what: &'static str,
    /// What to do.
    pub then: &'static str,
    /// What of it a human wrote.
    pub words: Vec<String>,
    /// Everything that is sent again.
    pub typed: Vec<(String, String)>,
    pub command: String,
}

/// One's own tray.
#[derive(Template)]
#[template(path = "tray/own.html")]
pub(crate) struct OwnTray {
    pub page: Page,
    pub items: Vec<Shown>,
}

/// The sentences of a reason.
fn said(why: Why) -> (&'static str, &'static str) {
    match why {
        Why::Closed => ("tray-closed", "tray-closed-then"),
        Why::Clash => ("tray-clash", "tray-clash-then"),
        Why::ToPutRight => ("tray-to-put-right", "tray-to-put-right-then"),
        Why::Ended => ("tray-ended", "tray-ended-then"),
    }
}

pub(crate) fn shown(line: TrayLine, command: String) -> Option<Shown> {
    own_path(&line.path)?;
    let form = Form::parse(line.body.as_bytes()).ok()?;
    let typed: Vec<_> = form.values().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let words = typed.iter().map(|(_, value)| value.trim());
    let words = words.filter(|value| value.contains(char::is_whitespace) && !is_id(value));
    let (what, then) = said(line.why);
    Some(Shown { what, then, words: words.map(str::to_owned).collect(), typed, command, line })
}

async fn own(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let lines = web.app.own_tray(who.actor()).await?;
    let items = lines.into_iter().filter_map(|line| shown(line, web.app.command_id().to_string()));
    let items = items.collect();
    OwnTray { page: page.titled("tray-title"), items }.show()
}

async fn settle(
    State(web): State<Web>,
    who: Who,
    Path(item): Path<CommandId>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.settle_own(who.actor(), command(&web, &form), item, form.has("filed", "yes")).await {
        Ok(()) | Err(Error::Fault(Fault::Tray(TrayFault::Settled))) => {
            Ok(done(&web.shell, "/tray", "flash-tray-settled"))
        }
        Err(error) => Err(error.into()),
    }
}

/// That something of those one supervises waits.
#[derive(Template)]
#[template(path = "tray/team.html")]
pub(crate) struct TeamTray {
    pub page: Page,
    pub form: Form,
    pub lines: Vec<(TeamTrayLine, String)>,
}

impl TeamTray {
    /// The field of a reason.
    fn reason(&self, line: &TeamTrayLine) -> String {
        format!("reason-{}", line.id)
    }
}

async fn team_page(page: Page, web: &Web, who: &Who, form: Form) -> Result<Response, Trouble> {
    let lines = web.app.team_tray(who.actor()).await?;
    let lines = lines.into_iter().map(|line| (line, web.app.command_id().to_string())).collect();
    let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    TeamTray { page: page.titled("tray-team").of_form(&form), form, lines }.show_as(status)
}

async fn team(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    team_page(page, &web, &who, Form::new()).await
}

async fn aside(
    State(web): State<Web>,
    page: Page,
    who: Who,
    Path(item): Path<CommandId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let reason = format!("reason-{item}");
    let said = form.value(&reason).to_owned();
    match web.app.set_aside(who.actor(), command(&web, &form), item, &said).await {
        Ok(()) | Err(Error::Fault(Fault::Tray(TrayFault::Settled))) => {
            Ok(done(&web.shell, "/trays", "flash-tray-settled"))
        }
        Err(Error::Fault(Fault::Tray(fault))) => {
            let key = match fault {
                TrayFault::ReasonTooLong => "tray-reason-long",
                _ => "tray-reason-missing",
            };
            form.wrong(&reason, key);
            team_page(page, &web, &who, form).await
        }
        Err(error) => Err(error.into()),
    }
}
