//! Whoever runs the programme hands a link over to somebody who forgot their password, who opens it on a phone, in Spanish, and is in.

use fantoccini::key::Key;

use crate::harness::{Demo, Page, Screen};
use crate::second_step::look;

#[tokio::test]
async fn a_link_is_handed_over_and_sets_a_new_password() {
    // A demo of its own: from here on the person has another password.
    let demo = Demo::start();
    let admin = demo.link("programme_admin", "Sweetgum");
    let desk = Page::open_at(Screen::desktop(), demo.origin()).await;
    desk.sign_in_with(admin).await;
    desk.visit("/workers").await;
    look(&desk, "team").await;
    desk.tap("Help somebody sign in").await;
    look(&desk, "way-in-find").await;
    // As he says it, standing there.
    desk.type_into("What they are called", "Darnell").await;
    desk.type_into("Family name", "Washington").await;
    desk.press(Key::Enter).await;
    desk.see("First make sure that it is them.").await;
    look(&desk, "way-in-found").await;
    desk.tap_css("form[action$='/link'] button").await;
    desk.see("It works once, within 24 hours.").await;
    look(&desk, "way-in-link").await;
    let link = desk.text("p.address").await;

    let phone = Page::open_at(Screen::phone().spanish(), demo.origin()).await;
    phone.visit("/sign-in").await;
    look(&phone, "sign-in-es").await;
    phone.tap_link("/sign-in/forgot").await;
    phone.see("Pregunte en su programa").await;
    look(&phone, "forgot-es").await;
    phone.visit(link.strip_prefix(demo.origin()).unwrap()).await;
    phone.see("Elija una contraseña nueva").await;
    look(&phone, "way-in-set-es").await;
    phone.type_into("Contraseña nueva", "tres garzas y un lago").await;
    phone.press(Key::Enter).await;
    phone.arrive("/me").await;
    phone.see("Algo pasó con su forma de entrar.").await;
    look(&phone, "me-es").await;
    phone.tap_link("/account/news").await;
    phone.see("Se puso una contraseña nueva con un enlace").await;
    look(&phone, "news-es").await;
    for path in ["/account/passkeys", "/account/passkeys/new", "/account/reach", "/account"] {
        phone.visit(path).await;
        look(&phone, &format!("{}-es", path.replace('/', "-"))).await;
        desk.visit(path).await;
        look(&desk, &path.replace('/', "-")).await;
    }
}
