//! Why something is asked, shown or allowed: what stands in the pack, and where it comes from.

use super::rules::{Activity, ContactKind, NoteField, Notice, Rules, Title};
use super::{Source, Strength};
use crate::Text;

/// What somebody wants to have explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic<'a> {
    /// Why the note asks this.
    Note(NoteField),
    /// Why this activity can be chosen.
    Activity(&'a str),
    /// Why this title has its role.
    Title(&'a str),
    /// Why this is said at the first meeting.
    FirstMeeting(&'a str),
    /// Why this right is shown.
    Right(&'a str),
    /// Why this value holds.
    Setting(&'a str),
    /// Why these are the limits of privacy.
    Privacy,
    /// Why this is the rule on who is responsible.
    Support,
}

/// One reason for a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// In plain words.
    pub text: Text,
    /// How strongly it asks.
    pub strength: Strength,
    /// Where it comes from; none when it is the programme's own choice.
    pub source: Option<Source>,
}

impl Reason {
    fn of(text: &Text, source: &Source) -> Reason {
        Reason { text: text.clone(), strength: source.strength, source: Some(source.clone()) }
    }

    fn own_choice(strength: Strength) -> Reason {
        let text = Text {
            en: "Your program chose this.".to_owned(),
            es: "Su programa lo decidió así.".to_owned(),
        };
        Reason { text, strength, source: None }
    }
}

impl Rules {
    /// The title with this id.
    pub fn title(&self, id: &str) -> Option<&Title> {
        self.titles.iter().find(|title| title.id == id)
    }

    /// The way of meeting with this id.
    pub fn contact_kind(&self, id: &str) -> Option<&ContactKind> {
        self.contact_kinds.iter().find(|kind| kind.id == id)
    }

    /// The activity with this id.
    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.id == id)
    }

    /// Why something is as it is, the pack's reason first and the programme's own choice after it. Empty when
    /// these rules have nothing to say about it.
    pub fn explain(&self, topic: Topic<'_>) -> Vec<Reason> {
        let one = |text: &Text, source: &Source| vec![Reason::of(text, source)];
        match topic {
            Topic::Note(field) => self.note.element(field).map_or_else(Vec::new, |element| {
                let mut reasons = one(&element.why, &element.source);
                if element.adopted {
                    reasons.push(Reason::own_choice(Strength::Must));
                }
                reasons
            }),
            Topic::Activity(id) => {
                self.activity(id).map_or_else(Vec::new, |found| one(&found.name, &found.source))
            }
            Topic::Title(id) => self.title(id).map_or_else(Vec::new, |found| one(&found.name, &found.source)),
            Topic::FirstMeeting(id) => self
                .first_meeting
                .iter()
                .find(|item| item.id == id)
                .map_or_else(Vec::new, |found| one(&found.name, &found.source)),
            Topic::Right(id) => self
                .rights
                .iter()
                .find(|right| right.id == id)
                .map_or_else(Vec::new, |found| one(&found.text, &found.source)),
            Topic::Setting(id) => self
                .open_settings
                .iter()
                .chain(&self.closed_settings)
                .find(|setting| setting.id == id)
                .map_or_else(Vec::new, |setting| {
                    let mut reasons = one(&setting.why, &setting.source);
                    if setting.chosen.is_some() {
                        reasons.push(Reason::own_choice(setting.source.strength));
                    }
                    reasons
                }),
            Topic::Privacy => self.notice(Notice::PRIVACY, &self.limits_of_privacy),
            Topic::Support => self.notice(Notice::SUPPORT, &self.support.explanation),
        }
    }

    fn notice(&self, id: &str, text: &Text) -> Vec<Reason> {
        self.notices.get(id).map_or_else(Vec::new, |source| vec![Reason::of(text, source)])
    }
}
