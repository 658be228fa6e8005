//! What a record says about a person: from the fields of a form to a profile, and back.

use porchlight_practice::person::{NaturalSupport, Profile, Way, WayKind};

use crate::form::Form;

/// How many ways to reach somebody a form can hold.
pub(super) const WAYS: usize = 12;

/// What was typed about a person.
pub(super) fn profile_of(form: &Form) -> Profile {
    let text = |field: &str| form.value(field).to_owned();
    let lines = |field: &str| form.value(field).lines().map(str::to_owned).collect::<Vec<_>>();
    let ways = (1..=WAYS).map(|row| Way {
        kind: WayKind::parse(form.value(&format!("way-kind-{row}"))).unwrap_or_default(),
        value: text(&format!("way-{row}")),
        shared: form.has(&format!("way-shared-{row}"), "yes"),
    });
    let natural_supports = form.value("supports").lines().map(|line| {
        let (name, how) = line.split_once(": ").unwrap_or((line, ""));
        NaturalSupport { name: name.to_owned(), how: how.to_owned() }
    });
    Profile {
        called: text("called"),
        family_name: text("family_name"),
        pronouns: text("pronouns"),
        described: text("described"),
        language: text("language"),
        interpreter: form.has("interpreter", "yes"),
        ways: ways.filter(|way| !way.value.trim().is_empty()).collect(),
        safe_hours: text("safe_hours"),
        never: text("never"),
        strengths: lines("strengths"),
        matters: text("matters"),
        needs: lines("needs"),
        culture: text("culture"),
        natural_supports: natural_supports.collect(),
    }
}

/// A form that starts from a record.
pub(super) fn form_of(profile: &Profile) -> Form {
    let supports: Vec<String> = profile.natural_supports.iter().map(said_support).collect();
    let mut form = Form::new()
        .with("called", &profile.called)
        .with("family_name", &profile.family_name)
        .with("pronouns", &profile.pronouns)
        .with("described", &profile.described)
        .with("language", &profile.language)
        .with("safe_hours", &profile.safe_hours)
        .with("never", &profile.never)
        .with("strengths", profile.strengths.join("\n"))
        .with("matters", &profile.matters)
        .with("needs", profile.needs.join("\n"))
        .with("culture", &profile.culture)
        .with("supports", supports.join("\n"));
    if profile.interpreter {
        form = form.with("interpreter", "yes");
    }
    for (row, way) in profile.ways.iter().enumerate() {
        let row = row + 1;
        form =
            form.with(&format!("way-{row}"), &way.value).with(&format!("way-kind-{row}"), way.kind.as_str());
        if way.shared {
            form = form.with(&format!("way-shared-{row}"), "yes");
        }
    }
    form
}

fn said_support(support: &NaturalSupport) -> String {
    if support.how.is_empty() { support.name.clone() } else { format!("{}: {}", support.name, support.how) }
}
