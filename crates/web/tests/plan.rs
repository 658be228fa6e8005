//! Plans that somebody else holds, through the site: written down, linked to goals, and a reminder where something is
//! missing.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_practice::Role;
use porchlight_practice::pack::{SettingValue, Settings};
use world::{Answer as Page, Client, World};

/// The fields of a plan that is about a goal.
fn plan(goal: &str) -> Vec<(&'static str, String)> {
    vec![
        ("name", "Treatment plan".into()),
        ("holder", "Dr. Ruiz".into()),
        ("from", "2026-06-01".into()),
        ("until", "2026-12-15".into()),
        ("aim-1", "Use the bus to get to work.".into()),
        ("goals-1", goal.into()),
    ]
}

async fn send(client: &mut Client, at: &str, fields: &[(&'static str, String)]) -> Page {
    let page = client.get(at).await;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.submit(&page, at, &fields).await
}

/// A programme that asks, as Missouri's pack does, that goals stand in a plan.
async fn asking() -> World {
    let world = World::new().await;
    let (app, admin) = (&world.app, world.actor(&world.georgia.admin).await);
    let view = app.programme(&admin, world.georgia.id).await.unwrap();
    let mut settings: Settings = view.settings.clone();
    settings.set("goal_links_plan", SettingValue::YesNo(true));
    app.change_programme(&admin, app.command_id(), world.georgia.id, &view.name, settings, view.version)
        .await
        .unwrap();
    world
}

/// A goal without a plan is a reminder on the page of whoever walks with the person, and nothing waits for it. Written down,
/// with the goal linked to what the plan aims at, it is gone; when the plan ends, it says so.
///
/// covers: GA-37, MO-07, MO-12, MO-24
#[tokio::test]
async fn a_goal_is_linked_to_a_plan_and_a_missing_link_only_reminds() {
    let world = asking().await;
    let person = world.georgia.person_id;
    let peer = world.actor(&world.georgia.peer).await;
    let goal =
        world.app.say_goal(&peer, world.app.command_id(), person, "Get around by myself").await.unwrap();
    let mut marisol = world.client(Role::PeerSpecialist, &world.georgia).await;
    let (record, held) = (format!("/people/{person}"), format!("/people/{person}/held"));
    let page = marisol.get(&record).await;
    assert!(
        page.says("No plan is written down.") && page.says("Nothing has to wait for it."),
        "{}",
        page.words()
    );

    let new = format!("{held}/new");
    let unlinked: Vec<_> = plan("").into_iter().filter(|(name, _)| *name != "goals-1").collect();
    assert_eq!(send(&mut marisol, &new, &unlinked).await.status, 303);
    assert!(marisol.get(&record).await.says("1 goal stands in no plan yet."));
    let list = marisol.get(&held).await;
    assert!(list.says("This goal stands in no plan yet: “Get around by myself”"), "{}", list.words());
    assert!(list.says("Dr. Ruiz holds it.") && list.says("Counts now"), "{}", list.words());
    // The person's own words are asked for first everywhere: nothing is refused for want of a plan.
    assert!(world.app.say_goal(&peer, world.app.command_id(), person, "Cook for my kids").await.is_ok());

    let address = list.text.split(&format!("{held}/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let edit = format!("{held}/{address}");
    assert_eq!(send(&mut marisol, &edit, &plan(&goal.to_string())).await.status, 303);
    let list = marisol.get(&held).await;
    assert!(
        list.says("About: Get around by myself") && list.says("in no plan yet: “Cook for my kids”"),
        "{}",
        list.words()
    );
    assert!(!list.says("in no plan yet: “Get around"), "{}", list.words());
    // Its end is near, and then past.
    assert!(list.says("“Treatment plan” ends on December 15, 2026."), "{}", list.words());
    world.clock.advance(SignedDuration::from_hours(24 * 30));
    let mut marisol = world.client(Role::PeerSpecialist, &world.georgia).await;
    assert!(marisol.get(&record).await.says("The plan that was written down has ended."));
    assert!(marisol.get(&held).await.says("“Treatment plan” ended on December 15, 2026."));
}

#[tokio::test]
async fn the_person_reads_and_writes_it_too_and_nobody_else_finds_it() {
    let world = World::new().await;
    let person = world.georgia.person_id;
    let mut darnell = world.client(Role::Person, &world.georgia).await;
    assert!(darnell.get("/me/held").await.says("No plan is written down yet"));
    assert!(!darnell.get("/me/held").await.says("reminder"), "Georgia asks for no plan");
    let wrong =
        send(&mut darnell, "/me/held/new", &[("name", "School plan".into()), ("from", "soon".into())]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("Write who holds it.") && wrong.field("name") == "School plan", "{}", wrong.words());
    let mut backwards = plan("");
    backwards[3].1 = "2026-05-31".into();
    let wrong = send(&mut darnell, "/me/held/new", &backwards).await;
    assert!(wrong.status == 422 && wrong.says("The last day comes after the first."), "{}", wrong.words());
    assert_eq!(wrong.field("aim-1"), "Use the bus to get to work.");
    assert_eq!(send(&mut darnell, "/me/held/new", &plan("")).await.status, 303);
    let list = darnell.get("/me/held").await;
    let id = list.text.split("/me/held/").nth(1).unwrap().split('"').next().unwrap().to_owned();

    // Two who write at once: the second sees it, and loses nothing.
    let mut marisol = world.client(Role::PeerSpecialist, &world.georgia).await;
    let theirs = format!("/people/{person}/held/{id}");
    let old = marisol.get(&theirs).await;
    let mine = format!("/me/held/{id}");
    assert_eq!(send(&mut darnell, &mine, &[("holder", "Dr. Ruiz, second floor".into())]).await.status, 303);
    let clash = marisol.submit(&old, &theirs, &[("holder", "Dr. Okafor")]).await;
    assert_eq!(clash.status, 409);
    assert!(clash.field("holder") == "Dr. Okafor" && clash.says("Somebody changed this plan meanwhile."));
    assert_eq!(marisol.submit(&clash, &theirs, &[]).await.status, 303);
    assert!(darnell.get("/me/held").await.says("Dr. Okafor holds it."));

    for role in [Role::Supervisor, Role::TeamMember, Role::PrivacyLead, Role::ProgrammeAdmin, Role::Auditor] {
        let mut other = world.client(role, &world.georgia).await;
        for at in [format!("/people/{person}/held"), theirs.clone()] {
            assert_eq!(other.get(&at).await.status, 404, "{}", role.as_str());
        }
    }
    let mut second = world.client_of(&world.georgia.second_peer).await;
    assert_eq!(second.get(&theirs).await.status, 404);
    assert!(darnell.get("/me/looks").await.says("the plans others hold for you"));
}
