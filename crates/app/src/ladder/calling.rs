//! Making the calls that ladders have kept as rows, and the clockwork that wakes for both.
//!
//! A call is claimed for a while, made outside of any transaction, and what became of it is kept. A server that dies in
//! between leaves the claim to run out, and the call is made again: twice rather than never.

use crate::door::account_place;
use crate::{App, Error, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_outbound::{
    Address, EmailAddress, Kind, Notice, Outbound, Outcome, Page, PhoneNumber, Subscription,
};
use porchlight_practice::ladder::Went;
use porchlight_practice::{Lang, Means};
use porchlight_store::ladder::{self, CallRow};
use porchlight_store::seal::{Keys, Owner};
use porchlight_store::{Tx, account};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

/// How long a claimed call may take before another server makes it again.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// The longest that making one call may take; shorter than the claim.
const PATIENCE: Duration = Duration::from_secs(45);

/// How many calls are made at once.
const AT_ONCE: usize = 256;

/// The longest the clockwork sleeps: another server may have taken a report meanwhile.
const NAP: Duration = Duration::from_millis(500);

/// What a call says there is. It carries no name and no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// A safety report waits.
    Report,
    /// The same as a practice.
    Practice,
    /// A test call.
    Test,
}

/// A call to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The same when it is made again.
    pub id: Uuid,
    /// Whom it is for.
    pub account: Uuid,
    /// By which means.
    pub means: Means,
    /// Their number or address; empty for the agency's own system.
    pub address: String,
    /// What there is.
    pub matter: Matter,
    /// In which language.
    pub lang: Lang,
    /// The path of the page to open, without its id.
    pub page: &'static str,
    /// The id that follows.
    pub page_id: Uuid,
}

// Holds an address, which is shown nowhere.
impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outgoing({} {:?})", self.means, self.matter)
    }
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallOutcome {
    /// The other side took it over.
    Out,
    /// It can't go out, however often it is tried.
    NoWay(&'static str),
    /// It may go out when it is tried again.
    Again(&'static str),
}

/// What makes calls.
pub trait Caller: Send + Sync + 'static {
    /// Whether this means is set up.
    fn can(&self, means: Means) -> bool;

    /// Makes one call.
    fn call<'a>(
        &'a self,
        now: Timestamp,
        call: &'a Outgoing,
    ) -> Pin<Box<dyn Future<Output = CallOutcome> + Send + 'a>>;
}

/// With nothing set up, as an agency starts: the pages say whom to call.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCaller;

impl Caller for NoCaller {
    fn can(&self, _: Means) -> bool {
        false
    }

    fn call<'a>(
        &'a self,
        _: Timestamp,
        _: &'a Outgoing,
    ) -> Pin<Box<dyn Future<Output = CallOutcome> + Send + 'a>> {
        Box::pin(async { CallOutcome::NoWay("not set up") })
    }
}

impl Caller for Outbound {
    fn can(&self, means: Means) -> bool {
        Outbound::can(self, means)
    }

    fn call<'a>(
        &'a self,
        now: Timestamp,
        call: &'a Outgoing,
    ) -> Pin<Box<dyn Future<Output = CallOutcome> + Send + 'a>> {
        Box::pin(async move {
            let number = || PhoneNumber::parse(&call.address);
            let to = match call.means {
                Means::Call => number().map(Address::Call),
                Means::Text => number().map(Address::Text),
                Means::Webhook => Ok(Address::Webhook(call.account)),
                Means::Email => EmailAddress::parse(&call.address).map(Address::Email),
                Means::Push => Subscription::parse(&call.address).map(Address::Push),
            };
            let Ok(to) = to else { return CallOutcome::NoWay("no such address") };
            let kind = match call.matter {
                Matter::Report => Kind::Report,
                Matter::Practice => Kind::Practice,
                Matter::Test => Kind::Test,
            };
            let page = Page::of(call.page, call.page_id);
            let outcome = self.send(now, &to, &Notice::new(call.id, kind, call.lang, page)).await;
            match &outcome {
                Outcome::Accepted { .. } => CallOutcome::Out,
                Outcome::Refused(_) => CallOutcome::NoWay(outcome.as_str()),
                Outcome::TryAgain(_) => CallOutcome::Again(outcome.as_str()),
            }
        })
    }
}

/// Where somebody is reached by a means; none when they gave no such address.
fn way_to(tx: &mut Tx<'_>, keys: &Keys, row: &CallRow, means: Means) -> Result<Option<String>> {
    match means {
        Means::Call | Means::Text => {
            let Some(sealed) = account::get(tx, row.account)?.and_then(|account| account.phone) else {
                return Ok(None);
            };
            let key = keys.get(tx, Owner::Worker(row.account.0))?;
            let phone: String = crate::door::open(&key, &account_place(row.account, "phone"), &sealed)?;
            Ok((!phone.is_empty()).then_some(phone))
        }
        Means::Webhook => Ok(Some(String::new())),
        Means::Email | Means::Push => Ok(None),
    }
}

/// How long after so many tries a call is made again: 5 seconds, doubling, at most 2 minutes.
fn wait(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 8) - 1).unwrap_or(0);
    SignedDuration::from_secs((5i64 << doublings).min(120))
}

impl App {
    /// The same with means to call people.
    #[must_use]
    pub fn with_caller(mut self, caller: impl Caller) -> App {
        self.caller = std::sync::Arc::new(caller);
        self
    }

    /// The means that are set up.
    pub(crate) fn means_set_up(&self) -> Vec<Means> {
        Means::ALL.into_iter().filter(|means| self.caller.can(*means)).collect()
    }

    /// Claims the next call that is to be made.
    async fn claim(&self) -> Result<Option<(CallRow, std::result::Result<Outgoing, &'static str>)>> {
        let (keys, now) = (self.keys.clone(), self.now());
        self.store
            .write(move |tx| {
                let Some(row) = ladder::claim_call(tx, now, LEASE)? else { return Ok(None) };
                let Some(means) = row.means else { return Ok(Some((row, Err("no means")))) };
                let run = ladder::get_run(tx, row.run)?.ok_or(Error::Damaged("ladder"))?;
                let Some(address) = way_to(tx, &keys, &row, means)? else {
                    return Ok(Some((row, Err("no address"))));
                };
                let lang = account::get(tx, row.account)?
                    .and_then(|account| Lang::from_tag(&account.lang))
                    .unwrap_or(Lang::En);
                let (matter, page, page_id) = match (run.report, run.practice) {
                    (Some(report), true) => (Matter::Practice, "/safety/", report.0),
                    (Some(report), false) => (Matter::Report, "/safety/", report.0),
                    (None, _) => (Matter::Test, "/ladder/test/", run.id.0),
                };
                let call = Outgoing {
                    id: row.id.0,
                    account: row.account.0,
                    means,
                    address,
                    matter,
                    lang,
                    page,
                    page_id,
                };
                Ok(Some((row, Ok(call))))
            })
            .await
    }

    /// Makes one claimed call and keeps what became of it.
    async fn make(&self, row: CallRow, call: std::result::Result<Outgoing, &'static str>) -> Result<()> {
        let outcome = match &call {
            Err(why) => CallOutcome::NoWay(why),
            Ok(call) if !self.caller.can(call.means) => CallOutcome::NoWay("not set up"),
            Ok(call) => match tokio::time::timeout(PATIENCE, self.caller.call(self.now(), call)).await {
                Ok(outcome) => outcome,
                Err(_) => CallOutcome::Again("no answer"),
            },
        };
        let now = self.now();
        let again = now.saturating_add(wait(row.attempts)).unwrap_or(Timestamp::MAX);
        let done = match outcome {
            CallOutcome::Out => {
                CallRow { went: Went::Out, try_at: None, sent_at: Some(now), trouble: None, ..row }
            }
            CallOutcome::NoWay(why) => {
                CallRow { went: Went::NoWay, try_at: None, trouble: Some(why.into()), ..row }
            }
            CallOutcome::Again(why) => {
                CallRow { went: Went::Waiting, try_at: Some(again), trouble: Some(why.into()), ..row }
            }
        };
        let programme = self
            .store
            .write(move |tx| {
                ladder::called(tx, &done)?;
                Ok::<_, Error>(ladder::get_run(tx, done.run)?.map(|run| run.programme))
            })
            .await?;
        if let Some(programme) = programme {
            self.live.tell(crate::live::Signal::Programme(programme));
        }
        Ok(())
    }

    /// Spawns every call that waits, as far as there is room. Answers how many.
    async fn begin_calls(&self, running: &mut JoinSet<()>) -> Result<usize> {
        let mut begun = 0;
        while running.len() < AT_ONCE {
            let Some((row, call)) = self.claim().await? else { break };
            begun += 1;
            let app = self.clone();
            running.spawn(async move {
                if let Err(error) = app.make(row, call).await {
                    tracing::error!(%error, "what became of a call could not be kept; it is made again");
                }
            });
        }
        Ok(begun)
    }

    /// Makes every call that waits and waits for each. Answers how many were made.
    ///
    /// # Errors
    /// When none could be claimed.
    pub async fn make_calls(&self) -> Result<usize> {
        let mut running = JoinSet::new();
        let mut made = 0;
        loop {
            let begun = self.begin_calls(&mut running).await?;
            made += begun;
            if running.join_next().await.is_none() && begun == 0 {
                return Ok(made);
            }
        }
    }

    /// Climbs ladders and makes calls until `stop` turns true. The two run beside each other, and calls beside each other: a
    /// call that hangs holds up no rung and no other call, and a rung that waits holds up no call.
    pub async fn ladders(&self, stop: watch::Receiver<bool>) {
        let climbing = async {
            let mut stop = stop.clone();
            loop {
                let woken = self.woken();
                match self.climb().await {
                    // There may be more than one round takes, and a new step brings new calls.
                    Ok(done) if done > 0 => self.wake.notify_waiters(),
                    Ok(_) => {}
                    Err(error) => {
                        tracing::error!(%error, "the ladders can't be looked at; tried again in a moment")
                    }
                }
                if nap(woken, &mut stop).await {
                    return;
                }
            }
        };
        let calling = async {
            let (mut stop, mut running) = (stop.clone(), JoinSet::new());
            loop {
                let woken = self.woken();
                if let Err(error) = self.begin_calls(&mut running).await {
                    tracing::error!(%error, "the calls can't be looked at; tried again in a moment");
                }
                while running.try_join_next().is_some() {}
                if nap(woken, &mut stop).await {
                    return;
                }
            }
        };
        tokio::join!(climbing, calling);
    }

    /// Hears when there is something to do, from now on.
    fn woken(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let notified = self.wake.clone().notified_owned();
        let mut notified = Box::pin(notified);
        notified.as_mut().enable();
        notified
    }
}

/// Sleeps until something is to be done. `true` when it is time to stop.
async fn nap(woken: Pin<Box<dyn Future<Output = ()> + Send>>, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = woken => false,
        () = tokio::time::sleep(NAP) => false,
        changed = stop.changed() => changed.is_err() || *stop.borrow(),
    }
}
