//! What happens by itself: the journal's heads are signed and written outside of the database, and what has run out is
//! cleared away.
//!
//! A reconciler takes no input. It looks at what is there, does what is due, and may be run any number of times.

use crate::{App, Error, Result};
use jiff::SignedDuration;
use porchlight_store::journal::{self, Cursor, HeadsFile};
use std::path::Path;
use std::time::Duration;
use tokio::sync::watch;

/// How often the journal's heads are signed. The promise is 60 seconds.
pub const HEADS_EVERY: Duration = Duration::from_secs(30);
/// How far back it looks for people who lost whoever walked with them: the last day may be written down weeks later.
const LEFT_LATELY: SignedDuration = SignedDuration::from_hours(60 * 24);

impl App {
    /// Signs the journal's heads into a file outside of the database, now. `false` when nothing had changed.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn sign_heads(&self, file: &mut HeadsFile) -> Result<bool> {
        let heads = self.store.read(|tx| Ok::<_, Error>(journal::heads(tx)?)).await?;
        Ok(file.append(self.now(), &heads)?)
    }

    /// How far the clock is behind the newest entry of the journal, when that is more than a moment. While it is, whatever
    /// waits for a time waits longer, the next rung of a ladder too.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn clock_behind(&self) -> Result<Option<SignedDuration>> {
        let newest = self.store.read(|tx| Ok::<_, Error>(journal::recent(tx, Cursor::NEWEST, 1)?)).await?;
        let behind = newest.first().map(|entry| entry.at.duration_since(self.now()));
        Ok(behind.filter(|behind| *behind > SignedDuration::from_secs(5)))
    }

    /// Whether the database flushes what it answers. Blocks.
    ///
    /// # Errors
    /// When it does not; says what to set.
    pub fn vouch(&self) -> Result<(), porchlight_store::Error> {
        self.store.vouch()
    }

    /// Opens the file of signed heads.
    ///
    /// # Errors
    /// When it can't be opened, or belongs to another database.
    pub fn heads_file(&self, path: &Path) -> Result<HeadsFile> {
        Ok(HeadsFile::open(path, self.keys.ring(), self.store.database())?)
    }

    /// Clears away what has run out: forms kept for a session that ended, failed sign-ins that count no more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn clear_old(&self) -> Result<()> {
        let now = self.now();
        let before = now - SignedDuration::from_hours(24);
        let left_since = (now - LEFT_LATELY).to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
        self.store
            .write(move |tx| {
                porchlight_store::account::clear_old(tx, now, before)?;
                Ok::<_, Error>(porchlight_store::person::note_left(tx, &left_since)?)
            })
            .await?;
        self.clear_old_questions().await?;
        self.clear_old_news().await
    }

    /// Runs until `stop` turns true.
    pub async fn clockwork(&self, heads: HeadsFile, stop: watch::Receiver<bool>) {
        tokio::join!(self.ladders(stop.clone()), self.tidy(heads, stop));
    }

    async fn tidy(&self, mut heads: HeadsFile, mut stop: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(HEADS_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                changed = stop.changed() => if changed.is_err() || *stop.borrow() {
                    break;
                },
            }
            if let Err(error) = self.sign_heads(&mut heads).await {
                tracing::error!(%error, "the journal's heads could not be signed");
            }
            if let Err(error) = self.work_out_answers().await {
                tracing::warn!(%error, "the answers about workers could not be worked out");
            }
            if let Err(error) = self.tell_of_emergencies().await {
                tracing::warn!(%error, "somebody could not be told of an emergency look yet");
            }
            if let Err(error) = self.ask_after_visits().await {
                tracing::error!(%error, "whoever went alone could not be asked yet");
            }
            if let Err(error) = self.tell_of_no_answer().await {
                tracing::error!(%error, "somebody could not be told of a missing answer yet");
            }
            if let Err(error) = self.remind_of_visits().await {
                tracing::warn!(%error, "somebody could not be reminded yet");
            }
            if let Err(error) = self.tell_of_pairings().await {
                tracing::warn!(%error, "somebody could not be told that somebody waits for their word yet");
            }
            if let Err(error) = self.mail_forgotten().await {
                tracing::warn!(%error, "somebody who forgot their password could not be sent a link yet");
            }
            if let Err(error) = self.tell_of_news().await {
                tracing::warn!(%error, "somebody could not be told yet what happened to how they sign in");
            }
            if let Err(error) = self.clear_old().await {
                tracing::warn!(%error, "what has run out could not be cleared away");
            }
        }
        if let Err(error) = self.sign_heads(&mut heads).await {
            tracing::error!(%error, "the journal's heads could not be signed");
        }
    }
}
