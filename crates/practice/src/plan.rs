//! A plan that somebody else holds, such as a treatment plan or a person-centred plan: who holds it, from when until when,
//! what it aims at, and which of the person's goals each aim is about. Kept as a reference; the plan itself stays where it
//! is.

use crate::id::{GoalId, PlanId};
use crate::person::FIELD_LIMIT;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The most objectives of one plan.
pub const OBJECTIVES: usize = 30;
/// From how many days before its end a plan says that it ends soon.
pub const SOON_DAYS: i32 = 30;

/// A plan that somebody else holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPlan {
    name: String,
    holder: String,
    from: Date,
    until: Option<Date>,
    objectives: Vec<Objective>,
}

/// What a plan aims at, in its own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// As the plan says it.
    pub words: String,
    /// Which of the person's goals it is about.
    pub goals: Vec<GoalId>,
}

/// What is written about a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanWords {
    /// What it is called.
    pub name: String,
    /// Who holds it.
    pub holder: String,
    /// Its first day.
    pub from: Date,
    /// Its last day, if it has one.
    pub until: Option<Date>,
    /// What it aims at. An objective without words is left out.
    pub objectives: Vec<Objective>,
}

/// Why a plan can't be written so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Nobody knows which plan it is.
    #[error("a plan needs a name")]
    NoName,
    /// Nobody knows where it is.
    #[error("a plan needs somebody who holds it")]
    NoHolder,
    /// It would end before it begins.
    #[error("a plan ends after it begins")]
    EndsFirst,
    /// A text is longer than [`FIELD_LIMIT`], or there are more than [`OBJECTIVES`] objectives.
    #[error("a plan is too long")]
    TooLong,
}

fn text(typed: &str) -> Result<String, PlanFault> {
    let text = typed.trim();
    if text.chars().count() > FIELD_LIMIT { Err(PlanFault::TooLong) } else { Ok(text.to_owned()) }
}

impl HeldPlan {
    /// Writes a plan down.
    ///
    /// # Errors
    /// When it has no name or holder, ends before it begins, or is too long.
    pub fn write(words: PlanWords) -> Result<HeldPlan, PlanFault> {
        let (name, holder) = (text(&words.name)?, text(&words.holder)?);
        if name.is_empty() {
            return Err(PlanFault::NoName);
        }
        if holder.is_empty() {
            return Err(PlanFault::NoHolder);
        }
        if words.until.is_some_and(|until| until < words.from) {
            return Err(PlanFault::EndsFirst);
        }
        let mut objectives = Vec::new();
        for objective in words.objectives {
            let said = text(&objective.words)?;
            if !said.is_empty() {
                let mut goals = objective.goals;
                goals.sort();
                goals.dedup();
                objectives.push(Objective { words: said, goals });
            }
        }
        if objectives.len() > OBJECTIVES {
            return Err(PlanFault::TooLong);
        }
        Ok(HeldPlan { name, holder, from: words.from, until: words.until, objectives })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Who holds it.
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// Its first day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// Its last day, if it has one.
    pub fn until(&self) -> Option<Date> {
        self.until
    }

    /// What it aims at.
    pub fn objectives(&self) -> &[Objective] {
        &self.objectives
    }

    /// Whether it counts on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// What it says about a goal, in its words.
    pub fn says_of(&self, goal: GoalId) -> impl Iterator<Item = &str> {
        self.objectives
            .iter()
            .filter(move |objective| objective.goals.contains(&goal))
            .map(|objective| objective.words.as_str())
    }
}

/// Something about the plans that somebody may want to see to. It reminds; it never holds anything up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// No plan was ever written down, where the pack asks for one.
    NoPlan,
    /// The last plan ended, and no other one counts.
    Ended {
        /// Which.
        plan: PlanId,
        /// Its last day.
        on: Date,
    },
    /// The plan that counts ends soon.
    EndsSoon {
        /// Which.
        plan: PlanId,
        /// Its last day.
        on: Date,
    },
    /// A goal that no plan in force speaks of, where the pack asks for the link.
    Unlinked {
        /// Which.
        goal: GoalId,
    },
}

/// What is missing on a day. `links` says whether the pack asks that goals stand in a plan.
pub fn gaps(plans: &[(PlanId, HeldPlan)], open_goals: &[GoalId], links: bool, today: Date) -> Vec<Gap> {
    let counting: Vec<&(PlanId, HeldPlan)> = plans.iter().filter(|(_, plan)| plan.in_force(today)).collect();
    if counting.is_empty() {
        let ended = plans
            .iter()
            .filter_map(|(id, plan)| plan.until().map(|until| (until, *id)))
            .filter(|(until, _)| *until < today)
            .max();
        return match ended {
            Some((on, plan)) => vec![Gap::Ended { plan, on }],
            None if links && plans.is_empty() => vec![Gap::NoPlan],
            None => Vec::new(),
        };
    }
    let mut gaps = Vec::new();
    // A plan without an end, or a later one, carries on after a plan that ends.
    let last = counting
        .iter()
        .map(|(id, plan)| (plan.until(), *id))
        .max_by_key(|(until, _)| until.unwrap_or(Date::MAX));
    if let Some((Some(on), plan)) = last {
        let follows = plans
            .iter()
            .any(|(_, other)| other.from() > today && other.from() <= on.tomorrow().unwrap_or(on));
        let days = (on - today).get_days();
        if days <= SOON_DAYS && !follows {
            gaps.push(Gap::EndsSoon { plan, on });
        }
    }
    if links {
        let linked = |goal: &&GoalId| !counting.iter().any(|(_, plan)| plan.says_of(**goal).next().is_some());
        gaps.extend(open_goals.iter().filter(linked).map(|goal| Gap::Unlinked { goal: *goal }));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 19);

    fn words() -> PlanWords {
        PlanWords {
            name: "Treatment plan".into(),
            holder: "Dr. Ruiz".into(),
            from: date(2026, 6, 1),
            until: Some(date(2027, 5, 31)),
            objectives: vec![Objective { words: "Move about town.".into(), goals: vec![goal(1)] }],
        }
    }

    fn goal(number: u128) -> GoalId {
        GoalId(Uuid::from_u128(number))
    }

    fn plan(number: u128, words: PlanWords) -> (PlanId, HeldPlan) {
        (PlanId(Uuid::from_u128(number)), HeldPlan::write(words).unwrap())
    }

    #[test]
    fn a_plan_says_what_is_missing_when_it_is_written() {
        for (words, fault) in [
            (PlanWords { name: " ".into(), ..words() }, PlanFault::NoName),
            (PlanWords { holder: String::new(), ..words() }, PlanFault::NoHolder),
            (PlanWords { until: Some(date(2026, 5, 31)), ..words() }, PlanFault::EndsFirst),
            (PlanWords { name: "x".repeat(FIELD_LIMIT + 1), ..words() }, PlanFault::TooLong),
        ] {
            assert_eq!(HeldPlan::write(words), Err(fault));
        }
    }

    /// Missouri asks that goals stand in the plan in force; elsewhere nobody is reminded of it.
    ///
    /// covers: MO-07
    #[test]
    fn a_goal_that_no_plan_in_force_speaks_of_is_a_reminder_where_the_pack_asks() {
        let plans = [plan(1, words())];
        let goals = [goal(1), goal(2)];
        assert_eq!(gaps(&plans, &goals, true, TODAY), [Gap::Unlinked { goal: goal(2) }]);
        assert_eq!(gaps(&plans, &goals, false, TODAY), []);
        assert_eq!(gaps(&[], &goals, true, TODAY), [Gap::NoPlan]);
        assert_eq!(gaps(&[], &goals, false, TODAY), []);
    }

    #[test]
    fn a_plan_that_ended_is_named_until_another_counts() {
        let old = plan(1, PlanWords { until: Some(date(2026, 11, 18)), ..words() });
        let ended = Gap::Ended { plan: old.0, on: date(2026, 11, 18) };
        assert_eq!(gaps(std::slice::from_ref(&old), &[goal(1)], true, TODAY), [ended]);
        let new = plan(2, PlanWords { from: TODAY, ..words() });
        assert_eq!(gaps(&[old, new], &[goal(1)], true, TODAY), []);
    }

    #[test]
    fn a_plan_that_ends_soon_is_named_unless_another_follows() {
        let on = date(2026, 12, 1);
        let ending = plan(1, PlanWords { until: Some(on), ..words() });
        assert_eq!(
            gaps(std::slice::from_ref(&ending), &[], false, TODAY),
            [Gap::EndsSoon { plan: ending.0, on }]
        );
        let next = plan(2, PlanWords { from: date(2026, 12, 2), until: None, ..words() });
        assert_eq!(gaps(&[ending.clone(), next], &[], false, TODAY), []);
        let endless = plan(3, PlanWords { until: None, ..words() });
        assert_eq!(gaps(&[ending, endless], &[], false, TODAY), []);
    }

    proptest! {
        /// On every day each open goal is either spoken of by a plan in force or named, where the pack asks; where it does
        /// not, no goal is ever named.
        #[test]
        fn no_goal_is_forgotten_and_none_is_named_for_nothing(
            spans in prop::collection::vec((0..400i64, prop::option::of(0..400i64), 0..4u128), 0..5),
            at in 0..500i64,
            links: bool,
        ) {
            let day = |days: i64| date(2026, 1, 1) + jiff::Span::new().days(days);
            let plans: Vec<_> = spans.iter().zip(1..).map(|((from, length, about), id)| plan(id, PlanWords {
                from: day(*from),
                until: length.map(|length| day(from + length)),
                objectives: vec![Objective { words: "x".into(), goals: vec![goal(*about)] }],
                ..words()
            })).collect();
            let goals: Vec<GoalId> = (0..4).map(goal).collect();
            let today = day(at);
            let found = gaps(&plans, &goals, links, today);
            let counting: Vec<_> = plans.iter().filter(|(_, plan)| plan.in_force(today)).collect();
            for one in &goals {
                let spoken = counting.iter().any(|(_, plan)| plan.says_of(*one).next().is_some());
                let named = found.contains(&Gap::Unlinked { goal: *one });
                prop_assert_eq!(named, links && !counting.is_empty() && !spoken);
            }
            let ended = found.iter().any(|gap| matches!(gap, Gap::Ended { .. } | Gap::NoPlan));
            prop_assert!(!ended || counting.is_empty());
        }
    }
}
