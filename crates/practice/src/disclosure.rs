//! A person's yes to a copy of their record leaving the programme: to whom, what, why, until when, and signed.
//!
//! The elements are those that 42 CFR 2.31 asks of a consent for records of substance-use services. We ask them of every
//! consent, since the stricter rule protects everybody. A yes that lacks one can't be made: [`Terms::check`] is the only
//! way to one.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::consent::RecordPart;
use crate::id::AccountId;

/// The longest text of a field, in characters.
pub const TEXT_LIMIT: usize = 300;
/// The longest a yes lasts, in months, whatever else ends it.
pub const LONGEST_MONTHS: i32 = 12;
/// Counts the wording that people sign, so that a yes says which they had in front of them.
pub const WORDING: u16 = 1;

/// To whom a copy goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Recipient {
    /// Somebody by name: a human, an office, a court.
    Named {
        /// Who.
        name: String,
        /// Where it is sent.
        place: String,
    },
    /// Everybody who treats the person, pays for it, or helps to run that. 42 CFR 2.31 allows such a general name for
    /// care alone, so [`Terms::check`] takes it for no other purpose.
    EverybodyInMyCare,
}

/// What it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Reason {
    /// Because the person asks.
    IAskForIt,
    /// Treatment, payment, and running those.
    Care,
    /// Something else, in the person's words.
    Words {
        /// As written.
        words: String,
    },
}

/// What may be copied: how much and of what kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The parts of the record.
    pub parts: BTreeSet<RecordPart>,
    /// Only notes of visits from this day on; all of them when none is named.
    pub notes_since: Option<Date>,
    /// Whether records of substance-use services may be among it. They may not unless this names them.
    pub substance_use: bool,
}

/// When it ends by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// The last day it holds, at the latest.
    pub by: Date,
    /// What else ends it, in the person's words, such as "when I have the apartment"; may be empty. Somebody has to stop
    /// it then, since no program knows of it.
    pub event: String,
}

/// How somebody signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Mark {
    /// They typed their name.
    Typed {
        /// As typed.
        name: String,
    },
    /// They tapped, having read who they are.
    Tapped,
    /// A guardian said yes for somebody young, on a day on which it was theirs to say.
    Guardian {
        /// Who.
        by: AccountId,
    },
    /// It was read to them and they said yes; whoever walks with them wrote it down.
    Said {
        /// Who wrote it down.
        to: AccountId,
    },
    /// Somebody young and their guardian both signed it on paper, as 42 CFR 2.14 asks; whoever walks with them keeps that.
    Paper {
        /// Both signatures.
        signed: SignedPaper,
        /// Who keeps it.
        kept_by: AccountId,
    },
}

/// A paper with two signatures: of somebody young, and of the guardian who decides with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedPaper {
    young_on: Date,
    guardian: String,
    guardian_on: Date,
}

impl SignedPaper {
    /// Takes a paper. Either may have signed first.
    ///
    /// # Errors
    /// When no guardian is named, or one of the days is to come or longer ago than [`LONGEST_MONTHS`].
    pub fn check(
        young_on: Date,
        guardian: &str,
        guardian_on: Date,
        today: Date,
    ) -> Result<SignedPaper, TermsFault> {
        let guardian = guardian.trim();
        if guardian.is_empty() {
            return Err(TermsFault::Signature);
        }
        if guardian.chars().count() > TEXT_LIMIT {
            return Err(TermsFault::TooLong);
        }
        let earliest = today.saturating_sub(LONGEST_MONTHS.months());
        if [young_on, guardian_on].iter().any(|day| *day < earliest || *day > today) {
            return Err(TermsFault::SignedOn);
        }
        Ok(SignedPaper { young_on, guardian: guardian.to_owned(), guardian_on })
    }

    /// The day on which the young person signed.
    pub fn young_on(&self) -> Date {
        self.young_on
    }

    /// The guardian's name, as on the paper.
    pub fn guardian(&self) -> &str {
        &self.guardian
    }

    /// The day on which the guardian signed.
    pub fn guardian_on(&self) -> Date {
        self.guardian_on
    }
}

/// A signature with its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// How.
    pub mark: Mark,
    /// When.
    pub at: Timestamp,
    /// The wording they had in front of them.
    pub wording: u16,
}

/// Everything a consent to disclose must say, and nothing that it may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    whose: String,
    from: String,
    to: Recipient,
    what: Scope,
    why: Reason,
    ends: Ends,
}

/// Why something is no consent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermsFault {
    /// Nobody is named whose record it is, or who gives it out.
    #[error("it does not say whose record it is, or who gives it out")]
    Nobody,
    /// Nobody is named to whom it goes.
    #[error("it does not say to whom")]
    To,
    /// A general name is only for care.
    #[error("a general name is only for care")]
    GeneralName,
    /// No part is named.
    #[error("it does not say what")]
    What,
    /// The programme's records are of a substance-use service, and those are not named.
    #[error("records of substance-use services are not named")]
    SubstanceUse,
    /// No reason is named.
    #[error("it does not say why")]
    Why,
    /// The last day is past, or too far away.
    #[error("it does not end within a year")]
    Ends,
    /// No signature.
    #[error("it is not signed")]
    Signature,
    /// A paper that was signed on a day to come, or too long ago.
    #[error("nobody signed on that day")]
    SignedOn,
    /// A text is longer than [`TEXT_LIMIT`].
    #[error("a text is too long")]
    TooLong,
}

impl Terms {
    /// Puts a consent together. `of_substance_use` says that the programme's records are those of a substance-use
    /// service.
    ///
    /// # Errors
    /// The first element that is missing, in the order asked.
    #[allow(clippy::too_many_arguments)]
    pub fn check(
        whose: String,
        from: String,
        to: Recipient,
        what: Scope,
        why: Reason,
        ends: Ends,
        today: Date,
        of_substance_use: bool,
    ) -> Result<Terms, TermsFault> {
        let empty = |text: &str| text.trim().is_empty();
        let long = |text: &str| text.chars().count() > TEXT_LIMIT;
        if empty(&whose) || empty(&from) {
            return Err(TermsFault::Nobody);
        }
        if let Recipient::Named { name, place } = &to {
            if empty(name) {
                return Err(TermsFault::To);
            }
            if long(name) || long(place) {
                return Err(TermsFault::TooLong);
            }
        }
        if what.parts.is_empty() {
            return Err(TermsFault::What);
        }
        if of_substance_use && !what.substance_use {
            return Err(TermsFault::SubstanceUse);
        }
        if let Reason::Words { words } = &why {
            if empty(words) {
                return Err(TermsFault::Why);
            }
            if long(words) {
                return Err(TermsFault::TooLong);
            }
        }
        if to == Recipient::EverybodyInMyCare && why != Reason::Care {
            return Err(TermsFault::GeneralName);
        }
        if long(&ends.event) {
            return Err(TermsFault::TooLong);
        }
        let latest = today.saturating_add(LONGEST_MONTHS.months());
        if ends.by < today || ends.by > latest {
            return Err(TermsFault::Ends);
        }
        Ok(Terms { whose, from, to, what, why, ends })
    }

    /// Whose record.
    pub fn whose(&self) -> &str {
        &self.whose
    }
    /// Who gives it out.
    pub fn from(&self) -> &str {
        &self.from
    }
    /// To whom.
    pub fn to(&self) -> &Recipient {
        &self.to
    }
    /// What.
    pub fn what(&self) -> &Scope {
        &self.what
    }
    /// Why.
    pub fn why(&self) -> &Reason {
        &self.why
    }
    /// Until when.
    pub fn ends(&self) -> &Ends {
        &self.ends
    }

    /// Signs it: from now on a copy may leave.
    ///
    /// # Errors
    /// When the name that should be typed is empty or too long.
    pub fn sign(self, mark: Mark, at: Timestamp) -> Result<Disclosure, TermsFault> {
        if let Mark::Typed { name } = &mark {
            if name.trim().is_empty() {
                return Err(TermsFault::Signature);
            }
            if name.chars().count() > TEXT_LIMIT {
                return Err(TermsFault::TooLong);
            }
        }
        Ok(Disclosure::Signed(Signed { terms: self, signature: Signature { mark, at, wording: WORDING } }))
    }
}

/// A signed consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// What was signed.
    pub terms: Terms,
    /// By whom and when.
    pub signature: Signature,
}

/// A yes to a copy leaving, from the signature to its end. There is no yes before it is signed, and none without each of
/// its elements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Disclosure {
    /// In force until its last day.
    Signed(Signed),
    /// Taken back.
    Stopped {
        /// As it was.
        was: Signed,
        /// When.
        at: Timestamp,
    },
}

/// The yes is over: stopped, or past its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this consent is over")]
pub struct Over;

impl Disclosure {
    /// What was signed, in force or not.
    pub fn signed(&self) -> &Signed {
        match self {
            Disclosure::Signed(signed) | Disclosure::Stopped { was: signed, .. } => signed,
        }
    }

    /// What a copy may hold that leaves today.
    ///
    /// # Errors
    /// When the yes is over.
    pub fn in_force(&self, today: Date) -> Result<&Signed, Over> {
        match self {
            Disclosure::Signed(signed) if today <= signed.terms.ends.by => Ok(signed),
            _ => Err(Over),
        }
    }

    /// When it was taken back.
    pub fn stopped(&self) -> Option<Timestamp> {
        match self {
            Disclosure::Signed(_) => None,
            Disclosure::Stopped { at, .. } => Some(*at),
        }
    }

    /// Takes it back. Doing so twice changes nothing.
    #[must_use]
    pub fn stop(self, at: Timestamp) -> Disclosure {
        match self {
            Disclosure::Signed(was) => Disclosure::Stopped { was, at },
            stopped @ Disclosure::Stopped { .. } => stopped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 26);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn named(name: &str) -> Recipient {
        Recipient::Named { name: name.into(), place: "12 Oak Street".into() }
    }

    fn scope(substance_use: bool, parts: &[RecordPart]) -> Scope {
        Scope { parts: parts.iter().copied().collect(), notes_since: None, substance_use }
    }

    fn ends(by: Date) -> Ends {
        Ends { by, event: String::new() }
    }

    fn terms(
        to: Recipient,
        what: Scope,
        why: Reason,
        by: Date,
        of_substance_use: bool,
    ) -> Result<Terms, TermsFault> {
        Terms::check("Sam Lee".into(), "Sweetgum".into(), to, what, why, ends(by), TODAY, of_substance_use)
    }

    #[test]
    fn a_consent_without_one_of_its_elements_is_none() {
        let both = [RecordPart::Profile, RecordPart::Notes];
        let ask = || Reason::IAskForIt;
        let soon = date(2027, 1, 1);
        let right = terms(named("Housing office"), scope(false, &both), ask(), soon, false);
        assert!(right.is_ok());
        let wrong = [
            (terms(named(" "), scope(false, &both), ask(), soon, false), TermsFault::To),
            (terms(named("x"), scope(false, &[]), ask(), soon, false), TermsFault::What),
            (terms(named("x"), scope(false, &both), ask(), soon, true), TermsFault::SubstanceUse),
            (
                terms(named("x"), scope(false, &both), Reason::Words { words: " ".into() }, soon, false),
                TermsFault::Why,
            ),
            (terms(named("x"), scope(false, &both), ask(), date(2026, 11, 25), false), TermsFault::Ends),
            (terms(named("x"), scope(false, &both), ask(), date(2027, 11, 27), false), TermsFault::Ends),
            (
                terms(Recipient::EverybodyInMyCare, scope(false, &both), ask(), soon, false),
                TermsFault::GeneralName,
            ),
            (terms(named(&"x".repeat(301)), scope(false, &both), ask(), soon, false), TermsFault::TooLong),
        ];
        for (made, fault) in wrong {
            assert_eq!(made, Err(fault));
        }
        let care = terms(Recipient::EverybodyInMyCare, scope(true, &both), Reason::Care, soon, true);
        assert!(care.is_ok(), "a general name and a substance-use service are fine when they are named");
        let unsigned = right.unwrap().sign(Mark::Typed { name: " ".into() }, at(0));
        assert_eq!(unsigned, Err(TermsFault::Signature));
    }

    #[test]
    fn a_paper_has_two_signatures_that_were_given() {
        let signed = |young, guardian, on| SignedPaper::check(young, guardian, on, TODAY);
        let (before, long_ago) = (date(2026, 11, 20), date(2025, 11, 25));
        assert_eq!(signed(before, " Lena Tillman ", TODAY).unwrap().guardian(), "Lena Tillman");
        assert!(signed(TODAY, "Lena", date(2025, 11, 26)).is_ok(), "a year ago to the day");
        for (young, guardian, on, fault) in [
            (TODAY, "  ", TODAY, TermsFault::Signature),
            (date(2026, 11, 27), "Lena", TODAY, TermsFault::SignedOn),
            (TODAY, "Lena", date(2026, 11, 27), TermsFault::SignedOn),
            (long_ago, "Lena", TODAY, TermsFault::SignedOn),
            (TODAY, "Lena", long_ago, TermsFault::SignedOn),
            (TODAY, &"x".repeat(301), TODAY, TermsFault::TooLong),
        ] {
            assert_eq!(signed(young, guardian, on), Err(fault));
        }
    }

    proptest! {
        /// A copy leaves only between the signature and the end, whoever stops when.
        #[test]
        fn nothing_leaves_after_the_end(last in 0i32..300, day in 0i32..400, stopped: bool) {
            let by = TODAY.saturating_add(last.days());
            let both = scope(false, &RecordPart::ALL);
            let signed = terms(named("x"), both, Reason::IAskForIt, by, false).unwrap();
            let mut yes = signed.sign(Mark::Tapped, at(0)).unwrap();
            if stopped { yes = yes.stop(at(10)).stop(at(20)); }
            let open = yes.in_force(TODAY.saturating_add(day.days())).is_ok();
            prop_assert_eq!(open, !stopped && day <= last);
            prop_assert_eq!(yes.stopped(), stopped.then(|| at(10)));
            let kept: Disclosure = serde_json::from_str(&serde_json::to_string(&yes).unwrap()).unwrap();
            prop_assert_eq!(kept, yes);
        }
    }
}
