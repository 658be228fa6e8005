//! What a pack leaves to the programme, and what the programme chose.
//!
//! A value that the rules need and that no source settles is a setting with a default. The programme may choose
//! within its range; where the pack says *must*, only towards the stricter side.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::{Dated, Noun, layered, single};
use super::read::{self, Entry};
use super::{Element, Pack, Rounding, SignedBy, Source, Strength};
use crate::group::SizeRules;
use crate::guardian::AgeRules;
use crate::rule::requirement::Requirement;
use crate::unmet::FEWEST;
use crate::{Role, Text};

macro_rules! known {
    ($($(#[$doc:meta])* $key:ident = $name:literal: $shape:expr),* $(,)?) => {
        /// The values that rules are made of. A pack can't ask for another: nothing would read it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Known { $($(#[$doc])* $key),* }

        impl Known {
            pub(super) const NAMES: &'static [(&'static str, Known)] = &[$(($name, Known::$key)),*];

            pub(super) fn as_str(self) -> &'static str {
                match self { $(Known::$key => $name),* }
            }

            fn shape(self) -> Shape {
                match self { $(Known::$key => $shape),* }
            }
        }
    };
}

known! {
    /// Hours after a contact ended in which its note is due.
    NoteDueHours = "note_due_hours": Shape::Hours,
    /// Days after a contact ended from which an unsigned note is late and says so.
    NoteLateAfterDays = "note_late_after_days": Shape::Days,
    /// Whether a supervisor signs each note too.
    NoteSupervisorSigns = "note_supervisor_signs": Shape::YesNo,
    /// Which supervisors may sign.
    NoteSignedBy = "note_signed_by": Shape::OneOf(SIGNED_BY),
    /// Hours in which the supervisor signs, when one does.
    NoteCountersignHours = "note_countersign_hours": Shape::Hours,
    /// The longest contact that may be kept as a check-in.
    NoteCheckInMinutes = "note_check_in_minutes": Shape::Minutes,
    /// How long one unit of service is.
    ServiceUnitMinutes = "service_unit_minutes": Shape::Minutes,
    /// How an unfinished unit counts.
    ServiceRounding = "service_rounding": Shape::OneOf(ROUNDING),
    /// Whether a peer may be the only one responsible for a person.
    SupportIndependent = "support_independent": Shape::YesNo,
    /// Whether each goal should stand in a plan that is in force. What is missing is a reminder.
    GoalLinksPlan = "goal_links_plan": Shape::YesNo,
    /// Whether each person's record names somebody of the team who is responsible.
    SupportNeedsTeamLead = "support_needs_team_lead": Shape::YesNo,
    /// Minutes after which everybody on the ladder is called again.
    SafetyAgainMinutes = "safety_again_minutes": Shape::Minutes,
    /// In how many minutes somebody should have taken a report.
    SafetyAimMinutes = "safety_aim_minutes": Shape::Minutes,
    /// Who decides that a person is not told of a report for now.
    SafetyWithheldBy = "safety_withheld_by": Shape::OneOf(WITHHELD_BY),
    /// Minutes after which somebody is told that a worker who went alone has not answered.
    VisitAnswerMinutes = "visit_answer_minutes": Shape::Minutes,
    /// How many hours before a visit a person is reminded of it, if they want to be.
    VisitRemindHours = "visit_remind_hours": Shape::Hours,
    /// Hours in which a question to one's supervisor is answered.
    CounselAnswerHours = "counsel_answer_hours": Shape::Hours,
    /// Days for which a phone keeps what can be read without signal.
    PhoneCopyDays = "phone_copy_days": Shape::Days,
    /// Whether the programme's records are those of a substance-use service, which leave only when they are named.
    RecordOfSubstanceUse = "record_of_substance_use": Shape::YesNo,
    /// For which kind of service a young person's own yes has to hold.
    YoungService = "young_service": Shape::OneOf(YOUNG_SERVICE),
    /// The age from which a young person says yes to mental health services alone.
    YoungMentalHealthAge = "young_mental_health_age": Shape::Years,
    /// The age from which a young person says yes to alcohol and drug services alone.
    YoungSubstanceUseAge = "young_substance_use_age": Shape::Years,
    /// The age from which somebody is grown up.
    YoungAdultAge = "young_adult_age": Shape::Years,
    /// The most people in one session of a group; 0 where nobody says.
    GroupMostPeople = "group_most_people": Shape::People,
    /// The most people of a group for each one who leads it; 0 where nobody says.
    GroupPeopleForEach = "group_people_for_each": Shape::People,
    /// Whether those who work here sign in with a second step.
    SecondStepStaff = "second_step_staff": Shape::YesNo,
    /// Counts of fewer people than this are not said.
    CountsFewest = "counts_fewest": Shape::People,
    /// For how many days after their first sign-in they may put off setting it up.
    SecondStepDays = "second_step_days": Shape::Days,
}

/// Settings that a pack may lack: a programme that took its pack up before they came to be goes on without them.
const LATER: &[Known] = &[Known::SecondStepStaff, Known::SecondStepDays, Known::CountsFewest];

const YOUNG_SERVICE: &[&str] = &["mental_health", "substance_use", "both"];
const SIGNED_BY: &[&str] = &["any_supervisor", "own_supervisor"];
const WITHHELD_BY: &[&str] = &["privacy_lead", "supervisor"];
const ROUNDING: &[&str] = &["full", "eight", "up_to"];

#[derive(Clone, Copy)]
enum Shape {
    Minutes,
    Hours,
    Days,
    Years,
    People,
    YesNo,
    OneOf(&'static [&'static str]),
}

/// What a setting may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKind {
    /// A number of minutes, both ends allowed.
    Minutes {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// A number of hours, both ends allowed.
    Hours {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// A number of days, both ends allowed.
    Days {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// An age in years, both ends allowed.
    Years {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// A number of people, both ends allowed.
    People {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// Yes or no.
    YesNo,
    /// One of these.
    OneOf(Vec<SettingChoice>),
}

/// One thing that a setting may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingChoice {
    /// Its name in packs and in [`SettingValue::Choice`].
    pub id: String,
    /// What people read.
    pub name: Text,
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SettingValue {
    /// Yes or no.
    YesNo(bool),
    /// Minutes, hours, days, years or people, as the setting's kind says.
    Number(u32),
    /// The id of a choice.
    Choice(String),
}

/// Which way is stricter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stricter {
    /// A smaller number.
    Lower,
    /// A greater number.
    Higher,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Neither side is stricter; every allowed value is as good.
    Either,
}

impl Stricter {
    const NAMES: &[(&'static str, Stricter)] = &[
        ("lower", Stricter::Lower),
        ("higher", Stricter::Higher),
        ("yes", Stricter::Yes),
        ("no", Stricter::No),
        ("either", Stricter::Either),
    ];
}

/// One value that the rules need, with what the pack says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name in packs and in [`Settings`].
    pub id: String,
    /// What an admin reads.
    pub name: Text,
    /// Why it matters and what is known about it.
    pub why: Text,
    /// What it may be.
    pub kind: SettingKind,
    /// What holds when the programme chose nothing.
    pub default: SettingValue,
    /// What the programme chose; only in [`super::Rules`], and only when it is allowed.
    pub chosen: Option<SettingValue>,
    /// Which way the programme may move it when the pack says *must*.
    pub stricter: Stricter,
    /// Whether the programme may choose at all.
    pub open: bool,
    /// Where it comes from.
    pub source: Source,
    /// Whether nobody has confirmed the default, so that the admin is asked to find out.
    pub needs_checking: bool,
}

impl Setting {
    /// What holds: the programme's choice, or the pack's default.
    pub fn value(&self) -> &SettingValue {
        self.chosen.as_ref().unwrap_or(&self.default)
    }

    /// Whether the programme may choose this value.
    ///
    /// # Errors
    /// What is allowed instead.
    pub fn allows(&self, value: &SettingValue) -> Result<(), SettingFault> {
        let id = || self.id.clone();
        if !self.open {
            return Err(SettingFault::Closed { setting: id() });
        }
        self.in_range(value)?;
        if self.source.strength != Strength::Must || value == &self.default {
            return Ok(());
        }
        let stricter = match (self.stricter, value, &self.default) {
            (Stricter::Lower, SettingValue::Number(now), SettingValue::Number(before)) => now < before,
            (Stricter::Higher, SettingValue::Number(now), SettingValue::Number(before)) => now > before,
            (Stricter::Yes, SettingValue::YesNo(now), _) => *now,
            (Stricter::No, SettingValue::YesNo(now), _) => !*now,
            (Stricter::Either, ..) => true,
            _ => false,
        };
        if stricter {
            Ok(())
        } else {
            Err(SettingFault::Looser { setting: id(), default: self.default.clone() })
        }
    }

    fn in_range(&self, value: &SettingValue) -> Result<(), SettingFault> {
        let setting = self.id.clone();
        match (&self.kind, value) {
            (
                SettingKind::Minutes { min, max }
                | SettingKind::Hours { min, max }
                | SettingKind::Days { min, max }
                | SettingKind::Years { min, max }
                | SettingKind::People { min, max },
                value,
            ) => match value {
                SettingValue::Number(number) if (min..=max).contains(&number) => Ok(()),
                _ => Err(SettingFault::Range { setting, min: *min, max: *max }),
            },
            (SettingKind::YesNo, SettingValue::YesNo(_)) => Ok(()),
            (SettingKind::YesNo, _) => Err(SettingFault::YesNo { setting }),
            (SettingKind::OneOf(choices), value) => match value {
                SettingValue::Choice(id) if choices.iter().any(|choice| &choice.id == id) => Ok(()),
                _ => Err(SettingFault::Choice {
                    setting,
                    allowed: choices.iter().map(|choice| choice.id.clone()).collect(),
                }),
            },
        }
    }

    /// The setting by which a programme makes its own must of what the pack only asks for.
    fn adopting(element: &Element) -> Setting {
        let name = &element.name;
        Setting {
            id: adopting_id(element),
            name: Text {
                en: format!("Always fill in: {}", name.en),
                es: format!("Llenar siempre: {}", name.es),
            },
            why: element.why.clone(),
            kind: SettingKind::YesNo,
            default: SettingValue::YesNo(false),
            chosen: None,
            stricter: Stricter::Yes,
            open: true,
            needs_checking: element.source.confidence == super::Confidence::NeedsChecking,
            source: element.source.clone(),
        }
    }
}

impl Setting {
    /// The setting by which a programme makes its own must of a rule that the pack only asks for.
    fn adopting_rule(requirement: &Requirement) -> Option<Setting> {
        let name = &requirement.name;
        Some(Setting {
            id: requirement.adopting()?,
            name: Text {
                en: format!("Our program’s own must: {}", name.en),
                es: format!("Obligatorio en nuestro programa: {}", name.es),
            },
            why: requirement.why.clone(),
            kind: SettingKind::YesNo,
            default: SettingValue::YesNo(false),
            chosen: None,
            stricter: Stricter::Yes,
            open: true,
            needs_checking: requirement.source.confidence == super::Confidence::NeedsChecking,
            source: requirement.source.clone(),
        })
    }
}

fn adopting_id(element: &Element) -> String {
    format!("note_{}_must", element.field.as_str())
}

impl Noun for Setting {
    const TABLE: &'static str = "setting";
    const SINGLE: bool = true;

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Setting> {
        let Some(known) = read::one_of(id, Known::NAMES) else {
            entry.fault_at("id", read::no_such("setting", id, Known::NAMES));
            return None;
        };
        let name = entry.words("name");
        let why = entry.words("why");
        let open = entry.maybe_flag("open").unwrap_or(true);
        let stricter = entry.one_of("stricter", Stricter::NAMES);
        let range = |entry: &Entry<'_>| {
            let (min, max) = (entry.number("min"), entry.number("max"));
            let (min, max) = (min?, max?);
            if min > max {
                entry.fault_at("max", "`max` is less than `min`");
                return None;
            }
            Some((min, max))
        };
        let default_number = |entry: &Entry<'_>| entry.number("default").map(SettingValue::Number);
        let (kind, default) = match known.shape() {
            Shape::Minutes => {
                (range(entry).map(|(min, max)| SettingKind::Minutes { min, max }), default_number(entry))
            }
            Shape::Hours => {
                (range(entry).map(|(min, max)| SettingKind::Hours { min, max }), default_number(entry))
            }
            Shape::Days => {
                (range(entry).map(|(min, max)| SettingKind::Days { min, max }), default_number(entry))
            }
            Shape::Years => {
                (range(entry).map(|(min, max)| SettingKind::Years { min, max }), default_number(entry))
            }
            Shape::People => {
                (range(entry).map(|(min, max)| SettingKind::People { min, max }), default_number(entry))
            }
            Shape::YesNo => (Some(SettingKind::YesNo), entry.flag("default").map(SettingValue::YesNo)),
            Shape::OneOf(names) => {
                let names: Vec<(&'static str, &'static str)> =
                    names.iter().map(|name| (*name, *name)).collect();
                let choices: Vec<SettingChoice> = entry
                    .inners("choice")
                    .iter()
                    .filter_map(|choice| {
                        let (id, name) = (choice.one_of("id", &names), choice.words("name"));
                        choice.finish();
                        Some(SettingChoice { id: id?.to_owned(), name: name? })
                    })
                    .collect();
                if choices.is_empty() {
                    let example = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                    entry
                        .fault(format!("this setting needs its choices under [[setting.choice]]: {example}"));
                }
                let default = entry.one_of("default", &names).map(|id| SettingValue::Choice(id.to_owned()));
                (Some(SettingKind::OneOf(choices)), default)
            }
        };
        let stricter_fits = matches!(
            (known.shape(), stricter?),
            (_, Stricter::Either)
                | (
                    Shape::Minutes | Shape::Hours | Shape::Days | Shape::Years | Shape::People,
                    Stricter::Lower | Stricter::Higher
                )
                | (Shape::YesNo, Stricter::Yes | Stricter::No)
        );
        if !stricter_fits {
            let right = match known.shape() {
                Shape::Minutes | Shape::Hours | Shape::Days | Shape::Years | Shape::People => {
                    "`lower`, `higher` or `either`"
                }
                Shape::YesNo => "`yes`, `no` or `either`",
                Shape::OneOf(_) => "`either`",
            };
            entry.fault_at("stricter", format!("`stricter` of this setting can be {right}"));
        }
        let setting = Setting {
            id: id.to_owned(),
            name: name?,
            why: why?,
            kind: kind?,
            default: default?,
            chosen: None,
            stricter: stricter?,
            open,
            needs_checking: source.confidence == super::Confidence::NeedsChecking,
            source: source.clone(),
        };
        // A unit of no minutes can't be counted in.
        if let (Known::ServiceUnitMinutes, SettingKind::Minutes { min: 0, .. }) = (known, &setting.kind) {
            entry.fault_at("min", "a unit of service is at least 1 minute");
        }
        if let Err(fault) = setting.in_range(&setting.default) {
            entry.fault_at("default", format!("the default is outside what the setting allows: {fault}"));
        }
        Some(setting)
    }
}

/// Why a programme can't choose a value, and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingFault {
    /// There is no such setting in this pack.
    #[error("there is no setting `{setting}` in this pack")]
    Unknown {
        /// The name that was given.
        setting: String,
    },
    /// The pack does not leave this to the programme.
    #[error("`{setting}` is set by the pack and can't be changed")]
    Closed {
        /// Which setting.
        setting: String,
    },
    /// It must be a number in a range.
    #[error("`{setting}` must be a whole number from {min} to {max}")]
    Range {
        /// Which setting.
        setting: String,
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// It must be yes or no.
    #[error("`{setting}` must be yes or no")]
    YesNo {
        /// Which setting.
        setting: String,
    },
    /// It must be one of a list.
    #[error("`{setting}` must be one of: {}", allowed.join(", "))]
    Choice {
        /// Which setting.
        setting: String,
        /// The ids of what it may be.
        allowed: Vec<String>,
    },
    /// The pack says *must*, and this is the less strict side.
    #[error("the pack requires `{setting}` to be {default}; the program may only be stricter")]
    Looser {
        /// Which setting.
        setting: String,
        /// What the pack requires.
        default: SettingValue,
    },
    /// A note can't be late before it is due.
    #[error("`note_late_after_days` must not be shorter than `note_due_hours`")]
    LateBeforeDue,
}

impl SettingFault {
    /// Which setting the fault is about.
    pub fn setting(&self) -> &str {
        match self {
            SettingFault::Unknown { setting }
            | SettingFault::Closed { setting }
            | SettingFault::Range { setting, .. }
            | SettingFault::YesNo { setting }
            | SettingFault::Choice { setting, .. }
            | SettingFault::Looser { setting, .. } => setting,
            SettingFault::LateBeforeDue => Known::NoteLateAfterDays.as_str(),
        }
    }
}

impl std::fmt::Display for SettingValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SettingValue::YesNo(true) => f.write_str("yes"),
            SettingValue::YesNo(false) => f.write_str("no"),
            SettingValue::Number(number) => number.fmt(f),
            SettingValue::Choice(id) => f.write_str(id),
        }
    }
}

/// What a programme chose, by the settings' ids. What it did not choose stays as the pack says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(pub BTreeMap<String, SettingValue>);

impl Settings {
    /// Nothing chosen.
    pub fn new() -> Settings {
        Settings::default()
    }

    /// Chooses a value. Whether it is allowed is for [`Settings::check`] to say.
    pub fn set(&mut self, id: impl Into<String>, value: SettingValue) {
        self.0.insert(id.into(), value);
    }

    /// The choice for this setting, if one was made.
    pub fn get(&self, id: &str) -> Option<&SettingValue> {
        self.0.get(id)
    }

    /// Whether every choice is allowed by the pack as it stands on this day.
    ///
    /// # Errors
    /// Every choice that is not, each with what is allowed.
    pub fn check(&self, pack: &Pack, on: Date) -> Result<(), Vec<SettingFault>> {
        let known = pack.settings_on(on);
        let mut faults: Vec<SettingFault> = self
            .0
            .iter()
            .filter_map(|(id, value)| match known.iter().find(|setting| &setting.id == id) {
                Some(setting) => setting.allows(value).err(),
                None => Some(SettingFault::Unknown { setting: id.clone() }),
            })
            .collect();
        let values = Values::new(pack, on, self);
        if values.number(Known::NoteLateAfterDays) * 24 < values.number(Known::NoteDueHours) {
            faults.push(SettingFault::LateBeforeDue);
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

impl Pack {
    /// Every setting of this day as the pack says it, and for each note element that is no must the setting by
    /// which the programme makes it one.
    fn settings_on(&self, on: Date) -> Vec<Setting> {
        let own = Known::NAMES
            .iter()
            .filter_map(|(id, _)| single(&self.common.settings, &self.own.settings, id, on).cloned());
        let adopting =
            self.elements_on(on).into_iter().filter(|element| element.source.strength != Strength::Must);
        let rules = layered(&self.common.rule_settings, &self.own.rule_settings, on);
        let requirements = layered(&self.common.requirements, &self.own.requirements, on);
        own.chain(adopting.map(|element| Setting::adopting(&element)))
            .chain(rules.into_iter().map(|rule| rule.setting))
            .chain(requirements.iter().filter_map(Setting::adopting_rule))
            .collect()
    }
}

/// The settings of one day with the programme's allowed choices in them.
pub(super) struct Values(pub(super) Vec<Setting>);

impl Values {
    /// A choice that the pack does not allow (it may have been made under an older pack) counts as not made.
    pub(super) fn new(pack: &Pack, on: Date, chosen: &Settings) -> Values {
        let mut settings = pack.settings_on(on);
        for setting in &mut settings {
            setting.chosen = chosen.get(&setting.id).filter(|value| setting.allows(value).is_ok()).cloned();
        }
        Values(settings)
    }

    pub(super) fn value(&self, id: &str) -> Option<&SettingValue> {
        self.0.iter().find(|setting| setting.id == id).map(Setting::value)
    }

    // `compile` makes sure that `common` has every known setting in its right kind, but for the [`LATER`] ones; the values
    // behind the `_ =>` below are the ones that ask least.
    pub(super) fn number(&self, key: Known) -> u32 {
        match self.value(key.as_str()) {
            Some(SettingValue::Number(number)) => *number,
            _ => 0,
        }
    }

    pub(super) fn yes(&self, key: Known) -> bool {
        matches!(self.value(key.as_str()), Some(SettingValue::YesNo(true)))
    }

    pub(super) fn rounding(&self) -> Rounding {
        self.choice(Known::ServiceRounding, Rounding::NAMES).unwrap_or(Rounding::Full)
    }

    pub(super) fn signed_by(&self) -> SignedBy {
        self.choice(Known::NoteSignedBy, SignedBy::NAMES).unwrap_or(SignedBy::AnySupervisor)
    }

    /// The ages that hold for the services of this programme. Where a yes has to hold for both kinds, the higher counts.
    pub(super) fn ages(&self) -> AgeRules {
        let mental_health = self.number(Known::YoungMentalHealthAge);
        let substance_use = self.number(Known::YoungSubstanceUseAge);
        let decides = match self.value(Known::YoungService.as_str()) {
            Some(SettingValue::Choice(id)) if id == "mental_health" => mental_health,
            Some(SettingValue::Choice(id)) if id == "substance_use" => substance_use,
            _ => mental_health.max(substance_use),
        };
        let adult = self.number(Known::YoungAdultAge);
        AgeRules { decides, adult, both_sign: self.yes(Known::RecordOfSubstanceUse) }
    }

    /// Up to how many people a count is not said.
    pub(super) fn fewest(&self) -> u32 {
        Some(self.number(Known::CountsFewest)).filter(|number| *number > 0).unwrap_or(FEWEST)
    }

    /// How many a group may hold.
    pub(super) fn size(&self) -> SizeRules {
        let said = |key| Some(self.number(key)).filter(|number| *number > 0);
        SizeRules {
            most_people: said(Known::GroupMostPeople),
            people_for_each: said(Known::GroupPeopleForEach),
        }
    }

    /// A role; the one that keeps the rules of privacy where nothing else can be read.
    pub(super) fn role(&self, key: Known) -> Role {
        match self.value(key.as_str()) {
            Some(SettingValue::Choice(id)) => Role::parse(id).unwrap_or(Role::PrivacyLead),
            _ => Role::PrivacyLead,
        }
    }

    fn choice<T: Copy>(&self, key: Known, names: &[(&'static str, T)]) -> Option<T> {
        match self.value(key.as_str()) {
            Some(SettingValue::Choice(id)) => read::one_of(id, names),
            _ => None,
        }
    }

    /// Whether the programme made a must of this element.
    pub(super) fn adopts(&self, element: &Element) -> bool {
        self.value(&adopting_id(element)) == Some(&SettingValue::YesNo(true))
    }
}

/// The known settings that `common` lacks.
pub(super) fn missing(settings: &[Dated<Setting>]) -> impl Iterator<Item = &'static str> + '_ {
    let needed = Known::NAMES.iter().filter(|(_, known)| !LATER.contains(known));
    needed.map(|(id, _)| *id).filter(|id| !settings.iter().any(|setting| setting.id == *id))
}
