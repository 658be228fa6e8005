//! The rules of a programme in plain words.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_practice::Text;
use porchlight_practice::id::ProgrammeId;
use porchlight_practice::pack::{Rules, Source};

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::programme::setting::{is_must, said};
use crate::programme::source::{SourceLine, strength, tone};
use crate::programme::{home, manages, place};
use crate::site::{Web, Who};

/// One rule.
pub(crate) struct RuleLine {
    pub name: String,
    /// What it is, or why; empty when the name says it all.
    pub text: String,
    /// Whether the text is for saying aloud.
    pub spoken: bool,
    /// What holds, for a value.
    pub value: String,
    /// Whether the programme chose it.
    pub own: bool,
    pub source: SourceLine,
}

/// Rules under one heading.
pub(crate) struct RuleGroup {
    pub id: &'static str,
    pub title: String,
    pub lead: String,
    pub rules: Vec<RuleLine>,
}

/// The rules of a programme.
#[derive(Template)]
#[template(path = "programme/rules.html")]
pub(crate) struct RulesPage {
    pub page: Page,
    /// The way up; empty for those who only read the rules.
    pub up: String,
    pub name: String,
    pub version: String,
    pub groups: Vec<RuleGroup>,
}

impl RulesPage {
    pub(crate) fn of(page: Page, name: &str, rules: &Rules, up: String, place: &'static str) -> RulesPage {
        let page = page.titled("programme-rules").under(place);
        let line = |name: &Text, text: String, source: &Source| RuleLine {
            name: page.text(name),
            text,
            spoken: false,
            value: String::new(),
            own: false,
            source: SourceLine::of(&page, source),
        };
        let note = rules
            .note
            .elements
            .iter()
            .map(|element| {
                let mut line = line(&element.name, page.text(&element.why), &element.source);
                line.own = element.adopted;
                line.source.strength = strength(&page, element.strength);
                line.source.tone = tone(element.strength);
                line
            })
            .collect();
        let values = rules
            .open_settings
            .iter()
            .filter(|setting| !is_must(setting))
            .map(|setting| RuleLine {
                value: said(&page, setting, setting.value()),
                own: setting.chosen.is_some(),
                ..line(&setting.name, page.text(&setting.why), &setting.source)
            })
            .collect();
        let meeting = rules
            .first_meeting
            .iter()
            .map(|item| RuleLine { spoken: true, ..line(&item.name, page.text(&item.script), &item.source) })
            .collect();
        let titles = rules
            .titles
            .iter()
            .map(|title| {
                let role = format!("role-{}", title.role.as_str().replace('_', "-"));
                line(&title.name, page.t(&role), &title.source)
            })
            .collect();
        let group =
            |id, title: &str, lead: String, rules| RuleGroup { id, title: page.t(title), lead, rules };
        let groups = vec![
            group("note", "programme-rules-note", page.t("programme-rules-note-lead"), note),
            group("values", "programme-rules-values", page.text(&rules.support.explanation), values),
            group("meeting", "programme-rules-meeting", page.t("programme-rules-meeting-lead"), meeting),
            group("titles", "programme-rules-titles", page.t("programme-rules-titles-lead"), titles),
        ];
        RulesPage { name: name.to_owned(), version: rules.version.clone(), groups, up, page }
    }
}

pub(super) async fn rules(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    rules_of(page, &web, &who, id).await
}

pub(super) async fn rules_of(page: Page, web: &Web, who: &Who, id: ProgrammeId) -> Result<Response, Trouble> {
    let view = web.app.programme(who.actor(), id).await?;
    let up = if manages(who) { home(id) } else { String::new() };
    RulesPage::of(page, &view.name, &view.rules, up, place(who)).show()
}
