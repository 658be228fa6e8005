//! Papers that their owner wanted to look at again, and whose day has come. The day stands in the paper itself, sealed as
//! every answer is; who sees that it has come is who can read that section.

use crate::document::Depth;
use crate::door::Desk;
use crate::{App, Result};
use jiff::civil::Date;
use porchlight_practice::document::{Answer, Document};
use porchlight_practice::id::{DocumentId, PersonId};
use porchlight_practice::pack::Tool;
use porchlight_store::document::{self, DocumentRow};
use std::sync::Arc;

/// A paper whose day has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Which.
    pub document: DocumentId,
    /// Its tool.
    pub tool: Arc<Tool>,
    /// The part in which the day stands.
    pub section: String,
    /// The day.
    pub day: Date,
}

/// The last day that has come, among these answers.
fn come(document: &Document, question: &str, today: Date) -> Option<Date> {
    let items = document.items(question);
    let days = items.iter().flat_map(|item| &item.texts).filter_map(|said| {
        let Answer::Date { date } = said.answer else { return None };
        Some(date)
    });
    // Two who wrote at once may have said two days: the later one is asked for when it comes.
    days.max().filter(|day| *day <= today)
}

impl Desk<'_, '_> {
    /// Whether the day of a paper has come, as far as these sections tell.
    pub(crate) fn again(
        &mut self,
        app: &App,
        row: &DocumentRow,
        open: &[String],
        today: Date,
    ) -> Result<Option<Again>> {
        let tool = app.definition(self.tx, &row.definition)?;
        for section in tool.sections.iter().filter(|section| open.contains(&section.id)) {
            let Some(question) = section.questions.iter().find(|question| question.again) else { continue };
            let only = std::slice::from_ref(&section.id);
            let said = self.answers(row, &tool, only, Depth::Now)?;
            if let Some(day) = come(&said, &question.id, today) {
                let section = section.id.clone();
                return Ok(Some(Again { document: row.id, tool, section, day }));
            }
        }
        Ok(None)
    }

    /// The papers of a person whose day has come, the longest ago first; for their own eyes.
    pub(crate) fn own_again(&mut self, app: &App, person: PersonId, today: Date) -> Result<Vec<Again>> {
        let mut found = Vec::new();
        for row in document::of_person(self.tx, person)? {
            let tool = app.definition(self.tx, &row.definition)?;
            let all: Vec<String> = tool.sections.iter().map(|section| section.id.clone()).collect();
            found.extend(self.again(app, &row, &all, today)?);
        }
        found.sort_by_key(|again| again.day);
        Ok(found)
    }
}
