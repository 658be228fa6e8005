//! Supervision that has to be held, and who may hold it.

use jiff::civil::Date;

use super::day::{Next, after, days_back, days_on, months_on, week_of};
use super::fact::{Facts, Line, Session};
use super::requirement::{Cadence, Clause, Supervision};
use super::verdict::{Finding, Verdict};

/// `in_force` is the first day of the requirement: nothing was due before it.
pub(super) fn judge(supervision: &Supervision, in_force: Date, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    next.maybe(facts.worker.started);
    if let Some(last) = facts.worker.ended {
        next.ends(last);
    }
    let at_work = facts.worker.started.is_none_or(|started| started <= day)
        && facts.worker.ended.is_none_or(|last| day <= last);
    if !at_work {
        return Verdict::new(true, Finding::NothingDue, next);
    }
    let sessions: Vec<&Session> = facts
        .sessions
        .iter()
        .filter(|session| {
            (supervision.kinds.is_empty() || supervision.kinds.contains(&session.kind))
                && (supervision.by.is_empty() || session.by.iter().any(|by| supervision.by.contains(by)))
                && (session.signed || !supervision.signed)
                && session.minutes >= supervision.session_minutes
        })
        .collect();
    let anchor = facts.worker.started.map(|started| started.max(in_force));
    let mut met = supervision.both;
    // Of several clauses the one that matters: with `both` the earliest day, else the latest.
    let mut due: Option<Option<Date>> = None;
    for clause in &supervision.clauses {
        let held = Held { sessions: &sessions, anchor, facts, day };
        let (good, by) = held.clause(clause, &mut next);
        met = if supervision.both { met && good } else { met || good };
        if good == met {
            due = Some(match due {
                None => by,
                Some(other) if supervision.both => by.into_iter().chain(other).min(),
                Some(other) => by.max(other),
            });
        }
    }
    let due = due.flatten();
    let finding = match (met, due) {
        (true, Some(by)) => Finding::Due { by },
        (true, None) => Finding::Fine,
        (false, due) => Finding::Overdue { due },
    };
    Verdict::new(met, finding, next)
}

struct Held<'a> {
    sessions: &'a [&'a Session],
    /// The first day at work under this rule. It counts as if supervision had been held.
    anchor: Option<Date>,
    facts: &'a Facts,
    day: Date,
}

impl Held<'_> {
    /// Whether the clause holds, and the last day it is or was due where one can be named.
    fn clause(&self, clause: &Clause, next: &mut Next) -> (bool, Option<Date>) {
        for session in self.sessions {
            next.on(session.day);
        }
        match &clause.cadence {
            Cadence::Days(days) => self.days(clause, days.number(), next),
            Cadence::Week => self.calendar(clause, week_of, |first| days_on(first, 7), next),
            Cadence::Month => self.calendar(clause, Date::first_of_month, |first| months_on(first, 1), next),
            Cadence::ServiceHours(hours) => self.service(clause, hours.number(), next),
        }
    }

    /// Whether enough was held between two days, both included.
    fn enough(&self, clause: &Clause, first: Date, last: Date) -> bool {
        let (mut sessions, mut minutes) = (0, 0);
        for session in self.sessions.iter().filter(|session| first <= session.day && session.day <= last) {
            sessions += 1;
            minutes += session.minutes;
        }
        sessions >= clause.sessions && minutes >= clause.minutes
    }

    fn days(&self, clause: &Clause, days: u32, next: &mut Next) -> (bool, Option<Date>) {
        let good_on = |day: Date| {
            let first = days_back(day, days);
            self.anchor.is_some_and(|anchor| first <= anchor && anchor <= day)
                || self.enough(clause, first, day.min(self.day))
        };
        let ends =
            self.sessions.iter().map(|session| session.day).chain(self.anchor).filter(|d| *d <= self.day);
        let mut ends: Vec<Date> = ends.map(|day| days_on(day, days)).collect();
        ends.sort();
        for end in &ends {
            next.ends(*end);
        }
        // Without anything new it holds up to one of these days.
        let due = if good_on(self.day) {
            ends.iter().find(|end| **end >= self.day && !good_on(after(**end)))
        } else {
            ends.iter().rev().find(|end| **end < self.day)
        };
        (good_on(self.day), due.copied())
    }

    fn calendar(
        &self,
        clause: &Clause,
        first_of: impl Fn(Date) -> Date,
        next_of: impl Fn(Date) -> Date,
        next: &mut Next,
    ) -> (bool, Option<Date>) {
        let this = first_of(self.day);
        let before = first_of(days_back(this, 1));
        let following = next_of(this);
        let in_this = self.enough(clause, this, self.day) || self.anchor.is_some_and(|anchor| this <= anchor);
        let in_before = self.enough(clause, before, days_back(this, 1))
            || self.anchor.is_some_and(|anchor| before <= anchor && anchor < this);
        if in_this || in_before {
            next.on(following);
        }
        if in_this {
            (true, Some(days_back(next_of(following), 1)))
        } else if in_before {
            (true, Some(days_back(following, 1)))
        } else {
            (false, None)
        }
    }

    fn service(&self, clause: &Clause, hours: u32, next: &mut Next) -> (bool, Option<Date>) {
        // Supervision that is long enough starts the count again, on the day it becomes so.
        let (mut sessions, mut minutes, mut since) = (0, 0, self.anchor.map(|anchor| days_back(anchor, 1)));
        for session in self.sessions.iter().filter(|session| session.day <= self.day) {
            sessions += 1;
            minutes += session.minutes;
            if sessions >= clause.sessions && minutes >= clause.minutes {
                (sessions, minutes) = (0, 0);
                since = since.max(Some(session.day));
            }
        }
        let mut served: u64 = 0;
        for service in &self.facts.services {
            next.on(service.day);
            if service.day <= self.day && since.is_none_or(|since| since < service.day) {
                served += u64::from(service.minutes);
            }
        }
        (served <= u64::from(hours) * 60, None)
    }
}

/// Whether the worker is one of those who may supervise. When nobody is named, whether they are not below the one they
/// would supervise.
pub(super) fn may_supervise(any_of: &[String], facts: &Facts, day: Date) -> Verdict {
    if any_of.is_empty() {
        return outside_own_chain(facts, day);
    }
    let mut next = Next::after(day);
    let mut is_one = false;
    for one in facts.attributes.iter().filter(|one| any_of.contains(&one.attribute)) {
        next.on(one.from);
        if let Some(last) = one.until {
            next.ends(last);
        }
        is_one |= one.from <= day && one.until.is_none_or(|last| day <= last);
    }
    let finding = if is_one { Finding::Fine } else { Finding::NotASupervisor };
    Verdict::new(is_one, finding, next)
}

fn outside_own_chain(facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    for line in &facts.lines {
        next.on(line.from);
        if let Some(last) = line.until {
            next.ends(last);
        }
    }
    if let Some(me) = &facts.worker.id
        && in_own_chain(me, facts.worker.supervises.as_deref(), &facts.lines, day)
    {
        return Verdict::no(Finding::Chain, next);
    }
    Verdict::new(true, Finding::Fine, next)
}

/// Whether supervising this worker would close a circle: going up from me, one meets them, or me.
fn in_own_chain(me: &str, worker: Option<&str>, lines: &[Line], day: Date) -> bool {
    if worker == Some(me) {
        return true;
    }
    let mut above: Vec<&str> = vec![me];
    let mut at = 0;
    while at < above.len() {
        let here = above[at];
        let today =
            |line: &&Line| line.of == here && line.from <= day && line.until.is_none_or(|last| day <= last);
        for line in lines.iter().filter(today) {
            if line.by == me || worker == Some(line.by.as_str()) {
                return true;
            }
            if !above.contains(&line.by.as_str()) {
                above.push(&line.by);
            }
        }
        at += 1;
    }
    false
}
