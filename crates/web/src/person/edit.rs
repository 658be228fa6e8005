//! The page of the form about a person, and changing what the record says.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::Error;
use porchlight_app::person::Alike;
use porchlight_practice::id::PersonId;
use porchlight_practice::person::{Profile, WayKind};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::person::form::{WAYS, form_of, profile_of};
use crate::person::same::SameNames;
use crate::person::{about, beside};
use crate::site::{Web, Who, command};
use crate::support::First;

/// Adding a person, or changing what the record says.
#[derive(Template)]
#[template(path = "person/edit.html")]
pub struct Edit {
    page: Page,
    form: Form,
    action: String,
    is_new: bool,
    family: bool,
    ways: Vec<usize>,
    kinds: Vec<Choice>,
    first: Option<First>,
    same: SameNames,
    clash: Vec<Clash>,
}

/// One field that somebody else changed meanwhile: both texts.
pub struct Clash {
    label: String,
    theirs: String,
    yours: String,
}

impl Edit {
    pub(crate) fn new(page: Page, form: Form, action: String, first: Option<First>) -> Edit {
        let kinds = WayKind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind.as_str(), page.t(&format!("person-way-{}", kind.as_str()))))
            .collect();
        let filled = (1..=WAYS).rev().find(|row| form.text(&format!("way-{row}")).is_some()).unwrap_or(0);
        Edit {
            ways: (1..=(filled + 1).clamp(3, WAYS)).collect(),
            kinds,
            is_new: action == "/people/new",
            family: false,
            first,
            same: SameNames { page: page.clone(), alike: Vec::new() },
            clash: Vec::new(),
            page: page.of_form(&form),
            action,
            form,
        }
    }

    /// With records whose name is like the one typed.
    pub(crate) fn with_alike(mut self, alike: Vec<Alike>) -> Edit {
        self.same.alike = alike;
        self
    }

    /// With both texts, where somebody else changed the record meanwhile.
    pub(crate) fn with_clash(mut self, theirs: &Profile, yours: &Profile) -> Edit {
        self.clash = clashes(&self.page, theirs, yours);
        self
    }

    /// Whether a section is open from the start: it has something in it, or nothing else to show.
    fn open(&self, fields: &[&str]) -> bool {
        !self.form.is_right() || fields.iter().any(|field| self.form.text(field).is_some())
    }

    fn field(&self, start: &str, row: &usize) -> String {
        format!("{start}-{row}")
    }

    fn typed(&self, start: &str, row: &usize) -> &str {
        self.form.value(&self.field(start, row))
    }

    fn chosen(&self, start: &str, row: &usize, value: &str) -> bool {
        self.form.has(&self.field(start, row), value)
    }
}

pub(super) fn edit_page(
    who: &Who,
    page: Page,
    form: Form,
    action: String,
    first: Option<First>,
) -> Result<Edit, Trouble> {
    let mut edit = Edit::new(page, form, action, first);
    edit.family = who.rules()?.family;
    Ok(edit)
}

pub(super) async fn edit(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    if !view.may(Action::PersonChange) {
        return Err(Trouble::NotFound);
    }
    let form = form_of(&view.profile)
        .with("version", view.version.to_string())
        .with("command", web.app.command_id().to_string());
    edit_page(&who, about(page, "person-change", &view), form, format!("/people/{id}/edit"), None)?.show()
}

pub(super) async fn keep(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    form.need("called", "person-error-name");
    let profile = profile_of(&form);
    // A form without its version is an old one; the page then shows both texts.
    let version = form.value("version").parse().unwrap_or(0);
    let mut stale = false;
    if form.is_right() {
        let kept =
            web.app.change_person(who.actor(), command(&web, &form), id, profile.clone(), version).await;
        match kept {
            Ok(()) => return Ok(done(&web.shell, &format!("/people/{id}"), "flash-saved")),
            Err(Error::Stale) => stale = true,
            Err(error) => beside(&mut form, error)?,
        }
    }
    let view = web.app.person(who.actor(), id).await?;
    if stale {
        form = form.replaced("version", &view.version.to_string());
    }
    let edit =
        edit_page(&who, about(page, "person-change", &view), form, format!("/people/{id}/edit"), None)?;
    if stale {
        return edit.with_clash(&view.profile, &profile).show_as(StatusCode::CONFLICT);
    }
    edit.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// The fields that differ between the record as it is now and what was typed.
fn clashes(page: &Page, theirs: &Profile, yours: &Profile) -> Vec<Clash> {
    let (theirs, yours) =
        (form_of(theirs), form_of(&yours.clone().checked().unwrap_or_else(|_| yours.clone())));
    let said = |form: &Form, field: &str| form.value(field).to_owned();
    let mut found: Vec<Clash> = FIELDS
        .iter()
        .filter(|(field, _)| theirs.value(field) != yours.value(field))
        .map(|(field, key)| Clash {
            label: page.t(key),
            theirs: said(&theirs, field),
            yours: said(&yours, field),
        })
        .collect();
    let ways = |form: &Form| {
        let all = (1..=WAYS).map(|row| form.value(&format!("way-{row}")).to_owned());
        all.filter(|way| !way.is_empty()).collect::<Vec<_>>().join("\n")
    };
    if ways(&theirs) != ways(&yours) {
        found.push(Clash { label: page.t("person-ways"), theirs: ways(&theirs), yours: ways(&yours) });
    }
    found
}

/// The fields of the form with the keys of their labels.
const FIELDS: [(&str, &str); 13] = [
    ("called", "person-called"),
    ("family_name", "person-family-name"),
    ("pronouns", "person-pronouns"),
    ("described", "person-described"),
    ("language", "person-language"),
    ("interpreter", "person-interpreter"),
    ("safe_hours", "person-safe-hours"),
    ("never", "person-never"),
    ("strengths", "person-strengths"),
    ("matters", "person-matters"),
    ("needs", "person-needs"),
    ("culture", "person-culture"),
    ("supports", "person-supports"),
];
