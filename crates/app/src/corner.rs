//! Somebody's own corner: what a peer specialist writes for themself alone.
//!
//! This is the one thing that passes neither door. It is no record of the programme, so there is no policy to ask: the
//! passphrase is the permission. It leaves no journal entry and no command, since either would tell that somebody was
//! there. A form that is sent twice still does it once: everything in a corner is kept under an id that the form has made.
//!
//! While it is open the key is in the cookie of one session, sealed for that session, and on this side for the length of a
//! request. Nothing here may log, count or tell anybody.

use crate::account::Session;
use crate::document::{DocumentView, Kept};
use crate::password::stretch;
use crate::{Actor, App, Error, Fault, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::corner::{
    Corner, CornerCode, Energy, Paper, SIZE_LIMIT, check_passphrase, passphrase,
};
use porchlight_practice::document::{Answer, Seen};
use porchlight_practice::goal::Ten;
use porchlight_practice::id::{AnswerId, DocumentId, EnergyId, ItemId, PersonId};
use porchlight_practice::pack::{Rules, Tool, Writes};
pub use porchlight_store::corner::FILE_LIMIT;
use porchlight_store::corner::{self, CornerKey, CornerRow, Opener, Stretched, Vault, salt};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// How long a corner stays open when nothing happens, in minutes.
pub const CORNER_IDLE_MINUTES: i64 = 15;
/// How many wrong tries there may be within [`TRIES_MINUTES`].
const TRIES: usize = 5;
/// How far back wrong tries count, in minutes: the longest that somebody else's tries keep the owner out.
const TRIES_MINUTES: i64 = 5;

/// Wrong tries of the last minutes, in memory: a table of them would tell who has a corner.
#[derive(Default)]
pub(crate) struct Tries(Mutex<HashMap<CornerRow, Vec<Timestamp>>>);

impl Tries {
    fn begin(&self, row: CornerRow, now: Timestamp) -> Result<()> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now - SignedDuration::from_mins(TRIES_MINUTES);
        held.retain(|_, tries| {
            tries.retain(|at| *at > since);
            !tries.is_empty()
        });
        let tries = held.entry(row).or_default();
        if tries.len() >= TRIES {
            return Err(Fault::TooManyTries.into());
        }
        tries.push(now);
        Ok(())
    }

    fn right(&self, row: CornerRow) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&row);
    }
}

/// A corner that is open, in one session. Only its owner's passphrase or code makes one.
#[derive(Debug, Clone)]
pub struct OpenCorner {
    key: CornerKey,
    row: CornerRow,
    session: Uuid,
}

/// The secret that somebody typed, and which of the two it may be. What reads as a code is tried as one first.
fn openers(typed: &str) -> Vec<(Opener, String)> {
    let code = typed.parse::<CornerCode>().ok().map(|code| (Opener::Code, code.expose().to_owned()));
    code.into_iter().chain([(Opener::Passphrase, passphrase(typed))]).collect()
}

/// Opens a file that somebody took along, anywhere: no server, no account, no database is needed.
///
/// # Errors
/// [`Fault::NoCorner`] when the file is none, [`Fault::CornerShut`] when the secret does not open it.
pub fn open_file(file: &[u8], secret: &str) -> Result<Corner> {
    let vault = Vault::from_bytes(file).map_err(|_| Fault::NoCorner)?;
    for (opener, secret) in openers(secret) {
        let stretched = stretch(&secret, vault.salt(opener))?;
        if let Some(key) = vault.key(opener, &stretched.key) {
            return read(&vault, &key);
        }
    }
    Err(Fault::CornerShut.into())
}

fn read(vault: &Vault, key: &CornerKey) -> Result<Corner> {
    // Another key than the one that is open: thrown away or replaced meanwhile, on another device.
    let words = vault.open(key).map_err(|_| Error::NotFound)?;
    serde_json::from_slice(&words).map_err(|_| Error::Damaged("corner"))
}

fn written(corner: &Corner) -> Result<Vec<u8>> {
    let words = serde_json::to_vec(corner).map_err(|_| Error::Damaged("corner"))?;
    if words.len() > SIZE_LIMIT {
        return Err(Fault::Corner(porchlight_practice::corner::CornerFault::Full).into());
    }
    Ok(words)
}

/// The tools one can begin in a corner: everything that a person can write by themself, and what is made for workers.
pub fn tools_for_oneself(rules: &Rules) -> impl Iterator<Item = &Tool> {
    rules.tools.iter().filter(|tool| matches!(tool.writes, Writes::Person | Writes::Both | Writes::Worker))
}

/// A paper of a corner, as the pages of papers show it.
pub fn paper_view(paper: &Paper) -> DocumentView {
    let sections: Vec<String> = paper.tool.sections.iter().map(|section| section.id.clone()).collect();
    DocumentView {
        read_too: None,
        crisis_plan: None,
        decides: false,
        kept: Kept::InACorner,
        id: paper.id,
        person: PersonId(Uuid::nil()),
        called: String::new(),
        tool: Arc::new(paper.tool.clone()),
        document: paper.document(),
        writers: BTreeMap::new(),
        reader: Corner::OWNER,
        open: sections.clone(),
        writes: sections,
        seen: paper.seen(),
        changed: paper.changed(),
        own: true,
        newer: false,
        beside: Vec::new(),
        strengths: Vec::new(),
        earlier: false,
        readers: Vec::new(),
    }
}

impl App {
    fn corner_row(&self, actor: &Actor) -> CornerRow {
        CornerRow::of(&self.keys, actor.account)
    }

    /// Whether the actor has a corner. Nobody else can ask.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn has_corner(&self, actor: &Actor) -> Result<bool> {
        let row = self.corner_row(actor);
        self.store.read(move |tx| Ok::<_, Error>(corner::exists(tx, row)?)).await
    }

    /// A code nobody can guess, and the key stretched from it.
    async fn fresh_code(&self) -> Result<(CornerCode, Stretched)> {
        let mut bytes = self.ids.secret();
        let code = loop {
            match CornerCode::from_random(bytes) {
                Some(code) => break code,
                None => bytes = self.ids.secret(),
            }
        };
        let stretched = self.passwords.stretch(code.expose(), salt()?).await?;
        Ok((code, stretched))
    }

    async fn fresh_passphrase(&self, typed: &str) -> Result<Stretched> {
        check_passphrase(typed)?;
        self.passwords.stretch(&passphrase(typed), salt()?).await
    }

    /// Makes the actor's corner and opens it. The code is shown once and kept nowhere.
    ///
    /// # Errors
    /// When the passphrase can't be taken, or [`Fault::HasCorner`].
    pub async fn make_corner(&self, session: &Session, typed: &str) -> Result<(OpenCorner, CornerCode)> {
        let row = self.corner_row(&session.actor);
        let by_passphrase = self.fresh_passphrase(typed).await?;
        let (code, by_code) = self.fresh_code().await?;
        let key = CornerKey::generate()?;
        let vault = Vault::new(&key, &by_passphrase, &by_code, &written(&Corner::default())?)?;
        self.keep_new_corner(row, vault).await?;
        Ok((OpenCorner { key, row, session: session.id }, code))
    }

    async fn keep_new_corner(&self, row: CornerRow, vault: Vault) -> Result<()> {
        self.store
            .write(move |tx| {
                if corner::exists(tx, row)? {
                    return Err(Fault::HasCorner.into());
                }
                Ok::<_, Error>(corner::put(tx, row, &vault, false)?)
            })
            .await
    }

    async fn vault(&self, row: CornerRow) -> Result<Vault> {
        self.store.read(move |tx| Ok::<_, Error>(corner::get(tx, row)?)).await?.ok_or(Error::NotFound)
    }

    /// Finds the key of a closed corner with whichever of the two secrets was typed.
    async fn unlock(&self, row: CornerRow, vault: &Vault, typed: &str) -> Result<CornerKey> {
        if typed.len() > porchlight_practice::account::PASSWORD_LIMIT {
            return Err(Fault::CornerShut.into());
        }
        self.corner_tries.begin(row, self.now())?;
        for (opener, secret) in openers(typed) {
            let stretched = self.passwords.stretch(&secret, vault.salt(opener)).await?;
            if let Some(key) = vault.key(opener, &stretched.key) {
                self.corner_tries.right(row);
                return Ok(key);
            }
        }
        Err(Fault::CornerShut.into())
    }

    /// Opens the actor's corner with its passphrase or its code.
    ///
    /// # Errors
    /// [`Fault::CornerShut`] when it is neither, [`Fault::TooManyTries`] for some minutes after too many tries.
    pub async fn open_corner(&self, session: &Session, typed: &str) -> Result<OpenCorner> {
        let row = self.corner_row(&session.actor);
        let vault = self.vault(row).await?;
        let key = self.unlock(row, &vault, typed).await?;
        Ok(OpenCorner { key, row, session: session.id })
    }

    /// What the browser carries while it is open: good for this session, until [`CORNER_IDLE_MINUTES`] have passed without
    /// anything happening.
    ///
    /// # Errors
    /// When the machine gives no random bytes.
    pub fn corner_cookie(&self, open: &OpenCorner) -> Result<String> {
        Ok(open.key.to_cookie(&self.keys, open.session, self.now())?)
    }

    /// The corner that a cookie holds open; none when it has closed.
    pub fn corner_of_cookie(&self, session: &Session, cookie: &str) -> Option<OpenCorner> {
        let (key, used) = CornerKey::from_cookie(&self.keys, session.id, cookie).ok()?;
        let closes = used + SignedDuration::from_mins(CORNER_IDLE_MINUTES);
        let row = self.corner_row(&session.actor);
        (self.now() < closes).then_some(OpenCorner { key, row, session: session.id })
    }

    /// Everything in it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was thrown away meanwhile.
    pub async fn corner(&self, open: &OpenCorner) -> Result<Corner> {
        let vault = self.vault(open.row).await?;
        read(&vault, &open.key)
    }

    async fn change_corner<T, F>(&self, open: &OpenCorner, change: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Corner) -> Result<T> + Send + Sync + 'static,
    {
        let (key, row, now) = (open.key.clone(), open.row, self.now());
        self.store
            .write(move |tx| {
                let mut vault = corner::get(tx, row)?.ok_or(Error::NotFound)?;
                let mut corner = read(&vault, &key)?;
                let before = corner.clone();
                let answer = change(&mut corner)?;
                corner.tidy(now);
                if corner != before {
                    vault.close(&key, &written(&corner)?)?;
                    corner::put(tx, row, &vault, false)?;
                }
                Ok(answer)
            })
            .await
    }

    /// Begins a paper under an id that the form has made.
    ///
    /// # Errors
    /// When the corner is full.
    pub async fn begin_in_corner(&self, open: &OpenCorner, id: DocumentId, tool: &Tool) -> Result<()> {
        let (tool, now) = (tool.clone(), self.now());
        self.change_corner(open, move |corner| Ok(corner.begin(id, tool.clone(), now)?)).await
    }

    /// Writes answers in one section of a paper. Answers what the form has seen now.
    ///
    /// # Errors
    /// When there is no such paper, or an answer does not belong into it.
    pub async fn write_in_corner(
        &self,
        open: &OpenCorner,
        id: DocumentId,
        section: &str,
        seen: Seen,
        given: Vec<(String, ItemId, Answer)>,
    ) -> Result<Seen> {
        let (section, now) = (section.to_owned(), self.now());
        let ids: Vec<AnswerId> = given.iter().map(|_| AnswerId(self.ids.next())).collect();
        self.change_corner(open, move |corner| {
            use porchlight_practice::corner::CornerFault;
            corner.write(id, &section, seen.clone(), given.clone(), &ids, now).map_err(|fault| match fault {
                CornerFault::NoPaper => Error::NotFound,
                CornerFault::Answer(fault) => Fault::Answer(fault).into(),
                full @ CornerFault::Full => full.into(),
            })
        })
        .await
    }

    /// Throws a paper away.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forget_in_corner(&self, open: &OpenCorner, id: DocumentId) -> Result<()> {
        self.change_corner(open, move |corner| {
            corner.forget(id);
            Ok(())
        })
        .await
    }

    /// Keeps how much energy there is now.
    ///
    /// # Errors
    /// When the words are too long.
    pub async fn feel(&self, open: &OpenCorner, id: EnergyId, step: Ten, words: &str) -> Result<()> {
        let energy = Energy { id, at: self.now(), step, words: words.trim().to_owned() };
        self.change_corner(open, move |corner| Ok(corner.feel(energy.clone())?)).await
    }

    /// Throws that away.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn unfeel(&self, open: &OpenCorner, id: EnergyId) -> Result<()> {
        self.change_corner(open, move |corner| {
            corner.unfeel(id);
            Ok(())
        })
        .await
    }

    async fn change_opener(&self, open: &OpenCorner, opener: Opener, with: Stretched) -> Result<()> {
        let (key, row) = (open.key.clone(), open.row);
        self.store
            .write(move |tx| {
                let mut vault = corner::get(tx, row)?.ok_or(Error::NotFound)?;
                // Only the key that opens the words may lock them.
                read(&vault, &key)?;
                vault.change(&key, opener, &with)?;
                Ok::<_, Error>(corner::put(tx, row, &vault, true)?)
            })
            .await
    }

    /// Another passphrase from now on. `old` is the one until now, or the code.
    ///
    /// # Errors
    /// When the old one does not open it, or the new one can't be taken.
    pub async fn change_passphrase(&self, open: &OpenCorner, old: &str, new: &str) -> Result<()> {
        check_passphrase(new)?;
        let vault = self.vault(open.row).await?;
        self.unlock(open.row, &vault, old).await?;
        let with = self.fresh_passphrase(new).await?;
        self.change_opener(open, Opener::Passphrase, with).await
    }

    /// Another code from now on; the one until now opens nothing any more. It is shown once and kept nowhere.
    ///
    /// # Errors
    /// When the passphrase or the code until now does not open it.
    pub async fn new_corner_code(&self, open: &OpenCorner, old: &str) -> Result<CornerCode> {
        let vault = self.vault(open.row).await?;
        self.unlock(open.row, &vault, old).await?;
        let (code, with) = self.fresh_code().await?;
        self.change_opener(open, Opener::Code, with).await?;
        Ok(code)
    }

    /// The sealed file to take along.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn corner_file(&self, open: &OpenCorner) -> Result<Vec<u8>> {
        Ok(self.vault(open.row).await?.to_bytes())
    }

    /// Brings back a file that was taken along, here or from another agency, and opens it. It opens with the passphrase and
    /// the code it had.
    ///
    /// # Errors
    /// [`Fault::NoCorner`], [`Fault::CornerShut`], [`Fault::TooManyTries`], or [`Fault::HasCorner`].
    pub async fn bring_corner(&self, session: &Session, file: &[u8], typed: &str) -> Result<OpenCorner> {
        let row = self.corner_row(&session.actor);
        let vault = Vault::from_bytes(file).map_err(|_| Fault::NoCorner)?;
        let key = self.unlock(row, &vault, typed).await?;
        written(&read(&vault, &key)?)?;
        self.keep_new_corner(row, vault).await?;
        Ok(OpenCorner { key, row, session: session.id })
    }

    /// Throws the actor's corner away, open or not: whoever has lost both secrets can begin anew.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn throw_corner_away(&self, session: &Session) -> Result<()> {
        let row = self.corner_row(&session.actor);
        self.store.write(move |tx| Ok::<_, Error>(corner::remove(tx, row)?)).await
    }
}
