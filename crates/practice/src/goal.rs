//! What the person wants, in their own words; beside it, apart, what the plan calls it, the steps there, what is in the
//! way, and how near it feels.

use crate::person::FIELD_LIMIT;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A goal. Its words are the person's from the first day to the last: nothing here changes them. Only the person says
/// that a step is done, how near it feels, and that it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    words: String,
    since: Date,
    #[serde(flatten)]
    standing: Standing,
    #[serde(default)]
    areas: Vec<String>,
    #[serde(default)]
    plan_words: String,
    #[serde(default)]
    steps: Vec<Step>,
    #[serde(default)]
    in_the_way: Vec<Barrier>,
    #[serde(default)]
    ratings: Vec<Rating>,
}

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Standing {
    /// Being worked on.
    Open,
    /// Reached, as the person says.
    Reached {
        /// On which day.
        on: Date,
    },
    /// Set aside; it can be taken up again as a new goal.
    SetAside {
        /// On which day.
        on: Date,
    },
}

/// One step on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Tells it from the others of the same goal, whatever its words become.
    pub number: u32,
    /// What is done.
    pub what: String,
    /// By when, if there is a day.
    pub by: Option<Date>,
    /// Who helps; may be empty.
    pub helps: String,
    /// On which day the person said that it is done.
    pub done: Option<Date>,
}

/// What kind of thing is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BarrierKind {
    /// How the person feels, or what treatment does to them.
    Body,
    /// What others believe.
    Others,
    /// What they tell themself.
    Thoughts,
    /// What they lack: money, a ride, a place.
    Lack,
}

impl BarrierKind {
    /// Every kind, in the order asked.
    pub const ALL: [BarrierKind; 4] =
        [BarrierKind::Body, BarrierKind::Others, BarrierKind::Thoughts, BarrierKind::Lack];

    /// The name in forms and sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            BarrierKind::Body => "body",
            BarrierKind::Others => "others",
            BarrierKind::Thoughts => "thoughts",
            BarrierKind::Lack => "lack",
        }
    }
}

/// Something in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barrier {
    /// Of what kind.
    pub kind: BarrierKind,
    /// What it is.
    pub what: String,
    /// Who helps with it; may be empty.
    pub helps: String,
}

/// A number from 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Ten(u8);

/// Not a number from 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number from 0 to 10")]
pub struct NotTen;

impl TryFrom<u8> for Ten {
    type Error = NotTen;
    fn try_from(number: u8) -> Result<Ten, NotTen> {
        if number <= 10 { Ok(Ten(number)) } else { Err(NotTen) }
    }
}

impl From<Ten> for u8 {
    fn from(ten: Ten) -> u8 {
        ten.0
    }
}

impl std::str::FromStr for Ten {
    type Err = NotTen;
    fn from_str(text: &str) -> Result<Ten, NotTen> {
        text.parse::<u8>().map_err(|_| NotTen)?.try_into()
    }
}

/// How near the goal felt on one day, as the person says. It is kept as it was said; a new day adds a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// On which day.
    pub on: Date,
    /// How near it feels.
    pub near: Ten,
    /// How sure they are about the next step.
    pub sure: Option<Ten>,
    /// Their words; may be empty.
    pub words: String,
}

/// A step as it is written: without a number it is new.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStep {
    /// Which step is written anew.
    pub number: Option<u32>,
    /// What is done. A step without words is left out.
    pub what: String,
    /// By when.
    pub by: Option<Date>,
    /// Who helps.
    pub helps: String,
}

/// What is written about the way to a goal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Which parts of life it is about, by the pack's names.
    pub areas: Vec<String>,
    /// What the plan calls the goal; `None` leaves it as it is.
    pub plan_words: Option<String>,
    /// The steps still to do, in order.
    pub steps: Vec<PlannedStep>,
    /// What is in the way. A barrier without words is left out.
    pub in_the_way: Vec<Barrier>,
}

/// How a goal was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The person says they got there.
    Reached,
    /// The person sets it aside.
    SetAside,
}

/// Why a goal can't be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GoalFault {
    /// No words.
    #[error("a goal needs the person's words")]
    NoWords,
    /// It is closed already.
    #[error("the goal is closed already")]
    Closed,
    /// It has no such step.
    #[error("the goal has no such step")]
    NoSuchStep,
    /// A text is longer than [`FIELD_LIMIT`].
    #[error("a text is too long")]
    TooLong,
}

fn text(typed: &str) -> Result<String, GoalFault> {
    let text = typed.trim();
    if text.chars().count() > FIELD_LIMIT { Err(GoalFault::TooLong) } else { Ok(text.to_owned()) }
}

impl Goal {
    /// Says a goal.
    ///
    /// # Errors
    /// When there are no words, or too many.
    pub fn say(words: &str, since: Date) -> Result<Goal, GoalFault> {
        let words = text(words)?;
        if words.is_empty() {
            return Err(GoalFault::NoWords);
        }
        Ok(Goal {
            words,
            since,
            standing: Standing::Open,
            areas: Vec::new(),
            plan_words: String::new(),
            steps: Vec::new(),
            in_the_way: Vec::new(),
            ratings: Vec::new(),
        })
    }

    /// The person's words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Since which day it was worked on.
    pub fn since(&self) -> Date {
        self.since
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Which parts of life it is about, by the pack's names.
    pub fn areas(&self) -> &[String] {
        &self.areas
    }

    /// What the plan calls it; empty when nobody wrote that.
    pub fn plan_words(&self) -> &str {
        &self.plan_words
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The first step that is not done.
    pub fn next_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.done.is_none())
    }

    /// What is in the way.
    pub fn in_the_way(&self) -> &[Barrier] {
        &self.in_the_way
    }

    /// How near it felt, the first day first.
    pub fn ratings(&self) -> &[Rating] {
        &self.ratings
    }

    /// Whether it is being worked on.
    pub fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    fn open(self) -> Result<Goal, GoalFault> {
        if self.is_open() { Ok(self) } else { Err(GoalFault::Closed) }
    }

    /// Writes the way there: what the plan calls it, the steps still to do, what is in the way. A step that is done stays
    /// as it was when the person said so.
    ///
    /// # Errors
    /// When the goal is closed, a step is none of the steps still to do, or a text is too long.
    pub fn plan(self, plan: Plan) -> Result<Goal, GoalFault> {
        let mut goal = self.open()?;
        let mut next = goal.steps.iter().map(|step| step.number).max().unwrap_or(0);
        let (mut steps, to_do): (Vec<Step>, Vec<Step>) =
            std::mem::take(&mut goal.steps).into_iter().partition(|step| step.done.is_some());
        let mut seen = Vec::new();
        for planned in plan.steps {
            if let Some(number) = planned.number {
                if seen.contains(&number) || !to_do.iter().any(|step| step.number == number) {
                    return Err(GoalFault::NoSuchStep);
                }
                seen.push(number);
            }
            let what = text(&planned.what)?;
            if what.is_empty() {
                continue;
            }
            let number = planned.number.unwrap_or_else(|| {
                next += 1;
                next
            });
            steps.push(Step { number, what, by: planned.by, helps: text(&planned.helps)?, done: None });
        }
        let mut in_the_way = Vec::new();
        for barrier in plan.in_the_way {
            let what = text(&barrier.what)?;
            if !what.is_empty() {
                in_the_way.push(Barrier { what, helps: text(&barrier.helps)?, ..barrier });
            }
        }
        goal.areas.clear();
        for area in plan.areas {
            if !goal.areas.contains(&area) {
                goal.areas.push(text(&area)?);
            }
        }
        if let Some(words) = plan.plan_words {
            goal.plan_words = text(&words)?;
        }
        Ok(Goal { steps, in_the_way, ..goal })
    }

    /// Says that a step is done, on that day, or that it is not.
    ///
    /// # Errors
    /// When the goal is closed or has no such step.
    pub fn step_done(self, number: u32, done: Option<Date>) -> Result<Goal, GoalFault> {
        let mut goal = self.open()?;
        let step = goal.steps.iter_mut().find(|step| step.number == number).ok_or(GoalFault::NoSuchStep)?;
        step.done = done;
        Ok(goal)
    }

    /// Adds how near it feels today. What was said before stays.
    ///
    /// # Errors
    /// When the goal is closed or the words are too long.
    pub fn rate(self, rating: Rating) -> Result<Goal, GoalFault> {
        let mut goal = self.open()?;
        goal.ratings.push(Rating { words: text(&rating.words)?, ..rating });
        Ok(goal)
    }

    /// Closes it, as the person says.
    ///
    /// # Errors
    /// When it is closed already.
    pub fn close(self, how: Closing, on: Date) -> Result<Goal, GoalFault> {
        let standing = match how {
            Closing::Reached => Standing::Reached { on },
            Closing::SetAside => Standing::SetAside { on },
        };
        Ok(Goal { standing, ..self.open()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const DAY: Date = date(2026, 2, 1);

    fn step(number: Option<u32>, what: &str) -> PlannedStep {
        PlannedStep { number, what: what.into(), ..PlannedStep::default() }
    }

    #[test]
    fn the_words_stay_the_persons_through_every_state() {
        let goal = Goal::say("  I want my own keys. ", DAY).unwrap();
        assert_eq!(goal.words(), "I want my own keys.");
        let reached = goal.close(Closing::Reached, date(2026, 5, 1)).unwrap();
        assert_eq!(reached.words(), "I want my own keys.");
        assert_eq!(reached.close(Closing::SetAside, date(2026, 5, 2)), Err(GoalFault::Closed));
        assert_eq!(Goal::say(" \n", DAY), Err(GoalFault::NoWords));
    }

    /// What was sealed when a goal was one sentence still reads, and says the same.
    #[test]
    fn a_goal_of_one_sentence_still_reads() {
        let old = [
            r#"{"state":"open","words":"My own keys.","since":"2026-02-01"}"#,
            r#"{"state":"reached","words":"My own keys.","since":"2026-02-01","on":"2026-05-01"}"#,
            r#"{"state":"set_aside","words":"My own keys.","since":"2026-02-01","on":"2026-05-01"}"#,
        ];
        let goal = Goal::say("My own keys.", DAY).unwrap();
        let closed = |how| goal.clone().close(how, date(2026, 5, 1)).unwrap();
        for (old, new) in old.iter().zip([goal.clone(), closed(Closing::Reached), closed(Closing::SetAside)])
        {
            assert_eq!(serde_json::from_str::<Goal>(old).unwrap(), new);
        }
    }

    #[test]
    fn a_step_that_is_done_is_written_by_nobody() {
        let plan = |steps| Plan { steps, ..Plan::default() };
        let goal = Goal::say("My own keys.", DAY).unwrap();
        let goal = goal.plan(plan(vec![step(None, "Call the office"), step(None, "See a room")])).unwrap();
        let goal = goal.step_done(1, Some(DAY)).unwrap();
        assert_eq!(goal.next_step().map(|step| step.number), Some(2));
        let taken = goal.clone().plan(plan(vec![step(Some(1), "Something else")]));
        assert_eq!(taken, Err(GoalFault::NoSuchStep));
        let goal = goal.plan(plan(vec![step(Some(2), " "), step(None, "Ask Ana")])).unwrap();
        let left: Vec<_> = goal.steps().iter().map(|step| (step.number, step.what.as_str())).collect();
        assert_eq!(left, [(1, "Call the office"), (3, "Ask Ana")]);
        assert_eq!(goal.step_done(9, Some(DAY)), Err(GoalFault::NoSuchStep));
    }

    #[derive(Debug, Clone)]
    enum Change {
        Plan(Option<String>, Vec<(Option<u32>, String)>),
        Done(u32, bool),
        Rate(u8, String),
        Close(bool),
    }

    fn change() -> impl Strategy<Value = Change> {
        let step = (prop::option::of(0..6u32), "[a-z ]{0,6}");
        prop_oneof![
            4 => (prop::option::of("[a-z ]{0,6}"), prop::collection::vec(step, 0..4))
                .prop_map(|(words, steps)| Change::Plan(words, steps)),
            4 => (0..6u32, any::<bool>()).prop_map(|(number, done)| Change::Done(number, done)),
            4 => (0..=10u8, "[a-z ]{0,6}").prop_map(|(near, words)| Change::Rate(near, words)),
            1 => any::<bool>().prop_map(Change::Close),
        ]
    }

    proptest! {
        /// Whatever is done with a goal: the person's words stay, what they said of a day stays and only more is added,
        /// steps keep numbers of their own, a closed goal stays as it is, and all of it reads again as it was written.
        #[test]
        fn no_change_takes_anything_the_person_said(changes in prop::collection::vec(change(), 0..24)) {
            let mut goal = Goal::say("My own keys.", DAY).unwrap();
            for change in changes {
                let before = goal.clone();
                let after = match change {
                    Change::Plan(plan_words, steps) => {
                        let steps = steps.iter().map(|(number, what)| step(*number, what)).collect();
                        goal.clone().plan(Plan { plan_words, steps, ..Plan::default() })
                    }
                    Change::Done(number, done) => goal.clone().step_done(number, done.then_some(DAY)),
                    Change::Rate(near, words) => goal.clone().rate(Rating {
                        on: DAY,
                        near: near.try_into().unwrap(),
                        sure: None,
                        words,
                    }),
                    Change::Close(reached) => {
                        goal.clone().close(if reached { Closing::Reached } else { Closing::SetAside }, DAY)
                    }
                };
                prop_assert!(before.is_open() || after.is_err());
                goal = after.unwrap_or(before.clone());
                prop_assert_eq!(goal.words(), "My own keys.");
                prop_assert_eq!(goal.since(), DAY);
                prop_assert!(goal.ratings().starts_with(before.ratings()));
                let mut numbers: Vec<u32> = goal.steps().iter().map(|step| step.number).collect();
                numbers.sort_unstable();
                prop_assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
                let body = serde_json::to_vec(&goal).unwrap();
                prop_assert_eq!(&serde_json::from_slice::<Goal>(&body).unwrap(), &goal);
            }
        }

        #[test]
        fn ten_is_the_most(number: u8) {
            prop_assert_eq!(Ten::try_from(number).is_ok(), number <= 10);
            prop_assert_eq!(number.to_string().parse::<Ten>().is_ok(), number <= 10);
        }
    }
}
