//! What is gone through with somebody before they are there for another, and when they are asked next how it is for them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use porchlight_app::pairing::MentorView;
use porchlight_practice::id::PersonId;
use porchlight_practice::pack::Rules;
use porchlight_practice::pairing::Mentor;

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// What is gone through with somebody.
#[derive(Template)]
#[template(path = "pairing/mentor.html")]
pub(crate) struct MentorPage {
    pub page: Page,
    pub form: Form,
    pub address: String,
    pub called: String,
    pub lead: String,
    pub steps: Vec<Choice>,
    pub ready: bool,
}

impl MentorPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        person: PersonId,
        view: &MentorView,
        form: Form,
    ) -> MentorPage {
        let step = |step: &porchlight_practice::pack::MentorStep| {
            Choice::new(&step.id, page.text(&step.name)).note(page.text(&step.help))
        };
        MentorPage {
            address: format!("/people/{person}/mentor"),
            called: view.name.clone(),
            lead: match view.places {
                0 => page.t1("pairing-mentor-none", "name", &view.name),
                places => page.t2("pairing-mentor-lead", "name", &view.name, "count", places),
            },
            steps: rules.mentor_steps.iter().map(step).collect(),
            ready: view.mentor.is_ready(rules.mentor_steps.iter().map(|step| step.id.as_str())),
            page: page
                .titled_with("pairing-mentor-title", "name", &view.name)
                .focused("/pairings")
                .under("/pairings")
                .of_form(&form),
            form,
        }
    }
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.mentor(who.actor(), person).await?;
    let mut form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("version", view.version.to_string())
        .with("next", view.mentor.next.map(|day| day.to_string()).unwrap_or_default());
    for done in &view.mentor.done {
        form = form.with("done", done);
    }
    MentorPage::of(page, who.rules()?, person, &view, form).show()
}

pub(super) async fn keep(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let next: Option<Date> = form.read_if_there("next", "pairing-error-day");
    let version = form.value("version").parse().map_err(|_| Trouble::NotFound)?;
    if form.is_right() {
        let mentor = Mentor { done: form.all("done").map(str::to_owned).collect(), next };
        web.app.screen_mentor(who.actor(), command(&web, &form), person, mentor, version).await?;
        return Ok(done(&web.shell, "/pairings", "flash-pairing-screened"));
    }
    let view = web.app.mentor(who.actor(), person).await?;
    MentorPage::of(page, who.rules()?, person, &view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
