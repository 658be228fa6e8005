//! Somebody who works here sets up the second step of signing in on their phone, and comes in with a code of their paper on
//! another device, in Spanish. That it goes without scripts is tried in the tests of pages.

use fantoccini::key::Key;
use porchlight_app::{Clock, SystemClock};
use porchlight_practice::second_step::Secret;

use crate::harness::{Demo, Page, Screen, setting};

/// The letters on the page, as the bytes they mean.
fn secret(letters: &str) -> Secret {
    let (mut bytes, mut bits, mut have) = (Vec::new(), 0u32, 0);
    for letter in letters.bytes().filter(|letter| !letter.is_ascii_whitespace()) {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter).unwrap();
        bits = (bits << 5) | value as u32;
        have += 5;
        if have >= 8 {
            have -= 8;
            bytes.push((bits >> have) as u8);
        }
    }
    Secret::from_bytes(&bytes).unwrap()
}

/// At both widths and in both themes: nothing for axe to find, nothing that does not fit, and a picture for whoever wants one.
pub(crate) async fn look(page: &Page, name: &str) {
    for (width, height) in [(390, 844), (1280, 900)] {
        page.set_size(width, height);
        page.axe_in_both_themes().await;
        page.no_sideways_scroll().await;
        for dark in [false, true] {
            if setting("PORCHLIGHT_SHOTS").is_some() {
                page.set_dark(dark);
                let theme = if dark { "dark" } else { "light" };
                page.screenshot_at(&format!("{name}-{width}-{theme}"), width, height).await;
            }
        }
        page.set_dark(false);
    }
    page.set_size(390, 844);
}

#[tokio::test]
async fn a_second_step_is_set_up_by_keyboard_and_a_code_on_paper_opens_elsewhere() {
    // A demo of its own: from here on the link alone does not let this peer in.
    let demo = Demo::start();
    let link = demo.link("peer_specialist", "Sweetgum");
    let page = Page::open_at(Screen::phone(), demo.origin()).await;
    page.sign_in_with(link).await;
    page.visit("/day").await;
    page.see("set up a second step to sign in").await;
    look(&page, "day").await;
    page.tap_link("/account/second-step").await;
    page.see("You can put it off until then.").await;
    look(&page, "second-step").await;
    page.press_tab_until("Set it up").await;
    page.press(Key::Enter).await;
    page.see("1. Get an app").await;
    look(&page, "second-step-new").await;
    let app = secret(&page.text(".code.lone").await);
    page.type_into("Six digits", "000000").await;
    page.press(Key::Enter).await;
    page.see("These digits do not fit.").await;
    page.axe_in_both_themes().await;
    page.type_into("Six digits", &app.code_at(SystemClock.now())).await;
    page.press(Key::Enter).await;
    page.see("Ten codes for paper").await;
    look(&page, "second-step-codes").await;
    assert_eq!(page.count("ol .code").await, 10);
    let code = page.text("ol li:first-child .code").await;
    page.tap("I have them").await;
    page.arrive("/day").await;
    page.do_not_see("set up a second step").await;
    page.visit("/account/second-step").await;
    page.see("10 codes are left on your paper.").await;
    look(&page, "second-step-set").await;

    let desk = Page::open_at(Screen::desktop().spanish(), demo.origin()).await;
    desk.visit(link.url.strip_prefix(demo.origin()).unwrap()).await;
    desk.tap_css("main form button").await;
    desk.see("Un paso más").await;
    look(&desk, "code-es").await;
    desk.type_into("Código", &code.to_lowercase()).await;
    desk.press(Key::Enter).await;
    desk.see("Usó un código de su papel. Quedan 9.").await;
    desk.visit("/account/devices").await;
    desk.see("Dónde tiene su sesión abierta").await;
    look(&desk, "devices-es").await;
    for path in ["/account/second-step", "/account/second-step/new"] {
        desk.visit(path).await;
        look(&desk, &format!("{}-es", path.replace('/', "-"))).await;
    }
    desk.visit("/account/devices").await;
    desk.tap_css("button[value=others]").await;
    desk.see("Solo tiene su sesión abierta aquí.").await;
    page.visit("/people").await;
    page.see("Sign in").await;
}
