//! How answers read: the one renderer for the person, for whoever they let in, for earlier versions and for paper, so
//! that a preview shows exactly what the reader will see.

use porchlight_app::carry::{Beside, Way};
use porchlight_app::document::DocumentView;
use porchlight_practice::card::can_be_dialled;
use porchlight_practice::document::{Answer, Document, Revision};
use porchlight_practice::id::AccountId;
use porchlight_practice::pack::{Question, QuestionKind, Section};
use std::collections::BTreeMap;

use crate::document::address;
use crate::page::Page;

/// A section with what is written in it.
pub(crate) struct ShownSection {
    pub id: String,
    pub name: String,
    /// Where one writes in it; empty when this reader does not.
    pub write: String,
    pub answers: Vec<ShownAnswer>,
}

/// A question with its answers. `shape` is `words`, `list`, `chips`, `pairs`, `people`, `path` or `one`.
pub(crate) struct ShownAnswer {
    /// The question, by its name in records.
    pub question: String,
    pub ask: String,
    pub shape: &'static str,
    /// Of a path: every place on it, and whether it is the one that was picked.
    pub stones: Vec<(String, bool)>,
    pub items: Vec<ShownItem>,
}

/// One answer. Of a pair the second text is what helps; of somebody how to reach them and what they are asked.
pub(crate) struct ShownItem {
    pub text: String,
    pub second: String,
    pub third: String,
    /// The second text as a number to dial; empty when it is none.
    pub dial: String,
    /// Other texts written at the same time, with who wrote each.
    pub others: Vec<(String, String)>,
    /// Where it may be put, too.
    pub carry: Option<CarryTo>,
}

/// Another paper of the person's that an answer may be put into.
pub(crate) struct CarryTo {
    /// Where the form goes.
    pub action: String,
    pub question: String,
    pub item: String,
    pub to: String,
    pub there: String,
    /// What the other paper is called.
    pub tool: String,
    /// Whether it stands there already.
    pub done: bool,
}

/// The sections a reader may see.
pub(crate) fn sections(page: &Page, view: &DocumentView, document: &Document) -> Vec<ShownSection> {
    view.sections()
        .map(|section| ShownSection {
            id: section.id.clone(),
            name: page.text(&section.name),
            write: if view.may_write(&section.id) {
                format!("{}/write/{}", address(view), section.id)
            } else {
                String::new()
            },
            answers: carried(page, section, view, answers(page, section, document, &view.writers)),
        })
        .collect()
}

/// The answers, each with the paper it may be put into, for whoever writes in both.
fn carried(
    page: &Page,
    section: &Section,
    view: &DocumentView,
    mut answers: Vec<ShownAnswer>,
) -> Vec<ShownAnswer> {
    if !view.may_write(&section.id) {
        return answers;
    }
    for answer in &mut answers {
        let way = |beside: &&Beside| beside.question == answer.question && beside.way == Way::There;
        let Some(beside) = view.beside.iter().find(way) else { continue };
        let here = view.document.items(&answer.question);
        for (shown, item) in answer.items.iter_mut().zip(&here) {
            shown.carry = Some(CarryTo {
                action: format!("/plans/{}/carry", view.id),
                question: answer.question.clone(),
                item: item.id.to_string(),
                to: beside.document.to_string(),
                there: beside.there.clone(),
                tool: page.text(&beside.tool.name),
                done: beside.said.contains(item.answer()),
            });
        }
    }
    answers
}

pub(crate) fn answers(
    page: &Page,
    section: &Section,
    document: &Document,
    writers: &BTreeMap<AccountId, String>,
) -> Vec<ShownAnswer> {
    let shown = section.questions.iter().map(|question| {
        let items = document.items(&question.id);
        let items = items.iter().map(|item| {
            let [text, second, third] = texts(page, question, item.answer());
            let others = item.texts.iter().skip(1).filter(|other| other.answer != Answer::Nothing);
            let others = others.map(|other| (line(page, question, other), name_of(other, writers)));
            let dial = number_of(&second);
            ShownItem { text, second, third, dial, others: others.collect(), carry: None }
        });
        let items: Vec<ShownItem> = items.collect();
        ShownAnswer {
            question: question.id.clone(),
            ask: page.text(&question.ask),
            shape: shape(&question.kind),
            stones: stones(page, question, items.first()),
            items,
        }
    });
    shown.filter(|answer| !answer.items.is_empty()).collect()
}

fn name_of(revision: &Revision, writers: &BTreeMap<AccountId, String>) -> String {
    writers.get(&revision.by).cloned().unwrap_or_default()
}

/// What another paper says to a question, line by line.
pub(crate) fn said(page: &Page, beside: &Beside) -> Vec<String> {
    let Some((_, question)) = beside.tool.question(&beside.there) else { return Vec::new() };
    beside.said.iter().map(|answer| answer_line(page, question, answer)).collect()
}

/// One answer on one line.
pub(crate) fn line(page: &Page, question: &Question, revision: &Revision) -> String {
    answer_line(page, question, &revision.answer)
}

fn answer_line(page: &Page, question: &Question, answer: &Answer) -> String {
    let mut texts = texts(page, question, answer);
    if matches!(answer, Answer::Choice { .. }) {
        // What we say beside a choice is not what was answered.
        texts[1].clear();
    }
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The places of a path. Only one is marked: which way somebody came says nothing about where they go.
fn stones(page: &Page, question: &Question, picked: Option<&ShownItem>) -> Vec<(String, bool)> {
    let QuestionKind::Path { options } = &question.kind else { return Vec::new() };
    let names = options.iter().map(|option| page.text(&option.name));
    names.map(|name| (name.clone(), picked.is_some_and(|item| item.text == name))).collect()
}

fn shape(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Words => "words",
        QuestionKind::List => "list",
        QuestionKind::Strengths => "chips",
        QuestionKind::Pairs => "pairs",
        QuestionKind::People => "people",
        QuestionKind::Path { .. } => "path",
        QuestionKind::Choice { .. }
        | QuestionKind::Scale { .. }
        | QuestionKind::YesNo
        | QuestionKind::Date => "one",
    }
}

fn texts(page: &Page, question: &Question, answer: &Answer) -> [String; 3] {
    let one = |text: String| [text, String::new(), String::new()];
    match answer {
        Answer::Words { words } => one(words.clone()),
        Answer::Choice { option } => match &question.kind {
            QuestionKind::Choice { options } | QuestionKind::Path { options } => {
                let found = options.iter().find(|known| known.id == *option);
                let more = found.and_then(|found| found.more.as_ref()).map(|more| page.text(more));
                let name = found.map_or_else(|| option.clone(), |found| page.text(&found.name));
                [name, more.unwrap_or_default(), String::new()]
            }
            _ => one(option.clone()),
        },
        Answer::Scale { step } => match &question.kind {
            QuestionKind::Scale { high, .. } => {
                one(page.t2("document-scale", "step", u32::from(*step), "high", u32::from(*high)))
            }
            _ => one(step.to_string()),
        },
        Answer::YesNo { yes } => one(page.t(if *yes { "document-yes" } else { "document-no" })),
        Answer::Date { date } => one(page.date(date)),
        Answer::Person { name, reach, asked } => [name.clone(), reach.clone(), asked.clone()],
        Answer::Pair { when, then } => [when.clone(), then.clone(), String::new()],
        Answer::Nothing => one(String::new()),
    }
}

/// What to dial, when something is a number and nothing else.
fn number_of(reach: &str) -> String {
    if can_be_dialled(reach) { reach.chars().filter(char::is_ascii_digit).collect() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::number_of;

    #[test]
    fn an_address_is_never_a_number_to_dial() {
        for (reach, dial) in [
            ("555-0142", "5550142"),
            ("(404) 555 0142", "4045550142"),
            ("988", "988"),
            ("14 Elm Street", ""),
            ("", ""),
            ("12", ""),
        ] {
            assert_eq!(number_of(reach), dial, "{reach}");
        }
    }
}
