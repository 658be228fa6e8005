//! My choices: what somebody shares, with whom, until when; and stopping it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use jiff::SignedDuration;
use porchlight_app::consent::{ConsentView, PersonHere};
use porchlight_app::share::ShareView;
use porchlight_app::{Action, Error, Fault};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::id::{AccountId, CommandId, ConsentId, DocumentId, PersonId};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::prove::Proven;
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// The pages of choices.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/me/choices", list, Needs::Action(Action::ConsentRead))
        .page(Method::GET, "/me/choices/new", choose, Needs::Action(Action::ConsentRead))
        .page(Method::POST, "/me/choices/new", agree, Needs::Action(Action::ConsentGive))
        .page(Method::POST, "/me/choices/{id}/stop", stop, Needs::Action(Action::ConsentStop))
}

/// How long something can be shared, in days, with the key of how one says it.
const LENGTHS: [(i64, &str); 4] =
    [(30, "consent-days-30"), (90, "consent-days-90"), (180, "consent-days-180"), (365, "consent-days-365")];

/// Something that is shared now.
pub(crate) struct Shared {
    pub id: ConsentId,
    pub name: String,
    pub sentence: String,
    pub command: CommandId,
}

/// A paper of which somebody sees parts.
pub(crate) struct SharedPaper {
    pub document: DocumentId,
    pub reader: AccountId,
    pub name: String,
    pub sentence: String,
    pub command: CommandId,
}

/// My choices.
#[derive(Template)]
#[template(path = "consent/list.html")]
pub(crate) struct Choices {
    pub page: Page,
    pub shared: Vec<Shared>,
    pub papers: Vec<SharedPaper>,
    pub before: Vec<String>,
    /// What they said to somebody sitting in.
    pub sitting_in: Vec<crate::supervision::sitting_in::Yes>,
    /// Where copies that leave are.
    pub outside: String,
}

impl Choices {
    pub(crate) fn of(
        page: Page,
        person: PersonId,
        all: Vec<ConsentView>,
        shares: &[ShareView],
        yeses: &[porchlight_app::supervision::YesView],
        mut command: impl FnMut() -> CommandId,
    ) -> Choices {
        let day = |at: jiff::Timestamp| page.date(at.to_zoned(page.zone()).date());
        let (mut shared, mut before) = (Vec::new(), Vec::new());
        for view in all {
            let part = page.t(part_key(view.part));
            if view.in_force {
                shared.push(Shared {
                    id: view.id,
                    sentence: page.t3(
                        "consent-may-read",
                        "name",
                        &view.reader,
                        "part",
                        part,
                        "day",
                        day(view.until),
                    ),
                    name: view.reader,
                    command: command(),
                });
            } else {
                let until = view.stopped.unwrap_or(view.until);
                before.push(page.t3(
                    "consent-could-read",
                    "name",
                    &view.reader,
                    "part",
                    part,
                    "day",
                    day(until),
                ));
            }
        }
        let mut papers = Vec::new();
        for share in shares {
            let sections = share.tool.sections.iter().filter(|section| share.sections.contains(&section.id));
            let names: Vec<String> =
                sections.map(|section| format!("“{}”", page.text(&section.name))).collect();
            let tool = page.text(&share.tool.name);
            let what = page.t2("document-parts-of", "list", page.list(&names), "tool", tool);
            let until = day(share.stopped.unwrap_or(share.until));
            let key = match (share.in_force, share.writes) {
                (true, true) => "document-may-write",
                (true, false) => "document-may-read",
                (false, _) => "document-could-read",
            };
            let sentence = page.t3(key, "name", &share.name, "what", what, "day", until);
            if share.in_force {
                papers.push(SharedPaper {
                    document: share.document,
                    reader: share.reader,
                    name: share.name.clone(),
                    sentence,
                    command: command(),
                });
            } else {
                before.push(sentence);
            }
        }
        let outside = crate::disclosure::home(person);
        let sitting_in = crate::supervision::sitting_in::yeses(&page, yeses, page.today(), command);
        Choices { page: page.titled("consent-title"), shared, papers, before, sitting_in, outside }
    }
}

fn part_key(part: RecordPart) -> &'static str {
    match part {
        RecordPart::Profile => "consent-part-profile",
        RecordPart::Notes => "consent-part-notes",
    }
}

async fn list(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let all = web.app.consents(who.actor(), person).await?;
    let shares = web.app.shares(who.actor(), person).await?;
    let yeses = web.app.own_sitting_in(who.actor()).await?;
    Choices::of(page, person, all, &shares, &yeses, || web.app.command_id()).show()
}

/// Choosing whom, what and how long.
#[derive(Template)]
#[template(path = "consent/new.html")]
pub(crate) struct NewChoice {
    pub page: Page,
    pub form: Form,
    pub people: Vec<Choice>,
    pub parts: Vec<Choice>,
    pub lengths: Vec<Choice>,
}

impl NewChoice {
    pub(crate) fn of(page: Page, form: Form, here: &[PersonHere]) -> NewChoice {
        let people = here
            .iter()
            .map(|person| {
                let role = page.t1("consent-of-team", "team", page.w("team"));
                Choice::new(person.account.to_string(), &person.name).icon("people").note(role)
            })
            .collect();
        let parts = vec![
            Choice::new(RecordPart::Profile.as_str(), page.t("consent-choose-profile"))
                .icon("heart")
                .note(page.t("consent-choose-profile-note")),
            Choice::new(RecordPart::Notes.as_str(), page.t("consent-choose-notes"))
                .icon("note")
                .note(page.t("consent-choose-notes-note")),
        ];
        let lengths = LENGTHS.iter().map(|(days, key)| Choice::new(days.to_string(), page.t(key))).collect();
        let page = page.titled("consent-new-title").focused("/me/choices").of_form(&form);
        NewChoice { page, form, people, parts, lengths }
    }
}

/// What was chosen, read back in one sentence before it counts.
#[derive(Template)]
#[template(path = "consent/agree.html")]
pub(crate) struct Agree {
    pub page: Page,
    pub sentence: String,
    pub name: String,
    pub reader: AccountId,
    pub part: &'static str,
    pub days: i64,
    pub command: CommandId,
}

/// What a form says to share, when it can be read.
fn chosen(form: &mut Form, here: &[PersonHere]) -> Option<(PersonHere, RecordPart, i64)> {
    let reader = form.choose("reader", "consent-error-reader", |text| {
        let id: AccountId = text.parse().ok()?;
        here.iter().find(|person| person.account == id).cloned()
    });
    let part = form.choose("part", "consent-error-part", RecordPart::parse);
    let days = form.choose("days", "consent-error-days", |text| {
        LENGTHS.iter().map(|(days, _)| *days).find(|days| days.to_string() == text)
    });
    Some((reader?, part?, days?))
}

async fn choose(page: Page, who: Who, State(web): State<Web>, mut form: Form) -> Result<Response, Trouble> {
    let here = web.app.people_here(who.actor(), own(&who)?).await?;
    let begins = form.values().next().is_none() || form.has("change", "yes");
    if begins {
        return NewChoice::of(page, form, &here).show();
    }
    let Some((reader, part, days)) = chosen(&mut form, &here) else {
        return NewChoice::of(page, form, &here).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    let until = (web.app.now() + SignedDuration::from_hours(24 * days)).to_zoned(page.zone()).date();
    let said = page.t(part_key(part));
    Agree {
        sentence: page.t3("consent-may-read", "name", &reader.name, "part", said, "day", page.date(until)),
        page: page.titled("consent-agree-title").focused("/me/choices"),
        name: reader.name,
        reader: reader.account,
        part: part.as_str(),
        days,
        command: web.app.command_id(),
    }
    .show()
}

async fn agree(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Proven(mut form): Proven,
) -> Result<Response, Trouble> {
    let person = own(&who)?;
    let here = web.app.people_here(who.actor(), person).await?;
    let Some((reader, part, days)) = chosen(&mut form, &here) else {
        return NewChoice::of(page, form, &here).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    let command = command(&web, &form);
    match web.app.give_consent(who.actor(), command, person, reader.account, part, days).await {
        Ok(_) => Ok(done(&web.shell, "/me/choices", "flash-choice-agreed")),
        Err(Error::Fault(Fault::Unknown(_))) => {
            // Whoever was chosen stopped working here between the two pages.
            form.wrong("reader", "consent-error-reader");
            NewChoice::of(page, form, &here).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Error::Fault(Fault::GuardianSays)) => {
            form.wrong("reader", "guardian-error-says");
            NewChoice::of(page, form, &here).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

async fn stop(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ConsentId>,
    form: Form,
) -> Result<Response, Trouble> {
    let person = own(&who)?;
    web.app.stop_consent(who.actor(), command(&web, &form), person, id).await?;
    Ok(done(&web.shell, "/me/choices", "flash-choice-stopped"))
}
