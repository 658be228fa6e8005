//! A programme's set-up: what is in place, and what is still missing.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::day::AdminDay;
use porchlight_app::programme::ProgrammeView;
use porchlight_practice::Text;
use porchlight_practice::id::ProgrammeId;
use porchlight_practice::pack::Orientation;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::programme::rules::rules_of;
use crate::programme::setting::to_check;
use crate::programme::{home, manages};
use crate::site::{Web, Who};

/// One step of setting up.
pub(crate) struct Step {
    pub icon: &'static str,
    pub title: String,
    pub note: String,
    /// Where one does it; empty where only others can.
    pub href: String,
    pub done: bool,
}

/// A programme's set-up.
#[derive(Template)]
#[template(path = "programme/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub home: String,
    /// For an administrator of the agency: the way to the other programmes.
    pub agency: bool,
    pub pack: String,
    pub about: String,
    pub steps: Vec<Step>,
    pub left: usize,
    /// The version one could adopt; empty when there is none.
    pub newer: String,
    pub alone: bool,
}

/// The steps, with who is missing named.
pub(super) fn steps(page: &Page, id: ProgrammeId, day: &AdminDay, to_check: usize) -> Vec<Step> {
    let home = home(id);
    let step = |icon, key: &str, done: bool, note: String, to: String| Step {
        icon,
        title: page.t(&format!("programme-step-{key}")),
        note,
        href: to,
        done,
    };
    let why = |key: &str| page.t(&format!("programme-why-{key}"));
    let names = |names: &[String], key: &str| {
        if names.is_empty() { why(key) } else { page.t1("programme-for", "names", page.list(names)) }
    };
    let (invite, team) = (format!("{home}/workers/invite"), format!("{home}/workers"));
    vec![
        step("people", "peers", day.has_peers, why("peers"), invite.clone()),
        step("badge", "supervisor", day.supervisors > 0, why("supervisor"), invite.clone()),
        step(
            "hand",
            "supervised",
            day.has_peers && day.unsupervised.is_empty(),
            names(&day.unsupervised, "supervised"),
            team.clone(),
        ),
        step(
            "group",
            "deputies",
            day.supervisors > 0 && day.without_deputy.is_empty(),
            names(&day.without_deputy, "deputies"),
            if day.supervisors == 1 { invite.clone() } else { team },
        ),
        step("lock", "privacy", day.has_privacy_lead, why("privacy"), invite),
        step(
            "settings",
            "choices",
            to_check == 0,
            if to_check == 0 { why("choices") } else { page.t1("programme-to-check", "count", to_check) },
            format!("{home}/settings"),
        ),
        step("heart", "person", day.has_person, why("person"), String::new()),
    ]
}

impl ShowPage {
    /// Where a part of the set-up lies.
    fn part(&self, path: &str) -> String {
        format!("{}{path}", self.home)
    }

    pub(crate) fn of(page: Page, view: &ProgrammeView, day: &AdminDay, pack: Text, agency: bool) -> ShowPage {
        let mut page = page.under(if agency { "/programmes" } else { "/programme" });
        page.title.clone_from(&view.name);
        let to_check = to_check(&view.rules);
        let steps = steps(&page, view.id, day, to_check);
        let about = match (view.rules.family, view.rules.orientation) {
            (true, _) => "programme-about-family",
            (false, Orientation::Recovery) => "programme-about-recovery",
            (false, Orientation::Resilience) => "programme-about-resilience",
        };
        ShowPage {
            home: home(view.id),
            agency,
            pack: page.t2("programme-pack-version", "pack", page.text(&pack), "version", &view.rules.version),
            about: page.t(about),
            left: steps.iter().filter(|step| !step.done).count(),
            steps,
            newer: view.newer.as_ref().map(|newer| newer.version.clone()).unwrap_or_default(),
            alone: day.supervisors == 1,
            page,
        }
    }
}

pub(super) async fn own(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    match who.actor().programme() {
        None => Ok(Redirect::to("/programmes").into_response()),
        Some(id) if manages(&who) => show_it(page, &web, &who, id).await,
        Some(id) => rules_of(page, &web, &who, id).await,
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    if manages(&who) { show_it(page, &web, &who, id).await } else { rules_of(page, &web, &who, id).await }
}

async fn show_it(page: Page, web: &Web, who: &Who, id: ProgrammeId) -> Result<Response, Trouble> {
    let view = web.app.programme(who.actor(), id).await?;
    let day = web.app.set_up(who.actor(), id).await?;
    let pack = web.app.library().get(&view.rules.pack).map(|pack| pack.name.clone()).unwrap_or_default();
    ShowPage::of(page, &view, &day, pack, who.actor().programme().is_none()).show()
}
