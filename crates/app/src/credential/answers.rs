//! What the rules may know about a worker, and the answers that are worked out from it and kept.

use super::{ELSEWHERE, SUPERVISE, Shown, body_place, day_in};
use crate::door::{Desk, open};
use crate::programme::Packs;
use crate::{App, Error, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use porchlight_practice::credential::gather;
use porchlight_practice::id::{AccountId, ProgrammeId};
use porchlight_practice::pack::Rules;
use porchlight_practice::rule::fact::{Attribute, Check, Line, Paper, Service, Session, SessionKind};
use porchlight_practice::rule::{Answer, Facts, Rulebook, Word, ask_one, ask_those};
use porchlight_practice::work::minutes;
use porchlight_store::credential::AnswerRow;
use porchlight_store::seal::{Keys, Owner};
use porchlight_store::{Tx, account, contact, credential, programme, supervision};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many workers one look finds, and how many share one commit.
const PASS: i64 = 500;
const TOGETHER: usize = 100;
/// How often a pass looks again: for more workers than this there is the next tick.
const MOST_PASSES: usize = 2_000;
/// What packs call a look back at the work together. It is in place from the meeting on in which it was held.
const LOOKED_BACK: &str = "performance_review";
/// The day of what never comes.
const NEVER: &str = "9999-12-31";

/// What holds for everybody in a programme today.
pub(super) struct Here {
    programme: ProgrammeId,
    rules: Arc<Rules>,
    pub(super) book: Arc<Rulebook>,
    zone: TimeZone,
    pub(super) today: Date,
    /// The first day of a version of the pack that was adopted for later.
    new_rules: Option<Date>,
}

impl Here {
    pub(super) fn of(packs: &Packs, tx: &mut Tx<'_>, programme: ProgrammeId, now: Timestamp) -> Result<Here> {
        let (rules, zone) = packs.rules(tx, programme, now)?;
        let (book, _) = packs.rulebook(tx, programme, now)?;
        let today = day_in(&zone, now);
        let mut new_rules = None;
        for adoption in programme::adoptions(tx, programme)? {
            let from: Date = adoption.from_day.parse().map_err(|_| Error::Damaged("programme"))?;
            if from > today {
                new_rules = Some(new_rules.map_or(from, |day: Date| day.min(from)));
            }
        }
        Ok(Here { programme, rules, book, zone, today, new_rules })
    }
}

/// Everything the rules may know about a worker in a programme.
pub(super) fn facts(
    here: &Here,
    keys: &Keys,
    tx: &mut Tx<'_>,
    who: AccountId,
) -> Result<(Facts, Vec<Shown>)> {
    let Here { programme, rules, book, zone, .. } = here;
    let key = keys.get(tx, Owner::Worker(who.0))?;
    let mut all = Vec::new();
    for row in credential::of_account(tx, who)? {
        let credential = open(&key, &body_place(row.id), &row.body)?;
        all.push(Shown { id: row.id, credential, version: row.version });
    }
    let mut facts = Facts::default();
    gather(all.iter().map(|one| &one.credential), &mut facts);
    facts.worker.id = Some(who.to_string());
    for member in account::memberships(tx, who)? {
        if member.programme != Some(*programme) || member.person.is_some() {
            continue;
        }
        let since = day_in(zone, member.since);
        if member.role.is_peer() {
            facts.worker.started = Some(facts.worker.started.map_or(since, |first| first.min(since)));
        }
        // What the pack says the title stands for, and the title itself.
        let stands_for = rules.title(&member.title).and_then(|title| title.attribute.clone());
        for attribute in stands_for.into_iter().chain([member.title]) {
            facts.attributes.push(Attribute { from: since, until: None, attribute });
        }
    }
    // Whoever holds it, an employer's supervisor or a host site's: it is the worker's, and counts for every rule.
    for held in supervision::held_with(tx, who)? {
        let day: Date = held.day.parse().map_err(|_| Error::Damaged("supervision"))?;
        facts.sessions.push(Session {
            day,
            kind: SessionKind::parse(&held.kind).ok_or(Error::Damaged("supervision"))?,
            minutes: u32::try_from(held.minutes).unwrap_or_default(),
            by: held.supervisor_was.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
            signed: true,
        });
        if held.looked_back {
            let (kind, check) = (LOOKED_BACK.to_owned(), Check::Accepted);
            facts.papers.push(Paper { from: day, until: None, kind, clear: true, check });
        }
    }
    if book.counts_service() {
        for (started, ended) in contact::with_people(tx, who)? {
            facts.services.push(Service { day: day_in(zone, started), minutes: minutes(started, ended) });
        }
    }
    Ok((facts.settle(), all))
}

/// Up the lines of supervision from somebody, as far as they go, here and wherever else somebody works. Only the question
/// about a supervisor asks for them.
fn lines(tx: &mut Tx<'_>, who: AccountId) -> Result<Vec<Line>> {
    let (mut above, mut at, mut lines) = (vec![who], 0, Vec::new());
    while let Some(of) = above.get(at).copied() {
        for by in programme::supervisors_anywhere(tx, of)? {
            lines.push(Line { from: Date::MIN, until: None, of: of.to_string(), by: by.to_string() });
            if !above.contains(&by) {
                above.push(by);
            }
        }
        at += 1;
    }
    Ok(lines)
}

/// Whether somebody may supervise a worker on a day, with the reasons; none where the pack does not ask.
pub(crate) fn may_supervise(
    desk: &mut Desk<'_, '_>,
    programme: ProgrammeId,
    supervisor: AccountId,
    worker: AccountId,
    day: Date,
) -> Result<Option<Answer>> {
    let here = Here::of(desk.packs, desk.tx, programme, desk.now)?;
    let (mut facts, _) = facts(&here, desk.keys, desk.tx, supervisor)?;
    facts.worker.supervises = Some(worker.to_string());
    facts.lines = lines(desk.tx, supervisor)?;
    Ok(ask_one(&here.book, &facts.settle(), day, SUPERVISE))
}

/// The answers to some questions about a worker on a day; those that the pack does not have are left out.
pub(crate) fn answered(
    desk: &mut Desk<'_, '_>,
    programme: ProgrammeId,
    who: AccountId,
    questions: &[&str],
    day: Date,
) -> Result<Vec<Answer>> {
    let here = Here::of(desk.packs, desk.tx, programme, desk.now)?;
    let (facts, _) = facts(&here, desk.keys, desk.tx, who)?;
    Ok(questions.iter().filter_map(|question| ask_one(&here.book, &facts, day, question)).collect())
}

/// What a supervisor is on a day, for the rules that ask who held it.
pub(crate) fn supervisor_was(
    desk: &mut Desk<'_, '_>,
    programme: ProgrammeId,
    supervisor: AccountId,
    day: Date,
) -> Result<BTreeSet<String>> {
    let here = Here::of(desk.packs, desk.tx, programme, desk.now)?;
    let (facts, _) = facts(&here, desk.keys, desk.tx, supervisor)?;
    let on_the_day = |one: &&Attribute| one.from <= day && one.until.is_none_or(|last| day <= last);
    let today = facts.attributes.iter().filter(on_the_day);
    Ok(today.map(|one| one.attribute.clone()).collect())
}

/// The answers about a worker as the clockwork keeps them: question, word, and the day on which it is another.
pub(crate) fn answers_kept(
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    who: AccountId,
) -> Result<Vec<(String, Word, Option<Date>)>> {
    let rows = credential::answers_of(tx, programme, who)?;
    let read = |row: AnswerRow| {
        let on = row.changes_on.and_then(|day| day.parse().ok());
        Word::parse(&row.word).map(|word| (row.question, word, on))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Works the answers about a worker out again and keeps them, with the day on which they have to be looked at next.
fn work_out(here: &Here, keys: &Keys, tx: &mut Tx<'_>, who: AccountId) -> Result<()> {
    if !credential::works_in(tx, here.programme, who)? {
        return Ok(credential::forget_answers(tx, here.programme, who)?);
    }
    let (facts, _) = facts(here, keys, tx, who)?;
    let answers = own_questions(&here.book, &facts, here.today);
    let row = |answer: &Answer| AnswerRow {
        account: who,
        question: answer.question.id.clone(),
        word: answer.word.as_str().to_owned(),
        changes_on: answer.next_change.map(|day| day.to_string()),
    };
    let due = answers.iter().filter_map(|answer| answer.next_change).chain(here.new_rules).min();
    let due = due.map_or_else(|| NEVER.to_owned(), |day| day.to_string());
    let rows: Vec<AnswerRow> = answers.iter().map(row).collect();
    Ok(credential::keep_answers(tx, here.programme, who, &rows, &due)?)
}

/// The questions about oneself alone.
pub(super) fn own_questions(rules: &Rulebook, facts: &Facts, day: Date) -> Vec<Answer> {
    ask_those(rules, facts, day, |question| !ELSEWHERE.contains(&question))
}

/// The same in every programme somebody works in.
pub(crate) fn work_out_everywhere(desk: &mut Desk<'_, '_>, who: AccountId) -> Result<()> {
    let members = account::memberships(desk.tx, who)?;
    let mut programmes: Vec<ProgrammeId> = members.iter().filter_map(|member| member.programme).collect();
    programmes.sort();
    programmes.dedup();
    for programme in programmes {
        let here = Here::of(desk.packs, desk.tx, programme, desk.now)?;
        work_out(&here, desk.keys, desk.tx, who)?;
    }
    Ok(())
}

impl App {
    /// Works out the answers of those whose day has come, who are new, or about whom something changed. Answers how
    /// many that were: on a quiet day none.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn work_out_answers(&self) -> Result<usize> {
        let now = self.now();
        let programmes = self.store.read(|tx| Ok::<_, Error>(programme::all(tx)?)).await?;
        let mut count = 0;
        for row in programmes {
            let zone = TimeZone::get(&row.zone).map_err(|_| Error::Damaged("programme"))?;
            let (id, today) = (row.id, day_in(&zone, now).to_string());
            for _ in 0..MOST_PASSES {
                let today = today.clone();
                let due =
                    self.store.read(move |tx| Ok::<_, Error>(credential::due(tx, id, &today, PASS)?)).await?;
                if due.is_empty() {
                    break;
                }
                for some in due.chunks(TOGETHER) {
                    count += self.work_out_some(id, some.to_vec(), now).await?;
                }
            }
        }
        Ok(count)
    }

    /// Several workers share one commit. Where one of them can't be worked out, the others still are.
    async fn work_out_some(&self, id: ProgrammeId, some: Vec<AccountId>, now: Timestamp) -> Result<usize> {
        let (packs, keys, all) = (self.packs.clone(), self.keys.clone(), some.clone());
        let done: Result<()> = self
            .store
            .write(move |tx| {
                let here = Here::of(&packs, tx, id, now)?;
                all.iter().try_for_each(|who| work_out(&here, &keys, tx, *who))
            })
            .await;
        if done.is_ok() {
            return Ok(some.len());
        }
        let mut count = 0;
        for who in some {
            let (packs, keys) = (self.packs.clone(), self.keys.clone());
            let tomorrow = now + jiff::SignedDuration::from_hours(24);
            let one: Result<()> = self
                .store
                .write(move |tx| {
                    let here = Here::of(&packs, tx, id, now)?;
                    work_out(&here, &keys, tx, who)
                })
                .await;
            match one {
                Ok(()) => count += 1,
                // Looked at again tomorrow, so that one damaged record does not hold up everybody else.
                Err(error) => {
                    tracing::warn!(%error, "the answers about a worker could not be worked out");
                    self.store
                        .write(move |tx| {
                            let zone = TimeZone::UTC;
                            let day = day_in(&zone, tomorrow).to_string();
                            Ok::<_, Error>(credential::keep_answers(tx, id, who, &[], &day)?)
                        })
                        .await?;
                }
            }
        }
        Ok(count)
    }
}
