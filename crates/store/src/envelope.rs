//! What phones seal for this server, so that it can be sent even when the phone itself can no longer be opened.
//!
//! A phone makes a key pair for one text, agrees on a secret with the server's public key (ECDH on P-256), and seals with
//! AES-256-GCM under a key that HKDF-SHA-256 makes of the secret. The salt is the pair's public half, so the key serves one
//! text alone, and its nonce can be zero. These are what every browser can do by itself. On the wire: 65 bytes of the public half
//! (SEC 1, uncompressed), then the sealed text.

use crate::error::{Error, Result};
use crate::seal::KeyRing;
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use hkdf::Hkdf;
use p256::ecdh::diffie_hellman;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of a public half.
const POINT: usize = 65;
const INFO: &[u8] = b"porchlight phone 1";

/// The server's half of every envelope.
pub struct Envelopes(SecretKey);

fn damaged() -> Error {
    Error::Sealed
}

fn key(secret: &[u8], salt: &[u8]) -> Result<Aes256Gcm> {
    let mut out = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(salt), secret).expand(INFO, out.as_mut_slice()).map_err(|_| damaged())?;
    Aes256Gcm::new_from_slice(out.as_slice()).map_err(|_| damaged())
}

impl Envelopes {
    /// The half that belongs to a key ring. Every server with the ring has the same.
    ///
    /// # Errors
    /// Never for a ring that was read: the chance that its seed is no key of the curve is one in 2³².
    pub fn of(ring: &KeyRing) -> Result<Envelopes> {
        SecretKey::from_slice(ring.phone_seed().as_slice())
            .map(Envelopes)
            .map_err(|_| Error::KeyRing("the oldest key gives no key for phones".into()))
    }

    /// What phones seal with.
    pub fn public(&self) -> Vec<u8> {
        self.0.public_key().to_encoded_point(false).as_bytes().to_vec()
    }

    /// Opens what a phone sealed.
    ///
    /// # Errors
    /// When it was sealed for another server, or was changed on the way.
    pub fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let (theirs, text) = sealed.split_at_checked(POINT).ok_or_else(damaged)?;
        let point = PublicKey::from_sec1_bytes(theirs).map_err(|_| damaged())?;
        let agreed = diffie_hellman(self.0.to_nonzero_scalar(), point.as_affine());
        let key = key(agreed.raw_secret_bytes().as_slice(), theirs)?;
        key.decrypt(&Nonce::from([0; 12]), text).map(Zeroizing::new).map_err(|_| damaged())
    }

    /// Seals as a phone does; for tests and measurements.
    ///
    /// # Errors
    /// When the public half is none.
    pub fn seal(public: &[u8], text: &[u8]) -> Result<Vec<u8>> {
        let theirs = PublicKey::from_sec1_bytes(public).map_err(|_| damaged())?;
        let mut seed = [0; 32];
        crate::seal::random(&mut seed)?;
        let secret = SecretKey::from_slice(&seed).map_err(|_| damaged())?;
        let mut out = secret.public_key().to_encoded_point(false).as_bytes().to_vec();
        let agreed = diffie_hellman(secret.to_nonzero_scalar(), theirs.as_affine());
        let key = key(agreed.raw_secret_bytes().as_slice(), &out)?;
        out.extend(key.encrypt(&Nonce::from([0; 12]), text).map_err(|_| damaged())?);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_for_this_server_opens_here_and_nowhere_else() {
        let (ring, other) = (KeyRing::generate().unwrap(), KeyRing::generate().unwrap());
        let here = Envelopes::of(&ring).unwrap();
        let sealed = Envelopes::seal(&here.public(), "Él dijo sí".as_bytes()).unwrap();
        assert_eq!(here.open(&sealed).unwrap().as_slice(), "Él dijo sí".as_bytes());
        assert!(Envelopes::of(&other).unwrap().open(&sealed).is_err());
        for at in [0, 1, POINT - 1, POINT, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(here.open(&changed).is_err(), "byte {at}");
        }
        for short in [0, 1, POINT, POINT + 15] {
            assert!(here.open(&sealed[..short]).is_err());
        }
        let mut turned = ring.clone();
        turned.turn().unwrap();
        let later = Envelopes::of(&turned).unwrap();
        assert_eq!(
            later.open(&sealed).unwrap().as_slice(),
            "Él dijo sí".as_bytes(),
            "a turned ring opens it still"
        );
    }
}
