//! One thing somebody has shown: the document beside what was typed. The owner sees where it stands; somebody else takes
//! it or sends it back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use porchlight_app::credential::ToCheck;
use porchlight_app::{Error, Fault};
use porchlight_practice::Role;
use porchlight_practice::credential::{CheckFault, Standing};
use porchlight_practice::evidence::FileKind;
use porchlight_practice::id::CredentialId;

use super::words::{self, State as Where};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One that waits, in a line.
pub(crate) struct Line {
    href: String,
    name: String,
    what: String,
    when: String,
    own: bool,
}

/// What waits to be looked at.
#[derive(Template)]
#[template(path = "credential/queue.html")]
pub(crate) struct QueuePage {
    page: Page,
    lines: Vec<Line>,
}

impl QueuePage {
    pub(crate) fn of(page: Page, waiting: &[ToCheck]) -> QueuePage {
        let line = |one: &ToCheck| {
            let credential = &one.shown.credential;
            Line {
                href: format!("/credentials/{}", one.shown.id),
                name: one.name.clone(),
                what: words::name(&page, &credential.entry, &one.rules, page.today()),
                when: page.t1("credential-sent-on", "day", page.date(credential.sent)),
                own: one.own,
            }
        };
        QueuePage { lines: waiting.iter().map(line).collect(), page: page.titled("nav-papers") }
    }
}

/// One of them.
#[derive(Template)]
#[template(path = "credential/one.html")]
pub(crate) struct OnePage {
    page: Page,
    form: Form,
    here: String,
    up: (&'static str, String),
    whose: String,
    sent: String,
    lines: Vec<(String, String)>,
    state: Where,
    note: String,
    picture: bool,
    file: String,
    may_check: bool,
    may_take_back: bool,
    command: String,
}

impl OnePage {
    pub(crate) fn of(page: Page, one: &ToCheck, checks: bool, form: Form, command: String) -> OnePage {
        let credential = &one.shown.credential;
        let waiting = *credential.standing() == Standing::Waiting;
        let (state, note) = words::standing(&page, credential);
        let (kind, file) = match &credential.paper {
            Some(about) => (Some(about.kind), page.t("credential-open-file")),
            None => (None, String::new()),
        };
        let place = if one.own { "/credentials" } else { "/papers-to-check" };
        let up = if one.own { "nav-credentials" } else { "nav-papers" };
        let title = words::name(&page, &credential.entry, &one.rules, page.today());
        let mut page = page.under(place).of_form(&form);
        page.title = title;
        OnePage {
            here: format!("/credentials/{}", one.shown.id),
            up: (place, page.t(up)),
            whose: if one.own { String::new() } else { one.name.clone() },
            sent: page.t1("credential-sent-on", "day", page.date(credential.sent)),
            lines: words::lines(&page, one.rules.names(), &credential.entry),
            state,
            note,
            picture: matches!(kind, Some(FileKind::Jpeg | FileKind::Png)),
            file,
            may_check: checks && waiting && !one.own,
            may_take_back: waiting && one.own,
            command,
            page,
            form,
        }
    }
}

fn checks(who: &Who) -> bool {
    who.actor().role() == Role::ProgrammeAdmin
}

pub(super) async fn queue(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    QueuePage::of(page, &web.app.credentials_to_check(who.actor()).await?).show()
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<CredentialId>,
) -> Result<Response, Trouble> {
    let one = web.app.credential(who.actor(), id).await?;
    OnePage::of(page, &one, checks(&who), Form::new(), web.app.command_id().to_string()).show()
}

pub(super) async fn check(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<CredentialId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let (sent_back, flash) = match form.value("how") {
        "take" => (None, "flash-credential-taken"),
        "back" => (Some(form.value("why").to_owned()), "flash-credential-back"),
        _ => return Err(Trouble::NotFound),
    };
    match web.app.check_credential(who.actor(), command(&web, &form), id, sent_back).await {
        Ok(()) => Ok(done(&web.shell, "/papers-to-check", flash)),
        Err(Error::Stale | Error::Fault(Fault::Check(CheckFault::Decided))) => {
            Ok(done(&web.shell, "/papers-to-check", "flash-credential-before"))
        }
        Err(Error::Fault(Fault::Check(CheckFault::NoReason))) => {
            form.wrong("why", "credential-error-why");
            let one = web.app.credential(who.actor(), id).await?;
            let command = form.value("command").to_owned();
            OnePage::of(page, &one, checks(&who), form, command).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn take_back(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<CredentialId>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.take_back_credential(who.actor(), command(&web, &form), id).await {
        Ok(()) => Ok(done(&web.shell, "/credentials", "flash-credential-taken-back")),
        Err(Error::Stale) => Ok(done(&web.shell, "/credentials", "flash-credential-before")),
        Err(error) => Err(error.into()),
    }
}

/// The document. Only ever an attachment, of the kind its content has; its name tells nothing.
pub(super) async fn document(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<CredentialId>,
) -> Result<Response, Trouble> {
    let (kind, bytes) = web.app.evidence(who.actor(), id).await?;
    let name = format!("attachment; filename=\"paper.{}\"", kind.ending());
    let headers: [(HeaderName, String); 2] =
        [(header::CONTENT_TYPE, kind.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}
