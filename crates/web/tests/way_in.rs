//! A way back in: by whoever runs the programme, by a mailbox that was confirmed, and inviting by e-mail.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_outbound::{Address, Kind, Outcome, Trouble};
use porchlight_practice::second_step::Secret;
use porchlight_practice::{Means, Role};
use world::{Answer, Client, Member, PASSWORD, World};

const NEW: &str = "three herons on the dock";

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

async fn sign_in(client: &mut Client, name: &str, password: &str) -> Answer {
    client.post("/sign-in", &[("sign_in_name", name), ("password", password)]).await
}

/// The link that stands on a page, as a path.
fn link_on(page: &Answer) -> String {
    let link = page.text.split("class=\"mt3 address\">").nth(1).unwrap_or_else(|| panic!("{}", page.words()));
    link.split('<').next().unwrap().strip_prefix("https://porchlight.test").unwrap().to_owned()
}

/// Looks for somebody, and presses the one button.
async fn helped(world: &World, sign_in_name: &str) -> (Client, Answer) {
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let path = format!("/programmes/{}/way-in", world.georgia.id);
    let page = admin.get(&path).await;
    let found = admin.submit(&page, &path, &[("sign_in_name", sign_in_name)]).await;
    let post = found.text.split("action=\"").find(|part| part.contains("/link\"")).unwrap();
    let post = post.split('"').next().unwrap().to_owned();
    let made = admin.submit(&found, &post, &[]).await;
    (admin, made)
}

/// Writes a mailbox down and confirms it.
async fn with_mailbox(world: &World, member: &Member, to: &str) {
    let mut client = world.client_of(member).await;
    let page = client.get("/account/reach").await;
    let asked = client.submit(&page, "/account/reach/email", &[("email", to)]).await;
    assert!(client.follow(asked).await.says("A letter is on its way"));
    let letter = letters(world, to).pop().unwrap();
    assert_eq!(letter.0, Kind::Mailbox);
    // Nobody needs to be signed in where they read their mail.
    let mut anywhere = world.stranger();
    let page = anywhere.get(&letter.1).await;
    assert!(page.says("Is this mailbox yours?"), "{}", page.words());
    assert_eq!(anywhere.submit(&page, &letter.1, &[]).await.status, 303);
    assert_eq!(anywhere.get(&letter.1).await.status, 410, "once");
    assert!(client.get("/account/reach").await.says("This mailbox is yours."));
}

/// What went to a mailbox: what it is, and the page it leads to.
fn letters(world: &World, to: &str) -> Vec<(Kind, String)> {
    let is = |address: &Address| matches!(address, Address::Email(email) if email.expose() == to);
    let sent = world.sent.sent().into_iter().filter(|sent| is(&sent.to));
    sent.map(|sent| (sent.notice.kind(), sent.notice.page().path().to_owned())).collect()
}

// ---- by whoever runs the programme ----

#[tokio::test]
async fn whoever_runs_the_programme_hands_over_a_link_that_sets_a_new_password_once() {
    let world = World::new().await;
    let mut before = world.client_of(&world.georgia.person).await;
    let (_, made) = helped(&world, " Darnell.Watts ").await;
    assert_eq!(made.status, 200);
    assert!(made.says("A new password for Darnell Watts") && made.text.contains("<svg class=\"qr"));
    assert!(made.says("within 24 hours"), "{}", made.words());
    let link = link_on(&made);
    for name in ["agency.db", "agency.db-wal"] {
        let bytes = std::fs::read(world.folder.path().join(name)).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains(link.rsplit('/').next().unwrap()), "{name}");
    }
    let mut own = world.stranger();
    let page = own.get(&link).await;
    assert!(page.says("Choose a new password") && !page.says("Darnell"), "{}", page.words());
    assert_eq!(before.get("/me").await.status, 200, "opening it changes nothing");
    let short = own.submit(&page, &link, &[("password", "too short")]).await;
    assert_eq!(short.status, 422);
    assert!(short.says("Use at least 15 characters."), "{}", short.words());
    let inside = own.submit(&short, &link, &[("password", NEW)]).await;
    assert_eq!(inside.location().as_deref(), Some("/me"), "{}", inside.words());
    assert_eq!(before.get("/me").await.status, 303, "every other session has ended");
    assert_eq!(own.post(&link, &[("password", "four geese by the barn")]).await.status, 410, "once");
    let mut again = world.stranger();
    assert_eq!(sign_in(&mut again, "darnell.watts", PASSWORD).await.status, 422);
    assert_eq!(sign_in(&mut again, "darnell.watts", NEW).await.location().as_deref(), Some("/me"));
    // They are told, and the journal has it.
    let home = own.get("/me").await;
    assert!(home.says("Something happened to how you sign in."), "{}", home.words());
    let news = own.get("/account/news").await;
    assert!(news.says("A link for a new password was made"), "{}", news.words());
    assert!(news.says("A new password was set with a link"));
    assert!(!own.get("/me").await.says("Something happened"), "seen");
    let journal = world.client_of(&world.georgia.auditor).await.get("/journal").await;
    assert!(journal.says("Made a link for a new password"), "{}", journal.words());
    assert!(!journal.says("Darnell"));
}

#[tokio::test]
async fn a_link_ends_after_a_day_and_with_the_next_one() {
    let world = World::new().await;
    let (mut admin, made) = helped(&world, "darnell.watts").await;
    let first = link_on(&made);
    let (_, made) = helped(&world, "darnell.watts").await;
    let second = link_on(&made);
    let mut own = world.stranger();
    assert_eq!((own.get(&first).await.status, own.get(&second).await.status), (410, 200));
    world.clock.advance(hours(24));
    assert_eq!(own.get(&second).await.status, 410);
    assert_eq!(own.post(&second, &[("password", NEW)]).await.status, 410);
    let mut sign = world.stranger();
    assert_eq!(sign_in(&mut sign, "darnell.watts", PASSWORD).await.status, 303, "nothing was changed");
    // A form that is sent twice can't show the link again.
    let path = format!("/programmes/{}/workers/{}", world.georgia.id, world.georgia.peer.membership);
    let link = format!("/programmes/{}/way-in/{}/link", world.georgia.id, world.georgia.peer.membership);
    let mut fresh = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let page = fresh.get(&path).await;
    assert!(page.says("They forgot their name or password"));
    link_on(&fresh.submit(&page, &link, &[]).await);
    let twice = fresh.submit(&page, &link, &[]).await;
    assert!(
        twice.says("This link was shown before") && !twice.text.contains("mt3 address"),
        "{}",
        twice.words()
    );
    assert_eq!(admin.get(&path).await.status, 303, "a day later nobody is signed in any more");
}

/// A link takes the place of the password alone, and a name that was forgotten can be chosen anew.
#[tokio::test]
async fn a_link_never_passes_by_the_second_step() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = peer.get("/account/second-step/new").await;
    let text = page.text.split("class=\"code lone mt2\">").nth(1).unwrap().split('<').next().unwrap();
    let secret = secret(text);
    let set =
        peer.submit(&page, "/account/second-step/new", &[("code", &secret.code_at(world.app.now()))]).await;
    assert_eq!(set.status, 200, "{}", set.words());
    let path = format!("/programmes/{}/way-in/{}/link", world.georgia.id, world.georgia.peer.membership);
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let link = link_on(&admin.post(&path, &[]).await);
    let mut own = world.stranger();
    let page = own.get(&link).await;
    assert!(page.says("Then we ask for your second step"), "{}", page.words());
    let taken =
        own.submit(&page, &link, &[("password", "gr8 h3ron"), ("sign_in_name", "darnell.watts")]).await;
    assert!(taken.says("Someone uses this sign-in name already."), "{}", taken.words());
    let on = own.submit(&taken, &link, &[("password", "gr8 h3ron"), ("sign_in_name", "Mari")]).await;
    assert_eq!(on.location().as_deref(), Some("/sign-in/code"), "{}", on.words());
    assert_eq!(own.get("/day").await.status, 303);
    world.clock.advance(SignedDuration::from_secs(60));
    let code = secret.code_at(world.app.now());
    let inside = own.post("/sign-in/code", &[("code", &code)]).await;
    assert_eq!(inside.location().as_deref(), Some("/day"));
    let mut again = world.stranger();
    assert_eq!(sign_in(&mut again, "marisol.vega", "gr8 h3ron").await.status, 422, "the name before is gone");
    let again = sign_in(&mut again, "mari", "gr8 h3ron").await;
    assert_eq!(again.location().as_deref(), Some("/sign-in/code"));
}

fn secret(letters: &str) -> Secret {
    let (mut bytes, mut bits, mut have) = (Vec::new(), 0u32, 0);
    for letter in letters.bytes().filter(|letter| *letter != b' ') {
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

#[tokio::test]
async fn nobody_else_makes_a_link_and_nobody_for_themself() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let find = format!("/programmes/{}/way-in", georgia.id);
    let person = georgia.person.membership;
    let posts = [find.clone(), format!("{find}/{person}/link"), format!("{find}/{person}/second-step")];
    // Whoever walks with them can't either, nor anybody of another programme.
    for member in [
        &georgia.peer,
        &georgia.supervisor,
        &georgia.team_member,
        &georgia.privacy_lead,
        &georgia.auditor,
        &georgia.person,
        &world.alabama.admin,
    ] {
        let mut client = world.client_of(member).await;
        assert_eq!(client.get(&find).await.status, 404, "{}", member.name);
        for post in &posts {
            let answer = client.post(post, &[("sign_in_name", "darnell.watts")]).await;
            assert_eq!(answer.status, 404, "{} {post}", member.name);
        }
    }
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    for other in [georgia.admin.membership, world.alabama.person.membership, world.agency_admin.membership] {
        assert_eq!(admin.post(&format!("{find}/{other}/link"), &[]).await.status, 404);
    }
    let step = format!("{find}/{}/second-step", georgia.peer.membership);
    assert_eq!(admin.post(&step, &[]).await.status, 404, "for those who work here there is their own page");
}

/// An account with a role elsewhere is not for one programme to open; whoever runs the agency does.
#[tokio::test]
async fn an_account_of_two_programmes_is_opened_by_the_agency_alone() {
    let world = World::new().await;
    let (app, georgia) = (&world.app, &world.georgia);
    let boss = world.actor(&georgia.admin).await;
    let invitation =
        app.invite_worker(&boss, app.command_id(), georgia.id, "Joe King", "peer").await.unwrap();
    let mut both = world.client_of(&world.alabama.peer).await;
    assert_eq!(both.post(&format!("/join/{}", invitation.expose()), &[]).await.status, 303);
    let team =
        world.client_of(&georgia.admin).await.get(&format!("/programmes/{}/workers", georgia.id)).await;
    let name = &world.alabama.peer.name;
    let row = team.text.split("<li>").find(|row| row.contains(name.as_str())).unwrap();
    let here = row.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let link = here.replace("/workers/", "/way-in/") + "/link";
    let mut admin = world.client_of(&georgia.admin).await;
    let refused = admin.post(&link, &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.says("Whoever runs the agency does this") && !refused.says("Alabama"));
    let mut agency = world.client_of(&world.agency_admin).await;
    link_on(&agency.post(&link, &[]).await);
}

/// By sign-in name or whole name, with nothing but what helps to know who it is; whoever works here never comes up.
#[tokio::test]
async fn somebody_is_found_by_what_they_say_and_nobody_who_works_here() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let find = format!("/programmes/{}/way-in", georgia.id);
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    let page = admin.get(&find).await;
    let empty = admin.submit(&page, &find, &[("called", "Darnell")]).await;
    assert_eq!(empty.status, 422);
    assert_eq!(empty.field("called"), "Darnell");
    let by_name = admin.submit(&empty, &find, &[("family_name", "Watts")]).await;
    assert!(by_name.says("Darnell Watts") && by_name.says("Marisol Vega can say whether it is them."));
    for (name, called, family) in [
        ("marisol.vega", "", ""),
        ("nobody.here", "", ""),
        ("", "Marisol", "Vega"),
        (&*world.alabama.person.sign_in_name, "", ""),
    ] {
        let fields = [("sign_in_name", name), ("called", called), ("family_name", family)];
        let none = admin.post(&find, &fields).await;
        assert!(none.says("We found nobody who can sign in here."), "{name} {called}: {}", none.words());
    }
    // Somebody supported who begins to work here is found among those who work here alone.
    let boss = world.actor(&georgia.admin).await;
    let app = &world.app;
    let invitation = app.invite_worker(&boss, app.command_id(), georgia.id, "D.", "peer").await.unwrap();
    let mut own = world.client_of(&georgia.person).await;
    assert_eq!(own.post(&format!("/join/{}", invitation.expose()), &[]).await.status, 303);
    for fields in [
        [("sign_in_name", "darnell.watts"), ("called", "")],
        [("family_name", "Watts"), ("called", "Darnell")],
    ] {
        let none = admin.post(&find, &fields).await;
        assert!(none.says("We found nobody who can sign in here."), "{}", none.words());
    }
    let link = format!("{find}/{}/link", georgia.person.membership);
    assert_eq!(admin.post(&link, &[]).await.status, 404);
}

#[tokio::test]
async fn the_second_step_of_somebody_supported_is_taken_off_and_they_are_told() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut own = world.client_of(&georgia.person).await;
    let page = own.get("/account/second-step/new").await;
    let text = page.text.split("class=\"code lone mt2\">").nth(1).unwrap().split('<').next().unwrap();
    let code = secret(text).code_at(world.app.now());
    assert_eq!(own.submit(&page, "/account/second-step/new", &[("code", &code)]).await.status, 200);
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    let find = format!("/programmes/{}/way-in", georgia.id);
    let found = admin.post(&find, &[("sign_in_name", "darnell.watts")]).await;
    assert!(found.says("They lost their phone and their paper"), "{}", found.words());
    let off = format!("{find}/{}/second-step", georgia.person.membership);
    assert_eq!(admin.submit(&found, &off, &[]).await.status, 303);
    assert_eq!(own.get("/me").await.status, 303, "signed out everywhere");
    let mut client = world.stranger();
    assert_eq!(sign_in(&mut client, "darnell.watts", PASSWORD).await.location().as_deref(), Some("/me"));
    assert!(client.get("/account/news").await.says("Your program took the second step off"));
}

/// For the only administrator of the agency there is nobody but whoever runs the machine.
#[tokio::test]
async fn whoever_runs_the_machine_lets_the_only_administrator_in() {
    let world = World::new().await;
    let secret = world.app.way_in_from_the_machine("Ines").await.unwrap();
    let link = format!("/way-in/{}", secret.expose());
    let mut own = world.stranger();
    let page = own.get(&link).await;
    let inside = own.submit(&page, &link, &[("password", NEW)]).await;
    assert_eq!(inside.location().as_deref(), Some("/programmes"), "{}", inside.words());
    assert!(world.app.way_in_from_the_machine("nobody.here").await.is_err());
}

// ---- by e-mail ----

/// The same answer whatever there is; a letter goes only to a mailbox that was confirmed, and names nobody.
#[tokio::test]
async fn who_forgot_gets_a_letter_where_they_confirmed_a_mailbox_and_the_same_answer_everywhere() {
    let world = World::new().await;
    let georgia = &world.georgia;
    with_mailbox(&world, &georgia.person, "darnell@example.org").await;
    let unconfirmed = world.actor(&georgia.peer).await;
    world.app.set_email(&unconfirmed, world.app.command_id(), "marisol@example.org").await.unwrap();
    let mut client = world.stranger();
    let page = client.get("/sign-in").await;
    assert!(page.text.contains("href=\"/sign-in/forgot\""));
    let page = client.get("/sign-in/forgot").await;
    assert!(page.says("The person who walks with you can't."), "{}", page.words());
    let mut answers = Vec::new();
    for name in ["darnell.watts", "marisol.vega", "terrence.boyd", "nobody.at.all"] {
        let answer = client.submit(&page, "/sign-in/forgot", &[("sign_in_name", name)]).await;
        assert!(!answer.text.contains(name));
        answers.push((answer.status, answer.words()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert!(answers[0].1.contains("If this name has a mailbox with us"), "{}", answers[0].1);
    assert_eq!(world.app.mail_forgotten().await.unwrap(), 1);
    assert!(letters(&world, "marisol@example.org").is_empty());
    let (kind, link) = letters(&world, "darnell@example.org").pop().unwrap();
    assert_eq!(kind, Kind::NewPassword);
    let mut own = world.stranger();
    let page = own.get(&link).await;
    let inside = own.submit(&page, &link, &[("password", NEW)]).await;
    assert_eq!(inside.location().as_deref(), Some("/me"), "{}", inside.words());
    // Nothing waits any more; and nobody fills a mailbox: three a day.
    assert_eq!(world.app.mail_forgotten().await.unwrap(), 0);
    let mut mailed = 0;
    for _ in 0..8 {
        client.post("/sign-in/forgot", &[("sign_in_name", "darnell.watts")]).await;
        mailed += world.app.mail_forgotten().await.unwrap();
    }
    assert_eq!(mailed, 2);
    // A mail server that can't just now is asked again, and one that is not set up is not promised.
    world.clock.advance(hours(25));
    world.sent.answer(Means::Email, Outcome::TryAgain(Trouble::Unreachable));
    client.post("/sign-in/forgot", &[("sign_in_name", "darnell.watts")]).await;
    assert_eq!(world.app.mail_forgotten().await.unwrap(), 0);
    world.sent.answer(Means::Email, Outcome::Accepted { reference: None });
    assert_eq!(world.app.mail_forgotten().await.unwrap(), 1);
    world.sent.without(Means::Email);
    let page = client.get("/sign-in/forgot").await;
    assert!(page.says("Ask your program") && !page.says("Send me a link"), "{}", page.words());
}

#[tokio::test]
async fn a_mailbox_that_was_changed_opens_nothing_and_is_told() {
    let world = World::new().await;
    let person = &world.georgia.person;
    with_mailbox(&world, person, "darnell@example.org").await;
    let mut own = world.client_of(person).await;
    let page = own.get("/account/reach").await;
    own.submit(&page, "/account/reach/email", &[("email", "other@example.org")]).await;
    assert_eq!(
        letters(&world, "darnell@example.org").pop().unwrap().0,
        Kind::SignIn,
        "the one before is told"
    );
    let (kind, link) = letters(&world, "other@example.org").pop().unwrap();
    assert_eq!(kind, Kind::Mailbox);
    world.stranger().post("/sign-in/forgot", &[("sign_in_name", "darnell.watts")]).await;
    assert_eq!(world.app.mail_forgotten().await.unwrap(), 0, "not before it is confirmed");
    // A link for a mailbox sets no password, and one that was changed again confirms nothing.
    let secret = link.rsplit('/').next().unwrap();
    assert_eq!(world.stranger().get(&format!("/way-in/{secret}")).await.status, 410);
    let page = own.get("/account/reach").await;
    own.submit(&page, "/account/reach/email", &[("email", "")]).await;
    assert_eq!(world.stranger().post(&link, &[]).await.status, 410);
    // Whoever makes a link sends it to a confirmed mailbox too.
    with_mailbox(&world, person, "third@example.org").await;
    let (_, made) = helped(&world, "darnell.watts").await;
    assert!(made.says("It went to their mailbox too."), "{}", made.words());
    assert_eq!(letters(&world, "third@example.org").pop().unwrap().1, link_on(&made));
}

// ---- inviting by e-mail ----

#[tokio::test]
async fn an_invitation_goes_out_by_e_mail_or_its_link_is_shown() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let path = format!("/programmes/{}/workers/invite", georgia.id);
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    let page = admin.get(&path).await;
    let fields = [("name", "Joe King"), ("title", "peer"), ("email", "joe at home"), ("lang", "es")];
    let wrong = admin.submit(&page, &path, &fields).await;
    assert_eq!((wrong.status, wrong.field("email")), (422, "joe at home".to_owned()));
    let sent =
        admin.submit(&wrong, &path, &[("email", "joe@example.org"), ("title", "peer"), ("lang", "es")]).await;
    assert!(
        sent.says("The invitation is on its way.") && !sent.text.contains("/welcome/"),
        "{}",
        sent.words()
    );
    let (kind, link) = letters(&world, "joe@example.org").pop().unwrap();
    assert_eq!(kind, Kind::Invitation);
    assert!(world.stranger().get(&link).await.says("Welcome, Joe King"));
    // Once more sends nothing twice.
    admin.submit(&wrong, &path, &[("email", "joe@example.org"), ("title", "peer"), ("lang", "es")]).await;
    assert_eq!(letters(&world, "joe@example.org").len(), 1);
    // The person they walk with, and a mail server that fails.
    let mut peer = world.client(Role::PeerSpecialist, georgia).await;
    let new = peer.get("/people/new").await;
    let added = peer.submit(&new, "/people/new", &[("called", "Ana"), ("family_name", "Diaz")]).await;
    let person = added.location().unwrap();
    let invite = format!("{}/invite", person.split('?').next().unwrap());
    world.sent.answer(Means::Email, Outcome::TryAgain(Trouble::NoAnswer));
    let page = peer.get(&invite).await;
    let failed = peer.submit(&page, &invite, &[("email", "ana@example.org"), ("lang", "en")]).await;
    assert!(
        failed.says("The e-mail could not be sent.") && failed.text.contains("/welcome/"),
        "{}",
        failed.words()
    );
    world.sent.without(Means::Email);
    assert!(!peer.get(&invite).await.says("e-mail address of"), "nobody is asked for what can't be used");
    assert!(!admin.get(&path).await.text.contains("name=\"email\""));
}
