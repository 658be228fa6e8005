//! Words that respect: finds what hurts or labels a person in a text, and says kindly what to try.
//!
//! Packs say what is said, what to try and when it is no fault ([`Term`], [`FinePhrase`]); a [`Checker`] is made of
//! the terms of a day and reads any text in one pass. What it finds then passes the rules of
//! [`context`]: somebody's own words stay theirs, names and law and diagnosis stay as they are, and what is denied,
//! retold or not about a person is no fault. It suggests. It never changes a text and never holds anybody up.

mod context;
mod fit;
pub mod focus;
mod pattern;
pub mod plain;
mod scan;
mod signs;
mod split;
mod text;
mod tree;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use pattern::{PatternFault, Say, Try};
pub use scan::Checker;
pub(crate) use text::fold;

use crate::Lang;
use crate::pack::{PackId, Source, closed_names};

closed_names! {
    /// What kind of fault a term is, which decides which contexts excuse it.
    TermKind {
        /// What somebody is called.
        Label = "label",
        /// What is told of what somebody does or is like.
        Telling = "telling",
        /// What goes beyond the role of a peer, whoever says it.
        Scope = "scope",
        /// A hard word that has a simpler one; looked for only in text meant for people.
        Plain = "plain",
    }
}

closed_names! {
    /// A context that usually excuses a term, and does not excuse this one.
    Even {
        /// "Not compliant" is as hard as "non-compliant".
        Denied = "denied",
        /// When somebody is said to have said it.
        Retold = "retold",
        /// When the writer says it of themselves.
        Myself = "myself",
        /// In the name of something.
        Named = "named",
    }
}

closed_names! {
    /// Of what a term must be said to count.
    AboutWhom {
        /// Of anything.
        Anything = "anything",
        /// Somebody must stand just before it: "he is clean", not "the kitchen is clean".
        Somebody = "somebody",
        /// It must not be a grown person's own: "her son's", not "the mother's own".
        Child = "child",
        /// The writer must be the one who does it: "I assessed her", not "the nurse assessed her".
        Writer = "writer",
    }
}

/// Something that is said, with what to try instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its name in packs, and in what people chose to keep.
    pub id: String,
    /// The pack it stands in.
    pub pack: PackId,
    /// The language it is said in.
    pub lang: Lang,
    /// What kind of fault it is.
    pub kind: TermKind,
    /// Of whom it must be said.
    pub about: AboutWhom,
    /// What must stand before it in the sentence, for it to count.
    pub near: Option<Near>,
    /// Whether it counts only where it is done to a person: "assessed her", not "assessed the roof".
    pub to_people: bool,
    /// Contexts that do not excuse it.
    pub even: Vec<Even>,
    /// What is said, with what to try instead of it.
    pub forms: Vec<Form>,
    /// Why, in one kind sentence.
    pub why: String,
    /// Expressions in which it is no fault.
    pub unless: Vec<Say>,
    /// Where it comes from.
    pub source: Source,
}

/// Ways to say something that share what to try instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What is said.
    pub say: Vec<Say>,
    /// One to three things to try, each fitting in its place.
    pub tries: Vec<Try>,
}

/// Words of which one must stand not far before an expression: "told her to" before "skip the dose".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// In small letters and without accents.
    pub words: Vec<String>,
    /// How many words it reaches back at most.
    pub within: usize,
}

/// Expressions in which nothing is a fault, such as the name of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinePhrase {
    /// Its name in packs.
    pub id: String,
    /// The expressions.
    pub say: Vec<Say>,
    /// Where it comes from.
    pub source: Source,
}

/// All that a programme says about words on one day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// What is said, with what to try.
    pub terms: Vec<Arc<Term>>,
    /// Expressions in which nothing is a fault.
    pub fine: Vec<Arc<FinePhrase>>,
}

/// How a text is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading<'a> {
    /// Only the terms of this language; without one those of all, since many write in two.
    pub lang: Option<Lang>,
    /// Whether the text is meant for the person, so that hard words count too.
    pub plain: bool,
    /// Terms that were kept for the person it is about.
    pub kept: Option<&'a BTreeSet<String>>,
}

/// Why a word stays as it is for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Whoever writes wants to keep it.
    Keep,
    /// It is how the person says it.
    Says,
}

impl Kept {
    /// Reads the name that forms send.
    pub fn parse(text: &str) -> Option<Kept> {
        match text {
            "keep" => Some(Kept::Keep),
            "says" => Some(Kept::Says),
            _ => None,
        }
    }
}

/// The terms that stay as they are for a person, each with its reason.
pub type KeptTerms = BTreeMap<String, Kept>;

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding<'c> {
    /// The byte where it begins.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// Exactly what stands there.
    pub text: &'c str,
    /// The term's id.
    pub term: &'c str,
    /// What to try in its place.
    #[serde(rename = "try")]
    pub tries: Vec<Cow<'c, str>>,
    /// Why, in one kind sentence.
    pub why: &'c str,
    /// The pack that says so.
    pub pack: &'c str,
}
