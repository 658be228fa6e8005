//! People who meet: what each chooses to share, who could meet whom ([`index`]), and two on their way from a wish to a talk.
//!
//! Nobody learns a name before both said yes, and nothing that is kept says who said no, or why: a wish that came to nothing
//! looks the same whichever of the two, or whoever brings people together, let it go.

pub mod index;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::id::AccountId;
pub use index::Near;

/// The longest a line of an offer may be, in characters.
pub const LINE_LIMIT: usize = 120;
/// The most names somebody can say they would rather not meet.
pub const MOST_AVOIDED: usize = 12;
/// The most people somebody can be there for at once.
pub const MOST_PLACES: u32 = 5;
/// After how many days somebody may be suggested again who said "not now".
pub const AGAIN_DAYS: i32 = 90;

/// What kind of thing two people can share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroundKind {
    /// How old a child is, in bands. Nothing else is ever said of a child.
    ChildAge,
    /// A system they found their way through.
    System,
    /// Something they lived through.
    Experience,
    /// A language they speak.
    Language,
    /// A faith.
    Faith,
    /// Life with the military.
    Military,
    /// A way to talk.
    Way,
    /// When they have time.
    Hour,
}

impl GroundKind {
    /// Every kind, in the order shown.
    pub const ALL: [GroundKind; 8] = [
        GroundKind::ChildAge,
        GroundKind::System,
        GroundKind::Experience,
        GroundKind::Faith,
        GroundKind::Military,
        GroundKind::Language,
        GroundKind::Way,
        GroundKind::Hour,
    ];

    pub(crate) const NAMES: &[(&'static str, GroundKind)] = &[
        ("child_age", GroundKind::ChildAge),
        ("system", GroundKind::System),
        ("experience", GroundKind::Experience),
        ("language", GroundKind::Language),
        ("faith", GroundKind::Faith),
        ("military", GroundKind::Military),
        ("way", GroundKind::Way),
        ("hour", GroundKind::Hour),
    ];

    /// The name in packs and in the keys of sentences.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether two must share one of it: without a language, a way and an hour they can't talk.
    pub fn is_needed(self) -> bool {
        matches!(self, GroundKind::Language | GroundKind::Way | GroundKind::Hour)
    }

    /// Whether one can say that it matters in somebody else. What is needed matters in any case.
    pub fn can_matter(self) -> bool {
        !matches!(self, GroundKind::Way | GroundKind::Hour)
    }
}

/// What somebody writes about themself, so that others can be found. Everything but what two need to talk may be left out.
/// There is no free text in it that another person reads: nothing can slip in of a child, a place or a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Offer {
    /// What they choose to share, by ids of the pack.
    pub shares: BTreeSet<String>,
    /// What matters to them in somebody else, by ids of the pack.
    pub matters: BTreeSet<String>,
    /// Their part of town. Never shown to anybody else, only compared.
    pub area: String,
    /// Where the other should live.
    pub near: Near,
    /// Where they work. Never shown, only compared: two who work together don't meet here.
    pub workplace: String,
    /// Whom they would rather not meet, by name. Never shown, only compared.
    pub avoid: Vec<String>,
    /// For how many others they would like to be there, and none when they only look for somebody.
    pub places: u32,
    /// Whether they need a pause: nobody is suggested to them, and they to nobody.
    pub paused: bool,
}

/// Why an offer can't be kept so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfferFault {
    /// Nothing of a kind that two need to talk.
    #[error("it needs a language, a way to talk and an hour")]
    Needs(GroundKind),
    /// Something that this programme's lists do not have.
    #[error("that is not in the list")]
    Unknown,
    /// A text is longer than [`LINE_LIMIT`], or there are more names than [`MOST_AVOIDED`].
    #[error("a text is too long")]
    TooLong,
    /// More people than [`MOST_PLACES`].
    #[error("that is more than anybody can be there for")]
    TooMany,
}

impl Offer {
    /// Takes what was chosen: trims, drops empty lines, and asks for what two need to talk. `kind` knows the pack's lists.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn checked(mut self, kind: impl Fn(&str) -> Option<GroundKind>) -> Result<Offer, OfferFault> {
        for text in std::iter::once(&mut self.area).chain([&mut self.workplace]).chain(&mut self.avoid) {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.chars().count() > LINE_LIMIT {
                return Err(OfferFault::TooLong);
            }
        }
        self.avoid.retain(|name| !name.is_empty());
        if self.avoid.len() > MOST_AVOIDED {
            return Err(OfferFault::TooLong);
        }
        if self.places > MOST_PLACES {
            return Err(OfferFault::TooMany);
        }
        let mut kinds = BTreeSet::new();
        for id in &self.shares {
            kinds.insert(kind(id).ok_or(OfferFault::Unknown)?);
        }
        for id in &self.matters {
            kind(id).filter(|kind| kind.can_matter()).ok_or(OfferFault::Unknown)?;
        }
        let missing = GroundKind::ALL.into_iter().find(|kind| kind.is_needed() && !kinds.contains(kind));
        missing.map_or(Ok(self), |kind| Err(OfferFault::Needs(kind)))
    }
}

/// What was gone through with somebody who would like to be there for another, and when they are asked next how it is for
/// them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentor {
    /// Steps of the pack, by id.
    pub done: BTreeSet<String>,
    /// When whoever looks after them asks next.
    pub next: Option<Date>,
}

impl Mentor {
    /// Whether everything was gone through that the pack asks for today. A step that is added later has to be gone through.
    pub fn is_ready<'s>(&self, mut steps: impl Iterator<Item = &'s str>) -> bool {
        steps.all(|step| self.done.contains(step))
    }

    /// Whether they should be asked by this day how it is for them.
    pub fn is_due(&self, today: Date) -> bool {
        self.next.is_some_and(|day| day <= today)
    }
}

/// What speaks for two people meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// They share something of a kind.
    Kind(GroundKind),
    /// They live in the same part of town.
    SameArea,
    /// They live in different ones.
    OtherArea,
}

/// A reason, as data: `locales/` makes a sentence of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// What speaks for it.
    pub kind: Because,
    /// What they share of that kind, by ids of the pack.
    pub what: Vec<String>,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Whoever was looking for somebody.
    Asker,
    /// Whoever is there for somebody.
    Other,
}

/// What somebody says when they are asked. None of them needs a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// They would like to meet.
    Yes,
    /// Not now; perhaps later.
    NotNow,
    /// Rather somebody else.
    SomebodyElse,
}

impl Answer {
    /// Reads the name in forms.
    pub fn parse(text: &str) -> Option<Answer> {
        match text {
            "yes" => Some(Answer::Yes),
            "not_now" => Some(Answer::NotNow),
            "somebody_else" => Some(Answer::SomebodyElse),
            _ => None,
        }
    }
}

/// The first talk, with the three of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// The day, in the programme's zone.
    pub day: Date,
    /// The hour.
    pub time: Time,
    /// Where or how, in plain words.
    pub how: String,
}

/// Which of the two check-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Week {
    /// After two weeks.
    Two,
    /// After six weeks.
    Six,
}

impl Week {
    const ALL: [Week; 2] = [Week::Two, Week::Six];

    fn after(self, since: Date) -> Date {
        let weeks = if self == Week::Two { 2 } else { 6 };
        since.saturating_add(weeks.weeks())
    }
}

/// How it is for one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feels {
    /// Good as it is.
    Good,
    /// They would like to talk with somebody about it.
    Talk,
}

impl Feels {
    /// Reads the name in forms.
    pub fn parse(text: &str) -> Option<Feels> {
        match text {
            "good" => Some(Feels::Good),
            "talk" => Some(Feels::Talk),
            _ => None,
        }
    }
}

/// What one of them said at a check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Which of the two people.
    pub side: Side,
    /// Which check-in.
    pub week: Week,
    /// How it is.
    pub feels: Feels,
    /// Whether somebody talked with them since, where they wished it.
    pub heard: bool,
}

/// Two people on their way to each other. Each state owns what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Pairing {
    /// Somebody would like to meet somebody. Whoever brings people together has not decided.
    Wished {
        /// What speaks for it.
        why: Vec<Why>,
    },
    /// The other is asked, without a name.
    Asked {
        /// What speaks for it.
        why: Vec<Why>,
        /// Who brings them together.
        by: AccountId,
    },
    /// Both said yes. Now each may know the other's first name, and reads the ground rules.
    Met {
        /// What speaks for it.
        why: Vec<Why>,
        /// Who brings them together.
        by: AccountId,
        /// Who agreed to the ground rules and the limits of what stays private.
        agreed: BTreeSet<Side>,
    },
    /// The first talk is planned.
    Planned {
        /// What speaks for it.
        why: Vec<Why>,
        /// Who brings them together, and is there.
        by: AccountId,
        /// When and how.
        talk: Talk,
    },
    /// They talk, as often as both like.
    Together {
        /// What speaks for it.
        why: Vec<Why>,
        /// Who brought them together.
        by: AccountId,
        /// The day of the first talk.
        since: Date,
        /// What they said at the check-ins.
        told: Vec<CheckIn>,
    },
    /// It came to nothing before anybody knew a name. Why, and through whom, is kept nowhere.
    LetGo {
        /// From when on the two may be suggested to each other again; never, when there is no day.
        again: Option<Date>,
    },
    /// It ended, after they knew each other. By whom, and why, is kept nowhere.
    Over {
        /// The day.
        on: Date,
    },
}

/// Why a step is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairingFault {
    /// It is not at the point for that, or is over.
    #[error("this is at another point by now")]
    NotNow,
    /// One of them has not agreed to the ground rules yet.
    #[error("both agree to the ground rules first")]
    NotAgreed,
    /// The day is before the talk was planned for, or has not come.
    #[error("this day does not fit")]
    Day,
}

impl Pairing {
    /// Somebody would like to meet somebody.
    pub fn wish(why: Vec<Why>) -> Pairing {
        Pairing::Wished { why }
    }

    /// Where it stands, as the store keeps it.
    pub fn state(&self) -> &'static str {
        match self {
            Pairing::Wished { .. } => "wished",
            Pairing::Asked { .. } => "asked",
            Pairing::Met { .. } => "met",
            Pairing::Planned { .. } => "planned",
            Pairing::Together { .. } => "together",
            Pairing::LetGo { .. } => "let_go",
            Pairing::Over { .. } => "over",
        }
    }

    /// Whether it goes on.
    pub fn is_open(&self) -> bool {
        !matches!(self, Pairing::LetGo { .. } | Pairing::Over { .. })
    }

    /// Whether each may know the other's first name: from both yeses on, until it is over.
    pub fn names_are_known(&self) -> bool {
        matches!(self, Pairing::Met { .. } | Pairing::Planned { .. } | Pairing::Together { .. })
    }

    /// Whether the other knows of it at all.
    pub fn other_knows(&self) -> bool {
        matches!(self, Pairing::Asked { .. }) || self.names_are_known()
    }

    /// What speaks for it; nothing any more when it is over.
    pub fn why(&self) -> &[Why] {
        match self {
            Pairing::Wished { why }
            | Pairing::Asked { why, .. }
            | Pairing::Met { why, .. }
            | Pairing::Planned { why, .. }
            | Pairing::Together { why, .. } => why,
            Pairing::LetGo { .. } | Pairing::Over { .. } => &[],
        }
    }

    /// Who brings them together, from when somebody does.
    pub fn by(&self) -> Option<AccountId> {
        match self {
            Pairing::Asked { by, .. }
            | Pairing::Met { by, .. }
            | Pairing::Planned { by, .. }
            | Pairing::Together { by, .. } => Some(*by),
            _ => None,
        }
    }

    /// The other is asked, without a name.
    ///
    /// # Errors
    /// When they were asked already, or it is over.
    pub fn ask(self, by: AccountId) -> Result<Pairing, PairingFault> {
        match self {
            Pairing::Wished { why } => Ok(Pairing::Asked { why, by }),
            _ => Err(PairingFault::NotNow),
        }
    }

    /// The wish is let go before anybody knows a name: by whoever wished it, or whoever decides to ask.
    ///
    /// # Errors
    /// When they know each other, or it is over.
    pub fn leave(self) -> Result<Pairing, PairingFault> {
        match self {
            Pairing::Wished { .. } | Pairing::Asked { .. } => Ok(Pairing::LetGo { again: None }),
            _ => Err(PairingFault::NotNow),
        }
    }

    /// What the other says. A yes is the second one: whoever wished it said theirs.
    ///
    /// # Errors
    /// When nobody asks them.
    pub fn answer(self, answer: Answer, today: Date) -> Result<Pairing, PairingFault> {
        match (self, answer) {
            (Pairing::Asked { why, by }, Answer::Yes) => {
                Ok(Pairing::Met { why, by, agreed: BTreeSet::new() })
            }
            (Pairing::Asked { .. }, Answer::NotNow) => {
                Ok(Pairing::LetGo { again: Some(today.saturating_add(AGAIN_DAYS.days())) })
            }
            (Pairing::Asked { .. }, Answer::SomebodyElse) => Ok(Pairing::LetGo { again: None }),
            _ => Err(PairingFault::NotNow),
        }
    }

    /// One of them agrees to the ground rules and the limits of what stays private. Twice changes nothing.
    ///
    /// # Errors
    /// Before both said yes, or when they agreed long ago.
    pub fn agree(self, side: Side) -> Result<Pairing, PairingFault> {
        match self {
            Pairing::Met { why, by, mut agreed } => {
                agreed.insert(side);
                Ok(Pairing::Met { why, by, agreed })
            }
            _ => Err(PairingFault::NotNow),
        }
    }

    /// Whether one of them agreed.
    pub fn agreed(&self, side: Side) -> bool {
        match self {
            Pairing::Met { agreed, .. } => agreed.contains(&side),
            Pairing::Planned { .. } | Pairing::Together { .. } => true,
            _ => false,
        }
    }

    /// Plans the first talk, or moves it.
    ///
    /// # Errors
    /// Before both agreed.
    pub fn plan(self, with: AccountId, talk: Talk) -> Result<Pairing, PairingFault> {
        match self {
            Pairing::Met { why, agreed, .. } if agreed.len() == 2 => {
                Ok(Pairing::Planned { why, by: with, talk })
            }
            Pairing::Planned { why, .. } => Ok(Pairing::Planned { why, by: with, talk }),
            Pairing::Met { .. } => Err(PairingFault::NotAgreed),
            _ => Err(PairingFault::NotNow),
        }
    }

    /// The first talk was held.
    ///
    /// # Errors
    /// When none was planned.
    pub fn talked(self, on: Date) -> Result<Pairing, PairingFault> {
        match self {
            Pairing::Planned { why, by, .. } => {
                Ok(Pairing::Together { why, by, since: on, told: Vec::new() })
            }
            _ => Err(PairingFault::NotNow),
        }
    }

    /// Which check-in one of them is asked for on a day: the last one that has come, unless they said.
    pub fn asks(&self, side: Side, today: Date) -> Option<Week> {
        let Pairing::Together { since, told, .. } = self else { return None };
        let due = Week::ALL.into_iter().rev().find(|week| week.after(*since) <= today)?;
        (!told.iter().any(|one| one.side == side && one.week == due)).then_some(due)
    }

    /// The next day on which a check-in comes, that not both have answered.
    pub fn check_in_due(&self) -> Option<Date> {
        let Pairing::Together { since, told, .. } = self else { return None };
        let open = |week: &Week| told.iter().filter(|one| one.week == *week).count() < 2;
        Week::ALL.into_iter().filter(open).map(|week| week.after(*since)).min()
    }

    /// One of them says how it is.
    ///
    /// # Errors
    /// When they are not asked.
    pub fn check_in(self, side: Side, feels: Feels, today: Date) -> Result<Pairing, PairingFault> {
        let week = self.asks(side, today).ok_or(PairingFault::NotNow)?;
        match self {
            Pairing::Together { why, by, since, mut told } => {
                told.push(CheckIn { side, week, feels, heard: false });
                Ok(Pairing::Together { why, by, since, told })
            }
            _ => Err(PairingFault::NotNow),
        }
    }

    /// Who would like to talk about it with whoever brought them together, and nobody did yet.
    pub fn wants_to_talk(&self) -> Vec<Side> {
        let Pairing::Together { told, .. } = self else { return Vec::new() };
        let waits =
            |side: &Side| told.iter().any(|one| one.side == *side && one.feels == Feels::Talk && !one.heard);
        [Side::Asker, Side::Other].into_iter().filter(waits).collect()
    }

    /// Somebody talked with one of them.
    ///
    /// # Errors
    /// When they do not talk with each other.
    pub fn heard(self, side: Side) -> Result<Pairing, PairingFault> {
        match self {
            Pairing::Together { why, by, since, mut told } => {
                for one in told.iter_mut().filter(|one| one.side == side) {
                    one.heard = true;
                }
                Ok(Pairing::Together { why, by, since, told })
            }
            _ => Err(PairingFault::NotNow),
        }
    }

    /// Ends it, at any time after both said yes. Either may, without a reason.
    ///
    /// # Errors
    /// Before both said yes, or when it is over.
    pub fn end(self, on: Date) -> Result<Pairing, PairingFault> {
        if self.names_are_known() { Ok(Pairing::Over { on }) } else { Err(PairingFault::NotNow) }
    }
}
