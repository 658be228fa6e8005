//! Phones on which somebody reads and writes without signal: setting one up, what it may read there, and taking in what was
//! written on it.

use crate::account::Secret;
use crate::door::{About, Actor};
use crate::{Action, App, Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, CommandId, DeviceId, MembershipId, ProgrammeId};
use porchlight_store::device::DeviceRow;
use porchlight_store::envelope::Envelopes;
use porchlight_store::group::session;
use porchlight_store::{account, device, document, group, person};
use serde::Deserialize;

/// The most phones of one account. Another one takes the place of the oldest.
const DEVICES: usize = 5;
/// The most pages that a phone keeps to be read without signal.
const PAGES: usize = 60;
/// Of each group, the last sessions that may still be going on.
const SESSIONS: i64 = 3;

/// What a phone needs to begin.
pub struct NewDevice {
    /// Its id.
    pub id: DeviceId,
    /// What it shows when it sends.
    pub secret: Secret,
    /// What it seals with, so that only this server reads what was written, in base64.
    pub key: String,
}

/// One of one's phones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceLine {
    /// Its id.
    pub id: DeviceId,
    /// When it was set up.
    pub made_at: Timestamp,
    /// When it was last heard of.
    pub heard_at: Timestamp,
    /// How much waited on it then.
    pub waiting: usize,
}

/// A phone that sends.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Which.
    pub id: DeviceId,
    /// Whose.
    pub account: AccountId,
    /// In which of their roles it was set up.
    pub membership: MembershipId,
    /// In which programme what comes from it belongs.
    pub programme: Option<ProgrammeId>,
    /// Whether it, or its owner's account, has ended: then it keeps nothing to read, and what it has goes into the tray.
    pub ended: bool,
}

/// A form as a phone sealed it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Written {
    /// The command it carries.
    pub id: CommandId,
    /// Where the form goes.
    pub path: String,
    /// The form, as a browser sends it.
    pub body: String,
    /// When it was written, in milliseconds by the phone's clock, which may be wrong.
    pub at: i64,
}

impl App {
    /// Sets a phone up.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn make_device(&self, actor: &Actor, command: CommandId) -> Result<NewDevice> {
        let secret = Secret::new(self.ids.secret());
        let key = STANDARD.encode(Envelopes::of(self.keys.ring())?.public());
        let row = DeviceRow {
            id: DeviceId(self.ids.next()),
            account: actor.account,
            membership: actor.membership,
            made_at: self.now(),
            heard_at: self.now(),
            waiting: 0,
            ended_at: None,
        };
        let (id, hash) = (row.id, secret.hash());
        self.command(actor, command, Action::DeviceMake, About::Own, &id, move |desk| {
            let others = device::of_account(desk.tx, row.account)?;
            for oldest in others.iter().skip(DEVICES - 1) {
                device::end(desk.tx, oldest.id, row.account, desk.now)?;
            }
            Ok(device::insert(desk.tx, &row, &hash)?)
        })
        .await?;
        Ok(NewDevice { id, secret, key })
    }

    /// One's own phones, the newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn devices(&self, actor: &Actor) -> Result<Vec<DeviceLine>> {
        self.look(actor, Action::DeviceRead, About::Own, "devices", move |desk| {
            let rows = device::of_account(desk.tx, desk.actor.account)?;
            let line = |row: DeviceRow| DeviceLine {
                id: row.id,
                made_at: row.made_at,
                heard_at: row.heard_at,
                waiting: usize::try_from(row.waiting).unwrap_or_default(),
            };
            Ok(rows.into_iter().map(line).collect())
        })
        .await
    }

    /// Uses a phone no more: at its next word it throws away what can be read on it. What it has not sent can still come.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of theirs.
    pub async fn end_device(&self, actor: &Actor, command: CommandId, id: DeviceId) -> Result<()> {
        self.command(actor, command, Action::DeviceEnd, About::Own, &id, move |desk| {
            match device::end(desk.tx, id, desk.actor.account, desk.now)? {
                true => Ok(()),
                false => Err(Error::NotFound),
            }
        })
        .await
    }

    /// The pages that are worth reading without signal, the first one first: of a worker their day and what they need to write
    /// about each person they walk with; of a person their own papers. What stands on them is read when the phone asks for
    /// each, through its own door.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn pages_to_carry(&self, actor: &Actor) -> Result<Vec<String>> {
        let app = self.clone();
        self.look(actor, Action::DeviceRead, About::Own, "pages", move |desk| {
            let mut pages = Vec::new();
            match (desk.actor.person, desk.actor.programme) {
                (Some(own), _) => {
                    pages.extend(["/me".to_owned(), "/plans".to_owned()]);
                    for row in document::of_person(desk.tx, own)? {
                        let paper = app.definition(desk.tx, &row.definition)?;
                        pages.push(format!("/plans/{}", row.id));
                        let sections = paper.sections.iter().map(|part| part.id.clone());
                        pages.extend(sections.map(|part| format!("/plans/{}/write/{part}", row.id)));
                    }
                }
                (None, Some(programme)) if desk.actor.works_here() => {
                    pages.push("/day".to_owned());
                    // Those they meet today come first: a phone keeps only so many pages.
                    let today = desk.own_visits(&app, (0, 1))?;
                    let met = |id| today.iter().position(|visit| visit.person == id).unwrap_or(today.len());
                    let mut people = person::walked_with(desk.tx, programme, desk.actor.account)?;
                    people.sort_by_key(|row| met(row.id));
                    for row in people {
                        pages.push(format!("/contacts/new?person={}", row.id));
                        let shared = desk.crisis_plans(&app, row.id)?;
                        pages.extend(shared.into_iter().map(|plan| format!("/plans/{plan}")));
                    }
                    let steps = group::steps_of_account(desk.tx, desk.actor.account)?;
                    for led in
                        steps.into_iter().filter(|step| step.until.is_none()).filter_map(|step| step.group)
                    {
                        let row = desk.group_row(led)?;
                        if desk.group(&row)?.meets() {
                            pages.push(format!("/groups/{led}/log"));
                        }
                        let sessions = session::of_group(desk.tx, led, SESSIONS)?;
                        let on = sessions.into_iter().filter(|one| one.ended.is_none());
                        pages.extend(on.map(|one| format!("/sessions/{}", one.id)));
                    }
                    pages.push("/tell-someone".to_owned());
                }
                (None, _) => {}
            }
            pages.truncate(PAGES);
            Ok(pages)
        })
        .await
    }

    /// Hears of a phone by its secret.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no phone has it.
    pub async fn hear_device(&self, secret: &Secret, waiting: usize) -> Result<Heard> {
        let (hash, now) = (secret.hash(), self.now());
        let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
        // Whoever has no phone here costs no write.
        let heard = self
            .store
            .read(move |tx| {
                let row = device::by_secret(tx, &hash)?.ok_or(Error::NotFound)?;
                let membership = account::get_membership(tx, row.membership)?.ok_or(Error::NotFound)?;
                Ok::<_, Error>(Heard {
                    id: row.id,
                    account: row.account,
                    membership: row.membership,
                    programme: membership.programme,
                    ended: row.ended_at.is_some() || membership.ended.is_some(),
                })
            })
            .await?;
        let id = heard.id;
        self.store.write(move |tx| Ok::<_, Error>(device::heard(tx, id, waiting, now)?)).await?;
        Ok(heard)
    }

    /// Opens what a phone sealed, in base64; none when it was not sealed for this server, or was damaged on the way.
    pub fn open_envelope(&self, sealed: &str) -> Option<Written> {
        let text = Envelopes::of(self.keys.ring()).ok()?.open(&STANDARD.decode(sealed).ok()?).ok()?;
        serde_json::from_slice(&text).ok()
    }
}
