//! What workers can show, and what the rules answer from it: one's own answers, the check by somebody else, and what
//! changes in the next days.

use crate::door::{About, Actor, Desk, open, seal};
use crate::programme::Packs;
use crate::{Action, App, Error, Result};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use porchlight_practice::Text;
use porchlight_practice::credential::{Credential, Entry, gather};
use porchlight_practice::evidence::{self, FileKind, examine};
use porchlight_practice::id::{AccountId, CommandId, CredentialId, ProgrammeId};
use porchlight_practice::rule::fact::{Attribute, Line, Service, Session, SessionKind};
use porchlight_practice::rule::requirement::Kind;
use porchlight_practice::rule::{Answer, Earned, Facts, Requirement, Rulebook, Word, ask, ask_one, earned};
use porchlight_practice::work::minutes;
use porchlight_store::credential::{AnswerRow, CredentialRow};
use porchlight_store::seal::{Keys, Owner, Place};
use porchlight_store::{Tx, account, contact, credential, programme, supervision};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, btree_map};
use std::sync::Arc;

/// Questions that are about somebody or something else besides the worker; they are asked where that is known.
const ELSEWHERE: [&str; 2] = [SUPERVISE, "bill_contact"];
/// The question about a supervisor and one worker.
const SUPERVISE: &str = "supervise_worker";
/// A document lies in the store in parts of this many bytes.
const PART: usize = 256 * 1024;
/// How many days before a gate closes whoever supervises is told.
pub const CLOSING_DAYS: i32 = 7;
/// How many days ahead a team is looked at.
pub const AHEAD_DAYS: i32 = 90;
/// How many changes, and how many waiting papers, a page shows.
const MOST: i64 = 200;
/// How many workers one pass of the clockwork works out.
const PASS: i64 = 500;
/// The day of what never comes.
const NEVER: &str = "9999-12-31";

/// A credential with its id and how often it was changed.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its id.
    pub id: CredentialId,
    /// What it says and where it stands.
    pub credential: Credential,
    /// Counts changes; a form sends it back.
    pub version: i64,
}

/// Hours of continuing education in the cycle that runs.
#[derive(Debug, Clone)]
pub struct Hours {
    /// What asks for them.
    pub requirement: Arc<Requirement>,
    /// How many there are.
    pub earned: Earned,
}

/// One's own answers, and everything one has shown.
#[derive(Debug, Clone)]
pub struct OwnCredentials {
    /// The day the answers are for.
    pub day: Date,
    /// Every question of the pack that is about oneself alone.
    pub answers: Vec<Answer>,
    /// What one has shown, the newest first.
    pub shown: Vec<Shown>,
    /// Hours of running cycles.
    pub hours: Vec<Hours>,
    /// What is asked here today.
    pub rules: Arc<Rulebook>,
}

/// Something that waits for somebody to look at it.
#[derive(Debug, Clone)]
pub struct ToCheck {
    /// Whose it is.
    pub name: String,
    /// Whether it is the reader's own, which somebody else looks at.
    pub own: bool,
    /// What it is.
    pub shown: Shown,
    /// What is asked here today.
    pub rules: Arc<Rulebook>,
}

/// An answer about somebody that changes soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// About whom.
    pub name: String,
    /// The question.
    pub ask: Text,
    /// The word up to then.
    pub word: Word,
    /// The day from which it is another.
    pub on: Date,
}

/// What changes for everybody in the next days, the nearest day first.
#[derive(Debug, Clone)]
pub struct Ahead {
    /// Today.
    pub day: Date,
    /// The changes.
    pub changes: Vec<Change>,
}

fn body_place(id: CredentialId) -> Place {
    Place::new("credential", id.0, "body")
}

fn part_place(id: uuid::Uuid) -> Place {
    Place::new("evidence_part", id, "body")
}

fn shown(keys: &Keys, tx: &mut Tx<'_>, row: &CredentialRow) -> Result<Shown> {
    let key = keys.get(tx, Owner::Worker(row.account.0))?;
    Ok(Shown { id: row.id, credential: open(&key, &body_place(row.id), &row.body)?, version: row.version })
}

fn day_in(zone: &TimeZone, at: Timestamp) -> Date {
    at.to_zoned(zone.clone()).date()
}

/// Everything the rules may know about a worker in a programme.
fn facts(
    packs: &Packs,
    keys: &Keys,
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    who: AccountId,
    now: Timestamp,
) -> Result<(Facts, Vec<Shown>)> {
    let (rules, zone) = packs.rules(tx, programme, now)?;
    let (book, _) = packs.rulebook(tx, programme, now)?;
    let mut all = Vec::new();
    for row in credential::of_account(tx, who)? {
        all.push(shown(keys, tx, &row)?);
    }
    let mut facts = Facts::default();
    gather(all.iter().map(|one| &one.credential), &mut facts);
    facts.worker.id = Some(who.to_string());
    for member in account::memberships(tx, who)? {
        if member.programme != Some(programme) || member.person.is_some() {
            continue;
        }
        let since = day_in(&zone, member.since);
        if member.role.is_peer() {
            facts.worker.started = Some(facts.worker.started.map_or(since, |first| first.min(since)));
        }
        // What the pack says the title stands for, and the title itself.
        let stands_for = rules.title(&member.title).and_then(|title| title.attribute.clone());
        for attribute in stands_for.into_iter().chain([member.title]) {
            facts.attributes.push(Attribute { from: since, until: None, attribute });
        }
    }
    // Up the lines of supervision, as far as they go, here and wherever else somebody works.
    let mut above = vec![who];
    let mut at = 0;
    while let Some(of) = above.get(at).copied() {
        for by in programme::supervisors_anywhere(tx, of)? {
            let line = Line { from: Date::MIN, until: None, of: of.to_string(), by: by.to_string() };
            facts.lines.push(line);
            if !above.contains(&by) {
                above.push(by);
            }
        }
        at += 1;
    }
    // Whoever holds it, an employer's supervisor or a host site's: it is the worker's, and counts for every rule.
    for (day, kind, minutes, was) in supervision::held_with(tx, who)? {
        facts.sessions.push(Session {
            day: day.parse().map_err(|_| Error::Damaged("supervision"))?,
            kind: SessionKind::parse(&kind).ok_or(Error::Damaged("supervision"))?,
            minutes: u32::try_from(minutes).unwrap_or_default(),
            by: was.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
            signed: true,
        });
    }
    if book.counts_service() {
        for (started, ended) in contact::with_people(tx, who)? {
            facts.services.push(Service { day: day_in(&zone, started), minutes: minutes(started, ended) });
        }
    }
    Ok((facts.settle(), all))
}

/// Whether somebody may supervise a worker on a day, with the reasons; none where the pack does not ask.
pub(crate) fn may_supervise(
    desk: &mut Desk<'_, '_>,
    programme: ProgrammeId,
    supervisor: AccountId,
    worker: AccountId,
    day: Date,
) -> Result<Option<Answer>> {
    let (rules, _) = desk.packs.clone().rulebook(desk.tx, programme, desk.now)?;
    let (mut facts, _) = facts(desk.packs, desk.keys, desk.tx, programme, supervisor, desk.now)?;
    facts.worker.supervises = Some(worker.to_string());
    Ok(ask_one(&rules, &facts, day, SUPERVISE))
}

/// What a supervisor is on a day, for the rules that ask who held it.
pub(crate) fn supervisor_was(
    desk: &mut Desk<'_, '_>,
    programme: ProgrammeId,
    supervisor: AccountId,
    day: Date,
) -> Result<BTreeSet<String>> {
    let (facts, _) = facts(desk.packs, desk.keys, desk.tx, programme, supervisor, desk.now)?;
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
fn work_out(
    packs: &Packs,
    keys: &Keys,
    tx: &mut Tx<'_>,
    programme: ProgrammeId,
    who: AccountId,
    now: Timestamp,
) -> Result<()> {
    if !credential::works_in(tx, programme, who)? {
        return Ok(credential::forget_answers(tx, programme, who)?);
    }
    let (rules, zone) = packs.rulebook(tx, programme, now)?;
    let today = day_in(&zone, now);
    let (facts, _) = facts(packs, keys, tx, programme, who, now)?;
    let answers = own_questions(&rules, &facts, today);
    let row = |answer: &Answer| AnswerRow {
        account: who,
        question: answer.question.id.clone(),
        word: answer.word.as_str().to_owned(),
        changes_on: answer.next_change.map(|day| day.to_string()),
    };
    let mut due = answers.iter().filter_map(|answer| answer.next_change).min();
    // A version of the pack that was adopted for a later day.
    for adoption in programme::adoptions(tx, programme)? {
        let from: Date = adoption.from_day.parse().map_err(|_| Error::Damaged("programme"))?;
        if from > today {
            due = Some(due.map_or(from, |day| day.min(from)));
        }
    }
    let due = due.map_or_else(|| NEVER.to_owned(), |day| day.to_string());
    let rows: Vec<AnswerRow> = answers.iter().map(row).collect();
    Ok(credential::keep_answers(tx, programme, who, &rows, &due)?)
}

fn own_questions(rules: &Rulebook, facts: &Facts, day: Date) -> Vec<Answer> {
    let mut answers = ask(rules, facts, day);
    answers.retain(|answer| !ELSEWHERE.contains(&answer.question.id.as_str()));
    answers
}

/// The same in every programme somebody works in.
pub(crate) fn work_out_everywhere(desk: &mut Desk<'_, '_>, who: AccountId) -> Result<()> {
    let members = account::memberships(desk.tx, who)?;
    let mut programmes: Vec<ProgrammeId> = members.iter().filter_map(|member| member.programme).collect();
    programmes.sort();
    programmes.dedup();
    for programme in programmes {
        work_out(desk.packs, desk.keys, desk.tx, programme, who, desk.now)?;
    }
    Ok(())
}

impl Desk<'_, '_> {
    /// What those whom the actor supervises may do now, and may not from a day within [`CLOSING_DAYS`] on: so that no
    /// family loses a visit. Supervision itself stands elsewhere on the supervisor's list.
    pub(crate) fn closing(&mut self, here: ProgrammeId) -> Result<Vec<Change>> {
        let (rules, zone) = self.packs.clone().rulebook(self.tx, here, self.now)?;
        let day = day_in(&zone, self.now);
        let until = day.saturating_add(CLOSING_DAYS.days()).to_string();
        let team = self.own_team(here)?;
        let supervision: Vec<String> = rules.about_supervision(day).map(|one| one.id.clone()).collect();
        let mut closing = Vec::new();
        for row in credential::changing(self.tx, here, &until, MOST)? {
            let question = rules.questions(day).find(|one| one.id == row.question).cloned();
            let on = row.changes_on.and_then(|day| day.parse::<Date>().ok());
            let (Some(question), Some(on), Some(Word::Yes)) = (question, on, Word::parse(&row.word)) else {
                continue;
            };
            if on > day && team.contains(&row.account) && !supervision.contains(&question.id) {
                let name = App::name_of(self.keys, self.tx, row.account)?;
                closing.push(Change { name, ask: question.ask.clone(), word: Word::Yes, on });
            }
        }
        Ok(closing)
    }
}

impl App {
    /// One's own answers today, and everything one has shown.
    ///
    /// # Errors
    /// When the actor works in no programme.
    pub async fn own_credentials(&self, actor: &Actor) -> Result<OwnCredentials> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.look(actor, Action::CredentialRead, About::Own, "credentials", move |desk| {
            let (rules, zone) = desk.packs.clone().rulebook(desk.tx, programme, desk.now)?;
            let day = day_in(&zone, desk.now);
            let (facts, shown) =
                facts(desk.packs, desk.keys, desk.tx, programme, desk.actor.account, desk.now)?;
            let running = rules.requirements(day).iter().filter_map(|one| match &one.requirement.kind {
                Kind::Continuing(hours) => Some(Hours {
                    earned: earned(hours, &one.requirement.id, &facts, day)?,
                    requirement: one.requirement.clone(),
                }),
                _ => None,
            });
            let hours = running.collect();
            Ok(OwnCredentials { day, answers: own_questions(&rules, &facts, day), shown, hours, rules })
        })
        .await
    }

    /// Whether the actor may do something on a day, by what is known today. Other parts ask before they book; what has
    /// happened is never held up by it. None where the pack has no such question.
    ///
    /// # Errors
    /// When the actor works in no programme.
    pub async fn may(&self, actor: &Actor, question: &str, day: Date) -> Result<Option<Answer>> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let question = question.to_owned();
        self.prepare(actor, Action::CredentialRead, About::Own, move |desk| {
            let (rules, _) = desk.packs.clone().rulebook(desk.tx, programme, desk.now)?;
            let who = desk.actor.account;
            let (facts, _) = facts(desk.packs, desk.keys, desk.tx, programme, who, desk.now)?;
            Ok(ask_one(&rules, &facts, day, &question))
        })
        .await
    }

    /// The supervision that counts for the actor, as the rules see it.
    ///
    /// # Errors
    /// When the actor works in no programme.
    pub async fn sessions_of(&self, actor: &Actor) -> Result<Vec<Session>> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::CredentialRead, About::Own, move |desk| {
            let who = desk.actor.account;
            let (facts, _) = facts(desk.packs, desk.keys, desk.tx, programme, who, desk.now)?;
            Ok(facts.sessions)
        })
        .await
    }

    /// Adds what the actor can show, with the photo or file behind it. It counts at once, and waits for somebody to
    /// look at it.
    ///
    /// # Errors
    /// When it can't be so, or the file is neither a photo nor a quiet PDF.
    pub async fn add_credential(
        &self,
        actor: &Actor,
        command: CommandId,
        entry: Entry,
        file: Option<Vec<u8>>,
    ) -> Result<CredentialId> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let paper = match &file {
            None => None,
            Some(bytes) => Some(evidence::About {
                kind: examine(bytes)?,
                bytes: bytes.len(),
                hash: Sha256::digest(bytes).into(),
            }),
        };
        let id = CredentialId(self.ids.next());
        let key = self.key(Owner::Worker(actor.account.0)).await?;
        let mut parts = Vec::new();
        for part in file.iter().flat_map(|bytes| bytes.chunks(PART)) {
            let place = self.ids.next();
            parts.push((place, key.seal(&part_place(place), part)?));
        }
        let body = (entry.clone(), paper.clone());
        self.command(actor, command, Action::CredentialAdd, About::Own, &body, move |desk| {
            let (_, zone) = desk.rules(programme)?;
            let today = day_in(&zone, desk.now);
            let new = Credential::sent(entry.clone().checked(today)?, paper.clone(), today);
            let row = CredentialRow {
                id,
                account: desk.actor.account,
                waiting: true,
                body: seal(&key, &body_place(id), &new)?,
                at: desk.now,
                version: 1,
            };
            credential::insert(desk.tx, &row)?;
            for (number, (place, part)) in (0..).zip(&parts) {
                credential::insert_part(desk.tx, *place, id, number, part.clone())?;
            }
            work_out_everywhere(desk, desk.actor.account)?;
            Ok(id)
        })
        .await
    }

    /// Takes back what nobody has looked at yet, with its document.
    ///
    /// # Errors
    /// When somebody has looked at it.
    pub async fn take_back_credential(
        &self,
        actor: &Actor,
        command: CommandId,
        id: CredentialId,
    ) -> Result<()> {
        self.command(actor, command, Action::CredentialTakeBack, About::Credential(id), &id, move |desk| {
            if !credential::take_back(desk.tx, id)? {
                return Err(Error::Stale);
            }
            work_out_everywhere(desk, desk.actor.account)
        })
        .await
    }

    /// What waits for somebody to look at it, in the actor's programme, the oldest first.
    ///
    /// # Errors
    /// When the actor does not look at papers here.
    pub async fn credentials_to_check(&self, actor: &Actor) -> Result<Vec<ToCheck>> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let about = About::Programme(programme);
        self.list(actor, Action::CredentialQueue, about, "to check", move |desk| {
            let (rules, _) = desk.packs.clone().rulebook(desk.tx, programme, desk.now)?;
            let mut waiting = Vec::new();
            for row in credential::waiting(desk.tx, programme, MOST)? {
                waiting.push(ToCheck {
                    name: App::name_of(desk.keys, desk.tx, row.account)?,
                    own: row.account == desk.actor.account,
                    shown: shown(desk.keys, desk.tx, &row)?,
                    rules: rules.clone(),
                });
            }
            let ids = waiting.iter().map(|one| one.shown.id.0).collect();
            Ok((waiting, ids))
        })
        .await
    }

    /// One thing somebody has shown: one's own, or one to look at.
    ///
    /// # Errors
    /// When it is neither.
    pub async fn credential(&self, actor: &Actor, id: CredentialId) -> Result<ToCheck> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.look(actor, Action::CredentialOpen, About::Credential(id), "credential", move |desk| {
            let (rules, _) = desk.packs.clone().rulebook(desk.tx, programme, desk.now)?;
            let row = credential::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            Ok(ToCheck {
                name: App::name_of(desk.keys, desk.tx, row.account)?,
                own: row.account == desk.actor.account,
                shown: shown(desk.keys, desk.tx, &row)?,
                rules,
            })
        })
        .await
    }

    /// The document behind it: what kind, and its bytes.
    ///
    /// # Errors
    /// When there is none, or it is not for this actor.
    pub async fn evidence(&self, actor: &Actor, id: CredentialId) -> Result<(FileKind, Vec<u8>)> {
        self.look(actor, Action::CredentialOpen, About::Credential(id), "evidence", move |desk| {
            let row = credential::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let about = shown(desk.keys, desk.tx, &row)?.credential.paper.ok_or(Error::NotFound)?;
            let key = desk.keys.get(desk.tx, Owner::Worker(row.account.0))?;
            let mut bytes = Vec::with_capacity(about.bytes);
            for (place, part) in credential::parts(desk.tx, id)? {
                bytes.extend(key.open(&part_place(place), &part)?);
            }
            let hash: [u8; 32] = Sha256::digest(&bytes).into();
            if hash != about.hash {
                return Err(Error::Damaged("evidence"));
            }
            Ok((about.kind, bytes))
        })
        .await
    }

    /// Takes what somebody has shown, or sends it back with a reason. Never one's own.
    ///
    /// # Errors
    /// When it is one's own, was decided before, or is sent back without a reason.
    pub async fn check_credential(
        &self,
        actor: &Actor,
        command: CommandId,
        id: CredentialId,
        sent_back: Option<String>,
    ) -> Result<()> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let body = (id, sent_back.clone());
        self.command(actor, command, Action::CredentialCheck, About::Credential(id), &body, move |desk| {
            let (_, zone) = desk.rules(programme)?;
            let (by, today) = (desk.actor.account, day_in(&zone, desk.now));
            let row = credential::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            let now = shown(desk.keys, desk.tx, &row)?.credential;
            let next = match &sent_back {
                None => now.accept(row.account, by, today)?,
                Some(why) => now.refuse(row.account, by, today, why)?,
            };
            let key = desk.keys.get(desk.tx, Owner::Worker(row.account.0))?;
            let body = seal(&key, &body_place(id), &next)?;
            let changed = CredentialRow { waiting: false, body, ..row };
            if !credential::change(desk.tx, &changed)? {
                return Err(Error::Stale);
            }
            work_out_everywhere(desk, changed.account)
        })
        .await
    }

    /// Which answers change in the next [`AHEAD_DAYS`] days, for everybody in the actor's programme. It reads what the
    /// clockwork keeps, and asks no rule.
    ///
    /// # Errors
    /// When the actor has no such list.
    pub async fn ahead(&self, actor: &Actor) -> Result<Ahead> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let about = About::Programme(programme);
        self.list(actor, Action::CredentialAhead, about, "ahead", move |desk| {
            let (rules, zone) = desk.packs.clone().rulebook(desk.tx, programme, desk.now)?;
            let day = day_in(&zone, desk.now);
            let until = day.saturating_add(AHEAD_DAYS.days()).to_string();
            let mut names: BTreeMap<AccountId, String> = BTreeMap::new();
            let mut changes = Vec::new();
            for row in credential::changing(desk.tx, programme, &until, MOST)? {
                if let btree_map::Entry::Vacant(unnamed) = names.entry(row.account) {
                    unnamed.insert(App::name_of(desk.keys, desk.tx, row.account)?);
                }
                let question = rules.questions(day).find(|one| one.id == row.question).cloned();
                let on = row.changes_on.and_then(|day| day.parse::<Date>().ok());
                let (Some(question), Some(on), Some(word)) = (question, on, Word::parse(&row.word)) else {
                    continue;
                };
                // What is past is worked out again at the next tick of the clockwork.
                if on > day {
                    let name = names.get(&row.account).cloned().unwrap_or_default();
                    changes.push(Change { name, ask: question.ask.clone(), word, on });
                }
            }
            let shown = names.into_keys().map(|id| id.0).collect();
            Ok((Ahead { day, changes }, shown))
        })
        .await
    }

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
            let due =
                self.store.read(move |tx| Ok::<_, Error>(credential::due(tx, id, &today, PASS)?)).await?;
            for who in due {
                let (packs, keys) = (self.packs.clone(), self.keys.clone());
                self.store.write(move |tx| work_out(&packs, &keys, tx, id, who, now)).await?;
                count += 1;
            }
        }
        Ok(count)
    }
}
