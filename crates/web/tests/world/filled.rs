//! A world in which there is something of everything, and where each of it stands.

use super::{Answer as Page, Member, World};
use axum::http::Method;
use jiff::SignedDuration;
use jiff::civil::date;
use porchlight_app::Actor;
use porchlight_app::disclosure::{Chosen, Signing};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::disclosure::{Ends, Reason, Recipient, Scope};
use porchlight_practice::document::{Answer, Document, Seen};
use porchlight_practice::group::{Frame, Kind};
use porchlight_practice::id::{DocumentId, ItemId, PersonId};
use porchlight_practice::pack::{Question, QuestionKind};
use porchlight_practice::team_meeting::Invitation;
use porchlight_practice::visit::{Arranged, Company, When};
use porchlight_web::site::table;
use std::collections::{BTreeMap, BTreeSet};

/// A word that stands in one section of one paper and nowhere else.
pub fn marker(tool: &str, section: &str) -> String {
    format!("zebra-{tool}-{section}-zebra")
}

/// An answer with the word in every place where words can be.
fn marked(question: &Question, word: &str) -> Option<Answer> {
    let word = word.to_owned();
    Some(match &question.kind {
        QuestionKind::Words | QuestionKind::List | QuestionKind::Strengths => Answer::Words { words: word },
        QuestionKind::People => Answer::Person { name: word.clone(), reach: word.clone(), asked: word },
        QuestionKind::Pairs => Answer::Pair { when: word.clone(), then: word },
        _ => return None,
    })
}

/// Begins a tool and writes a marker into every question of every section.
async fn filled(world: &World, who: &Actor, person: PersonId, tool: &str) -> (DocumentId, Vec<String>) {
    let app = &world.app;
    let id = app.start_document(who, app.command_id(), person, tool).await.unwrap();
    let view = app.document(who, id).await.unwrap();
    for section in &view.tool.sections {
        let given = section.questions.iter().filter_map(|question| {
            let answer = marked(question, &marker(tool, &section.id))?;
            let item = if question.kind.is_list() { ItemId(app.command_id().0) } else { Document::ONLY };
            Some((question.id.clone(), item, answer))
        });
        let given: Vec<_> = given.collect();
        app.write_document(who, app.command_id(), id, &section.id, Seen::default(), move |_| given.clone())
            .await
            .unwrap();
    }
    (id, view.tool.sections.iter().map(|section| section.id.clone()).collect())
}

/// Every path of a route, with each of its places filled in with each real id that fits there.
fn paths(route: &str, places: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
    let mut paths = vec![String::new()];
    for part in route.split('/').skip(1) {
        let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        let words = match name {
            Some(name) => {
                places.get(name).unwrap_or_else(|| panic!("nothing for {{{name}}} of {route}")).clone()
            }
            None => vec![part.to_owned()],
        };
        paths =
            paths.iter().flat_map(|path| words.iter().map(move |word| format!("{path}/{word}"))).collect();
    }
    paths
}

/// Everything that came back: the page, where it leads, what it keeps.
pub fn everything(page: &Page) -> String {
    format!("{} {:?}", page.text, page.headers)
}

/// A world in which every section of two papers holds a word of its own: one of them shared, some on a card, and a record
/// with something in every corner, so that every page has something to show.
pub struct Filled {
    pub world: World,
    pub plan: DocumentId,
    pub crisis: DocumentId,
    /// The word of the one section that is shared with one reader.
    pub open: String,
    /// Every other word.
    pub closed: Vec<String>,
    /// The code of the card, as it is kept and as it is read.
    pub codes: [String; 2],
    /// What stands in the places of paths.
    pub places: BTreeMap<&'static str, Vec<String>>,
}

impl Filled {
    /// Every path of a method, with its places filled. A route with a place that has nothing in it fails.
    pub fn paths(&self, method: &Method) -> Vec<String> {
        // The stream of news has no end, and holds nothing but the word that there is some.
        let routes = table().into_iter().filter(|route| route.method == *method && route.path != "/live");
        routes.flat_map(|route| paths(route.path, &self.places)).collect()
    }

    /// Everybody but the owner, each with whether the section is shared with them.
    pub fn others(&self) -> Vec<(&Member, bool)> {
        let (georgia, alabama) = (&self.world.georgia, &self.world.alabama);
        let members = [
            &georgia.peer,
            &georgia.second_peer,
            &georgia.supervisor,
            &georgia.deputy,
            &georgia.team_member,
            &georgia.privacy_lead,
            &georgia.admin,
            &georgia.auditor,
            &self.world.agency_admin,
            &alabama.peer,
            &alabama.supervisor,
            &alabama.privacy_lead,
            &alabama.person,
        ];
        members.into_iter().map(|member| (member, member.account == georgia.peer.account)).collect()
    }
}

pub async fn filled_world() -> Filled {
    let world = World::new().await;
    let (app, georgia) = (&world.app, &world.georgia);
    let (own, peer) = (world.actor(&georgia.person).await, world.actor(&georgia.peer).await);
    let person = georgia.person_id;
    let (plan, plan_sections) = filled(&world, &own, person, "wellness_plan").await;
    let (crisis, crisis_sections) = filled(&world, &own, person, "crisis_plan").await;
    let shared = vec!["each_day".to_owned()];
    app.share(&own, app.command_id(), plan, georgia.peer.account, shared, 7, false).await.unwrap();
    let card = app.make_card(&own, app.command_id(), crisis, vec!["call".into()]).await.unwrap();
    let code = app.cards(&own, crisis).await.unwrap()[0].code.clone();
    let goal = app.say_goal(&peer, app.command_id(), person, "My own keys").await.unwrap();
    let consent = app
        .give_consent(&own, app.command_id(), person, georgia.team_member.account, RecordPart::Profile, 30)
        .await
        .unwrap();
    app.document(&peer, plan).await.unwrap();
    let supervisor = world.actor(&georgia.supervisor).await;
    app.person(&supervisor, person).await.unwrap();
    // Long ago, so that it opens nothing any more.
    let why = "He called and could not say where he was.";
    let emergency = app.open_emergency(&supervisor, app.command_id(), person, why).await.unwrap();
    world.clock.advance(SignedDuration::from_mins(31));
    let held = porchlight_practice::plan::PlanWords {
        name: "Treatment plan".into(),
        holder: "Dr. Ruiz".into(),
        from: jiff::civil::date(2026, 6, 1),
        until: None,
        objectives: Vec::new(),
    };
    let held = app.write_plan(&peer, app.command_id(), person, None, held).await.unwrap();
    let ask = porchlight_practice::advocacy::Ask {
        need: "ride".into(),
        place: String::new(),
        of: "The county".into(),
        words: "A bus pass".into(),
    };
    let asked = app.ask_elsewhere(&peer, app.command_id(), person, ask).await.unwrap();
    let yes = Chosen {
        to: Recipient::Named { name: "The housing office".into(), place: String::new() },
        what: Scope { parts: RecordPart::ALL.into(), notes_since: None, substance_use: true },
        why: Reason::IAskForIt,
        ends: Ends { by: date(2026, 12, 19), event: String::new() },
    };
    let yes = app.agree_disclosure(&own, app.command_id(), person, yes, Signing::Tapped).await.unwrap();
    let copy = app.disclose(&peer, app.command_id(), person, yes).await.unwrap();
    let soon = app.now() + SignedDuration::from_hours(20);
    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    let arranged = Arranged {
        when: When::new(soon, soon + SignedDuration::from_mins(45), &zone, app.now()).unwrap(),
        kind: "in_person".into(),
        place: "The library".into(),
        company: Company::Alone { ask_after: true },
        child: false,
        goal: None,
    };
    let visit = app.book_visit(&peer, app.command_id(), person, arranged).await.unwrap();
    let invitation =
        Invitation { at: soon, place: "The clinic".into(), who: String::new(), about: String::new() };
    let team_meeting = app.plan_team_meeting(&peer, app.command_id(), person, invitation).await.unwrap();
    let question = app.ask_about_look(&own, app.command_id(), "A look.", "Why?").await.unwrap();
    let support = app.person(&peer, person).await.unwrap().supports[0].id;
    let draft = porchlight_practice::id::ContactId(app.command_id().0);
    app.save_draft(&peer, app.command_id(), draft, person, Default::default(), 0).await.unwrap();
    let at = app.document(&own, plan).await.unwrap().document.versions()[0].as_microsecond();

    let frame = Frame { name: "Second Cup".into(), purpose: "Nights.".into(), ..Frame::default() };
    let group = app.make_group(&peer, app.command_id(), Kind::MutualHelp, frame).await.unwrap();

    let text = |id: &dyn ToString| id.to_string();
    let places: BTreeMap<&'static str, Vec<String>> = [
        ("document", vec![text(&plan), text(&crisis)]),
        (
            "section",
            plan_sections
                .iter()
                .chain(&crisis_sections)
                .cloned()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
        ),
        ("card", vec![text(&card)]),
        ("group", vec![text(&group)]),
        ("session", vec!["none".to_owned()]),
        ("guide", vec!["none".to_owned()]),
        ("letter", vec!["none".to_owned()]),
        ("credential", vec!["none".to_owned()]),
        ("meeting", vec!["none".to_owned()]),
        ("visit", vec![text(&visit)]),
        ("team_meeting", vec![text(&team_meeting)]),
        ("pairing", vec!["none".to_owned()]),
        ("part", vec!["1".to_owned()]),
        ("item", vec!["none".to_owned()]),
        ("yes", vec!["none".to_owned()]),
        ("report", vec!["none".to_owned()]),
        ("run", vec!["none".to_owned()]),
        ("reader", vec![text(&georgia.peer.account), text(&georgia.second_peer.account)]),
        ("at", vec![text(&at)]),
        ("person", vec![text(&person)]),
        ("goal", vec![text(&goal)]),
        ("plan", vec![text(&held)]),
        ("advocacy", vec![text(&asked)]),
        ("consent", vec![text(&consent)]),
        ("disclosure", vec![text(&yes)]),
        ("copy", vec![text(&copy)]),
        ("support", vec![text(&support)]),
        ("worker", vec![text(&georgia.peer.account)]),
        ("id", vec![text(&georgia.id), text(&draft), text(&question)]),
        ("membership", vec!["none".to_owned()]),
        ("call", vec!["none".to_owned()]),
        ("device", vec!["none".to_owned()]),
        ("item", vec!["none".to_owned()]),
        ("step", vec!["1".to_owned()]),
        ("emergency", vec![text(&emergency)]),
        ("member", vec![text(&georgia.person.membership)]),
        ("secret", vec!["none".to_owned()]),
        ("code", vec!["none".to_owned()]),
    ]
    .into();

    let all = |tool: &str, sections: &[String]| -> Vec<String> {
        sections.iter().map(|section| marker(tool, section)).collect()
    };
    let open = marker("wellness_plan", "each_day");
    let mut closed = all("wellness_plan", &plan_sections);
    closed.retain(|word| *word != open);
    closed.extend(all("crisis_plan", &crisis_sections));
    let codes = [code.expose().to_owned(), code.spaced()];
    Filled { plan, crisis, open, closed, codes, places, world }
}
