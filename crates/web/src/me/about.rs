//! What the record says about the person, as they can change it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::person::PersonView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::CommandId;
use porchlight_practice::person::{NaturalSupport, Profile, ProfileFault};

use crate::error::Trouble;
use crate::form::Form;
use crate::me::{command_of, own};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who};

/// The fields of the form, each with the key of its question.
const FIELDS: [(&str, &str); 8] = [
    ("called", "me-about-called"),
    ("pronouns", "me-about-pronouns"),
    ("described", "me-about-described"),
    ("language", "me-about-language"),
    ("matters", "me-about-matters"),
    ("strengths", "me-about-strengths"),
    ("safe_hours", "me-about-safe-hours"),
    ("never", "me-about-never"),
];

/// How many supporters the form has room for at most.
const SUPPORTERS: usize = 20;

/// What the record says about the person, as they can change it.
#[derive(Template)]
#[template(path = "me/about.html")]
pub(crate) struct AboutMe {
    pub page: Page,
    pub form: Form,
    pub version: i64,
    pub command: CommandId,
    /// Which rows of supporters are shown: their fields for name and for what they are good for.
    pub rows: Vec<(String, String)>,
    /// What somebody else saved meanwhile, each with its question.
    pub saved: Vec<(String, String)>,
}

impl AboutMe {
    pub(crate) fn of(page: Page, form: Form, version: i64, command: CommandId) -> AboutMe {
        let rows = (1..=SUPPORTERS).map(row);
        let used = rows.clone().filter(|(name, how)| form.text(name).or(form.text(how)).is_some()).count();
        let rows = rows.take((used + 1).clamp(2, SUPPORTERS)).collect();
        let page = page.titled("me-about-title").focused("/me").of_form(&form);
        AboutMe { page, form, version, command, rows, saved: Vec::new() }
    }
}

fn row(number: usize) -> (String, String) {
    (format!("supporter-{number}"), format!("supporter-{number}-how"))
}

/// The form as the record has it.
pub(crate) fn filled(profile: &Profile) -> Form {
    let mut form = Form::new()
        .with("called", &profile.called)
        .with("pronouns", &profile.pronouns)
        .with("described", &profile.described)
        .with("language", &profile.language)
        .with("matters", &profile.matters)
        .with("strengths", profile.strengths.join("\n"))
        .with("safe_hours", &profile.safe_hours)
        .with("never", &profile.never);
    for (number, support) in profile.natural_supports.iter().enumerate() {
        let (name, how) = row(number + 1);
        form = form.with(&name, &support.name).with(&how, &support.how);
    }
    form
}

/// The record with what was typed. What the form does not show stays as it is.
fn typed(form: &Form, profile: Profile) -> Profile {
    let value = |field: &str| form.value(field).to_owned();
    Profile {
        called: value("called"),
        pronouns: value("pronouns"),
        described: value("described"),
        language: value("language"),
        matters: value("matters"),
        strengths: form.value("strengths").lines().map(str::to_owned).collect(),
        safe_hours: value("safe_hours"),
        never: value("never"),
        natural_supports: (1..=SUPPORTERS)
            .map(row)
            .map(|(name, how)| NaturalSupport { name: value(&name), how: value(&how) })
            .chain(profile.natural_supports.iter().skip(SUPPORTERS).cloned())
            .collect(),
        ..profile
    }
}

pub(super) async fn about(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), own(&who)?).await?;
    AboutMe::of(page, filled(&view.profile), view.version, web.app.command_id()).show()
}

pub(super) async fn change_about(
    page: Page,
    who: Who,
    State(web): State<Web>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let command = command_of(&web, &form);
    let version = form.value("version").parse().unwrap_or_default();
    form.need("called", "me-about-error-called");
    let view = web.app.person(who.actor(), person).await?;
    if !form.is_right() {
        return AboutMe::of(page, form, version, command).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let profile = typed(&form, view.profile);
    match web.app.change_person(who.actor(), command, person, profile, version).await {
        Ok(()) => Ok(done(&web.shell, "/me/about", "flash-saved")),
        Err(Error::Stale) => {
            let now = web.app.person(who.actor(), person).await?;
            clash(page, form, now, web.app.command_id()).show_as(StatusCode::CONFLICT)
        }
        Err(Error::Fault(Fault::Profile(ProfileFault::NoName))) => {
            form.wrong("called", "me-about-error-called");
            AboutMe::of(page, form, version, command).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

/// The form as typed, beside what somebody else saved meanwhile. Saving again keeps what was typed.
pub(crate) fn clash(page: Page, form: Form, now: PersonView, command: CommandId) -> AboutMe {
    let saved = filled(&now.profile);
    let mut differs: Vec<(String, String)> = FIELDS
        .iter()
        .filter(|(field, _)| saved.value(field).trim() != form.value(field).trim())
        .map(|(field, key)| (page.t(key), saved.value(field).to_owned()))
        .collect();
    let supporters = |form: &Form| -> Vec<String> {
        (1..=SUPPORTERS)
            .map(row)
            .filter_map(|(name, how)| Some((form.text(&name)?, form.text(&how))))
            .map(|(name, how)| how.map_or(name.clone(), |how| format!("{name}: {how}")))
            .collect()
    };
    let (theirs, ours) = (supporters(&saved), supporters(&form));
    if theirs != ours {
        differs.push((page.t("me-about-people"), theirs.join("\n")));
    }
    AboutMe { saved: differs, ..AboutMe::of(page, form, now.version, command) }
}
