//! Hours of continuing education, cycle by cycle.
//!
//! Two questions are asked of them. Whether a certificate *holds*: it does until a deadline passes without the hours or
//! without handing them in. Whether one is *ready*: the hours of the running cycle are together, and they can be handed
//! in today.

use jiff::civil::Date;

use super::day::{Next, after, days_back};
use super::fact::{Credit, Facts};
use super::requirement::{Amount, Continuing, Cycle, MonthDay, Window};
use super::verdict::{Finding, Unit, Verdict, View, last_day};

pub(super) fn judge(hours: &Continuing, id: &str, view: View, facts: &Facts, day: Date) -> Verdict {
    match (&hours.cycle, view) {
        (Cycle::CalendarYear { exam }, _) => Years { hours, id, facts, day }.judge(exam, view),
        (Cycle::Certificate { .. }, View::Ready) => certificate(hours, id, facts, day),
        // The paper itself says how long it is good.
        (Cycle::Certificate { .. }, View::Holds) => Verdict::new(true, Finding::NothingDue, Next::after(day)),
    }
}

/// Hours in a cycle, up to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earned {
    /// The cycle's first day.
    pub first: Date,
    /// The cycle's last day.
    pub last: Date,
    /// Minutes that count, with what was carried over.
    pub minutes: u32,
    /// For each share of the requirement, minutes and events.
    pub shares: Vec<(u32, u32)>,
}

/// The hours of the cycle that runs on a day, for a meter. None where no cycle has begun.
pub fn earned(hours: &Continuing, id: &str, facts: &Facts, day: Date) -> Option<Earned> {
    let cycles = match &hours.cycle {
        Cycle::CalendarYear { exam } => {
            let first = first_year(exam, facts, day)?;
            if day.year() < first {
                return None;
            }
            let year = |year: i16| Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
            [(day.year() > first).then(|| year(day.year() - 1)).flatten(), year(day.year())]
        }
        Cycle::Certificate { .. } => {
            let (before, now) = certificates(hours, facts, day)?;
            [before, Some(now)]
        }
    };
    let [before, Some(now)] = cycles else { return None };
    Some(count(hours, id, facts, before, now, day))
}

/// Counts the hours of a cycle; `before` is the cycle from which some may be carried over.
fn count(
    hours: &Continuing,
    id: &str,
    facts: &Facts,
    before: Option<(Date, Date)>,
    (first, last): (Date, Date),
    day: Date,
) -> Earned {
    let credits = counted(hours, id, facts, first, last.min(day));
    let mut minutes: u32 = credits.iter().map(|credit| credit.minutes).sum();
    if let (Some((first, last)), true) = (before, hours.carry_over > 0) {
        let then: u32 = counted(hours, id, facts, first, last).iter().map(|credit| credit.minutes).sum();
        minutes += then.saturating_sub(hours.minutes).min(hours.carry_over);
    }
    let shares = hours
        .shares
        .iter()
        .map(|share| {
            let of_it = |credit: &&Counted| {
                share.category.as_ref().is_none_or(|category| credit.categories.contains(&category))
                    && share.sponsor.as_ref().is_none_or(|sponsor| credit.sponsors.contains(&sponsor))
            };
            let (mut minutes, mut events) = (0, 0);
            for credit in credits.iter().filter(of_it) {
                minutes += credit.minutes;
                events += 1;
            }
            (minutes, events)
        })
        .collect();
    Earned { first, last, minutes, shares }
}

impl Earned {
    /// What is missing most, if something is.
    fn lacking(&self, hours: &Continuing) -> Option<Finding> {
        if self.minutes < hours.minutes {
            return Some(Finding::Less { have: self.minutes, need: hours.minutes, unit: Unit::Minutes });
        }
        hours.shares.iter().zip(&self.shares).find_map(|(share, (minutes, events))| {
            if *minutes < share.minutes {
                Some(Finding::Less { have: *minutes, need: share.minutes, unit: Unit::Minutes })
            } else if *events < share.events {
                Some(Finding::Less { have: *events, need: share.events, unit: Unit::Events })
            } else {
                None
            }
        })
    }
}

/// One event as it counts.
struct Counted<'f> {
    minutes: u32,
    categories: Vec<&'f String>,
    sponsors: Vec<&'f String>,
    certificate: Option<&'f String>,
    credit: &'f Credit,
}

/// What counts between two days, each event once.
fn counted<'f>(hours: &Continuing, id: &str, facts: &'f Facts, first: Date, last: Date) -> Vec<Counted<'f>> {
    let begin = facts.credits.partition_point(|credit| credit.ended < first);
    let mut found: Vec<Counted<'f>> = Vec::new();
    for credit in facts.credits[begin..].iter().take_while(|credit| credit.ended <= last) {
        let elsewhere = credit.used_for.as_ref().is_some_and(|other| other != id);
        if elsewhere || credit.categories.iter().any(|category| hours.never.contains(category)) {
            continue;
        }
        let Some(minutes) = minutes_of(hours, credit) else { continue };
        let same = found.iter_mut().find(|other| match (&credit.certificate, other.certificate) {
            (Some(one), Some(other)) => one == other,
            (None, None) => alike(credit, other.credit),
            _ => false,
        });
        match same {
            Some(other) => {
                other.minutes = other.minutes.max(minutes);
                other.categories.extend(&credit.categories);
                other.sponsors.extend(&credit.sponsor);
            }
            None => found.push(Counted {
                minutes,
                categories: credit.categories.iter().collect(),
                sponsors: credit.sponsor.iter().collect(),
                certificate: credit.certificate.as_ref(),
                credit,
            }),
        }
    }
    found
}

/// Whether two without a certificate number are the same event.
fn alike(one: &Credit, other: &Credit) -> bool {
    one.ended == other.ended
        && one.title == other.title
        && one.sponsor == other.sponsor
        && one.amount == other.amount
}

fn minutes_of(hours: &Continuing, credit: &Credit) -> Option<u32> {
    let of_one = match &credit.unit {
        None => 60,
        Some(unit) => hours.units.iter().find(|(name, _)| name == unit)?.1,
    };
    u32::try_from(u64::from(credit.amount) * u64::from(of_one) / 1000).ok()
}

/// The first calendar year in which hours are asked for.
fn first_year(exam: &str, facts: &Facts, day: Date) -> Option<i16> {
    let passed = facts.exams.iter().filter(|one| one.kind == exam && one.passed && one.day <= day);
    passed.map(|one| one.day.year() + 1).min()
}

struct Years<'a> {
    hours: &'a Continuing,
    id: &'a str,
    facts: &'a Facts,
    day: Date,
}

impl Years<'_> {
    fn judge(&self, exam: &str, view: View) -> Verdict {
        let mut next = Next::after(self.day);
        for one in self.facts.exams.iter().filter(|one| one.kind == exam && one.passed) {
            next.on(one.day);
        }
        let Some(first) = first_year(exam, self.facts, self.day) else {
            let finding = if view == View::Holds { Finding::NothingDue } else { Finding::Missing };
            return Verdict::new(view == View::Holds, finding, next);
        };
        for filing in self.facts.submissions.iter().chain(&self.facts.reactivations) {
            if filing.requirement == self.id {
                next.on(filing.day);
            }
        }
        let this = self.day.year();
        if let Some(since) = (first..=this).rev().find_map(|year| self.lapsed(year)) {
            return Verdict::no(Finding::Inactive { since }, next);
        }
        // The first cycle may be still to come; it has its deadline too.
        for year in [this - 1, this.max(first)] {
            next.maybe(self.deadline(year).filter(|_| year >= first).map(after));
        }
        match view {
            View::Holds => self.holds(first, next),
            View::Ready => self.ready(first, next),
        }
    }

    fn holds(&self, first: i16, next: Next) -> Verdict {
        let before = self.day.year() - 1;
        if before < first || self.handed_in(before, self.day) {
            return Verdict::new(true, Finding::Fine, next);
        }
        let Some(by) = self.deadline(before).filter(|by| *by >= self.day) else {
            return Verdict::new(true, Finding::Fine, next);
        };
        let complete = self.complete(before, self.day);
        let free = self.window().and_then(|(_, free, _)| free.in_year(self.day.year()));
        let late = free.is_some_and(|free| free < self.day);
        Verdict::new(true, Finding::HandIn { by, late, complete }, next)
    }

    fn ready(&self, first: i16, mut next: Next) -> Verdict {
        for credit in &self.facts.credits {
            next.on(credit.ended);
        }
        let this = self.day.year();
        next.maybe(Date::new(this + 1, 1, 1).ok());
        let before = this - 1;
        let open = self.window().is_some() && self.deadline(before).is_some_and(|last| self.day <= last);
        if before >= first && open && !self.handed_in(before, self.day) {
            return match self.earned(before, self.day).lacking(self.hours) {
                None => {
                    let by = self.deadline(before).unwrap_or(self.day);
                    let free = self.window().and_then(|(_, free, _)| free.in_year(this));
                    let late = free.is_some_and(|free| free < self.day);
                    Verdict::new(true, Finding::HandIn { by, late, complete: true }, next)
                }
                // The year is over, and its hours can't be earned any more.
                Some(lacking) => Verdict::no(lacking, next),
            };
        }
        if this < first {
            let Ok(begins) = Date::new(first, 1, 1) else {
                return Verdict::new(false, Finding::NothingDue, next);
            };
            next.on(begins);
            return Verdict::new(false, Finding::From { day: begins }, next);
        }
        if let Some(lacking) = self.earned(this, self.day).lacking(self.hours) {
            return Verdict::new(false, lacking, next);
        }
        if self.window().is_some() && self.handed_in(this, self.day) {
            return Verdict::new(true, Finding::HandedIn, next);
        }
        if let Some(opens) = self.opens(this).filter(|opens| self.day < *opens) {
            next.on(opens);
            return Verdict::new(false, Finding::From { day: opens }, next);
        }
        Verdict::new(true, Finding::Fine, next)
    }

    /// Since when the certificate is inactive because of this year's hours.
    fn lapsed(&self, year: i16) -> Option<Date> {
        let deadline = self.deadline(year)?;
        if self.day <= deadline {
            return None;
        }
        let again = |filing: &super::fact::Filing| {
            filing.requirement == self.id && filing.day > deadline && filing.day <= self.day
        };
        if self.facts.reactivations.iter().any(again) {
            return None;
        }
        let in_time =
            self.complete(year, deadline) && (self.window().is_none() || self.handed_in(year, deadline));
        (!in_time).then(|| after(deadline))
    }

    fn window(&self) -> Option<(MonthDay, MonthDay, MonthDay)> {
        match self.hours.window {
            Some(Window::Year { opens, free_until, late_until }) => Some((opens, free_until, late_until)),
            _ => None,
        }
    }

    /// The first day on which a year's hours can be handed in.
    fn opens(&self, year: i16) -> Option<Date> {
        let (opens, ..) = self.window()?;
        opens.in_year(if opens.month < 7 { year + 1 } else { year })
    }

    /// The last day on which a year's hours help.
    fn deadline(&self, year: i16) -> Option<Date> {
        match self.window() {
            Some((.., late)) => late.in_year(year + 1),
            None => Date::new(year, 12, 31).ok(),
        }
    }

    fn handed_in(&self, year: i16, by: Date) -> bool {
        let (Some(opens), Some(deadline)) = (self.opens(year), self.deadline(year)) else { return false };
        let in_it = |day: Date| opens <= day && day <= deadline && day <= by;
        self.facts.submissions.iter().any(|filing| filing.requirement == self.id && in_it(filing.day))
    }

    fn complete(&self, year: i16, by: Date) -> bool {
        self.earned(year, by).lacking(self.hours).is_none()
    }

    fn earned(&self, year: i16, by: Date) -> Earned {
        let days = |year: i16| {
            (Date::new(year, 1, 1).unwrap_or(Date::MIN), Date::new(year, 12, 31).unwrap_or(Date::MAX))
        };
        count(self.hours, self.id, self.facts, Some(days(year - 1)), days(year), by)
    }
}

/// The cycle of the newest certificate on a day, and the one before it.
pub(super) type Cycles = (Option<(Date, Date)>, (Date, Date));

fn certificates(hours: &Continuing, facts: &Facts, day: Date) -> Option<Cycles> {
    let Cycle::Certificate { paper, months } = &hours.cycle else { return None };
    cycles(paper, months, facts, day)
}

/// The cycles of a certificate: the one that runs or ran last, and the one before it.
pub(super) fn cycles(paper: &str, months: &Amount, facts: &Facts, day: Date) -> Option<Cycles> {
    let mut before: Option<(Date, Date)> = None;
    let mut now: Option<(Date, Date)> = None;
    // They are in the order of their first days.
    for one in facts.papers.iter().filter(|one| one.kind == paper && one.clear && one.from <= day) {
        let last = last_day(one.from, one.until, Some(months));
        match now {
            // One that ends no later says nothing new.
            Some((_, end)) if last <= end => {}
            // Hours belong to one cycle only, the earlier one.
            Some((first, end)) => {
                before = Some((first, end));
                now = Some((one.from.max(after(end)), last));
            }
            None => now = Some((one.from, last)),
        }
    }
    // A certificate renewed early begins its cycle when the old one ends.
    match (before, now) {
        (Some(before), Some((first, _))) if day < first => Some((None, before)),
        (before, Some(now)) => Some((before, now)),
        _ => None,
    }
}

fn certificate(hours: &Continuing, id: &str, facts: &Facts, day: Date) -> Verdict {
    let mut next = Next::after(day);
    let Cycle::Certificate { paper, months } = &hours.cycle else {
        return Verdict::new(false, Finding::Missing, next);
    };
    for one in facts.papers.iter().filter(|one| &one.kind == paper && one.clear) {
        next.on(one.from);
        next.ends(last_day(one.from, one.until, Some(months)));
    }
    for credit in &facts.credits {
        next.on(credit.ended);
    }
    let Some((before, now)) = certificates(hours, facts, day) else {
        return Verdict::new(false, Finding::Missing, next);
    };
    let (_, last) = now;
    if day > last {
        return Verdict::new(false, Finding::Ended { last }, next);
    }
    if let Some(lacking) = count(hours, id, facts, before, now, day).lacking(hours) {
        return Verdict::new(false, lacking, next);
    }
    if let Some(Window::Before { days }) = hours.window {
        let opens = days_back(last, days);
        next.on(opens);
        if day < opens {
            return Verdict::new(false, Finding::From { day: opens }, next);
        }
    }
    Verdict::new(true, Finding::Fine, next)
}
