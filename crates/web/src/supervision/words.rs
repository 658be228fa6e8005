//! How meetings and what is brought to them are said.

use jiff::civil::{Date, Time};
use porchlight_app::supervision::{Brought, MeetingLine};
use porchlight_practice::counsel::Topic;
use porchlight_practice::pack::Rules;
use porchlight_practice::rule::fact::SessionKind;
use porchlight_practice::supervision::{LookedAt, Meeting, Step, SupervisionFault};

use crate::page::Page;
use crate::when;

/// One-to-one, group, sitting in.
pub(crate) fn kind(page: &Page, kind: SessionKind) -> String {
    page.t(&format!("supervision-kind-{}", kind.as_str()))
}

pub(crate) fn kind_icon(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Group => "group",
        SessionKind::Observed => "eye",
        SessionKind::Individual | SessionKind::Other => "speech",
    }
}

/// The day, and the time where there is one: "Friday, December 4, 10:00 am".
pub(crate) fn moment(page: &Page, day: Date, time: Option<Time>) -> String {
    let day = page.day(day);
    time.map_or_else(|| day.clone(), |time| format!("{day}, {}", when::time(page.lang, time)))
}

/// What a topic of the pack is called; its id where the pack has none any more.
pub(crate) fn topic(page: &Page, rules: &Rules, id: &str) -> String {
    let known = rules.supervision_topics.iter().find(|topic| topic.id == id);
    known.map_or_else(|| crate::credential::words::plain(id), |topic| page.text(&topic.name))
}

/// A skill they looked at, and how each of the two sees it.
pub(crate) fn skill(page: &Page, rules: &Rules, id: &str, one: LookedAt) -> (String, String) {
    let known = rules.skills.iter().find(|skill| skill.id == id);
    let name = known.map_or_else(|| crate::credential::words::plain(id), |skill| page.text(&skill.name));
    let step = |step: Step| page.t(&format!("supervision-step-{}", step.as_str()));
    let own = one.own.map(|own| page.t1("supervision-skill-own-is", "step", step(own)));
    let lead = one.lead.map(|lead| page.t1("supervision-skill-lead-is", "step", step(lead)));
    (name, own.into_iter().chain(lead).collect::<Vec<_>>().join(" "))
}

/// What somebody brings: an icon, the words in their own voice if there are any, a line, and where it leads.
pub(crate) struct Said {
    pub icon: &'static str,
    /// Their own words; empty for what only points at something.
    pub words: String,
    pub line: String,
    pub href: String,
}

pub(crate) fn brought(page: &Page, rules: &Rules, what: &Brought) -> Said {
    match what {
        Brought::Words { words, topic: about } => Said {
            icon: "speech",
            words: words.clone(),
            line: if about.is_empty() { String::new() } else { topic(page, rules, about) },
            href: String::new(),
        },
        Brought::Question { id, topic, asked } => Said {
            icon: "question",
            words: String::new(),
            line: page.t2(
                "supervision-brought-question",
                "topic",
                question_topic(page, *topic),
                "when",
                page.moment(*asked),
            ),
            href: format!("/ask/{id}"),
        },
        Brought::Note { id, person, started } => Said {
            icon: "note",
            words: String::new(),
            line: page.t2(
                "supervision-brought-note",
                "name",
                person,
                "when",
                started.map(|at| page.moment(at)).unwrap_or_default(),
            ),
            href: format!("/contacts/{id}"),
        },
        Brought::Safety { id, sent } => Said {
            icon: "shield",
            words: String::new(),
            line: page.t1("supervision-brought-safety", "when", page.moment(*sent)),
            href: format!("/safety/{id}"),
        },
    }
}

fn question_topic(page: &Page, topic: Topic) -> String {
    page.t(&format!("counsel-topic-{}", topic.as_str()))
}

/// A meeting as a row of a list.
pub(crate) struct Row {
    pub href: String,
    pub icon: &'static str,
    pub title: String,
    pub note: String,
    pub tag: String,
    pub tag_tone: &'static str,
}

pub(crate) fn row(page: &Page, line: &MeetingLine, today: Date) -> Row {
    let names = match line.leads {
        true => page.list(&line.with),
        false => page.t1("supervision-with", "name", &line.supervisor),
    };
    let (title, tag, tag_tone, to_record) = match &line.meeting {
        Meeting::Booked(booking) => {
            let over = booking.day < today;
            let to_record = line.leads && booking.day <= today;
            let tag = match (line.leads, over) {
                (true, _) if to_record => page.t("supervision-to-record"),
                (false, true) => page.t("supervision-not-recorded"),
                _ => String::new(),
            };
            (moment(page, booking.day, booking.time), tag, "sun", to_record)
        }
        Meeting::Held(record) => {
            let tag = match (line.leads, line.signed) {
                (false, false) => page.t("supervision-to-sign"),
                (false, true) => page.t("supervision-signed"),
                (true, _) => String::new(),
            };
            let tone = if line.signed { "ok" } else { "sun" };
            (page.date(record.account.day), tag, tone, false)
        }
        Meeting::Struck { record, .. } => {
            (page.date(record.account.day), page.t("supervision-struck"), "", false)
        }
        Meeting::CalledOff { booking } => (page.date(booking.day), page.t("supervision-off"), "", false),
    };
    let href = format!("/supervision/{}", line.id);
    Row {
        href: if to_record { format!("{href}/record") } else { href },
        icon: kind_icon(line.meeting.kind()),
        title,
        note: format!("{} · {names}", kind(page, line.meeting.kind())),
        tag,
        tag_tone,
    }
}

/// The field a fault belongs to, and the sentence that says what helps.
pub(crate) fn fault(fault: SupervisionFault) -> (&'static str, &'static str) {
    use SupervisionFault as F;
    match fault {
        F::Nobody => ("with", "supervision-error-nobody"),
        F::OnlyOne => ("with", "supervision-error-only-one"),
        F::NoGroup => ("with", "supervision-error-group"),
        F::Uninvited => ("with", "supervision-error-uninvited"),
        F::Oneself | F::Chain => ("with", "supervision-error-chain"),
        F::NotQualified => ("with", "supervision-error-not-qualified"),
        F::InFuture => ("day", "supervision-error-future"),
        F::Minutes => ("minutes", "supervision-error-minutes"),
        F::NothingAgreed => ("agreed", "supervision-error-agreed"),
        F::TooLong("why") => ("not_now", "supervision-error-short"),
        F::TooLong("words") => ("words", "supervision-error-long"),
        F::TooLong(_) => ("agreed", "supervision-error-long"),
        F::NoNext => ("next_day", "supervision-error-next"),
        F::NextTooEarly => ("next_day", "supervision-error-next-early"),
        F::NoYes => ("yes", "supervision-error-yes"),
        F::NoReason => ("why", "supervision-error-why"),
        F::Over | F::NotHeld | F::NotThere | F::Signed => ("with", "supervision-error-over"),
    }
}
