//! What somebody opens first: their day.

use crate::again::Again;
use crate::contact::NoteLine;
use crate::credential::Change;
use crate::door::{About, Actor};
use crate::intake::Turn;
use crate::person::PersonLine;
use crate::supervision::TeamLine;
use crate::support::SupportView;
use crate::team_meeting::TeamMeetingLine;
use crate::visit::{ComingView, VisitView};
use crate::{Action, App, Error, Result};
use jiff::Timestamp;
use porchlight_practice::Role;
use porchlight_practice::contact::{AdditionKind, Review};
use porchlight_practice::goal::Goal;
use porchlight_practice::id::{AccountId, ContactId, GoalId, ProgrammeId};
use porchlight_practice::rule::Word;
use porchlight_store::{account, contact, goal, intake, look, person, programme, support};

/// How far back answers to one's notes are shown, in hours.
const ANSWERS_HOURS: i64 = 72;
/// How many notes a supervisor's day opens; the others are one tap further.
const FIRST_NOTES: usize = 5;

/// An answer to one's note.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The note.
    pub contact: ContactId,
    /// The person it is about.
    pub person_name: String,
    /// Who answered.
    pub by: String,
    /// With what.
    pub kind: AdditionKind,
    /// When.
    pub at: Timestamp,
}

/// The day of somebody who walks with people.
#[derive(Debug, Clone)]
pub struct PeerDay {
    /// Notes to finish, the longest waiting first.
    pub drafts: Vec<NoteLine>,
    /// Questions that wait for an answer.
    pub asked: Vec<NoteLine>,
    /// What others put beside one's notes lately.
    pub answers: Vec<Answer>,
    /// Notes of today's contacts, the earliest first.
    pub today: Vec<NoteLine>,
    /// Today's visits, the earliest first.
    pub visits: Vec<VisitView>,
    /// Visits of the last days that are over and have no note yet.
    pub to_note: Vec<VisitView>,
    /// The people one walks with, who was met longest ago first.
    pub people: Vec<PersonLine>,
    /// Whom to call: supervisor and deputies, with the numbers they gave.
    pub call: Vec<(String, String)>,
}

/// The home of somebody who is supported.
#[derive(Debug, Clone)]
pub struct PersonHome {
    /// How they are called.
    pub called: String,
    /// Who walks and walked with them.
    pub supports: Vec<SupportView>,
    /// Their goals.
    pub goals: Vec<(GoalId, Goal, i64)>,
    /// Papers that they wanted to look at again by now.
    pub again: Vec<Again>,
    /// Whether somebody wrote down how they came.
    pub came: bool,
    /// Visits to come, the soonest first.
    pub coming: Vec<ComingView>,
    /// The next meeting of their team.
    pub team_meeting: Option<Box<TeamMeetingLine>>,
    /// The newest visits: note, with whom, when, and whether they put words beside it.
    pub visits: Vec<(ContactId, String, Timestamp, bool)>,
    /// The people on their side.
    pub people: Vec<(String, String)>,
}

/// Whom a supported person can reach, each with a number or whatever was written down; it may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhomToReach {
    /// Who walks with them now.
    pub walks: Vec<(String, String)>,
    /// The people on their side.
    pub people: Vec<(String, String)>,
}

/// A supervisor's day.
#[derive(Debug, Clone)]
pub struct SupervisorDay {
    /// The first notes to read, the oldest first.
    pub waiting: Vec<NoteLine>,
    /// How many notes wait in all.
    pub all_waiting: usize,
    /// Notes past their time.
    pub overdue: Vec<NoteLine>,
    /// People with whom nobody walks yet.
    pub without: Vec<(PersonLine, Turn)>,
    /// Peer specialists one supervises.
    pub team: Vec<(AccountId, String)>,
    /// Those of them whose supervision is past its day.
    pub overdue_supervision: Vec<TeamLine>,
    /// What they may do now and soon may not.
    pub closing: Vec<Change>,
    /// How many went alone and have not answered.
    pub unanswered: usize,
}

/// What an administrator has to do, and what is in place.
#[derive(Debug, Clone)]
pub struct AdminDay {
    /// Peer specialists whom nobody supervises.
    pub unsupervised: Vec<String>,
    /// Supervisors without a deputy.
    pub without_deputy: Vec<String>,
    /// Whether somebody walks with people here.
    pub has_peers: bool,
    /// How many supervise here, counted no further than two: with one alone there can be no deputy.
    pub supervisors: usize,
    /// Whether there is a privacy lead.
    pub has_privacy_lead: bool,
    /// Whether anybody is supported here yet.
    pub has_person: bool,
}

/// What somebody opens first.
#[derive(Debug, Clone)]
pub enum Day {
    /// Walks with people.
    Peer(PeerDay),
    /// Is supported.
    Person(PersonHome),
    /// Supervises.
    Supervisor(SupervisorDay),
    /// Runs a programme.
    Admin(AdminDay),
    /// Keeps the rules of privacy: how many questions wait.
    Privacy(usize),
    /// Anybody else.
    Other,
}

impl App {
    /// What the actor opens first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn day(&self, actor: &Actor) -> Result<Day> {
        let Some(here) = actor.programme else { return Ok(Day::Other) };
        if !matches!(
            actor.role,
            Role::Person
                | Role::PeerSpecialist
                | Role::ParentPeerSpecialist
                | Role::Trainee
                | Role::Supervisor
                | Role::ProgrammeAdmin
                | Role::PrivacyLead
        ) {
            return Ok(Day::Other);
        }
        let app = self.clone();
        self.list(actor, Action::DayRead, About::Own, "day", move |desk| {
            let me = desk.actor.account;
            Ok(match desk.actor.role {
                Role::Person => {
                    let id = desk.actor.person.ok_or(Error::NotFound)?;
                    let profile = desk.profile_of(id)?;
                    let mut supports = Vec::new();
                    for row in support::of_person(desk.tx, id)? {
                        supports.push(desk.support_view(&row)?);
                    }
                    let mut goals = Vec::new();
                    for row in goal::of_person(desk.tx, id)? {
                        goals.push((row.id, desk.goal(&row)?, row.version));
                    }
                    let mut visits = Vec::new();
                    for row in contact::of_person(desk.tx, id, 3)? {
                        let signed = desk.signed(&row)?;
                        let answered = contact::additions(desk.tx, row.id)?.iter().any(|addition| {
                            matches!(addition.kind, AdditionKind::OwnWords | AdditionKind::Differently)
                        });
                        visits.push((row.id, signed.by.name, signed.started, answered));
                    }
                    let people = profile
                        .natural_supports
                        .into_iter()
                        .map(|support| (support.name, support.how))
                        .collect();
                    let shown = vec![id.0];
                    let (called, coming) = (profile.called, desk.coming(id)?);
                    let came = intake::get(desk.tx, id)?.is_some();
                    let today = desk.day_here(here)?;
                    let again = desk.own_again(&app, id, today)?;
                    let team_meeting = desk.next_team_meeting(id)?.map(Box::new);
                    let home = PersonHome {
                        called,
                        supports,
                        goals,
                        again,
                        came,
                        coming,
                        team_meeting,
                        visits,
                        people,
                    };
                    (Day::Person(home), shown)
                }
                Role::Supervisor => {
                    let queue = contact::queue(desk.tx, here, me)?;
                    let overdue = contact::overdue(desk.tx, here, me, desk.now)?;
                    let waits = queue.iter().filter(|(_, review)| *review == Some(Review::Waiting));
                    let (all_waiting, mut waiting) = (waits.clone().count(), Vec::new());
                    for (id, _) in waits.take(FIRST_NOTES) {
                        waiting.extend(contact::get(desk.tx, *id)?);
                    }
                    let today = desk.day_here(here)?;
                    let mut without = Vec::new();
                    for row in person::alone(desk.tx, here, false)? {
                        let turn = desk.turn(row.id, today)?;
                        without.push((desk.person_line(&row)?, turn));
                    }
                    let mut overdue_supervision = desk.team_supervision(here)?;
                    let team: Vec<_> =
                        overdue_supervision.iter().map(|line| (line.account, line.name.clone())).collect();
                    let ids: Vec<_> = team.iter().map(|(account, _)| *account).collect();
                    let shown = waiting.iter().chain(&overdue).map(|row| row.id.0).collect();
                    overdue_supervision.retain(|line| line.word.is_some_and(|word| word != Word::Yes));
                    let day = SupervisorDay {
                        waiting: desk.note_lines(&waiting)?,
                        all_waiting,
                        overdue: desk.note_lines(&overdue)?,
                        without,
                        team,
                        overdue_supervision,
                        closing: desk.closing(here, &ids)?,
                        unanswered: desk.unanswered(here)?.len(),
                    };
                    (Day::Supervisor(day), shown)
                }
                Role::ProgrammeAdmin => (Day::Admin(desk.admin_day(here)?), Vec::new()),
                Role::PrivacyLead => (Day::Privacy(look::waiting(desk.tx, here)?.len()), Vec::new()),
                role if role.is_peer() => {
                    let (_, zone) = desk.rules(here)?;
                    let drafts = contact::drafts(desk.tx, here, me)?;
                    let since = desk.now - jiff::SignedDuration::from_hours(24 * 30);
                    let signed = contact::lately_signed_by(desk.tx, here, me, since, 200)?;
                    let today = desk.now.to_zoned(zone.clone()).date();
                    let is_today = |at: Timestamp| zone.to_datetime(at).date() == today;
                    // Most of them only count; a few are opened.
                    let (mut of_today, mut asked) = (Vec::new(), Vec::new());
                    for one in &signed {
                        let is_asked = one.review == Some(Review::Asked);
                        let is_today = one.started.is_some_and(is_today);
                        if !is_today && !is_asked {
                            continue;
                        }
                        let Some(row) = contact::get(desk.tx, one.id)? else { continue };
                        if is_asked {
                            asked.push(row.clone());
                        }
                        if is_today {
                            of_today.push(row);
                        }
                    }
                    of_today.sort_by_key(|row| row.started);
                    let mut answers = Vec::new();
                    let lately = desk.now - jiff::SignedDuration::from_hours(ANSWERS_HOURS);
                    for (row, contact_row) in contact::answers(desk.tx, here, me, lately)? {
                        let addition = desk.addition(&row, contact_row.person)?;
                        answers.push(Answer {
                            contact: contact_row.id,
                            person_name: desk.short_name_of(contact_row.person)?,
                            by: addition.by.name,
                            kind: row.kind,
                            at: row.at,
                        });
                    }
                    let mut people = Vec::new();
                    for row in person::walked_with(desk.tx, here, me)? {
                        people.push(desk.person_line(&row)?);
                    }
                    people.sort_by_key(|line| line.last_contact);
                    let call = desk.whom_to_call(here, me)?;
                    let (visits, to_note) = desk.visits_of_day(&app)?;
                    let shown = drafts.iter().map(|row| row.id.0).chain(signed.iter().map(|one| one.id.0));
                    let shown = shown.chain(visits.iter().map(|view| view.id.0)).collect();
                    let day = PeerDay {
                        drafts: desk.note_lines(&drafts)?,
                        asked: desk.note_lines(&asked)?,
                        answers,
                        today: desk.note_lines(&of_today)?,
                        visits,
                        to_note,
                        people,
                        call,
                    };
                    (Day::Peer(day), shown)
                }
                _ => (Day::Other, Vec::new()),
            })
        })
        .await
    }

    /// What is in place in a programme and what is not, for those who set it up.
    ///
    /// # Errors
    /// When there is no such programme for this actor.
    pub async fn set_up(&self, actor: &Actor, id: ProgrammeId) -> Result<AdminDay> {
        self.look(actor, Action::WorkerList, About::Programme(id), "set_up", move |desk| desk.admin_day(id))
            .await
    }

    /// Whom somebody who works here calls when something can't wait: supervisor and deputies, with their numbers. Asking
    /// leaves no trace: nobody should think twice before opening it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn whom_to_call(&self, actor: &Actor) -> Result<Vec<(String, String)>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let me = actor.account;
        self.prepare(actor, Action::DayRead, About::Own, move |desk| desk.whom_to_call(here, me)).await
    }

    /// Whom a supported person can reach: who walks with them, and the people they named themself. Asking leaves no
    /// trace, so that nobody is afraid to open it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody without a record of their own.
    pub async fn whom_to_reach(&self, actor: &Actor) -> Result<WhomToReach> {
        let id = actor.person.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::DayRead, About::Own, move |desk| {
            let mut walks = Vec::new();
            for row in support::of_person(desk.tx, id)?.into_iter().filter(|row| row.walking) {
                let of = desk.name_and_phone(row.peer)?;
                if !walks.contains(&of) {
                    walks.push(of);
                }
            }
            let people = desk.profile_of(id)?.natural_supports.into_iter();
            Ok(WhomToReach { walks, people: people.map(|one| (one.name, one.how)).collect() })
        })
        .await
    }
}

impl crate::door::Desk<'_, '_> {
    fn admin_day(&mut self, here: ProgrammeId) -> Result<AdminDay> {
        let (mut unsupervised, mut without_deputy) = (Vec::new(), Vec::new());
        for one in account::uncovered(self.tx, here)? {
            let names = if one.role == Role::Supervisor { &mut without_deputy } else { &mut unsupervised };
            names.push(self.name_of(one.account)?);
        }
        let mut has = |role, enough| account::with_role(self.tx, here, role, enough);
        let supervisors = has(Role::Supervisor, 2)?;
        let has_privacy_lead = has(Role::PrivacyLead, 1)? > 0;
        let mut has_peers = false;
        for role in Role::ALL.into_iter().filter(|role| role.is_peer()) {
            has_peers = has_peers || has(role, 1)? > 0;
        }
        Ok(AdminDay {
            unsupervised,
            without_deputy,
            has_peers,
            supervisors,
            has_privacy_lead,
            has_person: person::any(self.tx, here)?,
        })
    }

    fn whom_to_call(&mut self, here: ProgrammeId, me: AccountId) -> Result<Vec<(String, String)>> {
        let mut ids = programme::supervisors_of(self.tx, here, me)?;
        // Who supervises has a deputy of their own to call.
        for supervisor in ids.clone().into_iter().chain([me]) {
            for deputy in programme::deputies_of(self.tx, here, supervisor)? {
                if !ids.contains(&deputy) && deputy != me {
                    ids.push(deputy);
                }
            }
        }
        ids.into_iter().map(|id| self.name_and_phone(id)).collect()
    }

    pub(crate) fn name_and_phone(&mut self, id: AccountId) -> Result<(String, String)> {
        let phone = match account::get(self.tx, id)?.and_then(|row| row.phone) {
            Some(sealed) => self.open(
                porchlight_store::seal::Owner::Worker(id.0),
                crate::door::account_place(id, "phone"),
                &sealed,
            )?,
            None => String::new(),
        };
        Ok((self.name_of(id)?, phone))
    }
}
