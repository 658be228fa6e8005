//! Contacts and their notes: drafting, signing, reading, adding beside, and the supervisor's answer.

use crate::door::{About, Actor, Desk, seal};
use crate::reading::{addition_place, contact_place};
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use porchlight_access::Access;
use porchlight_practice::Role;
use porchlight_practice::contact::{Addition, AdditionKind, Draft, Review, ReviewStep, Signed, Signer, due};
use porchlight_practice::id::{AccountId, AdditionId, CommandId, ContactId, GoalId, PersonId};
use porchlight_practice::pack::Rules;
use porchlight_practice::person::FIELD_LIMIT;
use porchlight_store::contact::{AdditionRow, ContactRow};
use porchlight_store::seal::Owner;
use porchlight_store::{contact, credential, goal};
use std::collections::BTreeSet;

/// A draft as its writer sees it.
#[derive(Debug, Clone)]
pub struct DraftView {
    /// The contact.
    pub id: ContactId,
    /// With whom.
    pub person: PersonId,
    /// How they are called.
    pub person_name: String,
    /// What has been typed.
    pub draft: Draft,
    /// Counts changes; a form sends it back.
    pub version: i64,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// When the note is due, once an end is known.
    pub due: Option<Timestamp>,
    /// The person's open goals, in their words.
    pub goals: Vec<(GoalId, String)>,
    /// The terms that stay as they are for this person; none when the writer wants no help with words.
    pub kept: Option<BTreeSet<String>>,
}

/// What a page needs to begin a note.
#[derive(Debug, Clone)]
pub struct BeginView {
    /// With whom.
    pub person: PersonId,
    /// How they are called.
    pub person_name: String,
    /// The person's open goals, in their words.
    pub goals: Vec<(GoalId, String)>,
    /// The terms that stay as they are for this person; none when the writer wants no help with words.
    pub kept: Option<BTreeSet<String>>,
}

/// A signed note with what stands beside it.
#[derive(Debug, Clone)]
pub struct NoteView {
    /// The contact.
    pub id: ContactId,
    /// With whom.
    pub person: PersonId,
    /// How they are called.
    pub person_name: String,
    /// The note.
    pub signed: Signed,
    /// The goal it serves, in the person's words.
    pub goal: Option<String>,
    /// What stands beside it, the oldest first. The person sees only what is for them.
    pub additions: Vec<Addition>,
    /// Whether the note still is what was signed.
    pub whole: bool,
    /// Whether the actor wrote it.
    pub own: bool,
    /// What the actor may do with it.
    pub actions: Vec<Action>,
}

impl NoteView {
    /// Whether the actor may do this with the note.
    pub fn may(&self, action: Action) -> bool {
        self.actions.contains(&action)
    }
}

/// A note in a list. No words of it.
#[derive(Debug, Clone)]
pub struct NoteLine {
    /// The contact.
    pub id: ContactId,
    /// With whom.
    pub person: PersonId,
    /// How they are called.
    pub person_name: String,
    /// Who writes it.
    pub writer: AccountId,
    /// Their name.
    pub writer_name: String,
    /// The kind of contact, an id of the pack.
    pub kind: String,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// When the note is due.
    pub due: Option<Timestamp>,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
    /// Past its time: signed late, or still unsigned after it was due. This is the one meaning of late.
    pub late: bool,
    /// Where it stands with the supervisor; none for a draft.
    pub review: Option<Review>,
}

/// A worker's own notes and figures, which they see before anybody else does.
#[derive(Debug, Clone)]
pub struct OwnNotes {
    /// Drafts to finish, the longest waiting first.
    pub drafts: Vec<NoteLine>,
    /// Signed notes with a question to answer.
    pub asked: Vec<NoteLine>,
    /// Signed notes of the last 30 days, the newest first.
    pub signed: Vec<NoteLine>,
    /// How many of those were signed in time.
    pub in_time: usize,
    /// Minutes with people in the last 7 days.
    pub minutes_this_week: u32,
}

/// What waits for a supervisor.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Notes to read, the oldest first.
    pub waiting: Vec<NoteLine>,
    /// Notes with a question that waits for the writer.
    pub asked: Vec<NoteLine>,
    /// Drafts past their time: who and when, never what.
    pub overdue: Vec<NoteLine>,
}

/// A visit in the person's list.
#[derive(Debug, Clone)]
pub struct VisitLine {
    /// The contact.
    pub id: ContactId,
    /// With whom.
    pub writer_name: String,
    /// The kind of contact, an id of the pack.
    pub kind: String,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// The person's own words in the note.
    pub own_words: String,
    /// Whether the person has put words beside it.
    pub answered: bool,
    /// Whether it was signed after it was due.
    pub late: bool,
}

/// A draft was changed on another device since this page was opened: both texts.
#[derive(Debug, Clone)]
pub struct Clash {
    /// What was saved there.
    pub saved: DraftView,
    /// What was typed here.
    pub typed: Draft,
}

/// What saving a draft led to.
#[derive(Debug, Clone)]
pub enum Saved {
    /// It is saved; the number goes into the form.
    Done(i64),
    /// It was changed elsewhere in the meantime; nothing of either is lost.
    Clash(Box<Clash>),
}

impl Desk<'_, '_> {
    pub(crate) fn open_goals(&mut self, person: PersonId) -> Result<Vec<(GoalId, String)>> {
        let mut goals = Vec::new();
        for row in goal::of_person(self.tx, person)?.into_iter().filter(|row| row.is_open) {
            goals.push((row.id, self.goal(&row)?.words().to_string()));
        }
        Ok(goals)
    }

    fn draft_view(&mut self, row: &ContactRow) -> Result<DraftView> {
        Ok(DraftView {
            id: row.id,
            person: row.person,
            person_name: self.profile_of(row.person)?.called,
            draft: self.draft(row)?,
            version: row.version,
            saved_at: row.saved_at,
            due: row.due,
            goals: self.open_goals(row.person)?,
            kept: self.kept_terms(row.person)?,
        })
    }

    pub(crate) fn note_line(&mut self, row: &ContactRow) -> Result<NoteLine> {
        let kind = match row.signed_at {
            Some(_) => self.signed(row)?.note.kind,
            None => self.draft(row)?.kind,
        };
        Ok(NoteLine {
            id: row.id,
            person: row.person,
            person_name: self.short_name_of(row.person)?,
            writer: row.writer,
            writer_name: self.name_of(row.writer)?,
            kind,
            started: row.started,
            ended: row.ended,
            due: row.due,
            signed_at: row.signed_at,
            late: row.late || (row.signed_at.is_none() && row.due.is_some_and(|due| due < self.now)),
            review: row.review,
        })
    }

    pub(crate) fn note_lines(&mut self, rows: &[ContactRow]) -> Result<Vec<NoteLine>> {
        rows.iter().map(|row| self.note_line(row)).collect()
    }

    /// A signed note with what stands beside it.
    pub(crate) fn note_view(&mut self, row: &ContactRow, access: &Access) -> Result<NoteView> {
        let signed = self.signed(row)?;
        let goal = match signed.note.goal {
            Some(id) => match goal::get(self.tx, id)?.filter(|goal| goal.person == row.person) {
                Some(goal) => Some(self.goal(&goal)?.words().to_string()),
                None => None,
            },
            None => None,
        };
        let mut additions = Vec::new();
        for addition in contact::additions(self.tx, row.id)? {
            // Questions between a peer specialist and their supervisor are about the work, and theirs.
            let theirs = matches!(self.actor.role, Role::Person | Role::TeamMember);
            if !theirs || addition.kind.for_the_person() {
                additions.push(self.addition(&addition, row.person)?);
            }
        }
        Ok(NoteView {
            id: row.id,
            person: row.person,
            person_name: self.profile_of(row.person)?.called,
            whole: signed.is_whole(row.person),
            own: row.writer == self.actor.account,
            signed,
            goal,
            additions,
            actions: self.actions(access),
        })
    }

    /// Who signs, as they are called today.
    pub(crate) fn signer(&mut self) -> Result<Signer> {
        let title = match self.actor.programme {
            Some(programme) => {
                let (rules, _) = self.rules(programme)?;
                rules.title(&self.actor.title).map_or_else(String::new, |title| {
                    let name = title.name.in_(self.actor.lang);
                    match &title.letters {
                        Some(letters) => format!("{name}, {letters}"),
                        None => name.to_string(),
                    }
                })
            }
            None => String::new(),
        };
        let name = match self.actor.person {
            Some(person) => self.profile_of(person)?.short_name(),
            None => self.actor.name.clone(),
        };
        Ok(Signer { account: self.actor.account, name, title })
    }
}

fn times(row: &mut ContactRow, draft: &Draft, rules: &Rules) {
    row.started = draft.started;
    row.ended = draft.ended;
    row.due = draft.ended.map(|ended| due(ended, rules));
}

fn too_long(draft: &Draft) -> bool {
    porchlight_practice::pack::NoteField::ALL
        .iter()
        .any(|field| draft.words(*field).is_some_and(|words| words.chars().count() > FIELD_LIMIT))
}

impl App {
    /// What a page needs to begin a note about a contact with somebody.
    ///
    /// # Errors
    /// When the actor does not walk with this person.
    pub async fn begin_note(&self, actor: &Actor, person: PersonId) -> Result<BeginView> {
        self.look(actor, Action::ContactDraft, About::Person(person), "goals", move |desk| {
            Ok(BeginView {
                person,
                person_name: desk.profile_of(person)?.called,
                goals: desk.open_goals(person)?,
                kept: desk.kept_terms(person)?,
            })
        })
        .await
    }

    /// Saves a draft, new (`version` 0) or changed. Everything typed is kept as it is, however little.
    ///
    /// # Errors
    /// When a text is longer than a field may be, the goal is not this person's, or the actor may not write this note.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ContactId,
        person: PersonId,
        draft: Draft,
        version: i64,
    ) -> Result<Saved> {
        if too_long(&draft) {
            return Err(Fault::TooLong("draft").into());
        }
        let key = self.key(Owner::Person(person.0)).await?;
        let sealed = seal(&key, &contact_place(id), &draft)?;
        let programme = actor.programme.ok_or(Error::NotFound)?;
        let about = if version == 0 { About::Person(person) } else { About::Contact(id) };
        let body = (id, person, draft.clone(), version);
        let typed = draft.clone();
        let saved = self
            .command(actor, command, Action::ContactDraft, about, &body, move |desk| {
                let (rules, _) = desk.rules(programme)?;
                if let Some(id) = draft.goal
                    && goal::get(desk.tx, id)?.is_none_or(|goal| goal.person != person)
                {
                    return Err(Fault::Unknown("goal").into());
                }
                let mut row = match contact::get(desk.tx, id)? {
                    Some(row) => row,
                    None if version == 0 => {
                        let mut row = ContactRow {
                            id,
                            programme,
                            person,
                            writer: desk.actor.account,
                            review: None,
                            started: None,
                            ended: None,
                            due: None,
                            signed_at: None,
                            late: false,
                            body: sealed.clone(),
                            saved_at: desk.now,
                            version: 1,
                        };
                        times(&mut row, &draft, &rules);
                        contact::insert(desk.tx, &row)?;
                        return Ok(1);
                    }
                    None => return Err(Error::NotFound),
                };
                if row.writer != desk.actor.account || row.person != person {
                    return Err(Error::NotFound);
                }
                if row.signed_at.is_some() {
                    return Err(Error::Stale);
                }
                times(&mut row, &draft, &rules);
                row.body = sealed.clone();
                row.saved_at = desk.now;
                row.version = version;
                if contact::change(desk.tx, &row)? { Ok(version + 1) } else { Err(Error::Stale) }
            })
            .await;
        match saved {
            Ok(version) => Ok(Saved::Done(version)),
            Err(Error::Stale) => {
                let saved = self.draft(actor, id).await?;
                Ok(Saved::Clash(Box::new(Clash { saved, typed })))
            }
            Err(other) => Err(other),
        }
    }

    /// Opens a draft, on any device of its writer.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not the actor's, or is signed already.
    pub async fn draft(&self, actor: &Actor, id: ContactId) -> Result<DraftView> {
        self.look(actor, Action::ContactReadDraft, About::Contact(id), "draft", move |desk| {
            let row =
                contact::get(desk.tx, id)?.filter(|row| row.signed_at.is_none()).ok_or(Error::NotFound)?;
            desk.draft_view(&row)
        })
        .await
    }

    /// Throws an unsigned draft away.
    ///
    /// # Errors
    /// When it is signed already.
    pub async fn discard_draft(&self, actor: &Actor, command: CommandId, id: ContactId) -> Result<()> {
        self.command(actor, command, Action::ContactDiscard, About::Contact(id), &id, move |desk| {
            if contact::discard_draft(desk.tx, id)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Signs a saved draft. From here on nothing in it can change.
    ///
    /// # Errors
    /// [`Fault::Missing`] with everything the pack still asks for; [`Error::Stale`] when the draft was changed since
    /// `version`.
    pub async fn sign_note(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ContactId,
        version: i64,
    ) -> Result<()> {
        self.command(actor, command, Action::ContactSign, About::Contact(id), &(id, version), move |desk| {
            let mut row = contact::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            if row.signed_at.is_some() || row.version != version {
                return Err(Error::Stale);
            }
            let (rules, _) = desk.rules(row.programme)?;
            let signer = desk.signer()?;
            let signed = desk.draft(&row)?.sign(signer, row.person, &rules, desk.now)?;
            row.started = Some(signed.started);
            row.ended = Some(signed.ended);
            row.due = Some(signed.due);
            row.signed_at = Some(signed.at);
            row.late = signed.late;
            row.review = Some(signed.review);
            let key = desk.keys.get(desk.tx, Owner::Person(row.person.0))?;
            row.body = seal(&key, &contact_place(id), &signed)?;
            if !contact::change(desk.tx, &row)? {
                return Err(Error::Stale);
            }
            // Where supervision is counted by hours with people, the clockwork looks again.
            let (book, zone) = desk.packs.clone().rulebook(desk.tx, row.programme, desk.now)?;
            if book.counts_service() {
                let today = desk.now.to_zoned(zone).date().to_string();
                credential::one_due(desk.tx, row.writer, &today)?;
            }
            Ok(())
        })
        .await
    }

    /// Reads a signed note.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such note for this actor.
    pub async fn note(&self, actor: &Actor, id: ContactId) -> Result<NoteView> {
        self.read_note(actor, Action::ContactRead, id).await
    }

    /// Reads a signed note in order to copy it into another record system, which the journal says.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such note for this actor.
    pub async fn note_to_copy(&self, actor: &Actor, id: ContactId) -> Result<NoteView> {
        self.read_note(actor, Action::ContactCopy, id).await
    }

    async fn read_note(&self, actor: &Actor, action: Action, id: ContactId) -> Result<NoteView> {
        let access = self.access.clone();
        self.look(actor, action, About::Contact(id), "notes", move |desk| {
            let row =
                contact::get(desk.tx, id)?.filter(|row| row.signed_at.is_some()).ok_or(Error::NotFound)?;
            desk.note_view(&row, &access)
        })
        .await
    }

    /// Puts something beside a signed note: an addendum, a reply, the person's words, a supervisor's question or
    /// signature. What each kind needs to be allowed is in the access policies.
    ///
    /// # Errors
    /// When the words are missing, or the note's review can't take the step.
    pub async fn add_to_note(
        &self,
        actor: &Actor,
        command: CommandId,
        id: ContactId,
        kind: AdditionKind,
        words: &str,
    ) -> Result<()> {
        let words = words.trim().to_string();
        if words.is_empty() && kind != AdditionKind::Countersignature {
            return Err(Fault::Empty("words").into());
        }
        if words.chars().count() > FIELD_LIMIT {
            return Err(Fault::TooLong("words").into());
        }
        let (action, step) = match kind {
            AdditionKind::Addendum => (Action::ContactAdd, None),
            AdditionKind::Reply => (Action::ContactAdd, Some(ReviewStep::Reply)),
            AdditionKind::OwnWords | AdditionKind::Differently => (Action::ContactOwnWords, None),
            AdditionKind::ReadBack => (Action::ContactReadBack, None),
            AdditionKind::WentWell => (Action::ContactAsk, None),
            AdditionKind::Question => (Action::ContactAsk, Some(ReviewStep::Ask)),
            AdditionKind::Countersignature => (Action::ContactCountersign, Some(ReviewStep::Countersign)),
        };
        let addition_id = AdditionId(self.ids.next());
        let body = (id, kind, words.clone());
        self.command(actor, command, action, About::Contact(id), &body, move |desk| {
            let mut row =
                contact::get(desk.tx, id)?.filter(|row| row.signed_at.is_some()).ok_or(Error::NotFound)?;
            let signed = desk.signed(&row)?;
            if let (Some(step), Some(review)) = (step, row.review) {
                let next = review.step(step, row.writer == desk.actor.account)?;
                if next != review {
                    row.review = Some(next);
                    if !contact::change(desk.tx, &row)? {
                        return Err(Error::Stale);
                    }
                }
            }
            let addition = Addition { kind, by: desk.signer()?, at: desk.now, words: words.clone() };
            let key = desk.keys.get(desk.tx, Owner::Person(row.person.0))?;
            contact::add(
                desk.tx,
                &AdditionRow {
                    id: addition_id,
                    contact: id,
                    kind,
                    added_by: desk.actor.account,
                    at: desk.now,
                    body: seal(&key, &addition_place(addition_id), &addition)?,
                    hash: addition.hash(&signed.hash),
                },
            )?;
            Ok(())
        })
        .await
    }

    /// One's own notes and figures.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn own_notes(&self, actor: &Actor) -> Result<OwnNotes> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::ContactListOwn, About::Own, "own notes", move |desk| {
            let me = desk.actor.account;
            let since = desk.now - jiff::SignedDuration::from_hours(24 * 30);
            let week = desk.now - jiff::SignedDuration::from_hours(24 * 7);
            let drafts = contact::drafts(desk.tx, programme, me)?;
            let signed = contact::signed_by(desk.tx, programme, me, since, 200)?;
            let in_time = signed.iter().filter(|row| !row.late).count();
            let minutes_this_week = signed
                .iter()
                .filter(|row| row.started.is_some_and(|started| started >= week))
                .filter_map(|row| row.started.zip(row.ended))
                .map(|(started, ended)| porchlight_practice::work::minutes(started, ended))
                .sum();
            let shown = drafts.iter().chain(&signed).map(|row| row.id.0).collect();
            let signed = desk.note_lines(&signed)?;
            let (asked, signed) = signed.into_iter().partition(|line| line.review == Some(Review::Asked));
            let own =
                OwnNotes { drafts: desk.note_lines(&drafts)?, asked, signed, in_time, minutes_this_week };
            Ok((own, shown))
        })
        .await
    }

    /// What waits for a supervisor, the oldest first.
    ///
    /// # Errors
    /// When the actor supervises nobody here.
    pub async fn queue(&self, actor: &Actor) -> Result<Queue> {
        let programme = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::ContactQueue, About::Programme(programme), "notes to read", move |desk| {
            let me = desk.actor.account;
            let mut queue = Vec::new();
            for (id, _) in contact::queue(desk.tx, programme, me)? {
                queue.extend(contact::get(desk.tx, id)?);
            }
            let overdue = contact::overdue(desk.tx, programme, me, desk.now)?;
            let shown = queue.iter().chain(&overdue).map(|row| row.id.0).collect();
            let lines = desk.note_lines(&queue)?;
            let (asked, waiting) = lines.into_iter().partition(|line| line.review == Some(Review::Asked));
            Ok((Queue { waiting, asked, overdue: desk.note_lines(&overdue)? }, shown))
        })
        .await
    }

    /// The visits of one person, the newest first.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn visits(&self, actor: &Actor, person: PersonId) -> Result<Vec<VisitLine>> {
        self.look(actor, Action::ContactListOfPerson, About::Person(person), "notes", move |desk| {
            let mut lines = Vec::new();
            for row in contact::of_person(desk.tx, person, 200)? {
                let signed = desk.signed(&row)?;
                let answered = contact::additions(desk.tx, row.id)?.iter().any(|addition| {
                    matches!(
                        addition.kind,
                        AdditionKind::OwnWords | AdditionKind::Differently | AdditionKind::ReadBack
                    )
                });
                lines.push(VisitLine {
                    id: row.id,
                    writer_name: signed.by.name,
                    kind: signed.note.kind,
                    started: signed.started,
                    ended: signed.ended,
                    own_words: signed.note.own_words,
                    answered,
                    late: signed.late,
                });
            }
            Ok(lines)
        })
        .await
    }
}
