//! Time and ids come in from outside, so that a test can set the one and repeat the other.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use uuid::Uuid;

/// Gives the time.
pub trait Clock: Send + Sync + 'static {
    /// Now, cut to microseconds.
    fn now(&self) -> Timestamp;
}

/// Gives ids.
pub trait Ids: Send + Sync + 'static {
    /// An id for a record: version 7, so that rows made together lie together.
    fn next(&self) -> Uuid;
    /// An id that is shown to strangers: version 4, which tells nothing of its time.
    fn unguessable(&self) -> Uuid;
    /// 32 random bytes for a link or a session.
    fn secret(&self) -> [u8; 32];
}

/// The machine's clock, which never runs back while the program runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn now(&self) -> Timestamp {
        cut(FORWARD.now(Timestamp::now(), Instant::now()))
    }
}

static FORWARD: Forward = Forward(Mutex::new(None));

/// Time that runs forward: when the machine's clock is set back, it goes on as it went, or whatever waits for a moment, a
/// rung of a ladder first of all, would wait as much longer. A clock set forward is followed.
struct Forward(Mutex<Option<Ran>>);

struct Ran {
    /// What the clock said when it was last believed, and what the machine's stopwatch said then.
    at: Timestamp,
    tick: Instant,
    told: bool,
}

/// A clock may be put right by so much, and nobody notices.
const SLACK: SignedDuration = SignedDuration::from_secs(2);

impl Forward {
    fn now(&self, wall: Timestamp, tick: Instant) -> Timestamp {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(ran) = held.as_mut() else {
            *held = Some(Ran { at: wall, tick, told: false });
            return wall;
        };
        let since = SignedDuration::try_from(tick.saturating_duration_since(ran.tick)).unwrap_or_default();
        let gone_on = ran.at.saturating_add(since).unwrap_or(wall);
        let back = gone_on.duration_since(wall);
        if back > SLACK {
            if !std::mem::replace(&mut ran.told, true) {
                tracing::warn!(
                    "the machine's clock was set back by {back:#}. This server keeps to its own time, so that nothing waits \
                     longer; once the clock is right, start the server again"
                );
            }
            return gone_on;
        }
        *ran = Ran { at: wall, tick, told: false };
        wall
    }
}

/// Cuts to microseconds, as both databases keep time.
pub fn cut(time: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(time.as_microsecond()).unwrap_or(time)
}

/// Ids from the machine's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealIds;

impl Ids for RealIds {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
    fn unguessable(&self) -> Uuid {
        Uuid::new_v4()
    }

    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        // Without randomness there are no safe links or sessions; going on would be worse than stopping.
        #[expect(clippy::expect_used, reason = "a machine without randomness can't sign anybody in")]
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// A clock that is set back stops nothing: time goes on as the machine's stopwatch goes. A clock set forward, or put right
    /// by a second, is followed.
    #[test]
    fn time_never_runs_back() {
        let (began, morning): (Instant, Timestamp) =
            (Instant::now(), "2026-04-14T09:00:00Z".parse().unwrap());
        let clock = Forward(Mutex::new(None));
        let at = |seconds: u64, wall: SignedDuration| {
            clock.now(morning + wall, began + Duration::from_secs(seconds)).duration_since(morning)
        };
        let secs = SignedDuration::from_secs;
        assert_eq!(at(0, secs(0)), secs(0));
        assert_eq!(at(60, secs(60)), secs(60));
        // Set back by an hour: a minute later it is a minute later.
        assert_eq!(at(120, secs(120 - 3600)), secs(120));
        assert_eq!(at(600, secs(600 - 3600)), secs(600));
        // Put right again, and by a second less.
        assert_eq!(at(700, secs(700)), secs(700));
        assert_eq!(at(800, secs(799)), secs(799));
        // A machine that slept: its stopwatch stood still, its clock did not.
        assert_eq!(at(810, secs(7200)), secs(7200));
        assert_eq!(at(820, secs(7210)), secs(7210));
    }
}
