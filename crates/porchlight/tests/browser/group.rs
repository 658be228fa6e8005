//! A group from the idea to the day it belongs to its members, by keyboard alone, with scripts and without.

use crate::harness::{Page, Screen};
use fantoccini::key::Key;

const PROGRAMME: &str = "Sweetgum";
/// The tile with its note.
const MUTUAL_HELP: &str = "Belongs to its members You help it begin, and hand it over. Heads are counted, and no names kept. \
                           Nobody bills for it.";

async fn press(page: &Page, name: &str) {
    page.press_tab_until(name).await;
    page.press(Key::Enter).await;
}

async fn write(page: &Page, label: &str, words: &str) {
    page.press_tab_until(label).await;
    page.type_here(words).await;
    assert_eq!(page.typed_in(label).await, words);
}

async fn pick(page: &Page, label: &str, option: &str) {
    page.press_tab_until(label).await;
    page.type_here(option).await;
}

async fn signed_in(page: &Page, role: &str, home: &str) {
    page.forget_cookies();
    let link = page.link(role, PROGRAMME);
    page.open_link(link).await;
    press(page, &format!("Sign in as {}", link.name)).await;
    page.arrive(home).await;
}

/// Whether the page is for everybody, as far as a script can tell.
async fn look(page: &Page, scripts: bool) {
    if scripts {
        page.axe().await;
    }
}

async fn walk(page: &Page, name: &str, scripts: bool) {
    // Made: an idea, what it needs, and it begins.
    signed_in(page, "peer_specialist", "/day").await;
    page.visit("/groups").await;
    press(page, "Start a group").await;
    page.see("What kind of group?").await;
    page.choose_by_keyboard(MUTUAL_HELP).await;
    write(page, "Name of the group", name).await;
    write(page, "What it is for", "To eat together.").await;
    write(page, "When?", "Sundays at noon").await;
    write(page, "Where?", "The long table at the library").await;
    press(page, "Save").await;
    page.see("Here is your group.").await;
    press(page, "The group begins").await;
    page.see("Now you can hold sessions.").await;
    let group = page.path().await;

    // Held: heads are counted, the session ends, and a line says what it was about.
    press(page, "Start session").await;
    page.see("This group counts heads. No names are kept.").await;
    look(page, scripts).await;
    write(page, "How many more, without a name?", "9").await;
    press(page, "Save").await;
    page.see("9 people.").await;
    press(page, "End the session").await;
    page.see("The session is over.").await;
    press(page, "Write a few words").await;
    write(page, "Themes", "Soup, and who brings bread.").await;
    press(page, "Save").await;
    page.see("Soup, and who brings bread.").await;
    let session = page.path().await;

    // A member leads, and is asked to keep it.
    page.visit(&group).await;
    press(page, "Someone wants to come").await;
    pick(page, "Who?", "Darnell").await;
    press(page, "Add them").await;
    page.see("Added.").await;
    press(page, "Someone leads too, or learns it").await;
    pick(page, "Who?", "Darnell").await;
    page.choose_by_keyboard("Leads Leads the group.").await;
    press(page, "Add them").await;
    page.see("Darnell W.").await;
    press(page, "Hand it over to its members").await;
    page.choose_by_keyboard("Darnell W.").await;
    press(page, "Ask them").await;
    page.see("Darnell W. is asked to keep this group.").await;
    look(page, scripts).await;

    // He says yes on his own page; nothing of it is left but that it exists.
    signed_in(page, "person", "/me").await;
    page.visit(&format!("/me{group}")).await;
    page.see("Would you like to keep this group?").await;
    look(page, scripts).await;
    page.choose_by_keyboard("Yes, so that people find it").await;
    press(page, "Yes, we keep it").await;
    page.see("It is yours now.").await;

    signed_in(page, "peer_specialist", "/day").await;
    page.visit(&session).await;
    page.do_not_see("Soup").await;
    page.visit(&group).await;
    page.see("This group belongs to its members.").await;
    page.do_not_see("Darnell").await;
}

/// covers: GA-32, MO-34
#[tokio::test]
async fn a_group_is_made_held_and_handed_over_by_keyboard() {
    walk(&Page::open(Screen::phone()).await, "Long Table", true).await;
}

#[tokio::test]
async fn the_same_without_scripts() {
    walk(&Page::open(Screen::desktop().without_scripts()).await, "Longer Table", false).await;
}
