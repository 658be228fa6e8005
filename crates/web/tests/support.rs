//! Who walks with whom: the first meeting, handing over, goodbye, and who is responsible.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_app::person::NewPerson;
use porchlight_practice::Role;
use porchlight_practice::id::{PersonId, SupportId};
use porchlight_practice::pack::{SettingValue, Settings};
use porchlight_practice::person::Profile;
use world::{Member, Programme, World};

async fn support_of(world: &World, peer: &Member, person: PersonId) -> SupportId {
    world.app.person(&world.actor(peer).await, person).await.unwrap().supports[0].id
}

async fn path(world: &World, of: &Programme, what: &str) -> String {
    let support = support_of(world, &of.peer, of.person_id).await;
    format!("/people/{}/supports/{support}/{what}", of.person_id)
}

#[tokio::test]
async fn handing_over_keeps_the_history_and_closes_the_record_to_who_leaves() {
    let world = World::new().await;
    let of = &world.georgia;
    let person = format!("/people/{}", of.person_id);
    let path = path(&world, of, "hand-over").await;
    let (mut before, mut after) = (world.client_of(&of.peer).await, world.client_of(&of.second_peer).await);
    assert_eq!(after.get(&person).await.status, 404);
    let form = before.get(&path).await;
    assert!(!form.text.contains(&format!("value=\"{}\"", of.peer.account)), "nobody hands over to themself");

    let to = of.second_peer.account.to_string();
    let fields = [("to", to.as_str()), ("to_know", "He likes to walk while talking.")];
    let untold = before.submit(&form, &path, &fields).await;
    assert_eq!(untold.status, 422);
    assert!(untold.says("Tell them first."));
    assert_eq!(untold.field("to_know"), "He likes to walk while talking.");
    let told = [fields[0], fields[1], ("told", "yes")];
    let done = before.submit(&untold, &path, &told).await;
    assert_eq!(done.status, 303, "{}", done.words());

    let list = before.follow(done).await;
    assert!(list.says("Handed over.") && !list.says("Darnell W."), "{}", list.words());
    assert_eq!(before.get(&person).await.status, 404);
    let page = after.get(&person).await;
    assert!(page.says("What you should know") && page.says("He likes to walk while talking."));
    assert!(page.says("Marisol Vega handed over to Terrence Boyd"), "{}", page.words());
    // The person reads who walks with them now, and what was passed on.
    let view = world.app.person(&world.actor(&of.person).await, of.person_id).await.unwrap();
    assert_eq!(view.supports.len(), 2);
    // What ended can't be handed over again.
    assert_eq!(after.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_hand_over_says_what_does_not_fit() {
    let world = World::new().await;
    let of = &world.georgia;
    let path = path(&world, of, "hand-over").await;
    let mut peer = world.client_of(&of.peer).await;
    let form = peer.get(&path).await;
    for (to, on, says) in [
        ("", "2026-11-19", "Choose who walks with them."),
        (of.peer.account.to_string().as_str(), "2026-11-19", "They walk with them already."),
        (of.team_member.account.to_string().as_str(), "2026-11-19", "Choose who walks with them."),
        (world.alabama.peer.account.to_string().as_str(), "2026-11-19", "Choose who walks with them."),
        (of.second_peer.account.to_string().as_str(), "2026-11-20", "That day has not come yet."),
        (of.second_peer.account.to_string().as_str(), "2026-11-01", "That is before they began."),
        (of.second_peer.account.to_string().as_str(), "soon", "Give the day."),
    ] {
        let answer = peer.submit(&form, &path, &[("to", to), ("on", on), ("told", "yes")]).await;
        assert_eq!(answer.status, 422, "{to} {on}");
        assert!(answer.says(says), "{says}: {}", answer.words());
    }
    assert_eq!(peer.get(&format!("/people/{}", of.person_id)).await.status, 200);
}

#[tokio::test]
async fn support_ends_with_a_reason_and_a_goodbye_and_can_begin_again() {
    let world = World::new().await;
    let of = &world.alabama;
    let person = format!("/people/{}", of.person_id);
    let path = path(&world, of, "end").await;
    let mut peer = world.client_of(&of.peer).await;
    let form = peer.get(&path).await;
    let empty = peer.submit(&form, &path, &[("goodbye", "We had cake.")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("Choose why it ends."));
    assert_eq!(empty.field("goodbye"), "We had cake.");
    let unknown = peer.submit(&form, &path, &[("reason", "given_up")]).await;
    assert_eq!(unknown.status, 422);
    let ended = peer.submit(&empty, &path, &[("reason", "has_what_they_wanted")]).await;
    assert_eq!(ended.status, 303, "{}", ended.words());
    assert!(peer.follow(ended).await.says("Goodbye is said."));
    assert_eq!(peer.get(&person).await.status, 404);

    let mut supervisor = world.client_of(&of.supervisor).await;
    assert!(supervisor.get("/people").await.says("Waiting for somebody"));
    let page = supervisor.get(&person).await;
    assert!(page.says("They have what they came for") && page.says("We had cake."), "{}", page.words());
    let start = format!("{person}/supports/new");
    let form = supervisor.get(&start).await;
    let again = supervisor.submit(&form, &start, &[("peer", &of.peer.account.to_string())]).await;
    assert_eq!(again.status, 303, "{}", again.words());
    assert!(peer.get(&person).await.says("Denise Harper said goodbye"));
}

/// covers: MO-05
#[tokio::test]
async fn where_the_programme_asks_for_a_lead_a_peer_is_not_responsible_alone() {
    let world = World::new().await;
    let of = &world.georgia;
    let admin = world.actor(&of.admin).await;
    let view = world.app.programme(&admin, of.id).await.unwrap();
    let mut settings = Settings::new();
    settings.0.insert("support_needs_team_lead".into(), SettingValue::YesNo(true));
    world
        .app
        .change_programme(&admin, world.app.command_id(), of.id, of.name, settings, view.version)
        .await
        .unwrap();
    let mut supervisor = world.client_of(&of.supervisor).await;
    let peer = of.second_peer.account.to_string();
    let form = supervisor.get("/people/new").await;
    assert!(form.says("Here a peer specialist carries nobody alone."), "{}", form.words());
    let alone = [("called", "Nia"), ("peer", peer.as_str()), ("responsible", peer.as_str())];
    let refused = supervisor.submit(&form, "/people/new", &alone).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Choose somebody else who is responsible."), "{}", refused.words());
    let lead = of.supervisor.account.to_string();
    let with_lead = [alone[0], alone[1], ("responsible", lead.as_str())];
    let added = supervisor.submit(&refused, "/people/new", &with_lead).await;
    assert_eq!(added.status, 303, "{}", added.words());
    assert!(supervisor.follow(added).await.says("Responsible: Lydia Pruitt"));
    // A peer specialist who adds somebody has their supervisor as the lead.
    let mut second = world.client_of(&of.second_peer).await;
    let form = second.get("/people/new").await;
    let added = second.submit(&form, "/people/new", &[("called", "Kofi")]).await;
    assert!(second.follow(added).await.says("Responsible: Lydia Pruitt"));
}

/// covers: AL-14, WI-36
#[tokio::test]
async fn what_was_said_at_the_first_meeting_is_ticked_and_stays() {
    let world = World::new().await;
    let of = &world.georgia;
    let path = path(&world, of, "first-meeting").await;
    let mut peer = world.client_of(&of.peer).await;
    let page = peer.get(&path).await;
    let (rules, _, _) = world.app.rules_of(&world.actor(&of.peer).await).await.unwrap();
    for item in &rules.first_meeting {
        assert!(page.says(&item.name.en) && page.says(&item.script.en), "{}", item.id);
    }
    for right in &rules.rights {
        assert!(page.says(&right.text.en));
    }
    let said = peer.submit(&page, &path, &[("said", "role"), ("command", "")]).await;
    assert_eq!(said.status, 303, "{}", said.words());
    let page = peer.get(&path).await;
    assert!(page.text.contains("value=\"role\" checked"), "{}", page.words());
    let rest: Vec<(&str, &str)> = rules.first_meeting.iter().map(|item| ("said", item.id.as_str())).collect();
    let said = peer.submit(&page, &path, &rest).await;
    let person = peer.follow(said).await;
    assert!(!person.says("First meeting"), "all was said: {}", person.words());
    assert_eq!(world.client_of(&of.supervisor).await.get(&path).await.status, 404);
}

/// Two devices tick at once: the later one sees what was kept, has its own ticks still, and keeps both.
#[tokio::test]
async fn two_who_tick_at_once_lose_no_tick() {
    let world = World::new().await;
    let of = &world.georgia;
    let path = path(&world, of, "first-meeting").await;
    let mut peer = world.client_of(&of.peer).await;
    let phone = peer.get(&path).await;
    let desk = peer.get(&path).await;
    assert_eq!(peer.submit(&phone, &path, &[("said", "role")]).await.status, 303);
    let clash = peer.submit(&desk, &path, &[("said", "rights")]).await;
    assert_eq!(clash.status, 409, "{}", clash.words());
    assert!(clash.says("Somebody else saved this while you were here."), "{}", clash.words());
    assert!(clash.text.contains("value=\"role\" checked disabled") && clash.says("Kept already"));
    assert!(clash.text.contains("value=\"rights\" checked>") && clash.says("Ticked by you"));
    assert_eq!(peer.submit(&clash, &path, &[("said", "rights")]).await.status, 303);
    let now = peer.get(&path).await;
    for item in ["role", "rights"] {
        assert!(now.text.contains(&format!("value=\"{item}\" checked disabled")), "{item}");
    }
}

/// A colleague's record with which nobody walks: the privacy lead names who begins, from a page that shows a name alone.
#[tokio::test]
async fn the_privacy_lead_finds_somebody_for_a_colleague_who_has_nobody() {
    let world = World::new().await;
    let (app, of) = (&world.app, &world.georgia);
    let peer = world.actor(&of.peer).await;
    let person = PersonId(app.command_id().0);
    let profile = Profile { called: "Wren".into(), family_name: "Hollis".into(), ..Profile::default() };
    let new = NewPerson { id: person, profile, works_here: true, first: None };
    app.add_person(&peer, app.command_id(), new).await.unwrap();
    let path = format!("/unaccompanied/{person}");
    let mut lead = world.client(Role::PrivacyLead, of).await;
    assert!(!lead.get("/questions").await.says("Wren"), "somebody walks with them");
    assert_eq!(lead.get(&path).await.status, 404);
    let view = app.person(&peer, person).await.unwrap();
    let support = &view.supports[0];
    let today = support.state.walking().since;
    app.end_support(&peer, app.command_id(), person, support.id, today, "moved", "", support.version)
        .await
        .unwrap();

    let list = lead.get("/questions").await;
    assert!(list.says("Colleagues with nobody to walk with") && list.says("Wren H."), "{}", list.words());
    let form = lead.get(&path).await;
    assert!(form.says("Who walks with Wren H.?"), "{}", form.words());
    let nobody = lead.submit(&form, &path, &[]).await;
    assert!(nobody.status == 422 && nobody.says("Choose who walks with them."), "{}", nobody.words());
    let (next, responsible) = (of.second_peer.account.to_string(), of.supervisor.account.to_string());
    let named = [("peer", next.as_str()), ("responsible", responsible.as_str())];
    let done = lead.submit(&nobody, &path, &named).await;
    assert_eq!(done.status, 303, "{}", done.words());
    assert!(!lead.follow(done).await.says("Wren"));
    assert_eq!(lead.get(&format!("/people/{person}")).await.status, 404);
    assert!(world.client_of(&of.second_peer).await.get(&format!("/people/{person}")).await.says("Wren"));
    for role in [Role::Supervisor, Role::ProgrammeAdmin, Role::PeerSpecialist, Role::Auditor] {
        assert_eq!(world.client(role, of).await.get(&path).await.status, 404, "{role:?}");
    }
}
