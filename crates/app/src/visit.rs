//! Visits that are arranged: booking, moving, calling off, coming late, being there; and the calendar that reads them.

pub mod calendar;
pub mod check;
pub mod remind;

use crate::door::{About, Actor, Desk, seal};
use crate::gate::{Activity, Gate};
use crate::reading::visit_place;
use crate::{Action, App, Error, Fault, Result};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use porchlight_practice::guardian::Decides;
use porchlight_practice::id::{AccountId, CommandId, ContactId, DocumentId, GoalId, PersonId, VisitId};
use porchlight_practice::pack::Shelf;
use porchlight_practice::visit::{Arranged, CalledOffBy, Visit, VisitFault, When};
use porchlight_store::seal::Owner;
use porchlight_store::visit::{AskingRow, VisitRow};
use porchlight_store::{document, goal, share, visit};

/// How many days ahead a worker's list shows, today included.
const AHEAD_DAYS: i32 = 28;
/// For how many days a visit without a note is offered to be written about.
const NOTE_DAYS: i32 = 7;
/// The most visits of one list.
const MOST: i64 = 300;

/// A visit as the worker who goes sees it.
#[derive(Debug, Clone)]
pub struct VisitView {
    /// Its id.
    pub id: VisitId,
    /// With whom.
    pub person: PersonId,
    /// How they are called, with one letter of the family name.
    pub name: String,
    /// What was arranged, and where it stands.
    pub visit: Visit,
    /// The goal it serves, in the person's words.
    pub goal: Option<String>,
    /// A crisis plan of theirs that is shared with the worker, or some of it.
    pub crisis_plan: Option<DocumentId>,
    /// Whether they are asked if all is well, and have answered.
    pub asking: check::Asking,
    /// Counts changes; a form sends it back.
    pub version: i64,
}

/// A visit as the person sees it.
#[derive(Debug, Clone)]
pub struct ComingView {
    /// Its id.
    pub id: VisitId,
    /// Who comes.
    pub with: String,
    /// What was arranged, and where it stands.
    pub visit: Visit,
    /// The goal it serves, in their words.
    pub goal: Option<String>,
    /// Counts changes; a form sends it back.
    pub version: i64,
}

/// What a page needs to book a visit.
#[derive(Debug, Clone)]
pub struct Booking {
    /// With whom.
    pub person: PersonId,
    /// How they are called.
    pub called: String,
    /// When it is safe and welcome to be in touch, in their words.
    pub safe_hours: String,
    /// What never to do, in their words.
    pub never: String,
    /// Their open goals, in their words.
    pub goals: Vec<(GoalId, String)>,
}

/// What a worker should know before they book. None of it holds a booking up.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// It is not in the hours they wrote.
    pub outside_hours: bool,
    /// Another of their visits at that time: with whom, and when.
    pub other: Option<(String, When)>,
    /// What has to be in place before they are with a young person so, and is not.
    pub gate: Option<Gate>,
    /// Whether they may go together with somebody who is cleared.
    pub together: bool,
}

impl Outlook {
    /// Whether there is nothing to say.
    pub fn is_clear(&self) -> bool {
        !self.outside_hours && self.other.is_none() && self.gate.is_none()
    }
}

/// What a step changes beside the state.
fn row_of(row: VisitRow, visit: &Visit, body: Vec<u8>, now: Timestamp) -> VisitRow {
    let moved = row.starts != visit.when().starts() || row.ends != visit.when().ends();
    // Of another time nobody was reminded or asked yet.
    let (asking, person_reminded_at, peer_reminded_at) = match moved {
        true => (AskingRow::default(), None, None),
        false => (row.asking, row.person_reminded_at, row.peer_reminded_at),
    };
    // To say that it is over is an answer too.
    let over = matches!(visit, Visit::Done { .. }) && asking.asked_at.is_some();
    let answered_at = asking.answered_at.or(over.then_some(now));
    VisitRow {
        state: visit.state().to_owned(),
        starts: visit.when().starts(),
        ends: visit.when().ends(),
        asking: AskingRow { ask_at: visit.ask_at(), answered_at, ..asking },
        person_reminded_at,
        peer_reminded_at,
        body,
        at: now,
        ..row
    }
}

impl Desk<'_, '_> {
    fn goal_words(&mut self, person: PersonId, goal: Option<GoalId>) -> Result<Option<String>> {
        let Some(id) = goal else { return Ok(None) };
        match goal::get(self.tx, id)?.filter(|row| row.person == person) {
            Some(row) => Ok(Some(self.goal(&row)?.words().to_owned())),
            None => Ok(None),
        }
    }

    /// A crisis plan of somebody that the actor may read some of now.
    fn crisis_plan_shared(&mut self, app: &App, person: PersonId) -> Result<Option<DocumentId>> {
        let me = self.actor.account;
        for open in share::open_of_person(self.tx, person, me, self.now)? {
            let Some(row) = document::get(self.tx, open.document)? else { continue };
            if app.definition(self.tx, &row.definition)?.shelf == Shelf::Crisis {
                return Ok(Some(row.id));
            }
        }
        Ok(None)
    }

    fn visit_view(&mut self, app: &App, row: &VisitRow) -> Result<VisitView> {
        let visit = self.visit(row)?;
        Ok(VisitView {
            id: row.id,
            person: row.person,
            name: self.short_name_of(row.person)?,
            goal: self.goal_words(row.person, visit.arranged().goal)?,
            crisis_plan: self.crisis_plan_shared(app, row.person)?,
            visit,
            asking: check::Asking::of(row),
            version: row.version,
        })
    }

    /// The actor's visits from the beginning of a day of the programme, so many days before today, up to so many after.
    pub(crate) fn own_visits(&mut self, app: &App, (back, ahead): (i32, i32)) -> Result<Vec<VisitView>> {
        let here = self.actor.programme.ok_or(Error::NotFound)?;
        let (_, zone) = self.rules(here)?;
        let midnight = self.midnight(zone)?;
        let from = midnight.saturating_sub(back.days()).timestamp();
        let span = (from, midnight.saturating_add(ahead.days()).timestamp());
        let rows = visit::of_peer(self.tx, here, self.actor.account, span, MOST)?;
        rows.iter().map(|row| self.visit_view(app, row)).collect()
    }

    /// The beginning of today in a zone.
    fn midnight(&self, zone: TimeZone) -> Result<Zoned> {
        self.now.to_zoned(zone).start_of_day().map_err(|_| Error::Damaged("the programme's zone"))
    }

    /// For the actor's day: today's visits, and those of the last days that are over and have no note yet.
    pub(crate) fn visits_of_day(&mut self, app: &App) -> Result<(Vec<VisitView>, Vec<VisitView>)> {
        let here = self.actor.programme.ok_or(Error::NotFound)?;
        let (_, zone) = self.rules(here)?;
        let midnight = self.midnight(zone)?.timestamp();
        let all = self.own_visits(app, (NOTE_DAYS, 1))?;
        let unwritten = |view: &VisitView| matches!(view.visit, Visit::Done { note: None, .. });
        let to_note = all.iter().filter(|view| unwritten(view)).cloned().collect();
        let today = all.into_iter().filter(|view| view.visit.when().ends() > midnight).collect();
        Ok((today, to_note))
    }

    /// The person's visits that are not over yet.
    pub(crate) fn coming(&mut self, person: PersonId) -> Result<Vec<ComingView>> {
        let mut coming = Vec::new();
        for row in visit::of_person(self.tx, person, self.now, MOST)? {
            let visit = self.visit(&row)?;
            if matches!(visit, Visit::Done { .. }) {
                continue;
            }
            coming.push(ComingView {
                id: row.id,
                with: self.name_of(row.peer)?,
                goal: self.goal_words(person, visit.arranged().goal)?,
                visit,
                version: row.version,
            });
        }
        Ok(coming)
    }

    fn visit_row(&mut self, id: VisitId) -> Result<VisitRow> {
        visit::get(self.tx, id)?.ok_or(Error::NotFound)
    }

    fn keep_visit(&mut self, row: VisitRow, next: &Visit) -> Result<()> {
        let key = self.keys.get(self.tx, Owner::Person(row.person.0))?;
        let body = seal(&key, &visit_place(row.id), next)?;
        let row = row_of(row, next, body, self.now);
        if visit::change(self.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
    }

    /// What two arranged who do not walk together any more: it does not take place, or whoever comes next takes it on.
    pub(crate) fn part_visits(
        &mut self,
        person: PersonId,
        peer: AccountId,
        next: Option<AccountId>,
    ) -> Result<()> {
        for row in visit::booked_between(self.tx, person, peer, self.now)? {
            let was = self.visit(&row)?;
            match next {
                Some(next) => self.keep_visit(VisitRow { peer: next, ..row }, &was)?,
                None => {
                    let off = was.call_off(CalledOffBy::Ending, self.now)?;
                    self.keep_visit(row, &off)?;
                }
            }
        }
        Ok(())
    }
}

impl App {
    /// What a page needs to book a visit with somebody.
    ///
    /// # Errors
    /// When the actor does not walk with this person.
    pub async fn begin_visit_booking(&self, actor: &Actor, person: PersonId) -> Result<Booking> {
        self.prepare(actor, Action::VisitBook, About::Person(person), move |desk| {
            let profile = desk.profile_of(person)?;
            Ok(Booking {
                person,
                called: profile.called,
                safe_hours: profile.safe_hours,
                never: profile.never,
                goals: desk.open_goals(person)?,
            })
        })
        .await
    }

    /// What a worker should know before they book, or move a visit (`except`) to that time.
    ///
    /// # Errors
    /// When the actor does not walk with this person.
    pub async fn visit_outlook(
        &self,
        actor: &Actor,
        person: PersonId,
        arranged: &Arranged,
        except: Option<VisitId>,
    ) -> Result<Outlook> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let (when, child) = (arranged.when.clone(), arranged.child);
        let about = About::Person(person);
        let (outside_hours, other, young, day) = self
            .prepare(actor, Action::VisitBook, about, move |desk| {
                let me = desk.actor.account;
                let (_, zone) = desk.rules(here)?;
                let at = |moment: Timestamp| zone.to_datetime(moment);
                let (from, to) = (at(when.starts()), at(when.ends()));
                let can = desk.availability(here, me)?;
                let outside = can.is_some_and(|(can, _)| !can.is_free_for(from, to));
                let mut other = None;
                let span = (when.starts(), when.ends());
                for row in visit::of_peer(desk.tx, here, me, span, MOST)? {
                    let there = desk.visit(&row)?;
                    if Some(row.id) != except && there.is_open() {
                        let name = desk.profile_of(row.person)?.short_name();
                        other = Some((name, there.when().clone()));
                        break;
                    }
                }
                let young = child || desk.decides(person)? != Decides::Adult;
                Ok((outside, other, young, from.date()))
            })
            .await?;
        let mut outlook = Outlook { outside_hours, other, ..Outlook::default() };
        if young {
            let me = actor.account;
            let alone = arranged.is_alone();
            let activity = if alone { Activity::AloneWithYouth } else { Activity::WithYouth };
            let gate = self.gate(actor, me, activity, day).await?;
            if !gate.is_open() {
                outlook.together = alone && self.gate(actor, me, Activity::WithYouth, day).await?.is_open();
                outlook.gate = Some(gate);
            }
        }
        Ok(outlook)
    }

    /// Books a visit.
    ///
    /// # Errors
    /// When it can't be kept so, the goal is not this person's, or the actor does not walk with them.
    pub async fn book_visit(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        arranged: Arranged,
    ) -> Result<VisitId> {
        // Whose it is must be known to be theirs to book before their key is read.
        self.prepare(actor, Action::VisitBook, About::Person(person), |_| Ok(())).await?;
        let key = self.key(Owner::Person(person.0)).await?;
        let id = VisitId(self.ids.next());
        let body = (person, arranged.clone());
        self.command(actor, command, Action::VisitBook, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            let arranged = arranged.clone().checked(&rules)?;
            if arranged.goal.is_some() && desk.goal_words(person, arranged.goal)?.is_none() {
                return Err(Fault::Unknown("goal").into());
            }
            let booked = Visit::book(arranged);
            let row = VisitRow {
                id,
                programme,
                person,
                peer: desk.actor.account,
                state: booked.state().to_owned(),
                starts: booked.when().starts(),
                ends: booked.when().ends(),
                asking: AskingRow { ask_at: booked.ask_at(), ..AskingRow::default() },
                person_reminded_at: None,
                peer_reminded_at: None,
                body: seal(&key, &visit_place(id), &booked)?,
                at: desk.now,
                version: 1,
            };
            visit::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// Takes one step with a visit.
    async fn step_visit<B: serde::Serialize + Sync>(
        &self,
        actor: &Actor,
        command: CommandId,
        action: Action,
        (id, version): (VisitId, Option<i64>),
        body: &B,
        step: impl Fn(Visit, Timestamp) -> std::result::Result<Visit, VisitFault> + Send + Sync + 'static,
    ) -> Result<()> {
        self.command(actor, command, action, About::Visit(id), &(id, body), move |desk| {
            let row = desk.visit_row(id)?;
            if version.is_some_and(|version| version != row.version) {
                return Err(Error::Stale);
            }
            let was = desk.visit(&row)?;
            let next = step(was.clone(), desk.now)?;
            if next == was { Ok(()) } else { desk.keep_visit(row, &next) }
        })
        .await
    }

    /// Moves a visit to another time.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was changed since `version`; a fault when it has begun or is over.
    pub async fn move_visit(
        &self,
        actor: &Actor,
        command: CommandId,
        id: VisitId,
        when: When,
        version: i64,
    ) -> Result<()> {
        let body = (when.clone(), version);
        self.step_visit(actor, command, Action::VisitChange, (id, Some(version)), &body, move |visit, _| {
            visit.move_to(when.clone())
        })
        .await
    }

    /// Calls a visit off, as the worker who goes or as the person. Twice changes nothing.
    ///
    /// # Errors
    /// When it has begun, or is over.
    pub async fn call_off_visit(&self, actor: &Actor, command: CommandId, id: VisitId) -> Result<()> {
        let by = if actor.works_here() { CalledOffBy::Worker } else { CalledOffBy::Person };
        self.step_visit(actor, command, Action::VisitCallOff, (id, None), &"call off", move |visit, now| {
            visit.call_off(by, now)
        })
        .await
    }

    /// Asks for another time, as the person.
    ///
    /// # Errors
    /// When it has begun, is over, or was called off.
    pub async fn ask_other_time(&self, actor: &Actor, command: CommandId, id: VisitId) -> Result<()> {
        let action = Action::VisitAskTime;
        self.step_visit(actor, command, action, (id, None), &"other time", |visit, _| visit.wish_other_time())
            .await
    }

    /// Says that one comes so many minutes later; the person sees it.
    ///
    /// # Errors
    /// When it has begun, is over, or nobody is that late.
    pub async fn late_for_visit(
        &self,
        actor: &Actor,
        command: CommandId,
        id: VisitId,
        minutes: u32,
    ) -> Result<()> {
        let action = Action::VisitChange;
        self.step_visit(actor, command, action, (id, None), &("late", minutes), move |visit, _| {
            visit.say_late(minutes)
        })
        .await
    }

    /// Says that they are together now.
    ///
    /// # Errors
    /// When it is not time yet, or it is over.
    pub async fn begin_visit(&self, actor: &Actor, command: CommandId, id: VisitId) -> Result<()> {
        let action = Action::VisitChange;
        self.step_visit(actor, command, action, (id, None), &"begin", |visit, now| visit.begin(now)).await
    }

    /// Says that it is over.
    ///
    /// # Errors
    /// When it has not begun by its time, or was called off.
    pub async fn end_visit(&self, actor: &Actor, command: CommandId, id: VisitId) -> Result<()> {
        let action = Action::VisitChange;
        self.step_visit(actor, command, action, (id, None), &"end", |visit, now| visit.end(now)).await
    }

    /// Says that a contact's note tells of it.
    ///
    /// # Errors
    /// When the visit was called off.
    pub async fn note_visit(
        &self,
        actor: &Actor,
        command: CommandId,
        id: VisitId,
        contact: ContactId,
    ) -> Result<()> {
        let action = Action::VisitChange;
        self.step_visit(actor, command, action, (id, None), &("note", contact), move |visit, now| {
            visit.noted(contact, now)
        })
        .await
    }

    /// One visit of the actor's.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not theirs, or they do not walk with the person any more.
    pub async fn visit(&self, actor: &Actor, id: VisitId) -> Result<VisitView> {
        let app = self.clone();
        self.look(actor, Action::VisitRead, About::Visit(id), "visits", move |desk| {
            let row = desk.visit_row(id)?;
            desk.visit_view(&app, &row)
        })
        .await
    }

    /// The actor's visits of the coming days, today's first.
    ///
    /// # Errors
    /// When the actor walks with nobody here.
    pub async fn visits_ahead(&self, actor: &Actor) -> Result<Vec<VisitView>> {
        let app = self.clone();
        self.list(actor, Action::VisitListOwn, About::Own, "visits", move |desk| {
            let visits = desk.own_visits(&app, (0, AHEAD_DAYS))?;
            let shown = visits.iter().map(|visit| visit.person.0).collect();
            Ok((visits, shown))
        })
        .await
    }

    /// The visits to come of the person who asks.
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody without a record of their own.
    pub async fn visits_to_come(&self, actor: &Actor) -> Result<Vec<ComingView>> {
        let person = actor.person.ok_or(Error::NotFound)?;
        self.look(actor, Action::VisitListComing, About::Person(person), "visits", move |desk| {
            desk.coming(person)
        })
        .await
    }
}
