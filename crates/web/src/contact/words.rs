//! What a note says, in words: for its page, its copy, and two texts side by side.

use std::fmt::Write as _;

use jiff::Timestamp;
use porchlight_app::contact::NoteView;
use porchlight_practice::contact::{AdditionKind, Draft};
use porchlight_practice::pack::{NoteField, Rules};

use crate::page::Page;

/// One thing a note says, under the pack's name for it.
pub(crate) struct Line {
    pub field: NoteField,
    pub name: String,
    pub text: String,
}

/// Everything a note says, in the order of the form.
pub(crate) fn lines(page: &Page, rules: &Rules, note: &Draft, goal: Option<String>) -> Vec<Line> {
    let lang = page.lang;
    let choice = |choices: &[porchlight_practice::pack::Choice], id: &str| {
        choices.iter().find(|choice| choice.id == id).map(|choice| choice.name.in_(lang).to_owned())
    };
    let named = |field: NoteField, id: &str| match field {
        NoteField::Purpose => choice(&rules.purposes, id),
        NoteField::Place => choice(&rules.places, id),
        NoteField::Present => choice(&rules.present, id),
        NoteField::NextStep => choice(&rules.next_steps, id),
        NoteField::Kind => rules.contact_kind(id).map(|kind| kind.name.in_(lang).to_owned()),
        NoteField::Did => rules.activity(id).map(|activity| activity.name.in_(lang).to_owned()),
        _ => None,
    };
    let moment = |at: Timestamp| {
        page.t2("contact-at", "day", page.date(at.to_zoned(page.zone()).date()), "time", page.time(at))
    };
    let mut lines = Vec::new();
    for &field in NoteField::ALL {
        let text = match field {
            NoteField::Goal if note.serves_no_goal() => page.t("contact-no-goal"),
            NoteField::Goal => goal.clone().unwrap_or_default(),
            NoteField::Start => note.started.map(moment).unwrap_or_default(),
            NoteField::End => note.ended.map(moment).unwrap_or_default(),
            _ => {
                let mut parts: Vec<String> = note
                    .chosen(field)
                    .into_iter()
                    .map(|id| named(field, id).unwrap_or_else(|| id.to_owned()))
                    .collect();
                parts.extend(
                    note.words(field).map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned),
                );
                parts.join("\n")
            }
        };
        if !text.is_empty() {
            let element = rules.note.element(field);
            lines.push(Line {
                field,
                name: element
                    .map_or_else(|| page.t("contact-also"), |element| element.name.in_(lang).to_owned()),
                text,
            });
        }
    }
    lines
}

fn short(hash: &[u8]) -> String {
    hash.iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn signer(name: &str, title: &str) -> String {
    if title.is_empty() { name.to_owned() } else { format!("{name}, {title}") }
}

pub(super) fn date_time(page: &Page, at: Timestamp) -> String {
    page.t2("contact-at", "day", page.date(at.to_zoned(page.zone()).date()), "time", page.time(at))
}

/// Who signed, when, whether late, and under which rules.
pub(super) fn signature(page: &Page, rules: &Rules, view: &NoteView) -> Vec<String> {
    let signed = &view.signed;
    let mut lines = vec![page.t2(
        "contact-signed-by",
        "name",
        signer(&signed.by.name, &signed.by.title),
        "when",
        date_time(page, signed.at),
    )];
    if signed.late {
        lines.push(page.t1("contact-late-entry", "when", date_time(page, signed.due)));
    }
    lines.push(page.t1("contact-units", "units", signed.units));
    let pack = if signed.pack == rules.hash {
        format!("{} {} ({})", rules.pack, rules.version, short(&signed.pack.0))
    } else {
        short(&signed.pack.0)
    };
    lines.push(page.t2("contact-rules", "pack", pack, "hash", short(&signed.hash)));
    lines
}

pub(super) fn addition_key(kind: AdditionKind) -> &'static str {
    match kind {
        AdditionKind::Addendum => "contact-added-addendum",
        AdditionKind::OwnWords => "contact-added-own-words",
        AdditionKind::Differently => "contact-added-differently",
        AdditionKind::ReadBack => "contact-added-read-back",
        AdditionKind::WentWell => "contact-added-went-well",
        AdditionKind::Question => "contact-added-question",
        AdditionKind::Reply => "contact-added-reply",
        AdditionKind::Countersignature => "contact-added-countersignature",
    }
}
