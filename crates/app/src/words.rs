//! Help with words while somebody writes about somebody: nothing of it is written down but what was kept for a person.

use crate::door::{About, Actor, Desk, seal};
use crate::reading::kept_place;
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::Date;
use porchlight_practice::id::{CommandId, PersonId};
use porchlight_practice::pack::{PackHash, Rules};
use porchlight_practice::words::{Checker, Kept, KeptTerms};
use porchlight_store::seal::Owner;
use porchlight_store::words;
use porchlight_store::words::KeptRow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// The longest name a term has, in bytes.
const LONGEST_TERM: usize = 60;
/// As many terms as anybody will keep for one person.
const MOST_KEPT: usize = 500;

/// Checkers that are ready, by the pack's text and the day.
#[derive(Default)]
pub struct Checkers(Mutex<HashMap<(PackHash, Date), Arc<Checker>>>);

/// So many packs and days are kept ready.
const CHECKERS_KEPT: usize = 8;

impl Desk<'_, '_> {
    /// The terms that stay as they are for this person; none at all when the actor has switched the help off.
    pub(crate) fn kept_terms(&mut self, person: PersonId) -> Result<Option<BTreeSet<String>>> {
        if words::is_off(self.tx, self.actor.account)? {
            return Ok(None);
        }
        Ok(Some(self.all_kept(person)?.into_keys().collect()))
    }

    fn all_kept(&mut self, person: PersonId) -> Result<KeptTerms> {
        match words::kept(self.tx, person)? {
            Some(row) => self.open(Owner::Person(person.0), kept_place(person), &row.body),
            None => Ok(KeptTerms::new()),
        }
    }
}

impl App {
    /// The checker for the words of these rules, made when it is first asked for on a day.
    pub fn checker(&self, rules: &Rules) -> Arc<Checker> {
        let key = (rules.hash, rules.on);
        let mut ready = self.checkers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(checker) = ready.get(&key) {
            return checker.clone();
        }
        let made = Arc::new(Checker::new(&rules.terms));
        if ready.len() >= CHECKERS_KEPT {
            ready.clear();
        }
        ready.insert(key, made.clone());
        made
    }

    /// Whether the actor wants help with words. It reads no record, and leaves no entry in the journal: nobody is to be
    /// seen by what was suggested to them.
    ///
    /// # Errors
    /// When it is not theirs to ask.
    pub async fn wants_words(&self, actor: &Actor) -> Result<bool> {
        self.prepare(actor, Action::WordsAsk, About::Own, |desk| {
            Ok(!words::is_off(desk.tx, desk.actor.account)?)
        })
        .await
    }

    /// Switches the help off or on for the actor.
    ///
    /// # Errors
    /// When it is not theirs to switch.
    pub async fn switch_words(&self, actor: &Actor, command: CommandId, on: bool) -> Result<()> {
        self.command(actor, command, Action::WordsSwitch, About::Own, &on, move |desk| {
            let account = desk.actor.account;
            if on {
                words::switch_on(desk.tx, account)?;
            } else {
                words::switch_off(desk.tx, account, desk.now)?;
            }
            Ok(())
        })
        .await
    }

    /// Remembers that a term stays as it is for a person.
    ///
    /// # Errors
    /// When there is no such term, or the actor does not walk with this person.
    pub async fn keep_words(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        term: &str,
        why: Kept,
    ) -> Result<()> {
        if term.is_empty() || term.len() > LONGEST_TERM {
            return Err(Fault::Unknown("term").into());
        }
        let key = self.key(Owner::Person(person.0)).await?;
        let term = term.to_owned();
        let body = (person, term.clone(), why);
        self.command(actor, command, Action::WordsKeep, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            if !rules.terms.terms.iter().any(|known| known.id == term) {
                return Err(Fault::Unknown("term").into());
            }
            let mut kept = desk.all_kept(person)?;
            if kept.len() >= MOST_KEPT {
                return Err(Error::Busy);
            }
            kept.insert(term.clone(), why);
            let before = words::kept(desk.tx, person)?;
            let body = seal(&key, &kept_place(person), &kept)?;
            let version = before.as_ref().map_or(1, |row| row.version);
            let row = KeptRow { person, body, at: desk.now, version };
            match before {
                None => words::insert(desk.tx, &row)?,
                Some(_) if words::change(desk.tx, &row)? => {}
                Some(_) => return Err(Error::Stale),
            }
            Ok(())
        })
        .await
    }
}
