//! Supervision: a meeting of a supervisor with somebody who walks with people, alone, in a group, or while they meet
//! somebody.
//!
//! Before it there is an agenda that the worker fills, of what they choose to bring. After it there is a record: when, how
//! long, who took part, which topics, what was agreed. What was talked about has no place in it. The supervisor signs;
//! signing freezes a hash of the whole. Whoever took part may put their name beside it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::contact::{Fields, Signer, hex_bytes};
use crate::id::{AccountId, ContactId, CounselId, ProgrammeId, SafetyReportId, SittingInId};
use crate::pack::PackHash;
use crate::person::FIELD_LIMIT;
use crate::rule::fact::{Session, SessionKind};

/// The longest meeting, in minutes.
pub const LONGEST: u32 = 480;
/// How long the reason for "not now" may be, in characters. It is kept short so that it stays a reason.
pub const REASON_LIMIT: usize = 200;
/// The most people in a group.
pub const GROUP_LIMIT: usize = 50;

/// A meeting that is to be held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// How.
    pub kind: SessionKind,
    /// The day.
    pub day: Date,
    /// The time of day, where one was agreed.
    pub time: Option<Time>,
    /// Who holds it.
    pub supervisor: AccountId,
    /// With whom.
    pub with: BTreeSet<AccountId>,
}

/// Why a meeting can't be booked or recorded so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SupervisionFault {
    /// Nobody was chosen.
    #[error("nobody was chosen")]
    Nobody,
    /// One-to-one and sitting in are with one worker.
    #[error("this is with one worker")]
    OnlyOne,
    /// A group has two workers or more.
    #[error("a group has at least two")]
    NoGroup,
    /// Nobody supervises themselves.
    #[error("nobody supervises themselves")]
    Oneself,
    /// They would supervise themselves through others.
    #[error("they would supervise themselves through others")]
    Chain,
    /// What the rules ask of a supervisor is not on file.
    #[error("what the rules ask of a supervisor is not on file")]
    NotQualified,
    /// It has not been held yet.
    #[error("it has not been held yet")]
    InFuture,
    /// How long is missing, or more than a day's work.
    #[error("how long is missing or too long")]
    Minutes,
    /// Somebody took part who was not asked.
    #[error("somebody took part who was not asked")]
    Uninvited,
    /// What was agreed is missing.
    #[error("what was agreed is missing")]
    NothingAgreed,
    /// A text is too long. Names the field.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// Neither the next meeting nor a reason why there is none yet.
    #[error("the next meeting is missing")]
    NoNext,
    /// The next meeting is not after this one.
    #[error("the next meeting is not after this one")]
    NextTooEarly,
    /// Sitting in needs the person's yes to this time.
    #[error("the person has not said yes to this time")]
    NoYes,
    /// It is not to be held any more, or was held.
    #[error("this meeting was held or called off")]
    Over,
    /// It was not held.
    #[error("this meeting was not held")]
    NotHeld,
    /// They did not take part.
    #[error("only whoever took part signs")]
    NotThere,
    /// Their name stands there already.
    #[error("signed already")]
    Signed,
    /// A reason is missing.
    #[error("say why")]
    NoReason,
}

impl Booking {
    /// Checks that such a meeting can be.
    ///
    /// # Errors
    /// When nobody is chosen, the number does not fit the kind, or somebody would supervise themselves.
    pub fn checked(self) -> Result<Booking, SupervisionFault> {
        fits(self.kind, self.with.len())?;
        if self.with.contains(&self.supervisor) {
            return Err(SupervisionFault::Oneself);
        }
        Ok(self)
    }
}

fn fits(kind: SessionKind, count: usize) -> Result<(), SupervisionFault> {
    match (kind, count) {
        (_, 0) => Err(SupervisionFault::Nobody),
        (SessionKind::Group, 1) => Err(SupervisionFault::NoGroup),
        (SessionKind::Group, count) if count > GROUP_LIMIT => Err(SupervisionFault::Uninvited),
        (SessionKind::Individual | SessionKind::Observed, count) if count > 1 => {
            Err(SupervisionFault::OnlyOne)
        }
        _ => Ok(()),
    }
}

/// A person's yes to a supervisor sitting in on one day. It is good for one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingIn {
    /// Its id.
    pub id: SittingInId,
    /// Who walks with the person.
    pub worker: AccountId,
    /// Who sits in.
    pub supervisor: AccountId,
    /// On which day.
    pub day: Date,
    /// Whether the person has taken it back.
    pub taken_back: bool,
    /// Whether a record rests on it already.
    pub used: bool,
}

impl SittingIn {
    /// Whether it lets this supervisor sit in with this worker on this day.
    pub fn lets(&self, supervisor: AccountId, worker: AccountId, day: Date) -> bool {
        !self.taken_back
            && !self.used
            && (self.supervisor, self.worker, self.day) == (supervisor, worker, day)
    }
}

/// What comes after a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// It is booked.
    Booked {
        /// The day.
        day: Date,
        /// The time.
        time: Option<Time>,
    },
    /// Not now, for a short reason.
    NotNow {
        /// Why.
        why: String,
    },
}

/// How somebody sees a skill. Words, so that nothing adds up and nobody is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It is being learned.
    Learning,
    /// It is there.
    There,
    /// It can be shown to others.
    Shows,
}

impl Step {
    /// Every one, in the order shown.
    pub const ALL: [Step; 3] = [Step::Learning, Step::There, Step::Shows];

    /// The name in records, forms and keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Learning => "learning",
            Step::There => "there",
            Step::Shows => "shows",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.as_str() == text)
    }
}

/// A skill they looked at together: as the worker sees it, and as the supervisor does. Either may be left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LookedAt {
    /// As the worker sees it.
    pub own: Option<Step>,
    /// As the supervisor sees it.
    pub lead: Option<Step>,
}

/// What a supervisor types about a meeting that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The day.
    pub day: Date,
    /// How long, in minutes.
    pub minutes: u32,
    /// Who took part.
    pub took_part: BTreeSet<AccountId>,
    /// Topics, ids of the pack.
    pub topics: BTreeSet<String>,
    /// Skills they looked at, by the ids of the pack. Only with one worker.
    #[serde(default)]
    pub skills: BTreeMap<String, LookedAt>,
    /// What was agreed.
    pub agreed: String,
    /// What comes next.
    pub next: Next,
}

/// The record of a meeting that was held, signed by the supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// How.
    pub kind: SessionKind,
    /// What was typed.
    pub account: Account,
    /// The person's yes, where the supervisor sat in.
    pub sat_in: Option<SittingInId>,
    /// Who signed.
    pub by: Signer,
    /// What they were on that day, for the rules.
    pub was: BTreeSet<String>,
    /// When they signed.
    pub at: Timestamp,
    /// The rules in force.
    pub pack: PackHash,
    /// Over all of the above.
    #[serde(with = "hex_bytes")]
    pub hash: [u8; 32],
}

/// A meeting and where it stands. Each state owns what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Meeting {
    /// To be held.
    Booked(Booking),
    /// Held and signed.
    Held(Record),
    /// Called off.
    CalledOff {
        /// What was booked.
        booking: Booking,
    },
    /// The record was wrong, so it counts no more. It stays to be read.
    Struck {
        /// What was signed.
        record: Record,
        /// Why it is wrong.
        why: String,
        /// When it was struck.
        at: Timestamp,
    },
}

/// Under what a record is signed.
pub struct Signing<'a> {
    /// The programme.
    pub programme: ProgrammeId,
    /// Who signs.
    pub by: Signer,
    /// What they are on that day.
    pub was: BTreeSet<String>,
    /// The person's yes, for sitting in.
    pub yes: Option<&'a SittingIn>,
    /// The rules in force.
    pub pack: PackHash,
    /// Today in the programme.
    pub today: Date,
    /// Now.
    pub at: Timestamp,
}

impl Meeting {
    /// Books one.
    ///
    /// # Errors
    /// See [`Booking::checked`].
    pub fn book(booking: Booking) -> Result<Meeting, SupervisionFault> {
        Ok(Meeting::Booked(booking.checked()?))
    }

    /// Moves it to another day.
    ///
    /// # Errors
    /// When it was held or called off.
    pub fn moved(self, day: Date, time: Option<Time>) -> Result<Meeting, SupervisionFault> {
        match self {
            Meeting::Booked(booking) => Ok(Meeting::Booked(Booking { day, time, ..booking })),
            _ => Err(SupervisionFault::Over),
        }
    }

    /// Calls it off.
    ///
    /// # Errors
    /// When it was held or called off.
    pub fn called_off(self) -> Result<Meeting, SupervisionFault> {
        match self {
            Meeting::Booked(booking) => Ok(Meeting::CalledOff { booking }),
            _ => Err(SupervisionFault::Over),
        }
    }

    /// Records that it was held, and signs. From here on it can't change.
    ///
    /// # Errors
    /// When it was recorded or called off before, can't have been so, the next one is neither booked nor put off with a
    /// reason, or somebody sat in without the person's yes.
    pub fn held(self, account: Account, signing: Signing<'_>) -> Result<Meeting, SupervisionFault> {
        let Meeting::Booked(booking) = self else { return Err(SupervisionFault::Over) };
        let account = tidy(account);
        check(&booking, &account, signing.today)?;
        let sat_in = match booking.kind {
            SessionKind::Observed => {
                let worker = account.took_part.first().copied();
                let lets = |yes: &&SittingIn| {
                    worker.is_some_and(|worker| yes.lets(booking.supervisor, worker, account.day))
                };
                Some(signing.yes.filter(lets).ok_or(SupervisionFault::NoYes)?.id)
            }
            _ => None,
        };
        let Signing { programme, by, was, pack, at, .. } = signing;
        let mut record = Record { kind: booking.kind, account, sat_in, by, was, at, pack, hash: [0; 32] };
        record.hash = record.hash_of(programme);
        Ok(Meeting::Held(record))
    }

    /// Strikes a record that is wrong.
    ///
    /// # Errors
    /// When there is none, or no reason is given.
    pub fn struck(self, why: &str, at: Timestamp) -> Result<Meeting, SupervisionFault> {
        let Meeting::Held(record) = self else { return Err(SupervisionFault::NotHeld) };
        Ok(Meeting::Struck { record, why: reason(why)?, at })
    }

    /// Whether somebody who took part can put their name beside the record.
    ///
    /// # Errors
    /// When it was not held, or they did not take part.
    pub fn signable(&self, who: AccountId) -> Result<&Record, SupervisionFault> {
        match self {
            Meeting::Held(record) if record.account.took_part.contains(&who) => Ok(record),
            Meeting::Held(_) => Err(SupervisionFault::NotThere),
            _ => Err(SupervisionFault::NotHeld),
        }
    }

    /// The name of its state in the store.
    pub fn state(&self) -> &'static str {
        match self {
            Meeting::Booked(_) => "booked",
            Meeting::Held(_) => "held",
            Meeting::CalledOff { .. } => "called_off",
            Meeting::Struck { .. } => "struck",
        }
    }

    /// How.
    pub fn kind(&self) -> SessionKind {
        match self {
            Meeting::Booked(booking) | Meeting::CalledOff { booking } => booking.kind,
            Meeting::Held(record) | Meeting::Struck { record, .. } => record.kind,
        }
    }

    /// The day it is or was held.
    pub fn day(&self) -> Date {
        match self {
            Meeting::Booked(booking) | Meeting::CalledOff { booking } => booking.day,
            Meeting::Held(record) | Meeting::Struck { record, .. } => record.account.day,
        }
    }

    /// With whom.
    pub fn with(&self) -> &BTreeSet<AccountId> {
        match self {
            Meeting::Booked(booking) | Meeting::CalledOff { booking } => &booking.with,
            Meeting::Held(record) | Meeting::Struck { record, .. } => &record.account.took_part,
        }
    }
}

/// A short reason.
fn reason(why: &str) -> Result<String, SupervisionFault> {
    let why = why.trim();
    if why.is_empty() {
        return Err(SupervisionFault::NoReason);
    }
    if why.chars().count() > REASON_LIMIT {
        return Err(SupervisionFault::TooLong("why"));
    }
    Ok(why.to_owned())
}

fn tidy(account: Account) -> Account {
    let mut skills = account.skills;
    skills.retain(|_, one| *one != LookedAt::default());
    Account { agreed: account.agreed.trim().to_owned(), skills, ..account }
}

fn check(booking: &Booking, account: &Account, today: Date) -> Result<(), SupervisionFault> {
    if account.took_part.contains(&booking.supervisor) {
        return Err(SupervisionFault::Oneself);
    }
    fits(booking.kind, account.took_part.len())?;
    if !account.took_part.is_subset(&booking.with) {
        return Err(SupervisionFault::Uninvited);
    }
    if account.day > today {
        return Err(SupervisionFault::InFuture);
    }
    if !(1..=LONGEST).contains(&account.minutes) {
        return Err(SupervisionFault::Minutes);
    }
    if !account.skills.is_empty() && account.took_part.len() != 1 {
        return Err(SupervisionFault::OnlyOne);
    }
    if account.agreed.is_empty() {
        return Err(SupervisionFault::NothingAgreed);
    }
    if account.agreed.chars().count() > FIELD_LIMIT {
        return Err(SupervisionFault::TooLong("agreed"));
    }
    match &account.next {
        Next::Booked { day, .. } if *day <= account.day => Err(SupervisionFault::NextTooEarly),
        Next::NotNow { why } => reason(why).map(|_| ()).map_err(|fault| match fault {
            SupervisionFault::NoReason => SupervisionFault::NoNext,
            other => other,
        }),
        Next::Booked { .. } => Ok(()),
    }
}

impl Record {
    /// As the rules count it: in full for everybody who took part, and for every rule.
    pub fn fact(&self) -> Session {
        Session {
            day: self.account.day,
            kind: self.kind,
            minutes: self.account.minutes,
            by: self.was.iter().cloned().collect(),
            signed: true,
        }
    }

    /// Whether they looked back at the work together, skill by skill.
    pub fn looked_back(&self) -> bool {
        !self.account.skills.is_empty()
    }

    /// Whether it still is what was signed.
    pub fn is_whole(&self, programme: ProgrammeId) -> bool {
        self.hash_of(programme) == self.hash
    }

    fn hash_of(&self, programme: ProgrammeId) -> [u8; 32] {
        // Records from before skills keep the hash they were signed with.
        let skills = &self.account.skills;
        let label: &[u8] =
            if skills.is_empty() { b"porchlight supervision 1" } else { b"porchlight supervision 2" };
        let mut bytes = Fields::new(label);
        bytes.put(programme.0.as_bytes());
        bytes.put(self.kind.as_str().as_bytes());
        let account = &self.account;
        bytes.put(account.day.to_string().as_bytes());
        bytes.put(&account.minutes.to_be_bytes());
        bytes.put(&(account.took_part.len() as u64).to_be_bytes());
        for worker in &account.took_part {
            bytes.put(worker.0.as_bytes());
        }
        for list in [&account.topics, &self.was] {
            bytes.put(&(list.len() as u64).to_be_bytes());
            for one in list {
                bytes.put(one.as_bytes());
            }
        }
        bytes.put(account.agreed.as_bytes());
        match &account.next {
            Next::Booked { day, time } => {
                bytes.put(b"booked");
                bytes.put(day.to_string().as_bytes());
                bytes.put(time.map_or_else(String::new, |time| time.to_string()).as_bytes());
            }
            Next::NotNow { why } => {
                bytes.put(b"not now");
                bytes.put(why.as_bytes());
            }
        }
        bytes.put(self.sat_in.as_ref().map_or(&b""[..], |yes| yes.0.as_bytes()));
        bytes.put(self.by.account.0.as_bytes());
        bytes.put(self.by.name.as_bytes());
        bytes.put(self.by.title.as_bytes());
        bytes.put(&self.pack.0);
        bytes.put(&self.at.as_microsecond().to_be_bytes());
        for (skill, one) in skills {
            bytes.put(skill.as_bytes());
            for step in [one.own, one.lead] {
                bytes.put(step.map_or("", Step::as_str).as_bytes());
            }
        }
        bytes.end()
    }
}

/// Something a worker brings to their next meeting. Only they put it there, and only they and the one it is for see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Words of their own.
    Words {
        /// The words.
        words: String,
        /// What they are about, an id of the pack's topics; empty when it was not said.
        topic: String,
    },
    /// A question they asked, which waits or was answered.
    Question {
        /// Which.
        id: CounselId,
    },
    /// A note of theirs that came back with a question.
    Note {
        /// Which.
        id: ContactId,
    },
    /// What is left to do after a report of theirs.
    Safety {
        /// Which.
        id: SafetyReportId,
    },
}

impl Item {
    /// Words of one's own.
    ///
    /// # Errors
    /// When there are none, or too many.
    pub fn words(words: &str, topic: &str) -> Result<Item, SupervisionFault> {
        let words = words.trim();
        if words.is_empty() {
            return Err(SupervisionFault::NoReason);
        }
        if words.chars().count() > FIELD_LIMIT {
            return Err(SupervisionFault::TooLong("words"));
        }
        Ok(Item::Words { words: words.to_owned(), topic: topic.to_owned() })
    }
}

#[cfg(test)]
mod tests;
