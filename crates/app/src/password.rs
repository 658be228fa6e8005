//! Hashing passwords, two at a time, so that many sign-ins at once can't take the machine's memory.

use crate::{Error, Result};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use porchlight_practice::account::password_text;
use porchlight_store::corner::{SALT, Stretched};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// How many are hashed at once.
const AT_ONCE: usize = 2;

/// How many may wait for their turn before the answer is "busy".
const WAITING: usize = 64;

pub(crate) struct Passwords {
    turns: Semaphore,
    waiting: Semaphore,
}

fn argon() -> Argon2<'static> {
    // 19 MiB, two passes, one lane: the first of the choices that OWASP's password storage cheat sheet names.
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// Stretches a secret of somebody's own corner into a key. Whoever steals the database tries passphrases on machines of
/// their own, so it costs more than signing in does: 64 MiB and three passes, the second choice of RFC 9106 with one lane.
/// `docs/corner-file.md` promises these numbers.
pub(crate) fn stretch(secret: &str, salt: [u8; SALT]) -> Result<Stretched> {
    let mut key = Zeroizing::new([0; 32]);
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(|_| Error::Damaged("corner"))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret.as_bytes(), &salt, key.as_mut_slice())
        .map_err(|_| Error::Damaged("corner"))?;
    Ok(Stretched { salt, key })
}

impl Passwords {
    pub fn new() -> Passwords {
        Passwords { turns: Semaphore::new(AT_ONCE), waiting: Semaphore::new(WAITING) }
    }

    async fn turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _place = self.waiting.try_acquire().map_err(|_| Error::Busy)?;
        let _turn = self.turns.acquire().await.map_err(|_| Error::Busy)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::Busy)
    }

    /// Hashes a password into the PHC text form.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = Zeroizing::new(password_text(password));
        self.turn(move || argon().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
            .await?
            .map_err(|_| Error::Damaged("password"))
    }

    /// Whether the password fits. Takes the same time when there is no hash to compare with.
    pub async fn fits(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let (password, hash) = (Zeroizing::new(password_text(password)), hash.map(str::to_string));
        self.turn(move || match hash.as_deref().map(PasswordHash::new) {
            Some(Ok(hash)) => argon().verify_password(password.as_bytes(), &hash).is_ok(),
            _ => {
                let _ = argon().hash_password(password.as_bytes());
                false
            }
        })
        .await
    }

    /// [`stretch`] in its turn.
    pub async fn stretch(&self, secret: &str, salt: [u8; SALT]) -> Result<Stretched> {
        let secret = Zeroizing::new(secret.to_string());
        self.turn(move || stretch(&secret, salt)).await?
    }
}
