//! Work that is not with a person. All of it is paid time.

use crate::door::{About, Actor, seal};
use crate::reading::work_place;
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::id::{AccountId, CommandId, ProgrammeId, WorkId};
use porchlight_practice::person::FIELD_LIMIT;
use porchlight_practice::work::{Mix, Work, minutes};
use porchlight_store::seal::Owner;
use porchlight_store::work::WorkRow;
use porchlight_store::{contact, work};

/// One's own time, apart by kind.
#[derive(Debug, Clone)]
pub struct OwnTime {
    /// Since when.
    pub since: Timestamp,
    /// Minutes with people, from signed notes.
    pub with_people: u32,
    /// Minutes of other work.
    pub other: u32,
    /// The stretches of other work, the newest first.
    pub work: Vec<(WorkId, Work)>,
    /// What the time with people of the last [`MIX_DAYS`] days went into.
    pub mix: Mix,
}

/// How far back a mix goes, in days.
pub const MIX_DAYS: i64 = 30;

impl crate::door::Desk<'_, '_> {
    /// What a worker's time with people went into lately, from their signed notes. For the worker and whoever
    /// supervises them; it stands beside nobody else's.
    pub(crate) fn mix(&mut self, programme: ProgrammeId, worker: AccountId) -> Result<Mix> {
        let since = self.now - SignedDuration::from_hours(24 * MIX_DAYS);
        let mut notes = Vec::new();
        for row in contact::signed_by(self.tx, programme, worker, since, 500)? {
            notes.push(self.signed(&row)?);
        }
        Ok(Mix::of(notes.iter().map(|one| (one.minutes, &one.note.did, one.note.goal.is_some()))))
    }
}

impl App {
    /// Logs a stretch of work without a person.
    ///
    /// # Errors
    /// When the time can't have happened, or the pack has no such kind.
    pub async fn log_work(&self, actor: &Actor, command: CommandId, new: Work) -> Result<WorkId> {
        if new.words.chars().count() > FIELD_LIMIT {
            return Err(Fault::TooLong("words").into());
        }
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let (id, owner) = (WorkId(self.ids.next()), Owner::Worker(actor.account.0));
        let key = self.key(owner).await?;
        let sealed = seal(&key, &work_place(id), &new)?;
        self.command(actor, command, Action::WorkLog, About::Own, &new.clone(), move |desk| {
            let (rules, _) = desk.rules(programme)?;
            let known = rules.work_kinds.iter().any(|kind| kind.id == new.kind);
            let checked = new.clone().checked(known, desk.now)?;
            let row = WorkRow {
                id,
                programme,
                worker: desk.actor.account,
                started: checked.started,
                ended: checked.ended,
                body: sealed.clone(),
            };
            work::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// One's own time of the last days.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn own_time(&self, actor: &Actor, days: i64) -> Result<OwnTime> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.look(actor, Action::WorkRead, About::Own, "time", move |desk| {
            let me = desk.actor.account;
            let since = desk.now - SignedDuration::from_hours(24 * days);
            let mut list = Vec::new();
            for row in work::of_worker(desk.tx, programme, me, since)? {
                let work: Work = desk.open(Owner::Worker(me.0), work_place(row.id), &row.body)?;
                list.push((row.id, work));
            }
            let with_people = contact::signed_by(desk.tx, programme, me, since, 1000)?
                .iter()
                .filter_map(|row| row.started.zip(row.ended))
                .map(|(started, ended)| minutes(started, ended))
                .sum();
            let other = list.iter().map(|(_, work)| work.minutes()).sum();
            let mix = desk.mix(programme, me)?;
            Ok(OwnTime { since, with_people, other, work: list, mix })
        })
        .await
    }
}
