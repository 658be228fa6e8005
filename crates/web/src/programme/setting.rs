//! A setting that the pack leaves to the programme, as a field of a form.

use fluent_templates::fluent_bundle::FluentValue;
use porchlight_app::{Error, Fault};
use porchlight_practice::pack::{
    Rules, Setting, SettingFault, SettingKind, SettingValue, Settings, Stricter,
};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::i18n::Argument;
use crate::page::Page;
use crate::programme::source::SourceLine;

/// The settings nobody has confirmed, neither a source nor the programme.
pub(super) fn to_check(rules: &Rules) -> usize {
    rules.open_settings.iter().filter(|setting| open_question(setting)).count()
}

fn open_question(setting: &Setting) -> bool {
    asks_to_check(setting) && setting.chosen.is_none()
}

/// One choice that the pack leaves to the programme.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub field: String,
    pub name: String,
    pub why: String,
    /// "number", "choice" or "tick".
    pub kind: &'static str,
    pub choices: Vec<Choice>,
    /// What the pack says, in words.
    pub default: String,
    /// The field that says "we checked this"; empty where somebody confirmed it already.
    pub checked: String,
    pub source: SourceLine,
}

/// Choices that belong together, under one heading.
#[derive(Debug, Clone)]
pub(crate) struct AskedGroup {
    pub id: &'static str,
    pub title: String,
    pub hint: String,
    pub asked: Vec<Asked>,
}

/// Whether this is the programme's own must for something the pack only asks for.
pub(super) fn is_must(setting: &Setting) -> bool {
    let id = &setting.id;
    (id.starts_with("note_") || id.starts_with("rule_")) && id.ends_with("_must")
}

/// Whether the programme is asked to find out about this.
fn asks_to_check(setting: &Setting) -> bool {
    setting.needs_checking && !is_must(setting)
}

fn checked_of(setting: &str) -> String {
    format!("checked-{setting}")
}

fn field_of(setting: &str) -> String {
    format!("set-{setting}")
}

/// A value in words: "24 hours", "Yes", "Any supervisor of the program".
pub(super) fn said(page: &Page, setting: &Setting, value: &SettingValue) -> String {
    match (value, &setting.kind) {
        (SettingValue::YesNo(true), _) => page.t("programme-yes"),
        (SettingValue::YesNo(false), _) => page.t("programme-no"),
        (SettingValue::Number(number), SettingKind::Hours { .. }) => page.t1("when-hours", "hours", *number),
        (SettingValue::Number(number), SettingKind::Days { .. }) => {
            page.t1("programme-days", "days", *number)
        }
        (SettingValue::Number(number), SettingKind::Years { .. }) => {
            page.t1("programme-years", "years", *number)
        }
        (SettingValue::Number(number), SettingKind::People { .. }) => {
            page.t1("programme-people", "people", *number)
        }
        (SettingValue::Number(number), _) => page.t1("when-minutes", "minutes", *number),
        (SettingValue::Choice(id), SettingKind::OneOf(choices)) => choices
            .iter()
            .find(|choice| &choice.id == id)
            .map_or_else(|| id.clone(), |choice| page.text(&choice.name)),
        (SettingValue::Choice(id), _) => id.clone(),
    }
}

fn raw(value: &SettingValue) -> String {
    match value {
        SettingValue::YesNo(true) => "yes".to_owned(),
        SettingValue::YesNo(false) => "no".to_owned(),
        SettingValue::Number(number) => number.to_string(),
        SettingValue::Choice(id) => id.clone(),
    }
}

impl Asked {
    fn of(page: &Page, setting: &Setting) -> Asked {
        let (kind, choices) = match &setting.kind {
            SettingKind::YesNo if is_must(setting) => ("tick", vec![]),
            SettingKind::YesNo => (
                "choice",
                vec![Choice::new("yes", page.t("programme-yes")), Choice::new("no", page.t("programme-no"))],
            ),
            SettingKind::OneOf(choices) => (
                "choice",
                choices
                    .iter()
                    .map(|choice| Choice::new(choice.id.clone(), page.text(&choice.name)))
                    .collect(),
            ),
            SettingKind::Minutes { .. }
            | SettingKind::Hours { .. }
            | SettingKind::Days { .. }
            | SettingKind::Years { .. }
            | SettingKind::People { .. } => ("number", vec![]),
        };
        Asked {
            field: field_of(&setting.id),
            name: page.text(&setting.name),
            why: page.text(&setting.why),
            kind,
            choices,
            default: said(page, setting, &setting.default),
            checked: if asks_to_check(setting) { checked_of(&setting.id) } else { String::new() },
            source: SourceLine {
                needs_checking: open_question(setting),
                ..SourceLine::of(page, &setting.source)
            },
        }
    }
}

/// Every open choice, in groups.
pub(super) fn asked(page: &Page, rules: &Rules) -> Vec<AskedGroup> {
    let group = |id: &'static str, title: &str, hint: &str, of: &dyn Fn(&Setting) -> bool| AskedGroup {
        id,
        title: page.t(title),
        hint: page.t(hint),
        asked: rules
            .open_settings
            .iter()
            .filter(|setting| of(setting))
            .map(|setting| Asked::of(page, setting))
            .collect(),
    };
    let starts =
        |start: &'static str| move |setting: &Setting| setting.id.starts_with(start) && !is_must(setting);
    [
        group("notes", "programme-group-notes", "programme-group-notes-hint", &starts("note_")),
        group("service", "programme-group-service", "programme-group-service-hint", &starts("service_")),
        group("support", "programme-group-support", "programme-group-support-hint", &starts("support_")),
        group("young", "programme-group-young", "programme-group-young-hint", &starts("young_")),
        group("workers", "programme-group-workers", "programme-group-workers-hint", &|setting| {
            let elsewhere = ["note_", "service_", "support_", "young_"];
            !elsewhere.iter().any(|start| setting.id.starts_with(start)) && !is_must(setting)
        }),
        group("musts", "programme-group-musts", "programme-group-musts-hint", &|setting| {
            setting.id.starts_with("note_") && is_must(setting)
        }),
        group(
            "worker-musts",
            "programme-group-worker-musts",
            "programme-group-worker-musts-hint",
            &|setting| setting.id.starts_with("rule_") && is_must(setting),
        ),
    ]
    .into_iter()
    .filter(|group| !group.asked.is_empty())
    .collect()
}

/// A form that starts from what holds now.
pub(super) fn holding(mut form: Form, rules: &Rules) -> Form {
    for setting in &rules.open_settings {
        form = form.with(&field_of(&setting.id), raw(setting.value()));
        if asks_to_check(setting) && setting.chosen.is_some() {
            form = form.with(&checked_of(&setting.id), "yes");
        }
    }
    form
}

/// Reads the choices from a form; what is not allowed is said beside its field. What the pack says anyway is kept only
/// where the programme checked it, so that a newer version of the pack can say better.
pub(super) fn chosen(page: &Page, form: &mut Form, rules: &Rules) -> Settings {
    let mut settings = Settings::new();
    for setting in &rules.open_settings {
        let field = field_of(&setting.id);
        let typed = form.text(&field);
        let value = match (&setting.kind, typed) {
            (SettingKind::YesNo, typed) => Some(SettingValue::YesNo(match typed.as_deref() {
                Some(typed) => typed == "yes",
                // A tick that is not set sends nothing.
                None => !is_must(setting) && setting.default == SettingValue::YesNo(true),
            })),
            (SettingKind::OneOf(_), typed) => typed.map(SettingValue::Choice),
            (
                SettingKind::Minutes { min, max }
                | SettingKind::Hours { min, max }
                | SettingKind::Days { min, max }
                | SettingKind::Years { min, max }
                | SettingKind::People { min, max },
                typed,
            ) => {
                let number = typed.and_then(|typed| typed.parse().ok()).map(SettingValue::Number);
                if number.is_none() {
                    let fault = SettingFault::Range { setting: setting.id.clone(), min: *min, max: *max };
                    tell(page, form, rules, &fault);
                }
                number
            }
        };
        let checked = asks_to_check(setting) && form.has(&checked_of(&setting.id), "yes");
        let Some(value) = value.filter(|value| checked || value != &setting.default) else { continue };
        match setting.allows(&value) {
            Ok(()) => settings.set(setting.id.clone(), value),
            Err(fault) => tell(page, form, rules, &fault),
        }
    }
    settings
}

/// Says beside its field why a choice can't be kept, and what can.
fn tell(page: &Page, form: &mut Form, rules: &Rules, fault: &SettingFault) {
    let setting = rules.open_settings.iter().find(|setting| setting.id == fault.setting());
    let name = setting.map_or_else(|| fault.setting().to_owned(), |setting| page.text(&setting.name));
    let mut arguments: Vec<(&'static str, FluentValue<'static>)> = vec![("name", name.value())];
    let key = match fault {
        SettingFault::Range { min, max, .. } => {
            arguments.extend([("min", min.value()), ("max", max.value())]);
            "programme-fault-range"
        }
        SettingFault::Choice { .. } | SettingFault::YesNo { .. } => "programme-fault-choice",
        SettingFault::Unknown { .. } | SettingFault::Closed { .. } => "programme-fault-closed",
        SettingFault::LateBeforeDue => {
            arguments = vec![("days", rules.note.due_hours.div_ceil(24).value())];
            let typed = form.text(&field_of("note_due_hours")).and_then(|typed| typed.parse::<u32>().ok());
            if let Some(hours) = typed {
                arguments = vec![("days", hours.div_ceil(24).value())];
            }
            "programme-fault-late"
        }
        SettingFault::Looser { default, .. } => {
            let default = setting.map_or_else(|| default.to_string(), |setting| said(page, setting, default));
            arguments.push(("default", default.value()));
            match setting.map(|setting| setting.stricter) {
                Some(Stricter::Lower) => "programme-fault-looser-lower",
                Some(Stricter::Higher) => "programme-fault-looser-higher",
                _ => "programme-fault-looser",
            }
        }
    };
    form.wrong_with(&field_of(fault.setting()), key, &arguments);
}

/// Says beside its field what the door found wrong.
pub(super) fn tell_fault(page: &Page, form: &mut Form, rules: &Rules, fault: Fault) -> Result<(), Trouble> {
    match fault {
        Fault::Settings(faults) => faults.iter().for_each(|fault| tell(page, form, rules, fault)),
        Fault::Empty(_) => form.wrong("name", "programme-error-name"),
        Fault::TooLong(_) => form.wrong("name", "programme-error-name-long"),
        Fault::Unknown("zone") => form.wrong("zone", "programme-error-zone"),
        other => return Err(Error::Fault(other).into()),
    }
    Ok(())
}
