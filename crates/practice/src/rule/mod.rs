//! Rules that explain themselves.
//!
//! One pure function answers every question a pack has about a worker: [`ask`] takes the rules in force, the facts
//! about the worker and a day, and gives for each question one word, the reasons with their sources, what to do next,
//! and the next day on which the word changes by itself. `docs/rules.md` tells the conventions.

pub(crate) mod book;
mod continuing;
pub mod day;
mod experience;
pub mod fact;
mod file;
mod replay;
pub mod requirement;
mod supervision;
mod verdict;

use std::sync::Arc;

use jiff::civil::Date;

pub use book::{InForce, Rulebook};
pub use continuing::{Earned, earned};
pub use fact::{Facts, Given};
pub use file::read;
pub use replay::{Other, replay};
pub use requirement::{Question, Requirement, Task};
pub use verdict::{Finding, Unit};

use book::Segment;
use day::Next;
use verdict::{State, Verdict, View, judge};

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// All is well.
    Yes,
    /// A task, a paper or time can still mend it.
    NotYet,
    /// It can't be mended in this cycle or role.
    No,
}

impl Word {
    /// The word used in tables and JSON: `yes`, `not-yet` or `no`.
    pub fn as_str(self) -> &'static str {
        match self {
            Word::Yes => "yes",
            Word::NotYet => "not-yet",
            Word::No => "no",
        }
    }

    /// Reads the same.
    pub fn parse(text: &str) -> Option<Word> {
        [Word::Yes, Word::NotYet, Word::No].into_iter().find(|word| word.as_str() == text)
    }
}

/// How one requirement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What is asked, with its source.
    pub requirement: Arc<Requirement>,
    /// Whether it is met, or lifted.
    pub met: bool,
    /// Whether it holds the answer up when it is not met. What does not is a notice.
    pub gates: bool,
    /// Whether the programme made it its own must.
    pub adopted: bool,
    /// What was found.
    pub finding: Finding,
    /// The last day on which it is met with nothing new; none when it is not met, or has no end.
    pub until: Option<Date>,
    /// What helps; none when it is met.
    pub task: Option<Task>,
}

/// One question answered for one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question, with what is allowed meanwhile.
    pub question: Arc<Question>,
    /// The word.
    pub word: Word,
    /// Every requirement in force for it, what is missing first.
    pub reasons: Vec<Reason>,
    /// The first day after this one on which the word is another with no new fact; none when that never comes.
    pub next_change: Option<Date>,
}

impl Answer {
    /// What holds the answer up.
    pub fn missing(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|reason| reason.gates && !reason.met)
    }

    /// What is asked for and holds nothing up.
    pub fn notices(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|reason| !reason.gates && !reason.met)
    }
}

/// Answers every question of the day.
pub fn ask(rules: &Rulebook, facts: &Facts, day: Date) -> Vec<Answer> {
    ask_those(rules, facts, day, |_| true)
}

/// Answers those questions of the day whose ids are wanted.
pub fn ask_those(rules: &Rulebook, facts: &Facts, day: Date, wanted: impl Fn(&str) -> bool) -> Vec<Answer> {
    let mut seen = Seen::new(rules, facts, day);
    let questions = rules.questions(day).filter(|question| wanted(&question.id));
    questions.filter_map(|question| answer(rules, facts, day, &question.id, &mut seen)).collect()
}

/// Answers one question; none when the pack does not have it on this day.
pub fn ask_one(rules: &Rulebook, facts: &Facts, day: Date, question: &str) -> Option<Answer> {
    rules.questions(day).find(|known| known.id == question)?;
    answer(rules, facts, day, question, &mut Seen::new(rules, facts, day))
}

/// Only the word, for whoever asks about many days.
pub fn word(rules: &Rulebook, facts: &Facts, day: Date, question: &str) -> Option<Word> {
    rules.questions(day).find(|known| known.id == question)?;
    Some(word_on(rules, facts, day, question).0)
}

/// What was judged for the day itself, since several questions ask for the same.
struct Seen<'a> {
    segment: &'a Segment,
    facts: &'a Facts,
    day: Date,
    holds: Vec<Option<Verdict>>,
}

impl<'a> Seen<'a> {
    fn new(rules: &'a Rulebook, facts: &'a Facts, day: Date) -> Seen<'a> {
        let segment = rules.on(day).0;
        Seen { segment, facts, day, holds: vec![None; segment.entries.len()] }
    }

    fn judge(&mut self, at: usize, view: View) -> Verdict {
        match view {
            View::Holds => self.holds[at]
                .get_or_insert_with(|| judge(self.segment, at, view, self.facts, self.day))
                .clone(),
            View::Ready => judge(self.segment, at, view, self.facts, self.day),
        }
    }
}

fn answer(rules: &Rulebook, facts: &Facts, day: Date, question: &str, seen: &mut Seen<'_>) -> Option<Answer> {
    let (segment, new_rules) = rules.on(day);
    let asked = segment.asked(question)?;
    let mut next = Next::after(day);
    next.maybe(new_rules);
    let mut worst = State::Met;
    let mut reasons = Vec::with_capacity(asked.holds.len() + asked.ready.len());
    for (at, view) in views(asked) {
        let entry = &segment.entries[at];
        let verdict = seen.judge(at, view);
        if entry.gates {
            worst = worst.max(verdict.state);
            next.maybe(verdict.changes);
        }
        let met = verdict.state == State::Met;
        let until = if met { until(rules, facts, at, view, day, &verdict) } else { None };
        reasons.push(Reason {
            requirement: entry.requirement.clone(),
            met,
            gates: entry.gates,
            adopted: entry.adopted,
            task: (!met).then(|| verdict::task(&entry.requirement.kind, &verdict.finding)),
            finding: verdict.finding,
            until,
        });
    }
    reasons.sort_by_key(|reason| (reason.met, !reason.gates));
    let word = spoken(worst);
    let next_change = first_other(rules, facts, question, word, next.day());
    Some(Answer { question: asked.question.clone(), word, reasons, next_change })
}

fn views(asked: &book::Asked) -> impl Iterator<Item = (usize, View)> {
    let holds = asked.holds.iter().map(|at| (*at, View::Holds));
    holds.chain(asked.ready.iter().map(|at| (*at, View::Ready)))
}

fn spoken(state: State) -> Word {
    match state {
        State::Met => Word::Yes,
        State::NotYet => Word::NotYet,
        State::No => Word::No,
    }
}

/// The word on a day, and the next day on which it may be another.
fn word_on(rules: &Rulebook, facts: &Facts, day: Date, question: &str) -> (Word, Option<Date>) {
    let (segment, new_rules) = rules.on(day);
    let mut next = Next::after(day);
    next.maybe(new_rules);
    let mut worst = State::Met;
    if let Some(asked) = segment.asked(question) {
        for (at, view) in views(asked).filter(|(at, _)| segment.entries[*at].gates) {
            let verdict = judge(segment, at, view, facts, day);
            worst = worst.max(verdict.state);
            next.maybe(verdict.changes);
        }
    }
    (spoken(worst), next.day())
}

/// So many days on which something may change are looked at. With nothing new every answer comes to rest long before.
const STEPS: usize = 10_000;

fn first_other(
    rules: &Rulebook,
    facts: &Facts,
    question: &str,
    word: Word,
    mut next: Option<Date>,
) -> Option<Date> {
    for _ in 0..STEPS {
        let day = next?;
        let (then, following) = word_on(rules, facts, day, question);
        if then != word {
            return Some(day);
        }
        next = following;
    }
    None
}

/// The last day on which a requirement that is met today stays met with nothing new. A new rule under the same id
/// goes on where the old one ended.
fn until(
    rules: &Rulebook,
    facts: &Facts,
    at: usize,
    view: View,
    day: Date,
    verdict: &Verdict,
) -> Option<Date> {
    let id = &rules.on(day).0.entries[at].requirement.id;
    let mut next = Next::after(day);
    next.maybe(verdict.changes);
    next.maybe(rules.on(day).1);
    let mut next = next.day();
    for _ in 0..STEPS {
        let then = next?;
        let (segment, new_rules) = rules.on(then);
        let mut following = Next::after(then);
        following.maybe(new_rules);
        // Where the rule is gone, nothing asks any more.
        if let Some(at) = segment.entries.iter().position(|entry| &entry.requirement.id == id) {
            let verdict = judge(segment, at, view, facts, then);
            if verdict.state != State::Met {
                return then.yesterday().ok();
            }
            following.maybe(verdict.changes);
        }
        next = following.day();
    }
    None
}
