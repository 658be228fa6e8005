//! Making a corner, opening and closing it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::corner::OpenCorner;
use porchlight_app::{Error, Fault};
use porchlight_practice::account::PasswordFault;
use porchlight_practice::corner::CornerCode;
use porchlight_practice::corner::PASSPHRASE_LENGTH;

use super::{AtTheDoor, HOME, closed, inside, paper, stays_open};
use crate::corner::energy;
use crate::error::Trouble;
use crate::form::Form;
use crate::i18n::Argument;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who};

/// What was typed while the corner closed goes along under this, until it is open again.
const TYPED: &str = "typed.";

/// The page as if it had been asked for at this path: where the switches of its foot lead back to. What answers a form
/// has an address that no link may open.
pub(super) fn at(mut page: Page, path: &str) -> Page {
    path.clone_into(&mut page.path);
    page
}

/// The first visit: what it is, what is promised and what is not, and choosing a passphrase.
#[derive(Template)]
#[template(path = "corner/make.html")]
pub(crate) struct Make {
    pub page: Page,
    pub form: Form,
}

impl Make {
    pub(crate) fn of(page: Page, form: Form) -> Make {
        Make { page: at(page.titled("corner-title").of_form(&form), HOME), form }
    }
}

/// The code, shown once.
#[derive(Template)]
#[template(path = "corner/code.html")]
pub(crate) struct CodePage {
    pub page: Page,
    pub code: String,
}

impl CodePage {
    pub(crate) fn of(page: Page, code: &CornerCode) -> CodePage {
        CodePage { page: at(page.titled("corner-code-title"), HOME), code: code.spaced() }
    }
}

/// Asking for the passphrase or the code.
#[derive(Template)]
#[template(path = "corner/shut.html")]
pub(crate) struct Shut {
    pub page: Page,
    pub form: Form,
    pub then: String,
    /// What was typed while it closed.
    pub typed: Vec<(String, String)>,
}

impl Shut {
    /// The door, with whatever was carried to it.
    pub(crate) fn of(page: Page, form: Form, then: &str) -> Shut {
        let typed = form.values().filter(|(name, _)| name.starts_with(TYPED));
        let typed = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let page = at(page.titled("corner-title").of_form(&form), HOME);
        Shut { page, then: inside(then).to_owned(), typed, form }
    }

    /// It closed while somebody was writing: the words wait on the page.
    pub(crate) fn with(page: Page, then: &str, typed: &Form) -> Result<Response, Trouble> {
        let carry = |form: Form, (name, value): (&str, &str)| form.with(&format!("{TYPED}{name}"), value);
        let form = typed.values().fold(Form::new(), carry);
        Shut::of(page, form, then).show_as(StatusCode::CONFLICT)
    }
}

/// Says beside its field why a new passphrase can't be taken.
pub(super) fn wrong_passphrase(form: &mut Form, field: &str, fault: PasswordFault) {
    match fault {
        PasswordFault::TooShort(_) => {
            form.wrong_with(field, "corner-error-short", &[("length", PASSPHRASE_LENGTH.value())]);
        }
        PasswordFault::TooLong => form.wrong(field, "corner-error-long"),
        PasswordFault::Guessable => form.wrong(field, "corner-error-guessable"),
    }
}

/// The new passphrase of a form, typed twice.
pub(super) fn new_passphrase(form: &mut Form) -> Option<String> {
    let first = form.value("new_passphrase").to_owned();
    if first.trim().is_empty() {
        form.wrong_with("new_passphrase", "corner-error-short", &[("length", PASSPHRASE_LENGTH.value())]);
    } else if first.trim() != form.value("again_passphrase").trim() {
        form.wrong("again_passphrase", "corner-error-again");
    }
    form.is_right().then_some(first)
}

pub(super) async fn make(
    page: Page,
    who: Who,
    State(web): State<Web>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(passphrase) = new_passphrase(&mut form) {
        match web.app.make_corner(&who.session, &passphrase).await {
            Ok((open, code)) => return stays_open(&web, &open, CodePage::of(page, &code).show()?),
            Err(Error::Fault(Fault::HasCorner)) => return Ok(Redirect::to(HOME).into_response()),
            Err(Error::Fault(Fault::Password(fault))) => {
                wrong_passphrase(&mut form, "new_passphrase", fault);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Make::of(page, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Says beside its field why a secret opened nothing, with the status of the page. Any other error comes back.
pub(super) fn wrong_secret(form: &mut Form, field: &str, error: Error) -> Result<StatusCode, Trouble> {
    match error {
        Error::Fault(Fault::CornerShut) => {
            form.wrong(field, "corner-error-shut");
            Ok(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Error::Fault(Fault::TooManyTries) => {
            form.wrong(field, "corner-error-tries");
            Ok(StatusCode::TOO_MANY_REQUESTS)
        }
        error => Err(error.into()),
    }
}

pub(super) async fn open(
    page: Page,
    who: Who,
    State(web): State<Web>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let then = inside(form.value("then")).to_owned();
    let status = match web.app.open_corner(&who.session, form.value("secret")).await {
        Ok(open) => return go_on(page, &web, open, &then, form).await,
        Err(Error::NotFound) => return Ok(Redirect::to(HOME).into_response()),
        Err(error) => wrong_secret(&mut form, "secret", error)?,
    };
    Shut::of(page, form, &then).show_as(status)
}

/// On to where somebody was going, with what they had typed.
async fn go_on(page: Page, web: &Web, open: OpenCorner, then: &str, form: Form) -> Result<Response, Trouble> {
    let mut typed = Form::new();
    for (name, value) in form.values().filter_map(|(name, value)| Some((name.strip_prefix(TYPED)?, value))) {
        typed = typed.with(name, value);
    }
    if typed.values().next().is_some() {
        if let Some((id, section)) = paper::written_in(then) {
            return paper::keep(page, web, &open, id, section, typed).await;
        }
        if then == energy::ADDRESS {
            return energy::keep(page, web, &open, typed).await;
        }
    }
    stays_open(web, &open, Redirect::to(then).into_response())
}

pub(super) async fn close(AtTheDoor { .. }: AtTheDoor, State(web): State<Web>) -> Response {
    closed(&web.shell, done(&web.shell, HOME, "flash-corner-closed"))
}
