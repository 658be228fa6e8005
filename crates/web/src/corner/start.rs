//! Beginning a paper in it, and the pieces of one's own story.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::corner::tools_for_oneself;
use porchlight_app::document::Offered;
use porchlight_practice::id::DocumentId;
use porchlight_practice::pack::{Rules, Shelf};

use super::home::lines;
use super::lock::Shut;
use super::{AtTheDoor, HOME, Mine, paper_address, stays_open};
use crate::document::list::Line;
use crate::document::start::{Begin, Start};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, command};

/// The tools that can be begun, with the ids their papers will have.
pub(crate) fn offered(page: Page, rules: &Rules, fresh: impl FnMut() -> String) -> Start {
    let offered = Offered {
        called: String::new(),
        read_too: None,
        tools: tools_for_oneself(rules).cloned().collect(),
        tucked_away: Vec::new(),
    };
    let mut start = Start::of(page, &offered, None, fresh);
    start.page = start.page.focused(HOME).under(HOME);
    (start.back, start.back_name) = (HOME.to_owned(), start.page.t("corner-title"));
    (start.action, start.lead) = ("/mine/start".to_owned(), start.page.t("corner-start-lead"));
    start
}

pub(super) async fn start(page: Page, mine: Mine, State(web): State<Web>) -> Result<Response, Trouble> {
    let rules = web.rules_for(Some(&mine.who), page.today()).ok_or(Trouble::NotFound)?;
    let start = offered(page, &rules, || web.app.command_id().to_string());
    stays_open(&web, &mine.open, start.show()?)
}

pub(super) async fn begin(
    page: Page,
    AtTheDoor { who, open }: AtTheDoor,
    State(web): State<Web>,
    form: Form,
) -> Result<Response, Trouble> {
    let Some(open) = open else { return Shut::with(page, "/mine/start", &Form::new()) };
    let rules = web.rules_for(Some(&who), page.today()).ok_or(Trouble::NotFound)?;
    let tool =
        tools_for_oneself(&rules).find(|tool| tool.id == form.value("tool")).ok_or(Trouble::NotFound)?;
    // The id of the form's command is the paper's: sent twice, it is begun once.
    let id = DocumentId(command(&web, &form).0);
    web.app.begin_in_corner(&open, id, tool).await?;
    let first = tool.sections.first().map(|section| section.id.as_str()).unwrap_or_default();
    let to = format!("{}/write/{first}", paper_address(id));
    stays_open(&web, &open, done(&web.shell, &to, "flash-plan-begun"))
}

/// The pieces of one's own story, and thinking before one tells one.
#[derive(Template)]
#[template(path = "corner/story.html")]
pub(crate) struct Story {
    pub page: Page,
    pub papers: Vec<Line>,
    pub tools: Vec<Begin>,
}

impl Story {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        papers: Vec<Line>,
        mut fresh: impl FnMut() -> String,
    ) -> Story {
        let tools = tools_for_oneself(rules).filter(|tool| tool.shelf == Shelf::Story);
        let tools = tools.map(|tool| Begin {
            id: tool.id.clone(),
            icon: tool.icon.clone(),
            name: page.text(&tool.name),
            purpose: page.text(&tool.purpose),
            command: fresh(),
        });
        Story { tools: tools.collect(), papers, page: page.titled("corner-story").under(HOME) }
    }
}

pub(super) async fn story(page: Page, mine: Mine, State(web): State<Web>) -> Result<Response, Trouble> {
    let rules = web.rules_for(Some(&mine.who), page.today()).ok_or(Trouble::NotFound)?;
    let corner = web.app.corner(&mine.open).await?;
    let papers = lines(&page, &corner, |shelf| shelf == Shelf::Story);
    let story = Story::of(page, &rules, papers, || web.app.command_id().to_string());
    stays_open(&web, &mine.open, story.show()?)
}
