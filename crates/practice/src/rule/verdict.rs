//! How one requirement stands on one day.

use jiff::civil::Date;

use super::book::{InForce, Segment};
use super::day::{Next, days_on, months_on};
use super::fact::Facts;
use super::requirement::{Amount, Branch, Kind, Requirement, Task};
use super::{continuing, day, experience, supervision};

/// Whether a requirement is met; the greater, the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Met,
    NotYet,
    No,
}

/// What was found, so that pages can say it in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// All is well.
    Fine,
    /// Nothing is due yet.
    NothingDue,
    /// There is nothing on file.
    Missing,
    /// It was good, up to and with this day.
    Ended {
        /// The last day.
        last: Date,
    },
    /// It begins on this day.
    From {
        /// The first day.
        day: Date,
    },
    /// There is some, and not enough.
    Less {
        /// How much there is.
        have: u32,
        /// How much is needed.
        need: u32,
        /// Of what.
        unit: Unit,
    },
    /// These topics are missing.
    Topics {
        /// Their names.
        missing: Vec<String>,
    },
    /// The exam was taken and not passed.
    NotPassed,
    /// The paper says that not all is well.
    NotClear,
    /// The version that was read is not the one in force.
    OldVersion {
        /// The one in force.
        version: String,
    },
    /// Hours are to be handed in by this day.
    HandIn {
        /// The last day.
        by: Date,
        /// Whether there is a fee by now.
        late: bool,
        /// Whether the hours are together.
        complete: bool,
    },
    /// The hours are handed in.
    HandedIn,
    /// The certificate is inactive since this day.
    Inactive {
        /// The first day.
        since: Date,
    },
    /// So long ended that one begins again, since this day.
    Void {
        /// The first day.
        since: Date,
    },
    /// Supervision was due by this day.
    Overdue {
        /// The last day it was due, where one day can be named.
        due: Option<Date>,
    },
    /// Supervision is due by this day.
    Due {
        /// The last day.
        by: Date,
    },
    /// They would supervise themselves, through others.
    Chain,
    /// They are not one of those who may supervise.
    NotASupervisor,
    /// So many of the parts are met.
    Parts {
        /// How many.
        have: u32,
        /// How many are needed.
        need: u32,
    },
    /// The programme has to choose this setting first.
    Choose {
        /// Its id.
        setting: String,
    },
    /// The programme lifted it, up to and with this day.
    Waived {
        /// The last day.
        until: Date,
    },
}

/// Of what there is less than needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Minutes; pages show hours.
    Minutes,
    /// Separate events.
    Events,
    /// Whole months of work.
    Months,
    /// Something that is counted, such as systems navigated.
    Count,
    /// Points of a hundred.
    Points,
}

/// How a requirement stands on a day, and until when that is sure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) state: State,
    pub(crate) finding: Finding,
    /// The next day on which `state` may differ. Before it nothing changes.
    pub(crate) changes: Option<Date>,
}

impl Verdict {
    pub(super) fn new(met: bool, finding: Finding, changes: Next) -> Verdict {
        let state = if met { State::Met } else { State::NotYet };
        Verdict { state, finding, changes: changes.day() }
    }

    pub(super) fn no(finding: Finding, changes: Next) -> Verdict {
        Verdict { state: State::No, finding, changes: changes.day() }
    }
}

/// Which side of continuing education is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// Whether what it keeps alive stands.
    Holds,
    /// Whether the hours are together and can be handed in.
    Ready,
}

/// Judges the entry at this place of a segment.
pub(crate) fn judge(segment: &Segment, at: usize, view: View, facts: &Facts, day: Date) -> Verdict {
    let entry = &segment.entries[at];
    let mut verdict = match &entry.choose {
        Some(setting) => Verdict::new(false, Finding::Choose { setting: setting.clone() }, Next::after(day)),
        None => found(segment, entry, view, facts, day),
    };
    waive(entry, facts, day, &mut verdict);
    verdict
}

/// A rule of the programme's own that it lifted counts as met, for as long as the pack allows.
fn waive(entry: &InForce, facts: &Facts, day: Date, verdict: &mut Verdict) {
    let Some(waivable) = entry.requirement.waivable.as_ref().filter(|_| entry.adopted) else { return };
    let mut next = Next::after(day);
    next.maybe(verdict.changes);
    for waiver in facts.waivers.iter().filter(|waiver| waiver.requirement == entry.requirement.id) {
        let last = waiver.until.min(days_on(waiver.from, waivable.days.saturating_sub(1)));
        next.on(waiver.from);
        next.ends(last);
        if waiver.from <= day && day <= last && verdict.state != State::Met {
            verdict.state = State::Met;
            verdict.finding = Finding::Waived { until: last };
        }
    }
    verdict.changes = next.day();
}

fn found(segment: &Segment, entry: &InForce, view: View, facts: &Facts, day: Date) -> Verdict {
    match &entry.requirement.kind {
        Kind::Age { years } => age(years.number(), facts, day),
        Kind::Education { branches } => education(branches, facts, day),
        Kind::Attested { what, count } => attested(what, *count, facts, day),
        Kind::Paper { papers, months, void_after } => {
            paper(papers, months.as_ref(), void_after.as_ref(), facts, day)
        }
        Kind::Training { topic, months } => training(topic, months.as_ref(), facts, day),
        Kind::Programme { .. } => programme(&entry.requirement, facts, day),
        Kind::Exam { exam, score } => exam_passed(exam, score.as_ref(), facts, day),
        Kind::Continuing(hours) => continuing::judge(hours, &entry.requirement.id, view, facts, day),
        Kind::Supervision(supervision) => {
            supervision::judge(supervision, entry.requirement.source.from, facts, day)
        }
        Kind::Supervisor { any_of } => supervision::may_supervise(any_of, facts, day),
        Kind::Acknowledged { what, again } => acknowledged(what, again.as_ref(), facts, day),
        Kind::Parts { at_least, .. } => parts(segment, entry, *at_least, facts, day),
    }
}

fn age(years: u32, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    let Some(born) = facts.worker.born else { return Verdict::new(false, Finding::Missing, next) };
    let birthday = months_on(born, years * 12);
    next.on(birthday);
    if birthday <= day {
        Verdict::new(true, Finding::Fine, next)
    } else {
        Verdict::new(false, Finding::From { day: birthday }, next)
    }
}

fn education(branches: &[Branch], facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    let mut met = false;
    // Of the ways that only lack time, the one that lacks least.
    let mut nearest: Option<(u32, u32)> = None;
    for branch in branches {
        let school = branch.level.is_none_or(|level| {
            let mut good = false;
            for one in &facts.education {
                let field = || one.field.as_ref().is_some_and(|field| branch.fields.contains(field));
                if one.level >= level && (branch.fields.is_empty() || field()) {
                    next.on(one.day);
                    good |= one.day <= day;
                }
            }
            good
        });
        let Some((years, kind)) = &branch.years else {
            met |= school;
            continue;
        };
        let need = years.number() * 12;
        let worked = experience::months(kind, facts, day);
        next.maybe(experience::reached(kind, need, facts, day));
        if worked >= need {
            met |= school;
        } else if school && nearest.is_none_or(|(have, of)| need - worked < of - have) {
            nearest = Some((worked, need));
        }
    }
    let finding = match (met, nearest) {
        (true, _) => Finding::Fine,
        (false, Some((have, need))) => Finding::Less { have, need, unit: Unit::Months },
        (false, None) => Finding::Missing,
    };
    Verdict::new(met, finding, next)
}

fn attested(what: &str, count: u32, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    let mut most = None;
    for said in facts.attestations.iter().filter(|said| said.what == what) {
        next.on(said.day);
        if said.day <= day {
            most = most.max(Some(said.count));
        }
    }
    let finding = match most {
        None => Finding::Missing,
        Some(most) if most >= count => Finding::Fine,
        Some(have) => Finding::Less { have, need: count, unit: Unit::Count },
    };
    Verdict::new(most.is_some_and(|most| most >= count), finding, next)
}

/// The last day of a paper: the one it names, else so many months from its first.
pub(super) fn last_day(from: Date, until: Option<Date>, months: Option<&Amount>) -> Date {
    match (until, months) {
        (Some(until), _) => until,
        (None, Some(months)) => months_on(from, months.number()),
        (None, None) => Date::MAX,
    }
}

fn paper(
    papers: &[String],
    months: Option<&Amount>,
    void_after: Option<&Amount>,
    facts: &Facts,
    day: Date,
) -> Verdict {
    let mut next = Next::after(day);
    let (mut good, mut unclear, mut latest, mut begins) = (false, false, None, None);
    for one in facts.papers.iter().filter(|one| papers.contains(&one.kind)) {
        let last = last_day(one.from, one.until, months);
        next.on(one.from);
        next.ends(last);
        if one.from > day {
            begins = Some(begins.map_or(one.from, |other: Date| other.min(one.from)));
        } else if last < day {
            latest = latest.max(Some(last));
        } else if one.clear {
            good = true;
        } else {
            unclear = true;
        }
    }
    // What says that not all is well is not outweighed by an older one that says so.
    if unclear {
        let newest = facts
            .papers
            .iter()
            .filter(|one| {
                papers.contains(&one.kind) && one.from <= day && last_day(one.from, one.until, months) >= day
            })
            .max_by_key(|one| (one.from, !one.clear));
        if newest.is_some_and(|one| !one.clear) {
            return Verdict::no(Finding::NotClear, next);
        }
    }
    if good {
        return Verdict::new(true, Finding::Fine, next);
    }
    if let (Some(last), Some(void)) = (latest, void_after) {
        let last_chance = months_on(last, void.number());
        next.ends(last_chance);
        if last_chance < day {
            return Verdict::no(Finding::Void { since: day::after(last_chance) }, next);
        }
    }
    let finding = match (latest, begins) {
        (Some(last), _) => Finding::Ended { last },
        (None, Some(day)) => Finding::From { day },
        (None, None) => Finding::Missing,
    };
    Verdict::new(false, finding, next)
}

fn training(topic: &str, months: Option<&Amount>, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    let (mut good, mut latest) = (false, None);
    for one in facts.trainings.iter().filter(|one| one.topics.iter().any(|about| about == topic)) {
        let last = months.map_or(Date::MAX, |months| months_on(one.ended, months.number()));
        next.on(one.ended);
        next.ends(last);
        if one.ended <= day {
            good |= day <= last;
            latest = latest.max(Some(last));
        }
    }
    let finding = match latest {
        _ if good => Finding::Fine,
        Some(last) => Finding::Ended { last },
        None => Finding::Missing,
    };
    Verdict::new(good, finding, next)
}

fn programme(requirement: &Requirement, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    let Kind::Programme { programme, approved_by, hours, topics } = &requirement.kind else {
        return Verdict::new(false, Finding::Missing, next);
    };
    let mut sum = 0;
    let mut seen: Vec<(&str, u32)> = Vec::new();
    let mut missing: Vec<&String> = topics.iter().collect();
    let mut any = false;
    for one in &facts.trainings {
        let named = |wanted: &Option<String>, had: &Option<String>| wanted.is_none() || wanted == had;
        let about = topics.is_empty() || one.topics.iter().any(|topic| topics.contains(topic));
        if !(named(programme, &one.programme) && named(approved_by, &one.approved_by) && about) {
            continue;
        }
        next.on(one.ended);
        if one.ended > day {
            continue;
        }
        any = true;
        missing.retain(|topic| !one.topics.contains(topic));
        // One certificate is one training, however often it was added.
        let certificate = one.certificate.as_deref().unwrap_or_default();
        let before = seen.iter_mut().find(|(other, _)| !certificate.is_empty() && *other == certificate);
        match before {
            Some((_, counted)) => {
                sum += one.minutes.saturating_sub(*counted);
                *counted = one.minutes.max(*counted);
            }
            None => {
                sum += one.minutes;
                seen.push((certificate, one.minutes));
            }
        }
    }
    let need = hours.as_ref().map_or(0, |hours| hours.number().saturating_mul(60));
    let finding = if !any {
        Finding::Missing
    } else if sum < need {
        Finding::Less { have: sum, need, unit: Unit::Minutes }
    } else if !missing.is_empty() {
        Finding::Topics { missing: missing.into_iter().cloned().collect() }
    } else {
        Finding::Fine
    };
    Verdict::new(finding == Finding::Fine, finding, next)
}

fn exam_passed(exam: &str, score: Option<&Amount>, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    let (mut passed, mut taken) = (false, false);
    for one in facts.exams.iter().filter(|one| one.kind == exam) {
        next.on(one.day);
        if one.day <= day {
            taken = true;
            let enough = score.is_none_or(|need| one.score.is_none_or(|score| score >= need.number()));
            passed |= one.passed && enough;
        }
    }
    let finding = match (passed, taken) {
        (true, _) => Finding::Fine,
        (false, true) => Finding::NotPassed,
        (false, false) => Finding::Missing,
    };
    Verdict::new(passed, finding, next)
}

fn acknowledged(what: &str, again: Option<&(String, Amount)>, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    // For a renewal it is signed again: what was signed for the certificate that runs is over.
    let mut since = None;
    if let Some((paper, months)) = again {
        for one in facts.papers.iter().filter(|one| &one.kind == paper && one.clear) {
            next.on(one.from);
            next.ends(last_day(one.from, one.until, Some(months)));
        }
        since = continuing::cycles(paper, months, facts, day).map(|(_, (first, _))| first);
    }
    let mut current: Option<&str> = None;
    for one in facts.publications.iter().filter(|one| one.what == what) {
        next.on(one.from);
        if one.from <= day {
            // They are in the order of their days.
            current = Some(&one.version);
        }
    }
    let (mut read, mut any) = (false, false);
    for one in facts.acknowledgements.iter().filter(|one| one.what == what) {
        next.on(one.day);
        if one.day <= day && since.is_none_or(|first| first < one.day) {
            any = true;
            read |= current.is_none_or(|version| version == one.version);
        }
    }
    let finding = match (read, any, current) {
        (true, ..) => Finding::Fine,
        (false, true, Some(version)) => Finding::OldVersion { version: version.to_owned() },
        _ => Finding::Missing,
    };
    Verdict::new(read, finding, next)
}

fn parts(segment: &Segment, entry: &InForce, at_least: Option<u32>, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    let mut states: Vec<State> = Vec::new();
    for part in &entry.parts {
        let verdict = judge(segment, *part, View::Holds, facts, day);
        next.maybe(verdict.changes);
        states.push(verdict.state);
    }
    states.sort();
    let need = at_least.map_or(states.len(), |number| number as usize);
    let have = states.iter().filter(|state| **state == State::Met).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let finding =
        if have >= need { Finding::Fine } else { Finding::Parts { have: count(have), need: count(need) } };
    // The state of the last one that is needed.
    let state = need.checked_sub(1).map_or(State::Met, |at| states.get(at).copied().unwrap_or(State::NotYet));
    Verdict { state, finding, changes: next.day() }
}

/// What helps, by what is asked and what was found.
pub(crate) fn task(kind: &Kind, finding: &Finding) -> Task {
    match finding {
        Finding::Choose { .. } => return Task::Choose,
        Finding::Inactive { .. } => return Task::Reactivate,
        Finding::Void { .. } => return Task::StartOver,
        Finding::HandIn { complete: true, .. } => return Task::Submit,
        Finding::From { .. } => return Task::Wait,
        _ => {}
    }
    match kind {
        Kind::Age { .. } => Task::Background,
        Kind::Education { .. } => match finding {
            Finding::Less { .. } => Task::Wait,
            _ => Task::Background,
        },
        Kind::Attested { .. } => Task::Attest,
        Kind::Paper { .. } => Task::Paper,
        Kind::Training { .. } | Kind::Programme { .. } => Task::Train,
        Kind::Exam { .. } => Task::Exam,
        Kind::Continuing(_) => Task::Hours,
        Kind::Supervision(_) => Task::Supervise,
        Kind::Supervisor { .. } => Task::Supervisor,
        Kind::Acknowledged { .. } => Task::Read,
        Kind::Parts { .. } => Task::Paper,
    }
}
