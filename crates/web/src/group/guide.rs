//! A guide to talk along, round by round. Its times help; nobody has to keep them.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::SignedDuration;
use porchlight_app::group::SessionView;
use porchlight_practice::id::GroupSessionId;
use porchlight_practice::pack::Guide;

use super::HOME;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// A round in the list.
pub(crate) struct RoundRow {
    pub href: String,
    pub name: String,
    pub length: String,
    pub here: bool,
}

/// A time that runs: now and its end in milliseconds for the script, and the end in words for everybody.
pub(crate) struct Running {
    pub now: i64,
    pub ends: i64,
    pub said: String,
}

/// The page.
#[derive(Template)]
#[template(path = "group/guide.html")]
pub(crate) struct GuidePage {
    pub page: Page,
    pub back: String,
    pub purpose: String,
    pub rounds: Vec<RoundRow>,
    pub number: String,
    pub round: String,
    pub say: String,
    pub length: String,
    pub running: Option<Running>,
    /// Where the time begins to run, or is put away.
    pub with_time: String,
    pub without: String,
    pub before: String,
    pub after: String,
}

impl GuidePage {
    /// `at` is the round, from 0; `timed` whether its time runs.
    pub(crate) fn of(page: Page, view: &SessionView, guide: &Guide, at: usize, timed: bool) -> GuidePage {
        let back = format!("/sessions/{}", view.id);
        let here = format!("{back}/guide/{}", guide.id);
        let last = guide.rounds.len().saturating_sub(1);
        let at = at.min(last);
        let href = |round: usize, timed: bool| {
            let time = if timed { "&time=yes" } else { "" };
            format!("{here}?round={}{time}", round + 1)
        };
        let mut page = page.under(HOME).focused(back.clone());
        page.title = page.text(&guide.name);
        let rounds = guide.rounds.iter().enumerate().map(|(number, round)| RoundRow {
            href: href(number, timed),
            name: page.text(&round.name),
            length: page.length(round.minutes),
            here: number == at,
        });
        let round = guide.rounds.get(at);
        let minutes = round.map_or(0, |round| round.minutes);
        let now = page.now().timestamp();
        let ends = now + SignedDuration::from_mins(minutes.into());
        GuidePage {
            purpose: page.text(&guide.purpose),
            rounds: rounds.collect(),
            number: page.t2("group-round", "number", at + 1, "of", guide.rounds.len()),
            round: round.map(|round| page.text(&round.name)).unwrap_or_default(),
            say: round.map(|round| page.text(&round.say)).unwrap_or_default(),
            length: page.length(minutes),
            running: timed.then(|| Running {
                now: now.as_millisecond(),
                ends: ends.as_millisecond(),
                said: page.t1("group-round-until", "time", page.time(ends)),
            }),
            with_time: href(at, true),
            without: href(at, false),
            before: if at > 0 { href(at - 1, timed) } else { String::new() },
            after: if at < last { href(at + 1, timed) } else { String::new() },
            back,
            page,
        }
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, guide)): Path<(GroupSessionId, String)>,
    form: Form,
) -> Result<Response, Trouble> {
    let view = web.app.group_session(who.actor(), id).await?;
    let guides = &who.rules()?.group_guides;
    let guide = guides.iter().find(|known| known.id == guide).ok_or(Trouble::NotFound)?;
    let round: usize = form.value("round").parse().unwrap_or(1);
    GuidePage::of(page, &view, guide, round.saturating_sub(1), form.has("time", "yes")).show()
}
