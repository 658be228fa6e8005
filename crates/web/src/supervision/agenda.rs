//! Bringing something to one's supervision, and taking it off again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::supervision::OwnSupervision;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{AccountId, AgendaId};
use porchlight_practice::supervision::Item;

use super::list::OwnPage;
use super::{HOME, words};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// What an offer is called in a form.
pub(crate) fn value(item: &Item) -> String {
    match item {
        Item::Words { .. } => String::new(),
        Item::Question { id } => format!("question:{id}"),
        Item::Note { id } => format!("note:{id}"),
        Item::Safety { id } => format!("safety:{id}"),
    }
}

/// Reads that.
fn offered(value: &str) -> Option<Item> {
    let (kind, id) = value.split_once(':')?;
    Some(match kind {
        "question" => Item::Question { id: id.parse().ok()? },
        "note" => Item::Note { id: id.parse().ok()? },
        "safety" => Item::Safety { id: id.parse().ok()? },
        _ => return None,
    })
}

pub(super) async fn bring(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let to = form.read::<AccountId>("to", "supervision-error-to");
    let item = match offered(form.value("item")) {
        Some(item) => Some(item),
        None => form
            .need("words", "supervision-error-words")
            .map(|words| Item::Words { words, topic: form.value("topic").to_owned() }),
    };
    if let (Some(to), Some(item), true) = (to, item, form.is_right()) {
        match web.app.bring_to_supervision(who.actor(), command(&web, &form), to, item).await {
            Ok(_) => return Ok(done(&web.shell, HOME, "flash-supervision-brought")),
            Err(Error::Fault(Fault::Supervision(fault))) => form.wrong("words", words::fault(fault).1),
            Err(Error::Fault(Fault::Unknown("to"))) => form.wrong("to", "supervision-error-to"),
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("words", "supervision-error-gone"),
            Err(error) => return Err(error.into()),
        }
    }
    match web.app.own_supervision(who.actor()).await? {
        OwnSupervision::Supervised(own) => {
            OwnPage::of(page, who.rules()?, &own, form, || web.app.command_id())
                .show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        OwnSupervision::Leading(_) => Err(Trouble::NotFound),
    }
}

pub(super) async fn take_off(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<AgendaId>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.take_off_agenda(who.actor(), command(&web, &form), id).await {
        Ok(()) => Ok(done(&web.shell, HOME, "flash-supervision-taken-off")),
        Err(Error::Stale) => Ok(done(&web.shell, HOME, "flash-supervision-was-there")),
        Err(error) => Err(error.into()),
    }
}
