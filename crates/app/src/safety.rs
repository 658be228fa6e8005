//! Safety reports: sending one, taking it, what is done about it, closing it, and what the person may see of it.

use crate::door::{About, Actor, Desk, seal, standing_of, subjects};
use crate::ladder::{Ahead, CallLine, Callee, Climbing, climb, may_name, plan};
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::Role;
use porchlight_practice::id::{
    AccountId, CommandId, DocumentId, PersonId, ProgrammeId, RunId, SafetyEntryId, SafetyReportId,
};
use porchlight_practice::ladder::{Plan, Run, Saying, saying};
use porchlight_practice::pack::Shelf;
use porchlight_practice::safety::{Entry, Kind, Logged, Report, SafetyFault, Standing, Story};
use porchlight_store::ladder::RunRow;
use porchlight_store::safety::{EntryRow, SafetyRow};
use porchlight_store::seal::{DataKey, Owner, Place};
use porchlight_store::{account, document, ladder, person, programme, safety, share};
use serde::Serialize;
use uuid::Uuid;

/// How far back closed reports are listed, in days.
const LIST_DAYS: i64 = 90;

/// A report to be sent.
#[derive(Debug, Clone, Serialize)]
pub struct NewSafetyReport {
    /// Its id, made by whoever reports, so that a phone that sends twice reports once.
    pub id: SafetyReportId,
    /// The record of the person it is about, when they have one here.
    pub person: Option<PersonId>,
    /// Somebody who works here whom it is about.
    pub about_worker: Option<AccountId>,
    /// What is reported.
    pub report: Report,
}

/// Where the parts of a report lie.
fn place(table: &'static str, row: Uuid) -> Place {
    Place { table, row, column: "body" }
}

/// The action that adds this kind of entry.
fn action_of(entry: &Entry) -> Action {
    match entry {
        Entry::Taken => Action::SafetyTake,
        Entry::HandedOn { .. } => Action::SafetyHandOn,
        Entry::Added { .. } => Action::SafetyAdd,
        Entry::StepDone { .. } => Action::SafetyStep,
        Entry::ToldPerson { .. } => Action::SafetyTell,
        Entry::Withheld { .. } => Action::SafetyWithhold,
        Entry::WentBack { .. } => Action::SafetyGoBack,
        Entry::SecondRead => Action::SafetySecondRead,
        Entry::LookedAgain { .. } => Action::SafetyLookAgain,
        Entry::Closed(_) => Action::SafetyClose,
    }
}

/// A report in a list.
#[derive(Debug, Clone)]
pub struct SafetyLine {
    /// Its id.
    pub id: SafetyReportId,
    /// What kind of danger.
    pub kind: Kind,
    /// Whether it is a drill.
    pub practice: bool,
    /// When it was sent.
    pub sent: Timestamp,
    /// Who reported.
    pub reporter: String,
    /// Whether that is the reader.
    pub own: bool,
    /// How it stands, by its name.
    pub standing: String,
    /// Who has it, by name; empty when nobody has.
    pub holder: String,
    /// Whether the ladder called the reader.
    pub called: bool,
}

/// The reports that are open to somebody.
#[derive(Debug, Clone)]
pub struct SafetyList {
    /// Open ones, those nobody has taken first.
    pub open: Vec<SafetyLine>,
    /// Closed ones, the newest first.
    pub closed: Vec<SafetyLine>,
    /// Whether reports can be sent here.
    pub is_on: bool,
}

/// What was done, with a name.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What.
    pub entry: Entry,
    /// The name of whoever the entry names beside its hand: to whom it was handed, who reads it too; empty else.
    pub other: String,
}

/// What waits for somebody by name.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    /// Reports whose ladder called them, and that nobody has taken.
    pub reports: Vec<SafetyReportId>,
    /// Test calls that they have not answered.
    pub tests: Vec<RunId>,
    /// Reports that they have, or read too, whose day to look again has come.
    pub again: Vec<SafetyReportId>,
}

/// One report as somebody sees it who may.
#[derive(Debug, Clone)]
pub struct SafetyView {
    /// Its id.
    pub id: SafetyReportId,
    /// Whether it is a drill.
    pub practice: bool,
    /// Everything that was reported and done.
    pub story: Story,
    /// What was done, with names.
    pub log: Vec<LogLine>,
    /// Who reported, and how to reach them.
    pub reporter: Callee,
    /// Whether that is the reader.
    pub own: bool,
    /// The record of the person it is about, and how they are called.
    pub person: Option<(PersonId, String)>,
    /// Whether the reader may open that record by their own tie to the person.
    pub may_open_person: bool,
    /// Somebody who works here whom it is about, by name.
    pub about_worker: Option<String>,
    /// The crisis plans that the person shares with the reader. Never for a report of abuse.
    pub crisis_plans: Vec<DocumentId>,
    /// Who has it, or who should take it now; none while nobody has.
    pub holder: Option<Callee>,
    /// Every call that was made, the oldest first, those of later ladders after those of earlier ones.
    pub calls: Vec<CallLine>,
    /// What a page may say while nobody has it, with whom it is about.
    pub saying: Saying,
    /// Those of whom it speaks.
    pub spoken_of: Vec<Callee>,
    /// The steps to come if nobody takes it.
    pub ahead: Vec<Ahead>,
    /// What the reader may do.
    pub may: Vec<Action>,
    /// Whether it is the reader's: they took it.
    pub mine: bool,
    /// Those who could take it next, or read it as well.
    pub staff: Vec<Callee>,
    /// Numbers the programme knows, by what they are for.
    pub numbers: std::collections::BTreeMap<String, String>,
    /// Counts changes.
    pub version: i64,
}

/// What a person sees of a report about them, once a human being has told them.
#[derive(Debug, Clone)]
pub struct OwnReport {
    /// What kind of danger.
    pub kind: Kind,
    /// When it was sent.
    pub sent: Timestamp,
    /// When they were told, and by whom; none when it was closed so that it shows.
    pub told: Option<(Timestamp, String)>,
    /// Who took it, by name; empty when nobody did.
    pub taken_by: String,
    /// Who read it, by name.
    pub read_by: Vec<String>,
    /// Whether it is closed.
    pub closed: bool,
}

/// A crisis plan that its person shares with somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedCrisisPlan {
    /// The paper.
    pub document: DocumentId,
    /// Whose.
    pub person: PersonId,
    /// How they are called.
    pub called: String,
}

/// What a page of whom to tell needs before anything is sent.
#[derive(Debug, Clone)]
pub struct BeforeReport {
    /// Whether reports can be sent here.
    pub is_on: bool,
    /// Whom the ladder would call, in order, with their numbers.
    pub call: Vec<Callee>,
    /// The people the reader walks with, or supervises the support of.
    pub people: Vec<(PersonId, String)>,
    /// The crisis plans that are shared with the reader.
    pub crisis_plans: Vec<SharedCrisisPlan>,
    /// Others who work here, for a concern about one of them.
    pub colleagues: Vec<Callee>,
    /// Numbers the programme knows.
    pub numbers: std::collections::BTreeMap<String, String>,
}

impl Desk<'_, '_> {
    fn story(&mut self, row: &SafetyRow) -> Result<Story> {
        let owner = Owner::Programme(row.programme.0);
        let report: Report = self.open(owner, place("safety", row.id.0), &row.body)?;
        let mut log = Vec::new();
        for kept in safety::entries(self.tx, row.id)? {
            let entry: Entry = self.open(owner, place("safety_entry", kept.id.0), &kept.body)?;
            log.push(Logged { at: kept.at, by: kept.by, entry });
        }
        Ok(Story::kept(report, row.reporter, row.sent_at, log))
    }

    fn safety_line(&mut self, row: &SafetyRow) -> Result<SafetyLine> {
        let me = self.actor.account;
        Ok(SafetyLine {
            id: row.id,
            kind: Kind::parse(&row.kind).ok_or(Error::Damaged("safety"))?,
            practice: row.practice,
            sent: row.sent_at,
            reporter: self.name_of(row.reporter)?,
            own: row.reporter == me,
            standing: row.standing.clone(),
            holder: row.holder.map(|id| self.name_of(id)).transpose()?.unwrap_or_default(),
            called: ladder::was_called(self.tx, row.id, me)?,
        })
    }

    /// The crisis plans that a person shares with the actor.
    pub(crate) fn crisis_plans(&mut self, app: &App, id: PersonId) -> Result<Vec<DocumentId>> {
        let mut plans = Vec::new();
        for row in document::of_person(self.tx, id)? {
            let tool = app.definition(self.tx, &row.definition)?;
            if tool.shelf == Shelf::Crisis
                && !share::open_to(self.tx, row.id, self.actor.account, self.now)?.is_empty()
            {
                plans.push(row.id);
            }
        }
        Ok(plans)
    }

    /// The people whose record the actor may name in a report.
    fn nameable(&mut self, here: ProgrammeId) -> Result<Vec<(PersonId, String)>> {
        let me = self.actor.account;
        let mut rows = person::walked_with(self.tx, here, me)?;
        if self.actor.role == Role::Supervisor {
            for row in person::supervised(self.tx, here, me)? {
                if !rows.iter().any(|known| known.id == row.id) {
                    rows.push(row);
                }
            }
        }
        let mut people = Vec::new();
        for row in rows {
            people.push((row.id, self.profile(&row)?.short_name()));
        }
        people.sort_by_key(|(_, name)| name.to_lowercase());
        Ok(people)
    }

    /// Others who work here now.
    fn colleagues(&mut self, here: ProgrammeId, not: &[AccountId]) -> Result<Vec<Callee>> {
        let mut all: Vec<Callee> = Vec::new();
        for member in account::members(self.tx, here)? {
            let outside = matches!(member.role, Role::Auditor | Role::Certifier | Role::Supporter);
            let known = all.iter().any(|one| one.account == member.account);
            if member.person.is_some() || outside || known || not.contains(&member.account) {
                continue;
            }
            all.push(self.callee(member.account)?);
        }
        all.sort_by_key(|one| one.name.to_lowercase());
        Ok(all)
    }
}

/// Whether the actor sees this report in their list.
fn listed(desk: &mut Desk<'_, '_>, row: &SafetyRow) -> Result<bool> {
    let me = desk.actor.account;
    if row.reporter == me {
        return Ok(true);
    }
    if subjects(desk.tx, row)?.contains(&me) {
        return Ok(false);
    }
    Ok(row.holder == Some(me)
        || row.second_reader == Some(me)
        || ladder::was_called(desk.tx, row.id, me)?
        || desk.actor.role == Role::PrivacyLead
        || (desk.actor.role == Role::Supervisor
            && programme::supervises(desk.tx, row.programme, me, row.reporter)?))
}

impl App {
    /// Sends a report: it is on disk with its ladder and the calls of the first rung when this answers.
    ///
    /// # Errors
    /// [`Fault::LadderOff`] when reports can't be sent here; when the exact words are missing; when the person or the worker
    /// is none the actor can name.
    pub async fn report_safety(
        &self,
        actor: &Actor,
        command: CommandId,
        new: NewSafetyReport,
    ) -> Result<SafetyReportId> {
        self.send_report(actor, command, Action::SafetyReport, new, false).await
    }

    /// Practises a report: the same ladder, marked as practice everywhere, and nobody is in danger. It can be done before
    /// reports are switched on.
    ///
    /// # Errors
    /// When the actor may not.
    pub async fn drill(&self, actor: &Actor, command: CommandId) -> Result<SafetyReportId> {
        let report = Report {
            kind: Kind::Other,
            this_minute: false,
            who: String::new(),
            words: "—".into(),
            place: String::new(),
            with_them: None,
            helped: String::new(),
            known_at: self.now(),
        };
        let id = SafetyReportId(self.ids.unguessable());
        let new = NewSafetyReport { id, person: None, about_worker: None, report };
        self.send_report(actor, command, Action::LadderDrill, new, true).await
    }

    async fn send_report(
        &self,
        actor: &Actor,
        command: CommandId,
        action: Action,
        new: NewSafetyReport,
        practice: bool,
    ) -> Result<SafetyReportId> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        new.report.check()?;
        let key = self.key(Owner::Programme(here.0)).await?;
        let body = seal(&key, &place("safety", new.id.0), &new.report)?;
        let run = RunId(self.ids.next());
        let ids = self.ids.clone();
        // A drill is its moment: what is sent again is the same command, whatever its report says by then.
        let sent = if practice { None } else { Some(new.clone()) };
        let answer = self
            .command(actor, command, action, About::Programme(here), &sent, move |desk| {
                let (rules, zone) = desk.rules(here)?;
                let (plan, kept) = plan(desk.tx, here, &rules)?;
                if !practice && !kept.is_some_and(|kept| kept.is_on) {
                    return Err(Fault::LadderOff.into());
                }
                if let Some(person) = new.person {
                    let tie = standing_of(
                        desk.tx,
                        desk.house(),
                        desk.actor,
                        About::Person(person),
                        None,
                        desk.now,
                    )?;
                    if tie.programme != Some(here) || !may_name(tie.relation) {
                        return Err(Fault::Unknown("person").into());
                    }
                }
                if let Some(worker) = new.about_worker
                    && (worker == desk.actor.account || !crate::programme::works_here(desk, here, worker)?)
                {
                    return Err(Fault::Unknown("about_worker").into());
                }
                let row = SafetyRow {
                    id: new.id,
                    programme: here,
                    kind: new.report.kind.as_str().into(),
                    practice,
                    person: new.person,
                    about_worker: new.about_worker,
                    reporter: desk.actor.account,
                    sent_at: desk.now,
                    standing: Standing::Waiting.as_str().into(),
                    holder: None,
                    taken_at: None,
                    shows: false,
                    second_reader: None,
                    look_again: None,
                    body: body.clone(),
                    version: 1,
                };
                // The phone that made this id sent it before, with another form: it is the same report.
                if let Some(before) = safety::get(desk.tx, new.id)? {
                    let same = before.reporter == row.reporter && before.programme == here;
                    return if same { Ok(new.id) } else { Err(Error::NotFound) };
                }
                safety::insert(desk.tx, &row)?;
                begin(desk, &row, run, None, &plan, &zone, &*ids)?;
                Ok(new.id)
            })
            .await;
        self.wake.notify_waiters();
        answer
    }

    /// What a page of whom to tell shows before anything is sent. Asking leaves no trace: nobody should think twice before
    /// opening it.
    ///
    /// # Errors
    /// When the actor is supported here, or works in no programme.
    pub async fn before_report(&self, actor: &Actor) -> Result<BeforeReport> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let app = self.clone();
        self.prepare(actor, Action::SafetyReport, About::Programme(here), move |desk| {
            let me = desk.actor.account;
            let (rules, zone) = desk.rules(here)?;
            let (plan, kept) = plan(desk.tx, here, &rules)?;
            let roster = crate::ladder::roster(desk.tx, here, Some(me), vec![], &plan, &zone, desk.now)?;
            let mut call = Vec::new();
            for who in plan.ladder.everybody(&roster) {
                call.push(desk.callee(who)?);
            }
            let mut crisis_plans = Vec::new();
            for row in person::papers_open_to(desk.tx, here, me, desk.now)? {
                for document in desk.crisis_plans(&app, row.id)? {
                    let called = desk.profile(&row)?.short_name();
                    crisis_plans.push(SharedCrisisPlan { document, person: row.id, called });
                }
            }
            Ok(BeforeReport {
                is_on: kept.is_some_and(|kept| kept.is_on),
                call,
                people: desk.nameable(here)?,
                crisis_plans,
                colleagues: desk.colleagues(here, &[me])?,
                numbers: plan.numbers,
            })
        })
        .await
    }

    /// The reports that are open to the actor.
    ///
    /// # Errors
    /// When the actor does not work here.
    pub async fn safety_list(&self, actor: &Actor) -> Result<SafetyList> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::SafetyList, About::Programme(here), "reports", move |desk| {
            let (rules, _) = desk.rules(here)?;
            let (_, kept) = plan(desk.tx, here, &rules)?;
            let since = desk.now - SignedDuration::from_hours(24 * LIST_DAYS);
            let (mut open, mut closed, mut shown) = (Vec::new(), Vec::new(), Vec::new());
            for row in safety::of_programme(desk.tx, here, since, 500)? {
                if !listed(desk, &row)? {
                    continue;
                }
                shown.push(row.id.0);
                let line = desk.safety_line(&row)?;
                if line.standing == "closed" { closed.push(line) } else { open.push(line) }
            }
            open.sort_by_key(|line| (line.standing == "taken", std::cmp::Reverse(line.sent)));
            Ok((SafetyList { open, closed, is_on: kept.is_some_and(|kept| kept.is_on) }, shown))
        })
        .await
    }

    /// What waits for the actor by name now: reports and tests of the ladder that call them, oldest first, and reports whose day to
    /// look again has come. Every page of the day asks for all of it at once.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn waiting_for(&self, actor: &Actor) -> Result<Waiting> {
        let Some(here) = actor.programme.filter(|_| actor.works_here()) else {
            return Ok(Waiting::default());
        };
        let (me, packs, now) = (actor.account, self.packs.clone(), self.now());
        self.store
            .read(move |tx| {
                let mut waiting = Waiting::default();
                for run in ladder::waiting_for(tx, me)?.into_iter().filter(|run| run.programme == here) {
                    match run.report {
                        Some(report) => waiting.reports.push(report),
                        None => waiting.tests.push(run.id),
                    }
                }
                let (_, zone) = packs.rules(tx, here, now)?;
                let today = now.to_zoned(zone).date().to_string();
                waiting.again = safety::to_look_at(tx, here, me, &today)?;
                Ok(waiting)
            })
            .await
    }

    /// One report.
    ///
    /// # Errors
    /// When there is none for this actor.
    pub async fn safety(&self, actor: &Actor, id: SafetyReportId) -> Result<SafetyView> {
        let (access, app) = (self.access.clone(), self.clone());
        self.look(actor, Action::SafetyRead, About::Report(id), "report", move |desk| {
            let row = safety::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let story = desk.story(&row)?;
            let me = desk.actor.account;
            let may = desk.actions(&access);
            let (rules, zone) = desk.rules(row.programme)?;
            let (plan, _) = plan(desk.tx, row.programme, &rules)?;
            let not = subjects(desk.tx, &row)?;
            let mut log = Vec::new();
            for logged in &story.log {
                let other = match &logged.entry {
                    Entry::HandedOn { to } => desk.name_of(*to)?,
                    Entry::Closed(closing) => desk.name_of(closing.second_reader)?,
                    _ => String::new(),
                };
                let by = desk.name_of(logged.by)?;
                log.push(LogLine { at: logged.at, by, entry: logged.entry.clone(), other });
            }
            let (mut calls, mut newest, mut ahead) = (Vec::new(), Vec::new(), Vec::new());
            for run in ladder::of_report(desk.tx, id)? {
                newest = desk.call_lines(run.id)?;
                calls.extend(newest.iter().cloned());
                if run.stopped_at.is_none() {
                    ahead = desk.ahead(&run, &plan, not.clone(), &zone)?;
                }
            }
            let made = desk.made(row.programme, &newest)?;
            let saying = saying(&made);
            let spoken_of = match &saying {
                Saying::Ringing(who) | Saying::CallThem(who) => who.clone(),
                Saying::Nobody => Vec::new(),
            };
            let spoken_of = spoken_of.into_iter().map(|who| desk.callee(who)).collect::<Result<_>>()?;
            let (mut person, mut may_open_person, mut crisis_plans) = (None, false, Vec::new());
            if let Some(of) = row.person {
                person = Some((of, desk.profile_of(of)?.short_name()));
                let tie = standing_of(desk.tx, desk.house(), desk.actor, About::Person(of), None, desk.now)?;
                may_open_person = may_name(tie.relation);
                // Opening it shows in the person's list of who looked, so a report of abuse does not lead there.
                if !story.report.kind.is_abuse() {
                    crisis_plans = desk.crisis_plans(&app, of)?;
                }
            }
            if story.report.kind.is_abuse() && !story.shows() {
                may_open_person = false;
            }
            let mut not_staff = not;
            not_staff.push(me);
            Ok(SafetyView {
                id,
                practice: row.practice,
                log,
                reporter: desk.callee(row.reporter)?,
                own: row.reporter == me,
                person,
                may_open_person,
                about_worker: row.about_worker.map(|worker| desk.name_of(worker)).transpose()?,
                crisis_plans,
                holder: row.holder.map(|holder| desk.callee(holder)).transpose()?,
                calls,
                saying,
                spoken_of,
                ahead,
                mine: matches!(story.standing(), Standing::Taken { by, .. } if by == me),
                may,
                staff: desk.colleagues(row.programme, &not_staff)?,
                numbers: plan.numbers,
                version: row.version,
                story,
            })
        })
        .await
    }

    /// Notes that somebody whom a ladder called has opened the report. Seen is not taken: nothing stops by it.
    ///
    /// # Errors
    /// When there is no such report for this actor.
    pub async fn see_safety(&self, actor: &Actor, command: CommandId, id: SafetyReportId) -> Result<()> {
        self.command(actor, command, Action::SafetySee, About::Report(id), &id, move |desk| {
            let me = desk.actor.account;
            for run in ladder::of_report(desk.tx, id)? {
                ladder::seen(desk.tx, run.id, me, desk.now)?;
            }
            Ok(())
        })
        .await
    }

    /// Adds what was done about a report: taking it, handing it on, a step of the law, telling the person, closing it, and
    /// so on. Only taking it stops the ladder; handing it on starts it again.
    ///
    /// # Errors
    /// When it can't be done as the report stands; [`SafetyFault::Taken`] names who was first; [`Error::Stale`] when
    /// somebody else added to it at the same moment.
    pub async fn add_to_safety(
        &self,
        actor: &Actor,
        command: CommandId,
        id: SafetyReportId,
        entry: Entry,
    ) -> Result<()> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let key = self.key(Owner::Programme(here.0)).await?;
        let entry_id = SafetyEntryId(self.ids.next());
        let run = RunId(self.ids.next());
        let ids = self.ids.clone();
        let action = action_of(&entry);
        let body = (id, entry.clone());
        let answer = self
            .command(actor, command, action, About::Report(id), &body, move |desk| {
                add(desk, id, &entry, entry_id, &key, run, &*ids)
            })
            .await;
        self.wake.notify_waiters();
        answer
    }

    /// The reports about oneself that a human being has told one of, the newest first.
    ///
    /// # Errors
    /// When the actor has no record of their own.
    pub async fn reports_about_me(&self, actor: &Actor) -> Result<Vec<OwnReport>> {
        let me = actor.person.ok_or(Error::NotFound)?;
        self.look(actor, Action::SafetyReadOwn, About::Person(me), "reports", move |desk| {
            let mut all = Vec::new();
            for row in safety::shown_to(desk.tx, me)? {
                let story = desk.story(&row)?;
                let told = story.log.iter().find(|logged| matches!(logged.entry, Entry::ToldPerson { .. }));
                let told = match told {
                    Some(logged) => Some((logged.at, desk.name_of(logged.by)?)),
                    None => None,
                };
                let taken_by = match story.first_taken() {
                    Some(logged) => desk.name_of(logged.by)?,
                    None => String::new(),
                };
                let mut read_by: Vec<String> = Vec::new();
                for run in ladder::of_report(desk.tx, row.id)? {
                    for call in desk.call_lines(run.id)? {
                        // Whoever reported abuse is named to nobody.
                        if call.seen.is_some() && !read_by.contains(&call.name) {
                            read_by.push(call.name);
                        }
                    }
                }
                all.push(OwnReport {
                    kind: story.report.kind,
                    sent: row.sent_at,
                    told,
                    taken_by,
                    read_by,
                    closed: matches!(story.standing(), Standing::Closed { .. }),
                });
            }
            Ok(all)
        })
        .await
    }
}

/// Begins to climb for a report, and climbs as far as is due at once.
fn begin(
    desk: &mut Desk<'_, '_>,
    report: &SafetyRow,
    id: RunId,
    first: Option<AccountId>,
    plan: &Plan,
    zone: &jiff::tz::TimeZone,
    ids: &dyn crate::Ids,
) -> Result<()> {
    let row = RunRow {
        id,
        programme: report.programme,
        report: Some(report.id),
        practice: report.practice,
        started_by: report.reporter,
        run: Run::begin(desk.now, first),
        stopped_at: None,
        version: 1,
    };
    ladder::begin(desk.tx, &row)?;
    let not = subjects(desk.tx, report)?;
    climb(desk.tx, &row, &Climbing { ids, plan, zone, now: desk.now, not })?;
    Ok(())
}

fn add(
    desk: &mut Desk<'_, '_>,
    id: SafetyReportId,
    entry: &Entry,
    entry_id: SafetyEntryId,
    key: &DataKey,
    run: RunId,
    ids: &dyn crate::Ids,
) -> Result<()> {
    let mut row = safety::get(desk.tx, id)?.ok_or(Error::NotFound)?;
    let me = desk.actor.account;
    let (rules, zone) = desk.rules(row.programme)?;
    let (plan, _) = plan(desk.tx, row.programme, &rules)?;
    let subjects = subjects(desk.tx, &row)?;
    match entry {
        Entry::Withheld { .. } if rules.safety.withheld_by != desk.actor.role => return Err(Error::NotFound),
        Entry::StepDone { step, .. } if !rules.safety.steps.iter().any(|known| known.id == *step) => {
            return Err(Fault::Unknown("step").into());
        }
        Entry::HandedOn { to } if subjects.contains(to) || *to == row.reporter => {
            return Err(Fault::Unknown("to").into());
        }
        Entry::HandedOn { to } if !crate::programme::works_here(desk, row.programme, *to)? => {
            return Err(Fault::Unknown("to").into());
        }
        Entry::Closed(closing)
            if subjects.contains(&closing.second_reader)
                || !crate::programme::works_here(desk, row.programme, closing.second_reader)? =>
        {
            return Err(Fault::Unknown("second_reader").into());
        }
        _ => {}
    }
    let today = desk.now.to_zoned(zone.clone()).date();
    let logged = Logged { at: desk.now, by: me, entry: entry.clone() };
    let story = desk.story(&row)?.add(logged, today)?;
    row.standing = story.standing().as_str().into();
    row.holder = match story.standing() {
        Standing::Waiting => None,
        Standing::Taken { by, .. } => Some(by),
        Standing::HandedOn { to, .. } => Some(to),
        Standing::Closed { by, .. } => Some(by),
    };
    row.taken_at = story.first_taken().map(|taken| taken.at);
    row.shows = story.shows();
    row.second_reader = story.closing().map(|closing| closing.second_reader);
    row.look_again = story.look_again().map(|day| day.to_string());
    // First, so that of two at the same second the other waits here and is told that it is stale.
    if !safety::change(desk.tx, &row)? {
        return Err(Error::Stale);
    }
    safety::add_entry(
        desk.tx,
        &EntryRow {
            id: entry_id,
            report: id,
            number: i64::try_from(story.log.len()).unwrap_or(i64::MAX),
            kind: entry.as_str(),
            by: me,
            at: desk.now,
            body: seal(key, &place("safety_entry", entry_id.0), entry)?,
        },
    )?;
    match entry {
        Entry::Taken | Entry::Closed(_) => {
            ladder::stop(desk.tx, id, desk.now)?;
        }
        Entry::HandedOn { to } => {
            ladder::stop(desk.tx, id, desk.now)?;
            begin(desk, &row, run, Some(*to), &plan, &zone, ids)?;
        }
        _ => {}
    }
    Ok(())
}

impl App {
    /// Whether somebody in this role can send reports at all. Nothing is read for it.
    pub fn may_report(&self, actor: &Actor) -> bool {
        let facts = porchlight_access::Facts {
            action: Action::SafetyReport,
            asker: actor.role.into(),
            relation: porchlight_access::Relation::Programme,
            consent: false,
        };
        self.access.decide(facts).is_allow()
    }

    /// The name of somebody who works in the actor's programme.
    ///
    /// # Errors
    /// When they don't.
    pub async fn colleague_name(&self, actor: &Actor, id: AccountId) -> Result<String> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::SafetyList, About::Programme(here), move |desk| {
            if !crate::programme::works_here(desk, here, id)? {
                return Err(Error::NotFound);
            }
            desk.name_of(id)
        })
        .await
    }
}

/// Whether this says that somebody else was first.
pub fn who_was_first(error: &Error) -> Option<AccountId> {
    match error {
        Error::Fault(Fault::Safety(SafetyFault::Taken { by })) => Some(*by),
        _ => None,
    }
}
