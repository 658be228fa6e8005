//! Work that is not with a person, and one's own paid time.

use askama::Template;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use jiff::SignedDuration;
use porchlight_app::work::OwnTime;
use porchlight_app::{Action, Error, Fault};
use porchlight_practice::id::CommandId;
use porchlight_practice::pack::Rules;
use porchlight_practice::work::{Mix, TimeFault, Work};

use crate::contact::form::{LENGTHS, USUAL_LENGTH, length_tiles, stretch, tiles, usual_start, with_stretch};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// How many days the page looks back.
const DAYS: i64 = 14;

/// The page of one's own time.
pub fn routes() -> Routes<Web> {
    Routes::new().page(Method::GET, "/work", show, Needs::Action(Action::WorkRead)).page(
        Method::POST,
        "/work",
        log,
        Needs::Action(Action::WorkLog),
    )
}

/// One stretch of other work, in words.
pub(crate) struct Stint {
    pub icon: String,
    pub name: String,
    pub when: String,
    pub length: String,
    pub words: String,
}

/// One's own time: with people, other work, and a form for more.
#[derive(Template)]
#[template(path = "work.html")]
pub(crate) struct WorkPage {
    pub page: Page,
    pub form: Form,
    pub command: CommandId,
    pub kinds: Vec<Choice>,
    pub lengths: Vec<Choice>,
    pub all: String,
    pub with_people: String,
    pub other: String,
    pub since: String,
    /// What the time with people went into, in one sentence; empty when there is nothing to say.
    pub mix: String,
    pub stints: Vec<Stint>,
    /// Whether the reader walks with people, and so says when they can work.
    pub peer: bool,
}

impl WorkPage {
    pub fn of(page: Page, command: CommandId, rules: &Rules, time: OwnTime, form: Form) -> WorkPage {
        let lang = page.lang;
        let mut work = time.work;
        work.sort_by_key(|(_, work)| std::cmp::Reverse(work.started));
        let stints = work.into_iter().map(|(_, work)| {
            let kind = rules.work_kinds.iter().find(|kind| kind.id == work.kind);
            let day = page.near(work.started.to_zoned(page.zone()).date());
            Stint {
                icon: kind.map_or_else(|| "other".to_owned(), |kind| kind.icon.clone()),
                name: kind.map_or_else(|| work.kind.clone(), |kind| kind.name.in_(lang).to_owned()),
                when: format!("{day} · {}", page.span(work.started, work.ended)),
                length: page.length(work.minutes()),
                words: work.words,
            }
        });
        WorkPage {
            kinds: tiles(&rules.work_kinds, lang),
            lengths: length_tiles(&page, LENGTHS),
            all: page.length(time.with_people + time.other),
            with_people: page.length(time.with_people),
            other: page.length(time.other),
            since: page.day(time.since.to_zoned(page.zone()).date()),
            mix: mix(&page, rules, &time.mix),
            stints: stints.collect(),
            peer: page.visitor.as_ref().is_some_and(|visitor| visitor.role.is_peer()),
            command,
            page: page.titled("work-title").of_form(&form),
            form,
        }
    }
}

/// How many activities the sentence names.
const NAMED: usize = 3;

/// What time with people went into, in one sentence. It compares nobody.
pub(crate) fn mix(page: &Page, rules: &Rules, mix: &Mix) -> String {
    if mix.minutes == 0 {
        return String::new();
    }
    let share = |(id, share): &(String, u32)| {
        let name = rules.activity(id).map_or_else(|| id.replace('_', " "), |one| page.text(&one.name));
        page.t2("work-share", "name", name, "share", *share)
    };
    let mut named: Vec<String> = mix.did.iter().take(NAMED).map(share).collect();
    named.push(page.t1("work-share-goals", "share", mix.goals));
    page.t1("work-mix", "list", page.list(&named))
}

async fn show(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let started = usual_start(web.app.now(), USUAL_LENGTH);
    let ended = started + SignedDuration::from_mins(i64::from(USUAL_LENGTH));
    let form = with_stretch(Form::new(), Some(started), Some(ended), LENGTHS, &who.zone);
    let time = web.app.own_time(who.actor(), DAYS).await?;
    WorkPage::of(page, web.app.command_id(), who.rules()?, time, form).show()
}

async fn log(page: Page, who: Who, State(web): State<Web>, mut form: Form) -> Result<Response, Trouble> {
    let rules = who.rules()?;
    let command = command(&web, &form);
    let known = |id: &str| rules.work_kinds.iter().any(|kind| kind.id == id).then(|| id.to_owned());
    let kind = form.choose("kind", "work-need-kind", known);
    let stretch = stretch(&mut form, &who.zone);
    if stretch.started.is_none() {
        form.wrong("start", "contact-need-start");
    } else if stretch.ended.is_none() {
        form.wrong("length", "contact-need-end");
    }
    if let (Some(kind), Some(started), Some(ended), true) =
        (kind, stretch.started, stretch.ended, form.is_right())
    {
        let words = form.value("words").trim().to_owned();
        let logged = web.app.log_work(who.actor(), command, Work { kind, started, ended, words }).await;
        let (field, key) = match logged {
            Ok(_) => return Ok(done(&web.shell, "/work", "flash-work-logged")),
            Err(Error::Fault(Fault::Time(TimeFault::EndsBeforeStart))) => ("end", "contact-wrong-order"),
            Err(Error::Fault(Fault::Time(TimeFault::InFuture))) => ("end", "contact-wrong-future"),
            Err(Error::Fault(Fault::Time(TimeFault::TooLong))) => ("end", "contact-wrong-day-long"),
            Err(Error::Fault(Fault::Time(TimeFault::UnknownKind))) => ("kind", "work-need-kind"),
            Err(error) => return Err(error.into()),
        };
        form.wrong(field, key);
    }
    let time = web.app.own_time(who.actor(), DAYS).await?;
    let page = WorkPage::of(page, web.app.command_id(), rules, time, form);
    page.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
