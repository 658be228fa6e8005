//! The person: who they are in their own words, and how to reach them safely.
//!
//! In a parent programme the parent is the person. A child is a linked, minimal record of that one parent; no other
//! record points to it, so of two caregivers of one child neither record reveals the other.

use crate::pack::Growing;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The longest text one field may hold, in characters.
pub const FIELD_LIMIT: usize = 20_000;

/// What the record says about a person. Everything but the name may be empty, and is never asked twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// How they want to be called.
    pub called: String,
    /// Their family name, for finding the record and for lists (shown as one letter).
    pub family_name: String,
    /// Their pronouns, as they say them.
    pub pronouns: String,
    /// How they want to be described ("a dad of three", "in recovery", "none of your labels").
    pub described: String,
    /// The language they like to speak.
    pub language: String,
    /// Whether they want an interpreter.
    pub interpreter: bool,
    /// Ways to reach them, the best first.
    pub ways: Vec<Way>,
    /// When it is safe and welcome to be in touch, in their words.
    pub safe_hours: String,
    /// What never to do ("no voicemail", "never write to the house").
    pub never: String,
    /// What they have going for them, in their words.
    pub strengths: Vec<String>,
    /// What matters to them.
    pub matters: String,
    /// What they need and do not have yet.
    pub needs: Vec<String>,
    /// Culture, faith, family ways, as they describe them.
    pub culture: String,
    /// Who is on their side, outside of any programme.
    pub natural_supports: Vec<NaturalSupport>,
}

/// A way to reach a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Phone, text message, e-mail, letter.
    pub kind: WayKind,
    /// The number or address.
    pub value: String,
    /// Whether somebody else may see or hear it.
    pub shared: bool,
}

/// A kind of way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    /// Calling.
    #[default]
    Phone,
    /// Text message.
    Message,
    /// E-mail.
    Email,
    /// Letter.
    Letter,
}

impl WayKind {
    /// Every kind, in the order shown to people.
    pub const ALL: [WayKind; 4] = [WayKind::Phone, WayKind::Message, WayKind::Email, WayKind::Letter];

    /// The name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            WayKind::Phone => "phone",
            WayKind::Message => "message",
            WayKind::Email => "email",
            WayKind::Letter => "letter",
        }
    }

    /// Reads the name in forms.
    pub fn parse(text: &str) -> Option<WayKind> {
        WayKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Somebody on the person's side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NaturalSupport {
    /// Their name, or who they are ("my sister").
    pub name: String,
    /// What they are good for ("picks up at night").
    pub how: String,
}

/// Why what was typed can't be kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileFault {
    /// No name to call them by.
    #[error("a record needs a name to call the person by")]
    NoName,
    /// A text is longer than [`FIELD_LIMIT`].
    #[error("a text is too long")]
    TooLong,
}

impl Profile {
    /// Takes what was typed: trims, drops empty lines, checks lengths.
    ///
    /// # Errors
    /// When there is no name, or a text is too long.
    pub fn checked(mut self) -> Result<Profile, ProfileFault> {
        for text in [
            &mut self.called,
            &mut self.family_name,
            &mut self.pronouns,
            &mut self.described,
            &mut self.language,
            &mut self.safe_hours,
            &mut self.never,
            &mut self.matters,
            &mut self.culture,
        ] {
            tidy(text)?;
        }
        for list in [&mut self.strengths, &mut self.needs] {
            for text in list.iter_mut() {
                tidy(text)?;
            }
            list.retain(|text| !text.is_empty());
        }
        for way in &mut self.ways {
            tidy(&mut way.value)?;
        }
        self.ways.retain(|way| !way.value.is_empty());
        for support in &mut self.natural_supports {
            tidy(&mut support.name)?;
            tidy(&mut support.how)?;
        }
        self.natural_supports.retain(|support| !support.name.is_empty());
        if self.called.is_empty() { Err(ProfileFault::NoName) } else { Ok(self) }
    }

    /// The name in lists: how they are called, and one letter of the family name.
    pub fn short_name(&self) -> String {
        match self.family_name.chars().next() {
            Some(letter) => format!("{} {}.", self.called, letter.to_uppercase()),
            None => self.called.clone(),
        }
    }
}

fn tidy(text: &mut String) -> Result<(), ProfileFault> {
    let trimmed = text.trim();
    if trimmed.chars().count() > FIELD_LIMIT {
        return Err(ProfileFault::TooLong);
    }
    if trimmed.len() != text.len() {
        *text = trimmed.to_string();
    }
    Ok(())
}

/// Initials for the round badge: at most two letters.
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The minimal record of a child: what to call them, and what they love. Nothing clinical, nothing about custody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// What to call the child.
    pub called: String,
    /// Year of birth, if the parent wants to say.
    pub born: Option<i16>,
    /// How the parent came to raise the child, an id of the pack's caregivers. No papers are asked for.
    pub tie: String,
    /// What the child loves, in the parent's words.
    pub loves: String,
}

impl Child {
    /// Takes what was typed.
    ///
    /// # Errors
    /// When there is no name, or a text is too long.
    pub fn checked(mut self) -> Result<Child, ProfileFault> {
        tidy(&mut self.called)?;
        tidy(&mut self.loves)?;
        if self.called.is_empty() { Err(ProfileFault::NoName) } else { Ok(self) }
    }

    /// What many children of this one's age are still learning. Only the year of birth is known, so the age is the one they reach
    /// this year, or the one before for whoever outgrows the last of these this year.
    pub fn growing<'a>(&self, growing: &'a [Growing], today: Date) -> Option<&'a Growing> {
        let age = u32::try_from(i32::from(today.year()) - i32::from(self.born?)).ok()?;
        let at = |age| growing.iter().find(|one| one.ages.contains(&age));
        at(age).or_else(|| at(age.checked_sub(1)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_record_needs_only_a_name() {
        assert_eq!(Profile::default().checked(), Err(ProfileFault::NoName));
        let typed = Profile {
            called: " Darnell ".into(),
            family_name: "washington".into(),
            strengths: vec!["  ".into(), " shows up ".into()],
            ..Profile::default()
        };
        let kept = typed.checked().unwrap();
        assert_eq!(kept.short_name(), "Darnell W.");
        assert_eq!(kept.strengths, ["shows up"]);
        let too_long =
            Profile { called: "D".into(), matters: "x".repeat(FIELD_LIMIT + 1), ..Profile::default() };
        assert_eq!(too_long.checked(), Err(ProfileFault::TooLong));
    }

    proptest! {
        #[test]
        fn checking_twice_changes_nothing(called in "\\PC{1,20}", list in prop::collection::vec("\\PC{0,10}", 0..5)) {
            let typed = Profile { called, strengths: list, ..Profile::default() };
            if let Ok(once) = typed.checked() {
                prop_assert_eq!(once.clone().checked(), Ok(once));
            }
        }

        #[test]
        fn initials_are_short(name in "\\PC{0,40}") {
            prop_assert!(initials(&name).chars().count() <= 6);
        }
    }
}
