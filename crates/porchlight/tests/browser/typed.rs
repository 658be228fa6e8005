//! What was typed is not lost: not when the session ends under somebody's hands, not when two devices change one note.
//!
//! These peer specialists are nobody's in the other tests: what is kept for an account meets it wherever it signs in.

use crate::harness::{Demo, Link, Page, Screen};
use serde_json::json;

/// A peer specialist of each programme, whom they walk with, and what their pack calls that person's own words.
const WRITERS: [(&str, &str, &str); 2] = [
    ("Joe Kimball", "Sam R.", "Their own words"),
    ("Tasha Birdsong", "Beatriz S.", "The parent's own words"),
];

fn link(name: &str) -> &'static Link {
    Demo::shared().links().iter().find(|link| link.name == name).unwrap()
}

/// A device of this peer specialist, with nothing on it but My day.
async fn device(name: &str) -> Page {
    let page = Page::open(Screen::phone()).await;
    page.sign_in_with(link(name)).await;
    page.arrive("/day").await;
    page
}

/// Ends the session of this device, without the device hearing of it.
async fn end_session(page: &Page) {
    let cookies = page.devtools("Network.getCookies", json!({}));
    let cookie =
        cookies["cookies"].as_array().unwrap().iter().find(|cookie| cookie["name"] == "session").unwrap();
    let elsewhere = Page::open(Screen::phone()).await;
    let cookie = json!({ "name": "session", "value": cookie["value"], "url": Demo::shared().origin() });
    elsewhere.devtools("Network.setCookie", cookie);
    elsewhere.visit("/account").await;
    elsewhere.tap("Sign out").await;
    elsewhere.see("You are signed out.").await;
}

#[tokio::test]
async fn a_session_that_ends_while_a_note_is_typed_gives_the_text_back() {
    for (name, person, label) in WRITERS {
        let page = device(name).await;
        page.tap_first(person).await;
        page.tap("Listened and was there").await;
        end_session(&page).await;
        let words = format!("It took me all week to say this, said {person}");
        page.type_into(label, &words).await;
        page.tap("Save for later").await;
        page.see("What you typed is safe.").await;

        // Signing in leads to what was typed, and one button brings it where it was going.
        page.sign_in_with(link(name)).await;
        page.see("We kept what you typed").await;
        page.see(&words).await;
        page.tap("Send it now").await;
        page.see("Saved. You can finish it on any of your devices.").await;
        page.tap(&format!("Note for {person}")).await;
        page.see("Your time with").await;
        assert_eq!(page.typed_in(label).await, words);
        assert_eq!(page.count("input[name=did][value=listen]:checked").await, 1);
    }
}

#[tokio::test]
async fn a_note_changed_on_two_devices_shows_both_texts_and_keeps_both() {
    for (name, person, label) in WRITERS {
        let phone = device(name).await;
        phone.tap_first(person).await;
        phone.tap("Save for later").await;
        phone.see("Saved. You can finish it on any of your devices.").await;
        phone.tap(&format!("Note for {person}")).await;
        phone.see("Your time with").await;
        let laptop = device(name).await;
        laptop.visit(&phone.path().await).await;

        let (one, other) = ("Said on the way to the bus.", "Said when we sat down.");
        phone.type_into(label, one).await;
        phone.tap("Save for later").await;
        phone.see("Saved. You can finish it on any of your devices.").await;
        laptop.type_into(label, other).await;
        laptop.tap("Save for later").await;
        laptop.see("Two versions of this note").await;
        laptop.see(&format!("Typed here {other}")).await;
        laptop.see(&format!("Saved somewhere else {one}")).await;
        laptop.tap("Keep both, one after the other").await;
        laptop.see("Your time with").await;
        let both = laptop.typed_in(label).await;
        assert!(both.contains(one) && both.contains(other), "{both}");
        // Thrown away, so that only one draft of this name is ever on My day.
        laptop.tap("Throw this draft away").await;
        laptop.tap("Yes, throw it away").await;
        laptop.see("The draft is gone.").await;
    }
}
