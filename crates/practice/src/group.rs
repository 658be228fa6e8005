//! Groups, of two kinds that are never taken for each other.
//!
//! A *service group* is held by the programme: it knows who came, and one of its leaders counts the time. A *mutual-help
//! group* belongs to its members: the programme helps it begin, counts heads and no names, and hands it over. After that it
//! keeps nothing but that the group exists, and that only if the members say so.

pub mod session;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, PersonId};
use crate::person::FIELD_LIMIT;
use crate::words::fold;

/// The longest name of a group, in characters.
pub const NAME_LIMIT: usize = 80;
/// The most agreements of a group.
pub const MOST_AGREEMENTS: usize = 20;
/// The most facilitators of a group at once.
pub const MOST_FACILITATORS: usize = 12;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Held by the programme.
    Service,
    /// Belongs to its members.
    MutualHelp,
}

impl Kind {
    /// Both, in the order shown to people.
    pub const ALL: [Kind; 2] = [Kind::Service, Kind::MutualHelp];

    /// The name in forms and rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Service => "service",
            Kind::MutualHelp => "mutual_help",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Why a group can't be kept or changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GroupFault {
    /// A group needs a name.
    #[error("a group needs a name")]
    NoName,
    /// A text is too long, or there are too many agreements.
    #[error("that is more than can be kept")]
    TooLong,
    /// Something is missing before the first meeting.
    #[error("the group is not ready to begin")]
    NotReady(Need),
    /// It is not at the point where that can be done.
    #[error("the group is not at this point")]
    NotNow,
    /// Somebody has to lead it.
    #[error("somebody has to lead the group")]
    NobodyLeads,
    /// They are among those who lead or learn to lead already.
    #[error("they are among the facilitators already")]
    ThereAlready,
    /// There are too many of them.
    #[error("a group has at most 12 facilitators")]
    TooMany,
    /// There is nobody like that.
    #[error("they are not among the facilitators")]
    NotThere,
    /// Watching comes before leading together, and that before leading.
    #[error("one step at a time")]
    NoSuchStep,
    /// Only a member who leads can be asked to keep a group.
    #[error("only a member who leads can keep the group")]
    KeeperMustLead,
}

/// What a group needs before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// What it is for.
    Purpose,
    /// Where it meets.
    Place,
    /// When it meets.
    When,
    /// What its people promise each other.
    Agreements,
    /// Somebody who leads.
    Leader,
}

impl Need {
    /// All, in the order shown to people.
    pub const ALL: [Need; 5] = [Need::Purpose, Need::Place, Need::When, Need::Agreements, Need::Leader];

    /// The name in sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            Need::Purpose => "purpose",
            Need::Place => "place",
            Need::When => "when",
            Need::Agreements => "agreements",
            Need::Leader => "leader",
        }
    }
}

/// What a group says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Where it meets.
    pub place: String,
    /// When it meets, in words ("Tuesdays at 6 pm").
    pub when: String,
    /// What its people promise each other.
    pub agreements: Vec<String>,
}

impl Frame {
    /// Takes what was typed: trims, drops empty lines, checks lengths.
    ///
    /// # Errors
    /// When there is no name, or something is too long.
    pub fn checked(mut self) -> Result<Frame, GroupFault> {
        for text in [&mut self.name, &mut self.purpose, &mut self.place, &mut self.when] {
            *text = text.trim().to_owned();
        }
        for line in &mut self.agreements {
            *line = line.trim().to_owned();
        }
        self.agreements.retain(|line| !line.is_empty());
        let long = |text: &String| text.chars().count() > FIELD_LIMIT;
        if self.name.is_empty() {
            return Err(GroupFault::NoName);
        }
        let texts = [&self.purpose, &self.place, &self.when];
        if self.name.chars().count() > NAME_LIMIT
            || self.agreements.len() > MOST_AGREEMENTS
            || texts.into_iter().chain(&self.agreements).any(long)
        {
            return Err(GroupFault::TooLong);
        }
        Ok(self)
    }
}

/// How far somebody is with leading a group. One learns it by watching, then leads together, then leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Is there to see how it is done.
    Watch,
    /// Leads together with somebody.
    CoLead,
    /// Leads.
    Lead,
}

impl Step {
    /// Every step, the first one first.
    pub const ALL: [Step; 3] = [Step::Watch, Step::CoLead, Step::Lead];

    /// The name in forms and rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Watch => "watch",
            Step::CoLead => "co_lead",
            Step::Lead => "lead",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.as_str() == text)
    }

    /// The step after this one.
    pub fn next(self) -> Option<Step> {
        match self {
            Step::Watch => Some(Step::CoLead),
            Step::CoLead => Some(Step::Lead),
            Step::Lead => None,
        }
    }

    /// The step before this one. Going back is no shame: a hard month is a reason.
    pub fn previous(self) -> Option<Step> {
        match self {
            Step::Watch => None,
            Step::CoLead => Some(Step::Watch),
            Step::Lead => Some(Step::CoLead),
        }
    }

    /// Whether they lead, alone or together.
    pub fn leads(self) -> bool {
        self != Step::Watch
    }
}

/// Somebody who leads a group or learns it: somebody who works here, or a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Somebody who works here.
    Worker(AccountId),
    /// A member of the group.
    Member(PersonId),
}

/// One of them, with how far they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facilitator {
    /// Who.
    pub who: Who,
    /// How far.
    pub step: Step,
    /// Since which day at this step.
    pub since: Date,
}

/// What both kinds have: what the group says of itself, and who leads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// What it says of itself.
    pub frame: Frame,
    /// Who leads it or learns it.
    pub facilitators: Vec<Facilitator>,
}

impl Circle {
    /// What is missing before the first meeting.
    pub fn needs(&self) -> BTreeSet<Need> {
        let Frame { purpose, place, when, agreements, .. } = &self.frame;
        let missing = |need: &Need| match need {
            Need::Purpose => purpose.is_empty(),
            Need::Place => place.is_empty(),
            Need::When => when.is_empty(),
            Need::Agreements => agreements.is_empty(),
            Need::Leader => !self.is_led(),
        };
        Need::ALL.into_iter().filter(missing).collect()
    }

    fn is_led(&self) -> bool {
        self.facilitators.iter().any(|one| one.step == Step::Lead)
    }

    /// How far somebody is; none when they are not among them.
    pub fn step_of(&self, who: Who) -> Option<Step> {
        self.facilitators.iter().find(|one| one.who == who).map(|one| one.step)
    }

    /// The same with one more who leads or learns it.
    ///
    /// # Errors
    /// When they are among them already, or there are too many.
    pub fn with(mut self, who: Who, step: Step, since: Date) -> Result<Circle, GroupFault> {
        if self.step_of(who).is_some() {
            return Err(GroupFault::ThereAlready);
        }
        if self.facilitators.len() >= MOST_FACILITATORS {
            return Err(GroupFault::TooMany);
        }
        self.facilitators.push(Facilitator { who, step, since });
        Ok(self)
    }

    /// The same with somebody one step on or back.
    ///
    /// # Errors
    /// When it is more than one step.
    pub fn moved(mut self, who: Who, to: Step, since: Date) -> Result<Circle, GroupFault> {
        let one = self.facilitators.iter_mut().find(|one| one.who == who).ok_or(GroupFault::NotThere)?;
        if one.step.next() != Some(to) && one.step.previous() != Some(to) {
            return Err(GroupFault::NoSuchStep);
        }
        *one = Facilitator { who, step: to, since };
        Ok(self)
    }

    /// The same without somebody.
    ///
    /// # Errors
    /// When they are not among them.
    pub fn without(mut self, who: Who) -> Result<Circle, GroupFault> {
        let before = self.facilitators.len();
        self.facilitators.retain(|one| one.who != who);
        if self.facilitators.len() == before { Err(GroupFault::NotThere) } else { Ok(self) }
    }
}

/// Where a service group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage")]
pub enum ServiceStage {
    /// It is being made ready.
    Idea,
    /// It meets.
    Running {
        /// Since which day.
        since: Date,
    },
    /// It is over.
    Ended {
        /// Since which day it met.
        since: Date,
        /// Its last day.
        on: Date,
    },
}

/// A group held by the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceGroup {
    /// What it says of itself, and who leads it.
    pub circle: Circle,
    /// Where it stands.
    pub stage: ServiceStage,
}

/// Where a mutual-help group stands while the programme helps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage")]
pub enum MutualHelpStage {
    /// It is being made ready.
    Idea,
    /// It meets.
    Running {
        /// Since which day.
        since: Date,
    },
    /// A member is asked to keep it.
    Offered {
        /// Since which day it meets.
        since: Date,
        /// Who is asked.
        to: PersonId,
    },
}

/// A group that the programme helps to begin, and that will belong to its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MutualHelpGroup {
    /// What it says of itself, and who leads it.
    pub circle: Circle,
    /// Where it stands.
    pub stage: MutualHelpStage,
}

/// What the programme keeps of a group that was handed over, when the members say so: that it exists, and where to find it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Where it meets.
    pub place: String,
    /// When it meets, in words.
    pub when: String,
}

impl Listing {
    fn of(frame: Frame) -> Listing {
        let Frame { name, purpose, place, when, .. } = frame;
        Listing { name, purpose, place, when }
    }

    /// Takes what its keeper typed.
    ///
    /// # Errors
    /// When there is no name, or something is too long.
    pub fn checked(self) -> Result<Listing, GroupFault> {
        let Listing { name, purpose, place, when } = self;
        Frame { name, purpose, place, when, agreements: Vec::new() }.checked().map(Listing::of)
    }
}

/// A group that was just handed over: who keeps it, and what may still be known of it here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// The member who keeps it.
    pub keeper: PersonId,
    /// That it exists, when the members say so.
    pub listing: Option<Listing>,
}

/// A group as the programme knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Group {
    /// Held by the programme.
    Service(ServiceGroup),
    /// Helped to begin.
    MutualHelp(MutualHelpGroup),
    /// Handed over: it belongs to its members.
    Theirs(Listing),
}

impl Group {
    /// A new group, as an idea, led by whoever makes it.
    ///
    /// # Errors
    /// When it has no name, or something is too long.
    pub fn new(kind: Kind, frame: Frame, maker: AccountId, on: Date) -> Result<Group, GroupFault> {
        let circle = Circle { frame: frame.checked()?, facilitators: Vec::new() };
        let circle = circle.with(Who::Worker(maker), Step::Lead, on)?;
        Ok(match kind {
            Kind::Service => Group::Service(ServiceGroup { circle, stage: ServiceStage::Idea }),
            Kind::MutualHelp => Group::MutualHelp(MutualHelpGroup { circle, stage: MutualHelpStage::Idea }),
        })
    }

    /// Which kind it is. What belongs to its members is a mutual-help group.
    pub fn kind(&self) -> Kind {
        match self {
            Group::Service(_) => Kind::Service,
            Group::MutualHelp(_) | Group::Theirs(_) => Kind::MutualHelp,
        }
    }

    /// Where it stands, as rows name it.
    pub fn stage(&self) -> &'static str {
        match self {
            Group::Service(ServiceGroup { stage: ServiceStage::Idea, .. })
            | Group::MutualHelp(MutualHelpGroup { stage: MutualHelpStage::Idea, .. }) => "idea",
            Group::Service(ServiceGroup { stage: ServiceStage::Running { .. }, .. })
            | Group::MutualHelp(MutualHelpGroup { stage: MutualHelpStage::Running { .. }, .. }) => "running",
            Group::Service(ServiceGroup { stage: ServiceStage::Ended { .. }, .. }) => "ended",
            Group::MutualHelp(MutualHelpGroup { stage: MutualHelpStage::Offered { .. }, .. }) => "offered",
            Group::Theirs(_) => "theirs",
        }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Group::Service(ServiceGroup { circle, .. })
            | Group::MutualHelp(MutualHelpGroup { circle, .. }) => &circle.frame.name,
            Group::Theirs(listing) => &listing.name,
        }
    }

    /// What it says of itself and who leads it; none once it belongs to its members.
    pub fn circle(&self) -> Option<&Circle> {
        match self {
            Group::Service(ServiceGroup { circle, .. })
            | Group::MutualHelp(MutualHelpGroup { circle, .. }) => Some(circle),
            Group::Theirs(_) => None,
        }
    }

    /// Whether it meets, so that a session can be held.
    pub fn meets(&self) -> bool {
        matches!(self.stage(), "running" | "offered")
    }

    /// Changes what it says of itself or who leads it. While it meets, somebody leads it.
    ///
    /// # Errors
    /// When it is over or belongs to its members, what `change` says, or when nobody would lead it.
    pub fn changed(
        self,
        change: impl FnOnce(Circle) -> Result<Circle, GroupFault>,
    ) -> Result<Group, GroupFault> {
        let stays = |circle: Circle, meets: bool| match meets && !circle.is_led() {
            true => Err(GroupFault::NobodyLeads),
            false => Ok(circle),
        };
        match self {
            Group::Service(ServiceGroup { stage: ServiceStage::Ended { .. }, .. }) | Group::Theirs(_) => {
                Err(GroupFault::NotNow)
            }
            Group::Service(ServiceGroup { circle, stage }) => {
                let circle = stays(change(circle)?, stage != ServiceStage::Idea)?;
                Ok(Group::Service(ServiceGroup { circle, stage }))
            }
            Group::MutualHelp(MutualHelpGroup { circle, stage }) => {
                let circle = stays(change(circle)?, stage != MutualHelpStage::Idea)?;
                // Whoever is asked to keep it must still lead it.
                let stage = match stage {
                    MutualHelpStage::Offered { since, to }
                        if circle.step_of(Who::Member(to)) != Some(Step::Lead) =>
                    {
                        MutualHelpStage::Running { since }
                    }
                    stage => stage,
                };
                Ok(Group::MutualHelp(MutualHelpGroup { circle, stage }))
            }
        }
    }

    /// It begins to meet.
    ///
    /// # Errors
    /// When something is missing, or it meets already.
    pub fn begin(self, on: Date) -> Result<Group, GroupFault> {
        let ready = |circle: &Circle| match circle.needs().first() {
            Some(need) => Err(GroupFault::NotReady(*need)),
            None => Ok(()),
        };
        match self {
            Group::Service(ServiceGroup { circle, stage: ServiceStage::Idea }) => {
                ready(&circle)?;
                Ok(Group::Service(ServiceGroup { circle, stage: ServiceStage::Running { since: on } }))
            }
            Group::MutualHelp(MutualHelpGroup { circle, stage: MutualHelpStage::Idea }) => {
                ready(&circle)?;
                Ok(Group::MutualHelp(MutualHelpGroup {
                    circle,
                    stage: MutualHelpStage::Running { since: on },
                }))
            }
            _ => Err(GroupFault::NotNow),
        }
    }

    /// A service group ends. A mutual-help group is not the programme's to end.
    ///
    /// # Errors
    /// When it does not meet, or belongs to its members.
    pub fn end(self, on: Date) -> Result<Group, GroupFault> {
        match self {
            Group::Service(ServiceGroup { circle, stage: ServiceStage::Running { since } }) => {
                Ok(Group::Service(ServiceGroup { circle, stage: ServiceStage::Ended { since, on } }))
            }
            _ => Err(GroupFault::NotNow),
        }
    }

    /// A member who leads is asked to keep the group; it goes on meeting meanwhile.
    ///
    /// # Errors
    /// When it is no mutual-help group that meets, or they do not lead it.
    pub fn offer(self, to: PersonId) -> Result<Group, GroupFault> {
        match self {
            Group::MutualHelp(MutualHelpGroup { circle, stage: MutualHelpStage::Running { since } }) => {
                if circle.step_of(Who::Member(to)) != Some(Step::Lead) {
                    return Err(GroupFault::KeeperMustLead);
                }
                Ok(Group::MutualHelp(MutualHelpGroup {
                    circle,
                    stage: MutualHelpStage::Offered { since, to },
                }))
            }
            _ => Err(GroupFault::NotNow),
        }
    }

    /// Whoever was asked says no, or whoever asked takes it back. No reason is asked.
    ///
    /// # Errors
    /// When nobody was asked.
    pub fn not_now(self) -> Result<Group, GroupFault> {
        match self {
            Group::MutualHelp(MutualHelpGroup { circle, stage: MutualHelpStage::Offered { since, .. } }) => {
                Ok(Group::MutualHelp(MutualHelpGroup { circle, stage: MutualHelpStage::Running { since } }))
            }
            _ => Err(GroupFault::NotNow),
        }
    }

    /// The member who was asked says yes: it is theirs. Whether the programme may still know that it exists is theirs to
    /// say, too.
    ///
    /// # Errors
    /// When somebody else was asked, or nobody.
    pub fn take(self, keeper: PersonId, listed: bool) -> Result<HandedOver, GroupFault> {
        match self {
            Group::MutualHelp(MutualHelpGroup { circle, stage: MutualHelpStage::Offered { to, .. } })
                if to == keeper =>
            {
                Ok(HandedOver { keeper, listing: listed.then(|| Listing::of(circle.frame)) })
            }
            _ => Err(GroupFault::NotNow),
        }
    }
}

/// How many a group may hold, as far as anybody says so. It reminds and stops nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SizeRules {
    /// The most people in one session; none where nobody says.
    pub most_people: Option<u32>,
    /// The most people for each one who leads; none where nobody says.
    pub people_for_each: Option<u32>,
}

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// More people than a session may have.
    TooMany {
        /// How many it may.
        most: u32,
    },
    /// More people than that many can lead.
    NeedsLeaders {
        /// How many would have to lead.
        leaders: u32,
    },
}

impl SizeRules {
    /// What does not fit when so many people are there with so many who lead.
    pub fn check(&self, people: u32, leaders: u32) -> Vec<Size> {
        let mut found = Vec::new();
        if let Some(most) = self.most_people.filter(|most| people > *most) {
            found.push(Size::TooMany { most });
        }
        if let Some(each) = self.people_for_each.filter(|each| *each > 0) {
            let needed = people.div_ceil(each);
            if needed > leaders {
                found.push(Size::NeedsLeaders { leaders: needed });
            }
        }
        found
    }
}

/// Whose names stand in a text: for each name, whether one of its words of three letters or more does, as a word of its
/// own, however it is written. What a line about one member says must name no other.
pub fn named_in(text: &str, names: &[(&str, &str)]) -> Vec<bool> {
    let words = |text: &str| -> BTreeSet<String> {
        let folded = fold(text);
        let parts = folded.split(|letter: char| !letter.is_alphanumeric());
        parts.filter(|word| word.chars().count() > 2).map(str::to_owned).collect()
    };
    let said = words(text);
    let stands = |(called, family): &(&str, &str)| {
        words(called).iter().chain(&words(family)).any(|word| said.contains(word))
    };
    names.iter().map(stands).collect()
}

#[cfg(test)]
mod tests;
