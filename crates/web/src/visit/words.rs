//! A visit in words, for the lists and pages that show one.

use porchlight_app::visit::VisitView;
use porchlight_practice::pack::Rules;
use porchlight_practice::visit::{Arranged, CalledOffBy, Company, Visit, VisitFault, When};

use crate::contact::row::{Row, kind_name};
use crate::page::Page;

/// "4:30 pm to 5:20 pm", and the day of the end where it is another.
pub(crate) fn span(page: &Page, when: &When) -> String {
    let (from, to) = when.local();
    match from.date() == to.date() {
        true => page.span(when.starts(), when.ends()),
        false => {
            page.t2("availability-overnight", "from", page.time(when.starts()), "to", page.time(when.ends()))
        }
    }
}

/// "Thursday, November 19".
pub(crate) fn day(page: &Page, when: &When) -> String {
    page.near(when.local().0.date())
}

/// "The library", or how they meet where no place was written.
pub(crate) fn place(page: &Page, rules: &Rules, arranged: &Arranged) -> String {
    match arranged.place.as_str() {
        "" => kind_name(rules, &arranged.kind, page.lang),
        place => place.to_owned(),
    }
}

/// "In person · The library".
pub(crate) fn how(page: &Page, rules: &Rules, arranged: &Arranged) -> String {
    let kind = kind_name(rules, &arranged.kind, page.lang);
    if arranged.place.is_empty() { kind } else { format!("{kind} · {}", arranged.place) }
}

/// "You go alone." or "With Ana."
pub(crate) fn company(page: &Page, company: &Company) -> String {
    match company {
        Company::Alone { ask_after: false } => page.t("visit-alone"),
        Company::Alone { ask_after: true } => page.t("visit-alone-asked"),
        Company::With { who } => page.t1("visit-with-who", "who", who),
    }
}

/// What has to be seen at once, with its tone: asked for another time, called off, late, going on.
pub(crate) fn tag(page: &Page, visit: &Visit) -> (String, &'static str) {
    match visit {
        Visit::CalledOff { by: CalledOffBy::Person, .. } => (page.t("visit-off-by-person"), "warn"),
        Visit::CalledOff { .. } => (page.t("visit-off"), ""),
        Visit::UnderWay { .. } => (page.t("visit-now"), "ok"),
        Visit::Done { note: None, .. } => (page.t("visit-over"), ""),
        Visit::Done { .. } => (page.t("visit-noted"), "ok"),
        Visit::Booked(booked) if booked.wish => (page.t("visit-wish"), "warn"),
        Visit::Booked(booked) => match booked.late {
            Some(minutes) => (page.t1("visit-late-by", "length", page.length(minutes)), "info"),
            None if booked.moved_from.is_some() => (page.t("visit-moved"), "info"),
            None => (String::new(), ""),
        },
    }
}

/// A visit as a row of a list.
pub(crate) fn row(page: &Page, rules: &Rules, view: &VisitView) -> Row {
    let arranged = view.visit.arranged();
    let icon =
        rules.contact_kind(&arranged.kind).map_or_else(|| "calendar".to_owned(), |kind| kind.icon.clone());
    let (tag, tag_tone) = tag(page, &view.visit);
    Row {
        href: format!("/visits/{}", view.id),
        icon,
        tone: if view.visit.is_open() { "pri" } else { "" },
        title: view.name.clone(),
        note: format!("{} · {}", span(page, &arranged.when), place(page, rules, arranged)),
        tag,
        tag_tone,
    }
}

/// The field of a form that a fault is about, and its sentence.
pub(crate) fn fault(fault: VisitFault) -> (&'static str, &'static str) {
    match fault {
        VisitFault::EndsBeforeStart => ("end", "visit-error-order"),
        VisitFault::TooLong => ("end", "visit-error-long"),
        VisitFault::Over => ("day", "visit-error-over"),
        VisitFault::TooFar => ("day", "visit-error-far"),
        VisitFault::Text => ("place", "visit-error-text"),
        VisitFault::Kind => ("kind", "visit-error-kind"),
        VisitFault::Nobody => ("who", "visit-error-nobody"),
        VisitFault::Early => ("day", "visit-error-early"),
        VisitFault::Closed => ("day", "visit-error-closed"),
        VisitFault::TooLate => ("minutes", "visit-error-too-late"),
    }
}
