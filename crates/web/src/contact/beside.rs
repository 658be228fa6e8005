//! What is put beside a signed note: more words, a question, a reply, the supervisor's name.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::{Error, Fault};
use porchlight_practice::contact::AdditionKind;
use porchlight_practice::id::{CommandId, ContactId};

use crate::contact::show::NotePage;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command, command_in};

/// The field's words go beside the note; without words, or too late, the note is shown again and says so.
async fn add(
    page: Page,
    web: Web,
    who: Who,
    id: ContactId,
    mut form: Form,
    field: &'static str,
    kind: AdditionKind,
) -> Result<Response, Trouble> {
    let command = command(&web, &form);
    let added = web.app.add_to_note(who.actor(), command, id, kind, form.value(field)).await;
    let key = match added {
        Ok(()) => return Ok(done(&web.shell, &format!("/contacts/{id}"), "flash-note-added")),
        Err(Error::Fault(Fault::Empty(_))) => "contact-need-words",
        Err(Error::Fault(Fault::TooLong(_))) => "contact-words-long",
        Err(Error::Fault(Fault::Review(_))) => "contact-review-done",
        Err(error) => return Err(error.into()),
    };
    form.wrong(field, key);
    let note = web.app.note(who.actor(), id).await?;
    NotePage::of(page, &web, who.rules()?, note).with_form(form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

pub(super) async fn addendum(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, web, who, id, form, "addendum", AdditionKind::Addendum).await
}

pub(super) async fn reply(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, web, who, id, form, "reply", AdditionKind::Reply).await
}

pub(super) async fn read_back(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    add(page, web, who, id, form, "read_back", AdditionKind::ReadBack).await
}

/// What went well, if the supervisor wrote something there, and the command that says it.
fn praise(web: &Web, form: &Form) -> Option<(CommandId, String)> {
    form.text("went_well").map(|words| (command_in(web, form, "praise_command"), words))
}

pub(super) async fn ask(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    form: Form,
) -> Result<Response, Trouble> {
    if form.text("question").is_some()
        && form.is_right()
        && let Some((command, words)) = praise(&web, &form)
    {
        web.app.add_to_note(who.actor(), command, id, AdditionKind::WentWell, &words).await?;
    }
    add(page, web, who, id, form, "question", AdditionKind::Question).await
}

/// Signs as supervisor, and goes on to the note that now waits longest.
pub(super) async fn countersign(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let command = command(&web, &form);
    let mut wrong = (!form.is_right()).then_some(("went_well", "contact-words-long"));
    if wrong.is_none() && form.text("question").is_some() {
        // A question that was typed is not thrown away by the other button.
        wrong = Some(("question", "contact-question-left"));
    }
    if wrong.is_none() {
        if let Some((command, words)) = praise(&web, &form) {
            web.app.add_to_note(who.actor(), command, id, AdditionKind::WentWell, &words).await?;
        }
        let kind = AdditionKind::Countersignature;
        match web.app.add_to_note(who.actor(), command, id, kind, "").await {
            Ok(()) => {}
            Err(Error::Fault(Fault::Review(_))) => wrong = Some(("went_well", "contact-review-done")),
            Err(error) => return Err(error.into()),
        }
    }
    if let Some((field, key)) = wrong {
        form.wrong(field, key);
        let note = web.app.note(who.actor(), id).await?;
        let note = NotePage::of(page, &web, who.rules()?, note).with_form(form);
        return note.show_as(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let queue = web.app.queue(who.actor()).await?;
    let next = queue.waiting.first().map(|line| format!("/contacts/{}", line.id));
    let to = next.unwrap_or_else(|| "/notes-to-read".to_owned());
    Ok(done(&web.shell, &to, "flash-note-read"))
}
