//! What is in force for a programme on one day, and why.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::{Dated, layered, single};
use super::goal::{BarrierHelp, GoalArea, only_offered};
use super::guide::Guide;
use super::measure::Measure;
use super::pairing::{CommonGround, GroundRule, MentorStep};
use super::settings::{Known, Values};
use super::tool::{Licence, Suits, Theme, Tool};
use super::{
    Pack, PackHash, PackId, Rounding, SafetyRules, Setting, Settings, Source, Strength, WordKey, Words,
};
use crate::group::SizeRules;
use crate::guardian::AgeRules;
use crate::rule::requirement::{Question, Requirement, TrainingTopic};
use crate::words::Terms;
use crate::{Role, Text};

/// The icons a pack may name. The pages draw them.
pub fn icons() -> &'static [&'static str] {
    &[
        "walk", "phone", "video", "message", "tree", "home", "building", "school", "pin", "heart", "target",
        "leaf", "speech", "bulb", "share", "people", "book", "shield", "car", "clock", "pencil", "badge",
        "sun", "eye", "calendar", "other",
    ]
}

macro_rules! closed_names {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $variant:ident = $name:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $type { $($(#[$vdoc])* $variant),* }

        impl $type {
            /// Every one, in the order shown to people.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];
            pub(super) const NAMES: &'static [(&'static str, $type)] = &[$(($name, $type::$variant)),*];

            /// The name used in packs.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$variant => $name),* }
            }

            /// Reads the name used in packs.
            pub fn parse(text: &str) -> Option<$type> {
                match text { $($name => Some($type::$variant),)* _ => None }
            }
        }
    };
}

pub(crate) use closed_names;

closed_names! {
    /// What a programme's way is about.
    Orientation {
        /// Recovery: adults on their own way.
        Recovery = "recovery",
        /// Resilience: families who keep going.
        Resilience = "resilience",
    }
}

closed_names! {
    /// The four kinds of support, by which activities are grouped.
    KindOfSupport {
        /// Being there: listening, hope, courage.
        Emotional = "emotional",
        /// Knowing: skills, tools, information.
        Informational = "informational",
        /// Doing: practical help.
        Instrumental = "instrumental",
        /// Belonging: people, groups, community.
        Affiliational = "affiliational",
    }
}

closed_names! {
    /// What a contact's note can ask. A pack asks for some of them and never for anything else.
    NoteField {
        /// What the time together was for, chosen together.
        Purpose = "purpose",
        /// The person's goal that it serves.
        Goal = "goal",
        /// When it began.
        Start = "start",
        /// When it ended.
        End = "end",
        /// In person, by phone, and so on.
        Kind = "kind",
        /// Where it was.
        Place = "place",
        /// Who else was there, by role; never another supported person.
        Present = "present",
        /// What they did together.
        Did = "did",
        /// Strengths that showed.
        Strengths = "strengths",
        /// What the person said, in their words.
        OwnWords = "own_words",
        /// How it was for the person.
        Response = "response",
        /// What happens next, and who does it.
        NextStep = "next_step",
    }
}

closed_names! {
    /// Which supervisors may sign a note. Nobody ever signs their own.
    SignedBy {
        /// Any supervisor of the programme.
        AnySupervisor = "any_supervisor",
        /// Only the writer's supervisor and that supervisor's deputy.
        OwnSupervisor = "own_supervisor",
    }
}

/// A title of the programme and the role it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// The letters behind a name, such as `CPS-P`.
    pub letters: Option<String>,
    /// The role it maps to.
    pub role: Role,
    /// Whether who has it may be somebody's supervisor.
    pub supervises: bool,
    /// What sets it apart from other titles of the role, such as `qmhp`.
    pub attribute: Option<String>,
    /// Where it comes from.
    pub source: Source,
}

/// Something to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// One of [`icons`].
    pub icon: String,
    /// Where it comes from.
    pub source: Source,
}

/// A way of meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactKind {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// One of [`icons`].
    pub icon: String,
    /// Whether the note asks where it was.
    pub asks_place: bool,
    /// Whether the person was reached. An attempt without an answer is logged, but no time with a person.
    pub reached: bool,
    /// Where it comes from.
    pub source: Source,
}

/// One of the four groups of activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityGroup {
    /// Which of the four.
    pub id: KindOfSupport,
    /// What people read.
    pub name: Text,
    /// A short line that says what it means.
    pub hint: Text,
    /// Where it comes from.
    pub source: Source,
}

/// Something that peer and person do together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// Which kind of support it is.
    pub group: KindOfSupport,
    /// One of [`icons`].
    pub icon: String,
    /// Whether it is shown at first; the others are behind "more".
    pub common: bool,
    /// Where it comes from.
    pub source: Source,
}

/// One thing a note asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Which field.
    pub field: NoteField,
    /// How strongly it is asked here: the pack's strength, or must when the programme made it one.
    pub strength: Strength,
    /// Whether the programme made a must of it.
    pub adopted: bool,
    /// What people read above the field.
    pub name: Text,
    /// A short help below it.
    pub hint: Text,
    /// Why it is asked.
    pub why: Text,
    /// Whether a short check-in asks it too.
    pub check_in: bool,
    /// Where it comes from.
    pub source: Source,
}

/// What a contact's note asks, when it is due and who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRules {
    /// What is asked, in the order of the form. What is not here is not asked.
    pub elements: Vec<Element>,
    /// Hours after the contact ended in which the note is due.
    pub due_hours: u32,
    /// Hours after the contact ended from which an unsigned note is late.
    pub late_after_hours: u32,
    /// Whether a supervisor signs too. The writer's own signature never waits for it.
    pub supervisor_signs: bool,
    /// Which supervisors may sign.
    pub signed_by: SignedBy,
    /// Hours in which the supervisor signs; none when no supervisor has to.
    pub countersign_within_hours: Option<u32>,
    /// The longest contact, in minutes, that may be kept as a check-in.
    pub check_in_minutes: u32,
    /// How an unfinished unit counts.
    pub rounding: Rounding,
    /// The minutes of one unit.
    pub unit_minutes: NonZeroU32,
}

impl NoteRules {
    /// What is asked about this field, if anything.
    pub fn element(&self, field: NoteField) -> Option<&Element> {
        self.elements.iter().find(|element| element.field == field)
    }

    /// Whether a note can't be signed without this field.
    pub fn must(&self, field: NoteField) -> bool {
        self.element(field).is_some_and(|element| element.strength == Strength::Must)
    }

    /// The units of service in these minutes.
    pub fn units(&self, minutes: u32) -> u32 {
        self.rounding.units(minutes, self.unit_minutes)
    }
}

/// Who may be responsible for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportRules {
    /// Whether a peer may be the only one responsible.
    pub independent: bool,
    /// Whether the record names somebody of the team who is responsible. Always so when a peer may not be alone.
    pub needs_team_lead: bool,
    /// The rule in plain words.
    pub explanation: Text,
    /// In which role somebody walks with a person.
    pub roles: Vec<Choice>,
    /// Why support ends.
    pub endings: Vec<Choice>,
    /// What a parent or caregiver is to the child; empty where the person is not a parent.
    pub caregivers: Vec<Choice>,
}

/// One thing to say at the first meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistItem {
    /// Its name in records.
    pub id: String,
    /// What it is.
    pub name: Text,
    /// Words that one may say.
    pub script: Text,
    /// Where it comes from.
    pub source: Source,
}

/// What people ask for elsewhere, and how it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvocacyRules {
    /// What kind of thing it can be.
    pub needs: Vec<Choice>,
    /// Where it can be asked for.
    pub places: Vec<Choice>,
    /// In which way.
    pub ways: Vec<Choice>,
    /// What can be missing in the end.
    pub lacking: Vec<Choice>,
    /// Counts of fewer people than this are not said.
    pub fewest: u32,
}

/// What many children of an age are still learning, for whoever reads or writes about a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growing {
    /// Its name in records.
    pub id: String,
    /// The first and the last age, in years.
    pub ages: std::ops::RangeInclusive<u32>,
    /// What this age is called.
    pub name: Text,
    /// What they are still learning.
    pub text: Text,
    /// Where it comes from.
    pub source: Source,
}

/// A skill of the work that a worker and whoever supervises them can look at together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// What to ask each other about it.
    pub ask: Text,
    /// Where it comes from.
    pub source: Source,
}

/// What a place to learn from is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LearnFor {
    /// Belonging to an association.
    Membership,
    /// What is new.
    News,
    /// Courses that count towards a renewal.
    Courses,
    /// Getting ready for the exam.
    StudyGuide,
    /// Codes of conduct, competencies and the like.
    Codes,
    /// Open posts.
    Jobs,
    /// When trainings are held.
    Calendar,
}

impl LearnFor {
    pub(crate) const NAMES: &[(&'static str, LearnFor)] = &[
        ("membership", LearnFor::Membership),
        ("news", LearnFor::News),
        ("courses", LearnFor::Courses),
        ("study_guide", LearnFor::StudyGuide),
        ("codes", LearnFor::Codes),
        ("jobs", LearnFor::Jobs),
        ("calendar", LearnFor::Calendar),
    ];
}

/// A place to learn from outside of the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnAt {
    /// Its name in packs.
    pub id: String,
    /// What it is for.
    pub what: LearnFor,
    /// What people read.
    pub name: Text,
    /// What one finds there, or whom to ask.
    pub about: Text,
    /// Where, when it is known.
    pub address: Option<String>,
    /// Where it comes from.
    pub source: Source,
}

/// One of the person's rights, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// Its name.
    pub id: String,
    /// The right.
    pub text: Text,
    /// Where it comes from.
    pub source: Source,
}

/// A number to call, at any hour, signed in or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpLine {
    /// Its name.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// The number to call.
    pub call: String,
    /// The number to text, when there is one.
    pub text: Option<String>,
    /// How to get another language, or what to expect.
    pub hint: Option<Text>,
    /// Where it comes from.
    pub source: Source,
}

/// What holds about visits for a programme on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitRules {
    /// Minutes after which somebody is told that a worker who went alone has not answered.
    pub answer_minutes: u32,
    /// How many hours before a visit a person is reminded of it.
    pub remind_hours: u32,
}

/// A text that each pack has exactly one of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) text: Text,
    pub(super) source: Source,
}

impl Notice {
    pub(super) const NAMES: &'static [(&'static str, ())] =
        &[(Notice::ROLE_CARD, ()), (Notice::PRIVACY, ()), (Notice::SUPPORT, ())];
    const ROLE_CARD: &'static str = "role_card";
    pub(super) const PRIVACY: &'static str = "limits_of_privacy";
    pub(super) const SUPPORT: &'static str = "support";
}

/// Everything that is in force for a programme on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The pack's name.
    pub pack: PackId,
    /// The pack's version.
    pub version: String,
    /// The pack's exact text, as records name it.
    pub hash: PackHash,
    /// The day.
    pub on: Date,
    /// Whether the supported person is the parent or caregiver of a child.
    pub family: bool,
    /// Days for which a phone keeps what can be read without signal.
    pub phone_copy_days: u32,
    /// For how many days after their first sign-in those who work here may put off the second step of signing in; none when
    /// it is not asked of them.
    pub second_step_days: Option<u32>,
    /// Recovery or resilience.
    pub orientation: Orientation,
    /// Whether the programme's records are those of a substance-use service (42 CFR part 2).
    pub of_substance_use: bool,
    /// From which ages a young person decides alone.
    pub ages: AgeRules,
    /// How many a group may hold.
    pub group_size: SizeRules,
    /// Guides to talk along in a group.
    pub group_guides: Vec<Guide>,
    /// What things are called.
    pub words: Words,
    /// Titles and their roles.
    pub titles: Vec<Title>,
    /// Ways of meeting.
    pub contact_kinds: Vec<ContactKind>,
    /// Where one meets.
    pub places: Vec<Choice>,
    /// What a meeting can be for.
    pub purposes: Vec<Choice>,
    /// Who else can be there.
    pub present: Vec<Choice>,
    /// What can happen next.
    pub next_steps: Vec<Choice>,
    /// What supervision can be about.
    pub supervision_topics: Vec<Choice>,
    /// What is asked for elsewhere, and how it is counted.
    pub advocacy: AdvocacyRules,
    /// What children of each age are still learning.
    pub growing: Vec<Growing>,
    /// Skills to look at together.
    pub skills: Vec<Skill>,
    /// What people who meet can share.
    pub common_grounds: Vec<CommonGround>,
    /// What both agree to.
    pub ground_rules: Vec<GroundRule>,
    /// What is done with somebody before they are there for another.
    pub mentor_steps: Vec<MentorStep>,
    /// Where to learn more.
    pub learning: Vec<LearnAt>,
    /// The four groups of activities, in the order shown.
    pub activity_groups: Vec<ActivityGroup>,
    /// What peer and person do together.
    pub activities: Vec<Activity>,
    /// Work without a person.
    pub work_kinds: Vec<Choice>,
    /// What a contact's note asks.
    pub note: NoteRules,
    /// Whether each goal should stand in a plan that is in force. What is missing is a reminder, and holds nothing up.
    pub links_goals: bool,
    /// How long an answer is waited for, and when a visit is reminded of.
    pub visits: VisitRules,
    /// Who may be responsible.
    pub support: SupportRules,
    /// What to say at the first meeting, in order.
    pub first_meeting: Vec<ChecklistItem>,
    /// What peer support is and is not, for the person to keep.
    pub role_card: Text,
    /// What can't be kept private.
    pub limits_of_privacy: Text,
    /// The person's rights.
    pub rights: Vec<Right>,
    /// Numbers to call.
    pub help_lines: Vec<HelpLine>,
    /// The ladder to start from, what the law asks, who decides.
    pub safety: SafetyRules,
    /// Documents that guide somebody through questions, those that another owner must allow first left out.
    pub tools: Vec<Tool>,
    /// Questions about a worker.
    pub questions: Vec<Question>,
    /// What a worker needs, as the pack says it; [`Pack::rulebook`] is what is asked.
    pub requirements: Vec<Requirement>,
    /// Topics of training.
    pub topics: Vec<TrainingTopic>,
    /// What papers, fields of study, kinds of work, exams and sponsors are called, by the ids that facts have.
    pub fact_names: BTreeMap<String, Text>,
    /// What a goal can be about.
    pub goal_areas: Vec<GoalArea>,
    /// Which tools may help with what is in the way.
    pub barriers: Vec<BarrierHelp>,
    /// Those that may be offered from the day a permission for their measure is on file.
    pub by_permission: Vec<Tool>,
    /// Measures, with the state of their licence.
    pub measures: Vec<Measure>,
    /// Themes whose tools wait until a person asks for them.
    pub tucked_away: Vec<Theme>,
    /// What is better said in another way.
    pub terms: Terms,
    /// What the programme may choose, with what it chose.
    pub open_settings: Vec<Setting>,
    pub(super) closed_settings: Vec<Setting>,
    pub(super) notices: BTreeMap<&'static str, Source>,
}

impl Rules {
    /// Every setting, whether the programme may choose or not.
    pub(super) fn settings(&self) -> impl Iterator<Item = &Setting> {
        self.open_settings.iter().chain(&self.closed_settings)
    }
}

impl Pack {
    /// The note's elements on a day, in the order of the form.
    pub(super) fn elements_on(&self, on: Date) -> Vec<Element> {
        let mut elements = layered(&self.common.elements, &self.own.elements, on);
        elements.sort_by_key(|element| element.field);
        elements
    }

    /// The tools made for the people this pack is for: those in words that may be used, and those that wait for a
    /// permission. What looks for an illness, and another owner's words under no measure's name, is in neither.
    fn tools_on(&self, on: Date, measures: &[Measure]) -> (Vec<Tool>, Vec<Tool>) {
        let mut tools = layered(&self.common.tools, &self.own.tools, on);
        let others = if self.family { Suits::Adults } else { Suits::Families };
        tools.retain(|tool| tool.suits != others);
        tools.sort_by_key(|tool| tool.shelf);
        let (mut open, mut waiting) = (Vec::new(), Vec::new());
        for tool in tools {
            let known = tool.measure.as_ref().map(|id| measures.iter().find(|measure| measure.id == *id));
            match known {
                None if tool.licence != Licence::Ask => open.push(tool),
                Some(Some(measure)) if measure.clinical => {}
                Some(Some(measure)) if measure.licence == Licence::Ask || tool.licence == Licence::Ask => {
                    waiting.push(tool);
                }
                Some(Some(_)) => open.push(tool),
                _ => {}
            }
        }
        (open, waiting)
    }

    /// What is better said in another way on a day, as every programme of this pack has it.
    pub fn terms(&self, on: Date) -> Terms {
        Terms {
            terms: layered(&self.common.terms, &self.own.terms, on),
            fine: layered(&self.common.fine_phrases, &self.own.fine_phrases, on),
        }
    }

    /// What is in force on this day for a programme with these settings. A choice that the pack does not allow
    /// counts as not made; [`Settings::check`] tells which.
    pub fn rules(&self, on: Date, settings: &Settings) -> Rules {
        let values = Values::new(self, on, settings);
        let mut elements = self.elements_on(on);
        for element in &mut elements {
            if element.strength != Strength::Must && values.adopts(element) {
                element.strength = Strength::Must;
                element.adopted = true;
            }
        }
        let supervisor_signs = values.yes(Known::NoteSupervisorSigns);
        let independent = values.yes(Known::SupportIndependent);
        let words = WordKey::ALL.iter().filter_map(|key| {
            let word = single(&self.common.words, &self.own.words, key.as_str(), on)?;
            Some((word.key, word.text.clone()))
        });
        let measures = layered(&self.common.measures, &self.own.measures, on);
        let (tools, by_permission) = self.tools_on(on, &measures);
        let offered = tools.iter().filter(|tool| !self.tucked_away.contains(&tool.theme));
        let mut goal_areas = layered(&self.common.goal_areas, &self.own.goal_areas, on);
        for area in &mut goal_areas {
            only_offered(&mut area.tools, offered.clone());
        }
        let mut barriers = layered(&self.common.barriers, &self.own.barriers, on);
        for barrier in &mut barriers {
            only_offered(&mut barrier.tools, offered.clone());
        }
        let notice = |id| single(&self.common.notices, &self.own.notices, id, on);
        let notice_text = |id| notice(id).map_or_else(Text::default, |notice| notice.text.clone());
        let notices =
            Notice::NAMES.iter().filter_map(|(id, ())| Some((*id, notice(id)?.source.clone()))).collect();
        Rules {
            pack: self.id.clone(),
            version: self.version.clone(),
            hash: self.hash,
            on,
            family: self.family,
            phone_copy_days: values.number(Known::PhoneCopyDays),
            second_step_days: values
                .yes(Known::SecondStepStaff)
                .then(|| values.number(Known::SecondStepDays)),
            orientation: self.orientation,
            of_substance_use: values.yes(Known::RecordOfSubstanceUse),
            ages: values.ages(),
            group_size: values.size(),
            group_guides: layered(&self.common.group_guides, &self.own.group_guides, on),
            words: Words(words.collect()),
            titles: layered(&self.common.titles, &self.own.titles, on),
            contact_kinds: layered(&self.common.contact_kinds, &self.own.contact_kinds, on),
            places: choices(&self.common.places, &self.own.places, on),
            purposes: choices(&self.common.purposes, &self.own.purposes, on),
            present: choices(&self.common.present, &self.own.present, on),
            next_steps: choices(&self.common.next_steps, &self.own.next_steps, on),
            supervision_topics: choices(&self.common.supervision_topics, &self.own.supervision_topics, on),
            advocacy: AdvocacyRules {
                needs: choices(&self.common.advocacy_needs, &self.own.advocacy_needs, on),
                places: choices(&self.common.advocacy_places, &self.own.advocacy_places, on),
                ways: choices(&self.common.advocacy_ways, &self.own.advocacy_ways, on),
                lacking: choices(&self.common.advocacy_lacking, &self.own.advocacy_lacking, on),
                fewest: values.fewest(),
            },
            growing: layered(&self.common.growing, &self.own.growing, on),
            skills: layered(&self.common.skills, &self.own.skills, on),
            common_grounds: layered(&self.common.common_grounds, &self.own.common_grounds, on),
            ground_rules: layered(&self.common.ground_rules, &self.own.ground_rules, on),
            mentor_steps: layered(&self.common.mentor_steps, &self.own.mentor_steps, on),
            learning: layered(&self.common.learning, &self.own.learning, on),
            activity_groups: layered(&self.common.activity_groups, &self.own.activity_groups, on),
            activities: layered(&self.common.activities, &self.own.activities, on),
            work_kinds: choices(&self.common.work_kinds, &self.own.work_kinds, on),
            note: NoteRules {
                elements,
                due_hours: values.number(Known::NoteDueHours),
                late_after_hours: values.number(Known::NoteLateAfterDays) * 24,
                supervisor_signs,
                signed_by: values.signed_by(),
                countersign_within_hours: supervisor_signs
                    .then(|| values.number(Known::NoteCountersignHours)),
                check_in_minutes: values.number(Known::NoteCheckInMinutes),
                rounding: values.rounding(),
                unit_minutes: NonZeroU32::new(values.number(Known::ServiceUnitMinutes))
                    .unwrap_or(NonZeroU32::MIN),
            },
            links_goals: values.yes(Known::GoalLinksPlan),
            visits: VisitRules {
                answer_minutes: values.number(Known::VisitAnswerMinutes),
                remind_hours: values.number(Known::VisitRemindHours),
            },
            support: SupportRules {
                independent,
                needs_team_lead: !independent || values.yes(Known::SupportNeedsTeamLead),
                explanation: notice_text(Notice::SUPPORT),
                roles: choices(&self.common.support_roles, &self.own.support_roles, on),
                endings: choices(&self.common.support_endings, &self.own.support_endings, on),
                caregivers: choices(&self.common.caregivers, &self.own.caregivers, on),
            },
            first_meeting: layered(&self.common.first_meeting, &self.own.first_meeting, on),
            role_card: notice_text(Notice::ROLE_CARD),
            limits_of_privacy: notice_text(Notice::PRIVACY),
            rights: layered(&self.common.rights, &self.own.rights, on),
            help_lines: layered(&self.common.help_lines, &self.own.help_lines, on),
            safety: SafetyRules {
                rungs: layered(&self.common.ladder_rungs, &self.own.ladder_rungs, on),
                again_minutes: values.number(Known::SafetyAgainMinutes).max(1),
                steps: layered(&self.common.safety_steps, &self.own.safety_steps, on),
                withheld_by: values.role(Known::SafetyWithheldBy),
                aim_minutes: values.number(Known::SafetyAimMinutes),
                counsel_hours: values.number(Known::CounselAnswerHours),
            },
            questions: layered(&self.common.questions, &self.own.questions, on),
            requirements: layered(&self.common.requirements, &self.own.requirements, on),
            topics: layered(&self.common.topics, &self.own.topics, on),
            fact_names: self.fact_names(on),
            goal_areas,
            barriers,
            tools,
            by_permission,
            measures,
            tucked_away: self.tucked_away.clone(),
            terms: self.terms(on),
            open_settings: values.0.iter().filter(|setting| setting.open).cloned().collect(),
            closed_settings: values.0.into_iter().filter(|setting| !setting.open).collect(),
            notices,
        }
    }
}

fn choices<T: Clone + Into<Choice>>(common: &[Dated<T>], own: &[Dated<T>], on: Date) -> Vec<Choice> {
    layered(common, own, on).into_iter().map(Into::into).collect()
}
