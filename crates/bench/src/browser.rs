//! As much of a browser as the load needs: one cookie, pages, links and forms.

use anyhow::{Context, bail};
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// No page is larger.
const LARGEST: usize = 4 << 20;

/// How a form is sent.
const FORM: &str = "application/x-www-form-urlencoded";

/// Keeps its connections and one cookie.
pub struct Browser {
    client: Client<HttpConnector, Body>,
    origin: String,
    cookie: Option<String>,
}

impl Browser {
    /// Signed out.
    pub fn of(origin: &str) -> Browser {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Browser { client, origin: origin.into(), cookie: None }
    }

    /// Presses the button behind a sign-in link, and keeps the session.
    pub async fn enter(&mut self, path: &str) -> anyhow::Result<()> {
        let answer = self.post(path, "").await?;
        let set = answer.head.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let session =
            set.filter_map(|value| value.split(';').next()).find(|pair| pair.starts_with("session="));
        self.cookie = Some(session.context("a sign-in link did not sign in")?.to_owned());
        Ok(())
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.ask("GET", path, FORM, Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, body: &str) -> anyhow::Result<Answer> {
        self.ask("POST", path, FORM, Body::from(body.to_owned())).await
    }

    /// Sends what a script sends, and reads what it is told.
    pub async fn tell<T: serde::de::DeserializeOwned>(&self, path: &str, body: String) -> anyhow::Result<T> {
        let answer = self.ask("POST", path, "application/json", Body::from(body)).await?.page()?;
        Ok(serde_json::from_slice(&answer.body)?)
    }

    async fn ask(&self, method: &str, path: &str, kind: &str, body: Body) -> anyhow::Result<Answer> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin))
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, kind);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let (head, body) = self.client.request(request.body(body)?).await?.into_parts();
        let body = to_bytes(Body::new(body), LARGEST).await?;
        Ok(Answer { asked: format!("{method} {path}"), status: head.status, head: head.headers, body })
    }
}

/// What came back.
pub struct Answer {
    asked: String,
    status: StatusCode,
    head: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// The page, if it is one.
    pub fn page(self) -> anyhow::Result<Answer> {
        if self.status == StatusCode::OK { Ok(self) } else { Err(self.wrong()) }
    }

    /// Where it leads on to.
    pub fn location(self) -> anyhow::Result<String> {
        let to = self.head.get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
        to.filter(|_| self.status == StatusCode::SEE_OTHER).ok_or_else(|| self.wrong())
    }

    /// Whether it leads on to where it should.
    pub fn led_to(self, path: &str) -> anyhow::Result<()> {
        let to = self.head.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        if self.status == StatusCode::SEE_OTHER && to.starts_with(path) { Ok(()) } else { Err(self.wrong()) }
    }

    /// How many access decisions the demo has made so far.
    pub fn decisions(self) -> anyhow::Result<u64> {
        let page = self.page()?;
        let count = page.head.get("x-decisions").and_then(|count| count.to_str().ok()?.parse().ok());
        count.context("the demo does not say how many decisions it made")
    }

    /// The different links to pages whose path begins so and ends after so many more letters.
    pub fn links(&self, start: &str, more: usize) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let links: BTreeSet<String> = page
            .select(&one("a[href]"))
            .filter_map(|link| link.attr("href"))
            .filter(|href| href.strip_prefix(start).is_some_and(|rest| rest.len() == more))
            .map(str::to_owned)
            .collect();
        links.into_iter().collect()
    }

    /// The form that leads there, filled in as somebody in a hurry would: the first of every choice, a sentence in
    /// every field of text.
    pub fn filled_form(&self, action: &str) -> anyhow::Result<Filled> {
        let page = Html::parse_document(&self.text());
        let Some(form) = page
            .select(&one("form[action]"))
            .find(|form| form.attr("action").is_some_and(|to| to.starts_with(action)))
        else {
            bail!("{} shows no form that leads to {action}", self.asked);
        };
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut chosen: BTreeSet<String> = BTreeSet::new();
        let of = |input: &ElementRef<'_>, name| input.attr(name).unwrap_or_default().to_owned();
        // What is chosen already stays; then the first of each that has nothing chosen.
        for checked in [true, false] {
            for input in form.select(&one("input[name]")) {
                let (name, value) = (of(&input, "name"), of(&input, "value"));
                match input.attr("type").unwrap_or("text") {
                    "radio" | "checkbox" => {
                        let wanted = input.attr("type") == Some("radio") || name == "did";
                        if input.attr("checked").is_some() == checked
                            && (checked || wanted)
                            && chosen.insert(name.clone())
                        {
                            fields.push((name, value));
                        }
                    }
                    "submit" | "button" => {}
                    _ if checked => fields.push((name, value)),
                    _ => {}
                }
            }
        }
        for area in form.select(&one("textarea[name]")) {
            fields.push((of(&area, "name"), "We sat on the porch and talked about next week.".into()));
        }
        Ok(Filled(fields))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn wrong(&self) -> anyhow::Error {
        let page = Html::parse_document(&self.text());
        let main: String = page.select(&one("main")).flat_map(|main| main.text()).collect();
        let main: Vec<&str> = main.split_whitespace().take(120).collect();
        anyhow::anyhow!("{} was answered with {}: {}", self.asked, self.status, main.join(" "))
    }
}

#[expect(clippy::expect_used, reason = "each is written in this file")]
fn one(selector: &'static str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

/// The fields of a form, filled in.
pub struct Filled(Vec<(String, String)>);

impl Filled {
    /// As it is sent, with some fields replaced.
    pub fn with(&self, other: &[(&str, &str)]) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let fields = self.0.iter().filter(|(name, _)| other.iter().all(|(replaced, _)| replaced != name));
        fields
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(other.iter().copied())
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect::<Vec<_>>()
            .join("&")
    }
}
