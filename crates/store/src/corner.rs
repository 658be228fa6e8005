//! Somebody's own corner, as it is kept: one sealed value that neither its owner's name nor the key ring opens.
//!
//! A random key seals the words. It is wrapped twice: by a key stretched from the passphrase, and by one stretched from the
//! printed code. Neither of them is kept. The same bytes are the file that its owner takes along; `docs/corner-file.md`
//! says how they are read.

use crate::db::{Tx, params, sql};
use crate::error::{Error, Result};
use crate::seal::{Keys, Secret, open_with, random, seal_with};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use porchlight_practice::id::AccountId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The form of the file. Another number would be another form.
const FORM: u32 = 1;
/// The words are filled up to a multiple of this many bytes, so that their length tells little.
const STEP: usize = 16 * 1024;
/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 8 * 1024 * 1024;

/// How many bytes salt a secret that is stretched.
pub const SALT: usize = 16;

/// Which of the two secrets opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    /// The passphrase its owner chose.
    Passphrase,
    /// The code its owner printed.
    Code,
}

impl Opener {
    fn bound_to(self) -> &'static [u8] {
        match self {
            Opener::Passphrase => b"porchlight corner passphrase",
            Opener::Code => b"porchlight corner code",
        }
    }
}

/// What the words are bound to. It names nobody: the file opens wherever it is brought.
const WORDS: &[u8] = b"porchlight corner words";

/// A secret after it was stretched.
pub struct Stretched {
    /// With which salt.
    pub salt: [u8; SALT],
    /// What came out.
    pub key: Zeroizing<[u8; 32]>,
}

/// A fresh salt.
///
/// # Errors
/// [`Error::KeyRing`] when the system gives no random bytes.
pub fn salt() -> Result<[u8; SALT]> {
    let mut salt = [0; SALT];
    random(&mut salt)?;
    Ok(salt)
}

/// The key of a corner that is open. It is kept nowhere, and its bytes are wiped when the last copy goes.
#[derive(Clone)]
pub struct CornerKey(Secret);

impl std::fmt::Debug for CornerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CornerKey(…)")
    }
}

impl CornerKey {
    /// A new one.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn generate() -> Result<CornerKey> {
        let mut secret = Secret([0; 32]);
        random(&mut secret.0)?;
        Ok(CornerKey(secret))
    }

    fn from_bytes(bytes: &[u8]) -> Result<CornerKey> {
        Ok(CornerKey(Secret(bytes.try_into().map_err(|_| Error::Sealed)?)))
    }

    /// The key and when it was last used, for the cookie of one session: sealed, so that neither the cookie without this
    /// server nor the server without the cookie opens anything.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn to_cookie(&self, keys: &Keys, session: Uuid, used: Timestamp) -> Result<String> {
        let mut open = Zeroizing::new(Vec::with_capacity(40));
        open.extend_from_slice(&self.0.0);
        open.extend_from_slice(&used.as_microsecond().to_be_bytes());
        let sealed = keys.seal_token(&[b"porchlight corner cookie", session.as_bytes()], &open)?;
        Ok(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Reads [`CornerKey::to_cookie`] of the same session.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it is none.
    pub fn from_cookie(keys: &Keys, session: Uuid, text: &str) -> Result<(CornerKey, Timestamp)> {
        let sealed =
            base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::Sealed)?;
        let open = keys.open_token(&[b"porchlight corner cookie", session.as_bytes()], &sealed)?;
        let (key, used) = open.split_at_checked(32).ok_or(Error::Sealed)?;
        let used = i64::from_be_bytes(used.try_into().map_err(|_| Error::Sealed)?);
        let used = Timestamp::from_microsecond(used).map_err(|_| Error::Sealed)?;
        Ok((CornerKey::from_bytes(key)?, used))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Lock {
    salt: [u8; SALT],
    wrapped: Vec<u8>,
}

impl Lock {
    fn new(key: &CornerKey, opener: Opener, with: &Stretched) -> Result<Lock> {
        let wrapped = seal_with(&Secret(*with.key), opener.bound_to(), &key.0.0)?;
        Ok(Lock { salt: with.salt, wrapped })
    }
}

/// A corner that is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vault {
    passphrase: Lock,
    code: Lock,
    words: Vec<u8>,
}

/// The file: base64 in JSON, so that it can be read by anything in thirty years.
#[derive(Serialize, Deserialize)]
struct Written {
    porchlight_corner: u32,
    passphrase: WrittenLock,
    code: WrittenLock,
    words: String,
}

#[derive(Serialize, Deserialize)]
struct WrittenLock {
    salt: String,
    key: String,
}

impl Vault {
    /// Closes words for the first time.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn new(key: &CornerKey, passphrase: &Stretched, code: &Stretched, words: &[u8]) -> Result<Vault> {
        let passphrase = Lock::new(key, Opener::Passphrase, passphrase)?;
        let code = Lock::new(key, Opener::Code, code)?;
        let mut vault = Vault { passphrase, code, words: Vec::new() };
        vault.close(key, words)?;
        Ok(vault)
    }

    fn lock(&self, opener: Opener) -> &Lock {
        match opener {
            Opener::Passphrase => &self.passphrase,
            Opener::Code => &self.code,
        }
    }

    /// With which salt a secret is stretched.
    pub fn salt(&self, opener: Opener) -> [u8; SALT] {
        self.lock(opener).salt
    }

    /// The key, when the stretched secret is the right one.
    pub fn key(&self, opener: Opener, stretched: &[u8; 32]) -> Option<CornerKey> {
        let open = open_with(&Secret(*stretched), opener.bound_to(), &self.lock(opener).wrapped).ok()?;
        CornerKey::from_bytes(&Zeroizing::new(open)).ok()
    }

    /// Another secret from now on, for the same words.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn change(&mut self, key: &CornerKey, opener: Opener, with: &Stretched) -> Result<()> {
        let lock = Lock::new(key, opener, with)?;
        match opener {
            Opener::Passphrase => self.passphrase = lock,
            Opener::Code => self.code = lock,
        }
        Ok(())
    }

    /// The words.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the key is another's, or it was damaged.
    pub fn open(&self, key: &CornerKey) -> Result<Zeroizing<Vec<u8>>> {
        let filled = Zeroizing::new(open_with(&key.0, WORDS, &self.words)?);
        let (length, rest) = filled.split_first_chunk::<8>().ok_or(Error::Sealed)?;
        let length = usize::try_from(u64::from_be_bytes(*length)).map_err(|_| Error::Sealed)?;
        Ok(Zeroizing::new(rest.get(..length).ok_or(Error::Sealed)?.to_vec()))
    }

    /// Other words in place of those it holds.
    ///
    /// # Errors
    /// [`Error::KeyRing`] when the system gives no random bytes.
    pub fn close(&mut self, key: &CornerKey, words: &[u8]) -> Result<()> {
        let mut filled = Zeroizing::new(Vec::with_capacity((words.len() + 8).next_multiple_of(STEP)));
        filled.extend_from_slice(&(words.len() as u64).to_be_bytes());
        filled.extend_from_slice(words);
        let full = filled.len().next_multiple_of(STEP);
        filled.resize(full, 0);
        self.words = seal_with(&key.0, WORDS, &filled)?;
        Ok(())
    }

    /// As it is kept, and taken along.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lock = |lock: &Lock| WrittenLock {
            salt: STANDARD.encode(lock.salt),
            key: STANDARD.encode(&lock.wrapped),
        };
        let written = Written {
            porchlight_corner: FORM,
            passphrase: lock(&self.passphrase),
            code: lock(&self.code),
            words: STANDARD.encode(&self.words),
        };
        // Texts and a number: there is nothing in it that could fail.
        serde_json::to_vec(&written).unwrap_or_default()
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`Error::Sealed`] when this is none, or of a form that this program does not know.
    pub fn from_bytes(bytes: &[u8]) -> Result<Vault> {
        if bytes.len() > FILE_LIMIT {
            return Err(Error::Sealed);
        }
        let written: Written = serde_json::from_slice(bytes).map_err(|_| Error::Sealed)?;
        if written.porchlight_corner != FORM {
            return Err(Error::Sealed);
        }
        let read = |text: &str| STANDARD.decode(text).map_err(|_| Error::Sealed);
        let lock = |lock: &WrittenLock| {
            let salt = read(&lock.salt)?.try_into().map_err(|_| Error::Sealed)?;
            Ok::<_, Error>(Lock { salt, wrapped: read(&lock.key)? })
        };
        Ok(Vault {
            passphrase: lock(&written.passphrase)?,
            code: lock(&written.code)?,
            words: read(&written.words)?,
        })
    }
}

/// Which row is whose. Only whoever holds the key ring can work it out, and only from the account to the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CornerRow([u8; 16]);

impl CornerRow {
    /// The row of an account.
    pub fn of(keys: &Keys, account: AccountId) -> CornerRow {
        CornerRow(keys.blind("corner", &account.to_string()))
    }
}

/// The corner of this row.
pub fn get(tx: &mut Tx<'_>, row: CornerRow) -> Result<Option<Vault>> {
    let found = tx.opt(sql!("SELECT vault FROM corner WHERE id = $1"), params![row.0.to_vec()], |row| {
        row.get::<Vec<u8>>("vault")
    })?;
    found.map(|bytes| Vault::from_bytes(&bytes)).transpose()
}

/// Whether there is one.
pub fn exists(tx: &mut Tx<'_>, row: CornerRow) -> Result<bool> {
    let found = tx.opt(sql!("SELECT id FROM corner WHERE id = $1"), params![row.0.to_vec()], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Keeps it, in place of what was there. With `wipe`, what was there is wiped from the database's files after the commit,
/// as far as the database allows: an old lock would open with the old secret.
pub fn put(tx: &mut Tx<'_>, row: CornerRow, vault: &Vault, wipe: bool) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO corner (id, vault) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET vault = excluded.vault"
        ),
        params![row.0.to_vec(), vault.to_bytes()],
    )?;
    tx.scrub |= wipe;
    Ok(())
}

/// Throws it away.
pub fn remove(tx: &mut Tx<'_>, row: CornerRow) -> Result<()> {
    tx.exec(sql!("DELETE FROM corner WHERE id = $1"), params![row.0.to_vec()])?;
    tx.scrub = true;
    Ok(())
}
