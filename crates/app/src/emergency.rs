//! Opening what helps somebody in an emergency without their yes: their crisis plans and the ways to reach them, with a
//! reason in writing, for a short while. It stands on top of who looked, and the person is told.
//!
//! A safety report has no part in it: nothing of one is read here, so nothing that is kept from somebody can show.

use crate::document::DocumentView;
use crate::door::{About, Actor, seal};
use crate::look::WhoLooked;
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_outbound::{Kind, Notice, Outcome, Page};
use porchlight_practice::emergency::{EMERGENCY_MINUTES, reason};
use porchlight_practice::id::{CommandId, EmergencyId, PersonId};
use porchlight_practice::person::Way;
use porchlight_practice::{Lang, Means};
use porchlight_store::emergency::{self, EmergencyRow};
use porchlight_store::seal::{Owner, Place};
use porchlight_store::{account, person as people};

/// How many openings one list shows.
const MOST: i64 = 200;
/// For how long it is tried again to tell somebody, in hours. It stands under who looked in any case.
const TELL_HOURS: i64 = 24;

/// One opening, as the person, the supervisors and the privacy lead read it.
#[derive(Debug, Clone)]
pub struct EmergencyLine {
    /// Its id.
    pub id: EmergencyId,
    /// Whose, as lists name them; empty on one's own page, and for somebody who works here too.
    pub person: String,
    /// Who opened it.
    pub by: porchlight_practice::id::AccountId,
    /// By name.
    pub name: String,
    /// The reason as typed.
    pub reason: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// What is open in an emergency.
#[derive(Debug, Clone)]
pub struct EmergencyView {
    /// Whose.
    pub person: PersonId,
    /// What they are called.
    pub called: String,
    /// The reason as typed.
    pub reason: String,
    /// Until when.
    pub until: Timestamp,
    /// Ways to reach them, the best first.
    pub ways: Vec<Way>,
    /// When it is safe, in their words.
    pub safe_hours: String,
    /// What never to do.
    pub never: String,
    /// Their crisis plans, whole.
    pub plans: Vec<DocumentView>,
}

fn place(id: EmergencyId) -> Place {
    Place { table: "emergency", row: id.0, column: "body" }
}

impl crate::door::Desk<'_, '_> {
    fn emergency_line(&mut self, row: &EmergencyRow, person: String) -> Result<EmergencyLine> {
        Ok(EmergencyLine {
            id: row.id,
            person,
            by: row.by,
            name: self.name_of(row.by)?,
            reason: self.open(Owner::Person(row.person.0), place(row.id), &row.body)?,
            from: row.from_at,
            until: row.until_at,
        })
    }

    /// Every opening of a person, the newest first, for the person.
    pub(crate) fn emergencies_of(&mut self, person: PersonId) -> Result<Vec<EmergencyLine>> {
        let rows = emergency::of_person(self.tx, person)?;
        rows.iter().map(|row| self.emergency_line(row, String::new())).collect()
    }
}

impl WhoLooked {
    /// Whether somebody opened this in an emergency at this moment.
    pub fn emergency_at(
        &self,
        by: porchlight_practice::id::AccountId,
        at: Timestamp,
    ) -> Option<&EmergencyLine> {
        self.emergencies.iter().find(|line| line.by == by && line.from == at)
    }
}

impl App {
    /// What the person whose emergency it may be is called, for the form that asks for a reason.
    ///
    /// # Errors
    /// When this actor may not open it.
    pub async fn ask_emergency(&self, actor: &Actor, person: PersonId) -> Result<String> {
        self.prepare(actor, Action::LookEmergency, About::Person(person), move |desk| {
            Ok(desk.profile_of(person)?.called)
        })
        .await
    }

    /// Opens somebody's crisis plans and ways to reach them to the actor for [`EMERGENCY_MINUTES`].
    ///
    /// # Errors
    /// When the reason says too little or too much.
    pub async fn open_emergency(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        why: &str,
    ) -> Result<EmergencyId> {
        let why = reason(why).map_err(Fault::Reason)?;
        let id = EmergencyId(self.ids.next());
        // Whose it is must be known to be theirs to open before their key is read.
        self.ask_emergency(actor, person).await?;
        let key = self.key(Owner::Person(person.0)).await?;
        let sealed = seal(&key, &place(id), &why)?;
        let body = (person, &why);
        let (id, account) = self
            .command(actor, command, Action::LookEmergency, About::Person(person), &body, move |desk| {
                let row = EmergencyRow {
                    id,
                    programme: desk.programme()?,
                    person,
                    by: desk.actor.account,
                    body: sealed.clone(),
                    from_at: desk.now,
                    until_at: desk.now + SignedDuration::from_mins(EMERGENCY_MINUTES),
                };
                emergency::insert(desk.tx, &row)?;
                Ok((id, account::of_person(desk.tx, person)?))
            })
            .await?;
        if let Some(account) = account {
            self.live.tell(crate::live::Signal::Account(account));
        }
        Ok(id)
    }

    /// What is open in an emergency.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not this actor's, or the time is over.
    pub async fn emergency(&self, actor: &Actor, id: EmergencyId) -> Result<EmergencyView> {
        let app = self.clone();
        self.look(actor, Action::LookEmergencyRead, About::Emergency(id), "emergency", move |desk| {
            let row = emergency::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let profile = desk.profile_of(row.person)?;
            Ok(EmergencyView {
                person: row.person,
                reason: desk.open(Owner::Person(row.person.0), place(id), &row.body)?,
                until: row.until_at,
                called: profile.called,
                ways: profile.ways,
                safe_hours: profile.safe_hours,
                never: profile.never,
                plans: desk.whole_crisis_plans(&app, row.person)?,
            })
        })
        .await
    }

    /// Every opening of the actor's programme, the newest first.
    ///
    /// # Errors
    /// When this is not the actor's to read.
    pub async fn emergencies(&self, actor: &Actor) -> Result<Vec<EmergencyLine>> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let about = About::Programme(programme);
        self.list(actor, Action::LookEmergencyList, about, "emergencies", move |desk| {
            let mut lines = Vec::new();
            for row in emergency::of_programme(desk.tx, programme, MOST)? {
                let person = people::get(desk.tx, row.person)?.ok_or(Error::NotFound)?;
                // Colleagues don't learn that somebody who works here is supported here.
                if person.guarded {
                    continue;
                }
                let name = desk.profile(&person)?.short_name();
                lines.push(desk.emergency_line(&row, name)?);
            }
            let shown = lines.iter().map(|line| line.id.0).collect();
            Ok((lines, shown))
        })
        .await
    }

    /// Tells everybody whose record was opened in an emergency and who was not told yet: that something waits for them, and
    /// no more. A reconciler: it takes no input, and may run any number of times. Answers how many were told.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tell_of_emergencies(&self) -> Result<usize> {
        let (keys, now) = (self.keys.clone(), self.now());
        let waiting = self
            .store
            .read(move |tx| {
                let mut waiting = Vec::new();
                for row in emergency::untold(tx)? {
                    let mut to = Vec::new();
                    let mut lang = Lang::default();
                    if let Some(account) = account::of_person(tx, row.person)? {
                        for means in [Means::Push, Means::Email] {
                            to.extend(crate::reach::addresses(tx, &keys, account, means)?);
                        }
                        let owner = account::get(tx, account)?;
                        lang = owner.and_then(|row| Lang::from_tag(&row.lang)).unwrap_or_default();
                    }
                    waiting.push((row, to, lang));
                }
                Ok::<_, Error>(waiting)
            })
            .await?;
        let mut told = 0;
        for (row, to, lang) in waiting {
            let notice = Notice::new(self.ids.unguessable(), Kind::Reminder, lang, Page::of_all("/me/looks"));
            let outcomes = self.send_to_all(&notice, &to).await;
            let again = !outcomes.is_empty()
                && outcomes.iter().all(|outcome| matches!(outcome, Outcome::TryAgain(_)))
                && now < row.from_at + SignedDuration::from_hours(TELL_HOURS);
            if again {
                continue;
            }
            told += usize::from(!outcomes.is_empty());
            self.store.write(move |tx| Ok::<_, Error>(emergency::told(tx, row.id, now)?)).await?;
        }
        Ok(told)
    }
}
