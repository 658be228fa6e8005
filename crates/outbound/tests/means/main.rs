//! Every means against a server on this machine that does what real ones do on bad days.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops, and says where")]

mod email;
mod phone;
mod post;
mod push;
mod server;
mod webhook;

use jiff::Timestamp;
use porchlight_outbound::{Kind, Notice, Outbound, Page, Roots, Settings};
use porchlight_practice::Lang;
use std::time::Duration;
use uuid::Uuid;

/// How long one sending may take here.
const PATIENCE: Duration = Duration::from_millis(1_500);

fn settings() -> Settings {
    Settings {
        public_url: "https://porch.example.org".into(),
        patience: PATIENCE,
        roots: Roots::default(),
        email: None,
        push: None,
        phone: None,
        webhook: None,
    }
}

fn outbound(change: impl FnOnce(&mut Settings)) -> Outbound {
    let mut settings = settings();
    change(&mut settings);
    Outbound::new(settings).unwrap()
}

const ID: Uuid = Uuid::from_u128(0x6b1d_5a57_0c0e_4b5e_9d50_77f0_2f0c_0001);

fn notice(kind: Kind, lang: Lang) -> Notice {
    Notice::new(ID, kind, lang, Page::of("/safety/", Uuid::from_u128(7)))
}

const LINK: &str = "https://porch.example.org/safety/00000000-0000-0000-0000-000000000007";

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

#[tokio::test]
async fn what_is_not_set_up_is_refused_and_not_claimed() {
    use porchlight_outbound::{Address, EmailAddress, Outcome, Refusal};
    let outbound = outbound(|_| {});
    assert_eq!(outbound.means().count(), 0);
    let to = Address::Email(EmailAddress::parse("denise@example.org").unwrap());
    let outcome = outbound.send(now(), &to, &notice(Kind::Report, Lang::En)).await;
    assert_eq!(outcome, Outcome::Refused(Refusal::NotSetUp));
}
