//! What people write in tools. It is the person's own, and sits outside the programme's record: whoever is not let in
//! finds nothing, not even that there is something.

use crate::again::Again;
use crate::carry::Beside;
use crate::door::{About, Actor, Desk, open, seal};
use crate::guardian::ReadToo;
use crate::share::ShareView;
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_access::Relation;
use porchlight_practice::document::{Answer, Document, Revision, Seen, Writing};
use porchlight_practice::id::{AccountId, AnswerId, CommandId, DocumentId, ItemId, PersonId, ShareId};
use porchlight_practice::pack::{Section, Shelf, Theme, Tool, Writes};
use porchlight_store::document::{AnswerRow, DocumentRow};
use porchlight_store::seal::{DataKey, Keys, Owner, Place};
use porchlight_store::share::ShareRow;
use porchlight_store::{Tx, account, document, share};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// For how long whoever writes for somebody without a sign-in may go on, in hours: the visit, and the evening after it.
const HELP_HOURS: i64 = 12;

/// Definitions of tools that documents were begun with. One is read and parsed once.
#[derive(Default)]
pub(crate) struct Definitions(Mutex<HashMap<Vec<u8>, Arc<Tool>>>);

impl Definitions {
    pub(crate) fn get(&self, tx: &mut Tx<'_>, hash: &[u8]) -> Result<Arc<Tool>> {
        let held = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tool) = held().get(hash) {
            return Ok(tool.clone());
        }
        let body = document::definition(tx, hash)?.ok_or(Error::Damaged("definition"))?;
        let tool: Arc<Tool> =
            Arc::new(serde_json::from_str(&body).map_err(|_| Error::Damaged("definition"))?);
        held().insert(hash.to_vec(), tool.clone());
        Ok(tool)
    }
}

/// The tools a person can begin.
#[derive(Debug, Clone)]
pub struct Offered {
    /// What the person is called.
    pub called: String,
    /// Who reads what is begun beside those the person lets in, for the person.
    pub read_too: Option<ReadToo>,
    /// Shown at once.
    pub tools: Vec<Tool>,
    /// Waiting until the person asks: the programme speaks of other things first.
    pub tucked_away: Vec<Tool>,
}

/// One of a person's papers, in a list.
#[derive(Debug, Clone)]
pub struct DocumentLine {
    /// Its id.
    pub id: DocumentId,
    /// Which tool it is.
    pub tool: Arc<Tool>,
    /// When somebody last wrote in it.
    pub changed: Timestamp,
    /// How many people it is shared with now. Zero in anybody else's list.
    pub readers: usize,
    /// Whether the one who lists may write in a section of it.
    pub may_write: bool,
    /// The day on which it was to be looked at again, once it has come, as far as the one who lists can read it.
    pub again: Option<Again>,
}

/// A person's papers, as far as somebody may see them.
#[derive(Debug, Clone)]
pub struct Papers {
    /// What the person is called; empty for somebody who has no tie to them and to whom nothing is open.
    pub called: String,
    /// The papers, the last changed first.
    pub lines: Vec<DocumentLine>,
    /// Papers that the actor wrote in with somebody who has no way to sign in, and that are closed until they meet again.
    pub closed: Vec<(DocumentId, Arc<Tool>)>,
    /// Whether the actor can begin one with them, since they have no way to sign in.
    pub may_begin: bool,
    /// Whether the actor may open the record, too.
    pub opens_record: bool,
    /// Who reads them beside those the person lets in, for the person.
    pub read_too: Option<ReadToo>,
}

/// Where a document lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Among a person's papers, beside their record.
    WithThePerson,
    /// In somebody's own corner ([`crate::corner`]).
    InACorner,
}

/// What somebody may see of a document.
#[derive(Debug, Clone)]
pub struct DocumentView {
    /// Where it lies.
    pub kept: Kept,
    /// Its id.
    pub id: DocumentId,
    /// Whose.
    pub person: PersonId,
    /// What they are called.
    pub called: String,
    /// Who reads it beside those they let in, on one's own paper.
    pub read_too: Option<ReadToo>,
    /// Whether the reader decides about it today: the person, or a guardian.
    pub decides: bool,
    /// The tool as it was when this was begun.
    pub tool: Arc<Tool>,
    /// What it says now, in the sections below alone; with everything it ever said in [`App::document_versions`].
    pub document: Document,
    /// The names of who wrote that.
    pub writers: BTreeMap<AccountId, String>,
    /// Who reads.
    pub reader: AccountId,
    /// The sections this reader may see, by name.
    pub open: Vec<String>,
    /// The sections this reader may write in, by name.
    pub writes: Vec<String>,
    /// What this view has seen, for the form.
    pub seen: Seen,
    /// When somebody last wrote in it, as far as this reader can see.
    pub changed: Timestamp,
    /// Whether it is the reader's own.
    pub own: bool,
    /// Whether the programme's pack has a newer version of the tool.
    pub newer: bool,
    /// What other papers of the person's say to the same questions; on their own paper alone.
    pub beside: Vec<Beside>,
    /// What they have going for them, as their record says; on their own paper alone.
    pub strengths: Vec<String>,
    /// Whether it said something else before, that the owner can read again.
    pub earlier: bool,
    /// Where the person's own crisis plan is, when an answer of theirs shows danger.
    pub crisis_plan: Option<DocumentId>,
    /// Who else can see it now, for the owner.
    pub readers: Vec<ShareView>,
}

/// What a form has seen after its answers were kept, and where it stands.
#[derive(Debug, Clone)]
pub struct Written {
    /// What the form has seen now.
    pub seen: Seen,
    /// The section after this one that its writer may write in, too.
    pub next: Option<String>,
}

/// Reads a form's answers to the questions of a section.
type Given = Vec<(String, ItemId, Answer)>;

/// An answer that is ready to be kept.
pub(crate) struct Sealed {
    id: AnswerId,
    writing: Writing,
    body: Vec<u8>,
}

impl DocumentView {
    /// The sections this reader may see, in the order of the tool.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.tool.sections.iter().filter(|section| self.open.contains(&section.id))
    }

    /// Whether this reader may write in a section.
    pub fn may_write(&self, section: &str) -> bool {
        self.writes.iter().any(|open| open == section)
    }
}

/// Where an answer lies.
fn answer_place(id: AnswerId) -> Place {
    Place { table: "answer", row: id.0, column: "body" }
}

fn revision(key: &DataKey, row: AnswerRow) -> Result<Revision> {
    let answer: Answer = open(key, &answer_place(row.id), &row.body)?;
    Ok(Revision {
        id: row.id,
        number: row.number,
        question: row.question,
        item: row.item,
        over: row.over,
        first: row.first,
        by: row.by,
        at: row.at,
        answer,
    })
}

/// How much of a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// What it says now.
    Now,
    /// Everything it ever said.
    Ever,
}

/// The answers of these sections, unsealed. What is not asked for is not read.
pub(crate) fn answers(
    tx: &mut Tx<'_>,
    keys: &Keys,
    row: &DocumentRow,
    tool: &Tool,
    sections: &[String],
    depth: Depth,
) -> Result<Document> {
    let key = keys.get(tx, Owner::Document(row.id.0))?;
    let rows = if sections.len() == tool.sections.len() {
        match depth {
            Depth::Now => document::heads(tx, row.id)?,
            Depth::Ever => document::answers(tx, row.id)?,
        }
    } else {
        let mut rows = Vec::new();
        for section in sections {
            rows.extend(match depth {
                Depth::Now => document::heads_of_section(tx, row.id, section)?,
                Depth::Ever => document::answers_of_section(tx, row.id, section)?,
            });
        }
        rows
    };
    let revisions: Result<Vec<Revision>> = rows.into_iter().map(|row| revision(&key, row)).collect();
    Ok(Document::new(revisions?))
}

/// Which sections of a document somebody may see and write in, and until when.
struct Opening {
    sections: Option<Vec<ShareRow>>,
}

impl Opening {
    /// Everything, for the owner.
    const ALL: Opening = Opening { sections: None };

    fn of(desk: &mut Desk<'_, '_>, row: &DocumentRow) -> Result<Opening> {
        if desk.is_theirs(row.person) {
            return Ok(Opening::ALL);
        }
        Opening::to(desk, row.id, desk.actor.account)
    }

    fn to(desk: &mut Desk<'_, '_>, id: DocumentId, reader: AccountId) -> Result<Opening> {
        Ok(Opening { sections: Some(share::open_to(desk.tx, id, reader, desk.now)?) })
    }

    fn names(&self, tool: &Tool, writes: bool) -> Vec<String> {
        let all = tool.sections.iter().map(|section| section.id.clone());
        match &self.sections {
            None => all.collect(),
            Some(rows) => {
                let open = |id: &String| rows.iter().any(|row| row.section == *id && (row.writes || !writes));
                all.filter(open).collect()
            }
        }
    }

    fn writes(&self, section: &str) -> bool {
        self.sections.as_ref().is_none_or(|rows| rows.iter().any(|row| row.section == section && row.writes))
    }
}

impl Desk<'_, '_> {
    /// Opens every section to the actor for as long as a visit lasts.
    fn let_in_for_a_visit(&mut self, row: &DocumentRow, tool: &Tool, ids: &[ShareId]) -> Result<()> {
        let reader = self.actor.account;
        share::stop(self.tx, row.id, row.person, reader, self.now)?;
        for (section, id) in tool.sections.iter().zip(ids) {
            let share = ShareRow {
                id: *id,
                programme: row.programme,
                person: row.person,
                document: row.id,
                section: section.id.clone(),
                reader,
                writes: true,
                from_at: self.now,
                until_at: self.now + SignedDuration::from_hours(HELP_HOURS),
                stopped_at: None,
            };
            share::insert(self.tx, &share)?;
        }
        Ok(())
    }

    pub(crate) fn document_row(&mut self, id: DocumentId) -> Result<DocumentRow> {
        document::get(self.tx, id)?.ok_or(Error::NotFound)
    }

    pub(crate) fn answers(
        &mut self,
        row: &DocumentRow,
        tool: &Tool,
        sections: &[String],
        depth: Depth,
    ) -> Result<Document> {
        answers(self.tx, self.keys, row, tool, sections, depth)
    }

    fn document_view(
        &mut self,
        app: &App,
        row: DocumentRow,
        opening: &Opening,
        depth: Depth,
    ) -> Result<DocumentView> {
        let tool = app.definitions.get(self.tx, &row.definition)?;
        let open = opening.names(&tool, false);
        let document = self.answers(&row, &tool, &open, depth)?;
        let mut writers = BTreeMap::new();
        for by in document.writers() {
            writers.insert(by, self.name_of(by)?);
        }
        let own = self.actor.person == Some(row.person);
        let (rules, _) = self.rules(row.programme)?;
        let newer = rules.tools.iter().any(|now| now.id == tool.id && now.version > tool.version);
        let beside = if own { self.beside(app, &row, &tool)? } else { Vec::new() };
        let first = if own { document::first_written(self.tx, row.id)? } else { None };
        let readers = if own { self.readers_of(app, row.id)? } else { Vec::new() };
        let read_too = if own { self.read_too(row.person)? } else { None };
        let danger = own && tool.sections.iter().any(|section| document.shows_danger(section));
        let profile = self.profile_of(row.person)?;
        let crisis_plan = if danger { self.crisis_plan_of(app, row.person, row.id)? } else { None };
        Ok(DocumentView {
            kept: Kept::WithThePerson,
            id: row.id,
            person: row.person,
            called: profile.called,
            strengths: if own { profile.strengths } else { Vec::new() },
            read_too,
            crisis_plan,
            decides: self.is_theirs(row.person),
            writes: opening.names(&tool, true),
            seen: Seen::up_to(if own { row.newest } else { document.newest() }),
            // To a reader, the day of a section they can't see tells nothing.
            changed: document.revisions().last().map_or(row.started_at, |last| last.at),
            reader: self.actor.account,
            open,
            tool,
            document,
            writers,
            own,
            newer,
            beside,
            // Writing that goes on for less than an hour is one version.
            earlier: first.is_some_and(|first| row.changed_at.as_second() - first.as_second() >= 3600),
            readers,
        })
    }
}

impl App {
    /// A tool as a document was begun with it.
    pub(crate) fn definition(&self, tx: &mut Tx<'_>, hash: &[u8]) -> Result<Arc<Tool>> {
        self.definitions.get(tx, hash)
    }

    /// The tools a person can begin: their own, or those one can begin with somebody who has no way to sign in.
    ///
    /// # Errors
    /// When there is no such record for this actor, or the person decides themself.
    pub async fn tools(&self, actor: &Actor, person: PersonId) -> Result<Offered> {
        self.prepare(actor, Action::DocumentStart, About::Person(person), move |desk| {
            let own = desk.is_theirs(person);
            if !own && account::of_person(desk.tx, person)?.is_some() {
                return Err(Fault::TheirsToSay.into());
            }
            let called = desk.profile_of(person)?.called;
            let read_too = if desk.actor.person == Some(person) { desk.read_too(person)? } else { None };
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            let fits = |tool: &&Tool| match tool.writes {
                Writes::Person => own,
                Writes::Both => true,
                Writes::Helper | Writes::Staff => !own,
                Writes::Worker => false,
            };
            let tucked = |theme: Theme| rules.tucked_away.contains(&theme);
            let permitted = desk.permitted_tools(programme)?;
            let (tucked_away, tools) = rules
                .tools
                .iter()
                .chain(&permitted)
                .filter(fits)
                .cloned()
                .partition(|tool: &Tool| tucked(tool.theme));
            Ok(Offered { called: called.clone(), read_too, tools, tucked_away })
        })
        .await
    }

    /// Begins to write in a tool. Whoever begins it with somebody who has no way to sign in may write in it until the
    /// visit is over.
    ///
    /// # Errors
    /// When the programme has no such tool, or the person decides themself.
    pub async fn start_document(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        tool: &str,
    ) -> Result<DocumentId> {
        let offered = self.tools(actor, person).await?;
        let mut offered = offered.tools.into_iter().chain(offered.tucked_away);
        let tool = offered.find(|offered| offered.id == tool).ok_or(Fault::Unknown("tool"))?;
        let definition = serde_json::to_string(&tool).map_err(|_| Error::Damaged("definition"))?;
        let id = DocumentId(self.ids.next());
        let (_, wrapped) = self.keys.make(Owner::Document(id.0))?;
        let shares: Vec<ShareId> = tool.sections.iter().map(|_| ShareId(self.ids.next())).collect();
        let body = (person, tool.id.clone());
        self.command(actor, command, Action::DocumentStart, About::Person(person), &body, move |desk| {
            let own = desk.is_theirs(person);
            if !own && account::of_person(desk.tx, person)?.is_some() {
                return Err(Fault::TheirsToSay.into());
            }
            desk.tx.put_key(&wrapped, desk.now)?;
            let hash = tool.hash().to_vec();
            document::put_definition(desk.tx, &hash, &definition)?;
            let programme = desk.programme()?;
            let row = DocumentRow {
                id,
                programme,
                person,
                tool: tool.id.clone(),
                definition: hash,
                started_by: desk.actor.account,
                started_at: desk.now,
                changed_at: desk.now,
                newest: 0,
            };
            document::insert(desk.tx, &row)?;
            if !own {
                desk.let_in_for_a_visit(&row, &tool, &shares)?;
            }
            Ok(id)
        })
        .await
    }

    /// Opens a paper again at the side of somebody who has no way to sign in, for as long as a visit lasts. Only whoever
    /// began it with them, or was let in to it by them, can.
    ///
    /// # Errors
    /// When the person decides themself, or never let this actor in.
    pub async fn open_together(&self, actor: &Actor, command: CommandId, id: DocumentId) -> Result<()> {
        let app = self.clone();
        // One for each section that any tool could have.
        let ids: Vec<ShareId> = (0..Tool::MOST_SECTIONS).map(|_| ShareId(self.ids.next())).collect();
        self.command(actor, command, Action::DocumentOpenTogether, About::Document(id), &id, move |desk| {
            let row = desk.document_row(id)?;
            let reader = desk.actor.account;
            let known = share::of_person(desk.tx, row.person)?
                .iter()
                .any(|share| share.document == id && share.reader == reader && share.writes);
            if !known || account::of_person(desk.tx, row.person)?.is_some() {
                return Err(Error::NotFound);
            }
            let tool = app.definitions.get(desk.tx, &row.definition)?;
            desk.let_in_for_a_visit(&row, &tool, &ids)
        })
        .await
    }

    /// A person's papers: their own, all; anybody else's, those with a section shared with the one who asks.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn documents(&self, actor: &Actor, person: PersonId) -> Result<Papers> {
        let app = self.clone();
        self.list(actor, Action::DocumentList, About::Person(person), "documents", move |desk| {
            let own = desk.actor.person == Some(person);
            let (mut lines, mut closed) = (Vec::new(), Vec::new());
            if own || desk.is_theirs(person) {
                let shares = share::of_person(desk.tx, person)?;
                for row in document::of_person(desk.tx, person)? {
                    let mut readers: Vec<AccountId> = shares
                        .iter()
                        .filter(|share| share.document == row.id && share.in_force(desk.now))
                        .map(|share| share.reader)
                        .collect();
                    readers.sort();
                    readers.dedup();
                    lines.push(desk.document_line(&app, row, &Opening::ALL, readers.len())?);
                }
            } else {
                let reader = desk.actor.account;
                let mut shown: Vec<DocumentId> = Vec::new();
                for open in share::open_of_person(desk.tx, person, reader, desk.now)? {
                    if shown.contains(&open.document) {
                        continue;
                    }
                    shown.push(open.document);
                    let row = desk.document_row(open.document)?;
                    let opening = Opening::to(desk, row.id, reader)?;
                    lines.push(desk.document_line(&app, row, &opening, 0)?);
                }
                if account::of_person(desk.tx, person)?.is_none() {
                    for share in share::of_person(desk.tx, person)? {
                        let mine = share.reader == reader && share.writes;
                        if mine && !shown.contains(&share.document) {
                            shown.push(share.document);
                            let row = desk.document_row(share.document)?;
                            let tool = app.definitions.get(desk.tx, &row.definition)?;
                            closed.push((row.id, tool));
                        }
                    }
                }
            }
            let ids = lines.iter().map(|line| line.id.0).collect();
            let known = matches!(
                desk.standing.relation,
                Relation::Own | Relation::Guardian | Relation::Walks | Relation::Supervises
            );
            // Whoever has no tie to the person and nothing open to them learns no name.
            let called =
                if known || !lines.is_empty() { desk.profile_of(person)?.called } else { String::new() };
            let actions = desk.actions(&app.access);
            let alone = desk.is_theirs(person) || account::of_person(desk.tx, person)?.is_none();
            let may_begin = !own && actions.contains(&Action::DocumentStart) && alone;
            let read_too = if own { desk.read_too(person)? } else { None };
            let opens_record = actions.contains(&Action::PersonRead);
            Ok((Papers { called, lines, closed, may_begin, opens_record, read_too }, ids))
        })
        .await
    }

    /// A document, as far as this reader may see it.
    ///
    /// # Errors
    /// When nothing of it is open to this actor.
    pub async fn document(&self, actor: &Actor, id: DocumentId) -> Result<DocumentView> {
        let app = self.clone();
        self.look_at(actor, Action::DocumentRead, About::Document(id), move |desk| {
            let row = desk.document_row(id)?;
            let opening = Opening::of(desk, &row)?;
            // A line over time is drawn from every number that was ever said; for the owner alone.
            let line = app.definitions.get(desk.tx, &row.definition)?.score.is_some();
            let own = desk.actor.person == Some(row.person);
            let depth = if own && line { Depth::Ever } else { Depth::Now };
            let view = desk.document_view(&app, row, &opening, depth)?;
            let part = view.tool.shelf.as_str();
            Ok((view, part))
        })
        .await
    }

    /// One's own document with everything it ever said.
    ///
    /// # Errors
    /// When it is not one's own.
    pub async fn document_versions(&self, actor: &Actor, id: DocumentId) -> Result<DocumentView> {
        let app = self.clone();
        self.look_at(actor, Action::DocumentRead, About::Document(id), move |desk| {
            let row = desk.document_row(id)?;
            if desk.actor.person != Some(row.person) {
                return Err(Error::NotFound);
            }
            let view = desk.document_view(&app, row, &Opening::ALL, Depth::Ever)?;
            let part = view.tool.shelf.as_str();
            Ok((view, part))
        })
        .await
    }

    /// One's own document exactly as somebody else sees it now. Its `readers` is what is shared with them alone.
    ///
    /// # Errors
    /// When it is not one's own, or nothing of it is open to them.
    pub async fn document_as(
        &self,
        actor: &Actor,
        id: DocumentId,
        reader: AccountId,
    ) -> Result<DocumentView> {
        let app = self.clone();
        self.look_at(actor, Action::DocumentRead, About::Document(id), move |desk| {
            let row = desk.document_row(id)?;
            if desk.actor.person != Some(row.person) {
                return Err(Error::NotFound);
            }
            let opening = Opening::to(desk, id, reader)?;
            let mut view = desk.document_view(&app, row, &opening, Depth::Now)?;
            view.readers.retain(|share| share.reader == reader);
            if view.readers.is_empty() {
                return Err(Error::NotFound);
            }
            (view.reader, view.own, view.newer, view.earlier) = (reader, false, false, false);
            (view.read_too, view.crisis_plan) = (None, None);
            view.beside.clear();
            let part = view.tool.shelf.as_str();
            Ok((view, part))
        })
        .await
    }

    /// Writes answers in one section of a document. `seen` is what the form showed: nothing that came since is written
    /// over. `read` reads the form by the questions of the version the document was begun in. Nothing new means nothing
    /// is kept. Nobody looks at the document by writing in it, so there is one entry in the journal: that of the
    /// writing.
    ///
    /// # Errors
    /// When the section is not open for writing to this actor, or an answer does not belong into it.
    pub async fn write_document(
        &self,
        actor: &Actor,
        command: CommandId,
        id: DocumentId,
        section: &str,
        seen: Seen,
        read: impl Fn(&Section) -> Given + Send + Sync + 'static,
    ) -> Result<Written> {
        let (app, name, form) = (self.clone(), section.to_owned(), seen.clone());
        let (changes, given, next) = self
            .prepare(actor, Action::DocumentWrite, About::Document(id), move |desk| {
                let row = desk.document_row(id)?;
                let tool = app.definitions.get(desk.tx, &row.definition)?;
                let section = tool.section(&name).ok_or(Error::NotFound)?;
                let mut open = Opening::of(desk, &row)?.names(&tool, true).into_iter();
                open.find(|open| *open == name).ok_or(Error::NotFound)?;
                let next = open.next();
                let given = read(section);
                let only = std::slice::from_ref(&name);
                let mut document = desk.answers(&row, &tool, only, Depth::Now)?;
                document.takes(section, &given).map_err(Fault::Answer)?;
                if !form.has_all(document.revisions()) {
                    // Somebody wrote meanwhile: only all of it tells what the form had in front of it.
                    document = desk.answers(&row, &tool, only, Depth::Ever)?.as_seen(&form);
                }
                let changes = document.changes(given.clone());
                Ok((desk.sealed(&app, id, changes)?, given, next))
            })
            .await?;
        if changes.is_empty() {
            return Ok(Written { seen, next });
        }
        let body = (id, section, seen.to_string(), &given);
        let numbers = self.add_answers(actor, command, Action::DocumentWrite, id, changes, &body).await?;
        Ok(Written { seen: seen.with(numbers), next })
    }

    /// Makes one's own document say again what it said at a moment. What was written since can still be read.
    ///
    /// # Errors
    /// When it is not one's own.
    pub async fn bring_back(
        &self,
        actor: &Actor,
        command: CommandId,
        id: DocumentId,
        at: Timestamp,
    ) -> Result<()> {
        let app = self.clone();
        let changes = self
            .prepare(actor, Action::DocumentBringBack, About::Document(id), move |desk| {
                let row = desk.document_row(id)?;
                let tool = app.definitions.get(desk.tx, &row.definition)?;
                let all = Opening::ALL.names(&tool, false);
                let changes = desk.answers(&row, &tool, &all, Depth::Ever)?.bring_back(at);
                desk.sealed(&app, id, changes)
            })
            .await?;
        if !changes.is_empty() {
            let body = (id, at);
            self.add_answers(actor, command, Action::DocumentBringBack, id, changes, &body).await?;
        }
        Ok(())
    }

    /// Throws a document of one's own away, with everything in it and everything shared of it.
    ///
    /// # Errors
    /// When it is not one's own.
    pub async fn forget_document(&self, actor: &Actor, command: CommandId, id: DocumentId) -> Result<()> {
        let keys = self.keys.clone();
        self.command(actor, command, Action::DocumentForget, About::Document(id), &id, move |desk| {
            document::forget(desk.tx, id)?;
            keys.forget(desk.tx, Owner::Document(id.0), desk.now)?;
            Ok(())
        })
        .await
    }

    /// Keeps sealed answers. What they are written over was settled by what the form showed, so nothing is left to
    /// decide behind the door but whether the section is open still.
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn add_answers<B: serde::Serialize>(
        &self,
        actor: &Actor,
        command: CommandId,
        action: Action,
        id: DocumentId,
        sealed: Vec<Sealed>,
        body: &B,
    ) -> Result<Vec<i64>> {
        let count = i64::try_from(sealed.len()).map_err(|_| Error::Damaged("answer"))?;
        let app = self.clone();
        self.command(actor, command, action, About::Document(id), body, move |desk| {
            let row = desk.document_row(id)?;
            let tool = app.definitions.get(desk.tx, &row.definition)?;
            let opening = Opening::of(desk, &row)?;
            let first = document::take_numbers(desk.tx, id, count, desk.now)?.ok_or(Error::NotFound)?;
            let mut numbers = Vec::new();
            for (number, Sealed { id: answer, writing, body }) in (first..).zip(&sealed) {
                let (section, _) = tool.question(&writing.question).ok_or(Error::NotFound)?;
                if !opening.writes(&section.id) {
                    return Err(Error::NotFound);
                }
                let row = AnswerRow {
                    id: *answer,
                    number,
                    section: section.id.clone(),
                    question: writing.question.clone(),
                    item: writing.item,
                    over: writing.over.clone(),
                    first: writing.first.unwrap_or(number),
                    by: desk.actor.account,
                    at: desk.now,
                    body: body.clone(),
                };
                document::answer_insert(desk.tx, id, &row)?;
                numbers.push(number);
            }
            Ok(numbers)
        })
        .await
    }
}

impl Desk<'_, '_> {
    /// Seals what is to be written, before it waits for its turn to be kept.
    pub(crate) fn sealed(&mut self, app: &App, id: DocumentId, changes: Vec<Writing>) -> Result<Vec<Sealed>> {
        let key = self.keys.get(self.tx, Owner::Document(id.0))?;
        let seal_one = |writing: Writing| {
            let id = AnswerId(app.ids.next());
            let body = seal(&key, &answer_place(id), &writing.answer)?;
            Ok(Sealed { id, writing, body })
        };
        changes.into_iter().map(seal_one).collect()
    }

    /// The crisis plan of a person that was written in last, if it is another paper than this one.
    fn crisis_plan_of(&mut self, app: &App, person: PersonId, not: DocumentId) -> Result<Option<DocumentId>> {
        for row in document::of_person(self.tx, person)? {
            if row.id != not && app.definitions.get(self.tx, &row.definition)?.shelf == Shelf::Crisis {
                return Ok(Some(row.id));
            }
        }
        Ok(None)
    }

    /// Every crisis plan of a person, whole: only for a look in an emergency, which has passed its own door.
    pub(crate) fn whole_crisis_plans(&mut self, app: &App, person: PersonId) -> Result<Vec<DocumentView>> {
        let mut views = Vec::new();
        for row in document::of_person(self.tx, person)? {
            if app.definitions.get(self.tx, &row.definition)?.shelf == Shelf::Crisis {
                let mut view = self.document_view(app, row, &Opening::ALL, Depth::Now)?;
                view.writes.clear();
                views.push(view);
            }
        }
        Ok(views)
    }

    fn document_line(
        &mut self,
        app: &App,
        row: DocumentRow,
        opening: &Opening,
        readers: usize,
    ) -> Result<DocumentLine> {
        let tool = app.definitions.get(self.tx, &row.definition)?;
        let (open, today) = (opening.names(&tool, false), self.day_here(row.programme)?);
        // To a reader, the day of a section they can't see tells nothing.
        let mut changed = None;
        for section in &open {
            changed = changed.max(document::section_changed(self.tx, row.id, section)?);
        }
        Ok(DocumentLine {
            id: row.id,
            changed: changed.unwrap_or(row.started_at),
            readers,
            may_write: !opening.names(&tool, true).is_empty(),
            again: self.again(app, &row, &open, today)?,
            tool,
        })
    }
}
