//! Tells open pages that something changed. It never says what: the page asks again, through the door.

use porchlight_practice::id::{AccountId, ProgrammeId};
use tokio::sync::broadcast;

/// Something changed for these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// For everybody who works in a programme.
    Programme(ProgrammeId),
    /// For one account.
    Account(AccountId),
}

/// Where signals are heard.
#[derive(Debug, Clone)]
pub struct Live(broadcast::Sender<Signal>);

impl Live {
    /// With nobody listening yet.
    pub(crate) fn new() -> Live {
        Live(broadcast::channel(256).0)
    }

    /// Listens from now on. A listener that falls behind should simply ask for the page again.
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        self.0.subscribe()
    }

    pub(crate) fn tell(&self, signal: Signal) {
        // Nobody listening is no fault.
        let _ = self.0.send(signal);
    }
}
