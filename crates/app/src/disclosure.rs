//! Copies of a record that leave the programme: the person's signed yes, the copy, and what left.

use crate::contact::NoteView;
use crate::door::{About, Actor, Desk, seal};
use crate::reading::disclosure_place;
use crate::share::theirs_to_say;
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use porchlight_access::{Access, Relation};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::disclosure::{
    Disclosure, Ends, Mark, Reason, Recipient, Scope, Signed, SignedPaper, Terms, TermsFault,
};
use porchlight_practice::id::{CommandId, DisclosedId, DisclosureId, PersonId};
use porchlight_practice::person::Profile;
use porchlight_store::disclosure::{DisclosedRow, DisclosureRow};
use porchlight_store::seal::Owner;
use porchlight_store::{account, contact, disclosure, programme};
use std::sync::Arc;

/// The most notes that one copy holds.
const MOST_NOTES: i64 = 500;

/// Who says a yes to a copy leaving on this day, and in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The person.
    Person,
    /// The person, who has no way to sign in, to whoever walks with them.
    ToWorker,
    /// The guardian who decides for somebody young.
    Guardian {
        /// The last day on which it is theirs to say; no yes of theirs holds longer.
        last: Date,
    },
    /// Somebody young and their guardian, both on one paper, which whoever walks with them keeps.
    BothOnPaper {
        /// As for a guardian alone.
        last: Date,
    },
}

impl Says {
    /// The last day on which such a yes can hold, when there is one.
    pub fn last(self) -> Option<Date> {
        match self {
            Says::Person | Says::ToWorker => None,
            Says::Guardian { last } | Says::BothOnPaper { last } => Some(last),
        }
    }
}

/// How somebody signs.
#[derive(Debug, Clone, serde::Serialize)]
pub enum Signing {
    /// With their name, as typed.
    Typed(String),
    /// With a tap: their own, or of whoever writes down what they said.
    Tapped,
    /// On paper, both.
    Paper {
        /// The day on which the young person signed.
        young_on: Date,
        /// The guardian's name.
        guardian: String,
        /// The day on which the guardian signed.
        guardian_on: Date,
    },
}

/// What the pages need to ask for a yes.
#[derive(Debug, Clone)]
pub struct Asking {
    /// What the person is called.
    pub called: String,
    /// Their whole name, as it is signed.
    pub whose: String,
    /// The programme that gives the copy out.
    pub from: String,
    /// Whether its records are those of a substance-use service, which must be named.
    pub of_substance_use: bool,
    /// Who says it, and how.
    pub says: Says,
    /// Today, where the programme is.
    pub today: Date,
}

/// What somebody chose, before it is a consent.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Chosen {
    /// To whom.
    pub to: Recipient,
    /// What.
    pub what: Scope,
    /// Why.
    pub why: Reason,
    /// Until when.
    pub ends: Ends,
}

/// A yes as it is shown.
#[derive(Debug, Clone)]
pub struct DisclosureView {
    /// Its id.
    pub id: DisclosureId,
    /// What was signed, and what became of it.
    pub disclosure: Disclosure,
    /// The name of who wrote it down, when it was said to somebody.
    pub written_by: Option<String>,
    /// Whether a copy may leave today.
    pub in_force: bool,
}

/// A copy that left: to whom, what and why stand in the yes it left under.
#[derive(Debug, Clone)]
pub struct CopyLine {
    /// Its id.
    pub id: DisclosedId,
    /// When.
    pub at: Timestamp,
    /// Who made it.
    pub by: String,
    /// Whether that was the person.
    pub own: bool,
    /// Under which yes.
    pub under: DisclosureView,
}

/// Everything about a person's record leaving.
#[derive(Debug, Clone)]
pub struct Disclosures {
    /// What the person is called.
    pub called: String,
    /// Whether it is the reader's own record.
    pub own: bool,
    /// Whether the reader is the guardian who decides today.
    pub guardian: bool,
    /// The birthday from which the young person decides alone, while a guardian does.
    pub guarded_until: Option<Date>,
    /// Whether both sign until then, which is done on paper.
    pub both_sign: bool,
    /// Who would say a yes that the reader writes down; none when they may not.
    pub says: Option<Says>,
    /// Every yes, the newest first.
    pub all: Vec<DisclosureView>,
    /// The accounting: every copy that left, the newest first.
    pub copies: Vec<CopyLine>,
}

/// What leaves.
#[derive(Debug, Clone)]
pub struct CopyView {
    /// Under which yes.
    pub under: DisclosureView,
    /// When it was made.
    pub at: Timestamp,
    /// What the person is called.
    pub called: String,
    /// What the record says about them, when it is among it.
    pub profile: Option<Profile>,
    /// The notes, when they are among it, the oldest first.
    pub notes: Vec<NoteView>,
}

fn whole_name(profile: &Profile) -> String {
    format!("{} {}", profile.called, profile.family_name).trim().to_owned()
}

impl Desk<'_, '_> {
    fn asking(&mut self, person: PersonId, says: Says) -> Result<Asking> {
        let programme = self.programme()?;
        let (rules, _) = self.rules(programme)?;
        let profile = self.profile_of(person)?;
        let from = programme::get(self.tx, programme)?.ok_or(Error::NotFound)?.name;
        Ok(Asking {
            whose: whole_name(&profile),
            called: profile.called,
            from,
            of_substance_use: rules.of_substance_use,
            says,
            today: self.today()?,
        })
    }

    /// Who says a yes to a copy leaving that this actor gives or writes down. While a guardian decides it is theirs; where
    /// records of a substance-use service are among it, both sign, and whoever walks with them keeps the paper.
    fn says(&mut self, person: PersonId) -> Result<Says> {
        let Some(until) = self.decides(person)?.guarded_until() else {
            theirs_to_say(self, person)?;
            return Ok(if self.actor.person == Some(person) { Says::Person } else { Says::ToWorker });
        };
        let last = until.yesterday().map_err(|_| Error::Damaged("birth"))?;
        let programme = self.programme()?;
        let (rules, _) = self.rules(programme)?;
        match (self.standing.relation, rules.ages.both_sign) {
            (Relation::Walks, true) => Ok(Says::BothOnPaper { last }),
            (Relation::Guardian, false) => Ok(Says::Guardian { last }),
            (_, true) => Err(Fault::BothSign.into()),
            (_, false) => Err(Fault::GuardianSays.into()),
        }
    }

    fn disclosure(&mut self, row: &DisclosureRow) -> Result<DisclosureView> {
        let disclosure: Disclosure =
            self.open(Owner::Person(row.person.0), disclosure_place(row.id), &row.body)?;
        let written_by = match disclosure.signed().signature.mark {
            Mark::Said { to: by } | Mark::Guardian { by } | Mark::Paper { kept_by: by, .. } => {
                Some(self.name_of(by)?)
            }
            Mark::Typed { .. } | Mark::Tapped => None,
        };
        let in_force = disclosure.in_force(self.today()?).is_ok();
        Ok(DisclosureView { id: row.id, disclosure, written_by, in_force })
    }

    /// A yes of this person.
    fn disclosure_of(
        &mut self,
        person: PersonId,
        id: DisclosureId,
    ) -> Result<(DisclosureRow, DisclosureView)> {
        let row = disclosure::get(self.tx, id)?.filter(|row| row.person == person).ok_or(Error::NotFound)?;
        let view = self.disclosure(&row)?;
        Ok((row, view))
    }

    fn copied(
        &mut self,
        person: PersonId,
        signed: &Signed,
        at: Timestamp,
        access: &Access,
    ) -> Result<Copied> {
        let what = signed.terms.what();
        let profile = match what.parts.contains(&RecordPart::Profile) {
            true => Some(self.profile_of(person)?),
            false => None,
        };
        let mut notes = Vec::new();
        if what.parts.contains(&RecordPart::Notes) {
            let programme = self.programme()?;
            let (_, zone) = self.rules(programme)?;
            for row in contact::of_person(self.tx, person, MOST_NOTES)? {
                let Some(signed_at) = row.signed_at.filter(|signed| *signed <= at) else { continue };
                let day = row.started.unwrap_or(signed_at).to_zoned(zone.clone()).date();
                if what.notes_since.is_none_or(|since| since <= day) {
                    notes.push(self.note_view(&row, access)?);
                }
            }
            notes.reverse();
        }
        Ok((profile, notes))
    }
}

/// What a copy holds.
type Copied = (Option<Profile>, Vec<NoteView>);

impl App {
    /// What a page needs to ask somebody for a yes.
    ///
    /// # Errors
    /// When the person decides themself, or there is no such record for this actor.
    pub async fn ask_disclosure(&self, actor: &Actor, person: PersonId) -> Result<Asking> {
        self.prepare(actor, Action::DisclosureRead, About::Person(person), move |desk| {
            let says = desk.says(person)?;
            desk.asking(person, says)
        })
        .await
    }

    /// Signs a yes to copies leaving, or keeps one that was said aloud or signed on paper.
    ///
    /// # Errors
    /// [`Fault::Terms`] names the element that is missing. [`Error::Stale`] when somebody else decides now than when it was
    /// asked.
    #[allow(clippy::too_many_arguments)]
    pub async fn agree_disclosure(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        chosen: Chosen,
        signing: Signing,
    ) -> Result<DisclosureId> {
        let asking = self.ask_disclosure(actor, person).await?;
        let id = DisclosureId(self.ids.next());
        let body = (person, chosen.clone(), signing.clone());
        let Chosen { to, what, why, mut ends } = chosen;
        let says = asking.says;
        ends.by = says.last().map_or(ends.by, |last| last.min(ends.by));
        let by = actor.account;
        let mark = match (says, signing) {
            (Says::Person, Signing::Typed(name)) => Mark::Typed { name },
            (Says::Person, Signing::Tapped) => Mark::Tapped,
            (Says::ToWorker, Signing::Tapped) => Mark::Said { to: by },
            (Says::Guardian { .. }, Signing::Tapped) => Mark::Guardian { by },
            (Says::BothOnPaper { .. }, Signing::Paper { young_on, guardian, guardian_on }) => {
                let signed = SignedPaper::check(young_on, &guardian, guardian_on, asking.today)
                    .map_err(Fault::Terms)?;
                Mark::Paper { signed, kept_by: by }
            }
            _ => return Err(Fault::Terms(TermsFault::Signature).into()),
        };
        let signed = Terms::check(
            asking.whose,
            asking.from,
            to,
            what,
            why,
            ends,
            asking.today,
            asking.of_substance_use,
        )
        .and_then(|terms| terms.sign(mark, self.now()))
        .map_err(Fault::Terms)?;
        let key = self.key(Owner::Person(person.0)).await?;
        let sealed = seal(&key, &disclosure_place(id), &signed)?;
        self.command(actor, command, Action::DisclosureAgree, About::Person(person), &body, move |desk| {
            if desk.says(person)? != says {
                return Err(Error::Stale);
            }
            let row = DisclosureRow {
                id,
                programme: desk.programme()?,
                person,
                signed_at: desk.now,
                stopped_at: None,
                body: sealed.clone(),
                version: 1,
            };
            disclosure::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// Takes a yes back, at once. What left before can't be pulled back. Twice changes nothing.
    ///
    /// # Errors
    /// When there is no such yes of this person.
    pub async fn stop_disclosure(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: DisclosureId,
    ) -> Result<()> {
        let (about, body) = (About::Person(person), (person, id));
        self.command(actor, command, Action::DisclosureStop, about, &body, move |desk| {
            let (mut row, view) = desk.disclosure_of(person, id)?;
            if row.stopped_at.is_some() {
                return Ok(());
            }
            let stopped = view.disclosure.stop(desk.now);
            let key = desk.keys.get(desk.tx, Owner::Person(person.0))?;
            row.body = seal(&key, &disclosure_place(id), &stopped)?;
            row.stopped_at = Some(desk.now);
            if disclosure::change(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Makes a copy that leaves under a yes, and keeps that it did.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such yes, or it is over.
    pub async fn disclose(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: DisclosureId,
    ) -> Result<DisclosedId> {
        let copy = DisclosedId(self.ids.next());
        let (about, body) = (About::Person(person), (person, id));
        self.command(actor, command, Action::DisclosureCopy, about, &body, move |desk| {
            let (_, view) = desk.disclosure_of(person, id)?;
            let today = desk.today()?;
            view.disclosure.in_force(today).map_err(|_| Error::NotFound)?;
            let row = DisclosedRow {
                id: copy,
                programme: desk.programme()?,
                person,
                disclosure: id,
                made_by: desk.actor.account,
                at: desk.now,
            };
            disclosure::add_disclosed(desk.tx, &row)?;
            Ok(copy)
        })
        .await
    }

    /// Every yes of a person to copies leaving, and every copy that left.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn disclosures(&self, actor: &Actor, person: PersonId) -> Result<Disclosures> {
        self.look(actor, Action::DisclosureRead, About::Person(person), "choices", move |desk| {
            let own = desk.actor.person == Some(person);
            let mut all = Vec::new();
            for row in disclosure::of_person(desk.tx, person)? {
                all.push(desk.disclosure(&row)?);
            }
            let mut copies = Vec::new();
            let owner = account::of_person(desk.tx, person)?;
            for row in disclosure::all_disclosed(desk.tx, person)? {
                let under = all.iter().find(|view: &&DisclosureView| view.id == row.disclosure);
                copies.push(CopyLine {
                    id: row.id,
                    at: row.at,
                    by: desk.name_of(row.made_by)?,
                    own: owner == Some(row.made_by),
                    under: under.cloned().ok_or(Error::Damaged("disclosed"))?,
                });
            }
            let walks = desk.actor.role.is_peer() && desk.standing.relation == Relation::Walks;
            let writes = desk.is_theirs(person) || walks;
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            let guarded_until = desk.decides(person)?.guarded_until();
            Ok(Disclosures {
                called: desk.profile_of(person)?.called,
                own,
                guardian: desk.standing.relation == Relation::Guardian,
                says: if writes { desk.says(person).ok() } else { None },
                guarded_until,
                both_sign: rules.ages.both_sign,
                all,
                copies,
            })
        })
        .await
    }

    /// One yes of a person.
    ///
    /// # Errors
    /// When there is no such yes for this actor.
    pub async fn disclosure(
        &self,
        actor: &Actor,
        person: PersonId,
        id: DisclosureId,
    ) -> Result<DisclosureView> {
        self.look(actor, Action::DisclosureRead, About::Person(person), "choices", move |desk| {
            Ok(desk.disclosure_of(person, id)?.1)
        })
        .await
    }

    /// The copy itself, to print or to send. It opens to whoever made it, and only while the yes is in force.
    ///
    /// # Errors
    /// When there is no such copy of this actor's, or the yes is over.
    pub async fn copy_that_leaves(
        &self,
        actor: &Actor,
        person: PersonId,
        id: DisclosedId,
    ) -> Result<CopyView> {
        let access: Arc<Access> = self.access.clone();
        self.look(actor, Action::DisclosureReadCopy, About::Person(person), "copy", move |desk| {
            let row = disclosure::get_disclosed(desk.tx, id)?
                .filter(|row| row.person == person && row.made_by == desk.actor.account)
                .ok_or(Error::NotFound)?;
            let (_, under) = desk.disclosure_of(person, row.disclosure)?;
            let today = desk.today()?;
            let signed = under.disclosure.in_force(today).map_err(|_| Error::NotFound)?.clone();
            let (profile, notes) = desk.copied(person, &signed, row.at, &access)?;
            Ok(CopyView { under, at: row.at, called: desk.profile_of(person)?.called, profile, notes })
        })
        .await
    }
}
