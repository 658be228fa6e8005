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
    let anchor = facts.worker.started.map(|started| started.max(in_force));
    let held = Held { supervision, anchor, facts, day };
    next.maybe(held.coming().next().map(|session| session.day));
    let mut met = supervision.both;
    // Of several clauses the one that matters: with `both` the earliest day, else the latest.
    let mut due: Option<Option<Date>> = None;
    for clause in &supervision.clauses {
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
    supervision: &'a Supervision,
    /// The first day at work under this rule. It counts as if supervision had been held.
    anchor: Option<Date>,
    facts: &'a Facts,
    day: Date,
}

impl<'a> Held<'a> {
    fn counts(&self, session: &Session) -> bool {
        let asked = self.supervision;
        (asked.kinds.is_empty() || asked.kinds.contains(&session.kind))
            && (asked.by.is_empty() || session.by.iter().any(|by| asked.by.contains(by)))
            && (session.signed || !asked.signed)
            && session.minutes >= asked.session_minutes
    }

    /// What was held up to and with a day, the newest first. Sessions are in the order of their days, so nobody has to
    /// look at those of years ago.
    fn before(&self, last: Date) -> impl Iterator<Item = &'a Session> {
        let end = self.facts.sessions.partition_point(|session| session.day <= last);
        self.facts.sessions[..end].iter().rev().filter(|session| self.counts(session))
    }

    /// What is held after today, in order.
    fn coming(&self) -> impl Iterator<Item = &'a Session> {
        let begin = self.facts.sessions.partition_point(|session| session.day <= self.day);
        self.facts.sessions[begin..].iter().filter(|session| self.counts(session))
    }

    /// Whether the clause holds, and the last day it is or was due where one can be named.
    fn clause(&self, clause: &Clause, next: &mut Next) -> (bool, Option<Date>) {
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
        for session in self.before(last).take_while(|session| first <= session.day) {
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
        let anchor = self.anchor.filter(|anchor| *anchor <= self.day);
        if !good_on(self.day) {
            let last = self.before(self.day).next().map(|session| session.day).max(anchor);
            return (false, last.map(|last| days_on(last, days)).filter(|due| *due < self.day));
        }
        // Without anything new it holds up to the day on which one of these is too long ago.
        let first = days_back(self.day, days);
        let recent = self.before(self.day).map(|session| session.day).take_while(|day| first <= *day);
        let mut ends: Vec<Date> =
            recent.chain(anchor.filter(|anchor| first <= *anchor)).map(|day| days_on(day, days)).collect();
        ends.sort();
        let due = ends.into_iter().find(|end| !good_on(after(*end)));
        if let Some(due) = due {
            next.ends(due);
        }
        (true, due)
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
        // The last sessions that together are enough, counted backwards from today: time with people counts since the
        // first of them. So another session can never make it worse.
        let (mut sessions, mut minutes) = (0, 0);
        let enough = self.before(self.day).find(|session| {
            sessions += 1;
            minutes += session.minutes;
            sessions >= clause.sessions && minutes >= clause.minutes
        });
        let since = enough.map(|session| session.day).max(self.anchor.map(|anchor| days_back(anchor, 1)));
        let services = &self.facts.services;
        let today = services.partition_point(|service| service.day <= self.day);
        next.maybe(services.get(today).map(|service| service.day));
        let recent = services[..today]
            .iter()
            .rev()
            .take_while(|service| since.is_none_or(|since| since < service.day));
        let served: u64 = recent.map(|service| u64::from(service.minutes)).sum();
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
