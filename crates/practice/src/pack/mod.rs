//! What a state or agency asks, as data.
//!
//! A pack is a folder of TOML files. [`compile`] reads all folders at once and answers with every fault it finds,
//! each at its file, line and column, with what would be right. The folder `common` lies under every other pack:
//! a state's entry with the same id takes the place of the common one, and `left_out = true` takes it away.
//!
//! [`Pack::rules`] then answers what is in force on one day, with the programme's own [`Settings`] on top. Nothing
//! here reads a file, a clock or a database; where the text comes from is the program's business.

mod difference;
mod entry;
mod explain;
mod goal;
mod guide;
mod measure;
mod pairing;
pub(crate) mod read;
mod rounding;
mod rule;
mod rulebook;
mod rules;
mod safety;
mod settings;
mod source;
mod term;
mod tool;
mod words;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Text;
use entry::Entries;
use read::{Faults, Parsed};

pub use difference::{Difference, How, Part};
pub use explain::{Reason, Topic};
pub use goal::{BarrierHelp, GoalArea};
pub use guide::{Guide, Round};
pub use measure::{Measure, Permission};
pub use pairing::{CommonGround, GroundRule, MentorStep};
pub use rounding::Rounding;
pub use rule::NOT_CHOSEN;
pub(crate) use rules::closed_names;
pub use rules::{
    Activity, ActivityGroup, AdvocacyRules, ChecklistItem, Choice, ContactKind, Element, Growing, HelpLine,
    KindOfSupport, LearnAt, LearnFor, NoteField, NoteRules, Orientation, Right, Rules, SignedBy, Skill,
    SupportRules, Title, icons,
};
pub use safety::{RungOffer, SafetyRules, SafetyStep, StepClock};
pub use settings::{Setting, SettingChoice, SettingFault, SettingKind, SettingValue, Settings, Stricter};
pub use source::{Confidence, Document, Source, Strength};
pub use tool::{
    Licence, Link, Prints, Question, QuestionKind, Score, Section, Shelf, Suits, Theme, Tool, ToolChoice,
    Writes,
};
pub use words::{WordKey, Words};

/// The folder that lies under every other pack.
pub const COMMON: &str = "common";

/// One file of a pack, as text. The path names the pack's folder and the file: `us-ga-adult/contact.toml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceFile {
    /// `folder/file.toml`, with forward slashes.
    pub path: String,
    /// The file's text.
    pub text: String,
}

/// The name of a pack: its folder, such as `us-al-parent`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PackId(pub String);

impl PackId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PackId {
    fn from(name: &str) -> Self {
        PackId(name.to_owned())
    }
}

impl fmt::Display for PackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 over the exact text of a pack and of `common` under it. Records name it, so that years later one can
/// tell by which rules they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PackHash(pub [u8; 32]);

impl PackHash {
    /// Each path and text is preceded by its length, so that no two different bundles give the same bytes.
    fn of(bundle: &[SourceFile]) -> PackHash {
        let mut hasher = Sha256::new();
        for file in bundle {
            for part in [&file.path, &file.text] {
                hasher.update((part.len() as u64).to_be_bytes());
                hasher.update(part.as_bytes());
            }
        }
        PackHash(hasher.finalize().into())
    }
}

impl fmt::Display for PackHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A text that is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a pack's hash is 64 hexadecimal digits")]
pub struct BadHash;

impl FromStr for PackHash {
    type Err = BadHash;

    fn from_str(text: &str) -> Result<Self, BadHash> {
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(BadHash);
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| BadHash)?;
        }
        Ok(PackHash(bytes))
    }
}

impl TryFrom<String> for PackHash {
    type Error = BadHash;

    fn try_from(text: String) -> Result<Self, BadHash> {
        text.parse()
    }
}

impl From<PackHash> for String {
    fn from(hash: PackHash) -> String {
        hash.to_string()
    }
}

/// Something wrong in a pack's text, at its place, with what would be right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct Fault {
    /// The file's path as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Every pack that was compiled together.
#[derive(Debug, Clone)]
pub struct Library {
    packs: BTreeMap<PackId, Arc<Pack>>,
}

impl Library {
    /// The pack with this name.
    pub fn get(&self, id: &PackId) -> Option<Arc<Pack>> {
        self.packs.get(id).cloned()
    }

    /// Every pack, `common` among them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Pack>> {
        self.packs.values()
    }
}

/// A pack with `common` under it: every entry with its dates, and the exact text it came from.
#[derive(Clone)]
pub struct Pack {
    /// The folder's name.
    pub id: PackId,
    /// The version its authors gave it, such as `2026.11`.
    pub version: String,
    /// What people call it, such as "Georgia, adults".
    pub name: Text,
    /// Whether the supported person is the parent or caregiver of a child.
    pub family: bool,
    /// Whether this programme speaks of recovery or of resilience.
    pub orientation: Orientation,
    /// Themes whose tools wait until a person asks for them.
    pub tucked_away: Vec<Theme>,
    /// Over the exact text, `common` included.
    pub hash: PackHash,
    bundle: Vec<SourceFile>,
    common: Arc<Entries>,
    own: Arc<Entries>,
}

impl Pack {
    /// The exact texts, `common` first. An adopted pack is stored as these, and [`compile`] makes it again from
    /// them, with the same hash.
    pub fn bundle(&self) -> Vec<SourceFile> {
        self.bundle.clone()
    }

    /// The next day after this one on which an entry comes into force or has ended, if there is one. Until then
    /// [`Pack::rules`] gives the same answer, so it need not be asked again.
    pub fn next_change(&self, after: Date) -> Option<Date> {
        let days = self.common.days().into_iter().chain(self.own.days());
        days.filter(|day| *day > after).min()
    }
}

/// Names the pack; its whole text would drown every message it stands in.
impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pack")
            .field("id", &self.id)
            .field("version", &self.version)
            .field("hash", &format_args!("{}", self.hash))
            .finish_non_exhaustive()
    }
}

/// Reads every pack in these files. `common` must be among them.
///
/// # Errors
/// Every fault that was found, in the order of files and lines.
pub fn compile(files: &[SourceFile]) -> Result<Library, Vec<Fault>> {
    let faults = Faults::default();
    let mut folders: BTreeMap<&str, Vec<&SourceFile>> = BTreeMap::new();
    let mut paths = BTreeSet::new();
    for file in files {
        match file.path.split_once('/') {
            Some((folder, name)) if is_folder(folder) && name.ends_with(".toml") && !name.contains('/') => {
                if paths.insert(&file.path) {
                    folders.entry(folder).or_default().push(file);
                } else {
                    faults.at_start(&file.path, "this file was given twice");
                }
            }
            _ => faults.at_start(
                &file.path,
                "a pack's file is named folder/file.toml; the folder has small letters, digits and hyphens",
            ),
        }
    }
    for files in folders.values_mut() {
        files.sort();
    }
    let parsed: BTreeMap<&str, Vec<Parsed<'_>>> = folders
        .iter()
        .map(|(folder, files)| (*folder, files.iter().map(|file| Parsed::new(file, &faults)).collect()))
        .collect();

    let Some(common_files) = parsed.get(COMMON) else {
        faults.at_start("common/pack.toml", "the folder `common` is missing; it lies under every pack");
        return Err(faults.into_sorted());
    };
    let common = Arc::new(Entries::read(common_files, None, &faults));
    let mut packs = BTreeMap::new();
    for (folder, files) in &parsed {
        let own = if *folder == COMMON {
            Arc::new(Entries::default())
        } else {
            Arc::new(Entries::read(files, Some(&common), &faults))
        };
        let Some(head) = entry::head(folder, files, &faults) else { continue };
        let mut bundle: Vec<SourceFile> = folders[COMMON].iter().map(|file| (*file).clone()).collect();
        if *folder != COMMON {
            bundle.extend(folders[folder].iter().map(|file| (*file).clone()));
        }
        let id = PackId((*folder).to_owned());
        let pack = Pack {
            id: id.clone(),
            version: head.version,
            name: head.name,
            family: head.family,
            orientation: head.orientation,
            tucked_away: head.tucked_away,
            hash: PackHash::of(&bundle),
            bundle,
            common: common.clone(),
            own,
        };
        packs.insert(id, Arc::new(pack));
    }
    // What points to nothing is told once everything else can be read.
    if faults.is_empty() {
        let none = Entries::default();
        let own = packs.values().filter(|pack| pack.id.as_str() != COMMON);
        let own = own.map(|pack| (pack.id.as_str(), &*pack.own));
        for (folder, own) in std::iter::once((COMMON, &none)).chain(own) {
            rule::check(&common, own, &faults);
            goal::check(&common, own, &faults);
            pairing::check(folder, &common, own, &faults);
        }
    }
    let faults = faults.into_sorted();
    if faults.is_empty() { Ok(Library { packs }) } else { Err(faults) }
}

fn is_folder(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
