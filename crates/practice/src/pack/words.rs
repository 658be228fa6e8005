//! What a programme calls things, in both languages.

use std::collections::BTreeMap;

use crate::{Lang, Text};

macro_rules! word_keys {
    ($($(#[$doc:meta])* $key:ident = $name:literal),* $(,)?) => {
        /// A thing that programmes call by different words. Pages ask for the key and never write the word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WordKey { $($(#[$doc])* $key),* }

        impl WordKey {
            /// Every key.
            pub const ALL: &'static [WordKey] = &[$(WordKey::$key),*];
            pub(super) const NAMES: &'static [(&'static str, WordKey)] = &[$(($name, WordKey::$key)),*];

            /// The name used in packs and templates.
            pub fn as_str(self) -> &'static str {
                match self { $(WordKey::$key => $name),* }
            }

            /// Reads the name used in packs and templates.
            pub fn parse(text: &str) -> Option<WordKey> {
                match text { $($name => Some(WordKey::$key),)* _ => None }
            }
        }
    };
}

word_keys! {
    /// Somebody supported: "person", "parent".
    Person = "person",
    /// With the article, for sentences: "the person", "la persona".
    ThePerson = "the_person",
    /// Several: "people", "parents".
    People = "people",
    /// The heading of a peer's list: "people I walk with".
    PeopleIWalkWith = "people_i_walk_with",
    /// Who walks with them: "peer specialist", "parent peer specialist".
    Peer = "peer",
    /// Several of those.
    Peers = "peers",
    /// Who reads and signs notes.
    Supervisor = "supervisor",
    /// What all belong to: "program".
    Programme = "programme",
    /// A meeting, call or outreach: "visit".
    Contact = "contact",
    /// Several of those.
    Contacts = "contacts",
    /// What is written about a contact.
    Note = "note",
    /// Several of those.
    Notes = "notes",
    /// What the person wants.
    Goal = "goal",
    /// Several of those.
    Goals = "goals",
    /// The person's plan: "my plan", "our plan".
    Plan = "plan",
    /// What somebody is good at and can lean on.
    Strengths = "strengths",
    /// Somebody on the person's side.
    Supporter = "supporter",
    /// Several of those.
    Supporters = "supporters",
    /// The other workers around the person.
    Team = "team",
    /// A linked child, in family programmes.
    Child = "child",
    /// Several of those.
    Children = "children",
    /// What the way is called: "recovery", "resilience".
    Journey = "journey",
}

/// A programme's words, every key present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub(super) BTreeMap<WordKey, Text>);

impl Words {
    /// The word as it stands inside a sentence.
    pub fn get(&self, key: WordKey, lang: Lang) -> &str {
        // `compile` makes sure that `common` has every key; its name is still better than nothing.
        self.0.get(&key).map_or(key.as_str(), |text| text.in_(lang))
    }

    /// The word in both languages.
    pub fn text(&self, key: WordKey) -> Option<&Text> {
        self.0.get(&key)
    }

    /// The word as it begins a heading or a button.
    pub fn heading(&self, key: WordKey, lang: Lang) -> String {
        let word = self.get(key, lang);
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}
