//! Where somebody is reached. An address is personal: it is shown nowhere, not even when debugging.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use porchlight_practice::Means;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a notice goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A mailbox.
    Email(EmailAddress),
    /// A browser.
    Push(Subscription),
    /// A phone, by text message.
    Text(PhoneNumber),
    /// A phone that rings.
    Call(PhoneNumber),
    /// The agency's own system, which is told the account's id and nothing else about whom to reach.
    Webhook(Uuid),
}

impl Address {
    /// By which means.
    pub fn means(&self) -> Means {
        match self {
            Address::Email(_) => Means::Email,
            Address::Push(_) => Means::Push,
            Address::Text(_) => Means::Text,
            Address::Call(_) => Means::Call,
            Address::Webhook(_) => Means::Webhook,
        }
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Address({})", self.means())
    }
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Not an e-mail address.
    #[error("this is not an e-mail address, such as denise@example.org")]
    Email,
    /// Not a phone number.
    #[error("this is not a phone number with area code, such as 608 555 0100 or +1 608 555 0100")]
    Phone,
    /// Not what a browser gives.
    #[error("this browser gave something that is no subscription")]
    Subscription,
}

macro_rules! hidden {
    ($($name:ident),*) => { $(impl std::fmt::Debug for $name {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(concat!(stringify!($name), "(…)"))
        }
    })* };
}
hidden!(EmailAddress, PhoneNumber, Subscription);

/// An e-mail address.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(pub(crate) lettre::Address);

impl EmailAddress {
    /// Reads what somebody typed.
    ///
    /// # Errors
    /// [`AddressFault::Email`].
    pub fn parse(text: &str) -> Result<EmailAddress, AddressFault> {
        text.trim().parse().map(EmailAddress).map_err(|_| AddressFault::Email)
    }

    /// The address, to seal it.
    pub fn expose(&self) -> &str {
        self.0.as_ref()
    }
}

/// A phone number in international form, such as `+16085550100`.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads what somebody typed. Ten digits are a number of the United States; others begin with `+`.
    ///
    /// # Errors
    /// [`AddressFault::Phone`].
    pub fn parse(text: &str) -> Result<PhoneNumber, AddressFault> {
        let text = text.trim();
        let (international, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
        let mut digits = String::new();
        for letter in rest.chars() {
            match letter {
                '0'..='9' => digits.push(letter),
                ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' => {}
                _ => return Err(AddressFault::Phone),
            }
        }
        let number = match (international, digits.len(), digits.strip_prefix('1')) {
            (true, 8..=15, _) if !digits.starts_with('0') => digits,
            (false, 10, None) if !digits.starts_with('0') => format!("1{digits}"),
            (false, 11, Some(_)) => digits,
            _ => return Err(AddressFault::Phone),
        };
        Ok(PhoneNumber(format!("+{number}")))
    }

    /// The number, to seal or to dial it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// What a browser gives so that it can be sent to: where, and two keys. As JSON in the form browsers give it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Given", into = "Given")]
pub struct Subscription {
    pub(crate) endpoint: reqwest::Url,
    pub(crate) public: p256::PublicKey,
    pub(crate) auth: [u8; 16],
}

#[derive(Serialize, Deserialize)]
struct Given {
    endpoint: String,
    keys: GivenKeys,
}

#[derive(Serialize, Deserialize)]
struct GivenKeys {
    p256dh: String,
    auth: String,
}

impl TryFrom<Given> for Subscription {
    type Error = AddressFault;

    fn try_from(given: Given) -> Result<Subscription, AddressFault> {
        let bytes = |text: &str| {
            URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| AddressFault::Subscription)
        };
        if given.endpoint.len() > 1_000 {
            return Err(AddressFault::Subscription);
        }
        Ok(Subscription {
            endpoint: given.endpoint.parse().map_err(|_| AddressFault::Subscription)?,
            public: p256::PublicKey::from_sec1_bytes(&bytes(&given.keys.p256dh)?)
                .map_err(|_| AddressFault::Subscription)?,
            auth: bytes(&given.keys.auth)?.try_into().map_err(|_| AddressFault::Subscription)?,
        })
    }
}

impl From<Subscription> for Given {
    fn from(subscription: Subscription) -> Given {
        Given {
            endpoint: subscription.endpoint.into(),
            keys: GivenKeys {
                p256dh: URL_SAFE_NO_PAD.encode(subscription.public.to_sec1_bytes()),
                auth: URL_SAFE_NO_PAD.encode(subscription.auth),
            },
        }
    }
}

impl Subscription {
    /// Reads what a browser gave, as JSON.
    ///
    /// # Errors
    /// [`AddressFault::Subscription`].
    pub fn parse(json: &str) -> Result<Subscription, AddressFault> {
        serde_json::from_str(json).map_err(|_| AddressFault::Subscription)
    }

    /// As JSON, to seal it.
    pub fn expose(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for text in ["608 555 0100", "(608) 555-0100", "1-608-555-0100", "+1 608.555.0100"] {
            assert_eq!(PhoneNumber::parse(text).unwrap().expose(), "+16085550100", "{text}");
        }
        assert_eq!(PhoneNumber::parse("+52 55 1234 5678").unwrap().expose(), "+525512345678");
        for wrong in
            ["", "911", "988", "555 0100", "call me", "+0123456789", "608 555 0100 ext 4", "1234567890123456"]
        {
            assert_eq!(PhoneNumber::parse(wrong), Err(AddressFault::Phone), "{wrong}");
        }
    }

    #[test]
    fn an_address_shows_itself_nowhere() {
        let phone = PhoneNumber::parse("608 555 0100").unwrap();
        let email = EmailAddress::parse("denise@example.org").unwrap();
        let shown = format!(
            "{phone:?} {email:?} {:?} {:?}",
            Address::Call(phone.clone()),
            Address::Email(email.clone())
        );
        assert!(!shown.contains("555") && !shown.contains("denise"), "{shown}");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_becomes_a_number_that_can_be_dialled_or_nothing(text in "\\PC{0,24}") {
            if let Ok(number) = PhoneNumber::parse(&text) {
                let digits = number.expose().strip_prefix('+').unwrap();
                prop_assert!((8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()));
            }
        }

        #[test]
        fn no_header_can_be_smuggled_into_an_address(text in "[a-z@.\\r\\n :<>,]{0,40}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert!(!address.expose().contains(['\r', '\n', ' ', '<', ',']));
            }
        }
    }
}
