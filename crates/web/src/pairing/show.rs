//! What is between the reader and somebody else: being asked, the ground rules, the first talk, how it is, and the end.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::Error;
use porchlight_app::pairing::{Between, Say};
use porchlight_practice::id::{CommandId, PairingId};
use porchlight_practice::pack::Rules;
use porchlight_practice::pairing::{Answer, Feels, Pairing, Side};

use super::{To, sentences};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// What the reader finds, by how far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// Their wish is on its way.
    Wished,
    /// They are asked, without a name.
    Asked,
    /// Both said yes; the rules wait for the reader.
    Rules,
    /// The reader agreed.
    Agreed,
    /// The first talk is planned.
    Planned,
    /// They talk.
    Together,
}

/// What is between two people, for one of them.
#[derive(Template)]
#[template(path = "pairing/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub at: At,
    pub address: String,
    pub version: i64,
    pub commands: [CommandId; 2],
    pub name: String,
    pub by: String,
    pub why: Vec<String>,
    pub rules: Vec<String>,
    pub privacy: String,
    pub talk: String,
    pub talk_how: String,
    pub asks: bool,
}

impl ShowPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        between: &Between,
        mut fresh: impl FnMut() -> CommandId,
    ) -> ShowPage {
        let at = match &between.pairing {
            Pairing::Asked { .. } if between.side == Side::Other => At::Asked,
            pairing @ Pairing::Met { .. } if !pairing.agreed(between.side) => At::Rules,
            Pairing::Met { .. } => At::Agreed,
            Pairing::Planned { .. } => At::Planned,
            Pairing::Together { .. } => At::Together,
            _ => At::Wished,
        };
        let name = between.name.clone().unwrap_or_default();
        let (talk, talk_how) = match &between.pairing {
            Pairing::Planned { talk, .. } => {
                let time = crate::when::time(page.lang, talk.time);
                let day = page.day(talk.day);
                (page.t2("pairing-talk-when", "day", day, "time", time), talk.how.clone())
            }
            _ => (String::new(), String::new()),
        };
        let page = match at {
            At::Wished => page.titled("pairing-wished"),
            At::Asked => page.titled("pairing-asked-title"),
            _ => page.titled_with("pairing-with", "name", &name),
        };
        ShowPage {
            at,
            address: format!("/meet/{}", between.id),
            version: between.version,
            commands: [fresh(), fresh()],
            by: between.by.clone().unwrap_or_default(),
            why: sentences(&page, rules, between.pairing.why(), To::Them),
            rules: rules.ground_rules.iter().map(|rule| page.text(&rule.text)).collect(),
            privacy: page.text(&rules.limits_of_privacy),
            talk,
            talk_how,
            asks: between.asks.is_some(),
            page: page.under("/meet"),
            name,
        }
    }
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PairingId>,
) -> Result<Response, Trouble> {
    let between = web.app.between(who.actor(), id).await?;
    ShowPage::of(page, who.rules()?, &between, || web.app.command_id()).show()
}

/// What was said, with where to go next and what to say there.
fn said(form: &Form) -> Option<(Say, &'static str)> {
    let text = form.value("say");
    if let Some(answer) = Answer::parse(text) {
        let flash = if answer == Answer::Yes { "flash-pairing-yes" } else { "flash-pairing-no" };
        return Some((Say::Answer(answer), flash));
    }
    if let Some(feels) = Feels::parse(text) {
        let flash = if feels == Feels::Good { "flash-pairing-good" } else { "flash-pairing-talk" };
        return Some((Say::Feels(feels), flash));
    }
    match text {
        "take_back" => Some((Say::TakeBack, "flash-pairing-taken-back")),
        "agree" => Some((Say::Agree, "flash-pairing-agreed")),
        "end" => Some((Say::End, "flash-pairing-ended")),
        _ => None,
    }
}

pub(super) async fn say(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PairingId>,
    form: Form,
) -> Result<Response, Trouble> {
    let (say, flash) = said(&form).ok_or(Trouble::NotFound)?;
    let version = form.value("version").parse().map_err(|_| Trouble::NotFound)?;
    match web.app.say_between(who.actor(), command(&web, &form), id, say, version).await {
        Ok(()) => {
            let stays = matches!(say, Say::Answer(Answer::Yes) | Say::Agree | Say::Feels(_));
            let to = if stays { format!("/meet/{id}") } else { "/meet".to_owned() };
            Ok(done(&web.shell, &to, flash))
        }
        // The other was quicker, or it is over: the list shows how it stands now.
        Err(Error::Stale | Error::Fault(_)) => Ok(done(&web.shell, "/meet", "flash-pairing-changed")),
        Err(error) => Err(error.into()),
    }
}
