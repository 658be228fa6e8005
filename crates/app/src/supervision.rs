//! Supervision: booking a meeting, what workers bring to it, the signed record, and a person's yes to somebody sitting in.

mod agenda;
mod sitting_in;

use crate::credential::{answers_kept, may_supervise, supervisor_was, work_out_everywhere};
use crate::door::{About, Actor, Desk, open, seal};
use crate::programme::has_role;
use crate::{Action, App, Error, Fault, Result};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, AgendaId, CommandId, ProgrammeId, SittingInId, SupervisionId};
use porchlight_practice::rule::fact::SessionKind;
use porchlight_practice::rule::{Answer, Word};
use porchlight_practice::supervision::{Account, Booking, Meeting, Next, Signing, SupervisionFault};
use porchlight_practice::work::Mix;
use porchlight_store::programme;
use porchlight_store::seal::{Owner, Place};
use porchlight_store::supervision::{self, MeetingRow};
use std::collections::BTreeSet;

pub use agenda::{Brought, ItemView, Offer};
pub use sitting_in::YesView;

/// How many meetings a page shows.
const MOST: i64 = 60;
/// How many days back human resources sees.
const TIMES_DAYS: i32 = 180;

/// A meeting in a list.
#[derive(Debug, Clone)]
pub struct MeetingLine {
    /// Its id.
    pub id: SupervisionId,
    /// Where it stands.
    pub meeting: Meeting,
    /// Who holds it, by name.
    pub supervisor: String,
    /// With whom, by name.
    pub with: Vec<String>,
    /// Whether the reader holds it.
    pub leads: bool,
    /// Whether the reader put their name beside the record.
    pub signed: bool,
}

/// Somebody who was or is to be there.
#[derive(Debug, Clone)]
pub struct There {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// When they put their name beside the record.
    pub signed: Option<Timestamp>,
    /// Whether whoever holds it may supervise them, and why; none where the pack does not ask.
    pub may: Option<Answer>,
}

/// One meeting as its page shows it.
#[derive(Debug, Clone)]
pub struct MeetingView {
    /// Its id.
    pub id: SupervisionId,
    /// Where it stands.
    pub meeting: Meeting,
    /// Counts changes; a form sends it back.
    pub version: i64,
    /// Today in the programme.
    pub today: Date,
    /// Who holds it, by name.
    pub supervisor: String,
    /// Who was or is to be there.
    pub there: Vec<There>,
    /// Whether the reader holds it.
    pub leads: bool,
    /// Whether the reader was there and has not signed.
    pub may_sign: bool,
    /// Whether the record still is what was signed.
    pub whole: bool,
    /// What was brought: the reader's own, or all of it for whoever holds the meeting.
    pub agenda: Vec<ItemView>,
    /// For sitting in, before it is recorded: what people said yes to.
    pub yeses: Vec<YesView>,
    /// Before a meeting with one worker: what their time went into lately, as they read it themselves.
    pub mix: Option<Mix>,
}

/// One of those whom somebody supervises.
#[derive(Debug, Clone)]
pub struct TeamLine {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Whether their supervision is up to date; none where the pack does not ask, or it was not worked out yet.
    pub word: Option<Word>,
    /// The day on which that changes by itself.
    pub changes: Option<Date>,
    /// The next meeting with the reader.
    pub next: Option<(SupervisionId, Date, Option<Time>)>,
    /// How much they bring to it.
    pub waiting: usize,
}

/// A supervisor's side.
#[derive(Debug, Clone)]
pub struct Leading {
    /// Today in the programme.
    pub today: Date,
    /// Those whom they supervise, those overdue first.
    pub team: Vec<TeamLine>,
    /// Meetings to be held, or to be recorded, the soonest first.
    pub booked: Vec<MeetingLine>,
    /// Meetings that are over, the newest first.
    pub past: Vec<MeetingLine>,
}

/// A worker's side.
#[derive(Debug, Clone)]
pub struct Supervised {
    /// Today in the programme.
    pub today: Date,
    /// Who supervises them here.
    pub supervisors: Vec<(AccountId, String)>,
    /// What they bring.
    pub agenda: Vec<ItemView>,
    /// What they could bring.
    pub offers: Vec<Offer>,
    /// Meetings to be held, the soonest first.
    pub booked: Vec<MeetingLine>,
    /// Meetings that are over, the newest first.
    pub past: Vec<MeetingLine>,
}

/// One's own supervision.
#[derive(Debug, Clone)]
pub enum OwnSupervision {
    /// As somebody who is supervised.
    Supervised(Supervised),
    /// As somebody who supervises.
    Leading(Leading),
}

/// That supervision was held, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldOn {
    /// With whom.
    pub worker: String,
    /// By whom.
    pub supervisor: String,
    /// The day.
    pub day: Date,
    /// How.
    pub kind: SessionKind,
}

/// What a supervisor sends about a meeting that was held.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Recorded {
    /// What was.
    pub account: Account,
    /// What was brought and talked about.
    pub talked_about: Vec<AgendaId>,
    /// For sitting in: the person's yes.
    pub yes: Option<SittingInId>,
    /// The version the page had.
    pub version: i64,
}

fn place(id: SupervisionId) -> Place {
    Place::new("supervision_meeting", id.0, "body")
}

impl Desk<'_, '_> {
    pub(crate) fn day_here(&mut self, here: ProgrammeId) -> Result<Date> {
        let (_, zone) = self.rules(here)?;
        Ok(self.now.to_zoned(zone).date())
    }

    fn meeting(&mut self, row: &MeetingRow) -> Result<Meeting> {
        let key = self.keys.get(self.tx, Owner::Programme(row.programme.0))?;
        open(&key, &place(row.id), &row.body)
    }

    fn meeting_line(&mut self, row: &MeetingRow) -> Result<MeetingLine> {
        let me = self.actor.account;
        let (mut with, mut signed) = (Vec::new(), false);
        for (worker, at) in supervision::with(self.tx, row.id)? {
            with.push(self.name_of(worker)?);
            signed |= worker == me && at.is_some();
        }
        with.sort_by_key(|name| name.to_lowercase());
        Ok(MeetingLine {
            id: row.id,
            meeting: self.meeting(row)?,
            supervisor: self.name_of(row.supervisor)?,
            with,
            leads: row.supervisor == me,
            signed,
        })
    }

    /// Those to be held, the soonest first, and those that are over, the newest first.
    fn parted(&mut self, rows: &[MeetingRow]) -> Result<(Vec<MeetingLine>, Vec<MeetingLine>)> {
        let (mut booked, mut past) = (Vec::new(), Vec::new());
        for row in rows {
            let line = self.meeting_line(row)?;
            match line.meeting {
                Meeting::Booked(_) => booked.push(line),
                Meeting::Held(_) | Meeting::Struck { .. } => past.push(line),
                Meeting::CalledOff { .. } => {}
            }
        }
        booked.sort_by_key(|line| match &line.meeting {
            Meeting::Booked(booking) => (booking.day, booking.time),
            other => (other.day(), None),
        });
        Ok((booked, past))
    }

    /// Those whom the actor supervises here.
    pub(crate) fn own_team(&mut self, here: ProgrammeId) -> Result<Vec<AccountId>> {
        let mut team = Vec::new();
        for who in programme::supervised_by(self.tx, here, self.actor.account)? {
            if has_role(self.tx, here, who, Role::is_peer)? {
                team.push(who);
            }
        }
        Ok(team)
    }

    /// How the supervision of those whom the actor supervises stands, those overdue first. It reads the answers the
    /// clockwork keeps, and asks no rule.
    pub(crate) fn team_supervision(&mut self, here: ProgrammeId) -> Result<Vec<TeamLine>> {
        let me = self.actor.account;
        let today = self.day_here(here)?;
        let (rules, _) = self.packs.clone().rulebook(self.tx, here, self.now)?;
        let questions: Vec<String> = rules.about_supervision(today).map(|one| one.id.clone()).collect();
        let rows = supervision::of_supervisor(self.tx, here, me, MOST)?;
        let brought = supervision::brought_to(self.tx, here, me)?;
        let mut lines = Vec::new();
        for account in self.own_team(here)? {
            let kept = answers_kept(self.tx, here, account)?;
            let about = kept.iter().filter(|(question, ..)| questions.contains(question));
            let worst = about.max_by_key(|(_, word, _)| *word);
            let mut next: Option<(SupervisionId, Date, Option<Time>)> = None;
            for row in rows.iter().filter(|row| row.state == "booked") {
                let Meeting::Booked(booking) = self.meeting(row)? else { continue };
                let sooner = next.is_none_or(|(_, day, _)| booking.day < day);
                if booking.with.contains(&account) && booking.day >= today && sooner {
                    next = Some((row.id, booking.day, booking.time));
                }
            }
            lines.push(TeamLine {
                account,
                name: self.name_of(account)?,
                word: worst.map(|(_, word, _)| *word),
                changes: worst.and_then(|(.., day)| *day),
                next,
                waiting: brought.iter().filter(|item| item.worker == account).count(),
            });
        }
        lines.sort_by_key(|line| {
            (line.word != Some(Word::NotYet), line.changes.unwrap_or(Date::MAX), line.name.to_lowercase())
        });
        Ok(lines)
    }

    fn supervised(&mut self, here: ProgrammeId) -> Result<Supervised> {
        let me = self.actor.account;
        let today = self.day_here(here)?;
        let mut supervisors = Vec::new();
        for id in programme::supervisors_of(self.tx, here, me)? {
            supervisors.push((id, self.name_of(id)?));
        }
        let rows = supervision::of_worker(self.tx, me, MOST)?;
        let (booked, past) = self.parted(&rows)?;
        Ok(Supervised {
            today,
            agenda: self.own_agenda(here)?,
            offers: self.offers(here, &supervisors)?,
            supervisors,
            booked,
            past,
        })
    }

    /// Whether the actor may hold a meeting with each of these workers.
    fn may_hold(&mut self, here: ProgrammeId, with: &BTreeSet<AccountId>, day: Date) -> Result<()> {
        let me = self.actor.account;
        for worker in with {
            if !programme::supervises(self.tx, here, me, *worker)? {
                return Err(Fault::Unknown("with").into());
            }
            let may = may_supervise(self, here, me, *worker, day)?;
            if may.is_some_and(|answer| answer.word == Word::No) {
                return Err(SupervisionFault::Chain.into());
            }
        }
        Ok(())
    }

    fn meeting_row(&mut self, here: ProgrammeId, id: SupervisionId, meeting: &Meeting) -> Result<MeetingRow> {
        let key = self.keys.get(self.tx, Owner::Programme(here.0))?;
        let (minutes, was, looked_back) = match meeting {
            Meeting::Held(record) | Meeting::Struck { record, .. } => {
                let was = record.was.iter().cloned().collect::<Vec<_>>().join(" ");
                (record.account.minutes, was, record.looked_back())
            }
            Meeting::Booked(_) | Meeting::CalledOff { .. } => (0, String::new(), false),
        };
        Ok(MeetingRow {
            id,
            programme: here,
            supervisor: self.actor.account,
            kind: meeting.kind().as_str().to_owned(),
            day: meeting.day().to_string(),
            state: meeting.state().to_owned(),
            minutes: minutes.into(),
            supervisor_was: was,
            looked_back,
            body: seal(&key, &place(id), meeting)?,
            at: self.now,
            version: 1,
        })
    }

    /// Takes one step with a meeting and keeps it.
    fn step(
        &mut self,
        id: SupervisionId,
        version: i64,
        step: impl FnOnce(Meeting) -> Result<Meeting, SupervisionFault>,
    ) -> Result<Meeting> {
        let row = supervision::get(self.tx, id)?.ok_or(Error::NotFound)?;
        let next = step(self.meeting(&row)?)?;
        let changed = MeetingRow { version, ..self.meeting_row(row.programme, id, &next)? };
        if !supervision::change(self.tx, &changed)? {
            return Err(Error::Stale);
        }
        Ok(next)
    }
}

impl App {
    /// One's own supervision: as somebody who supervises, or who is supervised.
    ///
    /// # Errors
    /// When the actor does neither here.
    pub async fn own_supervision(&self, actor: &Actor) -> Result<OwnSupervision> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::SupervisionRead, About::Own, "supervision", move |desk| {
            if desk.actor.role.is_peer() {
                let own = desk.supervised(here)?;
                let shown = own.booked.iter().chain(&own.past).map(|line| line.id.0).collect();
                return Ok((OwnSupervision::Supervised(own), shown));
            }
            let rows = supervision::of_supervisor(desk.tx, here, desk.actor.account, MOST)?;
            let (booked, past) = desk.parted(&rows)?;
            let shown = booked.iter().chain(&past).map(|line| line.id.0).collect();
            let today = desk.day_here(here)?;
            let team = desk.team_supervision(here)?;
            Ok((OwnSupervision::Leading(Leading { today, team, booked, past }), shown))
        })
        .await
    }

    /// Whom the actor can book: those they supervise, each with the engine's word on whether they may.
    ///
    /// # Errors
    /// When the actor supervises nobody here.
    pub async fn whom_to_book(&self, actor: &Actor) -> Result<Vec<There>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::SupervisionBook, About::Programme(here), move |desk| {
            let today = desk.day_here(here)?;
            let mut all = Vec::new();
            for account in desk.own_team(here)? {
                let name = desk.name_of(account)?;
                let may = may_supervise(desk, here, desk.actor.account, account, today)?;
                all.push(There { account, name, signed: None, may });
            }
            all.sort_by_key(|one| one.name.to_lowercase());
            Ok(all)
        })
        .await
    }

    /// Books a meeting with those the actor supervises.
    ///
    /// # Errors
    /// When nobody is chosen, the number does not fit, or somebody would supervise themselves.
    pub async fn book_supervision(
        &self,
        actor: &Actor,
        command: CommandId,
        booking: Booking,
    ) -> Result<SupervisionId> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let id = SupervisionId(self.ids.next());
        let booking = Booking { supervisor: actor.account, ..booking };
        let body = booking.clone();
        let about = About::Programme(here);
        self.command(actor, command, Action::SupervisionBook, about, &body, move |desk| {
            let meeting = Meeting::book(booking.clone())?;
            desk.may_hold(here, meeting.with(), meeting.day())?;
            let row = desk.meeting_row(here, id, &meeting)?;
            supervision::insert(desk.tx, &row, meeting.with())?;
            Ok(id)
        })
        .await
    }

    /// Opens one meeting.
    ///
    /// # Errors
    /// When the actor neither holds it nor took part, nor supervises everybody who did.
    pub async fn supervision_meeting(&self, actor: &Actor, id: SupervisionId) -> Result<MeetingView> {
        self.look(actor, Action::SupervisionOpen, About::Supervision(id), "supervision", move |desk| {
            let row = supervision::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let meeting = desk.meeting(&row)?;
            let me = desk.actor.account;
            let today = desk.day_here(row.programme)?;
            let leads = row.supervisor == me;
            let (mut there, mut may_sign) = (Vec::new(), false);
            for (worker, signed) in supervision::with(desk.tx, id)? {
                may_sign |= worker == me && signed.is_none() && meeting.signable(me).is_ok();
                let may = match (leads, &meeting) {
                    (true, Meeting::Booked(_)) => {
                        may_supervise(desk, row.programme, me, worker, meeting.day().max(today))?
                    }
                    _ => None,
                };
                let name = desk.name_of(worker)?;
                there.push(There { account: worker, name, signed, may });
            }
            there.sort_by_key(|one| one.name.to_lowercase());
            let agenda = match &meeting {
                Meeting::Booked(booking) => desk.agenda_for(row.programme, row.supervisor, &booking.with)?,
                _ => Vec::new(),
            };
            let yeses = match &meeting {
                Meeting::Booked(booking) if leads && booking.kind == SessionKind::Observed => {
                    desk.yeses_for(booking)?
                }
                _ => Vec::new(),
            };
            let mix = match (&meeting, there.as_slice()) {
                (Meeting::Booked(_), [one]) => Some(desk.mix(row.programme, one.account)?),
                _ => None,
            };
            let whole = match &meeting {
                Meeting::Held(record) | Meeting::Struck { record, .. } => record.is_whole(row.programme),
                _ => true,
            };
            Ok(MeetingView {
                id,
                version: row.version,
                today,
                supervisor: desk.name_of(row.supervisor)?,
                there,
                leads,
                may_sign,
                whole,
                agenda,
                yeses,
                mix,
                meeting,
            })
        })
        .await
    }

    /// Moves a meeting to another day.
    ///
    /// # Errors
    /// When it was held or called off, or changed since the page was opened.
    pub async fn move_supervision(
        &self,
        actor: &Actor,
        command: CommandId,
        id: SupervisionId,
        day: Date,
        time: Option<Time>,
        version: i64,
    ) -> Result<()> {
        let (about, body) = (About::Supervision(id), ("move", id, day, time, version));
        self.command(actor, command, Action::SupervisionChange, about, &body, move |desk| {
            desk.step(id, version, |meeting| meeting.moved(day, time)).map(|_| ())
        })
        .await
    }

    /// Calls a meeting off. What was brought to it waits for the next.
    ///
    /// # Errors
    /// When it was held or called off, or changed since the page was opened.
    pub async fn call_off_supervision(
        &self,
        actor: &Actor,
        command: CommandId,
        id: SupervisionId,
        version: i64,
    ) -> Result<()> {
        let (about, body) = (About::Supervision(id), ("off", id, version));
        self.command(actor, command, Action::SupervisionChange, about, &body, move |desk| {
            desk.step(id, version, Meeting::called_off).map(|_| ())
        })
        .await
    }

    /// Records that a meeting was held, signs it, and books the next. Everybody who took part has it in their answers at
    /// once. Answers the id of the next, if one was booked.
    ///
    /// # Errors
    /// When it can't have been so, there is neither a next one nor a reason, or a person's yes is missing.
    pub async fn record_supervision(
        &self,
        actor: &Actor,
        command: CommandId,
        id: SupervisionId,
        recorded: Recorded,
    ) -> Result<Option<SupervisionId>> {
        let following = SupervisionId(self.ids.next());
        let (about, body) = (About::Supervision(id), (id, recorded.clone()));
        self.command(actor, command, Action::SupervisionRecord, about, &body, move |desk| {
            let row = supervision::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let here = row.programme;
            let (rules, today) = (desk.rules(here)?.0, desk.day_here(here)?);
            let account = &recorded.account;
            if !account.topics.iter().all(|topic| rules.supervision_topics.iter().any(|one| one.id == *topic))
            {
                return Err(Fault::Unknown("topics").into());
            }
            if !account.skills.keys().all(|skill| rules.skills.iter().any(|one| one.id == *skill)) {
                return Err(Fault::Unknown("skills").into());
            }
            let asked = match desk.meeting(&row)? {
                Meeting::Booked(booking) => booking.with,
                _ => return Err(SupervisionFault::Over.into()),
            };
            desk.may_hold(here, &account.took_part, account.day)?;
            let yes = match recorded.yes {
                Some(yes) => Some(desk.sitting_in(yes)?),
                None => None,
            };
            let signing = Signing {
                programme: here,
                by: desk.signer()?,
                was: supervisor_was(desk, here, desk.actor.account, account.day)?,
                yes: yes.as_ref(),
                pack: rules.hash,
                today,
                at: desk.now,
            };
            let held = desk.step(id, recorded.version, |meeting| meeting.held(account.clone(), signing))?;
            supervision::took_part(desk.tx, id, held.with())?;
            if let Meeting::Held(record) = &held
                && let Some(yes) = record.sat_in
                && !supervision::use_yes(desk.tx, yes, id)?
            {
                return Err(SupervisionFault::NoYes.into());
            }
            for item in &recorded.talked_about {
                if !supervision::talked_about(desk.tx, *item, desk.actor.account, id)? {
                    return Err(Error::Stale);
                }
            }
            let next = match account.next {
                Next::NotNow { .. } => None,
                Next::Booked { day, time } => {
                    let with = asked.clone();
                    let supervisor = desk.actor.account;
                    let meeting = Meeting::book(Booking { kind: held.kind(), day, time, supervisor, with })?;
                    let row = desk.meeting_row(here, following, &meeting)?;
                    supervision::insert(desk.tx, &row, meeting.with())?;
                    Some(following)
                }
            };
            for worker in held.with() {
                work_out_everywhere(desk, *worker)?;
            }
            Ok(next)
        })
        .await
    }

    /// Strikes a record that is wrong. It stays to be read, and counts no more.
    ///
    /// # Errors
    /// When there is no record, or no reason is given.
    pub async fn strike_supervision(
        &self,
        actor: &Actor,
        command: CommandId,
        id: SupervisionId,
        why: &str,
        version: i64,
    ) -> Result<()> {
        let why = why.to_owned();
        let (about, body) = (About::Supervision(id), (id, why.clone(), version));
        self.command(actor, command, Action::SupervisionStrike, about, &body, move |desk| {
            let now = desk.now;
            let struck = desk.step(id, version, |meeting| meeting.struck(&why, now))?;
            for worker in struck.with() {
                work_out_everywhere(desk, *worker)?;
            }
            Ok(())
        })
        .await
    }

    /// Puts one's name beside the record of a meeting in which one took part.
    ///
    /// # Errors
    /// When one did not, or has signed already.
    pub async fn sign_supervision(&self, actor: &Actor, command: CommandId, id: SupervisionId) -> Result<()> {
        self.command(actor, command, Action::SupervisionSign, About::Supervision(id), &id, move |desk| {
            let row = supervision::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let me = desk.actor.account;
            desk.meeting(&row)?.signable(me)?;
            match supervision::sign(desk.tx, id, me, desk.now)? {
                true => Ok(()),
                false => Err(SupervisionFault::Signed.into()),
            }
        })
        .await
    }

    /// That supervision was held in the actor's programme in the last months, and when; nothing of what it was about.
    ///
    /// # Errors
    /// When the actor does not see that.
    pub async fn supervision_times(&self, actor: &Actor) -> Result<Vec<HeldOn>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let about = About::Programme(here);
        self.list(actor, Action::SupervisionTimes, about, "times", move |desk| {
            let since = desk.day_here(here)?.saturating_sub(TIMES_DAYS.days()).to_string();
            let (mut held, mut shown) = (Vec::new(), Vec::new());
            for (worker, supervisor, day, kind) in supervision::times(desk.tx, here, &since, 500)? {
                shown.push(worker.0);
                held.push(HeldOn {
                    worker: desk.name_of(worker)?,
                    supervisor: desk.name_of(supervisor)?,
                    day: day.parse().map_err(|_| Error::Damaged("supervision"))?,
                    kind: SessionKind::parse(&kind).ok_or(Error::Damaged("supervision"))?,
                });
            }
            Ok((held, shown))
        })
        .await
    }
}
