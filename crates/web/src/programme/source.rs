//! Where a rule comes from, in words.

use porchlight_practice::pack::{Confidence, Source, Strength};

use crate::page::Page;

/// Where something comes from, in words.
#[derive(Debug, Clone, Default)]
pub(crate) struct SourceLine {
    /// The document.
    pub document: String,
    /// Where it can be read.
    pub address: String,
    /// The ids of the requirements it answers.
    pub requirements: String,
    /// How strongly it asks.
    pub strength: String,
    /// The tone of that.
    pub tone: &'static str,
    /// Whether nobody has confirmed it.
    pub needs_checking: bool,
}

impl SourceLine {
    pub(crate) fn of(page: &Page, source: &Source) -> SourceLine {
        SourceLine {
            document: page.text(&source.document.title),
            address: source.document.address.clone().unwrap_or_default(),
            requirements: source.requirements.join(", "),
            strength: strength(page, source.strength),
            tone: tone(source.strength),
            needs_checking: source.confidence == Confidence::NeedsChecking,
        }
    }
}

pub(super) fn strength(page: &Page, strength: Strength) -> String {
    page.t(match strength {
        Strength::Must => "programme-strength-must",
        Strength::Should => "programme-strength-should",
        Strength::Recommended => "programme-strength-recommended",
        Strength::Preferred => "programme-strength-preferred",
    })
}

pub(super) fn tone(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "pri",
        Strength::Should => "info",
        Strength::Recommended | Strength::Preferred => "",
    }
}
