//! What a browser test is written with.
//!
//! ```text
//! #[tokio::test]
//! async fn a_peer_reads_their_day() {
//!     let page = Page::open(Screen::phone()).await;
//!     page.sign_in("peer_specialist", "Georgia").await;
//!     page.tap("People").await;
//!     page.see("People I walk with").await;
//!     page.axe().await;
//!     assert_eq!(page.taps(), 1);
//! }
//! ```
//!
//! All tests share one `porchlight demo` and one chromedriver, since two cores carry no more; each test has a browser
//! of its own, with nothing in it. So a test says what it needs in words that only it uses, and never counts what
//! others may add to. A test that changes what all see takes [`Demo::start`] for itself.
//!
//! Every wait is for a condition and has a limit. Nothing is left running: what we start watches our end of a pipe,
//! and ends when that closes, however we end.

mod demo;

pub use demo::{Demo, Link, Running, new_folder, setting};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::Cell;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// How long a page may take to show what a test waits for. Long, since CI shares its cores.
const PAGE_LIMIT: Duration = Duration::from_secs(15);
/// Between two looks at a condition.
const LOOK: Duration = Duration::from_millis(30);
/// No page needs more stops than this from one end to the other.
const MOST_TAB_STOPS: usize = 600;

/// The one chromedriver, and the port it listens on.
fn driver() -> u16 {
    static DRIVER: OnceLock<(Mutex<Running>, u16)> = OnceLock::new();
    DRIVER
        .get_or_init(|| {
            let program =
                setting("PORCHLIGHT_CHROMEDRIVER").unwrap_or_else(|| "/usr/bin/chromedriver".into());
            let folder = new_folder("driver");
            let mut driver = Running::start(&program, &["--port=0"], &folder);
            let port = driver.wait_until("chromedriver", |log| {
                let (_, after) = log.split_once("started successfully on port ")?;
                after.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
            });
            (Mutex::new(driver), port)
        })
        .1
}

/// Asks chromedriver for what the client has no word for, and when nothing can be awaited.
fn ask_driver(method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, driver()))?;
        stream.set_read_timeout(Some(PAGE_LIMIT))?;
        let body = if method == "DELETE" { String::new() } else { body.to_string() };
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        // It keeps the connection open, so the answer ends where its length says.
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            match line.trim().to_lowercase().split_once("content-length:") {
                Some((_, value)) => length = value.trim().parse().unwrap_or_default(),
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|error| error.to_string())?;
    let value: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
    match &value["value"]["error"] {
        Value::Null => Ok(value["value"].clone()),
        _ => Err(value["value"].to_string()),
    }
}

/// What the browser is to be like.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Whether the device asks for dark pages.
    pub dark: bool,
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// The language chosen, `en` or `es`.
    pub lang: &'static str,
}

impl Screen {
    /// 390 × 844.
    pub fn phone() -> Screen {
        Screen { width: 390, height: 844, dark: false, scripts: true, lang: "en" }
    }

    /// 1280 × 900.
    pub fn desktop() -> Screen {
        Screen { width: 1280, height: 900, ..Screen::phone() }
    }

    /// At night.
    pub fn dark(self) -> Screen {
        Screen { dark: true, ..self }
    }

    /// En español.
    pub fn spanish(self) -> Screen {
        Screen { lang: "es", ..self }
    }

    /// With JavaScript switched off, as a reader may.
    pub fn without_scripts(self) -> Screen {
        Screen { scripts: false, ..self }
    }
}

/// A browser with one page open. It closes when this is dropped.
#[derive(Debug)]
pub struct Page {
    client: Client,
    session: String,
    origin: String,
    screen: Screen,
    demo: Option<&'static Demo>,
    taps: Cell<u32>,
    profile: PathBuf,
}

impl Page {
    /// A new browser, for the shared demo, signed out.
    pub async fn open(screen: Screen) -> Page {
        let demo = Demo::shared();
        let mut page = Page::open_at(screen, demo.origin()).await;
        page.demo = Some(demo);
        page
    }

    /// A new browser for pages at another origin, such as that of a demo of one's own.
    pub async fn open_at(screen: Screen, origin: &str) -> Page {
        Page::open_in(screen, origin, new_folder("browser")).await
    }

    /// A browser that goes on with what one of this profile left behind.
    pub async fn open_in(screen: Screen, origin: &str, profile: PathBuf) -> Page {
        // The pipe makes the browser end with its driver, even when that is killed while one starts.
        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--remote-debugging-pipe", "--force-prefers-reduced-motion", "--lang=en-US",
                format!("--user-data-dir={}", profile.display()),
            ],
            "prefs": { "credentials_enable_service": false },
        });
        if !screen.scripts {
            options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        if let Some(program) = setting("PORCHLIGHT_CHROMIUM") {
            options["binary"] = json!(program);
        }
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let Value::Object(capabilities) = capabilities else { unreachable!("written as an object above") };
        let driver = format!("http://127.0.0.1:{}", driver());
        let mut start = ClientBuilder::new(HttpConnector::new());
        start.capabilities(capabilities);
        let client = start.connect(&driver).await.expect("chromedriver could not start a browser");
        let session = client.session_id().await.unwrap().expect("a new session has an id");
        let page =
            Page { client, session, origin: origin.into(), screen, demo: None, taps: Cell::new(0), profile };
        page.set_size(screen.width, screen.height);
        page.set_dark(screen.dark);
        page.set_language(screen.lang);
        page
    }

    /// Ends the browser in the middle of whatever it does, as a phone whose battery is taken out. Answers its profile.
    pub fn kill(mut self) -> PathBuf {
        let profile = std::mem::take(&mut self.profile);
        let mark = format!("--user-data-dir={}", profile.display());
        let of_profile = |process: &fs::DirEntry| {
            let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(&mark)
        };
        let processes = fs::read_dir("/proc").unwrap().flatten().filter(of_profile);
        let ids: Vec<_> = processes.map(|process| process.file_name()).collect();
        let killed = Command::new("sh").arg("-c").arg("kill -9 \"$@\"").arg("sh").args(ids).output();
        assert!(killed.unwrap().status.success(), "the browser could not be killed");
        // What it held its profile with is gone with it; the next one makes its own.
        for held in ["SingletonLock", "SingletonSocket", "SingletonCookie"] {
            let _ = fs::remove_file(profile.join(held));
        }
        profile
    }

    /// Gives the browser a device that makes passkeys and is always unlocked.
    pub fn add_authenticator(&self) {
        let body = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "isUserConsenting": true,
        });
        ask_driver("POST", &format!("/session/{}/webauthn/authenticator", self.session), &body).unwrap();
    }

    /// The client below, for what is missing here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    // ---- Going somewhere ----

    /// Opens a page of this origin.
    pub async fn visit(&self, path: &str) {
        self.go(&format!("{}{path}", self.origin)).await;
    }

    async fn go(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("could not open {url}: {error}"));
    }

    /// Where we are, without the origin.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.origin).unwrap_or(&url).to_string()
    }

    /// Waits until we are there.
    pub async fn arrive(&self, path: &str) {
        let deadline = Instant::now() + PAGE_LIMIT;
        loop {
            let now = self.path().await;
            if now == path {
                return;
            }
            assert!(Instant::now() < deadline, "still at {now}, not at {path}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Signs in as the demo's first with this role (as in `Role::as_str`) in the first programme whose name contains
    /// `programme`, and says who that is.
    pub async fn sign_in(&self, role: &str, programme: &str) -> &'static Link {
        let link = self.link(role, programme);
        self.sign_in_with(link).await;
        link
    }

    /// The link that [`Page::sign_in`] takes.
    pub fn link(&self, role: &str, programme: &str) -> &'static Link {
        self.demo.expect("only the shared demo has links here; use sign_in_with").link(role, programme)
    }

    /// Opens a sign-in link. The page behind it asks.
    pub async fn open_link(&self, link: &Link) {
        self.go(&link.url).await;
    }

    /// Signs in with a link: opening it asks, and the button on that page does it.
    pub async fn sign_in_with(&self, link: &Link) {
        self.open_link(link).await;
        let asked_at = self.path().await;
        let taps = self.taps.get();
        self.tap_css("main form[method=post] button:not([type=button])").await;
        self.taps.set(taps);
        let deadline = Instant::now() + PAGE_LIMIT;
        while self.path().await == asked_at {
            let text = self.text("body").await;
            assert!(Instant::now() < deadline, "the link of {} did not sign in:\n{text}", link.name);
            tokio::time::sleep(LOOK).await;
        }
    }

    // ---- Doing something ----

    /// How many taps there were, without those that signed in.
    pub fn taps(&self) -> u32 {
        self.taps.get()
    }

    /// Counts from here.
    pub fn count_taps_from_here(&self) {
        self.taps.set(0);
    }

    /// Taps the link, button, tile or summary that is called so. It has to be the only one on the page, or in `main`.
    /// What merely starts with the name will do when nothing is called exactly so.
    pub async fn tap(&self, name: &str) {
        self.tap_found(name, "find_by_name").await;
    }

    /// Taps the only element that a CSS selector finds and that shows.
    pub async fn tap_css(&self, selector: &str) {
        self.tap_found(selector, "find_by_selector").await;
    }

    /// [`Page::tap`], when several are called so and the first on the page is meant.
    pub async fn tap_first(&self, name: &str) {
        self.tap_found(name, "find_first_by_name").await;
    }

    /// Taps the first link to this path, in `main` if there is one.
    pub async fn tap_link(&self, path: &str) {
        self.tap_found(path, "find_link").await;
    }

    async fn tap_found(&self, wanted: &str, how: &str) {
        let deadline = Instant::now() + PAGE_LIMIT;
        loop {
            let element = self.find(wanted, how).await;
            match element.click().await {
                Ok(()) => break,
                // The page changed under our finger, or something still covers it: as a person would, look again.
                Err(error)
                    if Instant::now() < deadline
                        && (error.is_stale_element_reference() || covered(&error)) =>
                {
                    tokio::time::sleep(LOOK).await;
                }
                Err(error) => panic!("could not tap {wanted:?} at {}: {error}", self.path().await),
            }
        }
        self.taps.set(self.taps.get() + 1);
    }

    /// Fills the field with this label. What was in it is replaced.
    pub async fn type_into(&self, label: &str, text: &str) {
        let field = self.find(label, "find_field").await;
        let kind = field.prop("type").await.unwrap().unwrap_or_default();
        if ["date", "time", "datetime-local", "month"].contains(&kind.as_str()) {
            // How these are typed depends on the browser's country; what they hold does not.
            let script = "const [field, text] = arguments; field.value = text;
                for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
                return field.value";
            let now = self.run(script, vec![json!(field), json!(text)]).await;
            assert_eq!(now, json!(text), "the field {label:?} of kind {kind} does not take {text:?}");
        } else {
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        }
    }

    /// Chooses from the list with this label. On a phone that is two taps.
    pub async fn choose(&self, label: &str, option: &str) {
        let list = self.find(label, "find_field").await;
        list.select_by_label(option)
            .await
            .unwrap_or_else(|error| panic!("{label:?} has no {option:?}: {error}"));
        self.taps.set(self.taps.get() + 2);
    }

    /// What the field with this label holds.
    pub async fn typed_in(&self, label: &str) -> String {
        self.find(label, "find_field").await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) {
        self.type_here(&char::from(key).to_string()).await;
    }

    /// Types where the focus is.
    pub async fn type_here(&self, text: &str) {
        let here = self.client.active_element().await.unwrap();
        if here.attr("type").await.unwrap().as_deref() != Some("file") {
            return here.send_keys(text).await.unwrap();
        }
        // What is sent to a field of files is taken for their names; a keyboard is not.
        let keys = text.chars().fold(KeyActions::new("keyboard".to_owned()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Presses Tab until the focus is on what is called so, and says how often that was. Each stop on the way has to
    /// show that it has the focus.
    pub async fn press_tab_until(&self, name: &str) -> usize {
        self.press_tab_to(name, |at| at["name"] == json!(name) || at["label"] == json!(name)).await
    }

    /// Presses Tab until the focus is on a link to this path.
    pub async fn press_tab_until_link(&self, path: &str) -> usize {
        self.press_tab_to(path, |at| at["href"] == json!(path)).await
    }

    /// Chooses the tile of this name as a keyboard does: Tab leads to a checkbox, which Space ticks, or into a group of
    /// radio buttons, where the arrows choose.
    pub async fn choose_by_keyboard(&self, name: &str) {
        let among = |at: &Value| at["group"].as_array().is_some_and(|group| group.contains(&json!(name)));
        self.press_tab_to(name, |at| at["label"] == json!(name) || among(at)).await;
        for _ in 0..MOST_TAB_STOPS {
            let at = self.run_lookup("focus", &[]).await;
            if at["label"] == json!(name) {
                if at["checked"] != json!(true) {
                    self.type_here(" ").await;
                }
                return;
            }
            self.press(Key::Down).await;
        }
        panic!("the arrows did not reach {name:?}");
    }

    async fn press_tab_to(&self, wanted: &str, is_there: impl Fn(&Value) -> bool) -> usize {
        let mut passed = Vec::new();
        let mut before = Value::Null;
        for presses in 1..=MOST_TAB_STOPS {
            self.press(Key::Tab).await;
            let mut at = self.run_lookup("focus", &[]).await;
            same_element(&mut at, &mut before);
            let here = at["name"].as_str().unwrap_or_default().to_string();
            assert_eq!(
                at["shows"],
                json!(true),
                "the focus on {here:?} can't be seen at {}",
                self.path().await
            );
            before = at.clone();
            if is_there(&at) {
                return presses;
            }
            passed.push(here);
        }
        panic!(
            "{MOST_TAB_STOPS} times Tab did not reach {wanted:?} at {}; it passed {passed:?}",
            self.path().await
        )
    }

    // ---- Looking ----

    /// Waits until this text shows.
    pub async fn see(&self, text: &str) {
        let deadline = Instant::now() + PAGE_LIMIT;
        loop {
            let now = self.text("body").await;
            if now.contains(&plain(text)) {
                return;
            }
            let path = self.path().await;
            assert!(Instant::now() < deadline, "{text:?} does not show at {path}, which says:\n{now}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Looks once, so see first what the page is known by.
    pub async fn do_not_see(&self, text: &str) {
        let now = self.text("body").await;
        assert!(!now.contains(&plain(text)), "{text:?} shows at {}:\n{now}", self.path().await);
    }

    /// The text that shows in all that a CSS selector finds, with single spaces.
    pub async fn text(&self, selector: &str) -> String {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText).join(' ')";
        plain(self.run(script, vec![json!(selector)]).await.as_str().unwrap_or_default())
    }

    /// How many a CSS selector finds.
    pub async fn count(&self, selector: &str) -> u64 {
        let script = "return document.querySelectorAll(arguments[0]).length";
        self.run(script, vec![json!(selector)]).await.as_u64().unwrap_or_default()
    }

    /// Paths of this origin that the page links to, without what takes the reader away or is a file.
    pub async fn links(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('a[href]:not([download], [rel~=noreferrer], [target])')]
            .map(a => new URL(a.href)).filter(url => url.origin === location.origin).map(url => url.pathname)";
        let found = self.run(script, vec![]).await;
        let mut paths: Vec<String> = serde_json::from_value(found).unwrap();
        paths.retain(|path| !path.rsplit('/').next().unwrap_or_default().contains('.'));
        paths.sort();
        paths.dedup();
        paths
    }

    /// Walks from here along links and gives the path of each kind of page once, this one first: of all people's pages
    /// only one. Stops after `most`.
    pub async fn walk(&self, most: usize) -> Vec<String> {
        let mut found = vec![self.path().await];
        let mut kinds = vec![kind_of(&found[0])];
        let mut next = 0;
        while next < found.len() {
            if next > 0 {
                self.visit(&found[next]).await;
            }
            next += 1;
            for path in self.links().await {
                if found.len() < most && !kinds.contains(&kind_of(&path)) {
                    kinds.push(kind_of(&path));
                    found.push(path);
                }
            }
        }
        found
    }

    // ---- Judging ----

    /// No rule of axe-core is broken: WCAG 2.2 A and AA, and its best practice.
    pub async fn axe(&self) {
        let broken = self.what_axe_finds().await;
        assert!(broken.is_empty(), "{} at {}:\n{}", self.look(), self.path().await, broken.join("\n"));
    }

    /// [`Page::axe`] by day and by night.
    pub async fn axe_in_both_themes(&self) {
        for dark in [self.screen.dark, !self.screen.dark] {
            self.set_dark(dark);
            let broken = self.what_axe_finds().await;
            let theme = if dark { "dark" } else { "light" };
            assert!(
                broken.is_empty(),
                "{theme}, {} at {}:\n{}",
                self.look(),
                self.path().await,
                broken.join("\n")
            );
        }
        self.set_dark(self.screen.dark);
    }

    /// Each rule that is broken: which, where, and the markup.
    pub async fn what_axe_finds(&self) -> Vec<String> {
        let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        self.what_axe_finds_of(&tags).await
    }

    /// Each rule about colours that is broken: by night nothing else is another than by day.
    pub async fn what_axe_finds_in_colours(&self) -> Vec<String> {
        self.what_axe_finds_of(&["cat.color"]).await
    }

    async fn what_axe_finds_of(&self, tags: &[&str]) -> Vec<String> {
        static AXE: OnceLock<String> = OnceLock::new();
        let axe = AXE.get_or_init(|| {
            let file = setting("PORCHLIGHT_AXE")
                .expect("run `cargo xtask test browser`, or name axe.min.js in PORCHLIGHT_AXE");
            fs::read_to_string(&file)
                .unwrap_or_else(|error| panic!("could not read {}: {error}", file.display()))
        });
        if self.run("return typeof window.axe", vec![]).await == json!("undefined") {
            self.run(axe, vec![]).await;
        }
        let script = r"
            const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] }).then(
                found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
                    `${rule.id}: ${rule.help}\n  at ${node.target.join(' ')}\n  in ${node.html}\n  ${node.any.map(a => a.message).join('\n  ')}`))),
                error => done([`axe could not run: ${error}`]))";
        let found = self.client.execute_async(script, vec![json!(tags)]).await.unwrap();
        serde_json::from_value(found).unwrap()
    }

    /// Nothing has to be scrolled sideways, on a screen 320 px wide and with text twice the size on phone and desktop.
    pub async fn no_sideways_scroll(&self) {
        let found = self.what_does_not_fit().await;
        assert!(found.is_empty(), "{} does not fit:\n{}", self.path().await, found.join("\n"));
    }

    /// Each thing that is too wide, and whether text does not grow.
    pub async fn what_does_not_fit(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut look = async |when: String| {
            let wide: Vec<String> = serde_json::from_value(self.run_lookup("too_wide", &[]).await).unwrap();
            found.extend(wide.iter().map(|what| format!("{when}: {what}")));
        };
        self.set_size(320, 640);
        look("320 px wide".into()).await;
        let before = self.text_size().await;
        self.devtools("Page.setFontSizes", json!({ "fontSizes": { "standard": 32, "fixed": 26 } }));
        let after = self.text_size().await;
        for width in [390, 1280] {
            self.set_size(width, 844);
            look(format!("text twice the size, {width} px wide")).await;
        }
        self.devtools("Page.setFontSizes", json!({ "fontSizes": { "standard": 16, "fixed": 13 } }));
        self.set_size(self.screen.width, self.screen.height);
        if after != before * 2.0 {
            found.push(format!(
                "text {before} px high becomes {after} px when its reader asks for twice the size"
            ));
        }
        found
    }

    /// Each stop of the Tab key that does not show that it has the focus.
    pub async fn what_hides_the_focus(&self) -> Vec<String> {
        let mut stops: Vec<Value> = Vec::new();
        for _ in 0..MOST_TAB_STOPS {
            self.press(Key::Tab).await;
            let stop = self.run_lookup("focus", &[]).await;
            if stop["at"].is_null() || (stops.len() > 1 && stops[0]["at"] == stop["at"]) {
                stops.dedup_by(same_element);
                let hidden = stops.iter().filter(|stop| stop["shows"] != json!(true));
                return hidden.map(|stop| format!("the focus can't be seen on {}", stop["html"])).collect();
            }
            stops.push(stop);
        }
        vec![format!("{MOST_TAB_STOPS} times Tab does not lead round the page")]
    }

    async fn text_size(&self) -> f64 {
        let size = self.run("return parseFloat(getComputedStyle(document.body).fontSize)", vec![]).await;
        size.as_f64().unwrap()
    }

    /// Takes a picture of the whole page as `NAME.png` into the folder `PORCHLIGHT_SHOTS`, if that is set.
    pub async fn screenshot(&self, name: &str) {
        self.screenshot_at(name, self.screen.width, self.screen.height).await;
    }

    /// [`Page::screenshot`] on another screen, at least so high.
    pub async fn screenshot_at(&self, name: &str, width: u32, height: u32) {
        let Some(folder) = setting("PORCHLIGHT_SHOTS") else { return };
        self.set_size(width, height);
        let whole = self.run("return document.documentElement.scrollHeight", vec![]).await.as_u64().unwrap();
        self.set_size(width, u32::try_from(whole).unwrap().clamp(height, 8000));
        let picture = self.client.screenshot().await.unwrap();
        self.set_size(self.screen.width, self.screen.height);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }

    // ---- The device ----

    /// Turns the phone, or takes another.
    pub fn set_size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// Day or night, as the device says.
    pub fn set_dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", feature);
    }

    /// The language chosen on this device, `en` or `es`, as the switch at the foot of a page keeps it.
    pub fn set_language(&self, lang: &str) {
        self.devtools("Network.setCookie", json!({ "name": "lang", "value": lang, "url": self.origin }));
    }

    /// As on a device never used before.
    pub fn forget_cookies(&self) {
        self.devtools("Network.clearBrowserCookies", json!({}));
    }

    /// Whether the network is there.
    pub fn set_offline(&self, offline: bool) {
        let network =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", network);
    }

    /// Says something in the browser's own protocol.
    pub fn devtools(&self, command: &str, params: Value) -> Value {
        let path = format!("/session/{}/goog/cdp/execute", self.session);
        ask_driver("POST", &path, &json!({ "cmd": command, "params": params }))
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    fn look(&self) -> String {
        format!("{} × {}", self.screen.width, self.screen.height)
    }

    async fn run(&self, script: &str, args: Vec<Value>) -> Value {
        self.client
            .execute(script, args)
            .await
            .unwrap_or_else(|error| panic!("a script of the test failed: {error}"))
    }

    async fn run_lookup(&self, function: &str, args: &[Value]) -> Value {
        self.run(&format!("{LOOKUP}\nreturn {function}(...arguments)"), args.to_vec()).await
    }

    /// Waits until there is exactly one.
    async fn find(&self, wanted: &str, how: &str) -> Element {
        let deadline = Instant::now() + PAGE_LIMIT;
        loop {
            let found = self.run_lookup(how, &[json!(wanted)]).await;
            if let Some(id) =
                found["element"].as_object().and_then(|element| element.values().next()?.as_str())
            {
                return Element::from_element_id(self.client.clone(), ElementRef::from(id.to_string()));
            }
            if Instant::now() > deadline {
                let (path, text) = (self.path().await, self.text("body").await);
                let problem = found["problem"].as_str().unwrap_or_default();
                panic!("{wanted:?} at {path}: {problem}\nThe page says: {text}");
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // Nothing can be awaited here, and a browser that stays takes the memory of the next one.
        let _ = ask_driver("DELETE", &format!("/session/{}", self.session), &Value::Null);
        if !self.profile.as_os_str().is_empty() {
            let _ = fs::remove_dir_all(&self.profile);
        }
    }
}

fn covered(error: &fantoccini::error::CmdError) -> bool {
    matches!(error, fantoccini::error::CmdError::Standard(why) if why.error() == "element click intercepted")
}

/// Whether a stop is in the element of the stop before. A field for a date has several, and draws the focus of the
/// later ones inside itself, where no style can be asked for: so what shows at one shows at both.
fn same_element(later: &mut Value, before: &mut Value) -> bool {
    let same = !later["at"].is_null() && later["at"] == before["at"];
    if same {
        let shows = later["shows"] == json!(true) || before["shows"] == json!(true);
        (later["shows"], before["shows"]) = (json!(shows), json!(shows));
    }
    same
}

/// A path with each id in it replaced, so that two people's pages are of one kind.
fn kind_of(path: &str) -> String {
    let is_id = |part: &str| part.len() >= 8 && part.bytes().any(|byte| byte.is_ascii_digit());
    path.split('/').map(|part| if is_id(part) { ":id" } else { part }).collect::<Vec<_>>().join("/")
}

/// With single spaces, as the eye reads it.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What looks for elements the way a person does: by what they are called, and only where they show.
const LOOKUP: &str = include_str!("harness/lookup.js");
