//! What people write in tools. It is the person's own, and sits outside the programme's record: whoever is not let in
//! finds nothing, not even that there is something.

use crate::carry::Beside;
use crate::door::{About, Actor, Desk, open, seal};
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_access::Relation;
use porchlight_practice::document::{Answer, Document, Revision, Seen, Writing};
use porchlight_practice::id::{AccountId, AnswerId, CommandId, DocumentId, ItemId, PersonId, ShareId};
use porchlight_practice::pack::{Section, Theme, Tool, Writes};
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
    /// The tool as it was when this was begun.
    pub tool: Arc<Tool>,
    /// The answers, of the sections below alone.
    pub document: Document,
    /// The names of who wrote them.
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
        by: row.by,
        at: row.at,
        answer,
    })
}

/// The answers of these sections, unsealed. What is not asked for is not read.
pub(crate) fn answers(
    tx: &mut Tx<'_>,
    keys: &Keys,
    row: &DocumentRow,
    tool: &Tool,
    sections: &[String],
) -> Result<Document> {
    let key = keys.get(tx, Owner::Document(row.id.0))?;
    let rows = if sections.len() == tool.sections.len() {
        document::answers(tx, row.id)?
    } else {
        let mut rows = Vec::new();
        for section in sections {
            rows.extend(document::answers_of_section(tx, row.id, section)?);
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
        if desk.actor.person == Some(row.person) {
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
    ) -> Result<Document> {
        answers(self.tx, self.keys, row, tool, sections)
    }

    fn document_view(&mut self, app: &App, row: DocumentRow, opening: &Opening) -> Result<DocumentView> {
        let tool = app.definitions.get(self.tx, &row.definition)?;
        let open = opening.names(&tool, false);
        let document = self.answers(&row, &tool, &open)?;
        let mut writers = BTreeMap::new();
        for by in document.writers() {
            writers.insert(by, App::name_of(self.keys, self.tx, by)?);
        }
        let own = self.actor.person == Some(row.person);
        let (rules, _) = self.rules(row.programme)?;
        let newer = rules.tools.iter().any(|now| now.id == tool.id && now.version > tool.version);
        let beside = if own { self.beside(app, &row, &tool)? } else { Vec::new() };
        Ok(DocumentView {
            kept: Kept::WithThePerson,
            id: row.id,
            person: row.person,
            called: self.profile_of(row.person)?.called,
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
            let own = desk.actor.person == Some(person);
            if !own && account::of_person(desk.tx, person)?.is_some() {
                return Err(Fault::TheirsToSay.into());
            }
            let programme = desk.programme()?;
            let (rules, _) = desk.rules(programme)?;
            let fits = |tool: &&Tool| match tool.writes {
                Writes::Person => own,
                Writes::Both => true,
                Writes::Helper | Writes::Staff => !own,
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
            Ok(Offered { tools, tucked_away })
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
            let own = desk.actor.person == Some(person);
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
            if own {
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
            let known =
                matches!(desk.standing.relation, Relation::Own | Relation::Walks | Relation::Supervises);
            // Whoever has no tie to the person and nothing open to them learns no name.
            let called =
                if known || !lines.is_empty() { desk.profile_of(person)?.called } else { String::new() };
            let actions = desk.actions(&app.access);
            let may_begin = !own
                && actions.contains(&Action::DocumentStart)
                && account::of_person(desk.tx, person)?.is_none();
            let opens_record = actions.contains(&Action::PersonRead);
            Ok((Papers { called, lines, closed, may_begin, opens_record }, ids))
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
            let view = desk.document_view(&app, row, &opening)?;
            let part = view.tool.shelf.as_str();
            Ok((view, part))
        })
        .await
    }

    /// One's own document exactly as somebody else sees it now.
    ///
    /// # Errors
    /// When it is not one's own.
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
            let mut view = desk.document_view(&app, row, &opening)?;
            (view.reader, view.own, view.newer) = (reader, false, false);
            view.beside.clear();
            let part = view.tool.shelf.as_str();
            Ok((view, part))
        })
        .await
    }

    /// Writes answers in one section of a document. `seen` is what the form showed: nothing that came since is written
    /// over. Answers what the form has seen now. Nothing new means nothing is kept.
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
        given: Vec<(String, ItemId, Answer)>,
    ) -> Result<Seen> {
        let (app, name, form, typed) = (self.clone(), section.to_owned(), seen.clone(), given.clone());
        let changes = self
            .prepare(actor, Action::DocumentWrite, About::Document(id), move |desk| {
                let row = desk.document_row(id)?;
                let tool = app.definitions.get(desk.tx, &row.definition)?;
                let section = tool.section(&name).ok_or(Error::NotFound)?;
                if !Opening::of(desk, &row)?.writes(&name) {
                    return Err(Error::NotFound);
                }
                let document = desk.answers(&row, &tool, std::slice::from_ref(&name))?;
                document.takes(section, &typed).map_err(Fault::Answer)?;
                Ok(document.as_seen(&form).changes(typed.clone()))
            })
            .await?;
        if changes.is_empty() {
            return Ok(seen);
        }
        let body = (id, section, seen.to_string(), &given);
        let numbers = self.add_answers(actor, command, Action::DocumentWrite, id, changes, &body).await?;
        Ok(seen.with(numbers))
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
                Ok(desk.answers(&row, &tool, &all)?.bring_back(at))
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

    /// Seals the answers, then keeps them. What they are written over was settled by what the form showed, so nothing is
    /// left to decide behind the door but whether the section is open still.
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn add_answers<B: serde::Serialize>(
        &self,
        actor: &Actor,
        command: CommandId,
        action: Action,
        id: DocumentId,
        changes: Vec<Writing>,
        body: &B,
    ) -> Result<Vec<i64>> {
        let key = self.key(Owner::Document(id.0)).await?;
        let mut sealed = Vec::new();
        for change in changes {
            let answer = AnswerId(self.ids.next());
            let body = seal(&key, &answer_place(answer), &change.answer)?;
            sealed.push((answer, change, body));
        }
        let count = i64::try_from(sealed.len()).map_err(|_| Error::Damaged("answer"))?;
        let app = self.clone();
        self.command(actor, command, action, About::Document(id), body, move |desk| {
            let row = desk.document_row(id)?;
            let tool = app.definitions.get(desk.tx, &row.definition)?;
            let opening = Opening::of(desk, &row)?;
            let first = document::take_numbers(desk.tx, id, count, desk.now)?.ok_or(Error::NotFound)?;
            let mut numbers = Vec::new();
            for (number, (answer, change, body)) in (first..).zip(&sealed) {
                let (section, _) = tool.question(&change.question).ok_or(Error::NotFound)?;
                if !opening.writes(&section.id) {
                    return Err(Error::NotFound);
                }
                let row = AnswerRow {
                    id: *answer,
                    number,
                    section: section.id.clone(),
                    question: change.question.clone(),
                    item: change.item,
                    over: change.over.clone(),
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
    fn document_line(
        &mut self,
        app: &App,
        row: DocumentRow,
        opening: &Opening,
        readers: usize,
    ) -> Result<DocumentLine> {
        let tool = app.definitions.get(self.tx, &row.definition)?;
        let open = opening.names(&tool, false);
        let document = self.answers(&row, &tool, &open)?;
        Ok(DocumentLine {
            id: row.id,
            changed: document.revisions().last().map_or(row.started_at, |last| last.at),
            readers,
            may_write: !opening.names(&tool, true).is_empty(),
            tool,
        })
    }
}
