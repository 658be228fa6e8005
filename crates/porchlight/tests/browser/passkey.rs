//! Somebody who works here adds a passkey with a real browser, whose device is the driver's, and comes in with it.

use crate::harness::{Demo, Page, Screen};

#[tokio::test]
async fn a_passkey_is_made_and_signs_in_and_stands_beside_the_password() {
    let demo = Demo::start();
    let link = demo.link("peer_specialist", "Sweetgum");
    let path = link.url.strip_prefix(demo.origin()).unwrap();
    // A passkey answers to a name; the demo has them under this one.
    let origin = demo.origin().replace("127.0.0.1", "localhost");
    let page = Page::open_at(Screen::phone(), &origin).await;
    page.add_authenticator();
    page.visit(path).await;
    page.tap_css("main form button").await;
    page.arrive("/day").await;
    page.visit("/account/passkeys").await;
    page.see("You have none yet.").await;
    page.axe_in_both_themes().await;
    page.tap("Add a passkey").await;
    page.see("Your device asks you to unlock it.").await;
    page.axe_in_both_themes().await;
    page.tap("Make it on this device").await;
    page.see("Made: Today.").await;
    page.axe_in_both_themes().await;
    page.visit("/account").await;
    page.tap_css("main form[action='/sign-out'] button").await;
    page.see("You are signed out.").await;
    page.visit("/sign-in").await;
    page.see("Sign in with a passkey").await;
    page.axe_in_both_themes().await;
    page.tap("Sign in with a passkey").await;
    page.arrive("/day").await;
    // The link stands for the password: the device is asked for beside it.
    page.visit("/account").await;
    page.tap_css("main form[action='/sign-out'] button").await;
    page.see("You are signed out.").await;
    page.visit(path).await;
    page.tap_css("main form button").await;
    page.see("One more step").await;
    page.tap("Sign in with a passkey").await;
    page.arrive("/day").await;
    // At an address that passkeys do not answer to, nothing is promised.
    let bare = Page::open_at(Screen::phone(), demo.origin()).await;
    bare.visit("/sign-in").await;
    bare.see("Sign-in name").await;
    bare.do_not_see("Sign in with a passkey").await;
}
