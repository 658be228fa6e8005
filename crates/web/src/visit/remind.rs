//! Whether and in which hours one is reminded of a visit.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Time;
use porchlight_app::Error;
use porchlight_app::visit::remind::ReminderView;
use porchlight_practice::visit::reminder::SafeHours;

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

const HERE: &str = "/reminders";

/// The page.
#[derive(Template)]
#[template(path = "visit/remind.html")]
pub(crate) struct RemindPage {
    pub page: Page,
    pub form: Form,
    pub up: &'static str,
    pub lead: String,
    pub wanted: Vec<Choice>,
    /// Whether it can go anywhere.
    pub reaches: bool,
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// What stands in the form before anything is typed.
pub(crate) fn begun(view: &ReminderView) -> Form {
    let form = Form::new()
        .with("version", view.version.to_string())
        .with("wanted", if view.hours.is_some() { "yes" } else { "no" });
    match view.hours.filter(|hours| *hours != SafeHours::ANY) {
        Some(hours) => form.with("from", clock(hours.from)).with("to", clock(hours.to)),
        None => form,
    }
}

impl RemindPage {
    pub(crate) fn of(page: Page, view: &ReminderView, form: Form) -> RemindPage {
        let supported = page.visitor.as_ref().is_some_and(|visitor| visitor.is_supported());
        let up = if supported { "/me/visits" } else { "/visits" };
        let page = page.titled("visit-reminders").under(if supported { "/me/visits" } else { "/day" });
        RemindPage {
            lead: page.t1("visit-reminders-lead", "length", page.length(view.minutes)),
            wanted: vec![
                Choice::new("yes", page.t("visit-reminders-yes")),
                Choice::new("no", page.t("visit-reminders-no")),
            ],
            reaches: view.reaches,
            up,
            page: page.of_form(&form),
            form,
        }
    }
}

pub(crate) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let view = web.app.my_reminders(who.actor()).await?;
    let form = begun(&view).with("command", web.app.command_id().to_string());
    RemindPage::of(page, &view, form).show()
}

/// The hours on the form; none where no reminder is wanted.
fn read(form: &mut Form) -> Option<Option<SafeHours>> {
    let wanted = form.choose("wanted", "visit-error-wanted", |text| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    })?;
    if !wanted {
        return Some(None);
    }
    match (form.text("from").is_some(), form.text("to").is_some()) {
        (false, false) => Some(Some(SafeHours::ANY)),
        (true, true) => {
            let from = form.read("from", "visit-error-hours");
            let to = form.read("to", "visit-error-hours");
            Some(Some(SafeHours { from: from?, to: to? }))
        }
        (there, _) => {
            form.wrong(if there { "to" } else { "from" }, "visit-error-hours");
            None
        }
    }
}

pub(crate) async fn choose(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(hours) = read(&mut form) {
        let version = form.value("version").parse().unwrap_or_default();
        match web.app.set_reminders(who.actor(), command(&web, &form), hours, version).await {
            Ok(()) => return Ok(done(&web.shell, HERE, "flash-visit-reminders")),
            Err(Error::Stale) => form.wrong("wanted", "visit-error-reminders-stale"),
            Err(error) => return Err(error.into()),
        }
    }
    let view = web.app.my_reminders(who.actor()).await?;
    let form = form
        .replaced("version", &view.version.to_string())
        .replaced("command", &web.app.command_id().to_string());
    RemindPage::of(page, &view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
