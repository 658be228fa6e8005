//! Setting a programme up: opening it, its choices, its rules and the versions of its pack.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_app::account::{NewAccount, Secret};
use porchlight_practice::pack::{Library, compile};
use porchlight_practice::{Lang, Role};
use world::{Answer, Client, PASSWORD, World, library, packs};

/// The link on the page that answers an invitation.
fn link_on(answer: &Answer) -> Secret {
    let at = answer.text.find("/welcome/").unwrap_or_else(|| panic!("no link: {}", answer.words()));
    let text: String =
        answer.text[at + "/welcome/".len()..].chars().take_while(char::is_ascii_hexdigit).collect();
    Secret::from_text(&text)
}

/// Invites over the page and accepts as whoever got the link.
async fn join(world: &World, boss: &mut Client, home: &str, name: &str, title: &str) {
    let path = format!("{home}/workers/invite");
    let page = boss.get(&path).await;
    let answer = boss.submit(&page, &path, &[("name", name), ("title", title)]).await;
    assert_eq!(answer.status, 200, "{}", answer.words());
    let new = NewAccount {
        name: name.into(),
        sign_in_name: name.to_lowercase(),
        password: PASSWORD.into(),
        lang: Lang::En,
    };
    world.app.accept_invitation(&link_on(&answer), new, false).await.unwrap();
}

/// The address of somebody's page, from the team's list.
fn page_of(list: &Answer, name: &str) -> String {
    let at = list.text.find(&format!("<b>{name}</b>")).unwrap_or_else(|| panic!("{name} is not listed"));
    let start = list.text[..at].rfind("href=\"").unwrap() + "href=\"".len();
    list.text[start..].split('"').next().unwrap().to_owned()
}

/// Names over the page who stands behind somebody: `field` is "supervisor" or "deputy".
async fn name(boss: &mut Client, home: &str, field: &str, of: &str, who: &str) {
    let list = boss.get(&format!("{home}/workers")).await;
    let here = page_of(&list, of);
    let page = boss.get(&here).await;
    let option = page.text.split("<option value=\"").find(|option| option.contains(who)).unwrap();
    let account = option.split('"').next().unwrap().to_owned();
    let answer = boss.submit(&page, &format!("{here}/{field}"), &[(field, &account)]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
}

#[tokio::test]
async fn an_agency_is_led_from_its_first_sign_in_to_a_programme_with_people() {
    let world = World::new().await;
    let mut boss = world.client_of(&world.agency_admin).await;

    // Which programmes, which pack.
    let list = boss.get("/programmes").await;
    assert!(list.says("Sweetgum Peer Support") && list.says("Georgia: adults"), "{}", list.words());
    let pick = boss.get("/programmes/new").await;
    assert!(pick.says("Alabama: parents") && pick.says("resilience") && pick.says("recovery"));
    assert!(pick.says("Job description and competencies of the Certified Peer Specialist, Georgia"));
    assert!(!pick.text.contains("pack=common"), "what lies under every pack is no choice");

    // Name, zone, open choices with their reasons.
    let form = boss.get("/programmes/new?pack=us-ga-adult").await;
    assert!(form.says("A note is due after (hours)") && form.says("Needs checking"));
    assert!(form.says("Georgia asks for notes. We looked for how soon and did not find it"));
    let wrong = boss.submit(&form, "/programmes/new", &[("name", " "), ("set-note_due_hours", "12")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("Write the name of the program.") && wrong.says("Choose the time zone of the place."));
    assert_eq!(wrong.field("set-note_due_hours"), "12", "what was chosen stays");
    let fields = [("name", "Magnolia House"), ("zone", "America/New_York")];
    let opened = boss.submit(&wrong, "/programmes/new", &fields).await;
    assert_eq!(opened.status, 303, "{}", opened.words());
    let home = opened.location().unwrap();
    let show = boss.follow(opened).await;
    assert!(show.says("Magnolia House") && show.says("Invite a supervisor"), "{}", show.words());
    assert!(!show.says("All in place"));
    assert!(boss.get(&format!("{home}/rules")).await.says("12 hours"));

    // People, and who stands behind whom.
    join(&world, &mut boss, &home, "Nadia", "supervisor").await;
    let alone = boss.get(&home).await;
    assert!(alone.says("One supervisor carries this program alone."), "{}", alone.words());
    join(&world, &mut boss, &home, "Opal", "program_manager").await;
    join(&world, &mut boss, &home, "Pete", "peer").await;
    join(&world, &mut boss, &home, "Quinn", "privacy_lead").await;
    join(&world, &mut boss, &home, "Reva", "program_administrator").await;
    let show = boss.get(&home).await;
    assert!(show.says("For Pete") && show.says("For Nadia and Opal"), "{}", show.words());
    assert!(!show.says("One supervisor carries this program alone."));
    name(&mut boss, &home, "supervisor", "Pete", "Nadia").await;
    name(&mut boss, &home, "deputy", "Nadia", "Opal").await;
    name(&mut boss, &home, "deputy", "Opal", "Nadia").await;
    let show = boss.get(&home).await;
    assert!(!show.says("For Pete") && !show.says("For Nadia and Opal"), "{}", show.words());

    // The programme's own administrator goes on from here.
    let link = world.app.sign_in("reva", PASSWORD, false).await.unwrap().secret().unwrap();
    let mut reva = world.stranger();
    reva.set_cookie("__Host-session", Some(link.expose()));
    let own = reva.get("/programme").await;
    assert!(own.status == 200 && own.says("Magnolia House"), "{}", own.words());
    assert_eq!(reva.get("/programmes/new").await.status, 404, "only the agency opens programmes");
    assert_eq!(reva.get("/programmes").await.location().as_deref(), Some("/programme"));
}

#[tokio::test]
async fn the_day_of_an_administrator_shows_only_what_waits() {
    let world = World::new().await;
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let day = admin.get("/day").await;
    assert!(day.says("This needs you") && day.says("For Owen Castillo"), "{}", day.words());
    assert!(!day.says("Invite a privacy lead"), "it is done: {}", day.words());
    let mut boss = world.client_of(&world.agency_admin).await;
    assert_eq!(boss.get("/day").await.location().as_deref(), Some("/programmes"));
}

#[tokio::test]
async fn a_value_nobody_confirmed_is_confirmed_by_saying_so() {
    let world = World::new().await;
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let path = format!("/programmes/{}/settings", world.georgia.id);
    let page = admin.get(&path).await;
    let asked: Vec<String> = page
        .text
        .split("name=\"checked-")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().into())
        .collect();
    let home = admin.get("/programme").await;
    assert!(home.says(&format!("{} choices nobody has confirmed yet", asked.len())), "{}", home.words());
    let fields: Vec<String> = asked.iter().skip(1).map(|setting| format!("checked-{setting}")).collect();
    let ticks: Vec<(&str, &str)> = fields.iter().map(|field| (field.as_str(), "yes")).collect();
    assert_eq!(admin.submit(&page, &path, &ticks).await.status, 303);
    assert!(admin.get("/programme").await.says("1 choice nobody has confirmed yet"));
    let page = admin.get(&path).await;
    let last = format!("checked-{}", asked[0]);
    assert_eq!(admin.submit(&page, &path, &[(&last, "yes")]).await.status, 303);
    assert!(admin.get("/programme").await.says("Every open choice has an answer."));
}

/// Georgia's pack with a must: a note is due in 24 hours.
fn strict() -> Library {
    let mut files = packs();
    let file = files.iter_mut().find(|file| file.path == "us-ga-adult/settings.toml").unwrap();
    let before = "id = \"note_due_hours\"\n";
    assert!(file.text.contains(before));
    let must = format!("{before}strength = \"must\"\nconfidence = \"stated\"\n");
    file.text = file.text.replacen(before, &must, 1);
    compile(&files).unwrap()
}

#[tokio::test]
async fn a_choice_looser_than_the_pack_is_kept_out_by_name_with_what_is_allowed() {
    let world = World::with(strict()).await;
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let path = format!("/programmes/{}/settings", world.georgia.id);
    let page = admin.get(&path).await;
    assert_eq!(page.field("set-note_due_hours"), "24");

    let looser = admin.submit(&page, &path, &[("set-note_due_hours", "48")]).await;
    assert_eq!(looser.status, 422);
    let said = "“A note is due after (hours)”: the pack requires 24 hours. You may choose less, not more.";
    assert_eq!(looser.text.matches(said).count(), 2, "at the top and beside the field: {}", looser.words());
    assert_eq!(looser.field("set-note_due_hours"), "48", "what was typed stays");
    admin.set_cookie("lang", Some("es"));
    let looser = admin.submit(&page, &path, &[("set-note_due_hours", "48")]).await;
    assert!(looser.says("el paquete exige 24 horas. Puede elegir menos, pero no más."), "{}", looser.words());
    admin.set_cookie("lang", Some("en"));

    for wrong in ["", "soon", "-1", "0", "100000000000000000000"] {
        let answer = admin.submit(&page, &path, &[("set-note_due_hours", wrong)]).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.says("write a whole number from 1 to 168."), "{wrong}: {}", answer.words());
    }
    let foreign = admin.submit(&page, &path, &[("set-service_rounding", "generously")]).await;
    assert!(foreign.status == 422 && foreign.says("choose one of those shown"), "{}", foreign.words());

    let stricter = admin.submit(&page, &path, &[("set-note_due_hours", "12")]).await;
    assert_eq!(stricter.status, 303, "{}", stricter.words());
    let rules = admin.get(&format!("/programmes/{}/rules", world.georgia.id)).await;
    assert!(rules.says("12 hours") && rules.says("Your program chose this"), "{}", rules.words());
}

#[tokio::test]
async fn a_note_late_before_it_is_due_is_explained() {
    let world = World::new().await;
    let mut admin = world.client(Role::ProgrammeAdmin, &world.alabama).await;
    let path = format!("/programmes/{}/settings", world.alabama.id);
    let page = admin.get(&path).await;
    let fields = [("set-note_due_hours", "72"), ("set-note_late_after_days", "2")];
    let answer = admin.submit(&page, &path, &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says("Choose at least 3 days"), "{}", answer.words());
    // What a programme makes a must of shows in the rules its people read.
    let answer = admin.submit(&page, &path, &[("set-note_strengths_must", "yes")]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    let mut peer = world.client(Role::ParentPeerSpecialist, &world.alabama).await;
    let rules = peer.get("/programme").await;
    assert!(rules.says("The rules here") && rules.says("Your program chose this"), "{}", rules.words());
}

#[tokio::test]
async fn two_who_change_the_choices_at_once_see_both() {
    let world = World::new().await;
    let mut one = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let mut other = world.client_of(&world.agency_admin).await;
    let path = format!("/programmes/{}/settings", world.georgia.id);
    let (mine, theirs) = (one.get(&path).await, other.get(&path).await);
    assert_eq!(other.submit(&theirs, &path, &[("set-note_due_hours", "6")]).await.status, 303);
    let clash = one.submit(&mine, &path, &[("set-note_due_hours", "12")]).await;
    assert_eq!(clash.status, 409);
    assert!(clash.says("Saved now: 6 hours. Yours: 12 hours."), "{}", clash.words());
    assert_eq!(one.submit(&clash, &path, &[]).await.status, 303, "saving again keeps mine");
    assert_eq!(one.get(&path).await.field("set-note_due_hours"), "12");
}

/// covers: AL-04
#[tokio::test]
async fn an_administrator_of_one_programme_finds_nothing_of_another() {
    let world = World::new().await;
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let home = format!("/programmes/{}", world.alabama.id);
    let worker = format!("/workers/{}", world.alabama.peer.membership);
    let pages = ["", "/rules", "/settings", "/pack", "/workers", "/workers/invite", &worker];
    for page in pages {
        let answer = admin.get(&format!("{home}{page}")).await;
        assert_eq!(answer.status, 404, "{page}");
        assert!(!answer.text.contains("Cahaba"), "{page}");
    }
    let account = world.alabama.deputy.account.to_string();
    let (end, supervisor) = (format!("{worker}/end"), format!("{worker}/supervisor"));
    let deputy = format!("/workers/{}/deputy", world.alabama.supervisor.membership);
    let forms: [(&str, Vec<(&str, &str)>); 6] = [
        ("/settings", vec![("name", "Mine now"), ("version", "1")]),
        ("/pack", vec![("from", "2027-01-01")]),
        ("/workers/invite", vec![("name", "Eve"), ("title", "program_administrator")]),
        (&supervisor, vec![("supervisor", &account)]),
        (&deputy, vec![("deputy", &account)]),
        (&end, vec![]),
    ];
    for (path, fields) in forms {
        assert_eq!(admin.post(&format!("{home}{path}"), &fields).await.status, 404, "{path}");
    }
    let mut own = world.client(Role::ProgrammeAdmin, &world.alabama).await;
    assert!(own.get("/programme").await.says("Cahaba Family Circle"));
    assert_eq!(own.get("/workers").await.status, 200);
}

#[tokio::test]
async fn the_agency_sets_every_programme_up_and_nobody_else_does() {
    let world = World::new().await;
    let mut boss = world.client_of(&world.agency_admin).await;
    for programme in [&world.georgia, &world.alabama] {
        for page in ["", "/rules", "/settings", "/pack", "/workers", "/workers/invite"] {
            let answer = boss.get(&format!("/programmes/{}{page}", programme.id)).await;
            assert_eq!(answer.status, 200, "{page}: {}", answer.words());
        }
    }
    let home = format!("/programmes/{}", world.georgia.id);
    for role in [Role::PeerSpecialist, Role::Supervisor, Role::TeamMember, Role::Auditor, Role::Person] {
        let mut client = world.client(role, &world.georgia).await;
        for page in ["/settings", "/pack", "/workers/invite"] {
            assert_eq!(client.get(&format!("{home}{page}")).await.status, 404, "{role:?} {page}");
        }
        let answer = client.post(&format!("{home}/settings"), &[("name", "Mine"), ("version", "1")]).await;
        assert_eq!(answer.status, 404, "{role:?}");
    }
    assert!(boss.get(&home).await.says("Sweetgum Peer Support"), "nobody renamed it");
}

/// Georgia's pack a month later: one activity has another name, and one another id.
fn later() -> Library {
    let mut files = packs();
    let head = files.iter_mut().find(|file| file.path == "us-ga-adult/pack.toml").unwrap();
    head.text = head.text.replace("version = \"2026.11\"", "version = \"2026.12\"");
    let activities = files.iter_mut().find(|file| file.path == "us-ga-adult/activity.toml").unwrap();
    activities.text = activities.text.replace("Looked for a home", "Looked for a place to live");
    activities.text = activities.text.replace("id = \"fears\"", "id = \"facing_fears\"");
    compile(&files).unwrap()
}

#[tokio::test]
async fn a_newer_pack_waits_until_it_is_adopted_from_a_day_that_is_not_past() {
    let mut world = World::new().await;
    let path = format!("/programmes/{}/pack", world.georgia.id);
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    assert!(admin.get(&path).await.says("You have the newest version."));

    world.update(later());
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let home = admin.get("/programme").await;
    assert!(home.says("Version 2026.12 of your pack is here."), "{}", home.words());
    let page = admin.get(&path).await;
    assert!(page.says("Version 2026.11 is in force today."), "{}", page.words());
    assert_eq!(page.field("from"), "2026-11-19");
    for changed in [
        "What people do together",
        "Changed Looked for a place to live",
        "New Faced a fear",
        "No longer there Faced a fear",
    ] {
        assert!(page.says(changed), "{changed}: {}", page.words());
    }
    assert!(!page.says("What a note asks"), "only what differs is listed");
    for wrong in ["2026-11-18", "", "tomorrow"] {
        let answer = admin.submit(&page, &path, &[("from", wrong)]).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.says("Choose today or a later day."), "{wrong}: {}", answer.words());
    }
    let answer = admin.submit(&page, &path, &[("from", "2026-11-21")]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    let after = admin.get(&path).await;
    assert!(after.says("Version 2026.11 is in force today.") && after.says("Not yet"), "{}", after.words());
    assert!(after.says("From November 21, 2026") && after.says("Adopted by"), "{}", after.words());

    world.clock.advance(SignedDuration::from_hours(48));
    let mut admin = world.client(Role::ProgrammeAdmin, &world.georgia).await;
    let then = admin.get(&path).await;
    assert!(then.says("Version 2026.12 is in force today."), "{}", then.words());

    world.update(library());
    assert_eq!(world.client_of(&world.georgia.admin).await.get("/programme").await.status, 200);
}
