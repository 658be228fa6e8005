//! A note as a row of a list, in words: of one's own notes, of the queue, of a day.

use jiff::Timestamp;
use porchlight_app::contact::NoteLine;
use porchlight_practice::Lang;
use porchlight_practice::contact::Review;
use porchlight_practice::pack::Rules;

use crate::page::Page;

/// When a note is due, in words.
pub(crate) fn due_words(page: &Page, due: Timestamp) -> String {
    let day = due.to_zoned(page.zone()).date();
    let time = page.time(due);
    if due < page.now().timestamp() {
        page.t1("contact-due-past", "when", page.moment(due))
    } else if day == page.today() {
        page.t1("contact-due-today", "time", time)
    } else if page.today().tomorrow().ok() == Some(day) {
        page.t1("contact-due-tomorrow", "time", time)
    } else {
        page.t2("contact-due-day", "day", page.day(day), "time", time)
    }
}

/// How long ago something was, in hours and later in days.
pub(crate) fn ago_words(page: &Page, at: Timestamp) -> String {
    let hours = (page.now().timestamp().as_second() - at.as_second()).max(0) / 3600;
    match hours {
        0 => page.t("contact-ago-now"),
        1..48 => page.t1("contact-ago-hours", "hours", hours),
        _ => page.t1("contact-ago-days", "days", hours / 24),
    }
}

/// What the pack calls a way of meeting; nothing for one it no longer has.
pub(crate) fn kind_name(rules: &Rules, id: &str, lang: Lang) -> String {
    rules.contact_kind(id).map(|kind| kind.name.in_(lang).to_owned()).unwrap_or_default()
}

fn kind_icon(rules: &Rules, id: &str) -> String {
    rules.contact_kind(id).map_or_else(|| "note".to_owned(), |kind| kind.icon.clone())
}

/// A row of a list: everything already in words.
pub(crate) struct Row {
    pub href: String,
    pub icon: String,
    pub tone: &'static str,
    pub title: String,
    pub note: String,
    pub tag: String,
    pub tag_tone: &'static str,
}

impl Row {
    /// A draft to finish.
    pub fn draft(page: &Page, rules: &Rules, line: &NoteLine) -> Row {
        let when = line.started.map(|at| page.moment(at)).unwrap_or_default();
        let kind = kind_name(rules, &line.kind, page.lang);
        Row {
            href: format!("/contacts/{}/edit", line.id),
            icon: "pencil".to_owned(),
            tone: "sun",
            title: page.t1("contact-note-for", "name", &line.person_name),
            note: line.due.map(|due| due_words(page, due)).unwrap_or_else(|| both(&when, &kind)),
            tag: if line.late { page.t("contact-past-due") } else { String::new() },
            tag_tone: "warn",
        }
    }

    /// A signed note of one's own.
    pub fn own(page: &Page, rules: &Rules, line: &NoteLine) -> Row {
        let when = line.started.map(|at| page.moment(at)).unwrap_or_default();
        let asked = line.review == Some(Review::Asked);
        let (tag, tag_tone) = match (line.review, line.late) {
            (Some(Review::Asked), _) => (page.t("contact-has-question"), "info"),
            (_, true) => (page.t("contact-late"), "warn"),
            (Some(Review::Countersigned), _) => (page.t("contact-read"), "ok"),
            _ => (String::new(), ""),
        };
        Row {
            href: format!("/contacts/{}", line.id),
            icon: if asked { "speech".to_owned() } else { kind_icon(rules, &line.kind) },
            tone: if asked { "sky" } else { "pri" },
            title: line.person_name.clone(),
            note: both(&when, &kind_name(rules, &line.kind, page.lang)),
            tag,
            tag_tone,
        }
    }

    /// A note for its supervisor to read.
    pub fn waiting(page: &Page, rules: &Rules, line: &NoteLine, oldest: bool) -> Row {
        let kind = kind_name(rules, &line.kind, page.lang);
        let with = page.t1("contact-with", "name", &line.person_name);
        let age = line.ended.map(|at| ago_words(page, at)).unwrap_or_default();
        let (tag, tag_tone) = if line.review == Some(Review::Asked) {
            (page.t("contact-asked"), "info")
        } else if oldest {
            (page.t("contact-oldest"), "warn")
        } else {
            (String::new(), "")
        };
        Row {
            href: format!("/contacts/{}", line.id),
            icon: kind_icon(rules, &line.kind),
            tone: "pri",
            title: line.writer_name.clone(),
            note: both(&both(&kind, &with), &age),
            tag,
            tag_tone,
        }
    }

    /// A note that somebody else has not finished in time: who and when, never what.
    pub fn overdue(page: &Page, line: &NoteLine) -> Row {
        Row {
            href: String::new(),
            icon: "clock".to_owned(),
            tone: "sun",
            title: line.writer_name.clone(),
            note: both(
                &page.t1("contact-with", "name", &line.person_name),
                &line.due.map(|due| due_words(page, due)).unwrap_or_default(),
            ),
            tag: String::new(),
            tag_tone: "",
        }
    }
}

/// Two parts of a line, with a dot between them when both say something.
pub(super) fn both(one: &str, other: &str) -> String {
    if one.is_empty() || other.is_empty() { format!("{one}{other}") } else { format!("{one} · {other}") }
}

pub(crate) fn waiting_rows(page: &Page, rules: &Rules, lines: &[NoteLine]) -> Vec<Row> {
    let rows = lines.iter().enumerate();
    rows.map(|(at, line)| Row::waiting(page, rules, line, at == 0 && lines.len() > 1)).collect()
}
