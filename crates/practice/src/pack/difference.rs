//! What another version of a pack changes, for those who decide when to adopt it.

use super::{Rules, WordKey};
use crate::Text;

/// What kind of entry differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What things are called.
    Word,
    /// A title.
    Title,
    /// A way of meeting.
    ContactKind,
    /// A place.
    Place,
    /// A purpose.
    Purpose,
    /// Who else can be there.
    Present,
    /// What can happen next.
    NextStep,
    /// What supervision can be about.
    SupervisionTopic,
    /// What is asked for elsewhere.
    Advocacy,
    /// What children of an age are still learning.
    Growing,
    /// A skill to look at together.
    Skill,
    /// Something that two people who meet can share.
    CommonGround,
    /// Something both agree to.
    GroundRule,
    /// Something done with somebody before they are there for another.
    MentorStep,
    /// A place to learn from.
    Learning,
    /// What people do together.
    Activity,
    /// Work without a person.
    WorkKind,
    /// What a note asks.
    Note,
    /// In which role somebody walks with a person, why it ends, what a caregiver is, who is responsible.
    Support,
    /// What to say at the first meeting.
    FirstMeeting,
    /// The card for the person to keep.
    RoleCard,
    /// What can't be kept private.
    Privacy,
    /// A right.
    Right,
    /// A number to call.
    HelpLine,
    /// A rung of the ladder to start from.
    Ladder,
    /// A step that the law asks of whoever reports.
    SafetyStep,
    /// A tool.
    Tool,
    /// What a goal can be about.
    GoalArea,
    /// A guide to talk along in a group.
    GroupGuide,
    /// A question about a worker.
    Question,
    /// What a worker needs.
    Requirement,
    /// A topic of training.
    Topic,
    /// A value the programme may choose.
    Setting,
}

impl Part {
    /// Every one, in the order shown.
    pub const ALL: [Part; 33] = [
        Part::Word,
        Part::Title,
        Part::ContactKind,
        Part::Place,
        Part::Purpose,
        Part::Present,
        Part::NextStep,
        Part::SupervisionTopic,
        Part::Advocacy,
        Part::Growing,
        Part::Skill,
        Part::CommonGround,
        Part::GroundRule,
        Part::MentorStep,
        Part::Learning,
        Part::Activity,
        Part::WorkKind,
        Part::Note,
        Part::Support,
        Part::FirstMeeting,
        Part::RoleCard,
        Part::Privacy,
        Part::Right,
        Part::HelpLine,
        Part::Ladder,
        Part::SafetyStep,
        Part::Tool,
        Part::GoalArea,
        Part::GroupGuide,
        Part::Question,
        Part::Requirement,
        Part::Topic,
        Part::Setting,
    ];

    /// A name for pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Word => "word",
            Part::Title => "title",
            Part::ContactKind => "contact-kind",
            Part::Place => "place",
            Part::Purpose => "purpose",
            Part::Present => "present",
            Part::NextStep => "next-step",
            Part::SupervisionTopic => "supervision-topic",
            Part::Advocacy => "advocacy",
            Part::Growing => "growing",
            Part::Skill => "skill",
            Part::CommonGround => "common-ground",
            Part::GroundRule => "ground-rule",
            Part::MentorStep => "mentor-step",
            Part::Learning => "learning",
            Part::Activity => "activity",
            Part::WorkKind => "work-kind",
            Part::Note => "note",
            Part::Support => "support",
            Part::FirstMeeting => "first-meeting",
            Part::RoleCard => "role-card",
            Part::Privacy => "privacy",
            Part::Right => "right",
            Part::HelpLine => "help-line",
            Part::Ladder => "ladder",
            Part::SafetyStep => "safety-step",
            Part::Tool => "tool",
            Part::GoalArea => "goal-area",
            Part::GroupGuide => "group-guide",
            Part::Question => "question",
            Part::Requirement => "requirement",
            Part::Topic => "topic",
            Part::Setting => "setting",
        }
    }
}

/// How an entry differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is new.
    New,
    /// It is there in both, and not the same.
    Changed,
    /// It is there no more.
    Gone,
}

/// One entry that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind of entry.
    pub part: Part,
    /// How it differs.
    pub how: How,
    /// What people read: of what is gone, as it was.
    pub name: Text,
}

impl Rules {
    /// What `new` changes, kind by kind, in the order of the packs.
    pub fn differences(&self, new: &Rules) -> Vec<Difference> {
        let mut found = Found(Vec::new());
        let words = |rules: &Rules| -> Vec<(WordKey, Text)> {
            let word = |key| rules.words.text(key).map(|text| (key, text.clone()));
            WordKey::ALL.iter().copied().filter_map(word).collect()
        };
        found.compare(Part::Word, &words(self), &words(new), |word| word.0, |word| &word.1);
        macro_rules! by_id {
            ($part:ident, $($list:ident).+, $name:ident) => {
                found.compare(
                    Part::$part, &self.$($list).+, &new.$($list).+, |one| one.id.clone(), |one| &one.$name,
                )
            };
        }
        by_id!(Title, titles, name);
        by_id!(ContactKind, contact_kinds, name);
        by_id!(Place, places, name);
        by_id!(Purpose, purposes, name);
        by_id!(Present, present, name);
        by_id!(NextStep, next_steps, name);
        by_id!(SupervisionTopic, supervision_topics, name);
        by_id!(Advocacy, advocacy.needs, name);
        by_id!(Advocacy, advocacy.places, name);
        by_id!(Advocacy, advocacy.ways, name);
        by_id!(Advocacy, advocacy.lacking, name);
        by_id!(Growing, growing, text);
        by_id!(Skill, skills, name);
        by_id!(CommonGround, common_grounds, name);
        by_id!(GroundRule, ground_rules, text);
        by_id!(MentorStep, mentor_steps, name);
        by_id!(Learning, learning, name);
        by_id!(Activity, activities, name);
        by_id!(WorkKind, work_kinds, name);
        found.compare(Part::Note, &self.note.elements, &new.note.elements, |one| one.field, |one| &one.name);
        found.text(Part::Support, &self.support.explanation, &new.support.explanation);
        by_id!(Support, support.roles, name);
        by_id!(Support, support.endings, name);
        by_id!(Support, support.caregivers, name);
        by_id!(FirstMeeting, first_meeting, name);
        found.text(Part::RoleCard, &self.role_card, &new.role_card);
        found.text(Part::Privacy, &self.limits_of_privacy, &new.limits_of_privacy);
        by_id!(Right, rights, text);
        by_id!(HelpLine, help_lines, name);
        by_id!(Ladder, safety.rungs, name);
        by_id!(SafetyStep, safety.steps, name);
        by_id!(Tool, tools, name);
        by_id!(GoalArea, goal_areas, name);
        by_id!(GroupGuide, group_guides, name);
        by_id!(Question, questions, ask);
        by_id!(Requirement, requirements, name);
        by_id!(Topic, topics, name);
        let settings = |rules: &Rules| rules.settings().cloned().collect::<Vec<_>>();
        found.compare(Part::Setting, &settings(self), &settings(new), |one| one.id.clone(), |one| &one.name);
        found.0
    }
}

struct Found(Vec<Difference>);

impl Found {
    fn compare<T: PartialEq, I: PartialEq>(
        &mut self,
        part: Part,
        old: &[T],
        new: &[T],
        id: impl Fn(&T) -> I,
        name: impl Fn(&T) -> &Text,
    ) {
        for one in new {
            match old.iter().find(|other| id(other) == id(one)) {
                None => self.0.push(Difference { part, how: How::New, name: name(one).clone() }),
                Some(other) if other != one => {
                    self.0.push(Difference { part, how: How::Changed, name: name(one).clone() });
                }
                Some(_) => {}
            }
        }
        for one in old.iter().filter(|one| !new.iter().any(|other| id(other) == id(one))) {
            self.0.push(Difference { part, how: How::Gone, name: name(one).clone() });
        }
    }

    fn text(&mut self, part: Part, old: &Text, new: &Text) {
        if old != new {
            self.0.push(Difference { part, how: How::Changed, name: new.clone() });
        }
    }
}
