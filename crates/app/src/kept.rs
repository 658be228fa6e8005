//! Forms that came after their session had ended: kept sealed, and given back to whoever typed them.

use crate::account::Secret;
use crate::door::Actor;
use crate::{App, Error, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_store::account;
use porchlight_store::account::KeptForm;
use porchlight_store::seal::{Owner, Place};
use uuid::Uuid;

/// How long a form that came after its session is kept, in hours.
pub const KEPT_FORM_HOURS: i64 = 24;
/// How many such forms one account may have, so that an old cookie can't fill the disk.
const KEPT_FORMS: usize = 20;

/// A form that came after its session had ended, given back to whoever typed it.
#[derive(Clone)]
pub struct KeptFormView {
    /// Its id.
    pub id: Uuid,
    /// The path it was sent to.
    pub path: String,
    /// What was typed, as the browser would send it again.
    pub body: Vec<u8>,
    /// Until when it is kept.
    pub until: Timestamp,
}

fn form_place(id: Uuid) -> Place {
    Place { table: "kept_form", row: id, column: "body" }
}

impl App {
    /// Keeps a form that came in after its session had ended, sealed, for the account it came from.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when the cookie never was one of ours.
    pub async fn keep_form(&self, secret: &Secret, path: &str, body: &[u8]) -> Result<()> {
        let (hash, now, keys, id) = (secret.hash(), self.now(), self.keys.clone(), self.ids.unguessable());
        let (path, body) = (path.to_string(), body.to_vec());
        let owner = self
            .store
            .read(move |tx| Ok::<_, Error>(account::owner_of_ended_session(tx, &hash)?))
            .await?
            .ok_or(Error::SignedOut)?;
        let key = self.store.read(move |tx| Ok::<_, Error>(keys.get(tx, Owner::Worker(owner.0))?)).await?;
        let kept = KeptForm {
            id,
            account: owner,
            path,
            body: key.seal(&form_place(id), &body)?,
            until: now + SignedDuration::from_hours(KEPT_FORM_HOURS),
        };
        self.store
            .write(move |tx| {
                if account::kept_forms(tx, kept.account, now)?.len() >= KEPT_FORMS {
                    return Err(Error::Busy);
                }
                Ok(account::keep_form(tx, &kept)?)
            })
            .await
    }

    /// The oldest form that is kept for this account. It stays until [`App::drop_kept_form`].
    ///
    /// # Errors
    /// When the store fails.
    pub async fn kept_form(&self, actor: &Actor) -> Result<Option<KeptFormView>> {
        let (id, now, keys) = (actor.account, self.now(), self.keys.clone());
        self.store
            .read(move |tx| {
                let Some(form) = account::kept_forms(tx, id, now)?.into_iter().next() else {
                    return Ok(None);
                };
                let key = keys.get(tx, Owner::Worker(id.0))?;
                let body = key.open(&form_place(form.id), &form.body)?;
                Ok(Some(KeptFormView { id: form.id, path: form.path, body, until: form.until }))
            })
            .await
    }

    /// Throws a kept form of this account away: it was sent after all, or is not needed.
    ///
    /// # Errors
    /// [`Error::NotFound`] when this account has no such form.
    pub async fn drop_kept_form(&self, actor: &Actor, form: Uuid) -> Result<()> {
        let (id, now) = (actor.account, self.now());
        self.store
            .write(move |tx| {
                if !account::kept_forms(tx, id, now)?.iter().any(|kept| kept.id == form) {
                    return Err(Error::NotFound);
                }
                Ok(account::drop_form(tx, form, now)?)
            })
            .await
    }
}
