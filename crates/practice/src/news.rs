//! What can happen to how somebody signs in. Its owner is told of each, by whom it was done or not.

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum News {
    /// Somebody signed in on a device on which this account had not signed in before.
    NewDevice,
    /// Several wrong passwords were typed.
    WrongPasswords,
    /// The right password was typed, and then several wrong codes of the second step.
    WrongCodes,
    /// Whoever runs the programme, or a mailbox, was given a link for a new password.
    LinkMade,
    /// A new password was set by such a link.
    PasswordByLink,
    /// The password was changed.
    PasswordChanged,
    /// The second step was set up.
    SecondStepSet,
    /// The owner took the second step off.
    SecondStepOff,
    /// Whoever runs the programme took the second step off.
    SecondStepTakenOff,
    /// New codes for paper were made.
    NewCodes,
    /// The mailbox for notices was changed.
    Mailbox,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// The account was linked with the agency's provider of single sign-on.
    SingleSignOnAdded,
    /// That link was taken off.
    SingleSignOnRemoved,
}

impl News {
    /// Everything that can happen.
    pub const ALL: [News; 15] = [
        News::NewDevice,
        News::WrongPasswords,
        News::WrongCodes,
        News::LinkMade,
        News::PasswordByLink,
        News::PasswordChanged,
        News::SecondStepSet,
        News::SecondStepOff,
        News::SecondStepTakenOff,
        News::NewCodes,
        News::Mailbox,
        News::PasskeyAdded,
        News::PasskeyRemoved,
        News::SingleSignOnAdded,
        News::SingleSignOnRemoved,
    ];

    /// The name in rows, and in the keys of sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            News::NewDevice => "new-device",
            News::WrongPasswords => "wrong-passwords",
            News::WrongCodes => "wrong-codes",
            News::LinkMade => "link-made",
            News::PasswordByLink => "password-by-link",
            News::PasswordChanged => "password-changed",
            News::SecondStepSet => "second-step-set",
            News::SecondStepOff => "second-step-off",
            News::SecondStepTakenOff => "second-step-taken-off",
            News::NewCodes => "new-codes",
            News::Mailbox => "mailbox",
            News::PasskeyAdded => "passkey-added",
            News::PasskeyRemoved => "passkey-removed",
            News::SingleSignOnAdded => "single-sign-on-added",
            News::SingleSignOnRemoved => "single-sign-on-removed",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<News> {
        News::ALL.into_iter().find(|news| news.as_str() == text)
    }

    /// After how many wrong tries in a row, of this kind, its owner is told; none for what is no try.
    pub fn after_tries(self) -> Option<u32> {
        match self {
            News::WrongPasswords => Some(5),
            // Somebody who tries codes has the password already.
            News::WrongCodes => Some(3),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for news in News::ALL {
            assert_eq!(News::parse(news.as_str()), Some(news));
        }
        assert_eq!(News::parse("something later"), None);
    }
}
