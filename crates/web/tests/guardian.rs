//! Young people and their guardians, through the site: who reads, writes and says yes until the birthday that the pack names,
//! and what a guardian finds on that day.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::civil::{Date, date};
use porchlight_app::account::{NewAccount, Secret};
use porchlight_app::disclosure::{Chosen, Signing};
use porchlight_app::{Error, Fault};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::disclosure::{Ends, Reason, Recipient, Scope, TermsFault};
use porchlight_practice::document::{Answer, Document, Seen};
use porchlight_practice::guardian::{Decides, birthday};
use porchlight_practice::id::{DocumentId, PersonId};
use porchlight_practice::pack::{PackId, SettingValue, Settings};
use porchlight_practice::{Lang, Role};
use world::{Answer as Page, Client, Member, PASSWORD, Programme, World};

/// The ages that each pack names, by hand from the published tables: mental health, and alcohol and drugs.
const AGES: [(&str, u32, u32, u32); 6] = [
    ("common", 18, 18, 18),
    ("us-al-parent", 14, 14, 19),
    ("us-ca-parent", 12, 12, 18),
    ("us-ga-adult", 18, 12, 18),
    ("us-mo-adult", 18, 0, 18),
    ("us-wi-adult", 14, 12, 18),
];

/// What every pack says of every age, for each kind of service, and that an age nobody could look up is asked about.
#[test]
fn every_pack_names_its_ages_and_asks_where_it_is_not_sure() {
    let library = world::library();
    let today = date(2026, 11, 19);
    for (name, mental_health, substance_use, adult) in AGES {
        let pack = library.get(&PackId(name.into())).unwrap();
        let ages = |service: &str| {
            let mut settings = Settings::new();
            settings.set("young_service", SettingValue::Choice(service.into()));
            pack.rules(today, &settings).ages
        };
        assert_eq!(ages("mental_health").decides, mental_health);
        assert_eq!(ages("substance_use").decides, substance_use);
        // A yes that has to hold for both waits for the higher one; nobody chose anything yet.
        assert_eq!(ages("both").decides, mental_health.max(substance_use));
        let rules = pack.rules(today, &Settings::new());
        assert_eq!((rules.ages.decides, rules.ages.adult), (mental_health.max(substance_use), adult));
        assert!(rules.ages.both_sign, "nobody said yet that this is no substance-use service");
        let asks =
            |id: &str| rules.open_settings.iter().find(|setting| setting.id == id).unwrap().needs_checking;
        assert!(asks("young_adult_age") && asks("young_service"));
        assert_eq!(asks("young_mental_health_age"), name == "common");
        let looked_up = ["us-al-parent", "us-ca-parent"].contains(&name);
        assert_eq!(asks("young_substance_use_age"), !looked_up);
        // Day by day around both birthdays: nothing changes but on them.
        let born = date(2010, 2, 28);
        for age in [rules.ages.decides, rules.ages.adult] {
            let day = birthday(born, age);
            if age > 0 {
                let before = rules.ages.decides(Some(born), day.yesterday().unwrap());
                assert_ne!(before, rules.ages.decides(Some(born), day));
            }
            assert_eq!(
                rules.ages.decides(Some(born), day).guarded_until().is_some(),
                day < birthday(born, rules.ages.decides.min(rules.ages.adult))
            );
        }
    }
}

/// Somebody young with a guardian who can sign in.
struct Family {
    guardian: Member,
    until: Date,
}

async fn accept(world: &World, secret: &Secret, name: &str) -> Member {
    let new = NewAccount {
        name: name.into(),
        sign_in_name: name.to_lowercase().replace(' ', "."),
        password: PASSWORD.into(),
        lang: Lang::En,
    };
    let secret = world.app.accept_invitation(secret, new, false).await.unwrap();
    let session = world.app.session(&secret).await.unwrap();
    Member {
        account: session.actor.account(),
        membership: session.actor.membership(),
        name: name.into(),
        sign_in_name: String::new(),
    }
}

async fn choose(world: &World, here: &Programme, chosen: &[(&str, SettingValue)]) {
    let admin = world.actor(&here.admin).await;
    let view = world.app.programme(&admin, here.id).await.unwrap();
    let mut settings: Settings = view.settings.clone();
    for (id, value) in chosen {
        settings.set(*id, value.clone());
    }
    let app = &world.app;
    app.change_programme(&admin, app.command_id(), here.id, &view.name, settings, view.version)
        .await
        .unwrap();
}

/// The person of this programme is young now: in Alabama, and three weeks before the fourteenth birthday.
async fn family(world: &World, here: &Programme) -> Family {
    let (app, peer) = (&world.app, world.actor(&here.peer).await);
    let person = here.person_id;
    let born = date(2012, 12, 10);
    app.say_birth(&peer, app.command_id(), person, born).await.unwrap();
    let view = app.guardians(&peer, person).await.unwrap();
    let until = view.decides.guarded_until().unwrap();
    let link = app.invite_guardian(&peer, app.command_id(), person, "Lena Tillman").await.unwrap();
    Family { guardian: accept(world, &link, "Lena Tillman").await, until }
}

/// One's own paper with these words in its first section.
async fn written(world: &World, here: &Programme, tool: &str, words: &str) -> DocumentId {
    let (app, own) = (&world.app, world.actor(&here.person).await);
    let id = app.start_document(&own, app.command_id(), here.person_id, tool).await.unwrap();
    let view = app.document(&own, id).await.unwrap();
    let section = view.tool.sections[0].id.clone();
    let words = words.to_owned();
    app.write_document(&own, app.command_id(), id, &section, Seen::default(), move |section| {
        let question = &section.questions[0];
        let item = if question.kind.is_list() { view.reader.0 } else { Document::ONLY.0 };
        let answer = Answer::Words { words: words.clone() };
        vec![(question.id.clone(), porchlight_practice::id::ItemId(item), answer)]
    })
    .await
    .unwrap();
    id
}

async fn all(client: &mut Client, paths: &[String]) -> Vec<Page> {
    let mut pages = Vec::new();
    for path in paths {
        pages.push(client.clone().get(path).await);
    }
    pages
}

/// Until the birthday a guardian reads and writes with the young person, who sees it before the first word and under who
/// looked. On the day itself, without anybody doing anything, every one of those pages is not found; what the young person
/// then shares, they read.
#[tokio::test]
async fn on_the_birthday_the_paper_is_theirs_alone() {
    let world = World::new().await;
    let here = &world.alabama;
    let person = here.person_id;
    let Family { guardian, until } = family(&world, here).await;
    assert_eq!(until, date(2026, 12, 10), "Alabama: fourteen");
    let mut young = world.client_of(&here.person).await;
    let start = young.get("/plans/start").await;
    let told = "Lena Tillman can read this too, as your guardian, until December 10, 2026.";
    assert!(start.says(told), "{}", start.words());
    let plan = written(&world, here, "wellness_plan", "I sing on the roof.").await;
    let paper = format!("/plans/{plan}");
    assert!(young.get("/plans").await.says(told) && young.get(&paper).await.says(told));
    let ask = young.get(&format!("{paper}/write/well")).await;
    assert!(ask.says(told), "{}", ask.words());
    assert!(young.get("/me/guardian").await.says("Lena Tillman"));

    let mut lena = world.client_of(&guardian).await;
    let home = lena.get("/young").await;
    assert!(home.says("Until December 10, 2026 you decide with Rosa."), "{}", home.words());
    let list = lena.get(&format!("/people/{person}/plans")).await;
    assert!(list.text.contains(&paper), "{}", list.words());
    assert!(lena.get(&paper).await.says("I sing on the roof."));
    let at = format!("{paper}/write/well");
    let form = lena.get(&at).await;
    let wrote = lena.submit(&form, &at, &[("good_day", "We sing on the roof."), ("do", "done")]).await;
    assert_eq!(wrote.status, 303, "{}", wrote.words());
    assert!(young.get(&paper).await.says("We sing on the roof."));

    // It stands under who looked, as what it is.
    let looks = young.get("/me/looks").await;
    assert!(looks.says("Lena Tillman, your guardian, read what you write"), "{}", looks.words());
    // They throw nothing away, read nothing older, and see no record, visit, goal, report or look.
    for gone in [
        format!("{paper}/versions"),
        format!("{paper}/cards"),
        format!("/people/{person}"),
        format!("/people/{person}/visits"),
        format!("/people/{person}/goals"),
        format!("/people/{person}/held"),
        format!("/people/{person}/asked"),
        format!("/people/{person}/guardian"),
        "/me/looks".into(),
        "/me/reports".into(),
        "/people".into(),
        "/journal".into(),
    ] {
        assert_eq!(lena.get(&gone).await.status, 404, "{gone}");
    }
    assert_eq!(lena.post(&format!("{paper}/forget"), &[]).await.status, 404);

    // The evening before, where the programme is, everything stands as it was.
    let paths = [paper.clone(), at.clone(), format!("{paper}/share"), format!("{paper}/paper")];
    world.clock.set("2026-12-10T05:59:59Z");
    let mut lena = world.client_of(&guardian).await;
    for (page, path) in all(&mut lena, &paths).await.iter().zip(&paths) {
        assert_eq!(page.status, 200, "{path}");
    }
    world.clock.set("2026-12-10T06:00:00Z");
    let mut lena = world.client_of(&guardian).await;
    for (page, path) in all(&mut lena, &paths).await.iter().zip(&paths) {
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.text.contains("sing on the"));
    }
    assert_eq!(lena.post(&at, &[("good_day", "Mine.")]).await.status, 404);
    let home = lena.get("/young").await;
    assert!(home.says("Rosa decides alone now.") && !home.text.contains("sing on the"), "{}", home.words());
    assert!(!lena.get(&format!("/people/{person}/plans")).await.text.contains(&paper));
    assert_eq!(lena.get(&format!("/people/{person}/choices")).await.status, 404);
    let mut young = world.client_of(&here.person).await;
    for path in ["/plans".to_owned(), paper.clone(), "/plans/start".into()] {
        assert!(!young.get(&path).await.says("as your guardian"), "{path}");
    }

    // Now the young person decides, and may let them in like anybody else, or end it.
    let own = world.actor(&here.person).await;
    let one = vec!["well".to_owned()];
    world.app.share(&own, world.app.command_id(), plan, guardian.account, one, 7, false).await.unwrap();
    assert!(lena.get(&paper).await.says("We sing on the roof."));
    let mine = young.get("/me/guardian").await;
    let end = format!("/me/guardian/{}/end", guardian.membership);
    assert_eq!(young.submit(&mine, &end, &[]).await.status, 303);
    assert_ne!(lena.get(&paper).await.status, 200, "the session ended with it");
}

/// What is a guardian's to say, the young person does not say yet, nor does whoever walks with them; a guardian's yes ends by
/// itself on the evening before the birthday. Stopping is nobody's to hinder.
#[tokio::test]
async fn a_yes_is_the_guardians_until_then_and_ends_with_it() {
    let world = World::new().await;
    let here = &world.alabama;
    let person = here.person_id;
    let Family { guardian, .. } = family(&world, here).await;
    let (app, own) = (&world.app, world.actor(&here.person).await);
    let team = here.team_member.account;
    let part = porchlight_practice::consent::RecordPart::Profile;
    for actor in [&own, &world.actor(&here.peer).await] {
        let refused = app.give_consent(actor, app.command_id(), person, team, part, 90).await;
        assert!(matches!(refused, Err(Error::Fault(Fault::GuardianSays))));
    }
    let mut lena = world.client_of(&guardian).await;
    let at = format!("/people/{person}/choices");
    let page = lena.get(&at).await;
    let fields = [("reader", team.to_string()), ("part", "profile".into()), ("days", "90".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(lena.submit(&page, &at, &fields).await.status, 303);
    let mut irene = world.client_of(&here.team_member).await;
    let record = format!("/people/{person}");
    assert_eq!(irene.get(&record).await.status, 200);
    let given = app.consents(&own, person).await.unwrap().remove(0);
    assert_eq!(given.until.to_string(), "2026-12-10T06:00:00Z");
    world.clock.set("2026-12-10T06:00:00Z");
    let mut irene = world.client_of(&here.team_member).await;
    assert_eq!(irene.get(&record).await.status, 404);
    assert!(app.give_consent(&own, app.command_id(), person, team, part, 90).await.is_ok());
    let guardian = world.actor(&guardian).await;
    let refused = app.give_consent(&guardian, app.command_id(), person, team, part, 90).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

/// The young person stops what their guardian said yes to.
#[tokio::test]
async fn the_young_person_can_always_stop() {
    let world = World::new().await;
    let here = &world.alabama;
    let Family { guardian, .. } = family(&world, here).await;
    let (app, own, lena) = (&world.app, world.actor(&here.person).await, world.actor(&guardian).await);
    let part = porchlight_practice::consent::RecordPart::Notes;
    let team = here.team_member.account;
    let id = app.give_consent(&lena, app.command_id(), here.person_id, team, part, 30).await.unwrap();
    app.stop_consent(&own, app.command_id(), here.person_id, id).await.unwrap();
    assert!(!app.consents(&own, here.person_id).await.unwrap()[0].in_force);
}

/// A copy leaves with both signatures, on paper, while the records may be those of a substance-use service (42 CFR 2.14);
/// elsewhere with the guardian's, until the evening before the birthday.
#[tokio::test]
async fn a_copy_that_leaves_needs_the_guardian_or_both() {
    let world = World::new().await;
    let here = &world.alabama;
    let person = here.person_id;
    let Family { guardian, .. } = family(&world, here).await;
    let outside = format!("/outside/{person}");
    let both = "For a copy that leaves, Rosa and a guardian both sign";
    for member in [&guardian, &here.person] {
        let page = world.client_of(member).await.get(&outside).await;
        assert!(page.says(both) && !page.text.contains(&format!("{outside}/new")), "{}", page.words());
    }
    assert!(world.client_of(&here.peer).await.get(&outside).await.says(both));
    choose(&world, here, &[("record_of_substance_use", SettingValue::YesNo(false))]).await;
    for member in [&here.person, &here.peer] {
        let page = world.client_of(member).await.get(&outside).await;
        assert!(page.says("says yes") && !page.text.contains(&format!("{outside}/new")), "{}", page.words());
    }
    let mut lena = world.client_of(&guardian).await;
    let new = format!("{outside}/new");
    let answers = "step=until&to=named&to_name=The+school&part=profile&why=ask&days=90";
    let read_back = lena.get(&format!("{new}?{answers}")).await;
    assert!(read_back.says("December 9, 2026"), "{}", read_back.words());
    let signed = lena.submit(&read_back, &new, &[]).await;
    let shown = lena.follow(signed).await;
    assert!(shown.says("Lena Tillman said yes as the guardian of Rosa Tillman"), "{}", shown.words());
    assert!(shown.says("December 9, 2026") && !shown.says("February"), "{}", shown.words());
}

/// Where both sign, they sign on paper, and whoever walks with them keeps it: with both names and both days, no longer than a
/// guardian decides, theirs to stop, and nobody's to tap.
#[tokio::test]
async fn a_paper_that_both_signed_is_kept_with_both_signatures() {
    let world = World::new().await;
    let here = &world.alabama;
    let person = here.person_id;
    let Family { guardian, .. } = family(&world, here).await;
    let (outside, new) = (format!("/outside/{person}"), format!("/outside/{person}/new"));
    let mut peer = world.client_of(&here.peer).await;
    let answers = "step=until&to=named&to_name=The+school&part=profile&substance_use=yes&why=ask&days=90";
    let read_back = peer.get(&format!("{new}?{answers}")).await;
    assert!(read_back.says("December 9, 2026") && read_back.says("Guardian, with the day:"));
    // A day to come, one that is no day, and nobody's name: said beside the field, with everything kept.
    for (young, name, on, wrong) in [
        ("2026-11-20", "Lena Tillman", "2026-11-19", "Write the day it was signed."),
        ("2026-11-18", "Lena Tillman", "", "Write the day it was signed."),
        ("2026-11-18", " ", "2026-11-19", "Write the name of the guardian who signed."),
    ] {
        let fields = [("young_on", young), ("guardian", name), ("guardian_on", on)];
        let refused = peer.submit(&read_back, &new, &fields).await;
        assert!(refused.status == 422 && refused.says(wrong), "{}", refused.words());
        assert_eq!((refused.field("young_on"), refused.field("guardian_on")), (young.into(), on.into()));
    }
    let fields = [("young_on", "2026-11-18"), ("guardian", "Lena Tillman"), ("guardian_on", "2026-11-19")];
    let kept = peer.submit(&read_back, &new, &fields).await;
    let shown = peer.follow(kept).await;
    let signed =
        "by Rosa Tillman on November 18, 2026, and by Lena Tillman as the guardian on November 19, 2026.";
    assert!(shown.says(signed) && shown.says("It ends on December 9, 2026."), "{}", shown.words());
    // A tap is no signature of two, whoever sends it; and the paper is theirs both to read and to stop.
    let app = &world.app;
    let peers = world.actor(&here.peer).await;
    let yes = || Chosen {
        to: Recipient::EverybodyInMyCare,
        what: Scope { parts: RecordPart::ALL.into(), notes_since: None, substance_use: true },
        why: Reason::Care,
        ends: Ends { by: date(2026, 12, 1), event: String::new() },
    };
    for signing in [Signing::Tapped, Signing::Typed("Rosa Tillman".into())] {
        let refused = app.agree_disclosure(&peers, app.command_id(), person, yes(), signing).await;
        assert!(matches!(refused, Err(Error::Fault(Fault::Terms(TermsFault::Signature)))));
    }
    for member in [&here.person, &guardian] {
        let actor = world.actor(member).await;
        let refused = app.agree_disclosure(&actor, app.command_id(), person, yes(), Signing::Tapped).await;
        assert!(matches!(refused, Err(Error::Fault(Fault::BothSign))));
    }
    let id = app.disclosures(&peers, person).await.unwrap().all[0].id;
    let mut lena = world.client_of(&guardian).await;
    assert!(lena.get(&format!("{outside}/{id}")).await.says("Lena Tillman as the guardian"));
    let mut rosa = world.client_of(&here.person).await;
    let page = rosa.get(&format!("{outside}/{id}")).await;
    assert_eq!(rosa.submit(&page, &format!("{outside}/{id}/stop"), &[]).await.status, 303);
    assert!(app.disclose(&peers, app.command_id(), person, id).await.is_err());
    // From the birthday on Rosa signs alone, and no paper of two is asked for.
    world.clock.set("2026-12-10T06:00:00Z");
    assert!(world.client_of(&here.person).await.get(&outside).await.text.contains(&new));
    assert!(!world.client_of(&here.peer).await.get(&outside).await.text.contains(&new));
}

/// Whoever walks with somebody young writes the day of birth down and ends a guardian at once, without a word to them. Nothing
/// typed is lost, and nobody grown up gets a guardian.
#[tokio::test]
async fn whoever_walks_with_them_keeps_who_decides() {
    let world = World::new().await;
    let here = &world.georgia;
    let person = here.person_id;
    let mut marisol = world.client_of(&here.peer).await;
    let at = format!("/people/{person}/guardian");
    let page = marisol.get(&at).await;
    assert!(page.says("No day of birth is written down. Darnell decides alone."), "{}", page.words());
    let birth = format!("{at}/birth");
    for wrong in ["2027-01-01", "1850-01-01", "soon"] {
        let refused = marisol.submit(&page, &birth, &[("born", wrong)]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.field("born") == wrong && refused.says("Write a day of birth that can be right."));
    }
    // Georgia says eighteen: at sixteen there can be a guardian, at twenty there can't.
    assert_eq!(marisol.submit(&page, &birth, &[("born", "2006-01-01")]).await.status, 303);
    assert!(marisol.get(&at).await.says("Darnell is grown up and decides alone."));
    assert!(!marisol.get(&at).await.text.contains(&format!("{at}/invite")));
    let page = marisol.get(&at).await;
    assert_eq!(marisol.submit(&page, &birth, &[("born", "2010-05-01")]).await.status, 303);
    let page = marisol.get(&at).await;
    assert!(page.says("Until May 1, 2028 a guardian can read"), "{}", page.words());
    let invite = format!("{at}/invite");
    let nameless = marisol.submit(&page, &invite, &[("name", " ")]).await;
    assert!(nameless.status == 422 && nameless.says("Write what the guardian is called."));
    let made = marisol.submit(&page, &invite, &[("name", "Ray Watts")]).await;
    let secret = made.text.split("/welcome/").nth(1).unwrap().split(['"', '<']).next().unwrap();
    let ray = accept(&world, &Secret::from_text(secret), "Ray Watts").await;
    let again = marisol.submit(&page, &invite, &[("name", "Ray Watts")]).await;
    assert!(again.says("It is shown only once.") && !again.text.contains("/welcome/"), "{}", again.words());
    let mut client = world.client_of(&ray).await;
    assert_eq!(client.get("/young").await.status, 200);
    // Nobody else does: not the young person before the day, not a peer who does not walk with them, not the guardian.
    let end = format!("{at}/{}/end", ray.membership);
    for member in [&here.second_peer, &ray, &here.admin, &here.person] {
        let mut other = world.client_of(member).await;
        assert_eq!(other.post(&end, &[]).await.status, 404, "{}", member.name);
    }
    let mine = format!("/me/guardian/{}/end", ray.membership);
    assert_eq!(world.client_of(&here.person).await.post(&mine, &[]).await.status, 404);
    let page = marisol.get(&at).await;
    assert_eq!(marisol.submit(&page, &end, &[]).await.status, 303);
    assert_ne!(client.get("/young").await.status, 200);
    assert!(world.sent.sent().is_empty(), "nobody is told");
}

/// A guardian is nobody who works here: none of the lists of workers, readers or callees names them.
#[tokio::test]
async fn a_guardian_stands_in_no_list_of_those_who_work_here() {
    let world = World::new().await;
    let here = &world.alabama;
    let Family { guardian, .. } = family(&world, here).await;
    let mut admin = world.client(Role::ProgrammeAdmin, here).await;
    for path in ["/workers", "/ladder", "/day"] {
        let page = admin.get(path).await;
        assert!(!page.text.contains(&guardian.name), "{path}: {}", page.words());
    }
    let other = PersonId(world.app.command_id().0);
    let lena = world.actor(&guardian).await;
    assert!(world.app.guardians(&lena, other).await.is_err());
    let view = world.app.guardians(&lena, here.person_id).await.unwrap();
    assert!(matches!(view.decides, Decides::Guardian { .. }) && view.born.is_none());
}
