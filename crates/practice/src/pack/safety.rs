//! What a pack says about safety: the ladder a programme starts from, and the steps that the law asks of whoever reports.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Source;
use super::entry::Noun;
use super::read::{Entry, no_such};
use super::rules::closed_names;
use crate::ladder::Called;
use crate::means::Means;
use crate::safety::Kind;
use crate::{Role, Text};

closed_names! {
    /// Which of the two clocks beside the trigger a step belongs to.
    StepClock {
        /// What is told to the state.
        Outside = "outside",
        /// What is done inside of the programme.
        Inside = "inside",
    }
}

/// One rung of the ladder that a programme starts from. Its own ladder takes the place of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungOffer {
    /// Its name.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// Who is called.
    pub who: Called,
    /// By which means, beside the page.
    pub means: BTreeSet<Means>,
    /// Minutes until the next.
    pub wait_minutes: u32,
    /// Where it comes from.
    pub source: Source,
}

impl Noun for RungOffer {
    const TABLE: &'static str = "ladder_rung";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let who = entry.one_of("who", Called::NAMES);
        let names = Means::ALL.map(|means| (means.as_str(), means));
        let texts = entry.texts("means").unwrap_or_default();
        let mut means = BTreeSet::new();
        for text in &texts {
            match Means::parse(text) {
                Some(known) => drop(means.insert(known)),
                None => entry.fault_at("means", no_such("means", text, &names)),
            }
        }
        let wait_minutes = entry.number("wait_minutes");
        if wait_minutes == Some(0) {
            entry.fault_at("wait_minutes", "a rung waits at least 1 minute");
        }
        Some(RungOffer {
            id: id.to_owned(),
            name: name?,
            who: who?,
            means,
            wait_minutes: wait_minutes?,
            source: source.clone(),
        })
    }
}

/// One step that the law or the programme asks of whoever reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafetyStep {
    /// Its name in records.
    pub id: String,
    /// What to do.
    pub name: Text,
    /// To whom.
    pub to: Text,
    /// How: by phone, in writing.
    pub how: Text,
    /// For which kinds of report.
    pub kinds: BTreeSet<Kind>,
    /// Which clock it belongs to.
    pub clock: StepClock,
    /// Within how many hours of knowing; 0 is at once.
    pub within_hours: u32,
    /// A number to call, where the source gives one.
    pub call: Option<String>,
    /// Whether whoever takes the call gives a reference to write down.
    pub asks_reference: bool,
    /// Where it comes from.
    pub source: Source,
}

impl Noun for SafetyStep {
    const TABLE: &'static str = "safety_step";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let to = entry.words("to");
        let how = entry.words("how");
        let mut kinds = BTreeSet::new();
        for text in entry.texts("kinds").unwrap_or_default() {
            match Kind::parse(&text) {
                Some(kind) => drop(kinds.insert(kind)),
                None => entry.fault_at("kinds", no_such("kind of report", &text, Kind::NAMES)),
            }
        }
        if kinds.is_empty() {
            entry.fault("a step says for which kinds of report it is: kinds = [\"child_abuse\"]");
        }
        let clock = entry.one_of("clock", StepClock::NAMES);
        let within_hours = entry.maybe_number("within_hours").unwrap_or(0);
        let call = entry.maybe_text("call");
        let asks_reference = entry.maybe_flag("asks_reference").unwrap_or(false);
        Some(SafetyStep {
            id: id.to_owned(),
            name: name?,
            to: to?,
            how: how?,
            kinds,
            clock: clock?,
            within_hours,
            call,
            asks_reference,
            source: source.clone(),
        })
    }
}

/// What holds about safety for a programme on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafetyRules {
    /// The ladder to start from.
    pub rungs: Vec<RungOffer>,
    /// Minutes after which everybody is called again.
    pub again_minutes: u32,
    /// What the law and the programme ask, in order.
    pub steps: Vec<SafetyStep>,
    /// Who decides that a person is not told for now.
    pub withheld_by: Role,
    /// In how many minutes somebody should have taken a report.
    pub aim_minutes: u32,
    /// In how many hours a question to one's supervisor is answered.
    pub counsel_hours: u32,
}

impl SafetyRules {
    /// The steps for a kind of report, those to the state first.
    pub fn steps_for(&self, kind: Kind) -> impl Iterator<Item = &SafetyStep> {
        let of = move |clock| {
            self.steps.iter().filter(move |step| step.clock == clock && step.kinds.contains(&kind))
        };
        of(StepClock::Outside).chain(of(StepClock::Inside))
    }
}
