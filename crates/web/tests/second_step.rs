//! The second step of signing in, showing again that it is oneself, and where one is signed in.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_practice::Role;
use porchlight_practice::second_step::Secret;
use world::{Answer, Client, PASSWORD, World};

const HALF: &str = "__Host-half";
const SESSION: &str = "__Host-session";

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

async fn sign_in(client: &mut Client, name: &str) -> Answer {
    client.post("/sign-in", &[("sign_in_name", name), ("password", PASSWORD)]).await
}

/// The letters that stand on the page for apps that can't scan, as the bytes they mean.
fn secret_on(page: &Answer) -> Secret {
    let text = page.text.split("class=\"code lone mt2\">").nth(1).unwrap().split('<').next().unwrap();
    let (mut bytes, mut bits, mut have) = (Vec::new(), 0u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b' ') {
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

/// The codes on a page, without their gaps.
fn codes_on(page: &Answer) -> Vec<String> {
    let codes = page.text.split("<span class=\"code\">").skip(1);
    codes.map(|rest| rest.split('<').next().unwrap().replace(' ', "")).collect()
}

/// Sets the second step up, and answers what is in the app and on the paper.
async fn set_up(world: &World, client: &mut Client) -> (Secret, Vec<String>) {
    let page = client.get("/account/second-step/new").await;
    let secret = secret_on(&page);
    let code = secret.code_at(world.app.now());
    let answer = client.submit(&page, "/account/second-step/new", &[("code", &code)]).await;
    assert_eq!(answer.status, 200, "{}", answer.words());
    let codes = codes_on(&answer);
    assert_eq!(codes.len(), 10, "{}", answer.words());
    (secret, codes)
}

async fn code(client: &mut Client, code: &str) -> Answer {
    client.post("/sign-in/code", &[("code", code)]).await
}

#[tokio::test]
async fn the_password_alone_opens_nothing_once_the_second_step_is_set_up() {
    let world = World::new().await;
    let mut elsewhere = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut own = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = own.get("/account/second-step/new").await;
    assert!(page.text.contains("<svg class=\"qr large\""));
    let wrong = own.submit(&page, "/account/second-step/new", &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("These digits do not fit."), "{}", wrong.words());
    assert_eq!(secret_on(&wrong), secret_on(&page), "the app keeps what it has scanned");
    assert!(own.get("/account/second-step").await.says("Set it up"), "nothing is kept before a code fits");

    let (secret, _) = set_up(&world, &mut own).await;
    assert!(own.get("/account/second-step").await.says("10 codes are left"), "");
    assert_eq!(elsewhere.get("/account").await.status, 303, "every other session has ended");

    world.clock.advance(seconds(90));
    let mut client = world.stranger();
    let asked = client
        .post(
            "/sign-in?then=/people",
            &[("sign_in_name", "marisol.vega"), ("password", PASSWORD), ("then", "/people")],
        )
        .await;
    assert_eq!(asked.location().as_deref(), Some("/sign-in/code?then=%2Fpeople"));
    assert!(client.cookie(SESSION).is_none() && client.cookie(HALF).is_some());
    assert_eq!(client.get("/day").await.status, 303, "half way is not inside");
    let page = client.follow(asked).await;
    assert!(page.says("Your password is right."), "{}", page.words());
    let wrong = client.submit(&page, "/sign-in/code", &[("code", "123 456")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("This code does not fit."), "{}", wrong.words());
    let right = secret.code_at(world.app.now());
    let inside = client.submit(&wrong, "/sign-in/code", &[("code", &right)]).await;
    assert_eq!(inside.location().as_deref(), Some("/people"));
    assert!(client.cookie(HALF).is_none(), "the way is closed behind them");

    // The same code a second time, within its half minute, is no code.
    let mut thief = world.stranger();
    sign_in(&mut thief, "marisol.vega").await;
    assert_eq!(code(&mut thief, &right).await.status, 422);
    // Ten minutes after the password it is asked for again.
    world.clock.advance(seconds(600));
    let late = secret.code_at(world.app.now());
    let answer = code(&mut thief, &late).await;
    assert_eq!(answer.location().as_deref(), Some("/sign-in"));
    assert!(thief.follow(answer).await.says("That took a little long."));
    // A way that was made up leads nowhere.
    let mut liar = world.stranger();
    liar.set_cookie(HALF, Some("bGllcw"));
    assert_eq!(code(&mut liar, &late).await.location().as_deref(), Some("/sign-in"));
}

#[tokio::test]
async fn a_link_takes_the_place_of_the_password_alone() {
    let world = World::new().await;
    let mut own = world.client(Role::PeerSpecialist, &world.georgia).await;
    set_up(&world, &mut own).await;
    let link =
        world.app.sign_in_link(world.georgia.peer.membership, world.app.now() + days(1)).await.unwrap();
    let mut client = world.stranger();
    let answer = client.post(&format!("/open/{}", link.expose()), &[]).await;
    assert_eq!(answer.location().as_deref(), Some("/sign-in/code"));
    assert!(client.cookie(SESSION).is_none());
}

#[tokio::test]
async fn a_code_on_paper_opens_once_and_new_ones_end_the_old() {
    let world = World::new().await;
    let mut own = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (_, codes) = set_up(&world, &mut own).await;
    let mut client = world.stranger();
    sign_in(&mut client, "marisol.vega").await;
    // As people type it.
    let typed = codes[0].to_lowercase().replace('0', "o");
    let inside = code(&mut client, &format!(" {} {}", &typed[..4], &typed[4..])).await;
    assert_eq!(inside.location().as_deref(), Some("/day"), "{}", inside.words());
    let page = client.follow(inside).await;
    assert!(page.says("You used a code on paper. 9 are left."), "{}", page.words());
    let mut again = world.stranger();
    sign_in(&mut again, "marisol.vega").await;
    assert_eq!(code(&mut again, &codes[0]).await.status, 422, "it is used");

    let page = own.get("/account/second-step").await;
    let made = own.submit(&page, "/account/second-step/codes", &[]).await;
    let fresh = codes_on(&made);
    assert_eq!(fresh.len(), 10);
    // Sent twice, the page can't show again what is kept nowhere.
    let twice = own.submit(&page, "/account/second-step/codes", &[]).await;
    assert!(codes_on(&twice).is_empty());
    assert!(twice.says("These codes were shown before."), "{}", twice.words());
    assert_eq!(code(&mut again, &codes[1]).await.status, 422, "the old paper opens nothing");
    assert_eq!(code(&mut again, &fresh[1]).await.status, 303);
}

#[tokio::test]
async fn codes_are_guessed_no_faster_than_passwords() {
    let world = World::new().await;
    let mut own = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (secret, _) = set_up(&world, &mut own).await;
    let mut client = world.stranger();
    for _ in 0..5 {
        // Signing in with the password again makes no new count.
        sign_in(&mut client, "marisol.vega").await;
        assert_eq!(code(&mut client, "000000").await.status, 422);
    }
    world.clock.advance(seconds(25));
    let right = secret.code_at(world.app.now());
    let waits = code(&mut client, &right).await;
    assert_eq!(waits.status, 429);
    assert!(waits.says("Wait one minute, then try again."), "{}", waits.words());
}

#[tokio::test]
async fn nobody_who_is_supported_is_asked_and_anybody_may_take_it_off() {
    let world = World::new().await;
    let mut person = world.stranger();
    sign_in(&mut person, "darnell.watts").await;
    world.clock.advance(days(400));
    sign_in(&mut person, "darnell.watts").await;
    assert_eq!(person.get("/me").await.status, 200);
    assert!(person.get("/account/second-step").await.says("Nobody asks you to."));
    set_up(&world, &mut person).await;
    let page = person.get("/account/second-step").await;
    let wrong = person.submit(&page, "/account/second-step/off", &[("password", "not mine at all")]).await;
    assert_eq!(wrong.status, 422);
    let off = person.submit(&page, "/account/second-step/off", &[("password", PASSWORD)]).await;
    assert_eq!(off.status, 303, "{}", off.words());
    let mut client = world.stranger();
    assert_eq!(sign_in(&mut client, "darnell.watts").await.location().as_deref(), Some("/me"));
}

#[tokio::test]
async fn a_short_password_stands_beside_a_second_step_and_never_alone() {
    let world = World::new().await;
    let mut own = world.client(Role::PeerSpecialist, &world.georgia).await;
    let change = [("password", PASSWORD), ("new_password", "gr8 h3ron")];
    let page = own.get("/account").await;
    let alone = own.submit(&page, "/account/password", &change).await;
    assert!(alone.says("Use at least 15 characters."), "{}", alone.words());
    set_up(&world, &mut own).await;
    let page = own.get("/account").await;
    assert!(page.says("At least 8 characters, since you have a second step."));
    assert_eq!(own.submit(&page, "/account/password", &change).await.status, 303);
    let page = own.get("/account/second-step").await;
    let off = own.submit(&page, "/account/second-step/off", &[("password", "gr8 h3ron")]).await;
    assert_eq!(off.status, 422);
    assert!(off.says("Use at least 15 characters."), "{}", off.words());
}

/// Whoever works here is asked from their first sign-in, may put it off for as long as the programme says, and is never stopped in
/// the middle of a shift, nor kept from what concerns somebody's safety.
#[tokio::test]
async fn whoever_works_here_may_put_it_off_and_then_sets_it_up_first() {
    let world = World::new().await;
    let mut own = world.stranger();
    sign_in(&mut own, "marisol.vega").await;
    let day = own.get("/day").await;
    assert!(day.says("set up a second step to sign in by Thursday, December 3"), "{}", day.words());
    assert!(!own.get("/people").await.says("second step"), "it is said on the first page alone");
    // In the evening before the day she begins a shift, and goes on in it after midnight.
    world.clock.advance(days(14) - SignedDuration::from_hours(2));
    sign_in(&mut own, "marisol.vega").await;
    world.clock.advance(SignedDuration::from_hours(3));
    sign_in(&mut own, "marisol.vega").await;
    assert_eq!(own.get("/people").await.status, 200, "nobody is stopped in the middle of a shift");
    world.clock.advance(SignedDuration::from_hours(12));
    sign_in(&mut own, "marisol.vega").await;
    assert_eq!(own.get("/people").await.location().as_deref(), Some("/account/second-step"));
    let page = own.get("/account/second-step").await;
    assert!(page.says("Please set this up first.") && !page.says("Not now"), "{}", page.words());
    for open in ["/help-now", "/tell-someone", "/safety/new", "/mine", "/rights", "/account"] {
        let answer = own.get(open).await;
        assert_ne!(answer.location().as_deref(), Some("/account/second-step"), "{open}");
    }
    // What was typed in another window is kept for afterwards.
    let sent = own.post("/work", &[("words", "Two hours on the phone with housing")]).await;
    assert_eq!(sent.location().as_deref(), Some("/account/second-step"));
    let page = own.get("/account/second-step/new").await;
    let code = secret_on(&page).code_at(world.app.now());
    let done = own.submit(&page, "/account/second-step/new", &[("code", &code)]).await;
    assert!(done.text.contains("href=\"/kept\""), "{}", done.words());
    assert!(own.get("/kept").await.says("Two hours on the phone with housing"));
    assert_eq!(own.get("/people").await.status, 200);
}

#[tokio::test]
async fn a_lost_phone_and_a_lost_paper_are_no_end() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut own = world.client(Role::PeerSpecialist, georgia).await;
    set_up(&world, &mut own).await;
    let path = format!("/programmes/{}/workers/{}", georgia.id, georgia.peer.membership);
    let post = format!("{path}/second-step");
    // Not by a colleague, a supervisor, or oneself.
    for role in [Role::Supervisor, Role::PrivacyLead, Role::PeerSpecialist] {
        let mut other = match role {
            Role::PeerSpecialist => world.client_of(&georgia.second_peer).await,
            role => world.client(role, georgia).await,
        };
        assert_eq!(other.post(&post, &[]).await.status, 404, "{role:?}");
    }
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    let page = admin.get(&path).await;
    assert!(page.says("They lost their phone and their paper"));
    assert_eq!(admin.submit(&page, &post, &[]).await.status, 303);
    assert_eq!(own.get("/account").await.status, 303, "they are signed out everywhere");
    let mut client = world.stranger();
    assert_eq!(sign_in(&mut client, "marisol.vega").await.location().as_deref(), Some("/day"));
    let own_path = format!("/programmes/{}/workers/{}/second-step", georgia.id, georgia.admin.membership);
    assert_eq!(admin.post(&own_path, &[]).await.status, 404);
}

// ---- showing again that it is oneself ----

#[tokio::test]
async fn what_leaves_or_opens_in_an_emergency_asks_again_and_loses_no_word() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let mut second = world.client(Role::Supervisor, &world.georgia).await;
    let path = format!("/people/{person}/emergency");
    let reason = "She called and said she is not safe where she is.";
    let page = second.get(&path).await;
    assert_eq!(page.status, 200, "{}", page.words());
    world.clock.advance(seconds(5 * 60));
    let asked = second.submit(&page, &path, &[("reason", reason)]).await;
    assert_eq!(asked.status, 401);
    assert!(asked.says("Please show that it is you"), "{}", asked.words());
    let wrong = second.submit(&asked, &path, &[("proof_pass", "not this one")]).await;
    assert!(wrong.says("This does not fit."), "{}", wrong.words());
    assert!(!wrong.text.contains("not this one"));
    assert_eq!(wrong.field("reason"), reason);
    let opened = second.submit(&wrong, &path, &[("proof_pass", PASSWORD)]).await;
    assert_eq!(opened.status, 303, "{}", opened.words());
    assert!(opened.location().unwrap().starts_with("/emergencies/"));
    // For a few minutes nobody asks again.
    let page = second.get(&path).await;
    assert_eq!(second.submit(&page, &path, &[("reason", reason)]).await.status, 303);
}

/// Every form that shares, lets out, opens in an emergency, or changes how somebody signs in.
#[tokio::test]
async fn every_step_that_matters_asks_again() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let mut own = world.client(Role::Person, &world.georgia).await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    world.clock.advance(seconds(5 * 60));
    let some = "00000000-0000-0000-0000-000000000007";
    for path in [
        "/me/choices/new".to_owned(),
        format!("/outside/{person}/new"),
        format!("/outside/{person}/{some}/copy"),
        "/account/second-step/new".into(),
        "/account/second-step/codes".into(),
        "/account/devices".into(),
        "/account/reach/email".into(),
        "/account/passkeys/new".into(),
        "/account/passkeys/remove".into(),
    ] {
        let answer = own.post(&path, &[("words", "kept")]).await;
        assert!(answer.says("Please show that it is you"), "{path}: {}", answer.words());
        assert_eq!((answer.status, answer.field("words")), (401, "kept".into()), "{path}");
    }
    for path in [format!("/people/{person}/choices"), format!("/people/{person}/emergency")] {
        assert_eq!(peer.post(&path, &[]).await.status, 401, "{path}");
    }
    let path =
        format!("/programmes/{}/workers/{}/second-step", world.georgia.id, world.georgia.peer.membership);
    assert_eq!(admin.post(&path, &[]).await.status, 401);
    let way_in = format!("/programmes/{}/way-in/{}", world.georgia.id, world.georgia.person.membership);
    for post in ["link", "second-step"] {
        assert_eq!(admin.post(&format!("{way_in}/{post}"), &[]).await.status, 401, "{post}");
    }
    // A safety report asks for nothing.
    assert_ne!(peer.post("/safety/new", &[("what", "She is not safe")]).await.status, 401);
}

// ---- where one is signed in ----

#[tokio::test]
async fn one_sees_where_one_is_signed_in_and_signs_out_there() {
    let world = World::new().await;
    let agent = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36";
    let mut phone = world.stranger();
    let form = format!("sign_in_name=marisol.vega&password={}", PASSWORD.replace(' ', "+"));
    let request = world::request(axum::http::Method::POST, "/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("user-agent", agent)
        .header("x-forwarded-for", "192.0.2.77")
        .body(axum::body::Body::from(form))
        .unwrap();
    assert_eq!(phone.send(request).await.status, 303);
    let mut desk = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut third = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut colleague = world.client_of(&world.georgia.second_peer).await;

    let page = desk.get("/account/devices").await;
    assert!(page.says("Chrome, Android") && page.says("Signed in: Today."), "{}", page.words());
    for whereabouts in ["192.0.2.77", "Mozilla", "3:00"] {
        assert!(!page.text.contains(whereabouts), "{whereabouts}");
    }
    let at = page.text.find("Chrome, Android").unwrap();
    let id = page.text[at..].split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(colleague.post("/account/devices", &[("session", id)]).await.status, 404, "nobody else's");
    assert_eq!(phone.get("/account").await.status, 200);
    assert_eq!(desk.post("/account/devices", &[("session", id)]).await.status, 303);
    assert_eq!(phone.get("/account").await.status, 303);
    assert_eq!(third.get("/account").await.status, 200);
    let page = desk.get("/account/devices").await;
    desk.submit(&page, "/account/devices", &[("session", "others")]).await;
    assert_eq!((third.get("/account").await.status, desk.get("/account").await.status), (303, 200));
    assert!(desk.get("/account/devices").await.says("You are signed in only here."));
    assert_eq!(colleague.get("/account").await.status, 200);
}

/// An account whose last role ended is let into nothing of the programme from the next request on: by no page, no link, no stream
/// of changes and no phone. What is its owner's alone stays open to them.
#[tokio::test]
async fn an_account_that_ended_opens_nothing_from_the_next_request_on_but_what_is_its_owners() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut own = world.client(Role::PeerSpecialist, georgia).await;
    assert_eq!(own.get("/people").await.status, 200);
    let admin = world.actor(&georgia.admin).await;
    world.app.end_worker(&admin, world.app.command_id(), georgia.id, georgia.peer.membership).await.unwrap();
    for path in ["/people", "/day", "/contacts", "/live", "/account", "/mine"] {
        assert_eq!(own.get(path).await.status, 303, "{path}: the session has ended");
    }
    let mut again = world.stranger();
    let inside = sign_in(&mut again, "marisol.vega").await;
    assert_eq!(inside.status, 303);
    for path in ["/people", "/contacts", &format!("/people/{}", georgia.person_id)] {
        assert_eq!(again.get(path).await.status, 404, "{path}");
    }
    for path in ["/account", "/mine", "/credentials/take", "/account/devices", "/account/second-step"] {
        assert_eq!(again.get(path).await.status, 200, "{path}: theirs");
    }
}
