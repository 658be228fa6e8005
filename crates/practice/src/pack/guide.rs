//! Guides to talk along in a group: a dialogue on recovery, a first evening, a closing. Rounds, each with words to say and a
//! time that nobody has to keep.

use super::Source;
use super::entry::Noun;
use super::read::Entry;
use crate::Text;

/// A guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// What it is good for.
    pub purpose: Text,
    /// Its rounds, in order.
    pub rounds: Vec<Round>,
    /// Where it comes from.
    pub source: Source,
}

/// One round of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// What it is called.
    pub name: Text,
    /// What whoever leads can say, and what they ask.
    pub say: Text,
    /// About how long, in minutes.
    pub minutes: u32,
}

impl Guide {
    /// About how long it is in all, in minutes.
    pub fn minutes(&self) -> u32 {
        self.rounds.iter().map(|round| round.minutes).sum()
    }
}

impl Noun for Guide {
    const TABLE: &'static str = "group_guide";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let (name, purpose) = (entry.words("name"), entry.words("purpose"));
        let read = |round: &Entry<'_>| {
            let (name, say, minutes) = (round.words("name"), round.words("say"), round.number("minutes"));
            if minutes.is_some_and(|minutes| !(1..=120).contains(&minutes)) {
                round.fault_at("minutes", "a round takes 1 to 120 minutes");
            }
            round.finish();
            Some(Round { name: name?, say: say?, minutes: minutes? })
        };
        let inner = entry.inners("round");
        if inner.is_empty() {
            entry.fault("a guide has rounds: [[group_guide.round]] with name, say and minutes");
        }
        let rounds: Vec<Round> = inner.iter().filter_map(read).collect();
        Some(Guide { id: id.to_owned(), name: name?, purpose: purpose?, rounds, source: source.clone() })
    }
}
