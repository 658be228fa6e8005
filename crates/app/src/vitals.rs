//! What somebody who runs the servers may know: how fast, how much waits, how far the ladders are behind. Nothing about anybody.

use crate::{App, Error, Result};
use jiff::Timestamp;
use porchlight_access::Action;
use porchlight_store::{journal, ladder};
use std::time::Duration;

/// Told how long each command took. What is told names the action and nobody.
pub trait Watch: Send + Sync {
    /// A command was answered, with success or not.
    fn command(&self, action: Action, took: Duration);
}

/// How it goes at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vitals {
    /// Changes that wait for their turn.
    pub waiting: usize,
    /// Entries of the journal, over all strands.
    pub journal_entries: i64,
    /// Seconds since the oldest step or call of a ladder was due that nobody has made yet; 0 when none is late.
    pub ladder_lag: i64,
    /// When this was read.
    pub at: Timestamp,
}

impl App {
    /// With somebody who is told how long commands take.
    #[must_use]
    pub fn with_watch(mut self, watch: std::sync::Arc<dyn Watch>) -> App {
        std::sync::Arc::make_mut(&mut self.0).watch = Some(watch);
        self
    }

    /// How it goes now. That it answers at all says that the database can be read.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn vitals(&self) -> Result<Vitals> {
        let at = self.now();
        let (journal_entries, due) = self
            .store
            .read(|tx| {
                let heads = journal::heads(tx)?;
                let entries = heads.heads.iter().map(|head| head.seq).sum();
                Ok::<_, Error>((entries, ladder::next_at(tx)?))
            })
            .await?;
        let ladder_lag = due.map_or(0, |due| at.duration_since(due).as_secs().max(0));
        Ok(Vitals { waiting: self.store.waiting(), journal_entries, ladder_lag, at })
    }
}
