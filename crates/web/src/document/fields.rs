//! The questions of a section as fields of a form, and what was typed in them as answers.
//!
//! A field is named after its question and the item of it, such as `signs.0193…` or `signs_people.0193….reach`: the item's
//! id is in the page before anything is typed, so a form that is sent twice writes one item and not two.

use porchlight_practice::document::{Answer, AnswerFault, Document, fields_of, read};
use porchlight_practice::id::ItemId;
use porchlight_practice::pack::{Question, QuestionKind, Section};
use std::collections::BTreeSet;

use crate::form::{Choice, Form};
use crate::page::Page;

/// How many empty lines wait below a list.
const EMPTY_LINES: usize = 2;

/// A question as the form asks it. `shape` is `words`, `list`, `tiles`, `path`, `steps`, `date`, `people` or `pairs`.
pub(crate) struct Asked {
    pub id: String,
    pub ask: String,
    pub hint: String,
    pub shape: &'static str,
    /// One for each answer.
    pub lines: Vec<FieldLine>,
    pub choices: Vec<Choice>,
    /// What the ends of a scale mean.
    pub ends: (String, String),
    /// Texts that two people wrote at once, with who wrote each.
    pub clash: Vec<(String, String)>,
    /// What another paper of the person's says to it.
    pub beside: Option<BesideShown>,
    /// Strengths that their record has, where strengths are asked for.
    pub known: Vec<String>,
}

/// What another paper says to a question.
pub(crate) struct BesideShown {
    /// What the other paper is called.
    pub tool: String,
    pub lines: Vec<String>,
    /// Whether it can be copied here.
    pub copies: bool,
}

/// The names of the fields of one answer: one field, two of a pair, three of somebody.
pub(crate) struct FieldLine {
    pub name: String,
    pub second: String,
    pub third: String,
}

impl FieldLine {
    fn of(question: &Question, item: ItemId) -> FieldLine {
        let mut names = fields_of(&question.kind).iter().map(|end| field(question, item, end));
        let mut next = || names.next().unwrap_or_default();
        FieldLine { name: next(), second: next(), third: next() }
    }
}

fn field(question: &Question, item: ItemId, end: &str) -> String {
    let item = if question.kind.is_list() { format!(".{item}") } else { String::new() };
    let end = if end.is_empty() { String::new() } else { format!(".{end}") };
    format!("{}{item}{end}", question.id)
}

/// The form of a section, filled with what is written.
pub(crate) fn filled(section: &Section, document: &Document) -> Form {
    let mut form = Form::new();
    for question in &section.questions {
        for item in document.items(&question.id) {
            for (end, value) in item.shown().fields() {
                form = form.with(&field(question, item.id, end), value);
            }
        }
    }
    form
}

/// The questions of a section, for the fields that a form holds and some empty ones.
pub(crate) fn asked(
    page: &Page,
    section: &Section,
    form: &Form,
    clashes: impl Fn(&Question) -> Vec<(String, String)>,
    mut fresh: impl FnMut() -> ItemId,
) -> Vec<Asked> {
    let asked = section.questions.iter().map(|question| {
        let mut lines = Vec::new();
        if question.kind.is_list() {
            for item in items(question, form) {
                lines.push(FieldLine::of(question, item));
            }
            for _ in 0..EMPTY_LINES {
                lines.push(FieldLine::of(question, fresh()));
            }
        } else {
            lines.push(FieldLine::of(question, Document::ONLY));
        }
        let hint = [&question.help, &question.example].into_iter().enumerate().filter_map(|(at, text)| {
            let text = page.text(text.as_ref()?);
            Some(if at == 1 { page.t1("document-example", "words", text) } else { text })
        });
        let (shape, choices, ends) = shape(page, &question.kind);
        Asked {
            id: question.id.clone(),
            ask: page.text(&question.ask),
            hint: hint.collect::<Vec<_>>().join(" "),
            shape,
            lines,
            choices,
            ends,
            clash: clashes(question),
            beside: None,
            known: Vec::new(),
        }
    });
    asked.collect()
}

fn shape(page: &Page, kind: &QuestionKind) -> (&'static str, Vec<Choice>, (String, String)) {
    let none = (String::new(), String::new());
    let leave = || Choice::new("", page.t("document-leave"));
    match kind {
        QuestionKind::Words => ("words", Vec::new(), none),
        QuestionKind::List | QuestionKind::Strengths => ("list", Vec::new(), none),
        QuestionKind::People => ("people", Vec::new(), none),
        QuestionKind::Pairs => ("pairs", Vec::new(), none),
        QuestionKind::Date => ("date", Vec::new(), none),
        QuestionKind::YesNo => {
            let choices = vec![
                Choice::new("yes", page.t("document-yes")),
                Choice::new("no", page.t("document-no")),
                leave(),
            ];
            ("tiles", choices, none)
        }
        QuestionKind::Choice { options } => {
            let options = options.iter().map(|option| Choice::new(&option.id, page.text(&option.name)));
            ("tiles", options.chain([leave()]).collect(), none)
        }
        QuestionKind::Path { options } => {
            let options = options.iter().map(|option| Choice::new(&option.id, page.text(&option.name)));
            ("path", options.chain([leave()]).collect(), none)
        }
        QuestionKind::Scale { low, high, low_name, high_name } => {
            let steps = (*low..=*high).map(|step| Choice::new(step.to_string(), step.to_string()));
            ("steps", steps.chain([leave()]).collect(), (page.text(low_name), page.text(high_name)))
        }
    }
}

/// The items of a list that a form holds, in its order.
fn items(question: &Question, form: &Form) -> Vec<ItemId> {
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    for (name, value) in form.values() {
        let Some(rest) = name.strip_prefix(&question.id).and_then(|rest| rest.strip_prefix('.')) else {
            continue;
        };
        let item = rest.split('.').next().unwrap_or_default();
        if let Ok(item) = item.parse::<ItemId>()
            && (!value.trim().is_empty() || form.is_wrong(name))
            && seen.insert(item)
        {
            items.push(item);
        }
    }
    items
}

/// What a form answers. Whatever is no answer is said beside its field.
pub(crate) fn given(section: &Section, form: &mut Form) -> Vec<(String, ItemId, Answer)> {
    let mut given = Vec::new();
    for question in &section.questions {
        let named: Vec<ItemId> =
            if question.kind.is_list() { named(question, form) } else { vec![Document::ONLY] };
        for item in named {
            // A field that the page did not have, such as the tiles nobody touched, says nothing.
            let first = field(question, item, fields_of(&question.kind)[0]);
            if !form.values().any(|(name, _)| name == first) {
                continue;
            }
            match read(question, |end| form.value(&field(question, item, end)).to_owned()) {
                Ok(Answer::Nothing) if !question.skip => form.wrong(&first, "document-error-empty"),
                Ok(answer) => given.push((question.id.clone(), item, answer)),
                Err(fault) => form.wrong(&first, key_of(&fault)),
            }
        }
    }
    given
}

/// Every item of a list that a form names, the empty ones too: what was emptied is taken back.
fn named(question: &Question, form: &Form) -> Vec<ItemId> {
    let mut items = Vec::new();
    for (name, _) in form.values() {
        let rest = name.strip_prefix(&question.id).and_then(|rest| rest.strip_prefix('.'));
        let item = rest.and_then(|rest| rest.split('.').next()).and_then(|item| item.parse().ok());
        if let Some(item) = item.filter(|item| !items.contains(item)) {
            items.push(item);
        }
    }
    items
}

/// How one says that something is no answer.
pub(crate) fn key_of(fault: &AnswerFault) -> &'static str {
    match fault {
        AnswerFault::NotAsked(_) | AnswerFault::NotOffered(_) => "document-error-choice",
        AnswerFault::NoDay(_) => "document-error-day",
        AnswerFault::TooLong(_) => "document-error-long",
        AnswerFault::TooMany(_) => "document-error-many",
        AnswerFault::Empty(_) => "document-error-empty",
    }
}
