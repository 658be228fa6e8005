//! Where an entry of a pack comes from, how sure we are of it, and how strongly it asks.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Text;

/// How strongly the source asks. Only [`Strength::Must`] may ever hold anybody up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Good to have.
    Preferred,
    /// Advised.
    Recommended,
    /// Expected; a reminder, never a block.
    Should,
    /// Required.
    Must,
}

impl Strength {
    pub(super) const NAMES: &[(&'static str, Strength)] = &[
        ("must", Strength::Must),
        ("should", Strength::Should),
        ("recommended", Strength::Recommended),
        ("preferred", Strength::Preferred),
    ];

    /// The name used in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Strength::Must => "must",
            Strength::Should => "should",
            Strength::Recommended => "recommended",
            Strength::Preferred => "preferred",
        }
    }
}

/// How sure we are that the source says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// It stands in the document itself.
    Stated,
    /// It was found in a named public source.
    Found,
    /// Nobody has confirmed it. It may be a setting or a reminder, never a must.
    NeedsChecking,
}

impl Confidence {
    pub(super) const NAMES: &[(&'static str, Confidence)] = &[
        ("stated", Confidence::Stated),
        ("found", Confidence::Found),
        ("needs_checking", Confidence::NeedsChecking),
    ];

    /// The name used in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Stated => "stated",
            Confidence::Found => "found",
            Confidence::NeedsChecking => "needs_checking",
        }
    }
}

/// A document that entries point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its name inside the pack.
    pub id: String,
    /// What people call it.
    pub title: Text,
    /// The day it carries, when it carries one.
    pub dated: Option<Date>,
    /// Where it can be read, when it is public.
    pub address: Option<String>,
}

/// Why an entry stands in a pack, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The ids in `docs/requirements.toml` that this entry answers, such as `AL-14`. May be empty.
    pub requirements: Vec<String>,
    /// The document it comes from.
    pub document: Arc<Document>,
    /// How sure we are.
    pub confidence: Confidence,
    /// How strongly it asks.
    pub strength: Strength,
    /// The first day it is in force.
    pub from: Date,
    /// The last day it is in force; none means until further notice.
    pub until: Option<Date>,
}

impl Source {
    /// Whether it is in force on this day; the first and the last day count.
    pub fn in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|last| on <= last)
    }
}
