//! The ways to reach somebody who has to act, outside of the pages.

use serde::{Deserialize, Serialize};

/// A way to reach somebody. The page in the app is none of them: it is always there as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// An e-mail.
    Email,
    /// A message that the browser or the phone shows, even when no page is open.
    Push,
    /// A text message to a phone.
    Text,
    /// A phone that rings, and a voice.
    Call,
    /// A signed message to a system of the agency, such as its own pager.
    Webhook,
}

impl Means {
    /// Every means.
    pub const ALL: [Means; 5] = [Means::Email, Means::Push, Means::Text, Means::Call, Means::Webhook];

    /// The name in packs, rows and the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Means::Email => "email",
            Means::Push => "push",
            Means::Text => "text",
            Means::Call => "call",
            Means::Webhook => "webhook",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Means> {
        Means::ALL.into_iter().find(|means| means.as_str() == text)
    }

    /// Whether it makes a phone ring. Only such a means, answered in a test call, lets a page say that somebody is
    /// being called.
    pub fn rings(self) -> bool {
        match self {
            Means::Call => true,
            Means::Email | Means::Push | Means::Text | Means::Webhook => false,
        }
    }
}

impl std::fmt::Display for Means {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_is_the_one_in_a_pack() {
        for means in Means::ALL {
            assert_eq!(Means::parse(means.as_str()), Some(means));
            assert_eq!(serde_json::to_string(&means).unwrap(), format!("\"{means}\""));
        }
        assert_eq!(Means::parse("fax"), None);
    }
}
