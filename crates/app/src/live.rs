//! Tells open pages that something changed. It never says what: the page asks again, through the door.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use porchlight_practice::id::{AccountId, ProgrammeId};
use tokio::sync::broadcast;

/// Something changed for these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// For everybody in a programme.
    Programme(ProgrammeId),
    /// For everybody who works in a programme, and nobody it supports: that something happened there is theirs alone.
    Staff(ProgrammeId),
    /// For one account.
    Account(AccountId),
}

/// Where signals are heard.
#[derive(Debug, Clone)]
pub struct Live(Arc<Open>);

#[derive(Debug)]
struct Open {
    sender: RwLock<Option<broadcast::Sender<Signal>>>,
    /// Tells marks of this server apart from those of the one before it.
    started: i64,
    told: AtomicU64,
    told_staff: AtomicU64,
}

impl Live {
    /// With nobody listening yet, on a server that starts now.
    pub(crate) fn new(now: Timestamp) -> Live {
        Live(Arc::new(Open {
            sender: RwLock::new(Some(broadcast::channel(256).0)),
            started: now.as_microsecond(),
            told: AtomicU64::new(0),
            told_staff: AtomicU64::new(0),
        }))
    }

    /// Changes with every signal that may be for somebody who works here, or who does not. A page that was made at one
    /// mark and listens at another has missed something.
    pub fn mark(&self, works_here: bool) -> String {
        let told = self.0.told.load(Ordering::SeqCst);
        let staff = if works_here { self.0.told_staff.load(Ordering::SeqCst) } else { 0 };
        format!("{:x}-{told:x}-{staff:x}", self.0.started)
    }

    /// Listens from now on. A listener that falls behind should simply ask for the page again.
    /// Nothing comes any more once [`Live::end`] was called.
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        match &*self.0.sender.read().unwrap_or_else(PoisonError::into_inner) {
            Some(open) => open.subscribe(),
            None => broadcast::channel(1).1,
        }
    }

    /// Lets every listener go, since the server ends: it would wait for open pages for as long as they are open.
    pub fn end(&self) {
        *self.0.sender.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(crate) fn tell(&self, signal: Signal) {
        let count = if matches!(signal, Signal::Staff(_)) { &self.0.told_staff } else { &self.0.told };
        count.fetch_add(1, Ordering::SeqCst);
        if let Some(open) = &*self.0.sender.read().unwrap_or_else(PoisonError::into_inner) {
            // Nobody listening is no fault.
            let _ = open.send(signal);
        }
    }
}
