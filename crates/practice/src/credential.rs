//! What a worker can show: trainings, papers, exams, hours, and what they say of their own way here.
//!
//! It belongs to the human, not to a programme, and leaves with them. Each entry turns into [`Facts`], from which
//! [`crate::rule`] answers. What was sent counts at once; somebody else then looks at it and takes it or sends it back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::AccountId;
use crate::rule::fact::{
    Acknowledgement, Attestation, Attribute, Check, Credit, Education, Exam, Experience, Filing, Level,
    Paper, Training,
};
use crate::rule::requirement::Kind;
use crate::rule::{Facts, Requirement};

/// One thing a worker can show. There is no other kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Entry {
    /// The day they were born.
    Born {
        /// That day.
        day: Date,
    },
    /// A diploma or degree.
    Education {
        /// The day on it.
        day: Date,
        /// How far.
        level: Level,
        /// In what.
        field: Option<String>,
    },
    /// A time of work, paid or not.
    Experience {
        /// The first day.
        from: Date,
        /// The last day; none while it goes on.
        until: Option<Date>,
        /// With whom or as what.
        kind: String,
    },
    /// Something of their own life, with no more of it than the rule asks.
    Attestation {
        /// The day they said it.
        day: Date,
        /// What.
        what: String,
        /// How many of it.
        count: u32,
    },
    /// A paper that is good for a time.
    Paper {
        /// What it is.
        kind: String,
        /// The first day.
        from: Date,
        /// The last day, when it names one.
        until: Option<Date>,
        /// Whether it says that all is well.
        clear: bool,
    },
    /// A training that has ended.
    Training {
        /// Its last day.
        ended: Date,
        /// What it was about.
        topics: Vec<String>,
        /// How long, in minutes.
        minutes: u32,
        /// The programme of training it belongs to.
        programme: Option<String>,
        /// Who approved that programme.
        approved_by: Option<String>,
        /// The number of the certificate.
        certificate: Option<String>,
    },
    /// An exam.
    Exam {
        /// The day.
        day: Date,
        /// Which.
        kind: String,
        /// Whether it was passed.
        passed: bool,
        /// Points in a hundred.
        score: Option<u32>,
    },
    /// Continuing education.
    Credit {
        /// Its last day.
        ended: Date,
        /// What it was called.
        title: Option<String>,
        /// How long, in minutes.
        minutes: u32,
        /// What it was about.
        categories: Vec<String>,
        /// Who gave it.
        sponsor: Option<String>,
        /// The number of the certificate.
        certificate: Option<String>,
    },
    /// They have read something.
    Acknowledgement {
        /// The day.
        day: Date,
        /// What.
        what: String,
        /// Which version.
        version: String,
    },
    /// Hours were handed in to the certifier.
    Submission {
        /// The day.
        day: Date,
        /// The requirement.
        requirement: String,
    },
    /// A certificate was taken up again.
    Reactivation {
        /// The day.
        day: Date,
        /// The requirement.
        requirement: String,
    },
    /// What they are as a supervisor, such as a qualified mental health professional.
    Attribute {
        /// The first day.
        from: Date,
        /// The last day; none while it goes on.
        until: Option<Date>,
        /// What.
        attribute: String,
    },
}

/// Why an entry can't be kept as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// It has not happened yet.
    #[error("the day has not come yet")]
    InFuture,
    /// It ends before it begins.
    #[error("the last day is before the first")]
    EndsBeforeStart,
    /// No time was given where the time is what counts.
    #[error("how long is missing")]
    NoTime,
    /// More than can be: a training of years, points over a hundred.
    #[error("that is more than can be")]
    TooMuch,
}

/// The longest training or event, in minutes: 1,000 hours.
pub const LONGEST: u32 = 60_000;

impl Entry {
    /// The day from which it counts.
    pub fn day(&self) -> Date {
        match self {
            Entry::Born { day }
            | Entry::Education { day, .. }
            | Entry::Attestation { day, .. }
            | Entry::Exam { day, .. }
            | Entry::Acknowledgement { day, .. }
            | Entry::Submission { day, .. }
            | Entry::Reactivation { day, .. } => *day,
            Entry::Experience { from, .. } | Entry::Paper { from, .. } | Entry::Attribute { from, .. } => {
                *from
            }
            Entry::Training { ended, .. } | Entry::Credit { ended, .. } => *ended,
        }
    }

    /// Its name in the keys of sentences.
    pub fn as_str(&self) -> &'static str {
        match self {
            Entry::Born { .. } => "born",
            Entry::Education { .. } => "education",
            Entry::Experience { .. } => "experience",
            Entry::Attestation { .. } => "attestation",
            Entry::Paper { .. } => "paper",
            Entry::Training { .. } => "training",
            Entry::Exam { .. } => "exam",
            Entry::Credit { .. } => "credit",
            Entry::Acknowledgement { .. } => "acknowledgement",
            Entry::Submission { .. } => "submission",
            Entry::Reactivation { .. } => "reactivation",
            Entry::Attribute { .. } => "attribute",
        }
    }

    /// Checks that it can be so, on the day it is sent. A paper may begin later than today; what happened may not.
    ///
    /// # Errors
    /// See [`EntryFault`].
    pub fn checked(self, today: Date) -> Result<Entry, EntryFault> {
        let may_begin_later = matches!(self, Entry::Paper { .. } | Entry::Attribute { .. });
        if self.day() > today && !may_begin_later {
            return Err(EntryFault::InFuture);
        }
        match &self {
            Entry::Experience { from, until, .. }
            | Entry::Paper { from, until, .. }
            | Entry::Attribute { from, until, .. }
                if until.is_some_and(|until| until < *from) =>
            {
                Err(EntryFault::EndsBeforeStart)
            }
            Entry::Experience { until: Some(until), .. } if *until > today => Err(EntryFault::InFuture),
            Entry::Credit { minutes: 0, .. } | Entry::Attestation { count: 0, .. } => Err(EntryFault::NoTime),
            Entry::Credit { minutes, .. } | Entry::Training { minutes, .. } if *minutes > LONGEST => {
                Err(EntryFault::TooMuch)
            }
            Entry::Exam { score: Some(score), .. } if *score > 100 => Err(EntryFault::TooMuch),
            _ => Ok(self),
        }
    }

    /// Puts it among the facts.
    fn put(&self, check: Check, facts: &mut Facts) {
        match self.clone() {
            Entry::Born { day } => {
                if check != Check::Refused {
                    facts.worker.born = Some(day);
                }
            }
            Entry::Education { day, level, field } => {
                facts.education.push(Education { day, level, field, check });
            }
            Entry::Experience { from, until, kind } => {
                facts.experience.push(Experience { from, until, kind, check });
            }
            Entry::Attestation { day, what, count } => {
                facts.attestations.push(Attestation { day, what, count, check });
            }
            Entry::Paper { kind, from, until, clear } => {
                facts.papers.push(Paper { from, until, kind, clear, check });
            }
            Entry::Training { ended, topics, minutes, programme, approved_by, certificate } => {
                facts.trainings.push(Training {
                    ended,
                    topics,
                    minutes,
                    programme,
                    approved_by,
                    certificate,
                    check,
                });
            }
            Entry::Exam { day, kind, passed, score } => {
                facts.exams.push(Exam { day, kind, passed, score, check });
            }
            Entry::Credit { ended, title, minutes, categories, sponsor, certificate } => {
                facts.credits.push(Credit {
                    ended,
                    title,
                    // Thousandths of an hour.
                    amount: u32::try_from(u64::from(minutes) * 1000 / 60).unwrap_or(u32::MAX),
                    unit: None,
                    categories,
                    sponsor,
                    certificate,
                    used_for: None,
                    check,
                });
            }
            Entry::Acknowledgement { day, what, version } => {
                if check != Check::Refused {
                    facts.acknowledgements.push(Acknowledgement { day, what, version });
                }
            }
            Entry::Submission { day, requirement } => {
                if check != Check::Refused {
                    facts.submissions.push(Filing { day, requirement });
                }
            }
            Entry::Reactivation { day, requirement } => {
                if check != Check::Refused {
                    facts.reactivations.push(Filing { day, requirement });
                }
            }
            // Whether somebody may supervise others is not theirs alone to say: it counts when it was looked at.
            Entry::Attribute { from, until, attribute } => {
                if check == Check::Accepted {
                    facts.attributes.push(Attribute { from, until, attribute });
                }
            }
        }
    }

    /// Whether it bears on this requirement, for the name it is shown under.
    pub fn bears_on(&self, requirement: &Requirement) -> bool {
        match (self, &requirement.kind) {
            (Entry::Born { .. }, Kind::Age { .. }) => true,
            (Entry::Education { .. } | Entry::Experience { .. }, Kind::Education { .. }) => true,
            (Entry::Attestation { what, .. }, Kind::Attested { what: asked, .. }) => what == asked,
            (Entry::Paper { kind, .. }, Kind::Paper { papers, .. }) => papers.contains(kind),
            (Entry::Training { topics, .. }, Kind::Training { topic, .. }) => topics.contains(topic),
            (
                Entry::Training { topics, programme, approved_by, .. },
                Kind::Programme { programme: asked, approved_by: approver, topics: needed, .. },
            ) => {
                (asked.is_some() && programme == asked)
                    || (approver.is_some() && approved_by == approver)
                    || needed.iter().any(|topic| topics.contains(topic))
            }
            (Entry::Exam { kind, .. }, Kind::Exam { exam, .. }) => kind == exam,
            (Entry::Credit { .. }, Kind::Continuing(_)) => true,
            (Entry::Acknowledgement { what, .. }, Kind::Acknowledged { what: asked, .. }) => what == asked,
            (Entry::Submission { requirement: id, .. } | Entry::Reactivation { requirement: id, .. }, _) => {
                *id == requirement.id
            }
            (Entry::Attribute { attribute, .. }, Kind::Supervisor { any_of }) => any_of.contains(attribute),
            _ => false,
        }
    }
}

/// Where an entry stands. Each state owns what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// Nobody has looked yet. It counts.
    Waiting,
    /// Somebody looked and it is good.
    Accepted {
        /// Who.
        by: AccountId,
        /// When.
        on: Date,
    },
    /// It was sent back. It does not count.
    Refused {
        /// Who.
        by: AccountId,
        /// When.
        on: Date,
        /// Why, in words that say what would help.
        why: String,
    },
}

impl Standing {
    /// As the rules see it.
    pub fn check(&self) -> Check {
        match self {
            Standing::Waiting => Check::Waiting,
            Standing::Accepted { .. } => Check::Accepted,
            Standing::Refused { .. } => Check::Refused,
        }
    }
}

/// An entry of a worker's, with where it stands and the paper behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// What it says.
    pub entry: Entry,
    /// When it was sent. It changes nothing about what counts.
    pub sent: Date,
    /// The photo or file behind it.
    pub paper: Option<crate::evidence::About>,
    standing: Standing,
}

/// Why somebody can't decide about an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckFault {
    /// It is their own.
    #[error("nobody checks their own")]
    Own,
    /// Somebody decided before.
    #[error("it was looked at before")]
    Decided,
    /// Sending back needs a word on why.
    #[error("say why it is sent back")]
    NoReason,
}

impl Credential {
    /// A new one, which waits. What they only say of themselves, and what they have read, needs no paper.
    pub fn sent(entry: Entry, paper: Option<crate::evidence::About>, on: Date) -> Credential {
        Credential { entry, sent: on, paper, standing: Standing::Waiting }
    }

    /// Where it stands.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Somebody else looked, and it is good.
    ///
    /// # Errors
    /// When it is their own, or was decided before.
    pub fn accept(self, owner: AccountId, by: AccountId, on: Date) -> Result<Credential, CheckFault> {
        self.decidable(owner, by)?;
        Ok(Credential { standing: Standing::Accepted { by, on }, ..self })
    }

    /// Somebody else looked, and sends it back with a reason.
    ///
    /// # Errors
    /// When it is their own, was decided before, or no reason is given.
    pub fn refuse(
        self,
        owner: AccountId,
        by: AccountId,
        on: Date,
        why: &str,
    ) -> Result<Credential, CheckFault> {
        self.decidable(owner, by)?;
        let why = why.trim();
        if why.is_empty() {
            return Err(CheckFault::NoReason);
        }
        Ok(Credential { standing: Standing::Refused { by, on, why: why.to_owned() }, ..self })
    }

    fn decidable(&self, owner: AccountId, by: AccountId) -> Result<(), CheckFault> {
        if owner == by {
            return Err(CheckFault::Own);
        }
        if self.standing != Standing::Waiting {
            return Err(CheckFault::Decided);
        }
        Ok(())
    }
}

/// Puts everything a worker has shown among the facts. They still have to be settled.
pub fn gather<'c>(all: impl IntoIterator<Item = &'c Credential>, facts: &mut Facts) {
    for credential in all {
        credential.entry.put(credential.standing.check(), facts);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn training(ended: Date) -> Entry {
        Entry::Training {
            ended,
            topics: vec!["tuberculosis".into()],
            minutes: 0,
            programme: None,
            approved_by: None,
            certificate: None,
        }
    }

    #[test]
    fn what_happened_is_not_in_the_future_and_a_paper_may_begin_later() {
        let today = date(2026, 3, 1);
        assert_eq!(training(date(2026, 3, 2)).checked(today), Err(EntryFault::InFuture));
        assert!(training(today).checked(today).is_ok());
        let paper = |from, until| Entry::Paper { kind: "certificate".into(), from, until, clear: true };
        assert!(paper(date(2026, 4, 1), None).checked(today).is_ok());
        let backwards = paper(date(2026, 4, 1), Some(date(2026, 3, 31)));
        assert_eq!(backwards.checked(today), Err(EntryFault::EndsBeforeStart));
    }

    #[test]
    fn what_was_sent_back_gives_no_fact_of_any_kind() {
        let day = date(2026, 1, 2);
        let entries = [
            Entry::Born { day },
            training(day),
            Entry::Acknowledgement { day, what: "handbook".into(), version: "1".into() },
            Entry::Attribute { from: day, until: None, attribute: "qmhp".into() },
            Entry::Submission { day, requirement: "hours".into() },
        ];
        let mut facts = Facts::default();
        for entry in entries {
            let sent = Credential::sent(entry, None, day);
            let back = sent.refuse(account(1), account(2), day, "The day can’t be read.").unwrap();
            gather([&back], &mut facts);
        }
        assert_eq!(facts.settle(), Facts::default());
    }

    proptest! {
        /// Whatever is tried, and in whichever order: nobody decides about their own, and nothing is decided twice.
        #[test]
        fn nobody_checks_their_own_and_nothing_is_decided_twice(
            owner in 0u128..4, tries in proptest::collection::vec((0u128..4, any::<bool>(), ".{0,3}"), 0..8)
        ) {
            let day = date(2026, 3, 1);
            let mut now = Credential::sent(training(day), None, day);
            let mut decided = 0;
            for (by, good, why) in tries {
                let before = now.clone();
                let next = match good {
                    true => now.clone().accept(account(owner), account(by), day),
                    false => now.clone().refuse(account(owner), account(by), day, &why),
                };
                match next {
                    Ok(next) => {
                        prop_assert!(by != owner);
                        prop_assert!(good || !why.trim().is_empty());
                        decided += 1;
                        now = next;
                    }
                    Err(_) => prop_assert_eq!(&now, &before),
                }
            }
            prop_assert!(decided <= 1);
            prop_assert_eq!(now.standing() == &Standing::Waiting, decided == 0);
        }
    }
}
