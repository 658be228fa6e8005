//! How somebody is reached outside of the pages, as they choose it themself: a mailbox, and the devices that show notices.
//! Their phone number is part of their account.

use crate::door::{About, Actor, seal};
use crate::{Action, App, Error, Result};
use jiff::Timestamp;
use porchlight_outbound::{Address, AddressFault, EmailAddress, PhoneNumber, Subscription};
use porchlight_practice::Means;
use porchlight_practice::id::{AccountId, CommandId, ReachId};
use porchlight_practice::news::News;
use porchlight_store::reach::{self, ReachRow};
use porchlight_store::seal::{Keys, Owner, Place};
use porchlight_store::{Tx, account, news};

/// The most devices that show notices for one account. Another one takes the place of the oldest.
const DEVICES: usize = 10;

/// How one is reached, as its owner sees it.
#[derive(Debug, Clone)]
pub struct ReachView {
    /// Their mailbox; may be empty.
    pub email: String,
    /// Whether they showed that it is theirs.
    pub email_confirmed: bool,
    /// Their phone number, as they wrote it; may be empty.
    pub phone: String,
    /// Whether that number can be dialled as it stands.
    pub phone_dials: bool,
    /// The devices that show notices, the newest first.
    pub devices: Vec<(ReachId, Timestamp)>,
    /// What a browser needs to become one of them, when this server can push.
    pub push_key: Option<String>,
    /// The means that this server can use at all.
    pub means: Vec<Means>,
}

fn place(id: ReachId) -> Place {
    Place { table: "reach", row: id.0, column: "body" }
}

fn open(tx: &mut Tx<'_>, keys: &Keys, row: &ReachRow) -> Result<String> {
    let key = keys.get(tx, Owner::Worker(row.account.0))?;
    crate::door::open(&key, &place(row.id), &row.body)
}

fn phone(tx: &mut Tx<'_>, keys: &Keys, id: AccountId) -> Result<String> {
    let Some(sealed) = account::get(tx, id)?.and_then(|row| row.phone) else { return Ok(String::new()) };
    let key = keys.get(tx, Owner::Worker(id.0))?;
    crate::door::open(&key, &crate::door::account_place(id, "phone"), &sealed)
}

/// The mailbox that somebody wrote down.
pub(crate) fn mailbox(
    tx: &mut Tx<'_>,
    keys: &Keys,
    id: AccountId,
) -> Result<Option<(ReachRow, EmailAddress)>> {
    let row = reach::of_account(tx, id)?.into_iter().find(|row| row.means == Some(Means::Email));
    let Some(row) = row else { return Ok(None) };
    let text = open(tx, keys, &row)?;
    Ok(EmailAddress::parse(&text).ok().map(|address| (row, address)))
}

/// The same, when its owner showed that it is theirs.
pub(crate) fn confirmed(tx: &mut Tx<'_>, keys: &Keys, id: AccountId) -> Result<Option<EmailAddress>> {
    let found = mailbox(tx, keys, id)?;
    Ok(found.filter(|(row, _)| row.confirmed_at.is_some()).map(|(_, address)| address))
}

/// Every address at which a means reaches somebody: one mailbox, one phone, any number of devices. Empty when they gave
/// none that works. An address that can't be read is left out, so that it costs nobody the others.
pub(crate) fn addresses(
    tx: &mut Tx<'_>,
    keys: &Keys,
    id: AccountId,
    means: Means,
) -> Result<Vec<(Option<ReachId>, Address)>> {
    let number = |text: &str| PhoneNumber::parse(text).ok();
    let mut found = Vec::new();
    match means {
        Means::Webhook => found.push((None, Address::Webhook(id.0))),
        Means::Call => {
            found.extend(number(&phone(tx, keys, id)?).map(|number| (None, Address::Call(number))))
        }
        Means::Text => {
            found.extend(number(&phone(tx, keys, id)?).map(|number| (None, Address::Text(number))))
        }
        Means::Email | Means::Push => {
            for row in reach::of_account(tx, id)?.into_iter().filter(|row| row.means == Some(means)) {
                let text = open(tx, keys, &row)?;
                let address = if means == Means::Email {
                    EmailAddress::parse(&text).map(Address::Email)
                } else {
                    Subscription::parse(&text).map(Address::Push)
                };
                found.extend(address.ok().map(|address| (Some(row.id), address)));
            }
        }
    }
    Ok(found)
}

impl App {
    /// How one is reached oneself.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn my_reach(&self, actor: &Actor) -> Result<ReachView> {
        let (id, keys) = (actor.account, self.keys.clone());
        let (push_key, means) = (self.outbound.push_key(), self.outbound.means().collect::<Vec<_>>());
        self.look(actor, Action::AccountRead, About::Own, "reach", move |desk| {
            let mut view = ReachView {
                email: String::new(),
                email_confirmed: false,
                phone: phone(desk.tx, &keys, id)?,
                phone_dials: false,
                devices: Vec::new(),
                push_key: push_key.clone(),
                means: means.clone(),
            };
            view.phone_dials = PhoneNumber::parse(&view.phone).is_ok();
            for row in reach::of_account(desk.tx, id)? {
                match row.means {
                    Some(Means::Email) if view.email.is_empty() => {
                        view.email = open(desk.tx, &keys, &row)?;
                        view.email_confirmed = row.confirmed_at.is_some();
                    }
                    Some(Means::Push) => view.devices.push((row.id, row.added_at)),
                    _ => {}
                }
            }
            Ok(view)
        })
        .await
    }

    /// Takes a mailbox for notices; an empty one takes none any more. The one before is told that it changed.
    ///
    /// # Errors
    /// When it can't be one.
    pub async fn set_email(&self, actor: &Actor, command: CommandId, email: &str) -> Result<()> {
        let email = match email.trim() {
            "" => String::new(),
            text => EmailAddress::parse(text)?.expose().to_string(),
        };
        let (id, new, news_id) = (actor.account, ReachId(self.ids.next()), self.ids.next());
        let sealed = seal(&self.key(Owner::Worker(id.0)).await?, &place(new), &email)?;
        let (body, keys) = (email.clone(), self.keys.clone());
        let before = self.store.read(move |tx| mailbox(tx, &keys, id)).await?;
        if before.as_ref().is_some_and(|(_, known)| known.expose() == email) {
            return Ok(());
        }
        let changes = before.is_some() || !email.is_empty();
        self.command(actor, command, Action::AccountChange, About::Own, &("email", &body), move |desk| {
            for row in reach::of_account(desk.tx, id)? {
                if row.means == Some(Means::Email) {
                    reach::end(desk.tx, row.id, id, desk.now)?;
                }
            }
            if !email.is_empty() {
                reach::insert(desk.tx, new, id, Means::Email, &sealed, desk.now)?;
            }
            if changes {
                news::add(desk.tx, news_id, id, News::Mailbox, "", None, desk.now)?;
            }
            Ok(())
        })
        .await?;
        if let Some((row, old)) = before {
            let notice = self.sign_in_notice(actor.lang);
            self.send_to_all(&notice, &[(Some(row.id), Address::Email(old))]).await;
        }
        Ok(())
    }

    /// Takes a device that shows notices, from what its browser gave.
    ///
    /// # Errors
    /// When that is no subscription, or one of a service that nothing is sent to.
    pub async fn add_device(&self, actor: &Actor, command: CommandId, given: &str) -> Result<()> {
        let subscription = Subscription::parse(given)?;
        if !self.outbound.takes(&subscription) {
            return Err(AddressFault::Subscription.into());
        }
        let (id, new, keys) = (actor.account, ReachId(self.ids.next()), self.keys.clone());
        let sealed = seal(&self.key(Owner::Worker(id.0)).await?, &place(new), &subscription.expose())?;
        let body = subscription.expose();
        self.command(actor, command, Action::AccountChange, About::Own, &("device", &body), move |desk| {
            let mut others = 0;
            for row in
                reach::of_account(desk.tx, id)?.into_iter().filter(|row| row.means == Some(Means::Push))
            {
                others += 1;
                // The same browser once more, or one too many.
                let same = Subscription::parse(&open(desk.tx, &keys, &row)?).is_ok_and(|s| s == subscription);
                if same || others >= DEVICES {
                    reach::end(desk.tx, row.id, id, desk.now)?;
                }
            }
            reach::insert(desk.tx, new, id, Means::Push, &sealed, desk.now)?;
            Ok(())
        })
        .await
    }

    /// Shows notices on a device no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of theirs.
    pub async fn forget_device(&self, actor: &Actor, command: CommandId, device: ReachId) -> Result<()> {
        let id = actor.account;
        self.command(actor, command, Action::AccountChange, About::Own, &("forget", device), move |desk| {
            let theirs = reach::of_account(desk.tx, id)?.iter().any(|row| row.id == device);
            if !theirs {
                return Err(Error::NotFound);
            }
            reach::end(desk.tx, device, id, desk.now)?;
            Ok(())
        })
        .await
    }
}
