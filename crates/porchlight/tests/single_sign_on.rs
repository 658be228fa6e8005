//! The program with a provider of OpenID Connect that people run (npm's `oidc-provider`), both on this machine: an account is
//! linked, signs out, and comes in again by the provider.
//!
//! `cargo xtask test` fetches the provider and names its folder; by hand, `PORCHLIGHT_OIDC_PROVIDER` does.

#![cfg(feature = "single-sign-on")]
#![allow(clippy::unwrap_used, reason = "a test that can't go on stops, and says where")]

mod house;
mod http;

use house::{House, Server};
use http::{Answer, PATIENCE, ask_host};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

const SITE: &str = "https://porch.example.org";
const HOME: &str = "/account/single-sign-on";

/// The provider. It ends with its standard input.
struct Theirs {
    process: Child,
    at: SocketAddr,
}

impl Theirs {
    fn start() -> Theirs {
        let folder = std::env::var_os("PORCHLIGHT_OIDC_PROVIDER").filter(|folder| !folder.is_empty());
        let folder = folder.expect(
            "there is no provider to test with: `cargo xtask test` fetches it, or name the folder with its node_modules in \
             PORCHLIGHT_OIDC_PROVIDER",
        );
        let mut process = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/provider/provider.mjs"))
            .arg(folder)
            .arg(format!("{SITE}/sign-in/single-sign-on/answer"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node is on this machine");
        let (tell, told) = mpsc::channel();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(at) = line.strip_prefix("issuer http://") {
                    let _ = tell.send(at.to_owned());
                }
            }
        });
        let at = told.recv_timeout(PATIENCE).expect("the provider starts").parse().unwrap();
        Theirs { process, at }
    }
}

impl Drop for Theirs {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser that knows two sites, and believes that the proxy before ours speaks TLS.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<(String, String), String>,
}

impl Browser {
    /// One request, to whichever of the two the address belongs.
    fn send(&mut self, house: &Server, method: &str, address: &str, body: &str) -> Answer {
        let rest = address.split_once("://").unwrap().1;
        let (host, path) = rest.split_at(rest.find('/').unwrap());
        let at = if host == "porch.example.org" { house.at } else { host.parse().unwrap() };
        let cookies = self.cookies.iter().filter(|((of, _), _)| of == host);
        let cookies: Vec<String> = cookies.map(|((_, name), value)| format!("{name}={value}")).collect();
        let answer = ask_host(at, host, method, path, &cookies.join("; "), body).unwrap();
        let set = answer.head.lines().filter_map(|line| line.split_once(": "));
        for (_, cookie) in set.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            let (pair, about) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let key = (host.to_owned(), name.to_owned());
            // The other site takes its own away by a day long ago.
            match value.is_empty() || about.contains("Max-Age=0") {
                true => self.cookies.remove(&key),
                false => self.cookies.insert(key, value.to_owned()),
            };
        }
        answer
    }

    fn get(&mut self, house: &Server, path: &str) -> Answer {
        self.send(house, "GET", &format!("{SITE}{path}"), "")
    }

    fn post(&mut self, house: &Server, path: &str, body: &str) -> Answer {
        self.send(house, "POST", &format!("{SITE}{path}"), body)
    }

    /// Goes on to the provider, says there who one is where it asks, and comes back: what our site then answers.
    fn goes(&mut self, house: &Server, onward: &Answer, called: &str) -> Answer {
        assert_eq!(onward.status, 200, "{}", onward.body);
        let link = onward.body.split("class=\"btn big wide\" href=\"").nth(1).unwrap();
        let mut address = link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        assert!(address.starts_with("http://127.0.0.1:"), "{address}");
        let mut answer = self.send(house, "GET", &address, "");
        // Each page and each redirect of it leads on; it has a handful.
        for _ in 0..12 {
            let origin =
                address[..address.find("/interaction").or(address.find("/auth")).unwrap()].to_owned();
            let whole = |to: &str| if to.starts_with('/') { format!("{origin}{to}") } else { to.to_owned() };
            if let Some(to) = answer.location() {
                address = whole(to);
                if address.starts_with(SITE) {
                    return self.send(house, "GET", &address, "");
                }
                answer = self.send(house, "GET", &address, "");
                continue;
            }
            assert_eq!(answer.status, 200, "{}", answer.body);
            let form = answer.body.split("action=\"").nth(1).expect(&answer.body);
            let asks_name = answer.body.contains("name=\"login\"");
            address = whole(form.split('"').next().unwrap());
            let body = match asks_name {
                true => format!("prompt=login&login={called}&password=any"),
                false => "prompt=consent".to_owned(),
            };
            answer = self.send(house, "POST", &address, &body);
        }
        panic!("the provider goes round in circles: {}", answer.body);
    }
}

#[test]
fn an_account_is_linked_signs_out_and_comes_in_by_a_real_provider() {
    let theirs = Theirs::start();
    let (house, secret) = House::founded();
    let mut serve = house.command(&["serve"]);
    serve.env("PORCHLIGHT_SINGLE_SIGN_ON__ISSUER", format!("http://{}", theirs.at));
    serve.env("PORCHLIGHT_SINGLE_SIGN_ON__CLIENT_ID", "porch");
    serve.env("PORCHLIGHT_SINGLE_SIGN_ON__CLIENT_SECRET", "between us");
    serve.env("PORCHLIGHT_SINGLE_SIGN_ON__NAME", "Riverbend account");
    let server = Server::start(serve);

    let mut own = Browser::default();
    let account = "name=Ruth+Calloway&sign_in_name=ruth&password=porch+lamp+at+dusk&lang=en";
    let inside = own.post(&server, &format!("/welcome/{secret}"), account);
    assert_eq!(inside.status, 303, "{}", inside.body);
    let onward = own.post(&server, HOME, "");
    let back = own.goes(&server, &onward, "planted-subject");
    assert_eq!((back.status, back.location()), (303, Some(HOME)), "{}", back.body);
    assert!(own.get(&server, HOME).body.contains("Linked: Today."));

    // At another browser, where the provider asks again.
    assert_eq!(own.post(&server, "/sign-out", "").status, 303);
    assert_eq!(own.get(&server, "/account").status, 303);
    let mut elsewhere = Browser::default();
    let onward = elsewhere.post(&server, "/sign-in/single-sign-on", "then=%2Faccount");
    let back = elsewhere.goes(&server, &onward, "planted-subject");
    assert_eq!((back.status, back.location()), (303, Some("/account")), "{}", back.body);
    assert!(elsewhere.get(&server, "/account").body.contains("Ruth Calloway"));
    // At the first, where it knows who it is.
    let onward = own.post(&server, "/sign-in/single-sign-on", "");
    let back = own.goes(&server, &onward, "nobody is asked");
    assert_eq!(back.status, 303);
    assert!(own.get(&server, "/account").body.contains("Ruth Calloway"));
    // Somebody whom it knows, and who has no account here.
    let mut other = Browser::default();
    let onward = other.post(&server, "/sign-in/single-sign-on", "");
    let back = other.goes(&server, &onward, "somebody-else");
    assert_eq!((back.status, back.location()), (303, Some("/sign-in")));
    assert_eq!(other.get(&server, "/account").status, 303);

    // Gone: whoever is on the way is sent back with a plain word, and the name and the password still count.
    drop(theirs);
    let onward = other.post(&server, "/sign-in/single-sign-on", "");
    assert_eq!(onward.status, 200, "it is still known where the provider is");
    let state = onward.body.split("state=").nth(1).unwrap().split(['&', '"']).next().unwrap();
    let back = other.get(&server, &format!("/sign-in/single-sign-on/answer?state={state}&code=any"));
    assert_eq!((back.status, back.location()), (303, Some("/sign-in")));
    assert!(other.get(&server, "/sign-in").body.contains("does not answer now"));
    let inside = other.post(&server, "/sign-in", "sign_in_name=ruth&password=porch+lamp+at+dusk");
    assert_eq!(inside.status, 303);
    assert!(other.get(&server, "/account").body.contains("Ruth Calloway"));

    let log = server.end();
    assert!(log.contains("the provider of single sign-on can't be asked"), "{log}");
    for planted in ["planted-subject", "somebody-else", "between us", "code=", "Ruth"] {
        assert!(!log.contains(planted), "{planted}: {log}");
    }
    house.verify().ended_with(0);
}
