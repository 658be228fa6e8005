//! What stands on a sheet of paper, already in words, and whoever turns it into a file.
//!
//! The pages decide what a reader may see and how it is said; a press only lays it out. So what can set type, which is
//! large and slow to build, stays outside of everything that decides.

use serde::Serialize;

use crate::Lang;

/// One document to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The language of our own words on it, for whoever has it read aloud.
    #[serde(serialize_with = "tag")]
    pub lang: Lang,
    /// Its heading, and its title for a reader of files.
    pub title: String,
    /// The day it was printed, and that it may be out of date. Stands on every page.
    pub printed: String,
    /// Said at the end when a letter was typed that the press has no type for, and stands as a box.
    pub boxes: String,
    /// What it is.
    pub form: SheetForm,
}

/// What a sheet is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum SheetForm {
    /// Letter-size pages.
    Letter {
        /// Whose it is, who wrote it and when.
        under: String,
        /// Its parts.
        parts: Vec<Part>,
        /// What its reader may do with it; empty on one's own.
        notice: String,
        /// Whether the type is large.
        large: bool,
    },
    /// A card to cut out and fold, on a letter-size page.
    Card {
        /// What to do with it.
        lead: String,
        /// Whose it is.
        whose: String,
        /// What a stranger does with it.
        open: String,
        /// The code to scan as a drawing (SVG); empty when there is none.
        drawing: String,
        /// What the drawing is, for whoever can't see it.
        drawn: String,
        /// Where to type the code.
        address: String,
        /// The code to type.
        code: String,
        /// What strangers may read.
        parts: Vec<Part>,
    },
}

/// A heading with what was answered under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The heading.
    pub name: String,
    /// What was asked and answered.
    pub answers: Vec<PartAnswer>,
}

/// A question with what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartAnswer {
    /// The question.
    pub ask: String,
    /// One after the other; several in a list.
    pub lines: Vec<PartLine>,
    /// Whether it is a list.
    pub list: bool,
}

/// One answer: the words, and what belongs to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartLine {
    /// Our word before the answer, such as "If this"; may be empty.
    pub before: String,
    /// The answer.
    pub text: String,
    /// What belongs to it, each with our word before it, which may be empty.
    pub more: Vec<(String, String)>,
}

fn tag<S: serde::Serializer>(lang: &Lang, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(lang.tag())
}

/// Turns sheets into files.
pub trait Press: Send + Sync {
    /// The sheet as a PDF that a screen reader can read. Takes a while; not for a thread that answers others.
    ///
    /// # Errors
    /// When it could not be set, which is a fault of ours.
    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, Jam>;
}

/// A sheet could not be set. Says what the press said, never what stood on the sheet.
#[derive(Debug, thiserror::Error)]
#[error("a sheet could not be printed: {0}")]
pub struct Jam(pub String);
