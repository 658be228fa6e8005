//! The ladder: who is called, one after the other, until a human being says "I will take this".
//!
//! Everything here is pure: the ladder, who is there, how far it has come and the time go in; which calls are due, who is
//! next and what a page may say come out. Where it stands is two numbers, so that any server can go on from there.

mod rota;
#[cfg(test)]
mod tests;

pub use rota::{Cover, Gap, Rota, RotaDay, RotaFault, Shift};

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::AccountId;
use crate::means::Means;
use crate::pack::{RungOffer, SafetyRules};

/// The longest wait of one rung, in seconds: a day.
pub const LONGEST_WAIT: u32 = 24 * 3600;

/// Who a rung calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Called {
    /// Whoever supervises the one who reports.
    Supervisor,
    /// Whoever deputises for that supervisor.
    Deputy,
    /// Whoever is on call by the rota.
    OnCall,
    /// Everybody who supervises here.
    Supervisors,
    /// This one.
    Named(AccountId),
}

impl Called {
    /// What a pack can ask for; only a programme knows names.
    pub(crate) const NAMES: &'static [(&'static str, Called)] = &[
        ("supervisor", Called::Supervisor),
        ("deputy", Called::Deputy),
        ("on_call", Called::OnCall),
        ("supervisors", Called::Supervisors),
    ];

    /// The name in packs and forms; `named` for somebody in particular.
    pub fn as_str(self) -> &'static str {
        match self {
            Called::Supervisor => "supervisor",
            Called::Deputy => "deputy",
            Called::OnCall => "on_call",
            Called::Supervisors => "supervisors",
            Called::Named(_) => "named",
        }
    }

    /// Reads the name in forms: one of the names in packs, or an account's id.
    pub fn parse(text: &str) -> Option<Called> {
        let known = Called::NAMES.iter().find(|(name, _)| *name == text).map(|(_, called)| *called);
        known.or_else(|| text.parse().ok().map(Called::Named))
    }
}

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Who is called.
    pub who: Called,
    /// By which means, beside the page, which is always there.
    pub means: BTreeSet<Means>,
    /// Seconds until the next rung, when nobody takes it.
    pub wait: u32,
}

/// The rungs in order, and what happens after the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// The first is called at once.
    pub rungs: Vec<Rung>,
    /// After the last rung everybody on the ladder is called again, each so many seconds.
    pub again: u32,
    /// How many hours that goes on. Without a number until somebody takes it.
    pub hours: Option<u32>,
}

/// Why a ladder can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LadderFault {
    /// It has no rung.
    #[error("a ladder needs a rung")]
    NoRung,
    /// A rung waits not at all, or longer than a day. Counted from 1.
    #[error("rung {0} waits at least a second and at most a day")]
    Wait(usize),
    /// The calls after the last rung come too fast or too slowly.
    #[error("calls are repeated after at least a second and at most a day")]
    Again,
}

/// Who is there, at one moment, for one report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// Who supervises the one who reports.
    pub supervisor: Vec<AccountId>,
    /// Who deputises for them.
    pub deputies: Vec<AccountId>,
    /// Who is on call now, deputies after those they stand in for.
    pub on_call: Vec<AccountId>,
    /// Everybody who supervises here.
    pub supervisors: Vec<AccountId>,
    /// Everybody who works here now.
    pub here: BTreeSet<AccountId>,
    /// Who is called when nobody of the ladder is left.
    pub everybody: Vec<AccountId>,
    /// Who must not be called: whom the report is about, and whoever made it.
    pub not: BTreeSet<AccountId>,
}

impl Roster {
    /// Whom a rung calls now. Whoever has left, and whom the report is about, is not among them.
    pub fn called(&self, who: Called) -> Vec<AccountId> {
        let named: &[AccountId] = match &who {
            Called::Supervisor => &self.supervisor,
            Called::Deputy => &self.deputies,
            Called::OnCall => &self.on_call,
            Called::Supervisors => &self.supervisors,
            Called::Named(one) => std::slice::from_ref(one),
        };
        self.of(named)
    }

    fn of(&self, named: &[AccountId]) -> Vec<AccountId> {
        let mut found = Vec::new();
        for one in named {
            if self.here.contains(one) && !self.not.contains(one) && !found.contains(one) {
                found.push(*one);
            }
        }
        found
    }
}

/// What a programme chose: its ladder, its rota, and the numbers it knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Who is called.
    pub ladder: Ladder,
    /// Who is on call when.
    pub rota: Rota,
    /// Numbers to call, by what they are for: [`Plan::CRISIS_TEAM`], [`Plan::WARMLINE`], or the id of a step of the pack.
    pub numbers: BTreeMap<String, String>,
}

impl Plan {
    /// A team that comes to somebody in a crisis.
    pub const CRISIS_TEAM: &'static str = "mobile_crisis_team";
    /// Somebody to talk to who has been there, before it is a crisis.
    pub const WARMLINE: &'static str = "warmline";

    /// What a programme begins with: the rungs of its pack, and nobody on call yet.
    pub fn offered(rules: &SafetyRules) -> Plan {
        let rung = |offer: &RungOffer| Rung {
            who: offer.who,
            means: offer.means.clone(),
            wait: offer.wait_minutes.saturating_mul(60),
        };
        Plan {
            ladder: Ladder {
                rungs: rules.rungs.iter().map(rung).collect(),
                again: rules.again_minutes.saturating_mul(60),
                hours: None,
            },
            rota: Rota::default(),
            numbers: BTreeMap::new(),
        }
    }
}

/// How far a ladder has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// When it began.
    pub started: Timestamp,
    /// Somebody to be called before the first rung: to whom a report was handed.
    pub first: Option<AccountId>,
    /// The number of the next step, from 0.
    pub step: u32,
    /// When that step is due; none when there is none any more.
    pub due: Option<Timestamp>,
}

impl Run {
    /// A ladder that begins now.
    pub fn begin(now: Timestamp, first: Option<AccountId>) -> Run {
        Run { started: now, first, step: 0, due: Some(now) }
    }
}

/// Where on the ladder a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Whoever it was handed to.
    HandedTo,
    /// A rung, from 0.
    Rung(usize),
    /// Everybody again, for the nth time, from 1.
    Again(u32),
}

/// One step: who is called, by which means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number, from 0.
    pub number: u32,
    /// Where it stands.
    pub place: Place,
    /// When it was due.
    pub due: Timestamp,
    /// Who is called. Never empty.
    pub who: Vec<AccountId>,
    /// By which means, beside the page.
    pub means: BTreeSet<Means>,
}

fn after(from: Timestamp, seconds: u32) -> Timestamp {
    from.saturating_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(Timestamp::MAX)
}

impl Ladder {
    /// Whether it can be used.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn check(&self) -> Result<(), Vec<LadderFault>> {
        let mut faults = Vec::new();
        if self.rungs.is_empty() {
            faults.push(LadderFault::NoRung);
        }
        let fits = |seconds: u32| (1..=LONGEST_WAIT).contains(&seconds);
        for (at, rung) in self.rungs.iter().enumerate() {
            if !fits(rung.wait) {
                faults.push(LadderFault::Wait(at + 1));
            }
        }
        if !fits(self.again) {
            faults.push(LadderFault::Again);
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Every means on it.
    pub fn means(&self) -> BTreeSet<Means> {
        self.rungs.iter().flat_map(|rung| rung.means.iter().copied()).collect()
    }

    /// Everybody on it now.
    pub fn on_it(&self, roster: &Roster) -> Vec<AccountId> {
        let mut all: Vec<AccountId> = Vec::new();
        for one in self.rungs.iter().flat_map(|rung| roster.called(rung.who)) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }

    /// Everybody on it now; when nobody of them is left, everybody there is.
    pub fn everybody(&self, roster: &Roster) -> Vec<AccountId> {
        let all = self.on_it(roster);
        if all.is_empty() { roster.of(&roster.everybody) } else { all }
    }

    fn place(&self, run: &Run) -> Place {
        let before = u32::from(run.first.is_some());
        if run.step < before {
            return Place::HandedTo;
        }
        let rung = (run.step - before) as usize;
        if rung < self.rungs.len() {
            Place::Rung(rung)
        } else {
            Place::Again((rung - self.rungs.len()) as u32 + 1)
        }
    }

    /// The steps that are due now, the earliest first, and how far the ladder has come with them. A rung on which nobody
    /// is left costs no time. Rungs that were due while no server ran are all climbed; repeated calls that were due
    /// meanwhile are made once.
    pub fn climb(&self, mut run: Run, roster: &Roster, now: Timestamp) -> (Vec<Step>, Run) {
        let again = self.again.max(1);
        let mut steps = Vec::new();
        while let Some(mut due) = run.due.filter(|due| *due <= now) {
            let place = self.place(&run);
            let (who, means, wait) = match place {
                Place::HandedTo => {
                    let who = run.first.map_or_else(Vec::new, |one| roster.called(Called::Named(one)));
                    (who, self.means(), self.rungs.first().map_or(again, |rung| rung.wait))
                }
                Place::Rung(at) => {
                    let rung = &self.rungs[at];
                    (roster.called(rung.who), rung.means.clone(), rung.wait)
                }
                Place::Again(_) => {
                    // One call for all that were missed, at the place in time of the last of them.
                    let behind = now.duration_since(due).as_secs() / i64::from(again);
                    due = after(due, u32::try_from(behind).unwrap_or(0).saturating_mul(again));
                    let end = self.hours.map(|hours| after(run.started, hours.saturating_mul(3600)));
                    if end.is_some_and(|end| due > end) {
                        run.due = None;
                        break;
                    }
                    (self.everybody(roster), self.means(), again)
                }
            };
            let number = run.step;
            run.step += 1;
            if who.is_empty() && !matches!(place, Place::Again(_)) {
                continue;
            }
            run.due = Some(after(due, wait.max(1)));
            if !who.is_empty() {
                steps.push(Step { number, place, due, who, means });
            }
        }
        (steps, run)
    }

    /// The next steps that are still to come if nobody takes it, with whom they would call as things stand now.
    pub fn ahead(&self, run: Run, roster: &Roster, count: usize) -> Vec<Step> {
        let mut run = run;
        let mut coming = Vec::new();
        // A rung without anybody gives no step, and a ladder without anybody gives none at all.
        for _ in 0..self.rungs.len() + 1 + count {
            let Some(due) = run.due.filter(|_| coming.len() < count) else { break };
            let (steps, next) = self.climb(run, roster, due);
            coming.extend(steps);
            run = next;
        }
        coming.truncate(count);
        coming
    }
}

/// What became of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Went {
    /// It is still to go out, or was tried without success and will be again.
    Waiting,
    /// It went out.
    Out,
    /// It can't go out: there is no address for it, or nothing to send it with.
    NoWay,
}

/// One call that was made, as far as pages speak of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// In which step.
    pub step: u32,
    /// To whom.
    pub who: AccountId,
    /// By which means; none for the page.
    pub means: Option<Means>,
    /// What became of it.
    pub went: Went,
    /// Whether this means was answered by them in a test call.
    pub proven: bool,
}

/// What a page may say while nobody has taken it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// Their phones ring: a call went out by a means that was answered in a test call.
    Ringing(Vec<AccountId>),
    /// Nobody's phone is known to ring: the reader calls these themself.
    CallThem(Vec<AccountId>),
    /// There is nobody to call.
    Nobody,
}

/// What the calls of the newest step let a page say. Only a means that makes a phone ring, really went out and was answered
/// in a test call lets it say that somebody is being called.
pub fn saying(made: &[Made]) -> Saying {
    let Some(newest) = made.iter().map(|call| call.step).max() else { return Saying::Nobody };
    let of_step = || made.iter().filter(|call| call.step == newest);
    let distinct = |calls: &mut dyn Iterator<Item = &Made>| {
        let mut who: Vec<AccountId> = Vec::new();
        for call in calls {
            if !who.contains(&call.who) {
                who.push(call.who);
            }
        }
        who
    };
    let rings = |call: &&Made| call.went == Went::Out && call.proven && call.means.is_some_and(Means::rings);
    let ringing = distinct(&mut of_step().filter(rings));
    if ringing.is_empty() { Saying::CallThem(distinct(&mut of_step())) } else { Saying::Ringing(ringing) }
}
