//! Cards: what a person opens to strangers who find them in trouble, by a code that they carry and can switch off.

use crate::document::{Depth, answers};
use crate::door::{About, Actor, Desk, open, seal};
use crate::reading::person_place;
use crate::share::{theirs_to_open, theirs_to_say};
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use porchlight_practice::card::CardCode;
use porchlight_practice::document::Document;
use porchlight_practice::id::{CardId, CommandId, DocumentId};
use porchlight_practice::pack::Tool;
use porchlight_practice::person::Profile;
use porchlight_store::card::CardRow;
use porchlight_store::seal::{Owner, Place};
use porchlight_store::{card, document, person as people};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// The most cards of one paper that are on at once.
const MOST: usize = 10;
/// How many wrong codes are answered in a minute, all strangers together. A right one always opens.
const WRONG_A_MINUTE: u32 = 60;

/// Wrong codes in the minute that runs.
#[derive(Default)]
pub(crate) struct Tries(Mutex<(i64, u32)>);

impl Tries {
    /// Counts one more. `false` when it is one too many.
    fn wrong(&self, now: Timestamp) -> bool {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.as_second() / 60;
        if held.0 != minute {
            *held = (minute, 0);
        }
        held.1 = held.1.saturating_add(1);
        held.1 <= WRONG_A_MINUTE
    }
}

/// One card, as its owner sees it.
#[derive(Debug, Clone)]
pub struct CardView {
    /// Its id.
    pub id: CardId,
    /// The code.
    pub code: CardCode,
    /// The sections it opens, by name.
    pub sections: Vec<String>,
    /// When it was made.
    pub made: Timestamp,
    /// When it was switched off.
    pub off: Option<Timestamp>,
}

/// What a stranger sees.
#[derive(Debug, Clone)]
pub struct OpenCard {
    /// What the person is called.
    pub called: String,
    /// The tool.
    pub tool: Arc<Tool>,
    /// The answers of the card's sections alone.
    pub document: Document,
    /// Those sections, by name.
    pub sections: Vec<String>,
}

fn hash(code: &CardCode) -> [u8; 32] {
    Sha256::digest(code.expose().as_bytes()).into()
}

fn code_place(id: CardId) -> Place {
    Place { table: "card", row: id.0, column: "code" }
}

impl Desk<'_, '_> {
    fn cards(&mut self, id: DocumentId) -> Result<Vec<CardView>> {
        let key = self.keys.get(self.tx, Owner::Document(id.0))?;
        let mut cards = Vec::new();
        for row in card::of_document(self.tx, id)? {
            let code: String = open(&key, &code_place(row.id), &row.code)?;
            cards.push(CardView {
                id: row.id,
                code: code.parse().map_err(|_| Error::Damaged("card"))?,
                sections: row.sections,
                made: row.made_at,
                off: row.off_at,
            });
        }
        Ok(cards)
    }
}

impl App {
    /// Makes a card that opens these sections to whoever has its code.
    ///
    /// # Errors
    /// When a section may not stand on a card, none is named, or there are enough cards.
    pub async fn make_card(
        &self,
        actor: &Actor,
        command: CommandId,
        id: DocumentId,
        sections: Vec<String>,
    ) -> Result<CardId> {
        if sections.is_empty() {
            return Err(Fault::Empty("sections").into());
        }
        let code = loop {
            if let Some(code) = CardCode::from_random(self.ids.secret()) {
                break code;
            }
        };
        let card_id = CardId(self.ids.unguessable());
        let key = self.key(Owner::Document(id.0)).await?;
        let sealed = seal(&key, &code_place(card_id), &code.expose())?;
        let app = self.clone();
        let body = (id, sections.clone());
        self.command(actor, command, Action::CardMake, About::Document(id), &body, move |desk| {
            let row = document::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            theirs_to_open(desk, &row, &sections)?;
            let tool = app.definition(desk.tx, &row.definition)?;
            if sections.iter().any(|name| !tool.section(name).is_some_and(|section| section.card)) {
                return Err(Fault::Unknown("sections").into());
            }
            let on = card::of_document(desk.tx, id)?.iter().filter(|card| card.off_at.is_none()).count();
            if on >= MOST {
                return Err(Fault::TooLong("cards").into());
            }
            let row = CardRow {
                id: card_id,
                programme: row.programme,
                person: row.person,
                document: id,
                code_hash: hash(&code).to_vec(),
                code: sealed.clone(),
                sections: sections.clone(),
                made_at: desk.now,
                off_at: None,
            };
            card::insert(desk.tx, &row)?;
            Ok(card_id)
        })
        .await
    }

    /// Switches a card off, at once. Twice changes nothing.
    ///
    /// # Errors
    /// When the paper is not the actor's to decide about.
    pub async fn switch_off_card(
        &self,
        actor: &Actor,
        command: CommandId,
        document: DocumentId,
        id: CardId,
    ) -> Result<()> {
        let (about, body) = (About::Document(document), (document, id));
        self.command(actor, command, Action::CardSwitchOff, about, &body, move |desk| {
            let row = document::get(desk.tx, document)?.ok_or(Error::NotFound)?;
            theirs_to_say(desk, row.person)?;
            card::switch_off(desk.tx, id, row.person, desk.now)?;
            Ok(())
        })
        .await
    }

    /// Every card of a paper, the newest first.
    ///
    /// # Errors
    /// When the paper is not the actor's to decide about.
    pub async fn cards(&self, actor: &Actor, id: DocumentId) -> Result<Vec<CardView>> {
        self.look(actor, Action::CardRead, About::Document(id), "card", move |desk| {
            let row = document::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            theirs_to_say(desk, row.person)?;
            desk.cards(id)
        })
        .await
    }

    /// Opens a card to whoever has its code: the one look that needs nobody signed in. The person reads of it under
    /// "Who looked".
    ///
    /// # Errors
    /// [`Error::NotFound`] when no card that is on has this code; [`Error::Busy`] when there were too many such tries.
    pub async fn open_card(&self, code: &str) -> Result<OpenCard> {
        let opened = match code.parse::<CardCode>() {
            Ok(code) => self.card_of(hash(&code)).await,
            Err(_) => Err(Error::NotFound),
        };
        match opened {
            Err(Error::NotFound) if !self.tries.wrong(self.now()) => Err(Error::Busy),
            opened => opened,
        }
    }

    async fn card_of(&self, code: [u8; 32]) -> Result<OpenCard> {
        let app = self.clone();
        self.look_by_card(code, move |tx, _| {
            let row = card::by_code(tx, &code)?.ok_or(Error::NotFound)?;
            let paper = document::get(tx, row.document)?.ok_or(Error::NotFound)?;
            let tool = app.definition(tx, &paper.definition)?;
            // A section that a later form of the tool keeps from strangers is kept from them at once.
            let on_card = |name: &String| tool.section(name).is_some_and(|section| section.card);
            let sections: Vec<String> = row.sections.iter().filter(|name| on_card(name)).cloned().collect();
            let document = answers(tx, &app.keys, &paper, &tool, &sections, Depth::Now)?.on_card();
            let person = people::get(tx, row.person)?.ok_or(Error::NotFound)?;
            let key = app.keys.get(tx, Owner::Person(row.person.0))?;
            let profile: Profile = open(&key, &person_place(row.person), &person.profile)?;
            Ok(OpenCard { called: profile.called, tool, document, sections })
        })
        .await
    }
}
