//! A person's yes to somebody reading a part of their record.

use crate::door::{About, Actor};
use crate::programme::works_here;
use crate::{Action, App, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::id::{AccountId, CommandId, ConsentId, PersonId};
use porchlight_store::consent;
use porchlight_store::consent::ConsentRow;

/// The longest a yes lasts before it is asked for again, in days.
pub const LONGEST_DAYS: i64 = 365;

/// A yes, with names.
#[derive(Debug, Clone)]
pub struct ConsentView {
    /// Its id.
    pub id: ConsentId,
    /// Who may read.
    pub reader: String,
    /// Which part.
    pub part: RecordPart,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// When it was stopped.
    pub stopped: Option<Timestamp>,
    /// Whether it is in force now.
    pub in_force: bool,
}

impl App {
    /// Lets somebody of the programme read a part of the person's record for some days.
    ///
    /// # Errors
    /// When the reader does not work here, or the days are out of range.
    pub async fn give_consent(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        reader: AccountId,
        part: RecordPart,
        days: i64,
    ) -> Result<ConsentId> {
        if !(1..=LONGEST_DAYS).contains(&days) {
            return Err(Fault::Unknown("days").into());
        }
        let id = ConsentId(self.ids.next());
        let body = (person, reader, part, days);
        self.command(actor, command, Action::ConsentGive, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            if !works_here(desk, programme, reader)? {
                return Err(Fault::Unknown("reader").into());
            }
            let row = ConsentRow {
                id,
                programme,
                person,
                reader,
                part,
                from_at: desk.now,
                until_at: desk.now + SignedDuration::from_hours(24 * days),
                stopped_at: None,
            };
            consent::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// Stops it, at once.
    ///
    /// # Errors
    /// When there is no such yes of this person.
    pub async fn stop_consent(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: ConsentId,
    ) -> Result<()> {
        self.command(actor, command, Action::ConsentStop, About::Person(person), &(person, id), move |desk| {
            consent::stop(desk.tx, id, person, desk.now)?;
            Ok(())
        })
        .await
    }

    /// Every yes of a person, in force or not, the newest first.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn consents(&self, actor: &Actor, person: PersonId) -> Result<Vec<ConsentView>> {
        self.look(actor, Action::ConsentRead, About::Person(person), "choices", move |desk| {
            let mut views = Vec::new();
            for row in consent::of_person(desk.tx, person)? {
                views.push(ConsentView {
                    id: row.id,
                    reader: App::name_of(desk.keys, desk.tx, row.reader)?,
                    part: row.part,
                    from: row.from_at,
                    until: row.until_at,
                    stopped: row.stopped_at,
                    in_force: row.stopped_at.is_none() && row.from_at <= desk.now && desk.now < row.until_at,
                });
            }
            Ok(views)
        })
        .await
    }
}
