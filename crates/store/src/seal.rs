//! Sealing what people say: names, ways to reach them, free text.
//!
//! Every person, worker and programme, and the agency, has a data key. It lies in the database wrapped by a key of the
//! key ring, which never does. Text is sealed with XChaCha20-Poly1305 under the owner's key, bound to the row and
//! column it lies in: moved elsewhere, it does not open. Forgetting an owner is throwing away one key.

use crate::db::{Tx, params, sql};
use crate::error::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

pub use crate::alike::{fold, phonetic};

/// Whose a sealed text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A supported person: their record and the notes about them. A child has its own.
    Person(Uuid),
    /// One paper of a supported person, so that each can be forgotten by itself, in backups too when they expire.
    Document(Uuid),
    /// One group, so that everything about it is forgotten when it is handed over to its members.
    Group(Uuid),
    /// Somebody who works here: credentials, supervision.
    Worker(Uuid),
    /// A programme.
    Programme(Uuid),
    /// The agency.
    Agency,
}

impl Owner {
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Owner::Person(_) => "person",
            Owner::Document(_) => "document",
            Owner::Group(_) => "group",
            Owner::Worker(_) => "worker",
            Owner::Programme(_) => "programme",
            Owner::Agency => "agency",
        }
    }
    pub(crate) fn id(self) -> Uuid {
        match self {
            Owner::Person(id)
            | Owner::Document(id)
            | Owner::Group(id)
            | Owner::Worker(id)
            | Owner::Programme(id) => id,
            Owner::Agency => Uuid::nil(),
        }
    }
}

/// Where a sealed text lies. It opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The row's id.
    pub row: Uuid,
    /// The column.
    pub column: &'static str,
}

impl Place {
    /// A place.
    pub const fn new(table: &'static str, row: Uuid, column: &'static str) -> Place {
        Place { table, row, column }
    }
}

// ------------------------------------------------------------------------------------------------------- Key ring

#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secret(pub(crate) [u8; 32]);

#[derive(Clone)]
struct RingKey {
    id: String,
    secret: Secret,
}

/// The keys that wrap all others. Kept outside of the database: a file, the environment, a command's output.
///
/// As text it is one line for each key, oldest first: an id, a space, 32 random bytes in base64 or hex. Lines that
/// begin with `#` are remarks. The newest key wraps; the older ones stay for what they wrapped. **The oldest must stay
/// for ever**: the blind index is made with it.
#[derive(Clone)]
pub struct KeyRing {
    keys: Vec<RingKey>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.id)).finish()
    }
}

impl KeyRing {
    /// A ring of one new key.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn generate() -> Result<KeyRing> {
        let mut ring = KeyRing { keys: Vec::new() };
        ring.turn()?;
        Ok(ring)
    }

    /// Adds a new key, which wraps from now on.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn turn(&mut self) -> Result<()> {
        let mut id = [0; 4];
        random(&mut id)?;
        let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut secret = Secret([0; 32]);
        random(&mut secret.0)?;
        self.keys.push(RingKey { id, secret });
        Ok(())
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`Error::KeyRing`] names the line and what would be right, and repeats nothing of it.
    pub fn parse(text: &str) -> Result<KeyRing> {
        let mut keys: Vec<RingKey> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = |why: &str| Error::KeyRing(format!("line {number} {why}"));
            let (id, secret) = line
                .split_once(char::is_whitespace)
                .ok_or_else(|| bad("must be an id, a space, and 32 bytes in base64 or hex"))?;
            let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
            if id.len() > 32 || !id.chars().all(fits) {
                return Err(bad("has an id that is not 1 to 32 letters, digits, dots or dashes"));
            }
            if keys.iter().any(|key| key.id == id) {
                return Err(bad("has the same id as a line before"));
            }
            let secret = read_secret(secret.trim())
                .ok_or_else(|| bad("has a key that is not 32 bytes in base64 or hex"))?;
            keys.push(RingKey { id: id.into(), secret });
        }
        if keys.is_empty() {
            return Err(Error::KeyRing("there is no key in it".into()));
        }
        Ok(KeyRing { keys })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when it can't be read, or as [`KeyRing::parse`].
    pub fn read(path: &Path) -> Result<KeyRing> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::KeyRing(format!("{}: {error}", path.display())))?;
        KeyRing::parse(&Zeroizing::new(text))
    }

    /// Writes a new file that only its owner can read. Never over an older one.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when there is a file already, or it can't be written.
    pub fn write_new(&self, path: &Path) -> Result<()> {
        use std::io::Write;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(path)
            .and_then(|mut file| {
                file.write_all(self.to_text().as_bytes())?;
                file.sync_all()
            })
            .map_err(|error| Error::KeyRing(format!("{}: {error}", path.display())))
    }

    /// The text form.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::from(
            "# Porchlight's key ring, oldest first. Without it nothing that people said can be read again.\n",
        ));
        for key in &self.keys {
            text.push_str(&key.id);
            text.push(' ');
            text.push_str(&Zeroizing::new(STANDARD_NO_PAD.encode(key.secret.0)));
            text.push('\n');
        }
        text
    }

    fn newest(&self) -> &RingKey {
        // A ring is never empty: `generate` and `parse` see to it.
        &self.keys[self.keys.len() - 1]
    }

    fn find(&self, id: &str) -> Option<&RingKey> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// The key that signs journal heads, with the id to name it by.
    pub(crate) fn signing(&self) -> (String, ed25519_dalek::SigningKey) {
        let key = self.newest();
        (key.id.clone(), signing(key))
    }

    /// What the key for web push is made from. It comes from the oldest key, which never changes, so that every server of
    /// an agency has the same, and a turned ring costs nobody their subscription.
    pub fn push_seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(derive(&self.keys[0], "web push").0)
    }

    /// What the key for what phones send is made from. It too comes from the oldest key: what was written on a phone long ago
    /// still opens.
    pub(crate) fn phone_seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(derive(&self.keys[0], "what phones send").0)
    }

    pub(crate) fn verifying(&self, id: &str) -> Option<ed25519_dalek::VerifyingKey> {
        self.find(id).map(|key| signing(key).verifying_key())
    }
}

fn read_secret(text: &str) -> Option<Secret> {
    let mut secret = Secret([0; 32]);
    if text.len() == 64 {
        for (at, byte) in secret.0.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        return Some(secret);
    }
    let bytes = Zeroizing::new(STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok()?);
    secret.0 = bytes.as_slice().try_into().ok()?;
    Some(secret)
}

/// A key for one use, from a key of the ring.
fn derive(key: &RingKey, purpose: &str) -> Secret {
    let mut out = Secret([0; 32]);
    // Fails only for outputs of more than 8 kB.
    let _ = Hkdf::<Sha256>::new(Some(b"porchlight 1"), &key.secret.0).expand(purpose.as_bytes(), &mut out.0);
    out
}

fn signing(key: &RingKey) -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&derive(key, "sign journal heads").0)
}

pub(crate) fn random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|_| Error::KeyRing("the system gives no random bytes".into()))
}

// ----------------------------------------------------------------------------------------------------- Sealing

/// The first byte of everything sealed; another number would be another form.
const FORM: u8 = 1;
const NONCE: usize = 24;

pub(crate) fn seal_with(secret: &Secret, bound_to: &[u8], open: &[u8]) -> Result<Vec<u8>> {
    let mut nonce = [0; NONCE];
    random(&mut nonce)?;
    seal_under(secret, nonce, bound_to, open)
}

fn seal_under(secret: &Secret, nonce: [u8; NONCE], bound_to: &[u8], open: &[u8]) -> Result<Vec<u8>> {
    let sealed = XChaCha20Poly1305::new(&Key::from(secret.0))
        .encrypt(&XNonce::from(nonce), Payload { msg: open, aad: bound_to })
        .map_err(|_| Error::Sealed)?;
    let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
    out.push(FORM);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

pub(crate) fn open_with(secret: &Secret, bound_to: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let rest = sealed.strip_prefix(&[FORM]).ok_or(Error::Sealed)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(Error::Sealed)?;
    XChaCha20Poly1305::new(&Key::from(secret.0))
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: bound_to })
        .map_err(|_| Error::Sealed)
}

fn first_of(bytes: [u8; 32]) -> [u8; NONCE] {
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&bytes[..NONCE]);
    nonce
}

/// Length-prefixed, so that no two lists of parts give the same bytes.
fn bound(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(96);
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// The key of one owner. Its bytes are wiped from memory when the last copy goes.
#[derive(Clone)]
pub struct DataKey {
    owner: Owner,
    secret: Arc<Secret>,
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DataKey({})", self.owner.kind())
    }
}

impl DataKey {
    /// Whose key it is.
    pub fn owner(&self) -> Owner {
        self.owner
    }

    fn bound(&self, place: &Place) -> Vec<u8> {
        let (owner, row) = (self.owner.id(), place.row);
        bound(&[
            b"porchlight seal",
            self.owner.kind().as_bytes(),
            owner.as_bytes(),
            place.table.as_bytes(),
            row.as_bytes(),
            place.column.as_bytes(),
        ])
    }

    /// Seals bytes for a place. The same bytes look different each time; only their length shows.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn seal(&self, place: &Place, open: &[u8]) -> Result<Vec<u8>> {
        seal_with(&self.secret, &self.bound(place), open)
    }

    /// Seals with a nonce that is no chance: only for invented rows ([`crate::growth`]), each of which is sealed once.
    pub(crate) fn seal_from(&self, place: &Place, open: &[u8], nonce: [u8; 32]) -> Result<Vec<u8>> {
        seal_under(&self.secret, first_of(nonce), &self.bound(place), open)
    }

    /// Opens what [`DataKey::seal`] made for the same place.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it was damaged, moved, or sealed under another key.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Vec<u8>> {
        open_with(&self.secret, &self.bound(place), sealed)
    }

    /// Seals text.
    ///
    /// # Errors
    /// As [`DataKey::seal`].
    pub fn seal_text(&self, place: &Place, open: &str) -> Result<Vec<u8>> {
        self.seal(place, open.as_bytes())
    }

    /// Opens text.
    ///
    /// # Errors
    /// As [`DataKey::open`].
    pub fn open_text(&self, place: &Place, sealed: &[u8]) -> Result<String> {
        String::from_utf8(self.open(place, sealed)?).map_err(|_| Error::Sealed)
    }
}

/// A data key as it lies in the database: sealed by a key of the ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    owner: Owner,
    ring_key: String,
    wrapped: Vec<u8>,
}

fn wrap_bound(owner: Owner) -> Vec<u8> {
    bound(&[b"porchlight data key", owner.kind().as_bytes(), owner.id().as_bytes()])
}

impl Tx<'_> {
    /// Keeps an owner's new key. An owner that has one keeps the old.
    ///
    /// # Errors
    /// [`Error::Taken`] when the owner has a key already, or had one and was forgotten.
    pub fn put_key(&mut self, key: &WrappedKey, at: Timestamp) -> Result<()> {
        self.exec(
            sql!(
                "INSERT INTO data_key (owner_kind, owner, ring_key, wrapped, made_at)
                 VALUES ($1, $2, $3, $4, $5)"
            ),
            params![key.owner.kind(), key.owner.id(), &key.ring_key, &key.wrapped, at],
        )?;
        Ok(())
    }
}

fn lacks(ring_key: &str) -> Error {
    Error::KeyRing(format!("it lacks the key `{ring_key}`, which this database needs"))
}

// -------------------------------------------------------------------------------------------------------- Keys

/// How long an unwrapped key stays in memory. Another server that forgets an owner is heeded after this.
const KEPT: Duration = Duration::from_secs(60);
/// How many unwrapped keys stay in memory.
const MOST: usize = 4096;

enum Cached {
    Key(DataKey, Instant),
    /// Being forgotten: ask the database until then, since the transaction may still be open.
    Ask(Instant),
}

/// The key ring at work: makes, finds and forgets the keys of owners. Clones share what they have found.
#[derive(Clone)]
pub struct Keys {
    ring: Arc<KeyRing>,
    index: Arc<Secret>,
    cache: Arc<Mutex<HashMap<Owner, Cached>>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({:?})", self.ring)
    }
}

impl Keys {
    /// Keys of a ring.
    pub fn new(ring: KeyRing) -> Keys {
        let index = Arc::new(derive(&ring.keys[0], "blind index"));
        Keys { ring: Arc::new(ring), index, cache: Arc::default() }
    }

    /// The ring.
    pub fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// Makes a new key for an owner: one to seal with, one for [`Tx::put_key`]. Touches no database, so it can be
    /// done before the transaction that keeps it.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn make(&self, owner: Owner) -> Result<(DataKey, WrappedKey)> {
        let mut secret = Secret([0; 32]);
        random(&mut secret.0)?;
        let newest = self.ring.newest();
        let wrapped = seal_with(&derive(newest, "wrap data keys"), &wrap_bound(owner), &secret.0)?;
        Ok((
            DataKey { owner, secret: Arc::new(secret) },
            WrappedKey { owner, ring_key: newest.id.clone(), wrapped },
        ))
    }

    /// [`Keys::make`] without chance: only for invented owners ([`crate::growth`]).
    pub(crate) fn make_from(
        &self,
        owner: Owner,
        secret: [u8; 32],
        nonce: [u8; 32],
    ) -> Result<(DataKey, WrappedKey)> {
        let (newest, secret) = (self.ring.newest(), Secret(secret));
        let wrapping = derive(newest, "wrap data keys");
        let wrapped = seal_under(&wrapping, first_of(nonce), &wrap_bound(owner), &secret.0)?;
        let ring_key = newest.id.clone();
        Ok((DataKey { owner, secret: Arc::new(secret) }, WrappedKey { owner, ring_key, wrapped }))
    }

    /// The key of an owner.
    ///
    /// # Errors
    /// [`Error::NoKey`] when it never had one, [`Error::Forgotten`] when it was thrown away, [`Error::KeyRing`] when
    /// the ring lacks the key that wrapped it.
    pub fn get(&self, tx: &mut Tx<'_>, owner: Owner) -> Result<DataKey> {
        // Inside of a write, another closure of the group may have made or forgotten the key, and may yet be undone:
        // only the row counts, and nothing is remembered.
        let mut remember = tx.is_read();
        if remember {
            match self.cache().get(&owner) {
                Some(Cached::Key(key, since)) if since.elapsed() < KEPT => return Ok(key.clone()),
                Some(Cached::Ask(since)) if since.elapsed() < KEPT => remember = false,
                _ => {}
            }
        }
        let (ring_key, wrapped): (String, Option<Vec<u8>>) = tx
            .opt(
                sql!("SELECT ring_key, wrapped FROM data_key WHERE owner_kind = $1 AND owner = $2"),
                params![owner.kind(), owner.id()],
                |row| Ok((row.get("ring_key")?, row.get("wrapped")?)),
            )?
            .ok_or(Error::NoKey)?;
        let key = self.unwrap(owner, &ring_key, &wrapped.ok_or(Error::Forgotten)?)?;
        if remember {
            let mut cache = self.cache();
            if cache.len() >= MOST {
                cache.clear();
            }
            // Somebody may have begun to forget the owner since we looked.
            if !matches!(cache.get(&owner), Some(Cached::Ask(since)) if since.elapsed() < KEPT) {
                cache.insert(owner, Cached::Key(key.clone(), Instant::now()));
            }
        }
        Ok(key)
    }

    /// Whether the ring belongs to this database: it holds every key that something lies under, and the agency's opens. To be
    /// asked before anybody is served, since nothing could be read without.
    ///
    /// # Errors
    /// [`Error::KeyRing`] says what is missing.
    pub fn fit(&self, tx: &mut Tx<'_>) -> Result<()> {
        // From one key of the ring to the next through the index; `DISTINCT` would read the whole of it.
        let mut last = String::new();
        while let Some(id) = tx.opt(
            sql!("SELECT ring_key FROM data_key WHERE wrapped IS NOT NULL AND ring_key > $1 ORDER BY ring_key LIMIT 1"),
            params![last.as_str()],
            |row| row.get::<String>("ring_key"),
        )? {
            if self.ring.find(&id).is_none() {
                return Err(lacks(&id));
            }
            last = id;
        }
        match self.get(tx, Owner::Agency) {
            // Before the agency is founded.
            Ok(_) | Err(Error::NoKey) => Ok(()),
            Err(Error::Sealed) => {
                Err(Error::KeyRing("a key in it has the right name and is another key".into()))
            }
            Err(error) => Err(error),
        }
    }

    fn unwrap(&self, owner: Owner, ring_key: &str, wrapped: &[u8]) -> Result<DataKey> {
        let ring_key = self.ring.find(ring_key).ok_or_else(|| lacks(ring_key))?;
        let open =
            Zeroizing::new(open_with(&derive(ring_key, "wrap data keys"), &wrap_bound(owner), wrapped)?);
        let secret = Secret(open.as_slice().try_into().map_err(|_| Error::Sealed)?);
        Ok(DataKey { owner, secret: Arc::new(secret) })
    }

    /// Throws an owner's key away: what it sealed can never be read again. After the commit the key's bytes are
    /// wiped from the database's files too, as far as the database allows; backups hold it until they expire.
    ///
    /// # Errors
    /// [`Error::NoKey`] when there is none, or it was thrown away before.
    pub fn forget(&self, tx: &mut Tx<'_>, owner: Owner, at: Timestamp) -> Result<()> {
        let changed = tx.exec(
            sql!(
                "UPDATE data_key SET wrapped = NULL, forgotten_at = $3
                 WHERE owner_kind = $1 AND owner = $2 AND wrapped IS NOT NULL"
            ),
            params![owner.kind(), owner.id(), at],
        )?;
        if changed == 0 {
            return Err(Error::NoKey);
        }
        tx.scrub = true;
        self.cache().insert(owner, Cached::Ask(Instant::now()));
        Ok(())
    }

    /// Wraps keys that lie under older keys of the ring with its newest one; answers how many. Call it until it
    /// answers 0; then the older ones (but the oldest) may leave the ring.
    ///
    /// # Errors
    /// As [`Keys::get`].
    pub fn rewrap(&self, tx: &mut Tx<'_>, limit: i64) -> Result<u64> {
        let newest = self.ring.newest();
        let old = tx.all(
            sql!(
                "SELECT owner_kind, owner, ring_key, wrapped FROM data_key
                 WHERE ring_key <> $1 AND wrapped IS NOT NULL LIMIT $2"
            ),
            params![&newest.id, limit],
            |row| {
                let id: Uuid = row.get("owner")?;
                let owner = match row.get::<String>("owner_kind")?.as_str() {
                    "person" => Owner::Person(id),
                    "worker" => Owner::Worker(id),
                    "programme" => Owner::Programme(id),
                    "document" => Owner::Document(id),
                    "group" => Owner::Group(id),
                    "agency" => Owner::Agency,
                    // A kind that this program does not know is left as it lies; to guess would lose what is under it.
                    _ => {
                        return Err(Error::Column { column: "owner_kind".into(), wanted: "a kind of owner" });
                    }
                };
                Ok((owner, row.get::<String>("ring_key")?, row.get::<Vec<u8>>("wrapped")?))
            },
        )?;
        let mut count = 0;
        for (owner, ring_key, wrapped) in old {
            let key = self.unwrap(owner, &ring_key, &wrapped)?;
            let wrapped = seal_with(&derive(newest, "wrap data keys"), &wrap_bound(owner), &key.secret.0)?;
            count += tx.exec(
                sql!("UPDATE data_key SET ring_key = $3, wrapped = $4 WHERE owner_kind = $1 AND owner = $2"),
                params![owner.kind(), owner.id(), &newest.id, wrapped],
            )?;
        }
        Ok(count)
    }

    /// A keyed fingerprint for finding equal texts without reading them. `context` keeps kinds apart (a surname's is
    /// never a street's). Give it [`fold`]ed or [`phonetic`] text.
    pub fn blind(&self, context: &str, text: &str) -> [u8; 16] {
        let mut out = [0; 16];
        if let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.index.0) {
            mac.update(&bound(&[context.as_bytes(), text.as_bytes()]));
            out.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        }
        out
    }

    /// Seals what this server hands to a browser and takes back, bound to whom it was handed to. Kept nowhere.
    pub(crate) fn seal_token(&self, bound_to: &[&[u8]], open: &[u8]) -> Result<Vec<u8>> {
        seal_with(&derive(self.ring.newest(), "tokens"), &bound(bound_to), open)
    }

    /// Opens what [`Keys::seal_token`] made since the ring was last turned.
    pub(crate) fn open_token(&self, bound_to: &[&[u8]], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        open_with(&derive(self.ring.newest(), "tokens"), &bound(bound_to), sealed).map(Zeroizing::new)
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, HashMap<Owner, Cached>> {
        // A panic elsewhere leaves the map whole: each change is one insert.
        self.cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
