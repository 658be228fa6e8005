//! Time and ids come in from outside, so that a test can set the one and repeat the other.

use jiff::Timestamp;
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

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn now(&self) -> Timestamp {
        cut(Timestamp::now())
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
