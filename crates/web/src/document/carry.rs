//! Putting an answer of one paper into another of the person's own: one at a time, as they say.

use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::carry::Carried;
use porchlight_practice::id::DocumentId;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::done;
use crate::site::{Web, Who, command};

pub(super) async fn carry(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    form: Form,
) -> Result<Response, Trouble> {
    let carried = Carried {
        from: id,
        question: form.value("question").to_owned(),
        item: Some(form.value("item").parse().map_err(|_| Trouble::NotFound)?),
        to: form.value("to").parse().map_err(|_| Trouble::NotFound)?,
        there: form.value("there").to_owned(),
    };
    web.app.carry(who.actor(), command(&web, &form), carried).await?;
    Ok(done(&web.shell, &format!("/plans/{id}"), "flash-plan-carried"))
}
