//! The address at which a worker's own calendar reads when their visits are. It holds no name, no place and no words: who
//! finds the address learns that somebody has a visit then, and no more.

use crate::account::Secret;
use crate::door::{About, Actor, open, seal};
use crate::{Action, App, Error, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::Lang;
use porchlight_practice::id::{CommandId, MembershipId, VisitId};
use porchlight_store::account;
use porchlight_store::seal::{Owner, Place};
use porchlight_store::visit::{self, CalendarRow};

/// How many days back a calendar shows.
const BACK_DAYS: i64 = 14;
/// How many days ahead.
const AHEAD_DAYS: i64 = 180;
/// The most visits of one calendar.
const MOST: i64 = 500;

/// The address of one's own calendar.
#[derive(Debug, Clone)]
pub struct CalendarAddress {
    /// The secret in it.
    pub secret: Secret,
    /// Since when.
    pub made_at: Timestamp,
}

/// A visit as a calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: VisitId,
    /// How they meet, an id of the pack's contact kinds.
    pub kind: String,
    /// When it starts.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// Whether it was called off.
    pub off: bool,
    /// Counts changes.
    pub version: i64,
    /// When it was last changed.
    pub at: Timestamp,
}

/// What a calendar reads.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The language of whoever it is.
    pub lang: Lang,
    /// The kinds of contact of their programme, by id.
    pub kinds: Vec<(String, porchlight_practice::Text)>,
    /// Their visits.
    pub entries: Vec<Entry>,
}

fn place(membership: MembershipId) -> Place {
    Place::new("visit_calendar", membership.0, "code")
}

impl App {
    /// The address of one's own calendar; none while there is none.
    ///
    /// # Errors
    /// When the actor walks with nobody here.
    pub async fn calendar_address(&self, actor: &Actor) -> Result<Option<CalendarAddress>> {
        let membership = actor.membership;
        self.look(actor, Action::VisitListOwn, About::Own, "calendar", move |desk| {
            let Some(row) = visit::calendar_of(desk.tx, membership)? else { return Ok(None) };
            let key = desk.keys.get(desk.tx, Owner::Worker(desk.actor.account.0))?;
            let secret: String = open(&key, &place(membership), &row.code)?;
            Ok(Some(CalendarAddress { secret: Secret::from_text(&secret), made_at: row.made_at }))
        })
        .await
    }

    /// Makes a new address for one's calendar. The one before it opens nothing any more.
    ///
    /// # Errors
    /// When the actor walks with nobody here.
    pub async fn make_calendar(&self, actor: &Actor, command: CommandId) -> Result<()> {
        let membership = actor.membership;
        let secret = Secret::new(self.ids.secret());
        let key = self.key(Owner::Worker(actor.account.0)).await?;
        let sealed = seal(&key, &place(membership), &secret.expose())?;
        self.command(actor, command, Action::VisitCalendar, About::Own, &"make", move |desk| {
            let row =
                CalendarRow { membership, code_hash: secret.hash(), code: sealed.clone(), made_at: desk.now };
            Ok(visit::put_calendar(desk.tx, &row)?)
        })
        .await
    }

    /// Stops one's calendar: the address opens nothing any more.
    ///
    /// # Errors
    /// When the actor walks with nobody here.
    pub async fn stop_calendar(&self, actor: &Actor, command: CommandId) -> Result<()> {
        let membership = actor.membership;
        self.command(actor, command, Action::VisitCalendar, About::Own, &"stop", move |desk| {
            Ok(visit::stop_calendar(desk.tx, membership)?)
        })
        .await
    }

    /// What the calendar at an address reads. Whoever has the address reads it as the worker it is of, while they work here.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such address.
    pub async fn calendar(&self, secret: &Secret) -> Result<Calendar> {
        let hash = secret.hash();
        let of = self
            .store
            .read(move |tx| {
                let row = visit::calendar_by_code(tx, &hash)?.ok_or(Error::NotFound)?;
                let membership = account::get_membership(tx, row.membership)?;
                membership.filter(|one| one.ended.is_none()).map(|one| one.id).ok_or(Error::NotFound)
            })
            .await?;
        let actor = self.actor(of).await?;
        let here = actor.programme.ok_or(Error::NotFound)?;
        let lang = actor.lang;
        self.list(&actor, Action::VisitListOwn, About::Own, "calendar", move |desk| {
            let (rules, _) = desk.rules(here)?;
            let days = |days: i64| SignedDuration::from_hours(24 * days);
            let span = (desk.now - days(BACK_DAYS), desk.now + days(AHEAD_DAYS));
            let mut entries = Vec::new();
            for row in visit::of_peer(desk.tx, here, desk.actor.account, span, MOST)? {
                entries.push(Entry {
                    id: row.id,
                    kind: desk.visit(&row)?.arranged().kind.clone(),
                    starts: row.starts,
                    ends: row.ends,
                    off: row.state == "called_off",
                    version: row.version,
                    at: row.at,
                });
            }
            let shown = entries.iter().map(|entry| entry.id.0).collect();
            let kinds = rules.contact_kinds.iter().map(|kind| (kind.id.clone(), kind.name.clone()));
            Ok((Calendar { lang, kinds: kinds.collect(), entries }, shown))
        })
        .await
    }
}
