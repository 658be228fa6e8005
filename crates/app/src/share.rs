//! A person's yes to somebody reading, or helping to write, sections of what is theirs.

use crate::consent::{LONGEST_DAYS, PersonHere};
use crate::door::{About, Actor, Desk};
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use porchlight_access::{Access, Facts, Relation};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, CommandId, DocumentId, PersonId, ShareId};
use porchlight_practice::pack::Tool;
use porchlight_store::document::DocumentRow;
use porchlight_store::share::ShareRow;
use porchlight_store::{account, document, person as people, share, support};
use std::sync::Arc;

/// What is shared of one document with one reader.
#[derive(Debug, Clone)]
pub struct ShareView {
    /// Of which document.
    pub document: DocumentId,
    /// Which tool that is.
    pub tool: Arc<Tool>,
    /// Who may read.
    pub reader: AccountId,
    /// Their name.
    pub name: String,
    /// The sections, by name, in no order.
    pub sections: Vec<String>,
    /// Whether they may write, too.
    pub writes: bool,
    /// From when.
    pub from: Timestamp,
    /// Until when it was given.
    pub until: Timestamp,
    /// When it was stopped.
    pub stopped: Option<Timestamp>,
    /// Whether it is in force now.
    pub in_force: bool,
}

/// Whether a yes opens a document to somebody in this role.
fn reads_when_shared(access: &Access, role: Role) -> bool {
    let may = |relation| {
        access
            .decide(Facts { action: Action::DocumentRead, asker: role.into(), relation, consent: true })
            .is_allow()
    };
    may(Relation::Programme)
}

/// Who can be let in: whoever works in the programme in a role that a yes opens something to. When the person works for
/// the agency too, only who walks with them: no other colleague may even be named.
fn readers(desk: &mut Desk<'_, '_>, access: &Access, person: PersonId) -> Result<Vec<PersonHere>> {
    let row = people::get(desk.tx, person)?.ok_or(Error::NotFound)?;
    let mut here: Vec<PersonHere> = Vec::new();
    for member in account::members(desk.tx, row.programme)? {
        let known = here.iter().any(|known| known.account == member.account);
        // Nobody lets themself in: neither the person, who may work here too, nor whoever writes for them.
        let oneself = member.account == desk.actor.account;
        // A guardian of before can be let in by the young person who decides alone now.
        let theirs = member.role == Role::Supporter && member.person == Some(person);
        let elsewhere = member.person.is_some() && !theirs;
        if known || oneself || elsewhere || !reads_when_shared(access, member.role) {
            continue;
        }
        if row.guarded && !theirs && !support::walks(desk.tx, person, member.account)? {
            continue;
        }
        let name = desk.name_of(member.account)?;
        here.push(PersonHere { account: member.account, name, role: member.role });
    }
    here.sort_by_key(|member| member.name.to_lowercase());
    Ok(here)
}

/// Only the person decides about what is theirs; whoever walks with them writes it down for them while they have no way
/// to sign in.
pub(crate) fn theirs_to_say(desk: &mut Desk<'_, '_>, person: PersonId) -> Result<()> {
    let own = desk.is_theirs(person);
    if !own && account::of_person(desk.tx, person)?.is_some() {
        return Err(Fault::TheirsToSay.into());
    }
    Ok(())
}

/// Whoever writes something down for somebody can open to others only what is open to themself, while they write in it:
/// having walked with somebody once is no key to all they ever wrote.
pub(crate) fn theirs_to_open(desk: &mut Desk<'_, '_>, row: &DocumentRow, sections: &[String]) -> Result<()> {
    theirs_to_say(desk, row.person)?;
    if desk.is_theirs(row.person) {
        return Ok(());
    }
    let open = share::open_to(desk.tx, row.id, desk.actor.account, desk.now)?;
    let writes = |section: &String| open.iter().any(|open| open.section == *section && open.writes);
    if sections.iter().all(writes) { Ok(()) } else { Err(Error::NotFound) }
}

impl Desk<'_, '_> {
    /// Yeses to one reader that were given and ended together, as one.
    fn share_views(&mut self, app: &App, rows: Vec<ShareRow>) -> Result<Vec<ShareView>> {
        let mut views: Vec<ShareView> = Vec::new();
        for row in rows {
            let same = |view: &&mut ShareView| {
                (view.document, view.reader, view.writes) == (row.document, row.reader, row.writes)
                    && (view.from, view.until, view.stopped) == (row.from_at, row.until_at, row.stopped_at)
            };
            if let Some(view) = views.iter_mut().find(same) {
                view.sections.push(row.section);
                continue;
            }
            let document = document::get(self.tx, row.document)?.ok_or(Error::NotFound)?;
            views.push(ShareView {
                document: row.document,
                tool: app.definition(self.tx, &document.definition)?,
                reader: row.reader,
                name: self.name_of(row.reader)?,
                in_force: row.in_force(self.now),
                sections: vec![row.section],
                writes: row.writes,
                from: row.from_at,
                until: row.until_at,
                stopped: row.stopped_at,
            });
        }
        Ok(views)
    }

    /// Who can see a document now, for its owner.
    pub(crate) fn readers_of(&mut self, app: &App, id: DocumentId) -> Result<Vec<ShareView>> {
        let rows = share::in_force(self.tx, id, self.now)?;
        self.share_views(app, rows)
    }
}

impl App {
    /// Who can be let in to something of this person.
    ///
    /// # Errors
    /// When there is no such record for this actor.
    pub async fn share_readers(&self, actor: &Actor, person: PersonId) -> Result<Vec<PersonHere>> {
        let access = self.access.clone();
        self.prepare(actor, Action::ShareRead, About::Person(person), move |desk| {
            theirs_to_say(desk, person)?;
            readers(desk, &access, person)
        })
        .await
    }

    /// Lets somebody read these sections of a document for some days, and help to write them if asked. It takes the
    /// place of what was shared with them of it before, so that one stop stops all of it.
    ///
    /// # Errors
    /// When the reader is none of [`App::share_readers`], a section is none of the tool's, none is named, or the days are
    /// out of range.
    #[allow(clippy::too_many_arguments)]
    pub async fn share(
        &self,
        actor: &Actor,
        command: CommandId,
        id: DocumentId,
        reader: AccountId,
        sections: Vec<String>,
        days: i64,
        writes: bool,
    ) -> Result<()> {
        if !(1..=LONGEST_DAYS).contains(&days) {
            return Err(Fault::Unknown("days").into());
        }
        if sections.is_empty() {
            return Err(Fault::Empty("sections").into());
        }
        let ids: Vec<ShareId> = sections.iter().map(|_| ShareId(self.ids.next())).collect();
        let access: Arc<Access> = self.access.clone();
        let app = self.clone();
        let body = (id, reader, sections.clone(), days, writes);
        self.command(actor, command, Action::ShareGive, About::Document(id), &body, move |desk| {
            let row = document::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            theirs_to_open(desk, &row, &sections)?;
            let tool = app.definition(desk.tx, &row.definition)?;
            if !readers(desk, &access, row.person)?.iter().any(|known| known.account == reader) {
                return Err(Fault::Unknown("reader").into());
            }
            if sections.iter().any(|section| tool.section(section).is_none()) {
                return Err(Fault::Unknown("sections").into());
            }
            share::stop(desk.tx, id, row.person, reader, desk.now)?;
            let until_at = desk.yes_until(row.person, days)?;
            for (section, share_id) in sections.iter().zip(&ids) {
                let row = ShareRow {
                    id: *share_id,
                    programme: row.programme,
                    person: row.person,
                    document: id,
                    section: section.clone(),
                    reader,
                    writes,
                    from_at: desk.now,
                    until_at,
                    stopped_at: None,
                };
                share::insert(desk.tx, &row)?;
            }
            Ok(())
        })
        .await
    }

    /// Stops everything shared of a document with one reader, at once. Stopping twice changes nothing.
    ///
    /// # Errors
    /// When the document is not the actor's to decide about.
    pub async fn stop_share(
        &self,
        actor: &Actor,
        command: CommandId,
        id: DocumentId,
        reader: AccountId,
    ) -> Result<()> {
        self.command(actor, command, Action::ShareStop, About::Document(id), &(id, reader), move |desk| {
            let row = document::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            theirs_to_say(desk, row.person)?;
            share::stop(desk.tx, id, row.person, reader, desk.now)?;
            Ok(())
        })
        .await
    }

    /// Everything a person shares of what is theirs, in force or not, the newest first.
    ///
    /// # Errors
    /// When it is not one's own.
    pub async fn shares(&self, actor: &Actor, person: PersonId) -> Result<Vec<ShareView>> {
        let app = self.clone();
        self.look(actor, Action::ShareRead, About::Person(person), "choices", move |desk| {
            if desk.actor.person != Some(person) {
                return Err(Error::NotFound);
            }
            let rows = share::of_person(desk.tx, person)?;
            desk.share_views(&app, rows)
        })
        .await
    }
}
