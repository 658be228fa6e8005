//! Who looked: the person reads every look at their record, and may ask why.

use crate::door::{About, Actor, seal};
use crate::emergency::EmergencyLine;
use crate::reading::question_place;
use crate::{Action, App, Asker, Error, Fault, Result};
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, CommandId, LookQuestionId, ProgrammeId};
use porchlight_practice::look::{Look, LookQuestion, MergedLook, merge};
use porchlight_practice::person::FIELD_LIMIT;
use porchlight_store::journal::{self, Cursor, Outcome};
use porchlight_store::look;
use porchlight_store::look::LookQuestionRow;
use porchlight_store::seal::Owner;

/// How many looks are read for one page.
const LOOKS: i64 = 400;

/// How many entries of the journal one page shows.
const JOURNAL_LINES: i64 = 100;

/// Who looked at a record.
#[derive(Debug, Clone)]
pub struct WhoLooked {
    /// What was opened in an emergency, the newest first.
    pub emergencies: Vec<EmergencyLine>,
    /// Looks, merged by the hour, the newest first, each with the name of who looked.
    pub looks: Vec<(MergedLook, String)>,
    /// Questions the person asked, the newest first.
    pub questions: Vec<AskedQuestion>,
}

/// A question as the person who asked it reads it.
#[derive(Debug, Clone)]
pub struct AskedQuestion {
    /// Its id.
    pub id: LookQuestionId,
    /// The question, with its answer when there is one.
    pub question: LookQuestion,
    /// Who answered, by name; empty while it waits.
    pub answered_by: String,
}

/// A question that waits for the privacy lead.
#[derive(Debug, Clone)]
pub struct WaitingQuestion {
    /// Its id.
    pub id: LookQuestionId,
    /// Who asks.
    pub person_name: String,
    /// The question.
    pub question: LookQuestion,
    /// Whether the answer is overdue.
    pub overdue: bool,
}

/// One entry of the journal, without free text.
#[derive(Debug, Clone)]
pub struct JournalLine {
    /// When.
    pub at: Timestamp,
    /// Who, by name; empty for nobody signed in.
    pub by: String,
    /// In which role.
    pub role: String,
    /// What.
    pub action: String,
    /// Done, looked, listed or refused.
    pub outcome: &'static str,
    /// At which part.
    pub part: String,
    /// By which policy.
    pub policy: String,
}

/// A page of the journal, the newest entry first.
#[derive(Debug, Clone)]
pub struct JournalView {
    /// The entries.
    pub lines: Vec<JournalLine>,
    /// Where the next page begins, when there are older entries.
    pub older: Option<String>,
}

impl App {
    /// Who looked at one's own record.
    ///
    /// # Errors
    /// When it is not one's own.
    pub async fn who_looked(&self, actor: &Actor) -> Result<WhoLooked> {
        let person = actor.person.ok_or(Error::NotFound)?;
        self.look(actor, Action::LookRead, About::Person(person), "looks", move |desk| {
            let me = desk.actor.account;
            let mut looks = Vec::new();
            for record in journal::looks_of(desk.tx, person.0, Cursor::NEWEST, LOOKS)? {
                // Somebody with a card in their hand is nobody we know.
                let stranger = record.actor_role == Asker::Stranger.as_str();
                let by = record.actor.or(stranger.then(uuid::Uuid::nil));
                if let Some(by) = by.filter(|by| *by != me.0) {
                    looks.push(Look {
                        by: AccountId(by),
                        role: record.actor_role,
                        part: record.part,
                        purpose: record.purpose,
                        at: record.at,
                    });
                }
            }
            let mut named = Vec::new();
            for merged in merge(looks) {
                let name = desk.name_of(merged.look.by)?;
                named.push((merged, name));
            }
            let mut questions = Vec::new();
            for row in look::of_person(desk.tx, person)? {
                let question = desk.question(&row)?;
                let answered_by = match &question {
                    LookQuestion::Answered { by, .. } => desk.name_of(*by)?,
                    LookQuestion::Open(_) => String::new(),
                };
                questions.push(AskedQuestion { id: row.id, question, answered_by });
            }
            let emergencies = desk.emergencies_of(person)?;
            Ok(WhoLooked { emergencies, looks: named, questions })
        })
        .await
    }

    /// Asks the privacy lead about a look. `about` is the sentence the person saw.
    ///
    /// # Errors
    /// When the question is empty or too long.
    pub async fn ask_about_look(
        &self,
        actor: &Actor,
        command: CommandId,
        about: &str,
        question: &str,
    ) -> Result<LookQuestionId> {
        let person = actor.person.ok_or(Error::NotFound)?;
        if question.trim().is_empty() {
            return Err(Fault::Empty("question").into());
        }
        if question.chars().count() > FIELD_LIMIT || about.chars().count() > 1000 {
            return Err(Fault::TooLong("question").into());
        }
        let id = LookQuestionId(self.ids.next());
        let key = self.key(Owner::Person(person.0)).await?;
        let state = LookQuestion::ask(about.to_string(), question.trim().to_string(), self.now());
        let body = seal(&key, &question_place(id), &state)?;
        let sent = (about, question);
        self.command(actor, command, Action::LookAsk, About::Person(person), &sent, move |desk| {
            let programme = desk.programme()?;
            let row = LookQuestionRow {
                id,
                programme,
                person,
                is_open: true,
                due: state.asked().due,
                body: body.clone(),
                version: 1,
            };
            look::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// The questions that wait in a programme, the longest waiting first.
    ///
    /// # Errors
    /// When the actor does not keep the rules of privacy here.
    pub async fn look_questions(&self, actor: &Actor) -> Result<Vec<WaitingQuestion>> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::LookQueue, About::Programme(programme), "questions", move |desk| {
            let mut waiting = Vec::new();
            for row in look::waiting(desk.tx, programme)? {
                waiting.push(WaitingQuestion {
                    id: row.id,
                    person_name: desk.profile_of(row.person)?.short_name(),
                    question: desk.question(&row)?,
                    overdue: row.due < desk.now,
                });
            }
            let shown = waiting.iter().map(|question| question.id.0).collect();
            Ok((waiting, shown))
        })
        .await
    }

    /// Answers a question; the person reads the answer on their page.
    ///
    /// # Errors
    /// When it has an answer already.
    pub async fn answer_look_question(
        &self,
        actor: &Actor,
        command: CommandId,
        id: LookQuestionId,
        answer: &str,
    ) -> Result<()> {
        let answer = answer.trim().to_string();
        if answer.is_empty() {
            return Err(Fault::Empty("answer").into());
        }
        if answer.chars().count() > FIELD_LIMIT {
            return Err(Fault::TooLong("answer").into());
        }
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let sent = (id, answer.clone());
        self.command(actor, command, Action::LookAnswer, About::Programme(programme), &sent, move |desk| {
            let mut row =
                look::get(desk.tx, id)?.filter(|row| row.programme == programme).ok_or(Error::NotFound)?;
            let state = desk.question(&row)?.answer(desk.actor.account, desk.now, answer.clone())?;
            let key = desk.keys.get(desk.tx, Owner::Person(row.person.0))?;
            row.is_open = false;
            row.body = seal(&key, &question_place(id), &state)?;
            if look::change(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// The entries of the journal in a programme, without free text and without naming people who are supported: the
    /// newest, or those before a place that an earlier page gave.
    ///
    /// # Errors
    /// When the actor checks nothing here; [`Error::NotFound`] when no page gave this place.
    pub async fn journal_lines(
        &self,
        actor: &Actor,
        programme: ProgrammeId,
        before: Option<&str>,
    ) -> Result<JournalView> {
        let from: Cursor = before.map_or(Ok(Cursor::NEWEST), str::parse)?;
        self.look(actor, Action::JournalRead, About::Programme(programme), "journal", move |desk| {
            let mut records = journal::of_programme(desk.tx, programme.0, from, JOURNAL_LINES + 1)?;
            let more = records.len() > JOURNAL_LINES as usize;
            records.truncate(JOURNAL_LINES as usize);
            let older = records.last().filter(|_| more).map(|last| last.cursor().to_string());
            let mut lines = Vec::new();
            for record in records {
                let by = match record.actor {
                    // What a supported person does with their own record is not for a list of staff acts.
                    Some(_) if record.actor_role == "person" => String::new(),
                    Some(id) => desk.name_of(AccountId(id))?,
                    None => String::new(),
                };
                lines.push(JournalLine {
                    at: record.at,
                    by,
                    role: record.actor_role,
                    action: record.action,
                    outcome: match record.outcome {
                        Outcome::Done => "done",
                        Outcome::Looked => "looked",
                        Outcome::Listed => "listed",
                        Outcome::Refused => "refused",
                    },
                    part: record.part,
                    policy: record.policy,
                });
            }
            Ok(JournalView { lines, older })
        })
        .await
    }
}
