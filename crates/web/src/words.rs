//! Help with words: a gentle line below a box where somebody writes about somebody, asked for after a pause.
//!
//! What is asked stays nowhere: no log, no journal, no row. Only what was kept for a person is remembered. The box of the
//! person's own words never has it, nor have the pages of the person.

use std::borrow::Cow;
use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use porchlight_app::{Action, App};
use porchlight_practice::id::PersonId;
use porchlight_practice::pack::Rules;
use porchlight_practice::words::{Kept, Reading, focus, plain};

use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// So many lines below one box are help; more would be a wall.
const MOST: usize = 3;

pub(crate) fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::POST, "/words", ask, Needs::Action(Action::WordsAsk))
        .page(Method::POST, "/words/switch", switch, Needs::Action(Action::WordsSwitch))
        .page(Method::POST, "/people/{id}/words", keep, Needs::Action(Action::WordsKeep))
}

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hint {
    /// What stands there.
    pub text: String,
    /// What to try, one to three.
    pub tries: Vec<String>,
    /// Why, in one sentence.
    pub why: String,
    /// The term, for keeping it.
    pub term: String,
    /// Where it stands, counted as browsers do, in units of UTF-16.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// What could be said with more respect in a text.
pub(crate) fn hints(
    app: &App,
    rules: &Rules,
    text: &str,
    kept: &BTreeSet<String>,
    is_plain: bool,
) -> Vec<Hint> {
    let checker = app.checker(rules);
    let found = checker.check(text, Reading { kept: Some(kept), plain: is_plain, ..Reading::default() });
    let units = |at: usize| text[..at].encode_utf16().count();
    let hint = |one: porchlight_practice::words::Finding<'_>| Hint {
        start: units(one.start),
        end: units(one.end),
        text: one.text.split_whitespace().collect::<Vec<_>>().join(" "),
        tries: one.tries.into_iter().map(Cow::into_owned).collect(),
        why: one.why.to_owned(),
        term: one.term.to_owned(),
    };
    found.into_iter().take(MOST).map(hint).collect()
}

/// The lines below a box: a part of the page, for a script that asks while somebody writes.
#[derive(Template)]
#[template(path = "parts/words.html")]
pub(crate) struct WordsPart {
    pub page: Page,
    pub hints: Vec<Hint>,
    /// Whether there is a person for whom a word can be kept.
    pub can_keep: bool,
    /// The text is hard to read: its grade.
    pub grade: Option<String>,
    /// A note of a family programme that speaks of the child alone.
    pub on_the_child: bool,
}

async fn ask(page: Page, who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    if !web.app.wants_words(who.actor()).await? {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let kept = form.value("kept").split(' ').map(str::to_owned).collect();
    let is_plain = form.has("plain", "yes");
    let text = form.value("text");
    let hard = plain::grade(text, page.lang).filter(|grade| is_plain && *grade > plain::AIM);
    WordsPart {
        hints: hints(&web.app, who.rules()?, text, &kept, is_plain),
        can_keep: form.has("keep", "yes"),
        grade: hard.map(|grade| format!("{grade:.0}")),
        on_the_child: form.has("note", "yes")
            && who.rules()?.family
            && focus::is_on_the_child(text, page.lang),
        page,
    }
    .show()
}

async fn keep(
    who: Who,
    State(web): State<Web>,
    Path(id): Path<PersonId>,
    form: Form,
) -> Result<Response, Trouble> {
    let why = Kept::parse(form.value("why")).ok_or(Trouble::NotFound)?;
    web.app.keep_words(who.actor(), command(&web, &form), id, form.value("term"), why).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn switch(who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    web.app.switch_words(who.actor(), command(&web, &form), form.has("on", "yes")).await?;
    Ok(done(&web.shell, "/account", "flash-saved"))
}
