//! What a worker brings to their supervision. Nothing gets there by itself: what could be brought is offered, and picked.

use crate::door::{About, Actor, Desk, seal, subjects};
use crate::{Action, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::contact::Review;
use porchlight_practice::counsel::Topic;
use porchlight_practice::id::{
    AccountId, AgendaId, CommandId, ContactId, CounselId, ProgrammeId, SafetyReportId,
};
use porchlight_practice::supervision::Item;
use porchlight_store::seal::{Owner, Place};
use porchlight_store::supervision::{self, AgendaRow};
use porchlight_store::{contact, counsel, programme, safety};
use std::collections::BTreeSet;

/// How far back what could be brought goes, in days.
const OFFERED_DAYS: i64 = 60;

/// What was brought, as far as it can be said without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// Words.
    Words {
        /// The words.
        words: String,
        /// What they are about; empty when it was not said.
        topic: String,
    },
    /// A question.
    Question {
        /// Which.
        id: CounselId,
        /// What it is about.
        topic: Topic,
        /// When it was asked.
        asked: Timestamp,
    },
    /// A note that came back with a question.
    Note {
        /// Which.
        id: ContactId,
        /// With whom.
        person: String,
        /// When they met.
        started: Option<Timestamp>,
    },
    /// A report.
    Safety {
        /// Which.
        id: SafetyReportId,
        /// When it was sent.
        sent: Timestamp,
    },
}

impl Brought {
    /// As it is kept.
    pub fn item(&self) -> Item {
        match self {
            Brought::Words { words, topic } => Item::Words { words: words.clone(), topic: topic.clone() },
            Brought::Question { id, .. } => Item::Question { id: *id },
            Brought::Note { id, .. } => Item::Note { id: *id },
            Brought::Safety { id, .. } => Item::Safety { id: *id },
        }
    }
}

/// Something on an agenda.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// Its id.
    pub id: AgendaId,
    /// Who brings it, by name.
    pub by: String,
    /// To whom, by name.
    pub to: String,
    /// Whether the reader brings it.
    pub own: bool,
    /// What.
    pub brought: Brought,
}

/// Something that could be brought to a supervisor.
#[derive(Debug, Clone)]
pub struct Offer {
    /// To whom.
    pub to: AccountId,
    /// Their name.
    pub name: String,
    /// What.
    pub brought: Brought,
}

fn place(id: AgendaId) -> Place {
    Place::new("agenda_item", id.0, "body")
}

impl Desk<'_, '_> {
    /// What an item points at; none when it can't be said any more.
    fn brought(&mut self, item: Item) -> Result<Option<Brought>> {
        Ok(match item {
            Item::Words { words, topic } => Some(Brought::Words { words, topic }),
            Item::Question { id } => match counsel::get(self.tx, id)? {
                Some(row) => {
                    let topic = Topic::parse(&row.topic).ok_or(Error::Damaged("counsel"))?;
                    Some(Brought::Question { id, topic, asked: row.asked_at })
                }
                None => None,
            },
            Item::Note { id } => match contact::get(self.tx, id)? {
                Some(row) => {
                    let person = self.profile_of(row.person)?.short_name();
                    Some(Brought::Note { id, person, started: row.started })
                }
                None => None,
            },
            Item::Safety { id } => {
                safety::get(self.tx, id)?.map(|row| Brought::Safety { id, sent: row.sent_at })
            }
        })
    }

    fn item_view(&mut self, row: &AgendaRow) -> Result<Option<ItemView>> {
        let item: Item = self.open(Owner::Worker(row.worker.0), place(row.id), &row.body)?;
        let Some(brought) = self.brought(item)? else { return Ok(None) };
        Ok(Some(ItemView {
            id: row.id,
            by: self.name_of(row.worker)?,
            to: self.name_of(row.supervisor)?,
            own: row.worker == self.actor.account,
            brought,
        }))
    }

    pub(super) fn own_agenda(&mut self, here: ProgrammeId) -> Result<Vec<ItemView>> {
        let rows = supervision::agenda_of(self.tx, here, self.actor.account)?;
        let mut views = Vec::new();
        for row in rows {
            views.extend(self.item_view(&row)?);
        }
        Ok(views)
    }

    /// What those who are to be there bring to this supervisor: all of it for the supervisor, and for a worker only their
    /// own. A deputy or another supervisor sees nothing of it: it was brought to somebody else.
    pub(super) fn agenda_for(
        &mut self,
        here: ProgrammeId,
        supervisor: AccountId,
        with: &BTreeSet<AccountId>,
    ) -> Result<Vec<ItemView>> {
        let me = self.actor.account;
        let mut views = Vec::new();
        for row in supervision::brought_to(self.tx, here, supervisor)? {
            let open = row.worker == me || supervisor == me;
            if open && with.contains(&row.worker) {
                views.extend(self.item_view(&row)?);
            }
        }
        Ok(views)
    }

    /// What the actor could bring to one of these: open questions to them, notes that came back with a question, and what
    /// is left to talk about after a report. Never one that is about whoever would hear of it.
    pub(super) fn offers(
        &mut self,
        here: ProgrammeId,
        supervisors: &[(AccountId, String)],
    ) -> Result<Vec<Offer>> {
        let me = self.actor.account;
        let mut known = Vec::new();
        for row in supervision::agenda_of(self.tx, here, me)? {
            known.push(self.open::<Item>(Owner::Worker(me.0), place(row.id), &row.body)?);
        }
        let since = self.now - SignedDuration::from_hours(24 * OFFERED_DAYS);
        let mut offers = Vec::new();
        let questions = counsel::asked_by(self.tx, here, me)?;
        let notes = contact::signed_by(self.tx, here, me, since, 200)?;
        let reports = safety::of_programme(self.tx, here, since, 500)?;
        for (to, name) in supervisors {
            let mut items = Vec::new();
            for row in questions.iter().filter(|row| row.is_open && row.asked_of == *to) {
                items.push(Item::Question { id: row.id });
            }
            for row in notes.iter().filter(|row| row.review == Some(Review::Asked)) {
                items.push(Item::Note { id: row.id });
            }
            for row in
                reports.iter().filter(|row| row.reporter == me && !row.practice && row.sent_at >= since)
            {
                if !subjects(self.tx, row)?.contains(to) {
                    items.push(Item::Safety { id: row.id });
                }
            }
            for item in items {
                if !known.contains(&item)
                    && let Some(brought) = self.brought(item)?
                {
                    offers.push(Offer { to: *to, name: name.clone(), brought });
                }
            }
        }
        Ok(offers)
    }
}

impl App {
    /// Who supervises the actor, for a page on which something is picked for one of them. It leaves no trace, so that
    /// nobody can tell what was thought about and not picked.
    ///
    /// # Errors
    /// When the actor works in no programme, or is supervised by nobody.
    pub async fn own_supervisors(&self, actor: &Actor) -> Result<Vec<(AccountId, String)>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.prepare(actor, Action::SupervisionRead, About::Own, move |desk| {
            let mut all = Vec::new();
            for id in programme::supervisors_of(desk.tx, here, desk.actor.account)? {
                all.push((id, desk.name_of(id)?));
            }
            Ok(all)
        })
        .await
    }

    /// Brings something to one's supervision with somebody.
    ///
    /// # Errors
    /// When they don't supervise the actor, it is not the actor's own to bring, or it is about whoever would hear of it.
    pub async fn bring_to_supervision(
        &self,
        actor: &Actor,
        command: CommandId,
        to: AccountId,
        item: Item,
    ) -> Result<AgendaId> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let item = match item {
            Item::Words { words, topic } => Item::words(&words, &topic)?,
            other => other,
        };
        let id = AgendaId(self.ids.next());
        let key = self.key(Owner::Worker(actor.account.0)).await?;
        let sealed = seal(&key, &place(id), &item)?;
        let body = (to, item.clone());
        self.command(actor, command, Action::SupervisionBring, About::Own, &body, move |desk| {
            let me = desk.actor.account;
            let supervisors = programme::supervisors_of(desk.tx, here, me)?;
            if !supervisors.contains(&to) {
                return Err(Fault::Unknown("to").into());
            }
            let offered = match &item {
                Item::Words { topic, .. } => {
                    let (rules, _) = desk.rules(here)?;
                    topic.is_empty() || rules.supervision_topics.iter().any(|one| one.id == *topic)
                }
                pointer => {
                    let offers = desk.offers(here, &[(to, String::new())])?;
                    offers.iter().any(|offer| offer.brought.item() == *pointer)
                }
            };
            if !offered {
                return Err(Fault::Unknown("item").into());
            }
            let row = AgendaRow {
                id,
                programme: here,
                worker: me,
                supervisor: to,
                meeting: None,
                body: sealed.clone(),
                at: desk.now,
            };
            supervision::bring(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// Takes something of one's own off the agenda again.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was talked about, or is gone.
    pub async fn take_off_agenda(&self, actor: &Actor, command: CommandId, id: AgendaId) -> Result<()> {
        self.command(actor, command, Action::SupervisionTakeOff, About::Own, &id, move |desk| {
            match supervision::take_off(desk.tx, id, desk.actor.account)? {
                true => Ok(()),
                false => Err(Error::Stale),
            }
        })
        .await
    }
}
