//! A meeting, call or outreach with a person, and its note.
//!
//! A note is a draft until its writer signs it. Signing freezes a hash of the whole note together with the pack's hash
//! and the writer's title; from then on nothing in it can change, and everything later is an [`Addition`] beside it:
//! an addendum, the person's own words, a supervisor's question, an answer, a second signature.

use crate::id::{AccountId, GoalId, PersonId};
use crate::pack::{Element, NoteField, PackHash, Rules, Strength};
use crate::person::FIELD_LIMIT;
use crate::work::{TimeFault, happened, minutes};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What has been typed and tapped so far. Everything may be missing: a draft is saved as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// A short check-in: fewer things are asked of it.
    pub check_in: bool,
    /// What the two of them wanted from this time, chosen together; an id of the pack's purposes.
    pub purpose: String,
    /// The same in words.
    pub purpose_words: String,
    /// The goal it serves.
    pub goal: Option<GoalId>,
    /// Said on purpose: it serves no goal this time. Counts only while no goal is chosen.
    pub no_goal: bool,
    /// How they met, an id of the pack's contact kinds.
    pub kind: String,
    /// Where, an id of the pack's places.
    pub place: String,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Who else was there, ids of the pack's roles.
    pub present: BTreeSet<String>,
    /// The person's supporters who were there, by name. Never another supported person.
    pub present_words: String,
    /// What they did, ids of the pack's activities.
    pub did: BTreeSet<String>,
    /// What they did, in words.
    pub did_words: String,
    /// Strengths the writer saw.
    pub strengths: String,
    /// What the person said, in their own words.
    pub own_words: String,
    /// How the person found it.
    pub response: String,
    /// What happens next, an id of the pack's next steps.
    pub next_step: String,
    /// The same in words, and who does it.
    pub next_words: String,
}

/// Why a draft can't be signed yet. Each names the field, so that the page can show it beside the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The field.
    pub field: NoteField,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The pack asks for it and it is empty.
    Empty,
    /// Longer than a field may be.
    TooLong,
    /// The programme has no such choice.
    Unknown,
    /// The end is before the start.
    EndsBeforeStart,
    /// It has not happened yet.
    InFuture,
    /// More than a day.
    LongerThanADay,
}

impl Draft {
    /// Whether nothing has been typed or chosen beyond what the page fills in by itself.
    pub fn is_blank(&self) -> bool {
        self.did.is_empty() && self.present.is_empty() && self.texts().all(|text| text.trim().is_empty())
    }

    /// Every text that somebody typed.
    fn texts(&self) -> impl Iterator<Item = &str> {
        [
            &self.purpose_words,
            &self.present_words,
            &self.did_words,
            &self.strengths,
            &self.own_words,
            &self.response,
            &self.next_words,
        ]
        .into_iter()
        .map(String::as_str)
    }

    /// Whether it was said that this contact serves no goal, rather than left open.
    pub fn serves_no_goal(&self) -> bool {
        self.no_goal && self.goal.is_none()
    }

    /// What was typed for a field, if words can be typed for it.
    pub fn words(&self, field: NoteField) -> Option<&str> {
        match field {
            NoteField::Purpose => Some(&self.purpose_words),
            NoteField::Present => Some(&self.present_words),
            NoteField::Did => Some(&self.did_words),
            NoteField::Strengths => Some(&self.strengths),
            NoteField::OwnWords => Some(&self.own_words),
            NoteField::Response => Some(&self.response),
            NoteField::NextStep => Some(&self.next_words),
            NoteField::Kind | NoteField::Place | NoteField::Goal | NoteField::Start | NoteField::End => None,
        }
    }

    /// What was tapped for a field: ids of the pack's choices.
    pub fn chosen(&self, field: NoteField) -> Vec<&str> {
        match field {
            NoteField::Purpose => one(&self.purpose),
            NoteField::Kind => one(&self.kind),
            NoteField::Place => one(&self.place),
            NoteField::NextStep => one(&self.next_step),
            NoteField::Present => self.present.iter().map(String::as_str).collect(),
            NoteField::Did => self.did.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn is_empty(&self, field: NoteField) -> bool {
        let untyped = self.words(field).is_none_or(|words| words.trim().is_empty());
        untyped
            && match field {
                NoteField::Goal => self.goal.is_none() && !self.no_goal,
                NoteField::Start => self.started.is_none(),
                NoteField::End => self.ended.is_none(),
                _ => self.chosen(field).is_empty(),
            }
    }

    /// Everything that keeps this draft from being signed under these rules, in the order of the form.
    ///
    /// Only what the pack says *must* be there is asked for, and of a check-in only what the pack asks of a check-in.
    /// Start, end and how they met are always needed: without them there is no contact to speak of.
    pub fn missing(&self, rules: &Rules, now: Timestamp) -> Vec<Missing> {
        let mut faults = Vec::new();
        let mut fault = |field, why| faults.push(Missing { field, why });
        let asks_place =
            rules.contact_kinds.iter().find(|kind| kind.id == self.kind).is_none_or(|k| k.asks_place);
        let short = self.is_check_in(rules);
        for &field in NoteField::ALL {
            if self.is_empty(field) {
                let basic = matches!(field, NoteField::Start | NoteField::End | NoteField::Kind);
                let must = rules.note.element(field).is_some_and(|element| {
                    element.strength == Strength::Must && (!short || element.check_in)
                });
                if basic || (must && (field != NoteField::Place || asks_place)) {
                    fault(field, Why::Empty);
                }
                continue;
            }
            if self.words(field).is_some_and(|words| words.chars().count() > FIELD_LIMIT) {
                fault(field, Why::TooLong);
            }
            if !self.chosen(field).into_iter().all(|id| knows(rules, field, id)) {
                fault(field, Why::Unknown);
            }
        }
        if let (Some(started), Some(ended)) = (self.started, self.ended) {
            match happened(started, ended, now) {
                Ok(()) | Err(TimeFault::UnknownKind) => {}
                Err(TimeFault::EndsBeforeStart) => fault(NoteField::End, Why::EndsBeforeStart),
                Err(TimeFault::InFuture) => fault(NoteField::End, Why::InFuture),
                Err(TimeFault::TooLong) => fault(NoteField::End, Why::LongerThanADay),
            }
        }
        faults
    }

    /// Whether this is a check-in: it is meant as one, and is short enough to be one.
    pub fn is_check_in(&self, rules: &Rules) -> bool {
        let short = |started, ended| minutes(started, ended) <= rules.note.check_in_minutes;
        self.check_in && self.started.zip(self.ended).is_none_or(|(started, ended)| short(started, ended))
    }

    /// What the pack says *should* be there and is not. It reminds; it never blocks.
    pub fn reminders<'r>(&self, rules: &'r Rules) -> impl Iterator<Item = &'r Element> {
        let short = self.is_check_in(rules);
        rules.note.elements.iter().filter(move |element| {
            element.strength == Strength::Should
                && self.is_empty(element.field)
                && (!short || element.check_in)
        })
    }

    /// Signs the note. From here on it can't change.
    ///
    /// # Errors
    /// With everything that keeps it from being signed.
    pub fn sign(
        self,
        by: Signer,
        person: PersonId,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<Signed, Vec<Missing>> {
        let missing = self.missing(rules, now);
        let (Some(started), Some(ended)) = (self.started, self.ended) else { return Err(missing) };
        if !missing.is_empty() {
            return Err(missing);
        }
        let due = due(ended, rules);
        let hash = hash(&self, &by, person, rules.hash, now);
        let review = if rules.note.supervisor_signs { Review::Waiting } else { Review::NotNeeded };
        Ok(Signed {
            minutes: minutes(started, ended),
            units: rules.note.units(minutes(started, ended)),
            note: self,
            started,
            ended,
            by,
            at: now,
            due,
            late: now > due,
            pack: rules.hash,
            hash,
            review,
        })
    }
}

fn one(id: &str) -> Vec<&str> {
    if id.is_empty() { Vec::new() } else { vec![id] }
}

/// Whether the pack has this choice for this field.
fn knows(rules: &Rules, field: NoteField, id: &str) -> bool {
    match field {
        NoteField::Purpose => rules.purposes.iter().any(|choice| choice.id == id),
        NoteField::Kind => rules.contact_kinds.iter().any(|kind| kind.id == id),
        NoteField::Place => rules.places.iter().any(|choice| choice.id == id),
        NoteField::Present => rules.present.iter().any(|choice| choice.id == id),
        NoteField::Did => rules.activities.iter().any(|activity| activity.id == id),
        NoteField::NextStep => rules.next_steps.iter().any(|choice| choice.id == id),
        _ => false,
    }
}

/// When a note about a contact that ended then must be signed.
pub fn due(ended: Timestamp, rules: &Rules) -> Timestamp {
    ended + jiff::SignedDuration::from_hours(i64::from(rules.note.due_hours))
}

/// Who signs, as they were on that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their title and credential in this programme.
    pub title: String,
}

/// A signed note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The note as it was signed.
    pub note: Draft,
    /// When the contact began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// How long, in whole minutes.
    pub minutes: u32,
    /// How many units that is under the pack's rounding.
    pub units: u32,
    /// Who signed.
    pub by: Signer,
    /// When.
    pub at: Timestamp,
    /// When it was due.
    pub due: Timestamp,
    /// Whether it was signed after that. A late entry says so.
    pub late: bool,
    /// The rules it was written under.
    pub pack: PackHash,
    /// The hash of all of the above.
    #[serde(with = "hex_bytes")]
    pub hash: [u8; 32],
    /// Where it stands with the supervisor.
    pub review: Review,
}

/// Where a signed note stands with the supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// The programme asks for no second signature.
    NotNeeded,
    /// Waiting to be read.
    Waiting,
    /// A question waits for the writer's answer.
    Asked,
    /// Read and signed by a supervisor.
    Countersigned,
}

/// What can happen to a signed note between its writer and a supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewStep {
    /// The supervisor asks something.
    Ask,
    /// The writer answers.
    Reply,
    /// The supervisor signs.
    Countersign,
}

/// The step does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReviewFault {
    /// It has been signed by a supervisor already.
    #[error("a supervisor has signed this note already")]
    Done,
    /// There is no question to answer.
    #[error("no question waits for an answer")]
    NoQuestion,
    /// A supervisor can't sign what they wrote.
    #[error("nobody signs their own note as supervisor")]
    OwnNote,
}

impl Review {
    /// Every state.
    pub const ALL: [Review; 4] = [Review::NotNeeded, Review::Waiting, Review::Asked, Review::Countersigned];

    /// The name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Review::NotNeeded => "not_needed",
            Review::Waiting => "waiting",
            Review::Asked => "asked",
            Review::Countersigned => "countersigned",
        }
    }

    /// Reads the name in the store.
    pub fn parse(text: &str) -> Option<Review> {
        Review::ALL.into_iter().find(|review| review.as_str() == text)
    }

    /// Takes one step. `own` says that whoever acts as supervisor wrote the note.
    ///
    /// # Errors
    /// When the step does not fit.
    pub fn step(self, step: ReviewStep, own: bool) -> Result<Review, ReviewFault> {
        if own && step != ReviewStep::Reply {
            return Err(ReviewFault::OwnNote);
        }
        match (self, step) {
            (Review::Countersigned, _) => Err(ReviewFault::Done),
            (Review::Asked, ReviewStep::Reply) => Ok(Review::Waiting),
            (_, ReviewStep::Reply) => Err(ReviewFault::NoQuestion),
            (_, ReviewStep::Ask) => Ok(Review::Asked),
            (_, ReviewStep::Countersign) => Ok(Review::Countersigned),
        }
    }
}

/// Something put beside a signed note. Once there, it stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// What it is.
    pub kind: AdditionKind,
    /// Who added it.
    pub by: Signer,
    /// When.
    pub at: Timestamp,
    /// The words. May be empty for a countersignature.
    pub words: String,
}

/// What was put beside a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdditionKind {
    /// The writer adds something.
    Addendum,
    /// The person's own words.
    OwnWords,
    /// The person sees it differently. This line is permanent.
    Differently,
    /// The person's words, read back to them and written down by the peer specialist.
    ReadBack,
    /// What went well, from the supervisor.
    WentWell,
    /// A question from the supervisor.
    Question,
    /// The writer's answer.
    Reply,
    /// The supervisor's signature.
    Countersignature,
}

impl AdditionKind {
    /// Every kind.
    pub const ALL: [AdditionKind; 8] = [
        AdditionKind::Addendum,
        AdditionKind::OwnWords,
        AdditionKind::Differently,
        AdditionKind::ReadBack,
        AdditionKind::WentWell,
        AdditionKind::Question,
        AdditionKind::Reply,
        AdditionKind::Countersignature,
    ];

    /// The name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            AdditionKind::Addendum => "addendum",
            AdditionKind::OwnWords => "own_words",
            AdditionKind::Differently => "differently",
            AdditionKind::ReadBack => "read_back",
            AdditionKind::WentWell => "went_well",
            AdditionKind::Question => "question",
            AdditionKind::Reply => "reply",
            AdditionKind::Countersignature => "countersignature",
        }
    }

    /// Reads the name in the store.
    pub fn parse(text: &str) -> Option<AdditionKind> {
        AdditionKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether the person reads it beside the note. What passes between a peer specialist and their supervisor about
    /// the work is theirs.
    pub fn for_the_person(self) -> bool {
        !matches!(self, AdditionKind::WentWell | AdditionKind::Question | AdditionKind::Reply)
    }
}

impl Addition {
    /// The hash that the addition's signature freezes: of the note it stands beside, and of itself.
    pub fn hash(&self, note: &[u8; 32]) -> [u8; 32] {
        let mut bytes = Fields::new(b"porchlight addition 1");
        bytes.put(note);
        bytes.put(self.kind.as_str().as_bytes());
        bytes.put(self.by.account.0.as_bytes());
        bytes.put(self.by.name.as_bytes());
        bytes.put(self.by.title.as_bytes());
        bytes.put(&self.at.as_microsecond().to_be_bytes());
        bytes.put(self.words.as_bytes());
        bytes.end()
    }
}

/// The hash of a whole note, over its fields in a fixed order, each with its length.
fn hash(note: &Draft, by: &Signer, person: PersonId, pack: PackHash, at: Timestamp) -> [u8; 32] {
    let mut bytes = Fields::new(b"porchlight note 1");
    bytes.put(person.0.as_bytes());
    bytes.put(&[u8::from(note.check_in)]);
    // A goal has sixteen bytes and one left open none, so that notes from before "no goal" could be said stay whole.
    let no_goal: &[u8] = if note.serves_no_goal() { b"none" } else { b"" };
    bytes.put(note.goal.as_ref().map_or(no_goal, |goal| goal.0.as_bytes()));
    for time in [note.started, note.ended] {
        bytes.put(&time.map_or(0, Timestamp::as_microsecond).to_be_bytes());
    }
    for field in NoteField::ALL.iter().copied() {
        bytes.put(field.as_str().as_bytes());
        let chosen = note.chosen(field);
        bytes.put(&(chosen.len() as u64).to_be_bytes());
        for id in chosen {
            bytes.put(id.as_bytes());
        }
        bytes.put(note.words(field).unwrap_or_default().as_bytes());
    }
    bytes.put(by.account.0.as_bytes());
    bytes.put(by.name.as_bytes());
    bytes.put(by.title.as_bytes());
    bytes.put(&pack.0);
    bytes.put(&at.as_microsecond().to_be_bytes());
    bytes.end()
}

impl Signed {
    /// Whether the note still is what was signed.
    pub fn is_whole(&self, person: PersonId) -> bool {
        hash(&self.note, &self.by, person, self.pack, self.at) == self.hash
    }
}

/// Bytes for a hash: each field with its length before it, so that no two notes have the same bytes.
pub(crate) struct Fields(Sha256);

impl Fields {
    pub(crate) fn new(label: &[u8]) -> Fields {
        let mut fields = Fields(Sha256::new());
        fields.put(label);
        fields
    }

    pub(crate) fn put(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    pub(crate) fn end(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

pub(crate) mod hex_bytes {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8; 32], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(d)?;
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(D::Error::custom("a hash has 64 hexadecimal digits"));
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(D::Error::custom)?;
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const PERSON: PersonId = PersonId(Uuid::from_u128(7));

    fn hash_of(note: &Draft) -> [u8; 32] {
        let by =
            Signer { account: AccountId(Uuid::from_u128(8)), name: "Marisol".into(), title: "CPS".into() };
        hash(note, &by, PERSON, PackHash([9; 32]), Timestamp::UNIX_EPOCH)
    }

    /// "No goal this time" is part of what is signed; a draft from before it could be said reads, and hashes as it did.
    #[test]
    fn no_goal_is_signed_and_what_was_signed_before_stays_whole() {
        let before: Draft = serde_json::from_str(r#"{ "kind": "phone", "goal": null }"#).unwrap();
        assert!(!before.serves_no_goal() && before.is_empty(NoteField::Goal));
        let hex: String = hash_of(&before).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "67eb016fc6521c0e7cfc609e6f7ad002049c2459db3e71e592a78bf0aad12c6f");
        let said = Draft { no_goal: true, ..before.clone() };
        assert!(said.serves_no_goal() && !said.is_empty(NoteField::Goal));
        assert_ne!(hash_of(&said), hash_of(&before));
        let goal = Some(GoalId(Uuid::from_u128(1)));
        let chosen = Draft { goal, ..said.clone() };
        assert!(!chosen.serves_no_goal());
        assert_eq!(hash_of(&chosen), hash_of(&Draft { goal, ..before }));
    }
}
