//! The rules of a programme on every day.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::Text;

use super::requirement::{Cadence, Kind, Question, Requirement};

/// A requirement as it is in force for one programme, its settings settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// What is asked.
    pub requirement: Arc<Requirement>,
    /// Whether it can hold anybody up: the pack's must, or the programme's own.
    pub gates: bool,
    /// Whether the programme made it its own must.
    pub adopted: bool,
    /// The setting the programme has not chosen, without which this can't be judged.
    pub choose: Option<String>,
    /// Where its parts stand among the entries of the day.
    pub(crate) parts: Vec<usize>,
}

/// A question with the requirements that answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) question: Arc<Question>,
    /// The entries that ask whether something holds.
    pub(crate) holds: Vec<usize>,
    /// The entries of continuing education that ask whether the hours are together.
    pub(crate) ready: Vec<usize>,
}

/// Days on which nothing in the rules changes.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) from: Date,
    pub(crate) entries: Vec<InForce>,
    pub(crate) asked: Vec<Asked>,
}

impl Segment {
    pub(crate) fn new(from: Date, entries: Vec<InForce>, questions: Vec<Question>) -> Segment {
        let of = |list: fn(&Requirement) -> &[String], id: &str| -> Vec<usize> {
            let named = |at: &usize| list(&entries[*at].requirement).iter().any(|name| name == id);
            (0..entries.len()).filter(named).collect()
        };
        let asked = questions
            .into_iter()
            .map(|question| Asked {
                holds: of(|one| &one.questions, &question.id),
                ready: of(|one| &one.ready, &question.id),
                question: Arc::new(question),
            })
            .collect();
        Segment { from, entries, asked }
    }

    /// Whether the other says the same.
    pub(crate) fn same(&self, other: &Segment) -> bool {
        self.entries == other.entries && self.asked == other.asked
    }

    pub(crate) fn asked(&self, question: &str) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.question.id == question)
    }
}

/// Everything a pack asks of workers, for one programme with its choices, on every day.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// In the order of their days; the first begins with the calendar.
    segments: Vec<Segment>,
    /// The ids of the questions that some requirement answers on some day.
    answered: Vec<String>,
    /// What papers, fields, kinds of work, exams, sponsors and topics are called.
    names: BTreeMap<String, Text>,
}

impl Rulebook {
    pub(crate) fn new(segments: Vec<Segment>, names: BTreeMap<String, Text>) -> Rulebook {
        let mut answered: Vec<String> = Vec::new();
        for asked in segments.iter().flat_map(|segment| &segment.asked) {
            let asks = !asked.holds.is_empty() || !asked.ready.is_empty();
            if asks && !answered.contains(&asked.question.id) {
                answered.push(asked.question.id.clone());
            }
        }
        Rulebook { segments, answered, names }
    }

    /// What is in force on a day, and the day on which something else is.
    pub(crate) fn on(&self, day: Date) -> (&Segment, Option<Date>) {
        let next = self.segments.partition_point(|segment| segment.from <= day);
        // The first segment begins with the calendar, so there is always one before.
        (&self.segments[next.saturating_sub(1)], self.segments.get(next).map(|segment| segment.from))
    }

    /// The questions that can be asked on a day, in the pack's order.
    pub fn questions(&self, day: Date) -> impl Iterator<Item = &Arc<Question>> {
        let asked = self.on(day).0.asked.iter().map(|asked| &asked.question);
        asked.filter(|question| self.answered.contains(&question.id))
    }

    /// The ids of every question that some requirement answers on some day.
    pub fn every_question(&self) -> impl Iterator<Item = &str> {
        self.answered.iter().map(String::as_str)
    }

    /// Every question of every day that some requirement answers, each once.
    pub fn all_questions(&self) -> Vec<Arc<Question>> {
        let mut found: Vec<Arc<Question>> = Vec::new();
        for asked in self.segments.iter().flat_map(|segment| &segment.asked) {
            let id = &asked.question.id;
            if self.answered.contains(id) && !found.iter().any(|other| &other.id == id) {
                found.push(asked.question.clone());
            }
        }
        found
    }

    /// What the ids in facts are called.
    pub fn names(&self) -> &BTreeMap<String, Text> {
        &self.names
    }

    /// Whether some requirement, on some day, counts the hours with people. Whoever gathers facts need not add them up
    /// where nothing asks.
    pub fn counts_service(&self) -> bool {
        let counts = |entry: &InForce| match &entry.requirement.kind {
            Kind::Supervision(asked) => {
                asked.clauses.iter().any(|clause| matches!(clause.cadence, Cadence::ServiceHours(_)))
            }
            _ => false,
        };
        self.segments.iter().any(|segment| segment.entries.iter().any(counts))
    }

    /// The questions of a day that supervision answers.
    pub fn about_supervision(&self, day: Date) -> impl Iterator<Item = &Arc<Question>> {
        let segment = self.on(day).0;
        let by = |at: &usize| matches!(segment.entries[*at].requirement.kind, Kind::Supervision(_));
        segment.asked.iter().filter(move |asked| asked.holds.iter().any(by)).map(|asked| &asked.question)
    }

    /// The requirements in force on a day.
    pub fn requirements(&self, day: Date) -> &[InForce] {
        &self.on(day).0.entries
    }
}
