//! A phone without signal: the app opens, takes notes, and every word arrives once, whatever is killed on the way.

use std::net::TcpListener;
use std::path::PathBuf;

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::harness::{Demo, Link, Page, Screen, new_folder, setting};

pub(crate) const PIN: &str = "482915";

/// A demo that can be killed and started again at the same address.
pub(crate) struct Server {
    data: PathBuf,
    port: String,
    demo: Option<Demo>,
}

impl Server {
    pub(crate) fn new() -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let mut server = Server { data: new_folder("offline").join("data"), port, demo: None };
        server.start();
        server
    }

    fn start(&mut self) {
        let data = self.data.to_str().unwrap();
        self.demo = Some(Demo::start_with(&["--data", data, "--port", &self.port]));
    }

    pub(crate) fn kill(&mut self) {
        self.demo.take().unwrap().kill();
    }

    pub(crate) fn demo(&self) -> &Demo {
        self.demo.as_ref().unwrap()
    }
}

/// Signs in and makes the phone ready; its pages are kept when this answers.
pub(crate) async fn ready(page: &Page, link: &Link) {
    page.sign_in_with(link).await;
    page.visit("/device").await;
    page.type_into("PIN", PIN).await;
    page.type_into("The PIN again", PIN).await;
    page.tap("Get it ready").await;
    page.see("This phone is ready").await;
    page.visit("/day").await;
    let filled = "const done = arguments[0]; const asked = indexedDB.open('porchlight'); asked.onsuccess = () => { \
         const read = asked.result.transaction('keys').objectStore('keys').get('phone'); \
         read.onsuccess = () => { asked.result.close(); done(read.result?.filled || 0); }; }";
    for _ in 0..200 {
        if page.client().execute_async(filled, vec![]).await.unwrap().as_i64() > Some(0) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the pages were not kept");
}

/// Opens what is on the phone.
async fn open(page: &Page) {
    page.see("No signal.").await;
    page.type_into("PIN", PIN).await;
    page.tap("Open what is on this phone").await;
}

/// Writes a note from the kept page of the day about whom it names first.
async fn write(page: &Page, words: &str) {
    page.tap_css("[data-part=pages] li:nth-child(2) a").await;
    page.see("Your time with").await;
    let own =
        page.client().wait().for_element(Locator::Css("[data-part=copy] textarea[name=own_words]")).await;
    own.unwrap().send_keys(words).await.unwrap();
    page.tap_css("[data-part=copy] .savebar button[value=draft]").await;
    page.see("Kept on this phone.").await;
}

/// Waits until nothing waits on the phone any more.
async fn all_sent(page: &Page) {
    page.visit("/day").await;
    for _ in 0..300 {
        let hidden =
            "return document.querySelector('[data-waiting]').hidden && document.readyState === 'complete'";
        let waits = "const done = arguments[0]; const asked = indexedDB.open('porchlight'); asked.onsuccess = () => { \
             const read = asked.result.transaction('waiting').objectStore('waiting').getAll(); \
             read.onsuccess = () => { asked.result.close(); done(read.result.filter(({ out }) => out).length); }; }";
        let left = page.client().execute_async(waits, vec![]).await.unwrap();
        if left == json!(0) && page.client().execute(hidden, vec![]).await.unwrap() == Value::Bool(true) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("something still waits: {}", page.text("body").await);
}

/// How often a text stands in the drafts of whoever is signed in.
async fn found(page: &Page, words: &str) -> usize {
    let script = "const [words, done] = arguments; (async () => { let found = 0; \
         const of = async (path) => new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html'); \
         const mine = await of('/contacts'); \
         const drafts = new Set([...mine.querySelectorAll('main a[href$=edit]')].map((one) => one.getAttribute('href'))); \
         for (const path of drafts) { const page = await of(path); \
           found += page.querySelector('[name=own_words]')?.value === words; } done(found); })()";
    let count = page.client().execute_async(script, vec![json!(words)]).await.unwrap();
    usize::try_from(count.as_u64().unwrap()).unwrap()
}

/// A group that meets now, and the page of its session.
async fn session(page: &Page) -> String {
    page.visit("/groups/new").await;
    page.tap_css("label:has(input[value=mutual_help])").await;
    page.type_into("Name of the group", "Long Table").await;
    page.type_into("What it is for", "To eat together.").await;
    page.type_into("When?", "Sundays at noon").await;
    page.type_into("Where?", "The library").await;
    page.tap("Save").await;
    page.tap("The group begins").await;
    page.see("Now you can hold sessions.").await;
    page.tap("Start session").await;
    page.see("This group counts heads. No names are kept.").await;
    page.path().await
}

/// The main promise of a phone without signal, for Wisconsin.
#[tokio::test]
async fn three_notes_and_a_group_without_signal_survive_a_killed_browser_and_a_restarted_server() {
    let mut server = Server::new();
    let link = server.demo().link("peer_specialist", "Basswood").clone();
    let page = Page::open_at(Screen::phone(), server.demo().origin()).await;
    page.sign_in_with(&link).await;
    let session = session(&page).await;
    ready(&page, &link).await;
    server.kill();

    page.visit("/offline").await;
    open(&page).await;
    page.axe().await;
    page.tap_css("[data-part=pages] li:nth-last-child(2) a").await;
    page.see("How many more, without a name?").await;
    page.type_into("How many more, without a name?", "9").await;
    page.tap("Save").await;
    page.see("Kept on this phone.").await;
    // Another evening of the group, which no server has heard of.
    page.tap_css("[data-part=pages] li:nth-last-child(3) a").await;
    page.see("How many came without a name?").await;
    page.type_into("How many came without a name?", "4").await;
    page.tap("Save the session").await;
    page.see("Kept on this phone.").await;
    let words = ["He called his brother.", "We walked to the lake, and it was cold.", "She slept, at last."];
    write(&page, words[0]).await;
    write(&page, words[1]).await;
    let (origin, profile) = (format!("http://127.0.0.1:{}", server.port), page.kill());

    // The next morning, still without signal.
    let page = Page::open_in(Screen::phone(), &origin, profile).await;
    page.visit("/day").await;
    open(&page).await;
    page.visit("/offline").await;
    open(&page).await;
    page.see("Not sent yet").await;
    assert_eq!(
        page.count("[data-part=waits] li").await,
        4,
        "two notes and two evenings of the group are there"
    );
    write(&page, words[2]).await;
    page.axe().await;

    server.start();
    page.visit("/day").await;
    let signed_in = page.count("body.signed-in").await == 1;
    if !signed_in {
        // A battery that is taken out takes a cookie of the last seconds with it.
        let link = server.demo().links().iter().find(|one| one.name == link.name).unwrap().clone();
        page.sign_in_with(&link).await;
    }
    all_sent(&page).await;
    for one in words {
        assert_eq!(found(&page, one).await, 1, "{one:?}");
    }
    page.visit("/offline").await;
    open(&page).await;
    page.see("Sent").await;
    assert_eq!(page.count("[data-part=went] li").await, 5, "what was sent is listed");
    page.visit(&session).await;
    page.see("9 people.").await;
    let group = "return document.querySelector('main a[href^=\"/groups/\"]').getAttribute('href')";
    let group = page.client().execute(group, vec![]).await.unwrap();
    page.visit(group.as_str().unwrap()).await;
    page.see("4 people").await;
    assert_eq!(
        page.count("a[href^='/sessions/']").await,
        3,
        "both evenings, and the way on to the one that goes on"
    );
}

/// What somebody wrote for themself opens without signal, and what they write there arrives once.
#[tokio::test]
async fn ones_own_papers_open_and_are_written_without_signal() {
    let mut server = Server::new();
    let link = server.demo().link("person", "Sweetgum").clone();
    let page = Page::open_at(Screen::phone(), server.demo().origin()).await;
    ready(&page, &link).await;
    let paper = "return (await (await fetch('/device/pages')).json()).pages[2]";
    let paper = page.client().execute(paper, vec![]).await.unwrap().as_str().unwrap().to_owned();
    page.visit(&paper).await;
    let (name, words) = (page.text("main h1").await, page.text("main .words, main .answers").await);
    server.kill();
    page.visit(&paper).await;
    open(&page).await;
    page.see(&name).await;
    page.see(&words).await;
    page.axe().await;
    // Its first part, which stands there more than once: to go on with, and to change.
    let part = "document.querySelector('[data-part=copy] a[href*=\"/write/\"]').click()";
    page.client().execute(part, vec![]).await.unwrap();
    let first = page.client().wait().for_element(Locator::Css("[data-part=copy] form[data-later] textarea"));
    let first = first.await.unwrap();
    first.clear().await.unwrap();
    first.send_keys("I hum on the stairs.").await.unwrap();
    page.tap_css("[data-part=copy] form[data-later] button.btn[value=done]").await;
    page.see("Kept on this phone.").await;
    server.start();
    page.visit("/me").await;
    if page.count("body.signed-in").await == 0 {
        let link = server.demo().links().iter().find(|one| one.name == link.name).unwrap().clone();
        page.sign_in_with(&link).await;
    }
    all_sent(&page).await;
    page.visit(&paper).await;
    let now = page.text("main").await;
    assert_eq!(now.matches("I hum on the stairs.").count(), 1, "{now}");
}

/// Five wrong PINs close the phone: what could be read is gone, and what was written still arrives.
#[tokio::test]
async fn five_wrong_pins_close_it_and_lose_nothing() {
    let mut server = Server::new();
    let link = server.demo().link("peer_specialist", "Sweetgum").clone();
    let page = Page::open_at(Screen::phone(), server.demo().origin()).await;
    ready(&page, &link).await;
    server.kill();
    page.visit("/offline").await;
    open(&page).await;
    let words = "I said it before the phone was taken.";
    write(&page, words).await;
    page.visit("/offline").await;
    page.see("No signal.").await;
    for left in (1..5).rev() {
        page.type_into("PIN", "111222").await;
        page.tap("Open what is on this phone").await;
        page.see(&format!("Tries left: {left}")).await;
    }
    page.type_into("PIN", "111222").await;
    page.tap("Open what is on this phone").await;
    page.see("This phone is closed").await;
    page.axe().await;
    let kept = "const done = arguments[0]; const asked = indexedDB.open('porchlight'); asked.onsuccess = () => { \
         const copies = asked.result.transaction('copies').objectStore('copies').count(); \
         copies.onsuccess = () => { asked.result.close(); done(copies.result); }; }";
    assert_eq!(page.client().execute_async(kept, vec![]).await.unwrap(), json!(0), "nothing to read is left");
    server.start();
    all_sent(&page).await;
    assert_eq!(found(&page, words).await, 1);
}

/// One phone of the model: a browser, what it was told to write, and whether that was confirmed.
struct Phone {
    page: Option<Page>,
    origin: String,
    link: Link,
}

/// What the script of a page does for the model, with the very modules that a phone runs.
const MODEL: &str = r"
const [act, given, done] = arguments;
const real = (window.realFetch ??= window.fetch.bind(window));
const load = async (name) => import([...document.querySelectorAll('link[rel=modulepreload]')].find((one) => one.href.endsWith(`/${name}.js`)).href);
(async () => {
  const [{ store }, outbox, { phone }] = await Promise.all(['store', 'outbox', 'pocket'].map(load));
  Date.now = ((real) => () => real() + (window.skew ?? 0))((window.realNow ??= Date.now));
  if (act === 'skew') window.skew = given;
  if (act === 'write') {
    const page = document.createElement('div');
    page.innerHTML = '<h1>Model</h1>';
    const form = document.createElement('form');
    form.setAttribute('action', `/contacts/${given.contact}/draft`);
    for (const [name, value] of Object.entries({ person: given.person, version: 0, command: given.command, sign_command: given.command, kind: 'in_person', own_words: given.words }))
      form.append(Object.assign(document.createElement('input'), { name, value }));
    await outbox.keep(await phone(), form, null, page, '/day');
  }
  if (act === 'send') {
    window.fetch = async (to, asked) => {
      if (to !== '/device/send') return real(to, asked);
      const plain = { ...asked, signal: undefined };
      if (given === 'cut') throw new TypeError('cut');
      if (given === 'lost') { await real(to, plain); throw new TypeError('lost'); }
      if (given === 'twice') await Promise.all([real(to, plain), real(to, plain)]);
      if (given === 'late' && window.before) await real(to, { ...plain, body: window.before });
      window.before = asked.body;
      return real(to, plain);
    };
    await outbox.send();
    window.fetch = real;
  }
  const waits = (await store('waiting', 'getAll')).filter(({ out }) => out).length;
  if (act !== 'look') return waits;
  const of = async (path) => new DOMParser().parseFromString(await (await real(path)).text(), 'text/html');
  const texts = [];
  for (const contact of given) texts.push((await of(`/contacts/${contact}/edit`)).querySelector('[name=own_words]')?.value ?? '');
  const tray = await of('/tray');
  const items = [...tray.querySelectorAll('main section:has(form)')].map((one) => ({ words: one.querySelector('.words')?.textContent, why: one.querySelector('h2').textContent, form: one.querySelector('form[action^=\'/tray\']') }));
  for (const { form } of items) await real(form.getAttribute('action'), { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  return { texts, tray: items.map(({ words, why }) => ({ words, why })) };
})().then((found) => done({ found }), (error) => done({ failed: String(error) }));
";

/// A generator of the model's choices: the same seed gives the same schedules.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn id(&mut self) -> String {
        let (high, low) = (self.roll(u64::MAX), self.roll(u64::MAX));
        uuid::Uuid::from_u64_pair(high & !0xf000 | 0x7000, low >> 2 | 1 << 63).to_string()
    }
}

impl Phone {
    async fn new(server: &Server, link: &Link) -> Phone {
        let page = Page::open_at(Screen::phone(), server.demo().origin()).await;
        ready(&page, link).await;
        page.visit("/offline").await;
        Phone { page: Some(page), origin: server.demo().origin().to_owned(), link: link.clone() }
    }

    async fn does(&self, act: &str, given: Value) -> Result<Value, String> {
        let page = self.page.as_ref().unwrap();
        let told = page.client().execute_async(MODEL, vec![json!(act), given]).await;
        let told = told.map_err(|error| error.to_string())?;
        match told["failed"].as_str() {
            Some(failed) => Err(failed.to_owned()),
            None => Ok(told["found"].clone()),
        }
    }

    /// The battery is taken out in the middle of sending.
    async fn is_killed(&mut self) {
        let page = self.page.take().unwrap();
        let start = MODEL.replace(
            ".then((found) => done({ found }), (error) => done({ failed: String(error) }))",
            "; done()",
        );
        let _ = page.client().execute_async(&start, vec![json!("send"), json!("ok")]).await;
        let page = Page::open_in(Screen::phone(), &self.origin, page.kill()).await;
        page.visit("/day").await;
        if page.count("body.signed-in").await == 0 {
            page.sign_in_with(&self.link).await;
        }
        page.visit("/offline").await;
        self.page = Some(page);
    }
}

/// How many schedules, and the seed, from the environment: `cargo xtask torture offline` runs a thousand.
fn how_many() -> (u64, u64) {
    let number = |name: &str| setting(name)?.to_str()?.parse().ok();
    (number("PORCHLIGHT_SCHEDULES").unwrap_or(25), number("PORCHLIGHT_SEED").unwrap_or(20_261_127))
}

/// Two phones of one worker write, lose the network in every way, are killed, have wrong clocks, and send twice and late; the
/// server is killed too. At the end of each schedule every text that a phone confirmed is on the server exactly once, and
/// where two wrote the same note both texts show.
#[tokio::test]
async fn random_schedules_lose_nothing_double_nothing_and_show_every_clash() {
    let (schedules, seed) = how_many();
    let mut dice = Dice(seed | 1);
    let mut server = Server::new();
    let link = server.demo().link("peer_specialist", "Basswood").clone();
    let mut phones = [Phone::new(&server, &link).await, Phone::new(&server, &link).await];
    let script = "return [...document.querySelectorAll('main a[href*=\"person=\"]')].map((one) => one.href.split('person=')[1].split('&')[0])";
    let page = phones[0].page.as_ref().unwrap();
    page.visit("/day").await;
    let person = page.client().execute(script, vec![]).await.unwrap()[0].clone();
    page.visit("/offline").await;
    let (mut written, mut clashes, mut kills, mut restarts) = (0, 0, 0, 0);
    for schedule in 0..schedules {
        let mut contacts: Vec<(String, Vec<String>)> = Vec::new();
        for step in 0..3 + dice.roll(6) {
            let which = usize::from(dice.roll(2) == 1);
            let phone = &mut phones[which];
            match dice.roll(10) {
                0..=4 => {
                    let words = format!("schedule {schedule} step {step} phone {which}");
                    // Sometimes the note that was begun before, perhaps on the other phone.
                    let again = !contacts.is_empty() && dice.roll(4) == 0;
                    let at = if again { dice.roll(contacts.len() as u64) as usize } else { contacts.len() };
                    if !again {
                        contacts.push((dice.id(), Vec::new()));
                    }
                    let given = json!({ "contact": contacts[at].0, "person": person, "command": dice.id(), "words": words });
                    phone.does("write", given).await.unwrap();
                    contacts[at].1.push(words);
                    written += 1;
                }
                5 => drop(
                    phone
                        .does("skew", json!(dice.roll(9) as i64 * 86_400_000 - 4 * 86_400_000))
                        .await
                        .unwrap(),
                ),
                _ => {
                    let network = ["ok", "cut", "lost", "twice", "late"][dice.roll(5) as usize];
                    phone.does("send", json!(network)).await.unwrap();
                }
            }
        }
        if schedule % 20 == 7 {
            phones[usize::from(dice.roll(2) == 1)].is_killed().await;
            kills += 1;
        }
        if schedule % 50 == 13 {
            server.kill();
            phones[0].does("send", json!("ok")).await.unwrap();
            server.start();
            restarts += 1;
        }
        for phone in &phones {
            for _ in 0..5 {
                if phone.does("send", json!("ok")).await.unwrap() == json!(0) {
                    break;
                }
            }
            assert_eq!(
                phone.does("none", Value::Null).await.unwrap(),
                json!(0),
                "schedule {schedule}: something waits"
            );
        }
        let ids: Vec<_> = contacts.iter().map(|(id, _)| id.clone()).collect();
        let told = phones[0].does("look", json!(ids)).await.unwrap();
        let tray = told["tray"].as_array().unwrap();
        let mut expected = 0;
        for (at, (_, texts)) in contacts.iter().enumerate() {
            let filed = told["texts"][at].as_str().unwrap();
            assert!(
                texts.iter().any(|text| text == filed),
                "schedule {schedule}: {filed:?} is none of {texts:?}"
            );
            for text in texts {
                let shown = tray.iter().filter(|item| item["words"] == json!(text)).count();
                assert_eq!(shown + usize::from(text == filed), 1, "schedule {schedule}: {text:?}: {told}");
            }
            expected += texts.len() - 1;
        }
        assert_eq!(tray.len(), expected, "schedule {schedule}: {told}");
        clashes += expected;
    }
    println!(
        "{schedules} schedules (seed {seed}): {written} texts written, {clashes} clashes shown, {kills} browsers and \
         {restarts} servers killed; nothing lost, nothing doubled"
    );
}
