//! What the record says about the person, as they can change it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::person::PersonView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::CommandId;
use porchlight_practice::person::{NaturalSupport, Profile, ProfileFault, Way, WayKind};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The fields of the form, each with the key of its question.
const FIELDS: [(&str, &str); 10] = [
    ("called", "me-about-called"),
    ("pronouns", "me-about-pronouns"),
    ("described", "me-about-described"),
    ("language", "me-about-language"),
    ("matters", "me-about-matters"),
    ("strengths", "me-about-strengths"),
    ("needs", "me-about-needs"),
    ("culture", "me-about-culture"),
    ("safe_hours", "me-about-safe-hours"),
    ("never", "me-about-never"),
];

/// How many ways to reach them the form has room for at most.
const WAYS: usize = 12;

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
    /// Which ways to reach them are shown.
    pub ways: Vec<Row>,
    /// What a way can be.
    pub kinds: Vec<Choice>,
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
        let used = (1..=WAYS).rev().find(|number| form.text(&Row::of(*number).value).is_some()).unwrap_or(0);
        let ways = (1..=(used + 1).clamp(2, WAYS)).map(Row::of).collect();
        let kinds = WayKind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind.as_str(), page.t(&format!("person-way-{}", kind.as_str()))))
            .collect();
        let page = page.titled("me-about-title").focused("/me").of_form(&form);
        AboutMe { page, form, version, command, ways, kinds, rows, saved: Vec::new() }
    }
}

/// The fields of one way to reach them.
pub(crate) struct Row {
    pub kind: String,
    pub value: String,
    pub shared: String,
}

impl Row {
    fn of(number: usize) -> Row {
        Row {
            kind: format!("way-kind-{number}"),
            value: format!("way-{number}"),
            shared: format!("way-shared-{number}"),
        }
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
        .with("needs", profile.needs.join("\n"))
        .with("culture", &profile.culture)
        .with("safe_hours", &profile.safe_hours)
        .with("never", &profile.never);
    if profile.interpreter {
        form = form.with("interpreter", "yes");
    }
    for (number, way) in profile.ways.iter().enumerate() {
        let Row { kind, value, shared } = Row::of(number + 1);
        form = form.with(&kind, way.kind.as_str()).with(&value, &way.value);
        if way.shared {
            form = form.with(&shared, "yes");
        }
    }
    for (number, support) in profile.natural_supports.iter().enumerate() {
        let (name, how) = row(number + 1);
        form = form.with(&name, &support.name).with(&how, &support.how);
    }
    form
}

/// The record with what was typed. What the form does not show stays as it is.
fn typed(form: &Form, profile: Profile) -> Profile {
    let value = |field: &str| form.value(field).to_owned();
    let lines = |field: &str| form.value(field).lines().map(str::to_owned).collect();
    Profile {
        called: value("called"),
        pronouns: value("pronouns"),
        described: value("described"),
        language: value("language"),
        matters: value("matters"),
        interpreter: form.has("interpreter", "yes"),
        strengths: lines("strengths"),
        needs: lines("needs"),
        culture: value("culture"),
        ways: (1..=WAYS)
            .map(Row::of)
            .map(|row| Way {
                kind: WayKind::parse(form.value(&row.kind)).unwrap_or_default(),
                value: value(&row.value),
                shared: form.has(&row.shared, "yes"),
            })
            .chain(profile.ways.iter().skip(WAYS).cloned())
            .collect(),
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
    let command = command(&web, &form);
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
    if saved.has("interpreter", "yes") != form.has("interpreter", "yes") {
        let now = if saved.has("interpreter", "yes") { "me-about-yes" } else { "me-about-no" };
        differs.push((page.t("me-about-interpreter"), page.t(now)));
    }
    let ways = |form: &Form| -> Vec<String> {
        let told = |row: Row| {
            let value = form.text(&row.value)?;
            let kind = WayKind::parse(form.value(&row.kind)).unwrap_or_default();
            let shared =
                if form.has(&row.shared, "yes") { page.t("person-way-shared") } else { String::new() };
            let parts = [page.t(&format!("person-way-{}", kind.as_str())), value, shared];
            Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
        };
        (1..=WAYS).map(Row::of).filter_map(told).collect()
    };
    if ways(&saved) != ways(&form) {
        differs.push((page.t("me-about-ways"), ways(&saved).join("\n")));
    }
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
