//! Two parents in California find each other, by keyboard: one says yes to a card without a name, whoever walks with them
//! decides to ask, the other says yes to a card without a name, and only then each reads the other's first name.

use crate::harness::{Demo, Page, Screen};
use fantoccini::key::Key;

/// A demo of its own: what happens here changes what others would see.
async fn open(demo: &Demo, role: &str, name: &str, home: &str) -> Page {
    let page = Page::open_at(Screen::phone(), demo.origin()).await;
    let link = demo.links().iter().find(|link| link.role == role && link.name == name);
    page.set_language("en");
    page.open_link(link.unwrap_or_else(|| panic!("nobody is called {name}"))).await;
    page.press_tab_until(&format!("Sign in as {name}")).await;
    page.press(Key::Enter).await;
    page.arrive(home).await;
    page
}

async fn press(page: &Page, name: &str) {
    page.press_tab_until(name).await;
    page.press(Key::Enter).await;
}

async fn follow(page: &Page, path: &str) {
    page.press_tab_until_link(path).await;
    page.press(Key::Enter).await;
    page.arrive(path).await;
}

/// Follows the only link below a path, to what an id names that only the page knows.
async fn follow_below(page: &Page, start: &str) {
    let is_id = |path: &&String| path.strip_prefix(start).is_some_and(|rest| rest.len() == 36);
    let links = page.links().await;
    let path = links.iter().find(is_id).unwrap_or_else(|| panic!("nothing below {start} in {links:?}"));
    follow(page, path).await;
}

/// covers: AL-35, CA-13
#[tokio::test]
async fn two_parents_meet_by_keyboard_and_by_first_name_once_both_said_yes() {
    let demo = Demo::start();
    let carmen = open(&demo, "person", "Carmen", "/me").await;
    follow(&carmen, "/meet").await;
    carmen.see("You both know juvenile court and school meetings.").await;
    carmen.do_not_see("Jolene").await;
    carmen.axe_in_both_themes().await;
    press(&carmen, "Yes, I would like to").await;
    carmen.see("We have your wish.").await;

    let jolene = open(&demo, "person", "Jolene", "/me").await;
    jolene.visit("/meet").await;
    jolene.see("Somebody who has been there").await;
    jolene.do_not_see("Somebody would like to meet you").await;

    let lupe = open(&demo, "parent_peer_specialist", "Lupe Arroyo", "/day").await;
    lupe.visit("/pairings").await;
    lupe.see("Carmen V. and Jolene B.").await;
    lupe.axe_in_both_themes().await;
    follow_below(&lupe, "/pairings/").await;
    lupe.see("Ask Jolene B.?").await;
    press(&lupe, "Ask Jolene B.").await;
    lupe.see("Asked, without a name.").await;

    jolene.visit("/meet").await;
    jolene.see("Somebody would like to meet you").await;
    follow_below(&jolene, "/meet/").await;
    jolene.see("You see their name only if you say yes.").await;
    jolene.do_not_see("Carmen").await;
    jolene.axe_in_both_themes().await;
    carmen.visit("/meet").await;
    carmen.do_not_see("Jolene").await;
    press(&jolene, "Yes, I would like to").await;
    jolene.see("You and Carmen").await;
    jolene.do_not_see("Villalobos").await;
    press(&jolene, "I say yes to these rules").await;
    jolene.see("Thank you. You said yes to the rules.").await;

    carmen.visit("/meet").await;
    carmen.see("You and Jolene").await;
    follow_below(&carmen, "/meet/").await;
    carmen.see("The ground rules").await;
    carmen.screenshot("meet-ground-rules").await;
    carmen.do_not_see("Baptiste").await;
    carmen.axe_in_both_themes().await;
    press(&carmen, "I say yes to these rules").await;
    lupe.visit("/pairings").await;
    lupe.see("Plan the first talk").await;
    lupe.screenshot("meet-first-talk").await;
}
