//! What pages say of groups.

use porchlight_app::group::{Leader, Led};
use porchlight_practice::group::session::SessionFault;
use porchlight_practice::group::{Frame, Group, GroupFault, Kind, Listing, Need, Size, Step};

use crate::form::{Choice, Form};
use crate::page::Page;

/// A row of a list of groups.
pub(crate) struct Row {
    pub href: String,
    pub icon: &'static str,
    pub tone: &'static str,
    pub title: String,
    pub note: String,
    pub tag: String,
    pub tag_tone: &'static str,
}

/// The icon of a kind.
pub(crate) fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Service => "people",
        Kind::MutualHelp => "heart",
    }
}

/// "Held by the program", "Belongs to its members".
pub(crate) fn kind(page: &Page, kind: Kind) -> String {
    page.t(match kind {
        Kind::Service => "group-kind-service",
        Kind::MutualHelp => "group-kind-mutual",
    })
}

/// "Watches", "Co-leads", "Leads".
pub(crate) fn step(page: &Page, step: Step) -> String {
    page.t(match step {
        Step::Watch => "group-step-watch",
        Step::CoLead => "group-step-co-lead",
        Step::Lead => "group-step-lead",
    })
}

/// The steps to choose from.
pub(crate) fn steps(page: &Page) -> Vec<Choice> {
    let note = |step| {
        page.t(match step {
            Step::Watch => "group-step-watch-note",
            Step::CoLead => "group-step-co-lead-note",
            Step::Lead => "group-step-lead-note",
        })
    };
    Step::ALL.iter().map(|one| Choice::new(one.as_str(), step(page, *one)).note(note(*one))).collect()
}

/// Where a group stands, as a tag; empty while it simply meets.
pub(crate) fn stage(page: &Page, group: &Group) -> (String, &'static str) {
    match group.stage() {
        "idea" => (page.t("group-stage-idea"), "sun"),
        "ended" => (page.t("group-stage-ended"), ""),
        "offered" => (page.t("group-stage-offered"), "sun"),
        "theirs" => (page.t("group-stage-theirs"), "plum"),
        _ => (String::new(), ""),
    }
}

/// When and where it meets, as far as it says so.
pub(crate) fn meets(when: &str, place: &str) -> String {
    match (when.is_empty(), place.is_empty()) {
        (false, false) => format!("{when} · {place}"),
        (false, true) => when.to_owned(),
        _ => place.to_owned(),
    }
}

/// When and where a group meets.
pub(crate) fn where_and_when(group: &Group) -> String {
    match group {
        Group::Theirs(listing) => meets(&listing.when, &listing.place),
        other => {
            other.circle().map(|circle| meets(&circle.frame.when, &circle.frame.place)).unwrap_or_default()
        }
    }
}

/// What it is for.
pub(crate) fn purpose(group: &Group) -> String {
    match group {
        Group::Theirs(listing) => listing.purpose.clone(),
        other => other.circle().map(|circle| circle.frame.purpose.clone()).unwrap_or_default(),
    }
}

/// Somebody who leads, by name or as a member whose name is not shown.
pub(crate) fn leader(page: &Page, one: &Leader) -> String {
    match (one.name.as_str(), one.own) {
        (_, true) => page.t("group-you"),
        ("", false) => page.t("group-a-member"),
        (name, false) => name.to_owned(),
    }
}

/// A step on the way to leading, with its days.
pub(crate) fn led(page: &Page, one: &Led) -> Row {
    let days = match one.until {
        Some(until) => page.t2("group-led-from-to", "from", page.date(one.since), "to", page.date(until)),
        None => page.t1("group-led-since", "day", page.date(one.since)),
    };
    let (title, href) = match &one.group {
        Some((id, name)) => (name.clone(), format!("/groups/{id}")),
        None => (page.t("group-led-theirs"), String::new()),
    };
    Row {
        href,
        icon: icon(one.kind),
        tone: "pri",
        title,
        note: format!("{} · {days}", kind(page, one.kind)),
        tag: step(page, one.step),
        tag_tone: "",
    }
}

/// What is missing before a group begins.
pub(crate) fn need(page: &Page, need: Need) -> String {
    page.t(match need {
        Need::Purpose => "group-need-purpose",
        Need::Place => "group-need-place",
        Need::When => "group-need-when",
        Need::Agreements => "group-need-agreements",
        Need::Leader => "group-need-leader",
    })
}

/// What does not fit in the sizes of the pack.
pub(crate) fn size(page: &Page, size: &Size) -> String {
    match size {
        Size::TooMany { most } => page.t1("group-size-many", "most", *most),
        Size::NeedsLeaders { leaders } => page.t1("group-size-leaders", "leaders", *leaders),
    }
}

/// The sentence of a fault.
pub(crate) fn fault(fault: GroupFault) -> &'static str {
    match fault {
        GroupFault::NoName => "group-error-name",
        GroupFault::TooLong => "group-error-long",
        GroupFault::NotReady(_) => "flash-group-not-ready",
        GroupFault::NobodyLeads => "flash-group-nobody-leads",
        GroupFault::TooMany => "flash-group-too-many-lead",
        GroupFault::KeeperMustLead => "group-error-keeper",
        GroupFault::NotNow | GroupFault::ThereAlready | GroupFault::NotThere | GroupFault::NoSuchStep => {
            "flash-group-not-now"
        }
    }
}

/// The sentence of a fault of a session.
pub(crate) fn session_fault(fault: SessionFault) -> &'static str {
    match fault {
        SessionFault::NoNamesHere => "group-error-no-names",
        SessionFault::Nobody => "group-error-nobody",
        SessionFault::TooMany => "group-error-too-many",
        SessionFault::Over => "group-error-over",
        SessionFault::Time => "group-error-time",
        SessionFault::Empty => "group-error-empty",
        SessionFault::TooLong => "group-error-long",
        SessionFault::Biller => "group-error-biller",
        SessionFault::Absent => "group-error-absent",
        SessionFault::Minutes => "group-error-minutes",
        SessionFault::NotTheSame => "group-error-not-same",
    }
}

/// What a form says of a group.
pub(crate) fn frame(form: &Form) -> Frame {
    let text = |field| form.value(field).to_owned();
    Frame {
        name: text("name"),
        purpose: text("purpose"),
        place: text("place"),
        when: text("when"),
        agreements: form.value("agreements").lines().map(str::to_owned).collect(),
    }
}

/// What a form says of a group that belongs to its members.
pub(crate) fn listing(form: &Form) -> Listing {
    let Frame { name, purpose, place, when, .. } = frame(form);
    Listing { name, purpose, place, when }
}
