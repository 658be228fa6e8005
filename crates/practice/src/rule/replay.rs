//! What other rules would have said: for those who decide when to adopt a new version of a pack.

use jiff::civil::Date;

use super::day::after;
use super::{Answer, Facts, Rulebook, Word, ask_one};

/// Days on which two sets of rules give another word to the same question about the same worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The question's id.
    pub question: String,
    /// The first day.
    pub from: Date,
    /// The last day, at most the last one asked about.
    pub until: Date,
    /// The answer by the first rules on the first of these days; none where they have no such question.
    pub before: Option<Answer>,
    /// The answer by the other rules.
    pub after: Option<Answer>,
}

/// Where two sets of rules differ about one worker, from one day to another, both included. Only days on which a word
/// can change are looked at.
pub fn replay(old: &Rulebook, new: &Rulebook, facts: &Facts, from: Date, until: Date) -> Vec<Other> {
    let mut questions: Vec<String> = Vec::new();
    for question in old.every_question().chain(new.every_question()) {
        if !questions.iter().any(|known| known == question) {
            questions.push(question.to_owned());
        }
    }
    let mut found = Vec::new();
    for question in questions {
        let mut open: Option<Other> = None;
        let mut day = from;
        while day <= until {
            let before = ask_one(old, facts, day, &question);
            let now = ask_one(new, facts, day, &question);
            let next = [(old, &before), (new, &now)].into_iter().filter_map(|(rules, answer)| {
                // A question that is not there today may be there with the next rules.
                let rules = rules.on(day).1;
                answer.as_ref().and_then(|answer| answer.next_change).into_iter().chain(rules).min()
            });
            let last =
                next.min().and_then(|next| next.yesterday().ok()).map_or(until, |last| last.min(until));
            let word = |answer: &Option<Answer>| answer.as_ref().map(|answer| answer.word);
            let words: [Option<Word>; 2] = [word(&before), word(&now)];
            let same = |other: &Other| [word(&other.before), word(&other.after)] == words;
            match &mut open {
                Some(other) if same(other) => other.until = last,
                _ => {
                    found.extend(open.take());
                    if words[0] != words[1] {
                        let question = question.clone();
                        open = Some(Other { question, from: day, until: last, before, after: now });
                    }
                }
            }
            if last == until {
                break;
            }
            day = after(last);
        }
        found.extend(open);
    }
    found
}
