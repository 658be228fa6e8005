//! What the shell itself needs to know, whatever the pages are about.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

/// Where the shell takes the time from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The settings of the shell. The state of the whole site gives it by [`axum::extract::FromRef`].
#[derive(Clone)]
pub struct Shell {
    /// Whether cookies say `Secure`. Only a demo on loopback says no.
    pub secure_cookies: bool,
    /// Whether a proxy that is trusted passes requests on, and says from which address each came.
    pub behind_proxy: bool,
    /// How people reach the site, without a slash at the end; links that travel begin with it. Never what a request says:
    /// whoever sends one could make it say anything.
    pub public_url: String,
    /// Where "today" comes from.
    pub clock: Clock,
}

impl fmt::Debug for Shell {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Shell").field("secure_cookies", &self.secure_cookies).finish_non_exhaustive()
    }
}

impl Shell {
    /// The name of a cookie. The prefix makes browsers refuse it from anywhere but this very host over TLS; without TLS, which is
    /// the demo on loopback, they would refuse it altogether.
    pub fn cookie_name(&self, name: &str) -> String {
        if self.secure_cookies { format!("__Host-{name}") } else { name.to_owned() }
    }

    /// A `Set-Cookie` value: for the whole site, never sent from other sites' requests that change something,
    /// never readable by a script. `age` is in seconds; 0 takes the cookie away.
    pub fn cookie(&self, name: &str, value: &str, age: u32) -> String {
        let secure = if self.secure_cookies { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
    }
}

/// The value of a cookie the browser sent, if it sent one.
pub fn cookie_of<'h>(headers: &'h axum::http::HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(axum::http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}
