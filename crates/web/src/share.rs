//! What a person shares with whom, written down as they say it by whoever walks with them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::consent::{ConsentView, PersonHere};
use porchlight_app::person::PersonView;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::id::{ConsentId, PersonId};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::person::{Named, beside, fresh};
use crate::prove::Proven;
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// How long a yes may last, in days, as offered.
const DAYS: [i64; 4] = [30, 90, 180, 365];

/// The pages about what a person shares.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/people/{person}/choices", list, Needs::Action(Action::ConsentRead))
        .page(Method::POST, "/people/{person}/choices", give, Needs::Action(Action::ConsentGive))
        .page(
            Method::POST,
            "/people/{person}/choices/{consent}/stop",
            stop,
            Needs::Action(Action::ConsentStop),
        )
}

/// Whose choices these are, for whoever writes them down and for a guardian, who sees no more of the record.
pub(crate) struct AboutWhom {
    id: PersonId,
    called: String,
    full: String,
    guardian: bool,
    may_give: bool,
    may_stop: bool,
}

impl AboutWhom {
    pub(crate) fn recorded(view: &PersonView) -> AboutWhom {
        let Named { id, called, full } = Named::of(view);
        let (may_give, may_stop) = (view.may(Action::ConsentGive), view.may(Action::ConsentStop));
        AboutWhom { id, called, full, guardian: false, may_give, may_stop }
    }

    async fn of(web: &Web, who: &Who, id: PersonId) -> Result<AboutWhom, Trouble> {
        if who.actor().ward() != Some(id) {
            return Ok(AboutWhom::recorded(&web.app.person(who.actor(), id).await?));
        }
        let view = web.app.guardians(who.actor(), id).await?;
        let may = |action| view.actions.contains(&action);
        Ok(AboutWhom {
            id,
            full: view.called.clone(),
            guardian: true,
            may_give: may(Action::ConsentGive),
            may_stop: may(Action::ConsentStop),
            called: view.called,
        })
    }

    fn back(&self) -> String {
        if self.guardian { "/young".to_owned() } else { format!("/people/{}", self.id) }
    }
}

/// A yes, in words.
pub struct Line {
    id: ConsentId,
    title: String,
    when: String,
    in_force: bool,
    command: String,
}

/// What a person shares.
#[derive(Template)]
#[template(path = "share/list.html")]
pub struct Choices {
    page: Page,
    form: Form,
    person: Named,
    back: String,
    may_give: bool,
    may_stop: bool,
    lines: Vec<Line>,
    past: Vec<Line>,
    readers: Vec<Choice>,
    parts: Vec<Choice>,
    days: Vec<Choice>,
}

impl Choices {
    pub(crate) fn of(
        page: Page,
        about: &AboutWhom,
        consents: Vec<ConsentView>,
        readers: &[PersonHere],
        form: Form,
        command: impl Fn() -> String,
    ) -> Choices {
        let back = about.back();
        let page = page.titled_with("share-title", "name", &about.called).focused(back.clone());
        let day = |at: jiff::Timestamp| page.date(at.to_zoned(page.zone()).date());
        let line = |consent: ConsentView| Line {
            id: consent.id,
            title: page.t2("share-line", "name", &consent.reader, "part", part_name(&page, consent.part)),
            when: match consent.stopped {
                Some(at) => page.t1("share-stopped", "day", day(at)),
                None => page.t1("share-until", "day", day(consent.until)),
            },
            in_force: consent.in_force,
            command: command(),
        };
        let (lines, past): (Vec<Line>, Vec<Line>) =
            consents.into_iter().map(line).partition(|line| line.in_force);
        // Whoever walks with the person or supervises reads the record already; a yes is for the team.
        let readers = readers.iter().map(|reader| {
            let key = format!("role-{}", reader.role.as_str().replace('_', "-"));
            Choice::new(reader.account.to_string(), &reader.name).note(page.t(&key))
        });
        let parts = RecordPart::ALL.into_iter().map(|part| {
            let icon = if part == RecordPart::Notes { "note" } else { "heart" };
            Choice::new(part.as_str(), part_name(&page, part)).icon(icon)
        });
        let days =
            DAYS.into_iter().map(|days| Choice::new(days.to_string(), page.t1("share-days", "days", days)));
        Choices {
            person: Named { id: about.id, called: about.called.clone(), full: about.full.clone() },
            back,
            may_give: about.may_give,
            may_stop: about.may_stop,
            readers: readers.collect(),
            parts: parts.collect(),
            days: days.collect(),
            lines,
            past,
            page: page.of_form(&form),
            form,
        }
    }
}

fn part_name(page: &Page, part: RecordPart) -> String {
    match part {
        RecordPart::Profile => page.t("share-part-profile"),
        RecordPart::Notes => page.t("share-part-notes"),
    }
}

async fn choices_page(
    web: &Web,
    who: &Who,
    page: Page,
    id: PersonId,
    form: Form,
) -> Result<Choices, Trouble> {
    let consents = web.app.consents(who.actor(), id).await?;
    let about = AboutWhom::of(web, who, id).await?;
    let readers = if about.may_give { web.app.people_here(who.actor(), id).await? } else { Vec::new() };
    let command = || web.app.command_id().to_string();
    Ok(Choices::of(page, &about, consents, &readers, form, command))
}

async fn list(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let form = fresh(&web).with("days", "90");
    choices_page(&web, &who, page, id, form).await?.show()
}

async fn give(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    Proven(mut form): Proven,
) -> Result<Response, Trouble> {
    let reader = form.read("reader", "share-error-reader");
    let part = form.choose("part", "share-error-part", RecordPart::parse);
    let days = form.choose("days", "share-error-days", |text| {
        text.parse::<i64>().ok().filter(|days| DAYS.contains(days))
    });
    if let (Some(reader), Some(part), Some(days), true) = (reader, part, days, form.is_right()) {
        match web.app.give_consent(who.actor(), command(&web, &form), id, reader, part, days).await {
            Ok(_) => return Ok(done(&web.shell, &format!("/people/{id}/choices"), "flash-share-given")),
            Err(error) => beside(&mut form, error)?,
        }
    }
    choices_page(&web, &who, page, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn stop(
    State(web): State<Web>,
    who: Who,
    Path((id, consent)): Path<(PersonId, ConsentId)>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.stop_consent(who.actor(), command(&web, &form), id, consent).await?;
    Ok(done(&web.shell, &format!("/people/{id}/choices"), "flash-share-stopped"))
}
