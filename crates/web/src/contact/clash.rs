//! Two texts of one draft, when it was changed on two devices.

use askama::Template;
use jiff::Timestamp;
use porchlight_app::contact::DraftView;
use porchlight_practice::contact::Draft;
use porchlight_practice::id::{CommandId, ContactId, GoalId, PersonId};
use porchlight_practice::pack::{NoteField, Rules};

use crate::contact::form;
use crate::contact::words::{Line, lines};
use crate::error::Trouble;
use crate::page::Page;
use crate::site::Who;

/// One thing in which two texts differ.
pub(crate) struct Difference {
    pub name: String,
    pub here: String,
    pub there: String,
}

/// One way to go on: a button, and everything it saves.
pub(crate) struct Way {
    pub label: &'static str,
    pub fields: Vec<(String, String)>,
}

/// Both texts side by side. Each button keeps one, or both.
#[derive(Template)]
#[template(path = "contact/clash.html")]
pub(crate) struct ClashPage {
    pub page: Page,
    pub id: ContactId,
    pub person: PersonId,
    pub version: i64,
    pub saved_at: Timestamp,
    pub command: CommandId,
    pub differences: Vec<Difference>,
    pub ways: Vec<Way>,
}

impl ClashPage {
    pub(super) fn of(
        page: Page,
        command: CommandId,
        who: &Who,
        saved: DraftView,
        here: &Draft,
    ) -> Result<ClashPage, Trouble> {
        let rules = who.rules()?;
        Ok(ClashPage::with(page, command, rules, &who.zone, saved, here))
    }

    pub fn with(
        page: Page,
        command: CommandId,
        rules: &Rules,
        zone: &jiff::tz::TimeZone,
        saved: DraftView,
        here: &Draft,
    ) -> ClashPage {
        let goal = |id: Option<GoalId>| {
            saved.goals.iter().find(|(known, _)| Some(*known) == id).map(|(_, words)| words.clone())
        };
        let told = |draft: &Draft| lines(&page, rules, draft, goal(draft.goal));
        let (ours, theirs) = (told(here), told(&saved.draft));
        let mut differences = Vec::new();
        for field in NoteField::ALL {
            let find =
                |lines: &[Line]| lines.iter().find(|line| line.field == *field).map(|l| l.text.clone());
            let (here, there) = (find(&ours), find(&theirs));
            if here != there {
                let name = ours.iter().chain(&theirs).find(|line| line.field == *field);
                differences.push(Difference {
                    name: name.map(|line| line.name.clone()).unwrap_or_default(),
                    here: here.unwrap_or_default(),
                    there: there.unwrap_or_default(),
                });
            }
        }
        let way = |label, draft: &Draft| Way {
            label,
            fields: form::fill(draft, rules, zone)
                .values()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        };
        ClashPage {
            id: saved.id,
            person: saved.person,
            version: saved.version,
            saved_at: saved.saved_at,
            command,
            differences,
            ways: vec![
                way("contact-clash-both", &form::joined(here, &saved.draft)),
                way("contact-clash-here", here),
                way("contact-clash-there", &saved.draft),
            ],
            page: page.titled("contact-clash").focused("/day"),
        }
    }
}
