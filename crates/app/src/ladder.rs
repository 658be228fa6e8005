//! The ladder of a programme: keeping it, trying it out, climbing it.
//!
//! Nothing here waits for anything but the store: [`App::climb`] does what is due and answers. What goes out goes out in
//! [`calling`], beside it, so that no fault of a means ever holds up the next rung.

mod calling;
mod unkept;

pub(crate) use unkept::Unkept;

use crate::door::{About, Actor, Desk, subjects};
use crate::{Action, App, Error, Fault, Result};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use porchlight_access::Relation;
use porchlight_practice::id::{AccountId, CallId, CommandId, ProgrammeId, RunId, SafetyReportId};
use porchlight_practice::ladder::{Called, Gap, Made, Place, Plan, Roster, Run, Step, Went};
use porchlight_practice::pack::Rules;
use porchlight_practice::{Means, Role};
use porchlight_store::journal::{Entry, Outcome};
use porchlight_store::ladder::{CallRow, LadderRow, RunRow};
use porchlight_store::{Tx, account, ladder, programme, safety};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How far ahead gaps of a rota are looked for, in days.
pub const LOOK_AHEAD: u32 = 14;

/// How far back the figures go, in days.
const FIGURES_DAYS: i64 = 90;

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callee {
    /// Whose account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their number, as they wrote it; may be empty.
    pub phone: String,
}

/// One call as pages show it.
#[derive(Debug, Clone)]
pub struct CallLine {
    /// Its id.
    pub id: CallId,
    /// In which step.
    pub step: u32,
    /// To whom.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// By which means; none for the page.
    pub means: Option<Means>,
    /// When it was made.
    pub made: Timestamp,
    /// What became of it.
    pub went: Went,
    /// When it went out.
    pub sent: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: i64,
    /// When they opened the page.
    pub seen: Option<Timestamp>,
    /// When they said, in a test, that it came.
    pub answered: Option<Timestamp>,
}

/// A step that is still to come.
#[derive(Debug, Clone)]
pub struct Ahead {
    /// When.
    pub due: Timestamp,
    /// Whom it calls.
    pub who: Vec<Callee>,
}

/// A test call.
#[derive(Debug, Clone)]
pub struct TestCall {
    /// Its id.
    pub id: RunId,
    /// When.
    pub at: Timestamp,
    /// Every call of it.
    pub calls: Vec<CallLine>,
}

/// How the last drill went.
#[derive(Debug, Clone)]
pub struct Drill {
    /// Its report.
    pub report: SafetyReportId,
    /// When it was sent.
    pub sent: Timestamp,
    /// When somebody took it.
    pub taken: Option<Timestamp>,
    /// The rung on which it took longest until somebody saw it: its number from 1, whom it called, and the seconds; none
    /// where nobody saw it before the drill was over.
    pub slowest: Option<(u32, Vec<String>, Option<i64>)>,
}

/// A ladder as those who keep it see it.
#[derive(Debug, Clone)]
pub struct LadderView {
    /// What is chosen, or what the pack offers.
    pub plan: Plan,
    /// Whether reports can be sent.
    pub is_on: bool,
    /// Counts changes; 0 while nothing was chosen.
    pub version: i64,
    /// Everybody who works here, by name.
    pub staff: Vec<Callee>,
    /// When the rota names nobody who is there, in the coming [`LOOK_AHEAD`] days. Only where a rung asks for the rota.
    pub gaps: Vec<Gap>,
    /// Who is on call now.
    pub on_call: Vec<AccountId>,
    /// Whom a report of nobody in particular would call, rung by rung, now.
    pub rungs: Vec<Vec<AccountId>>,
    /// Who answered test calls, by which means, when last. No means is the page.
    pub proofs: Vec<(AccountId, Option<Means>, Timestamp)>,
    /// The newest test calls.
    pub tests: Vec<TestCall>,
    /// The last drill.
    pub drill: Option<Drill>,
    /// Seconds from sending a report to somebody taking it, the oldest first; none while nobody has.
    pub times: Vec<(Timestamp, Option<i64>)>,
    /// The means that are set up on this server.
    pub set_up: Vec<Means>,
    /// Whether the reader may change it.
    pub may_change: bool,
    /// The rules of the day.
    pub rules: Arc<Rules>,
}

/// When nobody of a programme would be called.
#[derive(Debug, Clone)]
pub struct ProgrammeGaps {
    /// Which programme.
    pub programme: ProgrammeId,
    /// Its name.
    pub name: String,
    /// Whether reports can be sent there.
    pub is_on: bool,
    /// Its zone.
    pub zone: TimeZone,
    /// Each stretch in which nobody would be called.
    pub gaps: Vec<Gap>,
}

/// What a programme chose, or what its pack offers.
pub(crate) fn plan(tx: &mut Tx<'_>, id: ProgrammeId, rules: &Rules) -> Result<(Plan, Option<LadderRow>)> {
    match ladder::get(tx, id)? {
        Some(row) => {
            let plan = serde_json::from_str(&row.body).map_err(|_| Error::Damaged("ladder"))?;
            Ok((plan, Some(row)))
        }
        None => Ok((Plan::offered(&rules.safety), None)),
    }
}

/// Whether somebody in this role is called when nobody of a ladder is left.
fn is_called_at_last(role: Role) -> bool {
    matches!(role, Role::Supervisor | Role::ProgrammeAdmin | Role::PrivacyLead)
}

/// Who is there now, for what `reporter` reports.
pub(crate) fn roster(
    tx: &mut Tx<'_>,
    id: ProgrammeId,
    reporter: Option<AccountId>,
    not: Vec<AccountId>,
    plan: &Plan,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Roster> {
    let members: Vec<_> =
        account::members(tx, id)?.into_iter().filter(|member| member.person.is_none()).collect();
    let works =
        |role: Role| !matches!(role, Role::Auditor | Role::Certifier | Role::Supporter | Role::Person);
    let of_role = |wanted: &dyn Fn(Role) -> bool| {
        members.iter().filter(|member| wanted(member.role)).map(|member| member.account).collect::<Vec<_>>()
    };
    let (mut supervisor, mut deputies) = (Vec::new(), Vec::new());
    if let Some(reporter) = reporter {
        supervisor = programme::supervisors_of(tx, id, reporter)?;
        // Who supervises has a deputy of their own to call.
        for one in supervisor.clone().into_iter().chain([reporter]) {
            deputies.extend(programme::deputies_of(tx, id, one)?);
        }
    }
    Ok(Roster {
        supervisor,
        deputies,
        on_call: plan.rota.on_call(now, zone),
        supervisors: of_role(&|role| role == Role::Supervisor),
        here: of_role(&works).into_iter().collect(),
        everybody: of_role(&is_called_at_last),
        not: not.into_iter().chain(reporter).collect(),
    })
}

/// What the clockwork needs to climb one ladder.
pub(crate) struct Climbing<'a> {
    pub ids: &'a dyn crate::Ids,
    pub plan: &'a Plan,
    pub zone: &'a TimeZone,
    pub now: Timestamp,
    /// Whom the report is about.
    pub not: Vec<AccountId>,
}

/// The plan by which a ladder is climbed, the zone of its programme, and whom the report is about.
fn laid_out(
    tx: &mut Tx<'_>,
    packs: &crate::programme::Packs,
    row: &RunRow,
    now: Timestamp,
) -> Result<(Plan, TimeZone, Vec<AccountId>)> {
    let (rules, zone) = packs.rules(tx, row.programme, now)?;
    let (plan, _) = plan(tx, row.programme, &rules)?;
    let not = match row.report {
        Some(report) => {
            let report = safety::get(tx, report)?.ok_or(Error::Damaged("safety"))?;
            subjects(tx, &report)?
        }
        None => Vec::new(),
    };
    Ok((plan, zone, not))
}

/// The steps of a ladder that are due now, and how far it has come with them.
fn due_steps(
    tx: &mut Tx<'_>,
    row: &RunRow,
    plan: &Plan,
    zone: &TimeZone,
    not: Vec<AccountId>,
    now: Timestamp,
) -> Result<(Vec<Step>, Run)> {
    let reporter = row.report.map(|_| row.started_by);
    let roster = roster(tx, row.programme, reporter, not, plan, zone, now)?;
    let (mut steps, mut to) = plan.ladder.climb(row.run, &roster, now);
    if row.report.is_none() {
        // A test call calls the one it is for, and nobody else.
        steps.retain(|step| step.place == Place::HandedTo);
        to.due = None;
    }
    Ok((steps, to))
}

/// Climbs one ladder as far as it is due, in the transaction it is given: the calls are kept as rows, each is entered in
/// the journal, and how far it has come is kept with them. `false` when another server was there first.
pub(crate) fn climb(tx: &mut Tx<'_>, row: &RunRow, with: &Climbing<'_>) -> Result<bool> {
    let (steps, to) = due_steps(tx, row, with.plan, with.zone, with.not.clone(), with.now)?;
    if !ladder::climbed(tx, row.id, &to, row.version)? {
        return Ok(false);
    }
    for step in &steps {
        for who in &step.who {
            make(tx, row, step, *who, with)?;
        }
    }
    Ok(true)
}

fn make(tx: &mut Tx<'_>, row: &RunRow, step: &Step, who: AccountId, with: &Climbing<'_>) -> Result<()> {
    let page = std::iter::once(None);
    for means in page.chain(step.means.iter().copied().map(Some)) {
        // The page is there as soon as this is on disk. Everything else goes out afterwards.
        let here = means.is_none();
        let call = CallRow {
            id: CallId(with.ids.unguessable()),
            run: row.id,
            step: step.number,
            account: who,
            means,
            due_at: step.due,
            made_at: with.now,
            went: if here { Went::Out } else { Went::Waiting },
            attempts: 0,
            try_at: (!here).then_some(with.now),
            sent_at: here.then_some(with.now),
            seen_at: None,
            answered_at: None,
            trouble: None,
            progress: None,
        };
        ladder::add_call(tx, &call)?;
    }
    let part = match step.place {
        Place::HandedTo => "handed to",
        Place::Rung(_) => "rung",
        Place::Again(_) => "again",
    };
    tx.journal(&Entry {
        at: with.now,
        actor: None,
        actor_role: "clockwork",
        action: "ladder.call",
        outcome: Outcome::Done,
        about_kind: "account",
        about: Some(who.0),
        person: None,
        programme: Some(row.programme.0),
        part: &format!("{part} {}", step.number + 1),
        purpose: if row.practice { "practice" } else { "safety" },
        policy: "",
        command: row.report.map(|id| id.0),
        detail: &[],
    })?;
    Ok(())
}

impl Desk<'_, '_> {
    pub(crate) fn callee(&mut self, id: AccountId) -> Result<Callee> {
        let (name, phone) = self.name_and_phone(id)?;
        Ok(Callee { account: id, name, phone })
    }

    fn name(&mut self, id: AccountId) -> Result<String> {
        self.name_of(id)
    }

    pub(crate) fn call_lines(&mut self, run: RunId) -> Result<Vec<CallLine>> {
        let mut lines = Vec::new();
        for row in ladder::calls(self.tx, run)? {
            lines.push(CallLine {
                id: row.id,
                step: row.step,
                account: row.account,
                name: self.name(row.account)?,
                means: row.means,
                made: row.made_at,
                went: row.went,
                sent: row.sent_at,
                attempts: row.attempts,
                seen: row.seen_at,
                answered: row.answered_at,
            });
        }
        Ok(lines)
    }

    /// What pages may say of calls: each with whether its means was answered in a test.
    pub(crate) fn made(&mut self, programme: ProgrammeId, calls: &[CallLine]) -> Result<Vec<Made>> {
        let proofs = ladder::proofs(self.tx, programme)?;
        let proven = |call: &CallLine| {
            proofs.iter().any(|(who, means, _)| (*who, *means) == (call.account, call.means))
        };
        let made = |call: &CallLine| Made {
            step: call.step,
            who: call.account,
            means: call.means,
            went: call.went,
            proven: proven(call),
        };
        Ok(calls.iter().map(made).collect())
    }

    /// The steps to come of a ladder, if nobody takes it.
    pub(crate) fn ahead(
        &mut self,
        row: &RunRow,
        plan: &Plan,
        not: Vec<AccountId>,
        zone: &TimeZone,
    ) -> Result<Vec<Ahead>> {
        const SHOWN: usize = 6;
        let reporter = row.report.map(|_| row.started_by);
        let roster = roster(self.tx, row.programme, reporter, not, plan, zone, self.now)?;
        let mut ahead = Vec::new();
        for step in plan.ladder.ahead(row.run, &roster, SHOWN) {
            let who = step.who.into_iter().map(|who| self.callee(who)).collect::<Result<_>>()?;
            ahead.push(Ahead { due: step.due, who });
        }
        Ok(ahead)
    }

    fn last_drill(&mut self, id: ProgrammeId) -> Result<Option<Drill>> {
        let since = self.now - SignedDuration::from_hours(24 * 730);
        let drills = safety::of_programme(self.tx, id, since, 500)?;
        let Some(row) = drills.into_iter().filter(|row| row.practice).max_by_key(|row| row.sent_at) else {
            return Ok(None);
        };
        let mut slowest: Option<(u32, Vec<String>, Option<i64>)> = None;
        for run in ladder::of_report(self.tx, row.id)? {
            let calls = self.call_lines(run.id)?;
            let mut steps: Vec<u32> = calls.iter().map(|call| call.step).collect();
            steps.dedup();
            for step in steps {
                let of_step: Vec<&CallLine> = calls.iter().filter(|call| call.step == step).collect();
                let seen = of_step
                    .iter()
                    .filter_map(|call| Some(call.seen?.duration_since(call.made).as_secs()))
                    .min();
                let mut names: Vec<String> = of_step.iter().map(|call| call.name.clone()).collect();
                names.dedup();
                // Not seen at all is slower than anything.
                let slower = match (&slowest, seen) {
                    (None, _) => true,
                    (Some((.., None)), _) => false,
                    (Some((.., Some(_))), None) => true,
                    (Some((.., Some(before))), Some(now)) => now > *before,
                };
                if slower {
                    slowest = Some((step + 1, names, seen));
                }
            }
        }
        Ok(Some(Drill { report: row.id, sent: row.sent_at, taken: row.taken_at, slowest }))
    }
}

impl App {
    /// A programme's ladder, rota, gaps, tests, last drill and times.
    ///
    /// # Errors
    /// When there is no such programme for this actor.
    pub async fn ladder(&self, actor: &Actor, id: ProgrammeId) -> Result<LadderView> {
        let access = self.access.clone();
        let set_up = self.outbound.means().collect::<Vec<_>>();
        self.look(actor, Action::LadderRead, About::Programme(id), "ladder", move |desk| {
            let (rules, zone) = desk.rules(id)?;
            let (plan, row) = plan(desk.tx, id, &rules)?;
            let roster = roster(desk.tx, id, None, Vec::new(), &plan, &zone, desk.now)?;
            let asks_rota = plan.ladder.rungs.iter().any(|rung| rung.who == Called::OnCall);
            let gaps = match asks_rota {
                true => plan.rota.gaps(desk.now, LOOK_AHEAD, &zone, |who| roster.here.contains(&who)),
                false => Vec::new(),
            };
            let mut staff = Vec::new();
            for who in &roster.here {
                staff.push(desk.callee(*who)?);
            }
            staff.sort_by_key(|one| one.name.to_lowercase());
            let mut tests = Vec::new();
            for run in ladder::tests(desk.tx, id, 5)? {
                tests.push(TestCall { id: run.id, at: run.run.started, calls: desk.call_lines(run.id)? });
            }
            let since = desk.now - SignedDuration::from_hours(24 * FIGURES_DAYS);
            let times = safety::times(desk.tx, id, false, since)?;
            let seconds = |(sent, taken): (Timestamp, Option<Timestamp>)| {
                (sent, taken.map(|taken| taken.duration_since(sent).as_secs()))
            };
            Ok(LadderView {
                is_on: row.as_ref().is_some_and(|row| row.is_on),
                version: row.map_or(0, |row| row.version),
                on_call: roster.on_call.iter().copied().filter(|who| roster.here.contains(who)).collect(),
                rungs: plan.ladder.rungs.iter().map(|rung| roster.called(rung.who)).collect(),
                staff,
                gaps,
                proofs: ladder::proofs(desk.tx, id)?,
                tests,
                drill: desk.last_drill(id)?,
                times: times.into_iter().map(seconds).collect(),
                set_up: set_up.clone(),
                may_change: desk.actions(&access).contains(&Action::LadderChange),
                plan,
                rules,
            })
        })
        .await
    }

    /// Keeps a ladder and a rota, and says whether reports can be sent.
    ///
    /// # Errors
    /// When they can't be used; [`Fault::NotTested`] when reports should be sent and nobody on the ladder has answered a
    /// test call; [`Error::Stale`] when somebody changed it since `version`.
    pub async fn keep_ladder(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        plan: Plan,
        is_on: bool,
        version: i64,
    ) -> Result<()> {
        plan.ladder.check().map_err(Fault::Ladder)?;
        plan.rota.check()?;
        let body = (id, serde_json::to_string(&plan).map_err(|_| Error::Damaged("ladder"))?, is_on, version);
        let text = body.1.clone();
        self.command(actor, command, Action::LadderChange, About::Programme(id), &body, move |desk| {
            let (_, zone) = desk.rules(id)?;
            if is_on {
                let members = account::members(desk.tx, id)?;
                let proofs = ladder::proofs(desk.tx, id)?;
                // Somebody who would be called must have answered once, whoever reports: a rung may ask for the
                // supervisor of the one who does.
                let mut on_ladder = BTreeSet::new();
                for reporter in members.iter().map(|member| Some(member.account)).chain([None]) {
                    let roster = roster(desk.tx, id, reporter, Vec::new(), &plan, &zone, desk.now)?;
                    on_ladder.extend(plan.ladder.on_it(&roster));
                }
                let answered = proofs.iter().any(|(who, ..)| {
                    members.iter().any(|member| member.account == *who && member.person.is_none())
                        && on_ladder.contains(who)
                });
                if !answered {
                    return Err(Fault::NotTested.into());
                }
            }
            let row = LadderRow { programme: id, body: text.clone(), is_on, changed_at: desk.now, version };
            if ladder::put(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Calls somebody by every means of the ladder to try it. They say on its page what came.
    ///
    /// # Errors
    /// When they do not work here.
    pub async fn test_call(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ProgrammeId,
        who: AccountId,
    ) -> Result<RunId> {
        let run = RunId(self.ids.unguessable());
        let ids = self.ids.clone();
        let answer = self
            .command(actor, command, Action::LadderTest, About::Programme(id), &(id, who), move |desk| {
                let (rules, zone) = desk.rules(id)?;
                let (plan, _) = plan(desk.tx, id, &rules)?;
                if !crate::programme::works_here(desk, id, who)? {
                    return Err(Fault::Unknown("who").into());
                }
                let row = RunRow {
                    id: run,
                    programme: id,
                    report: None,
                    practice: true,
                    started_by: desk.actor.account,
                    run: Run::begin(desk.now, Some(who)),
                    stopped_at: None,
                    version: 1,
                };
                ladder::begin(desk.tx, &row)?;
                let with = Climbing { ids: &*ids, plan: &plan, zone: &zone, now: desk.now, not: Vec::new() };
                climb(desk.tx, &row, &with)?;
                Ok(run)
            })
            .await;
        self.wake.notify_waiters();
        answer
    }

    /// A test call that reached the actor.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was to somebody else.
    pub async fn test_call_to_me(&self, actor: &Actor, id: RunId) -> Result<TestCall> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.look(actor, Action::LadderSee, About::Programme(here), "test call", move |desk| {
            let row = ladder::get_run(desk.tx, id)?
                .filter(|row| row.programme == here && row.report.is_none())
                .ok_or(Error::NotFound)?;
            let me = desk.actor.account;
            let mut calls = desk.call_lines(row.id)?;
            calls.retain(|call| call.account == me);
            if calls.is_empty() {
                return Err(Error::NotFound);
            }
            Ok(TestCall { id, at: row.run.started, calls })
        })
        .await
    }

    /// Says which calls of a test came. The page itself counts as one when nothing else did.
    ///
    /// # Errors
    /// When one of them is not the actor's, or has not gone out.
    pub async fn answer_test(
        &self,
        actor: &Actor,
        command: CommandId,
        id: RunId,
        came: Vec<CallId>,
    ) -> Result<()> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let body = (id, came.clone());
        self.command(actor, command, Action::LadderAnswer, About::Programme(here), &body, move |desk| {
            let row = ladder::get_run(desk.tx, id)?
                .filter(|row| row.programme == here && row.report.is_none())
                .ok_or(Error::NotFound)?;
            let me = desk.actor.account;
            let calls = ladder::calls(desk.tx, row.id)?;
            for call in &came {
                let call = calls
                    .iter()
                    .find(|known| known.id == *call && known.account == me)
                    .ok_or(Error::NotFound)?;
                if !ladder::answer(desk.tx, call.id, me, desk.now)? {
                    return Err(Error::NotFound);
                }
                ladder::prove(desk.tx, here, me, call.means, desk.now)?;
            }
            ladder::seen(desk.tx, row.id, me, desk.now)?;
            if !came.is_empty() {
                ladder::stop_run(desk.tx, row.id, desk.now)?;
            }
            Ok(())
        })
        .await
    }

    /// The gaps of every programme in the coming days, for whoever looks after the system.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ladder_gaps(&self, days: u32) -> Result<Vec<ProgrammeGaps>> {
        let (packs, now) = (self.packs.clone(), self.now());
        self.store
            .read(move |tx| {
                let mut all = Vec::new();
                for row in programme::all(tx)? {
                    let (rules, zone) = packs.rules(tx, row.id, now)?;
                    let (plan, kept) = plan(tx, row.id, &rules)?;
                    let roster = roster(tx, row.id, None, Vec::new(), &plan, &zone, now)?;
                    // For every peer specialist who may report: is there somebody whom no calendar takes away?
                    let peers =
                        account::members(tx, row.id)?.into_iter().filter(|member| member.role.is_peer());
                    let reporters: Vec<_> = peers.map(|member| member.account).collect();
                    let mut always = !reporters.is_empty();
                    for who in reporters {
                        let for_them = self::roster(tx, row.id, Some(who), Vec::new(), &plan, &zone, now)?;
                        always &=
                            plan.ladder.rungs.iter().any(|rung| {
                                rung.who != Called::OnCall && !for_them.called(rung.who).is_empty()
                            });
                    }
                    let gaps = match always {
                        true => Vec::new(),
                        false => plan.rota.gaps(now, days, &zone, |who| roster.here.contains(&who)),
                    };
                    let is_on = kept.is_some_and(|kept| kept.is_on);
                    all.push(ProgrammeGaps { programme: row.id, name: row.name, is_on, zone, gaps });
                }
                Ok(all)
            })
            .await
    }

    /// Climbs every ladder as far as it is due. Each in a transaction of its own, so that one that can't be climbed holds up
    /// no other. Answers how many steps were taken.
    ///
    /// # Errors
    /// When it can't even be read what is due.
    pub async fn climb(&self) -> Result<usize> {
        const AT_ONCE: i64 = 200;
        let now = self.now();
        let due = self.store.read(move |tx| Ok::<_, Error>(ladder::due(tx, now, AT_ONCE)?)).await?;
        let (mut climbed, mut could_not_keep) = (0, false);
        for row in due {
            let (packs, ids, id, programme) = (self.packs.clone(), self.ids.clone(), row.id, row.programme);
            let done: Result<bool> = self
                .store
                .write(move |tx| {
                    // As it stands now, not as it stood when it was found due.
                    let Some(row) = ladder::get_run(tx, id)?.filter(|row| row.stopped_at.is_none()) else {
                        return Ok(false);
                    };
                    let (plan, zone, not) = laid_out(tx, &packs, &row, now)?;
                    climb(tx, &row, &Climbing { ids: &*ids, plan: &plan, zone: &zone, now, not })
                })
                .await;
            could_not_keep |= matches!(done, Err(Error::Store(_)));
            match done {
                Ok(true) => {
                    climbed += 1;
                    self.live.tell(crate::live::Signal::Staff(programme));
                }
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "a ladder could not be climbed; it is tried again"),
            }
        }
        if could_not_keep {
            self.call_unkept().await?;
        } else if climbed > 0 {
            self.unkept.forget();
        }
        Ok(climbed)
    }
}

/// Whether the actor's tie to a person lets them name the record in a report.
pub(crate) fn may_name(relation: Relation) -> bool {
    matches!(relation, Relation::Walks | Relation::Supervises)
}
