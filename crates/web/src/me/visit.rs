//! One visit as the person reads it, and the two ways to answer it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::contact::NoteView;
use porchlight_practice::contact::AdditionKind;
use porchlight_practice::id::{CommandId, ContactId};
use porchlight_practice::pack::{NoteField, Rules};

use crate::error::Trouble;
use crate::form::Form;
use crate::me::{first, own, size_of};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Something that stands beside a note.
pub(crate) struct Beside {
    pub title: String,
    pub words: String,
    pub by: String,
    /// Whether these are the person's own words.
    pub own: bool,
    /// Whether they see it differently.
    pub differs: bool,
}

/// A signed note as the person reads it.
pub(crate) struct NoteRead {
    pub id: ContactId,
    pub with: String,
    pub when: String,
    pub words: String,
    pub size: &'static str,
    pub goal: Option<String>,
    /// Question and answer, in the order of the note.
    pub told: Vec<(String, String)>,
    pub signed: String,
    pub late: bool,
    pub whole: bool,
    pub beside: Vec<Beside>,
}

impl NoteRead {
    /// Where it is read on a screen.
    pub(crate) fn address(&self) -> String {
        format!("/me/visits/{}", self.id)
    }

    pub(crate) fn of(page: &Page, rules: &Rules, view: NoteView) -> NoteRead {
        let signed = &view.signed;
        let name = first(&signed.by.name);
        let mut told = Vec::new();
        for (field, key) in [
            (NoteField::Kind, "me-told-kind"),
            (NoteField::Place, "me-told-place"),
            (NoteField::Present, "me-told-present"),
            (NoteField::Purpose, "me-told-purpose"),
            (NoteField::Did, "me-told-did"),
            (NoteField::Strengths, "me-told-strengths"),
            (NoteField::Response, "me-told-response"),
            (NoteField::NextStep, "me-told-next"),
        ] {
            let mut lines: Vec<String> =
                signed.note.chosen(field).iter().filter_map(|id| name_in(page, rules, field, id)).collect();
            lines.extend(
                signed.note.words(field).map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned),
            );
            if !lines.is_empty() {
                told.push((page.t1(key, "name", name), lines.join("\n")));
            }
        }
        let beside = view
            .additions
            .iter()
            .filter_map(|addition| {
                let by = first(&addition.by.name);
                let title = match addition.kind {
                    AdditionKind::OwnWords => page.t("me-beside-own"),
                    AdditionKind::Differently => page.t("me-beside-differently"),
                    AdditionKind::ReadBack => page.t1("me-beside-read-back", "name", by),
                    AdditionKind::Addendum => page.t1("me-beside-added", "name", by),
                    AdditionKind::Countersignature => page.t1("me-beside-signed", "name", &addition.by.name),
                    // What passes between the writer and their supervisor about the work is theirs.
                    AdditionKind::WentWell | AdditionKind::Question | AdditionKind::Reply => return None,
                };
                let own = matches!(
                    addition.kind,
                    AdditionKind::OwnWords | AdditionKind::Differently | AdditionKind::ReadBack
                );
                Some(Beside {
                    title,
                    words: addition.words.clone(),
                    by: page.moment(addition.at),
                    own,
                    differs: addition.kind == AdditionKind::Differently,
                })
            })
            .collect();
        let day = page.day(signed.started.to_zoned(page.zone()).date());
        NoteRead {
            id: view.id,
            with: signed.by.name.clone(),
            when: page.t2("when-moment", "day", day, "time", page.span(signed.started, signed.ended)),
            size: size_of(&signed.note.own_words),
            words: signed.note.own_words.trim().to_owned(),
            told,
            signed: page.t3(
                "me-visit-signed",
                "name",
                &signed.by.name,
                "title",
                &signed.by.title,
                "moment",
                page.moment(signed.at),
            ),
            late: signed.late,
            whole: view.whole,
            goal: view.goal,
            beside,
        }
    }
}

/// What the programme calls a choice of the note. A choice that is no longer in the pack says nothing.
fn name_in(page: &Page, rules: &Rules, field: NoteField, id: &str) -> Option<String> {
    let choices = match field {
        NoteField::Purpose => &rules.purposes,
        NoteField::Place => &rules.places,
        NoteField::Present => &rules.present,
        NoteField::NextStep => &rules.next_steps,
        NoteField::Kind => {
            return rules.contact_kinds.iter().find(|kind| kind.id == id).map(|kind| page.text(&kind.name));
        }
        NoteField::Did => {
            return rules.activities.iter().find(|done| done.id == id).map(|done| page.text(&done.name));
        }
        _ => return None,
    };
    choices.iter().find(|choice| choice.id == id).map(|choice| page.text(&choice.name))
}

/// One visit, with the two ways to answer it.
#[derive(Template)]
#[template(path = "me/visit.html")]
pub(crate) struct Visit {
    pub page: Page,
    pub note: NoteRead,
    pub form: Form,
    pub words_command: CommandId,
    pub differently_command: CommandId,
}

impl Visit {
    pub(crate) fn of(page: Page, note: NoteRead, form: Form, commands: [CommandId; 2]) -> Visit {
        let [words_command, differently_command] = commands;
        let mut page = page.titled_with("me-visit-title", "name", first(&note.with)).of_form(&form);
        // A form that comes back with something to put right has an address of its own, where nothing can be opened.
        page.path = note.address();
        Visit { page, note, form, words_command, differently_command }
    }
}

pub(super) async fn visit(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    own(&who)?;
    let note = NoteRead::of(&page, who.rules()?, web.app.note(who.actor(), id).await?);
    Visit::of(page, note, Form::new(), [web.app.command_id(), web.app.command_id()]).show()
}

pub(super) async fn add_words(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, who, web, id, form, AdditionKind::OwnWords).await
}

pub(super) async fn differ(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, who, web, id, form, AdditionKind::Differently).await
}

async fn add(
    page: Page,
    who: Who,
    web: Web,
    id: ContactId,
    mut form: Form,
    kind: AdditionKind,
) -> Result<Response, Trouble> {
    own(&who)?;
    let command = command(&web, &form);
    let differs = kind == AdditionKind::Differently;
    let (field, key, flash) = if differs {
        ("differently", "me-differently-error", "flash-words-differently")
    } else {
        ("words", "me-words-error", "flash-words-added")
    };
    let words = form.need(field, key);
    let (Some(words), true) = (words, form.is_right()) else {
        let note = NoteRead::of(&page, who.rules()?, web.app.note(who.actor(), id).await?);
        let other = web.app.command_id();
        let commands = if differs { [other, command] } else { [command, other] };
        return Visit::of(page, note, form, commands).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    web.app.add_to_note(who.actor(), command, id, kind, &words).await?;
    Ok(done(&web.shell, &format!("/me/visits/{id}"), flash))
}
