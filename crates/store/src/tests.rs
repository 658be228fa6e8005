//! Tests of the whole engine, each on every database there is.

mod alone;
mod availability;
mod concurrent;
mod corner;
mod cover;
mod credential;
mod device;
mod dump;
mod engine;
mod group;
mod growth;
mod intake;
mod journal;
mod pairing;
mod plans;
mod schema;
mod seal;
mod supervision;
mod team_meeting;
mod visit;
mod work;

use crate::testing::noon;
use crate::{Error, Tx, account, programme};
use porchlight_practice::id::{AccountId, ProgrammeId};
use uuid::Uuid;

/// The programme number 1, and accounts with these numbers.
fn house_of(tx: &mut Tx<'_>, accounts: impl IntoIterator<Item = u128>) -> Result<(), Error> {
    let new = programme::ProgrammeRow {
        id: ProgrammeId(Uuid::from_u128(1)),
        name: "Cahaba".into(),
        pack: "us-al-parent".into(),
        zone: "America/Chicago".into(),
        settings: "{}".into(),
        version: 1,
    };
    programme::insert(tx, &new, noon())?;
    accounts.into_iter().try_for_each(|number| account_of(tx, number))
}

/// An account with this number.
fn account_of(tx: &mut Tx<'_>, number: u128) -> Result<(), Error> {
    let row = account::AccountRow {
        id: AccountId(Uuid::from_u128(number)),
        sign_in_name: None,
        name: vec![1],
        phone: None,
        password: None,
        lang: "en".into(),
        version: 1,
    };
    account::insert(tx, &row, noon())
}
