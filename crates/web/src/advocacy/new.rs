//! Writing down what a person asks for elsewhere.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::advocacy::AdvocaciesView;
use porchlight_app::{Error, Fault};
use porchlight_practice::advocacy::{AdvocacyFault, Ask};
use porchlight_practice::pack::Rules;

use crate::advocacy::{Place, choices};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Writing down what a person asks for.
#[derive(Template)]
#[template(path = "advocacy/new.html")]
pub(crate) struct NewPage {
    page: Page,
    form: Form,
    address: String,
    back: String,
    back_name: String,
    words: String,
    needs: Vec<Choice>,
    places: Vec<Choice>,
    command: String,
}

impl NewPage {
    pub(crate) fn of(
        page: Page,
        place: &Place,
        rules: &Rules,
        view: &AdvocaciesView,
        form: Form,
        command: String,
    ) -> NewPage {
        let page = place.page(page.titled("advocacy-new").focused(place.list())).of_form(&form);
        NewPage {
            address: format!("{}/new", place.list()),
            back: place.list(),
            back_name: place.title(&page, &view.called),
            words: match place.own {
                true => page.t("advocacy-words-own"),
                false => page.t1("advocacy-words", "name", &view.called),
            },
            needs: choices(&page, &rules.advocacy.needs),
            places: choices(&page, &rules.advocacy.places),
            command,
            page,
            form,
        }
    }
}

pub(super) async fn ask(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
) -> Result<Response, Trouble> {
    let view = web.app.advocacies(who.actor(), place.person).await?;
    if !view.may_write {
        return Err(Trouble::NotFound);
    }
    let command = web.app.command_id().to_string();
    NewPage::of(page, &place, who.rules()?, &view, Form::new(), command).show()
}

pub(super) async fn save(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
    mut form: Form,
) -> Result<Response, Trouble> {
    let command = command(&web, &form);
    let words = form.need("words", "advocacy-error-words");
    let need = form.need("need", "advocacy-error-need");
    let of = form.need("of", "advocacy-error-of");
    if let (Some(words), Some(need), Some(of)) = (words, need, of) {
        let ask = Ask { need, place: form.value("place").to_owned(), of, words };
        match web.app.ask_elsewhere(who.actor(), command, place.person, ask).await {
            Ok(id) => return Ok(done(&web.shell, &place.one(id), "flash-advocacy-begun")),
            Err(Error::Fault(Fault::Unknown(field))) => form.wrong(field, "advocacy-error-need"),
            Err(Error::Fault(Fault::Advocacy(AdvocacyFault::TooLong))) => {
                form.wrong("words", "advocacy-error-long");
            }
            Err(error) => return Err(error.into()),
        }
    }
    let view = web.app.advocacies(who.actor(), place.person).await?;
    let again = web.app.command_id().to_string();
    NewPage::of(page, &place, who.rules()?, &view, form, again).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
