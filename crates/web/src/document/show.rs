//! One paper to read: one's own, somebody's who lets one in, or one's own as somebody else sees it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::document::DocumentView;
use porchlight_practice::document::Standing;
use porchlight_practice::id::{AccountId, DocumentId};
use porchlight_practice::pack::{Prints, QuestionKind, Score, Section};

use crate::chart::Line;
use crate::document::shown::{ShownSection, sections};
use crate::error::Trouble;
use crate::form::Form;
use crate::help_now::HelpLine;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// Somebody who can see some of it.
pub(crate) struct Reader {
    pub id: AccountId,
    pub name: String,
    pub initials: String,
    pub what: String,
    pub until: String,
    pub command: String,
}

/// Where the person stood on a day, as they say.
pub(crate) struct Stood {
    pub when: String,
    pub score: String,
    pub words: Vec<String>,
}

/// One paper.
#[derive(Template)]
#[template(path = "document/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub id: DocumentId,
    pub own: bool,
    pub lead: String,
    pub back: String,
    pub back_name: String,
    pub sections: Vec<ShownSection>,
    /// The first section nobody wrote in yet, to go on with.
    pub next: String,
    pub prints: bool,
    /// Whether a part of it can stand on a card.
    pub cards: bool,
    pub danger: bool,
    /// The person's own crisis plan, beside an answer that shows danger; may be empty.
    pub crisis: String,
    /// Whom to call then, the pack's own lines.
    pub lines: Vec<HelpLine>,
    pub score: String,
    /// How the number was on other days, the newest first, with the person's words.
    pub trend: Vec<Stood>,
    pub chart: Option<Line>,
    pub chart_text: String,
    pub newer: bool,
    pub versions: bool,
    pub readers: Vec<Reader>,
    pub command: String,
    /// Who reads it too.
    pub read_too: String,
    /// Whether the reader shares it: the person, or a guardian who decides today.
    pub shares: bool,
    /// Set on a preview: whose eyes it is seen through.
    pub seen_by: String,
}

impl ShowPage {
    pub(crate) fn of(page: Page, view: &DocumentView, command: impl Fn() -> String) -> ShowPage {
        let mut page = page.under(if view.own { "/plans" } else { "/people" });
        page.title = page.text(&view.tool.name);
        let sections = sections(&page, view, &view.document);
        let empty = sections.iter().find(|section| section.answers.is_empty() && !section.write.is_empty());
        let first = sections.iter().find(|section| !section.write.is_empty());
        let next = empty.or(first).map(|section| section.write.clone()).unwrap_or_default();
        let danger = view.own && view.tool.sections.iter().any(|section| view.document.shows_danger(section));
        let score =
            view.document.score(&view.tool).filter(|_| view.own).map(|score| said_score(&page, score));
        let trend = if view.own { view.document.trend(&view.tool) } else { Vec::new() };
        let day = |stood: &Standing| stood.at.to_zoned(page.zone()).date();
        // Drawn where the numbers are from 0 to 10 themselves; made to fit, they would say something else.
        let of_ten = view.tool.score == Some(Score::Mean) && view.tool.sections.iter().all(of_ten);
        let numbers =
            trend.iter().map(|stood| (day(stood), u8::try_from((stood.score + 50) / 100).unwrap_or(10)));
        let numbers: Vec<_> = if of_ten { numbers.collect() } else { Vec::new() };
        let chart_text = match (trend.first(), trend.last()) {
            (Some(first), Some(last)) => {
                let on = |stood: &Standing| {
                    let number = said_score(&page, stood.score);
                    page.t2("document-score-on", "score", number, "day", page.date(day(stood)))
                };
                page.t2("document-score-line", "from", on(first), "to", on(last))
            }
            _ => String::new(),
        };
        let chart = Line::of(&numbers, |day| page.short_day(day));
        let stood = trend.iter().rev().map(|stood| Stood {
            when: page.date(day(stood)),
            score: said_score(&page, stood.score),
            words: stood.words.clone(),
        });
        let trend: Vec<Stood> = stood.collect();
        let (back, back_name) = if view.own {
            ("/plans".to_owned(), page.t("nav-plans"))
        } else {
            (format!("/people/{}/plans", view.person), page.t1("document-of", "name", &view.called))
        };
        ShowPage {
            id: view.id,
            own: view.own,
            lead: lead(&page, view),
            back,
            back_name,
            sections,
            next,
            prints: view.tool.prints != Prints::No,
            cards: view.own && view.tool.prints == Prints::Wallet,
            danger,
            crisis: view.crisis_plan.map(|id| format!("/plans/{id}")).unwrap_or_default(),
            lines: Vec::new(),
            score: score.unwrap_or_default(),
            trend: if trend.len() > 1 { trend } else { Vec::new() },
            chart,
            chart_text,
            newer: view.newer && view.own,
            versions: view.earlier,
            readers: Vec::new(),
            command: command(),
            seen_by: String::new(),
            read_too: crate::guardian::read_too(&page, view.read_too.as_ref()),
            shares: view.decides,
            page,
        }
    }

    fn read_by(mut self, view: &DocumentView, command: impl Fn() -> String) -> ShowPage {
        self.readers = view
            .readers
            .iter()
            .map(|share| {
                let names: Vec<String> = view
                    .tool
                    .sections
                    .iter()
                    .filter(|section| share.sections.contains(&section.id))
                    .map(|section| self.page.text(&section.name))
                    .collect();
                let all = names.len() == view.tool.sections.len();
                let what = match (all, share.writes) {
                    (true, false) => self.page.t("document-reads-all"),
                    (true, true) => self.page.t("document-writes-all"),
                    (false, false) => self.page.list(&names),
                    (false, true) => self.page.t1("document-writes", "list", self.page.list(&names)),
                };
                let until = self.page.date(share.until.to_zoned(self.page.zone()).date());
                Reader {
                    id: share.reader,
                    initials: share
                        .name
                        .split_whitespace()
                        .filter_map(|word| word.chars().next())
                        .take(2)
                        .collect(),
                    name: share.name.clone(),
                    what,
                    until: self.page.t1("document-until", "day", until),
                    command: command(),
                }
            })
            .collect();
        self
    }
}

fn said_score(page: &Page, score: i64) -> String {
    let (whole, tenth) = (score / 100, (score % 100) / 10);
    let number = if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") };
    page.t1("document-score", "score", number)
}

/// Whether every scale of a section runs from 0 to 10.
fn of_ten(section: &Section) -> bool {
    section.questions.iter().all(|question| match question.kind {
        QuestionKind::Scale { low, high, .. } => (low, high) == (0, 10),
        _ => true,
    })
}

/// Who wrote it and when, in one sentence.
pub(crate) fn lead(page: &Page, view: &DocumentView) -> String {
    if view.document.revisions().is_empty() {
        return page.t(if view.own { "document-nothing-yet" } else { "document-nothing-shared-yet" });
    }
    let day = page.near(view.changed.to_zoned(page.zone()).date());
    let writers = view.document.writers();
    let by_reader = writers.contains(&view.reader);
    let others = writers.iter().filter(|by| **by != view.reader).filter_map(|by| view.writers.get(by));
    let others: Vec<&String> = others.filter(|name| !name.is_empty()).collect();
    match (by_reader, others.is_empty()) {
        (true, true) => page.t1("document-written-by-you", "day", day),
        (true, false) => page.t2("document-written-with", "names", page.list(&others), "day", day),
        (false, _) => page.t2("document-written-by", "names", page.list(&others), "day", day),
    }
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
) -> Result<Response, Trouble> {
    let view = web.app.document(who.actor(), id).await?;
    let command = || web.app.command_id().to_string();
    let shown = ShowPage::of(page, &view, command);
    if !view.own {
        return shown.show();
    }
    let lines = if shown.danger { HelpLine::all(who.rules()?, shown.page.lang) } else { Vec::new() };
    ShowPage { lines, ..shown.read_by(&view, command) }.show()
}

pub(super) async fn preview(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((id, reader)): Path<(DocumentId, AccountId)>,
) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let mut view = web.app.document_as(who.actor(), id, reader).await?;
    let name = view.readers.first().map(|share| share.name.clone()).ok_or(Trouble::NotFound)?;
    view.writes.clear();
    let mut shown = ShowPage::of(page.focused(format!("/plans/{id}")).under("/plans"), &view, String::new);
    shown.page.place = Some("/plans");
    shown.back = format!("/plans/{id}");
    shown.back_name = shown.page.title.clone();
    shown.seen_by = shown.page.t1("document-as", "name", &name);
    shown.show()
}

pub(super) async fn forget(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.forget_document(who.actor(), command(&web, &form), id).await?;
    Ok(done(&web.shell, "/plans", "flash-plan-forgotten"))
}
