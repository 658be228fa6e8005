//! Signing in and out, invitations, links, one's own account, and that a session's end costs no typed text.

mod world;

use porchlight_practice::Role;
use world::World;

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
