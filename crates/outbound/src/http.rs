//! One careful HTTP client: it follows no redirect, believes no proxy of the environment, reads little, and ends in time.

use crate::outcome::Trouble;
use crate::{Roots, SetupFault};
use reqwest::{RequestBuilder, StatusCode, Url};
use std::net::IpAddr;
use std::time::Duration;

/// The longest answer that is read. What we ask for is far shorter.
const LONGEST: usize = 64 * 1024;

/// Sends requests. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Client(reqwest::Client);

/// What came back.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub body: Vec<u8>,
}

impl Client {
    pub(crate) fn new(roots: &Roots, patience: Duration) -> Result<Client, SetupFault> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(roots.client()?)
            // Whoever answers with a redirect would get to choose where our messages go.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .connect_timeout(patience)
            .timeout(patience)
            .user_agent("Porchlight")
            .build()
            .map_err(|_| SetupFault::NoRoots)?;
        Ok(Client(client))
    }

    pub(crate) fn post(&self, url: Url) -> RequestBuilder {
        self.0.post(url)
    }

    /// A request as another library makes it; none when it leads where anybody on the way could read along.
    #[cfg(feature = "single-sign-on")]
    pub(crate) fn request(&self, request: http::Request<Vec<u8>>) -> Option<RequestBuilder> {
        let request =
            reqwest::Request::try_from(request).ok().filter(|request| is_protected(request.url()))?;
        Some(RequestBuilder::from_parts(self.0.clone(), request))
    }
}

/// Sends a request and reads the beginning of the answer. The library's errors hold addresses, so none gets out.
pub(crate) async fn ask(request: RequestBuilder) -> Result<Answer, Trouble> {
    let mut response = request.send().await.map_err(|error| {
        if error.is_timeout() {
            Trouble::NoAnswer
        } else if error.is_connect() {
            Trouble::Unreachable
        } else {
            // Cut off in the middle, or no HTTP at all.
            Trouble::Strange
        }
    })?;
    let status = response.status();
    let mut body = Vec::new();
    while body.len() < LONGEST {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            // The status was there, and that is the answer; the rest only helps.
            Ok(None) | Err(_) => break,
        }
    }
    body.truncate(LONGEST);
    Ok(Answer { status, body })
}

/// The same where only the whole of an answer means something.
#[cfg(feature = "single-sign-on")]
pub(crate) async fn ask_whole(request: RequestBuilder) -> Result<Answer, Trouble> {
    let answer = ask(request).await?;
    if answer.body.len() < LONGEST { Ok(answer) } else { Err(Trouble::Strange) }
}

/// What a status means that is neither success nor a refusal of its own kind.
pub(crate) fn trouble(status: StatusCode) -> Trouble {
    if status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
    {
        Trouble::Failing
    } else {
        Trouble::Strange
    }
}

/// Reads the address of a server: https, or http on this machine.
pub(crate) fn server(text: &str) -> Option<Url> {
    let url: Url = text.trim().parse().ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (plain && is_protected(&url)).then_some(url)
}

/// Whether nobody on the way can read along: TLS, or a server on this machine.
pub(crate) fn is_protected(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    match url.scheme() {
        "https" => !host.is_empty(),
        "http" => is_this_machine(host),
        _ => false,
    }
}

/// Whether a host is this machine.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_protected_or_on_this_machine() {
        for right in
            ["https://pager.example.org/in", "http://127.0.0.1:80/", "http://[::1]:8/", "http://localhost/x"]
        {
            assert!(server(right).is_some(), "{right}");
        }
        for wrong in [
            "",
            "pager",
            "http://pager.example.org/",
            "https://u:p@pager.example.org/",
            "ftp://x/",
            "http://127.0.0.1.example.org/",
        ] {
            assert_eq!(server(wrong), None, "{wrong}");
        }
    }
}
