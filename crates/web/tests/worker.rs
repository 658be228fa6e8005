//! The team of a programme: inviting, supervisors and deputies, and ending a role.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_app::account::{LinkView, NewAccount, Secret};
use porchlight_practice::{Lang, Role};
use world::{PASSWORD, World};

#[tokio::test]
async fn the_link_of_an_invitation_is_shown_once_and_works_once() {
    let world = World::new().await;
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let path = format!("/programmes/{}/workers/invite", world.georgia.id);
    let page = admin.get(&path).await;
    assert!(page.says("Certified Peer Specialist") && page.says("Walks with people and writes notes."));
    let wrong = admin.submit(&page, &path, &[("name", ""), ("title", "emperor")]).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.says("Write the name of the person you invite.") && wrong.says("Choose one of the titles.")
    );

    let fields = [("name", "Noor Haddad"), ("title", "peer")];
    let answer = admin.submit(&page, &path, &fields).await;
    assert_eq!(answer.status, 200);
    let at = answer.text.find("https://porchlight.test/welcome/").expect("the whole address");
    let start = at + "https://porchlight.test/welcome/".len();
    let token: String = answer.text[start..].chars().take_while(char::is_ascii_hexdigit).collect();
    for (name, value) in &answer.headers {
        assert!(!value.to_str().unwrap_or_default().contains(&token), "{name} holds the link");
    }
    assert_eq!(answer.headers["cache-control"], "no-store");

    // Sent again, as by a reload of the answer: no second invitation, no second sight.
    let again = admin.submit(&page, &path, &fields).await;
    assert_eq!(again.status, 200);
    assert!(again.says("Its link was shown then.") && !again.text.contains("/welcome/"), "{}", again.words());
    assert!(!admin.get("/workers").await.text.contains(&token));

    let secret = Secret::from_text(&token);
    let LinkView::Invitation { name, role, .. } = world.app.link(&secret).await.unwrap() else {
        panic!("an invitation")
    };
    assert_eq!((name.as_str(), role), ("Noor Haddad", Role::PeerSpecialist));
    let new = || NewAccount {
        name: "Noor Haddad".into(),
        sign_in_name: "noor".into(),
        password: PASSWORD.into(),
        lang: Lang::En,
    };
    world.app.accept_invitation(&secret, new(), false).await.unwrap();
    assert!(world.app.accept_invitation(&secret, new(), false).await.is_err(), "it works once");
    let list = admin.get("/workers").await;
    assert!(list.says("Noor Haddad") && list.says("No supervisor yet"), "{}", list.words());
}

#[tokio::test]
async fn nobody_stands_in_for_themselves_and_only_supervisors_supervise() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    let team = format!("/programmes/{}/workers", georgia.id);
    let here = format!("{team}/{}", georgia.supervisor.membership);
    let page = admin.get(&here).await;
    let (own, peer) = (georgia.supervisor.account.to_string(), georgia.peer.account.to_string());
    assert!(!page.text.contains(&format!("value=\"{own}\"")), "the list does not offer it");
    assert_eq!(page.field("deputy"), georgia.deputy.account.to_string());

    let same = admin.submit(&page, &format!("{here}/deputy"), &[("deputy", &own)]).await;
    assert_eq!(same.status, 422);
    assert!(same.says("Nobody can stand in for themselves. Choose another supervisor."), "{}", same.words());
    for wrong in [peer.as_str(), "", "nobody", &world.alabama.deputy.account.to_string()] {
        let answer = admin.submit(&page, &format!("{here}/deputy"), &[("deputy", wrong)]).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.says("Choose a supervisor who works here."), "{}", answer.words());
    }
    let here = format!("{team}/{}", georgia.peer.membership);
    let page = admin.get(&here).await;
    let second = georgia.second_peer.account.to_string();
    for wrong in [peer.as_str(), &second, &world.alabama.supervisor.account.to_string()] {
        let answer = admin.submit(&page, &format!("{here}/supervisor"), &[("supervisor", wrong)]).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.says("Nobody supervises themselves."), "{}", answer.words());
    }
    let list = admin.get("/workers").await;
    assert!(
        list.says("Supervised by Lydia Pruitt") && list.says("Owen Castillo stands in"),
        "{}",
        list.words()
    );
}

#[tokio::test]
async fn with_one_supervisor_the_page_says_what_to_do() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    let team = format!("/programmes/{}/workers", georgia.id);
    assert!(!admin.get("/workers").await.says("There is only one supervisor."));

    let end = format!("{team}/{}/end", georgia.deputy.membership);
    let page = admin.get(&end).await;
    assert!(page.says("What they wrote stays, with their name."), "{}", page.words());
    assert_eq!(admin.submit(&page, &end, &[]).await.status, 303);
    let list = admin.get("/workers").await;
    assert!(list.says("There is only one supervisor.") && list.says("Program manager"), "{}", list.words());
    assert!(list.says("No deputy yet") && !list.says("Owen Castillo"), "{}", list.words());
    let page = admin.get(&format!("{team}/{}", georgia.supervisor.membership)).await;
    assert!(page.says("There is nobody else who may supervise. Invite a second one"), "{}", page.words());
    assert!(page.text.contains(&format!("href=\"{team}/invite\"")));
}

#[tokio::test]
async fn who_leaves_is_signed_out_and_leaves_nobody_without_saying_so() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut admin = world.client(Role::ProgrammeAdmin, georgia).await;
    let mut supervisor = world.client(Role::Supervisor, georgia).await;
    assert_eq!(supervisor.get("/workers").await.status, 200);

    let team = format!("/programmes/{}/workers", georgia.id);
    let end = format!("{team}/{}/end", georgia.supervisor.membership);
    let page = admin.get(&end).await;
    assert!(page.says("Marisol Vega and Terrence Boyd will have no supervisor."), "{}", page.words());
    assert_eq!(admin.submit(&page, &end, &[]).await.status, 303);
    assert_eq!(supervisor.get("/workers").await.status, 303, "signed out");
    let list = admin.get("/workers").await;
    assert_eq!(list.text.matches("No supervisor yet").count(), 2, "{}", list.words());
    let home = admin.get("/programme").await;
    assert!(home.says("For Marisol Vega and Terrence Boyd"), "{}", home.words());

    // Nobody locks themself out.
    let own = format!("{team}/{}", georgia.admin.membership);
    assert!(admin.get(&own).await.says("This is you."));
    assert_eq!(admin.get(&format!("{own}/end")).await.status, 404);
    assert_eq!(admin.post(&format!("{own}/end"), &[]).await.status, 404);
    assert_eq!(admin.get("/workers").await.status, 200);
}

#[tokio::test]
async fn a_supervisor_sees_the_team_and_changes_nothing() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut supervisor = world.client(Role::Supervisor, georgia).await;
    let list = supervisor.get("/workers").await;
    assert!(list.says("Marisol Vega") && !list.text.contains("/invite"), "{}", list.words());
    let team = format!("/programmes/{}/workers", georgia.id);
    let peer = format!("{team}/{}", georgia.peer.membership);
    assert_eq!(supervisor.get(&peer).await.status, 404);
    let own = georgia.supervisor.account.to_string();
    assert_eq!(supervisor.post(&format!("{peer}/supervisor"), &[("supervisor", &own)]).await.status, 404);
    assert_eq!(supervisor.post(&format!("{peer}/end"), &[]).await.status, 404);
    let mut peer = world.client(Role::PeerSpecialist, georgia).await;
    assert_eq!(peer.get("/workers").await.status, 404);
}
