//! One thing that a person asks for: their words, what was tried, and what came of it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use porchlight_app::advocacy::AdvocacyView;
use porchlight_app::{Error, Fault};
use porchlight_practice::advocacy::{AdvocacyFault, Came, Try};
use porchlight_practice::pack::Rules;

use crate::advocacy::list::standing;
use crate::advocacy::{Place, choices, name};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One try, in words.
pub(crate) struct TryLine {
    when: String,
    way: String,
    words: String,
}

/// One thing that a person asks for.
#[derive(Template)]
#[template(path = "advocacy/show.html")]
pub(crate) struct ShowPage {
    page: Page,
    form: Form,
    own: bool,
    address: String,
    back: String,
    back_name: String,
    words: String,
    by: String,
    /// What it is, of whom and where.
    facts: Vec<String>,
    standing: String,
    tone: &'static str,
    /// What was missing in the end; empty where nothing was.
    lacking: String,
    tries: Vec<TryLine>,
    may_write: bool,
    ways: Vec<Choice>,
    came: Vec<Choice>,
    lacks: Vec<Choice>,
    stale: bool,
    version: i64,
    commands: [String; 2],
}

impl ShowPage {
    pub(crate) fn of(
        page: Page,
        place: &Place,
        rules: &Rules,
        view: &AdvocacyView,
        form: Form,
        stale: bool,
        command: impl Fn() -> String,
    ) -> ShowPage {
        let page = match place.own {
            true => page.titled("advocacy-one"),
            false => page.titled_with("advocacy-one-of", "name", &view.called),
        };
        let page = place.page(page).of_form(&form);
        let (asked, rules) = (view.advocacy.asked(), &rules.advocacy);
        let (ask, since) = (asked.ask(), page.date(asked.since()));
        let mut facts =
            vec![name(&page, &rules.needs, &ask.need), page.t1("advocacy-asked-of", "of", &ask.of)];
        if !ask.place.is_empty() {
            facts.push(name(&page, &rules.places, &ask.place));
        }
        let (mut standing, tone) = standing(&page, &view.advocacy);
        let lacking = view.advocacy.came().and_then(|(came, _)| came.lacking());
        if let Some((_, on)) = view.advocacy.came() {
            standing = page.t2("advocacy-standing", "standing", standing, "day", page.date(on));
        }
        let one = |one: &Try| TryLine {
            when: page.date(one.on),
            way: name(&page, &rules.ways, &one.way),
            words: one.words.clone(),
        };
        let came = ["all", "part", "nothing", "let-go"];
        let came =
            came.map(|came| Choice::new(came.replace('-', "_"), page.t(&format!("advocacy-came-{came}"))));
        ShowPage {
            own: place.own,
            address: place.one(view.id),
            back: place.list(),
            back_name: place.title(&page, &view.called),
            words: ask.words.clone(),
            by: match place.own {
                true => page.t1("advocacy-by-own", "day", since),
                false => page.t2("advocacy-by", "name", &view.called, "day", since),
            },
            facts,
            standing,
            tone,
            lacking: lacking.map_or_else(String::new, |id| name(&page, &rules.lacking, id)),
            tries: asked.tries().iter().map(one).collect(),
            may_write: view.may_write,
            ways: choices(&page, &rules.ways),
            came: came.into(),
            lacks: choices(&page, &rules.lacking),
            stale,
            version: view.version,
            commands: [command(), command()],
            page,
            form,
        }
    }
}

async fn shown(
    web: &Web,
    who: &Who,
    page: Page,
    place: &Place,
    form: Form,
    stale: bool,
) -> Result<ShowPage, Trouble> {
    let view = web.app.advocacy(who.actor(), place.person, place.named()?).await?;
    Ok(ShowPage::of(page, place, who.rules()?, &view, form, stale, || web.app.command_id().to_string()))
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
) -> Result<Response, Trouble> {
    let today = page.today().to_string();
    shown(&web, &who, page, &place, Form::new().with("on", today), false).await?.show()
}

/// What could not be kept, with what to do about it beside what was typed.
async fn again(
    web: &Web,
    who: &Who,
    page: Page,
    place: &Place,
    form: Form,
    stale: bool,
) -> Result<Response, Trouble> {
    let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    shown(web, who, page, place, form, stale).await?.show_as(status)
}

pub(super) async fn tried(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
    mut form: Form,
) -> Result<Response, Trouble> {
    let (command, version) = (command(&web, &form), form.value("version").parse().unwrap_or_default());
    let on: Option<Date> = form.date("on", "advocacy-error-on");
    let way = form.need("way", "advocacy-error-way");
    let (Some(on), Some(way)) = (on, way) else { return again(&web, &who, page, &place, form, false).await };
    let one = Try { on, way, words: form.value("did").to_owned() };
    match web.app.tried_elsewhere(who.actor(), command, place.person, place.named()?, one, version).await {
        Ok(()) => return Ok(done(&web.shell, &place.one(place.named()?), "flash-advocacy-tried")),
        // Two at the same moment, or it is over meanwhile: what was typed is still there.
        Err(Error::Stale | Error::Fault(Fault::Advocacy(AdvocacyFault::Closed))) => {
            return again(&web, &who, page, &place, form, true).await;
        }
        Err(Error::Fault(Fault::Advocacy(AdvocacyFault::TriedOn))) => form.wrong("on", "advocacy-error-on"),
        Err(Error::Fault(Fault::Advocacy(AdvocacyFault::TooLong))) => {
            form.wrong("did", "advocacy-error-long")
        }
        Err(Error::Fault(Fault::Unknown(_))) => form.wrong("way", "advocacy-error-way"),
        Err(error) => return Err(error.into()),
    }
    again(&web, &who, page, &place, form, false).await
}

fn came(form: &mut Form) -> Option<Came> {
    match form.need("came", "advocacy-error-came")?.as_str() {
        "all" => Some(Came::All),
        "let_go" => Some(Came::LetGo),
        came @ ("part" | "nothing") => {
            let part = came == "part";
            let lacking = form.need("lacking", "advocacy-error-lacking")?;
            Some(if part { Came::Part { lacking } } else { Came::Nothing { lacking } })
        }
        _ => {
            form.wrong("came", "advocacy-error-came");
            None
        }
    }
}

pub(super) async fn close(
    page: Page,
    who: Who,
    State(web): State<Web>,
    place: Place,
    mut form: Form,
) -> Result<Response, Trouble> {
    let (command, version) = (command(&web, &form), form.value("version").parse().unwrap_or_default());
    let Some(came) = came(&mut form) else { return again(&web, &who, page, &place, form, false).await };
    match web.app.close_elsewhere(who.actor(), command, place.person, place.named()?, came, version).await {
        Ok(()) => Ok(done(&web.shell, &place.one(place.named()?), "flash-advocacy-closed")),
        Err(Error::Stale | Error::Fault(Fault::Advocacy(AdvocacyFault::Closed))) => {
            again(&web, &who, page, &place, form, true).await
        }
        Err(Error::Fault(Fault::Unknown(_))) => {
            form.wrong("lacking", "advocacy-error-lacking");
            again(&web, &who, page, &place, form, false).await
        }
        Err(error) => Err(error.into()),
    }
}
