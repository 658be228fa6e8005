//! Where somebody finds whom they could meet, and what is between them and others.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::Error;
use porchlight_app::pairing::{Between, Meeting};
use porchlight_practice::id::CommandId;
use porchlight_practice::pack::Rules;
use porchlight_practice::pairing::{Answer, Offer, Pairing, Side};

use super::{To, sentences};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Somebody who could be met.
pub(crate) struct Suggestion {
    pub token: String,
    pub command: CommandId,
    pub why: Vec<String>,
}

/// What is between the reader and somebody else, as one row.
pub(crate) struct Row {
    pub address: String,
    pub title: String,
    pub note: String,
    pub tag: String,
}

/// Whom somebody could meet.
#[derive(Template)]
#[template(path = "pairing/own.html")]
pub(crate) struct OwnPage {
    pub page: Page,
    /// Who has to be asked first; empty when they decide themself.
    pub guarded: String,
    pub has_card: bool,
    pub paused: bool,
    pub came_to_nothing: bool,
    /// Whether they would like to be there for others, and somebody has to go through it with them first.
    pub not_ready: bool,
    pub rows: Vec<Row>,
    pub suggested: Vec<Suggestion>,
    /// Whether somebody they wish to meet is on the way.
    pub waits: bool,
    pub commands: [CommandId; 2],
}

fn row(page: &Page, between: &Between) -> Row {
    let name = between.name.as_deref().unwrap_or_default();
    let asked = between.side == Side::Other;
    let (title, note, does) = match &between.pairing {
        Pairing::Asked { .. } if asked => {
            (page.t("pairing-asked-you"), page.t("pairing-asked-you-more"), true)
        }
        Pairing::Wished { .. } | Pairing::Asked { .. } => {
            (page.t("pairing-wished"), page.t("pairing-wished-more"), false)
        }
        pairing @ Pairing::Met { .. } if pairing.agreed(between.side) => {
            (page.t1("pairing-with", "name", name), page.t1("pairing-agreed-you", "name", name), false)
        }
        Pairing::Met { .. } => (page.t1("pairing-with", "name", name), page.t("pairing-read-rules"), true),
        Pairing::Planned { talk, .. } => (
            page.t1("pairing-with", "name", name),
            page.t1("pairing-talk-on", "day", page.near(talk.day)),
            false,
        ),
        _ if between.asks.is_some() => {
            (page.t1("pairing-with", "name", name), page.t("pairing-how-is-it"), true)
        }
        _ => (page.t1("pairing-with", "name", name), page.t("pairing-together"), false),
    };
    Row {
        address: format!("/meet/{}", between.id),
        title,
        note,
        tag: if does { page.t("pairing-your-turn") } else { String::new() },
    }
}

impl OwnPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        meeting: &Meeting,
        mut fresh: impl FnMut() -> CommandId,
    ) -> OwnPage {
        let suggestion = |one: &porchlight_app::pairing::Suggested| Suggestion {
            token: one.token.clone(),
            command: fresh(),
            why: sentences(&page, rules, &one.why, To::Them),
        };
        let suggested = meeting.suggested.iter().map(suggestion).collect();
        let offer = meeting.offer.as_ref();
        OwnPage {
            guarded: meeting
                .guarded_until
                .map(|day| page.t1("pairing-guarded", "day", page.date(day)))
                .unwrap_or_default(),
            has_card: offer.is_some(),
            paused: offer.is_some_and(|offer| offer.paused),
            came_to_nothing: meeting.came_to_nothing,
            not_ready: offer.is_some_and(|offer| offer.places > 0) && !meeting.ready,
            rows: meeting.between.iter().map(|between| row(&page, between)).collect(),
            suggested,
            waits: meeting.between.iter().any(|between| between.side == Side::Asker),
            commands: [fresh(), fresh()],
            page: page.titled("pairing-title"),
        }
    }
}

pub(super) async fn own(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let meeting = web.app.my_meeting(who.actor()).await?;
    OwnPage::of(page, who.rules()?, &meeting, || web.app.command_id()).show()
}

pub(super) async fn pause(who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let meeting = web.app.my_meeting(who.actor()).await?;
    let offer = meeting.offer.ok_or(Trouble::NotFound)?;
    let paused = form.value("pause") == "yes";
    let offer = Offer { paused, ..offer };
    web.app.write_offer(who.actor(), command(&web, &form), offer, meeting.version).await?;
    let said = if paused { "flash-pairing-paused" } else { "flash-pairing-back" };
    Ok(done(&web.shell, "/meet", said))
}

pub(super) async fn forget(who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    web.app.forget_offer(who.actor(), command(&web, &form)).await?;
    Ok(done(&web.shell, "/meet", "flash-pairing-forgotten"))
}

pub(super) async fn suggested(who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let answer = Answer::parse(form.value("answer")).ok_or(Trouble::NotFound)?;
    let token = form.value("who");
    match web.app.wish_to_meet(who.actor(), command(&web, &form), token, answer).await {
        Ok(()) if answer == Answer::Yes => Ok(done(&web.shell, "/meet", "flash-pairing-wished")),
        Ok(()) => Ok(done(&web.shell, "/meet", "flash-pairing-others")),
        // Whoever was suggested may have found somebody in the meantime. The page shows who there is now.
        Err(Error::NotFound) => Ok(done(&web.shell, "/meet", "flash-pairing-changed")),
        Err(error) => Err(error.into()),
    }
}
