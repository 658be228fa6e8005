//! What happened to how somebody signs in: its owner is told, on their pages and outside of them.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_outbound::{Kind, Outcome, Trouble};
use porchlight_practice::{Means, Role};
use world::{Answer, Client, PASSWORD, World};

async fn sign_in(client: &mut Client, name: &str, password: &str) -> Answer {
    client.post("/sign-in", &[("sign_in_name", name), ("password", password)]).await
}

fn sign_in_notices(world: &World) -> usize {
    world.sent.sent().iter().filter(|sent| sent.notice.kind() == Kind::SignIn).count()
}

#[tokio::test]
async fn a_new_device_and_wrong_tries_are_told_and_ones_own_device_is_not() {
    let world = World::new().await;
    let mut own = world.stranger();
    sign_in(&mut own, "marisol.vega", PASSWORD).await;
    world.clock.advance(SignedDuration::from_mins(1));
    sign_in(&mut own, "marisol.vega", PASSWORD).await;
    let news = own.get("/account/news").await;
    assert!(!news.says("on a device that was new"), "known, or the very first: {}", news.words());

    let mut other = world.stranger();
    sign_in(&mut other, "marisol.vega", PASSWORD).await;
    // Whoever came in does not put out of sight that they did.
    assert!(!other.get("/day").await.says("Something happened to how you sign in."));
    assert!(other.get("/account/news").await.says("on a device that was new"));
    assert!(own.get("/day").await.says("Something happened to how you sign in."));
    let news = own.get("/account/news").await;
    assert!(news.says("Somebody signed in on a device that was new to us") && news.says("Today"));
    assert!(!own.get("/day").await.says("Something happened"), "seen");

    let mut liar = world.stranger();
    for _ in 0..4 {
        sign_in(&mut liar, "marisol.vega", "not the right one").await;
    }
    assert!(!own.get("/account/news").await.says("wrong passwords"));
    sign_in(&mut liar, "marisol.vega", "not the right one").await;
    assert!(own.get("/account/news").await.says("Somebody typed wrong passwords several times"));
    // Nobody else hears of it.
    let mut colleague = world.client_of(&world.georgia.second_peer).await;
    let news = colleague.get("/account/news").await;
    assert!(!news.says("wrong passwords"), "{}", news.words());
}

/// A change of how somebody signs in goes to the mailbox and devices they chose, once for all that happened, without a name.
#[tokio::test]
async fn a_change_is_told_outside_of_the_pages_and_tried_again_when_nobody_answers() {
    let world = World::new().await;
    let supervisor = world.actor(&world.georgia.supervisor).await;
    world.app.set_email(&supervisor, world.app.command_id(), "lydia@example.org").await.unwrap();
    world.app.tell_of_news().await.unwrap();
    let before = sign_in_notices(&world);
    let mut own = world.client(Role::Supervisor, &world.georgia).await;
    let page = own.get("/account").await;
    let fields = [("password", PASSWORD), ("new_password", "three herons on the dock")];
    assert_eq!(own.submit(&page, "/account/password", &fields).await.status, 303);
    assert!(own.get("/account/news").await.says("The password was changed"));
    world.sent.answer(Means::Email, Outcome::TryAgain(Trouble::Unreachable));
    assert_eq!(world.app.tell_of_news().await.unwrap(), 0);
    world.sent.answer(Means::Email, Outcome::Accepted { reference: None });
    assert_eq!(world.app.tell_of_news().await.unwrap(), 1);
    assert_eq!(world.app.tell_of_news().await.unwrap(), 0, "once");
    assert_eq!(sign_in_notices(&world), before + 2);
    let last = world.sent.sent().pop().unwrap();
    assert_eq!((last.notice.kind(), last.notice.page().path()), (Kind::SignIn, "/account/news"));
    // After ninety days it is gone.
    world.clock.advance(SignedDuration::from_hours(24 * 91));
    world.app.clear_old().await.unwrap();
    let mut own = world.client(Role::Supervisor, &world.georgia).await;
    assert!(own.get("/account/news").await.says("Nothing happened in the last 90 days."));
}
