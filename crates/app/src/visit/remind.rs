//! Reminding of visits, by the means and in the hours that each chose. A person hears nothing until they say that they
//! want to, and when it is safe; what comes names nobody and says not even that it is a visit.

use super::check::Went;
use crate::door::{About, Actor, open, seal};
use crate::{Action, App, Error, Result};
use jiff::SignedDuration;
use porchlight_outbound::{Kind, Page};
use porchlight_practice::Lang;
use porchlight_practice::id::{AccountId, CommandId, VisitId};
use porchlight_practice::visit::reminder::SafeHours;
use porchlight_store::seal::{Keys, Owner, Place};
use porchlight_store::visit::{self, ReminderRow};
use porchlight_store::{Tx, account};

/// How long before a visit whoever goes is reminded, in minutes.
const PEER_MINUTES: i64 = 60;
/// The most that one round looks at.
const MOST: i64 = 1000;
/// How many hours ahead a round looks: the longest lead that a programme may choose, and a day for hours that are safe.
const AHEAD_HOURS: i64 = 72 + 26;

/// What somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderView {
    /// The hours in which a reminder may come; none where none is wanted.
    pub hours: Option<SafeHours>,
    /// How long before a visit it comes, in minutes.
    pub minutes: u32,
    /// Whether there is a mailbox, a device or a phone to which it can go.
    pub reaches: bool,
    /// Counts changes; 0 before the first.
    pub version: i64,
}

fn place(account: AccountId) -> Place {
    Place::new("visit_reminder", account.0, "body")
}

/// What somebody chose; before they chose, a worker is reminded and a person is not.
fn chosen(tx: &mut Tx<'_>, keys: &Keys, who: AccountId, works: bool) -> Result<(Option<SafeHours>, i64)> {
    match visit::reminder_of(tx, who)? {
        Some(row) => {
            let key = keys.get(tx, Owner::Worker(who.0))?;
            Ok((open(&key, &place(who), &row.body)?, row.version))
        }
        None => Ok((works.then_some(SafeHours::ANY), 0)),
    }
}

/// Whom to remind of what.
struct Due {
    id: VisitId,
    who: AccountId,
    lang: Lang,
    person: bool,
}

impl App {
    /// What one chose about reminders oneself.
    ///
    /// # Errors
    /// When the actor has no visits here.
    pub async fn my_reminders(&self, actor: &Actor) -> Result<ReminderView> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.look(actor, Action::VisitReadReminders, About::Own, "reminders", move |desk| {
            let (me, works) = (desk.actor.account, desk.actor.works_here());
            let (hours, version) = chosen(desk.tx, desk.keys, me, works)?;
            let (rules, _) = desk.rules(here)?;
            let minutes = if works { PEER_MINUTES as u32 } else { rules.visits.remind_hours * 60 };
            let reaches = super::check::reaches(desk.tx, desk.keys, me)?;
            Ok(ReminderView { hours, minutes, reaches, version })
        })
        .await
    }

    /// Chooses whether and in which hours one is reminded.
    ///
    /// # Errors
    /// [`Error::Stale`] when it was chosen on another device since `version`.
    pub async fn set_reminders(
        &self,
        actor: &Actor,
        command: CommandId,
        hours: Option<SafeHours>,
        version: i64,
    ) -> Result<()> {
        let me = actor.account;
        let sealed = seal(&self.key(Owner::Worker(me.0)).await?, &place(me), &hours)?;
        let body = (hours, version);
        self.command(actor, command, Action::VisitRemind, About::Own, &body, move |desk| {
            let row = ReminderRow { account: me, body: sealed.clone(), at: desk.now, version };
            if visit::keep_reminder(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Reminds everybody whose time it is. A reconciler: it takes no input, and may run any number of times. Answers how
    /// many were reminded.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn remind_of_visits(&self) -> Result<usize> {
        let (keys, packs, now) = (self.keys.clone(), self.packs.clone(), self.now());
        let until = now + SignedDuration::from_hours(AHEAD_HOURS);
        let due = self
            .store
            .read(move |tx| {
                let mut due = Vec::new();
                for row in visit::to_remind(tx, now, until, MOST)? {
                    let (rules, zone) = packs.rules(tx, row.programme, now)?;
                    let person = SignedDuration::from_hours(i64::from(rules.visits.remind_hours));
                    let peer = SignedDuration::from_mins(PEER_MINUTES);
                    let theirs = account::of_person(tx, row.person)?;
                    let both = [
                        (theirs, person, row.person_reminded_at, true),
                        (Some(row.peer), peer, row.peer_reminded_at, false),
                    ];
                    for (who, lead, before, person) in both {
                        let (Some(who), None) = (who, before) else { continue };
                        // What can't be read of one's choice costs nobody else their reminder.
                        let Ok((Some(hours), _)) = chosen(tx, &keys, who, !person) else { continue };
                        if hours.is_due(row.starts, lead, &zone, now) {
                            let owner = account::get(tx, who)?;
                            let lang = owner.and_then(|one| Lang::from_tag(&one.lang)).unwrap_or_default();
                            due.push(Due { id: row.id, who, lang, person });
                        }
                    }
                }
                Ok::<_, Error>(due)
            })
            .await?;
        let mut reminded = 0;
        for Due { id, who, lang, person } in due {
            let page = Page::of_all(if person { "/me/visits" } else { "/visits" });
            if self.tell_by_all(who, lang, Kind::Soon, page).await? == Went::Again {
                continue;
            }
            reminded += 1;
            self.store.write(move |tx| Ok::<_, Error>(visit::reminded(tx, id, person, now)?)).await?;
        }
        Ok(reminded)
    }
}
