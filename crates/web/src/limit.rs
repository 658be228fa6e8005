//! How often one address may ask for what needs nobody signed in.
//!
//! Only what could be guessed at is counted: passwords, codes and links, and what phones send. A page that helps somebody in
//! danger, a safety report and a card in somebody's hand are never refused for somebody else's tries. The counts are kept in
//! memory, for a bounded number of addresses, and nowhere else.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use jiff::Timestamp;

use crate::error::Trouble;
use crate::form::Form;
use crate::session::waits;
use crate::shell::{Clock, Shell};

/// How many addresses are counted at once, of each kind. Beyond, an address that is new is let through: the waits of each account
/// stand behind, and a limit must not be what locks a house.
const ADDRESSES: usize = 20_000;

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A password, a code of the second step, an account to be made.
    SignIn,
    /// A link or a code that opens something.
    Link,
    /// What phones send.
    Phone,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::SignIn, Kind::Link, Kind::Phone];

    /// How many at once, and how many a minute after that. A whole office may share one address.
    fn allows(self) -> (u32, u32) {
        match self {
            Kind::SignIn => (40, 20),
            Kind::Link => (120, 60),
            Kind::Phone => (240, 120),
        }
    }

    /// What a request counts as, if it is counted.
    pub(crate) fn of(method: &Method, path: &str) -> Option<Kind> {
        let is_post = method == Method::POST;
        match path {
            "/sign-in"
            | "/sign-in/code"
            | "/sign-in/forgot"
            | "/sign-in/passkey"
            | "/sign-in/passkey/question"
            | "/sign-in/single-sign-on"
                if is_post =>
            {
                Some(Kind::SignIn)
            }
            "/sign-in/single-sign-on/answer" => Some(Kind::Link),
            "/device/send" => Some(Kind::Phone),
            _ if ["/open/", "/welcome/", "/way-in/", "/mailbox/"]
                .iter()
                .any(|start| path.starts_with(start)) =>
            {
                Some(if is_post { Kind::SignIn } else { Kind::Link })
            }
            _ if path.starts_with("/calendar/") || path.starts_with("/here/") => Some(Kind::Link),
            _ if path.starts_with("/me/here/") => Some(Kind::Link),
            _ => None,
        }
    }
}

/// The shell's clock, as the counting asks for it.
struct Now(Clock);

impl governor::clock::Clock for Now {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let at = (self.0)().as_nanosecond();
        u64::try_from(at).unwrap_or_default().into()
    }
}

type Counts = RateLimiter<IpAddr, HashMapStateStore<IpAddr>, Now, NoOpMiddleware<Nanos>>;

/// The counts of one kind, and when they were last asked.
struct Counted {
    counts: Counts,
    asked: Timestamp,
}

/// Everything that is counted.
pub(crate) struct Limits {
    shell: Shell,
    counted: Vec<(Kind, Mutex<Counted>)>,
}

fn counts(kind: Kind, clock: &Clock) -> Counts {
    let (burst, minute) = kind.allows();
    let some = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::per_minute(some(minute)).allow_burst(some(burst));
    RateLimiter::new(quota, HashMapStateStore::default(), Now(clock.clone()))
}

impl Limits {
    pub(crate) fn new(shell: Shell) -> Arc<Limits> {
        let asked = (shell.clock)();
        let counted = Kind::ALL
            .map(|kind| (kind, Mutex::new(Counted { counts: counts(kind, &shell.clock), asked })))
            .into_iter()
            .collect();
        Arc::new(Limits { shell, counted })
    }

    /// Counts one more. Answers how many seconds to wait when it is one too many.
    fn ask(&self, kind: Kind, of: IpAddr) -> Result<(), i64> {
        let Some((_, counted)) = self.counted.iter().find(|(known, _)| *known == kind) else { return Ok(()) };
        let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
        let now = (self.shell.clock)();
        // A clock that was set back would hold everybody up until it has caught up.
        if now < counted.asked {
            counted.counts = counts(kind, &self.shell.clock);
        }
        counted.asked = now;
        if counted.counts.len() >= ADDRESSES {
            counted.counts.retain_recent();
            if counted.counts.len() >= ADDRESSES {
                return Ok(());
            }
        }
        let now = Now(self.shell.clock.clone()).now();
        counted.counts.check_key(&together(of)).map_err(|until| {
            i64::try_from(until.wait_time_from(now).as_secs()).unwrap_or(i64::MAX).saturating_add(1)
        })
    }
}

/// Whoever has one address of the newer kind has the whole network around it.
fn together(of: IpAddr) -> IpAddr {
    match of.to_canonical() {
        IpAddr::V4(four) => IpAddr::V4(four),
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from(u128::from(six) & !u128::from(u64::MAX))),
    }
}

/// From where a request comes: by the proxy's own word, which is the last one in the list; what stands before it anybody can write.
/// None when the proxy says nothing: then nobody is counted, rather than everybody together. Without a proxy there is only the
/// demo, on this very machine.
fn address(shell: &Shell, headers: &HeaderMap) -> Option<IpAddr> {
    if !shell.behind_proxy {
        return None;
    }
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// Lets a request pass, or says how long to wait. What was typed comes back.
pub(crate) async fn around(State(limits): State<Arc<Limits>>, request: Request, next: Next) -> Response {
    let Some(kind) = Kind::of(request.method(), request.uri().path()) else { return next.run(request).await };
    let Some(from) = address(&limits.shell, request.headers()) else { return next.run(request).await };
    let Err(seconds) = limits.ask(kind, from) else { return next.run(request).await };
    if request.method() == Method::POST && kind != Kind::Phone {
        // Read only so that it can be given back.
        let _ = Form::from_request(request, &()).await;
    }
    waits(Trouble::TooMany.into_response(), seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicI64, Ordering};

    fn limits() -> (Arc<AtomicI64>, Arc<Limits>) {
        let second = Arc::new(AtomicI64::new(1_800_000_000));
        let clock = second.clone();
        let shell = Shell {
            secure_cookies: true,
            behind_proxy: true,
            public_url: "https://porchlight.test".into(),
            clock: Arc::new(move || Timestamp::from_second(clock.load(Ordering::SeqCst)).unwrap()),
        };
        (second, Limits::new(shell))
    }

    fn four(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    fn how_many(limits: &Limits, from: IpAddr) -> usize {
        (0..1000).take_while(|_| limits.ask(Kind::SignIn, from).is_ok()).count()
    }

    #[test]
    fn one_address_waits_and_the_others_go_on() {
        let (second, limits) = limits();
        assert_eq!(how_many(&limits, four(1)), 40);
        let wait = limits.ask(Kind::SignIn, four(1)).unwrap_err();
        assert!((1..=4).contains(&wait), "{wait}");
        assert!(limits.ask(Kind::SignIn, four(2)).is_ok());
        assert!(limits.ask(Kind::Link, four(1)).is_ok(), "another kind");
        second.fetch_add(60, Ordering::SeqCst);
        assert_eq!(how_many(&limits, four(1)), 20);
        // A clock that was set back holds nobody up.
        second.fetch_sub(3600, Ordering::SeqCst);
        assert!(limits.ask(Kind::SignIn, four(1)).is_ok());
    }

    #[test]
    fn a_network_of_the_newer_kind_counts_as_one() {
        let (_, limits) = limits();
        let six = |last: &str| format!("2001:db8:1:2::{last}").parse::<IpAddr>().unwrap();
        assert_eq!(how_many(&limits, six("1")), 40);
        assert!(limits.ask(Kind::SignIn, six("ffff")).is_err());
        assert!(limits.ask(Kind::SignIn, "2001:db8:1:3::1".parse().unwrap()).is_ok());
        assert_eq!(together("::ffff:192.0.2.1".parse().unwrap()), four(1));
    }

    #[test]
    fn memory_is_bounded_and_a_full_count_locks_nobody_out() {
        let (second, limits) = limits();
        for number in 0..ADDRESSES as u32 + 500 {
            assert!(limits.ask(Kind::SignIn, IpAddr::from(number.to_be_bytes())).is_ok());
        }
        let kept = limits.counted[0].1.lock().unwrap().counts.len();
        assert!(kept <= ADDRESSES, "{kept}");
        second.fetch_add(600, Ordering::SeqCst);
        assert_eq!(how_many(&limits, four(9)), 40, "what has run out makes room");
    }

    #[test]
    fn only_the_proxys_own_word_counts() {
        let (_, limits) = limits();
        let mut shell = limits.shell.clone();
        let mut headers = HeaderMap::new();
        assert_eq!(address(&shell, &headers), None);
        headers.append("x-forwarded-for", "203.0.113.9, 192.0.2.7".parse().unwrap());
        assert_eq!(address(&shell, &headers), Some(four(7)));
        headers.append("x-forwarded-for", "192.0.2.8".parse().unwrap());
        assert_eq!(address(&shell, &headers), Some(four(8)));
        shell.behind_proxy = false;
        assert_eq!(address(&shell, &headers), None, "anybody could write it");
    }

    /// Every public route is counted, or stands here with a reason.
    #[test]
    fn every_public_route_is_counted_or_has_a_reason() {
        let never = [
            // Help, and what leads away from danger.
            "/help-now",
            "/leave",
            "/rights",
            "/offline",
            // A right code always opens, whoever tried wrong ones before; wrong ones are slowed down together (docs/decisions/a-card-is-a-key.md).
            "/card",
            "/card/{code}",
            // Carries answers to safety calls; what is not signed by the provider costs one hash and no write.
            "/notices/phone/{call}",
            // Hold nothing and guess nothing.
            "/",
            "/sign-in",
            "/sign-in/code",
            "/sign-in/forgot",
            "/sign-in/passkey",
            "/sign-in/passkey/question",
            "/sign-out",
            "/more",
            "/language",
            "/theme",
            "/type",
            "/device-worker.js",
            "/account/push-worker.js",
        ];
        for route in crate::site::table().iter().filter(|route| route.needs == crate::Needs::Public) {
            let counted = Kind::of(&route.method, route.path).is_some();
            let reason = never.contains(&route.path);
            let asks_for_secret = route.method == Method::POST && route.path.starts_with("/sign-in");
            assert!(counted != reason || (counted && asks_for_secret), "{} {}", route.method, route.path);
        }
    }
}
