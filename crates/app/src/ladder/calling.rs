//! Making the calls that ladders have kept as rows, and the clockwork that wakes for both.
//!
//! A call is claimed for a while, made outside of any transaction, and what became of it is kept. A server that dies in
//! between leaves the claim to run out, and the call is made again: twice rather than never.
//!
//! Each means has lines of its own. A mail server that hangs fills the lines of e-mail; phones go on ringing.

use crate::reach;
use crate::{App, Error, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_outbound::{Address, Kind, Notice, Outcome, Page, Progress, Refusal};
use porchlight_practice::id::{AccountId, CallId, ReachId, RunId, SafetyReportId};
use porchlight_practice::ladder::Went;
use porchlight_practice::{Lang, Means};
use porchlight_store::ladder::{self, CallRow, RunRow};
use porchlight_store::seal::Keys;
use porchlight_store::{Tx, account};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;

/// How much longer than a sending may take a call stays claimed. Then whoever claimed it is dead, and it is made again.
const GRACE: Duration = Duration::from_secs(2);

/// How many calls of one means are made at once.
const LINES: usize = 32;

/// The longest the clockwork sleeps: another server may have taken a report meanwhile.
const NAP: Duration = Duration::from_millis(500);

/// The lines of each means.
pub(super) struct Lines(BTreeMap<Means, Arc<Semaphore>>);

impl Lines {
    fn new() -> Lines {
        Lines(Means::ALL.into_iter().map(|means| (means, Arc::new(Semaphore::new(LINES)))).collect())
    }

    /// Waits until nobody speaks any more.
    async fn all_free(&self) {
        for line in self.0.values() {
            // Never closed, so there is always an answer.
            drop(line.acquire_many(LINES as u32).await);
        }
    }
}

/// A call that is ready to be made, or the reason why it can't be.
type Ready = std::result::Result<(Notice, Vec<(Option<ReachId>, Address)>), &'static str>;

/// What there is, and the page to open.
fn notice(id: Uuid, lang: Lang, run: RunId, report: Option<SafetyReportId>, practice: bool) -> Notice {
    let (kind, page) = match report {
        Some(report) if practice => (Kind::Practice, Page::of("/safety/", report.0)),
        Some(report) => (Kind::Report, Page::of("/safety/", report.0)),
        None => (Kind::Test, Page::of("/ladder/test/", run.0)),
    };
    Notice::new(id, kind, lang, page)
}

pub(super) fn ready(
    tx: &mut Tx<'_>,
    keys: &Keys,
    id: Uuid,
    run: &RunRow,
    who: AccountId,
    means: Means,
) -> Result<Ready> {
    let lang = account::get(tx, who)?.and_then(|row| Lang::from_tag(&row.lang)).unwrap_or_default();
    let addresses = reach::addresses(tx, keys, who, means)?;
    if addresses.is_empty() {
        return Ok(Err("no address"));
    }
    Ok(Ok((notice(id, lang, run.id, run.report, run.practice), addresses)))
}

/// How long after so many tries a call is made again: 5 seconds, doubling, at most 2 minutes.
fn wait(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 8) - 1).unwrap_or(0);
    SignedDuration::from_secs((5i64 << doublings).min(120))
}

/// The best of what several addresses of one person answered.
fn best(outcomes: &[Outcome]) -> Option<&Outcome> {
    let rank = |outcome: &&Outcome| match outcome {
        Outcome::Accepted { .. } => 0,
        Outcome::TryAgain(_) => 1,
        Outcome::Refused(_) => 2,
    };
    outcomes.iter().min_by_key(rank)
}

impl App {
    /// Sends a notice to every address. No address waits for another.
    pub(crate) async fn send_to_all(
        &self,
        notice: &Notice,
        to: &[(Option<ReachId>, Address)],
    ) -> Vec<Outcome> {
        let mut sending = tokio::task::JoinSet::new();
        for (at, (_, address)) in to.iter().enumerate() {
            let (app, address, notice) = (self.clone(), address.clone(), notice.clone());
            sending.spawn(async move { (at, app.outbound.send(app.now(), &address, &notice).await) });
        }
        let mut outcomes: Vec<_> = sending.join_all().await;
        outcomes.sort_by_key(|(at, _)| *at);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// Claims the next call of a means that is to be made.
    async fn claim(&self, means: Means) -> Result<Option<(CallRow, Ready)>> {
        let (keys, now) = (self.keys.clone(), self.now());
        let lease = SignedDuration::try_from(self.outbound.patience() + GRACE)
            .unwrap_or(SignedDuration::from_mins(1));
        self.store
            .write(move |tx| {
                let Some(row) = ladder::claim_call(tx, means, now, lease)? else { return Ok(None) };
                let run = ladder::get_run(tx, row.run)?.ok_or(Error::Damaged("ladder"))?;
                // What can't be read of one person's addresses is their call's trouble alone.
                let ready = match ready(tx, &keys, row.id.0, &run, row.account, means) {
                    Ok(ready) => ready,
                    Err(Error::Damaged(_)) => Err("no address that can be read"),
                    Err(error) => return Err(error),
                };
                Ok(Some((row, ready)))
            })
            .await
    }

    /// Makes one claimed call and keeps what became of it.
    async fn make(&self, row: CallRow, ready: Ready) -> Result<()> {
        let (notice, to) = match ready {
            Ok(ready) => ready,
            Err(why) => return self.keep_call(row, Went::NoWay, Some(why), Vec::new()).await,
        };
        let outcomes = self.send_to_all(&notice, &to).await;
        let gone =
            to.iter().zip(&outcomes).filter(|(_, outcome)| **outcome == Outcome::Refused(Refusal::Gone));
        let gone: Vec<ReachId> = gone.filter_map(|((id, _), _)| *id).collect();
        let (went, why) = match best(&outcomes) {
            Some(Outcome::Accepted { .. }) => (Went::Out, None),
            Some(outcome @ Outcome::TryAgain(_)) => (Went::Waiting, Some(outcome.as_str())),
            Some(outcome @ Outcome::Refused(_)) => (Went::NoWay, Some(outcome.as_str())),
            None => (Went::NoWay, Some("no address")),
        };
        self.keep_call(row, went, why, gone).await
    }

    /// Keeps what became of a call, and forgets browsers that are there no more.
    async fn keep_call(&self, row: CallRow, went: Went, why: Option<&str>, gone: Vec<ReachId>) -> Result<()> {
        let now = self.now();
        let again = now.saturating_add(wait(row.attempts)).unwrap_or(Timestamp::MAX);
        let done = CallRow {
            went,
            try_at: (went == Went::Waiting).then_some(again),
            sent_at: (went == Went::Out).then_some(now),
            trouble: why.map(str::to_owned),
            ..row
        };
        let programme = self
            .store
            .write(move |tx| {
                for id in &gone {
                    porchlight_store::reach::end(tx, *id, done.account, now)?;
                }
                ladder::called(tx, &done)?;
                Ok::<_, Error>(ladder::get_run(tx, done.run)?.map(|run| run.programme))
            })
            .await?;
        if let Some(programme) = programme {
            self.live.tell(crate::live::Signal::Programme(programme));
        }
        Ok(())
    }

    /// Begins to make every call that waits and for which there is a line. Answers how many were begun, and waits for none.
    async fn begin_calls(&self, lines: &Lines) -> Result<usize> {
        let now = self.now();
        let waiting = self.store.read(move |tx| Ok::<_, Error>(ladder::waiting(tx, now)?)).await?;
        let mut begun = 0;
        for means in waiting {
            let Some(line) = lines.0.get(&means) else { continue };
            while let Ok(permit) = line.clone().try_acquire_owned() {
                let (row, ready) = match self.claim(means).await {
                    Ok(Some(claimed)) => claimed,
                    Ok(None) => break,
                    // What can't be claimed can be made all the same.
                    Err(Error::Store(error)) => {
                        tracing::error!(%error, "calls can't be kept; they are made first");
                        self.call_unkept().await?;
                        return Ok(begun);
                    }
                    Err(error) => return Err(error),
                };
                begun += 1;
                let app = self.clone();
                tokio::spawn(async move {
                    if let Err(error) = app.make(row, ready).await {
                        tracing::error!(%error, "what became of a call could not be kept; it is made again");
                    }
                    drop(permit);
                });
            }
        }
        Ok(begun)
    }

    /// Makes every call that waits now, and answers when each was made or tried: how many.
    ///
    /// # Errors
    /// When none could be claimed.
    pub async fn make_calls(&self) -> Result<usize> {
        let lines = Lines::new();
        let mut made = 0;
        loop {
            let begun = self.begin_calls(&lines).await?;
            lines.all_free().await;
            made += begun;
            if begun == 0 {
                return Ok(made);
            }
        }
    }

    /// Takes what the phone provider tells about a call, and answers what a voice says next. It is theirs only if the
    /// signature fits.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not theirs. Nothing is read before that is known.
    pub async fn phone_told(
        &self,
        id: CallId,
        query: Option<&str>,
        form: &[(String, String)],
        signature: &str,
    ) -> Result<String> {
        let told = self.outbound.phone_callback(id.0, query, form, signature).map_err(|_| Error::NotFound)?;
        let Some(progress) = told.progress else { return Ok(told.reply) };
        let now = self.now();
        let programme = self
            .store
            .write(move |tx| {
                let Some(mut row) = ladder::get_call(tx, id)? else { return Ok(None) };
                let known = row.progress.as_deref().and_then(Progress::parse);
                let most = known.map_or(progress, |known| known.and(progress));
                row.progress = Some(most.as_str().to_owned());
                match (most, row.went) {
                    // It went out and came back: whoever reads the page has to call themself.
                    (Progress::NotReached, Went::Out) => {
                        row.went = Went::NoWay;
                        row.trouble = Some(most.as_str().to_owned());
                    }
                    // Nobody had answered us in time, and it went out all the same: it is not made again.
                    (
                        Progress::Ringing | Progress::Delivered | Progress::Answered | Progress::Confirmed,
                        Went::Waiting,
                    ) => {
                        row.went = Went::Out;
                        (row.sent_at, row.try_at, row.trouble) = (Some(now), None, None);
                    }
                    _ => {}
                }
                ladder::told(tx, &row)?;
                let Some(run) = ladder::get_run(tx, row.run)? else { return Ok(None) };
                // Somebody pressed the key in a test call: their phone rings, and they answer it.
                if run.report.is_none() && most.reached_a_human() {
                    ladder::answer(tx, id, row.account, now)?;
                    ladder::prove(tx, run.programme, row.account, row.means, now)?;
                }
                Ok::<_, Error>(Some(run.programme))
            })
            .await?;
        if let Some(programme) = programme {
            self.live.tell(crate::live::Signal::Programme(programme));
        }
        Ok(told.reply)
    }

    /// Climbs ladders and makes calls until `stop` turns true. The two run beside each other: a call that hangs holds up no
    /// rung, and a rung that waits holds up no call.
    pub async fn ladders(&self, stop: watch::Receiver<bool>) {
        let lines = Lines::new();
        let climbing = self.wake_for(stop.clone(), || self.climb());
        let calling = self.wake_for(stop, || self.begin_calls(&lines));
        tokio::join!(climbing, calling);
        // What was begun is kept before the program ends.
        lines.all_free().await;
    }

    async fn wake_for<F: Future<Output = Result<usize>>>(
        &self,
        mut stop: watch::Receiver<bool>,
        work: impl Fn() -> F,
    ) {
        while !*stop.borrow_and_update() {
            // Heard even when it is said while the work goes on.
            let woken = self.wake.notified();
            tokio::pin!(woken);
            woken.as_mut().enable();
            match work().await {
                // There may be more than one round takes, and a new step may bring new calls.
                Ok(done) if done > 0 => self.wake.notify_waiters(),
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "the ladders could not be looked at; they are again in a moment")
                }
            }
            tokio::select! {
                () = &mut woken => {}
                () = tokio::time::sleep(NAP) => {}
                changed = stop.changed() => if changed.is_err() {
                    return;
                },
            }
        }
    }
}
