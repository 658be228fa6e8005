//! The copy that leaves: what it holds, for whom, why, under which yes, and the notice that travels with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::disclosure::CopyView;
use porchlight_practice::id::{DisclosedId, DisclosureId, PersonId};
use porchlight_practice::pack::Rules;
use porchlight_practice::person::Profile;
use porchlight_practice::sheet::{Part, PartAnswer, PartLine, Sheet, SheetForm};

use crate::contact::copy::plain;
use crate::disclosure::show::signature;
use crate::disclosure::{Line, home, lines, place};
use crate::document::sheet::{file, sheet};
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::prove::Proven;
use crate::site::{Web, Who, command};

/// The copy.
#[derive(Template)]
#[template(path = "disclosure/copy.html")]
pub(crate) struct CopyPage {
    pub page: Page,
    pub back: String,
    pub made: String,
    /// Each notice that must stand on it.
    pub notices: Vec<String>,
    pub scope: Vec<Line>,
    pub signature: String,
    pub profile: Vec<Line>,
    pub notes: Vec<String>,
    /// Where it can be had as a file; empty when it can't.
    pub file: String,
}

/// What the record says about the person, without how to reach them: whoever gets the copy has what they need for what
/// the person said yes to, and no more.
fn profile_lines(page: &Page, profile: &Profile) -> Vec<Line> {
    let all = [
        ("disclosure-profile-pronouns", profile.pronouns.clone()),
        ("disclosure-profile-described", profile.described.clone()),
        ("disclosure-profile-language", profile.language.clone()),
        ("disclosure-profile-strengths", page.list(&profile.strengths)),
        ("disclosure-profile-matters", profile.matters.clone()),
        ("disclosure-profile-needs", page.list(&profile.needs)),
    ];
    let said = all.into_iter().filter(|(_, text)| !text.trim().is_empty());
    said.map(|(key, text)| Line { name: page.t(key), text }).collect()
}

impl CopyPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        person: PersonId,
        own: bool,
        view: &CopyView,
        file: String,
    ) -> CopyPage {
        let terms = &view.under.disclosure.signed().terms;
        let mut notices = vec![page.t("disclosure-notice")];
        if terms.what().substance_use {
            // 42 CFR 2.32(a)(2): these words, in English, whatever language the page is in.
            notices.insert(
                0,
                "42 CFR part 2 prohibits unauthorized use or disclosure of these records.".to_owned(),
            );
        }
        let back = format!("{}/{}", home(person), view.under.id);
        CopyPage {
            made: page.t1("disclosure-made", "day", page.date(view.at.to_zoned(page.zone()).date())),
            notices,
            scope: lines(&page, terms),
            signature: signature(&page, &view.under),
            profile: view.profile.as_ref().map(|profile| profile_lines(&page, profile)).unwrap_or_default(),
            notes: view.notes.iter().map(|note| plain(&page, rules, note)).collect(),
            page: page
                .titled_with("disclosure-copy-title", "name", terms.whose())
                .focused(back.clone())
                .under(place(own)),
            back,
            file,
        }
    }

    /// The same as a sheet, with every notice before and after.
    fn sheet(&self) -> Sheet {
        let page = &self.page;
        let said = |ask: &str, text: &str| PartAnswer {
            ask: ask.to_owned(),
            list: false,
            lines: vec![PartLine { before: String::new(), text: text.to_owned(), more: Vec::new() }],
        };
        let told = |lines: &[Line]| -> Vec<PartAnswer> {
            lines.iter().map(|line| said(&line.name, &line.text)).collect()
        };
        let mut scope = told(&self.scope);
        scope.push(said("", &self.signature));
        let all = [
            ("disclosure-notice-title", self.notices.iter().map(|notice| said("", notice)).collect()),
            ("disclosure-scope", scope),
            ("disclosure-profile", told(&self.profile)),
            ("disclosure-notes", self.notes.iter().map(|note| said("", note)).collect::<Vec<_>>()),
        ];
        let parts = all.into_iter().filter(|(_, answers)| !answers.is_empty());
        let form = SheetForm::Letter {
            under: self.made.clone(),
            parts: parts.map(|(key, answers)| Part { name: page.t(key), answers }).collect(),
            notice: self.notices.join(" "),
            large: false,
        };
        sheet(page, &self.made, form)
    }
}

pub(super) async fn make(
    who: Who,
    State(web): State<Web>,
    Path((person, id)): Path<(PersonId, DisclosureId)>,
    Proven(form): Proven,
) -> Result<Response, Trouble> {
    let copy = web.app.disclose(who.actor(), command(&web, &form), person, id).await?;
    Ok(Redirect::to(&format!("{}/copies/{copy}", home(person))).into_response())
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((person, copy)): Path<(PersonId, DisclosedId)>,
) -> Result<Response, Trouble> {
    read(page, &who, &web, person, copy).await?.show()
}

pub(super) async fn pdf(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((person, copy)): Path<(PersonId, DisclosedId)>,
) -> Result<Response, Trouble> {
    file(&web, read(page, &who, &web, person, copy).await?.sheet()).await
}

async fn read(
    page: Page,
    who: &Who,
    web: &Web,
    person: PersonId,
    copy: DisclosedId,
) -> Result<CopyPage, Trouble> {
    let view = web.app.copy_that_leaves(who.actor(), person, copy).await?;
    let own = who.actor().person() == Some(person);
    let file = match web.press {
        Some(_) => format!("{}/copies/{copy}/pdf", home(person)),
        None => String::new(),
    };
    Ok(CopyPage::of(page, who.rules()?, person, own, &view, file))
}
