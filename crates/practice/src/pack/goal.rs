//! What a goal can be about, and which tools may help on the way to it.

use std::collections::BTreeSet;

use super::entry::{Entries, Noun, days, layered};
use super::read::{Entry, Faults, meant, no_such};
use super::rules::Choice;
use super::{Source, Tool};
use crate::Text;
use crate::goal::BarrierKind;
use crate::rule::requirement::Place;

/// A part of life that a goal can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalArea {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// One of [`icons`](super::icons).
    pub icon: String,
    /// A question to think about; nobody has to answer it.
    pub ask: Text,
    /// Tools that may help, by id.
    pub tools: Vec<String>,
    /// Where it comes from.
    pub source: Source,
    place: Place,
}

/// Tools that may help with a kind of thing that is in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarrierHelp {
    /// Which kind.
    pub kind: BarrierKind,
    /// Tools that may help, by id.
    pub tools: Vec<String>,
    place: Place,
}

impl Noun for GoalArea {
    const TABLE: &'static str = "goal_area";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let choice = Choice::read(entry, id, source);
        let (ask, tools) = (entry.words("ask"), entry.names("tools"));
        let Choice { id, name, icon, source } = choice?;
        Some(GoalArea { id, name, icon, ask: ask?, tools, source, place: Place::of(entry) })
    }
}

impl Noun for BarrierHelp {
    const TABLE: &'static str = "barrier";

    fn read(entry: &Entry<'_>, id: &str, _: &Source) -> Option<Self> {
        let kind = BarrierKind::ALL.into_iter().find(|kind| kind.as_str() == id);
        if kind.is_none() {
            let names: Vec<(&str, ())> = BarrierKind::ALL.iter().map(|kind| (kind.as_str(), ())).collect();
            entry.fault_at("id", no_such("kind of barrier", id, &names));
        }
        Some(BarrierHelp { kind: kind?, tools: entry.names("tools"), place: Place::of(entry) })
    }
}

/// Leaves out what the programme does not offer at once.
pub(super) fn only_offered<'t>(ids: &mut Vec<String>, offered: impl Iterator<Item = &'t Tool> + Clone) {
    ids.retain(|id| offered.clone().any(|tool| tool.id == *id));
}

/// Faults for what leads to a tool or a question that is not there, on any day of a folder's entries.
pub(super) fn check(common: &Entries, own: &Entries, faults: &Faults) {
    let mut told: BTreeSet<String> = BTreeSet::new();
    for day in days(common, own) {
        let tools = layered(&common.tools, &own.tools, day);
        let ids: Vec<&str> = tools.iter().map(|tool| tool.id.as_str()).collect();
        let mut fault = |place: &Place, message: String| {
            if told.insert(format!("{}:{}:{message}", place.file, place.line)) {
                faults.at(&place.file, place.line, place.column, message);
            }
        };
        let areas = layered(&common.goal_areas, &own.goal_areas, day);
        let barriers = layered(&common.barriers, &own.barriers, day);
        let asked = areas.iter().flat_map(|area| area.tools.iter().map(|tool| (&area.place, tool)));
        let helped = barriers.iter().flat_map(|one| one.tools.iter().map(|tool| (&one.place, tool)));
        for (place, id) in asked.chain(helped).filter(|(_, id)| !ids.contains(&id.as_str())) {
            fault(place, format!("there is no tool `{id}`{}", meant(id, &ids).unwrap_or_default()));
        }
        for tool in &tools {
            let questions = tool.sections.iter().flat_map(|section| &section.questions);
            for link in questions.flat_map(|question| question.beside.iter().chain(&question.into)) {
                let Some(other) = tools.iter().find(|other| other.id == link.tool) else {
                    let hint = meant(&link.tool, &ids).unwrap_or_default();
                    fault(&link.place, format!("there is no tool `{}`{hint}", link.tool));
                    continue;
                };
                let questions = other.sections.iter().flat_map(|section| &section.questions);
                let asked: Vec<&str> = questions.map(|question| question.id.as_str()).collect();
                if !asked.contains(&link.question.as_str()) {
                    let hint = meant(&link.question, &asked).unwrap_or_default();
                    fault(&link.place, format!("`{}` asks no question `{}`{hint}", link.tool, link.question));
                }
            }
        }
    }
}
