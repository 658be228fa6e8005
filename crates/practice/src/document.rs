//! What somebody writes in a tool: answers that are only ever added to.
//!
//! Every answer names the answers it was written over. Whatever nobody wrote over is what the document says now; where
//! that is more than one, two people wrote at once, and both texts are shown until somebody writes over both. So
//! nothing that was written is ever lost, in whatever order it arrives, and every earlier day can be read again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::card::can_be_dialled;
use crate::id::{AccountId, AnswerId, ItemId};
use crate::pack::{Question, QuestionKind, Score, Section, Tool};
use crate::person::FIELD_LIMIT;

/// The most items that one list takes.
pub const LIST_LIMIT: usize = 200;

/// What somebody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Answer {
    /// Words, or one item of a list.
    Words {
        /// As written.
        words: String,
    },
    /// One of the question's options, by its name in records.
    Choice {
        /// The option.
        option: String,
    },
    /// A step on the question's scale.
    Scale {
        /// The step.
        step: u8,
    },
    /// Yes or no.
    YesNo {
        /// Whether it is yes.
        yes: bool,
    },
    /// A day.
    Date {
        /// The day.
        date: Date,
    },
    /// Somebody, and how to reach them.
    Person {
        /// Who they are.
        name: String,
        /// A number or another way; may be empty.
        reach: String,
        /// What they are asked to do; may be empty.
        asked: String,
    },
    /// If this, then that.
    Pair {
        /// What happens.
        when: String,
        /// What helps.
        then: String,
    },
    /// Taken back: the question, or this item, stands empty.
    Nothing,
}

impl Answer {
    /// What stands in each field of a form, by the end of the field's name; the one field of most answers has no end.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Answer::Words { words } => vec![("", words.clone())],
            Answer::Choice { option } => vec![("", option.clone())],
            Answer::Scale { step } => vec![("", step.to_string())],
            Answer::YesNo { yes } => vec![("", if *yes { "yes" } else { "no" }.to_owned())],
            Answer::Date { date } => vec![("", date.to_string())],
            Answer::Person { name, reach, asked } => {
                vec![("name", name.clone()), ("reach", reach.clone()), ("asked", asked.clone())]
            }
            Answer::Pair { when, then } => vec![("when", when.clone()), ("then", then.clone())],
            Answer::Nothing => Vec::new(),
        }
    }
}

/// Why something typed is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    /// The tool does not ask this, in the version the document was begun with.
    #[error("the tool has no question `{0}`")]
    NotAsked(String),
    /// Not among what the question offers.
    #[error("this is not among the answers to `{0}`")]
    NotOffered(String),
    /// No day in the calendar.
    #[error("`{0}` asks for a day")]
    NoDay(String),
    /// Longer than [`FIELD_LIMIT`] characters.
    #[error("the answer to `{0}` is too long")]
    TooLong(String),
    /// More than [`LIST_LIMIT`] items.
    #[error("`{0}` has too many items")]
    TooMany(String),
    /// Longer than it may be left empty.
    #[error("`{0}` can't be left empty")]
    Empty(String),
}

/// The fields of a form that one answer is read from.
pub fn fields_of(kind: &QuestionKind) -> &'static [&'static str] {
    match kind {
        QuestionKind::People => &["name", "reach", "asked"],
        QuestionKind::Pairs => &["when", "then"],
        _ => &[""],
    }
}

/// Reads what was typed into the fields of one answer. All of them empty means nothing.
///
/// # Errors
/// When it is no answer to this question.
pub fn read(question: &Question, typed: impl Fn(&str) -> String) -> Result<Answer, AnswerFault> {
    let field = |end: &str| -> Result<String, AnswerFault> {
        let text = typed(end).trim().to_owned();
        if text.chars().count() > FIELD_LIMIT {
            return Err(AnswerFault::TooLong(question.id.clone()));
        }
        Ok(text)
    };
    let mut texts = Vec::new();
    for end in fields_of(&question.kind) {
        texts.push(field(end)?);
    }
    if texts.iter().all(String::is_empty) {
        return Ok(Answer::Nothing);
    }
    let text = texts[0].clone();
    let not_offered = || AnswerFault::NotOffered(question.id.clone());
    Ok(match &question.kind {
        QuestionKind::Words | QuestionKind::List | QuestionKind::Strengths => Answer::Words { words: text },
        QuestionKind::Choice { options } | QuestionKind::Path { options } => {
            if !options.iter().any(|option| option.id == text) {
                return Err(not_offered());
            }
            Answer::Choice { option: text }
        }
        QuestionKind::Scale { low, high, .. } => {
            let step: u8 = text.parse().map_err(|_| not_offered())?;
            if !(*low..=*high).contains(&step) {
                return Err(not_offered());
            }
            Answer::Scale { step }
        }
        QuestionKind::YesNo => match text.as_str() {
            "yes" => Answer::YesNo { yes: true },
            "no" => Answer::YesNo { yes: false },
            _ => return Err(not_offered()),
        },
        QuestionKind::Date => {
            Answer::Date { date: text.parse().map_err(|_| AnswerFault::NoDay(question.id.clone()))? }
        }
        QuestionKind::People => {
            let [name, reach, asked] = [0, 1, 2].map(|at| texts[at].clone());
            Answer::Person { name, reach, asked }
        }
        QuestionKind::Pairs => Answer::Pair { when: texts[0].clone(), then: texts[1].clone() },
    })
}

/// Whether an answer is one to this question: of its kind, among what is offered, and no longer than it may be.
///
/// # Errors
/// When it is none.
pub fn fits(question: &Question, answer: &Answer) -> Result<(), AnswerFault> {
    if *answer == Answer::Nothing {
        return if question.skip { Ok(()) } else { Err(AnswerFault::Empty(question.id.clone())) };
    }
    let fields = answer.fields();
    let typed = |end: &str| fields.iter().find(|(name, _)| *name == end).map(|(_, value)| value.clone());
    let read = read(question, |end| typed(end).unwrap_or_default())?;
    if std::mem::discriminant(&read) == std::mem::discriminant(answer) {
        Ok(())
    } else {
        Err(AnswerFault::NotOffered(question.id.clone()))
    }
}

/// An answer as it was given once. It is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its own id.
    pub id: AnswerId,
    /// Counts the answers of the document as they were kept.
    pub number: i64,
    /// Which question.
    pub question: String,
    /// Which item of it; [`Document::ONLY`] where there is one answer.
    pub item: ItemId,
    /// What it was written over.
    pub over: Vec<AnswerId>,
    /// The number of the first answer to this question and item: a list keeps the order in which it was first written.
    pub first: i64,
    /// Who wrote it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// The answer.
    pub answer: Answer,
}

/// What a form showed when somebody began to write in it: everything up to a number, and what the form itself sent
/// since. What others wrote meanwhile is not among it, so writing can't go over it unseen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    up_to: i64,
    and: BTreeSet<i64>,
}

impl Seen {
    /// Everything up to this number.
    pub fn up_to(number: i64) -> Seen {
        Seen { up_to: number, and: BTreeSet::new() }
    }

    /// Also what the form sent now.
    pub fn with(mut self, numbers: impl IntoIterator<Item = i64>) -> Seen {
        self.and.extend(numbers);
        while let Some(next) = self.up_to.checked_add(1).filter(|next| self.and.remove(next)) {
            self.up_to = next;
        }
        self
    }

    /// Whether it has seen every one of these.
    pub fn has_all(&self, revisions: &[Revision]) -> bool {
        revisions.iter().all(|revision| self.has(revision.number))
    }

    fn has(&self, number: i64) -> bool {
        number <= self.up_to || self.and.contains(&number)
    }

    /// Reads what [`Seen`] prints, such as `12` or `12+14+15`. Anything else has seen nothing.
    pub fn parse(text: &str) -> Seen {
        let mut numbers = text.split('+').map_while(|number| number.parse::<i64>().ok());
        Seen::up_to(numbers.next().unwrap_or(0)).with(numbers)
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.up_to)?;
        self.and.iter().try_for_each(|number| write!(f, "+{number}"))
    }
}

/// One item as the document says it now.
#[derive(Debug, Clone)]
pub struct Item<'d> {
    /// Which.
    pub id: ItemId,
    /// The answers that nobody wrote over, the newest first, each other answer once. More than one means that two
    /// people wrote at once.
    pub texts: Vec<&'d Revision>,
}

impl Item<'_> {
    /// The answer to read where only one can be shown: the newest.
    pub fn answer(&self) -> &Answer {
        &self.texts[0].answer
    }

    /// Whether two people wrote at once.
    pub fn is_clash(&self) -> bool {
        self.texts.len() > 1
    }
}

/// A change that somebody's form asks for: what to write over what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// Which question.
    pub question: String,
    /// Which item.
    pub item: ItemId,
    /// What it is written over.
    pub over: Vec<AnswerId>,
    /// The number of the first answer there; none when this is the first.
    pub first: Option<i64>,
    /// The answer.
    pub answer: Answer,
}

/// What was written in one tool: all of it, or only what nobody wrote over, which is all that it says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    revisions: Vec<Revision>,
}

impl Document {
    /// The item of a question that has one answer.
    pub const ONLY: ItemId = ItemId(Uuid::nil());

    /// From its answers, in any order.
    pub fn new(mut revisions: Vec<Revision>) -> Document {
        revisions.sort_by_key(|revision| revision.number);
        Document { revisions }
    }

    /// Its answers, in the order kept.
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// The number of the newest answer; 0 when there is none.
    pub fn newest(&self) -> i64 {
        self.revisions.last().map_or(0, |revision| revision.number)
    }

    /// The document as it was at a moment.
    pub fn as_of(&self, at: Timestamp) -> Document {
        Document { revisions: self.revisions.iter().filter(|revision| revision.at <= at).cloned().collect() }
    }

    /// The document as a form showed it.
    pub fn as_seen(&self, seen: &Seen) -> Document {
        let has = |revision: &&Revision| seen.has(revision.number);
        Document { revisions: self.revisions.iter().filter(has).cloned().collect() }
    }

    /// What was written in these sections alone.
    pub fn only(mut self, tool: &Tool, may: impl Fn(&Section) -> bool) -> Document {
        self.revisions
            .retain(|revision| tool.question(&revision.question).is_some_and(|(section, _)| may(section)));
        self
    }

    /// The same for whoever has a card in their hand: a way to reach somebody stays where it can be dialled. An address is
    /// nobody's business in the street, in whichever of two texts written at once it stands.
    pub fn on_card(mut self) -> Document {
        for revision in &mut self.revisions {
            if let Answer::Person { reach, .. } = &mut revision.answer
                && !can_be_dialled(reach)
            {
                reach.clear();
            }
        }
        self
    }

    /// The items of a question, in the order in which they were first written. Those taken back are left out, unless
    /// somebody else wrote in them at the same time.
    pub fn items(&self, question: &str) -> Vec<Item<'_>> {
        let mut firsts: BTreeMap<ItemId, i64> = BTreeMap::new();
        for revision in self.revisions.iter().filter(|revision| revision.question == question) {
            let first = firsts.entry(revision.item).or_insert(revision.first);
            *first = revision.first.min(*first);
        }
        let mut firsts: Vec<(i64, ItemId)> = firsts.into_iter().map(|(id, first)| (first, id)).collect();
        firsts.sort_unstable();
        let items = firsts.into_iter().map(|(_, id)| Item { id, texts: self.uncovered(question, id) });
        items.filter(|item| item.texts.iter().any(|text| text.answer != Answer::Nothing)).collect()
    }

    fn first(&self, question: &str, item: ItemId) -> Option<i64> {
        let mine = self.revisions.iter().filter(|one| one.question == question && one.item == item);
        mine.map(|revision| revision.first).min()
    }

    /// What nobody wrote over, the newest first, the same answer once.
    fn uncovered(&self, question: &str, item: ItemId) -> Vec<&Revision> {
        let mine: Vec<&Revision> = self
            .revisions
            .iter()
            .filter(|revision| revision.question == question && revision.item == item)
            .collect();
        let covered: BTreeSet<AnswerId> =
            mine.iter().flat_map(|revision| revision.over.iter().copied()).collect();
        let mut texts: Vec<&Revision> = Vec::new();
        for revision in mine.into_iter().rev().filter(|revision| !covered.contains(&revision.id)) {
            if !texts.iter().any(|text| text.answer == revision.answer) {
                texts.push(revision);
            }
        }
        texts
    }

    /// Everything that nobody wrote over, equal answers too: what a new answer is written over.
    fn heads(&self, question: &str, item: ItemId) -> Vec<AnswerId> {
        let mine = || self.revisions.iter().filter(move |one| one.question == question && one.item == item);
        let covered: BTreeSet<AnswerId> = mine().flat_map(|revision| revision.over.iter().copied()).collect();
        mine().map(|revision| revision.id).filter(|id| !covered.contains(id)).collect()
    }

    /// Whether these answers belong into this section, and its lists stay short enough to be read, with all that others
    /// wrote in them since the form was opened.
    ///
    /// # Errors
    /// When one does not.
    pub fn takes(&self, section: &Section, given: &[(String, ItemId, Answer)]) -> Result<(), AnswerFault> {
        for (name, item, answer) in given {
            let question = section.questions.iter().find(|question| question.id == *name);
            let question = question.ok_or_else(|| AnswerFault::NotAsked(name.clone()))?;
            fits(question, answer)?;
            if !question.kind.is_list() && *item != Document::ONLY {
                return Err(AnswerFault::NotAsked(name.clone()));
            }
        }
        for question in section.questions.iter().filter(|question| question.kind.is_list()) {
            let mine = given.iter().filter(|(name, ..)| *name == question.id);
            let (taken_back, said): (Vec<_>, Vec<_>) =
                mine.partition(|(.., answer)| *answer == Answer::Nothing);
            let known: BTreeSet<ItemId> = self.items(&question.id).iter().map(|item| item.id).collect();
            let mut now = known.clone();
            now.extend(said.iter().map(|(_, item, _)| *item));
            now.retain(|item| !taken_back.iter().any(|(_, back, _)| back == item));
            if now.len() > LIST_LIMIT && now.len() > known.len() {
                return Err(AnswerFault::TooMany(question.id.clone()));
            }
        }
        Ok(())
    }

    /// What a form with these answers changes. `self` is the document as the form showed it ([`Document::as_seen`] of
    /// all of it; what nobody wrote over is enough when the form has seen each of those answers): an answer that stands
    /// there already is no change, so a form that is sent twice, or sent
    /// whole for one changed word, writes only what is new.
    pub fn changes(&self, given: Vec<(String, ItemId, Answer)>) -> Vec<Writing> {
        given
            .into_iter()
            .filter_map(|(question, item, answer)| {
                let texts = self.uncovered(&question, item);
                let same = match texts.as_slice() {
                    [] => answer == Answer::Nothing,
                    [one] => one.answer == answer,
                    // A clash shows every text in one field; leaving it so changes nothing.
                    several => answer == together(several),
                };
                if same {
                    return None;
                }
                let (over, first) = (self.heads(&question, item), self.first(&question, item));
                Some(Writing { question, item, over, first, answer })
            })
            .collect()
    }

    /// What to write so that the document says again what it said at a moment. What was written since stays readable
    /// as an earlier version.
    pub fn bring_back(&self, at: Timestamp) -> Vec<Writing> {
        let then = self.as_of(at);
        let places: BTreeSet<(&str, ItemId)> =
            self.revisions.iter().map(|revision| (revision.question.as_str(), revision.item)).collect();
        places
            .into_iter()
            .filter_map(|(question, item)| {
                let (was, is) = (then.uncovered(question, item), self.uncovered(question, item));
                let answer = was.first().map_or(Answer::Nothing, |revision| revision.answer.clone());
                let same = is.len() == 1 && is[0].answer == answer;
                let (over, first) = (self.heads(question, item), self.first(question, item));
                (!same).then(|| Writing { question: question.to_owned(), item, over, first, answer })
            })
            .collect()
    }

    /// Lets go of the words that were written over before a moment. What the document says stays as it is, in its order.
    pub fn let_go(&mut self, before: Timestamp) {
        let covered: BTreeSet<AnswerId> = self
            .revisions
            .iter()
            .filter(|revision| revision.at < before)
            .flat_map(|revision| revision.over.iter().copied())
            .collect();
        let mut known: BTreeSet<(String, ItemId)> = BTreeSet::new();
        self.revisions.retain_mut(|revision| {
            let first = known.insert((revision.question.clone(), revision.item));
            if !covered.contains(&revision.id) {
                return true;
            }
            // The first of an item holds its place in the list.
            revision.answer = Answer::Nothing;
            first
        });
    }

    /// The moments at which somebody stopped writing for at least an hour, the newest first: the versions that can be
    /// read again.
    pub fn versions(&self) -> Vec<Timestamp> {
        let mut times: Vec<Timestamp> = self.revisions.iter().map(|revision| revision.at).collect();
        times.sort();
        let mut versions: Vec<Timestamp> = Vec::new();
        for (index, at) in times.iter().enumerate() {
            let goes_on = times.get(index + 1).is_some_and(|next| next.as_second() - at.as_second() < 3600);
            if !goes_on {
                versions.push(*at);
            }
        }
        versions.reverse();
        versions
    }

    /// Who wrote in it, in the order in which they first did.
    pub fn writers(&self) -> Vec<AccountId> {
        let mut writers = Vec::new();
        for revision in &self.revisions {
            if !writers.contains(&revision.by) {
                writers.push(revision.by);
            }
        }
        writers
    }

    /// Whether anything is written in a section.
    pub fn has_words_in(&self, section: &Section) -> bool {
        section.questions.iter().any(|question| !self.items(&question.id).is_empty())
    }

    /// Whether an answer now given is one after which the person is shown their own crisis plan.
    pub fn shows_danger(&self, section: &Section) -> bool {
        section.questions.iter().filter(|question| !question.danger.is_empty()).any(|question| {
            self.items(&question.id)
                .iter()
                .flat_map(|item| &item.texts)
                .any(|text| text.answer.fields().iter().any(|(_, value)| question.danger.contains(value)))
        })
    }

    /// The number of each earlier day and of now, the first day first, with the words that were written with it.
    pub fn trend(&self, tool: &Tool) -> Vec<Standing> {
        let free =
            |name: &str| tool.question(name).is_some_and(|(_, asked)| asked.kind == QuestionKind::Words);
        let (mut before, mut trend) = (None, Vec::new());
        for at in self.versions().into_iter().rev() {
            let new = self
                .revisions
                .iter()
                .filter(|one| one.at <= at && before.is_none_or(|before| one.at > before));
            let said = new.filter(|one| free(&one.question)).filter_map(|one| match &one.answer {
                Answer::Words { words } => Some((one.question.as_str(), words.as_str())),
                _ => None,
            });
            // What was written over the same evening is said once, as it ended.
            let words: BTreeMap<&str, &str> = said.collect();
            if let Some(score) = self.as_of(at).score(tool) {
                trend.push(Standing { at, score, words: words.into_values().map(str::to_owned).collect() });
            }
            before = Some(at);
        }
        trend
    }

    /// The answers on scales as one number, in hundredths; none before every scale is answered.
    pub fn score(&self, tool: &Tool) -> Option<i64> {
        let how = tool.score?;
        let mut steps = Vec::new();
        for question in tool.sections.iter().flat_map(|section| &section.questions) {
            if !matches!(question.kind, QuestionKind::Scale { .. }) {
                continue;
            }
            match self.items(&question.id).first().map(Item::answer) {
                Some(Answer::Scale { step }) => steps.push(i64::from(*step)),
                _ => return None,
            }
        }
        let (sum, count) = (steps.iter().sum::<i64>(), i64::try_from(steps.len()).ok()?);
        match how {
            Score::Sum => Some(sum * 100),
            Score::Mean => (sum * 100).checked_div(count),
        }
    }
}

/// Where somebody stood, as they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// When.
    pub at: Timestamp,
    /// The number, in hundredths.
    pub score: i64,
    /// What they wrote with it.
    pub words: Vec<String>,
}

/// Several texts in one field, one below the other.
fn together(texts: &[&Revision]) -> Answer {
    let mut fields: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for text in texts {
        for (end, value) in text.answer.fields() {
            let values = fields.entry(end).or_default();
            if !value.is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
    }
    let joined = |end: &str| fields.get(end).map(|values| values.join("\n\n")).unwrap_or_default();
    let kind = texts.iter().map(|text| &text.answer).find(|answer| **answer != Answer::Nothing);
    match kind {
        Some(Answer::Words { .. }) => Answer::Words { words: joined("") },
        Some(Answer::Person { .. }) => {
            Answer::Person { name: joined("name"), reach: joined("reach"), asked: joined("asked") }
        }
        Some(Answer::Pair { .. }) => Answer::Pair { when: joined("when"), then: joined("then") },
        // What is chosen can't be joined: the form shows none of it as chosen.
        _ => Answer::Nothing,
    }
}

impl Item<'_> {
    /// What the fields of a form show: the answer, or every text of a clash one below the other.
    pub fn shown(&self) -> Answer {
        match self.texts.as_slice() {
            [one] => one.answer.clone(),
            several => together(several),
        }
    }
}

#[cfg(test)]
mod tests;
