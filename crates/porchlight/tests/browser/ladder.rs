//! A report from a phone climbs: two people see it and do nothing, the third takes it, and the server dies twice in between.

use std::net::TcpListener;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Demo, Page, Screen, new_folder};

const PROGRAMME: &str = "Sweetgum";

struct Again {
    data: PathBuf,
    port: String,
}

impl Again {
    fn new() -> Again {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        Again { data: new_folder("ladder").join("data"), port }
    }

    /// The same agency at the same address, whether it was there before or not.
    fn start(&self) -> Demo {
        let data = self.data.to_str().unwrap().to_owned();
        Demo::start_with(&["--data", &data, "--port", &self.port])
    }
}

async fn signed_in(demo: &Demo, role: &str, screen: Screen) -> Page {
    let page = Page::open_at(screen, demo.origin()).await;
    page.sign_in_with(demo.link(role, PROGRAMME)).await;
    page
}

async fn named(demo: &Demo, name: &str, screen: Screen) -> Page {
    let page = Page::open_at(screen, demo.origin()).await;
    let link = demo.links().iter().find(|link| link.name == name).expect("somebody of that name");
    page.sign_in_with(link).await;
    page
}

async fn set(page: &Page, css: &str, value: &str) {
    let script = "const field = document.querySelector(arguments[0]); field.value = arguments[1];";
    page.client().execute(script, vec![json!(css), json!(value)]).await.unwrap();
}

/// Waits until the page itself says so, without being asked to load again.
async fn until(page: &Page, text: &str, seconds: u64) {
    let deadline = Instant::now() + Duration::from_secs(seconds);
    loop {
        // Asked in one step: the page may load again between finding something and reading it.
        let body = page.client().execute("return document.body?.innerText ?? ''", vec![]).await.unwrap();
        let body = body.as_str().unwrap_or_default().to_owned();
        if body.contains(text) {
            return;
        }
        assert!(Instant::now() < deadline, "{text:?} did not come in {seconds} s:\n{body}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn write_report(page: &Page) {
    page.visit("/tell-someone").await;
    page.tap("No, but I am worried").await;
    page.tap("May hurt themselves").await;
    page.type_into("What was said or seen?", "I can't do another night like this.").await;
}

/// Without signal the page says so and whom to call. The words wait on the phone, sealed, for the one who wrote them, and
/// go out once when there is a server again.
#[tokio::test]
async fn a_report_without_signal_waits_sealed_and_goes_out_once() {
    let place = Again::new();
    let demo = place.start();
    let phone = named(&demo, "Marisol Vega", Screen::phone()).await;
    write_report(&phone).await;
    demo.kill();
    phone.tap("Send and call").await;
    until(&phone, "This report has NOT been sent.", 15).await;
    until(&phone, "It is kept sealed on this phone.", 15).await;
    phone.see("555-0150").await;
    let kept = "return new Promise((done) => {
        const open = indexedDB.open('porchlight');
        open.onsuccess = () => {
            const shelf = open.result.transaction('unsent').objectStore('unsent');
            shelf.getAll().onsuccess = ({ target: { result } }) => done(result.map((one) =>
                JSON.stringify(one) + new TextDecoder('latin1').decode(one.sealed)));
        };
    })";
    let kept = phone.client().execute(kept, vec![]).await.unwrap();
    let kept = kept.as_array().unwrap();
    assert_eq!(kept.len(), 1);
    assert!(!kept[0].as_str().unwrap().contains("another night"), "the words are sealed");

    // Somebody else has the phone now: nothing goes out in their name.
    phone.client().goto("about:blank").await.unwrap();
    let demo = place.start();
    let link =
        |name: &str| demo.links().iter().find(|link| link.name == name).expect("somebody of that name");
    phone.sign_in_with(link("Denise Hall")).await;
    phone.visit("/tell-someone").await;
    phone.visit("/safety").await;
    let open = "nobody has taken it";
    let before = phone.text("main").await.to_lowercase().matches(open).count();

    // Their own day opens and sends what waited, before anything is tapped.
    phone.sign_in_with(link("Marisol Vega")).await;
    until(&phone, "Sent. Call Denise Hall now.", 15).await;
    phone.visit("/tell-someone").await;
    phone.visit("/safety").await;
    let now = phone.text("main").await.to_lowercase().matches(open).count();
    assert_eq!(now, before + 1, "twice is once");
}

#[tokio::test]
async fn a_report_ignored_by_two_is_taken_by_the_third_though_the_server_dies_twice() {
    let place = Again::new();
    let demo = place.start();

    // Rungs of seconds: supervisor, deputy, then the clinician by name.
    let admin = signed_in(&demo, "programme_admin", Screen::desktop()).await;
    admin.visit("/ladder/change").await;
    let script = "const of = document.querySelector('#rung-2'); \
                  of.value = [...of.options].find(one => one.text === 'Leena Patel').value; \
                  document.querySelector('#rung-3').value = '';";
    admin.client().execute(script, vec![]).await.unwrap();
    for (rung, minutes) in [("#wait-0", "0.2"), ("#wait-1", "0.2"), ("#wait-2", "5"), ("#again", "5")] {
        set(&admin, rung, minutes).await;
    }
    admin.tap("Save").await;
    admin.see("Leena Patel").await;

    let peer = named(&demo, "Marisol Vega", Screen::phone()).await;
    let denise = named(&demo, "Denise Hall", Screen::phone()).await;
    write_report(&peer).await;
    peer.tap("Send and call").await;
    until(&peer, "Sent. Call Denise Hall now.", 10).await;
    let report = peer.path().await;

    // Seen is not taken.
    denise.visit(&report).await;
    denise.see("No one has taken this yet").await;
    until(&peer, "Denise Hall has seen it", 15).await;

    // The server is gone before the second rung: the phone counts down by itself and shows whom to call.
    demo.kill();
    let due = "[...document.querySelectorAll('[data-ahead] li.now')].map(one => one.innerText).join(' ')";
    let deadline = Instant::now() + Duration::from_secs(25);
    loop {
        let shown = peer.client().execute(&format!("return {due}"), vec![]).await.unwrap();
        if shown.as_str().is_some_and(|shown| shown.contains("Grace Okafor") && shown.contains("555-0151")) {
            break;
        }
        assert!(Instant::now() < deadline, "the page shows no next number: {shown}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let demo = place.start();
    peer.visit(&report).await;
    until(&peer, "Grace Okafor was called", 10).await;
    let grace = named(&demo, "Grace Okafor", Screen::phone()).await;
    grace.visit(&report).await;
    grace.see("I will take this").await;

    // And once more before the third.
    demo.kill();
    let demo = place.start();
    let leena = named(&demo, "Leena Patel", Screen::phone()).await;
    peer.visit(&report).await;
    until(&peer, "Leena Patel was called", 25).await;
    leena.visit("/tell-someone").await;
    leena.tap("A safety report waits for someone").await;
    leena.see("I can't do another night like this.").await;
    leena.tap("I will take this").await;
    leena.see("You have this").await;
    until(&peer, "Leena Patel has this", 15).await;

    // Everybody's page says the same, and each was called once.
    for page in [&peer, &denise, &grace, &leena] {
        page.visit(&report).await;
        let text = page.text("main").await;
        assert!(text.contains("has this") || text.contains("You have this"), "{text}");
        for name in ["Denise Hall", "Grace Okafor", "Leena Patel"] {
            assert_eq!(text.matches(&format!("{name} was called")).count(), 1, "{name}: {text}");
        }
        assert!(!text.contains("We are calling"), "nothing that rings is set up: {text}");
    }
    // Nobody is called after that.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let auditor = signed_in(&demo, "auditor", Screen::desktop()).await;
    auditor.visit("/journal").await;
    let journal = auditor.text("main").await;
    assert!(journal.contains("Took a safety report"), "{journal}");
    assert!(journal.matches("Called somebody on the ladder").count() >= 3, "{journal}");
    assert!(!journal.contains("another night"));
}
