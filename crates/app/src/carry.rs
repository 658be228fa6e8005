//! Answers that belong beside each other in two papers of the same person, and go from one into the other when the person
//! says so. Which ones belong together is written in the definitions of the tools.

use crate::document::Depth;
use crate::door::{About, Actor, Desk};
use crate::{Action, App, Error, Fault, Result};
use porchlight_practice::document::{Answer, Document};
use porchlight_practice::id::{CommandId, DocumentId, ItemId};
use porchlight_practice::pack::Tool;
use porchlight_store::document::{self, DocumentRow};
use std::sync::Arc;

/// What another paper says to a question of this one.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The question of this paper.
    pub question: String,
    /// The other paper: the one of its tool that was written in last.
    pub document: DocumentId,
    /// Its tool.
    pub tool: Arc<Tool>,
    /// The question there.
    pub there: String,
    /// What is answered there.
    pub said: Vec<Answer>,
    /// Which way answers go.
    pub way: Way,
}

/// Which way answers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From there to here.
    Here,
    /// From here to there.
    There,
}

/// An answer to be put into another paper.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Carried {
    /// Where it stands.
    pub from: DocumentId,
    /// The question there.
    pub question: String,
    /// Which answer of a list; none for all of them.
    pub item: Option<ItemId>,
    /// Where it goes.
    pub to: DocumentId,
    /// The question there.
    pub there: String,
}

impl Desk<'_, '_> {
    /// What belongs beside the questions of a paper.
    pub(crate) fn beside(&mut self, app: &App, row: &DocumentRow, tool: &Tool) -> Result<Vec<Beside>> {
        let mut links = Vec::new();
        for question in tool.sections.iter().flat_map(|section| &section.questions) {
            links.extend(question.beside.as_ref().map(|link| (question.id.clone(), link, Way::Here)));
            links.extend(question.into.as_ref().map(|link| (question.id.clone(), link, Way::There)));
        }
        if links.is_empty() {
            return Ok(Vec::new());
        }
        let papers = document::of_person(self.tx, row.person)?;
        let mut beside = Vec::new();
        for (question, link, way) in links {
            let Some(other) = papers.iter().find(|paper| paper.tool == link.tool && paper.id != row.id)
            else {
                continue;
            };
            let definition = app.definition(self.tx, &other.definition)?;
            // A paper that was begun before the question was there has nothing to say to it.
            let Some((section, _)) = definition.question(&link.question) else { continue };
            let answers = self.answers(other, &definition, std::slice::from_ref(&section.id), Depth::Now)?;
            let said = answers.items(&link.question).iter().map(|item| item.answer().clone()).collect();
            let there = link.question.clone();
            beside.push(Beside { question, document: other.id, tool: definition, there, said, way });
        }
        Ok(beside)
    }
}

impl App {
    /// Puts an answer of one of the actor's own papers into another of theirs, where the tools say that it belongs. What
    /// stands there already is not put there again, and nothing there is written over.
    ///
    /// # Errors
    /// When one of them is not the actor's own, or no tool says that these two belong together.
    pub async fn carry(&self, actor: &Actor, command: CommandId, carried: Carried) -> Result<()> {
        let (app, what) = (self.clone(), carried.clone());
        let changes = self
            .prepare(actor, Action::DocumentWrite, About::Document(carried.to), move |desk| {
                let (from, to) = (desk.document_row(what.from)?, desk.document_row(what.to)?);
                if desk.actor.person != Some(from.person) || from.person != to.person {
                    return Err(Error::NotFound);
                }
                let from_tool = app.definition(desk.tx, &from.definition)?;
                let to_tool = app.definition(desk.tx, &to.definition)?;
                let (from_section, asked) = from_tool.question(&what.question).ok_or(Error::NotFound)?;
                let (section, there) = to_tool.question(&what.there).ok_or(Error::NotFound)?;
                let put = asked.into.as_ref().is_some_and(|link| link.is_to(&to.tool, &there.id));
                let taken = there.beside.as_ref().is_some_and(|link| link.is_to(&from.tool, &asked.id));
                if !(put || taken) || !there.kind.takes(&asked.kind) {
                    return Err(Error::NotFound);
                }
                let said =
                    desk.answers(&from, &from_tool, std::slice::from_ref(&from_section.id), Depth::Now)?;
                let document = desk.answers(&to, &to_tool, std::slice::from_ref(&section.id), Depth::Now)?;
                let known: Vec<Answer> =
                    document.items(&there.id).iter().map(|item| item.answer().clone()).collect();
                let mut given = Vec::new();
                for item in said.items(&asked.id) {
                    let wanted = what.item.is_none_or(|id| id == item.id);
                    let room = there.kind.is_list() || known.is_empty();
                    if wanted && room && !known.contains(item.answer()) {
                        let id = if there.kind.is_list() { ItemId(app.ids.next()) } else { Document::ONLY };
                        given.push((there.id.clone(), id, item.answer().clone()));
                    }
                }
                document.takes(section, &given).map_err(Fault::Answer)?;
                desk.sealed(&app, to.id, document.changes(given))
            })
            .await?;
        if !changes.is_empty() {
            let (id, action) = (carried.to, Action::DocumentWrite);
            self.add_answers(actor, command, action, id, changes, &carried).await?;
        }
        Ok(())
    }
}
