//! What happened to how somebody signs in: kept with what caused it, shown to its owner, and told outside of the pages.

use crate::account::Session;
use crate::door::About;
use crate::{Action, App, Error, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_outbound::{Address, Kind, Notice, Outcome, Page};
use porchlight_practice::id::{AccountId, ReachId};
use porchlight_practice::news::News;
use porchlight_practice::{Lang, Means};
use porchlight_store::{Tx, account, news};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How long it stays on its page, in days.
pub const SHOWN_DAYS: i64 = 90;
/// How long the first page points to it, in days, until its owner has looked.
const POINTS_DAYS: i64 = 7;
/// How long it is tried to tell it outside of the pages, in hours.
const TELL_HOURS: i64 = 24;
/// The same is not said twice within so many hours.
const SAME_HOURS: i64 = 24;
/// How much of it is told in one round.
const MOST: i64 = 200;

/// One thing that happened, for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsLine {
    /// What.
    pub kind: News,
    /// With which kind of browser; empty when that is not known.
    pub browser: String,
    /// When.
    pub at: Timestamp,
    /// Whether it happened in the session that looks.
    pub here: bool,
}

/// What somebody is to be told, and where.
struct Waiting {
    rows: Vec<(Uuid, Timestamp)>,
    to: Vec<(Option<ReachId>, Address)>,
    lang: Lang,
}

/// Whether there is something that its owner has not seen.
pub(crate) fn waits(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<bool> {
    Ok(news::is_unseen(tx, account, now - SignedDuration::from_hours(24 * POINTS_DAYS))?)
}

/// Whether the same was said a short while ago.
pub(crate) fn was_said(
    tx: &mut Tx<'_>,
    account: AccountId,
    kind: News,
    browser: &str,
    now: Timestamp,
) -> Result<bool> {
    let lately = news::of_account(tx, account, now - SignedDuration::from_hours(SAME_HOURS))?;
    Ok(lately.iter().any(|row| row.kind == Some(kind) && row.browser == browser))
}

impl App {
    /// What happened to how one signs in. Who looks has seen it, but for what happened in this very session.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn news(&self, session: &Session) -> Result<Vec<NewsLine>> {
        let (id, owner, now) = (session.id, session.actor.account, self.now());
        let lines = self
            .look(&session.actor, Action::AccountRead, About::Own, "news", move |desk| {
                let since = desk.now - SignedDuration::from_hours(24 * SHOWN_DAYS);
                let rows = news::of_account(desk.tx, owner, since)?.into_iter();
                let line = |row: news::NewsRow| {
                    Some(NewsLine {
                        kind: row.kind?,
                        browser: row.browser,
                        at: row.at,
                        here: row.session == Some(id),
                    })
                };
                Ok(rows.filter_map(line).collect::<Vec<_>>())
            })
            .await?;
        self.store.write(move |tx| Ok::<_, Error>(news::see(tx, owner, id, now)?)).await?;
        Ok(lines)
    }

    /// Tells everybody, by the mailbox and the devices they chose, that something happened to how they sign in; once for all of it.
    /// A reconciler: it takes no input, and may run any number of times. Answers how many were told.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tell_of_news(&self) -> Result<usize> {
        let (keys, now) = (self.keys.clone(), self.now());
        let waiting = self
            .store
            .read(move |tx| {
                let mut waiting: BTreeMap<AccountId, Waiting> = BTreeMap::new();
                for row in news::untold(tx, MOST)? {
                    if let Some(known) = waiting.get_mut(&row.account) {
                        known.rows.push((row.id, row.at));
                        continue;
                    }
                    let mut to = Vec::new();
                    for means in [Means::Push, Means::Email] {
                        to.extend(crate::reach::addresses(tx, &keys, row.account, means)?);
                    }
                    let owner = account::get(tx, row.account)?;
                    let lang = owner.and_then(|row| Lang::from_tag(&row.lang)).unwrap_or_default();
                    waiting.insert(row.account, Waiting { rows: vec![(row.id, row.at)], to, lang });
                }
                Ok::<_, Error>(waiting)
            })
            .await?;
        let mut told = 0;
        for Waiting { rows, to, lang } in waiting.into_values() {
            let outcomes = self.send_to_all(&self.sign_in_notice(lang), &to).await;
            let again =
                !outcomes.is_empty() && outcomes.iter().all(|one| matches!(one, Outcome::TryAgain(_)));
            let over = |at: Timestamp| now >= at + SignedDuration::from_hours(TELL_HOURS);
            told += usize::from(!outcomes.is_empty() && !again);
            let done: Vec<Uuid> =
                rows.into_iter().filter(|(_, at)| !again || over(*at)).map(|(id, _)| id).collect();
            self.store
                .write(move |tx| {
                    for id in &done {
                        news::told(tx, *id, now)?;
                    }
                    Ok::<_, Error>(())
                })
                .await?;
        }
        Ok(told)
    }

    /// That something happened to how somebody signs in.
    pub(crate) fn sign_in_notice(&self, lang: Lang) -> Notice {
        Notice::new(self.ids.unguessable(), Kind::SignIn, lang, Page::of_all("/account/news"))
    }

    /// Clears away what nobody is shown any more.
    pub(crate) async fn clear_old_news(&self) -> Result<()> {
        let before = self.now() - SignedDuration::from_hours(24 * SHOWN_DAYS);
        self.store.write(move |tx| Ok(news::clear_old(tx, before)?)).await
    }
}
