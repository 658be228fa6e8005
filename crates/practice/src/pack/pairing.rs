//! What people who meet can share, what both agree to, and what somebody needs who is there for another.

use super::entry::{Entries, Noun, days, layered};
use super::read::{Entry, Faults};
use super::{COMMON, Source};
use crate::Text;
use crate::pairing::GroundKind;
use crate::pairing::index::MOST_GROUNDS;

/// Something that two people can have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonGround {
    /// Its name in records.
    pub id: String,
    /// What kind of thing it is.
    pub kind: GroundKind,
    /// What people read, as it stands inside the sentence of its kind: "a teenager", "talk by phone".
    pub name: Text,
    /// Where it comes from.
    pub source: Source,
}

/// Something both agree to before they talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroundRule {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub text: Text,
    /// Where it comes from.
    pub source: Source,
}

/// Something that is done with somebody before they are there for another. All of them, or nobody is suggested to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentorStep {
    /// Its name in records.
    pub id: String,
    /// What is done.
    pub name: Text,
    /// How to do it, in a sentence or two.
    pub help: Text,
    /// Where it comes from.
    pub source: Source,
}

impl Noun for CommonGround {
    const TABLE: &'static str = "common_ground";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let kind = entry.one_of("kind", GroundKind::NAMES);
        let name = entry.words("name");
        Some(CommonGround { id: id.to_owned(), kind: kind?, name: name?, source: source.clone() })
    }
}

impl Noun for GroundRule {
    const TABLE: &'static str = "ground_rule";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let text = entry.words("text");
        Some(GroundRule { id: id.to_owned(), text: text?, source: source.clone() })
    }
}

impl Noun for MentorStep {
    const TABLE: &'static str = "mentor_step";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let help = entry.words("help");
        Some(MentorStep { id: id.to_owned(), name: name?, help: help?, source: source.clone() })
    }
}

/// A fault where people could never meet: more to share than can be compared, or nothing of a kind that two need to talk.
pub(super) fn check(folder: &str, common: &Entries, own: &Entries, faults: &Faults) {
    let file = if folder == COMMON { "common/pack.toml".to_owned() } else { format!("{folder}/pack.toml") };
    for day in days(common, own) {
        let grounds = layered(&common.common_grounds, &own.common_grounds, day);
        if grounds.is_empty() {
            continue;
        }
        if grounds.len() > MOST_GROUNDS {
            let message = format!("there are more than {MOST_GROUNDS} [[common_ground]] on {day}");
            return faults.at_start(&file, message);
        }
        let missing = GroundKind::ALL
            .into_iter()
            .find(|kind| kind.is_needed() && !grounds.iter().any(|ground| ground.kind == *kind));
        if let Some(kind) = missing {
            let message = format!(
                "there is no [[common_ground]] of the kind `{}` on {day}; without one nobody can meet",
                kind.as_str()
            );
            return faults.at_start(&file, message);
        }
    }
}
