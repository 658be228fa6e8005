//! Home: who walks with me, my goals, my last visits.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan;
use porchlight_app::day::{Day, PersonHome};
use porchlight_app::support::SupportView;
use porchlight_app::visit::ComingView;
use porchlight_practice::goal::Standing;
use porchlight_practice::id::{CommandId, GoalId};
use porchlight_practice::person::initials;
use porchlight_practice::support::Support;

use crate::error::Trouble;
use crate::me::{first, own, size_of};
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// How long a hand-over is news, in days.
const HAND_OVER_DAYS: i32 = 30;
/// How long a goodbye is news, in days.
const GOODBYE_DAYS: i32 = 60;

/// Something about who walks with the person that they should not have to look for.
pub(crate) struct News {
    pub icon: &'static str,
    pub title: String,
    pub text: String,
    pub words: String,
    pub by: String,
}

/// A goal being worked on.
pub(crate) struct GoalLine {
    pub id: GoalId,
    pub words: String,
    pub size: &'static str,
    pub since: String,
    /// The next step; empty when there is none.
    pub next: String,
    pub version: i64,
    pub command: CommandId,
}

/// Somebody who walks with the person now.
pub(crate) struct Walker {
    pub initials: String,
    pub name: String,
    pub since: String,
    pub responsible: String,
}

/// A paper to look at again.
pub(crate) struct AgainLine {
    pub address: String,
    pub icon: String,
    pub name: String,
    pub note: String,
}

/// A visit as one row.
pub(crate) struct VisitRow {
    pub address: String,
    pub title: String,
    pub note: String,
    pub tag: String,
}

/// Home.
#[derive(Template)]
#[template(path = "me/home.html")]
pub(crate) struct Home {
    pub page: Page,
    pub news: Vec<News>,
    pub goals: Vec<GoalLine>,
    pub closed: Vec<(GoalId, String, String)>,
    /// Papers to look at again: where, which, and since when.
    pub again: Vec<AgainLine>,
    /// Whether somebody wrote down how they came.
    pub came: bool,
    /// The next visit to come: when, and with whom.
    pub next: Option<(String, String)>,
    /// The next meeting of their team: where it stands, when, and whether they said what they want said.
    pub team_meeting: Option<(String, String, String)>,
    pub visits: Vec<VisitRow>,
    pub walkers: Vec<Walker>,
    pub before: Vec<String>,
    pub people: Vec<(String, String)>,
}

impl Home {
    pub(crate) fn of(page: Page, home: PersonHome, mut command: impl FnMut() -> CommandId) -> Home {
        let mut news = Vec::new();
        let mut walkers = Vec::new();
        let mut before = Vec::new();
        for support in &home.supports {
            match &support.state {
                Support::Walking(_) => walkers.push(walker(&page, support)),
                _ => match told(&page, support) {
                    Some(told) => news.push(told),
                    None => before.push(walked(&page, support)),
                },
            }
        }
        if walkers.is_empty() && !home.supports.is_empty() {
            news.push(News {
                icon: "heart",
                title: page.t("me-alone"),
                text: page.t("me-alone-do"),
                words: String::new(),
                by: String::new(),
            });
        }
        let (mut goals, mut closed) = (Vec::new(), Vec::new());
        for (id, goal, version) in home.goals {
            let how = match goal.standing() {
                Standing::Open => {
                    goals.push(GoalLine {
                        id,
                        words: goal.words().to_owned(),
                        size: size_of(goal.words()),
                        since: page.t1("me-goal-since", "day", page.date(goal.since())),
                        next: match goal.next_step() {
                            Some(step) => page.t1("me-goal-next", "step", &step.what),
                            None => String::new(),
                        },
                        version,
                        command: command(),
                    });
                    continue;
                }
                Standing::Reached { on } => page.t1("me-goal-reached-on", "day", page.date(on)),
                Standing::SetAside { on } => page.t1("me-goal-set-aside-on", "day", page.date(on)),
            };
            closed.push((id, goal.words().to_owned(), how));
        }
        let again = home.again.iter().map(|again| AgainLine {
            address: format!("/plans/{}/write/{}", again.document, again.section),
            icon: again.tool.icon.clone(),
            name: page.text(&again.tool.name),
            note: page.t1("document-again", "day", page.date(again.day)),
        });
        let again = again.collect();
        let stands = |view: &&ComingView| view.visit.is_open();
        let next = home.coming.iter().find(stands).map(|view| {
            (page.moment(view.visit.booked().arrives()), page.t1("me-visit-with", "name", &view.with))
        });
        let team_meeting = home.team_meeting.as_ref().map(|line| {
            let said = match line.meeting.wants().is_empty() {
                true => page.t("team-meeting-say"),
                false => page.t("team-meeting-i-say"),
            };
            let when = page.moment(line.meeting.invitation().at);
            (format!("/me/team-meetings/{}", line.id), when, said)
        });
        let visits = home
            .visits
            .into_iter()
            .map(|(id, with, at, answered)| VisitRow {
                address: format!("/me/visits/{id}"),
                title: page.moment(at),
                note: page.t1("me-visit-with", "name", &with),
                tag: if answered { page.t("me-visit-answered") } else { page.t("me-visit-add") },
            })
            .collect();
        Home {
            page: page.titled_with("me-home-title", "name", &home.called),
            news,
            goals,
            closed,
            again,
            came: home.came,
            next,
            team_meeting,
            visits,
            walkers,
            before,
            people: home.people,
        }
    }
}

fn walker(page: &Page, support: &SupportView) -> Walker {
    let was = support.state.walking();
    let alone = was.peer == was.responsible;
    Walker {
        initials: initials(&support.peer),
        name: support.peer.clone(),
        since: page.t2("me-walks-since", "peer", page.heading("peer"), "day", page.date(was.since)),
        responsible: if alone {
            String::new()
        } else {
            page.t1("me-responsible", "name", &support.responsible)
        },
    }
}

/// A hand-over or a goodbye that is recent enough to be told.
fn told(page: &Page, support: &SupportView) -> Option<News> {
    let peer = first(&support.peer);
    let lately = |on: jiff::civil::Date, days: i32| on.saturating_add(days.days()) >= page.today();
    match &support.state {
        Support::HandedOver { on, to_know, .. } if lately(*on, HAND_OVER_DAYS) => {
            let to = support.to.clone().unwrap_or_default();
            let to = first(&to);
            Some(News {
                icon: "walk",
                title: page.t2("me-hand-over", "peer", peer, "to", to),
                text: page.t3("me-hand-over-from", "day", page.day(on), "to", to, "peer", peer),
                words: to_know.clone(),
                by: page.t2("me-hand-over-said", "peer", peer, "to", to),
            })
        }
        Support::Ended { on, goodbye, .. } if lately(*on, GOODBYE_DAYS) => Some(News {
            icon: "sun",
            title: page.t1("me-goodbye", "peer", peer),
            text: page.t1("me-goodbye-on", "day", page.day(on)),
            words: goodbye.clone(),
            by: peer.to_owned(),
        }),
        _ => None,
    }
}

fn walked(page: &Page, support: &SupportView) -> String {
    let since = support.state.walking().since;
    let until = support.state.ended_on().unwrap_or(since);
    page.t3("me-walked", "name", &support.peer, "from", page.date(since), "to", page.date(until))
}

pub(super) async fn home(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    own(&who)?;
    let Day::Person(home) = web.app.day(who.actor()).await? else { return Err(Trouble::NotFound) };
    Home::of(page, home, || web.app.command_id()).show()
}
