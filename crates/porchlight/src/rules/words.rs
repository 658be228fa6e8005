//! Rules and what they found, in words for the command line.

use jiff::civil::Date;
use porchlight_practice::Lang;
use porchlight_practice::pack::{How, Pack, Part, Rules, Settings};
use porchlight_practice::rule::requirement::{
    Amount, Branch, Cadence, Continuing, Cycle, Kind, Supervision, Window,
};
use porchlight_practice::rule::{Answer, Finding, Other, Requirement, Unit, Word};

pub(super) fn word(word: Word) -> &'static str {
    match word {
        Word::Yes => "Yes.",
        Word::NotYet => "Not yet.",
        Word::No => "No.",
    }
}

/// Minutes as hours: 90 is "1.5".
fn hours(minutes: u32) -> String {
    let hundredths = u64::from(minutes) * 100 / 60;
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}.{part:02}").trim_end_matches('0').to_owned(),
    }
}

/// What was found, as half a sentence.
pub(super) fn found(finding: &Finding) -> String {
    match finding {
        Finding::Fine => "all is well".to_owned(),
        Finding::NothingDue => "nothing is due yet".to_owned(),
        Finding::Missing => "nothing is on file".to_owned(),
        Finding::Ended { last } => format!("it ended on {last}"),
        Finding::From { day } => format!("from {day} on"),
        Finding::Less { have, need, unit } => match unit {
            Unit::Minutes => format!("{} of {} hours", hours(*have), hours(*need)),
            Unit::Events => format!("{have} of {need} events"),
            Unit::Months => format!("{have} of {need} months"),
            Unit::Count => format!("{have} of {need}"),
            Unit::Points => format!("{have} of {need} points"),
        },
        Finding::Topics { missing } => format!("these topics are missing: {}", missing.join(", ")),
        Finding::NotPassed => "it was taken and not passed".to_owned(),
        Finding::NotClear => "it is not clear".to_owned(),
        Finding::OldVersion { version } => format!("version {version} is in force and was not read"),
        Finding::HandIn { by, late, complete } => {
            let late = if *late { ", with a fee by now" } else { "" };
            let complete = if *complete { "" } else { "; the hours were not together" };
            format!("to hand in by {by}{late}{complete}")
        }
        Finding::HandedIn => "handed in".to_owned(),
        Finding::Inactive { since } => format!("inactive since {since}"),
        Finding::Void { since } => format!("void since {since}; one begins again"),
        Finding::Overdue { due: Some(due) } => format!("it was due by {due}"),
        Finding::Overdue { due: None } => "it is overdue".to_owned(),
        Finding::Due { by } => format!("due by {by}"),
        Finding::Chain => "they would supervise themselves through others".to_owned(),
        Finding::NotASupervisor => "they are not one of those who may".to_owned(),
        Finding::Parts { have, need } => format!("{have} of {need} are met"),
        Finding::Choose { setting } => format!("your program has to choose: {setting}"),
        Finding::Waived { until } => format!("your program lifted it until {until}"),
    }
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Fixed(number) => number.to_string(),
        Amount::Setting(setting) => format!("({setting})"),
    }
}

fn branch(branch: &Branch) -> String {
    let mut parts = Vec::new();
    if let Some(level) = branch.level {
        parts.push(format!("{level:?}"));
    }
    if !branch.fields.is_empty() {
        parts.push(format!("in {}", branch.fields.join(" or ")));
    }
    if let Some((years, with)) = &branch.years {
        parts.push(format!("{} years of {with}", amount(years)));
    }
    parts.join(", ")
}

fn continuing(hours_of: &Continuing) -> String {
    let mut text = format!("{} hours", hours(hours_of.minutes));
    match &hours_of.cycle {
        Cycle::CalendarYear { .. } => text.push_str(" each calendar year"),
        Cycle::Certificate { paper, months } => {
            text.push_str(&format!(" while the {paper} is good ({} months)", amount(months)));
        }
    }
    for share in &hours_of.shares {
        let of = share.category.iter().chain(&share.sponsor).cloned().collect::<Vec<_>>().join(" from ");
        match (share.minutes, share.events) {
            (minutes, 0) => text.push_str(&format!(", {} hours of {of}", hours(minutes))),
            (_, events) => text.push_str(&format!(", {events} events of {of}")),
        }
    }
    if hours_of.carry_over > 0 {
        text.push_str(&format!(", {} hours may go over", hours(hours_of.carry_over)));
    }
    if !hours_of.never.is_empty() {
        text.push_str(&format!(", never {}", hours_of.never.join(", ")));
    }
    match hours_of.window {
        Some(Window::Year { opens, free_until, late_until }) => text.push_str(&format!(
            ", handed in from {}-{} to {}-{}, free until {}-{}",
            opens.month, opens.day, late_until.month, late_until.day, free_until.month, free_until.day
        )),
        Some(Window::Before { days }) => {
            text.push_str(&format!(", renewed at most {days} days before its end"))
        }
        None => {}
    }
    if let Some((setting, _)) = &hours_of.windows {
        text.push_str(&format!(", handed in by ({setting})"));
    }
    text
}

fn supervision(asked: &Supervision) -> String {
    let clauses: Vec<String> = asked
        .clauses
        .iter()
        .map(|clause| {
            let every = match &clause.cadence {
                Cadence::Days(days) => format!("within {} days", amount(days)),
                Cadence::Week => "each week".to_owned(),
                Cadence::Month => "each month".to_owned(),
                Cadence::ServiceHours(hours) => format!("for each {} hours with people", amount(hours)),
            };
            match (clause.sessions, clause.minutes) {
                (1, 0) => every,
                (sessions, 0) => format!("{sessions} sessions {every}"),
                (_, minutes) => format!("{minutes} minutes {every}"),
            }
        })
        .collect();
    let kinds: Vec<String> = asked.kinds.iter().map(|kind| format!("{kind:?}").to_lowercase()).collect();
    let by = if asked.by.is_empty() { String::new() } else { format!(" by {}", asked.by.join(" or ")) };
    let signed = if asked.signed { ", signed" } else { "" };
    let join = if asked.both { " and " } else { " or " };
    format!("{} supervision{by} {}{signed}", kinds.join(" or "), clauses.join(join)).trim_start().to_owned()
}

/// What a requirement asks, on one line.
pub(super) fn asks(requirement: &Requirement) -> String {
    let kind = match &requirement.kind {
        Kind::Age { years } => format!("{} years old", amount(years)),
        Kind::Education { branches } => branches.iter().map(branch).collect::<Vec<_>>().join("; or "),
        Kind::Attested { what, count: 1 } => format!("they say: {what}"),
        Kind::Attested { what, count } => format!("they say: {what}, at least {count}"),
        Kind::Paper { papers, months, void_after } => {
            let mut text = papers.join(" or ");
            if let Some(months) = months {
                text.push_str(&format!(", good for {} months", amount(months)));
            }
            if let Some(months) = void_after {
                text.push_str(&format!(", void {} months after its end", amount(months)));
            }
            text
        }
        Kind::Training { topic, months: Some(months) } => {
            format!("{topic}, good for {} months", amount(months))
        }
        Kind::Training { topic, months: None } => format!("{topic}, once"),
        Kind::Programme { programme, approved_by, hours, topics } => {
            let mut text = programme.clone().unwrap_or_else(|| "a training".to_owned());
            if let Some(by) = approved_by {
                text.push_str(&format!(" approved by {by}"));
            }
            if let Some(hours) = hours {
                text.push_str(&format!(", at least {} hours", amount(hours)));
            }
            if !topics.is_empty() {
                text.push_str(&format!(", on {}", topics.join(", ")));
            }
            text
        }
        Kind::Exam { exam, score } => match score {
            Some(score) => format!("{exam} with {} points", amount(score)),
            None => format!("{exam} passed"),
        },
        Kind::Continuing(asked) => continuing(asked),
        Kind::Supervision(asked) => supervision(asked),
        Kind::Supervisor { any_of } if any_of.is_empty() => "nobody supervises themselves".to_owned(),
        Kind::Supervisor { any_of } => any_of.join(" or "),
        Kind::Acknowledged { what, again: None } => format!("{what} read, again with each version"),
        Kind::Acknowledged { what, again: Some((paper, _)) } => {
            format!("{what} signed, again after the first day of each {paper}")
        }
        Kind::Parts { of, at_least } => match at_least {
            None => format!("all of {}", of.join(", ")),
            Some(number) => format!("at least {number} of {}", of.join(", ")),
        },
    };
    let source = &requirement.source;
    let questions: Vec<&str> =
        requirement.questions.iter().chain(&requirement.ready).map(String::as_str).collect();
    let only = requirement.only_if.as_ref().map(|(setting, is)| format!(", only with {setting} = {is}"));
    format!(
        "{}: {kind}; for {}{}",
        source.strength.as_str(),
        if questions.is_empty() { "others".to_owned() } else { questions.join(", ") },
        only.unwrap_or_default()
    )
}

/// What another pack changes, day by day, in words.
pub(super) fn differences(before: &Pack, after: &Pack) -> Vec<String> {
    let nothing = Settings::new();
    // What has always been so first, then what changes on a day.
    let mut days = vec![Date::MIN];
    for pack in [before, after] {
        let mut day = Date::MIN;
        while let Some(next) = pack.next_change(day) {
            days.push(next);
            day = next;
        }
    }
    days.sort();
    days.dedup();
    let mut lines = Vec::new();
    let mut standing: Vec<String> = Vec::new();
    for day in days {
        let [old, new]: [Rules; 2] = [before.rules(day, &nothing), after.rules(day, &nothing)];
        let mut now = Vec::new();
        for difference in old.differences(&new) {
            let name = difference.name.in_(Lang::En);
            let part = difference.part.as_str().replace('-', " ");
            let mut line = format!("  {} {part}: {name}", super::how(difference.how));
            if difference.part == Part::Requirement {
                let find = |rules: &Rules| {
                    rules.requirements.iter().find(|one| one.name == difference.name).map(asks)
                };
                match (difference.how, find(&old), find(&new)) {
                    (How::Changed, Some(was), Some(is)) if was != is => {
                        line.push_str(&format!("\n    was: {was}\n    is:  {is}"));
                    }
                    (How::New, _, Some(is)) => line.push_str(&format!("\n    {is}")),
                    (How::Gone, Some(was), _) => line.push_str(&format!("\n    was {was}")),
                    _ => {}
                }
            }
            now.push(line);
        }
        let fresh: Vec<&String> = now.iter().filter(|line| !standing.contains(line)).collect();
        let over: Vec<&String> = standing.iter().filter(|line| !now.contains(line)).collect();
        if !fresh.is_empty() || !over.is_empty() {
            lines.push(if day == Date::MIN {
                "From the beginning:".to_owned()
            } else {
                format!("From {day} on:")
            });
            lines.extend(fresh.into_iter().cloned());
            lines.extend(
                over.iter().map(|line| format!("  no longer different:{}", line.trim_start_matches(' '))),
            );
        }
        standing = now;
    }
    if lines.is_empty() {
        lines.push("Nothing changes.".to_owned());
    }
    lines
}

/// "From 2 to 9 March, work_alone_with_youth: yes would have been not-yet (tuberculosis)".
pub(super) fn other(other: &Other) -> String {
    let said = |answer: &Option<Answer>| {
        answer.as_ref().map_or("not asked".to_owned(), |answer| {
            let missing: Vec<&str> = answer.missing().map(|reason| reason.requirement.id.as_str()).collect();
            if missing.is_empty() {
                answer.word.as_str().to_owned()
            } else {
                format!("{} ({})", answer.word.as_str(), missing.join(", "))
            }
        })
    };
    format!(
        "{} from {} to {}: {} would have been {}",
        other.question,
        other.from,
        other.until,
        said(&other.before),
        said(&other.after)
    )
}
