//! Signing in and out, invitations, links, one's own account, and that a session's end costs no typed text.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Method, header};
use jiff::SignedDuration;
use porchlight_app::Actor;
use porchlight_practice::{Lang, Role};
use world::{Answer, Client, Member, PASSWORD, World, request};

const SESSION: &str = "__Host-session";
const MARK: &str = "__Host-mark";

async fn sign_in(client: &mut Client, name: &str, password: &str, shared: bool) -> Answer {
    let page = client.get("/sign-in").await;
    let mut fields = vec![("sign_in_name", name), ("password", password)];
    if shared {
        fields.push(("shared", "yes"));
    }
    client.submit(&page, "/sign-in", &fields).await
}

async fn is_signed_in(client: &mut Client) -> bool {
    client.get("/account").await.status == 200
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

// ---- the world itself ----

#[tokio::test]
async fn everybody_in_the_world_is_who_they_should_be() {
    let world = World::new().await;
    for programme in [&world.georgia, &world.alabama] {
        let expected = [
            (&programme.supervisor, Role::Supervisor),
            (&programme.deputy, Role::Supervisor),
            (&programme.team_member, Role::TeamMember),
            (&programme.privacy_lead, Role::PrivacyLead),
            (&programme.admin, Role::ProgrammeAdmin),
            (&programme.auditor, Role::Auditor),
            (&programme.person, Role::Person),
        ];
        for (member, role) in expected {
            assert_eq!(world.actor(member).await.role(), role, "{}", member.name);
        }
        assert!(world.actor(&programme.peer).await.role().is_peer());
        let mut peer = world.client_of(&programme.peer).await;
        assert_eq!(peer.get("/more").await.status, 200);
    }
}

// ---- name and password ----

#[tokio::test]
async fn name_and_password_open_the_page_that_was_asked_for() {
    let world = World::new().await;
    let mut client = world.stranger();
    let asked = client.get("/account").await;
    assert_eq!(asked.location().as_deref(), Some("/sign-in?then=%2Faccount"));
    let page = client.follow(asked).await;
    let peer = &world.georgia.peer;
    // Capital letters and blanks around the name are forgiven; in the password nothing is.
    let name = format!(" {} ", peer.sign_in_name.to_uppercase());
    let answer = client.submit(&page, "/sign-in", &[("sign_in_name", &name), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location().as_deref()), (303, Some("/account")));
    let cookie = answer.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    for part in ["__Host-session=", "; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let account = client.follow(answer).await;
    assert_eq!(account.field("name"), "Marisol Vega");
    assert!(account.says("Certified Peer Specialist") && account.says("Sweetgum Peer Support"));
}

#[tokio::test]
async fn everybody_comes_to_the_first_page_of_their_role() {
    let world = World::new().await;
    let first = [
        (&world.georgia.person, "/me"),
        (&world.alabama.peer, "/day"),
        (&world.georgia.supervisor, "/day"),
        (&world.georgia.auditor, "/journal"),
        (&world.georgia.privacy_lead, "/questions"),
        (&world.georgia.admin, "/day"),
        (&world.agency_admin, "/programmes"),
    ];
    for (member, path) in first {
        let mut client = world.stranger();
        let answer = sign_in(&mut client, &member.sign_in_name, PASSWORD, false).await;
        assert_eq!(answer.location().as_deref(), Some(path), "{}", member.name);
        assert_eq!(client.get("/").await.location().as_deref(), Some(path), "{}", member.name);
        assert_eq!(client.get("/sign-in").await.location().as_deref(), Some(path), "{}", member.name);
    }
}

#[tokio::test]
async fn a_page_of_another_site_is_never_where_signing_in_leads() {
    let world = World::new().await;
    for then in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let mut client = world.stranger();
        let fields = [("sign_in_name", "marisol.vega"), ("password", PASSWORD), ("then", then)];
        let answer = client.post("/sign-in", &fields).await;
        assert_eq!(answer.location().as_deref(), Some("/day"), "{then}");
    }
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_look_alike() {
    let world = World::new().await;
    let mut client = world.stranger();
    let wrong_password = sign_in(&mut client, "marisol.vega", "something else entirely", false).await;
    let wrong_name = sign_in(&mut client, "nobody.here", PASSWORD, false).await;
    for answer in [&wrong_password, &wrong_name] {
        assert_eq!(answer.status, 422);
        assert!(answer.says("That name and password do not fit together."), "{}", answer.words());
        assert!(answer.text.contains("<title>Error: Sign in"));
    }
    assert_eq!(wrong_password.words(), wrong_name.words());
    assert_eq!(wrong_password.field("sign_in_name"), "marisol.vega");
    assert!(!wrong_password.text.contains("something else entirely"), "a password is never written down");
    assert!(client.cookie(SESSION).is_none());
    let empty = client.post("/sign-in", &[("sign_in_name", ""), ("password", "")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Type your sign-in name.") && empty.says("Type your password."));
}

/// Wrong tries make whoever tries wait, a little longer each time, and never the owner at a phone on which they signed in before.
#[tokio::test]
async fn wrong_tries_make_others_wait_and_never_the_owner_at_their_own_phone() {
    let world = World::new().await;
    let mut own = world.stranger();
    assert_eq!(sign_in(&mut own, "marisol.vega", PASSWORD, false).await.status, 303);
    assert!(own.cookie(MARK).is_some());
    let page = own.get("/account").await;
    own.submit(&page, "/sign-out", &[]).await;
    assert!(own.cookie(MARK).is_some(), "the device stays known");

    let mut other = world.stranger();
    for _ in 0..5 {
        assert_eq!(sign_in(&mut other, "marisol.vega", "not the right one", false).await.status, 422);
    }
    // The right password waits like a wrong one: nobody learns from the wait which it was.
    let paused = sign_in(&mut other, "marisol.vega", PASSWORD, false).await;
    assert_eq!(paused.status, 429);
    assert_eq!(paused.headers.get(header::RETRY_AFTER).unwrap(), "30");
    assert!(paused.says("Wait one minute, then try again."), "{}", paused.words());
    assert_eq!(paused.field("sign_in_name"), "marisol.vega");
    assert_eq!(sign_in(&mut world.stranger(), "terrence.boyd", PASSWORD, false).await.status, 303);
    world.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(sign_in(&mut other, "marisol.vega", "nor this one", false).await.status, 422);
    let longer = sign_in(&mut other, "marisol.vega", PASSWORD, false).await;
    assert_eq!(longer.headers.get(header::RETRY_AFTER).unwrap(), "60");

    assert_eq!(sign_in(&mut own, "marisol.vega", PASSWORD, false).await.status, 303);
    // A mark that was made up, or of somebody else, is none.
    let forged = format!("{}.{}", "0".repeat(64), "0".repeat(32));
    for mark in [own.cookie(MARK).unwrap().replace('.', "0."), forged, "x".into()] {
        let mut liar = world.stranger();
        liar.set_cookie(MARK, Some(&mark));
        assert_eq!(sign_in(&mut liar, "marisol.vega", PASSWORD, false).await.status, 429, "{mark}");
    }
    let mut terrence = world.stranger();
    sign_in(&mut terrence, "terrence.boyd", PASSWORD, false).await;
    let fields = [("sign_in_name", "marisol.vega"), ("password", PASSWORD)];
    assert_eq!(terrence.post("/sign-in", &fields).await.status, 429);
    // A device that is known has its own count, and it ends too.
    let page = own.get("/account").await;
    own.submit(&page, "/sign-out", &[]).await;
    for _ in 0..5 {
        assert_eq!(sign_in(&mut own, "marisol.vega", "not the right one", false).await.status, 422);
    }
    assert_eq!(sign_in(&mut own, "marisol.vega", PASSWORD, false).await.status, 429);
    world.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(sign_in(&mut other, "marisol.vega", PASSWORD, false).await.status, 303);
}

#[tokio::test]
async fn a_device_that_others_use_is_not_remembered() {
    let world = World::new().await;
    let mut client = world.stranger();
    assert_eq!(sign_in(&mut client, "marisol.vega", PASSWORD, true).await.status, 303);
    assert_eq!(client.cookie(MARK), None);
}

/// One address that tries too much waits; help, and reports of a danger, never do.
#[tokio::test]
async fn one_address_that_tries_too_much_waits_and_help_never_does() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let from = |method: Method, path: &str, from: &str, body: &str| {
        request(method, path)
            .header("x-forwarded-for", format!("198.51.100.1, {from}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_owned()))
            .unwrap()
    };
    let mut client = world.stranger();
    let mut last = 0;
    for number in 0..41 {
        let body = format!("sign_in_name=nobody{number}&password=x&note=What+I+typed+stays+here");
        let answer = client.send(from(Method::POST, "/sign-in", "192.0.2.7", &body)).await;
        last = answer.status;
        if last == 429 {
            assert!(answer.says("There were too many tries from here"), "{}", answer.words());
            assert!(answer.says("What I typed stays here"), "{}", answer.words());
            assert!(!answer.text.contains("value=\"x\""), "a password is typed again");
            let wait: u32 =
                answer.headers.get(header::RETRY_AFTER).unwrap().to_str().unwrap().parse().unwrap();
            assert!((1..=4).contains(&wait), "{wait}");
        }
    }
    assert_eq!(last, 429);
    assert_eq!(
        client.send(from(Method::POST, "/sign-in", "192.0.2.8", "sign_in_name=a&password=b")).await.status,
        422
    );
    for _ in 0..150 {
        for open in ["/help-now", "/rights"] {
            assert_eq!(client.send(from(Method::GET, open, "192.0.2.7", "")).await.status, 200, "{open}");
        }
        let report = peer.send(from(Method::GET, "/safety/new", "192.0.2.7", "")).await;
        assert_ne!(report.status, 429);
    }
}

// ---- how long it lasts ----

#[tokio::test]
async fn a_session_ends_after_a_quiet_time_that_is_shorter_on_a_shared_device() {
    let world = World::new().await;
    for (shared, idle) in [(true, 15), (false, 30)] {
        let mut client = world.stranger();
        sign_in(&mut client, "marisol.vega", PASSWORD, shared).await;
        world.clock.advance(minutes(idle - 1));
        assert!(is_signed_in(&mut client).await, "shared {shared}: before the time");
        // Doing something starts the time again.
        world.clock.advance(minutes(idle - 1));
        assert!(is_signed_in(&mut client).await, "shared {shared}: after doing something");
        world.clock.advance(minutes(idle));
        assert!(!is_signed_in(&mut client).await, "shared {shared}: after the time");
        let page = client.get("/sign-in").await;
        assert!(page.says("You were signed out after a quiet time."), "{}", page.words());
    }
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_whatever_happens() {
    let world = World::new().await;
    let mut client = world.stranger();
    sign_in(&mut client, "marisol.vega", PASSWORD, false).await;
    for _ in 0..35 {
        world.clock.advance(minutes(20));
        assert!(is_signed_in(&mut client).await);
    }
    world.clock.advance(minutes(20));
    assert!(!is_signed_in(&mut client).await);
}

#[tokio::test]
async fn signing_out_and_signing_in_again_end_the_session_before() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    let first = client.cookie(SESSION).unwrap().to_owned();
    // Whoever sits down next to an open session gets one of their own.
    let again = client.post("/sign-in", &[("sign_in_name", "terrence.boyd"), ("password", PASSWORD)]).await;
    assert_eq!(again.status, 303);
    let second = client.cookie(SESSION).unwrap().to_owned();
    assert_ne!(first, second);
    let mut old = world.stranger();
    old.set_cookie(SESSION, Some(&first));
    assert!(!is_signed_in(&mut old).await);

    let page = client.get("/account").await;
    let out = client.submit(&page, "/sign-out", &[]).await;
    assert_eq!(out.location().as_deref(), Some("/"));
    assert_eq!(out.headers.get("clear-site-data").unwrap(), "\"cache\"");
    assert!(client.cookie(SESSION).is_none());
    assert!(client.follow(out).await.says("You are signed out."));
    old.set_cookie(SESSION, Some(&second));
    assert!(!is_signed_in(&mut old).await);
}

// ---- invitations and links ----

async fn invite(world: &World, name: &str) -> String {
    let boss = world.actor(&world.agency_admin).await;
    let secret =
        world.app.invite_worker(&boss, world.app.command_id(), world.georgia.id, name, "peer").await.unwrap();
    secret.expose().to_owned()
}

#[tokio::test]
async fn an_invitation_makes_an_account_once() {
    let world = World::new().await;
    let path = format!("/welcome/{}", invite(&world, "Hollis Green").await);
    let mut client = world.stranger();
    // A mail program that looks first takes nothing away.
    assert_eq!(world.stranger().get(&path).await.status, 200);
    let page = client.get(&path).await;
    assert!(page.says("Sweetgum Peer Support invites you. Your role: Peer specialist."), "{}", page.words());
    assert_eq!(page.field("name"), "Hollis Green");
    let fields = [
        ("name", "Hollis G."),
        ("sign_in_name", "bluebird"),
        ("password", "three herons by the lake"),
        ("lang", "es"),
    ];
    let answer = client.submit(&page, &path, &fields).await;
    assert_eq!(answer.location().as_deref(), Some("/day"), "{}", answer.words());
    let account = client.get("/account").await;
    assert!(account.text.contains("<html lang=\"es\""), "the language of the account is spoken at once");
    assert_eq!(account.field("name"), "Hollis G.");

    let mut late = world.stranger();
    for answer in [late.get(&path).await, late.post(&path, &fields).await] {
        assert_eq!(answer.status, 410);
        assert!(answer.says("This link does not work any more"), "{}", answer.words());
        assert!(answer.says("Ask whoever sent it for a new one."));
    }
    assert!(late.cookie(SESSION).is_none());
    let again = sign_in(&mut late, "Bluebird", "three herons by the lake", false).await;
    assert_eq!(again.status, 303);
}

#[tokio::test]
async fn an_invitation_says_what_is_wrong_and_keeps_what_was_typed() {
    let world = World::new().await;
    let path = format!("/welcome/{}", invite(&world, "Hollis Green").await);
    let mut client = world.stranger();
    let page = client.get(&path).await;
    let long = "a".repeat(300);
    for (field, value, said) in [
        ("sign_in_name", "marisol.vega", "Someone uses this sign-in name already."),
        ("sign_in_name", "", "Pick a name to sign in with."),
        ("sign_in_name", long.as_str(), "This is too long."),
        ("name", "", "Tell us what to call you."),
        ("name", long.as_str(), "This is too long."),
        ("password", "short", "Use at least 15 characters."),
        ("password", "", "Use at least 15 characters."),
        ("password", "aaaaaaaaaaaaaaaaaa", "or it is easy to guess."),
        ("password", "passwordpassword", "Many people use this"),
        ("password", "bluebird bluebird", "or it is easy to guess."),
    ] {
        let mut fields = vec![
            ("name", "Hollis G."),
            ("sign_in_name", "bluebird"),
            ("password", "three herons by the lake"),
        ];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let answer = client.submit(&page, &path, &fields).await;
        assert_eq!(answer.status, 422, "{field}={value}");
        assert!(answer.says(said), "{field}={value}: {}", answer.words());
        assert_eq!(answer.field("password"), "", "a password is typed again");
        if field != "name" {
            assert_eq!(answer.field("name"), "Hollis G.");
        }
    }
    assert!(client.cookie(SESSION).is_none());
}

#[tokio::test]
async fn links_that_never_were_or_are_too_old_are_refused_alike() {
    let world = World::new().await;
    let invitation = invite(&world, "Hollis Green").await;
    let mut client = world.stranger();
    let unknown = "0".repeat(64);
    let mut answers = vec![
        client.get(&format!("/welcome/{unknown}")).await,
        client.get(&format!("/open/{unknown}")).await,
        client.post(&format!("/open/{unknown}"), &[]).await,
        // An invitation is no way past choosing a password.
        client.post(&format!("/open/{invitation}"), &[]).await,
    ];
    world.clock.advance(SignedDuration::from_hours(24 * 14));
    answers.push(client.get(&format!("/welcome/{invitation}")).await);
    for answer in answers {
        assert_eq!(answer.status, 410);
        assert!(answer.says("This link does not work any more"), "{}", answer.words());
    }
    assert!(client.cookie(SESSION).is_none());
}

#[tokio::test]
async fn a_sign_in_link_asks_before_it_signs_in() {
    let world = World::new().await;
    let until = world.app.now() + SignedDuration::from_hours(1);
    let link = world.app.sign_in_link(world.georgia.person.membership, until).await.unwrap();
    let path = format!("/open/{}", link.expose());
    let mut client = world.stranger();
    let page = client.get(&path).await;
    assert!(page.says("Sign in as Darnell Watts"), "{}", page.words());
    assert!(client.cookie(SESSION).is_none());
    let answer = client.submit(&page, &path, &[]).await;
    assert_eq!(answer.location().as_deref(), Some("/me"));
    assert!(is_signed_in(&mut client).await);
}

#[tokio::test]
async fn one_account_may_have_two_roles_and_switches_between_them() {
    let world = World::new().await;
    let boss = world.actor(&world.agency_admin).await;
    let invitation = world
        .app
        .invite_worker(&boss, world.app.command_id(), world.alabama.id, "Marisol", "program_director")
        .await
        .unwrap();
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = client.get(&format!("/welcome/{}", invitation.expose())).await;
    assert!(page.says("You are signed in as Marisol Vega"), "{}", page.words());
    let answer = client.submit(&page, &format!("/join/{}", invitation.expose()), &[]).await;
    assert_eq!(answer.status, 303);
    let account = client.get("/account").await;
    assert!(account.says("Cahaba Family Circle Now"), "{}", account.words());
    let back = world.georgia.peer.membership.to_string();
    let answer = client.post("/account/role", &[("role", &back)]).await;
    assert_eq!(answer.location().as_deref(), Some("/"));
    assert!(client.get("/account").await.says("Sweetgum Peer Support Now"));
    // Another's role is not there.
    let other = world.georgia.supervisor.membership.to_string();
    assert_eq!(client.post("/account/role", &[("role", &other)]).await.status, 404);
    assert_eq!(client.post("/account/role", &[("role", "x")]).await.status, 404);
}

// ---- one's own account ----

#[tokio::test]
async fn an_account_is_changed_by_its_owner_and_two_changes_at_once_lose_nothing() {
    let world = World::new().await;
    let mut phone = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut desk = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (on_phone, on_desk) = (phone.get("/account").await, desk.get("/account").await);
    let saved = phone.submit(&on_phone, "/account", &[("phone", "404 555 0142")]).await;
    assert_eq!(saved.location().as_deref(), Some("/account"));
    assert!(phone.follow(saved).await.says("Saved."));

    let late = desk.submit(&on_desk, "/account", &[("name", "Marisol V. Ortega")]).await;
    assert_eq!(late.status, 409);
    assert!(late.says("Now on file: Marisol Vega, 404 555 0142."), "{}", late.words());
    assert_eq!(late.field("name"), "Marisol V. Ortega");
    let again = desk.submit(&late, "/account", &[("phone", "404 555 0142")]).await;
    assert_eq!(again.status, 303, "{}", again.words());
    let now = phone.get("/account").await;
    assert_eq!((now.field("name"), now.field("phone")), ("Marisol V. Ortega".into(), "404 555 0142".into()));

    let empty = phone.submit(&now, "/account", &[("name", "  ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Tell us what to call you."));
    let long = phone.submit(&now, "/account", &[("phone", &"5".repeat(101))]).await;
    assert_eq!(long.status, 422);
    assert!(long.says("This is too long."));
}

#[tokio::test]
async fn a_changed_password_signs_every_other_device_out() {
    let world = World::new().await;
    let mut here = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut there = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = here.get("/account").await;
    let wrong = here
        .submit(
            &page,
            "/account/password",
            &[("password", "not mine at all"), ("new_password", "a new porch lamp")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("This is not the password you have now."), "{}", wrong.words());
    assert!(!wrong.text.contains("a new porch lamp"));
    let short =
        here.submit(&wrong, "/account/password", &[("password", PASSWORD), ("new_password", "new")]).await;
    assert!(short.says("Use at least 15 characters."), "{}", short.words());
    let done = here
        .submit(&short, "/account/password", &[("password", PASSWORD), ("new_password", "a new porch lamp")])
        .await;
    assert_eq!(done.location().as_deref(), Some("/account"), "{}", done.words());
    assert!(is_signed_in(&mut here).await);
    assert!(!is_signed_in(&mut there).await);
    assert_eq!(sign_in(&mut there, "marisol.vega", PASSWORD, false).await.status, 422);
    assert_eq!(sign_in(&mut there, "marisol.vega", "a new porch lamp", false).await.status, 303);
}

// ---- a session's end costs no typed text ----

const TYPED: &str = "Marisol of the long porch";

/// Types a new name, lets the session end, and sends it.
async fn send_too_late(world: &World) -> Client {
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = client.get("/account").await;
    world.clock.advance(minutes(31));
    let answer = client.submit(&page, "/account", &[("name", TYPED)]).await;
    assert_eq!(answer.location().as_deref(), Some("/sign-in?kept=yes"));
    let page = client.follow(answer).await;
    assert!(page.says("What you typed is safe."), "{}", page.words());
    assert!(!page.text.contains(TYPED), "it is nobody's to read until they sign in");
    client
}

#[tokio::test]
async fn what_was_typed_too_late_comes_back_after_signing_in_and_arrives() {
    let world = World::new().await;
    let mut client = send_too_late(&world).await;
    let answer = sign_in(&mut client, "marisol.vega", PASSWORD, false).await;
    assert_eq!(answer.location().as_deref(), Some("/kept"));
    let page = client.follow(answer).await;
    assert!(page.says(TYPED), "{}", page.words());
    // Looking takes nothing away, and the account says that something waits.
    assert!(client.get("/account").await.says("Something you typed is waiting to be sent."));
    let page = client.get("/kept").await;
    let sent = client.submit(&page, "/account", &[]).await;
    assert_eq!(sent.location().as_deref(), Some("/account"), "{}", sent.words());
    let account = client.follow(sent).await;
    assert_eq!(account.field("name"), TYPED);
    assert!(!account.says("Something you typed is waiting"));
    assert_eq!(client.get("/kept").await.location().as_deref(), Some("/day"));
}

#[tokio::test]
async fn what_was_typed_too_late_goes_to_nobody_else() {
    let world = World::new().await;
    let mut client = send_too_late(&world).await;
    // Somebody else signs in with the very same browser.
    let answer = sign_in(&mut client, "terrence.boyd", PASSWORD, false).await;
    assert_eq!(answer.location().as_deref(), Some("/day"));
    let kept = client.get("/kept").await;
    assert_eq!(kept.location().as_deref(), Some("/day"));
    assert!(!client.get("/account").await.text.contains(TYPED));
    // Whose it is finds it from any device, and can throw it away.
    let mut own = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = own.get("/kept").await;
    let id = page.field("kept_form");
    assert_eq!(client.post("/kept/drop", &[("kept_form", &id)]).await.status, 303);
    assert!(own.get("/kept").await.says(TYPED), "another account can't throw it away");
    let dropped = own.submit(&page, "/kept/drop", &[]).await;
    assert!(!own.follow(dropped).await.text.contains(TYPED));
    assert_eq!(own.get("/kept").await.location().as_deref(), Some("/day"));
}

#[tokio::test]
async fn what_was_typed_too_late_is_kept_for_a_day_and_never_a_password() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = client.get("/account").await;
    world.clock.advance(minutes(31));
    let fields = [("password", PASSWORD), ("new_password", "a new porch lamp")];
    let answer = client.submit(&page, "/account/password", &fields).await;
    assert_eq!(answer.location().as_deref(), Some("/sign-in?kept=yes"));
    sign_in(&mut client, "marisol.vega", PASSWORD, false).await;
    let kept = client.get("/kept").await;
    assert_eq!(kept.status, 200);
    assert!(!kept.text.contains("porch lamp"), "{}", kept.text);
    world.clock.advance(SignedDuration::from_hours(24));
    sign_in(&mut client, "marisol.vega", PASSWORD, false).await;
    assert_eq!(client.get("/kept").await.location().as_deref(), Some("/day"));
}

#[tokio::test]
async fn a_cookie_that_never_was_ours_keeps_nothing_but_the_page() {
    let world = World::new().await;
    let mut client = world.stranger();
    client.set_cookie(SESSION, Some(&"0".repeat(64)));
    let answer = client.post("/account", &[("name", TYPED)]).await;
    assert_eq!(answer.status, 401);
    assert!(answer.says("What you typed is safe."));
    assert!(answer.text.contains(TYPED));
}

// ---- what no browser of ours sends ----

#[tokio::test]
async fn a_form_that_another_site_sends_changes_nothing() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    let cookie = format!("{SESSION}={}", client.cookie(SESSION).unwrap());
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let forged = request(Method::POST, "/account")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &cookie)
            .header(name, value)
            .body(Body::from("name=Somebody+else&lang=en&version=1"))
            .unwrap();
        let answer = client.send(forged).await;
        assert_eq!(answer.status, 403, "{name}");
        assert!(answer.says("We could not be sure this came from you"), "{}", answer.words());
        assert!(answer.says("Nothing was changed."));
    }
    assert_eq!(client.get("/account").await.field("name"), "Marisol Vega");
}

#[tokio::test]
async fn too_much_and_what_is_no_text_get_a_page_that_says_so() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut much = b"name=".to_vec();
    much.resize(5 * 1024 * 1024, b'a');
    let answer = client.post_bytes("/account", much).await;
    assert_eq!(answer.status, 413);
    assert!(answer.says("That was too much at once"), "{}", answer.words());
    let answer = client.post_bytes("/account", b"name=%FF%FE&lang=en".to_vec()).await;
    assert_eq!(answer.status, 400);
    assert!(answer.says("Some of what came in was not text"), "{}", answer.words());
    assert_eq!(client.get("/account").await.field("name"), "Marisol Vega");
    // A secret that is no text is a page that is not there.
    assert_eq!(world.stranger().get("/open/%FF").await.status, 404);
}

// ---- help now, tell someone, rights ----

async fn set_phone(world: &World, member: &Member, phone: &str) {
    let actor = world.actor(member).await;
    let view = world.app.my_account(&actor).await.unwrap();
    let command = world.app.command_id();
    world.app.change_account(&actor, command, &view.name, phone, Lang::En, view.version).await.unwrap();
}

/// How many entries the programme's journal has, the one of asking not counted.
async fn entries(world: &World, auditor: &Actor) -> usize {
    let before = world.app.journal_lines(auditor, world.georgia.id, None).await.unwrap().lines.len();
    let after = world.app.journal_lines(auditor, world.georgia.id, None).await.unwrap().lines.len();
    assert_eq!(after, before + 1, "asking is an entry, and the page holds them all");
    before
}

#[tokio::test]
async fn help_now_works_for_anybody_and_shows_a_person_their_own_people() {
    let world = World::new().await;
    let mut stranger = world.stranger();
    let page = stranger.get("/help-now").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("tel:988") && page.text.contains("tel:911") && page.text.contains("sms:988"));
    assert!(!page.says("Who walks with you"));

    set_phone(&world, &world.georgia.peer, "404 555 0142").await;
    let peer = world.actor(&world.georgia.peer).await;
    let view = world.app.person(&peer, world.georgia.person_id).await.unwrap();
    let mut profile = view.profile.clone();
    let sister = porchlight_practice::person::NaturalSupport {
        name: "My sister Ana".into(),
        how: "picks up at night".into(),
    };
    profile.natural_supports.push(sister);
    let command = world.app.command_id();
    world.app.change_person(&peer, command, world.georgia.person_id, profile, view.version).await.unwrap();

    let auditor = world.actor(&world.georgia.auditor).await;
    let mut person = world.client(Role::Person, &world.georgia).await;
    let before = entries(&world, &auditor).await;
    let page = person.get("/help-now").await;
    assert!(page.says("Who walks with you") && page.says("Marisol Vega"), "{}", page.words());
    assert!(page.text.contains("tel:4045550142"));
    assert!(page.says("My sister Ana picks up at night"), "{}", page.words());
    assert!(page.says("Georgia Crisis and Access Line"), "the lines of the programme's own pack");
    assert_eq!(entries(&world, &auditor).await, before + 2, "opening it left a trace");
}

#[tokio::test]
async fn tell_someone_names_supervisor_and_deputy_and_leaves_no_trace() {
    let world = World::new().await;
    set_phone(&world, &world.georgia.supervisor, "404 555 0150").await;
    let auditor = world.actor(&world.georgia.auditor).await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    let before = entries(&world, &auditor).await;
    let page = peer.get("/tell-someone").await;
    assert_eq!(page.status, 200);
    assert!(page.says("Lydia Pruitt") && page.text.contains("tel:4045550150"), "{}", page.words());
    assert!(page.says("Owen Castillo No number on file"), "{}", page.words());
    assert!(page.text.contains("tel:988") && page.text.contains("tel:911"));
    assert!(page.says("Some things can't stay private."), "the pack's own words");
    assert!(supervisor.get("/tell-someone").await.says("Owen Castillo"), "a supervisor calls their deputy");
    assert_eq!(entries(&world, &auditor).await, before + 2, "opening it left a trace");

    let mut person = world.client(Role::Person, &world.georgia).await;
    assert_eq!(person.get("/tell-someone").await.location().as_deref(), Some("/help-now"));
    let mut boss = world.client_of(&world.agency_admin).await;
    assert!(boss.get("/tell-someone").await.says("Nobody is named for you to call here yet."));
}

#[tokio::test]
async fn rights_are_told_to_anybody_in_their_language() {
    let world = World::new().await;
    let mut stranger = world.stranger();
    let page = stranger.get("/rights").await;
    assert!(page.says("You can say no, take a break or stop."), "{}", page.words());
    stranger.post("/language", &[("lang", "es"), ("back", "/rights")]).await;
    assert!(stranger.get("/rights").await.says("Sus derechos"));
    assert!(stranger.get("/").await.says("La luz del porche está encendida"));
}

// ---- secrets stay secret ----

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// At the most that can be logged: the program's settings allow no more than debug.
#[tokio::test]
async fn no_log_holds_a_secret_a_password_or_a_name() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let world = World::new().await;
    let invitation = invite(&world, "Quillan Thorne").await;
    let path = format!("/welcome/{invitation}");
    let mut client = world.stranger();
    let page = client.get(&path).await;
    let password = "seventeen quiet lanterns";
    let fields = [("name", "Quillan Thorne"), ("sign_in_name", "quillan"), ("password", password)];
    assert_eq!(client.submit(&page, &path, &fields).await.status, 303);
    let session = client.cookie(SESSION).unwrap().to_owned();
    sign_in(&mut world.stranger(), "quillan", "wrong quiet lanterns", false).await;
    // Something that is logged: a form that can't be kept.
    let mut stranger = world.stranger();
    stranger.set_cookie(SESSION, Some(&"ab".repeat(32)));
    stranger.post("/account", &[("name", "Quillan Thorne")]).await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("could not be kept"), "the log is being read: {text}");
    for secret in
        [invitation.as_str(), &session, password, "Quillan", "wrong quiet lanterns", &"ab".repeat(32)]
    {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None);
    }
}
