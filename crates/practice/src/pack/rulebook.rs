//! From a pack and a programme's choices to the rules that are asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::entry::days;
use super::entry::layered;
use super::rule::NOT_CHOSEN;
use super::settings::Values;
use super::{Pack, SettingValue, Settings, Strength};
use crate::Text;
use crate::rule::book::{InForce, Rulebook, Segment};
use crate::rule::requirement::{Amount, Kind};

impl Pack {
    /// What this pack asks of workers, on every day, for a programme with these settings. Make it once and keep it.
    pub fn rulebook(&self, settings: &Settings) -> Rulebook {
        let mut segments: Vec<Segment> = Vec::new();
        for day in days(&self.common, &self.own) {
            let segment = self.segment(day, settings);
            if segments.last().is_none_or(|last| !last.same(&segment)) {
                segments.push(segment);
            }
        }
        Rulebook::new(segments, self.fact_names(Date::MAX))
    }

    /// What the ids in facts are called on a day: names of their own, and those of topics.
    pub(super) fn fact_names(&self, on: Date) -> BTreeMap<String, Text> {
        let topics = layered(&self.common.topics, &self.own.topics, on);
        let topics = topics.into_iter().map(|topic| (topic.id, topic.name));
        let named = layered(&self.common.fact_names, &self.own.fact_names, on);
        topics.chain(named.into_iter().map(|named| (named.0.id, named.0.name))).collect()
    }

    fn segment(&self, day: Date, settings: &Settings) -> Segment {
        let values = Values::new(self, day, settings);
        let rule_settings = layered(&self.common.rule_settings, &self.own.rule_settings, day);
        let chosen = |id: &str| match values.value(id) {
            Some(SettingValue::Choice(choice)) if choice != NOT_CHOSEN => Some(choice.as_str()),
            _ => None,
        };
        let number = |id: &str| {
            let setting = rule_settings.iter().find(|one| one.setting.id == id)?;
            setting.numbers.get(chosen(id)?).copied()
        };
        let mut entries: Vec<InForce> = Vec::new();
        for mut requirement in layered(&self.common.requirements, &self.own.requirements, day) {
            let mut choose = None;
            if let Some((setting, is)) = &requirement.only_if {
                match chosen(setting) {
                    None => choose = Some(setting.clone()),
                    Some(option) if option != is => continue,
                    Some(_) => {}
                }
            }
            for amount in requirement.kind.amounts() {
                if let Amount::Setting(id) = amount {
                    match number(id) {
                        Some(number) => *amount = Amount::Fixed(number),
                        None => choose = Some(id.clone()),
                    }
                }
            }
            if let Kind::Continuing(hours) = &mut requirement.kind
                && let Some((setting, windows)) = &hours.windows
            {
                let option = chosen(setting);
                match windows.iter().find(|(id, _)| Some(id.as_str()) == option) {
                    Some((_, window)) => hours.window = Some(*window),
                    None => choose = Some(setting.clone()),
                }
            }
            let adopted = requirement
                .adopting()
                .is_some_and(|id| values.value(&id) == Some(&SettingValue::YesNo(true)));
            let gates = adopted || requirement.source.strength == Strength::Must;
            entries.push(InForce {
                requirement: Arc::new(requirement),
                gates,
                adopted,
                choose,
                parts: Vec::new(),
            });
        }
        let ids: Vec<String> = entries.iter().map(|entry| entry.requirement.id.clone()).collect();
        for entry in &mut entries {
            if let Kind::Parts { of, .. } = &entry.requirement.kind {
                entry.parts = of.iter().filter_map(|part| ids.iter().position(|id| id == part)).collect();
            }
        }
        let questions = layered(&self.common.questions, &self.own.questions, day);
        Segment::new(day, entries, questions)
    }
}
