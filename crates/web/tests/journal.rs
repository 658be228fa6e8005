//! What auditors and the privacy lead read: the journal, and questions about looks.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_practice::Role;
use world::World;

/// What the person's record says of them, which no page here may show.
const NAMES: [&str; 2] = ["Darnell", "Watts"];

#[tokio::test]
async fn the_journal_tells_what_staff_did_and_names_nobody_who_is_supported() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let peer = world.actor(&georgia.peer).await;
    world.app.person(&peer, georgia.person_id).await.unwrap();
    let person = world.actor(&georgia.person).await;
    world.app.who_looked(&person).await.unwrap();
    let admin = world.actor(&georgia.admin).await;
    assert!(world.app.person(&admin, georgia.person_id).await.is_err());

    for role in [Role::Auditor, Role::PrivacyLead] {
        let mut reader = world.client(role, georgia).await;
        let page = reader.get("/journal").await;
        assert_eq!(page.status, 200, "{}", page.words());
        assert!(page.says("Opened a record") && page.says("Marisol Vega"), "{}", page.words());
        assert!(page.says("Not allowed") && page.says(&georgia.admin.name));
        assert!(page.says("Saw who looked"), "{}", page.words());
        for name in NAMES {
            assert!(!page.text.contains(name), "{role:?}: {name}");
        }
        assert!(!page.text.contains(&georgia.person_id.to_string()));
        // Another programme's staff are not on it.
        assert!(!page.says(&world.alabama.peer.name));
        assert!(page.text.contains("role=\"region\" tabindex=\"0\""));
    }
    for role in [Role::PeerSpecialist, Role::Supervisor, Role::ProgrammeAdmin, Role::TeamMember, Role::Person]
    {
        let mut other = world.client(role, georgia).await;
        assert_eq!(other.get("/journal").await.status, 404, "{role:?}");
    }
}

/// However much another programme does meanwhile, the newest entries of this one stand on its page; older ones follow.
#[tokio::test]
async fn the_journal_is_paged_within_its_programme() {
    let world = World::new().await;
    let (georgia, alabama) = (&world.georgia, &world.alabama);
    let peer = world.actor(&georgia.peer).await;
    world.app.say_goal(&peer, world.app.command_id(), georgia.person_id, "My own keys.").await.unwrap();
    for _ in 0..105 {
        world.clock.advance(jiff::SignedDuration::from_secs(1));
        world.app.visits(&peer, georgia.person_id).await.unwrap();
    }
    let elsewhere = world.actor(&alabama.peer).await;
    for _ in 0..420 {
        world.app.visits(&elsewhere, alabama.person_id).await.unwrap();
    }
    let mut auditor = world.client(Role::Auditor, georgia).await;
    let newest = auditor.get("/journal").await;
    assert!(newest.says("The newest 100 entries"), "{}", newest.words());
    assert!(newest.says("Saw the visits of one person") && !newest.says("Wrote down a goal"));
    let at = newest.text.find("/journal?before=").expect("a way to older entries");
    let older: String = newest.text[at..].chars().take_while(|letter| *letter != '"').collect();
    let older = auditor.get(&older).await;
    assert!(older.says("Wrote down a goal") && older.says("Back to the newest"), "{}", older.words());
    assert!(!older.says("Older entries") || older.says("100 older entries"));
    assert_eq!(auditor.get("/journal?before=nowhere").await.status, 404);
}

#[tokio::test]
async fn a_question_about_a_look_reaches_the_privacy_lead_and_the_answer_the_person() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let person = world.actor(&georgia.person).await;
    let mut lead = world.client(Role::PrivacyLead, georgia).await;
    assert!(lead.get("/questions").await.says("No question waits"));

    let about = "Marisol, your peer specialist, read your goals on Tuesday";
    world.app.ask_about_look(&person, world.app.command_id(), about, "Why so late at night?").await.unwrap();
    let list = lead.get("/questions").await;
    assert!(list.says("Why so late at night?") && list.says(about), "{}", list.words());
    let at = list.text.find("/questions/").expect("a way to answer");
    let path: String = list.text[at..].chars().take_while(|letter| *letter != '"').collect();

    let page = lead.get(&path).await;
    let empty = lead.submit(&page, &path, &[("answer", "  ")]).await;
    assert!(empty.status == 422 && empty.says("Write your answer first."), "{}", empty.words());
    let said = "She wrote up your visit after her shift. We asked her to do it in the day.";
    let answer = lead.submit(&page, &path, &[("answer", said)]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    assert!(lead.follow(answer).await.says("No question waits"));
    let looked = world.app.who_looked(&person).await.unwrap();
    assert!(format!("{:?}", looked.questions).contains(said));

    assert_eq!(lead.get(&path).await.status, 404, "an answered question waits no more");
    for role in [Role::Auditor, Role::ProgrammeAdmin, Role::PeerSpecialist] {
        let mut other = world.client(role, georgia).await;
        assert_eq!(other.get("/questions").await.status, 404, "{role:?}");
        assert_eq!(other.post(&path, &[("answer", "x")]).await.status, 404, "{role:?}");
    }
    let mut elsewhere = world.client(Role::PrivacyLead, &world.alabama).await;
    assert_eq!(elsewhere.get(&path).await.status, 404);
}
