//! Work that is not with a person, and one's own paid time.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use world::World;

/// covers: AL-02
#[tokio::test]
async fn other_work_is_logged_and_counts_as_paid_time() {
    let world = World::new().await;
    let mut peer = world.client(Role::ParentPeerSpecialist, &world.alabama).await;
    let page = peer.get("/work").await;
    assert_eq!(page.status, 200, "{}", page.words());
    let fields = [("kind", "travel"), ("length", "45"), ("start", "09:00"), ("words", "To the clinic")];
    let answer = peer.submit(&page, "/work", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    // The same form once more does it once.
    assert_eq!(peer.submit(&page, "/work", &fields).await.status, 303);
    let page = peer.follow(answer).await;
    for words in ["Travel", "To the clinic", "45 minutes", "All of it is paid time."] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    let actor = world.actor(&world.alabama.peer).await;
    let time = world.app.own_time(&actor, 14).await.unwrap();
    assert_eq!((time.with_people, time.other, time.work.len()), (0, 45, 1));
}

/// Helping those one works with to see people with less blame is work of its own, in the words of whoever did it.
///
/// covers: AL-39
#[tokio::test]
async fn helping_others_drop_blame_is_logged_with_the_story_that_helped() {
    let world = World::new().await;
    let mut peer = world.client(Role::ParentPeerSpecialist, &world.alabama).await;
    let page = peer.get("/work").await;
    let words = "Told the intake team about my own first school meeting";
    let fields = [("kind", "staff_education"), ("length", "20"), ("start", "09:00"), ("words", words)];
    let answer = peer.submit(&page, "/work", &fields).await;
    let page = peer.follow(answer).await;
    for shown in ["Helping others drop blame", words, "20 minutes"] {
        assert!(page.says(shown), "{shown}: {}", page.words());
    }
    // The story is theirs: nobody who leads them reads it there.
    let mut supervisor = world.client_of(&world.alabama.supervisor).await;
    assert!(!supervisor.get("/work").await.says(words));
    for name in ["agency.db", "agency.db-wal"] {
        let bytes = std::fs::read(world.folder.path().join(name)).unwrap_or_default();
        assert!(
            !String::from_utf8_lossy(&bytes).contains("first school meeting"),
            "{name} holds it in the clear"
        );
    }
}

/// covers: GA-23
#[tokio::test]
async fn a_way_to_cope_that_was_shown_is_told_to_the_person_and_counted() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let form = peer.get(&format!("/contacts/new?person={}", world.georgia.person_id)).await;
    let start = form.text.find("action=\"/contacts/").unwrap() + "action=\"/contacts/".len();
    let id = form.text[start..].split('/').next().unwrap().to_owned();
    let mut fields = form.form(&format!("/contacts/{id}/draft"));
    fields.extend([("did".into(), "coping".into()), ("did".into(), "showed_how".into())]);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(peer.post(&format!("/contacts/{id}/sign"), &fields).await.status, 303);
    let mut own = world.client(Role::Person, &world.georgia).await;
    let visit = own.get(&format!("/me/visits/{id}")).await;
    for words in ["Tried a coping skill", "Showed how I do it myself"] {
        assert!(visit.says(words), "{words}: {}", visit.words());
    }
    let actor = world.actor(&world.georgia.peer).await;
    let mix = world.app.own_time(&actor, 14).await.unwrap().mix;
    assert_eq!(mix.did, [("coping".to_owned(), 50), ("showed_how".to_owned(), 50)]);
}

#[tokio::test]
async fn other_work_and_time_with_people_stand_apart() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = peer.get("/work").await;
    peer.submit(&page, "/work", &[("kind", "travel"), ("length", "45"), ("start", "09:00")]).await;
    let form = peer.get(&format!("/contacts/new?person={}", world.georgia.person_id)).await;
    let start = form.text.find("action=\"/contacts/").unwrap() + "action=\"/contacts/".len();
    let id = form.text[start..].split('/').next().unwrap().to_owned();
    let mut fields = form.form(&format!("/contacts/{id}/draft"));
    fields.push(("did".into(), "listen".into()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(peer.post(&format!("/contacts/{id}/sign"), &fields).await.status, 303);
    let page = peer.get("/work").await;
    for words in ["1 hour and 15 minutes in all", "30 minutes with people", "45 minutes other work"] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
}

#[tokio::test]
async fn time_that_can_not_have_been_is_said_in_plain_words() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = peer.get("/work").await;
    let mut refused = async |fields: &[(&str, &str)], says: &str| {
        let answer = peer.submit(&page, "/work", fields).await;
        assert_eq!(answer.status, 422, "{says}");
        assert!(answer.says(says), "{says}: {}", answer.words());
        for (name, value) in fields {
            let kept = answer.form("/work");
            assert!(kept.iter().any(|(n, v)| n == name && v == value) || *name == "kind", "{name} is kept");
        }
    };
    refused(
        &[("kind", "travel"), ("start", "14:00"), ("length", "other"), ("end", "13:00")],
        "The end is before the start.",
    )
    .await;
    refused(&[("kind", "travel"), ("day", "2027-01-01")], "This time has not come yet.").await;
    refused(&[("kind", "surfing")], "Pick what kind of work it was.").await;
    refused(&[("start", "14:00")], "Pick what kind of work it was.").await;
    let actor = world.actor(&world.georgia.peer).await;
    assert!(world.app.own_time(&actor, 14).await.unwrap().work.is_empty());
}

#[tokio::test]
async fn nobody_sees_the_time_of_somebody_else() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    let page = peer.get("/work").await;
    peer.submit(&page, "/work", &[("kind", "travel"), ("words", "Between the two offices")]).await;
    let mut supervisor = world.client(Role::Supervisor, &world.georgia).await;
    let page = supervisor.get("/work").await;
    assert_eq!(page.status, 200);
    assert!(!page.says("Between the two offices"));
    let mut person = world.client(Role::Person, &world.georgia).await;
    assert_eq!(person.get("/work").await.status, 404);
}
