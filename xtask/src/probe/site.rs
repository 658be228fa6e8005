//! The demo as somebody who tries it from outside finds it: signing in, walking its pages, and writing down what they take.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How many pages of one role are looked at.
const PAGES: usize = 250;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// What would end the session that everything is tried with, or never ends itself.
pub const LEFT_ALONE: &[&str] = &[
    "/sign-out",
    "/live",
    "/account/password",
    "/account/devices",
    "/account/role",
    "/account/second-step/new",
    "/account/second-step/off",
];

/// What was answered.
struct Answer {
    status: u16,
    location: String,
    cookies: Vec<String>,
    text: String,
}

/// A running demo.
#[derive(Debug, Clone, Copy)]
pub struct Site(pub SocketAddr);

/// The places of the site as one role finds them.
#[derive(Debug, Default)]
pub struct Places {
    /// Addresses of pages, with what stands behind the question mark.
    pub pages: BTreeSet<String>,
    /// What each place of a path was, by the path's form and the place's name.
    places: BTreeMap<(String, String), BTreeSet<String>>,
    /// The fields of each form, with values that stood in them; by method and the path's form.
    fields: BTreeMap<(String, String), BTreeMap<String, BTreeSet<String>>>,
}

/// One line of `docs/routes.txt`.
#[derive(Debug, Clone)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: String,
    /// Its path, with names in braces.
    pub path: String,
}

/// Reads `docs/routes.txt`.
pub fn routes(text: &str) -> Vec<Route> {
    let route = |line: &str| {
        let mut words = line.split_whitespace();
        let (method, path) = (words.next()?, words.next()?);
        path.starts_with('/').then(|| Route { method: method.to_owned(), path: path.to_owned() })
    };
    text.lines().filter_map(route).collect()
}

impl Route {
    /// What stands in the places of the path, if this address is one of it.
    fn places(&self, path: &str) -> Option<Vec<(String, String)>> {
        let (form, given): (Vec<&str>, Vec<&str>) =
            (self.path.split('/').collect(), path.split('/').collect());
        if form.len() != given.len() {
            return None;
        }
        let mut places = Vec::new();
        for (form, given) in form.into_iter().zip(given) {
            match form.strip_prefix('{').and_then(|form| form.strip_suffix('}')) {
                Some(name) => places.push((name.to_owned(), given.to_owned())),
                None if form == given => {}
                None => return None,
            }
        }
        Some(places)
    }
}

impl Site {
    fn ask(&self, method: &str, path: &str, cookie: &str) -> Result<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.0, PATIENCE).context("the demo is gone")?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let body = if method == "POST" {
            "content-type: application/x-www-form-urlencoded\r\ncontent-length: 0\r\n"
        } else {
            ""
        };
        let sent = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n{body}connection: close\r\n\r\n",
            self.0
        );
        stream.write_all(sent.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let (head, text) = text.split_once("\r\n\r\n").context("half an answer")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            let found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
        };
        let cookies =
            header("set-cookie").iter().filter_map(|one| Some(one.split(';').next()?.to_owned())).collect();
        let location = header("location").into_iter().next().unwrap_or_default();
        Ok(Answer { status, location, cookies, text: text.to_owned() })
    }

    /// Signs in by a link of the demo. Answers the cookies, and the first page.
    pub fn sign_in(&self, link: &str) -> Result<(String, String)> {
        let path = link.splitn(4, '/').nth(3).with_context(|| format!("no link: {link}"))?;
        let answer = self.ask("POST", &format!("/{path}"), "")?;
        if answer.status != 303 || answer.cookies.is_empty() {
            bail!("a link of the demo answers {}", answer.status);
        }
        let (cookie, mut first) = (answer.cookies.join("; "), answer.location);
        // Some have no day of their own and are sent on.
        for _ in 0..5 {
            match self.ask("GET", &first, &cookie)? {
                answer if answer.status == 303 && answer.location.starts_with('/') => first = answer.location,
                _ => break,
            }
        }
        Ok((cookie, first))
    }

    /// Whether these cookies still open this page.
    pub fn is_signed_in(&self, cookie: &str, page: &str) -> Result<bool> {
        Ok(self.ask("GET", page, cookie)?.status == 200)
    }

    /// Walks from a page to every page that one leads to.
    pub fn walk(&self, cookie: &str, first: &str, routes: &[Route]) -> Result<Places> {
        let (mut map, mut seen) = (Places::default(), BTreeSet::new());
        let mut next: VecDeque<String> = [first.to_owned(), "/".to_owned()].into();
        let mut forms: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(address) = next.pop_front() {
            let path = address.split('?').next().unwrap_or_default().to_owned();
            if map.pages.len() >= PAGES
                || LEFT_ALONE.contains(&path.as_str())
                || !seen.insert(address.clone())
            {
                continue;
            }
            let Some(route) =
                routes.iter().find(|route| route.method == "GET" && route.places(&path).is_some())
            else {
                continue;
            };
            // Some of each kind of page, not all.
            let looked = forms.entry(route.path.clone()).or_default();
            *looked += 1;
            if *looked > 6 {
                continue;
            }
            map.found("GET", &address, routes);
            let answer = self.ask("GET", &address, cookie)?;
            if answer.status != 200 {
                continue;
            }
            map.pages.insert(address);
            next.extend(attributes(&answer.text, "href=\"").filter(|to| to.starts_with('/')));
            map.forms(&answer.text, &path, routes);
        }
        Ok(map)
    }
}

/// The values of an attribute.
fn attributes<'t>(text: &'t str, start: &'t str) -> impl Iterator<Item = String> + 't {
    text.split(start).skip(1).filter_map(|rest| Some(plain(rest.split('"').next()?)))
}

fn plain(text: &str) -> String {
    let text = text.split('#').next().unwrap_or_default();
    text.replace("&amp;", "&").replace("&#38;", "&").replace("&quot;", "\"").replace("&#39;", "'")
}

impl Places {
    /// Writes down an address that was found.
    fn found(&mut self, method: &str, address: &str, routes: &[Route]) -> Option<(String, String)> {
        let (path, asked) = address.split_once('?').unwrap_or((address, ""));
        let fits = |route: &&Route| route.method == method && route.places(path).is_some();
        // A word of the path itself comes before a place that takes any word.
        let route = routes.iter().filter(fits).min_by_key(|route| route.path.matches('{').count())?;
        for (name, value) in route.places(path).unwrap_or_default() {
            self.places.entry((route.path.clone(), name)).or_default().insert(value);
        }
        let key = (method.to_owned(), route.path.clone());
        let fields = self.fields.entry(key.clone()).or_default();
        for (name, value) in asked.split('&').filter_map(|pair| pair.split_once('=')) {
            fields.entry(name.to_owned()).or_default().insert(value.to_owned());
        }
        Some(key)
    }

    fn forms(&mut self, text: &str, here: &str, routes: &[Route]) {
        for form in text.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let head = form.split('>').next().unwrap_or_default();
            let method = if head.contains("method=\"post\"") { "POST" } else { "GET" };
            let action = attributes(head, "action=\"").next().unwrap_or_else(|| here.to_owned());
            let Some(key) = self.found(method, &action, routes) else { continue };
            let fields = self.fields.entry(key).or_default();
            for tag in form.split('<').filter(|tag| tag.contains("name=\"")) {
                let tag = tag.split('>').next().unwrap_or_default();
                let name = attributes(tag, " name=\"").next().unwrap_or_default();
                let values = fields.entry(name).or_default();
                values.extend(attributes(tag, " value=\"").filter(|value| values_kept(value)).take(1));
            }
        }
    }

    /// What the site takes, as an OpenAPI description that a fuzzer reads.
    pub fn description(&self, routes: &[Route]) -> Value {
        let mut paths: Map<String, Value> = Map::new();
        for route in routes.iter().filter(|route| !LEFT_ALONE.contains(&route.path.as_str())) {
            let mut parameters = Vec::new();
            for name in route.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                let seen = self.places.get(&(route.path.clone(), name.to_owned()));
                parameters
                    .push(json!({"name": name, "in": "path", "required": true, "schema": words(seen, true)}));
            }
            let fields = self.fields.get(&(route.method.clone(), route.path.clone()));
            let fields = fields.cloned().unwrap_or_default();
            let mut described = json!({
                "operationId": format!("{} {}", route.method, route.path),
                "responses": {"default": {"description": "a page"}},
            });
            if route.method == "POST" {
                let properties: Map<String, Value> =
                    fields.iter().map(|(name, seen)| (name.clone(), words(Some(seen), false))).collect();
                let schema = json!({"type": "object", "properties": properties});
                described["requestBody"] = json!({
                    "content": {"application/x-www-form-urlencoded": {"schema": schema}}
                });
            } else {
                for (name, seen) in &fields {
                    parameters.push(json!({"name": name, "in": "query", "schema": words(Some(seen), false)}));
                }
            }
            described["parameters"] = Value::Array(parameters);
            let at = paths.entry(route.path.clone()).or_insert_with(|| json!({}));
            at[route.method.to_lowercase()] = described;
        }
        json!({"openapi": "3.0.3", "info": {"title": "Porchlight", "version": "1"}, "paths": paths})
    }
}

/// Values that are worth sending again.
fn values_kept(value: &str) -> bool {
    !value.is_empty() && value.len() < 200
}

/// One of what was seen there, or any other words.
fn words(seen: Option<&BTreeSet<String>>, in_path: bool) -> Value {
    let any = if in_path {
        json!({"type": "string", "minLength": 1, "maxLength": 40})
    } else {
        json!({"type": "string", "maxLength": 400})
    };
    match seen.filter(|seen| !seen.is_empty()) {
        Some(seen) => {
            let seen: Vec<_> = seen.iter().take(12).collect();
            json!({"anyOf": [{"type": "string", "enum": seen}, any]})
        }
        None => any,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    fn table() -> Vec<Route> {
        routes(
            "GET   /people/new         person.add\nGET   /people/{person}    person.read\n\
             POST  /people/{person}/say  goal.say\n\nno line of it\n",
        )
    }

    #[test]
    fn an_address_belongs_to_the_path_that_says_most_of_it() {
        let mut map = Places::default();
        assert_eq!(map.found("GET", "/people/new", &table()).unwrap().1, "/people/new");
        assert_eq!(map.found("GET", "/people/0198?part=notes", &table()).unwrap().1, "/people/{person}");
        assert_eq!(map.found("GET", "/people/0198/more", &table()), None);
        assert_eq!(table().len(), 3);
    }

    #[test]
    fn a_form_is_described_with_its_fields_and_what_stood_in_them() {
        let mut map = Places::default();
        let page = "<form class=\"x\" method=\"post\" action=\"/people/0198/say\"><input type=\"hidden\" name=\"command\" \
                    value=\"c1\"><textarea name=\"words\"></textarea></form>";
        map.forms(page, "/people/0198", &table());
        let description = map.description(&table());
        let post = &description["paths"]["/people/{person}/say"]["post"];
        let fields =
            &post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"];
        assert_eq!(fields["command"]["anyOf"][0]["enum"], json!(["c1"]));
        assert_eq!(fields["words"]["type"], "string");
        assert_eq!(post["parameters"][0]["schema"]["anyOf"][0]["enum"], json!(["0198"]));
    }
}
