//! What workers can show, and what the rules answer from it: one's own answers, the check by somebody else, and what
//! changes in the next days.

mod answers;
mod take;

use crate::door::{About, Actor, Desk, open, seal};
use crate::{Action, App, Error, Result};
pub use take::{Held, Part, Taken};

use answers::{Here, facts, own_questions};
pub(crate) use answers::{answered, answers_kept, may_supervise, supervisor_was, work_out_everywhere};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use porchlight_practice::credential::{Credential, Entry};
use porchlight_practice::evidence::{self, FileKind, take_in};
use porchlight_practice::id::{AccountId, CommandId, CredentialId, ProgrammeId};
use porchlight_practice::rule::fact::Session;
use porchlight_practice::rule::requirement::Kind;
use porchlight_practice::rule::{Answer, Earned, Requirement, Rulebook, Word, ask_one, earned};
use porchlight_practice::{Role, Text};
use porchlight_store::credential::CredentialRow;
use porchlight_store::seal::{Keys, Owner, Place};
use porchlight_store::{Tx, credential};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, btree_map};
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

impl Desk<'_, '_> {
    /// What those of a team may do now, and may not from a day within [`CLOSING_DAYS`] on: so that no
    /// family loses a visit. Supervision itself stands elsewhere on the supervisor's list.
    pub(crate) fn closing(&mut self, here: ProgrammeId, team: &[AccountId]) -> Result<Vec<Change>> {
        let (rules, zone) = self.packs.clone().rulebook(self.tx, here, self.now)?;
        let day = day_in(&zone, self.now);
        let until = day.saturating_add(CLOSING_DAYS.days());
        let supervision: Vec<String> = rules.about_supervision(day).map(|one| one.id.clone()).collect();
        let mut closing = Vec::new();
        // Each of their own team is asked for, so that nobody is missed among many who work here.
        for who in team.iter().copied() {
            for (question, word, on) in answers_kept(self.tx, here, who)? {
                let question = rules.questions(day).find(|one| one.id == question).cloned();
                let (Some(question), Some(on), Word::Yes) = (question, on, word) else { continue };
                if day < on && on <= until && !supervision.contains(&question.id) {
                    let name = self.name_of(who)?;
                    closing.push(Change { name, ask: question.ask.clone(), word: Word::Yes, on });
                }
            }
        }
        closing.sort_by(|one, other| (one.on, &one.name).cmp(&(other.on, &other.name)));
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
            let here = Here::of(desk.packs, desk.tx, programme, desk.now)?;
            let (rules, day) = (here.book.clone(), here.today);
            let (facts, shown) = facts(&here, desk.keys, desk.tx, desk.actor.account)?;
            let running = rules.requirements(day).iter().filter_map(|one| match &one.requirement.kind {
                Kind::Continuing(hours) => Some(Hours {
                    earned: earned(hours, &one.requirement.id, &facts, day)?,
                    requirement: one.requirement.clone(),
                }),
                _ => None,
            });
            let hours = running.collect();
            let mut answers = own_questions(&rules, &facts, day);
            // Whoever supervises reads what is asked of that, before anybody is theirs to supervise.
            if desk.actor.role == Role::Supervisor {
                answers.extend(ask_one(&rules, &facts, day, SUPERVISE));
            }
            Ok(OwnCredentials { day, answers, shown, hours, rules })
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
            let here = Here::of(desk.packs, desk.tx, programme, desk.now)?;
            let (facts, _) = facts(&here, desk.keys, desk.tx, who)?;
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
        let file = file.map(take_in).transpose()?;
        let paper = file.as_ref().map(|(kind, bytes)| evidence::About {
            kind: *kind,
            bytes: bytes.len(),
            hash: Sha256::digest(bytes).into(),
        });
        let id = CredentialId(self.ids.next());
        let key = self.key(Owner::Worker(actor.account.0)).await?;
        let mut parts = Vec::new();
        for part in file.iter().flat_map(|(_, bytes)| bytes.chunks(PART)) {
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
                    name: desk.name_of(row.account)?,
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
                name: desk.name_of(row.account)?,
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
                    unnamed.insert(desk.name_of(row.account)?);
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
}
