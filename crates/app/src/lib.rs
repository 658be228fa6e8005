//! The two doors, and one use case a command.
//!
//! Nothing outside of this crate reaches a record: `web` does not depend on the store. Every change passes
//! [`door`]'s `command` and every read its `look`; both authorise first and journal last. A use case is a function on
//! [`App`] in the file of its noun.
#![forbid(unsafe_code)]

pub mod account;
pub mod advocacy;
pub mod again;
pub mod availability;
pub mod card;
pub mod carry;
pub mod clock;
pub mod clockwork;
pub mod consent;
pub mod contact;
pub mod corner;
pub mod counsel;
pub mod credential;
pub mod day;
pub mod device;
pub mod disclosure;
pub mod document;
mod door;
pub mod emergency;
mod error;
pub mod gate;
pub mod goal;
pub mod group;
pub mod growth;
pub mod guardian;
pub mod intake;
pub mod kept;
pub mod ladder;
pub mod live;
pub mod look;
pub mod news;
pub mod pairing;
pub mod passkey;
mod password;
pub mod permission;
pub mod person;
pub mod plan;
pub mod programme;
pub mod reach;
mod reading;
pub mod safety;
pub mod second_step;
pub mod session;
pub mod share;
#[cfg(feature = "single-sign-on")]
pub mod single_sign_on;
#[cfg(not(feature = "single-sign-on"))]
#[path = "no_single_sign_on.rs"]
pub mod single_sign_on;
pub mod supervision;
pub mod support;
pub mod team_meeting;
pub mod tray;
pub mod visit;
pub mod vitals;
pub mod way_in;
pub mod words;
pub mod work;
pub mod worker;

pub use clock::{Clock, Ids, RealIds, SystemClock};
pub use door::{About, Actor, Purpose};
pub use error::{Error, Fault, Result, SignOnFault};
pub use porchlight_access::{Access, Action, Asker};

use live::Live;
use porchlight_outbound::Outbound;
use porchlight_practice::pack::Library;
use porchlight_store::Store;
use porchlight_store::seal::Keys;
use std::sync::Arc;

/// Everything a use case needs. Cheap to clone: every look and every command takes one along.
#[derive(Clone)]
pub struct App(Arc<Parts>);

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What an [`App`] is made of; nothing of it is seen outside.
#[derive(Clone)]
pub struct Parts {
    store: Store,
    keys: Keys,
    access: Arc<Access>,
    packs: Arc<programme::Packs>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    live: Live,
    passwords: Arc<password::Passwords>,
    failures: Arc<account::Failures>,
    definitions: Arc<document::Definitions>,
    tries: Arc<card::Tries>,
    checkers: Arc<words::Checkers>,
    outbound: Outbound,
    passkeys: Option<passkey::Door>,
    single_sign_on: Option<single_sign_on::SingleSignOn>,
    unkept: Arc<ladder::Unkept>,
    /// Wakes the clockwork of the ladders before its time.
    wake: Arc<tokio::sync::Notify>,
    corner_tries: Arc<corner::Tries>,
    watch: Option<Arc<dyn vitals::Watch>>,
}

impl App {
    /// Puts the parts together.
    ///
    /// # Errors
    /// When the policies can't be used.
    pub fn new(
        store: Store,
        keys: Keys,
        library: Library,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> std::result::Result<App, porchlight_access::PolicyError> {
        Ok(App(Arc::new(Parts {
            store,
            keys,
            access: Arc::new(Access::load()?),
            packs: Arc::new(programme::Packs::new(library)),
            live: Live::new(clock.now()),
            clock,
            ids,
            passwords: Arc::new(password::Passwords::new()),
            failures: Arc::new(account::Failures::default()),
            definitions: Arc::new(document::Definitions::default()),
            tries: Arc::new(card::Tries::default()),
            checkers: Arc::default(),
            outbound: Outbound::none(),
            passkeys: None,
            single_sign_on: None,
            unkept: Arc::default(),
            wake: Arc::default(),
            corner_tries: Arc::new(corner::Tries::default()),
            watch: None,
        })))
    }

    /// With means to reach people outside of the pages; at first there are none.
    #[must_use]
    pub fn with_outbound(mut self, outbound: Outbound) -> App {
        Arc::make_mut(&mut self.0).outbound = outbound;
        self
    }

    /// The means to reach people outside of the pages.
    pub fn outbound(&self) -> &Outbound {
        &self.outbound
    }

    /// The time now, cut to microseconds as both databases keep it.
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// A fresh id for a command, for a form that is shown.
    pub fn command_id(&self) -> porchlight_practice::id::CommandId {
        porchlight_practice::id::CommandId(self.ids.next())
    }

    /// How many access decisions were made since the program started, for the benchmark.
    pub fn decisions(&self) -> u64 {
        self.access.asked()
    }

    /// What changes, for live pages.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// The packs this program carries.
    pub fn library(&self) -> &Library {
        self.packs.library()
    }
}
