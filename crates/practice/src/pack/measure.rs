//! Measures: short sets of questions that somebody made, and whether their words may be used. The words themselves are a
//! tool, in this pack or in a programme's own.

use serde::{Deserialize, Serialize};

use super::entry::Noun;
use super::read::Entry;
use super::{Confidence, Licence, Source};
use crate::Text;

/// A measure, with what is known about its licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its name; a tool with these questions says `measure = "…"`.
    pub id: String,
    /// What people call it.
    pub name: Text,
    /// Whether its words may be used.
    pub licence: Licence,
    /// Whose words they are, on what terms, and what is not known.
    pub terms: Text,
    /// Whether it looks for an illness. That is no part of peer support: such a one is never offered, with a permission
    /// or without.
    pub clinical: bool,
    /// Where that is known from.
    pub source: Source,
}

impl Noun for Measure {
    const TABLE: &'static str = "measure";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let licence = entry.one_of("licence", Licence::NAMES);
        let terms = entry.words("terms");
        let clinical = entry.maybe_flag("clinical").unwrap_or(false);
        if licence == Some(Licence::Free) && source.confidence == Confidence::NeedsChecking {
            entry.fault_at(
                "licence",
                "terms that still need checking are no permission; write licence = \"ask\"",
            );
        }
        Some(Measure {
            id: id.to_owned(),
            name: name?,
            licence: licence?,
            terms: terms?,
            clinical,
            source: source.clone(),
        })
    }
}

/// Where somebody's permission to use a measure is, as an administrator recorded it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// Who gave it.
    pub given_by: String,
    /// On which day.
    pub on: jiff::civil::Date,
    /// Its last day, if it has one.
    pub until: Option<jiff::civil::Date>,
    /// Where the letter or the mail is kept.
    pub kept: String,
}

impl Permission {
    /// Whether it counts on a day.
    pub fn in_force(&self, on: jiff::civil::Date) -> bool {
        self.on <= on && self.until.is_none_or(|until| on <= until)
    }
}
