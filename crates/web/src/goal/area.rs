//! What a goal is about, and what may help on the way: the pack's areas, questions and tools.

use porchlight_app::goal::GoalView;
use porchlight_practice::pack::{Rules, Shelf};

use crate::document::start::{Begin, OnShelf, shelf_key};
use crate::form::Choice;
use crate::goal::Place;
use crate::page::Page;

/// One part of life that the goal is about, with a question to think about.
pub(crate) struct AreaLine {
    pub name: String,
    pub icon: String,
    pub ask: String,
}

/// The parts of life a goal can be about, to tick.
pub(super) fn choices(page: &Page, rules: &Rules) -> Vec<Choice> {
    let choice = |area: &porchlight_practice::pack::GoalArea| Choice {
        icon: area.icon.clone(),
        ..Choice::new(&area.id, page.text(&area.name))
    };
    rules.goal_areas.iter().map(choice).collect()
}

/// What the goal is about, in words.
pub(super) fn names(page: &Page, rules: &Rules, areas: &[String]) -> String {
    let known = |id: &&String| rules.goal_areas.iter().any(|area| area.id == **id);
    let name = |id: &String| {
        let area = rules.goal_areas.iter().find(|area| area.id == *id);
        area.map_or_else(String::new, |area| page.text(&area.name))
    };
    page.list(&areas.iter().filter(known).map(name).collect::<Vec<_>>())
}

/// The areas of a goal, in the pack's order.
pub(super) fn lines(page: &Page, rules: &Rules, view: &GoalView) -> Vec<AreaLine> {
    let chosen = rules.goal_areas.iter().filter(|area| view.goal.areas().contains(&area.id));
    let line = |area: &porchlight_practice::pack::GoalArea| AreaLine {
        name: page.text(&area.name),
        icon: area.icon.clone(),
        ask: page.text(&area.ask),
    };
    chosen.map(line).collect()
}

/// Where a tool is begun from a goal's page: by the person, or by whoever walks with somebody who has no way to sign in.
pub(super) fn begin_at(place: &Place, view: &GoalView) -> String {
    match (place.own, view.theirs) {
        (true, _) => "/plans/start".to_owned(),
        (false, true) => format!("/people/{}/plans/start", place.person),
        (false, false) => String::new(),
    }
}

/// Tools that may help with what the goal is about and with what is in the way, each once.
pub(super) fn helps(page: &Page, rules: &Rules, view: &GoalView, command: impl Fn() -> String) -> OnShelf {
    let of_areas = rules.goal_areas.iter().filter(|area| view.goal.areas().contains(&area.id));
    let in_the_way = |kind| view.goal.in_the_way().iter().any(|barrier| barrier.kind == kind);
    let of_barriers = rules.barriers.iter().filter(|help| in_the_way(help.kind));
    let ids: Vec<&String> =
        of_barriers.flat_map(|help| &help.tools).chain(of_areas.flat_map(|area| &area.tools)).collect();
    let begin = |tool: &porchlight_practice::pack::Tool| Begin {
        id: tool.id.clone(),
        icon: tool.icon.clone(),
        name: page.text(&tool.name),
        purpose: page.text(&tool.purpose),
        command: command(),
    };
    let tools = rules.tools.iter().filter(|tool| ids.contains(&&tool.id));
    OnShelf { name: page.t(shelf_key(Shelf::Thinking)), tools: tools.map(begin).collect() }
}
