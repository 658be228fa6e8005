//! A person and whoever walks with them build a plan together, each on their own phone; the person shares a section for a
//! week, makes a card, stops the share, and sees every look.

use crate::harness::{Demo, Page, Screen};

/// Who does it where, and with which plan.
struct Together {
    programme: &'static str,
    /// Their role, since it differs by programme.
    peer_role: &'static str,
    peer: &'static str,
    plan: &'static str,
    /// The first section, its first question and what the person says to it, which they share with nobody.
    own: (&'static str, &'static str),
    /// The section they share, and a list in it.
    shared: (&'static str, &'static str),
    /// How a look at this plan reads.
    look: &'static str,
}

const ADULT: Together = Together {
    programme: "Sweetgum",
    peer_role: "peer_specialist",
    peer: "Marisol Vega",
    plan: "My plan on one page",
    own: ("What does all right look like for you?", "I whistle in the stairwell."),
    shared: ("Yellow: something is off", "What do you notice?"),
    look: "what you share of your wellness plan",
};

const PARENT: Together = Together {
    programme: "Toyon",
    peer_role: "parent_peer_specialist",
    peer: "Lupe Arroyo",
    plan: "Our family wellness plan",
    own: ("What does each child love or do well?", "He hums when he draws."),
    shared: ("What keeps us well", "What small things help your family each day?"),
    look: "what you share of your wellness plan",
};

#[tokio::test]
async fn an_adult_in_georgia_and_their_peer_specialist_build_a_plan_together() {
    build(&ADULT).await;
}

#[tokio::test]
async fn a_parent_in_california_and_their_peer_specialist_build_a_plan_together() {
    build(&PARENT).await;
}

async fn build(of: &Together) {
    // A demo of its own: here shares begin and end, and looks are counted.
    let demo = Demo::start();
    let person = phone(&demo, "person", of.programme).await;
    let plan = begin(&person, of.plan).await;
    person.type_into(of.own.0, of.own.1).await;
    person.tap("Done for now").await;
    person.arrive(&plan).await;
    person.see(of.own.1).await;

    // Nothing is open to anybody: the door is closed whether there is something behind it or not.
    let peer = phone(&demo, of.peer_role, of.programme).await;
    peer.visit(&plan).await;
    peer.see("We could not find that page").await;

    share(&person, &plan, of).await;
    peer.visit(&plan).await;
    peer.see(of.shared.0).await;
    peer.do_not_see(of.own.1).await;
    peer.tap(&format!("Write {}", of.shared.0)).await;
    let line = format!("{} 1", of.shared.1);
    // The person writes in the same line at the same time, on their own phone.
    person.visit(&peer.path().await).await;
    person.type_into(&line, "I stop singing.").await;
    person.tap("Done for now").await;
    person.see("I stop singing.").await;
    peer.type_into(&line, "The blinds stay down.").await;
    peer.tap("Done for now").await;
    peer.see("The blinds stay down.").await;
    person.visit(&plan).await;
    person.see("I stop singing.").await;
    person.see("The blinds stay down.").await;
    person.see(&format!("Written by you, with {}.", of.peer)).await;

    crisis_plan_and_card(&demo, &person).await;

    // One tap stops it, also for a page that is still open.
    person.visit(&plan).await;
    person.tap(&format!("Stop {}", of.peer)).await;
    person.see("They can no longer open it.").await;
    peer.tap(&format!("Change {}", of.shared.0)).await;
    peer.see("We could not find that page").await;
    peer.visit(&plan).await;
    peer.see("We could not find that page").await;

    person.visit("/me/looks").await;
    person.see(&format!("{}, your", of.peer)).await;
    person.see(of.look).await;
    person.see("Somebody opened your card").await;
    // The first section was opened by nobody, and stays the way it was written.
    person.visit(&plan).await;
    person.see(of.own.1).await;
}

async fn phone(demo: &Demo, role: &str, programme: &str) -> Page {
    let page = Page::open_at(Screen::phone(), demo.origin()).await;
    page.sign_in_with(demo.link(role, programme)).await;
    page
}

/// Begins with a tool, and gives the plan's path.
async fn begin(page: &Page, tool: &str) -> String {
    page.visit("/plans/start").await;
    page.tap(tool).await;
    page.see("Part 1 of").await;
    page.path().await.split("/write/").next().unwrap().to_owned()
}

async fn share(person: &Page, plan: &str, of: &Together) {
    person.visit(plan).await;
    person.tap("Share").await;
    person.tap(of.peer).await;
    person.tap(of.shared.0).await;
    person.tap("For a week").await;
    person.tap("They can write in it with me").await;
    person.tap("Next").await;
    person.see(&format!("{} can read “{}”", of.peer, of.shared.0)).await;
    person.tap("I agree").await;
    person.arrive(plan).await;
    person.tap(&format!("See what they see {}", of.peer)).await;
    person.see(&format!("This is what {} sees.", of.peer)).await;
    person.do_not_see(of.own.1).await;
}

/// The crisis plan in three of its parts, a card of it, and a stranger who types its code.
async fn crisis_plan_and_card(demo: &Demo, person: &Page) {
    let plan = begin(person, "My crisis plan").await;
    person.visit(&format!("{plan}/write/call")).await;
    person.tap_css("#call_people .pair:first-of-type input[name$='.name']").await;
    person.type_here("My aunt Lou").await;
    person.tap_css("#call_people .pair:first-of-type input[name$='.reach']").await;
    person.type_here("14 Elm Street").await;
    person.tap("Done for now").await;
    person.arrive(&plan).await;
    person.visit(&format!("{plan}/write/not_called")).await;
    person.type_into("Who should not be called, and not be told? 1", "My uncle Vern").await;
    person.tap("Done for now").await;
    person.arrive(&plan).await;
    person.visit(&format!("{plan}/write/helps")).await;
    person.type_into("What can somebody near you do that helps? 1", "Walk beside me, slowly.").await;
    person.tap("Done for now").await;
    person.arrive(&plan).await;

    person.tap("Cards for a hard moment").await;
    person.see("Who must not be called is never on it.").await;
    assert_eq!(person.count("input[name=sections]:checked").await, 0, "something is chosen beforehand");
    assert_eq!(person.count("input[name=sections][value=not_called]").await, 0);
    person.tap("Please call").await;
    person.tap("What helps me").await;
    person.tap("Make this card").await;
    person.see("Your card is ready.").await;
    assert_eq!(person.count("svg.qr path").await, 1);
    let code = person.text(".wallet .code").await;

    let stranger = Page::open_at(Screen::phone(), demo.origin()).await;
    stranger.visit("/card").await;
    stranger.type_into("The code on the card", &code.to_lowercase()).await;
    stranger.tap("Open the card").await;
    stranger.see("Walk beside me, slowly.").await;
    stranger.see("My aunt Lou").await;
    stranger.do_not_see("Elm Street").await;
    stranger.do_not_see("uncle Vern").await;
}
