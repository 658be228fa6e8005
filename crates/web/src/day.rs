//! What somebody opens first: their day.

use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use porchlight_app::Action;
use porchlight_app::contact::NoteLine;
use porchlight_app::day::{Answer, Day, PeerDay, SupervisorDay};
use porchlight_app::person::PersonLine;
use porchlight_app::visit::VisitView;
use porchlight_practice::contact::AdditionKind;
use porchlight_practice::id::VisitId;
use porchlight_practice::pack::Rules;
use porchlight_practice::visit::{CalledOffBy, Visit};

use crate::contact::row::{Row, kind_name, waiting_rows};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};
use crate::tell_someone::called;
use crate::visit;

/// How many people the first card offers; the others are one tap further.
const QUICK: usize = 4;

/// The pages of the day.
pub fn routes() -> Routes<Web> {
    Routes::new().page(Method::GET, "/day", day, Needs::Action(Action::DayRead))
}

/// "Good afternoon, Marisol", by the clock of the programme.
fn greeted(mut page: Page) -> Page {
    let key = match page.now().hour() {
        4..12 => "day-morning",
        12..17 => "day-afternoon",
        _ => "day-evening",
    };
    let name = page.visitor.as_ref().map(|visitor| visitor.name.as_str()).unwrap_or_default();
    page.title = page.t1(key, "name", name.split_whitespace().next().unwrap_or_default());
    page
}

/// The day of somebody who walks with people.
#[derive(Template)]
#[template(path = "day/peer.html")]
pub(crate) struct PeerPage {
    pub page: Page,
    /// The next visit of today.
    pub next: Option<Next>,
    /// Visits after which they are asked if all is well.
    pub asked: Vec<Asked>,
    pub quick: Vec<PersonLine>,
    pub more: bool,
    pub check_in: bool,
    pub to_finish: Vec<Row>,
    pub answers: Vec<Row>,
    pub today: Vec<Row>,
    pub call: Vec<(String, String)>,
}

/// The next visit of today.
pub(crate) struct Next {
    pub when: String,
    pub name: String,
    pub place: String,
    pub goal: String,
    pub tag: String,
    pub open: String,
    /// Where its note begins.
    pub note: String,
}

impl Next {
    fn of(page: &Page, rules: &Rules, view: &VisitView) -> Next {
        let when = match &view.visit {
            Visit::UnderWay { .. } => page.t("visit-going-on"),
            visit => page.t1("visit-next", "time", page.time(visit.booked().arrives())),
        };
        let tag = match &view.visit {
            Visit::Booked(_) => visit::words::tag(page, &view.visit).0,
            _ => String::new(),
        };
        Next {
            when,
            tag,
            name: view.name.clone(),
            place: visit::words::place(page, rules, view.visit.arranged()),
            goal: view.goal.clone().unwrap_or_default(),
            open: format!("/visits/{}", view.id),
            note: format!("/contacts/new?visit={}", view.id),
        }
    }
}

/// One visit after which they are asked if all is well.
pub(crate) struct Asked {
    pub id: VisitId,
    pub when: String,
}

/// Visits and notes of today in one list, by the clock. A visit with a note is there as its note.
fn of_today(page: &Page, rules: &Rules, day: &PeerDay) -> Vec<Row> {
    let mut rows: Vec<(Timestamp, Row)> = Vec::new();
    for view in &day.visits {
        let note = matches!(view.visit, Visit::Done { note: Some(_), .. });
        let own =
            matches!(view.visit, Visit::CalledOff { by: CalledOffBy::Worker | CalledOffBy::Ending, .. });
        if !note && !own {
            rows.push((view.visit.when().starts(), visit::words::row(page, rules, view)));
        }
    }
    for line in &day.today {
        let row = Row { note: today_words(page, rules, line), ..Row::own(page, rules, line) };
        rows.push((line.started.unwrap_or(Timestamp::MAX), row));
    }
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A visit that is over and waits to be written about.
fn to_note(page: &Page, view: &VisitView) -> Row {
    Row {
        href: format!("/contacts/new?visit={}", view.id),
        icon: "pencil".to_owned(),
        tone: "sun",
        title: page.t1("visit-to-note", "name", &view.name),
        note: page.moment(view.visit.times(page.now().timestamp()).0),
        tag: String::new(),
        tag_tone: "",
    }
}

impl PeerPage {
    pub fn of(page: Page, rules: &Rules, day: PeerDay) -> PeerPage {
        let asked = day.asked.iter().map(|line| Row {
            title: page.t1("day-question", "name", &line.person_name),
            tag: String::new(),
            ..Row::own(&page, rules, line)
        });
        let drafts = day.drafts.iter().map(|line| Row::draft(&page, rules, line));
        let now = page.now().timestamp();
        let unwritten = day.to_note.iter().map(|view| to_note(&page, view));
        let next = day.visits.iter().find(|view| view.visit.is_open() && view.visit.when().ends() > now);
        PeerPage {
            more: day.people.len() > QUICK,
            to_finish: asked.chain(unwritten).chain(drafts).collect(),
            asked: day
                .visits
                .iter()
                .filter(|view| view.asking.waits())
                .map(|view| Asked {
                    id: view.id,
                    when: page.span(view.visit.when().starts(), view.visit.when().ends()),
                })
                .collect(),
            next: next.map(|view| Next::of(&page, rules, view)),
            answers: day.answers.iter().filter_map(|answer| answer_row(&page, answer)).collect(),
            today: of_today(&page, rules, &day),
            quick: day.people.into_iter().take(QUICK).collect(),
            check_in: rules.note.check_in_minutes > 0,
            call: day.call,
            page: greeted(page),
        }
    }
}

fn today_words(page: &Page, rules: &Rules, line: &NoteLine) -> String {
    let kind = kind_name(rules, &line.kind, page.lang);
    match line.started.zip(line.ended) {
        Some((started, ended)) => format!("{} · {kind}", page.span(started, ended)),
        None => kind,
    }
}

/// What somebody put beside one's note. Questions stand with what is to finish.
fn answer_row(page: &Page, answer: &Answer) -> Option<Row> {
    let (key, tone, icon) = match answer.kind {
        AdditionKind::WentWell => ("day-answer-went-well", "ok", "heart"),
        AdditionKind::Countersignature => ("day-answer-read", "pri", "check"),
        AdditionKind::OwnWords | AdditionKind::ReadBack => ("day-answer-words", "sun", "speech"),
        AdditionKind::Differently => ("day-answer-differently", "clay", "speech"),
        AdditionKind::Question | AdditionKind::Addendum | AdditionKind::Reply => return None,
    };
    let about = page.t1("contact-note-for", "name", &answer.person_name);
    Some(Row {
        href: format!("/contacts/{}", answer.contact),
        icon: icon.to_owned(),
        tone,
        title: page.t1(key, "name", &answer.by),
        note: format!("{about} · {}", page.moment(answer.at)),
        tag: String::new(),
        tag_tone: "",
    })
}

/// A supervisor's day.
#[derive(Template)]
#[template(path = "day/supervisor.html")]
pub(crate) struct SupervisorPage {
    pub page: Page,
    pub waiting: Vec<Row>,
    pub all_waiting: usize,
    pub overdue: Vec<Row>,
    /// Who waits, with whose turn it is and its tone.
    pub without: Vec<(PersonLine, (String, &'static str))>,
    pub team: Vec<String>,
    /// Whose supervision is past its day.
    pub supervision: Vec<crate::supervision::list::TeamRow>,
    /// How many went alone and have not answered, in a sentence; empty when nobody.
    pub unanswered: String,
    /// What soon is not allowed any more, each in one sentence.
    pub closing: Vec<(String, String)>,
}

impl SupervisorPage {
    pub fn of(page: Page, rules: &Rules, day: SupervisorDay) -> SupervisorPage {
        let waiting = waiting_rows(&page, rules, &day.waiting);
        SupervisorPage {
            waiting,
            all_waiting: day.all_waiting,
            overdue: day.overdue.iter().map(|line| Row::overdue(&page, line)).collect(),
            without: day
                .without
                .into_iter()
                .map(|(line, turn)| (line, crate::intake::turn(&page, turn)))
                .collect(),
            team: day.team.into_iter().map(|(_, name)| name).collect(),
            unanswered: match day.unanswered {
                0 => String::new(),
                count => page.t1("visit-no-answer-count", "count", count),
            },
            supervision: day
                .overdue_supervision
                .iter()
                .map(|line| crate::supervision::list::team_row(&page, line))
                .collect(),
            closing: day
                .closing
                .iter()
                .map(|change| {
                    let last = page.date(change.on.yesterday().unwrap_or(change.on));
                    (
                        change.name.clone(),
                        page.t2("day-closing-until", "ask", page.text(&change.ask), "day", last),
                    )
                })
                .collect(),
            page: greeted(page),
        }
    }
}

async fn day(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let page = if who.actor().role().is_supported() { page } else { called(&web, &who, page).await? };
    let to = match web.app.day(who.actor()).await? {
        Day::Peer(day) => return PeerPage::of(page, who.rules()?, day).show(),
        Day::Supervisor(day) => return SupervisorPage::of(page, who.rules()?, day).show(),
        Day::Admin(day) => return crate::programme::day::day_admin(page, &who, day),
        Day::Person(_) => "/me",
        // Whoever has no day of their own is called all the same.
        Day::Privacy(_) | Day::Other if page.is_called() => "/tell-someone",
        Day::Privacy(_) => "/questions",
        Day::Other if crate::programme::manages(&who) => "/programmes",
        Day::Other => "/account",
    };
    Ok(Redirect::to(to).into_response())
}
