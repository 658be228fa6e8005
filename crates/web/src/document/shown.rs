//! How answers read: the one renderer for the person, for whoever they let in, for earlier versions and for paper, so
//! that a preview shows exactly what the reader will see.

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

/// A question with its answers. `shape` is `words`, `list`, `chips`, `pairs`, `people` or `one`.
pub(crate) struct ShownAnswer {
    pub ask: String,
    pub shape: &'static str,
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
            answers: answers(page, section, document, &view.writers),
        })
        .collect()
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
            ShownItem { text, second, third, dial, others: others.collect() }
        });
        ShownAnswer { ask: page.text(&question.ask), shape: shape(&question.kind), items: items.collect() }
    });
    shown.filter(|answer| !answer.items.is_empty()).collect()
}

fn name_of(revision: &Revision, writers: &BTreeMap<AccountId, String>) -> String {
    writers.get(&revision.by).cloned().unwrap_or_default()
}

/// One answer on one line.
pub(crate) fn line(page: &Page, question: &Question, revision: &Revision) -> String {
    let texts = texts(page, question, &revision.answer);
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn shape(kind: &QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Words => "words",
        QuestionKind::List => "list",
        QuestionKind::Strengths => "chips",
        QuestionKind::Pairs => "pairs",
        QuestionKind::People => "people",
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
            QuestionKind::Choice { options } => {
                let found = options.iter().find(|known| known.id == *option);
                one(found.map_or_else(|| option.clone(), |found| page.text(&found.name)))
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
